//! A command of this program as it is told back to the reader: it can be pasted into a shell, whatever its words hold.

use std::fmt;

/// A command and its words; shown with quotes where a shell needs them.
///
/// `CommandLine::new("run").word("my story.ron").option("seed", 1)` shows as `summitry run 'my story.ron' --seed 1`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandLine {
    words: Vec<String>,
}

impl CommandLine {
    /// A subcommand of the program.
    pub fn new(name: &str) -> CommandLine {
        CommandLine { words: vec!["summitry".into(), name.into()] }
    }

    /// With one more word.
    pub fn word(mut self, word: impl ToString) -> CommandLine {
        self.words.push(word.to_string());
        self
    }

    /// With the name of a file; one that begins like an option is named from the folder it lies in.
    pub fn file(self, name: &str) -> CommandLine {
        let like_an_option = name.starts_with('-') && name.len() > 1;
        self.word(if like_an_option { format!("./{name}") } else { name.to_owned() })
    }

    /// With an option and its value, each a word.
    pub fn option(self, name: &str, value: impl ToString) -> CommandLine {
        self.word(format!("--{name}")).word(value)
    }

    /// With an option once for each of these values.
    pub fn options<T: ToString>(self, name: &str, values: impl IntoIterator<Item = T>) -> CommandLine {
        values.into_iter().fold(self, |line, value| line.option(name, value))
    }
}

impl CommandLine {
    /// A command of these words after the program's name.
    pub fn of(words: &[String]) -> CommandLine {
        CommandLine { words: [&["summitry".to_owned()], words].concat() }
    }

    /// Its words after the program's name.
    pub fn words(&self) -> &[String] {
        &self.words[1..]
    }
}

impl fmt::Display for CommandLine {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        for (i, word) in self.words.iter().enumerate() {
            f.write_str(if i > 0 { " " } else { "" })?;
            f.write_str(&quoted(word))?;
        }
        Ok(())
    }
}

/// A word for a shell: as it is where no shell reads anything into it, else in quotes.
pub fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "._-/=:,%+@".contains(c);
    if !word.is_empty() && !word.starts_with('=') && word.chars().all(plain) {
        return word.to_owned();
    }
    let quoted = shell_words::quote(word);
    if quoted == word { format!("'{word}'") } else { quoted.into_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted_where_a_shell_needs_it() {
        let line = CommandLine::new("run").word("my story.ron").option("seed", 1);
        assert_eq!(line.to_string(), "summitry run 'my story.ron' --seed 1");
        let of = |name: &str| CommandLine::new("run").file(name).to_string();
        assert_eq!(["-x.ron", "-", "a-b"].map(of), ["summitry run ./-x.ron", "summitry run -", "summitry run a-b"]);
    }

    #[test]
    fn a_shell_reads_the_words_that_were_meant() {
        let words = [
            "x y.ron",
            "off=[\"summit\"]",
            "title=\"it's\"",
            "",
            "{a,b}!.ron",
            "a\nb",
            "plain/x.ron",
            "us=boulware",
            "=ls",
            "~",
            "$HOME",
        ];
        let line = words.iter().fold(CommandLine::new("run"), |line, word| line.word(word));
        let read = shell_words::split(&line.to_string()).expect("words");
        assert_eq!(read[..2], ["summitry", "run"]);
        assert_eq!(read[2..], words);
        assert!(
            line.to_string().contains(" '{a,b}!.ron' ") && line.to_string().contains(" plain/x.ron us=boulware '=ls' ")
        );
    }

    #[test]
    fn options_follow_each_other() {
        let line = CommandLine::new("batch").word("x.ron").options("set", ["a=1", "b.c=x y"]).option("seed", 7);
        assert_eq!(line.to_string(), "summitry batch x.ron --set a=1 --set 'b.c=x y' --seed 7");
    }
}
