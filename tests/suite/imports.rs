//! Scenarios of other programs on the command line: what is read, what is left out and named, what is refused.

use std::path::Path;

use super::typed::typed;

/// A domain of GENIUS with two profiles; `red` is the first colour as it is written there.
fn shop(declared: &str, red: &str) -> Vec<(&'static str, Vec<u8>)> {
    let file = |inner: &str, evaluations: Option<[&str; 4]>| {
        let value = |i: usize| evaluations.map_or(String::new(), |all| format!(" evaluation=\"{}\"", all[i]));
        let issues = format!(
            "<issue index=\"1\" name=\"colour\" type=\"discrete\"><item index=\"1\" value=\"{red}\"{}/><item index=\"2\" \
             value=\"blue\"{}/></issue><issue index=\"2\" name=\"size\" type=\"discrete\"><item index=\"1\" \
             value=\"small\"{}/><item index=\"2\" value=\"large\"{}/></issue>",
            value(0),
            value(1),
            value(2),
            value(3)
        );
        let text = inner.replace("ISSUES", &issues);
        let text = format!("{declared}{text}");
        // one byte a character: Latin-1
        if text.is_ascii() { text.into_bytes() } else { text.chars().map(|c| c as u8).collect() }
    };
    let profile = "<utility_space><objective index=\"0\" name=\"root\">ISSUES<weight index=\"1\" value=\"0.5\"/><weight \
                   index=\"2\" value=\"0.5\"/></objective><reservation value=\"0.2\"/></utility_space>";
    let domain = "<negotiation_template><utility_space number_of_issues=\"2\"><objective index=\"0\" \
                  name=\"root\">ISSUES</objective></utility_space></negotiation_template>";
    vec![
        ("shop.xml", file(domain, None)),
        ("shop_a.xml", file(profile, Some(["1", "2", "3", "1"]))),
        ("shop_b.xml", file(profile, Some(["2", "1", "1", "3"]))),
    ]
}

const XML: &str = "<?xml version=\"1.0\"?>\n";

/// Imports a folder with these files; the exit code, the scenario where there is one, and what is said besides.
fn imported(files: &[(&str, Vec<u8>)], more: &[&str]) -> (i32, String, String) {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("in")).expect("made");
    for (name, bytes) in files {
        std::fs::write(folder.path().join("in").join(name), bytes).expect("written");
    }
    let (code, _, told) = typed(folder.path(), &[&["import", "in", "--out", "o.ron"], more].concat(), "");
    let scenario = std::fs::read_to_string(folder.path().join("o.ron")).unwrap_or_default();
    assert_eq!(code == 0, !scenario.is_empty(), "{told}");
    if code == 0 {
        let (plays, _, why) = typed(folder.path(), &["batch", "o.ron", "--games", "20", "--seed", "1"], "");
        assert_eq!(plays, 0, "{why}\n{scenario}");
    }
    (code, scenario, told)
}

fn with(name: &'static str, text: &str) -> Vec<(&'static str, Vec<u8>)> {
    shop(XML, "red").into_iter().chain([(name, text.as_bytes().to_vec())]).collect()
}

#[test]
fn what_genius_reads_over_is_read() {
    let (code, scenario, told) = imported(&shop(XML, "red & white"), &[]);
    assert!(code == 0 && scenario.contains("\"red & white\""), "{told}");
    assert!(scenario.contains("// Mended in in/shop.xml: a bare `&`."), "{scenario}");
    let unspaced = shop(XML, "red").into_iter().map(|(name, bytes)| {
        let text = String::from_utf8(bytes).expect("UTF-8").replace("\" value", "\"value");
        (name, text.into_bytes())
    });
    assert_eq!(imported(&unspaced.collect::<Vec<_>>(), &[]).0, 0);
    let latin = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n";
    let (code, scenario, told) = imported(&shop(latin, "café"), &[]);
    assert!(code == 0 && scenario.contains("\"café\""), "{told}");
    let (code, _, told) = imported(&shop("", "café"), &[]);
    assert!(code == 2 && told.contains("in/shop.xml") && told.contains("not UTF-8"), "{told}");
}

/// A file that is neither a domain nor a profile that plays stops nothing, and is named.
#[test]
fn bystanders_are_left_out_and_named() {
    let third = "<utility_space><objective index=\"0\" name=\"root\"/></utility_space>";
    for (name, text) in [
        ("pareto.xml", "\n0.5, 1.0\n0.75, 0.5\n"),
        ("zz.xml", ""),
        ("shop_z.xml", third),
        ("a.xml", "<html/>"),
        ("stats.json", "{\"a\": 1}"),
        ("broken.yml", "a: ["),
        ("readme.txt", "\u{fffd}"),
    ] {
        let (code, scenario, told) = imported(&with(name, text), &[]);
        assert!(code == 0 && told.contains(&format!("left out: the file `in/{name}`")), "{name}: {told}");
        assert!(scenario.contains(&format!("// Left out: the file `in/{name}`")), "{name}: {scenario}");
    }
}

