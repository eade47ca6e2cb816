//! The command line: one subcommand per file, each a question. Arguments, one library call, a page printed.

pub mod batch;
pub mod common;
pub mod disk;
pub mod progress;
pub mod run;
pub mod serve;

use clap::{Parser, Subcommand};

/// Negotiation games between two rivals, seeded and reproducible.
#[derive(Debug, Parser)]
#[command(name = "summitry", version, max_term_width = 100, arg_required_else_help = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Run(run::Args),
    Serve(serve::Args),
    Batch(batch::Args),
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
        Command::Run(args) => run::run(args),
        Command::Serve(args) => serve::run(args),
        Command::Batch(args) => batch::run(args),
    };
    match done {
        Ok(exit) => exit,
        Err(failure) => failure.tell(),
    }
}
