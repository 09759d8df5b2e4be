//! Surnames: who is named in full once is called by the last word elsewhere.
//!
//! "Jane Stanes taught there. Stanes retired in 1880." gives `Stanes`, a person, though no list knows the word; "Hagen" beside
//! "Daron Hagen" is no town.

use std::collections::HashSet;

use crate::document::{Document, Upos, Word};
use crate::entities::names::{self, Name};
use crate::entities::tagger::Class;
use crate::knowledge::Knowledge;
use crate::knowledge::names::fold;
use crate::record::Kind;
use crate::text::SentenceRole;

/// Adds the surnames that no name was found at, and makes persons of those that were taken for something else.
pub(super) fn find_again(document: &Document, names: &mut Vec<Name>, knowledge: &Knowledge) {
    let surnames: HashSet<String> =
        names.iter().filter_map(|name| surname(document, name, knowledge)).filter(|word| word.len() > 2).collect();
    if surnames.is_empty() {
        return;
    }
    let is_person = |kind: Kind| kind == Kind::Person;
    for name in names.iter_mut().filter(|name| name.words.len() == 1) {
        let word = document.words_in(name.words.clone()).next().expect("a name has words");
        let is_country = name.matches.first().is_some_and(|best| {
            best.how.is_demonym() || knowledge.base.entry(best.entry).kind == Kind::Country && best.prior > 0.3
        });
        if surnames.contains(&fold(word.text())) && !is_country && !stands_as_place(word) {
            name.class = Some(Class::Person);
            name.matches.retain(|found| is_person(knowledge.base.entry(found.entry).kind));
        }
    }
    let words = document.words().filter(|word| word.sentence().role != SentenceRole::Furniture);
    let missed = words.filter(|word| {
        let text = word.text();
        let is_capital = |word: Word| word.upos() == Upos::Propn && word.text().starts_with(char::is_uppercase);
        let in_name = |index: usize| names.iter().any(|name| name.words.contains(&index));
        text.starts_with(char::is_uppercase)
            && matches!(word.upos(), Upos::Propn | Upos::Noun)
            && surnames.contains(&fold(text))
            && !in_name(word.index())
            && !word.next().is_some_and(is_capital)
            && (word.upos() == Upos::Propn || !knowledge.base.is_common_word(&text.to_lowercase()))
    });
    let missed: Vec<Name> = missed
        .map(|word| {
            let mut matches = knowledge.base.lookup(word.text());
            matches.retain(|found| is_person(knowledge.base.entry(found.entry).kind));
            Name { words: word.index()..word.index() + 1, class: Some(Class::Person), matches }
        })
        .collect();
    names.extend(missed);
    names.sort_by_key(|name| name.words.start);
    names.dedup_by(|next, kept| names::overlap(&next.words, &kept.words));
}

/// The last word of a person's full name.
fn surname(document: &Document, name: &Name, knowledge: &Knowledge) -> Option<String> {
    let is_other =
        |name: &Name| name.matches.first().is_some_and(|best| knowledge.base.entry(best.entry).kind != Kind::Person);
    if name.words.len() < 2 || name.class != Some(Class::Person) || is_other(name) {
        return None;
    }
    let last = document.words_in(name.words.clone()).next_back()?;
    last.text().starts_with(char::is_uppercase).then(|| fold(last.text()))
}

/// "In Hagen", "the Hagen road".
pub(super) fn stands_as_place(word: Word<'_>) -> bool {
    matches!(
        word.preposition().as_deref(),
        Some("in" | "at" | "near" | "from" | "into" | "across" | "outside" | "toward" | "towards")
    )
}
