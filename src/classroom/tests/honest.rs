//! Who decided is said, what is shown is what is done, and a pause is one.

use super::*;
use crate::classroom::command::{Command, Who};
use crate::classroom::decided::Decided;
use crate::classroom::desk;
use crate::classroom::played::By;
use crate::classroom::seats::Role;
use crate::classroom::state::IDLE;
use crate::classroom::study;
use crate::world::orders::{About, Ask, Order};
use crate::world::trace::What;

/// Two heads at one table of the long lesson, in the caucus of round 1.
pub fn heads() -> (Class, String, [String; 2]) {
    let mut ready = lesson("stockholm-75min");
    ready.lesson.classroom.tables = 1;
    ready.lesson.classroom.roles = vec![Role::Head];
    let class = Class::of(ready, Log::in_memory().expect("a log"), 1_000_000);
    let teacher = class.teacher();
    let people = ["US", "CN"].map(|nick| class.join(nick)); // the first sits for the second party of the file
    class.tell(&teacher, "advance", "");
    class.tell(&teacher, "advance", "");
    (class, teacher, people)
}

/// Whose turn it is to offer: the person's cookie, their number, and the party.
pub fn offers(class: &Class, people: &[String; 2]) -> (String, usize, usize) {
    let inner = class.hall.lock();
    let question = inner.state.tables[0].table.question().cloned().expect("a question");
    assert!(matches!(question.at.ask, Ask::Offer(_)), "{question:?}");
    let party = question.at.party;
    let person = inner.state.people.iter().position(|p| p.seat.is_some_and(|s| s.party == party)).expect("sits");
    (people[person].clone(), person, party)
}

/// What a person may see.
pub fn view(class: &Class, person: usize) -> crate::classroom::views::StudentView {
    let now = class.hall.now();
    desk::student(&mut class.hall.lock().state, person, (now, 1)).expect("a view")
}

#[test]
fn a_table_that_slept_is_not_taken_for_people() {
    let class = Class::new("express-45min");
    let teacher = class.teacher();
    let (us, cn) = (class.join("A"), class.join("B")); // the heads of table 1; nobody sits at table 2
    class.tell(&teacher, "advance", "");
    class.tell(&teacher, "advance", "");
    class.act(&us, "do=ready&stance=praise");
    class.act(&cn, "do=ready&stance=quiet");
    for _ in 0..40 {
        for cookie in [&us, &cn] {
            let page = class.get("/play", cookie).body;
            if page.contains("value=\"yes\"") {
                class.act(cookie, "do=no");
            } else if page.contains("value=\"offer\"") {
                class.act(cookie, "do=offer");
            }
        }
    }
    let history = class.get("/play", &us).body;
    assert!(history.contains("(offered by people, refused by people)"), "{history}");
    assert!(history.contains("in public (by people)") || history.contains("(by people)"), "{history}");
    for _ in 0..2 {
        class.tell(&teacher, "advance", "");
    }
    let decided: Vec<Decided> = class.hall.lock().state.tables.iter().map(|place| Decided::at(&place.table)).collect();
    assert!(decided[0].people > 3, "{decided:?}");
    assert_eq!((decided[1].people, decided[1].draft, decided[1].bell), (0, 0, 0));
    assert!(decided[1].engine > 5, "{decided:?}");
    let words = [0, 1].map(|t: usize| decided[t].words());
    // The table of decisions has a row for each of them, and for what was silent.
    let text = class.get("/export/decisions.csv", &teacher).body;
    let rows: Vec<csv::StringRecord> = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes())
        .records()
        .map(|row| row.expect("a row"))
        .collect();
    let of = |table: &str, by: &str| rows.iter().filter(|r| &r[0] == table && &r[5] == by && &r[4] != "wait").count();
    assert_eq!(of("1", "people"), decided[0].people);
    assert_eq!(of("2", "engine"), decided[1].engine);
    assert!(class.get("/console", &teacher).body.contains(&format!("Decided by people: {}", words[1])));
    assert!(class.get("/projector", "").body.contains(&format!("Decided by people: {}", words[0])));
    class.tell(&teacher, "reveal", "");
    let page = class.get("/debrief", &us).body;
    assert!(page.contains(&format!("Decided by people: {} at table 1, {} at table 2.", words[0], words[1])), "{page}");
    assert!(page.contains(&format!("Table 2 (people {})", words[1])), "on the points of a chart");
    let handout = class.get("/handout", &us).body;
    assert!(handout.contains(&format!("Decided by people: {}.", words[1])), "{handout}");
    assert!(handout.contains("by the engine)") || handout.contains(": the engine)"), "{handout}");
    let replay = class.get("/replay?table=2&week=2", &us).body;
    assert!(replay.contains(": the engine") && !replay.contains("by people"), "{replay}");
}

