//! The few functions whose last bits must be the same everywhere.
//!
//! `exp`, `ln` and `pow` come from the `libm` crate, compiled with the program, never from the platform.

/// e to the x.
#[inline]
pub fn exp(x: f64) -> f64 {
    libm::exp(x)
}

/// The natural logarithm.
#[inline]
pub fn ln(x: f64) -> f64 {
    libm::log(x)
}

/// x to the y, for x > 0.
#[inline]
pub fn pow(x: f64, y: f64) -> f64 {
    libm::pow(x, y)
}

/// x to a whole power, by squaring.
#[inline]
pub fn power(x: f64, n: u32) -> f64 {
    let (mut base, mut n, mut out) = (x, n, 1.0);
    while n > 0 {
        if n & 1 == 1 {
            out *= base;
        }
        base *= base;
        n >>= 1;
    }
    out
}

/// 1 / (1 + e^-x): log-odds to a chance.
#[inline]
pub fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + exp(-x.clamp(-40.0, 40.0)))
}

/// How far one is believed after so many observations of kept and of broken: the mean of a Beta belief, a / (a + b).
#[inline]
pub fn believed(kept: f64, broken: f64) -> f64 {
    kept / (kept + broken)
}

/// Log-odds by a worth: so many times what moves them by one unit. Where that is nothing, any worth decides.
#[inline]
pub fn log_odds(worth: f64, scale: f64) -> f64 {
    if worth == 0.0 { 0.0 } else { worth / scale }
}

/// What `rounds` payments of 1 are worth at the discount factor `patience` a round: (1 - d^n) / (1 - d).
#[inline]
pub fn annuity(patience: f64, rounds: u32) -> f64 {
    if patience >= 1.0 { f64::from(rounds) } else { (1.0 - power(patience, rounds)) / (1.0 - patience) }
}

/// The standard normal value below which a share `u` of draws lies, 0 < u < 1; relative error below 1.2e-9.
///
/// Rational approximation after P. J. Acklam (2003). It rises with `u`, so paired runs stay paired when a mean or a
/// spread changes, and a draw is always one uniform.
#[allow(clippy::excessive_precision)] // as published
pub fn normal_quantile(u: f64) -> f64 {
    const A: [f64; 6] = [
        -3.969683028665376e+01,
        2.209460984245205e+02,
        -2.759285104469687e+02,
        1.383577518672690e+02,
        -3.066479806614716e+01,
        2.506628277459239e+00,
    ];
    const B: [f64; 5] = [
        -5.447609879822406e+01,
        1.615858368580409e+02,
        -1.556989798598866e+02,
        6.680131188771972e+01,
        -1.328068155288572e+01,
    ];
    const C: [f64; 6] = [
        -7.784894002430293e-03,
        -3.223964580411365e-01,
        -2.400758277161838e+00,
        -2.549732539343734e+00,
        4.374664141464968e+00,
        2.938163982698783e+00,
    ];
    const D: [f64; 4] = [7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00, 3.754408661907416e+00];
    const LOW: f64 = 0.02425;
    let tail = |p: f64| {
        let q = (-2.0 * ln(p)).sqrt();
        (((((C[0] * q + C[1]) * q + C[2]) * q + C[3]) * q + C[4]) * q + C[5])
            / ((((D[0] * q + D[1]) * q + D[2]) * q + D[3]) * q + 1.0)
    };
    if u < LOW {
        tail(u)
    } else if u > 1.0 - LOW {
        -tail(1.0 - u)
    } else {
        let q = u - 0.5;
        let r = q * q;
        (((((A[0] * r + A[1]) * r + A[2]) * r + A[3]) * r + A[4]) * r + A[5]) * q
            / (((((B[0] * r + B[1]) * r + B[2]) * r + B[3]) * r + B[4]) * r + 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_the_tables() {
        for (u, z) in [(0.025, -1.959963984540054), (0.5, 0.0), (0.975, 1.959963984540054), (1e-10, -6.361340902404056)]
        {
            assert!((normal_quantile(u) - z).abs() <= 1.2e-9 * z.abs().max(1.0), "{u}");
        }
        assert!((1..1000).all(|i| normal_quantile(f64::from(i) / 1001.0) < normal_quantile(f64::from(i + 1) / 1001.0)));
    }

    #[test]
    fn an_annuity_sums_its_payments() {
        let sum: f64 = (0..52).map(|k| power(0.985, k)).sum();
        assert!((annuity(0.985, 52) - sum).abs() < 1e-10);
        assert_eq!(annuity(1.0, 52), 52.0);
        assert_eq!(annuity(0.0, 1), 1.0);
    }

    #[test]
    fn logistic_is_a_chance() {
        assert_eq!(logistic(0.0), 0.5);
        assert!(logistic(-1e9) >= 0.0 && logistic(1e9) <= 1.0);
        assert!(logistic(log_odds(3.0, 0.0)) > 1.0 - 1e-15 && logistic(log_odds(0.0, 0.0)) == 0.5);
    }
}
