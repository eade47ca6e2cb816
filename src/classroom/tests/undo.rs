//! What the teacher takes back, and what goes with it.

use super::*;

/// Two heads at one table of the long lesson, in round 1, with clocks that run.
fn begun() -> (Class, String, [String; 2]) {
    let mut ready = lesson("stockholm-75min");
    ready.lesson.classroom.tables = 1;
    let class = Class::of(ready, Log::in_memory().expect("a log"), 1_000_000);
    let teacher = class.teacher();
    let people = ["US", "CN"].map(|nick| class.join(nick));
    class.tell(&teacher, "advance", "");
    class.tell(&teacher, "advance", "");
    (class, teacher, people)
}

fn said(class: &Class, teacher: &str) -> String {
    let page = class.get("/console", teacher).body;
    let rest = page.split("role=\"status\">").nth(1).unwrap_or_default().to_string();
    rest[..rest.find('<').unwrap_or(0)].to_string()
}

#[test]
fn weeks_are_taken_back_only_when_asked_for_twice() {
    let (class, teacher, [_, cn]) = begun();
    class.tell(&teacher, "bench", "n=0"); // the engine plays on for the US
    let play = |cookie: &str| {
        let page = class.get("/play", cookie).body;
        if page.contains("value=\"yes\"") {
            class.act(cookie, "do=yes");
        } else if page.contains("value=\"offer\"") {
            class.act(cookie, "do=offer");
        } else if page.contains("value=\"ready\"") {
            class.act(cookie, "do=ready&stance=quiet");
        }
    };
    let week = || class.hall.lock().state.tables[0].table.round();
    let first = week();
    for _ in 0..40 {
        play(&cn);
    }
    assert!(week() > first, "weeks were played: {}", week());
    let played = week();
    // With its person in the seat the table would have waited at the first week.
    class.tell(&teacher, "undo", "");
    assert!(said(&class, &teacher).contains("undo once more"), "{}", said(&class, &teacher));
    assert_eq!(week(), played, "nothing was taken back");
    class.tell(&teacher, "undo", "");
    assert!(week() < played, "the second time it is");
}

#[test]
fn a_clock_has_what_it_had_when_the_command_was_given() {
    let (class, teacher, _) = begun();
    let left = || {
        let now = class.hall.now();
        class.hall.lock().state.tables[0].clock.left(now)
    };
    let before = left();
    class.tell(&teacher, "pause", "");
    class.pass(20 * 60_000); // longer than the phase
    class.tell(&teacher, "undo", "");
    assert!(class.hall.lock().state.tables[0].clock.runs());
    assert!(before - left() < 1000, "{before} {}", left());
    class.hall.tick();
    let phase = class.hall.lock().state.tables[0].phase;
    class.tell(&teacher, "advance", "");
    class.pass(20 * 60_000);
    class.tell(&teacher, "undo", ""); // takes weeks back
    class.tell(&teacher, "undo", "");
    class.hall.tick();
    assert_eq!(class.hall.lock().state.tables[0].phase, phase, "no bell rings at once");
    assert!(before - left() < 1000);
}

/// Two mistakes taken back one after the other: the time between them is not given twice.
#[test]
fn clocks_have_what_they_had_before_the_first_of_two() {
    let (class, teacher, _) = begun();
    let left = || {
        let now = class.hall.now();
        class.hall.lock().state.tables[0].clock.left(now)
    };
    class.pass(60_000);
    let before = left();
    class.tell(&teacher, "pause", "");
    class.pass(30_000);
    class.tell(&teacher, "advance", "");
    class.pass(30_000);
    class.tell(&teacher, "undo", "");
    class.tell(&teacher, "undo", ""); // weeks went back
    assert!(!class.hall.lock().state.tables[0].clock.runs(), "it stood when the phase was ended");
    class.tell(&teacher, "undo", "");
    assert!(class.hall.lock().state.tables[0].clock.runs());
    assert!(before.abs_diff(left()) < 1000, "{before} {}", left());
}

#[test]
fn only_what_was_shown_is_undone() {
    let (class, teacher, _) = begun();
    class.tell(&teacher, "headline", "text=One");
    let number = class.hall.lock().undoable().expect("one").number;
    class.tell(&teacher, "message", "text=Two");
    class.tell(&teacher, "undo", &format!("n={number}"));
    assert!(said(&class, &teacher).contains("another command"), "{}", said(&class, &teacher));
    assert_eq!(class.hall.lock().state.messages.len(), 1);
}
