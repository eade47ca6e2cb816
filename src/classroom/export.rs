//! What a class leaves: CSV files that spreadsheets can open without harm, and a codebook.

use super::command::{Command, Entry, Who};
use super::decided::unasked;
use super::played::{By, words};
use super::seats::{Person, Seat};
use super::state::State;
use crate::error::Error;
use crate::game::log;
use crate::report::batch::date;
use crate::world::orders::Order;
use crate::world::setup::Setup;

/// The files that can be had, and what a button calls them.
pub const FILES: [(&str, &str); 7] = [
    ("events", "Log"),
    ("rounds", "Rounds"),
    ("seats", "Seats"),
    ("quiz", "Quiz"),
    ("decisions", "Decisions"),
    ("observed", "Observers"),
    ("evidence", "Evidence sheet"),
];

/// A text cell that no spreadsheet takes for a formula.
pub fn guard(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_string() }
}

fn csv(heads: &[&str], rows: Vec<Vec<String>>) -> Result<String, Error> {
    let mut out = csv::Writer::from_writer(vec![]);
    out.write_record(heads).map_err(Error::ours)?;
    for row in rows {
        out.write_record(&row).map_err(Error::ours)?;
    }
    let bytes = out.into_inner().map_err(Error::ours)?;
    String::from_utf8(bytes).map_err(Error::ours)
}

/// One of the files; none of that name where there is none.
pub fn file(state: &mut State, entries: &[Entry], what: &str) -> Option<Result<String, Error>> {
    Some(match what {
        "events" => events(state, entries),
        "rounds" => rounds(state),
        "seats" => seats(state),
        "quiz" => quiz(state),
        "decisions" => decisions(state),
        "observed" => observed(state),
        "evidence" => evidence(state, entries),
        _ => return None,
    })
}

/// The log of a table, for `run --orders`; the seed is in it once the truth is shown.
pub fn orders(state: &State, table: usize) -> Option<Result<String, Error>> {
    let (ready, played) = (&state.ready, &state.tables.get(table)?.table);
    let mut log = serde_json::json!({
        "schema": log::SCHEMA,
        "scenario": ready.file,
        "set": ready.sets,
        "scenario_hash": ready.scenario_hash,
        "model": crate::MODEL,
        "game": played.state().game,
        "seats": played.held,
        "events": played.pushes,
        "orders": played.filed,
    });
    if state.revealed {
        log["seed"] = state.seed.into();
    }
    Some(serde_json::to_string_pretty(&log).map(|text| text + "\n").map_err(Error::ours))
}

fn who(who: Who) -> String {
    match who {
        Who::Server => "server".into(),
        Who::Teacher => "teacher".into(),
        Who::Person(i) => format!("person {}", i + 1),
    }
}

/// A command without its secrets.
fn told(state: &State, command: &Command) -> (String, String) {
    let all = serde_json::to_value(command).unwrap_or_default();
    let name = match &all {
        serde_json::Value::String(name) => name.clone(),
        serde_json::Value::Object(map) => map.keys().next().cloned().unwrap_or_default(),
        _ => String::new(),
    };
    let detail = match command {
        Command::Open { seed, hash, .. } if state.revealed => format!("seed {seed}, lesson {hash}"),
        Command::Open { hash, .. } => format!("lesson {hash}"),
        Command::Key(_) => String::new(),
        Command::Join { nick, .. } => nick.clone(),
        Command::Reenter { person, .. } | Command::Code { person, .. } => format!("person {}", person + 1),
        _ => all.get(&name).map_or(String::new(), ToString::to_string),
    };
    (name, detail)
}

fn events(state: &State, entries: &[Entry]) -> Result<String, Error> {
    let rows = entries.iter().map(|e| {
        let (name, detail) = told(state, &e.command);
        vec![e.number.to_string(), e.at.to_string(), who(e.who), name, guard(&detail)]
    });
    csv(&["number", "at_ms", "who", "command", "detail"], rows.collect())
}

fn rounds(state: &mut State) -> Result<String, Error> {
    let setup = &state.ready.setup;
    let mut heads: Vec<String> =
        ["table", "week", "begins", "tone", "progress", "truce_lapsed"].map(String::from).to_vec();
    heads.extend(setup.levers.iter().map(|l| l.key.clone()));
    heads.extend(setup.parties.iter().map(|p| format!("{}_points", p.key)));
    let mut rows = vec![];
    for (t, place) in state.tables.iter().enumerate() {
        for r in &place.table.book().rounds {
            let mut row = vec![(t + 1).to_string(), (r.round + 1).to_string(), date(setup, r.round)];
            row.extend([r.tone.to_string(), r.progress.to_string(), u8::from(r.snapped).to_string()]);
            row.extend(r.levels.iter().chain(&r.total).map(f64::to_string));
            rows.push(row);
        }
    }
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    csv(&heads, rows)
}

