//! What pages may know: three types. A page gets one of them and nothing else, so a leak must first be written here.

use super::command::stance_key;
use super::lesson::PhaseKind;
use super::news;
use super::seats::{Holder, Role, Seat};
use super::state::State;
use super::study;
use super::tables::Table;
use crate::world::orders::{About, Ask};
use crate::world::trace::{Note, What};

/// Time and phase of a table.
#[derive(Debug, Clone, Default)]
pub struct Time {
    /// The phase in words.
    pub phase: String,
    /// Its sentence.
    pub note: String,
    /// What is left [ms].
    pub left: u64,
    /// The clock runs.
    pub runs: bool,
    /// The number of the phase.
    pub number: usize,
    /// How many there are.
    pub of: usize,
}

/// Who sits where, in words.
#[derive(Debug, Clone)]
pub struct Chair {
    /// The delegation.
    pub party: String,
    /// The role.
    pub role: String,
    /// Who plays it.
    pub holder: &'static str,
    /// Whether a person does.
    pub human: bool,
}

/// An issue on the offer board.
#[derive(Debug, Clone)]
pub struct Issue {
    /// Its number.
    pub lever: usize,
    /// Its name.
    pub name: String,
    /// Whose it is.
    pub mine: bool,
    /// Its unit in a few letters.
    pub unit: &'static str,
    /// Numbers on screen are the level times this.
    pub scale: f64,
    /// Where it stands.
    pub now: f64,
    /// Lowest in reach.
    pub low: f64,
    /// Highest in reach.
    pub high: f64,
    /// Our draft.
    pub ours: f64,
    /// Their last offer.
    pub theirs: Option<f64>,
    /// What our draft is worth to us [points a week].
    pub worth: f64,
    /// What theirs is worth to us [points a week].
    pub worth_theirs: Option<f64>,
}

/// What a delegation is asked.
#[derive(Debug, Clone, PartialEq)]
pub enum Task {
    /// Nothing.
    Wait(String),
    /// To draft, and say when ready.
    Prepare,
    /// To offer.
    Offer {
        /// The exchange, from 1.
        exchange: u32,
        /// What waiting is worth.
        waiting: f64,
        /// What the engine would ask for.
        advice: f64,
    },
    /// To answer.
    Answer {
        /// The exchange, from 1.
        exchange: u32,
        /// What their offer is worth.
        worth: f64,
        /// What waiting is worth.
        waiting: f64,
        /// It is the last word of the session.
        last: bool,
    },
    /// To ratify.
    Ratify {
        /// What it is worth.
        worth: f64,
        /// Support at home.
        support: f64,
        /// The chance of passing if left to the vote.
        chance: f64,
        /// What was initialled.
        package: String,
    },
    /// To extend the truce, or restore it.
    Extend,
    /// To accept the invitation.
    Invitation,
}

/// What one person may see.
#[derive(Debug, Clone)]
pub struct StudentView {
    /// The lesson.
    pub title: String,
    /// The person's number.
    pub person: usize,
    /// What to call them.
    pub nick: String,
    /// Their place, once they have one.
    pub seat: Option<Seat>,
    /// Their delegation.
    pub party: String,
    /// The other one.
    pub other: String,
    /// Phase and time.
    pub time: Time,
    /// What kind of phase it is.
    pub kind: PhaseKind,
    /// Everybody at the table.
    pub chairs: Vec<Chair>,
    /// The brief of the delegation, of the role, what no deal means, and for the leader the card.
    pub brief: Vec<(String, String)>,
    /// Numbers only this role sees.
    pub numbers: Vec<(String, String)>,
    /// The offer board.
    pub issues: Vec<Issue>,
    /// What is asked.
    pub task: Task,
    /// Whether this person answers it.
    pub mine: bool,
    /// Whether this person holds the pen.
    pub pen: bool,
    /// The delegation said that its draft stands.
    pub stands: bool,
    /// What can be done in public, with what it would do.
    pub stances: Vec<(String, String, String)>,
    /// The one chosen.
    pub stance: String,
    /// What happened, latest first.
    pub history: Vec<String>,
    /// Headlines and messages, latest first.
    pub headlines: Vec<String>,
    /// The delegation's notes.
    pub board: String,
    /// One's own notes.
    pub note: String,
    /// The guess of this phase.
    pub guess: Option<u32>,
    /// The forecast.
    pub forecast: Option<u32>,
    /// The engine plays this person's seat.
    pub benched: bool,
    /// Quiz questions and answers, and the answers given: before and after.
    pub quiz: Vec<(String, Vec<String>)>,
    /// What was answered.
    pub answered: [Vec<Option<usize>>; 2],
    /// The truth is shown.
    pub revealed: bool,
    /// Changes when the forms must be drawn anew.
    pub form: String,
}

