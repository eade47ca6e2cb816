//! Rows of several cells of a study in one table: what tells the cells apart stands first, and the same game of each can
//! be joined by its number. A column that a cell does not have is empty in its rows.

use std::sync::Arc;

use super::columns::{Column, Field, Type, Values};
use super::groups::{GROUP, Sink};
use super::play::{Tables, batch};
use super::schema::Schema;
use crate::batch::play::{Plan, Watch};
use crate::error::Error;
use crate::world::setup::Setup;

/// What tells cells apart: a column, and a number for each cell; not a number where a cell has none.
pub type Key = (Arc<Field>, Vec<f64>);

/// Cells, and the columns that they have together.
pub struct Cells<'a> {
    cells: Vec<(&'a Setup, Schema)>,
    keys: Vec<Key>,
    /// The columns of all.
    pub fields: Vec<Arc<Field>>,
}

impl<'a> Cells<'a> {
    /// Of these cells.
    pub fn new(cells: Vec<(&'a Setup, Schema)>, keys: Vec<Key>) -> Cells<'a> {
        let mut together: Vec<Field> = vec![];
        for field in cells.iter().flat_map(|(_, schema)| &schema.fields) {
            match together.iter_mut().find(|known| known.name == field.name) {
                None => together.push(Field::clone(field)),
                Some(known) => joined(known, field),
            }
        }
        for field in &mut together {
            let has = |(_, schema): &(&Setup, Schema)| schema.fields.iter().any(|own| own.name == field.name);
            if !cells.iter().all(has) && field.games.is_none() {
                field.games = Some("those of cells that have it".into());
            }
        }
        let fields = keys.iter().map(|(field, _)| field.clone()).chain(together.into_iter().map(Arc::new)).collect();
        Cells { cells, keys, fields }
    }

    /// How many cells there are.
    pub fn count(&self) -> u64 {
        self.cells.len() as u64
    }

    /// Plays every cell and leaves its rows, cell by cell; whether all games were played.
    pub fn play(&self, plan: &Plan, watch: &Watch, sink: &dyn Sink) -> Result<bool, Error> {
        let first = plan.games.start / GROUP;
        let groups = plan.games.end.div_ceil(GROUP) - first;
        for (cell, (setup, schema)) in self.cells.iter().enumerate() {
            let wide = Wide { cells: self, cell, sink, first, groups };
            let played = batch(setup, plan, watch, &Tables { games: (schema, &wide), rounds: None })?;
            if played.interrupted {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The rows of a cell with the columns of all.
    fn widened(&self, cell: usize, columns: &[Column]) -> Vec<Column> {
        let rows = columns.first().map_or(0, Column::rows);
        let mut out: Vec<Column> = self.fields.iter().map(Column::empty).collect();
        let (keys, rest) = out.split_at_mut(self.keys.len());
        for (column, (_, values)) in keys.iter_mut().zip(&self.keys) {
            column.add(&vec![values[cell]; rows]);
        }
        for column in rest {
            match columns.iter().find(|own| own.name() == column.name()) {
                Some(own) => column.take(own),
                None => column.add(&vec![f64::NAN; rows]),
            }
        }
        out
    }
}

/// A column of two cells: it has the names of both.
fn joined(known: &mut Field, other: &Field) {
    if let (Type::Name(names), Type::Name(more)) = (&mut known.holds, &other.holds) {
        let new = more.iter().filter(|name| !names.contains(name));
        *names = names.iter().chain(new).cloned().collect();
    }
    if known.games.is_none() {
        known.games.clone_from(&other.games);
    }
}

/// Where the rows of a cell go on their way.
struct Wide<'a> {
    cells: &'a Cells<'a>,
    cell: usize,
    sink: &'a dyn Sink,
    first: u64,
    groups: u64,
}

impl Sink for Wide<'_> {
    fn group(&self, number: u64, columns: Vec<Column>) -> Result<(), Error> {
        let place = self.cell as u64 * self.groups + number - self.first;
        self.sink.group(place, self.cells.widened(self.cell, &columns))
    }
}

impl Column {
    /// Takes the rows of a column of another field of its name: names by what they say, and all have a value where that
    /// one needs no marks.
    fn take(&mut self, other: &Column) {
        if let (Type::Name(names), Type::Name(own), Values::Names(codes)) =
            (&self.field.holds, &other.field.holds, &other.values)
        {
            let place = |code: &u32| names.iter().position(|name| *name == own[*code as usize]).unwrap_or(0) as f64;
            let lane: Vec<f64> = codes.iter().map(place).collect();
            return self.add(&lane);
        }
        let all = Column { valid: self.valid.is_some().then(|| vec![true; other.rows()]), ..other.clone() };
        self.append(if other.valid.is_some() { other } else { &all });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::front::Draft;
    use crate::rows::play::Kept;

    #[test]
    fn the_same_game_stands_in_every_cell() {
        let ready = |name: &str| Draft::open(name).ready().expect(name);
        let (plain, fixed) =
            (ready("stockholm-2025"), Draft::open("stockholm-2025").set("parties.us.goal.patience", 0.96));
        let (fixed, theory) = (fixed.ready().expect("set"), ready("theory/split-the-dollar"));
        let names = ["plain", "fixed", "theory"].map(String::from).to_vec();
        let key = Field {
            name: "scenario".into(),
            holds: Type::Name(names.into()),
            unit: String::new(),
            about: String::new(),
            games: None,
        };
        let cells = [&plain, &fixed, &theory].map(|ready| (ready.setup(), Schema::of(ready))).to_vec();
        let cells = Cells::new(cells, vec![(Arc::new(key), vec![0.0, 1.0, 2.0])]);
        let kept = Kept::default();
        assert!(cells.play(&Plan::new(3, 30), &Watch::default(), &kept).expect("played"));
        let columns = kept.columns();
        let column = |name: &str| columns.iter().find(|column| column.name() == name).expect(name);
        assert!(columns.iter().all(|column| column.rows() == 90), "a row a game and cell");
        assert_eq!([0, 30, 60].map(|row| column("scenario").word(row)), ["plain", "fixed", "theory"].map(Some));
        let patience = column("parties.us.goal.patience");
        assert_eq!([0, 30, 60].map(|row| patience.is_valid(row)), [true, false, false]);
        for (cell, ready) in [&plain, &fixed, &theory].into_iter().enumerate() {
            let (_, alone) = ready.batch(30).seed(3).columns().expect("played");
            for own in alone {
                for row in 0..30 {
                    let wide = column(own.name());
                    assert_eq!(own.is_valid(row), wide.is_valid(30 * cell + row), "{}", own.name());
                    assert_eq!(own.word(row), wide.word(30 * cell + row));
                    if let (Values::Numbers(a), Values::Numbers(b)) = (&own.values, &wide.values) {
                        assert!(
                            !own.is_valid(row) || a[row].to_bits() == b[30 * cell + row].to_bits(),
                            "{}",
                            own.name()
                        );
                    }
                }
            }
        }
    }
}
