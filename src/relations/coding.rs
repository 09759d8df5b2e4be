//! Coding: which of the things a sentence tells are events of their own, and as what an event is coded.
//!
//! "Kyiv urged Berlin to send tanks" is one event, the request: what is asked for, offered, aimed at or alleged is told,
//! but it has no code beside the word that says so (PLOVER manual: one event, never type and auxiliary).

use std::collections::{HashMap, HashSet};

use super::findings::Finding;
use super::{PredicateKind, Proposition};
use crate::document::{Deprel, Document, TokenId, Word};
use crate::entities::EntityId;
use crate::knowledge::Knowledge;
use crate::knowledge::lexicon::Implicative;
use crate::knowledge::ontology::{EventCode, RelationType, Trigger};
use crate::knowledge::plover::Plover;
use crate::record::{Event, Modality, Polarity, Quad};

/// The two ends of a finding, smaller first; a value stands for none.
pub(crate) type Pair = (EntityId, Option<EntityId>);

/// The predicates of a document that tell an event.
pub(crate) struct Telling<'a> {
    document: &'a Document<'a>,
    knowledge: &'a Knowledge,
    propositions: HashMap<TokenId, &'a Proposition>,
    coded: HashSet<TokenId>,
    /// Event nouns that a verb has spoken for, with what it told of which pairs: `aid` of "suspended aid to".
    spoken_for: HashMap<TokenId, Vec<(Pair, Option<Quad>)>>,
}

