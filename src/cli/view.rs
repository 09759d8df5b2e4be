//! The flags that say which part of a graph a command looks at, the same for every command.

use geopol::error::{Error, Result};
use geopol::graph::{self, Filter, Graph, Node, Period, View};
use geopol::record::{Kind, Modality, Polarity, Quad};
use serde::de::DeserializeOwned;

use super::Session;

#[derive(clap::Args)]
#[command(next_help_heading = "What to look at")]
pub struct Look {
    /// Statements of this time or later (2022, 2022-09, 2022-09-15); undated ones count by their article's date
    #[arg(long, value_name = "DATE", value_parser = period)]
    since: Option<Period>,
    /// Statements of this time or earlier
    #[arg(long, value_name = "DATE", value_parser = period)]
    until: Option<Period>,
    /// What had happened by this day, and what held then
    #[arg(long, value_name = "DATE", value_parser = period)]
    as_of: Option<Period>,
    /// Only relations of these types (geopol ontology list)
    #[arg(long = "type", value_name = "TYPE", value_delimiter = ',')]
    types: Vec<String>,
    /// Only between entities of these kinds: person, country, city, organization, …
    #[arg(long = "kind", value_name = "KIND", value_delimiter = ',', value_parser = named::<Kind>)]
    kinds: Vec<Kind>,
    /// Only events of these classes: verbal-cooperation, material-cooperation, verbal-conflict, material-conflict
    #[arg(long = "quad", value_name = "CLASS", value_delimiter = ',', value_parser = named::<Quad>)]
    quads: Vec<Quad>,
    /// Only what is affirmed, or only what is negated
    #[arg(long, value_parser = named::<Polarity>)]
    polarity: Option<Polarity>,
    /// Only statements of these modalities: asserted, possible, planned, desired, hypothetical, feared
    #[arg(long = "modality", value_name = "MODALITY", value_delimiter = ',', value_parser = named::<Modality>)]
    modalities: Vec<Modality>,
    /// Only statements at least so sure, 0 to 1
    #[arg(long, value_name = "NUMBER", default_value_t = 0.0)]
    min_confidence: f64,
    /// Leave out what was not said but inferred
    #[arg(long)]
    no_derived: bool,
}

/// The flags that cut a piece out of the graph.
#[derive(clap::Args)]
#[command(next_help_heading = "What to look at")]
pub struct Cut {
    /// Only what lies around this entity; may be given several times
    #[arg(long, value_name = "NAME")]
    about: Vec<String>,
    /// How many links away from it
    #[arg(long, value_name = "N", default_value_t = 1, requires = "about")]
    depth: usize,
    /// Only the N best connected entities
    #[arg(long, value_name = "N")]
    top: Option<usize>,
    /// Entities without a link as well; pictures leave them out otherwise
    #[arg(long)]
    isolated: bool,
}

impl Look {
    pub fn filter(&self) -> Filter {
        Filter {
            min_confidence: self.min_confidence,
            types: self.types.clone(),
            kinds: self.kinds.clone(),
            quads: self.quads.clone(),
            polarity: self.polarity,
            modalities: self.modalities.clone(),
            during: Period::between(self.since, self.until),
            as_of: self.as_of,
            derived: !self.no_derived,
            ..Filter::default()
        }
    }

    /// A misspelt type would silently give an empty answer.
    pub fn check(&self, graph: &Graph) -> Result<()> {
        let everything = View::new(graph, &Filter::default());
        let mut known: Vec<&str> = everything.edges().map(|edge| edge.statement.relation_type.as_str()).collect();
        known.sort_unstable();
        known.dedup();
        match self.types.iter().find(|name| !known.contains(&name.as_str())) {
            Some(missing) if !known.is_empty() => Err(Error::Request {
                problem: format!("nothing in the graph is of the type `{missing}`"),
                advice: format!("its types are {}", known.join(", ")),
            }),
            _ => Ok(()),
        }
    }
}

impl Cut {
    pub fn apply(&self, filter: Filter, graph: &Graph, is_picture: bool, session: &Session) -> Result<Filter> {
        let about = self.about.iter().map(|name| node(graph, name, session).map(|node| node.key.clone()));
        Ok(Filter {
            about: about.collect::<Result<_>>()?,
            depth: self.depth,
            top: self.top,
            isolated: self.isolated || !is_picture,
            ..filter
        })
    }
}

/// The node that the user means; the reference base knows names that no article used.
pub fn node<'g>(graph: &'g Graph, name: &str, session: &Session) -> Result<&'g Node> {
    graph::find(graph, name, |name| {
        let base = &session.resources()?.knowledge.base;
        let entries = base.lookup(name).into_iter().map(|found| base.entry(found.entry));
        Ok(entries.flat_map(|entry| entry.refs()).map(|(scheme, id)| format!("{scheme}:{id}")).collect())
    })
}

fn period(text: &str) -> std::result::Result<Period, String> {
    Period::parse(text).ok_or_else(|| "write it as 2022, 2022-09 or 2022-09-15".to_string())
}

/// A value by the name that the contract gives it.
fn named<T: DeserializeOwned>(text: &str) -> std::result::Result<T, String> {
    serde_json::from_value(text.into()).map_err(|error: serde_json::Error| error.to_string())
}
