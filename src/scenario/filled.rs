//! What a party plays by, with the goal or strategy it is like filled in.

use std::collections::BTreeMap;

use super::presets::built_in;
use super::rules::Scenario;
use super::schema::{Goal, Party};
use super::strategy::{Given, Offer, Strategy};
use crate::error::Error;
use crate::notation::Code;

/// A party's goal with its preset filled in.
pub fn filled_goal(s: &Scenario, party: &Party) -> Result<Goal, Error> {
    let g = &party.goal;
    let base = match &g.like {
        None => Goal::default(),
        Some(name) => s
            .goals
            .get(name)
            .cloned()
            .ok_or_else(|| Error::of(Code::UnknownName, format!("there is no goal `{name}`")))?,
    };
    Ok(Goal {
        prosperity: g.prosperity.unwrap_or(base.prosperity),
        security: g.security.unwrap_or(base.security),
        politics: g.politics.unwrap_or(base.politics),
        prestige: g.prestige.unwrap_or(base.prestige),
        patience: g.patience.unwrap_or(base.patience),
        date: g.date.unwrap_or(base.date),
        hunger: g.hunger.unwrap_or(base.hunger),
    })
}

/// A party's strategy with its preset filled in.
pub fn filled_strategy(s: &Scenario, party: &Party) -> Result<Strategy, Error> {
    let g = &party.strategy;
    let built_in: &BTreeMap<String, Strategy> = built_in();
    let base = match &g.like {
        None => Strategy::default(),
        Some(name) => s
            .strategies
            .get(name)
            .or_else(|| built_in.get(name))
            .cloned()
            .ok_or_else(|| Error::of(Code::UnknownName, format!("there is no strategy `{name}`")))?,
    };
    Ok(Strategy {
        offer: g.offer.or(&base.offer),
        accept: g.accept.or(&base.accept),
        escalate: g.escalate.or(&base.escalate),
        extend: g.extend.or(&base.extend),
        pledge: g.pledge.or(&base.pledge),
        model: g.model.or(&base.model),
        about: base.about,
        source: base.source,
    })
}

/// A strategy whose offers an outside program makes gets the offers of the one it is like, to stand in for the program;
/// the program's name comes along.
pub fn with_a_stand_in(s: &Scenario, party: &Party, strategy: Strategy) -> Result<(Strategy, Option<String>), Error> {
    let Offer::External(name) = &strategy.offer else { return Ok((strategy, None)) };
    let mut like = party.clone();
    like.strategy.offer = Given::Nothing;
    let offer = match filled_strategy(s, &like)?.offer {
        Offer::External(_) => Strategy::default().offer,
        offer => offer,
    };
    let name = name.clone();
    Ok((Strategy { offer, ..strategy }, Some(name)))
}
