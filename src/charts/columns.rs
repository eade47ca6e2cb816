//! Columns by date: how many games something happens in, when.

use super::canvas::{Canvas, Form};
use super::frame::{Frame, Times};
use super::palette::Fill;
use super::scale::{Scale, percent};
use super::table::Table;

/// Columns by date.
#[derive(Debug, Clone, PartialEq)]
pub struct Columns {
    /// When.
    pub times: Times,
    /// The share of games, at each time.
    pub shares: Vec<f64>,
    /// How they are filled.
    pub fill: Fill,
    /// Of which games they are shares.
    pub measure: String,
}

impl Columns {
    /// Draws them; the height they take.
    pub fn draw(&self, canvas: &mut Canvas) -> f64 {
        let height = if canvas.form() == Form::Wide { 300.0 } else { 250.0 };
        let frame = Frame::of(canvas, height, 12.0);
        let y = Scale::with_zero(self.shares.iter().copied(), frame.bottom, frame.flagged(&self.times));
        let x = frame.across(-0.6, self.shares.len() as f64 - 0.4);
        frame.upward(canvas, y, &self.measure, |v| format!("{} %", super::scale::said(100.0 * v)));
        let wide = 0.8 * (x.at(1.0) - x.at(0.0));
        for (i, share) in self.shares.iter().enumerate().filter(|(_, share)| **share > 0.0) {
            let top = y.at(*share);
            canvas.rect((x.at(i as f64) - wide / 2.0, top), (wide, frame.bottom - top), self.fill, true);
        }
        frame.dates(canvas, x, &self.times);
        frame.flags(canvas, x, &self.times);
        height
    }

    /// Their figures.
    pub fn table(&self) -> Table {
        let mut table = Table::new(["when", "share", "until then", "what happens"]);
        let mut sum = 0.0;
        for (i, (share, name)) in self.shares.iter().zip(&self.times.names).enumerate() {
            sum += share;
            table.row([name.clone(), percent(*share), percent(sum), self.times.happens(i)]);
        }
        table
    }
}
