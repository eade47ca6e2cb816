//! The reserve on paper: briefs, cards of roles, offer sheets and a quiz, should the network fail; a set for each table.

use maud::{Markup, html};

use super::{page, points};
use crate::classroom::lesson::Ready;
use crate::classroom::printed::{Printed, PrintedSide};

/// All sheets.
pub fn paper(ready: &Ready, tables: &[Printed]) -> Markup {
    let plan = &ready.lesson.classroom;
    page(
        "On paper",
        "print",
        None,
        html! {
            section.sheet {
                h1 { (ready.lesson.title) ": on paper" }
                p { "A set for each table: its numbers are those of its own game, and each sheet is stamped with its table. Cut the cards apart before you hand them out: each role has a number of its own, and the leader's card is for the leader alone." }
                ol {
                    @for phase in &plan.phases { li { strong { (phase.name) } " (" (phase.minutes) " min). " (phase.note) } }
                }
                p { "At the table the sides take turns, six offers to a meeting. Officials move an issue no further in one meeting than its room allows; leaders at a summit may go to its ends. An accepted offer is initialled by both heads; each leader then ratifies or refuses. The teacher plays the part of the engine: promises are kept by a coin (heads: in full; tails: half), and a lapse puts every issue at its last column." }
            }
            @for table in tables {
                @for side in &table.sides { (delegation(table, side)) }
                (offers(ready, table))
            }
            section.sheet {
                h1 { "Quiz" }
                @for q in &plan.quiz { h3 { (q.ask) } @for a in &q.answers { p { "☐ " (a) } } }
            }
        },
    )
}

/// A private number with what it is of.
fn private(number: &Option<(String, String)>) -> Markup {
    html! { @if let Some((what, number)) = number { p { strong { (what) } ": " (number) } } }
}

fn delegation(table: &Printed, side: &PrintedSide) -> Markup {
    let [brief, no_deal, objective] = &side.brief;
    let stamp = html! { p.stamp { (table.stamp) } };
    html! {
        section.sheet {
            (stamp)
            h1 { "Brief: " (side.name) }
            p { (brief) }
            h2 { "If there is no deal" } p { (no_deal) }
            h2 { "What the issues are worth to " (side.name) }
            p { "For your delegation only. Points a week for your government, compared with today: within the room of one meeting of officials, and over all its reach." }
            div.board { table {
                thead { tr { th { "Issue" } th { "Now" } th { "One meeting, from" } th { "Worth" } th { "to" } th { "Worth" } th { "At its lowest" } th { "Worth" } th { "Half-way" } th { "Worth" } th { "At its highest" } th { "Worth" } } }
                tbody { @for (issue, (room, ends)) in table.issues.iter().zip(&side.worth) {
                    tr {
                        th { (issue.name) } td { (issue.now) }
                        @for (level, worth) in issue.meeting.iter().zip(room) { td { (level) } td { (points(*worth)) } }
                        @for (level, worth) in issue.reach.iter().zip(ends) { td { (level) } td { (points(*worth)) } }
                    }
                } }
            } }
        }
        section.sheet {
            (stamp)
            h1 { "Cards of the roles: " (side.name) }
            @for (role, text, number) in &side.roles {
                div.card { p.stamp { (table.stamp) } h2 { (side.name) ", " (role) } p { (text) } (private(number)) }
            }
        }
        section.sheet {
            div.card { (stamp) h1 { "For the leader's eyes only: " (side.name) } p { (side.leader.0) } p { (objective) } (private(&side.leader.1)) }
        }
    }
}

fn offers(ready: &Ready, table: &Printed) -> Markup {
    html! {
        section.sheet {
            p.stamp { (table.stamp) }
            h1 { "Offer sheet" }
            p { "Meeting ____  Offer ____ of " (ready.setup.scenario.talks.exchanges.get()) "  By ____________" }
            table {
                thead { tr { th { "Issue" } th { "At the start" } th { "One meeting, from" } th { "to" } th { "Lowest" } th { "Highest" } th { "We offer" } th { "If the truce lapses" } } }
                tbody { @for issue in &table.issues {
                    tr {
                        th { (issue.name) } td { (issue.now) } td { (issue.meeting[0]) } td { (issue.meeting[1]) }
                        td { (issue.reach[0]) } td { (issue.reach[2]) } td { "________" } td { (issue.snap) }
                    }
                } }
            }
            p.small { "From and to are the room of the first meeting; later it is as wide around where the issue then stands." }
            p { "Accepted ☐  Refused ☐   Heads: ____________ ____________" }
            p { "Ratified ☐ ☐  Refused ☐ ☐   Leaders: ____________ ____________" }
        }
    }
}
