//! One game in full, as it is written to JSON.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer, ser::SerializeTuple};

use super::compile::Compiled;
use super::session::{Class, Outcome, Parley, TurnEvent};
use super::solutions::{Point, Solutions};
use crate::world::dice::Key;

/// One game of a seed, with every offer and with what was possible.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Told {
    /// The version of this document: `summitry.run/1`.
    pub schema: &'static str,
    /// The seed.
    pub seed: u64,
    /// The number of the game.
    pub game: u64,
    /// How it ended: `agreement` or `timeout`.
    pub outcome: &'static str,
    /// The parties, in the order of their turns.
    pub parties: [String; 2],
    /// Every offer, as `[round, party, outcome]`; an accepted offer is not listed again.
    pub offers: Vec<Offer>,
    /// What was agreed.
    pub agreement: Option<Agreement>,
    /// The first tie on which the rest of the game hangs, where there is one.
    pub tie: Option<Tie>,
    /// What the game was worth to each party, after waiting for it: the reservations when there is no agreement
    /// (utility).
    pub utilities: BTreeMap<String, f64>,
    /// How many outcomes on the Pareto frontier are rational for both, those worth the same to both counted once.
    pub pareto_size: usize,
    /// The largest product of gains.
    pub nash: Option<Solution>,
    /// The largest smaller gain.
    pub kalai: Option<Solution>,
    /// The largest smaller gain, scaled by the best gains.
    pub kalai_smorodinsky: Option<Solution>,
    /// The largest sum of utilities.
    pub utilitarian: Option<Solution>,
    /// How far the utilities are from the Nash point (utility).
    pub nash_distance: Option<f64>,
}

/// One offer.
#[derive(Clone, PartialEq, Debug)]
pub struct Offer {
    /// The round it was made in.
    pub round: u32,
    /// Who made it: 0 or 1.
    pub party: usize,
    /// The name of who made it.
    pub by: String,
    /// The level of each issue, in issue order.
    pub outcome: Vec<usize>,
    /// What it is worth to each party (utility).
    pub utilities: [f64; 2],
    /// What the other party aimed at when it answered; nothing when the offer was not answered (utility).
    pub answered_at: Option<f64>,
}

impl Serialize for Offer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut tuple = serializer.serialize_tuple(3)?;
        tuple.serialize_element(&self.round)?;
        tuple.serialize_element(&self.by)?;
        tuple.serialize_element(&self.outcome)?;
        tuple.end()
    }
}

/// What was agreed.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Agreement {
    /// The round it was accepted in.
    pub round: u32,
    /// Who accepted.
    pub accepted_by: String,
    /// The level of each issue, by their names.
    pub package: BTreeMap<String, String>,
    /// The level of each issue by number, in issue order.
    pub outcome: Vec<usize>,
    /// What it is worth to each party (utility).
    pub utilities: BTreeMap<String, f64>,
}

/// Several outcomes were the same to who made an offer, but for rounding, and another of them would have been another
/// agreement, or none, or one where there was none.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Tie {
    /// The round of the offer.
    pub round: u32,
    /// Who made it.
    pub by: String,
    /// How many outcomes were the same to it.
    pub outcomes: usize,
}

/// A bargaining solution.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Solution {
    /// The outcomes within 1e-12 of the best, each by level numbers in issue order.
    pub outcomes: Vec<Vec<usize>>,
    /// What it is worth to each party (utility).
    pub utilities: BTreeMap<String, f64>,
}

/// Plays one game of a seed and tells all of it.
pub fn tell(compiled: &Compiled, seed: u64, game: u64) -> Told {
    let key = Key::of_seed(seed);
    let mut table = Parley::new(compiled);
    let drawn: Vec<f64> = compiled
        .lanes
        .iter()
        .map(|lane| {
            let mut number = [0.0];
            lane.fill(key, game, &mut number);
            number[0]
        })
        .collect();
    table.set(compiled, |lane| drawn[lane]);
    let (mut offers, mut aims): (Vec<Offer>, Vec<f64>) = (vec![], vec![]);
    let outcome = table.play(compiled, |event| match event {
        TurnEvent::Offered { round, party, outcome, utilities, target } => {
            aims.push(target.exact());
            let (by, levels) = (compiled.seats[party].name.clone(), compiled.space.levels_of(outcome));
            offers.push(Offer { round, party, by, outcome: levels, utilities, answered_at: None });
        }
        TurnEvent::Refused { target } | TurnEvent::Accepted { target } => {
            offers.last_mut().expect("an answer follows an offer").answered_at = Some(target.exact());
        }
    });
    let tie = table.hangs_on(compiled, &offers, &aims);
    let told = document(compiled, (seed, game), offers, outcome, &table.solutions());
    Told { tie, ..told }
}

