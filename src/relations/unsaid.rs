//! What a noun phrase leaves unsaid: whose visit, alliance or title it is that it tells of.
//!
//! In "Chad, on a visit to Niger, kept the alliance with Mali" both the visit and the alliance are Chad's; "envoy Volker" says of
//! Volker what `envoy` says.

use super::grounding::Grounder;
use super::{ends, slots};
use crate::document::{Deprel, Word};
use crate::entities::descriptions;
use crate::knowledge::lexicon::Aspect;
use crate::knowledge::plover::Plover;
use crate::record::{Kind, Modality};

impl<'a> Grounder<'a> {
    /// Who a noun is said of where no clause says it: "envoy Volker", "Volker, envoy to Kyiv".
    pub(super) fn holder(self, noun: Word<'a>) -> Option<Word<'a>> {
        let behind = ends::name_from(noun.index() + 1, self.entities).map(|name| self.document.word(name));
        let first = slots::first_of_phrase(noun);
        let is_comma = |comma: &Word| comma.text() == "," && comma.sentence_index() == noun.sentence_index();
        let before = || {
            let comma = first.previous().filter(|comma| is_comma(comma) && noun.xpos() != "NNS")?;
            let name = self.document.word(ends::name_before(comma.index(), self.entities)?);
            (!descriptions::follows_front(noun, name)).then_some(name)
        };
        behind.or_else(before)
    }

    /// The subject of the verb that keeps, starts or wants what a noun says: "keep the alliance with Moscow".
    pub(super) fn borrowed(self, noun: Word<'a>) -> Vec<Word<'a>> {
        let lexicon = &self.knowledge.lexicon;
        let verbs = &lexicon.verbs;
        let governs = |verb: &Word| {
            let lemma = verb.lemma().to_lowercase();
            noun.deprel() == Deprel::Obj
                && lexicon.nouns.heads.get(&noun.lemma().to_lowercase()) != Some(Kind::Person)
                && (matches!(verbs.aspect.get(&lemma), Some(Aspect::Begin | Aspect::Continue))
                    || matches!(verbs.complements.get(&lemma), Some(Modality::Desired | Modality::Planned))
                    || verbs.light.contains_key(&lemma))
        };
        noun.head().filter(governs).map_or(Vec::new(), |verb| self.agents(verb))
    }

    /// Those who do what a clause tells while, before or after they meet or visit somebody: "said on a visit to Lima", "patrolled
    /// in cooperation with Chad". To be hit during a raid is to take no part in it.
    pub(super) fn meanwhile(self, noun: Word<'a>, class: Option<Plover>) -> Vec<Word<'a>> {
        if !matches!(class, Some(Plover::Consult | Plover::Cooperate)) {
            return Vec::new();
        }
        let is_beside = noun.preposition().is_some_and(|preposition| {
            matches!(&*preposition, "on" | "during" | "in" | "at" | "after" | "before" | "following" | "ahead of")
        });
        match noun.head() {
            Some(verb) if is_beside && noun.deprel() == Deprel::Obl => self.agents(verb),
            // "Pompeo, on a visit to Prague, …"
            Some(name) if is_beside && noun.deprel() == Deprel::Nmod && self.entities.mention_at(name).is_some() => {
                name.conjuncts()
            }
            _ => Vec::new(),
        }
    }

    fn agents(self, verb: Word<'a>) -> Vec<Word<'a>> {
        let clause = self.propositions.iter().find(|proposition| proposition.predicate.head == verb.id());
        clause.map_or(Vec::new(), |clause| clause.subjects.iter().map(|&id| self.document.word(id)).collect())
    }
}
