//! A batch in parts says what a batch says: cut on any machines, in any order, killed at any moment and resumed.

use std::path::Path;
use std::process::{Command as Process, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::typed::{json, refused, summitry};

const STORY: &str = "scenarios/stockholm-2025.ron";
const GAMES: [&str; 3] = ["--games=600", "--seed=7", "--set=clock.rounds=8"];

fn planned(folder: &Path, more: &[&str]) -> String {
    let out = folder.join("run").to_str().expect("UTF-8").to_owned();
    let (code, page, err) = summitry(&[&["plan", STORY, "--out", &out][..], &GAMES, more].concat());
    assert!(code == 0 && page.contains(&format!("summitry merge --out {out}")), "{page}{err}");
    out
}

fn shard(out: &str, part: &str) -> (i32, String, String) {
    summitry(&["shard", "--out", out, "--index", part])
}

/// A page without how fast this machine was.
fn untimed(page: &str) -> String {
    let cut = |line: &str| line.rfind("; digest ").map_or(line.to_owned(), |at| line[at + 2..].to_owned());
    page.lines().map(cut).collect::<Vec<_>>().join("\n")
}

fn files(folder: &str) -> Vec<(String, Vec<u8>)> {
    let entries = std::fs::read_dir(folder).expect("a folder").flatten();
    let read = |path: std::path::PathBuf| {
        (path.file_name().expect("a name").to_string_lossy().into_owned(), std::fs::read(&path).expect("read"))
    };
    let mut out: Vec<(String, Vec<u8>)> = entries.map(|entry| read(entry.path())).collect();
    out.sort();
    out
}

#[test]
fn parts_that_are_merged_are_the_batch() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = planned(folder.path(), &["--shards=5"]);
    assert_eq!(summitry(&["missing", "--out", &out]).1, "0-4\n");
    let told = refused(&["merge", "--out", &out], 2);
    assert!(told.contains("5 of 5 parts missing: 0-4"), "{told}");
    for part in ["3", "0", "4"] {
        assert_eq!(shard(&out, part).0, 0);
    }
    assert_eq!(summitry(&["missing", "--out", &out]).1, "1-2\n");
    assert!(refused(&["merge", "--out", &out], 2).contains("missing: 1-2"));
    let (code, page, told) = summitry(&["merge", "--out", &out, "--partial"]);
    assert!(
        code == 3 && page.contains("Parts are missing: 360 of 600 games counted.") && told.contains("missing: 1-2"),
        "{page}{told}"
    );
    assert!(!page.contains("nterrupted") && page.contains(&format!("summitry shard --out {out} --index 1")), "{page}");
    let partial = summitry(&["merge", "--out", &out, "--partial", "--format=json"]).1;
    let partial: Value = serde_json::from_str(&partial).expect("a document");
    assert!(partial["partial"] == true && partial["asked"] == 600 && partial["interrupted"].is_null(), "{partial}");
    for part in ["1", "2"] {
        assert_eq!(shard(&out, part).0, 0);
    }
    assert!(shard(&out, "1").1.contains("part 1 (numbered 0 to 4): 120 games from game 120, there already"));
    let again = summitry(&[&["plan", STORY, "--out", &out][..], &GAMES].concat()).1;
    assert!(again.contains("it is finished") && again.contains("Next: summitry merge --out"), "{again}");
    assert!(!again.contains("--index"), "nothing is left to play: {again}");
    let merged = summitry(&["merge", "--out", &out, "--format=json"]).1;
    let whole = summitry(&[&["batch", STORY, "--format=json"][..], &GAMES].concat()).1;
    assert_eq!(merged, whole, "byte for byte");
    let document: Value = serde_json::from_str(&whole).expect("a document");
    let endings = document["outcomes"].as_object().expect("outcomes");
    assert!(endings.values().filter(|share| share["count"] != 0).count() > 1, "games differ: {endings:?}");
    let page = summitry(&["merge", "--out", &out]).1;
    assert_eq!(page.trim_end(), untimed(&summitry(&[&["batch", STORY][..], &GAMES].concat()).1).trim_end());
}

