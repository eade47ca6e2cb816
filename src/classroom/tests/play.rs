//! Whole classes.

use super::*;
use crate::classroom::lesson::PhaseKind;
use crate::classroom::played::By;

/// Everybody does what they can; true when nothing was left to do.
fn turn(class: &Class, cookies: &[String]) -> bool {
    let mut idle = true;
    for cookie in cookies {
        let page = class.get("/play", cookie).body;
        let form = if page.contains("value=\"yes\"") {
            "do=yes"
        } else if page.contains("value=\"offer\"") {
            "do=offer"
        } else if page.contains("value=\"ready\"") && !page.contains("value=\"unready\"") {
            "do=ready&stance=quiet&l7=25"
        } else {
            continue;
        };
        class.act(cookie, form);
        idle = false;
    }
    idle
}

#[test]
fn a_whole_class_of_two_tables_plays_to_the_debrief() {
    let class = Class::new("stockholm-75min");
    let teacher = class.teacher();
    let cookies: Vec<String> = (0..6).map(|i| class.join(&format!("S{i}"))).collect();
    class.act(&cookies[0], "do=quiz&after=0&q0=0&q1=1&q2=1&q3=2&forecast=60");
    let phases = class.hall.lock().state.ready.lesson.classroom.phases.clone();
    for phase in &phases[1..] {
        class.tell(&teacher, "advance", "table=");
        assert!(class.get("/play", &cookies[0]).body.contains(&phase.name));
        assert_eq!(class.get("/console", &teacher).status, StatusCode::OK, "the console can be reloaded at any time");
        if let PhaseKind::Play { until } = phase.kind {
            class.act(&cookies[1], "do=guess&guess=70");
            for _ in 0..60 {
                if turn(&class, &cookies) {
                    break;
                }
            }
            let mut inner = class.hall.lock();
            for place in &mut inner.state.tables {
                assert!(place.done, "no table is stuck");
                assert_eq!(place.table.round(), until);
                assert!(place.table.filed.iter().any(|f| f.by == By::People));
                let _ = place.table.standing();
            }
        }
    }
    assert_eq!(class.get("/debrief", &cookies[0]).status, StatusCode::NOT_FOUND, "not before the truth is shown");
    assert_eq!(class.get("/projector/chart?n=1", "").status, StatusCode::NOT_FOUND, "nor on the wall");
    class.tell(&teacher, "reveal", "");
    let page = class.get("/debrief", &cookies[0]);
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.body.matches("<figure ").count(), 9, "eight charts and the odds");
    assert_eq!(page.body.matches("role=\"img\" aria-label=").count(), 18, "each named for the ear, wide and narrow");
    assert!(page.body.contains("Turning points"));
    assert!(class.get("/handout", &cookies[0]).body.contains("Questions"));
    assert!(class.get("/projector", "").body.contains("/projector/chart?n=1"));
    for n in 1..=9 {
        let chart = class.get(&format!("/projector/chart?n={n}"), "");
        assert_eq!((chart.status, chart.body.matches("<figure ").count()), (StatusCode::OK, 1));
    }
    assert_eq!(class.get("/projector/chart?n=10", "").status, StatusCode::NOT_FOUND);
    for (file, rows) in [("seats", 6), ("quiz", 1), ("rounds", 52), ("evidence", 6)] {
        let text = class.get(&format!("/export/{file}.csv"), &teacher).body;
        assert_eq!(csv::Reader::from_reader(text.as_bytes()).records().count(), rows, "{file}");
    }
    let decisions = class.get("/export/decisions.csv", &teacher).body;
    assert!(decisions.contains(",people"));
}

#[test]
fn at_the_bell_the_last_draft_counts_and_nobody_is_waited_for() {
    let class = Class::new("express-45min");
    let teacher = class.teacher();
    let (us, cn) = (class.join("A"), class.join("B"));
    class.tell(&teacher, "advance", "");
    class.tell(&teacher, "advance", "table=0");
    class.act(&us, "do=draft&stance=praise&l7=30");
    class.act(&cn, "do=ready&l7=30");
    assert!(!class.hall.lock().state.tables[0].done);
    class.pass(11 * 60_000);
    class.hall.tick();
    let inner = class.hall.lock();
    let place = &inner.state.tables[0];
    assert_eq!(place.table.round(), 4);
    let by: Vec<By> = place.table.filed.iter().map(|f| f.by).collect();
    assert!(by.contains(&By::Bell) || by.contains(&By::Draft), "{by:?}");
}

