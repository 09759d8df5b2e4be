//! The timeline: what happened, in order, each happening once however many articles tell of it.
//!
//! A row has the day, the event, its place, how many articles tell of it, which told it first, which outlets they are of, and
//! in what they differ.

use itertools::Itertools;

use super::facts::Fact;
use super::happenings::happenings;
use super::table::{Cell, EVIDENCE, Row, Table, tally};
use super::{Filter, Graph, Node, View, bundles};

/// What happened with one of `nodes` in it, or with anyone where none is given; undated ones last.
pub fn timeline(graph: &Graph, filter: &Filter, nodes: &[&Node], most: usize) -> Table {
    let view = match nodes {
        [] => View::new(graph, filter),
        nodes => {
            let around = nodes.iter().map(|node| View::around(graph, filter, node)).collect_vec();
            let edges = around.iter().flat_map(|view| view.edge_indices().iter().copied());
            View::selected(graph, std::iter::empty(), edges)
        }
    };
    let columns =
        ["when", "event", "where", "how", "articles", "first told by", "outlets", "reports differ in", EVIDENCE];
    let mut table = Table::new("What happened", &columns);
    let happenings = happenings(&view).into_iter().map(|happening| (happening.day(), happening));
    for (day, happening) in happenings.sorted_by_key(|(day, _)| (day.is_none(), *day)) {
        let bundles = bundles::bundle(happening.told.iter().map(|(_, edge)| *edge));
        let Some(bundle) = bundles.first() else { continue };
        let fact = Fact::new(bundle);
        let articles = happening.articles();
        let first = articles
            .first()
            .map(|first| [Some(first.key.id.clone()), first.date.clone()].into_iter().flatten().join(", "));
        table.rows.push(Row {
            cells: vec![
                Cell::maybe(day.map(|day| day.phrase())),
                Cell::Text(fact.sentence()),
                Cell::Texts(fact.places.clone()),
                Cell::Texts(fact.marks()),
                Cell::Count(articles.len()),
                Cell::maybe(first),
                Cell::Texts(tally(articles.iter().filter_map(|article| article.source.clone()))),
                Cell::Texts(happening.differences()),
                Cell::said(&fact),
            ],
            nodes: Vec::new(),
            edges: happening.told.iter().map(|(index, _)| *index).collect(),
        });
    }
    if table.rows.is_empty() {
        table.notes.push("Nothing that is told has a day.".to_string());
    }
    table.cut(most);
    table
}

#[cfg(test)]
mod tests {
    use super::super::NodeKey;
    use super::super::testing::record;
    use super::*;
    use crate::record::Event;

    fn graph() -> Graph {
        let mut records = [
            record(
                "a",
                &["Putin | MEETS | Xi | on 2022-09-15, in Samarkand:city", "Modi | visits | Xi | on 2022-09-20"],
            ),
            record("b", &["Xi | MEETS | Putin | in Tashkent:city"]),
            record("c", &["Xi | MEETS | Putin | on 2023-03-20", "Xi | MEETS | Biden | planned"]),
        ];
        for (record, (date, source)) in
            records.iter_mut().zip([("2022-09-16", "AFP"), ("2022-09-18", "Reuters"), ("2023-03-21", "AFP")])
        {
            (record.date, record.source) = (Some(date.into()), Some(source.into()));
            for relation in &mut record.relations {
                relation.event = Some(Event {
                    plover: None,
                    mode: None,
                    cameo: None,
                    quad: None,
                    score: None,
                    contexts: Vec::new(),
                });
            }
        }
        Graph::from_records(&records)
    }

    fn rows(nodes: &[&str]) -> Vec<String> {
        let graph = graph();
        let nodes =
            nodes.iter().map(|name| graph.node(&NodeKey(format!("person:{name}").into())).unwrap()).collect_vec();
        let table = timeline(&graph, &Filter::default(), &nodes, 9);
        table.rows.iter().map(|row| row.cells.iter().map(Cell::text).join(" | ")).collect()
    }

    #[test]
    fn one_event_is_one_row_however_often_it_is_told() {
        assert_eq!(
            rows(&["putin"]),
            [
                "15 Sep 2022 | Putin meets Xi | Tashkent; Samarkand |  | 2 | a, 2022-09-16 | AFP; Reuters | place: Samarkand (AFP), Tashkent (Reuters) | ",
                "20 Mar 2023 | Putin meets Xi |  |  | 1 | c, 2023-03-21 | AFP |  | ",
            ]
        );
        assert_eq!(rows(&[]).len(), 4);
    }
}
