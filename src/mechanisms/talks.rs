//! Talks: officials meet on scheduled rounds and bargain; what they do in the room is `crate::session`.
//!
//! After a session the next one follows in `round(gap - sooner tone)` rounds, at least one, gap drawn anew. Progress
//! is the best offer that a side heard as a share of its first ask; tone rises by .12 times the mean of both. Opener: a coin each
//! session, or the right to offer alternates through the game. `mandate` off: officials may move what leaders may.

use bevy_ecs::prelude::*;
use bevy_ecs::system::SystemParam;

use crate::codes::Coded;
use crate::scenario::rules::Switch;
use crate::session::hold::{self, Scratch, Session, hold};
use crate::session::place::Place;
use crate::strategies::accept::{ConditionBar, ConditionCount, ConditionKind};
use crate::strategies::model::{ModelKind, Sharpness};
use crate::strategies::offer::{TacticKind, TacticOpening, TacticPace, TacticWeight};
use crate::table::situation::{LEVERS_MAX, Situation};
use crate::table::tactics::{Leaf, Step};
use crate::world::CurrentRound;
use crate::world::build::Build;
use crate::world::components::*;
use crate::world::dice::{Dice, Key, Stream, drawn};
use crate::world::lanes::{Lanes, LanesMut};
use crate::world::maths::{self, annuity, normal_quantile};
use crate::world::measure::{Chapter, From, Measures};
use crate::world::mechanism::Mechanism;
use crate::world::orders::Orders;
use crate::world::phase::Phase;
use crate::world::rows::{NONE, Party, Table, Value, values};
use crate::world::setup::{PartySetup, Setup, Source, source};
use crate::world::trace::Trace;

values! { Party;
    /// The first offer it heard, as a share of its best; none where not a number.
    HeardFirst = NONE;
    /// The best offer it heard, as a share of its best.
    HeardBest = -1.0;
    /// A running mean of what it was offered.
    HeardValue = 0.0;
    /// Value of the levers of this round's package, as a share of its best.
    ShareNow = NONE;
    /// What the other's pledges in this round's package are worth to it.
    PledgesNow = 0.0;
}
values! { Table;
    /// The party that said yes this round.
    AcceptedBy = NONE;
    /// Distance of this round's package to the frontier.
    ParetoNow = NONE;
    /// ... to the Nash solution.
    NashNow = NONE;
    /// ... to the Kalai-Smorodinsky solution.
    KalaiNow = NONE;
    /// ... to the largest sum.
    UtilitarianNow = NONE;
    /// ... its gain over splitting every lever.
    LogrollNow = NONE;
}

/// The rule.
pub const MECHANISM: Mechanism = Mechanism { name: "talks", switch: Some(Switch::Talks), equip, install, measure };

/// Lists start values.
fn equip(setup: &mut Setup) {
    let first = setup.calendar.meetings.first().map_or(NEVER, |m| f64::from(m.0));
    setup.start::<NextMeeting>(0, Source::Fixed(first));
    if setup.is_on(Switch::Mood) {
        let mood = setup.scenario.talks.mood;
        for p in 0..2 {
            let from = source(&mood, "table", "mood");
            setup.start::<MoodSpread>(p, from);
        }
    }
}

/// Adds the systems.
fn install(b: &mut Build) {
    b.rows::<(HeardFirst, HeardBest, HeardValue, ShareNow, PledgesNow)>();
    b.rows::<(AcceptedBy, ParetoNow, NashNow, KalaiNow, UtilitarianNow, LogrollNow)>();
    b.system(Phase::Brief, "talks: how long a deal is worth", reckon);
    b.system(Phase::Convene, "talks: officials meet", convene);
    b.system(Phase::Bargain, "talks: offers are exchanged", bargain);
    b.system(Phase::Arrange, "talks: the next meeting is set", arrange);
}

