//! What the room sees on the wall: no secret, by construction.

use maud::{Markup, PreEscaped, html};

use super::{clock, page};
use crate::classroom::charts::{Posed, figure};
use crate::classroom::views::PublicView;
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
        html! { p.small.wallnet { span.net { "connected" } } div #live data-pace=(view.pace) { (live(view)) } },
    )
}

/// What changes by itself.
pub fn live(v: &PublicView) -> Markup {
    let joining = v.tables.first().is_none_or(|t| t.time.number <= 1);
    html! {
        h1 { (v.title) }
        @if joining { @match &v.code {
            Some(code) => { (door(v, code)) }
            None => { p #door { strong { (v.people) } " joined. The class code is on the wall of the room: it is shown only there." } }
        } }
        section #tables .tables {
            @for (i, table) in v.tables.iter().enumerate() {
                article {
                    h2 { "Table " (i + 1) " " (clock(&table.time)) }
                    @if table.paused { p.alert { "Paused: decisions wait, drafting goes on." } }
                    @if !joining { p { (table.time.phase) } p { strong { (table.doing) } } }
                    p.small { "● " (count(table.seats[0], "person")) "  ▣ " (count(table.seats[1], "engine seat")) }
                    @if table.decided.all() > 0 { p.small { "Decided by people: " (table.decided.words()) } }
                }
            }
        }
        @if !v.headlines.is_empty() {
            section #news .news { h2 { "Headlines" } @for line in &v.headlines { p { (line) } } }
        }
        @if v.revealed { p #charts { a.button href="/projector/chart?n=1" { "The charts, one by one" } } }
        @if let (false, Some(code)) = (joining, &v.code) { p #late .small { "Late? " (v.address) " · code " strong { (code) } } }
    }
}

/// One chart of the debrief, as large as the wall, with the ways to the others; numbers count from 1.
pub fn wall_chart(number: usize, charts: &[Posed]) -> Option<Markup> {
    let chart = charts.get(number.checked_sub(1)?)?;
    let link = |n: usize| format!("/projector/chart?n={n}");
    let body = html! {
        p.wallnav {
            @if number > 1 { a.button rel="prev" href=(link(number - 1)) { "◀" } " " }
            @for n in 1..=charts.len() { a.button aria-current=[(n == number).then_some("page")] href=(link(n)) { (n) } " " }
            @if number < charts.len() { a.button rel="next" href=(link(number + 1)) { "▶" } " " }
            a.button href="/projector" { "Tables" }
        }
        (figure(number, chart))
    };
    Some(page(&chart.chart.title, "projector chart", None, body))
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
