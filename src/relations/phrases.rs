//! Phrases: which words make up an argument, and which nouns it is about.
//!
//! In "Astana, which hosts the two leaders of China and Russia" the subject `which` is about `Astana`; the phrase at
//! `leaders` reads "the two leaders of China and Russia" and is about `leaders`.

use std::ops::Range;

use crate::document::{Deprel, TokenId, Upos, Word};

/// What a noun phrase is about: its conjuncts, relative pronouns replaced by their antecedents, titles by the name they
/// introduce.
pub(crate) fn referents<'d>(word: Word<'d>) -> Vec<Word<'d>> {
    match antecedent(word) {
        Some(noun) => conjuncts_before(noun, word),
        None => noun_conjuncts(word),
    }
    .into_iter()
    .flat_map(named)
    .collect()
}

pub(crate) fn ids(words: &[Word<'_>]) -> Vec<TokenId> {
    words.iter().map(|word| word.id()).collect()
}

/// The noun that a relative pronoun stands for: "the island *which* Beijing claims".
pub(crate) fn antecedent<'d>(word: Word<'d>) -> Option<Word<'d>> {
    if !is_relative(word) || is_conjunction(word) {
        return None;
    }
    let is_clause =
        |above: &Word| above.deprel() == Deprel::AclRelcl || (above.deprel() == Deprel::Acl && word.xpos() == "WDT");
    let clause = std::iter::once(word).chain(word.ancestors()).find(is_clause)?;
    // "what he said", "who leads the party": a free relative is its own clause's head and has no antecedent.
    clause.head().filter(|noun| *noun != word && noun.index() < word.index())
}

pub(crate) fn is_relative(word: Word<'_>) -> bool {
    matches!(word.xpos(), "WDT" | "WP" | "WP$" | "WRB")
        || (word.lemma() == "that" && word.upos() == Upos::Pron && word.deprel() != Deprel::Det)
}

/// "the claim that Kyiv attacked the dam": a "that" beside another object joins, though it be tagged as a pronoun.
pub(crate) fn is_conjunction(that: Word<'_>) -> bool {
    let is_extra = |clause: Word<'_>| {
        let has = |deprel| clause.children(deprel).any(|child| child != that);
        has(Deprel::Obj) && (has(Deprel::Nsubj) || has(Deprel::NsubjPass))
    };
    that.lemma() == "that" && that.deprel() == Deprel::Obj && that.head().is_some_and(is_extra)
}

/// A clause that says what a noun is about: "fears *that the army may return*".
pub(crate) fn is_content(clause: Word<'_>) -> bool {
    match clause.deprel() {
        Deprel::Acl => clause.children(Deprel::Mark).any(|mark| mark.lemma() == "that"),
        Deprel::AclRelcl => clause
            .dependents()
            .any(|child| is_conjunction(child) || (child.deprel() == Deprel::Mark && child.lemma() == "that")),
        Deprel::Ccomp => clause.head().is_some_and(|noun| noun.upos() == Upos::Noun && !is_clause(noun)),
        _ => false,
    }
}