/// Lists what is measured.
fn measure(setup: &Setup, m: &mut Measures) {
    m.event("deal", "a deal was signed", Deals::COLUMN);
    m.metric(Chapter::Deal, "deals", "deals", "deals signed", From::Column(Deals::COLUMN, 0));
    m.metric(Chapter::Talks, "sessions", "sessions", "sessions of talks", From::Column(Sessions::COLUMN, 0));
    for (p, party) in setup.parties.iter().enumerate().filter(|(_, party)| !party.suspects.is_empty()) {
        let about = format!("{}: Brier score of its belief about the other's type (0 best, 2 worst)", party.name);
        m.metric(Chapter::Minds, format!("{}.belief_brier", party.key), "score", about, From::Brier(p));
    }
}

fn reckon(clock: Res<CurrentRound>, setup: Res<Setup>, patience: Lanes<Patience>, mut worth: LanesMut<Annuity>) {
    if clock.round > 0 {
        return;
    }
    for p in 0..2 {
        for (worth, patience) in worth.lane(p).iter_mut().zip(patience.lane(p)) {
            worth.0 = annuity(patience.0, setup.deal_life);
        }
    }
}

fn convene(
    clock: Res<CurrentRound>,
    setup: Res<Setup>,
    next: Lanes<NextMeeting>,
    over: Lanes<Over>,
    mut meeting: LanesMut<Meeting>,
    mut may_move: LanesMut<MayMove>,
    mut initialled: LanesMut<Initialled>,
) {
    let rules = &setup.scenario.talks;
    let officials =
        if setup.is_on(Switch::Mandate) { rules.officials_may_move.get() } else { rules.leaders_may_move.get() };
    let rows = next.lane(0).iter().zip(over.lane(0)).zip(meeting.lane(0)).zip(may_move.lane(0)).zip(initialled.lane(0));
    for ((((next, over), meeting), may_move), initialled) in rows {
        let due = next.0 == f64::from(clock.round) && over.0 == 0.0;
        meeting.set(if due { Meets::Officials } else { Meets::Nobody });
        may_move.0 = officials;
        initialled.set(Stage::Nothing);
    }
}

/// What a session needs to know of the parties.
#[derive(SystemParam)]
struct Sides<'w, 's> {
    weights: (Lanes<'w, 's, GovProsperity>, Lanes<'w, 's, GovSecurity>, Lanes<'w, 's, GovPolitics>),
    model: (Lanes<'w, 's, ModelKind>, Lanes<'w, 's, Sharpness>),
    time: (Lanes<'w, 's, Patience>, Lanes<'w, 's, Annuity>, Lanes<'w, 's, Date>),
    chances: (Lanes<'w, 's, Optimism>, Lanes<'w, 's, Intends>, Lanes<'w, 's, MoodSpread>),
    word: (Lanes<'w, 's, WordKept>, Lanes<'w, 's, WordBroken>),
    resolve: (Lanes<'w, 's, ResolveShown>, Lanes<'w, 's, ResolveLost>),
    stock: (Lanes<'w, 's, Resilience>, Lanes<'w, 's, Growth>),
    deal: (Lanes<'w, 's, DealCost>, Lanes<'w, 's, PrizeNow>, Lanes<'w, 's, Floor>, Lanes<'w, 's, Outside>),
    home: Lanes<'w, 's, RatifyBar>,
}

/// What a session needs to know of the table.
#[derive(SystemParam)]
struct Tables<'w, 's> {
    meeting: Lanes<'w, 's, Meeting>,
    may_move: Lanes<'w, 's, MayMove>,
    snapped: Lanes<'w, 's, Snapped>,
    expiry: Lanes<'w, 's, Expiry>,
    summit: Lanes<'w, 's, SummitSet>,
    leak: Lanes<'w, 's, Leak>,
    rules:
        (Lanes<'w, 's, Regard>, Lanes<'w, 's, BrokenPrice>, Lanes<'w, 's, FearOfLapse>, Lanes<'w, 's, BreakdownRate>),
    levels: crate::world::layers::Seen<'w, 's>,
}

/// What a session needs to know of tactics.
#[derive(SystemParam)]
struct Tactics<'w, 's> {
    offer: (
        Lanes<'w, 's, TacticKind>,
        Lanes<'w, 's, TacticWeight>,
        Lanes<'w, 's, TacticPace>,
        Lanes<'w, 's, TacticOpening>,
    ),
    accept: (Lanes<'w, 's, ConditionKind>, Lanes<'w, 's, ConditionBar>, Lanes<'w, 's, ConditionCount>),
}

