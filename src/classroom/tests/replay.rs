//! The log is the class: restarts, replays, undo, any order of commands.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::classroom::command::{Command, Entry, Stance, Who};
use crate::classroom::seats::{Role, Seat};
use crate::classroom::state::State;

fn digest(class: &Class) -> serde_json::Value {
    let inner = class.hall.lock();
    inner.state.digest()
}

fn again(class: &Class) -> serde_json::Value {
    let inner = class.hall.lock();
    crate::classroom::fold::replay(inner.state.ready.clone(), inner.entries()).expect("replayed").digest()
}

#[test]
fn a_killed_server_loses_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("class.db").to_str().expect("UTF-8").to_string();
    let open = |at: u64| Class::of(lesson("express-45min"), Log::open(&file).expect("a log"), at);
    let class = open(1_000_000);
    let teacher = class.teacher();
    let (us, cn) = (class.join("A"), class.join("B"));
    class.tell(&teacher, "advance", "");
    class.tell(&teacher, "advance", "");
    class.act(&us, "do=ready&stance=praise&l7=40");
    class.act(&cn, "do=ready&l7=20");
    class.hall.tick();
    let before = digest(&class);
    let now = class.hall.now();
    let left = class.hall.lock().state.tables[0].clock.left(now);
    std::mem::forget(class); // nothing is closed or flushed, as after kill -9
    let class = open(now + 90_000);
    let after = digest(&class);
    for table in 0..2 {
        for what in ["state", "filed", "sides", "phase", "question", "notes"] {
            assert_eq!(before["tables"][table][what], after["tables"][table][what], "{what}");
        }
    }
    assert_eq!(before["people"], after["people"]);
    let now = class.hall.now();
    assert!(class.hall.lock().state.tables[0].clock.left(now) + 2000 >= left, "the time away is given back");
    assert!(class.get("/play", &us).body.contains("table 1"), "the same cookie, the same seat");
    assert_eq!(class.get("/console", &teacher).status, StatusCode::OK, "the teacher's cookie still opens");
    assert_eq!(digest(&class), again(&class));
}

#[test]
fn another_lesson_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("class.db").to_str().expect("UTF-8").to_string();
    drop(Class::of(lesson("express-45min"), Log::open(&file).expect("a log"), 1));
    let log = Log::open(&file).expect("a log");
    let open = Hall::open(opening(lesson("stockholm-75min"), log, Arc::new(|| 2)));
    assert!(open.err().is_some_and(|e| e.to_string().contains("another lesson")));
}

fn command() -> impl Strategy<Value = (Who, Command)> {
    let table = || prop_oneof![Just(None), (0..2_usize).prop_map(Some)];
    let person = || 0..5_usize;
    let levels = prop::collection::btree_map(0..11_usize, 0.0..60.0_f64, 0..4);
    let stance = prop_oneof![
        Just(Stance::Quiet),
        Just(Stance::Praise),
        Just(Stance::Threaten),
        (0..11_usize).prop_map(Stance::Tighten),
        (0..11_usize).prop_map(Stance::Ease)
    ];
    let student = prop_oneof![
        3 => (levels, stance).prop_map(|(levels, stance)| Command::Draft { levels, stance }),
        4 => any::<bool>().prop_map(Command::Ready),
        6 => any::<bool>().prop_map(Command::Say),
        1 => (0..100_u32).prop_map(Command::Guess),
        1 => Just(Command::Ask),
        1 => any::<bool>().prop_map(Command::Agree),
        1 => prop::collection::vec(0..12_usize, 0..5).prop_map(Command::Rank),
        1 => Just(Command::Sheet(vec!["seen".into()])),
    ];
    let teacher = prop_oneof![
        3 => table().prop_map(Command::Advance),
        1 => table().prop_map(Command::Pause),
        1 => table().prop_map(Command::Run),
        1 => (0..6_usize, table()).prop_map(|(n, t)| Command::Event(n, t)),
        1 => person().prop_map(Command::Bench),
        1 => person().prop_map(Command::Unbench),
        1 => person().prop_map(Command::Clear),
        1 => (person(), person()).prop_map(|(a, b)| Command::Swap(a, b)),
        1 => (person(), 0..2_usize, 0..2_usize, 0..5_usize).prop_map(|(i, table, party, role)| {
            Command::Place(i, Seat { table, party, role: Role::ALL[role] })
        }),
        1 => (0..40_u64).prop_map(Command::Undo),
    ];
    let server = prop_oneof![
        person().prop_map(Command::Lost),
        person().prop_map(Command::Back),
        (0..2_usize, 0..6_usize).prop_map(|(table, phase)| Command::Bell { table, phase }),
    ];
    prop_oneof![
        6 => (person(), student).prop_map(|(i, c)| (Who::Person(i), c)),
        2 => teacher.prop_map(|c| (Who::Teacher, c)),
        1 => server.prop_map(|c| (Who::Server, c)),
    ]
}

