//! Rank: the entities that matter most, by a measure of centrality.
//!
//! What is denied, planned or only possible counts for nobody, unless the filter asks for it.

use std::cmp::Reverse;

use itertools::Itertools;

use super::facts::End;
use super::network::Network;
use super::table::{Cell, Row, Table};
use super::{Filter, Graph, View, centrality};

/// What makes an entity matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Whom it is linked to, as a share of all.
    Degree,
    /// How many shortest ways between others pass it.
    Betweenness,
    /// Whom others act on who are acted on themselves.
    Pagerank,
    /// All chains of acts that end at it, the longer the less.
    Katz,
}

/// Links looked at before betweenness is estimated from a part of the nodes; some seconds of work.
const BETWEENNESS_BUDGET: usize = 200_000_000;

impl Measure {
    pub const ALL: [Measure; 4] = [Measure::Degree, Measure::Betweenness, Measure::Pagerank, Measure::Katz];

    pub fn name(self) -> &'static str {
        match self {
            Measure::Degree => "degree",
            Measure::Betweenness => "betweenness",
            Measure::Pagerank => "pagerank",
            Measure::Katz => "katz",
        }
    }
}

/// The `most` best, with the links between them.
pub fn rank(graph: &Graph, filter: &Filter, measure: Measure, most: usize) -> Table {
    let view = View::new(graph, &filter.firm());
    let network = Network::new(&view);
    let mut notes = Vec::new();
    let scores = match measure {
        Measure::Degree => centrality::degree(&network.links),
        Measure::Betweenness => {
            let (scores, is_exact) = centrality::betweenness(&network.links, BETWEENNESS_BUDGET);
            if !is_exact {
                notes.push(
                    "Estimated from a part of the entities: the graph is too large to count all ways.".to_string(),
                );
            }
            scores
        }
        Measure::Pagerank => centrality::pagerank(&network.arrows),
        Measure::Katz => {
            let (scores, attenuation) = centrality::katz(&network.arrows);
            notes.push(format!("Attenuation {attenuation:.6}."));
            scores
        }
    };
    let mut table = Table::new(
        format!("{} entities by {}", network.len(), measure.name()),
        &["rank", "entity", "kind", measure.name(), "linked to", "statements"],
    );
    // Scores that differ only by rounding are equal, so that the order is the same on every machine.
    let rounded = |node: u32| (scores[node as usize] * 1e9).round() as i64;
    let ranked = (0..network.len() as u32).sorted_by_key(|&node| (Reverse(rounded(node)), node)).collect_vec();
    for (place, &node) in ranked.iter().take(most).enumerate() {
        let end = End::new(network.node(node));
        let kind = end.kind.name().replace('_', " ");
        table.rows.push(Row {
            cells: vec![
                Cell::Count(place + 1),
                Cell::Node(end),
                Cell::Text(kind),
                Cell::Number(rounded(node) as f64 / 1e9),
                Cell::Count(network.links.of(node).len()),
                Cell::Count(network.links.weight_of(node) as usize),
            ],
            nodes: vec![network.nodes[node as usize]],
            edges: Vec::new(),
        });
    }
    let mut is_shown = vec![false; network.len()];
    ranked.iter().take(most).for_each(|&node| is_shown[node as usize] = true);
    if let Some(first) = table.rows.first_mut() {
        first.edges = network.edges_where(&view, |from, to| is_shown[from as usize] && is_shown[to as usize]);
    }
    if ranked.len() > most {
        notes.push(format!("{most} of {} entities; --most N shows more", ranked.len()));
    }
    table.notes = notes;
    table
}

#[cfg(test)]
mod tests {
    use super::super::testing::record;
    use super::*;

    #[test]
    fn who_is_linked_most_comes_first() {
        let lines = ["hub | meets | a", "hub | meets | b", "c | meets | hub", "d | visits | e | planned"];
        let graph = Graph::from_records([&record("a", &lines)]);
        for measure in [Measure::Degree, Measure::Betweenness] {
            let table = rank(&graph, &Filter::default(), measure, 2);
            assert_eq!(table.rows[0].cells[1].text(), "hub");
            assert_eq!((table.rows.len(), table.view(&graph).nodes().len()), (2, 2));
        }
    }
}
