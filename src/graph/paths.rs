//! How two nodes hang together: the shortest chains of statements between them, whichever way each points.
//!
//! A denied meeting does not connect, nor does a planned one. Where only such statements lead from one to the other, the
//! answer shows them and says so.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, VecDeque};

use itertools::Itertools;
use serde::Serialize;

use super::facts::{End, Fact};
use super::{Bundle, Filter, Graph, Node, NodeKey, View};
use crate::record::{Modality, Polarity};

/// The answer to `path`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Paths {
    pub from: End,
    pub to: End,
    /// False where some step is denied, planned, possible, ….
    pub firm: bool,
    /// How many shortest paths there are, shown or not.
    pub count: usize,
    /// All of the same length; empty where nothing connects the two.
    pub paths: Vec<Path>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Path {
    pub steps: Vec<Step>,
}

/// From one node to the next.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    pub from: End,
    pub to: End,
    /// What is best supported of all that is said of the two.
    pub fact: Fact,
    /// How many statements more connect them.
    pub others: usize,
}

/// The shortest paths, the best supported first, `most` at most.
pub fn paths(graph: &Graph, filter: &Filter, from: &Node, to: &Node, most: usize) -> Paths {
    let is_free = filter.polarity.is_none() && filter.modalities.is_empty();
    let firm = Filter { polarity: Some(Polarity::Affirmed), modalities: vec![Modality::Asserted], ..filter.clone() };
    let tries = if is_free { vec![firm, filter.clone()] } else { vec![filter.clone()] };
    let answer = |count, paths: Vec<Path>| Paths {
        from: End::new(from),
        to: End::new(to),
        firm: paths.iter().flat_map(|path| &path.steps).all(|step| step.fact.is_affirmed()),
        count,
        paths,
    };
    for filter in tries {
        let view = View::new(graph, &filter);
        let bundles = view.bundles();
        let links = Links::new(&bundles);
        if let Some((count, chains)) = links.shortest(&from.key, &to.key, most) {
            let path = |chain: Vec<&NodeKey>| Path {
                steps: chain.iter().tuple_windows().map(|(a, b)| links.step(a, b, graph)).collect(),
            };
            return answer(count, chains.into_iter().map(path).collect());
        }
    }
    answer(0, Vec::new())
}

/// Who is linked to whom, and by what.
struct Links<'v, 'g>(BTreeMap<&'v NodeKey, BTreeMap<&'v NodeKey, Vec<&'v Bundle<'g>>>>);

impl<'v, 'g> Links<'v, 'g> {
    fn new(bundles: &'v [Bundle<'g>]) -> Links<'v, 'g> {
        let mut links: BTreeMap<_, BTreeMap<_, Vec<_>>> = BTreeMap::new();
        for bundle in bundles {
            let (from, to) = (&bundle.from.key, &bundle.to.key);
            links.entry(from).or_default().entry(to).or_default().push(bundle);
            if from != to {
                links.entry(to).or_default().entry(from).or_default().push(bundle);
            }
        }
        Links(links)
    }

    /// How many shortest chains there are, and the first of them.
    fn shortest(&self, from: &'v NodeKey, to: &'v NodeKey, most: usize) -> Option<(usize, Vec<Vec<&'v NodeKey>>)> {
        let mut distances: HashMap<&NodeKey, (usize, usize)> = HashMap::from([(from, (0, 1))]);
        let mut queue = VecDeque::from([from]);
        while let Some(node) = queue.pop_front() {
            let (distance, ways) = distances[node];
            for next in self.0.get(node).into_iter().flat_map(|links| links.keys()) {
                match distances.get_mut(*next) {
                    None => {
                        distances.insert(next, (distance + 1, ways));
                        queue.push_back(next);
                    }
                    Some((known, count)) if *known == distance + 1 => *count = count.saturating_add(ways),
                    Some(_) => {}
                }
            }
        }
        let (_, count) = *distances.get(to)?;
        // Back from the goal, always to a node that is one step nearer to the start.
        let mut chains = Vec::new();
        let mut open = vec![vec![to]];
        while let Some(chain) = open.pop() {
            let last = *chain.last().expect("a chain starts with the goal");
            if last == from {
                chains.push(chain.into_iter().rev().collect());
                if chains.len() == most {
                    break;
                }
                continue;
            }
            let nearer = self.0[last].iter().filter(|(node, _)| distances[**node].0 + 1 == distances[last].0);
            let nearer = nearer.sorted_by_key(|(node, bundles)| (Reverse(support(bundles)), **node));
            // The stack gives back last what comes first, so the best is pushed last.
            for (node, _) in nearer.rev() {
                open.push(chain.iter().copied().chain([*node]).collect());
            }
        }
        Some((count, chains))
    }

    fn step(&self, from: &NodeKey, to: &NodeKey, graph: &Graph) -> Step {
        let bundles = &self.0[from][to];
        let best = bundles.iter().min_by_key(|bundle| (!bundle.best().is_affirmed(), bundle.support()));
        let best = best.expect("two nodes are linked by something");
        let end = |key| End::new(graph.node(key).expect("links are between nodes of the graph"));
        let count: usize = bundles.iter().map(|bundle| bundle.statements.len()).sum();
        Step { from: end(from), to: end(to), fact: Fact::new(best), others: count - 1 }
    }
}

