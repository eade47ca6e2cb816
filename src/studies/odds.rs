//! Odds: a told game forked into many futures after each round, and the decisions after which they moved most.
//!
//! The odds after a round are the shares of classes among futures that go on from the state at its end with fresh
//! dice. [`View::Truth`] plays on from what is; the view of a seat first draws anew, once a future, what the seat cannot
//! see of the other side (see [`super::redraw`]), so that its odds are a belief and leak nothing. What would have been
//! is found by playing the round again from its start with the same dice and one decision turned round, and forking
//! what comes of it with the same futures' dice: both odds differ by the decision alone.

use std::sync::atomic::Ordering::Relaxed;

use super::futures::{Futures, play_on};
use super::redraw::redraw;
use crate::batch::play::{Watch, threads};
use crate::error::Error;
use crate::record::metrics::{class_lane, classes};
use crate::round;
use crate::world::cohort::Games;
use crate::world::dice::Key;
use crate::world::orders::{Ask, At, Order, Orders};
use crate::world::over::all_over;
use crate::world::phase::Phase;
use crate::world::setup::Setup;
use crate::world::state::State;
use crate::world::trace::{Note, Refusal, What};

/// Whose odds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// All is known but chance.
    Truth,
    /// What this party knows.
    Seat(usize),
    /// What whoever holds this party's seat from outside knows: the other's weights are a secret, whatever the strategy
    /// that stands in would know of them.
    Held(usize),
}

impl View {
    /// The party whose odds they are; none in truth.
    pub fn seat(self) -> Option<usize> {
        match self {
            View::Truth => None,
            View::Seat(p) | View::Held(p) => Some(p),
        }
    }
}

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Asked {
    /// The dice of the told game.
    pub key: Key,
    /// Its number.
    pub game: u64,
    /// Futures after each round.
    pub futures: u64,
    /// Whose odds.
    pub view: View,
    /// How many threads.
    pub threads: usize,
}

impl Asked {
    /// A game of a seed, in truth, on all threads.
    pub fn new(seed: u64, game: u64, futures: u64) -> Asked {
        Asked { key: Key::of_seed(seed), game, futures, view: View::Truth, threads: threads() }
    }
}

/// Futures by the class they end in, in the order of [`classes`].
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Odds {
    /// Futures of each class.
    pub counts: Vec<u64>,
}

impl Odds {
    /// How many futures there are.
    pub fn futures(&self) -> u64 {
        self.counts.iter().sum()
    }
    /// The share of each class.
    pub fn shares(&self) -> Vec<f64> {
        let n = self.futures().max(1) as f64;
        self.counts.iter().map(|c| *c as f64 / n).collect()
    }
    /// How far other odds are: the share of futures that end in another class (half the sum of differences).
    pub fn moved(&self, to: &Odds) -> f64 {
        0.5 * self.shares().iter().zip(to.shares()).map(|(a, b)| (a - b).abs()).sum::<f64>()
    }
    /// How far two draws of such odds lie apart by chance alone, about.
    fn chance(&self, to: &Odds) -> f64 {
        let n = self.futures().min(to.futures()).max(1) as f64;
        let each = self.shares().into_iter().zip(to.shares()).map(|(a, b)| {
            let p = 0.5 * (a + b);
            (2.0 * p * (1.0 - p) / n).sqrt()
        });
        0.5 * each.sum::<f64>()
    }
}

/// A game told, with its state at the start of each round.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// The state before round 0, before round 1, ..., at the end.
    pub states: Vec<State>,
    /// What happened.
    pub notes: Vec<Note>,
    /// The class it ended in.
    pub class: usize,
}

/// Plays one game and keeps its states.
pub fn tell(setup: &Setup, key: Key, game: u64) -> Told {
    let mut games = round::cohort(setup, 1);
    games.load(key, game);
    games.tell(true);
    let mut states = vec![games.capture(0)];
    while games.round() < setup.rounds && !all_over(&games) {
        games.step();
        states.push(games.capture(0));
    }
    let mut class = vec![];
    class_lane(&games, &mut class);
    Told { states, notes: games.trace().take(), class: class[0] as usize }
}

/// What a decision was about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Matter {
    /// Whether to extend the truce, or to restore it.
    Truce,
    /// Whether the leaders should meet.
    Invitation,
    /// Whether a package passes at home.
    Ratification,
    /// Whether to take the offer of this exchange.
    Offer(u32),
}

/// A decision of the told game, turned round.
#[derive(Debug, Clone, PartialEq)]
pub struct Otherwise {
    /// What it was about.
    pub matter: Matter,
    /// Who would have decided otherwise.
    pub parties: Vec<usize>,
    /// What they did.
    pub said: bool,
    /// The odds had they done the opposite.
    pub odds: Odds,
}

