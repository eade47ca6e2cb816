//! A sweep on the screen, as comma-separated values, or as one JSON document.

use serde_json::{Map, Value, json};

use super::text::{Table, cut, number, percent, thousands, width};
use crate::studies::design::Design;
use crate::studies::measures::{Kind, Measure};
use crate::studies::sweep::{Answer, Mean, Point};

/// What the page says besides the figures.
#[derive(Debug, Clone)]
pub struct Heading {
    /// The scenario's file, as given.
    pub file: String,
    /// What the command line changed, as `PATH=VALUE`.
    pub sets: Vec<String>,
    /// Names the scenario as written.
    pub hash: String,
    /// The paths.
    pub paths: Vec<String>,
    /// How the points were chosen.
    pub design: Design,
    /// The seed of the design.
    pub design_seed: u64,
    /// The seed of the games.
    pub seed: u64,
    /// Games asked for at each point.
    pub asked: u64,
    /// The screen shows colours.
    pub colour: bool,
}

fn figure(measure: &Measure, mean: Option<&Mean>) -> String {
    match mean {
        None => "-".into(),
        Some(m) if measure.kind == Kind::Share => percent(m.mean),
        Some(m) => number(m.mean, 3),
    }
}

/// The last steps of a path, as many as tell it from the others.
fn short(path: &str, paths: &[String]) -> String {
    let tail = |path: &str, n: usize| {
        let steps: Vec<&str> = path.split('.').collect();
        steps[steps.len().saturating_sub(n)..].join(".")
    };
    (1..8)
        .map(|n| tail(path, n))
        .find(|name| paths.iter().filter(|other| tail(other, name.split('.').count()) == *name).count() == 1)
        .unwrap_or_else(|| path.to_owned())
}

/// A value in a table: as it is written where that is short, a long number cut to four digits.
fn shown(text: &str) -> String {
    match text.parse::<f64>() {
        Ok(x) if width(text) > 7 => number(x, 4),
        Ok(_) => text.to_owned(),
        Err(_) => cut(text.trim_matches('"'), 24),
    }
}

/// On the screen.
pub fn page(heading: &Heading, answer: &Answer) -> String {
    let games = thousands(&answer.games.to_string());
    let mut out = format!(
        "{} at {} points, {games} games each, the same luck at all: seed {}\n",
        heading.file,
        answer.points.len(),
        heading.seed
    );
    for set in &heading.sets {
        out.push_str(&format!("  with         {set}\n"));
    }
    for path in &heading.paths {
        out.push_str(&format!("  {:<12} {path}\n", short(path, &heading.paths)));
    }
    out.push('\n');
    let mut table = Table::new(&[]);
    let names = heading.paths.iter().map(|path| cut(&short(path, &heading.paths), 24));
    table.row(names.chain(answer.measures.iter().map(|m| m.name.clone())));
    let written = heading.paths.iter().enumerate().map(|(i, _)| if i == 0 { "as written" } else { "" }.to_string());
    let figures = |means: &[Option<Mean>]| -> Vec<String> {
        answer.measures.iter().zip(means).map(|(m, mean)| figure(m, mean.as_ref())).collect()
    };
    table.row(written.chain(figures(&answer.base)));
    for point in &answer.points {
        let values = point.values.iter().map(|text| shown(text));
        table.row(values.chain(figures(&point.means)));
    }
    out.push_str(&table.lines());
    out.push_str(&errors(answer));
    if heading.paths.len() == 2 && heading.design == Design::Grid {
        for (i, measure) in answer.measures.iter().enumerate().take(1) {
            out.push_str(&format!("\n{}\n{}", measure.name, map(heading, answer, i)));
        }
    }
    out
}

/// The largest standard errors: of a mean, and of a difference from the scenario as written.
fn errors(answer: &Answer) -> String {
    let mut parts = vec![];
    for (i, measure) in answer.measures.iter().enumerate() {
        let of_mean = answer.points.iter().filter_map(|p| p.means[i]).map(|m| m.se).fold(0.0, f64::max);
        let paired = answer.points.iter().filter_map(|p| p.found[i]).map(|f| f.se).fold(0.0, f64::max);
        let show = |x: f64| if measure.kind == Kind::Share { percent(x) } else { number(x, 3) };
        parts.push(format!("{} {} ({})", measure.name, show(of_mean), show(paired)));
    }
    let mut out = "  s.e. at most (of a difference from the scenario as written):".to_string();
    let mut column = width(&out);
    for (i, part) in parts.iter().enumerate() {
        let part = if i + 1 < parts.len() { format!("{part},") } else { part.clone() };
        if column + width(&part) + 1 > 98 {
            out.push_str("\n   ");
            column = 3;
        }
        out.push_str(&format!(" {part}"));
        column += width(&part) + 1;
    }
    out + "\n"
}

