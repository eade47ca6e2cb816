//! Documents of the program as charts, and charts as one page that opens anywhere: a file a kind of document.

// Without the command line some of what this room hands out is not called for.
#![cfg_attr(not(feature = "cli"), allow(unused_imports))]

mod ablation;
mod batch;
mod compare;
mod discover;
mod names;
mod odds;
mod page;
mod run;
mod sample;
mod score;
mod sensitivity;
mod sweep;
mod tournament;
mod tune;

use serde_json::Value;

use crate::charts::Chart;

pub use names::Names;
pub use page::page;
pub use sample::sampled;

/// The charts of one document.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// What they are about.
    pub title: String,
    /// Of which games, by which scenario and seed.
    pub about: String,
    /// The charts, the answer first.
    pub charts: Vec<Chart>,
}

/// What makes charts of a document.
type Charting = fn(&Value, &Names) -> Vec<Chart>;

/// The documents that have charts: the name of each, what its section is called, and what makes its charts.
const KINDS: [(&str, &str, Charting); 12] = [
    ("summitry.batch/1", "How games end", batch::charts),
    ("summitry.compare/1", "What a change does", compare::charts),
    ("summitry.sweep/1", "What a number does", sweep::charts),
    ("summitry.ablation/1", "What each mechanism does", ablation::charts),
    ("summitry.tournament/1", "Who plays best", tournament::charts),
    ("summitry.tournaments/1", "Who plays best, over several scenarios", tournament::pooled),
    ("summitry.odds/1", "The odds of one game", odds::charts),
    ("summitry.score/1", "The model as a forecast", score::charts),
    ("summitry.sensitivity/1", "What drives the answer", sensitivity::charts),
    ("summitry.discover/1", "Where it happens", discover::charts),
    ("summitry.run/1", "One game", run::charts),
    ("summitry.tune/3", "What the tuner found", tune::charts),
];

/// Whether a document of this name has charts.
pub fn known(schema: &str) -> bool {
    KINDS.iter().any(|(name, ..)| *name == schema)
}

/// The names of all documents that have charts.
pub fn kinds() -> Vec<&'static str> {
    KINDS.iter().map(|(name, ..)| *name).collect()
}

/// The charts of a document; nothing where it is of another kind.
pub fn section(document: &Value, names: &Names) -> Option<Section> {
    let (_, title, charting) = KINDS.iter().find(|(name, ..)| document["schema"] == *name)?;
    let command = document["made"]["command"].as_str();
    let charts = charting(document, names).into_iter().map(|chart| match &chart.command {
        Some(_) => chart,
        None => Chart { command: command.map(str::to_owned), ..chart },
    });
    let told = [
        names.title.clone().or_else(|| document["title"].as_str().map(str::to_owned)),
        document["scenario"].as_str().map(str::to_owned),
        games(document).map(|n| format!("{n} games")),
        document["seed"].as_u64().map(|seed| format!("seed {seed}")),
        document["set"]
            .as_array()
            .filter(|sets| !sets.is_empty())
            .map(|sets| format!("changed: {}", sets.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", "))),
        (document["interrupted"] == true).then(|| "stopped before all were played".into()),
        (document["partial"] == true).then(|| "parts of it are missing".into()),
    ];
    let about = told.into_iter().flatten().collect::<Vec<_>>().join("; ");
    Some(Section { title: (*title).into(), about, charts: charts.collect() })
}

/// How many games a document is of, with spaces in long numbers.
fn games(document: &Value) -> Option<String> {
    document["games"].as_u64().map(|n| crate::report::text::thousands(&n.to_string()))
}

/// A number of a document.
fn number(value: &Value) -> Option<f64> {
    value.as_f64().filter(|x| x.is_finite())
}

/// The fields of a record, in order; none of what is no record.
fn fields(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    value.as_object().into_iter().flatten().map(|(name, value)| (name.as_str(), value))
}

/// The items of a list; none of what is no list.
fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}
