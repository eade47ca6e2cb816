//! Every strategy passes the same battery, and has a table of its moves against a scripted opponent.

use std::fmt::Write;

use summitry::internals::cohort::Games;
use summitry::internals::dice::Key;
use summitry::internals::disk;
use summitry::internals::play::{Plan, Watch, batch};
use summitry::internals::presets::FILES;
use summitry::internals::round;
use summitry::internals::setup::Setup;
use summitry::internals::tournament::{Entrant, Study};
use summitry::internals::trace::{Note, What};
use summitry::prelude::Draft;

const STORY: &str = "scenarios/stockholm-2025.ron";

/// A patient opponent who comes down by equal steps, signs nothing and does nothing between sessions.
const SCRIPT: &str = "(offer: Time(exponent: 1), accept: Above(points: 1000), escalate: [Never], extend: Always, \
    pledge: Honest, model: Known)";

fn seated(us: &str, cn: &str, sets: &[&str]) -> Setup {
    let draft = Draft::open(STORY).seat("us", us).seat("cn", cn).sets(sets.iter().copied());
    let ready = draft.ready().unwrap_or_else(|problems| panic!("{us}: {problems}"));
    summitry::internals::setup_of(&ready).clone()
}

/// The notes of one game.
fn told(setup: &Setup, game: u64) -> Vec<Note> {
    let mut games = round::cohort(setup, 1);
    games.tell(true);
    games.load(Key::of_seed(11), game);
    round::play(&mut games);
    games.trace().take()
}

fn names() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|(name, _)| *name)
}

#[test]
fn the_same_seed_makes_the_same_moves() {
    for name in names() {
        let setup = seated(name, "player-for-time", &[]);
        assert_eq!(told(&setup, 5), told(&setup, 5), "{name}");
    }
}

#[test]
fn threads_and_cohorts_change_no_move() {
    for name in names() {
        let setup = seated(name, "deal-seeker", &[]);
        let play = |threads: usize, cohort: usize| {
            let mut plan = Plan::new(3, 60).threads(threads);
            plan.cohort = cohort;
            batch(&setup, &plan, &Watch::default()).unwrap_or_else(|e| panic!("{name}: {e}")).summary
        };
        assert_eq!(play(1, 60), play(2, 7), "{name}");
    }
}

/// Offers stay within reach, and nobody signs below what waiting is worth or at a loss.
#[test]
fn offers_are_within_reach_and_no_deal_is_below_the_reserve() {
    let mut signed = 0;
    for name in names() {
        for (us, cn) in [(name, "linear"), ("conceder", name)] {
            let setup = seated(us, cn, &[]);
            for game in 0..8 {
                let mut reserve = [f64::NEG_INFINITY; 2];
                for note in told(&setup, game) {
                    match note.what {
                        What::Session { reserve: r, .. } => reserve = r,
                        What::Offer { package, .. } => {
                            for m in package {
                                let l = &setup.levers[m.lever];
                                // a lever that a strike or a court has moved out of reach may stay or come back
                                let (low, high) = (l.reach_low.min(m.from), l.reach_high.max(m.from));
                                let inside = (low - 1e-9..=high + 1e-9).contains(&m.to);
                                assert!(inside, "{name}, game {game}: {} to {}", l.key, m.to);
                            }
                        }
                        What::Initialled { worth, .. } => {
                            signed += 1;
                            for p in 0..2 {
                                let fine = worth[p] >= reserve[p] - 1e-9 && worth[p] >= -1e-9;
                                assert!(fine, "{name}, game {game}: {worth:?} for {reserve:?}");
                            }
                        }
                        _ => {}
                    }
                }
            }
        }
    }
    assert!(signed > 50, "{signed} deals were looked at");
}

/// All of them against all of them, a few games each.
#[test]
fn every_strategy_plays_every_other() {
    let mut loaded = summitry::internals::loaded_of(&super::ready(STORY, &[])).clone();
    let entrants: Vec<Entrant> = names()
        .map(|name| {
            let file = format!("scenarios/strategies/{name}.ron");
            let tree = summitry::internals::strategy_file::tree_of(&file, "a test", &disk::open, &mut loaded.sources);
            Entrant { name: name.into(), tree: tree.expect("in order"), asked: true }
        })
        .collect();
    let study = Study::of(&loaded, &entrants).unwrap_or_else(|e| panic!("{e}"));
    let run = |threads: usize| study.run(&Plan::new(1, 6).threads(threads), &Watch::default()).expect("played");
    let answer = run(1).expect("two games of each");
    assert_eq!(Some(&answer), run(2).as_ref(), "threads change nothing");
    assert_eq!(answer.games, 6);
    assert!(answer.payoffs.iter().flatten().flatten().all(|p| p.mean.is_finite()));
    // the cell of two strategies is their own batch
    let us = study.parties.iter().position(|(key, _)| key == "us").expect("us plays");
    let at = |name: &str| study.names.iter().position(|n| n == name).expect("takes part");
    let summary = batch(&seated("boulware", "grit", &[]), &Plan::new(1, 6), &Watch::default()).expect("played").summary;
    let questions = summitry::internals::summary::Questions::of(&seated("boulware", "grit", &[]));
    let total = questions.metrics.iter().position(|m| m.name == "us.total").expect("a total");
    let alone = summary.metrics[total].mean().expect("games");
    assert!((answer.payoffs[us][at("boulware")][at("grit")].mean - alone).abs() < 1e-8);
}

