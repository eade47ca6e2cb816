//! Figures on the pages belong to a command, or say what else they are.
//!
//! `<!-- figures: COMMAND -->` .. `<!-- /figures -->` holds a block with what the command prints: `.ci/regenerate` writes
//! it anew, `.ci/regenerate --check` compares. `<!-- figures, long: COMMAND -->` is the same for what takes minutes.
//! `<!-- measured: COMMAND -->` .. `<!-- /measured -->` holds what depends on the machine or is read off by eye: its
//! command says how it was had. `<!-- given: WHAT -->` .. `<!-- /given -->` holds numbers that nobody measured:
//! arithmetic, history with its source, formulas. A figure in running text must stand in one of these on its page, in
//! code, or in a scenario file: text that outlives its figures is found here.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What a stretch of a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Owner {
    /// A command's output.
    Figures,
    /// A command's output that takes minutes.
    Long,
    /// Read off by hand.
    Measured,
    /// Not measured at all.
    Given,
}

/// An owned stretch of a page.
#[derive(Debug)]
struct Stretch {
    owner: Owner,
    /// The command, or what the numbers are.
    by: String,
    /// The first and the last line between its marks, from 0; empty where `lines.0 == lines.1`.
    lines: (usize, usize),
}

const MARKS: [(&str, Owner, &str); 4] = [
    ("<!-- figures: ", Owner::Figures, "<!-- /figures -->"),
    ("<!-- figures, long: ", Owner::Long, "<!-- /figures -->"),
    ("<!-- measured: ", Owner::Measured, "<!-- /measured -->"),
    ("<!-- given: ", Owner::Given, "<!-- /given -->"),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The pages that tell figures.
fn pages() -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join("docs")).expect("the folder docs");
    let mut out: Vec<PathBuf> = entries.flatten().map(|e| e.path()).collect();
    out.retain(|path| path.extension().is_some_and(|e| e == "md"));
    out.extend(["README.md", "scenarios/README.md"].map(|name| root().join(name)));
    out.sort();
    out
}

fn stretches(page: &str, text: &str) -> Vec<Stretch> {
    let lines: Vec<&str> = text.lines().collect();
    let (mut out, mut i) = (vec![], 0);
    while i < lines.len() {
        let line = lines[i].trim();
        if let Some((start, owner, end)) = MARKS.iter().find(|(start, ..)| line.starts_with(start)) {
            let by = line[start.len()..].trim_end_matches("-->").trim().to_owned();
            let last = (i + 1..lines.len()).find(|j| lines[*j].trim() == *end);
            let last = last.unwrap_or_else(|| panic!("{page}:{}: `{line}` is never closed by `{end}`", i + 1));
            assert!(!by.is_empty(), "{page}:{}: say by what", i + 1);
            out.push(Stretch { owner: *owner, by, lines: (i + 1, last) });
            i = last;
        }
        i += 1;
    }
    out
}

/// The figures of a line: numbers with a decimal point, a percent sign or a plus-minus, as written, without their sign.
fn figures(line: &str) -> Vec<String> {
    let line = outside_code(line);
    let chars: Vec<char> = line.chars().collect();
    let (mut out, mut i) = (vec![], 0);
    while i < chars.len() {
        let begins = chars[i].is_ascii_digit() || chars[i] == '.' && chars.get(i + 1).is_some_and(char::is_ascii_digit);
        let inside = i > 0 && (chars[i - 1].is_alphanumeric() || matches!(chars[i - 1], '_' | '.' | '/' | '#'));
        if !begins || inside {
            i += 1;
            continue;
        }
        let mut j = i;
        while j < chars.len()
            && (chars[j].is_ascii_digit() || chars[j] == '.' && chars.get(j + 1).is_some_and(char::is_ascii_digit))
        {
            j += 1;
        }
        let word: String = chars[i..j].iter().collect();
        let rest: String = chars[j..].iter().take(2).collect();
        let before: String = chars[..i].iter().rev().take(2).collect();
        let is_figure = word.contains('.') || rest.starts_with('%') || rest.starts_with(" %") || before.contains('±');
        // Versions and places such as 1.2.3 are no figures.
        if is_figure && word.matches('.').count() < 2 {
            out.push(plain(&word));
        }
        i = j.max(i + 1);
    }
    out
}

/// A number without a leading or a trailing nought, so that .50 and 0.5 are one.
fn plain(word: &str) -> String {
    match word.parse::<f64>() {
        Ok(x) => format!("{x}"),
        Err(_) => word.to_owned(),
    }
}

/// A line without what stands between backticks and without the targets of its links.
fn outside_code(line: &str) -> String {
    let mut out: String = line.split('`').step_by(2).collect::<Vec<_>>().join(" ");
    while let Some(start) = out.find("](") {
        let end = out[start..].find(')').map_or(out.len(), |n| start + n + 1);
        out.replace_range(start..end, " ");
    }
    out
}

/// Every number of a text, whatever stands around it.
fn numbers(text: &str) -> BTreeSet<String> {
    let parts = text.split(|c: char| !c.is_ascii_digit() && c != '.').map(|word| word.trim_end_matches('.'));
    parts.filter(|word| word.chars().any(|c| c.is_ascii_digit())).map(plain).collect()
}

