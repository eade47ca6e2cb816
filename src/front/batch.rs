//! Many games of a scenario, and what came of them, by name.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::Ordering;

#[cfg(feature = "report")]
use super::answer::{Answer, heading};
use crate::batch::digest;
use crate::batch::histogram::Histogram;
use crate::batch::outside::with_players;
use crate::batch::part::Part;
use crate::batch::play::{Plan, Played, Watch, batch};
use crate::batch::summary::{Questions, Share};
#[cfg(feature = "report")]
use crate::command_line::CommandLine;
use crate::error::Error;
use crate::game::outside::{Forfeit, Outside, Players};
use crate::ready::Ready;
#[cfg(feature = "report")]
use crate::report::batch::{How, report};
use crate::rows::columns::Column;
#[cfg(feature = "rows")]
use crate::rows::job::Job;
#[cfg(feature = "rows")]
use crate::rows::place::Place;
use crate::rows::play::{self, Kept, Tables};
use crate::rows::schema::Schema;
use crate::studies::measures::{Kind, Measure, Measures};
use crate::studies::sums::Z;
use crate::world::dice::Key;

impl Ready {
    /// Many games, to be played by [`run`](Batch::run).
    pub fn batch(&self, games: u64) -> Batch<'_> {
        let (plan, watch) = (Plan::new(0, games), Arc::default());
        Batch { ready: self, plan, seed: 0, players: vec![], watch, rows: Rows::default() }
    }

    /// What a part says, or many that were merged: what the same games say that are played in one batch. A part of
    /// another scenario is refused.
    pub fn batched(&self, part: Part) -> Result<Batched, Error> {
        let seed = part.seed();
        if let Some(why) = part.0.unlike(self.hash(), seed) {
            return Err(Error::unfit(format!("the part is of another batch ({why})")));
        }
        let (questions, games) = (Questions::of(self.setup()), part.count());
        let played = part.played(&questions, games)?;
        let measures = Measures::of([self.setup()].into_iter());
        Ok(Batched { played, questions, measures, seed, forfeits: Forfeits::default() })
    }
}

/// Makes a player for a worker: every thread has its own.
type Maker = Arc<dyn Fn() -> Box<dyn Outside> + Send + Sync>;

/// Games to be played.
#[derive(Clone)]
pub struct Batch<'a> {
    ready: &'a Ready,
    plan: Plan,
    seed: u64,
    players: Vec<(String, Maker)>,
    watch: Arc<Watch>,
    rows: Rows,
}

/// Where rows go, if anywhere, and of how many games the rounds too.
#[derive(Debug, Clone, Default)]
struct Rows {
    to: Option<String>,
    every_round: Option<u64>,
}

