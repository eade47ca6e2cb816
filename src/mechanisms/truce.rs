//! The truce lapses unless both extend it; then the levers snap to harsher levels until both restore it.
//!
//! Each consents with chance `logistic(loss_p resolve_q / .075 u + 1.2 progress + 1.2 tone - demand_p)`, loss_p what it
//! would lose a week by the lapse. Ahead of time a side proposes an extension with chance `ahead (a + 1 - k) / a` times
//! its chance of consent, k rounds before the lapse, a `ahead_from`; the other consents or not. How long it lasts is the
//! rule, drawn, or bargained: each wishes it to last to its date, and what is settled lies between the wishes by what each
//! reckons to lose; who wanted it more is noted, `2 odds_p / (odds_p + odds_q) - 1` by the odds of its consent (`favours`).
//! On a lapse every switch lever goes to its snap level, tone -.5, and an emergency
//! session follows in 4 to 6 rounds. To restore, the loss is what the snapped levels cost it now; switches go back to what
//! both last settled on, be it the truce or a deal. Of a lever in layers only those that the truce covers come back.

use bevy_ecs::prelude::*;
use bevy_ecs::system::SystemParam;

use crate::codes::Coded;
use crate::codes::codes;
use crate::scenario::limits::LEVERS_MAX;
use crate::scenario::rules::{Standoff, Switch};
use crate::scenario::schema::Length;
use crate::scenario::strategy::Extend;
use crate::table::flow::Flow;
use crate::world::CurrentRound;
use crate::world::build::Build;
use crate::world::calendar::TruceSetup;
use crate::world::components::{
    Date, Deals, Expiry, Extensions, FearOfLapse, Lapsed, Meeting, Meets, NextMeeting, Over, Progress, ResolveLost,
    ResolveLostNews, ResolveShown, Sessions, Settled, Snapped, Tone, ToneShift, WantedMore,
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
    /// The round in which it last was.
    RestoredIn = NONE;
    /// Extensions settled before the round in which the truce would have lapsed.
    SettledAhead = 0.0;
    /// Rounds that they came ahead, all told.
    RoundsAhead = 0.0;
    /// Rounds by which extensions moved the truce's end, all told.
    RoundsExtended = 0.0;
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
    let Some(truce) = &setup.calendar.truce else { return };
    let at = f64::from(truce.at);
    setup.start::<Expiry>(0, Source::Fixed(at));
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
    b.rows::<(ExtendRule, ExtendBar, Restored, RestoredIn, LapseRound, LastExtension, FirstKept)>();
    b.rows::<(SettledAhead, RoundsAhead, RoundsExtended)>();
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
    let each = |column| From::Ratio(column, Extensions::COLUMN);
    let Some(truce) = &setup.calendar.truce else { return };
    if truce.length != Length::Rule {
        let lasts = each(RoundsExtended::COLUMN);
        let about = "how many rounds an extension lasts";
        m.metric(Chapter::Spans, "extension_length", "rounds", about, lasts).only_if("truce_extended");
    }
    if truce.ahead > 0.0 {
        m.event("extended_ahead", "an extension was settled before the truce would have lapsed", SettledAhead::COLUMN);
        let about = "how many rounds before the truce would have lapsed an extension was settled";
        m.metric(Chapter::When, "extension_ahead", "rounds", about, each(RoundsAhead::COLUMN))
            .only_if("truce_extended");
    }
}

#[derive(SystemParam)]
struct Mood<'w, 's> {
    rule: Lanes<'w, 's, ExtendRule>,
    bar: Lanes<'w, 's, ExtendBar>,
    progress: Lanes<'w, 's, Progress>,
    tone: Lanes<'w, 's, Tone>,
    resolve: (Lanes<'w, 's, ResolveShown>, Lanes<'w, 's, ResolveLost>),
    flow: Flow<'w, 's>,
    date: Lanes<'w, 's, Date>,
    over: Lanes<'w, 's, Over>,
}

