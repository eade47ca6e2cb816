//! A scenario as one text that needs no other: what it extends, its changes and its seats are in it, its draws are kept.

use super::knob::Knob;
use super::load::{SWEEP, TUNE};
use super::loaded::Loaded;
use crate::notation::tree::Kind;
use crate::notation::written::{quoted, written};

/// The text, a field a line; what is loaded from it is the same again.
pub fn bundled(loaded: &Loaded) -> String {
    let mut out = String::from("(\n");
    if let Kind::Record(_, fields) = &loaded.tree.kind {
        for (key, value) in fields {
            out.push_str(&format!("  {}: {},\n", written(key), written(value)));
        }
    }
    for (field, knobs) in [(SWEEP, &loaded.sweep), (TUNE, &loaded.tune)] {
        if !knobs.is_empty() {
            let each = |knob: &Knob| format!("{}: {}", quoted(&knob.path), written(&knob.value));
            out.push_str(&format!("  {field}: {{{}}},\n", knobs.iter().map(each).collect::<Vec<_>>().join(", ")));
        }
    }
    out + ")\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;
    use crate::scenario::kind::{AnyScenario, load_any, load_seated};
    use crate::scenario::load::{Sets, Studied};
    use crate::scenario::shipped::{self, ROOT};
    use crate::scenario::strategy_file::Seating;

    fn again(text: &str) -> (AnyScenario, Loaded) {
        load_any("x.ron", &|_| Ok(text.to_owned()), &[]).unwrap_or_else(|e| panic!("{}", e.explain(false)))
    }

    #[test]
    fn every_shipped_scenario_is_itself_again() {
        let mut tried = 0;
        let open = |path: &str| shipped::open(path).unwrap_or_else(|| Err(Error::file("on the disk")));
        for (name, _) in shipped::FILES {
            let Ok((scenario, loaded)) = load_any(&format!("{ROOT}{name}.ron"), &open, &[]) else { continue };
            let (again, reloaded) = again(&bundled(&loaded));
            assert_eq!((again.hash(), again == scenario), (scenario.hash(), true), "{name}");
            let paths = |knobs: &[Knob]| knobs.iter().map(|k| (k.path.clone(), written(&k.value))).collect::<Vec<_>>();
            assert_eq!(paths(&reloaded.sweep), paths(&loaded.sweep), "{name}");
            assert_eq!(paths(&reloaded.tune), paths(&loaded.tune), "{name}");
            tried += 1;
        }
        assert!(tried > 14, "{tried}");
    }

    #[test]
    fn seats_and_changes_are_in_it() {
        let open = |path: &str| shipped::open(path).unwrap_or_else(|| Err(Error::file("on the disk")));
        let seats = [Seating { party: "us".into(), plays: "boulware".into() }];
        let sets = ["parties.us.optimism=Uniform(low: 0.4, high: 0.75)".to_owned(), "title=\"a \\\"b\\\"\"".to_owned()];
        let name = format!("{ROOT}theory/neutral-world.ron");
        let (scenario, loaded) = load_seated(&name, &open, &seats, Sets::typed(&sets), Studied::Nothing)
            .unwrap_or_else(|e| panic!("{}", e.explain(false)));
        let (again, _) = again(&bundled(&loaded));
        assert!(again == scenario && again.title() == "a \"b\"");
        assert_ne!(again.hash(), load_any(&name, &open, &[]).expect("fine").0.hash());
    }
}
