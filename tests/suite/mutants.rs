//! Mutants of the shipped scenarios: none is a panic or a wait, and no slip of the hand changes a game in silence.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::time::Instant;

use serde_json::Value;
use summitry::Error;
use summitry::internals::kind::{AnyScenario, load_any};
use summitry::internals::load::Problems;
use summitry::internals::round;
use summitry::internals::spelled::canonical_json;

/// Texts for the reader: the engine prints them and looks nothing up by them. (`levels` are the names of an issue's
/// levels, `External` the name that the command line binds a program to, `dice` the name of a stream of chance.)
const FREE_TEXT: &[&str] = &[
    "title",
    "story",
    "ask",
    "paths",
    "name",
    "unit",
    "place",
    "what",
    "court",
    "about",
    "source",
    "negotiator",
    "levels",
    "External",
    "dice",
];

/// Maps whose names the author chose. A name that nothing else in the file says may be any other: renaming Vietnam
/// gives the same game under another name. One that something says is missed there.
const NAMED_BY_THE_AUTHOR: &[&str] = &["parties", "levers", "goals", "strategies", "third_countries", "factions"];

/// Mutants of each kind over all scenarios.
const MUTANTS: usize = 10_500;
/// One in so many random mutants that load is played.
const PLAYED: usize = 12;

