//! The registry of measures and the language over them: one list, wherever a measure is named.

use std::collections::BTreeSet;

use serde_json::Value;
use summitry::internals::play::{Plan, Watch, batch};
use summitry::internals::registry::registry;
use summitry::internals::setup_of;
use summitry::internals::summary::{Questions, Summary};

use crate::typed::{json, refused, summitry};

/// Bargaining on its own.
const BARGAINING: &str = "tests/formats/bargaining-1.ron";

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

#[test]
fn documents_of_batches_hold_what_is_listed_and_nothing_else() {
    for scenario in ["stockholm-2025", "phase-one-2018", "scenarios/theory/attrition.ron"] {
        let listed = json(&["measures", scenario, "--format", "json"]);
        let listed: BTreeSet<String> =
            listed["measures"].as_array().expect("a list").iter().map(|m| text(&m["name"]).to_owned()).collect();
        let played = json(&["batch", scenario, "--games", "20", "--seed", "1", "--format", "json"]);
        let names = |part: &str| played[part].as_object().expect(part).keys().cloned().collect::<Vec<_>>();
        let told: BTreeSet<String> = ["outcomes", "shares", "metrics"].iter().flat_map(|part| names(part)).collect();
        assert_eq!(told, listed, "{scenario}");
    }
}

/// Bargaining on its own declares its measures as whole worlds do.
#[test]
fn bargaining_says_what_is_measured_of_it() {
    let listed = json(&["measures", BARGAINING, "--format", "json"]);
    let listed = listed["measures"].as_array().expect("a list");
    let names: BTreeSet<&str> = listed.iter().map(|m| text(&m["name"])).collect();
    assert_eq!(names, BTreeSet::from(["agreement", "timeout", "deal_round", "buyer.utility", "seller.utility"]));
    let of = |name: &str| listed.iter().find(|m| m["name"] == name).expect(name);
    assert_eq!((text(&of("deal_round")["unit"]), &of("deal_round")["given"]), ("round", &Value::from("agreement")));
    assert_eq!((text(&of("buyer.utility")["unit"]), text(&of("buyer.utility")["side"])), ("utility", "buyer"));
    assert!(text(&of("buyer.utility")["about"]).contains("its reservation at a timeout"));
    let played = json(&["batch", BARGAINING, "--games", "20", "--seed", "1", "--format", "json"]);
    for (name, metric) in played["metrics"].as_object().expect("metrics") {
        for said in ["unit", "about", "given"] {
            assert_eq!(metric[said], of(name)[said], "{name}");
        }
    }
    let (code, page, _) = summitry(&["batch", BARGAINING, "--games", "20", "--seed", "1"]);
    let flat = page.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(code == 0 && flat.contains("(round; in games with agreement)"), "{page}");
    for format in ["text", "markdown", "csv"] {
        let (code, out, told) = summitry(&["measures", BARGAINING, "--format", format]);
        assert!(code == 0 && out.contains("deal_round") && out.contains("round of the agreement"), "{told}");
    }
    let (code, page, told) = summitry(&["fields", "--of", BARGAINING]);
    assert!(code == 0 && page.contains("bargaining.rounds"), "{page}{told}");
}

/// What a measure says of the games in which it has a case is so.
#[test]
fn a_measure_has_a_case_in_the_games_it_says() {
    for file in ["scenarios/stockholm-2025.ron", "scenarios/phase-one-2018.ron", "scenarios/theory/attrition.ron"] {
        let ready = crate::ready(file, &[]);
        let setup = setup_of(&ready);
        let questions = Questions::of(setup);
        let played: Summary = batch(setup, &Plan::new(3, 400), &Watch::default()).expect("played").summary;
        let yes = |name: &str| {
            let event = questions.events.iter().position(|e| e.name == name).expect(name);
            played.events[event].0
        };
        for (measure, _) in registry(setup) {
            let number = questions.metrics.iter().position(|m| m.name == measure.name);
            let event = questions.events.iter().position(|e| e.name == measure.name);
            let cases = match (number, event) {
                (Some(i), _) => played.metrics[i].count,
                (None, Some(i)) => played.events[i].1,
                (None, None) => played.games,
            };
            match (&measure.given, measure.which.as_str()) {
                (None, _) => assert_eq!(cases, played.games, "{}", measure.name),
                (Some(event), "") => assert_eq!(cases, yes(event), "{}", measure.name),
                (Some(event), _) => assert!(cases <= yes(event) && cases > 0, "{}: {cases}", measure.name),
            }
        }
    }
}

/// What a sweep says of the scenario as written, measure by measure.
fn swept(measures: &[&str], more: &[&str]) -> Vec<Value> {
    let mut all = vec!["sweep", "stockholm-2025", "--over", "levers.us_tariff.now=30", "--games", "300", "--seed", "4"];
    measures.iter().for_each(|text| all.extend(["--measure", text]));
    all.extend(more.iter().chain(&["--format", "json"]));
    let document = json(&all);
    measures.iter().map(|name| document["as_written"][name].clone()).collect()
}

