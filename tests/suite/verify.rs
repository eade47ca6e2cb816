//! What a document says it was made by gives it again, and says so; what was changed is found.

use super::typed::{json, refused, summitry};

const STORY: &str = "scenarios/stockholm-2025.ron";

#[test]
fn a_document_is_repeated_by_its_own_command() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
    let asked =
        ["batch", STORY, "--set=parties.us.optimism=0.5", "--games=60", "--seed=3", "--threads=2", "--format=json"];
    let mut document = json(&asked);
    let made = document["made"].clone();
    let command = format!("summitry batch {STORY} --set parties.us.optimism=0.5 --games 60 --seed 3");
    assert_eq!(made["command"], command.as_str());
    assert_eq!((&made["digest"], &made["scenario_hash"]), (&document["digest"], &document["scenario_hash"]));
    let keep = |name: &str, document: &serde_json::Value| std::fs::write(at(name), document.to_string()).expect("kept");
    keep("one.json", &document);
    let (exit, page, _) = summitry(&["verify", &at("one.json")]);
    assert_eq!((exit, page), (0, format!("{command}\n  gives the same again, every figure\n")));

    assert_eq!(summitry(&["verify", &at("one.json"), "--threads=1"]).0, 0);
    let again = json(&["verify", "--print", &at("one.json")]);
    assert_eq!((&again["outcomes"], &again["made"]), (&document["outcomes"], &document["made"]));

    document["outcomes"]["no_deal"]["count"] = 1.into();
    keep("two.json", &document);
    let (exit, page, _) = summitry(&["verify", &at("two.json")]);
    assert!(exit == 4 && page.contains("in 1 place\n") && page.contains("outcomes.no_deal.count: 1 then"), "{page}");

    document["made"]["model"] = 999.into();
    keep("three.json", &document);
    assert!(refused(&["verify", &at("three.json")], 2).contains("made by model 999"));
    document["made"]["model"] = summitry::MODEL.into();
    // a stranger's document makes this program play games, and nothing else
    for (command, why) in [
        ("sh -c true", "not one that plays games by a seed"),
        ("summitry serve x.ron", "not one that plays games by a seed"),
        ("summitry man --out x", "not one that plays games by a seed"),
        ("summitry report x.ron", "not one that plays games by a seed"),
        ("summitry batch x.ron --bundle=kept.ron", "`--bundle` stands in no document's own command"),
        ("summitry batch x.ron --player 'us=rm kept'", "starts programs"),
        ("summitry batch x.ron --rows kept.csv", "`--rows` stands in no"),
        ("summitry sweep x.ron --over a=1 --csv kept", "`--csv` stands in no"),
        ("summitry sensitivity x.ron --design-out kept", "`--design-out` stands in no"),
        ("summitry batch x.ron --no-such-thing", "cannot be read"),
    ] {
        document["made"]["command"] = command.into();
        keep("four.json", &document);
        let said = refused(&["verify", &at("four.json")], 2);
        assert!(said.contains(why), "{command}: {said}");
    }
    assert!(refused(&["verify", STORY], 2).contains("no document of this program"));
    document["made"]["command"] = "summitry batch elsewhere.ron --games 2 --seed 1".into();
    keep("five.json", &document);
    let said = refused(&["verify", &at("five.json")], 2);
    assert_eq!(said.matches("error:").count(), 1, "{said}");
    assert!(said.contains("there is no file `elsewhere.ron`") && said.contains("run it where the files"), "{said}");
    document["partial"] = true.into();
    keep("six.json", &document);
    assert!(refused(&["verify", &at("six.json")], 2).contains("`summitry missing --out DIR` lists them"));
}

#[test]
fn the_version_names_the_commit_and_the_model() {
    let (exit, said, _) = summitry(&["--version"]);
    assert_eq!(exit, 0);
    assert!(
        said.starts_with("summitry ") && said.trim_end().ends_with(&format!("model {}", summitry::MODEL)),
        "{said}"
    );
}

#[test]
fn what_drives_an_answer_is_repeated_too() {
    let folder = tempfile::tempdir().expect("a folder");
    for asked in [
        &["sensitivity", STORY, "--only=us.goal", "--samples=8", "--games=20", "--seed=3", "--format=json"][..],
        &["discover", STORY, "--where=not deal", "--games=400", "--seed=3", "--format=json"],
    ] {
        let file = folder.path().join(asked[0]);
        std::fs::write(&file, json(asked).to_string()).expect("kept");
        let (exit, page, said) = summitry(&["verify", file.to_str().expect("UTF-8")]);
        assert!(exit == 0 && page.contains("gives the same again"), "{page}{said}");
    }
}
