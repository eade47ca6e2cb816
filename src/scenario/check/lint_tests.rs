//! Every lint fires where it should, and nowhere else.

use super::lint::lints;
use crate::notation::Code;
use crate::scenario::load::load_as;
use crate::scenario::rules::Scenario;

/// Two sides and one lever each, with nothing odd in it.
const PLAIN: &str = r#"(
        schema: "summitry/1", title: "two levers",
        because: {},
        clock: (rounds: 10, deal_life: 20),
        calendar: [Talks(at: 1)],
        levers: {
            "duty": (holder: "a", range: (low: 0, high: 40), now: 40, snap: 40, opens: Down, blunted_by_resilience: 0.5,
                effects: {"a": [Politics(points: 1, shape: Lin)], "b": [Prosperity(points: -2, shape: Lin)]}),
            "order": (holder: "b", range: (low: 0, high: 10), now: 0, snap: 0,
                effects: {"a": [Prosperity(points: 2, shape: Lin)], "b": [Prosperity(points: -1, shape: Lin)]}),
        },
        parties: {
            "a": (goal: (prosperity: 1, politics: 1, date: 9), strategy: (offer: Time(exponent: 1, opening: 0.1))),
            "b": (goal: (prosperity: 1, date: 9), strategy: (offer: Time(exponent: 1, opening: 0.1)),
                resilience: (start: 0.2)),
        },
    )"#;

/// The codes and the texts of what is odd in the plain file with one thing changed.
fn told(from: &str, to: &str) -> Vec<(Code, String)> {
    assert!(PLAIN.contains(from), "{from}");
    let text = PLAIN.replacen(from, to, 1);
    let open = |_: &str| Ok(text.clone());
    let (scenario, loaded) = load_as::<Scenario>("x.ron", &open, &[]).unwrap_or_else(|problems| panic!("{problems}"));
    lints(&scenario, &loaded).into_iter().map(|problem| (problem.code, problem.text)).collect()
}

#[test]
fn each_lint_fires_where_it_should_and_not_where_nothing_is_odd() {
    assert_eq!(told("two levers", "two levers"), []);
    let cases = [
        (
            "[Prosperity(points: 2, shape: Lin)], \"b\": [Prosperity(points: -1",
            "[], \"b\": [Security(points: -1",
            Code::Unvalued,
            "nobody gains or loses by `order`",
        ),
        (
            "low: 0, high: 40)",
            "low: 0, high: 90), reach: Some((low: 0, high: 40))",
            Code::Unreached,
            "`duty` never leaves 0 to 40",
        ),
        (
            "\"a\": [Politics(points: 1, shape: Lin)]",
            "\"a\": [Politics(points: 1, shape: Lin), Politics(points: -1, shape: Lin)]",
            Code::Cancels,
            "cancel out",
        ),
        (
            "\"a\": [Politics(points: 1, shape: Lin)]",
            "\"a\": [Politics(points: 1, shape: Lin), Politics(points: 1, shape: Rest)]",
            Code::Cancels,
            "cancel out",
        ),
        (
            "\"a\": [Politics(points: 1, shape: Lin)]",
            "\"a\": [Politics(points: 2, shape: Lin), Politics(points: -1, shape: Lin), Politics(points: -1, shape: Lin), \
             Politics(points: 1, shape: Root)]",
            Code::Cancels,
            "3 effects of `duty` on `a` cancel out",
        ),
        (
            "\"a\": [Politics(points: 1, shape: Lin)]",
            "\"a\": [Politics(points: 0.3, shape: Lin), Politics(points: -0.1, shape: Rest), \
             Politics(points: -0.4, shape: Lin)]",
            Code::Cancels,
            "3 effects of `duty` on `a` cancel out",
        ),
        (
            "\"a\": [Politics(points: 1, shape: Lin)]",
            "\"a\": [Politics(points: 2, shape: Lin), Prosperity(points: -1, shape: Lin), Prosperity(points: -1, shape: Lin)]",
            Code::Cancels,
            "what `duty` does to `a` cancels out by the weights that it puts on it",
        ),
        ("goal: (prosperity: 1, date: 9)", "goal: (date: 9)", Code::WantsNothing, "`b` wants nothing"),
        (
            "goal: (prosperity: 1, date: 9)",
            "goal: (politics: 1, date: 9)",
            Code::WantsNothing,
            "no lever matters to `b`",
        ),
        (
            "goal: (prosperity: 1, date: 9)",
            "goal: (prosperity: 1, date: 9), factions: {\"idle\": (power: 0.2)}",
            Code::WantsNothing,
            "the faction `idle` of `b` wants nothing",
        ),
        (
            "[Talks(at: 1)]",
            "[Talks(at: 1), TalksEvery(gap: 9)]",
            Code::NeverComes,
            "no meeting follows the first, of round 1: the gap of 9 rounds",
        ),
        (
            "[Talks(at: 1)]",
            "[Talks(at: 1), TruceExpires(at: 3, extend_by: 11)]",
            Code::NeverComes,
            "a truce that is extended never runs out again",
        ),
        (
            "title: \"two levers\"",
            "title: \"two levers\", truce: (emergency: 12)",
            Code::NeverComes,
            "no emergency session comes",
        ),
        (
            "prosperity: 1, date: 9",
            "prosperity: 1, date: 12",
            Code::LateDeadline,
            "round 12, lies behind the last of 10 rounds",
        ),
        ("Time(exponent: 1, opening: 0.1)", "Hold(share: 0)", Code::NeverGives, "`a` never offers anything"),
        (
            "Time(exponent: 1, opening: 0.1)",
            "Hold(share: 0.0001)",
            Code::NeverGives,
            "`a` offers next to nothing: it never comes down by more than 0.01 %",
        ),
        (
            "Time(exponent: 1, opening: 0.1)",
            "Hold(share: Uniform(low: 0, high: 0.001))",
            Code::NeverGives,
            "`a` offers next to nothing",
        ),
        (
            "date: 9), strategy: (offer: Time(exponent: 1, opening: 0.1)",
            "date: 10), strategy: (offer: Time(exponent: 0.01, opening: 0)",
            Code::NeverGives,
            "`a` offers next to nothing",
        ),
        (
            "Time(exponent: 1, opening: 0.1)",
            "Blend(parts: [(weight: 1, tactic: Hold(share: 0)), (weight: 0.001, tactic: Time(exponent: 1, opening: 0.1))])",
            Code::NeverGives,
            "`a` offers next to nothing",
        ),
        ("blunted_by_resilience: 0.5", "blunted_by_resilience: 0", Code::Unfelt, "nothing feels the resilience of `b`"),
    ];
    for (from, to, code, text) in cases {
        let found = told(from, to);
        assert!(matches!(&found[..], [(c, said)] if *c == code && said.contains(text)), "{code:?}: {found:?}");
    }
}

