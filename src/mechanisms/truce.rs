//! The truce lapses unless both extend it; then the levers snap to harsher levels until both restore it.
//!
//! Each consents with chance `logistic(loss_p resolve_q / .075 u + 1.2 progress + 1.2 tone - demand_p)`, loss_p what it
//! would lose a week by the lapse. On a lapse every switch lever goes to its snap level, tone -.5, and an emergency
//! session follows in 4 to 6 rounds. To restore, the loss is what the snapped levels cost it now; switches go back to what
//! both last settled on, be it the truce or a deal. Of a lever in layers only those that the truce covers come back.

use bevy_ecs::prelude::*;
use bevy_ecs::system::SystemParam;

use crate::codes::Coded;
use crate::codes::codes;
use crate::scenario::limits::LEVERS_MAX;
use crate::scenario::rules::{Standoff, Switch};
use crate::scenario::strategy::Extend;
use crate::table::values::bite;
use crate::world::CurrentRound;
use crate::world::build::Build;
use crate::world::components::{
    Deals, Expiry, Extensions, FearOfLapse, GovPolitics, GovProsperity, GovSecurity, Lapsed, Leak, Meeting, Meets,
    NextMeeting, Over, Progress, Resilience, ResolveLost, ResolveShown, Sessions, Settled, Snapped, Tone, ToneShift,
};
use crate::world::dice::{Dice, Stream};
use crate::world::lanes::{Lanes, LanesMut};
use crate::world::layers::Layers;
use crate::world::maths::{believed, log_odds, logistic};
use crate::world::measure::{Chapter, From, Measures};
use crate::world::mechanism::Mechanism;
use crate::world::orders::{About, Ask, At, Orders};
use crate::world::phase::Phase;
use crate::world::rows::{NONE, Party, Table, Value, pair};
use crate::world::rows::{coded, values};
use crate::world::setup::{NOBODY, Setup, Source, shape_at, source};
use crate::world::trace::{Move, Trace, What};

codes! {
    /// How a party decides on an extension.
    Extends {
        /// By log-odds against its bar.
        #[default]
        Bar,
        /// If the last session came far enough.
        Progress,
        /// By chance.
        Chance,
    }
}
coded! { Party;
    /// How it decides on an extension.
    ExtendRule of Extends;
}
values! { Party;
    /// The bar, the progress it wants, or the chance of giving in.
    ExtendBar = 0.0;
}
values! { Table;
    /// Times the truce was restored.
    Restored = 0.0;
    /// The round of the first lapse.
    LapseRound = NONE;
    /// The length of the latest extension, in rounds.
    LastExtension = 0.0;
    /// 1 when the truce still held on the date of its first expiry.
    FirstKept = 0.0;
}

/// The rule.
pub const MECHANISM: Mechanism = Mechanism { name: "truce", switch: Some(Switch::Truce), equip, install, measure };

/// Lists start values.
fn equip(setup: &mut Setup) {
    let Some((at, _)) = setup.calendar.truce else { return };
    setup.start::<Expiry>(0, Source::Fixed(f64::from(at)));
    if setup.is_on(Switch::LapseFear) {
        let fear = setup.scenario.talks.fear_of_lapse;
        setup.start::<FearOfLapse>(0, source(&fear, "table", "fear of lapse"));
    }
    for p in 0..2 {
        let label = setup.parties[p].dice.clone();
        let (rule, bar) = match setup.parties[p].strategy.extend.clone() {
            Extend::Demand { bar } => (Extends::Bar, source(&bar, &label, "extend bar")),
            Extend::Always => (Extends::Bar, Source::Fixed(-NO_CONSENT)),
            Extend::Never => (Extends::Bar, Source::Fixed(NO_CONSENT)),
            Extend::IfProgress { at_least } => (Extends::Progress, source(&at_least, &label, "extend progress")),
            Extend::Attrition { hazard } => {
                let auto = setup.scenario.standoff.as_ref().map_or(0.5, Standoff::indifferent);
                (Extends::Chance, hazard.map_or(Source::Fixed(auto), |h| source(&h, &label, "extend hazard")))
            }
        };
        setup.start::<ExtendRule>(p, Source::Fixed(rule.number()));
        setup.start::<ExtendBar>(p, bar);
    }
}

/// Adds the systems.
fn install(b: &mut Build) {
    b.rows::<(ExtendRule, ExtendBar, Restored, LapseRound, LastExtension, FirstKept)>();
    if b.setup.calendar.truce.is_some() {
        b.system(Phase::Restore, "truce: restored if both consent", restore);
        b.system(Phase::Truce, "truce: extended or lapses", expire);
    }
}

