//! The same seed gives the same games to the last bit: on any threads, in any cohorts, ranges and profile, told or not,
//! however the mechanisms were installed.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;

use summitry::batch::play::Plan;
use summitry::batch::summary::{Desk, Questions, Summary};
use summitry::mechanisms;
use summitry::round;
use summitry::scenario::rules::Switch;
use summitry::scenario::schema::Scenario;
use summitry::world::cohort::Games;
use summitry::world::dice::Key;
use summitry::world::setup::Setup;

use crate::common::{Lots, STOCKHOLM, batched, endings, played, played_by, ready, set};

const SEED: u64 = 2025;
const GAMES: u64 = 700;

/// Scenarios that take every road through the loop: the story, games that end early, drawn numbers, outside values.
fn scenarios() -> Vec<(&'static str, Setup)> {
    let holding = |p: &str| set(&format!("parties.{p}.strategy"), "(offer: Hold(share: Uniform(low: 0, high: 1)))");
    vec![
        ("the main story", ready(STOCKHOLM, &[])),
        ("the story, over at the first deal", ready(STOCKHOLM, &[set("clock.stop_at_deal", true)])),
        ("the story, talks may break down", ready(STOCKHOLM, &[set("clock.breakdown", 0.05)])),
        ("a neutral world", ready("scenarios/theory/neutral-world.ron", &[])),
        ("deadline", ready("scenarios/theory/deadline.ron", &[])),
        ("attrition", ready("scenarios/theory/attrition.ron", &[])),
        ("pledges", ready("scenarios/theory/pledges.ron", &[])),
        (
            "a pie that may be lost",
            ready(
                "scenarios/theory/breakdown.ron",
                &[set("clock.rounds", 30), set("clock.breakdown", 0.1), holding("a"), holding("b")],
            ),
        ),
    ]
}

fn summary(setup: &Setup, threads: usize, cohort: usize) -> Summary {
    let plan = Plan { key: Key::of_seed(SEED), games: 0..GAMES, threads, cohort };
    played_by(setup, &plan).summary
}

#[test]
fn the_sample_tells_games_apart() {
    // What follows compares digests, which would agree by chance if all games ended alike.
    let games = played(&ready(STOCKHOLM, &[]), SEED, GAMES as usize);
    let classes: BTreeSet<&str> = endings(&games).into_iter().collect();
    assert!(classes.len() >= 3, "{classes:?}");
    let digests: BTreeSet<u64> =
        scenarios().iter().map(|(_, setup)| batched(setup, SEED, GAMES).summary.digest).collect();
    assert_eq!(digests.len(), scenarios().len());
    let setup = ready(STOCKHOLM, &[]);
    assert_ne!(batched(&setup, SEED, 50).summary.digest, batched(&setup, SEED + 1, 50).summary.digest);
    assert_ne!(batched(&setup, SEED, 50).summary.digest, batched(&setup, SEED, 51).summary.digest);
    let nudged = ready(STOCKHOLM, &[set("parties.us.optimism", "Uniform(low: 0.3, high: 0.7000001)")]);
    assert_ne!(batched(&setup, SEED, 50).summary.digest, batched(&nudged, SEED, 50).summary.digest);
}

#[test]
fn check_14_threads_and_cohorts_leave_no_trace() {
    for (name, setup) in scenarios() {
        let whole = summary(&setup, 1, 1024);
        assert_eq!(whole.games, GAMES);
        for (threads, cohort) in [(2, 1024), (1, 7), (2, 7), (2, 64), (1, 1)] {
            assert!(summary(&setup, threads, cohort) == whole, "{name}: {threads} threads, cohorts of {cohort}");
        }
    }
}

#[test]
fn check_14_any_ranges_merge_to_the_whole() {
    let mut lots = Lots::new(14);
    for (name, setup) in scenarios() {
        let whole = summary(&setup, 1, 1024);
        let mut cuts: Vec<u64> = (0..5).map(|_| lots.below(GAMES as usize) as u64).chain([0, GAMES]).collect();
        cuts.sort_unstable();
        let mut parts: Vec<Summary> = cuts
            .windows(2)
            .map(|w| {
                let plan = Plan { key: Key::of_seed(SEED), games: w[0]..w[1], threads: 1, cohort: 100 };
                played_by(&setup, &plan).summary
            })
            .collect();
        lots.shuffle(&mut parts);
        let mut merged = Summary::new(&Questions::of(&setup));
        parts.iter().for_each(|part| merged.merge(part));
        assert!(merged == whole, "{name}: {cuts:?}");
        merged.merge(&parts[0]);
        assert!(merged != whole || parts[0].games == 0, "{name}: a part counted twice must show");
    }
}

#[test]
fn check_14_a_game_is_itself_in_any_order() {
    for (name, setup) in scenarios() {
        let together = played(&setup, SEED, 40);
        let mut alone = round::cohort(&setup, 1);
        for game in [31, 0, 7, 39, 7] {
            alone.load(Key::of_seed(SEED), game);
            round::play(&mut alone);
            let (one, many) = (alone.capture(0), together.capture(game as usize));
            assert_eq!(one.rows, many.rows, "{name}: game {game}");
        }
    }
}

