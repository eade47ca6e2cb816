//! `man`: where is the manual?

use clap::CommandFactory;
use clap_mangen::Man;

use super::Cli;
use super::failure::{Exit, Failure, print};
use crate::command_line::quoted;
use crate::disk;

/// Print the manual page, or write a page for each command to a folder
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A folder that takes all pages; it is made where it is missing
    #[arg(long, value_name = "FOLDER")]
    out: Option<String>,
}

/// Prints or writes them.
pub fn run(args: Args) -> Result<Exit, Failure> {
    let Some(folder) = &args.out else {
        let mut page = vec![];
        Man::new(Cli::command()).render(&mut page)?;
        print(&String::from_utf8_lossy(&page))?;
        return Ok(0);
    };
    disk::make_folder(folder)?;
    let mut all = Cli::command().disable_help_subcommand(true);
    all.build();
    pages(&all, folder)?;
    let first = std::path::Path::new(folder).join("summitry.1");
    print(&format!("the pages are in {folder}; to read the first: man -l {}\n", quoted(&first.display().to_string())))?;
    Ok(0)
}

/// Writes the page of a command, and those of its subcommands.
fn pages(command: &clap::Command, folder: &str) -> Result<(), Failure> {
    command.get_subcommands().filter(|sub| !sub.is_hide_set()).try_for_each(|sub| pages(sub, folder))?;
    let (man, mut page) = (Man::new(command.clone()), vec![]);
    man.render(&mut page)?;
    let file = std::path::Path::new(folder).join(man.get_filename());
    Ok(disk::replace(&file.to_string_lossy(), &page)?)
}
