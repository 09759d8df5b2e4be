//! Formats: what is written is read back as the same graph, whatever was done to build it.

use geopol::export::{FORMATS, format};
use geopol::graph::{Filter, Graph, View, read};
use geopol::record::Record;

fn records() -> Vec<Record> {
    [include_str!("data/samarkand.jsonl"), include_str!("data/sco-summit.jsonl")]
        .map(|line| serde_json::from_str(line).unwrap())
        .to_vec()
}

fn written(graph: &Graph, name: &str) -> String {
    let bytes = format(name).unwrap().to_bytes(&View::new(graph, &Filter::default()));
    String::from_utf8(bytes).unwrap()
}

#[test]
fn what_is_written_is_read_back() {
    let graph = Graph::from_records(&records());
    for name in ["ron", "json"] {
        let text = written(&graph, name);
        let back = read(name, &text).unwrap();
        assert!(back == graph, "{name}");
        assert_eq!(written(&back, name), text);
    }
}

#[test]
fn the_order_of_adding_never_shows() {
    let records = records();
    let forwards = Graph::from_records(&records);
    let backwards = Graph::from_records(records.iter().rev());
    let mut merged = Graph::from_records(&records[1..]);
    merged.merge(&Graph::from_records(&records[..1]));
    for format in FORMATS {
        let text = written(&forwards, format.name);
        assert_eq!(written(&backwards, format.name), text);
        assert_eq!(written(&merged, format.name), text);
    }
}

#[test]
fn removing_undoes_adding() {
    let records = records();
    let one = Graph::from_records(&records[..1]);
    let mut graph = one.clone();
    graph.add(&records[1]);
    assert!(graph != one);
    assert_eq!(graph.remove("sco-summit"), 1);
    assert!(graph == one);
    graph.add(&records[0]);
    assert!(graph == one);
    assert_eq!(graph.remove("samarkand"), 1);
    assert!(graph == Graph::new());
}
