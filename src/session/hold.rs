//! A session: exchanges of offers between two sides who have taken stock.
//!
//! Each offer is the package that gives the other most for what its proposer wants to keep; each side takes an offer
//! by its rule of acceptance, never below what waiting is worth and never at a loss.

use super::distances::{Signed, measure};
use super::seat;
use crate::scenario::rules::Reserve;
use crate::strategies::offer::{Look, conceded};
use crate::strategies::{accept, induction, model};
use crate::table::frontier::{Frontier, Point};
use crate::table::reserve::{Curve, Threats, beside, waiting};
use crate::table::situation::{EXCHANGES_MAX, Situation};
use crate::table::tactics::{ModelOf, Tactics};
use crate::table::values::{Values, worth};
use crate::world::maths::ln;
use crate::world::orders::{Ask, Orders};
use crate::world::phase::Phase;
use crate::world::rows::pair;
use crate::world::setup::Setup;
use crate::world::trace::{Move, Refusal, Trace, What};

/// So much of a point is nothing: whoever is offered exactly what waiting is worth must not decide by a last bit.
const SLACK: f64 = 1e-9;

/// Rooms to work in, kept from session to session; nothing in them outlives one.
#[derive(Debug, Default)]
pub struct Scratch {
    /// The tables of values.
    pub values: Values,
    /// Each side's frontier as it sees it: from its best package to what it thinks is the other's.
    pub views: [Frontier; 2],
    /// The true frontier, from the first party's best package to the second's.
    pub truth: Frontier,
    positions: Vec<f64>,
    plans: [Plan; 2],
    clock: Clock,
}

/// The logarithm of the time at each exchange of a round: the same for every session of that round with as many of
/// them.
#[derive(Debug, Default)]
struct Clock {
    of: Option<(u32, u32)>,
    ln: Vec<f64>,
}

impl Clock {
    fn wind(&mut self, setup: &Setup, s: &Situation) {
        let exchanges = setup.scenario.talks.exchanges.get();
        if self.of != Some((s.round, exchanges)) {
            self.of = Some((s.round, exchanges));
            self.ln.clear();
            self.ln.extend((0..=exchanges).map(|e| ln(clock(setup, s, e))));
        }
    }
}

impl Scratch {
    /// The levels of the offer being looked at, where they differ from where the levers stand.
    pub fn package(&self, s: &Situation) -> Vec<(usize, f64)> {
        moves(s, &self.values, &self.positions).iter().map(|m| (m.lever, m.to)).collect()
    }
}

/// What the recursion of full information found, and for what; the next session often asks the same.
#[derive(Debug, Default)]
struct Plan {
    frontier: Frontier,
    key: Vec<u64>,
    out: Vec<[f64; 2]>,
}

/// What a session came to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Result {
    /// What was initialled, if anything.
    pub signed: Option<Signed>,
    /// The party that said yes.
    pub accepted_by: usize,
    /// How far the two came, 0 to 1.
    pub progress: f64,
}

/// How each side sees its chances as it sits down.
#[derive(Debug, Clone, Copy)]
struct Stock {
    /// What signing brings beside the package.
    beside: [f64; 2],
    /// What waiting is worth.
    reserve: [f64; 2],
    /// What it asks for at first.
    top: [f64; 2],
    /// The logarithm of its date.
    ln_date: [f64; 2],
    /// Its seat is held from outside.
    outside: [bool; 2],
}

impl Stock {
    /// Whose plan a party thinks by: the engine's two share one, for both know all.
    fn mind(&self, p: usize) -> usize {
        if self.outside == [false; 2] { 0 } else { p }
    }
}

