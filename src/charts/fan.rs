//! A fan: the lines below which a share of all games lies, from date to date.

use super::canvas::{Anchor, Canvas, Form, Pen};
use super::frame::{Frame, Times, apart};
use super::palette::{Fill, Ink};
use super::scale::{Scale, said};
use super::table::Table;

/// A fan.
#[derive(Debug, Clone, PartialEq)]
pub struct Fan {
    /// When.
    pub times: Times,
    /// The quantiles at each time, lowest first.
    pub lines: Vec<[f64; 5]>,
    /// What the five are called.
    pub names: [&'static str; 5],
    /// What is counted, in its unit.
    pub measure: String,
    /// How its middle is drawn; its bands have the same colour.
    pub pen: Pen,
    /// Where it began.
    pub start: Option<f64>,
}

/// The names of the quantiles that most fans show.
pub const NINETY: [&str; 5] = ["5 %", "25 %", "middle", "75 %", "95 %"];

impl Fan {
    /// Draws it; the height it takes.
    pub fn draw(&self, canvas: &mut Canvas) -> f64 {
        let height = if canvas.form() == Form::Wide { 340.0 } else { 270.0 };
        let right = if canvas.form() == Form::Wide { 122.0 } else { 64.0 };
        let frame = Frame::of(canvas, height, right);
        let all = self.lines.iter().flatten().copied().chain(self.start);
        let y = Scale::over(all, frame.bottom, frame.flagged(&self.times));
        let x = frame.across(0.0, self.lines.len().max(2) as f64 - 1.0);
        frame.upward(canvas, y, &self.measure, said);
        frame.dates(canvas, x, &self.times);
        let edge = |line: usize| self.lines.iter().enumerate().map(move |(i, at)| (x.at(i as f64), y.at(at[line])));
        for (low, high, part) in [(0, 4, 20), (1, 3, 45)] {
            let band: Vec<_> = edge(low).chain(edge(high).rev()).collect();
            canvas.area(&band, Fill::Tint(self.pen.ink, part), false);
        }
        for line in [0, 4] {
            canvas.path(&edge(line).collect::<Vec<_>>(), Pen { ink: self.pen.ink, width: 1.0, dash: "3 3" });
        }
        if let Some(start) = self.start {
            canvas.line(
                (frame.left, y.at(start)),
                (frame.right, y.at(start)),
                Pen { ink: Ink::Edge, width: 1.0, dash: "6 4" },
            );
        }
        canvas.path(&edge(2).collect::<Vec<_>>(), self.pen);
        frame.flags(canvas, x, &self.times);
        if let Some(last) = self.lines.last() {
            let places = apart(&last.map(|v| y.at(v)), 15.0, frame.top + 6.0, frame.bottom);
            for (i, (place, value)) in places.iter().zip(last).enumerate() {
                let words = match canvas.form() {
                    Form::Wide => format!("{}: {}", self.names[i], said(*value)),
                    Form::Narrow => said(*value),
                };
                let at = (frame.right + 6.0, place + 5.0);
                if i == 2 {
                    canvas.strong(at, Anchor::Start, &words)
                } else {
                    canvas.text(at, Anchor::Start, &words, Ink::Soft)
                }
            }
        }
        height
    }

    /// Its figures.
    pub fn table(&self) -> Table {
        let mut table = Table::new(["when"].into_iter().chain(self.names).chain(["what happens"]));
        for (i, (line, name)) in self.lines.iter().zip(&self.times.names).enumerate() {
            table.row([name.clone()].into_iter().chain(line.map(said)).chain([self.times.happens(i)]));
        }
        table
    }
}
