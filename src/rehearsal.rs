//! Rehearsal: an ontology's example sentences, read with the whole pipeline.
//!
//! `("Chad borders Sudan.", [("Chad", "Sudan")])` of the type `borders` passes when reading the sentence gives
//! `borders(Chad, Sudan)` and no other `borders`; an empty list says that the sentence must give none.

use crate::article::Article;
use crate::knowledge::ontology::RelationType;
use crate::pipeline::{self, Resources};
use crate::record::{Object, Record, Relation};

/// An example that does not give what it should.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Miss {
    pub sentence: String,
    /// Expected pairs that were not found.
    pub missing: Vec<(String, String)>,
    /// Pairs that were found and not expected.
    pub unexpected: Vec<(String, String)>,
}

/// The examples of a type that fail.
pub fn misses(relation_type: &RelationType, resources: &Resources) -> Vec<Miss> {
    let examples = relation_type.examples.iter().map(|(sentence, pairs)| {
        let record = pipeline::extract(&Article::new("example", sentence.as_str()), resources);
        compare(&record, relation_type, sentence, pairs)
    });
    examples.filter(|miss| !miss.missing.is_empty() || !miss.unexpected.is_empty()).collect()
}

fn compare(record: &Record, relation_type: &RelationType, sentence: &str, expected: &[(String, String)]) -> Miss {
    let found: Vec<&Relation> =
        record.relations.iter().filter(|relation| relation.relation_type == relation_type.name).collect();
    let says = |relation: &Relation, (subject, object): &(String, String)| {
        let forward = is_called(record, &Object::Entity(relation.subject), subject)
            && is_called(record, &relation.object, object);
        let backward = relation_type.symmetric
            && is_called(record, &Object::Entity(relation.subject), object)
            && is_called(record, &relation.object, subject);
        forward || backward
    };
    let missing = expected.iter().filter(|pair| !found.iter().any(|relation| says(relation, pair))).cloned();
    let unexpected = found.iter().filter(|relation| !expected.iter().any(|pair| says(relation, pair)));
    Miss {
        sentence: sentence.to_string(),
        missing: missing.collect(),
        unexpected: unexpected
            .map(|relation| (name(record, &Object::Entity(relation.subject)), name(record, &relation.object)))
            .collect(),
    }
}

/// True where the sentence, or the reference base, calls the thing so.
fn is_called(record: &Record, thing: &Object, name: &str) -> bool {
    match thing {
        Object::Value(quantity) => quantity.text == name,
        Object::Entity(id) => {
            let mut mentions = record.mentions.iter().filter(|mention| mention.entity == *id);
            record.entities[*id as usize].name == name
                || mentions.any(|mention| &record.text[mention.start as usize..mention.end as usize] == name)
        }
    }
}

fn name(record: &Record, thing: &Object) -> String {
    match thing {
        Object::Value(quantity) => quantity.text.clone(),
        Object::Entity(id) => record.entities[*id as usize].name.clone(),
    }
}

impl std::fmt::Display for Miss {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "\"{}\"", self.sentence)?;
        for (subject, object) in &self.missing {
            write!(formatter, "\n    missing    ({subject}, {object})")?;
        }
        for (subject, object) in &self.unexpected {
            write!(formatter, "\n    unexpected ({subject}, {object})")?;
        }
        Ok(())
    }
}
