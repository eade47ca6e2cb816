//! A value as an author would write it, on one line.

use super::tree::{Kind, Node};

/// The value; what is read from it is the same again.
pub fn written(node: &Node) -> String {
    let fields = |all: &[(Node, Node)]| {
        all.iter().map(|(key, value)| format!("{}: {}", written(key), written(value))).collect::<Vec<_>>().join(", ")
    };
    let items = |all: &[Node]| all.iter().map(written).collect::<Vec<_>>().join(", ");
    match &node.kind {
        Kind::Bool(x) => x.to_string(),
        Kind::Number(x) => x.to_string(),
        Kind::Big(x) | Kind::Name(x) => x.clone(),
        Kind::Text(x) => quoted(x),
        Kind::Map(all) => format!("{{{}}}", fields(all)),
        Kind::List(None, all) => format!("[{}]", items(all)),
        Kind::List(Some(name), all) => format!("{name}({})", items(all)),
        Kind::Record(name, all) => format!("{}({})", name.as_deref().unwrap_or_default(), fields(all)),
    }
}

/// A text in double quotes.
pub fn quoted(words: &str) -> String {
    let mut out = String::from("\"");
    for c in words.chars() {
        match c {
            '\\' | '"' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ => out.push(c),
        }
    }
    out + "\""
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notation::language::PLAIN;
    use crate::notation::read::read;

    #[test]
    fn what_is_written_is_read_again() {
        for text in [
            "(a: 1.5, m: {\"b c\": [1, 2], \"x\": -3}, s: \"a \\\"b\\\" \\\\ \\n\", t: true)",
            "(like: \"x\", offer: Time(exponent: 0.5), extend: Demand(0.2), accept: Next, big: 123456789012345678901)",
        ] {
            let once = written(&read(text, 0, &PLAIN).expect("read"));
            assert_eq!(written(&read(&once, 0, &PLAIN).expect("read again")), once);
            assert!(!once.contains('\n'), "{once}");
        }
    }
}
