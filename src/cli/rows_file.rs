//! Rows of games that a file holds, read by the ending of its name.

use super::failure::Failure;
use crate::disk;
use crate::disk::Wanted;
use crate::error::Error;
use crate::studies::columns::{Column, Columns};

/// What a reader makes of a file's bytes.
type Reader = fn(&str, &[u8]) -> Result<Columns, Error>;

/// The kinds of file that hold rows, by the ending of their names.
const READERS: &[(&str, Reader)] = &[("csv", csv)];

/// Rows of games.
const ROWS: Wanted = Wanted { what: "a file of rows", most: 1 << 32 };

/// Whether a name is that of a file of rows.
pub fn is_rows(name: &str) -> bool {
    reader(name).is_some()
}

fn reader(name: &str) -> Option<Reader> {
    let (_, ending) = name.rsplit_once('.')?;
    READERS.iter().find(|(known, _)| ending.eq_ignore_ascii_case(known)).map(|(_, reader)| *reader)
}

/// The columns of numbers that a file of rows has.
pub fn columns(name: &str) -> Result<Columns, Failure> {
    let Some(read) = reader(name) else {
        let known = READERS.iter().map(|(ending, _)| format!(".{ending}")).collect::<Vec<_>>().join(", ");
        return Err(Failure::wrong(format!("`{name}` is no file of rows: those end in {known}")));
    };
    Ok(read(name, &disk::bytes(name, ROWS)?)?)
}

/// Comma-separated values under their names: `true` and `false` are yes and no, an empty cell is no case, a column with
/// any other text is left out. Lines that begin with `#` are comments.
fn csv(name: &str, bytes: &[u8]) -> Result<Columns, Error> {
    let wrong = |why: csv::Error| Error::file(format!("`{name}` is no table of comma-separated values: {why}"));
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let mut file = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(bytes);
    let heads: Vec<String> = file.headers().map_err(wrong)?.iter().map(str::to_owned).collect();
    let mut lanes: Vec<Option<Vec<f64>>> = vec![Some(vec![]); heads.len()];
    let mut n = 0;
    for row in file.records() {
        for (lane, cell) in lanes.iter_mut().zip(row.map_err(wrong)?.iter()) {
            match (lane.as_mut(), number(cell.trim())) {
                (Some(all), Some(x)) => all.push(x),
                _ => *lane = None,
            }
        }
        n += 1;
    }
    if n == 0 {
        return Err(Error::file(format!("`{name}` holds no rows")));
    }
    let mut out = Columns { games: (0..n).collect(), list: vec![] };
    for (name, lane) in heads.into_iter().zip(lanes) {
        match lane {
            Some(lane) if name == "game" => out.games = lane.iter().map(|x| *x as u64).collect(),
            Some(lane) => out.list.push(Column { name, lane }),
            None => {}
        }
    }
    Ok(out)
}

fn number(cell: &str) -> Option<f64> {
    match cell {
        "" => Some(f64::NAN),
        "true" => Some(1.0),
        "false" => Some(0.0),
        _ => cell.parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_read_with_what_it_may_hold() {
        let text =
            "# made by x\ngame,ending,deal,us.share,parties.us.optimism\n7,no_deal,false,,0.5\n9,deal,true,0.25,1e-1\n";
        let rows = csv("x.csv", text.as_bytes()).expect("read");
        assert_eq!(rows.games, [7, 9]);
        let names: Vec<&str> = rows.list.iter().map(|column| column.name.as_str()).collect();
        assert_eq!(names, ["deal", "us.share", "parties.us.optimism"]);
        assert_eq!(rows.list[0].lane, [0.0, 1.0]);
        assert!(rows.list[1].lane[0].is_nan() && rows.list[2].lane == [0.5, 0.1]);
        assert!(csv("x.csv", b"a,b\n1\n").unwrap_err().to_string().contains("no table"));
        assert!(csv("x.csv", b"a,b\n").unwrap_err().to_string().contains("no rows"));
        assert!(is_rows("a/b.CSV") && !is_rows("a.ron"));
    }
}
