//! How far each side is believed: word for its pledges, resolve for its threats, two counts of what was seen.
//!
//! Each is a Beta belief with mean a / (a + b) (in the spirit of Kreps and Wilson, Journal of Economic Theory 27,
//! 1982). They start at `mean` with `weight` observations; of word, `record` of these are what is known of the type:
//! `a = mean weight + record (h - 1/2)`. `credibility` off: they stay what they were.

use bevy_ecs::prelude::*;

use crate::scenario::rules::Switch;
use crate::world::CurrentRound;
use crate::world::build::Build;
use crate::world::components::{
    Honesty, ResolveLost, ResolveLostNews, ResolveShown, ResolveShownNews, WordBroken, WordBrokenNews, WordKept,
    WordKeptNews,
};
use crate::world::lanes::{Lanes, LanesMut};
use crate::world::mechanism::Mechanism;
use crate::world::phase::Phase;
use crate::world::rows::{Party, Value, values};
use crate::world::setup::{Setup, source};

values! { Party;
    /// How far its word is believed at the start, for a middling record.
    WordMean = 0.5;
    /// How far its threats are believed at the start.
    ResolveMean = 0.5;
}

/// The rule.
pub const MECHANISM: Mechanism = Mechanism { name: "credibility", equip, install, ..Mechanism::BARE };

/// Lists start values.
fn equip(setup: &mut Setup) {
    let scenario = setup.scenario.clone();
    for (p, party) in scenario.parties.values().enumerate() {
        let label = setup.parties[p].dice.clone();
        setup.start::<WordMean>(p, source(&party.word.mean, &label, "word"));
        setup.start::<ResolveMean>(p, source(&party.resolve.mean, &label, "resolve"));
    }
}

/// The phases after which news is counted.
const AFTER: [Phase; 5] = [Phase::Deliver, Phase::Spoil, Phase::Brink, Phase::Execute, Phase::Ratify];

/// Adds the systems.
fn install(b: &mut Build) {
    b.rows::<(WordMean, ResolveMean)>();
    b.system(Phase::Brief, "credibility: where it starts", begin);
    if b.setup.is_on(Switch::Credibility) {
        for phase in AFTER {
            b.after(phase, "credibility: what was seen is counted", count);
        }
    }
}

#[derive(bevy_ecs::system::SystemParam)]
struct Counts<'w, 's> {
    kept: LanesMut<'w, 's, WordKept>,
    broken: LanesMut<'w, 's, WordBroken>,
    shown: LanesMut<'w, 's, ResolveShown>,
    lost: LanesMut<'w, 's, ResolveLost>,
}

fn begin(
    clock: Res<CurrentRound>,
    setup: Res<Setup>,
    word: Lanes<WordMean>,
    resolve: Lanes<ResolveMean>,
    honesty: Lanes<Honesty>,
    mut counts: Counts,
) {
    if clock.round > 0 {
        return;
    }
    for (p, party) in setup.scenario.parties.values().enumerate() {
        let (weight, record) = (party.word.weight.get(), party.word.record.get());
        for (g, h) in honesty.lane(p).iter().enumerate() {
            let (a, b) = start(word.at(p, g).0, weight, record, h.0);
            counts.kept.at(p, g).0 = a;
            counts.broken.at(p, g).0 = b;
            let (a, b) = start(resolve.at(p, g).0, party.resolve.weight.get(), 0.0, 0.5);
            counts.shown.at(p, g).0 = a;
            counts.lost.at(p, g).0 = b;
        }
    }
}

/// The counts at the start: kept and broken, with the record of a type of honesty `h`.
pub fn start(mean: f64, weight: f64, record: f64, h: f64) -> (f64, f64) {
    let a = (mean * weight + record * (h - 0.5)).clamp(0.0, weight);
    if weight > 0.0 { (a, weight - a) } else { (0.5, 0.5) }
}

#[derive(bevy_ecs::system::SystemParam)]
struct News<'w, 's> {
    kept: LanesMut<'w, 's, WordKeptNews>,
    broken: LanesMut<'w, 's, WordBrokenNews>,
    shown: LanesMut<'w, 's, ResolveShownNews>,
    lost: LanesMut<'w, 's, ResolveLostNews>,
}

fn count(mut counts: Counts, mut news: News) {
    fold(counts.kept.all(), news.kept.all());
    fold(counts.broken.all(), news.broken.all());
    fold(counts.shown.all(), news.shown.all());
    fold(counts.lost.all(), news.lost.all());
}

fn fold<A: Value, B: Value>(counts: &mut [A], news: &mut [B]) {
    for (count, news) in counts.iter_mut().zip(news) {
        *count = A::from_number(count.number() + news.number());
        *news = B::from_number(0.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::maths::believed;

    #[test]
    fn an_honest_type_starts_with_a_better_word() {
        // China before Stockholm: .7 kept and 2.3 broken, and one observation of its type.
        let (a, b) = start(0.3, 4.0, 1.0, 0.5);
        assert!((a - 1.2).abs() < 1e-12 && (b - 2.8).abs() < 1e-12);
        assert!(start(0.3, 4.0, 1.0, 0.8).0 > a && start(0.3, 4.0, 1.0, 0.0).0 < a);
        assert_eq!(start(0.0, 4.0, 1.0, 0.0), (0.0, 4.0));
    }

    #[test]
    fn reviews_move_it_toward_what_is_delivered() {
        let after = |f: f64, n: i32| {
            let (mut a, mut b) = start(0.3, 4.0, 0.0, 0.5);
            let mut last = believed(a, b);
            for _ in 0..n {
                (a, b) = (a + 0.5 * f, b + 0.5 * (1.0 - f));
                let now = believed(a, b);
                assert!(if f == 1.0 { now > last } else { now < last });
                last = now;
            }
            last
        };
        assert!((after(1.0, 40) - (1.2 + 20.0) / (4.0 + 20.0)).abs() < 1e-12);
        assert!(after(1.0, 4000) > 0.99 && after(0.0, 4000) < 0.01);
    }
}
