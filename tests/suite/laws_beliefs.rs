//! Beliefs about the other side: whoever listens comes nearer to the truth.
//!
//! The gate plays few games a law; `cargo test --release --test suite laws_beliefs` plays them all.

use summitry::internals::cohort::Games;
use summitry::internals::components::{Belief, GovPolitics, GovProsperity, GovSecurity, Importance};
use summitry::internals::dice::Key;
use summitry::internals::disk;
use summitry::internals::frontier::Frontier;
use summitry::internals::load;
use summitry::internals::model::learn;
use summitry::internals::regret::Hearing;
use summitry::internals::round;
use summitry::internals::rules::Scenario;
use summitry::internals::setup::{NOBODY, Setup, shape_at};
use summitry::internals::situation::{Side, Situation};
use summitry::internals::values::{GRID, Points, Values, bite, item_cost, keep, own_keep, worth};

use crate::common::{Lots, STOCKHOLM, column, mean, metric, played, ready, set};

const GAMES: usize = if cfg!(debug_assertions) { 1_000 } else { 20_000 };

/// The leaders that both sides think possible.
const TYPES: [&str; 3] = ["Dealmaker", "ProtractedBattle", "Mercantilist"];

/// The main story with leaders of other types than the newspapers name: party p is led by one like `of[p]`, and the
/// other side still thinks first of the goal that p's file names.
fn led_by(of: [&str; 2], sets: &[String]) -> Setup {
    let (mut scenario, _) =
        load::load_as::<Scenario>(STOCKHOLM, &disk::open, sets).unwrap_or_else(|e| panic!("{}", e.explain(false)));
    let goals = scenario.goals.clone();
    for (party, of) in scenario.parties.values_mut().zip(of) {
        let goal = &goals[of];
        party.goal.prosperity = Some(goal.prosperity);
        party.goal.security = Some(goal.security);
        party.goal.politics = Some(goal.politics);
        party.goal.prestige = Some(goal.prestige);
        party.goal.patience = Some(goal.patience);
        party.goal.date = Some(goal.date);
        party.goal.hunger = Some(goal.hunger);
    }
    round::prepare(scenario).unwrap_or_else(|e| panic!("{e}"))
}

/// Party p's belief in each type it suspects, as numbers of every game, and whether that is the true type.
fn beliefs(games: &Games, p: usize, truth: &str) -> Vec<(Vec<f64>, f64)> {
    let setup = games.setup().clone();
    let row = |t: usize| p * setup.types.len() + t;
    let is = |t: usize| f64::from(u8::from(setup.types[t].0 == truth));
    setup.parties[p].suspects.iter().map(|t| (column::<Belief>(games, row(*t)), is(*t))).collect()
}

/// The Brier score of such beliefs: 0 certain and right, 2 certain and wrong.
fn brier(beliefs: &[(Vec<f64>, f64)]) -> f64 {
    beliefs.iter().map(|(b, is)| mean(&b.iter().map(|b| (b - is) * (b - is)).collect::<Vec<_>>())).sum()
}

/// How likely party p's true type is before anything is heard, by what the other thinks of it.
fn prior(setup: &Setup, p: usize, truth: &str) -> f64 {
    if setup.parties[p].like.as_deref() == Some(truth) { 0.6 } else { 0.2 }
}

/// Sums for the line through beliefs (across) and truths (up).
#[derive(Default, Clone, Copy)]
struct Line {
    n: f64,
    x: f64,
    y: f64,
    xx: f64,
    xy: f64,
}

impl Line {
    fn add(&mut self, weight: f64, x: f64, y: f64) {
        self.n += weight;
        self.x += weight * x;
        self.y += weight * y;
        self.xx += weight * x * x;
        self.xy += weight * x * y;
    }

    fn slope(&self) -> f64 {
        (self.n * self.xy - self.x * self.y) / (self.n * self.xx - self.x * self.x)
    }
}

/// Whether a belief is worth its word: of a hundred things believed with 70 %, about seventy are so.
fn reliable(slope: f64) -> bool {
    (0.8..=1.2).contains(&slope)
}

#[test]
fn a1a_the_more_offers_are_heard_the_nearer_to_the_truth() {
    // By round: after the first session, two, three and about six.
    let rounds = [1, 2, 8, 14, 26];
    let mut score = [[0.0; 5]; 2];
    for cn in TYPES {
        for us in TYPES {
            let setup = led_by([cn, us], &[]);
            let mut games = round::cohort(&setup, GAMES / 4);
            games.load(Key::of_seed(5), 0);
            for round in 0..26 {
                games.step();
                let Some(at) = rounds.iter().position(|r| *r == round + 1) else { continue };
                for (p, truth) in [(0, us), (1, cn)] {
                    let weight = prior(&setup, 0, cn) * prior(&setup, 1, us);
                    score[p][at] += weight * brier(&beliefs(&games, p, truth));
                }
            }
        }
    }
    for score in score {
        assert!((score[0] - 0.56).abs() < 1e-9, "a prior of .6, .2 and .2 scores .56 on its own: {score:?}");
        assert!(score.windows(2).all(|w| w[0] > w[1]) && score[4] < 0.4, "{score:?}");
    }
}

