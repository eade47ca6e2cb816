//! What is measured of a game: yes or no, or a number, by name, and the columns in which it is read.

use super::rows::ColumnId;

/// Where a metric's number is read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum From {
    /// A column's row; no number means no case.
    Column(ColumnId, usize),
    /// The mean of one column over another, of the rows where the latter is above zero.
    Ratio(ColumnId, ColumnId),
    /// The belief a party puts on the other's true type, as a Brier score.
    Brier(usize),
    /// A party's part of the sum of both sides' shares, none where both got nothing.
    SharedOut(ColumnId, usize),
    /// How far one is believed, by counts of kept and of broken.
    Believed(ColumnId, ColumnId, usize),
}

/// A metric.
#[derive(Debug, Clone, PartialEq)]
pub struct Metric {
    /// Its name in tables and JSON.
    pub name: String,
    /// What it is counted in.
    pub unit: String,
    /// What it says.
    pub about: String,
    /// Where it is read.
    pub(crate) from: From,
}

/// A yes or no of every game.
#[derive(Debug, Clone, PartialEq)]
pub struct Indicator {
    /// Its name in tables and JSON.
    pub name: &'static str,
    /// What it says.
    pub about: &'static str,
    /// The column that is above zero when it happened.
    pub column: ColumnId,
    /// The column above zero in the games it is a share of; all games where none.
    pub of: Option<ColumnId>,
}

/// Where a metric is told among the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Chapter {
    /// When things came about.
    When,
    /// What it was all worth.
    Points,
    /// What the deal was like.
    Deal,
    /// How talks went.
    Talks,
    /// What each side came to think of the other.
    Minds,
    /// What was done besides talking.
    Acts,
    /// How long things lasted.
    Spans,
    /// Where things stand at the end.
    Ends,
}

/// What is measured, as the rules of the game list it.
#[derive(Debug, Clone, Default)]
pub struct Measures {
    events: Vec<Indicator>,
    metrics: Vec<(Chapter, Metric)>,
}

impl Measures {
    /// Adds an event that happened where a column is above zero.
    pub fn event(&mut self, name: &'static str, about: &'static str, column: ColumnId) {
        self.events.push(Indicator { name, about, column, of: None });
    }

    /// Adds an event that is told as a share of the games in which another column is above zero.
    pub fn event_of(&mut self, name: &'static str, about: &'static str, column: ColumnId, of: ColumnId) {
        self.events.push(Indicator { name, about, column, of: Some(of) });
    }

    /// Adds a metric to a chapter.
    pub fn metric(
        &mut self,
        chapter: Chapter,
        name: impl Into<String>,
        unit: &str,
        about: impl Into<String>,
        from: From,
    ) {
        let metric = Metric { name: name.into(), unit: unit.into(), about: about.into(), from };
        self.metrics.push((chapter, metric));
    }

    /// The events, in the order in which they were listed.
    pub fn events(self) -> Vec<Indicator> {
        self.events
    }

    /// The metrics, chapter by chapter, each in the order in which they were listed.
    pub fn metrics(self) -> Vec<Metric> {
        let mut metrics = self.metrics;
        metrics.sort_by_key(|(chapter, _)| *chapter);
        metrics.into_iter().map(|(_, metric)| metric).collect()
    }
}
