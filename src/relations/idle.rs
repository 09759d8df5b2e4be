//! Idle descriptions: things that an article describes in passing and tells nothing of.
//!
//! "Sow taught at several schools in Ohio" says in its last noun phrase where the schools are. They are spoken of once and do nothing,
//! and no other relation tells of them, so that a graph has no use for where they are. "Gunmen in Mali fled" tells of the gunmen what
//! they did; then where they are is worth knowing.

use std::collections::HashSet;

use itertools::Itertools as _;

use crate::document::{Deprel, Document, Word};
use crate::entities::{Entities, descriptions};
use crate::knowledge::lexicon::Lexicon;
use crate::record::{Form, Kind, Relation};

/// A relation, and whether a noun phrase alone says it.
pub(crate) struct Told {
    pub relation: Relation,
    pub is_phrase: bool,
}

/// The relations without those that the phrase of an idle description says of it.
pub(crate) fn without(
    told: Vec<Told>,
    document: &Document<'_>,
    entities: &Entities,
    lexicon: &Lexicon,
) -> Vec<Relation> {
    let active: HashSet<u32> =
        told.iter().filter(|one| !one.is_phrase).flat_map(|one| parties(&one.relation)).collect();
    let passing = passing(document, entities, lexicon);
    let is_idle = |entity: u32| passing.contains(&entity) && !active.contains(&entity);
    told.into_iter().filter(|one| !one.is_phrase || !is_idle(one.relation.subject)).map(|one| one.relation).collect()
}

/// What has no name, is spoken of once, and has no part in its clause. An event is something told by itself.
fn passing(document: &Document<'_>, entities: &Entities, lexicon: &Lexicon) -> HashSet<u32> {
    let times = entities.mentions.iter().counts_by(|linked| linked.entity);
    let once = entities.mentions.iter().filter(|linked| times[&linked.entity] == 1);
    let idle = once.filter(|linked| {
        let entity = entities.get(linked.entity);
        let is_known = linked.mention.form == Form::Name || !entity.refs.is_empty() || entity.kind == Kind::Event;
        !is_known && !takes_part(descriptions::carrier(document.word(linked.mention.head), lexicon))
    });
    idle.map(|linked| linked.entity.0).collect()
}

/// Subjects, objects, and those with or by whom something is done.
fn takes_part(noun: Word<'_>) -> bool {
    let noun = noun.first_conjunct();
    let is_party = |preposition: &str| matches!(preposition, "with" | "by" | "against" | "between" | "among");
    noun.deprel().is_subject()
        || matches!(noun.deprel(), Deprel::Obj | Deprel::Iobj | Deprel::OblAgent)
        || noun.preposition().is_some_and(|preposition| is_party(&preposition))
}

/// Whoever a relation tells of: its ends, its circumstances, and who says so.
fn parties(relation: &Relation) -> Vec<u32> {
    let circumstances = relation.qualifiers.iter().filter_map(|qualifier| qualifier.entity);
    let speaker = relation.attribution.iter().filter_map(|speaker| speaker.entity);
    let ends = std::iter::once(relation.subject).chain(relation.object.entity());
    ends.chain(circumstances).chain(speaker).collect()
}
