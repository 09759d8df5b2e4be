//! Decisions: what an analyst knows better than the reference base, kept in a file and applied again to every build.
//!
//! ```ron
//! [
//!     Merge(keep: "wikidata:Q7747", other: "person:vladimir vladimirovich", reason: "his patronymic"),
//!     Split(node: "person:john smith", articles: ["a7"], reason: "the bishop, not the admiral"),
//! ]
//! ```
//!
//! A merge makes two nodes one; a split gives what some articles say a node of its own, `person:john smith/a7`. Both say
//! where each article's mentions belong, so neither the order of adding nor a removal shows. A line taken out is undone.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use itertools::Itertools;
use petgraph::Direction;
use petgraph::visit::{EdgeRef as _, IntoEdgeReferences as _};
use serde::{Deserialize, Serialize};

use super::{ArticleKey, Graph, NodeKey, Speaker};
use crate::error::{Error, Result};

/// One line of the file. Keys are what the graph calls its nodes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Decision {
    /// Both are one thing.
    Merge { keep: NodeKey, other: NodeKey, reason: String },
    /// What these articles (by id) mean is another thing.
    Split { node: NodeKey, articles: Vec<String>, reason: String },
}

/// A file of decisions, in the order in which they were made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Decisions(pub Vec<Decision>);

impl Decisions {
    /// Reads a file; `path` is for messages.
    pub fn parse(path: &str, text: &str) -> Result<Decisions> {
        super::ron_options().from_str(text).map_err(|error| Error::Syntax {
            path: path.to_string(),
            line: error.span.start.line.max(1),
            column: error.span.start.col.max(1),
            problem: error.code.to_string(),
            advice:
                "a decision is `Merge(keep: …, other: …, reason: …)` or `Split(node: …, articles: […], reason: …)`; \
                     `geopol merge` and `geopol split` write them"
                    .to_string(),
        })
    }

    pub fn to_ron(&self) -> String {
        let pretty = ron::ser::PrettyConfig::new().compact_structs(true);
        let text = ron::ser::to_string_pretty(&self.0, pretty).expect("decisions are strings and lists");
        format!("{text}\n")
    }

    /// Takes out every decision that concerns a node and returns them.
    pub fn undo(&mut self, key: &NodeKey) -> Vec<Decision> {
        let concerns = |decision: &Decision| match decision {
            Decision::Merge { keep, other, .. } => keep == key || other == key,
            Decision::Split { node, .. } => node == key || decision.split_off().as_ref() == Some(key),
        };
        let (undone, kept) = std::mem::take(&mut self.0).into_iter().partition(concerns);
        self.0 = kept;
        undone
    }

    /// The nodes that decisions speak of and the graph does not have, before anything is applied.
    pub fn unknown(&self, graph: &Graph) -> Vec<NodeKey> {
        let split_off: BTreeSet<NodeKey> = self.0.iter().filter_map(Decision::split_off).collect();
        let named = self.0.iter().flat_map(|decision| match decision {
            Decision::Merge { keep, other, .. } => vec![keep, other],
            Decision::Split { node, .. } => vec![node],
        });
        named.filter(|key| graph.node(key).is_none() && !split_off.contains(key)).unique().cloned().collect()
    }
}

impl Decision {
    /// The node that a split makes.
    pub fn split_off(&self) -> Option<NodeKey> {
        match self {
            Decision::Split { node, articles, .. } => {
                articles.first().map(|article| NodeKey(format!("{node}/{article}")))
            }
            Decision::Merge { .. } => None,
        }
    }
}

/// Where an article's mentions of a node belong.
struct Places<'d> {
    splits: HashMap<(&'d NodeKey, &'d str), NodeKey>,
    merged: BTreeMap<&'d NodeKey, &'d NodeKey>,
}

impl<'d> Places<'d> {
    fn new(decisions: &'d Decisions) -> Places<'d> {
        let mut places = Places { splits: HashMap::new(), merged: BTreeMap::new() };
        for decision in &decisions.0 {
            match decision {
                Decision::Merge { keep, other, .. } => {
                    let (keep, other) = (places.root(keep), places.root(other));
                    if keep != other {
                        places.merged.insert(other, keep);
                    }
                }
                Decision::Split { node, articles, .. } => {
                    let Some(own) = decision.split_off() else { continue };
                    places.splits.extend(articles.iter().map(|article| ((node, article.as_str()), own.clone())));
                }
            }
        }
        places
    }

    /// What a node was merged into in the end.
    fn root<'k>(&self, mut key: &'k NodeKey) -> &'k NodeKey
    where
        'd: 'k,
    {
        while let Some(next) = self.merged.get(key) {
            key = next;
        }
        key
    }

    fn of(&self, key: &NodeKey, article: &ArticleKey) -> NodeKey {
        match self.splits.get(&(key, article.id.as_str())) {
            Some(split) => self.root(split).clone(),
            None => self.root(key).clone(),
        }
    }
}

