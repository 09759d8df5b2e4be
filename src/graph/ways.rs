//! Ways: shortest chains of nodes through a graph, edges taken whichever way they point.
//!
//! The search goes out from both ends, level by level, so that it looks at a small part of a large graph. Longer ways come
//! by Yen's method: every way that leaves one already found at some node and does not go on as that one does.
//! (J. Y. Yen, "Finding the K Shortest Loopless Paths in a Network", 1971.)

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};

use itertools::Itertools;
use petgraph::stable_graph::NodeIndex;
use petgraph::visit::NodeIndexable as _;

use super::NodeKey;
use super::filter::Lens;

/// Nodes from one end to the other, no node twice.
pub(super) type Way = Vec<NodeIndex>;

/// Where ways may go.
pub(super) struct Ways<'l, 'g> {
    pub lens: &'l Lens<'g>,
    pub avoid: HashSet<NodeIndex>,
}

/// The shortest ways.
pub(super) struct Shortest {
    /// How many there are, listed or not.
    pub count: usize,
    /// The best supported first.
    pub ways: Vec<Way>,
}

/// What a spur may not use: nodes, and first steps.
#[derive(Default)]
struct Barred {
    nodes: HashSet<NodeIndex>,
    steps: HashSet<NodeIndex>,
}

impl Ways<'_, '_> {
    pub fn shortest(&self, from: NodeIndex, to: NodeIndex, most: usize) -> Option<Shortest> {
        self.search(from, to, most, &Barred::default())
    }

    /// So many ways, from the shortest to longer ones.
    pub fn many(&self, from: NodeIndex, to: NodeIndex, most: usize) -> Vec<Way> {
        let mut found: Vec<Way> = self.shortest(from, to, most).map(|shortest| shortest.ways).unwrap_or_default();
        let mut candidates: BTreeMap<(usize, Vec<NodeKey>), Way> = BTreeMap::new();
        let mut done = 0;
        while found.len() < most && done < found.len() {
            for way in &found[done..] {
                for spur in 0..way.len() - 1 {
                    let root = &way[..=spur];
                    let goes_on = found.iter().filter(|known| known.len() > spur + 1 && known[..=spur] == *root);
                    let barred = Barred {
                        steps: goes_on.map(|known| known[spur + 1]).collect(),
                        nodes: root[..spur].iter().copied().collect(),
                    };
                    let Some(rest) = self.search(way[spur], to, 1, &barred) else { continue };
                    let whole: Way = root[..spur].iter().chain(&rest.ways[0]).copied().collect();
                    if !found.contains(&whole) {
                        candidates.insert((whole.len(), self.keys(&whole)), whole);
                    }
                }
            }
            done = found.len();
            if let Some((_, next)) = candidates.pop_first() {
                found.push(next);
            }
        }
        found
    }

    /// Ways through nodes in the order given, each piece as short as the pieces before allow.
    pub fn through(&self, from: NodeIndex, stops: &[NodeIndex], to: NodeIndex, most: usize) -> Vec<Way> {
        let [stop, rest @ ..] = stops else { return self.many(from, to, most) };
        let mut ways = Vec::new();
        // Neither the goal nor a later stop is passed on the way to this one.
        let first = self.without(rest.iter().copied().chain([to]));
        for start in first.many(from, *stop, most) {
            let onward = self.without(start[..start.len() - 1].iter().copied());
            for end in onward.through(*stop, rest, to, most) {
                ways.push(start.iter().chain(&end[1..]).copied().collect::<Way>());
            }
        }
        ways.sort_by_cached_key(|way| (way.len(), self.keys(way)));
        ways.truncate(most);
        ways
    }

    fn without(&self, nodes: impl Iterator<Item = NodeIndex>) -> Ways<'_, '_> {
        Ways { lens: self.lens, avoid: self.avoid.iter().copied().chain(nodes).collect() }
    }

    fn keys(&self, way: &[NodeIndex]) -> Vec<NodeKey> {
        way.iter().map(|&node| self.lens.graph.graph[node].key.clone()).collect()
    }

