//! Ways: shortest chains of nodes through a graph, edges taken whichever way they point.
//!
//! The search goes out from both ends, level by level, so that it looks at a small part of a large graph. Longer ways come
//! by Yen's method: every way that leaves one already found at some node and does not go on as that one does.
//! (J. Y. Yen, "Finding the K Shortest Loopless Paths in a Network", 1971.)

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use itertools::Itertools;
use petgraph::stable_graph::NodeIndex;

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
            for way in found[done..].to_vec() {
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
        let steps = |node: NodeIndex| {
            let next = self.lens.edges_at(node).map(|(_, other)| other);
            let is_barred = |a: NodeIndex, b: NodeIndex| a == from && barred.steps.contains(&b);
            next.filter(move |&next| is_open(next) && !is_barred(node, next) && !is_barred(next, node))
        };
        // How far each node is from the goal, for those that lie on a shortest way.
        let left = distances(from, to, steps)?;
        let onward = |node: NodeIndex| {
            let next = steps(node).filter(|next| left.get(next).is_some_and(|far| far + 1 == left[&node]));
            next.counts()
                .into_iter()
                .sorted_by_key(|(next, support)| (Reverse(*support), &self.lens.graph.graph[*next].key))
        };
        let mut counts: HashMap<NodeIndex, usize> = HashMap::from([(to, 1)]);
        for node in left.keys().copied().sorted_by_key(|node| left[node]) {
            if node != to {
                let ways = onward(node).fold(0usize, |sum, (next, _)| sum.saturating_add(counts[&next]));
                counts.insert(node, ways);
            }
        }
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
            open.extend(onward(last).rev().map(|(next, _)| way.iter().copied().chain([next]).collect()));
        }
        Some(Shortest { count: counts[&from], ways })
    }
}

/// For every node on a shortest way, its distance to the goal; `None` where there is no way.
fn distances<I: Iterator<Item = NodeIndex>>(
    from: NodeIndex,
    to: NodeIndex,
    steps: impl Fn(NodeIndex) -> I,
) -> Option<HashMap<NodeIndex, usize>> {
    let mut ahead: HashMap<NodeIndex, usize> = HashMap::from([(from, 0)]);
    let mut behind: HashMap<NodeIndex, usize> = HashMap::from([(to, 0)]);
    let (mut front, mut back) = (vec![from], vec![to]);
    let mut meeting: Vec<NodeIndex> = if from == to { vec![from] } else { Vec::new() };
    let (mut gone, mut come) = (0, 0);
    while meeting.is_empty() {
        if front.is_empty() || back.is_empty() {
            return None;
        }
        let (level, seen, other, distance) = match front.len() <= back.len() {
            true => (&mut front, &mut ahead, &behind, &mut gone),
            false => (&mut back, &mut behind, &ahead, &mut come),
        };
        *distance += 1;
        let mut next = Vec::new();
        for step in level.drain(..).flat_map(&steps) {
            seen.entry(step).or_insert_with(|| {
                next.push(step);
                *distance
            });
        }
        meeting = next.iter().copied().filter(|node| other.contains_key(node)).collect();
        *level = next;
    }
    // From where the two searches met: on to the goal by falling distance, and back to the start.
    let whole = gone + come;
    let mut left: HashMap<NodeIndex, usize> = HashMap::new();
    let mut open: BTreeSet<(usize, NodeIndex)> = meeting.iter().map(|&node| (come, node)).collect();
    while let Some((distance, node)) = open.pop_last() {
        if left.insert(node, distance).is_none() && distance > 0 {
            let nearer = steps(node).filter(|next| behind.get(next).is_some_and(|far| far + 1 == distance));
            open.extend(nearer.map(|next| (distance - 1, next)));
        }
    }
    let mut open = meeting;
    while let Some(node) = open.pop() {
        let distance = left[&node];
        for next in steps(node) {
            let is_before = ahead.get(&next).is_some_and(|done| done + distance + 1 == whole);
            if is_before && !left.contains_key(&next) {
                left.insert(next, distance + 1);
                open.push(next);
            }
        }
    }
    Some(left)
}
