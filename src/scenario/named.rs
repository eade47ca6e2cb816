//! A goal or a strategy by name, or as a record that says what it is like and what differs.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, EnumAccess, Error, MapAccess, VariantAccess, Visitor};

use super::schema::GoalFields;
use super::strategy::StrategyFields;

/// What can be given by the name of something it is like.
pub trait Like {
    /// Nothing but the name.
    fn like(name: &str) -> Self;
}
impl Like for GoalFields {
    fn like(name: &str) -> Self {
        GoalFields { like: Some(name.into()), ..Default::default() }
    }
}
impl Like for StrategyFields {
    fn like(name: &str) -> Self {
        StrategyFields { like: Some(name.into()), ..Default::default() }
    }
}

/// Reads `"name"`, `name` or `(like: "name", ...)`.
pub fn by_name<'de, D: Deserializer<'de>, T: Like + Deserialize<'de>>(d: D) -> Result<T, D::Error> {
    struct Either<T>(PhantomData<T>);
    impl<'de, T: Like + Deserialize<'de>> Visitor<'de> for Either<T> {
        type Value = T;
        fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
            f.write_str("a name, or a record (like: \"name\", ...)")
        }
        fn visit_str<E: Error>(self, name: &str) -> Result<T, E> {
            Ok(T::like(name))
        }
        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
            T::deserialize(MapAccessDeserializer::new(map))
        }
        fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<T, A::Error> {
            let (name, rest) = data.variant::<String>()?;
            rest.unit_variant()?;
            Ok(T::like(&name))
        }
    }
    d.deserialize_any(Either(PhantomData))
}