/// A batch on one machine is cut as it is asked, and counts the same.
#[test]
fn a_batch_is_kept_in_as_many_parts_as_asked() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("run").to_str().expect("UTF-8").to_owned();
    let batch = [&["batch", STORY, "--format=json"][..], &GAMES].concat();
    let (code, kept, _) = summitry(&[&batch[..], &["--out", &out, "--shards=7"]].concat());
    assert_eq!((code, files(&out).len()), (0, 8), "a plan and seven parts");
    assert_eq!(kept, summitry(&batch).1, "byte for byte");
    assert!(refused(&[&batch[..], &["--shards=7"]].concat(), 2).contains("--out"));
}

/// A plan that was cut short is told as such, with what to do.
#[test]
fn a_plan_that_is_cut_short_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = planned(folder.path(), &["--shards=2"]);
    let manifest = format!("{out}/manifest.json");
    let whole = std::fs::read_to_string(&manifest).expect("a plan");
    std::fs::write(&manifest, &whole[..whole.len() / 2]).expect("cut");
    let told = refused(&["missing", "--out", &out], 2);
    assert!(told.contains("manifest.json` is cut short") && told.contains("--overwrite"), "{told}");
}

#[test]
fn what_is_of_another_batch_is_refused_by_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = planned(folder.path(), &["--shards=2"]);
    let batch = |more: &[&str]| refused(&[&["batch", STORY, "--out", &out][..], more].concat(), 2);
    assert!(batch(&["--games=600", "--seed=8", GAMES[2]]).contains("another seed: it is of 7, and this is 8"));
    assert!(batch(&["--games=601", "--seed=7", GAMES[2]]).contains("other games: it is of 0 to 600"));
    assert!(batch(&["--games=600", "--seed=7"]).contains("another scenario: it is of s2:"));
    let plan = refused(&[&["plan", STORY, "--shards=3", "--out", &out][..], &GAMES].concat(), 2);
    assert!(plan.contains("another plan: it is of 2 parts, and this is of 3"), "{plan}");
    assert!(refused(&["shard", "--out", &out, "--index=2"], 2).contains("there is no part 2"));
    assert!(refused(&["shard", "--out", &out], 2).contains("SLURM_ARRAY_TASK_ID"));
    let manifest = format!("{out}/manifest.json");
    let text = std::fs::read_to_string(&manifest).expect("a plan");
    for (from, to, says) in [
        (format!("\"model\":{}", summitry::MODEL), "\"model\":999", "is of model 999"),
        ("summitry.shard/1".into(), "summitry.shard/9", "was changed after it was written"),
        ("summitry.plan/1".into(), "summitry.plan/9", "is of summitry.plan/9"),
    ] {
        assert!(text.contains(&from));
        std::fs::write(&manifest, text.replacen(&from, to, 1)).expect("written");
        let told = refused(&["missing", "--out", &out], 2);
        assert!(told.contains(says), "{told}");
    }
    std::fs::write(&manifest, &text).expect("written");
    assert_eq!(shard(&out, "0").0, 0);
    // A part that was cut off is not taken for one.
    let part = format!("{out}/shard-000000.json");
    let whole = std::fs::read_to_string(&part).expect("a part");
    std::fs::write(&part, &whole[..whole.len() / 2]).expect("written");
    assert!(
        summitry(&["missing", "--out", &out]).1.starts_with("0,")
            || summitry(&["missing", "--out", &out]).1.starts_with("0-")
    );
    let (code, _, err) = summitry(&["shard", "--out", &out, "--index=0"]);
    assert_eq!((code, std::fs::read_to_string(&part).expect("a part")), (0, whole.clone()), "{err}");
    // One that was changed by another hand is not played over unless told.
    std::fs::write(&part, whole.replacen("\"games\"", "\"Games\"", 1)).expect("written");
    assert!(refused(&["merge", "--out", &out, "--partial"], 2).contains("take it away, and play the part again"));
    let (code, _, err) = summitry(&["shard", "--out", &out, "--index=0", "--overwrite"]);
    assert_eq!((code, std::fs::read_to_string(&part).expect("a part")), (0, whole), "{err}");
    let foreign = folder.path().to_str().expect("UTF-8");
    assert!(refused(&["batch", STORY, "--out", foreign], 2).contains("holds other things and no plan"));
    assert!(refused(&["batch", STORY, "--out", &part], 2).contains("is a file, and a folder is needed"));
}

