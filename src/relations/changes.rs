//! Changes: events that begin or end a state of affairs, and the states that follow from them.
//!
//! "Finland joined NATO in April 2023" makes Finland a member from 2023-04 on. A state that the article tells itself gets
//! the date; one that it leaves unsaid is added as derived, with the event as its premise. What "cut ties with Chile" tells of
//! their ties is over. Of an event without a date nothing follows that the event does not say.

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
    let changes: Vec<_> =
        changes.flat_map(|(at, change)| states(change, ontology).into_iter().map(move |state| (at, state))).collect();
    for (at, Change { state, is_end, day }) in changes {
        let change = &relations[at];
        let (sentence, subject, object) = (change.sentence, change.subject, change.object.clone());
        let is_pair = |told: &Relation| {
            (told.subject, &told.object) == (subject, &object)
                || told.symmetric && told.object.entity() == Some(subject) && object.entity() == Some(told.subject)
        };
        let told = relations
            .iter_mut()
            .find(|told| told.relation_type == state.name && is_pair(told) && told.polarity == Polarity::Affirmed);
        let valid =
            if is_end { Validity { from: None, to: day.clone() } } else { Validity { from: day.clone(), to: None } };
        match told {
            Some(told) => {
                told.historical |= is_end && (day.is_some() || told.sentence == sentence);
                told.valid.from = told.valid.from.take().or(valid.from);
                told.valid.to = told.valid.to.take().or(valid.to);
            }
            None if day.is_some() => relations.push(derived(&relations[at], state, valid, relations.len() as u32)),
            None => {}
        }
    }
}

/// A state that an event begins or ends, with the day where it is told.
struct Change<'o> {
    state: &'o RelationType,
    is_end: bool,
    day: Option<String>,
}

fn states<'o>(event: &Relation, ontology: &'o Ontology) -> Vec<Change<'o>> {
    let time = event.qualifiers.iter().find(|qualifier| qualifier.role == "time");
    let day = match time.and_then(|time| time.value.clone()) {
        Some(QualifierValue::Text(day)) => Some(day),
        _ => None,
    };
    let is_named = |names: &[String]| names.contains(&event.relation_type);
    let begun = ontology.types.iter().filter(|state| is_named(&state.begun_by)).map(|state| (state, false));
    let ended = ontology.types.iter().filter(|state| is_named(&state.ended_by)).map(|state| (state, true));
    begun.chain(ended).map(|(state, is_end)| Change { state, is_end, day: day.clone() }).collect()
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
