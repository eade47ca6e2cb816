//! Every strategy against every other, on the same luck: what each side's own total comes to, who is first and how
//! sure that is, what is dominated, what is regretted, and the equilibria of the game of choosing a strategy.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::beforehand::Beforehand;
use super::equilibrium::{Equilibria, Payoffs, Replicated, replicator, solve};
use super::inputs::{Input, drawn};
use super::measures::Measures;
use super::moments::Moments;
use super::paired::{Cohort, cohort, counted, each_beside};
use super::ranking::{Rank, dust, rank};
use super::variants::{Change, cell, changed_for_anybody};
use crate::batch::counted::{Counts, STUDY};
use crate::batch::histogram::carried;
use crate::batch::play::{Plan, Watch};
use crate::error::Error;
use crate::notation::Code;
use crate::notation::tree::Node;
use crate::ready::Ready;
use crate::round;
use crate::scenario::canonical::scenario_hash;
use crate::scenario::load::{Loaded, Problems};
use crate::scenario::spelled::fingerprint;
use crate::scenario::strategy::StrategyFields;
use crate::world::setup::Setup;

/// A strategy that would take part.
#[derive(Debug, Clone)]
pub struct Entrant {
    /// Its name.
    pub name: String,
    /// What a party's `strategy` becomes with it.
    pub tree: Node,
    /// It was asked for by name: where it cannot play, that is an error; else it is left out.
    pub asked: bool,
}

/// All cells of a tournament, ready to be played.
pub struct Study {
    /// Names of the strategies.
    pub names: Vec<String>,
    /// Strategies that cannot play this scenario, and why.
    pub left_out: Vec<(String, String)>,
    /// The parties: names in the file and in a sentence.
    pub parties: [(String, String); 2],
    /// What came of the pairs in which programs hold seats: who knows programs has them play first.
    pub beforehand: Beforehand,
    /// Each strategy against itself.
    alone: Vec<Ready>,
    cells: Vec<Setup>,
}

/// A payoff.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Payoff {
    /// Its mean.
    pub mean: f64,
    /// The standard error of that.
    pub se: f64,
}

/// Where a strategy stands on one side.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// Its mean payoff against the field: every strategy of the other side once.
    pub field: Payoff,
    /// Its place.
    pub rank: Rank,
    /// What it lacks to the best reply, on the mean over the other side's strategies.
    pub regret: f64,
    /// ... at most, and against which.
    pub worst: (f64, usize),
    /// The strategies that are better whatever the other side plays, and whether each gap is beyond chance.
    pub dominated_by: Vec<(usize, bool)>,
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Standings {
    /// By side, own strategy and the other's.
    pub payoffs: [Vec<Vec<Payoff>>; 2],
    /// By how much a strategy beats another, playing it from both sides: the mean over sides of its own total less the
    /// other's in the same place.
    pub duels: Vec<Vec<Payoff>>,
    /// Each strategy's mean against the field, as the first party and then as the second, and how they go together.
    pub fields: Moments,
    /// The share of games with a deal, by the first and the second party's strategy; empty where there are no talks.
    pub deals: Vec<Vec<f64>>,
    /// By side and strategy.
    pub standings: [Vec<Standing>; 2],
    /// Of the means, taken as exact.
    pub equilibria: Equilibria,
    /// A second opinion.
    pub replicator: Replicated,
    /// Games of each cell.
    pub games: u64,
    /// Stopped before all were played.
    pub interrupted: bool,
}

/// Beyond so many standard errors in every column, one strategy dominates another beyond chance.
const FIRM: f64 = 3.0;