/// What a session leaves behind.
#[derive(SystemParam)]
struct Left<'w, 's> {
    heard: (LanesMut<'w, 's, HeardFirst>, LanesMut<'w, 's, HeardBest>, LanesMut<'w, 's, HeardValue>),
    belief: LanesMut<'w, 's, Belief>,
    importance: LanesMut<'w, 's, Importance>,
    agreed: LanesMut<'w, 's, Agreed>,
    worth: (LanesMut<'w, 's, Worth>, LanesMut<'w, 's, ShareNow>, LanesMut<'w, 's, PledgesNow>),
    accepted: LanesMut<'w, 's, AcceptedBy>,
    distances: (
        LanesMut<'w, 's, ParetoNow>,
        LanesMut<'w, 's, NashNow>,
        LanesMut<'w, 's, KalaiNow>,
        LanesMut<'w, 's, UtilitarianNow>,
        LanesMut<'w, 's, LogrollNow>,
    ),
    initialled: LanesMut<'w, 's, Initialled>,
    progress: LanesMut<'w, 's, Progress>,
    sessions: LanesMut<'w, 's, Sessions>,
    tone: LanesMut<'w, 's, ToneShift>,
}

/// Draws keyed by the number of the session, made for a whole cohort when the first of its games gets there: a lane a
/// stream.
#[derive(Default)]
struct BySession<const N: usize> {
    of: Option<(Key, u64)>,
    lanes: Vec<Option<[Vec<f64>; N]>>,
}

impl<const N: usize> BySession<N> {
    fn of(&mut self, dice: &Dice, session: usize, streams: impl FnOnce() -> [Stream; N]) -> &[Vec<f64>; N] {
        let now = (dice.key(), dice.first());
        if self.of != Some(now) {
            self.of = Some(now);
            self.lanes.iter_mut().for_each(|lanes| *lanes = None);
        }
        if self.lanes.len() <= session {
            self.lanes.resize_with(session + 1, || None);
        }
        self.lanes[session].get_or_insert_with(|| {
            streams().map(|stream| {
                let mut lane = vec![];
                dice.lane_at(stream, session as u64, &mut lane);
                lane
            })
        })
    }
}

/// Rooms kept from round to round; nothing in them matters once the round is over.
#[derive(Default)]
struct Rooms {
    due: Vec<usize>,
    situations: Vec<Situation>,
    held: Vec<Held>,
    scratch: Scratch,
    dice: BySession<4>,
    /// Of each game that meets where seats are held from outside: its room and its session.
    tables: Vec<(Scratch, Option<Session>)>,
}

/// A session that was held: what it came to, and the level of each lever in the package that was initialled.
struct Held {
    result: hold::Outcome,
    agreed: [f64; LEVERS_MAX],
}

/// Games whose tables are laid out at a time.
const ABREAST: usize = 64;

#[allow(clippy::too_many_arguments)]
fn bargain(
    setup: Res<Setup>,
    clock: Res<CurrentRound>,
    orders: Res<Orders>,
    trace: Res<Trace>,
    dice: Dice,
    sides: Sides,
    tables: Tables,
    tactics: Tactics,
    mut left: Left,
    mut rooms: Local<Rooms>,
) {
    if setup.is_changed() {
        *rooms = Rooms::default(); // nothing of another setup is left in the room
    }
    let rooms = &mut *rooms;
    if !orders.resumes(Phase::Bargain) {
        rooms.due.clear();
        let meets = tables.meeting.lane(0).iter().zip(tables.snapped.lane(0)).enumerate();
        let due = meets.filter(|(_, (m, snapped))| !m.is(Meets::Nobody) && snapped.0 == 0.0).map(|(g, _)| g);
        rooms.due.extend(due);
    }
    let mut due = std::mem::take(&mut rooms.due);
    let talks = Talks { setup: &setup, orders: &orders, trace: &trace, dice: &dice };
    if orders.asks() {
        if !orders.resumes(Phase::Bargain) {
            gather(&setup, clock.round, &due, &sides, &tables, &tactics, &mut left, &mut rooms.situations);
            talks.sit(&due, rooms);
        }
        if talks.go_on(&due, rooms) {
            scatter(&setup, &due, &rooms.situations, &mut left);
            write_down(&setup, &due, &rooms.held, &mut left);
            due.clear();
        }
    } else {
        // A few games at a time, so that what lies side by side stays close at hand.
        for due in due.chunks(ABREAST) {
            gather(&setup, clock.round, due, &sides, &tables, &tactics, &mut left, &mut rooms.situations);
            talks.hold(due, rooms);
            scatter(&setup, due, &rooms.situations, &mut left);
            write_down(&setup, due, &rooms.held, &mut left);
        }
    }
    rooms.due = due;
}

