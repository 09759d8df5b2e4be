//! `geopol links`: everything that is said of one entity.

use geopol::graph::{Answer, View, links};

use super::input::Inputs;
use super::view::{Look, node};
use super::{Outcome, Session, graph};

/// Show everything linked to an entity: how, with whom, when, and who says so
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  geopol links Putin graph.ron
  geopol links SCO news/ --type member_of
  geopol links CHN graph.ron --quad material-conflict --since 2022 --json")]
pub struct Links {
    /// The entity: a name as you would type it, an acronym, or a code (putin, SCO, CHN, Q7747)
    name: String,
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    look: Look,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Links {
    pub fn run(self, session: &Session) -> Outcome {
        let graph = graph::read(&self.inputs, session)?;
        self.look.check(&graph)?;
        let node = node(&graph, &self.name, session)?;
        let answer = Answer::Links(links(&View::new(&graph, &self.look.filter()), node));
        graph::print(&answer, self.json, session)
    }
}
