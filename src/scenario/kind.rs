//! The two kinds of scenario file, told apart by the key `bargaining`.

use std::fmt;

use super::bargaining::Standalone;
use super::check;
use super::load::{Loaded, Problems, decode_gathered, gather};
use super::near::nearest;
use super::schema::Scenario;
use super::tree::{Node, Problem};

/// The key that makes a file one of bargaining on its own.
const BARGAINING: &str = "bargaining";

/// What a scenario file holds.
#[derive(Debug, Clone, PartialEq)]
pub enum AnyScenario {
    /// Two parties in a world that moves on around them.
    World(Box<Scenario>),
    /// Alternating offers over some issues, and nothing else.
    Bargaining(Standalone),
}

impl AnyScenario {
    /// What the story is called.
    pub fn title(&self) -> &str {
        match self {
            AnyScenario::World(scenario) => &scenario.title,
            AnyScenario::Bargaining(standalone) => &standalone.title,
        }
    }

    /// How many rounds there are.
    pub fn rounds(&self) -> u32 {
        match self {
            AnyScenario::World(scenario) => scenario.clock.rounds.get(),
            AnyScenario::Bargaining(standalone) => standalone.bargaining.rounds,
        }
    }

    /// Everything that keeps it from being played.
    pub fn check(&self, loaded: &Loaded) -> Vec<Problem> {
        match self {
            AnyScenario::World(scenario) => check::check(scenario, loaded),
            AnyScenario::Bargaining(standalone) => standalone.check(loaded),
        }
    }

    /// What can be played, but hardly as it was meant.
    pub fn warnings(&self, loaded: &Loaded) -> Vec<Problem> {
        match self {
            AnyScenario::World(scenario) => check::warnings(scenario, loaded),
            AnyScenario::Bargaining(_) => check::clamped::<Standalone>(loaded),
        }
    }

    /// As one JSON value, from which the scenario's hash is made.
    pub fn json(&self) -> serde_json::Result<serde_json::Value> {
        match self {
            AnyScenario::World(scenario) => serde_json::to_value(scenario),
            AnyScenario::Bargaining(standalone) => serde_json::to_value(standalone),
        }
    }
}

impl fmt::Display for AnyScenario {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            AnyScenario::World(_) => "a world of two parties",
            AnyScenario::Bargaining(_) => "bargaining on its own",
        })
    }
}

/// Puts a scenario of either kind together, decodes it and checks it: the problems of the first two steps at once, or
/// those of the third.
pub fn load_any(
    name: &str,
    open: &dyn Fn(&str) -> Result<String, String>,
    sets: &[String],
) -> Result<(AnyScenario, Loaded), Problems> {
    let (loaded, problems) = gather(name, open, sets)?;
    let (scenario, loaded) = if is_bargaining(&loaded.tree) {
        let (standalone, loaded) = decode_gathered(loaded, problems)?;
        (AnyScenario::Bargaining(standalone), loaded)
    } else {
        let (scenario, loaded) = decode_gathered(loaded, problems)?;
        (AnyScenario::World(Box::new(scenario)), loaded)
    };
    let problems = scenario.check(&loaded);
    if problems.is_empty() { Ok((scenario, loaded)) } else { Err(loaded.wrong(problems)) }
}

/// True for a file with the key `bargaining`; where it is misspelt, for one that has nothing of the other kind.
fn is_bargaining(tree: &Node) -> bool {
    let keys: Vec<String> = tree.entries().unwrap_or_default().iter().map(|(key, _)| key.word()).collect();
    let has = |key: &str| keys.iter().any(|own| own == key);
    let meant = || nearest(BARGAINING, keys.iter().map(String::as_str)).is_some();
    has(BARGAINING) || !["clock", "levers", "parties"].into_iter().any(has) && meant()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPLIT: &str = r#"(
        schema: "summitry/1",
        title: "Split ten",
        bargaining: (
            rounds: 9,
            parties: [
                (name: "ann", weights: {"share": 1}, reservation: 0, tactic: Time(exponent: 1)),
                (name: "bob", weights: {"share": 1}, reservation: 0, tactic: Time(exponent: 1)),
            ],
            issues: [(name: "share", levels: ["none", "all"], values: {"ann": [0, 1], "bob": [1, 0]})],
        ),
    )"#;

    fn told(text: &str) -> Result<String, String> {
        let any = load_any("x.ron", &|_| Ok(text.to_owned()), &[]);
        any.map(|(scenario, _)| scenario.to_string()).map_err(|problems| problems.explain(false))
    }

    #[test]
    fn the_key_decides() {
        assert_eq!(told(SPLIT).as_deref(), Ok("bargaining on its own"));
        let dollar = include_str!("../../scenarios/theory/split-the-dollar.ron");
        assert_eq!(told(dollar).as_deref(), Ok("a world of two parties"));
        let slip = told(&SPLIT.replace("bargaining:", "bargainng:")).expect_err("misspelt");
        assert!(slip.contains("there is no field `bargainng` here; did you mean `bargaining`?"), "{slip}");
        assert!(slip.ends_with("\n1 problem in x.ron\n"), "{slip}");
        let both = told(&SPLIT.replace("bargaining:", "clock: (rounds: 3), bargaining:")).expect_err("both");
        assert!(both.contains("there is no field `clock` here"), "{both}");
    }

    #[test]
    fn problems_of_bargaining_have_places() {
        let wrong =
            told(&SPLIT.replace("\"share\": 1}, reservation: 0", "\"shore\": 1}, reservation: 0")).expect_err("wrong");
        assert!(wrong.contains("party `ann` weighs `shore`, which is not an issue; did you mean `share`?"), "{wrong}");
        assert!(wrong.contains("--> x.ron:7:"), "{wrong}");
    }

    #[test]
    fn draws_of_bargaining_that_are_clamped_are_warned_about() {
        let text = SPLIT.replace("Time(exponent: 1)", "Time(exponent: Normal(mean: 0, sd: 1))");
        let (scenario, loaded) = load_any("x.ron", &|_| Ok(text.clone()), &[]).expect("fine");
        assert_eq!(scenario.warnings(&loaded).len(), 2);
    }
}
