//! What asks for attention, what changed, and who is who.

use super::honest::{heads, offers, view};
use super::*;
use crate::classroom::command::{Command, Who};
use crate::classroom::notices::Of;
use crate::classroom::wall;

fn notices(class: &Class, person: usize) -> Vec<(Of, bool)> {
    view(class, person).notices.iter().map(|n| (n.of, n.is_due())).collect()
}

#[test]
fn a_message_a_phase_a_pause_and_the_last_minute_are_at_the_edge_of_the_page() {
    let (class, teacher, people) = heads();
    assert_eq!(notices(&class, 0), [(Of::Phase, true), (Of::Last, false)]);
    class.tell(&teacher, "message", "text=Look%20up&table=");
    assert_eq!(notices(&class, 0)[0], (Of::Message, true));
    let page = class.get("/play", &people[0]).body;
    let notice = page.split("class=\"notice message\"").nth(1).and_then(|t| t.split("</p>").next()).expect("a notice");
    assert!(notice.contains("Your teacher: Look up") && notice.contains("Put away"), "{notice}");
    assert!(!class.get("/projector", "").body.contains("Look up"), "it is for the room");
    let on_wall = class.get("/projector", &class.wall()).body;
    let notice = on_wall.split("class=\"notice message\"").nth(1).and_then(|t| t.split("</p>").next()).expect("shown");
    assert!(notice.contains("Look up") && !notice.contains("Put away") && notice.contains("data-fades"), "{notice}");
    class.tell(&teacher, "pause", "");
    assert!(notices(&class, 0).contains(&(Of::Stop, true)));
    class.tell(&teacher, "run", "");
    assert!(!notices(&class, 0).contains(&(Of::Stop, true)));
    // The last minute, and no minute after the bell.
    let left = class.hall.lock().state.tables[0].clock.left(class.hall.now());
    class.pass(left - 61_000);
    assert!(notices(&class, 0).contains(&(Of::Last, false)));
    class.pass(1_000);
    assert!(notices(&class, 0).contains(&(Of::Last, true)));
    assert!(!notices(&class, 0).iter().any(|n| n.0 == Of::Message), "a message does not stay for ever");
    class.tell(&teacher, "pause", "");
    assert!(!notices(&class, 0).contains(&(Of::Last, true)), "a clock that stands has no last minute");
}

#[test]
fn a_message_for_one_table_is_not_on_the_wall() {
    let class = Class::new("express-45min");
    let teacher = class.teacher();
    class.join("A");
    class.tell(&teacher, "message", "text=Only%20you&table=1");
    assert!(!class.get("/projector", &teacher).body.contains("Only you"));
    assert!(!view(&class, 0).notices.iter().any(|n| n.of == Of::Message));
}

#[test]
fn an_offer_is_told_by_what_it_changes() {
    let (class, _, people) = heads();
    for cookie in &people {
        class.act(cookie, "do=ready&stance=quiet&l0=40&l10=38");
    }
    // Refused once by each, so that the first side offers a second time: one issue more, one as it was.
    for _ in 0..2 {
        let party = class.hall.lock().state.tables[0].table.question().expect("asked").at.party;
        class.act(&people[1 - party], "do=no");
        let (cookie, ..) = offers(&class, &people);
        class.act(&cookie, "do=offer&l10=36");
    }
    let party = class.hall.lock().state.tables[0].table.question().expect("asked").at.party;
    class.act(&people[1 - party], "do=no");
    let seen = view(&class, 0);
    let lines: Vec<&String> = seen.history[0].lines.iter().filter(|l| l.contains(" offers (")).collect();
    assert_eq!(lines.len(), 3, "{lines:?}");
    assert!(lines[0].contains("(3 of 6, refused): "), "{lines:?}");
    assert!(lines[0].contains(", the rest as before (offered by people, refused by people)"), "{lines:?}");
    assert!(lines[0].matches('→').count() == 1 && lines[2].matches('→').count() == 2, "{lines:?}");
    assert!(seen.history[0].head.contains("talks, 3 offers"), "{:?}", seen.history[0].head);
}

#[test]
fn the_same_offer_again_is_told_as_the_same() {
    let (class, _, people) = heads();
    for cookie in &people {
        class.act(cookie, "do=ready&stance=quiet&l0=40");
    }
    for _ in 0..2 {
        let party = class.hall.lock().state.tables[0].table.question().expect("asked").at.party;
        class.act(&people[1 - party], "do=no");
        class.act(&offers(&class, &people).0, "do=offer");
    }
    let party = class.hall.lock().state.tables[0].table.question().expect("asked").at.party;
    class.act(&people[1 - party], "do=no");
    let line = view(&class, 1).history[0].lines[0].clone();
    assert!(line.contains("(3 of 6, refused): the same as before ("), "{line}");
}

