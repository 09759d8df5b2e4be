//! Surroundings: slots that the clauses below a predicate fill, or the clause around it.
//!
//! In "threatened to impose sanctions on Chad" Chad is threatened; in "came at the invitation of Chad" whoever came is invited.

use super::slots::{Filling, Part, Phrase, Reading, gather, modifiers};
use super::{phrases, subjects};
use crate::document::{Deprel, Upos, Word};
use crate::knowledge::lexicon::{Lexicon, Speech};
use crate::record::Role;

/// Who does what the clause around a noun tells: of a noun that relates, where "at" or "on" leads up to it; of what a verb or an
/// adjective is about, where the clause carries it out.
pub(super) fn around<'d>(reading: &Reading<'d>, lexicon: &Lexicon) -> Vec<Word<'d>> {
    let verbs = &lexicon.verbs;
    let nouns = match reading.part {
        Part::Noun => vec![reading.head],
        Part::Verb => {
            gather(reading, |phrase| phrase.role == Role::Object).heads.into_iter().chain(reading.noun).collect()
        }
        Part::Adjective => reading.subjects.clone(),
        Part::Attached => Vec::new(),
    };
    let clause_of = |noun: Word<'d>| {
        let clause = noun.ancestors().find(|above| phrases::is_clause(*above))?;
        let carries = match reading.part {
            Part::Noun => matches!(noun.preposition().as_deref(), Some("at" | "on" | "upon")),
            _ => verbs.light.contains_key(clause.lemma()) || verbs.speech.get(clause.lemma()) == Some(Speech::Promise),
        };
        let is_inside = subjects::stated(clause).is_some_and(|subject| noun.is_within(subject));
        Some(clause).filter(|_| carries && !is_inside)
    };
    nouns.into_iter().filter_map(clause_of).flat_map(|clause| subjects::of(clause, lexicon)).collect()
}

/// The subjects of dependent clauses.
pub(super) fn doers<'d>(reading: &Reading<'d>, is_meant: impl Fn(Word<'d>) -> bool) -> Filling<'d> {
    let clauses = gather(reading, |phrase| phrase.role == Role::Complement);
    let meant = clauses.heads.into_iter().filter(|clause| is_meant(*clause));
    let subjects = meant.flat_map(|clause| clause.dependents());
    let subjects = subjects.filter(|child| child.deprel().is_subject() && child.is_nominal());
    Filling { heads: subjects.flat_map(|word| word.conjuncts()).collect(), arguments: Vec::new() }
}

/// What a clause of purpose is done to, or is about.
pub(super) fn aims<'d>(reading: &Reading<'d>) -> Filling<'d> {
    let is_purpose = |phrase: &Phrase| {
        phrase.preposition.as_deref() == Some("to") && phrase.heads.iter().all(|head| head.upos() == Upos::Verb)
    };
    let aims = gather(reading, is_purpose);
    let parts = aims.heads.iter().flat_map(|clause| clause.dependents());
    let is_about = |part: &Word| {
        part.deprel() == Deprel::Obj
            || part.deprel() == Deprel::Obl
                && part.preposition().is_some_and(|preposition| {
                    matches!(&*preposition, "against" | "at" | "over" | "from" | "of" | "for")
                })
    };
    Filling { heads: parts.filter(is_about).flat_map(|part| part.conjuncts()).collect(), arguments: aims.arguments }
}

/// Whom the thing that a dependent clause is done to is for.
pub(super) fn target<'d>(reading: &Reading<'d>) -> Filling<'d> {
    let aimed_at = |word: &Word| {
        let preposition = word.preposition().filter(|_| word.deprel().is_oblique() || word.deprel() == Deprel::Nmod);
        preposition.is_some_and(|preposition| {
            matches!(&*preposition, "on" | "against" | "at" | "towards" | "toward" | "upon" | "over")
        })
    };
    let mut filling = below(reading, |deprel| deprel == Deprel::Obj);
    let things = std::mem::take(&mut filling.heads).into_iter().filter(|thing| thing.upos() == Upos::Noun);
    let around = things.flat_map(|thing| thing.dependents().chain(thing.head().into_iter().flat_map(Word::dependents)));
    let targets: Vec<Word> = around.filter(aimed_at).flat_map(|word| word.conjuncts()).collect();
    filling.heads = targets;
    filling
}

/// What the dependent clause is done to.
pub(super) fn below<'d>(reading: &Reading<'d>, is_meant: impl Fn(Deprel) -> bool) -> Filling<'d> {
    let mut filling = gather(reading, |phrase| phrase.role == Role::Complement);
    // "proposed that Chad suspend talks with Mali": what another does is not done by who proposes it.
    let is_anothers = |clause: &Word| {
        let mut subjects = clause.dependents().filter(|child| child.deprel().is_subject());
        subjects.any(|subject| subject.is_nominal() && subject.upos() != Upos::Pron)
    };
    let mut clauses = std::mem::take(&mut filling.heads);
    clauses.retain(|clause| !is_anothers(clause));
    let parts = clauses.iter().flat_map(|clause| clause.dependents());
    let parts = parts.filter(|part| is_meant(part.deprel()) && part.upos() != Upos::Verb);
    let parts: Vec<Word> = parts.flat_map(|part| part.conjuncts()).collect();
    // "threatened to ban voting in A"
    let objects = clauses.iter().flat_map(|clause| clause.children(Deprel::Obj));
    let inner = objects.flat_map(modifiers).filter(|phrase| is_meant(Deprel::Obl) && phrase.preposition.is_some());
    filling.heads.extend(parts.into_iter().chain(inner.flat_map(|phrase| phrase.heads)));
    filling
}
