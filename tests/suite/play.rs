//! `play`: what is saved is gone on with, and nothing that the other side hides is told.

use std::path::Path;

use summitry::internals::dice::Key;
use summitry::internals::endings::label;
use summitry::internals::metrics::classes;
use summitry::internals::odds::{Asked, View, from_state};

use super::players::OPEN;
use super::typed::typed;

const STORY: &str = "scenarios/stockholm-2025.ron";

/// Exit code, standard output, standard error.
fn play(arguments: &[&str], input: &str) -> (i32, String, String) {
    typed(Path::new(env!("CARGO_MANIFEST_DIR")), &[&["play", STORY], arguments].concat(), input)
}

#[test]
fn a_saved_game_is_gone_on_with_to_the_same_end() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("my-game.json");
    let file = file.to_str().expect("UTF-8");
    let start = ["--as", "us", "--cn", "grit", "--seed", "3"];
    let rest = "strategy\n".repeat(200);
    let (exit, whole, _) = play(&start, &format!("praise\n{rest}"));
    assert_eq!(exit, 0);
    let (exit, first, err) = play(&start, &format!("praise\nsave {file}\nstrategy\nquit\n"));
    assert!(exit == 0 && first.contains("Saved, and kept from now on."), "{first}{err}");
    assert!(first.contains("--strategy cn=grit"), "the command to go on names the other side's strategy: {first}");
    let names: Vec<_> = std::fs::read_dir(folder.path()).expect("a folder").flatten().map(|e| e.file_name()).collect();
    assert_eq!(names, ["my-game.json"], "no draft is left behind");
    let (exit, second, err) = play(&["--as", "us", "--cn", "grit", "--orders", file], &rest);
    assert_eq!(exit, 0, "{err}");
    let points = |text: &str| text.lines().find(|line| line.starts_with("Points in all")).map(str::to_owned);
    assert!(points(&whole).is_some(), "{whole}");
    assert_eq!(points(&whole), points(&second));
    // Another strategy on the other side is another game, and the file says so.
    let (exit, _, err) = play(&["--as", "us", "--cn", "boulware", "--orders", file], "");
    assert!(exit == 2 && err.contains("another scenario"), "{err}");
    // A file that is there is left alone.
    let (_, said, _) = play(&start, &format!("save {file}\nquit\n"));
    assert!(said.contains("Not saved:") && said.contains("left alone"), "{said}");
}

/// What is told is the seat's odds, in which all that the other side hides is drawn anew, and not the truth's.
#[test]
fn odds_on_request_are_those_of_the_seat() {
    let (exit, said, err) = play(&["--as", "us", "--seed", "3"], "odds\nquit\n");
    assert_eq!(exit, 0, "{err}");
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    let setup = summitry::internals::setup_of(&super::ready(STORY, &[])).clone();
    let us = setup.party("us").expect("us plays");
    let table = summitry::internals::table_at(&setup, Key::of_seed(3), 0, [true, false], [false; 2]);
    let shares = |view: View| {
        let odds = from_state(&setup, &Asked { view, ..Asked::new(3, 0, 2000) }, summitry::internals::state_of(&table))
            .expect("odds");
        let each = classes(&setup).iter().zip(odds.shares());
        each.map(|(class, share)| format!("{} {:.0} %", label(&setup, class), 100.0 * share)).collect::<Vec<_>>()
    };
    let (seat, truth) = (shares(View::Seat(us)), shares(View::Truth));
    assert!(seat.iter().all(|share| said.contains(share)), "{seat:?}: {said}");
    assert_ne!(seat, truth);
}

#[cfg(unix)]
#[test]
fn a_program_takes_the_other_side() {
    let bot = "bot=sh -c 'read hello; echo \"{\\\"protocol\\\": \\\"summitry.player/1\\\"}\"; \
               while read line; do echo \"{\\\"do\\\": \\\"strategy\\\"}\"; done'";
    let set = "parties.cn.strategy=(like: \"grit\", offer: External(\"bot\"))";
    let rest = "strategy\n".repeat(200);
    let start = [&["--as", "us", "--seed", "3"], &OPEN[..]].concat();
    let (exit, program, err) = play(&[&start[..], &["--set", set, "--player", bot]].concat(), &rest);
    assert_eq!(exit, 0, "{err}");
    let (_, engine, _) = play(&[&start[..], &["--cn", "grit"]].concat(), &rest);
    let end = |text: &str| text.lines().find(|line| line.starts_with("Points in all")).map(str::to_owned);
    assert!(end(&engine).is_some(), "no line of points");
    assert_eq!(end(&program), end(&engine));
    let (exit, _, err) = play(&["--as", "us", "--set", set], "");
    assert!(exit == 2 && err.contains("no program is bound"), "{err}");
    // Whoever plays the seat that a program would have needs none.
    let (exit, _, err) = play(&["--as", "cn", "--seed", "3", "--set", set], "quit\n");
    assert_eq!(exit, 0, "{err}");
}

/// A draft takes the numbers that an offer takes, and says the room where it does not.
#[test]
fn a_draft_is_held_to_the_room_of_an_offer() {
    let lines = "wait\nwait\ndraft us-tariff=nan\ndraft magnets=1e999\nworth us-tariff=inf\noffer us-tariff=-nan\n\
                 draft us-tariff=99999\nworth us-tariff=99999\noffer us-tariff=99999\ndraft us-tariff=35 us-tariff=36\ndraft jet-engines=9%\n\
                 undo\ntighten us-tariff nan\nquit\n";
    let (exit, said, err) = play(&["--as", "us", "--seed", "1"], lines);
    assert_eq!(exit, 0, "{err}");
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    for number in ["us-tariff=nan", "magnets=1e999", "us-tariff=inf", "us-tariff=-nan"] {
        let level = number.split_once('=').expect("a level").1;
        assert!(said.contains(&format!("`{level}` is no level")), "{number}: {said}");
    }
    assert_eq!(said.matches("in this session, not to 99999.").count(), 3, "{said}");
    assert!(said.contains("jet-engines can be set from 0.765 to 1 in this session, not to 0.09."), "{said}");
    assert!(said.contains("us-tariff is named twice.") && said.contains("There is nothing in the draft"), "{said}");
    assert!(!said.contains("Worth NaN") && !said.contains("Worth inf") && !said.contains("Draft: us-tariff"), "{said}");
}
