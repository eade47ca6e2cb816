//! Rows of a scenario in plain words: names, levels with their units, moves, dates.

use std::sync::OnceLock;

use jiff::civil::Date;

use crate::world::setup::Setup;
use crate::world::trace::Move;

/// The words of a scenario.
#[derive(Debug, Clone)]
pub struct Words<'a> {
    /// The scenario.
    pub setup: &'a Setup,
    levers: OnceLock<Vec<String>>,
    start: Option<Date>,
}

impl<'a> Words<'a> {
    /// The words of a scenario.
    pub fn new(setup: &'a Setup) -> Words<'a> {
        let start = setup.scenario.clock.start.as_deref().and_then(|s| s.parse().ok());
        Words { setup, levers: OnceLock::new(), start }
    }

    /// A party in the middle of a sentence.
    pub fn party(&self, p: usize) -> String {
        with_article(&self.setup.parties[p].name)
    }

    /// A party at the start of a sentence.
    pub fn party_first(&self, p: usize) -> String {
        capital(&self.party(p))
    }

    /// What is a party's: "China's", "the United States'".
    pub fn of_party(&self, p: usize) -> String {
        let name = self.party(p);
        if name.ends_with('s') { format!("{name}'") } else { format!("{name}'s") }
    }

    /// A short name of a lever.
    pub fn lever(&self, l: usize) -> &str {
        &self.levers.get_or_init(|| short_names(self.setup))[l]
    }

    /// A level with its unit.
    pub fn level(&self, l: usize, x: f64) -> String {
        self.with_unit(l, &self.number(l, x, self.decimals(l, &[x])))
    }

    /// Two levels with their unit: "40 to 31 %".
    pub fn levels(&self, l: usize, from: f64, to: f64) -> String {
        let decimals = self.decimals(l, &[from, to]);
        let to = self.with_unit(l, &self.number(l, to, decimals));
        format!("{} to {to}", self.number(l, from, decimals))
    }

    /// A move: "US tariffs 40 to 31 %".
    pub fn moved(&self, m: &Move) -> String {
        if self.setup.levers[m.lever].pie {
            return format!("{} {}", self.lever(m.lever), self.level(m.lever, m.to));
        }
        format!("{} {}", self.lever(m.lever), self.levels(m.lever, m.from, m.to))
    }

    /// A blow: as [`Words::moved`], or that there is nothing left to strike with.
    pub fn blow(&self, m: &Move) -> String {
        if (m.to - m.from).abs() > 1e-9 {
            return self.moved(m);
        }
        format!("{} cannot be tightened further ({})", self.lever(m.lever), self.level(m.lever, m.to))
    }

    /// Moves, the largest first, at most so many: "x, y and 2 smaller moves".
    pub fn moves(&self, moves: &[Move], most: usize) -> String {
        let step = |m: &Move| (m.to - m.from).abs() / self.setup.levers[m.lever].step;
        let mut moves: Vec<&Move> = moves.iter().collect();
        moves.sort_by(|a, b| step(b).total_cmp(&step(a)));
        let shown = if moves.len() == most + 1 { moves.len() } else { most };
        let rest = moves.len().saturating_sub(shown);
        let mut parts: Vec<String> = moves.iter().take(shown).map(|m| self.moved(m)).collect();
        if rest > 0 {
            parts.push(format!("{rest} smaller moves"));
        }
        listed(&parts)
    }

    /// Whether a move is to the other side's liking.
    pub fn opens(&self, m: &Move) -> bool {
        (m.to - m.from) * self.setup.levers[m.lever].opens > 0.0
    }

    /// A round by its date: "28 July 2025 (week 1)"; "round 1" in a game without dates.
    pub fn round(&self, round: u32) -> String {
        let unit = self.round_unit();
        match self.date(round) {
            Some(date) => format!("{date} ({unit} {round})"),
            None => format!("{unit} {round}"),
        }
    }

    /// The first day of a round: "28 July 2025".
    pub fn date(&self, round: u32) -> Option<String> {
        let days = i64::from(round) * i64::from(self.setup.scenario.clock.round_days.get());
        let date = self.start?.checked_add(jiff::Span::new().try_days(days).ok()?).ok()?;
        Some(date.strftime("%-d %B %Y").to_string())
    }

    /// What a round is called.
    pub fn round_unit(&self) -> &'static str {
        match self.setup.scenario.clock.round_days.get() {
            _ if self.start.is_none() => "round",
            1 => "day",
            7 => "week",
            28..=31 => "month",
            _ => "round",
        }
    }

