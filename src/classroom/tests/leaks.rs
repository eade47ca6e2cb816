//! Canaries: every private field holds a word of its own; every route and stream is read as every kind of reader.

use super::*;
use crate::classroom::command::{Command, Who};
use crate::classroom::seats::Role;

const ROUTES: [&str; 40] = [
    "/",
    "/j/ABCDE",
    "/play",
    "/live",
    "/projector",
    "/projector/live",
    "/teach",
    "/console",
    "/console/live",
    "/selftest",
    "/debrief",
    "/debrief.html",
    "/handout",
    "/paper",
    "/export/events.csv",
    "/export/rounds.csv",
    "/export/seats.csv",
    "/export/quiz.csv",
    "/export/decisions.csv",
    "/export/evidence.csv",
    "/export/observed.csv",
    "/replay",
    "/projector/chart?n=1",
    "/replay?table=2&week=1",
    "/export/codebook.txt",
    "/export/orders-1.json",
    "/export/orders-2.json",
    "/export/none.csv",
    "/app.css",
    "/app.js",
    "/icon.svg",
    "/none",
    "/console/none",
    "/play?done=draft",
    "/odds",
    "/here",
    "/act",
    "/join",
    "/rejoin",
    "/j/%3Cscript%3E",
];

/// The lesson with a canary in every private text.
fn canaries() -> Ready {
    let mut ready = lesson("stockholm-75min");
    for (party, d) in &mut ready.lesson.classroom.delegations {
        d.brief = format!("CANARY-brief-{party}");
        d.objective = format!("CANARY-objective-{party}");
        d.no_deal = format!("CANARY-nodeal-{party}");
        for (role, text) in &mut d.roles {
            *text = format!("CANARY-role-{party}-{role:?}");
        }
    }
    ready
}

/// The canaries that a text holds.
fn found(text: &str) -> Vec<String> {
    let word = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let ends = text.match_indices("CANARY-").map(|(i, _)| {
        let rest = &text[i..];
        rest[..rest.find(|c| !word(c)).unwrap_or(rest.len())].to_string()
    });
    ends.collect()
}

/// The class with everybody seated, a draft, notes and guesses everywhere, in the middle of round 1.
fn seated() -> (Class, Vec<String>, String) {
    let class = Class::of(canaries(), Log::in_memory().expect("a log"), 1_000_000);
    let teacher = class.teacher();
    let mut cookies: Vec<String> = (0..22).map(|i| class.join(&format!("CANARY-nick-{i}"))).collect();
    class.tell(&teacher, "advance", "");
    class.tell(&teacher, "advance", "");
    cookies.push(class.join("CANARY-nick-22")); // waits to be let in
    for (i, cookie) in cookies.iter().enumerate() {
        class.act(cookie, &format!("do=note&text=CANARY-note-{i}"));
        class.act(cookie, &format!("do=surprise&text=CANARY-surprise-{i}"));
    }
    let seats: Vec<_> = class.hall.lock().state.people.iter().map(|p| p.seat).collect();
    for (i, seat) in seats.iter().enumerate() {
        if seat.is_some_and(|s| s.role == Role::Observer) {
            class.act(&cookies[i], &format!("do=sheet&o1=CANARY-sheet-{i}"));
        }
        let Some(seat) = seat.filter(|s| s.role == Role::Home) else { continue };
        class.act(&cookies[i], &format!("do=board&text=CANARY-board-{}-{}", seat.table, seat.party));
        // A draft whose number nobody else would have.
        let level = 37 + 2 * seat.table + 4 * seat.party;
        class.act(&cookies[i], &format!("do=draft&l10={level}&stance=quiet"));
        class.act(&cookies[i], &format!("do=guess&guess={}", 91 + 2 * seat.table + seat.party));
    }
    class.tell(&teacher, "message", "text=CANARY-message-1&table=1");
    (class, cookies, teacher)
}