/// Lists what is measured.
fn measure(setup: &Setup, m: &mut Measures) {
    if setup.calendar.truce.is_none() {
        return;
    }
    m.event("first_truce_kept", "the truce still held on the date of its first expiry", FirstKept::COLUMN);
    m.event("truce_extended", "the truce was extended at least once", Extensions::COLUMN);
    m.event("truce_lapsed", "the truce lapsed at some time", Lapsed::COLUMN);
    m.event("truce_restored", "a lapsed truce was restored", Restored::COLUMN);
    if setup.is_on(Switch::Talks) {
        m.event_of("deal_broke", "the truce was down at the end, of games with a deal", Snapped::COLUMN, Deals::COLUMN);
    }
    let (lapsed, extended) = (From::Column(LapseRound::COLUMN, 0), From::Column(Extensions::COLUMN, 0));
    m.metric(Chapter::When, "lapse_round", "round", "round of the first lapse", lapsed).only_if("truce_lapsed");
    m.metric(Chapter::Spans, "extensions", "extensions", "extensions of the truce", extended);
}

#[derive(SystemParam)]
struct Mood<'w, 's> {
    rule: Lanes<'w, 's, ExtendRule>,
    bar: Lanes<'w, 's, ExtendBar>,
    progress: Lanes<'w, 's, Progress>,
    tone: Lanes<'w, 's, Tone>,
    resolve: (Lanes<'w, 's, ResolveShown>, Lanes<'w, 's, ResolveLost>),
    weights: (Lanes<'w, 's, GovProsperity>, Lanes<'w, 's, GovSecurity>, Lanes<'w, 's, GovPolitics>),
    resilience: Lanes<'w, 's, Resilience>,
    leak: Lanes<'w, 's, Leak>,
    over: Lanes<'w, 's, Over>,
}

impl Mood<'_, '_> {
    /// Points a week that party p has at these levels over what it has at others.
    fn over(&self, setup: &Setup, p: usize, g: usize, gain: impl Fn(usize, usize) -> f64) -> f64 {
        let w = [self.weights.0.at(p, g).0, self.weights.1.at(p, g).0, self.weights.2.at(p, g).0];
        flow_over(setup, p, w, self.resilience.at(p, g).0, self.leak.at(0, g).0, gain)
    }

    /// The chance that party p consents, when a refusal costs it `loss` points a week.
    fn chance(&self, setup: &Setup, p: usize, g: usize, loss: f64) -> f64 {
        let bar = self.bar.at(p, g).0;
        let progress = self.progress.at(p, g).0;
        match self.rule.at(p, g).get() {
            Extends::Bar => {
                consents_with(willingness(setup, setup.stakes(p, loss), progress, self.tone.at(0, g).0), bar)
            }
            Extends::Progress => f64::from(u8::from(progress >= bar)),
            Extends::Chance => bar,
        }
    }
}

/// Points a week by all effects on party p, each by the gain of its lever's shape.
pub fn flow_over(
    setup: &Setup,
    p: usize,
    weights: [f64; 3],
    resilience: f64,
    leak: f64,
    gain: impl Fn(usize, usize) -> f64,
) -> f64 {
    let effects = setup.parties[p].effects.iter();
    effects
        .map(|e| weights[e.dimension] * e.points * bite(setup, p, e.lever, resilience, leak) * gain(e.lever, e.shape))
        .sum()
}

/// Log-odds of consent before a party's own bar, the loss in stakes a round.
#[inline]
pub fn willingness(setup: &Setup, loss: f64, progress: f64, tone: f64) -> f64 {
    let rules = &setup.scenario.truce;
    log_odds(loss, rules.loss_scale.get()) + rules.progress.get() * progress + rules.tone.get() * tone
}

/// A bar that nothing reaches; its opposite is one that everything does.
const NO_CONSENT: f64 = 1e9;

/// The chance of consent by a bar; without bound it is certain either way.
#[inline]
pub fn consents_with(z: f64, bar: f64) -> f64 {
    if bar >= NO_CONSENT {
        0.0
    } else if bar <= -NO_CONSENT {
        1.0
    } else {
        logistic(z - bar)
    }
}

/// What a party says, and how likely it was to agree.
#[derive(Clone, Copy)]
struct Consent {
    chance: f64,
    gives: bool,
}

impl Consent {
    /// A draw, or a decision from outside.
    fn of(round: u32, orders: &Orders, (p, g): (usize, usize), chance: f64, u: f64) -> Consent {
        let said = orders.says(g, At { round, party: p, ask: Ask::Extend }, || About::Chance(chance));
        Consent { chance, gives: said.unwrap_or(u < chance) }
    }
}

