//! `geopol merge` and `geopol split`: decisions on who is who, kept in a file for every later build.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use geopol::error::{Error, Result};
use geopol::graph::{Decision, Decisions, Node};

use super::graph::{Sources, decisions};
use super::output::Output;
use super::view::node;
use super::{Outcome, Session};

/// Decide that two entities are one; `--decisions FILE` applies it to every build
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  geopol merge Maduro \"Maduro Moros\" graph.ron --decisions decisions.ron --reason \"his full name\"
  geopol build news/ --decisions decisions.ron -o graph.ron      the decisions are applied again
  geopol split Maduro graph.ron --decisions decisions.ron        undoes the merge

The file is RON, made where there is none, and may be edited: a line taken out is undone.")]
pub struct Merge {
    /// The entity that stays
    keep: String,
    /// The entity that becomes part of it
    other: String,
    #[command(flatten)]
    sources: Sources,
    /// Why they are one
    #[arg(long, value_name = "TEXT", default_value = "")]
    reason: String,
}

/// Undo a merge, or decide that what some articles call by one name is another entity
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  geopol split Maduro graph.ron --decisions decisions.ron                   undoes every decision on it
  geopol split \"John Smith\" graph.ron --decisions decisions.ron --article a7 --reason \"the bishop\"")]
pub struct Split {
    /// The entity
    name: String,
    #[command(flatten)]
    sources: Sources,
    /// The articles, by id, that mean another entity; without any, decisions on the entity are undone
    #[arg(long = "article", value_name = "ID", value_delimiter = ',')]
    articles: Vec<String>,
    /// Why they are two
    #[arg(long, value_name = "TEXT", default_value = "")]
    reason: String,
}

impl Merge {
    pub fn run(self, session: &Session) -> Outcome {
        let (path, mut made) = existing(&self.sources)?;
        let graph = self.sources.undecided(session)?;
        let (keep, other) = (node(&graph, &self.keep, session)?, node(&graph, &self.other, session)?);
        if keep.key == other.key {
            return Err(Error::Request {
                problem: format!("`{}` and `{}` are one entity already, {}", self.keep, self.other, keep.key),
                advice: "type more of the names, or their ids".to_string(),
            }
            .into());
        }
        made.0.push(Decision::Merge { keep: keep.key.clone(), other: other.key.clone(), reason: self.reason });
        write(path, &made)?;
        session.summary(&format!("{} is one with {}; {}", shown(other), shown(keep), kept(path, &made)));
        Ok(())
    }
}

impl Split {
    pub fn run(self, session: &Session) -> Outcome {
        let (path, mut made) = existing(&self.sources)?;
        let graph = self.sources.undecided(session)?;
        let node = node(&graph, &self.name, session)?;
        if self.articles.is_empty() {
            let undone = made.undo(&node.key);
            if undone.is_empty() {
                return Err(Error::Request {
                    problem: format!("no decision was made on {}", shown(node)),
                    advice: "--article ID says which articles mean another entity".to_string(),
                }
                .into());
            }
            write(path, &made)?;
            session.summary(&format!("{} undone; {}", count(undone.len()), kept(path, &made)));
            return Ok(());
        }
        if let Some(missing) = self.articles.iter().find(|id| !node.articles().any(|article| article.id == **id)) {
            let ids: Vec<&str> = node.articles().map(|article| article.id.as_str()).take(10).collect();
            return Err(Error::Request {
                problem: format!("the article `{missing}` does not speak of {}", shown(node)),
                advice: format!("articles that do are {}", ids.join(", ")),
            }
            .into());
        }
        made.0.push(Decision::Split { node: node.key.clone(), articles: self.articles, reason: self.reason });
        write(path, &made)?;
        session.summary(&format!("{} is two; {}", shown(node), kept(path, &made)));
        Ok(())
    }
}

/// The file of `--decisions`, which may not be there yet.
fn existing(sources: &Sources) -> Result<(&Path, Decisions)> {
    let path: &PathBuf = sources.decisions.as_ref().ok_or_else(|| Error::Request {
        problem: "there is no file to keep the decision in".to_string(),
        advice: "name one with --decisions decisions.ron; it is made where there is none".to_string(),
    })?;
    let made = if fs::exists(path).unwrap_or(false) { decisions(path)? } else { Decisions::default() };
    Ok((path, made))
}

fn write(path: &Path, made: &Decisions) -> Outcome {
    let mut output = Output::open(Some(path))?;
    output.write_all(made.to_ron().as_bytes())?;
    Ok(output.finish()?)
}

fn shown(node: &Node) -> String {
    format!("{} ({})", node.name, node.key)
}

fn kept(path: &Path, made: &Decisions) -> String {
    format!("{} holds {}", path.display(), count(made.0.len()))
}

fn count(decisions: usize) -> String {
    if decisions == 1 { "1 decision".to_string() } else { format!("{decisions} decisions") }
}
