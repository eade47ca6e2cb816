//! The tree as a serde deserializer: what ron's own cannot say (a variant's name in front of any value, all places).

use serde::Deserializer;
use serde::de::value::BorrowedStrDeserializer;
use serde::de::{DeserializeSeed, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};
use serde::forward_to_deserialize_any;

use super::code::Code;
use super::hole::{Hole, is_hole};
use super::language::Language;
use super::problem::Problem;
use super::tree::{Kind, Node};
use super::wording::count;

type Entry = (Node, Node);

/// A node being decoded. `bare` once the variant's name has been read: what is left is its payload.
#[derive(Clone, Copy)]
pub(super) struct FromTree<'a> {
    node: &'a Node,
    bare: bool,
    language: &'static Language,
}

impl<'a> FromTree<'a> {
    pub(super) fn new(node: &'a Node, language: &'static Language) -> Self {
        FromTree { node, bare: false, language }
    }

    /// Another node of the same text.
    fn with<'b>(&self, node: &'b Node) -> FromTree<'b> {
        FromTree::new(node, self.language)
    }

    /// The name in front, unless it has been read.
    fn name(&self) -> Option<&'a str> {
        if self.bare { None } else { self.node.variant() }
    }

    fn needs(&self, what: &str) -> Problem {
        if self.bare && matches!(self.node.kind, Kind::Name(_)) {
            let name = self.node.word();
            return Problem::new(Code::WrongType, format!("`{name}` needs a value: {name}(..)")).at(self.node.at);
        }
        Problem::new(Code::WrongType, format!("{what} is needed here, found {}", self.node.found())).at(self.node.at)
    }

    /// The field that a value of this name stands for, where a record with these fields is asked for.
    fn shorthand(&self, name: &str, fields: &[&str]) -> Option<&'static str> {
        let mut known = self.language.shorthands.iter().filter(|_| fields.contains(&LIKE));
        known.find(|(own, field)| *own == name && fields.contains(field)).map(|(_, field)| *field)
    }

    /// The word, where a text is asked for.
    fn text(&self) -> Option<&'a str> {
        match &self.node.kind {
            Kind::Text(text) => Some(text),
            Kind::Name(name) if !self.bare => Some(name),
            _ => None,
        }
    }

    /// The items of a list, where nothing but a list will do; `()` is an empty one.
    fn items(&self, name: Option<&str>) -> Option<&'a [Node]> {
        let allowed = |own: Option<&str>| own.is_none() || self.bare || own == name;
        match &self.node.kind {
            Kind::List(own, items) if allowed(own.as_deref()) => Some(items),
            Kind::Record(own, fields) if fields.is_empty() && allowed(own.as_deref()) => Some(&[]),
            _ => None,
        }
    }

    fn seq<V: Visitor<'a>>(self, items: &'a [Node], visitor: V) -> Result<V::Value, Problem> {
        visitor.visit_seq(Items { items: items.iter(), of: self }).map_err(|problem| problem.or_at(self.node.at))
    }

    /// Exactly so many items: serde itself does not see what is left over.
    fn tuple<V: Visitor<'a>>(self, name: Option<&str>, length: usize, visitor: V) -> Result<V::Value, Problem> {
        let items = self.items(name).ok_or_else(|| self.needs(&format!("a list of {}", count(length, "value"))))?;
        if items.len() != length {
            let found = count(items.len(), "value");
            return Err(Problem::new(
                Code::WrongLength,
                format!("{} must stand here, found {found}", count(length, "value")),
            )
            .at(self.node.at));
        }
        self.seq(items, visitor)
    }

    fn map<V: Visitor<'a>>(self, entries: &'a [Entry], visitor: V) -> Result<V::Value, Problem> {
        visitor
            .visit_map(Fields { entries: entries.iter(), value: None, of: self })
            .map_err(|problem| problem.or_at(self.node.at))
    }

    fn whole(&self) -> Result<i128, Problem> {
        match &self.node.kind {
            Kind::Number(x) if x.fract() == 0.0 => Ok(*x as i128),
            Kind::Big(digits) => digits
                .parse()
                .map_err(|_| Problem::new(Code::OutOfRange, "this whole number is too large").at(self.node.at)),
            Kind::Number(_) => Err(Problem { code: Code::NotWhole, ..self.needs("a whole number") }),
            _ => Err(self.needs("a whole number")),
        }
    }
}

