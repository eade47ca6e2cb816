//! What changes the name of a scenario, and what does not.

use std::collections::BTreeSet;

use super::super::fields::fields;
use super::super::language::{decode, read};
use super::super::presets;
use serde_json::Map;

use super::*;

const STOCKHOLM: &str = include_str!("../../scenarios/stockholm-2025.ron");
const PHASE_ONE: &str = include_str!("../../scenarios/phase-one-2018.ron");
const ALONE: &str = include_str!("../../scenarios/theory/two-issues.ron");

/// Every record and every variant of the language, each field that may be left out left out.
const ALL: &str = include_str!("canonical_all.ron");

fn scenario(text: &str) -> Scenario {
    let tree = read(text, 0).expect("RON");
    decode(&tree).unwrap_or_else(|problems| panic!("{}", problems[0].text))
}

fn hash(text: &str) -> String {
    scenario_hash(&scenario(text))
}

/// The same text with one piece replaced, which must be there.
fn with(text: &str, old: &str, new: &str) -> String {
    assert!(text.contains(old), "{old}");
    text.replacen(old, new, 1)
}

/// The places of all values in a JSON value.
fn places(value: &Value, at: &str, out: &mut Vec<String>) {
    out.push(at.to_owned());
    let escaped = |key: &str| key.replace('~', "~0").replace('/', "~1");
    match value {
        Value::Object(entries) => {
            entries.iter().for_each(|(key, value)| places(value, &format!("{at}/{}", escaped(key)), out));
        }
        Value::Array(items) => items.iter().enumerate().for_each(|(i, item)| places(item, &format!("{at}/{i}"), out)),
        _ => {}
    }
}

#[test]
fn a_name_says_its_scheme() {
    let name = hash(STOCKHOLM);
    let hex = name.strip_prefix("s2:").expect("the scheme stands in front");
    assert!(hex.len() == 16 && hex.chars().all(|c| c.is_ascii_hexdigit()), "{name}");
}

#[test]
fn what_is_only_said_changes_no_name() {
    let name = hash(STOCKHOLM);
    for (old, new) in [
        ("title: \"", "title: \"Another "),
        ("story: \"", "story: \"Once. "),
        ("schema:", "// a comment\n  schema:"),
        ("negotiator: \"", "negotiator: \"not "),
        ("place: \"", "place: \"near "),
        ("name: \"", "name: \"so-called "),
        ("unit: \"", "unit: \"about "),
    ] {
        assert_eq!(hash(&with(STOCKHOLM, old, new)), name, "{new}");
    }
}

#[test]
fn order_and_spelling_change_no_name() {
    let name = hash(STOCKHOLM);
    let mut tree = read(STOCKHOLM, 0).expect("RON");
    fn turned(node: &mut crate::notation::tree::Node) {
        use crate::notation::tree::Kind;
        match &mut node.kind {
            Kind::Map(entries) | Kind::Record(_, entries) => {
                entries.reverse();
                entries.iter_mut().for_each(|(_, value)| turned(value));
            }
            Kind::List(_, items) => items.iter_mut().for_each(turned),
            _ => {}
        }
    }
    turned(&mut tree);
    let reversed: Scenario = decode(&tree).expect("in order");
    assert_eq!(scenario_hash(&reversed), name);
    assert_eq!(hash(&with(STOCKHOLM, "rounds: 26", "rounds: 26.0")), name);
    assert_eq!(hash(&with(STOCKHOLM, "rounds: 26", "rounds: 2_6")), name);
    assert_ne!(hash(&with(STOCKHOLM, "rounds: 26", "rounds: 27")), name);
}

/// Every field of the language that may be left out, wherever it may stand: at its default it is not named.
#[test]
fn a_default_written_out_is_as_if_absent() {
    let full = serde_json::to_value(scenario(ALL)).expect("JSON");
    let mut all = vec![];
    places(&full, "", &mut all);
    let (mut seen, name) = (BTreeSet::new(), hash(ALL));
    for place in all.iter().filter(|place| !place.is_empty()) {
        let (parent, key) = place.rsplit_once('/').expect("a step");
        let mut without = full.clone();
        let Some(Value::Object(entries)) = without.pointer_mut(parent) else { continue };
        entries.remove(&key.replace("~1", "/"));
        let Ok(absent) = serde_json::from_value::<Scenario>(without.clone()) else { continue };
        let default = serde_json::to_value(&absent).expect("JSON");
        let Some(default) = default.pointer(place) else { continue };
        let Some(Value::Object(entries)) = without.pointer_mut(parent) else { continue };
        entries.insert(key.replace("~1", "/"), default.clone());
        let explicit: Scenario = serde_json::from_value(without).expect("a default is allowed");
        assert_eq!(scenario_hash(&explicit), scenario_hash(&absent), "{place}");
        let named = played(&absent);
        assert!(named.pointer(place).is_none(), "{place} is named at its default: {default}");
        seen.insert(place.clone());
    }
    assert_eq!(hash(&with(ALL, "talks: ()", "talks: (exchanges: 6)")), name);
    // Every field of the language was among them.
    let shape = |place: &String| -> Vec<String> { place.split('/').skip(1).map(str::to_owned).collect() };
    let seen: Vec<Vec<String>> = seen.iter().map(shape).collect();
    let steps = |path: &str| -> Vec<String> { path.split('.').map(str::to_owned).collect() };
    let fits = |row: &[String], place: &[String]| {
        // In a row of fields the number of a list's item is left out before a variant.
        let mut place = place.iter().filter(|step| step.parse::<usize>().is_err());
        let row = row.iter().filter(|step| *step != "N");
        let all = row.map(|own| (own, place.next())).all(|(own, step)| step.is_some_and(|s| own == "NAME" || own == s));
        all && place.next().is_none()
    };
    // A field of a goal or a strategy that is left out is filled in: see the test of presets.
    let filled_in = |path: &str| {
        let party = path.strip_prefix("parties.NAME.");
        party
            .and_then(|rest| rest.split_once('.'))
            .is_some_and(|(of, field)| ["goal", "strategy"].contains(&of) && !field.contains('.'))
    };
    // A tactic in a blend and a condition in a list are what they are alone.
    let within = ["Blend.parts.N.tactic.", "All.of.", "Any.of."];
    let rows = fields::<Scenario>();
    let unseen: Vec<String> = rows
        .iter()
        .filter(|row| row.default.as_ref().is_some_and(|default| !default.is_empty()))
        .map(|row| within.iter().fold(row.path.clone(), |path, within| path.replace(within, "")))
        .filter(|path| !filled_in(path))
        .filter(|path| !path.starts_with("strategies.") && !seen.iter().any(|place| fits(&steps(path), place)))
        .collect();
    assert!(unseen.is_empty(), "not tried: {unseen:#?}");
}

