//! PNG: the SVG picture as pixels, for slides and mails.
//!
//! Letters come from the fonts of the machine, so two machines may give two pictures; the lines and boxes are the same.

use std::io::{self, Write};
use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

use super::{Format, svg};
use crate::graph::View;

pub const FORMAT: Format = Format {
    name: "png",
    extensions: &["png"],
    media_type: "image/png",
    about: "the same picture as pixels, with this machine's fonts",
    is_picture: true,
    write,
    read: None,
    parts: &[],
};

/// Pixels a unit of the picture, so that small letters are clear.
const SCALE: f32 = 2.0;

/// On the longer side; a larger picture is scaled down to it.
const MOST_PIXELS: f32 = 8000.0;

fn write(view: &View, output: &mut (dyn Write + Send)) -> io::Result<()> {
    let mut fonts = fontdb::Database::new();
    fonts.load_system_fonts();
    if fonts.is_empty() {
        return Err(io::Error::other("this machine has no fonts to draw letters with; install one, or write SVG"));
    }
    let options = Options { fontdb: Arc::new(fonts), ..Options::default() };
    let tree = Tree::from_data(&svg::FORMAT.to_bytes(view), &options).map_err(io::Error::other)?;
    let size = tree.size();
    let scale = SCALE.min(MOST_PIXELS / size.width().max(size.height()));
    let pixels = |length: f32| (length * scale).ceil().max(1.0) as u32;
    let pixmap = Pixmap::new(pixels(size.width()), pixels(size.height()));
    let mut pixmap = pixmap.ok_or_else(|| io::Error::other("the picture is too large"))?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    output.write_all(&pixmap.encode_png().map_err(io::Error::other)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{Filter, Graph};

    #[test]
    fn a_picture_is_drawn_or_the_reason_is_told() {
        let record = serde_json::from_str(include_str!("../../tests/data/samarkand.jsonl")).unwrap();
        let graph = Graph::from_records([&record]);
        let mut bytes = Vec::new();
        match write(&View::new(&graph, &Filter::default()), &mut bytes) {
            Ok(()) => assert!(bytes.starts_with(b"\x89PNG")),
            Err(error) => assert!(error.to_string().contains("fonts"), "{error}"),
        }
    }
}
