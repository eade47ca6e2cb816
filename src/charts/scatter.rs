//! Who got what: games as dots, many as a density, over the frontier.

use super::canvas::{Anchor, Canvas, Form, Mark, Pen, SIZE, cut};
use super::frame::{Frame, apart};
use super::palette::{Fill, Ink};
use super::scale::{Scale, said};
use super::table::Table;

/// Games are dots up to so many, and a density beyond.
const DOTS: usize = 2000;

/// Games of one kind.
#[derive(Debug, Clone, PartialEq)]
pub struct Cloud {
    /// What they are.
    pub name: String,
    /// What each was worth, across and upward.
    pub games: Vec<(f64, f64)>,
    /// How they are filled.
    pub fill: Fill,
}

/// A scatter.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Scatter {
    /// The names of both scales.
    pub axes: [String; 2],
    /// What lies behind.
    pub clouds: Vec<Cloud>,
    /// A point with a name, where it lies, and how it is marked.
    pub points: Vec<(String, (f64, f64))>,
    /// Where dashed lines cross, and what that is.
    pub cross: Option<((f64, f64), String)>,
    /// The frontier.
    pub frontier: Vec<(f64, f64)>,
    /// Places that the scales reach to, with nothing drawn there.
    pub reach: Vec<(f64, f64)>,
}

impl Scatter {
    fn near(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        let games = self.clouds.iter().flat_map(|cloud| cloud.games.iter().copied());
        let points = self.points.iter().map(|p| p.1);
        games.chain(points).chain(self.cross.as_ref().map(|c| c.0)).chain(self.reach.iter().copied())
    }

    /// Draws it; the height it takes.
    pub fn draw(&self, canvas: &mut Canvas) -> f64 {
        let wide = canvas.form() == Form::Wide;
        let height = if wide { 460.0 } else { 330.0 };
        let frame = Frame::of(canvas, height, 16.0);
        // The cloud fills the plot: of a frontier far away only the near part is drawn, and that is said.
        let (mut x, mut y) = (
            Scale::over(self.near().map(|p| p.0), frame.left, frame.right),
            Scale::over(self.near().map(|p| p.1), frame.bottom, frame.top),
        );
        if self.near().next().is_none() {
            x = Scale::over(self.frontier.iter().map(|p| p.0), frame.left, frame.right);
            y = Scale::over(self.frontier.iter().map(|p| p.1), frame.bottom, frame.top);
        }
        let room = |s: Scale, best: f64| Scale { high: s.high.max(best.min(s.high + 0.2 * (s.high - s.low))), ..s };
        x = room(x, self.frontier.iter().map(|p| p.0).fold(f64::MIN, f64::max));
        y = room(y, self.frontier.iter().map(|p| p.1).fold(f64::MIN, f64::max));
        frame.upward(canvas, y, &self.axes[1], said);
        frame.along(canvas, x, &self.axes[0]);
        let count: usize = self.clouds.iter().map(|cloud| cloud.games.len()).sum();
        for cloud in &self.clouds {
            let places: Vec<_> = cloud.games.iter().map(|(a, b)| (x.at(*a), y.at(*b))).collect();
            if count <= DOTS {
                canvas.dots(&places, cloud.fill, 70);
            } else {
                density(canvas, &places, cloud.fill, count);
            }
        }
        if let Some(((a, b), what)) = &self.cross {
            let pen = Pen { ink: Ink::Edge, width: 1.2, dash: "6 4" };
            canvas.line((x.at(*a), frame.top), (x.at(*a), frame.bottom), pen);
            canvas.line((frame.left, y.at(*b)), (frame.right, y.at(*b)), pen);
            canvas.words_on((frame.left + 4.0, y.at(*b) - 5.0), Anchor::Start, what, Ink::Soft);
        }
        self.line(canvas, frame, x, y);
        self.named(canvas, frame, x, y);
        let entries: Vec<(&str, Fill)> = self.clouds.iter().map(|cloud| (&*cloud.name, cloud.fill)).collect();
        let room = canvas.legend(height, &entries);
        if count <= DOTS {
            // What its dots look like, behind each name.
            for (i, cloud) in self.clouds.iter().enumerate() {
                let (x, y) = canvas.entry(height, i);
                canvas.rect((x, y - 11.0), (14.0, 14.0), Fill::Plain(Ink::Paper), true);
                canvas.dots(&[(x + 7.0, y - 4.0)], cloud.fill, 100);
            }
        }
        height + room
    }

