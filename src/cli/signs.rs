//! `signs`: does the model answer changes the way a reader who knows the subject expects?

use super::bundle::{BundleArgs, Kept};
use super::common::{ManyArgs, games};
use super::failure::{Exit, Failure, say};
use super::study::ask;
use crate::batch::play::{Plan, Watch};
use crate::disk;
use crate::report::document::{OTHERWISE, Report};
use crate::report::heading::Heading;
use crate::report::paired;
use crate::report::precision;
use crate::report::sheet::Sheet;
use crate::report::signs::document;
use crate::report::table::TextTable;
use crate::report::text::{beside, count as count_of, error, signed, signed_beside};
use crate::studies::paired::Among;
use crate::studies::signs::{SignTable, Verdict, Verdicts, Wish, read_table};

/// The seed where none is given: a table passes or fails alike for everybody.
const SEED: u64 = 2025;

/// Does the model answer changes the way a reader who knows the subject expects?
///
/// Plays every row's change and its base on the same games and compares. Exit code 0 when all rows pass, 4 when any
/// fails or cannot be decided at this number of games.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The sign table, such as scenarios/studies/signs.ron
    table: String,
    /// Change a field of the scenario in every row; may be repeated
    #[arg(long = "set", value_name = "PATH=VALUE")]
    sets: Vec<String>,
    /// How many games of each cell
    #[arg(long, default_value = "20_000", value_parser = games, allow_hyphen_values = true)]
    games: u64,
    #[command(flatten)]
    many: ManyArgs,
    #[command(flatten)]
    bundle: BundleArgs,
}

/// Runs it.
pub fn run(args: Args) -> Result<Exit, Failure> {
    args.bundle.room()?;
    args.bundle.holds(Some("`signs` reads a sign table beside it"))?;
    let table = read_table(&disk::with_shelf(&args.table), &disk::open, &args.sets)?;
    let heading = Heading {
        scenario: table.scenario.clone(),
        sets: args.sets,
        hash: table.hash.clone(),
        seed: args.many.seed.seed.unwrap_or(SEED),
        asked: args.games,
    };
    let mut rows = (0, 0);
    let play = |heading: &Heading, plan: &Plan, watch: &Watch| {
        let answer = table.judge(plan, watch)?;
        rows = (answer.count(Verdict::Pass), answer.rows.len());
        let missed = rows.0 < rows.1;
        let report = Report::new(page(&table, &answer, heading.seed), document(&table, &answer, heading.seed));
        Ok(report.counted(heading, answer.games).failed(missed))
    };
    let exit = ask(heading, &args.many, table.cells(), play, |report, seed| {
        let played = Kept { name: &table.scenario, loaded: &table.loaded, hash: &table.hash };
        args.bundle.keep(&[played], report, seed)
    })?;
    if exit == OTHERWISE {
        let missed = rows.1 - rows.0;
        say(&format!("{missed} of {} {} not pass", rows.1, if missed == 1 { "rows does" } else { "rows do" }));
    }
    Ok(exit)
}

fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "pass",
        Verdict::Undecided => "undecided",
        Verdict::Fail => "FAIL",
    }
}

/// What a wish is about, in words.
fn about(wish: &Wish) -> String {
    let ratio = wish.per.as_ref().map_or(String::new(), |per| format!(" / {per}"));
    let among = match wish.among {
        Among::All => "",
        Among::BothSides => ", both sides",
        Among::SameTable => ", same table",
    };
    format!("{}{ratio}{among}", wish.measure)
}

/// On the screen.
fn page(table: &SignTable, answer: &Verdicts, seed: u64) -> Sheet {
    let (games, cells) = (count_of(answer.games, "game"), count_of(table.cells() as u64, "cell"));
    let mut out = Sheet::from(format!("Signs of {}\n{games} a cell, {cells}, seed {seed}\n\n", table.scenario));
    let mut lines = TextTable::new(&[1, 6]).spare(&[2, 4]);
    lines.row(["", "wanted", "base", "difference", "s.e.", "in s.e.", ""]);
    for (row, judged) in table.rows.iter().zip(&answer.rows) {
        lines.row([row.change.as_str(), "", "", "", "", "", word(judged.verdict)]);
        for (wish, (found, verdict)) in row.wishes.iter().zip(&judged.wishes) {
            let name = format!("  {}", about(wish));
            let note = if *verdict == Verdict::Pass { "" } else { word(*verdict) };
            let Some(f) = found else {
                lines.row([name.as_str(), wish.wanted.word(), "-", "-", "-", "-", note]);
                continue;
            };
            let cells = [
                name,
                wish.wanted.word().to_string(),
                beside(f.base, f.se),
                signed_beside(f.difference, f.se),
                error(f.se),
                signed(f.z(), 3),
                note.to_string(),
            ];
            lines.row(cells);
        }
    }
    out.table(lines);
    let all = table.rows.iter().zip(&answer.rows).flat_map(|(row, judged)| row.wishes.iter().zip(&judged.wishes));
    out.add(paired::both_sides(all.filter_map(|(wish, (found, _))| Some((about(wish), found.as_ref()?)))));
    let [pass, undecided, fail] = [Verdict::Pass, Verdict::Undecided, Verdict::Fail].map(|v| answer.count(v));
    let pass = count_of(pass as u64, "row");
    out.push_str(&format!("\n{pass} pass, {undecided} undecided, {fail} fail; scenario {}\n", table.hash));
    if undecided > 0 {
        out.push_str("Undecided: not beyond three standard errors either way. More games narrow the interval.\n");
    }
    out.push_str(&precision::halved(answer.games, " a cell"));
    out
}
