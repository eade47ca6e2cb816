//! What happened at a table, for those who sit there: meeting by meeting, the latest first, an offer by what it changes in
//! the last one of the same side; and what changed since the last round was played.

use super::decided;
use super::lesson::{Phase, PhaseKind};
use super::news;
use super::played::PlayedGame;
use super::state::Place;
use crate::notation::wording::count;
use crate::report::catalogue::{Dated, OfferAgain};
use crate::report::words::with_article;
use crate::world::setup::Setup;
use crate::world::trace::{Move, Note, What};

/// What happened in a week.
#[derive(Debug, Clone, PartialEq)]
pub struct Week {
    /// Its day, and what was the most of it.
    pub head: String,
    /// What happened, latest first.
    pub lines: Vec<String>,
}

/// Levels nearer than this are the same.
const SAME: f64 = 1e-6;

/// The weeks of a table in which something was public, latest first; at most so many lines.
pub fn told(setup: &Setup, game: &PlayedGame, most: usize) -> Vec<Week> {
    let mut weeks: Vec<(u32, Vec<&Note>, Week)> = vec![];
    let mut last: [Option<&[Move]>; 2] = [None; 2];
    for note in game.notes() {
        if matches!(note.what, What::Session { .. }) {
            last = [None; 2];
        }
        let again = again(setup, note, &mut last);
        let line = match again {
            Some(said) => Some(decided::signed(setup, &game.filed, note, said)),
            None => decided::line(setup, &game.filed, note),
        };
        if weeks.last().is_none_or(|week| week.0 != note.round) {
            weeks.push((note.round, vec![], Week { head: String::new(), lines: vec![] }));
        }
        let Some((_, notes, week)) = weeks.last_mut() else { continue };
        notes.push(note);
        week.lines.extend(line);
    }
    let mut left = most;
    let weeks = weeks.into_iter().rev().filter(|week| !week.2.lines.is_empty());
    let weeks = weeks.map(|(round, notes, mut week)| {
        week.lines.reverse();
        week.lines.truncate(left);
        left -= week.lines.len();
        Week { head: head(setup, round, &notes), ..week }
    });
    weeks.take_while(|week| !week.lines.is_empty()).collect()
}

/// An offer after an earlier one of the same side in the same meeting: what it changes.
fn again<'a>(setup: &Setup, note: &'a Note, last: &mut [Option<&'a [Move]>; 2]) -> Option<String> {
    let (What::Offer { package, exchange, refused, .. }, Some(party)) = (&note.what, note.party) else { return None };
    let before = last.get_mut(party)?.replace(package)?;
    let to = |list: &[Move], lever: usize| list.iter().find(|m| m.lever == lever).map(|m| m.to);
    let new = package.iter().map(|m| Move { from: to(before, m.lever).unwrap_or(m.from), ..*m });
    // What is not offered any more goes back to where it stands.
    let dropped = before.iter().filter(|m| to(package, m.lever).is_none());
    let dropped = dropped.map(|m| Move { from: m.to, to: m.from, ..*m });
    let changes: Vec<Move> = new.chain(dropped).filter(|m| (m.from - m.to).abs() > SAME).collect();
    let how = match (changes.is_empty(), changes.len() < package.len()) {
        (true, _) => "same",
        (_, true) => "rest",
        _ => "all",
    };
    let said = OfferAgain {
        who: with_article(&setup.parties[party].name).into(),
        exchange: (*exchange + 1).into(),
        exchanges: setup.scenario.talks.exchanges.get().into(),
        refused: if refused.is_some() { "yes" } else { "no" }.into(),
        how: how.into(),
        package: news::package(setup, &changes).into(),
    };
    Some(Dated { day: news::day(setup, note.round).into(), said: said.text().into() }.text())
}

/// A week's day, and what was the most of it.
fn head(setup: &Setup, round: u32, notes: &[&Note]) -> String {
    let offers = notes.iter().filter(|n| matches!(n.what, What::Offer { .. })).count();
    let any = |is: fn(&What) -> bool| notes.iter().any(|n| is(&n.what));
    let end = [
        (any(|w| matches!(w, What::Signed { .. })), "signed"),
        (any(|w| matches!(w, What::Rejected { .. })), "refused at home"),
        (any(|w| matches!(w, What::Initialled { .. })), "initialled"),
        (any(|w| matches!(w, What::NoAgreement { .. })), "no agreement"),
        (any(|w| matches!(w, What::Lapsed { .. })), "the truce lapses"),
        (any(|w| matches!(w, What::Extended { .. })), "the truce is extended"),
    ];
    let talks = (offers > 0).then(|| format!("talks, {}", count(offers, "offer")));
    let end = end.into_iter().find(|(is, _)| *is).map(|(_, word)| word.to_string());
    let parts: Vec<String> = std::iter::once(news::day(setup, round)).chain(talks).chain(end).collect();
    parts.join(" · ")
}

/// What changed in the round that was played last: while the next one is prepared, or once this one is over.
pub fn changed(setup: &Setup, place: &Place, phases: &[Phase]) -> Vec<String> {
    let ends = |n: usize| match phases.get(n).map(|phase| phase.kind) {
        Some(PhaseKind::Play { until }) => Some(until as usize),
        _ => None,
    };
    if ends(place.phase).is_none() || (place.playing && !place.done) {
        return vec![];
    }
    let played: Vec<usize> = (0..place.phase + usize::from(place.done)).filter_map(ends).collect();
    let Some((last, before)) = played.split_last() else { return vec![] };
    let rounds = &place.table.book().rounds;
    let (from, to) = (before.last().copied().unwrap_or(0), (*last).min(rounds.len()));
    if to <= from {
        return vec![];
    }
    let start = from.checked_sub(1).map(|week| &rounds[week]);
    let end = &rounds[to - 1];
    let level = |l: usize| start.map_or(setup.levers[l].now, |week| week.levels[l]);
    let moves = (0..setup.levers.len()).map(|lever| Move { lever, from: level(lever), to: end.levels[lever] });
    let seen = |m: &Move| ((m.to - m.from) * news::scale(setup, m.lever)).abs() >= 0.5;
    let mut out: Vec<String> = moves.filter(seen).map(|m| news::package(setup, &[m])).collect();
    let signed = place.table.book().agreements.iter().filter(|a| (from..to).contains(&(a.round as usize))).count();
    if out.is_empty() {
        out.push("no issue moved".into());
    }
    if signed > 0 {
        out.push(format!("{} signed", count(signed, "package")));
    }
    let mood = start.map(|week| end.tone - week.tone).filter(|mood| mood.abs() >= 0.05);
    out.extend(mood.map(|mood| format!("the mood by {mood:+.2}").replace('-', "−")));
    out
}
