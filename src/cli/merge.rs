//! `merge`: the parts of a planned batch, told as the batch.

use super::common::Format;
use super::failure::{Exit, Failure, print, print_report, say};
use super::parts::{OutArgs, opened, told};
use crate::command_line::CommandLine;
use crate::error::Error;
use crate::notation::Code;
use crate::report::text::{count, thousands};
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
    let all = count(folder.manifest.shards, "part");
    let lack = || format!("{} of {all} missing: {}", thousands(&missing.len().to_string()), listed(&missing));
    let play = CommandLine::new("shard").option("out", &args.out.out).option("index", missing.first().unwrap_or(&0));
    if !missing.is_empty() && (!args.partial || missing.len() as u64 == folder.manifest.shards) {
        let or = if args.partial { "" } else { ", or tell what is there with --partial" };
        let text = format!("{}\n  play each, such as `{play}`{or}", lack());
        return Err(Error::of(Code::Incomplete, text).into());
    }
    let which = (!missing.is_empty()).then(|| {
        let list = CommandLine::new("missing").option("out", &args.out.out);
        format!("Which: `{list}`; each is played by its number: `{play}`.")
    });
    let report = told(&folder, &ready, 1, which)?;
    match args.format {
        Format::Text => print_report(&report)?,
        Format::Json => print(&report.json())?,
    }
    if !missing.is_empty() {
        say(&lack());
    }
    folder.all_rows().iter().for_each(|rows| say(&format!("rows: {rows}")));
    Ok(report.exit())
}
