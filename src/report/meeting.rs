//! A session of talks in a few lines: how each side opens, the last offers, what it comes to.

use super::catalogue::{
    CameNear, LastOffer, LevelAt, NoAgreement, OfferFirst, OfferSecond, OfferTaken, OfferWorth, refused,
};
use super::page::{Entry, Weight};
use super::sentence::sentence;
use super::words::{Words, clauses, listed, percent, points, points_of};
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
            What::Session { session, levels, .. } => {
                now = levels;
                weight = if *session == 0 { Weight::Opening } else { Weight::Detail };
                sentence(words, note, entry);
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
    let worth = OfferWorth {
        refused: refused(o.refused),
        own: points_of(o.worth[p]).into(),
        theirs: points(o.worth[q]).into(),
        hearer: words.party(q).into(),
        proposer: words.party(p).into(),
        waiting: points(o.reserve).into(),
        asks: points(o.asks).into(),
    };
    worth.text()
}

/// How each side opens; an offer that is taken is told with the agreement.
fn openings(words: &Words, offers: &[Offer], now: &[f64], weight: Weight, entry: &mut Entry) {
    let Some(first) = offers.first().filter(|o| o.refused.is_some()) else { return };
    let said = OfferFirst {
        who: words.party_first(first.by).into(),
        package: words.package(first.by, first.package, SHOWN).into(),
        worth: answered(words, first).into(),
    };
    entry.line(weight, said.text());
    let Some(second) = offers.get(1).filter(|o| o.refused.is_some()) else { return };
    let instead = differences(words, first.package, second.package, now);
    let how = match instead.len() {
        0 => "same",
        n if n <= SHOWN + 1 => "levels",
        _ => "package",
    };
    let said = OfferSecond {
        how: how.into(),
        who: words.party_first(second.by).into(),
        levels: listed(&instead).into(),
        package: words.package(second.by, second.package, SHOWN).into(),
        worth: answered(words, second).into(),
    };
    entry.line(weight, said.text());
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
    let at = |m: &Move| {
        let (lever, level) = (words.lever(m.lever).to_string().into(), words.level(m.lever, m.to).into());
        LevelAt { lever, level }.text()
    };
    all.iter().map(at).collect()
}

fn apart(words: &Words, offers: &[Offer], progress: f64, entry: &mut Entry) {
    let mut last = vec![];
    for p in 0..2 {
        let Some(o) = offers.iter().rev().find(|o| o.by != p) else { continue };
        let said = LastOffer {
            refused: refused(o.refused),
            party: words.party(p).into(),
            worth: points(o.worth[p]).into(),
            proposer: words.party(1 - p).into(),
            waiting: points(o.reserve).into(),
            asks: points(o.asks).into(),
        };
        last.push(said.text());
    }
    let many = if offers.len() > 2 { offers.len().into() } else { "few".into() };
    entry.say(Weight::Result, NoAgreement { offers: many, last: clauses(&last).into() }.text());
    if progress >= 0.005 {
        entry.say(Weight::Result, CameNear { progress: percent(progress).into() }.text());
    }
}

fn agreed(words: &Words, offers: &[Offer], entry: &mut Entry) {
    let Some(o) = offers.last() else { return };
    let said = OfferTaken {
        offers: offers.len().into(),
        who: words.party(o.by).into(),
        who_first: words.party_first(o.by).into(),
        package: words.package(o.by, o.package, SHOWN).into(),
        worth: answered(words, o).into(),
    };
    entry.line(Weight::Result, said.text());
}
