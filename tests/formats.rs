//! Formats: what is written is read back as the same graph, whatever was done to build it and whatever the articles said.

use geopol::export::{FORMATS, File, Format, files, format, saved};
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

/// All but pixels, which differ with the fonts of the machine, and what is no text.
fn texts() -> impl Iterator<Item = &'static Format> {
    FORMATS.iter().filter(|format| format.name != "png" && !format.name.starts_with("parquet"))
}

/// The formats that geopol reads from one file.
fn readable() -> [&'static Format; 3] {
    ["ron", "json", "graphml"].map(|name| format(name).unwrap())
}

/// The files that are the whole graph in a format, each named by its extension.
fn parts(graph: &Graph, format: &Format) -> Vec<(&'static str, String)> {
    let is_part = |row: &&Format| match format.parts {
        [] => row.name == format.name,
        parts => parts.contains(&row.extensions[0]),
    };
    FORMATS.iter().filter(is_part).map(|part| (part.extensions[0], written(graph, part))).collect()
}

fn read_one(format: &Format, text: &str) -> geopol::Result<Graph> {
    (format.read.unwrap())(&[File { name: "graph", text }])
}

fn read_back(format: &Format, parts: &[(&'static str, String)]) -> geopol::Result<Graph> {
    let mut files: Vec<File> = parts.iter().map(|(name, text)| File { name, text }).collect();
    files.sort_by_key(|file| format.parts.iter().position(|part| *part == file.name));
    (format.read.unwrap())(&files)
}

#[test]
fn what_is_written_is_read_back() {
    for graph in [Graph::from_records(&records()), Graph::new()] {
        for format in FORMATS.iter().filter(|format| format.read.is_some()) {
            let written = parts(&graph, format);
            let back = read_back(format, &written).unwrap();
            assert!(back == graph, "{}", format.name);
            assert_eq!(parts(&back, format), written);
        }
    }
    let names: Vec<&str> = FORMATS.iter().filter(|format| format.read.is_some()).map(|format| format.name).collect();
    assert_eq!(names, ["csv-articles", "csv-edges", "csv-nodes", "graphml", "json", "ron"]);
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
        for format in texts() {
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

const HOSTILE: &[&str] = &[
    "\"; } digraph x { \"",
    "a\\",
    "a\nb\r\n\tc",
    "</TD><B>&amp;\" ' <!-- ]]>",
    "\\N \\E \\G %s {} \\u0041 &#0;",
    "מדינת ישראל \u{202e}txet\u{2066}",
    "👩‍👩‍👧 e\u{301}\u{0}\u{7}\u{1b}[31m\u{fffe}",
    "Some(\"x\") r#\"raw\"# #![enable(x)] 'a' (",
    "a,b;c\"\"",
    "') DETACH DELETE n; //`",
    "\"] --> x; <urn:a> . @prefix",
    "",
    " ",
    "\r",
    "x\u{feff}",
];

/// Graphs whose every text is hostile.
fn hostile_graphs() -> impl Iterator<Item = (String, Graph)> {
    let long = "very long ".repeat(2000);
    HOSTILE.iter().map(|text| text.to_string()).chain([long]).map(|hostile| {
        let mut records = records();
        for record in &mut records {
            record.id = format!("{hostile}{}", record.id);
            record.title = Some(hostile.to_string());
            record.url = Some(hostile.to_string());
            record.source = Some(hostile.to_string());
            record.entities[0].name = hostile.to_string();
            record.entities[1].aliases.push(hostile.to_string());
            record.entities[1].refs.insert(hostile.to_string(), hostile.to_string());
            record.entities[2].refs = [("wikidata".to_string(), hostile.to_string())].into();
            record.relations[0].relation_type = hostile.to_string();
            record.relations[1].why = hostile.to_string();
            record.relations[1].predicate = hostile.to_string();
            record.relations[1].qualifiers.push(
                serde_json::from_value(serde_json::json!({ "role": hostile, "text": hostile, "value": 1.5 })).unwrap(),
            );
            record.text = record.text.replace("met", &hostile);
        }
        let graph = Graph::from_records(&records);
        (hostile, graph)
    })
}

#[test]
fn no_text_breaks_a_format() {
    for (hostile, graph) in hostile_graphs() {
        for format in FORMATS.iter().filter(|format| format.read.is_some()) {
            let back = read_back(format, &parts(&graph, format));
            let back = back.unwrap_or_else(|error| panic!("{hostile:?} in {}: {error}", format.name));
            assert!(back == graph, "{hostile:?} in {}", format.name);
        }
        check_dot(&written(&graph, format("dot").unwrap()));
        check_lines(&graph);
        for name in ["json", "jsonld", "geojson"] {
            let text = written(&graph, format(name).unwrap());
            serde_json::from_str::<serde_json::Value>(&text).unwrap_or_else(|error| panic!("{hostile:?}: {error}"));
        }
        for name in ["graphml", "gexf", "svg"] {
            check_xml(&written(&graph, format(name).unwrap()));
        }
    }
}

#[test]
fn any_graph_is_read_back() {
    let mut random = Random(23);
    for _ in 0..60 {
        let mut records: Vec<Record> = (0..random.below(4)).map(|at| self::records()[at % 2].clone()).collect();
        for (number, record) in records.iter_mut().enumerate() {
            let mut text = || (0..random.below(4)).map(|_| HOSTILE[random.below(HOSTILE.len())]).collect::<String>();
            record.id = format!("{number}{}", text());
            record.text = text() + &record.text;
            record.title = Some(text());
            record.date = None;
            for entity in &mut record.entities {
                entity.name = text();
                entity.aliases = vec![text(), text()];
                entity.country = Some(text());
            }
            for relation in &mut record.relations {
                relation.relation_type = text();
                relation.why = text();
            }
            for relation in &mut record.relations {
                relation.confidence = random.below(1000) as f64 / 999.0;
                relation.derived = random.below(2) == 0;
                relation.event_id = (random.below(2) == 0).then_some(u32::MAX);
            }
            for entity in &mut record.entities {
                entity.lat = (random.below(2) == 0).then(|| random.below(1 << 30) as f64 / 7.0);
                entity.lon = entity.lat.map(|lat| -lat / 3.0);
            }
        }
        let graph = Graph::from_records(&records);
        for format in FORMATS.iter().filter(|format| format.read.is_some()) {
            let back = read_back(format, &parts(&graph, format));
            assert!(back.unwrap_or_else(|error| panic!("{}: {error}", format.name)) == graph, "{}", format.name);
        }
    }
}

/// What is one line in these formats stays one.
fn check_lines(graph: &Graph) {
    let view = View::new(graph, &Filter::default());
    let lines = |name: &str| written(graph, format(name).unwrap()).lines().count();
    assert_eq!(lines("cypher"), view.nodes().len() + view.edges().len());
    assert_eq!(lines("cameo"), 1 + view.edges().filter(|edge| edge.statement.event.is_some()).count());
    let tsv = written(graph, format("cameo").unwrap());
    assert!(tsv.lines().all(|line| line.matches('\t').count() == tsv.lines().next().unwrap().matches('\t').count()));
}

/// Only letters that XML allows, and every element closed.
fn check_xml(xml: &str) {
    assert!(!xml.chars().any(|c| matches!(c, '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')));
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut depth = 0;
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Start(element) => {
                assert!(element.attributes().all(|attribute| attribute.is_ok()));
                depth += 1;
            }
            quick_xml::events::Event::End(_) => depth -= 1,
            quick_xml::events::Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0);
}

#[test]
fn a_cut_or_damaged_file_is_an_error_with_a_place() {
    let graph = Graph::from_records(&records());
    let mut random = Random(11);
    for format in readable() {
        let text = written(&graph, format);
        let end = text.trim_end().len();
        for cut in (0..end).step_by(97).filter(|&cut| text.is_char_boundary(cut)) {
            let error = read_one(format, &text[..cut]).map(|_| cut).unwrap_err().to_string();
            assert!(error.starts_with("graph:") && error.contains("\n  "), "{error}");
        }
        for _ in 0..300 {
            let mut bytes = text.clone().into_bytes();
            for _ in 0..1 + random.below(4) {
                let at = random.below(bytes.len());
                bytes[at] = b" \"{}[](),:0x9\\"[random.below(14)];
            }
            // An error or another graph, but an answer.
            let _ = read_one(format, &String::from_utf8_lossy(&bytes));
        }
    }
}

#[test]
fn a_wrong_file_says_what_is_wrong_and_where() {
    let graph = Graph::from_records(&records());
    let [ron, json, _] = readable().map(|format| written(&graph, format));
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
fn damage_in_other_formats_has_a_place_as_well() {
    let graph = Graph::from_records(&records());
    let xml = written(&graph, format("graphml").unwrap());
    for (from, to, problem) in [
        ("<data key=\"g_version\">1", "<data key=\"g_version\">2", "version 2"),
        ("target=\"wikidata:Q15031\"", "target=\"nobody\"", "which is no node"),
        ("<data key=\"n_kind\">country", "<data key=\"n_kind\">contry", "contry"),
        ("<data key=\"n_mentions\">", "<data key=\"n_mentions\">many", "cannot be `mentions`"),
        ("</node>", "</edge>", "expected"),
        ("<data key=\"n_name\">", "<data key=\"n_other\">", "no key is called `n_other`"),
        ("<data key=\"n_name\">", "<data key=\"n_name\">&boom;", "&boom;"),
    ] {
        assert!(xml.contains(from), "{from}");
        let error = read_one(format("graphml").unwrap(), &xml.replacen(from, to, 1));
        let error = error.map(|_| "read").unwrap_err().to_string();
        assert!(error.starts_with("graph:") && error.contains(problem), "{to}: {error}");
    }
    let csv = format("csv-edges").unwrap();
    for (part, from, to, problem) in [
        (0, "label:ID", "name:ID", "articles.csv:1:1: the table has no column `label:ID(Article)`"),
        (2, ",country,", ",contry,", "nodes.csv:"),
        (1, "affirmed,asserted", "affirmed,asserted,", "the row has 35 cells, expected 34"),
    ] {
        let mut parts = parts(&graph, csv);
        assert!(parts[part].1.contains(from), "{from}");
        parts[part].1 = parts[part].1.replacen(from, to, 1);
        let error = read_back(csv, &parts).map(|_| "read").unwrap_err().to_string();
        assert!(error.contains(problem), "{to}: {error}");
    }
}

/// Tables that know neither the text of an article nor the parts of a sentence are read without them.
#[test]
fn tables_may_lack_what_is_optional() {
    let csv = format("csv-edges").unwrap();
    let mut parts = parts(&Graph::from_records(&records()), csv);
    for (part, from, to) in [(0, ",text\n", ",words\n"), (1, ",marks\n", ",parts\n")] {
        parts[part].1 = parts[part].1.replacen(from, to, 1);
    }
    let graph = read_back(csv, &parts).unwrap();
    assert!(graph.articles().all(|article| article.text.is_none()));
    assert!(View::new(&graph, &Filter::default()).edges().all(|edge| edge.statement.marks.is_empty()));
}

/// A sample of every format, to be looked at when it changes.
#[test]
fn formats_are_as_they_were() {
    let graph = Graph::from_records(&records()[..1]);
    // The page is mostly the libraries that draw it; tests/browser/check.py looks at it.
    for format in texts().filter(|format| format.name != "html") {
        let path = format!("{}/tests/data/samarkand.{}", env!("CARGO_MANIFEST_DIR"), format.extensions[0]);
        let text = written(&graph, format);
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&path, &text).unwrap();
        }
        let before = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(before == text, "{path} is another: look at it, then UPDATE=1 cargo test");
    }
}

#[test]
fn the_name_says_the_format() {
    let names = |path: &str| {
        let files = files(path.as_ref()).unwrap();
        let files = files.iter().map(|(path, format)| format!("{} {}", path.display(), format.name));
        files.collect::<Vec<_>>()
    };
    assert_eq!(names("a/b.GV"), ["a/b.GV dot"]);
    assert_eq!(names("a.b/c.nodes.CSV"), ["a.b/c.nodes.CSV csv-nodes"]);
    let tables = ["a/b.articles.csv csv-articles", "a/b.edges.csv csv-edges", "a/b.nodes.csv csv-nodes"];
    assert_eq!(names("a/b.csv"), tables);
    for path in ["a/b.csv", "a/b.nodes.csv"] {
        let (files, _) = saved(path.as_ref()).unwrap();
        let files: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
        assert_eq!(files, ["a/b.articles.csv", "a/b.nodes.csv", "a/b.edges.csv"]);
    }
    assert!(saved("a.txt".as_ref()).is_none() && saved("a.dot".as_ref()).is_none());
    for error in [format("pdf").map(|_| ()), files("graph".as_ref()).map(|_| ())] {
        let error = error.unwrap_err().to_string();
        assert!(
            FORMATS.iter().all(|format| error.contains(format.extensions[0]) || error.contains(format.name)),
            "{error}"
        );
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
