//! The sign table: what a change must do to the model, as data, and whether it does.
//!
//! A reader who knows the subject checks a model by its signs before its numbers. Each row changes a scenario and says
//! which way the chance of a deal must go, and which way other measures. A sign holds beyond three paired standard
//! errors. "Not up" and "not down" hold when the difference is not beyond three standard errors that way and half of
//! its 95 % interval is below .01 in the measure's own unit: a study too small to see a rise does not show its absence.

use serde::{Deserialize, Serialize};

use super::measures::Measures;
use super::paired::{Among, Ask, Contrast, contrast};
use super::sums::Found;
use super::variants::{Cell, Change, cell, changes};
use crate::batch::play::{Plan, Watch};
use crate::error::Error;
use crate::notation::tree::{Kind, Node, Place, Source};
use crate::notation::{Code, Problem};
use crate::scenario::fields::{Field, fields as rows_of};
use crate::scenario::file_kind::SIGNS;
use crate::scenario::folder::beside;
use crate::scenario::language::decode;
use crate::scenario::language::read;
use crate::scenario::load::{Loaded, Open, Problems, load};
use crate::scenario::shipped::or_named;
use crate::world::setup::Setup;

/// The format of a sign table's file.
pub const SCHEMA: &str = "summitry.signs/1";
/// A sign holds beyond so many standard errors.
pub const FIRM: f64 = 3.0;
/// An absence is shown when half of the 95 % interval is below this.
pub const NARROW: f64 = 0.01;

/// Which way a measure must go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub enum Want {
    /// It rises.
    Up,
    /// It falls.
    Down,
    /// It does not rise.
    NotUp,
    /// It does not fall.
    NotDown,
    /// Either way will do.
    Free,
}

/// What came of a wish.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It holds.
    Pass,
    /// The study is too small to say.
    Undecided,
    /// The opposite holds.
    Fail,
}

impl Want {
    /// Whether a difference is as wanted.
    pub fn judge(self, found: Option<&Found>) -> Verdict {
        let Some(found) = found else {
            return if self == Want::Free { Verdict::Pass } else { Verdict::Undecided };
        };
        let up = found.difference > FIRM * found.se && found.difference > 0.0;
        let down = found.difference < -FIRM * found.se && found.difference < 0.0;
        let (holds, opposite) = match self {
            Want::Up => (up, down),
            Want::Down => (down, up),
            Want::NotUp => (down || !up && found.half() < NARROW, up),
            Want::NotDown => (up || !down && found.half() < NARROW, down),
            Want::Free => (true, false),
        };
        match (holds, opposite) {
            (true, _) => Verdict::Pass,
            (_, true) => Verdict::Fail,
            _ => Verdict::Undecided,
        }
    }

    /// In a word or two.
    pub fn word(self) -> &'static str {
        match self {
            Want::Up => "up",
            Want::Down => "down",
            Want::NotUp => "not up",
            Want::NotDown => "not down",
            Want::Free => "either",
        }
    }
}

/// A wish about a measure.
#[derive(Debug, Clone, PartialEq, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Wish {
    /// The measure: a class, an event or a metric, by its name in the documents of `batch`.
    pub measure: String,
    /// The measure it is a ratio to: sums over all games.
    #[serde(default)]
    pub per: Option<String>,
    /// Which way it must go.
    pub wanted: Want,
    /// Over which games.
    #[serde(default)]
    pub among: Among,
}

/// A row as written, its changes aside.
#[derive(Debug, Clone, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct Written {
    /// The change in words.
    change: String,
    /// Which way the chance of a deal must go.
    deal: Want,
    /// What else must follow.
    #[serde(default)]
    also: Vec<Wish>,
}

/// A sign table as written.
#[derive(Debug, Clone, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct File {
    /// The file format: always "summitry.signs/1".
    schema: String,
    /// The scenario that all is asked of, as seen from the table's folder.
    scenario: String,
    /// A paragraph for the reader.
    #[serde(default)]
    about: String,
    /// The rows: a change each, and what it is to do.
    rows: Vec<Written>,
}

