//! `geopol path`: how two entities hang together.

use geopol::error::Result;
use geopol::graph::{Answer, Route, paths};

use super::asked::Asked;
use super::view::node;
use super::{Outcome, Session};

/// Show how two entities are connected, step by step, with the evidence
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  geopol path Modi Zelensky graph.ron
  geopol path Beijing NATO news/ --most 5 --longer --json
  geopol path Brazil Essequibo graph.ron --through Venezuela --avoid UN --type meets,claims_territory

What is denied, planned or only possible connects nobody, unless --polarity or --modality ask for it.")]
pub struct Path {
    /// One end: a name as you would type it, an acronym, or a code
    from: String,
    /// The other end
    to: String,
    #[command(flatten)]
    asked: Asked,
    /// Show so many of the shortest paths
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u16).range(1..=100))]
    most: u16,
    /// Go on with longer paths until as many are shown as --most asks for
    #[arg(long)]
    longer: bool,
    /// Pass this entity; may be given several times, in the order of passing
    #[arg(long, value_name = "NAME")]
    through: Vec<String>,
    /// Pass by this entity; may be given several times
    #[arg(long, value_name = "NAME")]
    avoid: Vec<String>,
}

impl Path {
    pub fn run(self, session: &Session) -> Outcome {
        self.asked.no_table()?;
        let (graph, filter) = self.asked.graph(session)?;
        let (from, to) = (node(&graph, &self.from, session)?, node(&graph, &self.to, session)?);
        let nodes = |names: &[String]| names.iter().map(|name| node(&graph, name, session)).collect::<Result<Vec<_>>>();
        let route = Route { through: nodes(&self.through)?, avoid: nodes(&self.avoid)?, longer: self.longer };
        let found = paths(&graph, &filter, from, to, &route, usize::from(self.most));
        let view = found.view(&graph);
        self.asked.answer(&Answer::Paths(found), &view, session)
    }
}
