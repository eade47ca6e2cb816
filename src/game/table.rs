//! A game with seats held from outside: it stops at every decision that is theirs, and goes on with the answer.
//!
//! A round that meets a decision nobody has made is held there and goes on once it is filed: so a game is a function of
//! its seed and its orders, and replaying the orders replays the game bit for bit. The state at a round's start is kept:
//! what a seat sees is from there, and an event of a teacher begins the round anew.

use serde::{Deserialize, Serialize};

use super::moves::{Hand, may_move};
use super::told::{Book, Standing, Told, standing};
use crate::error::Error;
use crate::mechanisms::ordered::FURTHEST;
use crate::round;
use crate::world::cohort::Games;
use crate::world::components::{DealCost, Level, PrizeNow, Snapped, ThreatPending, Tone};
use crate::world::dice::Key;
use crate::world::orders::{About, Ask, At, Order, Orders, Question, Room};
use crate::world::over::all_over;
use crate::world::rows::{ColumnId, Value, pair};
use crate::world::setup::Setup;
use crate::world::state::State;
use crate::world::trace::Note;

/// A decision as it was filed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Filed {
    /// Where it stands.
    pub at: At,
    /// The decision.
    pub order: Order,
}

/// How far a table has come.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// A seat has to decide.
    Question(Question),
    /// A round is done.
    RoundDone,
    /// The game is over.
    Over,
}

/// One game with seats held from outside.
pub struct Table {
    games: Games,
    key: Key,
    game: u64,
    start: State,
    book: Book,
    filed: Vec<Filed>,
    open: Option<Question>,
    so_far: Vec<Note>,
    brief: Brief,
}

/// What governments know once a round has begun, which the state at its start does not hold yet.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Brief {
    /// What a deal at a summit would bring each leader today.
    pub prize: [f64; 2],
    /// What a deal costs each at home, over its life.
    pub deal_cost: [f64; 2],
    /// How far each one's pledges are believed.
    pub word: [f64; 2],
    /// How far each one's threats are believed.
    pub resolve: [f64; 2],
}

impl std::fmt::Debug for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.debug_struct("Table").field("game", &self.game).field("question", &self.open).finish_non_exhaustive()
    }
}

impl Table {
    /// A table before its first round; `homes` says where ratification is decided outside too.
    pub(crate) fn new(setup: &Setup, key: Key, game: u64, seats: [bool; 2], homes: [bool; 2]) -> Table {
        let mut games = round::cohort(setup, 1);
        games.tell(true);
        games.load(key, game);
        games.take_orders(Orders::new(seats, homes));
        let start = games.capture(0);
        Table {
            games,
            key,
            game,
            start,
            book: Book::default(),
            filed: vec![],
            open: None,
            so_far: vec![],
            brief: Brief::default(),
        }
    }

    /// A game that was played by another model, as it was written down: `state` is to be played next. It is looked at and
    /// not played on; the state comes back as this model can hold it.
    pub(crate) fn written(setup: &Setup, key: Key, game: u64, state: &State, book: Book) -> Result<Table, Error> {
        let mut table = Table::new(setup, key, game, [false; 2], [false; 2]);
        let start = state.fitted(&table.start);
        table.games.restore(&start, key, game)?;
        Ok(Table { start, book, ..table })
    }

    /// A table brought to where these orders lead: to the first decision they do not answer, or to the end.
    pub(crate) fn replay(
        setup: &Setup,
        key: Key,
        game: u64,
        seats: [bool; 2],
        homes: [bool; 2],
        orders: &[Filed],
    ) -> Result<Table, Error> {
        let mut table = Table::new(setup, key, game, seats, homes);
        let mut orders = orders.iter();
        loop {
            match table.advance() {
                Step::Over => break,
                Step::RoundDone => {}
                Step::Question(question) => {
                    let Some(next) = orders.next() else { return Ok(table) };
                    if next.at != question.at {
                        let [next, asked] = [next.at, question.at].map(|at| at.told(setup));
                        return Err(Error::refused(format!(
                            "they hold a decision of {next}, where one of {asked} is asked for"
                        )));
                    }
                    table.answer(next.order.clone())?;
                }
            }
        }
        match orders.next() {
            None => Ok(table),
            Some(left) => Err(Error::refused(format!(
                "the game is over before a decision of {} is asked for",
                left.at.told(setup)
            ))),
        }
    }

