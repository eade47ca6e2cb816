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

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::notices::{Notice, Of};
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

/// A page in a file of its own: its style is in it, and it asks for nothing.
pub fn alone(title: &str, class: &str, body: Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head { (head(title)) style { (PreEscaped(css())) } }
            body class=(class) { main #main { (body) } }
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

/// How long a new phase, and a message on the wall, stay at the edge of a page that nobody puts them away on (seconds).
const FADES: (u32, u32) = (20, 60);

/// What asks for attention, at the edge of a page; on the wall nobody can put it away, and a message fades.
pub fn notices(list: &[Notice], wall: bool) -> Markup {
    let fades = |n: &Notice| match n.of {
        Of::Phase => Some(FADES.0),
        Of::Message if wall => Some(FADES.1),
        _ => None,
    };
    html! {
        div #notices aria-live="polite" {
            @for n in list {
                p.notice.(n.of.key()) id={ "n-" (n.key) } hidden[!n.is_due()] data-fades=[fades(n)] data-left=[n.clock.map(|c| c.0)] data-runs=[n.clock.map(|c| c.1)] {
                    span { (n.text) }
                    @if !wall { button.away type="button" aria-label="Put away" { "×" } }
                }
            }
        }
    }
}

/// Points with a sign; nothing where nothing is moved.
pub fn points(x: f64) -> String {
    if x.abs() < 0.005 { "0".into() } else { format!("{x:+.2}").replace('-', "−") }
}

/// Who sits on a chair: by name where the view holds it.
pub fn sits(chair: &Chair) -> String {
    let sign: String = chair.holder.chars().take(1).collect();
    match (chair.names.is_empty(), chair.human) {
        (true, _) => chair.holder.clone(),
        (false, true) => format!("{sign} {}", chair.names.join(", ")),
        (false, false) => format!("{} ({})", chair.holder, chair.names.join(", ")),
    }
}

/// Who sits where.
pub fn chairs(list: &[Chair]) -> Markup {
    html! {
        ul.chairs {
            @for chair in list {
                li.human[chair.human] { (chair.party) ", " (chair.role) ": " (sits(chair)) }
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
