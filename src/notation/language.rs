//! What a language adds to the notation it is written in.

/// A language written in this notation: how it speaks of its files, and its short ways of writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Language {
    /// What a file of it is called: "a scenario".
    pub file: &'static str,
    /// What to do where a file is empty.
    pub begin: &'static str,
    /// A path to show to who wrote none.
    pub path: &'static str,
    /// Keys under which a bare text stands for the record that is like the one named.
    pub likenesses: &'static [&'static str],
    /// `Name(..)` stands for the record with this field alone, where a record is asked for that may be like another.
    pub shorthands: &'static [(&'static str, &'static str)],
}

/// The plain notation, with nothing added.
#[cfg(test)]
pub const PLAIN: Language =
    Language { file: "a file", begin: "write a value in it", path: "a.b", likenesses: &[], shorthands: &[] };
