//! The columns of a world by name: to write start values, and to capture and restore a game.

use std::any::TypeId;

use bevy_ecs::change_detection::ContiguousMut;
use bevy_ecs::prelude::*;

use super::rows::{KindOf, Value};

/// What can be done with a column whose component is not named.
pub trait Ops: Send + Sync {
    /// Writes numbers from an offset on.
    fn write(&mut self, world: &mut World, offset: usize, numbers: &[f64]);
    /// Writes one number over a stretch.
    fn fill(&mut self, world: &mut World, offset: usize, length: usize, number: f64);
    /// Writes the neutral value everywhere.
    fn clear(&mut self, world: &mut World);
    /// The bits of one row.
    fn bits(&mut self, world: &mut World, index: usize) -> u64;
    /// Sets the bits over a stretch.
    fn set_bits(&mut self, world: &mut World, offset: usize, length: usize, bits: u64);
    /// All rows as numbers.
    fn numbers(&mut self, world: &mut World, out: &mut Vec<f64>);
}

/// A column with its component.
pub struct Typed<T: Value>(QueryState<&'static mut T, With<<T as Value>::Kind>>);

impl<T: Value> Typed<T> {
    /// The column of `T` in a world.
    pub fn new(world: &mut World) -> Self {
        Typed(world.query_filtered())
    }
    fn rows<'w>(&'w mut self, world: &'w mut World) -> &'w mut [T] {
        let mut tables = self.0.contiguous_iter_mut(world).expect("table storage");
        match tables.next() {
            Some(rows) => ContiguousMut::bypass_change_detection_split(rows).0,
            None => &mut [],
        }
    }
}

impl<T: Value> Ops for Typed<T> {
    fn write(&mut self, world: &mut World, offset: usize, numbers: &[f64]) {
        for (row, x) in self.rows(world)[offset..].iter_mut().zip(numbers) {
            *row = T::from_number(*x);
        }
    }
    fn fill(&mut self, world: &mut World, offset: usize, length: usize, number: f64) {
        self.rows(world)[offset..][..length].fill(T::from_number(number));
    }
    fn clear(&mut self, world: &mut World) {
        self.rows(world).fill(T::default());
    }
    fn bits(&mut self, world: &mut World, index: usize) -> u64 {
        self.rows(world)[index].bits()
    }
    fn set_bits(&mut self, world: &mut World, offset: usize, length: usize, bits: u64) {
        self.rows(world)[offset..][..length].fill(T::from_bits(bits));
    }
    fn numbers(&mut self, world: &mut World, out: &mut Vec<f64>) {
        out.clear();
        out.extend(self.rows(world).iter().map(|x| x.number()));
    }
}

/// One column.
pub struct Column {
    /// The component's name.
    pub name: &'static str,
    /// The kind of row it is on.
    pub kind: KindOf,
    /// How many rows of that kind a game has; known once they are spawned.
    pub rows: usize,
    type_id: TypeId,
    /// What can be done with it.
    pub ops: Box<dyn Ops>,
}

/// All columns of a world, in the order they were declared.
#[derive(Default)]
pub struct Columns(pub Vec<Column>);

impl Columns {
    /// Whether `T` is among them.
    pub fn has<T: 'static>(&self) -> bool {
        self.0.iter().any(|c| c.type_id == TypeId::of::<T>())
    }
    /// Adds the column of `T`.
    pub fn add<T: Value>(&mut self, name: &'static str, kind: KindOf, ops: Typed<T>) {
        assert!(self.0.iter().all(|c| c.name != name), "two components are called {name}");
        self.0.push(Column { name, kind, rows: 0, type_id: TypeId::of::<T>(), ops: Box::new(ops) });
    }
    /// The column of this name.
    pub fn find(&mut self, name: &str) -> Option<&mut Column> {
        self.0.iter_mut().find(|c| c.name == name)
    }
    /// Its place in the list.
    pub fn index(&self, name: &str) -> Option<usize> {
        self.0.iter().position(|c| c.name == name)
    }
}