impl Batch<'_> {
    /// The seed of all chance; 0 where left out.
    pub fn seed(self, seed: u64) -> Self {
        let plan = Plan { key: Key::of_seed(seed), ..self.plan };
        Batch { plan, seed, ..self }
    }

    /// How many threads play; as many as the machine runs side by side where left out. The result is the same.
    pub fn threads(self, threads: usize) -> Self {
        Batch { plan: self.plan.threads(threads), ..self }
    }

    /// Lets code of yours hold a party's seat: `make` is called once for each thread.
    pub fn player<P: Outside + 'static>(mut self, party: &str, make: impl Fn() -> P + Send + Sync + 'static) -> Self {
        self.players.push((party.to_owned(), Arc::new(move || Box::new(make()))));
        self
    }

    /// Where it is seen how far the games have come, and where they can be stopped.
    pub fn watch(self, watch: &Arc<Watch>) -> Self {
        Batch { watch: watch.clone(), ..self }
    }

    /// Plays some of its games, by their numbers, and hands them over as a part: to be written down, sent, and merged with
    /// other parts, on this machine or another. [`Ready::batched`] says what came of them. Players of yours have no parts:
    /// what they decide cannot be had again.
    ///
    /// ```
    /// # use summitry::prelude::*;
    /// let ready = Draft::open("stockholm-2025").ready()?;
    /// let batch = ready.batch(40).seed(7);
    /// let mut all = batch.clone().part(0..25)?;
    /// let other = Part::read(&batch.clone().part(25..40)?.text()?)?; // from another machine
    /// all.merge(&other)?;
    /// assert_eq!(ready.batched(all)?.digest(), batch.run()?.digest());
    /// # Ok::<(), Error>(())
    /// ```
    pub fn part(self, games: Range<u64>) -> Result<Part, Error> {
        if !self.players.is_empty() {
            return Err(Error::refused("games with players of yours are played whole: they have no parts"));
        }
        #[cfg(feature = "rows")]
        if self.rows.to.is_some() {
            return Err(Error::refused("a part is counts alone: rows are left by a whole batch"));
        }
        let plan = Plan { games, ..self.plan };
        super::enough(&plan, 1)?;
        let played = batch(self.ready.setup(), &plan, &self.watch)?;
        match played.interrupted {
            true => Err(Error::Interrupted("stopped before all games of the part were played".into())),
            false => Ok(Part::of(self.ready.hash(), self.seed, &played)),
        }
    }

    /// Also leaves a row a game in a new file that ends in `.parquet`, `.csv` or `.ndjson`, or in a folder; a data
    /// dictionary stands beside it. Files appear when all games are played.
    #[cfg(feature = "rows")]
    pub fn rows(mut self, to: impl AsRef<std::path::Path>) -> Self {
        self.rows.to = Some(to.as_ref().to_string_lossy().into_owned());
        self
    }

    /// With [`rows`](Batch::rows): a row for each round of the first so many games, too, in a file beside it.
    #[cfg(feature = "rows")]
    pub fn every_round(mut self, games: u64) -> Self {
        self.rows.every_round = Some(games);
        self
    }

    /// Plays them, and gives what came of each game: columns as plain arrays, a value a game, in the order of the games.
    pub fn columns(self) -> Result<(Batched, Vec<Column>), Error> {
        self.begun()?;
        self.alone()?;
        let (schema, kept) = (Schema::of(self.ready).checked()?, Kept::default());
        let tables = Tables { games: (&schema, &kept), rounds: None };
        let played = play::batch(self.ready.setup(), &self.plan, &self.watch, &tables)?;
        Ok((self.batched(played, Forfeits::default()), kept.columns()))
    }

    /// Says how many games there are; none are refused.
    fn begun(&self) -> Result<(), Error> {
        self.watch.total.store(self.plan.games.end.saturating_sub(self.plan.games.start), Ordering::Relaxed);
        super::enough(&self.plan, 1)
    }

    /// Refuses players of yours where rows are asked for.
    fn alone(&self) -> Result<(), Error> {
        match self.players.first() {
            None => Ok(()),
            Some((party, _)) => Err(Error::argument(format!(
                "rows are of games that the engine plays, and a player of yours holds `{party}`"
            ))),
        }
    }

    /// Plays them, as the document of `summitry batch`.
    ///
    /// ```
    /// # use summitry::prelude::*;
    /// let ready = Draft::open("stockholm-2025").ready()?;
    /// let answer = ready.batch(100).seed(7).answer()?;
    /// assert!(answer.json().contains(&ready.batch(100).seed(7).run()?.digest()));
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// Players of yours have no document: what they decide cannot be had again.
    #[cfg(feature = "report")]
    pub fn answer(self) -> Result<Answer, Error> {
        super::engine_plays(self.ready)?;
        if !self.players.is_empty() {
            return Err(Error::refused("games with players of yours have no document: they are told by `run`"));
        }
        let (ready, games, seed, threads) = (self.ready, self.plan.games.clone(), self.seed, self.plan.threads);
        Ok(told(ready, games, seed, threads, &self.run()?.played))
    }

    fn batched(&self, played: Played, forfeits: Forfeits) -> Batched {
        let setup = self.ready.setup();
        let measures = Measures::of([setup].into_iter());
        Batched { played, questions: Questions::of(setup), measures, seed: self.seed, forfeits }
    }

    /// Plays them. A batch of no game, a party that there is not and a player of yours that cannot be made are refused.
    pub fn run(self) -> Result<Batched, Error> {
        self.begun()?;
        let setup = self.ready.setup();
        let mut makers: [Option<&Maker>; 2] = [None, None];
        for (party, maker) in &self.players {
            makers[super::party(self.ready, party)?] = Some(maker);
        }
        #[cfg(feature = "rows")]
        if let Rows { to: None, every_round: Some(_) } = &self.rows {
            return Err(Error::argument("rows by round go beside rows of games: say where those go, by `rows`"));
        }
        #[cfg(feature = "rows")]
        if let Rows { to: Some(to), every_round } = &self.rows {
            self.alone()?;
            let place = Place::of(to, false)?;
            place.room(every_round.is_some())?;
            let by_round = every_round.map(|first| self.plan.games.start.saturating_add(first));
            let job = Job::new(self.ready, &place, by_round, &[])?;
            let (played, _) = job.play(&self.plan, self.seed, &self.watch)?;
            return Ok(self.batched(played, Forfeits::default()));
        }
        let (played, forfeits) = if self.players.is_empty() {
            (batch(setup, &self.plan, &self.watch)?, Forfeits::default())
        } else {
            let players = || -> Result<Players, Error> { Ok(makers.map(|maker| maker.map(|make| make()))) };
            let held = with_players(setup, &self.plan, &self.watch, false, players)?;
            (held.played, Forfeits { count: held.forfeited, first: held.forfeits })
        };
        Ok(self.batched(played, forfeits))
    }
}

