//! What is wrong, where, and what to do about it.

use std::fmt;

use super::code::Code;
use super::explain::{Screen, explain};
use super::tree::{Place, Source};

/// One thing that is wrong.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// What kind of fault it is.
    pub code: Code,
    /// What is wrong, one sentence without a full stop.
    pub text: String,
    /// Where.
    pub at: Option<Place>,
    /// What to do, where that does not follow from the text.
    pub help: Option<String>,
    /// The word that it is about.
    pub about: Option<Box<About>>,
}

/// A word that a problem is about: a field that is missing or unknown, a name that refers to nothing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct About {
    /// As it was written.
    pub word: String,
    /// What was probably meant.
    pub meant: Option<String>,
}

impl Problem {
    /// A problem without a place yet.
    pub fn new(code: Code, text: impl Into<String>) -> Self {
        Problem { code, text: text.into(), at: None, help: None, about: None }
    }

    /// The same at a place.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.at = Some(place);
        self
    }

    /// The same with advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same, blamed on a place unless something further in was blamed already.
    #[must_use]
    pub fn or_at(mut self, place: Place) -> Self {
        self.at.get_or_insert(place);
        self
    }

    /// The same, about a word.
    #[must_use]
    pub fn about(mut self, word: &str, meant: Option<&str>) -> Self {
        self.about = Some(Box::new(About { word: word.to_owned(), meant: meant.map(str::to_owned) }));
        self
    }
}

impl Problem {
    /// The word that it is about.
    pub fn word(&self) -> Option<&str> {
        self.about.as_ref().map(|about| about.word.as_str())
    }

    /// The word that was probably meant.
    pub fn meant(&self) -> Option<&str> {
        self.about.as_ref().and_then(|about| about.meant.as_deref())
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for Problem {}

/// All that is wrong, with the texts it is shown in.
#[derive(Clone, PartialEq, Eq)]
pub struct Problems {
    /// What is wrong.
    pub problems: Vec<Problem>,
    /// What was read; the first is the file asked for.
    pub sources: Vec<Source>,
}

impl Problems {
    /// Every problem with its place, for people.
    pub fn explain(&self, colour: bool) -> String {
        explain(&self.problems, &self.sources, Screen::unknown(colour))
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.explain(false))
    }
}

/// In words too, from a line of their own on.
impl fmt::Debug for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\n{self}")
    }
}

impl std::error::Error for Problems {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_innermost_blame_stays() {
        let (inner, outer) = (Place::new(0, 12, 13), Place::new(0, 10, 30));
        let problem = || Problem::new(Code::WrongValue, "x");
        assert_eq!(problem().at(inner).or_at(outer).at, Some(inner));
        assert_eq!(problem().or_at(outer).at, Some(outer));
    }
}
