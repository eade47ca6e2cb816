//! The command that gives a result again, in its canonical form: read off the arguments as they were parsed.

use std::borrow::Cow;

use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Command, CommandFactory};

use super::Cli;
use super::common::count;
use super::masked::shown_binding;
use super::said;
use crate::command_line::CommandLine;
use crate::disk;
use crate::error::Error;
use crate::report::made::Made;
use crate::scenario::spelled::fingerprint;
use crate::scenario::strategy_file::is_file;

/// What changes no result: threads, files that are written, how it is shown, how long a program may think.
const LEFT_OUT: [&str; 19] = [
    "design_out",
    "threads",
    "format",
    "csv",
    "out",
    "checkpoint",
    "record",
    "save_state",
    "think",
    "bundle",
    "shards",
    "overwrite",
    "index",
    "partial",
    "max_time",
    "rows_to",
    "every_round",
    "odds",
    "bom",
];

/// What names or changes a scenario: a file that holds it as it is played has all of that in it.
const SCENARIO: [&str; 7] = ["scenario", "scenarios", "file", "sets", "strategies", "us", "cn"];

/// How a result of the running command was made; `seed` is the one that was drawn where none was given.
pub fn made(seed: Option<u64>) -> Option<Made> {
    let matches = Cli::command().try_get_matches_from(said::words()).ok()?;
    of(&Cli::command(), &matches, seed, None)
}

/// The same with another command's name, which takes the same arguments.
pub fn named(name: &str, seed: u64) -> Option<Made> {
    let matches = Cli::command().try_get_matches_from(said::words()).ok()?;
    let told = matches.subcommand_name()?.to_owned();
    let made = of(&Cli::command(), &matches, Some(seed), None)?;
    let rest = made.command.strip_prefix(&format!("summitry {told} "))?.to_owned();
    Some(Made { command: format!("summitry {name} {rest}"), ..made })
}

/// How the same result is made of one file that holds the scenario as it is played.
pub fn on(file: &str, seed: u64) -> Option<Made> {
    let matches = Cli::command().try_get_matches_from(said::words()).ok()?;
    of(&Cli::command(), &matches, Some(seed), Some(file))
}

/// The first option of some (by the names of their fields) that was typed, as it is typed.
pub fn typed(some: &[&str]) -> Option<String> {
    let cli = Cli::command();
    let matches = cli.clone().try_get_matches_from(said::words()).ok()?;
    let (name, given) = matches.subcommand()?;
    let known = cli.find_subcommand(name)?.get_arguments().filter(|arg| some.contains(&arg.get_id().as_str()));
    let mut typed = known.filter(|arg| given.value_source(arg.get_id().as_str()) == Some(ValueSource::CommandLine));
    typed.find_map(Arg::get_long).map(|long| format!("--{long}"))
}

/// Whether a command is one that a document names: it plays games by a seed and gives a document, and has nothing that
/// writes files or starts programs.
pub fn is_canonical(words: &[String]) -> Result<(), Error> {
    let cli = Cli::command();
    let plays =
        |known: &Command| ["seed", "format"].iter().all(|id| known.get_arguments().any(|arg| arg.get_id() == id));
    let named = words.get(1).and_then(|name| cli.find_subcommand(name)).filter(|known| plays(known));
    if words.first().is_none_or(|name| name != "summitry") || named.is_none() {
        return Err(Error::unfit("its command is not one that plays games by a seed"));
    }
    let matches = cli.clone().try_get_matches_from(words);
    let matches = matches.map_err(|why| Error::unfit(format!("its command cannot be read: {}", why.kind())))?;
    let Some((_, given)) = matches.subcommand() else { return Ok(()) };
    let idle = |arg: &&Arg| LEFT_OUT.contains(&arg.get_id().as_str()) || arg.get_id() == "players";
    let typed = |arg: &&Arg| given.value_source(arg.get_id().as_str()) == Some(ValueSource::CommandLine);
    match named.and_then(|known| known.get_arguments().filter(idle).find(typed)).and_then(Arg::get_long) {
        None => Ok(()),
        Some(option) => {
            let text = format!("`--{option}` stands in no document's own command: it writes files or starts programs");
            Err(Error::unfit(text))
        }
    }
}

/// Whether a command, without the program's name before it, can be told how many threads play.
pub fn takes_threads(words: &[String]) -> bool {
    let cli = Cli::command();
    let known = words.first().and_then(|name| cli.find_subcommand(name));
    known.is_some_and(|known| known.get_arguments().any(|arg| arg.get_id() == "threads"))
}

