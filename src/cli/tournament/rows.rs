//! Rows of tournaments: a row a game of each pair, with who played which side.

use super::pooled::Played;
use crate::cli::common::ManyArgs;
use crate::cli::failure::Failure;
use crate::cli::rows::{self, of_cells};
use crate::report::heading::Heading;
use crate::rows::cells::{Cells, Key};
use crate::rows::columns::Type;
use crate::rows::place::Place;
use crate::rows::schema::Schema;
use crate::studies::tournament::Study;

/// Plays every pair once more, pair by pair, and leaves the rows.
pub fn keep(place: &Place, all: &[Played], games: u64, many: &ManyArgs) -> Result<(), Failure> {
    let hashes: Vec<&str> = all.iter().map(|one| one.heading.hash.as_str()).collect();
    let seed = all.first().map_or(0, |one| one.heading.seed);
    let all: Vec<(&Heading, &Study)> = all.iter().map(|one| (&one.heading, &one.study)).collect();
    rows::keep(place, &cells(&all), &hashes.join(" "), (seed, games), many)
}

/// The pairs of some tournaments, and the columns that they have together.
pub fn cells<'a>(all: &[(&Heading, &'a Study)]) -> Cells<'a> {
    let pairs = all.iter().flat_map(|(_, study)| {
        let pairs = study.pairs().zip(study.drawn());
        pairs.map(|((_, setup), inputs)| (setup, Schema::with(setup, &inputs))).collect::<Vec<_>>()
    });
    Cells::new(pairs.collect(), keys(all))
}

/// What tells the rows of pairs apart: the scenario, and the strategy of each party.
fn keys(all: &[(&Heading, &Study)]) -> Vec<Key> {
    let names = all.iter().map(|(heading, _)| heading.scenario.clone()).collect();
    let of_scenario = |(s, (_, study)): (usize, &(&Heading, &Study))| vec![s as f64; study.cells()];
    let field = of_cells("scenario", Type::Name(names), "the scenario it was played in", None);
    let mut out = vec![(field, all.iter().enumerate().flat_map(of_scenario).collect())];
    let mut parties: Vec<&(String, String)> = vec![];
    for party in all.iter().flat_map(|(_, study)| &study.parties) {
        if !parties.iter().any(|known| known.0 == party.0) {
            parties.push(party);
        }
    }
    let mut strategies: Vec<&String> = vec![];
    for name in all.iter().flat_map(|(_, study)| &study.names) {
        if !strategies.contains(&name) {
            strategies.push(name);
        }
    }
    for (key, called) in parties {
        let place = |name: &String| strategies.iter().position(|known| *known == name).map_or(f64::NAN, |i| i as f64);
        let of_party = |(_, study): &(&Heading, &Study)| {
            let side = study.parties.iter().position(|(own, _)| own == key);
            let who = |(seated, _): ([usize; 2], _)| side.map_or(f64::NAN, |side| place(&study.names[seated[side]]));
            study.pairs().map(who).collect::<Vec<f64>>()
        };
        let lane: Vec<f64> = all.iter().flat_map(of_party).collect();
        let some = lane.iter().any(|x| x.is_nan()).then_some("those of scenarios with that party");
        let names = Type::Name(strategies.iter().map(|name| (*name).clone()).collect());
        out.push((
            of_cells(&format!("strategy.{key}"), names, &format!("the strategy that {called} played"), some),
            lane,
        ));
    }
    out
}
