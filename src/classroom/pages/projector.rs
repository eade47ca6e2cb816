//! What the room sees on the wall: no secret, by construction.

use maud::{Markup, PreEscaped, html};

use super::{clock, notices, page, sits};
use crate::classroom::charts::{Posed, figure};
use crate::classroom::wall::{PublicView, Span, WallTable};
use crate::notation::wording::count;

/// The address as a square of dots.
pub fn qr(text: &str) -> String {
    use fast_qr::convert::{Builder, Shape, svg::SvgBuilder};
    fast_qr::QRBuilder::new(text)
        .build()
        .map_or(String::new(), |qr| SvgBuilder::default().shape(Shape::Square).to_str(&qr))
}

/// The whole page.
pub fn projector(view: &PublicView) -> Markup {
    page(
        &view.title,
        "projector",
        Some("/projector/live"),
        html! { p.small.wallnet { span.net {} } div #live data-pace=(view.pace) { (live(view)) } },
    )
}

/// What changes by itself.
pub fn live(v: &PublicView) -> Markup {
    let joining = v.tables.first().is_none_or(|t| t.time.number <= 1);
    let clock_of = v.tables.first().filter(|first| v.tables.iter().all(|t| together(first, t)));
    html! {
        (signal(v))
        h1 { @if let Some(first) = clock_of { (clock(&first.time)) } (v.title) }
        (notices(&v.notices, true))
        @if let Some((what, note)) = &v.now { p #todo { strong { "Now: " (what) } @if !note.is_empty() { span.small { " " (note) } } } }
        @if joining { @match &v.code {
            Some(code) => { (door(v, code)) }
            None => { p #door { strong { (v.people) } " joined. The class code is on the wall of the room: it is shown only there." } }
        } }
        @if !joining { (line(&v.line)) }
        @let planned = v.tables.iter().any(|t| !t.plan.is_empty());
        @if !planned { section #tables .strips { @for (i, table) in v.tables.iter().enumerate() { (strip(i, table, clock_of.is_some(), joining)) } } }
        @else { (plan(&v.tables)) }
        @if !v.headlines.is_empty() {
            section #news .news { h2 { "Headlines" } @for line in &v.headlines { p { (line) } } }
        }
        @if v.revealed { p #charts { a.button rel="next" href="/projector/chart?n=1" { "The charts, one by one" } } }
        @if let (false, Some(code)) = (joining, &v.code) { p #late .small { "Late? " (v.address) " · code " strong { (code) } } }
    }
}

/// Whether two tables are in one phase with one clock, so that one is shown for both.
fn together(a: &WallTable, b: &WallTable) -> bool {
    a.time.number == b.time.number && a.time.runs == b.time.runs && a.time.left.abs_diff(b.time.left) < 2000
}

/// What the teacher put on the wall: a page goes there when it is new.
pub fn signal(v: &PublicView) -> Markup {
    let to = |n: usize| if n == 0 { "/projector".to_string() } else { format!("/projector/chart?n={n}") };
    html! { @if let Some((at, n)) = v.shown { span #shown hidden data-at=(at) data-to=(to(n)) {} } }
}

/// The rounds with their days; the one in which tables are stands out.
fn line(spans: &[Span]) -> Markup {
    html! {
        ol #line .line-of-time {
            @for span in spans {
                li.past[span.past].here[span.here > 0] aria-current=[(span.here > 0).then_some("step")] {
                    strong { (span.name) } span.small { (span.days[0]) " to " (span.days[1]) }
                }
            }
        }
    }
}

/// A table on a line.
fn strip(i: usize, t: &WallTable, one_clock: bool, joining: bool) -> Markup {
    html! {
        article.strip {
            h2 { "Table " (i + 1) @if !one_clock { " " (clock(&t.time)) } }
            @if joining { span { "● " (count(t.seats[0], "person")) "  ▣ " (count(t.seats[1], "engine seat")) } }
            @else {
                span { strong { (t.doing) } @if !one_clock { span.small { " " (t.time.phase) } } }
                span.small { (t.truce) }
                span.small { "● " (t.seats[0]) " ▣ " (t.seats[1]) @if t.decided.all() > 0 { " · Decided by people: " (t.decided.words()) } }
            }
            @if let Some(minutes) = t.idle { span.badge { "asleep for " (count(minutes as usize, "minute")) } }
            @if t.paused { span.badge { "Paused: decisions wait, drafting goes on." } }
        }
    }
}

/// Who sits where, while the delegations look for each other.
fn plan(tables: &[WallTable]) -> Markup {
    html! {
        section #plan .tables {
            @for (i, table) in tables.iter().enumerate() {
                @for side in table.plan.chunk_by(|a, b| a.party == b.party) {
                    div { h2 { "Table " (i + 1) ", " (side[0].party) }
                        ul.chairs { @for chair in side { li.human[chair.human] { (sits(chair)) " · " (chair.short) } } }
                    }
                }
            }
        }
    }
}

/// One chart of the debrief, as large as the wall, with the ways to the others; numbers count from 1.
pub fn wall_chart(number: usize, charts: &[Posed], v: &PublicView) -> Option<Markup> {
    let chart = charts.get(number.checked_sub(1)?)?;
    let link = |n: usize| format!("/projector/chart?n={n}");
    let body = html! {
        div #live data-pace=(v.pace) { (signal(v)) }
        p.wallnav {
            @if number > 1 { a.button rel="prev" href=(link(number - 1)) { "◀" } " " }
            @for n in 1..=charts.len() { a.button aria-current=[(n == number).then_some("page")] href=(link(n)) { (n) } " " }
            @if number < charts.len() { a.button rel="next" href=(link(number + 1)) { "▶" } " " }
            a.button rel="up" href="/projector" { "Tables" }
        }
        (figure(number, chart))
    };
    Some(page(&chart.chart.title, "projector chart", Some("/projector/live?bare=1"), body))
}

/// How to join: what the room needs first.
fn door(v: &PublicView, code: &str) -> Markup {
    html! {
        section #door .joinbox {
            div.qr role="img" aria-label="QR code of the join page" { (PreEscaped(qr(&format!("{}/j/{}", v.address, code)))) }
            div {
                p { "Point your camera at the square, or open" }
                p.address { (v.address) }
                p { "and type the code" }
                p.code { (code) }
                p { strong { (v.people) } " joined" }
            }
        }
    }
}
