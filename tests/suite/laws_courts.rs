//! A tariff in layers, each with its law: a ruling takes exactly its own, a lapse brings back exactly its own.

use summitry::internals::components::{Closed, Level, Unused};
use summitry::internals::courts::RoundsStruck;
use summitry::internals::dice::Key;
use summitry::internals::round;
use summitry::internals::setup::Setup;
use summitry::internals::trace::What;

use crate::common::{STOCKHOLM, all_metrics, column, dealt, endings, mean, metric, near, played, ready, set};

const GAMES: usize = if cfg!(debug_assertions) { 400 } else { 10_000 };
const AT_ONCE: &str = "[(after: 2, against: 1)]";

fn stages(stages: &str) -> String {
    set("calendar.Case.stages", stages)
}

fn off(switch: &str) -> String {
    set("off", format!("[\"{switch}\"]"))
}

/// The main story in which nothing happens but what courts and the truce do: it lapses in round 3.
fn bare(more: &[String]) -> Setup {
    let mut sets = vec![
        set("off", "[\"all\"]"),
        set("on", "[\"truce\", \"courts\", \"layers\"]"),
        set("parties.us.strategy.extend", "Never"),
    ];
    sets.extend_from_slice(more);
    ready(STOCKHOLM, &sets)
}

/// Where the tariff stands at the end of each of the first rounds.
fn tariff(setup: &Setup, rounds: usize) -> Vec<f64> {
    let (l, mut games) = (setup.lever("us_tariff").expect("a lever"), dealt(setup, 1, 0, 1));
    let mut step = || {
        games.step();
        column::<Level>(&games, l)[0]
    };
    (0..rounds).map(|_| step()).collect()
}

#[test]
fn what_is_not_used_changes_nothing() {
    let same = |a: &[String], b: &[String]| {
        let numbers = |sets: &[String]| {
            let games = played(&ready(STOCKHOLM, sets), 4, GAMES);
            let measured = all_metrics(&games).into_iter();
            let kept = measured.filter(|(name, _)| name != "rounds_struck");
            kept.map(|(name, lane)| (name, lane.into_iter().map(f64::to_bits).collect())).collect::<Vec<(_, Vec<_>)>>()
        };
        numbers(a) == numbers(b)
    };
    let never = stages("[(after: 2, reached: 0, against: 1)]");
    assert!(same(std::slice::from_ref(&never), &[off("courts")]), "a case that comes to nothing is no case");
    let piece = [set("calendar.Case.strikes", "[]"), set("levers.us_tariff.layers", "[]")];
    assert!(same(&piece, &[off("layers")]), "a lever of one piece is what it was");
    assert!(!same(&[], &[off("courts")]), "the story has a case, and it matters");
    assert!(!same(&[never], &[off("layers")]), "the story has layers, and they matter");
}

#[test]
fn a_lapse_brings_back_all_but_what_a_ruling_has_struck() {
    let case = |strikes: &str, list: &str| {
        tariff(&bare(&[set("calendar.Case.strikes", format!("[{strikes}]")), stages(list)]), 10)
    };
    let reversed = "[(after: 2, against: 1), (after: 4, against: 0)]";
    let none = case("\"fentanyl\"", "[(after: 2, against: 0)]");
    assert_eq!(none, [40.0, 40.0, 40.0, 145.0, 145.0, 145.0, 145.0, 145.0, 145.0, 145.0]);
    let fentanyl = case("\"fentanyl\"", reversed);
    assert_eq!(fentanyl, [40.0, 40.0, 20.0, 125.0, 125.0, 125.0, 145.0, 145.0, 145.0, 145.0]);
    let reciprocal = case("\"reciprocal\"", reversed);
    assert_eq!(reciprocal, [40.0, 40.0, 30.0, 30.0, 30.0, 30.0, 145.0, 145.0, 145.0, 145.0]);
    let both = case("\"fentanyl\", \"reciprocal\"", AT_ONCE);
    assert_eq!(both, [40.0, 40.0, 10.0, 10.0, 10.0, 10.0, 10.0, 10.0, 10.0, 10.0]);
    let stayed = case("\"fentanyl\"", "[(after: 2, against: 1, stayed: 1), (after: 4, against: 1)]");
    assert_eq!(
        stayed,
        [40.0, 40.0, 40.0, 145.0, 145.0, 145.0, 125.0, 125.0, 125.0, 125.0],
        "stayed until the next stage"
    );
}