fn place(state: &State, seat: Option<Seat>) -> [String; 3] {
    seat.map_or([String::new(), String::new(), String::new()], |s| {
        [(s.table + 1).to_string(), state.ready.setup.parties[s.party].key.clone(), s.role.words().to_string()]
    })
}

/// Who somebody is, as [`WHO`] heads it.
fn who_is(state: &State, i: usize, p: &Person) -> Vec<String> {
    let [table, party, role] = place(state, p.seat);
    vec![(i + 1).to_string(), guard(&p.nick), table, party, role]
}

/// The heads of [`who_is`].
const WHO: [&str; 5] = ["person", "nick", "table", "party", "role"];

fn seats(state: &State) -> Result<String, Error> {
    let rows = state.people.iter().enumerate().map(|(i, p)| {
        let flag = |x: bool| u8::from(x).to_string();
        let about: Vec<String> = p.about.iter().map(|a| chosen(*a)).collect();
        let ranking: Vec<&str> = p.ranking.iter().map(|l| state.ready.setup.levers[*l].key.as_str()).collect();
        let rest = [flag(p.lost), flag(p.benched), flag(p.consent), about.join(" "), ranking.join(" "), guard(&p.note)];
        who_is(state, i, p).into_iter().chain(rest).collect()
    });
    csv(&[&WHO[..], &["away", "benched", "consent", "about", "ranking", "note"]].concat(), rows.collect())
}

fn observed(state: &State) -> Result<String, Error> {
    let mut rows = vec![];
    for (i, p) in state.people.iter().enumerate() {
        let [table, party, _] = place(state, p.saw_as);
        for (prompt, wrote) in state.ready.lesson.classroom.observe.iter().zip(&p.sheet).filter(|(_, w)| !w.is_empty())
        {
            rows.push(vec![(i + 1).to_string(), table.clone(), party.clone(), prompt.clone(), guard(wrote)]);
        }
    }
    csv(&["person", "table", "party", "prompt", "wrote"], rows)
}

/// How many answers are right; none where nothing was answered.
fn right(state: &State, given: &[Option<usize>]) -> Option<usize> {
    let quiz = &state.ready.lesson.classroom.quiz;
    (!given.is_empty()).then(|| quiz.iter().zip(given).filter(|(q, g)| Some(q.right) == **g).count())
}

fn shown<T: ToString>(x: Option<T>) -> String {
    x.map_or(String::new(), |x| x.to_string())
}

/// The number of an answer, from 1; a dash where none was given, so that each keeps its place in a list.
fn chosen(answer: Option<usize>) -> String {
    answer.map_or("-".into(), |a| (a + 1).to_string())
}

fn quiz(state: &State) -> Result<String, Error> {
    let mut rows = vec![];
    for (i, p) in state.people.iter().enumerate() {
        for (when, given) in ["before", "after"].into_iter().zip(&p.quiz).filter(|(_, g)| !g.is_empty()) {
            let answers: Vec<String> = given.iter().map(|g| chosen(*g)).collect();
            rows.push(vec![
                (i + 1).to_string(),
                when.into(),
                shown(right(state, given)),
                answers.join(" "),
                shown(p.forecast),
            ]);
        }
    }
    csv(&["person", "when", "right", "answers", "summit_forecast_percent"], rows)
}

/// An order in words and numbers that can be taken apart again.
fn order(setup: &Setup, order: &Order) -> String {
    let key = |l: &usize| setup.levers.get(*l).map_or("?", |lever| lever.key.as_str());
    match order {
        Order::Wait => "wait".into(),
        Order::Engine => "engine".into(),
        Order::Praise => "praise".into(),
        Order::Threaten => "threaten".into(),
        Order::Tighten(l, steps) => format!("tighten {} {steps}", key(l)),
        Order::Ease(l, steps) => format!("ease {} {steps}", key(l)),
        Order::Say(yes) => if *yes { "yes" } else { "no" }.into(),
        Order::Package(levels) => {
            let all: Vec<String> = levels.iter().map(|(l, x)| format!("{}={x}", key(l))).collect();
            format!("package {}", all.join(" ")).trim_end().to_string()
        }
    }
}

fn decisions(state: &State) -> Result<String, Error> {
    let setup = &state.ready.setup;
    let mut rows = vec![];
    for (t, place) in state.tables.iter().enumerate() {
        let filed = &place.table.filed;
        let asked = filed.iter().map(|f| (f.at, order(setup, &f.order), f.by));
        let unasked = unasked(filed, place.table.notes());
        let unasked = unasked.into_iter().map(|at| (at, order(setup, &Order::Engine), By::Engine));
        let mut all: Vec<_> = asked.chain(unasked).collect();
        all.sort_by_key(|(at, ..)| at.round);
        for (at, order, by) in all {
            let row = [
                (t + 1).to_string(),
                (at.round + 1).to_string(),
                setup.parties[at.party].key.clone(),
                words(at.ask).to_string(),
                guard(&order),
                format!("{by:?}").to_lowercase(),
            ];
            rows.push(row.to_vec());
        }
    }
    csv(&["table", "week", "party", "decision", "order", "by"], rows)
}

