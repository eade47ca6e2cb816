//! Parquet, column by column and group by group, by the column reader of the crate `parquet`. Yes or no, whole numbers
//! and numbers are read; dates, texts, lists, and whole numbers too large to be held exactly are not.

use bytes::Bytes;
use parquet::basic::{ConvertedType, LogicalType};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::DataType;
use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::schema::types::ColumnDescriptor;

use super::{Asked, Lanes, of};
use crate::error::Error;
use crate::studies::columns::Columns;

/// Reads a file.
pub fn read(file: &str, bytes: Vec<u8>, asked: Asked) -> Result<Columns, Error> {
    let wrong = |why: ParquetError| Error::file(format!("`{file}` cannot be read as Parquet: {why}{}", help(&why)));
    let reader = SerializedFileReader::new(Bytes::from(bytes)).map_err(wrong)?;
    let shape = reader.metadata().file_metadata().schema_descr();
    let names = shape.columns().iter().map(|column| column.path().string()).collect();
    let mut out = Lanes::new(names, asked);
    for group in 0..reader.num_row_groups() {
        let group = reader.get_row_group(group).map_err(wrong)?;
        let rows = group.metadata().num_rows() as usize;
        for (place, lane) in out.lanes.iter_mut().enumerate() {
            if lane.is_none() || !is_number(&shape.column(place)) {
                *lane = None;
                continue;
            }
            let column = group.get_column_reader(place).map_err(wrong)?;
            let unsigned = is_unsigned(&shape.column(place));
            let more = cells(column, rows, shape.column(place).max_def_level(), unsigned).map_err(wrong)?;
            match (lane.as_mut(), more) {
                (Some(lane), Some(more)) => lane.extend(more),
                _ => *lane = None,
            }
        }
        out.rows += rows;
    }
    let said = reader.metadata().file_metadata().key_value_metadata().into_iter().flatten();
    let said = said.filter_map(|pair| Some((pair.key.clone(), pair.value.clone()?))).collect();
    Ok(Columns { of: of(&said), ..out.done(file)? })
}

/// What to do about a file under another compression.
fn help(why: &ParquetError) -> &'static str {
    let text = why.to_string();
    if text.contains("Disabled feature") || text.contains("compression") {
        "\n  pages under zstd, or under nothing, are read; in DuckDB: COPY .. TO 'x.parquet' (COMPRESSION zstd)"
    } else {
        "\n  it was cut off, or is another kind of file: write it again"
    }
}

fn is_number(column: &ColumnDescriptor) -> bool {
    use ConvertedType::*;
    let plain = [NONE, INT_8, INT_16, INT_32, INT_64, UINT_8, UINT_16, UINT_32, UINT_64];
    let logical = matches!(column.logical_type_ref(), None | Some(LogicalType::Integer { .. }));
    column.max_rep_level() == 0 && logical && plain.contains(&column.converted_type())
}

fn is_unsigned(column: &ColumnDescriptor) -> bool {
    use ConvertedType::*;
    [UINT_8, UINT_16, UINT_32, UINT_64].contains(&column.converted_type())
}

/// Whole numbers beyond this are not all held exactly.
const EXACT: i64 = 1 << 53;

fn whole(x: i64) -> Option<f64> {
    (-EXACT..=EXACT).contains(&x).then_some(x as f64)
}

/// The cells of a column in a group, not a number where there is none; none where one of them is no number.
fn cells(column: ColumnReader, rows: usize, most: i16, unsigned: bool) -> Result<Option<Vec<f64>>, ParquetError> {
    use ColumnReader::*;
    match column {
        BoolColumnReader(of) => filled(of, rows, most, |yes| Some(f64::from(u8::from(yes)))),
        Int32ColumnReader(of) => {
            filled(of, rows, most, |x| Some(if unsigned { f64::from(x as u32) } else { f64::from(x) }))
        }
        Int64ColumnReader(of) => filled(of, rows, most, |x| if unsigned && x < 0 { None } else { whole(x) }),
        FloatColumnReader(of) => filled(of, rows, most, |x| Some(f64::from(x))),
        DoubleColumnReader(of) => filled(of, rows, most, Some),
        _ => Ok(None),
    }
}

fn filled<T: DataType>(
    mut column: ColumnReaderImpl<T>,
    rows: usize,
    most: i16,
    number: impl Fn(T::T) -> Option<f64>,
) -> Result<Option<Vec<f64>>, ParquetError> {
    let (mut levels, mut values, mut found) = (vec![], vec![], 0);
    while found < rows {
        let (more, ..) = column.read_records(rows - found, Some(&mut levels), None, &mut values)?;
        if more == 0 {
            return Err(ParquetError::General("a column ends before its rows do".into()));
        }
        found += more;
    }
    let mut values = values.into_iter().map(number);
    Ok(match most {
        0 => values.collect(),
        _ => levels.iter().map(|at| if *at == most { values.next().flatten() } else { Some(f64::NAN) }).collect(),
    })
}
