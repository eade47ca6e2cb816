//! `report`: what documents and scenarios say, as one page of charts that opens anywhere.

use std::sync::atomic::Ordering;

use serde_json::{Value, json};

use super::bundle::opened;
use super::common::{SeedArgs, count};
use super::failure::{Exit, Failure, print_page, say};
use super::progress::{watch, watched};
use super::{again, discover, pictures, rows_file};
use crate::batch::play::{Plan, Watch, batch, threads};
use crate::command_line::CommandLine;
use crate::disk;
use crate::figures::{Names, Section, kinds, known, page, sampled, section};
use crate::front::Draft;
use crate::notation::wording;
use crate::ready::Ready;
use crate::report::batch::{How, report};
use crate::report::heading::Heading;
use crate::report::text::cut;
use crate::studies::sample::Sample;

/// One page of charts, of documents that this program wrote and of scenarios that it plays
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Documents (`--format json`), folders of them, files of rows, or scenarios, which are played
    #[arg(required = true, value_name = "FILE")]
    files: Vec<String>,
    /// The page to write
    #[arg(long, short, value_name = "FILE", default_value = "report.html")]
    out: String,
    /// Write each chart as an SVG of its own into this folder
    #[arg(long, value_name = "DIR")]
    figures: Option<String>,
    /// With --figures: write each as a PNG too, 1 504 pixels wide, for what takes no SVG
    #[arg(long, requires = "figures")]
    png: bool,
    /// Write over files that are there
    #[arg(long)]
    replace: bool,
    /// The page's title; that of the first scenario where left out
    #[arg(long)]
    title: Option<String>,
    /// Change a field of the scenarios that are played; may be repeated
    #[arg(long = "set", value_name = "PATH=VALUE")]
    sets: Vec<String>,
    /// How many games of a scenario are played
    #[arg(long, default_value = "10_000", value_parser = count, allow_hyphen_values = true)]
    games: u64,
    /// Of a file of rows: what counts as a yes, whose tree and boxes are drawn [default: deal]
    #[arg(long = "where", value_name = "EXPRESSION")]
    question: Option<String>,
    #[command(flatten)]
    seed: SeedArgs,
}

/// Games of which rounds are looked at: a batch keeps none.
const SAMPLE: u64 = 2_000;
/// Rounds of all of them at most: each is held for each lever.
const ROUNDS: u64 = 1_000_000;

/// Runs it.
pub fn run(args: Args) -> Result<Exit, Failure> {
    if args.png {
        pictures::can()?;
    }
    if !args.replace {
        disk::room_for(&args.out)?;
    }
    let Found { files, left_out } = files(&args)?;
    if args.question.is_some() && !args.files.iter().any(|file| rows_file::is_rows(file)) {
        let text = "--where is asked of rows, and no file of rows is named\n  name one, or ask by summitry discover";
        return Err(Failure::wrong(text));
    }
    if files.iter().all(|(_, document)| document.is_some()) && !args.sets.is_empty() {
        let text = "--set changes a scenario that is played, and here only documents are drawn";
        return Err(Failure::wrong(format!("{text}\n  name the scenario, or leave it out")));
    }
    if let Some(folder) = &args.figures {
        disk::make_folder(folder)?;
        room_for_charts(&args, folder)?;
    }
    let (seed, mut sections, mut title) = (args.seed.get(), vec![], args.title.clone());
    left_out.iter().for_each(|why| say(&format!("left out: {why}")));
    let (watch, total) = (watch(), args.games + SAMPLE);
    for (file, document) in files {
        let (found, named) = match document {
            Some(document) => watched(&watch, SAMPLE, "games", || told(&file, &document, &watch)),
            None => watched(&watch, total, "games", || played(&file, &args, seed, &watch))?,
        };
        sections.extend(found);
        title = title.or(named);
        if watch.stop.load(Ordering::Relaxed) {
            break;
        }
    }
    sections.extend((!left_out.is_empty()).then(|| Section {
        title: "Left out".into(),
        about: left_out.join("; "),
        charts: vec![],
    }));
    let title = title.unwrap_or_else(|| "What summitry found".into());
    let html = page(&title, &sections);
    let written = write(&args, &args.out, &html).and_then(|()| figures(&args, &sections));
    print_page(&screen(&args, &sections, html.len(), written.is_ok()))?;
    written?;
    if watch.stop.load(Ordering::Relaxed) {
        say(&format!("stopped before it was done; all of it: {}", again::typed(seed)));
        return Ok(3);
    }
    Ok(0)
}

