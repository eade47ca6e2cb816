//! The board: one form in which each issue is a row, with what it is worth as one types, and three bars in the same points
//! below it: their offer, ours, no deal. Without scripts it is the same form, valued when it is saved.

use maud::{Markup, html};

use super::points;
use crate::classroom::lesson::PhaseKind;
use crate::classroom::views::{Issue, Scale, StudentView, Task};
use crate::notation::wording::count;

/// A level as screens show it.
pub fn number(issue: &Issue, x: f64) -> String {
    let x = x * issue.scale;
    format!("{:.0}", if x.abs() < 0.5 { 0.0 } else { x })
}

/// Whether somebody has moved an issue: in our draft, or in their last offer.
fn moved(i: &Issue) -> bool {
    [Some(i.typed), i.theirs].into_iter().flatten().any(|x| ((x - i.now) * i.scale).abs() >= 0.5)
}

/// The board of a person who may draft.
pub fn board(v: &StudentView) -> Markup {
    let play = matches!(v.kind, PhaseKind::Play { .. });
    let still = v.issues.iter().filter(|i| !moved(i)).count();
    let unfold = still == v.issues.len() && matches!(v.task, Task::Prepare); // in a meeting the page stays short
    html! {
        form #draft method="post" action="/act" novalidate {
            h2 { "Our draft" }
            @if v.stands { p.alert { "This draft stands: it counts as it is." } }
            (cut(v))
            p.small {
                @if v.scale.is_some() { "Points over the life of a deal, as far as each side's word is believed." }
                @else { "Points a week at face value, if all is kept; today is 0." }
                @if v.issues.iter().any(|i| i.once.is_some()) { " In one meeting officials move an issue by the ± shown, leaders at a summit by more." }
            }
            div.rows {
                @for (mine, head) in [(true, "What we would do"), (false, "What we want them to do")] {
                    div.group role="group" aria-label=(head) {
                        h3 { (head) }
                        @for i in v.issues.iter().filter(|i| i.mine == mine) { (row(i)) }
                    }
                }
                @if still > 0 { details #still open[unfold] data-unfold=(unfold) { summary { (count(still, "issue")) " nobody moved" } } }
            }
            @if play && matches!(v.task, Task::Prepare) {
                input type="hidden" name="wstance" value=(v.stance);
                label { "Before the talks, in public"
                    select name="stance" {
                        @for (key, verb, effect) in &v.stances {
                            option value=(key) selected[*key == v.stance] { (verb) " (" (effect) ")" }
                        }
                    }
                }
            }
            (bar(v, play))
        }
    }
}

/// An issue: its name, where it stands, what we would have, what that is worth; below it its room and their offer.
fn row(i: &Issue) -> Markup {
    let by = ((i.high - i.low) * i.scale / 20.0).round().max(1.0);
    let curve: Vec<String> = i.curve.iter().map(|(x, worth)| format!("{}:{worth}", x * i.scale)).collect();
    let field = format!("in-{}", i.lever);
    html! {
        div.row.still[!moved(i)] id={ "row-" (i.lever) } {
            label for=(field) { (i.name) }
            span.now { (number(i, i.now)) }
            input type="hidden" name={ "w" (i.lever) } value=(number(i, i.typed));
            button.step type="button" data-by=(-by) aria-label={ "less: " (i.name) } { "−" }
            input id=(field) type="number" name={ "l" (i.lever) } step="any" inputmode="decimal" min=(number(i, i.low)) max=(number(i, i.high)) value=(number(i, i.typed)) data-curve=(curve.join(" ")) data-worth=(i.worth);
            button.step type="button" data-by=(by) aria-label={ "more: " (i.name) } { "+" }
            output.worth for=(field) { (points(i.worth)) }
            span.meta {
                (i.unit) ", " (number(i, i.low)) " to " (number(i, i.high))
                @if let Some(once) = i.once { ", ±" (number(i, once)) }
                @if let (Some(theirs), Some(worth)) = (i.theirs, i.worth_theirs) { strong { " · they: " (number(i, theirs)) } " (" (points(worth)) ")" }
            }
        }
    }
}

