//! Where a yes comes from: how frequent it is in each box, and what a box is without each of its limits.

use serde_json::Value;

use super::compare::PLAIN;
use super::{Names, items, number};
use crate::batch::summary::Share;
use crate::charts::{Bar, Bars, Chart, Count, Fill, Ink, Node, Table, Tree, percent, said};
use crate::report::text::{number as digits, thousands};
use crate::report::words::listed;

/// The charts of boxes, all of them and the limits of each, and of the tree.
pub fn charts(document: &Value, _: &Names) -> Vec<Chart> {
    let asked = document["where"].as_str().unwrap_or("the question");
    let boxes: Vec<&Value> = items(&document["boxes"]).collect();
    let limits = boxes.iter().enumerate().filter_map(|(i, one)| limits(asked, i, one));
    shares(document, asked, &boxes).into_iter().chain(limits).chain(tree(document, asked)).collect()
}

/// The name of an input as a chart has room for.
fn short(limit: &Value) -> &str {
    let path = limit["path"].as_str().unwrap_or("an input");
    path.strip_prefix("parties.").unwrap_or(path)
}

/// The ends of a limit in words.
fn ends(limit: &Value) -> String {
    match (number(&limit["low"]), number(&limit["high"])) {
        (Some(low), Some(high)) => format!("between {} and {}", said(low), said(high)),
        (Some(low), None) => format!("above {}", said(low)),
        (None, Some(high)) => format!("below {}", said(high)),
        (None, None) => "anything".into(),
    }
}

/// A limit as the name of a row.
fn told(limit: &Value) -> String {
    format!("{} {}", short(limit), ends(limit))
}

/// All limits of a box in words.
fn inside(one: &Value) -> String {
    let limits: Vec<String> =
        items(&one["limits"]).map(|limit| format!("{} is {}", short(limit), ends(limit))).collect();
    listed(&limits)
}

/// A share of games with what chance leaves open.
fn bar(name: String, counted: &Value, fill: Fill) -> Option<Bar> {
    let (yes, games) = (counted["yes"].as_u64()?, counted["games"].as_u64()?);
    let Share { share: value, low, high, .. } = Share::of(yes, games)?;
    Some(Bar { name, value, inner: Some([low, high]), outer: None, fill })
}

fn shares(document: &Value, asked: &str, boxes: &[&Value]) -> Option<Chart> {
    let all = bar("all games".into(), &document["held_out"], Fill::Tint(Ink::Edge, 25))?;
    let mut table = Table::new(["", "limits", "share of its games", "of all that are so", "of all games"]);
    let share = |x: &Value| number(x).map_or("–".into(), percent);
    let mut add = |name: &str, limits: &str, of: &Value| {
        table.row([
            name.to_owned(),
            limits.to_owned(),
            share(&of["density"]),
            share(&of["coverage"]),
            share(&of["support"]),
        ]);
    };
    add("all games", "–", &document["held_out"]);
    let mut rows = vec![all];
    for (i, one) in boxes.iter().enumerate() {
        let name = if i == 0 { "box 1".to_owned() } else { format!("box {}, among the rest", i + 1) };
        add(&name, &inside(one), &one["held_out"]);
        rows.extend(bar(name, &one["held_out"], PLAIN));
    }
    let [everywhere, here] = [&document["held_out"], &boxes.first().map_or(Value::Null, |one| one["held_out"].clone())]
        .map(|of| share(&of["density"]));
    let title = match boxes.first() {
        None => format!("\"{asked}\" is so in {everywhere} of the games, and no box of inputs gathers it"),
        Some(one) => {
            format!("\"{asked}\" is so in {here} of the games where {}, in {everywhere} of all", inside(one))
        }
    };
    let judged = thousands(&document["held_out"]["games"].to_string());
    let about = format!("Share of games in which \"{asked}\" is so, in {judged} games on which no box was found");
    let mut note = "The line is the 95 % interval.".to_owned();
    for (i, one) in boxes.iter().enumerate() {
        note.push_str(&format!(" Box {}: {}.", i + 1, inside(one)));
    }
    let bars = Bars { rows, count: Count::Share, reach: 0.0 };
    Some(Chart::new(title, about, bars).with_table(table).note(note))
}

/// The ends of an input on the way down a tree.
#[derive(Debug, Clone, Default)]
struct Way(Vec<(String, [Option<f64>; 2])>);

impl Way {
    /// With one more end.
    fn and(&self, path: &str, low: Option<f64>, high: Option<f64>) -> Way {
        let mut out = self.clone();
        match out.0.iter_mut().find(|(known, _)| known == path) {
            Some((_, ends)) => *ends = [low.or(ends[0]), high.or(ends[1])], // a later one is the narrower
            None => out.0.push((path.to_owned(), [low, high])),
        }
        out
    }

    fn told(&self) -> String {
        let one = |(path, [low, high]): &(String, [Option<f64>; 2])| {
            let ends = match (low, high) {
                (Some(low), Some(high)) => format!("from {} to {}", digits(*low, 4), digits(*high, 4)),
                (Some(low), None) => format!("from {} on", digits(*low, 4)),
                (None, Some(high)) => format!("below {}", digits(*high, 4)),
                (None, None) => "anything".into(),
            };
            format!("{path} is {ends}")
        };
        listed(&self.0.iter().map(one).collect::<Vec<_>>())
    }
}

