//! What is taken home: the debrief as one page that opens anywhere, of a class that runs or of its file alone.

use std::sync::Arc;

use super::debrief::Looked;
use super::ended;
use super::found::Found;
use super::lesson;
use super::log::Log;
use super::pages;
use super::reflect;
use super::study::Cloud;
use crate::error::Error;
use crate::scenario::load::Open;

/// The page, and why its games are not this program's own, where another model played them.
pub struct Taken {
    /// The page.
    pub html: String,
    /// What else should be known of it.
    pub note: Option<String>,
    /// How many tables it tells of.
    pub tables: usize,
}

/// Of a class's file, which is left as it is; the lesson is the one that the file keeps where none is named.
pub fn of_file(path: &str, named: Option<&str>, open: Open<'_>) -> Result<Taken, Error> {
    let log = Log::look(path)?;
    let ready = match named {
        Some(name) => lesson::read(name, open)?,
        None => {
            let files = log.files()?;
            let (name, _) = files.first().ok_or_else(|| {
                Error::file(format!(
                    "`{path}` is of an edition that kept no lesson: name the file it was opened with by --lesson"
                ))
            })?;
            let kept = |path: &str| {
                let found = files.iter().find(|(name, _)| name == path).map(|(_, text)| text.clone());
                found.ok_or_else(|| Error::file(format!("the class's file holds no `{path}`")))
            };
            lesson::read(name, &kept)?
        }
    };
    let ready = Arc::new(ready);
    if log.about()?.is_none() {
        return Err(Error::file(format!("in `{path}` no class was opened yet")));
    }
    let Found { mut state, closed, .. } = Found::of(&ready, &log)?;
    let cloud = Cloud::play(&ready.setup, state.seed);
    let tables = ended::gather(&mut state).into_iter().map(|table| table.told(&ready.setup));
    let tables = tables.collect::<Result<Vec<_>, _>>()?;
    let looked = Looked::at(ready, &tables, Some(&cloud));
    let html = pages::debrief::takeaway(&looked, &reflect::thought(&mut state)).into_string();
    Ok(Taken { html, note: closed, tables: tables.len() })
}
