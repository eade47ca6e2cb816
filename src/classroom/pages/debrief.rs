//! The debrief page and the one-page hand-out.

use maud::{Markup, html};

use super::page;
use crate::classroom::charts::{Chart, figure};
use crate::classroom::debrief::Turn;

/// All charts, and each table's turning points.
pub fn debrief(title: &str, charts: &[Chart], turns: &[(String, Vec<Turn>)]) -> Markup {
    page(
        title,
        "debrief",
        None,
        html! {
            h1 { "Debrief: " (title) }
            p.small { "Outcomes are not ranked: the roles are unequal. Each table is set against games with engine players in all seats." }
            @for (i, chart) in charts.iter().enumerate() { (figure(i + 1, chart)) }
            @if turns.iter().any(|t| !t.1.is_empty()) {
                h2 { "Turning points" }
                @for (name, list) in turns.iter().filter(|t| !t.1.is_empty()) {
                    h3 { (name) }
                    table {
                        thead { tr { th { "Decision" } th { "Odds of a deal as decided" } th { "Had it been otherwise" } } }
                        tbody { @for turn in list { tr {
                            td { (turn.what) } td { (format!("{:.0} %", 100.0 * turn.odds)) } td { (format!("{:.0} %", 100.0 * turn.otherwise)) }
                        } } }
                    }
                }
            }
            p { a.button href="/handout" { "One-page hand-out" } " " a.button href="/console" { "Console" } }
        },
    )
}

/// One page to print: each table's path and the questions.
pub fn handout(title: &str, tables: &[(String, String, Vec<String>)], questions: &[String]) -> Markup {
    page(
        title,
        "print",
        None,
        html! {
            h1 { (title) }
            @for (name, ended, lines) in tables {
                h2 { (name) ": " (ended) }
                ul { @for line in lines { li { (line) } } }
            }
            h2 { "Questions" }
            ol { @for q in questions { li { (q) } } }
            p.small { "A model, not a forecast. What the model leaves out: firms, most courts, most third countries. What changed in the world after 25 July 2025 is for your teacher to add." }
        },
    )
}