/// The sessions of a round.
struct Talks<'a> {
    setup: &'a Setup,
    orders: &'a Orders,
    trace: &'a Trace,
    dice: &'a Dice<'a>,
}

impl Talks<'_> {
    /// Who opens, and the mood of the day.
    fn draw(&self, s: &mut Situation, g: usize, dice: &mut BySession<4>) {
        let [first, second] = &self.setup.parties;
        let of = |party: &PartySetup, what: &str| Stream::named("talks", &party.dice, what);
        let streams = || [of(first, "opener"), of(second, "opener"), of(first, "mood"), of(second, "mood")];
        let [a, b, mood_a, mood_b] = dice.of(self.dice, s.session as usize, streams);
        s.opener = opener(self.setup, s.session, [a[g], b[g]]);
        for (p, u) in [mood_a[g], mood_b[g]].into_iter().enumerate() {
            let spread = s.sides[p].mood; // gathered as the spread; the day's mood is drawn from it
            s.sides[p].mood =
                if spread > 0.0 { spread * self.setup.parties[p].stake * normal_quantile(u) } else { 0.0 };
        }
    }

    fn place<'b>(&'b self, s: &'b mut Situation, scratch: &'b mut Scratch, game: usize) -> Place<'b> {
        Place { setup: self.setup, s, scratch, orders: self.orders, game, trace: self.trace }
    }

    /// Holds sessions of the engine's own, one after another in one room.
    fn hold(&self, due: &[usize], rooms: &mut Rooms) {
        rooms.held.clear();
        for (g, s) in due.iter().zip(&mut rooms.situations) {
            self.draw(s, *g, &mut rooms.dice);
            let mut agreed = [NONE; LEVERS_MAX];
            let result = hold(&mut self.place(s, &mut rooms.scratch, *g), &mut agreed);
            rooms.held.push(Held { result, agreed });
        }
    }

    /// Sits down in a room for each game that meets.
    fn sit(&self, due: &[usize], rooms: &mut Rooms) {
        if rooms.tables.len() < due.len() {
            rooms.tables.resize_with(due.len(), Default::default);
        }
        rooms.held.clear();
        for ((g, s), (scratch, session)) in due.iter().zip(&mut rooms.situations).zip(&mut rooms.tables) {
            self.draw(s, *g, &mut rooms.dice);
            *session = Some(Session::sit(&mut self.place(s, scratch, *g)));
            rooms.held.push(Held { result: hold::NOTHING, agreed: [NONE; LEVERS_MAX] });
        }
    }

    /// Goes on in every room, to the end or to where a seat is asked; whether all are done.
    fn go_on(&self, due: &[usize], rooms: &mut Rooms) -> bool {
        let rows = due.iter().zip(&mut rooms.situations).zip(&mut rooms.tables).zip(&mut rooms.held);
        for (((g, s), (scratch, open)), held) in rows {
            let Some(session) = open else { continue };
            if let Some(result) = session.go(&mut self.place(s, scratch, *g), &mut held.agreed) {
                (held.result, *open) = (result, None);
            }
        }
        !self.orders.hold(Phase::Bargain)
    }
}

/// The party that makes the first offer: by a coin that each side tosses for itself, or in turn.
pub fn opener(setup: &Setup, session: u32, coins: [f64; 2]) -> usize {
    match setup.alternate {
        None => usize::from(coins[0] >= coins[1]),
        Some(first) => {
            let turns = session * setup.scenario.talks.exchanges.get();
            if turns.is_multiple_of(2) { first } else { 1 - first }
        }
    }
}

