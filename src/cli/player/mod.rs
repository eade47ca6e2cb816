//! Outside players: programs bound on the command line to the names that a scenario gives them.
//!
//! Nothing but `--player` starts a program: whoever opens a file, or serves or imports one, starts none.

pub mod beforehand;
mod process;
mod program;
pub mod record;
pub mod table;

use crate::error::Error;
use std::time::Duration;

use super::failure::Failure;
use super::masked::{is_shown, shown};
use crate::batch::many::Many;
use crate::command_line::CommandLine;
use crate::environment::player::Player;
use crate::game::outside::{Outside, Players};
use crate::game::wire::Speaks;
use crate::notation::near::{did_you_mean, listed};
use crate::scenario::presets::built_in;
use crate::scenario::strategy_file::is_file;
use crate::world::setup::Setup;
use program::Program;

/// How long a program may think where nothing is said (seconds).
const THINK: Duration = Duration::from_secs(10);

/// Programs that play, and how long they may think.
#[derive(Debug, Clone, clap::Args)]
pub struct PlayerArgs {
    /// Start an outside program for the parties whose strategy is External("NAME"), such as --player
    /// bot='python3 bot.py'; may be repeated
    #[arg(long = "player", value_name = "NAME=COMMAND", value_parser = bound)]
    pub players: Vec<Bound>,
    /// How long a program may think about a move before it forfeits it (seconds) [default: 10]
    #[arg(long = "think", value_name = "SECONDS", value_parser = seconds)]
    pub think: Option<Duration>,
}

/// A name and the command that it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound {
    /// The name in the scenario.
    pub name: String,
    /// The program and its arguments.
    pub words: Vec<String>,
    /// How it is shown: the program's name and a hash, for its arguments may hold a key that nobody else should read.
    pub shown: String,
}

/// Which seats programs hold, and which ones.
#[derive(Debug, Clone)]
pub struct Seated {
    programs: [Option<Bound>; 2],
    think: Duration,
}

/// `NAME=COMMAND`; the command is split into words as a shell does, and no shell runs it.
fn bound(text: &str) -> Result<Bound, Error> {
    let wrong = || Error::argument("write NAME=COMMAND, such as bot='python3 bot.py'");
    let (name, line) = text.split_once('=').ok_or_else(wrong)?;
    let words = shell_words::split(line)
        .map_err(|e| Error::argument(format!("the command cannot be split into words: {e}")))?;
    if name.trim().is_empty() || words.first().is_none_or(|program| program.is_empty()) {
        return Err(wrong());
    }
    if is_shown(line) {
        let text = format!("`{}` stands for a command that is not told, as it may hold a key", line.trim());
        return Err(Error::argument(format!("{text}: write the command itself")));
    }
    Ok(Bound { name: name.trim().to_owned(), words, shown: shown(line) })
}

fn seconds(text: &str) -> Result<Duration, Error> {
    let x: f64 = text.parse().map_err(|_| Error::argument("a number of seconds is needed, such as 10 or 0.5"))?;
    if x > 0.0 && x <= 86_400.0 {
        Ok(Duration::from_secs_f64(x))
    } else {
        Err(Error::argument("above 0 and up to 86400 seconds"))
    }
}

fn wrong<T>(text: String) -> Result<T, Failure> {
    Err(Failure::Wrong(text))
}

impl PlayerArgs {
    /// A command with these arguments, each program by what stands for it.
    pub fn onto(&self, line: CommandLine) -> CommandLine {
        let bind = |b: &Bound| format!("{}={}", b.name, b.shown);
        let line = line.options("player", self.players.iter().map(bind));
        line.options("think", self.think.map(|think| think.as_secs_f64()))
    }

    /// Which program holds which seat; nothing where the scenario asks for none. A name that is bound to nothing is an
    /// error, and so is a program that nobody plays by.
    pub fn seated(&self, setup: &Setup) -> Result<Option<Seated>, Failure> {
        if self.think.is_some() && self.players.is_empty() {
            return wrong(
                "error: --think is how long an outside program may think: name one with --player, or leave it out"
                    .into(),
            );
        }
        let names: Vec<&str> = setup.parties.iter().filter_map(|p| p.outside.as_deref()).collect();
        for (i, bound) in self.players.iter().enumerate() {
            let name = &bound.name;
            if self.players[..i].iter().any(|other| other.name == *name) {
                return wrong(format!("error: `{name}` is bound to two programs"));
            }
            if !names.contains(&name.as_str()) {
                let why = match &names[..] {
                    [] => format!(
                        "no party plays by an outside program\n  such as: --set 'parties.{}.strategy=External(\"{name}\")'",
                        setup.parties[0].key
                    ),
                    names => match did_you_mean(name, names.iter().copied()) {
                        near if near.is_empty() => format!("the scenario asks for {}", listed(names.iter().copied())),
                        near => format!("nobody plays by it{near}"),
                    },
                };
                return wrong(format!("error: --player binds `{name}`, and {why}"));
            }
        }
        if names.is_empty() {
            return Ok(None);
        }
        let mut programs = [None, None];
        for (p, party) in setup.parties.iter().enumerate() {
            let Some(name) = &party.outside else { continue };
            let Some(bound) = self.players.iter().find(|bound| bound.name == *name) else {
                return wrong(format!(
                    "error: `{}` plays by the outside program `{name}`, and no program is bound to that name\n  \
                     say which: --player {name}='python3 {name}.py'{}",
                    party.key,
                    a_strategy(&party.key, name, setup)
                ));
            };
            programs[p] = Some(bound.clone());
        }
        Ok(Some(Seated { programs, think: self.think.unwrap_or(THINK) }))
    }
}