fn evidence(state: &State, entries: &[Entry]) -> Result<String, Error> {
    let rows = state.people.iter().enumerate().map(|(i, p)| {
        let count = |f: &dyn Fn(&Command) -> bool| {
            entries.iter().filter(|e| e.who == Who::Person(i) && f(&e.command)).count().to_string()
        };
        let said = entries.iter().filter(|e| e.who == Who::Person(i));
        let guesses: Vec<String> =
            said.filter_map(|e| if let Command::Guess(x) = e.command { Some(x.to_string()) } else { None }).collect();
        let rest = [
            count(&|c| matches!(c, Command::Draft { .. })),
            count(&|c| matches!(c, Command::Ready(true))),
            count(&|c| matches!(c, Command::Say(_))),
            count(&|c| matches!(c, Command::Guess(_))),
            count(&|c| matches!(c, Command::Ask)),
            guesses.join(" "),
            shown(right(state, &p.quiz[0])),
            shown(right(state, &p.quiz[1])),
            guard(&p.note),
            guard(&p.surprise),
        ];
        who_is(state, i, p).into_iter().chain(rest).collect()
    });
    let did = [
        "drafts",
        "ready",
        "answers",
        "guesses",
        "asked_engine",
        "guessed_percent",
        "quiz_before",
        "quiz_after",
        "note",
        "surprise",
    ];
    csv(&[&WHO[..], &did].concat(), rows.collect())
}

/// What every column means.
pub const CODEBOOK: &str = "\
Codebook of a class. All times are milliseconds since 1970 (UTC); weeks, tables and people count from 1 (`summitry run`
counts the first week as 0). An empty cell: nothing was said.
Texts that begin with = + - or @ have an apostrophe in front, so that no spreadsheet takes them for a formula.

events.csv     one row for each command, in the order in which it was applied
  number       its number in the log
  who          server, teacher, or the person by number
  command      what was asked; detail holds its fields (no secrets; the seed only after the truth was shown)
rounds.csv     one row for each table and week played
  begins       the day on which the week begins
  tone         the mood between the capitals, -1 to 1
  progress     how far the last session came, 0 to 1
  truce_lapsed 1 while the truce is down
  (levers)     where each lever stands, in its own unit
  XX_points    points of that side so far, discounted
seats.csv      one row for each person
  away         1: nothing was heard from them at the end; the engine played the seat
  benched      1: the teacher gave the seat to the engine
  consent      1: the person agreed to what the lesson asks consent for
  about        the number of the answer given to each of the lesson's questions about oneself, from 1
  ranking      the issues the person ranked in secret, the first matters most
quiz.csv       one row for each person and quiz
  when         before or after
  summit_forecast_percent  how likely the person thought a summit, asked once, before
  right        how many answers are right
  answers      the number of the answer given to each question, from 1; - where none was given
decisions.csv  one row for each decision: those that a seat was asked for, and what the engine decided for seats it held
  decision     what was asked
  order        what was decided: yes, no, wait, praise, threaten, tighten or ease with lever and big moves, a package with
               the levels offered (what is not named stays), or engine: the engine decided, by the seat's strategy
  by           people: a person decided; draft: the draft that stood at the bell; engine: the seat was empty or lost;
               bell: nobody had decided at the bell and the engine did; rest: nothing was asked, for the side had done
               what it does in public in this round. An absent seat never looks like a decision. What pages
               count as decided by people, N of M, is all of a table but doing nothing in public (wait).
observed.csv   one row for each prompt that an observer answered
orders-N.json  the decisions of table N: with the seed (in it once the truth was shown) it is the whole game;
               `summitry run SCENARIO --orders FILE` replays it. Rounds and parties count from 0 there.
evidence.csv   for grading, with a rubric of your own: what each person did, never how the table ended
  drafts, ready, answers, guesses, asked_engine   how often
  guessed_percent   the person's guesses of whether the other side seeks a deal, in order
  quiz_before, quiz_after   right answers
  note, surprise    the notes and the last paragraph
";

#[cfg(test)]
mod tests {
    use super::guard;

    #[test]
    fn no_cell_is_a_formula() {
        for evil in ["=1+1", "+1", "-1", "@x", "\tx"] {
            assert!(guard(evil).starts_with('\''));
        }
        assert_eq!(guard("Ann"), "Ann");
    }
}
