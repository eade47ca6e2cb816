//! The inputs of a scenario: each number that is drawn once a game, and what else a study is asked to vary.
//!
//! Whether a number is drawn once a game is found out, not assumed: with a plain number in its place a start value that
//! was drawn is the same in every game. A draw that is made anew within a game (the gap between two meetings) is luck,
//! and an input only where it is named.

use serde_json::Value;

use super::design::{Axis, Over, number, uniforms};
use super::sweep::mark_whole;
use super::tune::compiled::start;
use super::variants::{Change, cell};
use crate::notation::tree::{Node, Place};
use crate::notation::{Code, path};
use crate::ready::Ready;
use crate::scenario::because;
use crate::scenario::draw::Distribution;
use crate::scenario::filled::{filled_goal, filled_strategy};
use crate::scenario::load::Loaded;
use crate::scenario::rules::Scenario;
use crate::scenario::unknown::Unknown;
use crate::world::dice::{BEFORE_PLAY, Key, Stream};
use crate::world::setup::{Setup, Source};

/// A number that a study varies.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// Its path, and what that runs over: all there is of a distribution, but for a thousandth at each end.
    pub axis: Axis,
    /// Where it is drawn from; none where a range or a list was given.
    pub drawn: Option<Drawn>,
}

/// Where a number is drawn from once a game.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Drawn {
    /// Its distribution.
    pub from: Distribution,
    /// Its field's range.
    pub range: (f64, f64),
    /// Its stream of dice.
    stream: Stream,
    /// Its place among what nobody knows: it is drawn once a world.
    pub world: Option<usize>,
    /// Draws are whole numbers.
    whole: bool,
}

impl Drawn {
    fn source(&self) -> Source {
        Source::Drawn { from: self.from, stream: self.stream, range: self.range }
    }

    /// The number that a share of the distribution lies below.
    pub fn at(&self, share: f64) -> f64 {
        let x = self.source().at(share);
        if self.whole { x.round() } else { x }
    }

    /// The same draw of another setup, if it is still one there.
    pub fn of(&self, setup: &Setup) -> Option<Drawn> {
        setup.starts.iter().find_map(|s| match s.from {
            Source::Drawn { from, stream, range } if stream == self.stream => Some(Drawn { from, range, ..*self }),
            _ => None,
        })
    }

    /// What is drawn in some games.
    pub fn lane(&self, key: Key, first: u64, games: usize) -> Vec<f64> {
        let mut lane = vec![0.0; games];
        key.uniforms(self.stream, BEFORE_PLAY, first, &mut lane);
        lane.iter_mut().for_each(|u| *u = self.at(*u));
        lane
    }
}

/// What is left of a distribution at either end where only a range will do.
const TAIL: f64 = 0.001;

impl Input {
    /// Given by a range or a list.
    pub fn given(axis: Axis) -> Input {
        Input { axis, drawn: None }
    }

    /// Its path.
    pub fn path(&self) -> &str {
        &self.axis.path
    }

    /// The value that a share of what it may be lies below.
    pub fn at(&self, share: f64) -> Node {
        match &self.drawn {
            Some(drawn) => number(self.axis.at, drawn.at(share)),
            None => self.axis.at(share),
        }
    }

    /// What it may be, as it would be written.
    pub fn told(&self) -> String {
        match (&self.drawn, &self.axis.over) {
            (Some(drawn), _) if drawn.world.is_some() => format!("Unknown({})", distribution(&drawn.from)),
            (Some(drawn), _) => distribution(&drawn.from),
            (None, Over::Range(low, high)) => format!("{low}..{high}"),
            (None, over) => crate::scenario::knob::range(over),
        }
    }
}

/// A distribution as it is written.
pub fn distribution(from: &Distribution) -> String {
    match from {
        Distribution::Uniform { low, high } => format!("Uniform(low: {low}, high: {high})"),
        Distribution::Normal { mean, sd } => format!("Normal(mean: {mean}, sd: {sd})"),
        Distribution::LogNormal { median, spread } => format!("LogNormal(median: {median}, spread: {spread})"),
    }
}