    /// Plays on: to the next open decision, or to the end of the round.
    pub fn advance(&mut self) -> Step {
        if let Some(question) = &self.open {
            return Step::Question(question.clone());
        }
        if self.over() {
            return Step::Over;
        }
        let done = self.games.advance();
        self.so_far.extend(self.games.trace().take());
        if done {
            let notes = std::mem::take(&mut self.so_far);
            self.book.round(&self.games, notes);
            self.start = self.games.capture(0);
            return Step::RoundDone;
        }
        self.brief = self.briefed();
        let question = self.games.orders().open().first().map(|(_, question)| question.clone());
        let question = question.expect("a round is held by a question");
        self.open = Some(question.clone());
        Step::Question(question)
    }

    /// What governments know since the round began.
    fn briefed(&self) -> Brief {
        let number = |column: ColumnId, p: usize| self.games.number_of(column, p, 0).unwrap_or(0.0);
        let (prize, deal_cost) = (pair(|p| number(PrizeNow::COLUMN, p)), pair(|p| number(DealCost::COLUMN, p)));
        let now = standing(&self.games);
        Brief { prize, deal_cost, word: now.word, resolve: now.resolve }
    }

    /// The round under way begins anew, with the decisions that are filed.
    fn begin_anew(&mut self) {
        self.so_far.clear();
        self.games.trace().take();
        self.games.restore(&self.start, self.key, self.game).expect("the state is this game's own");
        for filed in self.filed.iter().filter(|filed| filed.at.round == self.start.round) {
            self.games.orders().file_in(0, filed.at, filed.order.clone());
        }
        self.open = None;
    }

    /// What governments know in the round under way.
    pub(crate) fn brief(&self) -> &Brief {
        &self.brief
    }

    /// What happened in the round under way before the open decision.
    pub fn so_far(&self) -> &[Note] {
        &self.so_far
    }

    /// Whether the game is over.
    pub fn over(&self) -> bool {
        self.games.round() >= self.games.setup().rounds || all_over(&self.games)
    }

    /// The open decision.
    pub fn question(&self) -> Option<&Question> {
        self.open.as_ref()
    }

    /// Makes the open decision. What is not allowed is refused with a word on what is.
    pub fn answer(&mut self, order: Order) -> Result<(), Error> {
        let question = self.open.clone().ok_or_else(|| Error::refused("nothing is being asked"))?;
        self.check(&question, &order).map_err(|why| Error::refused(format!("{why}. {}", self.allowed(&question))))?;
        self.games.orders().file_in(0, question.at, order.clone());
        self.filed.push(Filed { at: question.at, order });
        self.open = None;
        Ok(())
    }

    /// Files the open decision as it stands in a log, allowed or not.
    pub(super) fn filed(&mut self, at: At, order: Order) {
        self.games.orders().file_in(0, at, order.clone());
        self.filed.push(Filed { at, order });
        self.open = None;
    }

    /// What may be answered to a question, in a sentence.
    pub fn allowed(&self, question: &Question) -> String {
        match question.at.ask {
            Ask::Move => format!(
                "Allowed: wait, praise, threaten, tighten or ease a lever of yours by up to {FURTHEST} big move, or \
                 leave it to the strategy"
            ),
            Ask::Offer(_) => "Allowed: levels for the levers that are open, each within its room (the others stay), \
                              to offer that all stays as it is, or leave it to the strategy"
                .into(),
            Ask::Answer(_) => "Allowed: yes, no, or leave it to the strategy".into(),
            Ask::Ratify | Ask::Invitation | Ask::Extend => "Allowed: yes, no, or leave it to the odds".into(),
        }
    }

    fn check(&mut self, question: &Question, order: &Order) -> Result<(), Error> {
        let seat = question.at.party;
        match (question.at.ask, order) {
            (_, Order::Engine) => Ok(()),
            (Ask::Move, Order::Wait | Order::Praise) => Ok(()),
            (Ask::Move, Order::Threaten) => {
                if self.figure::<Snapped>(0) > 0.0 {
                    Err(Error::refused("No threats while the truce is down"))
                } else if self.figure::<ThreatPending>(0) > 0.0 {
                    Err(Error::refused("A threat is pending already"))
                } else {
                    Ok(())
                }
            }
            (Ask::Move, Order::Tighten(lever, steps)) => self.may_move(seat, *lever, Hand::Tighten, *steps),
            (Ask::Move, Order::Ease(lever, steps)) => self.may_move(seat, *lever, Hand::Ease, *steps),
            (Ask::Offer(_), Order::Wait) => Ok(()),
            (Ask::Offer(_), Order::Package(levels)) => match &question.about {
                About::Turn(rooms) => self.may_offer(rooms, levels),
                _ => Err(Error::refused("No offer is asked for")),
            },
            (Ask::Answer(_) | Ask::Ratify | Ask::Invitation | Ask::Extend, Order::Say(_)) => Ok(()),
            _ => Err(Error::refused("That is no answer to this question")),
        }
    }

