//! What comes between treaties: small swaps that mend and lapse, and deals that are disputed.

use summitry::internals::cohort::Games;
use summitry::internals::components::{
    Deals, Expiry, Level, Settled, Snapped, ThreatDue, ThreatPending, Tone, WordBroken,
};
use summitry::internals::dice::Key;
use summitry::internals::repair::{SwapFrom, SwapTo, SwapUntil, Swaps, SwapsLapsed};
use summitry::internals::rows::Value;
use summitry::internals::setup::Setup;
use summitry::internals::unravel::{BeforeDeal, Clashes};

use crate::common::{STOCKHOLM, column, dealt, endings, mean, played, ready, set};
use crate::laws_truce::same;

const GAMES: usize = if cfg!(debug_assertions) { 400 } else { 6_000 };

fn changed(sets: &[(&str, &str)]) -> Setup {
    ready(STOCKHOLM, &sets.iter().map(|(path, value)| set(path, value)).collect::<Vec<_>>())
}

#[test]
fn what_is_off_leaves_every_bit_as_without_the_field() {
    let shortfall = ("unravel.per_shortfall", "0");
    for (switch, fields) in
        [("repair", &[("repair.per_round", "0")][..]), ("unravel", &[("unravel.per_item", "0"), shortfall])]
    {
        let off = changed(&[("off", &format!("[\"{switch}\"]"))]);
        assert!(same(&off, &changed(fields)), "{switch}");
        assert!(!same(&off, &changed(&[])), "{switch} does something in the story");
    }
}

/// All levels of a game.
fn levels(games: &Games, levers: usize) -> Vec<Vec<f64>> {
    (0..levers).map(|l| column::<Level>(games, l)).collect()
}

/// Nothing else moves a lever once both have struck: no talks, no drift, no truce to lapse.
const ALONE: [(&str, &str); 2] = [
    ("off", "[\"talks\", \"drift\", \"truce\", \"summit\", \"spoilers\", \"escalate\", \"incidents\", \"courts\"]"),
    ("tone.start", "-0.9"),
];

/// Tariffs that were struck on both sides, which hurts both, and rules by which they are mended at once.
fn struck(more: &[(&str, &str)]) -> (Setup, Games) {
    let mut sets = ALONE.to_vec();
    sets.extend([("tone.fades", "0"), ("repair.per_round", "1"), ("repair.lasts", "4"), ("repair.gain", "0.0001")]);
    sets.extend_from_slice(more);
    let setup = changed(&sets);
    let mut games = dealt(&setup, 4, 0, GAMES);
    for (lever, level) in [("us_tariff", 90.0), ("cn_tariff", 80.0)] {
        let lever = setup.lever(lever).expect("a lever");
        let slot = games.slot(Level::COLUMN, lever).expect("a lever starts somewhere");
        games.put(slot, level);
    }
    games.load(Key::of_seed(4), 0);
    (setup, games)
}

#[test]
fn a_swap_that_lapses_puts_the_levers_where_they_stood() {
    let (setup, mut games) = struck(&[]);
    let before = levels(&games, setup.levers.len());
    let (mut swapped, mut back) = (0, 0);
    let mut open = vec![false; GAMES];
    for _ in 0..setup.rounds {
        games.step();
        let now = levels(&games, setup.levers.len());
        let until = column::<SwapUntil>(&games, 0);
        for g in 0..GAMES {
            let stands = |levels: &[Vec<f64>]| -> Vec<u64> { levels.iter().map(|lane| lane[g].to_bits()).collect() };
            let moved = (0..setup.levers.len()).filter(|l| now[*l][g] != before[*l][g]).count();
            if until[g].is_nan() {
                assert_eq!(stands(&now), stands(&before));
                back += usize::from(open[g]);
            } else {
                assert!((1..=2).contains(&moved), "one lever or two");
                swapped += usize::from(!open[g]);
            }
            open[g] = !until[g].is_nan();
        }
    }
    assert!(swapped > GAMES && back > GAMES, "{swapped} swaps, {back} ended");
    assert_eq!(mean(&column::<SwapsLapsed>(&games, 0)) * GAMES as f64, back as f64);
    let total: f64 = column::<Swaps>(&games, 0).iter().sum();
    assert_eq!(total, swapped as f64);
}

