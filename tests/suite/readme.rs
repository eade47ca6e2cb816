//! What the pages tell a reader to type works as it is written, with fewer games.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// Commands that play many games; a reader's number of them is made small.
const MANY: [&str; 10] =
    ["batch", "compare", "sweep", "sensitivity", "tune", "score", "signs", "ablation", "tournament", "report"];

/// The commands of a page: lines of its blocks and whole pieces in backticks that call the program.
fn commands(text: &str) -> Vec<String> {
    let (mut out, mut code) = (vec![], false);
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            code = !code;
        } else if code {
            out.extend(called(line.trim()));
        } else if line.starts_with('|') {
            out.extend(line.split('`').skip(1).step_by(2).filter_map(called));
        }
    }
    out
}

/// The program's arguments, where a line calls it.
fn called(line: &str) -> Option<String> {
    let rest = line.strip_prefix("cargo run --release -- ").or_else(|| line.strip_prefix("summitry "))?;
    Some(rest.split("  #").next().unwrap_or(rest).trim_end().to_owned())
}

/// The same with few games.
fn shortened(args: &str) -> String {
    let words: Vec<&str> = args.split(' ').collect();
    let mut out: Vec<&str> = vec![];
    for (i, word) in words.iter().enumerate() {
        let number = i > 0 && words[i - 1] == "--games";
        out.push(if number { "40" } else { word });
    }
    if MANY.contains(&words[0]) && !words.contains(&"--games") {
        out.push("--games 40");
    }
    match words[0] {
        "odds" => out.push("--futures 40"),
        "discover" => out.push("--games 400"), // fewer are refused
        _ => {}
    }
    out.join(" ")
}

/// Cannot be run as they stand: an address to stay open, or a name for the reader to fill in.
fn is_to_be_filled_in(args: &str) -> bool {
    args.starts_with("serve")
        || args.split(' ').any(|word| word.len() > 3 && word.chars().all(|c| c.is_ascii_uppercase()))
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder").flatten() {
        let there = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &there);
        } else {
            fs::copy(entry.path(), there).expect("a file");
        }
    }
}

#[test]
fn what_the_readme_says_to_type_works() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let desk = tempfile::tempdir().expect("a folder");
    copy(&root.join("scenarios"), &desk.path().join("scenarios"));
    let program = assert_cmd::cargo::cargo_bin!("summitry");
    let folder = program.parent().expect("a folder").display().to_string();
    let all = commands(&fs::read_to_string(root.join("README.md")).expect("the README"));
    let runs: Vec<&String> = all.iter().filter(|args| !is_to_be_filled_in(args)).collect();
    assert!(runs.len() >= 18, "the README's commands were found: {all:#?}");
    for args in runs {
        let line = format!("summitry {}", shortened(args));
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("PATH=\"{folder}:$PATH\"; {line}")]);
        shell.current_dir(desk.path()).stdin(Stdio::null());
        let out = shell.output().expect("a shell");
        let said = String::from_utf8_lossy(&out.stderr);
        // A seat at the terminal ends where its input does; so few games are no proof of a sign, nor enough to know.
        let few = (args.starts_with("signs") || args.contains("--until")) && out.status.code() == Some(4);
        let fine = out.status.success() || few || args.starts_with("play");
        assert!(fine, "{line}\n{}\n{said}", out.status);
        assert!(!out.stdout.is_empty() || !said.is_empty(), "{line} says nothing");
    }
}

#[test]
fn commands_are_found_where_a_reader_sees_them() {
    let page = "text `summitry run x`\n```sh\ncargo run --release -- batch a.ron --games 1e7\n```\n| q | `summitry check a.ron` |\n";
    assert_eq!(commands(page), ["batch a.ron --games 1e7", "check a.ron"]);
    assert_eq!(shortened("batch a.ron --games 1e7"), "batch a.ron --games 40");
    assert_eq!(shortened("signs a.ron"), "signs a.ron --games 40");
}
