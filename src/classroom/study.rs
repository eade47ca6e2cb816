//! What a class is set against: a batch of the same game with engine seats, and the odds at each week of a table.

use super::played::PlayedGame;
use crate::error::Error;
use crate::round;
use crate::scenario::rules::Switch;
pub use crate::studies::frontier::{frontier, gain};
use crate::world::components::{Deals, Total};
use crate::world::dice::Key;
use crate::world::orders::{Ask, At, Order, Orders};
use crate::world::setup::{NOBODY, Setup};
use crate::world::state::State;

/// Games of the cloud.
pub const CLOUD: usize = 1000;
/// Futures of a week.
pub const FUTURES: usize = 200;

/// A batch with the same scenario and engine players in all seats.
#[derive(Debug, Clone, PartialEq)]
pub struct Cloud {
    /// Totals of both sides, and whether a deal was signed, game by game.
    pub games: Vec<([f64; 2], bool)>,
}

impl Cloud {
    /// Plays it: the seed family of the class, apart from its own games.
    pub fn play(setup: &Setup, seed: u64) -> Cloud {
        let mut games = round::cohort(setup, CLOUD.min(250));
        let key = Key::of_seed(seed).apart("classroom cloud");
        let mut out = Vec::with_capacity(CLOUD);
        for part in 0..CLOUD.div_ceil(games.games()) {
            games.load(key, (part * games.games()) as u64);
            round::play(&mut games);
            let total = |p: usize| games.lane::<Total>(p).expect("every world has it");
            let deals = games.lane::<Deals>(0).expect("every world has it");
            out.extend(total(0).iter().zip(total(1)).zip(deals).map(|((a, b), d)| ([a.0, b.0], d.0 > 0.0)));
        }
        Cloud { games: out }
    }

    /// The share of games below a total, for a party.
    pub fn below(&self, party: usize, x: f64) -> f64 {
        let n = self.games.iter().filter(|(t, _)| t[party] < x).count();
        n as f64 / self.games.len().max(1) as f64
    }

    /// The share of games with a deal.
    pub fn deals(&self) -> f64 {
        self.games.iter().filter(|g| g.1).count() as f64 / self.games.len().max(1) as f64
    }
}

/// How likely a deal was at the start of each week, if the engine had played on for all.
pub fn course(setup: &Setup, key: Key, states: &[State]) -> Result<Vec<f64>, Error> {
    let mut games = round::cohort(setup, FUTURES);
    let mut out = vec![];
    for state in states {
        games.fork(state, key)?;
        round::play(&mut games);
        out.push(deals(&games));
    }
    Ok(out)
}

fn deals(games: &crate::world::cohort::Games) -> f64 {
    let lane = games.lane::<Deals>(0).expect("every world has it");
    lane.iter().filter(|deals| deals.0 > 0.0).count() as f64 / lane.len().max(1) as f64
}

/// How likely a deal was after a week whose decisions were these; what is not among them is the engine's.
pub fn odds_after(setup: &Setup, key: Key, state: &State, decided: &[(At, Order)]) -> Result<f64, Error> {
    let mut games = round::cohort(setup, FUTURES);
    games.fork(state, key)?;
    let party = |p: usize| decided.iter().any(|(at, _)| at.party == p && at.ask != Ask::Ratify);
    let home = |p: usize| decided.iter().any(|(at, _)| at.party == p && at.ask == Ask::Ratify);
    games.take_orders(Orders::decided([party(0), party(1)], [home(0), home(1)], decided.iter().cloned()));
    games.step();
    games.take_orders(Orders::default());
    round::play(&mut games);
    Ok(deals(&games))
}

/// How far officials can move a lever in one meeting; none where they may go as far as it reaches.
pub fn once(setup: &Setup, lever: usize) -> Option<f64> {
    let l = &setup.levers[lever];
    let held = setup.is_on(Switch::Mandate) && !l.pie;
    held.then(|| l.step * setup.scenario.talks.officials_may_move.get()).filter(|once| once.is_finite())
}

