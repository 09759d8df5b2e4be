//! Everything that is said of one node: its links by type, what it takes part in as a place or a mediator, what it says.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use itertools::Itertools;
use serde::Serialize;

use super::facts::{End, Fact};
use super::{Node, NodeKey, View, bundles};

/// The answer to `links`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Links {
    pub node: End,
    pub aliases: Vec<String>,
    pub refs: BTreeMap<String, String>,
    pub articles: usize,
    /// Why what the articles mention is one thing; see `Node::merged`.
    pub merged: Vec<String>,
    pub groups: Vec<LinkGroup>,
    /// Facts in which it is a circumstance: where it happened, who mediated, ….
    pub involved: Vec<Involved>,
    /// Facts of other nodes that it is the source of.
    pub says: Vec<Fact>,
}

/// Its links of one type in one direction.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LinkGroup {
    #[serde(rename = "type")]
    pub relation_type: String,
    pub direction: Direction,
    pub links: Vec<Fact>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    Neither,
    Out,
    In,
}

/// A fact with what the node is to it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Involved {
    pub role: String,
    pub fact: Fact,
}

impl LinkGroup {
    /// The end of a link of this group that is not the node asked about.
    pub fn other<'f>(&self, link: &'f Fact, node: &NodeKey) -> &'f End {
        if self.direction == Direction::In || link.object.id == *node { &link.subject } else { &link.object }
    }
}

/// What the view says of a node.
pub fn links(view: &View, node: &Node) -> Links {
    let mut groups: BTreeMap<(&str, Direction), Vec<Fact>> = BTreeMap::new();
    let is_end = |end: &Node| end.key == node.key;
    let own = bundles::bundle(view.edges().filter(|edge| is_end(edge.from) || is_end(edge.to)));
    for bundle in &own {
        let direction = match (bundle.best().symmetric, is_end(bundle.from)) {
            (true, _) => Direction::Neither,
            (false, true) => Direction::Out,
            (false, false) => Direction::In,
        };
        groups.entry((&bundle.best().relation_type, direction)).or_default().push(Fact::new(bundle));
    }
    let groups = groups.into_iter().map(|((relation_type, direction), links)| LinkGroup {
        relation_type: relation_type.to_string(),
        direction,
        links: links.into_iter().sorted_by(order).collect(),
    });
    let elsewhere = || view.edges().filter(|edge| !is_end(edge.from) && !is_end(edge.to));
    let mut involved = Vec::new();
    let roles: BTreeSet<&str> = elsewhere()
        .flat_map(|edge| &edge.statement.circumstances)
        .filter(|circumstance| circumstance.node.as_ref() == Some(&node.key))
        .map(|circumstance| &*circumstance.role)
        .collect();
    for role in roles {
        let has_role = elsewhere().filter(|edge| {
            let mut circumstances = edge.statement.circumstances.iter();
            circumstances.any(|c| *c.role == *role && c.node.as_ref() == Some(&node.key))
        });
        let facts = bundles::bundle(has_role).iter().map(Fact::new).sorted_by(order).collect_vec();
        involved.extend(facts.into_iter().map(|fact| Involved { role: role.to_string(), fact }));
    }
    let says = elsewhere().filter(|edge| {
        let speaker = edge.statement.attribution.as_ref();
        speaker.is_some_and(|speaker| speaker.all().iter().any(|s| s.node.as_ref() == Some(&node.key)))
    });
    Links {
        node: End::new(node),
        aliases: node.aliases.clone(),
        refs: node.refs.clone(),
        articles: node.articles().count(),
        merged: node.merged(),
        // What is said most often comes first.
        groups: groups
            .sorted_by_key(|group| Reverse(group.links.iter().map(|l| l.statements.len()).sum::<usize>()))
            .collect(),
        involved,
        says: bundles::bundle(says).iter().map(Fact::new).sorted_by(order).collect(),
    }
}

/// Facts before plans and denials, the best attested first.
fn order(one: &Fact, other: &Fact) -> std::cmp::Ordering {
    let key = |fact: &Fact| (fact.polarity, fact.modality, Reverse(fact.statements.len()));
    key(one).cmp(&key(other)).then_with(|| (&one.subject, &one.object).cmp(&(&other.subject, &other.object)))
}

#[cfg(test)]
mod tests {
    use super::super::testing::record;
    use super::super::{Filter, Graph};
    use super::*;

    #[test]
    fn links_involvements_and_claims_stay_apart() {
        let records = [
            record(
                "a",
                &[
                    "Xi | MEETS | Putin | in Samarkand:city",
                    "Modi | visits | Samarkand:city",
                    "A | attacks | B | by Xi",
                ],
            ),
            record("b", &["Putin | MEETS | Xi", "Xi | MEETS | Biden | not"]),
        ];
        let graph = Graph::from_records(&records);
        let view = View::new(&graph, &Filter::default());
        let of = |key: &str| links(&view, graph.node(&NodeKey(key.into())).unwrap());
        let xi = of("person:xi");
        let [meets] = xi.groups.as_slice() else { panic!("{:?}", xi.groups) };
        assert_eq!(meets.direction, Direction::Neither);
        let others: Vec<&str> = meets.links.iter().map(|link| meets.other(link, &xi.node.id).name.as_str()).collect();
        assert_eq!(others, ["Putin", "Biden"]);
        assert_eq!(meets.links[0].statements.len(), 2);
        assert_eq!(xi.says.len(), 1);
        let samarkand = of("city:samarkand");
        assert_eq!((samarkand.groups.len(), samarkand.groups[0].direction), (1, Direction::In));
        assert_eq!((samarkand.involved.len(), samarkand.involved[0].role.as_str()), (1, "place"));
    }
}
