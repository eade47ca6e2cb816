//! A table: one game of the engine whose decisions come from seats, with a note of who made each.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::game::log::{Held, Push};
use crate::game::table::{Step, Table as Game};
use crate::game::told::{Book, Standing, Told};
use crate::round;
use crate::world::components::{GovPolitics, GovProsperity, GovSecurity, Level};
use crate::world::dice::Key;
use crate::world::heard::Hearer;
use crate::world::orders::{Ask, At, Order, Question, Room};
use crate::world::rows::Value;
use crate::world::setup::Setup;
use crate::world::state::State;
use crate::world::trace::Note;

/// By whom a decision was made: never confused in the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum By {
    /// By people.
    People,
    /// By the draft that stood when the bell rang.
    Draft,
    /// By the engine, for an empty or lost seat.
    Engine,
    /// By the engine, because nobody had decided when the bell rang.
    Bell,
    /// By nobody: the side had done what it does in public in this round.
    Rest,
}

impl By {
    /// In words, after "by".
    pub fn words(self) -> &'static str {
        match self {
            By::People => "people",
            By::Draft => "the draft at the bell",
            By::Engine => "the engine",
            By::Bell => "the engine at the bell",
            By::Rest => "nobody",
        }
    }
}

/// A decision as it was made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Filed {
    /// Where.
    pub at: At,
    /// What.
    pub order: Order,
    /// By whom.
    pub by: By,
}

/// How far a table has come.
#[derive(Debug, Clone, PartialEq)]
pub enum Stop {
    /// A decision is missing.
    Asked(Question),
    /// The round asked for is reached.
    Reached,
    /// The game is over.
    Over,
}

/// One game held from outside.
pub struct PlayedGame {
    game: Game,
    key: Key,
    /// Who held the seats, from which round on.
    pub held: Vec<Held>,
    /// The decisions, in order.
    pub filed: Vec<Filed>,
    /// The events.
    pub pushes: Vec<Push>,
    /// The state at the start of each week played.
    pub states: Vec<State>,
}

impl PlayedGame {
    /// Game `game` of a key, before its first round.
    pub fn new(setup: &Setup, key: Key, game: u64) -> PlayedGame {
        let none = [false; 2];
        PlayedGame {
            game: Game::new(setup, key, game, none, none),
            key,
            held: vec![],
            filed: vec![],
            pushes: vec![],
            states: vec![],
        }
    }

    /// A table as it was written down by another model: `states` begin its weeks, `now` is to be played next.
    pub fn written(
        setup: &Setup,
        key: Key,
        (now, states): (&State, &[State]),
        book: Book,
        (held, filed, pushes): (Vec<Held>, Vec<Filed>, Vec<Push>),
    ) -> Result<PlayedGame, Error> {
        let game = Game::written(setup, key, now.game, now, book)?;
        let states = states.iter().map(|state| state.fitted(game.state())).collect();
        Ok(PlayedGame { game, key, held, filed, pushes, states })
    }

    /// The round to be played next.
    pub fn round(&self) -> u32 {
        self.game.state().round
    }

    /// The decision that is missing.
    pub fn question(&self) -> Option<&Question> {
        self.game.question()
    }

    /// Says who holds the seats from the next round on; within a round nothing changes hands.
    pub fn seat(&mut self, seats: [bool; 2], homes: [bool; 2]) {
        let round = self.round();
        let asked = self.filed.last().is_some_and(|f| f.at.round == round);
        if self.question().is_some() || asked {
            return;
        }
        for p in 0..2 {
            self.game.seat(p, seats[p], homes[p]);
        }
        self.held.retain(|h| h.round != round);
        let now = Held { round, seats, homes };
        let before = self.held.last().map_or(([false; 2], [false; 2]), |h| (h.seats, h.homes));
        if before != (seats, homes) {
            self.held.push(now);
        }
    }

    /// Plays on to the start of round `until`, or to a question.
    pub fn play(&mut self, until: u32) -> Stop {
        loop {
            if self.game.over() {
                return Stop::Over;
            }
            if self.round() >= until {
                return Stop::Reached;
            }
            let before = self.game.state().clone();
            match self.game.advance() {
                Step::Question(question) => return Stop::Asked(question),
                Step::RoundDone => self.states.push(before),
                Step::Over => return Stop::Over,
            }
        }
    }

    /// Files the decision that was asked for; one that the rules do not allow is replaced by doing nothing.
    pub fn answer(&mut self, order: Order, by: By) {
        let Some(question) = self.question().cloned() else { return };
        let (order, by) = match self.game.answer(order.clone()) {
            Ok(()) => (order, by),
            Err(_) => {
                let order = if question.at.ask == Ask::Move { Order::Wait } else { Order::Engine };
                let done = self.game.answer(order.clone());
                debug_assert!(done.is_ok(), "doing nothing is always allowed");
                (order, by)
            }
        };
        self.filed.push(Filed { at: question.at, order, by });
    }

    /// Moves the mood or a lever, before the round to be played next.
    pub fn push(&mut self, tone: f64, lever: Option<(usize, f64)>) {
        self.pushes.push(Push { round: self.round(), tone, lever });
        self.game.disturb(tone, lever);
    }

    /// Where things stand.
    pub fn standing(&self) -> Standing {
        self.game.standing()
    }

    /// One number of the game.
    pub fn number<T: Value>(&self, row: usize) -> f64 {
        self.game.figure::<T>(row)
    }

    /// The weights of a party's government: prosperity, security, politics.
    pub fn weights(&self, party: usize) -> [f64; 3] {
        [self.number::<GovProsperity>(party), self.number::<GovSecurity>(party), self.number::<GovPolitics>(party)]
    }

