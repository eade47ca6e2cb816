//! The same game without an ECS: a struct of arrays and one loop after another, calling the same rules.
//!
//! It plays what the main scenario uses (no grim, no brink, no breakdown, no contest, no seats from outside). Its
//! totals are compared with the engine's, bit for bit, before anything is timed.

use summitry::mechanisms::{
    credibility, delivery, goals, overcapacity, ratification, resilience, spoilers, summit, talks, threats, tone,
    transshipment, truce,
};
use summitry::session::hold::{Scratch, hold};
use summitry::table::situation::{LEVERS_MAX, Situation};
use summitry::table::tactics::{Leaf, ModelOf, Step};
use summitry::world::dice::{BEFORE_PLAY, Key, Stream, drawn};
use summitry::world::hands::{eased, tightened};
use summitry::world::maths::{annuity, logistic, normal_quantile, power};
use summitry::world::orders::Orders;
use summitry::world::setup::{NOBODY, Setup, Source, shape_at, source};
use summitry::world::trace::Trace;

type Lane = Vec<f64>;
type Pair = [Lane; 2];

/// All numbers of a cohort, a vector each.
#[derive(Default)]
pub struct Plain {
    n: usize,
    first: u64,
    key: Option<Key>,
    starts: std::collections::BTreeMap<(&'static str, usize), Lane>,
    level: Vec<Lane>,
    agreed: Vec<Lane>,
    tone: Lane,
    shift: Lane,
    leak: Lane,
    overcapacity: Lane,
    snapped: Lane,
    progress: Lane,
    expiry: Lane,
    next: Lane,
    meeting: Lane,
    may_move: Lane,
    summit_set: Lane,
    sessions: Lane,
    initialled: Lane,
    deals: Lane,
    living: Lane,
    pending: Lane,
    shocks: Lane,
    gov: [Pair; 3],
    annuity: Pair,
    deal_cost: Pair,
    prize: Pair,
    intends: Pair,
    kept: Pair,
    broken: Pair,
    shown: Pair,
    lost: Pair,
    news: [Pair; 4],
    resilience: Pair,
    hostile: Pair,
    before: Pair,
    due: Pair,
    heard: [Pair; 3],
    worth: Pair,
    discount: Pair,
    /// Points of each party, the result that is compared.
    pub total: Pair,
    belief: Vec<Lane>,
    signed: Vec<Lane>,
    punished: Vec<Lane>,
    pledge: [Vec<Lane>; 5],
    situations: Vec<Situation>,
    scratch: Scratch,
    session_dice: Vec<[Lane; 6]>,
    lane: Lane,
    lanes: Pair,
    sums: [Pair; 3],
    bite: Pair,
    shaped: Lane,
}

fn pair(n: usize, x: f64) -> Pair {
    [vec![x; n], vec![x; n]]
}

fn clamp_mean(a: f64, b: f64) -> f64 {
    a / (a + b)
}

impl Plain {
    /// Writes the start values of games `first..first + n`.
    pub fn load(&mut self, s: &Setup, key: Key, first: u64, n: usize) {
        (self.n, self.first, self.key) = (n, first, Some(key));
        for start in &s.starts {
            let lane = self.starts.entry((start.column, start.row)).or_default();
            lane.resize(n, 0.0);
            match start.from {
                Source::Fixed(x) => lane.fill(x),
                Source::Drawn { from, stream, range } => {
                    key.uniforms(stream, BEFORE_PLAY, first, lane);
                    lane.iter_mut().for_each(|u| *u = drawn(from, *u).clamp(range.0, range.1));
                }
            }
        }
        let zero = || vec![0.0; n];
        let get = |name: &'static str, row: usize, neutral: f64| {
            self.starts.get(&(name, row)).cloned().unwrap_or_else(|| vec![neutral; n])
        };
        let both = |name: &'static str, x: f64| [get(name, 0, x), get(name, 1, x)];
        self.level = (0..s.levers.len()).map(|l| get("Level", l, 0.0)).collect();
        self.agreed = vec![vec![f64::NAN; n]; s.levers.len()];
        self.tone = get("Tone", 0, 0.1);
        self.overcapacity = get("Overcapacity", 0, 0.0);
        self.expiry = get("Expiry", 0, 1e9);
        self.next = get("NextMeeting", 0, 1e9);
        for lane in [
            &mut self.shift,
            &mut self.leak,
            &mut self.snapped,
            &mut self.progress,
            &mut self.meeting,
            &mut self.may_move,
            &mut self.summit_set,
            &mut self.sessions,
            &mut self.initialled,
            &mut self.deals,
            &mut self.living,
            &mut self.pending,
            &mut self.shocks,
        ] {
            *lane = zero();
        }
        self.gov = [both("GovProsperity", 0.0), both("GovSecurity", 0.0), both("GovPolitics", 0.0)];
        self.resilience = both("Resilience", 0.0);
        for lanes in [
            &mut self.annuity,
            &mut self.deal_cost,
            &mut self.prize,
            &mut self.kept,
            &mut self.broken,
            &mut self.shown,
            &mut self.lost,
            &mut self.hostile,
            &mut self.before,
            &mut self.worth,
            &mut self.total,
        ] {
            *lanes = pair(n, 0.0);
        }
        self.news = [pair(n, 0.0), pair(n, 0.0), pair(n, 0.0), pair(n, 0.0)];
        self.intends = both("Honesty", 1.0);
        self.due = pair(n, f64::NAN);
        self.heard = [pair(n, f64::NAN), pair(n, -1.0), pair(n, 0.0)];
        self.discount = pair(n, 1.0);
        self.belief = (0..2 * s.types.len()).map(|h| get("Belief", h, 0.0)).collect();
        self.signed = (0..s.countries.len()).map(|k| get("CountrySigned", k, 0.0)).collect();
        self.punished = vec![zero(); s.countries.len()];
        self.pledge = [0.0, 0.0, f64::NAN, 0.0, 0.0].map(|x| vec![vec![x; n]; s.levers.len()]);
        self.session_dice.clear();
    }

