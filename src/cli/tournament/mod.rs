//! `tournament`: which strategy does best, against whom, and how sure is that?

mod page;
mod pooled;
mod rows;

use std::path::Path;

use super::bundle::{self, BundleArgs};
use super::common::{ManyArgs, SeedArgs, games};
use super::failure::{Exit, Failure, say};
use super::kept::{KeepArgs, summed};
use super::player::PlayerArgs;
use super::player::beforehand::Programs;
use super::rows::{RowsFile, large_in_parts, room};
use super::study::{played as under_way, tell_and_keep};
use crate::batch::play::{Plan, Watch};
use crate::disk;
use crate::error::Error;
use crate::front::tournament::study;
use crate::report::document::Report;
use crate::report::heading::Heading;
use crate::report::text::count;
use crate::report::tournament::document;
use crate::scenario::load::{Loaded, load};
use crate::scenario::presets;
use crate::shards::{Folder, Rows};
use crate::studies::pooled::pool;
use crate::studies::tournament::{Standings, Study};
use crate::studies::variants::cell;
use crate::world::setup::Setup;
use page::page;
use pooled::{Played, documents, pages};

/// Which strategy does best, against whom, and how sure is that?
///
/// Plays every strategy on each side against every strategy on the other, all on the same games.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The scenario file, or several: each is played by itself, and a ranking over all comes last
    #[arg(required = true, value_name = "SCENARIO")]
    scenarios: Vec<String>,
    /// Change a field of every scenario first; may be repeated
    #[arg(long = "set", value_name = "PATH=VALUE")]
    sets: Vec<String>,
    /// Names of strategies and files, with commas between, or a folder of strategy files; all built-in ones where left
    /// out
    #[arg(long, value_name = "LIST_OR_FOLDER", value_delimiter = ',')]
    strategies: Vec<String>,
    /// How many games of each pair
    #[arg(long, default_value = "10_000", value_parser = games, allow_hyphen_values = true)]
    games: u64,
    #[command(flatten)]
    many: ManyArgs,
    #[command(flatten)]
    rows: RowsFile,
    #[command(flatten)]
    keep: KeepArgs,
    #[command(flatten)]
    bundle: BundleArgs,
    #[command(flatten)]
    players: PlayerArgs,
}

/// Runs it.
pub fn run(args: Args) -> Result<Exit, Failure> {
    args.bundle.room()?;
    args.bundle.holds(beside(&args))?;
    let in_parts = args.keep.folder().is_some();
    let (kept, place) = if in_parts { (args.rows.of_parts()?, None) } else { (Rows::None, args.rows.place(false)?) };
    if !args.players.players.is_empty() && (place.is_some() || in_parts) {
        let text = "error: games of outside programs are played once: they leave no rows, and no parts\n  leave out --rows \
                    and --out, or --player";
        return Err(Failure::Wrong(text.into()));
    }
    let folders: Option<Vec<String>> = args.keep.folder().map(|out| folders(out, args.scenarios.len()));
    let seed = args.keep.seed(args.many.seed, folders.as_ref().map(|all| all[0].as_str())).get();
    let (mut rows, mut scenarios): (Vec<(Heading, Study)>, Vec<Loaded>) = (vec![], vec![]);
    for file in &args.scenarios {
        let (heading, study, loaded) = ready(&args, file, seed)?;
        rows.push((heading, study));
        scenarios.push(loaded);
    }
    let hashes: Vec<String> = rows.iter().map(|(heading, _)| heading.hash.clone()).collect();
    let mut programs = Programs::of(&args.players);
    for (i, (heading, _)) in rows.iter().enumerate() {
        if let Some((twin, _)) = rows[..i].iter().find(|(other, _)| other.hash == heading.hash) {
            let (one, two) = (&twin.scenario, &heading.scenario);
            let what = if one == two {
                format!("`{one}` is named twice")
            } else {
                format!("`{one}` and `{two}` are the same scenario")
            };
            return Err(Failure::Wrong(format!("error: {what}: it would count twice in the ranking; name it once")));
        }
    }
    for (heading, study) in &mut rows {
        let (measures, wanted) = study.wanted()?;
        let cells: Vec<&Setup> = study.pairs().map(|(_, setup)| setup).collect();
        let (plan, threads) = (Plan::new(heading.seed, heading.asked), args.many.threads);
        study.beforehand = programs.play(&args.players, &cells, (&measures, &wanted), &plan, threads)?;
    }
    let cells: usize = rows.iter().map(|(_, study)| study.cells()).sum();
    let asked = rows.len();
    let begun = |(path, (heading, study)): (&String, &(Heading, Study))| {
        args.keep.begun(path, format!("tournament {}", study.name()), heading, (study.cells(), kept))
    };
    let paths = folders.unwrap_or_default();
    let folders = paths.iter().zip(&rows).map(begun).collect::<Result<Vec<Folder>, _>>()?;
    for ((folder, path), (heading, study)) in folders.iter().zip(&paths).zip(&rows).filter(|_| kept != Rows::None) {
        large_in_parts(folder, path, &rows::cells(&[(heading, study)]))?;
    }
    if let Some(place) = &place {
        let all: Vec<(&Heading, &Study)> = rows.iter().map(|(heading, study)| (heading, study)).collect();
        room(place, &rows::cells(&all), args.games)?;
    }
    let cells = cells * if kept == Rows::None { 1 } else { 2 };
    let first = rows.first().map_or_else(Heading::default, |(heading, _)| heading.clone());
    let many = ManyArgs { seed: SeedArgs { seed: Some(seed) }, ..args.many };
    let (mut done, mut unkept) = (vec![], None);
    let report = under_way(first, &many, cells, |_, plan, watch| {
        let (all, failed) = played(rows, &folders, plan, watch)?;
        unkept = failed;
        if all.is_empty() {
            if let Some(error) = unkept.take() {
                return Err(error.into());
            }
            let text = "stopped before two games of each pair were played: nothing can be said";
            return Err(Failure::Stopped(text.into()));
        }
        let stopped = all.len() < asked || all.iter().any(|one| one.answer.interrupted);
        let mut after = format!("{} a cell were asked for", count(all[0].heading.asked, "game"));
        if all.len() < asked {
            let left: Vec<&str> = args.scenarios[all.len()..].iter().map(String::as_str).collect();
            after.push_str(&format!("; nothing was played of {}", left.join(", ")));
        }
        let report = told(&all, asked, &programs).interrupted(stopped, &after);
        done = all;
        Ok(report)
    })?;
    tell_and_keep(&report, args.many.format, seed, || {
        let all = args.scenarios.iter().zip(&scenarios).zip(&hashes);
        let all = all.map(|((name, loaded), hash)| bundle::Kept { name, loaded, hash });
        args.bundle.keep(&all.collect::<Vec<_>>(), &report, seed)?;
        folders.iter().flat_map(Folder::all_rows).for_each(|rows| say(&format!("rows: {rows}")));
        if let Some(place) = place.filter(|_| report.exit() == 0) {
            rows::keep(&place, &done, args.games, &args.many)?;
        }
        unkept.map_or(Ok(()), |error| Err(error.into()))
    })
}