#[test]
fn a_lapse_brings_back_what_the_truce_covers_and_no_more() {
    let at = |now: f64| tariff(&bare(&[set("levers.us_tariff.now", now), off_cases()]), 5)[4];
    assert_eq!([at(40.0), at(30.0), at(20.0), at(10.0)], [145.0, 145.0, 135.0, 125.0]);
    let whole = [set("levers.us_tariff.now", 20), off_cases(), set("levers.us_tariff.layers.1.truce", true)];
    assert_eq!(
        tariff(&bare(&whole), 5)[4],
        145.0,
        "where the truce covers fentanyl too, that comes back with the rest"
    );
}

fn off_cases() -> String {
    stages("[(after: 2, reached: 0, against: 1)]")
}

#[test]
fn nothing_brings_back_what_is_struck() {
    // Threats, replies, hawks, lapses and deals of a whole story, under a ruling against both emergency layers.
    let hard =
        [stages(AT_ONCE), set("parties.us.strategy.escalate", "[Threat(per_round: 0.3), Brink(per_round: 0.2)]")];
    let setup = ready(STOCKHOLM, &hard);
    let l = setup.lever("us_tariff").expect("a lever");
    let mut games = dealt(&setup, 6, 0, GAMES);
    for round in 0..setup.rounds {
        games.step();
        if round >= 2 {
            let (levels, closed, unused) =
                (column::<Level>(&games, l), column::<Closed>(&games, l), column::<Unused>(&games, l));
            assert!(levels.iter().all(|x| (0.0..=10.0 + 1e-9).contains(x)), "round {round}");
            assert!(closed.iter().all(|x| (x - 135.0).abs() < 1e-9), "round {round}");
            assert!(unused.iter().all(|x| (-1e-9..=135.0 + 1e-9).contains(x)), "round {round}");
        }
    }
    let lapsed = metric(&games, "us.total").len() - endings(&games).iter().filter(|e| **e == "extension_only").count();
    assert!(lapsed > GAMES / 4, "they did more than extend");
}

#[test]
fn who_strikes_under_a_ruling_strikes_with_what_is_left() {
    let setup = ready(STOCKHOLM, &[stages(AT_ONCE), set("parties.us.strategy.escalate", "[Threat(per_round: 0.3)]")]);
    let (tariff, us) = (setup.lever("us_tariff").expect("a lever"), setup.party("us"));
    let mut game = dealt(&setup, 6, 0, 1);
    game.tell(true);
    let mut blows = 0;
    for g in 0..GAMES as u64 {
        game.load(Key::of_seed(6), g);
        round::play(&mut game);
        for note in game.trace().take() {
            if let (true, What::CarriedOut { moved, .. }) = (note.round > 2 && note.party == us, note.what) {
                assert!(moved.lever != tariff || moved.from < 10.0, "{moved:?}");
                blows += 1;
            }
        }
    }
    assert!(blows > GAMES / 4, "{blows}");
}

#[test]
fn a_ruling_comes_as_often_as_its_chances_say() {
    let list = "[(after: Uniform(low: 1, high: 4), against: 0.6, stayed: 0.5), (after: 3, reached: 0.5, against: 0.4)]";
    let setup = bare(&[stages(list)]);
    let mut games = dealt(&setup, 9, 0, GAMES);
    let l = setup.lever("us_tariff").expect("a lever");
    (0..12).for_each(|_| games.step());
    let struck = column::<Closed>(&games, l).iter().filter(|x| **x > 0.0).count() as f64 / GAMES as f64;
    // In force for good: by the first court where no second one rules, or by the second.
    let law = 0.6 * 0.5 * 0.5 + 0.5 * 0.4;
    near("struck", struck, law, 4.0 * (law * (1.0 - law) / GAMES as f64).sqrt()).unwrap();
    let rounds = column::<RoundsStruck>(&games, 0);
    assert!(rounds.iter().all(|n| (0.0..=12.0).contains(n)) && rounds.iter().any(|n| (1.0..6.0).contains(n)));
}

/// A tariff that no lapse can bring back is no threat: Beijing lets the truce go more easily, Washington gets less.
#[test]
fn a_ruling_takes_leverage_away() {
    let with = |sets: &[String]| played(&ready(STOCKHOLM, sets), 3, 2 * GAMES);
    let (free, struck) = (with(&[off("courts")]), with(&[stages(AT_ONCE)]));
    let lapses = |games| {
        let rounds = metric(games, "lapse_round");
        rounds.iter().filter(|x| !x.is_nan()).count() as f64 / rounds.len() as f64
    };
    assert!(lapses(&struck) > lapses(&free) + 0.03, "{} {}", lapses(&struck), lapses(&free));
    let total = |games| mean(&metric(games, "us.total"));
    assert!(total(&struck) < total(&free), "{} {}", total(&struck), total(&free));
}
