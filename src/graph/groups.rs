//! The shape of the whole graph: communities, bridges between parts, cycles of acts.
//!
//! What is denied, planned or only possible links nobody, unless the filter asks for it.

use std::cmp::Reverse;

use itertools::Itertools;

use super::facts::{End, Fact};
use super::filter::Lens;
use super::leiden;
use super::network::Network;
use super::summary::count;
use super::table::{Cell, EVIDENCE, Row, Table};
use super::{Filter, Graph, View, bundles};

/// Members named in a row; the graph behind the table has all.
const MOST_NAMED: usize = 12;

/// Groups of entities that are linked more with each other than with the rest.
pub fn communities(graph: &Graph, filter: &Filter, most: usize) -> Table {
    let view = View::new(graph, &filter.firm());
    let network = Network::new(&view);
    let (place, modularity) = leiden::communities(&network.links);
    let numbers = (0..network.len() as u32).into_group_map_by(|&node| place[node as usize]);
    let groups = numbers.into_iter().filter(|(_, members)| members.len() > 1).sorted_by_key(|(group, _)| *group);
    let groups = groups.collect_vec();
    let mut table = Table::new(
        format!("{} communities of two or more, modularity {modularity:.3}", groups.len()),
        &["community", "entities", "links within", "members"],
    );
    let alone = place.len() - groups.iter().map(|(_, members)| members.len()).sum::<usize>();
    let mut edges = vec![Vec::new(); groups.len()];
    for &edge in view.edge_indices() {
        let (from, to) = graph.ends(edge);
        let number = |node| network.number(node).map(|number| place[number as usize]);
        if let (Some(one), Some(other)) = (number(from), number(to))
            && one == other
            && (one as usize) < edges.len()
        {
            edges[one as usize].push(edge);
        }
    }
    for ((group, members), edges) in groups.into_iter().zip(edges) {
        let best = members.iter().sorted_by_key(|&&node| (Reverse(network.links.of(node).len()), node));
        let named = best.take(MOST_NAMED).map(|&node| End::new(network.node(node))).collect();
        let inside =
            members.iter().flat_map(|&node| network.links.of(node)).filter(|link| place[link.to as usize] == group);
        table.rows.push(Row {
            cells: vec![
                Cell::Count(group as usize + 1),
                Cell::Count(members.len()),
                Cell::Count(inside.count() / 2),
                Cell::Nodes(named),
            ],
            nodes: members.iter().map(|&node| network.nodes[node as usize]).collect(),
            edges,
        });
    }
    table.cut(most);
    if alone > 0 {
        table.notes.push(format!("{} linked to nobody.", count(alone, "entity is", "entities are")));
    }
    table
}

/// Links without which a part of the graph would hang on nothing, those with most behind them first.
///
/// (R. E. Tarjan, "A Note on Finding the Bridges of a Graph", 1974.)
pub fn bridges(graph: &Graph, filter: &Filter, most: usize) -> Table {
    let view = View::new(graph, &filter.firm());
    let network = Network::new(&view);
    let mut bridges = cut_links(&network);
    bridges.sort_by_key(|&(one, other, size)| (Reverse(size), one, other));
    let mut table = Table::new(
        format!("{} bridges: links that alone hold parts of the graph together", bridges.len()),
        &["from", "relation", "to", "entities behind it", EVIDENCE],
    );
    let lens = Lens::new(graph, &filter.firm());
    for (one, other, size) in bridges {
        let [one, other] = [one, other].map(|node| network.nodes[node as usize]);
        let edges = lens.edges_between(one, other);
        let bundles = bundles::bundle(edges.iter().map(|&edge| lens.edge(edge)));
        let Some(best) = bundles.iter().min_by_key(|bundle| bundle.support()) else { continue };
        let fact = Fact::new(best);
        table.rows.push(Row {
            cells: vec![
                Cell::Node(fact.subject.clone()),
                Cell::Text(fact.relation_type.replace('_', " ")),
                Cell::Node(fact.object.clone()),
                Cell::Count(size),
                Cell::said(&fact),
            ],
            nodes: Vec::new(),
            edges,
        });
        // Most bridges of a large graph hold one leaf; the rows are cut below and counted in the title.
        if table.rows.len() > most {
            break;
        }
    }
    if table.rows.len() > most {
        table.rows.truncate(most);
        table.notes.push(format!("{}; --most N shows more", count(most, "row", "rows")));
    }
    table
}

/// Every bridge with how many nodes are on its smaller side.
fn cut_links(network: &Network) -> Vec<(u32, u32, usize)> {
    let count = network.len();
    let (mut entered, mut low) = (vec![0u32; count], vec![0u32; count]);
    let mut below = vec![1usize; count];
    let mut bridges = Vec::new();
    let mut clock = 0;
    for root in 0..count as u32 {
        if entered[root as usize] > 0 {
            continue;
        }
        // The stack of a depth-first search: a node, its parent, the next of its links.
        let mut stack: Vec<(u32, u32, usize)> = vec![(root, u32::MAX, 0)];
        let mut inside = Vec::new();
        while let Some(&mut (node, parent, ref mut next)) = stack.last_mut() {
            let own = node as usize;
            if *next == 0 {
                clock += 1;
                (entered[own], low[own]) = (clock, clock);
            }
            if let Some(link) = network.links.of(node).get(*next) {
                *next += 1;
                if link.to == parent {
                    continue;
                }
                if entered[link.to as usize] > 0 {
                    low[own] = low[own].min(entered[link.to as usize]);
                } else {
                    stack.push((link.to, node, 0));
                }
                continue;
            }
            stack.pop();
            if parent != u32::MAX {
                low[parent as usize] = low[parent as usize].min(low[own]);
                below[parent as usize] += below[own];
                if low[own] > entered[parent as usize] {
                    inside.push((parent.min(node), parent.max(node), below[own]));
                }
            }
        }
        let whole = below[root as usize];
        bridges.extend(inside.into_iter().map(|(one, other, size)| (one, other, size.min(whole - size))));
    }
    bridges
}

