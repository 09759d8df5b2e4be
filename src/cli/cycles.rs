//! `geopol cycles`: circles of acts.

use geopol::graph::cycles;

use super::asked::Asked;
use super::{Outcome, Session};

/// Show circles of acts: who acts on whom, and so on, back to the first
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  geopol cycles graph.ron
  geopol cycles news/ --quad verbal-conflict,material-conflict --longest 5

Relations without direction, like meeting, make no circle.")]
pub struct Cycles {
    #[command(flatten)]
    asked: Asked,
    /// Circles of so many entities at most
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u8).range(2..=8))]
    longest: u8,
    /// Show so many rows
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    most: u32,
}

impl Cycles {
    pub fn run(self, session: &Session) -> Outcome {
        let (graph, filter) = self.asked.graph(session)?;
        let table = cycles(&graph, &filter, usize::from(self.longest), self.most as usize);
        self.asked.table(table, &graph, session)
    }
}
