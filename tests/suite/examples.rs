//! The examples print what a reader is promised: each is run as it was built, from the folder of the crate.

use std::path::PathBuf;
use std::process::Command;

/// What an example prints.
fn printed(name: &str) -> String {
    let suite = std::env::current_exe().expect("a program knows its place");
    let folder: PathBuf = suite.ancestors().nth(2).expect("target/PROFILE/deps").join("examples");
    let program = folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    assert!(program.exists(), "{name} is not built: `cargo test` and `cargo build --examples` build it");
    let done = Command::new(program).current_dir(env!("CARGO_MANIFEST_DIR")).output().expect("it starts");
    let told = String::from_utf8(done.stdout).expect("UTF-8");
    assert!(done.status.success(), "{name}: {}\n{told}", String::from_utf8_lossy(&done.stderr));
    told
}

#[test]
fn every_example_is_run_here() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .expect("the folder")
        .map(|entry| entry.expect("a file").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "rs"))
        .map(|path| path.file_stem().expect("a name").to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert_eq!(
        names,
        ["batch", "compare", "in_code", "player", "seat", "side_by_side", "told"],
        "each has a test below, `player` among those of players"
    );
}

#[test]
fn a_batch_is_counted() {
    let told = printed("batch");
    let deal = told.lines().find(|line| line.starts_with("deal ")).expect("the line of deals");
    let numbers: Vec<f64> = deal.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    assert!(numbers.len() == 3 && numbers[1] < numbers[0] && numbers[0] < numbers[2], "{deal}");
    assert!(told.ends_with("there is no measure `sumit_deal`; did you mean `summit_deal`? `summitry measures SCENARIO` lists all of them\n"), "{told}");
}

#[test]
fn a_comparison_is_told_with_its_interval() {
    let told = printed("compare");
    assert_eq!(told.matches("games end otherwise").count(), 2, "{told}");
    assert_eq!(told.matches("a difference of").count(), 6, "{told}");
}

#[test]
fn a_game_is_told_both_ways() {
    let told = printed("told");
    assert!(told.contains("To play it again: ready.game(3).seed(2025)") && told.contains("How it ended:"), "{told}");
    assert!(told.contains("things happened in 26 rounds"), "{told}");
}

#[test]
fn code_holds_a_seat() {
    let told = printed("seat");
    let asked: u32 = told.split_whitespace().find_map(|word| word.parse().ok()).expect("how many decisions");
    assert!(asked > 0 && told.ends_with("0 moves were forfeited\n"), "{told}");
    let line = told.lines().find(|line| line.contains("cn.total")).expect("the totals");
    let [ours, engine] = ["by our rule cn.total ", "by its own strategy cn.total "].map(|before| {
        let after = &line[line.find(before).expect("both stand there") + before.len()..];
        after.split_whitespace().next().expect("a number").to_owned()
    });
    assert_ne!(ours, engine, "the rule changes how Beijing fares");
}

#[test]
fn what_is_built_in_code_keeps_to_the_law() {
    let told = printed("in_code");
    let rows: Vec<Vec<f64>> = told
        .lines()
        .map(|line| line.split_whitespace().map_while(|word| word.parse().ok()).collect())
        .filter(|row: &Vec<f64>| row.len() == 4)
        .collect();
    assert_eq!(rows.len(), 4, "{told}");
    assert!(rows.iter().all(|row| (row[2] - row[3]).abs() < 0.002), "{told}");
    assert!(told.contains("there is no party `c`"), "{told}");
}

#[test]
fn games_are_played_side_by_side() {
    let told = printed("side_by_side");
    let played = told.lines().find(|line| line.starts_with("1024 games, ")).expect("what was played");
    let decisions: u64 = played.split_whitespace().nth(2).and_then(|word| word.parse().ok()).expect("a number");
    assert!(decisions > 10 * 1024, "{told}");
    assert!(told.contains("numbers are observed") && told.contains("points on the mean"), "{told}");
}
