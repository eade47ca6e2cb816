//! `compare`: what does a change change?

use super::bundle::{BundleArgs, Kept};
use super::common::{ManyArgs, games, ready};
use super::failure::{Exit, Failure};
use super::player::PlayerArgs;
use super::player::beforehand::Programs;
use super::rows::{self, RowsFile, key};
use super::study::{played, tell_and_keep};
use crate::batch::play::Plan;
use crate::command_line::CommandLine;
use crate::notation::wording::plural;
use crate::ready::Ready;
use crate::record::endings::label;
use crate::report::compare::{Named, document};
use crate::report::document::Report;
use crate::report::heading::Heading;
use crate::report::paired;
use crate::report::precision;
use crate::report::sheet::Sheet;
use crate::report::table::TextTable;
use crate::report::text::{beside, count as count_of, cut, error, number, signed_beside, thousands};
use crate::report::unknown;
use crate::rows::cells::Cells;
use crate::rows::schema::Schema;
use crate::studies::beforehand::Beforehand;
use crate::studies::compare::{Comparison, Differences, Flips, compare_beside};
use crate::studies::measures::{Kind, Measure, Measures};
use crate::studies::sums::Found;
use crate::studies::variants::{changed, changed_for_anybody, from_line};
use crate::world::setup::Setup;

/// What does a change change? Plays the same games of each scenario and holds them against the first
///
/// Either several files, or one file with variants of it: summitry compare A.ron --variant "patient:
/// parties.us.goal.patience=0.997" --variant "no summit: off=[\"summit\"]". A variant is `NAME: PATH=VALUE; PATH=VALUE`;
/// the name may be left out.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The scenario files, the base first
    #[arg(required = true, value_name = "SCENARIO")]
    scenarios: Vec<String>,
    /// A variant of the first scenario, "NAME: PATH=VALUE; PATH=VALUE"; may be repeated
    #[arg(long = "variant", value_name = "VARIANT")]
    variants: Vec<String>,
    /// Change a field in all of them; may be repeated
    #[arg(long = "set", value_name = "PATH=VALUE")]
    sets: Vec<String>,
    /// How many games of each
    #[arg(long, default_value = "20_000", value_parser = games, allow_hyphen_values = true)]
    games: u64,
    #[command(flatten)]
    many: ManyArgs,
    /// Show this measure too, or an expression over measures and events such as "us.share > 0.5"; may be repeated
    #[arg(long = "measure", value_name = "MEASURE")]
    measures: Vec<String>,
    /// Show every measure, not only what differs
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    rows: RowsFile,
    #[command(flatten)]
    bundle: BundleArgs,
    #[command(flatten)]
    players: PlayerArgs,
}

/// Runs it.
pub fn run(args: Args) -> Result<Exit, Failure> {
    args.bundle.room()?;
    args.bundle.holds((args.scenarios.len() > 1).then_some("several are compared"))?;
    let place = args.rows.place(false)?;
    let (cells, readies) = cells(&args)?;
    if cells.len() < 2 {
        let help = "error: nothing to compare with\n  name a second scenario, or a change: --variant \"PATH=VALUE\"";
        return Err(Failure::Wrong(help.into()));
    }
    let all: Vec<&Setup> = readies.iter().map(Ready::setup).collect();
    let heading = args.many.heading(&cells[0].name, &args.sets, cells[0].hash.clone(), args.games);
    let seed = heading.seed;
    let mut programs = Programs::of(&args.players);
    let beforehand = programs_first(&args, &mut programs, &all, seed)?;
    if place.is_some() && !beforehand.is_empty() {
        let text =
            "error: games of outside programs are played once, and leave no rows\n  leave out --rows, or the program";
        return Err(Failure::Wrong(text.into()));
    }
    let told = Told { cells, asked: args.measures.clone(), all: args.all };
    let of_rows = place.map(|place| {
        let names = told.cells.iter().map(|cell| cell.name.clone()).collect();
        let cells = readies.iter().map(|ready| (ready.setup(), Schema::of(ready))).collect();
        (place, Cells::new(cells, vec![key("scenario", "the scenario or variant it was played in", names)]))
    });
    if let Some((place, cells)) = &of_rows {
        rows::room(place, cells, args.games)?;
    }
    let report = played(heading, &args.many, all.len(), |heading, plan, watch| {
        let answer = compare_beside(&all, &beforehand, &args.measures, plan, watch)?;
        let (mut page, mut document) = (page(heading, &told, &all, &answer), document(heading, &told.cells, &answer));
        page.add(programs.told());
        programs.onto(&mut document);
        let report = Report::new(page, document);
        Ok(report.counted(heading, answer.games))
    })?;
    tell_and_keep(&report, args.many.format, seed, || {
        let files = args.scenarios.iter().zip(&readies).map(|(name, ready)| Kept::ready(name, ready));
        args.bundle.keep(&files.collect::<Vec<_>>(), &report, seed)?;
        let Some((place, cells)) = of_rows.filter(|_| report.exit() == 0) else { return Ok(()) };
        rows::keep(&place, &cells, readies[0].hash(), (seed, args.games), &args.many)
    })
}

