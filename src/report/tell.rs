//! One game told in English, week by week: who asked for what, why it was refused, what changed the mood, how it ended.

use super::ending::ending;
use super::meeting;
use super::page::{Entry, HEIGHT, WIDTH, Weight, fit, wrap};
use super::words::{Words, capital, listed, percent, plain, points, points_of, tone};
use crate::command_line::CommandLine;
use crate::game::told::{Standing, Told};
use crate::world::phase::Phase;
use crate::world::setup::Setup;
use crate::world::trace::{Note, What};

/// A told game as a page; `replay` is what plays it again, `seed` its seed, `count` the command that counts how often
/// games end so.
pub fn tell(setup: &Setup, told: &Told, seed: u64, replay: &str, count: Option<&CommandLine>) -> String {
    let words = Words::new(setup);
    let mut head = wrap(&setup.scenario.title, 0, 4);
    let again = format!("Seed {seed}, game {}. To play it again:", told.game);
    if again.len() + 1 + replay.len() <= WIDTH {
        head.push(format!("{again} {replay}"));
    } else {
        head.extend([again, format!("    {replay}")]);
    }
    head.extend(wrap(&scales(&words, told), 0, 0));
    let tail = ending(&words, told, count);
    let entries = weeks(&words, told);
    let height = HEIGHT.saturating_sub(head.len() + tail.len() + 2).max(10);
    let mut lines = head;
    lines.push(String::new());
    lines.extend(fit(&entries, height));
    lines.push(String::new());
    lines.extend(tail);
    lines.iter().map(|line| format!("{}\n", line.trim_end())).collect()
}

fn scales(words: &Words, told: &Told) -> String {
    let mut said = String::from("Worths are in points");
    if words.setup.levers.iter().any(|l| !l.pie) {
        let (life, unit) = (words.setup.deal_life, words.round_unit());
        said.push_str(&format!(", over the {life} {unit}s that a deal is counted to live"));
    }
    if told.rounds.iter().any(|r| r.tone != told.rounds[0].tone) {
        said.push_str("; tone runs from -1 to +1");
    }
    said + "."
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
            _ => event(words, note, &notes[i..], before, &mut entry),
        }
    }
    if (after.tone - before.tone).abs() >= 0.08 {
        entry.say(Weight::Event, format!("Tone {} to {}.", tone(before.tone), tone(after.tone)));
    }
    entry
}

