//! The two kinds of scenario file, told apart by the key `bargaining`.

use std::fmt;

use super::bargaining::BargainingFile;
use super::canonical;
use super::check;
use super::fields::of_scenarios;
use super::file_kind::SCENARIO;
use super::load::{Sets, Studied, gather};
use super::loaded::{Loaded, Open, decode_gathered};
use super::rules::Scenario;
use super::strategy_file::Seating;
use super::unknown::{Taken, taken_out};
use crate::notation::decode::{Mended, PROBLEMS_MAX};
use crate::notation::near::{listed, nearest};
use crate::notation::tree::{Node, shortened};
use crate::notation::{Code, Problem, Problems};

/// The key that makes a file one of bargaining on its own.
const BARGAINING: &str = "bargaining";

/// What a scenario file holds.
#[derive(Debug, Clone, PartialEq)]
pub enum AnyScenario {
    /// Two parties in a world that moves on around them.
    World(Box<Scenario>),
    /// Alternating offers over some issues, and nothing else.
    Bargaining(BargainingFile),
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
            AnyScenario::Bargaining(_) => check::clamped::<BargainingFile>(loaded),
        }
    }

    /// What is legal but odd: told where it is asked for.
    pub fn lints(&self, loaded: &Loaded) -> Vec<Problem> {
        match self {
            AnyScenario::World(scenario) => check::lints(scenario, loaded),
            AnyScenario::Bargaining(_) => check::cut_off::<BargainingFile>(loaded, check::CUT),
        }
    }

    /// As one JSON value, all that the file says.
    #[cfg(feature = "internals")]
    pub fn json(&self) -> serde_json::Result<serde_json::Value> {
        match self {
            AnyScenario::World(scenario) => serde_json::to_value(scenario),
            AnyScenario::Bargaining(standalone) => serde_json::to_value(standalone),
        }
    }

    /// The name of what is played: see [`canonical`].
    pub fn hash(&self) -> String {
        match self {
            AnyScenario::World(scenario) => canonical::scenario_hash(scenario),
            AnyScenario::Bargaining(standalone) => canonical::bargaining_hash(standalone),
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

/// Puts a scenario of either kind together, decodes it and checks it, with the problems of all three steps at once.
pub fn load_any(name: &str, open: Open<'_>, sets: &[String]) -> Result<(AnyScenario, Loaded), Problems> {
    load_seated(name, open, &[], Sets::typed(sets), Studied::All)
}

/// The same with other strategies for some parties, before `sets` change what they like; of the paths that are named for
/// studies those that are asked for.
pub fn load_seated(
    name: &str,
    open: Open<'_>,
    seats: &[Seating],
    sets: Sets<'_>,
    studied: Studied,
) -> Result<(AnyScenario, Loaded), Problems> {
    let (loaded, met) = gather(name, open, seats, sets, studied, &SCENARIO)?;
    if let Some(problem) = of_another_kind(&loaded) {
        return Err(loaded.wrong(vec![problem]));
    }
    if is_bargaining(&loaded.tree) && !seats.is_empty() {
        let text = "this is bargaining on its own: its parties play by the tactics that its file gives them";
        let help = "leave --strategy, --us and --cn out; a tactic is changed in the file, under `bargaining.parties`";
        return Err(loaded.wrong(vec![Problem::new(Code::Contradiction, text).help(help)]));
    }
    let (scenario, problems) = if is_bargaining(&loaded.tree) {
        let Mended { value, problems, .. } = decode_gathered::<BargainingFile>(&loaded, met);
        (value.map(AnyScenario::Bargaining), problems)
    } else {
        let Taken { tree: middle, list, problems: more } = taken_out(&loaded.tree).unwrap_or_else(|| Taken {
            tree: loaded.tree.clone(),
            list: vec![],
            problems: vec![],
        });
        let known = Loaded { tree: middle, ..loaded.clone() };
        let Mended { value, tree, mut problems } = decode_gathered::<Scenario>(&known, met);
        problems.extend(more);
        if let (Some(scenario), false) = (&value, problems.is_empty()) {
            let mended = Loaded {
                tree: tree.unwrap_or_else(|| known.tree.clone()),
                sweep: vec![],
                tune: vec![],
                ..known.clone()
            };
            problems.extend(check::check_mended(scenario, &mended, &known.tree, &problems));
            problems.sort_by_key(|problem| problem.at);
        }
        (value.map(|scenario| AnyScenario::World(Box::new(Scenario { unknown: list, ..scenario }))), problems)
    };
    let mut problems = match &scenario {
        Some(scenario) if problems.is_empty() => scenario.check(&loaded),
        _ => problems,
    };
    problems.truncate(PROBLEMS_MAX);
    problems.iter_mut().for_each(point_further);
    match scenario {
        Some(scenario) if problems.is_empty() => Ok((scenario, loaded)),
        _ => Err(loaded.wrong(problems)),
    }
}

/// A file for another purpose: a lesson, a list of questions.
fn of_another_kind(loaded: &Loaded) -> Option<Problem> {
    let schema = loaded.tree.entry("schema")?.word();
    let text = format!("this is not a scenario: its schema is \"{}\"", shortened(&schema));
    schema.starts_with("summitry.").then(|| {
        loaded.blame("schema", Code::OtherKind, text).help(format!("a scenario has schema: \"{}\"", check::SCHEMA))
    })
}

/// A field that is unknown where it stands, but known elsewhere: says where.
fn point_further(problem: &mut Problem) {
    let lost = problem.code == Code::UnknownField && problem.meant().is_none();
    let Some(field) = problem.word().filter(|_| lost).map(str::to_owned) else { return };
    let homes = of_scenarios().iter().filter_map(|row| {
        let (home, last) = row.path.rsplit_once('.')?;
        (last == field && row.path.split('.').count() < 5).then_some(home)
    });
    let homes: Vec<&str> = homes.take(4).collect();
    if !homes.is_empty() {
        let also = format!("`{field}` is a field of {}", listed(homes).replace(", ", " and of "));
        problem.help = Some(problem.help.take().map_or(also.clone(), |help| format!("{also}; here {help}")));
    }
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
    fn what_does_not_fit_is_told_beside_what_cannot_be_read() {
        let stockholm = include_str!("../../scenarios/stockholm-2025.ron");
        let text = stockholm
            .replacen("exchanges: 6", "exchanges: 6.5", 1)
            .replacen("holder: \"us\", unit: \"%\"", "holdr: \"us\", unit: \"%\"", 1)
            .replacen("eased_by: \"opening\"", "eased_by: \"openin\"", 1)
            .replacen("snap: 125", "snap: 1250", 1)
            .replacen("like: \"deal-seeker\"", "like: \"deal-seker\"", 1);
        let sets = ["levers.us_tarif.now=3".to_owned(), "parties.cn.strategy=boulwar".to_owned()];
        let problems = load_any("x.ron", &|_| Ok(text.clone()), &sets).expect_err("seven").problems;
        let wanted = [
            "a number of rounds is a whole number, found 6.5",
            "there is no lever `openin`; did you mean `opening`?",
            "there is no strategy `deal-seker`; did you mean `deal-seeker`?",
            "there is no field `holdr` here; did you mean `holder`?",
            "the snap level of `cn_tariff`, 1250, lies outside its range 0 to 125",
            "`levers.us_tarif.now` names nothing: there is no `us_tarif` here; did you mean `us_tariff`?",
            "there is no strategy `boulwar`; did you mean `boulware`?",
        ];
        let found: Vec<&str> = problems.iter().map(|problem| problem.text.as_str()).collect();
        assert_eq!(found, wanted);
    }

    #[test]
    fn nothing_is_told_that_only_follows() {
        let stockholm = include_str!("../../scenarios/stockholm-2025.ron");
        for (from, to, problems) in [
            ("levers: {", "levrs: {", 1),
            ("parties: {", "partys: {", 1),
            ("goals: {", "gaols: {", 1),
            ("range: (low: 0, high: 145), now: 40", "range: (low: zero, high: 145), now: 0", 1),
            (
                "effects: {\n        \"us\": [Prosperity(points: -8.4",
                "effects: {\n        \"us\": [Prosperty(points: -8.4",
                1,
            ),
            ("now: 40", "nwo: 40", 1),
            ("extend_by: 13, ", "", 1),
        ] {
            assert!(stockholm.contains(from), "{from}");
            let text = stockholm.replacen(from, to, 1);
            let told = load_any("x.ron", &|_| Ok(text.clone()), &[]).expect_err(to).explain(false);
            assert!(told.ends_with(&format!("\n{problems} problem in x.ron\n")), "{told}");
        }
    }

    #[test]
    fn a_field_that_stands_elsewhere_is_pointed_to() {
        let stockholm = include_str!("../../scenarios/stockholm-2025.ron");
        let sets = ["parties.us.patience=0.9".to_owned()];
        let problems = load_any("x.ron", &|_| Ok(stockholm.to_owned()), &sets).expect_err("patience").problems;
        let help = problems[0].help.clone().unwrap_or_default();
        assert!(
            help.starts_with("`patience` is a field of `goals.NAME` and of `parties.NAME.goal`; here the"),
            "{help}"
        );
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
