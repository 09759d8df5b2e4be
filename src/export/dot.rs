//! DOT.
use super::Format;
use crate::graph::View;
use std::io::{self, Write};

pub const FORMAT: Format = Format {
    name: "dot",
    extensions: &["dot", "gv"],
    media_type: "text/vnd.graphviz",
    about: "a picture for Graphviz: dot -Tsvg graph.dot > graph.svg",
    is_picture: true,
    write,
};
fn write(_view: &View, output: &mut (dyn Write + Send)) -> io::Result<()> {
    writeln!(output, "digraph {{}}")
}
