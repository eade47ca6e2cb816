//! A told game as one JSON document, `summitry.run/1`: rounds, sessions and games count from 0.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::told::{Agreement, Told};
use crate::world::setup::Setup;
use crate::world::trace::{Move, Note, Refusal, What};

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
    /// The scenario's title.
    pub scenario: String,
    /// Names the scenario whatever its comments and order.
    pub scenario_hash: String,
    /// The seed.
    pub seed: u64,
    /// The game's number under that seed.
    pub game: u64,
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
        let words = Words(setup);
        let signed = |a: &Agreement| Signed {
            round: a.round,
            session: a.session,
            at_summit: a.leaders,
            accepted_by: setup.parties[a.accepted_by].key.clone(),
            package: words.levels(&a.package),
            utilities: words.each(a.worth),
        };
        let (mut events, mut metrics) = (Fields::default(), Fields::default());
        for (name, happened) in &told.events {
            events.put(name, happened);
        }
        for (metric, x) in told.metrics.iter().filter(|(_, x)| x.is_finite()) {
            metrics.put(&metric.name, x);
        }
        let mut levels = vec![];
        let trace = told.notes.iter().map(|note| words.note(note, &mut levels)).collect();
        let totals = told.rounds.last().map_or([0.0; 2], |r| r.total);
        Document {
            schema: "summitry.run/1",
            scenario: setup.scenario.title.clone(),
            scenario_hash: scenario_hash.to_string(),
            seed,
            game: told.game,
            outcome: told.class,
            agreements: told.agreements.iter().map(signed).collect(),
            agreement: told.named().map(signed),
            trace,
            totals: words.each(totals),
            events,
            metrics,
        }
    }
}

/// Names in place of row numbers.
struct Words<'a>(&'a Setup);

impl Words<'_> {
    fn each(&self, x: [f64; 2]) -> Fields {
        let mut out = Fields::default();
        for (party, x) in self.0.parties.iter().zip(x) {
            out.put(&party.key, x);
        }
        out
    }

    fn levels(&self, levels: &[f64]) -> Fields {
        let mut out = Fields::default();
        for (lever, x) in self.0.levers.iter().zip(levels) {
            out.put(&lever.key, x);
        }
        out
    }

    /// All levers' levels once a package has moved some.
    fn package(&self, levels: &[f64], moves: &[Move]) -> Fields {
        let mut levels = levels.to_vec();
        for m in moves {
            levels[m.lever] = m.to;
        }
        self.levels(&levels)
    }

    fn moved(&self, m: &Move) -> Value {
        json!({"lever": self.0.levers[m.lever].key, "from": m.from, "to": m.to})
    }

    /// A note; `levels` holds where the levers stood as the session began.
    fn note(&self, note: &Note, levels: &mut Vec<f64>) -> Fields {
        let mut f = Fields::default();
        f.put("round", note.round);
        f.put("phase", format!("{:?}", note.phase).to_lowercase());
        f.put("party", note.party.map(|p| &self.0.parties[p].key));
        f.put("what", tag(&note.what));
        let moves = |list: &[Move]| list.iter().map(|m| self.moved(m)).collect::<Vec<_>>();
        match &note.what {
            What::Incident
            | What::LetPass
            | What::ClimbedDown
            | What::Praised
            | What::NotRestored
            | What::SummitOff
            | What::BrokeDown => {}
            What::Shock { moved, what } => {
                f.put("moved", self.moved(moved));
                f.put("why", what);
            }
            What::Strike { faction, moved } => {
                f.put("faction", &self.0.factions[*faction].key);
                f.put("moved", self.moved(moved));
            }
            What::Replied { moved }
            | What::Tightened { moved }
            | What::Eased { moved }
            | What::CarriedOut { moved } => f.put("moved", self.moved(moved)),
            What::Threatened { due } => f.put("due", due),
            What::Gesture { moved } => f.put("moved", moved.as_ref().map(|m| self.moved(m))),
            What::Brink { slipped } => f.put("slipped", slipped),
            What::CountrySigned { country } | What::CountryPunished { country } => {
                f.put("country", &self.0.countries[*country].key);
            }
            What::Session { session, leaders, opener, levels: now, reserve, aspiration } => {
                levels.clone_from(now);
                f.put("session", session);
                f.put("leaders", leaders);
                f.put("opener", &self.0.parties[*opener].key);
                f.put("levels", self.levels(now));
                f.put("waiting_is_worth", self.each(*reserve));
                f.put("first_asks", self.each(*aspiration));
            }
            What::Offer { exchange, package, worth, asks, reserve, refused } => {
                f.put("exchange", exchange);
                f.put("package", self.package(levels, package));
                f.put("utilities", self.each(*worth));
                f.put("hearer_would_ask", asks);
                f.put("hearer_waiting_is_worth", reserve);
                f.put("refused", refused.map(refusal));
            }
            What::NoAgreement { progress } => f.put("progress", progress),
            What::Initialled { package, worth, accepted_by } => {
                f.put("package", self.package(levels, package));
                f.put("utilities", self.each(*worth));
                f.put("accepted_by", &self.0.parties[*accepted_by].key);
            }
            What::Passed { support, chance } | What::Rejected { support, chance } => {
                f.put("support", support);
                f.put("chance", chance);
            }
            What::Signed { leaders, pledges, expiry } => {
                f.put("leaders", leaders);
                f.put("pledges", moves(pledges));
                if *expiry < 1_000_000 {
                    f.put("truce_until", expiry); // there is a truce
                }
            }
            What::Reviewed { lever, delivered } => {
                f.put("lever", &self.0.levers[*lever].key);
                f.put("delivered", delivered);
            }
            What::Consent { chance, gives } => {
                f.put("chance", chance);
                f.put("gives", gives);
            }
            What::Extended { to } | What::Restored { to } => f.put("truce_until", to),
            What::Lapsed { moved, emergency } => {
                f.put("moved", moves(moved));
                f.put("emergency_session", emergency);
            }
            What::Invitation { chance, accepts } => {
                f.put("chance", chance);
                f.put("accepts", accepts);
            }
            What::SummitSet { at } => f.put("at", at),
            What::Photograph { prize } => f.put("prize", self.each(*prize)),
            What::Conceded { prize } => f.put("prize", prize),
            What::HeldOut { cost } => f.put("cost", cost),
        }
        f
    }
}

