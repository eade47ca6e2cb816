//! Studies on the command line: what they print, what they write, what they refuse.

use super::typed::{json, refused, summitry, typed};

const STOCKHOLM: &str = "scenarios/stockholm-2025.ron";

#[test]
fn a_comparison_says_what_differs_and_which_games() {
    let document = json(&[
        "compare",
        STOCKHOLM,
        "--variant=no summit: off=[\"summit\"]; parties.us.goal.patience=0.97",
        "--variant=parties.us.ratify=0.68",
        "--games=400",
        "--seed=3",
        "--format=json",
    ]);
    assert_eq!(document["schema"], "summitry.compare/1");
    let [first, second] = [0, 1].map(|i| &document["comparisons"][i]);
    assert_eq!((&first["variant"], &second["variant"]), (&"no summit".into(), &"parties.us.ratify=0.68".into()));
    assert_eq!(first["measures"]["summit_deal"]["variant"], 0.0);
    assert!(second["measures"]["deal"]["difference"].as_f64() < Some(0.0));
    assert!(second["measures"]["deal"]["variance_saved"].as_f64() > Some(0.2));
    let ways = second["flips"]["ways"].as_array().expect("ways");
    let total: u64 = ways.iter().filter_map(|w| w["count"].as_u64()).sum();
    assert_eq!(second["flips"]["count"].as_u64(), Some(total));
    let games: Vec<u64> =
        second["flips"]["first"].as_array().expect("games").iter().filter_map(|f| f["game"].as_u64()).collect();
    assert_eq!(games.len(), 5);
    assert!(games.is_sorted() && games[0] < games[4]);
    assert!(document["variants"][0]["run"].as_str().is_some_and(|run| run.contains("--set 'off=[\"summit\"]'")));
    assert!(refused(&["compare", STOCKHOLM, "--seed=1"], 2).contains("nothing to compare with"));
    assert!(refused(&["compare", STOCKHOLM, "--variant=parties.us.ratfy=1"], 2).contains("ratify"));
}

#[test]
fn a_sweep_is_written_whole_or_not_at_all() {
    let folder = tempfile::tempdir().expect("a folder");
    let csv = folder.path().join("out.csv");
    let arguments = [
        "sweep",
        STOCKHOLM,
        "--over=levers.us_tariff.now=30,50",
        "--over=clock.rounds=20..30",
        "--points=3",
        "--games=60",
        "--seed=3",
        "--format=json",
        "--csv",
        csv.to_str().unwrap(),
    ];
    let document = json(&arguments);
    let points = document["points"].as_array().expect("points");
    assert_eq!(points.len(), 6);
    let at = |i: usize, path: &str| points[i]["values"][path].as_f64();
    assert_eq!((at(0, "levers.us_tariff.now"), at(1, "clock.rounds")), (Some(30.0), Some(25.0)));
    let text = std::fs::read_to_string(&csv).expect("written");
    assert_eq!(text.lines().count(), 1 + 1 + 1 + 6);
    let (made, text) = text.split_once('\n').expect("lines");
    assert!(
        made.starts_with("# summitry ") && made.contains(": summitry sweep ") && made.contains("--seed 3"),
        "{made}"
    );
    assert!(text.starts_with("point,levers.us_tariff.now,clock.rounds,deal,deal.se,deal.n,"), "{text}");
    let other = json(&[&arguments[..7], &["--format=json", "--us=boulware", "--set=talks.exchanges=5"]].concat());
    assert_eq!(other["set"], serde_json::json!(["parties.us.strategy=boulware", "talks.exchanges=5"]));
    assert_ne!(other["points"][0]["measures"], points[0]["measures"], "the seat is taken");
    for design in ["lhs", "sobol"] {
        let design = format!("--design={design}");
        let document = json(&[&arguments[..7], &["--format=json", design.as_str()]].concat());
        assert_eq!(document["points"].as_array().map(Vec::len), Some(3));
    }
    let nowhere = folder.path().join("no/out.csv");
    let told = refused(&[&arguments[..7], &["--csv", nowhere.to_str().unwrap()]].concat(), 2);
    assert!(told.contains("cannot be written"), "{told}");
    let told = refused(&arguments, 2);
    assert!(told.contains("is there already"), "{told}");
    assert!(refused(&["sweep", STOCKHOLM], 2).contains("no path to sweep over"));
    let told = refused(&["sweep", STOCKHOLM, "--over=levers.us_tarif.now=30,40"], 2);
    assert!(told.contains("us_tariff") && told.contains("--over argument 1"), "{told}");
}

