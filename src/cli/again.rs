//! The command that was typed, told back: how all of a study is had that was stopped.

use super::masked::shown_binding;
use super::said;
use crate::command_line::CommandLine;

/// The command that was typed, with the seed that it played.
pub fn typed(seed: u64) -> CommandLine {
    again(words(), Some(seed))
}

fn words() -> impl Iterator<Item = String> {
    said::words().into_iter().skip(1).map(|word| word.to_string_lossy().into_owned())
}

/// How all of a study that was stopped can be had: the command, and for those that can be kept in parts how to keep them.
pub fn way_on(seed: u64) -> String {
    format!("{}{}", typed(seed), kept_in_parts(words()))
}

/// A study in a folder goes on where it was stopped.
fn kept_in_parts(words: impl Iterator<Item = String>) -> &'static str {
    let words: Vec<String> = words.collect();
    let can_be_kept = words.first().is_some_and(|name| ["batch", "sweep", "tournament"].contains(&name.as_str()));
    match words.iter().any(|word| word == "--out" || word.starts_with("--out=")) {
        _ if !can_be_kept => "",
        true => "\n  what is whole is in the folder: this goes on with it",
        false => "\n  with --out DIR it is kept in parts, and goes on where it is stopped",
    }
}

/// What is said of a command that was stopped, with the command again where nothing else says how to go on.
pub fn with_way_on(text: &str) -> String {
    if text.contains("summitry ") || text.contains("ended at once") {
        return text.to_owned();
    }
    format!("{text}\n  all of it: {}{}", again(words(), None), kept_in_parts(words()))
}

fn again(words: impl Iterator<Item = String>, seed: Option<u64>) -> CommandLine {
    let mut words = words.peekable();
    let name = words.next().unwrap_or_default();
    let (mut line, mut seeded, mut binds) = (CommandLine::new(&name), false, false);
    while let Some(word) = words.next() {
        // A limit of time is what stopped it.
        if word == "--max-time" {
            words.next();
            continue;
        } else if word.starts_with("--max-time=") {
            continue;
        } else if word == "--overwrite" {
            continue; // what is there now is its own, and it goes on with that
        }
        seeded |= word == "--seed" || word.starts_with("--seed=");
        let shown = match word.strip_prefix("--player=") {
            _ if binds => shown_binding(&word),
            Some(binding) => format!("--player={}", shown_binding(binding)),
            None => word.clone(),
        };
        binds = word == "--player";
        line = line.word(shown);
    }
    match seed.filter(|_| !seeded) {
        Some(seed) => line.option("seed", seed),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_kept_in_parts_says_so() {
        let of = |line: &str| kept_in_parts(line.split(' ').map(str::to_owned));
        assert!(
            of("sweep x.ron").contains("with --out DIR") && of("tournament x.ron --out d").contains("goes on with it")
        );
        assert_eq!([of("compare x.ron"), of("tune x.ron --out best.ron")], ["", ""]);
    }

    #[test]
    fn the_command_is_told_with_its_seed() {
        let told = |words: &[&str]| again(words.iter().map(|word| word.to_string()), Some(7)).to_string();
        assert_eq!(told(&["batch", "my story.ron"]), "summitry batch 'my story.ron' --seed 7");
        assert_eq!(told(&["batch", "x.ron", "--max-time", "1s", "--seed=3"]), "summitry batch x.ron --seed=3");
        for typed in [&["batch", "x.ron", "--player", "bot=py --key s3cret"][..], &["batch", "--player=bot=py s3cret"]]
        {
            let told = told(typed);
            assert!(told.contains("bot=py#") && !told.contains("s3cret"), "{told}");
        }
        assert_eq!(told(&["sweep", "x.ron", "--design-seed", "3"]), "summitry sweep x.ron --design-seed 3 --seed 7");
    }
}
