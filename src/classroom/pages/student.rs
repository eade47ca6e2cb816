//! A student's page: status, brief, offer board, team board, history; forms that work without scripts.

use maud::{Markup, html};

use super::{chairs, clock, page};
use crate::classroom::lesson::PhaseKind;
use crate::classroom::seats::Role;
use crate::classroom::views::{Issue, StudentView, Task};

/// The whole page.
pub fn student(view: &StudentView) -> Markup {
    page(
        &view.title,
        "student",
        Some("/live"),
        html! {
            noscript { p.small { "Without scripts this page does not follow by itself: " a href="/play" { "refresh" } "." } }
            div #live aria-live="polite" { (live(view)) }
            div #form data-form=(view.form) { (form(view)) }
        },
    )
}

/// What changes by itself: nothing to type here.
pub fn live(v: &StudentView) -> Markup {
    html! {
        header.status {
            p { strong { (v.time.phase) } " " (clock(&v.time)) }
            p.small {
                (v.nick)
                @if let Some(seat) = v.seat { " · table " (seat.table + 1) " · " (v.party) ", " (seat.role.words()) }
                " · " span.net { "connected" }
            }
            @if v.benched { p.alert { "The engine plays your seat. Ask your teacher to have it back." } }
        }
        @if !v.headlines.is_empty() {
            section.news { h2 { "News" } @for line in v.headlines.iter().take(4) { p { (line) } } }
        }
        section.task { h2 { "Now" } p { (task(v)) } }
        @if !v.issues.is_empty() && v.kind != PhaseKind::Join { (board(v)) }
        @if !v.chairs.is_empty() { details { summary { "Who is at the table" } (chairs(&v.chairs)) } }
        @if !v.history.is_empty() {
            details open { summary { "What happened" } ul { @for line in &v.history { li { (line) } } } }
        }
        @if v.revealed { p { a.button href="/debrief" { "Debrief charts" } " " a.button href="/handout" { "Hand-out" } } }
    }
}

fn task(v: &StudentView) -> String {
    let who = |text: &str| if v.mine { text.to_string() } else { format!("Your delegation decides: {text}") };
    match &v.task {
        Task::Wait(why) => why.clone(),
        Task::Prepare if v.kind == PhaseKind::Brief => "Read your brief, agree on a draft, and save it.".into(),
        Task::Prepare if v.stands => "Your draft stands. Waiting for the other delegation, or for the bell.".into(),
        Task::Prepare => {
            "Agree on a draft and a public line, then say that you are ready. At the bell your last draft counts."
                .into()
        }
        Task::Offer { exchange, waiting, advice } => who(&format!(
            "it is your turn to offer (offer {exchange} of 6). No deal today is worth {waiting:.1} points to you; the engine would ask for {advice:.1}. At the bell your last draft is offered."
        )),
        Task::Answer { exchange, worth, waiting, last } => who(&format!(
            "their offer ({exchange} of 6) is worth {worth:.1} points to you; no deal today {waiting:.1}.{} At the bell the engine answers for you.",
            if *last { " It is the last offer of this meeting." } else { "" }
        )),
        Task::Ratify { worth, support, chance, package } => {
            let numbers = match v.seat.map(|s| s.role) {
                Some(Role::Leader) => format!(
                    " Worth {worth:.1} points to you; support at home {:.0} %; left to the vote it would pass with {:.0} %.",
                    100.0 * support,
                    100.0 * chance
                ),
                Some(Role::Home) => format!(" Support at home: {:.0} %.", 100.0 * support),
                _ => String::new(),
            };
            format!(
                "A package waits for your leader: ratify or refuse? {package}.{numbers} At the bell the vote at home decides."
            )
        }
        Task::Extend => who("extend (or restore) the truce? At the bell the engine answers for you."),
        Task::Invitation => who("accept the invitation to a summit? At the bell the engine answers for you."),
    }
}

fn number(issue: &Issue, x: f64) -> String {
    let x = x * issue.scale;
    format!("{:.0}", if x.abs() < 0.5 { 0.0 } else { x })
}

fn board(v: &StudentView) -> Markup {
    let total: f64 = v.issues.iter().map(|i| i.worth).sum();
    let theirs: Option<f64> = v.issues.iter().map(|i| i.worth_theirs).sum();
    html! {
        section.board {
            h2 { "Offer board" }
            table {
                thead { tr { th { "Issue" } th { "Now" } th { "Ours" } th { "Theirs" } th { "Differs" } th { "Worth a week: ours, theirs" } } }
                tbody {
                    @for i in &v.issues {
                        tr.differs[i.theirs.is_some_and(|t| (t - i.ours).abs() * i.scale >= 0.5)] {
                            th scope="row" { (i.name) " (" (i.unit) ")" @if i.mine { " ◂ yours" } }
                            td { (number(i, i.now)) }
                            td { (number(i, i.ours)) }
                            td { @if let Some(t) = i.theirs { (number(i, t)) } @else { "–" } }
                            td { @if let Some(t) = i.theirs { (format!("{:+.0}", (t - i.ours) * i.scale)) } @else { "–" } }
                            td { (format!("{:+.2}", i.worth)) ", " @if let Some(w) = i.worth_theirs { (format!("{w:+.2}")) } @else { "–" } }
                        }
                    }
                }
                tfoot { tr { th { "All, if every promise is kept" } td {} td {} td {} td {} td { (format!("{total:+.2}")) ", " @if let Some(w) = theirs { (format!("{w:+.2}")) } @else { "–" } } } }
            }
        }
    }
}

