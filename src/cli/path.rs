//! `geopol path`: how two entities hang together.

use geopol::graph::{Answer, paths};

use super::input::Inputs;
use super::view::{Look, node};
use super::{Outcome, Session, graph};

/// Show how two entities are connected, step by step, with the evidence
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  geopol path Modi Zelensky graph.ron
  geopol path Beijing NATO news/ --most 5 --json

What is denied, planned or only possible connects nobody, unless --polarity or --modality ask for it.")]
pub struct Path {
    /// One end: a name as you would type it, an acronym, or a code
    from: String,
    /// The other end
    to: String,
    #[command(flatten)]
    inputs: Inputs,
    /// Show so many of the shortest paths
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u16).range(1..=100))]
    most: u16,
    #[command(flatten)]
    look: Look,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Path {
    pub fn run(self, session: &Session) -> Outcome {
        let graph = graph::read(&self.inputs, session)?;
        self.look.check(&graph)?;
        let (from, to) = (node(&graph, &self.from, session)?, node(&graph, &self.to, session)?);
        let answer = Answer::Paths(paths(&graph, &self.look.filter(), from, to, usize::from(self.most)));
        graph::print(&answer, self.json, session)
    }
}
