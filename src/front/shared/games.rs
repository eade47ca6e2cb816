//! Questions whose answer is counted game by game: a piece is a stretch of games, and counts merge.

use std::ops::Range;
use std::sync::Arc;

use super::{Desk, How, InPieces, What, cut, not_of_this};
use crate::batch::counted::{Counted, Counts};
use crate::batch::part::Part;
use crate::batch::play::{Plan, Watch, batch, joined};
use crate::batch::summary::{Questions, Summary};
use crate::error::Error;
use crate::front::answer::Answer;
use crate::front::batch::told;
use crate::front::many::Many;
use crate::front::{sweep, tournament};
use crate::ready::Ready;
use crate::studies::paired::Tally;
use crate::studies::tournament::Tally as Standings;

/// A question that is counted.
pub trait Counting: Send + Sync {
    /// What is counted.
    type Counts: Counts;
    /// The scenario.
    fn ready(&self) -> &Ready;
    /// How many games, on which luck.
    fn many(&self) -> &Many;
    /// How many cells play each game.
    fn cells(&self) -> usize;
    /// Names what is played and asked.
    fn name(&self) -> String;
    /// Nothing counted yet.
    fn none(&self) -> Self::Counts;
    /// Plays and counts; which games they were.
    fn count(&self, plan: &Plan, watch: &Watch) -> Result<(Self::Counts, Vec<Range<u64>>), Error>;
    /// What was counted, as the document.
    fn told(&self, all: Counted<Self::Counts>) -> Result<Answer, Error>;
}

/// Such a question in pieces.
pub struct Parted<Q>(pub Q);

impl<Q: Counting> InPieces for Parted<Q> {
    fn ready(&self) -> &Ready {
        self.0.ready()
    }

    fn answer(&self, desk: &mut Desk) -> Result<Answer, Error> {
        let (name, many) = (self.0.name(), self.0.many());
        many.in_all(self.0.cells());
        let each = |games: Range<u64>| {
            let n = (games.end - games.start).saturating_mul(self.0.cells() as u64);
            (What::Games(games.start, games.end), n)
        };
        let pieces: Vec<(What, u64)> = cut(0..many.games, desk.pieces).map(each).collect();
        let read = |what: &What, text: &str| {
            let found = Counted::<Q::Counts>::read(text)?;
            match found.unlike(&name, many.seed) {
                Some(why) => Err(Error::unfit(why)),
                None if found.games().map(|r| What::Games(r.start, r.end)).eq([what.clone()]) => Ok(found),
                None => Err(Error::unfit("it is of other games")),
            }
        };
        let mut all = Counted::of(&name, many.seed, &[], self.0.none());
        desk.play(&pieces, read, |part| all.merge(&part))?;
        if all.count() == 0 {
            return Err(Error::Interrupted("stopped before the first piece was played: nothing can be said".into()));
        }
        self.0.told(all)
    }

    fn piece(&self, what: &What, how: &How) -> Result<String, Error> {
        let What::Games(from, to) = *what else { return Err(not_of_this(what)) };
        let plan = how.plan(self.0.many().seed, from..to);
        crate::front::enough(&plan, 1)?;
        let (counts, played) = self.0.count(&plan, how.watch)?;
        let all = joined(played);
        match all.first() {
            Some(first) if *first == plan.games => Counted::of(&self.0.name(), self.0.many().seed, &all, counts).text(),
            _ => Err(How::stopped()),
        }
    }
}

/// A batch.
pub struct Batch {
    ready: Ready,
    many: Many,
}

impl Batch {
    /// So many games of a scenario.
    pub fn of(ready: Ready, games: u64, seed: u64, watch: &Arc<Watch>) -> Result<Batch, Error> {
        crate::front::engine_plays(&ready)?;
        let many = Many { seed, watch: watch.clone(), ..Many::of(games) };
        crate::front::enough(&many.plan(), 1)?;
        Ok(Batch { ready, many })
    }
}

impl Counting for Batch {
    type Counts = Summary;
    fn ready(&self) -> &Ready {
        &self.ready
    }
    fn many(&self) -> &Many {
        &self.many
    }
    fn cells(&self) -> usize {
        1
    }
    fn name(&self) -> String {
        self.ready.hash().to_owned()
    }
    fn none(&self) -> Summary {
        Summary::new(&Questions::of(self.ready.setup()))
    }
    fn count(&self, plan: &Plan, watch: &Watch) -> Result<(Summary, Vec<Range<u64>>), Error> {
        batch(self.ready.setup(), plan, watch).map(|played| (played.summary, played.ranges))
    }
    fn told(&self, all: Counted<Summary>) -> Result<Answer, Error> {
        let Many { seed, games, .. } = self.many;
        let played = Part(all).played(&Questions::of(self.ready.setup()), games)?;
        Ok(told(&self.ready, 0..games, seed, 1, &played))
    }
}

impl Counting for sweep::Prepared {
    type Counts = Tally;
    fn ready(&self) -> &Ready {
        &self.ready
    }
    fn many(&self) -> &Many {
        &self.many
    }
    fn cells(&self) -> usize {
        self.laid.sweep.cells()
    }
    fn name(&self) -> String {
        format!("{} sweep {}", self.laid.sweep.hash(), self.laid.sweep.name(&self.laid.words))
    }
    fn none(&self) -> Tally {
        self.laid.sweep.none(&self.laid.asked)
    }
    fn count(&self, plan: &Plan, watch: &Watch) -> Result<(Tally, Vec<Range<u64>>), Error> {
        self.laid.sweep.count(&self.laid.measures, &self.laid.asked, plan, watch)
    }
    fn told(&self, all: Counted<Tally>) -> Result<Answer, Error> {
        let games = all.count();
        Ok(self.told(&self.laid.sweep.answer(&self.laid.measures, &self.laid.asked, &all.summary, games)))
    }
}

impl Counting for tournament::Prepared {
    type Counts = Standings;
    fn ready(&self) -> &Ready {
        &self.ready
    }
    fn many(&self) -> &Many {
        &self.many
    }
    fn cells(&self) -> usize {
        self.study.cells()
    }
    fn name(&self) -> String {
        format!("{} tournament {}", self.ready.hash(), self.study.name())
    }
    fn none(&self) -> Standings {
        self.study.none()
    }
    fn count(&self, plan: &Plan, watch: &Watch) -> Result<(Standings, Vec<Range<u64>>), Error> {
        self.study.count(plan, watch)
    }
    fn told(&self, all: Counted<Standings>) -> Result<Answer, Error> {
        let games = all.count();
        self.told(self.study.answer(&all.summary, games, self.many.games)?)
    }
}