/// Every number of the shipped stories that is played.
#[test]
fn every_number_played_is_named() {
    let mut changed = 0;
    for text in [STOCKHOLM, PHASE_ONE, ALL] {
        let base = scenario(text);
        let full = serde_json::to_value(&base).expect("JSON");
        let name = scenario_hash(&base);
        let guessed = guessed(&base);
        let mut all = vec![];
        places(&full, "", &mut all);
        for place in all {
            let Some(x) = full.pointer(&place).and_then(Value::as_f64) else { continue };
            // Goals and strategies count by what the parties have of them.
            let goal = place.strip_prefix("/goals/").and_then(|rest| rest.split('/').next());
            let counts = |goal: &str| {
                let likes = |party: &super::super::schema::Party| party.goal.like.as_deref() == Some(goal);
                guessed.iter().any(|own| own == goal) || base.parties.values().any(likes)
            };
            if place.starts_with("/strategies/") || goal.is_some_and(|goal| !counts(goal)) {
                continue;
            }
            let other = [x + 1.0, x * 0.5 + 0.01, x - 1.0, x * 0.5].into_iter().find_map(|other| {
                let mut nudged = full.clone();
                *nudged.pointer_mut(&place)? = json!(other);
                serde_json::from_value::<Scenario>(nudged).ok().filter(|nudged| *nudged != base)
            });
            let other = other.unwrap_or_else(|| panic!("{place}: no other number is allowed"));
            assert_ne!(scenario_hash(&other), name, "{place}");
            changed += 1;
        }
    }
    assert!(changed > 400, "{changed}");
}

#[test]
fn a_preset_is_what_it_stands_for() {
    let stockholm = scenario(STOCKHOLM);
    let name = scenario_hash(&stockholm);
    let mut written = stockholm.clone();
    for (key, party) in &stockholm.parties {
        let full = filled_strategy(&stockholm, party).expect("a strategy");
        let strategy = &mut written.parties.get_mut(key).expect("a party").strategy;
        assert!(strategy.like.take().is_some(), "{key} plays by a preset");
        let value = serde_json::to_value(&full).expect("JSON");
        let fields: Map<String, Value> = value.as_object().expect("a record").clone();
        let fields: Map<String, Value> =
            fields.into_iter().filter(|(key, _)| key != "about" && key != "source").collect();
        *strategy = serde_json::from_value(Value::Object(fields)).expect("a strategy written out");
    }
    assert_ne!(written, stockholm);
    assert_eq!(scenario_hash(&written), name);
    // A strategy of the scenario that nobody plays is not named; one that somebody plays is, by what it says.
    let mut more = stockholm.clone();
    more.strategies.insert("mine".into(), presets::built_in()["boulware"].clone());
    assert_eq!(scenario_hash(&more), name);
    more.parties.values_mut().next().expect("a party").strategy.like = Some("mine".into());
    let mine = scenario_hash(&more);
    assert_ne!(mine, name);
    more.parties.values_mut().next().expect("a party").strategy.like = Some("boulware".into());
    assert_eq!(scenario_hash(&more), mine);
}

#[test]
fn switches_are_named_as_they_work() {
    let off = |words: &str| hash(&with(ALL, "off: [],", words));
    assert_eq!(off("off: [\"tone\", \"mood\"],"), off("off: [\"mood\", \"tone\", \"mood\"],"));
    assert_eq!(off("off: [\"all\"], on: [\"talks\"],"), off("off: [\"all\", \"mood\"], on: [\"mood\", \"talks\"],"));
    assert_eq!(off("off: [],"), off("off: [], on: [\"tone\"],"));
    assert_ne!(off("off: [\"tone\"],"), off("off: [\"mood\"],"));
    assert_ne!(off("off: [\"all\"], on: [\"talks\"],"), off("off: [\"all\"], on: [\"tone\"],"));
}

#[test]
fn bargaining_alone_has_a_name_of_the_same_kind() {
    let named = |text: &str| {
        let tree = read(text, 0).expect("RON");
        let alone: BargainingFile = decode(&tree).unwrap_or_else(|problems| panic!("{}", problems[0].text));
        bargaining_hash(&alone)
    };
    let name = named(ALONE);
    assert!(name.starts_with("s2:"));
    assert_eq!(named(&with(ALONE, "title: \"", "title: \"Another ")), name);
    assert_eq!(named(&with(ALONE, "bargaining: (", "bargaining: ( tolerance: 0.001,")), name);
    assert_ne!(named(&with(ALONE, "bargaining: (", "bargaining: ( tolerance: 0.002,")), name);
}
