//! The inputs that a command varies: all that is drawn, and what its arguments add to that.

use crate::error::Error;
use crate::ready::Ready;
use crate::studies::axes::OVER;
use crate::studies::varied::{Varied, Wanted};

/// Which inputs.
#[derive(Debug, Clone, clap::Args)]
pub struct InputArgs {
    /// One more input and its values, PATH=0..1 or PATH=30,40,50; of one that is drawn, instead of its distribution; may be
    /// repeated
    #[arg(long = "over", value_name = "PATH=VALUES")]
    pub over: Vec<String>,
    /// Also every number that is judgement, within so much of itself, such as 20%
    #[arg(long, value_name = "PERCENT", value_parser = percent)]
    pub all: Option<f64>,
    /// Only inputs whose path holds this, such as parties.cn; may be repeated
    #[arg(long, value_name = "WORD")]
    pub only: Vec<String>,
}

impl InputArgs {
    /// Whether a path is named with values of its own.
    pub fn names(&self, path: &str) -> bool {
        self.over.iter().filter_map(|over| over.split_once('=')).any(|(named, _)| named.trim() == path)
    }

    /// The inputs of a scenario.
    pub fn of(&self, ready: &Ready) -> Result<Varied, Error> {
        Wanted { over: &self.over, called: OVER, within: self.all, only: &self.only }.of(ready)
    }
}

/// A share written as `20%` or `0.2`.
fn percent(text: &str) -> Result<f64, Error> {
    let wrong = || Error::argument("a share above 0 and up to 100% is needed, such as 20%");
    let (number, unit) = text.trim().strip_suffix('%').map_or((text.trim(), 1.0), |rest| (rest.trim(), 100.0));
    let share = number.parse::<f64>().map_err(|_| wrong())? / unit;
    if share > 0.0 && share <= 1.0 { Ok(share) } else { Err(wrong()) }
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn a_share_is_written_either_way() {
        assert_eq!(
            (percent("20%").ok(), percent("0.2").ok(), percent(" 5 % ").ok()),
            (Some(0.2), Some(0.2), Some(0.05))
        );
        assert!(["0", "-5%", "120%", "much"].iter().all(|text| percent(text).is_err()));
    }
}
