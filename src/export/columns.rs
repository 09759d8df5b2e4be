//! Articles, nodes and edges as flat rows: what tables and attribute lists can hold.
//!
//! A text, a number or a truth value is a cell of its own; what has parts (references, circumstances) is one cell of JSON.
//! `[name: Essequibo, kind: region, refs: {"wikidata":"Q193620"}, wikidata: Q193620, …]` is a node. Cells like the last
//! repeat what another holds, for programs that look at single values, and are passed over when a row is read.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// What a cell holds; the names are those of tables and attribute lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Type {
    Text,
    /// A whole number.
    Count,
    Number,
    Truth,
    Json,
}

/// Where a cell comes from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    pub name: &'static str,
    pub holds: Type,
    /// A JSON pointer into the item; one of more than one step repeats a part of another column.
    pointer: &'static str,
    /// Tables without it are read as well.
    pub is_optional: bool,
}

const fn column(pointer: &'static str, name: &'static str, holds: Type) -> Column {
    Column { name, holds, pointer, is_optional: false }
}

const fn optional(pointer: &'static str, name: &'static str, holds: Type) -> Column {
    Column { is_optional: true, ..column(pointer, name, holds) }
}

pub(super) const ARTICLE: &[Column] = &[
    column("/label", "label", Type::Text),
    column("/id", "id", Type::Text),
    column("/digest", "digest", Type::Text),
    column("/title", "title", Type::Text),
    column("/date", "date", Type::Text),
    column("/source", "source", Type::Text),
    column("/url", "url", Type::Text),
    optional("/text", "text", Type::Text),
];

pub(super) const NODE: &[Column] = &[
    column("/id", "id", Type::Text),
    column("/name", "name", Type::Text),
    column("/kind", "kind", Type::Text),
    column("/refs/wikidata", "wikidata", Type::Text),
    column("/country", "country", Type::Text),
    column("/lat", "lat", Type::Number),
    column("/lon", "lon", Type::Number),
    column("/mentions", "mentions", Type::Count),
    column("/aliases", "aliases", Type::Json),
    column("/refs", "refs", Type::Json),
    column("/merged", "merged", Type::Json),
    column("/value", "value", Type::Json),
    column("/appearances", "appearances", Type::Json),
];

pub(super) const EDGE: &[Column] = &[
    column("/source", "source", Type::Text),
    column("/target", "target", Type::Text),
    column("/type", "type", Type::Text),
    column("/key", "key", Type::Text),
    column("/symmetric", "symmetric", Type::Truth),
    column("/predicate", "predicate", Type::Text),
    column("/confidence", "confidence", Type::Number),
    column("/polarity", "polarity", Type::Text),
    column("/modality", "modality", Type::Text),
    column("/attribution/name", "speaker", Type::Text),
    column("/event/quad", "quad", Type::Text),
    column("/event/plover", "plover", Type::Text),
    column("/event/cameo", "cameo", Type::Text),
    column("/event/score", "score", Type::Number),
    column("/first_day", "first_day", Type::Text),
    column("/last_day", "last_day", Type::Text),
    column("/historical", "historical", Type::Truth),
    column("/derived", "derived", Type::Truth),
    column("/evidence", "evidence", Type::Text),
    column("/article", "article", Type::Text),
    column("/article_date", "article_date", Type::Text),
    column("/article_title", "article_title", Type::Text),
    column("/article_source", "article_source", Type::Text),
    column("/relation", "relation", Type::Count),
    column("/start", "start", Type::Count),
    column("/end", "end", Type::Count),
    column("/event_id", "event_id", Type::Count),
    column("/why", "why", Type::Text),
    column("/attribution", "attribution", Type::Json),
    column("/event", "event", Type::Json),
    column("/valid", "valid", Type::Json),
    column("/premises", "premises", Type::Json),
    column("/circumstances", "circumstances", Type::Json),
    optional("/marks", "marks", Type::Json),
];

impl Column {
    fn is_repeated(&self) -> bool {
        self.pointer[1..].contains('/')
    }
}

/// The cells of an item in the order of the columns; `None` for what it does not have.
pub(super) fn cells(item: &impl Serialize, columns: &[Column]) -> Vec<Option<String>> {
    let item = serde_json::to_value(item).expect("plain data is JSON");
    let cell = |column: &Column| match item.pointer(column.pointer)? {
        Value::Null => None,
        Value::String(text) if column.holds != Type::Json => Some(text.clone()),
        other => Some(other.to_string()),
    };
    columns.iter().map(cell).collect()
}

/// The contract's word for one of a closed set: `negated`, `verbal-conflict`.
pub(super) fn word(value: &impl Serialize) -> String {
    let value = serde_json::to_value(value).ok();
    value.as_ref().and_then(Value::as_str).unwrap_or_default().to_string()
}

/// The item that a row tells of, or what is wrong with the row.
pub(super) fn item<T: DeserializeOwned>(columns: &[Column], cells: &mut [Option<String>]) -> Result<T, String> {
    let mut item = serde_json::Map::new();
    for (column, cell) in columns.iter().zip(cells).filter(|(column, _)| !column.is_repeated()) {
        let value = match (cell.take(), column.holds) {
            (None, _) if column.is_optional => continue,
            (None, _) => Value::Null,
            (Some(text), Type::Text) => Value::String(text),
            (Some(text), _) => {
                serde_json::from_str(&text).map_err(|_| format!("`{text}` cannot be `{}`", column.name))?
            }
        };
        item.insert(column.pointer[1..].to_string(), value);
    }
    serde_json::from_value(Value::Object(item)).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{Filter, Graph, Saved, View};

    #[test]
    fn a_row_tells_the_whole_item() {
        let record = serde_json::from_str(include_str!("../../tests/data/samarkand.jsonl")).unwrap();
        let saved = Saved::new(&View::new(&Graph::from_records([&record]), &Filter::default()));
        for node in &saved.nodes {
            assert_eq!(item(NODE, &mut cells(node, NODE)).as_ref(), Ok(node));
        }
        for edge in &saved.edges {
            assert_eq!(item(EDGE, &mut cells(edge, EDGE)).as_ref(), Ok(edge));
        }
        for article in &saved.articles {
            assert_eq!(item(ARTICLE, &mut cells(article, ARTICLE)).as_ref(), Ok(article));
        }
    }

    #[test]
    fn a_wrong_cell_is_named() {
        let mut row: Vec<Option<String>> = vec![None; NODE.len()];
        row[5] = Some("north".to_string());
        let error = item::<serde_json::Value>(NODE, &mut row).unwrap_err();
        assert_eq!(error, "`north` cannot be `lat`");
    }
}
