//! `missing`: which parts of a planned batch are not there yet?

use super::failure::{Exit, Failure, print};
use super::parts::OutArgs;
use crate::shards::{Folder, listed};

/// Which parts of a planned batch are not there yet?
///
/// One line such as 3,17,40-44, as `sbatch --array` takes it; an empty one where all are there.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    out: OutArgs,
}

/// Runs it.
pub fn run(args: Args) -> Result<Exit, Failure> {
    let folder = Folder::open(&args.out.out)?;
    print(&format!("{}\n", listed(&folder.missing()?)))?;
    Ok(0)
}
