//! Parquet, by the column writer of the crate `parquet`: a row group a group of games, pages under zstd.
//!
//! Names have a dictionary; numbers have none, for hardly two of them are alike.

use std::sync::Arc;

use bytes::Bytes;
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical, ZstdLevel};
use parquet::column::writer::{ColumnCloseResult, ColumnWriter, get_column_writer};
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterPropertiesPtr};
use parquet::file::writer::{SerializedFileWriter, SerializedPageWriter, TrackedWrite};
use parquet::schema::types::{ColumnPath, SchemaDescriptor, Type as Shape, TypePtr};

use super::Form;
use crate::error::Error;
use crate::rows::columns::{Column, Field, Type, Values};

/// Columns as Parquet.
pub struct Parquet {
    shape: TypePtr,
    leaves: SchemaDescriptor,
    properties: WriterPropertiesPtr,
}

/// An encoded column: its pages, and where they stand.
type Chunk = (Bytes, ColumnCloseResult);

impl Parquet {
    /// Of these columns; what is said of all rows goes into the file's own metadata.
    pub fn new(fields: &[Arc<Field>], said: &[(String, String)]) -> Result<Parquet, Error> {
        let leaves =
            fields.iter().map(|field| leaf(field).map(Arc::new)).collect::<Result<_, _>>().map_err(Error::ours)?;
        let shape = Shape::group_type_builder("rows").with_fields(leaves).build().map_err(Error::ours)?;
        let shape = Arc::new(shape);
        let said = said.iter().map(|(key, text)| KeyValue::new(key.clone(), text.clone()));
        let level = ZstdLevel::try_new(1).map_err(Error::ours)?;
        let mut properties = WriterProperties::builder()
            .set_created_by("summitry".into())
            .set_compression(Compression::ZSTD(level))
            .set_dictionary_enabled(false)
            .set_statistics_enabled(EnabledStatistics::Chunk)
            .set_offset_index_disabled(true)
            .set_key_value_metadata(Some(said.collect()));
        for field in fields.iter().filter(|field| matches!(field.holds, Type::Name(_))) {
            let path = ColumnPath::new(vec![field.name.clone()]);
            properties = properties.set_column_dictionary_enabled(path, true);
        }
        let leaves = SchemaDescriptor::new(shape.clone());
        Ok(Parquet { shape, leaves, properties: Arc::new(properties.build()) })
    }

    fn chunk(&self, place: usize, column: &Column) -> Result<Chunk, ParquetError> {
        let mut pages = TrackedWrite::new(vec![]);
        let writer = SerializedPageWriter::new(&mut pages);
        let mut writer = get_column_writer(self.leaves.column(place), self.properties.clone(), Box::new(writer));
        fill(&mut writer, column)?;
        let closed = writer.close()?;
        let mut pages: Vec<u8> = pages.into_inner()?;
        pages.shrink_to_fit();
        Ok((pages.into(), closed))
    }
}

impl Form for Parquet {
    type Group = Vec<Chunk>;
    type File = SerializedFileWriter<Vec<u8>>;

    fn begin(&self, _: &mut Vec<u8>) -> Result<Self::File, Error> {
        SerializedFileWriter::new(vec![], self.shape.clone(), self.properties.clone()).map_err(Error::ours)
    }

    fn encoded(&self, columns: &[Column]) -> Result<Vec<Chunk>, Error> {
        let chunks = columns.iter().enumerate().map(|(place, column)| self.chunk(place, column));
        chunks.collect::<Result<_, _>>().map_err(Error::ours)
    }

    fn put(&self, file: &mut Self::File, group: Vec<Chunk>, out: &mut Vec<u8>) -> Result<(), Error> {
        let put = || {
            let mut rows = file.next_row_group()?;
            for (pages, closed) in group {
                rows.append_column(&pages, closed)?;
            }
            rows.close()?;
            file.flush()?;
            Ok::<_, ParquetError>(())
        };
        put().map_err(Error::ours)?;
        moved(file.inner_mut(), out);
        Ok(())
    }

    fn end(&self, mut file: Self::File, out: &mut Vec<u8>) -> Result<(), Error> {
        file.finish().map_err(Error::ours)?;
        moved(file.inner_mut(), out);
        Ok(())
    }
}

/// Adds bytes to others and leaves none of them; where there are no others, they are handed over as they are.
fn moved(bytes: &mut Vec<u8>, out: &mut Vec<u8>) {
    match out.is_empty() {
        true => std::mem::swap(bytes, out),
        false => out.append(bytes),
    }
}

/// How a column stands in a file.
fn leaf(field: &Field) -> Result<Shape, ParquetError> {
    let (physical, logical) = match field.holds {
        Type::Flag => (Physical::BOOLEAN, None),
        Type::Whole => (Physical::INT64, None),
        Type::Number => (Physical::DOUBLE, None),
        Type::Date => (Physical::INT32, Some(LogicalType::Date)),
        Type::Name(_) => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Type::Digest => (Physical::INT64, Some(LogicalType::integer(64, false))),
    };
    let repetition = if field.games.is_some() { Repetition::OPTIONAL } else { Repetition::REQUIRED };
    Shape::primitive_type_builder(&field.name, physical).with_repetition(repetition).with_logical_type(logical).build()
}

/// Writes the values that there are, and which rows have one.
fn fill(writer: &mut ColumnWriter, column: &Column) -> Result<(), ParquetError> {
    let levels: Option<Vec<i16>> = column.valid.as_ref().map(|valid| valid.iter().map(|v| i16::from(*v)).collect());
    let levels = levels.as_deref();
    match (writer, &column.values) {
        (ColumnWriter::BoolColumnWriter(w), Values::Flags(all)) => {
            w.write_batch(&kept(all, column, |x| *x), levels, None)
        }
        (ColumnWriter::Int64ColumnWriter(w), Values::Whole(all)) => {
            w.write_batch(&kept(all, column, |x| *x), levels, None)
        }
        (ColumnWriter::DoubleColumnWriter(w), Values::Numbers(all)) => match column.valid {
            None => w.write_batch(all, levels, None),
            Some(_) => w.write_batch(&kept(all, column, |x| *x), levels, None),
        },
        (ColumnWriter::Int32ColumnWriter(w), Values::Dates(all)) => {
            w.write_batch(&kept(all, column, |x| *x), levels, None)
        }
        (ColumnWriter::Int64ColumnWriter(w), Values::Digests(all)) => {
            w.write_batch(&kept(all, column, |x| *x as i64), levels, None)
        }
        (ColumnWriter::ByteArrayColumnWriter(w), Values::Names(all)) => {
            let Type::Name(names) = &column.field.holds else { return Err(unfit(column)) };
            let words: Vec<ByteArray> = names.iter().map(|name| ByteArray::from(name.as_str())).collect();
            w.write_batch(&kept(all, column, |code| words[*code as usize].clone()), levels, None)
        }
        _ => return Err(unfit(column)),
    }
    .map(|_| ())
}

/// The values of the rows that have one.
fn kept<A, B>(all: &[A], column: &Column, of: impl Fn(&A) -> B) -> Vec<B> {
    match &column.valid {
        None => all.iter().map(of).collect(),
        Some(valid) => all.iter().zip(valid).filter(|(_, valid)| **valid).map(|(x, _)| of(x)).collect(),
    }
}

fn unfit(column: &Column) -> ParquetError {
    ParquetError::General(format!("the values of `{}` are not of its type", column.name()))
}
