//! Levers: levels that fit their range, and parties that are there.

use super::super::limits::{LAYERS_MAX, LEVERS_MAX};
use super::super::schema::{Lever, Opens, Span};
use super::{Finder, PARTY};
use crate::notation::Code;

impl Finder<'_> {
    pub(super) fn levers(&mut self) {
        let s = self.scenario;
        self.names("levers", s.levers.keys());
        if s.levers.len() > LEVERS_MAX {
            self.say(
                Code::TooMany,
                "levers",
                format!("a scenario has {LEVERS_MAX} levers at most, found {}", s.levers.len()),
            );
        }
        for (name, lever) in &s.levers {
            self.levels(name, lever);
            self.hands(name, lever);
            self.layers(name, lever);
        }
        if s.standoff.is_some() || !self.whole {
            return; // a contest over one prize needs no lever
        }
        if s.levers.is_empty() {
            self.say(Code::Empty, "levers", "there is nothing to bargain over: the scenario has no lever");
            return;
        }
        for party in self.party_names() {
            if s.levers.values().all(|lever| lever.effects.get(party).is_none_or(Vec::is_empty)) {
                self.say_of_key(
                    Code::NoEffect,
                    "parties",
                    party,
                    format!("no lever has an effect on `{party}`, so nothing in this game matters to it"),
                    "name the party in the `effects` of a lever",
                );
            }
        }
    }

    fn levels(&mut self, name: &str, lever: &Lever) {
        let at = |field: &str| format!("levers.{name}.{field}");
        let Span { low, high } = lever.range;
        let (low, high) = (low.get(), high.get());
        if low >= high {
            self.say(
                Code::Turned,
                &at("range"),
                format!("the range of `{name}` goes up from `low` to `high`, found {low} to {high}"),
            );
            return;
        }
        let inside = |x: f64| (low..=high).contains(&x);
        let mut fit = |field: &str, what: &str, x: f64| {
            if !inside(x) {
                let text = format!("{what} of `{name}`, {x}, lies outside its range {low} to {high}");
                let written = crate::notation::path::get(&self.loaded.tree, &at(field)).is_ok();
                if written {
                    self.say(Code::OutOfRange, &at(field), text);
                } else {
                    self.advise(
                        Code::OutOfRange,
                        &format!("levers.{name}"),
                        text,
                        format!("give `{field}`: it is 0 where left out"),
                    );
                }
            }
        };
        fit("now", "the level at the start", lever.now.get());
        fit("snap", "the snap level", lever.snap.get());
        if let Some(reach) = lever.reach {
            let (from, to) = (reach.low.get(), reach.high.get());
            fit("reach.low", "the lowest negotiable level", from);
            fit("reach.high", "the highest negotiable level", to);
            if from > to {
                self.say(
                    Code::Turned,
                    &at("reach"),
                    format!("the reach of `{name}` goes up from `low` to `high`, found {from} to {to}"),
                );
            }
        }
        if let Some(step) = lever.big_move
            && step.get() <= 0.0
        {
            self.say(
                Code::OutOfRange,
                &at("big_move"),
                format!("a big move of `{name}` lies above 0, found {}", step.get()),
            );
        }
    }

    fn layers(&mut self, name: &str, lever: &Lever) {
        let (at, n) = (format!("levers.{name}.layers"), lever.layers.len());
        if n > LAYERS_MAX {
            self.say(Code::TooMany, &at, format!("a lever has {LAYERS_MAX} layers at most, found {n}"));
        }
        if n > 0 && (lever.opens == Opens::Up || lever.pie) {
            let text = format!("layers are for what is raised against the other side; `{name}` is not");
            self.advise(Code::Contradiction, &at, text, "give `opens: Down`, or leave out `layers`");
        }
        let mut below = f64::NEG_INFINITY;
        for (k, layer) in lever.layers.iter().enumerate() {
            if layer.name.trim().is_empty() {
                self.say(Code::Empty, &format!("{at}.{k}.name"), "a layer has a name");
            } else if lever.layers[..k].iter().any(|other| other.name == layer.name) {
                let text = format!("`{name}` has two layers `{}`", layer.name);
                self.say(Code::Twice, &format!("{at}.{k}.name"), text);
            }
            match layer.up_to {
                Some(x) if k + 1 == n => {
                    let text =
                        format!("the highest layer of `{name}` reaches to the top of its range, found {}", x.get());
                    self.advise(Code::Contradiction, &format!("{at}.{k}.up_to"), text, "leave out its `up_to`");
                }
                Some(x) if x.get() < below => {
                    let text = format!("layers lie on one another, and this one ends at {} below {below}", x.get());
                    self.say(Code::Turned, &format!("{at}.{k}.up_to"), text);
                }
                Some(x) => below = x.get(),
                None if k + 1 < n => {
                    self.say(Code::Incomplete, &format!("{at}.{k}"), "all layers but the highest need `up_to`");
                }
                None => {}
            }
        }
    }

    fn hands(&mut self, name: &str, lever: &Lever) {
        let parties = self.party_names();
        let at = |field: &str| format!("levers.{name}.{field}");
        if !lever.holder.is_empty() {
            self.known(&at("holder"), PARTY, &lever.holder, &parties);
        }
        for who in lever.effects.keys() {
            self.known_key(&format!("levers.{name}.effects"), PARTY, who, &parties);
        }
        match (lever.pie, lever.holder.is_empty()) {
            (true, false) => self.advise(
                Code::Contradiction,
                &at("holder"),
                format!("`{name}` is a pie, and nobody holds a pie"),
                "leave out `holder`, or `pie: true`",
            ),
            (false, true) => self.advise(
                Code::Incomplete,
                &at("holder"),
                format!("nobody holds the lever `{name}`"),
                "give `holder`, or `pie: true` where it is a sum to be split",
            ),
            _ => {}
        }
        if lever.pie {
            let fields = [
                ("hostile", lever.hostile),
                ("leaks", lever.leaks),
                ("pledge_share", lever.pledge_share.get() > 0.0),
                ("blunted_by_resilience", lever.blunted_by_resilience.get() > 0.0),
            ];
            for (field, _) in fields.into_iter().filter(|(_, given)| *given) {
                self.say(
                    Code::Contradiction,
                    &at(field),
                    format!("`{field}` is for levers that somebody holds; `{name}` is a pie"),
                );
            }
        }
    }
}
