//! A file of moments to fit.
//!
//! A moment is a mean, a share or a quantile of a measure, with the value it is to have and a tolerance. A fit makes
//! the sum of squared misses, each counted in its tolerance, as small as it can.

use serde::{Deserialize, Serialize};

use super::objective::{Aim, Objective, Statistic, Toward};

/// The name of the file format.
pub const SCHEMA: &str = "summitry.moments/1";

/// A file of moments.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Moments {
    /// The file format: always "summitry.moments/1".
    pub schema: String,
    /// One line that says what is fitted to.
    pub title: String,
    /// A paragraph for the reader: where the numbers come from.
    #[serde(default)]
    pub about: String,
    /// The moments.
    pub moments: Vec<Moment>,
}

/// A moment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Moment {
    /// The measure, by its name in the documents of `batch`.
    pub measure: String,
    /// What is made of it.
    #[serde(default = "mean")]
    pub statistic: Statistic,
    /// The value it is to have.
    pub target: f64,
    /// What is as good as met.
    pub tolerance: f64,
}

fn mean() -> Statistic {
    Statistic::Mean
}

impl Moments {
    /// What is wrong with it, by path.
    pub fn faults(&self) -> Vec<(String, String)> {
        let mut out = vec![];
        if self.schema != SCHEMA {
            out.push((
                "schema".into(),
                format!("a file of moments has schema: \"{SCHEMA}\", found \"{}\"", self.schema),
            ));
        }
        if self.moments.is_empty() {
            out.push(("moments".into(), "a moment at least is needed".to_string()));
        }
        for (i, m) in self.moments.iter().enumerate() {
            if !(m.tolerance > 0.0 && m.tolerance.is_finite()) {
                let text = format!("a tolerance is above 0, found {}", m.tolerance);
                out.push((format!("moments.{i}.tolerance"), text));
            }
            if let Statistic::Quantile { at } = m.statistic
                && !(0.0..=1.0).contains(&at)
            {
                out.push((format!("moments.{i}.statistic"), format!("a quantile lies at 0 to 1, found {at}")));
            }
        }
        out
    }

    /// As an objective.
    pub fn objective(&self) -> Objective {
        let aim = |m: &Moment| Aim {
            measure: m.measure.clone(),
            statistic: m.statistic,
            toward: Toward::Target { value: m.target, tolerance: Some(m.tolerance) },
        };
        Objective { aims: self.moments.iter().map(aim).collect(), penalties: vec![], worst: false }
    }
}
