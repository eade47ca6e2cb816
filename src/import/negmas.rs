//! Scenario folders of NegMAS: a file for the outcome space, one for each utility function, in YAML or JSON.
//!
//! Carried: categorical, ordinal, cardinal and contiguous issues; linear additive, linear and affine utility functions, with tables,
//! identities, linear, affine, constant and quadratic functions of the values; weights (1 where none is given), a bias
//! (as an issue of one level), reserved values. Numbers are written as they are: NegMAS does not normalise them either.

use std::collections::BTreeSet;

use serde_norway::{Mapping, Value};

use super::Open;
use super::draft::{Draft, DraftIssue, DraftParty, Imported, Play, free_name, stem};
use crate::error::Error;
use crate::notation::Code;

/// Reads the scenario in these files, in the order of their names.
pub fn negmas(files: &[String], open: Open, play: Play) -> Result<Imported, Vec<String>> {
    let mut draft = Draft { origin: "a NegMAS scenario", ..Draft::default() };
    let mut domain: Option<(String, Mapping)> = None;
    let mut functions: Vec<(String, Mapping)> = vec![];
    let mut names: Vec<&String> = files.iter().collect();
    names.sort();
    for name in names {
        if ![".yml", ".yaml", ".json"].iter().any(|ending| name.to_lowercase().ends_with(ending)) {
            draft.left_out.push(format!("the file `{name}`: neither YAML nor JSON"));
            continue;
        }
        let text = open(name).map_err(|problem| vec![problem.to_string()])?;
        match serde_norway::from_str::<Value>(text.trim_start_matches('\u{feff}')) {
            Ok(Value::Mapping(map)) if kind(&map).ends_with("OutcomeSpace") && domain.is_none() => {
                domain = Some((name.clone(), map));
            }
            Ok(Value::Mapping(map)) if kind(&map).to_lowercase().contains("fun") => functions.push((name.clone(), map)),
            Ok(_) => draft.left_out.push(format!("the file `{name}`: neither an outcome space nor a utility function")),
            Err(problem) => return Err(vec![format!("{name}: {problem}")]),
        }
    }
    let Some((name, domain)) = domain else {
        return Err(vec!["no file holds an outcome space (a `type` that ends in OutcomeSpace)".to_owned()]);
    };
    draft.title = text_of(domain.get("name")).unwrap_or_else(|| stem(&name).to_owned());
    let issues = read_issues(&domain, &mut draft.left_out).map_err(|problem| vec![format!("{name}: {problem}")])?;
    let mut problems = vec![];
    let mut biases = vec![];
    let mut taken = BTreeSet::new();
    for (name, function) in &functions {
        match read_party(name, function, &issues, &mut draft.left_out) {
            Ok((mut party, bias)) => {
                party.name = free_name(&party.name, &taken);
                taken.insert(party.name.clone());
                draft.parties.push(party);
                biases.push(bias);
            }
            Err(problem) => problems.push(format!("{name}: {problem}")),
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    draft.issues = issues.into_iter().flatten().map(|issue| issue.issue).collect();
    add_biases(&mut draft, &biases);
    draft.write(play)
}

/// An issue, with the numbers that its levels stand for where they do; `None` is an issue that is left out.
struct Levels {
    issue: DraftIssue,
    numbers: Vec<Option<f64>>,
}

fn kind(map: &Mapping) -> &str {
    map.get("type").and_then(Value::as_str).map_or("", |kind| kind.rsplit('.').next().unwrap_or(kind))
}

fn text_of(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(yes) => Some(yes.to_string()),
        _ => None,
    }
}

/// Names what stands in a record and is not read; what is null says nothing.
fn unread(map: &Mapping, known: &[&str], whose: &str, left_out: &mut Vec<String>) {
    for (key, value) in map {
        let key = text_of(Some(key)).unwrap_or_default();
        if !known.contains(&key.as_str()) && !value.is_null() {
            left_out.push(format!("`{key}` of {whose}"));
        }
    }
}

fn number_of(value: Option<&Value>) -> Option<f64> {
    value?.as_f64()
}

fn read_issues(domain: &Mapping, left_out: &mut Vec<String>) -> Result<Vec<Option<Levels>>, Error> {
    let Some(Value::Sequence(issues)) = domain.get("issues") else {
        return Err(Error::of(Code::Unreadable, "`issues` is missing"));
    };
    unread(domain, &["type", "name", "issues", "path"], "the outcome space", left_out);
    let mut found = vec![];
    for (i, issue) in issues.iter().enumerate() {
        let map =
            issue.as_mapping().ok_or_else(|| Error::of(Code::Unreadable, format!("issue {i} is not a record")))?;
        let name = text_of(map.get("name")).unwrap_or_else(|| format!("issue {i}"));
        unread(map, &["type", "name", "values"], &format!("the issue `{name}`"), left_out);
        // So many whole numbers from 0, as NegMAS makes them.
        let counted = map.get("values").and_then(Value::as_i64).filter(|_| kind(map) == "ContiguousIssue");
        let counted = counted.map(|n| vec![Value::from(0), Value::from(n - 1)]);
        let values = counted.as_ref().or_else(|| map.get("values").and_then(Value::as_sequence));
        let values = values.ok_or_else(|| Error::of(Code::Unreadable, format!("`{name}` has no list of values")))?;
        let named =
            |levels: Vec<String>, numbers| Some(Levels { issue: DraftIssue { name: name.clone(), levels }, numbers });
        found.push(match kind(map) {
            kind @ ("ContinuousIssue" | "ContinuousInfiniteIssue" | "CountableInfiniteIssue" | "CallableIssue") => {
                left_out.push(format!("the issue `{name}`: a {kind} has no list of levels"));
                None
            }
            "ContiguousIssue" => {
                let ends = (values.first().and_then(Value::as_i64), values.last().and_then(Value::as_i64));
                let (Some(from), Some(to)) = ends else {
                    return Err(Error::of(Code::Unreadable, format!("`{name}` is not a range of whole numbers")));
                };
                if to < from || to.abs_diff(from) >= 1_000_000 {
                    return Err(Error::of(
                        Code::Unreadable,
                        format!("`{name}` has no levels or too many: {from} to {to}"),
                    ));
                }
                named((from..=to).map(|x| x.to_string()).collect(), (from..=to).map(|x| Some(x as f64)).collect())
            }
            _ => {
                let levels = values.iter().map(|value| text_of(Some(value)));
                let levels = levels
                    .collect::<Option<_>>()
                    .ok_or_else(|| Error::of(Code::Unreadable, format!("a value of `{name}` has no name")))?;
                named(levels, values.iter().map(|value| number_of(Some(value))).collect())
            }
        });
    }
    Ok(found)
}

/// The party behind a utility function, and its bias.
fn read_party(
    file: &str,
    function: &Mapping,
    issues: &[Option<Levels>],
    left_out: &mut Vec<String>,
) -> Result<(DraftParty, f64), Error> {
    let name = text_of(function.get("name")).unwrap_or_else(|| stem(file).to_owned());
    if let Some(Value::Mapping(inner)) = function.get("ufun") {
        let discount = match (number_of(function.get("discount")), number_of(function.get("cost"))) {
            (Some(discount), _) => format!(", {discount} a {}", text_of(function.get("factor")).unwrap_or_default()),
            (_, Some(cost)) => format!(", a cost of {cost} a {}", text_of(function.get("factor")).unwrap_or_default()),
            _ => String::new(),
        };
        let (mut party, bias) = read_party(file, inner, issues, left_out)?;
        left_out.push(format!("the discount of `{}`: {}{discount}", party.name, kind(function)));
        let known = ["type", "name", "ufun", "discount", "cost", "factor", "reserved_value", "outcome_space"];
        unread(function, &known, &format!("the discount of `{}`", party.name), left_out);
        if let (Some(inner), Some(outer)) = (party.reservation, reserved(function))
            && inner != outer
        {
            left_out.push(format!("the reserved value {outer} of the discount of `{}`: {inner} is within", party.name));
        }
        party.reservation = party.reservation.or_else(|| reserved(function));
        return Ok((party, bias));
    }
    if function.get("reserved_outcome").is_some_and(|outcome| !outcome.is_null()) {
        left_out.push(format!("the reserved outcome of `{name}`"));
    }
    let known =
        ["type", "name", "weights", "values", "bias", "reserved_value", "reserved_outcome", "outcome_space", "path"];
    unread(function, &known, &format!("the utility function of `{name}`"), left_out);
    let additive = match kind(function) {
        "LinearAdditiveUtilityFunction" | "LinearUtilityAggregationFunction" => true,
        "LinearUtilityFunction" | "AffineUtilityFunction" => false,
        other => return Err(Error::of(Code::Unreadable, format!("a {other} is not a weighted sum over the issues"))),
    };
    let (mut weights, mut values) = (vec![], vec![]);
    for (i, issue) in issues.iter().enumerate() {
        let Some(Levels { issue, numbers }) = issue else { continue };
        weights.push(part(function.get("weights"), i, &issue.name).map_or(Ok(1.0), |weight| {
            weight
                .as_f64()
                .ok_or_else(|| Error::of(Code::Unreadable, format!("the weight of `{}` is not a number", issue.name)))
        })?);
        let function = part(function.get("values"), i, &issue.name).filter(|_| additive);
        values.push(
            read_values(function, issue, numbers)
                .map_err(|problem| Error::of(Code::Unreadable, format!("`{}`: {problem}", issue.name)))?,
        );
    }
    let bias = number_of(function.get("bias")).unwrap_or(0.0);
    Ok((DraftParty { name, weights, values, reservation: reserved(function) }, bias))
}

/// A finite reserved value.
fn reserved(function: &Mapping) -> Option<f64> {
    number_of(function.get("reserved_value")).filter(|value| value.is_finite())
}

/// What a list or a map by names says about an issue.
fn part<'a>(all: Option<&'a Value>, index: usize, name: &str) -> Option<&'a Value> {
    match all? {
        Value::Sequence(items) => items.get(index),
        Value::Mapping(map) => map.iter().find(|(key, _)| text_of(Some(key)).as_deref() == Some(name)).map(|(_, v)| v),
        _ => None,
    }
}