/// What may stand in a sign table.
pub fn fields() -> Vec<Field> {
    let mut rows = rows_of::<File>();
    for (path, meaning) in [
        ("rows.N.base", "What the change is held against: path and value; the scenario as written where left out."),
        ("rows.N.variant", "The change: path and value."),
    ] {
        let (unit, range, default) = ("map".into(), String::new(), Some("{}".into()));
        rows.push(Field { path: path.into(), unit, range, default, meaning: meaning.into(), drawable: false });
    }
    rows
}

/// A row of the table: what is changed, and what is claimed to follow.
#[derive(Debug, Clone)]
pub struct Claim {
    /// The change in words.
    pub change: String,
    /// Wishes, the one about deals first.
    pub wishes: Vec<Wish>,
    base: usize,
    variant: usize,
}

/// A sign table, its scenarios ready to be played.
#[derive(Debug, Clone)]
pub struct SignTable {
    /// What it is about.
    pub about: String,
    /// The scenario it is asked of, as found.
    pub scenario: String,
    /// Names the scenario whatever its comments and order.
    pub hash: String,
    /// The scenario as it was put together.
    pub loaded: Loaded,
    /// The rows.
    pub rows: Vec<Claim>,
    cells: Vec<Setup>,
    measures: Measures,
}

/// Reads a sign table and the scenario it names; `sets` change the scenario of every row.
pub fn read_table(name: &str, open: Open<'_>, sets: &[String]) -> Result<SignTable, Problems> {
    let alone = |text: &str| vec![Source { name: name.to_owned(), text: text.to_owned() }];
    let text = open(name).map_err(|e| Problems { problems: vec![SIGNS.unread(&e)], sources: alone("") })?;
    let wrong = |problems| Problems { problems, sources: alone(&text) };
    let root = SIGNS.read(name, &text, 0).map_err(wrong)?;
    let scenario = scenario_of(name, &root, open).map_err(|problem| wrong(vec![problem]))?;
    let mut loaded = load(&scenario, open, sets)?;
    let source = u16::try_from(loaded.sources.len()).unwrap_or(u16::MAX - 1);
    loaded.sources.push(Source { name: name.to_owned(), text: text.clone() });
    let root = read(&text, source).map_err(|problems| loaded.wrong(problems))?;
    build(&loaded, scenario, root)
}

fn scenario_of(name: &str, root: &Node, open: Open<'_>) -> Result<String, Problem> {
    match root.entry("scenario").map(|node| (&node.kind, node.at)) {
        Some((Kind::Text(written), at)) => match beside(name, written) {
            Ok(file) => Ok(or_named(file, written, open)),
            Err(problem) => Err(problem.or_at(at)),
        },
        Some((_, at)) => Err(Problem::new(Code::WrongType, "`scenario` names a file in double quotes").at(at)),
        None => Err(Problem::new(Code::MissingField, "a sign table says which `scenario` it is about").at(root.at)),
    }
}

/// A row's changes are a map of paths, which no type can hold: they are taken out before the rest is decoded.
fn take(row: &mut Node, field: &str) -> Option<Node> {
    match &mut row.kind {
        Kind::Record(_, fields) => {
            let i = fields.iter().position(|(key, _)| key.is_word(field))?;
            Some(fields.remove(i).1)
        }
        _ => None,
    }
}

