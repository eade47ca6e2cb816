//! A session: exchanges of offers between two sides who have taken stock.
//!
//! Each offer is the package that gives the other most for what its proposer wants to keep; each side takes an offer
//! by its rule of acceptance, never below what waiting is worth and never at a loss.

use super::ask::asks;
use super::distances::{Signed, measure};
use super::ear::{learn, listen};
use super::plan::plan;
pub use super::scratch::Scratch;
use super::scratch::time;
use super::seat;
use super::stock::{Stock, share_of, take_stock};
use super::walk::Walk;
use crate::scenario::rules::{Reserve, Switch};
use crate::strategies::accept;
use crate::table::regret::Weighed;
use crate::table::situation::{EXCHANGES_MAX, Situation};
use crate::table::tactics::{ModelOf, Tactics};
use crate::table::values::{Points, Values, at, worth};
use crate::world::orders::{Ask, Orders};
use crate::world::phase::Phase;
use crate::world::rows::{is_set, pair};
use crate::world::setup::Setup;
use crate::world::trace::{Refusal, Trace, What};

/// What a session came to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outcome {
    /// What was initialled, if anything.
    pub signed: Option<Signed>,
    /// The party that said yes.
    pub accepted_by: usize,
    /// How far the two came, 0 to 1.
    pub progress: f64,
}

/// Holds a session; heard offers and beliefs are left in the situation, agreed levels in `agreed`.
pub fn hold(
    setup: &Setup,
    s: &mut Situation,
    scratch: &mut Scratch,
    orders: &Orders,
    trace: &Trace,
    agreed: &mut [f64],
) -> Outcome {
    scratch.ln_time.wind(setup, s);
    let stock = take_stock(setup, s, scratch, pair(|p| orders.outside(p)));
    let rational = pair(|p| s.sides[p].tactics[0].kind == Tactics::BackwardInduction);
    for mind in 0..2 {
        if (0..2).any(|p| rational[p] && stock.mind(p) == mind) {
            plan(setup, s, scratch, &stock, mind);
        }
    }
    let mut talk = Talk::begin(setup, s, scratch, orders, trace, stock, rational);
    talk.note_opening();
    let mut out = Outcome { signed: None, accepted_by: 0, progress: 0.0 };
    for e in 0..talk.exchanges {
        let offer = talk.offer(e);
        talk.hear(&offer);
        if talk.takes(&offer) {
            out.signed = Some(talk.initial(&offer, agreed));
            out.accepted_by = 1 - offer.by;
            break;
        }
    }
    out.progress = talk.progress();
    for q in 0..2 {
        if let Some(model) = talk.learns[q] {
            learn(setup, talk.s, &talk.scratch.values, &mut talk.scratch.ears[q], q, model);
        }
    }
    if out.signed.is_none() {
        trace.note(talk.s.round, Phase::Bargain, None, What::NoAgreement { progress: out.progress });
    }
    out
}

/// A session under way.
struct Talk<'a> {
    setup: &'a Setup,
    s: &'a mut Situation,
    scratch: &'a mut Scratch,
    orders: &'a Orders,
    trace: &'a Trace,
    stock: Stock,
    exchanges: u32,
    /// Who thinks the game through from its end.
    rational: [bool; 2],
    /// How each side learns by what it hears; none where it does not.
    learns: [Option<ModelOf>; 2],
    /// What each side was offered, and how many offers that were.
    heard: [[f64; EXCHANGES_MAX]; 2],
    counts: [usize; 2],
    best: [f64; 2],
    walks: [Walk; 2],
    /// What each side will ask for at its next turn, once it has thought of it.
    planned_ask: [Option<f64>; 2],
}

/// An offer.
struct Offer {
    /// The party that makes it.
    by: usize,
    exchange: u32,
    /// The levels, where a seat held from outside makes it.
    order: Option<Vec<(usize, f64)>>,
    /// What it is worth to each, prize and cost included.
    worth: [f64; 2],
    /// As the other weighs it, where it learns by it.
    weighed: Weighed,
}