/// Each scenario's tables are those of a run of its own; the ranking over all is of those that play in all.
#[test]
fn several_scenarios_are_played_and_pooled() {
    let tournament = |scenarios: &[&str], exit: i32| -> serde_json::Value {
        let mut command = assert_cmd::Command::cargo_bin("summitry").expect("the program is built");
        command.current_dir(env!("CARGO_MANIFEST_DIR")).arg("tournament").args(scenarios);
        command.args(["--strategies", "boulware,conceder,hardliner", "--games", "40", "--seed", "2"]);
        let done = command.args(["--format", "json"]).output().expect("it runs");
        assert_eq!(done.status.code(), Some(exit), "{}", String::from_utf8_lossy(&done.stderr));
        if exit == 0 { serde_json::from_slice(&done.stdout).expect("one document") } else { serde_json::Value::Null }
    };
    let theory = "scenarios/theory/time-tactics.ron";
    let (mut story, mut other, both) =
        (tournament(&[STORY], 0), tournament(&[theory], 0), tournament(&[STORY, theory], 0));
    assert_eq!(both["schema"], "summitry.tournaments/1");
    for one in [&mut story, &mut other] {
        let fields = one.as_object_mut().expect("a document");
        assert_eq!(fields.remove("model"), Some(both["model"].clone()));
        assert!(fields.remove("made").is_some());
    }
    assert_eq!((&both["scenarios"][0], &both["scenarios"][1]), (&story, &other));
    let pooled = both["pooled"].as_array().expect("a ranking");
    let mut ranks: Vec<u64> = pooled.iter().filter_map(|one| one["rank"].as_u64()).collect();
    ranks.sort_unstable();
    assert_eq!(ranks, [1, 2, 3]);
    let sum: f64 = pooled.iter().filter_map(|one| one["score"].as_f64()).sum();
    assert!(sum.abs() < 1e-9, "scores are measured from their mean");
    // the pooled score, by hand
    let score = |strategy: usize| {
        let places = [&story, &other].map(|one| {
            [0, 1].map(|side: usize| {
                let means: Vec<f64> =
                    (0..3).filter_map(|i| one["sides"][side]["standings"][i]["mean"].as_f64()).collect();
                let middle = means.iter().sum::<f64>() / 3.0;
                let spread = (means.iter().map(|x| (x - middle) * (x - middle)).sum::<f64>() / 3.0).sqrt();
                (means[strategy] - middle) / spread
            })
        });
        places.iter().flatten().sum::<f64>() / 4.0
    };
    for (i, one) in pooled.iter().enumerate() {
        assert!((one["score"].as_f64().expect("a number") - score(i)).abs() < 1e-6, "{one}: {}", score(i));
        assert!(one["se"].as_f64().is_some_and(|se| se > 0.0));
    }
    // head to head: what one wins of another, the other loses; the mean of both sides
    let (duel, sides) = (&story["head_to_head"], &story["sides"]);
    let payoff = |side: usize, i: usize, j: usize| sides[side]["payoff"][i][j].as_f64().expect("a payoff");
    let margin = |i: usize, j: usize| 0.5 * (payoff(0, i, j) - payoff(0, j, i) + payoff(1, i, j) - payoff(1, j, i));
    for (i, j) in [(0, 1), (1, 2), (2, 0)] {
        let said = duel[i][j].as_f64().expect("a margin");
        assert!((said - margin(i, j)).abs() < 1e-6 && said == -duel[j][i].as_f64().expect("a margin"));
    }
    tournament(&[STORY, "scenarios/no-such-file.ron"], 2);
}

/// A name and its file are the same strategy.
#[test]
fn a_file_plays_as_its_name() {
    let digest = |us: &str| {
        let plan = Plan::new(2, 40);
        batch(&seated(us, "player-for-time", &[]), &plan, &Watch::default()).expect("played").summary.digest
    };
    assert_eq!(digest("grit"), digest("scenarios/strategies/grit.ron"));
    assert_ne!(digest("grit"), digest("boulware"));
}

#[test]
fn a_party_that_is_not_there_is_named() {
    let wrong = Draft::open(STORY).seat("uk", "boulware").ready().expect_err("there is no uk").to_string();
    assert!(wrong.contains("uk"), "{wrong}");
    let wrong = Draft::open(STORY).seat("us", "bulware").ready().expect_err("no such strategy").to_string();
    assert!(wrong.contains("did you mean `boulware`"), "{wrong}");
}

