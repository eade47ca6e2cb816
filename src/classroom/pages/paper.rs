//! The reserve on paper: briefs, offer sheets and a score sheet, should the network fail.

use maud::{Markup, html};

use super::{page, points};
use crate::classroom::lesson::Ready;

/// All sheets; `values` is what each issue would bring each party at its lowest, half-way and at its highest (points a week).
pub fn paper(ready: &Ready, values: &[Vec<[f64; 3]>; 2]) -> Markup {
    let plan = &ready.lesson.classroom;
    page(
        "On paper",
        "print",
        None,
        html! {
            section.sheet {
                h1 { (ready.lesson.title) ": on paper" }
                p { "One set for each table. Cut the leader's card off before you hand the briefs out." }
                ol {
                    @for phase in &plan.phases { li { strong { (phase.name) } " (" (phase.minutes) " min). " (phase.note) } }
                }
                p { "At the table the sides take turns, six offers to a meeting. An accepted offer is initialled by both heads; each leader then ratifies or refuses. The teacher plays the part of the engine: promises are kept by a coin (heads: in full; tails: half), and a lapse puts every issue at its last column." }
            }
            @for (key, d) in &plan.delegations {
                section.sheet {
                    h1 { "Brief: " (ready.setup.party(key).map_or(key.as_str(), |p| ready.setup.parties[p].name.as_str())) }
                    p { (d.brief) }
                    h2 { "If there is no deal" } p { (d.no_deal) }
                    @for role in &plan.roles { @if let Some(text) = d.roles.get(role) { h2 { (role.words()) } p { (text) } } }
                }
                @if let Some(p) = ready.setup.party(key) {
                    section.sheet {
                        h1 { "What the issues are worth to " (ready.setup.parties[p].name) }
                        p { "For your delegation only. Points a week for your government, compared with today." }
                        div.board { table {
                            thead { tr { th { "Issue" } th { "Now" } th { "At its lowest" } th { "Worth" } th { "Half-way" } th { "Worth" } th { "At its highest" } th { "Worth" } } }
                            tbody { @for (l, lever) in ready.setup.levers.iter().enumerate() {
                                @let say = |x: f64| crate::classroom::news::level(&ready.setup, l, x);
                                @let [low, middle, high] = values[p][l];
                                @let half = 0.5 * (lever.reach_low + lever.reach_high);
                                tr { td { (lever.name) } td { (say(lever.now)) } td { (say(lever.reach_low)) } td { (points(low)) } td { (say(half)) } td { (points(middle)) } td { (say(lever.reach_high)) } td { (points(high)) } }
                            } }
                        } }
                    }
                }
                section.sheet { div.card { h1 { "For the leader's eyes only: " (ready.setup.party(key).map_or(key.as_str(), |p| ready.setup.parties[p].name.as_str())) } p { (d.objective) } } }
            }
            section.sheet {
                h1 { "Offer sheet" }
                p { "Table ____  Meeting ____  Offer ____ of " (ready.setup.scenario.talks.exchanges.get()) "  By ____________" }
                table {
                    thead { tr { th { "Issue" } th { "Now" } th { "From" } th { "To" } th { "We offer" } th { "If the truce lapses" } } }
                    tbody {
                        @for (l, lever) in ready.setup.levers.iter().enumerate() {
                            @let say = |x: f64| crate::classroom::news::level(&ready.setup, l, x);
                            tr { th { (lever.name) } td { (say(lever.now)) } td { (say(lever.reach_low)) } td { (say(lever.reach_high)) } td { "________" } td { (say(lever.snap)) } }
                        }
                    }
                }
                p { "Accepted ☐  Refused ☐   Heads: ____________ ____________" }
                p { "Ratified ☐ ☐  Refused ☐ ☐   Leaders: ____________ ____________" }
            }
            section.sheet {
                h1 { "Quiz" }
                @for q in &plan.quiz { h3 { (q.ask) } @for a in &q.answers { p { "☐ " (a) } } }
            }
        },
    )
}
