//! The dice of this mode: a stream a drawn number, a place a game, no state in between.
//!
//! A stand-in with the rules of `world::dice`, to be replaced by it. The key is the seed, the stream is the hash of
//! "mechanism/row/draw", and game `g` owns the words `2 g` and `2 g + 1` of it: any game can be drawn alone.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// The round number that stands for "before play": what a game draws once.
const BEFORE_PLAY: u64 = (1 << 20) - 1;

/// A named stream of chance.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Stream(u64);

impl Stream {
    /// The stream of one draw of one row of one mechanism.
    pub(super) fn named(mechanism: &str, row: &str, draw: &str) -> Self {
        let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
        for byte in format!("{mechanism}/{row}/{draw}").bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        Self(mix(hash) & !BEFORE_PLAY | BEFORE_PLAY)
    }
}

/// Spreads the bits of a number over all 64.
pub(super) fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// All chance of a batch.
#[derive(Clone, Debug)]
pub(super) struct Dice {
    key: [u8; 32],
}

impl Dice {
    /// The dice of a seed.
    pub(super) fn of_seed(seed: u64) -> Self {
        Self { key: ChaCha8Rng::seed_from_u64(seed).get_seed() }
    }

    /// Fills a lane with uniforms between 0 and 1, both excluded: `lane[i]` belongs to game `first + i`.
    pub(super) fn uniforms(&self, stream: Stream, first: u64, lane: &mut [f64]) {
        let mut rng = ChaCha8Rng::from_seed(self.key);
        rng.set_stream(stream.0);
        rng.set_word_pos(2 * u128::from(first));
        let mut bytes = [0u8; 512];
        for part in lane.chunks_mut(64) {
            let bytes = &mut bytes[..8 * part.len()];
            rng.fill_bytes(bytes);
            for (x, word) in part.iter_mut().zip(bytes.chunks_exact(8)) {
                let word = u64::from_le_bytes(word.try_into().expect("chunks of 8 bytes"));
                *x = ((word >> 12) as f64 + 0.5) * (1.0 / 4_503_599_627_370_496.0);
            }
        }
    }
}

/// The inverse of the normal distribution: how many standard deviations above the mean the share `p` of cases ends.
///
/// Wichura, Algorithm AS 241 (PPND16), Applied Statistics 37 (1988): relative accuracy about 1e-16.
pub(super) fn normal_quantile(p: f64) -> f64 {
    fn ratio(r: f64, above: [f64; 8], below: [f64; 8]) -> f64 {
        let sum = |c: [f64; 8]| c.iter().rev().fold(0.0, |sum, c| sum * r + c);
        sum(above) / sum(below)
    }
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        return q * ratio(0.180_625 - q * q, MIDDLE.0, MIDDLE.1);
    }
    let r = libm::sqrt(-libm::log(if q < 0.0 { p } else { 1.0 - p }));
    let size = if r <= 5.0 { ratio(r - 1.6, OUTER.0, OUTER.1) } else { ratio(r - 5.0, TAIL.0, TAIL.1) };
    if q < 0.0 { -size } else { size }
}

type Ratio = ([f64; 8], [f64; 8]);

#[allow(clippy::excessive_precision, reason = "the published digits")]
const MIDDLE: Ratio = (
    [
        3.387_132_872_796_366_608,
        1.331_416_678_917_843_774_5e2,
        1.971_590_950_306_551_442_7e3,
        1.373_169_376_550_946_112_5e4,
        4.592_195_393_154_987_145_7e4,
        6.726_577_092_700_870_085_3e4,
        3.343_057_558_358_812_810_5e4,
        2.509_080_928_730_122_672_7e3,
    ],
    [
        1.0,
        4.231_333_070_160_091_125_2e1,
        6.871_870_074_920_579_083e2,
        5.394_196_021_424_751_107_7e3,
        2.121_379_430_158_659_586_7e4,
        3.930_789_580_009_271_061e4,
        2.872_908_573_572_194_267_4e4,
        5.226_495_278_852_854_561e3,
    ],
);

#[allow(clippy::excessive_precision, reason = "the published digits")]
const OUTER: Ratio = (
    [
        1.423_437_110_749_683_577_34,
        4.630_337_846_156_545_295_9,
        5.769_497_221_460_691_405_5,
        3.647_848_324_763_204_605_04,
        1.270_458_252_452_368_382_58,
        2.417_807_251_774_506_117_7e-1,
        2.272_384_498_926_918_458_33e-2,
        7.745_450_142_783_414_076_4e-4,
    ],
    [
        1.0,
        2.053_191_626_637_758_821_87,
        1.676_384_830_183_803_849_4,
        6.897_673_349_851_000_045_5e-1,
        1.481_039_764_274_800_745_9e-1,
        1.519_866_656_361_645_719_66e-2,
        5.475_938_084_995_344_946e-4,
        1.050_750_071_644_416_843_24e-9,
    ],
);

#[allow(clippy::excessive_precision, reason = "the published digits")]
const TAIL: Ratio = (
    [
        6.657_904_643_501_103_777_2,
        5.463_784_911_164_114_369_9,
        1.784_826_539_917_291_335_8,
        2.965_605_718_285_048_912_3e-1,
        2.653_218_952_657_612_309_3e-2,
        1.242_660_947_388_078_438_6e-3,
        2.711_555_568_743_487_578_15e-5,
        2.010_334_399_292_288_132_65e-7,
    ],
    [
        1.0,
        5.998_322_065_558_879_376_9e-1,
        1.369_298_809_227_358_053_1e-1,
        1.487_536_129_085_061_485_25e-2,
        7.868_691_311_456_132_591e-4,
        1.846_318_317_510_054_681_8e-5,
        1.421_511_758_316_445_888_7e-7,
        2.044_263_103_389_939_785_64e-15,
    ],
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_game_draws_the_same_alone_and_in_company() {
        let (dice, stream) = (Dice::of_seed(7), Stream::named("bargaining", "buyer", "weight of price"));
        let mut company = [0.0; 200];
        dice.uniforms(stream, 0, &mut company);
        for game in [0, 1, 63, 64, 199] {
            let mut alone = [0.0];
            dice.uniforms(stream, game as u64, &mut alone);
            assert_eq!(alone[0].to_bits(), company[game].to_bits());
        }
        assert!(company.iter().all(|x| *x > 0.0 && *x < 1.0));
    }

    #[test]
    fn streams_and_seeds_differ() {
        let draw = |seed, name| {
            let mut x = [0.0];
            Dice::of_seed(seed).uniforms(Stream::named("bargaining", name, "exponent"), 5, &mut x);
            x[0]
        };
        assert_ne!(draw(1, "a"), draw(2, "a"));
        assert_ne!(draw(1, "a"), draw(1, "b"));
    }

    #[test]
    fn the_normal_quantile_has_its_known_values() {
        for (p, z) in [
            (0.5, 0.0),
            (0.975, 1.959_963_984_540_054),
            (0.025, -1.959_963_984_540_054),
            (1e-10, -6.361_340_902_404_056),
            (0.841_344_746_068_542_9, 1.0),
            (0.001, -3.090_232_306_167_813_5),
        ] {
            assert!((normal_quantile(p) - z).abs() < 1e-13, "{p}: {} instead of {z}", normal_quantile(p));
        }
    }
}
