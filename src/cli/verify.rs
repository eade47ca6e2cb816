//! Is what a document says still so? Its command is run again, and what it gives is compared.

use std::collections::BTreeSet;
use std::process::{Command, Stdio};

use serde_json::Value;

use super::bundle::opened;
use super::common::ThreadArgs;
use super::failure::{Exit, Failure, print_page};
use super::made::{is_canonical, takes_threads};
use super::{groups, rows_file, said, stop};
use crate::MODEL;
use crate::command_line::CommandLine;
use crate::disk;
use crate::disk::Carried;
use crate::error::Error;
use crate::notation::wording::count;
use crate::report::document::OTHERWISE;
use crate::report::text::cut;

/// Repeats what a document says it was made by, and compares: every figure, or where they differ
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A document of this program, as `--format json` prints it, or a bundle that holds one (`--bundle FILE.json`), which
    /// brings the files that it was made of
    file: String,
    /// Do not compare: print the document that comes of it now
    #[arg(long)]
    print: bool,
    #[command(flatten)]
    threads: ThreadArgs,
}

/// What says how fast, by which build or to which file, and may differ.
const FREE: [&str; 4] = ["made", "seconds", "timing", "written"];

/// What `made` says of the result itself; the rest of it is of the program and the clock.
const HELD: [&str; 8] = ["scenario_hash", "seed", "games", "set", "strategies", "files", "digest", "model"];

/// How many differences are told.
const TOLD: usize = 8;

/// A document that says how it was made, and the files that came with it.
struct Then {
    document: Value,
    words: Vec<String>,
    carried: Option<Carried>,
}

/// Runs the command.
pub fn run(args: Args) -> Result<Exit, Failure> {
    let Then { document: then, words, carried } = read(&args.file)?;
    if args.print {
        return print(words, carried, args.threads);
    }
    let now = again(&args, &words).map_err(|why| wrong(&args.file, &format!("cannot be repeated: {why}")))?;
    let mut differ = vec![];
    for name in HELD {
        differences(&then["made"][name], &now["made"][name], &format!("made.{name}"), &mut differ);
    }
    differences(&then, &now, "", &mut differ);
    print_page(&format!("{}\n", then["made"]["command"].as_str().unwrap_or_default()))?;
    if differ.is_empty() {
        print_page("  gives the same again, every figure\n")?;
        return Ok(0);
    }
    let mut page = format!("  gives something else in {}\n", count(differ.len(), "place"));
    for [place, then, now] in differ.iter().take(TOLD) {
        page.push_str(&format!("    {place}: {} then, {} now\n", cut(then, 24), cut(now, 24)));
    }
    print_page(&page)?;
    Ok(OTHERWISE)
}

fn wrong(file: &str, why: &str) -> Failure {
    Failure::wrong(format!("`{file}` {why}"))
}

/// The document of a file, where it is one that can be repeated.
fn read(file: &str) -> Result<Then, Failure> {
    if rows_file::is_rows(file) {
        return Err(table_of_ours(file).unwrap_or_else(|| rows_file::no_document(file)));
    }
    let wrong = |why: &str| wrong(file, why);
    let text = disk::text(file, disk::DOCUMENT)?;
    let (document, carried) = opened(&text)
        .map_err(|why| wrong(&format!("is no document of this program: {why}\n  `--format json` prints one")))?;
    let made = &document["made"];
    let Some(command) = made["command"].as_str() else {
        return Err(wrong("does not say by which command it was made: what plays games says so, as `made.command`"));
    };
    if made["programs"] == true {
        return Err(wrong("was made with programs in seats: they decide anew, and nothing can be repeated for them"));
    }
    if document["partial"] == true {
        let help = "  play the parts that are missing: `summitry missing --out DIR` lists them";
        return Err(wrong(&format!(
            "is of a batch of which parts are missing: there is no whole result to compare\n{help}"
        )));
    }
    if document["interrupted"] == true {
        return Err(wrong("was stopped before it was done: there is no whole result to compare"));
    }
    if made["model"] != MODEL {
        let of = &made["model"];
        return Err(wrong(&format!("was made by model {of}, and this program plays model {MODEL}: other games")));
    }
    let words = words_of(command, carried.is_some()).map_err(|why| wrong(&format!("cannot be repeated: {why}")))?;
    Ok(Then { document, words, carried })
}

