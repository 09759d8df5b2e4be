//! RON: the graph as geopol keeps it, one article, node or edge a line.

use std::io::{self, Write};

use serde::Serialize;

use super::Format;
use crate::graph::{self, SAVED_FORMAT, SAVED_VERSION, Saving, View, ron_options};

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
    let saving = Saving::new(view);
    writeln!(output, "#![enable(implicit_some)]\n(\nformat: \"{SAVED_FORMAT}\", version: {SAVED_VERSION},")?;
    lines(output, "articles", saving.articles())?;
    lines(output, "nodes", saving.nodes())?;
    lines(output, "edges", saving.edges())?;
    writeln!(output, ")")
}

fn lines(output: &mut (dyn Write + Send), name: &str, items: impl Iterator<Item = impl Serialize>) -> io::Result<()> {
    writeln!(output, "{name}: [")?;
    for item in items {
        let line = ron_options().to_string(&item).map_err(io::Error::other)?;
        writeln!(output, "{line},")?;
    }
    writeln!(output, "],")
}