/// Writes each chart as a picture of its own, where that is asked for.
fn figures(args: &Args, sections: &[Section]) -> Result<(), Failure> {
    let Some(folder) = &args.figures else { return Ok(()) };
    for (name, chart) in named(sections) {
        write(args, &format!("{folder}/{name}.svg"), chart.alone())?;
        if args.png {
            let (bytes, lacks) = pictures::drawn(chart)?;
            write(args, &format!("{folder}/{name}.png"), bytes)?;
            if !lacks.is_empty() {
                say(&format!("{name}.png: the font of pictures lacks signs such as {lacks}"));
            }
        }
    }
    Ok(())
}

/// Refuses a folder that holds charts, before a game is played for others.
fn room_for_charts(args: &Args, folder: &str) -> Result<(), Failure> {
    let is_chart = |file: &&String| [".svg", ".png"].iter().any(|ending| file.ends_with(ending));
    match disk::files_in(folder)?.iter().find(is_chart).filter(|_| !args.replace) {
        Some(there) => Err(Failure::wrong(format!(
            "`{there}` is there already\n  name another folder for --figures, or write over what is there: --replace"
        ))),
        None => Ok(()),
    }
}

fn write(args: &Args, file: &str, bytes: impl AsRef<[u8]>) -> Result<(), Failure> {
    Ok(if args.replace { disk::replace(file, bytes) } else { disk::write_new(file, bytes) }?)
}

/// What is drawn: documents, and scenarios by their name.
struct Found {
    files: Vec<(String, Option<Value>)>,
    /// What stands in a folder and cannot be drawn, or says what another says, in words.
    left_out: Vec<String>,
}

/// The files asked for; of a folder, its documents in order of name. One of a folder that cannot be drawn is left out;
/// one that was named is an error.
fn files(args: &Args) -> Result<Found, Failure> {
    let mut out = Found { files: vec![], left_out: vec![] };
    for name in &args.files {
        if rows_file::is_rows(name) {
            out.add(name.clone(), Some(of_rows(name, args)?));
            continue;
        }
        if !disk::is_folder(name) {
            let document = document(name)?;
            out.add(name.clone(), document);
            continue;
        }
        let mut inside = disk::files_in(name)?;
        inside.retain(|file| file.ends_with(".json"));
        if inside.iter().any(|file| file.ends_with("/manifest.json")) {
            return Err(Failure::wrong(format!(
                "`{name}` holds parts, and what they come to is a document: the command that plays them prints it with \
                 --format json, of a batch this one too\n  summitry merge --out {} --format json > batch.json",
                shell_words::quote(name)
            )));
        }
        if inside.is_empty() {
            let text = format!("`{name}` holds no document: `--format json` prints one, and its name ends in .json");
            return Err(Failure::wrong(text));
        }
        for file in inside {
            match document(&file) {
                Ok(document) => out.add(file, document),
                Err(Failure::Wrong(why)) => out.left_out.push(first_line(&why)),
                Err(other) => return Err(other),
            }
        }
    }
    if out.files.is_empty() {
        let text = format!("there is nothing to draw\n  {}", out.left_out.join("\n  "));
        return Err(Failure::wrong(text));
    }
    Ok(out)
}

impl Found {
    /// Adds what is drawn; what says the same as one before is drawn once.
    fn add(&mut self, file: String, document: Option<Value>) {
        let says = |document: &Value| {
            let mut said = document.clone();
            if let Value::Object(fields) = &mut said {
                fields.retain(|name, _| !["made", "seconds"].contains(&name.as_str()));
            }
            said
        };
        let same = document.as_ref().map(says).and_then(|said| {
            let mut others = self.files.iter().filter_map(|(name, other)| Some((name, other.as_ref()?)));
            others.find(|(_, other)| says(other) == said).map(|(name, _)| name.clone())
        });
        match same {
            Some(other) => self.left_out.push(format!("`{file}` says what `{other}` says, and is drawn once")),
            None => self.files.push((file, document)),
        }
    }
}

