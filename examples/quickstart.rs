//! An article in, who did what to whom out: `cargo run --example quickstart [FILE]`.

use geopol::graph::{Filter, Graph, View};
use geopol::{Article, Resources, export, extract};

fn main() -> std::io::Result<()> {
    let path = std::env::args().nth(1).unwrap_or_else(|| "examples/articles/border-dispute.txt".to_string());
    let mut article = Article::new("border-dispute", std::fs::read_to_string(path)?);
    article.date = Some(jiff::civil::date(2023, 12, 15)); // "on Thursday" is told from it

    let resources = Resources::embedded(); // load once, use for every article
    let record = extract(&article, &resources);
    for relation in &record.relations {
        let name = |id: u32| record.entities[id as usize].name.as_str();
        let object = relation.object.entity().map_or("a number", name);
        println!("{} {} {object} ({:?})", name(relation.subject), relation.relation_type, relation.modality);
    }

    let graph = Graph::from_records([&record]);
    let view = View::new(&graph, &Filter::default());
    let dot = export::format("dot").expect("a built-in format").to_bytes(&view);
    println!("{} nodes, {} statements, {} bytes of DOT", graph.node_count(), graph.statement_count(), dot.len());
    Ok(())
}
