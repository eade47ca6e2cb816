//! What the room sees on the wall: no secret, by construction.

use maud::{Markup, PreEscaped, html};

use super::{clock, page};
use crate::classroom::views::PublicView;

/// The address as a square of dots.
pub fn qr(text: &str) -> String {
    use fast_qr::convert::{Builder, Shape, svg::SvgBuilder};
    fast_qr::QRBuilder::new(text)
        .build()
        .map_or(String::new(), |qr| SvgBuilder::default().shape(Shape::Square).to_str(&qr))
}

/// The whole page.
pub fn projector(view: &PublicView) -> Markup {
    page(&view.title, "projector", Some("/projector/live"), html! { div #live { (live(view)) } })
}

/// What changes by itself.
pub fn live(v: &PublicView) -> Markup {
    let first = v.tables.first().map_or(0, |t| t.0.number);
    html! {
        h1 { (v.title) }
        div.wall {
            @if first <= 1 {
                section.joinbox {
                    div.qr role="img" aria-label="QR code of the join page" { (PreEscaped(qr(&format!("{}/j/{}", v.address, v.code)))) }
                    p { (v.address) }
                    p.code { (v.code) }
                    p { (v.people) " joined" }
                }
            }
            section.tables {
                @for (i, (time, doing, people, engines)) in v.tables.iter().enumerate() {
                    article {
                        h2 { "Table " (i + 1) " " (clock(time)) }
                        p { (time.phase) }
                        p { strong { (doing) } }
                        p { "● " (people) " people  ▣ " (engines) " engine seats" }
                    }
                }
                @if first > 1 { p.code { "Late? " (v.address) " · " (v.code) } }
            }
            @if !v.headlines.is_empty() {
                section.news { h2 { "Headlines" } @for line in &v.headlines { p { (line) } } }
            }
        }
    }
}