/// Plays the variants in which programs hold seats; each that is bound must hold one.
fn programs_first(args: &Args, programs: &mut Programs, all: &[&Setup], seed: u64) -> Result<Beforehand, Failure> {
    let asked = |name: &str| all.iter().any(|setup| setup.parties.iter().any(|p| p.outside.as_deref() == Some(name)));
    if let Some(name) = args.players.names().into_iter().find(|name| !asked(name)) {
        return Err(Failure::Wrong(format!(
            "error: --player binds `{name}`, and no variant asks for it\n  such as: --variant \
             '{name}: parties.us.strategy=External(\"{name}\")'"
        )));
    }
    let measures = Measures::of(all.iter().copied());
    let expression = |text: &&String| measures.find(text).is_err();
    if let (false, Some(text)) = (args.players.players.is_empty(), args.measures.iter().find(expression)) {
        return Err(Failure::Wrong(format!(
            "error: `{text}` is asked of the rounds of games, and of programs' games only how they ended is kept\n  ask \
             for measures by name"
        )));
    }
    let (plan, wanted) = (Plan::new(seed, args.games), vec![true; measures.list.len()]);
    programs.play(&args.players, all, (&measures, &wanted), &plan, args.many.threads)
}

/// The scenarios and the variants of the first, with what `summitry run` needs to play each.
fn cells(args: &Args) -> Result<(Vec<Named>, Vec<Ready>), Failure> {
    let (mut named, mut readies) = (vec![], vec![]);
    let mut add = |name: String, run: CommandLine, cell: Ready| {
        named.push(Named { name, hash: cell.hash.clone(), run });
        readies.push(cell);
    };
    for (i, file) in args.scenarios.iter().enumerate() {
        let mut base = ready(file, &args.sets)?.loaded;
        let run = CommandLine::new("run").word(file).options("set", &args.sets);
        add(file.clone(), run.clone(), changed(&base, &[])?);
        if i > 0 {
            continue;
        }
        for (k, line) in args.variants.iter().enumerate() {
            let (name, changes) = from_line(&mut base, &format!("--variant argument {}", k + 1), line)?;
            let written = changes.iter().map(|change| change.written(line));
            add(name, run.clone().options("set", written), changed_for_anybody(&base, &changes)?);
        }
    }
    // The order on the page: the base, the other files, then the variants.
    let variants = args.variants.len();
    named[1..].rotate_left(variants);
    readies[1..].rotate_left(variants);
    Ok((named, readies))
}

/// What is told: the scenarios, the base first, and whether every measure is, not only what differs.
struct Told {
    cells: Vec<Named>,
    asked: Vec<String>,
    all: bool,
}

/// A difference to be told at all.
const SURE: f64 = 1.96;

/// Whether a measure is on the page without being asked for: how games end, what happens on the way, who gets what
/// and where the levers end.
fn is_headline(measure: &Measure) -> bool {
    const WHOLE: [&str; 8] = [
        "first_deal_round",
        "delivered_share",
        "pareto_distance",
        "rejections",
        "threats",
        "strikes",
        "extensions",
        "tone.final",
    ];
    let name = measure.name.as_str();
    let ends = name.ends_with(".total") || name.ends_with(".share") || name.starts_with("lever.");
    measure.kind == Kind::Share || ends || WHOLE.contains(&name)
}

/// Where a measure goes: on the page, or to the count of those that --all would show.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Page,
    Differs,
    Same,
}

fn place(measure: &Measure, f: &Found, all: bool) -> Place {
    let differs = f.z().abs() > SURE;
    let happens = measure.kind == Kind::Share && (f.difference != 0.0 || f.se > 0.0);
    match () {
        () if all || is_headline(measure) && (differs || happens) => Place::Page,
        () if differs => Place::Differs,
        () => Place::Same,
    }
}

/// On the screen.
fn page(heading: &Heading, told: &Told, setups: &[&Setup], answer: &Differences) -> Sheet {
    let games = count_of(answer.games, "game");
    let base = &told.cells[0];
    let mut out =
        Sheet::from(format!("{games} of each, the same luck in all: seed {}\n  base  {}\n", heading.seed, base.name));
    for (i, (cell, comparison)) in told.cells[1..].iter().zip(&answer.comparisons).enumerate() {
        out.push_str(&format!("\n{} against the base\n", cell.name));
        out.add(differences(told, answer, comparison));
        let way = |from: &str, to: &str| [label(setups[0], from).to_string(), label(setups[i + 1], to).to_string()];
        out.add(flips(&comparison.flips, answer.games, way));
        out.push_str(&one_told(heading.seed, [base, cell], &comparison.flips));
    }
    out.push_str(&format!("\n{}", precision::halved(answer.games, " of each")));
    if answer.worlds > 0 {
        out.add(unknown::of_differences(answer.worlds));
    }
    out
}

