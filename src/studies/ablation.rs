//! What each mechanism is for: the game with it switched off against the game with it on, on the same luck.
//!
//! A mechanism whose absence nobody can measure is one to leave out.

use super::measures::Measures;
use super::paired::{Among, Ask, Contrast, contrast};
use super::sums::{Found, Sides};
use crate::batch::play::{Plan, Watch};
use crate::error::Error;
use crate::round;
use crate::scenario::rules::Scenario;
use crate::scenario::rules::Switch;
use crate::world::setup::Setup;

/// Beyond so many standard errors in any measure, a mechanism does something.
pub const FIRM: f64 = 3.0;

/// A mechanism switched off.
#[derive(Debug, Clone)]
pub struct Without {
    /// The switch.
    pub switch: Switch,
    /// Off less on, for each measure; none where fewer than two games have a case on either side.
    pub found: Vec<Option<Found>>,
    /// What is known of each side, measure by measure.
    pub sides: Vec<Sides>,
}

impl Without {
    /// The largest difference of any measure, in standard errors.
    pub fn largest(&self) -> f64 {
        self.found.iter().flatten().map(|f| f.z().abs()).fold(0.0, f64::max)
    }
    /// Whether not one game differs in any measure.
    pub fn is_nothing(&self) -> bool {
        let same = |(found, sides): (&Option<Found>, &Sides)| found.as_ref().map_or(!sides.differ(), Found::is_nothing);
        self.found.iter().zip(&self.sides).all(same)
    }
    /// Whether some measure has cases on one side alone.
    pub fn loses_cases(&self) -> bool {
        self.sides.iter().any(Sides::is_lost)
    }
    /// Whether any difference is beyond chance.
    pub fn is_measurable(&self) -> bool {
        self.largest() > FIRM
    }
}

/// What was found.
#[derive(Debug, Clone)]
pub struct Ablated {
    /// The measures, by name and by what they say.
    pub measures: Vec<super::measures::Measure>,
    /// Each mechanism that is on in the scenario.
    pub rows: Vec<Without>,
    /// Games played with and without each.
    pub games: u64,
}

/// The switches that are on, with the game that each is missing from.
pub struct Study {
    base: Setup,
    cells: Vec<(Switch, Setup)>,
}

/// A scenario with one mechanism off.
pub fn without(scenario: &Scenario, switch: Switch) -> Scenario {
    let mut out = scenario.clone();
    out.on.retain(|name| name != switch.name());
    out.off.push(switch.name().to_string());
    out
}

impl Study {
    /// Makes a game ready for each switch that is on in the scenario.
    pub fn of(base: &Setup) -> Result<Study, Error> {
        let mut cells = vec![];
        for &switch in Switch::ALL.iter().filter(|switch| base.is_on(**switch)) {
            cells.push((switch, round::prepare(without(&base.scenario, switch))?));
        }
        Ok(Study { base: base.clone(), cells })
    }

    /// How many different games are played.
    pub fn cells(&self) -> usize {
        1 + self.cells.len()
    }

    /// The measures that are asked when none are named, as far as the scenario has them.
    pub fn usual(&self) -> Vec<String> {
        let totals = self.base.parties.iter().map(|p| format!("{}.total", p.key));
        let usual = ["deal", "truce_lapsed", "summit_deal", "first_deal_round"].map(String::from).into_iter();
        let known = Measures::of([&self.base].into_iter());
        usual.chain(totals).filter(|name| known.find(name).is_ok()).collect()
    }

    /// Plays them and asks for measures by name, or for expressions.
    pub fn run(&self, asked: &[String], plan: &Plan, watch: &Watch) -> Result<Ablated, Error> {
        let all: Vec<&Setup> = [&self.base].into_iter().chain(self.cells.iter().map(|(_, setup)| setup)).collect();
        let mut measures = Measures::of(all.iter().copied());
        let asked = asked.iter().map(|text| measures.ask(text, all.iter().copied()));
        let asked: Vec<usize> = asked.collect::<Result<_, _>>()?;
        let pair = |variant: usize| {
            let one = move |m: &usize| Contrast { base: 0, variant, ask: Ask::Mean(*m), among: Among::All };
            asked.iter().map(one).collect::<Vec<_>>()
        };
        let contrasts: Vec<Contrast> = (1..all.len()).flat_map(pair).collect();
        let played = contrast(&all, &measures, &contrasts, plan, watch)?;
        let each = asked.len().max(1);
        let rows = self.cells.iter().zip(played.found.chunks(each).zip(played.sides.chunks(each)));
        Ok(Ablated {
            measures: asked.iter().map(|m| measures.list[*m].clone()).collect(),
            rows: rows
                .map(|((switch, _), (found, sides))| Without {
                    switch: *switch,
                    found: found.to_vec(),
                    sides: sides.to_vec(),
                })
                .collect(),
            games: played.games,
        })
    }
}
