//! The search: two arms with the same budget of games, CMA-ES with restarts and blind search beside it.
//!
//! Every candidate of a generation plays a quarter of the games; only the better half plays the rest, and only these
//! teach and can be best. All play the same games (common random numbers). The dice of candidates are addressed by arm,
//! restart and generation, so the state between two generations is all there is to keep: written down and read back,
//! the search goes on to the same end.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::arena::{Crew, Lanes};
use super::cmaes::{Cma, teachers, usual};
use super::compiled::{Candidate, Compiled};
use super::objective::Objective;
use crate::error::Error;
use crate::world::dice::{Key, Stream};
use crate::world::maths::normal_quantile;

/// A cloud with a reach below this share of every range has come to rest, and another is begun.
const REACH: f64 = 1e-4;
/// The reach of a new cloud.
const WIDE: f64 = 0.3;
/// Restarts double the generation, up to so many times the usual one.
const DOUBLED: u32 = 3;
/// The least number of candidates of a generation.
const FEWEST: usize = 4;

/// What is searched, against whom, for what.
pub struct Quest {
    /// The paths of the scenario against each opponent.
    pub tables: Vec<Compiled>,
    /// How much each opponent counts.
    pub weights: Vec<f64>,
    /// What is sought.
    pub objective: Objective,
    /// How many paths there are.
    pub paths: usize,
    /// The seed of the games and of the candidates.
    pub seed: u64,
    /// Games of a candidate that is played in full.
    pub games: u64,
    /// The budget: games of so many candidates played in full, for each arm.
    pub tries: u64,
}

/// Plays some games of candidates at points, each against all opponents; none where it was told to stop.
pub type Elsewhere<'a> = dyn FnMut(&[&[f64]], Range<u64>) -> Result<Option<Vec<Lanes>>, Error> + 'a;

/// Where candidates play.
pub enum Place<'a, 'b> {
    /// On threads of this program.
    Here(&'a Crew<'b>),
    /// Wherever this has them played.
    Elsewhere(&'a mut Elsewhere<'a>),
}

/// How an arm finds candidates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Way {
    /// CMA-ES with restarts.
    CmaEs,
    /// Blindly, evenly over all ranges.
    Random,
}

impl Way {
    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Way::CmaEs => "CMA-ES",
            Way::Random => "random search",
        }
    }
}

/// A point of the unit cube and how good it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Best {
    /// The point.
    pub point: Vec<f64>,
    /// Higher is better.
    pub value: f64,
}

/// One arm between two generations.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Arm {
    /// How it finds candidates.
    pub way: Way,
    /// Games played.
    pub spent: u64,
    /// Candidates begun.
    pub candidates: u64,
    /// Candidates played in full.
    pub full: u64,
    /// Clouds begun after the first.
    pub restarts: u32,
    /// The best so far.
    pub best: Option<Best>,
    /// Each new best: candidates begun, and its value.
    pub trace: Vec<(u64, f64)>,
    generation: u64,
    cloud: Option<Cma>,
    cloud_best: Option<f64>,
    idle: u32,
    over: bool,
}

/// All of a search between two generations.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct State {
    /// The arms.
    pub arms: [Arm; 2],
}

impl State {
    /// Whether it can be where a search over so many paths was: what a file says may be anything.
    pub fn is_sound(&self, paths: usize) -> bool {
        let ways = self.arms.each_ref().map(|arm| arm.way) == [Way::CmaEs, Way::Random];
        ways && self.arms.iter().all(|arm| arm.is_sound(paths))
    }
}

impl Arm {
    /// No search comes so far: what counts beyond is no count of one.
    const FAR: u64 = 1 << 53;

    fn is_sound(&self, n: usize) -> bool {
        let point = |best: &Best| {
            let cube = best.point.iter().all(|x| (0.0..=1.0).contains(x));
            best.point.len() == n && cube && best.value.is_finite()
        };
        let counts = [self.spent, self.candidates, self.full, self.generation].iter().all(|count| *count < Arm::FAR);
        let cloud = self.cloud.as_ref().is_none_or(|cloud| {
            let sizes = (0..=DOUBLED).map(|doubled| usual(n) << doubled);
            cloud.is_sound(n) && sizes.max().is_some_and(|most| cloud.lambda() <= most)
        });
        let told =
            self.full <= self.candidates && self.trace.iter().all(|(at, x)| *at <= self.candidates && x.is_finite());
        let idle = self.restarts < u32::MAX / 2 && self.idle < u32::MAX / 2;
        self.best.as_ref().is_none_or(point)
            && self.cloud_best.is_none_or(f64::is_finite)
            && counts
            && cloud
            && told
            && idle
    }