/// An engine's own variable says which part is wanted.
#[test]
fn an_array_job_needs_no_index() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = planned(folder.path(), &["--shards=2"]);
    for (name, part) in [("SLURM_ARRAY_TASK_ID", "1"), ("JOB_COMPLETION_INDEX", "0")] {
        let mut shard = Process::new(assert_cmd::cargo::cargo_bin!("summitry"));
        let done = shard.args(["shard", "--out", &out]).env(name, part).output().expect("it runs");
        assert!(
            done.status.success()
                && String::from_utf8_lossy(&done.stdout).contains(&format!("part {part} (numbered 0 to 1)"))
        );
    }
    assert_eq!(summitry(&["missing", "--out", &out]).1, "\n");
}

/// Killed again and again at moments all over its run, the same command ends in the bytes of one that nobody stopped: on
/// the screen and in its folder, which holds a plan and so many parts.
#[allow(clippy::disallowed_methods)] // a clock says when to kill, never what comes of it
fn survives(command: &[&str], parts: usize, kills: u32) {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
    let (whole, killed) = (at("whole"), at("killed"));
    let line = |out: &'_ str| -> Vec<String> {
        command
            .iter()
            .map(|word| word.to_string())
            .chain(["--format=json".into(), "--out".into(), out.into()])
            .collect()
    };
    let typed = |out: &str| summitry(&line(out).iter().map(String::as_str).collect::<Vec<_>>());
    let begun = Instant::now();
    let unbroken = typed(&whole);
    let mut full = begun.elapsed();
    let known = files(&whole);
    assert_eq!((unbroken.0, known.len()), (0, 1 + parts), "{}", unbroken.2);
    let (mut cut, mut early) = (0, 0);
    for i in 1..=4 * kills {
        if i > kills && cut >= kills / 4 && early >= 3 {
            break; // it was killed often enough; a busy machine that grew idle needs more goes
        }
        let begun = Instant::now();
        let mut child = Process::new(assert_cmd::cargo::cargo_bin!("summitry"))
            .args(line(&killed))
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("it runs");
        std::thread::sleep((full * ((i * 37) % 41) / 100).max(Duration::from_millis(5)));
        child.kill().expect("killed"); // SIGKILL
        let killed_it = !child.wait().expect("ended").success();
        cut += u32::from(killed_it);
        if !killed_it {
            full = full.min(begun.elapsed()); // no longer than that
        }
        let there = if Path::new(&killed).exists() { files(&killed) } else { vec![] };
        let there: Vec<_> = there.into_iter().filter(|(name, _)| !name.ends_with(".part")).collect();
        assert!(there.iter().all(|file| known.contains(file)), "whole under its final name, or not there");
        early += u32::from(there.len() < 1 + parts);
        if there.len() == 1 + parts && i % 2 == 0 {
            std::fs::remove_file(Path::new(&killed).join("shard-000003.json")).expect("removed");
        }
    }
    assert!(cut >= kills / 4 && early >= 3, "killed {cut} times, {early} times before the end");
    let again = typed(&killed);
    assert_eq!((again.0, &again.1), (0, &unbroken.1));
    assert_eq!(files(&killed), known, "and the folder holds the same bytes, and nothing else");
}

#[test]
fn a_batch_that_is_killed_at_many_moments_ends_in_the_same_bytes() {
    survives(&["batch", STORY, "--games=131072", "--seed=7", "--set=clock.rounds=1"], 8, 40);
}

#[test]
fn a_sweep_that_is_killed_at_many_moments_ends_in_the_same_bytes() {
    let over = "--over=levers.us_tariff.now=30,50";
    survives(&["sweep", STORY, "--games=128", "--seed=7", GAMES[2], over, "--shards=8"], 8, 24);
}

#[test]
fn a_tournament_that_is_killed_at_many_moments_ends_in_the_same_bytes() {
    let who = "--strategies=tit-for-tat,hardliner";
    survives(&["tournament", STORY, "--games=96", "--seed=7", GAMES[2], who, "--shards=6"], 6, 24);
}

