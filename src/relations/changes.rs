//! Changes: events that begin or end a state of affairs, and the states that follow from them.
//!
//! "Finland joined NATO in April 2023" makes Finland a member from 2023-04 on. A state that the article tells itself gets
//! the date; one that it leaves unsaid is added as derived, with the event as its premise. Of an event without a date
//! nothing follows that the event does not say.

use crate::knowledge::ontology::{Ontology, RelationType};
use crate::record::{Modality, Polarity, QualifierValue, Relation, Validity};

/// How surely a state that is not said follows from the event.
const DERIVED: f64 = 0.9;

/// Adds the states that the events of an article begin or end; `relations` have their numbers.
pub(crate) fn follow(relations: &mut Vec<Relation>, ontology: &Ontology) {
    let happened = |relation: &Relation| {
        relation.event.is_some()
            && relation.polarity == Polarity::Affirmed
            && relation.modality == Modality::Asserted
            && relation.object.entity().is_some()
    };
    let changes = relations.iter().enumerate().filter(|(_, relation)| happened(relation));
    let changes: Vec<_> = changes
        .flat_map(|(change, relation)| {
            states(relation, ontology).into_iter().map(move |(state, validity)| (change, state, validity))
        })
        .collect();
    for (change, state, validity) in changes {
        let (subject, object) = (relations[change].subject, relations[change].object.clone());
        let told = relations.iter_mut().find(|told| {
            told.relation_type == state.name
                && told.subject == subject
                && told.object == object
                && told.polarity == Polarity::Affirmed
        });
        match told {
            Some(told) => {
                told.valid.from = told.valid.from.take().or(validity.from);
                told.valid.to = told.valid.to.take().or(validity.to);
            }
            None => relations.push(derived(&relations[change], state, validity, relations.len() as u32)),
        }
    }
}

/// The states that a change begins or ends, with the day.
fn states<'o>(change: &Relation, ontology: &'o Ontology) -> Vec<(&'o RelationType, Validity)> {
    let time = change.qualifiers.iter().find(|qualifier| qualifier.role == "time");
    let Some(QualifierValue::Text(day)) = time.and_then(|time| time.value.clone()) else { return Vec::new() };
    let is_named = |names: &[String]| names.contains(&change.relation_type);
    let begun = ontology.types.iter().filter(|state| is_named(&state.begun_by));
    let ended = ontology.types.iter().filter(|state| is_named(&state.ended_by));
    begun
        .map(|state| (state, Validity { from: Some(day.clone()), to: None }))
        .chain(ended.map(|state| (state, Validity { from: None, to: Some(day.clone()) })))
        .collect()
}

fn derived(change: &Relation, state: &RelationType, valid: Validity, id: u32) -> Relation {
    Relation {
        id,
        confidence: (change.confidence * DERIVED * 100.0).round() / 100.0,
        relation_type: state.name.clone(),
        symmetric: state.symmetric,
        event: None,
        event_id: None,
        // What an event ended is over.
        historical: change.historical || valid.to.is_some(),
        valid,
        derived: true,
        premises: vec![change.id],
        why: format!("{}/follows/{}", state.name, change.relation_type),
        qualifiers: Vec::new(),
        ..change.clone()
    }
}
