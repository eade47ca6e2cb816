//! Is this RON at all? One pass for the mistakes people make, then ron itself is the judge.

use ron::Error as Ron;
use ron::error::{Position, SpannedError};
use ron::value::RawValue;

use super::code::Code;
use super::language::Language;
use super::problem::Problem;
use super::tree::Place;

/// The largest file, in bytes.
pub const BYTES_MAX: usize = 1 << 20;
/// The deepest nesting of brackets.
pub const NESTING_MAX: usize = 60;

/// Accepts a text that is RON of the kind that is used here: no raw, byte or single-quoted texts, no extensions.
/// Reads `text[start..]`; places count from the start of `text`.
pub fn judge(text: &str, start: usize, source: u16, language: &Language) -> Result<(), Problem> {
    if text.len() - start > BYTES_MAX {
        return Err(Problem::new(Code::TooLarge, format!("{} may have 1 MiB at most", language.file)).help(format!(
            "this one has {} bytes; is it {}?",
            text.len() - start,
            language.file
        )));
    }
    Scan { text, i: start, source, language, open: vec![] }.run()?;
    let judged = format!("{}\n", &text[start..]); // ron wants the last comment closed by a line end
    match RawValue::from_ron(&judged) {
        Ok(_) => Ok(()),
        Err(error) => Err(plain_words(&error, &judged, start, text.len(), source)),
    }
}

/// Blanks as ron counts them, and the mark some editors put before a text.
pub(super) fn is_blank(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t' | '\n' | '\r' | '\x0B' | '\x0C' | '\u{85}' | '\u{200E}' | '\u{200F}' | '\u{2028}' | '\u{2029}'
    )
}

/// Length of the comment at the start of `rest`, 0 if there is none; `Err` if it never ends.
pub(super) fn comment(rest: &str) -> Result<usize, ()> {
    if rest.starts_with("//") {
        return Ok(rest.find('\n').unwrap_or(rest.len()));
    }
    if !rest.starts_with("/*") {
        return Ok(0);
    }
    let (mut level, mut i) = (0, 0);
    let bytes = rest.as_bytes();
    while i + 1 < bytes.len() {
        match &bytes[i..i + 2] {
            b"/*" => level += 1,
            b"*/" => level -= 1,
            _ => {
                i += 1;
                continue;
            }
        }
        i += 2;
        if level == 0 {
            return Ok(i);
        }
    }
    Err(())
}

/// Length of the quoted text at the start of `rest` with its quotes, `None` if it never ends.
pub(super) fn quoted(rest: &str) -> Option<usize> {
    let mut escaped = false;
    for (i, byte) in rest.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return Some(i + 1),
            _ => {}
        }
    }
    None
}

/// Length of the bare word at the start of `rest`.
pub(super) fn word(rest: &str) -> usize {
    match rest.chars().next() {
        Some(c) if c.is_alphabetic() || c == '_' => {
            rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len())
        }
        _ => 0,
    }
}

struct Scan<'a> {
    text: &'a str,
    i: usize,
    source: u16,
    language: &'a Language,
    open: Vec<(char, usize)>,
}

