//! `sweep`: how do the answers change along a path?

use std::collections::BTreeSet;

use super::axes::short;
use super::bundle::{BundleArgs, Kept};
use super::common::{ManyArgs, ScenarioArgs, count, games, seed};
use super::failure::{Exit, Failure, say};
use super::kept::{KeepArgs, summed};
use super::rows::{self, RowsFile, large_in_parts, of_cells};
use super::study::{made, played, tell_and_keep};
use crate::batch::play::Plan;
use crate::disk;
use crate::front::sweep::{LaidOut, Way, laid_out};
use crate::report::document::Report;
use crate::report::heading::Heading;
use crate::report::paired;
use crate::report::precision;
use crate::report::sheet::Sheet;
use crate::report::sweep::{Told as Document, document};
use crate::report::table::TextTable;
use crate::report::text::{beside, count as count_of, cut, error, number, padded, percent_beside, width};
use crate::rows::cells::{Cells, Key};
use crate::rows::columns::Type;
use crate::rows::schema::Schema;
use crate::scenario::because;
use crate::scenario::load::Loaded;
use crate::shards::{Folder, Rows};
use crate::studies::axes::OVER;
use crate::studies::design::Design;
use crate::studies::inputs::drawn;
use crate::studies::measures::{Kind, Measure};
use crate::studies::sweep::{Mean, Point, Swept};

/// How do the answers change along a path? Plays the same games at every point of a design
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    scenario: ScenarioArgs,
    /// A path and its values: PATH=30,40,50, or a range PATH=0..1; may be repeated, and adds to the file's `sweep`
    #[arg(long = "over", value_name = "PATH=VALUES")]
    over: Vec<String>,
    /// How points are chosen: grid, paired (the first values together, then the second, ..), lhs or sobol
    #[arg(long, default_value = "grid", value_parser = Design::named)]
    design: Design,
    /// How many points; in a grid, how many values of each range [default: 64, in a grid 5]
    #[arg(long, value_parser = count, allow_hyphen_values = true)]
    points: Option<u64>,
    /// Seed of the design
    #[arg(long, default_value = "1", value_parser = seed, allow_hyphen_values = true)]
    design_seed: u64,
    /// What is measured: measures by name, or expressions such as "us.share > 0.5"; may be repeated
    #[arg(long = "measure", value_name = "MEASURE")]
    measures: Vec<String>,
    /// How many games at each point
    #[arg(long, default_value = "4_000", value_parser = games, allow_hyphen_values = true)]
    games: u64,
    #[command(flatten)]
    many: ManyArgs,
    /// Also write the table to a new file of comma-separated values, whole or not at all
    #[arg(long, value_name = "FILE")]
    csv: Option<String>,
    #[command(flatten)]
    keep: KeepArgs,
    #[command(flatten)]
    rows: RowsFile,
    #[command(flatten)]
    bundle: BundleArgs,
}

