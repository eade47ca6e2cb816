//! A checked scenario made ready to run: names become row numbers, presets are filled in, start values listed.
//!
//! Everything is in order of name, so the order of a file's fields changes nothing.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use bevy_ecs::prelude::*;

pub use super::calendar::Calendar;
use super::calendar::TruceSetup;
use super::dice::Key;
use super::measure::Measures;
use super::rows::Value;
pub use super::source::{Source, Start, middle, source};
use super::stack::{LayerSetup, between};
use super::worlds::{Unknowns, World, of_game};
use crate::error::Error;
use crate::notation::Code;
use crate::scenario::draw::Draw;
use crate::scenario::filled::{filled_goal, filled_strategy, with_a_stand_in};
use crate::scenario::rules::Scenario;
use crate::scenario::rules::{Switch, ThreatTerms};
use crate::scenario::schema::{Effect, End, Goal, Lever, Opens, Shape};
use crate::scenario::strategy::{Model, Strategy};
use crate::scenario::talks::Opener;
use crate::units::{Level, Stakes};

/// No row of that kind.
pub const NOBODY: usize = usize::MAX;
/// The dimensions, in the order used everywhere.
pub const DIMENSIONS: [&str; 3] = ["prosperity", "security", "politics"];

/// Lists what is measured of a rule of the game.
pub type Measuring = fn(&Setup, &mut Measures);

