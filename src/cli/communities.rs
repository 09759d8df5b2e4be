//! `geopol communities`: groups in the graph.

use geopol::graph::communities;

use super::asked::Asked;
use super::{Outcome, Session};

/// Show groups of entities that are linked more with each other than with the rest
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  geopol communities graph.ron
  geopol communities news/ --quad verbal-cooperation,material-cooperation --kind country --json")]
pub struct Communities {
    #[command(flatten)]
    asked: Asked,
    /// Show so many rows
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    most: u32,
}

impl Communities {
    pub fn run(self, session: &Session) -> Outcome {
        let (graph, filter) = self.asked.graph(session)?;
        self.asked.table(communities(&graph, &filter, self.most as usize), &graph, session)
    }
}
