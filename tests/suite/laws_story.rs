//! Laws of the main story: the truce, ratification, and that a switch moves no other die.

use summitry::internals::components::{Deals, Extensions, Lapsed, Snapped, SummitDeals};
use summitry::internals::endings::label;
use summitry::internals::metrics::events;
use summitry::internals::outcome::FirstDealRound;
use summitry::internals::ratification::Rejections;
use summitry::internals::setup::Setup;
use summitry::internals::spoilers::Strikes;
use summitry::internals::truce::LapseRound;

use crate::common::{STOCKHOLM, batched, column, endings, played, ready, set};
use crate::luck::{Luck, luck};

const GAMES: usize = 2000;

fn extending(how: &str) -> Setup {
    ready(STOCKHOLM, &["us", "cn"].map(|p| set(&format!("parties.{p}.strategy.extend"), how)))
}

/// Games with at least one extension, and with at least one lapse.
fn truces(setup: &Setup) -> (usize, usize) {
    let games = played(setup, 5, GAMES);
    let some = |x: Vec<f64>| x.iter().filter(|x| **x > 0.0).count();
    (some(column::<Extensions>(&games, 0)), some(column::<Lapsed>(&games, 0)))
}

#[test]
fn check_19_who_asks_for_nothing_never_lets_the_truce_lapse() {
    for how in ["Demand(bar: -1000)", "Always"] {
        let (extended, lapsed) = truces(&extending(how));
        assert!(extended > GAMES / 2 && lapsed == 0, "{how}: {extended} {lapsed}");
    }
    let (extended, lapsed) = truces(&extending("Demand(bar: 0)"));
    assert!(extended > 0 && lapsed > 0, "an ordinary bar does both: {extended} {lapsed}");
}

#[test]
fn check_19_who_asks_for_the_moon_always_does() {
    for how in ["Demand(bar: 1000)", "Never"] {
        let setup = extending(how);
        assert_eq!(truces(&setup).0, 0, "{how}");
        let games = played(&setup, 5, GAMES);
        let ends = endings(&games);
        let (lapsed, deals) = (column::<Lapsed>(&games, 0), column::<Deals>(&games, 0));
        assert!(!ends.contains(&"extension_only"), "{how}");
        // A deal signed before the date prolongs the truce by itself; else it lapses on the day.
        let first = column::<FirstDealRound>(&games, 0);
        let day = column::<LapseRound>(&games, 0);
        for g in 0..GAMES {
            assert!(lapsed[g] > 0.0 || deals[g] > 0.0, "game {g}");
            assert!(first[g] <= 3.0 || day[g] == 3.0, "game {g}: {} {}", first[g], day[g]);
        }
        assert!(lapsed.iter().filter(|x| **x > 0.0).count() > GAMES / 2);
    }
    // One of two is enough: both must consent.
    let one = ready(STOCKHOLM, &[set("parties.cn.strategy.extend", "Never")]);
    assert_eq!(truces(&one).0, 0);
    assert!(truces(&ready(STOCKHOLM, &[set("parties.cn.strategy.extend", "Always")])).0 > 0);
}

/// The main story is open: hawks strike in about a quarter of games, no ending is likelier than not, and each happens in
/// a game of twenty at least, so that a class of twenty tables can expect to see it.
#[test]
fn the_main_story_can_end_in_every_way() {
    let games = played(&ready(STOCKHOLM, &[]), 2025, GAMES);
    let ends = endings(&games);
    for class in ["no_deal", "extension_only", "mini_deal", "summit_deal"] {
        let share = ends.iter().filter(|end| **end == class).count() as f64 / GAMES as f64;
        assert!((0.05..=0.45).contains(&share), "{class}: {share}");
    }
    let struck = column::<Strikes>(&games, 0).iter().filter(|x| **x > 0.0).count() as f64 / GAMES as f64;
    assert!((0.15..=0.35).contains(&struck), "hawks struck in {struck}");
}

