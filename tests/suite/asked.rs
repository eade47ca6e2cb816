//! What is asked in code is answered with the document that the command line prints, to the last bit.

use serde_json::Value;
use summitry::prelude::*;

use super::typed::json;

/// The command's document without how it was made, which nobody typed.
fn printed(words: &[&str]) -> Value {
    let mut document = json(&[words, &["--seed", "7", "--format", "json"]].concat());
    let made = document.as_object_mut().expect("an object").remove("made");
    assert!(made.expect("how it was made")["command"].as_str().expect("a command").starts_with("summitry "));
    document
}

fn same(answer: Result<Answer, Error>, words: &[&str]) -> Value {
    let (found, charts) = plain(answer, words);
    let page = charts.unwrap_or_else(|| panic!("{words:?} has charts"));
    assert!(page.contains("<svg"), "{words:?}");
    found
}

/// The same document, and its charts where it has any.
fn plain(answer: Result<Answer, Error>, words: &[&str]) -> (Value, Option<String>) {
    let answer = answer.unwrap_or_else(|e| panic!("{words:?}: {e}"));
    let found: Value = serde_json::from_str(&answer.json()).expect("JSON");
    assert_eq!(found, printed(words), "{words:?}");
    assert!(!answer.interrupted());
    (found, answer.charts())
}

fn story() -> Draft {
    Draft::open("stockholm-2025")
}

#[test]
fn games_are_told_and_counted_alike() {
    let ready = story().set("parties.us.goal.patience", 0.9).seat("cn", "boulware").ready().expect("in order");
    let words = ["stockholm-2025", "--set", "parties.us.goal.patience=0.9", "--strategy", "cn=boulware"];
    let counted = same(ready.batch(300).seed(7).answer(), &[&["batch"], &words[..], &["--games", "300"]].concat());
    assert_eq!(counted["digest"].as_str(), Some(ready.batch(300).seed(7).run().expect("played").digest().as_str()));
    let told = same(ready.game(3).seed(7).answer(), &[&["run"], &words[..], &["--game", "3"]].concat());
    assert_ne!(told["outcome"], Value::Null);
}

#[test]
fn several_variants_are_compared_by_their_names() {
    let base = story().ready().expect("in order");
    let patient = story().set("parties.us.goal.patience", 0.997).ready().expect("in order");
    let alone = story().set("off", "[\"summit\"]").ready().expect("in order");
    let compare = base.compare(&patient).called("patient").and(&alone).called("no summit").games(200).seed(7);
    let words = ["compare", "stockholm-2025", "--games", "200", "--measure", "us.share > 0.5"];
    let variants = ["--variant", "patient: parties.us.goal.patience=0.997", "--variant", "no summit: off=[\"summit\"]"];
    let found = same(compare.measure("us.share > 0.5").answer(), &[&words[..], &variants].concat());
    assert_ne!(found["comparisons"][0], found["comparisons"][1]);
}

#[test]
fn paths_are_swept_alike() {
    let sweep = story().sweep().over("parties.us.optimism=0..1").over("levers.us_tariff.now=30,50");
    let sweep = sweep.design("lhs").points(3).design_seed(4).measure("deal").games(60).seed(7);
    let over =
        ["sweep", "stockholm-2025", "--over", "parties.us.optimism=0..1", "--over", "levers.us_tariff.now=30,50"];
    let how = ["--design", "lhs", "--points", "3", "--design-seed", "4", "--measure", "deal", "--games", "60"];
    same(sweep.answer(), &[&over[..], &how].concat());
}

#[test]
fn odds_and_scores_are_alike() {
    let ready = story().ready().expect("in order");
    let words = ["odds", "stockholm-2025", "--game", "3", "--futures", "40"];
    let truth = same(ready.odds(3).futures(40).seed(7).answer(), &words);
    let seen =
        same(ready.odds(3).seen_by("us").futures(40).seed(7).answer(), &[&words[..], &["--view", "us"]].concat());
    assert_ne!(truth["rounds"], seen["rounds"]);
    let ready = Draft::open("phase-one-2018").ready().expect("in order");
    let score = ready.score("studies/questions-2018-2019").games(200).seed(7);
    same(score.answer(), &["score", "studies/questions-2018-2019", "phase-one-2018", "--games", "200"]);
}

#[test]
fn a_tournament_is_alike() {
    let ready = story().ready().expect("in order");
    let tournament = ready.tournament(["boulware", "conceder", "grit"]).games(40).seed(7);
    let words = ["tournament", "stockholm-2025", "--strategies", "boulware,conceder,grit", "--games", "40"];
    same(tournament.answer(), &words);
    let one = ready.tournament(["grit"]).games(40).answer().expect_err("alone").to_string();
    assert!(one.contains("two strategies at least"), "{one}");
}

#[test]
fn sensitivity_is_alike_by_every_method() {
    let ready = story().ready().expect("in order");
    for (method, samples) in [("sobol", 4), ("morris", 3)] {
        let asked = ready.sensitivity().method(method).only("optimism").samples(samples).games(30).seed(7);
        let samples = samples.to_string();
        let words = ["sensitivity", "stockholm-2025", "--method", method, "--only", "optimism"];
        same(asked.answer(), &[&words[..], &["--samples", &samples, "--games", "30"]].concat());
    }
    let asked = ready.sensitivity().method("given").only("optimism").games(500).seed(7);
    let words = ["sensitivity", "stockholm-2025", "--method", "given", "--only", "optimism", "--games", "500"];
    same(asked.answer(), &words);
    let wrong = ready.sensitivity().all(7.0).answer().expect_err("a share").to_string();
    assert!(wrong.contains("up to 1"), "{wrong}");
}

