//! Bars on their sides, each with what chance and what ignorance leave open.

use super::canvas::{Anchor, Canvas, Pen};
use super::palette::{Fill, Ink};
use super::rows::Rows;
use super::scale::{Scale, percent, said};
use super::table::Table;

/// What bars count.
#[derive(Debug, Clone, PartialEq)]
pub enum Count {
    /// Shares, from 0 to 1.
    Share,
    /// Numbers in a unit; things, where the unit has no name.
    Number(String),
}

impl Count {
    /// A figure with its unit.
    pub fn said(&self, x: f64) -> String {
        match self {
            Count::Share => percent(x),
            Count::Number(unit) if unit.is_empty() => said(x),
            Count::Number(unit) => format!("{} {unit}", said(x)),
        }
    }
}

/// A bar.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// What it is of.
    pub name: String,
    /// How long it is.
    pub value: f64,
    /// Where the value may lie for all that so many games can tell.
    pub inner: Option<[f64; 2]>,
    /// Where it may lie for all that we do not know.
    pub outer: Option<[f64; 2]>,
    /// How it is filled.
    pub fill: Fill,
}

/// Bars on their sides.
#[derive(Debug, Clone, PartialEq)]
pub struct Bars {
    /// From top to bottom.
    pub rows: Vec<Bar>,
    /// What they count.
    pub count: Count,
    /// The scale reaches so far at least.
    pub reach: f64,
}

impl Bars {
    /// Draws them; the height they take.
    pub fn draw(&self, canvas: &mut Canvas) -> f64 {
        let figures: Vec<String> = self.rows.iter().map(|row| self.count.said(row.value)).collect();
        let rows = Rows::of(canvas, self.rows.iter().map(|row| &*row.name), figures.iter().map(|f| &**f), 4.0);
        if self.rows.is_empty() {
            canvas.text((canvas.width() / 2.0, 24.0), Anchor::Middle, "nothing to show", Ink::Soft);
            return rows.height(1);
        }
        let ends =
            self.rows.iter().flat_map(|row| row.inner.iter().chain(&row.outer).flatten().copied().chain([row.value]));
        let x = Scale::with_zero(ends.chain([self.reach]), rows.from, rows.to);
        let x = if self.count == Count::Share { Scale { high: x.high.min(1.0), ..x } } else { x };
        for (i, (row, figure)) in self.rows.iter().zip(&figures).enumerate() {
            let (y, end) = (rows.middle(i), x.at(row.value));
            let (from, to) = (x.at(0.0).min(end), x.at(0.0).max(end));
            canvas.rect((from, y - 11.0), (to - from, 22.0), row.fill, true);
            if let Some([low, high]) = row.outer {
                whisker(canvas, y, (x.at(low), x.at(high)), 1.5);
            }
            if let Some([low, high]) = row.inner {
                whisker(canvas, y, (x.at(low), x.at(high)), 4.0);
            }
            rows.write(canvas, i, &row.name, figure);
        }
        let bottom = rows.height(self.rows.len());
        canvas.line((x.at(0.0), 4.0), (x.at(0.0), bottom - 4.0), Pen::solid(Ink::Edge, 1.0));
        bottom
    }

    /// Their figures.
    pub fn table(&self) -> Table {
        let (inner, outer) = (self.rows.iter().any(|r| r.inner.is_some()), self.rows.iter().any(|r| r.outer.is_some()));
        let heads = ["", "value"].into_iter().chain(inner.then_some("95 % interval, by chance"));
        let mut table = Table::new(heads.chain(outer.then_some("90 % interval, for what is not known")));
        for row in &self.rows {
            let between = |ends: &Option<[f64; 2]>| {
                ends.map_or("–".into(), |[low, high]| {
                    format!("{} to {}", self.count.said(low), self.count.said(high))
                })
            };
            let cells = [row.name.clone(), self.count.said(row.value)];
            table.row(
                cells.into_iter().chain(inner.then(|| between(&row.inner))).chain(outer.then(|| between(&row.outer))),
            );
        }
        table
    }
}

/// A line over a bar's end, from a low to a high, with paper around it.
pub(super) fn whisker(canvas: &mut Canvas, y: f64, (from, to): (f64, f64), wide: f64) {
    let to = to.max(from + 1.5);
    canvas.line((from, y), (to, y), Pen::solid(Ink::Paper, wide + 3.0));
    canvas.line((from, y), (to, y), Pen::solid(Ink::Text, wide));
    for end in [from, to] {
        canvas.line((end, y - 5.0), (end, y + 5.0), Pen::solid(Ink::Text, 1.5));
    }
}
