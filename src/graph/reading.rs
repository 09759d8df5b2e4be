//! A saved graph back from its file.
//!
//! A file comes from anywhere: whatever is wrong with it is an error that names the line, never a panic. `read_lines` is the
//! fast road, for large files that are laid out as geopol writes them; all others, and all that are damaged, take `read`.

use std::io::BufRead;

use rayon::prelude::*;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::Graph;
use super::assembly::{Assembly, Wrong};
use super::saved::{FORMAT, Saved, SavedArticle, SavedEdge, SavedNode, VERSION};
use crate::error::{Error, Result};

/// Reads a saved graph, RON or JSON; `path` is for messages.
pub fn read(path: &str, text: &str) -> Result<Graph> {
    let saved = if text.trim_start().starts_with('{') { read_json(path, text) } else { read_ron(path, text) }?;
    assemble(saved, path, text)
}

/// The graph of what a file holds; `path` and `text` are for messages.
pub(crate) fn assemble(saved: Saved, path: &str, text: &str) -> Result<Graph> {
    let file = File { path, text };
    if saved.format != FORMAT {
        return Err(file
            .error_at(text.find("format").unwrap_or(0), format!("this is no graph of geopol but `{}`", saved.format)));
    }
    if saved.version != VERSION {
        return Err(file.version(saved.version));
    }
    let assembled = || -> std::result::Result<Graph, Wrong> {
        let mut assembly = Assembly::default();
        saved.articles.into_iter().try_for_each(|article| assembly.article(article))?;
        saved.nodes.into_iter().try_for_each(|node| assembly.node(node))?;
        saved.edges.into_iter().try_for_each(|edge| assembly.edge(edge))?;
        Ok(assembly.graph)
    };
    assembled().map_err(|Wrong { culprit, problem }| file.error(&culprit, problem))
}

/// A file that is being read, for messages about it.
struct File<'f> {
    path: &'f str,
    text: &'f str,
}

pub(crate) const ADVICE: &str = "write the graph again with `geopol build`; a saved graph is as geopol writes it";

impl File<'_> {
    /// An error at the last place where `culprit` stands, in quotes if it can be: what refers comes after what is referred to.
    fn error(&self, culprit: &str, problem: String) -> Error {
        let quoted = serde_json::to_string(culprit).unwrap_or_default();
        let bare = || self.text.rfind(culprit).filter(|_| !culprit.is_empty());
        self.error_at(self.text.rfind(&quoted).or_else(bare).unwrap_or(0), problem)
    }

    fn error_at(&self, position: usize, problem: String) -> Error {
        let before = &self.text[..position];
        Error::Syntax {
            path: self.path.to_string(),
            line: before.matches('\n').count() + 1,
            column: before.rsplit('\n').next().map_or(0, |line| line.chars().count()) + 1,
            problem,
            advice: ADVICE.to_string(),
        }
    }

    fn version(&self, version: u32) -> Error {
        Error::Syntax {
            path: self.path.to_string(),
            line: 1,
            column: 1,
            problem: format!("the graph has version {version}; this program reads version {VERSION}"),
            advice: "use the release of geopol that wrote it, or build the graph again".to_string(),
        }
    }
}

/// The same as networkx reads it: "node-link" data of a directed multigraph.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NodeLink {
    directed: bool,
    multigraph: bool,
    graph: Header,
    nodes: Vec<SavedNode>,
    edges: Vec<SavedEdge>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    format: String,
    version: u32,
    articles: Vec<SavedArticle>,
}

