//! The clock and the calendar: dates that can be, in an order that can be.

use super::super::limits::{DEAL_LIFE_MAX, STAGES_MAX};
use super::super::schema::{Event, Length};
use super::{Finder, LAYER, LEVER};
use crate::notation::Code;
use crate::notation::path;
use crate::units::Rounds;

impl Finder<'_> {
    pub(super) fn clock(&mut self) {
        let clock = &self.scenario.clock;
        let (rounds, life) = (clock.rounds.get(), clock.deal_life.get());
        if rounds == 0 {
            self.say(Code::OutOfRange, "clock.rounds", "a game has 1 round at least, found 0");
        }
        if life == 0 {
            self.say(Code::OutOfRange, "clock.deal_life", "a deal lives 1 round at least, found 0");
        } else if life > DEAL_LIFE_MAX && life < rounds {
            let text = format!("a deal of {life} rounds would end within the {rounds} rounds of the game");
            let help = format!("let deals live {DEAL_LIFE_MAX} rounds at most, or {rounds} at least");
            let given = path::get(&self.loaded.tree, "clock.deal_life").is_ok();
            self.advise(Code::Contradiction, if given { "clock.deal_life" } else { "clock.rounds" }, text, help);
        }
        if clock.round_days.get() == 0 {
            self.say(Code::OutOfRange, "clock.round_days", "a round has 1 day at least, found 0");
        }
        let Some(start) = &clock.start else { return };
        match date(start) {
            None => self.advise(
                Code::WrongValue,
                "clock.start",
                format!("\"{start}\" is not a day of the calendar"),
                "a date is written YYYY-MM-DD, such as \"2025-07-21\"",
            ),
            Some(first) => {
                let days = i64::from(rounds) * i64::from(clock.round_days.get());
                if first.checked_add(jiff::Span::new().try_days(days).unwrap_or_default()).is_err() || days > 3_000_000
                {
                    self.say(
                        Code::OutOfRange,
                        "clock.start",
                        format!("the last round would come {days} days after {start}: no calendar goes so far"),
                    );
                }
            }
        }
    }

    pub(super) fn calendar(&mut self) {
        let events = &self.scenario.calendar;
        let mut seen: Vec<&str> = vec![];
        let mut meetings: Vec<u32> = vec![];
        for (i, event) in events.iter().enumerate() {
            let name = event_name(event);
            if !matches!(event, Event::Talks { .. } | Event::Shock { .. } | Event::Case { .. }) {
                if seen.contains(&name) {
                    self.say(Code::Twice, &format!("calendar.{i}"), format!("the calendar has one `{name}` at most"));
                }
                seen.push(name);
            }
            if let Event::Talks { at, .. } = event {
                if meetings.contains(&at.get()) {
                    let text = format!("talks are held once in a round, found round {} twice", at.get());
                    self.say(Code::Twice, &format!("calendar.{i}.at"), text);
                }
                meetings.push(at.get());
            }
            self.event(i, event);
        }
    }

    /// An extension has a length.
    fn lasts(&mut self, path: &str, rounds: Rounds) {
        if rounds.get() == 0 {
            self.say(Code::OutOfRange, path, "an extension of the truce lasts 1 round at least, found 0");
        }
    }

    fn length(&mut self, path: &str, length: &Length) {
        match length {
            Length::Rule => {}
            Length::Drawn { of } => {
                for (i, one) in of.iter().enumerate() {
                    self.lasts(&format!("{path}.of.{i}.rounds"), one.rounds);
                }
                if of.iter().map(|one| one.weight.get()).sum::<f64>() == 0.0 {
                    self.say(Code::Contradiction, path, "of these lengths none has a weight: one is needed at least");
                }
            }
            Length::Bargained { shortest, longest } => {
                self.lasts(&format!("{path}.shortest"), *shortest);
                let (shortest, longest) = (shortest.get(), longest.get());
                if shortest > longest {
                    let text = format!("the shortest extension, {shortest}, is longer than the longest, {longest}");
                    self.say(Code::Turned, &format!("{path}.shortest"), text);
                }
            }
        }
    }

    fn event(&mut self, i: usize, event: &Event) {
        let field = |name: &str| format!("calendar.{i}.{name}");
        match event {
            Event::Talks { .. } | Event::TalksEvery { .. } => {}
            Event::TruceExpires { extend_by, length, ahead_from, .. } => {
                self.lasts(&field("extend_by"), *extend_by);
                if ahead_from.get() == 0 {
                    self.say(
                        Code::OutOfRange,
                        &field("ahead_from"),
                        "the last round before it lapses is 1 ahead, found 0",
                    );
                }
                self.length(&field("length"), length);
            }
            Event::Summit { at, invite_at, prepare_at, .. } => {
                let (at, invite, prepare) = (at.get(), invite_at.get(), prepare_at.get());
                let help = "first the invitation (`invite_at`), then the talks that prepare it (`prepare_at`), then the summit (`at`)";
                if invite >= at {
                    let text =
                        format!("the invitation of round {invite} does not come before the summit of round {at}");
                    self.advise(Code::Turned, &field("invite_at"), text, help);
                } else if prepare <= invite || prepare > at {
                    let text = format!(
                        "the preparatory talks of round {prepare} do not come between the invitation of round {invite} and the summit of round {at}"
                    );
                    self.advise(Code::Turned, &field("prepare_at"), text, help);
                }
            }
            Event::Case { lever, strikes, stages, .. } => {
                self.known(&field("lever"), LEVER, lever, &self.lever_names());
                if let Some(known) = self.scenario.levers.get(lever) {
                    let layers: Vec<&str> = known.layers.iter().map(|layer| layer.name.as_str()).collect();
                    for (k, name) in strikes.iter().enumerate() {
                        self.known(&field(&format!("strikes.{k}")), LAYER, name, &layers);
                    }
                }
                if stages.is_empty() || stages.len() > STAGES_MAX {
                    let text = format!("a case goes through 1 to {STAGES_MAX} courts, found {}", stages.len());
                    let code = if stages.is_empty() { Code::Empty } else { Code::TooMany };
                    self.say(code, &field("stages"), text);
                }
            }
            Event::Shock { from, to, lever, level, .. } => {
                if from.get() > to.get() {
                    let text = format!("this shock ends before it begins: from round {} to {}", from.get(), to.get());
                    self.say(Code::Turned, &field("from"), text);
                }
                self.known(&field("lever"), LEVER, lever, &self.lever_names());
                if let Some(known) = self.scenario.levers.get(lever).filter(|_| self.whole) {
                    let (low, high) = (known.range.low.get(), known.range.high.get());
                    if low < high && !(low..=high).contains(&level.get()) {
                        let level = level.get();
                        let text = format!("the level {level} lies outside the range of `{lever}`, {low} to {high}");
                        self.say(Code::OutOfRange, &field("level"), text);
                    }
                }
            }
        }
    }
}

/// A day written YYYY-MM-DD.
fn date(text: &str) -> Option<jiff::civil::Date> {
    let plain = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    if plain { text.parse().ok() } else { None }
}

pub(super) fn event_name(event: &Event) -> &'static str {
    match event {
        Event::Talks { .. } => "Talks",
        Event::TalksEvery { .. } => "TalksEvery",
        Event::TruceExpires { .. } => "TruceExpires",
        Event::Summit { .. } => "Summit",
        Event::Shock { .. } => "Shock",
        Event::Case { .. } => "Case",
    }
}