/// The shipped scenarios by their names from the folder `scenarios`.
fn shelf() -> BTreeMap<String, String> {
    fn walk(folder: &Path, before: &str, found: &mut BTreeMap<String, String>) {
        for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry")) {
            let name = format!("{before}{}", entry.file_name().to_str().expect("UTF-8"));
            if entry.path().is_dir() {
                walk(&entry.path(), &format!("{name}/"), found);
            } else if name.ends_with(".ron") {
                let text = fs::read_to_string(entry.path()).expect("text");
                if text.contains("\"summitry/1\"") {
                    found.insert(name, text); // else it is a lesson or a list of questions
                }
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios"), "", &mut found);
    // sign tables, questions, strategies and lessons stand beside scenarios and are none
    found.retain(|_, text| {
        !["\"summitry.signs/1\"", "\"summitry.questions/1\"", "\"summitry/strategy/1\"", "\n  classroom: ("]
            .iter()
            .any(|s| text.contains(s))
    });
    found
}

struct Judge {
    shelf: BTreeMap<String, String>,
}

impl Judge {
    /// A scenario of the shelf, written otherwise.
    fn load(&self, name: &str, text: &str) -> Result<AnyScenario, Problems> {
        let open = |asked: &str| {
            let plain = asked.trim_start_matches("./");
            let found = if plain == name { Some(text) } else { self.shelf.get(plain).map(String::as_str) };
            found.map(str::to_owned).ok_or_else(|| Error::file(format!("there is no file `{asked}`")))
        };
        load_any(name, &open, &[]).map(|(scenario, _)| scenario)
    }
}

/// Splitmix64: mutants need no better dice.
fn next(state: &mut u64) -> usize {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    (z ^ (z >> 31)) as usize
}

/// Half the mutants are of one scenario in two, drawn with the others' help, on two threads.
fn over_all(judge: impl Fn(&Judge, &str, &str, &mut u64) + Sync) {
    let shelf = Judge { shelf: shelf() };
    let names: Vec<&String> = shelf.shelf.keys().collect();
    let each = MUTANTS.div_ceil(names.len());
    std::thread::scope(|scope| {
        for half in 0..2 {
            let (shelf, names, judge) = (&shelf, &names, &judge);
            scope.spawn(move || {
                for (i, name) in names.iter().enumerate() {
                    let mut state = (2 * i + half) as u64;
                    for _ in 0..each.div_ceil(2) {
                        judge(shelf, name, &shelf.shelf[*name], &mut state);
                    }
                }
            });
        }
    });
}

/// A text with one to four pieces put in, cut, replaced or doubled.
fn mutant(text: &str, state: &mut u64) -> String {
    const BITS: &[&str] = &[
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ",",
        ":",
        "\"",
        "\\",
        "1",
        "-",
        ".",
        "e9",
        "x",
        "Y",
        " ",
        "//",
        "/*",
        "*/",
        "inf",
        "None",
        "Some(",
        "'",
        "\u{e9}",
        "\n",
        "0",
        "set: {\"clock\": 1},",
        "extends: \"stockholm-2025.ron\",",
        "us",
    ];
    let mut letters: Vec<char> = text.chars().collect();
    for _ in 0..1 + next(state) % 4 {
        let at = next(state) % letters.len();
        let end = (at + next(state) % 40).min(letters.len());
        let bit = BITS[next(state) % BITS.len()].chars();
        match next(state) % 6 {
            0 => drop(letters.splice(at..at, bit)),
            1 => drop(letters.remove(at)),
            2 => drop(letters.splice(at..at + 1, bit)),
            3 => drop(letters.drain(at..end)),
            4 => {
                let digits: Vec<usize> = (0..letters.len()).filter(|i| letters[*i].is_ascii_digit()).collect();
                if let Some(i) = digits.get(next(state) % digits.len().max(1)) {
                    letters[*i] = char::from(b'0' + (next(state) % 10) as u8);
                }
            }
            _ => {
                let piece: Vec<char> = letters[at..end].to_vec();
                let to = next(state) % letters.len();
                letters.splice(to..to, piece);
            }
        }
        if letters.is_empty() {
            letters.push('(');
        }
    }
    letters.into_iter().collect()
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test may look at the clock")]
fn no_mutant_is_a_panic_or_a_wait() {
    over_all(|shelf, name, text, state| {
        let text = mutant(text, state);
        let start = Instant::now();
        match shelf.load(name, &text) {
            Err(problems) => {
                let told = problems.explain(false);
                assert!(!problems.problems.is_empty() && told.contains("error: "), "{text}");
                assert!(!told.contains("a hole"), "{told}");
            }
            Ok(AnyScenario::World(world)) if next(state).is_multiple_of(PLAYED) && world.clock.rounds.get() <= 100 => {
                let setup = round::prepare(*world).unwrap_or_else(|problem| panic!("{problem}\n{text}"));
                round::play(&mut round::cohort(&setup, 2));
            }
            Ok(_) => {}
        }
        assert!(start.elapsed().as_secs() < 10, "{name}: a mutant took {:?}\n{text}", start.elapsed());
    });
}

#[test]
fn no_slip_of_one_letter_changes_a_game_in_silence() {
    let sound: BTreeMap<String, Value> = {
        let judge = Judge { shelf: shelf() };
        let json =
            |name: &String| judge.load(name, &judge.shelf[name]).map_err(|e| e.to_string()).expect("sound").json();
        judge.shelf.keys().map(|name| (name.clone(), json(name).expect("JSON"))).collect()
    };
    let seen = std::sync::Mutex::new([0; 3]);
    over_all(|shelf, name, text, state| {
        let Some((slip, word)) = one_letter(text, state) else { return };
        let outcome = match shelf.load(name, &slip) {
            Err(_) => 0,
            Ok(scenario) => {
                let (before, after) = (&sound[name], scenario.json().expect("JSON"));
                let same = canonical_json(before) == canonical_json(&after);
                assert!(same || excused(before, &after, ""), "{name}: `{word}` passed for another game");
                if same { 1 } else { 2 }
            }
        };
        seen.lock().expect("counted")[outcome] += 1;
    });
    let [refused, same, excused] = *seen.lock().expect("counted");
    println!("{refused} slips were refused, {same} changed nothing (comments), {excused} changed a free text or name");
    assert!(refused > 2000 && same > 200 && excused > 200, "the slips are all alike: {refused} {same} {excused}");
}

/// The text with one letter changed, and the word it stands in; none where that spells a word that is in the file too
/// (the party "a" written for the party "b"): nobody can know that it was a slip.
fn one_letter(text: &str, state: &mut u64) -> Option<(String, String)> {
    let in_word = |c: char| c.is_ascii_alphanumeric() || "_-".contains(c);
    let letters: Vec<usize> = text.char_indices().filter(|(_, c)| c.is_ascii_alphabetic()).map(|(at, _)| at).collect();
    let at = letters[next(state) % letters.len()];
    let new = char::from(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"[next(state) % 52]);
    let slip = format!("{}{new}{}", &text[..at], &text[at + 1..]);
    let start = slip[..at].rfind(|c| !in_word(c)).map_or(0, |i| i + 1);
    let end = slip[at..].find(|c| !in_word(c)).map_or(slip.len(), |i| at + i);
    let word = slip[start..end].to_owned();
    let known: BTreeSet<&str> = text.split(|c| !in_word(c)).collect();
    if known.contains(word.as_str()) { None } else { Some((slip, word)) }
}

/// Whether two scenarios differ in nothing but free text and names that nothing else says; `field` is the key they
/// stand under.
fn excused(before: &Value, after: &Value, field: &str) -> bool {
    match (before, after) {
        _ if before == after => true,
        (Value::String(_), Value::String(_)) => FREE_TEXT.contains(&field),
        (Value::Object(_), Value::Object(_)) if field == "because" => true, // what is said of numbers is in no game
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| excused(a, b, field)),
        (Value::Object(a), Value::Object(b)) => {
            let lost: Vec<&String> = a.keys().filter(|key| !b.contains_key(*key)).collect();
            let found: Vec<&String> = b.keys().filter(|key| !a.contains_key(*key)).collect();
            let renamed = match (&lost[..], &found[..]) {
                ([], []) => true,
                ([old], [new]) => NAMED_BY_THE_AUTHOR.contains(&field) && a[*old] == b[*new],
                _ => false,
            };
            renamed && a.iter().all(|(key, value)| b.get(key).is_none_or(|other| excused(value, other, key)))
        }
        _ => false,
    }
}
