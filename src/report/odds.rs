//! The odds of a told game, round by round, with its turning points; as one screen or one JSON document.

use serde_json::{Map, Value, json};

use super::batch::date;
use super::catalogue::{self, Hearing, OtherwiseNothing, Parties, Voice};
use super::document::Report;
use super::heading::{Heading, extend};
use super::precision;
use super::sheet::Sheet;
use super::table::{Bar, Cell, TextTable};
use super::text::{count, thousands};
use super::words::Words;
use crate::batch::summary::Share;
use crate::record::endings::{classes, endings};
use crate::studies::odds::{Asked, Course, Matter, Odds, Otherwise, Turn, View};
use crate::world::heard::Hearer;
use crate::world::setup::Setup;
use crate::world::trace::Note;

/// Whose odds, as the command line names it.
fn viewer(setup: &Setup, view: View) -> String {
    match view {
        View::Truth => "truth".into(),
        View::Seat(p) | View::Held(p) => setup.parties[p].key.clone(),
    }
}

/// What a document of odds begins with.
fn head(setup: &Setup, heading: &Heading, asked: &Asked) -> Value {
    let mut out = heading.document("summitry.odds/1");
    extend(
        &mut out,
        json!({
            "title": setup.scenario.title, "game": asked.game, "futures": asked.futures,
            "view": viewer(setup, asked.view),
        }),
    );
    if let Some(world) = setup.world {
        out["world"] = json!(world);
    }
    out
}

/// Each class with its share.
fn shares(setup: &Setup, odds: &Odds) -> Map<String, Value> {
    classes(setup).iter().zip(odds.shares()).map(|(class, share)| (class.to_string(), json!(share))).collect()
}

/// The course of a game.
pub fn of_course(setup: &Setup, heading: &Heading, asked: &Asked, course: &Course) -> Report {
    let (page, document) = (course_page(setup, heading, asked, course), course_document(setup, heading, asked, course));
    Report::new(page, document).interrupted(course.interrupted, &cut_short(asked, least(course)))
}

/// The odds from a saved state on.
pub fn of_state(setup: &Setup, heading: &Heading, asked: &Asked, round: u32, odds: &Odds) -> Report {
    let stopped = odds.futures() < asked.futures;
    let (page, mut document) =
        (state_page(setup, heading, asked, round, odds), state_document(setup, heading, asked, round, odds));
    if stopped {
        extend(&mut document, json!({"futures_played": odds.futures()}));
    }
    Report::new(page, document).interrupted(stopped, &cut_short(asked, odds.futures()))
}

/// Of how many futures it is, where it was stopped.
fn cut_short(asked: &Asked, least: u64) -> String {
    let (least, all) = (thousands(&least.to_string()), count(asked.futures, "future"));
    format!("{least} of {all} played from each state")
}

/// The fewest futures of any state.
fn least(course: &Course) -> u64 {
    course.odds.iter().map(Odds::futures).min().unwrap_or(0)
}

/// The course of a game as one JSON document.
pub fn course_document(setup: &Setup, heading: &Heading, asked: &Asked, course: &Course) -> Value {
    let words = Words::new(setup);
    let mut out = head(setup, heading, asked);
    out["outcome"] = json!(classes(setup)[course.told.class]);
    if course.interrupted {
        extend(&mut out, json!({"futures_played": least(course)}));
    }
    out["rounds"] = course
        .odds
        .iter()
        .enumerate()
        .map(|(i, odds)| {
            let after = i.checked_sub(1);
            let moved = after.map(|before| course.odds[before].moved(odds));
            let turning = after.is_some_and(|r| course.turns.iter().any(|t| t.round as usize == r));
            let day = date(setup, after.unwrap_or(0) as u32);
            json!({"after": after, "date": day, "odds": shares(setup, odds), "moved": moved, "turning": turning})
        })
        .collect();
    out["turning_points"] = course
        .turns
        .iter()
        .map(|t| {
            let after = &course.odds[t.round as usize + 1];
            let otherwise: Vec<Value> = t
                .otherwise
                .iter()
                .map(|o| {
                    json!({
                        "if": if_otherwise(&words, o),
                        "parties": o.parties.iter().map(|p| setup.parties[*p].key.clone()).collect::<Vec<_>>(),
                        "said": o.said,
                        "odds": shares(setup, &o.odds),
                        "moved": after.moved(&o.odds),
                    })
                })
                .collect();
            let happened = happened(&words, &t.happened, asked.view);
            json!({
                "round": t.round, "date": date(setup, t.round), "moved": t.moved,
                "happened": happened, "otherwise": otherwise,
            })
        })
        .collect();
    out
}

