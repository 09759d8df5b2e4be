//! Records in, one graph out: a node per thing in the world, an edge per statement.
//!
//! ```
//! use geopol::graph::{Filter, Graph, View};
//! use geopol::record::Record;
//!
//! let record: Record = serde_json::from_str(include_str!("../../tests/data/samarkand.jsonl")).unwrap();
//! let mut graph = Graph::new();
//! graph.add(&record);
//! let view = View::new(&graph, &Filter::default());
//! let edge = view.edges().last().unwrap();
//! assert_eq!(edge.from.name, "Vladimir Putin");
//! assert_eq!(&*edge.statement.relation_type, "meets");
//! assert_eq!(&*edge.statement.evidence, "Putin did not meet Volodymyr Zelenskyy.");
//! ```
//!
//! Adding articles in any order gives the same graph, and removing one undoes its adding: nodes are computed from what
//! each article says of them, and edges belong to one article each.

mod identity;
mod period;
mod node;
mod marks;
mod statement;
mod sharing;
mod moving;
mod contexts;
mod saved;
mod assembly;
mod reading;
mod filter;
mod view;
mod bundles;
mod gatherings;
mod names;
mod page;
mod facts;
mod links;
mod network;
mod ways;
mod paths;
mod happenings;
mod timeline;
mod claims;
mod pairs;
mod centrality;
mod rank;
mod leiden;
mod groups;
mod pattern;
mod query;
mod table;
mod answer;
mod summary;
mod decisions;
mod policy;
#[cfg(test)]
mod testing;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use itertools::Itertools;
use petgraph::stable_graph::{EdgeIndex, NodeIndex, StableDiGraph};
use petgraph::visit::{EdgeRef as _, IntoEdgeReferences as _};

pub use answer::Answer;
pub use bundles::Bundle;
pub use claims::{Wanted, claims};
use contexts::Contexts;
pub use decisions::{Decision, Decisions};
pub use facts::{End, Fact, Said, modality_word};
pub use filter::Filter;
pub use gatherings::Gathering;
pub use groups::{bridges, communities, cycles};
use identity::fold;
pub use identity::{ArticleKey, NodeKey};
pub use links::{Direction, Involved, LinkGroup, Links, links};
pub use marks::{Mark, Part};
pub use names::{find, suggestions};
pub use node::{Appearance, Decided, Node, Value};
pub use page::Page;
pub use pairs::{between, common};
pub use paths::{Path, Paths, Route, Step, paths};
pub use pattern::{Pattern, parse as parse_pattern};
pub use period::Period;
pub use policy::{Policy, Ruling};
pub use query::{Budget, query};
pub use rank::{Measure, rank};
pub use reading::{read, read_lines};
use sharing::{Events, Texts};
pub use statement::{Circumstance, Provenance, Speaker, Statement};
pub use summary::summary;
pub use table::{Cell, Row, Table};
pub use timeline::timeline;
pub use view::{Edge, LeftOut, View};

pub(crate) use page::is_unprintable;
pub(crate) use reading::{ADVICE as SAVED_ADVICE, assemble, options as ron_options};
pub(crate) use saved::{FORMAT as SAVED_FORMAT, Saved, SavedNode, Saving, VERSION as SAVED_VERSION};

use crate::record::{Object, Record};

/// What many articles say, as one graph.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    graph: StableDiGraph<Node, Statement>,
    index: HashMap<NodeKey, NodeIndex>,
    articles: BTreeMap<Arc<ArticleKey>, Arc<Provenance>>,
    /// Each article's edges: what touches a node is looked for in the articles that mention it.
    told_by: HashMap<Arc<ArticleKey>, Vec<EdgeIndex>>,
    contexts: Contexts,
    texts: Texts,
    events: Events,
    /// Folded names and aliases; made when first asked for, forgotten with every change.
    names: OnceLock<HashMap<String, Vec<NodeIndex>>>,
}

impl Graph {
    pub fn new() -> Graph {
        Graph::default()
    }

