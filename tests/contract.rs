//! The contract of `geopol extract` (docs/CONTRACT.md): field names, and offsets that point where they say.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use geopol::read::{self, Item};
use geopol::{Article, Record, Resources, extract};
use serde_json::Value;

static RESOURCES: LazyLock<Resources> = LazyLock::new(Resources::embedded);

/// The example articles, read as the program reads them.
fn articles() -> Vec<Article> {
    let options = read::Options { date: Some("2024-06-26".parse().unwrap()), ..read::Options::default() };
    let items = read::read(&["examples/articles".into()], options).unwrap();
    let articles = items.filter_map(|item| match item.unwrap() {
        Item::Article(article) => Some(article),
        _ => None,
    });
    articles.collect()
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

/// The objects of all records at a path of field names; lists on the way are walked through.
fn all<'v>(value: &'v Value, path: &[&str]) -> Vec<&'v Value> {
    match (value, path) {
        (Value::Array(values), _) => values.iter().flat_map(|value| all(value, path)).collect(),
        (Value::Null, _) => Vec::new(),
        (_, []) => vec![value],
        (_, [field, rest @ ..]) => value.get(field).map(|value| all(value, rest)).unwrap_or_default(),
    }
}

#[test]
fn fields_are_named_as_the_contract_names_them() {
    let records: Vec<Value> =
        articles().iter().map(|article| serde_json::to_value(extract(article, &RESOURCES)).unwrap()).collect();
    let records = Value::Array(records);
    let check = |path: &[&str], expected: &[&str]| {
        let found = all(&records, path);
        assert!(!found.is_empty(), "the examples show no {}", path.join("."));
        for value in found {
            for field in expected {
                assert!(value.get(field).is_some(), "{} has no `{field}`, only {:?}", path.join("."), keys(value));
            }
        }
    };
    let document =
        ["id", "text", "title", "date", "source", "url", "sentences", "entities", "mentions", "propositions"];
    check(&[], &document);
    check(&[], &["relations", "coverage"]);
    check(&["sentences"], &["start", "end"]);
    check(&["entities"], &["id", "name", "kind", "refs", "aliases", "country", "lat", "lon"]);
    check(&["mentions"], &["entity", "start", "end", "form", "metonym"]);
    check(&["propositions"], &["sentence", "confidence", "predicate", "subject", "arguments", "polarity", "modality"]);
    check(&["propositions", "predicate"], &["text", "start", "end"]);
    check(&["propositions", "arguments"], &["role", "text", "start", "end"]);
    let relation = ["id", "sentence", "confidence", "type", "subject", "object", "predicate", "event", "event_id"];
    check(&["relations"], &relation);
    check(
        &["relations"],
        &["polarity", "modality", "attribution", "valid", "historical", "derived", "why", "qualifiers"],
    );
    check(&["relations", "event"], &["plover", "mode", "cameo", "quad", "score", "contexts"]);
    check(&["relations", "attribution"], &["entity", "text", "chain"]);
    check(&["relations", "valid"], &["from", "to"]);
    check(&["relations", "qualifiers"], &["role"]);
    check(&["relations", "evidence"], &["start", "end"]);
    let coverage = ["sentences", "sentences_without_relation", "unlinked_names", "unresolved_times"];
    check(&["coverage"], &coverage);
}

#[test]
fn a_record_comes_back_from_its_json() {
    for article in articles() {
        let record = extract(&article, &RESOURCES);
        let json = serde_json::to_string(&record).unwrap();
        assert_eq!(serde_json::from_str::<Record>(&json).unwrap(), record);
    }
}

#[test]
fn the_text_is_the_file() {
    for article in articles() {
        let file = Path::new("examples/articles").join(format!("{}.txt", article.id));
        assert_eq!(extract(&article, &RESOURCES).text, fs::read_to_string(file).unwrap());
    }
}

#[test]
fn ids_point_at_what_is_there() {
    for article in articles() {
        let record = extract(&article, &RESOURCES);
        let entities = record.entities.len() as u32;
        assert!(record.entities.iter().enumerate().all(|(index, entity)| entity.id == index as u32));
        assert!(record.mentions.iter().all(|mention| mention.entity < entities));
        for (index, relation) in record.relations.iter().enumerate() {
            assert_eq!(relation.id, index as u32);
            assert!(relation.subject < entities && relation.object.entity().is_none_or(|object| object < entities));
            assert!(
                relation.qualifiers.iter().filter_map(|qualifier| qualifier.entity).all(|entity| entity < entities)
            );
            assert!((relation.sentence as usize) < record.sentences.len());
            assert!((0.0..=1.0).contains(&relation.confidence));
        }
    }
}
