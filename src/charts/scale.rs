//! From numbers to places, and round numbers to mark them by.

/// A scale from numbers to places.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    /// The number at `from`.
    pub low: f64,
    /// The number at `to`.
    pub high: f64,
    /// A place.
    pub from: f64,
    /// A place.
    pub to: f64,
}

impl Scale {
    /// Over these numbers, with a little room at both ends.
    pub fn over(values: impl Iterator<Item = f64>, from: f64, to: f64) -> Scale {
        let (low, high) = reach(values);
        let pad = if high - low < 1e-9 { 1.0_f64.min(high.abs().max(1e-3)) } else { (high - low) * 0.05 };
        Scale { low: low - pad, high: high + pad, from, to }
    }

    /// Over these numbers and zero, with a little room where they end.
    pub fn with_zero(values: impl Iterator<Item = f64>, from: f64, to: f64) -> Scale {
        let (low, high) = reach(values.chain([0.0]));
        let pad = if high - low < 1e-9 { 1.0 } else { (high - low) * 0.05 };
        let end = |x: f64, pad: f64| if x == 0.0 { 0.0 } else { x + pad };
        let (low, high) = (end(low, -pad), end(high, pad));
        Scale { low, high: if low == high { 1.0 } else { high }, from, to }
    }

    /// Where a number lies.
    pub fn at(self, x: f64) -> f64 {
        self.from + (x - self.low) / (self.high - self.low) * (self.to - self.from)
    }

    /// Whether a number lies on it.
    pub fn holds(self, x: f64) -> bool {
        (self.low..=self.high).contains(&x)
    }

    /// Round numbers within it, about so many.
    pub fn ticks(self, about: usize) -> Vec<f64> {
        let rough = (self.high - self.low) / about.max(1) as f64;
        if !rough.is_finite() || rough <= 0.0 {
            return vec![];
        }
        let ten =
            (-9..=9).map(|e| format!("1e{e}").parse().unwrap_or(1.0)).rfind(|t: &f64| *t <= rough).unwrap_or(1e-9);
        let step = [1.0, 2.0, 5.0, 10.0].map(|k| k * ten).into_iter().find(|s| *s >= rough).unwrap_or(10.0 * ten);
        let first = (self.low / step - 1e-9).ceil();
        (0..40).map(|i| (first + f64::from(i)) * step).take_while(|x| *x <= self.high + 1e-9 * step).collect()
    }
}

fn reach(values: impl Iterator<Item = f64>) -> (f64, f64) {
    let (low, high) = values
        .filter(|x| x.is_finite())
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)));
    if low > high { (0.0, 1.0) } else { (low, high) }
}

/// A number as it is said in a chart: three digits, and a minus that is one.
pub fn said(x: f64) -> String {
    let size = x.abs();
    let digits = match size {
        _ if size < 1e-9 => return "0".into(),
        _ if size >= 99.95 => 0,
        _ if size >= 9.995 => 1,
        _ if size >= 0.995 => 2,
        _ if size >= 0.0995 => 3,
        _ => 4,
    };
    let text = format!("{x:.digits$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if text == "-0" { "0".into() } else { text.replace('-', "\u{2212}") }
}

/// A share in per cent, with one decimal.
pub fn percent(x: f64) -> String {
    format!("{:.1} %", 100.0 * x).replace('-', "\u{2212}")
}

/// A number that says by its sign that it is a difference.
pub fn signed(x: f64) -> String {
    if x > 0.0 { format!("+{}", said(x)) } else { said(x) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_are_marked_by_round_numbers() {
        let scale = |low, high| Scale { low, high, from: 0.0, to: 1.0 };
        let ticks = |low, high| scale(low, high).ticks(5).into_iter().map(said).collect::<Vec<_>>().join(" ");
        assert_eq!(ticks(0.0, 1.0), "0 0.2 0.4 0.6 0.8 1");
        assert_eq!(ticks(-139.0, 46.0), "−100 −50 0");
        assert_eq!(ticks(1.0, 27.0), "10 20");
        assert!(scale(1.0, 1.0).ticks(5).is_empty());
    }

    #[test]
    fn bars_begin_at_zero_and_everything_fits() {
        let scale = Scale::with_zero([3.0, 9.0].into_iter(), 10.0, 110.0);
        assert_eq!((scale.at(0.0), scale.low), (10.0, 0.0));
        assert!(scale.at(9.0) < 110.0);
        let scale = Scale::with_zero([-1.0, f64::NAN].into_iter(), 0.0, 1.0);
        assert_eq!((scale.high, scale.at(0.0)), (0.0, 1.0));
        assert_eq!(Scale::with_zero([0.0].into_iter(), 0.0, 1.0).at(1.0), 1.0);
        assert!(Scale::over([f64::INFINITY].into_iter(), 0.0, 1.0).at(0.5).is_finite());
    }

    #[test]
    fn numbers_are_said_in_three_digits() {
        let told: Vec<String> = [0.0, -0.0, 12.345, 0.5, -3.0, 1234.5, 0.012_34, 100.0].into_iter().map(said).collect();
        assert_eq!(told, ["0", "0", "12.3", "0.5", "−3", "1234", "0.0123", "100"]);
        assert_eq!((signed(2.0), signed(-2.0), percent(0.4231)), ("+2".into(), "−2".into(), "42.3 %".into()));
    }
}
