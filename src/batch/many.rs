//! Games side by side with players of many games in some seats, to their end.

use super::outside::Record;
use crate::environment::Vector;
use crate::environment::player::{Asked, Player};
use crate::error::Error;
use crate::game::outside::Forfeit;
use crate::game::table::Filed;
use crate::world::orders::Order;

/// Who plays each seat; none where the engine does.
pub type Many = [Option<Box<dyn Player>>; 2];

/// What was decided in some games.
#[derive(Debug, Default)]
pub struct Decided {
    /// Moves asked for.
    pub moves: u64,
    /// Moves forfeited.
    pub forfeits: Vec<Forfeit>,
    /// Decisions game by game, where they are kept.
    pub records: Vec<Record>,
}

/// Plays the games that have begun, `n` from this number on; a move that is forfeited is made by the strategy that stands
/// in. `seats` is which parties are held, in the order of the games' own list.
pub fn play(
    games: &mut Vector,
    first: u64,
    n: usize,
    seats: &[usize],
    players: &mut Many,
    keep: bool,
) -> Result<Decided, Error> {
    let mut out = Decided::default();
    if keep {
        out.records = (0..n as u64).map(|game| Record { game: first + game, orders: vec![] }).collect();
    }
    let mut told = vec![false; n];
    while !games.is_over() {
        let asks: Vec<Option<usize>> = games.asks().collect();
        let mut orders = vec![];
        for (side, seat) in seats.iter().enumerate() {
            let Some(player) = &mut players[*seat] else { continue };
            let here: Vec<usize> = (0..n).filter(|game| asks[*game] == Some(side)).collect();
            decide(games, first, side, &here, player.as_mut(), &mut orders, &mut out);
        }
        orders.sort_by_key(|(game, _): &(usize, Order)| *game);
        out.moves += orders.len() as u64;
        if keep {
            for (game, order) in &orders {
                let at = games.question(*game).ok_or_else(|| Error::ours("a game was answered that does not ask"))?.at;
                out.records[*game].orders.push(Filed { at, order: order.clone() });
            }
        }
        games.play(orders);
        tell(games, first, &mut told, players);
    }
    Ok(out)
}

/// What a player decides in the games that ask it.
fn decide(
    games: &Vector,
    first: u64,
    side: usize,
    here: &[usize],
    player: &mut dyn Player,
    orders: &mut Vec<(usize, Order)>,
    out: &mut Decided,
) {
    if here.is_empty() {
        return;
    }
    let (width, list) = (games.layout().width(), games.actions().list().len());
    let asked = |game: &usize| Asked {
        game: first + *game as u64,
        seen: &games.seen(side)[game * width..(game + 1) * width],
        allowed: &games.allowed(side)[game * list..(game + 1) * list],
        gained: games.gained(side)[*game],
    };
    let asked: Vec<Asked> = here.iter().map(asked).collect();
    for (game, said) in here.iter().zip(player.decide(&asked)) {
        let order = said.and_then(|choice| games.order(*game, &choice)).unwrap_or_else(|why| {
            let at = games.question(*game).expect("it asks").at;
            out.forfeits.push(Forfeit { game: first + *game as u64, at, why: why.to_string() });
            Order::Engine
        });
        orders.push((*game, order));
    }
}

/// Players hear which games have ended.
fn tell(games: &Vector, first: u64, told: &mut [bool], players: &mut Many) {
    let mut ended = vec![];
    for (game, told) in told.iter_mut().enumerate().filter(|(_, told)| !**told) {
        if let Some(end) = games.end(game) {
            *told = true;
            ended.push((first + game as u64, end));
        }
    }
    if !ended.is_empty() {
        players.iter_mut().flatten().for_each(|player| player.over(&ended));
    }
}
