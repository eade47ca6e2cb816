//! One game: alternating offers until one is accepted or the rounds run out.

use super::compile::{Compiled, Number};
use super::halves::Halves;
use super::reach::Reach;
use super::search::Search;
use super::select::{best_for_other, nearest_to_target};
use super::target::{Curve, Target};
use super::ties::chosen;
use crate::scenario::bargaining::{Select, Ties};

/// How a game ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Class {
    /// An offer was accepted.
    Agreement,
    /// The rounds ran out.
    Timeout,
}

impl Class {
    /// The name of the class in results.
    pub fn name(self) -> &'static str {
        match self {
            Self::Agreement => "agreement",
            Self::Timeout => "timeout",
        }
    }

    /// What it means.
    pub fn rule(self) -> &'static str {
        match self {
            Self::Agreement => "an offer was accepted",
            Self::Timeout => "the rounds ran out: each side has its reservation",
        }
    }
}

/// What one game came to.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Outcome {
    /// How it ended.
    pub class: Class,
    /// The round of the agreement.
    pub round: Option<u32>,
    /// Who accepted: 0 or 1.
    pub accepted_by: Option<usize>,
    /// The number of the outcome agreed on.
    pub outcome: Option<usize>,
    /// What the game was worth to each party; without an agreement, the reservations (utility).
    pub utilities: [f64; 2],
    /// How far the utilities are from the nearest Nash point (utility); only where measured and where there is one.
    pub nash_distance: Option<f64>,
}

