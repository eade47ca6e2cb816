//! `play`: what would you do? One seat at the terminal, the other held by its strategy.

mod commands;
mod show;
mod store;

use std::io::{BufRead, IsTerminal, Write};

use super::Exit;
use super::common::{Failure, ScenarioArgs, SeedArgs, seed};
use crate::game::table::{Step, Table};
use crate::game::view::View;
use crate::world::dice::Key;
use commands::{Command, Levers};
use show::Show;
use store::Store;

/// What would you do? Plays one seat at the terminal, or through a pipe; the other seat is its strategy.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    scenario: ScenarioArgs,
    /// The party you play, by its name in the file, such as us or cn
    #[arg(long = "as", value_name = "PARTY")]
    seat: String,
    #[command(flatten)]
    seed: SeedArgs,
    /// Which game of the seed, from 0
    #[arg(long, value_parser = seed)]
    game: Option<u64>,
    /// A file that keeps your decisions: what it holds is played first, what you decide is added
    #[arg(long, value_name = "FILE")]
    orders: Option<String>,
}

/// Runs it.
pub fn run(args: Args) -> Result<Exit, Failure> {
    let ready = args.scenario.ready()?;
    let setup = &ready.setup;
    let keys: Vec<&str> = setup.parties.iter().map(|p| p.key.as_str()).collect();
    let Some(seat) = setup.party(&args.seat) else {
        let allowed = keys.join(" or ");
        return Err(Failure::Wrong(format!("error: there is no party `{}`: say --as {allowed}", args.seat)));
    };
    let kept = args.orders.as_deref().map(store::read).transpose()?.flatten();
    if let Some(kept) = &kept {
        kept.fits(&ready.hash, &args.seat, args.seed.seed, args.game)?;
    }
    let seed = kept.as_ref().map_or_else(|| args.seed.get(), |k| k.seed);
    let game = kept.as_ref().map_or(args.game.unwrap_or(0), |k| k.game);
    let mut seats = [false; 2];
    seats[seat] = true;
    let orders = kept.map_or(vec![], |k| k.orders);
    let table = Table::replay(setup, Key::of_seed(seed), game, seats, [false; 2], &orders)
        .map_err(|why| Failure::Wrong(format!("error: the orders cannot be played: {why}")))?;
    let store =
        Store { path: args.orders.clone(), scenario_hash: ready.hash.clone(), seat: args.seat.clone(), seed, game };
    let mut again = args.scenario.command("play");
    again.push_str(&format!(" --as {} --seed {seed} --game {game}", args.seat));
    if let Some(path) = &args.orders {
        again.push_str(&format!(" --orders {path}"));
    }
    let (mut input, mut out) = (std::io::stdin().lock(), std::io::stdout().lock());
    let echo = !std::io::stdin().is_terminal();
    let mut desk = Desk { table, seat, store, again, levers: Levers::new(setup, seat), heard: 0, echo };
    desk.play(&ready.setup, &mut input, &mut out)?;
    Ok(0)
}

/// A player's place: the table, what was heard so far, where orders are kept.
struct Desk {
    table: Table,
    seat: usize,
    store: Store,
    again: String,
    levers: Levers,
    heard: usize,
    echo: bool,
}

/// What a command leads to.
enum After {
    /// The decision is made.
    Decided,
    /// The same question again.
    Again,
    /// The player leaves.
    Leave,
}

impl Desk {
    fn play(
        &mut self,
        setup: &crate::world::setup::Setup,
        input: &mut dyn BufRead,
        out: &mut dyn Write,
    ) -> Result<(), Failure> {
        let show = Show::new(setup, self.seat);
        let first = View::new(&mut self.table, self.seat);
        out.write_all(show.brief(&first, &self.levers, self.store.seed, self.store.game).as_bytes())?;
        loop {
            match self.table.advance() {
                Step::RoundDone => self.tell(&show, out)?,
                Step::Over => {
                    self.tell(&show, out)?;
                    let told = self.table.told();
                    out.write_all(show.ending(&told, &self.again).as_bytes())?;
                    return Ok(());
                }
                Step::Question(_) => {
                    self.tell(&show, out)?;
                    let view = View::new(&mut self.table, self.seat);
                    out.write_all(show.question(&view, &self.levers).as_bytes())?;
                    if !self.decide(&show, &view, input, out)? {
                        return Ok(());
                    }
                }
            }
        }
    }

    /// What was heard since the last time.
    fn tell(&mut self, show: &Show, out: &mut dyn Write) -> Result<(), Failure> {
        let view = View::new(&mut self.table, self.seat);
        out.write_all(show.news(&view.history[self.heard.min(view.history.len())..]).as_bytes())?;
        self.heard = view.history.len();
        Ok(())
    }

    /// Reads commands until the open question is answered; false when the player leaves.
    fn decide(
        &mut self,
        show: &Show,
        view: &View,
        input: &mut dyn BufRead,
        out: &mut dyn Write,
    ) -> Result<bool, Failure> {
        loop {
            out.write_all(b"> ")?;
            out.flush()?;
            let mut line = String::new();
            if input.read_line(&mut line)? == 0 {
                out.write_all(b"\n")?;
                self.leave(view, out)?;
                return Ok(false);
            }
            if self.echo {
                out.write_all(format!("{}\n", line.trim()).as_bytes())?;
            }
            match self.obey(show, view, line.trim(), out)? {
                After::Decided => return Ok(true),
                After::Again => {}
                After::Leave => {
                    self.leave(view, out)?;
                    return Ok(false);
                }
            }
        }
    }

    fn obey(&mut self, show: &Show, view: &View, line: &str, out: &mut dyn Write) -> Result<After, Failure> {
        let Some(asked) = &view.question else { return Ok(After::Decided) };
        let said = match self.levers.read(line, asked) {
            Ok(Command::Order(order)) => match self.table.answer(order) {
                Ok(()) => {
                    self.store.keep(self.table.orders())?;
                    return Ok(After::Decided);
                }
                Err(why) => self.levers.in_keys(&format!("{why}.")),
            },
            Ok(Command::Quit) => return Ok(After::Leave),
            Ok(Command::Nothing) => return Ok(After::Again),
            Ok(Command::Help) => show.help(asked),
            Ok(Command::Look) => show.look(view, &self.levers),
            Ok(Command::History) => show.news(&view.history),
            Ok(Command::Ask) => show.advice(asked),
            Ok(Command::Worth(levels)) => show.worth(asked, &levels),
            Err(why) => why,
        };
        out.write_all(show::lines(&said).as_bytes())?;
        Ok(After::Again)
    }

    fn leave(&self, view: &View, out: &mut dyn Write) -> Result<(), Failure> {
        let kept = if self.store.path.is_some() {
            format!("Your decisions are kept. To go on: {}", self.again)
        } else {
            format!("To begin again: {} (with --orders FILE your decisions are kept)", self.again)
        };
        let text = format!("You leave in round {} of {}. {kept}", view.round, view.rounds);
        out.write_all(show::lines(&text).as_bytes())?;
        Ok(())
    }
}