fn state_document(setup: &Setup, heading: &Heading, asked: &Asked, round: u32, odds: &Odds) -> Value {
    let mut out = head(setup, heading, asked);
    out["round"] = json!(round);
    out["odds"] = Value::Object(shares(setup, odds));
    out
}

/// One letter a class, in the order of bad to good.
const SHADES: [char; 4] = ['·', '░', '▒', '█'];

/// The shares of odds as one bar.
fn bars(odds: &Odds, columns: usize) -> Bar {
    Bar { shares: odds.shares(), columns, draw: stacked }
}

/// Shares as one bar of so many characters, each class in its shade; the largest remainders fill it up.
fn stacked(shares: &[f64], width: usize) -> String {
    let exact: Vec<f64> = shares.iter().map(|s| s * width as f64).collect();
    let mut cells: Vec<usize> = exact.iter().map(|x| x.floor() as usize).collect();
    while cells.iter().sum::<usize>() < width.min((exact.iter().sum::<f64>() + 0.5) as usize) {
        let left = |i: &usize| exact[*i] - cells[*i] as f64;
        let Some(most) = (0..cells.len()).max_by(|a, b| left(a).total_cmp(&left(b)).then(b.cmp(a))) else { break };
        cells[most] += 1;
    }
    let shade = |i: usize| SHADES[if cells.len() == 2 { 3 * i } else { i.min(3) }];
    cells.iter().enumerate().map(|(i, n)| shade(i).to_string().repeat(*n)).collect()
}

/// A label as two lines of a column's head: what stands in brackets goes below.
fn two_lines(label: &str) -> [&str; 2] {
    label.split_once(" (").map_or([label, ""], |(above, below)| [above, below.trim_end_matches(')')])
}

fn whole(share: f64) -> String {
    format!("{:.0} %", 100.0 * share)
}

fn title(setup: &Setup, heading: &Heading, asked: &Asked, from: &str) -> Sheet {
    let futures = count(asked.futures, "future");
    let view = match asked.view {
        View::Truth => "all is known but chance".to_string(),
        View::Seat(p) | View::Held(p) => {
            format!("as {} can know them; the other side's secrets are drawn anew", Words::new(setup).party(p))
        }
    };
    let world = setup.world.map_or(String::new(), |world| {
        format!("It is of world {world}: what nobody knows is as it was drawn there, in all of its futures.\n")
    });
    Sheet::from(format!(
        "{}\nGame {} of seed {}; odds from {futures} {from}, {view}\n{world}\n",
        setup.scenario.title, asked.game, heading.seed
    ))
}

/// The course of a game on one screen.
pub fn course_page(setup: &Setup, heading: &Heading, asked: &Asked, course: &Course) -> Sheet {
    let all = endings(setup);
    let mut out = title(setup, heading, asked, "after each round");
    let mut table = TextTable::new(&[1, all.len() + 2, all.len() + 3]).heads(2).spare(&[1]).legend(legend(setup));
    for (line, first) in ["after", ""].into_iter().enumerate() {
        let heads = all.iter().map(|ending| two_lines(ending.label)[line].to_string());
        table.row([first.to_string(), String::new()].into_iter().chain(heads));
    }
    for (i, odds) in course.odds.iter().enumerate() {
        let (after, day) = match i.checked_sub(1) {
            None => ("start".to_string(), String::new()),
            Some(r) => (r.to_string(), date(setup, r as u32)),
        };
        let turn = i.checked_sub(1).and_then(|r| course.turns.iter().position(|t| t.round as usize == r));
        let mark = turn.map_or(String::new(), |t| format!("◄ {}", t + 1));
        let shares = odds.shares().into_iter().map(whole);
        let figures = [after, day].into_iter().chain(shares).map(Cell::Text);
        table.row(figures.chain([Cell::Bar(bars(odds, 32)), mark.into()]));
    }
    out.table(table);
    out.push_str(&open(&course.odds, least(course)));
    out.push_str(&format!("It ended in: {}.\n", all[course.told.class].label));
    if !course.turns.is_empty() {
        out.push_str("\nTurning points\n");
    }
    for (i, t) in course.turns.iter().enumerate() {
        turn(setup, course, asked.view, (i, t), &mut out);
    }
    out
}

