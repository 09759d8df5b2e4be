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
//! where each article's mentions belong, and the mentions keep the reason; so neither the order of adding nor a removal
//! shows. A line taken out is undone.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use itertools::Itertools;
use serde::{Deserialize, Serialize};

use super::moving::Move;
use super::{ArticleKey, Decided, Graph, NodeKey};
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
                articles.first().map(|article| NodeKey(format!("{node}/{article}").into()))
            }
            Decision::Merge { .. } => None,
        }
    }
}

/// Where an article's mentions of a node belong.
struct Places<'d> {
    /// The articles by id, each with the node that is split off for it and why.
    splits: HashMap<&'d NodeKey, HashMap<&'d str, (NodeKey, &'d str)>>,
    merged: BTreeMap<&'d NodeKey, (&'d NodeKey, &'d str)>,
}

impl<'d> Places<'d> {
    fn new(decisions: &'d Decisions) -> Places<'d> {
        let mut places = Places { splits: HashMap::new(), merged: BTreeMap::new() };
        for decision in &decisions.0 {
            match decision {
                Decision::Merge { keep, other, reason } => {
                    let (keep, other) = (places.root(keep).0, places.root(other).0);
                    if keep != other {
                        places.merged.insert(other, (keep, reason));
                    }
                }
                Decision::Split { node, articles, reason } => {
                    let Some(own) = decision.split_off() else { continue };
                    let here = places.splits.entry(node).or_default();
                    here.extend(articles.iter().map(|article| (article.as_str(), (own.clone(), reason.as_str()))));
                }
            }
        }
        places
    }

    /// What a node was merged into in the end, and the reasons on the way.
    fn root<'k>(&self, mut key: &'k NodeKey) -> (&'k NodeKey, Vec<&'d str>)
    where
        'd: 'k,
    {
        let mut reasons = Vec::new();
        while let Some((next, reason)) = self.merged.get(key) {
            key = next;
            reasons.push(*reason);
        }
        (key, reasons)
    }

    /// Where an article's mentions of a node go; `None` where they stay.
    fn of(&self, from: &NodeKey, article: &Arc<ArticleKey>) -> Option<Move> {
        let split = self.splits.get(from).and_then(|articles| articles.get(article.id.as_str()));
        let (to, mut reasons) = self.root(split.map_or(from, |(own, _)| own));
        reasons.extend(split.map(|(_, reason)| *reason));
        let reason = reasons.into_iter().filter(|reason| !reason.is_empty()).join("; ");
        let decided = Some(Decided { from: from.clone(), reason });
        (to != from).then(|| Move { from: from.clone(), article: Arc::clone(article), to: to.clone(), decided })
    }
}

impl Graph {
    /// The graph as decisions have it. Articles that are added later are not concerned.
    pub fn decided(mut self, decisions: &Decisions) -> Graph {
        let places = Places::new(decisions);
        let concerned: BTreeSet<&NodeKey> = places.splits.keys().chain(places.merged.keys()).copied().collect();
        let nodes = concerned.into_iter().filter_map(|key| self.node(key)).filter(|node| !node.is_value());
        let moves = nodes.flat_map(|node| node.articles().filter_map(|article| places.of(&node.key, article)));
        let moves = moves.collect();
        let changed = self.carry_out(moves);
        self.recompute(changed);
        self
    }
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
        assert!(all.clone().decided(&decisions) == all);
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
        assert!(graph.clone().decided(&decisions) == graph);
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
