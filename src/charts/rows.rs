//! Rows under each other, each with its name, its marks and its figures: beside each other where there is room, the
//! name above the marks where there is not.

use super::canvas::{Anchor, Canvas, Form, SIZE, cut, width};
use super::palette::Ink;

/// Where rows lie.
#[derive(Debug, Clone, Copy)]
pub struct Rows {
    /// Where marks begin.
    pub from: f64,
    /// Where they end.
    pub to: f64,
    /// How far a row is from the next.
    pub step: f64,
    /// Where the first begins.
    pub top: f64,
    names: f64,
    above: bool,
    right: f64,
}

impl Rows {
    /// For rows of these names and figures.
    pub fn of<'a>(
        canvas: &Canvas,
        names: impl Iterator<Item = &'a str>,
        figures: impl Iterator<Item = &'a str>,
        top: f64,
    ) -> Rows {
        let widest = |words: &mut dyn Iterator<Item = &'a str>| words.map(|w| width(w, SIZE)).fold(0.0, f64::max);
        let (mut names, mut figures) = (names, figures);
        let (names, figures) = (widest(&mut names), widest(&mut figures));
        let right = canvas.width();
        match canvas.form() {
            Form::Wide => {
                let names = names.min(350.0);
                Rows { from: names + 10.0, to: right - figures - 10.0, step: 36.0, top, names, above: false, right }
            }
            Form::Narrow => {
                let names = right - figures - 8.0;
                Rows { from: 22.0, to: right - 22.0, step: 50.0, top, names, above: true, right }
            }
        }
    }

    /// How high a drawing of so many is.
    pub fn height(self, rows: usize) -> f64 {
        self.top + self.step * rows.max(1) as f64 + 4.0
    }

    /// The middle of a row's marks.
    pub fn middle(self, row: usize) -> f64 {
        self.top + self.step * row as f64 + if self.above { 34.0 } else { 0.5 * self.step }
    }

    /// Writes a row's name and figure.
    pub fn write(self, canvas: &mut Canvas, row: usize, name: &str, figure: &str) {
        let y = if self.above { self.top + self.step * row as f64 + 15.0 } else { self.middle(row) + 5.0 };
        let name = cut(name, SIZE, self.names);
        if self.above {
            canvas.text((0.0, y), Anchor::Start, &name, Ink::Text);
        } else {
            canvas.text((self.from - 10.0, y), Anchor::End, &name, Ink::Text);
        }
        canvas.text((self.right, y), Anchor::End, figure, Ink::Text);
    }
}