/// A round after which the odds moved much.
#[derive(Debug, Clone, PartialEq)]
pub struct Turn {
    /// The round.
    pub round: u32,
    /// How far the odds moved.
    pub moved: f64,
    /// What happened in it.
    pub happened: Vec<Note>,
    /// Its decisions, turned round; the one that matters most first.
    pub otherwise: Vec<Otherwise>,
}

/// The odds of a told game.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    /// The odds before the first round, after it, ..., at the end.
    pub odds: Vec<Odds>,
    /// The turning points, in order of round.
    pub turns: Vec<Turn>,
    /// The game.
    pub told: Told,
    /// Stopped before all futures were played: there are fewer, and perhaps no turning points.
    pub interrupted: bool,
}

/// So many turning points are told.
const TURNS: usize = 5;
/// A turning point moves at least this share of the futures to another end.
const TURN: f64 = 0.05;
/// ... and at least so many times what chance alone would move.
const SURE: f64 = 3.0;

/// The odds after each round of a game, and its turning points; watched and stopped from outside.
pub fn course(setup: &Setup, asked: &Asked, watch: &Watch) -> Result<Course, Error> {
    let stopped = || watch.stop.load(Relaxed);
    let told = tell(setup, asked.key, asked.game);
    let odds = fork_all(setup, asked, &told.states, watch)?;
    let mut moves: Vec<(usize, f64)> = odds
        .windows(2)
        .enumerate()
        .map(|(r, w)| (r, w[0].moved(&w[1]), w[0].chance(&w[1])))
        .filter(|(_, moved, chance)| *moved >= TURN && *moved >= SURE * chance)
        .map(|(r, moved, _)| (r, moved))
        .collect();
    moves.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    moves.truncate(TURNS);
    moves.sort_by_key(|(r, _)| *r);
    let mut turns = vec![];
    for (r, moved) in moves {
        if stopped() {
            break;
        }
        let (start, round) = (&told.states[r], told.states[r].round);
        let happened: Vec<Note> = told.notes.iter().filter(|n| n.round == round).cloned().collect();
        let choices = choices(&happened, asked.view);
        let replayed: Vec<State> =
            choices.iter().map(|c| replay(setup, asked, start, c)).collect::<Result<_, Error>>()?;
        let found = match fork_all(setup, asked, &replayed, watch) {
            Err(Error::Interrupted(_)) => break,
            found => found?,
        };
        let after = &odds[r + 1];
        let mut otherwise: Vec<Otherwise> = choices
            .into_iter()
            .zip(replayed)
            .zip(found)
            .filter(|((_, state), _)| *state != told.states[r + 1]) // nothing hung on it
            .map(|((c, _), odds)| Otherwise { matter: c.matter, parties: c.parties, said: c.said, odds })
            .collect();
        otherwise.sort_by(|a, b| b.odds.moved(after).total_cmp(&a.odds.moved(after)));
        turns.push(Turn { round, moved, happened, otherwise });
    }
    Ok(Course { odds, turns, told, interrupted: stopped() })
}

/// The odds from one state on.
pub fn from_state(setup: &Setup, asked: &Asked, state: &State) -> Result<Odds, Error> {
    from_state_watched(setup, asked, state, &Watch::default())
}

/// The same, watched and stopped from outside.
pub fn from_state_watched(setup: &Setup, asked: &Asked, state: &State, watch: &Watch) -> Result<Odds, Error> {
    let odds = fork_all(setup, asked, std::slice::from_ref(state), watch)?;
    odds.into_iter().next().ok_or_else(|| Error::ours("no state to start from"))
}

/// Forks each state into futures and plays them to the end, over threads; the result is the same on any number.
fn fork_all(setup: &Setup, asked: &Asked, states: &[State], watch: &Watch) -> Result<Vec<Odds>, Error> {
    let futures = Futures { states: states.len(), each: asked.futures, threads: asked.threads };
    let classes = classes(setup).len();
    let start = |games: &mut Games, s: usize, first: u64| fork(games, asked, &states[s], first);
    let parts = play_on(setup, futures, watch, start, |games, n| counted(games, n, classes))?;
    let mut odds = vec![Odds { counts: vec![0; classes] }; states.len()];
    for (s, counts) in parts {
        odds[s].counts.iter_mut().zip(counts).for_each(|(sum, n)| *sum += n);
    }
    if odds.iter().any(|odds| odds.futures() == 0) {
        return Err(Error::Interrupted("stopped before a future of each state was played: nothing can be said".into()));
    }
    Ok(odds)
}

/// The first `n` games of a cohort by the class they ended in.
pub(super) fn counted(games: &Games, n: usize, classes: usize) -> Vec<u64> {
    let (mut lane, mut counts) = (vec![], vec![0; classes]);
    class_lane(games, &mut lane);
    lane[..n].iter().for_each(|class| counts[*class as usize] += 1);
    counts
}