impl Graph {
    /// The graph as decisions have it.
    pub fn decided(&self, decisions: &Decisions) -> Graph {
        let places = Places::new(decisions);
        let mut graph = Graph { articles: self.articles.clone(), ..Graph::new() };
        let place = |key: &NodeKey, article: &ArticleKey| match self.subject_of(key) {
            // A value belongs to its subject, and its key says so.
            Some(subject) => {
                let rest = key.0.strip_prefix("value:").and_then(|rest| rest.strip_prefix(subject.0.as_str()));
                NodeKey(format!("value:{}{}", places.of(subject, article), rest.unwrap_or(&key.0)))
            }
            None => places.of(key, article),
        };
        // What is kept comes before what is merged into it, so that its names do.
        let nodes = self.graph.node_weights().sorted_by_key(|node| (places.root(&node.key) != &node.key, &node.key));
        let mut changed = BTreeSet::new();
        for node in nodes {
            for (article, appearance) in &node.appearances {
                let index = graph.node_for(&place(&node.key, article), node.value.as_ref());
                graph.graph[index].appear(article, appearance.clone());
                changed.insert(index);
            }
        }
        for edge in self.graph.edge_references() {
            let mut statement = edge.weight().clone();
            let article = statement.article.key.clone();
            for key in statement.circumstances.iter_mut().filter_map(|circumstance| circumstance.node.as_mut()) {
                *key = places.of(key, &article);
            }
            if let Some(speaker) = &mut statement.attribution {
                rename(speaker, &|key| places.of(key, &article));
            }
            let ends = [edge.source(), edge.target()].map(|end| graph.index[&place(&self.graph[end].key, &article)]);
            graph.connect(ends[0], ends[1], statement);
        }
        graph.settle(changed);
        graph
    }

    /// Of what a value is said.
    fn subject_of(&self, key: &NodeKey) -> Option<&NodeKey> {
        let index = *self.index.get(key).filter(|index| self.graph[**index].is_value())?;
        let source = self.graph.neighbors_directed(index, Direction::Incoming).next()?;
        Some(&self.graph[source].key)
    }
}

fn rename(speaker: &mut Speaker, place: &impl Fn(&NodeKey) -> NodeKey) {
    if let Some(key) = &mut speaker.node {
        *key = place(key);
    }
    speaker.chain.iter_mut().for_each(|outer| rename(outer, place));
}

#[cfg(test)]
mod tests {
    use super::super::Filter;
    use super::super::testing::{record, told};
    use super::*;

    const FILE: &str = r#"[
    Merge(keep: "person:vladimir putin", other: "person:vova", reason: "a nickname"),
    Split(node: "person:john smith", articles: ["b"], reason: "the bishop"),
]"#;

    fn records() -> Vec<crate::record::Record> {
        vec![
            record("a", &["Vladimir Putin | MEETS | Xi", "Vova | visits | Kyiv:city", "John Smith | MEETS | Xi"]),
            record("b", &["John Smith | visits | Kyiv:city", "Xi | accuses | Kyiv:city | by Vova"]),
            record("c", &["Vova | MEETS | John Smith"]),
        ]
    }

    #[test]
    fn merged_is_one_and_split_is_two() {
        let decisions = Decisions::parse("decisions.ron", FILE).unwrap();
        let graph = Graph::from_records(&records()).decided(&decisions);
        assert!(graph.node(&NodeKey("person:vova".into())).is_none());
        let putin = graph.node(&NodeKey("person:vladimir putin".into())).unwrap();
        assert_eq!(putin.articles().count(), 3);
        assert!(putin.aliases.contains(&"Vova".to_string()) || putin.name == "Vova");
        let bishop = graph.node(&NodeKey("person:john smith/b".into())).unwrap();
        assert_eq!(bishop.articles().map(|article| article.id.as_str()).collect_vec(), ["b"]);
        assert_eq!(told(&graph, &Filter::default()).len(), 6);
        assert_eq!(decisions.unknown(&Graph::new()).len(), 3);
    }

    #[test]
    fn neither_order_nor_removal_shows() {
        let decisions = Decisions::parse("decisions.ron", FILE).unwrap();
        let records = records();
        let all = Graph::from_records(&records).decided(&decisions);
        assert!(all == Graph::from_records(records.iter().rev()).decided(&decisions));
        assert!(all.decided(&decisions) == all);
        let mut fewer = all;
        fewer.remove("b");
        assert!(fewer == Graph::from_records([&records[0], &records[2]]).decided(&decisions));
    }

    #[test]
    fn a_file_reads_back_and_is_undone() {
        let mut decisions = Decisions::parse("decisions.ron", FILE).unwrap();
        assert_eq!(Decisions::parse("again", &decisions.to_ron()).unwrap(), decisions);
        assert_eq!(decisions.undo(&NodeKey("person:vova".into())).len(), 1);
        assert_eq!(decisions.undo(&NodeKey("person:john smith/b".into())).len(), 1);
        let graph = Graph::from_records(&records());
        assert!(graph.decided(&decisions) == graph);
        let error = Decisions::parse("d.ron", "[Merge(keep: \"a\", with: \"b\")]").unwrap_err().to_string();
        assert!(error.starts_with("d.ron:1:") && error.contains("`with`"), "{error}");
    }

    #[test]
    fn merges_in_a_circle_are_one_node() {
        let merge = |keep: &str, other: &str| Decision::Merge {
            keep: NodeKey(keep.into()),
            other: NodeKey(other.into()),
            reason: String::new(),
        };
        let circle = Decisions(vec![merge("person:xi", "person:vova"), merge("person:vova", "person:xi")]);
        let graph = Graph::from_records(&records()).decided(&circle);
        assert!(
            graph.node(&NodeKey("person:xi".into())).is_some() && graph.node(&NodeKey("person:vova".into())).is_none()
        );
    }
}
