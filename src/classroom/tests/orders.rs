//! A table's exported log, replayed by the engine, is the table.

use super::*;
use crate::classroom::lesson::PhaseKind;
use crate::game::log::Log as Orders;

/// What the exported log of a table replays to, and what the table is, both told in full.
fn both(class: &Class, teacher: &str, table: usize) -> (String, String) {
    let text = class.get(&format!("/export/orders-{}.json", table + 1), teacher).body;
    let log = Orders::read(&text).expect("a log");
    let (ready, seed) = class.seed();
    let setup = &ready.setup;
    assert_eq!(log.seed.is_some(), class.hall.lock().state.revealed, "the seed is secret until the truth is shown");
    let replayed = log.replay(setup, seed).expect("replayed");
    let mut inner = class.hall.lock();
    let played = &mut inner.state.tables[table].table;
    assert_eq!(replayed.state(), played.state());
    (format!("{:?}", replayed.told()), format!("{:?}", played.told()))
}

#[test]
fn an_exported_log_replays_to_the_same_record_whatever_happened() {
    let class = Class::new("stockholm-75min");
    let teacher = class.teacher();
    let cookies: Vec<String> = (0..7).map(|i| class.join(&format!("S{i}"))).collect();
    let phases = class.hall.lock().state.ready.lesson.classroom.phases.clone();
    class.tell(&teacher, "advance", "");
    for (number, phase) in phases.iter().enumerate().skip(2) {
        class.tell(&teacher, "advance", "");
        let PhaseKind::Play { .. } = phase.kind else { break };
        let events = ["n=2&table=0", "n=0&table=", "n=1&table=1", "n=3&table="];
        for step in 0..40 {
            let mut idle = true;
            for cookie in &cookies {
                let page = class.get("/play", cookie).body;
                let form = match () {
                    () if page.contains("value=\"yes\"") && step % 4 == 3 => "do=yes",
                    () if page.contains("value=\"yes\"") => "do=no",
                    () if page.contains("value=\"ready\"") && !page.contains("value=\"unready\"") => {
                        "do=ready&stance=threaten&l7=25&l10=30&l6=80"
                    }
                    () => continue,
                };
                class.act(cookie, form);
                idle = false;
            }
            // In the middle of the round a card is played, two are swapped, and a delegation of each table goes to the
            // engine, to come back in the next round.
            if step == 1 {
                class.tell(&teacher, "event", events[number % 4]);
                class.tell(&teacher, "swap", "a=1&b=2");
                let what = if number % 2 == 0 { "bench" } else { "unbench" };
                let of_first = |p: &crate::classroom::seats::Person| p.seat.is_some_and(|seat| seat.party == 0);
                let people = class.hall.lock().state.people.iter().map(of_first).collect::<Vec<_>>();
                for n in (0..people.len()).filter(|n| people[*n]) {
                    class.tell(&teacher, what, &format!("n={n}"));
                }
            }
            if idle && step > 4 {
                break;
            }
        }
        // In the middle of the game and at its end.
        if number == 3 {
            let (replayed, played) = both(&class, &teacher, 1);
            assert!(replayed == played, "table 2 after {}", phase.name);
        }
    }
    class.tell(&teacher, "reveal", "");
    for table in 0..2 {
        let (replayed, played) = both(&class, &teacher, table);
        assert!(replayed == played, "table {}", table + 1);
    }
    let asked = class.hall.lock().state.tables[0].table.filed.len();
    assert!(asked > 8, "people decided: {asked}");
    let changes: Vec<usize> = class.hall.lock().state.tables.iter().map(|p| p.table.held.len()).collect();
    assert!(changes.iter().all(|n| *n > 1), "seats changed hands: {changes:?}");
    // A log of which something is missing is not taken for another game.
    let mut log = Orders::read(&class.get("/export/orders-1.json", &teacher).body).expect("a log");
    log.events.clear();
    log.orders.remove(1);
    let (ready, seed) = class.seed();
    assert!(log.replay(&ready.setup, seed).is_err());
    assert!(Orders::read("{}").is_err() && Orders::read("orders").is_err());
}
