//! What is read of files of GENIUS, and what is said where something cannot be.

use super::super::import as import_files;
use super::super::testing::{folder, read};
use super::*;

const DOMAIN: &str = r#"<?xml version="1.0"?>
<negotiation_template><utility_space number_of_issues="2"><objective index="0" name="root" etype="objective" type="objective">
  <issue index="1" name="meal" etype="discrete" type="discrete" vtype="discrete">
<item index="1" value="soup"/><item index="2" value="fish"/><item index="3" value="cake"/>
  </issue>
  <issue index="2" name="guests" etype="integer" type="integer" vtype="integer" lowerbound="10" upperbound="12"/>
</objective></utility_space></negotiation_template>"#;
const HOST: &str = r#"<utility_space><objective index="0" name="root">
  <issue index="1" name="meal" type="discrete">
<item index="2" value="fish" evaluation="4"/><item index="1" value="soup" evaluation="2"/><item index="3" value="cake" evaluation="1"/>
  </issue>
  <issue index="2" name="guests" type="integer" lowerbound="10" upperbound="12"><evaluator ftype="linear" offset="0.25" slope="0.5"/></issue>
  <weight index="1" value="3"/><weight index="2" value="1"/>
</objective><discount_factor value="0.8"/><reservation value="0.3"/></utility_space>"#;
const GUEST: &str = r#"<utility_space><objective index="0" name="root">
  <issue index="1" name="meal" type="discrete">
<item index="1" value="soup" evaluation="0.2"/><item index="2" value="fish" evaluation="0.4"/><item index="3" value="cake" evaluation="0.8"/>
  </issue>
  <issue index="2" name="guests" type="integer" lowerbound="10" upperbound="12"><evaluator ftype="linear" parameter0="1" parameter1="-0.5"/></issue>
  <weight index="1" value="0.5"/><weight index="2" value="0.5"/>
</objective><discount_factor value="1.0"/><reservation value="0"/></utility_space>"#;

fn import(files: &[(&str, &str)]) -> Result<Imported, Vec<String>> {
    import_as(files, &Play::default())
}

fn import_as(files: &[(&str, &str)], play: &Play) -> Result<Imported, Vec<String>> {
    let (names, open) = folder(files);
    import_files(&names, &open, play)
}

#[test]
fn utilities_are_the_ones_genius_shows() {
    let imported = import(&[("party.xml", DOMAIN), ("host.xml", HOST), ("guest.xml", GUEST)]).unwrap();
    assert!(imported.left_out.is_empty(), "{:?}", imported.left_out);
    let (file, utilities) = read(&imported);
    let keeps = 0.8.try_into().unwrap();
    let discounts = [0, 1].map(|p: usize| file.bargaining.parties[p].discount);
    assert_eq!(discounts, [Discount::Nothing, Discount::Factor { keeps, each: Span::Game }]);
    assert_eq!(file.title, "party");
    let names: Vec<_> = file.bargaining.parties.iter().map(|party| party.name.as_str()).collect();
    assert_eq!(names, ["guest", "host"]);
    // The host: 3/4 (2, 4, 1) / 4 + 1/4 (.25, .75, 1.25 held at 1); the guest: (.25, .5, 1) / 2 + (1, .5, 0) / 2.
    let expected = [
        [0.625, 0.4375],
        [0.375, 0.5625],
        [0.125, 0.625],
        [0.75, 0.8125],
        [0.5, 0.9375],
        [0.25, 1.0],
        [1.0, 0.25],
        [0.75, 0.375],
        [0.5, 0.4375],
    ];
    for (found, expected) in utilities.iter().zip(expected) {
        assert!((found[0] - expected[0]).abs() < 1e-12 && (found[1] - expected[1]).abs() < 1e-12, "{utilities:?}");
    }
    for line in [
        "// As GENIUS does, evaluations are divided by the highest of their issue and weights by their sum (--scale negmas: as they are written).",
        "// The weights of host added up to 4.",
    ] {
        assert!(imported.scenario.lines().any(|found| found == line), "{}", imported.scenario);
    }
}

