//! A search and what it found, as one JSON document.

use serde_json::{Map, Value, json};

use super::heading::{Heading, extend};
use crate::error::Error;
use crate::notation::written::written;
use crate::scenario::because::reason;
use crate::scenario::load::Loaded;
use crate::studies::design::{Axis, Over};
use crate::studies::tune::judge::{Against, Judged, Verdict};
use crate::studies::tune::objective::{Objective, Statistic};
use crate::studies::tune::reached::Reached;
use crate::studies::tune::search::State;
use crate::studies::variants::cell;

/// A search as it was asked for.
#[derive(Debug, Clone, Copy)]
pub struct Searched<'a> {
    /// Of which scenario; its games are those of a candidate.
    pub heading: &'a Heading,
    /// The paths searched, and over what.
    pub axes: &'a [(String, String)],
    /// Where what stands at each is from, as its author says.
    pub because: &'a [Option<String>],
    /// How many of them only feed start values.
    pub direct: usize,
    /// What is sought.
    pub objective: &'a Objective,
    /// The opponents, where any are named: the party, and what it plays.
    pub against: &'a [(String, String)],
    /// The budget of each search, in candidates played in full.
    pub tries: u64,
    /// Held-out games.
    pub held: u64,
}

/// What came of a search.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// Both arms as they ended.
    pub state: State,
    /// What is to be thought of their best.
    pub verdict: Verdict,
    /// The value of each path of the best, as it is written.
    pub values: Vec<String>,
    /// Stopped before the budget was spent.
    pub interrupted: bool,
    /// Processor time outside of playing games, for each candidate, in microseconds.
    pub overhead_us: f64,
}

impl Outcome {
    /// The best, where it beats the scenario as written.
    pub fn best(&self) -> Option<&Judged> {
        self.verdict.best.first().filter(|best| best.inside.gain.is_none_or(|gain| gain > 0.0))
    }
}

/// What a moment is of, in words.
pub fn statistic(what: Statistic) -> String {
    match what {
        Statistic::Mean => "mean".into(),
        Statistic::Share { above } => format!("share above {above}"),
        Statistic::Quantile { at } => format!("{at} quantile"),
    }
}

/// What an axis runs over, in words.
pub fn told_axis(axis: &Axis) -> String {
    match &axis.over {
        Over::Range(low, high) => format!("{low} to {high}{}", if axis.whole { ", whole numbers" } else { "" }),
        Over::Values(values) => values.iter().map(written).collect::<Vec<_>>().join(", "),
    }
}

/// Where what stands at each path of a search is from.
pub fn reasons(base: &Loaded, axes: &[Axis]) -> Result<Vec<Option<String>>, Error> {
    let scenario = cell(base, &[])?.setup.scenario;
    Ok(axes.iter().map(|axis| reason(base, &scenario, &axis.path)).collect())
}

/// A value against the scenario as written: over the games of each that have a case; and over those that have one on
/// both sides, where that is another figure.
fn value(x: &Against) -> Value {
    let figures = |x: &Against| {
        json!({
            "base": x.written, "variant": x.value, "half": x.half, "gain": x.gain,
            "difference": x.written.map(|written| x.value - written), "difference_half": x.gain_half,
        })
    };
    let mut out = figures(x);
    if let Some([base, variant]) = x.n {
        extend(&mut out, json!({"base_n": base, "variant_n": variant}));
    }
    if let Some(both) = &x.both {
        let mut told = both.found.as_deref().map_or_else(|| json!({}), figures);
        extend(&mut told, json!({"n": both.n}));
        extend(&mut out, json!({"both_sides": told}));
    }
    out
}

/// A search and the best that it found, as one JSON document; `out` is the file that it was written to, if there is one.
pub fn document(search: &Searched<'_>, outcome: &Outcome, out: Option<&str>) -> Value {
    let sign = search.objective.sign();
    let axis = |((path, over), because): (&(String, String), &Option<String>)| json!({"path": path, "over": over, "because": because});
    let axes: Vec<Value> = search.axes.iter().zip(search.because).map(axis).collect();
    let judged = |j: &Judged| {
        json!({
            "in_sample": value(&j.inside), "held_out": value(&j.outside), "scenario_hash": j.hashes,
            "optimism": {"value": j.optimism(sign), "gain": j.optimism_of_gain()},
            "parts": j.parts.iter().map(|(aim, found)| json!({"what": aim.what(), "held_out": value(found)}))
                .collect::<Vec<_>>(),
        })
    };
    let arms: Vec<Value> = outcome
        .state
        .arms
        .iter()
        .map(|arm| {
            let trace: Vec<Value> = arm.trace.iter().map(|(n, x)| json!([n, sign * x])).collect();
            json!({
                "search": arm.way.name(), "candidates": arm.candidates, "in_full": arm.full, "games": arm.spent,
                "restarts": arm.restarts, "best_by_candidates": trace,
                "judged": outcome.verdict.best.iter().find(|j| j.way == arm.way).map(judged),
                "no_case_held_out": outcome.verdict.mute.contains(&arm.way),
            })
        })
        .collect();
    let o = search.objective;
    let mut document = search.heading.document("summitry.tune/3");
    extend(
        &mut document,
        json!({
            "set": search.heading.sets, "games": search.heading.asked, "held_out_games": search.held,
            "tries": search.tries, "searched": axes, "direct_paths": search.direct,
            "objective": {"told": o.told(), "maximise": sign > 0.0},
            "against": search.against.iter().map(|(p, s)| json!({"party": p, "plays": s})).collect::<Vec<_>>(),
            "searches": arms, "best": null,
        }),
    );
    if let [aim] = &o.aims[..] {
        document["objective"]["measure"] = json!(aim.measure);
    }
    if let Some(best) = outcome.best() {
        let values: Map<String, Value> =
            search.axes.iter().zip(&outcome.values).map(|((path, _), value)| (path.clone(), json!(value))).collect();
        document["best"] = judged(best);
        document["best"]["values"] = json!(values);
        document["best"]["found_by"] = json!(best.way.name());
    }
    if !outcome.verdict.written.is_empty() {
        let (of, reached) = match outcome.best() {
            Some(best) => ("best", &best.reached),
            None => ("as written", &outcome.verdict.written),
        };
        document["moments_of"] = json!(of);
        document["moments"] = moments(reached, search.against);
    }
    if let Some(file) = out {
        document["written"] = json!(file);
    }
    document
}

/// What became of targets.
fn moments(reached: &[Reached], against: &[(String, String)]) -> Value {
    let one = |r: &Reached| {
        json!({
            "measure": r.aim.measure, "statistic": statistic(r.aim.statistic), "target": r.target,
            "tolerance": r.tolerance, "against": against.get(r.opponent).map(|(_, plays)| plays),
            "in_sample": r.inside, "held_out": r.outside, "half": r.half, "met": r.met(),
        })
    };
    reached.iter().map(one).collect()
}