/// Runs it.
pub fn run(args: Args) -> Result<Exit, Failure> {
    args.bundle.room()?;
    let ready = args.scenario.to_sweep()?;
    let (base, asks) = (ready.loaded.clone(), ready.setup.scenario.ask_first.clone());
    if let Some(file) = &args.csv {
        disk::room_for(file)?;
    }
    let in_parts = args.keep.folder().is_some();
    let (rows, place) = if in_parts { (args.rows.of_parts()?, None) } else { (Rows::None, args.rows.place(false)?) };
    let way = Way { design: args.design, points: args.points, seed: args.design_seed };
    let laid = laid_out(base, &args.over, OVER, way, &args.measures)?;
    let Some(laid) = laid else {
        let mut help = "error: no path to sweep over\n  name one: --over levers.us_tariff.now=30,40,50".to_owned();
        for big in &asks {
            help.push_str(&format!("\n  {}\n    {}", big.ask, big.paths.join("\n    ")));
        }
        return Err(Failure::Wrong(help));
    };
    let LaidOut { base, paths, sweep, measures, asked, words, notes } = laid;
    let design = Told {
        stands: paths.iter().map(|path| stands(&base, path)).collect(),
        paths,
        kind: args.design,
        seed: args.design_seed,
        notes,
        colour: std::io::IsTerminal::is_terminal(&std::io::stdout()),
    };
    let scenario = &args.scenario;
    let many = ManyArgs { seed: args.keep.seed(args.many.seed, args.keep.folder()), ..args.many };
    let heading = many.heading(&scenario.scenario, &scenario.told(), sweep.hash().to_owned(), args.games);
    let seed = heading.seed;
    let study = || format!("sweep {}", sweep.name(&words));
    let begun = |path| args.keep.begun(path, study(), &heading, (sweep.cells(), rows));
    let folder = args.keep.folder().map(begun).transpose()?;
    let cells = (rows != Rows::None || place.is_some()).then(|| {
        let inputs = drawn(&ready);
        let cells = sweep.all().into_iter().map(|setup| (setup, Schema::with(setup, &inputs))).collect();
        Cells::new(cells, keys(&design.paths, sweep.values()))
    });
    if let (Some(folder), Some(path), Some(cells)) = (&folder, args.keep.folder(), &cells) {
        large_in_parts(folder, path, cells)?;
    }
    if let (Some(place), Some(cells)) = (&place, &cells) {
        rows::room(place, cells, args.games)?;
    }
    let each = sweep.cells() * if rows == Rows::None { 1 } else { 2 };
    let mut unkept = None;
    let report = made(played(heading, &many, each, |heading, plan, watch| {
        let answer = match &folder {
            None => sweep.run(&measures, &asked, plan, watch)?,
            Some(folder) => {
                let play = |plan: &Plan| sweep.count(&measures, &asked, plan, watch);
                let all = summed(folder, sweep.none(&asked), (plan, watch), play, cells.as_ref())?;
                unkept = all.unkept;
                sweep.answer(&measures, &asked, &all.told, all.games)
            }
        };
        let of = Document { paths: &design.paths, kind: design.kind, seed: design.seed, notes: &design.notes };
        let report = Report::new(page(heading, &design, &answer), document(heading, &of, &answer));
        Ok(report.with_table(table(&design, &answer)).counted(heading, answer.games))
    })?);
    tell_and_keep(&report, args.many.format, seed, || {
        let bundle = args.bundle.keep(&[Kept::ready(&args.scenario.scenario, &ready)], &report, seed);
        if let (Some(file), Some(csv)) = (&args.csv, report.csv()) {
            disk::write_new(file, &csv)?;
        }
        folder.iter().flat_map(Folder::all_rows).for_each(|rows| say(&format!("rows: {rows}")));
        if let (Some(place), Some(cells)) = (place.filter(|_| report.exit() == 0), &cells) {
            rows::keep(&place, cells, sweep.hash(), (seed, args.games), &args.many)?;
        }
        unkept.map_or(bundle, |error| Err(error.into()))
    })
}

/// What tells the rows of points apart: the point, 0 where the scenario is as written, and what each path is set to.
fn keys(paths: &[String], values: &[(Vec<String>, Vec<Option<f64>>)]) -> Vec<Key> {
    let number = of_cells("point", Type::Whole, "the point, from 1; 0 is the scenario as written", None);
    let mut out = vec![(number, (0..=values.len()).map(|point| point as f64).collect())];
    for (i, path) in paths.iter().enumerate() {
        let (name, about) = (format!("point.{path}"), format!("what `{path}` is set to"));
        let written = values.iter().map(|(written, _)| &written[i]);
        let numbers: Option<Vec<f64>> = values.iter().map(|(_, numbers)| numbers[i]).collect();
        let (holds, at) = numbers.map(|numbers| (Type::Number, numbers)).unwrap_or_else(|| {
            let names: BTreeSet<&String> = written.clone().collect();
            let place = |text| names.iter().position(|name| *name == text).unwrap_or(0) as f64;
            (Type::Name(names.iter().map(|name| (*name).clone()).collect()), written.clone().map(place).collect())
        });
        let field = of_cells(&name, holds, &about, Some("point > 0"));
        out.push((field, std::iter::once(f64::NAN).chain(at).collect()));
    }
    out
}