/// Links that the search for cycles follows before it gives up.
const CYCLE_BUDGET: usize = 20_000_000;

/// Circles of acts: who acts on whom, and so on, and back to the first. The shortest come first.
///
/// A relation without direction would make a circle of any two, so those do not count.
pub fn cycles(graph: &Graph, filter: &Filter, longest: usize, most: usize) -> Table {
    let lens = Lens::new(graph, &filter.firm());
    let view = View::new(graph, &filter.firm());
    let directed = view.edge_indices().iter().copied().filter(|&edge| !graph.graph[edge].symmetric);
    let network = Network::new(&View::selected(graph, view.node_indices().iter().copied(), directed));
    let mut budget = CYCLE_BUDGET;
    let mut found: Vec<Vec<u32>> = Vec::new();
    'lengths: for length in 2..=longest {
        for start in 0..network.len() as u32 {
            let mut way = vec![start];
            // Each circle is found once, from the first of its nodes.
            walk(&network, &mut way, length, most + 1, &mut budget, &mut found);
            if found.len() > most || budget == 0 {
                break 'lengths;
            }
        }
    }
    let mut table = Table::new("Circles of acts", &["length", "circle", EVIDENCE]);
    for circle in found.iter().take(most) {
        let ends = circle.iter().copied().chain([circle[0]]).tuple_windows::<(_, _)>();
        let mut text = network.node(circle[0]).name.clone();
        let mut edges = Vec::new();
        let mut said = Cell::Nothing;
        for (from, to) in ends {
            let [from, to] = [from, to].map(|node| network.nodes[node as usize]);
            let between = lens.edges_between(from, to).into_iter();
            let between =
                between.filter(|&edge| graph.ends(edge).0 == from && !graph.graph[edge].symmetric).collect_vec();
            let bundles = bundles::bundle(between.iter().map(|&edge| lens.edge(edge)));
            let Some(best) = bundles.iter().min_by_key(|bundle| bundle.support()) else { continue };
            text += &format!(" — {} → {}", best.best().relation_type.replace('_', " "), best.to.name);
            if said == Cell::Nothing {
                said = Cell::said(&Fact::new(best));
            }
            edges.extend(between);
        }
        table.rows.push(Row {
            cells: vec![Cell::Count(circle.len()), Cell::Text(text), said],
            nodes: Vec::new(),
            edges,
        });
    }
    if found.is_empty() {
        table.notes.push(format!("There are none of up to {longest} entities."));
    }
    if found.len() > most {
        table.notes.push(format!("{most} circles, and there are more; --most N shows them"));
    }
    if budget == 0 {
        table.notes.push(
            "The search was cut: the graph is too large to follow every circle. Narrow it with --type or --about."
                .to_string(),
        );
    }
    table
}

fn walk(
    network: &Network,
    way: &mut Vec<u32>,
    length: usize,
    most: usize,
    budget: &mut usize,
    found: &mut Vec<Vec<u32>>,
) {
    let (start, last) = (way[0], *way.last().expect("a way starts somewhere"));
    if way.len() == length {
        *budget = budget.saturating_sub(1);
        if network.arrows.of(last).binary_search_by_key(&start, |link| link.to).is_ok() {
            found.push(way.clone());
        }
        return;
    }
    for link in network.arrows.of(last) {
        if found.len() >= most || *budget == 0 {
            return;
        }
        *budget -= 1;
        if link.to > start && !way.contains(&link.to) {
            way.push(link.to);
            walk(network, way, length, most, budget, found);
            way.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::record;
    use super::*;

    fn column(table: &Table, column: usize) -> Vec<String> {
        table.rows.iter().map(|row| row.cells[column].text()).collect()
    }

    #[test]
    fn communities_hang_together() {
        let lines = [
            "a | knows | b",
            "b | knows | c",
            "c | knows | a",
            "x | knows | y",
            "y | knows | z",
            "z | knows | x",
            "c | knows | x",
            "alone",
        ];
        let graph = Graph::from_records([&record("a", &lines)]);
        let table = communities(&graph, &Filter::default(), 9);
        assert_eq!(column(&table, 3), ["c; a; b", "x; y; z"]);
        assert_eq!(table.rows[0].edges.len(), 3);
        assert_eq!(table.notes, ["1 entity is linked to nobody."]);
        let bridges = bridges(&graph, &Filter::default(), 9);
        assert_eq!(
            (column(&bridges, 0), column(&bridges, 2), column(&bridges, 3)),
            (vec!["c".into()], vec!["x".into()], vec!["3".into()])
        );
    }

    #[test]
    fn a_circle_is_found_once() {
        let lines = ["a | accuses | b", "b | accuses | c", "c | attacks | a", "b | MEETS | a", "c | accuses | b"];
        let graph = Graph::from_records([&record("a", &lines)]);
        let all = cycles(&graph, &Filter::default(), 4, 9);
        assert_eq!(column(&all, 1), ["b — accuses → c — accuses → b", "a — accuses → b — accuses → c — attacks → a"]);
        assert_eq!(cycles(&graph, &Filter::default(), 4, 1).notes.len(), 1);
    }
}
