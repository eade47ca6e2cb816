//! A session of talks in a few lines: how each side opens, the last offers, what it comes to.

use super::page::{Entry, Weight};
use super::words::{Words, capital, listed, percent, points, points_of};
use crate::world::trace::{Move, Note, Refusal, What};

/// An offer and its answer.
struct Offer<'a> {
    by: usize,
    package: &'a [Move],
    worth: [f64; 2],
    asks: f64,
    reserve: f64,
    refused: Option<Refusal>,
}

/// Levers shown in one breath.
const SHOWN: usize = 3;

/// Tells the session among the notes of a round.
pub fn session(words: &Words, notes: &[Note], entry: &mut Entry) {
    let offers: Vec<Offer> = notes.iter().filter_map(offer).collect();
    let mut now: &[f64] = &[];
    let mut weight = Weight::Detail;
    for note in notes {
        match &note.what {
            What::Session { session, leaders, opener, levels, .. } => {
                now = levels;
                weight = if *session == 0 { Weight::Opening } else { Weight::Detail };
                let story = words.setup.calendar.summit.is_some() || words.setup.calendar.truce.is_some();
                let who = match (*leaders, story) {
                    (true, _) => "The leaders meet",
                    (false, true) => "Officials meet",
                    (false, false) => "They meet",
                };
                let place = words.place(note.round, *leaders).map_or(String::new(), |p| format!(" ({p})"));
                let first = words.party_first(*opener);
                entry.say(Weight::Result, format!("{who}{place}: session {}. {first} speaks first.", session + 1));
            }
            What::NoAgreement { progress } => {
                openings(words, &offers, now, weight, entry);
                apart(words, &offers, *progress, entry);
            }
            What::Initialled { .. } => {
                openings(words, &offers, now, weight, entry);
                agreed(words, &offers, entry);
            }
            _ => {}
        }
    }
}

fn offer(note: &Note) -> Option<Offer<'_>> {
    match (&note.what, note.party) {
        (What::Offer { package, worth, asks, reserve, refused, .. }, Some(by)) => {
            Some(Offer { by, package, worth: *worth, asks: *asks, reserve: *reserve, refused: *refused })
        }
        _ => None,
    }
}

/// What the offer is worth to each and how it is answered.
fn answered(words: &Words, o: &Offer) -> String {
    let (p, q) = (o.by, 1 - o.by);
    let hearer = words.party(q);
    let theirs = points(o.worth[q]);
    let verdict = match o.refused {
        None => format!("{theirs} to {hearer}, which takes it: waiting is worth {}", points(o.reserve)),
        Some(Refusal::BelowReserve) => {
            format!("{theirs} to {hearer}, which would rather wait: waiting is worth {}", points(o.reserve))
        }
        Some(Refusal::BelowAsk) => format!("{theirs} to {hearer}, which holds out for {}", points(o.asks)),
        Some(Refusal::Loss) => format!("{theirs} to {hearer}, a loss"),
        Some(Refusal::ProposerLoses) => {
            format!("{theirs} to {hearer}; {} itself would not sign it", words.party(p))
        }
        Some(Refusal::Said) => format!("{theirs} to {hearer}, which says no"),
    };
    format!("{} to itself and {verdict}", points_of(o.worth[p]))
}

/// How each side opens; an offer that is taken is told with the agreement.
fn openings(words: &Words, offers: &[Offer], now: &[f64], weight: Weight, entry: &mut Entry) {
    let Some(first) = offers.first().filter(|o| o.refused.is_some()) else { return };
    let said = words.package(first.by, first.package, SHOWN);
    let name = words.party_first(first.by);
    entry.line(weight, format!("{name} {said}. Worth {}.", answered(words, first)));
    let Some(second) = offers.get(1).filter(|o| o.refused.is_some()) else { return };
    let name = words.party_first(second.by);
    let instead = differences(words, first.package, second.package, now);
    let said = if instead.is_empty() {
        "offers nearly the same".to_string()
    } else if instead.len() <= SHOWN + 1 {
        format!("would have {} instead", listed(&instead))
    } else {
        words.package(second.by, second.package, SHOWN)
    };
    entry.line(weight, format!("{name} {said}: worth {}.", answered(words, second)));
}

/// Levels of the second package that differ from the first's, the largest difference first.
fn differences(words: &Words, first: &[Move], second: &[Move], now: &[f64]) -> Vec<String> {
    let level = |package: &[Move], l: usize| package.iter().find(|m| m.lever == l).map_or(now[l], |m| m.to);
    let step = |l: usize| words.setup.levers[l].step;
    let mut all: Vec<Move> = (0..now.len())
        .map(|lever| Move { lever, from: level(first, lever), to: level(second, lever) })
        .filter(|m| (m.to - m.from).abs() > 0.02 * step(m.lever))
        .collect();
    let size = |m: &Move| (m.to - m.from).abs() / step(m.lever);
    all.sort_by(|a, b| size(b).total_cmp(&size(a)));
    all.iter().map(|m| format!("{} at {}", words.lever(m.lever), words.level(m.lever, m.to))).collect()
}

fn apart(words: &Words, offers: &[Offer], progress: f64, entry: &mut Entry) {
    let mut said = vec![];
    for p in 0..2 {
        let Some(last) = offers.iter().rev().find(|o| o.by != p) else { continue };
        let verdict = match last.refused {
            Some(Refusal::BelowReserve) => format!("and would rather wait (worth {})", points(last.reserve)),
            Some(Refusal::Loss) => "(a loss)".into(),
            Some(Refusal::BelowAsk) => format!("and held out for {}", points(last.asks)),
            Some(Refusal::ProposerLoses) => format!("but {} itself would not sign it", words.party(1 - p)),
            Some(Refusal::Said) | None => "and said no".into(),
        };
        said.push(format!("{} was last offered {} {verdict}", words.party(p), points(last.worth[p])));
    }
    let came = if progress >= 0.005 { format!(" They came {} of the way.", percent(progress)) } else { String::new() };
    let after = if offers.len() > 2 { format!(" after {} offers", offers.len()) } else { String::new() };
    entry.say(Weight::Result, format!("No agreement{after}: {}.{came}", said.join("; ")));
}

fn agreed(words: &Words, offers: &[Offer], entry: &mut Entry) {
    let Some(o) = offers.last() else { return };
    let said = words.package(o.by, o.package, SHOWN);
    let n = offers.len();
    let name = words.party(o.by);
    let opening = if n == 1 { capital(&name) } else { format!("At offer {n} {name}") };
    entry.line(Weight::Result, format!("{opening} {said}. Worth {}.", answered(words, o)));
}
