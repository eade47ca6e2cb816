//! The inputs that a command varies: all that is drawn, and what its arguments add to that.

use super::failure::Failure;
use crate::error::Error;
use crate::notation::{Code, Problem};
use crate::ready::Ready;
use crate::scenario::load::Loaded;
use crate::studies::axes::{OVER, axes};
use crate::studies::design::{Axis, clash};
use crate::studies::inputs::{Input, drawn, judged};

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

/// What is varied, and what a reader should know of it.
#[derive(Debug, Clone)]
pub struct Varied {
    /// The scenario, with what the arguments say among its sources.
    pub base: Loaded,
    /// The inputs: those drawn, those of judgement, those named.
    pub inputs: Vec<Input>,
    /// What stays as it is though it was asked for.
    pub notes: Vec<String>,
}

impl InputArgs {
    /// The inputs of a scenario.
    pub fn of(&self, ready: &Ready) -> Result<Varied, Failure> {
        let mut base = ready.loaded.clone();
        let named = axes(&mut base, |_| &[], &self.over, OVER)?;
        let (mut inputs, mut notes) = (drawn(ready), vec![]);
        if let Some(within) = self.all {
            let (more, left) = judged(&base, within);
            inputs.extend(more);
            if !left.is_empty() {
                notes.push(format!("{} numbers of judgement stay: at 0, or with no room in their range", left.len()));
            }
        }
        inputs
            .retain(|input| self.only.is_empty() || self.only.iter().any(|word| input.path().contains(word.as_str())));
        inputs.retain(|input| named.iter().all(|axis| axis.path != input.path()));
        inputs.extend(named.into_iter().map(Input::given));
        if !self.over.is_empty() {
            apart(&base, &inputs)?;
        }
        if inputs.is_empty() {
            let text = "nothing to vary: the scenario draws no number that fits\n  name one with --over PATH=0..1, or add \
                        every number of judgement with --all 20%";
            return Err(Failure::wrong(text));
        }
        Ok(Varied { base, inputs, notes })
    }
}

/// Refuses two inputs of which one undoes the other.
fn apart(base: &Loaded, inputs: &[Input]) -> Result<(), Failure> {
    let all: Vec<Axis> = inputs.iter().map(|input| input.axis.clone()).collect();
    let Some((one, other)) = clash(&base.tree, &all) else { return Ok(()) };
    let text = format!("`{}` and `{}` lie one in the other: each undoes the other", one.path, other.path);
    let help = "leave one of them out: --only says which inputs are kept";
    Err(Failure::from(base.wrong(vec![Problem::new(Code::Contradiction, text).at(other.at).help(help)])))
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
