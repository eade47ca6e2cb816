//! A table: one game of the engine whose decisions come from seats.
//!
//! The engine's round is played until it asks for a decision; the state at the round's start is put back, the decision
//! is filed and the round is played again. So the game is a function of its seed, its orders and its events.

use serde::{Deserialize, Serialize};

use crate::record::game::{Book, Standing, Told, standing};
use crate::round;
use crate::world::cohort::Games;
use crate::world::dice::Key;
use crate::world::orders::{Ask, At, Order, Orders, Question};
use crate::world::phase::Phase;
use crate::world::setup::Setup;
use crate::world::state::State;
use crate::world::trace::{Note, What};

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

/// What an event did to the world between two rounds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Push {
    /// Before this round.
    pub round: u32,
    /// What it adds to the mood.
    pub tone: f64,
    /// A lever and the level it is put at.
    pub lever: Option<(usize, f64)>,
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
pub struct Table {
    games: Games,
    key: Key,
    game: u64,
    orders: Orders,
    holds: [bool; 2],
    homes: [bool; 2],
    start: State,
    /// What happened.
    pub book: Book,
    /// The decisions, in order.
    pub filed: Vec<Filed>,
    /// The events.
    pub pushes: Vec<Push>,
    /// The state at the start of each round.
    pub states: Vec<State>,
    /// The decision that is missing.
    pub question: Option<Question>,
    live: Vec<Note>,
}

impl Table {
    /// Game `game` of a key, before its first round.
    pub fn new(setup: &Setup, key: Key, game: u64) -> Table {
        let mut games = round::cohort(setup, 1);
        games.tell(true);
        games.load(key, game);
        let start = games.capture(0);
        Table {
            games,
            key,
            game,
            orders: Orders::default(),
            holds: [false; 2],
            homes: [false; 2],
            start,
            book: Book::default(),
            filed: vec![],
            pushes: vec![],
            states: vec![],
            question: None,
            live: vec![],
        }
    }

    /// The round to be played next.
    pub fn round(&self) -> u32 {
        self.start.round
    }

    /// Whether the table is in the middle of a round.
    pub fn mid_round(&self) -> bool {
        self.question.is_some()
    }

    /// Whether this side's seats were held when the round began.
    pub fn held(&self, party: usize) -> bool {
        self.holds[party]
    }

    /// Says who holds the seats from the next round on.
    pub fn seat(&mut self, holds: [bool; 2], homes: [bool; 2]) {
        if !self.mid_round() {
            (self.holds, self.homes) = (holds, homes);
        }
    }

    /// Plays on to the start of round `until`, or to a question.
    pub fn play(&mut self, until: u32) -> Stop {
        let rounds = self.games.setup().rounds.min(until);
        loop {
            self.question = None;
            self.live.clear();
            if self.start.round >= rounds || round::all_over(&mut self.games) {
                return if self.start.round >= self.games.setup().rounds { Stop::Over } else { Stop::Reached };
            }
            let mut orders = Orders::new(self.holds, self.homes);
            for (at, order) in self.orders.book() {
                orders.file(*at, order.clone());
            }
            self.games.take_orders(orders);
            self.games.step();
            let asked = self.games.orders().wanted();
            let notes = self.games.trace().take();
            if let Some(question) = asked {
                self.back();
                self.live = notes.into_iter().filter(|n| before(n, question.at.ask)).collect();
                self.question = Some(question.clone());
                return Stop::Asked(question);
            }
            self.book.round(&mut self.games, notes);
            self.states.push(self.start.clone());
            self.start = self.games.capture(0);
        }
    }

    fn back(&mut self) {
        // The state was captured from these very games: it fits.
        let done = self.games.restore(&self.start, self.key, self.game);
        debug_assert_eq!(done, Ok(()));
    }

    /// Files the decision that was asked for.
    pub fn answer(&mut self, order: Order, by: By) {
        if let Some(question) = self.question.take() {
            self.orders.file(question.at, order.clone());
            self.filed.push(Filed { at: question.at, order, by });
        }
    }

    /// Moves the mood or a lever, before the round to be played next.
    pub fn push(&mut self, tone: f64, lever: Option<(usize, f64)>) {
        self.pushes.push(Push { round: self.start.round, tone, lever });
        if let Some(bits) = self.start.rows.get_mut("Tone").and_then(|rows| rows.get_mut(0)) {
            *bits = (f64::from_bits(*bits) + tone).clamp(-1.0, 1.0).to_bits();
        }
        if let Some((lever, level)) = lever
            && let Some(bits) = self.start.rows.get_mut("Level").and_then(|rows| rows.get_mut(lever))
        {
            *bits = level.to_bits();
        }
        self.back();
    }

    /// Where things stand.
    pub fn standing(&mut self) -> Standing {
        standing(&mut self.games)
    }

    /// One number of the game.
    pub fn number(&mut self, name: &str, row: usize) -> f64 {
        self.games.number(name, row, 0).unwrap_or(0.0)
    }

    /// The game as it stands, written down as if it ended here.
    pub fn told(&mut self) -> Told {
        self.book.clone().close(&mut self.games, self.game)
    }

    /// What happened, up to the decision that is missing.
    pub fn notes(&self) -> impl DoubleEndedIterator<Item = &Note> {
        self.book.notes.iter().chain(&self.live)
    }

    /// The state to be played next.
    pub fn state(&self) -> &State {
        &self.start
    }

    /// The key and number of the game, for forks.
    pub fn dice(&self) -> (Key, u64) {
        (self.key, self.game)
    }
}

/// Whether a fact of the round under way comes before a question: what comes after it was played on a guess.
fn before(note: &Note, ask: Ask) -> bool {
    match ask {
        Ask::Move => note.phase < Phase::Order,
        Ask::Offer(e) | Ask::Answer(e) => {
            let said = match note.what {
                What::Session { .. } => true,
                What::Offer { exchange, .. } => exchange < e,
                _ => false,
            };
            note.phase < Phase::Bargain || (note.phase == Phase::Bargain && said)
        }
        Ask::Ratify => note.phase < Phase::Ratify,
        Ask::Invitation => note.phase < Phase::Invite,
        Ask::Extend => note.phase < Phase::Restore,
    }
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
    use crate::record::game::told;

    #[test]
    fn a_table_without_people_is_the_same_game_as_run() {
        let setup = lesson("stockholm-75min").setup;
        let mut table = Table::new(&setup, Key::of_seed(7), 3);
        assert_eq!(table.play(99), Stop::Over);
        let alone = told(&setup, Key::of_seed(7), 3);
        assert_eq!(format!("{:?}", table.told()), format!("{alone:?}"));
    }

    #[test]
    fn orders_replayed_give_the_same_bits() {
        let setup = lesson("stockholm-75min").setup;
        let play = |script: Option<&[Filed]>| {
            let mut table = Table::new(&setup, Key::of_seed(9), 0);
            table.seat([true, true], [true, true]);
            let mut next = 0;
            while let Stop::Asked(question) = table.play(99) {
                let order = match script {
                    Some(filed) => filed[next].order.clone(),
                    None => match question.at.ask {
                        Ask::Move => Order::Wait,
                        Ask::Offer(_) => Order::Engine,
                        Ask::Answer(e) => Order::Say(e >= 4),
                        _ => Order::Say(true),
                    },
                };
                next += 1;
                table.answer(order, By::People);
            }
            (table.state().clone(), table.filed)
        };
        let (state, filed) = play(None);
        assert!(filed.len() > 30, "people are asked: {}", filed.len());
        assert_eq!(play(Some(&filed)).0, state);
    }
}