#[test]
fn a_lever_goes_part_of_the_way_back_and_settles_nothing() {
    let (setup, mut games) = struck(&[]);
    games.step();
    let tariff = setup.lever("us_tariff").expect("a lever");
    let (from, to) = (column::<SwapFrom>(&games, tariff), column::<SwapTo>(&games, tariff));
    let settled = column::<Settled>(&games, tariff);
    let given: Vec<usize> = (0..GAMES).filter(|g| !from[*g].is_nan()).collect();
    assert!(given.len() > GAMES / 4, "{}", given.len());
    for g in given {
        // 90 % stood where 40 was settled on: half of the way would be 25 points, half a big move is 10.
        assert_eq!((from[g], to[g], settled[g]), (90.0, 80.0, 40.0));
    }
}

#[test]
fn what_hurts_nobody_is_not_mended_nor_what_is_not_broken() {
    let swaps = |more: &[(&str, &str)]| {
        let (_, mut games) = struck(more);
        games.step();
        mean(&column::<Swaps>(&games, 0))
    };
    let plain = swaps(&[]);
    assert!(plain > 0.3, "{plain}");
    assert_eq!(swaps(&[("tone.start", "0")]), 0.0, "tone is not bad");
    assert!(swaps(&[("tone.start", "-0.4")]) < plain, "the worse the tone the sooner");
    assert!(swaps(&[("repair.gain", "0.02")]) < plain, "the less it brings the rarer");
    let none = [("levers.us_tariff.now", "90"), ("levers.cn_tariff.now", "80")];
    assert_eq!(swaps(&none), 0.0, "they stand where they were settled on");
}

#[test]
fn a_truce_that_lapses_ends_a_swap_and_leaves_the_levers_where_it_puts_them() {
    let setup = changed(&[("repair.per_round", "1"), ("repair.lasts", "20"), ("parties.cn.strategy.extend", "Never")]);
    let mut games = dealt(&setup, 4, 0, GAMES);
    let (mut ended, mut was) = (0, column::<SwapUntil>(&games, 0));
    let mut snapped = column::<Snapped>(&games, 0);
    for _ in 0..setup.rounds {
        games.step();
        let now = column::<SwapUntil>(&games, 0);
        let from: Vec<Vec<f64>> = (0..setup.levers.len()).map(|l| column::<SwapFrom>(&games, l)).collect();
        for g in 0..GAMES {
            assert!(!now[g].is_nan() || from.iter().all(|lane| lane[g].is_nan()), "without a swap no lever is in one");
            ended += usize::from(!was[g].is_nan() && now[g].is_nan() && snapped[g] > 0.0);
        }
        (was, snapped) = (now, column::<Snapped>(&games, 0));
    }
    assert!(ended > 10, "{ended}");
}

#[test]
fn a_threat_is_put_off_while_a_swap_holds() {
    let setup = changed(&[("repair.per_round", "1"), ("parties.us.strategy.escalate", "[Threat(per_round: 0.5)]")]);
    let mut games = dealt(&setup, 4, 0, GAMES);
    let mut put_off = 0;
    for _ in 0..setup.rounds {
        let before = pair_of::<ThreatDue>(&games);
        let swaps = column::<Swaps>(&games, 0);
        games.step();
        let (due, until) = (pair_of::<ThreatDue>(&games), column::<SwapUntil>(&games, 0));
        let more = column::<Swaps>(&games, 0);
        for g in (0..GAMES).filter(|g| more[*g] > swaps[*g]) {
            for p in 0..2 {
                assert!(due[p][g].is_nan() || due[p][g] >= until[g], "none falls due while it holds");
                put_off += usize::from(!before[p][g].is_nan() && due[p][g] == until[g]);
            }
        }
        let pending = column::<ThreatPending>(&games, 0);
        for g in 0..GAMES {
            let due = (0..2).filter(|p| !due[*p][g].is_nan()).count();
            assert_eq!(pending[g], due as f64, "what is pending is due some day");
        }
    }
    assert!(put_off > 10, "{put_off}");
}

fn pair_of<T: Value>(games: &Games) -> [Vec<f64>; 2] {
    [0, 1].map(|p| column::<T>(games, p))
}

#[test]
fn mending_warms_and_brings_levers_nearer_to_what_was_settled_on() {
    let story = |rate: &str| {
        let games = played(&changed(&[("repair.per_round", rate), ("incidents.per_round", "0.15")]), 5, GAMES);
        let tariff = games.setup().lever("us_tariff").expect("a lever");
        let away = column::<Level>(&games, tariff).into_iter().zip(column::<Settled>(&games, tariff));
        let away: Vec<f64> = away.map(|(level, settled)| (level - settled).max(0.0)).collect();
        (mean(&column::<Tone>(&games, 0)), mean(&away))
    };
    let (none, often) = (story("0"), story("0.8"));
    assert!(often.0 > none.0 && often.1 < none.1, "{often:?} against {none:?}");
}

