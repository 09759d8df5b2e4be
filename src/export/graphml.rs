//! GraphML: the whole graph as XML that yEd, Gephi, igraph and networkx read; geopol reads it back.
//!
//! A node is `<node id="wikidata:Q717"><data key="name">Venezuela</data>…</node>`. XML's ids take few letters, so the data
//! `key` has the node's own. What has parts (circumstances, the event) is JSON inside a `data`.

use std::collections::HashMap;
use std::io::{self, Write};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use serde::Serialize;

use super::columns::{self, Column, EDGE, NODE, Type};
use super::escape::{from_xml_data, xml_data, xml_id};
use super::{File, Format};
use crate::error::{Error, Result};
use crate::graph::{Graph, SAVED_ADVICE, SAVED_FORMAT, SAVED_VERSION, Saved, SavedNode, Saving, View, assemble};

pub const FORMAT: Format = Format {
    name: "graphml",
    extensions: &["graphml"],
    media_type: "application/graphml+xml",
    about: "XML for yEd, Gephi, igraph and networkx",
    is_picture: false,
    write,
    read: Some(|files| read(&files[0])),
    parts: &[],
};

/// What is said of the graph itself.
const GRAPH: [(&str, &str); 3] = [("format", "string"), ("version", "int"), ("articles", "string")];

