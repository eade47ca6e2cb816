//! What drives what: for each input, how far the result moves from one end of it to the other.

use super::bars::Count;
use super::canvas::{Anchor, Canvas, Pen};
use super::palette::{Fill, Ink};
use super::rows::Rows;
use super::scale::Scale;
use super::table::Table;

/// An input, and the result at its two ends.
#[derive(Debug, Clone, PartialEq)]
pub struct Swing {
    /// The input.
    pub name: String,
    /// Its lowest and highest value, in words.
    pub ends: [String; 2],
    /// The result at each.
    pub results: [f64; 2],
}

/// Inputs by how far they move the result.
#[derive(Debug, Clone, PartialEq)]
pub struct Tornado {
    /// The widest first.
    pub rows: Vec<Swing>,
    /// The result in the middle.
    pub base: f64,
    /// What that is: as the file is written, or the mean.
    pub base_name: String,
    /// What is counted.
    pub count: Count,
}

impl Tornado {
    /// Draws it; the height it takes.
    pub fn draw(&self, canvas: &mut Canvas) -> f64 {
        let figures: Vec<String> = self.rows.iter().map(|row| format!("{} to {}", row.ends[0], row.ends[1])).collect();
        let rows = Rows::of(canvas, self.rows.iter().map(|row| &*row.name), figures.iter().map(|f| &**f), 22.0);
        let x = Scale::over(self.rows.iter().flat_map(|row| row.results).chain([self.base]), rows.from, rows.to);
        let bottom = rows.height(self.rows.len());
        for v in x.ticks(4) {
            canvas.line((x.at(v), 18.0), (x.at(v), bottom), Pen::solid(Ink::Grid, 1.0));
            canvas.small((x.at(v), bottom + 14.0), Anchor::Middle, &self.count.said(v));
        }
        for (i, (row, figure)) in self.rows.iter().zip(&figures).enumerate() {
            let y = rows.middle(i);
            // The low end is open, the high end is full: the direction is told without colour.
            for (result, fill) in row.results.iter().zip([Fill::Tint(Ink::Edge, 25), Fill::Plain(Ink::Summit)]) {
                let (a, b) = (x.at(self.base), x.at(*result));
                canvas.rect((a.min(b), y - 10.0), ((a - b).abs(), 20.0), fill, true);
            }
            rows.write(canvas, i, &row.name, figure);
        }
        canvas.line((x.at(self.base), 16.0), (x.at(self.base), bottom), Pen::solid(Ink::Text, 1.5));
        canvas.small(
            (x.at(self.base), 12.0),
            Anchor::Middle,
            &format!("{} {}", self.base_name, self.count.said(self.base)),
        );
        bottom + 20.0
    }

    /// Its figures.
    pub fn table(&self) -> Table {
        let mut table = Table::new(["input", "low", "result", "high", "result"]);
        for row in &self.rows {
            let [low, high] = row.results.map(|x| self.count.said(x));
            table.row([row.name.clone(), row.ends[0].clone(), low, row.ends[1].clone(), high]);
        }
        table
    }
}
