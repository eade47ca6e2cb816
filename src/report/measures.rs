//! The registry of measures as a page, a table and a document.

use serde_json::{Value, json};

use super::table::TextTable;
use super::text::{count, entry, wrapped};
use crate::record::registry::{Kind, Measure};

/// The document's schema.
pub const SCHEMA: &str = "summitry.measures/1";
/// What a measure is counted in and in which games it has a case, in a few words.
fn counted(measure: &Measure) -> String {
    let unit = if measure.kind == Kind::Share { "yes or no" } else { measure.unit.as_str() };
    match measure.given {
        None => unit.into(),
        Some(_) => format!("{unit}; in games with {}", measure.games()),
    }
}

/// What is said below the measures of a world.
pub const OF_A_WORLD: &str = "Ask for one by name, or for an expression: --measure us.share, --measure \"us.total given \
                              deal\", --measure \"us.share > 0.5 and not truce_lapsed\" (sweep, compare, ablation, tune; \
                              docs/questions.md).";
/// What is said below the measures of bargaining on its own.
pub const OF_BARGAINING: &str = "`summitry batch` counts them, by these names in its documents.";

/// Where a measure's meaning begins, and where on a narrow page (columns).
pub(super) const MEANING: [usize; 2] = [30, 6];

/// What a measure means, and what it is counted in.
pub(super) fn meaning(measure: &Measure) -> String {
    let plain = measure.kind == Kind::Share && measure.given.is_none();
    let counted = if plain { String::new() } else { format!(" ({})", counted(measure)) };
    measure.about.clone() + &counted
}

/// As a page of so many columns; `how` is said below.
pub fn page(title: &str, list: &[Measure], how: &str, columns: usize) -> String {
    let mut out = String::new();
    let chapters: [(&str, fn(&Measure) -> bool); 3] = [
        ("How a game ends: a yes for one of these in each game", |m| m.kind == Kind::Share && m.rule == "ending"),
        ("What happens in it: a yes or no, told as a share of games", |m| m.kind == Kind::Share && m.rule != "ending"),
        ("Numbers", |m| m.kind == Kind::Number),
    ];
    for (head, belongs) in chapters {
        let told = list.iter().filter(|m| belongs(m)).map(|m| entry(&m.name, &meaning(m), MEANING, columns));
        let lines: String = told.collect();
        if !lines.is_empty() {
            out.push_str(&format!("\n{head}\n{lines}"));
        }
    }
    let many = count(list.len() as u64, "measure");
    let what = format!("{many} of \"{title}\"");
    wrapped("", &what, columns) + &out + "\n" + &wrapped("", how, columns)
}

/// As rows: one measure each.
pub fn table(list: &[Measure]) -> TextTable {
    let mut table = TextTable::new(&[1, 2, 3, 4, 5]);
    table.row(["name", "unit", "kind", "games", "side", "rule", "meaning"]);
    for m in list {
        let kind = if m.kind == Kind::Share { "yes or no" } else { "number" };
        let side = m.side.as_deref().unwrap_or("");
        table.row([m.name.as_str(), &m.unit, kind, &m.games(), side, &m.rule, &m.about]);
    }
    table
}

/// As one document.
pub fn document(title: &str, list: &[Measure]) -> Value {
    let one = |m: &Measure| {
        json!({
            "name": m.name, "unit": m.unit, "kind": if m.kind == Kind::Share { "share" } else { "number" },
            "about": m.about, "given": m.given, "where": m.which, "side": m.side, "rule": m.rule,
        })
    };
    json!({"schema": SCHEMA, "title": title, "measures": list.iter().map(one).collect::<Vec<_>>()})
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::play::{Plan, Watch, batch};
    use crate::batch::summary::Questions;
    use crate::game::testing::stockholm;
    use crate::mechanisms::ALL;
    use crate::record::registry::registry;
    use crate::round;
    use crate::world::components::Tone;
    use crate::world::measure::{Chapter, From};
    use crate::world::mechanism::Mechanism;
    use crate::world::rows::Value;

    /// Where a rule is, there its measures are declared; every list of measures is made from that.
    #[test]
    fn a_measure_that_a_rule_declares_is_in_every_list() {
        const TEST: Mechanism = Mechanism {
            name: "test",
            measure: |_, m| {
                m.metric(Chapter::Ends, "test.mood", "tone", "the mood, once more", From::Column(Tone::COLUMN, 0));
            },
            ..Mechanism::BARE
        };
        let by: Vec<Mechanism> = ALL.iter().copied().chain([TEST]).collect();
        let setup = round::prepare_with((*stockholm().scenario).clone(), &by).expect("ready");
        let list: Vec<Measure> = registry(&setup).into_iter().map(|(measure, _)| measure).collect();
        let added = list.iter().find(|m| m.name == "test.mood").expect("listed");
        assert_eq!((added.rule.as_str(), added.unit.as_str(), added.games().as_str()), ("test", "tone", "all"));
        let page = page("it", &list, OF_A_WORLD, 80);
        assert!(page.contains("test.mood") && page.contains("the mood, once more (tone)"), "{page}");
        assert!(table(&list).csv().contains("test.mood,tone,number,all,,test,"));
        let names = document("it", &list);
        assert!(names["measures"].as_array().expect("a list").iter().any(|m| m["name"] == "test.mood"));
        let played = batch(&setup, &Plan::new(1, 50), &Watch::default()).expect("played").summary;
        let place = Questions::of(&setup).metrics.iter().position(|m| m.name == "test.mood").expect("asked");
        assert_eq!(played.metrics[place].count, 50);
    }
}