#[test]
fn what_the_bell_decided_is_signed_by_the_bell() {
    let (class, _, [us, cn]) = heads();
    class.act(&us, "do=draft&stance=praise&l7=10&l10=38");
    class.act(&cn, "do=draft&stance=quiet&l7=10&l10=38");
    class.pass(10 * 60_000);
    class.hall.tick();
    let inner = class.hall.lock();
    let place = &inner.state.tables[0];
    let decided = Decided::at(&place.table);
    assert_eq!(decided.people, 0, "{decided:?}");
    assert!(decided.draft > 0 && decided.bell > 0, "{decided:?}");
    drop(inner);
    let page = class.get("/play", &us).body;
    assert!(page.contains("offered by the draft at the bell, "), "{page}");
    assert!(page.contains(" by the engine at the bell)"), "{page}");
}

#[test]
fn the_console_sees_a_table_at_which_nobody_acts() {
    let (class, teacher, [us, _]) = heads();
    let badge = || class.get("/console", &teacher).body.contains("no action for");
    assert!(!badge());
    class.pass(IDLE);
    assert!(class.get("/console", &teacher).body.contains("no action for 3 minutes"));
    class.act(&us, "do=draft&l7=10");
    assert!(!badge(), "a draft is an action");
    class.pass(IDLE);
    assert!(badge());
    class.tell(&teacher, "pause", "");
    assert!(!badge(), "nobody need act while the clock stands");
    class.tell(&teacher, "run", "");
    assert!(!badge());
}

#[test]
fn the_console_is_told_when_a_table_falls_asleep_though_nobody_did_anything() {
    let (class, ..) = heads();
    let mut reader = class.hall.watch();
    class.runtime.block_on(async {
        reader.next().await;
        class.hall.tick();
        let wait = std::time::Duration::from_millis(50);
        assert!(tokio::time::timeout(wait, reader.next()).await.is_err(), "nothing has changed");
        class.pass(IDLE - 1000);
        class.hall.heard(0);
        class.hall.heard(1);
        class.hall.tick();
        assert!(tokio::time::timeout(wait, reader.next()).await.is_err(), "not yet");
        class.pass(2000);
        class.hall.tick();
        assert!(tokio::time::timeout(wait, reader.next()).await.is_ok());
    });
}

