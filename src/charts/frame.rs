//! The frame of a plot: two scales, a grid lighter than the data, dates from left to right with their flags.

use super::canvas::{Anchor, Canvas, Form, Pen, SIZE, cut, width};
use super::palette::Ink;
use super::scale::{Scale, said};

/// Something that happens at a point in time.
#[derive(Debug, Clone, PartialEq)]
pub struct Flag {
    /// When, counted from the first time.
    pub at: usize,
    /// What, in a word or two.
    pub what: String,
}

/// Points in time, from left to right.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Times {
    /// What each is called, short.
    pub names: Vec<String>,
    /// What happens when.
    pub flags: Vec<Flag>,
    /// What they are.
    pub axis: String,
}

impl Times {
    /// What happens at a point, in words.
    pub fn happens(&self, at: usize) -> String {
        self.flags.iter().filter(|flag| flag.at == at).map(|flag| &*flag.what).collect::<Vec<_>>().join(", ")
    }
}

/// Where a plot lies in its drawing.
#[derive(Debug, Clone, Copy)]
pub struct Frame {
    /// Left edge.
    pub left: f64,
    /// Right edge.
    pub right: f64,
    /// Upper edge.
    pub top: f64,
    /// Lower edge.
    pub bottom: f64,
}

impl Frame {
    /// The plot of a drawing, with `right` kept free for words; the first line is the vertical scale's name.
    pub fn of(canvas: &Canvas, height: f64, right: f64) -> Frame {
        let left = if canvas.form() == Form::Wide { 56.0 } else { 50.0 };
        Frame { left, right: canvas.width() - right, top: 28.0, bottom: height - 44.0 }
    }

    /// A scale from left to right.
    pub fn across(self, low: f64, high: f64) -> Scale {
        Scale { low, high: if high > low { high } else { low + 1.0 }, from: self.left, to: self.right }
    }

    /// Draws the vertical scale with its name, and lines across.
    pub fn upward(self, canvas: &mut Canvas, y: Scale, name: &str, say: impl Fn(f64) -> String) {
        for v in y.ticks(5) {
            canvas.line((self.left, y.at(v)), (self.right, y.at(v)), Pen::solid(Ink::Grid, 1.0));
            canvas.text((self.left - 6.0, y.at(v) + 5.0), Anchor::End, &say(v), Ink::Soft);
        }
        canvas.text((0.0, 13.0), Anchor::Start, &cut(name, SIZE, canvas.width()), Ink::Soft);
    }

    /// Draws the horizontal scale of numbers, with its name.
    pub fn along(self, canvas: &mut Canvas, x: Scale, name: &str) {
        let about = if canvas.form() == Form::Wide { 7 } else { 4 };
        for v in x.ticks(about) {
            canvas.line((x.at(v), self.top), (x.at(v), self.bottom), Pen::solid(Ink::Grid, 1.0));
            canvas.text((x.at(v), self.bottom + 18.0), Anchor::Middle, &said(v), Ink::Soft);
        }
        self.floor(canvas, name);
    }

    /// The line below, and what is counted along it.
    pub fn floor(self, canvas: &mut Canvas, name: &str) {
        canvas.line((self.left, self.bottom), (self.right, self.bottom), Pen::solid(Ink::Edge, 1.0));
        canvas.text(((self.left + self.right) / 2.0, self.bottom + 37.0), Anchor::Middle, name, Ink::Soft);
    }

    /// Draws dates, as many as there is room for.
    pub fn dates(self, canvas: &mut Canvas, x: Scale, times: &Times) {
        let widest = times.names.iter().map(|name| width(name, 14.0)).fold(20.0, f64::max) + 14.0;
        let room = ((self.right - self.left) / widest).floor().max(1.0) as usize;
        let step = times.names.len().div_ceil(room).max(1);
        for (i, name) in times.names.iter().enumerate().step_by(step) {
            let at = x.at(i as f64);
            canvas.line((at, self.bottom), (at, self.bottom + 4.0), Pen::solid(Ink::Edge, 1.0));
            canvas.text((at, self.bottom + 19.0), Anchor::Middle, name, Ink::Soft);
        }
        self.floor(canvas, &times.axis);
    }

    /// Draws flags over a plot; a word that would lie on another is left to the table.
    pub fn flags(self, canvas: &mut Canvas, x: Scale, times: &Times) {
        let mut taken = [f64::NEG_INFINITY; 2];
        for flag in &times.flags {
            let at = x.at(flag.at as f64);
            let words = width(&flag.what, 12.0);
            let fits = at + 11.0 + words <= self.right + 70.0;
            let level = taken.iter().position(|end| *end < at && fits);
            let y = self.top + if level == Some(0) { 0.0 } else { 13.0 };
            canvas.line((at, y), (at, self.bottom), Pen { ink: Ink::Edge, width: 0.8, dash: "2 3" });
            if let Some(level) = level {
                canvas.flag((at, y), Ink::Edge);
                canvas.small((at + 11.0, y + 8.0), Anchor::Start, &flag.what);
                taken[level] = at + 17.0 + words;
            }
        }
    }

    /// How much room above the data flags take.
    pub fn flagged(self, times: &Times) -> f64 {
        if times.flags.is_empty() { self.top } else { self.top + 32.0 }
    }
}

/// Words beside places, moved apart where they would lie on each other: the height of each.
pub fn apart(places: &[f64], step: f64, top: f64, bottom: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..places.len()).collect();
    order.sort_by(|a, b| places[*a].total_cmp(&places[*b]));
    let mut out = places.to_vec();
    let mut last = top - step;
    for i in &order {
        out[*i] = out[*i].max(last + step);
        last = out[*i];
    }
    let mut next = bottom + step;
    for i in order.iter().rev() {
        out[*i] = out[*i].min(next - step);
        next = out[*i];
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_moved_apart_and_stay_in_order() {
        let places = apart(&[10.0, 11.0, 50.0, 12.0], 14.0, 0.0, 60.0);
        assert_eq!(places, [10.0, 24.0, 52.0, 38.0]);
        assert!(apart(&[58.0, 59.0], 14.0, 0.0, 60.0)[1] <= 60.0);
    }
}
