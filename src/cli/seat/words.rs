//! A question in plain English, with a short menu of moves, for programs that read texts: language models.
//!
//! Nothing in it is told that the numbers beside it do not hold, and each move of the menu stands there as the answer that
//! makes it.

use serde_json::{Map, Value, json};

use super::commands::Levers;
use super::show::{Show, at};
use crate::game::outside::Asking;
use crate::game::view::{Asked, RoomSeen, Whose};
use crate::report::words::{Words, capital, points_of};
use crate::world::setup::Setup;
use crate::world::trace::Move;

/// Columns of its lines and tables.
const WIDE: usize = 100;
/// How far an offer of the menu gives way, from what is best for the seat to what is worst.
const GIVEN: [f64; 5] = [0.0, 0.25, 0.5, 0.75, 1.0];

/// What a question's line holds beside the numbers.
pub fn added(asking: &Asking, first: bool) -> Map<String, Value> {
    let (setup, view) = (asking.setup, asking.view);
    let (show, levers) = (Show::in_columns(setup, view.seat, WIDE), Levers::new(setup, view.seat));
    let mut text = String::new();
    if first {
        text.push_str(&format!("{}\n", show.story(view, None)));
    }
    if !asking.news.is_empty() {
        text.push_str(&format!("{}\n", show.news(asking.news)));
    }
    text.push_str(&format!("{}\n{}", show.look(view, &levers), show.asked(view, &levers, "")));
    let menu = menu(asking).into_iter().map(|(says, answer)| json!({"says": says, "answer": answer}));
    Map::from_iter([("words".into(), json!(text.trim())), ("menu".into(), menu.collect())])
}

/// Moves in words, each with the answer that makes it.
fn menu(asking: &Asking) -> Vec<(String, Value)> {
    let (setup, view) = (asking.setup, asking.view);
    let words = Words::new(setup);
    let one = |says: &str, word: &str| (says.to_owned(), json!({"do": word}));
    let strategy = one("Leave this decision to your own strategy.", "strategy");
    match &view.question {
        None | Some(Asked::Move) => {
            let mut out = vec![
                one("Do nothing.", "wait"),
                one("Praise the other side in public.", "praise"),
                one("Threaten to tighten in two rounds.", "threaten"),
            ];
            let own = view.levers.iter().filter(|l| l.whose == Whose::Mine && !setup.levers[l.lever].is_pledge());
            for l in own {
                let key = &setup.levers[l.lever].key;
                for (verb, says) in [("tighten", "Tighten"), ("ease", "Ease")] {
                    let text = format!("{says} {} by half a big move.", words.lever(l.lever));
                    out.push((text, json!({"do": verb, "lever": key, "moves": 0.5})));
                }
            }
            out.push(strategy);
            out
        }
        Some(Asked::Offer { room, beside, .. }) => {
            let mut out: Vec<(String, Value)> =
                GIVEN.iter().map(|given| offered(setup, room, *beside, *given)).collect();
            out.push(one("Offer that all stays as it is.", "wait"));
            out.push(strategy);
            out
        }
        Some(Asked::Answer { .. }) => {
            vec![one("Accept the offer.", "yes"), one("Refuse it.", "no"), strategy]
        }
        Some(Asked::Ratify { .. } | Asked::Invitation { .. } | Asked::Extend { .. }) => {
            vec![one("Yes.", "yes"), one("No.", "no"), strategy]
        }
    }
}

