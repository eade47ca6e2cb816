//! The one path language: `parties.us.goal.patience`, `calendar.Summit.at`, `calendar.2.at`.
//!
//! Steps are parted by dots. A record or a map is entered by a name, a list by a number from 0 or by the variant name of
//! an item. The name of a variant may be given as a step of its own (`offer.Time.opening`) or left out
//! (`offer.opening`); where the variant holds one bare value, its name leads to that value (`extend.Demand`).
//!
//! A path may name a field of a record that was left at its default: decoding judges the name. A map, whose names the
//! author chose, never gets a new one. A path into a bare text that stands for the record that is like it turns the text
//! into `(like: "text")` first.

use super::code::Code;
use super::from_tree::LIKE;
use super::language::Language;
use super::near::{listed, nearest};
use super::problem::Problem;
use super::tree::{Kind, Node, Place, shortened};

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

/// The path of what stands at a place: of the innermost value or key that holds it; none for the whole.
pub fn leading_to(root: &Node, at: Place) -> Option<String> {
    let holds = |node: &Node| node.at.source == at.source && node.at.start <= at.start && at.end <= node.at.end;
    let (mut here, mut steps) = (root, vec![]);
    loop {
        let inner = match &here.kind {
            Kind::Map(entries) | Kind::Record(_, entries) => entries
                .iter()
                .find(|(key, value)| holds(key) || holds(value))
                .map(|(key, value)| (key.word(), holds(value).then_some(value))),
            Kind::List(_, items) => items.iter().position(holds).map(|i| (i.to_string(), Some(&items[i]))),
            _ => None,
        };
        let Some((step, next)) = inner else { break };
        steps.push(step);
        match next {
            Some(next) => here = next,
            None => break,
        }
    }
    (!steps.is_empty()).then(|| steps.join("."))
}

/// Puts a value where a path says. `at` is where the path itself is written, so that a caret can stand under a step.
pub fn set(root: &mut Node, path: &str, at: Place, value: Node, language: &Language) -> Result<(), Problem> {
    let steps = steps(path, at).map_err(|problem| shown(problem, language))?;
    walk(root, &steps, path, language)?;
    let mut here = root;
    let mut above = String::new();
    for (i, step) in steps.iter().enumerate() {
        if language.likenesses.contains(&above.as_str()) {
            become_a_likeness(here);
        }
        let last = i + 1 == steps.len();
        match find(here, step.word) {
            Found::Here => {}
            Found::Child(i) => {
                let from = here.at;
                here = child_mut(here, i)
                    .ok_or_else(|| Problem::new(Code::PathToNothing, format!("`{path}` names nothing")).at(from))?;
            }
            Found::Nothing => match make(here, step, last, value.clone()) {
                Some(_) if last => return Ok(()),
                Some(next) => here = next,
                None => return Err(Problem::new(Code::PathToNothing, format!("`{path}` names nothing")).at(step.at)), // the dry walk saw it
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
pub fn check(root: &Node, path: &str, at: Place, language: &Language) -> Result<(), Problem> {
    let steps = steps(path, at).map_err(|problem| shown(problem, language))?;
    walk(root, &steps, path, language)
}

/// An empty path is told with one to take as an example.
fn shown(problem: Problem, language: &Language) -> Problem {
    match problem.code {
        Code::BadPath if problem.help.is_none() => problem.help(format!("a path looks like {}", language.path)),
        _ => problem,
    }
}

fn walk(root: &Node, steps: &[Step<'_>], path: &str, language: &Language) -> Result<(), Problem> {
    one_level_up(root, steps, path).or_else(|| dry_walk(root, steps, path, language)).map_or(Ok(()), Err)
}

#[derive(Clone, Copy)]
struct Step<'a> {
    word: &'a str,
    at: Place,
}

fn steps(path: &str, at: Place) -> Result<Vec<Step<'_>>, Problem> {
    if path.trim().is_empty() {
        return Err(Problem::new(Code::BadPath, "the path is empty").at(at));
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
        return Err(Problem::new(Code::BadPath, format!("`{}` has an empty step", shortened(path)))
            .at(empty.at)
            .help("steps are parted by single dots"));
    }
    if steps.len() > STEPS_MAX {
        return Err(Problem::new(Code::TooLarge, format!("a path has {STEPS_MAX} steps at most")).at(at));
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
fn dry_walk(root: &Node, steps: &[Step<'_>], path: &str, language: &Language) -> Option<Problem> {
    let mut here = root;
    let mut above = "";
    for step in steps {
        if language.likenesses.contains(&above) && matches!(here.kind, Kind::Text(_) | Kind::Name(_)) {
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
    let meant = format!("{}.{path}", key.word());
    let text = format!("`{path}` names nothing: there is no `{}` at the top; did you mean `{meant}`?", first.word);
    Some(Problem::new(Code::PathToNothing, text).at(first.at).about(path, Some(&meant)))
}

fn nothing(root: &Node, here: &Node, path: &str, step: &Step<'_>) -> Problem {
    let word = shortened(step.word);
    let path = if path.len() > 120 { shortened(path) } else { path.to_owned() };
    let says = |text: String, near: Option<&str>| {
        let meant = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
        Problem::new(Code::PathToNothing, format!("`{path}` {text}{meant}")).about(step.word, near)
    };
    let problem = match &here.kind {
        Kind::Record(Some(own), _) | Kind::List(Some(own), _) | Kind::Name(own) if wrong_variant(here, step.word) => {
            says(format!("names nothing: this is a `{own}`, not a `{word}`"), None)
        }
        Kind::Record(_, entries) | Kind::Map(entries) => {
            let names: Vec<String> = entries.iter().map(|(key, _)| key.word()).collect();
            let names = || names.iter().map(String::as_str);
            let near = nearest(step.word, names());
            let place = if std::ptr::eq(root, here) { "at the top" } else { "here" };
            let problem = says(format!("names nothing: there is no `{word}` {place}"), near);
            if entries.is_empty() || near.is_some() {
                problem
            } else {
                problem.help(format!("there are {}", listed(names())))
            }
        }
        Kind::List(_, items) => {
            let variants: Vec<&str> = items.iter().filter_map(Node::variant).collect();
            let near = nearest(step.word, variants.iter().copied());
            let problem = says(format!("names nothing: the list has no `{word}`"), near);
            match items.len() {
                0 => problem.help("the list is empty"),
                _ if near.is_some() => problem,
                _ if variants.is_empty() => problem.help(format!("its items are 0 to {}", items.len() - 1)),
                _ => problem.help(format!("its items are 0 to {}, or {}", items.len() - 1, listed(variants))),
            }
        }
        _ => says(format!("goes on at `{word}` past a value: {}", here.found()), None),
    };
    problem.at(step.at)
}

fn unplaced(mut problem: Problem) -> Problem {
    problem.at = None;
    problem
}
