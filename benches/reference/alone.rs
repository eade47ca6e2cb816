//! What happens outside the room: stocks, deliveries, accidents, blows and gestures, third countries.

use summitry::internals::hands::{eased, settles};
use summitry::internals::maths::{logistic, normal_quantile, power};
use summitry::internals::setup::{NOBODY, Setup, Source};
use summitry::internals::{
    delivery, drift, overcapacity, praise, resilience, shocks, spoilers, threats, transshipment,
};

use super::{Plain, clamp_mean};

impl Plain {
    pub(super) fn drift(&mut self, s: &Setup, round: u32) {
        for p in 0..2 {
            let (lever, boost) = s.parties[p].boosts[0];
            let growth = &self.q.growth[p];
            for ((r, g), x) in self.resilience[p].iter_mut().zip(growth).zip(&self.level[lever]) {
                *r = resilience::grown(*r, *g, boost * x);
            }
        }
        let fades = 1.0 - s.scenario.tone.fades.get();
        self.tone.iter_mut().for_each(|tone| *tone *= fades);
        let eased = s.lever(&s.scenario.overcapacity.eased_by).expect("a lever eases it");
        let (growth, easing) = (&self.q.overcapacity_growth[0], &self.q.overcapacity_easing[0]);
        for (g, o) in self.overcapacity.iter_mut().enumerate() {
            *o = overcapacity::pressed(*o, growth[g], easing[g], self.level[eased][g]);
        }
        self.wander(s, round);
        let rules = &s.scenario.transshipment;
        let press = s.lever(&s.scenario.thirds.press).expect("a lever presses");
        self.leak.fill(0.0);
        for k in 0..s.countries.len() {
            let (relays, police) = (&self.q.relays[k], &self.q.police[0]);
            for g in 0..self.n {
                self.leak[g] += transshipment::relayed(relays[g], police[g], self.signed[k][g], self.punished[k][g]);
            }
        }
        for g in 0..self.n {
            let shut = 1.0 - rules.press_shuts.get() * self.level[press][g];
            let swollen = 1.0 + rules.overcapacity_swells.get() * self.overcapacity[g];
            self.leak[g] = (self.leak[g] * shut * swollen).clamp(0.0, rules.at_most.get());
        }
    }

    fn wander(&mut self, s: &Setup, round: u32) {
        for (l, lever) in s.levers.iter().enumerate() {
            let wander = self.q.wanders[l].iter().any(|w| *w > 0.0);
            if !wander && self.q.returns[l].iter().all(|r| *r == 0.0) {
                continue;
            }
            if wander {
                self.uniforms("drift", &lever.key, "wander", round);
            }
            for g in 0..self.n {
                if self.snapped[g] == 0.0 {
                    let spread = self.q.wanders[l][g] * lever.step;
                    let stray = if wander { spread * normal_quantile(self.lane[g]) } else { 0.0 };
                    let x = drift::strayed(self.level[l][g], self.settled[l][g], self.q.returns[l][g], stray);
                    self.level[l][g] = x.clamp(lever.low, lever.high);
                }
            }
        }
    }

    /// The promised part of moves that were made in part.
    fn keep_promises(&mut self, s: &Setup) {
        let review = s.scenario.credibility.review.get();
        for (l, lever) in s.levers.iter().enumerate().filter(|(_, lever)| !lever.is_pledge()) {
            let by = lever.holder;
            for g in 0..self.n {
                let [step, rounds] = [self.promised[0][l][g], self.promised[1][l][g]];
                if rounds == 0.0 {
                    continue;
                }
                if self.snapped[g] > 0.0 {
                    self.promised[1][l][g] = 0.0;
                    continue;
                }
                let releases = self.in_step[2][by][g];
                let due = lever.pledge * releases;
                self.in_step[0][by][g] += due;
                self.in_step[1][by][g] += due * self.intends[by][g].min(1.0);
                let x = (self.level[l][g] + releases * step).clamp(lever.low, lever.high);
                self.level[l][g] = x;
                self.settled[l][g] = settles(self.settled[l][g], x, step);
                self.promised[1][l][g] = rounds - 1.0;
                if rounds == 1.0 {
                    let (kept, weight) = (self.intends[by][g], review * lever.pledge);
                    self.news[0][by][g] += weight * kept;
                    self.news[1][by][g] += weight * (1.0 - kept);
                }
            }
        }
    }