/// The numbers that scenarios, strategies and the list of fields hold: what a page says of those is no measurement.
fn written() -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for folder in ["scenarios", "scenarios/theory", "scenarios/strategies", "scenarios/studies"] {
        for entry in fs::read_dir(root().join(folder)).expect("a folder").flatten() {
            if entry.path().extension().is_some_and(|e| e == "ron") {
                out.extend(numbers(&fs::read_to_string(entry.path()).expect("a file")));
            }
        }
    }
    let program = assert_cmd::cargo::cargo_bin!("summitry");
    let fields = Command::new(program).arg("fields").output().expect("the program runs");
    out.extend(numbers(&String::from_utf8_lossy(&fields.stdout)));
    out
}

/// The figures of running text that stand nowhere else on the page: line, figure.
fn orphans(page: &str, text: &str, written: &BTreeSet<String>) -> Vec<(usize, String)> {
    let owned = stretches(page, text);
    let (mut known, mut loose, mut code) = (written.clone(), vec![], false);
    known.insert("95".to_owned()); // the width of every interval, in per cent
    for (i, line) in text.lines().enumerate() {
        let fence = line.trim_start().starts_with("```");
        code ^= fence;
        if code || fence || owned.iter().any(|s| s.lines.0 <= i && i < s.lines.1) {
            known.extend(numbers(line));
        } else if !line.trim_start().starts_with("<!--") {
            known.extend(line.split('`').skip(1).step_by(2).flat_map(numbers));
            loose.extend(figures(line).into_iter().map(|figure| (i + 1, figure)));
        }
    }
    loose.retain(|(_, figure)| !known.contains(figure));
    loose
}

#[test]
fn every_figure_has_an_owner() {
    let written = written();
    let mut wrong = vec![];
    for page in pages() {
        let name = page.strip_prefix(root()).unwrap_or(&page).display().to_string();
        let text = fs::read_to_string(&page).expect("a page");
        wrong.extend(orphans(&name, &text, &written).iter().map(|(line, figure)| format!("{name}:{line}: {figure}")));
    }
    assert!(
        wrong.is_empty(),
        "{} figures of running text belong to no command (see the head of this file):\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn figures_are_found_and_known() {
    assert_eq!(figures("deals .500 of 12 games, 3 % more, ±2 and 1.2.3, in v0.5 and `0.25`"), ["0.5", "3", "2"]);
    let page = "<!-- measured: by hand -->\n1.25\n<!-- /measured -->\nIt is 1.25, not 1.26.\n";
    assert_eq!(orphans("a page", page, &BTreeSet::new()), [(4, "1.26".to_owned())]);
    assert_eq!(stretches("a page", page)[0].lines, (1, 2));
}

/// What differs from run to run: how fast this machine is.
fn steady(text: &str) -> String {
    let lines = text.lines().map(|line| match line.find(" games a second on ") {
        Some(at) => format!("..{}", &line[at..]),
        None => line.trim_end().to_owned(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// `FIGURES=check|write|check-all|write-all`, as `.ci/regenerate` sets it; without it there is nothing to do here.
#[test]
fn figures_are_what_their_commands_print() {
    #[allow(clippy::disallowed_methods)] // the one wish of a reviewer
    let Ok(wish) = std::env::var("FIGURES") else { return };
    let program = root().join("target/release/summitry");
    assert!(program.exists(), "cargo build --release first: figures of a hundred thousand games want it");
    let folder = program.parent().expect("a folder").display().to_string();
    let mut stale = vec![];
    for page in pages() {
        let name = page.strip_prefix(root()).unwrap_or(&page).display().to_string();
        let mut text = fs::read_to_string(&page).expect("a page");
        for i in 0..stretches(&name, &text).len() {
            let stretch = &stretches(&name, &text)[i];
            let ours = match stretch.owner {
                Owner::Figures => true,
                Owner::Long => wish.ends_with("-all"),
                Owner::Measured | Owner::Given => false,
            };
            if !ours {
                continue;
            }
            println!("{name}: {}", stretch.by);
            let mut shell = Command::new("sh");
            shell.args(["-c", &format!("PATH=\"{folder}:$PATH\"; {}", stretch.by)]).current_dir(root());
            let out = shell.output().expect("a shell");
            // How it was made stands above the block, as its command; the program's version is none of the page's business.
            let made = |line: &&str| !(line.starts_with("summitry ") && line.contains("), model "));
            let now = String::from_utf8(out.stdout).expect("UTF-8");
            let now = now.lines().filter(made).collect::<Vec<_>>().join("\n");
            assert!(!now.trim().is_empty(), "{}: {}", stretch.by, String::from_utf8_lossy(&out.stderr));
            let now = if now.starts_with('|') { now } else { format!("```text\n{}\n```\n", now.trim_end()) };
            let lines: Vec<&str> = text.lines().collect();
            let then = lines[stretch.lines.0..stretch.lines.1].join("\n");
            if steady(&then).trim() != steady(&now).trim() {
                stale.push(format!("{name}: {}", stretch.by));
                if wish.starts_with("write") {
                    let (head, tail) = (lines[..stretch.lines.0].join("\n"), lines[stretch.lines.1..].join("\n"));
                    text = format!("{head}\n{}\n{tail}\n", now.trim_end());
                    fs::write(&page, &text).expect("written");
                }
            }
        }
    }
    assert!(wish.starts_with("write") || stale.is_empty(), "not what the pages say:\n{}", stale.join("\n"));
    println!("written anew: {stale:#?}");
}
