//! What an outside program reads and writes: one JSON document a line, `summitry.player/1`. See docs/players.md.
//!
//! A line to the program is made from its seat's view and the names of the scenario, and from nothing else.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use super::names::{Names, Reader};
use super::outside::Asking;
use super::view::{Asked, LeverSeen, RoomSeen, View, Whose};
use crate::error::Error;
use crate::notation::near::{listed, nearest};
use crate::world::heard::Heard;
use crate::world::orders::Order;
use crate::world::setup::Setup;
use crate::world::trace::Kind;

/// The protocol's name and version.
pub const PROTOCOL: &str = "summitry.player/1";

/// The first line to a program: which game it is, and whom it plays.
pub fn hello(setup: &Setup, player: &str, seat: usize) -> Value {
    let (me, them) = (&setup.parties[seat], &setup.parties[1 - seat]);
    json!({
        "protocol": PROTOCOL, "player": player, "title": setup.scenario.title, "rounds": setup.rounds,
        "me": {"key": me.key, "name": me.name}, "them": {"key": them.key, "name": them.name},
    })
}

/// What a program speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Speaks {
    /// This protocol: a question at a time, of one game.
    OneGame,
    /// The same, and wants each question in plain English too.
    InWords,
    /// `summitry.player/2`, with so many games at once.
    Many(usize),
}

#[derive(Deserialize)]
struct Welcome {
    protocol: String,
    games: Option<usize>,
    #[serde(default)]
    words: bool,
}

/// The other protocol, and how many games a program of it plays at once: where it does not say, and at most.
pub const MANY: (&str, usize, usize) = ("summitry.player/2", 64, 1024);

/// What a program's first line says that it speaks.
pub fn welcome(line: &str) -> Result<Speaks, Error> {
    let (many, usual, most) = MANY;
    match serde_json::from_str::<Welcome>(line) {
        Ok(said) if said.protocol == PROTOCOL && said.words => Ok(Speaks::InWords),
        Ok(said) if said.protocol == PROTOCOL => Ok(Speaks::OneGame),
        Ok(said) if said.protocol == many => match said.games.unwrap_or(usual) {
            games if (1..=most).contains(&games) => Ok(Speaks::Many(games)),
            games => Err(Error::program(format!("it plays {games} games at once, where 1 to {most} can be asked for"))),
        },
        Ok(said) => Err(Error::program(format!(
            "it speaks `{}`, this program speaks `{PROTOCOL}` and `{many}`",
            short(&said.protocol)
        ))),
        Err(_) => Err(Error::program(format!(
            "it answers the first line with {{\"protocol\": \"{PROTOCOL}\"}} or {{\"protocol\": \"{many}\"}}, not with `{}`",
            short(line)
        ))),
    }
}

/// The line that asks for a decision.
pub fn question(asking: &Asking) -> Value {
    let (setup, view) = (asking.setup, asking.view);
    let (ask, may, about) = asked(setup, view);
    let levers: Map<String, Value> =
        view.levers.iter().map(|l| (setup.levers[l.lever].key.clone(), lever(l))).collect();
    let ahead = view.ahead.iter().map(|a| json!({"round": a.round, "what": snake(&format!("{:?}", a.what))}));
    let belief: Map<String, Value> = view.belief.iter().map(|(name, p)| (name.clone(), json!(p))).collect();
    let factions: Map<String, Value> = view.other.factions.iter().map(|(name, p)| (name.clone(), json!(p))).collect();
    let own = &view.own;
    json!({
        "game": asking.game, "round": view.round, "date": view.date, "ask": ask, "may": may, "about": about,
        "tone": view.tone, "truce_down": view.truce_down, "levers": levers, "ahead": ahead.collect::<Vec<_>>(),
        "me": {
            "weights": {
                "prosperity": own.weights[0], "security": own.weights[1], "politics": own.weights[2],
                "prestige": own.weights[3],
            },
            "patience": own.patience, "date": own.date, "honesty": own.honesty, "total": own.total,
            "deal_cost": own.deal_cost, "prize": own.prize, "word": own.word, "resolve": own.resolve,
            "resilience": own.resilience,
        },
        "them": {"word": view.other.word, "resolve": view.other.resolve, "factions": factions, "belief": belief},
        "news": asking.news.iter().map(|h| heard(setup, view.seat, h)).collect::<Vec<_>>(),
    })
}

