//! Seats held from outside: a game is a function of its seed and its orders, and a seat sees only what it may.

use proptest::prelude::*;
use summitry::internals::cohort::Games;
use summitry::internals::components::{Level, Total};
use summitry::internals::dice::Key;
use summitry::internals::orders::{About, Ask, Order, Orders, Question};
use summitry::internals::round;
use summitry::internals::setup::Setup;
use summitry::internals::summary::{Desk, Questions, Summary};
use summitry::internals::table::{Filed, Step};
use summitry::internals::told::{Told, told};
use summitry::internals::view::View;
use summitry::internals::{replayed, table_at};

use super::common::played;
use super::players::OPEN;

fn setup(sets: &[&str]) -> Setup {
    summitry::internals::setup_of(&super::ready("scenarios/stockholm-2025.ron", sets)).clone()
}

/// As text: not a number is equal to itself, and every bit of a number shows.
fn text(told: &Told) -> String {
    format!("{told:?}")
}

/// A small stream of choices.
struct Choices(u64);

impl Choices {
    fn next(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }
}

/// Some answer to a question; the table may refuse it.
fn some_answer(c: &mut Choices, question: &Question, levers: usize) -> Order {
    match (question.at.ask, &question.about) {
        (Ask::Move, _) => match c.next(6) {
            0 => Order::Tighten(c.next(levers), 0.5),
            1 => Order::Ease(c.next(levers), 0.25),
            2 => Order::Threaten,
            3 => Order::Praise,
            4 => Order::Engine,
            _ => Order::Wait,
        },
        (Ask::Offer(_), About::Turn(rooms)) => match c.next(4) {
            0 => Order::Wait,
            1 => Order::Engine,
            _ => Order::Package(
                rooms
                    .iter()
                    .filter_map(|r| if c.next(2) == 0 { Some((r.lever, r.levels[c.next(5)])) } else { None })
                    .collect(),
            ),
        },
        _ => match c.next(4) {
            0 => Order::Engine,
            1 => Order::Say(false),
            _ => Order::Say(true),
        },
    }
}

fn play(setup: &Setup, game: u64, seats: [bool; 2], homes: [bool; 2], seed: u64) -> (Told, Vec<Filed>) {
    let mut table = table_at(setup, Key::of_seed(7), game, seats, homes);
    let mut c = Choices(seed);
    loop {
        match table.advance() {
            Step::Over => break,
            Step::RoundDone => {}
            Step::Question(q) => while table.answer(some_answer(&mut c, &q, setup.levers.len())).is_err() {},
        }
    }
    (table.told(), table.orders().to_vec())
}

#[test]
fn a_table_without_outside_seats_is_the_told_game() {
    let setup = setup(&[]);
    for game in 0..5 {
        let (alone, _) = play(&setup, game, [false; 2], [false; 2], 0);
        assert_eq!(text(&alone), text(&told(&setup, Key::of_seed(7), game)));
    }
}

#[test]
fn a_seat_that_leaves_all_to_its_strategy_changes_nothing() {
    // A strategy that stands in does not know what the other hides; here nothing is hidden.
    let strategies = ["parties.us.strategy=boulware", "parties.cn.strategy=grit"];
    let open = OPEN.into_iter().filter(|word| *word != "--set");
    let setup = setup(&open.chain(strategies).collect::<Vec<_>>());
    for game in 0..5 {
        let mut table = table_at(&setup, Key::of_seed(7), game, [true; 2], [true; 2]);
        loop {
            match table.advance() {
                Step::Over => break,
                Step::RoundDone => {}
                Step::Question(_) => table.answer(Order::Engine).expect("always allowed"),
            }
        }
        assert_eq!(text(&table.told()), text(&told(&setup, Key::of_seed(7), game)));
    }
}

/// Answers what is open in every game; how many questions that were.
fn answer(games: &mut Games, decide: impl Fn(usize, &Question) -> Order) -> usize {
    let open = games.orders().open().to_vec();
    for (game, question) in &open {
        games.orders().file_in(*game, question.at, decide(*game, question));
    }
    open.len()
}

