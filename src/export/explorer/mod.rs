//! The explorer: a page to look at a graph, search it, filter it, and read the sentence behind every line.
//!
//! `geopol build … -o graph.html` writes one file with everything in it; `geopol serve` sends the same page, which then asks
//! the server for its data.

mod scene;
mod sha256;
mod page;

use std::io::{self, Write};

pub use page::{Source, policy, write as write_page};
pub use scene::Scene;

/// A name for content: the same bytes have the same.
pub fn digest(bytes: &[u8]) -> String {
    sha256::base64(&sha256::digest(bytes))
}

use super::Format;
use crate::graph::View;

pub const FORMAT: Format = Format {
    name: "html",
    extensions: &["html", "htm"],
    media_type: "text/html",
    about: "a page to explore the graph in a browser: search, evidence, filters, time, map",
    is_picture: true,
    write,
    read: None,
    parts: &[],
};

fn write(view: &View, output: &mut (dyn Write + Send)) -> io::Result<()> {
    let articles = view.articles();
    let titles = view.graph().articles().filter(|article| articles.contains(&article.key));
    let titles: Vec<&str> = titles.filter_map(|article| article.title.as_deref()).collect();
    let title = match titles.as_slice() {
        [only] => only,
        _ => "What the articles say",
    };
    page::write(title, Source::Inside(&Scene::new(view)), output)
}