    fn of(&self, name: &'static str, row: usize) -> &Lane {
        &self.starts[&(name, row)]
    }

    fn uniforms(&mut self, mechanism: &str, row: &str, draw: &str, round: u32) {
        self.lane.resize(self.n, 0.0);
        let key = self.key.expect("loaded");
        key.uniforms(Stream::named(mechanism, row, draw), u64::from(round), self.first, &mut self.lane);
    }

    fn settle_tone(&mut self) {
        for (tone, shift) in self.tone.iter_mut().zip(&mut self.shift) {
            *tone = tone::settled(*tone, *shift);
            *shift = 0.0;
        }
    }

    fn count_news(&mut self) {
        let counts = [&mut self.kept, &mut self.broken, &mut self.shown, &mut self.lost];
        for (counts, news) in counts.into_iter().zip(&mut self.news) {
            for (counts, news) in counts.iter_mut().zip(news) {
                for (count, news) in counts.iter_mut().zip(news) {
                    *count += *news;
                    *news = 0.0;
                }
            }
        }
    }

    fn tighten(&mut self, s: &Setup, p: usize, l: usize, g: usize, steps: f64) {
        let x = self.level[l][g];
        let to = tightened(&s.levers[l], x, steps);
        self.level[l][g] = to;
        let z = (to - x).abs() / s.levers[l].step;
        self.hostile[p][g] += z;
        self.shift[g] += s.scenario.escalation.tone_per_step.get() * z;
    }

    fn pick(s: &Setup, p: usize, u: f64) -> Option<usize> {
        let hostile = &s.parties[p].hostile;
        hostile.get(((u * hostile.len() as f64) as usize).min(hostile.len().saturating_sub(1))).copied()
    }