/// What an error says, without what to do about it.
fn first_line(said: &str) -> String {
    said.trim_start_matches("error: ").lines().next().unwrap_or_default().to_owned()
}

/// What `discover` finds in a file of rows, as the document that it prints.
fn of_rows(file: &str, args: &Args) -> Result<Value, Failure> {
    let question = args.question.as_deref().unwrap_or("deal");
    let report = discover::of_rows(file, question, &[], args.seed)?.report(question, discover::BOXES)?;
    let mut document = report.document().clone();
    let command = CommandLine::new("discover").word(file).option("where", question).to_string();
    document["made"] = json!({"command": command});
    Ok(document)
}

/// A document of this program; nothing where the file is a scenario.
fn document(file: &str) -> Result<Option<Value>, Failure> {
    if !file.ends_with(".json") {
        return Ok(None);
    }
    let text = disk::text(file, disk::DOCUMENT)?;
    let wrong = |why: String| Failure::wrong(format!("`{file}` {why}"));
    let (value, _) = opened(&text)
        .map_err(|why| wrong(format!("is no document of this program: {why}\n  `--format json` prints one")))?;
    match value["schema"].as_str() {
        Some(schema) if known(schema) => Ok(Some(value)),
        Some(schema) => {
            let all = kinds().iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            Err(wrong(format!("is a `{schema}`, of which there are no charts\n  there are charts of {all}")))
        }
        None => Err(wrong("is no document of this program: it names no schema".into())),
    }
}

/// The charts of a document, with those of its first games where it is a batch whose scenario can be had.
fn told(file: &str, document: &Value, watch: &Watch) -> (Vec<Section>, Option<String>) {
    let ready = scenario_of(file, document);
    let names = ready.as_ref().map(|ready| Names::of(&ready.setup)).unwrap_or_default();
    let mut out: Vec<Section> = section(document, &names).into_iter().collect();
    if ready.is_none() && document["schema"] != "summitry.tournaments/1" {
        let told = "the scenario was not found as it was played, so names are those of the document";
        out.iter_mut().for_each(|section| section.about = format!("{}; {told}", section.about));
    }
    let title = names.title.clone().or_else(|| document["title"].as_str().map(str::to_owned));
    if let (Some(ready), Some(seed), "summitry.batch/1") =
        (&ready, document["seed"].as_u64(), document["schema"].as_str().unwrap_or_default())
        && document["digest"].is_string()
    {
        let games = document["games"].as_u64().unwrap_or(SAMPLE);
        let scenario = document["scenario"].as_str().unwrap_or_default();
        let sets: Vec<String> = changes(document).map(str::to_owned).collect();
        out.extend(by_date(ready, &names, (scenario, &sets), (seed, games), watch));
    }
    (out, title)
}

/// What a document says was changed.
fn changes(document: &Value) -> impl Iterator<Item = &str> {
    document["set"].as_array().into_iter().flatten().filter_map(Value::as_str)
}

/// The scenario of a document, where it can be had just as it was played: here, or beside the document.
fn scenario_of(file: &str, document: &Value) -> Option<Ready> {
    let base = &document["base"];
    let hash = document["scenario_hash"].as_str().or(base["scenario_hash"].as_str())?;
    let (name, changes) = match document["schema"].as_str() {
        Some("summitry.run/1") => typed(document)?, // it names the scenario by its title
        _ => {
            let name = document["scenario"].as_str().or(base["name"].as_str())?;
            (name.to_owned(), changes(document).map(str::to_owned).collect())
        }
    };
    let beside = std::path::Path::new(file).with_file_name(&name).to_string_lossy().into_owned();
    [name, beside].iter().find_map(|name| {
        let draft = changes.iter().fold(Draft::open(name), |draft, change| {
            // A seat is told as the change of a party's strategy.
            let seat = change.strip_prefix("parties.").and_then(|rest| rest.split_once(".strategy="));
            match seat.filter(|(_, plays)| !plays.contains(['(', '"'])) {
                Some((party, plays)) => draft.seat(party, plays),
                None => draft.sets([change]),
            }
        });
        draft.ready().ok().filter(|ready| ready.hash == hash)
    })
}