/// The lowest and the highest level that a meeting of officials can bring a lever to that stands at `now`.
pub fn room(setup: &Setup, lever: usize, now: f64) -> [f64; 2] {
    let l = &setup.levers[lever];
    let once = once(setup, lever).unwrap_or(f64::INFINITY);
    [(now - once).max(l.reach_low).min(now), (now + once).min(l.reach_high).max(now)]
}

/// Levels from one end of the room of a first meeting to the other.
fn in_room(setup: &Setup, lever: usize) -> impl Iterator<Item = f64> {
    let [low, high] = room(setup, lever, setup.levers[lever].now);
    (0..=8).map(move |i| low + f64::from(i) / 8.0 * (high - low))
}

/// The most that a lever can bring a government or cost it within the room of a first meeting (points a week).
pub fn stake(setup: &Setup, party: usize, weights: [f64; 3], lever: usize) -> f64 {
    let now = setup.levers[lever].now;
    in_room(setup, lever).map(|x| gain(setup, party, weights, lever, now, x).abs()).fold(0.0, f64::max)
}

/// The most that a lever can bring a government within the room of a first meeting, moved as it opens (points a week).
fn best(setup: &Setup, party: usize, weights: [f64; 3], lever: usize) -> f64 {
    let l = &setup.levers[lever];
    let opens = in_room(setup, lever).filter(|x| (x - l.now) * l.opens >= 0.0);
    opens.map(|x| gain(setup, party, weights, lever, l.now, x)).fold(0.0, f64::max)
}

/// Where what a brief says a party wants of the other (levers) is not what its weights say: each must bring it something
/// within the room of a first meeting, and what brings it most must be among them.
pub fn strays(setup: &Setup, party: usize, weights: [f64; 3], wants: &[usize]) -> Option<String> {
    if wants.is_empty() {
        return None;
    }
    let name = |l: usize| setup.levers[l].name.as_str();
    if let Some(idle) = wants.iter().find(|l| best(setup, party, weights, **l) <= 0.0) {
        return Some(format!("{} brings it nothing within one meeting", name(*idle)));
    }
    let others = (0..setup.levers.len()).filter(|l| setup.levers[*l].holder == 1 - party);
    let most = others.max_by(|a, b| best(setup, party, weights, *a).total_cmp(&best(setup, party, weights, *b)))?;
    (!wants.contains(&most)).then(|| format!("{} would bring it most, and is not named", name(most)))
}

/// The odds of a deal at the start between which a table is dealt its game.
pub const FAIR: [f64; 2] = [0.25, 0.75];
/// So many games are looked at for each table, until those of a class are found.
const LOOKED_AT: u64 = 40;

/// The games that tables are dealt, with the odds of a deal at the start of each: the first of the seed that are neither
/// lost nor won at the start, and in which governments want what their briefs say. Where a scenario has too few of those
/// they are the nearest to even odds.
pub fn deal(setup: &Setup, key: Key, tables: usize, wants: &[Vec<usize>; 2]) -> Result<Vec<(u64, f64)>, Error> {
    let mut games = round::cohort(setup, FUTURES);
    let (mut fair, mut rest) = (vec![], vec![]);
    for game in 0..LOOKED_AT * tables as u64 {
        let table = PlayedGame::new(setup, key, game);
        games.fork(table.state(), key)?;
        round::play(&mut games);
        let odds = deals(&games);
        let agrees = (0..2).all(|p| strays(setup, p, table.weights(p), &wants[p]).is_none());
        if agrees && (FAIR[0]..=FAIR[1]).contains(&odds) {
            fair.push((game, odds));
        } else {
            rest.push((game, odds));
        }
        if fair.len() == tables {
            break;
        }
    }
    rest.sort_by(|a, b| (a.1 - 0.5).abs().total_cmp(&(b.1 - 0.5).abs()));
    let missing = tables - fair.len();
    fair.extend(rest.into_iter().take(missing));
    Ok(fair)
}

