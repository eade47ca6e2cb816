//! Which two of the profiles of a folder bargain.

use super::draft::DraftParty;
use super::left_out as left;
use crate::error::Error;
use crate::notation::near::{did_you_mean, listed};

/// A profile's file, and what it could be read as, with what there is to say of it.
#[derive(Debug)]
pub(super) struct Profile {
    pub(super) file: String,
    /// What the party is called.
    pub(super) name: String,
    pub(super) read: Result<Read, Error>,
    /// It is of no party of this domain, so that nobody misses it where it cannot be read.
    pub(super) stranger: bool,
}

/// A profile that was read.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub(super) party: DraftParty,
    /// What every outcome is worth besides.
    pub(super) bias: f64,
    pub(super) notes: Vec<String>,
    pub(super) left_out: Vec<String>,
}

/// The two that bargain, and what became of the others. With `asked` these two, in that order; else there must be two
/// and no third, not even one that cannot be read: who is meant is not guessed. `left_out` are the files that are no
/// profiles: they are told where there are too few.
pub(super) fn pick(
    profiles: Vec<Profile>,
    asked: Option<&[String; 2]>,
    left_out: &[String],
) -> Result<([Read; 2], Vec<String>), Vec<String>> {
    let chosen: Vec<usize> = match asked {
        Some(asked) => asked.iter().map(|name| find(&profiles, name)).collect::<Result<_, _>>()?,
        None => (0..profiles.len()).filter(|i| profiles[*i].read.is_ok()).collect(),
    };
    let broken = profiles.iter().any(|profile| profile.read.is_err() && !profile.stranger);
    let [one, two] = match chosen[..] {
        [one, two] if asked.is_some() || !broken => [one, two],
        [] | [_] => return Err(too_few(&profiles, chosen.len(), left_out)),
        _ => return Err(too_many(&profiles, &chosen)),
    };
    if one == two {
        return Err(vec![format!("`{}` cannot bargain with itself: name two with --parties", profiles[one].name)]);
    }
    let (mut found, mut others) = ([None, None], vec![]);
    for (i, profile) in profiles.into_iter().enumerate() {
        match (profile.read, chosen.iter().position(|c| *c == i)) {
            (Ok(read), Some(seat)) => found[seat] = Some(read),
            (Err(problem), Some(_)) => return Err(vec![format!("{}: {problem}", profile.file)]),
            (Ok(_), None) => others.push(left(&profile.file, "two parties bargain, and it was not chosen")),
            (Err(problem), None) => others.push(left(&profile.file, problem)),
        }
    }
    match found {
        [Some(one), Some(two)] => Ok(([one, two], others)),
        _ => Err(vec!["a profile is missing".to_owned()]),
    }
}

/// The profile that a name means: a party's, or that of its file.
fn find(profiles: &[Profile], name: &str) -> Result<usize, Vec<String>> {
    let is = |p: &&Profile| p.name == name || p.file == name || super::draft::stem(&p.file) == name;
    let found = profiles.iter().position(|p| is(&p));
    found.ok_or_else(|| {
        let near = did_you_mean(name, profiles.iter().map(|p| p.name.as_str()));
        vec![format!("there is no party `{name}`{near}\n  {}", names(profiles.iter()))]
    })
}

fn names<'a>(profiles: impl Iterator<Item = &'a Profile>) -> String {
    format!("the parties here: {}", listed(profiles.map(|p| p.name.as_str())))
}

fn too_few(profiles: &[Profile], found: usize, left_out: &[String]) -> Vec<String> {
    let broken = profiles.iter().filter_map(|p| p.read.as_ref().err().map(|problem| format!("{}: {problem}", p.file)));
    let out: Vec<String> = broken.collect();
    if out.is_empty() {
        let found = format!("bargaining is between two parties, found {found}");
        return [found].into_iter().chain(left_out.iter().cloned()).collect();
    }
    out
}

fn too_many(profiles: &[Profile], chosen: &[usize]) -> Vec<String> {
    let fine = chosen.iter().map(|i| &profiles[*i]);
    let example: Vec<&str> = fine.clone().take(2).map(|p| p.name.as_str()).collect();
    let broken = profiles.iter().filter(|profile| !profile.stranger);
    let broken = broken.filter_map(|p| p.read.as_ref().err().map(|why| format!("\n  not read: {}: {why}", p.file)));
    let broken: Vec<String> = broken.collect();
    vec![format!(
        "{} profiles could bargain, and two do: name them, the one that opens first: --parties {}\n  {}{}",
        chosen.len() + broken.len(),
        crate::command_line::quoted(&example.join(",")),
        names(fine),
        broken.concat()
    )]
}
