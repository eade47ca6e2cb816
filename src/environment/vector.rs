//! Many games stepped side by side: each stops where a seat that is held from outside has to decide.

use super::actions::{Actions, Stands};
use super::ends::{End, ends};
use super::layout::Layout;
use super::observe::fill;
use super::player::Choice;
use crate::error::Error;
use crate::game::sight::Sight;
use crate::round;
use crate::world::cohort::Games;
use crate::world::components::{Level, Snapped, ThreatPending, Total};
use crate::world::dice::Key;
use crate::world::orders::{Order, Orders, Question};
use crate::world::over::is_over;
use crate::world::rows::Value;
use crate::world::setup::Setup;
use crate::world::state::Ended;
use crate::world::worlds;

/// Games at most.
const GAMES_MAX: usize = 65_536;

/// Many games side by side, with seats held from outside.
///
/// All games are in the same round. In each step every game that asks ([`asks`](Vector::asks)) takes a choice, and all go
/// on to where at least one asks again; a game that does not ask waits, and what is chosen for it is not looked at. A
/// game's decisions, what is observed and what is gained do not hang on which games are played beside it.
pub struct Vector {
    games: Games,
    seats: [bool; 2],
    layout: Layout,
    actions: Actions,
    sides: Vec<Side>,
    asked: Vec<Option<Question>>,
    over: Vec<bool>,
    /// What games that are over came to.
    ends: Vec<Option<End>>,
    ended: Ended,
    unknown: bool,
    begun: [u64; 2],
    log: Vec<Vec<(usize, Order)>>,
    count: Count,
}

/// What one seat sees in each game.
#[derive(Debug, Clone)]
struct Side {
    /// The party's row.
    seat: usize,
    seen: Vec<f32>,
    allowed: Vec<bool>,
    gained: Vec<f32>,
    told: Vec<f64>,
}

/// How often games were asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Count {
    /// Choices that were used.
    pub decisions: u64,
    /// Games that waited through a step, and were not over.
    pub waited: u64,
    /// Choices that were not allowed, and were left to the strategy that stands in: they are among the decisions.
    pub not_allowed: u64,
}

/// Where games stood, to go on from there.
#[derive(Debug, Clone, PartialEq)]
pub struct Saved {
    begun: [u64; 2],
    log: Vec<Vec<(usize, Order)>>,
}

impl Vector {
    /// Games of a scenario with the seats of these parties held from outside, at their first question under seed 0.
    pub(crate) fn new(setup: &Setup, seats: &[usize], games: usize) -> Result<Vector, Error> {
        if games == 0 || games > GAMES_MAX {
            return Err(Error::argument(format!("from 1 to {GAMES_MAX} games are played side by side, not {games}")));
        }
        if setup.unknowns.is_some() && games as u64 > worlds::GAMES {
            return Err(Error::argument(format!(
                "something is unknown of this scenario: {} games at most, those of one world, are played side by side",
                worlds::GAMES
            )));
        }
        let (layout, actions) = (Layout::of(setup), Actions::of(setup));
        let side = |seat: &usize| Side {
            seat: *seat,
            seen: vec![0.0; games * layout.width()],
            allowed: vec![false; games * actions.list().len()],
            gained: vec![0.0; games],
            told: vec![0.0; games],
        };
        let sides = seats.iter().map(side).collect();
        let mut out = Vector {
            games: round::cohort(setup, games),
            seats: [0, 1].map(|seat| seats.contains(&seat)),
            layout,
            actions,
            sides,
            asked: vec![None; games],
            over: vec![false; games],
            ends: vec![None; games],
            ended: Ended::default(),
            unknown: setup.unknowns.is_some(),
            begun: [0, 0],
            log: vec![],
            count: Count::default(),
        };
        out.begin(0, 0)?;
        Ok(out)
    }

    /// Begins anew: the games from this number on, under this seed. Where something is unknown they have to be of one
    /// world; others are refused, and nothing is done.
    pub fn begin(&mut self, seed: u64, first: u64) -> Result<(), Error> {
        let games = self.over.len() as u64;
        if self.unknown && worlds::within(first, games) < games {
            return Err(Error::argument(format!(
                "game {first} and the {} after it are not of one world, and something is unknown: begin at a multiple of \
                 {games}, where that divides {}",
                games - 1,
                worlds::GAMES
            )));
        }
        self.begun = [seed, first];
        self.begin_some(Key::of_seed(seed), first, self.over.len());
        Ok(())
    }

