//! A class's file under another model of the program, under other files, and of the first edition.

use std::path::Path;

use rusqlite::Connection;

use super::*;
use crate::classroom::export;
use crate::classroom::kept;
use crate::classroom::study::Cloud;
use crate::classroom::takeaway;
use crate::model::MODEL;

/// A file in a folder of its own.
struct File {
    _folder: tempfile::TempDir,
    path: String,
}

impl File {
    fn new() -> File {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("class.db").to_str().expect("UTF-8").to_string();
        File { _folder: folder, path }
    }

    fn open(&self, at: u64) -> Class {
        Class::of(lesson("express-45min"), Log::open(&self.path).expect("a log"), at)
    }

    fn refused(&self, ready: Ready) -> String {
        let log = Log::open(&self.path).expect("a log");
        Hall::open(opening(ready, log, Arc::new(|| 2))).err().expect("refused").to_string()
    }

    fn change(&self, sql: &str) {
        let db = Connection::open(&self.path).expect("a file");
        assert!(db.execute(sql, []).expect("changed") > 0, "{sql}");
    }

    fn commands(&self) -> i64 {
        let db = Connection::open(&self.path).expect("a file");
        db.query_row("SELECT count(*) FROM log", [], |row| row.get(0)).expect("a number")
    }
}

/// Two people and the engine play a class to its end; the people's cookies.
fn played(class: &Class) -> [String; 2] {
    let teacher = class.teacher();
    let (us, cn) = (class.join("Ann"), class.join("Bo"));
    for step in 0..lesson("express-45min").lesson.classroom.phases.len() - 1 {
        class.tell(&teacher, "advance", "");
        if step == 1 {
            class.act(&us, "do=ready&stance=praise&l7=40");
            class.act(&cn, "do=ready&l7=20");
        }
    }
    class.act(&us, "do=note&text=They+waited.");
    [us, cn]
}

/// All that is looked at afterwards.
fn looked_back(class: &Class) -> Vec<(String, String)> {
    let teacher = class.teacher();
    let mut paths: Vec<String> =
        ["/debrief", "/handout", "/paper", "/export/orders-1.json", "/export/orders-2.json"].map(String::from).to_vec();
    paths.extend((1..=4).map(|week| format!("/replay?table=2&week={week}")));
    paths.extend(
        export::FILES.iter().filter(|(file, _)| *file != "events").map(|(file, _)| format!("/export/{file}.csv")),
    );
    let page = |path: String| {
        let answer = class.get(&path, &teacher);
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
        (path, answer.body)
    };
    paths.into_iter().map(page).collect()
}

#[test]
fn another_model_opens_a_class_to_look_back_on() {
    let file = File::new();
    let class = file.open(1_000_000);
    let [us, _] = played(&class);
    let before = looked_back(&class);
    let now = class.hall.now();
    drop(class);
    let written = file.commands();
    file.change("UPDATE about SET model = 0, program = '0.0.7'");
    // The log is not played: under another seed it would come to another end.
    file.change("UPDATE log SET command = replace(command, '\"seed\":', '\"seed\":1') WHERE command LIKE '%Open%'");
    let class = file.open(now + 5000);
    for ((path, was), (_, is)) in before.iter().zip(looked_back(&class)) {
        assert!(*was == is, "{path} differs");
    }
    let teacher = class.teacher();
    let why = format!("model 0 of the program played this class, and this is model {MODEL}");
    let console = class.get("/console", &teacher).body;
    assert!(console.contains(&why) && console.contains("version 0.0.7 plays it"), "{console}");
    // Nothing is played on, written down or taken back; the truth may be shown.
    let act = class.post("/act", &us, "do=note&text=More.");
    assert!(act.status == StatusCode::UNPROCESSABLE_ENTITY && act.body.contains(&why), "{}", act.body);
    for act in ["advance", "pause", "undo"] {
        class.tell(&teacher, act, "");
        assert!(class.get("/console", &teacher).body.contains(&why), "{act}");
    }
    class.pass(3_600_000);
    class.hall.tick();
    assert!(!class.hall.lock().state.revealed);
    class.tell(&teacher, "reveal", "");
    assert!(class.hall.lock().state.revealed);
    assert_eq!(class.get("/debrief", &us).status, StatusCode::OK);
    assert_eq!(file.commands(), written);
}

#[test]
fn what_is_kept_is_what_was_played() {
    let file = File::new();
    let class = file.open(1_000_000);
    let teacher = class.teacher();
    let same = |weeks: usize| {
        let inner = class.hall.lock();
        let log = Log::open(&file.path).expect("a log");
        let kept = log.weeks(inner.state.tables.len()).expect("weeks");
        for (place, kept) in inner.state.tables.iter().zip(&kept) {
            assert_eq!(format!("{:?}", kept::weeks(&place.table, 0)), format!("{kept:?}"));
        }
        assert_eq!(kept.iter().map(Vec::len).max(), Some(weeks));
    };
    class.join("Ann");
    same(0);
    (0..2).for_each(|_| class.tell(&teacher, "advance", ""));
    class.tell(&teacher, "advance", "");
    let weeks = class.hall.lock().state.tables[0].table.states.len();
    assert!(weeks > 2, "{weeks}");
    same(weeks);
    (0..2).for_each(|_| class.tell(&teacher, "undo", "")); // the first warns
    let less = class.hall.lock().state.tables.iter().map(|place| place.table.states.len()).max().expect("tables");
    assert!(less < weeks, "{less}");
    same(less);
    assert!(class.hall.lock().closed.is_none());
}