/// What the whole room may see.
#[derive(Debug, Clone)]
pub struct PublicView {
    /// The lesson.
    pub title: String,
    /// Where to go.
    pub address: String,
    /// The join code.
    pub code: String,
    /// Each table: its time, what it does, how many people and engine seats it has.
    pub tables: Vec<(Time, String, usize, usize)>,
    /// Headlines, latest first.
    pub headlines: Vec<String>,
    /// How many joined.
    pub people: usize,
}

/// A person, for the teacher.
#[derive(Debug, Clone)]
pub struct Row {
    /// Their number.
    pub person: usize,
    /// What to call them.
    pub nick: String,
    /// Their place.
    pub seat: Option<Seat>,
    /// Their delegation.
    pub party: String,
    /// Who plays the seat.
    pub holder: &'static str,
    /// Whether they are connected now.
    pub here: bool,
    /// The seat was given to the engine.
    pub benched: bool,
}

/// A table, for the teacher.
#[derive(Debug, Clone)]
pub struct ConsoleTable {
    /// Phase and time.
    pub time: Time,
    /// What it waits for.
    pub waits: String,
    /// The week of the game.
    pub week: u32,
    /// Everybody at the table.
    pub chairs: Vec<Chair>,
    /// The truth about both sides.
    pub truth: Vec<String>,
    /// What happened, latest first.
    pub history: Vec<String>,
}

/// What the teacher may see: everything.
#[derive(Debug, Clone)]
pub struct ConsoleView {
    /// What the room sees.
    pub public: PublicView,
    /// The tables.
    pub tables: Vec<ConsoleTable>,
    /// The people.
    pub rows: Vec<Row>,
    /// The deck: name, headline.
    pub events: Vec<(String, String)>,
    /// The truth is shown.
    pub revealed: bool,
    /// The batch is ready.
    pub cloud: bool,
    /// Messages, latest first.
    pub messages: Vec<String>,
    /// Debrief questions.
    pub questions: Vec<String>,
}

/// Phase and time of a table.
pub fn time(state: &State, table: usize, now: u64) -> Time {
    let (place, phase) = (&state.tables[table], state.phase(table));
    Time {
        phase: phase.name.clone(),
        note: phase.note.clone(),
        left: place.clock.left(now),
        runs: place.clock.runs(),
        number: place.phase + 1,
        of: state.ready.lesson.classroom.phases.len(),
    }
}

fn chairs(state: &State, table: usize) -> Vec<Chair> {
    let roles = &state.ready.lesson.classroom.roles;
    let seats = [1, 0].into_iter().flat_map(|party| roles.iter().map(move |role| (party, *role)));
    seats
        .map(|(party, role)| {
            let holder = state.holder(Seat { table, party, role });
            Chair {
                party: state.ready.setup.parties[party].name.clone(),
                role: role.words().into(),
                holder: holder.words(),
                human: holder == Holder::Human,
            }
        })
        .collect()
}

/// What the table does, without any content.
fn doing(state: &State, table: usize) -> String {
    let place = &state.tables[table];
    match (state.phase(table).kind, place.table.question()) {
        (PhaseKind::Play { .. }, _) if place.over => "the game is over".into(),
        (PhaseKind::Play { .. }, _) if place.done => "round finished".into(),
        (PhaseKind::Play { .. }, Some(q)) => match q.at.ask {
            Ask::Offer(_) | Ask::Answer(_) => "in talks".into(),
            Ask::Ratify => "a package is before the leaders".into(),
            Ask::Extend => "deciding on the truce".into(),
            Ask::Invitation => "deciding on a summit".into(),
            Ask::Move => "between sessions".into(),
        },
        (PhaseKind::Play { .. }, None) => "in caucus".into(),
        (PhaseKind::Join, _) => "joining".into(),
        (PhaseKind::Brief, _) => "reading briefs".into(),
        (PhaseKind::Debrief, _) => "debrief".into(),
        (PhaseKind::Close, _) => "closing".into(),
    }
}

