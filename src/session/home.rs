//! The vote at home, foreseen: negotiators know that what they initial has to pass on both sides (Putnam 1988).
//!
//! A side signs where `c (U - r) >= (1 - c_own) K`: c the chance that the package passes both votes and c_own that it passes
//! its own, as the side reads them, U the package's worth to it, r what waiting is worth, K what a package of its own that
//! fails would cost it (`ratification.failed`, over the life of a deal). Its first ask is as much above what its regard for
//! the other would have it ask as makes up for the risk: up to where `c (U - r) - (1 - c_own) K` is what that ask would have
//! been better than waiting without a vote, or as large as it gets. It never comes down below the first package worth the
//! risk. The votes are those of `crate::mechanisms::ratification`. Of the other's home it knows what is public: its factions,
//! its word, the middle of its bar; it takes the other's wish for the prize to be like its own.

use crate::scenario::rules::Switch;
use crate::strategies::model::knows_all;
use crate::table::frontier::{Frontier, Point};
use crate::table::situation::Situation;
use crate::table::values::{Points, Values, at, bite, keep, own_keep, worth};
use crate::world::maths::{log_odds, logistic};
use crate::world::rows::pair;
use crate::world::setup::{NOBODY, Setup, middle};

/// How often the way between two packages is halved to find where a risk begins to be worth taking.
const HALVINGS: u32 = 6;

/// What both sides know as they sit down, each of itself and of the other.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sitting {
    /// What signing brings beside the package.
    pub(super) beside: [f64; 2],
    /// What waiting is worth.
    pub(super) reserve: [f64; 2],
    /// What a point a week is worth over the life of a deal to each as the other reads it.
    pub(super) read_annuity: [f64; 2],
    /// What a deal costs each as the other reads it.
    pub(super) read_cost: [f64; 2],
    /// Its seat is held from outside.
    pub(super) outside: [bool; 2],
}

/// What one side reckons with.
#[derive(Debug, Clone, Default)]
pub(super) struct Home {
    /// How much of each open lever's worth counts, by party.
    kept: [Vec<f64>; 2],
    votes: [Vote; 2],
    cost: f64,
    reserve: f64,
    /// Dimensions of the packages at the corners of the side's frontier, by party, as far as they were looked at.
    corners: Vec<[[f64; 3]; 2]>,
}

/// A vote as it is foreseen.
#[derive(Debug, Clone, Copy, Default)]
struct Vote {
    /// The support that it takes.
    bar: f64,
    /// What signing brings its government beside the package.
    beside: f64,
    /// What a point a week is worth over the life of a deal.
    annuity: f64,
    /// Points that turn support by one unit of log-odds.
    turns: f64,
}

impl Home {
    /// Whether anybody votes.
    pub(super) fn votes(setup: &Setup) -> bool {
        setup.is_on(Switch::Ratification) && setup.is_on(Switch::Talks)
    }

    /// Makes ready what side `p` reckons with in this session.
    pub(super) fn look(&mut self, setup: &Setup, s: &Situation, values: &Values, stock: &Sitting, p: usize) {
        let q = 1 - p;
        let (me, you) = (&s.sides[p], &s.sides[q]);
        let known = knows_all(me, stock.outside[p]);
        let intends = |party: usize| {
            // Its own plans it knows; the other's only by its word.
            if party == p || known { s.sides[party].honesty } else { s.sides[party].word }
        };
        for party in 0..2 {
            let (resilience, kept) = (s.sides[party].resilience, &mut self.kept[party]);
            kept.clear();
            kept.extend(values.open.iter().map(|&l| {
                let lever = &setup.levers[l];
                let kept = if lever.holder == NOBODY {
                    1.0
                } else if lever.holder == party {
                    own_keep(lever.pledge, intends(party), s.broken_price)
                } else {
                    keep(lever.pledge, s.sides[lever.holder].word)
                };
                kept * bite(setup, party, l, resilience, s.leak)
            }));
        }
        let rules = &setup.scenario.ratification;
        let turns = |party: usize| setup.points(party, rules.worth);
        let beside = if known {
            stock.beside[q]
        } else {
            let prize = setup.stakes(p, stock.beside[p] + me.deal_cost) * setup.parties[q].stake;
            prize - stock.read_cost[q]
        };
        let bar = if known { you.bar } else { said_bar(setup, q) };
        let theirs = Vote { bar, beside, annuity: stock.read_annuity[q], turns: turns(q) };
        let mine = Vote { bar: me.bar, beside: stock.beside[p], annuity: me.annuity, turns: turns(p) };
        self.votes = if p == 0 { [mine, theirs] } else { [theirs, mine] };
        self.cost = setup.points(p, rules.failed) * me.annuity;
        self.reserve = stock.reserve[p].max(0.0);
    }

    /// What a package of such a worth (prize and cost included) is better than waiting, the risk of a vote reckoned in.
    pub(super) fn gain(&self, setup: &Setup, values: &Values, p: usize, positions: &[f64], own: f64) -> f64 {
        let mut dims = [[0.0; 3]; 2];
        if setup.is_on(Switch::Factions) {
            for (party, dims) in dims.iter_mut().enumerate() {
                for (i, position) in positions.iter().enumerate() {
                    self.count(values, party, i, dims, |points| at(points, *position));
                }
            }
        }
        self.better(setup, p, &dims, own, worth(&values.estimated[1 - p], positions))
    }

