//! What a player types, read as a decision or a wish to look.

use crate::error::Error;
use crate::game::view::Asked;
use crate::notation::Code;
use crate::notation::near::nearest;
use crate::world::orders::Order;
use crate::world::setup::Setup;

/// What was typed.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// A decision.
    Order(Order),
    /// What is a package worth?
    Worth(Vec<(usize, f64)>),
    /// Put these levels into the draft, or show it where none are named.
    Draft(Vec<(usize, f64)>),
    /// Take back the last change of the draft.
    Undo,
    /// Offer the draft.
    Send,
    /// What would the strategy ask for?
    Ask,
    /// What are the odds?
    Odds,
    /// Keep the decisions in a file.
    Save(String),
    /// Where do things stand?
    Look,
    /// What happened so far?
    History,
    /// What can be done?
    Help,
    /// An empty line.
    Nothing,
    /// Enough.
    Quit,
}

/// Levers by the names that are typed.
#[derive(Debug, Clone)]
pub struct Levers {
    keys: Vec<String>,
    names: Vec<String>,
    own: Vec<bool>,
    shares: Vec<bool>,
}

const BETWEEN: &[&str] = &["wait", "tighten", "ease", "threaten", "praise"];
const OFFER: &[&str] = &["offer", "draft", "undo", "worth", "ask", "wait"];
const ANSWER: &[&str] = &["accept", "refuse", "ask", "worth"];
const YES_NO: &[&str] = &["yes", "no"];
const ALWAYS: &[&str] = &["strategy", "odds", "look", "history", "save", "help", "quit"];

/// The commands that answer a question, or are of use with it alone.
pub fn own(asked: &Asked) -> &'static [&'static str] {
    match asked {
        Asked::Move => BETWEEN,
        Asked::Offer { .. } => OFFER,
        Asked::Answer { .. } => ANSWER,
        Asked::Ratify { .. } | Asked::Invitation { .. } | Asked::Extend { .. } => YES_NO,
    }
}

/// All commands that fit a question.
fn allowed(asked: &Asked) -> Vec<&'static str> {
    own(asked).iter().chain(ALWAYS).copied().collect()
}

impl Levers {
    /// The levers of a scenario, as a seat names them.
    pub fn new(setup: &Setup, seat: usize) -> Levers {
        Levers {
            keys: setup.levers.iter().map(|l| l.key.replace('_', "-")).collect(),
            names: setup.levers.iter().map(|l| l.name.clone()).collect(),
            own: setup.levers.iter().map(|l| l.holder == seat).collect(),
            shares: setup.levers.iter().map(|l| l.unit.starts_with("of ") && l.high <= 1.0).collect(),
        }
    }

    /// The name that is typed for a lever.
    pub fn key(&self, lever: usize) -> &str {
        &self.keys[lever]
    }

    /// A message with the names that are typed beside the long ones.
    pub fn in_keys(&self, message: &str) -> String {
        let found = self.names.iter().position(|name| message.contains(name.as_str()));
        found.map_or(message.to_string(), |l| message.replace(&self.names[l], &self.keys[l]))
    }

    /// Reads a line as an answer to a question; what does not fit is answered with what does.
    pub fn read(&self, line: &str, asked: &Asked) -> Result<Command, Error> {
        let words: Vec<&str> = line.split_whitespace().collect();
        let Some((verb, rest)) = words.split_first() else { return Ok(Command::Nothing) };
        let verb = verb.to_lowercase();
        let fits = allowed(asked);
        let verb = match (verb.as_str(), asked) {
            ("y" | "yes" | "accept", Asked::Answer { .. }) => "accept",
            ("n" | "no" | "refuse" | "reject", Asked::Answer { .. }) => "refuse",
            ("y" | "accept", _) if fits.contains(&"yes") => "yes",
            ("n" | "refuse", _) if fits.contains(&"no") => "no",
            ("q" | "exit" | "bye", _) => "quit",
            ("?" | "h", _) => "help",
            (other, _) => fits.iter().find(|v| **v == other).copied().ok_or_else(|| unknown(other, &fits))?,
        };
        let alone = |command: Command| {
            if rest.is_empty() { Ok(command) } else { Err(Error::argument(format!("`{verb}` stands alone."))) }
        };
        match verb {
            "wait" => alone(Command::Order(Order::Wait)),
            "praise" => alone(Command::Order(Order::Praise)),
            "threaten" => alone(Command::Order(Order::Threaten)),
            "strategy" => alone(Command::Order(Order::Engine)),
            "accept" | "yes" => alone(Command::Order(Order::Say(true))),
            "refuse" | "no" => alone(Command::Order(Order::Say(false))),
            "tighten" => self.step(rest).map(|(l, steps)| Command::Order(Order::Tighten(l, steps))),
            "ease" => self.step(rest).map(|(l, steps)| Command::Order(Order::Ease(l, steps))),
            "offer" if rest.is_empty() => Ok(Command::Send),
            "draft" if rest.is_empty() => Ok(Command::Draft(vec![])),
            "draft" => self.package(rest).map(Command::Draft),
            "undo" => alone(Command::Undo),
            "odds" => alone(Command::Odds),
            "save" => match rest {
                [file] if file.contains(char::is_control) => {
                    Err(Error::argument("A file's name holds no control characters: choose another."))
                }
                [file] => Ok(Command::Save(file.to_string())),
                _ => Err(Error::argument("Say in which file, such as `save my-game.json`.")),
            },
            "offer" => self.package(rest).map(|p| Command::Order(Order::Package(p))),
            "worth" => self.package(rest).map(Command::Worth),
            "ask" => alone(Command::Ask),
            "look" => alone(Command::Look),
            "history" => alone(Command::History),
            "help" => alone(Command::Help),
            _ => alone(Command::Quit),
        }
    }