#[test]
fn an_offer_beyond_the_room_is_refused_and_what_is_shown_is_what_is_offered() {
    let (class, _, people) = heads();
    class.act(&people[0], "do=ready&stance=quiet&l0=80"); // far more chips than officials can give at once
    class.act(&people[1], "do=ready&stance=quiet&l0=80");
    let (pen, person, party) = offers(&class, &people);
    // It was ready, and would have been cut: it is shown cut, and asked for again.
    let page = class.get("/play", &pen).body;
    assert!(page.contains("Your draft goes further than this meeting can") && page.contains("(drafted 80)"), "{page}");
    let high = {
        let inner = class.hall.lock();
        let rooms = inner.state.tables[0].rooms(party).expect("a meeting").to_vec();
        rooms.iter().find(|r| r.lever == 0).expect("open").levels[4]
    };
    let shown = format!("{:.0}", 100.0 * high);
    assert!(page.contains(&format!("max=\"{shown}\" value=\"{shown}\"")), "{page}");
    class.pass(1000);
    let before = class.hall.lock().state.version;
    let refused = class.post("/act", &pen, "do=offer&l0=70&w0=48");
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("in this meeting, you wrote 70"), "{}", refused.body);
    assert_eq!(class.hall.lock().state.version, before, "nothing was done");
    // By a hand that knows no form it is refused too.
    let raw = class.hall.submit(Who::Person(person), Command::Ready(true));
    assert!(raw.is_err_and(|why| why.to_string().contains("further than this meeting can")));
    let said = view(&class, person).scale.expect("a meeting").ours.expect("a draft");
    class.act(&pen, &format!("do=offer&l0={shown}&w0={shown}"));
    let (filed, draft) = {
        let inner = class.hall.lock();
        let place = &inner.state.tables[0];
        let filed = place.table.filed.iter().rev().find(|f| f.at.party == party && f.by == By::People).cloned();
        (filed.expect("filed"), place.sides[party].draft.clone())
    };
    assert_eq!(filed.order, Order::Package(vec![(0, high)]), "the end of the room, to the last bit");
    assert_eq!(draft, [(0, high)].into(), "and the draft says so");
    // While it waits for an answer it is a line on the page; the other side reads it as theirs.
    let own = class.get("/play", &pen).body;
    assert!(own.contains("Our offer on the table") && own.contains("(by people)"), "{own}");
    let other = &people[1 - person];
    assert!(class.get("/play", other).body.contains("Their offer on the table"));
    class.act(other, "do=no");
    assert!(class.get("/play", &pen).body.contains("Our last offer, refused"));
    // What the page said the draft would bring is what the offer was worth.
    let inner = class.hall.lock();
    let worth = inner.state.tables[0].table.notes().find_map(|n| match &n.what {
        What::Offer { worth, .. } => Some(worth[party]),
        _ => None,
    });
    let worth = worth.expect("an offer");
    assert!((worth - said).abs() < 1e-6 * worth.abs().max(1.0), "{worth} {said}");
}

#[test]
fn at_the_bell_a_draft_is_written_back_as_it_was_offered() {
    let (class, _, people) = heads();
    class.act(&people[0], "do=draft&stance=quiet&l0=80");
    class.act(&people[1], "do=draft&stance=quiet&l0=80");
    class.pass(10 * 60_000);
    class.hall.tick();
    let inner = class.hall.lock();
    let place = &inner.state.tables[0];
    let offered = place.table.filed.iter().find(|f| f.by == By::Draft && matches!(f.at.ask, Ask::Offer(_)));
    let offered = offered.expect("a draft was offered");
    let Order::Package(package) = &offered.order else { panic!("{offered:?}") };
    assert!(package[0].1 < 0.8, "{package:?}");
    assert_eq!(place.sides[offered.at.party].draft, package.iter().copied().collect());
}

#[test]
fn between_meetings_a_draft_is_valued_as_officials_could_send_it() {
    let (class, _, people) = heads();
    class.act(&people[0], "do=draft&stance=quiet&l0=80");
    let seen = view(&class, 0);
    let issue = seen.issues.iter().find(|i| i.lever == 0).expect("on the board");
    let inner = class.hall.lock();
    let (setup, table) = (&inner.state.ready.setup, &inner.state.tables[0].table);
    let now = table.level(0);
    let high = now + study::once(setup, 0).expect("held to it");
    assert!(high < 0.8 && issue.typed == 0.8 && issue.beyond == Some(0.8), "{issue:?}");
    assert_eq!(issue.ours, high);
    assert_eq!(issue.worth, study::gain(setup, 1, table.weights(1), 0, now, high));
    drop(inner);
    assert!(class.get("/play", &people[0]).body.contains("(drafted 80)"));
}

