//! Text to tree: ron judges the syntax, a cursor marks the places.

use std::collections::BTreeMap;

use super::code::Code;
use super::language::Language;
use super::problem::Problem;
use super::syntax::{comment, is_blank, judge, line_column, quoted, word};
use super::tree::{Kind, Node, Place, shortened};

/// Reads a file, or says all that is wrong with its text.
pub fn read(text: &str, source: u16, language: &Language) -> Result<Node, Vec<Problem>> {
    let mark = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 }; // some editors put one first
    read_from(text, mark, source, language)
}

/// Reads `text[start..]`, such as the value of a `--set` argument; places count from the start of `text`.
pub fn read_from(text: &str, start: usize, source: u16, language: &Language) -> Result<Node, Vec<Problem>> {
    judge(text, start, source, language).map_err(|problem| vec![problem])?;
    let mut cursor = Cursor { text, i: start, source, problems: vec![] };
    let node = cursor.node().and_then(|node| {
        cursor.blanks();
        if cursor.i == text.len() { Ok(node) } else { Err(cursor.strange()) }
    });
    match node {
        Ok(node) if cursor.problems.is_empty() => Ok(node),
        Ok(_) => Err(cursor.problems),
        Err(problem) => {
            cursor.problems.push(problem);
            Err(cursor.problems)
        }
    }
}

/// Walks a text that ron has accepted. What ron accepts and this notation does not use is still met here, so every
/// step either moves on or ends with a problem.
struct Cursor<'a> {
    text: &'a str,
    i: usize,
    source: u16,
    problems: Vec<Problem>,
}

impl<'a> Cursor<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.i..]
    }

    fn since(&self, start: usize) -> Place {
        Place::new(self.source, start, self.i)
    }

    fn strange(&self) -> Problem {
        let length = self.rest().chars().next().map_or(0, char::len_utf8);
        Problem::new(Code::Unreadable, "this cannot be read").at(Place::new(self.source, self.i, self.i + length))
    }

    fn blanks(&mut self) {
        loop {
            let rest = self.rest();
            let blank = rest.find(|c| !is_blank(c)).unwrap_or(rest.len());
            let step = if blank > 0 { blank } else { comment(rest).unwrap_or(0) };
            if step == 0 {
                return;
            }
            self.i += step;
        }
    }

    /// Moves past `c` and the blanks before it, if it comes next.
    fn take(&mut self, c: char) -> bool {
        self.blanks();
        let found = self.rest().starts_with(c);
        if found {
            self.i += c.len_utf8();
        }
        found
    }

    fn node(&mut self) -> Result<Node, Problem> {
        self.blanks();
        let start = self.i;
        let rest = self.rest();
        let kind = match rest.chars().next() {
            Some('"') => self.text()?,
            Some('(' | '[' | '{') => self.brackets(None)?,
            Some(_) if word(rest) > 0 => self.named()?,
            Some(_) => self.number()?,
            None => return Err(self.strange()),
        };
        Ok(Node { at: self.since(start), kind })
    }

    fn text(&mut self) -> Result<Kind, Problem> {
        let rest = self.rest();
        let length = quoted(rest).ok_or_else(|| self.strange())?;
        let text = ron::from_str::<String>(&rest[..length]).map_err(|_| self.strange())?;
        self.i += length;
        Ok(Kind::Text(text))
    }

    fn named(&mut self) -> Result<Kind, Problem> {
        let start = self.i;
        let rest = self.rest();
        let name = &rest[..word(rest)];
        self.i += name.len();
        if matches!(name, "inf" | "inff32" | "inff64" | "NaN" | "NaNf32" | "NaNf64") {
            self.problems.push(endless(name).at(self.since(start)));
            return Ok(Kind::Number(0.0));
        }
        let after_name = self.i;
        self.blanks();
        if self.rest().starts_with('(') {
            return self.brackets(Some(name.to_owned()));
        }
        self.i = after_name;
        Ok(match name {
            "true" => Kind::Bool(true),
            "false" => Kind::Bool(false),
            _ => Kind::Name(name.to_owned()),
        })
    }

    fn number(&mut self) -> Result<Kind, Problem> {
        let start = self.i;
        let rest = self.rest();
        let length = rest
            .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.' | '_')))
            .unwrap_or(rest.len());
        if length == 0 {
            return Err(self.strange());
        }
        let token = &rest[..length];
        self.i += length;
        let at = self.since(start);
        if token.contains("..") {
            return Err(Problem::new(Code::UnusedSyntax, "ranges `a..b` are not read here")
                .at(at)
                .help("name both ends: (low: a, high: b)"));
        }
        let Ok(ron::Value::Number(number)) = ron::from_str::<ron::Value>(token) else {
            return Err(
                Problem::new(Code::Unreadable, format!("`{}` cannot be read as a number", shortened(token))).at(at)
            );
        };
        if let Some(digits) = beyond_exact(token, &number) {
            return Ok(Kind::Big(digits));
        }
        let value = number.into_f64();
        if value.is_finite() {
            return Ok(Kind::Number(value));
        }
        let problem = if token.contains(|c: char| c.is_ascii_digit()) && !token.contains('n') {
            Problem::new(Code::NotFinite, format!("`{}` is too large a number", shortened(token))).help(FINITE)
        } else {
            endless(token)
        };
        self.problems.push(problem.at(at));
        Ok(Kind::Number(0.0))
    }

    fn brackets(&mut self, name: Option<String>) -> Result<Kind, Problem> {
        let open = self.rest().chars().next();
        self.i += 1;
        let map = open == Some('{');
        let named = map || open == Some('(') && self.word_then_colon();
        let (mut items, mut entries) = (vec![], vec![]);
        let mut seen = BTreeMap::<String, Place>::new();
        while !(self.take(')') || self.take(']') || self.take('}')) {
            let node = self.node()?;
            if named {
                self.check_key(&node, &mut seen);
                if !self.take(':') {
                    return Err(self.strange());
                }
                let value = self.node()?;
                entries.push((node, value));
            } else {
                items.push(node);
            }
            self.take(',');
        }
        Ok(match open {
            _ if map => Kind::Map(entries),
            Some('(') if named || items.is_empty() => Kind::Record(name, entries),
            _ => Kind::List(name, items),
        })
    }

    fn check_key(&mut self, key: &Node, seen: &mut BTreeMap<String, Place>) {
        if !matches!(key.kind, Kind::Text(_) | Kind::Name(_) | Kind::Number(_) | Kind::Big(_)) {
            self.problems.push(
                Problem::new(Code::WrongType, format!("a key is a text or a name, found {}", key.found())).at(key.at),
            );
            return;
        }
        match seen.get(&key.word()) {
            Some(first) => {
                let (line, column) = line_column(self.text, first.start);
                self.problems.push(
                    Problem::new(Code::Twice, format!("`{}` is given twice", shortened(&key.word())))
                        .at(key.at)
                        .help(format!("it is given first in line {line}, column {column}: keep one of the two")),
                );
            }
            None => {
                seen.insert(key.word(), key.at);
            }
        }
    }

    fn word_then_colon(&mut self) -> bool {
        let start = self.i;
        self.blanks();
        let length = word(self.rest());
        self.i += length;
        self.blanks();
        let found = length > 0 && self.rest().starts_with(':');
        self.i = start;
        found
    }
}

