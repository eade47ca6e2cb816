//! Strategies: tactics that can be put together as they are.

use super::super::draw::{Distribution, Draw};
use super::super::limits::{CONDITIONS_MAX, TACTICS_MAX, TYPES_MAX};
use super::super::strategy::{Accept, Escalate, Extend, Model, Offer, Strategy};
use super::{Finder, GOAL};
use crate::notation::Code;
use crate::units::Unit;

impl Finder<'_> {
    /// A strategy of the scenario.
    pub(super) fn strategy(&mut self, path: &str, strategy: &Strategy) {
        self.offer(&format!("{path}.offer"), &strategy.offer);
        self.accept(&format!("{path}.accept"), &strategy.accept);
        self.escalate(&format!("{path}.escalate"), &strategy.escalate);
        self.extend(&format!("{path}.extend"), &strategy.extend);
        self.model(&format!("{path}.model"), &strategy.model);
    }

    pub(super) fn offer(&mut self, path: &str, offer: &Offer) {
        if offer.leaves() > TACTICS_MAX {
            let found = offer.leaves();
            self.say(
                Code::TooMany,
                path,
                format!("a blend is made of {TACTICS_MAX} plain tactics at most, found {found}"),
            );
        }
        self.parts(path, offer, false);
    }

    fn parts(&mut self, path: &str, offer: &Offer, blended: bool) {
        match offer {
            Offer::Blend { .. } if blended => {
                self.say(Code::Contradiction, path, "a blend is no part of another: list its tactics in the outer one");
            }
            Offer::Blend { parts } => {
                if parts.is_empty() {
                    self.say(Code::Empty, path, "a blend needs a tactic at least");
                } else if parts.iter().all(|part| never_above_zero(&part.weight)) {
                    self.say(
                        Code::OutOfRange,
                        &format!("{path}.parts"),
                        "the weights of a blend add up to more than 0, found 0",
                    );
                }
                for (i, part) in parts.iter().enumerate() {
                    self.parts(&format!("{path}.parts.{i}.tactic"), &part.tactic, true);
                }
            }
            Offer::BackwardInduction | Offer::External(_) if blended => {
                let name = if matches!(offer, Offer::External(_)) { "External" } else { "BackwardInduction" };
                self.say(Code::Contradiction, path, format!("`{name}` decides alone: it cannot be a part of a blend"));
            }
            Offer::External(name) if name.trim().is_empty() => {
                self.advise(
                    Code::BadName,
                    path,
                    "the outside program has no name",
                    "write External(\"NAME\") and bind it with --player NAME=COMMAND",
                );
            }
            _ => {}
        }
    }

    pub(super) fn accept(&mut self, path: &str, accept: &Accept) {
        if accept.steps() > CONDITIONS_MAX {
            let found = accept.steps();
            self.say(
                Code::TooMany,
                path,
                format!("a rule of acceptance has {CONDITIONS_MAX} steps at most, found {found}"),
            );
        }
        self.conditions(path, accept);
    }

    fn conditions(&mut self, path: &str, accept: &Accept) {
        match accept {
            Accept::All { of } | Accept::Any { of } => {
                if of.is_empty() {
                    let name = if matches!(accept, Accept::All { .. }) { "All" } else { "Any" };
                    self.say(Code::Empty, path, format!("`{name}` needs a condition at least"));
                }
                for (i, inner) in of.iter().enumerate() {
                    self.conditions(&format!("{path}.of.{i}"), inner);
                }
            }
            Accept::Combi { window: Some(window), .. } if window.get() == 0 => {
                self.advise(
                    Code::NoEffect,
                    &format!("{path}.window"),
                    "a window of 0 offers looks at nothing",
                    "leave it out to look at all offers of the session",
                );
            }
            _ => {}
        }
    }

    pub(super) fn escalate(&mut self, path: &str, tactics: &[Escalate]) {
        for (i, tactic) in tactics.iter().enumerate() {
            let kind = std::mem::discriminant(tactic);
            if tactics[..i].iter().any(|other| std::mem::discriminant(other) == kind) {
                let name = tactic_name(tactic);
                self.say(
                    Code::Twice,
                    &format!("{path}.{i}"),
                    format!("`{name}` is given twice: each kind of tactic stands once"),
                );
            }
            if *tactic == Escalate::Never && tactics.len() > 1 {
                self.say(
                    Code::Contradiction,
                    &format!("{path}.{i}"),
                    "`Never` stands alone: it does nothing between sessions",
                );
            }
        }
    }

    pub(super) fn extend(&mut self, path: &str, extend: &Extend) {
        if matches!(extend, Extend::Attrition { hazard: None }) && self.scenario.standoff.is_none() {
            self.advise(
                Code::Incomplete,
                path,
                "`Attrition` takes its hazard from a `standoff`, which this scenario does not have",
                "give it one: Attrition(hazard: 0.1)",
            );
        }
    }

    pub(super) fn model(&mut self, path: &str, model: &Model) {
        let Model::Bayes { types, .. } = model else { return };
        if types.is_empty() {
            self.say(Code::Empty, &format!("{path}.types"), "`Bayes` weighs one goal at least: `types` is empty");
        }
        if types.len() > TYPES_MAX {
            let found = types.len();
            self.say(
                Code::TooMany,
                &format!("{path}.types"),
                format!("`Bayes` weighs {TYPES_MAX} goals at most, found {found}"),
            );
        }
        for (i, name) in types.iter().enumerate() {
            let path = format!("{path}.types.{i}");
            self.known(&path, GOAL, name, &self.goal_names());
            if types[..i].contains(name) {
                self.say(Code::Twice, &path, format!("the goal `{name}` is suspected twice"));
            }
        }
    }
}

/// True where no draw of a number, which cannot lie below 0, lies above it.
fn never_above_zero<T: Unit>(draw: &Draw<T>) -> bool {
    match draw {
        Draw::Fixed(x) => (*x).into() <= 0.0,
        Draw::From(Distribution::Uniform { high, .. }) => *high <= 0.0,
        Draw::From(Distribution::Normal { mean, sd }) => *mean <= 0.0 && *sd == 0.0,
        Draw::From(Distribution::LogNormal { .. }) => false,
    }
}

fn tactic_name(tactic: &Escalate) -> &'static str {
    match tactic {
        Escalate::Reply { .. } => "Reply",
        Escalate::Grim { .. } => "Grim",
        Escalate::Threat { .. } => "Threat",
        Escalate::Grit { .. } => "Grit",
        Escalate::Brink { .. } => "Brink",
        Escalate::Praise { .. } => "Praise",
        Escalate::Never => "Never",
    }
}
