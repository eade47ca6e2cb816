//! The charts of a class: what every chart of the program is, with the question that it is for.

use maud::{Markup, html};

use crate::charts::{self, Count};
use crate::charts::{Bar, Chart, Drawing, Fill, Line, Lines, Pen, Table, Times};

/// What is said under every chart.
pub const MODEL: &str = "A model, not a forecast.";

/// A chart and its question.
#[derive(Debug, Clone)]
pub struct Posed {
    /// The chart.
    pub chart: Chart,
    /// The question it is for.
    pub question: String,
}

/// A chart with its question, its numbers, and the reminder that it is a model's.
pub fn posed(
    title: &str,
    question: &str,
    about: &str,
    note: &str,
    drawing: impl Into<Drawing>,
    heads: &[&str],
    rows: Vec<Vec<String>>,
) -> Posed {
    let mut table = Table::new(heads.iter().copied());
    table.rows = rows;
    let chart = Chart::new(title, about, drawing).with_table(table).note(format!("{note} {MODEL}"));
    Posed { chart, question: question.into() }
}

/// A share in percent.
pub fn percent(x: f64) -> String {
    format!("{:.0} %", 100.0 * x)
}

/// Half the width of a 95 % interval of a share.
pub fn half(share: f64, n: usize) -> f64 {
    1.96 * (share * (1.0 - share) / n.max(1) as f64).sqrt()
}

/// A bar with no interval.
pub fn bar(name: String, value: f64, fill: Fill) -> Bar {
    Bar { name, value, inner: None, outer: None, fill }
}

/// Lines of shares over numbered steps.
pub fn lines(step: &str, measure: &str, series: &[(String, Vec<f64>)]) -> Lines {
    let steps = series.iter().map(|(_, values)| values.len()).max().unwrap_or(1);
    let names = (1..=steps).map(|step| step.to_string()).collect();
    let lines = series.iter().enumerate();
    let lines =
        lines.map(|(n, (name, values))| Line { name: name.clone(), values: values.clone(), pen: Pen::other(n) });
    let times = Times { names, flags: vec![], axis: step.into() };
    Lines { times, lines: lines.collect(), count: Count::Share, measure: measure.into() }
}

/// The figure of a chart, numbered, with its question over it.
pub fn figure(number: usize, posed: &Posed) -> Markup {
    let chart = Chart { title: format!("{number}. {}", posed.chart.title), ..posed.chart.clone() };
    charts::figure(&chart, &format!("c{number}"), &html! { p { strong { (posed.question) } } })
}