fn refusal(why: Refusal) -> &'static str {
    match why {
        Refusal::BelowReserve => "below_waiting",
        Refusal::BelowAsk => "below_ask",
        Refusal::Loss => "loss",
        Refusal::ProposerLoses => "proposer_loses",
        Refusal::Said => "said_no",
    }
}

/// What happened, in one word for programs.
pub fn tag(what: &What) -> &'static str {
    match what {
        What::Incident => "incident",
        What::Shock { .. } => "shock",
        What::Strike { .. } => "strike",
        What::Replied { .. } => "replied",
        What::LetPass => "let_pass",
        What::Tightened { .. } => "tightened",
        What::Eased { .. } => "eased",
        What::Threatened { .. } => "threatened",
        What::CarriedOut { .. } => "carried_out",
        What::ClimbedDown => "climbed_down",
        What::Gesture { .. } => "gesture",
        What::Praised => "praised",
        What::Brink { .. } => "brink",
        What::CountrySigned { .. } => "country_signed",
        What::CountryPunished { .. } => "country_punished",
        What::Session { .. } => "session",
        What::Offer { .. } => "offer",
        What::NoAgreement { .. } => "no_agreement",
        What::Initialled { .. } => "initialled",
        What::Passed { .. } => "passed",
        What::Rejected { .. } => "rejected",
        What::Signed { .. } => "signed",
        What::Reviewed { .. } => "reviewed",
        What::Consent { .. } => "consent",
        What::Extended { .. } => "extended",
        What::Lapsed { .. } => "lapsed",
        What::Restored { .. } => "restored",
        What::NotRestored => "not_restored",
        What::Invitation { .. } => "invitation",
        What::SummitSet { .. } => "summit_set",
        What::SummitOff => "summit_off",
        What::Photograph { .. } => "photograph",
        What::BrokeDown => "broke_down",
        What::Conceded { .. } => "conceded",
        What::HeldOut { .. } => "held_out",
    }
}
