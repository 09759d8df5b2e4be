//! The network: who is linked to whom, as arrays of numbers, for measures that look at the whole graph.
//!
//! "Putin meets Xi" twice and "Xi visits Russia" once are three nodes, a link of weight 2 and one of weight 1. Nodes are
//! numbered in the order of the view. Values ("1.4 billion") are no actors and stay out of it, and so do loops.

use std::collections::HashMap;

use itertools::Itertools;
use petgraph::stable_graph::{EdgeIndex, NodeIndex};

use super::{Graph, Node, View};

/// Links from one node, by the number of the other end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Link {
    pub to: u32,
    /// How many statements it stands for.
    pub weight: f64,
}

#[derive(Clone, Debug)]
pub(super) struct Network<'g> {
    pub graph: &'g Graph,
    pub nodes: Vec<NodeIndex>,
    /// Whatever the direction.
    pub links: Lists,
    /// As the statements point; one without direction points both ways.
    pub arrows: Lists,
    numbers: HashMap<NodeIndex, u32>,
}

/// A list of links for each node, all in one array.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Lists {
    starts: Vec<usize>,
    links: Vec<Link>,
}

impl<'g> Network<'g> {
    pub fn new(view: &View<'g>) -> Network<'g> {
        let graph = view.graph();
        let is_actor = |node: &NodeIndex| !graph.graph[*node].is_value();
        let nodes: Vec<NodeIndex> = view.node_indices().iter().copied().filter(is_actor).collect();
        let numbers: HashMap<NodeIndex, u32> = nodes.iter().copied().zip(0..).collect();
        let mut both = Vec::new();
        let mut arrows = Vec::new();
        for &edge in view.edge_indices() {
            let (from, to) = graph.ends(edge);
            let (Some(&from), Some(&to)) = (numbers.get(&from), numbers.get(&to)) else { continue };
            if from == to {
                continue;
            }
            both.extend([(from, to, 1.0), (to, from, 1.0)]);
            arrows.push((from, to, 1.0));
            if graph.graph[edge].symmetric {
                arrows.push((to, from, 1.0));
            }
        }
        let (links, arrows) = (Lists::new(nodes.len(), both), Lists::new(nodes.len(), arrows));
        Network { graph, nodes, links, arrows, numbers }
    }

    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    pub fn node(&self, number: u32) -> &'g Node {
        &self.graph.graph[self.nodes[number as usize]]
    }

    /// `None` for a value.
    pub fn number(&self, node: NodeIndex) -> Option<u32> {
        self.numbers.get(&node).copied()
    }

    /// The edges of a view between two nodes of which `takes` holds.
    pub fn edges_where(&self, view: &View, takes: impl Fn(u32, u32) -> bool) -> Vec<EdgeIndex> {
        let edges = view.edge_indices().iter().copied();
        let inside = edges.filter(|&edge| {
            let (from, to) = self.graph.ends(edge);
            self.number(from).zip(self.number(to)).is_some_and(|(from, to)| takes(from, to))
        });
        inside.collect()
    }
}

impl Lists {
    /// From links in any order; those with the same ends become one.
    pub fn new(nodes: usize, mut links: Vec<(u32, u32, f64)>) -> Lists {
        // The sort keeps equal links in their order, so that sums of weights come out the same each time.
        links.sort_by_key(|&(from, to, _)| (from, to));
        let mut lists = Lists { starts: vec![0; nodes + 1], links: Vec::with_capacity(links.len()) };
        for ((from, to), same) in &links.iter().chunk_by(|&&(from, to, _)| (from, to)) {
            lists.links.push(Link { to, weight: same.map(|(.., weight)| weight).sum() });
            lists.starts[from as usize + 1] = lists.links.len();
        }
        for node in 0..nodes {
            lists.starts[node + 1] = lists.starts[node + 1].max(lists.starts[node]);
        }
        lists.links.shrink_to_fit();
        lists
    }

    pub fn of(&self, node: u32) -> &[Link] {
        &self.links[self.starts[node as usize]..self.starts[node as usize + 1]]
    }

    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    pub fn numbers(&self) -> std::ops::Range<u32> {
        0..self.len() as u32
    }

    /// How many links there are.
    pub fn size(&self) -> usize {
        self.links.len()
    }

    pub fn weight_of(&self, node: u32) -> f64 {
        self.of(node).iter().map(|link| link.weight).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::super::Filter;
    use super::super::testing::record;
    use super::*;

    #[test]
    fn statements_become_links() {
        let graph =
            Graph::from_records([&record("a", &["b | MEETS | a", "a | MEETS | b", "a | visits | c", "c | likes | c"])]);
        let network = Network::new(&View::new(&graph, &Filter::default()));
        let list = |lists: &Lists, node| lists.of(node).iter().map(|link| (link.to, link.weight)).collect::<Vec<_>>();
        assert_eq!(list(&network.links, 0), [(1, 2.0), (2, 1.0)]);
        assert_eq!(list(&network.arrows, 1), [(0, 2.0)]);
        assert_eq!(list(&network.arrows, 2), []);
        assert_eq!((network.len(), network.links.size()), (3, 4));
    }
}