/// A scenario made ready to run.
#[derive(Resource, Debug, Clone)]
pub struct Setup {
    /// The scenario it was made from.
    pub scenario: Arc<Scenario>,
    /// What nobody knows of it; none where that is nothing, and in the setup of one world.
    pub unknowns: Option<Arc<Unknowns<Setup>>>,
    /// The world that it is of, where something is unknown of the scenario.
    pub world: Option<u64>,
    /// What its rules measure: the name of each that is on, and where it lists its measures.
    pub measuring: Vec<(&'static str, Measuring)>,
    /// The two parties, in order of name.
    pub parties: [PartySetup; 2],
    /// The levers, in order of name.
    pub levers: Vec<LeverSetup>,
    /// The layers of levers, by lever, each from the lowest up.
    pub layers: Vec<LayerSetup>,
    /// The shapes of levers that any effect uses, each once; in order of lever.
    pub shapes: Vec<ShapeSetup>,
    /// The factions, by party, then by name.
    pub factions: Vec<FactionSetup>,
    /// The third countries, in order of name.
    pub countries: Vec<CountrySetup>,
    /// The types that opponent models may suspect, in order of name: their leaders' weights.
    pub types: Vec<(String, [f64; 3])>,
    /// How threats differ, and what becomes of them.
    pub threats: ThreatTerms,
    /// Dates and meetings.
    pub calendar: Calendar,
    /// How many rounds are played.
    pub rounds: u32,
    /// How many rounds a deal lives.
    pub deal_life: u32,
    /// Nothing comes after the last round.
    pub final_end: bool,
    /// The mechanisms switched off.
    pub off: BTreeSet<Switch>,
    /// Places for tactics in a blend, for each party.
    pub tactics: usize,
    /// Steps of a rule of acceptance, for each party.
    pub conditions: usize,
    /// The party whose turn it is at the first offer of all, if offers alternate through the game.
    pub alternate: Option<usize>,
    /// The value each component starts with, where not its neutral one.
    pub starts: Vec<Start>,
}

/// A party.
#[derive(Debug, Clone)]
pub struct PartySetup {
    /// Its name in the file.
    pub key: String,
    /// What to call it.
    pub name: String,
    /// The name of its dice.
    pub dice: String,
    /// Its strategy, filled in; where an outside program plays, the one that stands in for it.
    pub strategy: Strategy,
    /// The outside program that plays for it, by its name in the file.
    pub outside: Option<String>,
    /// Its goal, filled in.
    pub goal: Goal,
    /// The goal it is like.
    pub like: Option<String>,
    /// What its levers' and the other's levels do to it.
    pub effects: Vec<EffectSetup>,
    /// Its own levers that can be used to retaliate.
    pub hostile: Vec<usize>,
    /// Levers that speed its resilience: lever, share of growth for each unit.
    pub boosts: Vec<(usize, f64)>,
    /// Its factions, as a range of rows.
    pub factions: std::ops::Range<usize>,
    /// What the leader's own weights count for in the government's.
    pub leader: f64,
    /// The types it thinks the other may be (indices into `Setup::types`); empty unless it learns by Bayes.
    pub suspects: Vec<usize>,
    /// The weights of the other's government if it were led by each of them.
    pub suspected: Vec<[f64; 3]>,
    /// No learning takes a belief of its below this.
    pub least_belief: f64,
    /// What all levers together can do to it in a round, every dimension counted alike (points): what is at stake.
    pub stake: f64,
}

/// A lever.
#[derive(Debug, Clone)]
pub struct LeverSetup {
    /// Its name in the file.
    pub key: String,
    /// What to call it.
    pub name: String,
    /// What its level counts.
    pub unit: String,
    /// The party that holds it, or [`NOBODY`].
    pub holder: usize,
    /// Lowest level.
    pub low: f64,
    /// Highest level.
    pub high: f64,
    /// Lowest negotiable level.
    pub reach_low: f64,
    /// Highest negotiable level.
    pub reach_high: f64,
    /// Level at the start.
    pub now: f64,
    /// Level after a lapse.
    pub snap: f64,
    /// One big move.
    pub step: f64,
    /// How much of a move is a promise.
    pub pledge: f64,
    /// 1 where a higher level is friendlier, else -1.
    pub opens: f64,
    /// It is used to retaliate.
    pub hostile: bool,
    /// How far resilience blunts it.
    pub offset: f64,
    /// It leaks through third countries.
    pub leaks: bool,
    /// It is a pie.
    pub pie: bool,
    /// All that its level does is linear.
    pub linear: bool,
    /// Its shapes, as a range of `Setup::shapes`.
    pub shapes: std::ops::Range<usize>,
    /// Its layers, as a range of `Setup::layers`; none where it is of one piece.
    pub layers: std::ops::Range<usize>,
}

impl LeverSetup {
    /// Whether a move of it is all promise, to be delivered week by week.
    pub fn is_pledge(&self) -> bool {
        self.pledge >= 0.99
    }
}

/// A shape of a lever.
#[derive(Debug, Clone, Copy)]
pub struct ShapeSetup {
    /// The shape.
    pub shape: Shape,
    /// Its value at the level of the truce.
    pub at_now: f64,
    /// Its value at the snap level.
    pub at_snap: f64,
}

/// An effect on a party.
#[derive(Debug, Clone, Copy)]
pub struct EffectSetup {
    /// The lever.
    pub lever: usize,
    /// The shape, an index into `Setup::shapes`.
    pub shape: usize,
    /// The dimension: 0 prosperity, 1 security, 2 politics.
    pub dimension: usize,
    /// Points a week for one unit of the shape.
    pub points: f64,
}

/// A faction.
#[derive(Debug, Clone)]
pub struct FactionSetup {
    /// Its name in the file.
    pub key: String,
    /// What to call it.
    pub name: String,
    /// Its party.
    pub party: usize,
    /// Its power.
    pub power: f64,
    /// Its weights.
    pub weights: [f64; 3],
    /// The lever it strikes with, or [`NOBODY`].
    pub lever: usize,
}

/// A third country.
#[derive(Debug, Clone)]
pub struct CountrySetup {
    /// Its name in the file.
    pub key: String,
    /// What to call it.
    pub name: String,
    /// How exposed it is to each party.
    pub exposure: [f64; 2],
}

/// The value of a shape at level x of a lever from `low` to `high`.
#[inline(always)]
pub fn shape_at(shape: Shape, x: f64, low: f64, high: f64) -> f64 {
    let z = (x - low) / (high - low);
    let tau = x / 100.0;
    match shape {
        Shape::Lin => z,
        Shape::Rest => 1.0 - z,
        Shape::Root => z.max(0.0).sqrt(),
        Shape::Hump => z.max(0.0).sqrt() - z * z,
        Shape::Dead => {
            let lost = tau / (1.0 + tau);
            lost * lost
        }
        Shape::Lost => 1.0 - 1.0 / ((1.0 + tau) * (1.0 + tau)),
    }
}

fn effect(e: &Effect) -> (usize, f64, Shape) {
    match *e {
        Effect::Prosperity { points, shape } => (0, points.get(), shape),
        Effect::Security { points, shape } => (1, points.get(), shape),
        Effect::Politics { points, shape } => (2, points.get(), shape),
    }
}

/// The names of a scenario's parties and levers, to be found by their rows.
struct Names<'a> {
    parties: [&'a str; 2],
    levers: Vec<&'a str>,
}

impl<'a> Names<'a> {
    fn of(s: &'a Scenario) -> Result<Names<'a>, Error> {
        let parties: Vec<&str> = s.parties.keys().map(String::as_str).collect();
        let parties = parties
            .try_into()
            .map_err(|all: Vec<_>| unknown(format!("a game has two parties, this one has {}", all.len())))?;
        Ok(Names { parties, levers: s.levers.keys().map(String::as_str).collect() })
    }
    fn party(&self, name: &str) -> usize {
        self.parties.iter().position(|key| *key == name).unwrap_or(NOBODY)
    }
    fn lever(&self, name: &str) -> usize {
        self.levers.iter().position(|key| *key == name).unwrap_or(NOBODY)
    }
}

/// The levers, the shapes that any effect uses, and what they do to each party.
#[derive(Default)]
struct Levers {
    list: Vec<LeverSetup>,
    layers: Vec<LayerSetup>,
    shapes: Vec<ShapeSetup>,
    effects: [Vec<EffectSetup>; 2],
}

impl Levers {
    fn of(s: &Scenario, names: &Names, off: &BTreeSet<Switch>) -> Result<Levers, Error> {
        let mut out = Levers::default();
        for (key, lever) in &s.levers {
            let shapes = out.effects_of(lever, names)?;
            let first = out.layers.len();
            if !off.contains(&Switch::Layers) {
                out.layers_of(lever);
            }
            let used = out.shapes[shapes.clone()].iter();
            let linear = used.map(|x| x.shape).all(|x| matches!(x, Shape::Lin | Shape::Rest));
            let (low, high) = (lever.range.low.get(), lever.range.high.get());
            let reach = lever.reach.unwrap_or(lever.range);
            out.list.push(LeverSetup {
                key: key.clone(),
                name: named(&lever.name, key),
                unit: lever.unit.clone(),
                holder: names.party(&lever.holder),
                low,
                high,
                reach_low: reach.low.get(),
                reach_high: reach.high.get(),
                now: lever.now.get(),
                snap: lever.snap.get(),
                step: lever.big_move.map_or(high - low, |m| m.get()),
                pledge: if off.contains(&Switch::Delivery) { 0.0 } else { lever.pledge_share.get() },
                opens: if lever.opens == Opens::Up { 1.0 } else { -1.0 },
                hostile: lever.hostile,
                offset: lever.blunted_by_resilience.get(),
                leaks: lever.leaks,
                pie: lever.pie,
                linear,
                shapes,
                layers: first..out.layers.len(),
            });
        }
        Ok(out)
    }

