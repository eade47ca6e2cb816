//! What each person does alone: the secret ranking, questions to the engine, an observer's sheet, consent.

use super::*;
use crate::classroom::lesson::Item;

/// A class of one table in which the US head, the Chinese head and an observer sit.
fn small() -> (Class, String, [String; 3]) {
    let mut ready = lesson("stockholm-75min");
    let plan = &mut ready.lesson.classroom;
    plan.tables = 1;
    plan.roles = vec![crate::classroom::seats::Role::Head];
    plan.consent = "I agree to research".into();
    plan.about = vec![Item { ask: "Your field?".into(), answers: vec!["law".into(), "economics".into()] }];
    let class = Class::of(ready, Log::in_memory().expect("a log"), 1_000_000);
    let teacher = class.teacher();
    let people = ["US", "CN", "Watcher"].map(|nick| class.join(nick));
    (class, teacher, people)
}

#[test]
fn a_ranking_is_secret_until_the_debrief_and_is_set_beside_the_models() {
    let (class, teacher, [us, cn, watcher]) = small();
    assert_eq!(class.post("/act", &us, "do=rank&r0=10").status, StatusCode::UNPROCESSABLE_ENTITY, "not while joining");
    class.tell(&teacher, "advance", "");
    let twice = class.post("/act", &us, "do=rank&r0=10&r1=10");
    assert!(twice.body.contains("name each only once"), "{}", twice.body);
    assert_eq!(class.post("/act", &us, "do=rank&r0=99").status, StatusCode::UNPROCESSABLE_ENTITY);
    class.act(&us, "do=rank&r0=10&r1=&r2=7&r3=0");
    let chosen = |page: &str| page.matches("selected").count();
    assert_eq!(chosen(&class.get("/play", &us).body), 3, "it is kept, in order");
    assert_eq!(chosen(&class.get("/play", &cn).body), 0, "nobody else sees it");
    assert!(!class.get("/play", &watcher).body.contains("secret ranking"));
    class.tell(&teacher, "advance", "");
    assert_eq!(class.post("/act", &us, "do=rank&r0=1").status, StatusCode::UNPROCESSABLE_ENTITY, "not after it began");
    class.tell(&teacher, "reveal", "");
    let names: Vec<String> = {
        let inner = class.hall.lock();
        [10, 7, 0].map(|l: usize| inner.state.ready.setup.levers[l].name.clone()).to_vec()
    };
    let page = class.get("/debrief", &cn).body;
    assert!(page.contains(&format!("<td>1</td><td>{}</td>", names.join(", "))), "{page}");
    let seats = class.get("/export/seats.csv", &teacher).body;
    let keys: Vec<String> = {
        let inner = class.hall.lock();
        [10, 7, 0].map(|l: usize| inner.state.ready.setup.levers[l].key.clone()).to_vec()
    };
    assert!(seats.contains(&keys.join(" ")), "{seats}");
}

#[test]
fn the_engine_is_asked_twice_a_round_and_by_its_delegation_alone() {
    let (class, teacher, [us, cn, watcher]) = small();
    class.tell(&teacher, "advance", "");
    assert_eq!(class.get("/odds", &us).status, StatusCode::FORBIDDEN, "nothing was asked");
    assert_eq!(class.post("/act", &us, "do=ask").status, StatusCode::UNPROCESSABLE_ENTITY, "not before the game");
    class.tell(&teacher, "advance", "");
    class.act(&us, "do=ask");
    let page = class.get("/odds", &us);
    assert_eq!(page.status, StatusCode::OK);
    let bands = ["0.2", "0.45"].map(|part| page.body.matches(&format!("fill-opacity=\"{part}\"")).count());
    assert_eq!(bands, [2, 2], "a fan of two bands, wide and narrow");
    assert_eq!(page.body.matches("<figure ").count(), 2);
    assert_eq!(class.get("/odds", &cn).status, StatusCode::FORBIDDEN, "the other side did not ask");
    assert_eq!(class.get("/odds", &watcher).status, StatusCode::NOT_FOUND);
    assert!(class.get("/play", &us).body.contains("1 left this round"));
    class.act(&us, "do=ask");
    let third = class.post("/act", &us, "do=ask");
    assert!(third.body.contains("as often as it may"), "{}", third.body);
    assert_eq!(class.post("/act", &watcher, "do=ask").status, StatusCode::UNPROCESSABLE_ENTITY);
    // A later week is not told until it is asked for; the next round has two answers again.
    class.tell(&teacher, "advance", "");
    let weeks = |page: &str| {
        page.split("Chance of a deal</th>")
            .nth(1)
            .map_or(0, |t| t[..t.find("</table>").unwrap_or(0)].matches("<tr>").count())
    };
    assert_eq!(weeks(&class.get("/odds", &us).body), 1, "still the first week");
    class.act(&us, "do=ask");
    assert_eq!(weeks(&class.get("/odds", &us).body), 3);
    class.tell(&teacher, "reveal", "");
    assert_eq!(class.get("/odds", &cn).status, StatusCode::OK, "and afterwards all is open");
}

