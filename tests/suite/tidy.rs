//! The house stays one to live in: arrows point down, files stay short, every public item says what it is.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// From the ground up. A module may use what stands before it, and what stands in its own group.
const LAYERS: &[&[&str]] = &[
    &["notation"],
    &["error", "charts", "codes"],
    &["expression"],
    &["units", "model", "command_line"],
    &["scenario"],
    &["world"],
    &["table"],
    &["strategies"],
    &["session"],
    &["mechanisms"],
    &["record"],
    &["round"],
    &["ready"],
    &["game"],
    &["bargain", "import", "environment"],
    &["batch"],
    &["studies"],
    &["report"],
    &["figures"],
    &["disk"],
    &["rows"],
    &["front"],
    &["shards"],
    &["prelude", "parts", "results"],
    &["internals"],
    &["web"],
    &["classroom"],
    &["cli"],
];

fn rust_files(under: &Path, out: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(under) else { return };
    for path in entries.flatten().map(|e| e.path()) {
        if path.is_dir() {
            rust_files(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

fn sources() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = vec![];
    for folder in ["src", "tests", "benches", "examples"] {
        rust_files(&root.join(folder), &mut files);
    }
    files.sort();
    assert!(files.len() > 50);
    files
        .into_iter()
        .map(|f| {
            let text = fs::read_to_string(&f).expect("a readable file");
            (f.strip_prefix(root).expect("in the house").to_path_buf(), text)
        })
        .collect()
}

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|group| group.contains(&module))
}

fn module_of(file: &Path) -> Option<String> {
    let mut parts = file.iter().map(|p| p.to_string_lossy().into_owned());
    (parts.next()? == "src").then_some(())?;
    let first = parts.next()?;
    Some(first.trim_end_matches(".rs").to_string())
}

/// The modules of `crate::` that a text names outside its tests and comments.
fn used(text: &str) -> Vec<String> {
    let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or(text);
    let lines = code.lines().filter(|l| !l.trim_start().starts_with("//"));
    let mut out = vec![];
    for line in lines {
        for part in line.split("crate::").skip(1) {
            let name: String = part.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            out.push(name);
        }
    }
    out
}

fn upward(file: &Path, text: &str) -> Vec<String> {
    let Some(from) = module_of(file) else { return vec![] };
    let Some(here) = layer(&from) else { return vec![] };
    let above = |name: &String| layer(name).is_some_and(|there| there > here);
    used(text).into_iter().filter(above).map(|name| format!("{}: {from} uses {name}", file.display())).collect()
}

#[test]
fn arrows_point_down() {
    let wrong: Vec<String> = sources().iter().flat_map(|(file, text)| upward(file, text)).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    // The check can fail: a mechanism that reached for the command line would be seen.
    assert_eq!(upward(Path::new("src/mechanisms/x.rs"), "use crate::cli::Exit;\n").len(), 1);
}

#[test]
fn every_module_has_its_place() {
    let unknown: Vec<String> = sources()
        .iter()
        .filter_map(|(file, _)| module_of(file))
        .filter(|m| layer(m).is_none() && m != "lib" && m != "main")
        .collect();
    assert!(unknown.is_empty(), "not in the list of layers: {unknown:?}");
}

#[test]
fn no_mechanism_imports_another() {
    let wrong: Vec<String> = sources()
        .iter()
        .filter(|(file, _)| file.starts_with("src/mechanisms") && !file.ends_with("mod.rs"))
        .filter(|(_, text)| {
            let code = text.split("#[cfg(test)]").next().unwrap_or(text);
            code.lines().any(|l| l.starts_with("use super::") || l.starts_with("use crate::mechanisms::"))
        })
        .map(|(file, _)| file.display().to_string())
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn files_stay_short() {
    let long: Vec<String> = sources()
        .iter()
        .map(|(file, text)| (file, text.lines().count()))
        .filter(|(_, lines)| *lines > 600)
        .map(|(file, lines)| format!("{} has {lines} lines", file.display()))
        .collect();
    assert!(long.is_empty(), "{long:?}");
    let lines = |name: &str| {
        sources().iter().find(|(file, _)| file.ends_with(name)).map(|(_, text)| text.lines().count()).expect("there")
    };
    assert!(lines("src/round.rs") <= 120, "the loop fits a screen or two");
    assert!(lines("src/main.rs") <= 20);
}

#[test]
fn every_public_item_says_what_it_is() {
    let mut silent = vec![];
    for (file, text) in sources().iter().filter(|(file, _)| file.starts_with("src")) {
        let lines: Vec<&str> = text.split("#[cfg(test)]").next().unwrap_or(text).lines().collect();
        for (i, line) in lines.iter().enumerate() {
            let item = ["pub fn ", "pub struct ", "pub enum ", "pub trait ", "pub const ", "pub type "];
            if !item.iter().any(|start| line.trim_start().starts_with(start)) || line.contains('$') {
                continue;
            }
            let above = lines[..i].iter().rev().find(|l| {
                let l = l.trim_start();
                !l.starts_with("#[") && !l.starts_with(')') && !l.starts_with("derive") && !l.ends_with(")]")
            });
            if !above.is_some_and(|l| l.trim_start().starts_with("///") || l.trim_start().starts_with("$(#")) {
                silent.push(format!("{}:{}", file.display(), i + 1));
            }
        }
    }
    assert!(silent.is_empty(), "{silent:#?}");
}

#[test]
fn nothing_leans_on_one_machine() {
    let marks = [["/wo", "rk/"].concat(), ["/ro", "ot/"].concat(), ["../sha", "red"].concat()];
    let wrong: Vec<String> = sources()
        .iter()
        .filter(|(_, text)| marks.iter().any(|m| text.contains(m.as_str())))
        .map(|(file, _)| file.display().to_string())
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

/// Only what the command line binds with `--player` is ever started, and this program itself to verify what it said.
#[test]
fn programs_are_started_in_one_place() {
    let starts = |text: &str| text.contains("process::Command") || text.contains("Command::new(");
    let from: Vec<String> = sources()
        .iter()
        .filter(|(file, text)| file.starts_with("src") && starts(text))
        .map(|(file, _)| file.display().to_string())
        .collect();
    assert_eq!(from, ["src/cli/groups.rs", "src/cli/player/process.rs", "src/cli/verify.rs"]);
}

/// Files are read and written by the two doors of `disk`; the class's database has a door of its own.
#[test]
fn files_are_opened_at_the_doors() {
    let signs = ["std::fs", "fs::", "File::", "OpenOptions", ".exists()", ".is_dir()", ".is_file()", "generate_to("];
    let opens = |text: &str| {
        let code = text.split("#[cfg(test)]").next().unwrap_or(text);
        let mut lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
        lines.any(|line| signs.iter().any(|sign| line.contains(sign)))
    };
    let from: BTreeSet<String> = sources()
        .iter()
        .filter(|(file, text)| file.starts_with("src") && !in_tests(file) && opens(text))
        .map(|(file, _)| file.display().to_string())
        .collect();
    let doors = ["draft", "free", "mod", "names", "read", "write"].map(|name| format!("src/disk/{name}.rs"));
    let doors: BTreeSet<String> = doors.into_iter().chain(["src/classroom/file.rs".into()]).collect();
    assert_eq!(from, doors);
    assert!(opens("let text = std::fs::read_to_string(path)?;") && opens("if Path::new(x).exists() {}"));
}

/// Whether a file of `src` is one of tests.
fn in_tests(file: &Path) -> bool {
    file.iter().any(|part| part == "tests")
        || file.to_string_lossy().ends_with("tests.rs")
        || file.ends_with("testing.rs")
}

/// The notation could be a crate of its own: it uses nothing but itself.
#[test]
fn the_notation_imports_no_word_of_the_game() {
    let foreign = |text: &str| -> Vec<String> {
        let text = text.lines().filter(|l| !l.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
        let named = text.split("crate::").skip(1).map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_'));
        named.filter_map(|mut words| words.next().map(str::to_owned)).filter(|word| word != "notation").collect()
    };
    let files: Vec<(PathBuf, String)> =
        sources().into_iter().filter(|(file, _)| file.starts_with("src/notation")).collect();
    assert!(files.len() > 10);
    for (file, text) in &files {
        assert_eq!(foreign(text), [""; 0], "{}", file.display());
    }
    assert_eq!(foreign("use crate::units::Share;\nuse crate::notation::Code;\n"), ["units"]);
}

/// An error has a type: `Result<_, String>` is nowhere in the program, its tests apart.
#[test]
fn no_error_is_a_bare_text() {
    let bare = |text: &str| -> usize {
        let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or(text);
        let mut found = 0;
        for (start, _) in code.match_indices("Result<") {
            let (mut depth, mut end) = (0, start);
            for (i, c) in code[start..].char_indices() {
                match c {
                    '<' => depth += 1,
                    '>' if !code[..start + i].ends_with(['-', '=']) => depth -= 1,
                    _ => {}
                }
                if depth == 0 && c == '>' {
                    end = start + i;
                    break;
                }
            }
            let inner = code[start..end].trim_end().trim_end_matches(',');
            found += usize::from(inner.ends_with(", String") || inner.ends_with(",String"));
        }
        found
    };
    let wrong: Vec<String> = sources()
        .iter()
        .filter(|(file, text)| file.starts_with("src") && !in_tests(file) && bare(text) > 0)
        .map(|(file, _)| file.display().to_string())
        .collect();
    assert_eq!(wrong, [""; 0]);
    assert_eq!(bare("fn a() -> Result<Vec<u8>, String> {}\nfn b() -> Result<(), Vec<String>> {}"), 1);
}

/// Of a folder's files, which others each uses; what stands in a folder of its own counts as one file.
fn uses_within(folder: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut uses: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let module = format!("crate::{}::", folder.trim_start_matches("src/").replace('/', "::"));
    for (file, text) in sources().iter().filter(|(file, _)| file.starts_with(folder)) {
        let inner = file.strip_prefix(folder).expect("in the folder").with_extension("");
        let steps: Vec<String> = inner.iter().map(|step| step.to_string_lossy().into_owned()).collect();
        if steps[0] == "mod" || steps.iter().any(|step| step.ends_with("tests")) {
            continue;
        }
        let depth = steps.len() - usize::from(steps.last().is_some_and(|step| step == "mod"));
        let up = "super::".repeat(depth);
        let code = text.split("#[cfg(test)]").next().unwrap_or(text);
        let lines =
            code.lines().map(str::trim_start).filter(|line| line.starts_with("use ") || line.starts_with("pub use "));
        for line in lines {
            let path = line.trim_start_matches("pub ").trim_start_matches("use ");
            let rest = path
                .strip_prefix(&module)
                .or_else(|| path.strip_prefix(&up).filter(|rest| !rest.starts_with("super::")));
            let words = rest.map(first_words).unwrap_or_default().into_iter().filter(|word| *word != steps[0]);
            uses.entry(steps[0].clone()).or_default().extend(words);
        }
    }
    uses
}

/// The first word of a path, or of each path of a group in braces.
fn first_words(path: &str) -> Vec<String> {
    let word = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let Some(group) = path.strip_prefix('{') else { return vec![word(path)] };
    let (mut depth, mut out) = (0, vec![String::new()]);
    for c in group.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => out.push(String::new()),
            c if depth == 0 => out.last_mut().expect("one").push(c),
            _ => {}
        }
    }
    out.iter().map(|path| word(path.trim())).filter(|word| !word.is_empty()).collect()
}

/// The files that no order of reading puts after all that they use.
fn in_circles(mut uses: BTreeMap<String, BTreeSet<String>>) -> Vec<String> {
    loop {
        let free: Vec<String> = uses
            .iter()
            .filter(|(_, used)| used.iter().all(|word| !uses.contains_key(word)))
            .map(|(file, _)| file.clone())
            .collect();
        if free.is_empty() {
            return uses.into_keys().collect();
        }
        free.iter().for_each(|file| drop(uses.remove(file)));
    }
}

#[test]
fn no_files_use_each_other_in_a_circle() {
    let own =
        ["web", "classroom", "world", "table", "strategies", "session", "mechanisms", "record", "charts", "figures"];
    for folder in own.map(|name| format!("src/{name}")) {
        assert_eq!(in_circles(uses_within(&folder)), [""; 0], "{folder}");
    }
    let uses = uses_within("src/scenario");
    assert!(uses["load"].contains("strategy_file") && uses["strategy_file"].contains("check"), "{uses:?}");
    assert_eq!(in_circles(uses), [""; 0]);
    for folder in ["src/cli", "src/cli/tune", "src/report"] {
        assert_eq!(in_circles(uses_within(folder)), [""; 0], "{folder}");
    }
    assert!(uses_within("src/cli")["run"].contains("bargain"), "groups in braces are read");
    assert_eq!(first_words("{a::{b, c}, d};"), ["a", "d"]);
    let set = |words: &[&str]| words.iter().map(|word| word.to_string()).collect();
    let circle = [("a", set(&["b"])), ("b", set(&["c"])), ("c", set(&["a"])), ("d", set(&["a"])), ("e", set(&[]))];
    let circle = circle.into_iter().map(|(file, used)| (file.to_string(), used)).collect();
    assert_eq!(in_circles(circle), ["a", "b", "c", "d"]);
}

/// What laws and benches may reach below the public face, a line a module: its room in `internals`, the module, and how
/// many names of it. A line that grows is a law that could not be told by what a user sees: say so in its commit.
const INTERNALS: &[(&str, &str, usize)] = &[
    ("bargain", "bargain", 3),
    ("bargaining", "scenario::bargaining", 1),
    ("batch", "batch", 1),
    ("play", "batch::play", 4),
    ("summary", "batch::summary", 3),
    ("disk", "disk", 1),
    ("table", "game::table", 3),
    ("told", "game::told", 2),
    ("view", "game::view", 1),
    ("mechanisms", "mechanisms", 2),
    ("breakdown", "mechanisms::breakdown", 1),
    ("courts", "mechanisms::courts", 1),
    ("credibility", "mechanisms::credibility", 3),
    ("delivery", "mechanisms::delivery", 7),
    ("drift", "mechanisms::drift", 3),
    ("gestures", "mechanisms::gestures", 2),
    ("goals", "mechanisms::goals", 2),
    ("incidents", "mechanisms::incidents", 2),
    ("overcapacity", "mechanisms::overcapacity", 3),
    ("praise", "mechanisms::praise", 2),
    ("ratification", "mechanisms::ratification", 3),
    ("repair", "mechanisms::repair", 5),
    ("reply", "mechanisms::reply", 2),
    ("resilience", "mechanisms::resilience", 1),
    ("shocks", "mechanisms::shocks", 2),
    ("spoilers", "mechanisms::spoilers", 3),
    ("standoff", "mechanisms::standoff", 1),
    ("summit", "mechanisms::summit", 2),
    ("talks", "mechanisms::talks", 3),
    ("threats", "mechanisms::threats", 3),
    ("tone", "mechanisms::tone", 1),
    ("transshipment", "mechanisms::transshipment", 2),
    ("truce", "mechanisms::truce", 4),
    ("unravel", "mechanisms::unravel", 2),
    ("notation", "notation", 1),
    ("endings", "record::endings", 1),
    ("metrics", "record::metrics", 6),
    ("outcome", "record::outcome", 3),
    ("registry", "record::registry", 1),
    ("round", "round", 7),
    ("file_kind", "scenario::file_kind", 1),
    ("kind", "scenario::kind", 2),
    ("language", "scenario::language", 2),
    ("load", "scenario::load", 3),
    ("presets", "scenario::presets", 1),
    ("rules", "scenario::rules", 1),
    ("spelled", "scenario::spelled", 1),
    ("strategy_file", "scenario::strategy_file", 1),
    ("hold", "session::hold", 3),
    ("place", "session::place", 1),
    ("accept", "strategies::accept", 3),
    ("model", "strategies::model", 3),
    ("offer", "strategies::offer", 4),
    ("history", "studies::history", 7),
    ("measures", "studies::measures", 2),
    ("odds", "studies::odds", 3),
    ("paired", "studies::paired", 4),
    ("questions", "studies::questions", 1),
    ("score", "studies::score", 2),
    ("signs", "studies::signs", 2),
    ("tournament", "studies::tournament", 2),
    ("judge", "studies::tune::judge", 1),
    ("variants", "studies::variants", 2),
    ("flow", "table::flow", 1),
    ("frontier", "table::frontier", 2),
    ("regret", "table::regret", 1),
    ("situation", "table::situation", 6),
    ("tactics", "table::tactics", 5),
    ("values", "table::values", 9),
    ("build", "world::build", 1),
    ("cohort", "world::cohort", 2),
    ("components", "world::components", 56),
    ("dice", "world::dice", 4),
    ("hands", "world::hands", 3),
    ("lanes", "world::lanes", 2),
    ("maths", "world::maths", 6),
    ("mechanism", "world::mechanism", 1),
    ("orders", "world::orders", 7),
    ("phase", "world::phase", 1),
    ("rows", "world::rows", 17),
    ("setup", "world::setup", 5),
    ("state", "world::state", 1),
    ("trace", "world::trace", 3),
];

/// The rooms of `src/internals.rs`, each with its module and the names it holds.
fn rooms() -> Vec<(String, String, Vec<String>)> {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/internals.rs")).expect("readable");
    let (_, list) = text.split_once("\nrooms! {").expect("a list of rooms");
    let (list, _) = list.split_once("\n}").expect("an end of the list");
    let mut rooms = vec![];
    for room in list.split('}').filter(|room| !room.trim().is_empty()) {
        let (head, names) = room.split_once('{').expect("a room has names");
        let (name, module) = head.split_once('=').expect("a room has a module");
        let names = names.split(',').map(|name| name.trim().to_string()).collect();
        rooms.push((name.trim().to_string(), module.trim().to_string(), names));
    }
    rooms
}

#[test]
fn the_inner_rooms_are_listed_and_used() {
    let listed: Vec<(String, String, usize)> =
        INTERNALS.iter().map(|(room, module, names)| (room.to_string(), module.to_string(), *names)).collect();
    let found: Vec<_> = rooms().into_iter().map(|(room, module, names)| (room, module, names.len())).collect();
    assert_eq!(found, listed, "src/internals.rs and this list");
    let outside: Vec<String> = sources()
        .into_iter()
        .filter(|(file, _)| file.starts_with("tests") || file.starts_with("benches"))
        .filter(|(file, _)| !file.ends_with("tidy.rs"))
        .map(|(_, text)| text)
        .collect();
    let words: BTreeSet<&str> =
        outside.iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric() && c != '_')).collect();
    for (room, _, names) in rooms() {
        assert!(words.contains(room.as_str()), "nothing uses the room `{room}`");
        for name in names {
            assert!(words.contains(name.as_str()), "nothing uses `{room}::{name}`");
        }
    }
}

