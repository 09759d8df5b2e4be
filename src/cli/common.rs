//! `geopol common`: what two entities share.

use geopol::graph::common;

use super::asked::Asked;
use super::view::node;
use super::{Outcome, Session};

/// Show what two entities share: everything that both are linked to
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  geopol common Brazil Guyana graph.ron
  geopol common Putin Modi news/ --kind person --json")]
pub struct Common {
    /// One entity: a name as you would type it, an acronym, or a code
    one: String,
    /// The other
    other: String,
    #[command(flatten)]
    asked: Asked,
    /// Show so many rows
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    most: u32,
}

impl Common {
    pub fn run(self, session: &Session) -> Outcome {
        let (graph, filter) = self.asked.graph(session)?;
        let (one, other) = (node(&graph, &self.one, session)?, node(&graph, &self.other, session)?);
        self.asked.table(common(&graph, &filter, one, other, self.most as usize), &graph, session)
    }
}
