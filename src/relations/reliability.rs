//! Reliability: how far a proposition can be trusted, from 0 to 1, by its shape alone.
//!
//! A clause with its own subject in a short sentence is nearly always right; a subject borrowed over three clauses of a long
//! sentence is not. The weights were set by hand on CaRB's development set (`score.py oie`).

use super::clauses::Clause;
use super::modality::Stance;
use super::{PredicateKind, Voice, subjects};
use crate::document::{Deprel, Document};
use crate::record::{Modality, Role};

/// Words beyond which a sentence counts as long.
const LONG: usize = 30;

/// Two decimals, so that outputs stay readable.
pub(crate) fn of(document: &Document<'_>, clause: &Clause, stance: Stance) -> f64 {
    let anchor = document.word(clause.anchor);
    let mut weight: f64 = match clause.predicate.kind {
        PredicateKind::Verb => 0.9,
        PredicateKind::Adjective => 0.85,
        PredicateKind::Copula if clause.predicate.words.is_empty() => 0.75,
        PredicateKind::Copula => 0.9,
        PredicateKind::Noun => 0.7,
    };
    let is_clause = clause.predicate.kind != PredicateKind::Noun;
    if is_clause && subjects::stated(anchor).is_none() {
        weight -= 0.1;
    }
    let is_subjectless = clause.subjects.is_empty() && clause.predicate.voice == Voice::Active;
    if is_clause && is_subjectless {
        weight -= 0.3;
    }
    if clause.arguments.is_empty() {
        weight -= 0.25;
    }
    // "wants to join": told once more, and better, by `join`.
    let complements = clause.arguments.iter().filter(|argument| argument.role == Role::Complement);
    let is_told_below =
        complements.flat_map(|argument| &argument.heads).any(|&head| document.word(head).deprel() == Deprel::Xcomp);
    if is_told_below && !clause.arguments.iter().any(|argument| argument.role == Role::Object) {
        weight -= 0.2;
    }
    if matches!(anchor.deprel(), Deprel::Dep | Deprel::Parataxis | Deprel::List) {
        weight -= 0.1;
    }
    if stance.modality == Modality::Hypothetical {
        weight -= 0.05;
    }
    let length = anchor.sentence().tokens.len();
    weight -= 0.002 * length.saturating_sub(LONG).min(50) as f64;
    (weight.clamp(0.05, 1.0) * 100.0).round() / 100.0
}
