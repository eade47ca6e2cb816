//! A hole: what stands in for a value found wrong, so that decoding can go on to the next problem.
//!
//! A hole answers whatever it is asked for with something harmless. Its answers are never used: once there is a hole
//! there is a problem, and the decoded value is thrown away.

use serde::Deserializer;
use serde::de::value::BorrowedStrDeserializer;
use serde::de::{DeserializeSeed, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};
use serde::forward_to_deserialize_any;

use super::code::Code;
use super::problem::Problem;
use super::tree::{Kind, Node, Place};

/// The source number that no text has.
const NOWHERE: u16 = u16::MAX;
/// Types may hold themselves through their first variant: stop there.
const DEPTH_MAX: u8 = 24;

/// A node that is a hole, told from every other by `number`.
pub(super) fn hole(number: usize) -> Node {
    Node::new(Place::new(NOWHERE, number, number), Kind::Name(String::new()))
}

/// True for the place of a hole.
pub fn is_nowhere(at: Place) -> bool {
    at.source == NOWHERE
}

/// True for a node that is a hole.
pub fn is_hole(node: &Node) -> bool {
    node.at.source == NOWHERE && matches!(&node.kind, Kind::Name(name) if name.is_empty())
}

/// True where a hole stands anywhere in the node.
pub(super) fn holds_hole(node: &Node) -> bool {
    is_hole(node)
        || match &node.kind {
            Kind::Map(entries) | Kind::Record(_, entries) => entries.iter().any(|(_, value)| holds_hole(value)),
            Kind::List(_, items) => items.iter().any(holds_hole),
            _ => false,
        }
}

/// The deserializer of a hole, so deep in other holes.
#[derive(Clone, Copy, Default)]
pub(super) struct Hole {
    depth: u8,
}

impl Hole {
    fn inner(self) -> Result<Self, Problem> {
        if self.depth < DEPTH_MAX {
            Ok(Hole { depth: self.depth + 1 })
        } else {
            Err(Problem::new(Code::Failed, "a hole cannot stand here"))
        }
    }
}

macro_rules! ones {
    ($($method:ident $visit:ident $value:expr;)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
            visitor.$visit($value)
        }
    )*};
}

impl<'de> Deserializer<'de> for Hole {
    type Error = Problem;

    ones! {
        deserialize_any visit_f64 1.0; // 1 lies in the range of every unit
        deserialize_bool visit_bool false;
        deserialize_i8 visit_i8 1;
        deserialize_i16 visit_i16 1;
        deserialize_i32 visit_i32 1;
        deserialize_i64 visit_i64 1;
        deserialize_u8 visit_u8 1;
        deserialize_u16 visit_u16 1;
        deserialize_u32 visit_u32 1;
        deserialize_u64 visit_u64 1;
        deserialize_f32 visit_f64 1.0;
        deserialize_f64 visit_f64 1.0;
        deserialize_str visit_borrowed_str "";
        deserialize_string visit_borrowed_str "";
        deserialize_identifier visit_borrowed_str "";
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        visitor.visit_none()
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Problem> {
        visitor.visit_unit()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Problem> {
        visitor.visit_newtype_struct(self.inner()?)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        visitor.visit_seq(Copies { hole: self, left: 0 })
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, Problem> {
        visitor.visit_seq(Copies { hole: self.inner()?, left: length })
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, Problem> {
        self.deserialize_tuple(length, visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        visitor.visit_map(Fields { hole: self, names: &[] })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Problem> {
        visitor.visit_map(Fields { hole: self.inner()?, names: fields })
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Problem> {
        let first = variants.first().ok_or_else(|| Problem::new(Code::Failed, "a hole cannot stand here"))?;
        visitor.visit_enum(First { hole: self.inner()?, first })
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! { i128 u128 char bytes byte_buf }
}

struct Copies {
    hole: Hole,
    left: usize,
}

impl<'de> SeqAccess<'de> for Copies {
    type Error = Problem;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Problem> {
        if self.left == 0 {
            return Ok(None);
        }
        self.left -= 1;
        seed.deserialize(self.hole).map(Some)
    }
}

struct Fields {
    hole: Hole,
    names: &'static [&'static str],
}

impl<'de> MapAccess<'de> for Fields {
    type Error = Problem;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Problem> {
        let Some((first, rest)) = self.names.split_first() else { return Ok(None) };
        self.names = rest;
        seed.deserialize(BorrowedStrDeserializer::new(first)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Problem> {
        seed.deserialize(self.hole)
    }
}

struct First {
    hole: Hole,
    first: &'static str,
}

impl<'de> EnumAccess<'de> for First {
    type Error = Problem;
    type Variant = Hole;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Hole), Problem> {
        Ok((seed.deserialize(BorrowedStrDeserializer::<Problem>::new(self.first))?, self.hole))
    }
}

impl<'de> VariantAccess<'de> for Hole {
    type Error = Problem;

    fn unit_variant(self) -> Result<(), Problem> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Problem> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, Problem> {
        self.deserialize_tuple(length, visitor)
    }

    fn struct_variant<V: Visitor<'de>>(self, fields: &'static [&'static str], visitor: V) -> Result<V::Value, Problem> {
        self.deserialize_struct("", fields, visitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;
    use std::collections::BTreeMap;

    #[derive(Deserialize)]
    #[expect(dead_code)]
    struct All {
        number: f64,
        whole: u32,
        text: String,
        list: Vec<f64>,
        map: BTreeMap<String, f64>,
        pair: (f64, bool),
        choice: Choice,
        maybe: Option<f64>,
    }

    #[derive(Deserialize)]
    #[expect(dead_code)]
    enum Choice {
        First(Vec<Choice>),
        Second,
    }

    #[derive(Deserialize)]
    #[expect(dead_code)]
    enum Endless {
        Not(Box<Endless>),
        Never,
    }

    #[test]
    fn a_hole_is_anything() {
        assert!(All::deserialize(Hole::default()).is_ok());
    }

    #[test]
    fn a_hole_never_runs_away() {
        assert!(Endless::deserialize(Hole::default()).is_err());
    }

    #[test]
    fn holes_are_seen_from_outside() {
        let list = Node::new(Place::new(0, 0, 1), Kind::List(None, vec![hole(1)]));
        assert!(holds_hole(&list) && !is_hole(&list));
    }
}
