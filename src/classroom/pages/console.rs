//! The teacher's page: all tables, all seats, clocks, events, messages. Forms only; it can be reloaded at any time.

use maud::{Markup, PreEscaped, html};

use super::{chairs, clock, page};
use crate::classroom::command::Entrance;
use crate::classroom::export::FILES;
use crate::classroom::views::ConsoleView;
use crate::notation::wording::count;

/// The whole page; `said` is what the last command answered.
pub fn console(v: &ConsoleView, said: Option<&str>) -> Markup {
    page(
        &v.public.title,
        "console",
        Some("/console/live"),
        html! {
            h1 { "Console" }
            p #said .said role="status" { (said.unwrap_or("")) }
            section.clocks {
                (button("run", "Run all", "", ""))
                (button("pause", "Stop all", "", ""))
                (button("more", "+1 min all", "", "60000"))
                (button("more", "+3 min all", "", "180000"))
                (confirmed("advance", "Next phase for all", ("", "")))
                span.links {
                    a.button href="/projector" target="_blank" { "Projector" } " "
                    a.button href="/debrief" { "Debrief" } " "
                    a.button href="/paper" { "Print briefs" } " "
                    a.button href="/selftest" { "Self-test" }
                }
            }
            div #live data-pace=(v.public.pace) { (live(v)) }
            h2 { "Say something" }
            div.grid {
                form method="post" action="/console/event" {
                    label { "Card of the event deck" select name="n" { @for (i, (name, text)) in v.events.iter().enumerate() { option value=(i) { (name) ": " (text) } } } }
                    p.small { "What a card moves:" } ul.small { @for ((name, _), effect) in v.events.iter().zip(&v.effects) { li { (name) ": " (effect) } } }
                    (tables(v)) button { "Play the card" }
                }
                form method="post" action="/console/headline" {
                    label { "Headline of your own, for the wall too" input name="text" maxlength="200" required autocomplete="off"; }
                    (tables(v)) button { "Show the headline" }
                }
                form method="post" action="/console/message" {
                    label { "Message to students" input name="text" maxlength="300" required autocomplete="off"; }
                    (tables(v)) button { "Send the message" }
                }
            }
            h2 { "After the class" }
            p {
                @for (what, name) in FILES {
                    a.button href={ "/export/" (what) ".csv" } { (name) " (CSV)" } " "
                }
                a.button href="/export/codebook.txt" { "Codebook" } " "
                @for t in 0..v.tables.len() { a.button href={ "/export/orders-" (t + 1) ".json" } { "Orders of table " (t + 1) } " " }
                a.button href="/handout" { "Hand-out" }
            }
            h2 { "Links" }
            p { "The wall on another computer: " strong { (v.wall) } " (it shows the class code; only this link and you can)." }
            p {
                (confirmed("key", "New teacher link, void the old", ("", "")))
                (confirmed("signout", "Sign out here", ("", "")))
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

fn confirmed(act: &str, text: &str, (table, n): (&str, &str)) -> Markup {
    html! { details.inline { summary { (text) } "Sure? " (button(act, "Yes", table, n)) } }
}

/// Who may join, and the ways to change it.
fn door(v: &ConsoleView) -> Markup {
    let (now, ways) = match v.entrance {
        Entrance::Open => {
            ("The door is open: who has the code is in.", [("asks", "Admit one by one"), ("closed", "Close the door")])
        }
        Entrance::Asks => (
            "Who has the code waits below until you let them in.",
            [("open", "Open the door"), ("closed", "Close the door")],
        ),
        Entrance::Closed => {
            ("The door is closed: nobody can join.", [("open", "Open the door"), ("asks", "Admit one by one")])
        }
    };
    html! { p #entrance { (now) " " @for (n, text) in ways { (button("door", text, "", n)) } } }
}

/// What changes by itself.
pub fn live(v: &ConsoleView) -> Markup {
    html! {
        @if let Some(why) = &v.trouble { p #trouble .alert role="alert" { "The log cannot be written: " (why) ". What is done now is refused, and bells wait, until it can be: make room on the disk." } }
        p { strong { (v.public.code.as_deref().unwrap_or("")) } " at " (v.public.address) ". " (v.public.people) " joined. "
            @if v.cloud { "The batch for the debrief is ready." } @else { "The batch for the debrief is being computed." } }
        p #undo {
            @if let Some((number, what)) = &v.undo { details.inline { summary { "Undo: " (what) } "Sure? " (button("undo", "Yes", "", &number.to_string())) } }
            @if v.revealed { " The truth is shown to students." } @else { (confirmed("reveal", "Reveal the truth to students", ("", ""))) }
        }
        (door(v))
        div #tables .grid {
            @for (t, table) in v.tables.iter().enumerate() {
                article id={ "table-" (t + 1) } {
                    h2 { "Table " (t + 1) " " (clock(&table.time)) }
                    p { (table.time.phase) " · " (table.next) }
                    p { strong { (table.waits) } @if let Some(minutes) = table.idle { " " span.badge { "no action for " (count(minutes as usize, "minute")) } } }
                    @if table.decided.all() > 0 { p.small { "Decided by people: " (table.decided.words()) } }
                    (chairs(&table.chairs))
                    p {
                        @let name = t.to_string();
                        (button("run", "Run", &name, "")) (button("pause", "Stop", &name, ""))
                        (button("more", "+1", &name, "60000")) (button("more", "+3", &name, "180000"))
                        (confirmed("advance", "Next phase", (&name, "")))
                    }
                    details { summary { "Truth, drafts and log" }
                        @for line in &table.drafts { p.small { (line) } }
                        @for line in &table.truth { p.small { (line) } }
                        ul { @for line in &table.history { li { (line) } } }
                    }
                }
            }
        }
        h2 #people { "People" }
        div #rows .board { table.people {
            thead { tr { th { "No." } th { "Name" } th { "Seat" } th { "Played by" } th { "Connected" } th { "Do" } } }
            tbody {
                @for row in &v.rows {
                    tr {
                        td { (row.person + 1) } td { (row.nick) }
                        td { @if let Some(seat) = row.seat { "table " (seat.table + 1) ", " (row.party) ", " (seat.role.words()) } @else { "–" } }
                        td { (row.holder) }
                        td { @if row.here { "yes" } @else { "no" } }
                        td.tight {
                            @let n = row.person.to_string();
                            @if row.seat.is_none() { (button("admit", "Let in", "", &n)) }
                            @else if row.benched { (button("unbench", "To person", "", &n)) }
                            @else { (button("bench", "To engine", "", &n)) }
                            (button("code", "Re-entry code", "", &n))
                            (button("eject", "Sign out", "", &n))
                            (confirmed("remove", "Remove", ("", &n)))
                            (confirmed("remove-from", "Remove with all who came later", ("", &n)))
                            (button("clear", "Clear texts", "", &n))
                        }
                    }
                }
            }
        } }
        @if v.rows.is_empty() { p #nobody { "Nobody has joined yet. The code is on the wall." } }
        div #seats .grid {
            form method="post" action="/console/place" {
                label { "Put number" input type="number" name="a" min="1" required; }
                label { "on the seat (who sits there keeps it too: a mirror)" select name="seat" {
                    @for (t, table) in v.tables.iter().enumerate() { @for chair in &table.chairs {
                        option value=(chair.key) { "table " (t + 1) ", " (chair.party) ", " (chair.role) ": " (chair.holder) }
                    }
                    @for (key, party) in &table.observers { option value=(key) { "table " (t + 1) ", observer with " (party) } } }
                } }
                button { "Put there" }
            }
            form method="post" action="/console/swap" {
                label { "Swap the seats of number" input type="number" name="a" min="1" required; }
                label { "and number" input type="number" name="b" min="1" required; }
                button { "Swap" }
            }
        }
    }
}

fn ms(us: u32) -> String {
    format!("{:.1}", f64::from(us) / 1000.0)
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
                @if v.public.address.contains("//127.0.0.1") {
                    li { strong { "Only this computer can join: " } "the program was started without --lan. Stop it with Ctrl-C and start it with --lan to let phones in." }
                } @else { li {
                    "Open this with your own phone, on the Wi-Fi of the room: " strong { (v.public.address) }
                    div.qr { (PreEscaped(super::projector::qr(&v.public.address))) }
                } }
                li { "If nothing appears, the Wi-Fi keeps devices apart: use a hotspot of your phone or a router of your own, or run the class on one device with the paper offer sheets." }
                li { "Other addresses of this computer: " (addresses.join(", ")) ". Start with --public-url to choose one." }
                li { @if v.cloud { "The batch for the debrief is ready." } @else { "The batch for the debrief is still being computed; it is needed only for the charts." } }
                li { "The class's file, the log and the engine answer: this page is made from them. Updates written to pages so far: " (v.lags.updates)
                    @if v.lags.updates > 0 { "; from the log to the page half took at most " (ms(v.lags.p50)) " ms, 99 of 100 at most " (ms(v.lags.p99)) " ms, all at most " (ms(v.lags.most)) " ms" } "." }
                li { "Print the briefs as a reserve: " a href="/paper" { "paper" } "." }
            }
            p { a.button href="/console" { "Console" } }
        },
    )
}
