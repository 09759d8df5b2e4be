//! Grounding: propositions and the ontology to typed relations between entities.
//!
//! `meet`, subject `Putin`, object `Xi`, oblique `in Samarkand` finds the trigger `Verb(lemmas: ["meet"])` of a type whose
//! ends may be persons, and becomes that type between the two entities, with place Samarkand.
//!
//! Of several triggers the one with more filled slots wins, then the narrower kinds, then file order; a second type may
//! only speak of another pair.

use std::collections::{HashMap, HashSet};

use super::coding::Telling;
use super::findings::{Finding, Other};
use super::idle::{self, Told};
use super::sharing::{self, Shared};
use super::slots::{self, Part};
use super::{Proposition, Speaker, attached, changes, confidence, happenings, qualifiers};
use crate::document::{Document, TokenId, Word};
use crate::entities::Entities;
use crate::entities::values::{self, Value};
use crate::knowledge::Knowledge;
use crate::knowledge::ontology::{End, Frame, admits};
use crate::record::{Attribution, Kind, Object, Polarity, Qualifier, Relation, Validity};

/// The relations of an article in reading order, numbered, events told apart.
pub fn ground(
    document: &Document<'_>,
    propositions: &[Proposition],
    entities: &Entities,
    values: &[Value],
    knowledge: &Knowledge,
) -> Vec<Relation> {
    let grounder = Grounder { document, propositions, entities, values, knowledge };
    let attachments = attached::find(document, entities, &knowledge.lexicon.nouns);
    let read = |proposition: &Proposition| grounder.read(slots::readings(document, proposition, &knowledge.lexicon));
    let findings: Vec<Vec<Finding>> = propositions.iter().map(read).collect();
    let absorbing = findings.iter().flatten().filter(|finding| finding.frame.absorbs);
    let absorbed: HashSet<TokenId> = absorbing.flat_map(|finding| finding.carried(&knowledge.lexicon)).collect();
    let shared = sharing::find(document, propositions, &findings);
    let mut events = Telling::new(document, knowledge, propositions);
    for (proposition, findings) in propositions.iter().zip(&findings) {
        for finding in findings.iter().filter(|finding| finding.tells()) {
            events.note(proposition.predicate.head, finding);
        }
    }
    // Who agrees not to do something promises nothing to what it would be done to.
    let telling: HashSet<TokenId> = propositions
        .iter()
        .zip(&findings)
        .filter(|(proposition, findings)| {
            proposition.polarity == Polarity::Negated || findings.iter().any(Finding::tells)
        })
        .map(|(proposition, _)| proposition.predicate.head)
        .collect();
    let mut told: Vec<Told> = Vec::new();
    let mut by_sentence: HashMap<u32, Vec<usize>> = HashMap::new();
    let attached = attachments.iter().map(|(proposition, reading)| (proposition, grounder.read(vec![reading.clone()])));
    let said = propositions.iter().zip(findings).chain(attached);
    for ((proposition, findings), shared) in
        said.zip(shared.iter().map(Vec::as_slice).chain(std::iter::repeat(&[][..])))
    {
        if absorbed.contains(&proposition.predicate.head) {
            continue;
        }
        let is_told_below = |finding: &Finding| {
            let below = finding.below().into_iter().chain(finding.object_word());
            finding.frame.yields && below.into_iter().any(|below| telling.contains(&below))
        };
        let is_told = |finding: &&Finding| !is_told_below(finding) && !events.is_ended(proposition, finding);
        for finding in findings.iter().filter(is_told) {
            let relation = grounder.relation(proposition, finding, shared, &events);
            let is_phrase = finding.is_of_phrase();
            let beside = by_sentence.entry(relation.sentence).or_default();
            match beside.iter().find(|&&earlier| says_the_same(&told[earlier].relation, &relation)) {
                Some(&earlier) => {
                    enrich(&mut told[earlier].relation, relation);
                    told[earlier].is_phrase &= is_phrase;
                }
                None => {
                    beside.push(told.len());
                    told.push(Told { relation, is_phrase });
                }
            }
        }
    }
    let mut relations = idle::without(told, document, entities, &knowledge.lexicon);
    relations.sort_by_key(|relation| relation.evidence.start);
    for (id, relation) in relations.iter_mut().enumerate() {
        relation.id = id as u32;
    }
    happenings::number(&mut relations);
    changes::follow(&mut relations, &knowledge.ontology);
    relations
}

#[derive(Clone, Copy)]
pub(super) struct Grounder<'a> {
    pub document: &'a Document<'a>,
    pub propositions: &'a [Proposition],
    pub entities: &'a Entities,
    pub values: &'a [Value],
    pub knowledge: &'a Knowledge,
}

