//! Numbers that nobody knows: `Unknown(Normal(mean: 1, sd: 0.2))` in the place of a number.
//!
//! Luck is drawn once a game; what nobody knows is drawn once a *world*, and many games are played in each. A scenario is
//! read with the middle of each such distribution in its place, and with the list of them beside it. A draw is cut to the
//! range of its field, and to a whole number where the field takes no other.

use std::sync::OnceLock;

use serde_json::Value;

use super::beside::{inner_mut, walk};
use super::draw::Distribution;
use super::language::decode;
use super::rules::Scenario;
pub use super::unknown_number::Unknown;
use crate::notation::tree::{Kind, Node, Place};
use crate::notation::{Code, Problem};

/// The word that stands in front of a distribution.
pub const UNKNOWN: &str = "Unknown";
/// The distributions that there are.
pub const DRAWS: [&str; 3] = ["Uniform", "Normal", "LogNormal"];
/// Their numbers that are not below 0.
const WIDTHS: [&str; 2] = ["sd", "spread"];

/// A tree without its unknown numbers.
#[derive(Debug, Clone)]
pub struct Taken {
    /// The tree, the middle of each in its place.
    pub tree: Node,
    /// What was taken out, in the order of the tree.
    pub list: Vec<Unknown>,
    /// What is wrong with any.
    pub problems: Vec<Problem>,
}

/// Takes the unknown numbers out of the tree of a scenario; none where it has none.
pub fn taken_out(tree: &Node) -> Option<Taken> {
    static SCHEMA: OnceLock<Value> = OnceLock::new();
    let schema = || SCHEMA.get_or_init(|| schemars::schema_for!(Scenario).to_value());
    is_anywhere(tree).then(|| of_schema(tree, schema()))
}

/// The same of a file of another type; the tree itself where it has none.
pub fn middle_of<T: schemars::JsonSchema>(tree: &Node) -> (Node, Vec<Problem>) {
    if !is_anywhere(tree) {
        return (tree.clone(), vec![]);
    }
    let Taken { tree, problems, .. } = of_schema(tree, &schemars::schema_for!(T).to_value());
    (tree, problems)
}

fn of_schema(tree: &Node, schema: &Value) -> Taken {
    let mut out = Taken { tree: tree.clone(), list: vec![], problems: vec![] };
    let mut found: Vec<(Vec<usize>, Place, f64)> = vec![];
    walk(schema, tree, &mut |schema, node, spot| {
        let mut take = |node: &Node, steps: Vec<usize>, path: String, range: (f64, f64), whole: bool| {
            let near = 0.0_f64.clamp(range.0, range.1);
            let (at, here) = (node.at, steps.clone());
            let x = match distribution(node) {
                Ok(from) => {
                    let one = Unknown { path, at, from, range, whole, steps };
                    let x = one.middle();
                    out.list.push(one);
                    x
                }
                Err(problem) => {
                    out.problems.push(problem);
                    near
                }
            };
            found.push((here, at, x));
        };
        if !is_number(schema) {
            return true;
        }
        let end = |key: &str, none: f64| schema[key].as_f64().unwrap_or(none);
        let range = (end("minimum", f64::MIN), end("maximum", f64::MAX));
        match &node.kind {
            _ if node.variant() == Some(UNKNOWN) => {
                take(node, spot.steps.clone(), spot.named.clone(), range, is_a(schema, "integer"));
            }
            // a distribution of luck whose own numbers nobody knows
            Kind::Record(Some(name), entries) if DRAWS.contains(&name.as_str()) => {
                for (i, (key, value)) in entries.iter().enumerate().filter(|(_, (_, v))| v.variant() == Some(UNKNOWN)) {
                    let steps = spot.steps.iter().copied().chain([i]).collect();
                    let low = if WIDTHS.iter().any(|width| key.is_word(width)) { 0.0 } else { f64::MIN };
                    take(value, steps, format!("{}.{}", spot.named, key.word()), (low, f64::MAX), false);
                }
            }
            _ => {}
        }
        false
    });
    for (steps, at, x) in found {
        if let Some(place) = steps.iter().try_fold(&mut out.tree, |node, step| inner_mut(node, *step)) {
            *place = Node::new(at, Kind::Number(x));
        }
    }
    out
}

