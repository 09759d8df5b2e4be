//! From the inputs of a command to one graph.
//!
//! Articles and records are added, saved graphs are merged; then come the analyst's decisions and the policy.

use std::fs;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use geopol::error::{Error, Result};
use geopol::export::{self, File};
use geopol::graph::{Decisions, Graph, Policy, read_lines};

use super::input::Inputs;
use super::{Failure, Session};

/// What a graph is made from.
#[derive(clap::Args)]
pub struct Sources {
    #[command(flatten)]
    pub inputs: Inputs,
    /// Leave out the article of this id, and all that only it says; may be given several times
    #[arg(long, value_name = "ID")]
    pub without: Vec<String>,
    /// Merge and split entities as this file says (geopol merge, geopol split)
    #[arg(long, value_name = "FILE")]
    pub decisions: Option<PathBuf>,
    /// Put disputed places under the countries that this file gives them (data/policy.ron is one to copy)
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
}

impl Sources {
    /// As the inputs have it, before any decision.
    pub fn undecided(&self, session: &Session) -> std::result::Result<Graph, Failure> {
        let mut graph = read(&self.inputs, session)?;
        for id in &self.without {
            if graph.remove(id) == 0 {
                return Err(unknown_article(id, &graph).into());
            }
        }
        Ok(graph)
    }

    pub fn graph(&self, session: &Session) -> std::result::Result<Graph, Failure> {
        // Small files first: a typo in them costs no time.
        let decisions = self.decisions.as_deref().map(decisions).transpose()?;
        let policy = self.policy.as_deref().map(policy).transpose()?;
        let mut graph = self.undecided(session)?;
        if let (Some(decisions), Some(path)) = (decisions, &self.decisions) {
            for key in decisions.unknown(&graph) {
                session.notice(&Error::File {
                    path: path.display().to_string(),
                    problem: format!("a decision speaks of `{key}`, of which no article speaks"),
                    advice: "it changes nothing until one does; `geopol links NAME INPUT --json` shows ids".to_string(),
                });
            }
            session.close_notices();
            graph = graph.decided(&decisions);
        }
        if let Some(policy) = policy {
            graph = graph.ruled(&policy);
        }
        Ok(graph)
    }
}

/// A file of decisions.
pub fn decisions(path: &Path) -> Result<Decisions> {
    Decisions::parse(&path.display().to_string(), &text(path, "a file of decisions")?)
}

fn policy(path: &Path) -> Result<Policy> {
    Policy::parse(&path.display().to_string(), &text(path, "a policy")?)
}

fn unknown_article(id: &str, graph: &Graph) -> Error {
    let some: Vec<&str> = graph.articles().map(|article| article.key.id.as_str()).take(5).collect();
    Error::Request {
        problem: format!("no article has the id `{id}`"),
        advice: match some.as_slice() {
            [] => "there are no articles at all".to_string(),
            some => format!("ids are like {}", some.join(", ")),
        },
    }
}

/// So many articles are held in memory at a time.
const BATCH: usize = 512;

fn read(inputs: &Inputs, session: &Session) -> std::result::Result<Graph, Failure> {
    let is_saved = |path: &&PathBuf| inputs.input_format.is_none() && is_saved_graph(path);
    let (saved, rest): (Vec<&PathBuf>, Vec<&PathBuf>) = inputs.paths.iter().partition(is_saved);
    let mut graph = Graph::new();
    for (position, path) in saved.into_iter().enumerate() {
        let saved = session.pool().install(|| saved_graph(path))?;
        if position == 0 {
            graph = saved;
        } else {
            graph.merge(&saved);
        }
    }
    if rest.is_empty() {
        return Ok(graph);
    }
    let inputs = Inputs {
        paths: rest.into_iter().cloned().collect(),
        input_format: inputs.input_format.clone(),
        date: inputs.date,
    };
    let mut adding = graph.adding();
    let mut batch = Vec::new();
    inputs.each_record(session, |record| {
        batch.push(record);
        if batch.len() == BATCH {
            adding.extend(&batch);
            batch.clear();
        }
        Ok(())
    })?;
    adding.extend(&batch);
    drop(adding);
    Ok(graph)
}

/// Articles are never called so; a folder may be called anything.
fn is_saved_graph(path: &Path) -> bool {
    export::saved(path).is_some() && !path.is_dir()
}

fn saved_graph(path: &Path) -> Result<Graph> {
    let (paths, format) = export::saved(path).expect("the name was seen to be a saved graph's");
    let is_in_lines = ["ron", "json"].contains(&format.name);
    if is_in_lines && let Some(graph) = fs::File::open(path).ok().and_then(|file| read_lines(BufReader::new(file))) {
        return Ok(graph);
    }
    let read_text = |path: &PathBuf| text(path, "a graph that `geopol build` wrote");
    let texts = paths.iter().map(read_text).collect::<Result<Vec<String>>>()?;
    let names: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
    let files: Vec<File> = names.iter().zip(&texts).map(|(name, text)| File { name, text }).collect();
    let read = format.read.expect("saved graphs have a format that reads");
    read(&files)
}

fn text(path: &Path, what: &str) -> Result<String> {
    let bytes = fs::read(path).map_err(|error| Error::io(path, &error))?;
    String::from_utf8(bytes).map_err(|_| Error::File {
        path: path.display().to_string(),
        problem: "this is no text".to_string(),
        advice: format!("name {what}"),
    })
}
