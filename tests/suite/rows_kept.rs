//! Rows beside an answer: the answer is there whatever becomes of them, they are of the games that were counted, and what
//! is asked of them later is asked of one scenario's games.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::typed::{json, refused, summitry};

const STORY: &str = "stockholm-2025";

fn temp() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

fn at(folder: &tempfile::TempDir, name: &str) -> String {
    folder.path().join(name).to_str().expect("UTF-8").to_owned()
}

/// A table of comma-separated values: its columns by name.
fn table(file: &str) -> impl Fn(&str) -> Vec<String> + use<> {
    let text = fs::read_to_string(file).expect("there");
    let mut lines = text.lines().map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
    let heads = lines.next().expect("names");
    let rows: Vec<_> = lines.collect();
    move |name: &str| {
        let place = heads.iter().position(|head| head == name).expect(name);
        rows.iter().map(|row| row[place].clone()).collect()
    }
}

fn names_in(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("a file").file_name().into_string().expect("UTF-8"))
        .collect();
    names.sort();
    names
}

/// Where no file may grow, the page is printed first, then it is said which file is not there, by the exit code too, and
/// nothing is half written.
#[cfg(target_os = "linux")]
#[test]
fn an_answer_is_printed_before_a_file_fails() {
    let program = assert_cmd::cargo::cargo_bin!("summitry");
    let few = "--games 600 --seed 1";
    for (command, says, answer) in [
        (format!("batch {STORY} {few} --rows x.parquet"), "x.parquet` cannot be written", "Where the levers end"),
        (
            format!("batch {STORY} {few} --rows x.csv --every-round 3"),
            "x.csv` cannot be written",
            "Where the levers end",
        ),
        (
            format!("batch {STORY} --until 'error(deal)<=0.9' --rows x.csv"),
            "x.csv` cannot be written",
            "Where the levers end",
        ),
        (format!("compare {STORY} --variant parties.us.optimism=0.9 {few} --rows x.csv"), "x.csv", "against the base"),
        (format!("sweep {STORY} --over parties.us.optimism=0.2,0.8 {few} --rows x.csv"), "x.csv", "the same luck"),
        (format!("tournament {STORY} --strategies boulware,conceder {few} --rows x.csv"), "x.csv", "boulware"),
        (format!("report {STORY} {few} --out x.html"), "x.html` cannot be written", "what they say"),
    ] {
        let folder = temp();
        let line = format!("trap '' XFSZ; ulimit -f 40; exec '{}' {command}", program.display()); // 40 KiB a file
        let done = std::process::Command::new("bash").current_dir(folder.path()).args(["-c", &line]).output();
        let done = done.expect("a shell");
        let (out, err) = (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
        assert_eq!(done.status.code(), Some(1), "{command}: {out}{err}");
        assert!(err.contains(says), "{command}: {err}");
        assert!(out.contains(answer), "{command}: the answer is lost: {out}{err}");
        assert_eq!(names_in(folder.path()), [""; 0], "{command}: nothing is left");
    }
}

/// A batch in parts whose disk fills tells the parts that are there, and goes on later.
#[cfg(target_os = "linux")]
#[test]
fn parts_that_are_there_are_told() {
    let (folder, program) = (temp(), assert_cmd::cargo::cargo_bin!("summitry"));
    let batch = format!("batch {STORY} --games 400 --seed 1 --shards 2 --out run --rows csv");
    let run = |limit: &str| {
        let line = format!("trap '' XFSZ; {limit} exec '{}' {batch} --threads 1", program.display());
        let done = std::process::Command::new("bash").current_dir(folder.path()).args(["-c", &line]).output();
        let done = done.expect("a shell");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        (done.status.code(), text(done.stdout), text(done.stderr))
    };
    assert_eq!(run("").0, Some(0));
    fs::remove_file(folder.path().join("run/rows-000001.csv")).expect("it was there");
    let (code, page, said) = run("ulimit -f 40;");
    assert!(code == Some(1) && said.contains("rows-000001.csv` cannot be written"), "{said}");
    assert!(page.contains("200 of 400 games"), "{page}");
    assert_eq!(run("").0, Some(0));
}

/// Rows by round do not cost rows of games, which are whole.
#[cfg(target_os = "linux")]
#[test]
fn a_file_that_fits_is_there() {
    let (folder, program) = (temp(), assert_cmd::cargo::cargo_bin!("summitry"));
    let line = format!(
        "trap '' XFSZ; ulimit -f 60; exec '{}' batch {STORY} --games 20 --seed 1 --rows x.csv --every-round 20",
        program.display()
    );
    let done = std::process::Command::new("bash").current_dir(folder.path()).args(["-c", &line]).output();
    let done = done.expect("a shell");
    let err = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.code() == Some(1) && err.contains("x.rounds.csv` cannot be written"), "{err}");
    assert!(err.contains("rows: x.csv"), "{err}");
    assert_eq!(names_in(folder.path()), ["x.csv", "x.csv.dictionary.csv"]);
}

