//! The one path language: `parties.us.goal.patience`, `calendar.Summit.at`, `calendar.2.at`.
//!
//! Steps are parted by dots. A record or a map is entered by a name, a list by a number from 0 or by the variant name of
//! an item. The name of a variant may be given as a step of its own (`offer.Time.opening`) or left out
//! (`offer.opening`); where the variant holds one bare value, its name leads to that value (`extend.Demand`).
//!
//! A path may name a field of a record that was left at its default: decoding judges the name. A map, whose names the
//! author chose, never gets a new one. A path into the bare text of a `goal` or a `strategy` turns the text into
//! `(like: "text")` first.

use super::from_tree::LIKE;
use super::near::{did_you_mean, listed};
use super::tree::{Kind, Node, Place, Problem, shortened};

/// Keys whose bare text stands for a record that is like the one named.
const LIKENESSES: [&str; 2] = ["goal", "strategy"];

/// The most steps a path may have.
const STEPS_MAX: usize = 60;

/// The node that a path names. Problems have no place: the path is the caller's.
pub fn get<'a>(root: &'a Node, path: &str) -> Result<&'a Node, Problem> {
    let mut here = root;
    for step in steps(path, Place::new(0, 0, 0))? {
        here = match find(here, step.word) {
            Found::Here => here,
            Found::Child(i) => child(here, i).ok_or_else(|| nothing(root, here, path, &step))?,
            Found::Nothing => return Err(unplaced(nothing(root, here, path, &step))),
        };
    }
    Ok(here)
}

/// The place of the innermost node that a path still finds: where to point at a problem with what the path names.
pub fn nearest_place(root: &Node, path: &str) -> Place {
    let mut here = root;
    for word in path.split('.') {
        match find(here, word) {
            Found::Here => {}
            Found::Child(i) => match child(here, i) {
                Some(next) => here = next,
                None => break,
            },
            Found::Nothing => break,
        }
    }
    here.at
}

/// The place of a key of the record or map that a path names; of what the path finds where it has no such key.
pub fn nearest_key(root: &Node, path: &str, key: &str) -> Place {
    let entries = get(root, path).ok().and_then(Node::entries).unwrap_or_default();
    match entries.iter().find(|(own, _)| own.is_word(key)) {
        Some((own, _)) => own.at,
        None => nearest_place(root, path),
    }
}

/// Puts a value where a path says. `at` is where the path itself is written, so that a caret can stand under a step.
pub fn set(root: &mut Node, path: &str, at: Place, value: Node) -> Result<(), Problem> {
    let steps = steps(path, at)?;
    walk(root, &steps, path)?;
    let mut here = root;
    let mut above = String::new();
    for (i, step) in steps.iter().enumerate() {
        if LIKENESSES.contains(&above.as_str()) {
            become_a_likeness(here);
        }
        let last = i + 1 == steps.len();
        match find(here, step.word) {
            Found::Here => {}
            Found::Child(i) => {
                let from = here.at;
                here = child_mut(here, i).ok_or_else(|| Problem::new(format!("`{path}` names nothing")).at(from))?;
            }
            Found::Nothing => match make(here, step, last, value.clone()) {
                Some(_) if last => return Ok(()),
                Some(next) => here = next,
                None => return Err(Problem::new(format!("`{path}` names nothing")).at(step.at)), // the dry walk saw it
            },
        }
        above.clear();
        above.push_str(step.word);
    }
    *here = value;
    Ok(())
}

