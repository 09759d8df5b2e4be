//! Gatherings: one happening of three or more, told pair by pair.
//!
//! "The leaders of India, Iran and China met" is three statements and one meeting; a picture draws it once, with a line to
//! each of them. Only where everyone is linked to everyone: whom Putin met in turn did not meet each other.

use std::collections::{BTreeMap, BTreeSet};

use itertools::Itertools;

use super::{Bundle, Edge, Node, NodeKey, View, bundles};

/// A happening without direction, and who took part.
#[derive(Clone, Debug)]
pub struct Gathering<'g> {
    /// Three or more, ordered by key.
    pub members: Vec<&'g Node>,
    /// What is said of each pair.
    pub bundles: Vec<Bundle<'g>>,
}

impl<'g> Gathering<'g> {
    /// One of the pairs speaks for all.
    pub fn example(&self) -> &Bundle<'g> {
        &self.bundles[0]
    }
}

/// The gatherings in view, and what is left between two.
pub(super) fn gather<'g>(view: &View<'g>) -> (Vec<Gathering<'g>>, Vec<Bundle<'g>>) {
    let mut happenings: BTreeMap<_, Vec<Edge<'g>>> = BTreeMap::new();
    let mut others = Vec::new();
    for edge in view.edges() {
        let statement = edge.statement;
        match statement.event_id.filter(|_| statement.symmetric && edge.from.key != edge.to.key) {
            Some(event) => {
                let kind = (&statement.relation_type, statement.polarity, statement.modality);
                happenings.entry((kind, &statement.article.key, event)).or_default().push(edge);
            }
            None => others.push(edge),
        }
    }
    // Several articles may tell of the same.
    let mut gatherings: BTreeMap<_, Vec<Edge<'g>>> = BTreeMap::new();
    for ((kind, ..), edges) in happenings {
        let members: BTreeSet<&NodeKey> = edges.iter().flat_map(|edge| [&edge.from.key, &edge.to.key]).collect();
        let pairs = edges.iter().map(|edge| minmax(&edge.from.key, &edge.to.key)).unique().count();
        if members.len() > 2 && pairs == members.len() * (members.len() - 1) / 2 {
            gatherings.entry((kind, members)).or_default().extend(edges);
        } else {
            others.extend(edges);
        }
    }
    let gatherings = gatherings.into_values().map(|edges| Gathering {
        members: edges
            .iter()
            .flat_map(|edge| [edge.from, edge.to])
            .unique_by(|node| &node.key)
            .sorted_by_key(|node| &node.key)
            .collect(),
        bundles: bundles::bundle(edges.into_iter()),
    });
    (gatherings.collect(), bundles::bundle(others.into_iter()))
}

fn minmax<T: Ord>(one: T, other: T) -> (T, T) {
    if one < other { (one, other) } else { (other, one) }
}

#[cfg(test)]
mod tests {
    use super::super::testing::record;
    use super::super::{Filter, Graph};
    use super::*;

    fn gatherings(lines: &[&str]) -> Vec<String> {
        let mut record = record("a", lines);
        record.relations.iter_mut().for_each(|relation| relation.event_id = Some(0));
        let graph = Graph::from_records([&record]);
        let (gatherings, _) = View::new(&graph, &Filter::default()).gatherings();
        gatherings.iter().map(|gathering| gathering.members.iter().map(|node| &node.name).join(" ")).collect()
    }

    #[test]
    fn everyone_with_everyone_is_one_meeting() {
        assert_eq!(gatherings(&["a | MEETS | b", "c | MEETS | b", "a | MEETS | c"]), ["a b c"]);
    }

    #[test]
    fn one_after_the_other_is_not() {
        assert!(gatherings(&["a | MEETS | b", "a | MEETS | c"]).is_empty());
        assert!(gatherings(&["a | visits | b", "b | visits | c", "a | visits | c"]).is_empty());
        assert!(gatherings(&["a | MEETS | b", "c | MEETS | b", "a | MEETS | c | not"]).is_empty());
    }
}
