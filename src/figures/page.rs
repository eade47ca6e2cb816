//! One page with all charts: a file that needs no network, no script and no other file.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::Section;
use crate::charts::{FIGURE_CSS, css, figure, head, unbroken};
use crate::report::made::version;

const PAGE_CSS: &str = include_str!("page.css");

/// The page.
pub fn page(title: &str, sections: &[Section]) -> String {
    let named = |i: usize| format!("part{}", i + 1);
    let style = format!("{}{PAGE_CSS}{FIGURE_CSS}", css(":root"));
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                (head(title))
                style { (PreEscaped(style)) }
            }
            body {
                a.skip href="#charts" { "To the charts" }
                header {
                    h1 { (title) }
                    p { "Each chart says what it shows; its numbers lie below it, with the command that gives them again. A model, not a forecast." }
                    @if sections.len() > 1 {
                        nav aria-label="Parts" { ul { @for (i, section) in sections.iter().enumerate() {
                            li { a href={ "#" (named(i)) } { (section.title) } ": " (section.charts.first().map_or("", |chart| &chart.title)) }
                        } } }
                    }
                }
                main #charts { @for (i, section) in sections.iter().enumerate() { (part(section, &named(i))) } }
                footer { p { "Written by summitry " (version()) "." } }
            }
        }
    }
    .into_string()
}

fn part(section: &Section, id: &str) -> Markup {
    html! {
        section id=(id) aria-labelledby={ (id) "h" } {
            h2 id={ (id) "h" } { (section.title) }
            p.about { (unbroken(&section.about)) }
            @if section.charts.is_empty() { p { "There is nothing in it that a chart could show." } }
            @for (i, chart) in section.charts.iter().enumerate() {
                (figure(chart, &format!("{id}c{}", i + 1), &html! {}))
            }
        }
    }
}
