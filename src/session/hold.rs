//! A session: exchanges of offers between two sides who have taken stock.
//!
//! Each offer is the package that gives the other most for what its proposer wants to keep; each side takes an offer
//! by its rule of acceptance, never below what waiting is worth and never at a loss. A session is stepped: where a seat
//! held from outside has to decide, it stands still and goes on from there.

use super::ask::asks;
use super::distances::{Signed, measure};
use super::ear::{learn, listen};
use super::home::{Home, Sitting};
use super::place::Place;
use super::plan::plan;
pub use super::scratch::Scratch;
use super::scratch::time;
use super::seat::{self, Said};
use super::stock::{Stock, share_of, take_stock};
use super::walk::Walk;
use crate::scenario::rules::Switch;
use crate::scenario::talks::Reserve;
use crate::strategies::accept;
use crate::table::regret::Weighed;
use crate::table::situation::{EXCHANGES_MAX, Situation};
use crate::table::tactics::{ModelOf, Tactics};
use crate::table::values::{Points, Values, at, worth};
use crate::world::orders::Ask;
use crate::world::phase::Phase;
use crate::world::rows::{is_set, pair};
use crate::world::setup::Setup;
use crate::world::trace::{Refusal, What};

/// What a session came to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outcome {
    /// What was initialled, if anything.
    pub signed: Option<Signed>,
    /// The party that said yes.
    pub accepted_by: usize,
    /// How far they came, 0 to 1: what each was offered at best, as a share of its first ask.
    pub progress: [f64; 2],
}

/// What a session is before it has come to anything.
pub const NOTHING: Outcome = Outcome { signed: None, accepted_by: 0, progress: [0.0; 2] };

/// Holds a session of the engine's own, from its first offer to its end; agreed levels are left in `agreed`.
///
/// # Panics
/// Where a seat held from outside has a decision to make that is not filed.
pub fn hold(place: &mut Place, agreed: &mut [f64]) -> Outcome {
    let mut session = Session::sit(place);
    session.go(place, agreed).expect("nobody outside is asked")
}

/// A session under way.
#[derive(Debug)]
pub struct Session {
    stock: Stock,
    exchanges: u32,
    /// The exchange that is under way.
    turn: u32,
    /// The offer that is on the table.
    put: Option<Put>,
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
#[derive(Debug)]
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

/// An offer on the table, as the other side looks at it.
#[derive(Debug)]
struct Put {
    offer: Offer,
    /// What the other would ask for next.
    next: f64,
    /// Its proposer would sign it.
    meant: bool,
    /// The other likes it, but does not dare to take it home.
    fails_at_home: bool,
    /// The other's rule of acceptance says yes.
    by_rule: bool,
}

impl Session {
    /// Both sides sit down and take stock.
    pub fn sit(place: &mut Place) -> Session {
        let Place { setup, s, scratch, orders, .. } = place;
        scratch.ln_time.wind(setup, s);
        let mut stock = take_stock(setup, s, scratch, pair(|p| orders.outside(p)));
        if Home::votes(setup) {
            foresee(setup, s, scratch, &mut stock);
        }
        let rational = pair(|p| s.sides[p].tactics[0].kind == Tactics::BackwardInduction);
        for mind in 0..2 {
            if (0..2).any(|p| rational[p] && stock.mind(p) == mind) {
                plan(setup, s, scratch, &stock, mind);
            }
        }
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
        let session = Session {
            exchanges: setup.scenario.talks.exchanges.get().min(EXCHANGES_MAX as u32),
            turn: 0,
            put: None,
            heard: [[0.0; EXCHANGES_MAX]; 2],
            counts: [0; 2],
            best: [f64::NEG_INFINITY; 2],
            walks: [Walk::default(); 2],
            planned_ask: [None; 2],
            stock,
            rational,
            learns,
        };
        session.note_opening(place);
        session
    }

    /// Goes on to its end, or to where a seat held from outside has to decide: then nothing, and it goes on from there
    /// once that is filed. Agreed levels are left in `agreed`.
    pub fn go(&mut self, place: &mut Place, agreed: &mut [f64]) -> Option<Outcome> {
        while self.turn < self.exchanges {
            let put = match self.put.take() {
                Some(put) => put,
                None => {
                    let offer = self.offer(place)?;
                    self.hear(place, &offer);
                    self.looked_at(place, offer)
                }
            };
            let Some(yes) = self.is_taken(place, &put) else {
                self.put = Some(put);
                return None;
            };
            if yes {
                let signed = self.initial(place, &put.offer, agreed);
                return Some(self.over(place, Some(signed), 1 - put.offer.by));
            }
            self.turn += 1;
        }
        Some(self.over(place, None, 0))
    }

