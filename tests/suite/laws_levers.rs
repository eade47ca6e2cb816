//! What levers do: tariffs hurt, the frontier is efficient, dependence erodes, and nothing comes of nothing.

use summitry::internals::components::{Level, Resilience, Total};
use summitry::internals::components::{TotalPolitics, TotalProsperity, TotalSecurity};
use summitry::internals::frontier::Frontier;
use summitry::internals::orders::{Ask, At, Order, Orders};
use summitry::internals::round;
use summitry::internals::rows::Value;
use summitry::internals::setup::{Setup, shape_at};
use summitry::internals::values::{GRID, Points};
use summitry::parts::Shape;

use crate::common::{Lots, STOCKHOLM, column, dealt, near, numbers, played, ready, set};

const NEUTRAL: &str = "scenarios/theory/neutral-world.ron";

/// Consumer loss less revenue of a tariff at elasticity 2, summed along the demand curve.
fn loss_less_revenue(tau: f64) -> f64 {
    let n = 20_000;
    let step = tau / f64::from(n);
    let at = |i: i32| 1.0 + tau * (f64::from(i) + 0.5) / f64::from(n);
    let loss: f64 = (0..n).map(|i| step / (at(i) * at(i))).sum();
    loss - tau / ((1.0 + tau) * (1.0 + tau))
}

#[test]
fn check_10_a_tariff_costs_its_own_side_loss_less_revenue() {
    for rate in [5.0, 40.0, 100.0, 145.0] {
        let law = loss_less_revenue(rate / 100.0);
        near("dead weight", shape_at(Shape::Dead, rate, 0.0, 145.0), law, 1e-6).unwrap();
        assert!(near("dead weight", shape_at(Shape::Lost, rate, 0.0, 145.0), law, 1e-6).is_err());
    }
}

#[test]
fn check_10_and_both_shapes_rise_with_the_rate() {
    let rises = |shape: Shape| {
        let at = |rate: i32| shape_at(shape, f64::from(rate) / 4.0, 0.0, 145.0);
        (0..4 * 145).all(|rate| at(rate) < at(rate + 1))
    };
    assert!(rises(Shape::Dead) && rises(Shape::Lost));
    assert!(!rises(Shape::Hump) && !rises(Shape::Rest), "not every shape does");
}

/// What the target of a lever gets each week while its holder tightens it by a big move a round, week after week.
fn weeks_of_pressure(setup: &Setup, lever: usize, weeks: u32, order: impl Fn(usize) -> Order) -> Vec<Vec<f64>> {
    let holder = setup.levers[lever].holder;
    let mut orders = Orders::new([true; 2], [false; 2]);
    for round in 0..weeks {
        for party in 0..2 {
            let what = if party == holder { order(lever) } else { Order::Wait };
            orders.file(At { round, party, ask: Ask::Move }, what);
        }
    }
    let mut games = dealt(setup, 10, 0, 50);
    games.take_orders(orders);
    let mut totals = vec![vec![0.0; 50]];
    for _ in 0..weeks {
        games.step();
        totals.push(column::<Total>(&games, 1 - holder));
    }
    let weeks = totals.windows(2);
    weeks.map(|w| w[1].iter().zip(&w[0]).map(|(now, before)| now - before).collect()).collect()
}

#[test]
fn check_10_every_hostile_lever_hurts_its_target_the_more_the_further_it_goes() {
    let sets = [
        set("on", "[\"escalate\", \"factions\", \"time_on_side\"]"),
        set("parties.us.goal.patience", 1),
        set("parties.cn.goal.patience", 1),
        set("parties.us.resilience.growth", 0),
        set("parties.cn.resilience.growth", 0),
        set("parties.us.strategy.escalate", "[]"),
        set("parties.cn.strategy.escalate", "[]"),
    ];
    let setup = ready(NEUTRAL, &sets);
    let hostile: Vec<usize> = (0..setup.levers.len()).filter(|l| setup.levers[*l].hostile).collect();
    assert_eq!(hostile.len(), 4, "two each");
    let falls = |weeks: &[Vec<f64>]| {
        let all_lose = weeks[0].iter().all(|x| *x < 0.0);
        all_lose && weeks.windows(2).all(|w| w[0].iter().zip(&w[1]).all(|(before, now)| now < before))
    };
    for l in hostile {
        let lever = &setup.levers[l];
        let room = if lever.opens > 0.0 { lever.now - lever.low } else { lever.high - lever.now };
        let weeks = (room / lever.step).ceil() as u32;
        assert!(weeks > 1, "{}", lever.key);
        assert!(falls(&weeks_of_pressure(&setup, l, weeks, |l| Order::Tighten(l, 1.0))), "{}", lever.key);
        assert!(!falls(&weeks_of_pressure(&setup, l, weeks, |l| Order::Ease(l, 1.0))), "easing {}", lever.key);
    }
}