/// Something that happened outside the room; `here` are the notes of the round from it on.
fn event(words: &Words, note: &Note, here: &[Note], before: &Standing, entry: &mut Entry) {
    let who = note.party.map_or(String::new(), |p| words.party_first(p));
    let round = |r: u32| words.round(r);
    match &note.what {
        What::Incident => entry.say(Weight::Event, "An accident nobody chose sours the mood."),
        What::Shock { moved, what } => {
            let what = if what.is_empty() { "a court or a law intervenes" } else { what };
            entry.say(Weight::Major, format!("{}: {}.", capital(what), words.moved(moved)));
        }
        What::Strike { faction, moved } => {
            let (name, home) =
                (&words.setup.factions[*faction].name, words.party(words.setup.factions[*faction].party));
            let said = format!("{} in {home} strike at the talks: {};", capital(name), words.blow(moved));
            entry.say(Weight::Major, format!("{said} their own side's word suffers."));
        }
        What::Replied { moved } => entry.say(Weight::Event, format!("{who} answers in kind: {}.", words.blow(moved))),
        What::LetPass => entry.say(Weight::Minor, format!("{who} lets the blow pass.")),
        What::Tightened { moved } => entry.say(Weight::Event, format!("{who} tightens: {}.", words.blow(moved))),
        What::Eased { moved } => entry.say(Weight::Event, format!("{who} opens: {}.", words.moved(moved))),
        What::Threatened { due } => {
            entry.say(
                Weight::Event,
                format!("{who} threatens to tighten by {}.", words.date(*due).unwrap_or(round(*due))),
            );
        }
        What::CarriedOut { moved } => {
            entry.say(Weight::Major, format!("{who} carries out its threat: {}.", words.blow(moved)));
        }
        What::ClimbedDown => {
            entry.say(Weight::Major, format!("{who} climbs down from its threat, and is believed less."));
        }
        What::Gesture { moved } => {
            let what = moved.as_ref().map_or(" in words".into(), |m| format!(": {}", words.moved(m)));
            entry.say(Weight::Minor, format!("{who} makes a gesture of good will{what}."));
        }
        What::Praised => entry.say(Weight::Small, format!("{who} has warm words for the other side.")),
        What::Brink { slipped } => {
            let end = if *slipped { "it slips, and both sides tighten" } else { "nothing slips, its resolve is seen" };
            entry.say(Weight::Major, format!("{who} steps toward the brink: {end}."));
        }
        What::CountrySigned { country } => {
            let presser = holder(words, &words.setup.scenario.thirds.press);
            let with = presser.map_or(String::new(), |p| format!(" with {}", words.party(p)));
            entry.say(Weight::Minor, format!("{} signs{with}.", words.setup.countries[*country].name));
        }
        What::CountryPunished { country } => {
            let by = holder(words, &words.setup.scenario.thirds.threaten);
            let by = by.map_or("it".into(), |p| words.party_first(p));
            let name = &words.setup.countries[*country].name;
            entry.say(Weight::Minor, format!("{by} punishes {name} for having signed."));
        }
        What::Passed { .. } | What::Rejected { .. } => entry.say(Weight::Result, vote(words, here)),
        What::Signed { leaders, pledges, expiry } => {
            let by = if *leaders { "Signed by the leaders" } else { "Signed" };
            let mut said = format!("{by}.");
            if !pledges.is_empty() {
                let names: Vec<String> = pledges.iter().map(|m| words.lever(m.lever).to_string()).collect();
                said.push_str(&format!(" Promised, to be delivered little by little: {}.", listed(&names)));
            }
            if words.setup.calendar.truce.is_some() && *expiry < 1_000_000 {
                said.push_str(&format!(" The truce now holds to {}.", words.date(*expiry).unwrap_or(round(*expiry))));
            }
            entry.line(Weight::Result, said);
        }
        What::Reviewed { .. } => {
            let found = here.iter().zip(1..).take_while(|(n, i)| *i == 1 || told_with(note, n)).filter_map(|(n, _)| {
                match n.what {
                    What::Reviewed { lever, delivered } => {
                        Some(format!("{} {}", words.lever(lever), percent(delivered)))
                    }
                    _ => None,
                }
            });
            let whose = note.party.map_or(String::new(), |p| words.of_party(p));
            let found: Vec<String> = found.collect();
            entry.say(
                Weight::Event,
                format!("{} pledges are reviewed; delivered: {}.", capital(&whose), listed(&found)),
            );
        }
        What::Consent { chance, gives } => {
            let act = if note.phase == Phase::Restore { "restore the truce" } else { "extend the truce" };
            let said = if *gives {
                format!("{who} would {act} ({} likely).", percent(*chance))
            } else {
                format!("{who} will not {act} (it was {} likely to).", percent(*chance))
            };
            entry.say(if *gives { Weight::Minor } else { Weight::Result }, said);
        }
        What::Extended { to } => {
            let to = words.date(*to).unwrap_or(round(*to));
            entry.say(Weight::Result, format!("Both extend the truce: it now holds to {to}."));
        }
        What::Lapsed { moved, emergency } => {
            let snapped = words.moves(moved, usize::MAX - 1);
            let again = words.date(*emergency).unwrap_or(round(*emergency));
            entry.say(
                Weight::Result,
                format!("The truce lapses and levers snap back: {snapped}. They meet again on {again}."),
            );
        }
        What::Restored { to } => {
            let to = words.date(*to).unwrap_or(round(*to));
            entry.say(Weight::Result, format!("The truce is restored, at its old levels, to {to}."));
        }
        What::NotRestored => entry.say(Weight::Result, "An emergency session: the truce stays down."),
        What::Invitation { chance, accepts } => {
            let said = if *accepts {
                format!("{who} accepts to meet at the summit ({} likely).", percent(*chance))
            } else {
                format!("{who} declines to meet at the summit (it was {} likely to accept).", percent(*chance))
            };
            entry.say(if *accepts { Weight::Minor } else { Weight::Result }, said);
        }
        What::SummitSet { at } => {
            entry.say(Weight::Result, format!("A summit is set for {}.", words.date(*at).unwrap_or(round(*at))));
        }
        What::SummitOff => {
            let why = if before.snapped { "the truce is down" } else { "the mood is too cold" };
            entry.say(Weight::Result, format!("The summit is called off: {why}."));
        }
        What::Photograph { prize } => {
            let worth = [0, 1].map(|p| format!("{} to {}", points(prize[p]), words.party(p)));
            entry.say(
                Weight::Result,
                format!("The leaders part with a photograph and no deal, worth {}.", worth.join(", ")),
            );
        }
        What::BrokeDown => entry.say(Weight::Result, "Talks break down for good."),
        What::Conceded { prize } => {
            let other = note.party.map_or(String::new(), |p| words.party(1 - p));
            entry.say(Weight::Result, format!("{who} gives in: {other} wins {}.", points_of(*prize)));
        }
        What::HeldOut { cost } => {
            entry.say(Weight::Small, format!("{who} holds out at a cost of {} points.", plain(*cost, 2)));
        }
        What::Session { .. } | What::Offer { .. } | What::NoAgreement { .. } | What::Initialled { .. } => {}
    }
}

/// Whether a note is told in the sentence of the one before it.
fn told_with(before: &Note, note: &Note) -> bool {
    let vote = |n: &Note| matches!(n.what, What::Passed { .. } | What::Rejected { .. });
    let review = |n: &Note| matches!(n.what, What::Reviewed { .. });
    vote(before) && vote(note) || review(before) && review(note) && before.party == note.party
}

/// How a package fared at home, on both sides.
fn vote(words: &Words, here: &[Note]) -> String {
    let (mut passes, mut fails) = (vec![], vec![]);
    for n in here {
        let Some(p) = n.party else { continue };
        match n.what {
            What::Passed { support, .. } => passes.push(format!("{} (support {})", words.party(p), percent(support))),
            What::Rejected { support, .. } => fails.push(format!("{} (support {})", words.party(p), percent(support))),
            _ => break,
        }
    }
    match (passes.is_empty(), fails.is_empty()) {
        (false, true) => format!("It passes at home in {}.", passes.join(" and in ")),
        (true, _) => format!("It fails at home in {}.", fails.join(" and in ")),
        (false, false) => {
            format!("It passes at home in {} but fails in {}.", passes.join(" and in "), fails.join(" and in "))
        }
    }
}

/// The party that holds the lever of this name in the file.
fn holder(words: &Words, key: &str) -> Option<usize> {
    let lever = words.setup.lever(key)?;
    Some(words.setup.levers[lever].holder).filter(|p| *p < 2)
}
