//! The same game without an ECS: a struct of arrays and one loop after another, calling the same rules.
//!
//! It plays what the main scenario uses (no grim, no brink, no breakdown, no contest, no seats from outside), but for some
//! rules (`BETWEEN`). Its totals are compared with the engine's, bit for bit, before anything is timed.

mod after;
mod alone;
mod room;

use summitry::internals::accept::{ConditionBar, ConditionCount, ConditionKind};
use summitry::internals::components::NEVER;
use summitry::internals::components::{
    Belief, BrokenPrice, CostARound, CountrySigned, Date, Expiry, FearOfLapse, GovPolitics, GovProsperity, GovSecurity,
    Growth, Honesty, Level, MoodSpread, NextMeeting, Optimism, Outside, Overcapacity, Patience, Police, Politics,
    Prestige, Prosperity, RatifyBar, Regard, Resilience, Security, Settled, Tone,
};
use summitry::internals::credibility::{ResolveMean, WordMean};
use summitry::internals::delivery::DeliveryNoise;
use summitry::internals::dice::{BEFORE_PLAY, Key, Stream, drawn};
use summitry::internals::drift::{Returns, Wanders};
use summitry::internals::gestures::{GestureRate, GestureStep};
use summitry::internals::goals::Hunger;
use summitry::internals::hands::{eased, tightened};
use summitry::internals::hold::Scratch;
use summitry::internals::incidents::IncidentRate;
use summitry::internals::maths::annuity;
use summitry::internals::model::{ModelKind, Sharpness};
use summitry::internals::offer::{TacticKind, TacticOpening, TacticPace, TacticWeight};
use summitry::internals::overcapacity::{OvercapacityEasing, OvercapacityGrowth};
use summitry::internals::praise::PraiseRate;
use summitry::internals::reply::{Forgives, RepliesInKind};
use summitry::internals::rows::{ColumnId, Value};
use summitry::internals::setup::{Setup, Source};
use summitry::internals::situation::Situation;
use summitry::internals::spoilers::SpoilRate;
use summitry::internals::summit::SummitBar;
use summitry::internals::threats::ThreatRate;
use summitry::internals::transshipment::Relays;
use summitry::internals::truce::ExtendBar;
use summitry::internals::{credibility, goals, tone};

/// Rules of the main scenario that it leaves out: extensions ahead of time and of bargained length, swaps, clashes, threats
/// of their own size and date, cases in court and levers in layers.
pub const BETWEEN: &str = "off=[\"terms\", \"repair\", \"unravel\", \"threat_terms\", \"courts\", \"layers\"]";

type Lane = Vec<f64>;
type Pair = [Lane; 2];

