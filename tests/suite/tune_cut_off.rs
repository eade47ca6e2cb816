//! A search that is cut off loses nothing: it goes on to the same bytes, and what was found is told.

use std::path::Path;
use std::process::{Child, Command as Process, Output, Stdio};
use std::time::Duration;

use serde_json::Value;
use summitry::MODEL;
use summitry::internals::play::Plan;

use super::tune::{folder, mean};
use super::typed::{agree, refused, summitry};

/// The arguments of a search that takes some seconds.
fn long<'a>(scenario: &'a str, tries: &'a str) -> Vec<&'a str> {
    vec![
        "tune",
        scenario,
        "--over=parties.us.optimism=0..1",
        "--over=parties.us.honesty=0..1",
        "--maximise=us.total",
        tries,
        "--games=64",
        "--seed=3",
        "--format=json",
    ]
}

/// A document without what a clock says.
fn untimed(page: &str) -> Value {
    let mut document: Value = serde_json::from_str(page).expect("one document");
    let made = document["made"].as_object_mut().expect("how it was made");
    assert!(made.remove("overhead_us_per_candidate").is_some());
    document
}

/// How many candidates a checkpoint tells of; none where there is no such file yet.
fn candidates(checkpoint: &Path) -> Option<u64> {
    let state: Value = serde_json::from_str(&std::fs::read_to_string(checkpoint).ok()?).expect("whole");
    Some(state["state"]["arms"][0]["candidates"].as_u64().expect("a count"))
}

