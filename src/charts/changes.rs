//! What a change does: differences around zero with their intervals.

use super::bars::Count;
use super::canvas::{Anchor, Canvas, Mark, Pen};
use super::palette::{Fill, Ink};
use super::rows::Rows;
use super::scale::{Scale, said, signed};
use super::table::Table;

/// A difference.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// What it is of.
    pub name: String,
    /// The difference.
    pub by: f64,
    /// Its interval.
    pub between: [f64; 2],
    /// Before and after.
    pub sides: Option<[f64; 2]>,
}

/// Differences around zero.
#[derive(Debug, Clone, PartialEq)]
pub struct Changes {
    /// From top to bottom.
    pub rows: Vec<Change>,
    /// What is counted; shares change by percentage points.
    pub count: Count,
}

impl Changes {
    fn told(&self, x: f64) -> String {
        match self.count {
            Count::Share => format!("{} pp", signed((1000.0 * x).round() / 10.0)),
            Count::Number(_) => signed(x),
        }
    }

    /// Draws them; the height they take.
    pub fn draw(&self, canvas: &mut Canvas) -> f64 {
        let figures: Vec<String> = self.rows.iter().map(|row| self.told(row.by)).collect();
        let rows = Rows::of(canvas, self.rows.iter().map(|row| &*row.name), figures.iter().map(|f| &**f), 4.0);
        let ends = self.rows.iter().flat_map(|row| row.between).chain([0.0]);
        let x = Scale::over(ends, rows.from, rows.to);
        let bottom = rows.height(self.rows.len());
        let part = |v: f64| if self.count == Count::Share { 100.0 * v } else { v };
        for v in x.ticks(6) {
            let pen = if v.abs() < 1e-12 { Pen::solid(Ink::Edge, 1.5) } else { Pen::solid(Ink::Grid, 1.0) };
            canvas.line((x.at(v), 4.0), (x.at(v), bottom), pen);
            canvas.small((x.at(v), bottom + 14.0), Anchor::Middle, &signed(part(v)));
        }
        for (i, (row, figure)) in self.rows.iter().zip(&figures).enumerate() {
            let (y, [low, high]) = (rows.middle(i), row.between.map(|v| x.at(v)));
            let sure = row.between[0] > 0.0 || row.between[1] < 0.0;
            let ink = match row.by {
                _ if !sure => Ink::Edge,
                by if by > 0.0 => Ink::More,
                _ => Ink::Less,
            };
            canvas.rect((low, y - 6.0), (high - low, 12.0), Fill::Tint(ink, 40), false);
            canvas.line((x.at(0.0), y), (x.at(row.by), y), Pen::solid(ink, 2.0));
            let mark = if !sure {
                Mark::Circle
            } else if row.by > 0.0 {
                Mark::Triangle
            } else {
                Mark::Square
            };
            canvas.mark(mark, (x.at(row.by), y), 6.0, ink);
            rows.write(canvas, i, &row.name, figure);
        }
        bottom + 20.0
    }

    /// Their figures.
    pub fn table(&self) -> Table {
        let both = self.rows.iter().any(|row| row.sides.is_some());
        let heads = [""].into_iter().chain(both.then_some(["before", "after"]).into_iter().flatten());
        let mut table = Table::new(heads.chain(["difference", "95 % interval"]));
        let say = |x: f64| if self.count == Count::Share { super::scale::percent(x) } else { said(x) };
        for row in &self.rows {
            let sides = row.sides.map(|sides| sides.map(say));
            let between = format!("{} to {}", self.told(row.between[0]), self.told(row.between[1]));
            table.row(
                [row.name.clone()].into_iter().chain(sides.into_iter().flatten()).chain([self.told(row.by), between]),
            );
        }
        table
    }
}
