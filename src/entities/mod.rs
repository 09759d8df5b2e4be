//! The things talked about: a document's mentions, values, chains and entities.
//!
//! "Putin met Xi in Samarkand on Thursday." gives the mentions `Putin`, `Xi`, `Samarkand`, the value 2022-09-15 (with the
//! article's date), and three entities with their references.

pub mod coreference;
pub mod dates;
pub mod linking;
pub mod mentions;
pub mod quantities;
pub mod values;

use std::ops::Range;

use crate::document::{TokenId, Word};
use crate::knowledge::base::EntryId;
use crate::record::{Entity, Form, Kind};
use crate::span::Span;

/// A stretch of words that stands for something: a name, a description, a pronoun.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// Token range, without the determiner unless it belongs to the name.
    pub words: Range<usize>,
    /// The syntactic head of the stretch.
    pub head: TokenId,
    pub span: Span,
    pub form: Form,
    /// What the mention's own words say of its kind.
    pub kind: Option<Kind>,
    /// What the reference base knows under this name, likeliest first; looking up is early, deciding is late.
    pub candidates: Vec<Candidate>,
}

/// One entry of the reference base that a mention may stand for.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    pub entry: EntryId,
    /// 0 to 1: how likely this name means this entry before the article is looked at.
    pub prior: f64,
}

/// Index into the mentions of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MentionId(pub u32);

/// Index into the entities of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(pub u32);

/// Mentions that are one thing, in reading order.
pub type Chain = Vec<MentionId>;

/// The entities of a document and the mentions that stand for each.
#[derive(Clone, Debug, Default)]
pub struct Entities {
    pub entities: Vec<Entity>,
    pub mentions: Vec<LinkedMention>,
    /// Mention whose head is this token.
    by_head: std::collections::HashMap<TokenId, MentionId>,
}

/// A mention with the entity it stands for.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkedMention {
    pub mention: Mention,
    pub entity: EntityId,
    /// A place or building that stands for those who govern there.
    pub metonym: bool,
    /// 0 to 1: how sure the link is.
    pub confidence: f64,
    /// Why: "base: Vladimir Putin, exact name", "pronoun: nearest masculine subject", ….
    pub why: String,
}

impl Entities {
    pub fn new(entities: Vec<Entity>, mentions: Vec<LinkedMention>) -> Entities {
        let by_head =
            mentions.iter().enumerate().map(|(index, linked)| (linked.mention.head, MentionId(index as u32))).collect();
        Entities { entities, mentions, by_head }
    }

    /// The mention that this word heads.
    pub fn mention_at(&self, word: Word<'_>) -> Option<&LinkedMention> {
        self.by_head.get(&word.id()).map(|id| &self.mentions[id.0 as usize])
    }

    /// The entity that this word, as head of a mention, stands for.
    pub fn of(&self, word: Word<'_>) -> Option<&Entity> {
        self.mention_at(word).map(|linked| self.get(linked.entity))
    }

    pub fn get(&self, id: EntityId) -> &Entity {
        &self.entities[id.0 as usize]
    }
}
