//! The record: all that was read from one article, as a plain value that needs nothing else to be understood.
//!
//! It is the contract of `geopol extract` (docs/CONTRACT.md) as types; field names are fixed.
//! `Record` → JSON → `Record` is the identity.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::span::Span;

/// What one article says.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Record {
    pub id: String,
    /// The text that all offsets point into.
    pub text: String,
    pub title: Option<String>,
    /// ISO 8601.
    pub date: Option<String>,
    pub source: Option<String>,
    pub url: Option<String>,
    pub sentences: Vec<Span>,
    pub entities: Vec<Entity>,
    pub mentions: Vec<Mention>,
    pub propositions: Vec<Proposition>,
    pub relations: Vec<Relation>,
    pub coverage: Coverage,
}

/// A thing in the world that the article names or describes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entity {
    /// Index into `Record::entities`.
    pub id: u32,
    /// The fullest name: the reference base's where it is known, else the article's.
    pub name: String,
    pub kind: Kind,
    /// `wikidata`, `iso3166` (alpha-3), `geonames`, … where known.
    pub refs: BTreeMap<String, String>,
    /// The surface forms in the article that are not `name`, sorted.
    pub aliases: Vec<String>,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// WGS 84 degrees.
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    /// Spoken of in passing, by pronouns and descriptions alone ("I … me", "the car … it"): one thing, but no node of a graph.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub background: bool,
}

/// What kind of thing an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Person,
    Country,
    Region,
    City,
    Place,
    Organization,
    /// An organization of states.
    Intergovernmental,
    ArmedGroup,
    Facility,
    Agreement,
    Event,
    /// A nation, an ethnic or a religious group.
    People,
    /// A role: "president".
    Office,
    Other,
}

impl Kind {
    pub const ALL: [Kind; 14] = [
        Kind::Person,
        Kind::Country,
        Kind::Region,
        Kind::City,
        Kind::Place,
        Kind::Organization,
        Kind::Intergovernmental,
        Kind::ArmedGroup,
        Kind::Facility,
        Kind::Agreement,
        Kind::Event,
        Kind::People,
        Kind::Office,
        Kind::Other,
    ];

    /// An organization of any sort.
    pub fn is_body(self) -> bool {
        matches!(self, Kind::Organization | Kind::Intergovernmental | Kind::ArmedGroup)
    }

    /// The contract's spelling.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Person => "person",
            Kind::Country => "country",
            Kind::Region => "region",
            Kind::City => "city",
            Kind::Place => "place",
            Kind::Organization => "organization",
            Kind::Intergovernmental => "intergovernmental",
            Kind::ArmedGroup => "armed_group",
            Kind::Facility => "facility",
            Kind::Agreement => "agreement",
            Kind::Event => "event",
            Kind::People => "people",
            Kind::Office => "office",
            Kind::Other => "other",
        }
    }
}

/// One place in the text that stands for an entity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mention {
    pub entity: u32,
    pub start: u32,
    pub end: u32,
    pub form: Form,
    /// True for a place or building that stands for those who govern there ("Beijing said").
    pub metonym: bool,
}

impl Mention {
    pub fn span(&self) -> Span {
        Span { start: self.start, end: self.end }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    Name,
    Nominal,
    Pronoun,
}

/// A piece of text with its place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Phrase {
    pub text: String,
    pub start: u32,
    pub end: u32,
}

impl Phrase {
    pub fn span(&self) -> Span {
        Span { start: self.start, end: self.end }
    }
}

/// A clause with its arguments, whatever they are: open extraction.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Proposition {
    /// Index into `Record::sentences`.
    pub sentence: u32,
    /// 0 to 1.
    pub confidence: f64,
    pub predicate: Phrase,
    pub subject: Option<Phrase>,
    pub arguments: Vec<Argument>,
    pub polarity: Polarity,
    pub modality: Modality,
    pub attribution: Option<Attribution>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Argument {
    pub role: Role,
    pub text: String,
    pub start: u32,
    pub end: u32,
}

impl Argument {
    pub fn span(&self) -> Span {
        Span { start: self.start, end: self.end }
    }
}

/// What an argument is to its predicate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Object,
    IndirectObject,
    /// A clause.
    Complement,
    /// What a copula says.
    Predicative,
    /// What a noun phrase says of its head.
    Attribute,
    /// A prepositional phrase, its preposition included.
    Oblique,
    /// The by-phrase of a passive without another subject.
    Agent,
    Time,
    Manner,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Polarity {
    #[default]
    Affirmed,
    Negated,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Modality {
    #[default]
    Asserted,
    Possible,
    Planned,
    Desired,
    Hypothetical,
    Feared,
}

/// Who says so, when it is not the article itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attribution {
    /// The speaker, where it is an entity.
    pub entity: Option<u32>,
    pub text: String,
    /// "A says that B said": the outer speakers, innermost first.
    #[serde(default)]
    pub chain: Vec<Attribution>,
}