/// What is kept of a study is what the study says without a folder, and another question is refused by name.
#[test]
fn a_study_that_is_kept_is_the_study() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
    let sweep = ["sweep", STORY, "--games=60", GAMES[2], "--format=json", "--over=levers.us_tariff.now=30,50"];
    let who = "--strategies=tit-for-tat,hardliner";
    let tournament = ["tournament", STORY, "--games=60", GAMES[2], "--format=json", who];
    for (name, study, other) in
        [("sweep", sweep, "--measure=truce_lapsed"), ("tournament", tournament, "--strategies=grim")]
    {
        let out = at(name);
        let plain = summitry(&[&study[..], &["--seed=7"]].concat());
        let kept = summitry(&[&study[..], &["--seed=7", "--shards=3", "--out", &out]].concat());
        assert_eq!((kept.0, &kept.1), (0, &plain.1), "{}", kept.2);
        assert_eq!(files(&out).len(), 4);
        // the seed is that of the folder
        let again = summitry(&[&study[..], &["--out", &out]].concat());
        assert!(again.1 == plain.1 && again.2.contains("3 of 3 parts"), "{}", again.2);
        let told = refused(&[&study[..], &[other, "--out", &out]].concat(), 2);
        assert!(told.contains(&format!("another question: it is of {name} ")), "{told}");
        assert!(refused(&["merge", "--out", &out], 2).contains("its own command goes on with it"));
        assert!(refused(&["batch", STORY, "--out", &out], 2).contains("and this is of batch"));
    }
}

#[test]
fn games_from_a_number_on_are_those_of_the_batch() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
    let document = json(&["batch", STORY, GAMES[2], "--seed=7", "--games=40", "--from=100", "--format=json"]);
    assert_eq!((&document["from"], &document["games"]), (&100.into(), &40.into()));
    let (out, set) = (at("run"), GAMES[2]);
    let kept = ["batch", STORY, set, "--seed=7", "--games=40", "--from=100", "--format=json", "--out", &out];
    assert_eq!(json(&kept), document);
    let first = json(&["batch", STORY, GAMES[2], "--seed=7", "--games=100", "--format=json"]);
    let all = json(&["batch", STORY, GAMES[2], "--seed=7", "--games=140", "--format=json"]);
    let deals = |of: &Value| of["shares"]["deal"]["count"].as_u64().expect("a count");
    assert_eq!(deals(&first) + deals(&document), deals(&all));
}

#[test]
fn enough_is_known_at_a_fixed_number_of_games() {
    let until =
        ["batch", STORY, GAMES[2], "--seed=7", "--until=error(deal) <= 0.025 and error(us.total given deal) < 20"];
    let (code, page, err) = summitry(&until);
    assert!(code == 0 && page.contains("Stopped at ") && page.contains("The same games: --games "), "{page}{err}");
    let found = json(&[&until[..], &["--format=json"]].concat());
    let games = format!("--games={}", found["games"]);
    let plain = json(&["batch", STORY, GAMES[2], "--seed=7", &games, "--format=json"]);
    assert_eq!((&found["digest"], &found["outcomes"]), (&plain["digest"], &plain["outcomes"]));
    assert!(found["until"]["met"] == true && found["until"]["errors"]["deal"].as_f64() <= Some(0.025), "{found}");
    let (code, page, _) = summitry(&[&until[..4], &["--until=error(deal) <= 1e-6", "--games=2000"]].concat());
    assert!(code == 4 && page.contains("Not reached in 2 000 games"), "{code} {page}");
    let told = refused(&[&until[..4], &["--until=error(dael) <= 1"]].concat(), 2);
    assert!(told.contains("did you mean `deal`?"), "{told}");
}

#[test]
fn time_that_is_over_keeps_what_is_done() {
    let (code, page, told) = summitry(&["batch", STORY, "--seed=7", "--games=1e7", "--max-time=1s"]);
    assert!(code == 3 && page.contains("Interrupted: ") && told.contains("stopped before it was done"), "{page}{told}");
}

