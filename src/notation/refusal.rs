//! Why a type refuses a value: what a number must be to be a share, a date to be a date.
//!
//! serde hands on what a type says only as text. So a refusal writes its code and its advice beside the text where it
//! is asked to (`{:#}`), and the [`Problem`](super::Problem) that serde makes of it takes them apart again.

use std::fmt;

use super::code::Code;

/// Stands between the parts of a refusal that is written whole. No message holds it.
const PART: char = '\u{1F}';

/// Why a type refuses a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What kind of fault it is.
    pub code: Code,
    /// What is wrong, one sentence without a full stop.
    pub text: String,
    /// What to do, where that does not follow from the text.
    pub help: Option<&'static str>,
}

impl Refusal {
    /// A refusal without advice.
    pub fn new(code: Code, text: impl Into<String>) -> Self {
        Refusal { code, text: text.into(), help: None }
    }

    /// The same with advice.
    #[must_use]
    pub fn help(self, help: &'static str) -> Self {
        Refusal { help: Some(help), ..self }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if f.alternate() {
            write!(f, "{}{PART}{}{PART}", self.code, self.help.unwrap_or_default())?;
        }
        f.write_str(&self.text)
    }
}

impl std::error::Error for Refusal {}

/// Code, text and advice of what was written with `{:#}`, by a refusal or by anything else.
pub(super) fn parts(written: &str) -> (Code, &str, Option<&str>) {
    let mut parts = written.splitn(3, PART);
    match (parts.next().and_then(Code::named), parts.next(), parts.next()) {
        (Some(code), Some(help), Some(text)) => (code, text, (!help.is_empty()).then_some(help)),
        _ => (Code::WrongValue, written, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_plain_text_unless_it_is_asked_for_whole() {
        let refusal = Refusal::new(Code::OutOfRange, "a share lies between 0 and 1, found 2").help("write less");
        assert_eq!(refusal.to_string(), "a share lies between 0 and 1, found 2");
        let whole = format!("{refusal:#}");
        assert_eq!(parts(&whole), (Code::OutOfRange, refusal.text.as_str(), Some("write less")));
        let bare = format!("{:#}", Refusal::new(Code::NotWhole, "x"));
        assert_eq!(parts(&bare), (Code::NotWhole, "x", None));
        assert_eq!(parts("anything else"), (Code::WrongValue, "anything else", None));
    }
}
