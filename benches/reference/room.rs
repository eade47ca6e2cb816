//! What happens in the room, and what comes of it.

use summitry::internals::dice::Stream;
use summitry::internals::hands::settles;
use summitry::internals::hold::{hold, mean};
use summitry::internals::maths::{logistic, normal_quantile, power};
use summitry::internals::orders::Orders;
use summitry::internals::place::Place;
use summitry::internals::setup::Setup;
use summitry::internals::situation::{LEVERS_MAX, Situation};
use summitry::internals::tactics::{Leaf, ModelOf, Step, Tactics, Test};
use summitry::internals::trace::Trace;
use summitry::internals::values::{item, item_cost};
use summitry::internals::{ratification, talks};

use super::{Plain, clamp_mean};

impl Plain {
    pub(super) fn dice_of_session(&mut self, s: &Setup, session: usize) {
        while self.session_dice.len() <= session {
            let number = self.session_dice.len() as u64;
            let (key, first, n) = (self.key.expect("loaded"), self.first, self.n);
            let draw = |mechanism: &str, row: &str, draw: &str| {
                let mut lane = vec![0.0; n];
                key.uniforms(Stream::named(mechanism, row, draw), number, first, &mut lane);
                lane
            };
            let of = |p: usize, what: &str| draw("talks", &s.parties[p].dice, what);
            let gap = draw("talks", "table", "gap");
            self.session_dice.push([of(0, "opener"), of(1, "opener"), of(0, "mood"), of(1, "mood"), gap, vec![]]);
        }
    }

    pub(super) fn talk(&mut self, s: &Setup, round: u32) {
        let rules = &s.scenario.talks;
        for g in 0..self.n {
            self.meeting[g] = f64::from(u8::from(self.next[g] == f64::from(round)));
            self.may_move[g] = rules.officials_may_move.get();
            self.initialled[g] = 0.0;
        }
        let summit_at = s.calendar.summit.as_ref().expect("a summit").clone();
        if round == summit_at.at {
            for g in 0..self.n {
                if self.summit_set[g] == 0.0 {
                    continue;
                }
                if self.tone[g] < summit_at.cancel_below || self.snapped[g] > 0.0 {
                    self.summit_set[g] = 0.0;
                } else {
                    self.meeting[g] = 2.0;
                    self.may_move[g] = rules.leaders_may_move.get();
                }
            }
        }
        let due: Vec<usize> = (0..self.n).filter(|g| self.meeting[*g] > 0.0 && self.snapped[*g] == 0.0).collect();
        if let Some(most) = due.iter().map(|g| self.sessions[*g] as usize).max() {
            self.dice_of_session(s, most);
        }
        let mut situations = std::mem::take(&mut self.situations);
        situations.resize(due.len(), Situation::default());
        let (orders, trace) = (Orders::default(), Trace::default());
        let mut scratch = std::mem::take(&mut self.scratch);
        for (sit, &g) in situations.iter_mut().zip(&due) {
            self.seat(s, round, g, sit);
            let dice = &self.session_dice[sit.session as usize];
            sit.opener = talks::opener(s, sit.session, [dice[0][g], dice[1][g]]);
            for p in 0..2 {
                let spread = self.q.mood_spread[p][g];
                sit.sides[p].mood =
                    if spread > 0.0 { spread * s.parties[p].stake * normal_quantile(dice[2 + p][g]) } else { 0.0 };
            }
            let mut agreed = [f64::NAN; LEVERS_MAX];
            let mut place = Place { setup: s, s: sit, scratch: &mut scratch, orders: &orders, game: g, trace: &trace };
            let result = hold(&mut place, &mut agreed);
            (self.progress[0][g], self.progress[1][g]) = (result.progress[0], result.progress[1]);
            self.shift[g] += s.scenario.signing.progress_tone.get() * mean(result.progress);
            self.sessions[g] += 1.0;
            for p in 0..2 {
                let side = &sit.sides[p];
                self.heard[0][p][g] = side.heard_first;
                self.heard[1][p][g] = side.heard_best;
                self.heard[2][p][g] = side.heard_value;
                for (h, belief) in s.parties[p].suspects.iter().zip(side.beliefs) {
                    self.belief[p * s.types.len() + h][g] = belief;
                }
            }
            if let Some(signed) = result.signed {
                for l in 0..s.levers.len() {
                    self.agreed[l][g] = agreed[l];
                }
                self.initialled[g] = 1.0;
                (self.worth[0][g], self.worth[1][g]) = (signed.worth[0], signed.worth[1]);
            }
        }
        self.situations = situations;
        self.scratch = scratch;
        self.settle_tone();
        self.ratify(s, round);
        self.settle_tone();
        self.count_news();
        self.enact(s, round);
        self.settle_tone();
        self.restore(s, round);
        self.settle_tone();
    }