/// A map of a measure over a grid of two paths: the first path runs down, the second across.
fn map(heading: &Heading, answer: &Answer, measure: usize) -> String {
    let mut down: Vec<&str> = vec![];
    let mut across: Vec<&str> = vec![];
    for point in &answer.points {
        for (axis, value) in [&mut down, &mut across].into_iter().zip(&point.values) {
            if !axis.contains(&value.as_str()) {
                axis.push(value);
            }
        }
    }
    let at = |d: &str, a: &str| {
        let here = |p: &&Point| p.values[0] == d && p.values[1] == a;
        answer.points.iter().find(here).and_then(|p| p.means[measure])
    };
    let means = || answer.points.iter().filter_map(|p| p.means[measure]).map(|m| m.mean);
    let (low, high) = (means().fold(f64::INFINITY, f64::min), means().fold(f64::NEG_INFINITY, f64::max));
    let label = |text: &str| cut(&shown(text), 7);
    let cells = across.len().min(12);
    let left = down.iter().map(|d| width(&label(d))).max().unwrap_or(0);
    let mut out = format!(
        "  {:left$}  {} across, {} down\n",
        "",
        short(&heading.paths[1], &heading.paths),
        short(&heading.paths[0], &heading.paths)
    );
    let row = |head: &str, cells: Vec<String>| format!("  {head:>left$}  {}\n", cells.concat().trim_end());
    out.push_str(&row("", across[..cells].iter().map(|a| format!("{:>8}", label(a))).collect()));
    for d in &down {
        let cell = |a: &&str| {
            let Some(mean) = at(d, a) else { return format!("{:>8}", "-") };
            let text = format!("{:>7} ", figure(&answer.measures[measure], Some(&mean)));
            let share = (mean.mean - low) / (high - low).max(1e-300);
            if heading.colour { shade(&text, share) } else { text }
        };
        out.push_str(&row(&label(d), across[..cells].iter().map(cell).collect()));
    }
    if cells < across.len() {
        out.push_str(&format!("  {} more columns do not fit; --csv has them\n", across.len() - cells));
    }
    out
}

/// A cell of a map on a terminal: from blue (low) over grey to red (high).
fn shade(text: &str, share: f64) -> String {
    const STEPS: [u8; 9] = [25, 31, 67, 103, 244, 138, 131, 124, 88];
    let step = ((share.clamp(0.0, 1.0) * 8.0).round()) as usize;
    format!("\u{1b}[48;5;{}m\u{1b}[97m{text}\u{1b}[0m", STEPS[step])
}

/// As comma-separated values, one point a line, the scenario as written first.
pub fn csv(heading: &Heading, answer: &Answer) -> String {
    let field = |text: &str| {
        if text.contains([',', '"', '\n', '\r']) {
            format!("\"{}\"", text.replace('"', "\"\""))
        } else {
            text.to_owned()
        }
    };
    let mut heads: Vec<String> = ["point".to_string()].into_iter().chain(heading.paths.iter().cloned()).collect();
    for m in &answer.measures {
        for what in ["", ".se", ".n", ".difference", ".difference_se"] {
            heads.push(format!("{}{what}", m.name));
        }
    }
    let mut out = heads.iter().map(|h| field(h)).collect::<Vec<_>>().join(",") + "\n";
    let mut line = |first: String, values: &[String], means: &[Option<Mean>], point: Option<&Point>| {
        let mut cells = vec![first];
        cells.extend(values.iter().map(|v| field(v)));
        for (i, mean) in means.iter().enumerate() {
            let found = point.and_then(|p| p.found[i]);
            let text = |x: Option<f64>| x.map_or(String::new(), |x| x.to_string());
            cells.push(text(mean.map(|m| m.mean)));
            cells.push(text(mean.map(|m| m.se)));
            cells.push(mean.map_or(0, |m| m.n).to_string());
            cells.push(text(found.map(|f| f.difference)));
            cells.push(text(found.map(|f| f.se)));
        }
        out.push_str(&(cells.join(",") + "\n"));
    };
    line("as written".into(), &vec![String::new(); heading.paths.len()], &answer.base, None);
    for (i, point) in answer.points.iter().enumerate() {
        line(i.to_string(), &point.values, &point.means, Some(point));
    }
    out
}

/// As one JSON document.
pub fn document(heading: &Heading, answer: &Answer) -> Value {
    let means = |means: &[Option<Mean>]| -> Map<String, Value> {
        let all = answer.measures.iter().zip(means);
        all.filter_map(|(m, x)| x.map(|x| (m.name.clone(), json!({"mean": x.mean, "se": x.se, "n": x.n})))).collect()
    };
    let point = |p: &Point| {
        let values: Map<String, Value> = heading
            .paths
            .iter()
            .zip(p.values.iter().zip(&p.numbers))
            .map(|(path, (text, x))| (path.clone(), x.map_or(json!(text), |x| json!(x))))
            .collect();
        let found: Map<String, Value> = answer
            .measures
            .iter()
            .zip(&p.found)
            .filter_map(|(m, f)| f.as_ref().map(|f| (m.name.clone(), super::paired::found(f))))
            .collect();
        json!({"values": values, "scenario_hash": p.hash, "measures": means(&p.means), "differences": found})
    };
    let mut out = json!({
        "schema": "summitry.sweep/1", "scenario": heading.file, "set": heading.sets, "scenario_hash": heading.hash, "seed": heading.seed,
        "games": answer.games, "paths": heading.paths, "design": heading.design, "design_seed": heading.design_seed,
        "as_written": means(&answer.base), "points": answer.points.iter().map(point).collect::<Vec<_>>(),
    });
    if answer.interrupted {
        out["asked"] = json!(heading.asked);
        out["interrupted"] = json!(true);
    }
    out
}