#[test]
fn mechanisms_are_switched_off_alike() {
    let ready = Draft::open("theory/pledges").set("parties.us.optimism", 0.5).ready().expect("in order");
    let words = ["ablation", "theory/pledges", "--set", "parties.us.optimism=0.5", "--games", "40"];
    let usual = same(ready.ablation().games(40).seed(7).answer(), &words);
    let asked = same(
        ready.ablation().measure("deal").games(40).seed(7).answer(),
        &[&words[..], &["--measure", "deal"]].concat(),
    );
    assert_ne!(usual["rows"], asked["rows"]);
    assert!(ready.ablation().games(1).answer().is_err());
}

#[test]
fn a_sign_table_is_judged_alike() {
    let signs = Signs::open("tests/formats/signs-1.ron").sets(["parties.us.optimism=0.5"]).games(300).seed(7);
    let words = ["signs", "tests/formats/signs-1.ron", "--set", "parties.us.optimism=0.5", "--games", "300"];
    let (found, _) = plain(signs.answer(), &words);
    assert!(found["passed"].as_u64() > Some(0), "{found}");
    assert!(Signs::open("stockholm-2025").games(10).answer().is_err());
}

#[test]
fn a_yes_is_looked_into_alike() {
    let ready = story().ready().expect("in order");
    let discover = ready.discover("not deal").only("parties").boxes(1).games(900).seed(7);
    let words = ["discover", "stockholm-2025", "--where", "not deal", "--only", "parties", "--boxes", "1"];
    same(discover.answer(), &[&words[..], &["--games", "900"]].concat());
    let few = ready.discover("deal").games(60).answer().expect_err("few").to_string();
    assert!(few.contains("at least 200 games"), "{few}");
}

#[test]
fn bargaining_on_its_own_is_alike() {
    let talks = Draft::open("theory/two-issues").bargaining().expect("in order");
    let counted = same(talks.batch(200).seed(7).answer(), &["batch", "theory/two-issues", "--games", "200"]);
    assert_eq!(
        (counted["title"].as_str(), counted["scenario_hash"].as_str()),
        (Some(talks.title()), Some(talks.hash()))
    );
    plain(talks.game(3).seed(7).answer(), &["run", "theory/two-issues", "--game", "3"]);
    assert!(talks.batch(0).answer().is_err());
    let world = story().bargaining().expect_err("a world").to_string();
    assert!(world.contains("has a world"), "{world}");
}

#[test]
fn a_search_is_alike() {
    let tune = story().tune().over("parties.us.optimism=0..1").maximise("us.total").against("grit");
    let tune = tune.penalty("truce_lapsed<=0.2:50").tries(10).games(30).held_out(50).seed(7);
    let words = ["tune", "stockholm-2025", "--over", "parties.us.optimism=0..1", "--maximise", "us.total"];
    let how = ["--against", "grit", "--penalty", "truce_lapsed<=0.2:50", "--tries", "10", "--games", "30"];
    same(tune.answer(), &[&words[..], &how, &["--held-out", "50"]].concat());
    let twice = story().tune().over("parties.us.optimism=0..1").maximise("deal").minimise("us.total").answer();
    assert!(twice.expect_err("two aims").to_string().contains("one thing is sought"));
}

#[test]
fn what_an_outside_program_plays_is_not_asked() {
    let ready = story().set("parties.us.strategy", "External(\"bot\")").ready().expect("in order");
    let other = story().ready().expect("in order");
    let all = [
        ready.batch(10).answer(),
        ready.game(0).answer(),
        other.compare(&ready).games(10).answer(),
        ready.odds(0).futures(10).answer(),
        ready.score("studies/questions-2018-2019").games(10).answer(),
        ready.sensitivity().samples(2).games(10).answer(),
        ready.ablation().games(10).answer(),
        ready.discover("deal").games(400).answer(),
    ];
    for (i, answer) in all.into_iter().enumerate() {
        let told = answer.expect_err("refused").to_string();
        assert!(told.contains("outside program `bot`"), "{i}: {told}");
    }
}

#[test]
fn what_is_stopped_says_so_and_how_many_games_there_are_is_known() {
    let ready = story().ready().expect("in order");
    let watch = std::sync::Arc::new(Watch::default());
    let all = story().sweep().over("parties.us.optimism=0,1").games(30).watch(&watch).answer().expect("played");
    let [done, total] = [&watch.done, &watch.total].map(|n| n.load(std::sync::atomic::Ordering::Relaxed));
    assert_eq!((done, total, all.interrupted()), (90, 90, false));
    watch.stop.store(true, std::sync::atomic::Ordering::Relaxed);
    let answer = ready.batch(5_000).watch(&watch).answer().expect("a batch of fewer games");
    assert!(answer.interrupted() && answer.json().contains("\"interrupted\": true"));
}