/// A class of five at the start of its first phase of play.
fn opened() -> (Arc<Ready>, Vec<Entry>) {
    let ready = Arc::new(lesson("express-45min"));
    let open =
        Command::Open { seed: 4, hash: ready.hash.clone(), code: "ABCDE".into(), session: "x".into(), games: vec![] };
    let mut all = vec![(Who::Server, open)];
    for i in 0..5 {
        all.push((
            Who::Server,
            Command::Join { nick: format!("S{i}"), token: format!("t{i}"), consent: i % 2 == 0, form: String::new() },
        ));
    }
    all.extend([(Who::Teacher, Command::Advance(None)), (Who::Teacher, Command::Advance(None))]);
    let entry = |(i, (who, command))| Entry { number: i as u64 + 1, at: 1000 * i as u64, who, command };
    let entries = all.into_iter().enumerate().map(entry).collect();
    (ready, entries)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn any_commands_in_any_order_replay_to_the_same_bits(list in prop::collection::vec(command(), 1..60)) {
        let (ready, opened) = opened();
        let mut all: Vec<_> = opened.into_iter().map(|e| (e.who, e.command)).collect();
        all.extend(list.into_iter().filter(|(_, c)| !matches!(c, Command::Undo(n) if *n < 9)));
        let mut live = State::new(ready.clone());
        let mut entries = vec![];
        for (i, (who, command)) in all.into_iter().enumerate() {
            if live.check(who, &command).is_err() {
                continue;
            }
            let entry = Entry { number: i as u64 + 1, at: 1000 * i as u64, who, command };
            // As it is read back from the file.
            let entry: Entry = serde_json::from_str(&serde_json::to_string(&entry).expect("JSON")).expect("JSON");
            let undo = matches!(entry.command, Command::Undo(_));
            live.apply(&entry);
            entries.push(entry);
            if undo {
                live = crate::classroom::fold::replay(ready.clone(), &entries).expect("replayed");
            }
        }
        let replayed = crate::classroom::fold::replay(ready, &entries).expect("replayed");
        prop_assert_eq!(live.digest(), replayed.digest());
    }
}

#[test]
fn what_has_not_happened_cannot_be_undone() {
    let (ready, mut entries) = opened();
    let live = crate::classroom::fold::replay(ready, &entries).expect("replayed");
    let last = entries.pop().expect("an entry").number;
    assert!(live.check(Who::Teacher, &Command::Undo(last)).is_ok());
    assert!(live.check(Who::Teacher, &Command::Undo(last + 1)).is_err());
}

#[test]
fn levels_survive_the_file_bit_by_bit() {
    let levels: BTreeMap<usize, f64> = [(0, 0.1 + 0.2), (10, 31.700_000_000_000_003)].into();
    let command = Command::Draft { levels, stance: Stance::Tighten(3) };
    let text = serde_json::to_string(&command).expect("JSON");
    assert_eq!(serde_json::from_str::<Command>(&text).expect("JSON"), command);
}