/// What each lever would bring each party at the lowest, the middle and the highest of its reach (points a week).
pub fn ends(setup: &Setup, weights: [[f64; 3]; 2]) -> [Vec<[f64; 3]>; 2] {
    [0, 1].map(|p| {
        let worth = |l: usize, to: f64| gain(setup, p, weights[p], l, setup.levers[l].now, to);
        let each = setup.levers.iter().enumerate();
        let levels = |low: f64, high: f64| [low, 0.5 * (low + high), high];
        each.map(|(l, lever)| levels(lever.reach_low, lever.reach_high).map(|x| worth(l, x))).collect()
    })
}

/// Groups at home that a package must please, with their weights: the leader's type first.
pub fn groups(setup: &Setup, party: usize) -> Vec<(String, [f64; 3])> {
    let like = setup.parties[party].like.as_deref().unwrap_or("");
    let leader = setup.types.iter().find(|(name, _)| name == like).map_or([1.0; 3], |(_, w)| *w);
    let mut out = vec![("leader".to_string(), leader)];
    let factions = &setup.factions[setup.parties[party].factions.clone()];
    out.extend(factions.iter().map(|f| (f.name.clone(), f.weights)));
    out
}

/// Of packages drawn evenly from what can be moved, the shares that please each group, and the share pleasing all.
pub fn win_sets(setup: &Setup, samples: usize) -> (Vec<(usize, String, f64)>, f64) {
    let key = Key::of_seed(0).apart("classroom win-sets");
    let all: Vec<(usize, String, [f64; 3])> = (0..2)
        .flat_map(|p| {
            groups(setup, p).into_iter().map(move |(name, w)| (p, format!("{}: {name}", setup.parties[p].name), w))
        })
        .collect();
    let mut lanes = vec![];
    for l in &setup.levers {
        let mut lane = vec![0.0; samples];
        let stream = crate::world::dice::Stream::named("win-set", &l.key, "level");
        key.uniforms(stream, 0, 0, &mut lane);
        lanes.push(lane);
    }
    let (mut counts, mut both) = (vec![0_usize; all.len()], 0);
    for i in 0..samples {
        let mut pleased = 0;
        for (g, (party, _, weights)) in all.iter().enumerate() {
            let sum: f64 = (0..setup.levers.len())
                .filter(|l| setup.levers[*l].holder != NOBODY)
                .map(|l| {
                    let lever = &setup.levers[l];
                    let to = lever.reach_low + lanes[l][i] * (lever.reach_high - lever.reach_low);
                    gain(setup, *party, *weights, l, lever.now, to)
                })
                .sum();
            if sum > 0.0 {
                counts[g] += 1;
                pleased += 1;
            }
        }
        both += usize::from(pleased == all.len());
    }
    let share = |n: usize| n as f64 / samples.max(1) as f64;
    (all.into_iter().zip(counts).map(|((party, name, _), n)| (party, name, share(n))).collect(), share(both))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classroom::lesson::tests::lesson;

    #[test]
    fn on_the_frontier_what_one_gains_the_other_loses() {
        let setup = lesson("stockholm-75min").setup;
        let line = frontier(&setup, [[1.0; 3]; 2], [10.0; 2], [-3.0, 2.0]);
        assert!(line.len() > 3);
        for pair in line.windows(2) {
            assert!(pair[1][0] >= pair[0][0] && pair[1][1] <= pair[0][1], "{pair:?}");
        }
        let best = line.iter().map(|p| p[0] + p[1]).fold(f64::MIN, f64::max);
        assert!(best > -1.0, "both together can do better than nothing: {best}");
    }

    #[test]
    fn odds_begin_at_the_batchs_share_and_end_at_what_happened() {
        let setup = lesson("stockholm-75min").setup;
        let key = Key::of_seed(5);
        let mut table = PlayedGame::new(&setup, key, 0);
        table.play(99);
        let last = table.told().events.iter().find(|e| e.0 == "deal").expect("an event").1;
        let mut states = table.states.clone();
        states.push(table.state().clone());
        let odds = course(&setup, key, &states[..]).expect("odds");
        assert_eq!(odds.len(), 27);
        assert_eq!(*odds.last().expect("one"), f64::from(u8::from(last)));
        let (groups, both) = win_sets(&setup, 400);
        assert!(groups.len() == 6 && groups.iter().any(|g| g.2 > 0.0) && both < 1.0);
    }
}
