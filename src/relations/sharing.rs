//! Sharing: when and where coordinated verbs do what they tell.
//!
//! "On Monday gunmen killed two men and abducted a third": the day before the subject is the day of both. "Shelled the port and
//! killed two men in Odesa on Friday": so is a day behind the last verb, and the place where both tell of one sort of deed.

use std::collections::{HashMap, HashSet};

use super::findings::Finding;
use super::slots::{self, Phrase};
use super::{Argument, PredicateKind, Proposition, subjects};
use crate::document::{Deprel, Document, TokenId, Upos, Word};
use crate::knowledge::plover::Plover;
use crate::record::Role;

/// A phrase beside one verb that holds for another.
pub(super) struct Shared<'d> {
    pub phrase: Phrase<'d>,
    /// Of a phrase behind the last verb: of which classes that verb's deeds are.
    pub behind: Option<HashSet<Plover>>,
}

/// What the verbs of each proposition share with those that they are coordinated with.
pub(super) fn find<'d>(
    document: &'d Document<'d>,
    propositions: &[Proposition],
    findings: &[Vec<Finding<'_>>],
) -> Vec<Vec<Shared<'d>>> {
    let verbs: HashMap<TokenId, usize> = propositions
        .iter()
        .enumerate()
        .filter(|(_, proposition)| proposition.predicate.kind == PredicateKind::Verb)
        .map(|(index, proposition)| (proposition.predicate.head, index))
        .collect();
    let mut shared: Vec<Vec<Shared>> = propositions.iter().map(|_| Vec::new()).collect();
    for (&verb, &index) in &verbs {
        let verb = document.word(verb);
        let chain = chain(verb);
        let others = chain.iter().filter(|other| chain.contains(&verb) && **other != verb);
        for &other in others {
            let Some(&lender) = verbs.get(&other.id()) else { continue };
            let arguments = &propositions[lender].arguments;
            let is_last = chain.last() == Some(&other) && !is_set_off(other) && !arguments.iter().any(is_aim);
            let classes = || findings[lender].iter().filter_map(Finding::class).collect();
            let lent = arguments.iter().filter(|argument| match argument.role {
                Role::Oblique | Role::Time if other < verb => is_fronted(argument, other) || goes_on(verb),
                Role::Oblique | Role::Time => is_last && argument.words.start > other.index(),
                _ => false,
            });
            shared[index].extend(lent.map(|argument| Shared {
                phrase: slots::phrase(document, argument, None),
                behind: (other > verb).then(classes),
            }));
        }
    }
    shared
}

/// "Invited them to a summit in May": a day behind such a phrase may be the summit's.
fn is_aim(argument: &Argument) -> bool {
    argument.role == Role::Oblique
        && matches!(argument.preposition.as_deref(), Some("to" | "for" | "with" | "on" | "over" | "about"))
}

/// Before the subject.
fn is_fronted(argument: &Argument, verb: Word<'_>) -> bool {
    subjects::stated(verb).is_some_and(|subject| argument.words.end <= subject.index())
}

/// "Killed 15 men in Odesa and wounded eight": a bare number goes on telling of the same deed.
fn goes_on(verb: Word<'_>) -> bool {
    verb.child(Deprel::Obj).is_some_and(|object| object.upos() == Upos::Num && !object.has_child(Deprel::Nmod))
}

/// The verbs that share one subject, in order.
fn chain(verb: Word<'_>) -> Vec<Word<'_>> {
    let first = verb.first_conjunct();
    let shares = |other: &Word<'_>| *other == first || subjects::stated(*other).is_none();
    first.conjuncts().into_iter().filter(shares).collect()
}

/// "…, and left on Friday": a comma parts what one verb tells from what the other does.
fn is_set_off(verb: Word<'_>) -> bool {
    verb.children(Deprel::Punct).any(|comma| comma < verb && comma.text() == ",")
}
