//! The tuner: it finds what can be computed, reports nothing that its overlay does not give, and can be cut off.

use std::path::{Path, PathBuf};

use serde_json::Value;
use summitry::internals::judge::held_out;
use summitry::internals::play::{Plan, Watch, batch};
use summitry::internals::summary::Questions;

use super::typed::{agree, json, refused, summitry, typed};

pub const STOCKHOLM: &str = "scenarios/stockholm-2025.ron";
pub const CONCEDER: &str = "scenarios/theory/linear-conceder.ron";

/// The mean of a metric in a batch of its own.
pub fn mean(file: &Path, metric: &str, plan: &Plan) -> f64 {
    mean_set(file, &[], metric, plan).expect("cases")
}

/// The same with `--set` arguments; none where no game has a case.
pub fn mean_set(file: &Path, sets: &[&str], metric: &str, plan: &Plan) -> Option<f64> {
    let name = file.to_str().expect("UTF-8");
    let ready = super::ready(name, sets);
    let setup = summitry::internals::setup_of(&ready);
    let place = Questions::of(setup).metrics.iter().position(|m| m.name == metric).expect("a metric");
    batch(setup, plan, &Watch::default()).expect("played").summary.metrics[place].mean()
}

/// A folder with the scenario in it, and the name of an overlay beside it.
pub fn folder() -> (tempfile::TempDir, String, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let scenario = folder.path().join("stockholm-2025.ron");
    std::fs::copy(STOCKHOLM, &scenario).expect("copied");
    std::fs::create_dir(folder.path().join("studies")).expect("a shelf");
    let out = folder.path().join("studies/best.ron");
    (folder, scenario.to_str().expect("UTF-8").to_owned(), out)
}

#[test]
fn a_tuned_overlay_reproduces_its_values_exactly() {
    let (folder, scenario, out) = folder();
    let found = json(&[
        "tune",
        &scenario,
        "--set=levers.us_tariff.now=45",
        "--us=conceder",
        "--over=parties.us.optimism=0..1",
        "--over=parties.us.ratify=0.2,0.3",
        "--over=parties.us.honesty=0..1",
        "--maximise=us.total",
        "--against=scenarios/strategies/boulware.ron",
        "--tries=12",
        "--games=150",
        "--held-out=200",
        "--seed=5",
        "--format=json",
        "--out",
        out.to_str().unwrap(),
    ]);
    assert_eq!(found["set"], serde_json::json!(["parties.us.strategy=conceder", "levers.us_tariff.now=45"]));
    let best = &found["best"];
    assert!(best["in_sample"]["difference"].as_f64() > Some(0.0));
    let plan = Plan::new(5, 150);
    assert!(agree(Some(mean(&out, "us.total", &plan)), best["in_sample"]["variant"].as_f64()));
    let plan = Plan { key: held_out(5), ..Plan::new(5, 200) };
    assert!(agree(Some(mean(&out, "us.total", &plan)), best["held_out"]["variant"].as_f64()));
    let optimism = best["in_sample"]["variant"].as_f64().unwrap() - best["held_out"]["variant"].as_f64().unwrap();
    assert_eq!(best["optimism"]["value"].as_f64(), Some(optimism));
    for search in found["searches"].as_array().expect("both searches") {
        let count = |what: &str| search[what].as_u64().expect("a count");
        assert!(count("games") > 900 && count("games") <= 12 * 150, "{search}");
        let raced = count("candidates") * 38 + count("in_full") * (150 - 38);
        assert_eq!(count("games"), raced, "a quarter for all, the rest for those in full: {search}");
        assert!(count("in_full") > 0 && count("in_full") * 2 <= count("candidates"), "{search}");
        assert!(search["judged"]["held_out"]["variant"].is_number());
    }
    let text = std::fs::read_to_string(&out).expect("written");
    assert!(text.contains("extends: \"../stockholm-2025.ron\"") && text.contains("seed 5"), "{text}");
    assert!(text.contains("in sample, on 150 games") && text.contains("on 200 held-out games"), "{text}");
    // the command in its head finds the same again
    let line = text.lines().find_map(|line| line.strip_prefix("//   summitry ")).expect("a command");
    let words = shell_words::split(line.split(" (version").next().expect("its words")).expect("quoted");
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    assert_eq!(json(&[&words[..], &["--format=json"]].concat())["best"], found["best"], "{line}");
    let (_, page, _) = summitry(&words);
    assert!(page.contains("with parties.us.strategy=conceder\n") && page.contains("with levers.us_tariff.now=45\n"));
    let left: Vec<_> = std::fs::read_dir(folder.path().join("studies")).expect("a folder").collect();
    assert_eq!(left.len(), 1, "nothing but the overlay is left: {left:?}");
}

