//! Every strategy against every other.

use std::path::Path;
use std::sync::Arc;

use super::answer::{Answer, heading};
use super::many::{Many, many};
use crate::batch::play::Watch;
use crate::disk;
use crate::error::Error;
use crate::notation::wording::count;
use crate::ready::Ready;
use crate::report::document::Report;
use crate::report::tournament::document;
use crate::scenario::load::Loaded;
use crate::scenario::presets::FILES;
use crate::scenario::strategy_file::{is_file, tree_of, tree_of_program};
use crate::studies::tournament::{Entrant, Standings, Study};

impl Ready {
    /// Every strategy on each side against every strategy on the other, all on the same games.
    ///
    /// ```
    /// # use summitry::prelude::*;
    /// let ready = Draft::open("stockholm-2025").ready()?;
    /// let answer = ready.tournament(["boulware", "conceder"]).games(50).answer()?;
    /// assert!(answer.json().contains("\"summitry.tournament/1\""));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn tournament(&self, strategies: impl IntoIterator<Item = impl Into<String>>) -> Tournament<'_> {
        let strategies = strategies.into_iter().map(Into::into).collect();
        Tournament { ready: self, strategies, many: Many::of(10_000) }
    }
}

/// A tournament to be played.
#[derive(Debug, Clone)]
pub struct Tournament<'a> {
    ready: &'a Ready,
    strategies: Vec<String>,
    many: Many,
}

many!(Tournament<'_>, games, "How many games of each pair; 10 000 where left out.");

impl Tournament<'_> {
    /// Plays it, as the document of `summitry tournament`. Strategies are names, files or folders of files; where none is
    /// named, all that are built in take part. Fewer than two are refused.
    pub fn answer(self) -> Result<Answer, Error> {
        let of = self.prepared()?;
        of.many.in_all(of.study.cells());
        of.told(of.study.run(&of.many.plan(), &of.many.watch)?)
    }

    pub(super) fn prepared(self) -> Result<Prepared, Error> {
        let Tournament { ready, strategies, many } = self;
        super::enough(&many.plan(), 2)?;
        let study = study(&mut ready.loaded.clone(), &strategies, &[], "strategy", &ready.said.scenario)?;
        Ok(Prepared { ready: ready.clone(), study, many })
    }
}

/// A tournament that can be played.
pub(super) struct Prepared {
    pub ready: Ready,
    pub study: Study,
    pub many: Many,
}

impl Prepared {
    /// What was found, as the document; nothing was where it was stopped too early.
    pub fn told(&self, found: Option<Standings>) -> Result<Answer, Error> {
        let Prepared { ready, study, many } = self;
        let standings = found.ok_or_else(|| {
            Error::Interrupted("stopped before two games of each pair were played: nothing can be said".into())
        })?;
        let heading = heading(ready, many.seed, many.games);
        let report = Report::new(String::new(), document(&heading, study, &standings));
        let after = format!("{} a cell were asked for", count(heading.asked as usize, "game"));
        Ok(Answer::new(ready, report.interrupted(standings.interrupted, &after)))
    }
}

/// A tournament in a scenario, with all that play in it made ready; `called` is what the list of strategies is called where
/// something is wrong with it. Of the strategies these are `programs`; others that ask for one are refused.
pub fn study(
    loaded: &mut Loaded,
    strategies: &[String],
    programs: &[&str],
    called: &str,
    scenario: &str,
) -> Result<Study, Error> {
    let entrants = entrants(loaded, strategies, programs, called)?;
    let study = Study::of(loaded, &entrants)?;
    let outside =
        study.pairs().flat_map(|(_, setup)| setup.parties.iter().filter_map(|party| party.outside.as_deref()));
    if let Some(name) = outside.into_iter().find(|name| !programs.contains(name)) {
        let text = format!("a strategy asks for the outside program `{name}`, and no program is bound to that name");
        return Err(Error::argument(text));
    }
    if study.names.len() < 2 {
        return Err(Error::argument(format!("a tournament needs two strategies at least that play `{scenario}`")));
    }
    Ok(study)
}

/// The strategies that take part, each under its own name.
fn entrants(loaded: &mut Loaded, asked: &[String], programs: &[&str], called: &str) -> Result<Vec<Entrant>, Error> {
    let mut words: Vec<(String, bool)> = vec![];
    for word in asked {
        if let Some(files) = disk::folder(word)? {
            let before = words.len();
            words.extend(files.into_iter().filter(|file| file.ends_with(".ron")).map(|file| (file, false)));
            if words.len() == before {
                return Err(Error::argument(format!("the folder `{word}` holds no strategy file")));
            }
        } else {
            words.push((word.trim().to_owned(), true));
        }
    }
    if words.is_empty() {
        words.extend(FILES.iter().map(|(name, _)| (name.to_string(), false)));
        words.extend(programs.iter().map(|name| ((*name).to_owned(), true)));
    }
    let mut out: Vec<Entrant> = vec![];
    for (word, asked) in words {
        let tree = match programs.contains(&word.as_str()) {
            true => tree_of_program(&word, called, &mut loaded.sources),
            false => tree_of(&word, called, &disk::open, &mut loaded.sources),
        };
        let tree = tree.map_err(|problems| loaded.wrong(problems))?;
        let stem = Path::new(&word).file_stem().and_then(|stem| stem.to_str()).unwrap_or(&word);
        let name = if is_file(&word) { stem.to_owned() } else { word.clone() };
        if out.iter().any(|other| other.name == name) {
            return Err(Error::argument(format!("the strategy `{name}` takes part twice")));
        }
        out.push(Entrant { name, tree, asked });
    }
    Ok(out)
}
