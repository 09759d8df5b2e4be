//! Filters: which statements and nodes are looked at, the same for every question and format.
//!
//! `Filter { kinds: vec![Kind::Country], as_of: Period::parse("2022"), ..Filter::default() }` takes what countries had done to
//! each other by 2022. A `Lens` asks the filter edge by edge, where a question needs but a few of them; a `View` asks for all.

use std::collections::HashSet;

use petgraph::Direction;
use petgraph::stable_graph::{EdgeIndex, NodeIndex};
use petgraph::visit::EdgeRef as _;

use super::{Edge, Graph, Node, NodeKey, Period, Speaker, Statement};
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
    /// Outlets, or ids of articles; empty: all.
    pub sources: Vec<String>,
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
            sources: Vec::new(),
            about: Vec::new(),
            depth: 1,
            derived: true,
            isolated: true,
            top: None,
        }
    }
}

/// A filter over a graph that is asked edge by edge, where a question needs but a few of them.
#[derive(Clone, Debug)]
pub(super) struct Lens<'g> {
    pub graph: &'g Graph,
    filter: Filter,
    near: Option<HashSet<NodeIndex>>,
}

impl<'g> Lens<'g> {
    pub fn new(graph: &'g Graph, filter: &Filter) -> Lens<'g> {
        Lens { graph, filter: filter.clone(), near: filter.neighbourhood(graph) }
    }

    pub fn takes(&self, edge: EdgeIndex) -> bool {
        let is_near = self.near.as_ref().is_none_or(|near| {
            let (from, to) = self.graph.ends(edge);
            near.contains(&from) && near.contains(&to)
        });
        is_near && self.filter.takes_edge(self.graph, edge)
    }

    /// The edges at a node with their other ends, in no order.
    pub fn edges_at(&self, node: NodeIndex) -> impl Iterator<Item = (EdgeIndex, NodeIndex)> + '_ {
        let out = self.graph.graph.edges_directed(node, Direction::Outgoing).map(|edge| (edge.id(), edge.target()));
        let into = self.graph.graph.edges_directed(node, Direction::Incoming).map(|edge| (edge.id(), edge.source()));
        // A loop is in both lists.
        out.chain(into.filter(move |(_, other)| *other != node)).filter(|(edge, _)| self.takes(*edge))
    }

    /// The edges between two nodes, either way.
    pub fn edges_between(&self, one: NodeIndex, other: NodeIndex) -> Vec<EdgeIndex> {
        let graph = &self.graph.graph;
        let there = graph.edges_connecting(one, other).map(|edge| edge.id());
        let back = graph.edges_connecting(other, one).map(|edge| edge.id());
        there.chain(back.filter(|_| one != other)).filter(|&edge| self.takes(edge)).collect()
    }

    pub fn edge(&self, edge: EdgeIndex) -> Edge<'g> {
        let (from, to) = self.graph.ends(edge);
        let graph = &self.graph.graph;
        Edge { from: &graph[from], to: &graph[to], statement: &graph[edge] }
    }
}

impl Filter {
    /// Only what is told as done, unless the filter asks for a polarity or modality itself.
    pub fn firm(&self) -> Filter {
        if !self.is_free() {
            return self.clone();
        }
        Filter { polarity: Some(Polarity::Affirmed), modalities: vec![Modality::Asserted], ..self.clone() }
    }

    /// True where the filter asks for no polarity and no modality.
    pub(super) fn is_free(&self) -> bool {
        self.polarity.is_none() && self.modalities.is_empty()
    }

    pub(super) fn takes_edge(&self, graph: &Graph, edge: EdgeIndex) -> bool {
        let statement = &graph.graph[edge];
        let takes_ends = || {
            let (from, to) = graph.ends(edge);
            self.takes_node(&graph.graph[from]) && self.takes_node(&graph.graph[to])
        };
        // A look at the ends is a walk through memory that most filters do not need.
        self.takes(statement) && self.takes_time(statement) && (self.kinds.is_empty() || takes_ends())
    }

    pub(super) fn takes_time(&self, statement: &Statement) -> bool {
        self.during
            .is_none_or(|during| statement.period_or_article_date().is_some_and(|period| during.overlaps(&period)))
    }

    /// The nodes that at most `depth` edges, in whatever direction, part from one of `about`; `None` without such a limit.
    ///
    /// What happened in Samarkand is about Samarkand too: its ends are one edge away.
    pub(super) fn neighbourhood(&self, graph: &Graph) -> Option<HashSet<NodeIndex>> {
        if self.about.is_empty() {
            return None;
        }
        let starts: Vec<NodeIndex> = self.about.iter().filter_map(|key| graph.index.get(key)).copied().collect();
        let mut seen: HashSet<NodeIndex> = starts.iter().copied().collect();
        let mut edges: Vec<EdgeIndex> = starts.iter().flat_map(|&start| graph.touching(start)).collect();
        for _ in 0..self.depth {
            let taken = edges.into_iter().filter(|&edge| self.takes_edge(graph, edge));
            let ends = taken.flat_map(|edge| <[NodeIndex; 2]>::from(graph.ends(edge)));
            let reached: Vec<NodeIndex> = ends.filter(|&end| seen.insert(end)).collect();
            let at = |node| [Direction::Outgoing, Direction::Incoming].map(|way| graph.graph.edges_directed(node, way));
            edges = reached.into_iter().flat_map(at).flatten().map(|edge| edge.id()).collect();
        }
        Some(seen)
    }

    pub(super) fn takes(&self, statement: &Statement) -> bool {
        statement.confidence >= self.min_confidence
            && (self.types.is_empty() || self.types.iter().any(|wanted| **wanted == *statement.relation_type))
            && (self.quads.is_empty() || statement.quad().is_some_and(|quad| self.quads.contains(&quad)))
            && self.polarity.is_none_or(|polarity| statement.polarity == polarity)
            && (self.modalities.is_empty() || self.modalities.contains(&statement.modality))
            && (self.derived || !statement.derived)
            && (self.sources.is_empty() || self.takes_source(statement))
            && self.as_of.is_none_or(|day| statement.is_so(day))
    }

    fn takes_source(&self, statement: &Statement) -> bool {
        let article = &statement.article;
        let outlets = [article.source.as_deref(), Some(article.key.id.as_str())];
        self.sources.iter().any(|wanted| outlets.iter().flatten().any(|outlet| outlet.eq_ignore_ascii_case(wanted)))
    }

    pub(super) fn takes_node(&self, node: &Node) -> bool {
        self.kinds.is_empty() || node.is_value() || self.kinds.contains(&node.kind)
    }

    /// True when some statement may be left out.
    pub(super) fn narrows_statements(&self) -> bool {
        *self != Filter { isolated: self.isolated, depth: self.depth, ..Filter::default() }
    }
}

impl Statement {
    /// True where a node is a circumstance of it or among those who say so.
    pub(super) fn involves(&self, key: &NodeKey) -> bool {
        self.circumstances.iter().any(|circumstance| circumstance.node.as_ref() == Some(key)) || self.is_said_by(key)
    }

    pub(super) fn is_said_by(&self, key: &NodeKey) -> bool {
        let speakers = self.attribution.as_deref().map(Speaker::all);
        speakers.into_iter().flatten().any(|speaker| speaker.node.as_ref() == Some(key))
    }

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
