//! The plan of a batch in parts: of what scenario, which games, cut where. All that a machine needs to play a part.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::batch::counted::{BATCH, STUDY};
use crate::batch::sealed::{Says, is_whole, sealed};
use crate::error::Error;
use crate::front::Draft;
use crate::model::MODEL;
use crate::notation::Code;
use crate::ready::Ready;
use crate::report::made::Made;

/// The format of a plan.
const FORMAT: &str = "summitry.plan/1";
/// Where parts of this many games or more begin at a multiple of it, so that what is written of games in blocks of this
/// size is written in the same blocks, however a batch is cut.
const BLOCK: u64 = 16_384;
/// Parts of a batch, at most: each is a file.
const SHARDS_MAX: u64 = 100_000;
/// Parts that a batch on one machine is cut into, at most, where nothing is said.
const SHARDS: u64 = 1_000;

/// Games of a part of a study, at least, where nothing is said: fewer are slow.
const FEW: u64 = 64;

/// Parts of a batch whose rows are kept are of this many blocks, where nothing is said: a file of rows wants to be large,
/// and memory holds a block or two.
const BLOCKS_OF_ROWS: u64 = 16;

/// What is written beside the parts of each game.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Rows {
    /// Nothing: a part is what was counted.
    None,
    /// A row a game, as Parquet.
    Parquet,
    /// As comma-separated values.
    Csv,
    /// As a line of JSON.
    Ndjson,
}

impl Rows {
    /// By how the names of their files end.
    pub fn of(ending: &str) -> Option<Rows> {
        [Rows::Parquet, Rows::Csv, Rows::Ndjson].into_iter().find(|rows| rows.ending() == Some(ending))
    }

    /// How the names of their files end, where there are any.
    pub fn ending(self) -> Option<&'static str> {
        match self {
            Rows::None => None,
            Rows::Parquet => Some("parquet"),
            Rows::Csv => Some("csv"),
            Rows::Ndjson => Some("ndjson"),
        }
    }
}

/// The plan of a batch in parts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    schema: String,
    /// The number of the model that plays.
    pub model: u32,
    /// The version of the program that planned.
    pub version: String,
    /// The scenario's file, as it was given.
    pub scenario: String,
    /// What the command line changed.
    pub set: Vec<String>,
    /// Names the scenario as it is played.
    pub scenario_hash: String,
    /// A study of several cells: its kind, and what names all that it plays and asks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub study: Option<String>,
    /// The seed.
    pub seed: u64,
    /// The first game.
    pub from: u64,
    /// How many games.
    pub games: u64,
    /// Into how many parts they are cut.
    pub shards: u64,
    /// The format of a part.
    parts: String,
    /// What is written beside each.
    pub rows: Rows,
    /// Of the games before this one rows by round are written too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub every_round: Option<u64>,
    /// The words of the command that tells one of the games.
    pub next: Vec<String>,
    /// The command that plays the same games without parts.
    pub made: Made,
    /// The scenario itself, with all it needs.
    text: String,
    digest: String,
}

/// What is asked of a batch in parts.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The scenario's file, as given.
    pub scenario: String,
    /// What the command line changed.
    pub set: Vec<String>,
    /// Names the scenario as it is played.
    pub hash: String,
    /// A study of several cells: its kind, and what names all that it plays and asks.
    pub study: Option<String>,
    /// The seed.
    pub seed: u64,
    /// Which games.
    pub games: Range<u64>,
    /// Into how many parts, where that is said.
    pub shards: Option<u64>,
    /// What is written beside each part.
    pub rows: Rows,
    /// Of the games before this one rows by round too.
    pub every_round: Option<u64>,
    /// The command that tells one of the games.
    pub next: Vec<String>,
    /// The command that plays the same games without parts.
    pub made: Made,
    /// The scenario itself.
    pub text: String,
}