/// The value of each level; without a function, a level is worth its number.
fn read_values(function: Option<&Value>, issue: &DraftIssue, numbers: &[Option<f64>]) -> Result<Vec<f64>, Error> {
    let empty = Mapping::new();
    let (kind, map) = match function {
        None => ("IdentityFun", &empty),
        Some(Value::Mapping(map)) if map.contains_key("type") => (kind(map), map),
        Some(Value::Mapping(table)) => return read_table(table, issue),
        Some(_) => return Err(Error::of(Code::Unreadable, "the values are not a function")),
    };
    let given = |what: &str| {
        number_of(map.get(what)).ok_or_else(|| Error::of(Code::Unreadable, format!("a {kind} needs `{what}`")))
    };
    let bias = number_of(map.get("bias")).unwrap_or(0.0);
    let formula: Box<dyn Fn(f64) -> f64> = match kind {
        "TableFun" => {
            let Some(Value::Mapping(table)) = map.get("mapping") else {
                return Err(Error::of(Code::Unreadable, "a TableFun needs `mapping`"));
            };
            return read_table(table, issue);
        }
        "ConstFun" => return Ok(vec![bias; issue.levels.len()]),
        "IdentityFun" => Box::new(|x| x),
        "LinearFun" | "AffineFun" => {
            let slope = given("slope")?;
            Box::new(move |x| slope * x + bias)
        }
        "QuadraticFun" => {
            let (a2, a1) = (given("a2")?, given("a1")?);
            Box::new(move |x| a2 * x * x + a1 * x + bias)
        }
        other => return Err(Error::of(Code::Unreadable, format!("the value function {other} is not known here"))),
    };
    let values = issue.levels.iter().zip(numbers).map(|(level, number)| {
        number.map(&formula).ok_or_else(|| {
            Error::of(Code::Unreadable, format!("the level `{level}` is not a number, as a {kind} needs"))
        })
    });
    values.collect()
}

