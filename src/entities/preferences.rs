//! Preferences: whom a verb wants where a pronoun stands.
//!
//! "… leaders in Russia since it invaded Ukraine": no gathering invades, and who invades a state is mostly one. "The bloc
//! suspended Niger after it expelled an envoy": who is punished or blamed did what is told as the reason.

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

    /// "Condemned A after it …", "imposed sanctions on A because it …": the pronoun tells what A is blamed or punished for.
    pub(super) fn is_to_blame(&self) -> bool {
        let (pronoun, candidate) = (self.resolver.head(self.index), self.resolver.place(self.other).first_conjunct());
        let clause = pronoun.head().map(Word::first_conjunct);
        let reason = clause.filter(|clause| pronoun.deprel() == Deprel::Nsubj && gives_reason(*clause));
        let Some(verb) = reason.and_then(Word::head) else { return false };
        // The parser may hang "on A" on "sanctions".
        let is_of_verb = candidate.head() == Some(verb)
            || candidate.deprel() == Deprel::Nmod && candidate.head() == verb.child(Deprel::Obj);
        let can_act = self.resolver.kind(self.other).is_some_and(|kind| End::Actor.kinds().contains(&kind));
        is_of_verb
            && can_act
            && self.resolver.knowledge.ontology.triggers(verb.lemma()).any(|(relation, trigger)| {
                let event = relation.event.as_ref().and_then(|event| event.plover);
                let Trigger::Verb(frame) = trigger else { return false };
                matches!(event, Some(Plover::Accuse | Plover::Sanction | Plover::Coerce))
                    && has_noun(frame, verb)
                    && stands_at(candidate, &frame.object)
            })
    }
}

/// "Because it …", "after she …".
fn gives_reason(clause: Word<'_>) -> bool {
    let is_reason = |mark: Word| matches!(mark.text().to_lowercase().as_str(), "after" | "because" | "since" | "when");
    clause.deprel() == Deprel::Advcl
        && clause.children(Deprel::Mark).chain(clause.children(Deprel::Advmod)).any(is_reason)
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