#[test]
fn a_clash_takes_back_three_quarters_of_what_was_given_furthest() {
    // No other hand moves a lever in a round without a deal or a lapse.
    let off = "[\"drift\", \"repair\", \"delivery\", \"spoilers\", \"escalate\", \"courts\"]";
    let setup = changed(&[("unravel.per_item", "0.2"), ("off", off)]);
    let mut games = dealt(&setup, 9, 0, GAMES);
    let seen = |games: &Games| {
        let counts = [column::<Clashes>(games, 0), column::<Deals>(games, 0), column::<Snapped>(games, 0)];
        (counts, pair_of::<WordBroken>(games), levels(games, setup.levers.len()))
    };
    let (mut words, mut blows, mut was) = (0, 0, seen(&games));
    for _ in 0..setup.rounds {
        let before: Vec<Vec<f64>> = (0..setup.levers.len()).map(|l| column::<BeforeDeal>(&games, l)).collect();
        games.step();
        let now = seen(&games);
        for g in (0..GAMES).filter(|g| now.0[0][*g] > was.0[0][*g]) {
            assert!(was.0[1][g] > 0.0, "there was a deal to dispute");
            if (1..3).any(|i| now.0[i][g] != was.0[i][g]) {
                continue;
            }
            let moved: Vec<usize> = (0..setup.levers.len()).filter(|l| now.2[*l][g] != was.2[*l][g]).collect();
            match moved[..] {
                [] => words += 1,
                [l] => {
                    let (lever, from, to) = (&setup.levers[l], was.2[l][g], now.2[l][g]);
                    assert!((from - to - 0.75 * (from - before[l][g])).abs() < 1e-9 * (lever.high - lever.low));
                    assert!((from - to) * lever.opens > 0.0, "it is tightened");
                    assert!(now.1[lever.holder][g] >= was.1[lever.holder][g] + 0.4 - 1e-12, "its word suffers");
                    blows += 1;
                }
                _ => panic!("{moved:?}: one lever at most"),
            }
        }
        was = now;
    }
    assert!(blows > 50, "{blows} blows, {words} in words");
}

#[test]
fn bad_word_and_many_items_unravel_deals_and_those_who_sign_lose() {
    let clashed = |sets: &[(&str, &str)]| {
        let sets: Vec<_> =
            [("unravel.per_shortfall", "0"), ("unravel.per_item", "0.012")].iter().chain(sets).copied().collect();
        let games = played(&changed(&sets), 5, GAMES);
        let (clashes, deals) = (column::<Clashes>(&games, 0), column::<Deals>(&games, 0));
        clashes.iter().sum::<f64>() / deals.iter().sum::<f64>()
    };
    let plain = clashed(&[]);
    assert!(clashed(&[("parties.cn.word", "(mean: 0.95, weight: 40, record: 0)")]) < plain, "who is believed");
    assert!(clashed(&[("off", "[\"items\"]")]) > plain, "more items where none costs");
    assert!(clashed(&[("unravel.fades", "0")]) < plain, "and only in the first round");
    assert_eq!(clashed(&[("unravel.per_item", "0")]).to_bits(), 0.0_f64.to_bits());
}

#[test]
fn what_does_not_come_is_disputed_at_a_review() {
    let clashed = |sets: &[(&str, &str)]| {
        let sets: Vec<_> = [("unravel.per_item", "0")].iter().chain(sets).copied().collect();
        mean(&column::<Clashes>(&played(&changed(&sets), 5, GAMES), 0))
    };
    let honest = clashed(&[("parties.us.honesty", "1"), ("parties.cn.honesty", "1"), ("delivery.noise", "0")]);
    assert_eq!(honest.to_bits(), 0.0_f64.to_bits(), "who delivers in full is accused of nothing");
    let plain = clashed(&[]);
    assert!(plain > 0.0 && clashed(&[("parties.cn.honesty", "0")]) > plain, "the less comes the likelier");
    assert!(clashed(&[("unravel.per_shortfall", "0.05")]) < plain);
}

/// The truce's end and the ending's name are untouched by a swap itself.
#[test]
fn a_swap_is_no_deal() {
    let (_, mut games) = struck(&[]);
    let expiry = column::<Expiry>(&games, 0);
    games.step();
    assert!(mean(&column::<Swaps>(&games, 0)) > 0.3);
    assert_eq!(column::<Deals>(&games, 0), vec![0.0; GAMES]);
    assert_eq!(column::<Expiry>(&games, 0), expiry);
    assert!(endings(&games).iter().all(|ending| ending.starts_with("no_deal") || ending.starts_with("extension")));
}