    fn new(way: Way) -> Arm {
        Arm {
            way,
            spent: 0,
            candidates: 0,
            full: 0,
            restarts: 0,
            best: None,
            trace: vec![],
            generation: 0,
            cloud: None,
            cloud_best: None,
            idle: 0,
            over: false,
        }
    }

    /// How many candidates the next generation would have if nothing limited it.
    fn wanted(&self, n: usize) -> usize {
        match self.way {
            Way::CmaEs => usual(n) << self.restarts.min(DOUBLED),
            Way::Random => usual(n),
        }
    }

    fn draws(&self, key: Key, n: usize, count: usize) -> Vec<f64> {
        let stream = Stream::named("tuner", self.way.name(), "candidate");
        let mut out = vec![0.0; n * count];
        // a generation is a round of dice of its own
        key.apart("candidates of a tuner").uniforms(stream, self.generation, 0, &mut out);
        out
    }

    /// The next generation of so many candidates.
    fn ask(&mut self, key: Key, n: usize, count: usize) -> Vec<Vec<f64>> {
        match self.way {
            Way::Random => self.draws(key, n, count).chunks_exact(n).map(<[f64]>::to_vec).collect(),
            Way::CmaEs => {
                let cloud = match self.cloud.take() {
                    Some(cloud) if cloud.lambda() == count => cloud,
                    Some(cloud) => Cma::new(cloud.mean().to_vec(), cloud.reach().max(REACH), count),
                    None if self.restarts == 0 => Cma::new(vec![0.5; n], WIDE, count),
                    None => {
                        let mut mean = vec![0.0; n];
                        let stream = Stream::named("tuner", "restart", "mean");
                        key.apart("candidates of a tuner").uniforms(stream, u64::from(self.restarts), 0, &mut mean);
                        Cma::new(mean, WIDE, count)
                    }
                };
                let mut draws = self.draws(key, n, count);
                draws.iter_mut().for_each(|u| *u = normal_quantile(*u));
                let out = cloud.ask(&draws);
                self.cloud = Some(cloud);
                out
            }
        }
    }

    /// Learns from a generation, whose candidates played in full stand first, the best of all at their head.
    fn tell(&mut self, points: &[Vec<f64>], order: &[(usize, Option<f64>)], full: usize) {
        self.candidates += points.len() as u64;
        self.full += full as u64;
        self.generation += 1;
        let head = order[0].1.map(|value| Best { point: points[order[0].0].clone(), value });
        let better = |a: f64, b: Option<f64>| b.is_none_or(|b| a > b);
        if let Some(head) = &head {
            if better(head.value, self.best.as_ref().map(|b| b.value)) {
                self.trace.push((self.candidates, head.value));
                self.best = Some(head.clone());
            }
            if better(head.value, self.cloud_best) {
                (self.cloud_best, self.idle) = (Some(head.value), 0);
            } else {
                self.idle += 1;
            }
        }
        if let Some(mut cloud) = self.cloud.take() {
            let told: Vec<&[f64]> = order.iter().take(full).map(|(i, _)| points[*i].as_slice()).collect();
            cloud.tell(&told);
            let patience = 10 + (30 * points[0].len() / points.len()) as u32;
            if cloud.spent(REACH) || self.idle > patience {
                (self.restarts, self.cloud_best, self.idle) = (self.restarts + 1, None, 0);
            } else {
                self.cloud = Some(cloud);
            }
        }
    }
}

impl Default for State {
    fn default() -> State {
        State { arms: [Arm::new(Way::CmaEs), Arm::new(Way::Random)] }
    }
}

impl Quest {
    /// Games of the first lap, which all candidates play.
    pub fn lap(&self) -> u64 {
        self.games.div_ceil(4)
    }

    /// Games that a generation of so many candidates plays.
    fn cost(&self, candidates: usize) -> u64 {
        let (all, half) = (candidates as u64, teachers(candidates) as u64);
        (all * self.lap() + half * (self.games - self.lap())) * self.tables.len() as u64
    }

    /// The budget of an arm, in games.
    pub fn budget(&self) -> u64 {
        self.tries.saturating_mul(self.games).saturating_mul(self.tables.len() as u64)
    }

    /// The dice of the games.
    pub fn key(&self) -> Key {
        Key::of_seed(self.seed)
    }

    /// The candidates at some points, by opponent.
    pub fn candidates(&mut self, points: &[Vec<f64>]) -> Result<Vec<Vec<Candidate>>, Error> {
        let mut out = vec![];
        for point in points {
            let by = self.tables.iter_mut().map(|table| table.candidate(point).map_err(Error::from));
            out.push(by.collect::<Result<Vec<_>, Error>>()?);
        }
        Ok(out)
    }

    /// How good some lanes are.
    pub fn value(&self, lanes: &Lanes) -> Option<f64> {
        self.objective.value(lanes, &self.weights).filter(|x| x.is_finite())
    }