/// Every number that is drawn once a game, in order of path.
pub fn drawn(ready: &Ready) -> Vec<Input> {
    let mut draws = Walk::default();
    draws.value(&as_played(&ready.setup.scenario), "", "");
    let mut out: Vec<Input> = draws.out.into_iter().filter_map(|found| input(ready, &found)).collect();
    out.sort_by(|a, b| a.axis.path.cmp(&b.axis.path));
    out
}

/// Every number that nobody knows and that is drawn once a world, in order of path.
pub fn unknown(ready: &Ready) -> Vec<Input> {
    let list = ready.setup.unknowns.iter().flat_map(|unknowns| &unknowns.list);
    let input = |(place, one): (usize, &Unknown)| {
        let stream = Stream::named("", "", "");
        let drawn = Drawn { from: one.from, range: one.range, stream, world: Some(place), whole: one.whole };
        let (low, high) = (drawn.at(TAIL), drawn.at(1.0 - TAIL));
        let over = if low < high { Over::Range(low, high) } else { Over::Values(vec![number(one.at, low)]) };
        Input { axis: Axis { path: one.path.clone(), at: one.at, over, whole: one.whole }, drawn: Some(drawn) }
    };
    let mut out: Vec<Input> = list.enumerate().map(input).collect();
    out.sort_by(|a, b| a.axis.path.cmp(&b.axis.path));
    out
}

/// The scenario with what each party is like filled in, and without the presets themselves.
fn as_played(scenario: &Scenario) -> Value {
    let json = |value: Result<Value, _>| value.unwrap_or_default();
    let mut out = json(serde_json::to_value(scenario));
    for (key, party) in &scenario.parties {
        out["parties"][key]["goal"] =
            filled_goal(scenario, party).map_or(Value::Null, |x| json(serde_json::to_value(x)));
        out["parties"][key]["strategy"] =
            filled_strategy(scenario, party).map_or(Value::Null, |x| json(serde_json::to_value(x)));
    }
    if let Value::Object(fields) = &mut out {
        fields.retain(|name, _| name != "goals" && name != "strategies");
    }
    out
}

/// A distribution and how its path may be spelt, the short way first.
struct Draws {
    spellings: [String; 2],
    from: Distribution,
}

#[derive(Default)]
struct Walk {
    out: Vec<Draws>,
}

impl Walk {
    fn value(&mut self, value: &Value, short: &str, long: &str) {
        let step = |path: &str, word: &str| if path.is_empty() { word.to_owned() } else { format!("{path}.{word}") };
        match value {
            Value::Object(fields) => {
                if let Some(from) = a_distribution(value) {
                    return self.out.push(Draws { spellings: [short.to_owned(), long.to_owned()], from });
                }
                let choice = variant(value).is_some();
                for (name, inner) in fields {
                    let short = if choice { short.to_owned() } else { step(short, name) };
                    self.value(inner, &short, &step(long, name));
                }
            }
            Value::Array(items) => {
                for (i, item) in items.iter().enumerate() {
                    let name = variant(item);
                    let alone = name.filter(|_| items.iter().filter(|other| variant(other) == name).count() == 1);
                    let word = alone.map_or(i.to_string(), str::to_owned);
                    self.value(item, &step(short, &word), &step(long, &i.to_string()));
                }
            }
            _ => {}
        }
    }
}

fn a_distribution(value: &Value) -> Option<Distribution> {
    let name = variant(value)?;
    let known = ["Uniform", "Normal", "LogNormal"].contains(&name);
    known.then(|| serde_json::from_value(value.clone()).ok()).flatten()
}

/// The choice that was made, where a value looks like one.
fn variant(value: &Value) -> Option<&str> {
    let fields = value.as_object().filter(|fields| fields.len() == 1)?;
    let (name, inner) = fields.iter().next()?;
    (name.starts_with(char::is_uppercase) && inner.is_object()).then_some(name)
}

