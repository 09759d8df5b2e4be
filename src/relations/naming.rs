//! Naming: verbs that say what their object is.
//!
//! "Beijing considers the island its own territory", "critics call him a dictator", "she described it as a success" each
//! give a copula beside the verb's own clause: `be(subj: island; is: territory) [by: Beijing]`.

use super::clauses::{self, Clause};
use super::{Argument, Predicate, PredicateKind, Voice, phrases};
use crate::document::{Deprel, TokenId, Word};
use crate::knowledge::lexicon::Lexicon;
use crate::record::Role;

/// What a verb says its object is, besides complements that have a clause of their own.
pub(crate) fn find(verb: Word<'_>, lexicon: &Lexicon) -> Option<Clause> {
    let becomes = matches!(verb.lemma(), "become" | "remain");
    if !(becomes || lexicon.verbs.naming.contains(verb.lemma())) || !phrases::is_clause(verb) {
        return None;
    }
    let clause = clauses::verbal(verb, lexicon);
    let named =
        clause.arguments.iter().find(|argument| argument.role == Role::Object).map(|object| object.heads.clone());
    let named = if becomes { clause.subjects.clone() } else { named? };
    let said = clause.arguments.iter().find(|argument| {
        let is_new = argument.heads.iter().all(|&head| verb.document().word(head).deprel() != Deprel::Xcomp);
        let is_named = argument.role == Role::Predicative
            || (argument.role == Role::Oblique && argument.preposition.as_deref() == Some("as"));
        is_named && is_new
    })?;
    Some(copula(named, Argument { role: Role::Predicative, preposition: None, ..said.clone() }, verb))
}

/// The copula that the text leaves unsaid.
fn copula(subjects: Vec<TokenId>, said: Argument, verb: Word<'_>) -> Clause {
    let predicate = Predicate {
        head: verb.id(),
        kind: PredicateKind::Copula,
        lemma: "be".to_string(),
        voice: Voice::Active,
        words: said.words.start..said.words.start,
    };
    let anchor = said.heads[0];
    Clause { predicate, subjects, arguments: vec![said], anchor }
}
