//! A number, or the distribution it is drawn from once a game.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::value::EnumAccessDeserializer;
use serde::de::{EnumAccess, Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::notation::{Code, Refusal};
use crate::units::Unit;

/// A quantity that is the same in every game, or drawn once a game and clamped to its unit's range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Draw<T> {
    /// The same in every game.
    Fixed(T),
    /// Drawn once a game.
    From(Distribution),
}

/// Where a number is drawn from.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub enum Distribution {
    /// Every value between the ends alike.
    Uniform {
        /// The least value.
        low: f64,
        /// The greatest value.
        high: f64,
    },
    /// The bell curve.
    Normal {
        /// Its middle.
        mean: f64,
        /// Its standard deviation.
        sd: f64,
    },
    /// A number above 0 whose logarithm follows the bell curve.
    LogNormal {
        /// Half of the draws lie below.
        median: f64,
        /// The standard deviation of the logarithm.
        spread: f64,
    },
}

/// As it is written, before its numbers are checked against each other.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
enum Written {
    Uniform { low: f64, high: f64 },
    Normal { mean: f64, sd: f64 },
    LogNormal { median: f64, spread: f64 },
}

impl TryFrom<Written> for Distribution {
    type Error = Refusal;

    fn try_from(written: Written) -> Result<Self, Refusal> {
        let turned = |text| Err(Refusal::new(Code::Turned, text));
        let outside = |text| Err(Refusal::new(Code::OutOfRange, text));
        match written {
            Written::Uniform { low, high } if low > high => {
                turned(format!("the low end of this distribution, {low}, lies above its high end, {high}"))
            }
            Written::Normal { sd, .. } if sd < 0.0 => {
                outside(format!("a standard deviation is not below 0, found {sd}"))
            }
            Written::LogNormal { median, .. } if median <= 0.0 => {
                outside(format!("the median of a LogNormal lies above 0, found {median}"))
            }
            Written::LogNormal { spread, .. } if spread < 0.0 => {
                outside(format!("a spread is not below 0, found {spread}"))
            }
            Written::Uniform { low, high } => Ok(Distribution::Uniform { low, high }),
            Written::Normal { mean, sd } => Ok(Distribution::Normal { mean, sd }),
            Written::LogNormal { median, spread } => Ok(Distribution::LogNormal { median, spread }),
        }
    }
}

impl<'de> Deserialize<'de> for Distribution {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Written::deserialize(deserializer)?.try_into().map_err(D::Error::custom)
    }
}

impl Distribution {
    /// The mean over many draws, before any is clamped.
    pub fn mean(&self) -> f64 {
        match *self {
            Distribution::Uniform { low, high } => low + (high - low) / 2.0,
            Distribution::Normal { mean, .. } => mean,
            Distribution::LogNormal { median, spread } => median * libm::exp(spread * spread / 2.0),
        }
    }

    /// Half of the draws lie below.
    pub fn middle(&self) -> f64 {
        match *self {
            Distribution::Uniform { low, high } => 0.5 * (low + high),
            Distribution::Normal { mean, .. } => mean,
            Distribution::LogNormal { median, .. } => median,
        }
    }

    /// How far from 0 a draw can come: the ends, or eight standard deviations out.
    pub fn utmost(&self) -> f64 {
        match *self {
            Distribution::Uniform { low, high } => low.abs().max(high.abs()),
            Distribution::Normal { mean, sd } => mean.abs() + 8.0 * sd,
            Distribution::LogNormal { median, spread } => median * libm::exp(8.0 * spread),
        }
    }
}

impl<T: Unit> Draw<T> {
    /// The quantity, if it is the same in every game.
    pub fn fixed(&self) -> Option<T> {
        match self {
            Draw::Fixed(value) => Some(*value),
            Draw::From(_) => None,
        }
    }

    /// The mean over games, before any draw is clamped to the unit's range.
    pub fn mean(&self) -> f64 {
        match self {
            Draw::Fixed(value) => (*value).into(),
            Draw::From(distribution) => distribution.mean(),
        }
    }

    /// How far from 0 it can come in a game.
    pub fn utmost(&self) -> f64 {
        match self {
            Draw::Fixed(value) => (*value).into().abs(),
            Draw::From(distribution) => distribution.utmost().min(T::MIN.abs().max(T::MAX.abs())),
        }
    }

    /// The distribution, if it is drawn.
    pub fn distribution(&self) -> Option<Distribution> {
        match self {
            Draw::Fixed(_) => None,
            Draw::From(distribution) => Some(*distribution),
        }
    }
}

impl<T: Unit + Default> Default for Draw<T> {
    fn default() -> Self {
        Draw::Fixed(T::default())
    }
}

impl<T: Unit> From<T> for Draw<T> {
    fn from(value: T) -> Self {
        Draw::Fixed(value)
    }
}