    /// So many rounds: "12 weeks".
    pub fn span(&self, rounds: u32) -> String {
        format!("{rounds} {}{}", self.round_unit(), if rounds == 1 { "" } else { "s" })
    }

    /// Where a meeting known beforehand takes place.
    pub fn place(&self, round: u32, leaders: bool) -> Option<&str> {
        let calendar = &self.setup.calendar;
        let place = if leaders {
            calendar.summit.as_ref().map(|s| s.place.as_str())
        } else {
            calendar.meetings.iter().find(|m| m.0 == round).map(|m| m.1.as_str())
        };
        place.filter(|place| !place.is_empty())
    }

    fn is_share(&self, l: usize) -> bool {
        let lever = &self.setup.levers[l];
        lever.unit.starts_with("of ") && lever.high <= 1.0
    }

    /// What a level is multiplied by to be shown.
    pub fn scale(&self, l: usize) -> f64 {
        if self.is_share(l) { 100.0 } else { 1.0 }
    }

    fn number(&self, l: usize, x: f64, decimals: usize) -> String {
        plain(x * self.scale(l), decimals)
    }

    fn with_unit(&self, l: usize, number: &str) -> String {
        let unit = self.setup.levers[l].unit.as_str();
        if self.is_share(l) {
            format!("{number} %")
        } else if let Some(rest) = unit.strip_prefix('$') {
            format!("${number} {rest}")
        } else if unit.is_empty() {
            number.to_string()
        } else {
            format!("{number} {unit}")
        }
    }

    /// Decimals that tell the levels apart.
    fn decimals(&self, l: usize, levels: &[f64]) -> usize {
        let range = (self.setup.levers[l].high - self.setup.levers[l].low) * self.scale(l);
        let coarse = usize::from(range < 20.0) + usize::from(range < 2.0);
        let same = |d: usize| levels.windows(2).all(|w| self.number(l, w[0], d) == self.number(l, w[1], d));
        if self.setup.levers[l].pie || levels.len() > 1 && same(coarse) { coarse + 1 } else { coarse }
    }
}

pub use super::text::fixed as plain;

/// Points, with a second decimal where they are few.
pub fn points(x: f64) -> String {
    plain(x, if x.abs() < 0.995 { 2 } else { 1 })
}

/// "1 point", "3.1 points".
pub fn points_of(x: f64) -> String {
    let number = points(x);
    if number == "1.0" { "1 point".into() } else { format!("{number} points") }
}

/// A share as percent.
pub fn percent(x: f64) -> String {
    format!("{} %", plain(100.0 * x, 0))
}

/// A mood with its sign.
pub fn tone(x: f64) -> String {
    let text = plain(x, 2);
    if text.starts_with('-') || text == "0.00" { text } else { format!("+{text}") }
}

/// "a", "a and b", "a, b and c".
pub fn listed(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// Clauses of one sentence: "a; b; c".
pub fn clauses(parts: &[String]) -> String {
    parts.join("; ")
}

/// With a capital letter.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A party's name in the middle of a sentence.
pub fn with_article(name: &str) -> String {
    if name.starts_with("United ") { format!("the {name}") } else { name.to_string() }
}

/// Names cut before their first preposition or bracket, where that keeps them apart.
fn short_names(setup: &Setup) -> Vec<String> {
    let without_bracket = |name: &str| {
        let cut = name.split(" (").next().unwrap_or(name);
        cut.strip_prefix("the ").unwrap_or(cut).to_string()
    };
    let full: Vec<String> = setup.levers.iter().map(|l| without_bracket(&l.name.replace('_', " "))).collect();
    let cut = |name: &str| {
        let ends = [" on ", " of ", " in ", " from "].iter().filter_map(|word| name.find(word));
        name[..ends.min().unwrap_or(name.len())].to_string()
    };
    let short: Vec<String> = full.iter().map(|name| cut(name)).collect();
    let told_apart = |i: usize| short.iter().filter(|s| **s == short[i]).count() == 1 && !setup.levers[i].pie;
    (0..full.len()).map(|i| if told_apart(i) { short[i].clone() } else { full[i].clone() }).collect()
}