/// What a strategy does against the scripted opponent: its asks at the table, and its moves between sessions.
fn moves(name: &str) -> String {
    let script = format!("parties.cn.strategy={SCRIPT}");
    let setup = seated(name, "linear", &[&script, "talks.mood=0", "incidents.per_round=0"]);
    let us = setup.party("us").expect("us plays");
    let mut out = format!("{name} (us) against an opponent who comes down by equal steps and signs nothing\n");
    out.push_str("stockholm-2025.ron, seed 11, game 0; worth to us [points]\n\nround  what\n");
    let mut line = |round: u32, text: String| writeln!(out, "{round:>5}  {text}").expect("a string takes text");
    for note in told(&setup, 0) {
        let mine = note.party == Some(us);
        let moved = |lever: usize, from: f64, to: f64| format!("{} {from:.3} to {to:.3}", setup.levers[lever].key);
        let text = match &note.what {
            What::Session { session, leaders, reserve, aspiration, .. } => {
                let who = if *leaders { "leaders" } else { "officials" };
                format!("session {session} ({who}): asks {:.3}, waiting is worth {:.3}", aspiration[us], reserve[us])
            }
            What::Offer { exchange, worth, .. } if mine => format!("  {exchange}: offers {:.3}", worth[us]),
            What::Offer { exchange, worth, asks, refused, .. } => {
                let answer =
                    refused.map_or("takes it".to_owned(), |why| format!("refuses: {why:?}, would ask {asks:.3}"));
                format!("  {exchange}: hears {:.3}, {answer}", worth[us])
            }
            What::Initialled { worth, .. } => format!("  a package is initialled: {:.3}", worth[us]),
            What::Replied { moved: m } if mine => format!("replies: {}", moved(m.lever, m.from, m.to)),
            What::Tightened { moved: m } if mine => format!("tightens: {}", moved(m.lever, m.from, m.to)),
            What::Gesture { moved: Some(m) } if mine => format!("a gesture: {}", moved(m.lever, m.from, m.to)),
            What::CarriedOut { moved: m, .. } if mine => {
                format!("carries out a threat: {}", moved(m.lever, m.from, m.to))
            }
            What::LetPass if mine => "lets a blow pass".into(),
            What::Gesture { moved: None } if mine => "a gesture in words".into(),
            What::Threatened { .. } if mine => "threatens".into(),
            What::ClimbedDown if mine => "climbs down from a threat".into(),
            What::Praised if mine => "praises".into(),
            What::Brink { slipped } if mine => {
                format!("a step to the brink{}", if *slipped { ", and it slips" } else { "" })
            }
            What::Consent { chance, gives, .. } if mine => {
                format!("extends the truce: {} (chance {chance:.3})", if *gives { "yes" } else { "no" })
            }
            _ => continue,
        };
        line(note.round, text);
    }
    out
}

/// UPDATE_GOLDEN=1 writes the tables anew.
#[test]
#[allow(clippy::disallowed_methods)] // whether golden files are rewritten is the tester's wish, not a result
fn moves_against_a_scripted_opponent() {
    let update = std::env::var("UPDATE_GOLDEN").is_ok();
    let mut wrong = vec![];
    for name in names() {
        let (path, now) = (format!("tests/golden/strategies/{name}.txt"), moves(name));
        assert!(now.contains("session 0"), "{name} comes to the table");
        if update {
            std::fs::write(&path, &now).expect("the table can be written");
        } else if std::fs::read_to_string(&path).unwrap_or_default() != now {
            wrong.push(name);
        }
    }
    assert!(wrong.is_empty(), "other moves than in tests/golden/strategies: {wrong:?} (UPDATE_GOLDEN=1 rewrites)");
}

/// A world that other strategies have used plays as a new one.
#[test]
fn a_world_used_before_plays_as_a_new_one() {
    let key = Key::of_seed(11);
    let mut used: Vec<Games> = vec![];
    let pairs = ["deal-seeker", "grit"].into_iter().flat_map(|us| names().map(move |cn| (us, cn)));
    for (us, cn) in pairs {
        let setup = seated(us, cn, &[]);
        let mut fresh = round::cohort(&setup, 4);
        let place = used.iter().position(|world| world.frame() == fresh.frame()).unwrap_or_else(|| {
            used.push(round::cohort(&setup, 4));
            used.len() - 1
        });
        let world = &mut used[place];
        world.use_setup(setup);
        for games in [&mut *world, &mut fresh] {
            games.load(key, 0);
            round::play(games);
        }
        for g in 0..4 {
            assert_eq!(world.capture(g), fresh.capture(g), "{us} against {cn}, game {g}");
        }
    }
    assert!(used.len() < 30, "worlds are used again");
}