    /// Where a lever stands now, with what has moved it since the week began.
    pub fn level(&self, lever: usize) -> f64 {
        let round = self.round();
        let moved = self.notes().rev().take_while(|n| n.round == round).find_map(|n| moved(n, lever));
        moved.unwrap_or_else(|| self.number::<Level>(lever))
    }

    /// The game as far as it was played.
    #[cfg(test)]
    pub fn told(&self) -> Told {
        self.game.told()
    }

    /// The game as it stands, apart from the table, which plays on.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot { book: self.book().clone(), state: self.state().clone(), key: self.key }
    }

    /// What happened, up to the decision that is missing.
    pub fn notes(&self) -> impl DoubleEndedIterator<Item = &Note> {
        let live = if self.question().is_some() { self.game.so_far() } else { &[] };
        self.game.book().notes.iter().chain(live)
    }

    /// What was written down.
    pub fn book(&self) -> &Book {
        self.game.book()
    }

    /// The state to be played next.
    pub fn state(&self) -> &State {
        self.game.state()
    }

    /// The key of the game, for forks.
    pub fn key(&self) -> Key {
        self.key
    }
}

/// A game as it stood.
#[derive(Debug, Clone)]
pub struct Snapshot {
    book: Book,
    state: State,
    key: Key,
}

impl Snapshot {
    /// What [`PlayedGame::told`] would have said then.
    pub fn told(self, setup: &Setup) -> Result<Told, Error> {
        let mut games = round::cohort(setup, 1);
        let game = self.state.game;
        games.restore(&self.state, self.key, game)?;
        Ok(self.book.close(&games, game))
    }
}

/// Where a note put a lever, if it moved it.
fn moved(note: &Note, lever: usize) -> Option<f64> {
    let heard = note.heard(Hearer::Reader);
    let mut moves = heard.facts.iter().rev().flat_map(|(_, fact)| fact.moved().iter().rev());
    moves.find(|m| m.lever == lever).map(|m| m.to)
}

/// The lowest and the highest level that a meeting leaves a lever; none where it is not open.
pub fn ends(rooms: &[Room], lever: usize) -> Option<[f64; 2]> {
    let levels = rooms.iter().find(|r| r.lever == lever)?.levels;
    let (a, b) = (levels[0], levels[levels.len() - 1]);
    Some([a.min(b), a.max(b)])
}

/// Levels as far as a meeting lets them go; issues that are not open stay.
pub fn within(rooms: &[Room], levels: &BTreeMap<usize, f64>) -> BTreeMap<usize, f64> {
    let fit = levels.iter().filter_map(|(lever, x)| {
        let [low, high] = ends(rooms, *lever)?;
        Some((*lever, x.clamp(low, high)))
    });
    fit.collect()
}

/// What is asked, in words.
pub fn words(ask: Ask) -> &'static str {
    match ask {
        Ask::Move => "what to do in public",
        Ask::Offer(_) => "an offer",
        Ask::Answer(_) => "an answer to their offer",
        Ask::Ratify => "whether the package passes at home",
        Ask::Invitation => "whether to accept the invitation to a summit",
        Ask::Extend => "whether to extend or restore the truce",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classroom::lesson::tests::lesson;
    use crate::game::told::told;

    #[test]
    fn a_table_without_people_is_the_same_game_as_run() {
        let setup = lesson("stockholm-75min").setup;
        let mut table = PlayedGame::new(&setup, Key::of_seed(7), 3);
        assert_eq!(table.play(99), Stop::Over);
        let alone = told(&setup, Key::of_seed(7), 3);
        assert_eq!(format!("{:?}", table.told()), format!("{alone:?}"));
    }

    #[test]
    fn a_snapshot_tells_what_the_table_would() {
        let setup = lesson("stockholm-75min").setup;
        let mut table = PlayedGame::new(&setup, Key::of_seed(7), 2);
        let told = |table: &mut PlayedGame| {
            let apart = table.snapshot().told(&setup).expect("told");
            assert_eq!(format!("{apart:?}"), format!("{:?}", table.told()));
        };
        told(&mut table);
        table.seat([true, false], [true, false]);
        let mut asked = 0;
        while let Stop::Asked(_) = table.play(9) {
            if asked < 12 {
                told(&mut table);
            }
            asked += 1;
            table.answer(Order::Engine, By::People);
        }
        assert!(asked > 3 && table.round() == 9, "{asked}");
        told(&mut table);
    }

    #[test]
    fn orders_replayed_give_the_same_bits() {
        let setup = lesson("stockholm-75min").setup;
        let play = || {
            let mut table = PlayedGame::new(&setup, Key::of_seed(9), 0);
            table.seat([true, true], [true, true]);
            while let Stop::Asked(question) = table.play(99) {
                let order = match question.at.ask {
                    Ask::Move => Order::Wait,
                    Ask::Offer(_) => Order::Engine,
                    Ask::Answer(e) => Order::Say(e >= 4),
                    _ => Order::Say(true),
                };
                table.answer(order, By::People);
            }
            (table.state().clone(), table.filed)
        };
        let (state, filed) = play();
        assert!(filed.len() > 30, "people are asked: {}", filed.len());
        // The exported orders, read by the engine's own table.
        let text = serde_json::to_string(&filed).expect("JSON");
        let orders: Vec<crate::game::table::Filed> = serde_json::from_str(&text).expect("JSON");
        let both = [true, true];
        let replayed = Game::replay(&setup, Key::of_seed(9), 0, both, both, &orders).expect("replayed");
        assert_eq!(replayed.state(), &state);
    }
}
