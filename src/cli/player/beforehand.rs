//! Programs in studies: the games of the cells in which they hold seats are played first, once, and the study asks of those
//! games as of all others.

use serde_json::{Value, json};

use super::{PlayerArgs, table};
use crate::batch::outside::Held;
use crate::batch::play::Plan;
use crate::cli::common::ThreadArgs;
use crate::cli::failure::Failure;
use crate::game::outside::replay;
use crate::report::sheet::Sheet;
use crate::report::text::count;
use crate::studies::beforehand::Beforehand;
use crate::studies::measures::{Desk, Measures};
use crate::world::setup::Setup;

/// What programs did in a study.
#[derive(Debug, Clone, Default)]
pub struct Programs {
    /// Each by its name, and the program and hash that stand for its command.
    who: Vec<(String, String)>,
    moves: u64,
    forfeited: u64,
    forfeits: Vec<String>,
}

/// So many forfeited moves are told.
const TOLD: usize = 5;

impl Programs {
    /// Those that the arguments bind.
    pub fn of(args: &PlayerArgs) -> Programs {
        let who = args.players.iter().map(|bound| (bound.name.clone(), bound.shown.clone())).collect();
        Programs { who, ..Programs::default() }
    }

    /// Plays the games of a plan in each cell in which a program holds a seat, and reads what is wanted of them.
    pub fn play(
        &mut self,
        args: &PlayerArgs,
        cells: &[&Setup],
        (measures, wanted): (&Measures, &[bool]),
        plan: &Plan,
        threads: ThreadArgs,
    ) -> Result<Beforehand, Failure> {
        let mut out = Beforehand::from(plan.games.start);
        // one copy of a program, that sees the games in order, unless more are asked for
        let plan = Plan { threads: threads.threads.map_or(1, |n| n as usize), ..plan.clone() };
        for (cell, setup) in cells.iter().enumerate() {
            let Some(seated) = args.among(setup)? else { continue };
            let held = table::held(setup, &seated, &plan, true)?;
            if held.played.interrupted {
                return Err(Failure::Stopped("stopped before the programs had played: nothing can be said".into()));
            }
            let seats = [0, 1].map(|p: usize| setup.parties[p].outside.is_some());
            let mut desk = Desk::default();
            for record in &held.records {
                let table = replay(setup, plan.key, record.game, seats, &record.orders)?;
                let ended = table.ended().ok_or_else(|| Failure::Ours("a game was left before its end".into()))?;
                out.add(cell, measures, wanted, ended, &mut desk);
            }
            self.note(setup, &held);
        }
        Ok(out)
    }

    fn note(&mut self, setup: &Setup, held: &Held) {
        self.moves += held.moves;
        self.forfeited += held.forfeited;
        let left = TOLD - self.forfeits.len();
        self.forfeits.extend(table::forfeits(setup, &held.forfeits).into_iter().take(left));
    }

    /// On a page, where there are any.
    pub fn told(&self) -> Sheet {
        let mut out = Sheet::default();
        if self.who.is_empty() {
            return out;
        }
        let who: Vec<String> = self.who.iter().map(|(name, shown)| format!("`{name}` is {shown}")).collect();
        out.push_str(&format!("\nOutside programs: {}\n  {}", who.join(", "), count(self.moves, "decision")));
        out.push_str(&match self.forfeited {
            0 => ", none forfeited\n".to_owned(),
            n => format!("; {n} were forfeited, and the strategy that stands in made them; the first of them:\n"),
        });
        self.forfeits.iter().for_each(|text| out.paragraph("    ", text));
        out
    }

    /// In a document: no command gives the same again.
    pub fn onto(&self, document: &mut Value) {
        if self.who.is_empty() {
            return;
        }
        let who: Vec<Value> = self.who.iter().map(|(name, shown)| json!({"name": name, "program": shown})).collect();
        document["programs"] = json!({"who": who, "decisions": self.moves, "forfeited": self.forfeited});
        document["reproducible"] = json!(false);
    }
}