/// The next meeting, as far as it is known in the room: rounds from now, and whether leaders meet.
pub fn next_meeting(setup: &Setup, round: u32, summit_set: bool) -> (Option<u32>, bool) {
    if let Some(summit) = &setup.calendar.summit
        && summit_set
        && round < summit.at
    {
        return (Some(summit.at - round), true);
    }
    let listed = setup.calendar.meetings.iter().find(|(at, _)| *at > round).map(|(at, _)| at - round);
    let n = listed.unwrap_or_else(|| setup.usual_gap());
    (if setup.final_end && round + n >= setup.rounds { None } else { Some(n) }, false)
}

/// Lane by lane, what the games that meet need to know is laid side by side.
#[allow(clippy::too_many_arguments)]
fn gather(
    setup: &Setup,
    round: u32,
    due: &[usize],
    sides: &Sides,
    t: &Tables,
    tactics: &Tactics,
    left: &mut Left,
    out: &mut Vec<Situation>,
) {
    if out.len() < due.len() {
        out.resize(due.len(), Situation::default()); // never made smaller: situations are large
    }
    for (l, lever) in setup.levers.iter().enumerate() {
        take(out, due, t.levels.level.lane(l), |s, x| s.levels[l] = x.0);
        if !lever.layers.is_empty() {
            out.iter_mut().zip(due).for_each(|(s, g)| (s.snaps[l], s.ceilings[l]) = t.levels.reach(setup, l, *g));
        }
    }
    let truce = setup.calendar.truce.is_some() && setup.is_on(Switch::Truce);
    let (meeting, summit) = (t.meeting.lane(0), t.summit.lane(0));
    for (s, g) in out.iter_mut().zip(due) {
        s.round = round;
        s.leaders = meeting[*g].is(Meets::Leaders);
        (s.next, s.next_leaders) = next_meeting(setup, round, summit[*g].0 > 0.0 && !s.leaders);
    }
    take(out, due, t.expiry.lane(0), |s, x| {
        let lapse_in = x.0 - f64::from(round);
        s.lapse_in = if truce && lapse_in >= 0.0 { lapse_in } else { NONE };
    });
    take(out, due, left.sessions.lane(0), |s, x| s.session = x.0 as u32);
    take(out, due, t.may_move.lane(0), |s, x| s.may_move = x.0);
    take(out, due, t.leak.lane(0), |s, x| s.leak = x.0);
    take(out, due, t.rules.0.lane(0), |s, x| s.regard = x.0);
    take(out, due, t.rules.1.lane(0), |s, x| s.broken_price = x.0);
    take(out, due, t.rules.2.lane(0), |s, x| s.fear = x.0);
    take(out, due, t.rules.3.lane(0), |s, x| s.breakdown = x.0);
    for p in 0..2 {
        gather_side(setup, due, sides, tactics, left, p, out);
    }
}

/// One lane, into one place of each situation.
#[inline]
fn take<T: Copy>(out: &mut [Situation], due: &[usize], lane: &[T], put: impl Fn(&mut Situation, T)) {
    for (s, g) in out.iter_mut().zip(due) {
        put(s, lane[*g]);
    }
}

/// Two counts, as how far one is believed.
#[inline]
fn believed<A: Value, B: Value>(
    out: &mut [Situation],
    due: &[usize],
    a: &[A],
    b: &[B],
    put: impl Fn(&mut Situation, f64),
) {
    for (s, g) in out.iter_mut().zip(due) {
        put(s, maths::believed(a[*g].number(), b[*g].number()));
    }
}

