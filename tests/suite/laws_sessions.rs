//! How a session is cut matters little, and negotiators know that a package has to pass at home.

use summitry::internals::cohort::Games;
use summitry::internals::dice::Key;
use summitry::internals::frontier::Frontier;
use summitry::internals::round;
use summitry::internals::trace::What;
use summitry::internals::values::{GRID, Points};

use crate::common::{Lots, STOCKHOLM, dealt, endings, mean, metric, played, ready, set};

const GAMES: usize = if cfg!(debug_assertions) { 600 } else { 20_000 };

fn deals(games: &Games) -> f64 {
    endings(games).iter().filter(|end| matches!(**end, "mini_deal" | "summit_deal")).count() as f64 / GAMES as f64
}

/// The odds of a deal settle as a session is cut into more exchanges.
#[test]
fn more_exchanges_come_to_the_same() {
    let odds = |exchanges: u32| deals(&played(&ready(STOCKHOLM, &[set("talks.exchanges", exchanges)]), 3, GAMES));
    let (twelve, fifty) = (odds(12), odds(50));
    // Two standard errors of the difference of paired games, of which a tenth end otherwise.
    let error = 2.0 * (0.1 / GAMES as f64).sqrt();
    assert!((twelve - fifty).abs() < 0.02 + error, "12 exchanges {twelve}, 50 exchanges {fifty}");
}

/// What each side asks for at first, in the first session, and whether a deal came of the game.
fn first_asks(bar: f64, p: usize) -> (Vec<f64>, Vec<bool>) {
    let setup = ready(STOCKHOLM, &[set("parties.us.ratify", bar)]);
    let us = setup.party("us").expect("a party");
    let mut game = dealt(&setup, 5, 0, 1);
    game.tell(true);
    let (mut asks, mut deals) = (vec![], vec![]);
    for g in 0..(GAMES / 4) as u64 {
        game.load(Key::of_seed(5), g);
        round::play(&mut game);
        let notes = game.trace().take();
        let first = notes.iter().find_map(|n| match &n.what {
            What::Session { aspiration, .. } => Some(aspiration[if p == 0 { us } else { 1 - us }]),
            _ => None,
        });
        asks.push(first.expect("they meet"));
        deals.push(notes.iter().any(|n| matches!(n.what, What::Signed { .. })));
    }
    (asks, deals)
}

/// Putnam (1988): whose hands are tied at home asks for more, and there are fewer deals.
#[test]
fn whose_hands_are_tied_asks_for_more() {
    let bars = [0.2, 0.45, 0.6];
    let found = bars.map(|bar| first_asks(bar, 0));
    for (pair, bars) in found.windows(2).zip(bars.windows(2)) {
        let (before, after) = (&pair[0].0, &pair[1].0);
        assert!(before.iter().zip(after).all(|(a, b)| b >= &(a - 1e-9)), "from {} to {}", bars[0], bars[1]);
        assert!(mean(after) > mean(before), "from {} to {}: {} {}", bars[0], bars[1], mean(before), mean(after));
    }
    let deals = |deals: &Vec<bool>| deals.iter().filter(|d| **d).count();
    assert!(deals(&found[2].1) < deals(&found[0].1), "a higher bar lets fewer deals through");
}

/// Those who foresee the vote are turned down at home less often than those who could not care less.
#[test]
fn what_would_fail_at_home_is_seldom_initialled() {
    let rate = |failed: f64| {
        let games = played(&ready(STOCKHOLM, &[set("ratification.failed", failed)]), 5, GAMES);
        let (rejected, signed) = (metric(&games, "rejections"), metric(&games, "deals"));
        let (rejected, signed): (f64, f64) = (rejected.iter().sum(), signed.iter().sum());
        rejected / (rejected + signed)
    };
    let (careless, careful) = (rate(0.0), rate(0.5));
    assert!(careful < 0.6 * careless, "{careless} of packages failed, {careful} where failing hurts");
}

/// No lever is moved on the frontier unless that is worth its cost to one of the two.
#[test]
fn nothing_moves_that_is_worth_its_cost_to_nobody() {
    let mut lots = Lots::new(7);
    let stands = (GRID - 1) / 2;
    let (mut moved, mut left) = (0, 0);
    for _ in 0..300 {
        let mut table = |cost: f64| -> Vec<Points> {
            (0..6)
                .map(|_| {
                    let slope = lots.between(-1.0, 1.0);
                    std::array::from_fn(|j| {
                        let steps = j.min(GRID - 1) as f64 - stands as f64;
                        if j == GRID { 0.0 } else { slope * steps - cost * steps.abs() }
                    })
                })
                .collect()
        };
        let (mine, yours) = (table(0.3), table(0.3));
        let mut frontier = Frontier::default();
        frontier.trace(&mine, &yours, &[false; 6]);
        let mut positions = vec![];
        for whole in 0..frontier.own.len() {
            frontier.positions(summitry::internals::frontier::Point { whole, part: 0.0 }, &mut positions);
            for (l, position) in positions.iter().enumerate() {
                let j = *position as usize;
                if j == stands {
                    left += 1;
                    continue;
                }
                moved += 1;
                assert!(mine[l][j] > 0.0 || yours[l][j] > 0.0, "lever {l} at {j}: {:?} {:?}", mine[l], yours[l]);
            }
        }
    }
    assert!(moved > 1000 && left > 1000, "some move, some do not: {moved} {left}");
}

/// Dearer items make shorter packages; leaders, for whom they are cheaper, sign longer ones.
#[test]
fn packages_are_short_where_items_are_dear() {
    let items = |sets: &[String]| {
        let games = played(&ready(STOCKHOLM, sets), 5, GAMES);
        let (items, ends) = (metric(&games, "items"), endings(&games));
        let of = |class: &str| {
            mean(&items.iter().zip(&ends).filter(|(_, end)| **end == class).map(|(x, _)| *x).collect::<Vec<_>>())
        };
        (mean(&items), of("mini_deal"), of("summit_deal"))
    };
    let free = items(&[set("off", "[\"items\"]")]);
    let shipped = items(&[]);
    let dear = items(&[set("talks.item_of_officials", 0.008), set("talks.item_of_leaders", 0.004)]);
    assert!(free.0 > shipped.0 && shipped.0 > dear.0, "{free:?} {shipped:?} {dear:?}");
    assert!(shipped.2 > shipped.1, "leaders sign longer ones: {shipped:?}");
}
