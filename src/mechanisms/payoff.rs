//! What the levers pay each side, week by week, on three dimensions.
//!
//! `v_p = sum over effects of p: w_dim coef bite [shape(x_l) - shape(x_l at the truce)]` (points a week), discounted by
//! patience^t into the totals. bite is 1 for one's own levers, `1 - offset_l S_p` for the other's, less the leak. So
//! the truce's levels are worth 0 by construction.

use bevy_ecs::prelude::*;
use bevy_ecs::system::SystemParam;

use crate::codes::Coded;
use crate::scenario::rules::Switch;
use crate::world::CurrentRound;
use crate::world::build::Build;
use crate::world::components::{
    Agreed, GovPolitics, GovProsperity, GovSecurity, Initialled, Leak, Level, Over, Patience, Resilience, Stage, Total,
    TotalPolitics, TotalProsperity, TotalSecurity,
};
use crate::world::lanes::{Lanes, LanesMut};
use crate::world::maths::{annuity, power};
use crate::world::mechanism::Mechanism;
use crate::world::phase::Phase;
use crate::world::rows::{Party, Value, values};
use crate::world::setup::{NOBODY, Setup, shape_at, source};

values! { Party;
    /// What a point this round counts in the total.
    Discount = 1.0;
}

/// The rule.
pub const MECHANISM: Mechanism = Mechanism { name: "payoff", equip, install, ..Mechanism::BARE };

/// Lists start values: a government's weights are its leader's until factions have their say.
fn equip(setup: &mut Setup) {
    for p in 0..2 {
        let (goal, label) = (setup.parties[p].goal.clone(), setup.parties[p].dice.clone());
        setup.start::<GovProsperity>(p, source(&goal.prosperity, &label, "prosperity"));
        setup.start::<GovSecurity>(p, source(&goal.security, &label, "security"));
        setup.start::<GovPolitics>(p, source(&goal.politics, &label, "politics"));
    }
}

/// Adds the system.
fn install(b: &mut Build) {
    b.rows::<(Discount,)>();
    if b.setup.levers.iter().any(|l| !l.pie) {
        b.system(Phase::Pay, "payoff: levers pay out", pay);
    }
    if b.setup.levers.iter().any(|l| l.pie) && b.setup.is_on(Switch::Talks) {
        b.system(Phase::Share, "payoff: a pie is shared out", share_out);
    }
}

/// A pie is worth what its package was worth at signing, once.
fn share_out(
    setup: Res<Setup>,
    clock: Res<CurrentRound>,
    initialled: Lanes<Initialled>,
    agreed: Lanes<Agreed>,
    patience: Lanes<Patience>,
    weights: Weights,
    mut total: LanesMut<Total>,
) {
    for (g, _) in initialled.lane(0).iter().enumerate().filter(|(_, stage)| stage.is(Stage::Ratified)) {
        for (p, party) in setup.parties.iter().enumerate() {
            let w = [weights.prosperity.at(p, g).0, weights.security.at(p, g).0, weights.politics.at(p, g).0];
            let patience = patience.at(p, g).0;
            let worth: f64 = party
                .effects
                .iter()
                .filter(|e| setup.levers[e.lever].pie && agreed.at(e.lever, g).is_set())
                .map(|e| {
                    let lever = &setup.levers[e.lever];
                    let x = agreed.at(e.lever, g).0;
                    w[e.dimension] * e.points * shape_at(setup.shapes[e.shape].shape, x, lever.low, lever.high)
                })
                .sum();
            total.at(p, g).0 += worth * annuity(patience, setup.deal_life) * power(patience, clock.round);
        }
    }
}

#[derive(SystemParam)]
struct Weights<'w, 's> {
    prosperity: Lanes<'w, 's, GovProsperity>,
    security: Lanes<'w, 's, GovSecurity>,
    politics: Lanes<'w, 's, GovPolitics>,
}

#[derive(SystemParam)]
struct Totals<'w, 's> {
    all: LanesMut<'w, 's, Total>,
    prosperity: LanesMut<'w, 's, TotalProsperity>,
    security: LanesMut<'w, 's, TotalSecurity>,
    politics: LanesMut<'w, 's, TotalPolitics>,
    discount: LanesMut<'w, 's, Discount>,
}

/// Sums of one cohort and round, kept as room to work in.
#[derive(Default)]
struct Sums {
    shape: Vec<f64>,
    bite: Vec<f64>,
    dims: [Vec<f64>; 3],
}