impl Attribution {
    /// The entities among this speaker and all who pass the words on.
    fn entities(&self) -> Vec<u32> {
        self.entity.into_iter().chain(self.chain.iter().flat_map(Attribution::entities)).collect()
    }
}

impl Record {
    /// An entity that something speaks of and that is not there, as may be in a record that others wrote.
    pub fn missing_entity(&self) -> Option<u32> {
        let of_propositions = self.propositions.iter().filter_map(|proposition| proposition.attribution.as_ref());
        let of_relations = self.relations.iter().filter_map(|relation| relation.attribution.as_ref());
        let speakers = of_propositions.chain(of_relations).flat_map(Attribution::entities);
        let ends = self.relations.iter().flat_map(|relation| [Some(relation.subject), relation.object.entity()]);
        let qualifiers = self.relations.iter().flat_map(|relation| &relation.qualifiers);
        let named = ends.chain(qualifiers.map(|qualifier| qualifier.entity)).flatten();
        let mentioned = self.mentions.iter().map(|mention| mention.entity);
        mentioned.chain(named).chain(speakers).find(|&entity| entity as usize >= self.entities.len())
    }
}

/// A grounded relation: a type of the ontology between two entities, or an entity and a value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Relation {
    /// Index into `Record::relations`.
    pub id: u32,
    pub sentence: u32,
    pub confidence: f64,
    /// The ontology's name.
    #[serde(rename = "type")]
    pub relation_type: String,
    pub subject: u32,
    pub object: Object,
    /// The words that said it.
    pub predicate: String,
    /// True where the type has no direction ("meets"): it says of the object what it says of the subject.
    #[serde(default)]
    pub symmetric: bool,
    /// `None` for a state of affairs, and for what another event only asks for, aims at or alleges: that one is coded.
    pub event: Option<Event>,
    /// Relations that tell of one happening share it.
    pub event_id: Option<u32>,
    pub polarity: Polarity,
    pub modality: Modality,
    pub attribution: Option<Attribution>,
    pub valid: Validity,
    /// Told as background of another time ("during the Soviet era").
    pub historical: bool,
    /// Not said but inferred; then `premises` names the relations it follows from.
    pub derived: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub premises: Vec<u32>,
    /// The rule that made it: `type/trigger/lemma`.
    pub why: String,
    pub qualifiers: Vec<Qualifier>,
    pub evidence: Span,
}

/// The object of a relation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Object {
    Entity(u32),
    Value(Quantity),
}

impl Object {
    pub fn entity(&self) -> Option<u32> {
        match self {
            Object::Entity(id) => Some(*id),
            Object::Value(_) => None,
        }
    }
}

/// A number with its unit: UCUM, ISO 4217, or `1` for a plain count.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quantity {
    pub value: f64,
    pub unit: String,
    pub text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bound: Option<Bound>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    About,
    AtLeast,
    AtMost,
    Between,
}

/// PLOVER's reading of an event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    pub plover: Option<String>,
    pub mode: Option<String>,
    pub cameo: Option<String>,
    pub quad: Option<Quad>,
    /// PLOVER's -10 … +10.
    pub score: Option<f64>,
    #[serde(default)]
    pub contexts: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Quad {
    VerbalCooperation,
    MaterialCooperation,
    VerbalConflict,
    MaterialConflict,
}

/// When a state of affairs holds, as far as it was said: ISO 8601 dates of any precision.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Validity {
    pub from: Option<String>,
    pub to: Option<String>,
}

/// A circumstance: place, time, amount, ….
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Qualifier {
    /// One of ONTOLOGY's qualifier roles: `place`, `time`, `length`, `topic`, ….
    pub role: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<QualifierValue>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bound: Option<Bound>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<u32>,
}

/// A number, or an ISO 8601 date or interval.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum QualifierValue {
    Number(f64),
    Text(String),
}

/// What was not understood: nothing is dropped silently.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Coverage {
    pub sentences: u32,
    pub sentences_without_relation: u32,
    /// Sentences set aside as page furniture ("Leave a Reply").
    #[serde(default)]
    pub sentences_set_aside: u32,
    pub unlinked_names: Vec<String>,
    pub unresolved_times: Vec<String>,
}
