//! Views: the part of a graph that a question or a picture is about, in an order that does not depend on history.
//!
//! Everything that leaves the graph (formats, answers, statistics) goes through a `View`, so one filter serves all.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use petgraph::stable_graph::{EdgeIndex, NodeIndex};
use petgraph::visit::{EdgeRef as _, IntoEdgeReferences as _};

use super::filter::Lens;
use super::{ArticleKey, Bundle, Filter, Gathering, Graph, Node, Statement, bundles, gatherings};

/// A filtered look at a graph with a fixed order.
#[derive(Clone, Debug)]
pub struct View<'g> {
    graph: &'g Graph,
    nodes: Vec<NodeIndex>,
    edges: Vec<EdgeIndex>,
    left_out: LeftOut,
}

/// What the filter took away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    pub nodes: usize,
    /// Those of them that have no edge at all.
    pub isolated: usize,
    pub statements: usize,
    /// Statements that a limit of time took away only because neither they nor their articles have a date.
    pub undated: usize,
}

/// A statement with its ends.
#[derive(Clone, Copy, Debug)]
pub struct Edge<'g> {
    pub from: &'g Node,
    pub to: &'g Node,
    pub statement: &'g Statement,
}

impl<'g> View<'g> {
    pub fn new(graph: &'g Graph, filter: &Filter) -> View<'g> {
        let mut undated = 0;
        let near = filter.neighbourhood(graph);
        let mut edges: Vec<EdgeIndex> = graph
            .graph
            .edge_references()
            .filter(|edge| {
                let ends = [edge.source(), edge.target()];
                if !filter.takes(edge.weight()) || !ends.iter().all(|&end| filter.takes_node(&graph.graph[end])) {
                    return false;
                }
                undated += usize::from(filter.during.is_some() && edge.weight().period_or_article_date().is_none());
                filter.takes_time(edge.weight())
                    && near.as_ref().is_none_or(|near| ends.iter().all(|end| near.contains(end)))
            })
            .map(|edge| edge.id())
            .collect();
        let mut nodes: HashSet<NodeIndex> = near.unwrap_or_else(|| {
            let nodes = graph.graph.node_indices();
            nodes.filter(|&node| filter.takes_node(&graph.graph[node])).collect()
        });
        let ends = |edge: EdgeIndex| graph.ends(edge);
        if let Some(top) = filter.top {
            let mut degrees: HashMap<NodeIndex, usize> = nodes.iter().map(|&node| (node, 0)).collect();
            for node in edges.iter().flat_map(|&edge| [ends(edge).0, ends(edge).1]) {
                *degrees.entry(node).or_default() += 1;
            }
            let mut ranked: Vec<NodeIndex> = nodes.iter().copied().collect();
            ranked.sort_by_key(|node| {
                let key = &graph.graph[*node].key;
                (!filter.about.contains(key), Reverse(degrees[node]), key)
            });
            nodes = ranked.into_iter().take(top).collect();
            edges.retain(|&edge| nodes.contains(&ends(edge).0) && nodes.contains(&ends(edge).1));
        }
        if !filter.isolated {
            let linked: HashSet<NodeIndex> = edges.iter().flat_map(|&edge| [ends(edge).0, ends(edge).1]).collect();
            nodes.retain(|node| linked.contains(node));
        } else if filter.narrows_statements() {
            // A value is nothing without the statement that it completes.
            let linked: HashSet<NodeIndex> = edges.iter().map(|&edge| ends(edge).1).collect();
            nodes.retain(|node| !graph.graph[*node].is_value() || linked.contains(node));
        }
        let isolated = if filter.isolated { 0 } else { graph.isolated().count() };
        View::ordered(graph, nodes, edges, isolated, undated)
    }

    /// What the filter takes of all that touches a node: as an end, as a place or other circumstance, as a speaker.
    ///
    /// It costs as much as the articles that mention the node have to say, not as much as the graph is large.
    pub fn around(graph: &'g Graph, filter: &Filter, node: &Node) -> View<'g> {
        let Some(&index) = graph.index.get(&node.key) else {
            return View::selected(graph, std::iter::empty(), std::iter::empty());
        };
        let lens = Lens::new(graph, filter);
        let edges = graph.touching(index).filter(|&edge| lens.takes(edge));
        View::selected(graph, [index].into_iter(), edges)
    }

    /// Some nodes and edges with the ends of these: an answer as a graph, for any format.
    pub(super) fn selected(
        graph: &'g Graph,
        nodes: impl Iterator<Item = NodeIndex>,
        edges: impl Iterator<Item = EdgeIndex>,
    ) -> View<'g> {
        let edges: HashSet<EdgeIndex> = edges.collect();
        let ends = edges.iter().flat_map(|&edge| [graph.ends(edge).0, graph.ends(edge).1]);
        let nodes = nodes.chain(ends).collect();
        View::ordered(graph, nodes, edges.into_iter().collect(), 0, 0)
    }

    fn ordered(
        graph: &'g Graph,
        nodes: HashSet<NodeIndex>,
        mut edges: Vec<EdgeIndex>,
        isolated: usize,
        undated: usize,
    ) -> View<'g> {
        let mut nodes: Vec<NodeIndex> = nodes.into_iter().collect();
        nodes.sort_by_key(|node| &graph.graph[*node].key);
        // Places in the order of the nodes compare faster than their keys do.
        let places: HashMap<NodeIndex, usize> = nodes.iter().enumerate().map(|(place, &node)| (node, place)).collect();
        edges.sort_by_cached_key(|&edge| {
            let (from, to) = graph.ends(edge);
            (places[&from], places[&to], graph.graph[edge].order())
        });
        let left_out = LeftOut {
            nodes: graph.node_count() - nodes.len(),
            isolated,
            statements: graph.statement_count() - edges.len(),
            undated,
        };
        View { graph, nodes, edges, left_out }
    }

