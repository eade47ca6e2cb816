//! What comes after: meetings, the summit, the truce, payoffs.

use summitry::internals::dice::{Stream, drawn};
use summitry::internals::maths::power;
use summitry::internals::setup::{NOBODY, Setup, Source, shape_at, source};
use summitry::internals::{flow, summit, talks, truce};

use super::{Plain, clamp_mean};

impl Plain {
    pub(super) fn consent(&self, s: &Setup, p: usize, g: usize, loss: f64) -> f64 {
        let z = truce::willingness(s, s.stakes(p, loss), self.progress[p][g], self.tone[g]);
        truce::consents_with(z, self.q.extend_bar[p][g])
    }

    pub(super) fn gain(&self, s: &Setup, p: usize, g: usize, from: impl Fn(usize, usize) -> f64, pledges: bool) -> f64 {
        let w = [self.gov[0][p][g], self.gov[1][p][g], self.gov[2][p][g]];
        flow::flow_over(s, p, w, self.resilience[p][g], self.leak[g], |l, shape| {
            let lever = &s.levers[l];
            if lever.is_pledge() && !pledges {
                return 0.0;
            }
            shape_at(s.shapes[shape].shape, self.level[l][g], lever.low, lever.high) - from(l, shape)
        })
    }

    pub(super) fn restore(&mut self, s: &Setup, round: u32) {
        let extend_by = s.calendar.truce.as_ref().expect("a truce").extend_by;
        for g in 0..self.n {
            if self.snapped[g] == 0.0 || self.meeting[g] == 0.0 {
                continue;
            }
            let session = self.sessions[g] as u64;
            self.sessions[g] += 1.0;
            let mut both = true;
            for p in 0..2 {
                let worth = self.gain(
                    s,
                    p,
                    g,
                    |l, shape| {
                        let lever = &s.levers[l];
                        let back = if lever.is_pledge() { self.level[l][g] } else { self.settled[l][g] };
                        shape_at(s.shapes[shape].shape, back, lever.low, lever.high)
                    },
                    true,
                );
                let stream = Stream::named("truce", &s.parties[p].dice, "restore");
                let u = self.key.expect("loaded").uniform(stream, session, self.first + g as u64);
                both &= u < self.consent(s, p, g, (-worth).max(0.0));
            }
            if both {
                for (l, _) in s.levers.iter().enumerate().filter(|(_, lever)| !lever.is_pledge()) {
                    self.level[l][g] = self.settled[l][g];
                }
                self.snapped[g] = 0.0;
                self.expiry[g] = f64::from(round + extend_by);
                self.shift[g] += s.scenario.truce.restored_tone.get();
            }
        }
    }

    pub(super) fn arrange(&mut self, s: &Setup, round: u32) {
        let Some(Source::Drawn { from, range, .. }) = s.calendar.gap else { panic!("the main scenario draws gaps") };
        for g in 0..self.n {
            if self.next[g] == f64::from(round) {
                let session = self.sessions[g] as usize;
                self.dice_of_session(s, session);
                let gap = drawn(from, self.session_dice[session][4][g]).clamp(range.0, range.1);
                self.next[g] = f64::from(round) + talks::rounds_to_next(gap, s.calendar.sooner, self.tone[g]);
            }
        }
        let summit_at = s.calendar.summit.as_ref().expect("a summit");
        if round == summit_at.invite_at {
            for p in 0..2 {
                self.uniforms("summit", &s.parties[p].dice, "accept", round);
                self.lanes[p] = self.lane.clone();
            }
            for g in 0..self.n {
                if self.snapped[g] > 0.0 {
                    continue;
                }
                let bar = self.q.summit_bar[0][g];
                let accepts = |p: usize| {
                    let prize = s.stakes(p, self.prize[p][g]);
                    let chance =
                        summit::accepts_with(&s.scenario.summit, prize, self.tone[g], self.progress[p][g], bar);
                    self.lanes[p][g] < chance
                };
                if accepts(0) & accepts(1) {
                    self.summit_set[g] = 1.0;
                    self.next[g] = f64::from(summit_at.prepare_at);
                }
            }
        }
        if round == summit_at.at {
            for g in 0..self.n {
                self.summit_set[g] = 0.0;
                if self.meeting[g] == 2.0 && self.initialled[g] != 2.0 {
                    for p in 0..2 {
                        let won = self.prize[p][g] * s.scenario.prize.photo_only.get();
                        self.total[p][g] += won * power(self.q.patience[p][g], round);
                    }
                }
            }
        }
    }

