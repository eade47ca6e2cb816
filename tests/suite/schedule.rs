//! The schedule: which systems there are, that a switch takes its own out and no other luck with it, that order is a
//! checked property, and that rows lie where lanes expect them.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use bevy_ecs::prelude::*;
use summitry::internals::build::Build;
use summitry::internals::cohort::{Games, rows_of};
use summitry::internals::components::{Tone, ToneShift};
use summitry::internals::lanes::{Lanes, LanesMut};
use summitry::internals::mechanism::Mechanism;
use summitry::internals::mechanisms;
use summitry::internals::phase::Phase;
use summitry::internals::round;
use summitry::internals::rows::{
    Case, Condition, Country, Faction, Guess, Hypothesis, KindOf, Layer, Lever, Party, Row, RowKind, Shock, Table,
    Tactic,
};
use summitry::internals::setup::Setup;
use summitry::parts::Switch;

use crate::common::{STOCKHOLM, dealt, ready, set};
use crate::luck::luck;

/// The calendar of the main story, and a law that may change.
const CALENDAR: &str = "[
    Talks(at: 1), TalksEvery(gap: Uniform(low: 4, high: 7), sooner_per_tone: 1),
    TruceExpires(at: 3, extend_by: 13, price: 0.5),
    Summit(at: 14, invite_at: 11, prepare_at: 13, bar: 0.5, cancel_below: -0.45),
    Shock(from: 6, to: 25, chance: 0.006, lever: \"us_tariff\", level: 30),
    Case(lever: \"us_tariff\", strikes: [\"fentanyl\", \"reciprocal\"], stages: [
        (after: Uniform(low: 4, high: 16), against: 0.55, stayed: 0.5), (after: Uniform(low: 4, high: 9), against: 0.5),
    ]),
]";

/// The main story, with every mechanism at work: brinkmanship, grudges and breakdown too, a law that changes.
fn lively(more: &[String]) -> Setup {
    let mut sets = vec![
        set("clock.breakdown", 0.01),
        set(
            "parties.us.strategy.escalate",
            "[Reply(in_kind: 0.5, forgive: 0.35), Threat(per_round: 0.05), Grit(per_round: 0.06, step: 0.15), Praise(per_round: 0.1), Brink(per_round: 0.02), Grim(step: 0.1)]",
        ),
        set("standoff", "(prize: 1, cost: 0.05)"),
        set("calendar", CALENDAR),
    ];
    sets.extend_from_slice(more);
    ready(STOCKHOLM, &sets)
}

fn systems(setup: &Setup) -> Vec<(Phase, &'static str)> {
    let mut all = round::cohort(setup, 1).systems().to_vec();
    all.sort_unstable();
    all
}

#[test]
fn every_mechanism_has_its_systems() {
    let all = systems(&lively(&[]));
    let told: Vec<String> = all.iter().map(|(phase, name)| format!("{phase:?}: {name}")).collect();
    let counted = |name: &str| told.iter().filter(|t| t.ends_with(name)).count();
    for name in [
        "Brief: factions: what each government wants",
        "Brief: goals: what a summit would be worth",
        "Brief: credibility: where it starts",
        "Drift: resilience: dependence erodes",
        "Drift: tone: fades",
        "Drift: overcapacity: factories outrun the market",
        "Leak: transshipment: goods find a way round",
        "Deliver: delivery: pledges are delivered and reviewed",
        "Chance: incidents: an accident sours the tone",
        "Chance: shocks: a court rules",
        "Sort: layers: what moved a lever is told apart",
        "Judge: courts: a case is decided",
        "Spoil: spoilers: hawks strike",
        "Order: orders: seats held from outside act",
        "Reply: reply: tit for tat",
        "Grim: grim: never forgives",
        "Answer: answers: a threat is answered",
        "Clash: unravel: a deal is disputed",
        "Threaten: threats: one is made",
        "Execute: threats: one falls due",
        "Gesture: gestures: good will to break a spiral",
        "Praise: praise: warm words in public",
        "Brink: brink: a step that leaves something to chance",
        "Court: third countries: sign or are punished",
        "Break: breakdown: talks may end for good",
        "Convene: talks: officials meet",
        "Bargain: talks: offers are exchanged",
        "Ratify: ratification: the package is judged at home",
        "Promise: unravel: what a deal changes is written down",
        "Enact: enact: a ratified package takes effect",
        "Lead: summit: the leaders meet or call it off",
        "Invite: summit: invitation and photograph",
        "Restore: truce: restored if both consent",
        "Mend: repair: a small swap, and its end",
        "Truce: truce: extended or lapses",
        "Favour: favours: who wanted the extension more gives something for it",
        "Endure: standoff: both hold out or one gives in",
        "Pay: payoff: levers pay out",
        "Cost: signing cost: paid at home",
        "Record: record: the deal a game is named after",
    ] {
        assert_eq!(counted(name), 1, "{name}\n{}", told.join("\n"));
    }
    assert_eq!(counted("tone: what happened is felt"), 10);
    assert_eq!(counted("credibility: what was seen is counted"), 5);
}