    pub(super) fn deliver(&mut self, s: &Setup, round: u32) {
        let (rules, review) = (&s.scenario.delivery, &s.scenario.credibility);
        self.keep_promises(s);
        for (l, lever) in s.levers.iter().enumerate().filter(|(_, lever)| lever.is_pledge()) {
            if self.pledge[2][l].iter().all(|at| at.is_nan()) {
                continue;
            }
            self.uniforms("delivery", &lever.key, "noise", round);
            let by = lever.holder;
            for g in 0..self.n {
                if self.pledge[2][l][g].is_nan() {
                    continue;
                }
                let (base, goal) = (self.pledge[0][l][g], self.pledge[1][l][g]);
                let asked = (goal - base).abs() / (lever.high - lever.low);
                let h = delivery::kept_share(self.intends[by][g], f64::NAN, asked);
                let (n, releases) = (f64::from(round) - self.pledge[2][l][g], self.in_step[2][by][g]);
                let noise = self.q.delivery_noise[0][g];
                let came = h * (1.0 + noise * normal_quantile(self.lane[g])).clamp(0.0, 2.0);
                self.pledge[3][l][g] += releases;
                self.pledge[4][l][g] += releases * came;
                self.in_step[0][by][g] += releases;
                self.in_step[1][by][g] += releases * came.min(1.0);
                let due = self.pledge[3][l][g];
                let share = if due > 0.0 { (self.pledge[4][l][g] / due).clamp(0.0, 1.0) } else { 1.0 };
                self.level[l][g] = delivery::delivered_level(base, goal, releases * h, n, f64::from(rules.ramp.get()))
                    .clamp(lever.reach_low, lever.reach_high);
                if (n as u32).is_multiple_of(review.review_every.get().max(1)) {
                    self.news[0][by][g] += review.review.get() * share;
                    self.news[1][by][g] += review.review.get() * (1.0 - share);
                }
            }
        }
        for p in 0..2 {
            for g in 0..self.n {
                let (due, came) = (self.in_step[0][1 - p][g], self.in_step[1][1 - p][g]);
                self.in_step[2][p][g] = delivery::releases_with(rules.in_step.get(), due, came);
            }
        }
        self.count_news();
    }

    pub(super) fn chance(&mut self, s: &Setup, round: u32) {
        self.uniforms("incidents", "table", "strike", round);
        let sours = s.scenario.incidents.tone.get();
        for g in 0..self.n {
            if self.lane[g] < self.q.incident_rate[0][g] {
                self.shift[g] += sours;
            }
        }
        for (i, shock) in s.calendar.shocks.iter().enumerate() {
            if round < shock.rounds.0 || round > shock.rounds.1 {
                continue;
            }
            self.uniforms("shocks", &format!("{i} {}", s.levers[shock.lever].key), "rule", round);
            let Source::Fixed(chance) = shock.chance else { panic!("the main scenario's chance is a number") };
            for g in 0..self.n {
                if self.lane[g] < chance && self.shocks[g] as u64 >> i & 1 == 0 {
                    self.shocks[g] += (1_u64 << i) as f64;
                    let x = &mut self.level[shock.lever][g];
                    *x = shocks::ruled(s.levers[shock.lever].opens, *x, shock.level);
                }
            }
        }
        self.settle_tone();
        let rules = &s.scenario.spoilers;
        for (row, faction) in s.factions.iter().enumerate().filter(|(_, f)| f.lever != NOBODY) {
            let label = format!("{}/{}", s.parties[faction.party].dice, faction.key);
            self.uniforms("spoilers", &label, "strike", round);
            for g in 0..self.n {
                let rate = self.q.spoil_rate[row][g];
                let chance = spoilers::strikes_with(rate, self.deals[g] > 0.0, rules.after_a_deal.get());
                if self.lane[g] < chance {
                    self.tighten(s, faction.party, faction.lever, g, rules.step.get());
                    self.shift[g] += rules.tone.get();
                    self.news[1][faction.party][g] += s.scenario.credibility.spoiled.get();
                }
            }
        }
        self.settle_tone();
        self.count_news();
    }

