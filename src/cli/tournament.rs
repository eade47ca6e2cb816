//! `tournament`: which strategy does best, against whom, and how sure is that?

use std::path::Path;
use std::sync::Arc;

use super::common::{Failure, Format, ManyArgs, colour, count, json, print};
use super::progress::watched;
use super::{Exit, disk};
use crate::batch::play::{Plan, Watch};
use crate::error::Error;
use crate::report::tournament::{Heading, document, page};
use crate::report::tournaments::{Played, documents, pages};
use crate::scenario::load::{Loaded, Problems, load};
use crate::scenario::presets::FILES;
use crate::scenario::strategy_file::{is_file, tree_of};
use crate::studies::pooled::pool;
use crate::studies::tournament::{Answer, Entrant, Study};
use crate::studies::variants::cell;

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
}

/// A number of games from which a spread can be told.
fn games(text: &str) -> Result<u64, Error> {
    match count(text)? {
        1 => Err(Error::argument("at least 2 are needed: one game of a pair says nothing of how games differ")),
        n => Ok(n),
    }
}

/// Runs it.
pub fn run(args: Args) -> Result<Exit, Failure> {
    let seed = args.many.seed.get();
    let rows: Vec<(Heading, Study)> =
        args.scenarios.iter().map(|file| ready(&args, file, seed)).collect::<Result<_, _>>()?;
    for (i, (heading, _)) in rows.iter().enumerate() {
        if let Some((twin, _)) = rows[..i].iter().find(|(other, _)| other.hash == heading.hash) {
            let (one, two) = (&twin.file, &heading.file);
            let what = if one == two {
                format!("`{one}` is named twice")
            } else {
                format!("`{one}` and `{two}` are the same scenario")
            };
            return Err(Failure::Wrong(format!("error: {what}: it would count twice in the ranking; name it once")));
        }
    }
    let plan = Plan::new(seed, args.games).threads(args.many.threads.get());
    let watch = Arc::new(Watch::default());
    let cells: u64 = rows.iter().map(|(_, study)| study.cells() as u64).sum();
    let total = args.games.saturating_mul(cells);
    let asked = rows.len();
    let all = watched(&watch, total, "games", || played(rows, &plan, &watch))?;
    if all.is_empty() {
        eprintln!("stopped before two games of each pair were played: nothing can be said");
        return Ok(3);
    }
    let interrupted = all.len() < asked || all.iter().any(|one| one.answer.interrupted);
    let text = match (&all[..], args.many.format) {
        ([one], Format::Json) if asked == 1 => json(&document(&one.heading, &one.study, &one.answer))?,
        ([one], Format::Text) if asked == 1 => page(&one.heading, &one.study, &one.answer),
        (all, format) => {
            let results: Vec<(&[String], &Answer)> =
                all.iter().map(|one| (&one.study.names[..], &one.answer)).collect();
            let (pooled, left) = pool(&results);
            match format {
                Format::Json => json(&documents(all, &pooled, &left))?,
                Format::Text => pages(all, &pooled, &left),
            }
        }
    };
    print(&text)?;
    Ok(if interrupted { 3 } else { 0 })
}

/// One scenario, with all that play in it made ready.
fn ready(args: &Args, file: &str, seed: u64) -> Result<(Heading, Study), Failure> {
    let wrong = |problems: Problems| Failure::Wrong(problems.explain(colour()));
    let mut loaded = load(&disk::with_shelf(file), &disk::open, &args.sets).map_err(wrong)?;
    let hash = cell(&loaded, &[]).map_err(wrong)?.hash;
    let entrants = entrants(&mut loaded, &args.strategies)?;
    let study = Study::of(&loaded, &entrants).map_err(wrong)?;
    if study.names.len() < 2 {
        let text = format!("error: a tournament needs two strategies at least that play `{file}`");
        return Err(Failure::Wrong(text));
    }
    Ok((Heading { file: file.to_owned(), hash, sets: args.sets.clone(), seed, asked: args.games }, study))
}

/// Plays one scenario after another; where Ctrl-C comes too early for one, what has been played before it is kept.
fn played(rows: Vec<(Heading, Study)>, plan: &Plan, watch: &Watch) -> Result<Vec<Played>, Error> {
    let mut out = vec![];
    for (heading, study) in rows {
        let Some(answer) = study.run(plan, watch)? else { break };
        out.push(Played { heading, study, answer });
    }
    Ok(out)
}

/// The strategies that take part, each under its own name.
fn entrants(loaded: &mut Loaded, asked: &[String]) -> Result<Vec<Entrant>, Failure> {
    let mut words: Vec<(String, bool)> = vec![];
    for word in asked {
        if Path::new(word).is_dir() {
            let files = disk::files_in(word)?;
            let before = words.len();
            words.extend(files.into_iter().filter(|file| file.ends_with(".ron")).map(|file| (file, false)));
            if words.len() == before {
                return Err(Failure::Wrong(format!("error: the folder `{word}` holds no strategy file")));
            }
        } else {
            words.push((word.trim().to_owned(), true));
        }
    }
    if words.is_empty() {
        words.extend(FILES.iter().map(|(name, _)| (name.to_string(), false)));
    }
    let mut out: Vec<Entrant> = vec![];
    for (word, asked) in words {
        let tree = tree_of(&word, "--strategies", &disk::open, &mut loaded.sources)
            .map_err(|problems| Failure::Wrong(loaded.wrong(problems).explain(colour())))?;
        let stem = Path::new(&word).file_stem().and_then(|stem| stem.to_str()).unwrap_or(&word);
        let name = if is_file(&word) { stem.to_owned() } else { word.clone() };
        if out.iter().any(|other| other.name == name) {
            return Err(Failure::Wrong(format!("error: the strategy `{name}` takes part twice")));
        }
        out.push(Entrant { name, tree, asked });
    }
    Ok(out)
}