#[test]
fn a_real_issue_is_named_and_its_weight_still_counts() {
    let real = |text: &str| {
        text.replace(r#"name="guests" etype="integer" type="integer""#, r#"name="guests" type="real""#)
            .replace(r#"name="guests" type="integer""#, r#"name="guests" type="real""#)
    };
    let (domain, host, guest) = (real(DOMAIN), real(HOST), real(GUEST));
    let imported = import(&[("a.xml", &domain), ("b.xml", &host), ("c.xml", &guest), ("d.txt", "")]).unwrap();
    assert_eq!(
        imported.left_out,
        ["the file `d.txt`: neither XML, YAML nor JSON", "the issue `guests`: a real issue has no list of levels",]
    );
    let (_, utilities) = read(&imported);
    assert_eq!(utilities.len(), 3);
    assert!((utilities[1][0] - 0.75).abs() < 1e-12);
}

#[test]
fn a_broken_profile_is_refused() {
    let files = |host: &str| import(&[("a.xml", DOMAIN), ("b.xml", host), ("c.xml", GUEST)]).unwrap_err();
    assert_eq!(files(&HOST.replace("fish", "meat")), ["b.xml: `meal`: the domain has no level `meat`"]);
    let without = HOST.replace(r#"<item index="2" value="fish" evaluation="4"/>"#, "");
    assert_eq!(files(&without), ["b.xml: `meal`: no evaluation of `fish`"]);
    let slip = |from: &str, to: &str| files(&HOST.replace(from, to)).concat();
    for (from, to, said) in [
        (
            "evaluation=\"4\"",
            "evaluaton=\"4\"",
            "b.xml: `evaluaton` of <item> on line 3 is not known here; did you mean `evaluation`?",
        ),
        ("value=\"fish\" evaluation=\"4\"", "value=\"fish\"", "`meal`: `fish` has no `evaluation`"),
        ("<objective", "<objective reservation=\"0.9\"", "`reservation` of <objective> on line 1 is not known here"),
        ("reservation value", "reservation type=\"a\" value", "`type` of <reservation> on line 7 is not known here"),
        ("evaluation=\"4\"", "evaluation=\"NaN\"", "`NaN` is not a number (`evaluation` of <item>)"),
        ("reservation value=\"0.3\"", "reservation", "the reservation has no `value`"),
        ("reservation value=\"0.3\"", "reservation valeu=\"0.3\"", "did you mean `value`?"),
        ("reservation value=\"0.3\"", "reservation value=\"inf\"", "`inf` is not a number"),
        ("reservation", "reservatoin", "<reservatoin> on line 7 is not known here; did you mean `reservation`?"),
        ("discount_factor value=\"0.8\"", "discount_factor value=\"1.8\"", "a share lies between 0 and 1, found 1.8"),
        ("<weight index=\"2\"", "<weight index=\"1\"", "`meal` has two weights"),
        ("</objective>", "<weight index=\"7\" value=\"1\"/></objective>", "the index 7, which no issue has"),
        ("<objective", "<ufun/><objective", "a nonlinear utility space (`ufun`)"),
        ("<utility_space", "<utility_space type=\"UNCERTAIN\"", "an uncertain utility space"),
    ] {
        assert!(slip(from, to).contains(said), "{to}: {}", slip(from, to));
    }
    assert_eq!(
        files(&HOST.replace(r#"index="2" value="1""#, r#"index="9" value="1""#)),
        ["b.xml: a weight has the index 9, which no issue has"]
    );
    assert_eq!(
        files(&HOST.replace("linear", "triangular")),
        ["b.xml: `guests`: a triangular evaluator is not known here"]
    );
    assert_eq!(
        files(&HOST.replace(r#"name="meal""#, r#"name="food""#)),
        ["b.xml: the issue `food` is not in the domain"]
    );
    let none = files("<utility_space>").join(" ");
    assert!(none.starts_with("b.xml: it is not XML: "), "{none}");
    let domain = DOMAIN.replace("<issue index=\"1\"", "<issue indx=\"1\"");
    let none = import(&[("a.xml", &domain), ("b.xml", HOST), ("c.xml", GUEST)]).unwrap_err();
    assert_eq!(none, ["a.xml: `indx` of <issue> on line 3 is not known here; did you mean `index`?"]);
    assert!(import(&[("c.xml", GUEST)]).unwrap_err()[0].starts_with("no file holds a domain"));
}

#[test]
fn a_reservation_that_is_none_is_0() {
    let plain = |said: &str| {
        let host = HOST.replace(r#"<reservation value="0.3"/>"#, said);
        let imported = import(&[("a.xml", DOMAIN), ("b.xml", &host), ("c.xml", GUEST)]).unwrap();
        assert!(imported.scenario.contains("b has no reservation there"), "{}", imported.scenario);
        read(&imported).0.bargaining.parties[0].reservation
    };
    for said in ["", r#"<reservation value="null"/>"#, r#"<reservation value="-Infinity"/>"#] {
        assert_eq!(plain(said), crate::scenario::draw::Draw::Fixed(0.0.try_into().unwrap()), "{said}");
    }
}

#[test]
fn negmas_reads_the_same_files_as_they_are_written() {
    let play = Play { scale: Scale::Negmas, ..Play::default() };
    let files = [("a.xml", DOMAIN), ("host.xml", HOST), ("guest.xml", GUEST)];
    let imported = import_as(&files, &play).unwrap();
    assert!(imported.scenario.contains("// As NegMAS does"), "{}", imported.scenario);
    let (_, utilities) = read(&imported);
    // soup and 10 guests: the guest .5 * .2 + .5 (1 - 5), the host 3 * 2 + .25 + 5
    assert!((utilities[0][0] + 1.9).abs() < 1e-12 && (utilities[0][1] - 11.25).abs() < 1e-12, "{utilities:?}");
}

/// GENIUS takes a discount factor of 0 for 1; one above 1 is an error.
#[test]
fn a_discount_factor_of_0_is_none_and_told() {
    let of = |factor: &str| {
        let host = HOST.replace("discount_factor value=\"0.8\"", &format!("discount_factor value=\"{factor}\""));
        import(&[("a.xml", DOMAIN), ("b.xml", &host), ("c.xml", GUEST)])
    };
    let told = |factor: &str| of(factor).unwrap().scenario.contains("b has a discount factor of 0, which GENIUS takes");
    assert!(told("0") && told("0.0") && !told("1"));
    assert_eq!(read(&of("0").unwrap()).0.bargaining.parties[0].discount, Discount::Nothing);
    assert!(of("1.5").is_err() && of("-0.5").is_err());
}

/// Who is meant is not guessed where one of three cannot be read; a profile of nobody stops nothing.
#[test]
fn a_third_profile_that_cannot_be_read_is_not_passed_over() {
    let broken = HOST.replace("evaluation=\"4\"", "evaluation=\"four\"");
    let empty = HOST.replace("evaluation=\"4\"", "evaluation=\"null\"");
    let other = HOST.replace("\"meal\"", "\"colour\"").replace("\"guests\"", "\"size\"");
    let files = |third: &'static str| [("a.xml", DOMAIN), ("b.xml", HOST), ("c.xml", GUEST), ("d.xml", third)];
    for third in [broken.leak() as &str, "<utility_space><objective></utility_space>"] {
        let told = import(&files(third)).unwrap_err();
        assert!(told[0].starts_with("3 profiles could bargain, and two do: name them"), "{told:?}");
        assert!(told[0].contains("--parties b,c\n  the parties here: `b`, `c`\n  not read: d.xml: "), "{told:?}");
        let parties = Some(["c", "b"].map(str::to_owned));
        let named = import_as(&files(third), &Play { parties, ..Play::default() }).unwrap();
        assert!(named.left_out[0].starts_with("the file `d.xml`: "), "{:?}", named.left_out);
    }
    for third in [empty.leak() as &str, other.leak()] {
        let imported = import(&files(third)).unwrap();
        assert!(imported.left_out[0].starts_with("the file `d.xml`: "), "{:?}", imported.left_out);
    }
}

/// Of several profiles the two that are named play, in the order of their names; without names nobody guesses.
#[test]
fn of_several_profiles_two_are_named() {
    let files = [("a.xml", DOMAIN), ("b.xml", HOST), ("c.xml", GUEST), ("d.xml", GUEST), ("e.xml", "<utility_space/>")];
    assert_eq!(
        import(&files).unwrap_err(),
        [
            "3 profiles could bargain, and two do: name them, the one that opens first: --parties b,c\n  the parties here: \
             `b`, `c`, `d`"
        ]
    );
    let named = |one: &str, two: &str| {
        import_as(&files, &Play { parties: Some([one, two].map(str::to_owned)), ..Play::default() })
    };
    let imported = named("d", "b.xml").unwrap();
    let names: Vec<_> = read(&imported).0.bargaining.parties.iter().map(|party| party.name.clone()).collect();
    assert_eq!(names, ["d", "b"]);
    assert_eq!(
        imported.left_out,
        [
            "the file `c.xml`: two parties bargain, and it was not chosen",
            "the file `e.xml`: the profile says nothing about `meal`"
        ]
    );
    assert!(named("b", "x").unwrap_err()[0].starts_with("there is no party `x`"));
    assert!(named("b", "b").unwrap_err()[0].contains("cannot bargain with itself"));
    assert_eq!(named("b", "e").unwrap_err(), ["e.xml: the profile says nothing about `meal`"]);
}