impl Study {
    /// Makes every cell ready. `loaded` is the scenario in which they play.
    pub fn of(loaded: &Loaded, entrants: &[Entrant]) -> Result<Study, Problems> {
        let base = cell(loaded, &[])?.setup;
        let keys = [base.parties[0].key.clone(), base.parties[1].key.clone()];
        let (mut names, mut fields, mut left_out, mut alone) = (vec![], vec![], vec![], vec![]);
        for entrant in entrants {
            let change = |key: &String| Change {
                path: format!("parties.{key}.strategy"),
                at: entrant.tree.at,
                value: entrant.tree.clone(),
            };
            match changed_for_anybody(loaded, &[change(&keys[0]), change(&keys[1])]) {
                Ok(ready) => {
                    names.push(entrant.name.clone());
                    let parties = &ready.setup.scenario.parties;
                    fields.push([parties[&keys[0]].strategy.clone(), parties[&keys[1]].strategy.clone()]);
                    alone.push(ready);
                }
                Err(problems) if entrant.asked => return Err(problems),
                Err(problems) => {
                    let why = problems.problems.first().map_or_else(String::new, |problem| problem.text.clone());
                    left_out.push((entrant.name.clone(), why));
                }
            }
        }
        let mut cells = vec![];
        for first in &fields {
            for second in &fields {
                let seated = seated(&base, &keys, [&first[0], &second[1]]);
                cells.push(seated.map_err(|e| loaded.wrong(vec![loaded.blame("parties", e.code(), e.to_string())]))?);
            }
        }
        let parties = [0, 1].map(|p: usize| (keys[p].clone(), base.parties[p].name.clone()));
        Ok(Study { names, left_out, parties, beforehand: Beforehand::default(), alone, cells })
    }

    /// How many different games are played.
    pub fn cells(&self) -> usize {
        self.cells.len()
    }

    /// Each of them: the places of the first and the second party's strategy, and the game.
    pub fn pairs(&self) -> impl Iterator<Item = ([usize; 2], &Setup)> {
        let n = self.names.len();
        self.cells.iter().enumerate().map(move |(c, setup)| ([c / n, c % n], setup))
    }

    /// What is drawn once a game in each of them: of a party what its strategy there draws.
    pub fn drawn(&self) -> Vec<Vec<Input>> {
        let of: Vec<Vec<Input>> = self.alone.iter().map(drawn).collect();
        let its = |side: usize| format!("parties.{}.", self.parties[side].0);
        let seated = |[first, second]: [usize; 2]| {
            let second_has = |input: &&Input| input.path().starts_with(&its(1));
            let first_has = |input: &&Input| !second_has(input);
            let all = of[first].iter().filter(first_has).chain(of[second].iter().filter(second_has));
            all.cloned().collect()
        };
        self.pairs().map(|(pair, _)| seated(pair)).collect()
    }

    /// Plays them all; nothing where it was stopped before two games of each were played, for then nothing can be said.
    pub fn run(&self, plan: &Plan, watch: &Watch) -> Result<Option<Standings>, Error> {
        let (tally, ranges) = self.count(plan, watch)?;
        self.answer(&tally, counted(ranges).1, plan.games.end.saturating_sub(plan.games.start))
    }

    /// Plays them, and sums them up; which games they were.
    pub fn count(&self, plan: &Plan, watch: &Watch) -> Result<(Tally, Vec<Range<u64>>), Error> {
        let (n, cells) = (self.names.len(), self.cells.iter().collect::<Vec<&Setup>>());
        let (measures, asked) = self.asked()?;
        let (wanted, plan) = (asked.wanted(&measures), level(plan, cells.len()));
        let (start, count) = (|| Tally::new(n), |t: &mut Tally, c: &Cohort| t.count(&asked, c));
        let parts = each_beside(&cells, &self.beforehand, &measures, &wanted, &plan, watch, start, count)?;
        let (mut tally, mut ranges) = (self.none(), vec![]);
        for (part, played) in parts {
            tally.merge(&part);
            ranges.extend(played);
        }
        Ok((tally, ranges))
    }

    /// Nothing summed up yet.
    pub fn none(&self) -> Tally {
        Tally::new(self.names.len())
    }

    /// What is read of each game, of all measures.
    pub fn wanted(&self) -> Result<(Measures, Vec<bool>), Error> {
        let (measures, asked) = self.asked()?;
        let wanted = asked.wanted(&measures);
        Ok((measures, wanted))
    }

    /// Names what is played: every strategy against itself, and what each is called.
    pub fn name(&self) -> String {
        let alike = self.cells.iter().step_by(self.names.len() + 1);
        let hashes = alike.map(|setup| scenario_hash(&setup.scenario));
        fingerprint(hashes.chain(self.names.iter().cloned()).collect::<Vec<_>>().join("\n"))
    }