/// A title before its name stands for the name: "minister" of "interior minister Darmanin", however the two are joined;
/// a plural one for all names behind it.
fn named(word: Word<'_>) -> Vec<Word<'_>> {
    let mut names = word
        .dependents()
        .filter(|child| matches!(child.deprel(), Deprel::Flat | Deprel::Appos) && child.upos() == Upos::Propn);
    match names.find(|child| child.index() == word.index() + 1) {
        Some(name) if word.upos() == Upos::Noun && word.xpos() == "NNS" => enumerated(name),
        Some(name) if word.upos() == Upos::Noun => vec![name],
        _ => vec![word],
    }
}

/// "Chan of the Civic Party, Fung, and Ho": the parser may take the names of a list for explanations of each other.
pub(crate) fn enumerated(name: Word<'_>) -> Vec<Word<'_>> {
    let is_name = |word: &Word| word.upos() == Upos::Propn;
    let conjuncts = name.conjuncts().into_iter().filter(is_name);
    let mut names: Vec<Word> = conjuncts
        .flat_map(|conjunct| std::iter::once(conjunct).chain(conjunct.children(Deprel::Appos).filter(is_name)))
        .collect();
    names.sort();
    names.dedup();
    names
}

/// The conjuncts that are nouns; a clause coordinated with a noun is a parser's slip or another predicate.
fn noun_conjuncts(word: Word<'_>) -> Vec<Word<'_>> {
    word.conjuncts().into_iter().filter(|conjunct| *conjunct == word || !is_clause(*conjunct)).collect()
}

/// A relative clause after a whole coordination is about all of it: "Tokyo and Seoul, which …".
fn conjuncts_before<'d>(noun: Word<'d>, pronoun: Word<'_>) -> Vec<Word<'d>> {
    noun_conjuncts(noun).into_iter().filter(|conjunct| conjunct.index() < pronoun.index()).collect()
}

/// True where the word heads a clause: a verb that is no mere modifier, or anything with a subject or a copula.
pub(crate) fn is_clause(word: Word<'_>) -> bool {
    let is_verb = word.upos() == Upos::Verb
        && !matches!(
            word.deprel(),
            Deprel::Amod | Deprel::Compound | Deprel::Case | Deprel::Mark | Deprel::Fixed | Deprel::Flat | Deprel::Cc
        );
    is_verb
        || word.dependents().any(|child| child.deprel().is_subject() || child.deprel() == Deprel::Cop)
        || (word.upos() == Upos::Aux && word.deprel() == Deprel::Root)
}

/// A name or an adjective made of one: "Kremlin", "Chinese".
pub(crate) fn is_name_like(word: Word<'_>) -> bool {
    word.upos() == Upos::Propn || (word.upos() == Upos::Adj && word.lemma().starts_with(char::is_uppercase))
}

/// The clause that a word stands in: the nearest ancestor that heads one.
pub(crate) fn governing_clause(word: Word<'_>) -> Option<Word<'_>> {
    word.ancestors().find(|ancestor| is_clause(*ancestor))
}

/// The token range of the noun phrase that `head` heads, relative clauses and asides left out.
pub(crate) fn noun_phrase(head: Word<'_>) -> Range<usize> {
    grow(head, |word, child| is_noun_part(word, child))
}

/// The same without what is coordinated with it or explains it.
pub(crate) fn single_noun_phrase(head: Word<'_>) -> Range<usize> {
    grow(head, |word, child| {
        is_noun_part(word, child) && !(word == head && matches!(child.deprel(), Deprel::Conj | Deprel::Appos))
    })
}

/// The words of a name alone: "Emmanuel Macron" of "French President Emmanuel Macron, who …".
pub(crate) fn name(head: Word<'_>) -> Range<usize> {
    grow(head, |_, child| {
        child.upos() == Upos::Propn && matches!(child.deprel(), Deprel::Flat | Deprel::Compound | Deprel::Goeswith)
    })
}

/// The same without its preposition.
pub(crate) fn bare_noun_phrase(head: Word<'_>) -> Range<usize> {
    grow(head, |word, child| {
        is_noun_part(word, child) && !(word == head && child.deprel() == Deprel::Case && child < head)
    })
}

/// The token range of a whole clause without its mark ("that", "because") and without what is coordinated with it.
pub(crate) fn clause(head: Word<'_>) -> Range<usize> {
    grow(head, |word, child| {
        !(word == head
            && matches!(child.deprel(), Deprel::Mark | Deprel::Cc | Deprel::Parataxis)
            && !(child.deprel() == Deprel::Mark && child.xpos() == "TO"))
    })
}

fn is_noun_part(word: Word<'_>, child: Word<'_>) -> bool {
    match child.deprel() {
        Deprel::Det
        | Deprel::DetPredet
        | Deprel::Amod
        | Deprel::Nummod
        | Deprel::Compound
        | Deprel::CompoundPrt
        | Deprel::Flat
        | Deprel::Fixed
        | Deprel::Goeswith
        | Deprel::Nmod
        | Deprel::NmodPoss
        | Deprel::NmodDesc
        | Deprel::NmodUnmarked
        | Deprel::CcPreconj
        | Deprel::Case
        | Deprel::Cc
        | Deprel::Appos
        | Deprel::Punct => true,
        Deprel::Acl => child.index() > word.index(),
        Deprel::Conj => !is_clause(child),
        Deprel::Advmod => child.index() < word.index() && !is_clause(word),
        // Below the head's own level, a participle or infinitive brings its whole clause.
        Deprel::Obj
        | Deprel::Obl
        | Deprel::OblAgent
        | Deprel::OblUnmarked
        | Deprel::Xcomp
        | Deprel::Iobj
        | Deprel::Mark
        | Deprel::Aux
        | Deprel::AuxPass => word.deprel() == Deprel::Acl || matches!(word.upos(), Upos::Verb | Upos::Adj),
        _ => false,
    }
}

/// The longest run of words around `head` that `keep` lets belong to it, without punctuation at its ends.
fn grow<'d>(head: Word<'d>, keep: impl Fn(Word<'d>, Word<'d>) -> bool) -> Range<usize> {
    let mut kept = vec![head];
    let mut next = 0;
    while next < kept.len() {
        let word = kept[next];
        kept.extend(word.dependents().filter(|child| keep(word, *child)));
        next += 1;
    }
    let mut indices: Vec<usize> = kept.iter().map(|word| word.index()).collect();
    indices.sort_unstable();
    let at = indices.binary_search(&head.index()).expect("the head is kept");
    let (mut first, mut last) = (at, at);
    while first > 0 && indices[first - 1] + 1 == indices[first] {
        first -= 1;
    }
    while last + 1 < indices.len() && indices[last] + 1 == indices[last + 1] {
        last += 1;
    }
    trim(head, indices[first]..indices[last] + 1)
}

/// Takes punctuation and conjunctions off both ends, the head never.
fn trim(head: Word<'_>, range: Range<usize>) -> Range<usize> {
    let document = head.document();
    let is_edge = |index: usize| {
        let word = document.word(TokenId(index as u32));
        word != head && matches!(word.deprel(), Deprel::Punct | Deprel::Cc)
    };
    let Range { mut start, mut end } = range;
    while start < head.index() && is_edge(start) {
        start += 1;
    }
    while end > head.index() + 1 && is_edge(end - 1) {
        end -= 1;
    }
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::testing;

    const ASTANA: &str = "Astana  Astana  PROPN NNP 5 nsubj
         ,       ,       PUNCT ,   3 punct
         which   which   PRON  WDT 4 nsubj
         hosts   host    VERB  VBZ 1 acl:relcl
         waits   wait    VERB  VBZ 0 root
         for     for     ADP   IN  8 case
         the     the     DET   DT  8 det
         leaders leader  NOUN  NNS 5 obl
         of      of      ADP   IN  10 case
         China   China   PROPN NNP 8 nmod
         and     and     CCONJ CC  12 cc
         Russia  Russia  PROPN NNP 10 conj
         .       .       PUNCT .   5 punct";

    #[test]
    fn phrases_leave_relative_clauses_out() {
        let document = testing::document(ASTANA);
        let word = |index| document.word(TokenId(index));
        assert_eq!(noun_phrase(word(0)), 0..1);
        assert_eq!(noun_phrase(word(7)), 5..12);
        assert_eq!(clause(word(4)), 0..12);
    }

    #[test]
    fn pronouns_lead_to_their_nouns() {
        let document = testing::document(ASTANA);
        let word = |index| document.word(TokenId(index));
        assert_eq!(referents(word(2)), vec![word(0)]);
        assert_eq!(referents(word(9)), vec![word(9), word(11)]);
    }
}