impl Manifest {
    /// A plan for what is asked. Too many parts are refused.
    pub fn of(asked: Asked) -> Result<Manifest, Error> {
        let games = asked.games.end - asked.games.start;
        let usual = if asked.rows == Rows::None { BLOCK } else { BLOCK * BLOCKS_OF_ROWS };
        let shards = asked.shards.unwrap_or((games / usual).clamp(1, SHARDS));
        let most = SHARDS_MAX.min(games);
        if !(1..=most).contains(&shards) {
            let why = if most == games { "each part needs a game" } else { "each part is a file" };
            return Err(Error::of(Code::TooMany, format!("{shards} parts are too many: {most} at most, {why}")));
        }
        Ok(Manifest {
            schema: FORMAT.into(),
            model: MODEL,
            version: env!("CARGO_PKG_VERSION").into(),
            scenario: asked.scenario,
            set: asked.set,
            scenario_hash: asked.hash,
            parts: if asked.study.is_some() { STUDY } else { BATCH }.into(),
            study: asked.study,
            seed: asked.seed,
            from: asked.games.start,
            games,
            shards,
            rows: asked.rows,
            every_round: asked.every_round,
            next: asked.next,
            made: asked.made,
            text: asked.text,
            digest: String::new(),
        })
    }

    /// Parts of a study of so many cells, where nothing is said: as large as those of a batch, with a few games at least.
    pub fn shards_of(games: u64, cells: u64) -> u64 {
        (games.saturating_mul(cells) / BLOCK).min(games / FEW).clamp(1, SHARDS)
    }

    /// Names what its parts are of.
    pub fn name(&self) -> String {
        match &self.study {
            None => self.scenario_hash.clone(),
            Some(study) => format!("{} {study}", self.scenario_hash),
        }
    }

    /// All its games.
    pub fn range(&self) -> Range<u64> {
        self.from..self.from + self.games
    }

    /// The games of a part.
    pub fn games_of(&self, part: u64) -> Range<u64> {
        self.border(part)..self.border(part + 1)
    }

    /// Where a part begins: at its share of the games, and at a whole block where parts have one.
    fn border(&self, part: u64) -> u64 {
        let share = (u128::from(self.games) * u128::from(part) / u128::from(self.shards)) as u64;
        let at = self.from + share;
        let inner = part > 0 && part < self.shards;
        if inner && self.games / self.shards >= BLOCK { at - at % BLOCK } else { at }
    }

    /// The scenario, checked and prepared; it must be the one that was planned.
    pub fn ready(&self) -> Result<Ready, Error> {
        let ready = Draft::text(self.text.clone()).ready()?;
        if ready.hash() == self.scenario_hash {
            return Ok(ready);
        }
        let (found, planned) = (ready.hash(), &self.scenario_hash);
        Err(Error::unfit(format!("the plan is of scenario {planned}, and what it holds is {found}")))
    }

    /// As its file has it.
    pub(super) fn text(&self) -> Result<String, Error> {
        sealed(self)
    }

    /// From its file.
    pub(super) fn read(path: &str, text: &str) -> Result<Manifest, Error> {
        let no_plan = |why: String| Error::of(Code::OtherKind, format!("`{path}` is no plan of this program: {why}"));
        let help = "plan anew with --overwrite, or name another folder";
        let says: Says = serde_json::from_str(text).map_err(|e| match e.is_eof() {
            true => Error::unfit(format!("`{path}` is cut short: it ends before the plan does\n  {help}")),
            false => no_plan(format!("{e}\n  {help}")),
        })?;
        let other = |theirs: String, ours: String| {
            let by = &says.version;
            Error::unfit(format!(
                "`{path}` is of {theirs}, and this program plays {ours}: its games would be others\n  version {by} goes \
                 on with it; here name another folder, or plan anew with --overwrite"
            ))
        };
        if says.schema != FORMAT {
            return Err(match says.schema.starts_with("summitry.plan/") {
                true => other(says.schema.clone(), FORMAT.into()),
                false => no_plan(format!("it is {}", says.schema)),
            });
        }
        if says.model != Some(MODEL) {
            return Err(other(says.model(), format!("model {MODEL}")));
        }
        if !is_whole(text) {
            return Err(Error::unfit(format!("`{path}` was changed after it was written\n  {help}")));
        }
        let found: Manifest = serde_json::from_str(text).map_err(|e| no_plan(e.to_string()))?;
        if found.parts != if found.study.is_some() { STUDY } else { BATCH } {
            return Err(other(found.parts, BATCH.into()));
        }
        let sound = found.games > 0 && (1..=SHARDS_MAX.min(found.games)).contains(&found.shards);
        if !sound || found.from.checked_add(found.games).is_none() {
            return Err(no_plan("it cannot be cut as it says".into()));
        }
        Ok(Manifest { digest: String::new(), ..found })
    }

