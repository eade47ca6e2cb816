//! Lines over steps, each named where it ends.

use super::bars::Count;
use super::canvas::{Anchor, Canvas, Form, Mark, Pen, SIZE, cut, width};
use super::frame::{Frame, Times, apart};
use super::palette::Ink;
use super::scale::Scale;
use super::table::Table;

/// A line.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// What it is of.
    pub name: String,
    /// Its values, from the first step.
    pub values: Vec<f64>,
    /// How it is drawn.
    pub pen: Pen,
}

/// Lines over steps.
#[derive(Debug, Clone, PartialEq)]
pub struct Lines {
    /// The steps.
    pub times: Times,
    /// The lines.
    pub lines: Vec<Line>,
    /// What is counted; shares have all of 0 to 1.
    pub count: Count,
    /// The name of the vertical scale.
    pub measure: String,
}

impl Lines {
    /// Draws them; the height they take.
    pub fn draw(&self, canvas: &mut Canvas) -> f64 {
        let height = if canvas.form() == Form::Wide { 340.0 } else { 270.0 };
        let most = if canvas.form() == Form::Wide { 190.0 } else { 96.0 };
        let names = self.lines.iter().map(|line| width(&line.name, SIZE)).fold(0.0, f64::max).min(most) + 14.0;
        let frame = Frame::of(canvas, height, names);
        let top = frame.flagged(&self.times);
        let y = match self.count {
            Count::Share => Scale { low: 0.0, high: 1.0, from: frame.bottom, to: top },
            Count::Number(_) => {
                Scale::over(self.lines.iter().flat_map(|l| l.values.iter().copied()), frame.bottom, top)
            }
        };
        let x = frame.across(0.0, self.times.names.len().max(2) as f64 - 1.0);
        let say =
            |v: f64| if self.count == Count::Share { format!("{:.0} %", 100.0 * v) } else { super::scale::said(v) };
        frame.upward(canvas, y, &self.measure, say);
        frame.dates(canvas, x, &self.times);
        frame.flags(canvas, x, &self.times);
        let ends: Vec<f64> = self.lines.iter().map(|l| l.values.last().map_or(frame.bottom, |v| y.at(*v))).collect();
        let places = apart(&ends, 15.0, frame.top, frame.bottom);
        for (n, (line, place)) in self.lines.iter().zip(places).enumerate() {
            let at: Vec<_> = line.values.iter().enumerate().map(|(i, v)| (x.at(i as f64), y.at(*v))).collect();
            canvas.path(&at, line.pen);
            if at.len() < 8 {
                at.iter().for_each(|at| canvas.mark(Mark::other(n), *at, 6.0, line.pen.ink));
            }
            let Some(end) = at.last() else { continue };
            if end.0 < frame.right - 1.0 || (place - end.1).abs() > 2.0 {
                canvas.line(*end, (frame.right + 6.0, place), Pen::solid(Ink::Grid, 1.0));
            }
            canvas.text(
                (frame.right + 8.0, place + 5.0),
                Anchor::Start,
                &cut(&line.name, SIZE, names - 8.0),
                Ink::Text,
            );
        }
        height
    }

    /// Their figures.
    pub fn table(&self) -> Table {
        let mut table = Table::new([String::new()].into_iter().chain(self.lines.iter().map(|line| line.name.clone())));
        for (i, name) in self.times.names.iter().enumerate() {
            let each = self.lines.iter().map(|line| line.values.get(i).map_or("–".into(), |v| self.count.said(*v)));
            table.row([name.clone()].into_iter().chain(each));
        }
        table
    }
}
