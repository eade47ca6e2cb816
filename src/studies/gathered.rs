//! Games of a scenario as columns: what was drawn in each by its path, and what it came to.

use super::columns::{Column, Columns};
use super::inputs::{Drawn, Input};
use super::measures::{Desk, Kind, Measures};
use crate::batch::play::{Plan, Turns, Watch, World, crew};
use crate::error::Error;
use crate::world::setup::Setup;
use std::sync::atomic::Ordering;

/// Games that are looked at one by one, at most: their numbers are held.
pub const LOOKED_AT: u64 = 2_000_000;

/// Plays the games of a plan and keeps, of each, what its inputs were and what some measures came to. The games are the
/// first ones of the plan where it was stopped.
pub fn gather(
    setup: &Setup,
    inputs: &[Input],
    asked: &[String],
    plan: &Plan,
    watch: &Watch,
) -> Result<Gathered, Error> {
    gathered(setup, inputs, asked, plan, lanes(setup, inputs, asked, plan, watch)?)
}

/// What some measures came to in the games of a plan, a lane a measure, and below them what [`read_in_games`]: in the first
/// ones where it was stopped.
pub fn lanes(
    setup: &Setup,
    inputs: &[Input],
    asked: &[String],
    plan: &Plan,
    watch: &Watch,
) -> Result<Vec<Vec<f64>>, Error> {
    let (measures, places) = places(setup, asked)?;
    let by_world = read_in_games(setup, inputs);
    let mut parts: Vec<(u64, Vec<Vec<f64>>)> = crew(&plan.of([setup].into_iter()), watch, |turns| {
        worker(setup, &measures, (&places, &by_world), plan, turns, watch)
    })?
    .into_iter()
    .flatten()
    .collect();
    parts.sort_by_key(|(first, _)| *first);
    let (mut games, mut lanes) = (plan.games.start, vec![vec![]; places.len() + by_world.len()]);
    for (first, part) in parts {
        if first != games {
            break;
        }
        games += part.first().map_or(0, |lane| lane.len() as u64);
        lanes.iter_mut().zip(part).for_each(|(all, lane)| all.extend(lane));
    }
    Ok(lanes)
}

/// What was drawn that is read game by game: where something is unknown, what is luck may hang on it.
pub fn read_in_games(setup: &Setup, inputs: &[Input]) -> Vec<Drawn> {
    if setup.unknowns.is_none() {
        return vec![];
    }
    inputs.iter().filter_map(|input| input.drawn).collect()
}

fn places(setup: &Setup, asked: &[String]) -> Result<(Measures, Vec<usize>), Error> {
    let mut measures = Measures::of(std::iter::once(setup));
    let places = asked.iter().map(|text| measures.ask(text, std::iter::once(setup)));
    let places = places.collect::<Result<Vec<usize>, Error>>()?;
    Ok((measures, places))
}

/// The first games of a plan, whose measures (and what else is read in games) came to these lanes, with what was drawn in
/// each.
pub fn gathered(
    setup: &Setup,
    inputs: &[Input],
    asked: &[String],
    plan: &Plan,
    mut lanes: Vec<Vec<f64>>,
) -> Result<Gathered, Error> {
    let (measures, places) = places(setup, asked)?;
    let n = lanes.first().map_or(0, Vec::len);
    let of_worlds = lanes.split_off(places.len());
    let named = inputs.iter().filter_map(|input| Some((input, input.drawn?))).enumerate();
    let drawn = named.map(|(i, (input, drawn))| {
        let lane = of_worlds.get(i).cloned().unwrap_or_else(|| drawn.lane(plan.key, plan.games.start, n));
        Column { name: input.path().to_owned(), lane }
    });
    let found = asked.iter().zip(lanes).map(|(name, lane)| Column { name: name.clone(), lane });
    let columns = Columns {
        games: (plan.games.start..plan.games.start + n as u64).collect(),
        list: drawn.chain(found).collect(),
        others: vec![],
        of: None,
    };
    Ok(Gathered { columns, kinds: places.iter().map(|m| measures.list[*m].kind).collect() })
}

/// Games in columns.
#[derive(Debug, Clone)]
pub struct Gathered {
    /// First the inputs, then the measures.
    pub columns: Columns,
    /// What each measure comes to.
    pub kinds: Vec<Kind>,
}

fn worker(
    setup: &Setup,
    measures: &Measures,
    (places, by_world): (&[usize], &[Drawn]),
    plan: &Plan,
    turns: &Turns,
    watch: &Watch,
) -> Result<Vec<(u64, Vec<Vec<f64>>)>, Error> {
    let (mut pace, mut world, mut desk, mut out) = (turns.pace(), World::default(), Desk::default(), vec![]);
    while let Some((first, n)) = turns.take(pace.size) {
        let games = world.of(setup, pace.size);
        let lanes = pace.timed(|| {
            games.load(plan.key, first);
            measures.play(0, games, &mut desk);
            let mut lanes = vec![vec![]; places.len()];
            for (lane, place) in lanes.iter_mut().zip(places) {
                measures.read(0, *place, games, &mut desk, lane);
                lane.truncate(n);
            }
            let here = if by_world.is_empty() { vec![] } else { games.unknown() };
            lanes.extend(by_world.iter().map(|drawn| match drawn.world {
                Some(place) => vec![here[place]; n],
                None => drawn.of(games.setup()).unwrap_or(*drawn).lane(plan.key, first, n),
            }));
            lanes
        });
        out.push((first, lanes));
        watch.done.fetch_add(n as u64, Ordering::Relaxed);
    }
    Ok(out)
}