/// What happened in a turn.
pub(super) enum TurnEvent<'a> {
    /// The offer on the table is below the target of the other, who says no.
    Refused { target: &'a Target },
    /// A party offers an outcome.
    Offered { round: u32, party: usize, outcome: usize, utilities: [f64; 2], target: &'a Target },
    /// The other says yes.
    Accepted { target: &'a Target },
}

/// A party in one game.
#[derive(Clone, Debug)]
pub(super) struct Player {
    pub(super) halves: Halves,
    pub(super) reservation: f64,
    curve: Curve,
    search: Search,
    /// The utility of every outcome, where something looks at all.
    pub(super) own: Vec<f64>,
    spare: Vec<f64>,
}

impl Player {
    /// The least that the party may sign.
    pub(super) fn floor(&self) -> f64 {
        self.curve.lo.min(self.curve.hi)
    }

    /// The outcome offered among those that the rule cannot tell from `first`.
    fn among_equals(&self, other: &Player, compiled: &Compiled, first: usize, target: &Target) -> usize {
        let (own, theirs) = (&self.own, &other.own);
        let off = |outcome: usize| (own[outcome] - target.exact()).abs();
        let same = |outcome: usize| match compiled.select {
            Select::LowestAtOrAbove => own[outcome] == own[first],
            Select::NearestToTarget => own[outcome] >= self.floor() && off(outcome) == off(first),
            Select::BestForOther => target.is_met_by(own[outcome]) && theirs[outcome] == theirs[first],
        };
        chosen(compiled.ties, first, same, theirs)
    }

    /// Sums the utility of every outcome.
    pub(super) fn look_at_all(&mut self) {
        let issues = self.halves.products.issues();
        self.halves.products.sums(0..issues, &mut self.own, &mut self.spare);
    }
}

/// Two parties at one table, game after game.
#[derive(Clone, Debug)]
pub(super) struct Parley {
    pub(super) players: [Player; 2],
}

struct OnTheTable {
    outcome: usize,
    utilities: [f64; 2],
}

impl Parley {
    /// A table for the games of a scenario.
    pub(super) fn new(compiled: &Compiled) -> Self {
        let player = |index: usize| {
            let seat = &compiled.seats[index];
            let mut halves = Halves::new(&compiled.space);
            halves.fill(&seat.values, seat.weights.iter().map(|w| if let Number::Fixed(w) = w { *w } else { 0.0 }));
            Player {
                halves,
                reservation: 0.0,
                curve: Curve::default(),
                search: Search::default(),
                own: vec![],
                spare: vec![],
            }
        };
        Self { players: [player(0), player(1)] }
    }

    /// Sets the table for a game; `drawn` gives the number of a lane.
    pub(super) fn set(&mut self, compiled: &Compiled, drawn: impl Fn(usize) -> f64) {
        let value = |number: Number| match number {
            Number::Fixed(x) => x,
            Number::Drawn(lane) => drawn(lane),
        };
        for (player, seat) in self.players.iter_mut().zip(&compiled.seats) {
            if !seat.weights.iter().all(|w| w.is_fixed()) {
                player.halves.fill(&seat.values, seat.weights.iter().map(|w| value(*w)));
            }
            let (worst, best) = player.halves.range;
            player.reservation = value(seat.reservation);
            player.curve = Curve {
                lo: worst.max(player.reservation),
                hi: best,
                tolerance: compiled.tolerance,
                exponent: value(seat.exponent),
            };
            player.search = Search::default();
            if compiled.select != Select::LowestAtOrAbove || compiled.ties != Ties::First {
                player.look_at_all();
            }
        }
    }

    /// Plays a game from its first turn, telling each event as it happens.
    pub(super) fn play(&mut self, compiled: &Compiled, tell: impl FnMut(TurnEvent)) -> Outcome {
        self.play_from(0, compiled, tell)
    }

    /// Plays a game for its outcome alone, without the turns that cannot end it.
    pub(super) fn settle(&mut self, compiled: &Compiled) -> Outcome {
        let first = match compiled.select {
            Select::NearestToTarget => 0, // its offers may be below the target
            Select::LowestAtOrAbove | Select::BestForOther => {
                let [one, two] = [&self.players[0].halves, &self.players[1].halves];
                let reach = Reach::of([&one.products, &two.products], [one.range, two.range]);
                reach.first_turn(2 * compiled.rounds, |party, turn| self.target(compiled, turn / 2, party).about)
            }
        };
        self.play_from(first.saturating_sub(1), compiled, |_| {})
    }

    /// Plays the turns from `first` on, with nothing on the table yet.
    fn play_from(&mut self, first: u32, compiled: &Compiled, mut tell: impl FnMut(TurnEvent)) -> Outcome {
        let mut table: Option<OnTheTable> = None;
        for turn in first..2 * compiled.rounds {
            let (round, party) = (turn / 2, turn as usize % 2);
            let target = self.target(compiled, round, party);
            if let Some(offer) = &table {
                if target.is_met_by(offer.utilities[party]) {
                    tell(TurnEvent::Accepted { target: &target });
                    return Outcome {
                        class: Class::Agreement,
                        round: Some(round),
                        accepted_by: Some(party),
                        outcome: Some(offer.outcome),
                        utilities: offer.utilities,
                        nash_distance: None,
                    };
                }
                tell(TurnEvent::Refused { target: &target });
            }
            let offer = self.offer(compiled, party, &target);
            let OnTheTable { outcome, utilities } = offer;
            tell(TurnEvent::Offered { round, party, outcome, utilities, target: &target });
            table = Some(offer);
        }
        let utilities = [self.players[0].reservation, self.players[1].reservation];
        let class = Class::Timeout;
        Outcome { class, round: None, accepted_by: None, outcome: None, utilities, nash_distance: None }
    }

    fn target(&self, compiled: &Compiled, round: u32, party: usize) -> Target {
        let (t, ln_t) = compiled.times[2 * round as usize + party];
        let curve = self.players[party].curve;
        match &compiled.seats[party].powers {
            Some(powers) => curve.at_power(t, powers[round as usize]),
            None => curve.at(t, ln_t),
        }
    }

    fn offer(&mut self, compiled: &Compiled, party: usize, target: &Target) -> OnTheTable {
        let [one, two] = &mut self.players;
        let (player, other) = if party == 0 { (one, two) } else { (two, one) };
        let outcome = match compiled.select {
            Select::LowestAtOrAbove => player.search.lowest_at_or_above(&player.halves, target) as usize,
            Select::NearestToTarget => nearest_to_target(&player.own, player.curve, target),
            Select::BestForOther => best_for_other(&player.own, &other.own, target),
        };
        let outcome =
            if compiled.ties == Ties::First { outcome } else { player.among_equals(other, compiled, outcome, target) };
        let utilities = self.utilities(outcome);
        OnTheTable { outcome, utilities }
    }

    /// What an outcome is worth to each party.
    pub(super) fn utilities(&self, outcome: usize) -> [f64; 2] {
        let [one, two] = &self.players;
        let members = one.halves.members(outcome as u32);
        [one.halves.utility(members), two.halves.utility(members)]
    }
}