    /// Plays all rounds.
    pub fn play(&mut self, s: &Setup) {
        for round in 0..s.rounds {
            self.brief(s, round);
            self.drift(s);
            self.deliver(s, round);
            self.chance(s, round);
            self.alone(s, round);
            self.court(s, round);
            self.talk(s, round);
            self.arrange(s, round);
            self.truce(s, round);
            self.pay(s, round);
        }
    }

    fn brief(&mut self, s: &Setup, round: u32) {
        let points = s.scenario.prize.summit.get();
        for p in 0..2 {
            for g in 0..self.n {
                let late = f64::from(round) - self.of("Date", p)[g];
                self.prize[p][g] =
                    goals::prize_now(self.of("Prestige", p)[g], points, self.of("Hunger", p)[g], late);
            }
            if round == 0 {
                let party = &s.scenario.parties[&s.parties[p].key];
                for g in 0..self.n {
                    let leader =
                        [self.of("Prosperity", p)[g], self.of("Security", p)[g], self.of("Politics", p)[g]];
                    let pull = s.government(p, [0.0; 3]);
                    for d in 0..3 {
                        self.gov[d][p][g] = s.parties[p].leader * leader[d] + pull[d];
                    }
                    let life = annuity(self.of("Patience", p)[g], s.deal_life);
                    self.annuity[p][g] = life;
                    self.deal_cost[p][g] = self.of("CostARound", p)[g] * life;
                    let h = self.of("Honesty", p)[g];
                    let (a, b) = credibility::start(
                        self.of("WordMean", p)[g],
                        party.word.weight.get(),
                        party.word.record.get(),
                        h,
                    );
                    (self.kept[p][g], self.broken[p][g]) = (a, b);
                    let (a, b) =
                        credibility::start(self.of("ResolveMean", p)[g], party.resolve.weight.get(), 0.0, 0.5);
                    (self.shown[p][g], self.lost[p][g]) = (a, b);
                }
            }
            let (now, before) = (&mut self.hostile[p], &mut self.before[p]);
            for (now, before) in now.iter_mut().zip(before) {
                *before = *now;
                *now = 0.0;
            }
        }
    }

    fn drift(&mut self, s: &Setup) {
        for p in 0..2 {
            let (lever, boost) = s.parties[p].boosts[0];
            let growth = &self.starts[&("Growth", p)];
            for ((r, g), x) in self.resilience[p].iter_mut().zip(growth).zip(&self.level[lever]) {
                *r = resilience::grown(*r, *g, boost * x);
            }
        }
        let fades = 1.0 - s.scenario.tone.fades.get();
        self.tone.iter_mut().for_each(|tone| *tone *= fades);
        let eased = s.lever(&s.scenario.overcapacity.eased_by).expect("a lever eases it");
        let (growth, easing) = (&self.starts[&("OvercapacityGrowth", 0)], &self.starts[&("OvercapacityEasing", 0)]);
        for (g, o) in self.overcapacity.iter_mut().enumerate() {
            *o = overcapacity::pressed(*o, growth[g], easing[g], self.level[eased][g]);
        }
        let rules = &s.scenario.transshipment;
        let press = s.lever(&s.scenario.thirds.press).expect("a lever presses");
        self.leak.fill(0.0);
        for k in 0..s.countries.len() {
            let (relays, police) = (&self.starts[&("Relays", k)], &self.starts[&("Police", 0)]);
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

    fn deliver(&mut self, s: &Setup, round: u32) {
        let (rules, review) = (&s.scenario.delivery, &s.scenario.credibility);
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
                self.pledge[3][l][g] += 1.0;
                let n = self.pledge[3][l][g];
                let noise = self.of("DeliveryNoise", 0)[g];
                self.pledge[4][l][g] += h * (1.0 + noise * normal_quantile(self.lane[g])).clamp(0.0, 2.0);
                let share = (self.pledge[4][l][g] / n).clamp(0.0, 1.0);
                self.level[l][g] = delivery::delivered_level(base, goal, h, n, f64::from(rules.ramp.get()))
                    .clamp(lever.reach_low, lever.reach_high);
                if n as u32 % review.review_every.get().max(1) == 0 {
                    self.news[0][by][g] += review.review.get() * share;
                    self.news[1][by][g] += review.review.get() * (1.0 - share);
                }
            }
        }
        self.count_news();
    }

