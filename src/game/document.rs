//! A told game as one JSON document, `summitry.run/1`: rounds, sessions and games count from 0.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::Value;

use super::names::{Names, Reader};
use super::told::{Agreement, Told};
use crate::world::heard::Hearer;
use crate::world::setup::Setup;
use crate::world::trace::{Fact, Note};

/// An object whose fields keep their order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Fields(Vec<(String, Value)>);

impl Fields {
    /// Adds a field.
    pub fn put(&mut self, name: &str, value: impl Serialize) {
        self.0.push((name.to_string(), serde_json::to_value(value).unwrap_or(Value::Null)));
    }
}

impl Serialize for Fields {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let mut map = s.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

/// The document.
#[derive(Debug, Clone, Serialize)]
pub struct Document {
    /// Its version: always "summitry.run/1".
    pub schema: &'static str,
    /// The number of the model that played.
    pub model: u32,
    /// The scenario's title.
    pub scenario: String,
    /// Names the scenario whatever its comments and order.
    pub scenario_hash: String,
    /// The seed.
    pub seed: u64,
    /// The game's number under that seed.
    pub game: u64,
    /// The world that it was played in, where something is unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub world: Option<u64>,
    /// The class in which it ended.
    pub outcome: &'static str,
    /// What was agreed, in order.
    pub agreements: Vec<Signed>,
    /// The agreement that the outcome is named after.
    pub agreement: Option<Signed>,
    /// What happened, in order.
    pub trace: Vec<Fields>,
    /// Each party's points, discounted.
    pub totals: Fields,
    /// What happened or did not.
    pub events: Fields,
    /// The metrics of a batch, for this game; those it has no case for are left out.
    pub metrics: Fields,
    /// How it was made, where that is known; outside of what the same game promises to give again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub made: Option<serde_json::Value>,
}

/// An agreement.
#[derive(Debug, Clone, Serialize)]
pub struct Signed {
    /// The round.
    pub round: u32,
    /// The session.
    pub session: u32,
    /// Whether leaders signed it.
    pub at_summit: bool,
    /// The party that said yes.
    pub accepted_by: String,
    /// The agreed level of every lever.
    pub package: Fields,
    /// What it was worth to each party at signing (points).
    pub utilities: Fields,
}

impl Document {
    /// Writes a game down.
    pub fn new(setup: &Setup, told: &Told, scenario_hash: &str, seed: u64) -> Document {
        let names = Names { setup, reader: Reader::Document(&[]) };
        let signed = |a: &Agreement| Signed {
            round: a.round,
            session: a.session,
            at_summit: a.leaders,
            accepted_by: setup.parties[a.accepted_by].key.clone(),
            package: names.levels(&a.package),
            utilities: names.each(a.worth),
        };
        let (mut events, mut metrics) = (Fields::default(), Fields::default());
        for (name, happened) in &told.events {
            events.put(name, happened);
        }
        for (metric, x) in told.metrics.iter().filter(|(_, x)| x.is_finite()) {
            metrics.put(&metric.name, x);
        }
        let mut levels = vec![];
        let trace = told.notes.iter().map(|note| written(setup, note, &mut levels)).collect();
        let totals = told.rounds.last().map_or([0.0; 2], |r| r.total);
        Document {
            schema: "summitry.run/1",
            model: crate::MODEL,
            scenario: setup.scenario.title.clone(),
            scenario_hash: scenario_hash.to_string(),
            seed,
            game: told.game,
            world: setup.world,
            outcome: told.class,
            agreements: told.agreements.iter().map(signed).collect(),
            agreement: told.named().map(signed),
            trace,
            totals: names.each(totals),
            events,
            metrics,
            made: None,
        }
    }
}

/// A note; `levels` holds where the levers stood as the session began.
fn written(setup: &Setup, note: &Note, levels: &mut Vec<f64>) -> Fields {
    let heard = note.heard(Hearer::Reader);
    let mut fields = Fields::default();
    fields.put("round", note.round);
    fields.put("phase", format!("{:?}", note.phase).to_lowercase());
    fields.put("party", note.party.map(|p| &setup.parties[p].key));
    fields.put("what", heard.what);
    for (name, fact) in &heard.facts {
        if let Fact::Levels(now) = fact {
            levels.clone_from(now);
        }
        if matches!(fact, Fact::Until(None)) {
            continue; // nothing holds that could end
        }
        fields.put(name, Names { setup, reader: Reader::Document(levels) }.of(fact));
    }
    fields
}