    /// The same of a package by its dimensions at both homes, worth `own` in all, and its levers as much to the other.
    fn better(&self, setup: &Setup, p: usize, dims: &[[f64; 3]; 2], own: f64, levers: f64) -> f64 {
        let other = levers + self.votes[1 - p].beside;
        let worth = if p == 0 { [own, other] } else { [other, own] };
        let scale = setup.scenario.ratification.scale.get().max(1e-6);
        let passes = pair(|party| {
            let support = self.support(setup, party, &dims[party], worth[party]);
            logistic((support - self.votes[party].bar) / scale)
        });
        passes[0] * passes[1] * (own - self.reserve) - (1.0 - passes[p]) * self.cost
    }

    /// Adds what open lever `i` counts for at a party's home, by dimension.
    #[inline]
    fn count(&self, values: &Values, party: usize, i: usize, dims: &mut [f64; 3], of: impl Fn(&Points) -> f64) {
        let kept = self.kept[party][i];
        for (sum, points) in dims.iter_mut().zip(values.dimensions(party, i)) {
            *sum += kept * of(points);
        }
    }

    /// Support for a package at party's home: the leader's part, and each faction's.
    fn support(&self, setup: &Setup, party: usize, dims: &[f64; 3], worth: f64) -> f64 {
        let Vote { annuity, turns, .. } = self.votes[party];
        let with = |worth: f64| logistic(log_odds(worth, turns));
        if !setup.is_on(Switch::Factions) {
            return with(worth);
        }
        let mut support = setup.parties[party].leader * with(worth);
        for f in &setup.factions[setup.parties[party].factions.clone()] {
            let worth: f64 = f.weights.iter().zip(dims).map(|(w, d)| w * d).sum();
            support += f.power * with(worth * annuity);
        }
        support
    }

    /// The dimensions of the package at a point of the side's frontier, by party. From corner to corner one lever moves, so
    /// they are carried along.
    fn dimensions(&mut self, values: &Values, view: &Frontier, point: Point) -> [[f64; 3]; 2] {
        if self.corners.is_empty() {
            let mut dims = [[0.0; 3]; 2];
            for (party, dims) in dims.iter_mut().enumerate() {
                for (i, start) in view.start.iter().enumerate() {
                    self.count(values, party, i, dims, |points| points[*start as usize]);
                }
            }
            self.corners.push(dims);
        }
        while self.corners.len() <= point.whole {
            let k = self.corners.len() - 1;
            let next = self.further(values, view, k, 1.0);
            self.corners.push(next);
        }
        if point.part > 0.0 && point.whole < view.runs.len() {
            self.further(values, view, point.whole, point.part)
        } else {
            self.corners[point.whole]
        }
    }

    /// The dimensions when a part of run `k` is conceded after the corner it begins at.
    fn further(&self, values: &Values, view: &Frontier, k: usize, part: f64) -> [[f64; 3]; 2] {
        let run = &view.runs[k];
        let (from, to) = (run.ends().0, run.at(part));
        let mut dims = self.corners[k];
        for (party, dims) in dims.iter_mut().enumerate() {
            self.count(values, party, run.lever(), dims, |points| at(points, to) - points[from]);
        }
        dims
    }

    /// What the package at a point of the side's frontier, worth `own` to it in all, is better than waiting.
    fn gain_at(&mut self, setup: &Setup, values: &Values, view: &Frontier, p: usize, own: f64) -> f64 {
        let point = view.down_to(own - self.votes[p].beside);
        let dims = if setup.is_on(Switch::Factions) { self.dimensions(values, view, point) } else { [[0.0; 3]; 2] };
        let part = if point.part > 0.0 && point.whole < view.runs.len() {
            view.gain(&values.estimated[1 - p], point.whole, point.part)
        } else {
            0.0
        };
        self.better(setup, p, &dims, own, view.other[point.whole] + part)
    }

    /// Where on its frontier side `p` begins, at or above what its regard has it ask, and where it stops coming down: both as
    /// worths, prize and cost included.
    pub(super) fn span(
        &mut self,
        setup: &Setup,
        values: &Values,
        view: &Frontier,
        p: usize,
        [top, reserve, beside]: [f64; 3],
    ) -> [f64; 2] {
        self.corners.clear();
        let mut at = |own: f64| self.gain_at(setup, values, view, p, own);
        // Up the frontier until the risk is made up for.
        let wanted = (top - reserve.max(0.0)) * (1.0 - 1e-9);
        let (mut first, mut best) = (top, at(top));
        let above = view.own[..=view.down_to(top - beside).whole].iter().rev().map(|own| own + beside);
        // A corner no higher than where it stands is none to climb to, whatever the last bit of either says.
        let near = 1e-12 * (top.abs() + view.own[0].abs());
        for own in above {
            if own <= first + near {
                continue;
            }
            if best >= wanted {
                break;
            }
            let better = at(own);
            if better <= best {
                break;
            }
            let part = ((wanted - best) / (better - best)).min(1.0);
            (first, best) = (first + part * (own - first), best + part * (better - best));
        }
        // Down to where the risk is no longer worth it.
        let floor = reserve.max(0.0);
        let mut last = reserve;
        if best > 0.0 && floor < first && at(floor) < 0.0 {
            let (mut bad, mut good) = (floor, first);
            for _ in 0..HALVINGS {
                let middle = 0.5 * (bad + good);
                if at(middle) < 0.0 { bad = middle } else { good = middle }
            }
            last = good;
        } else if best <= 0.0 {
            last = first.max(reserve);
        }
        [first, last]
    }
}

/// The bar at a party's home, as all know it.
fn said_bar(setup: &Setup, party: usize) -> f64 {
    setup.scenario.parties.values().nth(party).map_or(0.0, |party| middle(&party.ratify))
}