/// What is told of the design.
struct Told {
    paths: Vec<String>,
    /// What stands at each in the scenario, and where that is from.
    stands: Vec<Option<String>>,
    /// How the points were chosen.
    kind: Design,
    /// The seed of the design.
    seed: u64,
    /// Where it is less even than it could be.
    notes: Vec<String>,
    /// The screen shows colours.
    colour: bool,
}

/// A mean in a column whose errors are so large at most.
fn figure(measure: &Measure, mean: Option<&Mean>, error: f64) -> String {
    match mean {
        None => "-".into(),
        Some(m) if measure.kind == Kind::Share => percent_beside(m.mean, error),
        Some(m) => beside(m.mean, error),
    }
}

/// What a scenario's author wrote at a path, and where it is from.
fn stands(base: &Loaded, path: &str) -> Option<String> {
    let told = because::number(base, path)?;
    Some(format!("{} as written{}", told.written, told.because.map(|text| format!(": {text}")).unwrap_or_default()))
}

/// The largest standard error of a measure's means.
fn largest(answer: &Swept, measure: usize) -> f64 {
    answer.points.iter().filter_map(|p| p.means[measure]).map(|m| m.se).fold(0.0, f64::max)
}

/// A value in a table: as it is written where that is short, a long number cut to four digits.
fn shown(text: &str) -> String {
    match text.parse::<f64>() {
        Ok(x) if width(text) > 7 => number(x, 4),
        Ok(_) => text.to_owned(),
        Err(_) => cut(bare(text), 24),
    }
}

/// On the screen.
fn page(heading: &Heading, design: &Told, answer: &Swept) -> Sheet {
    let mut out = Sheet::from(format!(
        "{} at {}, {} each, the same luck at all: seed {}\n",
        heading.scenario,
        count_of(answer.points.len() as u64, "point"),
        count_of(answer.games, "game"),
        heading.seed
    ));
    for set in &heading.sets {
        out.push_str(&format!("  with         {set}\n"));
    }
    for (path, stands) in design.paths.iter().zip(&design.stands) {
        out.push_str(&format!("  {} {path}\n", padded(&short(path, &design.paths), 12)));
        stands.iter().for_each(|text| out.paragraph(&" ".repeat(15), text));
    }
    for note in &design.notes {
        out.push_str(&format!("  {note}\n"));
    }
    out.push_str("\n");
    let mut table = TextTable::new(&[]).in_blocks(design.paths.len());
    let names = design.paths.iter().map(|path| cut(&short(path, &design.paths), 24));
    table.row(names.chain(answer.measures.iter().map(|m| m.name.clone())));
    let written = design.paths.iter().enumerate().map(|(i, _)| if i == 0 { "as written" } else { "" }.to_string());
    let figures = |means: &[Option<Mean>]| -> Vec<String> {
        let all = answer.measures.iter().zip(means).enumerate();
        all.map(|(i, (m, mean))| figure(m, mean.as_ref(), largest(answer, i))).collect()
    };
    table.row(written.chain(figures(&answer.base)));
    for point in &answer.points {
        let values = point.values.iter().map(|text| shown(text));
        table.row(values.chain(figures(&point.means)));
    }
    out.table(table);
    errors(answer, &mut out);
    let named = answer.points.iter().flat_map(|point| {
        let at = point.values.iter().map(|text| shown(text)).collect::<Vec<_>>().join(", ");
        let each = answer.measures.iter().zip(&point.found);
        each.filter_map(move |(m, f)| Some((format!("{at}: {}", m.name), f.as_ref()?)))
    });
    out.add(paired::both_sides(named));
    if design.paths.len() == 2 && design.kind == Design::Grid {
        for (i, measure) in answer.measures.iter().enumerate().take(1) {
            out.push_str(&format!("\n{}\n", measure.name));
            map(design, answer, i, &mut out);
        }
    }
    out
}