/// The room's view.
pub fn public(state: &State, address: &str, now: u64) -> PublicView {
    let setup = &state.ready.setup;
    let tables = (0..state.tables.len()).map(|t| {
        let chairs = chairs(state, t);
        let people = chairs.iter().filter(|c| c.human).count();
        (time(state, t, now), doing(state, t), people, chairs.len() - people)
    });
    let mut headlines: Vec<String> = state
        .headlines
        .iter()
        .map(|(t, text)| t.map_or_else(|| text.clone(), |t| format!("Table {}: {text}", t + 1)))
        .collect();
    for (t, place) in state.tables.iter().enumerate() {
        let said = place.table.notes().filter_map(|n| news::headline(setup, n));
        headlines.extend(said.map(|line| format!("Table {}: {line}", t + 1)));
    }
    headlines.reverse();
    headlines.truncate(12);
    PublicView {
        title: state.ready.lesson.title.clone(),
        address: address.into(),
        code: state.code.clone(),
        tables: tables.collect(),
        headlines,
        people: state.people.len(),
    }
}

/// The teacher's view.
pub fn console(state: &mut State, address: &str, now: u64, here: &dyn Fn(usize) -> bool, cloud: bool) -> ConsoleView {
    let public = public(state, address, now);
    let ready = state.ready.clone();
    let (setup, plan) = (&ready.setup, &ready.lesson.classroom);
    let tables = (0..state.tables.len())
        .map(|t| {
            let waits = match state.tables[t].table.question() {
                None => doing(state, t),
                Some(q) => {
                    let who = state.answers(t, q.at.party, q.at.ask).map_or("the engine", Role::words);
                    format!("{}, {who}: {}", setup.parties[q.at.party].name, super::tables::words(q.at.ask))
                }
            };
            let (time, chairs) = (time(state, t, now), chairs(state, t));
            let place = &mut state.tables[t];
            let standing = place.table.standing();
            let mut truth = vec![format!("tone {:+.2}, progress {:.2}", standing.tone, standing.progress)];
            for p in 0..2 {
                let name = &setup.parties[p].name;
                let (patience, bar) = (place.table.number("Patience", p), place.table.number("RatifyBar", p));
                truth.push(format!(
                    "{name}: {:.1} points so far, patience {patience:.3}, needs support {bar:.2}, word {:.2}, resolve {:.2}",
                    standing.total[p], standing.word[p], standing.resolve[p]
                ));
            }
            let mut history: Vec<String> = place.table.notes().filter_map(|n| news::line(setup, n)).collect();
            history.reverse();
            ConsoleTable { time, waits, week: place.table.round() + 1, chairs, truth, history }
        })
        .collect();
    let rows = state.people.iter().enumerate().map(|(i, p)| Row {
        person: i,
        nick: p.nick.clone(),
        seat: p.seat,
        party: p.seat.map_or(String::new(), |s| setup.parties[s.party].name.clone()),
        holder: match (p.seat, p.benched, p.lost) {
            (None, ..) => "waits to be let in",
            (_, true, _) => "▣ engine (by you)",
            (_, _, true) => "◐ away, engine plays",
            _ => "● person",
        },
        here: here(i),
        benched: p.benched,
    });
    ConsoleView {
        rows: rows.collect(),
        public,
        tables,
        events: plan.events.iter().map(|e| (e.name.clone(), e.headline.clone())).collect(),
        revealed: state.revealed,
        cloud,
        messages: state.messages.iter().rev().map(|m| m.1.clone()).collect(),
        questions: plan.debrief.clone(),
    }
}