    pub(super) fn seat(&self, s: &Setup, round: u32, g: usize, sit: &mut Situation) {
        for l in 0..s.levers.len() {
            sit.levels[l] = self.level[l][g];
        }
        sit.round = round;
        sit.session = self.sessions[g] as u32;
        sit.leaders = self.meeting[g] == 2.0;
        (sit.next, sit.next_leaders) = talks::next_meeting(s, round, self.summit_set[g] > 0.0 && !sit.leaders);
        let lapse_in = self.expiry[g] - f64::from(round);
        sit.lapse_in = if lapse_in >= 0.0 { lapse_in } else { f64::NAN };
        sit.may_move = self.may_move[g];
        sit.leak = self.leak[g];
        sit.regard = self.q.regard[0][g];
        sit.broken_price = self.q.broken_price[0][g];
        sit.fear = self.q.fear_of_lapse[0][g];
        sit.breakdown = 0.0;
        for p in 0..2 {
            let side = &mut sit.sides[p];
            side.weights = [self.gov[0][p][g], self.gov[1][p][g], self.gov[2][p][g]];
            side.model = ModelOf::of_number(self.q.model_kind[p][g]);
            side.sharpness = self.q.sharpness[p][g];
            side.patience = self.q.patience[p][g];
            side.annuity = self.annuity[p][g];
            side.date = self.q.date[p][g];
            side.optimism = self.q.optimism[p][g];
            side.honesty = self.intends[p][g];
            side.word = clamp_mean(self.kept[p][g], self.broken[p][g]);
            side.resolve = clamp_mean(self.shown[p][g], self.lost[p][g]);
            side.resilience = self.resilience[p][g];
            side.growth = self.q.growth[p][g];
            side.deal_cost = self.deal_cost[p][g];
            side.prize = self.prize[p][g];
            side.bar = self.q.ratify_bar[p][g];
            side.outside = self.q.outside[p][g];
            side.heard_first = self.heard[0][p][g];
            side.heard_best = self.heard[1][p][g];
            side.heard_value = self.heard[2][p][g];
            for (i, h) in s.parties[p].suspects.iter().enumerate() {
                side.beliefs[i] = self.belief[p * s.types.len() + h][g];
            }
            for i in 0..s.tactics {
                let row = p * s.tactics + i;
                side.tactics[i] = Leaf {
                    kind: Tactics::of_number(self.q.tactic_kind[row][g]),
                    weight: self.q.tactic_weight[row][g],
                    pace: self.q.tactic_pace[row][g],
                    opening: self.q.tactic_opening[row][g],
                };
            }
            for i in 0..s.conditions {
                let row = p * s.conditions + i;
                side.accept[i] = Step {
                    test: Test::of_number(self.q.condition_kind[row][g]),
                    bar: self.q.condition_bar[row][g],
                    count: self.q.condition_count[row][g],
                };
            }
        }
    }

