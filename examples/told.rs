//! How does one game go? Told on a page, and as notes that a program can read.
//!
//! ```sh
//! cargo run --release --example told
//! ```

use summitry::prelude::*;

fn main() -> Result<(), Error> {
    let ready = Draft::open("scenarios/stockholm-2025.ron").ready()?;
    let game = ready.game(3).seed(2025);

    // For eyes: one page in English.
    print!("{}", game.english());

    // For programs: what happened, where things stood after each round, what was agreed.
    let told = game.told();
    println!("\n{} things happened in {} rounds; it ended as {}", told.notes.len(), told.rounds.len(), told.class);
    for deal in &told.agreements {
        let levers: Vec<&str> = ready.levers().collect();
        for moved in &deal.moved {
            println!("  round {}: {} from {} to {}", deal.round, levers[moved.lever], moved.from, moved.to);
        }
    }
    Ok(())
}
