//! RON: the graph as geopol keeps it, one article, node or edge a line.

use std::io::{self, Write};

use serde::Serialize;

use super::Format;
use crate::graph::{self, Saved, View, ron_options};

pub const FORMAT: Format = Format {
    name: "ron",
    extensions: &["ron"],
    media_type: "application/ron",
    about: "the whole graph in Rusty Object Notation",
    is_picture: false,
    write,
    read: Some(|files| graph::read(files[0].name, files[0].text)),
    parts: &[],
};

fn write(view: &View, output: &mut (dyn Write + Send)) -> io::Result<()> {
    let saved = Saved::new(view);
    writeln!(output, "#![enable(implicit_some)]\n(\nformat: \"{}\", version: {},", saved.format, saved.version)?;
    lines(output, "articles", &saved.articles)?;
    lines(output, "nodes", &saved.nodes)?;
    lines(output, "edges", &saved.edges)?;
    writeln!(output, ")")
}

fn lines(output: &mut (dyn Write + Send), name: &str, items: &[impl Serialize]) -> io::Result<()> {
    writeln!(output, "{name}: [")?;
    for item in items {
        let line = ron_options().to_string(item).map_err(io::Error::other)?;
        writeln!(output, "{line},")?;
    }
    writeln!(output, "],")
}
