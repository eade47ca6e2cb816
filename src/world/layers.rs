//! Levers in layers, game by game: what stands of each layer, what a ruling has struck, and the levels that follow.

use bevy_ecs::system::SystemParam;

use super::components::{Closed, InLayer, Level, Struck, Unused};
use super::lanes::{Lanes, LanesMut};
use super::setup::Setup;
use super::stack::Stack;
use super::trace::Move;
use crate::scenario::limits::LAYERS_MAX;

/// Puts a lever's layers together.
fn stack(setup: &Setup, l: usize, read: impl Fn(usize) -> (f64, f64)) -> Stack {
    let rows = setup.levers[l].layers.clone();
    let (mut width, mut amount, mut struck) = ([0.0; LAYERS_MAX], [0.0; LAYERS_MAX], [false; LAYERS_MAX]);
    for (k, row) in rows.clone().enumerate() {
        let (stands, rulings) = read(row);
        (width[k], amount[k], struck[k]) = (setup.layers[row].width, stands, rulings > 0.0);
    }
    Stack { low: setup.levers[l].low, layers: rows.len(), width, amount, struck }
}

/// Where a lapse would put a lever whose layers stand so.
fn lapsed(setup: &Setup, l: usize, mut stack: Stack) -> f64 {
    stack.lapse(&setup.layers[setup.levers[l].layers.clone()]);
    stack.level()
}

/// Layers to look at.
#[derive(SystemParam)]
pub struct Seen<'w, 's> {
    /// Where the levers stand.
    pub level: Lanes<'w, 's, Level>,
    amount: Lanes<'w, 's, InLayer>,
    struck: Lanes<'w, 's, Struck>,
    closed: Lanes<'w, 's, Closed>,
}

impl Seen<'_, '_> {
    /// Where a lapse would put a lever in layers, and the highest level that no ruling forbids.
    pub fn reach(&self, setup: &Setup, l: usize, g: usize) -> (f64, f64) {
        let mut stack = stack(setup, l, |row| (self.amount.at(row, g).0, self.struck.at(row, g).0));
        stack.follow(self.level.at(l, g).0);
        (lapsed(setup, l, stack), setup.levers[l].high - self.closed.at(l, g).0)
    }
}

/// Layers to move.
#[derive(SystemParam)]
pub struct Layers<'w, 's> {
    /// Where the levers stand.
    pub level: LanesMut<'w, 's, Level>,
    amount: LanesMut<'w, 's, InLayer>,
    struck: LanesMut<'w, 's, Struck>,
    unused: LanesMut<'w, 's, Unused>,
    closed: LanesMut<'w, 's, Closed>,
}

impl Layers<'_, '_> {
    /// The layers of a lever as they stand now.
    fn stack(&self, setup: &Setup, l: usize, g: usize) -> Stack {
        let (amount, struck) = (self.amount.seen(), self.struck.seen());
        let mut stack = stack(setup, l, |row| (amount.at(row, g).0, struck.at(row, g).0));
        stack.follow(self.level.seen().at(l, g).0);
        stack
    }

    fn write(&mut self, setup: &Setup, l: usize, g: usize, stack: &Stack) -> Move {
        for (k, row) in setup.levers[l].layers.clone().enumerate() {
            self.amount.at(row, g).0 = stack.amount[k];
        }
        self.unused.at(l, g).0 = stack.unused();
        self.closed.at(l, g).0 = stack.closed();
        let level = self.level.at(l, g);
        let moved = Move { lever: l, from: level.0, to: stack.level() };
        level.0 = moved.to;
        moved
    }

    /// What has moved a lever since is told apart by layers.
    pub fn follow(&mut self, setup: &Setup, l: usize) {
        let games = self.level.lane(l).len();
        for g in 0..games {
            let amount = self.amount.seen();
            let paper: f64 = setup.levers[l].layers.clone().map(|row| amount.at(row, g).0).sum();
            let stands = self.level.seen().at(l, g).0 + self.unused.seen().at(l, g).0 - setup.levers[l].low;
            if stands != paper {
                let stack = self.stack(setup, l, g);
                self.write(setup, l, g, &stack);
            }
        }
    }

    /// A ruling strikes layers of a lever, or sets them in force again; where it puts the lever.
    pub fn rule(&mut self, setup: &Setup, rows: &[usize], g: usize, strikes: bool) -> Option<Move> {
        let l = setup.layers[*rows.first()?].lever;
        let mut stack = self.stack(setup, l, g);
        for &row in rows {
            let rulings = self.struck.at(row, g);
            rulings.0 = (rulings.0 + if strikes { 1.0 } else { -1.0 }).max(0.0);
            stack.struck[row - setup.levers[l].layers.start] = rulings.0 > 0.0;
        }
        Some(self.write(setup, l, g, &stack))
    }

    /// Where a lapse would put a lever.
    pub fn lapsed(&self, setup: &Setup, l: usize, g: usize) -> f64 {
        let lever = &setup.levers[l];
        if lever.layers.is_empty() { lever.snap } else { lapsed(setup, l, self.stack(setup, l, g)) }
    }

    /// Where restoring the truce would put a lever on which both last settled so.
    pub fn restored(&self, setup: &Setup, l: usize, g: usize, settled: f64) -> f64 {
        if setup.levers[l].layers.is_empty() {
            return settled;
        }
        let mut stack = self.stack(setup, l, g);
        stack.put(settled);
        stack.level()
    }

    /// The truce lapses.
    pub fn lapse(&mut self, setup: &Setup, l: usize, g: usize) -> Move {
        let lever = &setup.levers[l];
        if lever.layers.is_empty() {
            let level = self.level.at(l, g);
            let moved = Move { lever: l, from: level.0, to: lever.snap };
            level.0 = lever.snap;
            return moved;
        }
        let mut stack = self.stack(setup, l, g);
        stack.lapse(&setup.layers[lever.layers.clone()]);
        self.write(setup, l, g, &stack)
    }

    /// The truce is restored: a lever goes back to what both last settled on.
    pub fn restore(&mut self, setup: &Setup, l: usize, g: usize, settled: f64) {
        if setup.levers[l].layers.is_empty() {
            self.level.at(l, g).0 = settled;
            return;
        }
        let mut stack = self.stack(setup, l, g);
        stack.put(settled);
        self.write(setup, l, g, &stack);
    }
}