/// What every version of the format has.
#[derive(Deserialize)]
struct AnyVersion {
    #[serde(alias = "graph")]
    version: VersionAnywhere,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum VersionAnywhere {
    Here(u32),
    Inside { version: u32 },
}

impl AnyVersion {
    fn number(&self) -> u32 {
        match self.version {
            VersionAnywhere::Here(version) | VersionAnywhere::Inside { version } => version,
        }
    }
}

fn read_json(path: &str, text: &str) -> Result<Saved> {
    let link: NodeLink =
        serde_json::from_str(text).map_err(|error| match serde_json::from_str::<AnyVersion>(text) {
            Ok(any) if any.number() != VERSION => File { path, text }.version(any.number()),
            _ => Error::Syntax {
                path: path.to_string(),
                line: error.line().max(1),
                column: error.column().max(1),
                problem: without_position(&error.to_string()),
                advice: advice(error.is_eof()),
            },
        })?;
    if !link.directed || !link.multigraph {
        let file = File { path, text };
        return Err(file.error(
            if link.directed { "multigraph" } else { "directed" },
            "a geopol graph is directed and a multigraph".to_string(),
        ));
    }
    let Header { format, version, articles } = link.graph;
    Ok(Saved { format, version, articles, nodes: link.nodes, edges: link.edges })
}

/// serde_json ends its messages with " at line 1 column 2", which the error's own place says already.
fn without_position(message: &str) -> String {
    message.rsplit_once(" at line ").map_or(message, |(problem, _)| problem).to_string()
}

fn read_ron(path: &str, text: &str) -> Result<Saved> {
    options().from_str(text).map_err(|error| match options().from_str::<AnyVersion>(text) {
        Ok(any) if any.number() != VERSION => File { path, text }.version(any.number()),
        _ => Error::Syntax {
            path: path.to_string(),
            line: error.span.start.line.max(1),
            column: error.span.start.col.max(1),
            problem: error.code.to_string(),
            advice: advice(matches!(error.code, ron::Error::Eof | ron::Error::ExpectedStringEnd)),
        },
    })
}

fn advice(is_cut: bool) -> String {
    if is_cut { format!("the file ends too early; {ADVICE}") } else { ADVICE.to_string() }
}

/// RON without `Some(…)` around everything.
pub(crate) fn options() -> ron::Options {
    ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME)
}

/// Lines that are read before their items are put into the graph.
const BATCH: usize = 4096;

/// As `read`, from a file that has an article, node or edge a line, and without holding all of its text.
///
/// `None` for a file of another layout, or one with anything wrong in it: `read` tells what.
pub fn read_lines(file: impl BufRead) -> Option<Graph> {
    let mut lines = Lines { file, line: String::new() };
    let mut assembly = Assembly::default();
    if lines.next()? == "#![enable(implicit_some)]" {
        lines.expect("(")?;
        lines.expect(&format!("format: \"{FORMAT}\", version: {VERSION},"))?;
        lines.expect("articles: [")?;
        lines.items("],", from_ron, |article: SavedArticle| assembly.article(article))?;
        lines.expect("nodes: [")?;
        lines.items("],", from_ron, |node: SavedNode| assembly.node(node))?;
        lines.expect("edges: [")?;
        lines.items("],", from_ron, |edge: SavedEdge| assembly.edge(edge))?;
        lines.expect(")")?;
    } else {
        (lines.line == "{\"directed\": true, \"multigraph\": true,").then_some(())?;
        let header = lines.next()?.strip_prefix("\"graph\": ")?.strip_suffix(',')?;
        let header: Header = from_json(header)?;
        (header.format == FORMAT && header.version == VERSION).then_some(())?;
        header.articles.into_iter().try_for_each(|article| assembly.article(article)).ok()?;
        lines.expect("\"nodes\": [")?;
        lines.items("],", from_json, |node: SavedNode| assembly.node(node))?;
        lines.expect("\"edges\": [")?;
        lines.items("]}", from_json, |edge: SavedEdge| assembly.edge(edge))?;
    }
    lines.next().is_none().then_some(assembly.graph)
}

fn from_ron<T: DeserializeOwned>(line: &str) -> Option<T> {
    options().from_str(line).ok()
}

fn from_json<T: DeserializeOwned>(line: &str) -> Option<T> {
    serde_json::from_str(line).ok()
}

struct Lines<F> {
    file: F,
    line: String,
}

impl<F: BufRead> Lines<F> {
    fn next(&mut self) -> Option<&str> {
        self.line.clear();
        self.file.read_line(&mut self.line).ok().filter(|&length| length > 0)?;
        self.line.truncate(self.line.trim_end_matches(['\r', '\n']).len());
        Some(&self.line)
    }

    fn expect(&mut self, line: &str) -> Option<()> {
        (self.next()? == line).then_some(())
    }

    /// Reads items up to a line that ends their list.
    fn items<T: Send>(
        &mut self,
        end: &str,
        from: fn(&str) -> Option<T>,
        mut put: impl FnMut(T) -> std::result::Result<(), Wrong>,
    ) -> Option<()> {
        loop {
            let mut batch = Vec::with_capacity(BATCH);
            while batch.len() < BATCH && self.next()? != end {
                batch.push(self.line.strip_suffix(',').unwrap_or(&self.line).to_string());
            }
            let is_last = batch.len() < BATCH;
            let items: Vec<Option<T>> = batch.par_iter().map(|line| from(line)).collect();
            items.into_iter().try_for_each(|item| put(item?).ok())?;
            if is_last {
                return Some(());
            }
        }
    }
}
