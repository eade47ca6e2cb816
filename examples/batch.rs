//! How do many games of a scenario end?
//!
//! ```sh
//! cargo run --release --example batch
//! ```

use summitry::prelude::*;

fn main() -> Result<(), Error> {
    // A draft is opened and changed; `ready` checks all of it, and only what is ready can be played.
    let ready = Draft::open("scenarios/stockholm-2025.ron").set("parties.us.goal.patience", 0.997).ready()?;

    // The same seed gives the same bits, on any machine and any number of threads.
    let batch = ready.batch(5_000).seed(2025).run()?;

    println!("{} games of {}\n", batch.games(), ready.title());
    for name in ["deal", "summit_deal", "truce_lapsed", "us.total", "cn.total"] {
        let measured = batch.measure(name)?;
        println!("{:<12} {:>7.3}  {:>7.3} to {:>6.3}", name, measured.mean, measured.low, measured.high);
    }

    // A number has its distribution too.
    let total = batch.measure("us.total")?;
    println!(
        "\nhalf of the games bring the United States less than {:.2} points",
        total.quantile(0.5).unwrap_or(f64::NAN)
    );

    // A name that is not there is answered with the nearest.
    if let Err(error) = batch.measure("sumit_deal") {
        println!("{error}");
    }
    Ok(())
}
