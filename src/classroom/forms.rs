//! What a form says, turned into a command.

use std::collections::BTreeMap;

use super::command::{Command, Entrance, stance_of};
use super::news;
use super::played::ends;
use super::seats::Seat;
use super::state::{NOTES_MAX, RANKED_MAX, State};
use crate::error::Error;
use crate::web::typed::clean;

/// The most letters of a text.
pub const TEXT_MAX: usize = NOTES_MAX;
/// The most letters of an observer's answer.
pub const SHEET_MAX: usize = 300;

/// The fields of a form.
pub type Fields = BTreeMap<String, String>;

fn text<'a>(fields: &'a Fields, name: &str) -> &'a str {
    fields.get(name).map_or("", String::as_str)
}

fn whole(fields: &Fields, name: &str, most: u32) -> Result<u32, Error> {
    let number = text(fields, name).trim().parse::<u32>().ok().filter(|x| *x <= most);
    number.ok_or_else(|| Error::refused(format!("a whole number from 0 to {most} is needed")))
}

/// A student's form as commands, in order.
pub fn student(state: &mut State, person: usize, fields: &Fields) -> Result<Vec<Command>, Error> {
    Ok(match text(fields, "do") {
        "draft" => vec![draft(state, person, fields)?],
        "ready" | "offer" => vec![draft(state, person, fields)?, Command::Ready(true)],
        "unready" => vec![Command::Ready(false)],
        "agree" => vec![Command::Agree(true)],
        "disagree" => vec![Command::Agree(false)],
        "yes" => vec![Command::Say(true)],
        "no" => vec![Command::Say(false)],
        "guess" => vec![Command::Guess(whole(fields, "guess", 100)?)],
        "board" => {
            let typed = clean(text(fields, "text"), TEXT_MAX);
            vec![match fields.get("was") {
                Some(was) => Command::Notes { was: clean(was, TEXT_MAX), text: typed },
                None => Command::Board(typed),
            }]
        }
        "surprise" => vec![Command::Surprise(clean(text(fields, "text"), TEXT_MAX))],
        "note" => vec![Command::Note(clean(text(fields, "text"), TEXT_MAX))],
        "quiz" => quiz(state, fields)?,
        "rank" => vec![Command::Rank(ranking(fields)?)],
        "sheet" => {
            let prompts = state.ready.lesson.classroom.observe.len();
            vec![Command::Sheet((0..prompts).map(|i| clean(text(fields, &format!("o{i}")), SHEET_MAX)).collect())]
        }
        "ask" => vec![Command::Ask],
        _ => return Err(Error::refused("that form is unknown")),
    })
}

fn draft(state: &mut State, person: usize, fields: &Fields) -> Result<Command, Error> {
    let seat = state
        .people
        .get(person)
        .and_then(|p| p.seat)
        .ok_or_else(|| Error::refused("wait until your teacher lets you in"))?;
    let ready = state.ready.clone();
    // What is not changed stays as it is shown: in a meeting cut to the room that it leaves.
    let place = &state.tables[seat.table];
    let (drafted, rooms) = (place.sent(seat.party), place.rooms(seat.party).map(<[_]>::to_vec));
    let mut levels = BTreeMap::new();
    for (l, lever) in ready.setup.levers.iter().enumerate() {
        let typed = text(fields, &format!("l{l}")).trim();
        if typed.is_empty() {
            levels.extend(drafted.get(&l).map(|x| (l, *x))); // what cannot be read is no wish to drop it
            continue;
        }
        let scale = news::scale(&ready.setup, l);
        let shown: f64 = typed.parse().map_err(|_| Error::refused(format!("{}: a number is needed", lever.name)))?;
        if !shown.is_finite() {
            return Err(Error::refused(format!("{}: a number is needed", lever.name)));
        }
        // A number that was not changed on the screen moves nothing, whatever has happened since it was shown.
        if typed == text(fields, &format!("w{l}")).trim() {
            levels.extend(drafted.get(&l).map(|x| (l, *x)));
            continue;
        }
        let now = state.tables[seat.table].stands(seat.party, l);
        if (shown - (now * scale).round()).abs() < 0.5 {
            continue;
        }
        let name = &lever.name;
        let [low, high] = match &rooms {
            // What stands beyond reach, as after a lapse, can be brought back from there.
            None => [lever.reach_low.min(now), lever.reach_high.max(now)],
            Some(rooms) => ends(rooms, l)
                .ok_or_else(|| Error::refused(format!("{name} is not open in this meeting, you wrote {typed}")))?,
        };
        // Screens show whole numbers: what is an end on the screen is the end.
        if shown < low * scale - 0.5 - 1e-9 || shown > high * scale + 0.5 + 1e-9 {
            let here = if rooms.is_some() { " in this meeting" } else { "" };
            return Err(Error::refused(format!(
                "{name}: from {:.0} to {:.0}{here}, you wrote {typed}",
                low * scale,
                high * scale
            )));
        }
        levels.insert(l, (shown / scale).clamp(low, high));
    }
    let key = match fields.get("stance").filter(|key| Some(*key) != fields.get("wstance")) {
        Some(key) => stance_of(key).ok_or_else(|| Error::refused("that public act is unknown"))?,
        None => state.tables[seat.table].sides[seat.party].stance,
    };
    Ok(Command::Draft { levels, stance: key })
}

