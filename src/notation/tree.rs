//! A text as a tree of nodes, each with the place it was written at.

use super::clean::{clean, one_line};

/// Where something was written: bytes `start..end` of one source (a file, or one `--set` argument).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Place {
    /// Number of the source in the list of [`Source`]s.
    pub source: u16,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Place {
    /// Bytes `start..end` of a source.
    pub const fn new(source: u16, start: usize, end: usize) -> Self {
        Place { source, start, end }
    }
}

/// One text that was read: a file, or one `--set` argument.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Source {
    /// The name shown to the reader, such as `stockholm-2025.ron` or `--set argument 1`.
    pub name: String,
    /// The text, whole.
    pub text: String,
}

/// A value and the place it was written at.
#[derive(Clone, PartialEq, Debug)]
pub struct Node {
    /// Where it stands.
    pub at: Place,
    /// What it is.
    pub kind: Kind,
}

/// The kinds of value a text is made of.
#[derive(Clone, PartialEq, Debug)]
pub enum Kind {
    /// `true` or `false`.
    Bool(bool),
    /// A finite number that an `f64` holds exactly as written, or rounded as any decimal fraction is.
    Number(f64),
    /// A whole number beyond 2^53, kept as its decimal digits so that none is lost.
    Big(String),
    /// A text in double quotes.
    Text(String),
    /// A bare word: `Honest`, `None`.
    Name(String),
    /// `{ key: value, .. }`: names chosen by the author.
    Map(Vec<(Node, Node)>),
    /// `[a, b]`, `(a, b)` or `Name(a, b)`.
    List(Option<String>, Vec<Node>),
    /// `(field: value, ..)` or `Name(field: value, ..)`: names chosen by the program. `()` is one without fields.
    Record(Option<String>, Vec<(Node, Node)>),
}

/// The fields whose texts are of one line.
const ONE_LINE: [&str; 3] = ["title", "name", "unit"];

impl Node {
    /// Shows what could play tricks on a reader as such, in every text of the tree.
    pub fn clean(&mut self) {
        match &mut self.kind {
            Kind::Text(text) => *text = clean(text),
            Kind::List(_, items) => items.iter_mut().for_each(Node::clean),
            Kind::Map(entries) | Kind::Record(_, entries) => {
                for (key, value) in entries {
                    match &mut value.kind {
                        Kind::Text(text) if ONE_LINE.iter().any(|field| key.is_word(field)) => *text = one_line(text),
                        _ => value.clean(),
                    }
                }
            }
            _ => {}
        }
    }

    /// A node.
    pub const fn new(at: Place, kind: Kind) -> Self {
        Node { at, kind }
    }

    /// A bare word, as a key or a variant without fields.
    pub fn name(at: Place, word: &str) -> Self {
        Node { at, kind: Kind::Name(word.to_owned()) }
    }

    /// A text.
    pub fn text(at: Place, text: &str) -> Self {
        Node { at, kind: Kind::Text(text.to_owned()) }
    }

    /// The word a key is found by: a text, a bare word or a number as written; empty for anything else.
    pub fn word(&self) -> String {
        match &self.kind {
            Kind::Text(word) | Kind::Name(word) | Kind::Big(word) => word.clone(),
            Kind::Number(x) => x.to_string(),
            Kind::Bool(b) => b.to_string(),
            _ => String::new(),
        }
    }

    /// True for a key that is spelt `word`.
    pub fn is_word(&self, word: &str) -> bool {
        match &self.kind {
            Kind::Text(own) | Kind::Name(own) => own == word,
            _ => self.word() == word,
        }
    }

    /// The variant's name: `Summit` of `Summit(round: 14)`, of `Summit(14)` and of `Summit`.
    pub fn variant(&self) -> Option<&str> {
        match &self.kind {
            Kind::Name(name) | Kind::List(Some(name), _) | Kind::Record(Some(name), _) => Some(name),
            _ => None,
        }
    }

    /// The place of the variant's name alone, or of the whole node where it has none.
    pub fn variant_at(&self) -> Place {
        match self.variant() {
            Some(name) => Place { end: (self.at.start + name.len()).min(self.at.end), ..self.at },
            None => self.at,
        }
    }

    /// The entries of a record or a map.
    pub fn entries(&self) -> Option<&[(Node, Node)]> {
        match &self.kind {
            Kind::Map(entries) | Kind::Record(_, entries) => Some(entries),
            _ => None,
        }
    }

    /// The value under a key of a record or a map.
    pub fn entry(&self, key: &str) -> Option<&Node> {
        self.entries()?.iter().find(|(k, _)| k.is_word(key)).map(|(_, value)| value)
    }

    /// What the node is, in words that follow "found".
    pub fn found(&self) -> String {
        match &self.kind {
            Kind::Bool(b) => format!("`{b}`"),
            Kind::Number(x) => format!("{x}"),
            Kind::Big(digits) => digits.clone(),
            Kind::Text(text) => format!("the text \"{}\"", shortened(text)),
            Kind::Name(name) => format!("the name `{}`", shortened(name)),
            Kind::Map(_) => "a map `{ .. }`".into(),
            Kind::List(None, _) => "a list".into(),
            Kind::Record(None, entries) if entries.is_empty() => "empty brackets `()`".into(),
            Kind::Record(None, _) => "a record `( .. )`".into(),
            Kind::List(Some(name), _) | Kind::Record(Some(name), _) => format!("`{}(..)`", shortened(name)),
        }
    }
}

/// The first 40 characters, for messages.
pub fn shortened(text: &str) -> String {
    if text.chars().count() <= 40 { text.to_owned() } else { text.chars().take(40).chain("..".chars()).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: Place = Place::new(0, 10, 30);

    #[test]
    fn a_variant_is_placed_by_its_name() {
        let summit = Node::new(HERE, Kind::Record(Some("Summit".into()), vec![]));
        assert_eq!(summit.variant(), Some("Summit"));
        assert_eq!(summit.variant_at(), Place::new(0, 10, 16));
        assert_eq!(Node::text(HERE, "x").variant_at(), HERE);
    }

    #[test]
    fn what_was_found_is_said_in_words() {
        assert_eq!(Node::text(HERE, "lots").found(), "the text \"lots\"");
        assert_eq!(Node::new(HERE, Kind::Number(26.5)).found(), "26.5");
        assert!(Node::text(HERE, &"long ".repeat(100)).found().len() < 60);
    }
}
