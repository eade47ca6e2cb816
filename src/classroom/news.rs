//! What both sides of a table can read of what happened: facts that were public, never a worth, a chance or a support.

use crate::report::batch;
use crate::report::words::with_article;
use crate::world::setup::Setup;
use crate::world::trace::{Move, Note, What};

/// What a lever's level is multiplied by on screens: shares are shown in percent.
pub fn scale(setup: &Setup, lever: usize) -> f64 {
    let l = &setup.levers[lever];
    if l.high - l.low <= 1.5 { 100.0 } else { 1.0 }
}

/// A lever's unit on screens, in a few letters.
pub fn unit(setup: &Setup, lever: usize) -> &str {
    match setup.levers[lever].unit.as_str() {
        _ if scale(setup, lever) > 1.0 => "%",
        "$bn a year" => "$bn/yr",
        unit => unit,
    }
}

/// The day on which a round begins, without the year; its week, from 1, where the scenario has no dates.
pub fn day(setup: &Setup, round: u32) -> String {
    batch::day(setup, round).map_or(format!("week {}", round + 1), |day| day.strftime("%-d %b").to_string())
}

/// Until when the truce holds.
fn until(setup: &Setup, expiry: u32) -> String {
    if expiry < setup.rounds {
        format!("until the week of {}", day(setup, expiry))
    } else {
        "beyond the end of the game".into()
    }
}

/// A level with its unit.
pub fn level(setup: &Setup, lever: usize, x: f64) -> String {
    let l = &setup.levers[lever];
    let span = l.high - l.low;
    if span <= 1.5 && l.unit.starts_with("of ") {
        format!("{:.0} % {}", 100.0 * x, l.unit)
    } else if l.unit == "%" {
        format!("{x:.0} %")
    } else {
        format!("{x:.0} {}", l.unit)
    }
}

fn moved(setup: &Setup, m: &Move) -> String {
    let name = &setup.levers[m.lever].name;
    if (m.from - m.to).abs() < 1e-9 {
        return format!("{name} stays at {}", level(setup, m.lever, m.to));
    }
    format!("{name}: {} → {}", level(setup, m.lever, m.from), level(setup, m.lever, m.to))
}

/// What a package moves.
pub fn package(setup: &Setup, moves: &[Move]) -> String {
    let list: Vec<String> = moves.iter().filter(|m| (m.from - m.to).abs() > 1e-6).map(|m| moved(setup, m)).collect();
    if list.is_empty() { "nothing moves".into() } else { list.join("; ") }
}

/// A fact in words; none where it was not public.
pub fn line(setup: &Setup, note: &Note) -> Option<String> {
    let who = note.party.map_or(String::new(), |p| with_article(&setup.parties[p].name));
    let said = match &note.what {
        What::Incident => "an accident nobody chose sours the mood".into(),
        What::Shock { moved: m, what } => format!("{what} ({})", moved(setup, m)),
        What::Strike { faction, moved: m } => {
            format!("{} strike at the talks ({})", setup.factions[*faction].name, moved(setup, m))
        }
        What::Replied { moved: m } => format!("{who} answers in kind ({})", moved(setup, m)),
        What::Tightened { moved: m } => format!("{who} tightens ({})", moved(setup, m)),
        What::Eased { moved: m } => format!("{who} opens ({})", moved(setup, m)),
        What::CarriedOut { moved: m } => format!("{who} carries out its threat ({})", moved(setup, m)),
        What::Threatened { due } => format!("{who} threatens to tighten by {}", day(setup, *due)),
        What::ClimbedDown => format!("{who} climbs down from its threat"),
        What::Gesture { moved: Some(m) } => format!("{who} makes a gesture ({})", moved(setup, m)),
        What::Gesture { moved: None } => format!("{who} makes a gesture in words"),
        What::Praised => format!("{who} has warm words"),
        What::CountrySigned { country } => format!("{} signs with Washington", setup.countries[*country].name),
        What::CountryPunished { country } => {
            format!("{} is punished for having signed", setup.countries[*country].name)
        }
        What::Session { leaders: true, .. } => "the leaders meet".into(),
        What::Session { leaders: false, .. } => "the delegations meet".into(),
        What::Offer { exchange, package: moves, refused, .. } => {
            let end = if refused.is_some() { "refused" } else { "accepted" };
            format!("{who} offers ({} of 6, {end}): {}", exchange + 1, package(setup, moves))
        }
        What::NoAgreement { .. } => "the session ends without a package".into(),
        What::Initialled { package: moves, .. } => format!("a package is initialled: {}", package(setup, moves)),
        What::Passed { .. } => format!("the package passes at home in {who}"),
        What::Rejected { .. } => format!("the package fails at home in {who}"),
        What::Signed { leaders, expiry, .. } => {
            let by = if *leaders { "the leaders sign a package" } else { "a package is signed" };
            if *expiry < 1000 { format!("{by}; the truce holds {}", until(setup, *expiry)) } else { by.into() }
        }
        What::Reviewed { lever, delivered } => {
            format!("reviewed: {} delivered {:.0} % of what was due", setup.levers[*lever].name, 100.0 * delivered)
        }
        What::Consent { gives, .. } => {
            format!("{who} {} the truce", if *gives { "would extend" } else { "will not extend" })
        }
        What::Extended { to } => format!("the truce is extended {}", until(setup, *to)),
        What::Lapsed { moved: m, emergency } => {
            format!("the truce lapses ({}); they meet again on {}", package(setup, m), day(setup, *emergency))
        }
        What::Restored { to } => format!("the truce is restored {}", until(setup, *to)),
        What::NotRestored => "the truce stays down".into(),
        What::Invitation { accepts, .. } => {
            format!("{who} {} the invitation to a summit", if *accepts { "accepts" } else { "declines" })
        }
        What::SummitSet { at } => format!("a summit is set for {}", day(setup, *at)),
        What::SummitOff => "the summit is called off".into(),
        What::Photograph { .. } => "the leaders part with a photograph and no deal".into(),
        What::BrokeDown => "talks break down for good".into(),
        What::Brink { slipped: true } => format!("{who} goes to the brink, and it slips"),
        What::Brink { slipped: false } => format!("{who} goes to the brink"),
        What::Conceded { .. } => format!("{who} gives in"),
        What::LetPass | What::HeldOut { .. } => return None,
    };
    Some(format!("{}: {said}", day(setup, note.round)))
}

/// Whether a fact is news for the whole room, without the packages.
pub fn headline(setup: &Setup, note: &Note) -> Option<String> {
    match note.what {
        What::Signed { .. }
        | What::Extended { .. }
        | What::Restored { .. }
        | What::SummitSet { .. }
        | What::SummitOff
        | What::Photograph { .. }
        | What::BrokeDown
        | What::Rejected { .. } => line(setup, note),
        What::Lapsed { .. } => Some(format!("{}: the truce lapses", day(setup, note.round))),
        _ => None,
    }
}
