//! Parties: two of them, and what they and their factions name.

use super::super::schema::{Credence, Faction, Party};
use super::super::strategy::{Extend, Given, Model};
use super::{Finder, GOAL, LEVER, STRATEGY};
use crate::notation::Code;
use crate::scenario::presets::built_in;

impl Finder<'_> {
    pub(super) fn parties(&mut self) {
        let s = self.scenario;
        self.names("parties", s.parties.keys());
        if s.parties.len() != 2 {
            self.say(Code::WrongLength, "parties", format!("a game has two parties, found {}", s.parties.len()));
        }
        let mut labels: Vec<(&str, &str)> = vec![];
        for (name, party) in &s.parties {
            self.party(name, party);
            let label = if party.dice.is_empty() { name } else { &party.dice };
            if let Some((other, _)) = labels.iter().find(|(_, taken)| *taken == label) {
                let text = format!("`{other}` and `{name}` share the dice `{label}`: chance would strike both alike");
                let said_by = if party.dice.is_empty() { other } else { name.as_str() };
                self.advise(
                    Code::Contradiction,
                    &format!("parties.{said_by}.dice"),
                    text,
                    "give each its own name in `dice`, or leave it out",
                );
            }
            labels.push((name, label));
        }
    }

    fn party(&mut self, name: &str, party: &Party) {
        let at = |field: &str| format!("parties.{name}.{field}");
        if let Some(like) = &party.goal.like {
            self.known(&at("goal.like"), GOAL, like, &self.goal_names());
        }
        self.bargains(name, party);
        for (field, credence) in [("word", &party.word), ("resolve", &party.resolve)] {
            self.credence(&at(field), credence);
        }
        for (i, boost) in party.resilience.boosts.iter().enumerate() {
            self.known(&at(&format!("resilience.boosts.{i}.lever")), LEVER, &boost.lever, &self.lever_names());
        }
        self.names(&at("factions"), party.factions.keys());
        let power: f64 = party.factions.values().map(|faction| faction.power.get()).sum();
        if power >= 1.0 {
            let text =
                format!("the factions of `{name}` have a power of {power} together, which leaves its leader none");
            self.advise(Code::OutOfRange, &at("factions"), text, "their powers add up to less than 1");
        }
        for (faction, record) in &party.factions {
            self.faction(name, faction, record);
        }
    }

    fn credence(&mut self, path: &str, credence: &Credence) {
        let (weight, record) = (credence.weight.get(), credence.record.get());
        if weight <= 0.0 {
            self.say(Code::OutOfRange, &format!("{path}.weight"), "the weight of a record lies above 0, found 0");
        } else if record > weight {
            let text = format!("`record` is a part of `weight`, found {record} of {weight}");
            self.say(Code::OutOfRange, &format!("{path}.record"), text);
        }
    }

    fn faction(&mut self, party: &str, name: &str, faction: &Faction) {
        let path = format!("parties.{party}.factions.{name}.spoils");
        self.maybe_lever(&path, &faction.spoils);
        let holder = self.scenario.levers.get(&faction.spoils).map(|lever| lever.holder.as_str());
        if let Some(holder) = holder.filter(|holder| *holder != party) {
            let whose = if holder.is_empty() { "nobody holds".to_owned() } else { format!("`{holder}` holds") };
            self.advise(
                Code::Contradiction,
                &path,
                format!("the faction `{name}` cannot strike with `{}`: {whose} it", faction.spoils),
                format!("a faction strikes with a lever of its own side, `{party}`"),
            );
        }
        let strikes = faction.spoils_per_round.distribution().is_some() || faction.spoils_per_round.mean() > 0.0;
        if strikes && faction.spoils.is_empty() {
            self.advise(
                Code::Incomplete,
                &format!("parties.{party}.factions.{name}.spoils_per_round"),
                format!("the faction `{name}` strikes, but with no lever"),
                "name the lever in `spoils`",
            );
        }
    }

    /// A party's own strategy, and what it takes over from the one it is like.
    fn bargains(&mut self, name: &str, party: &Party) {
        let s = self.scenario;
        let path = format!("parties.{name}.strategy");
        let own = &party.strategy;
        let known: Vec<&str> = s.strategies.keys().chain(built_in().keys()).map(String::as_str).collect();
        if let Some(like) = &own.like {
            let before = self.strangers.len();
            self.known(&format!("{path}.like"), STRATEGY, like, &known);
            if like.starts_with("External") {
                let help =
                    format!("an outside program plays with --set '{path}=External(\"bot\")' --player bot=COMMAND");
                let strange = self.strangers.iter_mut().skip(before).flat_map(|stranger| &mut stranger.problems);
                strange.for_each(|problem| problem.help = Some(help.clone()));
            }
        }
        if let Given::This(offer) = &own.offer {
            self.offer(&format!("{path}.offer"), offer);
        }
        if let Given::This(accept) = &own.accept {
            self.accept(&format!("{path}.accept"), accept);
        }
        if let Given::This(escalate) = &own.escalate {
            self.escalate(&format!("{path}.escalate"), escalate);
        }
        if let Given::This(model) = &own.model {
            self.model(&format!("{path}.model"), model);
        }
        if let Given::This(extend) = &own.extend {
            self.extend(&format!("{path}.extend"), extend);
        }
        // a strategy of the scenario is blamed where it is written, a built-in one where it is named
        let Some(like) = &own.like else { return };
        if s.strategies.contains_key(like) {
            return;
        }
        let Some(preset) = built_in().get(like) else { return };
        if let (Model::Bayes { types, .. }, true) = (&preset.model, own.model.is_nothing()) {
            let missing: Vec<&str> =
                types.iter().map(String::as_str).filter(|goal| !s.goals.contains_key(*goal)).collect();
            if !missing.is_empty() && self.whole {
                let listed = crate::notation::near::listed(missing.iter().copied());
                self.advise(
                    Code::Incomplete,
                    &path,
                    format!("the strategy `{like}` suspects goals that are not in `goals`: {listed}"),
                    "add them to `goals`, or give the party a `model` of its own, such as model: Known",
                );
            }
        }
        if let (Extend::Attrition { .. }, true) = (&preset.extend, own.extend.is_nothing()) {
            self.extend(&path, &preset.extend);
        }
    }
}
