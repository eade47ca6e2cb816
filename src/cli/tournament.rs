//! `tournament`: which strategy does best, against whom, and how sure is that?

use std::path::Path;
use std::sync::Arc;

use super::common::{Failure, Format, SeedArgs, colour, count, json, print};
use super::progress::watched;
use super::{Exit, disk};
use crate::batch::play::{Plan, Watch, threads};
use crate::report::tournament::{Heading, document, page};
use crate::scenario::load::{Loaded, Problems, load};
use crate::scenario::presets::FILES;
use crate::scenario::strategy_file::{is_file, tree_of};
use crate::studies::tournament::{Entrant, Study};
use crate::studies::variants::cell;

/// Which strategy does best, against whom, and how sure is that?
///
/// Plays every strategy on each side against every strategy on the other, all on the same games.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The scenario file
    scenario: String,
    /// Change a field of the scenario first; may be repeated
    #[arg(long = "set", value_name = "PATH=VALUE")]
    sets: Vec<String>,
    /// Names of strategies and files, with commas between, or a folder of strategy files; all built-in ones where left
    /// out
    #[arg(long, value_name = "LIST_OR_FOLDER", value_delimiter = ',')]
    strategies: Vec<String>,
    /// How many games of each pair
    #[arg(long, default_value = "10_000", value_parser = count, allow_hyphen_values = true)]
    games: u64,
    #[command(flatten)]
    seed: SeedArgs,
    /// Text for people or one JSON document
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Threads; as many as the machine runs side by side where left out
    #[arg(long, value_parser = count, allow_hyphen_values = true)]
    threads: Option<u64>,
}

/// Runs it.
pub fn run(args: Args) -> Result<Exit, Failure> {
    let wrong = |problems: Problems| Failure::Wrong(problems.explain(colour()));
    let mut loaded = load(&disk::with_shelf(&args.scenario), &disk::open, &args.sets).map_err(wrong)?;
    let hash = cell(&loaded, &[]).map_err(wrong)?.hash;
    let entrants = entrants(&mut loaded, &args.strategies)?;
    let study = Study::of(&loaded, &entrants).map_err(wrong)?;
    if study.names.len() < 2 {
        return Err(Failure::Wrong("error: a tournament needs two strategies at least that play this scenario".into()));
    }
    let seed = args.seed.get();
    let plan = Plan::new(seed, args.games).threads(args.threads.map_or_else(threads, |n| n as usize));
    let watch = Arc::new(Watch::default());
    let total = args.games.saturating_mul(study.cells() as u64);
    let answer = watched(&watch, total, "games", || study.run(&plan, &watch)).map_err(Failure::Ours)?;
    let heading = Heading { file: args.scenario, hash, sets: args.sets, seed, asked: args.games };
    print(&match args.format {
        Format::Json => json(&document(&heading, &study, &answer))?,
        Format::Text => page(&heading, &study, &answer),
    })?;
    Ok(if answer.interrupted { 3 } else { 0 })
}

/// The strategies that take part, each under its own name.
fn entrants(loaded: &mut Loaded, asked: &[String]) -> Result<Vec<Entrant>, Failure> {
    let mut words: Vec<(String, bool)> = vec![];
    for word in asked {
        if Path::new(word).is_dir() {
            let files = disk::files_in(word).map_err(|text| Failure::Wrong(format!("error: {text}")))?;
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