    /// The same by a key; so many of the games are asked, and the others are left to their strategies.
    pub(crate) fn begin_some(&mut self, key: Key, first: u64, some: usize) {
        self.log.clear();
        self.games.load(key, first);
        self.games.take_orders(Orders::new(self.seats, [false; 2]));
        self.over.iter_mut().enumerate().for_each(|(game, over)| *over = game >= some);
        self.ends.fill(None);
        self.ended = Ended::default();
        for side in &mut self.sides {
            side.told.fill(0.0);
        }
        self.go_on();
        for side in &mut self.sides {
            side.gained.fill(0.0); // nothing was decided yet
        }
    }

    /// Takes a choice and a number for each lever, from -1 to 1, of every game; those of games that do not ask are not
    /// looked at. A choice that there is not and a number that is none are refused, and nothing is done.
    pub fn step(&mut self, choices: &[usize], levels: &[f32]) -> Result<(), Error> {
        let orders = self.ordered(choices, levels)?;
        self.play(orders);
        Ok(())
    }

    pub(crate) fn play(&mut self, orders: Vec<(usize, Order)>) {
        self.count.decisions += orders.len() as u64;
        self.count.waited +=
            self.over.iter().zip(&self.asked).filter(|(over, asked)| !**over && asked.is_none()).count() as u64;
        let mut book = self.games.orders();
        for (game, order) in &orders {
            let at = self.asked[*game].as_ref().expect("it asks").at;
            book.file_in(*game, at, order.clone());
        }
        self.log.push(orders);
        if !self.is_over() {
            self.go_on();
        }
    }

    /// What is decided in each game that asks.
    fn ordered(&mut self, choices: &[usize], levels: &[f32]) -> Result<Vec<(usize, Order)>, Error> {
        let (games, width, list) = (self.over.len(), self.actions.levers(), self.actions.list().len());
        if choices.len() != games || levels.len() != games * width {
            return Err(Error::argument(format!(
                "{games} choices and {games} times {width} numbers are needed, not {} and {}",
                choices.len(),
                levels.len()
            )));
        }
        let mut out = vec![];
        let mut not_allowed = 0;
        for (game, question) in self.asked.iter().enumerate() {
            let Some(question) = question else { continue };
            let (choice, levels) = (choices[game], &levels[game * width..(game + 1) * width]);
            if choice >= list {
                let text = format!("game {game} of these: there is no action {choice}, the last is {}", list - 1);
                return Err(Error::argument(text));
            }
            if let Some(lever) = levels.iter().position(|x| !x.is_finite()) {
                let name = &self.games.setup().levers[lever].key;
                return Err(Error::argument(format!("game {game} of these: the number for {name} is none")));
            }
            let order = stands(&self.games, game, |stands| self.actions.order(question, stands, choice, levels));
            not_allowed += u64::from(order.is_none());
            out.push((game, order.unwrap_or(Order::Engine)));
        }
        self.count.not_allowed += not_allowed;
        Ok(out)
    }

    /// Plays on until a game asks, or all are over; what is seen and gained there is filled in.
    fn go_on(&mut self) {
        self.asked.fill(None);
        for side in &mut self.sides {
            side.gained.fill(0.0);
            side.allowed.fill(false);
        }
        loop {
            if self.games.advance() {
                self.round_done();
                if self.is_over() {
                    return;
                }
                continue;
            }
            let mut asking = vec![];
            for (game, question) in self.games.orders().take_open() {
                if self.over[game] {
                    self.games.orders().file_in(game, question.at, Order::Engine); // it is played on beside the others
                } else {
                    self.asked[game] = Some(question);
                    asking.push(game);
                }
            }
            if !asking.is_empty() {
                return self.look(&asking);
            }
        }
    }

    /// Games that come to their end are looked at as they end: those beside them go on.
    fn round_done(&mut self) {
        let last = self.games.round() >= self.games.setup().rounds;
        let at_its_end = |game: &usize| !self.over[*game] && (last || is_over(&self.games, *game));
        let ending: Vec<usize> = (0..self.over.len()).filter(at_its_end).collect();
        self.look(&ending);
        for (game, end) in ending.iter().zip(ends(&self.games, &ending)) {
            self.over[*game] = true;
            self.ends[*game] = Some(end);
            self.ended.keep(&self.games, *game);
        }
        if self.is_over() {
            std::mem::take(&mut self.ended).put_back(&mut self.games);
        }
    }

    /// Fills what is seen and gained in some games, by whoever is asked there; by both sides where a game has ended.
    fn look(&mut self, some: &[usize]) {
        let Vector { games, layout, actions, sides, asked, .. } = self;
        let (rounds, list) = (games.setup().rounds, actions.list().len());
        for Side { seat, seen, allowed, gained, told } in sides {
            let looks = |game: &usize| asked[*game].as_ref().is_none_or(|question| question.at.party == *seat);
            let some: Vec<usize> = some.iter().copied().filter(looks).collect();
            let sight = Sight::new(games, *seat);
            fill(&layout.from, sight, rounds, &some, asked, seen);
            let total = sight.own::<Total>();
            for game in some {
                let now = total.map_or(0.0, |lane| lane[game].number());
                gained[game] = (now - told[game]) as f32;
                told[game] = now;
                if let Some(question) = &asked[game] {
                    let allowed = &mut allowed[game * list..(game + 1) * list];
                    stands(games, game, |stands| actions.mask(question, stands, allowed));
                }
            }
        }
    }

