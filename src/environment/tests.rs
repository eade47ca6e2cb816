use super::player::Asked;
use super::{Vector, wire};
use crate::game::testing::{another_mind, stockholm_with};
use crate::world::setup::Setup;

/// All that a seat observes in a game in which both sides do the same whatever they want; what its own strategy would do
/// about a summit and the truce is left out, as in the lines to a program.
fn seen(setup: &Setup, seat: usize) -> Vec<(String, f32)> {
    let mut games = Vector::new(setup, &[0, 1], 1).expect("it begins");
    games.begin(5, 0).expect("they begin");
    let names: Vec<String> = games.layout().entries().iter().map(|entry| entry.name.clone()).collect();
    let number = |name: &str| games.actions().list().iter().position(|action| action.name == name).expect(name);
    let ([wait, offer, no, yes], levels) =
        (["wait", "offer", "no", "yes"].map(number), vec![-0.5; games.actions().levers()]);
    let mut out = vec![];
    while !games.is_over() {
        let asked = games.asks().next().flatten().expect("a game that is not over asks");
        let row = games.seen(asked).to_vec();
        let is = |name: &str| row[names.iter().position(|known| known == name).expect(name)] > 0.0;
        let choice = if is("ask.move") {
            wait
        } else if is("ask.offer") {
            offer
        } else if is("ask.answer") {
            no
        } else {
            yes
        };
        if asked == seat {
            out.extend(names.iter().cloned().zip(row).filter(|(name, _)| name != "ask.chance"));
        }
        games.step(&[choice], &levels).expect("allowed");
    }
    assert_eq!(games.count().not_allowed, 0);
    out
}

/// Whatever the other side hides, what a seat observes is the same, bit for bit, however the strategy that stands in
/// models the other. (What all can see of it is left out: see the test of the lines to a program.)
#[test]
fn a_seat_observes_nothing_that_the_other_hides() {
    let bayes = "Bayes(types: [\"Dealmaker\", \"SecurityHawk\"], prior_on_named: 0.5, sharpness: 25)";
    for model in ["Known", "None", bayes] {
        for seat in 0..2 {
            let set = |p: &str| format!("parties.{p}.strategy=(like: \"boulware\", model: {model})");
            let record = |p: &str| format!("parties.{p}.word.record=0");
            let progress = ["signing.progress_tone=0", "truce.progress=0"].map(String::from);
            let sets = [&[set("us"), set("cn"), record("us"), record("cn")], &progress[..]].concat();
            let setup = stockholm_with(&sets.iter().map(String::as_str).collect::<Vec<_>>());
            let other = another_mind(&setup, 1 - seat);
            let (then, now) = (seen(&setup, seat), seen(&other, seat));
            assert!(then.len() > 1000, "{} numbers", then.len());
            let apart = then.iter().zip(&now).find(|(then, now)| then.1.to_bits() != now.1.to_bits());
            assert_eq!((apart, then.len()), (None, now.len()), "{model}, seat {seat}");
            let own = seen(&other, 1 - seat);
            assert!(own.iter().zip(seen(&setup, 1 - seat)).any(|(a, b)| *a != b), "the other has another mind");
        }
    }
}

/// A question is a short line: what never changes was said before.
#[test]
fn a_question_is_at_most_a_kilobyte() {
    let setup = stockholm_with(&[]);
    let mut games = Vector::new(&setup, &[0, 1], 16).expect("they begin");
    let (width, list) = (games.layout().width(), games.actions().list().len());
    let (mut longest, mut asked) = (0, 0);
    while !games.is_over() {
        for (game, side) in games.asks().enumerate().collect::<Vec<_>>() {
            let Some(side) = side else { continue };
            let question = Asked {
                game: game as u64,
                seen: &games.seen(side)[game * width..(game + 1) * width],
                allowed: &games.allowed(side)[game * list..(game + 1) * list],
                gained: games.gained(side)[game],
            };
            let mut line = vec![];
            wire::question(&question, 15, &mut line).expect("written");
            (longest, asked) = (longest.max(line.len()), asked + 1);
        }
        games.step(&[0; 16], &vec![0.0; 16 * games.actions().levers()]).expect("allowed");
    }
    assert!(asked > 1000 && longest <= 1024, "{asked} lines, the longest {longest} bytes");
}