#[test]
fn a1b_beliefs_are_worth_their_word_whoever_sits_opposite() {
    let mut lines = [[Line::default(); 3]; 2];
    for (i, cn) in TYPES.iter().enumerate() {
        for (j, us) in TYPES.iter().enumerate() {
            let setup = led_by([cn, us], &[]);
            let games = played(&setup, 6, GAMES / 2);
            for (p, truth, own) in [(0, us, i), (1, cn, j)] {
                let believed = beliefs(&games, p, truth);
                let (likely, score) = (prior(&setup, 1 - p, truth), brier(&believed));
                let before = if likely > 0.5 { 0.24 } else { 1.04 };
                assert!(score < before, "{cn} and {us}: party {p} ends with {score}, began with {before}");
                for (b, is) in believed {
                    b.iter().for_each(|b| lines[p][own].add(likely, *b, is));
                }
            }
        }
    }
    let slopes = lines.map(|lines| lines.map(|line| line.slope()));
    assert!(slopes.iter().flatten().all(|slope| reliable(*slope)), "{slopes:?}");
    let mut overdone = Line::default(); // one who is certain and half as often right
    for (x, y) in [(1.0, 1.0), (1.0, 0.0), (0.0, 1.0), (0.0, 0.0)] {
        overdone.add(1.0, x, y);
    }
    assert!(!reliable(overdone.slope()));
}

#[test]
fn a1c_whom_offers_tell_nothing_believes_what_it_believed() {
    let none = |p: &str| {
        let types = "[\"Dealmaker\", \"ProtractedBattle\", \"Mercantilist\"]";
        let model = format!("Bayes(types: {types}, prior_on_named: 0.37, sharpness: 0)");
        set(&format!("parties.{p}.strategy.model"), model)
    };
    let setup = ready(STOCKHOLM, &[none("us"), none("cn")]);
    let (mut before, after) = (round::cohort(&setup, 200), played(&setup, 7, 200));
    before.load(Key::of_seed(7), 0);
    for row in 0..2 * setup.types.len() {
        assert_eq!(column::<Belief>(&before, row), column::<Belief>(&after, row));
    }
    let learned = played(&ready(STOCKHOLM, &[]), 7, 200);
    assert_ne!(column::<Belief>(&learned, 1), column::<Belief>(&after, 1));
}

#[test]
fn a1c_a_session_counts_once_however_finely_it_is_cut() {
    let scores = |exchanges: u32| {
        let games = played(&ready(STOCKHOLM, &[set("talks.exchanges", exchanges)]), 8, GAMES);
        ["us.belief_brier", "cn.belief_brier"].map(|name| mean(&metric(&games, name)))
    };
    let (coarse, fine) = (scores(12), scores(50));
    for (a, b) in coarse.iter().zip(fine) {
        assert!((a - b).abs() < 0.01, "{coarse:?} {fine:?}");
    }
}

#[test]
fn a1b_nobody_is_led_astray_where_leaders_are_named_as_they_are() {
    for cn in TYPES {
        for us in TYPES {
            let named =
                [set("parties.cn.goal.like", format!("{cn:?}")), set("parties.us.goal.like", format!("{us:?}"))];
            let games = played(&ready(STOCKHOLM, &named), 6, GAMES / 2);
            for (p, truth) in [(0, us), (1, cn)] {
                let score = brier(&beliefs(&games, p, truth));
                assert!(score < 0.24, "{cn} and {us}: party {p} ends with {score}, began with .24");
            }
        }
    }
}

#[test]
fn a1b_nor_by_one_who_reads_the_other_in_another_way() {
    for model in ["Known", "None", "Frequency(rate: 0.2)"] {
        for cn in TYPES {
            for us in TYPES {
                for (p, by, truth) in [(0, "us", us), (1, "cn", cn)] {
                    let setup = led_by([cn, us], &[set(&format!("parties.{by}.strategy.model"), model)]);
                    let score = brier(&beliefs(&played(&setup, 12, GAMES / 8), p, truth));
                    let before = if prior(&setup, 1 - p, truth) > 0.5 { 0.24 } else { 1.04 };
                    assert!(score < before, "{model}, {cn} and {us}: party {p} ends with {score}, began with {before}");
                }
            }
        }
    }
}

