//! `man`: where is the manual?

use clap::CommandFactory;
use clap_mangen::{Man, generate_to};

use super::Cli;
use super::failure::{Exit, Failure, print};
use crate::command_line::quoted;

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
    let unwritten = |e: std::io::Error| Failure::wrong(format!("the folder `{folder}` cannot be written: {e}"));
    std::fs::create_dir_all(folder).map_err(unwritten)?;
    generate_to(Cli::command(), folder).map_err(unwritten)?;
    let first = std::path::Path::new(folder).join("summitry.1");
    print(&format!("the pages are in {folder}; to read the first: man -l {}\n", quoted(&first.display().to_string())))?;
    Ok(0)
}