#[test]
fn an_ablation_marks_what_does_nothing() {
    let document = json(&["ablation", STOCKHOLM, "--games=60", "--seed=3", "--format=json"]);
    let rows = document["rows"].as_array().expect("rows");
    let row = |name: &str| rows.iter().find(|row| row["off"] == name).expect(name);
    assert_eq!(row("standoff")["nothing"], true);
    assert_eq!(row("talks")["measures"]["deal"]["variant"], 0.0);
    let (_, page, _) = summitry(&["ablation", STOCKHOLM, "--games=60", "--seed=3", "--format=markdown"]);
    assert!(page.starts_with("| off | deal |") && page.contains("| `truce` |"), "{page}");
}

/// A file of the folder one stands in can be swept and compared, and one that extends another shelf's too.
#[test]
fn a_study_is_found_from_its_own_folder() {
    let studies = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/studies");
    let sweep = ["sweep", "better-negotiator.ron", "--over=parties.us.optimism=0,1", "--games=20", "--seed=1"];
    let compare = ["compare", "hurry-and-glory.ron", "--variant=parties.us.optimism=1", "--games=20", "--seed=1"];
    for arguments in [&sweep[..], &compare[..]] {
        let (code, out, err) = typed(&studies, arguments, "");
        assert_eq!((code, out.is_empty()), (0, false), "{err}");
    }
}

/// Every whole number of a range is as likely as another, and what is less even than it could be is told.
#[test]
fn a_sweep_over_whole_numbers_is_even() {
    let sweep = |more: &[&str]| json(&[&["sweep", STOCKHOLM, "--games=2", "--seed=1", "--format=json"], more].concat());
    for (over, all) in [("clock.rounds=20..23", 20..=23), ("clock.rounds=19.2..22.9", 20..=22)] {
        let over = format!("--over={over}");
        let each = 12;
        let points = format!("--points={}", each * all.clone().count());
        let document = sweep(&[over.as_str(), "--design=lhs", points.as_str()]);
        let rounds = document["points"].as_array().expect("points").iter();
        let rounds: Vec<u64> =
            rounds.filter_map(|point| point["values"]["clock.rounds"].as_f64()).map(|x| x as u64).collect();
        for n in all {
            assert_eq!(rounds.iter().filter(|found| **found == n).count(), each, "{n} in {rounds:?}");
        }
    }
    let told = refused(&["sweep", STOCKHOLM, "--over=clock.rounds=20.2..20.8"], 2);
    assert!(told.contains("`clock.rounds` takes whole numbers, and there is none from 20.2 to 20.8"), "{told}");
    let sobol = ["--over=levers.us_tariff.now=30..40", "--design=sobol"];
    let told = refused(&[&["sweep", STOCKHOLM, "--points=1e9"], &sobol[..]].concat(), 2);
    assert!(told.contains("1000000000 points are too many: 4096 at most"), "{told}");
    let noted = |points: &str| sweep(&[&[points], &sobol[..]].concat())["notes"].clone();
    assert_eq!(noted("--points=8"), serde_json::json!([]));
    assert!(noted("--points=10")[0].as_str().is_some_and(|note| note.contains("take 8 or 16")));
    let tuned = ["tune", STOCKHOLM, "--maximise=us.total", "--over=clock.rounds=20.2..20.8"];
    assert!(refused(&tuned, 2).contains("whole numbers"));
}

/// Copies of one strategy share their place and their chance, however they are listed.
#[test]
fn copies_of_a_strategy_are_tied() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
    for name in ["my1.ron", "my2.ron", "my3.ron"] {
        std::fs::copy("scenarios/strategies/boulware.ron", at(name)).expect("copied");
    }
    for order in [["my1.ron", "my2.ron", "my3.ron"], ["my3.ron", "my1.ron", "my2.ron"]] {
        let list = format!("{},grit", order.map(at).join(","));
        let asked = ["tournament", STOCKHOLM, "--strategies", &list, "--games=50", "--seed=1"];
        let document = json(&[&asked[..], &["--format=json"]].concat());
        for side in 0..2 {
            let standings = document["sides"][side]["standings"].as_array().expect("standings");
            let copies = standings[..3].iter().map(|s| (&s["rank"], &s["tied"], &s["rank_low"], &s["rank_high"]));
            let copies: Vec<_> = copies.collect();
            assert!(copies.iter().all(|copy| *copy == copies[0] && *copy.1 == true), "{copies:?}");
            let first: Vec<f64> = standings.iter().filter_map(|s| s["first"].as_f64()).collect();
            assert!(first[0] == first[1] && first[1] == first[2] && (first.iter().sum::<f64>() - 1.0).abs() < 1e-9);
            assert_eq!(standings[3]["tied"], false);
        }
        let (_, page, _) = summitry(&asked);
        assert!(page.lines().any(|line| line.contains(" my1 ") && line.contains("= ")), "{page}");
    }
}

