//! The truce: when an extension is settled, how long it lasts, and what of it hangs on a switch.

use summitry::internals::components::{Expiry, Extensions, Lapsed, Total};
use summitry::internals::dice::Key;
use summitry::internals::round;
use summitry::internals::setup::Setup;
use summitry::internals::trace::{Note, What};

use crate::common::{STOCKHOLM, all_metrics, column, dealt, endings, mean, metric, played, ready, set};
use crate::laws_units::bits;

const GAMES: usize = if cfg!(debug_assertions) { 400 } else { 6_000 };

fn changed(sets: &[(&str, &str)]) -> Setup {
    ready(STOCKHOLM, &sets.iter().map(|(path, value)| set(path, value)).collect::<Vec<_>>())
}

const LENGTH: &str = "calendar.TruceExpires.length";
const AHEAD: &str = "calendar.TruceExpires.ahead";
const PRICE: &str = "calendar.TruceExpires.price";

/// Every ending and every bit of every measure that both have.
pub fn same(a: &Setup, b: &Setup) -> bool {
    let (a, b) = (played(a, 3, GAMES), played(b, 3, GAMES));
    let numbers = all_metrics(&b);
    endings(&a) == endings(&b)
        && all_metrics(&a).iter().all(|(name, own)| {
            let other = numbers.iter().find(|(other, _)| other == name).map(|(_, numbers)| numbers);
            other.is_none_or(|other| own.iter().zip(other).all(|(x, y)| bits(*x) == bits(*y)))
        })
}

#[test]
fn without_terms_an_extension_is_what_the_rule_says() {
    let off = changed(&[("off", "[\"terms\"]")]);
    let rest = [(LENGTH, "Rule"), (AHEAD, "0"), (PRICE, "0")];
    assert!(same(&off, &changed(&rest)), "off is as if a file named none");
    for (i, what) in ["the length", "what is settled ahead", "what is given for it"].into_iter().enumerate() {
        let others: Vec<_> = rest.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, set)| *set).collect();
        assert!(!same(&off, &changed(&others)), "{what} changes games");
    }
}

/// What each extension of a batch came to: rounds ahead, and by how much it moved the end.
fn extensions(setup: &Setup) -> Vec<(f64, f64)> {
    let (mut games, mut out) = (dealt(setup, 8, 0, GAMES), vec![]);
    let mut before = (column::<Extensions>(&games, 0), column::<Expiry>(&games, 0));
    for round in 0..setup.rounds {
        games.step();
        let now = (column::<Extensions>(&games, 0), column::<Expiry>(&games, 0));
        for g in 0..GAMES {
            if now.0[g] > before.0[g] {
                out.push((before.1[g] - f64::from(round), now.1[g] - before.1[g]));
            }
        }
        before = now;
    }
    out
}

#[test]
fn an_extension_lasts_within_its_bounds_and_comes_no_earlier_than_thought_of() {
    // A deal moves the end as well, in the same round at times: without talks there is none.
    let setup = changed(&[("off", "[\"talks\"]"), (AHEAD, "0.3")]);
    let all = extensions(&setup);
    let ahead = all.iter().filter(|(ahead, _)| *ahead > 0.0).count();
    assert!(ahead > GAMES / 4 && ahead < all.len(), "{ahead} of {} are settled ahead", all.len());
    assert!(all.iter().all(|(ahead, _)| (0.0..=5.0).contains(ahead)));
    assert!(all.iter().all(|(_, length)| (3.0..=26.0).contains(length) && length.fract() == 0.0));
    assert!(all.iter().any(|(_, length)| *length < 13.0) && all.iter().any(|(_, length)| *length > 13.0));
    let drawn = extensions(&changed(&[
        ("off", "[\"talks\"]"),
        (LENGTH, "Drawn(of: [(rounds: 4, weight: 1), (rounds: 10, weight: 3)])"),
    ]));
    let tens = drawn.iter().filter(|(_, length)| *length == 10.0).count() as f64 / drawn.len() as f64;
    assert!(drawn.iter().all(|(_, length)| *length == 4.0 || *length == 10.0));
    let error = (0.75 * 0.25 / drawn.len() as f64).sqrt();
    assert!((tens - 0.75).abs() < 4.0 * error, "{tens} of {} are long", drawn.len());
}

