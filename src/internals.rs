//! What laws and benches measure below the public face: lanes, columns, rules, talks. Nothing here is promised: it may
//! change with any version. A line is a module of the crate and what is reached in it; the tidy test refuses a name that
//! no test and no bench uses.

/// `ROOM = MODULE { NAMES }`: a public module that holds names of a private one.
macro_rules! rooms {
    ($($room:ident = $($path:ident)::+ { $($name:ident),+ })+) => {
        $(
            #[doc = concat!("Of `", stringify!($($path)::+), "`.")]
            pub mod $room {
                pub use crate::$($path)::+::{$($name),+};
            }
        )+
    };
}

rooms! {
    bargain = bargain { Compiled, Digest, play_range }
    bargaining = scenario::bargaining { Bargaining }
    batch = batch { digest }
    play = batch::play { Plan, Played, Watch, batch }
    summary = batch::summary { Desk, Questions, Summary }
    disk = disk { open }
    table = game::table { Filed, Step, Table }
    told = game::told { Told, told }
    view = game::view { View }
    mechanisms = mechanisms { ALL, install }
    breakdown = mechanisms::breakdown { BrokeDown }
    courts = mechanisms::courts { RoundsStruck }
    credibility = mechanisms::credibility { ResolveMean, WordMean, start }
    delivery = mechanisms::delivery { DeliveryNoise, PledgeDelivered, PledgeDue, PledgeGoal, delivered_level,
        kept_share, releases_with }
    drift = mechanisms::drift { Returns, Wanders, strayed }
    gestures = mechanisms::gestures { GestureRate, GestureStep }
    goals = mechanisms::goals { Hunger, prize_now }
    incidents = mechanisms::incidents { IncidentRate, Incidents }
    overcapacity = mechanisms::overcapacity { OvercapacityEasing, OvercapacityGrowth, pressed }
    praise = mechanisms::praise { PraiseRate, warmed }
    ratification = mechanisms::ratification { Package, Rejections, support_for }
    repair = mechanisms::repair { SwapFrom, SwapTo, SwapUntil, Swaps, SwapsLapsed }
    reply = mechanisms::reply { Forgives, RepliesInKind }
    resilience = mechanisms::resilience { grown }
    shocks = mechanisms::shocks { ShocksPast, ruled }
    spoilers = mechanisms::spoilers { SpoilRate, Strikes, strikes_with }
    standoff = mechanisms::standoff { Endured }
    summit = mechanisms::summit { SummitBar, accepts_with }
    talks = mechanisms::talks { next_meeting, opener, rounds_to_next }
    threats = mechanisms::threats { ThreatRate, carries_out_with, threatens_with }
    tone = mechanisms::tone { settled }
    transshipment = mechanisms::transshipment { Relays, relayed }
    truce = mechanisms::truce { ExtendBar, LapseRound, consents_with, willingness }
    unravel = mechanisms::unravel { BeforeDeal, Clashes }
    notation = notation { Code }
    endings = record::endings { label }
    metrics = record::metrics { Room, class_lane, classes, events, lane, metrics }
    outcome = record::outcome { DealLevel, DealRound, FirstDealRound }
    registry = record::registry { registry }
    round = round { cohort, cohort_with, order, play, play_asked, prepare, prepare_with }
    file_kind = scenario::file_kind { QUESTIONS }
    kind = scenario::kind { AnyScenario, load_any }
    language = scenario::language { decode, read }
    load = scenario::load { Problems, load_as, load_file }
    presets = scenario::presets { FILES }
    rules = scenario::rules { Scenario }
    spelled = scenario::spelled { canonical_json }
    strategy_file = scenario::strategy_file { tree_of }
    hold = session::hold { Scratch, hold, mean }
    place = session::place { Place }
    accept = strategies::accept { ConditionBar, ConditionCount, ConditionKind }
    model = strategies::model { ModelKind, Sharpness, learn }
    offer = strategies::offer { TacticKind, TacticOpening, TacticPace, TacticWeight }
    history = studies::history { Among, Found, History, gaps, page, rates, read }
    measures = studies::measures { Kind, Measures }
    odds = studies::odds { Asked, View, from_state }
    paired = studies::paired { Among, Ask, Contrast, contrast }
    questions = studies::questions { Questions }
    score = studies::score { Asked, score }
    signs = studies::signs { Verdict, read_table }
    tournament = studies::tournament { Entrant, Study }
    judge = studies::tune::judge { held_out }
    variants = studies::variants { cell, from_line }
    flow = table::flow { flow_over }
    frontier = table::frontier { Frontier, Point }
    regret = table::regret { Hearing }
    situation = table::situation { CONDITIONS_MAX, LEVERS_MAX, Side, Situation, TACTICS_MAX, TYPES_MAX }
    tactics = table::tactics { Leaf, ModelOf, Step, Tactics, Test }
    values = table::values { GRID, Points, Values, bite, item, item_cost, keep, own_keep, worth }
    build = world::build { Build }
    cohort = world::cohort { Games, rows_of }
    components = world::components { Annuity, Belief, BrokenPrice, Closed, CostARound, CountrySigned, Date, DealCost,
        Deals, Expiry, Extensions, FearOfLapse, GovPolitics, GovProsperity, GovSecurity, Growth, Honesty, Importance,
        Intends, Lapsed, Leak, Level, MoodSpread, NEVER, NextMeeting, Optimism, Outside, Overcapacity, Patience, Police,
        Politics, Prestige, PrizeNow, Progress, Prosperity, RatifyBar, Regard, Resilience, ResolveLost, ResolveShown, Security, Settled, Snapped,
        SummitDeals, ThreatDue, ThreatPending, Tone, ToneShift, Total, TotalPolitics, TotalProsperity, TotalSecurity, Unused, WordBroken, WordKept, Worth }
    dice = world::dice { BEFORE_PLAY, Key, Stream, drawn }
    hands = world::hands { eased, settles, tightened }
    lanes = world::lanes { Lanes, LanesMut }
    maths = world::maths { annuity, believed, exp, logistic, normal_quantile, power }
    mechanism = world::mechanism { Mechanism }
    orders = world::orders { About, Ask, At, Order, Orders, Question, Room }
    phase = world::phase { Phase }
    rows = world::rows { Case, ColumnId, Condition, Country, Faction, Guess, Hypothesis, KindOf, Layer, Lever, Party, Row,
        RowKind, Shock, Table, Tactic, Value }
    setup = world::setup { NOBODY, Setup, Source, shape_at, source }
    state = world::state { State }
    trace = world::trace { Note, Trace, What }
}

/// As it is played: parties, levers and all else by their rows.
pub fn setup_of(ready: &crate::ready::Ready) -> &setup::Setup {
    ready.setup()
}
/// As it was read, with places for messages.
pub fn loaded_of(ready: &crate::ready::Ready) -> &crate::scenario::loaded::Loaded {
    &ready.loaded
}
/// A table before its first round; `homes` says where ratification is decided outside too.
pub fn table_at(setup: &setup::Setup, key: dice::Key, game: u64, seats: [bool; 2], homes: [bool; 2]) -> table::Table {
    table::Table::new(setup, key, game, seats, homes)
}
/// A table brought to where these orders lead.
pub fn replayed(
    setup: &setup::Setup,
    key: dice::Key,
    game: u64,
    seats: [bool; 2],
    homes: [bool; 2],
    orders: &[table::Filed],
) -> Result<table::Table, crate::Error> {
    table::Table::replay(setup, key, game, seats, homes, orders)
}
/// The state of a table's game.
pub fn state_of(table: &table::Table) -> &state::State {
    table.state()
}
/// Where a metric is read.
pub fn read_from(metric: &crate::world::measure::Metric) -> &crate::world::measure::From {
    &metric.from
}
