//! `signs`: does the model answer changes the way a reader who knows the subject expects?

use super::bundle::{BundleArgs, Kept};
use super::common::{ManyArgs, games};
use super::failure::{Exit, Failure, say};
use super::study::ask;
use crate::batch::play::{Plan, Watch};
use crate::disk;
use crate::report::document::{OTHERWISE, Report};
use crate::report::heading::Heading;
use crate::report::precision;
use crate::report::sheet::Sheet;
use crate::report::signs::document;
use crate::report::table::TextTable;
use crate::report::text::{beside, count as count_of, error, signed, signed_beside};
use crate::studies::paired::Among;
use crate::studies::signs::{Granted, SignTable, Verdict, Verdicts, Wish, read_table};
use crate::studies::sums::Found;

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
    format!("{}{ratio}", wish.measure)
}

/// The lines of a wish: over all games, as `batch` says them; below it in the games on both sides, where that is another
/// figure; and last in those that it is asked of, where those are others. The verdict stands beside what was judged.
fn lines_of(wish: &Wish, granted: &Granted) -> Vec<[String; 7]> {
    let verdict = if granted.verdict == Verdict::Pass { "" } else { word(granted.verdict) };
    let asked = || [wish.wanted.word().to_owned(), verdict.to_owned()];
    let line = |name: String, figures: Option<[f64; 3]>, asked: Option<[String; 2]>| {
        let [wanted, verdict] = asked.unwrap_or_default();
        let Some([base, difference, se]) = figures else {
            return [name, wanted, "-".into(), "-".into(), "-".into(), "-".into(), verdict];
        };
        let z = if difference == 0.0 { 0.0 } else { difference / se.max(1e-300) };
        let [base, difference] = [beside(base, se), signed_beside(difference, se)];
        [name, wanted, base, difference, error(se), signed(z, 3), verdict]
    };
    let whole = |f: &Found| [f.base, f.difference, f.se];
    let games = |what: &str, n: u64| format!("    {what}, {}", count_of(n, "game"));
    let judged_of_all = wish.among == Among::All;
    let mut out =
        vec![line(format!("  {}", about(wish)), granted.in_all.as_ref().map(whole), judged_of_all.then(asked))];
    if let Some(f) = granted.in_all.filter(|f| f.is_one_sided() || wish.among == Among::BothSides) {
        let (n, both) = (f.both.map_or(0, |both| both.n), f.both.map(|both| [both.base, both.difference, both.se]));
        out.push(line(games("both sides", n), both, (wish.among == Among::BothSides).then(asked)));
    }
    if wish.among == Among::SameTable {
        let n = granted.found.map_or(0, |f| f.both.map_or(0, |both| both.n));
        out.push(line(games("same table", n), granted.found.as_ref().map(whole), Some(asked())));
    }
    out
}

/// On the screen.
fn page(table: &SignTable, answer: &Verdicts, seed: u64) -> Sheet {
    let (games, cells) = (count_of(answer.games, "game"), count_of(table.cells() as u64, "cell"));
    let mut out = Sheet::from(format!("Signs of {}\n{games} a cell, {cells}, seed {seed}\n\n", table.scenario));
    let mut lines = TextTable::new(&[1, 6]).spare(&[4]);
    lines.row(["", "wanted", "base", "difference", "s.e.", "in s.e.", ""]);
    let (mut both, mut table_too) = (false, false);
    for (row, judged) in table.rows.iter().zip(&answer.rows) {
        lines.row([row.change.as_str(), "", "", "", "", "", word(judged.verdict)]);
        for line in row.wishes.iter().zip(&judged.wishes).flat_map(|(wish, granted)| lines_of(wish, granted)) {
            both |= line[0].starts_with("    both sides");
            table_too |= line[0].starts_with("    same table");
            lines.row(line);
        }
    }
    out.table(lines);
    if both {
        out.push_str("  both sides: in games with it on both sides\n");
    }
    if table_too {
        out.push_str("  same table: in games whose first deal is signed in the same round by the same meeting\n");
    }
    let [pass, undecided, fail] = [Verdict::Pass, Verdict::Undecided, Verdict::Fail].map(|v| answer.count(v));
    let pass = count_of(pass as u64, "row");
    out.push_str(&format!("\n{pass} pass, {undecided} undecided, {fail} fail; scenario {}\n", table.hash));
    if undecided > 0 {
        out.push_str("Undecided: not beyond three standard errors either way. More games narrow the interval.\n");
    }
    out.push_str(&precision::halved(answer.games, " a cell"));
    out
}
