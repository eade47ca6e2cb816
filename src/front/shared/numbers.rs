//! What a piece came to where nothing is counted: plain numbers, in rows, as a sealed document.

use serde::{Deserialize, Serialize};

use super::What;
use crate::batch::sealed::{Says, is_whole, sealed};
use crate::error::Error;
use crate::model::MODEL;

/// The format.
const FORMAT: &str = "summitry.numbers/1";

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Numbers {
    schema: String,
    model: u32,
    version: String,
    /// Names the question.
    of: String,
    piece: What,
    /// Null where it is not a number.
    rows: Vec<Vec<Option<f64>>>,
    digest: String,
}

/// As a document.
pub fn text(of: &str, piece: &What, rows: Vec<Vec<f64>>) -> Result<String, Error> {
    let number = |x: f64| (!x.is_nan()).then_some(x);
    sealed(&Numbers {
        schema: FORMAT.into(),
        model: MODEL,
        version: env!("CARGO_PKG_VERSION").into(),
        of: of.into(),
        piece: piece.clone(),
        rows: rows.into_iter().map(|row| row.into_iter().map(number).collect()).collect(),
        digest: String::new(),
    })
}

/// The rows of a document of this piece of this question: so many, each as long as is said.
pub fn read(of: &str, piece: &What, (rows, long): (usize, usize), text: &str) -> Result<Vec<Vec<f64>>, Error> {
    let unread = |e: serde_json::Error| Error::unfit(format!("it is no document of numbers: {e}"));
    let says: Says = serde_json::from_str(text).map_err(unread)?;
    if says.schema != FORMAT || says.model != Some(MODEL) {
        let found = format!("{} of {}", says.schema, says.model());
        return Err(Error::unfit(format!("it is {found}, and {FORMAT} of model {MODEL} is needed")));
    }
    if !is_whole(text) {
        return Err(Error::unfit("it was changed after it was written"));
    }
    let found: Numbers = serde_json::from_str(text).map_err(unread)?;
    if found.of != of || found.piece != *piece {
        return Err(Error::unfit(format!("it is of {}, and {of} was asked", found.of)));
    }
    if found.rows.len() != rows || found.rows.iter().any(|row| row.len() != long) {
        return Err(Error::unfit("it holds other numbers than were asked for"));
    }
    let number = |x: Option<f64>| x.unwrap_or(f64::NAN);
    Ok(found.rows.into_iter().map(|row| row.into_iter().map(number).collect()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back_to_the_bit() {
        let piece = What::Candidate { point: vec![0.1 + 0.2, 1e-300], from: 3, to: 5 };
        let rows = vec![vec![1.0 / 3.0, f64::NAN], vec![-0.0, f64::MIN_POSITIVE / 3.0]];
        let bits = |rows: &[Vec<f64>]| rows.iter().flatten().map(|x| x.to_bits()).collect::<Vec<_>>();
        let text = text("x", &piece, rows.clone()).expect("written");
        assert_eq!(bits(&read("x", &piece, (2, 2), &text).expect("read")), bits(&rows));
        let says = |of: &str, piece: &What, shape| read(of, piece, shape, &text).expect_err("refused").to_string();
        assert!(says("y", &piece, (2, 2)).contains("it is of x, and y was asked"));
        assert!(says("x", &What::Games(3, 5), (2, 2)).contains("it is of x"));
        assert!(says("x", &piece, (2, 3)).contains("other numbers"));
        assert!(read("x", &piece, (2, 2), &text.replace("0.333", "0.334")).is_err());
    }
}