#[test]
fn a_thousand_games_that_are_asked_for_everything_are_those_of_the_batch() {
    for (sets, n) in [(&[][..], 1024), (&["clock.stop_at_deal=true", "clock.breakdown=0.02"][..], 256)] {
        let setup = setup(sets);
        let batch = played(&setup, 7, n);
        let mut games = round::cohort(&setup, n);
        games.load(Key::of_seed(7), 0);
        games.take_orders(Orders::lent());
        let mut asked = 0;
        round::play_asked(&mut games, |games| {
            asked += answer(games, |_, _| Order::Engine);
        });
        assert!(asked > n * 2 * 3, "both sides move in every round, and bargain: {asked}");
        let digest = |games: &Games| {
            let questions = Questions::of(games.setup());
            let mut summary = Summary::new(&questions);
            summary.count(games, &questions, n, &mut Desk::default()).expect("counted");
            summary.digest
        };
        assert_eq!(digest(&games), digest(&batch));
        for game in 0..n {
            assert_eq!(games.capture(game), batch.capture(game), "game {game}");
        }
    }
}

#[test]
fn a_table_is_told_as_far_as_its_last_whole_round() {
    let setup = setup(&[]);
    let mut table = table_at(&setup, Key::of_seed(7), 3, [true; 2], [true; 2]);
    let mut said = vec![];
    while table.round() == 0 {
        if let Step::Question(_) = table.advance() {
            said.push(text(&table.told()));
            table.answer(Order::Engine).expect("always allowed");
            said.push(text(&table.told()));
        }
    }
    assert!(said.len() >= 4 && said.windows(2).all(|pair| pair[0] == pair[1]), "nothing is told of half a round");
    assert_ne!(text(&table.told()), said[0]);
}

#[test]
fn decisions_of_a_round_that_is_not_finished_are_not_those_of_the_next_games() {
    let setup = setup(&[]);
    let mut games = round::cohort(&setup, 2);
    games.take_orders(Orders::new([true; 2], [false; 2]));
    for first in [0, 2] {
        games.load(Key::of_seed(7), first);
        assert!(!games.advance());
        assert_eq!(games.orders().open().len(), 2, "games {first} and on");
        answer(&mut games, |_, _| Order::Wait);
    }
}

