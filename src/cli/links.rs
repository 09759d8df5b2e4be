//! `geopol links`: everything that is said of one entity.

use geopol::graph::{Answer, View, links};

use super::asked::Asked;
use super::view::node;
use super::{Outcome, Session};

/// Show everything linked to an entity: how, with whom, when, and who says so
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  geopol links Putin graph.ron
  geopol links SCO news/ --type member_of
  geopol links CHN graph.ron --quad material-conflict --since 2022 --json
  geopol links Modi graph.ron -o modi.dot")]
pub struct Links {
    /// The entity: a name as you would type it, an acronym, or a code (putin, SCO, CHN, Q7747)
    name: String,
    #[command(flatten)]
    asked: Asked,
}

impl Links {
    pub fn run(self, session: &Session) -> Outcome {
        self.asked.no_table()?;
        let (graph, filter) = self.asked.graph(session)?;
        let node = node(&graph, &self.name, session)?;
        let view = View::around(&graph, &filter, node);
        self.asked.answer(&Answer::Links(links(&view, node)), &view, session)
    }
}