/// Whether a path is another one or leads on from it, by its words alone.
pub fn within(path: &str, other: &str) -> bool {
    path.strip_prefix(other).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Whether `set` would find its way; `at` as there.
pub fn check(root: &Node, path: &str, at: Place) -> Result<(), Problem> {
    walk(root, &steps(path, at)?, path)
}

fn walk(root: &Node, steps: &[Step<'_>], path: &str) -> Result<(), Problem> {
    one_level_up(root, steps, path).or_else(|| dry_walk(root, steps, path)).map_or(Ok(()), Err)
}

#[derive(Clone, Copy)]
struct Step<'a> {
    word: &'a str,
    at: Place,
}

fn steps(path: &str, at: Place) -> Result<Vec<Step<'_>>, Problem> {
    if path.trim().is_empty() {
        return Err(Problem::new("the path is empty").at(at).help("a path looks like parties.us.optimism"));
    }
    let mut start = at.start;
    let spelt = at.end.saturating_sub(at.start) == path.len(); // else it was written with escapes: point at all of it
    let steps: Vec<Step<'_>> = path
        .split('.')
        .map(|word| {
            let step = if spelt { Place::new(at.source, start, start + word.len()) } else { at };
            start += word.len() + 1;
            Step { word, at: step }
        })
        .collect();
    if let Some(empty) = steps.iter().find(|step| step.word.trim().is_empty()) {
        return Err(Problem::new(format!("`{}` has an empty step", shortened(path)))
            .at(empty.at)
            .help("steps are parted by single dots"));
    }
    if steps.len() > STEPS_MAX {
        return Err(Problem::new(format!("a path has {STEPS_MAX} steps at most")).at(at));
    }
    Ok(steps)
}

enum Found {
    /// The step names the variant of the node itself.
    Here,
    Child(Way),
    Nothing,
}

/// Which child; `Inside` one that stands in the single payload of the node.
#[derive(Clone, Copy)]
enum Way {
    Direct(usize),
    Inside(usize),
}

fn find(node: &Node, word: &str) -> Found {
    if let Some(i) = position(node, word) {
        return Found::Child(Way::Direct(i));
    }
    let payload = match &node.kind {
        Kind::List(Some(_), items) if items.len() == 1 => items.first(),
        _ => None,
    };
    if node.variant() == Some(word) && !matches!(node.kind, Kind::Name(_)) {
        return if payload.is_some() { Found::Child(Way::Direct(0)) } else { Found::Here };
    }
    if let Some(i) = payload.and_then(|payload| position(payload, word)) {
        return Found::Child(Way::Inside(i));
    }
    if node.variant() == Some(word) { Found::Here } else { Found::Nothing }
}

fn position(node: &Node, word: &str) -> Option<usize> {
    match &node.kind {
        Kind::Record(_, entries) | Kind::Map(entries) => entries.iter().position(|(key, _)| key.is_word(word)),
        Kind::List(_, items) => {
            let by_number = word.parse().ok().filter(|i| *i < items.len());
            by_number.or_else(|| items.iter().position(|item| item.variant() == Some(word)))
        }
        _ => None,
    }
}

fn direct(node: &Node, i: usize) -> Option<&Node> {
    match &node.kind {
        Kind::Record(_, entries) | Kind::Map(entries) => entries.get(i).map(|(_, value)| value),
        Kind::List(_, items) => items.get(i),
        _ => None,
    }
}

fn direct_mut(node: &mut Node, i: usize) -> Option<&mut Node> {
    match &mut node.kind {
        Kind::Record(_, entries) | Kind::Map(entries) => entries.get_mut(i).map(|(_, value)| value),
        Kind::List(_, items) => items.get_mut(i),
        _ => None,
    }
}

fn child(node: &Node, way: Way) -> Option<&Node> {
    match way {
        Way::Direct(i) => direct(node, i),
        Way::Inside(i) => direct(direct(node, 0)?, i),
    }
}

fn child_mut(node: &mut Node, way: Way) -> Option<&mut Node> {
    match way {
        Way::Direct(i) => direct_mut(node, i),
        Way::Inside(i) => direct_mut(direct_mut(node, 0)?, i),
    }
}

/// `boulware` becomes `(like: boulware)`.
fn become_a_likeness(node: &mut Node) {
    if matches!(node.kind, Kind::Text(_) | Kind::Name(_)) {
        let inner = node.clone();
        node.kind = Kind::Record(None, vec![(Node::name(node.at, LIKE), inner)]);
    }
}

fn is_variant_name(word: &str) -> bool {
    word.starts_with(|c: char| c.is_uppercase())
}

