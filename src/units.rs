//! Quantities with their units: nonsense is refused while a scenario is being read.
//!
//! Each unit says in one place what it is called, what its range is and what it means; the reader, the writer, the
//! list of fields and the checks all take it from there.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use crate::notation::{Code, Refusal};

/// A quantity with a unit and a closed range.
pub trait Unit: Copy + TryFrom<f64, Error = Refusal> + Into<f64> + JsonSchema {
    /// The least value there is.
    const MIN: f64;
    /// The greatest value there is.
    const MAX: f64;
    /// What it is counted in.
    const UNIT: &'static str;
}

fn checked(noun: &str, value: f64, range: (f64, f64)) -> Result<f64, Refusal> {
    let (low, high) = range;
    if value.is_finite() && low <= value && value <= high {
        Ok(value)
    } else {
        Err(Refusal::new(Code::OutOfRange, format!("{noun} lies between {low} and {high}, found {value}"))
            .help("write a number of this range; both its ends belong to it"))
    }
}

/// `name, unit, noun, low, high, doc`: a unit over `f64`.
macro_rules! unit {
    ($(#[doc = $doc:literal])* $name:ident: $noun:literal [$unit:literal] $low:literal to $high:literal) => {
        $(#[doc = $doc])*
        #[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize, Deserialize)]
        #[serde(try_from = "f64", into = "f64")]
        pub struct $name(f64);

        impl $name {
            /// The closed range.
            pub const RANGE: (f64, f64) = ($low, $high);
            /// What it is counted in.
            pub const UNIT: &'static str = $unit;

            /// A quantity written in the program itself.
            ///
            /// # Panics
            /// When it lies outside the range.
            pub const fn of(value: f64) -> Self {
                assert!(value >= $low && value <= $high, "outside the unit's range");
                $name(value)
            }

            /// The number.
            pub const fn get(self) -> f64 {
                self.0
            }
        }

        impl TryFrom<f64> for $name {
            type Error = Refusal;

            fn try_from(value: f64) -> Result<Self, Refusal> {
                checked($noun, value, Self::RANGE).map($name)
            }
        }

        impl From<$name> for f64 {
            fn from(quantity: $name) -> f64 {
                quantity.0
            }
        }

        unit!(@both $name "number" $low, $high, concat!($($doc),*));
    };
    (@both $name:ident $type:literal $low:expr, $high:expr, $doc:expr) => {
        /// 0, or what is nearest to it in the range.
        impl Default for $name {
            fn default() -> Self {
                $name::of(if $low > 0 as _ { $low } else { 0 as _ })
            }
        }

        impl Unit for $name {
            const MIN: f64 = Self::RANGE.0;
            const MAX: f64 = Self::RANGE.1;
            const UNIT: &'static str = Self::UNIT;
        }

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn inline_schema() -> bool {
                true
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({
                    "type": $type, "unit": Self::UNIT, "minimum": $low, "maximum": $high, "description": $doc.trim()
                })
            }
        }
    };
}

/// A whole-numbered unit over `u32`.
macro_rules! whole_unit {
    ($(#[doc = $doc:literal])* $name:ident: $noun:literal [$unit:literal] $low:literal to $high:literal) => {
        $(#[doc = $doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(try_from = "f64", into = "u32")]
        pub struct $name(u32);

        impl $name {
            /// The closed range.
            pub const RANGE: (f64, f64) = ($low as f64, $high as f64);
            /// What it is counted in.
            pub const UNIT: &'static str = $unit;

            /// A quantity written in the program itself.
            ///
            /// # Panics
            /// When it lies outside the range.
            pub const fn of(value: u32) -> Self {
                assert!(value as f64 >= Self::RANGE.0 && value as f64 <= Self::RANGE.1, "outside the unit's range");
                $name(value)
            }

            /// The whole number.
            pub const fn get(self) -> u32 {
                self.0
            }
        }

        impl TryFrom<f64> for $name {
            type Error = Refusal;

            fn try_from(value: f64) -> Result<Self, Refusal> {
                let value = checked($noun, value, Self::RANGE)?;
                if value.fract() == 0.0 {
                    Ok($name(value as u32))
                } else {
                    Err(Refusal::new(Code::NotWhole, format!("{} is a whole number, found {value}", $noun))
                        .help("write it without a fraction"))
                }
            }
        }

        impl From<$name> for f64 {
            fn from(quantity: $name) -> f64 {
                f64::from(quantity.0)
            }
        }

        impl From<$name> for u32 {
            fn from(quantity: $name) -> u32 {
                quantity.0
            }
        }

        unit!(@both $name "integer" $low, $high, concat!($($doc),*));
    };
}

unit! {
    /// A part of a whole.
    Share: "a share" ["share"] 0.0 to 1.0
}
unit! {
    /// How much a leader cares about a dimension.
    Weight: "a weight" ["weight"] 0.0 to 20.0
}
unit! {
    /// Welfare once: a point is a week of welfare worth about US$1 bn.
    Points: "a number of points" ["points"] -1000.0 to 1000.0
}
unit! {
    /// Welfare week by week.
    PointsPerWeek: "a number of points a week" ["points a week"] -1000.0 to 1000.0
}
unit! {
    /// Welfare once, measured by what is at stake for the party that feels it: one stake is what all levers together can
    /// do to it in a round, from the levels it likes best to those it likes least, every dimension counted alike.
    Stakes: "a number of stakes" ["stakes"] -5.0 to 5.0
}
whole_unit! {
    /// A whole number of rounds.
    Rounds: "a number of rounds" ["rounds"] 0 to 10000
}
unit! {
    /// What of tomorrow's worth counts today: the discount factor a round.
    Patience: "patience" ["kept a round"] 0.0 to 1.0
}
unit! {
    /// The bend of a concession curve: below 1 late, above 1 early.
    Exponent: "an exponent" ["exponent"] 0.01 to 100.0
}
unit! {
    /// The mood between the parties, from hostile to warm.
    Tone: "a tone" ["tone"] -1.0 to 1.0
}
unit! {
    /// The chance that something happens in a round.
    PerRound: "a chance a round" ["chance a round"] 0.0 to 1.0
}
unit! {
    /// How much happens or grows in a round.
    Rate: "a rate a round" ["a round"] 0.0 to 10.0
}
unit! {
    /// How far a lever moves, in the big moves of its kind.
    Steps: "a number of big moves" ["big moves"] 0.0 to 20.0
}
unit! {
    /// How often something was seen, as the weight of a record.
    Counts: "a number of observations" ["observations"] 0.0 to 1e6
}
unit! {
    /// A leaning on the scale of log-odds: 0 is even.
    Logit: "a log-odds value" ["log-odds"] -1000.0 to 1000.0
}
unit! {
    /// Support at home, as a share: a bar below 0 is always passed, one above 1 never.
    Support: "a share of support" ["share of support"] -10.0 to 10.0
}
unit! {
    /// The level of a lever, in the lever's own unit.
    Level: "a level" ["lever's unit"] -1e9 to 1e9
}
unit! {
    /// So many times as much.
    Ratio: "a ratio" ["times"] 0.0 to 1000.0
}
unit! {
    /// A number of days on the calendar, for what is told of history.
    Days: "a number of days" ["days"] 0.0 to 10000.0
}
unit! {
    /// A number of rounds that need not be whole.
    RoundsF: "a number of rounds" ["rounds"] 0.0 to 10000.0
}

unit! {
    /// Utility in bargaining on its own, on the party's own scale.
    Utility: "a utility" ["utility"] -1e9 to 1e9
}
unit! {
    /// How much an issue counts for a party in bargaining on its own: a factor on the value of its level.
    Factor: "a weight" ["weight"] -1e9 to 1e9
}
unit! {
    /// The bend of a concession curve in bargaining on its own: above 1 late, below 1 early.
    Firmness: "an exponent" ["exponent"] 0.001 to 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nonsense_is_refused_in_the_units_own_words() {
        let says = |refused: Result<f64, Refusal>| refused.map_err(|refusal| refusal.to_string());
        let share = |x| says(Share::try_from(x).map(f64::from));
        let rounds = |x| says(Rounds::try_from(x).map(f64::from));
        assert_eq!(share(1.5), Err("a share lies between 0 and 1, found 1.5".into()));
        assert_eq!(share(f64::NAN), Err("a share lies between 0 and 1, found NaN".into()));
        assert_eq!(Share::try_from(1.5).map_err(|refusal| refusal.code), Err(Code::OutOfRange));
        assert_eq!(Rounds::try_from(1.5).map_err(|refusal| refusal.code), Err(Code::NotWhole));
        assert!(Level::try_from(f64::INFINITY).is_err());
        assert_eq!(rounds(26.5), Err("a number of rounds is a whole number, found 26.5".into()));
        assert_eq!(rounds(-1.0), Err("a number of rounds lies between 0 and 10000, found -1".into()));
    }

    #[test]
    fn ends_of_the_range_belong_to_it() {
        assert_eq!(Share::try_from(1.0).map(Share::get), Ok(1.0));
        assert_eq!(Rounds::try_from(10_000.0).map(Rounds::get), Ok(10_000));
        const HALF: Share = Share::of(0.5);
        assert_eq!(f64::from(HALF), 0.5);
        assert_eq!((Tone::MIN, Tone::MAX, Tone::UNIT), (-1.0, 1.0, "tone"));
        assert_eq!(Exponent::RANGE, (0.01, 100.0));
    }

    #[test]
    fn a_unit_goes_through_json_as_its_number() {
        assert_eq!(serde_json::to_string(&(Share::of(0.25), Rounds::of(3))).ok().as_deref(), Some("[0.25,3]"));
        assert!(serde_json::from_str::<Share>("2").is_err());
        assert_eq!(serde_json::from_str::<Rounds>("3").ok(), Some(Rounds::of(3)));
    }

    #[test]
    fn the_schema_tells_unit_and_range() {
        let schema = schemars::schema_for!(Share).to_value();
        assert_eq!(
            (&schema["unit"], &schema["minimum"], &schema["maximum"]),
            (&"share".into(), &0.0.into(), &1.0.into())
        );
        assert_eq!(schema["description"], "A part of a whole.");
    }

    #[test]
    fn one_lies_in_every_range() {
        // `notation::hole` counts on it.
        fn one<T: Unit>() {
            assert!(T::try_from(1.0).is_ok(), "{}", T::UNIT);
        }
        one::<Share>();
        one::<Weight>();
        one::<Points>();
        one::<PointsPerWeek>();
        one::<Stakes>();
        one::<Rounds>();
        one::<Patience>();
        one::<Exponent>();
        one::<Tone>();
        one::<PerRound>();
        one::<Rate>();
        one::<Steps>();
        one::<Counts>();
        one::<Logit>();
        one::<Support>();
        one::<Level>();
        one::<Ratio>();
        one::<RoundsF>();
        one::<Utility>();
        one::<Factor>();
        one::<Firmness>();
    }
}