/// The input, if a start value hangs on it.
fn input(ready: &Ready, draws: &Draws) -> Option<Input> {
    let middle = Source::Drawn { from: draws.from, stream: Stream::named("", "", ""), range: (f64::MIN, f64::MAX) };
    draws.spellings.iter().find_map(|spelt| {
        let at = path::nearest_place(&ready.loaded.tree, spelt);
        let tried = Change { path: spelt.clone(), at, value: number(at, middle.at(0.5)) };
        let held = cell(&ready.loaded, &[tried]).ok()?.setup;
        let drawn = held.starts.iter().find_map(|s| match (start(&ready.setup, (s.column, s.row)), s.from) {
            (Some(Source::Drawn { from, stream, range }), Source::Fixed(_)) => {
                Some(Drawn { from, range, stream, world: None, whole: false })
            }
            _ => None,
        })?;
        let (low, high) = (drawn.at(TAIL), drawn.at(1.0 - TAIL));
        let over = if low < high { Over::Range(low, high) } else { Over::Values(vec![number(at, low)]) };
        Some(Input { axis: Axis { path: spelt.clone(), at, over, whole: false }, drawn: Some(drawn) })
    })
}

/// Every number of which it is said that it is judgement, within a share of itself, as far as the scenario allows them all
/// together; and the paths of those that stay as they are: at 0, or with no room.
pub fn judged(base: &Loaded, within: f64) -> (Vec<Input>, Vec<String>) {
    let (mut out, mut left) = (vec![], vec![]);
    let mut middles = vec![];
    for told in because::numbers(base, "").iter().filter(|told| told.is_judgement()) {
        let Ok(x) = told.written.replace('_', "").parse::<f64>() else { continue }; // a distribution is an input already
        let room = Room { base, path: &told.path, at: told.at, x };
        match room.within(within) {
            Some(axis) => {
                out.push(Input::given(axis));
                middles.push(x);
            }
            None => left.push(told.path.clone()),
        }
    }
    left.extend(together(base, &mut out, &mut middles));
    (out, left)
}

/// Corners of what inputs run over that are tried. Two numbers that must not cross meet at their worst in a quarter of all
/// corners, so none is missed but once in 10^7.
const CORNERS: u64 = 64;

/// Narrows what some numbers run over until the scenario allows them in any corner, each toward where it stands; returns
/// those that had no room left, and are gone.
fn together(base: &Loaded, inputs: &mut Vec<Input>, middles: &mut Vec<f64>) -> Vec<String> {
    let mut gone = vec![];
    for corner in 0..CORNERS {
        loop {
            let side = |input: &Input| f64::from(u8::from(uniforms(corner, "corner", input.path(), 1)[0] < 0.5));
            let change =
                |input: &Input| Change { path: input.path().into(), at: input.axis.at, value: input.at(side(input)) };
            let changes: Vec<Change> = inputs.iter().map(change).collect();
            let Err(wrong) = cell(base, &changes) else { break };
            let blamed = |input: &Input| wrong.problems.iter().any(|problem| problem.at == Some(input.axis.at));
            let Some(place) = inputs.iter().position(blamed) else { break }; // the study will say what is wrong
            if !narrowed(&mut inputs[place].axis, middles[place]) {
                gone.push(inputs.remove(place).path().to_owned());
                middles.remove(place);
            }
        }
    }
    gone
}

/// Half of what an axis runs over, about its middle; false where nothing is left.
fn narrowed(axis: &mut Axis, middle: f64) -> bool {
    let Over::Range(low, high) = &mut axis.over else { return false };
    let small = 1e-3 * middle.abs();
    (*low, *high) = (0.5 * (*low + middle), 0.5 * (*high + middle));
    if axis.whole {
        (*low, *high) = (low.ceil(), high.floor());
    }
    *high - *low > small
}

/// A number that is tried out at other values.
struct Room<'a> {
    base: &'a Loaded,
    path: &'a str,
    at: Place,
    x: f64,
}