/// Sizes that nobody plays are refused before anything is done, and the limit is said.
#[test]
fn absurd_sizes_are_refused() {
    for (argument, says) in [
        ("--games=1e14", "1e13 at most"),
        ("--games=18446744073709551615", "1e13 at most"),
        ("--threads=100000", "1024 at most"),
        ("--max-time=soon", "such as 90s"),
        ("--rows=x.csv --games=1e13", "are free on the disk of `.`"),
    ] {
        let told = refused(&[&["batch", STORY][..], &argument.split(' ').collect::<Vec<_>>()].concat(), 2);
        assert!(told.contains(says), "{told}");
    }
    for (command, says) in [
        ("discover --where deal --boxes 1e9", "1 000 000 000 are too many: 100 at most"),
        ("odds --futures 1e10", "1 000 000 000 at most"),
        ("run --odds 1e10", "1 000 000 000 at most"),
        ("tune --both --starts 1e9", "1 000 at most"),
        ("tune --both --rounds 1e9", "1 000 at most"),
        ("sensitivity --samples 1e9", "65 536 at most"),
        ("sensitivity --samples 60000 --method morris", "inputs are too many to hold"),
        ("sensitivity --pairs 1e9", "100 at most"),
        ("sweep --over levers.us_tariff.now=30..50 --points 1e9", "4096 at most"),
    ] {
        let (name, rest) = command.split_once(' ').expect("a name");
        let told = refused(&[&[name, STORY][..], &rest.split(' ').collect::<Vec<_>>()].concat(), 2);
        assert!(told.contains(says), "{command}: {told}");
    }
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("run").to_str().expect("UTF-8").to_owned();
    let told = refused(&["plan", STORY, "--games=1e9", "--shards=1e6", "--out", &out], 2);
    assert!(told.contains("100000 at most"), "{told}");
    assert!(!Path::new(&out).exists(), "nothing was made");
}

/// A disk that takes no more bytes: it is said, nothing half written stands under a final name, and with room again the
/// same command goes on.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_nothing_half_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = planned(folder.path(), &["--shards=2"]);
    let program = assert_cmd::cargo::cargo_bin!("summitry");
    let line = format!("trap '' XFSZ; ulimit -f 2; exec {} shard --out {out} --index 0", program.display());
    let done = Process::new("bash").args(["-c", &line]).output().expect("a shell"); // 2 KiB a file
    let told = String::from_utf8_lossy(&done.stderr);
    assert!(!done.status.success() && told.contains("shard-000000.json` cannot be written"), "{told}");
    assert_eq!(files(&out).len(), 1, "the plan alone");
    assert_eq!(shard(&out, "0").0, 0);
}

/// A study whose disk fills tells what was played, says how much is kept and how to go on, and does go on.
#[cfg(target_os = "linux")]
#[test]
fn a_study_without_room_is_told_and_goes_on() {
    let program = assert_cmd::cargo::cargo_bin!("summitry");
    for (study, answer) in [
        ("sweep STORY --over=parties.us.optimism=0.2..0.8 --points=9", "at 9 points"),
        ("tournament STORY --strategies=boulware,conceder,deal-seeker", "against the field"),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path().join("run").to_str().expect("UTF-8").to_owned();
        let command = format!("{} --games=60 --seed=1 --shards=3 --out {out}", study.replace("STORY", STORY));
        let run = |limit: &str| {
            let line = format!("trap '' XFSZ; {limit} exec {} {command}", program.display());
            let done = Process::new("bash").args(["-c", &line]).current_dir(env!("CARGO_MANIFEST_DIR")).output();
            let done = done.expect("a shell");
            let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
            (done.status.code(), text(done.stdout), text(done.stderr))
        };
        assert_eq!(run("").0, Some(0));
        let whole = files(&out);
        for part in 0..3 {
            std::fs::remove_file(format!("{out}/shard-{part:06}.json")).expect("it was there");
        }
        let (code, page, told) = run("ulimit -f 1;");
        assert_eq!(code, Some(1), "{told}");
        assert!(page.contains(answer) && page.contains("20 games"), "what was played is told: {page}{told}");
        assert!(told.contains("shard-000000.json` cannot be written") && told.contains("0 of 3 parts kept"), "{told}");
        let again = format!("goes on: summitry {} ", study.split(' ').next().expect("a word"));
        assert!(told.contains(&again) && told.contains(&format!("--out {out}")), "{told}");
        assert_eq!(files(&out).len(), 1, "the plan alone");
        assert_eq!(run("").0, Some(0));
        assert_eq!(files(&out), whole, "the same bytes");
    }
}

