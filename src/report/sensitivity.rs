//! What drives an answer: a tornado of text, a table, a document.

use serde_json::{Map, Value, json};

use super::document::Report;
use super::heading::{Heading, extend};
use super::precision;
use super::sheet::Sheet;
use super::sources;
use super::table::{Bar, Cell, TextTable};
use super::text::{count, cut, fixed, number, percent, percent_beside, squeezed};
use crate::ready::Ready;
use crate::scenario::because::reason;
use crate::studies::inputs::Input;
use crate::studies::measures::{Kind, Measure};
use crate::studies::sensitivity::estimate::Estimate;
use crate::studies::sensitivity::study::{Driven, Driver, Method, ranked};

/// The document's schema.
pub const SCHEMA: &str = "summitry.sensitivity/1";
/// Inputs that a page shows; a table and a document have all.
const SHOWN: usize = 12;
/// Columns of a bar, and of an input's name.
const BAR: usize = 10;
const NAME: usize = 22;

/// What was asked, and how.
#[derive(Debug, Clone)]
pub struct Asked<'a> {
    /// Of which scenario, on which luck; games are those of a point.
    pub heading: &'a Heading,
    /// How.
    pub method: Method,
    /// The inputs.
    pub inputs: &'a [About],
    /// Points that were played, or none.
    pub points: u64,
    /// Games that were played, or read.
    pub games: u64,
    /// The seed of the points.
    pub design_seed: u64,
    /// What a reader should know.
    pub notes: &'a [String],
}

/// What is said of an input.
#[derive(Debug, Clone)]
pub struct About {
    /// Its path.
    pub path: String,
    /// What it may be.
    pub told: String,
    /// Where it is from, as its author says.
    pub because: Option<String>,
}

impl About {
    fn name(&self) -> &str {
        self.path.strip_prefix("parties.").unwrap_or(&self.path)
    }
}

/// What is said of each input of a scenario.
pub fn told(inputs: &[Input], ready: &Ready) -> Vec<About> {
    let about = |input: &Input| About {
        path: input.path().to_owned(),
        told: input.told(),
        because: reason(&ready.loaded, &ready.setup.scenario, input.path()),
    };
    inputs.iter().map(about).collect()
}

/// What drives each measure; `stopped` says how far it came, where that is not to the end.
pub fn report(asked: &Asked, found: &[(Measure, Driven)], stopped: Option<&str>) -> Report {
    Report::new(page(asked, found), document(asked, found))
        .with_table(table(asked, found))
        .interrupted(stopped.is_some(), stopped.unwrap_or_default())
}

/// On the screen.
pub fn page(asked: &Asked, found: &[(Measure, Driven)]) -> Sheet {
    let mut out = head(asked);
    for (measure, driven) in found {
        one(asked, measure, driven, &mut out);
    }
    out.add(reasons(asked, found));
    out.push_str(&halved(asked, found));
    for note in asked.notes {
        out.push_str("\n");
        out.paragraph("", note);
    }
    out
}

/// Where the inputs are from that are shown.
fn reasons(asked: &Asked, found: &[(Measure, Driven)]) -> Sheet {
    let shown = found.iter().flat_map(|(_, driven)| ranked(&driven.drivers).into_iter().take(SHOWN));
    let mut places: Vec<usize> = vec![];
    for place in shown {
        if !places.contains(&place) {
            places.push(place);
        }
    }
    let rows = places.iter().map(|place| &asked.inputs[*place]);
    sources::short(rows.map(|about| (squeezed(about.name(), NAME), about.because.as_deref())))
}

/// What half of the errors takes, where there are any: four times the games as played, or the points.
fn halved(asked: &Asked, found: &[(Measure, Driven)]) -> String {
    let known = |(_, driven): &(Measure, Driven)| {
        driven.drivers.iter().flat_map(|driver| &driver.figures).any(|figure| figure.se > 0.0)
    };
    match asked.method {
        _ if !found.iter().any(known) => String::new(),
        Method::Given => precision::halved(asked.games, ""),
        _ => precision::halved_by(count(asked.points.saturating_mul(4), "point"), asked.heading.asked),
    }
}

