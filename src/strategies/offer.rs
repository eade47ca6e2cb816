//! What to ask for: a tactic says how far to come down, `a = r + (top - r)(1 - F)` with F in [0, 1].
//!
//! Time-, resource- and behaviour-dependent tactics after Faratin, Sierra and Jennings, Robotics and Autonomous
//! Systems 24 (1998).

use super::from;
use crate::scenario::rules::Switch;
use crate::scenario::strategy::Offer;
use crate::table::tactics::{Leaf, Tactics};
use crate::world::build::Build;
use crate::world::maths::exp;
use crate::world::rows::{Tactic, is_set};
use crate::world::rows::{coded, values};
use crate::world::setup::{Setup, Source};

coded! { Tactic;
    /// Which tactic.
    TacticKind of Tactics;
}
values! { Tactic;
    /// Its weight in the blend.
    TacticWeight = 0.0;
    /// How fast it comes down, by its kind: an exponent, sessions, or a share that it gives throughout.
    TacticPace = 0.0;
    /// The share that it gives at once.
    TacticOpening = 0.0;
}

/// What a tactic looks at.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// The logarithm of that time over the party's date, 0 once it is past.
    pub ln_late: f64,
    /// Sessions left.
    pub sessions_left: f64,
    /// The first and the best offer heard, as shares of its best; not a number before the first.
    pub heard: [f64; 2],
}

/// How far a blend of tactics has come down, F in [0, 1].
pub fn conceded(tactics: &[Leaf], look: &Look) -> f64 {
    let (mut sum, mut weights) = (0.0, 0.0);
    for t in tactics {
        let f = match t.kind {
            Tactics::Nothing => break,
            Tactics::Time => t.opening + (1.0 - t.opening) * exp(look.ln_late / t.pace.max(0.01)),
            Tactics::Resource => exp(-look.sessions_left / t.pace.max(1e-9)),
            Tactics::Reciprocate => {
                let [first, best] = look.heard;
                let rise = if !is_set(first) { 0.0 } else { (best - first) / (1.0 - first).max(0.05) };
                t.opening.max(rise.clamp(0.0, 1.0))
            }
            Tactics::Hold => t.pace,
            Tactics::BackwardInduction => return 0.0,
        };
        sum += t.weight * f;
        weights += t.weight;
    }
    if weights > 0.0 { (sum / weights).clamp(0.0, 1.0) } else { 0.0 }
}

/// Lists the start values of a party's tactics.
pub fn equip(setup: &mut Setup, p: usize, offer: &Offer, label: &str) {
    let mut place = 0;
    leaf(setup, p, offer, Source::Fixed(1.0), label, &mut place);
}

fn leaf(setup: &mut Setup, p: usize, offer: &Offer, weight: Source, label: &str, place: &mut usize) {
    let zero = Source::Fixed(0.0);
    let field = |what: &str| format!("offer {place} {what}");
    let (kind, pace, opening) = match offer {
        Offer::Blend { parts } => {
            let answers = |t: &Offer| matches!(t, Offer::Reciprocate { .. });
            let all_answer = parts.iter().all(|part| answers(&part.tactic));
            for part in parts {
                let mut weight = from(&part.weight, label, &format!("offer {place} weight"));
                if answers(&part.tactic) && !all_answer && !setup.is_on(Switch::Reciprocity) {
                    weight = zero;
                }
                leaf(setup, p, &part.tactic, weight, label, place);
            }
            return;
        }
        Offer::Time { exponent, opening } => {
            (Tactics::Time, from(exponent, label, &field("exponent")), from(opening, label, &field("opening")))
        }
        Offer::Resource { sessions } => (Tactics::Resource, from(sessions, label, &field("sessions")), zero),
        Offer::Reciprocate { opening } => (Tactics::Reciprocate, zero, from(opening, label, &field("opening"))),
        Offer::Hold { share } => (Tactics::Hold, from(share, label, &field("share")), zero),
        Offer::BackwardInduction => (Tactics::BackwardInduction, zero, zero),
        Offer::External(_) => (Tactics::Hold, zero, zero), // never met: the setup has put a tactic in its place
    };
    let row = p * setup.tactics + *place;
    setup.start::<TacticKind>(row, Source::Fixed(kind.number()));
    setup.start::<TacticWeight>(row, weight);
    setup.start::<TacticPace>(row, pace);
    setup.start::<TacticOpening>(row, opening);
    *place += 1;
}

/// Declares the components.
pub fn rows(b: &mut Build) {
    b.rows::<(TacticKind, TacticWeight, TacticPace, TacticOpening)>();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::maths::ln;

    fn look(s: f64, date: f64, heard: [f64; 2]) -> Look {
        Look { ln_late: ln((s / date.max(1.0)).min(1.0)), sessions_left: 3.0, heard }
    }

    #[test]
    fn boulware_holds_and_a_conceder_gives_early() {
        let time = |e: f64| [Leaf { kind: Tactics::Time, weight: 1.0, pace: e, opening: 0.0 }];
        let unheard = [f64::NAN; 2];
        assert!((conceded(&time(0.5), &look(50.0, 100.0, unheard)) - 0.25).abs() < 1e-12);
        assert!((conceded(&time(2.0), &look(25.0, 100.0, unheard)) - 0.5).abs() < 1e-12);
        assert_eq!(conceded(&time(0.5), &look(0.0, 100.0, unheard)), 0.0);
        assert_eq!(conceded(&time(0.5), &look(200.0, 100.0, unheard)), 1.0);
    }

    #[test]
    fn offers_answer_offers() {
        let t = [Leaf { kind: Tactics::Reciprocate, weight: 1.0, pace: 0.0, opening: 0.1 }];
        assert_eq!(conceded(&t, &look(1.0, 9.0, [f64::NAN; 2])), 0.1);
        assert!((conceded(&t, &look(1.0, 9.0, [0.2, 0.6])) - 0.5).abs() < 1e-12);
    }

    #[test]
    fn a_blend_is_a_weighted_mean() {
        let hold = |share: f64, weight: f64| Leaf { kind: Tactics::Hold, weight, pace: share, opening: 0.0 };
        assert!((conceded(&[hold(0.2, 3.0), hold(0.6, 1.0)], &look(1.0, 9.0, [0.0; 2])) - 0.3).abs() < 1e-12);
    }

    #[test]
    fn few_sessions_left_make_it_give() {
        let t = [Leaf { kind: Tactics::Resource, weight: 1.0, pace: 2.0, opening: 0.0 }];
        let give = |left: f64| conceded(&t, &Look { sessions_left: left, ..look(1.0, 9.0, [0.0; 2]) });
        assert!(give(0.0) == 1.0 && give(1.0) > give(4.0));
    }
}
