//! What does one change do? The same games with the same luck, played both ways.
//!
//! ```sh
//! cargo run --release --example compare
//! ```

use summitry::prelude::*;

fn main() -> Result<(), Error> {
    let draft = Draft::open("scenarios/stockholm-2025.ron");
    let base = draft.ready()?;
    let patient = draft.clone().set("parties.us.goal.patience", 0.997).ready()?;
    let stubborn = draft.seat("us", "boulware").ready()?;

    for (name, variant) in [("in no hurry", &patient), ("as a boulware", &stubborn)] {
        let compared = base.compare(variant).games(3_000).seed(2025).run()?;
        println!("the United States {name}:");
        for measure in ["deal", "truce_lapsed", "us.total"] {
            // the text of an expression may stand here too, once `compare(..).measure(..)` has asked for it
            if let Some(found) = compared.difference(measure)? {
                let saved = found.saved.map_or(0.0, |share| 100.0 * share);
                println!(
                    "  {measure:<13} {:>7.3} -> {:>7.3}, a difference of {:>+7.3} ± {:.3}; pairing saved {saved:.0} %",
                    found.base,
                    found.variant,
                    found.difference,
                    found.half(),
                );
            }
        }
        println!("  {} of {} games end otherwise", compared.flips().total(), compared.games());
    }
    Ok(())
}
