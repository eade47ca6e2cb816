//! Tests of the path language, on a scenario.

use super::language::{decode, read};
use super::put::set;
use super::sample::{Sample, TEXT};
use crate::notation::path::{get, leading_to, nearest_place};
use crate::notation::tree::{Kind, Node, Place};

fn tree() -> Node {
    read(TEXT, 0).expect("the sample")
}

fn value(text: &str) -> Node {
    read(text, 1).expect("a value")
}

fn put(path: &str, text: &str) -> Result<Node, String> {
    let mut tree = tree();
    set(&mut tree, path, Place::new(1, 0, path.len()), value(text)).map_err(|problem| problem.text)?;
    Ok(tree)
}

/// What decoding says of a value put where a path says.
fn judged(path: &str, text: &str) -> Result<Sample, Vec<String>> {
    let tree = put(path, text).map_err(|text| vec![text])?;
    decode(&tree).map_err(|problems| problems.into_iter().map(|problem| problem.text).collect())
}

#[test]
fn what_is_written_is_found() {
    let tree = tree();
    let shown = |path: &str| get(&tree, path).map(|node| &TEXT[node.at.start..node.at.end]).map_err(|p| p.text);
    assert_eq!(shown("clock.rounds"), Ok("26"));
    assert_eq!(shown("calendar.Summit.at"), Ok("14"));
    assert_eq!(shown("calendar.1.at"), Ok("14"));
    assert_eq!(shown("parties.us.strategy.offer.opening"), Ok("0.05"));
    assert_eq!(shown("parties.us.strategy.offer.Time.opening"), Ok("0.05"));
    assert_eq!(shown("parties.us.strategy.offer.exponent.LogNormal.median"), Ok("0.7"));
    assert_eq!(shown("parties.cn.strategy.offer.Blend.0.weight"), Ok("0.85"));
    assert_eq!(
        shown("parties.cn.strategy.offer.0.weight"),
        Err("`parties.cn.strategy.offer.0.weight` names nothing: the list has no `weight`".into())
    );
    assert_eq!(shown("parties.cn.strategy.offer.Blend.Part.tactic.exponent"), Ok("0.45"));
    assert_eq!(shown("levers.us_tariff.effects.us.Prosperity.0"), Ok("-8.4"));
    assert_eq!(shown("off.0"), Ok("\"spoilers\""));
}

#[test]
fn a_path_that_names_nothing_suggests_the_nearest() {
    let tree = tree();
    let says = |path: &str| get(&tree, path).map_err(|problem| problem.text).expect_err(path);
    assert_eq!(
        says("partys.us"),
        "`partys.us` names nothing: there is no `partys` at the top; did you mean `parties`?"
    );
    assert_eq!(says("parties.uss"), "`parties.uss` names nothing: there is no `uss` here; did you mean `us`?");
    assert_eq!(
        says("calendar.Sumit.at"),
        "`calendar.Sumit.at` names nothing: the list has no `Sumit`; did you mean `Summit`?"
    );
    assert_eq!(says("clock.rounds.x"), "`clock.rounds.x` goes on at `x` past a value: 26");
    assert_eq!(says(""), "the path is empty");
    assert_eq!(says("a..b"), "`a..b` has an empty step");
}

#[test]
fn set_writes_what_get_reads() {
    for path in [
        "clock.rounds",
        "calendar.Summit.at",
        "parties.us.strategy.offer.Time.opening",
        "prize.summit",
        "parties.us.goal.prestige",
    ] {
        let tree = put(path, "1").unwrap_or_else(|problem| panic!("{path}: {problem}"));
        assert_eq!(get(&tree, path).map(|node| node.kind.clone()), Ok(Kind::Number(1.0)), "{path}");
        assert!(judged(path, "1").is_ok(), "{path}");
    }
}

#[test]
fn a_bare_goal_or_strategy_opens_up() {
    let sample = judged("parties.us.goal.prestige", "2").expect("fine");
    assert_eq!(sample.parties["us"].goal.like.as_deref(), Some("Dealmaker"));
    let sample = judged("parties.us.goal", "Mercantilist").expect("fine");
    assert_eq!(sample.parties["us"].goal.like.as_deref(), Some("Mercantilist"));
    let sample = judged("parties.us.strategy", "boulware").expect("fine");
    assert_eq!(sample.parties["us"].strategy.like.as_deref(), Some("boulware"));
}

#[test]
fn what_was_left_out_can_be_set() {
    let sample = judged("prize.at_talks", "0.9").expect("fine");
    assert_eq!(sample.prize.at_talks.fixed().map(|share| share.get()), Some(0.9));
    assert!(judged("off", "[\"talks\"]").is_ok());
    assert_eq!(judged("parties.us.strategy", "()").map(|s| s.parties["us"].strategy.offer.is_none()), Ok(true));
    let mut tree = put("parties.us.strategy", "(like: x)").expect("fine");
    let path = "parties.us.strategy.offer.Time.exponent";
    assert_eq!(set(&mut tree, path, Place::new(1, 0, path.len()), value("2")), Ok(()));
    assert!(decode::<Sample>(&tree).is_ok());
}

#[test]
fn a_wrong_name_is_judged_by_the_path_or_by_the_decoder() {
    assert_eq!(
        put("parties.eu.optimism", "1"),
        Err("`parties.eu.optimism` names nothing: there is no `eu` here".into())
    );
    assert_eq!(
        put("us.optimism", "1"),
        Err("`us.optimism` names nothing: there is no `us` at the top; did you mean `parties.us.optimism`?".into())
    );
    assert_eq!(
        put("parties.us.strategy.offer.Reciprocate.x", "1"),
        Err("`parties.us.strategy.offer.Reciprocate.x` names nothing: this is a `Time`, not a `Reciprocate`".into())
    );
    assert_eq!(
        judged("partis.us.optimism", "1"),
        Err(vec!["there is no field `partis` here; did you mean `parties`?".into()])
    );
    assert_eq!(
        judged("clock.roudns", "1"),
        Err(vec!["there is no field `roudns` here; did you mean `rounds`?".into()])
    );
    assert_eq!(judged("clock.rounds", "26.5"), Err(vec!["a number of rounds is a whole number, found 26.5".into()]));
}

#[test]
fn a_problem_stands_under_its_step() {
    let mut tree = tree();
    let path = "parties.eu.optimism";
    let problem = set(&mut tree, path, Place::new(1, 10, 10 + path.len()), value("1")).expect_err("no eu");
    assert_eq!(problem.at, Some(Place::new(1, 18, 20)));
    assert_eq!(nearest_place(&tree, "clock.nothing.more"), get(&tree, "clock").expect("there").at);
}

#[test]
fn a_failed_set_changes_nothing() {
    let mut changed = tree();
    let path = "parties.us.goal.prestige.deep.er";
    let _ = set(&mut changed, "parties.eu.x.y", Place::new(1, 0, 3), value("1")).expect_err("no eu");
    assert_eq!(changed, tree());
    let _ = set(&mut changed, path, Place::new(1, 0, 3), value("1"));
}

#[test]
fn the_path_to_a_place_is_found_again() {
    let tree = tree();
    for path in ["clock.rounds", "calendar.1.at", "parties.us.strategy.offer.opening", "off.0"] {
        let at = get(&tree, path).expect(path).at;
        assert_eq!(leading_to(&tree, at).as_deref(), Some(path));
    }
    let key = tree.entries().expect("a record")[1].0.at;
    assert_eq!(leading_to(&tree, key).as_deref(), Some("clock"));
    assert_eq!(leading_to(&tree, tree.at), None);
}