/// A package that gives way so far on every lever that is open.
fn offered(setup: &Setup, room: &[RoomSeen], beside: f64, given: f64) -> (String, Value) {
    let (mut moves, mut levels, mut worth) = (vec![], Map::new(), beside);
    for r in room {
        let place = |better: fn(f64, f64) -> bool| {
            let mut found = 0;
            (1..r.worth.len()).filter(|i| r.worth[*i].is_finite()).for_each(|i| {
                if better(r.worth[i], r.worth[found]) {
                    found = i;
                }
            });
            r.levels[found]
        };
        let (best, worst) = (place(|a, b| a > b), place(|a, b| a < b));
        let level = best + given * (worst - best);
        worth += at(r, level);
        levels.insert(setup.levers[r.lever].key.clone(), json!(level));
        moves.push(Move { lever: r.lever, from: r.now, to: level });
    }
    let package = Words::new(setup).moves(&moves, moves.len());
    let says = format!("Offer {package}: worth {} to you.", points_of(worth));
    (capital(&says), json!({"do": "offer", "levels": levels}))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::game::table::{Step, Table};
    use crate::game::testing::{another_mind, stockholm, stockholm_with};
    use crate::game::view::View;
    use crate::game::wire;
    use crate::world::dice::Key;
    use crate::world::orders::About;

    /// Each question of a game to a seat, and what all its moves come to where they are made.
    fn told(setup: &Setup) -> Vec<(&'static str, Map<String, Value>)> {
        let mut table = Table::new(setup, Key::of_seed(5), 0, [true, true], [false; 2]);
        let (mut out, mut heard) = (vec![], 0);
        loop {
            let question = match table.advance() {
                Step::Over => return out,
                Step::RoundDone => continue,
                Step::Question(question) => question,
            };
            let about = match &question.about {
                About::Round => "move",
                About::Turn(_) => "offer",
                About::Answer { .. } => "answer",
                About::Package { .. } | About::Chance(_) => "yes or no",
            };
            if question.at.party == 0 {
                let view = View::new(&table, 0);
                let asking = Asking { setup, game: 0, view: &view, news: &view.history[heard..], table: &table };
                let first = out.is_empty();
                out.push((about, added(&asking, first)));
                heard = view.history.len();
            }
            let answer = match about {
                "move" | "offer" => "{\"do\": \"wait\"}",
                "answer" => "{\"do\": \"no\"}",
                _ => "{\"do\": \"yes\"}",
            };
            table.answer(wire::reply(setup, answer).expect("an answer")).expect("allowed");
        }
    }

    #[test]
    fn every_move_of_the_menu_can_be_made_and_says_what_it_is() {
        let setup = stockholm();
        let mut table = Table::new(&setup, Key::of_seed(5), 0, [true, false], [false; 2]);
        let mut seen = 0;
        for turn in 0.. {
            match table.advance() {
                Step::Over => break,
                Step::RoundDone => {}
                Step::Question(_) => {
                    let view = View::new(&table, 0);
                    let asking = Asking { setup: &setup, game: 0, view: &view, news: &[], table: &table };
                    let menu = menu(&asking);
                    assert!((3..16).contains(&menu.len()), "{menu:?}");
                    let (says, answer) = &menu[turn % menu.len()];
                    let order = wire::reply(&setup, &answer.to_string()).expect(says);
                    // tightening what is tight already is the engine's to refuse, as of any program
                    if table.answer(order).is_err() {
                        assert!(
                            says.starts_with("Tighten") || says.starts_with("Ease") || says.starts_with("Threaten")
                        );
                        table.answer(crate::world::orders::Order::Wait).expect("waiting is allowed");
                    }
                    seen += 1;
                }
            }
        }
        assert!(seen > 20, "{seen}");
    }

    #[test]
    fn what_is_told_is_what_the_seat_may_know() {
        // what all can see tells of it, and is left out: its record, and what a session's progress does to the mood
        let open = ["parties.us.word.record=0", "parties.cn.word.record=0", "signing.progress_tone=0"];
        let setup = stockholm_with(&open);
        let (then, now) = (told(&setup), told(&another_mind(&setup, 1)));
        let text =
            |all: &[(&str, Map<String, Value>)], i: usize| all[i].1["words"].as_str().expect("a text").to_owned();
        assert!(text(&then, 0).contains("You are China"), "{}", text(&then, 0));
        assert!(!text(&then, 1).contains("You are China"), "once a game");
        assert!(then.iter().any(|(about, _)| *about == "offer") && then.iter().any(|(about, _)| *about == "answer"));
        for (i, ((about, a), (_, b))) in then.iter().zip(&now).enumerate() {
            // how likely one's own strategy is to agree to a summit rests on how talks went, which all saw
            assert!(*about == "yes or no" || a == b, "question {i}: {}\n{}", text(&then, i), text(&now, i));
        }
    }
}
