//! Preferences: whom a verb wants where a pronoun stands.
//!
//! "… leaders in Russia since it invaded Ukraine": no gathering invades, and who invades a state is mostly one. "The bloc
//! suspended Niger after it expelled an envoy": who is punished, blamed or praised did what is told as the reason.

use crate::document::{Deprel, Word};
use crate::entities::cues::View;
use crate::knowledge::ontology::{End, admits};
use crate::knowledge::plover::Plover;
use crate::knowledge::triggers::{Frame, Slot, Trigger};
use crate::record::{Form, Kind};

/// Whether the ontology's entries for a verb admit a kind of thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fit {
    Unknown,
    Fits,
    Unfit,
}

impl View<'_, '_> {
    pub(super) fn fit(&self) -> Fit {
        let pronoun = self.resolver.head(self.index);
        // What no list knows the noun of is neither party nor place.
        let is_described = self.resolver.mentions[self.other].form == Form::Nominal;
        let kind = self.resolver.kind(self.other).or(is_described.then_some(Kind::Other));
        let (Some(verb), Some(kind)) = (pronoun.head(), kind) else { return Fit::Unknown };
        let place = match pronoun.deprel() {
            Deprel::Nsubj => Slot::Subject,
            Deprel::NsubjPass | Deprel::Obj => Slot::Object,
            _ => return Fit::Unknown,
        };
        let mut fit = Fit::Unknown;
        for (relation, trigger) in self.resolver.knowledge.ontology.triggers(verb.lemma()) {
            let Trigger::Verb(frame) = trigger else { continue };
            let (slot, narrow, wide) = match place {
                Slot::Subject => (&frame.subject, &frame.subject_kinds, &relation.subject),
                _ => (&frame.object, &frame.object_kinds, &relation.object),
            };
            if !slot.may_be(&place) || !has_noun(frame, verb) {
                continue;
            }
            if admits(if narrow.is_empty() { wide } else { narrow }, kind) {
                return Fit::Fits;
            }
            fit = Fit::Unfit;
        }
        fit
    }

    /// Who did to a state what the pronoun did, and is a state as well.
    pub(super) fn is_peer(&self) -> bool {
        let pronoun = self.resolver.head(self.index);
        let verb = pronoun.head().filter(|_| pronoun.deprel() == Deprel::Nsubj);
        let sufferer =
            verb.and_then(|verb| verb.child(Deprel::Obj)).and_then(|object| self.resolver.mention_at(object));
        let is_state = |index: usize| self.resolver.kind(index) == Some(Kind::Country);
        sufferer.is_some_and(is_state) && is_state(self.other)
    }

    /// "Condemned A after it …", "imposed sanctions on A because it …", "praised A for her …": what the pronoun does or has is what A
    /// is blamed, punished or praised for.
    pub(super) fn is_answered(&self) -> bool {
        let (pronoun, candidate) = (self.resolver.head(self.index), self.resolver.place(self.other).first_conjunct());
        let can_act = self.resolver.kind(self.other).is_some_and(|kind| End::Actor.kinds().contains(&kind));
        let mut above = std::iter::once(pronoun).chain(pronoun.ancestors());
        let Some(verb) = above.find(|step| gives_reason(*step, pronoun)).and_then(Word::head) else { return false };
        // The parser may hang "on A" on "sanctions".
        let is_of_verb = candidate.head() == Some(verb)
            || candidate.deprel() == Deprel::Nmod && candidate.head() == verb.child(Deprel::Obj);
        let answers =
            |event: Plover| matches!(event, Plover::Accuse | Plover::Sanction | Plover::Coerce | Plover::Support);
        let mut triggers = self.resolver.knowledge.ontology.triggers(verb.lemma());
        is_of_verb
            && can_act
            && triggers.any(|(relation, trigger)| {
                let event = relation.event.as_ref().and_then(|event| event.plover);
                let Trigger::Verb(frame) = trigger else { return false };
                event.is_some_and(answers) && has_noun(frame, verb) && stands_at(candidate, &frame.object)
            })
    }
}

/// "Because it …", "after she …"; "for its …", "of abusing his …".
fn gives_reason(step: Word<'_>, pronoun: Word<'_>) -> bool {
    let is_said = |words: &[&str]| {
        let mut marks =
            step.children(Deprel::Mark).chain(step.children(Deprel::Advmod)).chain(step.children(Deprel::Case));
        marks.any(|mark| words.contains(&mark.text().to_lowercase().as_str()))
    };
    let is_clause = step.deprel() == Deprel::Advcl;
    let is_subject = pronoun.deprel() == Deprel::Nsubj && pronoun.head().map(Word::first_conjunct) == Some(step);
    let is_owner = pronoun.deprel() == Deprel::NmodPoss;
    is_clause && is_subject && is_said(&["after", "because", "since", "when"])
        || (is_clause || step.deprel() == Deprel::Obl) && is_owner && is_said(&["for", "over", "of"])
}

/// Whether a verb that needs a noun has it: "impose sanctions".
fn has_noun(frame: &Frame, verb: Word<'_>) -> bool {
    let object = || verb.child(Deprel::Obj).map(|object| object.lemma().to_lowercase());
    frame.nouns.is_empty() || object().is_some_and(|object| frame.nouns.contains(&object))
}

fn stands_at(word: Word<'_>, slot: &Slot) -> bool {
    match slot {
        Slot::Object => word.deprel() == Deprel::Obj,
        Slot::Oblique(prepositions) => {
            (word.deprel().is_oblique() || word.deprel() == Deprel::Nmod)
                && word.preposition().is_some_and(|case| prepositions.contains(&case))
        }
        Slot::Either(slots) => slots.iter().any(|slot| stands_at(word, slot)),
        _ => false,
    }
}
