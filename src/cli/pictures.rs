//! Charts as PNG: a part of the program that is built only where it is asked for (`--features png`).

use super::failure::Failure;
use crate::charts::Chart;

/// Refuses where that part is missing, before anything is played.
pub fn can() -> Result<(), Failure> {
    if cfg!(feature = "png") {
        return Ok(());
    }
    let why = "this program was built without pictures in PNG: SVG is written without --png\n  cargo install --path . \
               --features png builds one with them";
    Err(Failure::wrong(why))
}

/// The picture of a chart, and the signs of its words that the font lacks.
#[cfg(feature = "png")]
pub fn drawn(chart: &Chart) -> Result<(Vec<u8>, String), Failure> {
    let picture = crate::charts::png(&chart.alone()).map_err(crate::error::Error::ours)?;
    Ok((picture.bytes, picture.lacks))
}

/// There is none.
#[cfg(not(feature = "png"))]
pub fn drawn(_: &Chart) -> Result<(Vec<u8>, String), Failure> {
    can().map(|()| (vec![], String::new()))
}
