//! What the commands that ask a graph share: where it comes from, what part is looked at, and how the answer leaves.
//!
//! `geopol rank graph.ron --kind country --csv -o ranks.csv`: the rows as CSV. `-f dot` or `-o answer.dot`: the part of the
//! graph that the answer is about, in any format.

use std::io::Write;
use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use geopol::error::{Error, Result};
use geopol::export::{self, FORMATS, Format};
use geopol::graph::{Answer, Filter, Graph, Page, Table, View, summary};

use super::graph::Sources;
use super::output::Output;
use super::view::Look;
use super::{Failure, Outcome, Session};

#[derive(clap::Args)]
pub struct Asked {
    #[command(flatten)]
    pub sources: Sources,
    #[command(flatten)]
    pub look: Look,
    #[command(flatten)]
    reply: Reply,
}

#[derive(clap::Args)]
#[command(next_help_heading = "How to answer")]
struct Reply {
    /// Answer in JSON
    #[arg(long, conflicts_with = "csv")]
    json: bool,
    /// Answer in CSV, where the answer is a table
    #[arg(long)]
    csv: bool,
    /// Write to this file, whole or not at all; an extension of a graph format writes the part of the graph
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write the part of the graph that the answer is about, in this format
    #[arg(long, short, value_name = "FORMAT", conflicts_with_all = ["json", "csv"],
          value_parser = PossibleValuesParser::new(FORMATS.iter().map(|format| format.name)))]
    format: Option<String>,
}

/// Where to write a view, standard output for none, and in which formats.
type Files = Vec<(Option<PathBuf>, &'static Format)>;

impl Asked {
    /// The graph and the filter on it.
    pub fn graph(&self, session: &Session) -> std::result::Result<(Graph, Filter), Failure> {
        self.check()?;
        let graph = self.sources.graph(session)?;
        let filter = self.look.filter(&graph, session)?;
        Ok((graph, filter))
    }

    pub fn table(&self, table: Table, graph: &Graph, session: &Session) -> Outcome {
        let view = table.view(graph);
        self.answer(&Answer::Table(table), &view, session)
    }

    /// An answer that is a text as it is.
    #[cfg(feature = "sparql")]
    pub fn text(&self, text: &str) -> Outcome {
        let mut to = Output::open(self.reply.output.as_deref())?;
        write!(to, "{text}")?;
        Ok(to.finish()?)
    }

    /// Writes the answer, or the view behind it.
    pub fn answer(&self, answer: &Answer, view: &View, session: &Session) -> Outcome {
        let Reply { json, csv, output, .. } = &self.reply;
        if let Some(files) = self.files()? {
            for (path, format) in files {
                let mut to = Output::open(path.as_deref())?;
                (format.write)(view, &mut to)?;
                to.finish()?;
            }
            session.summary(summary(view).split(" (").next().unwrap_or_default());
            return Ok(());
        }
        let mut to = Output::open(output.as_deref())?;
        match answer {
            Answer::Table(table) if *csv => write!(to, "{}", table.csv())?,
            _ if *json => writeln!(to, "{}", answer.json())?,
            _ => write!(to, "{}", answer.text(&self.page(session)))?,
        }
        Ok(to.finish()?)
    }

    /// Whether CSV can be had is known before anything is read.
    pub fn no_table(&self) -> Result<()> {
        match self.reply.csv {
            false => Ok(()),
            true => Err(Error::Request {
                problem: "this answer is no table and has no CSV".to_string(),
                advice: "--json gives all of it; `geopol between A B INPUT --csv` lists what is said of two"
                    .to_string(),
            }),
        }
    }

    fn check(&self) -> Result<()> {
        self.files().map(|_| ())
    }

    /// The files and formats of the view; `None` where the answer itself is wanted.
    fn files(&self) -> Result<Option<Files>> {
        let Reply { json, csv, output, format } = &self.reply;
        let is_text = |path: &PathBuf| path.extension().is_none_or(|extension| extension.eq_ignore_ascii_case("txt"));
        match (format, output) {
            (Some(name), path) => Ok(Some(vec![(path.clone(), export::format(name)?)])),
            (None, Some(path)) if !json && !csv && !is_text(path) => {
                let files = export::files(path)?.into_iter();
                Ok(Some(files.map(|(path, format)| (Some(path), format)).collect()))
            }
            _ => Ok(None),
        }
    }

    /// The terminal as a page; a file has the width of one.
    fn page(&self, session: &Session) -> Page {
        let width = terminal_size::terminal_size().map_or(100, |(terminal_size::Width(width), _)| usize::from(width));
        Page { width: width.clamp(40, 140), is_colored: session.colors() && self.reply.output.is_none() }
    }
}
