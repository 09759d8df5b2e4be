//! CSV: three tables, for spreadsheets and for the importers of graph databases; together geopol reads them back.
//!
//! `-o graph.csv` writes `graph.nodes.csv`, `graph.edges.csv` and `graph.articles.csv`. Their headers (`id:ID`, `:LABEL`,
//! `:START_ID`, `:END_ID`, `:TYPE`) are those that `neo4j-admin database import` reads. A text may hold line feeds; then it
//! stands in quotes.

use std::io::{self, Write};

use itertools::Itertools;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::columns::{self, ARTICLE, Column, EDGE, NODE, Type};
use super::escape::csv;
use super::{File, Format};
use crate::error::{Error, Result};
use crate::graph::{Graph, SAVED_ADVICE, SAVED_FORMAT, SAVED_VERSION, Saved, Saving, assemble};

pub const NODES: Format = Format {
    name: "csv-nodes",
    extensions: &["nodes.csv"],
    about: "a table of entities, with the header that graph databases import",
    write: |view, output| table(output, NODE, Saving::new(view).nodes()),
    ..EDGES
};

pub const EDGES: Format = Format {
    name: "csv-edges",
    extensions: &["edges.csv"],
    media_type: "text/csv",
    about: "a table of statements, likewise; -o graph.csv writes all three tables",
    is_picture: false,
    write: |view, output| table(output, EDGE, Saving::new(view).edges()),
    read: Some(read),
    parts: &["articles.csv", "nodes.csv", "edges.csv"],
};

pub const ARTICLES: Format = Format {
    name: "csv-articles",
    extensions: &["articles.csv"],
    about: "a table of articles, likewise",
    write: |view, output| table(output, ARTICLE, Saving::new(view).articles()),
    ..EDGES
};

/// The column's name as importers know it; `columns` tells which table it is in.
fn header(column: &Column, columns: &[Column]) -> String {
    let is_node = columns[0].name == NODE[0].name;
    match (column.name, column.holds) {
        ("source", _) if columns[0].name == EDGE[0].name => ":START_ID".to_string(),
        ("target", _) => ":END_ID".to_string(),
        ("type", _) => ":TYPE".to_string(),
        ("id", _) if is_node => "id:ID".to_string(),
        ("kind", _) => ":LABEL".to_string(),
        ("label", _) => "label:ID(Article)".to_string(),
        (name, Type::Text | Type::Json) => name.to_string(),
        (name, Type::Count) => format!("{name}:long"),
        (name, Type::Number) => format!("{name}:double"),
        (name, Type::Truth) => format!("{name}:boolean"),
    }
}

fn table(
    output: &mut (dyn Write + Send),
    columns: &[Column],
    items: impl Iterator<Item = impl Serialize>,
) -> io::Result<()> {
    writeln!(output, "{}", columns.iter().map(|column| header(column, columns)).join(","))?;
    for item in items {
        for (position, cell) in columns::cells(&item, columns).iter().enumerate() {
            let comma = if position == 0 { "" } else { "," };
            write!(output, "{comma}{}", cell.as_deref().map_or_else(Default::default, csv))?;
        }
        writeln!(output)?;
    }
    Ok(())
}

/// The files in the order of `parts`.
fn read(files: &[File]) -> Result<Graph> {
    let [articles, nodes, edges] = files else {
        return Err(Error::Request {
            problem: "a graph in CSV is three tables: articles, nodes and edges".to_string(),
            advice: "write them with `geopol build … -o graph.csv`, and read graph.csv".to_string(),
        });
    };
    let saved = Saved {
        format: SAVED_FORMAT.to_string(),
        version: SAVED_VERSION,
        articles: items(articles, ARTICLE)?,
        nodes: items(nodes, NODE)?,
        edges: items(edges, EDGE)?,
    };
    assemble(saved, edges.name, edges.text)
}

