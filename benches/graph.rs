//! What a graph costs as it grows: `cargo bench --bench graph`, or with `-- 1000000` for another size alone.
//!
//! The example articles are repeated, their entities renamed in turn so that countries become hubs and persons stay rare.
//! Times are of one thread; memory is what the process holds once the graph is loaded, as Linux counts it.

use std::fs::File;
use std::hint::black_box;
use std::io::{BufReader, BufWriter, Write};
use std::time::{Duration, Instant};

use geopol::graph::{
    self, Budget, Filter, Graph, Measure, Node, Route, View, bridges, claims, communities, cycles, links, paths, rank,
    timeline,
};
use geopol::read::{self, Item};
use geopol::record::{Kind, Record};
use geopol::{Resources, export, extract};

const SIZES: [usize; 3] = [10_000, 100_000, 1_000_000];

/// Articles added at a time, as `geopol build` does.
const BATCH: usize = 512;

fn main() {
    let asked: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let records = records();
    for size in if asked.is_empty() { SIZES.to_vec() } else { asked } {
        measure(size, &records);
    }
}

fn records() -> Vec<Record> {
    let resources = Resources::embedded();
    let items = read::read(&["examples/articles".into()], read::Options::default()).expect("the articles can be read");
    let articles = items.filter_map(|item| match item {
        Ok(Item::Article(article)) => Some(article),
        _ => None,
    });
    articles.map(|article| extract(&article, &resources)).collect()
}

/// The record as the `copy`-th article of its kind would have it.
fn renamed(record: &Record, copy: usize) -> Record {
    let mut record = record.clone();
    record.id = format!("{}-{copy}", record.id);
    record.text.push_str(&copy.to_string());
    record.date = Some(format!("20{:02}-{:02}-{:02}", copy % 25, copy % 12 + 1, copy % 28 + 1));
    record.source = Some(format!("Outlet {}", copy % 40));
    for entity in &mut record.entities {
        let names = if entity.kind == Kind::Country { 20 } else { 3_000 };
        entity.name = format!("{} {}", entity.name, copy % names);
        entity.refs.clear();
        entity.aliases.clear();
    }
    // Neither is a part of the graph.
    record.propositions.clear();
    record.sentences.clear();
    record
}

fn timed<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = black_box(work());
    show(what, start.elapsed());
    result
}

fn show(what: &str, time: Duration) {
    println!("{what:<34} {:>12.2} ms", time.as_secs_f64() * 1e3);
}

fn measure(size: usize, records: &[Record]) {
    println!("{} MB before", memory());
    let mut graph = timed("load from records", || {
        let mut graph = Graph::new();
        let mut adding = graph.adding();
        let (mut copy, mut told) = (0, 0);
        while told < size {
            let batch: Vec<Record> =
                (copy..copy + BATCH).map(|copy| renamed(&records[copy % records.len()], copy)).collect();
            let missing = size - told;
            let each = batch.iter().map(|record| record.relations.len()).sum::<usize>() / BATCH + 1;
            let batch = &batch[..batch.len().min(missing / each + 1)];
            adding.extend(batch);
            told += batch.iter().map(|record| record.relations.len()).sum::<usize>();
            copy += BATCH;
        }
        drop(adding);
        graph
    });
    let article = graph.articles().next().map(|article| article.key.id.clone()).unwrap_or_default();
    timed("remove an article", || graph.remove(&article));
    let graph = graph;
    println!(
        "{} statements, {} nodes, {} articles; {} MB",
        graph.statement_count(),
        graph.node_count(),
        graph.articles().len(),
        memory()
    );
    let all = Filter::default();
    let find = |name: &str| graph::find(&graph, name, |_| Ok(Vec::new())).expect("the name is in the graph");
    let degree = |node: &Node| View::around(&graph, &all, node).edges().len();
    let view = View::new(&graph, &all);
    let of = |kind: Kind| view.nodes().filter(move |node| node.kind == kind);
    let one = of(Kind::Country).max_by_key(|node| degree(node)).expect("the articles speak of countries");
    let mut persons = of(Kind::Person).filter(|node| degree(node) > 2);
    let (other, far) = (persons.next().expect("a person"), persons.last().expect("another person"));
    println!("{} statements on {}, {} on {}", degree(one), one.name, degree(other), other.name);
    timed("first name (makes the index)", || find(&one.name));
    timed("another name", || find(&other.name));
    timed("links of a hub", || links(&View::around(&graph, &all, one), one));
    timed("links of a person", || links(&View::around(&graph, &all, other), other));
    timed("path", || paths(&graph, &all, other, far, &Route::default(), 3));
    timed("path, 10 and longer", || paths(&graph, &all, other, far, &Route { longer: true, ..Route::default() }, 10));
    let hubless = Route { avoid: vec![one], ..Route::default() };
    timed("path that avoids a hub", || paths(&graph, &all, other, far, &hubless, 3));
    timed("view of everything", || View::new(&graph, &all).edges().len());
    timed("view by kind and confidence", || {
        let filter = Filter { kinds: vec![Kind::Country], min_confidence: 0.5, ..Filter::default() };
        View::new(&graph, &filter).edges().len()
    });
    timed("view around a person, two steps", || {
        let filter = Filter { about: vec![other.key.clone()], depth: 2, ..Filter::default() };
        View::new(&graph, &filter).edges().len()
    });
    for measure in Measure::ALL {
        timed(&format!("rank by {}", measure.name()), || rank(&graph, &all, measure, 20));
    }
    timed("communities", || communities(&graph, &all, 20));
    timed("bridges", || bridges(&graph, &all, 20));
    timed("cycles", || cycles(&graph, &all, 4, 50));
    timed("claims", || claims(&graph, &all, graph::Wanted::default(), 50));
    timed("timeline of a person", || timeline(&graph, &all, &[other], 200));
    let pattern = graph::parse_pattern(&format!("(?p:person)-[]->({}), (?p)-[]->(?q:person)", one.name))
        .expect("the pattern is right");
    let answer = timed("pattern", || graph::query(&graph, &all, &pattern, |name| Ok(find(name)), Budget::default()));
    answer.expect("the pattern is about what is there");
    println!("{} MB before saving", memory());
    let file = std::env::temp_dir().join(format!("geopol-bench-{}", std::process::id()));
    for name in ["ron", "json"] {
        let format = export::format(name).expect("a format of the table");
        timed(&format!("write {name}"), || {
            let mut output = BufWriter::new(File::create(&file).expect("a file can be made"));
            (format.write)(&view, &mut output).and_then(|()| output.flush()).expect("a file can be written");
        });
        println!("{} MB on disk", std::fs::metadata(&file).map_or(0, |file| file.len() >> 20));
        let read = timed(&format!("read {name}"), || {
            graph::read_lines(BufReader::new(File::open(&file).expect("it was written")))
        });
        assert_eq!(read.map(|graph| graph.statement_count()), Some(graph.statement_count()));
    }
    let _ = std::fs::remove_file(&file);
    println!();
}

/// The memory held, in MB; 0 where the system does not tell.
fn memory() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes =
        line.and_then(|line| line.split_whitespace().next()).and_then(|number| number.parse::<usize>().ok());
    kilobytes.unwrap_or(0) / 1024
}
