//! JSON as networkx reads it (`networkx.node_link_graph`): a directed multigraph, one node or edge a line.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::json;

use super::Format;
use crate::graph::{self, Saved, View};

pub const FORMAT: Format = Format {
    name: "json",
    extensions: &["json"],
    media_type: "application/json",
    about: "node-link JSON as networkx and D3 read it",
    is_picture: false,
    write,
    read: Some(|files| graph::read(files[0].name, files[0].text)),
    parts: &[],
};

fn write(view: &View, output: &mut (dyn Write + Send)) -> io::Result<()> {
    let saved = Saved::new(view);
    let header = json!({ "format": saved.format, "version": saved.version, "articles": saved.articles });
    write!(output, "{{\"directed\": true, \"multigraph\": true,\n\"graph\": {header},\n\"nodes\": [")?;
    lines(output, &saved.nodes)?;
    write!(output, "],\n\"edges\": [")?;
    lines(output, &saved.edges)?;
    writeln!(output, "]}}")
}

fn lines(output: &mut (dyn Write + Send), items: &[impl Serialize]) -> io::Result<()> {
    for (position, item) in items.iter().enumerate() {
        output.write_all(if position == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *output, item)?;
    }
    if items.is_empty() { Ok(()) } else { output.write_all(b"\n") }
}
