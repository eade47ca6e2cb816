//! Shares that make up a whole, from date to date: bands on each other, each with its pattern and its name.

use super::canvas::{Anchor, Canvas, Form, SIZE, cut};
use super::frame::{Frame, Times, apart};
use super::palette::{Fill, Ink};
use super::scale::{Scale, percent};
use super::table::Table;

/// A band.
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// What it is of.
    pub name: String,
    /// Its share at each time.
    pub shares: Vec<f64>,
    /// How it is filled.
    pub fill: Fill,
}

/// Bands that make up a whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Bands {
    /// When.
    pub times: Times,
    /// From top to bottom.
    pub bands: Vec<Band>,
}

impl Bands {
    /// Draws them; the height they take.
    pub fn draw(&self, canvas: &mut Canvas) -> f64 {
        let wide = canvas.form() == Form::Wide;
        let (height, right) = if wide { (360.0, 170.0) } else { (290.0, 12.0) };
        let frame = Frame::of(canvas, height, right);
        let y = Scale { low: 0.0, high: 1.0, from: frame.bottom, to: frame.flagged(&self.times) };
        let n = self.times.names.len();
        let x = frame.across(0.0, n.max(2) as f64 - 1.0);
        frame.upward(canvas, y, "share of futures", |v| format!("{:.0} %", 100.0 * v));
        frame.dates(canvas, x, &self.times);
        let mut floor = vec![0.0; n];
        let mut middles = vec![];
        for band in self.bands.iter().rev() {
            let top: Vec<f64> = floor.iter().zip(&band.shares).map(|(low, share)| low + share).collect();
            let edge =
                |line: &[f64]| -> Vec<_> { line.iter().enumerate().map(|(i, v)| (x.at(i as f64), y.at(*v))).collect() };
            let mut around = edge(&top);
            around.extend(edge(&floor).into_iter().rev());
            canvas.area(&around, band.fill, true);
            middles.insert(0, y.at(0.5 * (top.last().unwrap_or(&0.0) + floor.last().unwrap_or(&0.0))));
            floor = top;
        }
        frame.flags(canvas, x, &self.times);
        if !wide {
            let entries: Vec<(&str, Fill)> = self.bands.iter().map(|band| (&*band.name, band.fill)).collect();
            return height + canvas.legend(height, &entries);
        }
        for (band, place) in self.bands.iter().zip(apart(&middles, 30.0, frame.top + 8.0, frame.bottom - 8.0)) {
            let at = frame.right + 8.0;
            canvas.rect((at, place - 7.0), (14.0, 14.0), band.fill, true);
            let lines = super::canvas::wrapped(&band.name, SIZE - 1.0, right - 30.0);
            for (i, line) in lines.iter().take(2).enumerate() {
                let y = place + 5.0 + 14.0 * i as f64 - 7.0 * (lines.len().min(2) - 1) as f64;
                canvas.text((at + 19.0, y), Anchor::Start, &cut(line, SIZE - 1.0, right - 28.0), Ink::Text);
            }
        }
        height
    }

    /// Their figures.
    pub fn table(&self) -> Table {
        let heads = ["when".to_string()].into_iter().chain(self.bands.iter().map(|band| band.name.clone()));
        let mut table = Table::new(heads.chain(["what happens".to_string()]));
        for (i, name) in self.times.names.iter().enumerate() {
            let shares = self.bands.iter().map(|band| band.shares.get(i).map_or("–".into(), |x| percent(*x)));
            table.row([name.clone()].into_iter().chain(shares).chain([self.times.happens(i)]));
        }
        table
    }
}