/// What a study says that is stopped some time after its games are under way: its exit code and its page or document.
#[cfg(target_os = "linux")]
fn cut_off_after(arguments: &[&str], seconds: u64) -> (Option<i32>, String) {
    use std::process::{Command, Stdio};
    use std::{thread::sleep, time::Duration};
    let mut program = Command::new(assert_cmd::cargo::cargo_bin!("summitry"));
    program.current_dir(env!("CARGO_MANIFEST_DIR")).args(arguments).args(["--games=1e8", "--seed=3", "--threads=1"]);
    let study = program.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it runs");
    let status = format!("/proc/{}/status", study.id());
    // SIGINT is the second bit of the signals that it catches.
    let catches = |text: String| {
        let caught = text.lines().find_map(|line| u64::from_str_radix(line.strip_prefix("SigCgt:")?.trim(), 16).ok());
        caught.is_some_and(|bits| bits & 2 != 0)
    };
    while !catches(std::fs::read_to_string(&status).expect("it still runs")) {
        sleep(Duration::from_millis(50));
    }
    sleep(Duration::from_secs(seconds));
    let sent = Command::new("kill").args(["-INT", &study.id().to_string()]).status().expect("kill");
    assert!(sent.success());
    let done = study.wait_with_output().expect("it ends");
    (done.status.code(), String::from_utf8(done.stdout).expect("UTF-8"))
}

/// The same, late enough that some games were played: before the first there is nothing to tell.
#[cfg(target_os = "linux")]
fn cut_off(arguments: &[&str]) -> (Option<i32>, String) {
    let tries = [1, 4, 16, 64].into_iter().map(|seconds| cut_off_after(arguments, seconds));
    tries.into_iter().find(|(_, told)| !told.is_empty()).expect("something within a minute")
}

#[cfg(target_os = "linux")]
#[test]
fn what_was_stopped_says_so_wherever_it_is_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let csv = folder.path().join("out.csv");
    let compare = ["compare", STOCKHOLM, "--variant=parties.us.optimism=1"];
    let sweep = ["sweep", STOCKHOLM, "--over=parties.us.optimism=0,1", "--csv", csv.to_str().unwrap()];
    let studies: [&[&str]; 5] =
        [&["batch", STOCKHOLM], &compare, &sweep, &["ablation", STOCKHOLM], &["signs", "scenarios/studies/signs.ron"]];
    for study in studies {
        let (code, page) = cut_off(study);
        assert_eq!(code, Some(3), "{study:?}");
        assert!(page.contains("\nInterrupted: ") && page.contains(" of 100 000 000 games played"), "{page}");
    }
    let text = std::fs::read_to_string(&csv).expect("written");
    let rows: Vec<Vec<&str>> =
        text.lines().filter(|line| !line.starts_with('#')).map(|line| line.split(',').collect()).collect();
    let at = |name: &str| rows[0].iter().position(|head| *head == name).expect(name);
    let games: u64 = rows[1][at("games")].parse().expect("a number");
    assert!(games < 100_000_000 && rows[1..].iter().all(|row| row[at("asked")] == "100000000"), "{text}");
    let (code, told) = cut_off(&[&compare[..], &["--format=json"]].concat());
    let document: serde_json::Value = serde_json::from_str(&told).expect("one document");
    assert_eq!((code, &document["interrupted"], &document["asked"]), (Some(3), &true.into(), &100_000_000.into()));
}

#[test]
fn a_measure_that_loses_its_cases_is_told() {
    let compare = ["compare", STOCKHOLM, "--variant=off=[\"talks\"]", "--games=50", "--seed=1", "--measure=us.share"];
    let (_, page, _) = summitry(&compare);
    let row = page.lines().find(|line| line.trim_start().starts_with("us.share ")).expect("it was asked for");
    let cells: Vec<&str> = row.split_whitespace().collect();
    assert!(cells[1].parse::<f64>().is_ok() && cells[2..] == ["-", "-", "-", "-"], "{row}");
    assert!(page.contains("more have cases on one side alone"), "{page}");
    let found = &json(&[&compare[..], &["--format=json"]].concat())["comparisons"][0]["measures"]["us.share"];
    assert!(found["base_n"].as_u64() > Some(10) && found["variant_n"] == 0, "{found}");
    assert!(found["base"].is_number() && found["variant"].is_null() && found["difference"].is_null(), "{found}");

    let ablation = ["ablation", STOCKHOLM, "--games=60", "--seed=1", "--measure=us.share"];
    let (_, page, _) = summitry(&ablation);
    let row = page.lines().find(|line| line.trim_start().starts_with("talks ")).expect("a row");
    assert!(row.contains("no case"), "{row}");
    let idle = page.lines().find(|line| line.starts_with("Not one game differs")).unwrap_or_default();
    assert!(!idle.contains("talks"), "{page}");
    let document = json(&[&ablation[..], &["--format=json"]].concat());
    let row = document["rows"].as_array().expect("rows").iter().find(|row| row["off"] == "talks").expect("a row");
    assert!(row["nothing"] == false && row["measures"]["us.share"]["variant_n"] == 0, "{row}");
}
