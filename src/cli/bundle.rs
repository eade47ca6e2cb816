//! `--bundle`: the scenario as it is played, in one file that needs no other.

use std::path::Path;

use super::failure::Failure;
use super::made;
use crate::disk;
use crate::error::Error;
use crate::report::made::version;
use crate::scenario::bundle::bundled;
use crate::scenario::kind::load_any;
use crate::scenario::loaded::Loaded;

/// Where the scenario is kept as it is played.
#[derive(Debug, Clone, clap::Args)]
pub struct BundleArgs {
    /// Write the scenario as it is played to a new file: what it extends, changes and seats are in it, and any command
    /// takes it, in any folder
    #[arg(long, value_name = "FILE", value_parser = name)]
    pub bundle: Option<String>,
}

fn name(text: &str) -> Result<String, Error> {
    if text.ends_with(".ron") { Ok(text.to_owned()) } else { Err(Error::argument("a scenario file ends in .ron")) }
}

impl BundleArgs {
    /// Sees, before games are played, that the file can be written.
    pub fn room(&self) -> Result<(), Failure> {
        self.bundle.iter().try_for_each(|file| Ok(disk::room_for(file)?))
    }

    /// Writes it, where it is asked for: after it was seen to load to the scenario of this hash. `seed` is the one that
    /// was drawn where none was given.
    pub fn keep(&self, loaded: &Loaded, hash: &str, seed: u64) -> Result<(), Failure> {
        let Some(file) = &self.bundle else { return Ok(()) };
        let text = format!("{}{}", head(file, hash, seed), bundled(loaded));
        let (again, _) = load_any(file, &|_| Ok(text.clone()), &[])?;
        if again.hash() != hash {
            return Err(Failure::Ours("the bundle does not load to the scenario that was played".into()));
        }
        Ok(disk::write_new(file, &text)?)
    }
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