    /// Plays generations until the budgets are spent or it is told to stop; `kept` sees the state after each.
    pub fn run(&mut self, state: &mut State, crew: &Crew, kept: &mut dyn FnMut(&State)) -> Result<bool, Error> {
        self.run_at(state, &mut Place::Here(crew), kept)
    }

    /// The same, wherever candidates play.
    pub fn run_at(
        &mut self,
        state: &mut State,
        place: &mut Place,
        kept: &mut dyn FnMut(&State),
    ) -> Result<bool, Error> {
        loop {
            let next = (0..2).filter(|a| !state.arms[*a].over).min_by_key(|a| state.arms[*a].spent);
            let Some(next) = next else { return Ok(true) };
            let left = self.budget() - state.arms[next].spent.min(self.budget());
            let mut count = state.arms[next].wanted(self.paths);
            while count > FEWEST && self.cost(count) > left {
                count -= 1;
            }
            if self.cost(count) > left {
                state.arms[next].over = true;
                continue;
            }
            let mut arm = state.arms[next].clone();
            if !self.generation(&mut arm, count, place)? {
                return Ok(false);
            }
            state.arms[next] = arm;
            kept(state);
        }
    }

    /// One generation; false where it was told to stop.
    fn generation(&mut self, arm: &mut Arm, count: usize, place: &mut Place) -> Result<bool, Error> {
        let points = arm.ask(self.key(), self.paths, count);
        let candidates = match place {
            Place::Here(_) => self.candidates(&points)?,
            Place::Elsewhere(_) => vec![],
        };
        let key = self.key();
        let mut play = |these: &[usize], games: Range<u64>| match place {
            Place::Here(crew) => crew.play(key, these.iter().map(|i| candidates[*i].clone()).collect(), games),
            Place::Elsewhere(play) => play(&these.iter().map(|i| points[*i].as_slice()).collect::<Vec<_>>(), games),
        };
        let all: Vec<usize> = (0..points.len()).collect();
        let Some(mut lanes) = play(&all, 0..self.lap())? else { return Ok(false) };
        let ranked = |values: Vec<(usize, Option<f64>)>| {
            let mut values = values;
            let worth = |x: &Option<f64>| x.unwrap_or(f64::NEG_INFINITY);
            values.sort_by(|a, b| worth(&b.1).total_cmp(&worth(&a.1)).then(a.0.cmp(&b.0)));
            values
        };
        let first = ranked(lanes.iter().enumerate().map(|(i, lanes)| (i, self.value(lanes))).collect());
        let full = teachers(count);
        let through: Vec<usize> = first.iter().take(full).map(|(i, _)| *i).collect();
        if self.games > self.lap() {
            let Some(rest) = play(&through, self.lap()..self.games)? else { return Ok(false) };
            for (i, rest) in through.iter().zip(rest) {
                for (all, more) in lanes[*i].iter_mut().flatten().zip(rest.into_iter().flatten()) {
                    all.extend(more);
                }
            }
        }
        let order = ranked(through.iter().map(|i| (*i, self.value(&lanes[*i]))).collect());
        arm.spent += self.cost(count);
        arm.tell(&points, &order, full);
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::batch::play::Watch;
    use crate::scenario::load::load;
    use crate::studies::design::{Axis, Over};
    use crate::studies::tune::arena::{Clocks, with_crew};
    use crate::studies::tune::objective::{Aim, Statistic, Toward};

    /// A generation in which no candidate is better than another; how many there were.
    fn dull(arm: &mut Arm) -> usize {
        let count = arm.wanted(2);
        let points = arm.ask(Key::of_seed(1), 2, count);
        let order: Vec<(usize, Option<f64>)> = (0..teachers(count)).map(|i| (i, Some(0.0))).collect();
        arm.tell(&points, &order, teachers(count));
        count
    }

    /// Every number of a state in turn, and every list shorter: what is taken for sound can be gone on from.
    #[test]
    fn a_state_that_was_changed_is_refused_or_can_be_gone_on_from() {
        let mut state = State::default();
        for _ in 0..3 {
            dull(&mut state.arms[0]);
        }
        state.arms[0].best = Some(Best { point: vec![0.5, 0.5], value: 1.0 });
        assert!(state.is_sound(2) && !state.is_sound(3));
        let whole = serde_json::to_value(&state).expect("JSON");
        let mut places = vec![];
        leaves(&whole, String::new(), &mut places);
        assert!(places.len() > 40, "{places:?}");
        let (mut refused, mut gone_on) = (0, 0);
        for place in &places {
            for other in
                [json!(-1), json!(1e300), json!(u64::MAX), json!(null), json!([]), json!("x"), json!(0), json!(3)]
            {
                let mut changed = whole.clone();
                *changed.pointer_mut(place).expect("a place") = other.clone();
                let Ok(mut changed) = serde_json::from_value::<State>(changed) else {
                    refused += 1;
                    continue;
                };
                if !changed.is_sound(2) {
                    refused += 1;
                    continue;
                }
                gone_on += 1;
                let arm = &mut changed.arms[0];
                for _ in 0..3 {
                    dull(arm);
                }
                let count = arm.wanted(2);
                let points = arm.ask(Key::of_seed(1), 2, count);
                assert!(points.iter().flatten().all(|x| (0.0..=1.0).contains(x)), "{place} {other}");
            }
        }
        assert!(refused > 150 && gone_on > 20, "{refused} {gone_on}");
    }

    fn leaves(value: &Value, at: String, out: &mut Vec<String>) {
        match value {
            Value::Array(items) => {
                items.iter().enumerate().for_each(|(i, item)| leaves(item, format!("{at}/{i}"), out))
            }
            Value::Object(fields) => fields.iter().for_each(|(key, value)| leaves(value, format!("{at}/{key}"), out)),
            _ => out.push(at.clone()),
        }
        if value.is_array() {
            out.push(at);
        }
    }

    #[test]
    fn a_cloud_that_finds_no_more_is_begun_again_larger_and_elsewhere() {
        let mut arm = Arm::new(Way::CmaEs);
        let first = dull(&mut arm);
        let best = arm.best.clone();
        let generations = (1..200).take_while(|_| arm.restarts == 0 && dull(&mut arm) == first).count();
        assert!((10..100).contains(&generations) && arm.restarts == 1, "{generations}, then {} restarts", arm.restarts);
        assert_eq!((arm.best.clone(), arm.idle, arm.cloud.is_none()), (best, 0, true));
        let mut next = arm.clone();
        next.ask(Key::of_seed(1), 2, next.wanted(2));
        let cloud = next.cloud.expect("a new cloud");
        assert_eq!((cloud.lambda(), cloud.reach()), (2 * first, WIDE));
        assert!(cloud.mean().iter().all(|x| *x != 0.5), "{:?}", cloud.mean());
        arm.restarts = 20;
        assert_eq!(arm.wanted(2), first << DOUBLED, "no larger than that");
    }

    /// All play a quarter of the games, the better half of them the rest, and the best of these is the best.
    #[test]
    fn only_the_better_half_of_a_generation_plays_on() {
        let story = |_: &str| Ok(include_str!("../../../scenarios/stockholm-2025.ron").to_owned());
        let base = load("x.ron", &story, &[]).expect("loads");
        let at = base.tree.at;
        let axis = |path: &str| Axis { path: path.into(), at, over: Over::Range(0.0, 1.0), whole: false };
        let axes = [axis("parties.us.optimism"), axis("parties.us.honesty")];
        let aim = Aim { measure: "us.total".into(), statistic: Statistic::Mean, toward: Toward::More };
        let objective = Objective { aims: vec![aim], penalties: vec![], worst: false };
        let tables = vec![Compiled::of(&base, &axes, &objective.measures()).expect("compiled")];
        let mut quest = Quest { tables, weights: vec![1.0], objective, paths: 2, seed: 3, games: 32, tries: 100 };
        let (watch, clocks) = (Watch::default(), Clocks { program: || 0, thread: || 0 });
        with_crew(1, &watch, clocks, |crew| {
            let mut arm = Arm::new(Way::Random);
            let points = arm.clone().ask(quest.key(), 2, 10);
            let candidates = quest.candidates(&points).expect("made");
            let values = |games: u64| -> Vec<f64> {
                let lanes = crew.play(quest.key(), candidates.clone(), 0..games).expect("played").expect("to the end");
                lanes.iter().map(|lanes| quest.value(lanes).expect("a value")).collect()
            };
            let (early, late) = (values(8), values(32));
            let mut order: Vec<usize> = (0..10).collect();
            order.sort_by(|a, b| early[*b].total_cmp(&early[*a]));
            let best = order[..5].iter().copied().max_by(|a, b| late[*a].total_cmp(&late[*b])).expect("five");
            let before = watch.done.load(std::sync::atomic::Ordering::Relaxed);
            assert_eq!(quest.generation(&mut arm, 10, &mut Place::Here(crew)), Ok(true));
            let found = arm.best.expect("one");
            assert_eq!((found.point, found.value), (points[best].clone(), late[best]));
            assert_eq!((arm.candidates, arm.full, arm.spent), (10, 5, 10 * 8 + 5 * 24));
            assert_eq!(watch.done.load(std::sync::atomic::Ordering::Relaxed) - before, arm.spent);
        });
    }
}