/// Dates of the calendar and lists take the long way, and whole numbers stay whole.
#[test]
fn what_does_not_only_feed_start_values_takes_the_long_way() {
    let (_folder, scenario, out) = folder();
    let found = json(&[
        "tune",
        &scenario,
        "--over=calendar.Summit.at=14..18",
        "--over=parties.us.strategy=boulware,conceder",
        "--over=parties.us.optimism=0..1",
        "--over=parties.us.ratify=0.2,0.3",
        "--minimise=truce_lapsed",
        "--penalty=deal>=0.9:1",
        "--tries=8",
        "--games=40",
        "--seed=5",
        "--format=json",
        "--out",
        out.to_str().unwrap(),
    ]);
    assert_eq!(found["direct_paths"], 1);
    let at = found["best"]["values"]["calendar.Summit.at"].as_str().expect("a value");
    assert!(at.parse::<u32>().is_ok(), "a round is a whole number: {at}");
}

/// A folder with a shelf in it is stood in; each path is set by two arguments or three.
#[test]
fn an_overlay_has_each_path_once_and_is_found_from_where_it_stands() {
    let (folder, _, out) = folder();
    let shelf = folder.path().join("studies");
    let arguments = [
        "tune",
        "../stockholm-2025.ron",
        "--us=conceder",
        "--set=parties.us.strategy=\"linear\"",
        "--set=parties.cn.strategy.extend=Demand(bar: 1)",
        "--set=levers.us_tariff.now=50",
        "--set=levers.us_tariff.now=45",
        "--set=parties.us.optimism=0.9",
        "--over=parties.us.optimism=0..0.5",
        "--maximise=us.total",
        "--against=boulware",
        "--tries=8",
        "--games=40",
        "--seed=5",
        "--format=json",
        "--out=best.ron",
    ];
    let (code, page, err) = typed(&shelf, &arguments, "");
    assert_eq!(code, 0, "{err}");
    let found: Value = serde_json::from_str(&page).expect("one document");
    assert_eq!(found["written"], "best.ron");
    let value = found["best"]["in_sample"]["variant"].as_f64();
    assert!(agree(Some(mean(&out, "us.total", &Plan::new(5, 40))), value));
    let text = std::fs::read_to_string(&out).expect("written");
    assert_eq!(text.matches("\"levers.us_tariff.now\": ").count(), 1, "{text}");
    assert_eq!(text.matches("\"parties.us.optimism\": ").count(), 2, "once in `set`, once in `tune`: {text}");
    assert!(text.contains("like: \"boulware\"") && !text.contains("like: \"conceder\""), "{text}");
}

/// Long before a search of hours ends.
#[test]
fn an_overlay_that_cannot_be_made_is_refused_before_the_search() {
    let (folder, scenario, _) = folder();
    let at = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
    let link = |i: usize, base: &str| {
        std::fs::write(at(&format!("s{i}.ron")), format!("(schema: \"summitry/1\", extends: \"{base}\")"))
    };
    link(1, "stockholm-2025.ron").expect("written");
    (2..9).for_each(|i| link(i, &format!("s{}.ron", i - 1)).expect("written"));
    let ask = |scenario: &str, out: &str| {
        let over = "--over=parties.us.optimism=0..1";
        refused(&["tune", scenario, over, "--maximise=deal", "--tries=1e6", "--games=1e6", "--out", out], 2)
    };
    let told = ask(&at("s8.ron"), &at("x.ron"));
    assert!(told.contains("no overlay can be made") && told.contains("8 deep at most"), "{told}");
    if cfg!(target_os = "linux") {
        let told = ask(&scenario, "/proc/x.ron");
        assert!(told.contains("`/proc/x.ron` cannot be written"), "{told}");
    }
}

/// Bob comes down by a hundredth a round and Ann's patience is .98: she does best to wait until round -1 / ln .98.
#[test]
fn the_best_reply_to_a_linear_conceder_is_found() {
    let found = json(&["tune", CONCEDER, "--maximise=a.total", "--games=8", "--tries=60", "--seed=1", "--format=json"]);
    let best = found["best"]["held_out"]["variant"].as_f64().expect("a value");
    let worth = |t: u32| summitry::internals::maths::power(0.98, t) * f64::from(t) / 100.0;
    let most = (0..=100).map(worth).fold(0.0, f64::max);
    assert!((best - most).abs() < 0.002, "{best} is found, {most} is there");
    let bar = found["best"]["values"]["parties.a.strategy.accept.points"].as_str().and_then(|x| x.parse::<f64>().ok());
    assert!(bar.is_some_and(|bar| (0.45..=0.53).contains(&bar)), "she waits for half of it: {bar:?}");
    assert_eq!(found["direct_paths"], 1);
}

