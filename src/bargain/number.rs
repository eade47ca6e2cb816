//! A number, or the distribution it is drawn from once a game, and the units of this mode.
//!
//! A stand-in with the spelling of `scenario::draw`, to be replaced by it.

use std::{borrow::Cow, collections::BTreeMap, fmt, marker::PhantomData};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::value::{EnumAccessDeserializer, MapAccessDeserializer};
use serde::de::{Deserializer, EnumAccess, Error, MapAccess, Visitor};
use serde::{Deserialize, Serialize, Serializer};

use super::dice::normal_quantile;

/// A quantity with a name and a closed range.
pub trait Unit: Copy + TryFrom<f64, Error = String> + Into<f64> {
    /// What the quantity is called in messages and in `summitry fields`.
    const NAME: &'static str;
    /// The lowest value allowed.
    const LOW: f64;
    /// The highest value allowed.
    const HIGH: f64;
}

macro_rules! unit {
    ($(#[$doc:meta])* $unit:ident, $name:literal, $low:literal, $high:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, PartialOrd, Debug, Deserialize, Serialize)]
        #[serde(try_from = "f64", into = "f64")]
        pub struct $unit(f64);

        impl Unit for $unit {
            const NAME: &'static str = $name;
            const LOW: f64 = $low;
            const HIGH: f64 = $high;
        }

        impl TryFrom<f64> for $unit {
            type Error = String;

            fn try_from(x: f64) -> Result<Self, String> {
                if ($low..=$high).contains(&x) {
                    Ok(Self(x))
                } else {
                    Err(format!("{} lies between {} and {}, found {x}", $name, Self::LOW, Self::HIGH))
                }
            }
        }

        impl From<$unit> for f64 {
            fn from(x: $unit) -> f64 {
                x.0
            }
        }

        impl JsonSchema for $unit {
            fn schema_name() -> Cow<'static, str> {
                stringify!($unit).into()
            }

            fn inline_schema() -> bool {
                true
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({"type": "number", "unit": $name, "minimum": $low, "maximum": $high})
            }
        }
    };
}

unit!(/** How much an issue counts for a party: a factor on the value of its level. */ Weight, "a weight", -1e9, 1e9);
unit!(/** Utility, on the party's own scale. */ Utility, "a utility", -1e9, 1e9);
unit!(
    /** The exponent of a concession curve: above 1 holds out, below 1 gives way early. */
    Exponent, "an exponent", 0.001, 1000.0
);

/// Where a number is drawn from, once a game.
#[derive(Clone, Copy, PartialEq, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub enum Distribution {
    /// Every number between two bounds is equally likely.
    Uniform {
        /// The lowest number.
        low: f64,
        /// The highest number.
        high: f64,
    },
    /// The bell curve.
    Normal {
        /// The middle.
        mean: f64,
        /// The standard deviation.
        sd: f64,
    },
    /// A number whose logarithm follows the bell curve.
    LogNormal {
        /// Half of all numbers are below.
        median: f64,
        /// The standard deviation of the logarithm.
        spread: f64,
    },
}

impl Distribution {
    /// The number that belongs to a uniform between 0 and 1: it rises with it.
    pub fn quantile(self, uniform: f64) -> f64 {
        match self {
            Self::Uniform { low, high } => low + (high - low) * uniform,
            Self::Normal { mean, sd } => mean + sd * normal_quantile(uniform),
            Self::LogNormal { median, spread } => median * libm::exp(spread * normal_quantile(uniform)),
        }
    }

    /// What is wrong with the parameters, if anything.
    pub fn problem(self) -> Option<&'static str> {
        let (one, two, ordered, text) = match self {
            Self::Uniform { low, high } => (low, high, low <= high, "Uniform needs `low` at or below `high`"),
            Self::Normal { mean, sd } => (mean, sd, sd >= 0.0, "Normal needs `sd` at or above 0"),
            Self::LogNormal { median, spread } => {
                (median, spread, median > 0.0 && spread >= 0.0, "LogNormal needs `median` above 0, `spread` not below")
            }
        };
        if !(one.is_finite() && two.is_finite()) {
            Some("the parameters of a distribution are finite numbers")
        } else if ordered {
            None
        } else {
            Some(text)
        }
    }
}