/// Each ending is what its rule says, and a deal broke where the truce is down at the end.
#[test]
fn an_ending_is_what_its_rule_says() {
    let setup = ready(STOCKHOLM, &[]);
    let games = played(&setup, 2025, GAMES);
    let [deals, summits] = [column::<Deals>(&games, 0), column::<SummitDeals>(&games, 0)];
    let [extended, lapsed] = [column::<Extensions>(&games, 0), column::<Lapsed>(&games, 0)];
    for (g, name) in endings(&games).into_iter().enumerate() {
        let held = extended[g] > 0.0 && lapsed[g] == 0.0;
        let (rule, is) = match label(&setup, name) {
            "no deal (truce broken)" => ("no deal, no truce", deals[g] == 0.0 && !held),
            "no deal (truce held)" => ("no deal, a truce", deals[g] == 0.0 && held),
            "mini deal (officials)" => ("a deal of officials only", deals[g] > 0.0 && summits[g] == 0.0),
            "summit deal (leaders)" => ("a deal of leaders", summits[g] > 0.0),
            other => panic!("{other}"),
        };
        assert!(is, "game {g} is no `{rule}`");
    }
    let down = column::<Snapped>(&games, 0);
    let broke = (0..GAMES).filter(|g| deals[*g] > 0.0 && down[*g] > 0.0).count() as u64;
    let summary = batched(&setup, 2025, GAMES as u64).summary;
    let place = events(&setup).iter().position(|event| event.name == "deal_broke").expect("a truce and talks");
    let with = deals.iter().filter(|n| **n > 0.0).count() as u64;
    assert_eq!(summary.events[place], (broke, with));
    assert!(broke > 0 && broke < with);
}

/// What cannot break is not said to; a class of other scenarios is called by its name.
#[test]
fn no_deal_is_just_that_where_no_truce_runs_out() {
    let off = ready(STOCKHOLM, &[set("off", "[\"truce\"]")]);
    assert_eq!((label(&off, "no_deal"), label(&off, "conceded")), ("no deal", "conceded"));
}

fn deals(setup: &Setup) -> f64 {
    let games = 2000;
    batched(setup, 5, games).summary.events[0].0 as f64 / games as f64
}

#[test]
fn check_20_the_more_support_a_package_needs_the_fewer_deals() {
    let at = |us: f64, cn: f64| deals(&ready(STOCKHOLM, &[set("parties.us.ratify", us), set("parties.cn.ratify", cn)]));
    let falls = |x: &[f64]| x.windows(2).all(|w| w[0] >= w[1]) && x[0] > x[x.len() - 1] + 0.3;
    let bars = [-9.0, 0.3, 0.45, 0.6, 0.75, 9.0];
    let us = bars.map(|bar| at(bar, 0.4));
    assert!(falls(&us) && us[5] == 0.0, "{us:?}");
    let cn = bars.map(|bar| at(0.5, bar));
    assert!(falls(&cn) && cn[5] == 0.0, "{cn:?}");
    let (mut up, mut same) = (us, [us[0]; 6]);
    up.reverse();
    same[5] = us[0];
    assert!(!falls(&up) && !falls(&same), "the law has a direction");
}

#[test]
fn check_20_what_needs_no_support_is_never_rejected() {
    let rejections = |bar: f64| {
        let setup = ready(STOCKHOLM, &["us", "cn"].map(|p| set(&format!("parties.{p}.ratify"), bar)));
        column::<Rejections>(&played(&setup, 5, GAMES), 0).iter().sum::<f64>()
    };
    assert_eq!(rejections(-9.0), 0.0);
    assert!(rejections(0.5) > 0.0);
}

#[test]
fn check_18_switching_the_third_countries_off_moves_no_other_die() {
    let (with, without) =
        (luck(&ready(STOCKHOLM, &[]), 18), luck(&ready(STOCKHOLM, &[set("off", "[\"thirds\"]")]), 18));
    with.agrees(&without, &["Police"]).unwrap();
    assert!(with.agrees(&luck(&ready(STOCKHOLM, &[]), 19), &[]).is_err(), "another seed is other luck");
    assert!(with.agrees(&Luck::default(), &[]).is_err(), "no luck at all is no agreement");
}