fn differences(told: &Told, answer: &Differences, comparison: &Comparison) -> Sheet {
    let by_world = comparison.outer.iter().any(Option::is_some);
    let mut table = TextTable::new(&[4]).spare(&[5, 2]);
    let heads = ["", "base", "here", "difference", "± 95 %", "saved"];
    table.row(heads.into_iter().chain(by_world.then_some("not known")));
    let (mut differ, mut same, mut apart, mut shown) = (0, 0, 0, vec![]);
    let each = answer.measures.iter().zip(&comparison.found).zip(&comparison.sides).zip(&comparison.outer);
    for (((measure, found), sides), outer) in each {
        let asked = told.all || told.asked.iter().any(|text| text.trim() == measure.name);
        let Some(f) = found else {
            if asked && sides.n != [0, 0] {
                let [base, here] = sides.mean.map(|mean| mean.map_or("-".into(), |x| number(x, 4)));
                table.row([cut(&measure.name, 34), base, here, "-".into(), "-".into(), "-".into()]);
            } else {
                apart += u64::from(sides.is_lost());
            }
            continue;
        };
        match place(measure, f, asked) {
            Place::Page => {}
            Place::Differs => {
                differ += 1;
                continue;
            }
            Place::Same => {
                same += 1;
                continue;
            }
        }
        shown.push((measure.name.clone(), f));
        let saved = f.saved.map_or("-".into(), |s| format!("{:.0} %", (100.0 * s).round() + 0.0)); // and not -0
        let half = outer.as_ref().map_or(f.half(), |outer| outer.computed);
        let sure = outer.as_ref().map_or(f.z().abs() > SURE, |outer| f.difference.abs() > outer.computed);
        let mark = if sure { "" } else { " ?" };
        let cells = [
            cut(&measure.name, 34),
            beside(f.base, half),
            beside(f.variant, half),
            signed_beside(f.difference, half),
            format!("± {}{mark}", error(half)),
            saved,
        ];
        let range = || outer.as_ref().map_or("-".into(), |outer| unknown::range(outer, 1.0));
        table.row(cells.into_iter().chain(by_world.then(range)));
    }
    let mut out = Sheet::default();
    out.table(table);
    out.push_str("  saved: the share of the variance that playing the same games took away; ?: within chance\n");
    if differ + same > 0 {
        out.push_str(&format!(
            "  {differ} more {} differ, {same} do not beyond chance: --all shows them\n",
            plural(differ, "measure")
        ));
    }
    if apart > 0 {
        let has = if apart == 1 { "has" } else { "have" };
        out.push_str(&format!("  {apart} more {has} cases on one side alone: --all shows them\n"));
    }
    out.add(paired::both_sides(shown.into_iter()));
    out
}

/// How many games end in another class, and the first of them; `way` names two classes.
fn flips(flips: &Flips, games: u64, way: impl Fn(&str, &str) -> [String; 2]) -> Sheet {
    let share = 100.0 * flips.total() as f64 / games.max(1) as f64;
    let end = if flips.total() == 1 { "ends" } else { "end" };
    let mut out = Sheet::from(format!("\n  {} ({share:.1} %) {end} otherwise\n", count_of(flips.total(), "game")));
    let mut ways: Vec<_> = flips.counts.iter().collect();
    ways.sort_by_key(|(_, n)| std::cmp::Reverse(**n));
    let mut table = TextTable::new(&[1, 2]).heads(0);
    for ((from, to), n) in ways {
        let [from, to] = way(from, to);
        table.row([format!("  {from}"), "to".into(), to, thousands(&n.to_string())]);
    }
    out.table(table);
    for (i, flip) in flips.first.iter().enumerate() {
        let [from, to] = way(&flip.from, &flip.to);
        out.push_str(&format!("{}  game {}: {from} becomes {to}\n", if i == 0 { "\n" } else { "" }, flip.game));
    }
    out
}

/// What to type to see the first game that ends otherwise told, in the base and in the variant.
fn one_told(seed: u64, cells: [&Named; 2], flips: &Flips) -> String {
    let Some(flip) = flips.first.first() else { return String::new() };
    let told = |cell: &Named| format!("  {}\n", cell.run.clone().option("seed", seed).option("game", flip.game));
    format!("  see one told:\n{}{}", told(cells[0]), told(cells[1]))
}