/// The document of what was played of some games.
#[cfg(feature = "report")]
pub(crate) fn told(ready: &Ready, games: Range<u64>, seed: u64, threads: usize, played: &Played) -> Answer {
    let heading = heading(ready, seed, games.end.saturating_sub(games.start));
    let how = How {
        next: CommandLine::new("run").file(&heading.scenario),
        seconds: None,
        threads,
        outside: None,
        from: games.start,
        until: None,
        parts: None,
    };
    Answer::new(ready, report(ready.setup(), &heading, &how, played))
}

/// Games that were played and counted.
#[derive(Debug, Clone)]
pub struct Batched {
    played: Played,
    questions: Questions,
    measures: Measures,
    seed: u64,
    forfeits: Forfeits,
}

/// Moves that were forfeited.
#[derive(Debug, Clone, Default)]
struct Forfeits {
    count: u64,
    first: Vec<Forfeit>,
}

impl Batched {
    /// How many games were played.
    pub fn games(&self) -> u64 {
        self.played.summary.games
    }

    /// The seed they were played with.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// Stopped before all were played.
    pub fn interrupted(&self) -> bool {
        self.played.interrupted
    }

    /// Names what happened in these games, such as `p2:e876e9cf0b001a6e`: the same scenario, seed, games and
    /// [`MODEL`](crate::MODEL) give the same on any machine and any number of threads. With players of yours in a seat it
    /// names what they decided, too.
    pub fn digest(&self) -> String {
        digest::play(self.played.summary.digest)
    }

    /// How many moves players of yours forfeited; the strategy of the scenario made them.
    pub fn forfeited(&self) -> u64 {
        self.forfeits.count
    }

    /// The first forfeited move of each kind, five kinds at most: why they were forfeited.
    pub fn first_forfeits(&self) -> &[Forfeit] {
        &self.forfeits.first
    }

    /// A measure by its name; where there is none, the nearest is named.
    pub fn measure(&self, name: &str) -> Result<Measured<'_>, Error> {
        Ok(self.measured(&self.measures.list[self.measures.find(name)?]))
    }

    /// All measures: how games end, what happens on the way, then numbers.
    pub fn measures(&self) -> impl Iterator<Item = Measured<'_>> {
        self.measures.list.iter().map(|measure| self.measured(measure))
    }

    fn measured<'a>(&'a self, measure: &'a Measure) -> Measured<'a> {
        let (questions, summary) = (&self.questions, &self.played.summary);
        let share = |(count, of): (u64, u64)| {
            let share = Share::of(count, of);
            let [mean, low, high] = share.map_or([f64::NAN; 3], |s| [s.share, s.low, s.high]);
            Measured { measure, cases: of, mean, low, high, numbers: None }
        };
        let class = questions.classes.iter().position(|name| *name == measure.name);
        let event = || questions.events.iter().position(|event| event.name == measure.name);
        let metric = || questions.metrics.iter().position(|metric| metric.name == measure.name);
        if let Some(class) = class {
            share((summary.classes[class], summary.games))
        } else if let Some(event) = event() {
            share(summary.events[event])
        } else {
            let numbers = metric().map(|metric| &summary.metrics[metric]);
            let (cases, mean) = numbers.map_or((0, None), |h| (h.count, h.mean()));
            let half = numbers.and_then(Histogram::sd).map_or(f64::NAN, |sd| Z * sd / (cases as f64).sqrt());
            let mean = mean.unwrap_or(f64::NAN);
            Measured { measure, cases, mean, low: mean - half, high: mean + half, numbers }
        }
    }
}

/// What a batch says of one measure: a share of games, or the mean of a number, with its 95 % interval.
#[derive(Debug, Clone, Copy)]
pub struct Measured<'a> {
    measure: &'a Measure,
    numbers: Option<&'a Histogram>,
    /// Games that have a case.
    pub cases: u64,
    /// The share or the mean; not a number where no game has a case.
    pub mean: f64,
    /// The lower end of the interval: Wilson's for a share, 1.96 standard errors below a mean.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Measured<'_> {
    /// Its name, such as `deal` or `us.total`.
    pub fn name(&self) -> &str {
        &self.measure.name
    }
    /// What it says.
    pub fn about(&self) -> &str {
        &self.measure.about
    }
    /// What it is counted in.
    pub fn unit(&self) -> &str {
        &self.measure.unit
    }
    /// Half the width of its interval: its Monte Carlo error at 95 %.
    pub fn half(&self) -> f64 {
        (self.high - self.low) / 2.0
    }
    /// The number below which a share of the games lies; none for a share, which has no quantiles.
    pub fn quantile(&self, share: f64) -> Option<f64> {
        self.numbers?.quantile(share)
    }
}

/// `deal 0.553 (0.550 to 0.557)`
impl fmt::Display for Measured<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = if self.measure.kind == Kind::Share { 3 } else { 2 };
        let Measured { mean, low, high, .. } = self;
        match self.cases {
            0 => write!(f, "{} has no case", self.name()),
            _ => write!(f, "{} {mean:.digits$} ({low:.digits$} to {high:.digits$})", self.name()),
        }
    }
}