#[test]
fn a_tuner_refuses_what_cannot_be() {
    let refuse = |arguments: &[&str]| refused(&[&["tune", STOCKHOLM, "--seed=1"], arguments].concat(), 2);
    let over = "--over=parties.us.optimism=0..1";
    assert!(refuse(&["--maximise=us.total"]).contains("no path to tune"));
    assert!(refuse(&[over]).contains("nothing is sought"));
    assert!(refuse(&["--maximise=us.totl", over]).contains("did you mean `us.total`?"));
    assert!(refuse(&["--maximise=deal", "--over=parties.us.optimsm=0..1"]).contains("optimism"));
    assert!(refuse(&["--maximise=deal", "--over=parties.us.optimism=0..7"]).contains("parties.us.optimism"));
    assert!(refuse(&["--maximise=deal", "--over=parties.us.optimism=1..0"]).contains("low end"));
    assert!(refuse(&["--maximise=deal", over, over]).contains("`parties.us.optimism` is given values twice"));
    let within = ["--maximise=deal", "--over=parties.us.strategy=boulware", "--over=parties.us.strategy.offer=Next"];
    assert!(refuse(&within).contains("each undoes the other"));
    assert!(refuse(&["--maximise=deal", over, "--quantile=2"]).contains("a quantile lies at 0 to 1"));
    assert!(refuse(&["--maximise=deal", over, "--penalty=deal"]).contains("write MEASURE<=BOUND:WEIGHT"));
    assert!(refuse(&["--target=deal", over]).contains("write NAME=VALUE"));
    assert!(refuse(&["--maximise=deal", over, "--tries=3"]).contains("too few: 8 to"));
    assert!(refuse(&["--maximise=deal", over, "--held-out=7"]).contains("7 held-out games are too few: 8 to"));
    assert!(refuse(&["--maximise=deal", over, "--held-out=2e6"]).contains("2000000 held-out games are too many"));
    assert!(refuse(&["--maximise=deal", over, "--rounds=3"]).contains("cannot be used with"));
    assert!(refuse(&[over, "--rounds=3"]).contains("--both"));
    assert!(refuse(&["--both", over, "--worst"]).contains("cannot be used with"));
    assert!(refuse(&["--maximise=deal", over, "--worst"]).contains("--against"));
    assert!(refuse(&["--both", over, "--held-out=1"]).contains("too few"));
    assert!(refuse(&["--maximise=deal", over, "--against=boulwar"]).contains("did you mean `boulware`?"));
    let shared = ["--maximise=deal", "--over=talks.regard=0..1", "--against=boulware"];
    assert!(refuse(&shared).contains("all paths that are tuned lie under one party"));
    assert!(refuse(&["--both", over]).contains("`cn` has no path to tune"));
    let elsewhere = tempfile::tempdir().expect("a folder");
    let at = |name: &str| elsewhere.path().join(name).to_str().expect("UTF-8").to_owned();
    assert!(refuse(&["--maximise=deal", over, "--out", &at("x.ron")]).contains("folder tree"));
    std::fs::write(at("x.json"), "{}").expect("written");
    assert!(refuse(&["--maximise=deal", over, "--checkpoint", &at("x.json")]).contains("is not a checkpoint"));
    std::fs::write(
        at("m.ron"),
        "(schema: \"summitry.moments/1\", title: \"x\", moments: [(measure: \"deal\", target: 1, tolerance: 0)])",
    )
    .expect("written");
    let told = refuse(&[over, "--fit", &at("m.ron")]);
    assert!(told.contains("a tolerance is above 0") && told.contains("m.ron:1"), "{told}");
}

