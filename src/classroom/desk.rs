//! What lies on a person's desk: their brief, the offer board, what is asked of them. Built from the state for one seat
//! and nothing else.

use std::collections::BTreeMap;

use super::command::stance_key;
use super::history;
use super::lesson::PhaseKind;
use super::news;
use super::notices;
use super::played::{By, PlayedGame, ends};
use super::seats::{Holder, Role, Seat};
use super::state::Place;
use super::state::State;
use super::study;
use super::views::{Asked, Group, Issue, Promise, Scale, StudentView, Task, chairs, time};
use crate::mechanisms::goals::Hunger;
use crate::mechanisms::goals::prize_now;
use crate::report::catalogue::WaitsFor;
use crate::report::words::{capital, points_of, with_article};
use crate::world::components::{Date, Prestige, RatifyBar, Resilience};
use crate::world::orders::{About, Ask, Question};
use crate::world::setup::Setup;
use crate::world::trace::{Move, What};

/// So many lines of what happened are on a page.
const LINES: usize = 60;

/// One person's view.
pub fn student(state: &mut State, person: usize, (now, pace): (u64, u64)) -> Option<StudentView> {
    let ready = state.ready.clone();
    let (setup, plan) = (&ready.setup, &ready.lesson.classroom);
    let who = state.people.get(person)?.clone();
    let table = who.seat.map_or(0, |s| s.table);
    let seated = who.seat.filter(|s| s.role != Role::Observer);
    let kind = state.phase(table).kind;
    let mut view = StudentView {
        title: ready.lesson.title.clone(),
        nick: who.nick,
        seat: who.seat,
        party: who.seat.map_or(String::new(), |s| setup.parties[s.party].name.clone()),
        other: who.seat.map_or(String::new(), |s| setup.parties[1 - s.party].name.clone()),
        time: time(state, table, now),
        kind,
        chairs: if who.seat.is_some() {
            chairs(state, table, |p| seated.is_some_and(|s| s.party == p))
        } else {
            vec![]
        },
        brief: vec![],
        numbers: vec![],
        issues: vec![],
        scale: None,
        task: Task::Wait("Your teacher lets you in soon.".into()),
        mine: false,
        pen: false,
        stands: false,
        over: false,
        team: vec![],
        agrees: false,
        stances: vec![],
        stance: String::new(),
        history: vec![],
        changed: vec![],
        finished: false,
        offers: vec![],
        paused: who.seat.is_some() && state.paused(table),
        headlines: vec![],
        notices: notices::of_person(state, who.seat, who.benched, (now, pace)),
        board: String::new(),
        note: who.note,
        surprise: who.surprise,
        guess: None,
        forecast: who.forecast,
        benched: who.benched,
        quiz: Asked {
            items: plan.quiz.iter().map(|q| (q.ask.clone(), q.answers.clone())).collect(),
            given: who.quiz[usize::from(kind == PhaseKind::Close)].clone(),
        },
        about: Asked {
            items: plan.about.iter().map(|q| (q.ask.clone(), q.answers.clone())).collect(),
            given: who.about,
        },
        ranking: who.ranking,
        sheet: vec![],
        groups: vec![],
        promises: vec![],
        levels: vec![],
        truce: String::new(),
        revealed: state.revealed,
        pace,
        here: (plan.grace_seconds * 1000 / 4).min(20_000),
        asks: None,
        answers: false,
    };
    view.headlines = said(state, who.seat.map(|seat| seat.table));
    if who.seat.is_some() {
        happened(state, &mut view, table);
    }
    match (who.seat, seated) {
        (None, _) => {}
        (_, Some(seat)) => own(state, &mut view, seat),
        (_, None) => watching(state, &mut view, table, &who.sheet),
    }
    Some(view)
}

/// What happened at a table, and what changed there.
fn happened(state: &State, view: &mut StudentView, table: usize) {
    let (setup, place) = (&state.ready.setup, &state.tables[table]);
    view.truce = news::truce(setup, &place.table);
    view.history = history::told(setup, &place.table, LINES);
    view.changed = history::changed(setup, place, &state.ready.lesson.classroom.phases);
    view.finished = place.done && !place.over && matches!(view.kind, PhaseKind::Play { .. });
}

