//! A student's page: status, brief, offer board, team board, history; forms that work without scripts.

use maud::{Markup, html};

use super::board::{board, number, scale};
use super::{chairs, clock, notices, page, points, sheets};
use crate::classroom::forms::TEXT_MAX;
use crate::classroom::lesson::PhaseKind;
use crate::classroom::seats::Role;
use crate::classroom::views::{Issue, StudentView, Task};

/// The whole page; `said` is what the last form answered.
pub fn student(view: &StudentView, said: &str) -> Markup {
    page(
        &view.title,
        "student",
        Some("/live"),
        html! {
            noscript { p.small { "Without scripts this page does not follow by itself: " a href="/play" { "refresh" } "." } }
            p #said role="status" { (said) }
            div #live data-pace=(view.pace) { (live(view)) }
        },
    )
}

/// What a form answered, in words.
pub fn said(done: &str) -> &'static str {
    match done {
        "draft" => "The draft is saved.",
        "ready" => "Your draft stands.",
        "offer" => "Your offer is made.",
        "unready" => "You can go on drafting.",
        "agree" => "Your delegation sees that you agree.",
        "disagree" => "Your delegation sees that you do not agree.",
        "yes" | "no" => "Your answer is given.",
        "guess" => "The guess is saved.",
        "board" | "note" => "The notes are saved.",
        "surprise" => "Your paragraph is saved.",
        "quiz" => "Your answers are saved.",
        "rank" => "Your ranking is saved.",
        "sheet" => "What you saw is saved.",
        "ask" => "The engine has answered: see the odds.",
        _ => "",
    }
}

/// What changes by itself. What is being typed is not touched by it.
pub fn live(v: &StudentView) -> Markup {
    let play = matches!(v.kind, PhaseKind::Play { .. });
    let drafts = (play && !v.over) || v.kind == PhaseKind::Brief;
    let acts = v.seat.is_some_and(|s| s.role != Role::Observer);
    let may = acts && !v.benched;
    html! {
        (status(v, play, may))
        section #now .task {
            h2.unseen { "Now" }
            p aria-live="polite" { (task(v)) }
            @for (whose, offer) in &v.offers { p.offer { strong { (whose) ": " } (offer) } }
            @if let Task::Ratify { package, .. } = &v.task { ul { @for line in package.split("; ") { li { (line) } } } }
            @if let Some(s) = v.scale.filter(|_| may) { (scale(&s)) }
            @if may && v.mine { (decision(v)) }
            @if v.revealed { p { a.button href="/debrief" { "Debrief charts" } " " a.button href="/handout" { "Hand-out" } } }
        }
        @if !v.changed.is_empty() { p #card { strong { "What the last round changed: " } (v.changed.join("; ")) "." } }
        @if v.finished && may { (meanwhile(v)) }
        // The newest line is always in the same place, so that a reader that speaks says it once.
        section #news .news hidden[v.headlines.is_empty()] {
            h2.unseen { "News" }
            p aria-live="polite" { @if let Some(line) = v.headlines.first() { (line) } }
            @if v.headlines.len() > 1 { details { summary { "Earlier news" } @for line in v.headlines.iter().skip(1).take(9) { p { (line) } } } }
        }
        @if v.kind == PhaseKind::Join || v.kind == PhaseKind::Close { (sheets::quiz(v)) }
        @if v.kind == PhaseKind::Close { (sheets::surprise(v)) }
        @if !v.brief.is_empty() {
            @let unfold = v.kind == PhaseKind::Brief;
            details #brief open[unfold] data-unfold=(unfold) {
                summary { "My brief" }
                @for (head, text) in &v.brief { h3 { (head) } p { (text) } }
                @for (name, number) in &v.numbers { p { strong { (name) } ": " (number) } }
                @if !v.issues.is_empty() { (worths(v)) }
            }
        }
        @if may && drafts { (board(v)) }
        @else if !v.issues.is_empty() && v.kind != PhaseKind::Join { (standing(v)) }
        @if !v.levels.is_empty() && v.kind != PhaseKind::Join { (levels(v)) }
        @if !v.promises.is_empty() { (promises(v)) }
        @if !v.groups.is_empty() && v.kind != PhaseKind::Join { (at_home(v)) }
        @if may && drafts && v.team.len() > 1 { (team(v)) }
        @if may && v.kind == PhaseKind::Brief { (sheets::ranking(v)) }
        @if !v.sheet.is_empty() && v.kind != PhaseKind::Join { (sheets::observed(v)) }
        @if may && play {
            form #guess method="post" action="/act" {
                label { "How likely do you think it is that the other side seeks a deal, in percent?"
                    input type="number" name="guess" min="0" max="100" value=[v.guess] required;
                }
                button name="do" value="guess" { "Save the guess" }
            }
        }
        @if let Some(left) = v.asks.filter(|_| may) { (engine(v, left, play && !v.over)) }
        @if may {
            form #team method="post" action="/act" {
                input type="hidden" name="was" value=(v.board) data-base=(v.board);
                label { "Notes of your delegation, for all of it to see" textarea name="text" maxlength=(TEXT_MAX) rows="3" { (v.board) } }
                button name="do" value="board" { "Save for the delegation" }
            }
        }
        @if v.seat.is_some() {
            form #own method="post" action="/act" {
                label { "Your own notes"
                    textarea name="text" maxlength=(TEXT_MAX) rows="3" { (v.note) } }
                button name="do" value="note" { "Save my notes" }
            }
        }
        @if !v.chairs.is_empty() { details #chairs { summary { "Who is at the table" } (chairs(&v.chairs)) } }
        @if !v.history.is_empty() { (history(v)) }
        p #refresh .small { a href="/play" { "Refresh" } }
        details #leave .inline { summary { "Sign out" } "On a computer that others use. Your place is free for somebody else then. "
            form.inline method="post" action="/leave" { button { "Sign out and leave the class" } }
        }
    }
}