/// Holds a session; heard offers and beliefs are left in the situation, agreed levels in `agreed`.
pub fn hold(
    setup: &Setup,
    s: &mut Situation,
    scratch: &mut Scratch,
    orders: &Orders,
    trace: &Trace,
    agreed: &mut [f64],
) -> Result {
    scratch.clock.wind(setup, s);
    let stock = take_stock(setup, s, scratch, pair(|p| orders.outside(p)));
    let rational = pair(|p| s.sides[p].tactics[0].kind == Tactics::BackwardInduction);
    for mind in 0..2 {
        if (0..2).any(|p| rational[p] && stock.mind(p) == mind) {
            plan(setup, s, scratch, &stock, mind);
        }
    }
    note_opening(setup, s, &stock, &rational, scratch, trace);
    let ends = pair(|q| match s.sides[q].model {
        ModelOf::Bayes if setup.is_on("learning") => Some(model::ends(setup, q, &scratch.values)),
        _ => None,
    });
    let exchanges = setup.scenario.talks.exchanges.get().min(EXCHANGES_MAX as u32);
    let mut heard = [[0.0; EXCHANGES_MAX]; 2];
    let mut counts = [0_usize; 2];
    let mut best = [f64::NEG_INFINITY; 2];
    let mut walks = [Walk::default(); 2];
    let mut planned_ask = [None; 2];
    let mut out = Result { signed: None, accepted_by: 0, progress: 0.0 };
    for e in 0..exchanges {
        let p = if e % 2 == 0 { s.opener } else { 1 - s.opener };
        let q = 1 - p;
        // What p asks for, and the package that costs it the rest.
        let ask = match planned_ask[p].take() {
            Some(ask) => ask,
            None => asks(setup, s, scratch, &stock, p, e, rational[p]),
        };
        let order = seat::offer(s, scratch, orders, p, e, [stock.reserve[p], ask, stock.beside[p]]);
        let values = &scratch.values;
        let (mine, yours, offered) = match &order {
            Some(levels) => {
                seat::positions(values, s, levels, &mut scratch.positions);
                let table = |t: &[crate::table::values::Points]| worth(t, &scratch.positions);
                let dims = seat::dimensions(values, p, &scratch.positions);
                (table(&values.own[p]), table(&values.own[q]), dims)
            }
            None => {
                let view = &scratch.views[p];
                let point = view.down_to(ask - stock.beside[p]);
                walks[p].go(view, values, p, point);
                let at = walks[p].at(view, values, p);
                if s.sides[q].model == ModelOf::Frequency && setup.is_on("learning") {
                    walks[p].notice(view, values, &mut s.importance[q], s.sides[q].sharpness);
                }
                at
            }
        };
        let (up, uq) = (mine + stock.beside[p], yours + stock.beside[q]);
        // q hears it and learns from it.
        best[q] = best[q].max(uq);
        heard[q][counts[q]] = uq;
        counts[q] += 1;
        let hearer = &mut s.sides[q];
        let share = (uq / stock.top[q].max(1e-6)).clamp(-1.0, 1.0);
        if hearer.heard_first.is_nan() {
            (hearer.heard_first, hearer.heard_best) = (share, share);
        }
        hearer.heard_best = hearer.heard_best.max(share);
        if let Reserve::Learned { rate } = setup.scenario.talks.reserve {
            hearer.heard_value += rate.get() * (uq.max(0.0) - hearer.heard_value);
        }
        if let Some(ends) = &ends[q] {
            model::learn(setup, q, hearer, ends, offered);
        }
        // q answers. One who thinks from the end knows what refusing this very offer is worth.
        let next = asks(setup, s, scratch, &stock, q, if rational[q] { e } else { e + 1 }, rational[q]);
        // Nothing changes for q until its own turn, so what it would ask for next is what it will ask for.
        planned_ask[q] = (!rational[q]).then_some(next);
        let time = clock(setup, s, e + 1);
        let look = accept::Look { worth: uq, next, late: time / s.sides[q].date, heard: &heard[q][..counts[q]] };
        // An outside seat's own offer is one it is willing to sign.
        let enough = |worth: f64, side: usize| worth >= stock.reserve[side].max(0.0) - SLACK;
        let meant = order.is_some() || enough(up, p);
        let willing = meant && enough(uq, q);
        let by_rule = willing && accept::says_yes(&s.sides[q].accept, &look);
        let laid_out = trace.on() || orders.holds(q, Ask::Answer(e)) || by_rule;
        if order.is_none() && laid_out {
            scratch.views[p].positions(walks[p].here, &mut scratch.positions);
        }
        let about = seat::Answer {
            worth: uq,
            reserve: stock.reserve[q],
            next,
            beside: stock.beside[q],
            last: e + 1 == exchanges,
        };
        let said = seat::answer(s, scratch, orders, q, e, about);
        let yes = said.map_or(by_rule, |said| said && meant);
        if trace.on() {
            let refused = (!yes).then(|| {
                if said == Some(false) {
                    Refusal::Said
                } else if uq < -SLACK {
                    Refusal::Loss
                } else if !enough(uq, q) {
                    Refusal::BelowReserve
                } else if !enough(up, p) {
                    Refusal::ProposerLoses
                } else {
                    Refusal::BelowAsk
                }
            });
            let package = moves(s, &scratch.values, &scratch.positions);
            let worth = if p == 0 { [up, uq] } else { [uq, up] };
            let what = What::Offer { exchange: e, package, worth, asks: next, reserve: stock.reserve[q], refused };
            trace.note(s.round, Phase::Bargain, Some(p), what);
        }
        if yes {
            for (i, l) in scratch.values.open.iter().enumerate() {
                if order.as_ref().is_none_or(|levels| levels.iter().any(|(named, _)| named == l)) {
                    agreed[*l] = scratch.values.level(i, scratch.positions[i]);
                }
            }
            let worth = if p == 0 { [up, uq] } else { [uq, up] };
            if trace.on() {
                let package = moves(s, &scratch.values, &scratch.positions);
                trace.note(s.round, Phase::Bargain, Some(q), What::Initialled { package, worth, accepted_by: q });
            }
            let (values, positions) = (&scratch.values, &scratch.positions);
            let signed = measure(values, &mut scratch.truth, positions, worth, stock.beside, stock.reserve);
            let pledges = pair(|p| promised(setup, values, p, positions));
            out.signed = Some(Signed { pledges, ..signed });
            out.accepted_by = q;
            break;
        }
    }
    out.progress = 0.5
        * pair(|p| if counts[p] > 0 { (best[p] / stock.top[p].max(1e-6)).clamp(0.0, 1.0) } else { 0.0 })
            .iter()
            .sum::<f64>();
    if out.signed.is_none() {
        trace.note(s.round, Phase::Bargain, None, What::NoAgreement { progress: out.progress });
    }
    out
}

