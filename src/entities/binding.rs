//! Binding: whom grammar keeps a pronoun from meaning, and whom it points to.
//!
//! In "Bell saw her and left" neither `her` is Bell; in "Living with her aunt, Kelsey studied" `her` is Kelsey.

use crate::document::{Deprel, Upos, Word};
use crate::knowledge::lexicon::PronounRole;

/// The subject of a verb, its own or the one that it shares: "Bell came and saw her", "Bell wants to see her", "Bell told Kay to
/// see her" (Kay), "the man seeing her", "the man who saw her", "Seeing her, Bell left".
pub(super) fn subject_of(verb: Word<'_>) -> Option<Word<'_>> {
    let mut step = verb;
    loop {
        if let Some(subject) = step.dependents().find(|child| child.deprel().is_subject()) {
            let described = step.first_conjunct();
            let is_relative = matches!(subject.xpos(), "WP" | "WDT") && described.deprel() == Deprel::AclRelcl;
            return if is_relative { described.head() } else { Some(subject) };
        }
        let above = step.head()?;
        match step.deprel() {
            Deprel::Conj | Deprel::Advcl | Deprel::Parataxis => step = above,
            Deprel::Xcomp | Deprel::Ccomp => match above.child(Deprel::Obj).filter(|object| *object != step) {
                // "Spent years writing" is no control by an object.
                Some(object) if step.deprel() == Deprel::Xcomp && matches!(object.upos(), Upos::Propn | Upos::Pron) => {
                    return Some(object);
                }
                _ => step = above,
            },
            Deprel::Acl => return Some(above),
            _ => return None,
        }
    }
}

/// Who acts in the nearest clause around a word that is not its subject.
pub(super) fn agent_above(word: Word<'_>) -> Option<Word<'_>> {
    std::iter::successors(nearest_verb(word), |verb| nearest_verb(*verb))
        .find_map(|verb| subject_of(verb).filter(|subject| *subject != word))
}

/// "Patricia and her husband": the one that the owned thing is coordinated with.
pub(super) fn is_conjoined_owner(pronoun: Word<'_>, candidate: Word<'_>) -> bool {
    let owned = pronoun.head().filter(|_| pronoun.deprel() == Deprel::NmodPoss);
    owned.is_some_and(|owned| {
        let before = owned.first_conjunct().conjuncts().into_iter().take_while(|other| *other != owned).last();
        owned.deprel() == Deprel::Conj && before == Some(candidate)
    })
}

/// "She heard Elizabeth ask", "He and Bell", "his cousin, King George": names that a pronoun before them cannot mean.
pub(super) fn excludes(pronoun: Word<'_>, name: Word<'_>, role: PronounRole) -> bool {
    let Some(governor) = pronoun.head().filter(|_| pronoun < name) else { return false };
    if role == PronounRole::Possessive {
        let above = name.first_conjunct();
        return matches!(name.deprel(), Deprel::Appos | Deprel::Flat | Deprel::NmodDesc)
            && above.head() == Some(governor)
            || above == governor;
    }
    if name.is_within(pronoun) {
        return true;
    }
    let is_loose = |step: Word<'_>| {
        matches!(
            step.deprel(),
            Deprel::Advcl | Deprel::Parataxis | Deprel::Conj | Deprel::Acl | Deprel::AclRelcl | Deprel::Appos
        )
    };
    let is_argument = pronoun.deprel().is_subject() || pronoun.deprel() == Deprel::Obj;
    is_argument
        && governor < name
        && name.is_within(governor)
        && !std::iter::once(name).chain(name.ancestors()).take_while(|step| *step != governor).any(is_loose)
}

/// The subject of the nearest clause around a word that is not the word itself.
pub(super) fn subject_above(word: Word<'_>) -> Option<Word<'_>> {
    std::iter::once(word)
        .chain(word.ancestors())
        .find_map(|step| step.dependents().find(|child| child.deprel().is_subject() && *child != word))
}

/// The verb whose clause a word stands in.
pub(super) fn nearest_verb(word: Word<'_>) -> Option<Word<'_>> {
    word.ancestors().find(|step| {
        matches!(step.upos(), Upos::Verb | Upos::Aux) || step.has_child(Deprel::Nsubj) || step.has_child(Deprel::Cop)
    })
}

/// How grammar keeps a pronoun from meaning a candidate: not at all, loosely ("She looked around her"), or strictly: two
/// arguments of one verb, an owner and what it owns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Bound {
    No,
    Loosely,
    Strictly,
}

pub(super) fn bound(pronoun: Word<'_>, candidate: Word<'_>, role: PronounRole) -> Bound {
    let (pronoun, candidate) = (pronoun.first_conjunct(), candidate.first_conjunct());
    if pronoun == candidate {
        return Bound::Strictly;
    }
    if role == PronounRole::Possessive {
        return if is_owned(pronoun, candidate) { Bound::Strictly } else { Bound::No };
    }
    if pronoun.is_within(candidate) && pronoun.head() == Some(candidate) {
        return Bound::Strictly;
    }
    let is_argument = |word: Word| {
        word.deprel().is_subject() || word.deprel().is_oblique() || matches!(word.deprel(), Deprel::Obj | Deprel::Iobj)
    };
    let Some(verb) = pronoun.head().filter(|_| is_argument(pronoun) && role != PronounRole::Reflexive) else {
        return Bound::No;
    };
    let is_beside = candidate.head() == Some(verb) && is_argument(candidate);
    let is_subject = !pronoun.deprel().is_subject() && subject_of(verb) == Some(candidate);
    match is_beside || is_subject {
        false => Bound::No,
        true if pronoun.deprel().is_oblique() => Bound::Loosely,
        true => Bound::Strictly,
    }
}

/// "His brother" is not he; "Samarkand, a city known for its bazaars" is it.
fn is_owned(pronoun: Word<'_>, candidate: Word<'_>) -> bool {
    let mut path = std::iter::once(pronoun).chain(pronoun.ancestors().take_while(|step| *step != candidate));
    pronoun.is_within(candidate)
        && !path.any(|step| {
            matches!(step.deprel(), Deprel::Acl | Deprel::AclRelcl | Deprel::Appos | Deprel::Parataxis | Deprel::Conj)
        })
}

/// "In his speech, Xi …", "With a population ten times that of its neighbour, Beijing …", "Although she rarely sang, Lee's voice …":
/// the subject of the clause that the pronoun's phrase opens, or its owner.
pub(super) fn is_cataphoric(pronoun: Word<'_>, candidate: Word<'_>) -> bool {
    let owned = candidate.head().filter(|_| candidate.deprel() == Deprel::NmodPoss);
    let subject = owned.unwrap_or(candidate);
    subject.deprel().is_subject()
        && subject.head().is_some_and(|verb| {
            let opening = pronoun.ancestors().chain(std::iter::once(pronoun)).find(|step| step.head() == Some(verb));
            opening.is_some_and(|step| {
                (step.deprel().is_oblique() || matches!(step.deprel(), Deprel::Advcl))
                    && step < candidate
                    && step < verb
            })
        })
}