/// Rows that parts leave are those that the whole batch leaves, a part whose rows are gone is played again, and what was
/// asked for at first is what is gone on with.
#[test]
fn parts_leave_the_rows_of_their_games() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
    let out = planned(folder.path(), &["--shards=3", "--rows=ndjson"]);
    let rows = |part: u64| std::fs::read_to_string(format!("{out}/rows-{part:06}.ndjson")).expect("rows");
    for part in ["1", "2", "0"] {
        assert_eq!(shard(&out, part).0, 0);
    }
    let file = at("whole.ndjson");
    let whole = summitry(&[&["batch", STORY, "--format=json", "--rows", &file][..], &GAMES].concat());
    let text = std::fs::read_to_string(&file).expect("rows");
    assert_eq!([0, 1, 2].map(rows).concat(), text, "byte for byte");
    assert_eq!(text.lines().count(), 600);
    let (code, merged, said) = summitry(&["merge", "--out", &out, "--format=json"]);
    assert_eq!((code, merged), (0, whole.1), "a batch is told alike with rows and without");
    assert!(said.contains(&format!("rows: {out}/rows-*.ndjson")), "{said}");
    let known = files(&out);
    assert!(known.iter().any(|(name, _)| name == "rows.dictionary.csv") && known.len() == 1 + 3 + 3 + 1);
    // rows alone, or a part alone: the part is missing
    std::fs::remove_file(format!("{out}/rows-000001.ndjson")).expect("removed");
    std::fs::remove_file(format!("{out}/shard-000002.json")).expect("removed");
    assert_eq!(summitry(&["missing", "--out", &out]).1, "1-2\n");
    let again = |rows: &[&str]| summitry(&[&["batch", STORY, "--out", &out][..], &GAMES, rows].concat());
    let (code, _, said) = again(&["--rows=ndjson"]);
    assert!(code == 0 && said.contains("going on") && said.contains("rows-*.ndjson"), "{said}");
    assert_eq!(files(&out), known, "the same bytes, and nothing else");
    // rows that were cut short are played again too
    let cut = std::fs::OpenOptions::new().write(true).open(format!("{out}/rows-000001.ndjson")).expect("opened");
    cut.set_len(100).expect("cut");
    assert_eq!(summitry(&["missing", "--out", &out]).1, "1\n");
    assert_eq!(again(&["--rows=ndjson"]).0, 0);
    assert_eq!(files(&out), known, "the same bytes, and nothing else");
    for (rows, says) in [
        (&["--rows=csv"][..], "other rows: it is of ndjson, and this is of csv"),
        (&[], "other rows: it is of ndjson, and this is of none"),
        (&["--rows=x.parquet"], "say parquet, csv or ndjson, not `x.parquet`"),
        (&["--rows=ndjson", "--every-round=2"], "other rows by round: it has none, and this has games before 2"),
    ] {
        let (code, _, said) = again(rows);
        assert!(code == 2 && said.contains(says), "{said}");
    }
    let (code, _, said) = again(&["--rows=csv", "--overwrite"]);
    assert_eq!(code, 0, "{said}");
    assert!(files(&out).iter().all(|(name, _)| !name.ends_with("ndjson")), "nothing of the old plan is left");
}

/// Rows begin where the games begin.
#[test]
fn rows_from_a_game_on_are_those_rows_of_the_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
    let rows = |name: &str, games: &[&str]| {
        let file = at(name);
        let typed = ["batch", STORY, "--seed=7", GAMES[2], "--rows", &file];
        assert_eq!(summitry(&[&typed[..], games].concat()).0, 0);
        std::fs::read_to_string(&file).expect("rows")
    };
    let whole = rows("whole.ndjson", &["--games=120"]);
    let some = rows("some.ndjson", &["--games=20", "--from=100"]);
    assert_eq!(some.lines().collect::<Vec<_>>(), whole.lines().skip(100).collect::<Vec<_>>());
}