/// What happened, folded by meeting.
fn history(v: &StudentView) -> Markup {
    html! {
        section #history {
            h2 { "What happened" }
            @for (i, week) in v.history.iter().enumerate() {
                details #{ "w-" (v.history.len() - i) } open[i == 0] data-unfold=(i == 0) { summary { (week.head) } ul { @for line in &week.lines { li { (line) } } } }
            }
        }
    }
}

/// Who one is, what time it is, whether one is asked.
fn status(v: &StudentView, play: bool, may: bool) -> Markup {
    html! {
        header #status .status data-here=(v.here) {
            div.line {
                (clock(&v.time)) h1.phase { (v.time.phase) }
                @if may && v.mine && !v.paused { span.turn { a href="#now" { "▶ Your turn" } } }
            }
            p.net {} button #follow .away type="button" hidden { "Follow here" }
            (notices(&v.notices, false))
        }
        p #me .small {
            (v.nick)
            @if let Some(seat) = v.seat { " · table " (seat.table + 1) " · " (v.party) ", " (seat.role.words()) }
            @if !v.chairs.is_empty() { " · " (seats(v)) }
            @if play && !v.truce.is_empty() { " · " (v.truce) }
            " " span.net {}
        }
    }
}

/// What there is to do while other tables still play.
fn meanwhile(v: &StudentView) -> Markup {
    let tasks = [
        ("#guess", "Say how likely it is that they seek a deal", v.guess.is_some()),
        ("#draft", "Agree on the package you want in the next round, and save it", false),
        ("#own", "Write down the one decision of this round you would take back, and why", false),
        ("#history", "Read what each side offered: what did they never move?", false),
    ];
    html! {
        section #meanwhile {
            h2 { "While others still play" }
            ol { @for (to, what, done) in tasks { li { @if done { "✓ " } a href=(to) { (what) } } } }
        }
    }
}

/// How many seats at the table are held by people, and how many the engine plays.
fn seats(v: &StudentView) -> String {
    let people = v.chairs.iter().filter(|chair| chair.human).count();
    let engines = v.chairs.len() - people;
    format!("● {people} ▣ {engines}")
}

