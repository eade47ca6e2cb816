//! The teacher's page: all tables, all seats, clocks, events, messages. Forms only; it can be reloaded at any time.

use maud::{Markup, PreEscaped, html};

use super::{chairs, clock, page};
use crate::classroom::views::ConsoleView;

/// The whole page; `said` is what the last command answered.
pub fn console(v: &ConsoleView, said: Option<&str>) -> Markup {
    page(
        &v.public.title,
        "console",
        Some("/console/live"),
        html! {
            h1 { "Console" }
            @if let Some(said) = said { p.alert role="status" { (said) } }
            section.clocks {
                (button("run", "▶ Run all", "", ""))
                (button("pause", "⏸ Pause all", "", ""))
                (button("more", "+1 min all", "", "60000"))
                (button("more", "+3 min all", "", "180000"))
                (confirmed("advance", "Next phase for all", ""))
                (button("undo", "Undo my last command", "", ""))
                a.button href="/projector" { "Projector" } " "
                a.button href="/debrief" { "Debrief" } " "
                a.button href="/paper" { "Print briefs" } " "
                a.button href="/selftest" { "Self-test" }
            }
            div #live { (live(v)) }
            h2 { "Event deck" }
            form method="post" action="/console/event" {
                label { "Card" select name="n" { @for (i, (name, text)) in v.events.iter().enumerate() { option value=(i) { (name) ": " (text) } } } }
                (tables(v)) button { "Play the card" }
            }
            form method="post" action="/console/headline" {
                label { "Headline" input name="text" maxlength="200" required; } (tables(v)) button { "Show" }
            }
            form method="post" action="/console/message" {
                label { "Message" input name="text" maxlength="300" required; } (tables(v)) button { "Send" }
            }
            h2 { "Seats" }
            form method="post" action="/console/swap" {
                label { "Swap number" input type="number" name="a" min="1" required; }
                label { "with number" input type="number" name="b" min="1" required; }
                button { "Swap" }
            }
            h2 { "After the class" }
            p {
                @if v.revealed { "The truth is shown to students. " } @else { (confirmed("reveal", "Reveal the truth to students", "")) }
                @for (what, name) in [("events", "Log"), ("rounds", "Rounds"), ("seats", "Seats"), ("quiz", "Quiz"), ("decisions", "Decisions"), ("evidence", "Evidence sheet")] {
                    a.button href={ "/export/" (what) ".csv" } { (name) ".csv" } " "
                }
                a.button href="/export/codebook.txt" { "Codebook" } " "
                @for t in 0..v.tables.len() { a.button href={ "/export/orders-" (t) ".json" } { "Orders of table " (t + 1) } " " }
                a.button href="/handout" { "Hand-out" }
            }
            form.danger method="post" action="/console/wipe" {
                label { "To remove everything of this class, type WIPE" input name="text" required autocomplete="off"; }
                button { "Wipe" }
            }
            details { summary { "Debrief questions" } ol { @for q in &v.questions { li { (q) } } } }
        },
    )
}

fn tables(v: &ConsoleView) -> Markup {
    html! {
        select name="table" aria-label="for which table" {
            option value="" { "all tables" }
            @for t in 0..v.tables.len() { option value=(t) { "table " (t + 1) } }
        }
    }
}

fn button(act: &str, text: &str, table: &str, n: &str) -> Markup {
    html! {
        form.inline method="post" action={ "/console/" (act) } {
            input type="hidden" name="table" value=(table);
            input type="hidden" name="n" value=(n);
            button { (text) }
        }
    }
}

fn confirmed(act: &str, text: &str, table: &str) -> Markup {
    html! { details.inline { summary { (text) } "Sure? " (button(act, "Yes", table, "")) } }
}

/// What changes by itself.
pub fn live(v: &ConsoleView) -> Markup {
    html! {
        p { strong { (v.public.code) } " at " (v.public.address) ". " (v.public.people) " joined. "
            @if v.cloud { "The batch for the debrief is ready." } @else { "The batch for the debrief is being computed." } }
        div.grid {
            @for (t, table) in v.tables.iter().enumerate() {
                article {
                    h2 { "Table " (t + 1) " " (clock(&table.time)) }
                    p { (table.time.phase) " · week " (table.week) }
                    p { strong { (table.waits) } }
                    (chairs(&table.chairs))
                    p {
                        @let name = t.to_string();
                        (button("run", "▶", &name, "")) (button("pause", "⏸", &name, ""))
                        (button("more", "+1", &name, "60000")) (button("more", "+3", &name, "180000"))
                        (confirmed("advance", "Next phase", &name))
                    }
                    details { summary { "Truth and log" }
                        @for line in &table.truth { p.small { (line) } }
                        ul { @for line in &table.history { li { (line) } } }
                    }
                }
            }
        }
        h2 { "People" }
        table.people {
            thead { tr { th { "No." } th { "Name" } th { "Seat" } th { "Played by" } th { "Connected" } th { "Do" } } }
            tbody {
                @for row in &v.rows {
                    tr {
                        td { (row.person + 1) } td { (row.nick) }
                        td { @if let Some(seat) = row.seat { "table " (seat.table + 1) ", " (row.party) ", " (seat.role.words()) } @else { "–" } }
                        td { (row.holder) }
                        td { @if row.here { "yes" } @else { "no" } }
                        td {
                            @let n = row.person.to_string();
                            @if row.seat.is_none() { (button("admit", "Let in", "", &n)) }
                            @else if row.benched { (button("unbench", "To person", "", &n)) }
                            @else { (button("bench", "To engine", "", &n)) }
                            (button("code", "Re-entry code", "", &n))
                            (button("eject", "Sign out", "", &n))
                        }
                    }
                }
            }
        }
    }
}

/// The setup page: whether a phone can reach this address.
pub fn selftest(v: &ConsoleView, addresses: &[String]) -> Markup {
    page(
        "Self-test",
        "narrow",
        None,
        html! {
            h1 { "Self-test" }
            ol {
                li { "Open this with your own phone, on the Wi-Fi of the room: " strong { (v.public.address) } }
                li { div.qr { (PreEscaped(super::projector::qr(&v.public.address))) } }
                li { "If nothing appears, the Wi-Fi keeps devices apart: use a hotspot of your phone or a router of your own, or run the class on one device with the paper offer sheets." }
                li { "Other addresses of this computer: " (addresses.join(", ")) ". Start with --public-url to choose one." }
                li { @if v.cloud { "The batch for the debrief is ready." } @else { "The batch for the debrief is still being computed; it is needed only for the charts." } }
                li { "Print the briefs as a reserve: " a href="/paper" { "paper" } "." }
            }
            p { a.button href="/console" { "Console" } }
        },
    )
}