/// What is read beside one scenario.
fn beside(args: &Args) -> Option<&'static str> {
    if args.scenarios.len() > 1 {
        return Some("several are played");
    }
    let known = |word: &String| presets::FILES.iter().any(|(name, _)| name == word);
    (!args.strategies.iter().all(known)).then_some("strategies of files take part")
}

/// A tournament by itself, or several with the ranking over all.
fn told(all: &[Played], asked: usize, programs: &Programs) -> Report {
    let (mut sheet, mut found) = if let ([one], 1) = (all, asked) {
        let (heading, study, answer) = (&one.heading, &one.study, &one.answer);
        (page(heading, study, answer), document(heading, study, answer))
    } else {
        let results: Vec<(&[String], &Standings)> = all.iter().map(|one| (&one.study.names[..], &one.answer)).collect();
        let (pooled, left) = pool(&results);
        (pages(all, &pooled, &left), documents(all, &pooled, &left))
    };
    sheet.add(programs.told());
    programs.onto(&mut found);
    Report::new(sheet, found)
}

/// One scenario, with all that play in it made ready.
fn ready(args: &Args, file: &str, seed: u64) -> Result<(Heading, Study, Loaded), Failure> {
    let mut loaded = load(&disk::with_shelf(file), &disk::open, &args.sets)?;
    let hash = cell(&loaded, &[])?.hash;
    let study = study(&mut loaded, &args.strategies, &args.players.names(), "--strategies", file)?;
    Ok((Heading { scenario: file.to_owned(), hash, sets: args.sets.clone(), seed, asked: args.games }, study, loaded))
}

/// A folder for each scenario.
fn folders(out: &str, scenarios: usize) -> Vec<String> {
    match scenarios {
        0 | 1 => vec![out.to_owned()],
        n => (1..=n).map(|i| Path::new(out).join(i.to_string()).to_string_lossy().into_owned()).collect(),
    }
}

/// Plays one scenario after another; where Ctrl-C comes too early for one, what has been played before it is kept, and
/// where a part of one cannot be kept, none is played after it.
fn played(
    all: Vec<(Heading, Study)>,
    folders: &[Folder],
    plan: &Plan,
    watch: &Watch,
) -> Result<(Vec<Played>, Option<Error>), Failure> {
    let (mut out, mut unkept) = (vec![], None);
    for (i, (heading, study)) in all.into_iter().enumerate() {
        let answer = match folders.get(i) {
            None => study.run(plan, watch)?,
            Some(folder) => {
                let cells = (folder.manifest.rows != Rows::None).then(|| rows::cells(&[(&heading, &study)]));
                let count = |plan: &Plan| study.count(plan, watch);
                let all = summed(folder, study.none(), (plan, watch), count, cells.as_ref())?;
                unkept = all.unkept;
                study.answer(&all.told, all.games, heading.asked)?
            }
        };
        let Some(answer) = answer else { break };
        out.push(Played { heading, study, answer });
        if unkept.is_some() {
            break;
        }
    }
    Ok((out, unkept))
}