/// What the teacher said to all or to a table, and headlines, latest first.
fn said(state: &State, table: Option<usize>) -> Vec<String> {
    let here = |t: &Option<usize>| t.is_none() || *t == table;
    let messages = state.messages.iter().filter(|m| here(&m.0)).map(|m| format!("Your teacher: {}", m.1));
    let mut all: Vec<String> =
        messages.chain(state.headlines.iter().filter(|h| here(&h.0)).map(|h| h.1.clone())).collect();
    all.reverse();
    all
}

/// What somebody who observes a table sees beside what is public.
fn watching(state: &mut State, view: &mut StudentView, table: usize, sheet: &[String]) {
    let ready = state.ready.clone();
    let (setup, plan) = (&ready.setup, &ready.lesson.classroom);
    let text = if view.kind == PhaseKind::Join {
        "You will observe. Answer the questions below first."
    } else {
        "You observe: go to the tables, listen, and write down what you see."
    };
    view.task = Task::Wait(text.into());
    let game = &mut state.tables[table].table;
    view.levels = (0..setup.levers.len())
        .map(|l| {
            let name = format!("{} ({})", setup.levers[l].name, news::unit(setup, l));
            (name, [setup.levers[l].now, game.level(l)].map(|x| x * news::scale(setup, l)))
        })
        .collect();
    let wrote = |i: usize| sheet.get(i).cloned().unwrap_or_default();
    view.sheet = plan.observe.iter().enumerate().map(|(i, prompt)| (prompt.clone(), wrote(i))).collect();
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
    if state.forecaster(table, party) == Some(role) {
        view.asks = Some(state.tables[table].asks_left(party));
        view.answers = state.answered_until(table, party).is_some();
    }
    let answers = question.as_ref().and_then(|q| state.answers(table, q.at.party, q.at.ask));
    view.mine = question.as_ref().is_some_and(|q| q.at.party == party) && answers == Some(role);
    let sitting = |role: &Role| state.holder(Seat { table, party, role: *role }) == Holder::Human;
    let sitting: Vec<Role> = Role::ALL.into_iter().filter(sitting).collect();
    let place = &mut state.tables[table];
    view.numbers.extend(number(setup, place, party, role));
    let side = &place.sides[party];
    (view.board, view.stands) = (side.board.clone(), side.ready);
    view.agrees = side.agreed.contains(&role);
    view.team = sitting.iter().map(|role| (role.words().to_string(), side.agreed.contains(role))).collect();
    view.guess = side.guesses.get(&place.phase).copied();
    view.stance = stance_key(side.stance);
    view.issues = issues(setup, place, party);
    view.scale = scale(place, party);
    view.offers = offers(setup, place, party);
    if role == Role::Home {
        view.groups = at_home(setup, party, &view.issues);
    }
    view.stances = stances(setup, place, party);
    view.promises = promises(setup, place);
    view.over = place.over;
    view.task = task(setup, view, place, party, question);
}

/// The number that only this role sees, with what it is of.
pub fn number(setup: &Setup, place: &mut Place, party: usize, role: Role) -> Option<(String, String)> {
    let bar = place.table.number::<RatifyBar>(party);
    let (what, number) = match role {
        Role::Leader => {
            let [prestige, hunger, date] = [
                place.table.number::<Prestige>(party),
                place.table.number::<Hunger>(party),
                place.table.number::<Date>(party),
            ];
            let late = f64::from(place.table.round()) - date;
            let prize = prize_now(prestige, setup.points(party, setup.scenario.prize.summit), hunger, late);
            ("A summit with a signing would bring you, if it were held now", points_of(prize))
        }
        Role::Home => ("Support a package needs at home", format!("{:.0} %", 100.0 * bar)),
        Role::Technology => {
            let resilience = place.table.number::<Resilience>(party);
            let text = format!("{:.0} % of what the other side could withhold no longer hurts you", 100.0 * resilience);
            ("Your independence", text)
        }
        Role::Analyst => {
            let weights = place.table.weights(party);
            let loss: f64 = (0..setup.levers.len())
                .map(|l| study::gain(setup, party, weights, l, setup.levers[l].now, setup.levers[l].snap))
                .sum();
            ("A lapse of the truce would bring you", format!("{loss:+.1} points a week"))
        }
        Role::Head => {
            let word = place.table.standing().word[1 - party];
            ("Their promises are believed to", format!("{:.0} %", 100.0 * word))
        }
        Role::Observer => return None,
    };
    Some((what.into(), number))
}