/// Folders within the folder, and what is no plain file, are not read, and are named.
#[test]
fn what_is_no_file_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join("in").join(name);
    std::fs::create_dir_all(at("more")).expect("made");
    std::fs::write(at("more/shop_c.xml"), "<utility_space/>").expect("written");
    for (name, bytes) in shop(XML, "red") {
        std::fs::write(at(name), bytes).expect("written");
    }
    #[cfg(unix)]
    std::os::unix::fs::symlink("nowhere", at("shop_d.xml")).expect("a link");
    #[cfg(unix)]
    std::fs::write(at("shop\u{1}.xml"), "<html/>").expect("a name that cannot be typed");
    let (code, _, told) = typed(folder.path(), &["import", "in", "--out", "o.ron"], "");
    let scenario = std::fs::read_to_string(folder.path().join("o.ron")).expect("written");
    let said = "the folder `in/more`: what stands in it is not read unless it is named";
    assert!(code == 0 && told.contains(&format!("left out: {said}")), "{told}");
    assert!(scenario.contains(&format!("// Left out: {said}.")), "{scenario}");
    #[cfg(unix)]
    for name in ["shop_d.xml", "shop\\u{1}.xml"] {
        assert!(told.contains(&format!("left out: the file `in/{name}`")), "{told}");
    }
}

/// One of three that cannot be read may be who was meant; one that nobody filled in is a bystander.
#[test]
fn a_third_profile_that_is_broken_stops_the_import() {
    let third = |from: &str, to: &str| {
        let text = String::from_utf8(shop(XML, "red").remove(2).1).expect("UTF-8").replace(from, to);
        imported(&with("shop_c.xml", &text), &[])
    };
    let (code, _, told) = third("evaluation=\"2\"", "evalution=\"2\"");
    assert!(code == 2 && told.contains("--parties shop_a,shop_b"), "{told}");
    let why = "not read: in/shop_c.xml: `evalution` of <item> on line 2 is not known here; did you mean `evaluation`?";
    assert!(told.contains(why), "{told}");
    let (code, _, told) = third("evaluation=\"2\"", "evaluation=\"null\"");
    assert!(code == 0 && told.contains("left out: the file `in/shop_c.xml`"), "{told}");
}

/// A number that is left empty is a slip, and no reservation of nothing.
#[test]
fn an_empty_reservation_is_a_slip() {
    let edit = |(name, text): (&'static str, Vec<u8>)| {
        let text = String::from_utf8(text)
            .expect("UTF-8")
            .replace("<reservation value=\"0.2\"/>", "<reservation value=\"\"/>");
        (name, text.into_bytes())
    };
    let (code, _, told) = imported(&shop(XML, "red").into_iter().map(edit).collect::<Vec<_>>(), &[]);
    assert!(code == 2 && told.contains("is not a number (`value` of <reservation>)"), "{told}");
}

#[test]
fn of_more_than_two_profiles_two_are_named() {
    let third = shop(XML, "red").remove(2).1;
    let files: Vec<_> = shop(XML, "red").into_iter().chain([("shop_c.xml", third)]).collect();
    let (code, _, told) = imported(&files, &[]);
    assert!(code == 2 && told.contains("--parties shop_a,shop_b") && told.contains("`shop_c`"), "{told}");
    let (code, scenario, told) = imported(&files, &["--parties", "shop_c,shop_a"]);
    assert!(code == 0 && told.contains("left out: the file `in/shop_b.xml`"), "{told}");
    assert!(scenario.find("name: \"shop_c\"") < scenario.find("name: \"shop_a\""), "{scenario}");
}

#[test]
fn what_cannot_be_played_is_said_as_it_is() {
    let level = "<item index=\"1\" value=\"red\" evaluation=\"1\"/>";
    let bare = level.replace(" evaluation=\"1\"", "");
    let edited = |from: &str, to: &str| {
        let files = shop(XML, "red").into_iter();
        let edit = |text: Vec<u8>| String::from_utf8(text).expect("UTF-8").replace(from, to).into_bytes();
        imported(&files.map(|(name, text)| (name, edit(text))).collect::<Vec<_>>(), &[])
    };
    let (code, _, told) = edited(level, &bare);
    assert!(code == 2 && told.contains("shop_a.xml: `colour`: `red` has no `evaluation`"), "{told}");
    let (code, _, told) = edited("<weight index=\"2\"", "<ufun type=\"PlainUfun\"/><weight index=\"2\"");
    assert!(code == 2 && told.contains("a nonlinear utility space"), "{told}");
    let (code, scenario, told) = edited("<reservation value=\"0.2\"/>", "<discount_factor value=\"0.5\"/>");
    assert!(code == 0 && scenario.contains("keeps: 0.5") && scenario.contains("no reservation there"), "{told}");
}

