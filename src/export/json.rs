//! JSON as networkx reads it (`networkx.node_link_graph`): a directed multigraph, one node or edge a line.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::json;

use super::Format;
use crate::graph::{self, SAVED_FORMAT, SAVED_VERSION, Saving, View};

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
    let saving = Saving::new(view);
    let header =
        json!({ "format": SAVED_FORMAT, "version": SAVED_VERSION, "articles": saving.articles().collect::<Vec<_>>() });
    write!(output, "{{\"directed\": true, \"multigraph\": true,\n\"graph\": {header},\n\"nodes\": [")?;
    lines(output, saving.nodes())?;
    write!(output, "],\n\"edges\": [")?;
    lines(output, saving.edges())?;
    writeln!(output, "]}}")
}

fn lines(output: &mut (dyn Write + Send), items: impl Iterator<Item = impl Serialize>) -> io::Result<()> {
    let mut is_first = true;
    for item in items {
        output.write_all(if is_first { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *output, &item)?;
        is_first = false;
    }
    if is_first { Ok(()) } else { output.write_all(b"\n") }
}
