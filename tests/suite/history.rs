//! The episodes to calibrate on: in order, nothing known too early, and the table on the page is what they come to.

use std::collections::BTreeMap;

use summitry::internals::disk::open;
use summitry::internals::history::{Among, Found, History, gaps, page, rates, read};

const FILE: &str = "scenarios/studies/history-2010-2025.ron";
const PAIR: [&str; 2] = ["us", "cn"];

fn shipped() -> History {
    read(FILE, &open).unwrap_or_else(|problems| panic!("{problems}"))
}

/// The shipped file with one text in place of another, read.
fn with(from: &str, to: &str) -> Result<History, String> {
    let text = std::fs::read_to_string(FILE).expect("readable");
    assert!(text.contains(from), "{from}");
    let text = text.replacen(from, to, 1);
    read(FILE, &|_| Ok(text.clone())).map_err(|problems| problems.to_string())
}

/// A small file of episodes, read.
fn small(episodes: &str) -> Result<History, String> {
    let text = format!(
        "(schema: \"summitry.history/1\", title: \"t\", until: \"2025-07-25\", clash_within: 60,
  sources: {{\"s\": (name: \"n\", publisher: \"p\", published: \"2024-01-01\")}},
  episodes: [{episodes}])"
    );
    read("small.ron", &|_| Ok(text.clone())).map_err(|problems| problems.to_string())
}

fn episode(id: &str, what: &str) -> String {
    format!(
        "(id: \"{id}\", by: \"a\", on: \"b\", what: {what}, sources: [\"s\"], as_of: \"2024-01-01\", coded: \"c\"),\n"
    )
}

#[test]
fn the_shipped_episodes_are_in_order_and_know_nothing_too_early() {
    let history = shipped();
    assert_eq!(history.until.to_string(), "2025-07-25");
    assert!(history.sources.values().all(|document| document.published <= history.until));
    assert!(history.episodes.iter().all(|episode| episode.as_of <= history.until));
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for episode in &history.episodes {
        let kind = format!("{:?}", episode.what);
        *kinds.entry(kind.split([' ', '{']).next().expect("a name").to_owned()).or_default() += 1;
    }
    let all: Vec<&str> = kinds.keys().map(String::as_str).collect();
    let wanted = ["Clash", "Control", "Delivery", "Expiry", "Meetings", "Move", "Ruling", "Threat", "Truce"];
    assert_eq!(all, wanted);
    assert!(history.episodes.len() >= 48, "{kinds:?}");
}

#[test]
fn a_source_or_a_fact_after_the_last_day_is_refused_where_it_stands() {
    let told = with("published: \"2025-07-24\"", "published: \"2025-07-26\"").expect_err("too late");
    let line = std::fs::read_to_string(FILE).expect("readable").lines().position(|l| l.contains("2025-07-24\"),"));
    let place = format!("{FILE}:{}:", line.expect("there") + 1);
    assert!(
        told.contains("published on 2025-07-26, and nothing after 2025-07-25 is known") && told.contains(&place),
        "{told}"
    );
    let told = with("as_of: \"2025-07-25\"", "as_of: \"2025-08-13\"").expect_err("too late");
    assert!(told.contains("nothing after 2025-07-25 is known"), "{told}");
    let told = with("published: \"2019-10-14\"", "published: \"2019-10-09\"").expect_err("the source is too early");
    assert!(told.contains("happened on 2019-10-11, and its last source is of 2019-10-09"), "{told}");
    let told = with("published: \"2019-10-14\"", "published: \"2019-13-14\"").expect_err("no day");
    assert!(told.contains("there is no day \"2019-13-14\""), "{told}");
}

#[test]
fn what_is_wrong_with_an_episode_is_told() {
    let threat = |came: &str| format!("Threat(announced: \"2019-05-05\", due: \"2019-05-10\", came: {came})");
    let truce = episode("t", "Truce(made: \"2019-05-05\")");
    let cases = [
        (episode("x", &threat("Dropped(on: \"2019-05-11\")")), "2019-05-11 stands before 2019-05-10, and is later"),
        (episode("x", &threat("Open")), "its day has come by 2024-01-01, so it is not open"),
        (
            episode("x", "Control(means: Ban, imposed: \"2020-02-01\", lifted: \"2020-01-01\")"),
            "stands before 2020-01-01",
        ),
        (episode("x", "Control(means: Ban, imposed: \"2024-02-01\")"), "known up to 2024-01-01"),
        (episode("x", "Meetings(rank: Ministers, on: [\"2020-02-01\"])"), "two meetings at least"),
        (
            episode("x", "Delivery(from: \"2020-01-01\", to: \"2020-02-01\", promised: 0, delivered: 1, unit: \"t\")"),
            "above 0",
        ),
        (episode("x", "Clash(on: \"2020-02-01\", truce: \"y\")"), "no truce of these two is called \"y\""),
        (truce.clone() + &episode("x", "Clash(on: \"2019-05-01\", truce: \"t\")"), "the truce was made on 2019-05-05"),
        (truce.clone() + &truce, "another episode is called \"t\""),
        (truce.replace("\"b\"", "\"a\""), "\"a\" acts on itself"),
        (truce.replace("[\"s\"]", "[\"z\"]"), "there is no source \"z\""),
        (truce.replace("[\"s\"]", "[]"), "a source at least is needed"),
        (truce.replace("\"c\"", "\" \""), "nothing is said here"),
        (truce.replace("made", "size: (value: 0, unit: \"t\"), made"), "there is no field `size`"),
    ];
    for (episodes, wanted) in cases {
        let told = small(&episodes).expect_err(wanted);
        assert!(told.contains(wanted) && told.contains("small.ron:"), "{wanted}: {told}");
    }
    assert!(small(&truce).is_ok());
}

/// Five threats, of which one came in part on its day, one late, one was put off, one dropped, one is open; and so on.
#[test]
fn rates_are_counted_as_they_are_said_to_be() {
    let threat = |id: &str, came: &str| {
        episode(id, &format!("Threat(announced: \"2023-01-01\", due: \"2023-01-10\", came: {came})"))
    };
    let term =
        |id: &str, of: &str, came: &str| episode(id, &format!("Expiry(of: {of}, due: \"2023-03-10\", came: {came})"));
    let all = [
        threat("1", "CarriedOut(on: \"2023-01-10\", share: 0.5)"),
        threat("2", "CarriedOut(on: \"2023-01-12\")"),
        threat("3", "Postponed(on: \"2023-01-09\", to: \"2023-02-01\")"),
        threat("4", "Dropped(on: \"2023-01-09\")"),
        threat("5", "Open").replace("2023-01-10", "2025-01-10"),
        term("6", "Agreed", "Extended(on: \"2023-03-01\", to: \"2023-04-01\")"),
        term("7", "Agreed", "Replaced(on: \"2023-03-07\")"),
        term("8", "Granted", "Lapsed"),
        episode("9", "Control(means: Ban, imposed: \"2023-01-11\", lifted: \"2023-01-31\")"),
        episode("10", "Control(means: Duty, imposed: \"2023-12-01\")"),
        episode(
            "11",
            "Meetings(rank: Officials, moves_listed: true, on: [\"2023-01-10\", \"2023-01-11\", \"2023-02-10\"])",
        ),
        episode("12", "Meetings(rank: Leaders, on: [\"2023-01-10\", \"2023-01-11\"])"),
        episode("13", "Delivery(from: \"2023-01-01\", to: \"2023-02-01\", promised: 8, delivered: 2, unit: \"t\")"),
        episode("14", "Truce(made: \"2023-05-01\")"),
        episode("15", "Clash(on: \"2023-06-30\", truce: \"14\")"),
        episode("16", "Truce(made: \"2023-07-01\")"),
        episode("17", "Clash(on: \"2023-08-31\", truce: \"16\")"),
        episode("18", "Truce(made: \"2023-12-01\")"),
        episode("19", "Move(on: \"2023-01-20\", way: Softer)").replace("by: \"a\", on: \"b\"", "by: \"b\", on: \"a\""),
        episode("20", "Move(on: \"2023-01-20\", way: Softer)").replace("\"b\"", "\"c\""),
    ];
    let history = small(&all.concat()).unwrap_or_else(|told| panic!("{told}"));
    let found: Vec<Found> = rates(&history, Among::Between(["b", "a"])).into_iter().map(|rate| rate.found).collect();
    let list = |found: &Found| match found {
        Found::List(seen) => seen.iter().map(|seen| (seen.x, seen.open)).collect::<Vec<_>>(),
        Found::Share { .. } => panic!("a share"),
    };
    assert_eq!(found[..3], [(1, 4), (1, 2), (0, 1)].map(|(yes, of)| Found::Share { yes, of }));
    assert_eq!(list(&found[3]), [(3.0, false), (9.0, false)]);
    assert_eq!(list(&found[4]), [(20.0, false), (31.0, true)]);
    assert_eq!(list(&found[5]), [(1.0, false), (30.0, false)]);
    assert_eq!(list(&found[6]), [(0.25, false)]);
    // The clash of day 60 counts, that of day 61 does not; a truce watched for a month is left out.
    assert_eq!(found[7], Found::Share { yes: 1, of: 2 });
    // The threat of 12 January, the control's two days and the other side's move; what falls on a first day falls before it.
    let moves: Vec<Option<u64>> = gaps(&history, Among::All).into_iter().map(|gap| gap.moves).collect();
    assert_eq!(moves, [Some(1), Some(3)]);
    assert_eq!(rates(&history, Among::Between(["x", "y"]))[0].found, Found::Share { yes: 0, of: 0 });
}

/// The table of the page is the table of the file. `UPDATE_GOLDEN=1` writes it.
#[test]
fn the_page_tells_what_the_episodes_come_to() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/history.md");
    let text = std::fs::read_to_string(file).expect("readable");
    let (begin, end) = ("<!-- the rates, written by the test `history` -->\n", "<!-- the rates end -->");
    let (before, rest) = text.split_once(begin).expect("a begin");
    let (told, after) = rest.split_once(end).expect("an end");
    let now = page(&shipped(), PAIR);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(file, [before, begin, &now, end, after].concat()).expect("written");
    } else {
        assert_eq!(told, now, "UPDATE_GOLDEN=1 writes it anew");
    }
}
