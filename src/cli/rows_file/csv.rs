//! Comma-separated values under their names: `true` and `false` are yes and no, and an empty cell is no case. Lines that
//! begin with `#` are comments.

use super::{Asked, Lanes};
use crate::error::Error;
use crate::studies::columns::Columns;

/// Reads a table.
pub fn read(file: &str, bytes: Vec<u8>, asked: Asked) -> Result<Columns, Error> {
    let wrong = |why: csv::Error| Error::file(format!("`{file}` is no table of comma-separated values: {why}"));
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
    let mut table = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(bytes);
    let heads = table.headers().map_err(wrong)?.iter().map(str::to_owned).collect();
    let (mut out, mut row) = (Lanes::new(heads, asked), csv::StringRecord::new());
    while table.read_record(&mut row).map_err(wrong)? {
        for (column, cell) in row.iter().enumerate() {
            out.add(column, || number(cell.trim()));
        }
        out.rows += 1;
    }
    out.done(file)
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

    fn of(text: &str) -> Result<Columns, Error> {
        read("x.csv", text.as_bytes().to_vec(), &|name| name != "unasked")
    }

    #[test]
    fn a_table_is_read_with_what_it_may_hold() {
        let rows = of(
            "# made by x\ngame,ending,deal,us.share,unasked,parties.us.optimism\n7,no_deal,false,,1,0.5\n9,deal,true,0.25,1,1e-1\n",
        );
        let rows = rows.expect("read");
        assert_eq!(rows.games, [7, 9]);
        let names: Vec<&str> = rows.list.iter().map(|column| column.name.as_str()).collect();
        assert_eq!(names, ["deal", "us.share", "parties.us.optimism"]);
        assert_eq!(rows.others, ["ending", "unasked"]);
        assert_eq!(rows.list[0].lane, [0.0, 1.0]);
        assert!(rows.list[1].lane[0].is_nan() && rows.list[2].lane == [0.5, 0.1]);
        assert!(of("a,b\n1\n").unwrap_err().to_string().contains("no table"));
        assert!(of("a,b\n").unwrap_err().to_string().contains("no rows"));
    }
}
