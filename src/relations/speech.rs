//! Speech tags: "…, he said", a clause with nothing but a speaker and a verb of saying beside what is said.
//!
//! Parsers hang such a tag anywhere (complement, adverbial, one more conjunct), so it is known by its looks.

use super::{phrases, subjects};
use crate::document::{Deprel, Upos, Word};
use crate::knowledge::lexicon::Lexicon;

/// The clause that a tag belongs to: `grow` for `said` in "Trade will grow, he said."
pub(crate) fn tagged<'d>(verb: Word<'d>, lexicon: &Lexicon) -> Option<Word<'d>> {
    if !lexicon.verbs.speech.contains(verb.lemma()) || verb.has_child(Deprel::Ccomp) {
        return None;
    }
    let head = verb.head()?;
    let hangs_loose = verb.deprel() == Deprel::Parataxis;
    let looks_like_a_tag = || is_bare(verb) && follows_mark(verb) && ends_sentence(verb);
    let is_tag = (hangs_loose && subjects::stated(verb).is_some()) || looks_like_a_tag();
    let clause = if phrases::is_clause(head) { Some(head) } else { phrases::governing_clause(head) };
    clause.filter(|_| is_tag)
}

/// The clause that a verb of saying is the main clause of without a conjunction: "Peskov said: talks will go on."
pub(crate) fn introduced<'d>(verb: Word<'d>, lexicon: &Lexicon) -> Option<Word<'d>> {
    if !lexicon.verbs.speech.contains(verb.lemma()) || verb.has_child(Deprel::Ccomp) || verb.has_child(Deprel::Obj) {
        return None;
    }
    verb.children(Deprel::Parataxis).find(|clause| phrases::is_clause(*clause) && tagged(*clause, lexicon).is_none())
}

/// A subject, and perhaps a time or a place, but nothing that is said.
fn is_bare(verb: Word<'_>) -> bool {
    let has_subject = verb.dependents().any(|child| child.deprel().is_subject());
    let is_inverted = !has_subject && verb.next().is_some_and(|next| next.head() == Some(verb) && next.is_nominal());
    (has_subject || is_inverted)
        && verb.dependents().all(|child| {
            child.deprel().is_subject()
                || matches!(
                    child.deprel(),
                    Deprel::Punct | Deprel::Advmod | Deprel::Obl | Deprel::OblUnmarked | Deprel::Aux
                )
                || (is_inverted && child.deprel() == Deprel::Obj)
        })
        && !verb.children(Deprel::Mark).any(|_| true)
}

/// Behind a comma or a closing quotation mark.
fn follows_mark(verb: Word<'_>) -> bool {
    let first = verb.subtree().into_iter().find(|word| word.upos() != Upos::Punct);
    first.and_then(Word::previous).is_some_and(|mark| matches!(mark.text(), "," | "”" | "\"" | "''" | "—" | "–"))
}

fn ends_sentence(verb: Word<'_>) -> bool {
    let tokens = verb.sentence().tokens.clone();
    let last = verb.subtree().into_iter().rev().find(|word| word.upos() != Upos::Punct).unwrap_or(verb);
    verb.document().words_in(last.index() + 1..tokens.end).all(|word| word.upos() == Upos::Punct)
}