/// What comes near to being odd, and is not.
#[test]
fn what_counts_in_the_end_is_left_alone() {
    for (from, to) in [
        (
            "\"a\": [Politics(points: 1, shape: Lin)]",
            "\"a\": [Politics(points: 2, shape: Lin), Politics(points: -1, shape: Lin), Politics(points: -0.9, shape: Lin)]",
        ),
        (
            "\"a\": [Politics(points: 1, shape: Lin)]",
            "\"a\": [Politics(points: 2, shape: Lin), Prosperity(points: -2, shape: Root)]",
        ),
        ("[Talks(at: 1)]", "[Talks(at: 1), TalksEvery(gap: 8)]"),
        ("[Talks(at: 1)]", "[Talks(at: 1), TalksEvery(gap: 9, sooner_per_tone: 1)]"),
        ("[Talks(at: 1)]", "[Talks(at: 1), TruceExpires(at: 3, extend_by: 10)]"),
        ("Time(exponent: 1, opening: 0.1)", "Hold(share: 0.02)"),
        ("prosperity: 1, politics: 1, date: 9", "prosperity: Normal(mean: 1, sd: 0.1), politics: 1, date: 9"),
    ] {
        assert_eq!(told(from, to), [], "{to}");
    }
}

#[test]
fn two_that_wait_for_each_other_never_give() {
    let waits = "Reciprocate(opening: 0)";
    let both = PLAIN.replace("Time(exponent: 1, opening: 0.1)", waits);
    let open = |_: &str| Ok(both.clone());
    let (scenario, loaded) = load_as::<Scenario>("x.ron", &open, &[]).expect("a scenario");
    let codes: Vec<Code> = lints(&scenario, &loaded).into_iter().map(|problem| problem.code).collect();
    assert_eq!(codes, [Code::NeverGives; 2]);
    assert_eq!(told("Time(exponent: 1, opening: 0.1)", waits), [], "one that waits has the other to wait for");
}

#[test]
fn a_draw_that_is_cut_now_and_then_is_told() {
    let found = told("resilience: (start: 0.2)", "resilience: (start: Normal(mean: 0.3, sd: 0.1))");
    assert!(matches!(&found[..], [(Code::Clamped, said)] if said.contains("less than 1 %")), "{found:?}");
    assert_eq!(told("resilience: (start: 0.2)", "resilience: (start: Normal(mean: 0.5, sd: 0.1))"), []);
}

#[test]
fn a_reason_keeps_a_lint_quiet() {
    let wide = "low: 0, high: 90), reach: Some((low: 0, high: 40))";
    let text = PLAIN.replacen("low: 0, high: 40)", wide, 1);
    let said =
        text.replacen("because: {}", "because: {\"levers.duty.range\": \"shapes are those of the whole range\"}", 1);
    let cut = PLAIN.replacen("(start: 0.2)", "(start: Normal(mean: 0.3, sd: 0.1))", 1).replacen(
        "because: {}",
        "because: {\"parties.b.resilience.start\": \"judgement\"}",
        1,
    );
    for text in [said, cut] {
        let open = |_: &str| Ok(text.clone());
        let (scenario, loaded) = load_as::<Scenario>("x.ron", &open, &[]).expect("a scenario");
        assert_eq!(lints(&scenario, &loaded), []);
    }
}
