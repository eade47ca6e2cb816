//! `--bundle`: what a result was made of, in one file: the scenario as it is played, alone, or all of it with the result.

use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::failure::Failure;
use super::made;
use super::study;
use crate::disk;
use crate::disk::Carried;
use crate::error::Error;
use crate::ready::{Ready, ReadyBargaining};
use crate::report::document::{Report, indented};
use crate::report::made::version;
use crate::scenario::bundle::bundled;
use crate::scenario::kind::load_any;
use crate::scenario::loaded::Loaded;

/// The format of a bundle that holds all.
const SCHEMA: &str = "summitry.bundle/1";

/// Where a result is kept with what it was made of.
#[derive(Debug, Clone, clap::Args)]
pub struct BundleArgs {
    /// Write what the result was made of to a new file. One that ends in .ron is the scenario as it is played, with what
    /// it extends, its changes and its seats: any command takes it, in any folder. One that ends in .json holds every
    /// file that was read and the result too: `summitry verify` repeats it, in any folder
    #[arg(long, value_name = "FILE", value_parser = name)]
    pub bundle: Option<String>,
}

fn name(text: &str) -> Result<String, Error> {
    if text.ends_with(".ron") || is_whole(text) {
        return Ok(text.to_owned());
    }
    Err(Error::argument("a bundle ends in .ron (the scenario alone) or in .json (all that was read, and the result)"))
}

fn is_whole(file: &str) -> bool {
    file.ends_with(".json")
}

/// A scenario as it was played.
#[derive(Debug, Clone, Copy)]
pub struct Kept<'a> {
    /// As it was named.
    pub name: &'a str,
    /// As it was put together.
    pub loaded: &'a Loaded,
    /// Its hash.
    pub hash: &'a str,
}

impl<'a> Kept<'a> {
    /// A world that was made ready.
    pub fn ready(name: &'a str, ready: &'a Ready) -> Kept<'a> {
        Kept { name, loaded: &ready.loaded, hash: &ready.hash }
    }

    /// Bargaining on its own.
    pub fn bargaining(name: &'a str, bargain: &'a ReadyBargaining) -> Kept<'a> {
        Kept { name, loaded: &bargain.loaded, hash: &bargain.hash }
    }

    /// Its text, after that was seen to load to the same scenario.
    fn text(&self) -> Result<String, Failure> {
        let text = bundled(self.loaded);
        let (again, _) = load_any(self.name, &|_| Ok(text.clone()), &[])?;
        if again.hash() != self.hash {
            return Err(Failure::Ours("the bundle does not load to the scenario that was played".into()));
        }
        Ok(text)
    }
}

/// A scenario in a bundle.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Scenario {
    name: String,
    hash: String,
    text: String,
}

/// All that a result was made of, and the result.
#[derive(Debug, Serialize, Deserialize)]
struct Bundle {
    schema: String,
    /// The scenarios as they were played.
    scenarios: Vec<Scenario>,
    /// The files that were read.
    #[serde(flatten)]
    carried: Carried,
    /// What was found.
    document: Value,
}

/// A document in a text, by itself or in a bundle; of a bundle also the files that it carries.
pub fn opened(text: &str) -> serde_json::Result<(Value, Option<Carried>)> {
    let document: Value = serde_json::from_str(text)?;
    if document["schema"] != SCHEMA {
        return Ok((document, None));
    }
    let Bundle { document, carried, .. } = serde_json::from_value(document)?;
    Ok((document, Some(carried)))
}

impl BundleArgs {
    /// Sees, before anything is read, that the file can be written; from now on what is read is remembered for it.
    pub fn room(&self) -> Result<(), Failure> {
        let Some(file) = &self.bundle else { return Ok(()) };
        disk::room_for(file)?;
        if is_whole(file) {
            disk::remember();
        }
        Ok(())
    }

    /// Refuses a file that would hold a scenario alone, where more is needed; `what` says what that is.
    pub fn holds(&self, what: Option<&str>) -> Result<(), Failure> {
        match (&self.bundle, what) {
            (Some(file), Some(what)) if !is_whole(file) => Err(Failure::wrong(format!(
                "`{file}` would hold one scenario, and {what}\n  a bundle that ends in .json holds all that is read, and the \
                 result"
            ))),
            _ => Ok(()),
        }
    }

    /// Writes it, where it is asked for. `seed` is the one that was drawn where none was given.
    pub fn keep(&self, played: &[Kept], report: &Report, seed: u64) -> Result<(), Failure> {
        match &self.bundle {
            None => Ok(()),
            Some(file) if is_whole(file) => whole(file, played, report),
            Some(file) => played.iter().try_for_each(|played| alone(file, played, seed)),
        }
    }
}

/// All of it.
fn whole(file: &str, played: &[Kept], report: &Report) -> Result<(), Failure> {
    let ours = |error: serde_json::Error| Failure::Ours(error.to_string());
    let scenario = |played: &Kept| {
        Ok(Scenario { name: played.name.to_owned(), hash: played.hash.to_owned(), text: played.text()? })
    };
    let document = serde_json::from_str(&study::made(report.clone()).json()).map_err(ours)?;
    let bundle = Bundle {
        schema: SCHEMA.into(),
        scenarios: played.iter().map(scenario).collect::<Result<_, Failure>>()?,
        carried: disk::remembered(),
        document,
    };
    Ok(disk::write_new(file, indented(&json!(bundle)))?)
}

/// The scenario by itself.
fn alone(file: &str, played: &Kept, seed: u64) -> Result<(), Failure> {
    Ok(disk::write_new(file, format!("{}{}", head(file, played.hash, seed), played.text()?))?)
}

/// What the file says of itself: by what it was made, and the command that gives the same again of it alone.
fn head(file: &str, hash: &str, seed: u64) -> String {
    let mut out = format!("// A scenario with all it needs, scenario {hash}; by summitry {}.\n", version());
    let name = Path::new(file).file_name().and_then(|name| name.to_str()).unwrap_or(file);
    for (said, made) in [("Made by", made::made(Some(seed))), ("The same of this file", made::on(name, seed))] {
        if let Some(made) = made {
            out.push_str(&format!("// {said}: {}\n", made.command.replace(char::is_control, " ")));
            let of = |[party, file, hash]: &[String; 3]| format!("//   {party} by {file}, {hash}\n").replace('\r', " ");
            out.extend(made.strategies.iter().map(of));
        }
    }
    out
}
