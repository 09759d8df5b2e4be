//! Formats: what is written is read back as the same graph, whatever was done to build it and whatever the articles said.

use geopol::export::{FORMATS, Format, format, format_of};
use geopol::graph::{Filter, Graph, View, read};
use geopol::record::Record;

fn records() -> Vec<Record> {
    [include_str!("data/samarkand.jsonl"), include_str!("data/sco-summit.jsonl")]
        .map(|line| serde_json::from_str(line).unwrap())
        .to_vec()
}

fn written(graph: &Graph, format: &Format) -> String {
    let filter = Filter { isolated: !format.is_picture, ..Filter::default() };
    String::from_utf8(format.to_bytes(&View::new(graph, &filter))).unwrap()
}

/// The formats that geopol reads.
fn readable() -> [&'static Format; 2] {
    ["ron", "json"].map(|name| format(name).unwrap())
}

#[test]
fn what_is_written_is_read_back() {
    for graph in [Graph::from_records(&records()), Graph::new()] {
        for format in readable() {
            let text = written(&graph, format);
            let back = read(format.name, &text).unwrap();
            assert!(back == graph, "{}", format.name);
            assert_eq!(written(&back, format), text);
        }
    }
}

#[test]
fn the_order_of_adding_never_shows() {
    let mut records = records();
    for copy in 1..6 {
        for mut record in self::records() {
            record.id += &copy.to_string();
            record.text += &copy.to_string();
            // Articles disagree on names and kinds.
            let renamed = copy % record.entities.len();
            record.entities[renamed].name = format!("Name {}", copy % 2);
            record.relations[0].confidence = 0.1 + 0.1 * copy as f64;
            records.push(record);
        }
    }
    let expected = Graph::from_records(&records);
    let mut random = Random(7);
    for _ in 0..5 {
        random.shuffle(&mut records);
        let (some, others) = records.split_at(random.below(records.len()));
        let mut graph = Graph::new();
        some.iter().for_each(|record| graph.add(record));
        graph.merge(&Graph::from_records(others));
        for format in FORMATS {
            assert_eq!(written(&graph, format), written(&expected, format), "{}", format.name);
        }
    }
}

#[test]
fn removing_undoes_adding() {
    let records = records();
    let one = Graph::from_records(&records[..1]);
    let mut graph = one.clone();
    graph.add(&records[1]);
    assert!(graph != one);
    // Also after a rest in a file.
    let mut graph = read("graph.ron", &written(&graph, format("ron").unwrap())).unwrap();
    assert_eq!(graph.remove("sco-summit"), 1);
    assert!(graph == one);
    graph.add(&records[0]);
    assert!(graph == one);
    assert_eq!(graph.remove("samarkand"), 1);
    assert!(graph == Graph::new());
}

#[test]
fn no_text_breaks_a_format() {
    for hostile in [
        "\"; } digraph x { \"",
        "a\\",
        "a\nb\r\n\tc",
        "</TD><B>&amp;\" ' <!-- ]]>",
        "\\N \\E \\G %s {}",
        "מדינת ישראל \u{202e}txet\u{2066}",
        "👩‍👩‍👧 e\u{301}\u{0}\u{7}\u{1b}[31m\u{fffe}",
        "Some(\"x\") r#\"raw\"# #![enable(x)] 'a' (",
        "",
        " ",
        "x\u{feff}",
        &"very long ".repeat(2000),
    ] {
        let mut records = records();
        for record in &mut records {
            record.id = format!("{hostile}{}", record.id);
            record.title = Some(hostile.to_string());
            record.url = Some(hostile.to_string());
            record.entities[0].name = hostile.to_string();
            record.entities[1].aliases.push(hostile.to_string());
            record.entities[1].refs.insert(hostile.to_string(), hostile.to_string());
            record.entities[2].refs = [("wikidata".to_string(), hostile.to_string())].into();
            record.relations[0].relation_type = hostile.to_string();
            record.relations[1].why = hostile.to_string();
            record.relations[1].qualifiers.push(
                serde_json::from_value(serde_json::json!({ "role": hostile, "text": hostile, "value": 1.5 })).unwrap(),
            );
            record.text = record.text.replace("met", hostile);
        }
        let graph = Graph::from_records(&records);
        for format in readable() {
            let text = written(&graph, format);
            let back = read(format.name, &text).unwrap_or_else(|error| panic!("{hostile:?}: {error}"));
            assert!(back == graph, "{hostile:?} in {}", format.name);
        }
        check_dot(&written(&graph, format("dot").unwrap()));
    }
}

