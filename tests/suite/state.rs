//! A game can be put away and taken up again, and taken up many times over with fresh dice.

use summitry::internals::cohort::Games;
use summitry::internals::components::Patience;
use summitry::internals::components::Total;
use summitry::internals::courts::RoundsStruck;
use summitry::internals::dice::Key;
use summitry::internals::incidents::Incidents;
use summitry::internals::offer::TacticPace;
use summitry::internals::round;
use summitry::internals::rows::Value;
use summitry::internals::setup::Setup;
use summitry::internals::shocks::ShocksPast;
use summitry::internals::state::State;

use crate::common::{STOCKHOLM, column, dealt, numbers, ready, set};

const SEED: u64 = 77;

/// A cohort at the start of a round.
fn at_round(setup: &Setup, round: u32, games: usize) -> Games {
    let mut games = dealt(setup, SEED, 0, games);
    while games.round() < round {
        games.step();
    }
    games
}

fn stored(state: &State) -> State {
    serde_json::from_str(&serde_json::to_string(state).unwrap()).unwrap()
}

#[test]
fn a_game_put_away_goes_on_as_if_nothing_had_been() {
    let frequency = [
        set("parties.us.strategy", "(like: \"brinkman\", model: Frequency(rate: 0.2))"),
        set("parties.cn.strategy", "(like: \"rational\", pledge: Capacity(share: 0.3), escalate: [Grim(step: 0.1)])"),
        set("talks.reserve", "Learned(rate: 0.3)"),
        set("clock.deal_life", 9),
    ];
    for (name, setup) in [
        ("the main story", ready(STOCKHOLM, &[])),
        ("other strategies", ready(STOCKHOLM, &frequency)),
        ("the deadline", ready("scenarios/theory/deadline.ron", &[])),
        ("pledges", ready("scenarios/theory/pledges.ron", &[set("clock.rounds", 26)])),
    ] {
        let n = 48;
        let through = at_round(&setup, setup.rounds, n);
        let ends: Vec<State> = (0..n).map(|g| through.capture(g)).collect();
        let mut again = round::cohort(&setup, 1);
        let mut changed = 0;
        for round in [0, 1, 3, 4, 8, 13, 14, 25] {
            let games = at_round(&setup, round, n);
            for (g, end) in ends.iter().enumerate() {
                let state = games.capture(g);
                let back = stored(&state);
                assert_eq!(back, state, "{name}: stored to the last bit");
                again.restore(&back, Key::of_seed(SEED), g as u64).unwrap();
                assert_eq!(again.capture(0), state, "{name}: restored to the last bit");
                while again.round() < setup.rounds {
                    again.step();
                }
                assert!(again.capture(0) == *end, "{name}: game {g} from round {round}");
                changed += usize::from(state.rows != end.rows);
            }
        }
        assert!(changed > n, "{name}: games do go on after they are put away");
    }
}

#[test]
fn what_is_not_restored_in_full_goes_astray() {
    let setup = ready(STOCKHOLM, &[]);
    let through = at_round(&setup, setup.rounds, 8);
    let halfway = at_round(&setup, 8, 8);
    let mut again = round::cohort(&setup, 1);
    let mut astray = |spoil: &dyn Fn(&mut State), seed: u64| {
        (0..8).any(|g| {
            let mut state = halfway.capture(g);
            spoil(&mut state);
            again.restore(&state, Key::of_seed(seed), g as u64).unwrap();
            round::play(&mut again);
            again.capture(0).rows != through.capture(g).rows
        })
    };
    assert!(!astray(&|_| {}, SEED));
    assert!(astray(&|_| {}, SEED + 1), "the key counts");
    for name in ["Level", "Belief", "Tone", "HeardBest", "NextMeeting", "TacticPace", "Total"] {
        let spoil = |state: &mut State| {
            let bits = &mut state.rows.get_mut(name).expect("a component of the story")[0];
            *bits = (f64::from_bits(*bits) + 0.125).to_bits();
        };
        assert!(astray(&spoil, SEED), "{name} counts");
    }
}

#[test]
fn a_fork_has_many_futures_and_fresh_dice() {
    let setup = ready(STOCKHOLM, &[]);
    let key = Key::of_seed(SEED);
    let state = at_round(&setup, 6, 3).capture(2);
    let mut forked = round::cohort(&setup, 64);
    forked.fork(&state, key).unwrap();
    let starts: Vec<State> = (0..64).map(|f| forked.capture(f)).collect();
    assert!(starts.iter().all(|s| s.rows == state.rows), "one past");
    round::play(&mut forked);
    let totals = column::<Total>(&forked, 0);
    let mut different = totals.clone();
    different.sort_by(f64::total_cmp);
    different.dedup();
    assert!(different.len() > 60, "many futures: {}", different.len());
    // None of them is what would have been without the fork: the dice are fresh.
    let uninterrupted = at_round(&setup, setup.rounds, 3);
    assert!(!totals.contains(&column::<Total>(&uninterrupted, 0)[2]));
    // What was drawn before the fork stays.
    for start in setup.starts.iter().filter(|s| s.column == Patience::COLUMN || s.column == TacticPace::COLUMN) {
        let lane = numbers(&forked, start.column, start.row);
        assert!(lane.iter().all(|x| *x == lane[0]), "{}", start.column.name());
    }
}

