//! A seat held by Rust code: Beijing bargains by a rule of ours, in one game step by step and then in many.
//!
//! ```sh
//! cargo run --release --example seat
//! ```

use summitry::prelude::*;

/// Takes any offer that is worth more than half of what waiting is worth, and leaves the rest to the strategy of the
/// scenario.
struct Easygoing;

impl Outside for Easygoing {
    fn decide(&mut self, asking: &Asking) -> Result<Order, Error> {
        // What a player is asked, it is asked from its own seat: it never sees the other's goal.
        Ok(match &asking.view.question {
            Some(Asked::Answer { worth, reserve, .. }) => Order::Say(*worth > 0.5 * reserve),
            _ => Order::Engine,
        })
    }
}

fn main() -> Result<(), Error> {
    let ready = Draft::open("scenarios/stockholm-2025.ron").ready()?;

    // One game, stopped at every decision that is ours.
    let mut table = ready.game(0).seed(2025).table(&["cn"])?;
    let mut asked = 0;
    loop {
        match table.advance() {
            Step::Over => break,
            Step::RoundDone => {}
            Step::Question(question) => {
                asked += 1;
                let yes = matches!(question.about, About::Answer { worth, .. } if worth > 0.0);
                table.answer(if yes { Order::Say(true) } else { Order::Engine })?;
            }
        }
    }
    println!("game 0: {asked} decisions were asked of us, and it ended as {}", table.told().class);

    // Many games by the same rule, a player of its own on each thread.
    let own = ready.batch(100).seed(2025).player("cn", || Easygoing).run()?;
    let engine = ready.batch(100).seed(2025).run()?;
    for name in ["deal", "cn.total"] {
        println!("by our rule {}; by its own strategy {}", own.measure(name)?, engine.measure(name)?);
    }
    println!("{} moves were forfeited", own.forfeited());
    Ok(())
}