/// Puts futures `first..` of a state into a cohort. [`Asked::futures`] and threads do not matter here.
pub fn fork(games: &mut Games, asked: &Asked, state: &State, first: u64) -> Result<(), Error> {
    let key = asked.key.fork(state.game, u64::from(state.round));
    games.restore(state, key, first)?;
    if let Some(seat) = asked.view.seat() {
        let held = asked.view == View::Held(seat);
        redraw(games, seat, held, key.apart("what the seat cannot see"), first);
    }
    Ok(())
}

/// A decision to be turned round.
#[derive(Debug, Clone, PartialEq)]
struct Choice {
    matter: Matter,
    parties: Vec<usize>,
    said: bool,
    orders: Vec<(At, Order)>,
}

/// Plays a round of the told game again, with its own dice, and one decision turned round.
fn replay(setup: &Setup, asked: &Asked, start: &State, choice: &Choice) -> Result<State, Error> {
    let mut games = round::cohort(setup, 1);
    games.restore(start, asked.key, asked.game)?;
    games.take_orders(Orders::otherwise(choice.orders.iter().cloned()));
    games.step();
    Ok(games.capture(0))
}

/// The decisions of a round that can be turned round.
///
/// A seat is not told what would have come of an offer it took or refused: whether the package would then have passed
/// at home on the other side is not for it to know. What follows from the other matters is plain.
fn choices(happened: &[Note], view: View) -> Vec<Choice> {
    let mut out = vec![];
    if view == View::Truth {
        offers(happened, &mut out);
    }
    let votes = |matter: Matter, ask: Ask, said: &dyn Fn(&What) -> Option<bool>, out: &mut Vec<Choice>| {
        let votes: Vec<(usize, u32, bool)> =
            happened.iter().filter_map(|n| Some((n.party?, n.round, said(&n.what)?))).collect();
        // Where all said yes, one no would have been enough; where someone said no, all who did would have had to turn.
        let against: Vec<&(usize, u32, bool)> = votes.iter().filter(|v| !v.2).collect();
        let turned: Vec<&(usize, u32, bool)> =
            if against.is_empty() { votes.iter().take(1).collect() } else { against.clone() };
        if !turned.is_empty() {
            let parties = if against.is_empty() { &votes.iter().collect() } else { &turned };
            out.push(Choice {
                matter,
                parties: parties.iter().map(|v| v.0).collect(),
                said: against.is_empty(),
                orders: turned
                    .iter()
                    .map(|(party, round, said)| (At { round: *round, party: *party, ask }, Order::Say(!said)))
                    .collect(),
            });
        }
    };
    let passed = |what: &What| match what {
        What::Passed { .. } => Some(true),
        What::Rejected { .. } => Some(false),
        _ => None,
    };
    votes(Matter::Ratification, Ask::Ratify, &passed, &mut out);
    let consent = |what: &What| if let What::Consent { gives, .. } = what { Some(*gives) } else { None };
    votes(Matter::Truce, Ask::Extend, &consent, &mut out);
    let accepts = |what: &What| if let What::Invitation { accepts, .. } = what { Some(*accepts) } else { None };
    votes(Matter::Invitation, Ask::Invitation, &accepts, &mut out);
    out
}

