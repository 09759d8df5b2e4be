//! Names as people type them: "putin", "SCO", "CHN", "Q7747", "PRC" find their node, or a helpful "did you mean".

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use itertools::Itertools;
use petgraph::stable_graph::NodeIndex;

use super::{Graph, Node, NodeKey, fold};
use crate::error::{Error, Result};
use crate::record::Kind;

/// The node that a name means.
///
/// `lookup` asks a reference base for what else bears the name: references as `wikidata:Q148`. It is asked only when the
/// graph's own names do not tell.
pub fn find<'g>(graph: &'g Graph, typed: &str, lookup: impl Fn(&str) -> Result<Vec<String>>) -> Result<&'g Node> {
    let folded = fold(typed);
    if let Some(node) = graph.node(&NodeKey(typed.trim().into())).filter(|node| !node.is_value()) {
        return Ok(node);
    }
    let same = graph.named(&folded);
    let own = same.iter().copied().filter(|&index| fold(&graph.graph[index].name) == folded).collect_vec();
    if let Some(found) = [own, same.to_vec()].into_iter().find(|found| !found.is_empty()) {
        return the_one(graph, typed, found);
    }
    let tests: [&dyn Fn(&Node) -> bool; 3] = [
        &|node| is_reference(node, typed.trim()),
        &|node| names_of(node).any(|name| is_acronym(&folded, name)),
        &|node| names_of(node).any(|name| has_words(&fold(name), &folded)),
    ];
    for test in tests {
        let found = matching(graph, test);
        if !found.is_empty() {
            return the_one(graph, typed, found);
        }
    }
    let references: HashSet<String> = lookup(typed)?.into_iter().collect();
    let is_known = |node: &Node| node.refs.iter().any(|(scheme, id)| references.contains(&format!("{scheme}:{id}")));
    let found = matching(graph, &is_known);
    if !found.is_empty() {
        return the_one(graph, typed, found);
    }
    Err(Error::UnknownName { name: typed.to_string(), advice: advice(graph, &folded, !references.is_empty()) })
}

/// Every node that the beginning of a name may mean, the most likely first: for a search box.
pub fn suggestions<'g>(graph: &'g Graph, typed: &str) -> Vec<&'g Node> {
    let folded = fold(typed);
    let rank = |node: &Node| {
        let of = |name: String| match () {
            () if name == folded => Some(0),
            () if name.starts_with(&folded) => Some(1),
            () if name.contains(&format!(" {folded}")) => Some(2),
            () if name.contains(&folded) => Some(3),
            () => None,
        };
        let by_name = names_of(node).filter_map(|name| of(fold(name))).min();
        if is_reference(node, typed.trim()) { Some(0) } else { by_name }
    };
    let nodes = graph.graph.node_weights().filter(|node| !node.is_value() && !folded.is_empty());
    let found = nodes.filter_map(|node| Some((rank(node)?, Reverse(node.mentions()), &node.key, node)));
    found.sorted_by_key(|(rank, mentions, key, _)| (*rank, *mentions, *key)).map(|(.., node)| node).collect()
}

impl Graph {
    /// The nodes with a name or alias that folds to this.
    fn named(&self, folded: &str) -> &[NodeIndex] {
        let names = self.names.get_or_init(|| {
            let mut names: HashMap<String, Vec<NodeIndex>> = HashMap::new();
            for index in self.graph.node_indices().filter(|&index| !self.graph[index].is_value()) {
                for name in names_of(&self.graph[index]).map(fold).unique() {
                    names.entry(name).or_default().push(index);
                }
            }
            names
        });
        names.get(folded).map_or(&[], Vec::as_slice)
    }
}

fn matching(graph: &Graph, test: &dyn Fn(&Node) -> bool) -> Vec<NodeIndex> {
    let nodes = graph.graph.node_indices();
    nodes.filter(|&index| !graph.graph[index].is_value() && test(&graph.graph[index])).collect()
}

/// Of several, the only one that anything is said of; else the user has to choose.
fn the_one<'g>(graph: &'g Graph, typed: &str, found: Vec<NodeIndex>) -> Result<&'g Node> {
    let linked = found.iter().filter(|&&index| graph.graph.neighbors_undirected(index).next().is_some()).collect_vec();
    match (found.as_slice(), linked.as_slice()) {
        ([only], _) => Ok(&graph.graph[*only]),
        (_, [only]) => Ok(&graph.graph[**only]),
        _ => {
            let nodes = found.iter().map(|&index| &graph.graph[index]);
            let nodes = nodes.sorted_by_key(|node| (Reverse(node.mentions()), &node.key));
            let candidates = nodes.take(8).map(|node| format!("{} ({}, {})", node.name, node.kind.name(), node.key));
            Err(Error::AmbiguousName { name: typed.to_string(), candidates: candidates.collect() })
        }
    }
}

fn names_of(node: &Node) -> impl Iterator<Item = &str> {
    [&node.name].into_iter().chain(&node.aliases).map(String::as_str)
}

