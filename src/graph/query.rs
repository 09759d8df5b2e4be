//! Queries: every way in which a pattern fits a graph.
//!
//! `(?p:person)-[meets]->(Xi Jinping), (?p)-[head_of_state]->(?c)` gives a row for each person and country. What is denied,
//! planned or only possible fits nothing, unless the filter asks for it. A relation without direction fits either way round.

use std::collections::{BTreeMap, BTreeSet};

use itertools::Itertools;
use petgraph::stable_graph::{EdgeIndex, NodeIndex};

use super::facts::{End, Fact};
use super::filter::Lens;
use super::pattern::{EdgePattern, NodePattern, Pattern, Wanted};
use super::table::{Cell, EVIDENCE, Row, Table};
use super::{Filter, Graph, Node, View, bundles};
use crate::error::{Error, Result};

/// How far an evaluation goes; what is cut is noted in the answer.
#[derive(Clone, Copy, Debug)]
pub struct Budget {
    pub rows: usize,
    /// Edges looked at.
    pub edges: usize,
}

impl Default for Budget {
    fn default() -> Budget {
        Budget { rows: 100, edges: 20_000_000 }
    }
}

/// The rows of a pattern, one column a variable; `find` resolves names as people type them.
pub fn query<'g>(
    graph: &'g Graph,
    filter: &Filter,
    pattern: &Pattern,
    find: impl Fn(&str) -> Result<&'g Node>,
    budget: Budget,
) -> Result<Table> {
    let mut fixed = Vec::with_capacity(pattern.nodes.len());
    for node in &pattern.nodes {
        fixed.push(match &node.wanted {
            Wanted::Named(name) => {
                let found = find(name).map_err(|error| pattern.error(node.column, first_line(&error)))?;
                graph.index.get(&found.key).copied()
            }
            _ => None,
        });
    }
    check_types(graph, pattern)?;
    let lens = Lens::new(graph, &filter.firm());
    let mut search = Search {
        lens: &lens,
        pattern,
        edges: order(pattern, &fixed),
        bound: fixed,
        used: Vec::new(),
        rows: BTreeMap::new(),
        budget,
        is_cut: false,
    };
    if pattern.edges.is_empty() {
        search.alone(&View::new(graph, &filter.firm()));
    } else {
        search.step(0);
    }
    Ok(search.table())
}

/// A misspelt type would silently give an empty answer.
fn check_types(graph: &Graph, pattern: &Pattern) -> Result<()> {
    let asked = pattern.edges.iter().flat_map(|edge| &edge.types).collect_vec();
    if asked.is_empty() {
        return Ok(());
    }
    let known: BTreeSet<&str> = graph.graph.edge_weights().map(|statement| &*statement.relation_type).collect();
    match asked.into_iter().find(|(name, _)| !known.contains(name.as_str())) {
        Some((missing, column)) => {
            let known = known.iter().join(", ");
            let problem = format!("nothing in the graph is of the type `{missing}`; its types are {known}");
            Err(pattern.error(*column, problem))
        }
        None => Ok(()),
    }
}

fn first_line(error: &Error) -> String {
    error.to_string().lines().map(str::trim).join("; ")
}

/// Edges whose ends are known come first, so that the search follows the graph instead of trying all of it.
fn order<'p>(pattern: &'p Pattern, fixed: &[Option<NodeIndex>]) -> Vec<&'p EdgePattern> {
    let mut is_known = fixed.iter().map(Option::is_some).collect_vec();
    let mut left = pattern.edges.iter().collect_vec();
    let mut ordered = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let known = |edge: &EdgePattern| usize::from(is_known[edge.from]) + usize::from(is_known[edge.to]);
        let best = (0..left.len()).max_by_key(|&at| (known(left[at]), std::cmp::Reverse(at))).unwrap_or(0);
        let edge = left.remove(best);
        is_known[edge.from] = true;
        is_known[edge.to] = true;
        ordered.push(edge);
    }
    ordered
}

