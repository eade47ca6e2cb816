//! Columns of rows as what Arrow calls arrays: a format, buffers that are shared and never copied, and what they mean.

use std::ffi::{CStr, CString, c_void};
use std::sync::Arc;

use summitry::results::{Column, Field, Type, Values};

/// A buffer of an array.
#[derive(Clone)]
pub enum Buffer {
    /// There is none.
    Nothing,
    /// Bits, the first in the lowest place of the first byte; or text.
    Bytes(Arc<Vec<u8>>),
    /// Whole numbers.
    Whole(Arc<Vec<i64>>),
    /// Numbers.
    Numbers(Arc<Vec<f64>>),
    /// Days, or where texts begin and end.
    Small(Arc<Vec<i32>>),
    /// Places in a list of names.
    Places(Arc<Vec<u32>>),
    /// Digests.
    Digests(Arc<Vec<u64>>),
}

impl Buffer {
    /// Where it lies.
    pub fn at(&self) -> *const c_void {
        match self {
            Buffer::Nothing => std::ptr::null(),
            Buffer::Bytes(all) => all.as_ptr().cast(),
            Buffer::Whole(all) => all.as_ptr().cast(),
            Buffer::Numbers(all) => all.as_ptr().cast(),
            Buffer::Small(all) => all.as_ptr().cast(),
            Buffer::Places(all) => all.as_ptr().cast(),
            Buffer::Digests(all) => all.as_ptr().cast(),
        }
    }
}

/// An array with its name and its type.
pub struct Lane {
    /// Its name.
    pub name: CString,
    /// Its type in Arrow's letters.
    pub format: &'static CStr,
    /// Unit, meaning and games, as Arrow writes keys and values.
    pub metadata: Vec<u8>,
    /// Some rows may have no value.
    pub nullable: bool,
    /// Rows.
    pub length: usize,
    /// Rows without a value.
    pub nulls: usize,
    /// Its buffers, which values count first.
    pub buffers: Vec<Buffer>,
    /// The names that its values are places of.
    pub dictionary: Option<Box<Lane>>,
    /// Its columns, where it is a table.
    pub children: Vec<Lane>,
}

impl Lane {
    fn bare(name: &str, format: &'static CStr, length: usize, buffers: Vec<Buffer>) -> Lane {
        let name = CString::new(name.replace('\0', " ")).unwrap_or_default();
        Lane {
            name,
            format,
            metadata: vec![],
            nullable: false,
            length,
            nulls: 0,
            buffers,
            dictionary: None,
            children: vec![],
        }
    }

    /// Columns side by side.
    pub fn table(columns: Vec<Column>) -> Lane {
        let rows = columns.first().map_or(0, Column::rows);
        let children = columns.into_iter().map(Lane::column).collect();
        Lane { children, ..Lane::bare("", c"+s", rows, vec![Buffer::Nothing]) }
    }

    fn column(column: Column) -> Lane {
        let (rows, field) = (column.rows(), column.field.clone());
        let names = match &field.holds {
            Type::Name(names) => Some(Box::new(texts(names))),
            _ => None,
        };
        let (format, values) = match column.values {
            Values::Flags(all) => (c"b", Buffer::Bytes(Arc::new(bits(&all)))),
            Values::Whole(all) => (c"l", Buffer::Whole(Arc::new(all))),
            Values::Numbers(all) => (c"g", Buffer::Numbers(Arc::new(all))),
            Values::Dates(all) => (c"tdD", Buffer::Small(Arc::new(all))),
            Values::Names(all) => (c"I", Buffer::Places(Arc::new(all))),
            Values::Digests(all) => (c"L", Buffer::Digests(Arc::new(all))),
            other => unreachable!("a kind of column that is not known here: {other:?}"),
        };
        let counts = column.valid.as_ref().map_or(Buffer::Nothing, |valid| Buffer::Bytes(Arc::new(bits(valid))));
        Lane {
            metadata: metadata(&field),
            nullable: column.valid.is_some(),
            nulls: column.valid.map_or(0, |valid| valid.iter().filter(|counts| !**counts).count()),
            dictionary: names,
            ..Lane::bare(&field.name, format, rows, vec![counts, values])
        }
    }
}

/// Yes and no as bits.
fn bits(all: &[bool]) -> Vec<u8> {
    all.chunks(8).map(|eight| eight.iter().rev().fold(0, |byte, yes| byte << 1 | u8::from(*yes))).collect()
}

/// A list of texts.
fn texts(all: &[String]) -> Lane {
    let ends = all.iter().scan(0, |end, text| {
        *end += text.len() as i32;
        Some(*end)
    });
    let places = Buffer::Small(Arc::new([0].into_iter().chain(ends).collect()));
    let text = Buffer::Bytes(Arc::new(all.concat().into_bytes()));
    Lane::bare("", c"u", all.len(), vec![Buffer::Nothing, places, text])
}

/// What a field means, as keys and values: the number of pairs, then each word after its length.
fn metadata(field: &Field) -> Vec<u8> {
    let told =
        [("unit", field.unit.as_str()), ("about", &field.about), ("games", field.games.as_deref().unwrap_or(""))];
    let told: Vec<_> = told.into_iter().filter(|(_, text)| !text.is_empty()).collect();
    let mut out = (told.len() as i32).to_ne_bytes().to_vec();
    for word in told.iter().flat_map(|(key, text)| [*key, *text]) {
        out.extend((word.len() as i32).to_ne_bytes());
        out.extend(word.as_bytes());
    }
    out
}
