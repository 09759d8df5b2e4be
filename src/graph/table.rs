//! Tables: the answers that have rows. For people in columns, for programs as JSON or CSV, and as the part of the graph that
//! the rows are about, for any format.
//!
//! ```text
//! Entities by degree
//!
//! entity           kind     degree
//! Vladimir Putin   person     0.42
//! ```

use std::collections::BTreeMap;
use std::fmt::Write;

use itertools::Itertools;
use petgraph::stable_graph::{EdgeIndex, NodeIndex};
#[cfg(feature = "sparql")]
use petgraph::visit::EdgeRef as _;
use serde::Serialize;
use serde::ser::{SerializeMap as _, Serializer};

use super::facts::{End, Fact, Said};
use super::page::{Ink, Page, columns, padded, plain};
#[cfg(feature = "sparql")]
use super::{ArticleKey, NodeKey};
use super::{Graph, View};

/// The answer to most questions.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// One line that says what the rows are.
    pub title: String,
    pub columns: Vec<String>,
    pub rows: Vec<Row>,
    /// What the reader has to know: what was cut, what was estimated.
    pub notes: Vec<String>,
}

/// A cell a column, and what of the graph they speak of.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    pub cells: Vec<Cell>,
    pub(super) nodes: Vec<NodeIndex>,
    pub(super) edges: Vec<EdgeIndex>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Cell {
    Nothing,
    Count(usize),
    Number(f64),
    Text(String),
    Texts(Vec<String>),
    Node(End),
    Nodes(Vec<End>),
    /// The sentence that says so, with where it stands; people read it below the row.
    Evidence(Box<Said>),
}

impl Row {
    /// A row that speaks of nodes, of all that links them, and of statements.
    #[cfg(feature = "sparql")]
    pub(crate) fn about<'k>(
        graph: &Graph,
        cells: Vec<Cell>,
        nodes: impl Iterator<Item = &'k NodeKey>,
        statements: impl Iterator<Item = (&'k ArticleKey, u32)>,
    ) -> Row {
        let nodes = nodes.filter_map(|key| graph.index.get(key)).copied().unique().collect_vec();
        let pairs = nodes.iter().cartesian_product(&nodes);
        let mut edges =
            pairs.flat_map(|(&from, &to)| graph.graph.edges_connecting(from, to)).map(|e| e.id()).collect_vec();
        edges.extend(statements.filter_map(|(article, relation)| {
            let mut told = graph.told_by.get(article)?.iter().copied();
            told.find(|&edge| graph.graph[edge].relation == relation)
        }));
        Row { cells, nodes, edges }
    }
}

impl Table {
    pub(crate) fn new(title: impl Into<String>, columns: &[&str]) -> Table {
        Table {
            title: title.into(),
            columns: columns.iter().map(|column| column.to_string()).collect(),
            rows: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Keeps so many rows and says how many there were.
    pub(super) fn cut(&mut self, most: usize) {
        if self.rows.len() > most {
            self.notes.push(format!("{most} of {} rows; --most N shows more", self.rows.len()));
            self.rows.truncate(most);
        }
    }

    /// What the rows speak of, as a part of the graph.
    pub fn view<'g>(&self, graph: &'g Graph) -> View<'g> {
        let nodes = self.rows.iter().flat_map(|row| row.nodes.iter().copied());
        let edges = self.rows.iter().flat_map(|row| row.edges.iter().copied());
        View::selected(graph, nodes, edges)
    }

    pub fn text(&self, page: &Page) -> String {
        let mut text = format!("{}\n", page.wrap(&self.title, 0).join("\n"));
        // Columns in which nothing stands tell people nothing; programs get all.
        let says = |column: usize| self.rows.iter().any(|row| !row.cells[column].text().is_empty());
        let shown = (0..self.columns.len()).filter(|&column| !self.is_evidence(column) && says(column)).collect_vec();
        // A list of names may be long: the last column is wrapped, others are as wide as what is in them.
        let width = |column: &usize| {
            let cells = self.rows.iter().map(|row| columns(&row.cells[*column].text()));
            cells.chain([columns(&self.columns[*column])]).max().unwrap_or(0).min(page.width / 2)
        };
        let widths = shown.iter().map(width).collect_vec();
        if !self.rows.is_empty() {
            let heads = shown.iter().map(|&column| self.columns[column].clone()).collect_vec();
            let numbers = shown.iter().map(|&column| self.is_number(column)).collect_vec();
            let _ = writeln!(text, "\n{}", page.paint(Ink::Strong, &line(&heads, &widths, &numbers, page)));
            for row in &self.rows {
                let cells = shown.iter().map(|&column| row.cells[column].text()).collect_vec();
                let _ = writeln!(text, "{}", line(&cells, &widths, &numbers, page));
                for said in row.cells.iter().filter_map(Cell::evidence) {
                    for line in page.wrap(&format!("“{}” — {}", said.evidence, said.source()), 4) {
                        let _ = writeln!(text, "{}", page.paint(Ink::Faint, &line));
                    }
                }
            }
        }
        for note in &self.notes {
            let _ = writeln!(text, "\n{}", page.wrap(note, 0).join("\n"));
        }
        text
    }

