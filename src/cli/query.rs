//! `geopol query`: a pattern, and where it fits.

use geopol::graph::{Budget, parse_pattern, query};

use super::asked::Asked;
use super::view::node;
use super::{Outcome, Session};

/// Find every way in which a pattern of entities and relations fits the graph
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  geopol query '(?p:person)-[meets]->(Xi Jinping), (?p)-[head_of_state]->(?c)' graph.ron
  geopol query '(?a:country)-[accuses|criticizes]->(?b:country)-[accuses|criticizes]->(?a)' news/ --csv
  geopol query '(?x)<-[]-(Venezuela)' graph.ron           an arrow may point either way
  geopol query '(?x:city|region)-[]-(?y:person)' graph.ron    any relation, any direction

A node is a variable (?x), a variable of some kinds (?x:person|country), any node of a kind (:city), any node (),
or a name; a name with brackets goes in quotes. The same variable is the same entity, different ones are different.
What is denied, planned or only possible fits nothing, unless --polarity or --modality ask for it.")]
pub struct Query {
    /// What to look for, in quotes for the shell; the examples show all that it can say
    pattern: String,
    #[command(flatten)]
    asked: Asked,
    /// Show so many rows
    #[arg(long, value_name = "N", default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    most: u32,
}

impl Query {
    pub fn run(self, session: &Session) -> Outcome {
        let pattern = parse_pattern(&self.pattern)?;
        let (graph, filter) = self.asked.graph(session)?;
        let budget = Budget { rows: self.most as usize, ..Budget::default() };
        let find = |name: &str| node(&graph, name, session);
        let table = query(&graph, &filter, &pattern, find, budget)?;
        self.asked.table(table, &graph, session)
    }
}
