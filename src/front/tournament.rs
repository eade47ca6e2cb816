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
use crate::scenario::strategy_file::{is_file, tree_of};
use crate::studies::tournament::{Entrant, Study};

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
        let (ready, plan) = (self.ready, self.many.plan());
        super::enough(&plan, 2)?;
        let study = study(&mut ready.loaded.clone(), &self.strategies, "strategy", &ready.said.scenario)?;
        self.many.in_all(study.cells());
        let standings = study.run(&plan, &self.many.watch)?.ok_or_else(|| {
            Error::Interrupted("stopped before two games of each pair were played: nothing can be said".into())
        })?;
        let heading = heading(ready, self.many.seed, self.many.games);
        let report = Report::new(String::new(), document(&heading, &study, &standings));
        let after = format!("{} a cell were asked for", count(heading.asked as usize, "game"));
        Ok(Answer::new(ready, report.interrupted(standings.interrupted, &after)))
    }
}

/// A tournament in a scenario, with all that play in it made ready; `called` is what the list of strategies is called where
/// something is wrong with it.
pub fn study(loaded: &mut Loaded, strategies: &[String], called: &str, scenario: &str) -> Result<Study, Error> {
    let entrants = entrants(loaded, strategies, called)?;
    let study = Study::of(loaded, &entrants)?;
    if study.names.len() < 2 {
        return Err(Error::argument(format!("a tournament needs two strategies at least that play `{scenario}`")));
    }
    Ok(study)
}

/// The strategies that take part, each under its own name.
fn entrants(loaded: &mut Loaded, asked: &[String], called: &str) -> Result<Vec<Entrant>, Error> {
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
    }
    let mut out: Vec<Entrant> = vec![];
    for (word, asked) in words {
        let tree =
            tree_of(&word, called, &disk::open, &mut loaded.sources).map_err(|problems| loaded.wrong(problems))?;
        let stem = Path::new(&word).file_stem().and_then(|stem| stem.to_str()).unwrap_or(&word);
        let name = if is_file(&word) { stem.to_owned() } else { word.clone() };
        if out.iter().any(|other| other.name == name) {
            return Err(Error::argument(format!("the strategy `{name}` takes part twice")));
        }
        out.push(Entrant { name, tree, asked });
    }
    Ok(out)
}