    pub(super) fn truce(&mut self, s: &Setup, round: u32) {
        let extend_by = s.calendar.truce.as_ref().expect("a truce").extend_by;
        let now = f64::from(round);
        if self.expiry.contains(&now) {
            for p in 0..2 {
                self.uniforms("truce", &s.parties[p].dice, "extend", round);
                self.lanes[p] = self.lane.clone();
            }
            self.uniforms("truce", "table", "emergency", round);
            let rules = &s.scenario.truce;
            for g in 0..self.n {
                if self.expiry[g] != now || self.snapped[g] > 0.0 {
                    continue;
                }
                let gives = |p: usize| {
                    let loss = self.gain(s, p, g, |_, shape| s.shapes[shape].at_snap, false).max(0.0);
                    let resolve = clamp_mean(self.shown[1 - p][g], self.lost[1 - p][g]);
                    self.lanes[p][g] < self.consent(s, p, g, loss * resolve)
                };
                if gives(0) & gives(1) {
                    self.expiry[g] = f64::from(round + extend_by);
                    self.shift[g] += rules.extended_tone.get();
                } else {
                    for (l, lever) in s.levers.iter().enumerate().filter(|(_, lever)| !lever.is_pledge()) {
                        self.level[l][g] = lever.snap;
                    }
                    self.snapped[g] = 1.0;
                    self.shift[g] += rules.lapsed_tone.get();
                    let Source::Drawn { from, range, .. } = source(&rules.emergency, "", "") else { continue };
                    let wait = drawn(from, self.lane[g]).clamp(range.0, range.1);
                    self.next[g] = f64::from(round + (wait as u32).max(1));
                }
            }
        }
        self.settle_tone();
        for (living, signed) in self.living.iter_mut().zip(&self.initialled) {
            *living += f64::from(u8::from(*signed == 2.0));
        }
    }

    pub(super) fn pay(&mut self, s: &Setup, round: u32) {
        let n = self.n;
        for lanes in self.sums.iter_mut().flatten().chain(&mut self.bite) {
            lanes.clear();
            lanes.resize(n, 0.0);
        }
        self.shaped.resize(n, 0.0);
        for (l, lever) in s.levers.iter().enumerate() {
            if self.level[l].iter().all(|x| *x == lever.now) {
                continue;
            }
            for p in 0..2 {
                if lever.holder == p || lever.holder == NOBODY {
                    self.bite[p].fill(1.0);
                    continue;
                }
                for (b, r) in self.bite[p].iter_mut().zip(&self.resilience[p]) {
                    *b = 1.0 - lever.offset * r;
                }
                if lever.leaks {
                    for (b, leak) in self.bite[p].iter_mut().zip(&self.leak) {
                        *b *= 1.0 - leak;
                    }
                }
            }
            for i in lever.shapes.clone() {
                let shape = &s.shapes[i];
                for (y, x) in self.shaped.iter_mut().zip(&self.level[l]) {
                    *y = shape_at(shape.shape, *x, lever.low, lever.high) - shape.at_now;
                }
                for p in 0..2 {
                    for e in s.parties[p].effects.iter().filter(|e| e.shape == i) {
                        let rows = self.sums[e.dimension][p].iter_mut().zip(&self.shaped).zip(&self.bite[p]);
                        for ((sum, y), b) in rows {
                            *sum += e.points * y * b;
                        }
                    }
                }
            }
        }
        for p in 0..2 {
            let patience = &self.q.patience[p];
            for g in 0..n {
                self.discount[p][g] *= if round > 0 { patience[g] } else { 1.0 };
                let counts = self.discount[p][g];
                let [a, b, c] = [0, 1, 2].map(|d: usize| self.sums[d][p][g] * (self.gov[d][p][g] * counts));
                self.total[p][g] += a + b + c;
            }
        }
        for p in 0..2 {
            let (cost, patience) = (&self.q.cost_a_round[p], &self.q.patience[p]);
            for g in 0..n {
                if self.living[g] > 0.0 {
                    self.total[p][g] -= self.living[g] * cost[g] * power(patience[g], round);
                }
            }
            for g in 0..n {
                if self.items[p][g] != 0.0 {
                    self.total[p][g] -= self.items[p][g] * power(patience[g], round);
                }
            }
        }
    }
}
