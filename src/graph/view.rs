//! Views: the part of a graph that a question or a picture is about, in an order that does not depend on history.
//!
//! Everything that leaves the graph (formats, answers, statistics) goes through a `View`, so one filter serves all.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};

use petgraph::stable_graph::{EdgeIndex, NodeIndex};
use petgraph::visit::{EdgeRef as _, IntoEdgeReferences as _};

use super::{ArticleKey, Bundle, Gathering, Graph, Node, NodeKey, Period, Statement, bundles, gatherings};
use crate::record::{Kind, Modality, Polarity, Quad};

/// What to look at; the default is everything.
#[derive(Clone, Debug, PartialEq)]
pub struct Filter {
    pub min_confidence: f64,
    /// Relation types by name; empty: all.
    pub types: Vec<String>,
    /// Kinds of which both ends have to be; empty: all. A value goes with its subject.
    pub kinds: Vec<Kind>,
    /// Empty: all, states of affairs included.
    pub quads: Vec<Quad>,
    pub polarity: Option<Polarity>,
    /// Empty: all.
    pub modalities: Vec<Modality>,
    /// Statements whose time, or else their article's date, falls into it.
    pub during: Option<Period>,
    /// What had happened by then, and what held then or may have.
    pub as_of: Option<Period>,
    /// Nodes to look around, and how far.
    pub about: Vec<NodeKey>,
    pub depth: usize,
    /// Whether statements that were not said but inferred count.
    pub derived: bool,
    /// Whether nodes without an edge are kept.
    pub isolated: bool,
    /// Only the best connected nodes.
    pub top: Option<usize>,
}

impl Default for Filter {
    fn default() -> Filter {
        Filter {
            min_confidence: 0.0,
            types: Vec::new(),
            kinds: Vec::new(),
            quads: Vec::new(),
            polarity: None,
            modalities: Vec::new(),
            during: None,
            as_of: None,
            about: Vec::new(),
            depth: 1,
            derived: true,
            isolated: true,
            top: None,
        }
    }
}

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
        let mut edges: Vec<EdgeIndex> = graph
            .graph
            .edge_references()
            .filter(|edge| {
                let ends = [&graph.graph[edge.source()], &graph.graph[edge.target()]];
                filter.takes(edge.weight()) && ends.iter().all(|end| filter.takes_node(end))
            })
            .filter(|edge| match (&filter.during, edge.weight().period_or_article_date()) {
                (None, _) => true,
                (Some(during), Some(period)) => during.overlaps(&period),
                (Some(_), None) => {
                    undated += 1;
                    false
                }
            })
            .map(|edge| edge.id())
            .collect();
        let mut nodes: HashSet<NodeIndex> = graph.graph.node_indices().collect();
        nodes.retain(|&node| filter.takes_node(&graph.graph[node]));
        let ends =
            |edge: EdgeIndex| graph.graph.edge_endpoints(edge).expect("edges of this graph were collected above");
        if !filter.about.is_empty() {
            nodes = around(graph, &edges, &filter.about, filter.depth);
            edges.retain(|&edge| nodes.contains(&ends(edge).0) && nodes.contains(&ends(edge).1));
        }
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
        let mut nodes: Vec<NodeIndex> = nodes.into_iter().collect();
        nodes.sort_by_key(|node| &graph.graph[*node].key);
        edges.sort_by_key(|&edge| {
            let (from, to) = ends(edge);
            (&graph.graph[from].key, &graph.graph[to].key, graph.graph[edge].order())
        });
        let left_out = LeftOut {
            nodes: graph.node_count() - nodes.len(),
            isolated: if filter.isolated { 0 } else { graph.isolated().count() },
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
            let (from, to) = self.graph.graph.edge_endpoints(edge).expect("a view's edges are its graph's");
            Edge { from: &self.graph.graph[from], to: &self.graph.graph[to], statement: &self.graph.graph[edge] }
        })
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
    pub fn articles(&self) -> BTreeSet<&'g ArticleKey> {
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

impl Filter {
    fn takes(&self, statement: &Statement) -> bool {
        statement.confidence >= self.min_confidence
            && (self.types.is_empty() || self.types.contains(&statement.relation_type))
            && (self.quads.is_empty() || statement.quad().is_some_and(|quad| self.quads.contains(&quad)))
            && self.polarity.is_none_or(|polarity| statement.polarity == polarity)
            && (self.modalities.is_empty() || self.modalities.contains(&statement.modality))
            && (self.derived || !statement.derived)
            && self.as_of.is_none_or(|day| statement.is_so(day))
    }

    fn takes_node(&self, node: &Node) -> bool {
        self.kinds.is_empty() || node.is_value() || self.kinds.contains(&node.kind)
    }

    /// True when some statement may be left out.
    fn narrows_statements(&self) -> bool {
        *self != Filter { isolated: self.isolated, depth: self.depth, ..Filter::default() }
    }
}

impl Statement {
    /// True for an event of that time or before, and for a state that is not known to have begun later or ended before.
    fn is_so(&self, day: Period) -> bool {
        if self.event.is_some() {
            return self.period_or_article_date().is_none_or(|period| period.first <= day.last);
        }
        match self.period() {
            Some(period) => period.overlaps(&day),
            None => !self.historical,
        }
    }

    /// When it happened; for want of that, when it was told.
    pub fn period_or_article_date(&self) -> Option<Period> {
        self.period().or_else(|| self.article.date.as_deref().and_then(Period::parse))
    }
}

/// The nodes that at most `depth` edges, in whatever direction, part from one of `keys`.
fn around(graph: &Graph, edges: &[EdgeIndex], keys: &[NodeKey], depth: usize) -> HashSet<NodeIndex> {
    let mut neighbours: HashMap<NodeIndex, Vec<NodeIndex>> = HashMap::new();
    for &edge in edges {
        let (from, to) = graph.graph.edge_endpoints(edge).expect("edges of this graph");
        neighbours.entry(from).or_default().push(to);
        neighbours.entry(to).or_default().push(from);
    }
    let mut queue: VecDeque<(NodeIndex, usize)> =
        keys.iter().filter_map(|key| graph.index.get(key)).map(|&node| (node, 0)).collect();
    let mut seen: HashSet<NodeIndex> = queue.iter().map(|(node, _)| *node).collect();
    while let Some((node, distance)) = queue.pop_front() {
        if distance == depth {
            continue;
        }
        for &next in neighbours.get(&node).into_iter().flatten() {
            if seen.insert(next) {
                queue.push_back((next, distance + 1));
            }
        }
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::super::testing::{record, told};
    use super::*;

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
