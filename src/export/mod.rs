//! A view in, bytes out; one format, one file.
//!
//! A format is a row of `FORMATS`. To add one, write its file with a `FORMAT` and add two lines here.

mod escape;
mod style;
mod picture;
mod dot;
mod legend;
mod json;
mod ron;
mod columns;
mod graphml;
mod csv;
#[cfg(feature = "parquet")]
mod parquet;
mod gexf;
mod rdf;
mod turtle;
#[cfg(feature = "sparql")]
mod triples;
#[cfg(feature = "sparql")]
pub mod sparql;
mod jsonld;
mod cypher;
mod events;
pub mod dyads;
mod cameo;
mod geojson;
mod mermaid;
mod letters;
mod bows;
mod forces;
mod layout;
mod curve;
mod shape;
mod strip;
mod svg;
pub mod explorer;
#[cfg(feature = "png")]
mod png;

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use itertools::Itertools;

use crate::error::{Error, Result};
use crate::graph::{Graph, View};

/// How a view is written.
pub struct Format {
    /// What `-f` takes.
    pub name: &'static str,
    /// Without the dot; the first is the usual one.
    pub extensions: &'static [&'static str],
    pub media_type: &'static str,
    pub about: &'static str,
    /// True for what people look at: nodes without an edge stay out of it unless they are asked for.
    pub is_picture: bool,
    pub write: fn(&View<'_>, &mut (dyn Write + Send)) -> io::Result<()>,
    /// Makes the graph again of what was written.
    pub read: Option<Reader>,
    /// Where one file is not the whole graph: the extensions of all the files that are, this one's among them.
    pub parts: &'static [&'static str],
}

/// Files in the order of `Format::parts`, or the only one, to a graph.
pub type Reader = fn(&[File<'_>]) -> Result<Graph>;

/// A written file to be read back.
#[derive(Clone, Copy, Debug)]
pub struct File<'f> {
    /// As messages show it.
    pub name: &'f str,
    pub text: &'f str,
}

/// Every format, by name.
pub static FORMATS: &[Format] = &[
    cameo::FORMAT,
    csv::ARTICLES,
    csv::EDGES,
    csv::NODES,
    cypher::FORMAT,
    dot::FORMAT,
    geojson::FORMAT,
    gexf::FORMAT,
    graphml::FORMAT,
    explorer::FORMAT,
    json::FORMAT,
    jsonld::FORMAT,
    mermaid::FORMAT,
    #[cfg(feature = "parquet")]
    parquet::ARTICLES,
    #[cfg(feature = "parquet")]
    parquet::EDGES,
    #[cfg(feature = "parquet")]
    parquet::NODES,
    #[cfg(feature = "png")]
    png::FORMAT,
    ron::FORMAT,
    svg::FORMAT,
    turtle::FORMAT,
];

/// The format of this name.
pub fn format(name: &str) -> Result<&'static Format> {
    FORMATS.iter().find(|format| format.name.eq_ignore_ascii_case(name)).ok_or_else(|| Error::Request {
        problem: format!("there is no format `{name}`"),
        advice: format!("formats are {}", FORMATS.iter().map(|format| format.name).join(", ")),
    })
}

/// The files to write for a name, with their formats: mostly the one that is named. `graph.csv` stands for `graph.nodes.csv`
/// and all else that is needed beside it.
pub fn files(path: &Path) -> Result<Vec<(PathBuf, &'static Format)>> {
    if let Some(format) = FORMATS.iter().find(|format| format.stem_of(path).is_some()) {
        return Ok(vec![(path.to_path_buf(), format)]);
    }
    let extension = format!(".{}", path.extension().unwrap_or_default().to_string_lossy().to_lowercase());
    let parts = FORMATS.iter().filter(|format| format.extensions[0].ends_with(&extension));
    let parts = parts.map(|part| (path.with_extension(part.extensions[0]), part)).collect_vec();
    if parts.is_empty() {
        return Err(Error::Request {
            problem: format!("the name `{}` does not tell which format to write", path.display()),
            advice: format!(
                "give a format with -f, or end the name in {}",
                FORMATS.iter().map(|format| format!(".{}", format.extensions[0])).join(", ")
            ),
        });
    }
    Ok(parts)
}

/// The files that hold the saved graph of this name, and the format that reads them; `None` for other names.
pub fn saved(path: &Path) -> Option<(Vec<PathBuf>, &'static Format)> {
    let (part, format) = files(path).ok()?.into_iter().find(|(_, format)| format.read.is_some())?;
    if format.parts.is_empty() {
        return Some((vec![path.to_path_buf()], format));
    }
    let stem = format.stem_of(&part)?;
    Some((format.parts.iter().map(|part| path.with_file_name(format!("{stem}.{part}"))).collect(), format))
}

impl Format {
    /// The whole output as a value, for small graphs and tests.
    pub fn to_bytes(&self, view: &View) -> Vec<u8> {
        let mut bytes = Vec::new();
        (self.write)(view, &mut bytes).expect("memory can be written to");
        bytes
    }

    /// `graph` of `folder/graph.nodes.csv`, where the extension is one of this format's.
    fn stem_of(&self, path: &Path) -> Option<String> {
        let name = path.file_name()?.to_string_lossy();
        self.extensions.iter().find_map(|extension| {
            let end = name.len().checked_sub(extension.len() + 1)?;
            let is_it = name.get(end..)?.strip_prefix('.')?.eq_ignore_ascii_case(extension);
            is_it.then(|| name[..end].to_string())
        })
    }
}