/// How far what one thinks of the other's levers points away from the truth: 1 less the cosine between the two tables.
fn astray(games: &Games, q: usize) -> f64 {
    let (p, setup) = (1 - q, games.setup().clone());
    let weights = [column::<GovProsperity>(games, p), column::<GovSecurity>(games, p), column::<GovPolitics>(games, p)];
    let importance: Vec<Vec<f64>> =
        (0..setup.levers.len()).map(|l| column::<Importance>(games, q * setup.levers.len() + l)).collect();
    let equal = setup.government(p, [1.0; 3]);
    let angles = (0..weights[0].len()).map(|g| {
        let (mut tt, mut ee, mut te) = (0.0, 0.0, 0.0);
        for (l, lever) in setup.levers.iter().enumerate() {
            for j in 0..GRID {
                let x = lever.reach_low + (lever.reach_high - lever.reach_low) * j as f64 / (GRID - 1) as f64;
                let (mut truth, mut thought) = (0.0, 0.0);
                for e in setup.parties[p].effects.iter().filter(|e| e.lever == l) {
                    let shape = setup.shapes[e.shape].shape;
                    let change = shape_at(shape, x, lever.low, lever.high) - setup.shapes[e.shape].at_now;
                    truth += weights[e.dimension][g] * e.points * change;
                    thought += importance[l][g] * equal[e.dimension] * e.points * change;
                }
                tt += truth * truth;
                ee += thought * thought;
                te += truth * thought;
            }
        }
        1.0 - te / (tt * ee).sqrt()
    });
    mean(&angles.collect::<Vec<_>>())
}

#[test]
fn a1d_counting_what_is_kept_comes_nearer_to_the_truth_too() {
    let counts = ["us", "cn"].map(|p| set(&format!("parties.{p}.strategy.model"), "Frequency(rate: 0.2)"));
    let rounds = [1, 2, 14, 26];
    let mut off = [[0.0; 4]; 2];
    for cn in TYPES {
        for us in TYPES {
            let setup = led_by([cn, us], &counts);
            let mut games = round::cohort(&setup, GAMES / 8);
            games.load(Key::of_seed(9), 0);
            for round in 0..26 {
                games.step();
                let Some(at) = rounds.iter().position(|r| *r == round + 1) else { continue };
                for q in 0..2 {
                    off[q][at] += prior(&setup, 0, cn) * prior(&setup, 1, us) * astray(&games, q);
                }
            }
        }
    }
    for off in off {
        assert!(off.windows(2).all(|w| w[0] > w[1]), "{off:?}");
    }
}

/// A table of the main story: levers where they stand, two sides of any word and resilience.
fn table(setup: &Setup, lots: &mut Lots) -> (Situation, Values) {
    let mut s = Situation { may_move: lots.between(0.3, 2.0), leak: lots.between(0.0, 0.5), ..Situation::default() };
    s.broken_price = lots.unit();
    for (l, lever) in setup.levers.iter().enumerate() {
        s.levels[l] = lots.between(lever.reach_low, lever.reach_high);
    }
    for side in &mut s.sides {
        *side = Side { word: lots.unit(), resilience: lots.unit(), ..*side };
    }
    let mut values = Values::default();
    values.lay_out(setup, &s);
    (s, values)
}

fn any_package(values: &Values, lots: &mut Lots) -> Vec<f64> {
    values.open.iter().map(|_| lots.between(0.0, (GRID - 1) as f64)).collect()
}

/// The regret of packages to party q had each suspected type made them, by the frontier of each type against the
/// party as the sender reads it.
fn by_frontiers(
    setup: &Setup,
    s: &Situation,
    values: &Values,
    q: usize,
    read: [f64; 3],
    packages: &[Vec<f64>],
) -> Vec<f64> {
    let p = 1 - q;
    let rows = |who: usize, weights: [f64; 3], kept: &dyn Fn(usize) -> f64| -> Vec<Points> {
        let one = |(i, l): (usize, &usize)| {
            let (mut out, rows) = ([0.0; GRID + 1], values.dimensions(who, i));
            for (j, x) in out.iter_mut().enumerate() {
                let sum: f64 = weights.iter().zip(rows).map(|(w, row)| w * row[j]).sum();
                let item = item_cost(setup, who, s.leaders) * values.items(i)[j];
                *x = sum * kept(*l) * bite(setup, who, *l, s.sides[who].resilience, s.leak) - item;
            }
            out
        };
        values.open.iter().enumerate().map(one).collect()
    };
    let believed = |l: usize| {
        let lever = &setup.levers[l];
        if lever.holder == NOBODY { 1.0 } else { keep(lever.pledge, s.sides[lever.holder].word) }
    };
    let meant = |l: usize| {
        let lever = &setup.levers[l];
        if lever.holder == p { own_keep(lever.pledge, s.sides[p].word, s.broken_price) } else { believed(l) }
    };
    let seen = rows(q, read, &|l| believed(l) * s.importance[p][l]);
    let of_type = |weights: &[f64; 3]| {
        let mine = rows(p, *weights, &meant);
        let mut frontier = Frontier::default();
        frontier.trace(&mine, &seen, &values.linear);
        let stake: f64 = mine.iter().map(|row| row[..GRID].windows(2).map(|w| (w[1] - w[0]).abs()).sum::<f64>()).sum();
        let lost = |x: &Vec<f64>| {
            let last = frontier.own[frontier.own.len() - 1];
            frontier.own_when(worth(&seen, x)).unwrap_or(last) - worth(&mine, x)
        };
        packages.iter().map(lost).sum::<f64>() / (stake * packages.len() as f64)
    };
    setup.parties[q].suspected.iter().map(of_type).collect()
}