#[test]
fn what_observers_see_is_told_in_the_debrief_without_their_names() {
    let (class, teacher, [us, _, watcher]) = small();
    class.tell(&teacher, "advance", "");
    class.tell(&teacher, "advance", "");
    class.act(&watcher, "do=sheet&o0=China+did&o3=%3Cb%3Emagnets");
    assert!(class.get("/play", &watcher).body.contains("China did"));
    assert_eq!(class.post("/act", &us, "do=sheet&o0=x").status, StatusCode::UNPROCESSABLE_ENTITY, "for observers");
    class.tell(&teacher, "reveal", "");
    let page = class.get("/debrief", &us).body;
    assert!(page.contains("Table 1: China did") && page.contains("&lt;b&gt;magnets"), "{page}");
    assert!(!page.contains("Watcher"));
    assert!(class.get("/export/observed.csv", &teacher).body.contains("China did"));
    class.tell(&teacher, "place", "a=3&seat=0-0-Head"); // it sits elsewhere now
    assert!(class.get("/export/observed.csv", &teacher).body.contains("3,1,us,"), "where it was seen from");
    assert!(class.get("/debrief", &us).body.contains("Table 1: China did"));
    class.tell(&teacher, "clear", "n=2");
    assert!(!class.get("/debrief", &us).body.contains("China did"), "the teacher took it off");
    class.post("/console/undo", &teacher, "");
    assert!(class.get("/debrief", &us).body.contains("China did"), "and put it back");
}

#[test]
fn consent_and_questions_about_oneself_are_asked_only_where_the_lesson_asks() {
    let (class, teacher, [us, ..]) = small();
    assert!(class.get("/", "").body.contains("I agree to research"));
    let plain = Class::new("stockholm-75min");
    assert!(!plain.get("/", "").body.contains("name=\"consent\""));
    let answer = class.post("/join", "", &format!("code={}&nick=Yes&consent=yes", class.code()));
    let yes = answer.cookie.expect("a cookie");
    class.act(&us, "do=quiz&after=0&q0=0&a0=1");
    class.act(&yes, "do=quiz&after=0&a0=7");
    let text = class.get("/export/seats.csv", &teacher).body;
    let rows: Vec<csv::StringRecord> =
        csv::Reader::from_reader(text.as_bytes()).records().map(|r| r.expect("a row")).collect();
    let cell = |row: usize, column: usize| rows[row].get(column).unwrap_or("");
    assert_eq!((cell(0, 7), cell(0, 8)), ("0", "2"));
    assert_eq!((cell(3, 7), cell(3, 8)), ("1", "-"), "an answer that does not exist is none");
}

