//! Which columns the rows of a scenario have: what is known of every game, in a fixed order.

use std::sync::Arc;

use super::columns::{Column, Field, Type};
use crate::error::Error;
use crate::expression::Occurrence;
use crate::ready::Ready;
use crate::record::endings::endings;
use crate::record::registry::{Kind, Measure, Reading, registry};
use crate::scenario::draw::Distribution;
use crate::scenario::fields::{named, of_scenarios};
use crate::studies::bound::{Calendar, can_happen};
use crate::studies::inputs::{Drawn, Input, distribution, drawn};
use crate::world::setup::Setup;

/// Where a column comes from.
#[derive(Debug, Clone)]
pub enum From {
    /// The number of the game.
    Game,
    /// The way it ended.
    Ending,
    /// The number of the world it was played in.
    World,
    /// What happened in it.
    Digest,
    /// A measure.
    Measure(Reading),
    /// How often the kind of event at this place happened.
    Count(usize),
    /// The round in which it happened first.
    FirstRound(usize),
    /// The day on which that round began, so many days after 1 January 1970 and so many a round.
    FirstDate(usize, [f64; 2]),
    /// What was drawn as the game began.
    Draw(Drawn),
    /// What was drawn for its world, by its place among what is unknown.
    Unknown(usize),
}

/// The columns of a scenario's rows.
#[derive(Debug, Clone)]
pub struct Schema {
    /// What each is.
    pub fields: Vec<Arc<Field>>,
    /// Where each comes from.
    pub from: Vec<From>,
    /// The kinds of events that are counted.
    pub events: Vec<Occurrence>,
}

impl Schema {
    /// Of a scenario: the game, how it ended, every measure, every event counted, every number drawn.
    pub fn of(ready: &Ready) -> Schema {
        Schema::with(ready.setup(), &drawn(ready))
    }

    /// The same of a scenario whose draws are some of these.
    pub fn with(setup: &Setup, inputs: &[Input]) -> Schema {
        let mut out = Schema { fields: vec![], from: vec![], events: vec![] };
        out.game(setup);
        for (measure, reading) in registry(setup) {
            if out.fields.iter().any(|known| known.name == measure.name) {
                continue; // an ending and an event of one name are one thing
            }
            out.push(of_measure(&measure), From::Measure(reading));
        }
        out.counted(setup);
        for input in inputs {
            let Some(draw) = input.drawn.and_then(|drawn| drawn.of(setup)) else { continue };
            out.push(of_draw(input.path(), "game", &draw.from), From::Draw(draw));
        }
        for (place, one) in setup.unknowns.iter().flat_map(|unknowns| &unknowns.list).enumerate() {
            out.push(of_draw(&one.path, "world", &one.from), From::Unknown(place));
        }
        out
    }

    fn push(&mut self, field: Field, from: From) {
        self.fields.push(Arc::new(field));
        self.from.push(from);
    }

    fn game(&mut self, setup: &Setup) {
        let names = endings(setup).iter().map(|ending| ending.name.to_owned()).collect();
        self.push(field("game", Type::Whole, "", "number of the game: `run --game` plays it alone", None), From::Game);
        self.push(field("ending", Type::Name(names), "", "the way it ended", None), From::Ending);
        let about = "number of the world it was played in";
        self.push(field("world", Type::Whole, "", about, Some("those played in one of several worlds")), From::World);
        let about = "what happened in it; the sum over games, modulo 2^64, is the batch's digest";
        self.push(field("digest", Type::Digest, "", about, None), From::Digest);
    }

    fn counted(&mut self, setup: &Setup) {
        let calendar = Calendar::of(setup);
        for kind in can_happen(setup) {
            let place = self.events.len();
            self.events.push(kind);
            let (name, told) = (kind.name(), kind.about());
            let some = format!("{name}.count > 0");
            let count = field(&format!("{name}.count"), Type::Whole, "times", &format!("how often {told}"), None);
            self.push(count, From::Count(place));
            let about = format!("the first round, from 0, in which {told}");
            let first = field(&format!("{name}.first_round"), Type::Whole, "round", &about, Some(&some));
            self.push(first, From::FirstRound(place));
            if let Some(calendar) = calendar {
                let about = format!("the first day of the first round in which {told}");
                let first = field(&format!("{name}.first_date"), Type::Date, "date", &about, Some(&some));
                self.push(first, From::FirstDate(place, [calendar.since_1970(), calendar.day(1)]));
            }
        }
    }