/// Start values that play only reads, a vector each.
#[derive(Default)]
struct Given {
    broken_price: Vec<Lane>,
    condition_bar: Vec<Lane>,
    condition_count: Vec<Lane>,
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
    returns: Vec<Lane>,
    wanders: Vec<Lane>,
    relays: Vec<Lane>,
    replies_in_kind: Vec<Lane>,
    resolve_mean: Vec<Lane>,
    security: Vec<Lane>,
    sharpness: Vec<Lane>,
    spoil_rate: Vec<Lane>,
    summit_bar: Vec<Lane>,
    tactic_pace: Vec<Lane>,
    tactic_opening: Vec<Lane>,
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
    starts: std::collections::BTreeMap<(ColumnId, usize), Lane>,
    q: Given,
    level: Vec<Lane>,
    agreed: Vec<Lane>,
    tone: Lane,
    shift: Lane,
    leak: Lane,
    overcapacity: Lane,
    snapped: Lane,
    progress: Pair,
    items: Pair,
    often: Pair,
    settled: Vec<Lane>,
    promised: [Vec<Lane>; 2],
    /// What was due of each side so far of the latest deal, how much of it came, and what it does not hold back.
    in_step: [Pair; 3],
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
        let get = |column: ColumnId, row: usize, neutral: f64| {
            self.starts.get(&(column, row)).cloned().unwrap_or_else(|| vec![neutral; n])
        };
        let both = |column: ColumnId, x: f64| [get(column, 0, x), get(column, 1, x)];
        self.level = (0..s.levers.len()).map(|l| get(Level::COLUMN, l, 0.0)).collect();
        self.progress = pair(n, 0.0);
        self.items = pair(n, 0.0);
        self.often = pair(n, 0.0);
        self.settled = (0..s.levers.len()).map(|l| get(Settled::COLUMN, l, 0.0)).collect();
        self.in_step = [0.0, 0.0, 1.0].map(|x| pair(n, x));
        self.promised = [0.0, 0.0].map(|x| vec![vec![x; n]; s.levers.len()]);
        self.agreed = vec![vec![f64::NAN; n]; s.levers.len()];
        self.tone = get(Tone::COLUMN, 0, 0.1);
        self.overcapacity = get(Overcapacity::COLUMN, 0, 0.0);
        self.expiry = get(Expiry::COLUMN, 0, NEVER);
        self.next = get(NextMeeting::COLUMN, 0, NEVER);
        for lane in [
            &mut self.shift,
            &mut self.leak,
            &mut self.snapped,
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
        self.gov = [both(GovProsperity::COLUMN, 0.0), both(GovSecurity::COLUMN, 0.0), both(GovPolitics::COLUMN, 0.0)];
        self.resilience = both(Resilience::COLUMN, 0.0);
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
        self.intends = both(Honesty::COLUMN, 1.0);
        self.due = pair(n, f64::NAN);
        self.heard = [pair(n, f64::NAN), pair(n, -1.0), pair(n, 0.0)];
        self.discount = pair(n, 1.0);
        self.belief = (0..2 * s.types.len()).map(|h| get(Belief::COLUMN, h, 0.0)).collect();
        self.signed = (0..s.countries.len()).map(|k| get(CountrySigned::COLUMN, k, 0.0)).collect();
        self.punished = vec![zero(); s.countries.len()];
        self.pledge = [0.0, 0.0, f64::NAN, 0.0, 0.0].map(|x| vec![vec![x; n]; s.levers.len()]);
        let rows = |column: ColumnId, n_rows: usize| (0..n_rows).map(|row| get(column, row, 0.0)).collect::<Vec<_>>();
        self.q = Given {
            broken_price: rows(BrokenPrice::COLUMN, 2),
            condition_bar: rows(ConditionBar::COLUMN, 2 * s.conditions),
            condition_count: rows(ConditionCount::COLUMN, 2 * s.conditions),
            condition_kind: rows(ConditionKind::COLUMN, 2 * s.conditions),
            cost_a_round: rows(CostARound::COLUMN, 2),
            date: rows(Date::COLUMN, 2),
            delivery_noise: rows(DeliveryNoise::COLUMN, 2),
            extend_bar: rows(ExtendBar::COLUMN, 2),
            fear_of_lapse: rows(FearOfLapse::COLUMN, 2),
            forgives: rows(Forgives::COLUMN, 2),
            gesture_rate: rows(GestureRate::COLUMN, 2),
            gesture_step: rows(GestureStep::COLUMN, 2),
            growth: rows(Growth::COLUMN, 2),
            honesty: rows(Honesty::COLUMN, 2),
            hunger: rows(Hunger::COLUMN, 2),
            incident_rate: rows(IncidentRate::COLUMN, 2),
            model_kind: rows(ModelKind::COLUMN, 2),
            mood_spread: rows(MoodSpread::COLUMN, 2),
            optimism: rows(Optimism::COLUMN, 2),
            outside: rows(Outside::COLUMN, 2),
            overcapacity_easing: rows(OvercapacityEasing::COLUMN, 2),
            overcapacity_growth: rows(OvercapacityGrowth::COLUMN, 2),
            patience: rows(Patience::COLUMN, 2),
            police: rows(Police::COLUMN, 2),
            politics: rows(Politics::COLUMN, 2),
            praise_rate: rows(PraiseRate::COLUMN, 2),
            prestige: rows(Prestige::COLUMN, 2),
            prosperity: rows(Prosperity::COLUMN, 2),
            ratify_bar: rows(RatifyBar::COLUMN, 2),
            regard: rows(Regard::COLUMN, 2),
            returns: rows(Returns::COLUMN, s.levers.len()),
            wanders: rows(Wanders::COLUMN, s.levers.len()),
            relays: rows(Relays::COLUMN, s.countries.len()),
            replies_in_kind: rows(RepliesInKind::COLUMN, 2),
            resolve_mean: rows(ResolveMean::COLUMN, 2),
            security: rows(Security::COLUMN, 2),
            sharpness: rows(Sharpness::COLUMN, 2),
            spoil_rate: rows(SpoilRate::COLUMN, s.factions.len()),
            summit_bar: rows(SummitBar::COLUMN, 2),
            tactic_pace: rows(TacticPace::COLUMN, 2 * s.tactics),
            tactic_opening: rows(TacticOpening::COLUMN, 2 * s.tactics),
            tactic_kind: rows(TacticKind::COLUMN, 2 * s.tactics),
            tactic_weight: rows(TacticWeight::COLUMN, 2 * s.tactics),
            threat_rate: rows(ThreatRate::COLUMN, 2),
            word_mean: rows(WordMean::COLUMN, 2),
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

    /// One to open that has room.
    fn gift(&self, s: &Setup, p: usize, u: f64, g: usize) -> Option<usize> {
        let chosen = Plain::pick(s, p, u)?;
        let has_room = |l: &usize| eased(&s.levers[*l], self.level[*l][g], 1.0) != self.level[*l][g];
        if has_room(&chosen) { Some(chosen) } else { s.parties[p].hostile.iter().copied().find(has_room) }
    }

    /// Plays all rounds.
    pub fn play(&mut self, s: &Setup) {
        for round in 0..s.rounds {
            self.brief(s, round);
            self.drift(s, round);
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
        for p in 0..2 {
            let points = s.points(p, s.scenario.prize.summit);
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