fn build(loaded: &Loaded, scenario: String, mut root: Node) -> Result<SignTable, Problems> {
    let mut problems = vec![];
    let mut sets: Vec<(Place, [Vec<Change>; 2])> = vec![];
    if let Kind::Record(_, fields) = &mut root.kind
        && let Some((_, rows)) = fields.iter_mut().find(|(key, _)| key.is_word("rows"))
        && let Kind::List(_, rows) = &mut rows.kind
    {
        for row in rows {
            let taken = ["base", "variant"].map(|field| take(row, field));
            let read = taken.map(|map| match map.map(|map| changes(&map)) {
                None => vec![],
                Some(Ok(changes)) => changes,
                Some(Err(problem)) => {
                    problems.push(problem);
                    vec![]
                }
            });
            sets.push((row.at, read));
        }
    }
    let file = match decode::<File>(&root) {
        Ok(file) => file,
        Err(more) => {
            problems.extend(more);
            return Err(loaded.wrong(problems));
        }
    };
    if file.schema != SCHEMA {
        problems
            .push(Problem::new(Code::OtherKind, format!("the `schema` of a sign table is \"{SCHEMA}\"")).at(root.at));
    }
    let (mut cells, mut known, mut rows): (Vec<Cell>, Vec<Vec<Change>>, Vec<Claim>) = (vec![], vec![], vec![]);
    for (written, (at, [base, variant])) in file.rows.iter().zip(sets) {
        if variant.is_empty() && base.is_empty() {
            problems
                .push(Problem::new(Code::NoEffect, format!("the row \"{}\" changes nothing", written.change)).at(at));
        }
        let mut place = |changes: Vec<Change>| match known.iter().position(|k| *k == changes) {
            Some(i) => i,
            None => match cell(loaded, &changes) {
                Ok(cell) => {
                    cells.push(cell);
                    known.push(changes);
                    cells.len() - 1
                }
                Err(more) => {
                    problems.extend(more.problems);
                    0
                }
            },
        };
        let deal = Wish { measure: "deal".into(), per: None, wanted: written.deal, among: Among::All };
        let wishes = [deal].into_iter().chain(written.also.iter().cloned()).collect();
        let (base, variant) = (place(base), place(variant));
        rows.push(Claim { change: written.change.clone(), wishes, base, variant });
    }
    let mut measures = Measures::of(cells.iter().map(|c| &c.setup));
    for wish in rows.iter().flat_map(|row| &row.wishes) {
        for name in [Some(&wish.measure), wish.per.as_ref()].into_iter().flatten() {
            problems.extend(measures.ask(name, cells.iter().map(|c| &c.setup)).err().map(|e| e.problem().at(root.at)));
        }
    }
    if !problems.is_empty() {
        problems.dedup();
        return Err(loaded.wrong(problems));
    }
    let plain = cell(loaded, &[])?;
    let (about, cells) = (file.about, cells.into_iter().map(|c| c.setup).collect());
    Ok(SignTable {
        about,
        scenario: if scenario.is_empty() { file.scenario } else { scenario },
        hash: plain.hash,
        loaded: loaded.clone(),
        rows,
        cells,
        measures,
    })
}

/// A wish judged.
#[derive(Debug, Clone)]
pub struct Granted {
    /// In the games that it is asked of; none where fewer than two have a case on either side.
    pub found: Option<Found>,
    /// In all games, each side's that have a case: what `batch` says of either.
    pub in_all: Option<Found>,
    /// What came of it.
    pub verdict: Verdict,
}

/// A row judged.
#[derive(Debug, Clone)]
pub struct Judged {
    /// What came of each wish.
    pub wishes: Vec<Granted>,
    /// The worst of them.
    pub verdict: Verdict,
}

/// A table judged.
#[derive(Debug, Clone)]
pub struct Verdicts {
    /// Row by row.
    pub rows: Vec<Judged>,
    /// Games played in every cell.
    pub games: u64,
}

impl Verdicts {
    /// Rows that came to a verdict.
    pub fn count(&self, verdict: Verdict) -> usize {
        self.rows.iter().filter(|row| row.verdict == verdict).count()
    }
}

impl SignTable {
    /// How many different scenarios are played.
    pub fn cells(&self) -> usize {
        self.cells.len()
    }