#[test]
fn a_lost_seat_is_played_and_comes_back() {
    let class = Class::new("express-45min");
    let teacher = class.teacher();
    let (us, cn) = (class.join("A"), class.join("B"));
    class.tell(&teacher, "advance", "");
    class.tell(&teacher, "advance", "");
    class.act(&us, "do=ready&stance=quiet");
    for _ in 0..8 {
        class.pass(150_000);
        class.hall.heard(0);
        class.hall.tick();
    }
    let page = class.get("/play", &us).body;
    assert!(page.contains("away, engine plays"), "said openly");
    let by: Vec<By> =
        class.hall.lock().state.tables[0].table.filed.iter().filter(|f| f.at.party == 0).map(|f| f.by).collect();
    assert!(by.iter().all(|by| *by != By::People), "an absent seat never looks like a decision: {by:?}");
    class.get("/play", &cn);
    assert!(!class.get("/play", &us).body.contains("away, engine plays"), "back at once");
    class.tell(&teacher, "bench", "n=1");
    assert!(class.get("/play", &cn).body.contains("The engine plays your seat"));
    assert_eq!(class.post("/act", &cn, "do=draft").status, StatusCode::UNPROCESSABLE_ENTITY);
    class.tell(&teacher, "unbench", "n=1");
    assert!(!class.get("/play", &cn).body.contains("The engine plays your seat"));
}

#[test]
fn late_comers_are_let_in_and_lost_browsers_come_back_by_code() {
    let class = Class::new("stockholm-75min");
    let teacher = class.teacher();
    let first = class.join("A");
    class.tell(&teacher, "advance", "");
    let late = class.join("Late");
    assert!(class.get("/play", &late).body.contains("lets you in"));
    class.tell(&teacher, "admit", "n=1");
    assert!(class.get("/play", &late).body.contains("Your role"));
    class.tell(&teacher, "code", "n=0");
    let page = class.get("/console", &teacher).body;
    let code = page.split("Re-entry code for A: ").nth(1).and_then(|t| t.get(..6)).expect("shown").to_string();
    assert!(!class.get("/console", &teacher).body.contains(&code), "shown once");
    let back = class.post("/rejoin", "", &format!("code={code}"));
    assert_eq!(back.status, StatusCode::SEE_OTHER);
    let new = back.cookie.expect("a cookie");
    assert_ne!(new, first);
    assert!(class.get("/play", &new).body.contains("· table 1"));
    assert_eq!(
        class.post("/rejoin", "", &format!("code={code}")).status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "good once"
    );
    class.tell(&teacher, "eject", "n=0");
    assert_eq!(class.get("/play", &first).status, StatusCode::SEE_OTHER);
}

#[test]
fn clocks_pause_and_are_extended_and_the_last_command_is_undone() {
    let class = Class::new("express-45min");
    let teacher = class.teacher();
    class.tell(&teacher, "advance", "");
    let left = || {
        let (now, inner) = (class.hall.now(), class.hall.lock());
        [0, 1].map(|t| inner.state.tables[t].clock.left(now) / 1000)
    };
    let before = left();
    class.tell(&teacher, "pause", "table=1");
    class.pass(60_000);
    assert!(left()[0] < before[0] - 55 && left()[1] > before[1] - 5);
    class.tell(&teacher, "more", "table=0&n=180000");
    assert!(left()[0] > before[0] + 100);
    class.tell(&teacher, "undo", "");
    assert!(left()[0] < before[0], "the three minutes are taken back");
    class.tell(&teacher, "undo", "");
    assert!(left()[1] > before[1] - 5, "the pause too: with what was left when it began");
    assert!(class.hall.lock().state.tables[1].clock.runs());
    class.tell(&teacher, "advance", "");
    assert!(class.get("/console", &teacher).body.contains("Round 1"));
    class.tell(&teacher, "undo", "");
    assert!(!class.get("/console", &teacher).body.contains("Round 1"));
    assert!(class.get("/console", &teacher).status == StatusCode::OK);
    class.tell(&teacher, "event", "n=1&table=0");
    class.tell(&teacher, "headline", "text=Fresh%20news&table=");
    assert!(class.get("/projector", "").body.contains("Fresh news"));
}