#[allow(clippy::too_many_arguments)]
fn pay(
    setup: Res<Setup>,
    clock: Res<CurrentRound>,
    level: Lanes<Level>,
    leak: Lanes<Leak>,
    over: Lanes<Over>,
    resilience: Lanes<Resilience>,
    patience: Lanes<Patience>,
    weights: Weights,
    mut totals: Totals,
    mut sums: Local<[Sums; 2]>,
) {
    let n = over.lane(0).len();
    for sums in sums.iter_mut() {
        sums.shape.resize(n, 0.0);
        sums.bite.resize(n, 0.0);
        for d in &mut sums.dims {
            d.clear();
            d.resize(n, 0.0);
        }
    }
    let mut cursor = [0, 0];
    for (l, lever) in setup.levers.iter().enumerate() {
        let effects = [0, 1].map(|p: usize| {
            let all = &setup.parties[p].effects;
            let first = cursor[p];
            while cursor[p] < all.len() && all[cursor[p]].lever == l {
                cursor[p] += 1;
            }
            &all[first..cursor[p]]
        });
        if lever.pie || level.lane(l).iter().all(|x| x.0 == lever.now) {
            continue;
        }
        for p in 0..2 {
            bites(
                lever.holder == p || lever.holder == NOBODY,
                lever,
                resilience.lane(p),
                leak.lane(0),
                &mut sums[p].bite,
            );
        }
        for s in lever.shapes.clone() {
            let shape = &setup.shapes[s];
            let (first, _) = sums.split_at_mut(1);
            let mut shaped = std::mem::take(&mut first[0].shape);
            for (y, x) in shaped.iter_mut().zip(level.lane(l)) {
                *y = shape_at(shape.shape, x.0, lever.low, lever.high) - shape.at_now;
            }
            for p in 0..2 {
                for e in effects[p].iter().filter(|e| e.shape == s) {
                    let Sums { bite, dims, .. } = &mut sums[p];
                    for (d, (y, b)) in dims[e.dimension].iter_mut().zip(shaped.iter().zip(bite.iter())) {
                        *d += e.points * y * b;
                    }
                }
            }
            sums[0].shape = shaped;
        }
    }
    for (p, sums) in sums.iter_mut().enumerate() {
        let rows = totals.discount.lane(p).iter_mut().zip(patience.lane(p)).zip(over.lane(0));
        for (counts, ((discount, patience), over)) in sums.bite.iter_mut().zip(rows) {
            discount.0 *= if clock.round > 0 { patience.0 } else { 1.0 };
            *counts = discount.0 * (1.0 - over.0);
        }
        totals.add(p, sums, &weights);
    }
}

impl Totals<'_, '_> {
    /// Adds a round's sums of party p, each weighted by what it counts for (in the place of the bite).
    fn add(&mut self, p: usize, Sums { dims: [a, b, c], bite: counts, .. }: &mut Sums, weights: &Weights) {
        weigh(a, weights.prosperity.lane(p), counts, |w| w.0);
        weigh(b, weights.security.lane(p), counts, |w| w.0);
        weigh(c, weights.politics.lane(p), counts, |w| w.0);
        for (total, x) in self.prosperity.lane(p).iter_mut().zip(a.iter()) {
            total.0 += x;
        }
        for (total, x) in self.security.lane(p).iter_mut().zip(b.iter()) {
            total.0 += x;
        }
        for (total, x) in self.politics.lane(p).iter_mut().zip(c.iter()) {
            total.0 += x;
        }
        for (total, ((a, b), c)) in self.all.lane(p).iter_mut().zip(a.iter().zip(b.iter()).zip(c.iter())) {
            total.0 += a + b + c;
        }
    }
}

/// Points by one dimension, weighted and discounted.
#[inline]
fn weigh<W>(points: &mut [f64], weights: &[W], counts: &[f64], of: impl Fn(&W) -> f64) {
    for (x, (w, counts)) in points.iter_mut().zip(weights.iter().zip(counts)) {
        *x *= of(w) * counts;
    }
}

/// How much of a lever's bite is felt in each game.
fn bites(
    own: bool,
    lever: &crate::world::setup::LeverSetup,
    resilience: &[Resilience],
    leak: &[Leak],
    out: &mut [f64],
) {
    if own {
        out.fill(1.0);
        return;
    }
    for (b, s) in out.iter_mut().zip(resilience) {
        *b = 1.0 - lever.offset * s.0;
    }
    if lever.leaks {
        for (b, leak) in out.iter_mut().zip(leak) {
            *b *= 1.0 - leak.0;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::scenario::schema::Shape;
    use crate::world::setup::shape_at;

    #[test]
    fn a_tariff_costs_its_own_side_consumer_loss_less_revenue() {
        let (n, tau) = (20_000, 0.4_f64);
        let loss: f64 = (0..n)
            .map(|i| {
                let price = 1.0 + tau * (f64::from(i) + 0.5) / f64::from(n);
                tau / f64::from(n) / (price * price)
            })
            .sum();
        let revenue = tau / (1.0 + tau) / (1.0 + tau);
        assert!((shape_at(Shape::Dead, 40.0, 0.0, 145.0) - (loss - revenue)).abs() < 1e-6);
    }

    #[test]
    fn tariffs_hurt_more_the_higher_they_are() {
        for shape in [Shape::Dead, Shape::Lost] {
            let at = |rate: i32| shape_at(shape, f64::from(rate) / 2.0, 0.0, 145.0);
            assert!((0..290).all(|rate| at(rate) < at(rate + 1)), "{shape:?}");
        }
    }

    #[test]
    fn a_little_toughness_pays_a_lot_does_not() {
        let at = |z: f64| shape_at(Shape::Hump, z, 0.0, 1.0);
        assert!(at(0.3) > at(0.0) && at(1.0) < at(0.3));
    }
}
