//! Programs in studies: a tournament and a comparison come to what batches of the same games come to.

use serde_json::{Value, json};

use super::players::python;
use super::typed::{json as document, refused};

const STOCKHOLM: &str = "scenarios/stockholm-2025.ron";
const BOT: &str = "External(\"bot\")";
const PLAYER: &str = "bot=python3 scenarios/players/many.py";
const GAMES: [&str; 4] = ["--games", "24", "--seed", "7"];

fn told(arguments: &[&str]) -> Value {
    document(&[arguments, &GAMES, &["--format", "json"]].concat())
}

/// What a side has, on average, in a batch of two strategies.
fn batch(us: &str, cn: &str, measure: &str) -> f64 {
    let seats = [format!("parties.us.strategy={us}"), format!("parties.cn.strategy={cn}")];
    let mut words = vec!["batch", STOCKHOLM, "--set", &seats[0], "--set", &seats[1]];
    if [us, cn].contains(&BOT) {
        words.extend(["--player", PLAYER]);
    }
    told(&words)["metrics"][measure]["mean"].as_f64().expect("a mean")
}

fn near(found: &Value, wanted: f64) {
    let found = found.as_f64().expect("a number");
    assert!((found - wanted).abs() < 1e-6, "{found} and {wanted}");
}

#[test]
fn a_program_plays_in_a_tournament() {
    if !python() {
        return;
    }
    let list = ["tournament", STOCKHOLM, "--strategies", "boulware,bot", "--player", PLAYER];
    let found = told(&list);
    assert_eq!(found["strategies"], json!(["boulware", "bot"]));
    let sides = found["sides"].as_array().expect("two sides");
    let [us, cn] =
        ["us", "cn"].map(|party| &sides.iter().find(|side| side["party"] == party).expect("a side")["payoff"]);
    near(&us[1][0], batch(BOT, "boulware", "us.total"));
    near(&us[0][1], batch("boulware", BOT, "us.total"));
    near(&cn[1][0], batch("boulware", BOT, "cn.total"));
    near(&us[1][1], batch(BOT, BOT, "us.total"));
    near(&us[0][0], batch("boulware", "boulware", "us.total"));
    assert_ne!(us[0][0], us[1][0]);
    assert_eq!((&found["reproducible"], &found["programs"]["forfeited"]), (&json!(false), &json!(0)));
    assert_eq!(found["programs"]["who"][0]["name"], "bot");
    assert!(found["programs"]["decisions"].as_u64().is_some_and(|n| n > 24 * 3 * 20), "{}", found["programs"]);
    assert!(!found.to_string().contains("many.py"), "what a program is told stays here");
    // the same games, whatever threads play those of the engine; copies of a program see fewer each
    let two = told(&[&list[..], &["--threads", "2"]].concat());
    assert_eq!((&two["sides"], &two["deals"]), (&found["sides"], &found["deals"]));
}

#[test]
fn a_program_is_compared() {
    if !python() {
        return;
    }
    let variant = format!("bot: parties.us.strategy={BOT}");
    let found = told(&["compare", STOCKHOLM, "--variant", &variant, "--player", PLAYER]);
    let gap = |measure: &str| &found["comparisons"][0]["measures"][measure];
    let engine = told(&["batch", STOCKHOLM]);
    let own =
        ["batch", STOCKHOLM, "--set", &format!("parties.us.strategy={BOT}"), "--player", PLAYER].map(String::from);
    let own = told(&own.iter().map(String::as_str).collect::<Vec<_>>());
    for measure in ["us.total", "cn.total"] {
        let mean = |of: &Value| of["metrics"][measure]["mean"].as_f64().expect("a mean");
        near(&gap(measure)["base"], mean(&engine));
        near(&gap(measure)["variant"], mean(&own));
    }
    assert_ne!(gap("us.total")["difference"], json!(0.0));
    assert_eq!(found["reproducible"], json!(false));
}

#[test]
fn what_a_study_of_programs_cannot_do_is_said() {
    let says = |words: &[&str]| refused(&[words, &GAMES].concat(), 2);
    let out = tempfile::tempdir().expect("a folder");
    let out = out.path().join("run");
    let tournament = ["tournament", STOCKHOLM, "--strategies", "boulware,bot", "--player", PLAYER];
    let kept = says(&[&tournament[..], &["--out", out.to_str().expect("UTF-8")]].concat());
    assert!(kept.contains("they leave no rows, and no parts"), "{kept}");
    assert!(says(&["tournament", STOCKHOLM, "--strategies", "boulware,bot"]).contains("bot"));
    let variant = format!("bot: parties.us.strategy={BOT}");
    let compare = ["compare", STOCKHOLM, "--variant", &variant];
    assert!(says(&compare).contains("no program is bound to that name"));
    let expression = says(&[&compare[..], &["--player", PLAYER, "--measure", "count(threat) > 2"]].concat());
    assert!(expression.contains("ask for measures by name"), "{expression}");
    let idle = says(&["compare", STOCKHOLM, "--variant", "parties.us.optimism=0.2", "--player", PLAYER]);
    assert!(idle.contains("no variant asks for it"), "{idle}");
}