struct Search<'s, 'g> {
    lens: &'s Lens<'g>,
    pattern: &'s Pattern,
    edges: Vec<&'s EdgePattern>,
    bound: Vec<Option<NodeIndex>>,
    used: Vec<EdgeIndex>,
    /// What each variable stands for, and the statements that say so.
    rows: BTreeMap<Vec<NodeIndex>, BTreeSet<EdgeIndex>>,
    budget: Budget,
    is_cut: bool,
}

impl Search<'_, '_> {
    fn step(&mut self, depth: usize) {
        let Some(&edge) = self.edges.get(depth) else { return self.keep() };
        let graph = self.lens.graph;
        let (from, to) = (self.bound[edge.from], self.bound[edge.to]);
        let mut candidates: Vec<EdgeIndex> = match (from, to) {
            (Some(from), Some(to)) => self.lens.edges_between(from, to),
            (Some(known), None) | (None, Some(known)) => self.lens.edges_at(known).map(|(edge, _)| edge).collect(),
            (None, None) => graph.graph.edge_indices().filter(|&edge| self.lens.takes(edge)).collect(),
        };
        candidates.retain(|candidate| {
            edge.types.is_empty() || edge.types.iter().any(|(name, _)| **name == *graph.graph[*candidate].relation_type)
        });
        // What is found before the search is cut must not depend on the order of adding.
        candidates.sort_by_cached_key(|&candidate| {
            let (from, to) = graph.ends(candidate);
            (&graph.graph[from].key, &graph.graph[to].key, graph.graph[candidate].order())
        });
        for candidate in candidates {
            if self.budget.edges == 0 || self.is_full() {
                self.is_cut = true;
                return;
            }
            self.budget.edges -= 1;
            let (start, end) = graph.ends(candidate);
            let ways = match edge.directed && !graph.graph[candidate].symmetric {
                true => vec![(start, end)],
                false => vec![(start, end), (end, start)],
            };
            for (start, end) in ways.into_iter().unique() {
                if from.is_some_and(|from| from != start) || to.is_some_and(|to| to != end) {
                    continue;
                }
                let is_loop = edge.from == edge.to;
                let fits = self.fits(edge.from, start) && self.fits(edge.to, end) && is_loop == (start == end);
                if !fits {
                    continue;
                }
                (self.bound[edge.from], self.bound[edge.to]) = (Some(start), Some(end));
                self.used.push(candidate);
                self.step(depth + 1);
                self.used.pop();
                (self.bound[edge.from], self.bound[edge.to]) = (from, to);
            }
        }
    }

    /// One more row than is shown tells that there are more.
    fn is_full(&self) -> bool {
        self.rows.len() > self.budget.rows
    }

    /// Different variables are different things.
    fn fits(&self, place: usize, node: NodeIndex) -> bool {
        let NodePattern { kinds, .. } = &self.pattern.nodes[place];
        let data = &self.lens.graph.graph[node];
        let is_kind = kinds.is_empty() || (!data.is_value() && kinds.contains(&data.kind));
        is_kind && self.bound.iter().enumerate().all(|(other, bound)| other == place || *bound != Some(node))
    }

    fn keep(&mut self) {
        let row = self.variables().map(|(place, _)| self.bound[place].expect("every edge is bound")).collect_vec();
        self.rows.entry(row).or_default().extend(self.used.iter().copied());
    }

    /// A pattern of nodes without edges.
    fn alone(&mut self, view: &View) {
        if let [node] = self.pattern.nodes.as_slice()
            && matches!(node.wanted, Wanted::Variable(_))
        {
            let fitting = view.node_indices().iter().filter(|&&index| self.fits(0, index)).copied().collect_vec();
            self.rows.extend(fitting.into_iter().map(|index| (vec![index], BTreeSet::new())));
        }
    }

    fn variables(&self) -> impl Iterator<Item = (usize, &str)> {
        self.pattern.nodes.iter().enumerate().filter_map(|(place, node)| match &node.wanted {
            Wanted::Variable(name) => Some((place, name.as_str())),
            _ => None,
        })
    }

