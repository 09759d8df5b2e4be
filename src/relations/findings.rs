//! Findings: what the triggers of the ontology read in one clause, and which of them it is told by.
//!
//! "Held talks with Norway in Oslo" is read by several triggers: that they talked with Norway is told, that they talked with the
//! talks is not, and that Oslo took part is not.

use super::coding::Pair;
use super::ends::Party;
use super::grounding::Grounder;
use super::modality;
use super::slots::{Part, Reading};
use crate::document::{Deprel, TokenId, Word};
use crate::entities::LinkedMention;
use crate::knowledge::lexicon::Lexicon;
use crate::knowledge::ontology::{ANY_WORD, EventCode, Frame, RelationType, Trigger};
use crate::knowledge::plover::Plover;
use crate::record::{Form, Kind, Quantity, Role};

/// One trigger that fits, with one pair at its ends.
pub(super) struct Finding<'a> {
    pub relation_type: &'a RelationType,
    pub trigger: &'a Trigger,
    pub frame: &'a Frame,
    pub lemma: String,
    pub reading: Reading<'a>,
    pub subject: Party,
    pub object: Other,
    /// Arguments and words at the ends: what is left is circumstance.
    pub used: Vec<usize>,
    pub ends: Vec<Word<'a>>,
    pub rank: (usize, usize),
    /// Unless another finding of the clause tells the event: "Chad and Niger signed a pact" is one, between the two.
    pub is_coded: bool,
}

/// What stands at the object's end.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Other {
    Entity(Party),
    Value(Quantity),
}

impl Other {
    pub(super) fn party(&self) -> Option<&Party> {
        match self {
            Other::Entity(party) => Some(party),
            Other::Value(_) => None,
        }
    }
}

impl Finding<'_> {
    /// The entities of the pair, smaller first; a value stands for none.
    pub(super) fn pair(&self) -> Pair {
        match &self.object {
            Other::Entity(party) => {
                (self.subject.entity.min(party.entity), Some(self.subject.entity.max(party.entity)))
            }
            Other::Value(_) => (self.subject.entity, None),
        }
    }

    /// "Accused each other": the same words tell it both ways.
    fn turns_round(&self, earlier: &Finding) -> bool {
        !self.relation_type.symmetric
            && std::ptr::eq(self.trigger, earlier.trigger)
            && self.subject.entity != earlier.subject.entity
    }

    /// "Killed two people in Kabul": where a deed was done does not suffer it a second time, under another name.
    fn is_scene_of(&self, other: &Finding) -> bool {
        self.relation_type.name != other.relation_type.name
            && self.frame.object.is_place()
            && !other.frame.object.is_place()
            && self.class().is_some_and(|class| other.class() == Some(class))
            && self.object_word() != other.object_word()
    }

    /// "Is the founder and leader of the party": each noun says another thing of the same two.
    fn is_another_role(&self, earlier: &Finding) -> bool {
        let is_noun = |finding: &Finding| finding.reading.part == Part::Noun;
        is_noun(self) && is_noun(earlier) && self.reading.head.id() != earlier.reading.head.id()
    }

    /// Whether the words of a noun phrase alone say it: "the schools in Ohio", "the head of the bank".
    pub(super) fn is_of_phrase(&self) -> bool {
        match self.reading.part {
            Part::Attached => true,
            Part::Noun => self.subject.word == self.reading.head.id(),
            Part::Verb | Part::Adjective => false,
        }
    }

    /// The word that the object was read from.
    pub(super) fn object_word(&self) -> Option<TokenId> {
        self.object.party().map(|party| party.word)
    }

    pub(super) fn noun(&self) -> Option<TokenId> {
        self.reading.noun.map(Word::id)
    }

    pub(super) fn class(&self) -> Option<Plover> {
        self.code()?.plover
    }

    pub(super) fn code(&self) -> Option<EventCode> {
        self.relation_type.event.as_ref().map(|code| code.said_by(self.frame))
    }

    /// Whether it tells an event that has a code, whatever the clause below it tells.
    pub(super) fn tells(&self) -> bool {
        !self.frame.yields && self.code().is_some_and(|code| code.plover.is_some() || code.cameo.is_some())
    }

    /// Whether its object is the light verb's noun itself.
    pub(super) fn is_of_noun(&self) -> bool {
        matches!(&self.object, Other::Entity(party) if self.reading.noun.is_some_and(|noun| noun.id() == party.word))
    }

    /// The predicates of the clauses that depend on this one.
    pub(super) fn below(&self) -> Vec<TokenId> {
        let clauses = self.reading.phrases.iter().filter(|phrase| phrase.role == Role::Complement);
        let clauses = clauses.flat_map(|phrase| phrase.heads.iter().copied());
        clauses.flat_map(|head| [Some(head), head.child(Deprel::Cop)]).flatten().map(|word| word.id()).collect()
    }

    /// The same, and the nouns that say what light verbs among them do: "refused to impose sanctions".
    pub(super) fn carried(&self, lexicon: &Lexicon) -> Vec<TokenId> {
        let below = self.below();
        let verbs = below.iter().map(|&verb| self.reading.head.document().word(verb));
        let objects = verbs.flat_map(|verb| verb.children(Deprel::Obj).map(move |noun| (verb, noun)));
        let light = objects.filter(|(verb, noun)| modality::is_light(*verb, *noun, lexicon));
        let nouns: Vec<TokenId> = light.flat_map(|(_, noun)| noun.conjuncts()).map(Word::id).collect();
        [below, nouns].concat()
    }
}

