//! The same game without an ECS: a struct of arrays and one loop after another, calling the same rules.
//!
//! It plays what the main scenario uses (no grim, no brink, no breakdown, no contest, no seats from outside). Its
//! totals are compared with the engine's, bit for bit, before anything is timed.

mod after;
mod alone;
mod room;

use summitry::mechanisms::{credibility, goals, tone};
use summitry::session::hold::Scratch;
use summitry::table::situation::Situation;
use summitry::world::dice::{BEFORE_PLAY, Key, Stream, drawn};
use summitry::world::hands::tightened;
use summitry::world::maths::annuity;
use summitry::world::setup::{Setup, Source};

type Lane = Vec<f64>;
type Pair = [Lane; 2];

/// Start values that play only reads, a vector each.
#[derive(Default)]
struct Given {
    broken_price: Vec<Lane>,
    condition_a: Vec<Lane>,
    condition_b: Vec<Lane>,
    condition_kind: Vec<Lane>,
    cost_a_round: Vec<Lane>,
    date: Vec<Lane>,
    delivery_noise: Vec<Lane>,
    extend_bar: Vec<Lane>,
    fear_of_lapse: Vec<Lane>,
    forgives: Vec<Lane>,
    gesture_rate: Vec<Lane>,
    gesture_step: Vec<Lane>,
    growth: Vec<Lane>,
    honesty: Vec<Lane>,
    hunger: Vec<Lane>,
    incident_rate: Vec<Lane>,
    model_kind: Vec<Lane>,
    mood_spread: Vec<Lane>,
    optimism: Vec<Lane>,
    outside: Vec<Lane>,
    overcapacity_easing: Vec<Lane>,
    overcapacity_growth: Vec<Lane>,
    patience: Vec<Lane>,
    police: Vec<Lane>,
    politics: Vec<Lane>,
    praise_rate: Vec<Lane>,
    prestige: Vec<Lane>,
    prosperity: Vec<Lane>,
    ratify_bar: Vec<Lane>,
    regard: Vec<Lane>,
    relays: Vec<Lane>,
    replies_in_kind: Vec<Lane>,
    resolve_mean: Vec<Lane>,
    security: Vec<Lane>,
    sharpness: Vec<Lane>,
    spoil_rate: Vec<Lane>,
    summit_bar: Vec<Lane>,
    tactic_a: Vec<Lane>,
    tactic_b: Vec<Lane>,
    tactic_kind: Vec<Lane>,
    tactic_weight: Vec<Lane>,
    threat_rate: Vec<Lane>,
    word_mean: Vec<Lane>,
}

/// All numbers of a cohort, a vector each.
#[derive(Default)]
pub struct Plain {
    n: usize,
    first: u64,
    key: Option<Key>,
    starts: std::collections::BTreeMap<(&'static str, usize), Lane>,
    q: Given,
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
        let rows = |name: &'static str, n_rows: usize| (0..n_rows).map(|row| get(name, row, 0.0)).collect::<Vec<_>>();
        self.q = Given {
            broken_price: rows("BrokenPrice", 2),
            condition_a: rows("ConditionA", 2 * s.conditions),
            condition_b: rows("ConditionB", 2 * s.conditions),
            condition_kind: rows("ConditionKind", 2 * s.conditions),
            cost_a_round: rows("CostARound", 2),
            date: rows("Date", 2),
            delivery_noise: rows("DeliveryNoise", 2),
            extend_bar: rows("ExtendBar", 2),
            fear_of_lapse: rows("FearOfLapse", 2),
            forgives: rows("Forgives", 2),
            gesture_rate: rows("GestureRate", 2),
            gesture_step: rows("GestureStep", 2),
            growth: rows("Growth", 2),
            honesty: rows("Honesty", 2),
            hunger: rows("Hunger", 2),
            incident_rate: rows("IncidentRate", 2),
            model_kind: rows("ModelKind", 2),
            mood_spread: rows("MoodSpread", 2),
            optimism: rows("Optimism", 2),
            outside: rows("Outside", 2),
            overcapacity_easing: rows("OvercapacityEasing", 2),
            overcapacity_growth: rows("OvercapacityGrowth", 2),
            patience: rows("Patience", 2),
            police: rows("Police", 2),
            politics: rows("Politics", 2),
            praise_rate: rows("PraiseRate", 2),
            prestige: rows("Prestige", 2),
            prosperity: rows("Prosperity", 2),
            ratify_bar: rows("RatifyBar", 2),
            regard: rows("Regard", 2),
            relays: rows("Relays", s.countries.len()),
            replies_in_kind: rows("RepliesInKind", 2),
            resolve_mean: rows("ResolveMean", 2),
            security: rows("Security", 2),
            sharpness: rows("Sharpness", 2),
            spoil_rate: rows("SpoilRate", s.factions.len()),
            summit_bar: rows("SummitBar", 2),
            tactic_a: rows("TacticA", 2 * s.tactics),
            tactic_b: rows("TacticB", 2 * s.tactics),
            tactic_kind: rows("TacticKind", 2 * s.tactics),
            tactic_weight: rows("TacticWeight", 2 * s.tactics),
            threat_rate: rows("ThreatRate", 2),
            word_mean: rows("WordMean", 2),
        };
        self.session_dice.clear();
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
                let late = f64::from(round) - self.q.date[p][g];
                self.prize[p][g] = goals::prize_now(self.q.prestige[p][g], points, self.q.hunger[p][g], late);
            }
            if round == 0 {
                let party = &s.scenario.parties[&s.parties[p].key];
                for g in 0..self.n {
                    let leader = [self.q.prosperity[p][g], self.q.security[p][g], self.q.politics[p][g]];
                    let pull = s.government(p, [0.0; 3]);
                    for d in 0..3 {
                        self.gov[d][p][g] = s.parties[p].leader * leader[d] + pull[d];
                    }
                    let life = annuity(self.q.patience[p][g], s.deal_life);
                    self.annuity[p][g] = life;
                    self.deal_cost[p][g] = self.q.cost_a_round[p][g] * life;
                    let h = self.q.honesty[p][g];
                    let (a, b) =
                        credibility::start(self.q.word_mean[p][g], party.word.weight.get(), party.word.record.get(), h);
                    (self.kept[p][g], self.broken[p][g]) = (a, b);
                    let (a, b) = credibility::start(self.q.resolve_mean[p][g], party.resolve.weight.get(), 0.0, 0.5);
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
}
