//! `geopol bridges`: links on which parts of the graph hang.

use geopol::graph::bridges;

use super::asked::Asked;
use super::{Outcome, Session};

/// Show links that alone hold parts of the graph together
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  geopol bridges graph.ron
  geopol bridges news/ --most 100 --csv")]
pub struct Bridges {
    #[command(flatten)]
    asked: Asked,
    /// Show so many rows
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    most: u32,
}

impl Bridges {
    pub fn run(self, session: &Session) -> Outcome {
        let (graph, filter) = self.asked.graph(session)?;
        self.asked.table(bridges(&graph, &filter, self.most as usize), &graph, session)
    }
}
