//! The truce: when an extension is settled, how long it lasts, and what of it hangs on a switch.

use summitry::internals::components::{Expiry, Extensions, Lapsed};
use summitry::internals::setup::Setup;

use crate::common::{STOCKHOLM, all_metrics, column, dealt, endings, mean, metric, played, ready, set};
use crate::laws_units::bits;

const GAMES: usize = if cfg!(debug_assertions) { 400 } else { 6_000 };

fn changed(sets: &[(&str, &str)]) -> Setup {
    ready(STOCKHOLM, &sets.iter().map(|(path, value)| set(path, value)).collect::<Vec<_>>())
}

const LENGTH: &str = "calendar.TruceExpires.length";
const AHEAD: &str = "calendar.TruceExpires.ahead";

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
    assert!(same(&off, &changed(&[(LENGTH, "Rule"), (AHEAD, "0")])), "off is as if a file named neither");
    assert!(!same(&off, &changed(&[(LENGTH, "Rule")])), "what is settled ahead changes games");
    assert!(!same(&off, &changed(&[(AHEAD, "0")])), "and so does the length");
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
