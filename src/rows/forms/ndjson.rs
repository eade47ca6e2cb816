//! Lines of JSON: an object a row, `null` where a row has no value.

use std::io::Write;

use super::{Text, date};
use crate::batch::digest;
use crate::error::Error;
use crate::rows::columns::{Column, Values};

/// Columns as lines of JSON.
#[derive(Debug)]
pub struct Ndjson;

impl Text for Ndjson {
    fn head(&self) -> Result<Vec<u8>, Error> {
        Ok(vec![])
    }

    fn lines(&self, columns: &[Column]) -> Result<Vec<u8>, Error> {
        let mut keys = vec![];
        for column in columns {
            let begins = if keys.is_empty() { "{" } else { "," };
            keys.push(format!("{begins}{}:", serde_json::to_string(column.name()).map_err(Error::ours)?));
        }
        let mut out = vec![];
        for row in 0..columns.first().map_or(0, Column::rows) {
            for (key, column) in keys.iter().zip(columns) {
                out.extend_from_slice(key.as_bytes());
                match column.is_valid(row) {
                    true => written(column, row, &mut out).map_err(Error::ours)?,
                    false => out.extend_from_slice(b"null"),
                }
            }
            out.extend_from_slice(b"}\n");
        }
        Ok(out)
    }
}

fn written(column: &Column, row: usize, out: &mut Vec<u8>) -> std::io::Result<()> {
    match &column.values {
        Values::Flags(all) => write!(out, "{}", all[row]),
        Values::Whole(all) => write!(out, "{}", all[row]),
        Values::Numbers(all) => Ok(serde_json::to_writer(out, &all[row])?),
        Values::Dates(all) => write!(out, "\"{}\"", date(all[row])),
        Values::Names(_) => Ok(serde_json::to_writer(out, column.word(row).unwrap_or_default())?),
        Values::Digests(all) => write!(out, "\"{}\"", digest::play(all[row])),
    }
}