#[test]
fn games_in_lockstep_are_what_each_is_at_a_table_of_its_own() {
    let setup = setup(&[]);
    let (both, n) = ([true; 2], 24);
    let alone: Vec<_> = (0..n).map(|game| play(&setup, game, both, both, game + 1)).collect();
    let mut games = round::cohort(&setup, n as usize);
    games.load(Key::of_seed(7), 0);
    games.take_orders(Orders::new(both, both));
    let mut asked = 0;
    round::play_asked(&mut games, |games| {
        asked += answer(games, |game, question| {
            let filed = alone[game].1.iter().find(|filed| filed.at == question.at);
            filed.unwrap_or_else(|| panic!("game {game} alone is not asked at {:?}", question.at)).order.clone()
        });
    });
    assert_eq!(asked, alone.iter().map(|(_, filed)| filed.len()).sum::<usize>());
    for (game, (told, _)) in alone.iter().enumerate() {
        let end = told.rounds.last().expect("rounds");
        for (l, level) in end.levels.iter().enumerate() {
            assert_eq!(games.number::<Level>(l, game).map(f64::to_bits), Some(level.to_bits()), "game {game}");
        }
        for p in 0..2 {
            assert_eq!(games.number::<Total>(p, game).map(f64::to_bits), Some(end.total[p].to_bits()), "game {game}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_same_orders_give_the_same_bits(game in 0_u64..1000, seats in any::<[bool; 2]>(), homes in any::<[bool; 2]>(), seed in any::<u64>()) {
        let setup = setup(&[]);
        let (first, orders) = play(&setup, game, seats, homes, seed);
        let json = serde_json::to_string(&orders).unwrap();
        let orders: Vec<Filed> = serde_json::from_str(&json).unwrap();
        let again = replayed(&setup, Key::of_seed(7), game, seats, homes, &orders).unwrap();
        prop_assert!(again.over());
        prop_assert_eq!(text(&first), text(&again.told()));
    }
}

#[test]
fn half_a_game_of_orders_leads_to_its_next_question() {
    let setup = setup(&[]);
    let (_, orders) = play(&setup, 3, [true, false], [false; 2], 5);
    let half = &orders[..orders.len() / 2];
    let table = replayed(&setup, Key::of_seed(7), 3, [true, false], [false; 2], half).unwrap();
    assert_eq!(table.question().map(|q| q.at), Some(orders[half.len()].at));
    let mut wrong = orders.clone();
    wrong.remove(0);
    assert!(replayed(&setup, Key::of_seed(7), 3, [true, false], [false; 2], &wrong).is_err());
}

#[test]
fn what_is_not_allowed_is_refused_with_what_is() {
    let setup = setup(&[]);
    let lever = |key: &str| setup.lever(key).unwrap();
    let mut table = table_at(&setup, Key::of_seed(7), 0, [false, true], [false; 2]);
    let Step::Question(q) = table.advance() else { panic!("the seat moves first") };
    assert_eq!((q.at.round, q.at.ask), (0, Ask::Move));
    for (order, why) in [
        (Order::Tighten(lever("magnets"), 0.5), "is not yours to move"),
        (Order::Tighten(lever("us_tariff"), 1.5), "is not a number of big moves above 0 and up to 1"),
        (Order::Tighten(lever("us_tariff"), f64::NAN), "is not a number of big moves"),
        (Order::Tighten(99, 0.5), "There is no such lever"),
        (Order::Say(true), "That is no answer to this question"),
    ] {
        let said = table.answer(order.clone()).expect_err("refused").to_string();
        assert!(said.contains(why) && said.contains("Allowed: wait, praise"), "{order:?}: {said}");
    }
    assert_eq!(table.question(), Some(&q), "a refused answer leaves the question open");
    table.answer(Order::Threaten).unwrap();
    assert_eq!(table.advance(), Step::RoundDone);
    assert_eq!(
        table.notes_of_round(0).iter().filter(|n| n.party == Some(1)).count(),
        1,
        "notes of the thrown round are gone"
    );
    assert!(matches!(table.advance(), Step::Question(_)));
    assert!(table.answer(Order::Threaten).expect_err("one at a time").to_string().contains("pending already"));
    table.answer(Order::Wait).unwrap();
    let Step::Question(q) = table.advance() else { panic!("Stockholm") };
    let About::Turn(rooms) = &q.about else {
        return assert!(matches!(q.about, About::Answer { .. }));
    };
    let room = rooms.iter().find(|r| r.lever == lever("us_tariff")).unwrap();
    assert_eq!((room.levels[0], room.levels[4]), (31.0, 49.0));
    let said = table.answer(Order::Package(vec![(lever("us_tariff"), 10.0)])).expect_err("too far").to_string();
    assert!(said.contains("can be set from 31 to 49"), "{said}");
}

/// The views of both seats at every question of a game in which both seats play by the same stream of choices.
fn views(sets: &[&str]) -> [Vec<View>; 2] {
    let setup = setup(sets);
    let mut table = table_at(&setup, Key::of_seed(7), 4, [true; 2], [true; 2]);
    let (mut c, mut out) = (Choices(11), [vec![], vec![]]);
    loop {
        match table.advance() {
            Step::Over => return out,
            Step::RoundDone => {}
            Step::Question(q) => {
                for (seat, views) in out.iter_mut().enumerate() {
                    views.push(View::new(&table, seat));
                }
                loop {
                    // Nothing is left to the strategies: their types must not show in moves.
                    let order = some_answer(&mut c, &q, setup.levers.len());
                    if order != Order::Engine && table.answer(order).is_ok() {
                        break;
                    }
                }
            }
        }
    }
}

#[test]
fn a_view_does_not_know_the_others_type() {
    let tactic = |e: &str| format!("parties.cn.strategy.offer=Time(exponent: {e}, opening: 0.05)");
    let [soft, hard] = [tactic("3"), tactic("0.1")].map(|t| views(&[&t]));
    assert_eq!(soft[1], hard[1], "the United States sees no more than China's moves");
    assert_ne!(soft[0], hard[0], "China knows its own strategy's advice: the test can fail");
    let asked = soft[1].iter().filter(|v| v.question.is_some()).count();
    assert!(asked > 20 && asked < soft[1].len(), "its own questions are seen and the other's are not: {asked}");
}

#[test]
fn a_view_holds_none_of_the_others_own_numbers() {
    let setup = setup(&[]);
    let mut table = table_at(&setup, Key::of_seed(7), 4, [false, true], [false; 2]);
    while let Step::RoundDone | Step::Question(_) = table.advance() {
        if table.question().is_some() {
            table.answer(Order::Engine).unwrap();
        }
    }
    let told = table.told();
    let seen = serde_json::to_string(&View::new(&table, 1)).unwrap();
    let total = told.rounds.last().unwrap().total;
    assert!(seen.contains(&format!("{}", total[1])) && !seen.contains(&format!("{}", total[0])));
    for note in &told.notes {
        if let summitry::internals::trace::What::Session { reserve, aspiration, .. } = &note.what {
            for hidden in [reserve[0], aspiration[0]] {
                assert!(!seen.contains(&format!("{hidden}")), "{hidden} is China's own");
            }
        }
    }
}