    fn asked(&self) -> Result<(Measures, Asked), Error> {
        let measures = Measures::of(self.cells.iter());
        let total = |p: usize| measures.find(&format!("{}.total", self.parties[p].0));
        let (totals, deal) = ([total(0)?, total(1)?], measures.find("deal").ok());
        Ok((measures, Asked { totals, deal, n: self.names.len() }))
    }

    /// What so many games of each pair come to, where so many were asked for; nothing with fewer than two.
    pub fn answer(&self, tally: &Tally, games: u64, wanted: u64) -> Result<Option<Standings>, Error> {
        if games < 2 {
            return Ok(None);
        }
        Ok(Some(tally.answer(&self.asked()?.1, games, games < wanted)))
    }
}

/// The scenario with both parties seated.
fn seated(base: &Setup, keys: &[String; 2], strategies: [&StrategyFields; 2]) -> Result<Setup, Error> {
    let mut scenario = (*base.scenario).clone();
    for (key, strategy) in keys.iter().zip(strategies) {
        if let Some(party) = scenario.parties.get_mut(key) {
            party.strategy = strategy.clone();
        }
    }
    round::prepare(scenario)
}

/// A plan whose cohorts keep all threads busy to the end: they are of one size, and as many for each thread.
fn level(plan: &Plan, cells: usize) -> Plan {
    let games = plan.games.end.saturating_sub(plan.games.start).max(1) as usize;
    let threads = plan.threads.max(1);
    let turns = games.div_ceil(threads * cohort(cells)).max(1);
    Plan { cohort: games.div_ceil(threads * turns).max(1), ..plan.clone() }
}

struct Asked {
    totals: [usize; 2],
    deal: Option<usize>,
    n: usize,
}

impl Asked {
    fn wanted(&self, measures: &Measures) -> Vec<bool> {
        let mut wanted = vec![false; measures.list.len()];
        self.totals.iter().chain(&self.deal).for_each(|m| wanted[*m] = true);
        wanted
    }
}

/// By side: for each strategy of the other, and for the field, the own strategies' totals.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tally {
    against: [Vec<Moments>; 2],
    field: [Moments; 2],
    fields: Moments,
    duels: Vec<Moments>,
    deals: Vec<u64>,
}

impl Counts for Tally {
    const FORMAT: &'static str = STUDY;
    fn is_like(&self, other: &Tally) -> bool {
        self.deals.len() == other.deals.len()
    }
    fn add(&mut self, other: &Tally) {
        self.merge(other);
    }
    fn games(&self) -> Option<u64> {
        None // each sum knows its own
    }
}

/// The pairs of different strategies, the earlier first.
fn pairs(n: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..n).flat_map(move |a| (a + 1..n).map(move |b| (a, b)))
}

impl Tally {
    fn new(n: usize) -> Tally {
        let side = || vec![Moments::new(n); n];
        Tally {
            against: [side(), side()],
            field: [Moments::new(n), Moments::new(n)],
            fields: Moments::new(2 * n),
            duels: vec![Moments::new(1); pairs(n).count()],
            deals: vec![0; n * n],
        }
    }

    fn count(&mut self, asked: &Asked, cohort: &Cohort) -> Result<(), Error> {
        let n = asked.n;
        let (mut own, mut field, mut fields) = (vec![0.0; n], vec![0.0; n], vec![vec![0.0; 2 * n]; cohort.games]);
        let unsound = |g: usize, x: f64| {
            let game = cohort.first + g as u64;
            Error::of(Code::OutOfRange, format!("a total of game {game} is {x}, which cannot be summed exactly"))
        };
        for side in 0..2 {
            let cell = |mine: usize, theirs: usize| if side == 0 { mine * n + theirs } else { theirs * n + mine };
            for g in 0..cohort.games {
                let wrong = |x: f64| unsound(g, x);
                field.iter_mut().for_each(|x| *x = 0.0);
                for theirs in 0..n {
                    for mine in 0..n {
                        own[mine] = cohort.lane(cell(mine, theirs), asked.totals[side])[g];
                        field[mine] += own[mine] / n as f64;
                    }
                    self.against[side][theirs].add(&own).map_err(wrong)?;
                }
                self.field[side].add(&field).map_err(wrong)?;
                fields[g][side * n..(side + 1) * n].copy_from_slice(&field);
            }
        }
        for (g, both) in fields.iter().enumerate() {
            self.fields.add(both).map_err(|x| unsound(g, x))?;
        }
        for ((a, b), duel) in pairs(n).zip(&mut self.duels) {
            let lane = |first: usize, second: usize, side: usize| cohort.lane(first * n + second, asked.totals[side]);
            let (ab, ba) = ([lane(a, b, 0), lane(a, b, 1)], [lane(b, a, 0), lane(b, a, 1)]);
            for g in 0..cohort.games {
                let margin = 0.5 * (ab[0][g] - ba[0][g] + ba[1][g] - ab[1][g]);
                duel.add(&[margin]).map_err(|x| unsound(g, x))?;
            }
        }
        if let Some(deal) = asked.deal {
            for (cell, deals) in self.deals.iter_mut().enumerate() {
                *deals += cohort.lane(cell, deal).iter().filter(|x| **x > 0.0).count() as u64;
            }
        }
        Ok(())
    }

