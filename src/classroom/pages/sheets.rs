//! What each person fills in alone: the quiz, what is asked about oneself, the secret ranking, an observer's sheet.

use maud::{Markup, html};

use crate::classroom::forms::{SHEET_MAX, TEXT_MAX};
use crate::classroom::lesson::PhaseKind;
use crate::classroom::state::RANKED_MAX;
use crate::classroom::views::{Asked, StudentView};
use crate::notation::wording::plural;

/// The quiz of the first or the last phase; the first asks for a forecast too.
pub fn quiz(v: &StudentView) -> Markup {
    let after = v.kind == PhaseKind::Close;
    let n = counted(v.quiz.items.len());
    html! {
        form #quiz method="post" action="/act" {
            h2 { @if after { (n) " again" } @else { (n) " before we begin" } }
            (questions("q", &v.quiz))
            @if !after {
                (questions("a", &v.about))
                label { "How likely is it that the presidents meet at a summit, in percent?"
                    input type="number" name="forecast" min="0" max="100" value=[v.forecast];
                }
            }
            input type="hidden" name="after" value=(u8::from(after));
            button.primary name="do" value="quiz" { "Save" }
        }
    }
}

/// Questions, in words up to nine.
fn counted(n: usize) -> String {
    let words = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"];
    let number = words.get(n).map_or_else(|| n.to_string(), |word| (*word).to_string());
    format!("{number} {}", plural(n as u64, "question"))
}

fn questions(name: &str, asked: &Asked) -> Markup {
    html! {
        @for (i, (ask, answers)) in asked.items.iter().enumerate() {
            fieldset { legend { (ask) }
                @for (j, answer) in answers.iter().enumerate() {
                    label.choice { input type="radio" name={ (name) (i) } value=(j) checked[asked.given.get(i) == Some(&Some(j))]; " " (answer) }
                }
            }
        }
    }
}

/// Which issues matter most: each person's own guess before the talks.
pub fn ranking(v: &StudentView) -> Markup {
    let rank = ["First", "Second", "Third", "Fourth"];
    html! {
        form #rank method="post" action="/act" {
            h2 { "Your secret ranking" }
            p.small { "Which issues matter most to your government? Nobody sees your answer before the debrief, where it is set beside what the model says." }
            @for (i, place) in rank.iter().enumerate().take(RANKED_MAX) {
                label { (place)
                    select name={ "r" (i) } {
                        option value="" { "–" }
                        @for issue in &v.issues { option value=(issue.lever) selected[v.ranking.get(i) == Some(&issue.lever)] { (issue.name) } }
                    }
                }
            }
            button name="do" value="rank" { "Save my ranking" }
        }
    }
}

/// The last paragraph.
pub fn surprise(v: &StudentView) -> Markup {
    html! {
        form #surprise method="post" action="/act" {
            label { "One paragraph: what surprised you?" textarea name="text" maxlength=(TEXT_MAX) rows="4" { (v.surprise) } }
            button name="do" value="surprise" { "Save my paragraph" }
        }
    }
}

/// What an observer saw.
pub fn observed(v: &StudentView) -> Markup {
    html! {
        form #observed method="post" action="/act" {
            h2 { "What you see" }
            p.small { "Your answers are shown in the debrief, without your name." }
            @for (i, (prompt, wrote)) in v.sheet.iter().enumerate() {
                label { (prompt) textarea name={ "o" (i) } maxlength=(SHEET_MAX) rows="2" { (wrote) } }
            }
            button.primary name="do" value="sheet" { "Save what I saw" }
        }
    }
}
