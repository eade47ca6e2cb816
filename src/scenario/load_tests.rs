//! Tests of loading: overlays, `--set`, folders, and every kind of broken scenario.

use std::collections::BTreeMap;
use std::time::Instant;

use super::load::{Loaded, Problems, load, load_as};
use super::sample::{Sample, TEXT};
use crate::error::Error;
use crate::notation::Code;
use crate::notation::path;

/// Loads the first of these files.
fn files(files: &[(&str, &str)], sets: &[&str]) -> Result<(Sample, Loaded), Problems> {
    let shelf: BTreeMap<String, String> = files.iter().map(|(name, text)| ((*name).into(), (*text).into())).collect();
    let open = |name: &str| shelf.get(name).cloned().ok_or_else(|| Error::file(format!("there is no file `{name}`")));
    let sets: Vec<String> = sets.iter().map(|set| (*set).to_owned()).collect();
    load_as(files[0].0, &open, &sets)
}

fn texts(result: Result<(Sample, Loaded), Problems>) -> Vec<String> {
    result.map(|_| ()).expect_err("a problem").problems.into_iter().map(|problem| problem.text).collect()
}

/// What is said of the sample with one part of it written otherwise.
fn changed(from: &str, to: &str) -> Vec<String> {
    assert!(TEXT.contains(from), "{from}");
    texts(files(&[("x.ron", &TEXT.replacen(from, to, 1))], &[]))
}

#[test]
fn an_overlay_changes_its_base() {
    let overlay = r#"( // both in a hurry
        extends: "base.ron", title: "Hurry", off: [],
        set: { "parties.us.goal.date": 3, "parties.us.goal": "Mercantilist", "clock.rounds": 10, "parties.us.goal.prestige": 2 },
        sweep: { "levers.us_tariff.now": [30, 40] }, tune: { "parties.cn.optimism": Uniform(low: 0, high: 1) },
    )"#;
    let (sample, loaded) =
        files(&[("over.ron", overlay), ("base.ron", TEXT)], &["clock.rounds=11", "clock.rounds = 12"]).expect("fine");
    assert_eq!(sample.title, "Hurry");
    assert_eq!(sample.clock.rounds.get(), 12);
    assert!(sample.off.is_empty());
    let goal = &sample.parties["us"].goal;
    assert_eq!(
        (goal.like.as_deref(), goal.date, goal.prestige.map(|p| p.mean())),
        (Some("Mercantilist"), None, Some(2.0))
    );
    assert_eq!(loaded.sweep[0].path, "levers.us_tariff.now");
    assert_eq!(loaded.tune.len(), 1);
    let names: Vec<&str> = loaded.sources.iter().map(|source| source.name.as_str()).collect();
    assert_eq!(names, ["over.ron", "base.ron", "--set argument 1", "--set argument 2"]);
}

#[test]
fn overlays_stack_and_sit_in_sub_folders() {
    let far = ("s/studies/far.ron", "(extends: \"near.ron\", set: {\"clock.rounds\": 30})");
    let near = ("s/studies/near.ron", "(extends: \"../base.ron\", set: {\"clock.rounds\": 20, \"prize.summit\": 5})");
    let (sample, _) = files(&[far, near, ("s/base.ron", TEXT)], &[]).expect("fine");
    assert_eq!((sample.clock.rounds.get(), sample.prize.summit.get()), (30, 5.0));
}

#[test]
fn chains_that_do_not_end_well() {
    let circle = files(&[("a.ron", "(extends: \"b.ron\")"), ("b.ron", "(extends: \"a.ron\")")], &[]);
    assert_eq!(texts(circle), ["a.ron extends b.ron extends a.ron: a circle"]);
    assert_eq!(texts(files(&[("a.ron", "(extends: \"a.ron\")")], &[])), ["a.ron extends a.ron: a circle"]);
    assert_eq!(texts(files(&[("a.ron", "(extends: \"b.ron\")")], &[])), ["there is no file `b.ron`"]);
    assert_eq!(texts(files(&[("a.ron", "(extends: 3)")], &[])), ["`extends` names a file in double quotes, found 3"]);
    assert_eq!(
        texts(files(&[("a.ron", "(extends: \"../b.ron\")")], &[])),
        ["`extends` leaves the folder of the scenario: `../b.ron`"]
    );
    let chain = |length: usize| {
        let names: Vec<String> = (0..=length).map(|i| format!("{i}.ron")).collect();
        let texts: Vec<String> =
            (1..=length).map(|i| format!("(extends: \"{i}.ron\")")).chain([TEXT.to_owned()]).collect();
        let list: Vec<(&str, &str)> = names.iter().map(String::as_str).zip(texts.iter().map(String::as_str)).collect();
        files(&list, &[])
    };
    assert!(chain(8).is_ok());
    assert!(texts(chain(9))[0].starts_with("`extends` is 8 deep at most: 0.ron extends 1.ron"));
}