    fn search(&self, from: NodeIndex, to: NodeIndex, most: usize, barred: &Barred) -> Option<Shortest> {
        let is_open = |node: NodeIndex| !self.avoid.contains(&node) && !barred.nodes.contains(&node);
        if !is_open(from) || !is_open(to) {
            return None;
        }
        let is_barred = |a: NodeIndex, b: NodeIndex| a == from && barred.steps.contains(&b);
        let steps = |node: NodeIndex| {
            let next = self.lens.edges_at(node).map(|(_, other)| other);
            next.filter(move |&next| is_open(next) && !is_barred(node, next) && !is_barred(next, node))
        };
        let count = self.lens.graph.graph.node_bound();
        let (onward, order) = onward(from, to, count, steps)?;
        let mut counts: HashMap<NodeIndex, usize> = HashMap::from([(to, 1)]);
        for node in order.into_iter().filter(|node| *node != to) {
            let ways = onward[&node].keys().fold(0usize, |sum, next| sum.saturating_add(counts[next]));
            counts.insert(node, ways);
        }
        let best_first = |node: NodeIndex| {
            let next = onward.get(&node).into_iter().flatten();
            next.sorted_by_key(|(next, support)| (Reverse(**support), &self.lens.graph.graph[**next].key))
        };
        let mut ways = Vec::new();
        let mut open = vec![vec![from]];
        while let Some(way) = open.pop() {
            let last = *way.last().expect("a way starts somewhere");
            if last == to {
                ways.push(way);
                if ways.len() == most {
                    break;
                }
                continue;
            }
            // The stack gives back last what comes first, so the best is pushed last.
            open.extend(best_first(last).rev().map(|(next, _)| way.iter().copied().chain([*next]).collect()));
        }
        Some(Shortest { count: counts[&from], ways })
    }
}

/// One of the two searches.
struct Front {
    /// From where it started; `u32::MAX` where it has not been.
    distances: Vec<u32>,
    level: Vec<NodeIndex>,
    depth: u32,
    /// Each step from a level to the next, once a statement.
    steps: Vec<(NodeIndex, NodeIndex)>,
}

impl Front {
    fn new(start: NodeIndex, count: usize) -> Front {
        let mut distances = vec![u32::MAX; count];
        distances[start.index()] = 0;
        Front { distances, level: vec![start], depth: 0, steps: Vec::new() }
    }

    fn has(&self, node: NodeIndex) -> bool {
        self.distances[node.index()] != u32::MAX
    }

    fn advance<I: Iterator<Item = NodeIndex>>(&mut self, steps: impl Fn(NodeIndex) -> I) {
        self.depth += 1;
        for node in std::mem::take(&mut self.level) {
            for next in steps(node) {
                let distance = &mut self.distances[next.index()];
                if *distance == u32::MAX {
                    *distance = self.depth;
                    self.level.push(next);
                }
                if *distance == self.depth {
                    self.steps.push((node, next));
                }
            }
        }
    }
}

/// Where each node leads, and how many statements lead there.
type Onward = HashMap<NodeIndex, HashMap<NodeIndex, usize>>;

/// For every node on a shortest way the nodes that come next, and those nodes from the goal to the start.
fn onward<I: Iterator<Item = NodeIndex>>(
    from: NodeIndex,
    to: NodeIndex,
    count: usize,
    steps: impl Fn(NodeIndex) -> I,
) -> Option<(Onward, Vec<NodeIndex>)> {
    let (mut ahead, mut behind) = (Front::new(from, count), Front::new(to, count));
    let mut meeting: Vec<NodeIndex> = if from == to { vec![from] } else { Vec::new() };
    while meeting.is_empty() {
        if ahead.level.is_empty() || behind.level.is_empty() {
            return None;
        }
        let is_ahead = ahead.level.len() <= behind.level.len();
        let (front, other) = if is_ahead { (&mut ahead, &behind) } else { (&mut behind, &ahead) };
        front.advance(&steps);
        meeting = front.level.iter().copied().filter(|node| other.has(*node)).collect();
    }
    // Back along the steps of both searches from where they met: later steps lead away from earlier ones.
    let mut left: HashMap<NodeIndex, u32> = meeting.into_iter().map(|node| (node, behind.depth)).collect();
    let mut onward = Onward::new();
    for &(nearer, farther) in ahead.steps.iter().rev() {
        if let Some(&distance) = left.get(&farther) {
            left.insert(nearer, distance + 1);
            *onward.entry(nearer).or_default().entry(farther).or_default() += 1;
        }
    }
    for &(nearer, farther) in behind.steps.iter().rev() {
        if let Some(&distance) = left.get(&farther)
            && behind.distances[farther.index()] == distance
        {
            left.insert(nearer, distance - 1);
            *onward.entry(farther).or_default().entry(nearer).or_default() += 1;
        }
    }
    let order = left.keys().copied().sorted_by_key(|node| left[node]).collect();
    Some((onward, order))
}