/// The scenario and the changes of the command that a document was printed by.
fn typed(document: &Value) -> Option<(String, Vec<String>)> {
    let words = shell_words::split(document["made"]["command"].as_str()?).ok()?;
    let after = |option: &str| words.windows(2).filter(|two| two[0] == option).map(|two| two[1].clone()).collect();
    let (mut changes, seats): (Vec<String>, Vec<String>) = (after("--set"), after("--strategy"));
    let seated = |seat: &String| seat.split_once('=').map(|(party, plays)| format!("parties.{party}.strategy={plays}"));
    changes.extend(seats.iter().filter_map(seated));
    let short = |party: &str| {
        after(&format!("--{party}"))
            .iter()
            .map(|plays: &String| format!("parties.{party}.strategy={plays}"))
            .collect::<Vec<_>>()
    };
    changes.extend(["us", "cn"].iter().flat_map(|party| short(party)));
    Some((words.get(2)?.clone(), changes))
}

/// The charts of a scenario, of games that are played here.
fn played(file: &str, args: &Args, seed: u64, watch: &Watch) -> Result<(Vec<Section>, Option<String>), Failure> {
    let ready = super::common::ready(file, &args.sets)?;
    let plan = Plan::new(seed, args.games).threads(threads());
    let done = batch(&ready.setup, &plan, watch)?;
    let command = CommandLine::new("batch").word(file).options("set", &args.sets).option("games", args.games);
    let heading = Heading {
        scenario: file.to_owned(),
        sets: args.sets.clone(),
        hash: ready.hash.clone(),
        seed,
        asked: args.games,
    };
    let how = How {
        next: command.clone(),
        seconds: None,
        threads: plan.threads,
        outside: None,
        from: 0,
        until: None,
        parts: None,
    };
    let mut document = report(&ready.setup, &heading, &how, &done).document().clone();
    document["made"] = json!({"command": command.option("seed", seed).to_string()});
    let names = Names::of(&ready.setup);
    let mut out: Vec<Section> = section(&document, &names).into_iter().collect();
    out.extend(by_date(&ready, &names, (file, &args.sets), (seed, args.games), watch));
    Ok((out, names.title))
}

/// The first games of a batch by date; nothing where it was stopped before any was looked at.
fn by_date(
    ready: &Ready,
    names: &Names,
    (file, sets): (&str, &[String]),
    (seed, games): (u64, u64),
    watch: &Watch,
) -> Option<Section> {
    let most = (ROUNDS / u64::from(ready.setup.rounds.max(1))).clamp(1, SAMPLE);
    let sample = Sample::play(&ready.setup, seed, games.min(most), watch);
    if sample.games == 0 {
        return None;
    }
    let command = CommandLine::new("report").word(file).options("set", sets).option("games", sample.games);
    let command = command.option("seed", seed).to_string();
    let count = wording::count(sample.games as usize, "game");
    let about = format!("{}; played once more for what a batch does not keep: its first {count}, round by round", file);
    Some(Section { title: "How games run".into(), about, charts: sampled(&ready.setup, names, &sample, &command) })
}

/// Every chart with its short name, which is that of its file and of its place on the page.
fn named(sections: &[Section]) -> impl Iterator<Item = (String, &crate::charts::Chart)> {
    sections.iter().enumerate().flat_map(|(i, section)| {
        section.charts.iter().enumerate().map(move |(j, chart)| (format!("part{}c{}", i + 1, j + 1), chart))
    })
}

/// What was written, in words; where not all could be, what it would say.
fn screen(args: &Args, sections: &[Section], bytes: usize, written: bool) -> String {
    let charts = wording::count(named(sections).count(), "chart");
    let mut out = match written {
        true => format!("{}: {charts}, {} kB; it opens in any browser\n", args.out, bytes.div_ceil(1000)),
        false => format!("{charts} were drawn, and not all could be written; what they say\n"),
    };
    for (i, section) in sections.iter().enumerate() {
        out.push_str(&format!("\n{}\n", section.title));
        let prefix = format!("part{}c", i + 1);
        for (name, chart) in named(sections).filter(|(name, _)| name.starts_with(&prefix)) {
            out.push_str(&format!("  {name:<9} {}\n", cut(&chart.title, 68)));
        }
    }
    if let Some(folder) = args.figures.as_ref().filter(|_| written) {
        out.push_str(&format!(
            "\nEach chart by its short name as an SVG{} in {folder}\n",
            if args.png { " and a PNG" } else { "" }
        ));
    }
    out
}
