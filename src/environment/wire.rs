//! What a program reads and writes that plays many games at once: one JSON document a line, `summitry.player/2`.
//! See docs/players.md.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::actions::Actions;
use super::ends::End;
use super::layout::Layout;
use super::player::{Asked, Choice};
use crate::error::Error;
use crate::game::wire::{MANY, lever_named, read, short};
use crate::notation::near::did_you_mean;
use crate::world::setup::{NOBODY, Setup};

/// What never changes, for the first line to a program: what it will see and may do, and the levers.
pub fn offers(setup: &Setup, seat: usize, layout: &Layout, actions: &Actions) -> Map<String, Value> {
    let bound = |x: f32| if x.is_finite() { json!(x) } else { Value::Null };
    let see = layout.entries().iter().map(
        |entry| json!({"name": entry.name, "unit": entry.unit, "low": bound(entry.low), "high": bound(entry.high)}),
    );
    let levers = setup.levers.iter().map(|l| {
        let of = match l.holder {
            NOBODY => "nobody",
            holder if holder == seat => "me",
            _ => "them",
        };
        json!({
            "key": l.key, "name": l.name, "unit": l.unit, "of": of, "range": [l.low, l.high],
            "reach": [l.reach_low, l.reach_high], "snap": l.snap, "at_start": l.now,
        })
    });
    let does = actions.list().iter().map(|action| json!(action.name));
    Map::from_iter([
        ("also".into(), json!([MANY.0])),
        ("layout".into(), json!(layout.version())),
        ("see".into(), see.collect()),
        ("do".into(), does.collect()),
        ("levers".into(), levers.collect()),
    ])
}

/// Adds the line that asks for a decision; so many more are asked with it.
pub fn question(asked: &Asked, more: usize, out: &mut Vec<u8>) -> Result<(), Error> {
    out.extend(format!("{{\"game\":{},\"more\":{more},\"gained\":", asked.game).bytes());
    serde_json::to_writer(&mut *out, &asked.gained).map_err(Error::ours)?;
    out.extend(b",\"may\":[");
    for (i, action) in asked.allowed.iter().enumerate().filter(|(_, may)| **may).map(|(action, _)| action).enumerate() {
        out.extend(format!("{}{action}", if i > 0 { "," } else { "" }).bytes());
    }
    out.extend(b"],\"see\":[");
    for (i, x) in asked.seen.iter().enumerate() {
        if i > 0 {
            out.push(b',');
        }
        match x {
            x if *x == 0.0 => out.push(b'0'),
            x if x.fract() == 0.0 && x.abs() < 1e6 => out.extend(format!("{x}").bytes()),
            x => serde_json::to_writer(&mut *out, &short_number(*x)).map_err(Error::ours)?,
        }
    }
    out.extend(b"]}\n");
    Ok(())
}

/// A number other than 0 to five digits, so that a line stays short.
fn short_number(x: f32) -> f32 {
    let (x, mut scale) = (f64::from(x), 1.0);
    while x.abs() * scale < 1e4 {
        scale *= 10.0;
    }
    while x.abs() * scale >= 1e5 {
        scale /= 10.0;
    }
    ((x * scale).round() / scale) as f32
}

/// Adds the line that says how a game ended; it is not answered.
pub fn over(setup: &Setup, game: u64, end: &End, out: &mut Vec<u8>) {
    let totals: Map<String, Value> =
        setup.parties.iter().zip(end.totals).map(|(party, total)| (party.key.clone(), json!(total))).collect();
    let signed = end.signed.as_ref().map(|deal| {
        let levels: Map<String, Value> =
            setup.levers.iter().zip(&deal.levels).map(|(lever, level)| (lever.key.clone(), json!(level))).collect();
        json!({"round": deal.round, "levels": levels})
    });
    let line = json!({"game": game, "over": true, "ending": end.ending, "totals": totals, "signed": signed});
    out.extend(format!("{line}\n").bytes());
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reply {
    game: u64,
    #[serde(rename = "do")]
    does: Named,
    #[serde(default)]
    levels: Levels,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Named {
    Place(usize),
    Name(String),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Levels {
    Each(Vec<f32>),
    Some(Map<String, Value>),
}

impl Default for Levels {
    fn default() -> Levels {
        Levels::Some(Map::new())
    }
}

/// A program's line: the game that it is of, and what is decided there or why that is no decision. A line that names no
/// game is a fault of its own.
pub fn reply(setup: &Setup, actions: &Actions, line: &str) -> Result<(u64, Result<Choice, Error>), Error> {
    let said: Reply = read(line)?;
    Ok((said.game, choice(setup, actions, said)))
}

fn choice(setup: &Setup, actions: &Actions, said: Reply) -> Result<Choice, Error> {
    let list = actions.list();
    let action = match &said.does {
        Named::Place(place) if *place < list.len() => *place,
        Named::Place(place) => {
            return Err(Error::program(format!("there is no action {place}: the last is {}", list.len() - 1)));
        }
        Named::Name(name) => list.iter().position(|action| action.name == *name).ok_or_else(|| {
            let near = did_you_mean(name, list.iter().map(|action| action.name.as_str()));
            Error::program(format!("there is no action `{}`{near}", short(name)))
        })?,
    };
    let levels = match said.levels {
        Levels::Each(all) if all.len() == actions.levers() => all,
        Levels::Each(all) => {
            let text = format!("levels are a number for each of {} levers, not {}", actions.levers(), all.len());
            return Err(Error::program(text));
        }
        Levels::Some(named) => {
            let mut all = vec![0.0; actions.levers()];
            for (name, x) in &named {
                let lever = lever_named(setup, name)?;
                let wrong = || Error::program(format!("the level of `{name}` is no number"));
                all[lever] = x.as_f64().ok_or_else(wrong)? as f32;
            }
            all
        }
    };
    match levels.iter().all(|x| x.is_finite()) {
        true => Ok(Choice { action, levels }),
        false => Err(Error::program("a level is no number")),
    }
}
