//! What nobody knows is drawn once a world: the same games whoever plays them and however they are divided.

use summitry::internals::dice::Key;
use summitry::internals::play::Plan;
use summitry::internals::told::told;

use crate::common::{STOCKHOLM, all_metrics, batched, dealt, played_by, ready, set};

/// Some of what nobody knows: an effect, a rate, a prize, a share that starts a lane, and the middle of what is luck.
fn unknown() -> Vec<String> {
    vec![
        set("levers.us_tariff.effects.us.Prosperity.points", "Unknown(Normal(mean: -8.4, sd: 2.5))"),
        set("incidents.per_round", "Unknown(LogNormal(median: 0.04, spread: 0.5))"),
        set("prize.summit", "Unknown(Normal(mean: 0.7, sd: 0.2))"),
        set("parties.us.honesty", "Unknown(Uniform(low: 0.4, high: 1))"),
        set("goals.Dealmaker.prestige.median", "Unknown(Normal(mean: 1, sd: 0.3))"),
        set("talks.exchanges", "Unknown(Uniform(low: 4, high: 9))"),
        set("levers.us_tariff.snap", "Unknown(Normal(mean: 125, sd: 15))"), // a tenth lies outside the lever's range
    ]
}

#[test]
fn games_do_not_depend_on_who_plays_them() {
    let setup = ready(STOCKHOLM, &unknown());
    let whole = batched(&setup, 3, 700);
    for plan in [
        Plan::new(3, 700).threads(2),
        Plan { cohort: 37, ..Plan::new(3, 700).threads(2) },
        Plan { cohort: 1, ..Plan::new(3, 700).threads(1) },
    ] {
        assert_eq!(played_by(&setup, &plan), whole, "cohorts of {}", plan.cohort);
    }
    let worlds: Vec<u64> = whole.summary.worlds.keys().copied().collect();
    assert_eq!(worlds, [0, 1, 2], "700 games are of three worlds");
    let other = batched(&ready(STOCKHOLM, &[]), 3, 700);
    assert_ne!(whole.summary.digest, other.summary.digest);
    assert!(other.summary.worlds.is_empty(), "where nothing is unknown no world is kept");
}

#[test]
fn parts_that_cut_a_world_merge_to_the_whole() {
    let setup = ready(STOCKHOLM, &unknown());
    let part = |games| played_by(&setup, &Plan { games, ..Plan::new(3, 0).threads(1) }).summary;
    let whole = part(100..600);
    let mut merged = part(300..600);
    merged.merge(&part(100..256));
    merged.merge(&part(256..300));
    assert_eq!(merged, whole);
    let text = serde_json::to_string(&whole).expect("a text");
    assert_eq!(serde_json::from_str::<summitry::internals::summary::Summary>(&text).ok(), Some(whole));
}

#[test]
fn any_game_can_be_told_alone() {
    let setup = ready(STOCKHOLM, &unknown());
    let mut games = dealt(&setup, 5, 1024, 256);
    summitry::internals::round::play(&mut games);
    let lanes = all_metrics(&games);
    for game in [1024, 1234, 1279] {
        let alone = told(&setup, Key::of_seed(5), game);
        for ((metric, x), (name, lane)) in alone.metrics.iter().zip(&lanes) {
            assert_eq!(&metric.name, name);
            assert_eq!(x.to_bits(), lane[(game - 1024) as usize].to_bits(), "{name} of game {game}");
        }
    }
}

/// A law: what has no width is the number itself.
#[test]
fn without_a_width_it_is_the_number() {
    let wide = [
        ("prize.summit", "0.7", "Unknown(Normal(mean: 0.7, sd: 0))"),
        ("levers.us_tariff.effects.us.Prosperity.points", "-8.4", "Unknown(Uniform(low: -8.4, high: -8.4))"),
        ("parties.us.honesty", "0.8", "Unknown(LogNormal(median: 0.8, spread: 0))"),
        ("talks.exchanges", "6", "Unknown(Uniform(low: 5.6, high: 6.4))"),
    ];
    let of = |value: &dyn Fn(&(&str, &str, &str)) -> String| {
        let sets: Vec<String> = wide.iter().map(|one| set(one.0, value(one))).collect();
        batched(&ready(STOCKHOLM, &sets), 8, 600).summary
    };
    let (numbers, unknown) = (of(&|one| one.1.into()), of(&|one| one.2.into()));
    assert_eq!((numbers.digest, &numbers.measures), (unknown.digest, &unknown.measures));
    assert_eq!((numbers.worlds.len(), unknown.worlds.len()), (0, 3));
}

#[test]
fn a_draw_depends_on_its_path_and_its_world_alone() {
    let all = unknown();
    let prize = |sets: &[String], seed: u64, world: u64| {
        let setup = ready(STOCKHOLM, sets).of_game(Key::of_seed(seed), 256 * world).into_owned();
        setup.scenario.prize.summit.get()
    };
    let alone = &all[2..3];
    let seen: Vec<f64> = (0..20).map(|world| prize(alone, 1, world)).collect();
    assert!((0..20).all(|world| prize(&all[..6], 1, world) == seen[world as usize]));
    assert!(seen.windows(2).all(|w| w[0] != w[1]) && prize(alone, 2, 0) != seen[0]);
    let mean = seen.iter().sum::<f64>() / 20.0;
    assert!((mean - 0.7).abs() < 3.0 * 0.2 / 20.0_f64.sqrt(), "{mean}");
}

/// What the scenario does not allow is drawn again, and where hardly anything is allowed it is refused.
#[test]
fn no_world_breaks_the_rules_of_the_scenario() {
    let setup = ready(STOCKHOLM, &unknown());
    let snap = |world: u64| {
        let setup = setup.of_game(Key::of_seed(1), 256 * world).into_owned();
        setup.levers.iter().find(|lever| lever.key == "us_tariff").map(|lever| lever.snap).expect("there")
    };
    let all: Vec<f64> = (0..60).map(snap).collect();
    assert!(all.iter().all(|x| *x <= 145.0) && all.iter().any(|x| *x > 135.0), "{all:?}");
    let wide = set("levers.us_tariff.snap", "Unknown(Normal(mean: 140, sd: 200))");
    let refused = summitry::prelude::Draft::open(STOCKHOLM).sets([wide]).ready().expect_err("hardly ever allowed");
    assert!(refused.to_string().contains("worlds that were drawn are not allowed"), "{refused}");
    let switch = set("clock.breakdown", "Unknown(Normal(mean: 0, sd: 0.01))");
    let refused = summitry::prelude::Draft::open(STOCKHOLM).sets([switch]).ready().expect_err("a rule is switched");
    assert!(refused.to_string().contains("switches a rule of the game on or off"), "{refused}");
}