fn package(table: &[Points], at: [usize; 4]) -> f64 {
    table.iter().zip(at).map(|(points, j)| points[j]).sum()
}

fn packages() -> impl Iterator<Item = [usize; 4]> {
    (0..GRID * GRID * GRID * GRID).map(|i| [i % GRID, i / GRID % GRID, i / GRID / GRID % GRID, i / GRID / GRID / GRID])
}

/// How far brute force over all packages beats a frontier, at worst, and how far the frontier promises more than the
/// package it stands for.
fn shortfall(mine: &[Points], yours: &[Points], frontier: &Frontier) -> f64 {
    let all: Vec<(f64, f64)> = packages().map(|at| (package(mine, at), package(yours, at))).collect();
    let most = all.iter().map(|p| p.1).fold(f64::MIN, f64::max);
    let (least, end) = (frontier.other[0], *frontier.other.last().expect("a frontier has a start"));
    let mut worst = (most - end).abs();
    for i in 0..=40 {
        let wanted = (least + (most - least) * f64::from(i) / 40.0).min(end);
        let best = all.iter().filter(|p| p.1 >= wanted).map(|p| p.0).fold(f64::MIN, f64::max);
        worst = worst.max(frontier.own_when(wanted).map_or(f64::INFINITY, |own| best - own));
    }
    let mut positions = vec![];
    for whole in 0..frontier.own.len() {
        frontier.positions(summitry::internals::frontier::Point { whole, part: 0.0 }, &mut positions);
        let at = [0, 1, 2, 3].map(|l: usize| positions[l] as usize);
        worst = worst.max((frontier.own[whole] - package(mine, at)).abs());
        worst = worst.max((frontier.other[whole] - package(yours, at)).abs());
    }
    worst
}

#[test]
fn check_12_no_package_beats_the_frontier() {
    let mut lots = Lots::new(12);
    let shapes = [Shape::Lin, Shape::Rest, Shape::Root, Shape::Hump, Shape::Dead, Shape::Lost];
    let mut spoiled = 0;
    for i in 0..400 {
        let mut table = || -> Vec<Points> {
            (0..4)
                .map(|_| {
                    if i % 2 == 0 {
                        return std::array::from_fn(|_| lots.between(-3.0, 3.0)); // any values at all
                    }
                    let effects: Vec<(f64, Shape)> =
                        (0..3).map(|_| (lots.between(-3.0, 3.0), lots.one_of(&shapes))).collect();
                    std::array::from_fn(|j| {
                        let x = 100.0 * j.min(GRID - 1) as f64 / (GRID - 1) as f64;
                        effects.iter().map(|(c, shape)| c * shape_at(*shape, x, 0.0, 100.0)).sum()
                    })
                })
                .collect()
        };
        let (mine, yours) = (table(), table());
        let mut frontier = Frontier::default();
        frontier.trace(&mine, &yours, &[false; 4]);
        let worst = shortfall(&mine, &yours, &frontier);
        assert!(worst < 1e-6, "table {i}: brute force is better by {worst}");
        frontier.runs.reverse(); // concede the dearest first
        let (mut own, mut other) = (frontier.own[0], frontier.other[0]);
        for (k, run) in frontier.runs.iter().enumerate() {
            let ((from, to), l) = (run.ends(), run.lever());
            own += mine[l][to] - mine[l][from];
            other += yours[l][to] - yours[l][from];
            (frontier.own[k + 1], frontier.other[k + 1]) = (own, other);
        }
        spoiled += usize::from(shortfall(&mine, &yours, &frontier) > 1e-3);
    }
    assert!(spoiled > 350, "conceding in another order is worse: {spoiled} of 400");
}

#[test]
fn check_12_straight_levers_need_no_grid() {
    let mut lots = Lots::new(112);
    for _ in 0..200 {
        let mut line = || -> Vec<Points> {
            (0..4)
                .map(|_| {
                    let slope = lots.between(-2.0, 2.0);
                    std::array::from_fn(|j| slope * (j.min(GRID - 1) as f64 - 2.0))
                })
                .collect()
        };
        let (mine, yours) = (line(), line());
        let (mut straight, mut hull) = (Frontier::default(), Frontier::default());
        straight.trace(&mine, &yours, &[true; 4]);
        hull.trace(&mine, &yours, &[false; 4]);
        assert!(shortfall(&mine, &yours, &straight) < 1e-6);
        let ends = |f: &Frontier| [f.own[0], f.other[0], *f.own.last().unwrap(), *f.other.last().unwrap()];
        assert!(ends(&straight).iter().zip(ends(&hull)).all(|(a, b)| (a - b).abs() < 1e-9));
    }
}

