//! A scenario built in code, without a file: two sides share a dollar, and who waits better gets more.
//!
//! With full information the opener gets (1 - d_b) / (1 - d_a d_b): Rubinstein, Econometrica 50 (1982).
//!
//! ```sh
//! cargo run --release --example in_code
//! ```

use summitry::parts::Opener;
use summitry::parts::{Effect, End, Event, GoalFields, Lever, Party, Shape};
use summitry::prelude::*;
use summitry::units::{Patience, PointsPerWeek, Rounds, RoundsF, Stakes, Weight};

/// A side with a taste for the dollar and a patience.
fn side(name: &str, patience: f64) -> Party {
    let goal = GoalFields {
        prosperity: Some(Weight::of(1.0).into()),
        patience: Some(Patience::of(patience).into()),
        ..GoalFields::default()
    };
    Party { name: name.into(), goal, ..Party::playing("rational") }
}

/// What the dollar is worth to a side.
fn worth(shape: Shape) -> Vec<Effect> {
    vec![Effect::Prosperity { points: PointsPerWeek::of(1.0), shape }]
}

fn dollar(patience: [f64; 2]) -> Scenario {
    let mut game = Scenario::new("Split the dollar", 2000);
    game.clock.deal_life = Rounds::of(1);
    game.clock.end = End::Final;
    game.clock.stop_at_deal = true;
    // Nothing but talks, one offer a round, in turns.
    (game.off, game.on) = (vec!["all".into()], vec!["talks".into()]);
    let every = RoundsF::of(1.0).into();
    game.calendar =
        vec![Event::TalksEvery { gap: every, sooner_per_tone: Default::default(), from: Default::default() }];
    game.talks.exchanges = Rounds::of(1);
    game.talks.opener = Opener::Alternate { first: "a".into() };
    game.talks.mood = Stakes::of(0.0).into();
    let effects = [("a".to_owned(), worth(Shape::Lin)), ("b".to_owned(), worth(Shape::Rest))].into();
    game.levers.insert("dollar".into(), Lever { pie: true, effects, ..Lever::between(0.0, 1.0) });
    game.parties.insert("a".into(), side("Ann", patience[0]));
    game.parties.insert("b".into(), side("Bob", patience[1]));
    game
}

fn main() -> Result<(), Error> {
    println!("patience of Ann and Bob   Ann gets   the law says");
    for [a, b] in [[0.9, 0.8], [0.9, 0.9], [0.8, 0.9], [0.5, 0.95]] {
        // What is built in code is checked like a file.
        let ready = Draft::of(&dollar([a, b])).ready()?;
        let told = ready.game(0).told();
        let share = told.agreements[0].package[0];
        println!("{a:>8} {b:>8} {share:>17.3} {:>14.3}", (1.0 - b) / (1.0 - a * b));
    }

    // A slip is told with its place, as in a file.
    let mut wrong = dollar([0.9, 0.8]);
    wrong.talks.opener = Opener::Alternate { first: "c".into() };
    if let Err(problems) = Draft::of(&wrong).ready() {
        println!("\n{problems}");
    }
    Ok(())
}
