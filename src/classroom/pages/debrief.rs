//! The debrief page and the one-page hand-out.

use maud::{Markup, PreEscaped, html};

use super::{alone, page, reflect::reflect};
use crate::charts::{Form, Scheme};
use crate::classroom::charts::{Posed, figure};
use crate::classroom::debrief::{Looked, Path, Turn};
use crate::classroom::decided::Decided;
use crate::classroom::reflect::Thought;

/// All charts, and each table's turning points; `back` is where the reader came from.
pub fn debrief(
    title: &str,
    charts: &[Posed],
    (turns, decided): (&[(String, Vec<Turn>)], &[(String, Decided)]),
    thought: &Thought,
    back: &str,
) -> Markup {
    page(
        title,
        "debrief",
        None,
        html! {
            (contents(title, charts, (turns, decided), thought))
            p {
                a.button href="/replay" { "Replay, week by week" } " " a.button href="/handout" { "One-page hand-out" } " "
                a.button href="/debrief.html" download="debrief.html" { "All of this as one file" } " " a.button href=(back) { "Back" }
            }
        },
    )
}

/// All of the debrief, in one file that needs no other: for whoever was there, without names.
pub fn takeaway(looked: &Looked, thought: &Thought) -> Markup {
    let (ready, mut charts) = (&looked.ready, looked.charts.clone());
    charts.push(looked.odds.clone());
    let lesson = &ready.lesson;
    alone(
        &lesson.title,
        "debrief",
        html! {
            (contents(&lesson.title, &charts, (&looked.turns, &looked.decided), thought))
            h2 { "What happened" }
            @for path in looked.paths() { p { strong { (path.name) } ": " (path.ended) } }
            @for (name, lines) in &looked.stories {
                details { summary { (name) ", all that was public" } ul { @for line in lines { li { (line) } } } }
            }
            h2 { "Questions" }
            ol { @for q in &lesson.classroom.debrief { li { (q) } } }
            p.small { "summitry " (env!("CARGO_PKG_VERSION")) ", scenario " (ready.scenario_hash) ". A model, not a forecast; it knows nothing after 25 July 2025." }
        },
    )
}

/// What the debrief shows.
fn contents(
    title: &str,
    charts: &[Posed],
    (turns, decided): (&[(String, Vec<Turn>)], &[(String, Decided)]),
    thought: &Thought,
) -> Markup {
    html! {
            h1 { "Debrief: " (title) }
            p.small { "Outcomes are not ranked: the roles are unequal. Each table is set against games with engine players in all seats." }
            p.small {
                @if thought.same_draw { "All tables played the same game: their governments wanted the same, and the same luck befell them. What differs, people did." }
                @else { "Each table played a game of its own: what its governments wanted most, how patient they were and what luck befell them was drawn anew. Some tables are dealt a deal, some hardly can have one: that is the luck in \"luck or skill\"." }
            }
            (deciders(decided))
            @for (i, chart) in charts.iter().enumerate() { (figure(i + 1, chart)) }
            h2 { "Turning points" }
            @if turns.iter().all(|t| t.1.is_empty()) {
                p.small { "None: no decision of people moved the odds of a deal by more than chance does." }
            } @else {
                p.small { "Decisions of people that moved the odds of a deal most, and the odds had they decided otherwise with all else that week left to the engine. Smaller differences than chance makes are left out. That a yes can lower the odds is no mistake: a concession made early may leave nothing to sign later." }
                @for (name, list) in turns.iter().filter(|t| !t.1.is_empty()) {
                    h3 { (name) }
                    table.turns {
                        thead { tr { th { "Decision" } th { "Odds of a deal as decided" } th { "Had it been otherwise" } } }
                        tbody { @for turn in list { tr {
                            td { (turn.what) } td { (format!("{:.0} %", 100.0 * turn.odds)) } td { (format!("{:.0} %", 100.0 * turn.otherwise)) }
                        } } }
                    }
                }
            }
            (reflect(thought))
    }
}

/// Who decided at each table: what the engine did is not the class's.
fn deciders(tables: &[(String, Decided)]) -> Markup {
    html! {
        h2 { "Who decided" }
        table.turns {
            thead { tr { th { "Table" } th { "Decided by people" } th { "By the draft at the bell" } th { "By the engine at the bell" } th { "By the engine, for an empty or lost seat" } } }
            tbody { @for (name, d) in tables { tr {
                th scope="row" { (name) } td { strong { (d.words()) } } td { (d.draft) } td { (d.bell) } td { (d.engine) }
            } } }
        }
    }
}

/// What the engine answered one delegation.
pub fn odds(charts: &[Posed]) -> Markup {
    let title = "What the engine says to your side";
    page(
        title,
        "debrief",
        None,
        html! {
            h1 { (title) }
            @for (i, chart) in charts.iter().enumerate() { (figure(i + 1, chart)) }
            p { a.button href="/play" { "Back to the table" } }
        },
    )
}

/// One page to print: each table's path, the odds, the questions.
pub fn handout(title: &str, tables: &[Path], odds: &Posed, questions: &[String]) -> Markup {
    page(
        title,
        "print",
        None,
        html! {
            h1 { (title) }
            div.grid {
                @for table in tables {
                    div {
                        h2 { (table.name) ": " (table.ended) }
                        p.small { "Decided by people: " (table.decided.words()) "." }
                        ul { @for line in &table.lines { li { (line) } } }
                        @if let Some(turn) = table.turns.first() {
                            p { "What moved the odds of a deal most: " (turn.what) ": " (format!("{:.0} %, otherwise {:.0} %.", 100.0 * turn.odds, 100.0 * turn.otherwise)) }
                        }
                    }
                }
            }
            figure.chart {
                figcaption { (odds.chart.title) }
                (PreEscaped(odds.chart.part(Form::Wide, Scheme::Page, "odds")))
                p.note { (odds.chart.note) }
            }
            h2 { "Questions" }
            ol { @for q in questions { li { (q) } } }
            p.small { "A model, not a forecast. What the model leaves out: firms, most courts, most third countries. What changed in the world after 25 July 2025 is for your teacher to add." }
        },
    )
}