    fn lever(&self, typed: &str) -> Result<usize, Error> {
        let typed = typed.to_lowercase().replace('_', "-");
        let exact = self.keys.iter().position(|k| *k == typed);
        let mut starting = (0..self.keys.len()).filter(|l| self.keys[*l].starts_with(&typed));
        let one = starting.next().filter(|_| starting.next().is_none());
        exact.or(one).ok_or_else(|| {
            let near = nearest(&typed, self.keys.iter().map(String::as_str));
            let hint = near.map_or(String::new(), |n| format!(" Did you mean `{n}`?"));
            let keys = self.keys.join(", ");
            Error::of(Code::UnknownName, format!("There is no one lever `{typed}`.{hint} Levers: {keys}."))
        })
    }

    /// "us-tariff" or "us-tariff 0.5": a lever and big moves.
    fn step(&self, rest: &[&str]) -> Result<(usize, f64), Error> {
        match rest {
            [] => {
                let own: Vec<&str> = (0..self.keys.len()).filter(|l| self.own[*l]).map(|l| self.key(l)).collect();
                Err(Error::argument(format!(
                    "Say which lever, and by how many big moves (0.5 where left out): {}.",
                    own.join(", ")
                )))
            }
            [lever] => Ok((self.lever(lever)?, 0.5)),
            [lever, steps] => {
                let steps = number(steps)
                    .ok_or_else(|| Error::argument(format!("`{steps}` is no number of big moves, such as 0.5.")))?;
                Ok((self.lever(lever)?, steps))
            }
            _ => Err(Error::argument("One lever at a time, such as `tighten us-tariff 0.5`.")),
        }
    }

    /// "us-tariff=31 magnets=80%".
    fn package(&self, rest: &[&str]) -> Result<Vec<(usize, f64)>, Error> {
        let example = "such as `offer us-tariff=31 magnets=80%`";
        if rest.is_empty() {
            return Err(Error::argument(format!("Say LEVER=LEVEL for each lever that is to move, {example}.")));
        }
        let one = |word: &&str| {
            let (lever, level) = word
                .split_once('=')
                .ok_or_else(|| Error::argument(format!("`{word}` is not LEVER=LEVEL, {example}.")))?;
            let lever = self.lever(lever)?;
            let plain = level.trim_start_matches('$');
            let (digits, marked) = plain.strip_suffix('%').map_or((plain, false), |n| (n, true));
            let x = number(digits).ok_or_else(|| Error::argument(format!("`{level}` is no level, {example}.")))?;
            Ok((lever, if self.shares[lever] && (marked || x > 1.0) { x / 100.0 } else { x }))
        };
        rest.iter().map(one).collect()
    }
}

/// A number as it is typed; what is none, or too large to be one, is nothing.
fn number(typed: &str) -> Option<f64> {
    typed.parse().ok().filter(|x: &f64| x.is_finite())
}

fn unknown(verb: &str, fits: &[&'static str]) -> Error {
    if OFFER.contains(&verb) {
        let text = "is for a session, when the offer is yours; `look` tells when officials or leaders meet.";
        return Error::argument(format!("`{verb}` {text} You can: {}.", fits.join(", ")));
    }
    let near = nearest(verb, fits.iter().copied());
    let hint = near.map_or(String::new(), |n| format!(" Did you mean `{n}`?"));
    Error::argument(format!("There is no `{verb}` here.{hint} You can: {}.", fits.join(", ")))
}
