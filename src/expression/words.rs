//! An expression taken apart into words and marks.

use jiff::civil::Date;

use super::Fault;

/// One of the words and marks that an expression is made of.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Word {
    Name(String),
    Number(f64),
    Day(Date),
    Mark(&'static str),
}

impl Word {
    pub(super) fn told(&self) -> String {
        match self {
            Word::Name(name) => name.clone(),
            Word::Number(x) => x.to_string(),
            Word::Day(day) => day.to_string(),
            Word::Mark(mark) => mark.to_string(),
        }
    }
}

/// Longest first: `<=` before `<`.
const MARKS: [&str; 17] = ["<=", ">=", "==", "!=", "<", ">", "+", "-", "*", "/", "(", ")", "[", "]", ",", ".", "="];

/// The words of a text, each with the character at which it begins (from 0).
pub(super) fn words(text: &str) -> Result<Vec<(Word, usize)>, Fault> {
    let chars: Vec<char> = text.chars().collect();
    let (mut out, mut i) = (vec![], 0);
    while i < chars.len() {
        let run = |from: usize, of: &dyn Fn(char) -> bool| chars[from..].iter().take_while(|c| of(**c)).count();
        let c = chars[i];
        if c.is_whitespace() {
            i += 1;
        } else if c.is_ascii_digit() {
            let day: String = chars[i..].iter().take(10).collect();
            let looks = day.len() == 10
                && day.bytes().enumerate().all(|(k, b)| match k {
                    4 | 7 => b == b'-',
                    _ => b.is_ascii_digit(),
                });
            if looks {
                let date = day.parse().map_err(|_| Fault::new(format!("there is no day {day}"), i))?;
                out.push((Word::Day(date), i));
                i += 10;
                continue;
            }
            let mut n = run(i, &|c| c.is_ascii_digit() || c == '_');
            if chars.get(i + n) == Some(&'.') && chars.get(i + n + 1).is_some_and(char::is_ascii_digit) {
                n += 1 + run(i + n + 1, &|c| c.is_ascii_digit());
            }
            let number: String = chars[i..i + n].iter().filter(|c| **c != '_').collect();
            let x = number.parse().map_err(|_| Fault::new(format!("`{number}` is not a number"), i))?;
            out.push((Word::Number(x), i));
            i += n;
        } else if c.is_alphabetic() || c == '_' {
            let n = run(i, &|c| c.is_alphanumeric() || c == '_');
            out.push((Word::Name(chars[i..i + n].iter().collect()), i));
            i += n;
        } else {
            let rest: String = chars[i..].iter().take(2).collect();
            let Some(mark) = MARKS.iter().find(|m| rest.starts_with(**m)) else {
                return Err(Fault::new(format!("`{c}` has no meaning here"), i));
            };
            out.push((Word::Mark(mark), i));
            i += mark.len();
        }
    }
    Ok(out)
}
