//! Which inputs drive an answer, as a user asks it.

use std::fs;

use serde_json::Value;

use super::typed::{json, refused, summitry};

const STORY: &str = "scenarios/stockholm-2025.ron";

/// The inputs of a document's first measure, by path.
fn driver<'a>(found: &'a Value, measure: &str, path: &str) -> &'a Value {
    let all = found["measures"][measure]["inputs"].as_array().expect("inputs");
    all.iter().find(|input| input["path"] == path).unwrap_or_else(|| panic!("{path} in {all:#?}"))
}

fn ask(more: &[&str]) -> Vec<String> {
    let words = ["sensitivity", STORY, "--seed", "7", "--games", "60", "--format", "json"];
    words.iter().chain(more).map(|word| word.to_string()).collect()
}

fn found(more: &[&str]) -> Value {
    let words = ask(more);
    json(&words.iter().map(String::as_str).collect::<Vec<_>>())
}

#[test]
fn a_number_that_nothing_reads_has_no_part_at_all_on_the_same_dice() {
    // Without delivery nobody sees how honest a side is, and without clashes no record of it counts; what it hopes for moves
    // every offer.
    let off = "off=[\"delivery\", \"credibility\", \"unravel\"]";
    let found =
        found(&["--set", off, "--only", "optimism", "--only", "honesty", "--samples", "16", "--measure", "us.total"]);
    let idle = driver(&found, "us.total", "parties.cn.honesty");
    assert_eq!((&idle["total"]["value"], &idle["first"]["value"]), (&0.0.into(), &0.0.into()));
    let hopes = driver(&found, "us.total", "parties.cn.optimism");
    assert!(hopes["total"]["value"].as_f64().expect("a number") > 0.05, "{hopes}");
}

#[test]
fn threads_change_no_figure_and_pairs_no_index() {
    let base = ["--only", "parties.cn", "--samples", "4", "--measure", "deal", "--measure", "us.total"];
    let ask = |more: &[&str]| found(&[&base[..], more].concat());
    let (one, three) = (ask(&["--threads", "1"]), ask(&["--threads", "3"]));
    assert_eq!(one["measures"], three["measures"]);
    let pairs = ask(&["--pairs", "3"]);
    assert_eq!(pairs["measures"]["deal"]["inputs"], one["measures"]["deal"]["inputs"]);
    assert_eq!(pairs["measures"]["deal"]["pairs"].as_array().map(Vec::len), Some(3));
    assert_eq!(pairs["points"].as_u64(), one["points"].as_u64().map(|n| n + 4 * 3));
}

#[test]
fn points_written_are_played_as_a_foreign_design_to_the_same_means() {
    let desk = tempfile::tempdir().expect("a folder");
    let file = desk.path().join("points.csv");
    let name = file.to_str().expect("UTF-8");
    let own = found(&["--only", "optimism", "--samples", "4", "--design-out", name]);
    let points = fs::read_to_string(&file).expect("written");
    assert_eq!(points.lines().next(), Some("parties.cn.optimism,parties.us.optimism"));
    assert_eq!(points.lines().count(), 1 + own["points"].as_u64().expect("points") as usize);
    let again = found(&["--design", name]);
    let means: Vec<f64> = again["points"]
        .as_array()
        .expect("points")
        .iter()
        .map(|point| point["measures"]["deal"]["mean"].as_f64().expect("a mean"))
        .collect();
    let of_sample: Vec<f64> = means.chunks(4).flat_map(|row| [row[0], row[3]]).collect();
    let mean = of_sample.iter().sum::<f64>() / of_sample.len() as f64;
    assert!((mean - own["measures"]["deal"]["mean"].as_f64().expect("a mean")).abs() < 1e-12);
    // One point by hand: the same games with the numbers set.
    let cells: Vec<&str> = points.lines().nth(1).expect("a point").split(',').collect();
    let set = |path: &str, x: &str| format!("parties.{path}.optimism={x}");
    let (cn, us) = (set("cn", cells[0]), set("us", cells[1]));
    let batch = json(&["batch", STORY, "--seed", "7", "--games", "60", "--format", "json", "--set", &cn, "--set", &us]);
    let deal = batch["shares"]["deal"]["share"].as_f64().expect("a share");
    assert!((deal - means[0]).abs() < 1e-12, "{deal} and {}", means[0]);
    // Whole numbers, and texts, are values of a design too.
    fs::write(&file, "clock.rounds,parties.us.strategy\n20,\"boulware\"\n26,\"grit\"\n").expect("written");
    let (code, out, err) =
        summitry(&["sensitivity", STORY, "--design", name, "--games", "20", "--seed", "1", "--format", "csv"]);
    assert!(code == 0 && out.contains("clock.rounds,parties.us.strategy,deal,deal.se,deal.n"), "{out}{err}");
}

