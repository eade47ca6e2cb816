//! Rooms to work in, kept from session to session; nothing in them outlives one.

use super::ear::Ear;
use super::home::Home;
use crate::table::frontier::Frontier;
use crate::table::situation::Situation;
use crate::table::values::Values;
use crate::world::maths::ln;
use crate::world::setup::Setup;
use crate::world::trace::Move;

/// Rooms to work in.
#[derive(Debug, Default)]
pub struct Scratch {
    /// The tables of values.
    pub values: Values,
    /// Each side's frontier as it sees it: from its best package to what it thinks is the other's.
    pub views: [Frontier; 2],
    /// The true frontier, from the first party's best package to the second's.
    pub truth: Frontier,
    /// The offer being looked at, as positions on the grids of the open levers.
    pub(super) positions: Vec<f64>,
    /// What each side makes of what it hears.
    pub(super) ears: [Ear; 2],
    /// How each side thinks a package would fare at home.
    pub(super) homes: [Home; 2],
    /// What each mind has thought through from the end.
    pub(super) plans: [Plan; 2],
    /// The logarithm of the time at each exchange.
    pub(super) ln_time: LnTime,
}

/// What the recursion of full information found, and for what; the next session often asks the same.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) frontier: Frontier,
    pub(super) key: Vec<u64>,
    pub(super) out: Vec<[f64; 2]>,
}

/// The logarithm of the time at each exchange of a round: the same for every session of that round with as many of
/// them.
#[derive(Debug, Default)]
pub(super) struct LnTime {
    of: Option<(u32, u32)>,
    ln: Vec<f64>,
}

impl LnTime {
    /// Works it out for a session, unless the last one had the same.
    pub(super) fn wind(&mut self, setup: &Setup, s: &Situation) {
        let exchanges = setup.scenario.talks.exchanges.get();
        if self.of != Some((s.round, exchanges)) {
            self.of = Some((s.round, exchanges));
            self.ln.clear();
            self.ln.extend((0..=exchanges).map(|e| ln(time(setup, s, e))));
        }
    }
    /// At an exchange.
    pub(super) fn at(&self, e: u32) -> f64 {
        self.ln[e as usize]
    }
}

/// Time in rounds at exchange `e`, exchanges counted as parts of a round.
pub(super) fn time(setup: &Setup, s: &Situation, e: u32) -> f64 {
    f64::from(s.round) + f64::from(e) / f64::from(setup.scenario.talks.exchanges.get().max(1))
}

impl Scratch {
    /// The levels of the offer being looked at, where they differ from where the levers stand.
    pub fn package(&self, s: &Situation) -> Vec<(usize, f64)> {
        self.moves(s).iter().map(|m| (m.lever, m.to)).collect()
    }

    /// The offer being looked at as moves, those too small to see left out.
    pub(super) fn moves(&self, s: &Situation) -> Vec<Move> {
        let all = self.values.open.iter().enumerate().map(|(i, &lever)| Move {
            lever,
            from: s.levels[lever],
            to: self.values.level(i, self.positions[i]),
        });
        all.filter(|m| (m.to - m.from).abs() > 1e-9).collect()
    }
}