/// A reservation that no agreement reaches is an error, never `takes anything`.
#[test]
fn an_infinite_reservation_is_refused() {
    let party = |name: &str, reserved: &str, values: &str| {
        format!(
            "name: {name}\ntype: LinearAdditiveUtilityFunction\nreserved_value: {reserved}\nweights: [1.0]\nvalues:\n- \
             {{type: TableFun, mapping: {{{values}}}}}\n"
        )
    };
    let space = "name: d\ntype: DiscreteCartesianOutcomeSpace\nissues:\n- {name: q, type: CategoricalIssue, values: [x, m, y]}\n";
    let import = |reserved: &str| {
        let (a, b) = (party("a", reserved, "x: 1.0, m: 0.6, y: 0.0"), party("b", "0.1", "x: 0.0, m: 0.6, y: 1.0"));
        imported(&[("a.yml", a.into_bytes()), ("b.yml", b.into_bytes()), ("d.yml", space.as_bytes().to_vec())], &[])
    };
    for reserved in [".inf", ".nan", "Infinity", "lots"] {
        let (code, _, told) = import(reserved);
        assert!(code == 2 && told.contains("a.yml: the reserved value is"), "{reserved}: {told}");
    }
    for reserved in ["-.inf", "null", "0.3"] {
        assert_eq!(import(reserved).0, 0, "{reserved}");
    }
}

/// What hangs on which of several equal packages is offered is told, and a field chooses.
#[test]
fn a_tie_on_which_an_agreement_hangs_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let scenario = |ties: &str| {
        format!(
            r#"(schema: "summitry/1", title: "Two alike", bargaining: (rounds: 9, {ties} parties: [
                (name: "ann", weights: {{"q": 1}}, reservation: 0, tactic: Time(exponent: 1)),
                (name: "bob", weights: {{"q": 1}}, reservation: 0, tactic: Time(exponent: 3)),
            ], issues: [(name: "q", levels: ["x", "m", "n", "y"], values: {{"ann": [1, 0.6, 0.6, 0], "bob": [0, 0.5, 0.7, 1]}})]))"#
        )
    };
    let told = |ties: &str| {
        let _ = std::fs::remove_file(folder.path().join("t.ron"));
        std::fs::write(folder.path().join("t.ron"), scenario(ties)).expect("written");
        let (code, page, why) = typed(folder.path(), &["run", "t.ron", "--seed", "1"], "");
        assert_eq!(code, 0, "{why}");
        page
    };
    let first = told("");
    assert!(
        first.contains("Agreement in round 7")
            && first.contains("hangs on a tie in round")
            && first.contains("were the same to ann"),
        "{first}"
    );
    let kinder = told("ties: BestForOther,");
    assert!(kinder.contains("Agreement in round 6"), "{kinder}");
    assert!(told("ties: WorstForOther,").contains("hangs on a tie"));
    assert_eq!(told("ties: First,").lines().skip(2).collect::<Vec<_>>(), first.lines().skip(2).collect::<Vec<_>>());
}

/// Two agreements that are worth the same to both are two agreements all the same.
#[test]
fn a_tie_between_packages_of_equal_worth_to_both_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let told = |ties: &str, values: &str| {
        let party = |name: &str| {
            format!(r#"(name: "{name}", weights: {{"p": 0.5, "q": 0.5}}, reservation: 0, tactic: Time(exponent: 1))"#)
        };
        let issue = |name: &str| format!(r#"(name: "{name}", levels: ["l", "h"], values: {values})"#);
        let text = format!(
            r#"(schema: "summitry/1", title: "Alike", bargaining: (rounds: 9, ties: {ties}, parties: [{}, {}],
                issues: [{}, (name: "q", levels: ["l", "h"], values: {{"a": [1, 0], "b": [0, 1]}})]))"#,
            party("a"),
            party("b"),
            issue("p")
        );
        std::fs::write(folder.path().join("t.ron"), text).expect("written");
        let run = |format: &str| typed(folder.path(), &["run", "t.ron", "--seed", "1", "--format", format], "").1;
        let document: serde_json::Value = serde_json::from_str(&run("json")).expect("JSON");
        (run("text"), document["tie"].clone(), document["agreement"]["package"].clone())
    };
    let alike = r#"{"a": [1, 0], "b": [0, 1]}"#;
    let (page, tie, first) = told("First", alike);
    assert!(
        page.contains("This agreement hangs on a tie in round") && page.contains("2 packages were the same"),
        "{page}"
    );
    assert_eq!(tie["outcomes"], 2);
    let (page, _, last) = told("Last", alike);
    assert!(page.contains("This agreement hangs on a tie"), "{page}");
    assert_ne!(first, last);
    let (page, tie, _) = told("First", r#"{"a": [1, 0.1], "b": [0, 1]}"#);
    assert!(tie.is_null() && !page.contains("hangs on a tie"), "{page}");
}

#[test]
fn a_file_that_is_named_must_be_there() {
    let (code, _, told) = typed(Path::new(env!("CARGO_MANIFEST_DIR")), &["import", "no.xml", "--out", "o.ron"], "");
    assert!(code == 2 && told.contains("there is no file `no.xml`"), "{told}");
}
