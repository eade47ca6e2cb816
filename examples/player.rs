//! A player outside, compiled: `scenarios/players/many.py` in Rust, by the second protocol (see docs/players.md).
//!
//! ```sh
//! cargo build --release --example player
//! summitry batch stockholm-2025 --set 'parties.us.strategy=External("bot")' --player bot=target/release/examples/player
//! ```

use std::io::{BufWriter, Error, Write, stdin, stdout};

use serde::Deserialize;

/// What never changes.
#[derive(Deserialize)]
struct Hello {
    rounds: f32,
    see: Vec<Named>,
    levers: Vec<Lever>,
}

#[derive(Deserialize)]
struct Named {
    name: String,
}

#[derive(Deserialize)]
struct Lever {
    key: String,
}

/// A question; a line that says how a game ended has nothing to see.
#[derive(Deserialize)]
struct Said {
    game: u64,
    #[serde(default)]
    more: usize,
    see: Option<Vec<f32>>,
}

fn main() -> Result<(), Error> {
    let mut lines = stdin().lines();
    let Some(first) = lines.next() else { return Ok(()) };
    let hello: Hello = serde_json::from_str(&first?)?;
    let at = |name: &str| {
        let found = hello.see.iter().position(|entry| entry.name == name);
        found.ok_or_else(|| Error::other(format!("`{name}` is not seen")))
    };
    let [offer, answer, moves] = [at("ask.offer")?, at("ask.answer")?, at("ask.move")?];
    let [time, date, worth, waiting] = [at("time")?, at("me.date")?, at("ask.worth")?, at("ask.waiting")?];
    let worths: Vec<usize> =
        hello.levers.iter().map(|lever| at(&format!("ask.{}.worth0", lever.key))).collect::<Result<_, _>>()?;

    let mut out = BufWriter::new(stdout().lock());
    writeln!(out, "{{\"protocol\": \"summitry.player/2\", \"games\": 256}}")?;
    out.flush()?;
    for line in lines {
        let Said { game, more, see } = serde_json::from_str(&line?)?;
        let Some(see) = see else { continue };
        if see[offer] > 0.0 {
            let given = 0.5 * (see[time] * hello.rounds / see[date]).min(1.0);
            write!(out, "{{\"game\":{game},\"do\":\"offer\",\"levels\":[")?;
            for (lever, first) in worths.iter().enumerate() {
                let room = &see[*first..first + 5]; // five levels from the lowest, at -1, to the highest, at 1
                let place = |better: fn(&f32, &f32) -> bool| {
                    (1..5).fold(0, |best, step| if better(&room[step], &room[best]) { step } else { best }) as f32
                };
                let [best, worst] = [place(|a, b| a > b), place(|a, b| a < b)].map(|step| 0.5 * step - 1.0);
                write!(out, "{}{}", if lever > 0 { "," } else { "" }, (1.0 - given) * best + given * worst)?;
            }
            writeln!(out, "]}}")?;
        } else {
            let does = match () {
                () if see[answer] > 0.0 && see[worth] >= see[waiting].max(0.0) => "yes",
                () if see[answer] > 0.0 => "no",
                () if see[moves] > 0.0 => "wait",
                () => "strategy",
            };
            writeln!(out, "{{\"game\":{game},\"do\":\"{does}\"}}")?;
        }
        if more == 0 {
            out.flush()?;
        }
    }
    Ok(())
}
