//! Statements: the edges. One relation that one article tells, with all that is needed to judge it.

use std::sync::Arc;

use itertools::Itertools;
use serde::{Deserialize, Serialize};

use super::identity::{ArticleKey, NodeKey};
use super::marks::{Mark, marks};
use super::period::Period;
use super::sharing::Texts;
use crate::record::{self, Bound, Event, Modality, Polarity, Quad, QualifierValue, Record, Validity};
use crate::span::Span;

/// One relation of one article: who did what to whom, in whose words.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    pub article: Arc<Provenance>,
    /// The relation's id in its record; with the article it names the statement.
    pub relation: u32,
    pub relation_type: Arc<str>,
    pub symmetric: bool,
    /// The words that said it.
    pub predicate: Arc<str>,
    pub confidence: f64,
    /// `None` for a state of affairs, and for what another event only speaks of. Equal ones of a graph are one in memory.
    pub event: Option<Arc<Event>>,
    /// Statements of one article that tell of one happening share it.
    pub event_id: Option<u32>,
    pub polarity: Polarity,
    pub modality: Modality,
    pub attribution: Option<Box<Speaker>>,
    pub valid: Validity,
    pub historical: bool,
    pub derived: bool,
    /// The relations of the same article that a derived one follows from.
    pub premises: Box<[u32]>,
    pub why: Arc<str>,
    pub circumstances: Box<[Circumstance]>,
    /// The sentence, and where it stands in the article's text.
    pub evidence: Arc<str>,
    pub span: Span,
    /// Its parts in the article's text.
    pub marks: Box<[Mark]>,
}

/// Where a statement comes from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Provenance {
    pub key: Arc<ArticleKey>,
    pub title: Option<String>,
    /// ISO 8601.
    pub date: Option<String>,
    /// The outlet.
    pub source: Option<String>,
    pub url: Option<String>,
    /// What spans and marks point into.
    pub text: Option<String>,
}

/// Who says so, when it is not the article itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Speaker {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub node: Option<NodeKey>,
    pub name: Arc<str>,
    /// "A says that B said": the outer speakers, innermost first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub chain: Vec<Speaker>,
}

/// A place, a time, an amount, …: a qualifier of the record, its entity as a node.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Circumstance {
    pub role: Arc<str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub node: Option<NodeKey>,
    pub text: Arc<str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<QualifierValue>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Arc<str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bound: Option<Bound>,
}

impl Statement {
    /// The relation at a position of the record; `keys` names the node of each of its entities.
    pub(super) fn new(
        position: u32,
        record: &Record,
        article: &Arc<Provenance>,
        keys: &[NodeKey],
        texts: &mut Texts,
    ) -> Statement {
        let relation = &record.relations[position as usize];
        Statement {
            article: Arc::clone(article),
            relation: position,
            relation_type: texts.of(&relation.relation_type),
            symmetric: relation.symmetric,
            predicate: texts.of(&relation.predicate),
            confidence: if relation.confidence.is_finite() { relation.confidence.clamp(0.0, 1.0) } else { 0.0 },
            event: relation.event.clone().map(Arc::new),
            event_id: relation.event_id,
            polarity: relation.polarity,
            modality: relation.modality,
            attribution: relation.attribution.as_ref().map(|said| Box::new(Speaker::new(said, record, keys, texts))),
            valid: relation.valid.clone(),
            historical: relation.historical,
            derived: relation.derived,
            premises: relation.premises.as_slice().into(),
            why: texts.of(&relation.why),
            circumstances: relation.qualifiers.iter().map(|q| Circumstance::new(q, record, keys, texts)).collect(),
            evidence: texts.of(&relation.evidence.of(&record.text).split_whitespace().join(" ")),
            span: relation.evidence,
            marks: marks(record, relation).into(),
        }
    }

    pub fn quad(&self) -> Option<Quad> {
        self.event.as_ref().and_then(|event| event.quad)
    }

    /// When it happened or holds, as far as it was said; the article's date is another thing.
    pub fn period(&self) -> Option<Period> {
        let times = self.circumstances.iter().filter(|c| &*c.role == "time");
        let said = times.filter_map(|time| match &time.value {
            Some(QualifierValue::Text(iso)) => Period::parse(iso),
            _ => None,
        });
        said.min_by_key(Period::days).or_else(|| {
            Period::between(
                self.valid.from.as_deref().and_then(Period::parse),
                self.valid.to.as_deref().and_then(Period::parse),
            )
        })
    }

    pub fn places(&self) -> impl Iterator<Item = &Circumstance> {
        self.circumstances.iter().filter(|circumstance| &*circumstance.role == "place")
    }

    /// True for what the article itself asserts as a fact: nothing denied, planned, feared or only possible.
    pub fn is_affirmed(&self) -> bool {
        self.polarity == Polarity::Affirmed && self.modality == Modality::Asserted
    }

    /// What orders statements and tells them apart.
    pub(super) fn order(&self) -> (&str, &ArticleKey, u32) {
        (&self.relation_type, &self.article.key, self.relation)
    }
}

impl Provenance {
    pub(super) fn new(key: ArticleKey, record: &Record) -> Provenance {
        Provenance {
            key: Arc::new(key),
            title: record.title.clone(),
            date: record.date.clone(),
            source: record.source.clone(),
            url: record.url.clone(),
            text: Some(record.text.clone()).filter(|text| !text.is_empty()),
        }
    }
}

impl Speaker {
    fn new(said: &record::Attribution, record: &Record, keys: &[NodeKey], texts: &mut Texts) -> Speaker {
        let entity = said.entity.and_then(|id| record.entities.get(id as usize));
        Speaker {
            node: said.entity.and_then(|id| keys.get(id as usize)).cloned(),
            // "he" is no name to read on a picture.
            name: texts.of(entity.map_or(&said.text, |entity| &entity.name)),
            chain: said.chain.iter().map(|outer| Speaker::new(outer, record, keys, texts)).collect(),
        }
    }

    /// The speakers from the innermost out: "B, according to A".
    pub fn phrase(&self) -> String {
        let outer = self.chain.iter().map(Speaker::phrase);
        [self.name.to_string()].into_iter().chain(outer).join(", according to ")
    }

    /// This speaker and all who pass the words on.
    pub fn all(&self) -> Vec<&Speaker> {
        [self].into_iter().chain(self.chain.iter().flat_map(Speaker::all)).collect()
    }
}

impl Circumstance {
    fn new(qualifier: &record::Qualifier, record: &Record, keys: &[NodeKey], texts: &mut Texts) -> Circumstance {
        let entity = qualifier.entity.and_then(|id| record.entities.get(id as usize));
        let name = entity.map(|entity| &entity.name);
        let value = match &qualifier.value {
            Some(QualifierValue::Number(number)) if !number.is_finite() => None,
            value => value.clone(),
        };
        let shown = match &value {
            Some(QualifierValue::Text(text)) => Some(text.clone()),
            Some(QualifierValue::Number(number)) => Some(number.to_string()),
            None => None,
        };
        Circumstance {
            role: texts.of(&qualifier.role),
            node: qualifier.entity.and_then(|id| keys.get(id as usize)).cloned(),
            text: texts.of(name.or(qualifier.text.as_ref()).or(shown.as_ref()).map_or("", String::as_str)),
            value,
            unit: qualifier.unit.as_deref().map(|unit| texts.of(unit)),
            bound: qualifier.bound,
        }
    }
}