/// The decimal digits of a whole number beyond 2^53, where an `f64` would lose some.
fn beyond_exact(token: &str, number: &ron::value::Number) -> Option<String> {
    if number.into_f64().abs() < 9_007_199_254_740_992.0 {
        return None;
    }
    let digits = match number {
        ron::value::Number::U64(n) => n.to_string(),
        ron::value::Number::I64(n) => n.to_string(),
        _ => token.replace('_', "").trim_start_matches('+').to_owned(), // more digits than ron counts
    };
    let whole = digits.strip_prefix('-').unwrap_or(&digits);
    (whole.bytes().all(|b| b.is_ascii_digit()) && digits != "9007199254740992").then_some(digits)
}

/// What is said of numbers that are not.
const FINITE: &str = "every number is finite";

fn endless(written: &str) -> Problem {
    Problem::new(Code::NotFinite, format!("`{written}` is not a number a game can use")).help(FINITE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notation::language::PLAIN;
    use proptest::prelude::*;

    fn kind(text: &str) -> Kind {
        read(text, 0, &PLAIN).unwrap_or_else(|problems| panic!("{text}: {problems:?}")).kind
    }

    fn says(text: &str) -> Vec<String> {
        read(text, 0, &PLAIN).expect_err(text).into_iter().map(|problem| problem.text).collect()
    }

    #[test]
    fn numbers_are_read_as_written() {
        assert_eq!(kind("1_000_000"), Kind::Number(1e6));
        assert_eq!(kind("-0.5"), Kind::Number(-0.5));
        assert_eq!(kind("+3"), Kind::Number(3.0));
        assert_eq!(kind("0x10"), Kind::Number(16.0));
        assert_eq!(kind(".5e-3"), Kind::Number(0.5e-3));
        assert_eq!(kind("9007199254740992"), Kind::Number(9007199254740992.0));
        assert_eq!(kind("9007199254740993"), Kind::Big("9007199254740993".into()));
        assert_eq!(kind("18_446_744_073_709_551_615"), Kind::Big("18446744073709551615".into()));
        assert_eq!(kind("99999999999999999999"), Kind::Big("99999999999999999999".into()));
        assert_eq!(kind("1e20"), Kind::Number(1e20));
        assert_eq!(kind("-9007199254740993"), Kind::Big("-9007199254740993".into()));
    }

    #[test]
    fn endless_numbers_are_refused() {
        for text in ["inf", "-inf", "+inf", "NaN", "(a: inf)", "[NaN]"] {
            assert!(says(text)[0].ends_with("is not a number a game can use"), "{text}");
        }
        assert_eq!(says("1e999"), ["`1e999` is too large a number"]);
        assert_eq!(says("(a: 1..5)"), ["ranges `a..b` are not read here"]);
    }

    #[test]
    fn brackets_have_their_kinds() {
        assert_eq!(kind("()"), Kind::Record(None, vec![]));
        assert_eq!(kind("[]"), Kind::List(None, vec![]));
        assert_eq!(kind("{}"), Kind::Map(vec![]));
        assert!(
            matches!(kind("Talks ( /* in */ round : 1 ,)"), Kind::Record(Some(name), fields) if name == "Talks" && fields.len() == 1)
        );
        assert!(matches!(kind("Demand(1, 2)"), Kind::List(Some(name), items) if name == "Demand" && items.len() == 2));
        assert!(matches!(kind("Some((a: 1))"), Kind::List(Some(_), items) if items.len() == 1));
        assert_eq!(kind("None"), Kind::Name("None".into()));
        assert_eq!(kind("true"), Kind::Bool(true));
        assert_eq!(kind("\u{FEFF}\"a\\n\\u{e9}\""), Kind::Text("a\n\u{e9}".into()));
    }

    #[test]
    fn a_key_twice_is_told_at_each_place() {
        let problems = read("(a: 1, b: {\"x\": 1, \"x\": 2, \"x\": 3}, a: 2)", 0, &PLAIN).expect_err("twice");
        let told: Vec<_> = problems.iter().map(|p| (p.text.as_str(), p.at.map(|at| at.start))).collect();
        assert_eq!(
            told,
            [("`x` is given twice", Some(19)), ("`x` is given twice", Some(27)), ("`a` is given twice", Some(36))]
        );
        assert_eq!(problems[2].help.as_deref(), Some("it is given first in line 1, column 2: keep one of the two"));
        assert_eq!(says("{(a: 1): 2}"), ["a key is a text or a name, found a record `( .. )`"]);
    }

    #[test]
    fn places_are_exact() {
        let text = "(a: Talks(round: 1), // x\n b: \"y\")";
        let tree = read(text, 3, &PLAIN).expect("fine");
        let shown = |node: &Node| &text[node.at.start..node.at.end];
        assert_eq!(tree.entry("a").map(shown), Some("Talks(round: 1)"));
        assert_eq!(tree.entry("b").map(shown), Some("\"y\""));
        assert_eq!(tree.at, Place::new(3, 0, text.len()));
        assert_eq!(read_from("a.b=12", 4, 1, &PLAIN).map(|node| node.at), Ok(Place::new(1, 4, 6)));
    }

    proptest! {
        #[test]
        fn no_text_makes_the_cursor_panic(text in "\\PC{0,60}") {
            let _ = read(&text, 0, &PLAIN);
        }

        #[test]
        fn no_soup_of_tokens_makes_the_cursor_panic(parts in proptest::collection::vec(prop::sample::select(TOKENS), 0..40)) {
            let text = parts.concat();
            let _ = read(&text, 0, &PLAIN);
            let mut cursor = Cursor { text: &text, i: 0, source: 0, problems: vec![] }; // unjudged text too
            let _ = cursor.node();
        }
    }

    const TOKENS: &[&str] = &[
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ":",
        ",",
        "a",
        "B",
        " ",
        "\n",
        "1",
        "-2.5",
        "\"t\"",
        "\"",
        "\\",
        "//",
        "/*",
        "*/",
        "a:",
        "Some(",
        "None",
        "inf",
        "NaN",
        "..",
        "'",
        "r#",
        "b'",
        "\u{e9}",
        "_",
        "1e999",
        "0x",
        "#",
        "99999999999999999999",
    ];
}