/// How many statements say so.
fn support(bundles: &[&Bundle]) -> usize {
    bundles.iter().map(|bundle| bundle.statements.len()).sum()
}

#[cfg(test)]
mod tests {
    use super::super::testing::record;
    use super::*;

    /// The way between two persons, as `A type B, B type C`; a question mark where it is not firm.
    fn way(statements: &[&str], from: &str, to: &str) -> String {
        let graph = Graph::from_records([&record("a", statements)]);
        let node = |name: &str| graph.node(&NodeKey(format!("person:{name}"))).unwrap();
        let found = paths(&graph, &Filter::default(), node(from), node(to), 3);
        let step = |step: &Step| format!("{} {} {}", step.from.name, step.fact.relation_type, step.to.name);
        let ways = found.paths.iter().map(|path| path.steps.iter().map(step).join(", ")).join("; ");
        if found.firm { ways } else { format!("{ways}?") }
    }

    #[test]
    fn direction_does_not_matter() {
        assert_eq!(way(&["b | meets | a", "b | visits | c"], "a", "c"), "a meets b, b visits c");
    }

    #[test]
    fn what_was_denied_or_planned_does_not_connect() {
        assert_eq!(way(&["a | MEETS | b | not", "a | knows | c", "c | knows | b"], "a", "b"), "a knows c, c knows b");
        assert_eq!(way(&["a | MEETS | b | not"], "a", "b"), "a meets b?");
        assert_eq!(way(&["a | visits | b | planned"], "a", "b"), "a visits b?");
        assert_eq!(way(&["a | visits | b", "c | visits | d"], "a", "c"), "");
    }

    #[test]
    fn the_best_supported_comes_first() {
        let statements = [
            "a | knows | b",
            "b | knows | d",
            "a | knows | c",
            "a | meets | c",
            "c | knows | d | sure 0.5",
            "d | meets | c",
        ];
        assert_eq!(way(&statements, "a", "d"), "a knows c, c meets d; a knows b, b knows d");
        assert_eq!(way(&["a | knows | b"], "a", "a"), "");
    }

    #[test]
    fn many_ways_are_counted_not_listed() {
        let hubs: Vec<String> =
            (0..40).flat_map(|n| [format!("a | knows | m{n}"), format!("m{n} | knows | z")]).collect();
        let lines: Vec<&str> = hubs.iter().map(String::as_str).collect();
        let graph = Graph::from_records([&record("a", &lines)]);
        let node = |name: &str| graph.node(&NodeKey(format!("person:{name}"))).unwrap();
        let found = paths(&graph, &Filter::default(), node("a"), node("z"), 3);
        assert_eq!((found.count, found.paths.len()), (40, 3));
    }
}