/// What to do with a table of comma-separated values that says which command made it: that command gives the document too.
fn table_of_ours(file: &str) -> Option<Failure> {
    const TABLE: disk::Wanted = disk::Wanted { what: "a table", most: 1 << 28, decides: false };
    let text = disk::text(file, TABLE).ok()?;
    let (_, command) = text.lines().next()?.strip_prefix("# summitry ")?.split_once(": ")?;
    let words = shell_words::split(command.strip_suffix(" --csv").unwrap_or(command)).ok()?;
    is_canonical(&words).ok()?;
    let again = words[2..].iter().fold(CommandLine::new(&words[1]), CommandLine::word).option("format", "json");
    Some(Failure::wrong(format!(
        "`{file}` is a table for spreadsheets, and `verify` repeats documents\n  the same as a document: {again} > FILE.json"
    )))
}

/// The words of a document's command. A document may be a stranger's: what it makes this program do is play games, and
/// nothing else.
fn words_of(command: &str, carried: bool) -> Result<Vec<String>, Error> {
    let unfit = |why: &str| Error::unfit(why.to_owned());
    let words = shell_words::split(command).map_err(|why| unfit(&format!("its command cannot be read: {why}")))?;
    is_canonical(&words)?;
    if !carried && words.iter().any(|word| word == "-" || word.ends_with("=-")) {
        return Err(unfit("it was given a file by standard input, which is not kept: `--bundle FILE.json` keeps one"));
    }
    Ok(words)
}

/// Runs a document's command in the place of this one: it prints a document.
fn print(mut words: Vec<String>, carried: Option<Carried>, threads: ThreadArgs) -> Result<Exit, Failure> {
    carried.into_iter().for_each(disk::read_instead);
    if let Some(n) = threads.threads.filter(|_| takes_threads(&words[1..])) {
        words.push(format!("--threads={n}"));
    }
    words.push("--format=json".into());
    said::instead(words.into_iter().map(Into::into).collect());
    super::go()
}

/// What the command of a document gives now, as a document.
fn again(args: &Args, words: &[String]) -> Result<Value, Error> {
    let unfit = |why: &str| Error::unfit(why.to_owned());
    let program = std::env::current_exe().map_err(Error::ours)?;
    let _until = stop::ends("\nstopped: nothing was compared; the same command begins anew".into());
    let mut command = Command::new(program);
    command.args(["verify", "--print"]).args(args.threads.threads.map(|n| format!("--threads={n}"))).arg(&args.file);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let [out, said] = groups::heard(&mut command)?;
    if out.is_empty() {
        let said = String::from_utf8_lossy(&said);
        let said = said.trim().trim_start_matches("error: ");
        let help = "run it where the files that its command names are: `verify` reads them again";
        return Err(unfit(&format!("{said}\n  its command: {}\n  {help}", shell_words::join(words))));
    }
    serde_json::from_slice(&out).map_err(|why| unfit(&format!("its command gives no document now: {why}")))
}

/// The places at which two documents differ, with both values.
fn differences(then: &Value, now: &Value, at: &str, out: &mut Vec<[String; 3]>) {
    match (then, now) {
        (Value::Object(a), Value::Object(b)) => {
            let keys: BTreeSet<&String> =
                a.keys().chain(b.keys()).filter(|key| !FREE.contains(&key.as_str())).collect();
            for key in keys {
                let at = if at.is_empty() { key.clone() } else { format!("{at}.{key}") };
                differences(a.get(key).unwrap_or(&Value::Null), b.get(key).unwrap_or(&Value::Null), &at, out);
            }
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            for (i, (a, b)) in a.iter().zip(b).enumerate() {
                differences(a, b, &format!("{at}[{i}]"), out);
            }
        }
        _ if then == now => {}
        _ => out.push([at.to_owned(), then.to_string(), now.to_string()]),
    }
}