#[test]
fn a_refused_form_says_why() {
    let class = Class::new("express-45min");
    let teacher = class.teacher();
    let us = class.join("A");
    class.tell(&teacher, "advance", "");
    let refused = class.post("/act", &us, "do=draft&l10=900");
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("from 10 to 55"), "{}", refused.body);
    assert!(class.post("/act", &us, "do=yes").body.contains("settled"));
    assert!(class.post("/join", "", "code=XXXXX&nick=B").body.contains("not the code"));
    assert!(class.post("/join", "", &format!("code={}&nick=%20", class.code())).body.contains("name"));
}

/// Ninety minutes in which nobody touches anything: bells ring, engine seats play, no clock is stuck or below zero.
#[test]
fn a_class_left_alone_runs_to_its_end_by_the_clock() {
    let class = Class::new("stockholm-75min");
    let teacher = class.teacher();
    let student = class.join("Asleep");
    class.tell(&teacher, "run", "");
    let mut left = vec![];
    for second in 0..90 * 60 {
        class.pass(1000);
        class.hall.tick();
        let now = class.hall.now();
        let inner = class.hall.lock();
        let place = &inner.state.tables[0];
        left.push((place.phase, place.clock.left(now)));
        drop(inner);
        if second % 300 == 0 {
            assert_eq!(class.get("/console", &teacher).status, StatusCode::OK);
            assert_eq!(class.get("/play", &student).status, StatusCode::OK);
        }
    }
    for pair in left.windows(2) {
        let ((phase, before), (now, after)) = (pair[0], pair[1]);
        assert!(now > phase || after < before || after == 0, "the clock stands still: {pair:?}");
        assert!(now - phase <= 1, "a phase is left out");
    }
    let inner = class.hall.lock();
    for place in &inner.state.tables {
        assert_eq!(place.phase + 1, inner.state.ready.lesson.classroom.phases.len());
        assert_eq!(place.table.book().rounds.len(), 26);
    }
}

/// Classes in one process know nothing of each other, and each plays as it would alone.
#[test]
fn three_classes_side_by_side_are_three_classes() {
    let open = |nick: &str| {
        let class = Class::new("express-45min");
        let teacher = class.teacher();
        let cookie = class.join(nick);
        (class, teacher, cookie)
    };
    let all = ["A", "B", "C"].map(open);
    for step in 0..3 {
        for (class, teacher, cookie) in &all {
            class.tell(teacher, "advance", "");
            if step == 1 {
                class.act(cookie, "do=draft&stance=praise&l7=30");
            }
        }
    }
    for (i, (class, ..)) in all.iter().enumerate() {
        for (j, (_, teacher, cookie)) in all.iter().enumerate() {
            let [console, play] = [("/console", teacher), ("/play", cookie)].map(|(path, c)| class.get(path, c).status);
            if i == j {
                assert_eq!((console, play), (StatusCode::OK, StatusCode::OK));
            } else {
                assert_eq!(
                    (console, play),
                    (StatusCode::NOT_FOUND, StatusCode::SEE_OTHER),
                    "class {i} and a cookie of {j}"
                );
            }
        }
        let inner = class.hall.lock();
        let alone = crate::classroom::fold::replay(inner.state.ready.clone(), inner.entries()).expect("replayed");
        assert_eq!(alone.digest(), inner.state.digest());
    }
}

/// With the same draw, tables left alone play the same game; else they do not.
#[test]
fn tables_may_be_dealt_the_same_game() {
    for same in [true, false] {
        let mut ready = lesson("express-45min");
        ready.lesson.classroom.same_draw = same;
        let class = Class::of(ready, Log::in_memory().expect("a log"), 1_000_000);
        let teacher = class.teacher();
        for _ in 0..4 {
            class.tell(&teacher, "advance", "");
        }
        let game = |table: usize| {
            let orders = class.get(&format!("/export/orders-{table}.json"), &teacher).body;
            serde_json::from_str::<serde_json::Value>(&orders).expect("JSON")["game"].clone()
        };
        assert_eq!(game(1) == game(2), same);
        let page = class.get("/debrief", &teacher).body;
        assert_eq!(page.contains("All tables played the same game"), same);
        let inner = class.hall.lock();
        let [a, b] = [0, 1].map(|t| inner.state.tables[t].table.book().rounds.clone());
        assert_eq!(a == b, same);
        assert!(!a.is_empty());
    }
}
