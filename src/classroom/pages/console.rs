//! The teacher's page: all tables, all seats, clocks, events, messages. Forms only; it can be reloaded at any time.

use maud::{Markup, PreEscaped, html};

use super::{clock, page};
use crate::classroom::command::Entrance;
use crate::classroom::export::FILES;
use crate::classroom::seats::Role;
use crate::classroom::teacher::{Attendee, ConsoleTable, ConsoleView, Sitting};
use crate::notation::wording::count;

/// The whole page; `said` is what the last command answered.
pub fn console(v: &ConsoleView, said: Option<&str>) -> Markup {
    page(
        &v.public.title,
        "console",
        Some("/console/live"),
        html! {
            p #said .said role="status" { (said.unwrap_or("")) }
            div #live data-pace=(v.public.pace) { (live(v)) }
            h2 { "Say something" }
            div.grid.say {
                form method="post" action="/console/message" {
                    label { "Message to students" input name="text" maxlength="300" required autocomplete="off"; }
                    div.pairs { (tables(v)) button { "Send the message" } }
                }
                form method="post" action="/console/headline" {
                    label { "Headline of your own, for the wall too" input name="text" maxlength="200" required autocomplete="off"; }
                    div.pairs { (tables(v)) button { "Show the headline" } }
                }
                form method="post" action="/console/event" {
                    label { "Card of the event deck" select name="n" { @for (i, (name, text)) in v.events.iter().enumerate() { option value=(i) { (name) ": " (text) } } } }
                    div.pairs { (tables(v)) button { "Play the card" } }
                    details { summary { "What a card moves" } ul.small { @for ((name, _), effect) in v.events.iter().zip(&v.effects) { li { (name) ": " (effect) } } } }
                }
            }
            (after(v))
        },
    )
}

/// What is seldom needed: seats by number, what is left of the class, links, the end of everything.
fn after(v: &ConsoleView) -> Markup {
    html! {
        details #after { summary { "Files, links, questions, wipe" }
            p {
                @for (what, name) in FILES {
                    a.button href={ "/export/" (what) ".csv" } { (name) " (CSV)" } " "
                }
                a.button href="/export/codebook.txt" { "Codebook" } " "
                @for t in 0..v.tables.len() { a.button href={ "/export/orders-" (t + 1) ".json" } { "Orders of table " (t + 1) } " " }
                a.button href="/handout" { "Hand-out" } " "
                a.button href="/debrief.html" download="debrief.html" { "Debrief as one file" }
            }
            p { "The wall on another computer: " strong { (v.wall) } " (it shows the class code; only this link and you can)." }
            p {
                (confirmed("key", "New teacher link, void the old", ("", "")))
                (confirmed("signout", "Sign out here", ("", "")))
            }
            form.danger method="post" action="/console/wipe" {
                label { "To remove everything of this class, type WIPE" input name="text" required autocomplete="off"; }
                button { "Wipe" }
            }
            h2 { "Debrief questions" } ol { @for q in &v.questions { li { (q) } } }
        }
    }
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
        Entrance::Asks => {
            ("Who has the code waits until you let them in.", [("open", "Open the door"), ("closed", "Close the door")])
        }
        Entrance::Closed => {
            ("The door is closed: nobody can join.", [("open", "Open the door"), ("asks", "Admit one by one")])
        }
    };
    let cloud =
        if v.cloud { "The batch for the debrief is ready." } else { "The batch for the debrief is being computed." };
    html! { p.small { (cloud) " Join at " (v.public.address) "." } div #entrance .tight { (now) " " @for (n, text) in ways { (button("door", text, "", n)) } } }
}

/// What changes by itself.
pub fn live(v: &ConsoleView) -> Markup {
    html! {
        (bar(v))
        @if !v.paces.is_empty() {
            div.acts.tight #paces { "Rehearsal, " (v.public.pace) " times as fast: "
                @for n in &v.paces { (button("pace", &format!("× {n}"), "", &n.to_string())) }
            }
            p #guide .small { strong { "Now: " } (v.guide) }
        }
        @if let Some(why) = &v.trouble { p #trouble .alert role="alert" { "The log cannot be written: " (why) ". What is done now is refused, and bells wait, until it can be: make room on the disk." } }
        div #tables .grid { @for (t, at) in v.tables.iter().enumerate() { (table(t, at)) } }
        @if v.tables.iter().all(|t| t.seats.iter().all(|s| s.people.is_empty())) && v.door.is_empty() { p #nobody { "Nobody has joined yet. The code is on the wall." } }
        @if !v.door.is_empty() { section #waiting { h2 { "At the door" } ul.side { @for one in &v.door { (person(one, "no seat yet")) } } } }
        (door(v))
        (moves(v))
    }
}

/// What stays on the screen: clocks, code, the ways to move all tables, and what needs a hand.
fn bar(v: &ConsoleView) -> Markup {
    html! {
        header #bar .status {
            div.line {
                h1 { "Console" }
                span.minis { @for (t, at) in v.tables.iter().enumerate() { span.mini { "T" (t + 1) " " (clock(&at.time)) } } }
                span { strong { (v.public.code.as_deref().unwrap_or("")) } " · " (v.public.people) " here " } span.net {}
            }
            div.acts.tight {
                (button("run", "Run all", "", "")) (button("pause", "Stop all", "", ""))
                (button("more", "+1 min all", "", "60000")) (button("more", "+3 min all", "", "180000"))
                (confirmed("advance", "Next phase for all", ("", "")))
                @if let Some((number, what)) = &v.undo { (confirmed("undo", &format!("Undo: {what}"), ("", &number.to_string()))) }
                @if !v.revealed { (confirmed("reveal", "Reveal the truth to students", ("", ""))) }
                a.button href="/projector" target="_blank" { "Projector" } " " a.button href="/debrief" { "Debrief" } " "
                a.button href="/paper" { "Print briefs" } " " a.button href="/selftest" { "Self-test" }
            }
            @if v.charts > 0 {
                div.acts.tight #shows { "On the wall: " (button("show", "Tables", "", "0"))
                    @for n in 1..=v.charts { (button("show", &format!("Chart {n}"), "", &n.to_string())) }
                }
            }
            @if !v.needs.is_empty() {
                ul #needs .needs.tight { @for need in &v.needs { li { (need.text) @if let Some((act, what, n)) = &need.help { " " (button(act, what, "", &n.to_string())) } } } }
            }
        }
    }
}