impl Room<'_> {
    fn within(&self, share: f64) -> Option<Axis> {
        let span = share * self.x.abs();
        if span == 0.0 {
            return None;
        }
        let whole = self.x.fract() == 0.0 && self.is_whole(span);
        let (low, high) = (self.far(plain(self.x - span), whole), self.far(plain(self.x + span), whole));
        if low >= high {
            return None;
        }
        let mut axis = [Axis { path: self.path.into(), at: self.at, over: Over::Range(low, high), whole: false }];
        mark_whole(self.base, &mut axis).ok()?;
        let [axis] = axis;
        Some(axis)
    }

    fn is_whole(&self, span: f64) -> bool {
        let tried = self.change(self.x - 0.4 * span.min(1.0));
        cell(self.base, &[tried]).is_err_and(|wrong| wrong.problems.iter().any(|p| p.code == Code::NotWhole))
    }

    /// The farthest on the way to an end that the scenario allows: all of it, a half, a quarter, nothing.
    fn far(&self, end: f64, whole: bool) -> f64 {
        let ways = [1.0, 0.5, 0.25].map(|share| self.x + share * (end - self.x));
        let ends =
            ways.map(|to| if whole { to.trunc() + f64::from(u8::from(end < self.x && to.fract() > 0.0)) } else { to });
        ends.into_iter().find(|to| cell(self.base, &[self.change(*to)]).is_ok()).unwrap_or(self.x)
    }

    fn change(&self, x: f64) -> Change {
        Change { path: self.path.into(), at: self.at, value: number(self.at, x) }
    }
}

/// A number without the last digits, which reckoning leaves behind.
fn plain(x: f64) -> f64 {
    format!("{x:.12e}").parse().unwrap_or(x)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::front::Draft;
    use crate::ready::Any;
    use crate::scenario::load::Studied;

    fn ready(name: &str) -> Ready {
        match Draft::open(name).any(Studied::Nothing).expect(name) {
            Any::World(ready) => *ready,
            Any::Bargaining(_) => panic!("{name} has no world"),
        }
    }

    /// Whatever is drawn as a game begins is an input, and is told as it is drawn.
    #[test]
    fn every_start_value_that_is_drawn_has_a_path() {
        for name in ["stockholm-2025", "phase-one-2018", "studies/best-replies"] {
            let ready = ready(name);
            let inputs = drawn(&ready);
            let streams: Vec<Stream> = inputs.iter().filter_map(|input| input.drawn.map(|d| d.stream)).collect();
            for s in &ready.setup.starts {
                if let Source::Drawn { stream, .. } = s.from {
                    assert!(streams.contains(&stream), "{name}: {:?} {} has no path", s.column, s.row);
                }
            }
            assert!(inputs.len() > 10, "{name}: {}", inputs.len());
            assert!(inputs.iter().all(|input| !input.path().ends_with("gap")), "{name}: luck is no input");
        }
    }

    #[test]
    fn a_lane_is_what_the_games_drew() {
        let ready = ready("stockholm-2025");
        let all = drawn(&ready);
        let input = all.iter().find(|input| input.path() == "parties.us.optimism").expect("drawn");
        let (key, mut games) = (Key::of_seed(3), crate::round::cohort(&ready.setup, 8));
        games.load(key, 5);
        let lane =
            games.lane::<crate::world::components::Optimism>(ready.setup.party("us").expect("us")).expect("a lane");
        let held: Vec<f64> = lane.iter().map(|x| x.0).collect();
        assert_eq!(input.drawn.expect("drawn").lane(key, 5, 8), held);
    }

    #[test]
    fn judgement_is_varied_in_all_numbers_together() {
        for name in ["stockholm-2025", "phase-one-2018"] {
            let ready = ready(name);
            let (all, _) = judged(&ready.loaded, 0.2);
            for point in 0..40 {
                let change = |input: &Input| Change {
                    path: input.path().into(),
                    at: input.axis.at,
                    value: input
                        .at(f64::from(u8::from(uniforms(7, "side", &format!("{} {point}", input.path()), 1)[0] < 0.5))),
                };
                let changes: Vec<Change> = all.iter().map(change).collect();
                let wrong = cell(&ready.loaded, &changes).err().map(|wrong| wrong.explain(false));
                assert_eq!(wrong, None, "{name}, corner {point}");
            }
        }
    }

    #[test]
    fn judgement_is_varied_as_far_as_the_scenario_allows() {
        let ready = ready("stockholm-2025");
        let (all, left) = judged(&ready.loaded, 0.2);
        assert!(all.len() > 30, "{} and {} stay", all.len(), left.len());
        for input in &all {
            for share in [0.0, 1.0] {
                let change = Change { path: input.path().into(), at: input.axis.at, value: input.at(share) };
                assert!(cell(&ready.loaded, &[change]).is_ok(), "{} at {share}", input.path());
            }
        }
    }
}