/// The offer board: one's own issues first.
fn issues(setup: &Setup, place: &mut Place, party: usize) -> Vec<Issue> {
    let weights = place.table.weights(party);
    let (draft, theirs) = (place.sides[party].draft.clone(), last_offer(&place.table, party));
    let rooms = place.rooms(party).map(<[_]>::to_vec);
    let mut out = vec![];
    for (l, lever) in setup.levers.iter().enumerate() {
        let now = place.stands(party, l);
        let drafted = draft.get(&l).copied().unwrap_or(now);
        // Between meetings a draft is counted as officials could send it; in one it is shown as it would be sent.
        let room = match &rooms {
            Some(rooms) => ends(rooms, l).map_or([now; 2], |[low, high]| [low.min(now), high.max(now)]),
            None => study::room(setup, l, now),
        };
        let ours = drafted.clamp(room[0], room[1]);
        let [low, high] = if rooms.is_some() { room } else { [lever.reach_low.min(now), lever.reach_high.max(now)] };
        let other = theirs.as_ref().map(|list| list.iter().find(|x| x.0 == l).map_or(now, |x| x.1));
        let face = |x: f64| study::gain(setup, party, weights, l, now, x);
        let own = rooms.as_ref().map(|rooms| rooms.iter().find(|r| r.lever == l));
        let worth = |x: f64| own.map_or_else(|| face(x), |own| own.map_or(0.0, |r| r.at(x)));
        let mut curve: Vec<f64> = (0..=8).map(|i| room[0] + f64::from(i) / 8.0 * (room[1] - room[0])).collect();
        curve.push(now);
        curve.sort_by(f64::total_cmp);
        curve.dedup();
        out.push(Issue {
            lever: l,
            name: lever.name.clone(),
            mine: lever.holder == party,
            unit: news::unit(setup, l).to_string(),
            scale: news::scale(setup, l),
            now,
            low,
            high,
            once: study::once(setup, l).filter(|_| rooms.is_none()),
            ours,
            typed: if rooms.is_some() { ours } else { drafted },
            beyond: (drafted != ours).then_some(drafted),
            ends: room.map(|x| (x, face(x))),
            theirs: other,
            worth: worth(ours),
            worth_theirs: other.map(worth),
            curve: curve.into_iter().map(|x| (x, worth(x))).collect(),
        });
    }
    out.sort_by_key(|i| !i.mine);
    out
}

/// What a side can do in public, with what it would do.
fn stances(setup: &Setup, place: &mut Place, party: usize) -> Vec<(String, String, String)> {
    let weights = place.table.weights(party);
    let rules = &setup.scenario.escalation;
    let tone = |x: f64| format!("mood {x:+.2}");
    let mut out = vec![
        ("quiet".into(), "Say nothing".into(), "no effect".into()),
        ("praise".into(), "Warm words".into(), tone(rules.praise_tone.get())),
        (
            "threaten".into(),
            "Threaten to tighten".into(),
            format!("{}; if you then do not act, your threats are believed less", tone(rules.threat_tone.get())),
        ),
    ];
    for (l, lever) in setup.levers.iter().enumerate().filter(|(_, l)| l.holder == party) {
        let now = place.table.level(l);
        for (key, verb, sign) in [("tighten", "Tighten", -1.0), ("ease", "Open", 1.0)] {
            if key == "tighten" && !lever.hostile {
                continue;
            }
            let to = (now + sign * lever.opens * lever.step).clamp(lever.low, lever.high);
            if (to - now).abs() < 1e-9 {
                continue; // it is at its end
            }
            let points = study::gain(setup, party, weights, l, now, to);
            let text = format!(
                "{} → {}; at home {points:+.2} points a week",
                news::level(setup, l, now),
                news::level(setup, l, to)
            );
            out.push((format!("{key}-{l}"), format!("{verb}: {}", lever.name), text));
        }
    }
    out
}