impl<'a> Grounder<'a> {
    /// What one proposition says, best trigger first, each pair once.
    pub(super) fn read(self, readings: Vec<Reading<'a>>) -> Vec<Finding<'a>> {
        let mut found = Vec::new();
        for reading in &readings {
            let earlier = found.len();
            for (depth, lemma) in reading.lemmas.iter().enumerate() {
                for (relation_type, trigger) in self.knowledge.ontology.triggers(lemma) {
                    if Part::of(trigger) == reading.part {
                        found.extend(self.fit(reading, lemma, relation_type, trigger));
                    }
                }
                // "prime minister" is not also read as "minister".
                if depth + 1 < reading.lemmas.len() && found.len() > earlier {
                    break;
                }
            }
        }
        if found.is_empty() {
            for reading in readings.iter().take(1).filter(|reading| reading.part == Part::Verb) {
                for (relation_type, trigger) in self.knowledge.ontology.triggers(ANY_WORD) {
                    let fitting = self.fit(reading, &reading.lemmas[0], relation_type, trigger);
                    found.extend(fitting.into_iter().filter(|finding| self.is_between_names(finding)));
                }
            }
        }
        // "held talks with Australia" is about Australia: the noun itself counts where nobody else is there.
        let of_nouns: Vec<TokenId> =
            found.iter().filter(|finding| finding.is_of_noun()).filter_map(Finding::object_word).collect();
        if found.iter().any(|finding| finding.object_word().is_none_or(|word| !of_nouns.contains(&word))) {
            found.retain(|finding| !finding.is_of_noun());
        }
        let is_told = |finding| found.iter().any(|other| self.is_told_by(finding, other));
        let is_coded = |finding| !found.iter().any(|other| self.is_coded_by(finding, other));
        let looked_at: Vec<(bool, bool)> = found.iter().map(|one| (is_told(one), is_coded(one))).collect();
        let untold = found.into_iter().zip(looked_at).filter(|(_, (is_told, _))| !is_told);
        let mut found: Vec<Finding> = untold.map(|(one, (_, is_coded))| Finding { is_coded, ..one }).collect();
        found.sort_by_key(|finding| std::cmp::Reverse(finding.rank));
        let mut kept: Vec<Finding> = Vec::new();
        for finding in found {
            let tells = |earlier: &Finding| {
                earlier.pair() == finding.pair() && !finding.turns_round(earlier) && !finding.is_another_role(earlier)
            };
            if !kept.iter().any(tells) {
                kept.push(finding);
            }
        }
        kept
    }

    /// Whether another finding of the clause tells this one already.
    fn is_told_by(self, finding: &Finding, other: &Finding) -> bool {
        let is_other_type = finding.relation_type.name != other.relation_type.name;
        let object = finding.object_word();
        let is_its_noun = |word: Option<TokenId>| word.is_some() && word == other.noun();
        let is_about_party = other.object.party().is_some() && !self.is_of_matter(other) && !other.is_of_noun();
        let stays = || object.is_some_and(|word| self.stays(word));
        if finding.is_scene_of(other) {
            return true;
        }
        // "rejected a request by Oslo" is about Oslo, and not about the request too; "held talks in Oslo" says where they met, and
        // who holds talks with Oslo on trade does not hold them with trade.
        if finding.noun().is_some() {
            let is_noun = |word: Option<TokenId>| {
                is_its_noun(word) && word.is_some_and(|word| !is_other_type || !self.stays(word))
            };
            return self.is_of_matter(finding) && is_about_party && (is_noun(finding.noun()) || is_noun(object));
        }
        // "summoned the ambassador of Chad": what a noun's frame reads in a phrase, no plain frame reads again.
        let kind = finding.object.party().map(|party| self.entities.get(party.entity).kind);
        let is_somebody = matches!(kind, Some(Kind::Person | Kind::Office | Kind::People));
        let is_read = is_other_type
            && is_somebody
            && !other.is_of_noun()
            && !other.frame.object.is_place()
            && other.reading.noun_at.is_some_and(|at| finding.used.contains(&at));
        // "blocked roads in Chad": the noun has been read as what says it.
        let is_said = is_its_noun(object)
            && !other.is_scene_of(finding)
            && if self.is_of_matter(finding) {
                !is_other_type || !stays()
            } else {
                is_other_type && is_about_party && !stays()
            };
        is_read || is_said || is_its_noun(Some(finding.subject.word))
    }

    /// Whether another finding of the clause has the code of the event that this one tells too.
    fn is_coded_by(self, finding: &Finding, other: &Finding) -> bool {
        let is_other_type = finding.relation_type.name != other.relation_type.name;
        // "held joint exercises": what more of the noun says is no show of force.
        let is_same_noun = finding.noun().is_some() && finding.noun() == other.noun();
        if is_other_type && is_same_noun && other.tells() && other.rank.0 > finding.rank.0 {
            return true;
        }
        let Some(object) = finding.object_word().filter(|_| self.is_of_matter(finding)) else { return false };
        let is_about_party = other.object.party().is_some() && !self.is_of_matter(other);
        // "signed a pact with Chad", "asked the bank for a loan": one event, with the party.
        let is_pact = is_other_type && other.noun() == Some(object) && !other.is_of_noun();
        let is_beside = !self.stays(object) && finding.class().is_some_and(|class| other.class() == Some(class));
        is_about_party && (is_pact || is_beside)
    }

    /// Whether its object is neither party nor place.
    fn is_of_matter(self, finding: &Finding) -> bool {
        let kind = finding.object.party().map(|party| self.entities.get(party.entity).kind);
        matches!(kind, Some(Kind::Other | Kind::Event | Kind::Agreement))
    }

    /// What has a name or is signed stays a thing of its own.
    fn stays(self, word: TokenId) -> bool {
        let linked = self.entities.mention_at(self.document.word(word));
        linked.is_some_and(|linked| {
            linked.mention.form == Form::Name || self.entities.get(linked.entity).kind == Kind::Agreement
        })
    }

    /// Both ends have names: what two described things have to do with each other is too little to be told so vaguely.
    fn is_between_names(self, finding: &Finding<'_>) -> bool {
        let is_named = |party: &Party| {
            let is_name = |linked: &LinkedMention| linked.entity == party.entity && linked.mention.form == Form::Name;
            !self.entities.get(party.entity).refs.is_empty() || self.entities.mentions.iter().any(is_name)
        };
        // Who leaves the Ethiopian capital does nothing to Ethiopia.
        let is_itself = |party: &&Party| !party.is_lifted;
        is_named(&finding.subject) && finding.object.party().filter(is_itself).is_some_and(is_named)
    }
}
