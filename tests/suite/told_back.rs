//! Commands that are told back to the reader: each can be pasted into a shell, whatever the file is called.

use std::path::Path;

use super::typed::typed;

const STOCKHOLM: &str = "scenarios/stockholm-2025.ron";
const ALONE: &str = "scenarios/theory/two-issues.ron";

/// A folder with two scenarios under names that a shell would take apart.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let copy = |from: &str, name: &str| {
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join(from);
        std::fs::copy(from, folder.path().join(name)).expect("copied");
    };
    copy(STOCKHOLM, "my story.ron");
    copy(ALONE, "it's $5.ron");
    folder
}

/// What a command prints that ends well.
fn says(from: &Path, arguments: &[&str]) -> String {
    let (code, out, err) = typed(from, arguments, "");
    assert_eq!(code, 0, "{arguments:?}: {err}");
    out
}

/// The words of the command in a line of a page that holds `mark`, as a shell reads them.
fn pasted(page: &str, mark: &str) -> Vec<String> {
    let line = page.lines().find(|line| line.contains(mark)).unwrap_or_else(|| panic!("no `{mark}` in {page}"));
    let command = &line[line.find("summitry ").expect("a command")..];
    let command = command.split("   (").next().expect("before the remark").trim_end_matches(['.', '`']);
    let words = shell_words::split(command).unwrap_or_else(|e| panic!("{command}: {e}"));
    assert_eq!(words[0], "summitry", "{command}");
    words
}

/// Types a command that was told.
fn again(from: &Path, words: &[String]) -> String {
    says(from, &words[1..].iter().map(String::as_str).collect::<Vec<_>>())
}

#[test]
fn what_to_type_next_can_be_typed() {
    let folder = folder();
    let here = folder.path();
    for (file, title) in [("my story.ron", "Stockholm"), ("it's $5.ron", "")] {
        let page = says(here, &["batch", file, "--games", "50", "--seed", "1"]);
        let next = pasted(&page, "Next: ");
        assert_eq!(next[1..], ["run", file, "--seed", "1", "--game", "0"]);
        assert!(again(here, &next).contains(title));
    }
    let sets = ["--set", "off=[\"summit\"]", "--us", "boulware"];
    let page = says(here, &[&["batch", "my story.ron", "--games", "50", "--seed", "1"][..], &sets].concat());
    let next = pasted(&page, "Next: ");
    assert_eq!(next[3..7], ["--strategy", "us=boulware", "--set", "off=[\"summit\"]"]);
    again(here, &next);
}

#[test]
fn a_told_game_names_commands_that_play_and_count_it() {
    let folder = folder();
    let page = says(folder.path(), &["run", "my story.ron", "--seed", "1"]);
    let flat = page.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.contains("summitry run 'my story.ron' --seed 1 --game 0"), "{page}");
    assert!(flat.contains("How often games end so: summitry batch 'my story.ron'."), "{page}");
}

#[test]
fn other_commands_quote_what_they_tell_too() {
    let folder = folder();
    let here = folder.path();
    for arguments in [&["new", "my own.ron"][..], &["new", "strategy", "my plan.ron"]] {
        let page = says(here, arguments);
        assert_eq!(pasted(&page, "summitry check")[..2], ["summitry", "check"]);
        again(here, &pasted(&page, "summitry check"));
    }
    let template = std::fs::read_to_string(here.join("my plan.ron")).expect("written");
    assert!(template.contains("summitry check 'my plan.ron' "), "{template}");
    let variant = ["compare", "my story.ron", "--variant", "title=\"it's\"; parties.us.ratify=0.1", "--games", "60"];
    let page = says(here, &[&variant[..], &["--seed", "3"]].concat());
    let told: Vec<&str> = page.lines().filter(|line| line.trim_start().starts_with("summitry run")).collect();
    assert_eq!(told.len(), 2, "{page}");
    told.iter().for_each(|line| assert!(!again(here, &pasted(line, "summitry run")).is_empty()));
    let tune = ["tune", "my story.ron", "--over", "parties.us.optimism=0..1", "--maximise", "us.total"];
    let budget = ["--tries", "8", "--games", "20", "--seed", "3", "--out", "my best.ron"];
    let page = says(here, &[&tune[..], &budget].concat());
    if here.join("my best.ron").exists() {
        assert_eq!(pasted(&page, "Next: ")[1..], ["compare", "my story.ron", "my best.ron"]);
    }
}