#[test]
fn other_files_are_refused_and_say_which() {
    let file = File::new();
    drop(file.open(1));
    let told = file.refused(lesson("stockholm-75min"));
    assert!(told.contains("another lesson"), "{told}");
    let mut other = lesson("express-45min");
    other.scenario_hash = "s2:0000000000000000".into();
    let told = file.refused(other);
    assert!(told.contains("another scenario") && told.contains("here it is s2:0000000000000000"), "{told}");
}

#[test]
fn a_file_of_the_first_edition_is_known_by_its_tables() {
    let file = File::new();
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats/class-1.db");
    std::fs::copy(&kept, &file.path).expect("copied");
    let told = Log::open(&file.path).err().expect("refused").to_string();
    assert!(told.contains("first edition") && told.contains("summitry 0.1.0 opens it"), "{told}");
    assert_eq!(std::fs::read(&kept).expect("bytes"), std::fs::read(&file.path).expect("bytes"), "it is left alone");
    drop(File::new().open(1)); // a new file is none
    let newer = File::new();
    drop(newer.open(1));
    let db = Connection::open(&newer.path).expect("a file");
    db.pragma_update(None, "user_version", 4).expect("changed");
    let told = Log::open(&newer.path).err().expect("refused").to_string();
    assert!(told.contains("edition 4"), "{told}");
}

/// One file of each edition is kept, and opened under a lesson that is kept with it.
#[test]
fn the_kept_classes_open() {
    ["class-2.db", "class-3.db"].into_iter().for_each(opens);
}

fn opens(name: &str) {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats").join(name);
    let open = |path: &str| {
        let here = format!("{}/{path}", env!("CARGO_MANIFEST_DIR"));
        std::fs::read_to_string(&here).map_err(|e| crate::Error::file(format!("{path}: {e}")))
    };
    let lesson = || crate::classroom::lesson::read("tests/formats/lesson-1.ron", &open).expect("a lesson");
    if std::env::var_os("UPDATE_GOLDEN").is_some() && !kept.exists() {
        let class = Class::of(lesson(), Log::open(kept.to_str().expect("UTF-8")).expect("a log"), 1_000_000);
        let teacher = class.teacher();
        class.join("Ann");
        (0..3).for_each(|_| class.tell(&teacher, "advance", ""));
        drop(class);
        let db = Connection::open(&kept).expect("a file");
        db.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(())).expect("one file");
    }
    let file = File::new();
    std::fs::copy(&kept, &file.path).expect("copied");
    let model = Log::open(&file.path).expect("a log").about().expect("read").expect("opened").model;
    let class = Class::of(lesson(), Log::open(&file.path).expect("a log"), 2_000_000);
    let inner = class.hall.lock();
    assert_eq!(inner.closed.is_some(), model != MODEL);
    assert!(inner.state.people[0].nick == "Ann" && inner.state.tables[0].table.states.len() >= 4);
    drop(inner);
    let teacher = class.teacher();
    assert_eq!(class.get("/debrief", &teacher).status, StatusCode::OK);
}

/// The debrief is made of the file alone: no lesson, no server, and nothing of the file is changed.
#[test]
fn a_debrief_is_made_of_the_file_alone() {
    let file = File::new();
    let class = file.open(1_000_000);
    let teacher = class.teacher();
    let (us, cn) = (class.join("Ann"), class.join("Bo"));
    (0..2).for_each(|_| class.tell(&teacher, "advance", ""));
    class.act(&us, "do=ready&stance=praise&l7=40");
    class.act(&cn, "do=ready&l7=20");
    // It stops in the middle of the first round.
    class.hall.cloud.set(Cloud::play(&lesson("express-45min").setup, class.seed().1)).expect("the first");
    let served = class.get("/debrief.html", &teacher);
    assert!(served.head.contains("attachment; filename=\\\"debrief.html\\\""), "{}", served.head);
    drop(class);
    let before = std::fs::read(&file.path).expect("bytes");
    let none = |path: &str| Err(crate::Error::file(format!("{path} is asked for")));
    let taken = takeaway::of_file(&file.path, None, &none).expect("a debrief");
    assert_eq!(taken.html, served.body, "what is served is what is made of the file");
    assert!(taken.note.is_none() && taken.tables == 2);
    assert_eq!(std::fs::read(&file.path).expect("bytes"), before);
    // One file, which asks for nothing and names nobody.
    for asks in ["<script", "<link", "src=", "href=\"/", "@import"] {
        assert!(!taken.html.contains(asks), "{asks}");
    }
    assert!(taken.html.split("url(").skip(1).all(|to| to.starts_with('#')), "patterns of its own alone");
    assert!(!taken.html.contains("Ann") && taken.html.matches("<figure ").count() == 9);
    assert!(taken.html.contains("all that was public"));
}

#[test]
fn a_file_that_keeps_no_lesson_asks_for_it() {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats/class-2.db");
    let file = File::new();
    std::fs::copy(&kept, &file.path).expect("copied");
    let open = |path: &str| {
        let here = format!("{}/{path}", env!("CARGO_MANIFEST_DIR"));
        std::fs::read_to_string(&here).map_err(|e| crate::Error::file(format!("{path}: {e}")))
    };
    let told = takeaway::of_file(&file.path, None, &open).err().expect("refused").to_string();
    assert!(told.contains("--lesson"), "{told}");
    let taken = takeaway::of_file(&file.path, Some("tests/formats/lesson-1.ron"), &open).expect("a debrief");
    assert!(taken.note.expect("said").contains("played this class"));
    let other = file.path.replace("class.db", "none.db");
    assert!(takeaway::of_file(&other, None, &open).is_err() && !Path::new(&other).exists(), "nothing is begun");
}
