//! What the class thought, under the charts.

use maud::{Markup, html};

use crate::classroom::reflect::Thought;
use crate::notation::wording::count;

/// The section; nothing where nobody forecast, ranked, observed or answered.
pub fn reflect(thought: &Thought) -> Markup {
    let share = |(right, n): (usize, usize)| if n == 0 { "–".to_string() } else { format!("{right} of {n}") };
    let (met, tables) = thought.summits;
    html! {
        @if let Some((n, mean)) = thought.forecast {
            h2 { "What the class expected" }
            p { "Before it began, " (count(n, "person")) " gave a summit a chance of " strong { (format!("{mean:.0} %")) } " on average. The leaders met at " (met) " of " (tables) " tables." }
        }
        @if !thought.ranked.is_empty() {
            h2 { "What each delegation thought mattered most" }
            p.small { "The secret rankings of its people together (a first place counts four, a fourth one), beside the issues at which most was at stake for its government within the room of one meeting, in the model." }
            table.turns {
                thead { tr { th { "Delegation" } th { "Ranked by" } th { "What it said" } th { "What the model says" } } }
                tbody { @for r in &thought.ranked { tr {
                    th scope="row" { (r.who) } td { (r.people) } td { (r.said.join(", ")) } td { (r.model.join(", ")) }
                } } }
            }
        }
        @if !thought.seen.is_empty() {
            h2 { "What the observers saw" }
            @for (prompt, texts) in &thought.seen {
                h3 { (prompt) }
                ul { @for (table, text) in texts { li { "Table " (table + 1) ": " (text) } } }
            }
        }
        @if !thought.learnt.is_empty() {
            h2 { "What the class learnt" }
            p.small { "Right answers of those given, before and after, of the people who answered both times. A class is too small for a rule." }
            table.turns {
                thead { tr { th { "Question" } th { "Before" } th { "After" } } }
                tbody { @for l in &thought.learnt { tr { th scope="row" { (l.ask) } td { (share(l.before)) } td { (share(l.after)) } } } }
            }
        }
    }
}
