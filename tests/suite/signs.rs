//! The sign table, at a size that a test can afford.

use summitry::Error;
use summitry::internals::disk;
use summitry::internals::play::{Plan, Watch};
use summitry::internals::signs::{Verdict, read_table};

/// Rows whose effect is too small for 4 000 games; `summitry signs` at its 20 000 decides them.
const FAINT: [&str; 3] = [
    "third countries perfectly policed",
    "US concedes faster: exponent 1.4, not .7",
    "spoilers strike (base: they do not)",
];

#[test]
fn the_model_answers_changes_as_a_reader_expects() {
    let mut table = read_table("scenarios/studies/signs.ron", &disk::open, &[]).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(table.rows.len(), 26);
    let rows: Vec<usize> = (0..26).filter(|i| !FAINT.contains(&table.rows[*i].change.as_str())).collect();
    assert_eq!(rows.len(), 23);
    table.keep(&rows);
    let answer = table.judge(&Plan::new(2025, 4000), &Watch::default()).expect("played");
    assert_eq!(answer.games, 4000);
    for (row, judged) in table.rows.iter().zip(&answer.rows) {
        assert_eq!(judged.verdict, Verdict::Pass, "{}: {:#?}", row.change, judged.wishes);
    }
}

#[test]
fn problems_are_told_where_the_table_has_them() {
    let text =
        |rows: &str| format!("(schema: \"summitry.signs/1\", scenario: \"../stockholm-2025.ron\", rows: [{rows}])");
    let says = |rows: &str| {
        let text = text(rows);
        let open = |name: &str| match name {
            "studies/x.ron" => Ok(text.clone()),
            "stockholm-2025.ron" => disk::open("scenarios/stockholm-2025.ron"),
            other => Err(Error::file(format!("there is no `{other}`"))),
        };
        read_table("studies/x.ron", &open, &[]).expect_err("wrong").explain(false)
    };
    let wrong = says("(change: \"a\", variant: {\"parties.us.gaol.patience\": 0.9}, deal: Up)");
    assert!(wrong.contains("studies/x.ron") && wrong.contains("goal"), "{wrong}");
    let wrong = says("(change: \"a\", variant: {\"parties.us.goal.patience\": 7}, deal: Up)");
    assert!(wrong.contains("studies/x.ron:1"), "{wrong}");
    let wrong = says("(change: \"a\", variant: {\"off\": [\"summit\"]}, deal: Upp)");
    assert!(wrong.contains("Upp"), "{wrong}");
    let wrong = says("(change: \"a\", variant: {}, deal: Up)");
    assert!(wrong.contains("changes nothing"), "{wrong}");
    let wrong =
        says("(change: \"a\", variant: {\"off\": [\"summit\"]}, deal: Up, also: [(measure: \"us.totl\", wanted: Up)])");
    assert!(wrong.contains("did you mean `us.total`?"), "{wrong}");
}