    fn may_move(&mut self, seat: usize, lever: usize, hand: Hand, steps: f64) -> Result<(), Error> {
        let snapped = self.figure::<Snapped>(0) > 0.0;
        let level = self.figure::<Level>(lever.min(self.games.setup().levers.len().saturating_sub(1)));
        may_move(self.games.setup(), seat, lever, hand, (steps, level, snapped))
    }

    /// Whether a package keeps to the room of the session that is open; where it does not, the room is said.
    pub fn has_room_for(&self, levels: &[(usize, f64)]) -> Result<(), Error> {
        match self.question().map(|question| &question.about) {
            Some(About::Turn(rooms) | About::Answer { room: rooms, .. }) => self.may_offer(rooms, levels),
            _ => Err(Error::refused("There is no session")),
        }
    }

    fn may_offer(&self, rooms: &[Room], levels: &[(usize, f64)]) -> Result<(), Error> {
        let setup = self.games.setup();
        for (i, (lever, level)) in levels.iter().enumerate() {
            let Some(l) = setup.levers.get(*lever) else { return Err(Error::refused("There is no such lever")) };
            let Some(room) = rooms.iter().find(|r| r.lever == *lever) else {
                return Err(Error::refused(format!("{} is not open in this session", l.name)));
            };
            let (low, high) = (room.levels[0], room.levels[room.levels.len() - 1]);
            let slack = 1e-9 * (high - low).abs();
            if !(*level >= low - slack && *level <= high + slack) {
                let [low, high, level] = [low, high, *level].map(short);
                let text = format!("{} can be set from {low} to {high} in this session, not to {level}", l.name);
                return Err(Error::refused(text));
            }
            if levels[..i].iter().any(|(earlier, _)| earlier == lever) {
                return Err(Error::refused(format!("{} is named twice", l.name)));
            }
        }
        Ok(())
    }

    /// The game once it is over, to be counted.
    pub(crate) fn ended(&self) -> Option<&Games> {
        if self.over() { Some(&self.games) } else { None }
    }

    /// The game as it stands.
    pub(super) fn games(&self) -> &Games {
        &self.games
    }

    /// The decisions made so far, in the order in which they were asked.
    pub fn orders(&self) -> &[Filed] {
        &self.filed
    }

    /// What happened in a round that is done.
    pub fn notes_of_round(&self, round: u32) -> &[Note] {
        let notes = &self.book.notes;
        let first = notes.partition_point(|n| n.round < round);
        &notes[first..notes.partition_point(|n| n.round <= round)]
    }

    /// What was written down so far.
    pub(crate) fn book(&self) -> &Book {
        &self.book
    }

    /// Where things stand at the start of the round being played.
    pub fn standing(&self) -> Standing {
        Standing::of(self.setup(), self.start.round, |column, row| self.start.number_of(column, row))
    }

    /// The round to be played or being played.
    pub fn round(&self) -> u32 {
        self.games.round()
    }

    /// The scenario.
    pub(crate) fn setup(&self) -> &Setup {
        self.games.setup()
    }

    /// The state at the start of the round, for a fork or a store.
    pub(crate) fn state(&self) -> &State {
        &self.start
    }

    /// Takes a seat, or gives it back to its strategy, from the next question on.
    pub(crate) fn seat(&mut self, party: usize, outside: bool, home: bool) {
        self.games.orders().seat(party, outside, home);
        self.begin_anew();
    }

    /// The game as far as it was played.
    pub fn told(&self) -> Told {
        let book = self.book.clone();
        if !self.games.is_held() {
            return book.close(&self.games, self.game);
        }
        let mut games = round::cohort(self.setup(), 1);
        games.restore(&self.start, self.key, self.game).expect("the state is this game's own");
        book.close(&games, self.game)
    }

    /// Moves the mood or a lever before the round being played, as a teacher's event does; an open decision is put anew.
    pub(crate) fn disturb(&mut self, tone: f64, lever: Option<(usize, f64)>) {
        let mood = self.start.number::<Tone>(0).expect("every state has it");
        self.start.put::<Tone>(0, (mood + tone).clamp(-1.0, 1.0));
        if let Some((lever, level)) = lever {
            self.start.put::<Level>(lever, level);
        }
        self.begin_anew();
    }

    /// One number of the game as the round begins; 0 where no mechanism has it.
    pub(crate) fn figure<T: Value>(&self, row: usize) -> f64 {
        self.start.number::<T>(row).unwrap_or(0.0)
    }
}

/// A level as it is told: without the last bits of its arithmetic.
fn short(level: f64) -> f64 {
    (level * 1e6).round() / 1e6
}