/// A table: its clock and what it waits for, a line a seat, and the truth where it is asked for.
fn table(t: usize, at: &ConsoleTable) -> Markup {
    let name = t.to_string();
    let sides = at.seats.chunk_by(|a, b| a.party == b.party && a.role != Role::Observer && b.role != Role::Observer);
    html! {
        article id={ "table-" (t + 1) } {
            h2.one { "Table " (t + 1) " " (clock(&at.time)) " " span.small title=(at.time.phase) { (at.next) " · " (at.time.phase) } }
            p.one { strong.waits title=(at.waits) { (at.waits) } @if let Some(minutes) = at.idle { " " span.badge { "no action for " (count(minutes as usize, "minute")) } }
                @if at.decided.all() > 0 { span.small { " Decided by people: " (at.decided.words()) } }
            }
            div.sides { @for side in sides { (seats(side)) } }
            div.acts.tight {
                (button("run", "Run", &name, "")) (button("pause", "Stop", &name, ""))
                (button("more", "+1", &name, "60000")) (button("more", "+3", &name, "180000"))
                (confirmed("advance", "Next phase", (&name, "")))
            }
            details.truth { summary { "Truth, drafts and log" }
                @for line in &at.drafts { p.small { (line) } }
                @for line in &at.truth { p.small { (line) } }
                ul { @for line in &at.history { li { (line) } } }
            }
        }
    }
}

/// The seats of a delegation, or its observers: a line a person, with what can be done about them on a click.
fn seats(side: &[Sitting]) -> Markup {
    let watch = side.iter().all(|s| s.role == Role::Observer);
    let Some(first) = side.first().filter(|_| !watch || side.iter().any(|s| !s.people.is_empty())) else {
        return html! {};
    };
    html! {
        ul.side {
            li.small { (first.party) @if watch { ", observers" } }
            @for seat in side {
                @if seat.people.is_empty() && !watch { li.empty { (seat.holder.sign()) " " span.small { (seat.role.short()) } } }
                @for one in &seat.people { (person(one, seat.role.short())) }
            }
        }
    }
}

/// A person, with a menu.
fn person(one: &Attendee, role: &str) -> Markup {
    let n = one.person.to_string();
    html! {
        li #{ "person-" (one.person + 1) } {
            details.seat {
                summary title=(one.nick) { (one.sign()) " " span.nick { (one.nick) } " " span.small { (role) @if !one.here { ", offline" } } }
                div.menu.tight {
                    p.small { "Number " (one.person + 1) ": " (one.holder) ", " @if one.here { "connected" } @else { "offline" } }
                    @if !one.seated { (button("admit", "Let in", "", &n)) }
                    @else if one.benched { (button("unbench", "To person", "", &n)) }
                    @else { (button("bench", "To engine", "", &n)) }
                    (button("code", "Re-entry code", "", &n))
                    (button("eject", "Sign out", "", &n))
                    (button("clear", "Clear texts", "", &n))
                    (confirmed("remove", "Remove", ("", &n)))
                    (confirmed("remove-from", "Remove with all who came later", ("", &n)))
                }
            }
        }
    }
}

/// Who sits where, by number.
fn moves(v: &ConsoleView) -> Markup {
    html! {
        details #seats { summary { "Change seats" }
            div.grid {
                form method="post" action="/console/place" {
                    label { "Put number" input type="number" name="a" min="1" required; }
                    label { "on the seat (who sits there keeps it too: a mirror)" select name="seat" {
                        @for (t, at) in v.tables.iter().enumerate() { @for seat in &at.seats {
                            option value=(seat.key) { "table " (t + 1) ", " (seat.party) ", " (seat.role.words()) @if seat.role != Role::Observer { ": " (seat.holder.words()) } }
                        } }
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