/// What is asked of a delegation now.
fn task(setup: &Setup, view: &StudentView, place: &Place, party: usize, question: Option<Question>) -> Task {
    let play = matches!(view.kind, PhaseKind::Play { .. });
    let exchanges = setup.scenario.talks.exchanges.get();
    let initialled = || {
        let last = place.table.notes().rev().find_map(|n| match &n.what {
            What::Initialled { package, .. } => Some(news::package(setup, package)),
            _ => None,
        });
        last.unwrap_or_default()
    };
    match question {
        _ if !play && view.kind == PhaseKind::Brief => Task::Prepare,
        _ if !play => Task::Wait(view.time.note.clone()),
        _ if place.over => Task::Wait("The game at your table is over.".into()),
        _ if place.done => Task::Wait("This round is over at your table. The next begins at the bell.".into()),
        None if !place.playing => Task::Prepare,
        Some(q) if q.at.party == party => match (q.at.ask, q.about) {
            (Ask::Offer(e), _) => Task::Offer { exchange: e + 1, exchanges, waiting: q.reserve, advice: q.advice },
            (Ask::Answer(e), About::Answer { worth, reserve, last, .. }) => {
                Task::Answer { exchange: e + 1, exchanges, worth, waiting: reserve, last }
            }
            (Ask::Ratify, About::Package { worth, support, chance }) => {
                Task::Ratify { worth, support, chance, package: initialled() }
            }
            (Ask::Extend, _) => Task::Extend,
            (Ask::Invitation, _) => Task::Invitation,
            _ => Task::Wait("A moment.".into()),
        },
        Some(q) => Task::Wait(waiting(&view.other, q.at.ask)),
        None => Task::Wait("A moment.".into()),
    }
}

/// What the other side is doing, in words.
fn waiting(name: &str, ask: Ask) -> String {
    let other = with_article(name);
    let asked = match ask {
        Ask::Move => "move",
        Ask::Offer(_) => "offer",
        Ask::Answer(_) => "answer",
        Ask::Ratify => "ratify",
        Ask::Invitation => "invitation",
        Ask::Extend => "extend",
    };
    WaitsFor { asked: asked.into(), other_first: capital(&other).into(), other: other.into() }.text()
}

/// What each group at home would gain from our draft, and from their offer.
fn at_home(setup: &Setup, party: usize, issues: &[Issue]) -> Vec<Group> {
    let sum = |weights: [f64; 3], to: &dyn Fn(&Issue) -> Option<f64>| -> Option<f64> {
        issues.iter().map(|i| to(i).map(|x| study::gain(setup, party, weights, i.lever, i.now, x))).sum()
    };
    let groups = study::groups(setup, party).into_iter().skip(1); // the leader speaks for themselves
    groups
        .map(|(name, weights)| Group {
            name,
            ours: sum(weights, &|i| Some(i.ours)).unwrap_or(0.0),
            theirs: sum(weights, &|i| i.theirs),
        })
        .collect()
}

