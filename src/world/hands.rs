//! Moving a lever alone: tightening shows as hostility and sours the tone, opening does neither by itself.

use bevy_ecs::prelude::*;
use bevy_ecs::system::SystemParam;

use super::CurrentRound;
use super::components::{Closed, Hostile, Level, ToneShift};
use super::lanes::{Lanes, LanesMut};
use super::setup::{LeverSetup, Setup};
use super::trace::Move;

/// Where a lever comes to stand when tightened by so many big moves, within its whole range.
#[inline]
pub fn tightened(lever: &LeverSetup, x: f64, steps: f64) -> f64 {
    (x - lever.opens * steps * lever.step).clamp(lever.low, lever.high)
}

/// Where a lever comes to stand when opened by so many big moves, no further than can be negotiated. One that was driven
/// beyond its reach comes back by as much and no more.
#[inline]
pub fn eased(lever: &LeverSetup, x: f64, steps: f64) -> f64 {
    let to = x + lever.opens * steps * lever.step;
    to.clamp(lever.reach_low.min(x), lever.reach_high.max(x))
}

/// What is settled on once a lever was moved by agreement: where it stands now, but half a blow taken back does not bless the
/// other half.
#[inline]
pub fn settles(settled: f64, level: f64, moved: f64) -> f64 {
    if moved > 0.0 { settled.max(level) } else { settled.min(level) }
}

/// Hands on the levers.
#[derive(SystemParam)]
pub struct Hands<'w, 's> {
    /// The scenario.
    pub setup: Res<'w, Setup>,
    /// The round.
    pub clock: Res<'w, CurrentRound>,
    /// Levels.
    pub level: LanesMut<'w, 's, Level>,
    closed: Lanes<'w, 's, Closed>,
    hostile: LanesMut<'w, 's, Hostile>,
    /// What is done to tone.
    pub tone: LanesMut<'w, 's, ToneShift>,
}

impl Hands<'_, '_> {
    /// Party `p` tightens lever `l` of game `g` by `steps` big moves: `tone -= .18 z`, `hostility += z` for the z
    /// that its range allows.
    pub fn tighten(&mut self, p: usize, l: usize, g: usize, steps: f64) -> Move {
        let lever = &self.setup.levers[l];
        let level = self.level.at(l, g);
        // What a court forbids no blow brings back.
        let to = tightened(lever, level.0, steps).min(lever.high - self.closed.at(l, g).0);
        let moved = Move { lever: l, from: level.0, to };
        level.0 = moved.to;
        let z = (moved.to - moved.from).abs() / lever.step;
        self.hostile.at(p, g).0 += z;
        self.tone.at(0, g).0 += self.setup.scenario.escalation.tone_per_step.get() * z;
        moved
    }

    /// Lever `l` of game `g` is opened by `steps` big moves.
    pub fn ease(&mut self, l: usize, g: usize, steps: f64) -> Move {
        let lever = &self.setup.levers[l];
        let level = self.level.at(l, g);
        let moved = Move { lever: l, from: level.0, to: eased(lever, level.0, steps) };
        level.0 = moved.to;
        moved
    }

    /// One of party `p`'s hostile levers, chosen by a uniform in [0, 1); none if it has none.
    pub fn pick(&self, p: usize, u: f64) -> Option<usize> {
        let hostile = &self.setup.parties[p].hostile;
        hostile.get(((u * hostile.len() as f64) as usize).min(hostile.len().saturating_sub(1))).copied()
    }

    /// The same to open in game `g`: where the one chosen stands open as far as it goes, another of them; none if all do.
    pub fn gift(&self, p: usize, u: f64, g: usize) -> Option<usize> {
        let (chosen, level) = (self.pick(p, u)?, self.level.seen());
        let has_room = |l: usize| {
            let x = level.at(l, g).0;
            eased(&self.setup.levers[l], x, 1.0) != x
        };
        if has_room(chosen) {
            return Some(chosen);
        }
        self.setup.parties[p].hostile.iter().copied().find(|l| has_room(*l))
    }

    /// The same to strike with in game `g`: where a court has left nothing to raise of the one chosen, another of them.
    pub fn weapon(&self, p: usize, u: f64, g: usize) -> Option<usize> {
        let (chosen, level) = (self.pick(p, u)?, self.level.seen());
        let blunt = |l: usize| {
            let closed = self.closed.at(l, g).0;
            closed > 0.0 && level.at(l, g).0 >= self.setup.levers[l].high - closed
        };
        let other = || self.setup.parties[p].hostile.iter().copied().find(|l| !blunt(*l));
        if blunt(chosen) { other().or(Some(chosen)) } else { Some(chosen) }
    }
}

#[cfg(test)]
mod tests {
    use super::settles;

    #[test]
    fn a_blow_that_is_half_taken_back_is_not_settled_on() {
        assert_eq!(settles(0.6, 0.45, 0.15), 0.6);
        assert_eq!(settles(0.6, 0.7, 0.1), 0.7);
        assert_eq!(settles(0.6, 0.5, -0.1), 0.5);
        assert_eq!(settles(0.6, 0.65, -0.1), 0.6);
    }
}
