//! What exists: kinds of rows, and the components that describe them, one number each.

use bevy_ecs::component::Mutable;
use bevy_ecs::prelude::*;

/// The negotiation itself: one row a game.
#[derive(Component, Debug, Clone, Copy, Default)]
pub struct Table;
/// A party: two rows a game, in order of name.
#[derive(Component, Debug, Clone, Copy, Default)]
pub struct Party;
/// A lever, in order of name.
#[derive(Component, Debug, Clone, Copy, Default)]
pub struct Lever;
/// A faction: all of the first party's, then the second's, in order of name.
#[derive(Component, Debug, Clone, Copy, Default)]
pub struct Faction;
/// A third country, in order of name.
#[derive(Component, Debug, Clone, Copy, Default)]
pub struct Country;
/// What a party thinks of the other: a row for each party and each type that the other may be.
#[derive(Component, Debug, Clone, Copy, Default)]
pub struct Hypothesis;
/// What a party thinks a lever is worth to the other: a row for each party and lever.
#[derive(Component, Debug, Clone, Copy, Default)]
pub struct Guess;
/// One tactic of a party's blend: a row for each party and place in the blend.
#[derive(Component, Debug, Clone, Copy, Default)]
pub struct Tactic;
/// One step of a party's rule of acceptance: a row for each party and step.
#[derive(Component, Debug, Clone, Copy, Default)]
pub struct Condition;
/// A court or a law that may move a lever: a row for each shock of the calendar.
#[derive(Component, Debug, Clone, Copy, Default)]
pub struct Shock;
/// A layer of a lever: a row for each, by lever, then from the lowest up.
#[derive(Component, Debug, Clone, Copy, Default)]
pub struct Layer;
/// A case before the courts: a row for each of the calendar.
#[derive(Component, Debug, Clone, Copy, Default)]
pub struct Case;
/// Which row of its kind this is and which game it belongs to: proves the order in tests.
#[derive(Component, Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row(pub u32, pub u32);

/// The kinds, for tables of columns and messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum KindOf {
    /// See [`Table`].
    Table,
    /// See [`Party`].
    Party,
    /// See [`Lever`].
    Lever,
    /// See [`Faction`].
    Faction,
    /// See [`Country`].
    Country,
    /// See [`Hypothesis`].
    Hypothesis,
    /// See [`Guess`].
    Guess,
    /// See [`Tactic`].
    Tactic,
    /// See [`Condition`].
    Condition,
    /// See [`Shock`].
    Shock,
    /// See [`Layer`].
    Layer,
    /// See [`Case`].
    Case,
}

/// A marker of a row kind.
pub trait RowKind: Component + Default {
    /// Its name as a value.
    const OF: KindOf;
}
macro_rules! kinds {
    ($($name:ident)*) => { $(impl RowKind for $name { const OF: KindOf = KindOf::$name; })* };
}
kinds!(Table Party Lever Faction Country Hypothesis Guess Tactic Condition Shock Layer Case);

/// Which column is meant: a component as a value, made from the component itself ([`Value::COLUMN`]) or found among
/// those of a world, so that none can be misspelt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ColumnId(&'static str);

impl ColumnId {
    /// Its component's name, as states and messages have it.
    pub const fn name(self) -> &'static str {
        self.0
    }
}

/// A component of one 64-bit number on one kind of row.
pub trait Value: Component<Mutability = Mutable> + Copy + Default {
    /// The kind of row it belongs to.
    type Kind: RowKind;
    /// Its name.
    const NAME: &'static str;
    /// Its column, to be kept in tables of what is read.
    const COLUMN: ColumnId = ColumnId(Self::NAME);
    /// From a number of the scenario.
    fn from_number(x: f64) -> Self;
    /// As a number.
    fn number(self) -> f64;
    /// Its bits, to store.
    fn bits(self) -> u64;
    /// From stored bits.
    fn from_bits(bits: u64) -> Self;
    /// Whether there is one at all: it is not [`NONE`].
    #[inline]
    fn is_set(self) -> bool {
        is_set(self.number())
    }
}

/// No number where there is no case; [`is_set`] tells it from one.
pub const NONE: f64 = f64::NAN;

/// Whether a number is one, and not [`NONE`].
#[inline]
pub fn is_set(x: f64) -> bool {
    !x.is_nan()
}

/// Declares components of one number, each with its neutral value.
macro_rules! values {
    ($kind:ty; $($(#[$doc:meta])* $name:ident = $neutral:expr;)*) => { $(
        $(#[$doc])*
        #[derive(bevy_ecs::prelude::Component, Debug, Clone, Copy, PartialEq)]
        pub struct $name(pub f64);
        impl Default for $name { fn default() -> Self { $name($neutral) } }
        impl $crate::world::rows::Value for $name {
            type Kind = $kind;
            const NAME: &'static str = stringify!($name);
            #[inline] fn from_number(x: f64) -> Self { $name(x) }
            #[inline] fn number(self) -> f64 { self.0 }
            #[inline] fn bits(self) -> u64 { self.0.to_bits() }
            #[inline] fn from_bits(bits: u64) -> Self { $name(f64::from_bits(bits)) }
        }
    )* };
}

/// Declares components that hold such a number.
macro_rules! coded {
    ($kind:ty; $($(#[$doc:meta])* $name:ident of $code:ty;)*) => {
        $crate::world::rows::values! { $kind; $($(#[$doc])* $name = 0.0;)* }
        $(impl $crate::codes::Coded for $name {
            type Code = $code;
            #[inline]
            fn get(self) -> $code {
                <$code>::of_number(self.0)
            }
            #[inline]
            fn is(self, code: $code) -> bool {
                self.0 == code.number()
            }
            #[inline]
            fn set(&mut self, code: $code) {
                self.0 = code.number();
            }
        })*
    };
}
pub(crate) use {coded, values};

/// Lanes of several parties' or games' numbers read together.
pub fn pair<T: Copy>(f: impl Fn(usize) -> T) -> [T; 2] {
    [f(0), f(1)]
}