impl<'a> Grounder<'a> {
    /// A finding as the record tells it.
    fn relation(
        self,
        proposition: &Proposition,
        finding: &Finding<'_>,
        shared: &[Shared<'_>],
        events: &Telling,
    ) -> Relation {
        let Finding { relation_type, frame, reading, .. } = finding;
        let around = qualifiers::Around {
            document: self.document,
            entities: self.entities,
            values: self.values,
            circumstances: &self.knowledge.ontology.circumstances,
        };
        let object = finding.object.party().map(|party| party.word);
        let pair: Vec<Word> =
            Some(finding.subject.word).into_iter().chain(object).map(|id| self.document.word(id)).collect();
        let mut qualifiers = qualifiers::find(around, reading, &finding.used, &finding.ends, &pair);
        let is_state = relation_type.event.is_none();
        if !is_state && reading.part == Part::Verb {
            self.share(around, finding, shared, &mut qualifiers);
        }
        let valid = if is_state { qualifiers::validity(&qualifiers) } else { Validity::default() };
        let is_person = self.entities.get(finding.subject.entity).kind == Kind::Person;
        if is_state && is_person && reading.part == Part::Noun && !relation_type.symmetric {
            qualifiers.insert(0, qualifiers::title(reading.head, self.entities));
        }
        let is_past = is_state && qualifiers::is_past(reading.head, &self.knowledge.lexicon.persons.past);
        let polarity = polarity(proposition, frame);
        let (object, object_confidence) = match &finding.object {
            Other::Entity(party) => (Object::Entity(party.entity.0), party.confidence),
            Other::Value(quantity) => (Object::Value(quantity.clone()), 1.0),
        };
        let head = self.document.word(proposition.predicate.head);
        let words = &proposition.predicate.words;
        let said = if words.is_empty() { reading.head.span() } else { self.document.span_of(words.clone()) };
        Relation {
            id: 0,
            sentence: head.sentence_index() as u32,
            confidence: confidence::of(proposition, head, finding.subject.confidence, object_confidence, frame),
            relation_type: relation_type.name.clone(),
            subject: finding.subject.entity.0,
            object,
            predicate: said.of(self.document.text()).to_string(),
            symmetric: relation_type.symmetric,
            event: finding
                .code()
                .filter(|_| finding.is_coded)
                .and_then(|code| events.event(proposition, polarity, finding.pair(), code)),
            event_id: None,
            polarity,
            modality: proposition.modality,
            attribution: self.attribution(&proposition.attribution),
            valid,
            historical: proposition.historical || is_past,
            derived: false,
            premises: Vec::new(),
            why: format!("{}/{}/{}", relation_type.name, finding.trigger.part_of_speech(), finding.lemma),
            qualifiers,
            evidence: head.sentence().span,
        }
    }

    /// The time and place of a coordinated verb, where the verb has none of its own. Behind the last verb, the place is that of like
    /// deeds alone; who goes to a place or strikes it does so there.
    fn share(
        self,
        around: qualifiers::Around<'_>,
        finding: &Finding<'_>,
        shared: &[Shared<'_>],
        qualifiers: &mut Vec<Qualifier>,
    ) {
        let kind = finding.object.party().map(|party| self.entities.get(party.entity).kind);
        let is_at_place = kind.is_some_and(|kind| admits(&[End::Location], kind));
        let has = |qualifiers: &[Qualifier], role: &str| qualifiers.iter().any(|one| one.role == role);
        let has_own = has(qualifiers, "time") || has(qualifiers, "place");
        for Shared { phrase, behind } in shared.iter().filter(|shared| shared.behind.is_none() || !has_own) {
            let is_alike =
                || behind.as_ref().is_none_or(|classes| finding.class().is_some_and(|own| classes.contains(&own)));
            for one in phrase.heads.iter().filter_map(|&head| qualifiers::qualifier(around, phrase, head)) {
                let holds = match one.role.as_str() {
                    "time" => behind.is_none() || values::at(self.values, phrase.heads[0]).is_some(),
                    "place" => one.entity.is_some() && !is_at_place && is_alike(),
                    _ => false,
                };
                if holds && !has(qualifiers, &one.role) {
                    qualifiers.push(one);
                }
            }
        }
    }

    /// The innermost speaker; the outer ones become its chain.
    fn attribution(self, speakers: &[Speaker]) -> Option<Attribution> {
        let mut speakers = speakers.iter().map(|speaker| Attribution {
            entity: self.entities.mention_at(self.document.word(speaker.head)).map(|linked| linked.entity.0),
            text: self.document.span_of(speaker.words.clone()).of(self.document.text()).to_string(),
            chain: Vec::new(),
        });
        let innermost = speakers.next()?;
        Some(Attribution { chain: speakers.collect(), ..innermost })
    }
}

fn polarity(proposition: &Proposition, frame: &Frame) -> Polarity {
    use Polarity::{Affirmed, Negated};
    match (proposition.polarity, frame.negated) {
        (Affirmed, true) | (Negated, false) => Negated,
        _ => Affirmed,
    }
}

/// Two findings of one sentence that differ in nothing but the words that said it.
fn says_the_same(earlier: &Relation, later: &Relation) -> bool {
    let mirrored = earlier.symmetric
        && Object::Entity(earlier.subject) == later.object
        && earlier.object == Object::Entity(later.subject);
    earlier.sentence == later.sentence
        && earlier.relation_type == later.relation_type
        && earlier.polarity == later.polarity
        && ((earlier.subject, &earlier.object) == (later.subject, &later.object) || mirrored)
}

/// The surer telling stays, with the circumstances of both.
fn enrich(earlier: &mut Relation, mut later: Relation) {
    if later.confidence > earlier.confidence {
        std::mem::swap(earlier, &mut later);
    }
    earlier.event = earlier.event.take().or(later.event);
    for qualifier in later.qualifiers {
        if !earlier.qualifiers.contains(&qualifier) {
            earlier.qualifiers.push(qualifier);
        }
    }
}