fn power(x: f64, n: u32) -> f64 {
    (0..n).fold(1.0, |product, _| product * x)
}

#[test]
fn check_13_resilience_has_a_closed_form() {
    let mut lots = Lots::new(13);
    for _ in 0..20 {
        let (start, growth, boost) = (lots.unit(), lots.between(0.0, 0.1), lots.between(0.0, 2.0));
        let sets = [
            set("on", "[\"time_on_side\"]"),
            set("parties.cn.resilience.start", start),
            set("parties.cn.resilience.growth", growth),
            set("parties.cn.resilience.boosts", format!("[(lever: \"chip_access\", per_unit: {boost})]")),
        ];
        let setup = ready(NEUTRAL, &sets);
        let (cn, chips) = (setup.party("cn").unwrap(), setup.levers[setup.lever("chip_access").unwrap()].now);
        let mut games = dealt(&setup, 1, 0, 2);
        for n in 1..=26 {
            games.step();
            let stock = column::<Resilience>(&games, cn)[1];
            let law = 1.0 - (1.0 - start) * power(1.0 - growth * (1.0 + boost * chips), n);
            near("resilience", stock, law, 1e-12).unwrap();
            let unboosted = 1.0 - (1.0 - start) * power(1.0 - growth, n);
            if boost * growth * (1.0 - start) > 0.001 {
                assert!(near("resilience", stock, unboosted, 1e-12).is_err(), "the boost must count");
            }
        }
    }
}

/// Every total of every game is exactly nothing, and the levers stand where they stood.
fn nothing_happened(setup: &Setup) -> bool {
    let games = played(setup, 18, 200);
    let totals = [Total::COLUMN, TotalProsperity::COLUMN, TotalSecurity::COLUMN, TotalPolitics::COLUMN];
    let mut all: Vec<f64> = vec![];
    for points in totals {
        all.extend((0..2).flat_map(|p| numbers(&games, points, p)));
    }
    let still = (0..setup.levers.len()).all(|l| column::<Level>(&games, l).iter().all(|x| *x == setup.levers[l].now));
    all.len() == 4 * 2 * 200 && all.iter().all(|x| *x == 0.0) && still
}

#[test]
fn check_18_in_a_neutral_world_every_total_is_exactly_nothing() {
    assert!(nothing_happened(&ready(NEUTRAL, &[])));
    // Mechanisms that move no lever and pay nothing leave it so.
    let idle =
        set("on", "[\"factions\", \"thirds\", \"overcapacity\", \"time_on_side\", \"incidents\", \"credibility\"]");
    assert!(nothing_happened(&ready(NEUTRAL, &[idle])));
    for lively in ["talks", "escalate", "truce", "courts\", \"layers"] {
        let on = set("on", format!("[\"{lively}\"]"));
        assert!(!nothing_happened(&ready(NEUTRAL, &[on])), "{lively} does something");
    }
    assert!(!nothing_happened(&ready(NEUTRAL, &[set("on", "[\"spoilers\", \"factions\"]")])));
    assert!(!nothing_happened(&ready(STOCKHOLM, &[])));
}

#[test]
fn an_order_moves_a_lever_within_its_range_only() {
    let sets = [
        set("on", "[\"escalate\"]"),
        set("parties.us.strategy.escalate", "[]"),
        set("parties.cn.strategy.escalate", "[]"),
    ];
    let setup = ready(NEUTRAL, &sets);
    let tariff = setup.lever("us_tariff").unwrap();
    let us = setup.party("us").unwrap();
    let mut orders = Orders::new([true; 2], [false; 2]);
    for round in 0..26 {
        orders.file(At { round, party: us, ask: Ask::Move }, Order::Tighten(tariff, 5.0));
        orders.file(At { round, party: 1 - us, ask: Ask::Move }, Order::Wait);
    }
    let mut games = dealt(&setup, 1, 0, 3);
    games.take_orders(orders);
    games.step();
    assert_eq!(column::<Level>(&games, tariff), [60.0; 3], "one big move at most");
    round::play(&mut games);
    assert_eq!(column::<Level>(&games, tariff), [145.0; 3]);
}
