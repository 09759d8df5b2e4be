//! Two entities: what both are linked to, and everything that is said of them together.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use itertools::Itertools;
use petgraph::stable_graph::{EdgeIndex, NodeIndex};

use super::facts::{End, Fact};
use super::filter::Lens;
use super::table::{Cell, EVIDENCE, Row, Table};
use super::{Filter, Graph, Node, View, bundles};

/// What two entities share: everything that both are linked to, the most spoken of first.
///
/// "Putin meets Xi" and "Modi meets Xi" give a row for Xi; what is denied or planned says so.
pub fn common(graph: &Graph, filter: &Filter, one: &Node, other: &Node, most: usize) -> Table {
    let lens = Lens::new(graph, filter);
    let title = format!("What {} and {} share", one.name, other.name);
    let mut table = Table::new(title, &["shared", "kind", &one.name, &other.name, "statements", EVIDENCE]);
    let (Some(&a), Some(&b)) = (graph.index.get(&one.key), graph.index.get(&other.key)) else { return table };
    let around = |node: NodeIndex| -> BTreeMap<NodeIndex, Vec<EdgeIndex>> {
        let mut near: BTreeMap<NodeIndex, Vec<EdgeIndex>> = BTreeMap::new();
        lens.edges_at(node).for_each(|(edge, end)| near.entry(end).or_default().push(edge));
        near
    };
    let (of_a, of_b) = (around(a), around(b));
    let shared = of_a.iter().filter_map(|(node, edges)| of_b.get(node).map(|others| (*node, edges, others)));
    let shared = shared.filter(|(node, ..)| *node != a && *node != b && !graph.graph[*node].is_value());
    let ordered =
        shared.sorted_by_key(|(node, edges, others)| (Reverse(edges.len().min(others.len())), &graph.graph[*node].key));
    for (node, edges, others) in ordered {
        let facts = |edges: &[EdgeIndex]| facts(&lens, edges);
        let (mine, theirs) = (facts(edges), facts(others));
        let end = End::new(&graph.graph[node]);
        table.rows.push(Row {
            cells: vec![
                Cell::Node(end.clone()),
                Cell::Text(end.kind.name().replace('_', " ")),
                Cell::Texts(mine.iter().map(|fact| relation(fact, &end)).unique().collect()),
                Cell::Texts(theirs.iter().map(|fact| relation(fact, &end)).unique().collect()),
                Cell::Count(edges.len() + others.len()),
                mine.first().map_or(Cell::Nothing, Cell::said),
            ],
            nodes: Vec::new(),
            edges: edges.iter().chain(others).copied().collect(),
        });
    }
    if table.rows.is_empty() {
        table.notes.push("Nothing that is said links both to a third.".to_string());
    }
    table.cut(most);
    table
}

/// Everything that is said of a pair, in the order of time; what has no date of its own stands by its article's.
///
/// A statement counts when one of the two is an end of it and the other an end, a circumstance or the speaker.
pub fn between(graph: &Graph, filter: &Filter, one: &Node, other: &Node, most: usize) -> Table {
    let title = format!("{} and {}", one.name, other.name);
    let mut table = Table::new(title, &["when", "statement", "where", "how", EVIDENCE]);
    let view = View::around(graph, filter, one);
    let touched = view.edge_indices().iter().copied().zip(view.edges()).filter(|(_, edge)| {
        let is_end = |node: &Node| edge.from.key == node.key || edge.to.key == node.key;
        let is_in = |node: &Node| is_end(node) || edge.statement.involves(&node.key);
        (is_end(one) && is_in(other)) || (is_end(other) && is_in(one))
    });
    let in_time = touched
        .sorted_by_key(|(_, edge)| edge.statement.period_or_article_date().map_or((1, None), |day| (0, Some(day))));
    for (index, edge) in in_time {
        let bundle = bundles::bundle([edge].into_iter());
        let fact = Fact::new(&bundle[0]);
        table.rows.push(Row {
            cells: vec![
                Cell::maybe(edge.statement.period_or_article_date().map(|day| day.phrase())),
                Cell::Text(fact.sentence()),
                Cell::Texts(fact.places.clone()),
                Cell::Texts(fact.marks()),
                Cell::said(&fact),
            ],
            nodes: Vec::new(),
            edges: vec![index],
        });
    }
    if table.rows.is_empty() {
        table.notes.push("No statement speaks of both; geopol path shows how they hang together.".to_string());
    }
    table.cut(most);
    table
}

fn facts(lens: &Lens, edges: &[EdgeIndex]) -> Vec<Fact> {
    let bundles = bundles::bundle(edges.iter().map(|&edge| lens.edge(edge)));
    bundles.iter().sorted_by_key(|bundle| (!bundle.best().is_affirmed(), bundle.support())).map(Fact::new).collect()
}

/// "→ meets", "← visits (planned)", seen from the other end of the fact.
fn relation(fact: &Fact, shared: &End) -> String {
    let arrow = match (fact.symmetric, fact.object.id == shared.id) {
        (true, _) => "—",
        (false, true) => "→",
        (false, false) => "←",
    };
    let marks = fact.marks();
    let marks = if marks.is_empty() { String::new() } else { format!(" ({})", marks.join(", ")) };
    format!("{arrow} {}{marks}", fact.relation_type.replace('_', " "))
}

#[cfg(test)]
mod tests {
    use super::super::NodeKey;
    use super::super::testing::record;
    use super::*;

    fn rows(table: &Table) -> Vec<String> {
        table.rows.iter().map(|row| row.cells.iter().take(4).map(Cell::text).join(" | ")).collect()
    }

    fn graph() -> Graph {
        let lines = [
            "Putin | MEETS | Xi | on 2022-09-15, in Samarkand:city",
            "Modi | visits | Xi | planned",
            "Putin | MEETS | Modi | not, on 2022-09-14",
            "Putin | accuses | Xi | by Modi",
            "Modi | accuses | Biden",
        ];
        Graph::from_records([&record("a", &lines)])
    }

    fn node<'g>(graph: &'g Graph, name: &str) -> &'g Node {
        graph.node(&NodeKey(format!("person:{name}").into())).unwrap()
    }

    #[test]
    fn what_two_share_is_what_both_are_linked_to() {
        let graph = graph();
        let table = common(&graph, &Filter::default(), node(&graph, "putin"), node(&graph, "modi"), 9);
        assert_eq!(rows(&table), ["Xi | person | — meets; → accuses (says Modi) | → visits (planned)"]);
        assert_eq!(table.view(&graph).edges().len(), 3);
    }

    #[test]
    fn all_that_is_said_of_a_pair_stands_in_time() {
        let graph = graph();
        let table = between(&graph, &Filter::default(), node(&graph, "modi"), node(&graph, "putin"), 9);
        assert_eq!(rows(&table), ["14 Sep 2022 | Modi meets Putin |  | denied", " | Putin accuses Xi |  | says Modi",]);
    }
}