#[test]
fn a_pause_stops_decisions_and_nothing_else() {
    let (class, teacher, people) = heads();
    class.tell(&teacher, "pause", "");
    assert!(class.get("/console", &teacher).body.contains("Decisions wait, drafting goes on."));
    let refused = |cookie: &str, form: &str| {
        class.pass(1000);
        let answer = class.post("/act", cookie, form);
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{form}");
        assert!(answer.body.contains("your teacher paused the class"), "{}", answer.body);
    };
    refused(&people[0], "do=ready&stance=quiet");
    class.act(&people[0], "do=draft&stance=quiet&l0=40");
    class.act(&people[0], "do=board&text=Still+drafting");
    let page = class.get("/play", &people[0]).body;
    assert!(page.contains("Your teacher paused the class") && page.contains("value=\"40\""), "{page}");
    assert!(class.get("/projector", "").body.contains("Paused: decisions wait"));
    class.tell(&teacher, "run", "");
    assert!(!class.get("/play", &people[0]).body.contains("paused the class"));
    for cookie in &people {
        class.act(cookie, "do=ready&stance=quiet&l0=40");
    }
    class.tell(&teacher, "pause", "table=0");
    let party = class.hall.lock().state.tables[0].table.question().expect("the first draft was offered").at.party;
    let answerer = &people[1 - party]; // the first joined sits for the second party
    refused(answerer, "do=yes");
    assert!(class.get("/play", answerer).body.contains("value=\"yes\" disabled"), "the button says so first");
    // Nobody is there any more: the engine does not decide for them while the clock stands.
    let filed = || class.hall.lock().state.tables[0].table.filed.len();
    let before = filed();
    class.pass(1_000_000);
    class.hall.tick();
    class.hall.tick();
    assert!(class.hall.lock().state.people.iter().all(|p| p.lost), "both are away");
    assert_eq!(filed(), before, "nothing was decided");
    // A card of the teacher's puts the question anew, and nothing is decided either.
    class.tell(&teacher, "event", "n=0&table=0");
    assert_eq!(filed(), before);
    assert!(class.hall.lock().state.tables[0].table.question().is_some(), "it is asked again");
    class.tell(&teacher, "run", "");
    assert!(filed() > before, "and now the engine answers for those who are away");
}

#[test]
fn every_command_of_the_teacher_answers() {
    let class = Class::new("express-45min");
    let teacher = class.teacher();
    for nick in ["A", "B", "C", "D", "E"] {
        class.join(nick); // four heads, and the first leader of table 1
    }
    let said = |act: &str, form: &str| {
        class.tell(&teacher, act, form);
        let page = class.get("/console", &teacher).body;
        let rest = page.split("role=\"status\">").nth(1).unwrap_or_default().to_string();
        rest[..rest.find('<').unwrap_or(0)].to_string()
    };
    for (act, form, answer) in [
        ("run", "", "The clocks of all tables run."),
        ("pause", "table=1", "Stopped: table 2."),
        ("more", "n=180000", "3 minutes more: all tables."),
        ("message", "text=Hello", "Sent to 5."),
        ("message", "text=Hello&table=1", "Sent to 2."),
        ("headline", "text=News&table=0", "Shown on the wall and sent to 3."),
        ("event", "n=0", "Played for all tables: incident."),
        ("advance", "table=0", "Now at table 1: Briefs and caucus."),
        ("bench", "n=0", "The engine plays the seat of A."),
        ("unbench", "n=0", "A has the seat back."),
        ("swap", "a=1&b=2", "A and B have changed seats."),
        ("place", "a=5&seat=1-0-Leader", "E: table 2, China, leader at home."),
        ("clear", "n=1", "What B wrote is taken off all pages."),
        ("eject", "n=1", "B is signed out"),
        ("remove", "n=1", "B is removed"),
        ("remove-from", "n=3", "everybody who joined from number 4 on"),
        ("door", "n=closed", "The door is closed."),
        ("door", "n=asks", "waits until you let them in"),
        ("door", "n=open", "The door is open."),
        ("reveal", "", "The truth is shown to students."),
    ] {
        let told = said(act, form);
        assert!(told.contains(answer), "{act}: {told}");
    }
}

