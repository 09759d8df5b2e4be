//! `geopol build`: the main job, articles to one graph.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use geopol::error::Result;
use geopol::export::{self, FORMATS, Format};
use geopol::graph::{Filter, View, summary};

use super::graph::Sources;
use super::output::Output;
use super::view::Look;
use super::{Outcome, Session};

/// Turn articles into one graph: a picture, or a file to ask later
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  geopol build article.txt -o graph.svg               a picture; -o graph.dot for Graphviz
  geopol build news/ -o graph.ron                       a folder of articles, kept to be asked
  geopol build old.ron today.txt -o new.ron             a graph grows by an article
  geopol build old.ron --without today -o new.ron       and is again what it was
  geopol build news/ --decisions decisions.ron --policy policy.ron -o graph.json
  geopol build graph.ron --about Putin --since 2022-09 -o putin.dot
  geopol build records.jsonl --top 40 -f dot | dot -Tpng > graph.png")]
pub struct Build {
    #[command(flatten)]
    sources: Sources,
    /// Write to this file, whole or not at all; its extension says the format [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write this format, whatever the file is called [default: dot on standard output]
    #[arg(long, short, value_name = "FORMAT", value_parser = PossibleValuesParser::new(FORMATS.iter().map(|format| format.name)))]
    format: Option<String>,
    #[command(flatten)]
    look: Look,
    /// Only the N best connected entities
    #[arg(long, value_name = "N", help_heading = "What to look at")]
    top: Option<usize>,
    /// Entities without a link as well; pictures leave them out otherwise
    #[arg(long, help_heading = "What to look at")]
    isolated: bool,
}

/// A picture of more entities is hard to read.
const MOST_DRAWN: usize = 150;

impl Build {
    pub fn run(self, session: &Session) -> Outcome {
        let files = self.files()?;
        let is_picture = files.iter().any(|(_, format)| format.is_picture);
        let graph = self.sources.graph(session)?;
        let filter =
            Filter { top: self.top, isolated: self.isolated || !is_picture, ..self.look.filter(&graph, session)? };
        let view = View::new(&graph, &filter);
        for (path, format) in files {
            let mut output = Output::open(path.as_deref())?;
            (format.write)(&view, &mut output)?;
            output.finish()?;
        }
        session.summary(&summary(&view));
        if is_picture && view.nodes().len() > MOST_DRAWN {
            session
                .summary("That is much for one picture: --top 60 draws the best connected, --about NAME a part of it.");
        }
        Ok(())
    }

    /// Known before anything is read, so that a typo costs no time.
    fn files(&self) -> Result<Vec<(Option<PathBuf>, &'static Format)>> {
        match (&self.format, &self.output) {
            (Some(name), path) => Ok(vec![(path.clone(), export::format(name)?)]),
            (None, Some(path)) if path.as_os_str() != "-" => {
                Ok(export::files(path)?.into_iter().map(|(path, format)| (Some(path), format)).collect())
            }
            _ => Ok(vec![(None, export::format("dot")?)]),
        }
    }
}
