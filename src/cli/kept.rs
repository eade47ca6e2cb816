//! A study of several cells that is kept in a folder, part by part: what `sweep --out` and `tournament --out` share.

use std::ops::Range;

use super::common::{SeedArgs, count as count_of};
use super::failure::{Failure, say};
use super::made;
use super::parts::{other_version, unkept};
use super::rows::leave;
use crate::batch::counted::Counts;
use crate::batch::play::{Plan, Watch, joined};
use crate::error::Error;
use crate::report::heading::Heading;
use crate::report::text::count;
use crate::rows::cells::Cells;
use crate::rows::place::Place;
use crate::shards::{Asked, Folder, Manifest, Rows};

/// Whether a study is kept, and where.
#[derive(Debug, Clone, clap::Args)]
pub struct KeepArgs {
    /// Keep the study in a folder, part by part: the same command goes on with it, whatever stopped it
    #[arg(long, value_name = "DIR")]
    out: Option<String>,
    /// Into how many parts; a file each [default: one for each 16_384 games played, at most 1_000]
    #[arg(long, requires = "out", value_parser = count_of, allow_hyphen_values = true)]
    shards: Option<u64>,
    /// Begin anew where the folder holds something else
    #[arg(long, requires = "out")]
    overwrite: bool,
}

impl KeepArgs {
    /// The folder, where one is named.
    pub fn folder(&self) -> Option<&str> {
        self.out.as_deref()
    }

    /// The seed that was given, or the one that a folder was begun with.
    pub fn seed(&self, given: SeedArgs, folder: Option<&str>) -> SeedArgs {
        let known = folder.filter(|_| given.seed.is_none() && !self.overwrite).and_then(|path| Folder::open(path).ok());
        SeedArgs { seed: given.seed.or(known.map(|folder| folder.manifest.seed)) }
    }

    /// The folder of a study, begun or found again: its kind, with what names all that it plays and asks.
    pub fn begun(
        &self,
        path: &str,
        study: String,
        heading: &Heading,
        (cells, rows): (usize, Rows),
    ) -> Result<Folder, Failure> {
        let games = 0..heading.asked;
        let known = if self.overwrite { None } else { Folder::open(path).ok().map(|folder| folder.manifest) };
        let shards = known.filter(|known| known.range() == games).map(|known| known.shards);
        let made = made::made(Some(heading.seed)).ok_or_else(|| Failure::Ours("the command cannot be told".into()))?;
        let manifest = Manifest::of(Asked {
            scenario: heading.scenario.clone(),
            set: heading.sets.clone(),
            hash: heading.hash.clone(),
            study: Some(study),
            seed: heading.seed,
            shards: self.shards.or(shards).or_else(|| Some(Manifest::shards_of(heading.asked, cells as u64))),
            rows,
            every_round: None,
            games,
            next: vec![],
            made,
            text: String::new(),
        })?;
        let folder = Folder::plan(path, manifest, self.overwrite)?;
        other_version(&folder);
        let there = folder.manifest.shards - folder.missing()?.len() as u64;
        if there > 0 {
            say(&format!("going on in {path}: {there} of {} are there", count(folder.manifest.shards, "part")));
        }
        Ok(folder)
    }
}

/// What a part's games came to, and which of them were played.
type Summed<T> = (T, Vec<Range<u64>>);

/// What the parts of a study come to.
pub struct Together<T> {
    /// Their sums.
    pub told: T,
    /// How many games of each cell that is.
    pub games: u64,
    /// Why the last part that was played could not be kept; it is told all the same.
    pub unkept: Option<Error>,
}

/// Plays the parts that are missing, and sums up all that are there. Where rows are kept, `cells` leave those of a part
/// before it is kept itself: a part that is there has them.
pub fn summed<T: Counts + Clone>(
    folder: &Folder,
    none: T,
    (plan, watch): (&Plan, &Watch),
    play: impl Fn(&Plan) -> Result<Summed<T>, Error>,
    cells: Option<&Cells>,
) -> Result<Together<T>, Failure> {
    let (missing, mut under_way, mut failed) = (folder.missing()?, None, None);
    for (i, part) in missing.iter().copied().enumerate() {
        let games = folder.games_of(part)?;
        let plan = Plan { games: games.clone(), ..plan.clone() };
        let (counts, played) = play(&plan)?;
        let whole = joined(played.clone()) == [games];
        let kept = if whole { keep(folder, part, &counts, cells, (&plan, watch)) } else { Ok(false) };
        if let Ok(true) = kept {
            continue;
        }
        // Stopped, or without room: nothing of this part is kept. It is told all the same, where no part after it is there.
        let last = missing[i..].iter().copied().eq(part..folder.manifest.shards);
        under_way = last.then(|| (counts, played.iter().map(|games| games.end - games.start).sum::<u64>()));
        failed = kept.err().map(|error| unkept(error, folder));
        break;
    }
    let all = folder.merged(none)?;
    let (mut games, mut told) = (all.count(), all.summary);
    if let Some((counts, more)) = under_way {
        told.add(&counts);
        games += more;
    }
    Ok(Together { told, games, unkept: failed })
}

/// Keeps a part and what it leaves; false where it was stopped in between.
fn keep<T: Counts + Clone>(
    folder: &Folder,
    part: u64,
    counts: &T,
    cells: Option<&Cells>,
    (plan, watch): (&Plan, &Watch),
) -> Result<bool, Error> {
    if let (Some(file), Some(cells)) = (folder.rows(part), cells) {
        folder.forget_rows(part)?; // of one who was killed before the part was kept
        let Manifest { scenario_hash, seed, .. } = &folder.manifest;
        if leave(&Place::one_of(&file)?, cells, (scenario_hash, *seed), plan, watch)?.is_none() {
            return Ok(false);
        }
    }
    folder.keep(part, counts.clone())?;
    Ok(true)
}
