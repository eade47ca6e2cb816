//! Games side by side with seats held from outside: each is the game that it is alone.

use summitry::prelude::*;
use summitry::results::Values;

use super::players::OPEN;

const STORY: &str = "scenarios/stockholm-2025.ron";

/// Choices that hang on the game and on how often it was asked, and on nothing else.
struct Choices {
    seed: u64,
    asked: Vec<u64>,
}

impl Choices {
    fn draw(&self, game: u64, place: usize, what: u64) -> u64 {
        let mut x =
            (game + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (self.asked[place] << 20) ^ (what << 8) ^ self.seed;
        for _ in 0..3 {
            x = (x ^ (x >> 31)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        }
        x >> 11
    }

    /// A step in which every game that asks does something that it may.
    fn step(&mut self, games: &mut Vector) {
        let (first, list, width) = (games.begun()[1], games.actions().list().len(), games.actions().levers());
        let asks: Vec<Option<usize>> = games.asks().collect();
        let (mut choices, mut levels) = (vec![usize::MAX; asks.len()], vec![f32::NAN; asks.len() * width]);
        for (place, party) in asks.iter().enumerate() {
            let (game, Some(party)) = (first + place as u64, *party) else { continue };
            let allowed = &games.allowed(party)[place * list..(place + 1) * list];
            let may: Vec<usize> = (0..list).filter(|choice| allowed[*choice]).collect();
            choices[place] = may[self.draw(game, place, 0) as usize % may.len()];
            for lever in 0..width {
                levels[place * width + lever] = (self.draw(game, place, 1 + lever as u64) % 2001) as f32 / 1000.0 - 1.0;
            }
            self.asked[place] += 1;
        }
        games.step(&choices, &levels).expect("all of it is allowed");
    }
}

/// What happened in a game, bit by bit: each time that it is asked and at its end, who is asked, what either seat saw
/// and gained, and what was allowed.
type Diary = Vec<(Option<usize>, Vec<u32>, Vec<bool>)>;

fn played(ready: &Ready, parties: &[&str], first: u64, n: usize) -> (Vec<Diary>, Vector) {
    let mut games = ready.vector(parties, n).expect("they begin");
    games.begin(7, first).expect("they begin");
    let mut choices = Choices { seed: 99, asked: vec![0; n] };
    let (mut diaries, mut ended): (Vec<Diary>, Vec<bool>) = (vec![vec![]; n], vec![false; n]);
    loop {
        let (width, list) = (games.layout().width(), games.actions().list().len());
        let asks: Vec<Option<usize>> = games.asks().collect();
        for (place, party) in asks.iter().enumerate() {
            let ends = games.over()[place] && !ended[place];
            if party.is_none() && !ends {
                continue;
            }
            ended[place] |= ends;
            let mut bits = vec![];
            for party in (0..parties.len()).filter(|p| party.is_none() || *party == Some(*p)) {
                let (seen, gained) = (games.seen(party), games.gained(party));
                bits.extend(
                    seen[place * width..(place + 1) * width].iter().chain(&gained[place..=place]).map(|x| x.to_bits()),
                );
            }
            let allowed = party.map(|p| games.allowed(p)[place * list..(place + 1) * list].to_vec());
            diaries[place].push((*party, bits, allowed.unwrap_or_default()));
        }
        if games.is_over() {
            return (diaries, games);
        }
        choices.step(&mut games);
    }
}

#[test]
fn a_game_among_many_is_the_game_alone() {
    let ends_early = ["clock.stop_at_deal=true", "clock.breakdown=0.02"];
    for (sets, parties) in [(&[][..], &["us", "cn"][..]), (&ends_early, &["us", "cn"]), (&ends_early, &["cn"])] {
        let ready = super::ready(STORY, sets);
        let (together, games) = played(&ready, parties, 20, 24);
        assert!(games.count().waited > 0 && games.count().not_allowed == 0, "{:?}", games.count());
        let lengths: std::collections::BTreeSet<usize> = together.iter().map(Vec::len).collect();
        assert!(lengths.len() > 3, "games differ: {lengths:?}");
        for (place, diary) in together.iter().enumerate() {
            let (alone, one) = played(&ready, parties, 20 + place as u64, 1);
            assert_eq!(diary.len(), alone[0].len(), "game {place}");
            let apart = diary.iter().zip(&alone[0]).position(|(here, alone)| here != alone);
            assert_eq!(apart, None, "game {place} of {parties:?}");
            assert_eq!(
                ["us", "cn"].map(|p| games.total(p, place).map(f64::to_bits)),
                ["us", "cn"].map(|p| one.total(p, 0).map(f64::to_bits))
            );
        }
    }
}

/// What is gained adds up to the total, and who leaves all to its strategy finds the batch (where nothing is hidden).
#[test]
fn who_decides_nothing_finds_the_batch() {
    let strategies = ["parties.us.strategy=boulware", "parties.cn.strategy=grit"];
    let open = OPEN.into_iter().filter(|word| *word != "--set");
    let ready = super::ready(STORY, &open.chain(strategies).collect::<Vec<_>>());
    let (_, columns) = ready.batch(32).seed(7).columns().expect("played");
    let column = |name: &str| match &columns.iter().find(|column| column.name() == name).expect(name).values {
        Values::Numbers(all) => all.clone(),
        other => panic!("{name}: {other:?}"),
    };
    let mut games = ready.vector(&["us", "cn"], 32).expect("they begin");
    games.begin(7, 0).expect("they begin");
    let mut sums = [vec![0.0; 32], vec![0.0; 32]];
    while !games.is_over() {
        games.step(&[0; 32], &vec![0.0; 32 * games.actions().levers()]).expect("allowed");
        for (party, sums) in sums.iter_mut().enumerate() {
            let gained = games.gained(party);
            sums.iter_mut().zip(gained).for_each(|(sum, gained)| *sum += f64::from(*gained));
        }
    }
    for (party, (who, name)) in [("us", "us.total"), ("cn", "cn.total")].into_iter().enumerate() {
        for (game, batch) in column(name).into_iter().enumerate() {
            assert_eq!(games.total(who, game).map(f64::to_bits), Some(batch.to_bits()), "{name} of game {game}");
            let off = (sums[party][game] - batch).abs();
            assert!(
                off < 1e-3 * batch.abs().max(1.0),
                "{name} of game {game}: gained {}, has {batch}",
                sums[party][game]
            );
        }
    }
}

#[test]
fn what_is_saved_is_gone_on_with() {
    let ready = super::ready(STORY, &[]);
    let start = |games: &mut Vector| (games.begin(7, 3).expect("they begin"), Choices { seed: 5, asked: vec![0; 6] }).1;
    let mut games = ready.vector(&["us"], 6).expect("they begin");
    let mut choices = start(&mut games);
    (0..40).for_each(|_| choices.step(&mut games));
    let (saved, seen) = (games.save(), games.seen(0).to_vec());
    let asked = choices.asked.clone();
    let on = |games: &mut Vector| {
        let mut choices = Choices { seed: 5, asked: asked.clone() };
        while !games.is_over() {
            choices.step(games);
        }
        ["us", "cn"].map(|party| (0..6).map(|game| games.total(party, game).map(f64::to_bits)).collect::<Vec<_>>())
    };
    let ends = on(&mut games);
    let mut fork = ready.vector(&["us"], 6).expect("they begin");
    fork.restore(&saved).expect("it fits");
    assert_eq!(fork.seen(0), &seen[..]);
    assert_eq!(on(&mut fork), ends);
    games.restore(&saved).expect("it fits");
    assert_eq!(on(&mut games), ends);
    let mut fewer = ready.vector(&["us"], 2).expect("they begin");
    assert!(fewer.restore(&saved).is_err_and(|e| e.to_string().contains("of other games")));
}

#[test]
fn what_cannot_be_played_is_said() {
    let ready = super::ready(STORY, &[]);
    let says = |result: Result<Vector, Error>| result.err().expect("refused").to_string();
    assert!(says(ready.vector(&["uk"], 2)).contains("there is no party `uk`"));
    assert!(says(ready.vector(&[], 2)).contains("no party is held from outside"));
    assert!(says(ready.vector(&["us"], 0)).contains("from 1 to 65536 games"));
    let mut games = ready.vector(&["us"], 2).expect("they begin");
    let (width, last) = (games.actions().levers(), games.actions().list().len() - 1);
    let levels = vec![0.0; 2 * width];
    let refused = |games: &mut Vector, choices: &[usize], levels: &[f32]| {
        games.step(choices, levels).expect_err("refused").to_string()
    };
    assert!(refused(&mut games, &[0], &levels).contains("2 choices and 2 times"));
    let told = refused(&mut games, &[0, last + 1], &levels);
    assert!(told.contains(&format!("game 1 of these: there is no action {}, the last is {last}", last + 1)), "{told}");
    assert!(says(ready.vector(&["us", "us"], 2)).contains("`us` is named twice"));
    let mut none = levels.clone();
    none[width] = f32::NAN;
    assert!(refused(&mut games, &[0, 0], &none).contains("game 1 of these: the number for "));
    let yes = games.actions().list().iter().position(|action| action.name == "yes").expect("there");
    games.step(&[yes, 0], &levels).expect("taken"); // the first question is a move: yes is no answer to it
    assert_eq!((games.count().decisions, games.count().not_allowed), (2, 1));
}

/// The layout is of the scenario, and every number that is observed keeps to its bounds.
#[test]
fn observations_keep_to_their_bounds() {
    let ready = super::ready(STORY, &["clock.rounds=12"]);
    let (_, games) = played(&ready, &["us", "cn"], 0, 4);
    let names: std::collections::BTreeSet<&str> = games.layout().entries().iter().map(|e| e.name.as_str()).collect();
    assert_eq!(names.len(), games.layout().width(), "no name twice");
    assert!(["tone", "lever.us_tariff.level", "ask.waiting", "me.patience"].iter().all(|name| names.contains(name)));
    let mut games = ready.vector(&["us", "cn"], 256).expect("they begin");
    let mut choices = Choices { seed: 3, asked: vec![0; 256] };
    let mut looked = 0;
    while !games.is_over() {
        for (place, party) in games.asks().collect::<Vec<_>>().into_iter().enumerate() {
            let Some(party) = party else { continue };
            let width = games.layout().width();
            let row = &games.seen(party)[place * width..(place + 1) * width];
            for (x, entry) in row.iter().zip(games.layout().entries()) {
                let inside = *x >= entry.low && *x <= entry.high;
                assert!(
                    x.is_finite() && inside,
                    "{} is {x}, and {} to {} are promised",
                    entry.name,
                    entry.low,
                    entry.high
                );
                looked += 1;
            }
        }
        choices.step(&mut games);
    }
    assert!(looked > 10_000);
}