fn gather_side(setup: &Setup, due: &[usize], s: &Sides, t: &Tactics, left: &mut Left, p: usize, out: &mut [Situation]) {
    take(out, due, s.weights.0.lane(p), |s, x| s.sides[p].weights[0] = x.0);
    take(out, due, s.weights.1.lane(p), |s, x| s.sides[p].weights[1] = x.0);
    take(out, due, s.weights.2.lane(p), |s, x| s.sides[p].weights[2] = x.0);
    take(out, due, s.model.0.lane(p), |s, x| s.sides[p].model = x.get());
    take(out, due, s.model.1.lane(p), |s, x| s.sides[p].sharpness = x.0);
    take(out, due, s.time.0.lane(p), |s, x| s.sides[p].patience = x.0);
    take(out, due, s.time.1.lane(p), |s, x| s.sides[p].annuity = x.0);
    take(out, due, s.time.2.lane(p), |s, x| s.sides[p].date = x.0);
    take(out, due, s.chances.0.lane(p), |s, x| s.sides[p].optimism = x.0);
    take(out, due, s.chances.1.lane(p), |s, x| s.sides[p].honesty = x.0);
    take(out, due, s.chances.2.lane(p), |s, x| s.sides[p].mood = x.0);
    believed(out, due, s.word.0.lane(p), s.word.1.lane(p), |s, x| s.sides[p].word = x);
    believed(out, due, s.resolve.0.lane(p), s.resolve.1.lane(p), |s, x| s.sides[p].resolve = x);
    take(out, due, s.stock.0.lane(p), |s, x| s.sides[p].resilience = x.0);
    take(out, due, s.stock.1.lane(p), |s, x| s.sides[p].growth = x.0);
    take(out, due, s.deal.0.lane(p), |s, x| s.sides[p].deal_cost = x.0);
    take(out, due, s.deal.1.lane(p), |s, x| s.sides[p].prize = x.0);
    take(out, due, s.deal.2.lane(p), |s, x| s.sides[p].floor = x.0);
    take(out, due, s.deal.3.lane(p), |s, x| s.sides[p].outside = x.0);
    take(out, due, s.home.lane(p), |s, x| s.sides[p].bar = x.0);
    take(out, due, left.heard.0.lane(p), |s, x| s.sides[p].heard_first = x.0);
    take(out, due, left.heard.1.lane(p), |s, x| s.sides[p].heard_best = x.0);
    take(out, due, left.heard.2.lane(p), |s, x| s.sides[p].heard_value = x.0);
    for (i, h) in setup.parties[p].suspects.iter().enumerate() {
        take(out, due, left.belief.lane(p * setup.types.len() + h), |s, x| s.sides[p].beliefs[i] = x.0);
    }
    if setup.counts_levers(p) {
        for l in 0..setup.levers.len() {
            let lane = left.importance.lane(p * setup.levers.len() + l);
            take(out, due, lane, |s, x| s.importance[p][l] = x.0);
        }
    }
    for i in 0..setup.tactics {
        let (row, o) = (p * setup.tactics + i, &t.offer);
        let lanes = (o.0.lane(row), o.1.lane(row), o.2.lane(row), o.3.lane(row));
        for (s, &g) in out.iter_mut().zip(due) {
            s.sides[p].tactics[i] =
                Leaf { kind: lanes.0[g].get(), weight: lanes.1[g].0, pace: lanes.2[g].0, opening: lanes.3[g].0 };
        }
    }
    for i in 0..setup.conditions {
        let row = p * setup.conditions + i;
        let lanes = (t.accept.0.lane(row), t.accept.1.lane(row), t.accept.2.lane(row));
        for (s, &g) in out.iter_mut().zip(due) {
            s.sides[p].accept[i] = Step { test: lanes.0[g].get(), bar: lanes.1[g].0, count: lanes.2[g].0 };
        }
    }
}

