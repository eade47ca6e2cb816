//! What a question came to, as the document that the program writes.

use serde_json::Value;

#[cfg(feature = "charts")]
use crate::figures::{Names, page, section};
use crate::ready::Ready;
use crate::report::document::Report;
use crate::report::heading::Heading;

/// What was found, as the document that `--format json` prints (FORMATS.md says what each kind holds); `made` is not in
/// it, for no command was typed.
///
/// Needs the feature `report`, which is on by default.
#[derive(Debug, Clone)]
pub struct Answer {
    report: Report,
    #[cfg(feature = "charts")]
    names: Names,
}

impl Answer {
    pub(super) fn new(ready: &Ready, report: Report) -> Answer {
        #[cfg(not(feature = "charts"))]
        let _ = ready; // its names are for charts
        Answer {
            report,
            #[cfg(feature = "charts")]
            names: Names::of(ready.setup()),
        }
    }

    /// A document of what has no world, whose charts name things as it does.
    pub(super) fn plain(report: Report) -> Answer {
        Answer {
            report,
            #[cfg(feature = "charts")]
            names: Names::default(),
        }
    }

    /// A document of as many games as its heading asks for, or of fewer where it was stopped.
    pub(super) fn counted(ready: &Ready, heading: &Heading, document: Value, games: u64) -> Answer {
        Answer::new(ready, Report::new(String::new(), document).counted(heading, games))
    }

    /// The document: indented JSON, with a line break at its end.
    pub fn json(&self) -> String {
        self.report.json()
    }

    /// Stopped before all was played: it says what was found until then.
    pub fn interrupted(&self) -> bool {
        self.report.exit() == 3
    }

    /// Its charts on one page of HTML that needs no network, no script and no other file; of a kind that has no charts,
    /// none.
    ///
    /// Needs the feature `charts`, which is on by default.
    #[cfg(feature = "charts")]
    pub fn charts(&self) -> Option<String> {
        let section = section(self.report.document(), &self.names)?;
        Some(page(&section.title.clone(), &[section]))
    }
}

/// What a document of a scenario says first.
pub(super) fn heading(ready: &Ready, seed: u64, asked: u64) -> Heading {
    let said = ready.said.clone();
    Heading { scenario: said.scenario, sets: said.sets, hash: ready.hash().to_owned(), seed, asked }
}