/// What can be typed and pressed.
pub fn form(v: &StudentView) -> Markup {
    let play = matches!(v.kind, PhaseKind::Play { .. });
    let acts = v.seat.is_some_and(|s| s.role != Role::Observer);
    html! {
        @if acts && !v.benched && v.mine { (decision(v)) }
        @if acts && !v.benched && (play || v.kind == PhaseKind::Brief) { (draft(v, play)) }
        @if !v.brief.is_empty() {
            details.brief open[v.kind == PhaseKind::Brief] {
                summary { "My brief" }
                @for (head, text) in &v.brief { h3 { (head) } p { (text) } }
                @for (name, number) in &v.numbers { p { strong { (name) } ": " (number) } }
            }
        }
        @if v.kind == PhaseKind::Join || v.kind == PhaseKind::Close { (quiz(v)) }
        @if acts && play {
            form.guess method="post" action="/act" {
                label { "How likely do you think the other side seeks a deal, in percent?"
                    input type="number" name="guess" min="0" max="100" value=[v.guess] required;
                }
                button name="do" value="guess" { "Save the guess" }
            }
        }
        @if acts {
            form.common method="post" action="/act" {
                label { "Notes of your delegation" textarea name="text" maxlength="500" rows="3" { (v.board) } }
                button name="do" value="board" { "Save for the delegation" }
            }
        }
        @if v.seat.is_some() {
            form.own method="post" action="/act" {
                label { "Your own notes" textarea name="text" maxlength="500" rows="3" { (v.note) } }
                button name="do" value="note" { "Save my notes" }
            }
        }
        p.small { a href="/play" { "Refresh" } }
    }
}

fn decision(v: &StudentView) -> Markup {
    let (yes, no) = match v.task {
        Task::Answer { last: true, .. } => ("Accept their offer", "Refuse"),
        Task::Answer { .. } => ("Accept their offer", "Refuse, then make a counter-offer"),
        Task::Ratify { .. } => ("Ratify", "Refuse to ratify"),
        Task::Extend => ("Extend the truce", "Let it lapse"),
        Task::Invitation => ("Accept the invitation", "Decline"),
        _ => return html! {},
    };
    html! {
        form.decide method="post" action="/act" {
            button.primary name="do" value="yes" { (yes) }
            button name="do" value="no" { (no) }
        }
    }
}

fn draft(v: &StudentView, play: bool) -> Markup {
    let sends = matches!(v.task, Task::Prepare) || (v.mine && matches!(v.task, Task::Offer { .. }));
    html! {
        form.draft method="post" action="/act" {
            h2 { "Our draft" }
            @for (mine, head) in [(true, "What we would do"), (false, "What they would do")] {
                fieldset {
                    legend { (head) }
                    @for i in v.issues.iter().filter(|i| i.mine == mine) {
                        label.issue {
                            span { (i.name) " (" (i.unit) ", " (number(i, i.low)) " to " (number(i, i.high)) ")" }
                            input type="number" name={ "l" (i.lever) } step="1" inputmode="numeric" min=(number(i, i.low)) max=(number(i, i.high)) value=(number(i, i.ours));
                        }
                    }
                }
            }
            @if play {
                label { "Before the talks, in public"
                    select name="stance" {
                        @for (key, verb, effect) in &v.stances {
                            option value=(key) selected[*key == v.stance] { (verb) " (" (effect) ")" }
                        }
                    }
                }
            }
            @if play && v.pen && sends {
                button.primary name="do" value="ready" { @if matches!(v.task, Task::Offer { .. }) { "Offer this" } @else { "Ready: this stands" } }
            }
            button name="do" value="draft" { "Save the draft" }
            @if play && v.pen && v.stands { button name="do" value="unready" { "Not ready after all" } }
        }
    }
}

fn quiz(v: &StudentView) -> Markup {
    let after = v.kind == PhaseKind::Close;
    let given = &v.answered[usize::from(after)];
    html! {
        form.quiz method="post" action="/act" {
            h2 { @if after { "Four questions again" } @else { "Four questions before we begin" } }
            @for (i, (ask, answers)) in v.quiz.iter().enumerate() {
                fieldset {
                    legend { (ask) }
                    @for (j, answer) in answers.iter().enumerate() {
                        label.choice { input type="radio" name={ "q" (i) } value=(j) checked[given.get(i) == Some(&Some(j))]; " " (answer) }
                    }
                }
            }
            @if !after {
                label { "How likely is it that the presidents meet at a summit, in percent?"
                    input type="number" name="forecast" min="0" max="100" value=[v.forecast];
                }
            }
            input type="hidden" name="after" value=(u8::from(after));
            button.primary name="do" value="quiz" { "Save" }
        }
    }
}
