//! Contexts: things of one name and kind in different countries are different things.
//!
//! "San Carlos" is one place as long as the articles that say its country agree on it. Where one says Colombia and another
//! El Salvador there are two, `place:san carlos@COL` and `place:san carlos@SLV`, and what says no country stays
//! `place:san carlos`. It follows from the articles alone: one that comes or goes parts or joins them, whatever the order.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use petgraph::stable_graph::NodeIndex;

use super::moving::Move;
use super::{Graph, Node, NodeKey};
use crate::record::{Entity, Kind, Record};

/// The names that stand for several things, each with their countries.
#[derive(Clone, Debug, Default)]
pub(super) struct Contexts(HashMap<NodeKey, BTreeSet<String>>);

impl Contexts {
    /// Where the entities of a record belong, in their order.
    pub fn keys(&mut self, record: &Record) -> Vec<NodeKey> {
        let keys = record.entities.iter().map(|entity| NodeKey::entity(&entity.name, entity.kind, &entity.refs));
        let mut keys: Vec<NodeKey> = keys.collect();
        let mut countries: BTreeMap<&NodeKey, BTreeSet<&str>> = BTreeMap::new();
        let doubtful = |entity: &Entity| entity.refs.is_empty() && !entity.background;
        for (key, entity) in keys.iter().zip(&record.entities).filter(|(_, entity)| doubtful(entity)) {
            let known = countries.entry(key).or_default();
            known.extend(entity.country.as_deref().filter(|country| is_code(country)));
        }
        let mut placed = Vec::new();
        for (position, entity) in record.entities.iter().enumerate() {
            let key = &keys[position];
            let Some(here) = countries.get(key) else { continue };
            if here.len() < 2 && !self.0.contains_key(key) {
                continue;
            }
            // What an article says of the only country goes for all that it calls so.
            let own = entity.country.as_deref().filter(|country| is_code(country));
            let own = own.or(here.first().copied().filter(|_| here.len() == 1));
            let known = self.0.entry(key.clone()).or_default();
            known.extend(here.iter().map(|country| country.to_string()));
            if let Some(country) = own {
                placed.push((position, key.in_country(country)));
            }
        }
        placed.into_iter().for_each(|(position, key)| keys[position] = key);
        keys
    }

    /// For a node that was placed elsewhere: in a file, in another graph.
    pub fn learn(&mut self, node: &Node) {
        if let Some((name, country)) = node.key.name_and_country()
            && node.is_free()
        {
            self.0.entry(name).or_default().insert(country.to_string());
        }
    }
}

impl Node {
    /// True where some article's mentions are here by name alone, neither by reference nor by decision.
    fn is_free(&self) -> bool {
        self.appearances.values().any(|seen| seen.refs.is_empty() && seen.decided.is_empty())
    }

    /// The name that it goes by, where it may stand for several things.
    fn doubtful_name(&self, contexts: &Contexts) -> Option<NodeKey> {
        if self.is_value() || !self.refs.is_empty() {
            return None;
        }
        let name = self.key.name_and_country().map_or_else(|| self.key.clone(), |(name, _)| name);
        let mut countries = self.appearances.values().filter_map(|seen| seen.country.as_ref());
        let differ = countries.next().is_some_and(|first| countries.any(|other| other != first));
        (differ || contexts.0.contains_key(&name)).then_some(name)
    }
}

impl Graph {
    /// Parts and joins what goes by the names of nodes that changed; returns the nodes to settle.
    pub(super) fn part(&mut self, changed: &HashSet<NodeIndex>) -> HashSet<NodeIndex> {
        let nodes = changed.iter().filter_map(|&index| self.graph.node_weight(index));
        let names: BTreeSet<NodeKey> = nodes.filter_map(|node| node.doubtful_name(&self.contexts)).collect();
        let moves = names.into_iter().flat_map(|name| self.parting(name)).collect();
        self.carry_out(moves)
    }

