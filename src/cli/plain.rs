//! The door for what is typed: words that would play tricks on a terminal, or break a comment line of a file, stay out.

use super::failure::Failure;
use crate::notation::clean::escaped;

/// The option whose value is a command of the reader's own: it may have lines, and is never shown.
const PLAYER: &str = "--player";

/// Refuses a word with a control character, and says what to write instead.
pub fn plain(words: impl Iterator<Item = String>) -> Result<(), Failure> {
    let mut is_player = false;
    for word in words {
        let shown = match word.strip_prefix(PLAYER).and_then(|rest| rest.strip_prefix('=')) {
            Some(bound) => name(bound),
            None if is_player => name(&word),
            None => &word,
        };
        if shown.contains(char::is_control) {
            return Err(Failure::wrong(format!(
                "`{}` holds a control character\n  \
                 in a text write `\\n` for a line break; a file with one in its name wants another name",
                escaped(shown)
            )));
        }
        is_player = word == PLAYER;
    }
    Ok(())
}

/// The name that a command is bound to.
fn name(bound: &str) -> &str {
    bound.split_once('=').map_or(bound, |(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(words: &[&str]) -> Option<String> {
        plain(words.iter().map(|word| word.to_string())).err().map(|why| format!("{why:?}"))
    }

    #[test]
    fn a_control_character_is_refused_wherever_it_stands() {
        for word in ["x\u{1b}[31m\n.ron", "--csv=a\nb", "title=\"a\u{1b}[31m\"", "a\u{9b}31m", "a\tb", "--player\n"] {
            assert!(refused(&["batch", word]).is_some_and(|why| why.contains("control character")), "{word:?}");
        }
        let why = refused(&["check", "x\u{1b}.ron"]).unwrap_or_default();
        assert!(why.contains(r"x\\u{1b}.ron"), "{why}");
        assert_eq!(refused(&["run", "é中.ron", "--set", "title=\"a\\n\\u{1b}b\""]), None);
    }

    #[test]
    fn a_program_may_have_lines_and_its_name_may_not() {
        assert_eq!(refused(&["run", "--player", "bot=sh -c 'a\nb'"]), None);
        assert_eq!(refused(&["run", "--player=bot=sh -c 'a\nb'"]), None);
        assert!(refused(&["run", "--player", "b\not=sh"]).is_some_and(|why| !why.contains("sh")));
        assert!(refused(&["run", "--player=b\not=sh", "x"]).is_some_and(|why| !why.contains("sh")));
        assert!(refused(&["run", "--player", "bot=sh", "a\nb"]).is_some(), "the word after it is no command");
    }
}