/// How far each session came; and of each package that was initialled what it is, what it is worth, how good it is.
fn write_down(setup: &Setup, due: &[usize], held: &[Held], left: &mut Left) {
    let warms = setup.scenario.signing.progress_tone.get();
    let (tone, sessions) = (left.tone.lane(0), left.sessions.lane(0));
    for (&g, held) in due.iter().zip(held) {
        tone[g].0 += warms * hold::mean(held.result.progress);
        sessions[g].0 += 1.0;
    }
    for p in 0..2 {
        let progress = left.progress.lane(p);
        due.iter().zip(held).for_each(|(&g, held)| progress[g].0 = held.result.progress[p]);
    }
    let signed = || due.iter().zip(held).filter_map(|(g, held)| Some((*g, held.result.signed.as_ref()?, held)));
    if signed().next().is_none() {
        return;
    }
    for l in 0..setup.levers.len() {
        let lane = left.agreed.lane(l);
        signed().for_each(|(g, _, held)| lane[g].0 = held.agreed[l]);
    }
    let (initialled, accepted) = (left.initialled.lane(0), left.accepted.lane(0));
    for (g, _, held) in signed() {
        initialled[g].set(Stage::Initialled);
        accepted[g].0 = held.result.accepted_by as f64;
    }
    for p in 0..2 {
        let (worth, share, pledges) = (left.worth.0.lane(p), left.worth.1.lane(p), left.worth.2.lane(p));
        for (g, signed, _) in signed() {
            (worth[g].0, share[g].0, pledges[g].0) = (signed.worth[p], signed.share_of_best[p], signed.pledges[p]);
        }
    }
    let d = &mut left.distances;
    let (pareto, nash, kalai) = (d.0.lane(0), d.1.lane(0), d.2.lane(0));
    let (utilitarian, logroll) = (d.3.lane(0), d.4.lane(0));
    for (g, signed, _) in signed() {
        (pareto[g].0, nash[g].0, kalai[g].0) = (signed.pareto, signed.nash, signed.kalai_smorodinsky);
        (utilitarian[g].0, logroll[g].0) = (signed.utilitarian, signed.logroll);
    }
}

/// What was heard and learned goes back to the columns.
fn scatter(setup: &Setup, due: &[usize], situations: &[Situation], left: &mut Left) {
    for p in 0..2 {
        put(left.heard.0.lane(p), due, situations, |s| HeardFirst(s.sides[p].heard_first));
        put(left.heard.1.lane(p), due, situations, |s| HeardBest(s.sides[p].heard_best));
        put(left.heard.2.lane(p), due, situations, |s| HeardValue(s.sides[p].heard_value));
        for (i, h) in setup.parties[p].suspects.iter().enumerate() {
            let lane = left.belief.lane(p * setup.types.len() + h);
            put(lane, due, situations, |s| Belief(s.sides[p].beliefs[i]));
        }
        if setup.counts_levers(p) {
            for l in 0..setup.levers.len() {
                let lane = left.importance.lane(p * setup.levers.len() + l);
                put(lane, due, situations, |s| Importance(s.importance[p][l]));
            }
        }
    }
}

/// One place of each situation, into one lane.
#[inline]
fn put<T>(lane: &mut [T], due: &[usize], situations: &[Situation], of: impl Fn(&Situation) -> T) {
    for (g, s) in due.iter().zip(situations) {
        lane[*g] = of(s);
    }
}

fn arrange(
    clock: Res<CurrentRound>,
    setup: Res<Setup>,
    dice: Dice,
    tone: Lanes<Tone>,
    sessions: Lanes<Sessions>,
    mut next: LanesMut<NextMeeting>,
    mut lanes: Local<BySession<1>>,
) {
    let now = f64::from(clock.round);
    let met: Vec<usize> = next.lane(0).iter().enumerate().filter(|(_, next)| next.0 == now).map(|(g, _)| g).collect();
    for g in met {
        let listed = setup.calendar.meetings.iter().find(|(at, _)| *at > clock.round).map(|(at, _)| f64::from(*at));
        let gap = match setup.calendar.gap {
            None => NEVER,
            Some(Source::Fixed(gap)) => gap,
            Some(Source::Drawn { from, stream, range }) => {
                let [lane] = lanes.of(&dice, sessions.at(0, g).0 as usize, || [stream]);
                drawn(from, lane[g]).clamp(range.0, range.1)
            }
        };
        next.at(0, g).0 = listed.unwrap_or_else(|| now + rounds_to_next(gap, setup.calendar.sooner, tone.at(0, g).0));
    }
}

/// The rule: sooner the better the tone, at least a round.
#[inline]
pub fn rounds_to_next(gap: f64, sooner: f64, tone: f64) -> f64 {
    (gap - sooner * tone + 0.5).floor().max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn good_tone_brings_them_back_sooner() {
        assert_eq!(rounds_to_next(5.2, 1.0, 0.0), 5.0);
        assert_eq!(rounds_to_next(5.2, 1.0, 0.8), 4.0);
        assert_eq!(rounds_to_next(5.2, 1.0, -0.8), 6.0);
        assert_eq!(rounds_to_next(0.2, 1.0, 1.0), 1.0);
    }
}