    pub fn from_records<'a>(records: impl IntoIterator<Item = &'a Record>) -> Graph {
        let mut graph = Graph::new();
        graph.extend(records);
        graph
    }

    /// As `add` for each, and faster.
    pub fn extend<'a>(&mut self, records: impl IntoIterator<Item = &'a Record>) {
        self.adding().extend(records);
    }

    /// To add batch by batch: nodes are computed once, when the value that it returns goes.
    pub fn adding(&mut self) -> Adding<'_> {
        Adding { graph: self, changed: HashSet::new() }
    }

    /// Adds without settling; returns the nodes to settle.
    fn insert_all<'a>(&mut self, records: impl IntoIterator<Item = &'a Record>) -> HashSet<NodeIndex> {
        let mut records: Vec<(ArticleKey, &Record)> =
            records.into_iter().map(|record| (ArticleKey::new(&record.id, &record.text), record)).collect();
        // Of two readings of one article the last counts.
        records.reverse();
        let mut seen = HashSet::new();
        records.retain(|(key, _)| seen.insert(key.clone()));
        let mut changed = self.take_out(&seen);
        for (key, record) in records {
            changed.extend(self.insert(key, record));
        }
        changed
    }

    /// Adds what an article says; an article that is there already is replaced by this reading of it.
    ///
    /// A relation whose ends are no entities of its record, or in its background, is left out: `Record`s from elsewhere may be damaged.
    pub fn add(&mut self, record: &Record) {
        self.extend([record]);
    }

    /// Adds all that another graph holds; articles that both hold are taken from the other.
    pub fn merge(&mut self, other: &Graph) {
        let mut changed = self.take_out(&other.articles.keys().map(|key| (**key).clone()).collect());
        self.articles.extend(other.articles.iter().map(|(key, article)| (Arc::clone(key), Arc::clone(article))));
        for node in other.graph.node_weights() {
            let here = self.node_for(&node.key, node.value.as_ref());
            for (article, appearance) in &node.appearances {
                self.graph[here].appear(article, Arc::clone(appearance));
            }
            self.contexts.learn(node);
            changed.insert(here);
        }
        for edge in other.graph.edge_references() {
            let [from, to] = [edge.source(), edge.target()].map(|end| self.index[&other.graph[end].key]);
            let mut statement = edge.weight().clone();
            self.texts.share_all(&mut statement);
            self.connect(from, to, statement);
        }
        self.settle(changed);
    }

    /// Takes out every article of this id with all that only it said; tells how many there were.
    pub fn remove(&mut self, article: &str) -> usize {
        let keys = self.articles.keys().filter(|key| key.id == article);
        let keys: HashSet<ArticleKey> = keys.map(|key| (**key).clone()).collect();
        let changed = self.take_out(&keys);
        self.settle(changed);
        keys.len()
    }

    /// The graph for petgraph's algorithms. Its indices follow the order of adding; `View` has an order that does not.
    pub fn petgraph(&self) -> &StableDiGraph<Node, Statement> {
        &self.graph
    }

    pub fn node(&self, key: &NodeKey) -> Option<&Node> {
        self.index.get(key).map(|&index| &self.graph[index])
    }

    /// The articles, in order.
    pub fn articles(&self) -> impl ExactSizeIterator<Item = &Provenance> {
        self.articles.values().map(|article| &**article)
    }

    pub fn node_count(&self) -> usize {
        self.graph.node_count()
    }

    pub fn statement_count(&self) -> usize {
        self.graph.edge_count()
    }

    /// The nodes without an edge.
    fn isolated(&self) -> impl Iterator<Item = NodeIndex> {
        self.graph.node_indices().filter(|&node| self.graph.neighbors_undirected(node).next().is_none())
    }

    /// An article's id where no other article has the same, else the id with a mark from its text.
    pub fn labels(&self) -> BTreeMap<&Arc<ArticleKey>, String> {
        let ids = self.articles.keys().counts_by(|key| key.id.as_str());
        let mut taken: HashSet<String> =
            ids.iter().filter(|(_, count)| **count == 1).map(|(id, _)| id.to_string()).collect();
        let mut label = |key: &ArticleKey| {
            if ids[key.id.as_str()] == 1 {
                return key.id.clone();
            }
            let mut label = format!("{}#{}", key.id, key.digest);
            while !taken.insert(label.clone()) {
                label.push('#');
            }
            label
        };
        self.articles.keys().map(|key| (key, label(key))).collect()
    }

    /// Adds without settling; returns the nodes to settle.
    fn insert(&mut self, key: ArticleKey, record: &Record) -> Vec<NodeIndex> {
        let article = Arc::new(Provenance::new(key, record));
        let mut changed = Vec::new();
        self.articles.insert(Arc::clone(&article.key), Arc::clone(&article));
        let mentions = record.mentions.iter().counts_by(|mention| mention.entity);
        let keys = self.contexts.keys(record);
        // What stays in the background has no node.
        let mut nodes = vec![None; keys.len()];
        for (position, entity) in record.entities.iter().enumerate().filter(|(_, entity)| !entity.background) {
            let node = self.node_for(&keys[position], None);
            let count = mentions.get(&(position as u32)).copied().unwrap_or(0) as u32;
            self.graph[node].appear(&article.key, Arc::new(Appearance::of_entity(entity, count)));
            nodes[position] = Some(node);
            changed.push(node);
        }
        let node_of = |entity: u32| nodes.get(entity as usize).copied().flatten();
        for (position, relation) in record.relations.iter().enumerate() {
            let Some(from) = node_of(relation.subject) else { continue };
            let to = match &relation.object {
                Object::Entity(entity) => match node_of(*entity) {
                    Some(to) => to,
                    None => continue,
                },
                Object::Value(quantity) if !quantity.value.is_finite() => continue,
                Object::Value(quantity) => {
                    let subject = &keys[relation.subject as usize];
                    let key = NodeKey::value(subject, &relation.relation_type, quantity);
                    let value = Value { value: quantity.value, unit: quantity.unit.clone(), bound: quantity.bound };
                    let node = self.node_for(&key, Some(&value));
                    self.graph[node].appear(&article.key, Arc::new(Appearance::of_value(quantity)));
                    changed.push(node);
                    node
                }
            };
            let statement = Statement::new(position as u32, record, &article, &keys, &mut self.texts);
            self.connect(from, to, statement);
        }
        changed
    }

    fn connect(&mut self, from: NodeIndex, to: NodeIndex, mut statement: Statement) {
        self.events.share(&mut statement);
        let article = Arc::clone(&statement.article);
        let edge = self.graph.add_edge(from, to, statement);
        match self.told_by.get_mut(&article.key) {
            Some(edges) => edges.push(edge),
            None => {
                self.told_by.insert(Arc::clone(&article.key), vec![edge]);
            }
        }
    }

    fn node_for(&mut self, key: &NodeKey, value: Option<&Value>) -> NodeIndex {
        if let Some(&node) = self.index.get(key) {
            return node;
        }
        let node = self.graph.add_node(Node::new(key.clone(), value.cloned()));
        self.index.insert(key.clone(), node);
        node
    }

    /// Removes the edges and appearances of articles; returns the nodes to settle.
    fn take_out(&mut self, articles: &HashSet<ArticleKey>) -> HashSet<NodeIndex> {
        let present = articles.iter().filter(|key| self.articles.remove(*key).is_some()).count();
        if present == 0 {
            return HashSet::new();
        }
        for edge in articles.iter().filter_map(|key| self.told_by.remove(key)).flatten() {
            self.graph.remove_edge(edge);
        }
        let mut changed = HashSet::new();
        for index in self.graph.node_indices().collect_vec() {
            let appearances = &mut self.graph[index].appearances;
            let before = appearances.len();
            appearances.retain(|article, _| !articles.contains(article));
            if appearances.len() < before {
                changed.insert(index);
            }
        }
        self.texts.prune();
        changed
    }

    /// Sorts out who is who among nodes whose appearances changed, and recomputes them.
    fn settle(&mut self, mut nodes: HashSet<NodeIndex>) {
        nodes.extend(self.part(&nodes));
        self.recompute(nodes);
    }

    /// Recomputes nodes whose appearances changed and drops those that no article mentions any more.
    fn recompute(&mut self, nodes: impl IntoIterator<Item = NodeIndex>) {
        self.names = OnceLock::new();
        for index in nodes {
            let Some(node) = self.graph.node_weight_mut(index) else { continue };
            if node.appearances.is_empty() {
                self.index.remove(&node.key);
                self.graph.remove_node(index);
            } else {
                node.settle();
            }
        }
    }
}