/// A search under way whose checkpoint tells of candidates.
fn begun(arguments: &[&str], checkpoint: &Path) -> Child {
    let mut child = Process::new(assert_cmd::cargo::cargo_bin("summitry"))
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    for _ in 0..6000 {
        if candidates(checkpoint) > Some(0) {
            return child;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    let _ = child.kill();
    let _ = child.wait();
    panic!("no checkpoint was written");
}

#[test]
fn a_killed_search_goes_on_to_the_same_bytes() {
    let (folder, scenario, out) = folder();
    let arguments = long(&scenario, "--tries=80");
    let whole = [&arguments[..], &["--threads=1", "--out", out.to_str().unwrap()]].concat();
    let (code, unbroken, err) = summitry(&whole);
    assert_eq!(code, 0, "{err}");
    let overlay = std::fs::read(&out).expect("written");
    std::fs::remove_file(&out).expect("removed");

    let checkpoint = folder.path().join("state.json");
    let kept = [&arguments[..], &["--threads=2", "--out", out.to_str().unwrap(), "--checkpoint"]].concat();
    let kept = [&kept[..], &[checkpoint.to_str().unwrap()]].concat();
    let mut child = begun(&kept, &checkpoint);
    child.kill().expect("killed"); // SIGKILL
    assert!(!child.wait().expect("ended").success(), "it was cut off");
    assert!(!out.exists(), "nothing half done is left");
    let before = candidates(&checkpoint);

    let (code, resumed, told) = summitry(&kept);
    assert_eq!(code, 0, "{told}");
    assert!(told.contains("going on from"), "{told}");
    assert!(before < candidates(&checkpoint), "{before:?} candidates had been begun");
    assert_eq!(std::fs::read(&out).expect("written"), overlay, "the same bytes, on one thread and on two");
    assert_eq!(untimed(&resumed), untimed(&unbroken));

    let text = std::fs::read_to_string(&checkpoint).expect("kept");
    for (from, to) in
        [("\"mean\":[", "\"mean\":[0.5,"), ("\"seed\":3", "\"seed\":4"), ("\"restarts\":", "\"restarts\":1")]
    {
        let changed = folder.path().join("changed.json");
        assert!(text.contains(from), "{from}");
        std::fs::write(&changed, text.replacen(from, to, 1)).expect("written");
        let again = [&arguments[..], &["--checkpoint", changed.to_str().unwrap()]].concat();
        assert!(refused(&again, 2).contains("was changed after it was written"), "{from}");
    }

    let other = kept.iter().map(|a| if *a == "--games=64" { "--games=65" } else { a }).collect::<Vec<_>>();
    let other = [&other[..other.len() - 4], &["--checkpoint", checkpoint.to_str().unwrap()]].concat();
    let told = refused(&other, 2);
    assert!(
        told.contains("(another budget: it is of 80 candidates of 64 games, and this is of 80 candidates of 65 games)"),
        "{told}"
    );

    // What differs is said: the scenario, or the model that played.
    let patient =
        [&kept[..kept.len() - 4], &["--set=talks.exchanges=4", "--checkpoint", kept[kept.len() - 1]]].concat();
    let told = refused(&patient, 2);
    assert!(told.contains("(another scenario: it is of s2:") && !told.contains("other paths"), "{told}");
    let changed = folder.path().join("changed.json");
    let again = [&arguments[..], &["--checkpoint", changed.to_str().unwrap()]].concat();
    for (from, to, says) in [
        (
            format!("\"model\":{MODEL}"),
            "\"model\":999",
            format!("is of model 999, and this program plays model {MODEL}"),
        ),
        ("checkpoint/3".into(), "checkpoint/2", "and this program plays summitry.tune.checkpoint/3".into()),
    ] {
        assert!(text.contains(&from), "{from}");
        std::fs::write(&changed, text.replacen(&from, to, 1)).expect("written");
        let told = refused(&again, 2);
        assert!(told.contains(&says) && told.contains("goes on from it"), "{told}");
    }
}

/// What a search says that is stopped by Ctrl-C.
#[cfg(unix)]
fn interrupted(child: Child) -> Output {
    let sent = Process::new("kill").args(["-INT", &child.id().to_string()]).status().expect("sent");
    assert!(sent.success());
    child.wait_with_output().expect("ended")
}

#[cfg(unix)]
#[test]
fn ctrl_c_keeps_the_best() {
    let (folder, scenario, out) = folder();
    let checkpoint = folder.path().join("state.json");
    let arguments = long(&scenario, "--tries=100000");
    let more = ["--out", out.to_str().unwrap(), "--checkpoint", checkpoint.to_str().unwrap()];
    let child = begun(&[&arguments[..], &more].concat(), &checkpoint);
    let output = interrupted(child);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(3), "{told}");
    let document = untimed(&String::from_utf8_lossy(&output.stdout));
    assert_eq!(document["interrupted"], true);
    let plan = Plan::new(3, 64);
    assert!(agree(Some(mean(&out, "us.total", &plan)), document["best"]["in_sample"]["variant"].as_f64()));
}

/// The folder of the checkpoint goes away while it searches: that is said, and so is what was found.
#[cfg(unix)]
#[test]
fn a_checkpoint_that_cannot_be_written_costs_no_result() {
    let (folder, scenario, _) = folder();
    let kept = folder.path().join("kept");
    let arguments = |tries| [&long(&scenario, tries)[..], &["--checkpoint", kept.to_str().unwrap()]].concat();
    std::fs::create_dir(&kept).expect("a folder");
    let told = refused(&arguments("--tries=1e6"), 2); // at once: this search would take an hour
    assert!(told.contains("is a folder"), "{told}");
    let checkpoint = kept.join("state.json");
    let inside = |tries| [&long(&scenario, tries)[..], &["--checkpoint", checkpoint.to_str().unwrap()]].concat();
    let child = begun(&inside("--tries=100000"), &checkpoint);
    std::fs::rename(&kept, folder.path().join("elsewhere")).expect("moved");
    let told = refused(&inside("--tries=1e6"), 2);
    assert!(told.contains("cannot be written"), "{told}");
    let output = interrupted(child);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(told.contains("state.json` cannot be written"), "{told}");
    let document = untimed(&String::from_utf8_lossy(&output.stdout));
    assert!(document["best"]["values"].is_object(), "{document}");
}

/// Somebody puts a file where the overlay is to stand: it is left alone, and what was found is told all the same.
#[cfg(unix)]
#[test]
fn a_result_outlives_its_file() {
    let (folder, scenario, out) = folder();
    let checkpoint = folder.path().join("state.json");
    let arguments = long(&scenario, "--tries=100000");
    let more = ["--out", out.to_str().unwrap(), "--checkpoint", checkpoint.to_str().unwrap()];
    let child = begun(&[&arguments[..], &more].concat(), &checkpoint);
    std::fs::write(&out, "mine").expect("written");
    let output = interrupted(child);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(told.contains("is there already and is left alone"), "{told}");
    let document = untimed(&String::from_utf8_lossy(&output.stdout));
    assert!(document["best"]["values"].is_object() && document["written"].is_null(), "{document}");
    assert_eq!(std::fs::read_to_string(&out).expect("there"), "mine");
}

/// Stopped by Ctrl-C, then asked again: the answer of a search that nobody stopped.
#[cfg(unix)]
#[test]
fn a_search_stopped_by_ctrl_c_goes_on_to_the_same_answer() {
    let (folder, scenario, _) = folder();
    let arguments = long(&scenario, "--tries=80");
    let (code, unbroken, err) = summitry(&arguments);
    assert_eq!(code, 0, "{err}");
    let checkpoint = folder.path().join("state.json");
    let kept = [&arguments[..], &["--checkpoint", checkpoint.to_str().unwrap()]].concat();
    let output = interrupted(begun(&kept, &checkpoint));
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(3), "{told}");
    let early = untimed(&String::from_utf8_lossy(&output.stdout));
    let (code, resumed, told) = summitry(&kept);
    assert!(code == 0 && told.contains("going on from"), "{told}");
    assert_eq!(untimed(&resumed), untimed(&unbroken));
    let begun = |found: &Value| found["searches"][0]["candidates"].as_u64();
    assert!(begun(&early) < begun(&untimed(&resumed)), "there was something left to do");
}
