//! Check 9, the war of attrition: how long it lasts, and that waiting gains nothing.

use summitry::internals::components::Total;
use summitry::internals::setup::Setup;
use summitry::internals::standoff::Endured;

use crate::common::{column, endings, mean, near, played, ready, set};

const ATTRITION: &str = "scenarios/theory/attrition.ron";
const GAMES: usize = 12_000;

fn error(numbers: &[f64]) -> f64 {
    let (m, n) = (mean(numbers), numbers.len() as f64);
    (numbers.iter().map(|x| (x - m) * (x - m)).sum::<f64>() / (n - 1.0) / n).sqrt()
}

/// The mean of figures is what a law says, to within four of its standard errors.
fn on_average(what: &str, numbers: &[f64], law: f64) -> Result<(), String> {
    near(what, mean(numbers), law, 4.0 * error(numbers))
}

fn hazards(a: f64, b: f64) -> Setup {
    let hazard = |p: &str, h: f64| set(&format!("parties.{p}.strategy.extend"), format!("Attrition(hazard: {h})"));
    ready(ATTRITION, &[hazard("a", a), hazard("b", b)])
}

#[test]
fn check_9_it_lasts_as_long_as_the_law_says() {
    let games = played(&ready(ATTRITION, &[]), 7, GAMES);
    assert!(endings(&games).iter().all(|end| *end == "conceded"));
    let lasted = column::<Endured>(&games, 0);
    let h: f64 = 0.05 / 1.05;
    let law = 1.0 / (1.0 - (1.0 - h) * (1.0 - h));
    assert!((law - 10.756).abs() < 5e-4 && 4.0 * error(&lasted) < 0.4);
    on_average("rounds", &lasted, law).unwrap();
    assert!(on_average("rounds", &lasted, 1.0 / h).is_err(), "one side alone would last longer");
    assert!(on_average("rounds", &lasted, law - 1.0).is_err());
}

#[test]
fn check_9_waiting_gains_nothing() {
    let games = played(&ready(ATTRITION, &[]), 7, GAMES);
    for p in 0..2 {
        let gains = column::<Total>(&games, p);
        assert!(4.0 * error(&gains) < 0.03 && gains.iter().any(|x| *x > 0.9) && gains.iter().any(|x| *x < -0.5));
        on_average("gain", &gains, 0.0).unwrap();
    }
    // Against one who gives in with the chance of the law, any plan gains the same nothing: that is the equilibrium.
    let h = 0.05 / 1.05;
    for own in [0.0, 0.01, 0.3, 1.0] {
        on_average("gain", &column::<Total>(&played(&hazards(own, h), 8, GAMES), 0), 0.0)
            .unwrap_or_else(|e| panic!("giving in with {own}: {e}"));
    }
    // Against one who gives in more readily it pays to wait, against one who does so less it costs.
    let against = |other: f64| column::<Total>(&played(&hazards(0.01, other), 8, GAMES), 0);
    assert!(on_average("gain", &against(1.5 * h), 0.0).is_err() && mean(&against(1.5 * h)) > 0.0);
    assert!(on_average("gain", &against(0.7 * h), 0.0).is_err() && mean(&against(0.7 * h)) < 0.0);
}

#[test]
fn check_9_for_other_prizes_and_costs() {
    for (prize, cost) in [(10.0, 0.2), (3.0, 3.0)] {
        let games = played(&ready(ATTRITION, &[set("standoff.prize", prize), set("standoff.cost", cost)]), 9, GAMES);
        let h: f64 = cost / (prize + cost);
        on_average("rounds", &column::<Endured>(&games, 0), 1.0 / (1.0 - (1.0 - h) * (1.0 - h))).unwrap();
        on_average("gain", &column::<Total>(&games, 1), 0.0).unwrap();
    }
}