    /// Keeps the rows at these places alone.
    #[cfg(feature = "internals")]
    pub fn keep(&mut self, rows: &[usize]) {
        let kept = std::mem::take(&mut self.rows).into_iter().enumerate();
        self.rows = kept.filter(|(i, _)| rows.contains(i)).map(|(_, row)| row).collect();
        let used = |c: usize| self.rows.iter().any(|row| row.base == c || row.variant == c);
        let places: Vec<usize> = (0..self.cells.len()).filter(|c| used(*c)).collect();
        let place = |c: usize| places.iter().position(|p| *p == c).unwrap_or(0);
        for row in &mut self.rows {
            (row.base, row.variant) = (place(row.base), place(row.variant));
        }
        self.cells = places.iter().map(|c| self.cells[*c].clone()).collect();
        self.measures = Measures::of(self.cells.iter());
        for wish in self.rows.iter().flat_map(|row| &row.wishes) {
            for text in [Some(&wish.measure), wish.per.as_ref()].into_iter().flatten() {
                let known = self.measures.ask(text, self.cells.iter());
                debug_assert!(known.is_ok(), "{known:?}");
            }
        }
    }

    /// Plays a plan's games in every cell and judges.
    pub fn judge(&self, plan: &Plan, watch: &Watch) -> Result<Verdicts, Error> {
        let mut contrasts = vec![];
        for row in &self.rows {
            for wish in &row.wishes {
                let measure = self.measures.find(&wish.measure)?;
                let ask = match &wish.per {
                    None => Ask::Mean(measure),
                    Some(per) => Ask::Ratio(measure, self.measures.find(per)?),
                };
                let of = |among: Among| Contrast { base: row.base, variant: row.variant, ask, among };
                contrasts.push(of(wish.among));
                contrasts.extend((wish.among != Among::All).then(|| of(Among::All)));
            }
        }
        let cells: Vec<&Setup> = self.cells.iter().collect();
        let played = contrast(&cells, &self.measures, &contrasts, plan, watch)?;
        let mut found = played.found.into_iter();
        let judge = |row: &Claim| {
            let mut next = || found.next().flatten();
            let mut grant = |wish: &Wish| {
                let found = next();
                let in_all = if wish.among == Among::All { found } else { next() };
                Granted { found, in_all, verdict: wish.wanted.judge(found.as_ref()) }
            };
            let wishes: Vec<Granted> = row.wishes.iter().map(&mut grant).collect();
            let verdict = wishes.iter().map(|granted| granted.verdict).max().unwrap_or(Verdict::Pass);
            Judged { wishes, verdict }
        };
        let rows = self.rows.iter().map(judge).collect();
        Ok(Verdicts { rows, games: played.games })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(difference: f64, se: f64) -> Found {
        let (n, own_se, variant) = ([100; 2], [0.1; 2], 0.5 + difference);
        Found { n, base: 0.5, variant, own_se, difference, se, saved: None, both: None }
    }

    #[test]
    fn a_sign_holds_beyond_three_standard_errors() {
        assert_eq!(Want::Up.judge(Some(&found(0.031, 0.01))), Verdict::Pass);
        assert_eq!(Want::Up.judge(Some(&found(0.029, 0.01))), Verdict::Undecided);
        assert_eq!(Want::Up.judge(Some(&found(-0.031, 0.01))), Verdict::Fail);
        assert_eq!(Want::Down.judge(Some(&found(-0.031, 0.01))), Verdict::Pass);
        assert_eq!(Want::Up.judge(Some(&found(0.0, 0.0))), Verdict::Undecided);
    }

    #[test]
    fn an_absence_needs_a_narrow_interval() {
        assert_eq!(Want::NotUp.judge(Some(&found(0.002, 0.004))), Verdict::Pass);
        assert_eq!(Want::NotUp.judge(Some(&found(0.002, 0.006))), Verdict::Undecided);
        assert_eq!(Want::NotUp.judge(Some(&found(0.02, 0.004))), Verdict::Fail);
        assert_eq!(Want::NotUp.judge(Some(&found(-0.2, 0.02))), Verdict::Pass);
        assert_eq!(Want::NotDown.judge(Some(&found(0.2, 0.02))), Verdict::Pass);
        assert_eq!(Want::NotDown.judge(None), Verdict::Undecided);
        assert_eq!(Want::Free.judge(None), Verdict::Pass);
    }
}
