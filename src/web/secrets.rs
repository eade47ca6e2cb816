//! Secrets that nobody can guess, and what is kept of them.

use rand::RngExt;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// Letters of codes: none that is taken for another, no vowels.
const LETTERS: &[u8] = b"BCDFGHJKMNPQRSTVWXZ";

#[allow(clippy::disallowed_methods)] // secrets must not follow from any seed
fn draw(n: usize, letters: &[u8]) -> String {
    let mut rng = rand::rng();
    (0..n).map(|_| char::from(letters[rng.random_range(0..letters.len())])).collect()
}

/// A secret of 128 bits.
pub fn token() -> String {
    draw(32, b"0123456789abcdef")
}

/// A code of so many letters, to be typed.
pub fn code(letters: usize) -> String {
    draw(letters, LETTERS)
}

/// A number below 2^53 that nobody can guess.
#[allow(clippy::disallowed_methods)] // a seed that is secret while it is played
pub fn seed() -> u64 {
    rand::rng().random_range(0..1 << 53)
}

/// What is kept of a secret.
pub fn hash(secret: &str) -> String {
    Sha256::digest(secret.as_bytes()).iter().map(|b| format!("{b:02x}")).collect()
}

/// Whether two hashes are the same, in constant time.
pub fn same(a: &str, b: &str) -> bool {
    a.as_bytes().ct_eq(b.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_of_their_letters_and_hashes_are_compared() {
        assert!(code(5).bytes().all(|b| LETTERS.contains(&b)) && token().len() == 32);
        assert!(same(&hash("a"), &hash("a")) && !same(&hash("a"), &hash("b")) && !same("a", ""));
    }
}
