//! Paired games: the same as each cell's own batch, whatever the threads and the cohorts.

use summitry::internals::measures::{Kind, Measures};
use summitry::internals::paired::{Among, Ask, Contrast, contrast};
use summitry::internals::play::{Plan, Watch, batch};
use summitry::internals::setup::Setup;
use summitry::internals::summary::{Questions, Summary};
use summitry::internals::variants::{cell, from_line};

use proptest::prelude::*;
use serde_json::Value;

use crate::any_scenario::scenario;
use crate::common::{Lots, ready_text};
use crate::typed::summitry;

fn cells(lines: &[&str]) -> Vec<Setup> {
    let mut base = summitry::internals::loaded_of(&super::ready("scenarios/stockholm-2025.ron", &[])).clone();
    let mut out = vec![cell(&base, &[]).expect("the base").setup];
    for line in lines {
        let (_, changes) = from_line(&mut base, "a test", line).unwrap_or_else(|e| panic!("{e}"));
        out.push(cell(&base, &changes).unwrap_or_else(|e| panic!("{e}")).setup);
    }
    out
}

/// Cells of one frame share a world; each must still play exactly as in a world of its own.
#[test]
fn a_cell_of_a_study_plays_as_its_own_batch() {
    let cells = cells(&[
        "parties.us.goal.patience=0.96; levers.us_tariff.now=30",
        "off=[\"summit\", \"spoilers\"]",
        "calendar.TalksEvery.gap=5; talks.exchanges=4; parties.cn.honesty=0",
    ]);
    let all: Vec<&Setup> = cells.iter().collect();
    let measures = Measures::of(cells.iter());
    let contrasts: Vec<Contrast> = (0..cells.len())
        .flat_map(|c| {
            (0..measures.list.len()).map(move |m| Contrast {
                base: c,
                variant: c,
                ask: Ask::Mean(m),
                among: Among::All,
            })
        })
        .collect();
    let mut plan = Plan::new(7, 300).threads(2);
    plan.cohort = 128;
    let found = contrast(&all, &measures, &contrasts, &plan, &Watch::default()).expect("played").found;
    for (c, setup) in cells.iter().enumerate() {
        let summary = batch(setup, &plan, &Watch::default()).expect("played").summary;
        let questions = Questions::of(setup);
        for (m, measure) in measures.list.iter().enumerate() {
            let here = found[c * measures.list.len() + m].map(|f| (f.n[0], f.base));
            let near = |x: Option<(u64, f64)>| match (here, x) {
                (Some((n, a)), Some((k, b))) => n == k && (a - b).abs() < 1e-12,
                (a, b) => a.is_none_or(|a| a.0 < 2) && b.is_none_or(|b| b.0 < 2),
            };
            if let Some(i) = questions.classes.iter().position(|name| *name == measure.name) {
                assert!(near(Some((300, summary.classes[i] as f64 / 300.0))), "cell {c}, {}", measure.name);
            } else if let Some(i) = questions.metrics.iter().position(|x| x.name == measure.name) {
                let histogram = &summary.metrics[i];
                let own = histogram.mean().map(|mean| (histogram.count, mean));
                assert!(near(own), "cell {c}, {}: {here:?}, alone {own:?}", measure.name);
            } else if let Some(i) = questions.events.iter().position(|e| e.name == measure.name) {
                let (yes, of) = summary.events[i];
                assert!(near((of > 0).then(|| (of, yes as f64 / of as f64))), "cell {c}, {}", measure.name);
            } else {
                let never = measure.kind == Kind::Share && here.is_some_and(|(_, x)| x == 0.0);
                assert!(never || here.is_none(), "cell {c}, {}: {here:?}", measure.name);
            }
        }
    }
}

#[test]
fn threads_and_cohorts_change_nothing() {
    let cells = cells(&["parties.us.goal.patience=0.96", "incidents.per_round=0.2"]);
    let all: Vec<&Setup> = cells.iter().collect();
    let measures = Measures::of(cells.iter());
    let m = |name: &str| measures.find(name).expect(name);
    let mut contrasts = vec![];
    for variant in [1, 2] {
        for among in [Among::All, Among::BothSides, Among::SameTable] {
            for ask in
                [Ask::Mean(m("us.total")), Ask::Mean(m("us.first_share")), Ask::Ratio(m("rejections"), m("deals"))]
            {
                contrasts.push(Contrast { base: 0, variant, ask, among });
            }
        }
    }
    let play = |threads: usize, cohort: usize| {
        let mut plan = Plan::new(3, 700).threads(threads);
        plan.cohort = cohort;
        contrast(&all, &measures, &contrasts, &plan, &Watch::default()).expect("played")
    };
    let whole = play(1, 700);
    assert!(whole.found.iter().all(|f| f.is_some()) && !whole.interrupted && whole.games == 700);
    assert_eq!(whole, play(2, 64));
    assert_eq!(whole, play(3, 1));
}

