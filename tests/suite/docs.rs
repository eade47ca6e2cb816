//! The pages keep up with the house: every mechanism is explained, no link leads nowhere, no path of one machine.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text(file: &Path) -> String {
    fs::read_to_string(file).unwrap_or_else(|e| panic!("{}: {e}", file.display()))
}

/// The pages a reader is sent to.
fn pages() -> Vec<PathBuf> {
    let mut out = vec![
        root().join("README.md"),
        root().join("ARCHITECTURE.md"),
        root().join("scenarios/README.md"),
        root().join("FORMATS.md"),
        root().join("python/README.md"),
    ];
    let entries = fs::read_dir(root().join("docs")).expect("the folder docs");
    out.extend(entries.flatten().map(|e| e.path()).filter(|p| p.extension().is_some_and(|e| e == "md")));
    out.sort();
    out
}

/// A page without its comments and its blocks of code: what a reader sees as text.
fn seen(text: &str) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while let Some(start) = rest.find("<!--") {
        out.push_str(&rest[..start]);
        rest = rest[start..].find("-->").map_or("", |end| &rest[start + end + 3..]);
    }
    out.push_str(rest);
    let mut code = false;
    let lines = out.lines().filter(|line| {
        let fence = line.trim_start().starts_with("```");
        code ^= fence;
        !code && !fence
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The targets of a page's links and pictures, those that are named below the page among them.
fn links(text: &str) -> Vec<String> {
    let seen = seen(text);
    let after = seen.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    after.chain(definitions(&seen).into_iter().map(|(_, target)| target)).map(|t| t.trim().to_owned()).collect()
}

/// The names that links of a page may use, and what each leads to.
fn definitions(text: &str) -> Vec<(&str, &str)> {
    text.lines().filter_map(|line| line.strip_prefix('[')?.split_once("]: ")).collect()
}

/// README is also the front of the crate, where no page lies beside it: links to pages are by name, and there each name
/// leads to where the pages are told.
#[test]
fn the_links_of_readme_lead_somewhere_on_the_crate_s_front_too() {
    let (readme, front) = (text(&root().join("README.md")), text(&root().join("src/lib.rs")));
    let (before, after) = front.split_once("include_str!(\"../README.md\")").expect("README is the front");
    let first: Vec<&str> = before.lines().filter_map(|line| line.strip_prefix("//! ")).collect();
    let first = first.join("\n");
    let page = seen(&readme);
    let own = definitions(&page);
    assert!(own.len() > 15, "{own:?}");
    let names = |all: &[(&str, &str)]| all.iter().map(|(name, _)| name.to_string()).collect::<Vec<_>>();
    assert_eq!(names(&own), names(&definitions(&first)));
    let place =
        headings(&after.replace("//! ", "")).iter().map(|heading| format!("#{}", anchor(heading))).collect::<Vec<_>>();
    assert!(definitions(&first).iter().all(|(_, target)| place.contains(&target.to_string())), "{place:?}");
    let bare: Vec<&str> = page.split("](").skip(1).filter(|rest| !rest.starts_with("http")).collect();
    assert!(bare.is_empty(), "links to pages are by name: {bare:?}");
    for part in page.split("][").skip(1) {
        let name = part.split(']').next().unwrap_or_default();
        assert!(own.iter().any(|(known, _)| *known == name), "nothing is called `{name}`");
    }
}

/// The anchor that a heading gets: lower case, spaces as hyphens, signs left out.
fn anchor(heading: &str) -> String {
    let kept = heading.trim().chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect()
}

fn headings(text: &str) -> Vec<String> {
    let seen = seen(text);
    let lines = seen.lines().filter(|line| line.starts_with('#'));
    lines.map(|line| line.trim_start_matches('#').trim().to_owned()).collect()
}

#[test]
fn every_mechanism_has_its_section() {
    let list = text(&root().join("src/mechanisms/mod.rs"));
    let named = list.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    let files: Vec<&str> = named.collect();
    assert!(files.len() > 20, "the list of mechanisms is not found any more");
    let headings = headings(&text(&root().join("docs/model.md")));
    let missing: Vec<&&str> =
        files.iter().filter(|file| !headings.iter().any(|h| h.contains(&format!("`{file}`")))).collect();
    assert!(missing.is_empty(), "docs/model.md has no section for {missing:?}: a heading with the file's name in it");
    let sections = headings.iter().filter(|h| h.starts_with('`'));
    let stale: Vec<&String> =
        sections.filter(|h| !files.iter().any(|file| h.starts_with(&format!("`{file}`")))).collect();
    assert!(stale.is_empty(), "docs/model.md explains mechanisms that are not there: {stale:?}");
}

#[test]
fn every_scenario_stands_in_the_index() {
    let index = links(&text(&root().join("scenarios/README.md")));
    let strategies = links(&text(&root().join("docs/strategies.md")));
    let mut missing = vec![];
    for folder in ["", "theory", "classroom", "studies", "strategies"] {
        let entries = fs::read_dir(root().join("scenarios").join(folder)).expect("a folder").flatten();
        for name in entries.filter_map(|e| e.file_name().into_string().ok()).filter(|name| name.ends_with(".ron")) {
            let (here, list) = match folder {
                "" => (name, &index),
                "strategies" => (format!("../scenarios/strategies/{name}"), &strategies),
                _ => (format!("{folder}/{name}"), &index),
            };
            if !list.contains(&here) {
                missing.push(here);
            }
        }
    }
    assert!(missing.is_empty(), "no reader finds these, for no list names them: {missing:?}");
}

/// The files and folders of this repository that a page names in code, those with a name to fill in left out.
fn places(text: &str) -> Vec<String> {
    let starts = ["src/", "tests/", "docs/", "scenarios/", "benches/", "examples/", ".ci/"];
    let quoted = text.split('`').skip(1).step_by(2);
    let places = quoted.filter(|word| starts.iter().any(|start| word.starts_with(start)));
    let plain = places.filter(|word| !word.contains(|c: char| c.is_ascii_uppercase() || " *{<".contains(c)));
    plain.map(str::to_owned).collect()
}

#[test]
fn what_the_house_is_said_to_hold_is_there() {
    let mut missing = vec![];
    for page in ["ARCHITECTURE.md", "CONTRIBUTING.md"] {
        let all = places(&text(&root().join(page)));
        assert!(all.len() > 5, "{page} names files");
        missing.extend(
            all.into_iter().filter(|place| !root().join(place).exists()).map(|place| format!("{page}: {place}")),
        );
    }
    assert!(missing.is_empty(), "{missing:?}");
    assert_eq!(places("`src/a.rs` and `src/NAME.rs`, `b`, `.ci/run quick`"), ["src/a.rs"]);
}

#[test]
fn no_link_leads_nowhere() {
    let mut broken = vec![];
    for page in pages() {
        for link in links(&text(&page)) {
            if link.contains("://") || link.starts_with("mailto:") {
                continue;
            }
            let (file, part) = link.split_once('#').unwrap_or((link.as_str(), ""));
            let target = if file.is_empty() { page.clone() } else { page.with_file_name(file) };
            let there = if target.extension().is_some_and(|e| e == "md") && !part.is_empty() {
                target.is_file() && headings(&text(&target)).iter().any(|h| anchor(h) == part)
            } else {
                target.exists()
            };
            if !there {
                broken.push(format!("{}: {link}", page.strip_prefix(root()).unwrap_or(&page).display()));
            }
        }
    }
    assert!(broken.is_empty(), "links that lead nowhere:\n{}", broken.join("\n"));
}

#[test]
fn no_page_knows_the_machine_it_was_written_on() {
    for page in pages() {
        let text = text(&page);
        for path in [concat!("../sha", "red"), "/home/", concat!("/ro", "ot/"), "/tmp/", concat!("/wo", "rk/")] {
            assert!(!text.contains(path), "{} speaks of {path}", page.display());
        }
    }
}

#[test]
fn links_are_found_where_a_reader_sees_them() {
    let page =
        "# A `b` c\nsee [x](x.md#a-b-c) and ![y](y.png)\n```\n[no](no.md)\n```\n<!-- [nor](nor.md) -->\n[z](#z)\n";
    assert_eq!(links(page), ["x.md#a-b-c", "y.png", "#z"]);
    assert_eq!(anchor(&headings(page)[0]), "a-b-c");
}
