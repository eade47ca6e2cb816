//! The only door to the columns: one component as lanes, `lane(l)[g]` being row `l` of game `g`.
//!
//! Rows of a kind are spawned position-major, game last, into one table, and never moved; so a component's rows are
//! one slice, and a lane of it is what a plain program would keep in a `Vec`.

use bevy_ecs::change_detection::ContiguousMut;
use bevy_ecs::prelude::*;
use bevy_ecs::system::SystemParam;

use super::Cohort;
use super::rows::Value;

/// A component to read.
#[derive(SystemParam)]
pub struct Lanes<'w, 's, T: Value> {
    rows: Query<'w, 's, &'static T, With<<T as Value>::Kind>>,
    cohort: Res<'w, Cohort>,
}

impl<T: Value> Lanes<'_, '_, T> {
    /// All rows.
    #[inline]
    pub fn all(&self) -> &[T] {
        let mut tables = self.rows.contiguous_iter().expect("table storage");
        let rows = tables.next().unwrap_or(&[]);
        debug_assert!(tables.next().is_none(), "a row kind must stay in one table");
        rows
    }

    /// Row `row` of every game.
    #[inline]
    pub fn lane(&self, row: usize) -> &[T] {
        &self.all()[row * self.cohort.games..][..self.cohort.games]
    }

    /// Row `row` of game `game`; in a loop over games, [`Lanes::sheet`] first.
    #[inline]
    pub fn at(&self, row: usize, game: usize) -> T {
        self.all()[row * self.cohort.games + game]
    }

    /// The rows laid open, for a loop over games: finding them costs more than reading one.
    #[inline]
    pub fn sheet(&self) -> Sheet<'_, T> {
        Sheet { rows: self.all(), games: self.cohort.games }
    }
}

/// A component's rows, laid open to read.
#[derive(Clone, Copy)]
pub struct Sheet<'a, T> {
    rows: &'a [T],
    games: usize,
}

impl<T: Copy> Sheet<'_, T> {
    /// Row `row` of game `game`.
    #[inline]
    pub fn at(&self, row: usize, game: usize) -> T {
        self.rows[row * self.games + game]
    }
}

/// A component's rows, laid open to write.
pub struct SheetMut<'a, T> {
    rows: &'a mut [T],
    games: usize,
}

impl<T> SheetMut<'_, T> {
    /// Row `row` of game `game`.
    #[inline]
    pub fn at(&mut self, row: usize, game: usize) -> &mut T {
        &mut self.rows[row * self.games + game]
    }
}

/// A component to write.
#[derive(SystemParam)]
pub struct LanesMut<'w, 's, T: Value + Component<Mutability = bevy_ecs::component::Mutable>> {
    rows: Query<'w, 's, &'static mut T, With<<T as Value>::Kind>>,
    cohort: Res<'w, Cohort>,
}

impl<T: Value + Component<Mutability = bevy_ecs::component::Mutable>> LanesMut<'_, '_, T> {
    /// All rows.
    #[inline]
    pub fn all(&mut self) -> &mut [T] {
        let mut tables = self.rows.contiguous_iter_mut().expect("table storage");
        match tables.next() {
            Some(rows) => ContiguousMut::bypass_change_detection_split(rows).0,
            None => &mut [],
        }
    }

    /// Row `row` of every game.
    #[inline]
    pub fn lane(&mut self, row: usize) -> &mut [T] {
        let games = self.cohort.games;
        &mut self.all()[row * games..][..games]
    }

    /// Row `row` of game `game`; in a loop over games, [`LanesMut::sheet`] first.
    #[inline]
    pub fn at(&mut self, row: usize, game: usize) -> &mut T {
        let games = self.cohort.games;
        &mut self.all()[row * games + game]
    }

    /// The rows laid open to be looked at, before any is written.
    #[inline]
    pub fn seen(&self) -> Sheet<'_, T> {
        let mut tables = self.rows.contiguous_iter().expect("table storage");
        Sheet { rows: tables.next().unwrap_or(&[]), games: self.cohort.games }
    }

    /// The rows laid open, for a loop over games.
    #[inline]
    pub fn sheet(&mut self) -> SheetMut<'_, T> {
        let games = self.cohort.games;
        SheetMut { rows: self.all(), games }
    }
}