#[test]
fn paper_is_printed_for_each_table_from_its_own_numbers() {
    let mut ready = lesson("stockholm-75min");
    ready.lesson.classroom.same_draw = false;
    let class = Class::of(ready, Log::in_memory().expect("a log"), 1_000_000);
    let teacher = class.teacher();
    let page = class.get("/paper", &teacher).body;
    let code = class.code();
    let sets: Vec<&str> = (1..=2)
        .map(|t| {
            let stamp = format!("Table {t} · class {code}");
            assert!(page.matches(&stamp).count() > 6, "each sheet and each card is stamped");
            let start = page.find(&stamp).expect("stamped");
            &page[start..page.rfind(&stamp).expect("stamped")]
        })
        .collect();
    let mut inner = class.hall.lock();
    let setup = inner.state.ready.setup.clone();
    let mut worths = vec![];
    for (t, set) in sets.iter().enumerate() {
        for party in 0..2 {
            let place = &mut inner.state.tables[t];
            for role in Role::ALL {
                let (what, number) = desk::number(&setup, place, party, role).expect("each role has a number");
                assert!(set.contains(&format!("<strong>{what}</strong>: {number}")), "{what} {number}: {set}");
            }
            let leads = inner.state.ready.delegation(party).roles[&Role::Leader].clone();
            assert!(set.contains(&leads), "the leader's card says what a leader does");
            let place = &mut inner.state.tables[t];
            let weights = place.table.weights(party);
            let [low, high] = study::room(&setup, 0, setup.levers[0].now);
            assert!(setup.levers[0].reach_low < low && high < setup.levers[0].reach_high, "a meeting does not do all");
            let worth = study::gain(&setup, party, weights, 0, setup.levers[0].now, high);
            worths.push(crate::classroom::pages::points(worth));
            assert!(set.contains(worths.last().expect("one")), "{worths:?}");
        }
    }
    assert_ne!(worths[..2], worths[2..], "the tables play games of their own: {worths:?}");
    let states = [0, 1].map(|t| inner.state.tables[t].table.weights(0));
    assert_ne!(states[0], states[1]);
}

#[test]
fn no_table_is_dealt_a_game_that_is_won_or_lost() {
    for name in ["stockholm-75min", "express-45min"] {
        let ready = lesson(name);
        assert!(ready.lesson.classroom.same_draw, "{name}: the same for all where nobody asked for more");
        let wants = [0, 1].map(|p| ready.wants(p));
        assert!(wants.iter().all(|list| !list.is_empty()), "{name}");
        for seed in 0..3 {
            let key = crate::world::dice::Key::of_seed(seed);
            let dealt = study::deal(&ready.setup, key, 4, &wants).expect("dealt");
            let games: std::collections::BTreeSet<u64> = dealt.iter().map(|(game, _)| *game).collect();
            assert_eq!(games.len(), 4, "each its own");
            for (game, odds) in dealt {
                let table = crate::classroom::played::PlayedGame::new(&ready.setup, key, game);
                let start = study::course(&ready.setup, key, &[table.state().clone()]).expect("odds")[0];
                assert_eq!(start, odds);
                assert!(
                    (study::FAIR[0]..=study::FAIR[1]).contains(&start),
                    "{name}, seed {seed}, game {game}: {start}"
                );
                for party in 0..2 {
                    let why = study::strays(&ready.setup, party, table.weights(party), &wants[party]);
                    assert_eq!(why, None, "the brief is true of the game that is dealt");
                }
            }
        }
    }
    // The first game of a seed is not always one of those.
    let ready = lesson("stockholm-75min");
    let key = crate::world::dice::Key::of_seed(7);
    let dealt = study::deal(&ready.setup, key, 1, &[vec![], vec![]]).expect("dealt");
    assert_ne!(dealt[0].0, 0, "{dealt:?}");
}