/// The issues named in the fields `r0`, `r1`, ..., the empty ones left out.
fn ranking(fields: &Fields) -> Result<Vec<usize>, Error> {
    let named = (0..RANKED_MAX).map(|i| text(fields, &format!("r{i}"))).filter(|l| !l.is_empty());
    named.map(|l| l.parse().map_err(|_| Error::refused("there is no such issue"))).collect()
}

fn quiz(state: &State, fields: &Fields) -> Result<Vec<Command>, Error> {
    let plan = &state.ready.lesson.classroom;
    let chosen = |name: char, i: usize, answers: &[String]| {
        text(fields, &format!("{name}{i}")).parse::<usize>().ok().filter(|a| *a < answers.len())
    };
    let after = text(fields, "after") == "1";
    let answers = plan.quiz.iter().enumerate().map(|(i, q)| chosen('q', i, &q.answers)).collect();
    let mut out = vec![Command::Quiz { after, answers }];
    if !after && !plan.about.is_empty() {
        out.push(Command::About(plan.about.iter().enumerate().map(|(i, q)| chosen('a', i, &q.answers)).collect()));
    }
    if !text(fields, "forecast").trim().is_empty() {
        out.push(Command::Forecast(whole(fields, "forecast", 100)?));
    }
    Ok(out)
}

/// The table that a form of the teacher's names: all where it names none.
pub fn table(fields: &Fields) -> Result<Option<usize>, Error> {
    match text(fields, "table") {
        "" => Ok(None),
        t => t.parse().map(Some).map_err(|_| Error::refused("there is no such table")),
    }
}

/// A form of the teacher's as a command.
pub fn teacher(act: &str, fields: &Fields) -> Result<Command, Error> {
    let table = table(fields)?;
    let n = || text(fields, "n").parse::<usize>().map_err(|_| Error::refused("a number is needed"));
    let person = |name: &str| {
        let typed = text(fields, name).parse::<usize>().ok().and_then(|x| x.checked_sub(1));
        typed.ok_or_else(|| Error::refused("the number of a person is needed"))
    };
    Ok(match act {
        "run" => Command::Run(table),
        "pause" => Command::Pause(table),
        "more" => Command::More(table, n()? as u64),
        "advance" => Command::Advance(table),
        "event" => Command::Event(n()?, table),
        "headline" => Command::Headline(clean(text(fields, "text"), 200), table),
        "message" => Command::Message(clean(text(fields, "text"), 300), table),
        "reveal" => Command::Reveal,
        "show" => Command::Show(n()?),
        "admit" => Command::Admit(n()?),
        "bench" => Command::Bench(n()?),
        "unbench" => Command::Unbench(n()?),
        "eject" => Command::Eject(n()?),
        "clear" => Command::Clear(n()?),
        "remove" => Command::Remove(n()?),
        "remove-from" => Command::RemoveFrom(n()?),
        "door" => Command::Door(match text(fields, "n") {
            "open" => Entrance::Open,
            "asks" => Entrance::Asks,
            "closed" => Entrance::Closed,
            _ => return Err(Error::refused("a door is open, asks or is closed")),
        }),
        "place" => {
            let seat = Seat::of_key(text(fields, "seat")).ok_or_else(|| Error::refused("there is no such seat"))?;
            Command::Place(person("a")?, seat)
        }
        "swap" => Command::Swap(person("a")?, person("b")?),
        _ => return Err(Error::refused("that cannot be done")),
    })
}