fn write(view: &View, output: &mut (dyn Write + Send)) -> io::Result<()> {
    let saving = Saving::new(view);
    let attributes = "xmlns=\"http://graphml.graphdrawing.org/xmlns\"";
    writeln!(output, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml {attributes}>")?;
    for (name, holds) in GRAPH {
        writeln!(output, "<key id=\"g_{name}\" for=\"graph\" attr.name=\"{name}\" attr.type=\"{holds}\"/>")?;
    }
    for (element, prefix, columns) in [("node", "n", NODE), ("edge", "e", EDGE)] {
        for (name, column) in data(columns) {
            let holds = match column.holds {
                Type::Text | Type::Json => "string",
                Type::Count => "long",
                Type::Number => "double",
                Type::Truth => "boolean",
            };
            writeln!(
                output,
                "<key id=\"{prefix}_{name}\" for=\"{element}\" attr.name=\"{name}\" attr.type=\"{holds}\"/>"
            )?;
        }
    }
    let articles = serde_json::to_string(&saving.articles().collect::<Vec<_>>())?;
    writeln!(output, "<graph id=\"geopol\" edgedefault=\"directed\">")?;
    writeln!(output, "<data key=\"g_format\">{}</data>", SAVED_FORMAT)?;
    writeln!(output, "<data key=\"g_version\">{}</data>", SAVED_VERSION)?;
    writeln!(output, "<data key=\"g_articles\">{}</data>", xml_data(&articles))?;
    for node in saving.nodes() {
        write!(output, "<node id=\"{}\">", xml_id(&node.id.0))?;
        cells(output, "n", &node, NODE)?;
        writeln!(output, "</node>")?;
    }
    for edge in saving.edges() {
        let [id, from, to] = [&*edge.key, &*edge.source.0, &*edge.target.0].map(xml_id);
        write!(output, "<edge id=\"{id}\" source=\"{from}\" target=\"{to}\">")?;
        cells(output, "e", &edge, EDGE)?;
        writeln!(output, "</edge>")?;
    }
    writeln!(output, "</graph>\n</graphml>")
}

/// The columns that are written as data. Programs have `id` and, of an edge, `key` for themselves.
fn data(columns: &'static [Column]) -> impl Iterator<Item = (&'static str, &'static Column)> {
    columns.iter().filter_map(|column| match column.name {
        "source" | "target" => None,
        "id" => Some(("key", column)),
        "key" => Some(("statement", column)),
        name => Some((name, column)),
    })
}

fn cells(
    output: &mut (dyn Write + Send),
    prefix: &str,
    item: &impl Serialize,
    columns: &'static [Column],
) -> io::Result<()> {
    let mut cells: HashMap<&str, Option<String>> =
        columns.iter().map(|column| column.name).zip(columns::cells(item, columns)).collect();
    for (name, column) in data(columns) {
        if let Some(cell) = cells.remove(column.name).flatten() {
            write!(output, "<data key=\"{prefix}_{name}\">{}</data>", xml_data(&cell))?;
        }
    }
    Ok(())
}

/// The element whose data is being read.
#[derive(Default)]
struct Item {
    is_edge: bool,
    source: String,
    target: String,
    data: HashMap<String, String>,
    place: usize,
}

/// Takes any order of elements and any ids for keys and nodes, as other programs write them.
fn read(file: &File) -> Result<Graph> {
    let mut reader = Reader::from_str(file.text);
    let mut names: HashMap<String, String> = HashMap::new();
    let mut graph: HashMap<String, String> = HashMap::new();
    let mut item: Option<Item> = None;
    let mut open: Option<(String, String)> = None;
    let mut ids: HashMap<String, String> = HashMap::new();
    let mut saved =
        Saved { format: String::new(), version: 0, articles: Vec::new(), nodes: Vec::new(), edges: Vec::new() };
    let mut items = Vec::new();
    let mut is_whole = false;
    loop {
        let place = reader.buffer_position() as usize;
        let event = reader.read_event().map_err(|error| error_at(file, place, error.to_string()))?;
        match event {
            Event::Start(element) | Event::Empty(element) if element.name().0 == "key" => {
                names.insert(attribute(file, &element, "id", place)?, attribute(file, &element, "attr.name", place)?);
            }
            Event::Start(element) if element.name().0 == "node" => {
                let source = attribute(file, &element, "id", place)?;
                item = Some(Item { source, place, ..Item::default() });
            }
            Event::Start(element) if element.name().0 == "edge" => {
                let [source, target] = ["source", "target"].map(|name| attribute(file, &element, name, place));
                item = Some(Item { is_edge: true, source: source?, target: target?, place, ..Item::default() });
            }
            Event::Start(element) if element.name().0 == "data" => {
                let key = attribute(file, &element, "key", place)?;
                let name = names.get(&key).ok_or_else(|| error_at(file, place, format!("no key is called `{key}`")))?;
                open = Some((name.clone(), String::new()));
            }
            Event::Text(text) => {
                if let Some((_, content)) = &mut open {
                    content.push_str(&text.xml10_content());
                }
            }
            Event::CData(text) => {
                if let Some((_, content)) = &mut open {
                    content.push_str(&text.xml10_content());
                }
            }
            Event::GeneralRef(reference) => {
                let known = quick_xml::escape::resolve_xml_entity(&reference).map(str::to_string);
                let letter = reference.resolve_char_ref().ok().flatten().map(String::from);
                let resolved = known.or(letter);
                let resolved = resolved.ok_or_else(|| error_at(file, place, format!("unknown `&{};`", &*reference)))?;
                if let Some((_, content)) = &mut open {
                    content.push_str(&resolved);
                }
            }
            Event::End(element) => match element.name().0 {
                "data" => {
                    if let Some((name, content)) = open.take() {
                        let data = item.as_mut().map_or(&mut graph, |item| &mut item.data);
                        data.insert(name, from_xml_data(&content));
                    }
                }
                "node" | "edge" => items.extend(item.take()),
                "graphml" => is_whole = true,
                _ => {}
            },
            Event::Eof if !is_whole => return Err(error_at(file, place, "the file ends too early".to_string())),
            Event::Eof => break,
            _ => {}
        }
    }
    saved.format = graph.remove("format").unwrap_or_default();
    saved.version = graph.remove("version").and_then(|version| version.parse().ok()).unwrap_or_default();
    if saved.format == SAVED_FORMAT && saved.version == SAVED_VERSION {
        let articles = graph.remove("articles").unwrap_or_default();
        saved.articles = serde_json::from_str(&articles)
            .map_err(|error| error_at(file, 0, format!("the graph's `articles` cannot be read: {error}")))?;
        // Edges may stand before the nodes that they link.
        items.sort_by_key(|item| item.is_edge);
        for item in items {
            add(file, item, &mut ids, &mut saved)?;
        }
    }
    assemble(saved, file.name, file.text)
}

fn add(file: &File, mut item: Item, ids: &mut HashMap<String, String>, saved: &mut Saved) -> Result<()> {
    let columns = if item.is_edge { EDGE } else { NODE };
    let mut row: Vec<Option<String>> = vec![None; columns.len()];
    for (name, column) in data(columns) {
        let position = columns.iter().position(|known| known.name == column.name).expect("data comes from the columns");
        row[position] = item.data.remove(name);
    }
    let wrong = |problem: String| error_at(file, item.place, problem);
    if item.is_edge {
        for (end, position) in [(&item.source, 0), (&item.target, 1)] {
            let key = ids.get(end).ok_or_else(|| wrong(format!("the edge ends at `{end}`, which is no node")))?;
            row[position] = Some(key.clone());
        }
        saved.edges.push(columns::item(EDGE, &mut row).map_err(wrong)?);
    } else {
        let node: SavedNode = columns::item(NODE, &mut row).map_err(wrong)?;
        ids.insert(item.source.clone(), node.id.0.to_string());
        saved.nodes.push(node);
    }
    Ok(())
}

fn attribute(file: &File, element: &BytesStart, name: &str, place: usize) -> Result<String> {
    for attribute in element.attributes() {
        let attribute = attribute.map_err(|error| error_at(file, place, error.to_string()))?;
        if attribute.key.0 == name {
            let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0);
            return value.map(|value| value.into_owned()).map_err(|error| error_at(file, place, error.to_string()));
        }
    }
    Err(error_at(file, place, format!("`{}` has no `{name}`", element.name().0)))
}

fn error_at(file: &File, place: usize, problem: String) -> Error {
    let mut place = place.min(file.text.len());
    while !file.text.is_char_boundary(place) {
        place -= 1;
    }
    let before = &file.text[..place];
    Error::Syntax {
        path: file.name.to_string(),
        line: before.matches('\n').count() + 1,
        column: before.rsplit('\n').next().map_or(0, |line| line.chars().count()) + 1,
        problem,
        advice: SAVED_ADVICE.to_string(),
    }
}