/// Who is killed leaves a draft behind; the same command takes it away, and nobody else's.
#[cfg(target_os = "linux")]
#[test]
fn what_was_killed_leaves_nothing_for_long() {
    let (folder, program) = (temp(), assert_cmd::cargo::cargo_bin!("summitry"));
    let drafts = || names_in(folder.path()).into_iter().filter(|name| name.ends_with(".part")).collect::<Vec<_>>();
    let rows = ["batch", STORY, "--seed", "1", "--rows", "x.csv"];
    let mut child = std::process::Command::new(program)
        .current_dir(folder.path())
        .args(rows)
        .args(["--games", "1e6"])
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .expect("it runs");
    for _ in 0..600 {
        if !drafts().is_empty() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    let held = drafts();
    assert_eq!(held.len(), 1, "it writes its rows");
    // while it lives, others that write the same file leave its draft alone
    let small = |name: &str| {
        let done = std::process::Command::new(program)
            .current_dir(folder.path())
            .args(["batch", STORY, "--seed", "1", "--games", "5", "--rows", name])
            .output()
            .expect("it runs");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    };
    small("x.csv");
    assert_eq!(drafts(), held);
    child.kill().expect("killed");
    child.wait().expect("gone");
    assert_eq!(drafts(), held, "that is what SIGKILL leaves");
    fs::remove_file(folder.path().join("x.csv")).expect("removed");
    fs::remove_file(folder.path().join("x.csv.dictionary.csv")).expect("removed");
    small("y.csv");
    assert_eq!(drafts(), held, "it is another's");
    small("x.csv");
    assert_eq!(drafts(), [""; 0]);
}

/// What stops when enough is known leaves the rows of the games it played, as a batch of so many does.
#[test]
fn rows_until_enough_is_known_are_those_of_as_many_games() {
    let folder = temp();
    let [one, other] = ["one.parquet", "other.parquet"].map(|name| at(&folder, name));
    let until = ["batch", STORY, "--seed", "4", "--until", "error(deal) <= 0.03", "--format", "json", "--rows", &one];
    let games = json(&until)["games"].as_u64().expect("a number");
    assert!(games.is_power_of_two() && (1_024..=4_096).contains(&games), "{games}");
    let games = games.to_string();
    json(&["batch", STORY, "--seed", "4", "--games", &games, "--format", "json", "--rows", &other]);
    assert!(fs::read(&one).expect("there") == fs::read(&other).expect("there"), "the bytes are the same");
    let said = refused(&["batch", STORY, "--until", "error(deal) <= 0.03", "--out", &at(&folder, "run")], 2);
    assert!(said.contains("--until alone") && said.contains("--games N --out"), "{said}");
    assert!(!folder.path().join("run").exists());
}

/// The odds of each round are those of `odds`, and at the end what came of the game.
#[test]
fn odds_stand_beside_each_round() {
    let folder = temp();
    let file = at(&folder, "x.csv");
    let asked = ["--every-round", "6", "--odds", "40"];
    let (code, _, err) =
        summitry(&[&["batch", STORY, "--games", "9", "--seed", "3", "--rows", &file], &asked[..]].concat());
    assert!(code == 0 && err.contains("odds of 6 games at 26 rounds, 40 futures from each: 6 240 games"), "{err}");
    let (games, rounds) = (table(&file), table(&file.replace(".csv", ".rounds.csv")));
    let number = |cell: &String| cell.parse::<f64>().expect("a share");
    let [deal, lapse] = ["odds.deal", "odds.lapse"].map(|name| rounds(name).iter().map(number).collect::<Vec<_>>());
    assert_eq!((deal.len(), lapse.len()), (6 * 26, 6 * 26));
    for game in 0..6 {
        let last = 26 * game + 25;
        assert_eq!(games("deal")[game] == "true", deal[last] == 1.0, "of game {game}");
        assert_eq!(games("truce_lapsed")[game] == "true", lapse[last] == 1.0, "of game {game}");
        assert!([0.0, 1.0].contains(&deal[last]) && [0.0, 1.0].contains(&lapse[last]));
    }
    let odds = json(&["odds", STORY, "--seed", "3", "--game", "4", "--futures", "40", "--format", "json"]);
    let told = odds["rounds"].as_array().expect("rounds");
    let share = |round: &Value, name: &str| round["odds"][name].as_f64().expect("a share");
    for (r, round) in told.iter().skip(1).enumerate() {
        let deals = share(round, "mini_deal") + share(round, "summit_deal");
        assert!((deals - deal[26 * 4 + r]).abs() < 1e-9, "round {r}: {deals} and {}", deal[26 * 4 + r]);
    }
    let dictionary = fs::read_to_string(format!("{}.dictionary.csv", file.replace(".csv", ".rounds.csv")));
    assert!(dictionary.expect("there").contains("odds.lapse,number,share,\"share of 40 futures"));
    let wide = ["batch", STORY, "--games", "5000", "--rows", "y.csv", "--every-round", "2000", "--odds", "5"];
    assert!(refused(&wide, 2).contains("1 000 at most"));
    let parts = ["batch", STORY, "--rows", "csv", "--every-round", "2", "--odds", "5", "--out", &at(&folder, "run")];
    assert!(refused(&parts, 2).contains("leave --out away"));
}

/// Rows say of which scenario they are, in any form; those of several are not mixed, and what would be ignored is refused.
#[test]
fn rows_are_asked_as_what_they_are() {
    let folder = temp();
    for form in ["parquet", "csv", "ndjson"] {
        let name = at(&folder, &format!("x.{form}"));
        json(&["batch", STORY, "--games", "300", "--seed", "4", "--format", "json", "--rows", &name]);
        let of_another = refused(&["sensitivity", "phase-one-2018", "--rows", &name], 2);
        assert!(of_another.contains("holds games of another scenario (s2:"), "{form}: {of_another}");
        let of_another = refused(&["sensitivity", STORY, "--set", "parties.us.optimism=0.5", "--rows", &name], 2);
        assert!(of_another.contains("holds games of another scenario (s2:"), "{form}: {of_another}");
        for words in [&["sensitivity", STORY, "--rows", &name][..], &["discover", &name, "--where", "deal"]] {
            let seed = refused(&[words, &["--seed", "5"]].concat(), 2);
            assert!(seed.contains("was played by seed 4"), "{form}: {seed}");
            assert_eq!(json(&[words, &["--seed", "4", "--format", "json"]].concat())["seed"], 4, "{form}");
        }
    }
    // parts share one dictionary
    let run = at(&folder, "run");
    json(&["batch", STORY, "--games", "40", "--seed", "4", "--format", "json", "--out", &run, "--rows", "csv"]);
    let part = format!("{run}/rows-000000.csv");
    assert!(refused(&["sensitivity", "phase-one-2018", "--rows", &part], 2).contains("another scenario"));
    // several scenarios, points or pairs in one file
    let both = at(&folder, "both.csv");
    let compared = ["compare", STORY, "--variant", "parties.us.goal.date=9", "--games", "300", "--seed", "4"];
    json(&[&compared[..], &["--format", "json", "--rows", &both]].concat());
    let alone = at(&folder, "alone.csv");
    let text = fs::read_to_string(&both).expect("there");
    let base = text.lines().filter(|line| line.starts_with("scenario,") || line.starts_with("stockholm-2025,"));
    fs::write(&alone, base.collect::<Vec<_>>().join("\n")).expect("written");
    for words in [["sensitivity", STORY, "--rows"], ["discover", "--where", "deal"]] {
        let said = refused(&[&words[..], &[&both]].concat(), 2);
        assert!(said.contains("holds game 0 more than once") && said.contains("where scenario ="), "{said}");
    }
    assert_eq!(json(&["discover", &alone, "--where", "deal", "--seed", "1", "--format", "json"])["games"], 300);
    // what would not be looked at
    let name = at(&folder, "x.csv");
    for (words, says) in [
        (format!("sensitivity {STORY} --rows {name} --method sobol"), "--rows asks games that were played anyway"),
        (format!("sensitivity {STORY} --rows {name} --samples 8"), "--samples changes nothing here"),
        (format!("sensitivity {STORY} --rows {name} --games 80"), "--games changes nothing here"),
        (format!("sensitivity {STORY} --rows {name} --pairs 2"), "--pairs changes nothing here"),
        (format!("sensitivity {STORY} --method morris --pairs 2"), "--pairs changes nothing here"),
        (format!("sensitivity {STORY} --method given --samples 8"), "--samples changes nothing here"),
        (format!("sensitivity {STORY} --design {name} --method morris"), "--method changes nothing here"),
        (format!("discover {name} --where deal --games 80"), "--games changes nothing here"),
        (format!("discover {name} --where deal --us boulware"), "--us changes nothing here"),
        (format!("discover {name} --where deal --set parties.us.optimism=0.5"), "--set changes nothing here"),
    ] {
        let said = refused(&words.split(' ').collect::<Vec<_>>(), 2);
        assert!(said.contains(says) && said.contains("leave "), "{words}: {said}");
    }
    let (code, ..) = summitry(&["sensitivity", STORY, "--rows", &name, "--method", "given"]);
    assert_eq!(code, 0, "what it is may be said");
}

/// A plan says what its games take, where that is long.
#[test]
fn a_plan_says_how_long_it_takes() {
    let folder = temp();
    let out = at(&folder, "run");
    let (code, page, err) = summitry(&["plan", STORY, "--games", "1e10", "--seed", "1", "--out", &out]);
    assert_eq!(code, 0, "{err}");
    let line = page.lines().find(|line| line.contains("to be played in about")).expect("a time");
    assert!(["hour", "day", "year"].iter().any(|unit| line.contains(unit)), "{line}");
    assert!(line.chars().count() <= 80, "{line}");
    let (_, page, _) = summitry(&["plan", STORY, "--games", "40", "--seed", "1", "--out", &at(&folder, "short")]);
    assert!(!page.contains("to be played in"), "{page}");
}
