//! Claims: who says what. Statements that make the same claim, with all who assert, deny or doubt it.
//!
//! "Russia shelled Kherson, said Kyiv." and "Russia did not shell Kherson, said Moscow." are one claim: Kyiv asserts it,
//! Moscow denies it. What an article says in its own voice is its outlet's word.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use itertools::Itertools;
use petgraph::stable_graph::EdgeIndex;

use super::facts::{End, Fact};
use super::table::{Cell, EVIDENCE, Row, Table, tally};
use super::{Edge, Filter, Graph, Node, Statement, View, bundles};
use crate::record::{Modality, Polarity};

/// Which claims.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted<'g> {
    /// Only what this one says.
    pub by: Option<&'g Node>,
    /// Only what some assert and others deny or doubt.
    pub contested: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stance {
    Asserts,
    Denies,
    Doubts,
}

/// The claims, the most spoken of first; those that only articles make in their own voice are no claims but reports.
pub fn claims(graph: &Graph, filter: &Filter, wanted: Wanted, most: usize) -> Table {
    let view = View::new(graph, filter);
    let mut groups: BTreeMap<_, Vec<(EdgeIndex, Edge)>> = BTreeMap::new();
    for (&index, edge) in view.edge_indices().iter().zip(view.edges()) {
        let (from, to) = (&edge.from.key, &edge.to.key);
        let (from, to) = if edge.statement.symmetric && to < from { (to, from) } else { (from, to) };
        groups.entry((from, &*edge.statement.relation_type, to)).or_default().push((index, edge));
    }
    let mut table = Table::new("Who says what", &["claim", "asserts", "denies", "doubts", "statements", EVIDENCE]);
    let groups = groups.into_values().filter(|edges| is_wanted(edges, wanted));
    for edges in groups.sorted_by_key(|edges| (Reverse(is_contested(edges)), Reverse(edges.len()))) {
        let takes = |stance: Stance| {
            let who = edges.iter().filter(|(_, edge)| of(edge.statement) == stance);
            Cell::Texts(tally(who.map(|(_, edge)| speaker(edge.statement))))
        };
        let bundles = bundles::bundle(edges.iter().map(|(_, edge)| *edge));
        let best = bundles.iter().min_by_key(|bundle| (!bundle.best().is_affirmed(), bundle.support()));
        let Some(best) = best else { continue };
        let fact = Fact::new(best);
        table.rows.push(Row {
            cells: vec![
                Cell::Text(fact.sentence()),
                takes(Stance::Asserts),
                takes(Stance::Denies),
                takes(Stance::Doubts),
                Cell::Count(edges.len()),
                Cell::said(&fact),
            ],
            nodes: Vec::new(),
            edges: edges.iter().map(|(index, _)| *index).collect(),
        });
    }
    if table.rows.is_empty() {
        table.notes.push("Nobody is quoted as saying anything of this.".to_string());
    }
    table.cut(most);
    table
}

fn is_wanted(edges: &[(EdgeIndex, Edge)], wanted: Wanted) -> bool {
    let said = |edge: &Edge| match wanted.by {
        Some(node) => edge.statement.is_said_by(&node.key),
        None => edge.statement.attribution.is_some(),
    };
    edges.iter().any(|(_, edge)| said(edge)) && (!wanted.contested || is_contested(edges))
}

fn is_contested(edges: &[(EdgeIndex, Edge)]) -> bool {
    let stances = edges.iter().map(|(_, edge)| of(edge.statement)).collect_vec();
    stances.contains(&Stance::Asserts) && stances.iter().any(|stance| *stance != Stance::Asserts)
}

fn of(statement: &Statement) -> Stance {
    match (statement.polarity, statement.modality) {
        (Polarity::Negated, _) => Stance::Denies,
        (Polarity::Affirmed, Modality::Asserted) => Stance::Asserts,
        // A plan or a fear is no claim that it is so.
        (Polarity::Affirmed, _) => Stance::Doubts,
    }
}

/// "Kyiv", or for an article's own voice its outlet, or else the article.
fn speaker(statement: &Statement) -> String {
    match &statement.attribution {
        Some(speaker) => speaker.phrase(),
        None => {
            let article = &statement.article;
            format!("[{}]", article.source.as_ref().unwrap_or(&article.key.id))
        }
    }
}

impl Fact {
    /// "Xi Jinping meets Vladimir Putin".
    pub fn sentence(&self) -> String {
        let name = |end: &End| end.name.clone();
        format!("{} {} {}", name(&self.subject), self.relation_type.replace('_', " "), name(&self.object))
    }
}

#[cfg(test)]
mod tests {
    use super::super::NodeKey;
    use super::super::testing::record;
    use super::*;

    #[test]
    fn who_asserts_and_who_denies() {
        let lines = [
            "Russia:country | attacks | Kherson:city | by Kyiv",
            "Russia:country | attacks | Kherson:city | by Kyiv",
            "Russia:country | attacks | Kherson:city | not, by Moscow",
            "Xi | MEETS | Putin | planned, by Moscow",
            "Modi | MEETS | Putin",
        ];
        let records = [record("a", &lines), record("b", &["Russia:country | attacks | Kherson:city"])];
        let graph = Graph::from_records(&records);
        let rows = |wanted| {
            let table = claims(&graph, &Filter::default(), wanted, 9);
            table.rows.iter().map(|row| row.cells.iter().take(4).map(Cell::text).join(" | ")).collect_vec()
        };
        let contested = "Russia attacks Kherson | Kyiv ×2; [b] | Moscow | ";
        assert_eq!(rows(Wanted::default()), [contested, "Putin meets Xi |  |  | Moscow"]);
        assert_eq!(rows(Wanted { contested: true, by: None }), [contested]);
        let kyiv = graph.node(&NodeKey("person:kyiv".into()));
        assert_eq!(rows(Wanted { by: kyiv, contested: false }), [contested]);
    }
}