#[test]
fn regret_without_a_frontier_is_regret_by_frontiers() {
    let setup = ready(STOCKHOLM, &[]);
    let (mut lots, mut hearing) = (Lots::new(10), [Hearing::default(), Hearing::default()]);
    let (mut s, mut values) = table(&setup, &mut lots);
    for i in 0..300 {
        // Some levers move from one session to the next, most rest: what is kept of them must still fit.
        let l = lots.below(setup.levers.len());
        s.levels[l] = lots.between(setup.levers[l].reach_low, setup.levers[l].reach_high);
        s.sides[lots.below(2)].word = lots.unit();
        s.importance[lots.below(2)][l] = lots.between(0.5, 2.0);
        values.lay_out(&setup, &s);
        for q in 0..2 {
            let packages: Vec<Vec<f64>> = (0..1 + lots.below(5)).map(|_| any_package(&values, &mut lots)).collect();
            let read = setup.government(q, [0; 3].map(|_| lots.unit()));
            hearing[q].begin(&setup, &s, &values, q, read);
            for x in &packages {
                let offer = hearing[q].weigh(x);
                hearing[q].hear(offer);
            }
            let law = by_frontiers(&setup, &s, &values, q, read, &packages);
            for (got, law) in hearing[q].regrets(&setup).iter().zip(law) {
                assert!((got - law).abs() < 1e-9, "session {i}, party {q}: {got}, by frontiers {law}");
            }
        }
    }
}

#[test]
fn a1b_a_sender_that_draws_its_offers_by_their_regret_is_read_as_it_should_be() {
    // With the likelihood's own norm for each type in the prior, Bayes' rule is exact: ranks of the truth are uniform.
    let setup = ready(STOCKHOLM, &[]);
    let (mut lots, sharpness) = (Lots::new(11), 25.0);
    let (s, values) = table(&setup, &mut lots);
    let (mut hearing, q) = (Hearing::default(), 1);
    let regrets: Vec<Vec<f64>> = (0..300)
        .map(|_| {
            let x = any_package(&values, &mut lots);
            hearing.begin(&setup, &s, &values, q, setup.government(q, [1.0; 3]));
            let offer = hearing.weigh(&x);
            hearing.hear(offer);
            hearing.regrets(&setup)[..3].to_vec()
        })
        .collect();
    let chance = |h: usize, x: usize| summitry::internals::maths::exp(-sharpness * regrets[x][h]);
    let norm = [0, 1, 2].map(|h| (0..regrets.len()).map(|x| chance(h, x)).sum::<f64>());
    let tries = 20 * GAMES;
    let (mut cells, mut line) = ([[0.0_f64; 2]; 10], Line::default());
    for _ in 0..tries {
        let h = lots.below(3);
        let (mut u, mut x) = (lots.unit() * norm[h], 0);
        while x + 1 < regrets.len() && u >= chance(h, x) {
            u -= chance(h, x);
            x += 1;
        }
        let mut me = Side { sharpness, ..Side::default() };
        let sum: f64 = norm.iter().map(|n| 1.0 / n).sum();
        norm.iter().zip(&mut me.beliefs).for_each(|(n, b)| *b = 1.0 / n / sum);
        learn(&mut me, &regrets[x], 0.0);
        for (t, b) in me.beliefs[..3].iter().enumerate() {
            let (cell, is) = (&mut cells[((b * 10.0) as usize).min(9)], f64::from(u8::from(t == h)));
            cell[0] += 1.0;
            cell[1] += is - b;
            line.add(1.0, *b, is);
        }
    }
    for [n, over] in cells.into_iter().filter(|[n, _]| *n > 200.0) {
        assert!((over / n).abs() < 4.0 * 0.5 / n.sqrt(), "{cells:?}");
    }
    assert!((line.slope() - 1.0).abs() < 0.03 && cells.iter().filter(|[n, _]| *n > 200.0).count() > 4, "{cells:?}");
}
