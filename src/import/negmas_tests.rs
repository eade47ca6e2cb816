//! What is read of files of NegMAS, and what is said where something cannot be.

use super::super::import as import_files;
use super::super::testing::{folder, read};
use super::*;

const DOMAIN: &str = "
name: market
type: DiscreteCartesianOutcomeSpace
path: null
issues:
- {name: colour, type: CategoricalIssue, values: [red, blue]}
- {name: weight, type: negmas.outcomes.ContiguousIssue, values: [1, 3]}
";
const FARMER: &str = "
name: farmer
type: LinearAdditiveUtilityFunction
reserved_value: 0.25
reserved_outcome: null
weights: [0.5, 2]
bias: 0.125
values:
- {type: TableFun, mapping: {blue: 1, red: 0.5}}
- {type: AffineFun, slope: -0.5, bias: 2}
";
const COOK: &str = r#"{"name": "cook", "type": "LinearAdditiveUtilityFunction", "reserved_value": -Infinity,
    "weights": {"weight": 0.5, "colour": 1}, "values": {"colour": {"red": 3, "blue": 1}, "weight": {"type": "IdentityFun"}}}"#;

fn import(files: &[(&str, &str)]) -> Result<Imported, Vec<String>> {
    import_as(files, &Play::default())
}

fn import_as(files: &[(&str, &str)], play: &Play) -> Result<Imported, Vec<String>> {
    let (names, open) = folder(files);
    import_files(&names, &open, play)
}

#[test]
fn a_folder_is_carried_over() {
    let cook = COOK.replace("-Infinity", "-.inf");
    let imported = import(&[("market.yml", DOMAIN), ("b.yml", FARMER), ("c.json", &cook), ("plot.png", "")]).unwrap();
    assert_eq!(imported.left_out, ["the file `plot.png`: neither XML, YAML nor JSON"]);
    let (file, utilities) = read(&imported);
    assert_eq!(file.title, "market");
    let levels: Vec<_> = file.bargaining.issues.iter().map(|issue| issue.levels.join(" ")).collect();
    assert_eq!(levels, ["always", "red blue", "1 2 3"]);
    // The farmer: .125 + .5 (.5 or 1) + 2 (2 - x / 2); the cook: 3 or 1, + x / 2.
    assert_eq!(utilities, [[3.375, 3.5], [2.375, 4.0], [1.375, 4.5], [3.625, 1.5], [2.625, 2.0], [1.625, 2.5]]);
    assert_eq!(file.bargaining.parties[1].reservation, crate::scenario::draw::Draw::Fixed(1.5.try_into().unwrap()));
    assert!(imported.scenario.contains("cook has no reservation there"));
}

#[test]
fn a_discount_is_carried_and_a_real_issue_is_named() {
    let domain = DOMAIN.to_owned() + "- {name: rate, type: ContinuousIssue, values: [0.0, 1.0]}\n";
    let farmer = FARMER.replace("weights: [0.5, 2]", "weights: [0.5, 2, 1]") + "- {type: IdentityFun}\n";
    let inner = farmer.trim().replace('\n', "\n  ");
    let discounted = |more: &str| format!("name: x\nreserved_value: -.inf\n{more}\nufun:\n  {inner}");
    let imported = |more: &str| {
        let one = discounted(more);
        import(&[("a.yml", domain.as_str()), ("b.yml", &one), ("c.yml", &farmer)])
    };
    let by_step = imported("type: ExpDiscountedUFun\ndiscount: 0.9\nfactor: step").unwrap();
    assert_eq!(by_step.left_out, ["the issue `rate`: a ContinuousIssue has no list of levels"]);
    let (file, _) = read(&by_step);
    let [one, two] = [0, 1].map(|p: usize| &file.bargaining.parties[p]);
    assert_eq!((one.name.as_str(), two.name.as_str()), ("farmer", "farmer 2"));
    assert_eq!(one.reservation, crate::scenario::draw::Draw::Fixed(0.25.try_into().unwrap()));
    assert_eq!(one.discount, Discount::Factor { keeps: 0.9.try_into().unwrap(), each: Span::Round });
    let cost = imported("type: LinDiscountedUFun\ncost: 0.1\nfactor: relative_time").unwrap();
    let paid = Discount::Cost { takes: 0.1.try_into().unwrap(), each: Span::Game };
    assert_eq!(read(&cost).0.bargaining.parties[0].discount, paid);
    let none = imported("type: ExpDiscountedUFun\ndiscount: 0").unwrap();
    assert!(none.scenario.contains("farmer has a discount of 0, which NegMAS takes for none"), "{}", none.scenario);
    for (more, said) in [
        ("type: ExpDiscountedUFun\ndiscount: 0.9\nfactor: time", "a discount by `time` is not known here"),
        ("type: ExpDiscountedUFun\ndiscount: 0.9\ndynamic_reservation: false", "spares the reserved value"),
        ("type: LinDiscountedUFun\ncost: 0.1\npower: 2", "with a `power` is not known here"),
        (
            "type: ExpDiscountedUFun\ndiscuont: 0.9",
            "`discuont` of the discount is not known here; did you mean `discount`?",
        ),
    ] {
        let told = imported(more).unwrap_err().concat();
        assert!(told.contains(said), "{told}");
    }
}

