//! Acronyms: what a name in brackets shortens, it means everywhere in the article.
//!
//! "The Northern Rivers Ferry Operators (NRFO) sued. NRFO members …" makes `NRFO` an organization, though it looks like nothing.

use std::collections::{BTreeMap, HashSet};

use crate::document::{Document, Word};
use crate::entities::names::Name;
use crate::entities::tagger::Class;
use crate::text::SentenceRole;

/// Gives acronyms the class of the names that they shorten, and finds those that were overlooked.
pub(crate) fn spread(document: &Document, names: &mut Vec<Name>) {
    let mut classes: BTreeMap<&str, Class> = BTreeMap::new();
    for name in names.iter() {
        let Some(class) = name.class.filter(|class| *class != Class::Person) else { continue };
        if let Some(acronym) = acronym_behind(document, name) {
            classes.entry(acronym).or_insert(class);
        }
    }
    if classes.is_empty() {
        return;
    }
    let taken: HashSet<usize> = names.iter().flat_map(|name| name.words.clone()).collect();
    for name in names.iter_mut().filter(|name| name.matches.is_empty() && name.words.len() == 1) {
        let text = document.span_of(name.words.clone()).of(document.text());
        name.class = classes.get(text).copied().or(name.class);
    }
    let words = document.words().filter(|word| word.sentence().role != SentenceRole::Furniture);
    let overlooked = words.filter(|word| !taken.contains(&word.index())).filter_map(|word| {
        let class = classes.get(word.text()).copied()?;
        Some(Name { words: word.index()..word.index() + 1, class: Some(class), matches: Vec::new() })
    });
    names.extend(overlooked);
    names.sort_by_key(|name| name.words.start);
}

/// `NRFO` in "Northern Rivers Ferry Operators (NRFO)": capitals that begin words of the name.
fn acronym_behind<'d>(document: &'d Document<'d>, name: &Name) -> Option<&'d str> {
    let end = name.words.end;
    let [open, acronym, close] = document.words_in(end..(end + 3).min(document.len())).collect::<Vec<Word>>()[..]
    else {
        return None;
    };
    let letters = acronym.text();
    let is_acronym = letters.len() > 1 && letters.chars().all(|letter| letter.is_ascii_uppercase() || letter == '-');
    let initials: Vec<char> = document
        .words_in(name.words.clone())
        .filter_map(|word| word.text().chars().next().filter(|first| first.is_uppercase()))
        .collect();
    let is_of_name = letters.starts_with(*initials.first()?)
        && initials.len() > 1
        && letters.chars().filter(|letter| initials.contains(letter)).count() * 2 > letters.len();
    // "World Conservation Union (IUCN)": capitals may be those of another language.
    let before = document.words_in(name.words.clone()).next()?.previous();
    let is_whole = !before.is_some_and(|before| matches!(before.lemma(), "and" | "&" | ","));
    let is_body = name.class == Some(Class::Organization) && name.words.len() > 1 && (3..=6).contains(&letters.len());
    (is_acronym && (is_of_name || is_body && is_whole) && open.text() == "(" && close.text() == ")").then_some(letters)
}
