//! The things talked about: a document's mentions, values, chains and entities.
//!
//! "Putin met Xi in Samarkand on Thursday." gives the mentions `Putin`, `Xi`, `Samarkand`, the value 2022-09-15 (with the
//! article's date), and three entities with their references.
//!
//! ```text
//!  names (tagger + reference base), descriptions, pronouns ─▶ mentions ─▶ candidates weighed ─▶ chains ─▶ entities
//! ```

pub mod values;
pub mod dates;
pub mod quantities;
pub mod mentions;
pub mod features;
pub mod tagger;
mod names;
mod surnames;
mod affiliations;
mod establishments;
pub(crate) mod camps;
mod stretches;
mod compounds;
mod institutions;
mod neighbours;
mod acronyms;
mod kinds;
mod states;
mod context;
mod vicinity;
mod metonymy;
mod halves;
mod candidates;
mod bearers;
pub(crate) mod descriptions;
pub mod coreference;
pub(crate) mod specification;
mod name_chains;
mod antecedents;
mod appositions;
mod holders;
mod salience;
mod groups;
pub mod pronouns;
mod binding;
mod preferences;
mod cues;
pub mod ranker;
mod quotations;
pub mod linking;

use std::ops::Range;

use crate::document::{TokenId, Word};
use crate::knowledge::base::EntryId;
use crate::knowledge::names::How;
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
    /// A place or building that stands for those who govern there.
    pub metonym: bool,
    /// What the reference base knows under this name, likeliest in this article first; looking up is early, deciding is late.
    pub candidates: Vec<Candidate>,
}

/// One entry of the reference base that a mention may stand for.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    pub entry: EntryId,
    pub how: How,
    /// 0 to 1: how likely this name means this entry in this article; the rest to 1 is for what the base does not hold.
    pub weight: f64,
}

/// Index into the mentions of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MentionId(pub u32);

/// Index into the entities of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(pub u32);

/// Mentions that are one thing, in reading order, each with the reason that put it there.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chain {
    pub mentions: Vec<(MentionId, String)>,
    /// The entry of the base that all of them mean.
    pub entry: Option<EntryId>,
    /// A person whom the base does not hold, whatever the names look like: "Hagen … she".
    pub is_person: bool,
}

/// Which mentions are one thing, and which stand for several.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chains {
    pub chains: Vec<Chain>,
    /// "The two countries": a mention and the chains of its members, by index.
    pub groups: Vec<Group>,
}

/// A mention that stands for several things.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    pub mention: MentionId,
    pub members: Vec<usize>,
    pub why: String,
}

/// Mentions are seldom longer, in words.
const LONGEST: usize = 64;

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
    /// All that it stands for, where that is more than one: "the two countries". `entity` is the first of them.
    pub members: Vec<EntityId>,
    /// A place or building that stands for those who govern there.
    pub metonym: bool,
    /// 0 to 1: how sure the link is.
    pub confidence: f64,
    /// Why: "base: Vladimir Putin, exact name", "pronoun: nearest masculine subject", ….
    pub why: String,
}

impl Entities {
    pub fn new(entities: Vec<Entity>, mentions: Vec<LinkedMention>) -> Entities {
        let mut by_head = std::collections::HashMap::new();
        // Where two mentions share a head, the longer one, which comes first, is meant.
        let named = mentions.iter().enumerate().filter(|(_, linked)| !entities[linked.entity.0 as usize].background);
        for (index, linked) in named {
            by_head.entry(linked.mention.head).or_insert(MentionId(index as u32));
        }
        Entities { entities, mentions, by_head }
    }

    /// The mentions that begin in this stretch of words, in reading order.
    pub fn starting_in(&self, words: Range<usize>) -> &[LinkedMention] {
        let from = self.mentions.partition_point(|linked| linked.mention.words.start < words.start);
        let rest = &self.mentions[from..];
        &rest[..rest.partition_point(|linked| linked.mention.words.start < words.end)]
    }

    /// The mentions that may reach to this word, but for some of endless length.
    pub fn reaching(&self, index: usize) -> &[LinkedMention] {
        self.starting_in(index.saturating_sub(LONGEST)..index + 1)
    }

    /// The mention that this word heads, unless it is in the background.
    pub fn mention_at(&self, word: Word<'_>) -> Option<&LinkedMention> {
        self.by_head.get(&word.id()).map(|id| &self.mentions[id.0 as usize])
    }

    /// The entity that this word, as head of a mention, stands for.
    pub fn of(&self, word: Word<'_>) -> Option<&Entity> {
        self.mention_at(word).map(|linked| self.get(linked.entity))
    }

    /// All entities that this word, as head of a mention, stands for: two for "the two countries".
    pub fn all_of(&self, word: Word<'_>) -> Vec<EntityId> {
        match self.mention_at(word) {
            Some(linked) if !linked.members.is_empty() => linked.members.clone(),
            Some(linked) => vec![linked.entity],
            None => Vec::new(),
        }
    }

    /// The country with this code, if the article speaks of it.
    pub fn country(&self, code: &str) -> Option<EntityId> {
        let is_meant = |entity: &&Entity| entity.kind == Kind::Country && entity.country.as_deref() == Some(code);
        self.entities.iter().find(is_meant).map(|entity| EntityId(entity.id))
    }

    pub fn get(&self, id: EntityId) -> &Entity {
        &self.entities[id.0 as usize]
    }
}