/// What was promised, by whoever promised it: where it was to go, where it stands, and what the last review found.
fn promises(setup: &Setup, place: &mut Place) -> Vec<Promise> {
    let mut out: BTreeMap<usize, (f64, Option<f64>)> = BTreeMap::new();
    for note in place.table.notes() {
        match &note.what {
            What::Signed { pledges, .. } => out.extend(pledges.iter().map(|m| (m.lever, (m.to, None)))),
            What::Reviewed { lever, delivered } => {
                if let Some(promise) = out.get_mut(lever) {
                    promise.1 = Some(*delivered);
                }
            }
            _ => {}
        }
    }
    let all = out.into_iter().map(|(l, (to, delivered))| Promise {
        name: setup.levers[l].name.clone(),
        by: setup.parties.get(setup.levers[l].holder).map_or(String::new(), |p| p.name.clone()),
        promised: news::level(setup, l, to),
        stands: news::level(setup, l, place.table.level(l)),
        delivered,
    });
    all.collect()
}

/// Their offer, ours and no deal in the same points, while it is a delegation's turn in a meeting.
fn scale(place: &Place, party: usize) -> Option<Scale> {
    let (question, rooms) = (place.table.question()?, place.rooms(party)?);
    let sum = |levels: &mut dyn Iterator<Item = (usize, f64)>| {
        let each = levels.filter_map(|(l, x)| Some(rooms.iter().find(|r| r.lever == l)?.at(x)));
        question.beside + each.sum::<f64>()
    };
    let theirs = match &question.about {
        About::Answer { worth, .. } => Some(*worth),
        _ => refused(place, 1 - party).map(|(package, _)| sum(&mut package.iter().map(|m| (m.lever, m.to)))),
    };
    let last = matches!(question.about, About::Answer { last: true, .. });
    let ours = (!last).then(|| sum(&mut place.sent(party).into_iter()));
    Some(Scale { theirs, ours, waiting: question.reserve, beside: question.beside })
}

/// A party's last offer of the meeting under way, and at which exchange; none where none was refused.
fn refused(place: &Place, party: usize) -> Option<(Vec<Move>, u32)> {
    let round = place.table.round();
    let meeting = place.table.notes().rev().take_while(|n| !matches!(n.what, What::Session { .. }));
    let mut own = meeting.filter(|n| n.round == round && n.party == Some(party));
    own.find_map(|n| match &n.what {
        What::Offer { package, exchange, refused: Some(_), .. } => Some((package.clone(), *exchange)),
        _ => None,
    })
}

/// Our own offer of the meeting under way, and theirs: in words, with who made it and what became of it.
fn offers(setup: &Setup, place: &mut Place, party: usize) -> Vec<(String, String)> {
    let round = place.table.round();
    let open = place.table.question().cloned();
    let levels: Vec<f64> = (0..setup.levers.len()).map(|l| place.table.level(l)).collect();
    // What waits for an answer is in the question; what was answered is in what happened since the meeting began.
    let waits = open.as_ref().and_then(|q| match &q.about {
        About::Answer { package, .. } => Some((1 - q.at.party, package)),
        _ => None,
    });
    let mut out = vec![];
    for (p, whose) in [(party, "Our"), (1 - party, "Their")] {
        let filed = &place.table.filed;
        let by = |exchange: Option<u32>| {
            let is = |ask: Ask| matches!(ask, Ask::Offer(e) if exchange.is_none_or(|x| x == e));
            let found = filed.iter().rev().find(|f| f.at.round == round && f.at.party == p && is(f.at.ask));
            found.map_or(By::Engine, |f| f.by).words()
        };
        if let Some((_, package)) = waits.filter(|(from, _)| *from == p) {
            let moves: Vec<Move> =
                package.iter().map(|(l, to)| Move { lever: *l, from: levels[*l], to: *to }).collect();
            let text = format!("{} (by {})", news::package(setup, &moves), by(None));
            out.push((format!("{whose} offer on the table"), text));
            continue;
        }
        let last = refused(place, p).filter(|_| open.is_some());
        let last = last.map(|(package, e)| (news::package(setup, &package), e));
        out.extend(
            last.map(|(text, e)| (format!("{whose} last offer, refused"), format!("{text} (by {})", by(Some(e))))),
        );
    }
    out
}

/// The other side's last offer: the one on the table, else the last that was refused.
fn last_offer(table: &PlayedGame, party: usize) -> Option<Vec<(usize, f64)>> {
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
