//! A table's game again: a week at a time, forward and back.

use maud::{Markup, html};

use super::page;
use crate::classroom::replay::Frame;

/// One week; `odds` are those of a deal at its start, where they are known.
pub fn replay(f: &Frame, odds: Option<f64>) -> Markup {
    let ((table, tables), (week, weeks)) = (f.table, f.week);
    let link = |week: usize| format!("/replay?table={}&week={}", table + 1, week + 1);
    page(
        "Replay",
        "debrief",
        None,
        html! {
            h1 { "Table " (table + 1) ", week " (week + 1) " of " (weeks) }
            form method="get" action="/replay" {
                label { "Table" select name="table" { @for t in 0..tables { option value=(t + 1) selected[t == table] { "table " (t + 1) } } } }
                label { "Week" input type="range" name="week" min="1" max=(weeks) value=(week + 1) data-auto autofocus; }
                button { "Show" }
            }
            p {
                @if week > 0 { a.button href=(link(week - 1)) { "◀ Week " (week) } " " }
                @if week + 1 < weeks { a.button href=(link(week + 1)) { "Week " (week + 2) " ▶" } }
            }
            p {
                "Mood " (format!("{:+.2}", f.tone).replace('-', "−"))
                @for (name, points) in &f.points { " · " (name) " " (format!("{points:.1}").replace('-', "−")) " points so far" }
                @if let Some(odds) = odds { " · odds of a deal as the week began " (format!("{:.0} %", 100.0 * odds)) }
            }
            div.board { table {
                thead { tr { th { "Issue" } th { "At the start" } th { "Week before" } th { "After this week" } } }
                @for (p, (name, _)) in f.points.iter().enumerate().rev() {
                    tbody {
                        tr.part { th colspan="4" scope="rowgroup" { (name) } }
                        @for lever in f.levers.iter().filter(|l| l.holder == p) { tr {
                            th scope="row" { (lever.name) }
                            td { (lever.levels[0]) } td { (lever.levels[1]) }
                            td.moved[lever.moved] { (lever.levels[2]) @if lever.moved { " ◂" } }
                        } }
                    }
                }
            } }
            h2 { "What happened" }
            @if f.news.is_empty() { p { "Nothing that was public." } }
            ul { @for line in &f.news { li { (line) } } }
            @if !f.decided.is_empty() { h2 { "Who decided" } ul { @for line in &f.decided { li { (line) } } } }
            p { a.button href="/debrief" { "Back to the charts" } }
        },
    )
}
