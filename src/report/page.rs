//! A page of told events: sentences with a weight, wrapped to a width, the least important left out to fit a height.

use super::text::{glued, unglued, width};
use crate::notation::wording::count;

/// The width of a page, in columns, where no screen is narrower.
pub const WIDTH: usize = 100;
/// The height of a page, in lines.
pub const HEIGHT: usize = 60;

/// How much a sentence matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Warm words, a contest that goes on.
    Small,
    /// Gestures, answers let pass, third countries.
    Minor,
    /// The detail of an offer.
    Detail,
    /// What moves levers or tone.
    Event,
    /// Threats carried out, strikes, courts.
    Major,
    /// How the first session opens.
    Opening,
    /// What a meeting came to.
    Result,
}

impl Weight {
    /// The weight of that name in the catalogue.
    pub fn named(name: &str) -> Option<Weight> {
        let all = [
            ("small", Weight::Small),
            ("minor", Weight::Minor),
            ("event", Weight::Event),
            ("major", Weight::Major),
            ("result", Weight::Result),
        ];
        all.iter().find(|(known, _)| *known == name).map(|(_, weight)| *weight)
    }
}

/// A sentence of a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Sentence {
    /// The words.
    pub text: String,
    /// How much it matters.
    pub weight: Weight,
    /// It begins a line of its own.
    pub own_line: bool,
}

/// What is told under one date.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Entry {
    /// The date.
    pub head: String,
    /// The sentences.
    pub sentences: Vec<Sentence>,
}

impl Entry {
    /// Adds a sentence to the paragraph.
    pub fn say(&mut self, weight: Weight, text: impl Into<String>) {
        self.sentences.push(Sentence { text: text.into(), weight, own_line: false });
    }

    /// Adds a sentence on a line of its own.
    pub fn line(&mut self, weight: Weight, text: impl Into<String>) {
        self.sentences.push(Sentence { text: text.into(), weight, own_line: true });
    }

    /// The lines of its sentences but those whose place in the whole is listed; `place` is that of its first.
    fn lines(&self, columns: usize, mut place: usize, dropped: &[bool]) -> Vec<String> {
        let mut paragraphs: Vec<String> = vec![];
        for s in &self.sentences {
            place += 1;
            if dropped[place - 1] {
                continue;
            }
            match paragraphs.last_mut() {
                Some(last) if !s.own_line => {
                    last.push(' ');
                    last.push_str(&s.text);
                }
                None if !s.own_line => paragraphs.push(format!("{}: {}", self.head, s.text)),
                None => paragraphs.extend([format!("{}:", self.head), s.text.clone()]),
                Some(_) => paragraphs.push(s.text.clone()),
            }
        }
        let wrapped = paragraphs.iter().enumerate();
        wrapped.flat_map(|(i, text)| wrap(text, columns, if i == 0 { 0 } else { 2 }, 4)).collect()
    }
}

/// The entries within so many columns and lines. What has to be left out is counted in a line at the end: the least important
/// goes first, and of equals the latest.
pub fn fit(entries: &[Entry], columns: usize, height: usize) -> Vec<String> {
    let weights: Vec<Weight> = entries.iter().flat_map(|e| &e.sentences).map(|s| s.weight).collect();
    let mut order: Vec<usize> = (0..weights.len()).filter(|i| weights[*i] < Weight::Result).collect();
    order.sort_by_key(|i| (weights[*i], std::cmp::Reverse(*i)));
    let without = |n: usize| {
        let mut dropped = vec![false; weights.len()];
        order[..n].iter().for_each(|i| dropped[*i] = true);
        let (mut place, mut lines) = (0, vec![]);
        for e in entries {
            lines.extend(e.lines(columns, place, &dropped));
            place += e.sentences.len();
        }
        if n > 0 {
            let what = match weights[order[n - 1]] {
                Weight::Small => "warm words and waiting",
                Weight::Minor => "warm words, gestures, third countries, answers that gave no trouble",
                Weight::Detail => "gestures and details of offers",
                _ => "smaller events and details of offers",
            };
            lines.push(format!("({} left out: {what})", count(n, "sentence")));
        }
        lines
    };
    let (mut few, mut many) = (0, order.len());
    while few < many {
        let middle = few.midpoint(many);
        if without(middle).len() <= height {
            many = middle;
        } else {
            few = middle + 1;
        }
    }
    let lines = without(few);
    if lines.len() <= height {
        return lines;
    }
    let (first, last) = (height / 2, height - height / 2 - 1);
    let cut = lines.len() - first - last;
    let mut out = lines[..first].to_vec();
    out.push(format!("(... {cut} lines left out ...)"));
    out.extend_from_slice(&lines[lines.len() - last..]);
    out
}

/// Words wrapped to so many columns; the first line is indented by `first`, the others by `rest`.
pub fn wrap(text: &str, columns: usize, first: usize, rest: usize) -> Vec<String> {
    let mut lines = vec![];
    let mut line = " ".repeat(first);
    let mut empty = true;
    // A number stays with its unit.
    let glued = glued(text).replace(" bn ", "\u{a0}bn ").replace(" points", "\u{a0}points");
    for word in glued.split(' ').filter(|w| !w.is_empty()) {
        if !empty && width(&line) + 1 + width(word) > columns {
            lines.push(std::mem::replace(&mut line, " ".repeat(rest)));
            empty = true;
        }
        if !empty {
            line.push(' ');
        }
        line.push_str(word);
        empty = false;
    }
    if !empty {
        lines.push(line);
    }
    lines.iter().map(|line| unglued(line)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_important_goes_first_and_results_stay() {
        let mut entries = vec![];
        for week in 0..10 {
            let mut entry = Entry { head: format!("week {week}"), ..Entry::default() };
            entry.say(Weight::Result, "They met.");
            entry.line(Weight::Small, "Warm words.");
            entries.push(entry);
        }
        assert_eq!(fit(&entries, WIDTH, 30).len(), 20);
        let short = fit(&entries, WIDTH, 15);
        assert_eq!(short.len(), 15);
        assert_eq!(short[0..3], ["week 0: They met.", "  Warm words.", "week 1: They met."]);
        assert_eq!(short[13], "week 9: They met.");
        assert_eq!(short[14], "(6 sentences left out: warm words and waiting)");
        assert_eq!(fit(&entries, WIDTH, 8).len(), 8, "even results must fit in the end");
    }

    #[test]
    fn a_number_stays_with_its_unit() {
        let text = format!("{} 31 %", "x".repeat(WIDTH - 3));
        assert_eq!(wrap(&text, WIDTH, 0, 2)[1], "  31 %");
    }
}