/// The command as it was given, or with one file `instead` of what names and changes its scenario.
fn of(cli: &Command, matches: &ArgMatches, seed: Option<u64>, instead: Option<&str>) -> Option<Made> {
    let (name, given) = matches.subcommand()?;
    let known = cli.find_subcommand(name)?;
    let mut made = Made { command: String::new(), strategies: vec![], files: vec![], programs: false };
    let mut line = instead.into_iter().fold(CommandLine::new(name), CommandLine::word);
    let (positional, named): (Vec<&Arg>, Vec<&Arg>) = known.get_arguments().partition(|arg| arg.is_positional());
    for arg in positional.into_iter().chain(named) {
        let id = arg.get_id().as_str();
        if id == "seed" && given.value_source(id) != Some(ValueSource::CommandLine) {
            line = seed.into_iter().fold(line, |line, seed| line.option("seed", seed));
        }
        // of a tournament they are those that take part, which no scenario holds
        let part = name == "tournament" && id == "strategies";
        let held = instead.is_some() && SCENARIO.contains(&id) && !part;
        if held || LEFT_OUT.contains(&id) || given.value_source(id) != Some(ValueSource::CommandLine) {
            continue;
        }
        if matches!(arg.get_action(), ArgAction::SetTrue) {
            line = line.word(format!("--{}", arg.get_long()?));
            continue;
        }
        for value in given.get_raw(id)? {
            let value = value.to_string_lossy();
            if let (Some((party, file)), true) = (played_by(id, &value), value.contains(".ron") || value.ends_with('-'))
                && is_file(file)
                && let Ok(text) = disk::open(file)
            {
                made.strategies.push([party.to_owned(), file.to_owned(), fingerprint(&text)]);
            }
            for file in value.split(',').filter(|file| FILES.contains(&id) && (id == "design" || is_file(file))) {
                let text = disk::open(&disk::with_shelf(file));
                made.files.extend(text.ok().map(|text| [file.to_owned(), fingerprint(&text)]));
            }
            let value = if COUNTS.contains(&id) { whole(&value) } else { value };
            let value = if id == "players" { stands_for(&value, &mut made) } else { value.into_owned() };
            line = if arg.is_positional() { line.file(&value) } else { line.option(arg.get_long()?, value) };
        }
    }
    made.command = line.to_string();
    Some(made)
}

/// Arguments that name files beside the scenario, whose texts decide what comes out.
const FILES: [&str; 6] = ["against", "design", "fit", "questions", "strategies", "table"];

/// Arguments that count something, which may be written in several ways.
const COUNTS: [&str; 2] = ["futures", "games"];

/// A count as its digits alone.
fn whole(text: &str) -> Cow<'_, str> {
    count(text).map_or(text.into(), |n| n.to_string().into())
}

/// The party and the file where an argument lets one play by a strategy.
fn played_by<'a>(id: &'a str, value: &'a str) -> Option<(&'a str, &'a str)> {
    match id {
        "us" | "cn" => Some((id, value)),
        "strategies" => value.split_once('='),
        _ => None,
    }
}

/// A player's command as its program's name and a hash: what follows may hold a key that nobody else should read.
fn stands_for(value: &str, made: &mut Made) -> String {
    made.programs = true;
    shown_binding(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(words: &str, seed: Option<u64>) -> Made {
        let words = shell_words::split(words).expect("words");
        let matches = Cli::command().try_get_matches_from(words).expect("a command");
        of(&Cli::command(), &matches, seed, None).expect("made")
    }

    #[test]
    fn one_file_takes_the_place_of_what_names_and_changes_a_scenario() {
        let words = "summitry batch x.ron --us grit --set a.b=1 --games 50 --bundle one.ron --seed 3";
        let matches = Cli::command().try_get_matches_from(words.split(' ')).expect("a command");
        let made = of(&Cli::command(), &matches, Some(3), Some("one.ron")).expect("made");
        assert_eq!(made.command, "summitry batch one.ron --games 50 --seed 3");
        assert_eq!(line(words, None).command, "summitry batch x.ron --set a.b=1 --us grit --games 50 --seed 3");
    }

    #[test]
    fn the_command_is_canonical() {
        let asked = "summitry batch --threads 3 --games 50 --set 'a.b=[\"x y\"]' x.ron --format json";
        assert_eq!(line(asked, Some(7)).command, "summitry batch x.ron --set 'a.b=[\"x y\"]' --games 50 --seed 7");
        assert!(line("summitry batch x.ron --games 5e1", None).command.ends_with(" --games 50"));
        assert!(line("summitry batch x.ron --games 100_000", None).command.ends_with(" --games 100000"));
        let files = line("summitry signs scenarios/studies/signs.ron", None).files;
        assert!(files.len() == 1 && files[0][0] == "scenarios/studies/signs.ron" && !files[0][1].is_empty());
        let asked = "summitry compare --all --seed 3 a.ron b.ron";
        assert_eq!(line(asked, Some(9)).command, "summitry compare a.ron b.ron --seed 3 --all");
    }

    #[test]
    fn a_players_command_is_not_told() {
        let made = line("summitry batch x.ron --player us='/opt/bot --key s3cret' --seed 1", None);
        assert!(made.programs && made.command.contains("us=bot#"), "{}", made.command);
        assert!(!made.command.contains("s3cret") && !made.command.contains("/opt"), "{}", made.command);
    }
}
