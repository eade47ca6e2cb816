//! A lever in layers: parts of its range that lie on one another, each resting on a law of its own.
//!
//! The lever stands at the sum of what stands of the layers in force. What moves the lever moves the layers in force, from the
//! top down: the last that was named gives way first, and is raised first. What a ruling has struck keeps its height on paper
//! and counts for nothing; the room it had is closed.

use crate::scenario::limits::LAYERS_MAX;

/// A layer of a lever.
#[derive(Debug, Clone)]
pub struct LayerSetup {
    /// What to call it.
    pub name: String,
    /// The lever.
    pub lever: usize,
    /// How far it can reach up, from where the one below ends.
    pub width: f64,
    /// How much of it stands at the start.
    pub now: f64,
    /// How much of it stands after a lapse; none where the truce does not cover it.
    pub snap: Option<f64>,
}

/// How much of a level lies between two others.
pub fn between(level: f64, low: f64, high: f64) -> f64 {
    (level - low).clamp(0.0, high - low)
}

/// The layers of a lever in one game, from the lowest to the highest.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stack {
    /// Where the lowest begins.
    pub low: f64,
    /// How many there are.
    pub layers: usize,
    /// How far each can reach.
    pub width: [f64; LAYERS_MAX],
    /// How much of each stands.
    pub amount: [f64; LAYERS_MAX],
    /// Whether a ruling has struck it.
    pub struck: [bool; LAYERS_MAX],
}

impl Stack {
    /// The sum of something over the layers that are struck, or over those that are not.
    fn sum(&self, of: &[f64; LAYERS_MAX], struck: bool) -> f64 {
        (0..self.layers).filter(|k| self.struck[*k] == struck).map(|k| of[k]).sum()
    }

    /// Where the lever stands: what is in force.
    pub fn level(&self) -> f64 {
        self.low + self.sum(&self.amount, false)
    }

    /// What is struck of where it would stand.
    pub fn unused(&self) -> f64 {
        self.sum(&self.amount, true)
    }

    /// What is closed of its range.
    pub fn closed(&self) -> f64 {
        self.sum(&self.width, true)
    }

    /// Raises or lowers layers by so much together, from the top down.
    fn shift(&mut self, mut by: f64, moves: impl Fn(&Stack, usize) -> bool) {
        for k in (0..self.layers).rev() {
            if !moves(self, k) {
                continue;
            }
            let moved = by.clamp(-self.amount[k], self.width[k] - self.amount[k]);
            self.amount[k] += moved;
            by -= moved;
        }
    }

    /// The lever was moved to a level: the layers in force follow.
    pub fn follow(&mut self, level: f64) {
        self.shift(level - self.level(), |stack, k| !stack.struck[k]);
    }

    /// All layers together are put where the lever would stand at a level if none were struck.
    pub fn put(&mut self, level: f64) {
        let all: f64 = self.amount[..self.layers].iter().sum();
        self.shift(level - self.low - all, |_, _| true);
    }

    /// The truce lapses: what it covers goes to its harsher level, whether in force or not.
    pub fn lapse(&mut self, layers: &[LayerSetup]) {
        for (amount, layer) in self.amount.iter_mut().zip(layers) {
            *amount = layer.snap.unwrap_or(*amount);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Section 301 to 10, fentanyl to 30, reciprocal to 145; at 40.
    fn tariff() -> Stack {
        let mut stack = Stack { low: 0.0, layers: 3, width: [0.0; 8], amount: [0.0; 8], struck: [false; 8] };
        stack.width[..3].copy_from_slice(&[10.0, 20.0, 115.0]);
        stack.amount[..3].copy_from_slice(&[10.0, 20.0, 10.0]);
        stack
    }

    fn truce() -> Vec<LayerSetup> {
        let layer = |snap| LayerSetup { name: String::new(), lever: 0, width: 0.0, now: 0.0, snap };
        vec![layer(None), layer(None), layer(Some(115.0))]
    }

    #[test]
    fn what_moves_the_lever_moves_layers_from_the_top_down() {
        let mut stack = tariff();
        stack.follow(25.0);
        assert_eq!(stack.amount[..3], [10.0, 15.0, 0.0]);
        stack.follow(35.0);
        assert_eq!(stack.amount[..3], [10.0, 15.0, 10.0], "the highest is raised first");
    }

    #[test]
    fn a_ruling_takes_its_layer_and_a_lapse_brings_back_all_but_that() {
        let mut stack = tariff();
        stack.struck[1] = true;
        assert_eq!((stack.level(), stack.unused(), stack.closed()), (20.0, 20.0, 20.0));
        stack.lapse(&truce());
        assert_eq!((stack.level(), stack.amount[1]), (125.0, 20.0), "all but the struck layer");
        stack.struck[2] = true;
        assert_eq!(stack.level(), 10.0);
        stack.struck = [false; 8];
        assert_eq!(stack.level(), 145.0, "on appeal all of it stands again");
        stack.put(40.0);
        assert_eq!(stack.amount[..3], [10.0, 20.0, 10.0]);
    }

    #[test]
    fn a_lapse_brings_back_what_the_truce_covers_and_no_more() {
        let mut stack = tariff();
        stack.follow(20.0);
        stack.lapse(&truce());
        assert_eq!(stack.level(), 135.0, "fentanyl stays where the deal put it");
        stack.put(20.0);
        assert_eq!(stack.amount[..3], [10.0, 10.0, 0.0]);
    }

    #[test]
    fn nothing_is_raised_beyond_what_is_in_force() {
        let mut stack = tariff();
        stack.struck[1..3].fill(true);
        stack.follow(60.0);
        assert_eq!((stack.level(), stack.unused()), (10.0, 30.0));
    }
}
