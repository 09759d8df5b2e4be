//! Triggers: which words say a relation type, and where its two ends stand beside them.
//!
//! `Verb(lemmas: ["hold"], nouns: ["talk"], object: Oblique(["with"]))` is "A held talks with B": lemma, the noun that a
//! light verb needs, and the slot of the second end; the first stands where subjects stand unless the entry says otherwise.

use serde::Deserialize;

use super::ontology::End;
use super::plover::Plover;

/// Words that say a type, by the part of speech of the predicate.
#[derive(Clone, Debug, Deserialize)]
pub enum Trigger {
    /// "Putin met Xi", "was met by"; with `nouns`, a light verb: "held talks with".
    Verb(Frame),
    /// "the meeting between", "Russia's invasion of"; also after a copula: "is a member of".
    Noun(Frame),
    /// "US-backed", "hostile to", "based in".
    Adjective(Frame),
    /// Two names, one hung on the other; the lemma is what joins them: `of`, `'s`, `in`, `,`.
    Attached(Frame),
}

/// The lemma of triggers that fit any word: they are asked where no other trigger fits.
pub const ANY_WORD: &str = "*";

impl Trigger {
    pub fn frame(&self) -> &Frame {
        let (Trigger::Verb(frame) | Trigger::Noun(frame) | Trigger::Adjective(frame) | Trigger::Attached(frame)) = self;
        frame
    }

    pub fn part_of_speech(&self) -> &'static str {
        match self {
            Trigger::Verb(_) => "verb",
            Trigger::Noun(_) => "noun",
            Trigger::Adjective(_) => "adjective",
            Trigger::Attached(_) => "attached",
        }
    }
}

/// Lemmas and where the two ends stand.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Frame {
    /// With particle: `meet`, `carry out`.
    pub lemmas: Vec<String>,
    /// Of a light verb: what its object (or prepositional phrase) must be headed by, `talks` of "hold talks".
    #[serde(default)]
    pub nouns: Vec<String>,
    /// Of a verb that says the type with most objects: common nouns with which it says another thing, `government` of "form a
    /// government".
    #[serde(default)]
    pub except: Vec<String>,
    #[serde(default = "subject")]
    pub subject: Slot,
    #[serde(default = "object")]
    pub object: Slot,
    /// Narrower ends than the type's, where the word is ambiguous.
    #[serde(default)]
    pub subject_kinds: Vec<End>,
    #[serde(default)]
    pub object_kinds: Vec<End>,
    /// PLOVER class, mode and CAMEO code where the word says more than the type, or another thing: who signs an agreement
    /// supports it, who sends peacekeepers gives aid.
    #[serde(default)]
    pub plover: Option<Plover>,
    #[serde(default)]
    pub mode: Option<String>,
    #[serde(default)]
    pub cameo: Option<String>,
    /// The clause that depends on this word tells no event of its own: "refused to meet", "threatened to attack".
    #[serde(default)]
    pub absorbs: bool,
    /// Only where the clause that depends on this word tells no event: "agreed to lay down arms", not "agreed to meet Xi".
    #[serde(default)]
    pub yields: bool,
    /// Only without a further object or complement: "arrived in Doha", not "returned the vase to Doha".
    #[serde(default)]
    pub alone: bool,
    /// Only where the reference base knows the second end: "Bukhara, Uzbekistan", not "Lake Ree, Lough Ree".
    #[serde(default)]
    pub known: bool,
    /// The word says the opposite: "fail to", "end its membership".
    #[serde(default)]
    pub negated: bool,
    /// 0 to 1: how surely the word means this type.
    #[serde(default = "one")]
    pub weight: f64,
}

fn subject() -> Slot {
    Slot::Subject
}

fn object() -> Slot {
    Slot::Object
}

fn one() -> f64 {
    1.0
}

impl Slot {
    /// Whether this slot, or one of its alternatives, is `other`.
    pub fn may_be(&self, other: &Slot) -> bool {
        self == other || matches!(self, Slot::Either(slots) if slots.iter().any(|slot| slot.may_be(other)))
    }

    /// Whether it is filled by where something happens, and by nothing else.
    pub fn is_place(&self) -> bool {
        let is_spatial = |preposition: &String| {
            matches!(
                &**preposition,
                "in" | "at" | "near" | "outside" | "inside" | "across" | "through" | "on" | "to" | "around" | "along"
            )
        };
        matches!(self, Slot::Oblique(prepositions) if prepositions.contains(&"in".to_string()) && prepositions.iter().all(is_spatial))
    }
}

/// Where an end stands, seen from the predicate; passives are turned round before slots are filled.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub enum Slot {
    /// Who does it: subject, by-phrase; of a noun its possessor or modifier: "Russia's attack", "the Russian attack".
    Subject,
    /// Direct object; of a noun its of-phrase.
    Object,
    /// Indirect object.
    Indirect,
    /// Who is spoken to or given something: indirect object, object, or a phrase with `to`.
    Addressee,
    /// Those who share in it: "between A and B", "A's and B's", "A and B …", "Sino-Russian".
    Parties,
    /// What a copula says: "is A".
    Predicative,
    /// Whose it is: "of A", "A's", "A …", "at A".
    Owner,
    /// What a possessive, adjective or compound says of a noun: "the US embassy".
    Modifier,
    /// What a dependent clause is done to: "refused to meet A".
    Complement,
    /// Whom what a dependent clause is done to is aimed at: "threatened to impose sanctions on A".
    Target,
    /// A prepositional phrase of a dependent clause: "threatened to impose a curfew in A".
    Below,
    /// What a clause of purpose is done to: "marched to demand reforms", "went on strike to protest against A".
    Aim,
    /// Who is to act in a dependent clause: "demanded that A withdraw".
    Doer,
    /// Who must act in a dependent clause: "said that A must withdraw".
    Obliged,
    /// Who does what the clause around a noun tells: `A` at the invitation of "A came at the invitation of B", at the truce of "A
    /// agreed to a truce brokered by B".
    Around,
    /// Whose the object is: "Kenya's army was put on alert" by Kenya.
    Patient,
    /// Whose the subject is: "Peru's president resigned" in Peru.
    SubjectOwner,
    /// The light verb's noun itself, where nobody else is there: "broke the truce".
    Noun,
    /// The number before a light verb's noun: "has 520,000 inhabitants".
    Quantity,
    /// A phrase with one of these prepositions.
    Oblique(Vec<String>),
    /// The first of these that is filled.
    Either(Vec<Slot>),
}
