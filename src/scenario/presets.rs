//! Strategies that every scenario can name without writing them down: the files of `scenarios/strategies`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::language::{decode, read as read_tree};
use super::strategy::{Strategy, StrategyFile};
use crate::notation::tree::Node;

macro_rules! files {
    ($($name:literal)*) => {
        [$(($name, include_str!(concat!("../../scenarios/strategies/", $name, ".ron")))),*]
    };
}

/// The strategy files that are part of the program: name and text, the story's two first, yardsticks last.
pub const FILES: [(&str, &str); 19] = files![
    "deal-seeker" "player-for-time" "boulware" "conceder" "linear" "resource-dependent"
    "tit-for-tat" "grit" "grim" "brinkman" "hardliner" "honest-broker" "dangler" "attrition"
    "bayesian-reader" "hardheaded" "rational" "quick-dealer" "random-walker"
];

/// The built-in strategies, by name.
pub fn built_in() -> &'static BTreeMap<String, Strategy> {
    static PRESETS: OnceLock<BTreeMap<String, Strategy>> = OnceLock::new();
    PRESETS.get_or_init(|| FILES.iter().map(|(name, text)| (name.to_string(), read(name, text))).collect())
}

/// What a strategy does that says nothing, as an author would write it.
pub const PLAIN: &str = "(offer: Time(exponent: 1, opening: 0.05), accept: Combi(after: 0.85), escalate: [], \
    extend: Demand(bar: 0), pledge: Honest, model: Known)";

/// The tree of a built-in strategy.
pub fn tree(name: &str) -> Option<Node> {
    let (_, text) = FILES.iter().find(|(known, _)| *known == name)?;
    read_tree(text, 0).ok()?.entry("strategy").cloned()
}

fn read(name: &str, text: &str) -> Strategy {
    let tree = read_tree(text, 0).unwrap_or_else(|e| panic!("{name}.ron: {}", e[0].text));
    let file: StrategyFile = decode(&tree).unwrap_or_else(|e| panic!("{name}.ron: {}", e[0].text));
    file.strategy
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::strategy_file;

    #[test]
    fn every_file_is_in_order_and_bears_its_own_name() {
        assert!(built_in().len() >= 16);
        for (name, text) in FILES {
            let (file, _) = strategy_file::read(&format!("{name}.ron"), text).unwrap_or_else(|e| panic!("{e}"));
            assert_eq!(file.name, name);
        }
    }

    #[test]
    fn the_plain_strategy_is_the_default() {
        let plain: Strategy = decode(&read_tree(PLAIN, 0).expect("read")).expect("in order");
        assert_eq!(plain, Strategy::default());
        let names = FILES.iter().map(|(name, _)| *name);
        assert!(names.into_iter().all(|name| tree(name).is_some()) && tree("nobody").is_none());
    }

    #[test]
    fn a_name_is_known_in_every_scenario() {
        let old = ["deal-seeker", "player-for-time", "boulware", "conceder", "tit-for-tat", "grit", "brinkman"];
        assert!(old.iter().all(|name| built_in().contains_key(*name)));
        assert!(["hardliner", "rational", "random-walker"].iter().all(|name| built_in().contains_key(*name)));
    }
}