#[test]
fn a_set_argument_carries_its_own_caret() {
    let told = |set: &str| files(&[("x.ron", TEXT)], &[set]).map(|_| ()).expect_err(set).explain(false);
    let expected = "error: a share lies between 0 and 1, found 1.5
 --> --set argument 1:1:21
  |
1 | parties.us.optimism=1.5
  |                     ^^^
  |
  = help: write a number of this range; both its ends belong to it

1 problem in x.ron
";
    assert_eq!(told("parties.us.optimism=1.5"), expected);
    let step = told("parties.uss.optimism=1");
    assert!(
        step.contains("there is no `uss` here; did you mean `us`?") && step.contains("  |         ^^^\n"),
        "{step}"
    );
    let field = told("clock.roudns=1");
    assert!(
        field.contains("there is no field `roudns` here; did you mean `rounds`?")
            && field.contains("  |       ^^^^^^\n"),
        "{field}"
    );
}

#[test]
fn each_broken_argument_has_its_own_words() {
    let cases = [
        ("clock.rounds", "`clock.rounds` is not of the form PATH=VALUE"),
        ("", "`` is not of the form PATH=VALUE"),
        ("clock.rounds=", "no value stands after `clock.rounds=`"),
        ("=3", "the path is empty"),
        ("clock..rounds=3", "`clock..rounds` has an empty step"),
        ("clock.rounds=)(", "the value of `clock.rounds` cannot be read: `)` closes a bracket that was never opened"),
        (
            "parties.us.strategy=deal-seeker",
            "the value of `parties.us.strategy` cannot be read: something stands here after the end of the value",
        ),
        ("clock.rounds=inf", "the value of `clock.rounds` cannot be read: `inf` is not a number a game can use"),
        ("extends=\"y.ron\"", "a path cannot lead into `extends`: it is not part of the game"),
        (
            "us.optimism=1",
            "`us.optimism` names nothing: there is no `us` at the top; did you mean `parties.us.optimism`?",
        ),
        ("nonsense=1", "there is no field `nonsense` here"),
    ];
    for (set, text) in cases {
        assert_eq!(texts(files(&[("x.ron", TEXT)], &[set])), [text], "{set}");
    }
    let told = files(&[("x.ron", TEXT)], &["parties.us.strategy=deal-seeker"]).map(|_| ()).expect_err("no quotes");
    assert_eq!(
        told.problems[0].help.as_deref(),
        Some("a text stands in double quotes: --set 'parties.us.strategy=\"deal-seeker\"'")
    );
}

#[test]
fn set_arguments_take_any_ron() {
    let set = |set: &str| {
        files(&[("x.ron", TEXT)], &[set]).map(|(sample, _)| sample).unwrap_or_else(|problems| panic!("{problems}"))
    };
    assert_eq!(set("off=[\"talks\", \"summit\"]").off.len(), 2);
    assert_eq!(set("parties.us.strategy=boulware").parties["us"].strategy.like.as_deref(), Some("boulware"));
    assert_eq!(set("parties.us.optimism=Uniform(low: 0, high: 1)").parties["us"].optimism.mean(), 0.5);
    assert!(set("prize.at_talks=0.4").prize.at_talks.fixed().is_some());
}