#[derive(SystemParam)]
struct Restoring<'w, 's> {
    meeting: Lanes<'w, 's, Meeting>,
    snapped: LanesMut<'w, 's, Snapped>,
    layers: Layers<'w, 's>,
    settled: Lanes<'w, 's, Settled>,
    expiry: LanesMut<'w, 's, Expiry>,
    restored: LanesMut<'w, 's, Restored>,
    sessions: LanesMut<'w, 's, Sessions>,
    tone: LanesMut<'w, 's, ToneShift>,
}

fn restore(
    setup: Res<Setup>,
    clock: Res<CurrentRound>,
    trace: Res<Trace>,
    orders: Res<Orders>,
    dice: Dice,
    mood: Mood,
    mut rows: Restoring,
) {
    let (Some((_, extend_by)), round) = (setup.calendar.truce, clock.round) else { return };
    let meets = rows.meeting.lane(0);
    let down: Vec<usize> = rows
        .snapped
        .lane(0)
        .iter()
        .zip(meets)
        .enumerate()
        .filter(|(_, (s, m))| s.0 > 0.0 && !m.is(Meets::Nobody))
        .map(|(g, _)| g)
        .collect();
    let (level, settled, sessions) = (rows.layers.level.seen(), rows.settled.sheet(), rows.sessions.seen());
    let layers = &rows.layers;
    let consent = |p: usize, g: usize| {
        let stands = |l: usize| (level.at(l, g).0, layers.restored(&setup, l, g, settled.at(l, g).0));
        let levels: Vec<(f64, f64)> = (0..setup.levers.len()).map(stands).collect();
        let worth = mood.over(&setup, p, g, |l, s| {
            let lever = &setup.levers[l];
            let at = |level: f64| shape_at(setup.shapes[s].shape, level, lever.low, lever.high);
            let (now, back) = levels[l];
            at(now) - at(if lever.is_pledge() { now } else { back })
        });
        let chance = mood.chance(&setup, p, g, (-worth).max(0.0));
        let stream = Stream::named("truce", &setup.parties[p].dice, "restore");
        let u = dice.one_at(stream, sessions.at(0, g).0 as u64, g);
        Consent::of(round, &orders, (p, g), chance, u)
    };
    // First all of them decide; where one outside has not yet, nothing is restored.
    let answers: Vec<[Consent; 2]> = down.iter().map(|g| pair(|p| consent(p, *g))).collect();
    if orders.hold(Phase::Restore) {
        return;
    }
    for (g, answers) in down.into_iter().zip(answers) {
        rows.sessions.at(0, g).0 += 1.0;
        let both = answers.iter().all(|answer| answer.gives);
        for (p, Consent { chance, gives }) in answers.into_iter().enumerate() {
            trace.note(round, Phase::Restore, Some(p), What::Consent { chance, gives, to_restore: true });
        }
        if !both {
            trace.note(round, Phase::Restore, None, What::NotRestored);
            continue;
        }
        for (l, _) in setup.levers.iter().enumerate().filter(|(_, lever)| !lever.is_pledge()) {
            let settled = rows.settled.at(l, g).0;
            rows.layers.restore(&setup, l, g, settled);
        }
        rows.snapped.at(0, g).0 = 0.0;
        rows.expiry.at(0, g).0 = f64::from(round + extend_by);
        rows.restored.at(0, g).0 += 1.0;
        rows.tone.at(0, g).0 += setup.scenario.truce.restored_tone.get();
        trace.note(round, Phase::Restore, None, What::Restored { to: round + extend_by });
    }
}

#[derive(SystemParam)]
struct Expiring<'w, 's> {
    snapped: LanesMut<'w, 's, Snapped>,
    layers: Layers<'w, 's>,
    expiry: LanesMut<'w, 's, Expiry>,
    next: LanesMut<'w, 's, NextMeeting>,
    extensions: LanesMut<'w, 's, Extensions>,
    last: LanesMut<'w, 's, LastExtension>,
    lapsed: LanesMut<'w, 's, Lapsed>,
    lapse_round: LanesMut<'w, 's, LapseRound>,
    first: LanesMut<'w, 's, FirstKept>,
    tone: LanesMut<'w, 's, ToneShift>,
}

