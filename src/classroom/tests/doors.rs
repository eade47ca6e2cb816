//! Who comes in, who leaves, and what one phone alone can do about it: attacker and class have one address here.

use super::*;
use crate::classroom::seats::PEOPLE_MAX;

/// A class whose door lets so many in at once from one address.
fn guarded(joins: f64) -> Class {
    let time = Arc::new(AtomicU64::new(1_000_000));
    let clock = time.clone();
    let now = Arc::new(move || clock.load(Ordering::SeqCst));
    let log = Log::in_memory().expect("a log");
    let (hall, secret) = Hall::open(Opening { joins, ..opening(lesson("express-45min"), log, now) }).expect("opened");
    let hall = Arc::new(hall);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    Class { app: app(hall.clone()), hall, time, secret, runtime }
}

fn present(class: &Class) -> usize {
    class.hall.lock().state.present().count()
}

fn enter(class: &Class, nick: &str) -> Reply {
    class.post("/join", "", &format!("code={}&nick={nick}", class.code()))
}

#[test]
fn a_loop_of_joins_does_not_close_the_class() {
    let class = guarded(4.0);
    let teacher = class.teacher();
    let honest = class.join("Honest");
    let flood = |n: usize| (0..n).filter(|i| enter(&class, &format!("x{i}")).status == StatusCode::SEE_OTHER).count();
    assert_eq!(flood(200), 3, "a burst is well below the seats");
    class.pass(60_000);
    flood(200);
    assert!(present(&class) > 4);
    // The teacher closes the door, sends away all who came after the one they know, and opens it again.
    class.tell(&teacher, "door", "n=closed");
    class.pass(60_000);
    assert!(enter(&class, "late").body.contains("door of the class is closed"));
    class.tell(&teacher, "remove-from", "n=1");
    assert_eq!(present(&class), 1);
    let people = class.get("/console", &teacher).body;
    assert!(people.contains("Honest") && !people.contains("x0"), "who was sent away is not in the list");
    class.tell(&teacher, "door", "n=open");
    class.pass(60_000);
    let late = class.join("Late");
    assert!(class.get("/play", &late).body.contains("table 1"), "the first seats are free again");
    assert_eq!(class.get("/play", &honest).status, StatusCode::OK);
    // It is taken back like any command.
    class.tell(&teacher, "remove-from", "n=0");
    assert_eq!((present(&class), class.get("/play", &honest).status), (0, StatusCode::SEE_OTHER));
    class.tell(&teacher, "undo", "");
    assert_eq!((present(&class), class.get("/play", &honest).status), (2, StatusCode::OK));
}

#[test]
fn only_who_is_there_counts_against_the_places() {
    let class = Class::new("express-45min");
    let teacher = class.teacher();
    let cookies: Vec<String> = (0..PEOPLE_MAX).map(|i| class.join(&format!("S{i}"))).collect();
    assert!(enter(&class, "more").body.contains("the class is full"));
    assert_eq!(class.post("/leave", &cookies[7], "").status, StatusCode::SEE_OTHER);
    assert_eq!(enter(&class, "more").status, StatusCode::SEE_OTHER, "who signs out frees a place");
    class.tell(&teacher, "remove", "n=8");
    assert_eq!(enter(&class, "S7").status, StatusCode::SEE_OTHER, "so does who is removed, and the name is free too");
    // Who has left holds nothing any more.
    for form in ["do=note&text=x", "do=guess&guess=4"] {
        assert_eq!(class.post("/act", &cookies[7], form).status, StatusCode::NOT_FOUND);
    }
    for (act, form) in [("admit", "n=7"), ("bench", "n=7"), ("code", "n=7"), ("place", "a=8&seat=0-0-Head")] {
        class.post(&format!("/console/{act}"), &teacher, form);
        let page = class.get("/console", &teacher).body;
        assert!(page.contains("Not done") && page.contains("has left the class"), "{act}");
    }
}

#[test]
fn the_teacher_lets_in_one_by_one() {
    let class = Class::new("express-45min");
    let teacher = class.teacher();
    class.tell(&teacher, "door", "n=asks");
    let student = class.join("A");
    assert!(class.get("/play", &student).body.contains("lets you in"));
    class.tell(&teacher, "admit", "n=0");
    assert!(class.get("/play", &student).body.contains("head of delegation"));
}

