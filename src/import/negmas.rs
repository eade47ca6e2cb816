//! Scenario folders of NegMAS: a file for the outcome space, one for each utility function, in YAML or JSON.
//!
//! Carried: categorical, ordinal, cardinal and contiguous issues; linear additive, linear and affine utility functions, with
//! tables, identities, linear, affine, constant and quadratic functions of the values; weights (1 where none are given),
//! a bias (as an issue of one level), reserved values, discounts by step and by relative time. Numbers are written as
//! they are: NegMAS does not normalise them either.

use serde_norway::{Mapping, Value};

use super::draft::{Draft, DraftIssue, DraftParty, Imported, Play, free_name, stem};
use super::left_out;
use super::pick::{Profile, Read, pick};
use super::records::{count, kind, known, number_of, text_of, wrong};
use crate::error::Error;
use crate::scenario::bargaining::{Discount, Span};
use crate::scenario::limits::OUTCOMES_MAX;
use crate::units::{Share, Utility};

/// What the YAML and JSON files of a folder are.
#[derive(Debug, Default)]
pub(super) struct Folder<'a> {
    pub(super) domain: Option<(&'a str, Mapping)>,
    pub(super) profiles: Vec<(&'a str, Mapping)>,
    pub(super) left_out: Vec<String>,
}

impl<'a> Folder<'a> {
    /// Tells outcome space, utility functions and others apart by their `type`.
    pub(super) fn of(files: &[(&'a str, String)]) -> Self {
        let mut out = Folder::default();
        for (name, text) in files {
            match serde_norway::from_str::<Value>(text) {
                Ok(Value::Mapping(map)) if kind(&map).ends_with("OutcomeSpace") => match out.domain {
                    None => out.domain = Some((name, map)),
                    Some(_) => out.left_out.push(left_out(name, "a second outcome space")),
                },
                Ok(Value::Mapping(map)) if kind(&map).to_lowercase().contains("fun") => out.profiles.push((name, map)),
                Ok(Value::Mapping(map)) if is_geniusweb(&map) => {
                    let why = "of GeniusWeb: files of GENIUS (XML) and of NegMAS can be imported";
                    out.left_out.push(left_out(name, why));
                }
                Ok(_) => out.left_out.push(left_out(name, "neither an outcome space nor a utility function")),
                Err(problem) => out.left_out.push(left_out(name, format!("it cannot be read: {problem}"))),
            }
        }
        out
    }

    /// The scenario of the outcome space and of two of the utility functions.
    pub(super) fn import(self, others: Vec<String>, play: &Play) -> Result<Imported, Vec<String>> {
        let mut draft = Draft { origin: "a NegMAS scenario", left_out: self.left_out, ..Draft::default() };
        draft.left_out.extend(others);
        let Some((file, domain)) = self.domain else { return Err(vec!["there is no outcome space".to_owned()]) };
        draft.title = text_of(domain.get("name")).unwrap_or_else(|| stem(file).to_owned());
        let issues = read_issues(&domain, &mut draft.left_out).map_err(|problem| vec![format!("{file}: {problem}")])?;
        let mut profiles: Vec<Profile> = vec![];
        for (file, function) in &self.profiles {
            let taken = profiles.iter().map(|profile| profile.name.clone()).collect();
            let name = free_name(&name_of(file, function), &taken);
            let mut read = Read::default();
            let party = read_party(&name, function, &issues, &mut read);
            let read = party.map(|(party, bias)| Read { party, bias, ..read });
            profiles.push(Profile { file: (*file).to_owned(), name, read, stranger: false });
        }
        let (both, unseated) = pick(profiles, play.parties.as_ref(), &draft.left_out)?;
        draft.left_out.extend(unseated);
        let biases = draft.seat(both);
        draft.issues = issues.into_iter().flatten().map(|issue| issue.issue).collect();
        add_biases(&mut draft, &biases);
        draft.write(play)
    }
}

/// A profile or a domain of GeniusWeb: its one key names the kind of utility space, or it lists the values of issues.
fn is_geniusweb(map: &Mapping) -> bool {
    let key = |key: &Value| key.as_str().is_some_and(|key| key.ends_with("UtilitySpace") || key == "issuesValues");
    map.keys().any(key)
}

/// What a utility function is called: by itself, by the one within, or by its file.
fn name_of(file: &str, function: &Mapping) -> String {
    let inner = function.get("ufun").and_then(Value::as_mapping).and_then(|inner| text_of(inner.get("name")));
    inner.or_else(|| text_of(function.get("name"))).unwrap_or_else(|| stem(file).to_owned())
}

/// An issue, with the numbers that its levels stand for where they do; `None` is an issue that is left out.
struct Levels {
    issue: DraftIssue,
    numbers: Vec<Option<f64>>,
}

/// What an issue says beside its values; how many there are follows from them.
const ISSUE: [&str; 6] = ["type", "name", "id", "values", "n_values", "n_levels"];

fn read_issues(domain: &Mapping, left_out: &mut Vec<String>) -> Result<Vec<Option<Levels>>, Error> {
    let Some(Value::Sequence(issues)) = domain.get("issues") else { return Err(wrong("`issues` is missing")) };
    known(domain, &["type", "name", "id", "issues", "path"], "the outcome space")?;
    let mut found = vec![];
    for (i, issue) in issues.iter().enumerate() {
        let map = issue.as_mapping().ok_or_else(|| wrong(format!("issue {i} is not a record")))?;
        let name = text_of(map.get("name")).unwrap_or_else(|| format!("issue {i}"));
        known(map, &ISSUE, &format!("the issue `{name}`"))?;
        // So many whole numbers from 0, as NegMAS makes them.
        let counted = map.get("values").and_then(Value::as_i64).filter(|_| kind(map) == "ContiguousIssue");
        let counted = counted.map(|n| vec![Value::from(0), Value::from(n - 1)]);
        let values = counted.as_ref().or_else(|| map.get("values").and_then(Value::as_sequence));
        let values = values.ok_or_else(|| wrong(format!("`{name}` has no list of values")))?;
        let named =
            |levels: Vec<String>, numbers| Some(Levels { issue: DraftIssue { name: name.clone(), levels }, numbers });
        found.push(match kind(map) {
            kind @ ("ContinuousIssue" | "ContinuousInfiniteIssue" | "CountableInfiniteIssue" | "CallableIssue") => {
                left_out.push(format!("the issue `{name}`: a {kind} has no list of levels"));
                None
            }
            "ContiguousIssue" => {
                let (Some(from), Some(to)) =
                    (values.first().and_then(Value::as_i64), values.last().and_then(Value::as_i64))
                else {
                    return Err(wrong(format!("`{name}` is not a range of whole numbers")));
                };
                if values.len() != 2 {
                    return Err(wrong(format!(
                        "`{name}` is a range from one number to another, found {}",
                        count(values)
                    )));
                }
                if to < from || to.abs_diff(from) >= OUTCOMES_MAX as u64 {
                    return Err(wrong(format!("`{name}` has no levels or too many: {from} to {to}")));
                }
                named((from..=to).map(|x| x.to_string()).collect(), (from..=to).map(|x| Some(x as f64)).collect())
            }
            "CategoricalIssue"
            | "OrdinalIssue"
            | "CardinalIssue"
            | "DiscreteIssue"
            | "DiscreteOrdinalIssue"
            | "DiscreteCardinalIssue"
            | "" => {
                let levels = values.iter().map(|value| text_of(Some(value)));
                let levels = levels.collect::<Option<_>>();
                let levels = levels.ok_or_else(|| wrong(format!("a value of `{name}` has no name")))?;
                named(levels, values.iter().map(Value::as_f64).collect())
            }
            other => return Err(wrong(format!("`{name}`: a {other} is not known here"))),
        });
    }
    Ok(found)
}

/// What every utility function may say of itself besides: nothing of it changes a game.
const ITSELF: [&str; 7] = ["type", "name", "id", "path", "outcome_space", "stability", "reserved_value"];

/// The party behind a utility function, and its bias.
fn read_party(
    name: &str,
    function: &Mapping,
    issues: &[Option<Levels>],
    read: &mut Read,
) -> Result<(DraftParty, f64), Error> {
    let allowed = |more: &[&'static str]| [&ITSELF[..], &["reserved_outcome"], more].concat();
    if function.get("reserved_outcome").is_some_and(|outcome| !outcome.is_null()) {
        read.left_out.push(format!("the reserved outcome of `{name}`"));
    }
    if let Some(inner) = function.get("ufun") {
        let inner = inner.as_mapping().ok_or_else(|| wrong("`ufun` is not a record"))?;
        known(
            function,
            &allowed(&["ufun", "discount", "cost", "factor", "power", "dynamic_reservation"]),
            "the discount",
        )?;
        let (mut party, bias) = read_party(name, inner, issues, read)?;
        if party.discount != Discount::Nothing {
            return Err(wrong("a discount within a discount is not known here"));
        }
        party.discount = discount(function)?;
        if function.get("discount").and_then(Value::as_f64) == Some(0.0) {
            read.notes.push(format!("{name} has a discount of 0, which NegMAS takes for none: so it is here."));
        }
        let outer = reserved(function)?;
        if let (Some(inner), Some(outer)) = (party.reservation, outer)
            && inner != outer
        {
            read.left_out.push(format!("the reserved value {outer} of the discount of `{name}`: {inner} is within"));
        }
        party.reservation = party.reservation.or(outer);
        return Ok((party, bias));
    }
    let additive = match kind(function) {
        "LinearAdditiveUtilityFunction" | "LinearUtilityAggregationFunction" => true,
        "LinearUtilityFunction" | "AffineUtilityFunction" => false,
        other => {
            return Err(wrong(format!(
                "a {other} is nonlinear: only weighted sums over the issues can be played here"
            )));
        }
    };
    let fields: &[&'static str] = if additive { &["weights", "values", "bias"] } else { &["weights", "bias"] };
    known(function, &allowed(fields), &format!("the utility function of `{name}`"))?;
    let weights_of = parts(function.get("weights"), issues, "weight")?;
    let values_of = if additive { parts(function.get("values"), issues, "value function")? } else { None };
    if additive && values_of.is_none() {
        return Err(wrong("`values` is missing"));
    }
    let (mut weights, mut values) = (vec![], vec![]);
    for (i, issue) in issues.iter().enumerate() {
        let Some(Levels { issue, numbers }) = issue else { continue };
        let weight = weights_of.as_ref().map(|all| number_of(all[i], || format!("the weight of `{}`", issue.name)));
        weights.push(weight.transpose()?.flatten().unwrap_or(1.0));
        let function = values_of.as_ref().map(|all| all[i]);
        let read = read_values(function, issue, numbers);
        values.push(read.map_err(|problem| problem.within(format!("`{}`: ", issue.name)))?);
    }
    let bias = number_of(function.get("bias").unwrap_or(&Value::Null), || "the bias".to_owned())?.unwrap_or(0.0);
    let (name, reservation) = (name.to_owned(), reserved(function)?);
    Ok((DraftParty { name, weights, values, reservation, discount: Discount::Nothing }, bias))
}

/// The reserved value: none where it is absent, null or minus infinity; anything else must be a number.
fn reserved(function: &Mapping) -> Result<Option<f64>, Error> {
    let value = match function.get("reserved_value") {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::String(text)) if ["-inf", "-infinity", "-.inf"].contains(&text.trim().to_lowercase().as_str()) => {
            return Ok(None);
        }
        Some(value) => value,
    };
    match value.as_f64() {
        Some(f64::NEG_INFINITY) => Ok(None),
        Some(x) if x.is_finite() => Ok(Some(x)),
        _ => {
            let said = text_of(Some(value)).unwrap_or_else(|| "no number".to_owned());
            Err(wrong(format!("the reserved value is {said}, and no agreement can be measured by that")))
        }
    }
}

/// What waiting takes, as a discount says it.
fn discount(function: &Mapping) -> Result<Discount, Error> {
    let number = |key: &str| number_of(function.get(key).unwrap_or(&Value::Null), || format!("`{key}`"));
    let each = match text_of(function.get("factor")).as_deref() {
        None | Some("step" | "current_step") => Span::Round,
        Some("relative_time") => Span::Game,
        Some(other) => {
            return Err(wrong(format!("a discount by `{other}` is not known here: by step, or relative_time")));
        }
    };
    if function.get("dynamic_reservation").is_some_and(|value| value.as_bool() == Some(false)) {
        return Err(wrong("a discount that spares the reserved value is not known here"));
    }
    match kind(function) {
        "ExpDiscountedUFun" => {
            let factor = number("discount")?.unwrap_or(1.0);
            if factor == 0.0 || factor == 1.0 {
                return Ok(Discount::Nothing); // as NegMAS has it
            }
            let keeps = Share::try_from(factor).map_err(|problem| wrong(format!("the discount: {problem}")))?;
            Ok(Discount::Factor { keeps, each })
        }
        "LinDiscountedUFun" => {
            if number("power")?.is_some_and(|power| power != 1.0) {
                return Err(wrong("a cost of waiting with a `power` is not known here"));
            }
            let takes = number("cost")?.unwrap_or(0.0);
            let takes = Utility::try_from(takes).map_err(|problem| wrong(format!("the cost: {problem}")))?;
            Ok(if takes.get() == 0.0 { Discount::Nothing } else { Discount::Cost { takes, each } })
        }
        other => Err(wrong(format!("a {other} is not known here"))),
    }
}

/// What a list or a map by names says about each issue; as many as there are issues, and about none that is not one.
fn parts<'a>(all: Option<&'a Value>, issues: &[Option<Levels>], what: &str) -> Result<Option<Vec<&'a Value>>, Error> {
    let name = |i: usize| issues[i].as_ref().map(|levels| levels.issue.name.clone());
    match all {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Sequence(items)) if items.len() == issues.len() => Ok(Some(items.iter().collect())),
        Some(Value::Sequence(items)) => {
            Err(wrong(format!("there are {} issues, and a {what} for {} of them", issues.len(), items.len())))
        }
        Some(Value::Mapping(map)) => {
            let left_out = issues.iter().filter(|issue| issue.is_none()).count();
            let names: Vec<String> = (0..issues.len()).filter_map(name).collect();
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            if left_out == 0 {
                known(map, &names, &format!("the {what}s"))?;
            }
            let of = |i: usize| match name(i) {
                None => Ok(&Value::Null),
                Some(name) => {
                    let found = map.iter().find(|(key, _)| text_of(Some(key)).as_deref() == Some(name.as_str()));
                    found.map(|(_, value)| value).ok_or_else(|| wrong(format!("`{name}` has no {what}")))
                }
            };
            (0..issues.len()).map(of).collect::<Result<_, _>>().map(Some)
        }
        Some(_) => Err(wrong(format!("the {what}s are neither a list nor a map"))),
    }
}

/// The value of each level; without a function, a level is worth its number.
fn read_values(function: Option<&Value>, issue: &DraftIssue, numbers: &[Option<f64>]) -> Result<Vec<f64>, Error> {
    let empty = Mapping::new();
    let (kind, map) = match function {
        None => ("IdentityFun", &empty),
        Some(Value::Mapping(map)) if map.contains_key("type") => (kind(map), map),
        Some(Value::Mapping(table)) => return read_table(table, issue),
        Some(_) => return Err(wrong("the values are not a function")),
    };
    let number = |what: &str| number_of(map.get(what).unwrap_or(&Value::Null), || format!("`{what}` of a {kind}"));
    let given = |what: &str| number(what)?.ok_or_else(|| wrong(format!("a {kind} needs `{what}`")));
    let only = |fields: &[&str]| known(map, &[&["type"], fields].concat(), &format!("a {kind}"));
    let bias = number("bias")?.unwrap_or(0.0);
    let formula: Box<dyn Fn(f64) -> f64> = match kind {
        "TableFun" => {
            only(&["mapping"])?;
            let Some(Value::Mapping(table)) = map.get("mapping") else {
                return Err(wrong("a TableFun needs `mapping`"));
            };
            return read_table(table, issue);
        }
        "ConstFun" => {
            only(&["bias"])?;
            return Ok(vec![bias; issue.levels.len()]);
        }
        "IdentityFun" => {
            only(&["bias"])?;
            Box::new(|x| x)
        }
        "LinearFun" | "AffineFun" => {
            only(&["slope", "bias"])?;
            let slope = given("slope")?;
            Box::new(move |x| slope * x + bias)
        }
        "QuadraticFun" => {
            only(&["a2", "a1", "bias"])?;
            let (a2, a1) = (given("a2")?, given("a1")?);
            Box::new(move |x| a2 * x * x + a1 * x + bias)
        }
        other => return Err(wrong(format!("the value function {other} is not known here"))),
    };
    let values = issue.levels.iter().zip(numbers).map(|(level, number)| {
        number.map(&formula).ok_or_else(|| wrong(format!("the level `{level}` is not a number, as a {kind} needs")))
    });
    values.collect()
}

fn read_table(table: &Mapping, issue: &DraftIssue) -> Result<Vec<f64>, Error> {
    let levels: Vec<&str> = issue.levels.iter().map(String::as_str).collect();
    let find = |level: &String| table.iter().find(|(key, _)| text_of(Some(key)).as_ref() == Some(level));
    let value = |level: &String| {
        let missing = || wrong(format!("the table has no number for `{level}`"));
        let (_, value) = find(level).ok_or_else(missing)?;
        number_of(value, || format!("the value of `{level}`"))?.ok_or_else(missing)
    };
    let values = issue.levels.iter().map(value).collect::<Result<_, _>>()?;
    known(table, &levels, "the table")?;
    Ok(values)
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
#[path = "negmas_tests.rs"]
mod tests;