    pub fn graph(&self) -> &'g Graph {
        self.graph
    }

    /// The nodes, ordered by key.
    pub fn nodes(&self) -> impl ExactSizeIterator<Item = &'g Node> + '_ {
        self.nodes.iter().map(|&node| &self.graph.graph[node])
    }

    /// The statements, ordered by their ends, type, article and id.
    pub fn edges(&self) -> impl ExactSizeIterator<Item = Edge<'g>> + '_ {
        self.edges.iter().map(|&edge| {
            let (from, to) = self.graph.ends(edge);
            Edge { from: &self.graph.graph[from], to: &self.graph.graph[to], statement: &self.graph.graph[edge] }
        })
    }

    pub(super) fn node_indices(&self) -> &[NodeIndex] {
        &self.nodes
    }

    /// In the order of `edges`.
    pub(super) fn edge_indices(&self) -> &[EdgeIndex] {
        &self.edges
    }

    /// Statements that say the same of the same two nodes, taken together.
    pub fn bundles(&self) -> Vec<Bundle<'g>> {
        bundles::bundle(self.edges())
    }

    /// Happenings of three or more, each once, and the bundles of everything else.
    pub fn gatherings(&self) -> (Vec<Gathering<'g>>, Vec<Bundle<'g>>) {
        gatherings::gather(self)
    }

    /// The articles that say something of what is in view, in order.
    pub fn articles(&self) -> BTreeSet<&'g Arc<ArticleKey>> {
        let of_nodes = self.nodes().flat_map(Node::articles);
        let of_edges = self.edges().map(|edge| &edge.statement.article.key);
        let everything = self.left_out.nodes == 0 && self.left_out.statements == 0;
        let silent = self.graph.articles.keys().filter(|_| everything);
        of_nodes.chain(of_edges).chain(silent).collect()
    }

    pub fn left_out(&self) -> LeftOut {
        self.left_out
    }
}

impl Graph {
    pub(super) fn ends(&self, edge: EdgeIndex) -> (NodeIndex, NodeIndex) {
        self.graph.edge_endpoints(edge).expect("the edge is one of this graph")
    }

