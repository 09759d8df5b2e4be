//! What holds for any set of articles: the order of adding never shows, removing undoes adding, whatever decisions and
//! policy are applied; and no question depends on history either.

use geopol::graph::{
    self, Budget, Decisions, Filter, Graph, Measure, Policy, Table, View, Wanted, bridges, claims, communities, cycles,
    rank, timeline,
};
use geopol::{Record, Resources, export};
use serde_json::json;

/// Numbers that are the same on every machine (xorshift).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }
}

/// Names that fold alike, and some with what formats have to escape.
const NAMES: [&str; 12] =
    ["Xi", "XI", "The Xi", "Putin", "\"Q\"\n<b>", "😀", "القاهرة", "Chad", "Côte", "Cote", "N. & Co", "a;b,c"];
const KINDS: [&str; 3] = ["person", "country", "city"];
const TYPES: [&str; 3] = ["meets", "accuses", "located_in"];

/// An article's record with odd contents; several may share an id.
fn record(seed: u64) -> Record {
    record_in(seed, &["RUS", "CHN", "UKR"])
}

/// Where all is in one country, no name stands for two things.
fn record_in(seed: u64, countries: &[&str]) -> Record {
    let mut numbers = Numbers(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let count = 2 + numbers.below(6);
    let entities: Vec<_> = (0..count)
        .map(|id| {
            let refs = match numbers.below(3) {
                0 => json!({ "wikidata": format!("Q{}", numbers.below(4)) }),
                _ => json!({}),
            };
            let place = (numbers.below(2) == 0).then(|| numbers.below(90) as f64);
            json!({
                "id": id, "name": NAMES[numbers.below(NAMES.len())], "kind": KINDS[numbers.below(3)], "refs": refs,
                "aliases": [NAMES[numbers.below(NAMES.len())]], "lat": place, "lon": place,
                "country": (numbers.below(3) > 0).then(|| countries[numbers.below(countries.len())]),
            })
        })
        .collect();
    let relations: Vec<_> = (0..numbers.below(8))
        .map(|id| {
            let kind = numbers.below(3);
            let object = match numbers.below(5) {
                0 => json!({ "value": numbers.below(9) as f64 / 3.0, "unit": "1", "text": "some" }),
                _ => json!(numbers.below(count)),
            };
            let said = (numbers.below(3) == 0).then(|| json!({ "entity": numbers.below(count), "text": "he" }));
            json!({
                "id": id, "sentence": 0, "confidence": numbers.below(100) as f64 / 99.0, "type": TYPES[kind],
                "subject": numbers.below(count), "object": object, "predicate": "p", "symmetric": kind == 0,
                "event": (kind < 2).then(|| json!({ "plover": null, "mode": null, "cameo": null, "quad": null, "score": 1.5 })),
                "event_id": numbers.below(2), "polarity": (["affirmed", "negated"][usize::from(numbers.below(4) == 0)]),
                "modality": (["asserted", "planned"][usize::from(numbers.below(4) == 0)]), "attribution": said,
                "valid": { "from": null, "to": null }, "historical": false, "derived": numbers.below(4) == 0, "why": "w",
                "qualifiers": [{ "role": "place", "entity": numbers.below(count) },
                               { "role": "time", "value": format!("2022-09-{:02}", 1 + numbers.below(28)) }],
                "evidence": { "start": 0, "end": 4 },
            })
        })
        .collect();
    let text = format!("text of {seed}");
    let record = json!({
        "id": format!("a{}", seed % 7), "text": text, "title": null, "date": "2022-09-20", "source": "AFP", "url": null,
        "sentences": [], "entities": entities, "mentions": [], "propositions": [], "relations": relations,
        "coverage": { "sentences": 1, "sentences_without_relation": 0, "unlinked_names": [], "unresolved_times": [] },
    });
    serde_json::from_value(record).unwrap()
}

fn shuffled<T>(items: &mut [T], numbers: &mut Numbers) {
    for last in (1..items.len()).rev() {
        items.swap(last, numbers.below(last + 1));
    }
}

fn decisions() -> Decisions {
    let text = r#"[
        Merge(keep: "wikidata:Q1", other: "person:xi", reason: "one man"),
        Merge(keep: "person:putin", other: "wikidata:Q2", reason: ""),
        Split(node: "wikidata:Q1", articles: ["a1", "a2"], reason: ""),
        Split(node: "country:chad", articles: ["a3"], reason: ""),
        Merge(keep: "wikidata:Q3", other: "country:chad/a3", reason: ""),
    ]"#;
    Decisions::parse("decisions.ron", text).unwrap()
}

fn policy() -> Policy {
    let text = r#"[
        (name: "Q3", places: ["wikidata:Q3", "city:xi"], code: "UKR", country: "RUS", kind: region),
        (name: "Chad", places: ["country:chad"], country: "CHN"),
    ]"#;
    Policy::parse("policy.ron", text).unwrap()
}

/// As it is, decided, and ruled.
fn forms(graph: &Graph) -> [Graph; 3] {
    let decided = graph.clone().decided(&decisions());
    [graph.clone(), decided.clone(), decided.ruled(&policy())]
}

/// The graph in every format, byte for byte.
fn bytes(graph: &Graph) -> Vec<Vec<u8>> {
    let view = View::new(graph, &Filter::default());
    export::FORMATS.iter().map(|format| format.to_bytes(&view)).collect()
}