#[test]
fn futures_do_not_hang_on_how_many_are_tried() {
    let setup = ready(STOCKHOLM, &[]);
    let key = Key::of_seed(SEED);
    let state = at_round(&setup, 9, 1).capture(0);
    let mut many = round::cohort(&setup, 50);
    many.fork(&state, key).unwrap();
    round::play(&mut many);
    for n in [1, 7] {
        let mut few = round::cohort(&setup, n);
        few.fork(&state, key).unwrap();
        round::play(&mut few);
        for f in 0..n {
            assert_eq!(few.capture(f).rows, many.capture(f).rows, "future {f} of {n}");
        }
    }
}

#[test]
fn alternatives_are_tried_on_the_same_luck() {
    let plain = ready(STOCKHOLM, &[]);
    let other = ready(STOCKHOLM, &[set("ratification.scale", 0.05), set("talks.officials_may_move", 0.9)]);
    let key = Key::of_seed(SEED);
    let past = at_round(&plain, 5, 2);
    let futures = |setup: &Setup, state: &State| {
        let mut games = round::cohort(setup, 200);
        games.fork(state, key).unwrap();
        round::play(&mut games);
        [column::<Incidents>(&games, 0), column::<RoundsStruck>(&games, 0), column::<Total>(&games, 0)]
    };
    let [first, second] = [past.capture(0), past.capture(1)];
    let (a, b) = (futures(&plain, &first), futures(&other, &first));
    assert!(a[0].iter().any(|x| *x != a[0][0]), "incidents differ from future to future");
    assert_eq!((&a[0], &a[1]), (&b[0], &b[1]), "the same accidents and rulings");
    assert_ne!(a[2], b[2], "another way to bargain");
    let c = futures(&plain, &second);
    assert_ne!(a[0], c[0], "another game forks to other dice");
}

#[test]
fn a_number_drawn_for_a_game_is_not_drawn_again_by_its_fork() {
    // The chance of the ruling is drawn once a game: certain in one half of games, impossible in the other.
    let shock = |chance: &str| {
        let event = format!("Shock(from: 10, to: 10, chance: {chance}, lever: \"us_tariff\", level: 30)");
        ready(STOCKHOLM, &[set("calendar", format!("[Talks(at: 1), TalksEvery(gap: 5), {event}]"))])
    };
    let setup = shock("Normal(mean: 0.5, sd: 1000)");
    let key = Key::of_seed(SEED);
    let past = at_round(&setup, 5, 12);
    let mut ruled = vec![];
    for g in 0..12 {
        let state = past.capture(g);
        let mut futures = round::cohort(&setup, 40);
        futures.fork(&state, key).unwrap();
        round::play(&mut futures);
        ruled.push(column::<ShocksPast>(&futures, 0).iter().sum::<f64>());
    }
    assert!(ruled.iter().all(|n| *n == 0.0 || *n == 40.0), "{ruled:?}");
    assert!(ruled.contains(&0.0) && ruled.contains(&40.0), "{ruled:?}");
}

#[test]
fn a_state_of_another_scenario_is_refused_in_words() {
    let stockholm = ready(STOCKHOLM, &[]);
    let refused = |from: &Setup, by: &Setup| {
        let state = dealt(from, SEED, 0, 1).capture(0);
        let mut games = dealt(by, SEED, 0, 2);
        let before = games.capture(1);
        let said = games.restore(&state, Key::of_seed(9), 5).expect_err("another scenario").to_string();
        assert_eq!(games.capture(1), before, "a refused state leaves the games alone");
        said
    };
    let dollar = ready("scenarios/theory/split-the-dollar.ron", &[]);
    assert_eq!(refused(&dollar, &stockholm), "the state comes from another scenario: its party a is not in this one");
    assert_eq!(refused(&stockholm, &dollar), "the state comes from another scenario: its party cn is not in this one");
    // As many levers, another story.
    let pledges = |lever: &str| {
        let text = std::fs::read_to_string("scenarios/theory/pledges.ron").unwrap();
        crate::common::ready_text(&text.replace("\"access\"", &format!("\"{lever}\"")), &[])
    };
    assert_eq!(
        refused(&pledges("access"), &pledges("entry")),
        "the state comes from another scenario: its lever access is not in this one"
    );
    // The same story with other mechanisms.
    let quiet = ready(STOCKHOLM, &[set("off", "[\"incidents\"]")]);
    assert_eq!(refused(&stockholm, &quiet), "the state holds `IncidentRate`, which no mechanism of this scenario has");
    assert_eq!(refused(&quiet, &stockholm), "the state holds no `IncidentRate`");
    // Numbers may differ: that is an alternative to try.
    let patient = ready(STOCKHOLM, &[set("parties.us.goal.patience", 0.99)]);
    let state = dealt(&stockholm, SEED, 0, 1).capture(0);
    assert_eq!(dealt(&patient, SEED, 0, 1).restore(&state, Key::of_seed(9), 0), Ok(()));
}
