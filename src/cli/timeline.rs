//! `geopol timeline`: what happened, in order.

use std::path::PathBuf;

use geopol::error::{Error, Result};
use geopol::graph::timeline;

use super::asked::Asked;
use super::view::node;
use super::{Outcome, Session};

/// Show what happened, in order: each event once, with who told it first and where reports differ
#[derive(clap::Args)]
#[command(
    override_usage = "geopol timeline [OPTIONS] [NAME]... <INPUT>...",
    after_help = "\
Examples:
  geopol timeline graph.ron
  geopol timeline Maduro graph.ron --since 2023-12
  geopol timeline Putin Xi news/ --csv -o meetings.csv"
)]
pub struct Timeline {
    #[command(flatten)]
    asked: Asked,
    /// Show so many rows
    #[arg(long, value_name = "N", default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    most: u32,
}

impl Timeline {
    pub fn run(mut self, session: &Session) -> Outcome {
        let names = self.names()?;
        let (graph, filter) = self.asked.graph(session)?;
        let nodes = names.iter().map(|name| node(&graph, name, session)).collect::<Result<Vec<_>>>()?;
        self.asked.table(timeline(&graph, &filter, &nodes, self.most as usize), &graph, session)
    }

    /// What comes before the first word that is a file is names, and is taken out of the inputs.
    fn names(&mut self) -> Result<Vec<String>> {
        let paths = &mut self.asked.sources.inputs.paths;
        let is_input = |path: &&PathBuf| path.exists() || path.as_os_str() == "-";
        let Some(count) = paths.iter().position(|path| is_input(&path)) else {
            return Err(Error::File {
                path: paths.last().map(|path| path.display().to_string()).unwrap_or_default(),
                problem: "there is no such file".to_string(),
                advice: "name a file, a folder or - after the names".to_string(),
            });
        };
        Ok(paths.drain(..count).map(|name| name.to_string_lossy().into_owned()).collect())
    }
}