    /// The columns, without rows.
    pub fn columns(&self) -> Vec<Column> {
        self.fields.iter().map(Column::empty).collect()
    }

    /// Refuses two columns of one name.
    pub fn checked(self) -> Result<Schema, Error> {
        for (i, field) in self.fields.iter().enumerate() {
            if self.fields[..i].iter().any(|other| other.name == field.name) {
                return Err(Error::ours(format!("two columns are called `{}`", field.name)));
            }
        }
        Ok(self)
    }
}

fn of_measure(measure: &Measure) -> Field {
    let holds = if measure.kind == Kind::Share { Type::Flag } else { Type::Number };
    let unit = if measure.kind == Kind::Share { "" } else { &measure.unit };
    let games = measure.given.is_some().then(|| measure.games());
    field(&measure.name, holds, unit, &measure.about, games.as_deref())
}

fn field(name: &str, holds: Type, unit: &str, about: &str, games: Option<&str>) -> Field {
    Field { name: name.into(), holds, unit: unit.into(), about: about.into(), games: games.map(Into::into) }
}

/// The column of a number that is drawn once a game, or once a world.
fn of_draw(path: &str, once: &str, from: &Distribution) -> Field {
    let drawn = format!("drawn once a {once} from {}", distribution(from));
    match named(of_scenarios(), path) {
        Some(known) => {
            field(path, Type::Number, &known.unit, &format!("{}; {drawn}", known.meaning.trim_end_matches('.')), None)
        }
        None => field(path, Type::Number, "", &drawn, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::front::Draft;
    use crate::mechanisms::truce::FirstKept;
    use crate::record::metrics::{From as Read, events, metrics};
    use crate::scenario::shipped::FILES;
    use crate::studies::bound::column;
    use crate::world::components::{FirstAtSummit, Lapsed};
    use crate::world::rows::Value;

    /// What is measured as an event, or counted, in any shipped scenario stands in the list of events: it has its count,
    /// and when it came first. A rule that measures a new one adds its line to `expression::Occurrence`.
    #[test]
    fn every_event_that_is_measured_is_counted_and_dated() {
        // Where things stand, and not that something happened; a lapse is counted by how often the truce goes down.
        let states = [FirstKept::COLUMN, FirstAtSummit::COLUMN, Lapsed::COLUMN];
        // What a number counts that is no event.
        let others = ["round", "rounds", "levers", "share", "score"];
        let mut seen = [0; 2];
        for (name, _) in FILES {
            let Ok(ready) = Draft::open(*name).ready() else { continue }; // a study or a lesson
            let (setup, schema) = (ready.setup(), Schema::of(&ready));
            seen[0] += 1;
            let counted: Vec<_> = schema.events.iter().map(|kind| column(*kind).0).collect();
            for event in events(setup) {
                let known = counted.contains(&event.column) || states.contains(&event.column);
                assert!(known, "{name}: `{}` is measured, and rows do not say when it came", event.name);
                seen[1] += 1;
            }
            for metric in metrics(setup).iter().filter(|m| m.rule != "record" && !others.contains(&m.unit.as_str())) {
                let Read::Column(of, _) = metric.from else { continue };
                assert!(counted.contains(&of), "{name}: `{}` is counted, and rows do not say when first", metric.name);
            }
            for kind in schema.events.iter().map(|kind| kind.name()) {
                for what in ["count", "first_round"] {
                    let name = format!("{kind}.{what}");
                    assert!(schema.fields.iter().any(|field| field.name == name && !field.about.is_empty()), "{name}");
                }
            }
        }
        assert!(seen[0] >= 10 && seen[1] >= 40, "{seen:?}");
    }
}
