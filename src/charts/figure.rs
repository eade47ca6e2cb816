//! A chart on a page: its title, its drawing in both widths, its numbers, and how to have it again.

use maud::{Markup, PreEscaped, html};

use super::Chart;
use super::canvas::Form;
use super::palette::Scheme;

/// What a page's style sheet says of figures.
pub const FIGURE_CSS: &str = include_str!("figure.css");

/// What the head of every page begins with.
pub fn head(title: &str) -> Markup {
    html! {
        meta charset="utf-8";
        meta name="viewport" content="width=device-width, initial-scale=1";
        title { (title) }
    }
}

/// A figure; `id` is unlike that of any other on the page, `above` stands between title and drawing.
pub fn figure(chart: &Chart, id: &str, above: &Markup) -> Markup {
    let numbers = chart.numbers();
    html! {
        figure.chart id=(id) {
            figcaption {
                h3.answer { (chart.title) }
                @if !chart.about.is_empty() { span.about { (chart.about) } }
            }
            (above)
            (PreEscaped(chart.part(Form::Wide, Scheme::Page, &format!("{id}w"))))
            (PreEscaped(chart.part(Form::Narrow, Scheme::Page, &format!("{id}n"))))
            @if !chart.note.is_empty() { p.note { (chart.note) } }
            details {
                summary { "The numbers" }
                div.scroll tabindex="0" role="region" aria-label={ "The numbers of: " (chart.title) } {
                    table {
                        thead { tr { @for head in &numbers.heads { th scope="col" { (head) } } } }
                        tbody { @for row in &numbers.rows { tr {
                            @for (i, cell) in row.iter().enumerate() {
                                @if i == 0 { th scope="row" { (cell) } } @else { td.number[is_number(cell)] { (cell) } }
                            }
                        } } }
                    }
                }
            }
            @if let Some(command) = &chart.command { p.again { "Again: " code { (command) } } }
        }
    }
}

/// Whether a cell holds a number, which stands in one line.
fn is_number(cell: &str) -> bool {
    cell.starts_with(|c: char| c.is_ascii_digit() || "+-\u{2212}\u{b1}".contains(c))
}

/// A text in which a number that is written in groups, or its unit, begins no line.
pub fn unbroken(text: &str) -> String {
    let mut out = String::new();
    let mut all = text.chars().peekable();
    while let Some(c) = all.next() {
        let within = out.ends_with(|c: char| c.is_ascii_digit());
        let goes_on = all.peek().is_some_and(|next| next.is_ascii_digit() || *next == '%');
        out.push(if c == ' ' && within && goes_on { '\u{a0}' } else { c });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_kept_in_one_piece() {
        assert_eq!(unbroken("in 20 000 games, 5 % of 3"), "in 20\u{a0}000 games, 5\u{a0}% of 3");
        let one = |cell: &str| is_number(cell);
        assert_eq!(["10.1 %", "\u{2212}2", "+3", "no deal", "-"].map(one), [true, true, true, false, true]);
    }
}