fn digest(setup: &Setup, games: &Games) -> u64 {
    let questions = Questions::of(setup);
    let mut summary = Summary::new(&questions);
    let n = games.games();
    summary.count(games, &questions, n, &mut Desk::default()).unwrap();
    summary.digest
}

#[test]
fn telling_a_game_changes_nothing() {
    for (name, setup) in scenarios() {
        let mut told = round::cohort(&setup, 200);
        told.tell(true);
        told.load(Key::of_seed(SEED), 0);
        round::play(&mut told);
        let silent = digest(&setup, &played(&setup, SEED, 200));
        assert_eq!(digest(&setup, &told), silent, "{name}");
        assert!(name == "a neutral world" || !told.trace().take().is_empty(), "{name}: something was told");
    }
}

#[test]
fn mechanisms_may_be_installed_in_any_order() {
    let mut lots = Lots::new(4);
    for (name, setup) in scenarios() {
        let straight = digest(&setup, &played(&setup, SEED, 200));
        let mut by = mechanisms::ALL.to_vec();
        by.reverse();
        for _ in 0..3 {
            let scenario: Scenario = (*setup.scenario).clone();
            let other = round::prepare_with(scenario, &by).unwrap();
            let mut games = round::cohort_with(&other, 200, &by);
            games.load(Key::of_seed(SEED), 0);
            round::play(&mut games);
            assert_eq!(digest(&setup, &games), straight, "{name}");
            lots.shuffle(&mut by);
        }
        // The order means nothing, what is installed does.
        let scenario: Scenario = (*setup.scenario).clone();
        let fewer: Vec<_> = mechanisms::ALL
            .iter()
            .filter(|m| !matches!(m.switch, Some(Switch::Talks | Switch::Standoff)))
            .copied()
            .collect();
        let mut games = round::cohort_with(&round::prepare_with(scenario, &fewer).unwrap(), 200, &fewer);
        games.load(Key::of_seed(SEED), 0);
        round::play(&mut games);
        assert!(name == "a neutral world" || digest(&setup, &games) != straight, "{name}: without talks");
    }
}

#[test]
fn a_world_used_again_starts_afresh() {
    let setup = ready(STOCKHOLM, &[]);
    let mut games = played(&setup, SEED, 100);
    let first = digest(&setup, &games);
    for (seed, from) in [(1, 0), (SEED, 100), (SEED, 0)] {
        games.load(Key::of_seed(seed), from);
        round::play(&mut games);
        assert_eq!(digest(&setup, &games) == first, (seed, from) == (SEED, 0), "seed {seed}, from game {from}");
    }
}

#[test]
fn a_world_put_to_another_use_plays_as_a_new_one() {
    // Sweeps and tuners play many variants in one world: nothing of the last may be left in the next.
    let once = set("calendar", "[Talks(at: 3)]");
    let base = ready(STOCKHOLM, std::slice::from_ref(&once));
    let mut world = played(&base, SEED, 60);
    let frame = world.frame();
    let mut seen = BTreeSet::from([digest(&base, &world)]);
    for change in [
        set("talks.exchanges", 12),
        set("talks.exchanges", 1),
        set("parties.us.goal.date", 5),
        set("parties.cn.strategy", "(like: \"player-for-time\", model: Known)"),
        set("clock.deal_life", 20),
        set("levers.magnets.now", 0.3),
    ] {
        let variant = ready(STOCKHOLM, &[once.clone(), change.clone()]);
        let fresh = played(&variant, SEED, 60);
        if change.contains("exchanges") {
            assert_eq!(fresh.frame(), frame, "{change}: the two may share a world");
        }
        if fresh.frame() != frame {
            continue;
        }
        world.use_setup(variant.clone());
        world.load(Key::of_seed(SEED), 0);
        round::play(&mut world);
        assert_eq!(digest(&variant, &world), digest(&variant, &fresh), "{change}");
        seen.insert(digest(&variant, &fresh));
    }
    assert!(seen.len() > 4, "variants differ: {}", seen.len());
}

const GOLDEN: &str = "tests/golden/digests.txt";

#[test]
fn digests_are_those_on_record() {
    // Written by one build profile and read by the other: last bits must not hang on optimisation.
    let mut now = String::from(
        "# Digests of fixed batches, the same in every build profile. UPDATE_GOLDEN=1 cargo test writes them anew;\n\
         # a change of these is a change of the games, and CHANGELOG.md says so.\n",
    );
    for (name, setup) in scenarios() {
        let digest = batched(&setup, SEED, GAMES).summary.digest;
        writeln!(now, "{digest:016x}  {GAMES} games of seed {SEED}: {name}").unwrap();
    }
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(GOLDEN, &now).unwrap();
    }
    let on_record = fs::read_to_string(GOLDEN).unwrap_or_else(|e| panic!("{GOLDEN}: {e}; UPDATE_GOLDEN=1 writes it"));
    for (now, then) in now.lines().zip(on_record.lines()) {
        assert_eq!(now, then, "the games have changed; if that is meant, UPDATE_GOLDEN=1 cargo test");
    }
    assert_eq!(now, on_record);
}
