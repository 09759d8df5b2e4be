//! The flags that say which part of a graph a command looks at, the same for every command.

use std::collections::BTreeSet;

use geopol::error::{Error, Result};
use geopol::graph::{self, Filter, Graph, Node, Period};
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
    /// Only statements of these outlets, or of articles with these ids
    #[arg(long = "source", value_name = "NAME", value_delimiter = ',')]
    sources: Vec<String>,
    /// Only what lies around this entity; may be given several times
    #[arg(long, value_name = "NAME")]
    about: Vec<String>,
    /// How many links away from it
    #[arg(long, value_name = "N", default_value_t = 1, requires = "about")]
    depth: usize,
    /// Leave out what was not said but inferred
    #[arg(long)]
    no_derived: bool,
}

impl Look {
    /// The filter that the flags ask for; names are those of the graph.
    pub fn filter(&self, graph: &Graph, session: &Session) -> Result<Filter> {
        self.check_types(graph)?;
        self.check_sources(graph)?;
        let about = self.about.iter().map(|name| node(graph, name, session).map(|node| node.key.clone()));
        Ok(Filter {
            min_confidence: self.min_confidence,
            types: self.types.clone(),
            kinds: self.kinds.clone(),
            quads: self.quads.clone(),
            polarity: self.polarity,
            modalities: self.modalities.clone(),
            during: Period::between(self.since, self.until),
            as_of: self.as_of,
            sources: self.sources.clone(),
            about: about.collect::<Result<_>>()?,
            depth: self.depth,
            derived: !self.no_derived,
            ..Filter::default()
        })
    }

    /// A misspelt type would silently give an empty answer.
    fn check_types(&self, graph: &Graph) -> Result<()> {
        if self.types.is_empty() {
            return Ok(());
        }
        let statements = graph.petgraph().edge_weights();
        let known: BTreeSet<&str> = statements.map(|statement| statement.relation_type.as_ref()).collect();
        match self.types.iter().find(|name| !known.contains(name.as_str())) {
            Some(missing) if !known.is_empty() => Err(Error::Request {
                problem: format!("nothing in the graph is of the type `{missing}`"),
                advice: format!("its types are {}", known.into_iter().collect::<Vec<_>>().join(", ")),
            }),
            _ => Ok(()),
        }
    }

    fn check_sources(&self, graph: &Graph) -> Result<()> {
        let is_known = |wanted: &String| {
            let mut articles = graph.articles();
            articles.any(|article| {
                let outlet = article.source.as_deref().unwrap_or_default();
                outlet.eq_ignore_ascii_case(wanted) || article.key.id.eq_ignore_ascii_case(wanted)
            })
        };
        let Some(missing) = self.sources.iter().find(|wanted| !is_known(wanted)) else { return Ok(()) };
        let outlets: BTreeSet<&str> = graph.articles().filter_map(|article| article.source.as_deref()).collect();
        let outlets: Vec<&str> = outlets.into_iter().take(20).collect();
        Err(Error::Request {
            problem: format!("no outlet and no article of the graph is called `{missing}`"),
            advice: match outlets.is_empty() {
                true => "its articles name no outlet; give the id of an article".to_string(),
                false => format!("its outlets are {}", outlets.join(", ")),
            },
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
