//! What is in the program itself: scenarios, completions, the manual.

use std::path::Path;

use super::typed::{summitry, typed};

#[test]
fn a_shipped_scenario_is_played_in_any_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let here = folder.path();
    let batch = |name: &str, from: &Path| {
        let (code, out, err) = typed(from, &["batch", name, "--games", "50", "--seed", "1", "--format", "json"], "");
        assert_eq!(code, 0, "{name}: {err}");
        serde_json::from_str::<serde_json::Value>(&out).expect("one document")
    };
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (name, file) in [
        ("stockholm-2025", "scenarios/stockholm-2025.ron"),
        ("theory/pledges", "scenarios/theory/pledges.ron"),
        ("two-issues", "scenarios/theory/two-issues.ron"),
        ("hurry-and-glory", "scenarios/studies/hurry-and-glory.ron"),
    ] {
        let (shipped, file) = (batch(name, here), batch(file, home));
        assert_eq!(shipped["scenario"], name);
        assert_eq!(
            (&shipped["digest"], &shipped["scenario_hash"]),
            (&file["digest"], &file["scenario_hash"]),
            "{name}"
        );
    }
    let signs = ["signs", "signs", "--games", "20", "--format", "json"];
    assert!(typed(here, &signs, "").1.contains("\"schema\": \"summitry.signs/1\""));
}

#[test]
fn a_file_of_that_name_comes_first_and_an_unknown_name_is_helped() {
    let folder = tempfile::tempdir().expect("a folder");
    let here = folder.path();
    let check = |name: &str| typed(here, &["check", name], "");
    assert!(check("stockholm-2025").1.contains("Stockholm"));
    let template = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/template.ron");
    let mine = std::fs::read_to_string(template).expect("read").replacen("title: \"", "title: \"Mine: ", 1);
    std::fs::write(here.join("stockholm-2025.ron"), mine).expect("written");
    assert!(check("stockholm-2025").1.contains("Mine: "));
    let (code, _, said) = check("stokholm-2026");
    assert_eq!(code, 2);
    assert!(said.contains("did you mean `stockholm-2025"), "{said}");
    let (_, _, said) = typed(tempfile::tempdir().expect("a folder").path(), &["check", "zzz"], "");
    assert!(
        said.contains("part of the program are `stockholm-2025`") && said.contains("`theory/two-issues`"),
        "{said}"
    );
}

#[test]
fn completions_and_the_manual_know_every_command() {
    let (_, help, _) = summitry(&["--help"]);
    let commands: Vec<&str> = help
        .lines()
        .filter(|l| l.starts_with("  ") && !l.starts_with("   "))
        .filter_map(|l| l.split_whitespace().next())
        .collect();
    let commands: Vec<&str> = commands.into_iter().filter(|c| !c.starts_with('-') && *c != "help").collect();
    assert!(commands.len() >= 18 && commands.contains(&"completions"), "{commands:?}");
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let (code, out, err) = summitry(&["completions", shell]);
        assert_eq!((code, err.as_str()), (0, ""));
        commands.iter().for_each(|command| assert!(out.contains(command), "{shell}: {command}"));
    }
    let (code, page, _) = summitry(&["man"]);
    assert!(code == 0 && page.starts_with(".ie") && page.contains("summitry\\-tournament(1)"), "{page}");
    let folder = tempfile::tempdir().expect("a folder");
    let (code, said, _) = typed(folder.path(), &["man", "--out", "my pages"], "");
    assert_eq!(code, 0);
    assert!(said.contains("man -l 'my pages/summitry.1'"), "{said}");
    for command in commands {
        let page = folder.path().join("my pages").join(format!("summitry-{command}.1"));
        assert!(std::fs::read_to_string(&page).is_ok_and(|text| text.contains(".SH NAME")), "{}", page.display());
    }
}