#[test]
fn a_step_that_may_wait_for_a_decision_is_one_system() {
    // A round that is held there goes on with it, so nothing else may have happened in it.
    for all in [systems(&lively(&[])), systems(&lively(&[set("off", "[\"ratification\"]")]))] {
        for phase in [Phase::Order, Phase::Bargain, Phase::Ratify, Phase::Restore, Phase::Invite, Phase::Truce] {
            let here = all
                .iter()
                .filter(|(of, name)| *of == phase && !name.contains("is felt") && !name.contains("is counted"));
            assert_eq!(here.count(), 1, "{phase:?}");
        }
    }
}

/// What a switch takes out besides the rules that hang on it: systems, by the beginning of their names, and draws.
fn besides(switch: Switch) -> (&'static [&'static str], &'static [&'static str]) {
    match switch {
        Switch::Talks => (&["record:"], &["openers"]),
        Switch::Incidents => (&[], &["incidents"]),
        Switch::Shocks | Switch::Courts => (&[], &["rulings"]),
        Switch::Layers => (&["courts:"], &["rulings"]),
        Switch::Factions => (&["spoilers:"], &[]),
        Switch::Ratification => (&["ratification: the package"], &[]),
        Switch::Credibility => (&["credibility: what was seen"], &[]),
        Switch::Tone => (&["tone: what happened"], &[]),
        Switch::Signals => (&["praise:"], &[]),
        Switch::Mood => (&[], &["MoodSpread"]),
        Switch::Hunger => (&[], &["Hunger"]),
        Switch::Prestige => (&["goals:"], &[]),
        Switch::LapseFear => (&[], &["FearOfLapse"]),
        Switch::Reciprocity => (&[], &["TacticWeight"]),
        _ => (&[], &[]),
    }
}

/// The rules that hang on a switch.
fn rules(switch: Switch) -> impl Iterator<Item = &'static Mechanism> {
    mechanisms::ALL.iter().filter(move |m| m.switch == Some(switch))
}

/// What a switch takes out of the schedule, by the beginning of its systems' names.
fn takes(switch: Switch) -> Vec<String> {
    let besides = besides(switch).0.iter().map(|start| start.to_string());
    rules(switch).map(|m| format!("{}:", m.name)).chain(besides).collect()
}

/// What a switch takes out of the draws: the start values of its rules, and what else hangs on it.
fn draws(setup: &Setup, switch: Switch) -> Vec<&'static str> {
    let starts = |by: &[Mechanism]| {
        round::prepare_with((*setup.scenario).clone(), by).expect("ready").starts.into_iter().map(|s| s.column.name())
    };
    let common: Vec<&str> = starts(&[]).collect();
    let own = rules(switch).flat_map(|m| starts(&[*m])).filter(|name| !common.contains(name));
    own.chain(besides(switch).1.iter().copied()).collect()
}

#[test]
fn a_switch_takes_out_its_own_systems_and_no_others() {
    let all = systems(&lively(&[]));
    for &switch in Switch::ALL {
        let (takes, left) = (takes(switch), systems(&lively(&[set("off", format!("[\"{}\"]", switch.name()))])));
        let switch = switch.name();
        let own = |name: &str| takes.iter().any(|start| name.starts_with(start.as_str()));
        let wanted: Vec<_> = all.iter().filter(|(_, name)| !own(name)).copied().collect();
        let besides: Vec<_> = left.iter().filter(|s| !all.contains(s)).collect();
        let kept: Vec<_> = left.iter().filter(|s| all.contains(s)).copied().collect();
        assert_eq!(kept, wanted, "{switch}");
        assert!(takes.iter().all(|start| all.iter().any(|(_, name)| name.starts_with(start.as_str()))), "{switch}");
        let stands_in = if switch == "ratification" { vec!["ratification: every package passes"] } else { vec![] };
        assert_eq!(besides.iter().map(|s| s.1).collect::<Vec<_>>(), stands_in, "{switch}");
    }
    let none = systems(&ready(STOCKHOLM, &[set("off", "[\"all\"]")]));
    let always: BTreeSet<&str> = none.iter().filter_map(|(_, name)| name.split(':').next()).collect();
    assert_eq!(always, BTreeSet::from(["credibility", "payoff", "tone"]));
}