#[test]
fn no_reader_sees_what_is_not_theirs() {
    let (class, cookies, teacher) = seated();
    let seed = class.hall.lock().state.seed.to_string();
    let (secret, seats) =
        (class.secret.clone(), class.hall.lock().state.people.iter().map(|p| p.seat).collect::<Vec<_>>());
    let hashes: Vec<String> = class.hall.lock().state.people.iter().flat_map(|p| p.tokens.clone()).collect();
    let names = ["cn", "us"];
    let mut read = 0;
    let mut seen = std::collections::BTreeSet::new();
    let readers =
        std::iter::once((None, String::new())).chain(cookies.iter().cloned().enumerate().map(|(i, c)| (Some(i), c)));
    for (who, cookie) in readers {
        for route in ROUTES {
            let answer = class.get(route, &cookie);
            let all = format!("{} {}", answer.head, answer.body);
            for canary in found(&all) {
                let seat = who.and_then(|i| seats[i]);
                let own = |party: usize| seat.is_some_and(|s| s.party == party && s.role != Role::Observer);
                let allowed = match canary.split('-').collect::<Vec<_>>()[1..] {
                    ["brief" | "nodeal", party] => own(usize::from(party == "us")),
                    ["objective", party] => {
                        own(usize::from(party == "us")) && seat.is_some_and(|s| s.role == Role::Leader)
                    }
                    ["role", party, role] => {
                        own(usize::from(party == "us")) && seat.is_some_and(|s| format!("{:?}", s.role) == role)
                    }
                    ["board", table, party] => {
                        own(party.parse().expect("a number")) && seat.is_some_and(|s| s.table.to_string() == table)
                    }
                    ["note" | "surprise" | "sheet", i] => who.is_some_and(|w| w.to_string() == i),
                    // One's own delegation is known by name to those who act in it.
                    ["nick", i] => {
                        let theirs = i.parse::<usize>().ok().and_then(|i| *seats.get(i)?);
                        let acts = theirs.is_some_and(|s| s.role != Role::Observer);
                        who.is_some_and(|w| w.to_string() == i)
                            || (acts
                                && theirs.is_some_and(|s| own(s.party) && seat.is_some_and(|o| o.table == s.table)))
                    }
                    ["message", table] => seat.is_some_and(|s| s.table.to_string() == table),
                    _ => false,
                };
                assert!(allowed, "{canary} seen at {route} by {who:?} {seat:?}");
                seen.insert(canary);
            }
            for (what, word) in [("seed", &seed), ("secret", &secret)] {
                assert!(!all.contains(word.as_str()), "{what} at {route} by {who:?}");
            }
            assert!(hashes.iter().all(|h| !all.contains(h.as_str())), "hash at {route}");
            assert!(!all.contains("<!--"), "no comments: {route}");
            read += 1;
        }
        // Drafts and guesses of other tables and of the other side: numbers that stand nowhere else.
        if let Some(i) = who {
            let page = class.get("/play", &cookie).body;
            for table in 0..2 {
                for party in 0..2 {
                    let level = 37 + 2 * table + 4 * party;
                    let shows =
                        page.contains(&format!("value=\"{level}\"")) || page.contains(&format!("<td>{level}</td>"));
                    let own =
                        seats[i].is_some_and(|s| s.table == table && s.party == party && s.role != Role::Observer);
                    assert_eq!(shows, own, "draft {level} of table {table}, {} seen by {:?}", names[party], seats[i]);
                    let guess = format!("value=\"{}\"", 91 + 2 * table + party);
                    assert!(own || !page.contains(&guess), "guess seen by {:?}", seats[i]);
                }
            }
        }
    }
    assert_eq!(read, 24 * ROUTES.len());
    for kind in ["brief", "nodeal", "objective", "role", "board", "note", "nick", "message", "sheet"] {
        assert!(seen.iter().any(|c| c.starts_with(&format!("CANARY-{kind}"))), "{kind} was looked for where it is");
    }
    // The teacher sees names, not the secrets of browsers, and no seed before the truth is shown.
    for route in ROUTES {
        let answer = class.get(route, &teacher);
        let all = format!("{} {}", answer.head, answer.body);
        assert!(!all.contains(&seed) && hashes.iter().all(|h| !all.contains(h.as_str())), "{route}");
    }
    class.hall.submit(Who::Teacher, Command::Reveal).expect("revealed");
    assert!(class.get("/export/events.csv", &teacher).body.contains(&seed));
}

#[test]
fn the_other_sides_worths_and_chances_are_never_in_a_view() {
    let (class, cookies, teacher) = seated();
    for cookie in &cookies {
        class.post("/act", cookie, "do=ready&l10=31");
        class.pass(2000);
    }
    let _ = teacher;
    let seats: Vec<_> = class.hall.lock().state.people.iter().map(|p| p.seat).collect();
    for (i, cookie) in cookies.iter().enumerate() {
        let page = class.get("/play", cookie).body;
        let Some(seat) = seats[i] else { continue };
        let asked = class.hall.lock().state.tables[seat.table].table.question().map(|q| q.at.party);
        if asked.is_some_and(|p| p != seat.party) {
            assert!(!page.contains("is worth") && !page.contains("would ask for"), "{seat:?}");
        }
        if seat.role == Role::Observer {
            assert!(!page.contains("points") && !page.contains("Our draft"), "{seat:?}");
        }
        for secret in ["patience", "needs support", "CANARY-objective"] {
            let leader = secret == "CANARY-objective" && seat.role == Role::Leader;
            assert!(leader || !page.contains(secret), "{secret} for {seat:?}");
        }
    }
}
