//! What drives an answer: its mean at both ends of each input, and the part of its variance that each input has.

use serde_json::Value;

use super::compare::PLAIN;
use super::{Names, fields, items, number};
use crate::charts::{Bar, Bars, Chart, Count, Swing, Tornado, percent, said};

/// Inputs of a chart at most: those that count for most.
const ROWS: usize = 12;

/// The charts of a sensitivity analysis: two for each measure.
pub fn charts(document: &Value, names: &Names) -> Vec<Chart> {
    let measures = fields(&document["measures"]);
    measures.flat_map(|(name, told)| [ends(names, name, told), parts(document, names, name, told)]).flatten().collect()
}

fn path(input: &Value) -> String {
    input["path"].as_str().unwrap_or("an input").to_owned()
}

fn ends(names: &Names, name: &str, told: &Value) -> Option<Chart> {
    let named = names.measure(name);
    let count = if named.share { Count::Share } else { Count::Number(String::new()) };
    let mut rows: Vec<Swing> = items(&told["inputs"])
        .filter_map(|input| {
            let results = [number(&input["low_fifth"])?, number(&input["high_fifth"])?];
            Some(Swing { name: path(input), ends: ["low".into(), "high".into()], results })
        })
        .collect();
    let wide = |row: &Swing| (row.results[1] - row.results[0]).abs();
    rows.sort_by(|a, b| wide(b).total_cmp(&wide(a)));
    rows.truncate(ROWS);
    let (first, base) = (rows.first()?, number(&told["mean"])?);
    let say = |x: f64| if count == Count::Share { percent(x) } else { said(x) };
    let [low, high] = first.results.map(say);
    let title =
        format!("\"{}\" moves most with {}: {low} where it is low, {high} where it is high", named.about, first.name);
    let about = format!("{}: mean in the lowest fifth (light) and the highest fifth (dark) of each input", named.about);
    Some(Chart::new(title, about, Tornado { rows, base, base_name: "mean".into(), count }))
}

/// The first figure of a method: the total part (Sobol), the size of a move (Morris), the part alone (given data).
fn parts(document: &Value, names: &Names, name: &str, told: &Value) -> Option<Chart> {
    let methods = [
        ("total", "the part of the variance that an input takes part in"),
        ("size", "the mean move of the answer for all of an input's range"),
        ("first", "the part of the variance that an input brings alone"),
    ];
    let inputs: Vec<&Value> = items(&told["inputs"]).collect();
    let (field, what) =
        methods.into_iter().find(|(field, _)| inputs.first().is_some_and(|input| input[*field].is_object()))?;
    let mut rows: Vec<Bar> = inputs
        .iter()
        .filter_map(|input| {
            let value = number(&input[field]["value"])?;
            let inner = number(&input[field]["se"]).map(|se| [value - 1.96 * se, value + 1.96 * se]);
            Some(Bar { name: path(input), value, inner, outer: None, fill: PLAIN })
        })
        .collect();
    rows.sort_by(|a, b| b.value.total_cmp(&a.value));
    let left = rows.len().saturating_sub(ROWS);
    rows.truncate(ROWS);
    let (first, about) = (rows.first()?, names.measure(name).about);
    let title = hangs_on(field, &about, first);
    let games = super::games(document).unwrap_or_default();
    let of = match document["points"].as_u64() {
        None | Some(0) => format!("{games} games as they were played, at no points of their own"),
        Some(points) => format!("{} points, {games} games", crate::report::text::thousands(&points.to_string())),
    };
    let told = format!("{about}: {what}; {of}");
    let note = match left {
        0 => "The line is the 95 % interval.".to_string(),
        left => format!("The line is the 95 % interval. {left} more count for less and are left out."),
    };
    let bars = Bars { rows, count: Count::Number(String::new()), reach: 0.0 };
    Some(Chart::new(title, told, bars).note(note))
}

/// What the chart of parts says, as far as its first input stands out from chance.
fn hangs_on(field: &str, about: &str, first: &Bar) -> String {
    let say = |x: f64| if field == "size" { said(x) } else { percent(x.clamp(0.0, 1.0)) };
    let (name, value) = (&first.name, say(first.value));
    let [low, high] = first.inner.unwrap_or([first.value; 2]);
    let interval = format!("{} to {}", say(low.max(0.0)), say(high));
    if low <= 0.0 {
        return format!(
            "\"{about}\" hangs on no input for sure: {name} comes first, {value} and maybe nothing ({interval})"
        );
    }
    let brings = match field {
        "total" => format!("takes part in {value} of its variance"),
        "first" => format!("brings {value} of its variance alone"),
        _ => format!("moves it by {value}"),
    };
    format!("\"{about}\" hangs most on {name}, which {brings} ({interval})")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_may_be_chance_is_called_so() {
        let bar = |low: f64| Bar { name: "a".into(), value: 0.1, inner: Some([low, 0.3]), outer: None, fill: PLAIN };
        assert!(hangs_on("first", "deals", &bar(-0.1)).contains("on no input for sure"));
        assert!(hangs_on("size", "deals", &bar(0.05)).ends_with("a, which moves it by 0.1 (0.05 to 0.3)"));
    }

    #[test]
    fn what_drives_most_comes_first() {
        let input = |path: &str, low: f64, high: f64, total: f64| json!({"path": path, "low_fifth": low, "high_fifth": high, "total": {"value": total, "se": 0.01}});
        let inputs = [input("a.quiet", 0.5, 0.5, 0.0), input("b.loud", 0.2, 0.8, 0.9)];
        let document = json!({"games": 40, "points": 8, "measures": {"deal": {"mean": 0.5, "inputs": inputs}}});
        let charts = charts(&document, &Names::default());
        assert_eq!(charts.len(), 2);
        assert_eq!(charts[0].title, "\"deal\" moves most with b.loud: 20.0 % where it is low, 80.0 % where it is high");
        assert_eq!(
            charts[1].title,
            "\"deal\" hangs most on b.loud, which takes part in 90.0 % of its variance (88.0 % to 92.0 %)"
        );
        assert_eq!(charts[1].numbers().rows[0][..2], ["b.loud", "0.9"]);
    }
}