#[test]
fn who_wants_time_gets_it_by_what_the_other_has_to_lose() {
    let length = |sets: &[(&str, &str)]| mean(&metric(&played(&changed(sets), 5, GAMES), "extension_length"));
    let date = |side: &'static str, date: &'static str| {
        let path = if side == "us" { "parties.us.goal.date" } else { "parties.cn.goal.date" };
        length(&[(path, date)])
    };
    let plain = length(&[]);
    assert!(date("us", "25") > plain && date("us", "6") < plain, "the US wishes it to its date");
    assert!(date("cn", "8") < plain, "and so does China");
    // The less China believes of American threats the less it reckons to lose: it gets its wish, which is longer.
    let believed = |resolve: &'static str| length(&[("parties.us.resolve.mean", resolve)]);
    let (soft, hard) = (believed("0.1"), believed("0.9"));
    assert!(soft > plain && hard < plain, "{soft}, {plain}, {hard}");
}

#[test]
fn what_is_asked_ahead_is_asked_again_and_fewer_truces_lapse() {
    let lapsed = |ahead: &str| mean(&column::<Lapsed>(&played(&changed(&[(AHEAD, ahead)]), 5, GAMES), 0));
    let (never, often) = (lapsed("0"), lapsed("0.3"));
    assert!(often < never, "{often} against {never}");
}

/// Each extension of told games: the consents of both sides, and what was given for it.
fn favours(setup: &Setup) -> Vec<([f64; 2], Option<(usize, f64)>)> {
    let mut game = dealt(setup, 6, 0, 1);
    game.tell(true);
    let mut out = vec![];
    for g in 0..GAMES as u64 {
        game.load(Key::of_seed(6), g);
        round::play(&mut game);
        let mut chances = [None; 2];
        for Note { party, what, .. } in game.trace().take() {
            match what {
                What::Consent { chance, to_restore: false, .. } => chances[party.expect("who")] = Some(chance),
                What::Extended { ahead: 0, .. } => {
                    out.push((chances.map(|chance| chance.expect("both were asked")), None));
                }
                What::Favour { moved } => {
                    let lever = &setup.levers[moved.lever];
                    let steps = (moved.to - moved.from) * lever.opens / lever.step;
                    if let Some((_, given)) = out.last_mut() {
                        assert!(given.is_none(), "one of them gives");
                        *given = Some((party.expect("who"), steps));
                    }
                }
                _ => {}
            }
        }
    }
    out
}

#[test]
fn who_wants_an_extension_more_gives_something_for_it() {
    let setup = changed(&[(AHEAD, "0"), (PRICE, "0.4")]);
    let all = favours(&setup);
    let mut gave = 0;
    for (chances, favour) in &all {
        let odds = chances.map(|chance| {
            let chance = chance.clamp(1e-4, 1.0 - 1e-4);
            chance / (1.0 - chance)
        });
        let who = usize::from(odds[1] > odds[0]);
        let price = (100.0 * 0.4 * (2.0 * odds[who] / (odds[0] + odds[1]) - 1.0) + 0.5).floor() / 100.0;
        let Some((by, steps)) = favour else { continue };
        assert_eq!(*by, who, "{chances:?}");
        // A lever that stands near the end of its reach gives what is left.
        assert!(*steps <= price + 1e-9 && *steps >= 0.0, "{steps} of {price}");
        gave += usize::from((steps - price).abs() < 1e-9);
    }
    assert!(gave > all.len() / 3, "{gave} of {} were given in full", all.len());
    assert!(favours(&changed(&[(AHEAD, "0"), (PRICE, "0")])).iter().all(|(_, favour)| favour.is_none()));
}

#[test]
fn who_would_take_any_extension_pays_for_it() {
    let totals = |price: &str| {
        let setup = changed(&[("parties.us.strategy.extend", "Always"), (PRICE, price)]);
        let games = played(&setup, 5, GAMES);
        ["us", "cn"].map(|party| mean(&column::<Total>(&games, setup.party(party).expect("a party"))))
    };
    let ([us, cn], [us_free, cn_free]) = (totals("0.5"), totals("0"));
    assert!(cn > cn_free && us < us_free, "China is paid for its yes: {cn} against {cn_free}, {us} against {us_free}");
}
