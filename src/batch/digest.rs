//! Digests: one number for what happened in many games, the same in any order and for any division of the work.
//!
//! The *play digest* is of a fixed list, [`facts`]: how each game ended, its deals, where the levers stood at the end, all
//! points. Each measure has a digest of its own beside it, so that another measure changes no digest that there was.

use crate::record::metrics::From;
use crate::record::outcome::{DealLevel, DealRound, FirstDealRound};
use crate::world::components::{Deals, Level, Total};
use crate::world::rows::Value;
use crate::world::setup::Setup;

/// A play digest as it is written: its scheme, then 16 hex digits. Another list raises the scheme.
pub fn play(sum: u64) -> String {
    format!("p2:{sum:016x}")
}

/// The digest of one measure as it is written.
pub fn measure(sum: u64) -> String {
    format!("m2:{sum:016x}")
}

/// What is in the play digest of a game after its number and the name of its class, in this order.
pub fn facts(setup: &Setup) -> Vec<From> {
    let columns = [Deals::COLUMN, FirstDealRound::COLUMN, DealRound::COLUMN];
    let mut out = columns.map(|column| From::Column(column, 0)).to_vec();
    let levers = 0..setup.levers.len();
    out.extend(levers.clone().map(|l| From::Column(DealLevel::COLUMN, l)));
    out.extend(levers.map(|l| From::Column(Level::COLUMN, l)));
    out.extend([0, 1].map(|p| From::Column(Total::COLUMN, p)));
    out
}

/// The hash of a game of which nothing is known but its number.
pub fn of_game(number: u64) -> u64 {
    mix(0x5375_6d6d_6974, number)
}

/// The hash with a number in it.
#[inline]
pub fn with(hash: u64, x: f64) -> u64 {
    mix(hash, bits(x))
}

/// The hash with a name in it.
pub fn with_name(hash: u64, name: &str) -> u64 {
    name.bytes().fold(hash, |hash, byte| mix(hash, u64::from(byte)))
}

/// A sum with one more game in it.
#[inline]
pub fn added(sum: u64, hash: u64) -> u64 {
    sum.wrapping_add(mix(hash, 1))
}

/// One step of the hash of a game: the bits of a number, mixed in.
#[inline]
fn mix(hash: u64, bits: u64) -> u64 {
    let x = (hash ^ bits).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    x ^ (x >> 29)
}

/// The bits of a number that has no second zero and one not-a-number.
#[inline]
fn bits(x: f64) -> u64 {
    if x.is_nan() { 0x7ff8_0000_0000_0000 } else { (x + 0.0).to_bits() }
}

/// A sum in a document that is read again: 16 hex digits, since a float would round the number.
pub mod written {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    /// Writes it.
    pub fn serialize<S: Serializer>(sum: &u64, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&format!("{sum:016x}"))
    }

    /// Reads it.
    pub fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<u64, D::Error> {
        let text = String::deserialize(d)?;
        u64::from_str_radix(&text, 16).map_err(|_| D::Error::custom("a digest is 16 hex digits"))
    }
}

/// The same of a list of sums.
pub mod all_written {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Serialize, Deserialize)]
    struct Sum(#[serde(with = "super::written")] u64);

    /// Writes them.
    pub fn serialize<S: Serializer>(sums: &[u64], s: S) -> Result<S::Ok, S::Error> {
        s.collect_seq(sums.iter().map(|sum| Sum(*sum)))
    }

    /// Reads them.
    pub fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Vec<u64>, D::Error> {
        Ok(Vec::<Sum>::deserialize(d)?.into_iter().map(|sum| sum.0).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_numbers_have_one_hash() {
        assert_eq!(with(1, 0.0), with(1, -0.0));
        assert_eq!(with(1, f64::NAN), with(1, -f64::NAN));
        assert_ne!(with(1, 0.0), with(1, f64::MIN_POSITIVE));
        assert_ne!(with_name(1, "no_deal"), with_name(1, "deal"));
    }

    #[test]
    fn games_count_in_any_order_and_each_once() {
        let [a, b] = [of_game(3), of_game(4)];
        assert_eq!(added(added(0, a), b), added(added(0, b), a));
        assert_ne!(added(added(0, a), a), added(0, a));
        assert_eq!(play(0xab), "p2:00000000000000ab");
    }
}