impl<'a> Talk<'a> {
    fn begin(
        setup: &'a Setup,
        s: &'a mut Situation,
        scratch: &'a mut Scratch,
        orders: &'a Orders,
        trace: &'a Trace,
        stock: Stock,
        rational: [bool; 2],
    ) -> Talk<'a> {
        let on = setup.is_on(Switch::Learning);
        let learns = pair(|q| match s.sides[q].model {
            model @ (ModelOf::Bayes | ModelOf::Frequency) if on => Some(model),
            _ => None,
        });
        for (q, model) in learns.iter().enumerate() {
            if let Some(model) = model {
                listen(setup, s, &scratch.values, &mut scratch.ears[q], q, *model, stock.read[q]);
            }
        }
        Talk {
            exchanges: setup.scenario.talks.exchanges.get().min(EXCHANGES_MAX as u32),
            heard: [[0.0; EXCHANGES_MAX]; 2],
            counts: [0; 2],
            best: [f64::NEG_INFINITY; 2],
            walks: [Walk::default(); 2],
            planned_ask: [None; 2],
            setup,
            s,
            scratch,
            orders,
            trace,
            stock,
            rational,
            learns,
        }
    }

    /// What a party asks for at an exchange.
    fn asks(&self, p: usize, e: u32) -> f64 {
        asks(self.setup, self.s, self.scratch, &self.stock, p, e, self.rational[p])
    }

    /// What the party whose turn it is asks for, and the package that costs it the rest.
    fn offer(&mut self, e: u32) -> Offer {
        let p = if e.is_multiple_of(2) { self.s.opener } else { 1 - self.s.opener };
        let q = 1 - p;
        let ask = self.planned_ask[p].take().unwrap_or_else(|| self.asks(p, e));
        let beside = self.stock.beside;
        let order = seat::offer(self.s, self.scratch, self.orders, p, e, [self.stock.reserve[p], ask, beside[p]]);
        let Scratch { values, views, positions, ears, .. } = &mut *self.scratch;
        let ear = self.learns[q].map(|_| &ears[q].hearing);
        let (mine, yours, weighed) = match &order {
            Some(levels) => {
                seat::positions(values, self.s, levels, positions);
                let table = |t: &[Points]| worth(t, positions);
                let weighed = ear.map_or([0.0; 4], |ear| ear.weigh(positions));
                (table(&values.own[p]), table(&values.own[q]), weighed)
            }
            None => {
                let view = &views[p];
                let point = view.down_to(ask - beside[p]);
                self.walks[p].go(view, values, ear, p, point);
                self.walks[p].at(view, values, ear, p)
            }
        };
        let (mine, yours) = (mine + beside[p], yours + beside[q]);
        Offer { by: p, exchange: e, order, worth: if p == 0 { [mine, yours] } else { [yours, mine] }, weighed }
    }

    /// The other side hears the offer and learns from it.
    fn hear(&mut self, offer: &Offer) {
        let q = 1 - offer.by;
        let worth = offer.worth[q];
        self.best[q] = self.best[q].max(worth);
        self.heard[q][self.counts[q]] = worth;
        self.counts[q] += 1;
        let hearer = &mut self.s.sides[q];
        let share = share_of(worth, self.stock.top[q]);
        if !is_set(hearer.heard_first) {
            (hearer.heard_first, hearer.heard_best) = (share, share);
        }
        hearer.heard_best = hearer.heard_best.max(share);
        if let Reserve::Learned { rate } = self.setup.scenario.talks.reserve {
            hearer.heard_value += rate.get() * (worth.max(0.0) - hearer.heard_value);
        }
        if self.learns[q].is_some() {
            self.scratch.ears[q].hearing.hear(offer.weighed);
        }
    }

    /// Whether an offer is one that a party would sign, as its worth goes.
    fn enough(&self, offer: &Offer, party: usize) -> bool {
        offer.worth[party] >= self.stock.reserve[party].max(0.0) - self.stock.slack[party]
    }

    /// Whether the other side takes the offer.
    fn takes(&mut self, offer: &Offer) -> bool {
        let (p, e) = (offer.by, offer.exchange);
        let q = 1 - p;
        // One who thinks from the end knows what refusing this very offer is worth.
        let next = self.asks(q, if self.rational[q] { e } else { e + 1 });
        // Nothing changes for q until its own turn, so what it would ask for next is what it will ask for.
        self.planned_ask[q] = (!self.rational[q]).then_some(next);
        let late = time(self.setup, self.s, e + 1) / self.s.sides[q].date;
        let (slack, heard) = (self.stock.slack[q], &self.heard[q][..self.counts[q]]);
        let look = accept::Look { worth: offer.worth[q], next, slack, late, heard };
        // An outside seat's own offer is one it is willing to sign.
        let meant = offer.order.is_some() || self.enough(offer, p);
        let willing = meant && self.enough(offer, q);
        let by_rule = willing && accept::says_yes(&self.s.sides[q].accept, &look);
        let counts = self.learns[q] == Some(ModelOf::Frequency);
        let laid_out = self.trace.on() || self.orders.holds(q, Ask::Answer(e)) || by_rule || counts;
        if offer.order.is_none() && laid_out {
            self.scratch.views[p].positions(self.walks[p].here, &mut self.scratch.positions);
        }
        if counts {
            let Scratch { positions, ears, .. } = &mut *self.scratch;
            ears[q].counting.hear(positions, offer.weighed[3]);
        }
        let about = seat::Answer {
            worth: offer.worth[q],
            reserve: self.stock.reserve[q],
            next,
            beside: self.stock.beside[q],
            last: e + 1 == self.exchanges,
        };
        let said = seat::answer(self.s, self.scratch, self.orders, q, e, about);
        let yes = said.map_or(by_rule, |said| said && meant);
        if self.trace.on() {
            self.note_offer(offer, next, (!yes).then(|| self.refusal(offer, said)));
        }
        yes
    }

    /// Why an offer is refused.
    fn refusal(&self, offer: &Offer, said: Option<bool>) -> Refusal {
        let q = 1 - offer.by;
        if said == Some(false) {
            Refusal::Said
        } else if offer.worth[q] < -self.stock.slack[q] {
            Refusal::Loss
        } else if !self.enough(offer, q) {
            Refusal::BelowReserve
        } else if !self.enough(offer, offer.by) {
            Refusal::ProposerLoses
        } else {
            Refusal::BelowAsk
        }
    }

    /// The offer is initialled: its levels go into `agreed`; how good it is.
    fn initial(&mut self, offer: &Offer, agreed: &mut [f64]) -> Signed {
        let q = 1 - offer.by;
        let Scratch { values, positions, truth, .. } = &mut *self.scratch;
        for (i, l) in values.open.iter().enumerate() {
            if offer.order.as_ref().is_none_or(|levels| levels.iter().any(|(named, _)| named == l)) {
                agreed[*l] = values.level(i, positions[i]);
            }
        }
        let signed = measure(values, truth, positions, offer.worth, self.stock.beside, self.stock.reserve);
        let pledges = pair(|p| promised(self.setup, values, p, positions));
        if self.trace.on() {
            let what = What::Initialled { package: self.scratch.moves(self.s), worth: offer.worth, accepted_by: q };
            self.trace.note(self.s.round, Phase::Bargain, Some(q), what);
        }
        Signed { pledges, ..signed }
    }

    /// How far the two came: the mean of the best offers heard, as shares of first asks.
    fn progress(&self) -> f64 {
        let came = |p: usize| share_of(self.best[p], self.stock.top[p]).max(0.0);
        0.5 * pair(|p| if self.counts[p] > 0 { came(p) } else { 0.0 }).iter().sum::<f64>()
    }

    fn note_opening(&self) {
        if self.trace.on() {
            let what = What::Session {
                session: self.s.session,
                leaders: self.s.leaders,
                opener: self.s.opener,
                levels: self.s.levels[..self.setup.levers.len()].to_vec(),
                reserve: self.stock.reserve,
                aspiration: pair(|p| self.asks(p, 0)),
            };
            self.trace.note(self.s.round, Phase::Bargain, None, what);
        }
    }

    fn note_offer(&self, offer: &Offer, asks: f64, refused: Option<Refusal>) {
        let what = What::Offer {
            exchange: offer.exchange,
            package: self.scratch.moves(self.s),
            worth: offer.worth,
            asks,
            reserve: self.stock.reserve[1 - offer.by],
            refused,
        };
        self.trace.note(self.s.round, Phase::Bargain, Some(offer.by), what);
    }
}

/// What the other's pledges in a package are worth to party p, at the other's word.
fn promised(setup: &Setup, values: &Values, p: usize, positions: &[f64]) -> f64 {
    let mut sum = 0.0;
    for ((l, table), position) in values.open.iter().zip(&values.own[p]).zip(positions) {
        let lever = &setup.levers[*l];
        if lever.is_pledge() && lever.holder == 1 - p {
            sum += at(table, *position);
        }
    }
    sum
}
