//! The forms that rows are written in, each a file.

pub mod csv;
pub mod ndjson;
pub mod parquet;

use super::columns::Column;
use crate::error::Error;

/// A form. A group is encoded on the thread that filled it; encoded groups are put into the file in order.
pub trait Form: Send + Sync {
    /// A group, encoded.
    type Group: Send;
    /// A file that groups are put into.
    type File: Send;

    /// A new file; what it begins with is added to `out`.
    fn begin(&self, out: &mut Vec<u8>) -> Result<Self::File, Error>;
    /// Encodes a group.
    fn encoded(&self, columns: &[Column]) -> Result<Self::Group, Error>;
    /// Puts the next group into a file.
    fn put(&self, file: &mut Self::File, group: Self::Group, out: &mut Vec<u8>) -> Result<(), Error>;
    /// What a file ends with.
    fn end(&self, file: Self::File, out: &mut Vec<u8>) -> Result<(), Error>;
}

/// A form of plain text: lines in order, and nothing else to remember.
pub trait Text: Send + Sync {
    /// What a file begins with.
    fn head(&self) -> Result<Vec<u8>, Error>;
    /// The lines of a group.
    fn lines(&self, columns: &[Column]) -> Result<Vec<u8>, Error>;
}

impl<T: Text> Form for T {
    type Group = Vec<u8>;
    type File = ();

    fn begin(&self, out: &mut Vec<u8>) -> Result<(), Error> {
        out.extend(self.head()?);
        Ok(())
    }

    fn encoded(&self, columns: &[Column]) -> Result<Vec<u8>, Error> {
        self.lines(columns)
    }

    fn put(&self, _: &mut (), group: Vec<u8>, out: &mut Vec<u8>) -> Result<(), Error> {
        out.extend(group);
        Ok(())
    }

    fn end(&self, _: (), _: &mut Vec<u8>) -> Result<(), Error> {
        Ok(())
    }
}

/// A date as it is written: `2025-07-28`.
fn date(days: i32) -> String {
    let first = jiff::civil::Date::constant(1970, 1, 1);
    first.checked_add(jiff::Span::new().days(days)).map_or_else(|_| String::new(), |date| date.to_string())
}
