//! What waiting is worth: a party's share of what its leverage would get it at the next meeting, less the fear that
//! the truce runs out first.
//!
//! `r_p = d^n q_p L_p(n) max(0, M_p + Prize_p - C_p) - fear + mood` (points); `L_p(k) = V_q(k) / (V_p(k) + V_q(k))`,
//! `V_p(k)` what the other can still do to p, k rounds on, as a share of what is at stake for p.

use super::situation::Situation;
use super::values::bite;
use crate::scenario::talks::Reserve;
use crate::world::maths::power;
use crate::world::rows::{is_set, pair};
use crate::world::setup::{NOBODY, Setup, shape_at};

/// What the two sides can do to each other, from where the levers stand.
#[derive(Debug, Clone, Copy, Default)]
pub struct Threats {
    /// Points a week that the other's snap levels would cost or deny each party, by dimension and at a weight of 1; of these
    /// what its resilience blunts.
    harm: [[f64; 3]; 2],
    blunted: [[f64; 3]; 2],
    /// Points a week each party would lose if the truce lapsed now, by its own weights.
    pub loss: [f64; 2],
    /// What is at stake for each (points a week).
    stake: [f64; 2],
}

impl Threats {
    /// Takes stock; `now` is every shape where its lever stands.
    pub fn of(setup: &Setup, s: &Situation, now: &[f64]) -> Threats {
        let mut t = Threats::default();
        for (p, party) in setup.parties.iter().enumerate() {
            let me = &s.sides[p];
            let mut flow = 0.0;
            for e in &party.effects {
                let (lever, shape) = (&setup.levers[e.lever], &setup.shapes[e.shape]);
                let snap = s.snaps[e.lever];
                let lapsed =
                    if is_set(snap) { shape_at(shape.shape, snap, lever.low, lever.high) } else { shape.at_snap };
                let points = e.points * (now[e.shape] - lapsed);
                if !lever.is_pledge() {
                    flow += me.weights[e.dimension] * points * bite(setup, p, e.lever, me.resilience, s.leak);
                }
                if lever.holder != p && lever.holder != NOBODY {
                    let harm = points.abs() * if lever.leaks { 1.0 - s.leak } else { 1.0 };
                    t.harm[p][e.dimension] += harm;
                    t.blunted[p][e.dimension] += harm * lever.offset;
                }
            }
            t.loss[p] = flow.max(0.0);
        }
        t.stake = pair(|p| setup.parties[p].stake);
        t
    }

    /// What the other can still do to party p, so many rounds on, as a share of what is at stake for p: points of two
    /// parties are not compared.
    fn can_be_done_to(&self, s: &Situation, p: usize, weights: [f64; 3], rounds: u32) -> f64 {
        let me = &s.sides[p];
        let resilience = 1.0 - (1.0 - me.resilience) * power(1.0 - me.growth, rounds);
        let of = |d: usize| weights[d] * (self.harm[p][d] - self.blunted[p][d] * resilience);
        let harm = (of(0) + of(1) + of(2)) * s.sides[1 - p].resolve;
        if harm > 0.0 { harm / self.stake[p] } else { 0.0 }
    }

    /// Each party's share of the leverage, so many rounds on, by what each government wants as far as whoever asks knows:
    /// half each where neither can do anything.
    pub fn leverage(&self, s: &Situation, weights: [[f64; 3]; 2], rounds: u32) -> [f64; 2] {
        let [a, b] = pair(|p| self.can_be_done_to(s, p, weights[p], rounds));
        if a + b > 0.0 { [b / (a + b), a / (a + b)] } else { [0.5; 2] }
    }
}

/// What signing brings beside the package: a prize by the kind of meeting, less the cost at home.
pub fn beside(setup: &Setup, s: &Situation, p: usize, leaders: bool) -> f64 {
    let prize = &setup.scenario.prize;
    let share = if leaders { 1.0 } else { prize.at_talks.get() };
    s.sides[p].prize * share - s.sides[p].deal_cost
}

/// The reservation value, mood aside. `best` is the own value of the best package the other might sign.
pub fn waiting(setup: &Setup, s: &Situation, threats: &Threats, p: usize, weights: [[f64; 3]; 2], best: f64) -> f64 {
    let me = &s.sides[p];
    if is_set(me.floor) {
        return me.floor;
    }
    let curve = Curve { on: setup.scenario.talks.prospect };
    let gains = match s.next {
        None => 0.0,
        Some(n) => {
            let discount = power(me.patience, n);
            let share = || discount * me.optimism * threats.leverage(s, weights, n)[p];
            match setup.scenario.talks.reserve {
                Reserve::Share => share() * curve.felt((best.max(0.0) + beside(setup, s, p, s.next_leaders)).max(0.0)),
                Reserve::Fixed { stakes } => share() * curve.felt(setup.points(p, stakes)),
                Reserve::Learned { .. } => discount * curve.felt(me.heard_value),
            }
        }
    };
    // The truce can run out before they meet again.
    let fear = if !is_set(s.lapse_in) || s.next.is_some_and(|n| s.lapse_in > f64::from(n)) {
        0.0
    } else {
        s.fear * setup.scenario.talks.lapse_lasts.get() * s.sides[1 - p].resolve * threats.loss[p]
    };
    curve.points(gains + curve.felt(-fear))
}

/// The curve of Tversky and Kahneman (1992): u^.88 for gains, -2.25 (-u)^.88 for losses; off, u itself.
#[derive(Debug, Clone, Copy)]
pub struct Curve {
    /// Whether it is on.
    pub on: bool,
}

impl Curve {
    /// How points feel.
    pub fn felt(self, points: f64) -> f64 {
        if !self.on {
            points
        } else if points >= 0.0 {
            crate::world::maths::pow(points, 0.88)
        } else {
            -2.25 * crate::world::maths::pow(-points, 0.88)
        }
    }
    /// The points that feel so.
    pub fn points(self, felt: f64) -> f64 {
        if !self.on {
            felt
        } else if felt >= 0.0 {
            crate::world::maths::pow(felt, 1.0 / 0.88)
        } else {
            -crate::world::maths::pow(felt / -2.25, 1.0 / 0.88)
        }
    }
}
