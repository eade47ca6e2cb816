//! What is asked of a search, whoever asks: paths, a budget, what is sought, and against whom.

use super::opponents::{Opponent, table};
use super::sought::objective;
use crate::batch::play::Watch;
use crate::error::Error;
use crate::notation::wording::count;
use crate::notation::written::written;
use crate::report::tune::Outcome;
use crate::scenario::load::Loaded;
use crate::studies::axes::axes;
use crate::studies::design::Axis;
use crate::studies::measures::Measures;
use crate::studies::tune::arena::{Clocks, with_crew};
use crate::studies::tune::compiled::at;
use crate::studies::tune::search::{Quest, State};

/// Candidates of one search, at least and at most.
const TRIES: [u64; 2] = [8, 1_000_000];
/// Games of a candidate, or held out, at least and at most: a number of each is kept.
const GAMES: [u64; 2] = [8, 1_000_000];
/// What was stopped is judged on so many held-out games at most: who stops a search does not wait for more.
pub const STOPPED: u64 = 2_000;

/// A search as it is asked for.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Paths and what is searched, each `PATH=RANGE`.
    pub over: Vec<String>,
    /// What such a text is called where something is wrong with it.
    pub called: &'static str,
    /// Only the paths of this party.
    pub side: Option<String>,
    /// The measure to have most of.
    pub maximise: Option<String>,
    /// The measure to have least of.
    pub minimise: Option<String>,
    /// The measure to bring to a value, `MEASURE=VALUE`.
    pub target: Option<String>,
    /// A file of moments to fit to.
    pub fit: Option<String>,
    /// Not the mean but this quantile.
    pub quantile: Option<f64>,
    /// What is taken off where a bound is left.
    pub penalties: Vec<String>,
    /// Against several, the worst counts.
    pub worst: bool,
    /// The budget, in candidates played in full.
    pub tries: u64,
    /// Games of a candidate that is played in full.
    pub games: u64,
    /// Held-out games; as many where left out.
    pub held_out: Option<u64>,
}

impl Asked {
    /// The paths that are tuned, of one side where one is named.
    pub fn axes(&self, base: &mut Loaded) -> Result<Vec<Axis>, Error> {
        let mut axes = axes(base, |base| &base.tune, &self.over, self.called)?;
        if let Some(side) = &self.side {
            axes.retain(|axis| axis.path.starts_with(&format!("parties.{side}.")));
        }
        if axes.is_empty() {
            let of = self.side.as_ref().map_or(String::new(), |side| format!(" under `parties.{side}`"));
            let text = format!("no path to tune{of}\n  name one: --over parties.us.optimism=0..1");
            return Err(Error::argument(text));
        }
        Ok(axes)
    }

    /// How many games are held out; a budget too small or too large is refused.
    pub fn held(&self) -> Result<u64, Error> {
        let held = self.held_out.unwrap_or(self.games);
        let all = [
            ("candidate", "", self.tries, TRIES),
            ("game", " of a candidate", self.games, GAMES),
            ("held-out game", "", held, GAMES),
        ];
        for (what, of, found, [low, high]) in all {
            if !(low..=high).contains(&found) {
                let (too, are) = (if found < low { "few" } else { "many" }, if found == 1 { "is" } else { "are" });
                let what = count(found as usize, what);
                return Err(Error::argument(format!("{what}{of} {are} too {too}: {low} to {high}")));
            }
        }
        Ok(held)
    }

    /// What is sought, where, and against whom; and the hash of the scenario as written.
    pub fn quest(
        &self,
        base: &Loaded,
        axes: &[Axis],
        opponents: &[Opponent],
        seed: u64,
    ) -> Result<(Quest, String), Error> {
        let objective = objective(self)?;
        let asked = objective.measures();
        let tables = opponents.iter().map(|(_, change)| table(base, change.as_ref(), axes, &asked));
        let tables = tables.collect::<Result<Vec<_>, _>>()?;
        let first = tables[0].written()?;
        let mut measures = Measures::of(std::iter::once(&first.setup));
        asked.iter().try_for_each(|text| measures.ask(text, std::iter::once(&first.setup)).map(|_| ()))?;
        let weights = vec![1.0; tables.len()];
        let (games, tries, paths) = (self.games, self.tries, axes.len());
        Ok((Quest { weights, objective, paths, seed, games, tries, tables }, first.hash))
    }
}

/// What is to be thought of the best; what was stopped is judged all the same, on a watch of its own.
pub fn judged(
    quest: &Quest,
    axes: &[Axis],
    state: State,
    held: u64,
    (threads, clocks): (usize, Clocks),
) -> Result<Outcome, Error> {
    let watch = Watch::default();
    let verdict = with_crew(threads, &watch, clocks, |crew| quest.judge(&state, held, crew))?;
    let values = |point: &[f64]| at(axes, point).iter().map(written).collect();
    let values = verdict.best.first().map_or(vec![], |best| values(&best.point));
    Ok(Outcome { state, verdict, values, interrupted: false, overhead_us: 0.0 })
}