/// Two who split a dollar by the calendar: the slower gets more, so both slow down, and against the slowest there is
/// nothing left to gain.
#[test]
fn two_who_tune_in_turn_leave_less_to_exploit() {
    let ask = |threads: &str| {
        let arguments = [
            "tune",
            "scenarios/theory/time-tactics.ron",
            "--set=parties.a.goal.patience=0.99",
            "--set=parties.b.goal.patience=0.99",
            "--over=parties.a.strategy.offer.exponent=0.2..3",
            "--over=parties.b.strategy.offer.exponent=0.2..3",
            "--both",
            "--starts=1",
            "--rounds=4",
            "--games=8",
            "--tries=24",
            "--seed=1",
            "--format=json",
            threads,
        ];
        json(&arguments)
    };
    let found = ask("--threads=1");
    assert_eq!(found, ask("--threads=2"), "threads change nothing");
    let rounds = found["rounds"].as_array().expect("rounds");
    let left: Vec<f64> = rounds.iter().filter_map(|r| r["exploitability"].as_f64()).collect();
    assert!(rounds.len() >= 2 && left[0] > 0.01, "{left:?}");
    assert!(left.last() < left.first(), "{left:?}");
    for side in 0..2 {
        let shares = found["sides"][side]["shares"].as_array().expect("shares");
        let pool = found["sides"][side]["pool"].as_array().expect("a pool");
        assert!(shares.len() == pool.len() && pool.len() > 1);
        let sum: f64 = shares.iter().filter_map(Value::as_f64).sum();
        assert!((sum - 1.0).abs() < 1e-9);
    }
}

/// Begun at several places, all that is found meets in one table: no entry of it is better against an equilibrium than
/// what is played there, and the steadiest is written as an overlay that loads.
#[test]
fn several_starts_meet_in_one_table() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::copy("scenarios/theory/time-tactics.ron", folder.path().join("t.ron")).expect("copied");
    let arguments = [
        "tune",
        "t.ron",
        "--over=parties.a.strategy.offer.exponent=0.2..3",
        "--over=parties.b.strategy.offer.exponent=0.2..3",
        "--both",
        "--starts=3",
        "--rounds=2",
        "--games=8",
        "--tries=12",
        "--seed=1",
    ];
    let (code, out, err) = typed(folder.path(), &[&arguments[..], &["--format=json", "--out=e.ron"]].concat(), "");
    assert_eq!(code, 0, "{err}");
    let found: Value = serde_json::from_str(&out).expect("one document");
    assert_eq!(found["starts"].as_array().map(Vec::len), Some(3));
    let number = |x: &Value| x.as_f64().expect("a number");
    let equilibria = found["equilibria"].as_array().expect("equilibria");
    assert!(!equilibria.is_empty());
    for (side, rest) in (0..2).flat_map(|side| equilibria.iter().map(move |rest| (side, rest))) {
        let theirs: Vec<f64> = rest["shares"][1 - side].as_array().expect("shares").iter().map(number).collect();
        let payoffs = found["sides"][side]["payoffs"].as_array().expect("a table");
        for row in payoffs {
            let worth: f64 =
                row.as_array().expect("a row").iter().zip(&theirs).map(|(x, share)| number(x) * share).sum();
            assert!(worth <= number(&rest["worth"][side]) + 1e-6, "{worth} in {rest}");
        }
        let worst = &found["sides"][side]["against_pool"][0];
        let row = payoffs[0]
            .as_array()
            .expect("a row")
            .iter()
            .zip(found["sides"][1 - side]["entries"].as_array().expect("names"));
        let chosen = row.filter(|(_, entry)| entry["name"] == "as written" || entry["round"] != 0);
        let least = chosen.map(|(x, _)| number(x)).fold(f64::INFINITY, f64::min);
        assert_eq!(number(&worst["worst"]), least);
    }
    assert!(equilibria[0]["exploitability"].is_number());
    let overlay = std::fs::read_to_string(folder.path().join("e.ron")).expect("written");
    assert!(overlay.contains("extends: \"t.ron\"") && overlay.contains("a reply gains at least"), "{overlay}");
    assert_eq!(typed(folder.path(), &["check", "e.ron"], "").0, 0);
    let (_, page, _) = typed(folder.path(), &arguments, "");
    for said in ["Where each start came to rest", "a reply gains at least", "at worst", "\"At least\": the best"] {
        assert!(page.contains(said), "{said} in {page}");
    }
    let made = |line: &str| line.starts_with("summitry ");
    assert!(page.lines().all(|line| made(line) || line.chars().count() <= 80), "{page}");
}

/// What is taken off is told, and what it is taken off from.
#[test]
fn with_a_penalty_the_points_are_told_too() {
    let arguments = [
        "tune",
        CONCEDER,
        "--maximise=a.total",
        "--penalty=b.total<=0:0.5",
        "--games=8",
        "--tries=12",
        "--seed=1",
        "--format=json",
    ];
    let best = json(&arguments)["best"].clone();
    let part = |i: usize| best["parts"][i]["held_out"]["variant"].as_f64().expect("a value");
    assert_eq!((&best["parts"][0]["what"], &best["parts"][1]["what"]), (&"a.total".into(), &"b.total".into()));
    let value = best["held_out"]["variant"].as_f64().expect("a value");
    assert!((value - (part(0) - 0.5 * part(1).max(0.0))).abs() < 1e-9, "{best}");
}