#[test]
fn what_the_last_round_changed_is_told_and_there_is_something_to_do_until_the_next() {
    let (class, teacher, people) = heads();
    assert!(view(&class, 0).changed.is_empty() && !view(&class, 0).finished);
    class.act(&people[0], "do=ready&stance=quiet");
    class.act(&people[1], "do=ready&stance=quiet");
    for _ in 0..20 {
        for cookie in &people {
            let page = class.get("/play", cookie).body;
            if page.contains("value=\"yes\"") {
                class.act(cookie, "do=no");
            } else if page.contains("value=\"offer\"") {
                class.act(cookie, "do=offer");
            }
        }
    }
    let over = view(&class, 0);
    assert!(over.finished && !over.changed.is_empty());
    assert!(class.get("/play", &people[0]).body.contains("While others still play"));
    let told = over.changed;
    class.tell(&teacher, "advance", "");
    assert_eq!(view(&class, 0).changed, told, "and while the next round is prepared");
    let page = class.get("/play", &people[0]).body;
    assert!(page.contains("What the last round changed: ") && !page.contains("While others still play"));
}

#[test]
fn notes_of_a_delegation_are_put_together_or_refused_with_both_texts() {
    let class = Class::new("express-45min");
    let teacher = class.teacher();
    let all: Vec<String> = (0..5).map(|i| class.join(&format!("S{i}"))).collect();
    class.tell(&teacher, "advance", "");
    let (head, leader) = (&all[0], &all[4]);
    let notes = || class.hall.lock().state.tables[0].sides[1].board.clone();
    class.act(head, "do=board&was=&text=magnets%0D%0Asoy");
    // Two began with the same text.
    class.act(head, "do=board&was=magnets%0D%0Asoy&text=magnets 74%0D%0Asoy");
    class.act(leader, "do=board&was=magnets%0D%0Asoy&text=magnets%0D%0Asoy%0D%0Ano chips");
    assert_eq!(notes(), "magnets 74\nsoy\nno chips");
    let refused = class.post("/act", leader, "do=board&was=magnets%0D%0Asoy&text=magnets 66%0D%0Asoy");
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for text in ["magnets 74", "magnets 66", "save once more"] {
        assert!(refused.body.contains(text), "{text}: {}", refused.body);
    }
    assert_eq!(notes(), "magnets 74\nsoy\nno chips");
    let page = class.get("/play", leader).body;
    assert!(page.contains("name=\"was\" value=\"magnets 74\nsoy\nno chips\""), "what is written next is made of it");
    class.act(leader, "do=board&was=magnets 74%0D%0Asoy%0D%0Ano chips&text=magnets 66");
    assert_eq!(notes(), "magnets 66");
}

#[test]
fn a_name_that_is_cut_is_shown_before_it_is_taken() {
    let class = Class::new("express-45min");
    let long = format!("code={}&nick=Maximiliane+Charlotte-Sophie", class.code());
    let asked = class.post("/join", "", &long);
    assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(asked.body.contains("value=\"Maximiliane Charlotte-So\"") && asked.body.contains("at most 24 letters"));
    assert_eq!(class.hall.lock().state.people.len(), 0);
    class.join("Maximiliane Charlotte-So");
    // Two ways to write one letter are one name.
    class.join("Zo%C3%AB");
    let again = class.post("/join", "", &format!("code={}&nick=Zoe%CC%88", class.code()));
    assert!(again.body.contains("somebody in this class has that name"), "{}", again.body);
}

#[test]
fn who_is_who_is_known_to_ones_own_delegation_the_console_and_the_wall_while_briefs_are_read() {
    let class = Class::new("express-45min");
    let teacher = class.teacher();
    let all: Vec<String> = ["Ann", "Bo", "Cy", "Di", "Eve"].iter().map(|nick| class.join(nick)).collect();
    assert!(!class.get("/projector", &class.wall()).body.contains("Ann"), "not while people join");
    class.tell(&teacher, "advance", "");
    // Ann and Eve are head and leader of one delegation, Bo heads the other at the same table.
    let page = class.get("/play", &all[0]).body;
    assert!(page.contains("leader at home: ● Eve") && !page.contains("Bo"), "{page}");
    let wall = class.get("/projector", &class.wall()).body;
    assert!(wall.contains("● Ann") && wall.contains("● Bo"), "{wall}");
    for stranger in ["", &all[0]] {
        assert!(!class.get("/projector", stranger).body.contains("● Bo"));
        assert!(!class.get("/projector/live", stranger).body.contains("● Bo"));
    }
    class.tell(&teacher, "advance", "");
    assert!(!class.get("/projector", &class.wall()).body.contains("● Ann"));
    let console = class.get("/console", &teacher).body;
    for nick in ["Ann", "Bo", "Cy", "Di", "Eve"] {
        assert_eq!(console.matches(&format!("class=\"nick\">{nick}<")).count(), 1, "a line a person: {nick}");
    }
}

