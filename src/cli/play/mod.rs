//! `play`: what would you do? One seat at the terminal, the other held by its strategy.

mod draft;
mod store;

use std::io::{BufRead, IsTerminal, Write};

use super::common::{ScenarioArgs, SeedArgs, game, ready_any};
use super::failure::{Exit, Failure, Told};
use super::player::PlayerArgs;
use super::seat::commands::{Command, Levers};
use super::seat::show::{self, Show};
use super::stop;
use crate::batch::play::threads;
use crate::command_line::CommandLine;
use crate::disk::STANDARD_INPUT;
use crate::error::Error;
use crate::game::outside::{Players, ask};
use crate::game::table::{Step, Table};
use crate::game::view::{Asked, View};
use crate::notation::clean::clean;
use crate::ready::Any;
use crate::studies::debrief::debrief;
use crate::studies::odds::{self, from_state};
use crate::world::dice::Key;
use crate::world::orders::{Order, Question};
use crate::world::setup::Setup;
use draft::Draft;
use store::Store;

/// Futures of `odds`, and games of the debrief.
const GAMES: u64 = 2_000;

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
    #[arg(long, value_parser = game, allow_hyphen_values = true)]
    game: Option<u64>,
    /// A file that keeps your decisions: what it holds is played first, what you decide is added
    #[arg(long, value_name = "FILE")]
    orders: Option<String>,
    #[command(flatten)]
    players: PlayerArgs,
}

/// Runs it.
pub fn run(args: Args) -> Result<Exit, Failure> {
    let seats = args.scenario.seats()?;
    if args.scenario.scenario == STANDARD_INPUT || seats.iter().any(|seat| seat.plays == STANDARD_INPUT) {
        let text = "error: `-` is standard input, where `play` reads what you decide: name a file";
        return Err(Failure::Wrong(text.into()));
    }
    let ready = match ready_any(&args.scenario.scenario, &seats, &args.scenario.sets)? {
        Any::World(ready) => *ready,
        Any::Bargaining(_) => {
            let text = format!("error: `{}` is bargaining on its own: it has no seat to play", args.scenario.scenario);
            return Err(Failure::Wrong(text));
        }
    };
    let keys: Vec<&str> = ready.setup.parties.iter().map(|p| p.key.as_str()).collect();
    let Some(seat) = ready.setup.party(&args.seat) else {
        let allowed = keys.join(" or ");
        return Err(Failure::Wrong(format!("error: there is no party `{}`: say --as {allowed}", args.seat)));
    };
    let kept = args.orders.as_deref().map(store::read).transpose()?.flatten();
    if let Some(kept) = &kept {
        kept.fits(&ready.hash, &args.seat, args.seed.seed, args.game)?;
    }
    let seed = kept.as_ref().map_or_else(|| args.seed.get(), |k| k.seed);
    let game = kept.as_ref().map_or(args.game.unwrap_or(0), |k| k.game);
    let ready = ready.in_world(seed, game);
    let setup = &ready.setup;
    let mut theirs = setup.clone();
    theirs.parties[seat].outside = None; // whoever plays it, plays it here
    let mut players: Players = match args.players.seated(&theirs)? {
        Some(seated) => seated.first(&theirs)?,
        None => [None, None],
    };
    let mut seats = [0, 1].map(|p: usize| players[p].is_some());
    players[seat] = None;
    seats[seat] = true;
    let orders = kept.map_or(vec![], |k| k.orders);
    let table = Table::replay(setup, Key::of_seed(seed), game, seats, [false; 2], &orders)
        .map_err(|why| Failure::Wrong(format!("error: the orders cannot be played: {why}")))?;
    let store =
        Store { path: args.orders.clone(), scenario_hash: ready.hash.clone(), seat: args.seat.clone(), seed, game };
    let again = args.scenario.command("play").option("as", &args.seat).option("seed", seed).option("game", game);
    let again = args.players.onto(again);
    let count = args.scenario.command("batch");
    let (mut input, mut out) = (std::io::stdin().lock(), Told(std::io::stdout().lock()));
    let echo = !std::io::stdin().is_terminal();
    let levers = Levers::new(setup, seat);
    let draft = (0, Draft::default());
    let mut desk = Desk { table, seat, store, players, again, count, levers, draft, heard: [0; 2], echo };
    desk.play(&ready.setup, &mut input, &mut out)?;
    Ok(0)
}

