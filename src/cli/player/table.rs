//! Games with outside players, as `batch` and `run` play them.

use crate::error::Error;
use std::sync::Mutex;

use super::record::{self, Head};
use super::{Seated, at_once, at_table, in_many};
use crate::batch::outside::{Held, by_records, with_many, with_players};
use crate::batch::play::Plan;
use crate::cli::failure::Failure;
use crate::cli::progress::{watch, watched};
use crate::disk;
use crate::game::outside::{Forfeit, play};
use crate::game::told::Told;
use crate::ready::Ready;
use crate::report::batch::Outside;
use crate::report::words::Words;
use crate::world::dice::Key;
use crate::world::setup::Setup;

/// Many games with programs in some seats; their decisions are kept where a file is named that they are to go to.
pub fn batch(ready: &Ready, seated: &Seated, plan: &Plan, file: Option<&str>) -> Result<(Held, Outside), Failure> {
    if let Some(file) = file {
        disk::room_for(file)?;
    }
    let setup = &ready.setup;
    let held = held(setup, seated, plan, file.is_some())?;
    let told = Outside {
        players: seated.told(setup),
        moves: held.moves,
        forfeited: held.forfeited,
        forfeits: forfeits(setup, &held.forfeits),
        record: file.map(str::to_owned),
        replayed: false,
    };
    Ok((held, told))
}

/// Many games with programs in some seats; their decisions are kept where that is asked for.
pub fn held(setup: &Setup, seated: &Seated, plan: &Plan, keep: bool) -> Result<Held, Failure> {
    let (watch, total) = (watch(), plan.games.end - plan.games.start);
    watched(&watch, total, "games", || {
        let first = seated.started(setup)?;
        let side_by_side = at_once(&first);
        let first = Mutex::new(Some(first));
        let taken = || Ok::<_, Error>(first.lock().map_err(|_| Error::ours("a worker failed"))?.take());
        // of a copy that does not start, each move is forfeited
        match side_by_side {
            None => {
                let players = || Ok(taken()?.map_or_else(|| seated.players(setup), at_table));
                with_players(setup, plan, &watch, keep, players).map_err(Failure::from)
            }
            Some(games) => {
                let players = || Ok(taken()?.map_or_else(|| seated.many(setup), in_many));
                with_many(setup, plan, &watch, keep, games, players).map_err(Failure::from)
            }
        }
    })
}

/// Writes what was decided in the games of a batch to a new file.
pub fn keep(hash: &str, setup: &Setup, seated: &Seated, seed: u64, held: &Held, file: &str) -> Result<(), Failure> {
    let head = Head::new(hash, seated.seats(setup), seed, held.records.len() as u64);
    Ok(disk::write_new(file, &record::text(&head, &held.records)?)?)
}

/// The games of a recorded file, played by the decisions in it.
pub fn replay(
    ready: &Ready,
    path: &str,
    seed: Option<u64>,
    games: Option<u64>,
    threads: usize,
) -> Result<(Head, Held, Outside), Failure> {
    let setup = &ready.setup;
    let (head, records) = record::read(path)?;
    head.fits(path, &ready.hash, seed, games)?;
    let seats = [0, 1].map(|p: usize| head.seats.contains(&setup.parties[p].key));
    let plan = Plan::new(head.seed, games.unwrap_or(head.games)).threads(threads);
    let watch = watch();
    let held = watched(&watch, plan.games.end, "games", || by_records(setup, &plan, &watch, seats, &records))
        .map_err(|why| why.within(format!("`{path}`: ")))?;
    let told = Outside {
        players: head.seats.iter().map(|seat| format!("{seat} as recorded in {path}")).collect(),
        moves: held.moves,
        forfeited: 0,
        forfeits: vec![],
        record: Some(path.to_owned()),
        replayed: true,
    };
    Ok((head, held, told))
}

/// One game with programs in some seats, told; and the moves they forfeited, in words.
pub fn told(setup: &Setup, seated: &Seated, seed: u64, game: u64) -> Result<(Told, Vec<String>), Failure> {
    let mut players = seated.first(setup)?;
    let (table, lost) = play(setup, Key::of_seed(seed), game, &mut players)?;
    Ok((table.told(), forfeits(setup, &lost)))
}

/// "game 4, week 3: us forfeits its offer: no answer within 10 s".
pub fn forfeits(setup: &Setup, all: &[Forfeit]) -> Vec<String> {
    let words = Words::new(setup);
    let one = |f: &Forfeit| {
        let party = &setup.parties[f.at.party].key;
        format!("game {}, {}: {party} forfeits {}: {}", f.game, words.round(f.at.round), f.at.ask.what(), f.why)
    };
    all.iter().map(one).collect()
}
