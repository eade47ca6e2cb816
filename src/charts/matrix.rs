//! Everybody against everybody: a figure in each cell, tinted by how far it lies from the middle.

use super::bars::Count;
use super::canvas::{Anchor, Canvas, Form, SIZE, cut, width, wrapped};
use super::palette::{Fill, Ink};
use super::scale::said;
use super::table::Table;

/// A matrix.
#[derive(Debug, Clone, PartialEq)]
pub struct Matrix {
    /// Whose rows and whose columns.
    pub axes: [String; 2],
    /// The names of rows.
    pub rows: Vec<String>,
    /// The names of columns.
    pub columns: Vec<String>,
    /// The cells, row by row.
    pub cells: Vec<Vec<f64>>,
    /// What is counted.
    pub count: Count,
}

impl Matrix {
    fn told(&self, x: f64) -> String {
        match self.count {
            Count::Share => format!("{:.0} %", 100.0 * x),
            Count::Number(_) => said(x),
        }
    }

    fn short(&self, x: f64) -> String {
        match self.count {
            Count::Share => format!("{:.0}", 100.0 * x),
            Count::Number(_) => said(x.round()),
        }
    }

    /// What is tinted most: all but the largest tenth lie below it, so that one row does not pale all others.
    fn most(&self) -> f64 {
        let mut sizes: Vec<f64> = self.cells.iter().flatten().map(|x| x.abs()).collect();
        sizes.sort_by(f64::total_cmp);
        sizes.get((sizes.len() * 9 / 10).min(sizes.len().saturating_sub(1))).copied().unwrap_or(1.0).max(1e-9)
    }

    /// Draws it; the height it takes.
    pub fn draw(&self, canvas: &mut Canvas) -> f64 {
        let wide = canvas.form() == Form::Wide;
        let most = if wide { 170.0 } else { 96.0 };
        let left = self.rows.iter().map(|name| width(name, SIZE)).fold(0.0, f64::max).min(most) + 8.0;
        let (cell, high) = ((canvas.width() - left) / self.columns.len().max(1) as f64, if wide { 34.0 } else { 30.0 });
        // Where columns are too narrow for their names, they are numbered like the rows.
        let numbered = self.columns.iter().any(|name| width(name, SIZE) > 2.0 * cell - 8.0) || cell < 58.0;
        let head = if numbered { 20.0 } else { 38.0 };
        let top = 18.0 + head;
        canvas.small((0.0, 12.0), Anchor::Start, &format!("rows: {}; columns: {}", self.axes[0], self.axes[1]));
        for (j, name) in self.columns.iter().enumerate() {
            let x = left + cell * (j as f64 + 0.5);
            // Where even numbers of columns are too close, each fifth is written.
            if numbered && cell < 20.0 && (j + 1) % 5 != 0 {
                continue;
            }
            let lines = if numbered { vec![format!("{}", j + 1)] } else { wrapped(name, SIZE, cell - 4.0) };
            for (k, line) in lines.iter().take(2).enumerate() {
                let y = top - 6.0 - 15.0 * (lines.len().min(2) - 1 - k) as f64;
                canvas.text((x, y), Anchor::Middle, &cut(line, SIZE, (cell - 2.0).max(20.0)), Ink::Text);
            }
        }
        let most = self.most();
        for (i, (name, cells)) in self.rows.iter().zip(&self.cells).enumerate() {
            let y = top + high * i as f64;
            let name = if numbered { format!("{} {name}", i + 1) } else { name.clone() };
            canvas.text((left - 8.0, y + 0.5 * high + 5.0), Anchor::End, &cut(&name, SIZE, left - 8.0), Ink::Text);
            for (j, x) in cells.iter().enumerate() {
                let at = (left + cell * j as f64, y);
                canvas.rect(at, (cell - 1.0, high - 1.0), self.tint(*x, most), false);
                let told = self.told(*x);
                // A cell too narrow for three digits takes two, and one too narrow for those leaves them to the table.
                let told = if width(&told, SIZE) < cell - 4.0 { told } else { self.short(*x) };
                let place = (at.0 + 0.5 * cell, y + 0.5 * high + 5.0);
                if width(&told, SIZE) < cell - 2.0 {
                    canvas.text(place, Anchor::Middle, &told, Ink::Text)
                }
            }
        }
        top + high * self.rows.len() as f64 + 4.0
    }

    /// Numbers are tinted by their sign, shares by how many.
    fn tint(&self, x: f64, most: f64) -> Fill {
        match self.count {
            Count::Share => Fill::Tint(Ink::Summit, (40.0 * x.clamp(0.0, 1.0)) as u8),
            Count::Number(_) => {
                let part = (40.0 * (x.abs() / most)).clamp(0.0, 40.0) as u8;
                Fill::Tint(if x < 0.0 { Ink::Less } else { Ink::More }, part)
            }
        }
    }

    /// Its figures.
    pub fn table(&self) -> Table {
        let corner = format!("{} against {}", self.axes[0], self.axes[1]);
        let mut table = Table::new([corner].into_iter().chain(self.columns.iter().cloned()));
        for (name, cells) in self.rows.iter().zip(&self.cells) {
            table.row([name.clone()].into_iter().chain(cells.iter().map(|x| self.told(*x))));
        }
        table
    }
}
