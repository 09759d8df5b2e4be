//! Parquet: the three tables of CSV for data frames and columnar engines (pyarrow, DuckDB, Spark, Polars).
//!
//! `-o graph.parquet` writes `graph.nodes.parquet`, `graph.edges.parquet` and `graph.articles.parquet`. Columns have the names
//! and types of `columns`; what has parts (references, circumstances) is a text of JSON.

use std::io::{self, Write};
use std::sync::Arc;

use itertools::Itertools;
use parquet::data_type::{BoolType, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::parser::parse_message_type;
use serde::Serialize;

use super::Format;
use super::columns::{self, ARTICLE, Column, EDGE, NODE, Type};
use crate::graph::Saving;

pub const NODES: Format = Format {
    name: "parquet-nodes",
    extensions: &["nodes.parquet"],
    about: "a columnar table of entities, for data frames",
    write: |view, output| table(output, NODE, Saving::new(view).nodes()),
    ..EDGES
};

pub const EDGES: Format = Format {
    name: "parquet-edges",
    extensions: &["edges.parquet"],
    media_type: "application/vnd.apache.parquet",
    about: "a columnar table of statements; -o graph.parquet writes all three tables",
    is_picture: false,
    write: |view, output| table(output, EDGE, Saving::new(view).edges()),
    read: None,
    parts: &[],
};

pub const ARTICLES: Format = Format {
    name: "parquet-articles",
    extensions: &["articles.parquet"],
    about: "a columnar table of articles",
    write: |view, output| table(output, ARTICLE, Saving::new(view).articles()),
    ..EDGES
};

/// Rows that are held until their columns are written.
const GROUP: usize = 1 << 16;

fn table(
    output: &mut (dyn Write + Send),
    columns: &[Column],
    items: impl Iterator<Item = impl Serialize>,
) -> io::Result<()> {
    let fields = columns.iter().map(field).join(" ");
    let schema = parse_message_type(&format!("message geopol {{ {fields} }}")).expect("names and types are plain");
    let properties = WriterProperties::builder().set_created_by("geopol".to_string()).build();
    let mut writer = SerializedFileWriter::new(output, Arc::new(schema), Arc::new(properties)).map_err(failed)?;
    for group in &items.map(|item| columns::cells(&item, columns)).chunks(GROUP) {
        let rows = group.collect_vec();
        let mut group = writer.next_row_group().map_err(failed)?;
        let mut position = 0;
        while let Some(mut column) = group.next_column().map_err(failed)? {
            let cells = rows.iter().map(|row| row[position].as_deref());
            match columns[position].holds {
                Type::Text | Type::Json => write::<ByteArrayType>(&mut column, cells, |text| Some(text.into())),
                Type::Count => write::<Int64Type>(&mut column, cells, |text| text.parse().ok()),
                Type::Number => write::<DoubleType>(&mut column, cells, |text| text.parse().ok()),
                Type::Truth => write::<BoolType>(&mut column, cells, |text| text.parse().ok()),
            }?;
            column.close().map_err(failed)?;
            position += 1;
        }
        group.close().map_err(failed)?;
    }
    writer.close().map(|_| ()).map_err(failed)
}

fn field(column: &Column) -> String {
    let (physical, meaning) = match column.holds {
        Type::Text => ("binary", " (STRING)"),
        Type::Json => ("binary", " (JSON)"),
        Type::Count => ("int64", ""),
        Type::Number => ("double", ""),
        Type::Truth => ("boolean", ""),
    };
    format!("optional {physical} {}{meaning};", column.name)
}

/// One column of a group; what a row does not have takes a level and no value.
fn write<'c, T: DataType>(
    column: &mut SerializedColumnWriter,
    cells: impl Iterator<Item = Option<&'c str>>,
    value: impl Fn(&'c str) -> Option<T::T>,
) -> io::Result<()> {
    let cells = cells.map(|cell| cell.and_then(&value)).collect_vec();
    let levels = cells.iter().map(|cell| i16::from(cell.is_some())).collect_vec();
    let values = cells.into_iter().flatten().collect_vec();
    column.typed::<T>().write_batch(&values, Some(&levels), None).map(|_| ()).map_err(failed)
}

fn failed(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(error) => match error.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(error) => io::Error::other(error),
        },
        other => io::Error::other(other),
    }
}