/// The offer that was taken; where none was, the last that each side refused and could have had.
fn offers(happened: &[Note], out: &mut Vec<Choice>) {
    let mut last: [Option<Choice>; 2] = [None, None];
    for n in happened.iter().filter(|n| n.phase == Phase::Bargain) {
        let (What::Offer { exchange, refused, .. }, Some(from)) = (&n.what, n.party) else { continue };
        let hearer = 1 - from;
        let choice = |said: bool| Choice {
            matter: Matter::Offer(*exchange),
            parties: vec![hearer],
            said,
            orders: vec![(At { round: n.round, party: hearer, ask: Ask::Answer(*exchange) }, Order::Say(!said))],
        };
        match refused {
            None => {
                out.push(choice(true));
                return;
            }
            Some(Refusal::ProposerLoses) => {}
            Some(_) => last[hearer] = Some(choice(false)),
        }
    }
    out.extend(last.into_iter().flatten());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::play::{Plan, Watch, batch};
    use crate::batch::summary::Share;
    use crate::game::testing::stockholm;
    use crate::mechanisms::talks::HeardBest;
    use crate::strategies::offer::TacticPace;
    use crate::world::components::{
        Annuity, Date, DealCost, GovProsperity, GovSecurity, Honesty, Intends, Optimism, Patience, Politics, Prestige,
        Prosperity, Security,
    };

    /// By the law of total probability the odds before round 0, over all games, are the batch's shares.
    #[test]
    fn odds_over_games_are_the_shares_of_a_batch() {
        let setup = stockholm();
        let played = batch(&setup, &Plan::new(9, 4000), &Watch::default()).unwrap().summary;
        let mut games = round::cohort(&setup, 600);
        games.load(Key::of_seed(77), 0);
        for after in [0, 9] {
            while games.round() < after {
                games.step();
            }
            let mut sum = [0_u64; 4];
            for game in (0..600).step_by(if after == 0 { 1 } else { 3 }) {
                let state = games.capture(game);
                let odds = from_state(&setup, &Asked::new(77, game as u64, 8), &state).unwrap();
                sum.iter_mut().zip(&odds.counts).for_each(|(a, b)| *a += b);
            }
            let n = sum.iter().sum::<u64>();
            for (class, (odds, share)) in sum.iter().zip(&played.classes).enumerate() {
                // Futures of one game are alike: as if there were as many futures as games, at the worst.
                let at_worst = n / 8;
                let a = Share::of(odds / 8, at_worst).unwrap();
                let b = Share::of(*share, played.games).unwrap();
                assert!(a.low < b.high && b.low < a.high, "class {class} after {after}: {a:?} {b:?}");
            }
        }
    }

    #[test]
    fn the_course_ends_in_certainty_and_is_the_same_on_any_threads() {
        let setup = stockholm();
        let asked = Asked { threads: 1, ..Asked::new(1, 0, 150) };
        let course = super::course(&setup, &asked, &Watch::default()).unwrap();
        assert_eq!(course.odds.len(), setup.rounds as usize + 1);
        assert_eq!(course.odds.last().unwrap().counts[course.told.class], 150);
        assert!(course.odds.iter().all(|o| o.futures() == 150));
        assert!(!course.turns.is_empty());
        let again = super::course(&setup, &Asked { threads: 2, ..asked }, &Watch::default()).unwrap();
        assert_eq!(course, again);
    }

    /// Whatever the other side hides, the seat's odds stay the same; the truth's do not.
    #[test]
    fn a_seat_sees_nothing_of_the_others_type() {
        let setup = stockholm();
        let mut games = round::cohort(&setup, 1);
        games.load(Key::of_seed(3), 8);
        for _ in 0..8 {
            games.step();
        }
        let state = games.capture(0);
        let mut other = state.clone();
        let change: [fn(&mut State, usize, f64) -> bool; 14] = [
            State::put::<Prosperity>,
            State::put::<Security>,
            State::put::<Politics>,
            State::put::<Prestige>,
            State::put::<Patience>,
            State::put::<Date>,
            State::put::<Optimism>,
            State::put::<Honesty>,
            State::put::<GovSecurity>,
            State::put::<GovProsperity>,
            State::put::<Annuity>,
            State::put::<DealCost>,
            State::put::<Intends>,
            State::put::<HeardBest>,
        ];
        for (i, put) in change.iter().enumerate() {
            assert!(put(&mut other, 1, 0.11 + 0.05 * i as f64));
        }
        assert!(other.put::<TacticPace>(setup.tactics, 0.85));
        let ask = |view, state| from_state(&setup, &Asked { view, ..Asked::new(3, 8, 400) }, state).unwrap();
        assert_eq!(ask(View::Seat(0), &state), ask(View::Seat(0), &other));
        assert!(ask(View::Truth, &state).moved(&ask(View::Truth, &other)) > 0.02);
    }

    #[test]
    fn a_decision_turned_round_is_the_only_difference() {
        let setup = stockholm();
        let (mut extensions, mut offers, mut differ) = (0, 0, 0);
        for game in 0..12 {
            let asked = Asked::new(1, game, 10);
            let told = tell(&setup, asked.key, game);
            for start in &told.states[..told.states.len() - 1] {
                let happened: Vec<Note> = told.notes.iter().filter(|n| n.round == start.round).cloned().collect();
                let same = Choice { matter: Matter::Truce, parties: vec![], said: true, orders: vec![] };
                let next = &told.states[start.round as usize + 1];
                assert_eq!(replay(&setup, &asked, start, &same).unwrap(), *next);
                for c in choices(&happened, View::Truth) {
                    let state = replay(&setup, &asked, start, &c).unwrap();
                    match c.matter {
                        Matter::Truce => {
                            extensions += 1;
                            assert_ne!(state.rows["Expiry"], next.rows["Expiry"]);
                        }
                        Matter::Offer(_) if c.said => {
                            offers += 1;
                            assert_eq!(state.rows["Level"].len(), next.rows["Level"].len());
                            // The same package may be signed an exchange later, and nothing else differ.
                            differ += usize::from(state != *next);
                        }
                        _ => {}
                    }
                }
            }
        }
        assert!(extensions > 5 && offers > 3 && 2 * differ > offers, "{extensions} {offers} {differ}");
    }
}