#[test]
fn studies_are_checked_too() {
    let with = |text: &str| texts(files(&[("x.ron", &TEXT.replacen("off:", &format!("{text}, off:"), 1))], &[]));
    assert_eq!(
        with("sweep: {\"levers.us_tarif.now\": [1]}"),
        ["`levers.us_tarif.now` names nothing: there is no `us_tarif` here; did you mean `us_tariff`?"]
    );
    assert_eq!(with("sweep: {\"clock.roudns\": [1]}"), ["there is no field `roudns` here; did you mean `rounds`?"]);
    assert_eq!(
        with("sweep: {\"clock.rounds\": [1, 2.5, x]}"),
        ["a number of rounds is a whole number, found 2.5", "a number is needed here, found the name `x`"]
    );
    assert_eq!(
        with("tune: {\"parties.us.optimism\": Uniform(low: 0, high: 2)}"),
        ["a share lies between 0 and 1, found 2"]
    );
    assert_eq!(with("sweep: [1]"), ["`sweep` is a map { \"path\": values }, found a list"]);
    assert_eq!(with("set: 3"), ["`set` is a map { \"path\": value }, found 3"]);
    assert_eq!(with("set: {\"sweep.x\": 3}"), ["a path cannot lead into `sweep`: it is not part of the game"]);
}

#[test]
fn seven_mistakes_are_seven_problems() {
    let text = TEXT
        .replacen("rounds: 26", "rounds: 26.5", 1) // half a round
        .replacen("end: Censored", "end: Censord", 1) // unknown variant
        .replacen("Summit(at: 14", "Sumit(at: 14", 1) // in a list
        .replacen("LogNormal(median", "LogNorml(median", 1) // unknown distribution
        .replacen("optimism: 0.6", "optimism: 1.6", 1) // range
        .replacen("prestige: 0.3", "presige: 0.3", 1) // unknown field
        .replacen("Prosperity(-3, Lin)", "Prosperity(-3, Linn)", 1); // deep inside
    let problems = files(&[("broken.ron", &text)], &[]).map(|_| ()).expect_err("seven");
    let told = problems.explain(false);
    let wanted = [
        ("a number of rounds is a whole number, found 26.5", "^^^^"),
        ("there is no choice `Censord` here; did you mean `Censored`?", "^^^^^^^"),
        ("there is no choice `Sumit` here; did you mean `Summit`?", "^^^^^"),
        ("there is no choice `LogNorml` here; did you mean `LogNormal`?", "^^^^^^^^"),
        ("there is no field `presige` here; did you mean `prestige`?", "^^^^^^^"),
        ("a share lies between 0 and 1, found 1.6", "^^^"),
        ("there is no choice `Linn` here; did you mean `Lin`?", "^^^^"),
    ];
    let parts: Vec<&str> = told.trim_end().split("\n\n").collect();
    assert_eq!(parts.len(), 8, "{told}");
    for (part, (text, caret)) in parts.iter().zip(wanted) {
        assert!(part.replace("\n  -->", "\n -->").starts_with(&format!("error: {text}\n --> broken.ron:")), "{part}");
        assert!(part.lines().any(|line| line.ends_with(&format!(" {caret}"))), "{part}");
    }
    assert_eq!(parts[7], "7 problems in broken.ron");
}

#[test]
fn problems_of_paths_and_of_types_come_together() {
    let problems = texts(files(
        &[("x.ron", &TEXT.replacen("optimism: 0.6", "optimism: 6", 1))],
        &["parties.eu.x=1", "clock.rounds=x"],
    ));
    assert_eq!(problems.len(), 3, "{problems:?}");
}

#[test]
fn each_kind_of_broken_scenario_has_its_own_words() {
    assert_eq!(changed("clock: (rounds: 26, end: Censored),", ""), ["the field `clock` is missing here"]);
    assert_eq!(
        changed("(rounds: 26, end: Censored)", "()"),
        ["the field `rounds` is missing here", "the field `end` is missing here"]
    );
    assert_eq!(changed("off:", "of:"), ["there is no field `of` here; did you mean `off`?"]);
    assert_eq!(changed("\"cn\": (goal", "\"us\": (goal"), ["`us` is given twice"]);
    assert_eq!(
        changed("(low: 0.3, high: 0.7)", "(low: 0.7, high: 0.3)"),
        ["the low end of this distribution, 0.7, lies above its high end, 0.3"]
    );
    assert_eq!(changed("now: 40", "now: NaN"), ["`NaN` is not a number a game can use"]);
    assert_eq!(changed("now: 40", "now: 4e999"), ["`4e999` is too large a number"]);
    assert_eq!(
        changed("now: 40", &format!("now: {}1{}", "[".repeat(60), "]".repeat(60))),
        ["brackets are nested more than 60 deep here"]
    );
    assert_eq!(changed("26", &"9".repeat(1 << 20)), ["a scenario may have 1 MiB at most"]);
    assert_eq!(texts(files(&[("x.ron", &TEXT[..TEXT.len() / 2])], &[])).len(), 1);
    assert_eq!(
        texts(files(&[("x.ron", "[1]")], &[])),
        ["a scenario is written in round brackets `( .. )`, found a list"]
    );
    assert!(texts(files(&[("x.ron", "")], &[]))[0].starts_with("the file is empty"));
    let missing = load("x.ron", &|_| Err(Error::file("there is no file `x.ron`")), &[]).expect_err("no file");
    assert_eq!(missing.explain(false), "error: there is no file `x.ron`\n\n1 problem in x.ron\n");
}