fn read_table(table: &Mapping, issue: &DraftIssue) -> Result<Vec<f64>, Error> {
    let find = |level: &String| table.iter().find(|(key, _)| text_of(Some(key)).as_ref() == Some(level));
    let values = issue.levels.iter().map(|level| {
        find(level)
            .and_then(|(_, value)| value.as_f64())
            .ok_or_else(|| Error::of(Code::Unreadable, format!("the table has no number for `{level}`")))
    });
    values.collect()
}

/// A bias is what an issue of one level is worth; it comes first, as NegMAS adds it first.
fn add_biases(draft: &mut Draft, biases: &[f64]) {
    if biases.iter().all(|bias| *bias == 0.0) {
        return;
    }
    let taken = draft.issues.iter().map(|issue| issue.name.clone()).collect();
    let issue = DraftIssue { name: free_name("bias", &taken), levels: vec!["always".to_owned()] };
    draft.notes.push(format!("The issue `{}` of one level holds the biases of the utility functions.", issue.name));
    draft.issues.insert(0, issue);
    for (party, bias) in draft.parties.iter_mut().zip(biases) {
        party.weights.insert(0, 1.0);
        party.values.insert(0, vec![*bias]);
    }
}

#[cfg(test)]
mod tests {
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
        let (names, open) = folder(files);
        negmas(&names, &open, Play::default())
    }

    #[test]
    fn a_folder_is_carried_over() {
        let cook = COOK.replace("-Infinity", "-.inf");
        let imported =
            import(&[("market.yml", DOMAIN), ("b.yml", FARMER), ("c.json", &cook), ("plot.png", "")]).unwrap();
        assert_eq!(imported.left_out, ["the file `plot.png`: neither YAML nor JSON"]);
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
    fn a_discount_a_real_issue_and_a_third_party_are_named() {
        let domain = DOMAIN.to_owned() + "- {name: rate, type: ContinuousIssue, values: [0.0, 1.0]}\n";
        let inner = FARMER.trim().replace('\n', "\n  ");
        let discounted = format!(
            "name: x\ntype: ExpDiscountedUFun\ndiscount: 0.9\nfactor: step\nreserved_value: -.inf\nufun:\n  {inner}"
        );
        let files = [("a.yml", domain.as_str()), ("b.yml", &discounted), ("c.yml", FARMER), ("d.yml", FARMER)];
        let imported = import(&files).unwrap();
        assert_eq!(
            imported.left_out,
            [
                "the issue `rate`: a ContinuousIssue has no list of levels",
                "the discount of `farmer`: ExpDiscountedUFun, 0.9 a step",
                "the party `farmer 3`: bargaining is between two",
            ]
        );
        let (file, _) = read(&imported);
        assert_eq!(file.bargaining.parties[1].name, "farmer 2");
        assert_eq!(
            file.bargaining.parties[0].reservation,
            crate::scenario::draw::Draw::Fixed(0.25.try_into().unwrap())
        );
    }

    #[test]
    fn what_is_not_read_is_named_and_a_count_is_a_range_from_0() {
        let domain = DOMAIN.replace("values: [1, 3]", "values: 3").replace("path: null", "path: null\nextra_thing: 7");
        let farmer = FARMER.replace("name: farmer", "name: farmer\ndiscount_factor: 0.9");
        let imported =
            import(&[("market.yml", &domain), ("farmer.yml", &farmer), ("b.yml", &FARMER.replace("farmer", "b"))]);
        let imported = imported.expect("imported");
        assert_eq!(
            imported.left_out,
            ["`extra_thing` of the outcome space", "`discount_factor` of the utility function of `farmer`"]
        );
        assert!(imported.scenario.contains("\"0\", \"1\", \"2\""), "{}", imported.scenario);
    }

    #[test]
    fn what_would_be_another_game_is_refused() {
        let crooked = "name: x\ntype: HyperRectangleUtilityFunction\n";
        let lambda = FARMER.replace("AffineFun", "LambdaFun");
        let table = FARMER.replace("red: 0.5", "green: 0.5");
        let identity = FARMER.replace("{type: TableFun, mapping: {blue: 1, red: 0.5}}", "{type: IdentityFun}");
        let files =
            [("a.yml", DOMAIN), ("b.yml", crooked), ("c.yml", &lambda), ("d.yml", &table), ("e.yml", &identity)];
        assert_eq!(
            import(&files).unwrap_err(),
            [
                "b.yml: a HyperRectangleUtilityFunction is not a weighted sum over the issues",
                "c.yml: `weight`: the value function LambdaFun is not known here",
                "d.yml: `colour`: the table has no number for `red`",
                "e.yml: `colour`: the level `red` is not a number, as a IdentityFun needs",
            ]
        );
        assert!(import(&[("b.yml", FARMER)]).unwrap_err()[0].starts_with("no file holds an outcome space"));
        assert!(import(&[("a.yml", "a: [")]).unwrap_err()[0].starts_with("a.yml: "));
    }
}
