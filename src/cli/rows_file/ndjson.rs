//! Lines of JSON: an object a row, whose fields are columns; `null`, and a field that a row lacks, is no case.

use std::collections::BTreeMap;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};

use super::{Asked, Lanes};
use crate::error::Error;
use crate::studies::columns::Columns;

/// Reads lines.
pub fn read(file: &str, bytes: Vec<u8>, asked: Asked) -> Result<Columns, Error> {
    let (mut out, mut places) = (Lanes::new(vec![], asked), BTreeMap::new());
    for (i, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
        if line.trim_ascii().is_empty() {
            continue;
        }
        let Row(cells) = serde_json::from_slice(line)
            .map_err(|why| Error::file(format!("`{file}` holds no object on line {}: {why}", i + 1)))?;
        for (name, cell) in cells {
            let column = *places.entry(name).or_insert_with_key(|name: &String| {
                out.names.push(name.clone());
                out.lanes.push(asked(name).then(Vec::new));
                out.names.len() - 1
            });
            fill(&mut out.lanes[column], out.rows);
            out.add(column, || cell);
        }
        out.rows += 1;
    }
    let rows = out.rows;
    out.lanes.iter_mut().for_each(|lane| fill(lane, rows));
    out.done(file)
}

/// No case in the rows of which nothing was said; what is said twice in a row counts once.
fn fill(lane: &mut Option<Vec<f64>>, rows: usize) {
    if let Some(lane) = lane {
        lane.resize(rows, f64::NAN);
    }
}

/// The fields of an object in their order, each with its number, or none where it holds something else.
struct Row(Vec<(String, Option<f64>)>);

impl<'de> Deserialize<'de> for Row {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Row, D::Error> {
        from.deserialize_map(Fields)
    }
}

struct Fields;

impl<'de> Visitor<'de> for Fields {
    type Value = Row;

    fn expecting(&self, out: &mut std::fmt::Formatter) -> std::fmt::Result {
        out.write_str("an object")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Row, M::Error> {
        let mut out = vec![];
        while let Some(name) = map.next_key()? {
            out.push((name, map.next_value::<Cell>()?.number()));
        }
        Ok(Row(out))
    }
}

#[derive(serde::Deserialize)]
#[serde(untagged)]
enum Cell {
    Flag(bool),
    Number(f64),
    Nothing(()),
    Other(IgnoredAny),
}

impl Cell {
    fn number(&self) -> Option<f64> {
        match self {
            Cell::Flag(yes) => Some(f64::from(u8::from(*yes))),
            Cell::Number(x) => Some(*x),
            Cell::Nothing(()) => Some(f64::NAN),
            Cell::Other(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Result<Columns, Error> {
        read("x.ndjson", text.as_bytes().to_vec(), &|name| name != "unasked")
    }

    #[test]
    fn lines_are_read_with_what_they_may_hold() {
        let rows = of(
            "{\"game\":7,\"ending\":\"deal\",\"deal\":true,\"us.share\":null,\"unasked\":1}\n\n{\"game\":9,\"late\":-2e-1,\"deal\":false}\n",
        );
        let rows = rows.expect("read");
        assert_eq!((rows.games, rows.others), (vec![7, 9], vec!["ending".to_owned(), "unasked".to_owned()]));
        let names: Vec<&str> = rows.list.iter().map(|column| column.name.as_str()).collect();
        assert_eq!(names, ["deal", "us.share", "late"]);
        assert_eq!(rows.list[0].lane, [1.0, 0.0]);
        assert!(rows.list[1].lane.iter().all(|x| x.is_nan()) && rows.list[2].lane[0].is_nan());
        assert_eq!(rows.list[2].lane[1], -0.2);
        assert!(of("{\"a\":1}\n[2]\n").unwrap_err().to_string().contains("no object on line 2"));
        assert!(of("\n").unwrap_err().to_string().contains("no rows"));
    }
}
