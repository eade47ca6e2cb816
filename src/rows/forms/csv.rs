//! Comma-separated values: a line a row under a line of names, an empty cell where a row has no value.

use std::fmt::Write as _;
use std::sync::Arc;

use csv::{Writer, WriterBuilder};

use super::{Text, date};
use crate::batch::digest;
use crate::error::Error;
use crate::rows::columns::{Column, Field, Values};

/// Columns as comma-separated values.
#[derive(Debug)]
pub struct Csv {
    /// What the columns are.
    pub fields: Vec<Arc<Field>>,
    /// Begins with the mark by which a spreadsheet knows UTF-8.
    pub marked: bool,
}

/// What UTF-8 may begin with.
const MARK: &str = "\u{feff}";

impl Text for Csv {
    fn head(&self) -> Result<Vec<u8>, Error> {
        let mut out = if self.marked { MARK.as_bytes().to_vec() } else { vec![] };
        out.extend(lines([self.fields.iter().map(|field| plain(&field.name))])?);
        Ok(out)
    }

    fn lines(&self, columns: &[Column]) -> Result<Vec<u8>, Error> {
        let (mut writer, mut cell) = (writer(), String::new());
        for row in 0..columns.first().map_or(0, Column::rows) {
            for column in columns {
                cell.clear();
                if column.is_valid(row) {
                    written(column, row, &mut cell);
                }
                writer.write_field(&cell).map_err(Error::ours)?;
            }
            writer.write_record(None::<&[u8]>).map_err(Error::ours)?;
        }
        writer.into_inner().map_err(Error::ours)
    }
}

fn writer() -> Writer<Vec<u8>> {
    WriterBuilder::new().from_writer(vec![])
}

/// Lines of cells.
pub fn lines<L: IntoIterator<Item = String>>(all: impl IntoIterator<Item = L>) -> Result<Vec<u8>, Error> {
    let mut writer = writer();
    for line in all {
        writer.write_record(line).map_err(Error::ours)?;
    }
    writer.into_inner().map_err(Error::ours)
}

/// A text that no spreadsheet takes for a formula.
pub fn plain(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if formula { format!("'{text}") } else { text.to_owned() }
}

fn written(column: &Column, row: usize, out: &mut String) {
    let _ = match &column.values {
        Values::Flags(all) => write!(out, "{}", all[row]),
        Values::Whole(all) => write!(out, "{}", all[row]),
        Values::Numbers(all) => number(all[row], out),
        Values::Dates(all) => write!(out, "{}", date(all[row])),
        Values::Names(_) => write!(out, "{}", plain(column.word(row).unwrap_or_default())),
        Values::Digests(all) => write!(out, "{}", digest::play(all[row])),
    };
}

/// The shortest that is read back to the same number.
fn number(x: f64, out: &mut String) -> std::fmt::Result {
    let size = x.abs();
    if size == 0.0 || (1e-5..1e16).contains(&size) { write!(out, "{x}") } else { write!(out, "{x:e}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_back_and_a_text_is_no_formula() {
        for x in [0.0, -1.5, 1.0 / 3.0, 1e-300, 6.02e23, f64::MAX, 5e-324, 123_456_789.25] {
            let mut out = String::new();
            number(x, &mut out).expect("written");
            assert_eq!(out.parse(), Ok(x), "{out}");
            assert!(out.len() < 26, "{out}");
        }
        assert_eq!(["=1+1", "@x", "-2", "deal"].map(plain), ["'=1+1", "'@x", "'-2", "deal"]);
    }
}