#[test]
fn what_is_dealt_is_in_the_log_and_a_scenario_without_fair_games_has_the_nearest() {
    let mut ready = lesson("express-45min");
    ready.lesson.classroom.same_draw = false;
    let class = Class::of(ready, Log::in_memory().expect("a log"), 1_000_000);
    let inner = class.hall.lock();
    let Command::Open { games, .. } = &inner.entries()[0].command else { panic!("a class is opened first") };
    let played: Vec<u64> = inner.state.tables.iter().map(|place| place.table.state().game).collect();
    assert_eq!(&played, games);
    let sure = lesson("express-45min").setup;
    let key = crate::world::dice::Key::of_seed(3);
    let never = [vec![0], vec![0]]; // nobody's brief is true: no game fits
    let dealt = study::deal(&sure, key, 2, &never).expect("dealt");
    assert_eq!(dealt.len(), 2);
    assert!(dealt[0].1 >= 0.0 && (dealt[0].1 - 0.5).abs() <= (dealt[1].1 - 0.5).abs(), "{dealt:?}");
}

#[test]
fn a_ranking_is_scored_within_the_room_and_worth_is_in_the_brief() {
    let class = Class::new("stockholm-75min");
    let teacher = class.teacher();
    let us = class.join("A");
    class.tell(&teacher, "advance", "");
    let page = class.get("/play", &us).body;
    let brief = page.split("id=\"brief\"").nth(1).and_then(|t| t.split("</details>").next()).expect("a brief");
    assert!(brief.contains("What the issues are worth to your government"), "{brief}");
    let seen = view(&class, 0);
    let inner = class.hall.lock();
    let (setup, table) = (&inner.state.ready.setup, &inner.state.tables[0].table);
    let party = inner.state.people[0].seat.expect("sits").party;
    let weights = table.weights(party);
    for issue in &seen.issues {
        let l = issue.lever;
        for (level, worth) in issue.ends {
            assert_eq!(worth, study::gain(setup, party, weights, l, issue.now, level));
            let text = format!("{:.0}: {}", level * issue.scale, crate::classroom::pages::points(worth));
            assert!(brief.contains(&text), "{text}: {brief}");
            // Nothing that the brief shows is more than what the ranking counts.
            assert!(worth.abs() <= study::stake(setup, party, weights, l) + 1e-12, "{}", issue.name);
        }
        let far = [setup.levers[l].reach_low, setup.levers[l].reach_high];
        let all =
            far.map(|x| study::gain(setup, party, weights, l, issue.now, x).abs()).into_iter().fold(0.0, f64::max);
        assert!(study::stake(setup, party, weights, l) <= all.max(1e-9) * 1.5, "{}", issue.name);
    }
    // The tariff can move furthest of all, but not in one meeting: reach and room rank otherwise.
    let order = |score: &dyn Fn(usize) -> f64| {
        let mut all: Vec<usize> = (0..setup.levers.len()).collect();
        all.sort_by(|a, b| score(*b).total_cmp(&score(*a)));
        all
    };
    let reach = |l: usize| {
        let lever = &setup.levers[l];
        let both = [lever.reach_low, lever.reach_high];
        both.map(|x| study::gain(setup, party, weights, l, lever.now, x).abs()).into_iter().fold(0.0, f64::max)
    };
    assert_ne!(order(&|l| study::stake(setup, party, weights, l)), order(&reach));
    let turn = inner.state.tables[0].table.question();
    assert!(turn.is_none_or(|q| !matches!(q.about, About::Turn(_))));
}
