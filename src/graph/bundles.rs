//! Bundles: parallel statements that say the same of the same two nodes, for pictures and answers.
//!
//! Ten reports of one meeting are ten edges in the graph and one line "meets ×10" in a picture. A denial, a plan or
//! somebody's claim is not the same as a fact, so those stay apart.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use itertools::Itertools;

use super::{Edge, Node, NodeKey, Period, Statement};
use crate::record::{Modality, Polarity};

/// Statements of one type, polarity and modality between the same ends, the best supported first.
#[derive(Clone, Debug)]
pub struct Bundle<'g> {
    pub from: &'g Node,
    pub to: &'g Node,
    /// Never empty.
    pub statements: Vec<&'g Statement>,
}

impl<'g> Bundle<'g> {
    /// The best supported statement speaks for all.
    pub fn best(&self) -> &'g Statement {
        self.statements[0]
    }

    /// The days from the first statement's to the last's, as far as they were said.
    pub fn period(&self) -> Option<Period> {
        let periods = self.statements.iter().filter_map(|statement| statement.period());
        periods.reduce(|a, b| Period { first: a.first.min(b.first), last: a.last.max(b.last) })
    }

    /// The places named, each once.
    pub fn places(&self) -> Vec<&'g str> {
        let places = self.statements.iter().flat_map(|statement| statement.places());
        places.map(|place| &*place.text).unique().collect()
    }

    /// Orders bundles, the best supported first.
    pub(super) fn support(&self) -> impl Ord + use<'g> {
        support(self.best())
    }
}

/// Groups edges in the order of a view; a relation without direction is the same either way round.
pub(super) fn bundle<'g>(edges: impl Iterator<Item = Edge<'g>>) -> Vec<Bundle<'g>> {
    let mut groups: BTreeMap<(&NodeKey, &NodeKey, &str, Polarity, Modality), Bundle<'g>> = BTreeMap::new();
    for Edge { from, to, statement } in edges {
        let (from, to) = if statement.symmetric && to.key < from.key { (to, from) } else { (from, to) };
        let key = (&from.key, &to.key, &*statement.relation_type, statement.polarity, statement.modality);
        let bundle = groups.entry(key).or_insert_with(|| Bundle { from, to, statements: Vec::new() });
        bundle.statements.push(statement);
    }
    let mut bundles = groups.into_values().collect_vec();
    for bundle in &mut bundles {
        bundle.statements.sort_by_key(|statement| support(statement));
    }
    bundles
}

/// What an article says in its own voice, outright and surely, comes first; of equals, the latest.
fn support(statement: &Statement) -> impl Ord + use<'_> {
    (
        statement.derived,
        statement.attribution.is_some(),
        statement.historical,
        Reverse((statement.confidence * 1e6) as u32),
        Reverse(statement.period_or_article_date()),
        statement.order(),
    )
}
