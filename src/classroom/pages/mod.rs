//! Pages. Each is a function of a view: it cannot show what the view does not hold.

pub mod board;
pub mod console;
pub mod debrief;
pub mod join;
pub mod paper;
pub mod projector;
pub mod reflect;
pub mod replay;
pub mod sheets;
pub mod student;

use std::sync::LazyLock;

use maud::{DOCTYPE, Markup, html};

use super::views::{Chair, Time};
use crate::charts::{self, FIGURE_CSS, head};

/// The style sheet.
pub fn css() -> &'static str {
    static CSS: LazyLock<String> = LazyLock::new(|| {
        let inks = charts::css("body:not(.projector):not(.print)");
        [inks.as_str(), FIGURE_CSS, include_str!("app.css")].concat()
    });
    &CSS
}

/// The script.
pub const JS: &str = include_str!("app.js");

/// A page: `live` names its stream, where it has one.
pub fn page(title: &str, class: &str, live: Option<&str>, body: Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                (head(title))
                link rel="stylesheet" href="/app.css";
                link rel="icon" href="/icon.svg";
                script src="/app.js" defer {}
            }
            body class=(class) data-ours="" data-live=[live] {
                a.skip href="#main" { "Skip to the content" }
                main #main { (body) }
            }
        }
    }
}

/// A clock that a script counts down and that is right without one.
pub fn clock(time: &Time) -> Markup {
    let seconds = time.left.div_ceil(1000);
    html! {
        span.clock role="timer" data-left=(time.left) data-runs=(time.runs) {
            (format!("{}:{:02}", seconds / 60, seconds % 60))
            @if !time.runs { " (stopped)" }
        }
    }
}

/// Points with a sign; nothing where nothing is moved.
pub fn points(x: f64) -> String {
    if x.abs() < 0.005 { "0".into() } else { format!("{x:+.2}").replace('-', "−") }
}

/// Who sits where.
pub fn chairs(list: &[Chair]) -> Markup {
    html! {
        ul.chairs {
            @for chair in list {
                li.human[chair.human] { (chair.party) ", " (chair.role) ": " (chair.holder) }
            }
        }
    }
}

/// What is left of a class that was wiped.
pub fn wiped() -> Markup {
    page(
        "Wiped",
        "narrow",
        None,
        html! {
            h1 { "Wiped" }
            p role="alert" { "Everything of this class was wiped: the file is gone. Stop the program with Ctrl-C; start it again for another class." }
        },
    )
}

/// A page that says why something was refused, and where to go.
pub fn refused(why: &str, back: &str) -> Markup {
    page(
        "Not done",
        "narrow",
        None,
        html! {
            h1 { "Not done" }
            p role="alert" { (why) "." }
            p { a.button href=(back) { "Back" } }
        },
    )
}
