//! What is refused says what it is, where it stands and what to do; what is left out of a report is named.

use std::path::Path;

use super::typed::{refused, summitry, typed};

fn at(folder: &Path, name: &str) -> String {
    folder.join(name).to_str().expect("UTF-8").to_owned()
}

#[test]
fn a_file_of_rows_is_no_document() {
    let folder = tempfile::tempdir().expect("a folder");
    let rows = at(folder.path(), "games.csv");
    std::fs::write(&rows, "game,deal\n0,1\n").expect("written");
    let said = refused(&["verify", &rows], 2);
    assert!(said.contains("games.csv` is a file of rows") && said.contains("summitry discover "), "{said}");
    let said = refused(&["report", &rows], 2);
    assert!(said.contains("no column of drawn numbers"), "{said}");
    for words in
        [&["discover", "none.csv", "--where", "deal"][..], &["sensitivity", "stockholm-2025", "--rows", "none.csv"]]
    {
        let said = refused(words, 2);
        assert!(
            said.contains("there is no file `none.csv`") && said.contains("summitry batch SCENARIO --rows FILE"),
            "{said}"
        );
    }
}

#[test]
fn a_report_of_a_folder_names_what_it_leaves_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let (code, document, _) = summitry(&["batch", "stockholm-2025", "--games=20", "--seed=1", "--format=json"]);
    assert_eq!(code, 0);
    let inside = at(folder.path(), "all");
    std::fs::create_dir(&inside).expect("a folder");
    for (name, text) in [
        ("a.json", &document[..]),
        ("b.json", &document),
        ("c.json", "{\"schema\":"),
        ("d.json", "{\"schema\":\"summitry.plan/1\"}"),
    ] {
        std::fs::write(folder.path().join("all").join(name), text).expect("written");
    }
    let (code, told, said) = typed(folder.path(), &["report", "all", "--out", "page.html"], "");
    assert_eq!(code, 0, "{said}");
    assert_eq!(told.matches("How games end").count(), 1, "drawn once: {told}");
    let page = std::fs::read_to_string(at(folder.path(), "page.html")).expect("a page");
    for text in [&said, &page] {
        assert!(text.contains("b.json` says what `") && text.contains("c.json` is no document"), "{text}");
        assert!(text.contains("d.json` is a `summitry.plan/1`"), "{text}");
    }
    assert!(page.contains("Left out"), "the page says so too");
    let (code, _, said) = typed(folder.path(), &["report", "all/c.json", "--out", "other.html"], "");
    assert!(code == 2 && said.contains("c.json` is no document"), "one that is named is an error: {said}");
}

#[test]
fn lint_says_that_it_found_nothing() {
    let (code, told, _) = summitry(&["check", "stockholm-2025", "--lint"]);
    assert!(code == 0 && told.contains("lint found nothing odd in it"), "{told}");
    let (_, told, said) = summitry(&["check", "stockholm-2025", "--lint", "--set", "goals.Mercantilist.date=99"]);
    assert!(!told.contains("found nothing") && said.contains("1 warning"), "{told}{said}");
    let (_, told, _) = summitry(&["check", "stockholm-2025"]);
    assert!(!told.contains("lint"), "it was not asked: {told}");
}

/// Every number that is drawn in the shipped story has a word on where it is from.
#[test]
fn every_input_of_the_story_says_where_it_is_from() {
    for words in [&["inputs", "stockholm-2025"][..], &["inputs", "stockholm-2025", "--all", "20%"]] {
        let (code, told, _) = summitry(words);
        assert!(code == 0 && told.contains("extend.bar") && !told.contains("nothing is said"), "{told}");
    }
    let set = ["inputs", "stockholm-2025", "--set", "parties.us.goal.patience=Uniform(low: 0.9, high: 0.99)"];
    assert!(summitry(&set).1.contains("nothing is said"), "of a number that was typed nobody says it");
}
