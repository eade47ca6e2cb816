//! The doors: to join, to come back, and the teacher's.

use maud::{Markup, html};

use super::page;

/// What is written at the door.
#[derive(Debug, Clone)]
pub struct Door {
    /// The lesson.
    pub title: String,
    /// What a person may agree to; nothing is asked where it is empty.
    pub consent: String,
    /// The nickname that was typed before.
    pub nick: String,
    /// The box was ticked before.
    pub agreed: bool,
    /// The once-only number of the form: sent twice it is one person.
    pub form: String,
    /// Somebody tried to come back: that form is unfolded.
    pub back: bool,
}

/// To join with a code and a name, or to come back with a re-entry code.
pub fn join(door: &Door, code: &str, problem: Option<&str>) -> Markup {
    let title = door.title.as_str();
    page(
        title,
        "narrow",
        None,
        html! {
            h1 { (title) }
            @if let Some(problem) = problem { p.alert role="alert" { (problem) } }
            form method="post" action="/join" {
                label { "Class code (five letters)"
                    input name="code" value=(code) required maxlength="8" autocomplete="off" autocapitalize="characters" spellcheck="false";
                }
                label { "Nickname (or the number of your place in the room)"
                    input name="nick" value=(door.nick) required maxlength="200" autocomplete="off";
                }
                @if !door.consent.is_empty() {
                    label.choice { input type="checkbox" name="consent" value="yes" checked[door.agreed]; " " (door.consent) " (You can join without.)" }
                }
                input type="hidden" name="form" value=(door.form);
                button.primary { "Join" }
            }
            p.small { "No account. Your nickname is kept in your teacher's file until it is wiped; addresses and devices are not recorded. On an open Wi-Fi others could read what you send: choose a nickname you do not mind." }
            details open[door.back] {
                summary { "I had a seat and lost it" }
                form method="post" action="/rejoin" {
                    label { "Re-entry code from your teacher"
                        input name="code" required maxlength="8" autocomplete="off" autocapitalize="characters";
                    }
                    button { "Come back" }
                }
            }
        },
    )
}

/// The teacher's door.
pub fn teacher(title: &str, problem: Option<&str>) -> Markup {
    page(
        title,
        "narrow",
        None,
        html! {
            h1 { "Teacher" }
            @if let Some(problem) = problem { p.alert role="alert" { (problem) } }
            form method="post" action="/teach" {
                label { "The secret that the program printed"
                    input #secret type="password" name="secret" required maxlength="64" autocomplete="off";
                }
                button.primary { "Open the console" }
            }
        },
    )
}
