//! The inputs that a study varies: all that is drawn, and what is named besides.

use super::axes::axes;
use super::design::{Axis, clash};
use super::inputs::{Input, drawn, judged, unknown};
use crate::error::Error;
use crate::notation::{Code, Problem};
use crate::ready::Ready;
use crate::scenario::load::Loaded;

/// Which inputs.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// One more input and its values each, `PATH=0..1`; of one that is drawn, instead of its distribution.
    pub over: &'a [String],
    /// What such a text is called where something is wrong with it.
    pub called: &'static str,
    /// Every number that is judgement too, within such a share of itself.
    pub within: Option<f64>,
    /// Only inputs whose path holds one of these words, where there are any.
    pub only: &'a [String],
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

impl Wanted<'_> {
    /// The inputs of a scenario.
    pub fn of(&self, ready: &Ready) -> Result<Varied, Error> {
        let mut base = ready.loaded.clone();
        let named = axes(&mut base, |_| &[], self.over, self.called)?;
        let (mut inputs, mut notes) = (drawn(ready), vec![]);
        inputs.extend(unknown(ready));
        if let Some(within) = self.within {
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
            return Err(Error::argument(text));
        }
        Ok(Varied { base, inputs, notes })
    }
}

/// Refuses two inputs of which one undoes the other.
fn apart(base: &Loaded, inputs: &[Input]) -> Result<(), Error> {
    let all: Vec<Axis> = inputs.iter().map(|input| input.axis.clone()).collect();
    let Some((one, other)) = clash(&base.tree, &all) else { return Ok(()) };
    let text = format!("`{}` and `{}` lie one in the other: each undoes the other", one.path, other.path);
    let help = "leave one of them out: --only says which inputs are kept";
    Err(base.wrong(vec![Problem::new(Code::Contradiction, text).at(other.at).help(help)]).into())
}