#[test]
fn a_later_check_can_point_at_a_path() {
    let (_, loaded) = files(&[("x.ron", TEXT)], &[]).expect("fine");
    let problem = loaded.blame("parties.us.goal.like", Code::UnknownName, "nobody is like this");
    assert_eq!(problem.at, path::get(&loaded.tree, "parties.us.goal").ok().map(|node| node.at));
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test may look at the clock")]
fn a_large_and_wrong_file_is_judged_in_seconds() {
    let entry = |i: usize| format!("\"k{i}\": (goal: 1, optimism: 2, strategyy: 3),");
    let many: String = (0..20_000).map(entry).collect();
    let one_line = TEXT.replacen("parties: {", &format!("parties: {{{many}"), 1);
    let many_sets: String = (0..1000).map(|i| format!("\"parties.k{i}.optimism\": 7,")).collect();
    let with_sets = one_line.replacen("off:", &format!("set: {{{many_sets}}}, off:"), 1);
    for text in [one_line, with_sets] {
        assert!(text.len() > 900_000, "{}", text.len());
        let start = Instant::now();
        let problems = files(&[("x.ron", &text)], &[]).map(|_| ()).expect_err("wrong");
        assert_eq!(problems.problems.len(), 50);
        let judged = start.elapsed().as_secs_f64();
        assert!(problems.explain(false).ends_with("50 problems in x.ron\n"));
        let told = start.elapsed().as_secs_f64();
        println!("judged in {judged:.2} s, told after {told:.2} s");
        assert!(told < 20.0, "{told} s");
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

fn mutant(state: &mut u64) -> String {
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
        "extends: \"x.ron\",",
    ];
    let mut letters: Vec<char> = TEXT.chars().collect();
    for _ in 0..1 + next(state) % 4 {
        let at = next(state) % letters.len();
        let bit = BITS[next(state) % BITS.len()].chars();
        match next(state) % 5 {
            0 => drop(letters.splice(at..at, bit)),
            1 => drop(letters.remove(at)),
            2 => drop(letters.splice(at..at + 1, bit)),
            3 => {
                let end = (at + next(state) % 40).min(letters.len());
                letters.drain(at..end);
            }
            _ => {
                let end = (at + next(state) % 40).min(letters.len());
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
fn twenty_thousand_mutants_are_judged_quickly() {
    let mut state = 2025;
    let (mut fine, mut decoded_wrong) = (0, 0);
    let mut slowest = 0.0f64;
    for _ in 0..20 {
        let start = Instant::now();
        for _ in 0..1000 {
            let text = mutant(&mut state);
            match files(&[("x.ron", &text)], &["clock.rounds=7"]) {
                Ok(_) => fine += 1,
                Err(problems) => {
                    assert!(!problems.problems.is_empty(), "{text}");
                    assert!(problems.explain(false).contains("error: "), "{text}");
                    assert!(!problems.problems.iter().any(|p| p.text.contains("a hole")), "{text}\n{problems}");
                    decoded_wrong += usize::from(problems.problems.len() > 1);
                }
            }
        }
        slowest = slowest.max(start.elapsed().as_secs_f64());
    }
    println!("{fine} mutants are fine, {decoded_wrong} have several problems, slowest thousand {slowest:.2} s");
    assert!(
        fine > 1000 && decoded_wrong > 200,
        "the mutants are all alike: {fine} fine, {decoded_wrong} with several problems"
    );
    assert!(slowest < 5.0, "{slowest} s for a thousand"); // a second on an idle machine
}
