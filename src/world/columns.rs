//! The columns of a world: to write start values, to look at a game, to capture and restore it.

use std::any::Any;

use bevy_ecs::change_detection::ContiguousMut;
use bevy_ecs::prelude::*;

use super::rows::{ColumnId, KindOf, Value};

/// What can be done with a column whose component is not named.
pub trait Ops: Any + Send + Sync {
    /// Finds the rows once they are spawned: from then on looking needs no more than `&World`.
    fn settle(&mut self, world: &World);
    /// Writes numbers from an offset on.
    fn write(&mut self, world: &mut World, offset: usize, numbers: &[f64]);
    /// Writes one number over a stretch.
    fn fill(&mut self, world: &mut World, offset: usize, length: usize, number: f64);
    /// Writes the neutral value everywhere.
    fn clear(&mut self, world: &mut World);
    /// The bits of one row.
    fn bits(&self, world: &World, index: usize) -> u64;
    /// Sets the bits over a stretch.
    fn set_bits(&mut self, world: &mut World, offset: usize, length: usize, bits: u64);
    /// A stretch as numbers.
    fn numbers(&self, world: &World, offset: usize, length: usize, out: &mut Vec<f64>);
}

/// A column with its component.
pub struct Typed<T: Value>(QueryState<&'static mut T, With<<T as Value>::Kind>>);

impl<T: Value> Typed<T> {
    /// The column of `T` in a world.
    pub fn new(world: &mut World) -> Self {
        Typed(world.query_filtered())
    }
    /// All rows, to read.
    pub fn rows<'w>(&self, world: &'w World) -> &'w [T] {
        let mut tables = self.0.query_manual(world).contiguous_iter_inner().expect("table storage");
        tables.next().unwrap_or(&[])
    }
    fn rows_mut<'w>(&'w mut self, world: &'w mut World) -> &'w mut [T] {
        let mut tables = self.0.contiguous_iter_mut(world).expect("table storage");
        match tables.next() {
            Some(rows) => ContiguousMut::bypass_change_detection_split(rows).0,
            None => &mut [],
        }
    }
}

impl<T: Value> Ops for Typed<T> {
    fn settle(&mut self, world: &World) {
        self.0.update_archetypes(world);
    }
    fn write(&mut self, world: &mut World, offset: usize, numbers: &[f64]) {
        for (row, x) in self.rows_mut(world)[offset..].iter_mut().zip(numbers) {
            *row = T::from_number(*x);
        }
    }
    fn fill(&mut self, world: &mut World, offset: usize, length: usize, number: f64) {
        self.rows_mut(world)[offset..][..length].fill(T::from_number(number));
    }
    fn clear(&mut self, world: &mut World) {
        self.rows_mut(world).fill(T::default());
    }
    fn bits(&self, world: &World, index: usize) -> u64 {
        self.rows(world)[index].bits()
    }
    fn set_bits(&mut self, world: &mut World, offset: usize, length: usize, bits: u64) {
        self.rows_mut(world)[offset..][..length].fill(T::from_bits(bits));
    }
    fn numbers(&self, world: &World, offset: usize, length: usize, out: &mut Vec<f64>) {
        out.clear();
        out.extend(self.rows(world)[offset..][..length].iter().map(|x| x.number()));
    }
}

/// One column.
pub struct Column {
    /// Which it is.
    pub id: ColumnId,
    /// The kind of row it is on.
    pub kind: KindOf,
    /// How many rows of that kind a game has; known once they are spawned.
    pub rows: usize,
    /// What can be done with it.
    pub ops: Box<dyn Ops>,
}

/// All columns of a world, in the order they were declared.
#[derive(Default)]
pub struct Columns(pub Vec<Column>);

impl Columns {
    /// Whether `T` is among them.
    pub fn has<T: Value>(&self) -> bool {
        self.typed::<T>().is_some()
    }
    /// Adds the column of `T`.
    pub fn add<T: Value>(&mut self, kind: KindOf, ops: Typed<T>) {
        assert!(self.find(T::COLUMN).is_none(), "two components are called {}", T::NAME);
        self.0.push(Column { id: T::COLUMN, kind, rows: 0, ops: Box::new(ops) });
    }
    /// The column of `T`, with its component.
    pub fn typed<T: Value>(&self) -> Option<&Typed<T>> {
        let ops: &dyn Any = &*self.find(T::COLUMN)?.ops;
        ops.downcast_ref()
    }
    /// A column; none where no mechanism declared it.
    pub fn find(&self, id: ColumnId) -> Option<&Column> {
        self.0.iter().find(|c| c.id == id)
    }
    /// A column, to write.
    pub fn find_mut(&mut self, id: ColumnId) -> Option<&mut Column> {
        self.0.iter_mut().find(|c| c.id == id)
    }
    /// The column whose component has this name: for documents and states, whose names come from outside.
    pub fn named(&self, name: &str) -> Option<ColumnId> {
        self.0.iter().map(|c| c.id).find(|id| id.name() == name)
    }
    /// Its place in the list.
    pub fn index(&self, id: ColumnId) -> Option<usize> {
        self.0.iter().position(|c| c.id == id)
    }
}