#[test]
fn the_console_says_what_needs_a_hand() {
    let class = Class::new("express-45min");
    let teacher = class.teacher();
    let all: Vec<String> = ["Ann", "Bo"].iter().map(|nick| class.join(nick)).collect();
    let needs = || {
        let page = class.get("/console", &teacher).body;
        page.split("id=\"needs\"").nth(1).and_then(|t| t.split("</ul>").next()).unwrap_or_default().to_string()
    };
    assert_eq!(needs(), "");
    class.tell(&teacher, "advance", "");
    class.join("Late");
    assert!(needs().contains("Late waits to be let in") && needs().contains("Let in"), "{}", needs());
    class.tell(&teacher, "admit", "n=2");
    class.tell(&teacher, "advance", "");
    assert_eq!(needs(), "");
    class.tell(&teacher, "more", "n=3600000");
    for _ in 0..8 {
        class.pass(150_000);
        class.hall.heard(1);
        class.hall.tick();
    }
    assert!(needs().contains("table 1, United States: Ann is away, the pen is with"), "{}", needs());
    class.get("/play", &all[0]);
    assert!(!needs().contains("Ann is away"), "{}", needs());
    class.pass(180_000);
    assert!(needs().contains("table 1: no action for"), "{}", needs());
}

#[test]
fn the_wall_says_what_to_do_and_shows_the_chart_that_the_teacher_picks() {
    let class = Class::new("stockholm-75min");
    let teacher = class.teacher();
    class.join("A");
    class.tell(&teacher, "advance", "");
    class.tell(&teacher, "advance", "");
    let wall = class.get("/projector", "").body;
    assert!(
        wall.contains("Now: Agree on a draft and a public line") && wall.contains("Three minutes of caucus"),
        "{wall}"
    );
    assert_eq!(wall.matches(" aria-current=\"step\">").count(), 1, "{wall}");
    assert_eq!(wall.matches("class=\"strip\"").count(), 2);
    let seen = || wall::public(&class.hall.lock().state, "", (class.hall.now(), 1)).shown;
    let refused = class.post("/console/show", &teacher, "n=3");
    assert_eq!((refused.status, seen()), (StatusCode::SEE_OTHER, None));
    assert!(class.get("/console", &teacher).body.contains("once the truth is shown"));
    class.tell(&teacher, "reveal", "");
    class.tell(&teacher, "show", "n=3");
    assert!(class.get("/projector", "").body.contains("data-to=\"/projector/chart?n=3\""));
    assert!(class.get("/projector/live?bare=1", "").body.contains("/projector/chart?n=3"));
    class.tell(&teacher, "show", "n=0");
    assert!(class.get("/projector/live?bare=1", "").body.contains("data-to=\\\"/projector\\\""));
    class.tell(&teacher, "show", "n=10");
    assert_eq!(seen().map(|s| s.1), Some(0), "there is no tenth");
    assert!(class.get("/console", &teacher).body.contains("Undo: showing the truth"), "a chart is not what is undone");
}

/// What a meeting leaves as room can be drafted, also where a lapse put a lever beyond what can be reached otherwise.
#[test]
fn what_stands_beyond_reach_can_be_offered_within_the_room_of_the_meeting() {
    let class = Class::new("express-45min");
    class.join("A");
    let mut inner = class.hall.lock();
    let setup = inner.state.ready.setup.clone();
    let lever = setup.lever("us_tariff").expect("a lever");
    let (low, high) = (setup.levers[lever].reach_low, setup.levers[lever].reach_high);
    inner.state.tables[0].phase = 2;
    inner.state.tables[0].table.push(0.0, Some((lever, high + 9.0)));
    let draft = |x: f64| Command::Draft { levels: [(lever, x)].into(), stance: Default::default() };
    let may = |x: f64| inner.state.check(Who::Person(0), &draft(x)).is_ok();
    assert!(may(low) && may(high) && may(high + 9.0), "as it stands, or brought back");
    assert!(!may(high + 10.0) && !may(low - 1.0), "not further");
}