fn head(asked: &Asked) -> Sheet {
    let heading = asked.heading;
    let inputs = count(asked.inputs.len() as u64, "input");
    let how = match asked.method {
        Method::Given => format!("{inputs} of {} as played", count(asked.games, "game")),
        _ => format!(
            "{inputs}, {} of {}, the same dice at all",
            count(asked.points, "point"),
            count(heading.asked, "game")
        ),
    };
    let mut out = Sheet::default();
    out.paragraph("", &format!("{}: {how}: seed {}", heading.scenario, heading.seed));
    for set in &heading.sets {
        out.push_str(&format!("  with {set}\n"));
    }
    out
}

fn one(asked: &Asked, measure: &Measure, driven: &Driven, out: &mut Sheet) {
    let share = measure.kind == Kind::Share;
    let told = |x: f64| if share { percent(x) } else { number(x, 3) };
    let from = if asked.method == Method::Given { "game to game" } else { "point to point" };
    let many = if asked.method == Method::Given { asked.games } else { asked.points };
    let error = driven.sd / (many.max(1) as f64).sqrt();
    let mean = if share { percent_beside(driven.mean, error) } else { number(driven.mean, 4) };
    let noise = driven.noise.map(|x| format!("; the noise of so few games is {} of that variance", percent(x)));
    let said = format!(
        "{}: {mean} on average, {} (s.d.) from {from}{}",
        measure.name,
        if share { format!("{} points", number(100.0 * driven.sd, 3)) } else { number(driven.sd, 3) },
        noise.unwrap_or_default()
    );
    out.push_str("\n");
    out.paragraph("", &said);
    if driven.drivers.is_empty() {
        return out.push_str("  it never varies, so nothing drives it\n");
    }
    let order = ranked(&driven.drivers);
    let most = driven.drivers[order[0]].figures[0].value.max(1e-300);
    let mut table = TextTable::new(&[2]).spare(&[4, 5]);
    let columns = asked.method.figures();
    let figures = columns[1..].iter().map(|name| name.to_string());
    let first = ["input".to_owned(), columns[0].to_string(), String::new()];
    table.row(first.into_iter().chain(figures).chain(["low".into(), "high".into()]));
    for i in order.iter().take(SHOWN) {
        let Driver { figures, ends } = &driven.drivers[*i];
        let cells = figures[1..].iter().map(|figure| within(figure, asked.method, share));
        let name = squeezed(asked.inputs[*i].name(), NAME);
        let first = [name.into(), within(&figures[0], asked.method, share).into()];
        let bar = Bar::of(figures[0].value / most, BAR).into();
        table.row(first.into_iter().chain([bar]).chain(cells.chain(ends.map(told)).map(Cell::Text)));
    }
    out.table(table);
    if order.len() > SHOWN {
        let rest = order.len() - SHOWN;
        out.push_str(&format!("  and {} that count for less\n", count(rest as u64, "input")));
    }
    for (i, j, together) in &driven.pairs {
        let names = [i, j].map(|place| asked.inputs[*place].name());
        let text = format!("together {} with {}: {}", names[0], names[1], plain(together));
        out.paragraph("  ", &text);
    }
    out.paragraph("", &conclusion(asked, driven, &order));
}

/// What the figures say in a sentence.
fn conclusion(asked: &Asked, driven: &Driven, order: &[usize]) -> String {
    let name = |place: usize| asked.inputs[place].path.as_str();
    let first = &driven.drivers[order[0]];
    match asked.method {
        Method::Sobol => {
            let alone: f64 = driven.drivers.iter().map(|d| d.figures[1].value).sum();
            format!(
                "Most comes from {}: {} of the variance with all it takes part in. Alone the inputs bring {}; the rest \
                 they bring together, noise included. low and high: the mean where the input is in its lowest and its \
                 highest fifth.",
                name(order[0]),
                percent(first.figures[0].value),
                percent(alone)
            )
        }
        Method::Morris => format!(
            "The largest moves come from {}. size: the mean move of the answer for the input's whole range; spread: how \
             much that differs from place to place.",
            name(order[0])
        ),
        Method::Given => {
            let alone: f64 = driven.drivers.iter().map(|d| d.figures[0].value.max(0.0)).sum();
            format!(
                "Most comes from {}. Alone the inputs bring {} of what differs from game to game; the rest is what they \
                 bring together, and dice. delta: how far knowing the input moves the distribution of the answer, 0 to 1.",
                name(order[0]),
                percent(alone)
            )
        }
    }
}