/// The field of a record that was left at its default, made; the record itself where the step names its variant.
fn make<'a>(here: &'a mut Node, step: &Step<'_>, last: bool, value: Node) -> Option<&'a mut Node> {
    let holder = match &here.kind {
        Kind::List(Some(_), items) if items.len() == 1 && matches!(items[0].kind, Kind::Record(..)) => {
            direct_mut(here, 0)?
        }
        _ => here,
    };
    if let Kind::Name(variant) = &holder.kind {
        holder.kind = Kind::Record(Some(variant.clone()), vec![]); // a variant written without its fields
    }
    let variant = matches!(&holder.kind, Kind::Record(None, fields) if fields.is_empty()) && is_variant_name(step.word);
    if variant {
        let name = Some(step.word.to_owned());
        holder.kind = if last { Kind::List(name, vec![value]) } else { Kind::Record(name, vec![]) };
        return Some(holder);
    }
    let Kind::Record(_, fields) = &mut holder.kind else { return None };
    let value = if last { value } else { Node::new(step.at, Kind::Record(None, vec![])) };
    fields.push((Node::name(step.at, step.word), value));
    fields.last_mut().map(|(_, value)| value)
}

/// Walks a path without changing anything: the problem that `set` would meet.
fn dry_walk(root: &Node, steps: &[Step<'_>], path: &str) -> Option<Problem> {
    let mut here = root;
    let mut above = "";
    for step in steps {
        if LIKENESSES.contains(&above) && matches!(here.kind, Kind::Text(_) | Kind::Name(_)) {
            return None; // becomes a record, and a record may be given any field
        }
        match find(here, step.word) {
            Found::Here => {}
            Found::Child(way) => here = child(here, way)?,
            Found::Nothing => {
                let holder = match &here.kind {
                    Kind::List(Some(_), items) if items.len() == 1 => &items[0],
                    _ => here,
                };
                let open =
                    matches!(holder.kind, Kind::Record(..)) || matches!(here.kind, Kind::Name(_)) && is_variant(here);
                return if open && !wrong_variant(here, step.word) {
                    None
                } else {
                    Some(nothing(root, here, path, step))
                };
            }
        }
        above = step.word;
    }
    None
}

/// A bare word that may be a variant written without its fields.
fn is_variant(node: &Node) -> bool {
    node.variant().is_some_and(is_variant_name)
}

/// True where a step names a variant and the node is another one.
fn wrong_variant(node: &Node, word: &str) -> bool {
    is_variant_name(word) && is_variant(node)
}

/// `us.goal` for `parties.us.goal`: a first step that is a name one level further in.
fn one_level_up(root: &Node, steps: &[Step<'_>], path: &str) -> Option<Problem> {
    let first = steps.first()?;
    if steps.len() == 1 || !matches!(find(root, first.word), Found::Nothing) {
        return None;
    }
    let mut maps = root.entries()?.iter().filter(|(_, value)| matches!(value.kind, Kind::Map(_)));
    let (key, _) = maps.find(|(_, map)| map.entry(first.word).is_some())?;
    Some(
        Problem::new(format!(
            "`{path}` names nothing: there is no `{}` at the top; did you mean `{}.{path}`?",
            first.word,
            key.word()
        ))
        .at(first.at),
    )
}

fn nothing(root: &Node, here: &Node, path: &str, step: &Step<'_>) -> Problem {
    let word = shortened(step.word);
    let path = if path.len() > 120 { shortened(path) } else { path.to_owned() };
    let problem = match &here.kind {
        Kind::Record(Some(own), _) | Kind::List(Some(own), _) | Kind::Name(own) if wrong_variant(here, step.word) => {
            Problem::new(format!("`{path}` names nothing: this is a `{own}`, not a `{word}`"))
        }
        Kind::Record(_, entries) | Kind::Map(entries) => {
            let names: Vec<String> = entries.iter().map(|(key, _)| key.word()).collect();
            let names = || names.iter().map(String::as_str);
            let place = if std::ptr::eq(root, here) { "at the top" } else { "here" };
            let problem = Problem::new(format!(
                "`{path}` names nothing: there is no `{word}` {place}{}",
                did_you_mean(step.word, names())
            ));
            if entries.is_empty() || problem.text.ends_with('?') {
                problem
            } else {
                problem.help(format!("there are {}", listed(names())))
            }
        }
        Kind::List(_, items) => {
            let variants: Vec<&str> = items.iter().filter_map(Node::variant).collect();
            let problem = Problem::new(format!(
                "`{path}` names nothing: the list has no `{word}`{}",
                did_you_mean(step.word, variants.iter().copied())
            ));
            match items.len() {
                0 => problem.help("the list is empty"),
                _ if problem.text.ends_with('?') => problem,
                _ if variants.is_empty() => problem.help(format!("its items are 0 to {}", items.len() - 1)),
                _ => problem.help(format!("its items are 0 to {}, or {}", items.len() - 1, listed(variants))),
            }
        }
        _ => Problem::new(format!("`{path}` goes on at `{word}` past a value: {}", here.found())),
    };
    problem.at(step.at)
}

fn unplaced(mut problem: Problem) -> Problem {
    problem.at = None;
    problem
}

#[cfg(test)]
mod tests {
    use super::super::decode::decode;
    use super::super::read::read;
    use super::super::sample::{Sample, TEXT};
    use super::*;

    fn tree() -> Node {
        read(TEXT, 0).expect("the sample")
    }

    fn value(text: &str) -> Node {
        read(text, 1).expect("a value")
    }

    fn put(path: &str, text: &str) -> Result<Node, String> {
        let mut tree = tree();
        set(&mut tree, path, Place::new(1, 0, path.len()), value(text)).map_err(|problem| problem.text)?;
        Ok(tree)
    }

    /// What decoding says of a value put where a path says.
    fn judged(path: &str, text: &str) -> Result<Sample, Vec<String>> {
        let tree = put(path, text).map_err(|text| vec![text])?;
        decode(&tree).map_err(|problems| problems.into_iter().map(|problem| problem.text).collect())
    }

    #[test]
    fn what_is_written_is_found() {
        let tree = tree();
        let shown = |path: &str| get(&tree, path).map(|node| &TEXT[node.at.start..node.at.end]).map_err(|p| p.text);
        assert_eq!(shown("clock.rounds"), Ok("26"));
        assert_eq!(shown("calendar.Summit.at"), Ok("14"));
        assert_eq!(shown("calendar.1.at"), Ok("14"));
        assert_eq!(shown("parties.us.strategy.offer.opening"), Ok("0.05"));
        assert_eq!(shown("parties.us.strategy.offer.Time.opening"), Ok("0.05"));
        assert_eq!(shown("parties.us.strategy.offer.exponent.LogNormal.median"), Ok("0.7"));
        assert_eq!(shown("parties.cn.strategy.offer.Blend.0.weight"), Ok("0.85"));
        assert_eq!(
            shown("parties.cn.strategy.offer.0.weight"),
            Err("`parties.cn.strategy.offer.0.weight` names nothing: the list has no `weight`".into())
        );
        assert_eq!(shown("parties.cn.strategy.offer.Blend.Part.tactic.exponent"), Ok("0.45"));
        assert_eq!(shown("levers.us_tariff.effects.us.Prosperity.0"), Ok("-8.4"));
        assert_eq!(shown("off.0"), Ok("\"spoilers\""));
    }

    #[test]
    fn a_path_that_names_nothing_suggests_the_nearest() {
        let tree = tree();
        let says = |path: &str| get(&tree, path).map_err(|problem| problem.text).expect_err(path);
        assert_eq!(
            says("partys.us"),
            "`partys.us` names nothing: there is no `partys` at the top; did you mean `parties`?"
        );
        assert_eq!(says("parties.uss"), "`parties.uss` names nothing: there is no `uss` here; did you mean `us`?");
        assert_eq!(
            says("calendar.Sumit.at"),
            "`calendar.Sumit.at` names nothing: the list has no `Sumit`; did you mean `Summit`?"
        );
        assert_eq!(says("clock.rounds.x"), "`clock.rounds.x` goes on at `x` past a value: 26");
        assert_eq!(says(""), "the path is empty");
        assert_eq!(says("a..b"), "`a..b` has an empty step");
    }

    #[test]
    fn set_writes_what_get_reads() {
        for path in [
            "clock.rounds",
            "calendar.Summit.at",
            "parties.us.strategy.offer.Time.opening",
            "prize.summit",
            "parties.us.goal.prestige",
        ] {
            let tree = put(path, "1").unwrap_or_else(|problem| panic!("{path}: {problem}"));
            assert_eq!(get(&tree, path).map(|node| node.kind.clone()), Ok(Kind::Number(1.0)), "{path}");
            assert!(judged(path, "1").is_ok(), "{path}");
        }
    }

    #[test]
    fn a_bare_goal_or_strategy_opens_up() {
        let sample = judged("parties.us.goal.prestige", "2").expect("fine");
        assert_eq!(sample.parties["us"].goal.like.as_deref(), Some("Dealmaker"));
        let sample = judged("parties.us.goal", "Mercantilist").expect("fine");
        assert_eq!(sample.parties["us"].goal.like.as_deref(), Some("Mercantilist"));
        let sample = judged("parties.us.strategy", "boulware").expect("fine");
        assert_eq!(sample.parties["us"].strategy.like.as_deref(), Some("boulware"));
    }

    #[test]
    fn what_was_left_out_can_be_set() {
        let sample = judged("prize.at_talks", "0.9").expect("fine");
        assert_eq!(sample.prize.at_talks.fixed().map(|share| share.get()), Some(0.9));
        assert!(judged("off", "[\"talks\"]").is_ok());
        assert_eq!(judged("parties.us.strategy", "()").map(|s| s.parties["us"].strategy.offer.is_none()), Ok(true));
        let mut tree = put("parties.us.strategy", "(like: x)").expect("fine");
        let path = "parties.us.strategy.offer.Time.exponent";
        assert_eq!(set(&mut tree, path, Place::new(1, 0, path.len()), value("2")), Ok(()));
        assert!(decode::<Sample>(&tree).is_ok());
    }

    #[test]
    fn a_wrong_name_is_judged_by_the_path_or_by_the_decoder() {
        assert_eq!(
            put("parties.eu.optimism", "1"),
            Err("`parties.eu.optimism` names nothing: there is no `eu` here".into())
        );
        assert_eq!(
            put("us.optimism", "1"),
            Err("`us.optimism` names nothing: there is no `us` at the top; did you mean `parties.us.optimism`?".into())
        );
        assert_eq!(
            put("parties.us.strategy.offer.Reciprocate.x", "1"),
            Err("`parties.us.strategy.offer.Reciprocate.x` names nothing: this is a `Time`, not a `Reciprocate`".into())
        );
        assert_eq!(
            judged("partis.us.optimism", "1"),
            Err(vec!["there is no field `partis` here; did you mean `parties`?".into()])
        );
        assert_eq!(
            judged("clock.roudns", "1"),
            Err(vec!["there is no field `roudns` here; did you mean `rounds`?".into()])
        );
        assert_eq!(
            judged("clock.rounds", "26.5"),
            Err(vec!["a number of rounds is a whole number, found 26.5".into()])
        );
    }

    #[test]
    fn a_problem_stands_under_its_step() {
        let mut tree = tree();
        let path = "parties.eu.optimism";
        let problem = set(&mut tree, path, Place::new(1, 10, 10 + path.len()), value("1")).expect_err("no eu");
        assert_eq!(problem.at, Some(Place::new(1, 18, 20)));
        assert_eq!(nearest_place(&tree, "clock.nothing.more"), get(&tree, "clock").expect("there").at);
    }

    #[test]
    fn a_failed_set_changes_nothing() {
        let mut changed = tree();
        let path = "parties.us.goal.prestige.deep.er";
        let _ = set(&mut changed, "parties.eu.x.y", Place::new(1, 0, 3), value("1")).expect_err("no eu");
        assert_eq!(changed, tree());
        let _ = set(&mut changed, path, Place::new(1, 0, 3), value("1"));
    }
}