/// A player's place: the table, what was heard so far, where orders are kept.
struct Desk {
    table: Table,
    seat: usize,
    store: Store,
    players: Players,
    again: CommandLine,
    /// Counts how often games end as this one.
    count: CommandLine,
    levers: Levers,
    /// The round in which it was begun, and the draft.
    draft: (u32, Draft),
    /// How much of the history each seat has heard.
    heard: [usize; 2],
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
    fn play(&mut self, setup: &Setup, input: &mut dyn BufRead, out: &mut dyn Write) -> Result<(), Failure> {
        let show = Show::new(setup, self.seat);
        let first = View::new(&self.table, self.seat);
        out.write_all(show.brief(&first, &self.levers, self.store.seed, self.store.game).as_bytes())?;
        loop {
            match self.table.advance() {
                Step::RoundDone => self.tell(&show, out)?,
                Step::Over => {
                    self.tell(&show, out)?;
                    let told = self.table.told();
                    let start = Table::new(setup, self.key(), self.store.game, [false; 2], [false; 2]);
                    let against = debrief(setup, self.key(), start.state(), GAMES, threads())?;
                    out.write_all(show.ending(&told, &self.count, &against).as_bytes())?;
                    return Ok(());
                }
                Step::Question(question) if question.at.party != self.seat => {
                    self.ask_program(setup, &question, out)?
                }
                Step::Question(_) => {
                    self.tell(&show, out)?;
                    let view = View::new(&self.table, self.seat);
                    out.write_all(show.question(&view, &self.levers).as_bytes())?;
                    if !self.decide(&show, &view, input, out)? {
                        return Ok(());
                    }
                }
            }
        }
    }

    fn key(&self) -> Key {
        Key::of_seed(self.store.seed)
    }

    /// The command that leads here again.
    fn again(&self) -> CommandLine {
        self.again.clone().options("orders", &self.store.path)
    }

    /// The outside program on the other side decides; what it cannot answer, its strategy does.
    fn ask_program(&mut self, setup: &Setup, question: &Question, out: &mut dyn Write) -> Result<(), Failure> {
        let them = question.at.party;
        let (player, heard) = (&mut self.players[them], &mut self.heard[them]);
        let forfeit = ask(setup, &mut self.table, question, self.store.game, player, heard)?;
        if let Some(forfeit) = forfeit {
            let text = format!("The other side's program forfeits a move: {}.", forfeit.why);
            out.write_all(show::lines(&text).as_bytes())?;
        }
        Ok(self.store.keep(self.table.orders())?)
    }