#[test]
fn no_back_doors() {
    for (file, text) in sources().iter().filter(|(file, _)| file.starts_with("src")) {
        assert!(!text.contains("doc(hidden)"), "{} hides a door", file.display());
    }
}

/// A file's code without its comments and what follows its own tests.
fn code(text: &str) -> String {
    let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or(text);
    code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// The lines of a file's code that hold one of these words.
fn lines_with(text: &str, words: &[&str]) -> Vec<String> {
    let code = code(text);
    code.lines().filter(|line| words.iter().any(|w| line.contains(w))).map(|line| line.trim().to_string()).collect()
}

/// The lines of `src` that hold one of these words, in files that `here` says it is forbidden in.
fn forbidden(words: &[&str], here: impl Fn(&Path) -> bool) -> Vec<String> {
    let inside = |file: &Path| file.starts_with("src") && here(file) && !is_test(file);
    let of = |(file, text): &(PathBuf, String)| -> Vec<String> {
        lines_with(text, words).into_iter().map(|line| format!("{}: {line}", file.display())).collect()
    };
    sources().iter().filter(|(file, _)| inside(file)).flat_map(of).collect()
}

/// Whether a file holds nothing but tests.
fn is_test(file: &Path) -> bool {
    let name = file.file_stem().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    name.ends_with("tests") || name == "laws" || name == "attack" || file.iter().any(|part| part == "tests")
}

fn in_layer_below(file: &Path, module: &str) -> bool {
    let below = layer(module).expect("a module");
    module_of(file).and_then(|m| layer(&m)).is_some_and(|here| here < below)
}

#[test]
fn nothing_below_batch_sees_a_file_a_clock_the_environment_or_a_thread() {
    let words = ["std::fs", "std::env", "std::time", "std::thread", "Instant::", "SystemTime", "File::open"];
    let wrong = forbidden(&words, |file| in_layer_below(file, "batch"));
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(lines_with("use std::fs;\n// std::fs\n", &words), ["use std::fs;"]);
}

#[test]
fn games_draw_from_the_dice_alone() {
    let wrong = forbidden(&["rand_chacha", "use rand", "rand::"], |file| {
        in_layer_below(file, "web") && !file.ends_with("world/dice.rs")
    });
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn rows_are_never_moved() {
    let words = ["Commands", "despawn", ".remove::<", "observe(", "Observer", ".entity_mut("];
    let wrong = forbidden(&words, |file| in_layer_below(file, "ready"));
    assert!(wrong.is_empty(), "{wrong:#?}");
    let spawns = forbidden(&[" spawn(", "spawn_batch("], |file| {
        in_layer_below(file, "ready") && !file.ends_with("world/cohort.rs")
    });
    assert!(spawns.is_empty(), "rows are spawned once, by the cohort: {spawns:#?}");
}

#[test]
fn the_command_line_alone_prints() {
    let wrong = forbidden(&["println!", "print!(", "eprintln!", "eprint!("], |file| in_layer_below(file, "classroom"));
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn names_are_looked_up_by_one_door() {
    // A column is reached by its component's type; only a state and a document name columns.
    let wrong = forbidden(&[".column(\""], |_| true);
    assert!(wrong.is_empty(), "{wrong:#?}");
}
