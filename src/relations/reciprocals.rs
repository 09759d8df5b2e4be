//! Reciprocals: whom "each other" means.
//!
//! In "Chad and Niger accused each other" both are accused, each by the other; so they are in "each side accused the other".

use super::{phrases, subjects};
use crate::document::{Deprel, Word};
use crate::knowledge::lexicon::Lexicon;

/// Those whom the subject of the clause names, where a word takes them up as each other.
pub(crate) fn antecedents<'d>(word: Word<'d>, lexicon: &Lexicon) -> Vec<Word<'d>> {
    let Some(clause) = phrases::governing_clause(word) else { return Vec::new() };
    let subjects = subjects::of(clause, lexicon);
    let takes_up = is_reciprocal(word) || is_the_other(word) && subjects.iter().any(|subject| is_each(*subject));
    if takes_up { subjects } else { Vec::new() }
}

/// Either word of "each other" and "one another".
fn is_reciprocal(word: Word<'_>) -> bool {
    let starts = |first: Word<'_>| {
        let second = first.next().map(|second| second.text().to_lowercase());
        matches!(
            (first.text().to_lowercase().as_str(), second.as_deref()),
            ("each", Some("other")) | ("one", Some("another"))
        )
    };
    starts(word) || word.previous().is_some_and(starts)
}

fn is_the_other(word: Word<'_>) -> bool {
    word.text() == "other" && word.children(Deprel::Det).any(|article| article.text() == "the")
}

fn is_each(subject: Word<'_>) -> bool {
    let is_one_of_two = |word: Word| matches!(word.text().to_lowercase().as_str(), "each" | "neither" | "either");
    is_one_of_two(subject) || subject.dependents().any(is_one_of_two)
}
