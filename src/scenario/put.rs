//! A value put where a path says. On its way into a strategy that a party is only `like`, a path finds what the preset
//! says there: `parties.us.strategy.model.sharpness` is a number of the preset's model.

use super::language::{LANGUAGE, read as read_tree};
use super::presets;
use crate::notation::tree::{Kind, Node, Place};
use crate::notation::{Problem, path};

/// Puts a value where a path says. `at` is where the path itself is written.
pub fn set(root: &mut Node, path: &str, at: Place, value: Node) -> Result<(), Problem> {
    if let Some((field, said)) = taken_over(root, path, at) {
        path::set(root, &field, at, said, &LANGUAGE)?;
    }
    path::set(root, path, at, value, &LANGUAGE)
}

/// Whether `set` would find its way; `at` as there.
pub fn leads(root: &Node, path: &str, at: Place) -> Result<(), Problem> {
    match taken_over(root, path, at) {
        None => path::check(root, path, at, &LANGUAGE),
        Some((field, said)) => {
            let mut root = root.clone();
            path::set(&mut root, &field, at, said, &LANGUAGE)?;
            path::check(&root, path, at, &LANGUAGE)
        }
    }
}

/// The field of a party's strategy that a path leads through and that is taken over from another: its path, and what is
/// said there.
fn taken_over(root: &Node, path: &str, at: Place) -> Option<(String, Node)> {
    let steps: Vec<&str> = path.split('.').collect();
    let ["parties", party, "strategy", field, next, ..] = steps[..] else { return None };
    let own = root.entry("parties")?.entry(party)?.entry("strategy")?;
    let like = match &own.kind {
        Kind::Text(like) | Kind::Name(like) => like.clone(),
        Kind::Record(None, _) if own.entry(field).is_some() => return None,
        Kind::Record(None, _) => own.entry("like").map(Node::word).unwrap_or_default(),
        _ => return None,
    };
    let preset = match root.entry("strategies").and_then(|all| all.entry(&like)) {
        Some(preset) => preset.entry(field).cloned(),
        None => presets::tree(&like).and_then(|preset| preset.entry(field).cloned()),
    };
    let mut said = preset.or_else(|| read_tree(presets::PLAIN, 0).ok()?.entry(field).cloned())?;
    if next.starts_with(char::is_uppercase) && said.variant().is_some_and(|variant| variant != next) {
        return None; // another variant is written in its place
    }
    place(&mut said, at);
    Some((steps[..4].join("."), said))
}

/// Lets all of a node stand at one place: what it was written in is no source of this scenario.
fn place(node: &mut Node, at: Place) {
    node.at = at;
    match &mut node.kind {
        Kind::Map(entries) | Kind::Record(_, entries) => {
            for (key, value) in entries {
                key.at = at;
                place(value, at);
            }
        }
        Kind::List(_, items) => items.iter_mut().for_each(|item| place(item, at)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notation::written::written;
    use crate::scenario::language::read;

    /// The strategy of a party after a change.
    fn after(strategy: &str, path: &str, value: &str) -> Result<String, String> {
        let strategies = "{\"mine\": (offer: Hold(share: 0.2))}";
        let text = format!("(parties: {{\"us\": (strategy: {strategy})}}, strategies: {strategies})");
        let mut root = read(&text, 0).expect("read");
        let path = format!("parties.us.strategy.{path}");
        let at = Place::new(1, 0, path.len());
        assert_eq!(leads(&root, &path, at).is_ok(), set(&mut root.clone(), &path, at, root.clone()).is_ok());
        set(&mut root, &path, at, read(value, 1).expect("a value")).map_err(|problem| problem.text)?;
        Ok(written(path::get(&root, "parties.us.strategy").expect("there")))
    }

    #[test]
    fn a_number_inside_a_preset_is_set_and_the_rest_stays() {
        let told = after("\"hardheaded\"", "model.rate", "0.3").expect("set");
        assert!(told.starts_with("(like: \"hardheaded\", model: Frequency(rate: 0.3"), "{told}");
        let told = after("(like: \"bayesian-reader\")", "model.sharpness", "30").expect("set");
        assert!(told.contains("sharpness: 30") && told.contains("prior_on_named: "), "{told}");
        assert_eq!(after("\"mine\"", "offer.share", "0.4").as_deref(), Ok("(like: \"mine\", offer: Hold(share: 0.4))"));
        assert_eq!(after("()", "offer.exponent", "2").as_deref(), Ok("(offer: Time(exponent: 2, opening: 0.05))"));
        let own = "(like: \"mine\", offer: Hold(share: 0.2))";
        assert_eq!(after(own, "offer.share", "0.5").as_deref(), Ok("(like: \"mine\", offer: Hold(share: 0.5))"));
    }

    #[test]
    fn another_variant_takes_the_place_of_the_presets() {
        let told = after("\"mine\"", "offer.Reciprocate.opening", "0.4").expect("set");
        assert_eq!(told, "(like: \"mine\", offer: Reciprocate(opening: 0.4))");
        assert_eq!(
            after("\"mine\"", "offer.Hold.share", "0.4").as_deref(),
            Ok("(like: \"mine\", offer: Hold(share: 0.4))")
        );
    }
}
