//! How two nodes hang together: the shortest chains of statements between them, whichever way each points.
//!
//! A denied meeting does not connect, nor does a planned one. Where only such statements lead from one to the other, the
//! answer shows them and says so.

use itertools::Itertools;
use petgraph::stable_graph::{EdgeIndex, NodeIndex};
use serde::Serialize;

use super::facts::{End, Fact};
use super::filter::Lens;
use super::ways::Ways;
use super::{Filter, Graph, Node, View, bundles};

/// What a way has to keep to.
#[derive(Clone, Debug, Default)]
pub struct Route<'g> {
    /// Nodes to pass, in this order.
    pub through: Vec<&'g Node>,
    pub avoid: Vec<&'g Node>,
    /// Whether longer ways follow where there are fewer shortest ones than asked for.
    pub longer: bool,
}

/// The answer to `path`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Paths {
    pub from: End,
    pub to: End,
    /// False where some step is denied, planned, possible, ….
    pub firm: bool,
    /// How many shortest paths there are, shown or not; of longer ones only those shown are counted.
    pub count: usize,
    /// The shortest first; empty where nothing connects the two.
    pub paths: Vec<Path>,
    #[serde(skip)]
    edges: Vec<EdgeIndex>,
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
pub fn paths(graph: &Graph, filter: &Filter, from: &Node, to: &Node, route: &Route, most: usize) -> Paths {
    let tries = if filter.is_free() { vec![filter.firm(), filter.clone()] } else { vec![filter.clone()] };
    let mut answer =
        Paths { from: End::new(from), to: End::new(to), firm: true, count: 0, paths: Vec::new(), edges: Vec::new() };
    let index = |node: &Node| graph.index.get(&node.key).copied();
    let (Some(start), Some(goal)) = (index(from), index(to)) else { return answer };
    let stops: Vec<NodeIndex> = route.through.iter().filter_map(|node| index(node)).collect();
    for filter in tries {
        let lens = Lens::new(graph, &filter);
        let ways = Ways { lens: &lens, avoid: route.avoid.iter().filter_map(|node| index(node)).collect() };
        let (count, found) = if !stops.is_empty() {
            let found = ways.through(start, &stops, goal, most);
            (found.len(), found)
        } else if route.longer {
            let found = ways.many(start, goal, most);
            (found.len(), found)
        } else {
            ways.shortest(start, goal, most).map_or((0, Vec::new()), |shortest| (shortest.count, shortest.ways))
        };
        if found.is_empty() {
            continue;
        }
        let pairs = found.iter().flat_map(|way| way.iter().copied().tuple_windows::<(_, _)>());
        answer.edges = pairs.flat_map(|(one, other)| lens.edges_between(one, other)).collect();
        answer.count = count;
        answer.paths = found
            .iter()
            .map(|way| Path { steps: way.iter().tuple_windows().map(|(a, b)| step(&lens, *a, *b)).collect() })
            .collect();
        answer.firm = answer.paths.iter().flat_map(|path| &path.steps).all(|step| step.fact.is_affirmed());
        return answer;
    }
    answer
}

impl Paths {
    /// All that is said along the paths.
    pub fn view<'g>(&self, graph: &'g Graph) -> View<'g> {
        let ends = [&self.from.id, &self.to.id].into_iter().filter_map(|key| graph.index.get(key)).copied();
        View::selected(graph, ends, self.edges.iter().copied())
    }
}

fn step(lens: &Lens, from: NodeIndex, to: NodeIndex) -> Step {
    let edges = lens.edges_between(from, to);
    let bundles = bundles::bundle(edges.iter().map(|&edge| lens.edge(edge)));
    let best = bundles.iter().min_by_key(|bundle| (!bundle.best().is_affirmed(), bundle.support()));
    let best = best.expect("two nodes on a way are linked by something");
    let end = |node: NodeIndex| End::new(&lens.graph.graph[node]);
    Step { from: end(from), to: end(to), fact: Fact::new(best), others: edges.len() - 1 }
}

#[cfg(test)]
mod tests {
    use super::super::NodeKey;
    use super::super::testing::record;
    use super::*;

    /// The way between two persons, as `A type B, B type C`; a question mark where it is not firm.
    fn way(statements: &[&str], from: &str, to: &str) -> String {
        let graph = Graph::from_records([&record("a", statements)]);
        let node = |name: &str| graph.node(&NodeKey(format!("person:{name}").into())).unwrap();
        let found = paths(&graph, &Filter::default(), node(from), node(to), &Route::default(), 3);
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
        let node = |name: &str| graph.node(&NodeKey(format!("person:{name}").into())).unwrap();
        let found = paths(&graph, &Filter::default(), node("a"), node("z"), &Route::default(), 3);
        assert_eq!((found.count, found.paths.len()), (40, 3));
    }

    /// The names on each way, as "a b z; a d z".
    fn names(through: &[&str], avoid: &[&str], longer: bool, most: usize) -> String {
        let lines =
            ["a | knows | b", "b | knows | z", "a | knows | c", "c | knows | d", "d | knows | z", "d | knows | b"];
        let graph = Graph::from_records([&record("a", &lines)]);
        let node = |name: &str| graph.node(&NodeKey(format!("person:{name}").into())).unwrap();
        let nodes = |names: &[&str]| names.iter().map(|name| node(name)).collect_vec();
        let route = Route { through: nodes(through), avoid: nodes(avoid), longer };
        let found = paths(&graph, &Filter::default(), node("a"), node("z"), &route, most);
        let way = |path: &Path| path.steps.iter().map(|step| step.from.name.as_str()).chain(["z"]).join(" ");
        found.paths.iter().map(way).join("; ")
    }

    #[test]
    fn longer_ways_follow_the_shortest() {
        assert_eq!(names(&[], &[], false, 9), "a b z");
        assert_eq!(names(&[], &[], true, 2), "a b z; a b d z");
        assert_eq!(names(&[], &[], true, 9), "a b z; a b d z; a c d z; a c d b z");
    }

    #[test]
    fn ways_pass_and_avoid_what_they_are_told_to() {
        assert_eq!(names(&[], &["b"], false, 3), "a c d z");
        assert_eq!(names(&["d"], &["b"], false, 3), "a c d z");
        assert_eq!(names(&["c", "b"], &[], false, 3), "a c d b z");
        assert_eq!(names(&["b", "c"], &[], false, 3), "");
    }
}
