//! How a world of a scenario is made ready: the drawn numbers are put into its tree, and what comes of it is read,
//! checked and prepared as a file would be.

use std::sync::Arc;

use crate::notation::tree::{Kind, Node};
use crate::notation::{Code, Problem, Problems};
use crate::record::endings::classes;
use crate::record::registry::registry;
use crate::round;
use crate::scenario::beside::inner_mut;
use crate::scenario::check;
use crate::scenario::language::decode;
use crate::scenario::loaded::Loaded;
use crate::scenario::rules::Scenario;
use crate::scenario::unknown::{Unknown, taken_out};
use crate::world::dice::Key;
use crate::world::setup::Setup;
use crate::world::worlds::{Unknowns, World};

/// Worlds that are tried out before any is played.
const TRIED: u64 = 32;

/// What nobody knows of a scenario that was put together, whose middle is ready. Refused where hardly a world is
/// allowed, or where one would be another game.
pub fn of(loaded: &Loaded, middle: &Setup) -> Result<Option<Arc<Unknowns<Setup>>>, Problems> {
    let Some(taken) = taken_out(&loaded.tree) else { return Ok(None) };
    let known = Loaded { tree: taken.tree, ..loaded.clone() };
    let list = taken.list;
    let (frame, asked) = (round::cohort(middle, 1).frame(), asked(middle));
    let mut refused = vec![];
    let trial: Unknowns<Setup> = Unknowns::new(list.clone(), Box::new(|_| None));
    let key = Key::of_seed(0).apart("worlds are tried out");
    for number in 0..TRIED {
        match made(&known, &list, &trial.values(key, World { number, redrawn: 0 })) {
            Err(problems) => refused.extend(problems.into_iter().next()),
            Ok(setup) if round::cohort(&setup, 1).frame() != frame || self::asked(&setup) != asked => {
                let text =
                    "a number that nobody knows switches a rule of the game on or off, or decides what is asked of it";
                let help = "leave 0 out of what it may be, or give the dates that it moves as numbers";
                return Err(loaded.wrong(vec![Problem::new(Code::Contradiction, text).at(list[0].at).help(help)]));
            }
            Ok(_) => {}
        }
    }
    if 2 * refused.len() as u64 > TRIED {
        let text = format!(
            "{} of {TRIED} worlds that were drawn are not allowed; of the first: {}",
            refused.len(),
            refused[0].text
        );
        let help = "narrow the distribution, or cut it with Uniform(low: .., high: ..)";
        return Err(loaded.wrong(vec![Problem { text, ..refused.swap_remove(0) }.help(help)]));
    }
    let starts: Vec<_> = middle.starts.iter().map(|s| (s.column, s.row)).collect();
    let numbers = list.clone();
    let make = move |values: &[f64]| {
        let setup = made(&known, &numbers, values).ok()?;
        setup.starts.iter().map(|s| (s.column, s.row)).eq(starts.iter().copied()).then_some(setup)
    };
    Ok(Some(Arc::new(Unknowns::new(list, Box::new(make)))))
}

/// The setup in which each unknown number is one of these.
fn made(known: &Loaded, list: &[Unknown], values: &[f64]) -> Result<Setup, Vec<Problem>> {
    let mut tree = known.tree.clone();
    for (one, x) in list.iter().zip(values) {
        if let Some(place) = one.steps.iter().try_fold(&mut tree, |node, step| inner_mut(node, *step)) {
            *place = Node::new(one.at, Kind::Number(*x));
        }
    }
    let scenario: Scenario = decode(&tree)?;
    let problems = check::check(&scenario, known);
    if !problems.is_empty() {
        return Err(problems);
    }
    round::prepare(scenario).map_err(|error| vec![error.problem()])
}

/// The ways to end and the measures by name: what every world must have alike.
fn asked(setup: &Setup) -> (Vec<&'static str>, Vec<String>) {
    (classes(setup).to_vec(), registry(setup).into_iter().map(|(measure, _)| measure.name).collect())
}
