//! What somebody typed, made fit to be kept and shown.

use unicode_normalization::UnicodeNormalization;

/// A text: composed letters, no control or direction characters, at most so many letters.
pub fn clean(text: &str, most: usize) -> String {
    let odd = |c: char| {
        c.is_control() && c != '\n'
            || matches!(c, '\u{ad}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{2028}' | '\u{2029}' | '\u{2800}' | '\u{3164}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    text.trim().nfc().filter(|c| !odd(*c)).take(most).collect()
}

/// A name on one line, and whether it had to be cut to so many letters.
pub fn name(text: &str, most: usize) -> (String, bool) {
    let whole = clean(text, 10 * most).split_whitespace().collect::<Vec<_>>().join(" ");
    let short: String = whole.chars().take(most).collect();
    (short.trim_end().to_string(), whole.chars().count() > most)
}

/// A code: its letters and digits, large.
pub fn code(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).take(12).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_texts_are_cleaned() {
        assert_eq!(clean("  A\u{202e}b\u{7}c\u{200b}  ", 24), "Abc");
        assert_eq!(clean(&"x".repeat(100), 24).len(), 24);
        assert_eq!(code(" ab-c d "), "ABCD");
        assert_eq!(clean("Zoe\u{308}", 24), "Zo\u{eb}", "two ways to write a letter are one");
        assert_eq!(clean("Zoe\u{308}", 3), "Zo\u{eb}", "and it counts as one");
        assert_eq!(name(" Ann  \n Lee ", 24), ("Ann Lee".into(), false));
        assert_eq!(name("Maximiliane Charlotte-Sophie", 24), ("Maximiliane Charlotte-So".into(), true));
    }
}
