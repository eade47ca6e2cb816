//! How sure a page is of itself: the Monte Carlo error, and how many games, or points, half of it takes.

use super::typed::{refused, summitry};

const STORY: &str = "stockholm-2025";

/// The page of a study of seed 3.
fn page(words: &str) -> String {
    let words = shell_words::split(&format!("{words} --seed 3")).expect("words");
    let (code, page, said) = summitry(&words.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(code, 0, "{words:?}: {said}");
    page
}

/// The line of a page that begins so.
fn line<'a>(page: &'a str, begins: &str) -> &'a str {
    page.lines().find(|line| line.trim_start().starts_with(begins)).unwrap_or_else(|| panic!("{begins}: {page}")).trim()
}

/// The first number of a line after some words.
fn after(line: &str, words: &str) -> f64 {
    let rest = line.split_once(words).unwrap_or_else(|| panic!("{words}: {line}")).1;
    let number: String = rest.chars().take_while(|c| c.is_ascii_digit() || " .".contains(*c)).collect();
    number.replace(' ', "").trim_end_matches('.').parse().unwrap_or_else(|e| panic!("{line}: {e}"))
}

#[test]
fn a_search_says_what_half_of_its_errors_takes() {
    let tune = format!("tune {STORY} --maximise deal --over parties.us.optimism=0..1 --tries 8 --games 40");
    for (held, told) in [("300", "1 200"), ("2_500", "10 000")] {
        let page = page(&format!("{tune} --held-out {held}"));
        assert_eq!(line(&page, "Half of"), format!("Half of these errors takes {told} games held out."));
    }
    let both = format!("tune {STORY} --both --over parties.us.optimism=0..1 --over parties.cn.optimism=0..1");
    let page = page(&format!("{both} --starts 1 --rounds 1 --tries 8 --games 20 --held-out 500"));
    assert_eq!(line(&page, "Half of"), "Half of these errors takes 2 000 games held out.");
}

/// In so many more games the errors are half of what they were, about: what the line promises.
#[test]
fn what_drives_an_answer_is_told_with_its_price() {
    let sensitivity = format!("sensitivity {STORY} --only optimism --measure deal");
    let given = |games: &str| page(&format!("{sensitivity} --only us.goal --method given --games {games}"));
    let (few, many) = (given("1_000"), given("4_000"));
    assert_eq!(line(&few, "Half of"), "Half of these errors takes 4 000 games.");
    let error = |page: &str| {
        let errors = page.lines().filter_map(|line| line.split_once(" ± ")?.1.split_whitespace().next()?.parse().ok());
        errors.fold(0.0, f64::max)
    };
    let ratio = error(&few) / error(&many);
    assert!((1.3..=3.1).contains(&ratio), "{ratio}: {few}{many}");
    let points = page(&format!("{sensitivity} --samples 16 --games 30"));
    let played = after(&points, "inputs, ");
    assert_eq!(line(&points, "Half of"), format!("Half of these errors takes {} points of 30 games.", 4.0 * played));
    let more = page(&format!("{sensitivity} --samples 64 --games 30"));
    assert_eq!(after(&more, "inputs, "), 4.0 * played, "four times the samples are four times the points");
}

#[test]
fn shares_are_told_with_their_error_and_its_price() {
    let says = |games: u64, words: &str, begins: &str| {
        let page = page(&format!("{words} --games {games}"));
        let from = page.find(line(&page, begins)).expect("on the page");
        let line = page[from..].lines().take(2).collect::<Vec<_>>().join(" ").trim_end().to_owned(); // it may go on
        (after(&line, "within "), after(&line, "takes "), line)
    };
    let discover = format!("discover {STORY} --where 'not deal'");
    let score = "score studies/questions-2018-2019 phase-one-2018";
    let talks = "batch theory/two-issues";
    for (words, begins, least) in
        [(&discover[..], "Chance: densities", 400), (score, "Chance:", 400), (talks, "Chance:", 400)]
    {
        let (error, more, told) = says(least, words, begins);
        assert_eq!(more, 4.0 * least as f64, "{told}");
        assert!(told.contains(" 1 600 games."), "thousands stand apart: {told}");
        let (less, ..) = says(4 * least, words, begins);
        // where a share is near its end, or another box is found, the error falls by more
        let ratio = error / less;
        let fell = if words == score { (1.7..=2.3).contains(&ratio) } else { ratio > 1.3 };
        assert!(fell, "{words}: {error} and {less}");
    }
}

/// What takes more than the disk has is refused in numbers that can be read.
#[test]
fn sizes_are_told_in_gigabytes_with_thousands_apart() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("x.parquet").to_str().expect("UTF-8").to_owned();
    let said = refused(&["batch", STORY, "--games", "1e12", "--seed", "1", "--rows", &file], 2);
    let takes = after(&said, "will take about ");
    assert!((2e5..2e6).contains(&takes), "{said}");
    let told = said.split_once("about ").expect("told").1.split_once(" GB").expect("told").0;
    assert_eq!(told.len() - told.rfind(' ').expect("thousands stand apart"), 4, "{said}");
    assert!(!std::path::Path::new(&file).exists());
}