#[test]
fn a_cell_against_itself_differs_in_nothing() {
    let cells = cells(&["parties.us.optimism=Uniform(low: 0.3, high: 0.7)"]);
    let all: Vec<&Setup> = cells.iter().collect();
    let measures = Measures::of(cells.iter());
    let contrasts: Vec<Contrast> = (0..measures.list.len())
        .map(|m| Contrast { base: 0, variant: 1, ask: Ask::Mean(m), among: Among::All })
        .collect();
    let played = contrast(&all, &measures, &contrasts, &Plan::new(5, 200), &Watch::default()).expect("played");
    assert!(played.found.iter().flatten().all(|f| f.difference == 0.0 && f.se == 0.0));
    assert!(played.found.iter().flatten().any(|f| f.saved == Some(1.0)));
}

/// What `batch` says of a measure in a game: how many games have a case, and the mean over them.
fn alone(questions: &Questions, summary: &Summary, name: &str) -> Option<(u64, f64)> {
    let share = |count: u64, of: u64| (of > 0).then(|| (of, count as f64 / of as f64));
    if let Some(i) = questions.classes.iter().position(|class| *class == name) {
        return share(summary.classes[i], summary.games);
    }
    if let Some(i) = questions.events.iter().position(|event| event.name == name) {
        return share(summary.events[i].0, summary.events[i].1);
    }
    let i = questions.metrics.iter().position(|metric| metric.name == name)?;
    summary.metrics[i].mean().map(|mean| (summary.metrics[i].count, mean))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    /// The law of every study: both columns are what `batch` says of each side alone, whichever stands beside it, and the
    /// difference is the one less the other; games with a case on both sides are counted apart.
    #[test]
    fn columns_are_those_of_a_batch_and_the_difference_is_theirs(from in 0_u64..1_000_000, seed in 0_u64..1000) {
        let cells = [from, from + 1_000_000].map(|i| ready_text(&scenario(&mut Lots::new(i)), &[]));
        let all: Vec<&Setup> = cells.iter().collect();
        let measures = Measures::of(cells.iter());
        let contrasts = |among: Among| -> Vec<Contrast> {
            (0..measures.list.len()).map(|m| Contrast { base: 0, variant: 1, ask: Ask::Mean(m), among }).collect()
        };
        let plan = Plan::new(seed, 40);
        let compared = |among: Among| {
            contrast(&all, &measures, &contrasts(among), &plan, &Watch::default()).expect("played").found
        };
        let (found, in_both) = (compared(Among::All), compared(Among::BothSides));
        let batches = all.iter().map(|s| (Questions::of(s), batch(s, &plan, &Watch::default()).expect("played").summary));
        let batches: Vec<(Questions, Summary)> = batches.collect();
        let mut told = 0;
        for ((measure, found), in_both) in measures.list.iter().zip(&found).zip(&in_both) {
            let [base, here] = [0, 1].map(|c| alone(&batches[c].0, &batches[c].1, &measure.name));
            let Some(f) = found else {
                prop_assert!([base, here].iter().any(|side| side.is_none_or(|(n, _)| n < 2)), "{}", measure.name);
                continue;
            };
            told += 1;
            for (side, (n, mean)) in [base, here].into_iter().zip([(f.n[0], f.base), (f.n[1], f.variant)]) {
                // An event of a rule that a side does not have did not happen there.
                let (k, own) = side.unwrap_or((40, 0.0));
                prop_assert!(n == k && (mean - own).abs() < 1e-9 * own.abs().max(1.0), "{}: {f:?}", measure.name);
            }
            prop_assert_eq!(f.difference.to_bits(), (f.variant - f.base).to_bits());
            let both = f.both.map_or(0, |both| both.n);
            prop_assert!(both <= f.n[0].min(f.n[1]) && f.se.is_finite(), "{}: {f:?}", measure.name);
            prop_assert_eq!(f.both, in_both.and_then(|asked| asked.both), "{}", measure.name);
        }
        prop_assert!(told > 10, "{told} measures have cases on both sides");
    }
}