fn document(
    compiled: &Compiled,
    (seed, game): (u64, u64),
    offers: Vec<Offer>,
    outcome: Outcome,
    solutions: &Solutions,
) -> Told {
    let nash_distance = solutions.nash_distance(outcome.utilities);
    let outcome = compiled.discounted(outcome);
    let parties = compiled.parties().map(str::to_owned);
    let by_name = |utilities: [f64; 2]| parties.iter().cloned().zip(utilities).collect::<BTreeMap<_, _>>();
    let solution = |point: &Option<Point>| {
        point.as_ref().map(|point| Solution {
            outcomes: point.outcomes.iter().map(|outcome| compiled.space.levels_of(*outcome)).collect(),
            utilities: by_name(point.utilities),
        })
    };
    let agreement = match (outcome.class, outcome.round, outcome.accepted_by, outcome.outcome) {
        (Class::Agreement, Some(round), Some(party), Some(agreed)) => {
            let levels = compiled.space.levels_of(agreed);
            let accepted_by = parties[party].clone();
            let package =
                compiled.package(&levels).map(|(issue, level)| (issue.to_owned(), level.to_owned())).collect();
            Some(Agreement { round, accepted_by, package, outcome: levels, utilities: by_name(outcome.utilities) })
        }
        _ => None,
    };
    Told {
        schema: "summitry.run/1",
        seed,
        game,
        outcome: outcome.class.name(),
        offers,
        agreement,
        utilities: by_name(outcome.utilities),
        pareto_size: solutions.pareto_size,
        nash: solution(&solutions.nash),
        kalai: solution(&solutions.kalai),
        kalai_smorodinsky: solution(&solutions.kalai_smorodinsky),
        utilitarian: solution(&solutions.utilitarian),
        nash_distance,
        tie: None,
        parties,
    }
}

impl Compiled {
    /// The names of the issues and of these levels, in issue order.
    pub(super) fn package<'a>(&'a self, levels: &'a [usize]) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.issues.iter().zip(levels).map(|((issue, names), level)| (issue.as_str(), names[*level].as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    pub(in super::super) fn shop(rounds: u32, reservation: f64) -> Compiled {
        let text = format!(
            r#"(
            rounds: {rounds},
            tolerance: 0,
            parties: [
                (name: "buyer", weights: {{"price": 2, "days": 1}}, reservation: 0, tactic: Time(exponent: 1)),
                (name: "seller", weights: {{"price": 1, "days": 1}}, reservation: {reservation}, tactic: Time(exponent: 1)),
            ],
            issues: [
                (name: "price", levels: ["low", "mid", "high"], values: {{"buyer": [4, 2, 0], "seller": [0, 3, 6]}}),
                (name: "days", levels: ["few", "many"], values: {{"buyer": [2, 0], "seller": [0, 4]}}),
            ],
        )"#
        );
        Compiled::new(&super::super::testing::read(&text)).unwrap()
    }

    /// Outcomes, as (buyer, seller): low few (10, 0), low many (8, 4), mid few (6, 3), mid many (4, 7), high few (2, 6),
    /// high many (0, 10). Both ranges are 0 to 10, so with 4 rounds both aim at 8, 6, 4, 2.
    #[test]
    fn a_game_by_hand() {
        let told = serde_json::to_value(tell(&shop(4, 0.0), 3, 5)).unwrap();
        // Round 0: the buyer's lowest at or above 8 is low many; worth 4 to the seller, who aims at 8: high many.
        // Round 1: worth 0 to the buyer, who aims at 6: mid few; worth 3: the seller aims at 6: high few (6).
        // Round 2: worth 2, the buyer aims at 4: mid many (4, 7); the seller aims at 4 and says yes.
        assert_eq!(
            told,
            json!({
                "schema": "summitry.run/1",
                "seed": 3,
                "game": 5,
                "outcome": "agreement",
                "parties": ["buyer", "seller"],
                "offers": [
                    [0, "buyer", [0, 1]], [0, "seller", [2, 1]],
                    [1, "buyer", [1, 0]], [1, "seller", [2, 0]],
                    [2, "buyer", [1, 1]],
                ],
                "agreement": {
                    "round": 2,
                    "accepted_by": "seller",
                    "package": {"price": "mid", "days": "many"},
                    "outcome": [1, 1],
                    "utilities": {"buyer": 4.0, "seller": 7.0},
                },
                "tie": null,
                "utilities": {"buyer": 4.0, "seller": 7.0},
                "pareto_size": 4,
                "nash": {"outcomes": [[0, 1]], "utilities": {"buyer": 8.0, "seller": 4.0}},
                "kalai": {"outcomes": [[0, 1], [1, 1]], "utilities": {"buyer": 8.0, "seller": 4.0}},
                "kalai_smorodinsky": {"outcomes": [[0, 1], [1, 1]], "utilities": {"buyer": 8.0, "seller": 4.0}},
                "utilitarian": {"outcomes": [[0, 1]], "utilities": {"buyer": 8.0, "seller": 4.0}},
                "nash_distance": 5.0,
            })
        );
    }

    #[test]
    fn the_last_offer_is_not_answered_and_no_agreement_is_worth_the_reservations() {
        // One round, t = 1/2: the buyer aims at 5 and offers mid few (6, 3); the seller aims at 6.5 and offers mid many.
        let told = tell(&shop(1, 3.0), 1, 0);
        assert_eq!(told.outcome, "timeout");
        let offers: Vec<_> = told.offers.iter().map(|o| (o.by.as_str(), o.outcome.clone(), o.answered_at)).collect();
        assert_eq!(offers, [("buyer", vec![1, 0], Some(6.5)), ("seller", vec![1, 1], None)]);
        assert_eq!(told.agreement, None);
        assert_eq!(told.utilities["seller"], 3.0);
        assert_eq!(told.utilities["buyer"], 0.0);
    }
}
