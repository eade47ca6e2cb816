//! `debrief`: what a class looks back on, from its file, without a server.

use super::failure::{Exit, Failure, print_page, say};
use crate::classroom::{file, takeaway};
use crate::disk;
use crate::notation::wording::count;

/// The debrief of a class as one page that opens anywhere, made of the class's file
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The class's file, such as class.db; it is left as it is
    file: String,
    /// The lesson it was opened with, where the file does not keep it
    #[arg(long, value_name = "FILE")]
    lesson: Option<String>,
    /// The page to write
    #[arg(long, short, value_name = "FILE", default_value = "debrief.html")]
    out: String,
    /// Write over a file that is there
    #[arg(long)]
    replace: bool,
}

/// Runs it.
pub fn run(args: Args) -> Result<Exit, Failure> {
    if !args.replace {
        disk::room_for(&args.out)?;
    }
    file::is_class(&args.file)?;
    let named = args.lesson.as_deref().map(disk::with_shelf);
    let taken = takeaway::of_file(&args.file, named.as_deref(), &disk::open)?;
    if args.replace { disk::replace(&args.out, &taken.html) } else { disk::write_new(&args.out, &taken.html) }?;
    if let Some(note) = &taken.note {
        say(&format!("note: {note}; odds and cloud are this program's own"));
    }
    print_page(&format!(
        "{}: the debrief of {}, {} kB\n",
        args.out,
        count(taken.tables, "table"),
        taken.html.len().div_ceil(1000)
    ))?;
    Ok(0)
}