#[test]
fn a_cut_or_damaged_file_is_an_error_with_a_place() {
    let graph = Graph::from_records(&records());
    let mut random = Random(11);
    for format in readable() {
        let text = written(&graph, format);
        let end = text.trim_end().len();
        for cut in (0..end).step_by(97).filter(|&cut| text.is_char_boundary(cut)) {
            let error = read("graph", &text[..cut]).unwrap_err().to_string();
            assert!(error.starts_with("graph:") && error.contains("\n  "), "{error}");
        }
        for _ in 0..300 {
            let mut bytes = text.clone().into_bytes();
            for _ in 0..1 + random.below(4) {
                let at = random.below(bytes.len());
                bytes[at] = b" \"{}[](),:0x9\\"[random.below(14)];
            }
            // An error or another graph, but an answer.
            let _ = read("graph", &String::from_utf8_lossy(&bytes));
        }
    }
}

#[test]
fn a_wrong_file_says_what_is_wrong_and_where() {
    let graph = Graph::from_records(&records());
    let [ron, json] = readable().map(|format| written(&graph, format));
    for (text, from, to, place, problem) in [
        (&json, "\"version\":1", "\"version\":2", "1:1", "version 2"),
        (&ron, "version: 1", "version: 2", "1:1", "version 2"),
        (&json, "\"version\":1", "\"version\":1,\"more\":1", "2:", "unknown field `more`"),
        (&json, "geopol-graph", "other", "2:", "no graph of geopol but `other`"),
        (&json, "\"directed\": true", "\"directed\": false", "1:2", "directed"),
        (&json, "\"source\":\"person:evan feigenbaum\"", "\"source\":\"person:nobody\"", "", "which is no node"),
        (
            &json,
            "\"article\":\"samarkand\"",
            "\"article\":\"elsewhere\"",
            "",
            "no article of the file is called `elsewhere`",
        ),
        (&json, "\"confidence\":0.85", "\"confidence\":8.5", "", "expected 0 to 1"),
        (&json, "\"name\":\"China\"", "\"name\":\"Chna\"", "", "is not what its `appearances` say"),
        (&json, "\"id\":\"wikidata:Q15031\"", "\"id\":\"wikidata:Q148\"", "", "listed twice"),
        (&ron, "kind:country", "kind:contry", "", "contry"),
        (&ron, "confidence:0.85", "confidence:\"high\"", "", "Expected"),
    ] {
        assert!(text.contains(from), "{from}");
        let error = read("graph", &text.replacen(from, to, 1)).map(|_| "read").unwrap_err().to_string();
        assert!(error.starts_with(&format!("graph:{place}")) && error.contains(problem), "{to}: {error}");
    }
}

#[test]
fn the_picture_is_as_it_was() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/samarkand.dot");
    let dot = written(&Graph::from_records(&records()), format("dot").unwrap());
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, &dot).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap(), dot, "look at it, then UPDATE=1 cargo test");
}

#[test]
fn the_extension_says_the_format() {
    assert_eq!(format_of("a/b.GV".as_ref()).unwrap().name, "dot");
    for error in [format("pdf").map(|_| ()), format_of("graph".as_ref()).map(|_| ())] {
        let error = error.unwrap_err().to_string();
        assert!(FORMATS.iter().all(|format| error.contains(format.name)), "{error}");
    }
}

/// Strings and HTML labels of DOT close where they should: outside of them stand only letters, digits and `={}[],;->#`.
fn check_dot(dot: &str) {
    let mut letters = dot.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => loop {
                match letters.next().expect("a string ends") {
                    '"' => break,
                    '\\' => _ = letters.next(),
                    other => assert!(!other.is_control(), "{other:?} in a string"),
                }
            },
            '<' => {
                let mut depth = 1;
                while depth > 0 {
                    match letters.next().expect("a label ends") {
                        '<' => depth += 1,
                        '>' => depth -= 1,
                        other => assert!(!other.is_control(), "{other:?} in a label"),
                    }
                }
            }
            _ => assert!(letter.is_ascii_alphanumeric() || " \n={}[],;->#._".contains(letter), "{letter:?} outside"),
        }
    }
}

/// The same numbers in every run (Knuth's linear congruence).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) as usize % limit
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}