    pub(super) fn alone(&mut self, s: &Setup, round: u32) {
        let (rules, word) = (&s.scenario.escalation, &s.scenario.credibility);
        for p in 0..2 {
            if self.before[1 - p].iter().all(|h| *h == 0.0) {
                continue;
            }
            self.uniforms("reply", &s.parties[p].dice, "answer", round);
            for g in 0..self.n {
                let (h, u) = (self.before[1 - p][g], self.lane[g]);
                if h == 0.0 || self.snapped[g] > 0.0 {
                    continue;
                }
                let (kind, forgives) = (self.q.replies_in_kind[p][g], self.q.forgives[p][g]);
                if kind != 0.0
                    && u >= forgives
                    && let Some(l) = Plain::pick(s, p, (u - forgives) / (1.0 - forgives))
                {
                    self.tighten(s, p, l, g, kind * h);
                }
            }
        }
        for p in 0..2 {
            self.uniforms("threats", &s.parties[p].dice, "make", round);
            self.lanes[p] = self.lane.clone();
        }
        for g in 0..self.n {
            if self.pending[g] > 0.0 || self.snapped[g] > 0.0 {
                continue;
            }
            for p in 0..2 {
                let rate = self.q.threat_rate[p][g];
                if self.lanes[p][g] < threats::threatens_with(rate, self.progress[p][g], self.tone[g]) {
                    self.due[p][g] = f64::from(round + rules.threat_due.get());
                    self.pending[g] += 1.0;
                    self.shift[g] += rules.threat_tone.get();
                }
            }
        }
        for p in 0..2 {
            self.uniforms("gestures", &s.parties[p].dice, "offer", round);
            for g in 0..self.n {
                let (rate, u) = (self.q.gesture_rate[p][g], self.lane[g]);
                let open = self.before[1 - p][g] == 0.0 && self.tone[g] < rules.gesture_below.get();
                if u >= rate || !open {
                    continue;
                }
                if s.parties[p].hostile.is_empty() {
                    continue;
                }
                if let Some(l) = self.gift(s, p, u / rate, g).filter(|_| self.snapped[g] == 0.0) {
                    self.level[l][g] = eased(&s.levers[l], self.level[l][g], self.q.gesture_step[p][g]);
                }
                self.shift[g] += rules.gesture_tone.get();
                self.news[3][p][g] += word.gesture.get();
            }
        }
        for p in 0..2 {
            let Some(rate) = self.q.praise_rate.get(p).cloned() else { continue };
            self.uniforms("praise", &s.parties[p].dice, "speak", round);
            for g in 0..self.n {
                self.often[p][g] *= 1.0 - rules.praise_wears.get();
                if self.lane[g] < rate[g] && self.snapped[g] == 0.0 {
                    self.shift[g] += praise::warmed(rules.praise_tone.get(), self.tone[g], self.often[p][g]);
                    self.often[p][g] += 1.0;
                    self.total[p][g] -= s.points(p, rules.praise_cost) * power(self.q.patience[p][g], round);
                    self.news[3][p][g] += word.praise.get();
                }
            }
        }
        self.settle_tone();
        self.count_news();
        for p in 0..2 {
            if !self.due[p].iter().any(|due| *due <= f64::from(round)) {
                continue;
            }
            self.uniforms("threats", &s.parties[p].dice, "carry out", round);
            for g in 0..self.n {
                if self.due[p][g].is_nan() || self.due[p][g] > f64::from(round) {
                    continue;
                }
                self.due[p][g] = f64::NAN;
                self.pending[g] -= 1.0;
                let resolve = clamp_mean(self.shown[p][g], self.lost[p][g]);
                let chance = threats::carries_out_with(resolve, self.tone[g], rules.stayed_by_tone.get());
                let u = self.lane[g];
                let lever = if u < chance { Plain::pick(s, p, u / chance) } else { None };
                if let Some(l) = lever {
                    self.tighten(s, p, l, g, rules.threat_step.get());
                    self.news[2][p][g] += word.carried_out.get();
                } else {
                    self.news[3][p][g] += word.climbed_down.get();
                    let patience = self.q.patience[p][g];
                    self.total[p][g] -= s.points(p, rules.audience_cost) * power(patience, round);
                }
            }
        }
        self.settle_tone();
        self.count_news();
    }

    pub(super) fn court(&mut self, s: &Setup, round: u32) {
        let rules = &s.scenario.thirds;
        let (press, threaten) = (s.lever(&rules.press).expect("named"), s.lever(&rules.threaten).expect("named"));
        let (presser, threatener) = (s.levers[press].holder, s.levers[threaten].holder);
        for (k, country) in s.countries.iter().enumerate() {
            let pressed = rules.pressed.get() * country.exposure[presser];
            let threatened = rules.threatened.get() * country.exposure[threatener];
            let utmost = |l: usize, w: f64| (w * s.levers[l].low).max(w * s.levers[l].high).max(0.0);
            let most = logistic(rules.log_odds.get() + utmost(press, pressed) + utmost(threaten, -threatened));
            self.uniforms("third countries", &country.key, "court", round);
            for g in 0..self.n {
                let (u, threat) = (self.lane[g], self.level[threaten][g]);
                if self.signed[k][g] == 0.0 {
                    if u < most {
                        let resolve = clamp_mean(self.shown[threatener][g], self.lost[threatener][g]);
                        let odds =
                            rules.log_odds.get() + pressed * self.level[press][g] - threatened * threat * resolve;
                        if u < logistic(odds) {
                            self.signed[k][g] = 1.0;
                            self.shift[g] += rules.signed_tone.get();
                        }
                    }
                } else if self.punished[k][g] == 0.0 {
                    if u < rules.punish_per_round.get() * threat {
                        self.punished[k][g] = rules.punishment.get();
                        self.shift[g] += rules.punished_tone.get();
                    }
                } else {
                    self.punished[k][g] *= 1.0 - rules.fades.get();
                }
            }
        }
        self.settle_tone();
    }
}