    /// Lists the layers of the next lever.
    fn layers_of(&mut self, lever: &Lever) {
        let (mut low, top) = (lever.range.low.get(), lever.range.high.get());
        for layer in &lever.layers {
            let high = layer.up_to.map_or(top, |x| x.get()).clamp(low, top);
            let stands = |level: Level| between(level.get(), low, high);
            self.layers.push(LayerSetup {
                name: layer.name.clone(),
                lever: self.list.len(),
                width: high - low,
                now: stands(lever.now),
                snap: layer.truce.then(|| stands(lever.snap)),
            });
            low = high;
        }
    }

    /// Lists what the next lever does to each party; the shapes it does it by.
    fn effects_of(&mut self, lever: &Lever, names: &Names) -> Result<std::ops::Range<usize>, Error> {
        let used: BTreeSet<Shape> = lever.effects.values().flatten().map(|e| effect(e).2).collect();
        let (first, l) = (self.shapes.len(), self.list.len());
        let at = |shape, x: Level| shape_at(shape, x.get(), lever.range.low.get(), lever.range.high.get());
        self.shapes.extend(used.iter().map(|&shape| ShapeSetup {
            shape,
            at_now: at(shape, lever.now),
            at_snap: at(shape, lever.snap),
        }));
        for (who, list) in &lever.effects {
            let effects = self.effects.get_mut(names.party(who)).ok_or_else(|| unknown(format!("no party `{who}`")))?;
            effects.extend(list.iter().map(|e| {
                let (dimension, points, shape) = effect(e);
                let shape = first + used.iter().position(|x| *x == shape).unwrap_or(0);
                EffectSetup { lever: l, shape, dimension, points }
            }));
        }
        Ok(first..self.shapes.len())
    }
}

impl Levers {
    /// The layer of a lever by its name.
    fn layer(&self, l: usize, name: &str) -> Option<usize> {
        self.layers.iter().position(|layer| layer.lever == l && layer.name == name)
    }
}

/// The two parties and their factions.
fn parties(
    s: &Scenario,
    names: &Names,
    levers: &mut Levers,
    types: &[(String, [f64; 3])],
) -> Result<([PartySetup; 2], Vec<FactionSetup>), Error> {
    let (mut parties, mut factions) = (vec![], vec![]);
    for (p, (key, party)) in s.parties.iter().enumerate() {
        let goal = filled_goal(s, party)?;
        let (strategy, outside) = with_a_stand_in(s, party, filled_strategy(s, party)?)?;
        let first = factions.len();
        factions.extend(party.factions.iter().map(|(name, f)| FactionSetup {
            key: name.clone(),
            name: named(&f.name, name),
            party: p,
            power: f.power.get(),
            weights: [f.prosperity.get(), f.security.get(), f.politics.get()],
            lever: names.lever(&f.spoils),
        }));
        let hostile = levers.list.iter().enumerate().filter(|(_, lever)| lever.hostile && lever.holder == p);
        parties.push(PartySetup {
            key: key.clone(),
            name: named(&party.name, key),
            dice: named(&party.dice, key),
            leader: 1.0 - party.factions.values().map(|f| f.power.get()).sum::<f64>(),
            hostile: hostile.map(|(l, _)| l).collect(),
            effects: std::mem::take(&mut levers.effects[p]),
            boosts: party.resilience.boosts.iter().map(|b| (names.lever(&b.lever), b.per_unit.get())).collect(),
            factions: first..factions.len(),
            like: party.goal.like.clone(),
            suspects: suspects(&strategy.model, types),
            least_belief: if let Model::Bayes { least, .. } = &strategy.model { least.get() } else { 0.0 },
            goal,
            strategy,
            outside,
            suspected: vec![],
            stake: 0.0,
        });
    }
    Ok((parties.try_into().map_err(|_| unknown("a game has two parties"))?, factions))
}

impl Setup {
    /// Compiles a scenario that `scenario::check` found no fault with. What it still cannot use is named.
    pub fn new(scenario: Arc<Scenario>) -> Result<Setup, Error> {
        let s = &*scenario;
        let (names, off) = (Names::of(s)?, switched_off(s));
        let mut levers = Levers::of(s, &names, &off)?;
        let weights = |g: &Goal| [middle(&g.prosperity), middle(&g.security), middle(&g.politics)];
        let types: Vec<_> = s.goals.iter().map(|(name, goal)| (name.clone(), weights(goal))).collect();
        let (parties, factions) = parties(s, &names, &mut levers, &types)?;
        let countries = s.third_countries.iter().map(|(key, c)| CountrySetup {
            key: key.clone(),
            name: named(&c.name, key),
            exposure: names.parties.map(|who| c.exposure.get(who).map_or(0.0, |x| x.get())),
        });
        let alternate = match &s.talks.opener {
            Opener::Coin => None,
            Opener::Alternate { first } => Some(names.party(first)),
        };
        let mut setup = Setup {
            unknowns: None,
            world: None,
            measuring: vec![],
            tactics: parties.iter().map(|p| p.strategy.offer.leaves()).max().unwrap_or(1),
            conditions: parties.iter().map(|p| p.strategy.accept.steps()).max().unwrap_or(1),
            threats: if off.contains(&Switch::ThreatTerms) { ThreatTerms::default() } else { s.threats.clone() },
            calendar: super::calendar::of(s, |name| names.lever(name), |l, name| levers.layer(l, name)),
            rounds: s.clock.rounds.get(),
            deal_life: s.clock.deal_life.get(),
            final_end: s.clock.end == End::Final,
            countries: countries.collect(),
            levers: levers.list,
            layers: levers.layers,
            shapes: levers.shapes,
            parties,
            factions,
            types,
            off,
            alternate,
            starts: vec![],
            scenario: scenario.clone(),
        };
        if !setup.is_on(Switch::Terms) {
            setup.calendar.truce = setup.calendar.truce.take().map(TruceSetup::by_rule);
        }
        for p in 0..2 {
            let weights = setup.parties[p].suspects.iter().map(|t| setup.types[*t].1);
            setup.parties[p].suspected = weights.map(|w| setup.government(1 - p, w)).collect();
            setup.parties[p].stake = setup.levers.iter().enumerate().map(|(l, _)| setup.spread(p, l)).sum();
        }
        Ok(setup)
    }