    /// RFC 4180, with the evidence's article in a column of its own.
    pub fn csv(&self) -> String {
        let heads = self.columns.iter().enumerate().flat_map(|(column, name)| match self.is_evidence(column) {
            true => vec![name.clone(), "article".to_string(), "article_date".to_string()],
            false => vec![name.clone()],
        });
        let mut csv = record(heads);
        for row in &self.rows {
            let cells = row.cells.iter().enumerate().flat_map(|(column, cell)| match cell.evidence() {
                Some(said) => {
                    vec![said.evidence.clone(), said.article.clone(), said.article_date.clone().unwrap_or_default()]
                }
                None if self.is_evidence(column) => vec![String::new(); 3],
                None => vec![cell.text()],
            });
            csv += &record(cells);
        }
        csv
    }

    fn is_evidence(&self, column: usize) -> bool {
        self.columns[column] == EVIDENCE
    }

    fn is_number(&self, column: usize) -> bool {
        self.rows.iter().all(|row| matches!(row.cells[column], Cell::Count(_) | Cell::Number(_) | Cell::Nothing))
    }
}

/// The name of the column that people read below the row.
pub(super) const EVIDENCE: &str = "evidence";

impl Serialize for Table {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let named = |row: &Row| {
            let cells = self.columns.iter().zip(&row.cells);
            Named(cells.map(|(name, cell)| (name.replace(' ', "_"), cell.clone())).collect())
        };
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("title", &self.title)?;
        map.serialize_entry("rows", &self.rows.iter().map(named).collect_vec())?;
        map.serialize_entry("notes", &self.notes)?;
        map.end()
    }
}

/// A row as an object, in the order of the columns.
struct Named(Vec<(String, Cell)>);

impl Serialize for Named {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, cell)| (name, cell)))
    }
}

impl Cell {
    pub(super) fn said(fact: &Fact) -> Cell {
        Cell::Evidence(Box::new(fact.best().clone()))
    }

    pub(super) fn maybe(text: Option<impl Into<String>>) -> Cell {
        text.map_or(Cell::Nothing, |text| Cell::Text(text.into()))
    }

    /// One line.
    pub fn text(&self) -> String {
        let text = match self {
            Cell::Nothing | Cell::Evidence(_) => String::new(),
            Cell::Count(count) => count.to_string(),
            Cell::Number(number) => format!("{number:.6}"),
            Cell::Text(text) => text.clone(),
            Cell::Texts(texts) => texts.join("; "),
            Cell::Node(node) => node.name.clone(),
            Cell::Nodes(nodes) => nodes.iter().map(|node| &node.name).join("; "),
        };
        plain(&text)
    }

    fn evidence(&self) -> Option<&Said> {
        match self {
            Cell::Evidence(said) => Some(said),
            _ => None,
        }
    }
}

/// Cells in columns; what is too wide for its own goes on in the lines below.
fn line(cells: &[String], widths: &[usize], numbers: &[bool], page: &Page) -> String {
    let wrapped = cells.iter().zip(widths).map(|(cell, &width)| Page { width: width.max(20), ..*page }.wrap(cell, 0));
    let wrapped = wrapped.collect_vec();
    let height = wrapped.iter().map(Vec::len).max().unwrap_or(0);
    let mut rows = (0..height).map(|row| {
        let parts = wrapped.iter().zip(widths).zip(numbers).map(|((lines, &width), &is_number)| {
            let text = lines.get(row).map_or("", String::as_str);
            let missing = width.saturating_sub(columns(text));
            if is_number { format!("{:missing$}{text}", "") } else { padded(text, width) }
        });
        parts.collect_vec().join("  ").trim_end().to_string()
    });
    rows.join("\n")
}

fn record(cells: impl Iterator<Item = String>) -> String {
    let quoted = cells.map(|cell| match cell.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell,
    });
    format!("{}\r\n", quoted.collect_vec().join(","))
}

/// How often each of some names occurs, the most frequent first: "Reuters ×2; AFP".
pub(super) fn tally(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    names.for_each(|name| *counts.entry(name).or_default() += 1);
    let sorted = counts.into_iter().sorted_by_key(|(name, count)| (std::cmp::Reverse(*count), name.clone()));
    sorted.map(|(name, count)| if count > 1 { format!("{name} ×{count}") } else { name }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_read_by_people_and_programs() {
        let mut table = Table::new("Two", &["name", "score"]);
        for (name, score) in [("a, \"b\"", 0.5), ("c\u{202e}", 2.0)] {
            let cells = vec![Cell::Text(name.to_string()), Cell::Number(score)];
            table.rows.push(Row { cells, ..Row::default() });
        }
        let page = Page { width: 80, is_colored: false };
        assert_eq!(table.text(&page), "Two\n\nname       score\na, \"b\"  0.500000\nc       2.000000\n");
        assert_eq!(table.csv(), "name,score\r\n\"a, \"\"b\"\"\",0.500000\r\nc ,2.000000\r\n");
        let json = serde_json::to_string(&table).unwrap();
        assert!(json.starts_with(r#"{"title":"Two","rows":[{"name":"a, \"b\"","score":0.5},{"name":"#), "{json}");
        table.cut(1);
        assert_eq!((table.rows.len(), table.notes.len()), (1, 1));
    }
}