#[test]
fn judgement_lists_and_ranges_are_inputs_where_they_are_asked_for() {
    let inputs = |more: &[&str]| {
        let words = [&["inputs", STORY, "--format", "json"], more].concat();
        let found = json(&words);
        let all = found["inputs"].as_array().expect("inputs").clone();
        all.iter()
            .map(|input| (input["path"].as_str().expect("a path").to_owned(), input["distribution"].clone()))
            .collect::<Vec<_>>()
    };
    let drawn = inputs(&[]);
    assert!(
        drawn
            .iter()
            .any(|(path, told)| path == "parties.cn.goal.security" && told == "LogNormal(median: 1.3, spread: 0.25)")
    );
    assert!(drawn.iter().all(|(path, _)| !path.ends_with("gap")), "luck is an input only where it is named");
    assert!(inputs(&["--all", "20%"]).len() > drawn.len() + 30);
    let more = inputs(&["--over", "calendar.TalksEvery.gap=3..8", "--over", "parties.us.optimism=0..1"]);
    assert_eq!(more.len(), drawn.len() + 1);
    assert!(more.iter().any(|(path, told)| path == "parties.us.optimism" && told == "0..1"));
}

#[test]
fn games_played_anyway_say_what_drives_them_from_here_or_from_rows() {
    let found = json(&[
        "sensitivity",
        STORY,
        "--seed",
        "7",
        "--games",
        "3000",
        "--format",
        "json",
        "--method",
        "given",
        "--measure",
        "no_deal",
    ]);
    let (alone, nothing) = (
        driver(&found, "no_deal", "parties.us.goal.prosperity")["first"]["value"].as_f64().expect("a number"),
        driver(&found, "no_deal", "parties.cn.goal.date")["first"]["value"].as_f64().expect("a number"),
    );
    assert!(alone > 0.02 && alone > nothing, "{alone} and {nothing}");
    let desk = tempfile::tempdir().expect("a folder");
    let file = desk.path().join("rows.csv");
    let mut rows = "game,deal,parties.cn.optimism,parties.us.optimism\n".to_owned();
    for g in 0..400 {
        let (x, y) = (f64::from(g * 37 % 400) / 400.0, f64::from(g * 101 % 400) / 400.0);
        rows.push_str(&format!("{g},{},{x},{y}\n", x > 0.5));
    }
    fs::write(&file, rows).expect("written");
    let name = file.to_str().expect("UTF-8");
    let of_rows = json(&["sensitivity", STORY, "--rows", name, "--seed", "1", "--format", "json"]);
    // Of 25 classes the one in the middle holds both answers: all but a 25th of the variance lies between them.
    let alone = driver(&of_rows, "deal", "parties.cn.optimism")["first"]["value"].as_f64().expect("a number");
    assert!((alone - 0.96).abs() < 0.02, "{alone}");
    assert!(driver(&of_rows, "deal", "parties.us.optimism")["delta"]["value"].as_f64().expect("a number") < 0.1);
    let boxes = json(&["discover", name, "--where", "not deal", "--seed", "1", "--format", "json"]);
    let limit = &boxes["boxes"][0]["limits"][0];
    assert_eq!((&limit["path"], &limit["low"]), (&"parties.cn.optimism".into(), &Value::Null));
    assert!((limit["high"].as_f64().expect("an end") - 0.5).abs() < 0.02, "{boxes:#}");
    assert!(boxes["boxes"][0]["held_out"]["density"].as_f64() > Some(0.95), "{boxes:#}");
}