    /// A government's weights from its leader's: `w_gov = (1 - sum power) w_leader + sum power w_faction`.
    pub fn government(&self, p: usize, leader: [f64; 3]) -> [f64; 3] {
        if !self.is_on(Switch::Factions) {
            return leader;
        }
        let party = &self.parties[p];
        let mut w = leader.map(|w| party.leader * w);
        for f in &self.factions[party.factions.clone()] {
            for (w, x) in w.iter_mut().zip(f.weights) {
                *w += f.power * x;
            }
        }
        w
    }

    /// A world made ready to be played.
    pub fn of_world(unknowns: &Unknowns<Setup>, key: Key, number: u64) -> (Setup, World) {
        let (setup, world) = unknowns.settled(key, number);
        (Setup { world: Some(number), ..setup }, world)
    }

    /// The setup of the world that a game is played in: itself, where nothing is unknown.
    pub fn of_game(&self, key: Key, game: u64) -> Cow<'_, Setup> {
        match &self.unknowns {
            None => Cow::Borrowed(self),
            Some(unknowns) => Cow::Owned(Setup::of_world(unknowns, key, of_game(game)).0),
        }
    }

    /// How far party p's fortunes can be moved by a lever, from the level it likes best to the one it likes least, every
    /// dimension counted alike (points a round).
    fn spread(&self, p: usize, l: usize) -> f64 {
        const LOOKS: u32 = 64; // so fine that no shape's top is missed by more than a thousandth of it
        let lever = &self.levers[l];
        let worth = |x: f64| -> f64 {
            let effects = self.parties[p].effects.iter().filter(|e| e.lever == l);
            effects.map(|e| e.points * shape_at(self.shapes[e.shape].shape, x, lever.low, lever.high)).sum()
        };
        let at = |i: u32| worth(lever.low + (lever.high - lever.low) * f64::from(i) / f64::from(LOOKS));
        let (worst, best) = (0..=LOOKS).map(at).fold((f64::MAX, f64::MIN), |(a, b), x| (a.min(x), b.max(x)));
        best - worst
    }