fn task(v: &StudentView) -> String {
    let who = |text: &str| {
        if v.mine { text.to_string() } else { format!("Your delegation decides. {text}") }
    };
    match &v.task {
        Task::Wait(why) => why.clone(),
        Task::Prepare if v.kind == PhaseKind::Brief => "Read your brief, agree on a draft, and save it.".into(),
        Task::Prepare if v.stands => "Your draft stands. Waiting for the other delegation, or for the bell.".into(),
        Task::Prepare => {
            "Agree on a draft and a public line, then say that you are ready. At the bell your last draft counts."
                .into()
        }
        Task::Offer { exchange, exchanges, advice, .. } => who(&format!(
            "It is your turn to offer (offer {exchange} of {exchanges}). The engine in your place would ask for a package that brings {}. At the bell your last draft is offered.",
            tenth(*advice)
        )),
        Task::Answer { exchange, exchanges, last, .. } => who(&format!(
            "Do you accept their offer ({exchange} of {exchanges})?{} At the bell the engine answers for you.",
            if *last { " It is the last offer of this meeting." } else { "" }
        )),
        Task::Ratify { worth, support, chance, .. } => {
            let numbers = match v.seat.map(|s| s.role) {
                Some(Role::Leader) => format!(
                    " It would bring you {} points over its life. Support for it at home is {:.0} %; if you leave it to the vote, its chance of passing is {:.0} %.",
                    tenth(*worth),
                    100.0 * support,
                    100.0 * chance
                ),
                Some(Role::Home) => format!(" Support at home: {:.0} %.", 100.0 * support),
                _ => String::new(),
            };
            format!(
                "A package waits for your leader: ratify or refuse?{numbers} At the bell the vote at home decides. The package:"
            )
        }
        Task::Extend => who(&format!(
            "Keep the truce? {} If it lapses, the issues snap back to where they stood before it. At the bell the engine answers for you.",
            v.truce
        )),
        Task::Invitation => who("Accept the invitation to a summit? At the bell the engine answers for you."),
    }
}

/// Points with a proper minus.
fn tenth(x: f64) -> String {
    let x = if x.abs() < 0.05 { 0.0 } else { x };
    format!("{x:.1}").replace('-', "−")
}

/// The issues for those who cannot draft now.
fn standing(v: &StudentView) -> Markup {
    let total: f64 = v.issues.iter().map(|i| i.worth).sum();
    let theirs: Option<f64> = v.issues.iter().map(|i| i.worth_theirs).sum();
    let differs = |i: &Issue| i.theirs.map(|t| (t - i.ours) * i.scale).filter(|d| d.abs() >= 0.5);
    html! {
        section #board .board {
            h2 { "Offer board" }
            p.small { "Our draft beside their last offer. Worth: points a week at face value, if all is kept; today is 0. It follows what you have saved, and counts it as it would be sent." }
            table {
                thead { tr { th { "Issue" } th { "Now" } th { "Ours" } th { "Theirs" } th.wide { "Gap" } th { "Worth" } th { "Theirs worth" } } }
                @for (mine, head) in [(true, "You can move"), (false, "They can move")] {
                    tbody {
                        tr.part { th colspan="7" scope="rowgroup" { (head) } }
                        @for i in v.issues.iter().filter(|i| i.mine == mine) {
                            tr.differs[differs(i).is_some()] {
                                th scope="row" { (i.name) " (" (i.unit) ")" }
                                td { (number(i, i.now)) }
                                td.moved[((i.ours - i.now) * i.scale).abs() >= 0.5] { (number(i, i.ours)) @if i.beyond.is_some() { "*" } }
                                td { @if let Some(t) = i.theirs { (number(i, t)) } @else { "–" } }
                                td.wide { @if let Some(d) = differs(i) { (format!("{d:+.0}")) } @else { "–" } }
                                td { (points(i.worth)) }
                                td { @if let Some(w) = i.worth_theirs { (points(w)) } @else { "–" } }
                            }
                        }
                    }
                }
                tfoot { tr { th { "All together" } td {} td {} td {} td.wide {} td { (points(total)) } td { @if let Some(w) = theirs { (points(w)) } @else { "–" } } } }
            }
        }
    }
}

/// What each issue is worth to one's own government within the room of one meeting.
fn worths(v: &StudentView) -> Markup {
    let end = |i: &Issue, (level, worth): (f64, f64)| format!("{}: {}", number(i, level), points(worth));
    html! {
        h3 { "What the issues are worth to your government" }
        p.small { "Points a week, each issue moved alone as far down, and as far up, as one meeting can bring it." }
        table.worths {
            thead { tr { th { "Issue" } th { "Now" } th { "Down to" } th { "Up to" } } }
            tbody { @for i in &v.issues { tr {
                th scope="row" { (i.name) " (" (i.unit) ")" } td { (number(i, i.now)) } td { (end(i, i.ends[0])) } td { (end(i, i.ends[1])) }
            } } }
        }
    }
}

