//! Ends: which entities a word stands for, when a relation type asks for certain kinds.
//!
//! `Kyiv` in "Kyiv said" is Ukraine, `troops` in "Russian troops" acts for Russia, `sides` in "both sides" is every member
//! of the group.

use super::slots;
use crate::document::Word;
use crate::entities::{Entities, EntityId};
use crate::knowledge::lexicon::Lexicon;
use crate::knowledge::ontology::{End, admits};
use crate::record::Kind;

/// An entity at an end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Party {
    pub entity: EntityId,
    /// 0 to 1: how surely the word means it.
    pub confidence: f64,
}

/// How surely a deed of "Russian troops" is Russia's.
const LIFTED: f64 = 0.8;

/// The entities that a word stands for and that may stand at this end.
pub(crate) fn parties(word: Word<'_>, ends: &[End], entities: &Entities, lexicon: &Lexicon) -> Vec<Party> {
    let own = own(word, ends, entities);
    if !own.is_empty() {
        return own;
    }
    let is_representative = lexicon.nouns.organs.contains(&word.lemma().to_lowercase())
        || lexicon.nouns.collectives.contains(&word.lemma().to_lowercase());
    let owners = slots::modifiers(word).into_iter().filter(|phrase| match phrase.preposition.as_deref() {
        None | Some("'s") => true,
        Some("of") => is_representative,
        _ => false,
    });
    let owners = owners.flat_map(|phrase| phrase.heads).flat_map(|owner| self::own(owner, ends, entities));
    owners.map(|party| Party { confidence: party.confidence * LIFTED, ..party }).collect()
}

/// The entities of the mention that this word heads or stands in.
fn own(word: Word<'_>, ends: &[End], entities: &Entities) -> Vec<Party> {
    let Some(linked) = entities.mention_at(word) else { return Vec::new() };
    let kind = entities.get(linked.entity).kind;
    if admits(ends, kind) || (linked.metonym && admits(ends, Kind::Country)) {
        vec![Party { entity: linked.entity, confidence: linked.confidence }]
    } else {
        Vec::new()
    }
}
