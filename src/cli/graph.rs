//! From the inputs of a command to one graph, and from an answer to the terminal.
//!
//! Articles and records are added, saved graphs are merged.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use geopol::error::{Error, Result};
use geopol::export::{self, File};
use geopol::graph::{Answer, Graph, Page};

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
    export::saved(path).is_some() && !path.is_dir()
}

fn saved_graph(path: &Path) -> Result<Graph> {
    let (paths, format) = export::saved(path).expect("the name was seen to be a saved graph's");
    let texts = paths.iter().map(|path| text(path)).collect::<Result<Vec<String>>>()?;
    let names: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
    let files: Vec<File> = names.iter().zip(&texts).map(|(name, text)| File { name, text }).collect();
    let read = format.read.expect("saved graphs have a format that reads");
    read(&files)
}

fn text(path: &Path) -> Result<String> {
    let bytes = fs::read(path).map_err(|error| Error::io(path, &error))?;
    String::from_utf8(bytes).map_err(|_| Error::File {
        path: path.display().to_string(),
        problem: "this is no text and so no saved graph".to_string(),
        advice: "name a file that `geopol build` wrote".to_string(),
    })
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
