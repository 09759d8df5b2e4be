//! `geopol claims`: who says what.

use geopol::graph::{Wanted, claims};

use super::asked::Asked;
use super::view::node;
use super::{Outcome, Session};

/// Show who says what: claims, with who asserts, denies and doubts each
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  geopol claims graph.ron
  geopol claims graph.ron --by Guyana
  geopol claims news/ --contested --about Kherson

[reuters] is what an article says in its own voice: its outlet, or else its id.")]
pub struct Claims {
    #[command(flatten)]
    asked: Asked,
    /// Only what this one says
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Only what some assert and others deny or doubt
    #[arg(long)]
    contested: bool,
    /// Show so many rows
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    most: u32,
}

impl Claims {
    pub fn run(self, session: &Session) -> Outcome {
        let (graph, filter) = self.asked.graph(session)?;
        let by = self.by.as_deref().map(|name| node(&graph, name, session)).transpose()?;
        let wanted = Wanted { by, contested: self.contested };
        self.asked.table(claims(&graph, &filter, wanted, self.most as usize), &graph, session)
    }
}
