//! One game told in English, week by week: who asked for what, why it was refused, what changed the mood, how it ended.

use super::catalogue::{ReviewOf, Reviews, Scales, ToneMoved, VoteOf, Votes};
use super::ending::ending;
use super::meeting;
use super::page::{Entry, HEIGHT, Weight, fit, wrap};
use super::sentence::sentence;
use super::text::width;
use super::words::{Words, capital, listed, percent, tone};
use crate::command_line::CommandLine;
use crate::game::told::{Standing, Told};
use crate::world::phase::Phase;
use crate::world::setup::Setup;
use crate::world::trace::{Note, What};

/// A told game as a page of so many columns; `replay` is what plays it again, `seed` its seed, `count` the command that counts how often
/// games end so.
pub fn tell(
    setup: &Setup,
    told: &Told,
    seed: u64,
    replay: &str,
    count: Option<&CommandLine>,
    columns: usize,
) -> String {
    let words = Words::new(setup);
    let mut head = wrap(&setup.scenario.title, columns, 0, 4);
    let again = format!("Seed {seed}, game {}. To play it again:", told.game);
    if width(&again) + 1 + width(replay) <= columns {
        head.push(format!("{again} {replay}"));
    } else {
        head.extend([again, format!("    {replay}")]);
    }
    head.extend(wrap(&scales(&words, told), columns, 0, 0));
    let tail = ending(&words, told, count, columns);
    let entries = weeks(&words, told);
    let height = HEIGHT.saturating_sub(head.len() + tail.len() + 2).max(10);
    let mut lines = head;
    lines.push(String::new());
    lines.extend(fit(&entries, columns, height));
    lines.push(String::new());
    lines.extend(tail);
    lines.iter().map(|line| format!("{}\n", line.trim_end())).collect()
}

/// What the numbers on the page mean.
fn scales(words: &Words, told: &Told) -> String {
    let living = words.setup.levers.iter().any(|l| !l.pie);
    let moves = told.rounds.iter().any(|r| r.tone != told.rounds[0].tone);
    Scales {
        life: if living { words.setup.deal_life.into() } else { "none".into() },
        unit: words.round_unit().into(),
        tone: if moves { "moves" } else { "still" }.into(),
    }
    .text()
}

/// The rounds in which something happened.
fn weeks(words: &Words, told: &Told) -> Vec<Entry> {
    let mut before = start(words.setup);
    let mut entries = vec![];
    let mut notes = told.notes.as_slice();
    for standing in &told.rounds {
        let n = notes.iter().take_while(|n| n.round == standing.round).count();
        let (now, rest) = notes.split_at(n);
        notes = rest;
        if !now.is_empty() {
            entries.push(week(words, now, &before, standing));
        }
        before = standing.clone();
    }
    entries
}

/// Where things stood before the first round, as far as a page needs it.
fn start(setup: &Setup) -> Standing {
    Standing { tone: setup.scenario.tone.start.get(), ..Standing::default() }
}

/// One round with something to tell.
pub fn week(words: &Words, notes: &[Note], before: &Standing, after: &Standing) -> Entry {
    let round = notes.first().map_or(after.round, |n| n.round);
    let mut entry = Entry { head: capital(&words.round(round)), ..Entry::default() };
    let mut met = false;
    for (i, note) in notes.iter().enumerate() {
        match note.phase {
            Phase::Bargain if met => {}
            Phase::Bargain => {
                met = true;
                let of_session: Vec<Note> = notes.iter().filter(|n| n.phase == Phase::Bargain).cloned().collect();
                meeting::session(words, &of_session, &mut entry);
            }
            _ if i > 0 && told_with(&notes[i - 1], note) => {}
            _ => event(words, note, &notes[i..], &mut entry),
        }
    }
    if (after.tone - before.tone).abs() >= 0.08 {
        let said = ToneMoved { from: tone(before.tone).into(), to: tone(after.tone).into() };
        entry.say(Weight::Event, said.text());
    }
    entry
}

/// Something that happened outside the room; `here` are the notes of the round from it on.
fn event(words: &Words, note: &Note, here: &[Note], entry: &mut Entry) {
    match note.what {
        What::Passed { .. } | What::Rejected { .. } => entry.say(Weight::Result, votes(words, here)),
        What::Reviewed { .. } => entry.say(Weight::Event, reviews(words, note, here)),
        _ => sentence(words, note, entry),
    }
}

/// Whether a note is told in the sentence of the one before it.
fn told_with(before: &Note, note: &Note) -> bool {
    let vote = |n: &Note| matches!(n.what, What::Passed { .. } | What::Rejected { .. });
    let review = |n: &Note| matches!(n.what, What::Reviewed { .. });
    vote(before) && vote(note) || review(before) && review(note) && before.party == note.party
}

/// How a package fared at home, on both sides.
fn votes(words: &Words, here: &[Note]) -> String {
    let (mut passes, mut fails) = (vec![], vec![]);
    for n in here {
        let (list, support) = match n.what {
            What::Passed { support, .. } => (&mut passes, support),
            What::Rejected { support, .. } => (&mut fails, support),
            _ => break,
        };
        let Some(p) = n.party else { continue };
        list.push(VoteOf { party: words.party(p).into(), support: percent(support).into() }.text());
    }
    let how = match (passes.len(), fails.len()) {
        (1, 0) => "passes",
        (0, 1) => "fails",
        (_, 0) => "both-pass",
        (0, _) => "both-fail",
        _ => "split",
    };
    let mut all = passes.into_iter().chain(fails);
    let mut next = || all.next().unwrap_or_default().into();
    Votes { how: how.into(), first: next(), second: next() }.text()
}

/// What a side has delivered of its pledges.
fn reviews(words: &Words, note: &Note, here: &[Note]) -> String {
    let same = here.iter().enumerate().take_while(|(i, n)| *i == 0 || told_with(note, n));
    let found = same.filter_map(|(_, n)| match n.what {
        What::Reviewed { lever, delivered } => {
            let (lever, delivered) = (words.lever(lever).to_string().into(), percent(delivered).into());
            Some(ReviewOf { lever, delivered }.text())
        }
        _ => None,
    });
    let found: Vec<String> = found.collect();
    let whose = note.party.map_or(String::new(), |p| capital(&words.of_party(p)));
    Reviews { whose: whose.into(), found: listed(&found).into() }.text()
}