/// "CHN", "Q148", "wikidata:Q148".
fn is_reference(node: &Node, typed: &str) -> bool {
    let is = |scheme: &str, id: &str| {
        typed.eq_ignore_ascii_case(id)
            || typed.split_once(':').is_some_and(|(s, i)| s.eq_ignore_ascii_case(scheme) && i.eq_ignore_ascii_case(id))
    };
    let is_country = node.kind == Kind::Country && node.country.as_deref().is_some_and(|code| is("iso3166", code));
    is_country || node.refs.iter().any(|(scheme, id)| is(scheme, id))
}

/// "SCO" for "Shanghai Cooperation Organisation", "usa" for "United States of America".
fn is_acronym(folded: &str, name: &str) -> bool {
    let capitals = name.split([' ', '-']).filter_map(|word| word.chars().next().filter(|letter| letter.is_uppercase()));
    let initials: String = capitals.flat_map(char::to_lowercase).collect();
    initials.chars().count() > 1 && initials == folded
}

/// Every typed word is a word of the name.
fn has_words(name: &str, folded: &str) -> bool {
    let words: HashSet<&str> = name.split(' ').collect();
    !folded.is_empty() && folded.split(' ').all(|word| words.contains(word))
}

fn advice(graph: &Graph, folded: &str, is_known_elsewhere: bool) -> String {
    let nodes = graph.graph.node_weights().filter(|node| !node.is_value());
    let near = nodes.filter_map(|node| {
        let similarity = names_of(node).map(|name| strsim::jaro_winkler(&fold(name), folded)).reduce(f64::max)?;
        (similarity > 0.8).then_some(((similarity * 1e6) as u32, node))
    });
    let near = near.sorted_by_key(|(similarity, node)| (Reverse(*similarity), &node.key)).take(3).collect_vec();
    if !near.is_empty() {
        return format!("did you mean {}?", near.iter().map(|(_, node)| &node.name).join(", or "));
    }
    if is_known_elsewhere {
        return "the reference base knows it, but no article of this graph speaks of it".to_string();
    }
    let nodes = graph.graph.node_weights().filter(|node| !node.is_value());
    let often = nodes.sorted_by_key(|node| (Reverse(node.mentions()), &node.key)).take(5).map(|node| &node.name);
    match often.collect_vec().as_slice() {
        [] => "the graph is empty: no article named anything that was recognized".to_string(),
        often => format!("the graph speaks most of {}", often.iter().join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::record;
    use super::*;

    fn found(typed: &str) -> String {
        let mut record = record(
            "a",
            &[
                "Vladimir Putin | meets | Xi Jinping",
                "Shanghai Cooperation Organisation:intergovernmental | supports | China:country",
                "North Korea:country | attacks | South Korea:country",
                "Erdoğan | visits | Georgia:country",
                "Georgia:region",
            ],
        );
        record.entities[0].aliases.push("Putin".into());
        record.entities[3].country = Some("CHN".into());
        record.entities[3].refs.insert("wikidata".into(), "Q148".into());
        let graph = Graph::from_records([&record]);
        let base = |name: &str| Ok(if name == "PRC" { vec!["wikidata:Q148".to_string()] } else { Vec::new() });
        match find(&graph, typed, base) {
            Ok(node) => node.name.clone(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn names_as_people_type_them() {
        for (typed, name) in [
            ("putin", "Vladimir Putin"),
            ("Jinping", "Xi Jinping"),
            ("SCO", "Shanghai Cooperation Organisation"),
            ("s.c.o.", "Shanghai Cooperation Organisation"),
            ("the shanghai cooperation organisation", "Shanghai Cooperation Organisation"),
            ("CHN", "China"),
            ("q148", "China"),
            ("wikidata:Q148", "China"),
            ("PRC", "China"),
            ("erdogan", "Erdoğan"),
            ("country:georgia", "Georgia"),
        ] {
            assert_eq!(found(typed), name, "{typed}");
        }
    }

    #[test]
    fn beginnings_of_names_are_suggested() {
        let graph = Graph::from_records([&record(
            "a",
            &["Vladimir Putin | meets | Xi Jinping", "Ana Vladic | visits | Xi Jinping"],
        )]);
        let names = |typed| suggestions(&graph, typed).iter().map(|node| node.name.as_str()).collect_vec();
        assert_eq!(names("vlad"), ["Vladimir Putin", "Ana Vladic"]);
        assert_eq!(names("putin"), ["Vladimir Putin"]);
        assert!(names("").is_empty() && names("zz").is_empty());
    }

    #[test]
    fn what_is_not_clear_is_asked_back() {
        assert!(
            found("Korea").contains("North Korea (country, country:north korea), or South Korea"),
            "{}",
            found("Korea")
        );
        assert!(found("Vladmir Puttin").contains("did you mean Vladimir Putin"), "{}", found("Vladmir Puttin"));
        assert!(found("Brazil").contains("the graph speaks most of"), "{}", found("Brazil"));
        assert!(found("").contains("no entity is called"), "{}", found(""));
    }
}