/// Tables, frontiers, reservation values and first asks.
fn take_stock(setup: &Setup, s: &Situation, scratch: &mut Scratch, outside: [bool; 2]) -> Stock {
    let values = &mut scratch.values;
    values.lay_out(setup, s);
    let read = pair(|p| model::read(setup, 1 - p, &s.sides[1 - p], &s.sides[p], outside[1 - p]));
    values.value(setup, s, &read);
    for p in 0..2 {
        scratch.views[p].trace(&values.own[p], &values.estimated[1 - p], &values.linear);
    }
    let truth = pair(|p| s.sides[p].weights);
    let known = Threats::of(setup, s, &values.now, truth);
    let threats = pair(|p| match outside[p] {
        true => Threats::of(setup, s, &values.now, pair(|q| if q == p { truth[p] } else { read[q].weights })),
        false => known,
    });
    let beside = pair(|p| beside(setup, s, p, s.leaders));
    let need = pair(|p| read[p].deal_cost);
    let best = pair(|p| scratch.views[p].own_when(need[1 - p]).unwrap_or(0.0));
    let curve = Curve { on: setup.scenario.talks.prospect };
    let reserve = pair(|p| {
        let waits = waiting(setup, s, &threats[p], p, best[p]);
        // A reserve that the scenario fixes is held to whatever the mood.
        if s.sides[p].floor.is_nan() { curve.points(curve.felt(waits) + s.sides[p].mood) } else { waits }
    });
    let later = s.next.unwrap_or(0);
    let now = threats[0].leverage(s, later);
    let now = [now, if outside == [false; 2] { now } else { threats[1].leverage(s, later) }];
    let top = pair(|p| {
        let (q, view) = (1 - p, &scratch.views[p]);
        let theirs = (view.other_when(s.sides[p].deal_cost).unwrap_or(0.0) - need[q]).max(0.0);
        let leave = need[q] + s.regard * now[p][q] * theirs;
        let own = view.own_when(leave).unwrap_or(*view.own.last().unwrap_or(&0.0));
        (own + beside[p]).max(reserve[p])
    });
    Stock { beside, reserve, top, ln_date: pair(|p| ln(s.sides[p].date.max(1.0))), outside }
}

/// Time in rounds at exchange `e`, exchanges counted as parts of a round.
fn clock(setup: &Setup, s: &Situation, e: u32) -> f64 {
    f64::from(s.round) + f64::from(e) / f64::from(setup.scenario.talks.exchanges.get().max(1))
}

