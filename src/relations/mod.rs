//! What is said of the entities: clauses, propositions and grounded relations.
//!
//! "Putin met Xi in Samarkand." gives one proposition (met; subject Putin; object Xi; oblique in Samarkand) and, with
//! the ontology, one relation: meets(Vladimir Putin, Xi Jinping), place Samarkand.

mod phrases;
mod subjects;
mod speech;
mod clauses;
mod titles;
mod naming;
mod nominals;
mod modality;
mod quotations;
mod attribution;
mod background;
mod reliability;
pub mod propositions;
pub mod surface;
pub mod notation;
mod slots;
mod surroundings;
mod attached;
mod reciprocals;
mod remainders;
mod ends;
mod containment;
mod incumbents;
mod qualifiers;
mod confidence;
mod coding;
mod happenings;
mod changes;
mod unsaid;
mod fitting;
mod findings;
mod idle;
mod sharing;
pub mod grounding;

use std::ops::Range;

use crate::document::TokenId;
use crate::record::{Modality, Polarity, Role};

/// A predicate with its arguments, coordination and relative pronouns resolved, before the ontology is looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposition {
    pub predicate: Predicate,
    /// The heads of who acts, one per conjunct; a shared, controlled or relative subject is resolved to the noun.
    pub subjects: Vec<TokenId>,
    pub arguments: Vec<Argument>,
    pub polarity: Polarity,
    pub modality: Modality,
    /// Innermost speaker first; empty for the article itself.
    pub attribution: Vec<Speaker>,
    /// Told as background of another time.
    pub historical: bool,
    /// 0 to 1.
    pub confidence: f64,
}

/// What is said: a verb, an event noun, an adjective or a noun that relates.
#[derive(Clone, Debug, PartialEq)]
pub struct Predicate {
    /// The word that triggers are looked up by.
    pub head: TokenId,
    pub kind: PredicateKind,
    /// Lemma with its particle, in lower case: `meet`, `carry out`.
    pub lemma: String,
    pub voice: Voice,
    /// Token range to show: "has remained silent", "did not condemn".
    pub words: Range<usize>,
}

/// How the text puts it. In either voice the subject of a proposition is who acts and the object is who is acted upon.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Voice {
    #[default]
    Active,
    /// "Kherson was shelled": the subject is empty unless a by-phrase names it.
    Passive,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PredicateKind {
    /// A verb in any form, participles included.
    Verb,
    /// A noun with arguments: "Russia's invasion of Ukraine", "the meeting between A and B", "president of Kenya".
    Noun,
    /// An adjective or participle before or after its noun: "US-backed", "hostile to".
    Adjective,
    /// A copula or an apposition: subject is predicative.
    Copula,
}

/// An argument by role; coordination stays a list, since "between A and B" is one phrase but two parties.
#[derive(Clone, Debug, PartialEq)]
pub struct Argument {
    pub role: Role,
    /// `with`, `in`, `because of`; `'s` for a possessor; `None` where there is none.
    pub preposition: Option<String>,
    /// The heads, one per conjunct, relative pronouns resolved.
    pub heads: Vec<TokenId>,
    /// Token range of the whole phrase, preposition included.
    pub words: Range<usize>,
}

/// Who says so.
#[derive(Clone, Debug, PartialEq)]
pub struct Speaker {
    pub head: TokenId,
    pub words: Range<usize>,
}