fn plain(figure: &Estimate) -> String {
    format!("{} ± {}", fixed(figure.value, 3), fixed(figure.half(), 3))
}

/// A figure with half its interval: an index with two decimals, a move in the measure's own unit.
fn within(figure: &Estimate, method: Method, share: bool) -> String {
    let scale = if method == Method::Morris && share { 100.0 } else { 1.0 };
    let told = |x: f64| if method == Method::Morris { number(scale * x, 3) } else { fixed(x, 2) };
    let half = if figure.se.is_nan() { String::new() } else { format!(" ± {}", told(figure.half())) };
    let unit = if method == Method::Morris && share && figure.se.is_nan() { " %" } else { "" };
    cut(&format!("{}{half}{unit}", told(figure.value)), 15)
}

/// Every figure of every input, unrounded, one a row.
pub fn table(asked: &Asked, found: &[(Measure, Driven)]) -> TextTable {
    let mut out = TextTable::new(&[1]);
    let heads = ["measure", "input"].into_iter().map(String::from);
    let figures = asked.method.figures().iter().flat_map(|name| [name.to_string(), format!("{name}.se")]);
    out.row(heads.chain(figures).chain(["low_fifth", "high_fifth"].map(String::from)));
    for (measure, driven) in found {
        for (driver, input) in driven.drivers.iter().zip(asked.inputs) {
            let text = |x: f64| if x.is_finite() { (x + 0.0).to_string() } else { String::new() };
            let figures = driver.figures.iter().flat_map(|figure| [text(figure.value), text(figure.se)]);
            let names = [measure.name.clone(), input.path.clone()];
            out.row(names.into_iter().chain(figures).chain(driver.ends.map(text)));
        }
    }
    out
}

/// As one document.
pub fn document(asked: &Asked, found: &[(Measure, Driven)]) -> Value {
    let estimate = |e: &Estimate| json!({"value": e.value, "se": e.se.is_finite().then_some(e.se)});
    let driver = |(driver, input): (&Driver, &About)| {
        let mut out = json!({"path": input.path, "low_fifth": driver.ends[0], "high_fifth": driver.ends[1]});
        for (name, figure) in asked.method.figures().iter().zip(&driver.figures) {
            out[*name] = estimate(figure);
        }
        out
    };
    let pair = |(i, j, e): &(usize, usize, Estimate)| json!({"paths": [asked.inputs[*i].path, asked.inputs[*j].path], "second": estimate(e)});
    let one = |(measure, driven): &(Measure, Driven)| {
        let inputs: Vec<Value> = driven.drivers.iter().zip(asked.inputs).map(driver).collect();
        let told = json!({
            "mean": driven.mean, "sd": driven.sd, "noise": driven.noise, "inputs": inputs,
            "pairs": driven.pairs.iter().map(pair).collect::<Vec<_>>(),
        });
        (measure.name.clone(), told)
    };
    let about = |a: &About| json!({"path": a.path, "distribution": a.told, "because": a.because});
    let inputs: Vec<Value> = asked.inputs.iter().map(about).collect();
    let mut out = asked.heading.document(SCHEMA);
    extend(
        &mut out,
        json!({
            "method": asked.method, "points": asked.points, "games": asked.games, "design_seed": asked.design_seed,
            "inputs": inputs, "notes": asked.notes,
            "measures": found.iter().map(one).collect::<Map<_, _>>(),
        }),
    );
    out
}