    /// The frontier as far as it is near.
    fn line(&self, canvas: &mut Canvas, frame: Frame, x: Scale, y: Scale) {
        let near = clipped(&self.frontier, x, y);
        if near.len() > 1 {
            let places: Vec<_> = near.iter().map(|(a, b)| (x.at(*a), y.at(*b))).collect();
            canvas.path(&places, Pen::solid(Ink::More, 2.5));
            let (at, _) = places[places.len() / 2];
            let anchor = if at > frame.right - 120.0 { Anchor::End } else { Anchor::Start };
            let place = places[places.len() / 2];
            canvas.words_on((place.0 - 6.0, place.1 + 18.0), anchor, "frontier", Ink::More);
        } else if !self.frontier.is_empty() {
            canvas.words_on((frame.right, frame.top + 12.0), Anchor::End, "the frontier lies beyond ↗", Ink::More);
        }
    }

    /// Points with names, which are moved apart where they would lie on each other.
    fn named(&self, canvas: &mut Canvas, frame: Frame, x: Scale, y: Scale) {
        let heights: Vec<f64> = self.points.iter().map(|(_, at)| y.at(at.1)).collect();
        let places = apart(&heights, 15.0, frame.top, frame.bottom);
        for (i, ((name, (a, b)), place)) in self.points.iter().zip(places).enumerate() {
            let (px, py) = (x.at(*a), y.at(*b));
            let left = px > (frame.left + frame.right) / 2.0;
            let to = if left { px - 14.0 } else { px + 14.0 };
            if (place - py).abs() > 3.0 {
                canvas.line((px, py), (to, place), Pen::solid(Ink::Edge, 1.0));
            }
            canvas.mark(Mark::other(i), (px, py), 7.0, Ink::other(i));
            let room = if left { to - frame.left } else { frame.right - to };
            let anchor = if left { Anchor::End } else { Anchor::Start };
            canvas.words_on((to, place + 5.0), anchor, &cut(name, SIZE, room), Ink::Text);
        }
    }

    /// Its figures.
    pub fn table(&self) -> Table {
        let mut table = Table::new(["", "games", &*self.axes[0], &*self.axes[1]]);
        for cloud in &self.clouds {
            let n = cloud.games.len();
            let mean = |f: &dyn Fn(&(f64, f64)) -> f64| match n {
                0 => "–".to_string(),
                n => said(cloud.games.iter().map(f).sum::<f64>() / n as f64),
            };
            table.row([format!("{}, mean", cloud.name), n.to_string(), mean(&|g| g.0), mean(&|g| g.1)]);
        }
        for (name, at) in
            self.points.iter().map(|(name, at)| (name, at)).chain(self.cross.iter().map(|(at, n)| (n, at)))
        {
            table.row([name.clone(), String::new(), said(at.0), said(at.1)]);
        }
        table
    }
}

/// The part of a line that lies within two scales, cut where it leaves them.
fn clipped(line: &[(f64, f64)], x: Scale, y: Scale) -> Vec<(f64, f64)> {
    let inside = |p: &(f64, f64)| x.holds(p.0) && y.holds(p.1);
    let mut out: Vec<(f64, f64)> = vec![];
    for pair in line.windows(2) {
        // Twenty steps between two points are finer than a pixel's worth of a frontier.
        for i in 0..=20 {
            let part = f64::from(i) / 20.0;
            let at = (pair[0].0 + part * (pair[1].0 - pair[0].0), pair[0].1 + part * (pair[1].1 - pair[0].1));
            if inside(&at) && out.last() != Some(&at) {
                out.push(at);
            }
        }
    }
    out
}

/// Squares that are the fuller the more games lie in them.
fn density(canvas: &mut Canvas, places: &[(f64, f64)], fill: Fill, all: usize) {
    const SIDE: f64 = 8.0;
    let mut cells: std::collections::BTreeMap<(i64, i64), usize> = std::collections::BTreeMap::new();
    for (x, y) in places {
        *cells.entry(((x / SIDE).floor() as i64, (y / SIDE).floor() as i64)).or_default() += 1;
    }
    for ((i, j), n) in cells {
        let part = (100.0 * (n as f64 * 400.0 / all as f64).sqrt()).clamp(12.0, 90.0) as u8;
        let at = (i as f64 * SIDE, j as f64 * SIDE);
        canvas.rect(at, (SIDE, SIDE), Fill::Tint(fill.ink(), part), false);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frontier_far_away_is_cut_or_noted() {
        let scale = |from, to| Scale { low: 0.0, high: 10.0, from, to };
        let (x, y) = (scale(0.0, 100.0), scale(100.0, 0.0));
        let near = clipped(&[(-5.0, 12.0), (5.0, 8.0), (20.0, 2.0)], x, y);
        assert!(near.len() > 5 && near.iter().all(|p| x.holds(p.0) && y.holds(p.1)), "{near:?}");
        assert!(clipped(&[(50.0, 60.0), (60.0, 50.0)], x, y).is_empty());
    }
}
