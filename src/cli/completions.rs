//! `completions`: how does my shell complete commands of this program?

use clap::CommandFactory;
use clap_complete::{Shell, generate};

use super::Cli;
use super::failure::{Exit, Failure, print};

/// Print completions for a shell, such as: summitry completions bash > ~/.local/share/bash-completion/completions/summitry
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Prints them.
pub fn run(args: Args) -> Result<Exit, Failure> {
    let mut out = vec![];
    generate(args.shell, &mut Cli::command(), "summitry", &mut out);
    print(&String::from_utf8_lossy(&out))?;
    Ok(0)
}