    fn chance(&mut self, s: &Setup, round: u32) {
        self.uniforms("incidents", "table", "strike", round);
        let sours = s.scenario.incidents.tone.get();
        for g in 0..self.n {
            if self.lane[g] < self.of("IncidentRate", 0)[g] {
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
                    self.level[shock.lever][g] = shock.level;
                }
            }
        }
        self.settle_tone();
        let rules = &s.scenario.spoilers;
        for (row, faction) in s.factions.iter().enumerate().filter(|(_, f)| f.lever != NOBODY) {
            let label = format!("{}/{}", s.parties[faction.party].dice, faction.key);
            self.uniforms("spoilers", &label, "strike", round);
            for g in 0..self.n {
                let rate = self.of("SpoilRate", row)[g];
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

    fn alone(&mut self, s: &Setup, round: u32) {
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
                let (kind, forgives) = (self.of("RepliesInKind", p)[g], self.of("Forgives", p)[g]);
                if kind != 0.0 && u >= forgives && let Some(l) = Plain::pick(s, p, (u - forgives) / (1.0 - forgives)) {
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
                let rate = self.of("ThreatRate", p)[g];
                if self.lanes[p][g] < threats::threatens_with(rate, self.progress[g], self.tone[g]) {
                    self.due[p][g] = f64::from(round + rules.threat_due.get());
                    self.pending[g] += 1.0;
                    self.shift[g] += rules.threat_tone.get();
                }
            }
        }
        for p in 0..2 {
            self.uniforms("gestures", &s.parties[p].dice, "offer", round);
            for g in 0..self.n {
                let (rate, u) = (self.of("GestureRate", p)[g], self.lane[g]);
                let open = self.before[1 - p][g] == 0.0 && self.tone[g] < rules.gesture_below.get();
                if u >= rate || !open {
                    continue;
                }
                let Some(l) = Plain::pick(s, p, u / rate) else { continue };
                if self.snapped[g] == 0.0 {
                    self.level[l][g] = eased(&s.levers[l], self.level[l][g], self.of("GestureStep", p)[g]);
                }
                self.shift[g] += rules.gesture_tone.get();
                self.news[3][p][g] += word.gesture.get();
            }
        }
        for p in 0..2 {
            let Some(rate) = self.starts.get(&("PraiseRate", p)).cloned() else { continue };
            self.uniforms("praise", &s.parties[p].dice, "speak", round);
            for g in 0..self.n {
                if self.lane[g] < rate[g] && self.snapped[g] == 0.0 {
                    self.shift[g] += rules.praise_tone.get();
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
                    let patience = self.of("Patience", p)[g];
                    self.total[p][g] -= rules.audience_cost.get() * power(patience, round);
                }
            }
        }
        self.settle_tone();
        self.count_news();
    }

    fn court(&mut self, s: &Setup, round: u32) {
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

    fn dice_of_session(&mut self, s: &Setup, session: usize) {
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

    fn talk(&mut self, s: &Setup, round: u32) {
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
                let spread = self.of("MoodSpread", p)[g];
                sit.sides[p].mood = if spread > 0.0 { spread * normal_quantile(dice[2 + p][g]) } else { 0.0 };
            }
            let mut agreed = [f64::NAN; LEVERS_MAX];
            let result = hold(s, sit, &mut scratch, &orders, &trace, &mut agreed);
            self.progress[g] = result.progress;
            self.shift[g] += s.scenario.signing.progress_tone.get() * result.progress;
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
        self.ratify(s);
        self.settle_tone();
        self.count_news();
        self.enact(s, round);
        self.settle_tone();
        self.restore(s, round);
        self.settle_tone();
    }

    fn seat(&self, s: &Setup, round: u32, g: usize, sit: &mut Situation) {
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
        sit.regard = self.of("Regard", 0)[g];
        sit.broken_price = self.of("BrokenPrice", 0)[g];
        sit.fear = self.of("FearOfLapse", 0)[g];
        sit.breakdown = 0.0;
        for p in 0..2 {
            let side = &mut sit.sides[p];
            side.weights = [self.gov[0][p][g], self.gov[1][p][g], self.gov[2][p][g]];
            side.model = ModelOf::of_number(self.of("ModelKind", p)[g]);
            side.sharpness = self.of("Sharpness", p)[g];
            side.patience = self.of("Patience", p)[g];
            side.annuity = self.annuity[p][g];
            side.date = self.of("Date", p)[g];
            side.optimism = self.of("Optimism", p)[g];
            side.honesty = self.intends[p][g];
            side.word = clamp_mean(self.kept[p][g], self.broken[p][g]);
            side.resolve = clamp_mean(self.shown[p][g], self.lost[p][g]);
            side.resilience = self.resilience[p][g];
            side.growth = self.of("Growth", p)[g];
            side.deal_cost = self.deal_cost[p][g];
            side.prize = self.prize[p][g];
            side.outside = self.of("Outside", p)[g];
            side.heard_first = self.heard[0][p][g];
            side.heard_best = self.heard[1][p][g];
            side.heard_value = self.heard[2][p][g];
            for (i, h) in s.parties[p].suspects.iter().enumerate() {
                side.beliefs[i] = self.belief[p * s.types.len() + h][g];
            }
            let number = |name, row: usize| self.starts.get(&(name, row)).map_or(0.0, |lane| lane[g]);
            for i in 0..s.tactics {
                let row = p * s.tactics + i;
                side.tactics[i] = Leaf::new(
                    number("TacticKind", row),
                    number("TacticWeight", row),
                    number("TacticA", row),
                    number("TacticB", row),
                );
            }
            for i in 0..s.conditions {
                let row = p * s.conditions + i;
                side.accept[i] =
                    Step::new(number("ConditionKind", row), number("ConditionA", row), number("ConditionB", row));
            }
        }
    }

    fn ratify(&mut self, s: &Setup) {
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
                    price: self.of("BrokenPrice", 0)[g],
                    levels: &levels,
                };
                let support = ratification::support_for(s, p, &package);
                let bar = self.of("RatifyBar", p)[g];
                let chance = logistic((support - bar) / rules.scale.get().max(1e-6));
                let stream = Stream::named("ratification", &s.parties[p].dice, "vote");
                let key = self.key.expect("loaded");
                if key.uniform(stream, self.sessions[g] as u64, self.first + g as u64) >= chance {
                    passes = false;
                    self.news[1][p][g] += s.scenario.credibility.rejected.get();
                    self.shift[g] += rules.rejected_tone.get();
                }
            }
            self.initialled[g] = if passes { 2.0 } else { 0.0 };
        }
    }

    fn enact(&mut self, s: &Setup, round: u32) {
        let rules = &s.scenario;
        for g in 0..self.n {
            if self.initialled[g] != 2.0 {
                continue;
            }
            for (l, lever) in s.levers.iter().enumerate() {
                let (x, to) = (self.level[l][g], self.agreed[l][g]);
                if to.is_nan() || (to - x).abs() < rules.signing.smallest_move.get() * lever.step {
                    self.agreed[l][g] = f64::NAN;
                } else if lever.is_pledge() {
                    for (lane, value) in self.pledge.iter_mut().zip([x, to, f64::from(round), 0.0, 0.0]) {
                        lane[l][g] = value;
                    }
                } else {
                    self.level[l][g] = to;
                }
            }
            let leaders = self.meeting[g] == 2.0;
            let share = if leaders { 1.0 } else { rules.prize.at_talks.get() };
            for p in 0..2 {
                let patience = self.of("Patience", p)[g];
                self.total[p][g] += self.prize[p][g] * share * power(patience, round);
            }
            let longer = if leaders { rules.truce.summit_extends_by } else { rules.truce.deal_extends_by };
            self.expiry[g] = self.expiry[g].max(f64::from(round + longer.get()));
            self.deals[g] += 1.0;
            self.shift[g] += rules.signing.tone.get();
        }
    }

    fn consent(&self, s: &Setup, p: usize, g: usize, loss: f64) -> f64 {
        let z = truce::willingness(s, loss, self.progress[g], self.tone[g]);
        truce::consents_with(z, self.of("ExtendBar", p)[g])
    }

    fn gain(&self, s: &Setup, p: usize, g: usize, from: impl Fn(usize) -> f64, pledges: bool) -> f64 {
        let w = [self.gov[0][p][g], self.gov[1][p][g], self.gov[2][p][g]];
        truce::flow_over(s, p, w, self.resilience[p][g], self.leak[g], |l, shape| {
            let lever = &s.levers[l];
            if lever.is_pledge() && !pledges {
                return 0.0;
            }
            shape_at(s.shapes[shape].shape, self.level[l][g], lever.low, lever.high) - from(shape)
        })
    }

    fn restore(&mut self, s: &Setup, round: u32) {
        let (_, extend_by) = s.calendar.truce.expect("a truce");
        for g in 0..self.n {
            if self.snapped[g] == 0.0 || self.meeting[g] == 0.0 {
                continue;
            }
            let session = self.sessions[g] as u64;
            self.sessions[g] += 1.0;
            let mut both = true;
            for p in 0..2 {
                let worth = self.gain(s, p, g, |shape| s.shapes[shape].at_now, true);
                let stream = Stream::named("truce", &s.parties[p].dice, "restore");
                let u = self.key.expect("loaded").uniform(stream, session, self.first + g as u64);
                both &= u < self.consent(s, p, g, (-worth).max(0.0));
            }
            if both {
                for (l, lever) in s.levers.iter().enumerate().filter(|(_, lever)| !lever.is_pledge()) {
                    self.level[l][g] = lever.now;
                }
                self.snapped[g] = 0.0;
                self.expiry[g] = f64::from(round + extend_by);
                self.shift[g] += s.scenario.truce.restored_tone.get();
            }
        }
    }

    fn arrange(&mut self, s: &Setup, round: u32) {
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
                let bar = self.of("SummitBar", 0)[g];
                let accepts = |p: usize| {
                    let chance = summit::accepts_with(self.prize[p][g], self.tone[g], self.progress[g], bar);
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
                        self.total[p][g] += won * power(self.starts[&("Patience", p)][g], round);
                    }
                }
            }
        }
    }

    fn truce(&mut self, s: &Setup, round: u32) {
        let (_, extend_by) = s.calendar.truce.expect("a truce");
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
                    let loss = self.gain(s, p, g, |shape| s.shapes[shape].at_snap, false).max(0.0);
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

    fn pay(&mut self, s: &Setup, round: u32) {
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
            let patience = &self.starts[&("Patience", p)];
            for g in 0..n {
                self.discount[p][g] *= if round > 0 { patience[g] } else { 1.0 };
                let counts = self.discount[p][g];
                let [a, b, c] = [0, 1, 2].map(|d: usize| self.sums[d][p][g] * (self.gov[d][p][g] * counts));
                self.total[p][g] += a + b + c;
            }
        }
        for p in 0..2 {
            let (cost, patience) = (&self.starts[&("CostARound", p)], &self.starts[&("Patience", p)]);
            for g in 0..n {
                if self.living[g] > 0.0 {
                    self.total[p][g] -= self.living[g] * cost[g] * power(patience[g], round);
                }
            }
        }
    }
}
