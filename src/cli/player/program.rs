//! A program as a player, by either protocol.
//!
//! One that failed is ended and started anew for the next decision; after a few failures in a row it is left alone. A line
//! that answers no question would shift all later answers, and is a failure too.

use std::collections::BTreeMap;
use std::time::Duration;

use super::Bound;
use super::process::Running;
use crate::cli::seat::words;
use crate::environment::End;
use crate::environment::lone::Lone;
use crate::environment::player::{Asked, Choice, Player};
use crate::environment::wire as many;
use crate::error::Error;
use crate::game::outside::{Asking, Outside};
use crate::game::wire::{self, Speaks};
use crate::world::orders::Order;
use crate::world::setup::Setup;

/// After so many failures in a row it is not started again.
const GIVE_UP: u32 = 5;

/// An outside program that plays a seat.
pub struct Program {
    bound: Bound,
    setup: Setup,
    seen: Lone,
    hello: String,
    think: Duration,
    running: Option<Running>,
    speaks: Speaks,
    failures: u32,
    /// The game that it was last told of in words.
    told_game: Option<u64>,
}

impl Program {
    /// A program that is started when it is first asked.
    pub fn new(bound: &Bound, setup: &Setup, seat: usize, think: Duration) -> Program {
        let seen = Lone::of(setup);
        let mut hello = wire::hello(setup, &bound.name, seat);
        if let Some(hello) = hello.as_object_mut() {
            hello.extend(many::offers(setup, seat, &seen.layout, &seen.actions));
        }
        let (bound, setup, hello) = (bound.clone(), setup.clone(), format!("{hello}\n"));
        Program {
            bound,
            setup,
            seen,
            hello,
            think,
            running: None,
            speaks: Speaks::OneGame,
            failures: 0,
            told_game: None,
        }
    }

    /// Starts it and greets it, before it is asked anything.
    pub fn start(&mut self) -> Result<(), Error> {
        let named = format!("the outside program `{}` ({}): ", self.bound.name, self.bound.shown);
        self.greet().map_err(|why| why.within(named))
    }

    /// What it speaks, once it was started.
    pub fn speaks(&self) -> Speaks {
        self.speaks
    }

    fn greet(&mut self) -> Result<(), Error> {
        let mut running = Running::start(&self.bound.words)?;
        running.send(self.hello.clone().into_bytes())?;
        self.speaks = wire::welcome(&running.line(self.think)?)?;
        self.running = Some(running);
        self.told_game = None; // one that was started anew has been told nothing
        Ok(())
    }

    /// The program, which has written nothing that was not asked for.
    fn ready(&mut self) -> Result<Running, Error> {
        if self.failures >= GIVE_UP {
            return Err(Error::program(format!("left alone after {GIVE_UP} failures in a row")));
        }
        if self.running.is_none() {
            self.greet()?;
        }
        let mut running = self.running.take().ok_or_else(|| Error::program("it is not running"))?;
        match running.unasked() {
            Some(late) => Err(too_many(&late)),
            None => Ok(running),
        }
    }

    /// A line out, a line in.
    fn ask(&mut self, line: Vec<u8>) -> Result<String, Error> {
        let mut running = self.ready()?;
        running.send(line)?;
        let said = running.line(self.think)?;
        if let Some(more) = running.unasked() {
            return Err(too_many(&more));
        }
        self.running = Some(running);
        Ok(said)
    }

    /// Counts failures in a row.
    fn tallied<T>(&mut self, said: Result<T, Error>) -> Result<T, Error> {
        match &said {
            Ok(_) => self.failures = 0,
            Err(_) => self.failures = (self.failures + 1).min(GIVE_UP),
        }
        said
    }

    /// What it decides of each of these, which stand in the order of their games, by the number of the game.
    fn answers(&mut self, asked: &[Asked]) -> Result<BTreeMap<u64, Result<Choice, Error>>, Error> {
        let mut running = self.ready()?;
        let mut lines = vec![];
        for (asked, more) in asked.iter().zip((0..asked.len()).rev()) {
            many::question(asked, more, &mut lines)?;
        }
        running.send(lines)?;
        let mut out = BTreeMap::new();
        for _ in asked {
            let (game, said) = many::reply(&self.setup, &self.seen.actions, &running.line(self.think)?)?;
            if asked.binary_search_by_key(&game, |asked| asked.game).is_err() || out.insert(game, said).is_some() {
                return Err(Error::program(format!("it answered game {game}, which does not ask")));
            }
        }
        if let Some(more) = running.unasked() {
            return Err(too_many(&more));
        }
        self.running = Some(running);
        Ok(out)
    }
}

fn too_many(text: &str) -> Error {
    Error::program(format!("it wrote more than one line to one question, such as `{}`", wire::short(text)))
}

/// At a table, in one game.
impl Outside for Program {
    fn decide(&mut self, asking: &Asking) -> Result<Order, Error> {
        if let Speaks::OneGame | Speaks::InWords = self.speaks {
            let mut line = wire::question(asking);
            if let (Speaks::InWords, Some(line)) = (self.speaks, line.as_object_mut()) {
                let first = self.told_game.replace(asking.game) != Some(asking.game);
                line.extend(words::added(asking, first));
            }
            let line = self.ask(format!("{line}\n").into_bytes());
            return wire::reply(asking.setup, &self.tallied(line)?);
        }
        let (seen, allowed) = self.seen.look(asking)?;
        let asked = Asked { game: asking.game, seen: &seen, allowed: &allowed, gained: 0.0 };
        let mut said = self.decide_all(&[asked]);
        let choice = said.pop().unwrap_or_else(|| Err(Error::program("no answer")))?;
        self.seen.order(asking, &choice)
    }
}

impl Program {
    fn decide_all(&mut self, asked: &[Asked]) -> Vec<Result<Choice, Error>> {
        let answers = self.answers(asked);
        match self.tallied(answers) {
            Ok(mut said) => {
                let none = || Err(Error::program("no answer"));
                asked.iter().map(|asked| said.remove(&asked.game).unwrap_or_else(none)).collect()
            }
            Err(why) => asked.iter().map(|_| Err(why.clone())).collect(),
        }
    }
}

/// In many games at once.
impl Player for Program {
    fn decide(&mut self, asked: &[Asked]) -> Vec<Result<Choice, Error>> {
        self.decide_all(asked)
    }

    fn over(&mut self, ended: &[(u64, &End)]) {
        let mut lines = vec![];
        ended.iter().for_each(|(game, end)| many::over(&self.setup, *game, end, &mut lines));
        if let Some(running) = &mut self.running {
            let _ = running.send(lines); // one that is gone is started anew when it is asked
        }
    }
}
