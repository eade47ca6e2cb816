//! How a told game ended: its class, points, levers, promises, and what to try next.

use super::page::wrap;
use super::words::{Words, listed, percent, points, tone};
use crate::command_line::CommandLine;
use crate::game::told::Told;
use crate::record::endings::label;
use crate::world::trace::{Move, What};

/// The last lines of a page of so many columns.
pub fn ending(words: &Words, told: &Told, count: Option<&CommandLine>, columns: usize) -> Vec<String> {
    let mut out = vec![];
    let mut say = |text: String| out.extend(wrap(&text, columns, 0, 4));
    say(format!("How it ended: {}.", class(words, told)));
    say(totals(words, told));
    if let Some(text) = levers(words, told) {
        say(text);
    }
    if let Some(text) = pledges(words, told) {
        say(text);
    }
    if let Some(text) = stocks(words, told) {
        say(text);
    }
    say(next(words, told, count));
    out
}

/// The class in plain words.
fn class(words: &Words, told: &Told) -> String {
    let label = label(words.setup, told.class);
    let was = |event: &str| told.events.iter().any(|(name, yes)| *name == event && *yes);
    let more = match told.named() {
        Some(a) => {
            let when =
                words.date(a.round).map_or_else(|| format!("in {}", words.round(a.round)), |day| format!("on {day}"));
            let signed = format!("signed {when}");
            if was("deal_broke") { format!("{signed}; the truce was down at the end") } else { signed }
        }
        None if was("broke_down") => "talks broke down".into(),
        None if was("truce_restored") => "the truce lapsed and was restored".into(),
        None if was("truce_lapsed") => "the truce lapsed".into(),
        None => return label.into(),
    };
    format!("{label}: {more}")
}

fn totals(words: &Words, told: &Told) -> String {
    if words.setup.levers.iter().all(|l| l.pie)
        && let Some(a) = told.named()
    {
        let [x, y] = [0, 1].map(|p| format!("{} {}", words.party(p), points(a.worth[p])));
        return format!("Worth at signing: {x}; {y}.");
    }
    let metric = |name: String| told.metrics.iter().find(|(m, _)| m.name == name).map(|(_, x)| *x);
    let has_flows = words.setup.levers.iter().any(|l| !l.pie);
    let of = |p: usize| {
        let key = &words.setup.parties[p].key;
        let total = told.rounds.last().map_or(0.0, |r| r.total[p]);
        let parts = ["prosperity", "security", "politics"].map(|d| metric(format!("{key}.total.{d}")).unwrap_or(0.0));
        let rest = total - parts.iter().sum::<f64>();
        let split = if has_flows {
            let [a, b, c] = parts.map(points);
            format!(" (prosperity {a}, security {b}, politics {c}, prizes less costs {})", points(rest))
        } else {
            String::new()
        };
        format!("{} {}{split}", words.party(p), points(total))
    };
    format!("Points in all, later ones counting less: {}; {}.", of(0), of(1))
}

fn levers(words: &Words, told: &Told) -> Option<String> {
    let last = told.rounds.last()?;
    let moved: Vec<Move> = words
        .setup
        .levers
        .iter()
        .enumerate()
        .filter(|(_, lever)| !lever.pie)
        .map(|(lever, l)| Move { lever, from: l.now, to: last.levels[lever] })
        .filter(|m| {
            (m.to - m.from).abs() > 0.005 * (words.setup.levers[m.lever].high - words.setup.levers[m.lever].low)
        })
        .collect();
    if words.setup.levers.iter().all(|l| l.pie) {
        None
    } else if moved.is_empty() {
        Some("Levers: all ended where they began.".into())
    } else {
        Some(format!("Levers from first to last: {}.", words.moves(&moved, usize::MAX - 1)))
    }
}

fn pledges(words: &Words, told: &Told) -> Option<String> {
    let said: Vec<String> = told
        .pledges
        .iter()
        .map(|p| {
            let promised = words.level(p.lever, p.promised.to);
            let share = p.delivered.map_or("nothing due yet".into(), percent);
            format!("{} to {promised} ({share})", words.lever(p.lever))
        })
        .collect();
    (!said.is_empty()).then(|| format!("Promised (delivered so far): {}.", listed(&said)))
}

fn stocks(words: &Words, told: &Told) -> Option<String> {
    let (first, last) = (told.rounds.first()?, told.rounds.last()?);
    if words.setup.levers.iter().all(|l| l.pie) {
        return None;
    }
    let from_to = |a: f64, b: f64| format!("{} to {}", percent(a), percent(b));
    let side = |p: usize| {
        format!(
            "{} word {}, resolve {}, independence {}",
            words.of_party(p),
            from_to(first.word[p], last.word[p]),
            from_to(first.resolve[p], last.resolve[p]),
            from_to(first.resilience[p], last.resilience[p])
        )
    };
    let mut said = format!("Beliefs and stocks: {}; {}", side(0), side(1));
    if first.leak > 0.0 || last.leak > 0.0 {
        said.push_str(&format!("; slipping through third countries {}", from_to(first.leak, last.leak)));
    }
    Some(format!("{said}; tone {} to {}.", tone(first.tone), tone(last.tone)))
}

/// What to try next: one change that bears on how this game ended.
fn next(words: &Words, told: &Told, count: Option<&CommandLine>) -> String {
    let keys = [0, 1].map(|p| words.setup.parties[p].key.as_str());
    let rejected = told.notes.iter().find(|n| matches!(n.what, What::Rejected { .. })).and_then(|n| n.party);
    let broken = told.pledges.iter().find(|p| p.delivered.is_some_and(|x| x < 0.7));
    let lapsed = told.notes.iter().find_map(|n| match n.what {
        What::Consent { gives: false, chance, .. } => n.party.map(|p| (p, chance)),
        _ => None,
    });
    let story = words.setup.levers.iter().any(|l| !l.pie);
    let (question, change) = if let Some(p) = rejected.filter(|_| told.agreements.is_empty()) {
        (
            format!("would it have passed with an easier vote in {}", words.party(p)),
            format!("parties.{}.ratify=0.2", keys[p]),
        )
    } else if let Some(p) = broken {
        let by = words.setup.levers[p.lever].holder.min(1);
        (format!("what if {} kept its word", words.party(by)), format!("parties.{}.honesty=1", keys[by]))
    } else if let Some((p, chance)) = lapsed.filter(|_| told.agreements.is_empty()) {
        if chance > 0.5 {
            let other = told.game + 1;
            return format!(
                "Try next: the dice were against it; does the truce lapse again in --game {other}?{}",
                counted(count)
            );
        }
        let q = 1 - p;
        (
            format!("what if threats of {} were believed", words.party(q)),
            format!("parties.{}.resolve.mean=0.95", keys[q]),
        )
    } else if story && told.agreements.is_empty() {
        (format!("what if {} had less patience", words.party(1)), format!("parties.{}.goal.patience=0.96", keys[1]))
    } else if story {
        (
            format!("what if {} had all the time in the world", words.party(1)),
            format!("parties.{}.goal.patience=0.999", keys[1]),
        )
    } else {
        (format!("what if {} were more patient", words.party(1)), format!("parties.{}.goal.patience=0.95", keys[1]))
    };
    format!("Try next: {question}? Add --set {change} to the command above.{}", counted(count))
}

/// The command that counts how often games end so, where there is one.
fn counted(count: Option<&CommandLine>) -> String {
    count.map_or(String::new(), |count| format!(" How often games end so: {}.", listed(&[count.to_string()])))
}
