//! Texts that are shown: without what could play tricks on a terminal or on its reader.

/// Whether a character moves the cursor, starts a command to the terminal, begins a line or a paragraph unasked, or turns
/// the direction of reading round.
pub fn is_trick(c: char) -> bool {
    let breaks = matches!(c, '\u{2028}' | '\u{2029}');
    let turns = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    breaks || turns || c.is_control()
}

/// A text with U+FFFD for each of these; lines stay lines.
pub fn clean(text: &str) -> String {
    text.chars().map(|c| if is_trick(c) && c != '\n' { '\u{FFFD}' } else { c }).collect()
}

/// The same for a text of one line.
pub fn one_line(text: &str) -> String {
    text.chars().map(|c| if is_trick(c) { '\u{FFFD}' } else { c }).collect()
}

/// The same for a page that has colours of its own, and tabs.
pub fn page(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let colour = if c == '\u{1b}' { colour(rest) } else { 0 };
        let end = if colour > 0 { colour } else { c.len_utf8() };
        match is_trick(c) && colour == 0 && c != '\n' && c != '\t' {
            true => out.push('\u{FFFD}'),
            false => out.push_str(&rest[..end]),
        }
        rest = &rest[end..];
    }
    out
}

/// A text with its control characters written out, so that one sees where they are.
pub fn escaped(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { c.escape_default().to_string() } else { c.to_string() }).collect()
}

/// How many bytes at the start of a text set a colour.
fn colour(text: &str) -> usize {
    let Some(inner) = text.strip_prefix("\u{1b}[") else { return 0 };
    let end = inner.find(|c: char| !c.is_ascii_digit() && c != ';').unwrap_or(inner.len());
    if inner[end..].starts_with('m') { end + 3 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_plays_tricks_is_shown_as_such() {
        assert_eq!(clean("a\u{1b}[2J\u{7}b\u{202e}c\nd\u{2028}e"), "a\u{FFFD}[2J\u{FFFD}b\u{FFFD}c\nd\u{FFFD}e");
        assert_eq!(one_line("x\ny"), "x\u{FFFD}y");
        assert_eq!(escaped("é\u{1b}\n\t."), r"é\u{1b}\n\t.");
        assert_eq!(clean("é ü 中 ▇"), "é ü 中 ▇");
    }

    #[test]
    fn a_page_keeps_its_colours_and_nothing_else() {
        let coloured = "\u{1b}[48;5;25m\u{1b}[97m 1\t\u{1b}[0m\n";
        assert_eq!(page(coloured), coloured);
        assert_eq!(page("\u{1b}[2J\u{1b}]0;pwn\u{7}\r\u{1b}"), "\u{FFFD}[2J\u{FFFD}]0;pwn\u{FFFD}\u{FFFD}\u{FFFD}");
    }
}
