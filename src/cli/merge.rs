//! `merge`: the parts of a planned batch, told as the batch.

use super::common::Format;
use super::failure::{Exit, Failure, print, print_page, say};
use super::parts::{OutArgs, opened, told};
use crate::error::Error;
use crate::notation::Code;
use crate::report::text::count;
use crate::shards::listed;

/// Tell the parts of a planned batch as the batch: the same page and document as `batch`
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    out: OutArgs,
    /// Tell what is there, though parts are missing
    #[arg(long)]
    partial: bool,
    /// Text for people or one JSON document
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// Runs it.
pub fn run(args: Args) -> Result<Exit, Failure> {
    let (folder, ready) = opened(&args.out.out)?;
    let missing = folder.missing()?;
    let lack =
        || format!("{} of {} missing: {}", missing.len(), count(folder.manifest.shards, "part"), listed(&missing));
    if !missing.is_empty() && (!args.partial || missing.len() as u64 == folder.manifest.shards) {
        let help = "play them with `summitry shard`, or tell what is there with --partial";
        return Err(Error::of(Code::Incomplete, format!("{}\n  {help}", lack())).into());
    }
    let report = told(&folder, &ready, 1)?;
    match args.format {
        Format::Text => print_page(report.text())?,
        Format::Json => print(&report.json())?,
    }
    if !missing.is_empty() {
        say(&lack());
    }
    if let Some(rows) = folder.all_rows() {
        say(&format!("rows: {rows}"));
    }
    Ok(report.exit())
}