    fn parting(&mut self, name: NodeKey) -> Vec<Move> {
        let known = self.contexts.0.remove(&name).unwrap_or_default();
        let nodes = [name.clone()].into_iter().chain(known.iter().map(|country| name.in_country(country)));
        let nodes = nodes.filter_map(|key| self.index.get(&key)).map(|&index| &self.graph[index]).collect::<Vec<_>>();
        // Where somebody decided who is who, that stands.
        if nodes.iter().any(|node| node.appearances.values().any(|seen| !seen.decided.is_empty())) {
            if !known.is_empty() {
                self.contexts.0.insert(name, known);
            }
            return Vec::new();
        }
        let mut told = Vec::new();
        for node in nodes {
            let placed = node.key.name_and_country().map(|(_, country)| country.to_string());
            for (article, seen) in &node.appearances {
                if seen.refs.is_empty() {
                    let said = seen.country.clone().filter(|country| is_code(country));
                    told.push((node.key.clone(), Arc::clone(article), placed.clone().or(said)));
                }
            }
        }
        let countries: BTreeSet<String> = told.iter().filter_map(|(.., country)| country.clone()).collect();
        let are_several = countries.len() > 1;
        let moves = told.into_iter().map(|(from, article, country)| {
            let to = country.filter(|_| are_several).map_or_else(|| name.clone(), |country| name.in_country(&country));
            Move { from, article, to, decided: None }
        });
        let moves = moves.collect();
        if are_several {
            self.contexts.0.insert(name, countries);
        }
        moves
    }
}

impl NodeKey {
    fn in_country(&self, country: &str) -> NodeKey {
        NodeKey(format!("{self}@{country}").into())
    }

    /// `place:san carlos@COL` in its parts.
    fn name_and_country(&self) -> Option<(NodeKey, &str)> {
        let (name, country) = self.0.rsplit_once('@').filter(|(_, country)| is_code(country))?;
        let (kind, _) = name.split_once(':')?;
        Kind::ALL.iter().any(|known| known.name() == kind).then(|| (NodeKey(name.into()), country))
    }
}

/// Names are folded to small letters, so that no name ends like a code.
fn is_code(country: &str) -> bool {
    country.len() == 3 && country.bytes().all(|letter| letter.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use itertools::Itertools;

    use super::super::testing::record;
    use super::*;

    /// `a: Ann in GBR, Ann | visits | Rome:city`: an article, the countries of its persons, a statement a line.
    fn article(id: &str, country: &str, lines: &[&str]) -> Record {
        let mut record = record(id, lines);
        for entity in record.entities.iter_mut().filter(|entity| entity.kind == Kind::Person) {
            entity.country = Some(country.to_string()).filter(|country| !country.is_empty());
        }
        record
    }

    fn persons(graph: &Graph) -> Vec<String> {
        let nodes = graph.graph.node_weights().filter(|node| node.kind == Kind::Person).sorted_by_key(|node| &node.key);
        nodes.map(|node| format!("{}: {}", node.key, node.articles().map(|article| &article.id).join(" "))).collect()
    }

    fn articles() -> [Record; 4] {
        [
            article(
                "a",
                "GBR",
                &["John Smith | visits | Rome:city", "Rome:city | accuses | Kyiv:city | by John Smith"],
            ),
            article("b", "", &["John Smith | visits | Rome:city"]),
            article("c", "CAN", &["John Smith | visits | Rome:city"]),
            article("d", "GBR", &["John Smith | visits | Kyiv:city"]),
        ]
    }

    #[test]
    fn one_name_in_two_countries_is_two_things() {
        let [a, b, c, d] = articles();
        let mut graph = Graph::from_records([&a, &b, &d]);
        assert_eq!(persons(&graph), ["person:john smith: a b d"]);
        let before = graph.clone();
        graph.add(&c);
        let parted = ["person:john smith: b", "person:john smith@CAN: c", "person:john smith@GBR: a d"];
        assert_eq!(persons(&graph), parted);
        let speaker = graph.graph.edge_weights().find_map(|statement| statement.attribution.as_ref()).unwrap();
        assert_eq!(speaker.node, Some(NodeKey("person:john smith@GBR".into())));
        graph.remove("c");
        assert!(graph == before);
    }

    #[test]
    fn neither_order_nor_files_show() {
        let expected = Graph::from_records(&articles());
        for order in articles().into_iter().permutations(4) {
            for cut in 0..4 {
                let mut graph = Graph::from_records(&order[cut..]);
                graph.merge(&Graph::from_records(&order[..cut]));
                assert!(graph == expected);
            }
        }
    }

    #[test]
    fn an_article_may_speak_of_both() {
        let mut both = article("e", "GBR", &["John Smith | MEETS | JOHN SMITH"]);
        both.entities[1].country = Some("CAN".into());
        let graph = Graph::from_records([&both]);
        assert_eq!(persons(&graph), ["person:john smith@CAN: e", "person:john smith@GBR: e"]);
        both.entities[1].country = None;
        assert_eq!(persons(&Graph::from_records([&both])), ["person:john smith: e"]);
    }
}
