//! Policies: which country a disputed place is under, as the reader of the graph sees it.
//!
//! ```ron
//! [
//!     ( name: "Crimea", places: ["wikidata:Q7835"], country: "UKR", kind: region, about: "General Assembly resolution 68/262" ),
//! ]
//! ```
//!
//! A ruling sets the country and kind of its places, and the country of all that stands under their own code. What was
//! inferred about such a place and another country goes; what an article says stays.

use std::collections::HashSet;
use std::sync::Arc;

use petgraph::stable_graph::NodeIndex;
use petgraph::visit::{EdgeRef as _, IntoEdgeReferences as _};
use serde::{Deserialize, Serialize};

use super::{Appearance, ArticleKey, Graph, NodeKey};
use crate::error::{Error, Result};
use crate::record::Kind;

/// One ruling a place; the first that fits counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Policy(pub Vec<Ruling>);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ruling {
    /// For people.
    pub name: String,
    /// References: the place, and after it what lies in it, `wikidata:Q7835`.
    pub places: Vec<String>,
    /// The place's own code, where the reference base gives it one; whatever has it as its country is ruled as well.
    #[serde(default)]
    pub code: Option<String>,
    /// The country that it is under, ISO 3166-1 alpha-3; its own code, where it counts as a country.
    pub country: String,
    /// What the place itself is: a country, a region; left as it is where not given.
    #[serde(default)]
    pub kind: Option<Kind>,
    /// Why, and by whom it is seen so.
    #[serde(default)]
    pub about: String,
}

impl Policy {
    /// Reads a file; `path` is for messages.
    pub fn parse(path: &str, text: &str) -> Result<Policy> {
        let policy: Policy = super::ron_options().from_str(text).map_err(|error| Error::Syntax {
            path: path.to_string(),
            line: error.span.start.line.max(1),
            column: error.span.start.col.max(1),
            problem: error.code.to_string(),
            advice: "a ruling has `name`, `places`, `country`, and may have `code`, `kind` and `about`; copy data/policy.ron"
                .to_string(),
        })?;
        for ruling in &policy.0 {
            let is_code = ruling.country.len() == 3 && ruling.country.chars().all(|letter| letter.is_ascii_uppercase());
            if !is_code {
                let position = text.find(&ruling.country).unwrap_or(0);
                return Err(Error::Syntax {
                    path: path.to_string(),
                    line: text[..position].matches('\n').count() + 1,
                    column: text[..position].rsplit('\n').next().map_or(0, |line| line.chars().count()) + 1,
                    problem: format!("`{}` is no code of a country", ruling.country),
                    advice: "write the three letters of ISO 3166-1, like \"UKR\"".to_string(),
                });
            }
        }
        Ok(policy)
    }

    /// The ruling on a node as an article has it, and whether it is on the place itself or on what lies in it.
    fn on(&self, key: &NodeKey, seen: &Appearance) -> Option<(&Ruling, bool)> {
        let is = |place: &String| {
            **place == *key.0 || seen.refs.iter().any(|(scheme, id)| *place == format!("{scheme}:{id}"))
        };
        let named = self.0.iter().find(|ruling| ruling.places.iter().any(is));
        named.map(|ruling| (ruling, ruling.places.first().is_some_and(is))).or_else(|| {
            let under = self.0.iter().find(|ruling| ruling.code.is_some() && ruling.code == seen.country);
            under.map(|ruling| (ruling, false))
        })
    }
}

