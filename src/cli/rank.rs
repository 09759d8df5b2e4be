//! `geopol rank`: the entities that matter most.

use clap::builder::PossibleValuesParser;
use geopol::graph::{Measure, rank};

use super::asked::Asked;
use super::{Outcome, Session};

/// Show the entities that matter most, by degree, betweenness, PageRank or Katz centrality
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  geopol rank graph.ron --kind country
  geopol rank news/ --by betweenness --most 50 --csv
  geopol rank graph.ron --by pagerank -o core.dot

Degree and betweenness take links whatever their direction; PageRank and Katz follow who acts on whom.
What is denied, planned or only possible links nobody, unless --polarity or --modality ask for it.")]
pub struct Rank {
    #[command(flatten)]
    asked: Asked,
    /// What makes an entity matter
    #[arg(long, value_name = "MEASURE", default_value = "degree",
          value_parser = PossibleValuesParser::new(Measure::ALL.map(Measure::name)))]
    by: String,
    /// Show so many rows
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    most: u32,
}

impl Rank {
    pub fn run(self, session: &Session) -> Outcome {
        let (graph, filter) = self.asked.graph(session)?;
        let measure = Measure::ALL.into_iter().find(|measure| measure.name() == self.by).unwrap_or(Measure::Degree);
        self.asked.table(rank(&graph, &filter, measure, self.most as usize), &graph, session)
    }
}