/// A strategy file says itself what may be tuned; worst cases are told as what they are.
#[test]
fn a_strategy_file_says_what_may_be_tuned() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("mine.ron");
    let text = "(schema: \"summitry/strategy/1\", name: \"mine\",
        tune: { \"offer.exponent\": Uniform(low: 0.1, high: 3), \"extend.bar\": Uniform(low: -2, high: 2) },
        strategy: (about: \"a test\", source: \"here\", offer: Time(exponent: 1), extend: Demand(bar: 0)))";
    std::fs::write(&file, text).expect("written");
    let file = file.to_str().expect("UTF-8");
    let ask = |more: &[&str]| {
        let arguments = ["tune", STOCKHOLM, "--us", file, "--maximise=us.total", "--tries=8", "--games=60", "--seed=2"];
        json(&[&arguments[..], &["--format=json"], more].concat())
    };
    let one = ask(&["--against=boulware"]);
    assert_eq!(one["searched"][0]["path"], "parties.us.strategy.offer.exponent");
    assert_eq!((one["searched"].as_array().map(Vec::len), &one["direct_paths"]), (Some(2), &Value::from(2)));
    let worst = ask(&["--against=boulware", "--against=conceder", "--worst"]);
    let mean = ask(&["--against=boulware", "--against=conceder"]);
    let value = |found: &Value| found["searches"][1]["judged"]["in_sample"]["base"].as_f64().expect("a value");
    assert!(value(&worst) < value(&mean), "the worst of two is below their mean");
    assert!((value(&worst) - value(&one)).abs() < 1e-12 || value(&worst) < value(&one));
}

/// A small problem is soon solved: the cloud comes to rest and others, larger, are begun elsewhere.
#[test]
fn a_cloud_at_rest_is_begun_again() {
    let found =
        json(&["tune", CONCEDER, "--maximise=a.total", "--games=8", "--tries=200", "--seed=1", "--format=json"]);
    let [cma, blind] = [0, 1].map(|i| &found["searches"][i]);
    assert!(cma["restarts"].as_u64() > Some(0) && blind["restarts"] == 0, "{found}");
    assert!(cma["games"].as_u64() > Some(199 * 8), "and the budget is spent: {cma}");
}

/// The value over several is the mean of what a batch against each gives.
#[test]
fn a_reply_to_several_is_worth_what_batches_against_each_give() {
    let (_folder, scenario, out) = folder();
    let found = json(&[
        "tune",
        &scenario,
        "--over=parties.us.optimism=0..1",
        "--over=parties.us.honesty=0..1",
        "--maximise=us.total",
        "--against=conceder",
        "--against=scenarios/strategies/boulware.ron",
        "--tries=8",
        "--games=40",
        "--seed=4",
        "--format=json",
        "--out",
        out.to_str().unwrap(),
    ]);
    let text = std::fs::read_to_string(&out).expect("written");
    let mut sum = 0.0;
    for plays in ["conceder", "scenarios/strategies/boulware.ron"] {
        let line = format!("THIS-FILE --strategy cn={plays} --seed 4 --games 40");
        assert!(text.contains(&line), "{line} in {text}");
        let arguments =
            ["batch", out.to_str().unwrap(), "--strategy", &format!("cn={plays}"), "--seed=4", "--games=40"];
        let batch = json(&[&arguments[..], &["--format=json"]].concat());
        sum += batch["metrics"]["us.total"]["mean"].as_f64().expect("a mean");
    }
    let told = found["best"]["in_sample"]["variant"].as_f64().expect("a value");
    assert!((told - sum / 2.0).abs() < 1e-9, "{told} and {}", sum / 2.0);
}

/// Sixteen times the games cost a candidate sixteen times the playing, and nothing else: a tuner that decoded a
/// scenario a cohort, or kept more than a number a game, would be seen.
#[test]
fn a_candidate_costs_no_more_beside_its_games_where_they_are_many() {
    let overhead = |games: &str| {
        let arguments =
            ["--over=parties.us.optimism=0..1", "--maximise=us.total", "--tries=8", "--held-out=8", "--seed=3"];
        let arguments = [&["tune", STOCKHOLM, games, "--threads=1", "--format=json"], &arguments[..]].concat();
        let once = || json(&arguments)["made"]["overhead_us_per_candidate"].as_f64().expect("microseconds");
        (0..2).map(|_| once()).fold(f64::INFINITY, f64::min)
    };
    let (few, many) = (overhead("--games=32"), overhead("--games=512"));
    assert!(few > 0.0 && many < 4.0 * few, "{few} and {many} microseconds");
}