#[test]
fn a_table_is_replayed_week_by_week_once_the_truth_is_shown() {
    let (class, teacher, [us, ..]) = small();
    class.tell(&teacher, "advance", "");
    class.tell(&teacher, "advance", "");
    class.tell(&teacher, "advance", "");
    assert_eq!(class.get("/replay", &us).status, StatusCode::NOT_FOUND);
    class.tell(&teacher, "reveal", "");
    let first = class.get("/replay?table=1&week=1", &us).body;
    assert!(first.contains("Table 1, week 1 of 2") && first.contains("odds of a deal as the week began"), "{first}");
    assert!(class.get("/replay?table=1&week=99", &us).body.contains("week 2 of 2"), "to the last week played");
    assert_eq!(class.get("/replay?table=5", &us).status, StatusCode::NOT_FOUND);
}

#[test]
fn a_draft_moves_only_what_was_changed_on_the_screen() {
    let (class, teacher, [us, ..]) = small();
    class.tell(&teacher, "advance", "");
    // What the page showed, and no longer stands: a level of 40 that was 40 on the screen is no wish.
    class.act(&us, "do=draft&stance=quiet&l10=40&w10=40&l7=25&w7=40");
    let draft = class.hall.lock().state.tables[0].sides[1].draft.clone();
    assert_eq!(draft.keys().copied().collect::<Vec<_>>(), [7]);
    // What was drafted and shown again stays, to the last digit.
    class.act(&us, "do=draft&stance=quiet&l7=25&w7=25");
    assert_eq!(class.hall.lock().state.tables[0].sides[1].draft, draft);
}

#[test]
fn two_people_have_two_names_and_what_was_typed_stays() {
    let (class, ..) = small();
    let again = class.post("/join", "", &format!("code={}&nick=us", class.code()));
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.body.contains("somebody in this class has that name") && again.body.contains("value=\"us\""));
    let wrong = class.post("/join", "", "code=XXXXX&nick=Zoe");
    assert!(wrong.body.contains("value=\"Zoe\""), "{}", wrong.body);
    let back = class.post("/rejoin", "", "code=XXXXXX");
    assert!(back.body.contains("<details open>") && back.body.contains("good now"), "{}", back.body);
}

#[test]
fn the_console_names_what_would_be_undone_and_what_a_card_moves() {
    let (class, teacher, _) = small();
    assert!(!class.get("/console", &teacher).body.contains("Undo: "), "nothing was done");
    class.tell(&teacher, "advance", "");
    class.tell(&teacher, "headline", "text=Hello");
    let page = class.get("/console", &teacher).body;
    assert!(page.contains("Undo: a headline") && page.contains("incident: the mood by −0.20"), "{page}");
    class.tell(&teacher, "undo", "");
    assert!(class.get("/console", &teacher).body.contains("Undo: the step to the next phase"));
}

#[test]
fn a_card_goes_no_further_than_a_delegation_could() {
    let (class, teacher, _) = small();
    class.tell(&teacher, "advance", "");
    class.tell(&teacher, "advance", "");
    let card = {
        let inner = class.hall.lock();
        let events = &inner.state.ready.lesson.classroom.events;
        events.iter().position(|e| e.lever.as_ref().is_some_and(|(_, steps)| *steps < 0.0)).expect("a harsh card")
    };
    for _ in 0..4 {
        class.tell(&teacher, "event", &format!("n={card}"));
    }
    let inner = class.hall.lock();
    let (name, _) = inner.state.ready.lesson.classroom.events[card].lever.clone().expect("a lever");
    let setup = inner.state.ready.setup.clone();
    let l = setup.lever(&name).expect("known");
    let level = inner.state.tables[0].table.level(l);
    let ends = [setup.levers[l].reach_low, setup.levers[l].reach_high];
    assert!(ends.iter().any(|end| (end - level).abs() < 1e-9), "{level} of {ends:?}");
}

#[test]
fn whoever_decides_is_told_so_at_the_top_and_dates_are_dates() {
    let (class, teacher, [us, cn, watcher]) = small();
    class.tell(&teacher, "advance", "");
    class.tell(&teacher, "advance", "");
    let page = class.get("/play", &us).body;
    assert!(page.contains("The truce runs out in the week of 11 Aug: 3 weeks left."), "{page}");
    class.act(&us, "do=ready&stance=praise");
    class.act(&cn, "do=ready&stance=quiet");
    let turns = [&us, &cn].map(|cookie| class.get("/play", cookie).body.contains("▶ Your turn"));
    assert_ne!(turns[0], turns[1], "one of both offers");
    let waits = class.get("/play", if turns[0] { &cn } else { &us }).body;
    assert!(waits.contains("considers your offer.") || waits.contains("writes an offer."), "{waits}");
    assert!(waits.contains("28 Jul: the delegations meet"), "{waits}");
    assert!(!class.get("/play", &watcher).body.contains("Your turn"));
}