    /// What differs in another plan than this, by name.
    pub(super) fn unlike(&self, other: &Manifest) -> Option<String> {
        let mut why = vec![];
        if other.scenario_hash != self.scenario_hash {
            why.push(format!("another scenario: it is of {}, and this is {}", other.scenario_hash, self.scenario_hash));
        }
        if other.study != self.study {
            let told = |of: &Manifest| of.study.clone().unwrap_or_else(|| "batch".into());
            why.push(format!("another question: it is of {}, and this is of {}", told(other), told(self)));
        }
        if other.seed != self.seed {
            why.push(format!("another seed: it is of {}, and this is {}", other.seed, self.seed));
        }
        let games = |of: &Manifest| format!("{} to {}", of.from, of.from + of.games);
        if games(other) != games(self) {
            why.push(format!("other games: it is of {}, and this is of {}", games(other), games(self)));
        }
        if other.shards != self.shards {
            why.push(format!("another plan: it is of {} parts, and this is of {}", other.shards, self.shards));
        }
        if other.rows != self.rows {
            let told = |of: &Manifest| of.rows.ending().unwrap_or("none");
            why.push(format!("other rows: it is of {}, and this is of {}", told(other), told(self)));
        }
        if other.every_round != self.every_round {
            let told = |of: &Manifest| of.every_round.map_or("none".into(), |game| format!("games before {game}"));
            why.push(format!("other rows by round: it has {}, and this has {}", told(other), told(self)));
        }
        (!why.is_empty()).then(|| why.join("; "))
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(crate) fn plan(games: Range<u64>, shards: Option<u64>) -> Result<Manifest, Error> {
        let made = Made { command: "summitry batch x.ron".into(), strategies: vec![], files: vec![], programs: false };
        let next = vec!["run".into(), "x.ron".into()];
        let (scenario, set, hash) = ("x.ron".to_owned(), vec![], "s2:0".to_owned());
        let (study, seed, rows, every_round, text) = (None, 1, Rows::None, None, "()".into());
        Manifest::of(Asked { scenario, set, hash, study, seed, games, shards, rows, every_round, next, made, text })
    }

    #[test]
    fn parts_are_all_games_and_each_once() {
        for (games, shards) in [(0..10, 3), (5..10, 5), (7..1_000_007, 13), (0..1_000_000, 61), (3..4, 1)] {
            let plan = plan(games.clone(), Some(shards)).expect("a plan");
            let parts: Vec<Range<u64>> = (0..shards).map(|k| plan.games_of(k)).collect();
            assert_eq!((parts[0].start, parts[parts.len() - 1].end), (games.start, games.end));
            assert!(parts.iter().all(|part| part.start < part.end), "{parts:?}");
            assert!(parts.windows(2).all(|w| w[0].end == w[1].start), "{parts:?}");
            let blocks = (games.end - games.start) / shards >= BLOCK;
            assert!(!blocks || parts.iter().skip(1).all(|part| part.start % BLOCK == 0), "{parts:?}");
        }
    }

    #[test]
    fn how_many_parts_follows_from_the_games() {
        let shards = |games: u64| plan(0..games, None).expect("a plan").shards;
        assert_eq!([1, 100_000, 1_000_000_000].map(shards), [1, 6, 1000]);
        let says = |games: u64, shards: u64| plan(0..games, Some(shards)).expect_err("refused").to_string();
        assert_eq!(says(3, 4), "4 parts are too many: 3 at most, each part needs a game");
        assert_eq!(says(1_000_000, 100_001), "100001 parts are too many: 100000 at most, each part is a file");
    }

    #[test]
    fn a_plan_comes_back_whole_or_not_at_all() {
        let plan = plan(0..10, Some(2)).expect("a plan");
        let text = plan.text().expect("a text");
        assert_eq!(Manifest::read("m", &text), Ok(plan));
        let says = |from: &str, to: &str| {
            assert!(text.contains(from), "{from} in {text}");
            Manifest::read("m", &text.replace(from, to)).expect_err("refused").to_string()
        };
        assert!(says(&format!("\"model\":{MODEL}"), "\"model\":999").contains("`m` is of model 999"));
        assert!(says("plan/1", "plan/9").contains("`m` is of summitry.plan/9"));
        assert!(says("\"seed\":1", "\"seed\":2").contains("was changed after it was written"));
        assert!(says("summitry.plan/1", "x").contains("is no plan of this program: it is x"));
    }
}