/// A whole number between the ends of its type.
macro_rules! whole {
    ($($method:ident $visit:ident $type:ty;)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
            if is_hole(self.node) {
                return Hole::default().$method(visitor).map_err(|problem| problem.or_at(self.node.at));
            }
            let whole = self.whole()?;
            let fitting = <$type>::try_from(whole).map_err(|_| {
                let (low, high) = (<$type>::MIN, <$type>::MAX);
                Problem::new(Code::OutOfRange, format!("a whole number between {low} and {high} is needed here, found {whole}")).at(self.node.at)
            })?;
            visitor.$visit(fitting).map_err(|problem: Problem| problem.or_at(self.node.at))
        }
    )*};
}

/// The methods whose answer for a hole is the hole's own.
macro_rules! unless_hole {
    ($self:ident, $hole:ident => $call:expr) => {
        if is_hole($self.node) {
            let $hole = Hole::default();
            return $call.map_err(|problem: Problem| problem.or_at($self.node.at));
        }
    };
}

impl<'de> Deserializer<'de> for FromTree<'de> {
    type Error = Problem;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        unless_hole!(self, hole => hole.deserialize_any(visitor));
        match &self.node.kind {
            Kind::Bool(b) => visitor.visit_bool(*b),
            Kind::Number(x) => visitor.visit_f64(*x),
            Kind::Big(digits) => match digits.parse::<u64>() {
                Ok(n) => visitor.visit_u64(n),
                Err(_) => visitor.visit_f64(digits.parse().unwrap_or(f64::MAX)),
            },
            Kind::Text(text) => visitor.visit_borrowed_str(text),
            Kind::Name(_) if self.bare => visitor.visit_unit(),
            _ if self.name().is_some() => visitor.visit_enum(self),
            Kind::List(_, items) => return self.seq(items, visitor),
            Kind::Record(_, entries) | Kind::Map(entries) => return self.map(entries, visitor),
            Kind::Name(name) => visitor.visit_borrowed_str(name),
        }
        .map_err(|problem: Problem| problem.or_at(self.node.at))
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        unless_hole!(self, hole => hole.deserialize_bool(visitor));
        match self.node.kind {
            Kind::Bool(b) => visitor.visit_bool(b).map_err(|problem: Problem| problem.or_at(self.node.at)),
            _ => Err(self.needs("`true` or `false`")),
        }
    }

    whole! {
        deserialize_i8 visit_i8 i8;
        deserialize_i16 visit_i16 i16;
        deserialize_i32 visit_i32 i32;
        deserialize_i64 visit_i64 i64;
        deserialize_u8 visit_u8 u8;
        deserialize_u16 visit_u16 u16;
        deserialize_u32 visit_u32 u32;
        deserialize_u64 visit_u64 u64;
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        self.deserialize_f64(visitor)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        unless_hole!(self, hole => hole.deserialize_f64(visitor));
        match &self.node.kind {
            Kind::Number(x) => visitor.visit_f64(*x),
            Kind::Big(digits) => visitor.visit_f64(digits.parse().unwrap_or(f64::MAX)),
            _ => Err(self.needs("a number")),
        }
        .map_err(|problem: Problem| problem.or_at(self.node.at))
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        unless_hole!(self, hole => hole.deserialize_str(visitor));
        let text = self.text().ok_or_else(|| self.needs("a text"))?;
        visitor.visit_borrowed_str(text).map_err(|problem: Problem| problem.or_at(self.node.at))
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        match &self.node.kind {
            Kind::Name(name) if name == "None" => visitor.visit_none(),
            Kind::List(Some(name), items) if name == "Some" && items.len() == 1 => {
                visitor.visit_some(self.with(&items[0]))
            }
            _ => visitor.visit_some(self),
        }
        .map_err(|problem: Problem| problem.or_at(self.node.at))
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        self.deserialize_unit_struct("", visitor)
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Problem> {
        let unit = is_hole(self.node)
            || match &self.node.kind {
                Kind::Name(own) => self.bare || own == name,
                _ => self.items(Some(name)).is_some_and(<[Node]>::is_empty),
            };
        if unit { visitor.visit_unit() } else { Err(self.needs("empty brackets `()`")) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Problem> {
        match &self.node.kind {
            Kind::List(Some(own), items) if !self.bare && own == name && items.len() == 1 => {
                visitor.visit_newtype_struct(self.with(&items[0]))
            }
            _ => visitor.visit_newtype_struct(self),
        }
        .map_err(|problem: Problem| problem.or_at(self.node.at))
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        unless_hole!(self, hole => hole.deserialize_seq(visitor));
        let items = self.items(None).ok_or_else(|| self.needs("a list `[ .. ]`"))?;
        self.seq(items, visitor)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, Problem> {
        unless_hole!(self, hole => hole.deserialize_tuple(length, visitor));
        self.tuple(None, length, visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, Problem> {
        unless_hole!(self, hole => hole.deserialize_tuple(length, visitor));
        self.tuple(Some(name), length, visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        unless_hole!(self, hole => hole.deserialize_map(visitor));
        match &self.node.kind {
            Kind::Map(entries) => self.map(entries, visitor),
            Kind::Record(None, _) => Err(self
                .needs("a map `{ .. }`")
                .help("names of the author's choice stand in curly brackets: { \"name\": value }")),
            _ => Err(self.needs("a map `{ .. }`")),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Problem> {
        unless_hole!(self, hole => hole.deserialize_struct(name, fields, visitor));
        match &self.node.kind {
            Kind::Record(own, entries) if self.bare || own.is_none() || own.as_deref() == Some(name) => {
                self.map(entries, visitor)
            }
            Kind::List(_, items) if self.bare && items.len() == 1 => {
                self.with(&items[0]).deserialize_struct(name, fields, visitor)
            }
            Kind::Name(_) if self.bare => self.map(&[], visitor),
            Kind::Text(_) | Kind::Name(_) if fields.contains(&LIKE) => {
                visitor.visit_map(Alone { key: LIKE, value: Some(self) }).map_err(|problem| problem.or_at(self.node.at))
            }
            Kind::List(Some(own), _) if self.shorthand(own, fields).is_some() => visitor
                .visit_map(Alone { key: self.shorthand(own, fields).unwrap_or(LIKE), value: Some(self) })
                .map_err(|problem| problem.or_at(self.node.at)),
            Kind::Map(_) => Err(self
                .needs("a record `( .. )`")
                .help("fields known to the program stand in round brackets: (field: value)")),
            _ => Err(self.needs("a record `( .. )`")),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Problem> {
        unless_hole!(self, hole => hole.deserialize_enum(name, variants, visitor));
        match (&self.node.kind, self.name()) {
            (_, Some(_)) => visitor.visit_enum(self).map_err(|problem| problem.or_at(self.node.at)),
            (Kind::List(_, items), None) if self.bare && items.len() == 1 => {
                self.with(&items[0]).deserialize_enum(name, variants, visitor)
            }
            (Kind::Text(text), None) if variants.contains(&text.as_str()) => {
                Err(self.needs("a name of a choice").help(format!("write {text} without quotes")))
            }
            _ => Err(self
                .needs("a name of a choice")
                .help(format!("the choices are {}", super::near::listed(variants.iter().copied())))),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! { i128 u128 char bytes byte_buf }
}

/// A text where a record with a field of this name is asked for stands for the record with this field alone.
pub(super) const LIKE: &str = "like";

struct Items<'a> {
    items: std::slice::Iter<'a, Node>,
    of: FromTree<'a>,
}

impl<'de> SeqAccess<'de> for Items<'de> {
    type Error = Problem;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Problem> {
        self.items.next().map(|node| seed.deserialize(self.of.with(node))).transpose()
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len())
    }
}

struct Fields<'a> {
    entries: std::slice::Iter<'a, Entry>,
    value: Option<&'a Node>,
    of: FromTree<'a>,
}

impl<'de> MapAccess<'de> for Fields<'de> {
    type Error = Problem;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Problem> {
        let Some((key, value)) = self.entries.next() else { return Ok(None) };
        self.value = Some(value);
        seed.deserialize(self.of.with(key)).map(Some).map_err(|problem| problem.or_at(key.at))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Problem> {
        let value =
            self.value.take().ok_or_else(|| Problem::new(Code::Failed, "a value was asked for before its key"))?;
        seed.deserialize(self.of.with(value)).map_err(|problem| problem.or_at(value.at))
    }
}

/// The record `(key: value)` that a bare value stands for.
struct Alone<'a> {
    key: &'static str,
    value: Option<FromTree<'a>>,
}

impl<'de> MapAccess<'de> for Alone<'de> {
    type Error = Problem;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Problem> {
        self.value.as_ref().map(|_| seed.deserialize(BorrowedStrDeserializer::new(self.key))).transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Problem> {
        let value =
            self.value.take().ok_or_else(|| Problem::new(Code::Failed, "a value was asked for before its key"))?;
        seed.deserialize(value)
    }
}

impl<'de> EnumAccess<'de> for FromTree<'de> {
    type Error = Problem;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Problem> {
        let word = self.node.variant().ok_or_else(|| self.needs("a name of a choice"))?;
        let variant = seed
            .deserialize(BorrowedStrDeserializer::new(word))
            .map_err(|problem: Problem| problem.or_at(self.node.variant_at()))?;
        Ok((variant, FromTree { bare: true, ..self }))
    }
}

impl<'de> VariantAccess<'de> for FromTree<'de> {
    type Error = Problem;

    fn unit_variant(self) -> Result<(), Problem> {
        let alone = match &self.node.kind {
            Kind::Name(_) => true,
            Kind::List(_, items) => items.is_empty(),
            Kind::Record(_, fields) => fields.is_empty(),
            _ => false,
        };
        if alone {
            return Ok(());
        }
        let name = self.node.variant().unwrap_or_default();
        let wrong = |text: String, help: String| Err(Problem::new(Code::WrongType, text).at(self.node.at).help(help));
        match &self.node.kind {
            Kind::Record(_, fields) => {
                let held: Vec<String> = fields.iter().map(|(key, _)| format!("`{}`", key.word())).collect();
                let held = held.join(", ");
                let help = format!(
                    "leave {held} out, or write in the place of `{name}` a choice that has it: `summitry fields` lists them"
                );
                wrong(format!("`{name}` stands alone: there is no {held} in it"), help)
            }
            _ => wrong(
                format!("`{name}` stands alone, without brackets"),
                format!("write `{name}` and nothing after it"),
            ),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Problem> {
        match &self.node.kind {
            Kind::List(_, items) if items.len() == 1 => seed.deserialize(self.with(&items[0])),
            _ => seed.deserialize(self), // `Reply(in_kind: 0.5)`: the fields of the record it holds
        }
        .map_err(|problem| problem.or_at(self.node.at))
    }

    fn tuple_variant<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, Problem> {
        self.tuple(None, length, visitor)
    }

    fn struct_variant<V: Visitor<'de>>(self, fields: &'static [&'static str], visitor: V) -> Result<V::Value, Problem> {
        match &self.node.kind {
            Kind::Record(_, entries) => self.map(entries, visitor),
            Kind::Name(_) => self.map(&[], visitor),
            Kind::List(_, items)
                if items.len() == 1 && items[0].variant().is_none() && items[0].entries().is_some() =>
            {
                self.with(&items[0]).map(items[0].entries().unwrap_or_default(), visitor)
            }
            _ => {
                let name = self.node.variant().unwrap_or_default();
                let first = fields.first().copied().unwrap_or("field");
                Err(Problem::new(
                    Code::WrongType,
                    format!("the values of `{name}` need names: {name}({first}: .., ..)"),
                )
                .at(self.node.at)
                .help(format!("the fields are {}", super::near::listed(fields.iter().copied()))))
            }
        }
    }
}
