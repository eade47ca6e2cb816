//! What nobody knows, as commands tell it: two intervals, worlds in rows, pairs of worlds, and what is refused.

use std::path::Path;

use serde_json::Value;
use summitry::prelude::Draft;

use crate::typed::typed;

const SETS: [&str; 3] = [
    "--set=prize.summit=Unknown(Normal(mean: 0.7, sd: 0.3))",
    "--set=goals.Dealmaker.prosperity.median=Unknown(Normal(mean: 0.8, sd: 0.1))",
    "--set=parties.us.honesty=Unknown(Uniform(low: 0.6, high: 1))",
];

/// What a command prints on the main story with these numbers unknown, once it ended well.
fn told(folder: &Path, words: &[&str]) -> String {
    let all: Vec<&str> = words.iter().copied().chain(SETS).collect();
    let (code, out, err) = typed(folder, &all, "");
    assert_eq!(code, 0, "{words:?}: {err}");
    out
}

fn json(text: &str) -> Value {
    let mut value: Value = serde_json::from_str(text).expect("a document");
    if let Some(fields) = value.as_object_mut() {
        fields.remove("made");
    }
    value
}

#[test]
fn a_batch_says_how_far_something_is_not_known() {
    let folder = tempfile::tempdir().expect("a folder");
    let words = ["batch", "stockholm-2025", "--games=8192", "--seed=1"];
    let page = told(folder.path(), &words);
    for wanted in
        ["computed to", "not known", "3 numbers that nobody knows are drawn once a world; 32 worlds of 256 games"]
    {
        assert!(page.contains(wanted), "{wanted} is not in {page}");
    }
    let flat = page.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.contains("What nobody knows of deals comes from prize.summit ("), "{page}");
    let whole = json(&told(folder.path(), &[&words[..], &["--format=json"]].concat()));
    let summit = &whole["outcomes"]["summit_deal"];
    let of = |name: &str| summit["unknown"][name].as_f64().expect(name);
    let share = summit["share"].as_f64().expect("a share");
    assert!(of("low") < share && share < of("high") && of("high") - of("low") > 0.05, "{summit}");
    assert!(of("luck") > 0.5 && of("luck") < 1.0 && of("computed") > 0.0, "{summit}");
    assert_eq!((&whole["unknown"]["worlds"], &whole["unknown"]["enough"]), (&32.into(), &true.into()));
    assert_eq!(whole["unknown"]["comes_from"]["deals"][0]["path"], "prize.summit");
    // in parts that cut worlds, the same document
    let parts = ["batch", "stockholm-2025", "--games=8192", "--seed=1", "--format=json", "--out=run", "--shards=5"];
    assert_eq!(json(&told(folder.path(), &parts)), whole);
    // a batch of few worlds does not pretend to know
    let few = told(folder.path(), &["batch", "stockholm-2025", "--games=600", "--seed=1"]);
    let flat = few.split_whitespace().collect::<Vec<_>>().join(" "); // wherever its lines are broken
    assert!(
        flat.contains("30 worlds at least can") && !few.contains("computed to") && !few.contains("not known"),
        "{few}"
    );
}

#[test]
fn an_error_that_is_asked_for_is_one_over_worlds() {
    let folder = tempfile::tempdir().expect("a folder");
    let asked = "--until=error(deal) <= 0.1";
    let out = told(folder.path(), &["batch", "stockholm-2025", "--seed=1", "--format=json", asked]);
    let reached = &json(&out)["until"];
    assert_eq!((&reached["met"], &reached["games"]), (&true.into(), &8192.into()), "32 worlds: {reached}");
}