#[test]
fn an_expression_is_asked_wherever_a_measure_is() {
    let asked = [
        "count(extension) >= 1",
        "truce_extended",
        "us.total given deal",
        "if(deal, us.total, 0)",
        "deal",
        "lever.us_tariff.final",
        "lever.us_tariff at 2026-01-18",
        "days(2025-07-21, first(deal)) / 7 given deal",
        "first_deal_round",
        "not deal_at_summit",
        "deal_at_summit",
    ];
    let found = swept(&asked, &[]);
    let mean = |i: usize| found[i]["mean"].as_f64().expect(asked[i]);
    let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-9 * b.abs().max(1.0), "{a} {b}");
    close(mean(0), mean(1));
    close(mean(3), mean(2) * mean(4));
    close(mean(5), mean(6));
    close(mean(7), mean(8));
    close(mean(9), 1.0 - mean(10));
    assert_eq!(found[9]["n"], found[10]["n"], "what has no case has none when it is turned round");
    assert_eq!(found, swept(&asked, &["--threads", "1"]));
    let compared = summitry(&[
        "compare",
        "stockholm-2025",
        "--variant",
        "levers.us_tariff.now=30",
        "--games",
        "200",
        "--seed",
        "4",
        "--measure",
        "us.share > 0.5",
    ]);
    assert!(compared.0 == 0 && compared.1.contains("us.share > 0.5"), "{compared:?}");
    let out = summitry(&[
        "ablation",
        "stockholm-2025",
        "--games",
        "100",
        "--seed",
        "4",
        "--measure",
        "deal and us.share > 0.5",
    ]);
    assert_eq!(out.0, 0, "{out:?}");
}

#[test]
fn what_is_no_measure_is_told_with_its_place_and_the_nearest() {
    let sweep = |measure: &str| {
        refused(
            &["sweep", "stockholm-2025", "--over", "levers.us_tariff.now=30", "--games", "10", "--measure", measure],
            2,
        )
    };
    let told = sweep("us.shar");
    assert!(
        told.contains("did you mean `us.share`?") && told.contains("`summitry measures SCENARIO` lists all"),
        "{told}"
    );
    let told = sweep("us.share > 0.5 and us.shore < 1");
    assert!(told.contains("at character 20") && told.contains("did you mean `us.share`?"), "{told}");
    let told = sweep("first(deal)");
    assert!(told.contains("it comes to a date"), "{told}");
    let told = sweep("lever.us_tarif at 2025-08-01");
    assert!(told.contains("no lever `us_tarif`; did you mean `us_tariff`?"), "{told}");
    let tuned =
        ["tune", "scenarios/studies/best-replies.ron", "--side", "us", "--maximise", "us.totl", "--games", "10"];
    assert!(refused(&tuned, 2).contains("did you mean `us.total`?"));
}

#[test]
fn sources_of_numbers_are_told_and_their_paths_are_checked() {
    let told = json(&["fields", "--of", "stockholm-2025", "--format", "json"]);
    let numbers = told["numbers"].as_array().expect("a list");
    assert!(
        numbers.len() > 200 && numbers.iter().all(|n| n["because"].is_string()),
        "each number says where it is from"
    );
    let page =
        summitry(&["sweep", "stockholm-2025", "--over", "levers.cn_tariff.now=30", "--games", "20", "--seed", "1"]);
    assert!(page.1.contains("32 as written: PIIE"), "{}", page.1);
    let asks = refused(&["sweep", "stockholm-2025"], 2);
    assert!(asks.contains("How long can Beijing wait?") && asks.contains("goals.ProtractedBattle.patience"), "{asks}");
    let told = told["ask_first"].as_array().expect("a list");
    for path in told.iter().flat_map(|big| big["paths"].as_array().expect("paths")) {
        let args = ["fields", text(path), "--of", "stockholm-2025"];
        assert_eq!(summitry(&args).0, 0, "{path}");
    }
    let bad = |set: &str| refused(&["check", "stockholm-2025", "--set", set], 2);
    let told = bad(r#"because={"levers.us_tarif.now": "PIIE"}"#);
    assert!(told.contains("us_tarif") && told.contains("us_tariff"), "{told}");
    assert!(bad(r#"because={"levers": " "}"#).contains("nothing is said of it"));
    let told = bad(r#"ask_first=[(ask: "Who?", paths: ["parties.us.gaol.patience"])]"#);
    assert!(told.contains("gaol") && told.contains("goal"), "{told}");
    assert!(bad(r#"ask_first=[(ask: "Who?", paths: [])]"#).contains("one path at least"));
}
