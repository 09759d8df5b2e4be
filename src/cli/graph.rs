//! From the inputs of a command to one graph, and from an answer to the terminal.
//!
//! Articles and records are added, saved graphs are merged.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use geopol::error::{Error, Result};
use geopol::graph::{self, Answer, Graph, Page};

use super::input::Inputs;
use super::output::Output;
use super::{Failure, Outcome, Session};

/// Nodes are computed anew after so many articles, not after each.
const BATCH: usize = 512;

pub fn read(inputs: &Inputs, session: &Session) -> std::result::Result<Graph, Failure> {
    let is_saved = |path: &&PathBuf| inputs.input_format.is_none() && is_saved_graph(path);
    let (saved, rest): (Vec<&PathBuf>, Vec<&PathBuf>) = inputs.paths.iter().partition(is_saved);
    let mut graph = Graph::new();
    for path in saved {
        graph.merge(&saved_graph(path)?);
    }
    if rest.is_empty() {
        return Ok(graph);
    }
    let inputs = Inputs {
        paths: rest.into_iter().cloned().collect(),
        input_format: inputs.input_format.clone(),
        date: inputs.date,
    };
    let mut batch = Vec::new();
    inputs.each_record(session, |record| {
        batch.push(record);
        if batch.len() == BATCH {
            graph.extend(&batch);
            batch.clear();
        }
        Ok(())
    })?;
    graph.extend(&batch);
    Ok(graph)
}

/// Articles are never called so; a folder may be called anything.
fn is_saved_graph(path: &Path) -> bool {
    let extension = path.extension().unwrap_or_default();
    (extension.eq_ignore_ascii_case("ron") || extension.eq_ignore_ascii_case("json")) && !path.is_dir()
}

fn saved_graph(path: &Path) -> Result<Graph> {
    let bytes = fs::read(path).map_err(|error| Error::io(path, &error))?;
    let name = path.display().to_string();
    let text = String::from_utf8(bytes).map_err(|_| Error::File {
        path: name.clone(),
        problem: "this is no text and so no saved graph".to_string(),
        advice: "name a .ron or .json file that `geopol build` wrote".to_string(),
    })?;
    graph::read(&name, &text)
}

/// Prints an answer to standard output.
pub fn print(answer: &Answer, as_json: bool, session: &Session) -> Outcome {
    let mut output = Output::open(None)?;
    match as_json {
        true => writeln!(output, "{}", answer.json())?,
        false => write!(output, "{}", answer.text(&page(session)))?,
    }
    Ok(output.finish()?)
}

/// The terminal as a page.
fn page(session: &Session) -> Page {
    let width = terminal_size::terminal_size().map_or(100, |(terminal_size::Width(width), _)| usize::from(width));
    Page { width: width.clamp(40, 140), is_colored: session.colors() }
}