/// The distribution that an unknown number holds.
fn distribution(node: &Node) -> Result<Distribution, Problem> {
    match &node.kind {
        Kind::List(_, items) if items.len() == 1 => decode(&items[0]).map_err(|mut problems| {
            let problem = problems.swap_remove(0);
            Problem { at: problem.at.or(Some(items[0].at)), ..problem }
        }),
        _ => {
            let text = format!("`{UNKNOWN}` holds one distribution, found {}", node.found());
            Err(Problem::new(Code::WrongType, text)
                .at(node.at)
                .help("such as Unknown(Normal(mean: 1, sd: 0.2)), Unknown(Uniform(..)) or Unknown(LogNormal(..))"))
        }
    }
}

fn is_anywhere(node: &Node) -> bool {
    node.variant() == Some(UNKNOWN)
        || match &node.kind {
            Kind::Map(entries) | Kind::Record(_, entries) => entries.iter().any(|(_, value)| is_anywhere(value)),
            Kind::List(_, items) => items.iter().any(is_anywhere),
            _ => false,
        }
}

fn is_a(schema: &Value, name: &str) -> bool {
    let of = &schema["type"];
    of == name || of.as_array().is_some_and(|all| all.iter().any(|own| own == name))
}

fn is_number(schema: &Value) -> bool {
    is_a(schema, "number") || is_a(schema, "integer")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notation::written::written;
    use crate::scenario::kind::{AnyScenario, load_any};
    use crate::scenario::shipped::{self, ROOT};

    fn load(text: &str, sets: &[&str]) -> Result<Scenario, String> {
        let sets: Vec<String> = sets.iter().map(|set| set.to_string()).collect();
        match load_any("x.ron", &|_| Ok(text.to_owned()), &sets).map_err(|e| e.explain(false))? {
            (AnyScenario::World(scenario), _) => Ok(*scenario),
            (AnyScenario::Bargaining(_), _) => Err("bargaining".into()),
        }
    }

    const STOCKHOLM: &str = include_str!("../../scenarios/stockholm-2025.ron");

    /// Whatever number a file gives can be unknown: with no width it is the scenario itself.
    #[test]
    fn every_number_of_every_scenario_may_be_unknown() {
        fn wrap(node: &mut Node) -> usize {
            match &mut node.kind {
                Kind::Number(x) => {
                    let from = format!("Unknown(Uniform(low: {x}, high: {x}))");
                    node.kind = crate::scenario::language::read(&from, 0).expect("read").kind;
                    1
                }
                Kind::List(Some(name), _) if name == UNKNOWN => 1,
                Kind::Record(Some(name), entries) if DRAWS.contains(&name.as_str()) => {
                    entries.iter().filter(|(_, value)| value.variant() == Some(UNKNOWN)).count()
                }
                Kind::Map(entries) | Kind::Record(_, entries) => entries.iter_mut().map(|(_, v)| wrap(v)).sum(),
                Kind::List(_, items) => items.iter_mut().map(wrap).sum(),
                _ => 0,
            }
        }
        let open = |path: &str| shipped::open(path).unwrap_or_else(|| Err(crate::error::Error::file("on the disk")));
        let mut tried = 0;
        for (name, _) in shipped::FILES {
            let Ok((AnyScenario::World(scenario), loaded)) = load_any(&format!("{ROOT}{name}.ron"), &open, &[]) else {
                continue;
            };
            let mut tree = loaded.tree.clone();
            let numbers = wrap(&mut tree);
            let taken = taken_out(&tree).expect(name);
            assert_eq!((taken.list.len(), taken.problems.len()), (numbers, 0), "{name}");
            assert!(
                decode::<Scenario>(&taken.tree).expect(name) == Scenario { unknown: vec![], ..*scenario },
                "{name}"
            );
            tried += numbers;
        }
        assert!(tried > 500, "{tried}");
    }

    #[test]
    fn the_middle_is_played_and_the_rest_is_listed() {
        let set = |value: &str| load(STOCKHOLM, &[&format!("talks.exchanges={value}")]).expect("in order");
        let plain = load(STOCKHOLM, &[]).expect("in order");
        let one = set("Unknown(Uniform(low: 4, high: 9))");
        assert_eq!((one.talks.exchanges.get(), one.unknown.len(), one.unknown[0].whole), (7, 1, true));
        assert_eq!((one.unknown[0].cut(4.4), one.unknown[0].path.as_str()), (4.0, "talks.exchanges"));
        let path = "levers.us_tariff.effects.us.Prosperity.points";
        let sets = [format!("{path}=Unknown(Normal(mean: -8, sd: 2))")];
        let two = load(STOCKHOLM, &[&sets[0]]).expect("in order");
        assert_eq!((two.unknown[0].path.as_str(), two.unknown[0].range), (path, (-1000.0, 1000.0)));
        let again = load(STOCKHOLM, &[&sets[0], &format!("{path}=-8.4")]).expect("in order");
        assert!(again.unknown.is_empty() && again == plain, "a number in its place is a number");
        let luck =
            load(STOCKHOLM, &["parties.us.optimism=Normal(mean: Unknown(Uniform(low: 0.4, high: 0.6)), sd: 0.1)"]);
        assert_eq!(luck.expect("in order").unknown[0].path, "parties.us.optimism.mean");
    }

    #[test]
    fn the_name_of_a_scenario_knows_what_is_unknown() {
        let hash = |sets: &[&str]| crate::scenario::canonical::scenario_hash(&load(STOCKHOLM, sets).expect("in order"));
        let [a, b] = ["0.2", "0.3"].map(|sd| format!("prize.summit=Unknown(Normal(mean: 4, sd: {sd}))"));
        assert_ne!(hash(&[&a]), hash(&[&b]));
        assert_ne!(hash(&[&a]), hash(&["prize.summit=4"]));
        assert_eq!(hash(&[&a, "prize.summit=4"]), hash(&["prize.summit=4"]));
    }

    #[test]
    fn what_is_wrong_is_told_at_its_place() {
        let says = |set: &str| load(STOCKHOLM, &[set]).expect_err(set);
        for (set, wanted) in [
            ("prize.summit=Unknown(3)", "`Unknown(..)`"),
            ("prize.summit=Unknown", "`Unknown` holds one distribution, found the name `Unknown`"),
            ("prize.summit=Unknown(Uniform(low: 3, high: 2))", "the low end of this distribution, 3, lies above"),
            ("prize.summit=Unknown(Normal(mean: 3, sd: -1))", "a standard deviation is not below 0, found -1"),
            ("prize.summit=Unknown(Normal(mean: 3))", "the field `sd` is missing here"),
            ("parties.us.optimism=Unknown(Normal(mean: 3, sd: 1))", "a share lies between 0 and 1, found 3"),
            ("title=Unknown(Normal(mean: 3, sd: 1))", "a text is needed here, found `Unknown(..)`"),
            ("levers=Unknown(Normal(mean: 3, sd: 1))", "a map `{ .. }` is needed here, found `Unknown(..)`"),
            ("levers.us_tariff.hostile=Unknown(Normal(mean: 3, sd: 1))", "`true` or `false` is needed here"),
        ] {
            let told = says(set);
            assert!(told.contains(wanted) || set.ends_with("Unknown(3)"), "{set}: {told}");
            assert!(told.contains("--set argument 1:1:") && told.contains("1 problem in"), "{set}: {told}");
        }
    }

    #[test]
    fn draws_that_are_cut_in_many_worlds_are_warned_about() {
        let set = ["parties.us.honesty=Unknown(Normal(mean: 0.8, sd: 0.3))".to_owned()];
        let (any, loaded) = load_any("x.ron", &|_| Ok(STOCKHOLM.to_owned()), &set).unwrap_or_else(|e| panic!("{e}"));
        let told: Vec<String> = any.warnings(&loaded).into_iter().map(|problem| problem.text).collect();
        let wanted =
            "`parties.us.honesty` leaves its range 0 to 1 in 26 % of worlds, where it is set to the nearer end";
        assert_eq!(told, [wanted]);
    }

    #[test]
    fn a_bundle_keeps_it() {
        let set = ["prize.summit=Unknown(Normal(mean: 4, sd: 0.5))".to_owned()];
        let (_, loaded) = load_any("x.ron", &|_| Ok(STOCKHOLM.to_owned()), &set).unwrap_or_else(|e| panic!("{e}"));
        let value = crate::notation::path::get(&loaded.tree, "prize.summit").expect("there");
        assert_eq!(written(value), "Unknown(Normal(mean: 4, sd: 0.5))");
    }
}
