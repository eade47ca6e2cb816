//! `summitry odds` and `summitry score` as they are typed.

use serde_json::Value;

use super::typed::{json as document, summitry};

const STOCKHOLM: &str = "scenarios/stockholm-2025.ron";

#[test]
fn odds_as_one_document() {
    let asked = ["odds", STOCKHOLM, "--seed", "1", "--game", "0", "--futures", "200", "--format", "json"];
    let found = document(&asked);
    assert_eq!(found["schema"], "summitry.odds/1");
    let rounds = found["rounds"].as_array().expect("rounds");
    assert_eq!(rounds.len(), 27);
    assert!(rounds[0]["after"].is_null() && rounds[26]["after"] == 25);
    for round in rounds {
        let odds = round["odds"].as_object().expect("odds");
        assert_eq!(odds.len(), 4);
        let sum: f64 = odds.values().filter_map(Value::as_f64).sum();
        assert!((sum - 1.0).abs() < 1e-9);
    }
    let outcome = found["outcome"].as_str().expect("an outcome");
    assert_eq!(rounds[26]["odds"][outcome], 1.0);
    let turns = found["turning_points"].as_array().expect("turning points");
    assert!(!turns.is_empty());
    assert!(turns.iter().any(|t| t["otherwise"].as_array().is_some_and(|o| !o.is_empty())));
    let told = document(&["run", STOCKHOLM, "--seed", "1", "--odds", "200", "--format", "json"]);
    assert_eq!(told["schema"], "summitry.run/1");
    assert_eq!(told["odds"]["rounds"], found["rounds"]);
    // A seat knows less, and is told nothing of what would have come of an offer.
    let seat = document(&[&asked[..], &["--view", "us"]].concat());
    assert_eq!(seat["view"], "us");
    assert_ne!(seat["rounds"][0]["odds"], found["rounds"][0]["odds"]);
    assert!(!seat.to_string().contains("the offer of exchange"));
}

/// How likely the other side was to say yes is its secret; how likely oneself was is not, and the truth tells both.
#[test]
fn a_seat_is_told_no_chance_of_the_other_sides() {
    let mut told = [0; 3];
    for game in ["0", "1", "6", "14", "18"] {
        for (i, view) in ["truth", "us", "cn"].into_iter().enumerate() {
            let asked = ["odds", STOCKHOLM, "--seed", "1", "--game", game, "--futures", "60", "--view", view];
            let page = summitry(&asked).1;
            let document = document(&[&asked[..], &["--format", "json"]].concat());
            let happened = document["turning_points"].as_array().expect("turns").iter();
            let sentences = happened.flat_map(|turn| turn["happened"].as_array().expect("sentences").clone());
            let sentences = sentences.map(|text| text.as_str().expect("a text").to_owned());
            for line in page.lines().map(str::to_owned).chain(sentences) {
                if !line.contains("(the chance that it would was") && !line.contains("(it had ") {
                    continue;
                }
                told[i] += 1;
                let theirs = ["", "China", "United States"][i];
                assert!(i == 0 || !line.contains(theirs), "{view} is told: {line}");
            }
        }
    }
    assert!(told[0] > 0 && told[1] + told[2] > 0, "{told:?}");
}

#[test]
fn a_saved_state_has_the_odds_of_its_round_and_fits_no_other_scenario() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("state.json").to_str().expect("UTF-8").to_owned();
    let (code, out, err) =
        summitry(&["odds", STOCKHOLM, "--seed", "1", "--game", "3", "--save-state", &file, "--round", "5"]);
    assert_eq!((code, out.as_str()), (0, ""), "{err}");
    let futures = ["--futures", "300", "--format", "json"];
    let state = document(&[&["odds", file.as_str()], &futures[..]].concat());
    let game = document(&[&["odds", STOCKHOLM, "--seed", "1", "--game", "3"], &futures[..]].concat());
    assert_eq!(state["odds"], game["rounds"][5]["odds"]);
    assert_eq!((&state["round"], &state["seed"], &state["game"]), (&5.into(), &1.into(), &3.into()));

    let refused = |arguments: &[&str]| {
        let (code, out, err) = summitry(arguments);
        assert_eq!((code, out.as_str()), (2, ""), "{arguments:?}\n{err}");
        err
    };
    assert!(refused(&["odds", &file, "--set", "levers.us_tariff.now=41"]).contains("does not fit"));
    assert!(refused(&["odds", &file, "--seed", "2"]).contains("is of seed 1"));
    assert!(refused(&["odds", &file, "--game", "4"]).contains("is of game 3, which cannot be changed"));
    assert!(refused(&["odds", STOCKHOLM, "--scenario", STOCKHOLM]).contains("goes with a saved state"));
    assert!(refused(&["odds", STOCKHOLM, "--view", "uk"]).contains("--view is `truth`, `cn` or `us`, found `uk`"));
    let late = ["odds", STOCKHOLM, "--seed", "1", "--save-state", &file, "--round", "99"];
    assert!(refused(&late).contains("rounds 0 to 26 can be saved"));
    let text = std::fs::read_to_string(&file).expect("the state");
    std::fs::write(&file, text.replace("\"Tone\"", "\"Mood\"")).expect("written");
    assert!(refused(&["odds", &file]).contains("does not fit: the state holds `Mood`"));
    std::fs::write(&file, "{\"schema\": 3}").expect("written");
    assert!(refused(&["odds", &file]).contains("is not a saved state"));
}

#[test]
fn a_score_as_one_document_and_its_problems_in_their_place() {
    let questions = "scenarios/studies/questions-2018-2019.ron";
    let story = "scenarios/phase-one-2018.ron";
    let found = document(&["score", questions, story, "--games", "600", "--seed", "1", "--format", "json"]);
    assert_eq!(found["schema"], "summitry.score/1");
    assert_eq!(found["unanswered"][0]["id"], "soybeans after the truce");
    let groups = found["groups"].as_array().expect("groups");
    let all = groups.last().expect("all");
    assert_eq!(all["group"], "all");
    for score in ["brier", "log", "rps"] {
        let one = &all[score];
        assert!(one["forecast"].as_f64() > Some(0.0) && one["even"].as_f64() > Some(0.0), "{score}: {one}");
    }
    assert!(all["crps"].is_null() && all["coverage_80"]["of"].as_u64() > Some(0));
    assert!(groups.iter().any(|g| g["crps"]["forecast"].as_f64() > Some(0.0) && g["crps"]["even"].is_null()));

    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("q.ron").to_str().expect("UTF-8").to_owned();
    let wrong = "(schema: \"summitry.questions/1\", title: \"t\", questions: [(id: \"a\", group: \"g\", expression: \"count(deal\", answer: Binary(happened: true, base_rate: 0.5))])";
    std::fs::write(&file, wrong).expect("written");
    let (code, out, err) = summitry(&["score", &file, story, "--games", "10", "--seed", "1"]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("`)` is needed here, found the end") && err.contains("count(deal"), "{err}");
}
