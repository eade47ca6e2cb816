//! What becomes of a class whose log cannot be written, and of commands that are taken back while others are given.

use super::*;
use crate::classroom::command::{Command, Who};
use crate::classroom::fold;

#[test]
fn a_log_that_cannot_be_written_is_told_to_each_in_their_words() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("class.db").to_str().expect("UTF-8").to_string();
    let class = Class::of(lesson("express-45min"), Log::open(&file).expect("a log"), 1_000_000);
    let (student, teacher) = (class.join("A"), class.teacher());
    assert_eq!(class.hall.tick(), None);
    // Another program holds the file: no command can be written.
    let other = rusqlite::Connection::open(&file).expect("the file");
    other.execute_batch("BEGIN IMMEDIATE").expect("held");
    let answer = class.post("/act", &student, "do=note&text=x");
    assert!(answer.body.contains("the class cannot be saved: tell your teacher"), "{}", answer.body);
    assert!(!answer.body.contains("database"), "no words of the database: {}", answer.body);
    assert!(class.get("/console", &teacher).body.contains("The log cannot be written"));
    assert!(class.hall.trouble().is_some());
    other.execute_batch("COMMIT").expect("free");
    class.act(&student, "do=note&text=x");
    assert!(class.hall.trouble().is_none() && !class.get("/console", &teacher).body.contains("cannot be written"));
}

#[test]
fn a_log_with_a_gap_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("class.db").to_str().expect("UTF-8").to_string();
    let class = Class::of(lesson("express-45min"), Log::open(&file).expect("a log"), 1_000_000);
    class.join("A");
    class.join("B");
    drop(class);
    let reopen = || {
        let opening = opening(lesson("express-45min"), Log::open(&file).expect("a log"), Arc::new(|| 2_000_000));
        Hall::open(opening).map(drop)
    };
    reopen().expect("whole");
    let db = rusqlite::Connection::open(&file).expect("the file");
    db.execute_batch("DELETE FROM log WHERE number = 3").expect("deleted");
    assert!(reopen().expect_err("refused").to_string().contains("lost command 3"));
}

#[test]
fn what_is_done_while_a_command_is_taken_back_is_kept() {
    let class = Class::new("stockholm-75min");
    let teacher = class.teacher();
    for i in 0..8 {
        class.join(&format!("S{i}"));
    }
    for phase in 0..3 {
        class.tell(&teacher, "advance", "");
        class.tell(&teacher, "headline", &format!("text=Phase {phase}"));
    }
    let (undoing, acting) = (class.hall.clone(), class.hall.clone());
    let over = Arc::new(std::sync::atomic::AtomicBool::new(false));
    let ended = over.clone();
    let acts = std::thread::spawn(move || {
        let mut n = 0;
        while !ended.load(Ordering::SeqCst) || n < 20 {
            n += 1;
            std::thread::sleep(std::time::Duration::from_millis(1));
            acting.submit(Who::Person(n % 8), Command::Note(format!("note {n}"))).expect("noted");
        }
        n
    });
    let undone = std::thread::spawn(move || (0..3).filter(|_| undoing.undo(None).is_ok()).count());
    let undone = undone.join().expect("undone");
    over.store(true, Ordering::SeqCst);
    let acted = acts.join().expect("acted");
    assert!(undone >= 2, "{undone}");
    let inner = class.hall.lock();
    let notes = inner.entries().iter().filter(|e| matches!(e.command, Command::Note(_))).count();
    assert_eq!(notes, acted);
    let again = fold::replay(inner.state.ready.clone(), inner.entries()).expect("replayed");
    assert_eq!(again.digest(), inner.state.digest(), "what runs is what the log says");
}
