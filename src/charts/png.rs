//! A chart's picture as PNG, for what takes no SVG. Words are set in Source Sans Pro, which is part of the program and
//! stands with its licence in `fonts`; no font of the machine is read, so that a picture is the same everywhere.

use std::collections::BTreeSet;
use std::error::Error;
use std::sync::{Arc, Mutex};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{FontResolver, Options, Tree, fontdb::Database};

/// Pixels for each unit of a drawing: a wide chart is 1 504 pixels wide, which is 5 inches of print at 300 a inch.
const SCALE: f32 = 2.0;

/// The regular face, and the one for what matters most.
const FACES: [&[u8]; 2] =
    [include_bytes!("fonts/SourceSansPro-Regular.ttf"), include_bytes!("fonts/SourceSansPro-Semibold.ttf")];

/// A picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// The file.
    pub bytes: Vec<u8>,
    /// Of each of its texts the first sign that the font does not have.
    pub lacks: String,
}

/// Draws an SVG of this program.
pub fn png(svg: &str) -> Result<Picture, Box<dyn Error>> {
    let mut faces = Database::new();
    FACES.iter().for_each(|face| faces.load_font_data(face.to_vec()));
    faces.set_sans_serif_family("Source Sans Pro");
    let lacks = Arc::new(Mutex::new(BTreeSet::new()));
    let missed = lacks.clone();
    let select_fallback = Box::new(move |sign: char, _: &[_], _: &mut Arc<Database>| {
        missed.lock().unwrap_or_else(|e| e.into_inner()).insert(sign);
        None
    });
    let options = Options {
        fontdb: Arc::new(faces),
        font_resolver: FontResolver { select_font: FontResolver::default_font_selector(), select_fallback },
        ..Options::default()
    };
    let tree = Tree::from_str(svg, &options)?;
    let side = |length: f32| (SCALE * length).ceil() as u32;
    let size = tree.size();
    let mut pixels = Pixmap::new(side(size.width()), side(size.height())).ok_or("it has no size")?;
    resvg::render(&tree, Transform::from_scale(SCALE, SCALE), &mut pixels.as_mut());
    let bytes = pixels.encode_png()?;
    let lacks = lacks.lock().unwrap_or_else(|e| e.into_inner()).iter().collect();
    Ok(Picture { bytes, lacks })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::{Bar, Bars, Chart, Count, Fill, Ink};

    fn drawn(name: &str) -> Picture {
        let bar = Bar { name: name.into(), value: 0.5, inner: None, outer: None, fill: Fill::Hatch(Ink::Broken) };
        let bars = Bars { rows: vec![bar], count: Count::Share, reach: 1.0 };
        png(&Chart::new("Half of all, with a \u{2192} and a \u{2212}", "share of games", bars).alone()).expect("drawn")
    }

    #[test]
    fn a_picture_is_as_wide_as_it_should_be_and_shows_its_words() {
        let one = drawn("a name");
        assert_eq!(&one.bytes[..8], b"\x89PNG\r\n\x1a\n");
        assert_eq!(one.bytes[16..20], 1504_u32.to_be_bytes());
        assert_eq!(one.lacks, "");
        assert_eq!(one, drawn("a name"), "the same bytes again");
        let other = drawn("\u{5317}\u{4eac}");
        assert_eq!(other.lacks, "\u{5317}");
        assert_ne!(one.bytes, drawn("another").bytes, "words are drawn");
    }
}