fn expire(
    setup: Res<Setup>,
    clock: Res<CurrentRound>,
    trace: Res<Trace>,
    orders: Res<Orders>,
    dice: Dice,
    mood: Mood,
    mut rows: Expiring,
    mut lanes: Local<[Vec<f64>; 3]>,
) {
    let (Some((first, extend_by)), round) = (setup.calendar.truce, clock.round) else { return };
    let now = f64::from(round);
    if !rows.expiry.lane(0).iter().any(|expiry| expiry.0 == now) && round != first {
        return;
    }
    for (p, party) in setup.parties.iter().enumerate() {
        dice.lane(Stream::named("truce", &party.dice, "extend"), &mut lanes[p]);
    }
    dice.lane(Stream::named("truce", "table", "emergency"), &mut lanes[2]);
    let rules = &setup.scenario.truce;
    let (expiry, snapped, standing) = (rows.expiry.seen(), rows.snapped.seen(), rows.layers.level.seen());
    let runs_out = |g: &usize| expiry.at(0, *g).0 == now && snapped.at(0, *g).0 == 0.0 && mood.over.at(0, *g).0 == 0.0;
    let runs_out: Vec<usize> = (0..lanes[0].len()).filter(runs_out).collect();
    let consent = |p: usize, g: usize, levels: &[(f64, f64)]| {
        let loss = mood.over(&setup, p, g, |l, s| {
            let lever = &setup.levers[l];
            if lever.is_pledge() {
                return 0.0;
            }
            let (now, lapsed) = levels[l];
            let at = |level: f64| shape_at(setup.shapes[s].shape, level, lever.low, lever.high);
            at(now) - if lever.layers.is_empty() { setup.shapes[s].at_snap } else { at(lapsed) }
        });
        let q = 1 - p;
        let resolve = believed(mood.resolve.0.at(q, g).0, mood.resolve.1.at(q, g).0);
        let chance = mood.chance(&setup, p, g, loss.max(0.0) * resolve);
        Consent::of(round, &orders, (p, g), chance, lanes[p][g])
    };
    // First all of them decide; where one outside has not yet, no truce runs out.
    let mut levels = [(0.0, 0.0); LEVERS_MAX];
    let mut answers: Vec<[Consent; 2]> = vec![];
    for &g in &runs_out {
        for (l, level) in levels[..setup.levers.len()].iter_mut().enumerate() {
            *level = (standing.at(l, g).0, rows.layers.lapsed(&setup, l, g));
        }
        answers.push(pair(|p| consent(p, g, &levels)));
    }
    if orders.hold(Phase::Truce) {
        return;
    }
    for (g, answers) in runs_out.into_iter().zip(answers) {
        let both = answers.iter().all(|answer| answer.gives);
        for (p, Consent { chance, gives }) in answers.into_iter().enumerate() {
            trace.note(round, Phase::Truce, Some(p), What::Consent { chance, gives, to_restore: false });
        }
        if both {
            rows.expiry.at(0, g).0 = f64::from(round + extend_by);
            rows.extensions.at(0, g).0 += 1.0;
            rows.last.at(0, g).0 = f64::from(extend_by);
            rows.tone.at(0, g).0 += rules.extended_tone.get();
            trace.note(round, Phase::Truce, None, What::Extended { to: round + extend_by });
        } else {
            let moved = snap(&setup, &mut rows, g);
            rows.snapped.at(0, g).0 = 1.0;
            rows.lapsed.at(0, g).0 = 1.0;
            if !rows.lapse_round.at(0, g).is_set() {
                rows.lapse_round.at(0, g).0 = now;
            }
            rows.tone.at(0, g).0 += rules.lapsed_tone.get();
            let wait = source(&rules.emergency, "table", "emergency").at(lanes[2][g]);
            let emergency = round + (wait as u32).max(1);
            rows.next.at(0, g).0 = f64::from(emergency);
            trace.note(round, Phase::Truce, None, What::Lapsed { moved, emergency });
        }
    }
    if round == first {
        for g in 0..lanes[0].len() {
            rows.first.at(0, g).0 = 1.0 - rows.lapsed.at(0, g).0;
        }
    }
}

/// Every switch lever goes to its snap level, of one in layers what the truce covers.
fn snap(setup: &Setup, rows: &mut Expiring, g: usize) -> Vec<Move> {
    let mut moved = vec![];
    for (l, lever) in setup.levers.iter().enumerate() {
        if lever.holder == NOBODY || lever.is_pledge() {
            continue;
        }
        let there = rows.layers.lapse(setup, l, g);
        if there.from != there.to {
            moved.push(there);
        }
    }
    moved
}

#[cfg(test)]
mod tests {
    use super::{NO_CONSENT, consents_with};

    #[test]
    fn a_bar_without_bound_is_certain() {
        assert_eq!(consents_with(50.0, NO_CONSENT), 0.0);
        assert_eq!(consents_with(-50.0, -NO_CONSENT), 1.0);
        assert_eq!(consents_with(0.7, 0.7), 0.5);
    }
}