impl<T: Unit> Serialize for Draw<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Draw::Fixed(value) => serializer.serialize_f64((*value).into()),
            Draw::From(distribution) => distribution.serialize(serializer),
        }
    }
}

impl<'de, T: Unit> Deserialize<'de> for Draw<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NumberOrDistribution(PhantomData))
    }
}

struct NumberOrDistribution<T>(PhantomData<T>);

impl<'de, T: Unit> Visitor<'de> for NumberOrDistribution<T> {
    type Value = Draw<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number, Uniform(..), Normal(..) or LogNormal(..)")
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Draw<T>, E> {
        T::try_from(value).map(Draw::Fixed).map_err(E::custom)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Draw<T>, E> {
        self.visit_f64(value as f64)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Draw<T>, E> {
        self.visit_f64(value as f64)
    }

    fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<Draw<T>, A::Error> {
        Distribution::deserialize(EnumAccessDeserializer::new(access)).map(Draw::From)
    }

    fn visit_map<A: serde::de::MapAccess<'de>>(self, access: A) -> Result<Draw<T>, A::Error> {
        let distribution = serde::de::value::MapAccessDeserializer::new(access); // {"Uniform": {..}} of JSON
        Distribution::deserialize(distribution).map(Draw::From)
    }
}

impl<T: Unit> JsonSchema for Draw<T> {
    fn schema_name() -> Cow<'static, str> {
        format!("Draw{}", T::schema_name()).into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = T::json_schema(generator);
        schema.insert("may_be_drawn".into(), true.into());
        schema
    }
}

/// A unit's value from a number that is known to be in range.
pub(crate) fn of<T: Unit>(x: f64) -> T {
    T::try_from(x).unwrap_or_else(|e| panic!("a default out of range: {e}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::language::decode;
    use crate::scenario::language::read;
    use crate::units::{Exponent, Rounds, Share};

    fn draw<T: Unit>(text: &str) -> Result<Draw<T>, Vec<String>> {
        let tree = read(text, 0).expect("RON");
        decode(&tree).map_err(|problems| problems.into_iter().map(|p| p.text).collect())
    }

    #[test]
    fn a_number_or_where_it_comes_from() {
        assert_eq!(draw("0.5"), Ok(Draw::Fixed(Share::of(0.5))));
        assert_eq!(
            draw::<Share>("Uniform(low: 0.1, high: 0.8)"),
            Ok(Draw::From(Distribution::Uniform { low: 0.1, high: 0.8 }))
        );
        assert_eq!(draw::<Rounds>("Normal(mean: 14, sd: 2)").map(|d| d.mean()), Ok(14.0));
        assert_eq!(draw::<Share>("Uniform(low: 0.2, high: 0.8)").map(|d| (d.fixed(), d.mean())), Ok((None, 0.5)));
        let skewed = draw::<Exponent>("LogNormal(median: 0.7, spread: 0.5)").map(|d| d.mean());
        assert!((skewed.expect("fine") - 0.7 * 1.133_148_453_066_826_3).abs() < 1e-12);
    }

    #[test]
    fn each_mistake_has_its_own_words() {
        let cases = [
            ("1.5", "a share lies between 0 and 1, found 1.5"),
            ("Uniform(low: 0.8, high: 0.1)", "the low end of this distribution, 0.8, lies above its high end, 0.1"),
            ("Normal(mean: 0, sd: -1)", "a standard deviation is not below 0, found -1"),
            ("LogNormal(median: 0, spread: 1)", "the median of a LogNormal lies above 0, found 0"),
            ("LogNormal(median: 1, spread: -1)", "a spread is not below 0, found -1"),
            ("Unifrom(low: 0, high: 1)", "there is no choice `Unifrom` here; did you mean `Uniform`?"),
            ("Uniform(low: 0, hihg: 1)", "there is no field `hihg` here; did you mean `high`?"),
            ("Uniform(low: 0)", "the field `high` is missing here"),
            ("Uniform(0, 1)", "the values of `Uniform` need names: Uniform(low: .., ..)"),
            ("\"half\"", "a number, Uniform(..), Normal(..) or LogNormal(..) is needed here, found the text \"half\""),
        ];
        for (text, message) in cases {
            assert_eq!(draw::<Share>(text), Err(vec![message.to_owned()]), "{text}");
        }
    }

    #[test]
    fn through_json_and_back() {
        for text in ["0.5", "Uniform(low: 0.1, high: 0.8)"] {
            let drawn = draw::<Share>(text).expect("fine");
            let json = serde_json::to_string(&drawn).expect("json");
            assert_eq!(serde_json::from_str::<Draw<Share>>(&json).ok(), Some(drawn));
        }
        let json = serde_json::to_string(&draw::<Share>("Uniform(low: 0, high: 1)").expect("fine"));
        assert_eq!(json.ok().as_deref(), Some("{\"Uniform\":{\"low\":0.0,\"high\":1.0}}"));
    }
}