    fn table(self) -> Table {
        let names = self.variables().map(|(_, name)| name).collect_vec();
        let columns = names.iter().copied().chain(["statements", EVIDENCE]).collect_vec();
        let graph = self.lens.graph;
        let mut table = Table::new(format!("Where {} holds", self.pattern), &columns);
        let key = |row: &[NodeIndex]| row.iter().map(|&node| &graph.graph[node].key).collect_vec();
        let most = self.budget.rows;
        let found = self.rows.len();
        for (row, edges) in self.rows.iter().sorted_by_key(|(row, _)| key(row)).take(most) {
            let bundles = bundles::bundle(edges.iter().map(|&edge| self.lens.edge(edge)));
            let best = bundles.iter().min_by_key(|bundle| bundle.support());
            let ends = row.iter().map(|&node| Cell::Node(End::new(&graph.graph[node])));
            let said = best.map_or(Cell::Nothing, |best| Cell::said(&Fact::new(best)));
            table.rows.push(Row {
                cells: ends.chain([Cell::Count(edges.len()), said]).collect(),
                nodes: row.clone(),
                edges: edges.iter().copied().collect(),
            });
        }
        if self.budget.edges == 0 {
            let note = "The search was cut: the pattern fits too much of the graph. Name a node, or a type, or narrow it with --about.";
            table.notes.push(note.to_string());
        } else if found > most {
            table.notes.push(format!("{most} rows, and there are more; --most N shows them"));
        }
        if found == 0 {
            table.notes.push("Nothing fits. What is denied, planned or only possible counts only where --polarity or --modality ask for it.".to_string());
        }
        table
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse_pattern;
    use super::super::testing::record;
    use super::*;

    fn rows(text: &str) -> Vec<String> {
        let lines = [
            "Putin | MEETS | Xi",
            "Xi | MEETS | Modi",
            "Biden | MEETS | Xi | not",
            "Putin | head_of_state | Russia:country",
            "Modi | head_of_government | India:country",
            "Russia:country | attacks | Ukraine:country",
            "Xi | visits | Xi",
        ];
        let graph = Graph::from_records([&record("a", &lines)]);
        let find = |name: &str| super::super::find(&graph, name, |_| Ok(Vec::new()));
        let answer = parse_pattern(text).and_then(|pattern| {
            query(&graph, &Filter::default(), &pattern, find, Budget { rows: 5, ..Budget::default() })
        });
        match answer {
            Ok(table) => table
                .rows
                .iter()
                .map(|row| row.cells.iter().map(Cell::text).take(row.cells.len() - 2).join(" "))
                .collect(),
            Err(error) => vec![error.to_string()],
        }
    }

    #[test]
    fn a_pattern_fits_where_all_its_edges_are() {
        assert_eq!(
            rows("(?p:person)-[meets]->(Xi), (?p)-[head_of_state|head_of_government]->(?c)"),
            ["Modi India", "Putin Russia"]
        );
        assert_eq!(rows("(?p)-[meets]-(?q:person), (?p)-[head_of_state]->()"), ["Putin Xi"]);
        assert_eq!(rows("(?c:country)<-[head_of_state]-()"), ["Russia"]);
        assert_eq!(rows("(?a)-[attacks]->(?b)<-[]-(:person)"), Vec::<String>::new());
        assert_eq!(rows("(?x)-[]->(?x)"), ["Xi"]);
        assert_eq!(rows("(?c:country)"), ["India", "Russia", "Ukraine"]);
        assert_eq!(rows("(?a)-[]-(?b)").len(), 5);
    }

    #[test]
    fn what_is_not_known_is_told_where_it_stands() {
        let types = rows("(?p)-[meet]->(Xi)");
        assert!(
            types[0].contains("query:1:7: nothing in the graph is of the type `meet`; its types are attacks"),
            "{types:?}"
        );
        let names = rows("(?p)-[meets]->(Zelenskyy)");
        assert!(names[0].starts_with("query:1:16: no entity is called `Zelenskyy`"), "{names:?}");
    }
}