impl Scan<'_> {
    fn wrong(&self, length: usize, code: Code, text: impl Into<String>) -> Problem {
        Problem::new(code, text).at(Place::new(self.source, self.i, (self.i + length).min(self.text.len())))
    }

    fn run(mut self) -> Result<(), Problem> {
        let mut empty = true;
        while let Some(c) = self.text[self.i..].chars().next() {
            let rest = &self.text[self.i..];
            let blank = is_blank(c) || rest.starts_with("//") || rest.starts_with("/*");
            empty &= blank;
            let step = match c {
                _ if is_blank(c) => c.len_utf8(),
                '/' if blank => comment(rest).map_err(|()| {
                    self.wrong(2, Code::NotClosed, "this comment is opened here and never closed")
                        .help("close it with `*/`")
                })?,
                '"' => quoted(rest).ok_or_else(|| {
                    self.wrong(1, Code::NotClosed, "this text is opened here and never closed")
                        .help("close it with a double quote")
                })?,
                '(' | '[' | '{' => self.opened(c)?,
                ')' | ']' | '}' => self.closed(c)?,
                _ if word(rest) > 0 => self.word(rest)?,
                _ => self.other(c, rest)?,
            };
            self.i += step;
        }
        if empty {
            return Err(Problem::new(
                Code::EmptyFile,
                format!("the file is empty: {} is written in round brackets `( .. )`", self.language.file),
            )
            .at(Place::new(self.source, 0, 0))
            .help(self.language.begin));
        }
        match self.open.pop() {
            Some((bracket, at)) => {
                Err(Problem::new(Code::NotClosed, format!("the bracket `{bracket}` is opened here and never closed"))
                    .at(Place::new(self.source, at, at + 1))
                    .help(format!("close it with `{}`; is this half a file?", partner(bracket))))
            }
            None => Ok(()),
        }
    }

    fn opened(&mut self, bracket: char) -> Result<usize, Problem> {
        self.open.push((bracket, self.i));
        if self.open.len() > NESTING_MAX {
            return Err(self.wrong(
                1,
                Code::TooLarge,
                format!("brackets are nested more than {NESTING_MAX} deep here"),
            ));
        }
        Ok(1)
    }

    fn closed(&mut self, bracket: char) -> Result<usize, Problem> {
        match self.open.pop() {
            None => {
                Err(self.wrong(1, Code::WrongBracket, format!("`{bracket}` closes a bracket that was never opened")))
            }
            Some((open, at)) if partner(open) != bracket => {
                let (line, column) = line_column(self.text, at);
                Err(self
                    .wrong(
                        1,
                        Code::WrongBracket,
                        format!("`{bracket}` cannot close the `{open}` opened in line {line}, column {column}"),
                    )
                    .help(format!("`{open}` is closed with `{}`", partner(open))))
            }
            Some(_) => Ok(1),
        }
    }

    fn word(&self, rest: &str) -> Result<usize, Problem> {
        let length = word(rest);
        let next = rest[length..].chars().next();
        match (&rest[..length], next) {
            ("r", Some('#')) if word(&rest[2..]) > 0 => Err(self
                .wrong(2, Code::UnusedSyntax, "raw names `r#..` are not read here")
                .help("write the name alone")),
            ("r" | "br", Some('"' | '#')) => Err(self
                .wrong(length + 1, Code::UnusedSyntax, "raw texts `r\"..\"` are not read here")
                .help("write a text in plain double quotes")),
            ("b", Some('"' | '\'')) => Err(self
                .wrong(length + 1, Code::UnusedSyntax, "byte texts `b\"..\"` are not read here")
                .help("write a text in plain double quotes")),
            _ => Ok(length),
        }
    }

    fn other(&self, c: char, rest: &str) -> Result<usize, Problem> {
        let length = c.len_utf8();
        match c {
            '\'' => Err(self
                .wrong(1, Code::UnusedSyntax, "single quotes are not read here")
                .help("write a text in double quotes: \"..\"")),
            '\u{201C}' | '\u{201D}' | '\u{201E}' | '\u{2018}' | '\u{2019}' => Err(self
                .wrong(length, Code::UnusedSyntax, format!("curly quotes `{c}` are not read here"))
                .help("write a text in straight double quotes: \"..\"")),
            '#' if rest.starts_with("#!") => Err(self
                .wrong(2, Code::UnusedSyntax, "extension attributes `#![..]` are not read here")
                .help("remove the line: plain RON is read here")),
            '#' => Err(self.wrong(1, Code::UnusedSyntax, "`#` has no meaning here").help("a comment starts with `//`")),
            '=' if !rest.starts_with("=.") => Err(self
                .wrong(1, Code::UnusedSyntax, "`=` has no meaning here")
                .help("a field is written `name: value`")),
            ';' => {
                Err(self.wrong(1, Code::UnusedSyntax, "`;` has no meaning here").help("entries are parted by a comma"))
            }
            _ => Ok(length),
        }
    }
}

fn partner(bracket: char) -> char {
    match bracket {
        '(' => ')',
        '[' => ']',
        _ => '}',
    }
}

/// Line and column of a byte, counted from 1, the column in characters.
pub fn line_column(text: &str, byte: usize) -> (usize, usize) {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    let before = &text[..byte];
    let line = before.rfind('\n').map_or(0, |end| end + 1);
    (before.matches('\n').count() + 1, before[line..].chars().count() + 1)
}