/// Articles on their way into a graph.
pub struct Adding<'g> {
    graph: &'g mut Graph,
    changed: HashSet<NodeIndex>,
}

impl Adding<'_> {
    pub fn extend<'a>(&mut self, records: impl IntoIterator<Item = &'a Record>) {
        self.changed.extend(self.graph.insert_all(records));
    }
}

impl Drop for Adding<'_> {
    fn drop(&mut self) {
        self.graph.settle(std::mem::take(&mut self.changed));
    }
}

/// Two graphs are equal when they say the same, whatever the order in which they were told.
impl PartialEq for Graph {
    fn eq(&self, other: &Graph) -> bool {
        let everything = Filter::default();
        Saved::new(&View::new(self, &everything)) == Saved::new(&View::new(other, &everything))
    }
}

#[cfg(test)]
mod tests {
    use super::testing::{record, told};
    use super::*;

    #[test]
    fn a_reference_joins_what_names_do_not() {
        let mut one = record("a", &["Xi | visits | Moscow:city"]);
        let mut other = record("b", &["President Xi | visits | Kyiv:city"]);
        for record in [&mut one, &mut other] {
            record.entities[0].refs.insert("wikidata".into(), "Q15031".into());
        }
        let graph = Graph::from_records([&one, &other]);
        assert_eq!(graph.node_count(), 3);
        let xi = graph.node(&NodeKey("wikidata:Q15031".into())).unwrap();
        assert_eq!((xi.name.as_str(), xi.aliases.as_slice()), ("President Xi", ["Xi".to_string()].as_slice()));
    }

