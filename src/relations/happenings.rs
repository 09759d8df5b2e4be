//! Happenings: relations that tell of one event share its number.
//!
//! "Putin met Xi and Modi on Thursday." gives two pairs and one meeting; "The meeting between Putin and Xi …", three
//! sentences on, is the same one unless its time or place says otherwise.

use std::collections::BTreeSet;

use crate::record::{Polarity, Qualifier, Relation};

/// Numbers the events of an article in reading order.
pub(crate) fn number(relations: &mut [Relation]) {
    let mut happenings: Vec<Happening> = Vec::new();
    for relation in relations.iter_mut().filter(|relation| relation.event.is_some()) {
        let told = Happening::of(relation);
        let known = happenings.iter().position(|happening| happening.may_be(&told));
        let id = known.unwrap_or(happenings.len());
        match known {
            Some(index) => happenings[index].learn(told),
            None => happenings.push(told),
        }
        relation.event_id = Some(id as u32);
    }
}

/// What is known of one event.
struct Happening {
    relation_type: String,
    is_affirmed: bool,
    sentence: u32,
    predicate: String,
    participants: BTreeSet<u32>,
    circumstances: Vec<Qualifier>,
}

impl Happening {
    fn of(relation: &Relation) -> Happening {
        let object = relation.object.entity();
        let bears = |qualifier: &&Qualifier| matches!(qualifier.role.as_str(), "time" | "place");
        Happening {
            relation_type: relation.relation_type.clone(),
            is_affirmed: relation.polarity == Polarity::Affirmed,
            sentence: relation.sentence,
            predicate: relation.predicate.clone(),
            participants: object.into_iter().chain([relation.subject]).collect(),
            circumstances: relation.qualifiers.iter().filter(bears).cloned().collect(),
        }
    }

    /// One clause tells one event; another sentence tells the same one if those in it are the same.
    fn may_be(&self, told: &Happening) -> bool {
        let same_clause = self.sentence == told.sentence && self.predicate == told.predicate;
        let same_people = self.participants.is_superset(&told.participants);
        self.relation_type == told.relation_type
            && self.is_affirmed == told.is_affirmed
            && (same_clause || same_people)
            && !self.circumstances.iter().any(|one| told.circumstances.iter().any(|other| conflict(one, other)))
    }

    fn learn(&mut self, told: Happening) {
        self.participants.extend(told.participants);
        self.circumstances.extend(told.circumstances);
    }
}

/// Two times or two places that cannot both hold.
fn conflict(one: &Qualifier, other: &Qualifier) -> bool {
    let resolved = |qualifier: &Qualifier| qualifier.entity.is_some() || qualifier.value.is_some();
    one.role == other.role
        && resolved(one)
        && resolved(other)
        && (one.entity, &one.value) != (other.entity, &other.value)
}