#[test]
fn the_order_of_adding_never_shows() {
    for seed in 1..40u64 {
        let mut numbers = Numbers(seed);
        let mut records: Vec<Record> = (0..9).map(|article| record(seed * 100 + article)).collect();
        let first = Graph::from_records(&records);
        shuffled(&mut records, &mut numbers);
        let mut other = Graph::new();
        records.iter().for_each(|record| other.add(record));
        let (half, rest) = records.split_at(4);
        let mut merged = Graph::from_records(rest);
        merged.merge(&Graph::from_records(half));
        for other in [other, merged] {
            for (one, other) in forms(&first).iter().zip(&forms(&other)) {
                assert!(bytes(one) == bytes(other), "seed {seed}");
                assert_eq!(answers(one), answers(other), "seed {seed}");
            }
        }
    }
}

#[test]
fn removing_undoes_adding() {
    for seed in 1..40u64 {
        let several: Vec<Record> = (0..9).map(|article| record(seed * 100 + article)).collect();
        let (one, other) = without_one(&several, seed);
        assert_same(&one, &other, seed);
        // Decisions stand as they were made, even where the names that they speak of mean less than before.
        let alike: Vec<Record> = (0..9).map(|article| record_in(seed * 100 + article, &["RUS"])).collect();
        let gone = alike[seed as usize % 9].id.clone();
        let (_, fewer) = without_one(&alike, seed);
        for (mut one, other) in forms(&Graph::from_records(&alike)).into_iter().zip(forms(&fewer)) {
            assert!(one.remove(&gone) > 0);
            assert_same(&one, &other, seed);
        }
    }
}

/// An article taken out of the graph, and the graph built without it.
fn without_one(records: &[Record], seed: u64) -> (Graph, Graph) {
    let gone = records[seed as usize % records.len()].id.clone();
    let mut graph = Graph::from_records(records);
    assert!(graph.remove(&gone) > 0);
    (graph, Graph::from_records(records.iter().filter(|record| record.id != gone)))
}

fn assert_same(one: &Graph, other: &Graph, seed: u64) {
    assert!(bytes(one) == bytes(other), "seed {seed}");
    assert_eq!(answers(one), answers(other), "seed {seed}");
}

#[test]
fn decisions_and_policies_applied_twice_are_applied_once() {
    for seed in 1..20u64 {
        let records: Vec<Record> = (0..9).map(|article| record(seed * 100 + article)).collect();
        let ruled = Graph::from_records(&records).decided(&decisions()).ruled(&policy());
        assert!(ruled.clone().ruled(&policy()) == ruled, "seed {seed}");
    }
}

#[test]
fn a_saved_graph_answers_as_the_built_one() {
    for seed in 1..20u64 {
        let records: Vec<Record> = (0..9).map(|article| record(seed * 100 + article)).collect();
        let graph = Graph::from_records(&records).decided(&decisions());
        let saved = export::format("json").unwrap().to_bytes(&View::new(&graph, &Filter::default()));
        let read = graph::read("graph.json", std::str::from_utf8(&saved).unwrap()).unwrap();
        assert_eq!(answers(&read), answers(&graph), "seed {seed}");
    }
}

/// Answers that could betray an order: everything that ranks, cuts or groups.
fn answers(graph: &Graph) -> Vec<String> {
    let all = Filter::default();
    let mut tables = vec![
        claims(graph, &all, Wanted::default(), 3),
        timeline(graph, &all, &[], 5),
        communities(graph, &all, 3),
        bridges(graph, &all, 2),
        cycles(graph, &all, 4, 2),
    ];
    tables.extend(Measure::ALL.map(|measure| rank(graph, &all, measure, 5)));
    let find = |name: &str| graph::find(graph, name, |_| Ok(Vec::new()));
    for text in ["(?a)-[]->(?b)-[]->(?c)", "(?a:person|city)-[]-(?b)"] {
        let pattern = graph::parse_pattern(text).unwrap();
        for budget in [Budget { rows: 4, ..Budget::default() }, Budget { rows: 100, edges: 9 }] {
            tables.push(graph::query(graph, &all, &pattern, find, budget).unwrap());
        }
    }
    let view = |table: &Table| export::format("ron").unwrap().to_bytes(&table.view(graph)).len();
    tables.iter().map(|table| format!("{}\n{} bytes", table.csv(), view(table))).collect()
}

/// The policy that comes with geopol says what its reference base says, place by place.
#[test]
fn the_policy_in_data_is_what_the_base_says() {
    let policy = Policy::parse("data/policy.ron", &std::fs::read_to_string("data/policy.ron").unwrap()).unwrap();
    let resources = Resources::embedded();
    let base = &resources.knowledge.base;
    let mut names: Vec<&str> = policy.0.iter().map(|ruling| ruling.name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["Crimea", "Kosovo", "Palestine", "Taiwan", "Western Sahara"]);
    for ruling in &policy.0 {
        let found = base.lookup(&ruling.name);
        let refs = found.iter().flat_map(|found| base.entry(found.entry).refs());
        let refs: Vec<String> = refs.map(|(scheme, id)| format!("{scheme}:{id}")).collect();
        assert!(refs.contains(&ruling.places[0]), "{}: {refs:?}", ruling.name);
    }
    let text = "Putin visited Simferopol in Crimea. Taiwan and Kosovo signed. Ramallah is in Palestine. Morocco claims Western Sahara.";
    let record = geopol::extract(&geopol::Article::new("a", text), &resources);
    let graph = Graph::from_records([&record]);
    assert!(graph.clone().ruled(&policy) == graph);
}
