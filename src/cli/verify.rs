//! Is what a document says still so? Its command is run again, and what it gives is compared.

use std::collections::BTreeSet;
use std::process::{Command, Stdio};

use serde_json::Value;

use super::common::ThreadArgs;
use super::failure::{Exit, Failure, print_page};
use super::made::{is_canonical, takes_threads};
use super::{groups, rows_file, stop};
use crate::MODEL;
use crate::disk;
use crate::error::Error;
use crate::notation::wording::count;
use crate::report::document::OTHERWISE;
use crate::report::text::cut;

/// Repeats what a document says it was made by, and compares: every figure, or where they differ
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A document of this program, as `--format json` prints it
    file: String,
    #[command(flatten)]
    threads: ThreadArgs,
}

/// What says how fast or by which build, and may differ.
const FREE: [&str; 3] = ["made", "seconds", "timing"];

/// What `made` says of the result itself; the rest of it is of the program and the clock.
const HELD: [&str; 8] = ["scenario_hash", "seed", "games", "set", "strategies", "files", "digest", "model"];

/// How many differences are told.
const TOLD: usize = 8;

/// Runs the command.
pub fn run(args: Args) -> Result<Exit, Failure> {
    if rows_file::is_rows(&args.file) {
        return Err(rows_file::no_document(&args.file));
    }
    let wrong = |why: &str| Failure::wrong(format!("`{}` {why}", args.file));
    let then: Value = serde_json::from_str(&disk::text(&args.file, disk::DOCUMENT)?)
        .map_err(|why| wrong(&format!("is no document of this program: {why}\n  `--format json` prints one")))?;
    let Some(command) = then["made"]["command"].as_str() else {
        return Err(wrong("does not say by which command it was made: what plays games says so, as `made.command`"));
    };
    if then["made"]["programs"] == true {
        return Err(wrong("was made with programs in seats: they decide anew, and nothing can be repeated for them"));
    }
    if then["partial"] == true {
        let help = "  play the parts that are missing: `summitry missing --out DIR` lists them";
        return Err(wrong(&format!(
            "is of a batch of which parts are missing: there is no whole result to compare\n{help}"
        )));
    }
    if then["interrupted"] == true {
        return Err(wrong("was stopped before it was done: there is no whole result to compare"));
    }
    if then["made"]["model"] != MODEL {
        let of = &then["made"]["model"];
        return Err(wrong(&format!("was made by model {of}, and this program plays model {MODEL}: other games")));
    }
    let now = again(command, args.threads).map_err(|why| wrong(&format!("cannot be repeated: {why}")))?;
    let mut differ = vec![];
    for name in HELD {
        differences(&then["made"][name], &now["made"][name], &format!("made.{name}"), &mut differ);
    }
    differences(&then, &now, "", &mut differ);
    print_page(&format!("{command}\n"))?;
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

/// What a command of this program gives now, as a document.
fn again(typed: &str, threads: ThreadArgs) -> Result<Value, Error> {
    let unfit = |why: &str| Error::unfit(why.to_owned());
    let words = shell_words::split(typed).map_err(|why| unfit(&format!("its command cannot be read: {why}")))?;
    // A document may be a stranger's: what it makes this program do is play games, and nothing else.
    is_canonical(&words)?;
    let rest = &words[1..];
    if rest.iter().any(|word| word == "-") {
        return Err(unfit("its scenario came by standard input, and is not kept: `--bundle FILE` keeps one"));
    }
    let program = std::env::current_exe().map_err(Error::ours)?;
    let _until = stop::ends("\nstopped: nothing was compared; the same command begins anew".into());
    let mut command = Command::new(program);
    command.args(rest).args(["--format", "json"]);
    if let Some(n) = threads.threads.filter(|_| takes_threads(rest)) {
        command.arg(format!("--threads={n}"));
    }
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let [out, said] = groups::heard(&mut command)?;
    if out.is_empty() {
        let said = String::from_utf8_lossy(&said);
        let said = said.trim().trim_start_matches("error: ");
        let help = "run it where the files that its command names are: `verify` reads them again";
        return Err(unfit(&format!("{said}\n  its command: {}\n  {help}", typed.trim())));
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
