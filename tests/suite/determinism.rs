//! The same seed gives the same games to the last bit: on any threads, in any cohorts, ranges and profile, told or not,
//! however the mechanisms were installed.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;

use summitry::MODEL;
use summitry::internals::batch::digest;
use summitry::internals::cohort::Games;
use summitry::internals::dice::Key;
use summitry::internals::mechanisms;
use summitry::internals::play::Plan;
use summitry::internals::round;
use summitry::internals::setup::Setup;
use summitry::internals::summary::{Desk, Questions, Summary};
use summitry::parts::Switch;
use summitry::prelude::Scenario;

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
    let plan = Plan { cohort, ..Plan::new(SEED, GAMES).threads(threads) };
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
                let plan = Plan { games: w[0]..w[1], cohort: 100, ..Plan::new(SEED, 0).threads(1) };
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

/// The batches whose digest is another under the same number of the model and the same scheme.
fn changed<'a>(now: &'a str, then: &str) -> Vec<&'a str> {
    let model = |text: &'a str| text.lines().find(|line| line.starts_with("model ")).map(str::to_owned);
    let same_model = model(now).is_some_and(|model| then.lines().any(|line| line == model));
    let differs = |line: &&str| {
        let Some((digest, name)) = line.split_once("  ").filter(|(digest, _)| digest.starts_with("p2:")) else {
            return false;
        };
        let old = then.lines().filter_map(|line| line.split_once("  ")).find(|(_, own)| *own == name);
        old.is_some_and(|(old, _)| old.starts_with("p2:") && old != digest)
    };
    if same_model { now.lines().filter(differs).collect() } else { vec![] }
}

#[test]
fn a_change_of_the_games_is_seen() {
    let text =
        |model: u32, digest: &str| format!("# said\nmodel {model}\n{digest}  700 games: x\np2:1  700 games: y\n");
    assert_eq!(changed(&text(1, "p2:3"), &text(1, "p2:2")), ["p2:3  700 games: x"]);
    assert!(changed(&text(2, "p2:3"), &text(1, "p2:2")).is_empty(), "the number was raised");
    assert!(changed(&text(1, "p2:3"), &text(1, "2")).is_empty(), "another scheme");
    assert!(changed(&text(1, "p2:3"), "model 1\n").is_empty(), "a new batch");
}

/// A measure more or less changes no digest but its own.
#[test]
fn each_measure_has_its_own_digest() {
    let setup = ready(STOCKHOLM, &[]);
    let games = played(&setup, SEED, 300);
    let counted = |questions: &Questions| {
        let mut summary = Summary::new(questions);
        summary.count(&games, questions, 300, &mut Desk::default()).unwrap();
        summary
    };
    let all = Questions::of(&setup);
    let whole = counted(&all);
    let distinct: BTreeSet<u64> = whole.measures.iter().copied().collect();
    assert!(
        distinct.len() > whole.measures.len() / 2,
        "measures differ: {} of {}",
        distinct.len(),
        whole.measures.len()
    );
    let mut fewer = all.clone();
    fewer.events.remove(0);
    fewer.metrics.remove(3);
    let less = counted(&fewer);
    assert_eq!(less.digest, whole.digest);
    let (events, metrics) = (all.events.len(), all.events.len() + 3);
    let kept: Vec<u64> =
        whole.measures.iter().enumerate().filter(|(i, _)| ![0, metrics].contains(i)).map(|(_, sum)| *sum).collect();
    assert!(events > 1 && less.measures == kept);
}

#[test]
fn digests_are_those_on_record() {
    // Written by one build profile and read by the other: last bits must not hang on optimisation.
    let mut now = format!(
        "# Play digests of fixed batches, the same in every build profile, under the number of the model. A digest that\n\
         # changes is a change of the games: raise MODEL in src/model.rs and say so in CHANGELOG.md. Then, or for a new\n\
         # batch, UPDATE_GOLDEN=1 cargo test writes them anew.\nmodel {MODEL}\n",
    );
    for (name, setup) in scenarios() {
        let digest = batched(&setup, SEED, GAMES).summary.digest;
        writeln!(now, "{}  {GAMES} games of seed {SEED}: {name}", digest::play(digest)).unwrap();
    }
    let on_record = fs::read_to_string(GOLDEN).unwrap_or_default();
    let changed = changed(&now, &on_record);
    assert!(changed.is_empty(), "the games have changed: raise MODEL in src/model.rs: {changed:#?}");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(GOLDEN, &now).unwrap();
        return;
    }
    assert_eq!(now, on_record, "UPDATE_GOLDEN=1 cargo test writes {GOLDEN} anew");
}
