//! How often something may be done: buckets that refill.

use std::collections::BTreeMap;

/// So many buckets are kept before the full ones are thrown away.
const KEPT: usize = 4096;

/// So many acts at once, and so many more a second.
#[derive(Debug, Default)]
pub struct Buckets(BTreeMap<String, (f64, u64)>);

impl Buckets {
    /// Takes one from a bucket that holds `size` and refills by `rate` a second; false where it is empty.
    pub fn take(&mut self, name: &str, size: f64, rate: f64, now: u64) -> bool {
        if self.0.len() > KEPT {
            self.0.retain(|_, (_, at)| now.saturating_sub(*at) < 60_000);
        }
        let (level, at) = self.0.entry(name.to_string()).or_insert((size, now));
        *level = (*level + rate * now.saturating_sub(*at) as f64 / 1000.0).min(size);
        *at = now;
        let has = *level >= 1.0;
        if has {
            *level -= 1.0;
        }
        has
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_refills() {
        let mut buckets = Buckets::default();
        assert!((0..5).all(|_| buckets.take("a", 5.0, 5.0, 1000)));
        assert!(!buckets.take("a", 5.0, 5.0, 1000));
        assert!(buckets.take("b", 5.0, 5.0, 1000));
        assert!(buckets.take("a", 5.0, 5.0, 1300));
    }
}