    fn merge(&mut self, other: &Tally) {
        for side in 0..2 {
            self.field[side].merge(&other.field[side]);
            self.against[side].iter_mut().zip(&other.against[side]).for_each(|(a, b)| a.merge(b));
        }
        self.fields.merge(&other.fields);
        self.duels.iter_mut().zip(&other.duels).for_each(|(a, b)| a.merge(b));
        self.deals.iter_mut().zip(&other.deals).for_each(|(a, b)| *a += b);
    }

    fn answer(&self, asked: &Asked, games: u64, interrupted: bool) -> Standings {
        let n = asked.n;
        let payoffs = [0, 1].map(|side: usize| {
            let one = |i: usize, j: usize| {
                let against = &self.against[side][j];
                Payoff { mean: carried(against.mean(i)), se: against.se(i) }
            };
            (0..n).map(|i| (0..n).map(|j| one(i, j)).collect()).collect::<Vec<Vec<Payoff>>>()
        });
        let tables: [Payoffs; 2] =
            [0, 1].map(|side: usize| payoffs[side].iter().map(|row| row.iter().map(|p| p.mean).collect()).collect());
        let deals = match asked.deal {
            None => vec![],
            Some(_) => self.deals.chunks(n).map(|row| row.iter().map(|d| *d as f64 / games as f64).collect()).collect(),
        };
        let mut duels = vec![vec![Payoff { mean: 0.0, se: 0.0 }; n]; n];
        for ((a, b), duel) in pairs(n).zip(&self.duels) {
            duels[a][b] = Payoff { mean: carried(duel.mean(0)), se: duel.se(0) };
            duels[b][a] = Payoff { mean: carried(-duel.mean(0)), se: duel.se(0) };
        }
        Standings {
            duels,
            fields: self.fields.clone(),
            standings: [0, 1].map(|side| self.standings(side, &tables[side])),
            equilibria: solve([&tables[0], &tables[1]]),
            replicator: replicator([&tables[0], &tables[1]]),
            payoffs,
            deals,
            games,
            interrupted,
        }
    }

    fn standings(&self, side: usize, table: &Payoffs) -> Vec<Standing> {
        let n = table.len();
        let best: Vec<f64> = (0..n).map(|j| table.iter().map(|row| row[j]).fold(f64::NEG_INFINITY, f64::max)).collect();
        let (ranks, dust) = (rank(&self.field[side], n), dust(&self.field[side], n));
        let dominates = |by: usize, i: usize| {
            let gaps: Vec<(f64, f64)> = self.against[side].iter().map(|m| m.difference(by, i)).collect();
            let all = gaps.iter().all(|(gap, _)| *gap > dust);
            all.then(|| (by, gaps.iter().all(|(gap, se)| *gap > FIRM * se)))
        };
        (0..n)
            .map(|i| {
                let gaps: Vec<f64> = (0..n).map(|j| best[j] - table[i][j]).collect();
                let against = (0..n).max_by(|a, b| gaps[*a].total_cmp(&gaps[*b]).then(b.cmp(a))).unwrap_or(0);
                Standing {
                    field: Payoff { mean: carried(self.field[side].mean(i)), se: self.field[side].se(i) },
                    rank: ranks[i],
                    regret: gaps.iter().sum::<f64>() / n as f64,
                    worst: (gaps[against], against),
                    dominated_by: (0..n).filter(|by| *by != i).filter_map(|by| dominates(by, i)).collect(),
                }
            })
            .collect()
    }
}