/// One person's view.
pub fn student(state: &mut State, person: usize, now: u64) -> Option<StudentView> {
    let ready = state.ready.clone();
    let (setup, plan) = (&ready.setup, &ready.lesson.classroom);
    let who = state.people.get(person)?.clone();
    let table = who.seat.map_or(0, |s| s.table);
    let seated = who.seat.filter(|s| s.role != Role::Observer);
    let kind = state.phase(table).kind;
    let mut view = StudentView {
        title: ready.lesson.title.clone(),
        person,
        nick: who.nick,
        seat: who.seat,
        party: who.seat.map_or(String::new(), |s| setup.parties[s.party].name.clone()),
        other: who.seat.map_or(String::new(), |s| setup.parties[1 - s.party].name.clone()),
        time: time(state, table, now),
        kind,
        chairs: if who.seat.is_some() { chairs(state, table) } else { vec![] },
        brief: vec![],
        numbers: vec![],
        issues: vec![],
        task: Task::Wait("Your teacher lets you in soon.".into()),
        mine: false,
        pen: false,
        stands: false,
        stances: vec![],
        stance: String::new(),
        history: vec![],
        headlines: vec![],
        board: String::new(),
        note: who.note,
        guess: None,
        forecast: who.forecast,
        benched: who.benched,
        quiz: plan.quiz.iter().map(|q| (q.ask.clone(), q.answers.clone())).collect(),
        answered: who.quiz,
        revealed: state.revealed,
        form: String::new(),
    };
    let Some(seat) = who.seat else { return Some(view) };
    let here = |t: &Option<usize>| t.is_none_or(|t| t == seat.table);
    let messages = state.messages.iter().filter(|m| here(&m.0)).map(|m| format!("Your teacher: {}", m.1));
    view.headlines = messages.chain(state.headlines.iter().filter(|h| here(&h.0)).map(|h| h.1.clone())).collect();
    view.headlines.reverse();
    view.history = state.tables[table].table.notes().rev().filter_map(|n| news::line(setup, n)).take(60).collect();
    if let Some(seat) = seated {
        own(state, &mut view, seat);
    } else {
        view.task = Task::Wait("You observe: write down what you see.".into());
    }
    let (number, stands) = (view.time.number, view.stands);
    let question = state.tables[table].table.question().map(|q| q.at);
    let drafts: Vec<String> = view.issues.iter().map(|i| format!("{:.3}", i.ours)).collect();
    let typed = (&view.stance, &view.board, &view.note, view.guess);
    let (place, flags) = (who.seat, [stands, view.mine, view.pen, view.benched]);
    view.form = format!("{number} {question:?} {flags:?} {place:?} {} {typed:?}", drafts.join(" "));
    Some(view)
}