impl<'a> Telling<'a> {
    pub fn new(document: &'a Document<'a>, knowledge: &'a Knowledge, propositions: &'a [Proposition]) -> Telling<'a> {
        let propositions = propositions.iter().map(|one| (one.predicate.head, one)).collect();
        Telling { document, knowledge, propositions, coded: HashSet::new(), spoken_for: HashMap::new() }
    }

    /// Takes down that a predicate, with the noun of a light verb, tells an event of a pair.
    pub fn note(&mut self, predicate: TokenId, finding: &Finding<'_>) {
        self.coded.insert(predicate);
        if let Some(noun) = finding.noun() {
            let quad = finding.class().map(Plover::quad);
            self.spoken_for.entry(noun).or_default().push((finding.pair(), quad));
        }
    }

    /// Whether a noun tells of help or friendship what its verb has told an end of: who suspends aid to Chad does not aid Chad.
    pub fn is_ended(&self, proposition: &Proposition, finding: &Finding<'_>) -> bool {
        let is_good =
            matches!(finding.class().map(Plover::quad), Some(Quad::VerbalCooperation | Quad::MaterialCooperation));
        is_good && self.told_by_verb(proposition, finding.pair()).any(|quad| quad == Some(Quad::MaterialConflict))
    }

    /// The event that a proposition tells of a pair, if it is one by itself.
    pub fn event(&self, proposition: &Proposition, polarity: Polarity, pair: Pair, code: EventCode) -> Option<Event> {
        if self.is_content(proposition) || self.is_spoken_for(proposition, pair) {
            return None;
        }
        let predicate = self.document.word(proposition.predicate.head);
        let announced = match (polarity, proposition.modality) {
            (Polarity::Affirmed, Modality::Planned) if self.is_aim_of_fact(predicate) => None,
            (Polarity::Affirmed, Modality::Planned) => code.plover.and_then(Plover::promised),
            (Polarity::Negated, Modality::Planned) => {
                code.plover.and_then(Plover::refused).or(code.plover.and_then(Plover::promised))
            }
            (Polarity::Negated, Modality::Asserted) if self.is_failure(predicate) => {
                code.plover.and_then(Plover::refused)
            }
            _ => None,
        };
        let (plover, cameo, mode) = match announced {
            Some((plover, cameo)) => (Some(plover), Some(cameo.to_string()), None),
            None => (code.plover, code.cameo, code.mode),
        };
        Some(Event {
            plover: plover.map(|plover| plover.name().to_string()),
            score: plover.map(|plover| plover.score(mode.as_deref())),
            quad: plover.map(|plover| plover.quad()),
            cameo,
            mode,
            contexts: code.contexts,
        })
    }

    /// Whether a proposition is only what an event above it asks for or aims at, or what somebody is charged with.
    fn is_content(&self, proposition: &Proposition) -> bool {
        let is_fact = (proposition.polarity, proposition.modality) == (Polarity::Affirmed, Modality::Asserted);
        // A copula's clause is headed by what it says.
        let is_coded = |word: Word| {
            self.coded.contains(&word.id())
                || word.child(Deprel::Cop).is_some_and(|copula| self.coded.contains(&copula.id()))
        };
        let mut above = above(self.document.word(proposition.predicate.head));
        above.any(|word| if is_fact { self.charges(word) } else { is_coded(word) })
    }

    /// "accused of spying", "jailed for spying"
    fn charges(&self, verb: Word<'_>) -> bool {
        let is_charge = |(relation, trigger): (&RelationType, &Trigger)| {
            let mode = relation.event.as_ref().and_then(|event| event.mode.as_deref());
            let is_verb = matches!(trigger, Trigger::Verb(frame) if frame.nouns.is_empty());
            is_verb && matches!(mode, Some("allege" | "arrest" | "convict"))
        };
        self.knowledge.ontology.triggers(&verb.lemma().to_lowercase()).any(is_charge)
    }

    fn is_spoken_for(&self, proposition: &Proposition, pair: Pair) -> bool {
        self.told_by_verb(proposition, pair).next().is_some()
    }

    /// What the verb of an event noun tells of a pair.
    fn told_by_verb(&self, proposition: &Proposition, pair: Pair) -> impl Iterator<Item = Option<Quad>> {
        let told = self.spoken_for.get(&proposition.predicate.head);
        let told = told.filter(|_| proposition.predicate.kind == PredicateKind::Noun).into_iter().flatten();
        told.filter(move |(told, _)| *told == pair).map(|(_, quad)| *quad)
    }

    /// "sent doctors to help Haiti": what is already being done promises nothing.
    fn is_aim_of_fact(&self, predicate: Word<'_>) -> bool {
        let plans = |verb: &Word| self.knowledge.lexicon.verbs.complements.contains(&verb.lemma().to_lowercase());
        let aim = predicate.first_conjunct();
        let governor = aim.head().filter(|verb| aim.deprel() == Deprel::Advcl && !plans(verb));
        let above = governor.and_then(|verb| self.propositions.get(&verb.id()));
        above.is_some_and(|above| (above.polarity, above.modality) == (Polarity::Affirmed, Modality::Asserted))
    }

    /// "failed to reach agreement", not "stopped sending aid"
    fn is_failure(&self, predicate: Word<'_>) -> bool {
        let is_infinitive = predicate.children(Deprel::Mark).any(|mark| mark.lemma() == "to");
        let governor = predicate.head().filter(|_| predicate.deprel() == Deprel::Xcomp && is_infinitive);
        governor.is_some_and(|verb| {
            self.knowledge.lexicon.verbs.implicative.get(&verb.lemma().to_lowercase()) == Some(Implicative::Negates)
        })
    }
}

/// The words that a predicate is the content or the aim of, nearest first: not those that it only stands beside.
fn above(predicate: Word<'_>) -> impl Iterator<Item = Word<'_>> {
    let mut word = Some(predicate);
    std::iter::from_fn(move || {
        while let Some(below) = word {
            let governor = below.head()?;
            word = Some(governor);
            match below.deprel() {
                Deprel::Conj | Deprel::Cop => {}
                Deprel::Xcomp | Deprel::Ccomp | Deprel::Obj | Deprel::Obl | Deprel::Nmod => return Some(governor),
                Deprel::Acl | Deprel::Advcl if is_aim(below) => return Some(governor),
                _ => return None,
            }
        }
        None
    })
}

/// "to demand reforms", "of spying", "unless he resigned", not "as they left" and "vowing to leave".
fn is_aim(clause: Word<'_>) -> bool {
    clause
        .children(Deprel::Mark)
        .any(|mark| matches!(mark.lemma(), "to" | "of" | "for" | "from" | "that" | "if" | "unless" | "whether"))
}
