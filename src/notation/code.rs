//! The codes of what can be wrong. They are stable: programs may rely on them, texts may change.

use std::fmt;

/// The enum, and beside each code its name and what it means.
macro_rules! codes {
    ($($variant:ident $name:literal $meaning:literal;)*) => {
        /// What kind of fault a problem is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $(#[doc = $meaning] $variant,)*
        }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Code] = &[$(Code::$variant),*];

            /// Its name, the same in every version.
            pub const fn name(self) -> &'static str {
                match self { $(Code::$variant => $name),* }
            }

            /// What it means.
            pub const fn meaning(self) -> &'static str {
                match self { $(Code::$variant => $meaning),* }
            }
        }
    };
}

codes! {
    UnreadableFile "unreadable-file" "A file cannot be opened, read or written";
    EmptyFile "empty-file" "Nothing is written in the file";
    TooLarge "too-large" "The file is larger, or its brackets are nested deeper, than is read";
    NotClosed "not-closed" "A bracket, a text or a comment is opened and never closed";
    WrongBracket "wrong-bracket" "A bracket closes another kind, or one that was never opened";
    MissingSeparator "missing-separator" "A comma, a colon or the name of a field is missing";
    UnusedSyntax "unused-syntax" "A way of writing that RON or another language has, and this notation does not use";
    Unreadable "unreadable" "What is written cannot be read";
    NotFinite "not-finite" "A number is infinite, undefined or too large to hold";
    Twice "twice" "A thing that stands once is given twice";
    WrongType "wrong-type" "Another kind of value is needed";
    WrongLength "wrong-length" "A list has too few or too many values";
    WrongValue "wrong-value" "A value that its place does not take";
    OutOfRange "out-of-range" "A number lies outside its range";
    NotWhole "not-whole" "A whole number is needed";
    MissingField "missing-field" "A field that must be given is left out";
    UnknownField "unknown-field" "There is no field of this name";
    UnknownChoice "unknown-choice" "There is no choice of this name";
    UnknownName "unknown-name" "A name refers to nothing";
    BadName "bad-name" "A name is empty, or holds a sign that names may not hold";
    BadPath "bad-path" "A path is empty, has an empty step, or leads where paths may not lead";
    PathToNothing "path-to-nothing" "A path names nothing";
    BadExtends "bad-extends" "`extends` names no file that may be extended";
    Circle "circle" "Files extend each other in a circle, or too deep";
    BadArgument "bad-argument" "An argument is not written as it must be";
    OtherKind "other-kind" "A file of another kind, or of another version of the format";
    TooMany "too-many" "There is more of something than a game has room for";
    Empty "empty" "Something that must be filled is empty";
    Turned "turned" "Two ends or two dates stand the wrong way round";
    Contradiction "contradiction" "Two things that are said do not go together";
    Incomplete "incomplete" "Something is said that needs another thing beside it";
    NoEffect "no-effect" "What is written has no effect";
    NeverComes "never-comes" "A date lies behind the last round, or nothing ever happens";
    Clamped "clamped" "Draws leave the range of their field and are set to its nearer end";
    Unvalued "unvalued" "Nobody gains or loses by a lever";
    Unreached "unreached" "An end of a range that nothing reaches";
    WantsNothing "wants-nothing" "A side, or a faction of it, to which no level of any lever matters";
    Cancels "cancels" "Effects that take each other away";
    LateDeadline "late-deadline" "A date to be done by that lies behind the last round";
    NeverGives "never-gives" "A side that offers nothing, or next to nothing, from first to last";
    Unfelt "unfelt" "Resilience that nothing feels";
    NotThatGame "not-that-game" "A record or a state belongs to something else";
    NotAllowed "not-allowed" "An answer that the rules do not allow here";
    Program "program" "An outside program failed, was too slow or broke the protocol";
    Interrupted "interrupted" "Stopped before it was done";
    Failed "failed" "The program itself failed; nothing is wrong with what it was given";
}

impl Code {
    /// The code of a name.
    pub fn named(name: &str) -> Option<Code> {
        Code::ALL.iter().copied().find(|code| code.name() == name)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_kebab_case_and_each_stands_once() {
        for (i, code) in Code::ALL.iter().enumerate() {
            let name = code.name();
            assert!(name.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{name}");
            assert_eq!(Code::named(name), Some(*code));
            assert!(Code::ALL[..i].iter().all(|other| other.name() != name), "{name}");
        }
    }

    #[test]
    fn the_page_tells_every_code() {
        let page = include_str!("../../docs/errors.md");
        let told: Vec<&str> = page.lines().filter(|line| line.starts_with("| `")).collect();
        let meant: Vec<String> =
            Code::ALL.iter().map(|code| format!("| `{}` | {} |", code.name(), code.meaning())).collect();
        assert_eq!(told, meant);
    }
}