    pub(super) fn ratify(&mut self, s: &Setup, round: u32) {
        let rules = &s.scenario.ratification;
        for g in 0..self.n {
            if self.initialled[g] != 1.0 {
                continue;
            }
            let mut passes = true;
            let mut levels = [(0.0, f64::NAN); LEVERS_MAX];
            for l in 0..s.levers.len() {
                levels[l] = (self.level[l][g], self.agreed[l][g]);
            }
            for p in 0..2 {
                let package = ratification::Package {
                    worth: self.worth[p][g],
                    annuity: self.annuity[p][g],
                    intends: self.intends[p][g],
                    believed: [0, 1].map(|q: usize| clamp_mean(self.kept[q][g], self.broken[q][g])),
                    resilience: self.resilience[p][g],
                    leak: self.leak[g],
                    price: self.q.broken_price[0][g],
                    levels: &levels,
                };
                let support = ratification::support_for(s, p, &package);
                let bar = self.q.ratify_bar[p][g];
                let chance = logistic((support - bar) / rules.scale.get().max(1e-6));
                let stream = Stream::named("ratification", &s.parties[p].dice, "vote");
                let key = self.key.expect("loaded");
                if key.uniform(stream, self.sessions[g] as u64, self.first + g as u64) >= chance {
                    passes = false;
                    self.total[p][g] -=
                        s.points(p, rules.failed) * self.annuity[p][g] * power(self.q.patience[p][g], round);
                    self.news[1][p][g] += s.scenario.credibility.rejected.get();
                    self.shift[g] += rules.rejected_tone.get();
                }
            }
            self.initialled[g] = if passes { 2.0 } else { 0.0 };
        }
    }

    pub(super) fn enact(&mut self, s: &Setup, round: u32) {
        let rules = &s.scenario;
        for g in 0..self.n {
            if self.initialled[g] != 2.0 {
                continue;
            }
            for p in 0..2 {
                for (lanes, x) in self.in_step.iter_mut().zip([0.0, 0.0, 1.0]) {
                    lanes[p][g] = x;
                }
            }
            let leaders = self.meeting[g] == 2.0;
            let mut moves = 0.0;
            for (l, lever) in s.levers.iter().enumerate() {
                let (x, to) = (self.level[l][g], self.agreed[l][g]);
                if !to.is_nan() && (to - x).abs() >= rules.signing.smallest_move.get() * lever.step {
                    moves += item(s, (to - x).abs() / lever.step);
                }
                if to.is_nan() || (to - x).abs() < rules.signing.smallest_move.get() * lever.step {
                    self.agreed[l][g] = f64::NAN;
                } else if lever.is_pledge() {
                    for (lane, value) in self.pledge.iter_mut().zip([x, to, f64::from(round), 0.0, 0.0]) {
                        lane[l][g] = value;
                    }
                } else {
                    let ramp = f64::from(rules.delivery.ramp.get());
                    let promised = (to - x) * lever.pledge * self.intends[lever.holder][g] / ramp;
                    (self.promised[0][l][g], self.promised[1][l][g]) = (promised, ramp);
                    let moved = (to - x) * (1.0 - lever.pledge);
                    self.level[l][g] = x + moved;
                    self.settled[l][g] = settles(self.settled[l][g], x + moved, moved);
                }
            }
            for p in 0..2 {
                self.items[p][g] += moves * item_cost(s, p, leaders);
            }
            let share = if leaders { 1.0 } else { rules.prize.at_talks.get() };
            for p in 0..2 {
                let patience = self.q.patience[p][g];
                self.total[p][g] += self.prize[p][g] * share * power(patience, round);
            }
            let longer = if leaders { rules.truce.summit_extends_by } else { rules.truce.deal_extends_by };
            self.expiry[g] = self.expiry[g].max(f64::from(round + longer.get()));
            self.deals[g] += 1.0;
            self.shift[g] += rules.signing.tone.get();
        }
    }
}