/// ron's complaint in words for people.
fn plain_words(error: &SpannedError, judged: &str, start: usize, end: usize, source: u16) -> Problem {
    let byte = |at: Position| {
        let line: usize = judged.split_inclusive('\n').take(at.line.saturating_sub(1)).map(str::len).sum();
        let within = judged[line..].chars().take(at.col.saturating_sub(1)).map(char::len_utf8).sum::<usize>();
        (start + line + within).min(end)
    };
    let (code, text, help): (Code, String, &str) = match &error.code {
        Ron::Eof => (Code::NotClosed, "the text ends too early".into(), "is this half a file?"),
        Ron::ExpectedComma => {
            (Code::MissingSeparator, "a comma is missing before this".into(), "entries are parted by commas")
        }
        Ron::ExpectedMapColon => {
            (Code::MissingSeparator, "a colon is missing here".into(), "an entry is written `name: value`")
        }
        Ron::ExpectedArrayEnd | Ron::ExpectedMapEnd | Ron::ExpectedStructLikeEnd | Ron::ExpectedOptionEnd => (
            Code::MissingSeparator,
            "a comma or the closing bracket is missing here".into(),
            "entries are parted by commas",
        ),
        Ron::ExpectedIdentifier => {
            (Code::MissingSeparator, "the name of a field is missing here".into(), "a field is written `name: value`")
        }
        Ron::ExpectedStringEnd => {
            (Code::NotClosed, "a text is opened and never closed".into(), "close it with a double quote")
        }
        Ron::InvalidEscape(_) | Ron::Utf8Error(_) => {
            (Code::Unreadable, "this escape in a text is not known".into(), "write a backslash itself as `\\\\`")
        }
        Ron::FloatUnderscore | Ron::UnderscoreAtBeginning => (
            Code::Unreadable,
            "an underscore stands at a wrong place in a number".into(),
            "underscores may part digits: 1_000_000",
        ),
        Ron::InvalidIntegerDigit { digit, .. } => {
            (Code::Unreadable, format!("`{digit}` is not a digit of this number"), "")
        }
        Ron::ExpectedInteger | Ron::ExpectedFloat | Ron::IntegerOutOfBounds => {
            (Code::Unreadable, "this number cannot be read".into(), "")
        }
        Ron::TrailingCharacters => (
            Code::Unreadable,
            "something stands here after the end of the value".into(),
            "a file holds one value: all of it in one pair of brackets",
        ),
        Ron::UnclosedBlockComment => {
            (Code::NotClosed, "a comment is opened and never closed".into(), "close it with `*/`")
        }
        Ron::UnexpectedChar(c) => (Code::Unreadable, format!("`{}` has no meaning here", c.escape_debug()), ""),
        Ron::ExceededRecursionLimit => {
            (Code::TooLarge, format!("brackets are nested more than {NESTING_MAX} deep here"), "")
        }
        other => (Code::Unreadable, format!("this is not RON: {}", uncapitalised(&other.to_string())), ""),
    };
    let (from, to) = (byte(error.span.start), byte(error.span.end));
    let from = if matches!(error.code, Ron::ExpectedComma | Ron::TrailingCharacters) { from.max(to) } else { from };
    let mut problem = Problem::new(code, text).at(Place::new(source, from, to.max(from)));
    problem.help = (!help.is_empty()).then(|| help.to_owned());
    problem
}

fn uncapitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notation::language::PLAIN;

    fn says(text: &str) -> (String, Option<Place>) {
        let problem = judge(text, 0, 0, &PLAIN).expect_err(text);
        (problem.text, problem.at)
    }

    #[test]
    fn every_slip_has_its_own_words() {
        let cases = [
            ("", "the file is empty"),
            (" // nothing\n/* at all */ ", "the file is empty"),
            ("(a: 1", "the bracket `(` is opened here and never closed"),
            ("(a: [1)", "`)` cannot close the `[` opened in line 1, column 5"),
            ("(a: 1))", "`)` closes a bracket that was never opened"),
            ("(a: \"half", "this text is opened here and never closed"),
            ("(a: 1) /* half", "this comment is opened here and never closed"),
            ("(a: 1 b: 2)", "a comma is missing before this"),
            ("{\"a\" 1}", "a colon is missing here"),
            ("(a: r\"x\")", "raw texts"),
            ("(a: r#\"x\"#)", "raw texts"),
            ("(r#type: 1)", "raw names"),
            ("(a: b\"x\")", "byte texts"),
            ("(a: 'x')", "single quotes"),
            ("(a: \u{201C}x\u{201D})", "curly quotes"),
            ("#![enable(implicit_some)]\n(a: 1)", "extension attributes"),
            ("(a = 1)", "`=` has no meaning here"),
            ("(a: 1; b: 2)", "`;` has no meaning here"),
            ("(a: \"\\q\")", "this escape in a text is not known"),
            ("(a: 1) (b: 2)", "something stands here after the end"),
            ("(a: %)", "`%` has no meaning here"),
        ];
        for (text, message) in cases {
            let (said, _) = says(text);
            assert!(said.starts_with(message), "{text}\n  said: {said}\n  wanted: {message}");
        }
    }

    #[test]
    fn places_are_where_the_eye_goes() {
        let at = |text: &str| says(text).1.map(|p| (p.start, p.end));
        assert_eq!(at("(a: [1, 2"), Some((4, 5)));
        assert_eq!(at("(a: 1 b: 2)").map(|p| p.0), Some(6));
        assert_eq!(at("(a: 1) (b: 2)").map(|p| p.0), Some(7));
        assert_eq!(line_column("ab\nc\u{e9}d", 6), (2, 3));
        assert_eq!(line_column("ab\nc\u{e9}d", 5), (2, 2));
    }

    #[test]
    fn size_and_nesting_are_bounded() {
        assert_eq!(says(&"[".repeat(2 << 20)).0, "a file may have 1 MiB at most");
        assert_eq!(says(&"[".repeat(1 << 19)).0, "brackets are nested more than 60 deep here");
        let deep = format!("{}{}", "[".repeat(60), "]".repeat(60));
        assert_eq!(judge(&deep, 0, 0, &PLAIN), Ok(()));
    }

    #[test]
    fn what_is_fine_passes() {
        for text in
            ["(a: 1, b: [1, 2,], c: {\"x\": Y(z: 1)},) // end", "()", "-1_000.5e3", "/* a /* b */ c */ Some(1)", "None"]
        {
            assert_eq!(judge(text, 0, 0, &PLAIN), Ok(()), "{text}");
        }
    }
}