/// Who of the delegation agrees with its draft.
fn team(v: &StudentView) -> Markup {
    html! {
        form #agree method="post" action="/act" {
            p { "Who agrees with our draft: "
                @for (i, (role, agrees)) in v.team.iter().enumerate() { @if i > 0 { ", " } (role) @if *agrees { " ✓" } @else { " –" } }
                "."
            }
            @if v.agrees { button name="do" value="disagree" { "I do not agree any more" } }
            @else { button name="do" value="agree" { "I agree with our draft" } }
        }
    }
}

/// What the groups at home make of both packages.
fn at_home(v: &StudentView) -> Markup {
    let opinion = |x: f64| {
        let word = match x {
            x if x > 0.005 => "▲ gains",
            x if x < -0.005 => "▼ loses",
            _ => "• unmoved",
        };
        format!("{word} {}", points(x))
    };
    html! {
        section #home .board {
            h2 { "Your groups at home" }
            p.small { "Points a week that a package brings each group, by what it cares about." }
            table {
                thead { tr { th { "Group" } th { "Our draft" } th { "Their offer" } } }
                tbody { @for group in &v.groups { tr {
                    th scope="row" { (group.name) }
                    td { (opinion(group.ours)) }
                    td { @if let Some(x) = group.theirs { (opinion(x)) } @else { "–" } }
                } } }
            }
        }
    }
}

/// The engine's answers, of which there are few.
fn engine(v: &StudentView, left: usize, play: bool) -> Markup {
    html! {
        section #engine {
            @if play && left > 0 {
                form method="post" action="/act" {
                    button name="do" value="ask" { "Ask the engine for the odds of a deal (" (left) " left this round)" }
                }
            } @else if play { p.small { "Your delegation has asked the engine as often as it may in this round." } }
            @if v.answers { p { a.button href="/odds" { "The odds of a deal, as your side can see them" } } }
        }
    }
}

/// The issues as an observer sees them.
fn levels(v: &StudentView) -> Markup {
    html! {
        section #levels .board {
            h2 { "Where the issues stand" }
            table {
                thead { tr { th { "Issue" } th { "At the start" } th { "Now" } } }
                tbody { @for (name, [start, now]) in &v.levels { tr {
                    th scope="row" { (name) } td { (format!("{start:.0}")) }
                    td.moved[(start - now).abs() >= 0.5] { (format!("{now:.0}")) }
                } } }
            }
        }
    }
}

/// What was promised, and what became of it.
fn promises(v: &StudentView) -> Markup {
    html! {
        section #promises .board {
            h2 { "Promises" }
            table {
                thead { tr { th { "Issue" } th { "By" } th { "Promised" } th { "Stands at" } th { "Last review" } } }
                tbody { @for p in &v.promises { tr {
                    th scope="row" { (p.name) } td { (p.by) } td { (p.promised) } td { (p.stands) }
                    td { @if let Some(x) = p.delivered { (format!("{:.0} % of what was due", 100.0 * x)) } @else { "none yet" } }
                } } }
            }
        }
    }
}

/// What a yes would cost, where it would.
fn loss(v: &StudentView) -> Option<f64> {
    match v.task {
        Task::Answer { worth, .. } | Task::Ratify { worth, .. } => Some(worth).filter(|worth| *worth < 0.0),
        _ => None,
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
        form #decide .pair method="post" action="/act" {
            // Both the same: nothing is recommended. A yes to a loss is asked for twice.
            @if let Some(loss) = loss(v) {
                details #twice .twice { summary { (yes) }
                    p { "That would cost you " (tenth(-loss)) " points. Sure?" }
                    button name="do" value="yes" disabled[v.paused] { "Yes, take the loss" }
                }
            } @else { button name="do" value="yes" disabled[v.paused] { (yes) } }
            button name="do" value="no" disabled[v.paused] { (no) }
        }
    }
}