impl Mood<'_, '_> {
    /// Points a week that party p reckons to lose by a lapse, as far as it believes the other: `levels` as each lever stands
    /// and as it would stand.
    fn reckons(&self, setup: &Setup, p: usize, g: usize, levels: &[(f64, f64)]) -> f64 {
        let loss = self.flow.over(setup, p, g, |l, s| {
            let lever = &setup.levers[l];
            if lever.is_pledge() {
                return 0.0;
            }
            let (now, lapsed) = levels[l];
            let at = |level: f64| shape_at(setup.shapes[s].shape, level, lever.low, lever.high);
            at(now) - if lever.layers.is_empty() { setup.shapes[s].at_snap } else { at(lapsed) }
        });
        let q = 1 - p;
        loss.max(0.0) * believed(self.resolve.0.at(q, g).0, self.resolve.1.at(q, g).0)
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
    /// Whether it was decided outside.
    outside: bool,
}

impl Consent {
    /// What its strategy would do, or a decision from outside.
    fn of(round: u32, orders: &Orders, (p, g): (usize, usize), chance: f64, would: bool) -> Consent {
        let said = orders.says(g, At { round, party: p, ask: Ask::Extend }, || About::Chance(chance));
        Consent { chance, gives: said.unwrap_or(would), outside: said.is_some() }
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
    restored_in: LanesMut<'w, 's, RestoredIn>,
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
    let (Some(truce), round) = (&setup.calendar.truce, clock.round) else { return };
    let until = round + truce.extend_by;
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
        let worth = mood.flow.over(&setup, p, g, |l, s| {
            let lever = &setup.levers[l];
            let at = |level: f64| shape_at(setup.shapes[s].shape, level, lever.low, lever.high);
            let (now, back) = levels[l];
            at(now) - at(if lever.is_pledge() { now } else { back })
        });
        let chance = mood.chance(&setup, p, g, (-worth).max(0.0));
        let stream = Stream::named("truce", &setup.parties[p].dice, "restore");
        let u = dice.one_at(stream, sessions.at(0, g).0 as u64, g);
        Consent::of(round, &orders, (p, g), chance, u < chance)
    };
    // First all of them decide; where one outside has not yet, nothing is restored.
    let answers: Vec<[Consent; 2]> = down.iter().map(|g| pair(|p| consent(p, *g))).collect();
    if orders.hold(Phase::Restore) {
        return;
    }
    for (g, answers) in down.into_iter().zip(answers) {
        rows.sessions.at(0, g).0 += 1.0;
        let both = answers.iter().all(|answer| answer.gives);
        for (p, Consent { chance, gives, .. }) in answers.into_iter().enumerate() {
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
        rows.expiry.at(0, g).0 = f64::from(until);
        rows.restored.at(0, g).0 += 1.0;
        rows.restored_in.at(0, g).0 = f64::from(round);
        rows.tone.at(0, g).0 += setup.scenario.truce.restored_tone.get();
        trace.note(round, Phase::Restore, None, What::Restored { to: until });
    }
}

#[derive(SystemParam)]
struct Expiring<'w, 's> {
    snapped: LanesMut<'w, 's, Snapped>,
    layers: Layers<'w, 's>,
    expiry: LanesMut<'w, 's, Expiry>,
    next: LanesMut<'w, 's, NextMeeting>,
    extensions: LanesMut<'w, 's, Extensions>,
    ahead: (LanesMut<'w, 's, SettledAhead>, LanesMut<'w, 's, RoundsAhead>, LanesMut<'w, 's, RoundsExtended>),
    last: LanesMut<'w, 's, LastExtension>,
    lapsed: LanesMut<'w, 's, Lapsed>,
    lapse_round: LanesMut<'w, 's, LapseRound>,
    first: LanesMut<'w, 's, FirstKept>,
    restored_in: Lanes<'w, 's, RestoredIn>,
    lost: LanesMut<'w, 's, ResolveLostNews>,
    wanted: LanesMut<'w, 's, WantedMore>,
    tone: LanesMut<'w, 's, ToneShift>,
}

/// A truce of which it is asked this round whether it goes on.
struct Asked {
    g: usize,
    /// So many rounds before it lapses.
    ahead: u32,
    /// The party that proposed it, if one did.
    by: Option<usize>,
    /// What each says.
    says: [Consent; 2],
    /// What each reckons to lose by a lapse, in stakes a round.
    loss: [f64; 2],
}

#[derive(Default)]
struct Room {
    extend: [Vec<f64>; 2],
    propose: [Vec<f64>; 2],
    emergency: Vec<f64>,
    length: Vec<f64>,
}

fn expire(
    setup: Res<Setup>,
    clock: Res<CurrentRound>,
    trace: Res<Trace>,
    orders: Res<Orders>,
    dice: Dice,
    mood: Mood,
    mut rows: Expiring,
    mut room: Local<Room>,
) {
    let (Some(truce), round) = (&setup.calendar.truce, clock.round) else { return };
    let now = f64::from(round);
    let left = |expiry: &Expiry| expiry.0 - now;
    let soon = if truce.ahead > 0.0 { f64::from(truce.ahead_from) } else { 0.0 };
    if !rows.expiry.lane(0).iter().any(|expiry| (0.0..=soon).contains(&left(expiry))) && round != truce.at {
        return;
    }
    for (p, party) in setup.parties.iter().enumerate() {
        dice.lane(Stream::named("truce", &party.dice, "extend"), &mut room.extend[p]);
        if truce.ahead > 0.0 {
            dice.lane(Stream::named("truce", &party.dice, "propose"), &mut room.propose[p]);
        }
    }
    // First all of them decide; where one outside has not yet, no truce runs out.
    let asked = ask(&setup, truce, round, &orders, &mood, &rows, &room);
    if orders.hold(Phase::Truce) {
        return;
    }
    dice.lane(Stream::named("truce", "table", "emergency"), &mut room.emergency);
    if matches!(truce.length, Length::Drawn { .. }) {
        dice.lane(Stream::named("truce", "table", "length"), &mut room.length);
    }
    for asked in asked {
        let g = asked.g;
        if let Some(p) = asked.by {
            rows.lost.at(p, g).0 += setup.scenario.credibility.asked.get();
            trace.note(round, Phase::Truce, Some(p), What::Proposed { ahead: asked.ahead });
        }
        for (p, Consent { chance, gives, .. }) in asked.says.into_iter().enumerate() {
            if asked.by != Some(p) {
                trace.note(round, Phase::Truce, Some(p), What::Consent { chance, gives, to_restore: false });
            }
        }
        if asked.says.iter().all(|says| says.gives) {
            let dates = pair(|p| mood.date.at(p, g).0);
            let u = room.length.get(g).copied().unwrap_or_default();
            let outside = asked.says.iter().any(|says| says.outside);
            // Who decides outside has no wish that is known here, so nobody bargains: it is as long as the rule says.
            let rule = outside && matches!(truce.length, Length::Bargained { .. });
            let length = if rule { truce.extend_by } else { lasts(truce, now, asked.ahead, dates, asked.loss, u) };
            if !outside {
                let more = wants_more(asked.says[0].chance, asked.says[1].chance);
                (rows.wanted.at(0, g).0, rows.wanted.at(1, g).0) = (more.max(0.0), (-more).max(0.0));
            }
            extend(&setup, round, &trace, &mut rows, &asked, length);
        } else if asked.ahead == 0 {
            lapse(&setup, round, &trace, &mut rows, g, room.emergency[g]);
        }
    }
    if round == truce.at {
        for g in 0..room.extend[0].len() {
            rows.first.at(0, g).0 = 1.0 - rows.lapsed.at(0, g).0;
        }
    }
}

/// Which truces are asked about this round: those that run out, and those of which one side proposes to extend them.
fn ask(
    setup: &Setup,
    truce: &TruceSetup,
    round: u32,
    orders: &Orders,
    mood: &Mood,
    rows: &Expiring,
    room: &Room,
) -> Vec<Asked> {
    let (expiry, snapped, standing) = (rows.expiry.seen(), rows.snapped.seen(), rows.layers.level.seen());
    let (now, mut levels, mut out) = (f64::from(round), [(0.0, 0.0); LEVERS_MAX], vec![]);
    for g in 0..room.extend[0].len() {
        let left = expiry.at(0, g).0 - now;
        if left < 0.0 || snapped.at(0, g).0 > 0.0 || mood.over.at(0, g).0 > 0.0 {
            continue;
        }
        let hazard = proposes_with(truce, left);
        // A seat held from outside proposes nothing by itself.
        let may = |p: usize| left > 0.0 && hazard > 0.0 && room.propose[p][g] < hazard && !orders.moves(p, g, round);
        // What was restored this round was asked about this round.
        if left > 0.0 && (!(may(0) || may(1)) || rows.restored_in.at(0, g).0 == now) {
            continue;
        }
        for (l, level) in levels[..setup.levers.len()].iter_mut().enumerate() {
            *level = (standing.at(l, g).0, rows.layers.lapsed(setup, l, g));
        }
        let loss = pair(|p| mood.reckons(setup, p, g, &levels));
        let chance = pair(|p| mood.chance(setup, p, g, loss[p]));
        let proposes = pair(|p| may(p) && room.propose[p][g] < hazard * chance[p]);
        if left > 0.0 && !proposes[0] && !proposes[1] {
            continue;
        }
        let would = pair(|p| proposes[p] || room.extend[p][g] < chance[p]);
        let says = pair(|p| Consent::of(round, orders, (p, g), chance[p], would[p]));
        // Whose strategy would propose one is asked first, and may not want it.
        let proposes = pair(|p| proposes[p] && says[p].gives);
        if left > 0.0 && !proposes[0] && !proposes[1] {
            continue;
        }
        let by = (0..2).find(|p| proposes[*p]).filter(|p| !proposes[1 - p]);
        out.push(Asked { g, ahead: left as u32, by, says, loss: pair(|p| setup.stakes(p, loss[p])) });
    }
    out
}

/// The chance that a side which is sure to want an extension proposes one, so many rounds before the truce lapses.
#[inline]
pub fn proposes_with(truce: &TruceSetup, left: f64) -> f64 {
    let from = f64::from(truce.ahead_from);
    truce.ahead * ((from + 1.0 - left) / from).clamp(0.0, 1.0)
}

/// How many rounds an extension lasts.
fn lasts(truce: &TruceSetup, now: f64, ahead: u32, dates: [f64; 2], loss: [f64; 2], u: f64) -> u32 {
    match &truce.length {
        Length::Rule => truce.extend_by,
        Length::Drawn { of } => {
            let mut left = u * of.iter().map(|one| one.weight.get()).sum::<f64>();
            let found = of.iter().find(|one| {
                left -= one.weight.get();
                left < 0.0
            });
            found.or(of.last()).map_or(truce.extend_by, |one| one.rounds.get())
        }
        Length::Bargained { shortest, longest } => {
            let (shortest, longest) = (f64::from(shortest.get()), f64::from(longest.get()));
            let wish = dates.map(|date| (date - now - f64::from(ahead)).clamp(shortest, longest));
            bargained(wish, loss) as u32
        }
    }
}

/// What two sides settle on: between their wishes, nearer to that of the side which loses less by a lapse.
#[inline]
pub fn bargained(wish: [f64; 2], loss: [f64; 2]) -> f64 {
    let both = loss[0] + loss[1];
    let between = if both > 0.0 { (wish[0] * loss[1] + wish[1] * loss[0]) / both } else { 0.5 * (wish[0] + wish[1]) };
    (between + 0.5).floor()
}

/// How near to certain a consent may be taken to be.
const SURE: f64 = 1e-4;

/// How much more than q party p wants an extension, by the chances of their consent: nearly 1 where it would take any and the
/// other hardly one, 0 where both want it alike, below 0 where q wants it more.
#[inline]
pub fn wants_more(p: f64, q: f64) -> f64 {
    let [p, q] = [p, q].map(|chance| chance.clamp(SURE, 1.0 - SURE));
    let odds = (p * (1.0 - q), q * (1.0 - p));
    (odds.0 - odds.1) / (odds.0 + odds.1)
}

fn extend(setup: &Setup, round: u32, trace: &Trace, rows: &mut Expiring, asked: &Asked, length: u32) {
    let (g, ahead) = (asked.g, asked.ahead);
    let to = round + ahead + length;
    rows.expiry.at(0, g).0 = f64::from(to);
    rows.extensions.at(0, g).0 += 1.0;
    rows.last.at(0, g).0 = f64::from(length);
    rows.ahead.0.at(0, g).0 += f64::from(u8::from(ahead > 0));
    rows.ahead.1.at(0, g).0 += f64::from(ahead);
    rows.ahead.2.at(0, g).0 += f64::from(length);
    rows.tone.at(0, g).0 += setup.scenario.truce.extended_tone.get();
    trace.note(round, Phase::Truce, None, What::Extended { to, length, ahead });
}

fn lapse(setup: &Setup, round: u32, trace: &Trace, rows: &mut Expiring, g: usize, u: f64) {
    let rules = &setup.scenario.truce;
    let moved = snap(setup, rows, g);
    rows.snapped.at(0, g).0 = 1.0;
    rows.lapsed.at(0, g).0 = 1.0;
    if !rows.lapse_round.at(0, g).is_set() {
        rows.lapse_round.at(0, g).0 = f64::from(round);
    }
    rows.tone.at(0, g).0 += rules.lapsed_tone.get();
    let wait = source(&rules.emergency, "table", "emergency").at(u);
    let emergency = round + (wait as u32).max(1);
    rows.next.at(0, g).0 = f64::from(emergency);
    trace.note(round, Phase::Truce, None, What::Lapsed { moved, emergency });
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
    use super::*;
    use crate::scenario::schema::Weighed;
    use crate::units::{Ratio, Rounds};

    #[test]
    fn a_length_lies_nearer_to_the_wish_of_who_loses_less() {
        assert_eq!(bargained([4.0, 20.0], [1.0, 1.0]), 12.0);
        assert_eq!(bargained([4.0, 20.0], [3.0, 1.0]), 16.0);
        assert_eq!(bargained([4.0, 20.0], [1.0, 3.0]), 8.0);
        assert_eq!(bargained([4.0, 20.0], [0.0, 0.0]), 12.0);
        assert_eq!(bargained([4.0, 20.0], [0.0, 1.0]), 4.0);
    }

    #[test]
    fn who_would_take_any_extension_wants_it_more() {
        assert_eq!(wants_more(0.9, 0.9), 0.0);
        assert!(wants_more(1.0, 0.9) > 0.99 && wants_more(1.0, 0.9) == -wants_more(0.9, 1.0));
        assert_eq!([wants_more(1.0, 1.0), wants_more(0.0, 0.0)], [0.0; 2]);
        // What lies beyond a ten-thousandth is no difference that anybody sees.
        assert_eq!(wants_more(1.0 - 1e-12, 1.0 - 1e-9), 0.0);
        assert!((wants_more(0.75, 0.5) - 0.5).abs() < 1e-15, "odds of three to one");
    }

    #[test]
    fn the_nearer_the_lapse_the_likelier_a_proposal() {
        let truce = TruceSetup { at: 9, extend_by: 5, length: Length::Rule, ahead: 0.4, ahead_from: 4, price: 0.0 };
        let chances = [1.0, 2.0, 4.0, 5.0, 9.0].map(|left| proposes_with(&truce, left));
        assert_eq!(chances, [0.4, 0.4 * 0.75, 0.1, 0.0, 0.0]);
    }

    #[test]
    fn lengths_come_by_their_weights() {
        let weighed = |rounds, weight| Weighed { rounds: Rounds::of(rounds), weight: Ratio::of(weight) };
        let length = Length::Drawn { of: vec![weighed(4, 1.0), weighed(13, 3.0)] };
        let truce = TruceSetup { at: 9, extend_by: 5, length, ahead: 0.0, ahead_from: 4, price: 0.0 };
        let drawn = [0.01, 0.24, 0.26, 0.99].map(|u| lasts(&truce, 9.0, 0, [0.0; 2], [0.0; 2], u));
        assert_eq!(drawn, [4, 4, 13, 13]);
    }

    #[test]
    fn a_bar_without_bound_is_certain() {
        assert_eq!(consents_with(50.0, NO_CONSENT), 0.0);
        assert_eq!(consents_with(-50.0, -NO_CONSENT), 1.0);
        assert_eq!(consents_with(0.7, 0.7), 0.5);
    }
}
