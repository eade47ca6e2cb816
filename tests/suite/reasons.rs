//! Where a number is from is told wherever a path's number is: whole in documents, in short on pages.

use serde_json::Value;

use super::typed::{json, refused, summitry};

const STORY: &str = "scenarios/stockholm-2025.ron";

/// What `inputs` says of a path's source, which its author wrote.
fn said(path: &str) -> String {
    let all = json(&["inputs", STORY, "--format=json"]);
    let rows = all["inputs"].as_array().expect("inputs").clone();
    let row = rows.iter().find(|row| row["path"] == path).unwrap_or_else(|| panic!("no input {path}"));
    row["because"].as_str().unwrap_or_else(|| panic!("nothing is said of {path}")).to_owned()
}

/// The page of a command shows how a reason begins.
fn shown(words: &[&str], reason: &str) {
    let (code, page, err) = summitry(words);
    assert_eq!(code, 0, "{err}");
    let begins: String = reason.chars().take(20).collect();
    assert!(page.contains("where it is from") && page.contains(&begins), "{words:?}: {page}");
}

#[test]
fn studies_of_many_paths_say_where_each_is_from() {
    let path = "parties.us.optimism";
    let reason = said(path);
    let of = |document: &Value, list: &str| {
        let rows = document[list].as_array().expect("rows").clone();
        rows.iter().find(|row| row["path"] == path).map(|row| row["because"].clone()).expect("the path")
    };
    let asked = ["sensitivity", STORY, "--only=us.optimism", "--samples=4", "--games=20", "--seed=1"];
    assert_eq!(of(&json(&[&asked[..], &["--format=json"]].concat()), "inputs"), reason);
    shown(&asked, &reason);
    let found = ["discover", STORY, "--where=deal", "--only=us.optimism", "--games=400", "--seed=1"];
    assert_eq!(json(&[&found[..], &["--format=json"]].concat())["because"][path], reason);
    let over = "--over=parties.us.optimism=0..1";
    let tuned = ["tune", STORY, over, "--maximise=us.total", "--tries=8", "--games=40", "--seed=1"];
    let document = json(&[&tuned[..], &["--format=json"]].concat());
    assert_eq!(of(&document, "searched"), reason);
    if document["best"].is_object() {
        shown(&tuned, &reason);
    }
}

#[test]
fn a_number_of_a_preset_is_told_with_where_it_counts() {
    let of = |path: &str| summitry(&["fields", path, "--of", "stockholm-2025"]);
    let (code, page, err) = of("parties.us.strategy.offer");
    assert_eq!(code, 0, "{err}");
    assert!(page.contains("is not written: `us` plays by \"deal-seeker\""), "{page}");
    let told = json(&["fields", "parties.us.strategy.model", "--of", "stockholm-2025", "--format=json"]);
    let rows = told["numbers"].as_array().expect("numbers");
    assert!(rows.iter().any(|row| row["path"].as_str().is_some_and(|path| path.ends_with("sharpness"))), "{told}");
    assert!(told["note"].as_str().is_some_and(|note| note.contains("`parties.us.strategy.model` is not written")));
    // a field at its default, and one that there is not
    let told = refused(&["fields", "levers.us_tariff.pie", "--of", "stockholm-2025"], 2);
    assert!(told.contains("it is at its default, false"), "{told}");
    let told = refused(&["fields", "parties.us.gaol", "--of", "stockholm-2025"], 2);
    assert!(told.contains("did you mean `goal`?"), "{told}");
}

#[test]
fn ends_of_a_reach_lie_within_the_range_of_their_lever() {
    for end in ["low", "high"] {
        let (_, page, _) = summitry(&["fields", &format!("levers.X.reach.{end}")]);
        let page = page.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(page.contains("within `range`"), "{page}");
        let (_, page, _) = summitry(&["fields", &format!("levers.X.range.{end}")]);
        assert!(!page.contains("within `range`"), "{page}");
    }
}