#[test]
fn rows_say_in_which_world_a_game_was_played() {
    let folder = tempfile::tempdir().expect("a folder");
    told(folder.path(), &["batch", "stockholm-2025", "--games=300", "--from=200", "--seed=1", "--rows=games.csv"]);
    let text = std::fs::read_to_string(folder.path().join("games.csv")).expect("rows");
    let mut lines = text.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let heads = lines.next().expect("heads");
    let place = |name: &str| heads.iter().position(|head| *head == name).expect(name);
    let [game, world, prize] = ["game", "world", "prize.summit"].map(place);
    let all: Vec<(u64, u64, f64)> = lines
        .map(|row| (row[game].parse().expect("n"), row[world].parse().expect("n"), row[prize].parse().expect("x")))
        .collect();
    assert_eq!(all.len(), 300);
    assert!(all.iter().all(|(game, world, _)| *world == game / 256));
    let of = |world: u64| all.iter().find(|row| row.1 == world).map(|row| row.2).expect("played");
    assert!(all.iter().all(|row| row.2 == of(row.1)) && of(0) != of(1));
    let alone = told(folder.path(), &["run", "stockholm-2025", "--seed=1", "--game=300", "--format=json"]);
    assert_eq!(json(&alone)["world"], 1);
}

#[test]
fn a_comparison_pairs_worlds() {
    let folder = tempfile::tempdir().expect("a folder");
    let words = ["compare", "stockholm-2025", "--games=7680", "--seed=1", "--format=json"];
    let variants = ["--variant=same: title=\"the same\"", "--variant=patient: parties.us.goal.patience=0.997"];
    let out = json(&told(folder.path(), &[&words[..], &variants].concat()));
    assert_eq!(out["worlds"], 30);
    let [same, patient] = [0, 1].map(|i| out["comparisons"][i]["measures"]["deal"].clone());
    assert_eq!(
        (&same["difference"], &same["unknown"]["high"], &same["unknown"]["computed"]),
        (&0.0.into(), &0.0.into(), &0.0.into())
    );
    let d = patient["difference"].as_f64().expect("a difference");
    let [low, high] = ["low", "high"].map(|end| patient["unknown"][end].as_f64().expect(end));
    assert!(low <= d + 1e-9 && d <= high + 1e-9 && d != 0.0, "{patient}");
    let whole = json(&told(folder.path(), &["batch", "stockholm-2025", "--games=7680", "--seed=1", "--format=json"]));
    let deals: f64 =
        ["mini_deal", "summit_deal"].iter().map(|name| whole["outcomes"][name]["share"].as_f64().unwrap_or(0.0)).sum();
    assert!((patient["base"].as_f64().expect("a share") - deals).abs() < 1e-12, "the same worlds as a batch");
}

#[test]
fn forecasts_and_inputs_know_of_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let questions = "(schema: \"summitry.questions/1\", title: \"t\", questions: [(id: \"deal\", group: \"a\", \
                     expression: \"count(deal) >= 1\", answer: Binary(happened: true, base_rate: 0.4))])";
    std::fs::write(folder.path().join("q.ron"), questions).expect("written");
    let words = ["score", "q.ron", "stockholm-2025", "--games=7680", "--seed=1", "--format=json"];
    let deal = json(&told(folder.path(), &words))["questions"][0].clone();
    let of = |x: &Value| x.as_f64().expect("a number");
    assert!(
        of(&deal["unknown"]["low"]) < of(&deal["chance"]) && of(&deal["unknown"]["high"]) > of(&deal["chance"]),
        "{deal}"
    );
    let inputs = told(folder.path(), &["inputs", "stockholm-2025", "--only=prize"]);
    assert!(inputs.contains("Unknown(Normal(mean: 0.7, sd: 0.3))"), "{inputs}");
    let odds = told(folder.path(), &["odds", "stockholm-2025", "--game=600", "--futures=20", "--seed=1"]);
    assert!(odds.contains("It is of world 2: what nobody knows is as it was drawn there"), "{odds}");
}

#[test]
fn games_side_by_side_are_of_one_world() {
    let ready = Draft::open("stockholm-2025").sets(SETS.map(|set| &set["--set=".len()..])).ready().expect("in order");
    let mut games = ready.vector(&["us"], 64).expect("one world");
    games.begin(1, 192).expect("the last of world 0");
    let why = games.begin(1, 200).expect_err("two worlds").to_string();
    assert!(why.contains("are not of one world"), "{why}");
    assert!(ready.vector(&["us"], 300).is_err());
}