    /// The statements that have this node as an end, a circumstance or a speaker, by way of the articles that mention it.
    pub(super) fn touching(&self, node: NodeIndex) -> impl Iterator<Item = EdgeIndex> + '_ {
        let Node { key, appearances, .. } = &self.graph[node];
        let told = appearances.keys().filter_map(|article| self.told_by.get(article)).flatten().copied();
        told.filter(move |&edge| {
            let (from, to) = self.ends(edge);
            from == node || to == node || self.graph[edge].involves(key)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{record, told};
    use super::super::{NodeKey, Period};
    use super::*;
    use crate::record::{Kind, Modality, Polarity, Quad};

    fn graph() -> Graph {
        let mut records = [
            record(
                "a",
                &[
                    "Putin | MEETS | Xi | on 2022-09-15, in Samarkand:city",
                    "Putin | MEETS | Zelensky | not",
                    "Modi | visits | Russia:country | planned, on 2023",
                    "Ukraine:country | attacks | Russia:country | by Putin, sure 0.4",
                ],
            ),
            record("b", &["Samarkand:city | located_in | Uzbekistan:country | derived", "Tokyo:city"]),
        ];
        records[0].date = Some("2022-09-16".into());
        Graph::from_records(&records)
    }

    fn check(filter: Filter, expected: &[&str]) {
        assert_eq!(told(&graph(), &filter), expected, "{filter:?}");
    }

    #[test]
    fn each_limit_leaves_out_what_it_says() {
        let all = Filter::default;
        check(Filter { polarity: Some(Polarity::Negated), ..all() }, &["Putin meets Zelensky"]);
        check(Filter { modalities: vec![Modality::Planned], ..all() }, &["Modi visits Russia"]);
        check(Filter { types: vec!["located_in".into()], ..all() }, &["Samarkand located_in Uzbekistan"]);
        check(Filter { kinds: vec![Kind::Country], ..all() }, &["Ukraine attacks Russia"]);
        check(
            Filter { min_confidence: 0.5, kinds: vec![Kind::Country, Kind::Person], ..all() },
            &["Modi visits Russia", "Putin meets Xi", "Putin meets Zelensky"],
        );
        check(Filter { derived: false, kinds: vec![Kind::City, Kind::Country], ..all() }, &["Ukraine attacks Russia"]);
        check(Filter { quads: vec![Quad::VerbalConflict], ..all() }, &[]);
    }

    #[test]
    fn time_is_the_statements_and_else_the_articles() {
        let during = |iso| Filter { during: Period::parse(iso), ..Filter::default() };
        check(during("2022-09-15"), &["Putin meets Xi"]);
        check(during("2022-09-16"), &["Ukraine attacks Russia", "Putin meets Zelensky"]);
        check(during("2023/.."), &["Modi visits Russia"]);
        let graph = graph();
        assert_eq!(View::new(&graph, &during("2023")).left_out().undated, 1);
    }

    #[test]
    fn about_goes_as_far_as_it_is_told() {
        let about = |depth| Filter { about: vec![NodeKey("person:modi".into())], depth, ..Filter::default() };
        check(about(0), &[]);
        check(about(1), &["Modi visits Russia"]);
        check(about(2), &["Ukraine attacks Russia", "Modi visits Russia"]);
        let place = Filter { about: vec![NodeKey("city:samarkand".into())], ..Filter::default() };
        check(place, &["Samarkand located_in Uzbekistan", "Putin meets Xi"]);
    }

    #[test]
    fn top_keeps_the_best_connected() {
        let graph = graph();
        let view = View::new(&graph, &Filter { top: Some(2), isolated: false, ..Filter::default() });
        assert_eq!(view.left_out().nodes, graph.node_count() - view.nodes().len());
    }

    #[test]
    fn isolated_nodes_are_left_out_on_request() {
        let graph = graph();
        let names = |isolated| {
            let view = View::new(&graph, &Filter { isolated, ..Filter::default() });
            view.nodes().any(|node| node.name == "Tokyo")
        };
        assert!(names(true) && !names(false));
    }
}
