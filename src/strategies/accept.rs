//! When to say yes: conditions on an offer, combined by all and any.
//!
//! After Baarslag, Hindriks and Jonker, Decision Support Systems 60 (2014). Whatever the rule says, nobody signs
//! below its reservation value or at a loss.

use super::from;
use crate::scenario::strategy::{Accept, Use};
use crate::table::tactics::{Step, Test};
use crate::world::build::Build;
use crate::world::rows::Condition;
use crate::world::rows::{coded, values};
use crate::world::setup::{Setup, Source};

coded! { Condition;
    /// Which condition.
    ConditionKind of Test;
}
values! { Condition;
    /// What it is held against, by its kind: a share of the time, or a worth in points.
    ConditionBar = 0.0;
    /// How many of the latest offers count, or how many conditions are combined.
    ConditionCount = 0.0;
}

/// What a rule looks at.
#[derive(Debug, Clone, Copy)]
pub struct Look<'a> {
    /// What the offer is worth.
    pub worth: f64,
    /// What the party would ask for next.
    pub next: f64,
    /// So many points are nothing.
    pub slack: f64,
    /// Time over its date.
    pub late: f64,
    /// Offers heard in this session, this one last.
    pub heard: &'a [f64],
}

/// Whether a rule takes the offer.
pub fn says_yes(rule: &[Step], look: &Look) -> bool {
    let (mut stack, mut n) = ([false; 16], 0);
    for step in rule {
        let next = || look.worth >= look.next - look.slack;
        let window = || {
            let n = if step.count > 0.0 { (step.count as usize).min(look.heard.len()) } else { look.heard.len() };
            &look.heard[look.heard.len() - n..]
        };
        let result = match step.test {
            Test::Nothing => break,
            Test::Next => next(),
            Test::Time => look.late >= step.bar,
            Test::CombiMax => {
                next()
                    || look.late >= step.bar
                        && look.worth >= window().iter().fold(f64::NEG_INFINITY, |m, x| m.max(*x)) - look.slack
            }
            Test::CombiMean => {
                let heard = window();
                let mean = heard.iter().sum::<f64>() / heard.len().max(1) as f64;
                next() || look.late >= step.bar && look.worth >= mean - look.slack
            }
            Test::Above => look.worth >= step.bar,
            Test::All | Test::Any => {
                let k = (step.count as usize).min(n);
                let parts = &stack[n - k..n];
                let result = if step.test == Test::All { parts.iter().all(|x| *x) } else { parts.iter().any(|x| *x) };
                n -= k;
                result
            }
        };
        if n < stack.len() {
            stack[n] = result;
            n += 1;
        }
    }
    n > 0 && stack[n - 1]
}

/// Lists the start values of a party's rule.
pub fn equip(setup: &mut Setup, p: usize, rule: &Accept, label: &str) {
    let mut place = 0;
    step(setup, p, rule, label, &mut place);
}

fn step(setup: &mut Setup, p: usize, rule: &Accept, label: &str, place: &mut usize) {
    let zero = Source::Fixed(0.0);
    let (test, bar, count) = match rule {
        Accept::Next => (Test::Next, zero, zero),
        Accept::Time { after } => (Test::Time, from(after, label, &format!("accept {place} after")), zero),
        Accept::Combi { after, window, r#use } => (
            if *r#use == Use::Max { Test::CombiMax } else { Test::CombiMean },
            from(after, label, &format!("accept {place} after")),
            Source::Fixed(window.map_or(0.0, |w| f64::from(w.get()))),
        ),
        Accept::Above { points } => (Test::Above, from(points, label, &format!("accept {place} points")), zero),
        Accept::All { of } | Accept::Any { of } => {
            for part in of {
                step(setup, p, part, label, place);
            }
            let test = if matches!(rule, Accept::All { .. }) { Test::All } else { Test::Any };
            (test, zero, Source::Fixed(of.len() as f64))
        }
    };
    let row = p * setup.conditions + *place;
    setup.start::<ConditionKind>(row, Source::Fixed(test.number()));
    setup.start::<ConditionBar>(row, bar);
    setup.start::<ConditionCount>(row, count);
    *place += 1;
}

/// Declares the components.
pub fn rows(b: &mut Build) {
    b.rows::<(ConditionKind, ConditionBar, ConditionCount)>();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(test: Test, bar: f64, count: f64) -> Step {
        Step { test, bar, count }
    }
    fn look(worth: f64, late: f64) -> Look<'static> {
        Look { worth, next: 10.0, slack: 1e-9, late, heard: &[2.0, 6.0, 4.0] }
    }

    #[test]
    fn each_condition_by_itself() {
        assert!(says_yes(&[step(Test::Next, 0.0, 0.0)], &look(10.0, 0.0)));
        assert!(!says_yes(&[step(Test::Next, 0.0, 0.0)], &look(9.9, 0.0)));
        assert!(says_yes(&[step(Test::Time, 0.5, 0.0)], &look(-1.0, 0.5)));
        assert!(says_yes(&[step(Test::CombiMax, 0.8, 0.0)], &look(6.0, 0.9)));
        assert!(!says_yes(&[step(Test::CombiMax, 0.8, 0.0)], &look(5.0, 0.9)));
        assert!(says_yes(&[step(Test::CombiMax, 0.8, 1.0)], &look(4.0, 0.9)), "only the last offer counts");
        assert!(says_yes(&[step(Test::CombiMean, 0.8, 0.0)], &look(4.0, 0.9)));
        assert!(!says_yes(&[step(Test::CombiMean, 0.8, 0.0)], &look(4.0, 0.7)));
        assert!(says_yes(&[step(Test::Above, 3.0, 0.0)], &look(3.0, 0.0)));
        assert!(!says_yes(&[], &look(100.0, 1.0)), "an empty rule never says yes");
    }

    #[test]
    fn all_and_any() {
        let above = step(Test::Above, 3.0, 0.0);
        let late = step(Test::Time, 0.5, 0.0);
        let all = [above, late, step(Test::All, 0.0, 2.0)];
        let any = [above, late, step(Test::Any, 0.0, 2.0)];
        assert!(!says_yes(&all, &look(4.0, 0.0)) && says_yes(&any, &look(4.0, 0.0)));
        assert!(says_yes(&all, &look(4.0, 0.6)) && !says_yes(&any, &look(1.0, 0.0)));
        let nested = [above, late, step(Test::All, 0.0, 2.0), step(Test::Next, 0.0, 0.0), step(Test::Any, 0.0, 2.0)];
        assert!(says_yes(&nested, &look(10.0, 0.0)) && !says_yes(&nested, &look(4.0, 0.0)));
    }
}
