//! Affiliations: whose somebody is, is a party or body more often than a person.
//!
//! "Demosisto's Nathan Law", "DAB's Ben Chan": a word right before "'s" and a full name is a name, and of an organization unless a
//! list or the article knows it better.

use crate::document::{Document, Upos, Word};
use crate::entities::names::Name;
use crate::entities::tagger::Class;
use crate::knowledge::Knowledge;
use crate::knowledge::base::Match;

/// Adds the names of bodies that no name was found at, and makes bodies of words that only look like persons.
pub(super) fn find(document: &Document, names: &mut Vec<Name>, knowledge: &Knowledge) {
    let is_full_name = |name: &&Name| name.class == Some(Class::Person) && name.words.len() > 1;
    let persons: Vec<usize> = names.iter().filter(is_full_name).map(|name| name.words.start).collect();
    let word = |index: usize| document.words_in(index..index + 1).next();
    let owners = persons.into_iter().filter_map(|start| {
        let mark = word(start)?.previous().filter(|mark| mark.xpos() == "POS")?;
        mark.previous().filter(|owner| owner.sentence_index() == mark.sentence_index())
    });
    let is_capital = |word: &Word| word.text().starts_with(char::is_uppercase) && word.upos() == Upos::Propn;
    let mut missed = Vec::new();
    for owner in owners.filter(is_capital) {
        let text = owner.text();
        let is_person = || knowledge.base.given_name(text).is_some() || knowledge.base.is_surname(text);
        let at = names.partition_point(|name| name.words.end <= owner.index());
        match names.get_mut(at).filter(|name| name.words.start <= owner.index()) {
            Some(name) => {
                let is_body = |found: &Match| knowledge.base.entry(found.entry).kind.is_body();
                if name.words.len() == 1 && name.matches.iter().all(is_body) && !is_person() {
                    name.class = Some(Class::Organization);
                }
            }
            None => {
                let before = std::iter::successors(owner.previous(), |word| word.previous());
                let before = before.take_while(|word| word.sentence_index() == owner.sentence_index());
                let first = before.take_while(is_capital).last().unwrap_or(owner);
                let words = first.index()..owner.index() + 1;
                if at == 0 || names[at - 1].words.end <= words.start {
                    let matches = knowledge.base.lookup(document.span_of(words.clone()).of(document.text()));
                    missed.push(Name { words, class: Some(Class::Organization), matches });
                }
            }
        }
    }
    names.extend(missed);
    names.sort_by_key(|name| name.words.start);
}
