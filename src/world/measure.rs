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

/// In which games a metric has a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Case {
    /// In all.
    #[default]
    Always,
    /// In those in which an event happened.
    If(&'static str),
    /// In some of those in which an event happened, and in which.
    SomeOf(&'static str, &'static str),
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
    /// In which games it has a case.
    pub(crate) case: Case,
    /// The rule of the game that measures it.
    pub(crate) rule: &'static str,
    /// Where it is read.
    pub(crate) from: From,
}

impl Metric {
    /// It has a case in the games in which an event happened.
    pub fn only_if(&mut self, event: &'static str) {
        self.case = Case::If(event);
    }

    /// It has a case in some of the games in which an event happened; `which` goes on after "games in which".
    pub fn in_some_of(&mut self, event: &'static str, which: &'static str) {
        self.case = Case::SomeOf(event, which);
    }
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
    /// The rule of the game that measures it.
    pub rule: &'static str,
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
    /// The rule that lists its own now.
    rule: &'static str,
    events: Vec<Indicator>,
    metrics: Vec<(Chapter, Metric)>,
}

impl Measures {
    /// What is added from now on is measured by a rule of this name.
    pub fn by(&mut self, rule: &'static str) {
        self.rule = rule;
    }

    /// Adds an event that happened where a column is above zero.
    pub fn event(&mut self, name: &'static str, about: &'static str, column: ColumnId) {
        self.events.push(Indicator { name, about, column, of: None, rule: self.rule });
    }

    /// Adds an event that is told as a share of the games in which another column is above zero.
    pub fn event_of(&mut self, name: &'static str, about: &'static str, column: ColumnId, of: ColumnId) {
        self.events.push(Indicator { name, about, column, of: Some(of), rule: self.rule });
    }

    /// Adds a metric to a chapter; it has a case in every game if nothing is said of that.
    pub fn metric(
        &mut self,
        chapter: Chapter,
        name: impl Into<String>,
        unit: &str,
        about: impl Into<String>,
        from: From,
    ) -> &mut Metric {
        let (case, rule) = (Case::Always, self.rule);
        let metric = Metric { name: name.into(), unit: unit.into(), about: about.into(), case, rule, from };
        self.metrics.push((chapter, metric));
        &mut self.metrics.last_mut().expect("just put there").1
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