#[test]
fn a_switch_moves_no_other_die() {
    let drawn = [
        set("ratification.scale", 0.09),
        set("parties.us.ratify", "Normal(mean: 0.5, sd: 0.01)"),
        set("parties.us.signing_cost", "Uniform(low: 0.2, high: 0.4)"),
        set("parties.us.goal.hunger", "Uniform(low: 0.1, high: 0.2)"),
        set("parties.us.resilience.growth", "Uniform(low: 0, high: 0.01)"),
        set("incidents.per_round", "Uniform(low: 0.02, high: 0.2)"),
        set("talks.fear_of_lapse", "Uniform(low: 0, high: 0.5)"),
        set("talks.mood", "Uniform(low: 0, high: 3)"),
        set("calendar.Shock.chance", "Uniform(low: 0, high: 0.1)"),
        set("clock.breakdown", 0),
        set("standoff", "None"),
    ];
    let with = |off: &str| {
        let mut sets = drawn.to_vec();
        sets.push(set("off", format!("[\"{off}\"]")));
        luck(&lively(&sets), 26)
    };
    let all = luck(&lively(&drawn), 26);
    assert!(all.types.len() > 30, "{:?}", all.types.keys());
    let lively = lively(&drawn);
    for &switch in Switch::ALL {
        let draws = draws(&lively, switch);
        all.agrees(&with(switch.name()), &draws).unwrap_or_else(|e| panic!("{} off: {e}", switch.name()));
    }
    assert!(all.agrees(&with("hunger"), &[]).is_err(), "what a switch takes away is noticed");
}

/// Whether a round can be played with two more systems in a phase.
fn plays_with<A, B>(one: impl IntoSystem<(), (), A>, two: impl IntoSystem<(), (), B>) -> bool
where
    A: 'static,
    B: 'static,
{
    let setup = lively(&[]);
    let mut build = Build::new(&setup);
    mechanisms::install(&mut build, mechanisms::ALL);
    build.system(Phase::Endure, "test: one", IntoSystem::into_system(one));
    build.system(Phase::Endure, "test: two", IntoSystem::into_system(two));
    round::order(build.schedule());
    let mut games = Games::spawn(build, 2);
    games.load(summitry::internals::dice::Key::of_seed(1), 0);
    catch_unwind(AssertUnwindSafe(|| games.step())).is_ok()
}

#[test]
fn two_systems_that_could_run_in_either_order_are_refused() {
    fn writes(mut tone: LanesMut<Tone>) {
        tone.lane(0)[0].0 += 0.0;
    }
    fn writes_too(mut tone: LanesMut<Tone>) {
        tone.lane(0)[0].0 *= 1.0;
    }
    fn reads(tone: Lanes<Tone>) {
        assert!(tone.lane(0)[0].0.is_finite());
    }
    fn reads_too(tone: Lanes<Tone>) {
        assert!(tone.lane(0)[0].0 <= 1.0);
    }
    fn writes_elsewhere(mut shift: LanesMut<ToneShift>) {
        shift.lane(0)[0].0 += 0.0;
    }
    assert!(plays_with(reads, reads_too));
    assert!(plays_with(writes, writes_elsewhere));
    assert!(!plays_with(writes, writes_too), "two writers");
    assert!(!plays_with(writes, reads), "a writer and a reader");
}

/// The rows of a kind in the order in which its columns are stored.
fn stored<K: RowKind>(games: &mut Games) -> Vec<Row> {
    let world = games.world();
    world.query_filtered::<&Row, With<K>>().iter(world).copied().collect()
}

#[test]
fn rows_lie_by_position_and_then_by_game() {
    let setup = lively(&[]);
    let n = 5;
    let mut games = dealt(&setup, 1, 0, n);
    for _ in 0..3 {
        games.step(); // playing moves nothing
    }
    let kinds: [(KindOf, Vec<Row>); 12] = [
        (KindOf::Table, stored::<Table>(&mut games)),
        (KindOf::Party, stored::<Party>(&mut games)),
        (KindOf::Lever, stored::<Lever>(&mut games)),
        (KindOf::Faction, stored::<Faction>(&mut games)),
        (KindOf::Country, stored::<Country>(&mut games)),
        (KindOf::Hypothesis, stored::<Hypothesis>(&mut games)),
        (KindOf::Guess, stored::<Guess>(&mut games)),
        (KindOf::Tactic, stored::<Tactic>(&mut games)),
        (KindOf::Condition, stored::<Condition>(&mut games)),
        (KindOf::Shock, stored::<Shock>(&mut games)),
        (KindOf::Layer, stored::<Layer>(&mut games)),
        (KindOf::Case, stored::<Case>(&mut games)),
    ];
    for (kind, rows) in kinds {
        let count = rows_of(kind, &setup) as u32;
        assert!(count > 0, "{kind:?}");
        let wanted: Vec<Row> = (0..count).flat_map(|row| (0..n as u32).map(move |g| Row(row, g))).collect();
        assert_eq!(rows, wanted, "{kind:?}");
    }
}