/// What party p asks for at exchange `e`: `a = r + (top - r)(1 - F)`.
fn asks(setup: &Setup, s: &Situation, scratch: &Scratch, stock: &Stock, p: usize, e: u32, rational: bool) -> f64 {
    let side = &s.sides[p];
    if rational {
        let turn = scratch.plans[stock.mind(p)].out.get(planned(setup, s) + e as usize);
        return turn.map_or(stock.reserve[p], |worth| worth[p]);
    }
    let time = clock(setup, s, e);
    let look = Look {
        s: time,
        ln_late: (scratch.clock.ln[e as usize] - stock.ln_date[p]).min(0.0),
        sessions_left: (f64::from(setup.rounds) - time).max(0.0) / f64::from(setup.usual_gap()),
        heard: [side.heard_first, side.heard_best],
    };
    let curve = Curve { on: setup.scenario.talks.prospect };
    let (r, top) = (curve.felt(stock.reserve[p]), curve.felt(stock.top[p]));
    curve.points(r + (top - r) * (1.0 - conceded(&side.tactics, &look)))
}

/// Whether every turn to come is known: sessions at even steps, offers alternating through the game.
fn is_regular(setup: &Setup) -> Option<u32> {
    use crate::world::setup::Source;
    let gap = match setup.calendar.gap {
        Some(Source::Fixed(gap)) if gap >= 1.0 && gap % 1.0 == 0.0 && setup.calendar.sooner == 0.0 => gap as u32,
        _ => return None,
    };
    (setup.alternate.is_some() && setup.calendar.summit.is_none() && setup.final_end).then_some(gap)
}

/// Where this session's turns begin in the plan.
fn planned(setup: &Setup, s: &Situation) -> usize {
    if is_regular(setup).is_some() { (s.session * setup.scenario.talks.exchanges.get()) as usize } else { 0 }
}

/// Thinks the game through from its end for party p, or this session where later ones cannot be known. Full information
/// is the engine's alone: a seat held from outside takes the other to be as it reads it, and otherwise like itself.
fn plan(setup: &Setup, s: &Situation, scratch: &mut Scratch, stock: &Stock, me: usize) {
    let (values, held) = (&scratch.values, stock.outside[me]);
    let of = |p: usize| if held { me } else { p };
    let table = |p: usize| if of(p) == p { &values.own[p] } else { &values.estimated[p] };
    let exchanges = setup.scenario.talks.exchanges.get();
    let sides = pair(|p| &s.sides[of(p)]);
    let (beside, reserve) = (pair(|p| stock.beside[of(p)]), pair(|p| stock.reserve[of(p)]));
    let plan = &mut scratch.plans[me];
    plan.frontier.trace(table(0), table(1), &values.linear);
    let h = s.breakdown;
    let (turns, end) = match is_regular(setup) {
        Some(gap) => {
            let first = setup.calendar.meetings.first().map_or(0, |m| m.0);
            let sessions = setup.rounds.saturating_sub(first).div_ceil(gap);
            (sessions * exchanges, pair(|p| h * sides[p].outside))
        }
        None => (exchanges, reserve),
    };
    let frontier = &plan.frontier;
    let numbers = frontier.own.iter().chain(&frontier.other).chain(&beside).chain(&end);
    let patience = pair(|p| sides[p].patience);
    let gap = is_regular(setup).unwrap_or(0);
    let key: Vec<u64> = numbers
        .chain(&patience)
        .chain(&[h, s.opener as f64, f64::from(turns), sides[0].outside, sides[1].outside])
        .chain(&[f64::from(exchanges), f64::from(gap)])
        .map(|x| x.to_bits())
        .collect();
    if key == plan.key {
        return;
    }
    let first = setup.alternate.filter(|_| gap > 0).unwrap_or(s.opener);
    let turns: Vec<induction::Turn> = (0..turns)
        .map(|i| {
            let new_session = i % exchanges == 0;
            let rounds = if new_session { gap } else { 0 };
            induction::Turn {
                by: if i % 2 == 0 { first } else { 1 - first },
                discount: patience.map(|d| crate::world::maths::power(d, rounds)),
                breakdown: if new_session { 1.0 - crate::world::maths::power(1.0 - h, rounds) } else { 0.0 },
            }
        })
        .collect();
    let game = induction::Game { frontier, beside, outside: pair(|p| sides[p].outside), end };
    induction::solve(&game, &turns, &mut plan.out);
    plan.key = key;
}