/// A conditional measure in every study, whatever it is compared with: both columns are what `batch` says of either side,
/// the difference is theirs, and the games that have it on both sides are a second figure with its number.
#[test]
fn every_study_tells_what_a_batch_says_and_names_the_games_on_both_sides() {
    const STORY: &str = "scenarios/stockholm-2025.ron";
    let (hasty, no_summit) = ("parties.us.goal.patience=0.9", "off=[\"summit\"]");
    let ask = |words: &[&str]| {
        let all = [words, &["--games=240", "--seed=11", "--format=json"]].concat();
        let (code, out, err) = summitry(&all);
        assert!(code == 0 || code == 4, "{all:?}: {err}");
        serde_json::from_str::<Value>(&out).expect("one document")
    };
    let batch = |set: &[&str]| {
        let all = ask(&[&["batch", STORY], set].concat());
        let metric = &all["metrics"]["us.share"];
        (metric["count"].as_u64().expect("a count"), metric["mean"].as_f64().expect("a mean"))
    };
    let (base, hastier, without) = (batch(&[]), batch(&["--set", hasty]), batch(&["--set", no_summit]));
    let holds = |study: &str, found: &Value, here: (u64, f64)| {
        let is = |field: &str| found[field].as_f64().unwrap_or_else(|| panic!("{study}: no {field} in {found}"));
        let sides = [("base", "base_n", base), ("variant", "variant_n", here)];
        for (mean, n, (count, own)) in sides {
            assert!((is(mean) - own).abs() < 1e-8 && is(n) == count as f64, "{study}: {found}, and a batch {own}");
        }
        assert!((is("difference") - (is("variant") - is("base"))).abs() < 1e-12, "{study}: {found}");
        let both = &found["both_sides"];
        let (n, gap) = (both["n"].as_u64().expect("a number of games"), both["difference"].as_f64().expect("a figure"));
        assert!(n > 0 && n < base.0.max(here.0) && gap != is("difference"), "{study}: {found}");
    };
    let compared = ask(&["compare", STORY, "--variant", hasty, "--measure=us.share"]);
    holds("compare", &compared["comparisons"][0]["measures"]["us.share"], hastier);
    let swept = ask(&["sweep", STORY, "--over=parties.us.goal.patience=0.9", "--measure=us.share"]);
    holds("sweep", &swept["points"][0]["differences"]["us.share"], hastier);
    let ablated = ask(&["ablation", STORY, "--measure=us.share"]);
    let rows = ablated["rows"].as_array().expect("rows");
    let row = rows.iter().find(|row| row["off"] == "summit").expect("the row of the summit");
    holds("ablation", &row["measures"]["us.share"], without);

    let folder = tempfile::tempdir().expect("a folder");
    let table = folder.path().join("signs.ron");
    let wish = |among: &str| format!("(measure: \"us.share\", wanted: Free, among: {among})");
    let rows = format!(
        "(change: \"hasty\", variant: {{\"parties.us.goal.patience\": 0.9}}, deal: Free, also: [{}, {}, {}])",
        wish("All"),
        wish("BothSides"),
        wish("SameTable")
    );
    let text = format!("(schema: \"summitry.signs/1\", scenario: \"stockholm-2025\", rows: [{rows}])");
    std::fs::write(&table, text).expect("written");
    let table = table.to_str().expect("UTF-8");
    let judged = ask(&["signs", table]);
    let wishes = judged["rows"][0]["wishes"].as_array().expect("wishes");
    wishes[1..].iter().for_each(|wish| holds("signs", &wish["in_all"], hastier));
    assert_eq!(wishes[1]["found"], wishes[1]["in_all"], "over all games they are one figure");
    let (both, table_too) = (&wishes[2]["found"]["both_sides"], &wishes[3]["found"]["both_sides"]);
    assert_eq!(both, &wishes[1]["in_all"]["both_sides"]);
    assert!(table_too["n"].as_u64() < both["n"].as_u64(), "{wishes:?}");

    // Of two values the search takes the one that brings more, and is asked of both as the games of its seed are.
    let goal = if hastier.1 > base.1 { "--maximise=us.share" } else { "--minimise=us.share" };
    let values = "--over=parties.us.goal.patience=0.9,0.9001";
    let tuned = ask(&["tune", STORY, values, goal, "--tries=8"]);
    let best = &tuned["best"];
    let value = best["values"]["parties.us.goal.patience"].as_str().expect("a value");
    holds("tune", &best["in_sample"], batch(&["--set", &format!("parties.us.goal.patience={value}")]));
    for (words, says) in [
        (&["tune", STORY, values, goal, "--tries=8"][..], "both sides: in games with it on both sides"),
        (&["signs", table], "both sides: in games with it on both sides"),
        (&["ablation", STORY, "--measure=us.share"], "in games with it on both sides"),
        (&["compare", STORY, "--variant", hasty, "--measure=us.share"], "in games with it on both sides"),
    ] {
        let page = summitry(&[words, &["--games=240", "--seed=11"]].concat()).1;
        assert!(page.contains(says), "{words:?}: {page}");
    }
}