    /// The party that is asked in each game, by its place among those that are held from outside, as they were named;
    /// none where the game waits or is over.
    pub fn asks(&self) -> impl Iterator<Item = Option<usize>> {
        let place = |party: usize| self.sides.iter().position(|side| side.seat == party);
        self.asked.iter().map(move |question| question.as_ref().and_then(|question| place(question.at.party)))
    }

    /// Which games are over.
    pub fn over(&self) -> &[bool] {
        &self.over
    }

    /// Whether all of them are.
    pub fn is_over(&self) -> bool {
        self.over.iter().all(|over| *over)
    }

    /// What a party last observed in each game: [`Layout::width`] numbers a game.
    ///
    /// # Panics
    /// For a place at which no party was named; so do [`allowed`](Vector::allowed) and [`gained`](Vector::gained).
    pub fn seen(&self, party: usize) -> &[f32] {
        &self.sides[party].seen
    }

    /// What a party may do in each game that asks it: as many as there are [`Actions`] a game; nothing in the others.
    pub fn allowed(&self, party: usize) -> &[bool] {
        &self.sides[party].allowed
    }

    /// What a party has gained in each game since it was last asked there, in points; 0 where it is not asked now and the
    /// game has not just come to its end.
    pub fn gained(&self, party: usize) -> &[f32] {
        &self.sides[party].gained
    }

    /// What a party, of this short name, has in a game so far, or had at its end, in points; none where there is no such
    /// party or game.
    pub fn total(&self, party: &str, game: usize) -> Option<f64> {
        let party = self.games.setup().party(party)?;
        match self.ends.get(game)? {
            Some(end) => Some(end.totals[party]),
            None => self.games.number::<Total>(party, game),
        }
    }

    /// What a game came to, once it is over.
    pub fn end(&self, game: usize) -> Option<&End> {
        self.ends.get(game)?.as_ref()
    }

    /// The games once all are over, to be counted.
    pub(crate) fn cohort(&self) -> &Games {
        &self.games
    }

    /// What a game asks.
    pub(crate) fn question(&self, game: usize) -> Option<&Question> {
        self.asked[game].as_ref()
    }

    /// What a choice says to what a game asks; one that is not allowed is told.
    pub(crate) fn order(&self, game: usize, choice: &Choice) -> Result<Order, Error> {
        let question = self.asked[game].as_ref().ok_or_else(|| Error::refused("nothing is being asked"))?;
        stands(&self.games, game, |stands| self.actions.said(question, stands, choice))
    }

    /// How many games are played side by side.
    pub fn games(&self) -> usize {
        self.over.len()
    }

    /// The seed and the number of the first game.
    pub fn begun(&self) -> [u64; 2] {
        self.begun
    }

    /// What is observed.
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// What may be done.
    pub fn actions(&self) -> &Actions {
        &self.actions
    }

    /// How often games were asked, from the first game on.
    pub fn count(&self) -> Count {
        self.count
    }

    /// Where all games stand: [`restore`](Vector::restore) goes on from there, in this vector or in another of the same
    /// scenario, seats and number of games.
    pub fn save(&self) -> Saved {
        Saved { begun: self.begun, log: self.log.clone() }
    }

    /// Plays on from where games stood: their decisions are played again.
    pub fn restore(&mut self, saved: &Saved) -> Result<(), Error> {
        let [seed, first] = saved.begun;
        self.begin(seed, first)?;
        for orders in &saved.log {
            let fits = |(game, _): &(usize, Order)| self.asked.get(*game).is_some_and(Option::is_some);
            if !orders.iter().all(fits) {
                return Err(Error::unfit(
                    "what was saved is of other games: another scenario, other seats or another number",
                ));
            }
            self.play(orders.clone());
        }
        Ok(())
    }
}

/// How things stand in a game, to whoever needs to know.
pub(super) fn stands<T>(games: &Games, game: usize, what: impl FnOnce(&Stands) -> T) -> T {
    let holds = |x: Option<f64>| x.is_some_and(|x| x > 0.0);
    let level = |lever: usize| games.number::<Level>(lever, game).unwrap_or(0.0);
    what(&Stands {
        setup: games.setup(),
        snapped: holds(games.number::<Snapped>(0, game)),
        threat: holds(games.number::<ThreatPending>(0, game)),
        level: &level,
    })
}
