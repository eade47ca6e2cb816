//! The command line: one subcommand per file, each a question. Arguments, one library call, a page printed.
//!
//! A command is its file and its line in `commands`; a study ends as `study` says.

mod ablation;
mod again;
mod axes;
mod bargain;
mod batch;
mod bundle;
mod check;
mod common;
mod compare;
mod completions;
#[cfg(feature = "classroom")]
mod debrief;
mod decisions;
mod discover;
mod failure;
mod fields;
mod groups;
mod import;
mod inputs;
mod kept;
mod made;
mod man;
mod masked;
mod measures;
mod merge;
mod missing;
mod new;
mod odds;
mod parts;
mod pictures;
mod plain;
mod plan;
mod play;
mod player;
mod progress;
mod report;
mod rows;
mod rows_file;
mod run;
mod said;
mod score;
mod seat;
mod sensitivity;
#[cfg(feature = "classroom")]
mod serve;
mod shard;
mod shown;
mod signs;
mod stop;
mod study;
mod sweep;
mod tournament;
mod tune;
mod varied;
mod verify;

use clap::{Parser, Subcommand};

pub use failure::Exit;
use failure::Failure;

/// Negotiation games between two rivals, seeded and reproducible.
#[derive(Debug, Parser)]
#[command(name = "summitry", version = crate::report::made::version(), max_term_width = 100, arg_required_else_help = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

/// The commands in the order of `--help`, a line each: its name here, and the file with its arguments and its `run`.
macro_rules! commands {
    ($($(#[$when:meta])* $name:ident => $file:ident,)*) => {
        #[derive(Debug, Subcommand)]
        enum Command {
            $($(#[$when])* $name(Box<$file::Args>),)*
        }

        impl Command {
            fn run(self) -> Result<Exit, Failure> {
                match self {
                    $($(#[$when])* Command::$name(args) => $file::run(*args),)*
                }
            }
        }
    };
}

commands! {
    Ablation => ablation,
    Check => check,
    Fields => fields,
    Measures => measures,
    Inputs => inputs,
    New => new,
    Import => import,
    Run => run,
    Play => play,
    #[cfg(feature = "classroom")]
    Serve => serve,
    #[cfg(feature = "classroom")]
    Debrief => debrief,
    Batch => batch,
    Plan => plan,
    Shard => shard,
    Missing => missing,
    Merge => merge,
    Report => report,
    Verify => verify,
    Odds => odds,
    Score => score,
    Compare => compare,
    Signs => signs,
    Tournament => tournament,
    Sweep => sweep,
    Sensitivity => sensitivity,
    Discover => discover,
    Tune => tune,
    Completions => completions,
    Man => man,
}

/// Runs the command that the arguments name.
pub fn run() -> Exit {
    stop::listen();
    if let Err(why) = plain::plain(said::words().into_iter().skip(1).map(|word| word.to_string_lossy().into_owned())) {
        return why.tell();
    }
    go().unwrap_or_else(Failure::tell)
}

/// Runs the command that is said.
fn go() -> Result<Exit, Failure> {
    match Cli::try_parse_from(said::words()) {
        Ok(cli) => cli.command.run(),
        Err(e) => {
            let wrong = e.use_stderr();
            let _ = e.print();
            Ok(if wrong { 2 } else { 0 })
        }
    }
}
