//! A checked `bargaining` record, turned into numbers that a game can be played from.

use super::clock::times;
use super::space::Space;
use super::target::power;
use crate::scenario::bargaining::{Bargaining, Discount, Party, Select, Tactic, Ties};
use crate::scenario::draw::{Distribution, Draw};
use crate::units::Unit;
use crate::world::dice::{BEFORE_PLAY, Key, Stream, drawn};

/// Bargaining, ready to be played.
#[derive(Clone, Debug)]
pub struct Compiled {
    pub(super) seats: [Side; 2],
    pub(super) space: Space,
    /// Each issue by name, with the names of its levels.
    pub(super) issues: Vec<(String, Vec<String>)>,
    pub(super) rounds: u32,
    pub(super) tolerance: f64,
    pub(super) select: Select,
    pub(super) ties: Ties,
    /// The time at each turn, and its logarithm.
    pub(super) times: Vec<(f64, f64)>,
    pub(super) lanes: Vec<Lane>,
    /// Whether an outcome says how far it is from the Nash point.
    pub(super) measured: bool,
}

/// One party's numbers.
#[derive(Clone, Debug)]
pub(super) struct Side {
    pub(super) name: String,
    /// The value of each level, issue after issue.
    pub(super) values: Vec<f64>,
    pub(super) weights: Vec<Number>,
    pub(super) reservation: Number,
    pub(super) exponent: Number,
    pub(super) discount: Discount,
    /// The power of the time at each turn, where the exponent is the same in every game.
    pub(super) powers: Option<Vec<f64>>,
}

/// A number of a game.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Number {
    /// The same in every game.
    Fixed(f64),
    /// Drawn once a game: the number of its lane.
    Drawn(usize),
}

impl Number {
    pub(super) fn is_fixed(self) -> bool {
        matches!(self, Self::Fixed(_))
    }
}

/// One drawn number of all games.
#[derive(Clone, Debug)]
pub(super) struct Lane {
    stream: Stream,
    distribution: Distribution,
    low: f64,
    high: f64,
}

impl Lane {
    /// Draws the number for the games from `first` on.
    pub(super) fn fill(&self, key: Key, first: u64, lane: &mut [f64]) {
        key.uniforms(self.stream, BEFORE_PLAY, first, lane);
        for x in lane {
            *x = drawn(self.distribution, *x).max(self.low).min(self.high);
        }
    }
}

impl Compiled {
    /// Makes a record ready to be played, or says everything that is wrong with it.
    pub fn new(bargaining: &Bargaining) -> Result<Self, Vec<String>> {
        let problems = bargaining.check();
        if !problems.is_empty() {
            return Err(problems);
        }
        let turns = times(bargaining.clock, bargaining.rounds);
        let mut lanes = vec![];
        let mut seat = |index: usize| Side::new(bargaining, &bargaining.parties[index], index, &turns, &mut lanes);
        Ok(Self {
            seats: [seat(0), seat(1)],
            space: Space::new(bargaining.issues.iter().map(|issue| issue.levels.len()).collect())
                .expect("a checked record has outcomes"),
            issues: bargaining.issues.iter().map(|issue| (issue.name.clone(), issue.levels.clone())).collect(),
            rounds: bargaining.rounds,
            tolerance: bargaining.tolerance,
            select: bargaining.select,
            ties: bargaining.ties,
            times: turns.into_iter().map(|t| (t, libm::log(t))).collect(),
            lanes,
            measured: false,
        })
    }

    /// The same, with the distance to the Nash point in every outcome; it looks at all outcomes of every game.
    #[cfg(test)]
    pub fn measured(self) -> Self {
        Self { measured: true, ..self }
    }

    /// The names of the parties, in the order of their turns.
    pub fn parties(&self) -> [&str; 2] {
        [&self.seats[0].name, &self.seats[1].name]
    }

    /// The outcomes.
    #[cfg(test)]
    pub fn space(&self) -> &Space {
        &self.space
    }
}

impl Side {
    fn new(bargaining: &Bargaining, party: &Party, index: usize, turns: &[f64], lanes: &mut Vec<Lane>) -> Self {
        let Tactic::Time { exponent } = party.tactic;
        let name = &party.name;
        let weights = bargaining
            .issues
            .iter()
            .map(|issue| number(party.weights[&issue.name], name, &format!("weight of {}", issue.name), lanes))
            .collect();
        let reservation = number(party.reservation, name, "reservation", lanes);
        let exponent = number(exponent, name, "exponent", lanes);
        let powers = match exponent {
            Number::Fixed(x) => Some(turns.iter().skip(index).step_by(2).map(|t| power(*t, x)).collect()),
            Number::Drawn(_) => None,
        };
        let values = bargaining.issues.iter().flat_map(|issue| issue.values[name].iter().copied()).collect();
        Self { name: name.clone(), values, weights, reservation, exponent, discount: party.discount, powers }
    }
}

fn number<T: Unit>(draw: Draw<T>, party: &str, what: &str, lanes: &mut Vec<Lane>) -> Number {
    match draw {
        Draw::Fixed(x) => Number::Fixed(x.into()),
        Draw::From(distribution) => {
            let stream = Stream::named("bargaining", party, what);
            lanes.push(Lane { stream, distribution, low: T::MIN, high: T::MAX });
            Number::Drawn(lanes.len() - 1)
        }
    }
}
