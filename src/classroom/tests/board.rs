//! The board: each issue once, one scale, and a loss that is asked for twice.

use super::honest::{heads, offers, view};
use crate::classroom::pages::student;
use crate::classroom::views::{StudentView, Task};

fn page(view: &StudentView) -> String {
    student::live(view).into_string()
}

#[test]
fn each_issue_stands_once_and_rows_nobody_moved_are_folded() {
    let (class, _, [us, _]) = heads();
    let seen = view(&class, 0);
    let levers = seen.issues.len();
    let first = page(&seen);
    assert_eq!(first.matches("data-curve=").count(), levers);
    assert!(!first.contains("Offer board"), "board and form are one");
    assert_eq!(first.matches("class=\"row still\"").count(), levers);
    assert!(
        first.contains(&format!(
            "<details id=\"still\" open data-unfold=\"true\"><summary>{levers} issues nobody moved"
        ))
    );
    class.act(&us, "do=draft&stance=quiet&l0=40&l10=38");
    let then = page(&view(&class, 0));
    assert_eq!(then.matches("class=\"row still\"").count(), levers - 2);
    assert!(then.contains("<details id=\"still\" data-unfold=\"false\">"), "folded now");
    // Who cannot draft reads the same issues as a table, without a form.
    let asleep = page(&StudentView { benched: true, ..seen });
    assert!(asleep.contains("Offer board") && !asleep.contains("data-curve="));
}

/// What the script draws as one types is what the server says of the same level.
#[test]
fn the_table_of_a_row_holds_what_the_server_says() {
    let (class, _, people) = heads();
    class.act(&people[0], "do=ready&stance=quiet&l0=80&l10=38");
    class.act(&people[1], "do=ready&stance=quiet&l0=80&l10=38");
    let (.., person, _) = offers(&class, &people);
    let seen = view(&class, person);
    let read = |curve: &[(f64, f64)], x: f64| {
        let i = curve[1..curve.len() - 1].iter().take_while(|node| node.0 <= x).count();
        let ((a, low), (b, high)) = (curve[i], curve[i + 1]);
        low + ((x - a) / (b - a)).clamp(0.0, 1.0) * (high - low)
    };
    for issue in &seen.issues {
        let [low, high] = issue.ends.map(|end| end.0);
        assert!((issue.curve[0].0 - low).abs() < 1e-12 && (issue.curve[issue.curve.len() - 1].0 - high).abs() < 1e-12);
        let drawn = read(&issue.curve, issue.ours);
        assert!(
            (drawn - issue.worth).abs() < 1e-9 * issue.worth.abs().max(1.0),
            "{}: {drawn} {}",
            issue.name,
            issue.worth
        );
        assert!(read(&issue.curve, issue.now).abs() < 1e-9, "to leave it where it stands is worth nothing");
    }
    // The rows and what lies beside them come to the bar of our draft.
    let scale = seen.scale.expect("a meeting");
    let sum: f64 = seen.issues.iter().map(|i| i.worth).sum();
    let ours = scale.ours.expect("a draft");
    assert!((sum + scale.beside - ours).abs() < 1e-9 * ours.abs().max(1.0), "{sum} {scale:?}");
}

#[test]
fn offers_and_no_deal_stand_on_one_scale_while_it_is_our_turn() {
    let (class, _, people) = heads();
    assert!(view(&class, 0).scale.is_none(), "no meeting yet");
    for cookie in &people {
        class.act(cookie, "do=ready&stance=quiet&l0=40");
    }
    let question = class.hall.lock().state.tables[0].table.question().cloned().expect("the first draft was offered");
    let answerer = 1 - question.at.party; // the first joined sits for the second party
    let seen = view(&class, answerer);
    let Task::Answer { worth, waiting, .. } = seen.task else { panic!("{:?}", seen.task) };
    let scale = seen.scale.expect("a meeting");
    assert_eq!((scale.theirs, scale.waiting), (Some(worth), waiting));
    let text = page(&seen);
    for name in ["Their offer", "Our draft", "No deal today"] {
        assert!(text.contains(&format!("<span>{name}</span>")), "{name}: {text}");
    }
    assert!(view(&class, 1 - answerer).scale.is_none(), "the other side sees no worth of ours");
    assert!(!text.contains("<details id=\"still\" open"), "in a meeting what nobody moved is folded");
}

#[test]
fn accept_and_refuse_are_equals_and_a_loss_is_asked_for_twice() {
    let (class, _, people) = heads();
    for cookie in &people {
        class.act(cookie, "do=ready&stance=quiet&l0=40");
    }
    let party = class.hall.lock().state.tables[0].table.question().expect("asked").at.party;
    let seen = view(&class, 1 - party);
    let with = |worth: f64| {
        let task = Task::Answer { exchange: 1, exchanges: 6, worth, waiting: 0.0, last: false };
        let text = page(&StudentView { task, ..seen.clone() });
        let form = text.split("id=\"decide\"").nth(1).and_then(|t| t.split("</form>").next()).expect("a form");
        form.to_string()
    };
    let (gain, loss) = (with(2.0), with(-3.2));
    for form in [&gain, &loss] {
        assert_eq!((form.matches("value=\"yes\"").count(), form.matches("value=\"no\"").count()), (1, 1));
        assert!(!form.contains("primary"), "neither is recommended: {form}");
    }
    assert!(!gain.contains("Sure?"));
    assert!(loss.contains("That would cost you 3.2 points. Sure?") && loss.contains("id=\"twice\""), "{loss}");
}
