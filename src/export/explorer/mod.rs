//! The explorer: a page to look at a graph, search it, filter it, and read the sentence behind every line.
//!
//! `geopol build … -o graph.html` writes one file with everything in it; `geopol serve` sends the same page, which then asks
//! the server for its data.

mod scene;
mod page;

use std::io::{self, Write};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

use super::Format;
use crate::graph::View;

pub use page::{Source, policy, write as write_page};
pub use scene::Scene;

/// A name for content, SHA-256 in base 64, as a Content-Security-Policy writes it: the same bytes have the same.
pub fn digest(bytes: &[u8]) -> String {
    BASE64_STANDARD.encode(Sha256::digest(bytes))
}

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

#[cfg(test)]
mod tests {
    use super::digest;

    #[test]
    fn digests_are_those_of_the_standard() {
        let long = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
        for (text, expected) in [
            ("", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="),
            ("abc", "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="),
            (long, "JI1qYdIGOLjlwCaTDD5gOaM85Flk/yFn9uzt1BnbBsE="),
        ] {
            assert_eq!(digest(text.as_bytes()), expected);
        }
    }
}