/// A number, or where it is drawn from once a game; a drawn number is held inside the unit's range.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Draw<T> {
    /// The same in every game.
    Fixed(T),
    /// Drawn once a game.
    From(Distribution),
}

impl<T: Unit> Serialize for Draw<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Fixed(x) => serializer.serialize_f64((*x).into()),
            Self::From(distribution) => distribution.serialize(serializer),
        }
    }
}

impl<'de, T: Unit> Deserialize<'de> for Draw<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Either(PhantomData))
    }
}

struct Either<T>(PhantomData<T>);

impl<'de, T: Unit> Visitor<'de> for Either<T> {
    type Value = Draw<T>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a number, Uniform(..), Normal(..) or LogNormal(..)")
    }

    fn visit_f64<E: Error>(self, x: f64) -> Result<Draw<T>, E> {
        T::try_from(x).map(Draw::Fixed).map_err(E::custom)
    }

    fn visit_u64<E: Error>(self, x: u64) -> Result<Draw<T>, E> {
        self.visit_f64(x as f64)
    }

    fn visit_i64<E: Error>(self, x: i64) -> Result<Draw<T>, E> {
        self.visit_f64(x as f64)
    }

    fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<Draw<T>, A::Error> {
        Distribution::deserialize(EnumAccessDeserializer::new(access)).map(Draw::From)
    }

    /// ron alone hands over the fields without the name; they tell which distribution it is.
    fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<Draw<T>, A::Error> {
        let fields = BTreeMap::<String, f64>::deserialize(MapAccessDeserializer::new(access))?;
        let fields: Vec<(&str, f64)> = fields.iter().map(|(name, x)| (name.as_str(), *x)).collect();
        let found = match fields[..] {
            [("high", high), ("low", low)] => Distribution::Uniform { low, high },
            [("mean", mean), ("sd", sd)] => Distribution::Normal { mean, sd },
            [("median", median), ("spread", spread)] => Distribution::LogNormal { median, spread },
            _ => {
                return Err(A::Error::custom(
                    "expected Uniform(low, high), Normal(mean, sd) or LogNormal(median, spread)",
                ));
            }
        };
        Ok(Draw::From(found))
    }
}

impl<T: JsonSchema> JsonSchema for Draw<T> {
    fn schema_name() -> Cow<'static, str> {
        format!("DrawOf{}", T::schema_name()).into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = T::json_schema(generator);
        schema.insert("may_be_drawn".to_owned(), true.into());
        schema
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Draw<Exponent>, String> {
        ron::from_str(text).map_err(|e| e.to_string())
    }

    #[test]
    fn a_number_or_a_distribution_is_read() {
        assert_eq!(read("2"), Ok(Draw::Fixed(Exponent(2.0))));
        assert_eq!(read("0.5"), Ok(Draw::Fixed(Exponent(0.5))));
        let drawn = Draw::From(Distribution::LogNormal { median: 0.7, spread: 0.5 });
        assert_eq!(read("LogNormal(median: 0.7, spread: 0.5)"), Ok(drawn));
        assert_eq!(ron::to_string(&drawn).unwrap(), "LogNormal(median:0.7,spread:0.5)");
    }

    #[test]
    fn a_number_out_of_range_is_refused() {
        assert!(read("0").unwrap_err().contains("an exponent lies between 0.001 and 1000, found 0"));
        assert!(read("-3").is_err() && read("1e4").is_err());
    }

    #[test]
    fn a_distribution_without_room_is_a_problem() {
        assert!(Distribution::Uniform { low: 1.0, high: 0.0 }.problem().is_some());
        assert!(Distribution::Normal { mean: f64::NAN, sd: 1.0 }.problem().is_some());
        assert!(Distribution::LogNormal { median: 0.0, spread: 1.0 }.problem().is_some());
        assert!(Distribution::Uniform { low: 0.0, high: 0.0 }.problem().is_none());
    }
}