/// Offers walk down a frontier and seldom turn back, so their sums are carried along.
#[derive(Debug, Clone, Copy, Default)]
struct Walk {
    here: Point,
    summed: bool,
    started: bool,
    noticed: Point,
    /// Sums at the last whole concession: the proposer's value, the other's, the proposer's by dimension.
    whole: usize,
    mine: f64,
    yours: f64,
    dims: [f64; 3],
}

impl Walk {
    fn go(&mut self, view: &Frontier, values: &Values, p: usize, to: Point) {
        let q = 1 - p;
        if !self.summed || to.whole < self.whole {
            self.summed = true;
            let sum = |table: &[crate::table::values::Points]| {
                table.iter().zip(&view.start).map(|(points, at)| points[*at as usize]).sum::<f64>()
            };
            self.whole = 0;
            (self.mine, self.yours) = (sum(&values.own[p]), sum(&values.own[q]));
            self.dims = [0.0; 3];
            for (i, at) in view.start.iter().enumerate() {
                for (x, points) in self.dims.iter_mut().zip(values.dimensions(p, i)) {
                    *x += points[*at as usize];
                }
            }
        }
        while self.whole < to.whole {
            let k = self.whole;
            self.mine += view.gain(&values.own[p], k, 1.0);
            self.yours += view.gain(&values.own[q], k, 1.0);
            let run = &view.runs[k];
            let (from, to) = run.ends();
            for (x, d) in self.dims.iter_mut().zip(values.dimensions(p, run.lever())) {
                *x += d[to] - d[from];
            }
            self.whole += 1;
        }
        self.here = to;
    }

    /// What the offer is worth to its proposer, to the other, and to the proposer by dimension.
    fn at(&self, view: &Frontier, values: &Values, p: usize) -> (f64, f64, [f64; 3]) {
        let (mut mine, mut yours, mut dims) = (self.mine, self.yours, self.dims);
        if self.here.part > 0.0 && self.whole < view.runs.len() {
            mine += view.gain(&values.own[p], self.whole, self.here.part);
            yours += view.gain(&values.own[1 - p], self.whole, self.here.part);
            let run = &view.runs[self.whole];
            let position = run.at(self.here.part);
            for (x, d) in dims.iter_mut().zip(values.dimensions(p, run.lever())) {
                *x += crate::table::values::at(d, position) - d[run.ends().0];
            }
        }
        (mine, yours, dims)
    }

    /// Levers conceded since the last offer matter less to the proposer, so far as the hearer can tell.
    fn notice(&mut self, view: &Frontier, values: &Values, importance: &mut [f64], rate: f64) {
        if self.started {
            let last = (self.here.whole + usize::from(self.here.part > 0.0)).min(view.runs.len());
            for run in &view.runs[self.noticed.whole.min(last)..last] {
                importance[values.open[run.lever()]] *= 1.0 - rate;
            }
            let mean = values.open.iter().map(|l| importance[*l]).sum::<f64>() / values.open.len().max(1) as f64;
            for l in &values.open {
                importance[*l] /= mean.max(1e-9);
            }
        }
        self.noticed = self.here;
        self.started = true;
    }
}

/// What the other's pledges in a package are worth to party p, at the other's word.
fn promised(setup: &Setup, values: &Values, p: usize, positions: &[f64]) -> f64 {
    let mut sum = 0.0;
    for ((l, table), position) in values.open.iter().zip(&values.own[p]).zip(positions) {
        let lever = &setup.levers[*l];
        if lever.is_pledge() && lever.holder == 1 - p {
            sum += crate::table::values::at(table, *position);
        }
    }
    sum
}

/// A package as moves, those too small to see left out.
fn moves(s: &Situation, values: &Values, positions: &[f64]) -> Vec<Move> {
    let all = values.open.iter().enumerate().map(|(i, &lever)| Move {
        lever,
        from: s.levels[lever],
        to: values.level(i, positions[i]),
    });
    all.filter(|m| (m.to - m.from).abs() > 1e-9).collect()
}

fn note_opening(setup: &Setup, s: &Situation, stock: &Stock, rational: &[bool; 2], scratch: &Scratch, trace: &Trace) {
    if trace.on() {
        let aspiration = pair(|p| asks(setup, s, scratch, stock, p, 0, rational[p]));
        let what = What::Session {
            session: s.session,
            leaders: s.leaders,
            opener: s.opener,
            levels: s.levels[..setup.levers.len()].to_vec(),
            reserve: stock.reserve,
            aspiration,
        };
        trace.note(s.round, Phase::Bargain, None, what);
    }
}