#[test]
fn a_double_tap_is_one_person_with_either_cookie() {
    let class = Class::new("express-45min");
    let page = class.get("/", "").body;
    let number = page.split("name=\"form\" value=\"").nth(1).and_then(|t| t.split('"').next()).expect("a number");
    assert_ne!(
        class.get("/", "").body.split("name=\"form\" value=\"").nth(1),
        page.split("name=\"form\" value=\"").nth(1)
    );
    let form = format!("code={}&nick=Ann&form={number}", class.code());
    let taps = [class.post("/join", "", &form), class.post("/join", "", &form)];
    assert_eq!(present(&class), 1);
    for tap in &taps {
        assert_eq!(tap.status, StatusCode::SEE_OTHER, "{}", tap.body);
        assert!(class.get("/play", tap.cookie.as_deref().expect("a cookie")).body.contains("Ann"));
    }
    // The number is no key to somebody else's seat: another name is another person, and without the number a name is taken.
    assert_eq!(class.post("/join", "", &form.replace("Ann", "Bob")).status, StatusCode::SEE_OTHER);
    assert_eq!(present(&class), 2);
    assert!(enter(&class, "Ann").body.contains("has that name"));
}

#[test]
fn strangers_see_no_code_and_the_walls_link_does() {
    let class = Class::new("express-45min");
    let (student, teacher, code) = (class.join("A"), class.teacher(), class.code());
    for cookie in ["", &student] {
        for path in ["/projector", "/projector/live"] {
            let body = class.get(path, cookie).body;
            assert!(body.contains("1") && !body.contains(&code), "{path}");
        }
    }
    assert!(class.get("/projector", &class.wall()).body.contains(&code));
    assert!(class.get("/projector/live", &class.wall()).body.contains(&code));
    assert!(class.get("/projector", &teacher).body.contains(&code));
    assert_eq!(class.get("/wall/0123456789abcdef01234567", "").status, StatusCode::NOT_FOUND);
    assert!(class.get("/console", &teacher).body.contains(&class.hall.wall_key()));
    class.tell(&teacher, "advance", "");
    class.tell(&teacher, "advance", "");
    assert!(
        !class.get("/projector", "").body.contains(&code) && class.get("/projector", &teacher).body.contains(&code)
    );
}

#[test]
#[allow(clippy::disallowed_methods)] // it is measured that wrong secrets are slow
fn the_right_secret_opens_whatever_was_tried_before() {
    let class = Class::new("express-45min");
    let tried = |secret: &str| {
        let begun = std::time::Instant::now();
        (class.post("/teach", "", &format!("secret={secret}")).status, begun.elapsed())
    };
    for _ in 0..5 {
        assert_eq!(tried("0123").0, StatusCode::FORBIDDEN);
    }
    let (status, took) = tried("0123");
    assert!(status == StatusCode::FORBIDDEN && took >= std::time::Duration::from_secs(1), "{took:?}");
    assert_eq!(tried(&class.secret).0, StatusCode::SEE_OTHER);
}

#[test]
fn a_new_teacher_link_voids_the_old() {
    let class = Class::new("express-45min");
    let (old, other) = (class.teacher(), class.teacher());
    let answer = class.post("/console/key", &old, "");
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let new = answer.cookie.expect("a cookie");
    assert_eq!([&old, &other].map(|cookie| class.get("/console", cookie).status), [StatusCode::NOT_FOUND; 2]);
    let page = class.get("/console", &new).body;
    assert!(page.contains("http://class.test/teach#k="), "the new link is shown once");
    assert!(!class.get("/console", &new).body.contains("/teach#k="));
    assert_eq!(class.post("/teach", "", &format!("secret={}", class.secret)).status, StatusCode::FORBIDDEN);
    let secret = page.split("/teach#k=").nth(1).and_then(|t| t.get(..32)).expect("a secret");
    assert_eq!(class.post("/teach", "", &format!("secret={secret}")).status, StatusCode::SEE_OTHER);
    // Signing out takes the cookie from this browser and voids nothing.
    let out = class.post("/console/signout", &new, "");
    assert!(out.head.contains("Max-Age=0"), "{}", out.head);
    assert_eq!(class.get("/console", &new).status, StatusCode::OK);
}

#[test]
fn spreadsheets_are_told_which_letters_a_file_has() {
    let class = Class::new("express-45min");
    class.join("%D7%A9%D7%9C%D7%95%D7%9D");
    let file = class.get("/export/seats.csv", &class.teacher()).body;
    assert!(file.starts_with('\u{feff}') && file.contains("שלום"), "{file}");
}

#[test]
fn a_full_sheet_of_long_letters_is_taken() {
    let mut ready = lesson("stockholm-75min");
    ready.lesson.classroom.observe = (0..8).map(|i| format!("Prompt {i}")).collect();
    let class = Class::of(ready, Log::in_memory().expect("a log"), 1_000_000);
    let (teacher, student) = (class.teacher(), class.join("A"));
    class.tell(&teacher, "place", "a=1&seat=0-0-Observer");
    let text = "%E8%AF%BE".repeat(300);
    let form: String = (0..8).map(|i| format!("&o{i}={text}")).collect();
    class.act(&student, &format!("do=sheet{form}"));
    let sheet = class.hall.lock().state.people[0].sheet.clone();
    assert!(sheet.len() == 8 && sheet.iter().all(|t| t.chars().count() == 300));
}