/// A part of a tree, and those below it; by which input it is told from the other of its branch, and where it lies.
fn node(part: &Value, (name, lies): (&str, String), way: &Way) -> Option<Node> {
    let (cases, share) = (part["games"].as_u64()?, number(&part["density"])?);
    let between = Share::of((share * cases as f64).round() as u64, cases).map(|share| [share.low, share.high]);
    let mut parts = vec![];
    if let (Some(at), path) = (number(&part["at"]), short(part)) {
        let told = digits(at, 4);
        parts.push(node(&part["below"], (path, format!("< {told}")), &way.and(path, None, Some(at)))?);
        parts.push(node(&part["from"], (path, format!("≥ {told}")), &way.and(path, Some(at), None))?);
    }
    let limits = if way.0.is_empty() { name.to_owned() } else { way.told() };
    let (name, told) = (name.to_owned(), thousands(&cases.to_string()));
    Some(Node { name, lies, limits, share, between, cases, told, parts })
}

/// The tree; nothing where no split is worth it.
fn tree(document: &Value, asked: &str) -> Option<Chart> {
    let root =
        node(&document["tree"], ("all games", String::new()), &Way::default()).filter(|root| !root.parts.is_empty())?;
    let tree = Tree { root, cases: "games".into() };
    let ends = tree.ends();
    let some = || ends.iter().filter(|end| end.cases > 0);
    let most = some().max_by(|a, b| a.share.total_cmp(&b.share))?;
    let least = some().min_by(|a, b| a.share.total_cmp(&b.share))?;
    let title = format!(
        "\"{asked}\" is so in {} of the games where {}, and in {} of those where {}",
        percent(most.share),
        most.limits,
        percent(least.share),
        least.limits
    );
    let judged = thousands(&document["held_out"]["games"].to_string());
    let about = format!("Share of games in which \"{asked}\" is so, in {judged} games on which the tree was not found");
    let note = "Each split is the one that tells most of the games that are so from the others. The full bars are the ends \
                of the branches, which together hold all games; the line is the 95 % interval.";
    Some(Chart::new(title, about, tree).note(note))
}

fn limits(asked: &str, place: usize, one: &Value) -> Option<Chart> {
    let named = format!("box {}", place + 1);
    let whole = bar("with all its limits".into(), &one["held_out"], PLAIN)?;
    let mut without: Vec<Bar> = items(&one["limits"])
        .filter_map(|limit| {
            let (name, value) = (format!("without: {}", told(limit)), number(&limit["density_without"])?);
            Some(Bar { name, value, inner: None, outer: None, fill: Fill::Tint(Ink::Summit, 25) })
        })
        .collect();
    without.sort_by(|a, b| a.value.total_cmp(&b.value));
    let most = without.first()?;
    let limit = most.name.trim_start_matches("without: ");
    let title = format!(
        "What counts most in {named} is {limit}: without it {} of its games are so, not {}",
        percent(most.value),
        percent(whole.value)
    );
    let about = format!("Share of games in which \"{asked}\" is so, in {named} and in it without each of its limits");
    let rows = std::iter::once(whole).chain(without).collect();
    Some(Chart::new(title, about, Bars { rows, count: Count::Share, reach: 0.0 }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_tree_says_where_it_is_most_and_where_least() {
        let end = |games: u64, density: f64| json!({"games": games, "density": density});
        let inner = json!({"games": 600, "density": 0.2, "path": "parties.us.goal.patience", "at": 0.9,
            "below": end(200, 0.5), "from": end(400, 0.05)});
        let root = json!({"games": 1000, "density": 0.3, "path": "parties.us.goal.patience", "at": 0.98,
            "below": inner, "from": end(400, 0.45)});
        let document = json!({"where": "not deal", "held_out": {"games": 1000, "yes": 300}, "boxes": [], "tree": root});
        let charts = charts(&document, &Names::default());
        let tree = charts.last().expect("a chart");
        assert_eq!(
            tree.title,
            "\"not deal\" is so in 50.0 % of the games where us.goal.patience is below 0.9000, and in 5.0 % of those where \
             us.goal.patience is from 0.9000 to 0.9800"
        );
        let rows = tree.numbers().rows;
        assert_eq!(rows.len(), 5);
        assert_eq!(rows[3][..2], ["us.goal.patience is from 0.9000 to 0.9800", "5.0 %"]);
        assert!(tree.note.contains("hold all games"));
        // without a split there is no tree to draw
        let none = json!({"where": "x", "held_out": {"games": 10, "yes": 5}, "boxes": [], "tree": end(10, 0.5)});
        assert!(super::charts(&none, &Names::default()).iter().all(|chart| !chart.title.contains("of those where")));
    }

    #[test]
    fn a_box_says_where_and_which_limit_counts() {
        let counted = |games: u64, yes: u64| json!({"games": games, "yes": yes, "density": yes as f64 / games as f64, "coverage": 0.8, "support": 0.4});
        let limit =
            |path: &str, without: f64| json!({"path": path, "low": null, "high": 0.75, "density_without": without});
        let limits = [limit("parties.us.optimism", 0.45), limit("parties.cn.optimism", 0.25)];
        let document = json!({
            "where": "not deal", "held_out": counted(1000, 250),
            "boxes": [{"limits": limits, "held_out": counted(400, 200)}],
        });
        let charts = charts(&document, &Names::default());
        assert_eq!(
            charts[0].title,
            "\"not deal\" is so in 50.0 % of the games where us.optimism is below 0.75 and cn.optimism is below 0.75, in 25.0 % of all"
        );
        assert_eq!(charts[0].numbers().rows[1][2..], ["50.0 %", "80.0 %", "40.0 %"]);
        assert_eq!(
            charts[1].title,
            "What counts most in box 1 is cn.optimism below 0.75: without it 25.0 % of its games are so, not 50.0 %"
        );
        let none = super::charts(&json!({"where": "x", "held_out": counted(10, 5), "boxes": []}), &Names::default());
        assert!(none.len() == 1 && none[0].title.contains("no box"), "{none:?}");
    }
}