    /// A number of stakes in points, as party p counts them.
    pub fn points(&self, p: usize, stakes: Stakes) -> f64 {
        stakes.get() * self.parties[p].stake
    }

    /// A number of points in stakes, as party p counts them.
    pub fn stakes(&self, p: usize, points: f64) -> f64 {
        if points == 0.0 { 0.0 } else { points / self.parties[p].stake }
    }

    /// Whether a mechanism is on.
    pub fn is_on(&self, switch: Switch) -> bool {
        !self.off.contains(&switch)
    }

    /// Gives a component's row its start value.
    pub fn start<T: Value>(&mut self, row: usize, from: Source) {
        self.starts.push(Start { column: T::COLUMN, row, from });
    }

    /// Whether party p keeps count of what each lever matters to the other.
    pub fn counts_levers(&self, p: usize) -> bool {
        matches!(self.parties[p].strategy.model, Model::Frequency { .. })
    }

    /// Expected rounds to a next meeting whose date is not known yet, at least 1.
    pub fn usual_gap(&self) -> u32 {
        let mean = match self.calendar.gap {
            None => f64::from(self.scenario.talks.unknown_gap.get()),
            Some(Source::Fixed(x)) => x,
            Some(Source::Drawn { from, .. }) => middle::<crate::units::RoundsF>(&Draw::From(from)),
        };
        (mean as u32).max(1)
    }

    /// The row of a party by its name in the file.
    pub fn party(&self, key: &str) -> Option<usize> {
        self.parties.iter().position(|p| p.key == key)
    }

    /// The row of a lever by its name in the file.
    pub fn lever(&self, key: &str) -> Option<usize> {
        self.levers.iter().position(|l| l.key == key)
    }
}

fn unknown(text: impl Into<String>) -> Error {
    Error::of(Code::UnknownName, text)
}

fn named(name: &str, key: &str) -> String {
    if name.is_empty() { key.to_string() } else { name.to_string() }
}

fn suspects(model: &Model, types: &[(String, [f64; 3])]) -> Vec<usize> {
    match model {
        Model::Bayes { types: named, .. } => {
            named.iter().filter_map(|name| types.iter().position(|(n, _)| n == name)).collect()
        }
        _ => vec![],
    }
}

fn switched_off(s: &Scenario) -> BTreeSet<Switch> {
    let named = |list: &[String], switch: &Switch| list.iter().any(|name| name == switch.name());
    let all = s.off.iter().any(|name| name == "all");
    let is_off = |switch: &Switch| named(&s.off, switch) || all && !named(&s.on, switch);
    Switch::ALL.iter().copied().filter(is_off).collect()
}
