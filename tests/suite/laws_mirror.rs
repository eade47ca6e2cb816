//! Check 7 on the whole story: two parties who exchange their names and keep their dice play the same games.

use std::fs;

use summitry::internals::setup::Setup;

use crate::common::{STOCKHOLM, all_metrics, endings, played, ready, ready_text, set};

const GAMES: usize = 4000;

/// The main story with `us` called `cn` and `cn` called `us`, wherever a party is named.
fn exchanged(sets: &[String]) -> Setup {
    let text = fs::read_to_string(STOCKHOLM).expect("the main story");
    let mut text = text;
    // as a name, and as a step of a path
    for sign in ["\"", "."] {
        let [us, cn, other] = ["us", "cn", "?"].map(|name| format!("{sign}{name}{sign}"));
        text = text.replace(&us, &other).replace(&cn, &us).replace(&other, &cn);
    }
    ready_text(&text, sets)
}

fn other_name(metric: &str) -> String {
    match metric.split_once('.') {
        Some(("us", rest)) => format!("cn.{rest}"),
        Some(("cn", rest)) => format!("us.{rest}"),
        _ => metric.to_owned(),
    }
}

/// Every ending and every figure of every game is the same with names exchanged.
fn mirrored(plain: &Setup, mirror: &Setup) -> Result<usize, String> {
    let (a, b) = (played(plain, 7, GAMES), played(mirror, 7, GAMES));
    if endings(&a) != endings(&b) {
        return Err("games end in other ways".into());
    }
    let there = all_metrics(&b);
    let mut compared = 0;
    for (name, figures) in all_metrics(&a) {
        let twin = other_name(&name);
        let (_, mirrored) = there.iter().find(|(n, _)| *n == twin).ok_or(format!("no {twin}"))?;
        for (g, (x, y)) in figures.iter().zip(mirrored).enumerate() {
            let same = x.is_nan() && y.is_nan() || (x - y).abs() <= 1e-9 * x.abs().max(1.0);
            if !same {
                return Err(format!("game {g}: {name} is {x}, {twin} of the mirror {y}"));
            }
            compared += usize::from(!x.is_nan());
        }
    }
    Ok(compared)
}

#[test]
fn check_7_the_whole_story_in_a_mirror() {
    let labels = [set("parties.us.dice", "\"cn\""), set("parties.cn.dice", "\"us\"")];
    let compared = mirrored(&ready(STOCKHOLM, &[]), &exchanged(&labels)).unwrap();
    assert!(compared > 30 * GAMES, "{compared} figures");
    assert!(mirrored(&ready(STOCKHOLM, &[]), &exchanged(&[])).is_err(), "dice follow labels: without them luck moves");
}

#[test]
fn check_7_with_every_way_to_bargain() {
    // Tactics, models and rules of escalation that the main story does not use.
    let rows: &[(&str, &str, &str)] = &[
        ("(like: \"brinkman\")", "(like: \"hardliner\")", "None"),
        ("(like: \"tit-for-tat\")", "(like: \"grit\")", "Frequency(rate: 0.1)"),
        ("(like: \"rational\")", "(like: \"boulware\", pledge: Capacity(share: 0.4))", "Known"),
        (
            "(offer: Resource(sessions: 2), extend: IfProgress(at_least: 0.2))",
            "(like: \"conceder\", extend: Never)",
            "Known",
        ),
    ];
    for (one, two, model) in rows {
        let with = |a: &str, b: &str| {
            vec![
                set(&format!("parties.{a}.strategy"), one),
                set(&format!("parties.{b}.strategy"), two),
                set(&format!("parties.{a}.strategy.model"), model),
                set("talks.prospect", true),
            ]
        };
        let mut sets = with("cn", "us");
        sets.extend([set("parties.us.dice", "\"cn\""), set("parties.cn.dice", "\"us\"")]);
        mirrored(&ready(STOCKHOLM, &with("us", "cn")), &exchanged(&sets))
            .unwrap_or_else(|e| panic!("{one}, {two}: {e}"));
    }
}