    /// Both sides get up, and think of what they heard.
    fn over(&self, place: &mut Place, signed: Option<Signed>, accepted_by: usize) -> Outcome {
        let progress = self.progress();
        for q in 0..2 {
            if let Some(model) = self.learns[q] {
                let Scratch { values, ears, .. } = &mut *place.scratch;
                learn(place.setup, place.s, values, &mut ears[q], q, model);
            }
        }
        if signed.is_none() {
            place.trace.note(place.s.round, Phase::Bargain, None, What::NoAgreement { progress: mean(progress) });
        }
        Outcome { signed, accepted_by, progress }
    }

    /// What a party asks for at an exchange.
    fn asks(&self, place: &Place, p: usize, e: u32) -> f64 {
        asks(place.setup, place.s, place.scratch, &self.stock, p, e, self.rational[p])
    }

    /// What the party whose turn it is asks for, and the package that costs it the rest; nothing where it has to be asked.
    fn offer(&mut self, place: &mut Place) -> Option<Offer> {
        let e = self.turn;
        let p = if e.is_multiple_of(2) { place.s.opener } else { 1 - place.s.opener };
        let q = 1 - p;
        let ask = self.planned_ask[p].unwrap_or_else(|| self.asks(place, p, e));
        let beside = self.stock.beside;
        let order = match seat::offer(place, p, e, [self.stock.reserve[p], ask, beside[p]]) {
            Said::Missing => return None,
            Said::Engine => None,
            Said::Decided(levels) => Some(levels),
        };
        self.planned_ask[p] = None;
        let Scratch { values, views, positions, ears, .. } = &mut *place.scratch;
        let ear = self.learns[q].map(|_| &ears[q].hearing);
        let (mine, yours, weighed) = match &order {
            Some(levels) => {
                seat::positions(values, place.s, levels, positions);
                let table = |t: &[Points]| worth(t, positions);
                let weighed = ear.map_or([0.0; 5], |ear| ear.weigh(positions));
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
        Some(Offer { by: p, exchange: e, order, worth: if p == 0 { [mine, yours] } else { [yours, mine] }, weighed })
    }

    /// The other side hears the offer and learns from it.
    fn hear(&mut self, place: &mut Place, offer: &Offer) {
        let q = 1 - offer.by;
        let worth = offer.worth[q];
        self.best[q] = self.best[q].max(worth);
        self.heard[q][self.counts[q]] = worth;
        self.counts[q] += 1;
        let hearer = &mut place.s.sides[q];
        let share = share_of(worth, self.stock.top[q]);
        if !is_set(hearer.heard_first) {
            (hearer.heard_first, hearer.heard_best) = (share, share);
        }
        hearer.heard_best = hearer.heard_best.max(share);
        if let Reserve::Learned { rate } = place.setup.scenario.talks.reserve {
            hearer.heard_value += rate.get() * (worth.max(0.0) - hearer.heard_value);
        }
        if self.learns[q].is_some() {
            place.scratch.ears[q].hearing.hear(offer.weighed);
        }
    }

    /// Whether an offer is one that a party would sign, as its worth goes.
    fn enough(&self, offer: &Offer, party: usize) -> bool {
        offer.worth[party] >= self.stock.reserve[party].max(0.0) - self.stock.slack[party]
    }

    /// Whether a party that would sign an offer dares to take it home: the package at the room's positions.
    fn dares(&self, place: &Place, offer: &Offer, party: usize) -> bool {
        let Scratch { values, positions, homes, .. } = &*place.scratch;
        homes[party].gain(place.setup, values, party, positions, offer.worth[party]) >= -self.stock.slack[party]
    }

    /// The other side looks at the offer and thinks of what it would ask for itself.
    fn looked_at(&mut self, place: &mut Place, offer: Offer) -> Put {
        let (p, e) = (offer.by, offer.exchange);
        let q = 1 - p;
        // One who thinks from the end knows what refusing this very offer is worth.
        let next = self.asks(place, q, if self.rational[q] { e } else { e + 1 });
        // Nothing changes for q until its own turn, so what it would ask for next is what it will ask for.
        self.planned_ask[q] = (!self.rational[q]).then_some(next);
        let late = time(place.setup, place.s, e + 1) / place.s.sides[q].date;
        let (slack, heard) = (self.stock.slack[q], &self.heard[q][..self.counts[q]]);
        let look = accept::Look { worth: offer.worth[q], next, slack, late, heard };
        // An outside seat's own offer is one it is willing to sign.
        let mut meant = offer.order.is_some() || self.enough(&offer, p);
        let mut by_rule = meant && self.enough(&offer, q) && accept::says_yes(&place.s.sides[q].accept, &look);
        let asked = place.trace.on() || place.orders.holds(q, Ask::Answer(e));
        let foreseen = self.stock.votes && (by_rule || asked);
        let counts = self.learns[q] == Some(ModelOf::Frequency);
        let laid_out = asked || by_rule || counts;
        if offer.order.is_none() && laid_out {
            place.scratch.views[p].positions(self.walks[p].here, &mut place.scratch.positions);
        }
        meant &= offer.order.is_some() || !foreseen || self.dares(place, &offer, p);
        let fails_at_home = meant && by_rule && foreseen && !self.dares(place, &offer, q);
        by_rule &= meant && !fails_at_home;
        if counts {
            let Scratch { positions, ears, .. } = &mut *place.scratch;
            ears[q].counting.hear(positions, offer.weighed[4]);
        }
        Put { offer, next, meant, fails_at_home, by_rule }
    }

    /// Whether the other side takes the offer; nothing where it has to be asked.
    fn is_taken(&self, place: &Place, put: &Put) -> Option<bool> {
        let Put { offer, next, meant, by_rule, .. } = put;
        let (q, e) = (1 - offer.by, offer.exchange);
        let about = seat::Answer {
            worth: offer.worth[q],
            reserve: self.stock.reserve[q],
            next: *next,
            beside: self.stock.beside[q],
            last: e + 1 == self.exchanges,
        };
        let said = match seat::answer(place, q, e, about) {
            Said::Missing => return None,
            Said::Engine => None,
            Said::Decided(yes) => Some(yes),
        };
        let yes = said.map_or(*by_rule, |said| said && *meant);
        if place.trace.on() {
            self.note_offer(place, offer, *next, (!yes).then(|| self.refusal(put, said)));
        }
        Some(yes)
    }

    /// Why an offer is refused.
    fn refusal(&self, put: &Put, said: Option<bool>) -> Refusal {
        let Put { offer, meant, fails_at_home, .. } = put;
        let q = 1 - offer.by;
        if said == Some(false) {
            Refusal::Said
        } else if offer.worth[q] < -self.stock.slack[q] {
            Refusal::Loss
        } else if !self.enough(offer, q) {
            Refusal::BelowReserve
        } else if !meant {
            Refusal::ProposerLoses
        } else if *fails_at_home {
            Refusal::FailsAtHome
        } else {
            Refusal::BelowAsk
        }
    }

    /// The offer is initialled: its levels go into `agreed`; how good it is.
    fn initial(&self, place: &mut Place, offer: &Offer, agreed: &mut [f64]) -> Signed {
        let q = 1 - offer.by;
        let Scratch { values, positions, truth, .. } = &mut *place.scratch;
        for (i, l) in values.open.iter().enumerate() {
            if offer.order.as_ref().is_none_or(|levels| levels.iter().any(|(named, _)| named == l)) {
                agreed[*l] = values.level(i, positions[i]);
            }
        }
        let signed = measure(values, truth, positions, offer.worth, self.stock.beside, self.stock.reserve);
        let pledges = pair(|p| promised(place.setup, values, p, positions));
        if place.trace.on() {
            let what = What::Initialled { package: place.scratch.moves(place.s), worth: offer.worth, accepted_by: q };
            place.trace.note(place.s.round, Phase::Bargain, Some(q), what);
        }
        Signed { pledges, ..signed }
    }

    /// How far they came: the best offer that each heard, as a share of its first ask.
    fn progress(&self) -> [f64; 2] {
        let came = |p: usize| share_of(self.best[p], self.stock.top[p]).max(0.0);
        pair(|p| if self.counts[p] > 0 { came(p) } else { 0.0 })
    }

    fn note_opening(&self, place: &Place) {
        if place.trace.on() {
            let what = What::Session {
                session: place.s.session,
                leaders: place.s.leaders,
                opener: place.s.opener,
                levels: place.s.levels[..place.setup.levers.len()].to_vec(),
                reserve: self.stock.reserve,
                aspiration: pair(|p| self.asks(place, p, 0)),
            };
            place.trace.note(place.s.round, Phase::Bargain, None, what);
        }
    }

    fn note_offer(&self, place: &Place, offer: &Offer, asks: f64, refused: Option<Refusal>) {
        let what = What::Offer {
            exchange: offer.exchange,
            package: place.scratch.moves(place.s),
            worth: offer.worth,
            asks,
            reserve: self.stock.reserve[1 - offer.by],
            refused,
        };
        place.trace.note(place.s.round, Phase::Bargain, Some(offer.by), what);
    }
}

/// Both think of the votes at home: what each begins with and where it stops coming down.
fn foresee(setup: &Setup, s: &Situation, scratch: &mut Scratch, stock: &mut Stock) {
    let Scratch { values, views, homes, .. } = scratch;
    stock.votes = true;
    let Stock { beside, reserve, read_annuity, read_cost, outside, .. } = *stock;
    let sitting = Sitting { beside, reserve, read_annuity, read_cost, outside };
    for p in 0..2 {
        homes[p].look(setup, s, values, &sitting, p);
        let asks = [stock.top[p], stock.reserve[p], stock.beside[p]];
        [stock.top[p], stock.last[p]] = homes[p].span(setup, values, &views[p], p, asks);
    }
}

/// How far the two came together.
pub fn mean(progress: [f64; 2]) -> f64 {
    0.5 * (progress[0] + progress[1])
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
