//! Titles: what stands right before a name and says who it is.
//!
//! "French Foreign Minister Barrot" gives `n:minister(subj: Barrot; attr: French)`, "NATO member Turkey" gives
//! `n:member(subj: Turkey; attr: NATO)`, whichever way the parser hangs the words on each other.

use super::clauses::{self, Clause};
use super::{Argument, nominals, phrases};
use crate::document::{Deprel, TokenId, Upos, Word};
use crate::entities::camps;
use crate::knowledge::lexicon::Lexicon;
use crate::record::Role;

/// The proposition of a title, asked for at the title's last word.
pub(crate) fn find(title: Word<'_>, lexicon: &Lexicon) -> Option<Clause> {
    if !is_title(title, lexicon) {
        return None;
    }
    let name = behind(title, lexicon)
        .filter(|next| next.upos() == Upos::Propn && next.sentence_index() == title.sentence_index())?;
    if !are_one_phrase(title, name) || is_title(name, lexicon) {
        return None;
    }
    let holder = head_of_name(name, title);
    let arguments = owners(title, holder, lexicon);
    // "Presidents Putin and Xi"
    let is_plural = matches!(title.xpos(), "NNS" | "NNPS");
    let holders = if is_plural { holder.conjuncts() } else { vec![holder] };
    Some(Clause {
        predicate: nominals::predicate(title),
        subjects: phrases::ids(&holders),
        arguments,
        anchor: title.id(),
    })
}

/// The word behind a title, and behind the rest of one like "secretary of state".
fn behind<'d>(title: Word<'d>, lexicon: &Lexicon) -> Option<Word<'d>> {
    let next = title.next()?;
    let rest = next.next().filter(|_| next.text() == "of");
    let is_office = |rest: &Word| {
        let whole = format!("{} of {}", title.lemma().to_lowercase(), rest.text().to_lowercase());
        lexicon.persons.offices.contains(&whole)
    };
    rest.filter(is_office).map_or(Some(next), Word::next)
}

/// An office, a word for a person, or a common noun that the parser hangs on a name as a description.
fn is_title(word: Word<'_>, lexicon: &Lexicon) -> bool {
    let lemma = word.lemma().to_lowercase();
    let is_known = lexicon.persons.describe(&lemma);
    let describes = word.upos() == Upos::Noun
        && match word.deprel() {
            Deprel::NmodDesc | Deprel::Compound => word.head().is_some_and(|head| head.upos() == Upos::Propn),
            _ => word.next().is_some_and(|next| {
                next.upos() == Upos::Propn && matches!(next.deprel(), Deprel::Appos | Deprel::Flat | Deprel::Nsubj)
            }),
        };
    (is_known && matches!(word.upos(), Upos::Noun | Upos::Propn)) || describes
}

/// Either hangs on the other, or both on a third word of the same phrase.
fn are_one_phrase(title: Word<'_>, name: Word<'_>) -> bool {
    let hangs = |word: Word<'_>| {
        matches!(word.deprel(), Deprel::Flat | Deprel::Compound | Deprel::NmodDesc | Deprel::Appos | Deprel::Amod)
    };
    // Torn apart by the parser into two subjects.
    let are_siblings = title.deprel() == name.deprel() && title.head() == name.head() && name.deprel().is_subject();
    are_siblings
        || (title.is_within(name) && hangs(title))
        || (name.is_within(title) && (hangs(name) || title.upos() == Upos::Noun && name.deprel() == Deprel::Obj))
        || (hangs(title) && title.head().is_some_and(|head| name.is_within(head)))
}

/// The word of a name that the others hang on, where the name starts at `first`.
fn head_of_name<'d>(first: Word<'d>, title: Word<'d>) -> Word<'d> {
    let mut head = first;
    while let Some(above) = head.head()
        && above > title
        && above.upos() == Upos::Propn
        && matches!(head.deprel(), Deprel::Flat | Deprel::Compound | Deprel::Amod | Deprel::NmodDesc)
    {
        head = above;
    }
    head
}

/// Whose title it is: names and demonyms before it, prepositional phrases that the parser hung on it.
fn owners(title: Word<'_>, holder: Word<'_>, lexicon: &Lexicon) -> Vec<Argument> {
    let document = title.document();
    let first = title.sentence().tokens.start;
    let mut owners: Vec<Argument> = Vec::new();
    for index in (first..title.index()).rev() {
        let word = document.word(TokenId(index as u32));
        let belongs = word.is_within(title) || (word.is_within(holder) && word < holder) || word.head() == title.head();
        let is_before = matches!(
            word.deprel(),
            Deprel::Compound
                | Deprel::Amod
                | Deprel::NmodPoss
                | Deprel::NmodDesc
                | Deprel::Flat
                | Deprel::Case
                | Deprel::Punct
        ) || title.head() == Some(word);
        if !(belongs || title.is_within(word)) || !is_before || word.text() == "," {
            break;
        }
        // The inner words of a longer name come with its head.
        let is_covered = owners.iter().any(|owner| owner.words.contains(&index));
        let is_name = phrases::is_name_like(word) && !lexicon.persons.offices.contains(&word.lemma().to_lowercase());
        let is_owner = is_name || camps::is_colour(word, &lexicon.nouns);
        // Whoever "Peruvian Environment Minister" is said of, the environment is not Peruvian.
        let is_portfolio = word.upos() == Upos::Adj && title.lemma().eq_ignore_ascii_case("minister");
        let is_inner =
            !is_portfolio && word.head().is_some_and(|head| phrases::is_name_like(head) && head < title && head > word);
        if is_owner && !is_covered && !is_inner {
            let preposition = (word.deprel() == Deprel::NmodPoss).then(|| "'s".to_string());
            owners.push(Argument {
                role: Role::Attribute,
                preposition,
                heads: vec![word.id()],
                words: words_up_to(word),
            });
        }
    }
    owners.extend(phrases_behind(title).map(|child| clauses::oblique(child, lexicon)));
    // "Foreign Minister Olga Lund of Norway", but a party has an article: "of the Labour Party".
    if owners.is_empty() && lexicon.persons.offices.contains(&title.lemma().to_lowercase()) {
        let of = phrases_behind(holder)
            .filter(|child| child.preposition().as_deref() == Some("of") && !child.has_child(Deprel::Det));
        owners.extend(of.map(|child| clauses::oblique(child, lexicon)));
    }
    owners.sort_by_key(|owner| owner.words.start);
    owners
}

/// The prepositional phrases that hang on a noun.
fn phrases_behind<'d>(noun: Word<'d>) -> impl Iterator<Item = Word<'d>> {
    noun.dependents().filter(|child| child.deprel() == Deprel::Nmod && child.has_child(Deprel::Case))
}

/// A name from its first inner word to its head.
fn words_up_to(head: Word<'_>) -> std::ops::Range<usize> {
    let first = head.dependents().find(|child| *child < head && child.deprel() == Deprel::Compound);
    first.map_or(head.index(), |first| first.index())..head.index() + 1
}