#[test]
fn a_delegation_sees_who_agrees_with_its_draft_as_it_is() {
    let class = Class::new("stockholm-75min");
    let teacher = class.teacher();
    let cookies: Vec<String> = (0..8).map(|i| class.join(&format!("S{i}"))).collect();
    class.tell(&teacher, "advance", "");
    let of = |role: crate::classroom::seats::Role, party: usize| {
        let people = class.hall.lock().state.people.clone();
        people
            .iter()
            .position(|p| p.seat.is_some_and(|s| s.table == 0 && s.party == party && s.role == role))
            .expect("sits")
    };
    use crate::classroom::seats::Role::{Head, Leader};
    let (head, leader, other) = (&cookies[of(Head, 1)], &cookies[of(Leader, 1)], &cookies[of(Head, 0)]);
    class.act(leader, "do=agree");
    assert!(class.get("/play", head).body.contains("head of delegation –, leader at home ✓"));
    assert!(!class.get("/play", other).body.contains('✓'), "the other side does not see it");
    class.act(head, "do=draft&l7=30");
    assert!(class.get("/play", head).body.contains("leader at home –"), "another draft is another question");
}

#[test]
fn questions_are_answered_when_they_are_asked() {
    let (class, teacher, [us, ..]) = small();
    let taken = |form: &str| {
        class.pass(1000);
        class.post("/act", &us, form).status == StatusCode::SEE_OTHER
    };
    assert!(taken("do=quiz&after=0&q0=0&forecast=60") && !taken("do=quiz&after=1&q0=0"));
    class.tell(&teacher, "advance", "");
    class.tell(&teacher, "advance", "");
    assert!(!taken("do=quiz&after=0&q0=0&forecast=100") && taken("do=guess&guess=40"));
    for _ in 0..5 {
        class.tell(&teacher, "advance", "");
    }
    assert!(!taken("do=guess&guess=100"), "the truth may be known by now");
    assert!(taken("do=quiz&after=1&q0=0") && !taken("do=quiz&after=0&q0=0"));
}

#[test]
fn the_enter_key_saves_and_a_number_that_cannot_be_read_drops_nothing() {
    let (class, teacher, [us, ..]) = small();
    class.tell(&teacher, "advance", "");
    class.tell(&teacher, "advance", "");
    class.act(&us, "do=draft&stance=praise&l10=31");
    let page = class.get("/play", &us).body;
    let (save, ready) =
        (page.find("value=\"draft\"").expect("to save"), page.find("value=\"ready\"").expect("to be ready"));
    assert!(save < ready, "the first button is what Enter presses");
    class.act(&us, "do=draft&stance=quiet&wstance=quiet&l10=&w10=31");
    let inner = class.hall.lock();
    let side = &inner.state.tables[0].sides[1];
    assert_eq!(side.draft.get(&10), Some(&31.0));
    assert_eq!(side.stance, crate::classroom::command::Stance::Praise, "what was not changed on the screen stays");
}

#[test]
fn a_ranking_belongs_to_the_side_that_made_it() {
    let (class, teacher, [us, ..]) = small();
    class.tell(&teacher, "advance", "");
    class.act(&us, "do=rank&r0=10");
    class.tell(&teacher, "swap", "a=1&b=2");
    class.tell(&teacher, "advance", "");
    class.tell(&teacher, "reveal", "");
    let page = class.get("/debrief", &us).body;
    assert!(page.contains("Table 1, United States</th><td>1</td>"), "{page}");
    assert!(!page.contains("Table 1, China</th><td>1</td>"));
}