impl PlayerArgs {
    /// The names that are bound to programs.
    pub fn names(&self) -> Vec<&str> {
        self.players.iter().map(|bound| bound.name.as_str()).collect()
    }

    /// Which program holds which seat in one cell of a study, in which not all that are bound need play.
    pub fn among(&self, setup: &Setup) -> Result<Option<Seated>, Failure> {
        let here = |bound: &&Bound| setup.parties.iter().any(|party| party.outside.as_ref() == Some(&bound.name));
        let players: Vec<Bound> = self.players.iter().filter(here).cloned().collect();
        let think = self.think.filter(|_| !players.is_empty());
        PlayerArgs { players, think }.seated(setup)
    }
}

/// What else was meant, where a program is called like a strategy or like a file of one.
fn a_strategy(party: &str, name: &str, setup: &Setup) -> String {
    let known = built_in().contains_key(name) || setup.scenario.strategies.contains_key(name);
    let meant = known || is_file(name);
    if meant { format!("\n  `{name}` is a strategy? --strategy {party}={name}") } else { String::new() }
}

impl Seated {
    /// The programs, each for its seat, to be started when each is first asked.
    pub fn players(&self, setup: &Setup) -> Players {
        at_table(self.each(setup))
    }

    /// The same, started before anything is played: one that cannot be started, or does not speak the protocol, is the
    /// fault of what was asked.
    pub fn first(&self, setup: &Setup) -> Result<Players, Failure> {
        Ok(at_table(self.started(setup)?))
    }

    /// The programs, to play many games at once.
    pub fn many(&self, setup: &Setup) -> Many {
        in_many(self.each(setup))
    }

    fn each(&self, setup: &Setup) -> [Option<Program>; 2] {
        [0, 1].map(|p| self.program(setup, p))
    }

    /// The programs, started.
    pub fn started(&self, setup: &Setup) -> Result<[Option<Program>; 2], Failure> {
        let mut out = self.each(setup);
        out.iter_mut().flatten().try_for_each(Program::start)?;
        Ok(out)
    }

    fn program(&self, setup: &Setup, seat: usize) -> Option<Program> {
        self.programs[seat].as_ref().map(|bound| Program::new(bound, setup, seat, self.think))
    }

    /// The parties that programs play, by name.
    pub fn seats(&self, setup: &Setup) -> Vec<String> {
        let held = setup.parties.iter().zip(&self.programs).filter(|(_, bound)| bound.is_some());
        held.map(|(party, _)| party.key.clone()).collect()
    }

    /// Who plays for whom, as a page tells it: "us by `bot` (python3#57a0..)".
    pub fn told(&self, setup: &Setup) -> Vec<String> {
        let one = |(party, bound): (&crate::world::setup::PartySetup, &Option<Bound>)| {
            bound.as_ref().map(|b| format!("{} by `{}` ({})", party.key, b.name, b.shown))
        };
        setup.parties.iter().zip(&self.programs).filter_map(one).collect()
    }
}

/// Programs as players at a table.
pub fn at_table(programs: [Option<Program>; 2]) -> Players {
    programs.map(|program| program.map(|program| Box::new(program) as Box<dyn Outside>))
}

/// Programs as players of many games.
pub fn in_many(programs: [Option<Program>; 2]) -> Many {
    programs.map(|program| program.map(|program| Box::new(program) as Box<dyn Player>))
}

/// How many games are played at once: as many as all of the programs take, where each takes several.
pub fn at_once(programs: &[Option<Program>; 2]) -> Option<usize> {
    let most = |program: &Program| match program.speaks() {
        Speaks::OneGame | Speaks::InWords => None,
        Speaks::Many(games) => Some(games),
    };
    programs.iter().flatten().map(most).min()?
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::masked::shown_binding;

    #[test]
    fn a_binding_is_a_name_and_words() {
        let fine = bound("bot=python3 'my bot.py' --deep").expect("fine");
        assert_eq!(
            (fine.name.as_str(), fine.words),
            ("bot", ["python3", "my bot.py", "--deep"].map(String::from).to_vec())
        );
        assert!(bound("bot").is_err() && bound("=x").is_err() && bound("bot=").is_err() && bound("bot='x").is_err());
        assert!(bound("bot=''").is_err());
        let mut args = PlayerArgs { players: vec![bound("bot=python3 'my bot.py'").expect("fine")], think: None };
        let line = |args: &PlayerArgs| args.onto(CommandLine::new("run")).to_string();
        let again = shell_words::split(&line(&args)).expect("words");
        assert_eq!(
            (again[2].as_str(), again[3].as_str()),
            ("--player", shown_binding("bot=python3 'my bot.py'").as_str())
        );
        assert!(
            again[3].starts_with("bot=python3#") && !again[3].contains("my"),
            "its arguments are not told: {again:?}"
        );
        let told = bound(&again[3]).expect_err("it stands for a command").to_string();
        assert!(told.contains("write the command itself"), "{told}");
        args.think = Some(Duration::from_millis(500));
        assert!(line(&args).ends_with(" --think 0.5"));
        args = PlayerArgs { players: vec![], think: None };
        assert_eq!(line(&args), "summitry run");
        assert_eq!(seconds("0.5"), Ok(Duration::from_millis(500)));
        assert!(seconds("0").is_err() && seconds("nan").is_err() && seconds("x").is_err());
    }
}
