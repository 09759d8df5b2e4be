//! Sentences and what is grounded from them: one file of `tests/cases/relations` a phenomenon; and the events that they
//! tell, in `tests/cases/coding.ron`.
//!
//! A relation is written `meets(Putin, Xi)`, with its marks behind: `[negated, planned, by: Peskov, event 1]`; a line that
//! starts with `not ` names what must not be there. Other relations of the sentence are free.

use std::fs;

use geopol::article::Article;
use geopol::pipeline::{self, Resources};
use geopol::record::{Modality, Object, Polarity, Record, Relation};

#[test]
fn sentences_give_their_relations() {
    let resources = Resources::embedded();
    let mut wrong = Vec::new();
    let mut files: Vec<_> = fs::read_dir("tests/cases/relations").unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    for file in files {
        let cases: Vec<(String, Vec<String>)> = ron::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        for (sentence, expected) in cases {
            let record = pipeline::extract(&Article::new("case", sentence.as_str()), &resources);
            let found: Vec<String> = record.relations.iter().map(|relation| line(&record, relation)).collect();
            let is_met = |line: &String| match line.strip_prefix("not ") {
                Some(line) => !found.iter().any(|found| found.starts_with(line)),
                None => found.contains(line),
            };
            for line in expected.iter().filter(|line| !is_met(line)) {
                wrong.push(format!("{}\n  expected {line}\n  came     {}", sentence, found.join("\n           ")));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn sentences_tell_their_events() {
    let resources = Resources::embedded();
    let cases: Vec<(String, Vec<String>)> =
        ron::from_str(&fs::read_to_string("tests/cases/coding.ron").unwrap()).unwrap();
    let mut wrong = Vec::new();
    for (sentence, mut expected) in cases {
        let record = pipeline::extract(&Article::new("case", sentence.as_str()), &resources);
        let mut told: Vec<String> = record.relations.iter().filter_map(|relation| event(&record, relation)).collect();
        told.sort();
        expected.sort();
        if told != expected {
            wrong.push(format!("{sentence}\n  expected {}\n  came     {}", expected.join("; "), told.join("; ")));
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

/// `REQUEST 020: Norway > Chad`
fn event(record: &Record, relation: &Relation) -> Option<String> {
    let event = relation.event.as_ref()?;
    let [source, target] = [relation.subject, relation.object.entity()?].map(|id| name(record, id));
    let plover = event.plover.as_deref().unwrap_or("-");
    Some(format!("{plover} {}: {source} > {target}", event.cameo.as_ref()?))
}

fn line(record: &Record, relation: &Relation) -> String {
    let object = match &relation.object {
        Object::Entity(id) => name(record, *id),
        Object::Value(quantity) => quantity.text.clone(),
    };
    let mut marks = Vec::new();
    if relation.polarity == Polarity::Negated {
        marks.push("negated".to_string());
    }
    if relation.modality != Modality::Asserted {
        marks.push(format!("{:?}", relation.modality).to_lowercase());
    }
    marks.extend(relation.attribution.iter().map(|speaker| format!("by: {}", speaker.text)));
    if relation.historical {
        marks.push("historical".to_string());
    }
    for qualifier in &relation.qualifiers {
        let entity = qualifier.entity.map(|id| name(record, id));
        marks.push(format!("{}: {}", qualifier.role, entity.or(qualifier.text.clone()).unwrap_or_default()));
    }
    let marks = if marks.is_empty() { String::new() } else { format!(" [{}]", marks.join(", ")) };
    format!("{}({}, {object}){marks}", relation.relation_type, name(record, relation.subject))
}

fn name(record: &Record, id: u32) -> String {
    record.entities[id as usize].name.clone()
}