/// Rows in any form are the games themselves: what is asked of a file is answered as if they were played for it.
#[test]
fn rows_in_any_form_give_the_answer_of_their_games() {
    let desk = tempfile::tempdir().expect("a folder");
    // rows do not say where their numbers are from
    const OTHERWISE: [&str; 6] = ["made", "scenario", "scenario_hash", "seed", "asked", "because"];
    let plain = |mut document: Value| {
        let all = document.as_object_mut().expect("a document");
        all.retain(|field, _| !OTHERWISE.contains(&field.as_str()));
        document
    };
    let ask = |words: &[&str]| plain(json(&[words, &["--seed", "4", "--format", "json"]].concat()));
    let boxes = |of: &str, more: &[&str]| {
        let question = "us.total > 0.4 and not summit_deal or threats > 3";
        ask(&[&["discover", of, "--where", question], more].concat())
    };
    let given = |more: &[&str]| {
        ask(&[&["sensitivity", STORY, "--measure", "deal", "--measure", "us.total", "--measure", "us.share * 2"], more]
            .concat())
    };
    let (in_boxes, drivers) = (boxes(STORY, &["--games", "700"]), given(&["--games", "700", "--method", "given"]));
    assert!(in_boxes["boxes"].as_array().is_some_and(|boxes| !boxes.is_empty()), "{in_boxes:#}");
    assert!(driver(&drivers, "us.share * 2", "parties.us.optimism")["first"]["value"].is_number(), "{drivers:#}");
    for form in ["parquet", "csv", "ndjson"] {
        let file = desk.path().join(format!("x.{form}"));
        let name = file.to_str().expect("UTF-8");
        json(&["batch", STORY, "--games", "700", "--seed", "4", "--rows", name, "--format", "json"]);
        assert_eq!(boxes(name, &[]), in_boxes, "{form}");
        assert_eq!(given(&["--rows", name]), drivers, "{form}");
        let told = refused(&["discover", name, "--where", "ending", "--seed", "1"], 2);
        assert!(told.contains("`ending` of these rows holds no numbers"), "{told}");
    }
    let rows = desk.path().join("x.parquet");
    let rows = rows.to_str().expect("UTF-8");
    let of_file = json(&["sensitivity", STORY, "--rows", rows, "--measure", "deal", "--format", "json"]);
    assert_eq!(of_file["seed"], 4, "the seed is that of the games");
    let told = refused(&["sensitivity", "scenarios/phase-one-2018.ron", "--rows", rows, "--measure", "deal"], 2);
    assert!(told.contains("holds games of another scenario"), "{told}");
    let cut = desk.path().join("cut.parquet");
    let whole = fs::read(desk.path().join("x.parquet")).expect("written");
    for (bytes, says) in [
        (&whole[..whole.len() / 2], "cannot be read as Parquet"),
        (b"PAR1", "cannot be read as Parquet"),
        (b"", "cannot be read as Parquet"),
    ] {
        fs::write(&cut, bytes).expect("written");
        let told = refused(&["discover", cut.to_str().expect("UTF-8"), "--where", "deal", "--seed", "1"], 2);
        assert!(told.contains(says), "{told}");
    }
}

/// Washington signs little where its prosperity counts for little: the sentence says so, and other games bear it out.
#[test]
fn where_deals_fail_is_told_in_words() {
    let words = ["discover", STORY, "--where", "not deal", "--games", "8000", "--seed", "3"];
    let (code, page, err) = summitry(&words);
    let words_of = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(code == 0 && words_of(&page).contains("parties.us.goal.prosperity is below"), "{page}{err}");
    assert!(page.lines().filter(|line| !line.starts_with("summitry")).all(|line| line.chars().count() <= 80), "{page}");
    let one = json(&[&words[..], &["--format", "json", "--threads", "1"]].concat());
    let two = json(&[&words[..], &["--format", "json", "--threads", "2"]].concat());
    assert_eq!(one["boxes"], two["boxes"]);
    let (all, held) = (&one["held_out"], &one["boxes"][0]["held_out"]);
    assert!(held["density"].as_f64() > all["density"].as_f64(), "{one:#}");
}

#[test]
fn what_cannot_be_asked_is_refused() {
    let desk = tempfile::tempdir().expect("a folder");
    let empty = desk.path().join("empty.csv");
    fs::write(&empty, "parties.us.optimism\n").expect("written");
    let name = empty.to_str().expect("UTF-8");
    for (words, says) in [
        (vec!["sensitivity", STORY, "--measure", "dael"], "did you mean `deal`?"),
        (vec!["sensitivity", STORY, "--only", "nothing.like.it"], "nothing to vary"),
        (vec!["sensitivity", STORY, "--over", "parties.us.optimism=1..0"], "not below"),
        (vec!["sensitivity", STORY, "--method", "given", "--over", "clock.rounds=20..26"], "is not drawn"),
        (vec!["sensitivity", STORY, "--design", name], "has no points"),
        (vec!["sensitivity", STORY, "--rows", "rows.txt"], "end in .parquet, .csv"),
        (vec!["inputs", STORY, "--over", "nosuch.path=1..2"], "nosuch"),
        (vec!["inputs", STORY, "--over", "parties.us.optimism=0..5"], "lies between 0 and 1"),
        (
            vec!["tune", STORY, "--over=parties.us.optimism=0..1", "--maximise=deal", "--tries=1"],
            "1 candidate is too few",
        ),
        (
            vec!["discover", "studies/unknown-2025", "--where", "deal", "--games", "300"],
            "at least two worlds are needed",
        ),
        (vec!["discover", STORY, "--where", "us.total", "--games", "400"], "a yes or no is needed"),
        (vec!["discover", STORY, "--where", "deal", "--games", "100"], "at least 200 games"),
        (vec!["discover", STORY, "--where", "deal", "--games", "1e9"], "too many"),
        (vec!["sensitivity", STORY, "--games", "1e9"], "too many"),
    ] {
        let err = refused(&words, 2);
        assert!(err.contains(says), "{words:?}: {err}");
    }
}
