//! The command line: one subcommand per file, each a question. Arguments, one library call, a page printed.

pub mod ablation;
pub mod alone;
pub mod batch;
pub mod check;
pub mod common;
pub mod compare;
mod decisions;
pub mod fields;
pub mod import;
pub mod new;
pub mod odds;
pub mod play;
pub mod player;
pub mod progress;
pub mod run;
pub mod score;
#[cfg(feature = "classroom")]
pub mod serve;
pub mod signs;
pub mod sweep;
pub mod tournament;
pub mod tune;

use clap::{Parser, Subcommand};

use crate::disk;

/// Negotiation games between two rivals, seeded and reproducible.
#[derive(Debug, Parser)]
#[command(name = "summitry", version, max_term_width = 100, arg_required_else_help = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Ablation(ablation::Args),
    Check(check::Args),
    Fields(fields::Args),
    New(new::Args),
    Import(import::Args),
    Run(run::Args),
    Play(play::Args),
    #[cfg(feature = "classroom")]
    Serve(serve::Args),
    Batch(batch::Args),
    Odds(odds::Args),
    Score(score::Args),
    Compare(compare::Args),
    Signs(signs::Args),
    Tournament(tournament::Args),
    Sweep(sweep::Args),
    Tune(tune::Args),
}

/// How a command ends: 0 done, 1 we failed, 2 the input is wrong, 3 interrupted.
pub type Exit = i32;

/// Runs the command that the arguments name.
pub fn run() -> Exit {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(e) => {
            let wrong = e.use_stderr();
            let _ = e.print();
            return if wrong { 2 } else { 0 };
        }
    };
    let done = match cli.command {
        Command::Ablation(args) => ablation::run(args),
        Command::Check(args) => check::run(args),
        Command::Fields(args) => fields::run(args),
        Command::New(args) => new::run(args),
        Command::Import(args) => import::run(args),
        Command::Run(args) => run::run(args),
        Command::Play(args) => play::run(args),
        #[cfg(feature = "classroom")]
        Command::Serve(args) => serve::run(args),
        Command::Batch(args) => batch::run(args),
        Command::Odds(args) => odds::run(args),
        Command::Score(args) => score::run(args),
        Command::Compare(args) => compare::run(args),
        Command::Signs(args) => signs::run(args),
        Command::Tournament(args) => tournament::run(args),
        Command::Sweep(args) => sweep::run(args),
        Command::Tune(args) => tune::run(args),
    };
    match done {
        Ok(exit) => exit,
        Err(failure) => failure.tell(),
    }
}