/// What of the draft goes further than a meeting can.
fn cut(v: &StudentView) -> Markup {
    let beyond: Vec<String> = v
        .issues
        .iter()
        .filter_map(|i| Some(format!("{} {} (drafted {})", i.name, number(i, i.ours), number(i, i.beyond?))))
        .collect();
    let meets = v.issues.iter().any(|i| i.beyond.is_some() && i.typed == i.ours);
    html! {
        @if !beyond.is_empty() {
            p.alert {
                @if meets { "Your draft goes further than this meeting can. It is shown, and would be offered, as: " }
                @else { "Your draft goes further than officials can in one meeting. It counts, and would be offered, as: " }
                (beyond.join(", ")) "."
            }
        }
    }
}

/// What stays on the screen: what the draft is worth, and the one thing to do next.
fn bar(v: &StudentView, play: bool) -> Markup {
    let sends = play && v.pen && (matches!(v.task, Task::Prepare) || (v.mine && matches!(v.task, Task::Offer { .. })));
    let beside = v.scale.as_ref().map_or(0.0, |s| s.beside);
    let sum: f64 = v.issues.iter().map(|i| i.worth).sum();
    html! {
        div.bar {
            span { "Ours " output #total data-beside=(beside) { (points(sum + beside)) } @if let Some(s) = &v.scale { " " span.small { "no deal " (points(s.waiting)) } } }
            button name="do" value="draft" { "Save the draft" } // the first: what the Enter key presses
            @if sends {
                @if matches!(v.task, Task::Offer { .. }) { button.primary name="do" value="offer" disabled[v.paused] { "Offer this" } }
                @else { button.primary[!v.stands] name="do" value="ready" disabled[v.paused] { "Ready: this stands" } }
            }
            @if play && v.pen && v.stands { button name="do" value="unready" { "Not ready after all" } }
        }
    }
}

/// The width of a bar's drawing.
const WIDE: f64 = 200.0;

/// Their offer, our draft and no deal in the same points.
pub fn scale(s: &Scale) -> Markup {
    let rows = [
        ("Their offer", s.theirs, "theirs"),
        ("Our draft", s.ours, "ours"),
        ("No deal today", Some(s.waiting), "none"),
    ];
    let parts = |total: f64, key: &str| {
        if key == "none" { [total, total] } else { [total - s.beside, total] }
    };
    let all: Vec<f64> = rows.iter().flat_map(|(_, total, key)| total.map(|t| parts(t, key))).flatten().collect();
    let low = all.iter().copied().fold(0.0, f64::min);
    let high = all.iter().copied().fold((low + 1e-9).max(0.0), f64::max);
    let at = |x: f64| (x - low) / (high - low) * WIDE;
    html! {
        div.scale data-low=(low) data-high=(high) data-beside=(s.beside) {
            @for (name, total, key) in rows {
                @if let Some(total) = total {
                    @let [levers, end] = parts(total, key);
                    div.measure.(key) id={ "scale-" (key) } {
                        span { (name) }
                        svg viewBox={ "0 0 " (WIDE) " 16" } preserveAspectRatio="none" aria-hidden="true" {
                            rect.levers x=(at(levers.min(0.0))) y="2" width=(at(levers.max(0.0)) - at(levers.min(0.0))) height="12" {}
                            rect.signing x=(at(levers.min(end))) y="5" width=(at(levers.max(end)) - at(levers.min(end))) height="6" {}
                            rect.zero x=(at(0.0) - 0.5) y="0" width="1" height="16" {}
                        }
                        strong.total { (tenth(total)) }
                        @if key != "none" { span.meta { "levers, as far as believed, " span.part { (tenth(levers)) } "; signing " (tenth(s.beside)) } }
                    }
                }
            }
        }
    }
}

/// Points with a sign and a proper minus.
fn tenth(x: f64) -> String {
    if x.abs() < 0.05 { "0.0".into() } else { format!("{x:+.1}").replace('-', "−") }
}