    /// What was heard since the last time.
    fn tell(&mut self, show: &Show, out: &mut dyn Write) -> Result<(), Failure> {
        let view = View::new(&self.table, self.seat);
        out.write_all(show.news(&view.history[self.heard[self.seat].min(view.history.len())..]).as_bytes())?;
        self.heard[self.seat] = view.history.len();
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
            let until = stop::ends(format!("\n{}", self.farewell(view)));
            let mut line = vec![];
            if input.read_until(b'\n', &mut line)? == 0 {
                out.write_all(b"\n")?;
                self.leave(view, out)?;
                return Ok(false);
            }
            drop(until);
            let Ok(line) = String::from_utf8(line) else {
                let text = "That line is not UTF-8 text, and cannot be read: say it again.";
                out.write_all(show::lines(text).as_bytes())?;
                continue;
            };
            if self.echo {
                out.write_all(format!("{}\n", clean(line.trim())).as_bytes())?;
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
        if self.draft.0 != view.round {
            self.draft = (view.round, Draft::default());
        }
        let said = match self.levers.read(line, asked) {
            Ok(Command::Order(order)) => match self.file(order)? {
                None => return Ok(After::Decided),
                Some(why) => why,
            },
            Ok(Command::Send) if self.draft.1.levels().is_empty() => {
                "Say LEVER=LEVEL for each lever that is to move, or put them into a draft first; `wait` offers that all \
                 stays as it is."
                    .into()
            }
            Ok(Command::Send) => match self.file(Order::Package(self.draft.1.levels().to_vec()))? {
                None => return Ok(After::Decided),
                Some(why) => why,
            },
            Ok(Command::Draft(levels)) => match self.refused(&levels) {
                Some(why) => why,
                None => {
                    if !levels.is_empty() {
                        self.draft.1.put(&levels);
                    }
                    self.drafted(show, asked)
                }
            },
            Ok(Command::Undo) if self.draft.1.undo() => self.drafted(show, asked),
            Ok(Command::Undo) => "There is nothing in the draft to take back; what is decided is decided.".into(),
            Ok(Command::Odds) => {
                let asked = odds::Asked { view: odds::View::Held(self.seat), ..self.futures() };
                let odds = from_state(self.table.setup(), &asked, self.table.state())?;
                show.odds(view, &odds)
            }
            Ok(Command::Save(path)) => match self.store.save(&path, self.table.orders()) {
                Ok(()) => format!("Saved, and kept from now on. To go on: {}", self.again()),
                Err(why @ Error::Wrong { .. }) => format!("Not saved: {why}."),
                Err(other) => return Err(other.into()),
            },
            Ok(Command::Quit) => return Ok(After::Leave),
            Ok(Command::Nothing) => return Ok(After::Again),
            Ok(Command::Help) => show.help(asked),
            Ok(Command::Look) => show.look(view, &self.levers),
            Ok(Command::History) => show.news(&view.history),
            Ok(Command::Ask) => show.advice(asked),
            Ok(Command::Worth(levels)) => self.refused(&levels).unwrap_or_else(|| show.worth(asked, &levels)),
            Err(why) => why.to_string(),
        };
        out.write_all(show::lines(&said).as_bytes())?;
        Ok(After::Again)
    }

    /// Files a decision; what is not allowed is said.
    fn file(&mut self, order: Order) -> Result<Option<String>, Failure> {
        match self.table.answer(order) {
            Ok(()) => Ok(self.store.keep(self.table.orders()).map(|()| None)?),
            Err(why) => Ok(Some(self.levers.in_keys(&format!("{why}.")))),
        }
    }

    /// Why levels cannot be offered in the session that is open.
    fn refused(&self, levels: &[(usize, f64)]) -> Option<String> {
        let why = if levels.is_empty() { None } else { self.table.has_room_for(levels).err() };
        why.map(|why| self.levers.in_keys(&format!("{why}.")))
    }

    /// The draft and what it is worth, or why it can no longer be offered.
    fn drafted(&self, show: &Show, asked: &Asked) -> String {
        let levels = self.draft.1.levels();
        match self.refused(levels) {
            Some(why) => format!("{} {why}", show.drafted(levels, &self.levers)),
            None => show.draft(asked, levels, &self.levers),
        }
    }

    fn futures(&self) -> odds::Asked {
        odds::Asked::new(self.store.seed, self.store.game, GAMES)
    }

    fn leave(&self, view: &View, out: &mut dyn Write) -> Result<(), Failure> {
        Ok(out.write_all(show::lines(&self.farewell(view)).as_bytes())?)
    }

    /// Where the player leaves, and how to go on.
    fn farewell(&self, view: &View) -> String {
        let kept = if self.store.path.is_some() {
            format!("Your decisions are kept. To go on: {}", self.again())
        } else {
            format!("To begin again: {} (with --orders FILE, or `save FILE`, your decisions are kept)", self.again())
        };
        format!("You leave in round {} of {}. {kept}", view.round, view.rounds)
    }
}