    #[test]
    fn a_name_joins_articles_but_not_kinds() {
        let records = [
            record("a", &["Jordan | visits | Jordan River:place"]),
            record("b", &["JORDAN | visits | Jordan:country"]),
        ];
        let graph = Graph::from_records(&records);
        assert_eq!(graph.node_count(), 3);
        let keys: Vec<&str> = records[1].entities.iter().map(|entity| entity.name.as_str()).collect();
        assert_eq!(keys, ["JORDAN", "Jordan"]);
    }

    #[test]
    fn another_article_of_the_same_id_is_another_article() {
        let records = [record("1", &["A | meets | B"]), record("1", &["A | meets | C"])];
        let mut graph = Graph::from_records(&records);
        assert_eq!(graph.articles().len(), 2);
        assert!(graph.labels().values().all(|label| label.starts_with("1#")));
        graph.add(&records[1]);
        assert_eq!(told(&graph, &Filter::default()), ["A meets B", "A meets C"]);
        assert_eq!(graph.remove("1"), 2);
        assert_eq!(graph.node_count(), 0);
    }

    #[test]
    fn a_damaged_record_loses_only_what_is_damaged() {
        let mut broken = record("a", &["A | meets | B", "A | meets | C"]);
        broken.relations[0].subject = 99;
        broken.relations[1].evidence = crate::span::Span { start: 7, end: 9999 };
        broken.relations[1].confidence = f64::NAN;
        let graph = Graph::from_records([&broken]);
        assert_eq!(told(&graph, &Filter::default()), ["A meets C"]);
        assert!(graph == graph.clone());
    }
}