/// Rows by round are those of the whole batch's first games, in the parts that have them.
#[test]
fn parts_leave_the_rounds_of_the_first_games() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
    let (out, whole) = (at("run"), at("whole.csv"));
    let by_round = ["--from=50", "--every-round=250"]; // of 600 in three parts: all of the first, some of the second
    let batch = [&["batch", STORY][..], &GAMES, &by_round].concat();
    assert_eq!(summitry(&[&batch[..], &["--rows", &whole]].concat()).0, 0);
    let kept = [&batch[..], &["--out", &out, "--shards=3", "--rows=csv"]].concat();
    let (code, _, said) = summitry(&kept);
    assert!(code == 0 && said.contains("rounds-*.csv"), "{said}");
    let read = |file: String| std::fs::read_to_string(&file).unwrap_or_else(|e| panic!("{file}: {e}"));
    let part = |part: u64| read(format!("{out}/rounds-{part:06}.csv"));
    let without_head = |text: String| text.split_once('\n').expect("a head").1.to_owned();
    let rounds = read(at("whole.rounds.csv"));
    assert_eq!(part(0) + &without_head(part(1)), rounds, "byte for byte");
    assert!(rounds.lines().nth(1).is_some_and(|line| line.starts_with("50,0,")), "from the first game on");
    assert!(!Path::new(&format!("{out}/rounds-000002.csv")).exists());
    assert_eq!(read(format!("{out}/rounds.dictionary.csv")), read(at("whole.rounds.csv.dictionary.csv")));
    // a part whose rounds are gone is played again
    std::fs::remove_file(format!("{out}/rounds-000001.csv")).expect("removed");
    assert_eq!(summitry(&["missing", "--out", &out]).1, "1\n");
    assert_eq!(summitry(&kept).0, 0);
    assert_eq!(part(0) + &without_head(part(1)), rounds);
    let other = refused(
        &[&kept[..kept.len() - 5], &["--every-round=9", "--out", &out, "--shards=3", "--rows=csv"]].concat(),
        2,
    );
    assert!(other.contains("other rows by round: it has games before 300, and this has games before 59"), "{other}");
}

/// The rows that a study keeps part by part are those that it leaves in one file.
#[test]
fn a_study_that_is_kept_keeps_its_rows() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
    let sweep = "sweep stockholm-2025 --over levers.us_tariff.now=30,50";
    let tournament = "tournament stockholm-2025 --strategies tit-for-tat,hardliner";
    for (name, study) in [("sweep", sweep), ("tournament", tournament)] {
        let study: Vec<&str> = study.split(' ').chain(["--games=60", "--seed=7", GAMES[2], "--format=json"]).collect();
        let (out, whole) = (at(name), at(&format!("{name}.csv")));
        let plain = summitry(&[&study[..], &["--rows", &whole]].concat());
        let kept = [&study[..], &["--shards=3", "--rows=csv", "--out", &out]].concat();
        let done = summitry(&kept);
        assert_eq!((done.0, &done.1), (0, &plain.1), "{}", done.2);
        assert!(done.2.contains(&format!("rows: {out}/rows-*.csv")), "{}", done.2);
        let read = |file: String| std::fs::read_to_string(&file).unwrap_or_else(|e| panic!("{file}: {e}"));
        let sorted = |texts: &[String]| {
            let lines = texts.iter().flat_map(|text| text.lines().skip(1).map(str::to_owned));
            lines.collect::<std::collections::BTreeSet<String>>()
        };
        let parts = [0, 1, 2].map(|part| read(format!("{out}/rows-{part:06}.csv")));
        assert_eq!(sorted(&parts), sorted(&[read(whole.clone())]), "each game of each cell");
        assert_eq!(read(format!("{out}/rows.dictionary.csv")), read(format!("{whole}.dictionary.csv")));
        std::fs::remove_file(format!("{out}/rows-000001.csv")).expect("removed");
        let again = summitry(&kept);
        assert!(again.0 == 0 && again.2.contains("2 of 3 parts"), "{}", again.2);
        assert_eq!(read(format!("{out}/rows-000001.csv")), parts[1], "byte for byte");
        let other = refused(&[&study[..], &["--out", &out, "--shards=3"]].concat(), 2);
        assert!(other.contains("other rows: it is of csv, and this is of none"), "{other}");
        assert!(
            refused(&[&study[..], &["--out", &out, "--rows=x.csv"]].concat(), 2).contains("say parquet, csv or ndjson")
        );
    }
}
