//! Columns as plain arrays: a name, a type, values, and which of them count.

use std::sync::Arc;

/// What the values of a column are.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Type {
    /// Yes or no.
    Flag,
    /// A whole number from 0 on.
    Whole,
    /// A number.
    Number,
    /// A date, in days since 1 January 1970.
    Date,
    /// One of these names.
    Name(Arc<[String]>),
    /// 64 bits that name what happened.
    Digest,
}

impl Type {
    /// Its name in a data dictionary.
    pub fn called(&self) -> &'static str {
        match self {
            Type::Flag => "yes or no",
            Type::Whole => "whole number",
            Type::Number => "number",
            Type::Date => "date",
            Type::Name(_) => "name",
            Type::Digest => "digest",
        }
    }
}

/// What a column is.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its name, such as `us.total` or `parties.us.optimism`.
    pub name: String,
    /// What its values are.
    pub holds: Type,
    /// What they are counted in; empty where there is nothing to count.
    pub unit: String,
    /// What it says.
    pub about: String,
    /// The games in which it has a value; all of them where this is none.
    pub games: Option<String>,
}

/// Values, one a row. A name is its place among the names of its type.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Values {
    /// Of [`Type::Flag`].
    Flags(Vec<bool>),
    /// Of [`Type::Whole`].
    Whole(Vec<i64>),
    /// Of [`Type::Number`].
    Numbers(Vec<f64>),
    /// Of [`Type::Date`].
    Dates(Vec<i32>),
    /// Of [`Type::Name`].
    Names(Vec<u32>),
    /// Of [`Type::Digest`].
    Digests(Vec<u64>),
}

/// A column of some rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// What it is.
    pub field: Arc<Field>,
    /// Its values; where a row has none, any.
    pub values: Values,
    /// Which rows have a value; none where the column has one in every row.
    pub valid: Option<Vec<bool>>,
}

impl Column {
    /// A column without rows.
    pub(crate) fn empty(field: &Arc<Field>) -> Column {
        Column::with_room(field, 0)
    }

    /// The same with room for so many rows.
    fn with_room(field: &Arc<Field>, rows: usize) -> Column {
        let values = match field.holds {
            Type::Flag => Values::Flags(Vec::with_capacity(rows)),
            Type::Whole => Values::Whole(Vec::with_capacity(rows)),
            Type::Number => Values::Numbers(Vec::with_capacity(rows)),
            Type::Date => Values::Dates(Vec::with_capacity(rows)),
            Type::Name(_) => Values::Names(Vec::with_capacity(rows)),
            Type::Digest => Values::Digests(Vec::with_capacity(rows)),
        };
        let valid = field.games.is_some().then(|| Vec::with_capacity(rows));
        Column { field: field.clone(), values, valid }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.field.name
    }

    /// How many rows it has.
    pub fn rows(&self) -> usize {
        match &self.values {
            Values::Flags(all) => all.len(),
            Values::Whole(all) => all.len(),
            Values::Numbers(all) => all.len(),
            Values::Dates(all) => all.len(),
            Values::Names(all) => all.len(),
            Values::Digests(all) => all.len(),
        }
    }

    /// Whether a row has a value.
    pub fn is_valid(&self, row: usize) -> bool {
        self.valid.as_ref().is_none_or(|valid| valid[row])
    }

    /// The name in a row of a column of names.
    pub fn word(&self, row: usize) -> Option<&str> {
        match (&self.values, &self.field.holds) {
            (Values::Names(codes), Type::Name(names)) => names.get(codes[row] as usize).map(String::as_str),
            _ => None,
        }
    }

    /// Adds numbers, one a row; what is not a number is no value where the column may be without.
    pub(crate) fn add(&mut self, lane: &[f64]) {
        if let Some(valid) = &mut self.valid {
            valid.extend(lane.iter().map(|x| !x.is_nan()));
        }
        let kept = lane.iter().copied();
        match &mut self.values {
            Values::Flags(all) => all.extend(kept.map(|x| x > 0.0)),
            Values::Whole(all) => all.extend(kept.map(|x| x as i64)),
            Values::Numbers(all) => all.extend(kept),
            Values::Dates(all) => all.extend(kept.map(|x| x as i32)),
            Values::Names(all) => all.extend(kept.map(|x| x as u32)),
            Values::Digests(_) => {}
        }
    }

    /// Adds digests, one a row.
    pub(crate) fn add_digests(&mut self, digests: impl Iterator<Item = u64>) {
        if let Values::Digests(all) = &mut self.values {
            all.extend(digests);
        }
    }

    /// Adds the rows of another column of the same field.
    pub(crate) fn append(&mut self, other: &Column) {
        if let (Some(valid), Some(more)) = (&mut self.valid, &other.valid) {
            valid.extend_from_slice(more);
        }
        match (&mut self.values, &other.values) {
            (Values::Flags(all), Values::Flags(more)) => all.extend_from_slice(more),
            (Values::Whole(all), Values::Whole(more)) => all.extend_from_slice(more),
            (Values::Numbers(all), Values::Numbers(more)) => all.extend_from_slice(more),
            (Values::Dates(all), Values::Dates(more)) => all.extend_from_slice(more),
            (Values::Names(all), Values::Names(more)) => all.extend_from_slice(more),
            (Values::Digests(all), Values::Digests(more)) => all.extend_from_slice(more),
            _ => {}
        }
    }
}

/// The rows of pieces of the same columns, one piece after another: column by column, each as large as it needs to be, so
/// that hardly more than one of them is in memory twice.
pub(crate) fn under_each_other(pieces: impl Iterator<Item = Vec<Column>>) -> Vec<Column> {
    let mut pieces: Vec<_> = pieces.map(Vec::into_iter).collect();
    let next = || {
        let parts: Vec<Column> = pieces.iter_mut().filter_map(Iterator::next).collect();
        let mut all = Column::with_room(&parts.first()?.field, parts.iter().map(Column::rows).sum());
        parts.into_iter().for_each(|part| all.append(&part));
        Some(all)
    };
    std::iter::from_fn(next).collect()
}