fn whose(whose: Whose) -> &'static str {
    match whose {
        Whose::Mine => "me",
        Whose::Theirs => "them",
        Whose::Nobodys => "nobody",
    }
}

fn lever(l: &LeverSeen) -> Value {
    json!({
        "name": l.name, "unit": l.unit, "of": whose(l.whose), "level": l.level, "at_start": l.at_start,
        "range": l.range, "reach": l.reach, "snap": l.snap,
    })
}

/// The question's name, what may be answered, and what it is about.
fn asked(setup: &Setup, view: &View) -> (&'static str, &'static [&'static str], Value) {
    const MOVE: &[&str] = &["wait", "praise", "threaten", "tighten", "ease", "strategy"];
    const OFFER: &[&str] = &["offer", "wait", "strategy"];
    const YES_NO: &[&str] = &["yes", "no", "strategy"];
    match &view.question {
        None | Some(Asked::Move) => ("move", MOVE, json!({})),
        Some(Asked::Offer { exchange, room, reserve, advice, beside }) => {
            let about = json!({
                "exchange": exchange, "room": rooms(setup, room), "waiting": reserve, "advice": advice, "beside": beside,
            });
            ("offer", OFFER, about)
        }
        Some(Asked::Answer { exchange, package, worth, room, reserve, advice, beside, last }) => {
            let package: Map<String, Value> =
                package.iter().map(|(l, level)| (setup.levers[*l].key.clone(), json!(level))).collect();
            let about = json!({
                "exchange": exchange, "package": package, "worth": worth, "last": last, "room": rooms(setup, room),
                "waiting": reserve, "advice": advice, "beside": beside,
            });
            ("answer", YES_NO, about)
        }
        Some(Asked::Ratify { worth, support, chance }) => {
            ("ratify", YES_NO, json!({"worth": worth, "support": support, "chance": chance}))
        }
        Some(Asked::Invitation { chance }) => ("summit", YES_NO, json!({"chance": chance})),
        Some(Asked::Extend { chance }) => ("truce", YES_NO, json!({"chance": chance})),
    }
}

fn rooms(setup: &Setup, rooms: &[RoomSeen]) -> Map<String, Value> {
    let one =
        |r: &RoomSeen| (setup.levers[r.lever].key.clone(), json!({"now": r.now, "levels": r.levels, "worth": r.worth}));
    rooms.iter().map(one).collect()
}

/// Names that this protocol has for what documents call otherwise: of kinds, of their facts, of what these say.
const NAMES: [(&str, &str); 7] = [
    ("eased", "opened"),
    ("utilities", "worth_to_me"),
    ("prize", "prize_to_me"),
    ("support", "support_at_my_home"),
    ("emergency_session", "emergency"),
    ("below_waiting", "below_reserve"),
    ("said_no", "said"),
];

fn in_protocol(name: &str) -> &str {
    NAMES.iter().find(|(ours, _)| *ours == name).map_or(name, |(_, theirs)| theirs)
}

/// What was heard: round, who, what, and the rest of it, levers by name.
fn heard(setup: &Setup, seat: usize, h: &Heard) -> Value {
    let names = Names { setup, reader: Reader::Seat(seat) };
    let by = h.party.map(|p| whose(if p == seat { Whose::Mine } else { Whose::Theirs }));
    let mut out = Map::from_iter([("round".into(), json!(h.round)), ("by".into(), json!(by))]);
    match h.what {
        Kind::Passed | Kind::Rejected => {
            out.insert("what".into(), json!("vote"));
            out.insert("passed".into(), json!(h.what == Kind::Passed));
        }
        kind => drop(out.insert("what".into(), renamed(json!(kind)))),
    }
    for (name, fact) in &h.facts {
        let name = match (h.what, *name) {
            (Kind::Extended | Kind::Restored, "truce_until") => "to",
            (_, name) => in_protocol(name),
        };
        let said = names.of(fact);
        out.insert(name.into(), if name == "refused" { renamed(said) } else { said });
    }
    Value::Object(out)
}

fn renamed(said: Value) -> Value {
    said.as_str().map_or(Value::Null, |name| json!(in_protocol(name)))
}

/// "BelowAsk" as "below_ask".
fn snake(name: &str) -> String {
    let mut out = String::new();
    for (i, c) in name.chars().enumerate() {
        if c.is_uppercase() && i > 0 {
            out.push('_');
        }
        out.extend(c.to_lowercase());
    }
    out
}

/// What a program may answer.
#[derive(Deserialize)]
#[serde(tag = "do", rename_all = "lowercase", deny_unknown_fields)]
enum Reply {
    Wait,
    Praise,
    Threaten,
    Tighten {
        lever: String,
        #[serde(default = "half")]
        moves: f64,
    },
    Ease {
        lever: String,
        #[serde(default = "half")]
        moves: f64,
    },
    Offer {
        levels: BTreeMap<String, f64>,
    },
    Yes,
    No,
    Strategy,
}

fn half() -> f64 {
    0.5
}

/// The lever that a program names; where there is none, the nearest is told.
pub fn lever_named(setup: &Setup, name: &str) -> Result<usize, Error> {
    let keys = || setup.levers.iter().map(|l| l.key.as_str());
    setup.lever(name).ok_or_else(|| {
        Error::program(match nearest(name, keys()) {
            None => format!("there is no lever `{}`; the levers are {}", short(name), listed(keys())),
            Some(near) => format!("there is no lever `{}`; did you mean `{near}`?", short(name)),
        })
    })
}

/// A program's line as JSON; what is no answer is told.
pub fn read<T: DeserializeOwned>(line: &str) -> Result<T, Error> {
    serde_json::from_str(line).map_err(|e| {
        let whole = e.to_string();
        let what = whole.split(" at line").next().unwrap_or(&whole);
        Error::program(format!("`{}` is no answer: {what}", short(line)))
    })
}

/// A program's line as a decision; what it is not, is said.
pub fn reply(setup: &Setup, line: &str) -> Result<Order, Error> {
    let lever = |name: &str| lever_named(setup, name);
    let said: Reply = read(line)?;
    Ok(match said {
        Reply::Wait => Order::Wait,
        Reply::Praise => Order::Praise,
        Reply::Threaten => Order::Threaten,
        Reply::Tighten { lever: name, moves } => Order::Tighten(lever(&name)?, moves),
        Reply::Ease { lever: name, moves } => Order::Ease(lever(&name)?, moves),
        Reply::Offer { levels } => {
            let one = |(name, level): (&String, &f64)| lever(name).map(|l| (l, *level));
            Order::Package(levels.iter().map(one).collect::<Result<_, Error>>()?)
        }
        Reply::Yes => Order::Say(true),
        Reply::No => Order::Say(false),
        Reply::Strategy => Order::Engine,
    })
}

/// The beginning of a text that may be anything, for a message on one line.
pub fn short(text: &str) -> String {
    let plain: String = text.trim().chars().map(|c| if c.is_control() { ' ' } else { c }).take(60).collect();
    if text.trim().chars().count() > 60 { plain + ".." } else { plain }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::game::table::{Step, Table};
    use crate::game::testing::{another_mind, stockholm, stockholm_with};
    use crate::world::dice::Key;
    use crate::world::heard::Hearer;
    use crate::world::orders::About;
    use crate::world::phase::Phase;
    use crate::world::trace::{Move, Note, Refusal, What};

    #[test]
    fn every_answer_is_read_and_nonsense_is_named() {
        let setup = stockholm();
        let tariff = setup.lever("us_tariff").expect("a lever");
        let read = |line: &str| reply(&setup, line);
        assert_eq!(read(r#"{"do": "wait"}"#), Ok(Order::Wait));
        assert_eq!(read(r#"{"do": "no"}"#), Ok(Order::Say(false)));
        assert_eq!(read(r#"{"do": "strategy"}"#), Ok(Order::Engine));
        assert_eq!(read(r#"{"do": "tighten", "lever": "us_tariff"}"#), Ok(Order::Tighten(tariff, 0.5)));
        let offer = read(r#"{"do": "offer", "levels": {"us_tariff": 31.5}}"#);
        assert_eq!(offer, Ok(Order::Package(vec![(tariff, 31.5)])));
        let says = |line: &str| read(line).expect_err(line).to_string();
        assert!(says("hello").starts_with("`hello` is no answer: expected value"));
        assert!(says(r#"{"do": "dance"}"#).contains("unknown variant `dance`, expected one of `wait`"));
        assert!(says(r#"{"do": "offer", "levels": {"us_tarif": 3}}"#).ends_with("did you mean `us_tariff`?"));
        assert!(says(r#"{"do": "offer", "levels": {"us_tariff": 3}, "why": 1}"#).contains("unknown field `why`"));
        assert!(says(&format!("[{}", "[".repeat(999))).len() < 200);
        assert_eq!(welcome(r#"{"protocol": "summitry.player/1", "name": "x"}"#), Ok(Speaks::OneGame));
        assert_eq!(welcome(r#"{"protocol": "summitry.player/1", "words": true}"#), Ok(Speaks::InWords));
        assert_eq!(welcome(r#"{"protocol": "summitry.player/2"}"#), Ok(Speaks::Many(64)));
        assert_eq!(welcome(r#"{"protocol": "summitry.player/2", "games": 8}"#), Ok(Speaks::Many(8)));
        assert!(welcome(r#"{"protocol": "summitry.player/2", "games": 0}"#).is_err());
        assert!(
            welcome(r#"{"protocol": "summitry.player/7"}"#)
                .is_err_and(|e| e.to_string().contains("speaks `summitry.player/7`"))
        );
        assert!(welcome("{}").is_err());
    }

    /// The names of the protocol stay whatever documents call the same facts, and no fact of the other's mind is told.
    #[test]
    fn news_keep_the_names_of_the_protocol() {
        let setup = stockholm();
        let tariff = setup.lever("us_tariff").expect("a lever");
        let moved = Move { lever: tariff, from: 40.0, to: 31.0 };
        let said = |what: What| {
            let note = Note { round: 2, phase: Phase::Bargain, party: Some(0), what };
            heard(&setup, 0, &note.heard(Hearer::Seat(0)))
        };
        let levers = json!({"lever": "us_tariff", "from": 40.0, "to": 31.0});
        assert_eq!(said(What::Eased { moved }), json!({"round": 2, "by": "me", "what": "opened", "moved": levers}));
        let vote = json!({"round": 2, "by": "me", "what": "vote", "passed": false, "support_at_my_home": 0.3});
        assert_eq!(said(What::Rejected { support: 0.3, chance: 0.1 }), vote);
        let refused = Some(Refusal::BelowReserve);
        let offer = said(What::Offer {
            exchange: 1,
            package: vec![moved],
            worth: [1.0, 2.0],
            asks: 3.0,
            reserve: 4.0,
            refused,
        });
        let told = json!({
            "round": 2, "by": "me", "what": "offer", "exchange": 1, "package": [levers], "worth_to_me": 1.0,
            "refused": "below_reserve",
        });
        assert_eq!(offer, told);
        let court = said(What::Shock { moved, what: "a court rules".into() });
        assert_eq!((&court["what"], &court["why"]), (&json!("shock"), &json!("a court rules")));
        assert_eq!(said(What::Extended { to: 9, length: 4, ahead: 0 })["to"], 9);
        let signed = said(What::Signed { leaders: true, pledges: vec![], expiry: None });
        assert_eq!(signed["truce_until"], Value::Null);
    }

    /// A game in which both seats do the same whatever they want; all lines to one of them.
    fn lines(setup: &Setup, seat: usize) -> Vec<String> {
        let mut table = Table::new(setup, Key::of_seed(5), 0, [true; 2], [false; 2]);
        let (mut out, mut heard) = (vec![], 0);
        loop {
            let asked = match table.advance() {
                Step::Over => return out,
                Step::RoundDone => continue,
                Step::Question(asked) => asked,
            };
            if asked.at.party == seat {
                let view = View::new(&table, seat);
                let asking = Asking { setup, game: 0, view: &view, news: &view.history[heard..], table: &table };
                let mut line = question(&asking);
                if line["ask"] == "summit" {
                    line["about"] = Value::Null;
                }
                out.push(line.to_string());
                heard = view.history.len();
            }
            let order = match &asked.about {
                About::Round => Order::Wait,
                About::Turn(rooms) => Order::Package(rooms.iter().map(|r| (r.lever, r.levels[1])).collect()),
                About::Answer { .. } => Order::Say(false),
                About::Package { .. } | About::Chance(_) => Order::Say(true),
            };
            table.answer(order).expect("it is allowed");
        }
    }

    /// Whatever the other side hides, every line to a program is the same, bit for bit, however the strategy that stands
    /// in models the other. What all can see tells of it, and is left out here: how honest it has been on record, and
    /// what a session's progress does to the mood and to one's own wish for a truce or a summit, and how long an extension
    /// lasts that the two bargain over.
    #[test]
    fn a_program_is_told_nothing_that_the_other_hides() {
        let bayes = "(model: Bayes(types: [\"Dealmaker\", \"SecurityHawk\"], prior_on_named: 0.5, sharpness: 25))";
        let model = |of: &str| format!("(like: \"boulware\", model: {of})");
        let stands_in = [
            model("Known"),
            model("None"),
            model("Frequency(rate: 0.2)"),
            bayes.replace("(model", "(like: \"boulware\", model"),
            "rational".into(),
        ];
        for (strategy, seat) in stands_in.iter().flat_map(|strategy| [(strategy, 0), (strategy, 1)]) {
            let set = |p: &str| format!("parties.{p}.strategy={strategy}");
            let record = |p: &str| format!("parties.{p}.word.record=0");
            let progress =
                ["signing.progress_tone=0", "truce.progress=0", "calendar.TruceExpires.length=Rule"].map(String::from);
            let sets = [&[set("us"), set("cn"), record("us"), record("cn")], &progress[..]].concat();
            let setup = stockholm_with(&sets.iter().map(String::as_str).collect::<Vec<_>>());
            let other = another_mind(&setup, 1 - seat);
            let (then, now) = (lines(&setup, seat), lines(&other, seat));
            let asked = |what: &str| then.iter().filter(|line| line.contains(&format!("\"ask\":\"{what}\""))).count();
            assert!(asked("offer") > 3 && asked("answer") > 3, "{strategy}: {} lines", then.len());
            for (then, now) in then.iter().zip(&now) {
                let apart = then.bytes().zip(now.bytes()).take_while(|(a, b)| a == b).count();
                let told = then.get(apart.saturating_sub(90)..).unwrap_or_default();
                assert!(then == now, "{strategy}, seat {seat}: another game tells another {told:.150}");
            }
            assert_eq!(then.len(), now.len());
            assert_ne!(lines(&other, 1 - seat), lines(&setup, 1 - seat), "the other has another mind");
        }
    }
}
