//! A thousand games side by side, with Washington's decisions drawn at random: where a learner begins.
//!
//! ```sh
//! cargo run --release --example side_by_side
//! ```

use std::time::Instant;

use summitry::prelude::*;

/// A small stream of choices; a learner has a policy here.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }
}

#[allow(clippy::disallowed_methods)] // how fast it was is told, and changes nothing
fn main() -> Result<(), Error> {
    let ready = Draft::open("scenarios/stockholm-2025.ron").ready()?;
    let n = 1024;
    let mut games = ready.vector(&["us"], n)?;
    games.begin(2025, 0)?;

    let (list, width) = (games.actions().list().len(), games.actions().levers());
    println!("{} numbers are observed, such as:", games.layout().width());
    for entry in games.layout().entries().iter().filter(|entry| entry.unit == "points").take(3) {
        println!("  {:<14} {} [{}]", entry.name, entry.about, entry.unit);
    }
    println!(
        "{list} actions, such as {}, and a number from -1 to 1 for each of {width} levers\n",
        games.actions().list()[4].name
    );

    let (mut dice, begin) = (Dice(1), Instant::now());
    let (mut choices, mut levels) = (vec![0; n], vec![0.0; n * width]);
    while !games.is_over() {
        let allowed = games.allowed(0);
        for (game, asked) in games.asks().enumerate().filter(|(_, asked)| asked.is_some()) {
            let may: Vec<usize> = (0..list).filter(|action| allowed[game * list + action]).collect();
            choices[game] = may[dice.next() as usize % may.len()];
            for level in &mut levels[game * width..(game + 1) * width] {
                *level = (dice.next() % 2001) as f32 / 1000.0 - 1.0;
            }
            debug_assert!(asked == Some(0));
        }
        games.step(&choices, &levels)?;
    }
    let (count, seconds) = (games.count(), begin.elapsed().as_secs_f64());
    let mean = (0..n).map(|game| games.total("us", game).unwrap_or(f64::NAN)).sum::<f64>() / n as f64;
    println!("{n} games, {} decisions, {:.0} a second", count.decisions, count.decisions as f64 / seconds);
    let waited = 100.0 * count.waited as f64 / (count.waited + count.decisions) as f64;
    println!("{waited:.0} % of the turns were waited through while other games decided");
    println!("who draws at random has {mean:.1} points on the mean");
    Ok(())
}