/// What a seat that acts sees beside what is public.
fn own(state: &mut State, view: &mut StudentView, seat: Seat) {
    let ready = state.ready.clone();
    let (setup, delegation) = (&ready.setup, ready.delegation(seat.party));
    let Seat { table, party, role } = seat;
    view.brief.push(("Your delegation".into(), delegation.brief.clone()));
    if let Some(text) = delegation.roles.get(&role) {
        view.brief.push((format!("Your role: {}", role.words()), text.clone()));
    }
    view.brief.push(("If there is no deal".into(), delegation.no_deal.clone()));
    if role == Role::Leader {
        view.brief.push(("For your eyes only".into(), delegation.objective.clone()));
    }
    let question = state.tables[table].table.question().cloned();
    view.pen = state.pen(table, party) == Some(role);
    let answers = question.as_ref().and_then(|q| state.answers(table, q.at.party, q.at.ask));
    let place = &mut state.tables[table];
    let weights = ["GovProsperity", "GovSecurity", "GovPolitics"].map(|w| place.table.number(w, party));
    let bar = place.table.number("RatifyBar", party);
    match role {
        Role::Leader => {
            view.numbers.push((
                "A summit's prize to you today".into(),
                format!("{:.1} points", place.table.number("PrizeNow", party)),
            ));
        }
        Role::Home => view.numbers.push(("Support a package needs at home".into(), format!("{:.0} %", 100.0 * bar))),
        Role::Technology => {
            let resilience = place.table.number("Resilience", party);
            let text = format!("{:.0} % of what the other side could withhold no longer hurts you", 100.0 * resilience);
            view.numbers.push(("Your independence".into(), text));
        }
        Role::Analyst => {
            let loss: f64 = (0..setup.levers.len())
                .map(|l| study::gain(setup, party, weights, l, setup.levers[l].now, setup.levers[l].snap))
                .sum();
            view.numbers.push(("A lapse of the truce would bring you".into(), format!("{loss:+.1} points a week")));
        }
        Role::Head => {
            let word = place.table.standing().word[1 - party];
            view.numbers.push(("Their promises are believed to".into(), format!("{:.0} %", 100.0 * word)));
        }
        Role::Observer => {}
    }
    let side = &place.sides[party];
    (view.board, view.stands) = (side.board.clone(), side.ready);
    view.guess = side.guesses.get(&place.phase).copied();
    view.stance = stance_key(side.stance);
    let draft = side.draft.clone();
    let theirs = last_offer(&place.table, party);
    let rooms = question.as_ref().filter(|q| q.at.party == party).and_then(|q| match &q.about {
        About::Turn(rooms) | About::Answer { room: rooms, .. } => Some(rooms.clone()),
        _ => None,
    });
    for (l, lever) in setup.levers.iter().enumerate() {
        let now = place.table.number("Level", l);
        let percent = lever.high - lever.low <= 1.5 || lever.unit == "%";
        let ours = draft.get(&l).copied().unwrap_or(now);
        let (low, high) = rooms.as_ref().map_or((lever.reach_low, lever.reach_high), |rooms| {
            let levels = rooms.iter().find(|r| r.lever == l).map(|r| (r.levels[0], r.levels[r.levels.len() - 1]));
            let (a, b) = levels.unwrap_or((now, now));
            (a.min(b), a.max(b))
        });
        let other = theirs.as_ref().map(|list| list.iter().find(|x| x.0 == l).map_or(now, |x| x.1));
        view.issues.push(Issue {
            lever: l,
            name: lever.name.clone(),
            mine: lever.holder == party,
            unit: if percent { "%" } else { "$bn/yr" },
            scale: if lever.high - lever.low <= 1.5 { 100.0 } else { 1.0 },
            now,
            low,
            high,
            ours,
            theirs: other,
            worth: study::gain(setup, party, weights, l, now, ours),
            worth_theirs: other.map(|x| study::gain(setup, party, weights, l, now, x)),
        });
    }
    let rules = &setup.scenario.escalation;
    let tone = |x: f64| format!("mood {x:+.2}");
    view.stances.push(("quiet".into(), "Say nothing".into(), "no effect".into()));
    view.stances.push(("praise".into(), "Warm words".into(), tone(rules.praise_tone.get())));
    view.stances.push((
        "threaten".into(),
        "Threaten to tighten".into(),
        format!("{}; if you then do not act, your threats are believed less", tone(rules.threat_tone.get())),
    ));
    for (l, lever) in setup.levers.iter().enumerate().filter(|(_, l)| l.holder == party) {
        let now = place.table.number("Level", l);
        for (key, verb, sign) in [("tighten", "Tighten", -1.0), ("ease", "Open", 1.0)] {
            if key == "tighten" && !lever.hostile {
                continue;
            }
            let to = (now + sign * lever.opens * lever.step).clamp(lever.low, lever.high);
            let points = study::gain(setup, party, weights, l, now, to);
            let text = format!(
                "{} → {}; at home {points:+.2} points a week",
                news::level(setup, l, now),
                news::level(setup, l, to)
            );
            view.stances.push((format!("{key}-{l}"), format!("{verb}: {}", lever.name), text));
        }
    }
    view.mine = question.as_ref().is_some_and(|q| q.at.party == party) && answers == Some(role);
    let play = matches!(view.kind, PhaseKind::Play { .. });
    let signed = |n: &&Note| matches!(n.what, What::Initialled { .. });
    let initialled = place.table.notes().rev().find(signed).and_then(|n| news::line(setup, n)).unwrap_or_default();
    view.task = match question {
        _ if !play && view.kind == PhaseKind::Brief => Task::Prepare,
        _ if !play => Task::Wait(view.time.note.clone()),
        _ if place.over => Task::Wait("The game at your table is over.".into()),
        _ if place.done => Task::Wait("This round is over at your table. The next begins at the bell.".into()),
        None if !place.playing => Task::Prepare,
        Some(q) if q.at.party == party => match (q.at.ask, q.about) {
            (Ask::Offer(e), _) => Task::Offer { exchange: e + 1, waiting: q.reserve, advice: q.advice },
            (Ask::Answer(e), About::Answer { worth, reserve, last, .. }) => {
                Task::Answer { exchange: e + 1, worth, waiting: reserve, last }
            }
            (Ask::Ratify, About::Package { worth, support, chance }) => {
                Task::Ratify { worth, support, chance, package: initialled }
            }
            (Ask::Extend, _) => Task::Extend,
            (Ask::Invitation, _) => Task::Invitation,
            _ => Task::Wait("A moment.".into()),
        },
        _ => Task::Wait(format!("{} decides.", view.other)),
    };
}

/// The other side's last offer: the one on the table, else the last that was refused.
fn last_offer(table: &Table, party: usize) -> Option<Vec<(usize, f64)>> {
    if let Some(q) = table.question()
        && q.at.party == party
        && let About::Answer { package, .. } = &q.about
    {
        return Some(package.clone());
    }
    table.notes().rev().find_map(|n| match &n.what {
        What::Offer { package, .. } if n.party == Some(1 - party) => {
            Some(package.iter().map(|m| (m.lever, m.to)).collect())
        }
        _ => None,
    })
}