/// The largest standard errors: of a mean, and of a difference from the scenario as written.
fn errors(answer: &Swept, out: &mut Sheet) {
    let mut parts = vec![];
    for (i, measure) in answer.measures.iter().enumerate() {
        let of_mean = largest(answer, i);
        let paired = answer.points.iter().filter_map(|p| p.found[i]).map(|f| f.se).fold(0.0, f64::max);
        let show = |x: f64| if measure.kind == Kind::Share { format!("{} %", error(100.0 * x)) } else { error(x) };
        parts.push(format!("{} {} ({})", measure.name, show(of_mean), show(paired)));
    }
    out.items("  s.e. at most (of a difference from the scenario as written):", parts, 4);
    out.push_str(&format!("  {}", precision::halved(answer.games, " at each point")));
}

/// A map of a measure over a grid of two paths: the first path runs down, the second across.
fn map(design: &Told, answer: &Swept, measure: usize, out: &mut Sheet) {
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
    let label = |text: &&str| cut(&shown(text), 7);
    let [here, there] = [0, 1].map(|axis| short(&design.paths[axis], &design.paths));
    out.push_str(&format!("  {there} across, {here} down\n"));
    let mut table = TextTable::matrix();
    table.row([String::new()].into_iter().chain(across.iter().map(label)));
    for d in &down {
        let cell = |a: &&str| {
            let Some(mean) = at(d, a) else { return "-".to_owned() };
            let text = format!("{:>7}", figure(&answer.measures[measure], Some(&mean), largest(answer, measure)));
            let share = (mean.mean - low) / (high - low).max(1e-300);
            if design.colour { shade(&text, share) } else { text }
        };
        table.row([label(d)].into_iter().chain(across.iter().map(cell)));
    }
    out.table(table);
}

/// A cell of a map on a terminal: from blue (low) over grey to red (high).
fn shade(text: &str, share: f64) -> String {
    const STEPS: [u8; 9] = [25, 31, 67, 103, 244, 138, 131, 124, 88];
    let step = ((share.clamp(0.0, 1.0) * 8.0).round()) as usize;
    format!("\u{1b}[48;5;{}m\u{1b}[97m{text}\u{1b}[0m", STEPS[step])
}

/// Every figure of every point, unrounded, one point a row, the scenario as written first.
fn table(design: &Told, answer: &Swept) -> TextTable {
    let mut heads: Vec<String> = ["point".to_string()].into_iter().chain(design.paths.iter().cloned()).collect();
    for m in &answer.measures {
        for what in ["", ".se", ".n", ".difference", ".difference_se", ".both_n", ".both_difference", ".both_se"] {
            heads.push(format!("{}{what}", m.name));
        }
    }
    let mut out = TextTable::new(&[]);
    out.row(heads);
    let mut row = |first: String, values: &[String], means: &[Option<Mean>], point: Option<&Point>| {
        let mut cells = vec![first];
        cells.extend(values.iter().map(|v| bare(v).to_owned()));
        for (i, mean) in means.iter().enumerate() {
            let found = point.and_then(|p| p.found[i]);
            let text = |x: Option<f64>| x.map_or(String::new(), |x| (x + 0.0).to_string()); // -0 is 0
            cells.push(text(mean.map(|m| m.mean)));
            cells.push(text(mean.map(|m| m.se)));
            cells.push(mean.map_or(0, |m| m.n).to_string());
            cells.push(text(found.map(|f| f.difference)));
            cells.push(text(found.map(|f| f.se)));
            let both = found.and_then(|f| f.both);
            cells.push(both.map_or(String::new(), |b| b.n.to_string()));
            cells.push(text(both.map(|b| b.difference)));
            cells.push(text(both.map(|b| b.se)));
        }
        out.row(cells);
    };
    row("as written".into(), &vec![String::new(); design.paths.len()], &answer.base, None);
    for (i, point) in answer.points.iter().enumerate() {
        row(i.to_string(), &point.values, &point.means, Some(point));
    }
    out
}

/// A value without the quotes that a text has in a scenario file.
fn bare(text: &str) -> &str {
    let inner = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    inner.filter(|inner| !inner.contains(['"', '\\'])).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_goes_into_a_table_without_its_quotes() {
        assert_eq!(
            ["\"boulware\"", "3.5", "External(\"x\")", "\"a\\\"b\"", "\""].map(bare),
            ["boulware", "3.5", "External(\"x\")", "\"a\\\"b\"", "\""]
        );
    }
}