fn state_page(setup: &Setup, heading: &Heading, asked: &Asked, round: u32, odds: &Odds) -> Sheet {
    let mut out = title(setup, heading, asked, &format!("from before round {round}"));
    let mut table = TextTable::new(&[]).heads(0);
    for (ending, share) in endings(setup).iter().zip(odds.shares()) {
        table.row([ending.label.to_string(), whole(share)]);
    }
    out.table(table);
    out.push_str("\n");
    let mut bar = TextTable::new(&[]).heads(0).legend(legend(setup));
    bar.row([bars(odds, 60)]);
    out.table(bar);
    out.push_str(&open(std::slice::from_ref(odds), odds.futures()));
    out
}

/// What chance leaves open of any of these shares.
fn open(odds: &[Odds], futures: u64) -> String {
    let shares = odds.iter().flat_map(|odds| odds.counts.iter().map(|n| Share::of(*n, odds.futures())));
    precision::line(shares, futures, "future").lines().map(|line| format!("  {line}\n")).collect()
}

fn legend(setup: &Setup) -> String {
    let all = endings(setup);
    let shade = |i: usize| SHADES[if all.len() == 2 { 3 * i } else { i.min(3) }];
    let each: Vec<String> = all.iter().enumerate().map(|(i, e)| format!("{} {}", shade(i), e.label)).collect();
    each.join("   ")
}

fn turn(setup: &Setup, course: &Course, view: View, (number, t): (usize, &Turn), out: &mut Sheet) {
    let words = Words::new(setup);
    out.push_str(&format!(
        "  {}  round {}, {}: the end changed in {} of futures\n",
        number + 1,
        t.round,
        date(setup, t.round),
        whole(t.moved)
    ));
    let happened = happened(&words, &t.happened, view);
    for sentence in &happened {
        out.push_str(&format!("     {sentence}\n"));
    }
    if happened.is_empty() {
        out.push_str(&format!("     {}\n", OtherwiseNothing {}.text()));
    }
    let after = &course.odds[t.round as usize + 1];
    for o in &t.otherwise {
        let each: Vec<String> = endings(setup)
            .iter()
            .zip(o.odds.shares().into_iter().zip(after.shares()))
            .map(|(ending, (p, was))| format!("{} {}, was {}", ending.label, whole(p), whole(was)))
            .collect();
        out.push_str(&format!("     {}: {}\n", if_otherwise(&words, o), each.join("; ")));
    }
}

/// "Had China taken the offer of exchange 5".
fn if_otherwise(words: &Words, o: &Otherwise) -> String {
    let how = match (o.parties.len(), o.said) {
        (0 | 1, _) => "one",
        (_, true) => "either",
        (_, false) => "both",
    };
    let name = |i: usize| o.parties.get(i).map_or(String::new(), |p| words.party(*p)).into();
    let (matter, exchange) = match o.matter {
        Matter::Truce => ("truce", 0),
        Matter::Invitation => ("invitation", 0),
        Matter::Ratification => ("ratification", 0),
        Matter::Offer(exchange) => ("offer", exchange + 1),
    };
    let said = catalogue::Otherwise {
        matter: matter.into(),
        said: if o.said { "yes" } else { "no" }.into(),
        who: Parties { how: how.into(), first: name(0), second: name(1) }.text().into(),
        exchange: exchange.into(),
    };
    said.text()
}

/// What happened in a round, a sentence each; none for its small change. How likely a party was to say yes is its own
/// to know: a seat is told no chance of the other's.
fn happened(words: &Words, notes: &[Note], view: View) -> Vec<String> {
    let hearer = view.seat().map_or(Hearer::Reader, Hearer::Mind);
    notes.iter().filter_map(|note| Hearing::of(words, note, hearer).say(Voice::Odds)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_as_long_as_it_says_and_shares_it_out() {
        let odds = |counts: &[u64]| Odds { counts: counts.to_vec() }.shares();
        assert_eq!(stacked(&odds(&[1, 1, 1, 1]), 8), "··░░▒▒██");
        assert_eq!(stacked(&odds(&[0, 0, 0, 9]), 8), "████████");
        assert_eq!(stacked(&odds(&[1, 2, 3, 4]), 32).chars().count(), 32);
        assert_eq!(stacked(&odds(&[1, 1]), 4), "··██");
    }
}
