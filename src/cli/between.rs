//! `geopol between`: everything that is said of a pair.

use geopol::graph::between;

use super::asked::Asked;
use super::view::node;
use super::{Outcome, Session};

/// Show everything that is said of two entities together, in the order of time
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  geopol between Venezuela Guyana graph.ron
  geopol between China USA news/ --since 2022 --quad verbal-conflict --csv")]
pub struct Between {
    /// One entity: a name as you would type it, an acronym, or a code
    one: String,
    /// The other
    other: String,
    #[command(flatten)]
    asked: Asked,
    /// Show so many rows
    #[arg(long, value_name = "N", default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    most: u32,
}

impl Between {
    pub fn run(self, session: &Session) -> Outcome {
        let (graph, filter) = self.asked.graph(session)?;
        let (one, other) = (node(&graph, &self.one, session)?, node(&graph, &self.other, session)?);
        self.asked.table(between(&graph, &filter, one, other, self.most as usize), &graph, session)
    }
}