#[test]
fn what_is_not_read_is_refused_and_a_count_is_a_range_from_0() {
    let counted = DOMAIN.replace("values: [1, 3]", "values: 3").replace("path: null", "path: null\nid: 7");
    let b = FARMER.replace("farmer", "b");
    let files = |domain: &str, farmer: &str| import(&[("market.yml", domain), ("farmer.yml", farmer), ("b.yml", &b)]);
    let imported = files(&counted, FARMER).expect("imported");
    assert!(imported.scenario.contains("\"0\", \"1\", \"2\""), "{}", imported.scenario);
    assert_eq!(
        files(&DOMAIN.replace("path: null", "isues: null\nextra_thing: 7"), FARMER).unwrap_err(),
        ["market.yml: `extra_thing` of the outcome space is not known here"]
    );
    for (from, to, said) in [
        ("reserved_value: 0.25", "reserved_valeu: 0.25", "not known here; did you mean `reserved_value`?"),
        ("reserved_value: 0.25", "reserved_value: .inf", "the reserved value is .inf"),
        ("reserved_value: 0.25", "reserved_value: .nan", "the reserved value is .nan"),
        ("reserved_value: 0.25", "reserved_value: Infinity", "the reserved value is Infinity"),
        ("reserved_value: 0.25", "reserved_value: lots", "the reserved value is lots"),
        ("reserved_value: 0.25", "reserved_value: [1]", "the reserved value is no number"),
        ("weights: [0.5, 2]", "weights: [0.5]", "there are 2 issues, and a weight for 1 of them"),
        ("weights: [0.5, 2]", "weights: {colour: 0.5}", "`weight` has no weight"),
        (
            "weights: [0.5, 2]",
            "weights: {colour: 0.5, wieght: 2}",
            "`wieght` of the weights is not known here; did you mean `weight`?",
        ),
        ("bias: 0.125", "bias: much", "the bias is not a number"),
        ("red: 0.5", "red: 0.5, green: 1", "`green` of the table is not known here"),
        ("slope: -0.5", "slope: -0.5, slop: 1", "`slop` of a AffineFun is not known here"),
        ("- {type: AffineFun, slope: -0.5, bias: 2}", "", "there are 2 issues, and a value function for 1 of them"),
    ] {
        let told = files(DOMAIN, &FARMER.replace(from, to)).unwrap_err().concat();
        assert!(told.contains(said), "{to}: {told}");
    }
}

#[test]
fn a_third_function_that_cannot_be_read_is_not_passed_over() {
    let lambda = FARMER.replace("AffineFun", "LambdaFun");
    let files = [("a.yml", DOMAIN), ("b.yml", FARMER), ("c.json", COOK), ("d.yml", &lambda)];
    let cook = COOK.replace("-Infinity", "-.inf");
    let files = files.map(|(name, text)| (name, if name == "c.json" { cook.as_str() } else { text }));
    let told = import(&files).unwrap_err();
    assert!(told[0].contains("--parties farmer,cook") && told[0].contains("not read: d.yml: "), "{told:?}");
    let parties = Some(["farmer", "cook"].map(str::to_owned));
    assert!(import_as(&files, &Play { parties, ..Play::default() }).is_ok());
}

/// Absent, null and minus infinity say that any agreement is better than none.
#[test]
fn no_reservation_is_the_worst_utility() {
    for said in ["", "reserved_value: null", "reserved_value: -.inf", "reserved_value: \"-Infinity\""] {
        let farmer = FARMER.replace("reserved_value: 0.25", said);
        let imported = import(&[("a.yml", DOMAIN), ("b.yml", &farmer), ("c.yml", FARMER)]).unwrap();
        assert!(imported.scenario.contains("farmer has no reservation there"), "{said}");
    }
}

#[test]
fn another_programs_files_are_named() {
    let profile = r#"{"LinearAdditiveUtilitySpace": {"issueUtilities": {}}}"#;
    let domain = r#"{"name": "jobs", "issuesValues": {"pay": {"values": ["1", "2"]}}}"#;
    let told = import(&[("a.json", profile), ("jobs.json", domain)]).unwrap_err();
    assert_eq!(told[0], "there is no scenario of NegMAS (YAML, JSON) or GENIUS (XML) here");
    assert!(told[1..].iter().all(|line| line.contains("of GeniusWeb")), "{told:?}");
}

#[test]
fn what_would_be_another_game_is_refused() {
    let crooked = "name: x\ntype: HyperRectangleUtilityFunction\n";
    let lambda = FARMER.replace("AffineFun", "LambdaFun");
    let table = FARMER.replace("red: 0.5", "green: 0.5");
    let identity = FARMER.replace("{type: TableFun, mapping: {blue: 1, red: 0.5}}", "{type: IdentityFun}");
    let files = [("a.yml", DOMAIN), ("b.yml", crooked), ("c.yml", &lambda), ("d.yml", &table), ("e.yml", &identity)];
    assert_eq!(
        import(&files).unwrap_err(),
        [
            "b.yml: a HyperRectangleUtilityFunction is nonlinear: only weighted sums over the issues can be played here",
            "c.yml: `weight`: the value function LambdaFun is not known here",
            "d.yml: `colour`: the table has no number for `red`",
            "e.yml: `colour`: the level `red` is not a number, as a IdentityFun needs",
        ]
    );
    assert!(import(&[("b.yml", FARMER)]).unwrap_err()[0].starts_with("no file holds an outcome space"));
    let broken = import(&[("a.yml", "a: [")]).unwrap_err();
    assert!(broken[0].starts_with("there is no scenario") && broken[1].contains("`a.yml`: it cannot be read"));
}