impl Graph {
    /// Puts places under the countries that a policy gives them, article by article, so that removing one does not show.
    pub fn ruled(mut self, policy: &Policy) -> Graph {
        let mut ruled: HashSet<(NodeIndex, Arc<ArticleKey>)> = HashSet::new();
        for index in self.graph.node_indices().collect::<Vec<_>>() {
            let node = &mut self.graph[index];
            for (article, seen) in &mut node.appearances {
                let Some((ruling, is_itself)) = policy.on(&node.key, seen) else { continue };
                let seen = Arc::make_mut(seen);
                seen.country = Some(ruling.country.clone());
                if is_itself && let Some(kind) = ruling.kind {
                    seen.kind = kind;
                }
                ruled.insert((index, Arc::clone(article)));
            }
        }
        // Under whomever a place is: who is who stays as it was.
        self.recompute(ruled.iter().map(|(index, _)| *index).collect::<HashSet<_>>());
        let contradicted = self.graph.edge_references().filter(|edge| {
            let article = &edge.weight().article.key;
            let seen = |end: NodeIndex| self.graph[end].appearances.get(article);
            let is_ruled = |end: NodeIndex| ruled.contains(&(end, Arc::clone(article)));
            let (Some(from), Some(to)) = (seen(edge.source()), seen(edge.target())) else { return false };
            edge.weight().derived
                && is_ruled(edge.source())
                && edge.source() != edge.target()
                && (to.kind == Kind::Country || is_ruled(edge.target()))
                && to.country != from.country
        });
        let contradicted: HashSet<_> = contradicted.map(|edge| edge.id()).collect();
        for edges in self.told_by.values_mut() {
            edges.retain(|edge| !contradicted.contains(edge));
        }
        for edge in contradicted {
            self.graph.remove_edge(edge);
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::super::Filter;
    use super::super::testing::{record, told};
    use super::*;

    const FILE: &str = r#"[
    (name: "Ruritania", places: ["country:ruritania"], code: "RUR", country: "XYZ", kind: region, about: "a test"),
    (name: "Strelsau", places: ["city:strelsau"], country: "ABC"),
]"#;

    fn graph(ids: &[&str]) -> Graph {
        let records = ids.iter().map(|id| {
            let mut record = record(
                id,
                &[
                    "Ruritania:country | accuses | Abcland:country",
                    "Zenda:city | located_in | Ruritania:country | derived",
                    "Strelsau:city | located_in | Ruritania:country | derived",
                    "Strelsau:city | located_in | Abcland:country | derived",
                    "Strelsau:city | part_of | Ruritania:country",
                ],
            );
            for (name, country) in [("Ruritania", "RUR"), ("Zenda", "RUR"), ("Abcland", "ABC"), ("Strelsau", "RUR")] {
                record.entities.iter_mut().find(|entity| entity.name == name).unwrap().country = Some(country.into());
            }
            record
        });
        Graph::from_records(&records.collect::<Vec<_>>())
    }

    #[test]
    fn a_ruling_moves_a_place_and_what_is_under_it() {
        let policy = Policy::parse("policy.ron", FILE).unwrap();
        let ruled = graph(&["a"]).ruled(&policy);
        let node = |key: &str| ruled.node(&NodeKey(key.into())).unwrap();
        assert_eq!(
            (node("country:ruritania").kind, node("country:ruritania").country.as_deref()),
            (Kind::Region, Some("XYZ"))
        );
        assert_eq!(node("city:zenda").country.as_deref(), Some("XYZ"));
        assert_eq!((node("city:strelsau").kind, node("city:strelsau").country.as_deref()), (Kind::City, Some("ABC")));
        assert_eq!(told(&ruled, &Filter { kinds: vec![Kind::Country], ..Filter::default() }), Vec::<String>::new());
        assert_eq!(told(&ruled, &Filter::default()).len(), 4);
    }

    #[test]
    fn removal_does_not_show() {
        let policy = Policy::parse("policy.ron", FILE).unwrap();
        let mut ruled = graph(&["a", "b"]).ruled(&policy);
        ruled.remove("b");
        assert!(ruled == graph(&["a"]).ruled(&policy));
    }

    #[test]
    fn a_wrong_code_is_named() {
        let error =
            Policy::parse("p.ron", "[\n (name: \"X\", places: [], country: \"Xland\")]").unwrap_err().to_string();
        assert!(error.starts_with("p.ron:2:") && error.contains("`Xland`"), "{error}");
    }
}