fn items<T: DeserializeOwned>(file: &File, columns: &[Column]) -> Result<Vec<T>> {
    let mut rows = Rows { file, rest: file.text.strip_prefix('\u{feff}').unwrap_or(file.text), line: 1 };
    let found = rows.next().transpose()?.unwrap_or_default();
    let found = found.into_iter().map(Option::unwrap_or_default).collect_vec();
    // Spreadsheets put columns in another order and add their own.
    let mut places = Vec::with_capacity(columns.len());
    for column in columns {
        let name = header(column, columns);
        let place = found.iter().position(|found| *found == name);
        if place.is_none() && !column.is_optional {
            return Err(error_at(file, 1, format!("the table has no column `{name}`")));
        }
        places.push(place);
    }
    let mut items = Vec::new();
    loop {
        let line = rows.line;
        let Some(mut row) = rows.next().transpose()? else { return Ok(items) };
        if row.len() != found.len() {
            let problem = format!("the row has {} cells, expected {}", row.len(), found.len());
            return Err(error_at(file, line, problem));
        }
        let mut cells = places.iter().map(|place| place.and_then(|place| row[place].take())).collect_vec();
        items.push(columns::item(columns, &mut cells).map_err(|problem| error_at(file, line, problem))?);
    }
}

fn error_at(file: &File, line: usize, problem: String) -> Error {
    Error::Syntax { path: file.name.to_string(), line, column: 1, problem, advice: SAVED_ADVICE.to_string() }
}

/// The rows of a table (RFC 4180); a cell without quotes and letters is missing.
struct Rows<'f> {
    file: &'f File<'f>,
    rest: &'f str,
    line: usize,
}

impl Iterator for Rows<'_> {
    type Item = Result<Vec<Option<String>>>;

    fn next(&mut self) -> Option<Result<Vec<Option<String>>>> {
        if self.rest.is_empty() {
            return None;
        }
        let mut row = Vec::new();
        loop {
            match self.cell() {
                Ok(cell) => row.push(cell),
                Err(error) => {
                    self.rest = "";
                    return Some(Err(error));
                }
            }
            if let Some(rest) = self.rest.strip_prefix(',') {
                self.rest = rest;
                continue;
            }
            let rest = self.rest.strip_prefix("\r\n").or_else(|| self.rest.strip_prefix('\n'));
            match rest {
                Some(rest) => self.rest = rest,
                None if self.rest.is_empty() => {}
                None => {
                    let problem = "after a quoted cell comes a comma or a new line".to_string();
                    self.rest = "";
                    return Some(Err(error_at(self.file, self.line, problem)));
                }
            }
            self.line += 1;
            return Some(Ok(row));
        }
    }
}

impl Rows<'_> {
    fn cell(&mut self) -> Result<Option<String>> {
        let Some(quoted) = self.rest.strip_prefix('"') else {
            let end = self.rest.find([',', '\n']).unwrap_or(self.rest.len());
            let end = if self.rest[..end].ends_with('\r') { end - 1 } else { end };
            let (cell, rest) = self.rest.split_at(end);
            self.rest = rest;
            return Ok(Some(cell).filter(|cell| !cell.is_empty()).map(str::to_string));
        };
        let mut cell = String::new();
        let mut rest = quoted;
        loop {
            let Some(end) = rest.find('"') else {
                return Err(error_at(self.file, self.line, "the file ends inside a quoted cell".to_string()));
            };
            cell.push_str(&rest[..end]);
            rest = &rest[end + 1..];
            match rest.strip_prefix('"') {
                Some(after) => {
                    cell.push('"');
                    rest = after;
                }
                None => {
                    self.rest = rest;
                    self.line += cell.matches('\n').count();
                    return Ok(Some(cell));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_read_as_spreadsheets_write_them() {
        let file = File { name: "a.csv", text: "a,\"b \"\"c\"\"\",\"\"\r\n,\"two\nlines\",é\n1,2,3" };
        let rows: Vec<_> = Rows { file: &file, rest: file.text, line: 1 }.map(|row| row.unwrap()).collect();
        let cell = |text: &str| Some(text.to_string());
        assert_eq!(rows[0], [cell("a"), cell("b \"c\""), cell("")]);
        assert_eq!(rows[1], [None, cell("two\nlines"), cell("é")]);
        assert_eq!(rows[2], [cell("1"), cell("2"), cell("3")]);
    }

    #[test]
    fn a_damaged_table_says_where() {
        for (text, said) in [("a,\"b\n", "t.csv:1:"), ("a\n\"b\"c", "t.csv:2:")] {
            let file = File { name: "t.csv", text };
            let rows: Result<Vec<_>> = Rows { file: &file, rest: text, line: 1 }.collect();
            assert!(rows.unwrap_err().to_string().starts_with(said), "{text}");
        }
    }
}
