//! Compounds: names that reach further than tagger or base saw, by the words beside them.
//!
//! "Air" + "France" is one company, "Bank" of "Italy" one bank, "Timur" + "the Great" one conqueror, "North" of "North and South Korea"
//! a Korea.

use std::ops::Range;

use crate::document::{Deprel, Upos, Word};
use crate::entities::kinds;
use crate::entities::names::{Finder, Name, is_mostly_capitals};
use crate::entities::tagger::Class;
use crate::record::Kind;

impl Finder<'_> {
    /// "New Territories West", "Timur the Great": what follows belongs to the name.
    pub(super) fn extend(&self, found: &mut [Name], end: usize) {
        let taken: Vec<Range<usize>> = found.iter().map(|name| name.words.clone()).collect();
        for name in found.iter_mut() {
            let next = name.words.end;
            let is_free = |index: usize| index < end && taken.iter().all(|words| !words.contains(&index));
            if name.class == Some(Class::Organization)
                && is_free(next)
                && self.lower(next) == ","
                && next + 1 < end
                && self.is_legal_form(next + 1)
            {
                name.words.end += 2;
            } else if name.class == Some(Class::Person)
                && name.words.len() > 1
                && is_free(next)
                && is_free(next + 1)
                && self.is_double(next)
            {
                name.words.end += 2;
                name.matches = self.lookup(name.words.clone());
            } else if is_free(next)
                && self.is_capital(next)
                && self.knowledge.lexicon.nouns.directions.contains(&self.lower(next))
                && !(is_free(next + 1) && self.is_capital(next + 1))
            {
                name.words.end += 1;
                name.matches = self.lookup(name.words.clone());
                name.class = name.class.or(Some(Class::Location));
            } else if is_free(next) && self.is_capital(next) && self.lacks_surname(name) {
                name.words.end += 1;
                name.matches = self.lookup(name.words.clone());
            } else if name.class == Some(Class::Person)
                && is_free(next)
                && self.lower(next) == "the"
                && is_free(next + 1)
                && self.is_capital(next + 1)
            {
                let fuller = self.lookup(name.words.start..next + 2);
                let follows = self
                    .document
                    .words_in(next + 1..next + 2)
                    .all(|word| word.upos() == Upos::Adj || word.xpos() == "JJ");
                if follows || !fuller.is_empty() {
                    name.words.end += 2;
                    name.matches = if fuller.is_empty() { std::mem::take(&mut name.matches) } else { fuller };
                }
            }
        }
    }

    /// "-Freed" of "Sam Bankman-Freed": the second half of a family name.
    fn is_double(&self, hyphen: usize) -> bool {
        let words = self.document.words_in(hyphen..(hyphen + 2).min(self.document.len()));
        let [mark, half] = words.collect::<Vec<Word>>()[..] else { return false };
        let before = mark.previous().map(|word| word.span().end);
        let touches = before == Some(mark.span().start) && mark.span().end == half.span().start;
        let is_name =
            half.text().starts_with(char::is_uppercase) && half.text().chars().skip(1).all(char::is_lowercase);
        mark.text() == "-" && touches && is_name
    }

    /// "Gary" of "Gary Banks", though English has banks: a given name with one more proper noun in its phrase.
    fn lacks_surname(&self, name: &Name) -> bool {
        let [given, surname] = self.document.words_in(name.words.start..name.words.end + 1).collect::<Vec<Word>>()[..]
        else {
            return false;
        };
        let is_flat = surname.deprel() == Deprel::Flat && surname.head() == Some(given);
        let is_compound = given.deprel() == Deprel::Compound && given.head() == Some(surname);
        let is_proper = |word: Word| word.upos() == Upos::Propn && word.text().chars().skip(1).all(char::is_lowercase);
        (is_flat || is_compound)
            && name.class == Some(Class::Person)
            && is_proper(given)
            && is_proper(surname)
            && self.knowledge.base.given_name(&given.text().to_lowercase()).is_some()
            && (self.knowledge.base.is_surname(&surname.text().to_lowercase()) || self.is_own_word(surname.index()))
    }

    /// "Air France", "Texas Instruments", "San Francisco 49ers": a place that modifies or is modified by a word with a capital that no
    /// list knows is a part of a longer name.
    pub(super) fn embed(&self, found: &mut [Name], sentence: Range<usize>) {
        if is_mostly_capitals(self.document, sentence.clone()) {
            return;
        }
        for at in 0..found.len() {
            let name = &found[at];
            if !self.is_place(name) || !matches!(name.class, None | Some(Class::Location)) {
                continue;
            }
            let head = kinds::head(self.document, name.words.clone());
            let is_part = |word: Word<'_>| matches!(word.deprel(), Deprel::Compound | Deprel::Flat | Deprel::NmodDesc);
            let is_free =
                |index: usize| sentence.contains(&index) && found.iter().all(|other| !other.words.contains(&index));
            let (mut start, mut end) = (name.words.start, name.words.end);
            while end < sentence.end && is_part(head) && is_free(end) && self.is_own_word(end) {
                end += 1;
            }
            let governor = head.head().map(Word::index);
            if !governor.is_some_and(|governor| (name.words.end..end).contains(&governor)) {
                end = name.words.end;
            }
            if end == name.words.end && start > sentence.start && is_free(start - 1) && self.is_own_word(start - 1) {
                let before = self.document.words_in(start - 1..start).next();
                if before.is_some_and(|word| is_part(word) && word.head() == Some(head)) {
                    start -= 1;
                }
            }
            let words = start..end;
            if words != name.words {
                found[at] = Name { matches: self.lookup(words.clone()), words, class: Some(Class::Organization) };
            }
        }
    }

    /// "The Minsk agreements": what is called after the city where it was signed.
    pub(super) fn sign(&self, found: &mut [Name], end: usize) {
        for name in found.iter_mut().filter(|name| name.words.start > 0 && name.words.end < end) {
            let next = name.words.end;
            let is_agreement = self.texts(next..next + 1)[0].chars().all(char::is_lowercase)
                && self.document.words_in(next..next + 1).all(|word| {
                    let noun = word.lemma().to_lowercase();
                    matches!(noun.as_str(), "agreement" | "accord" | "protocol" | "convention")
                });
            let is_city = || {
                name.matches.iter().any(|found| self.knowledge.base.entry(found.entry).class == "capital")
                    || name.matches.first().is_some_and(|best| self.knowledge.base.entry(best.entry).kind == Kind::City)
            };
            if is_agreement && self.lower(name.words.start - 1) == "the" && is_city() {
                name.words.end += 1;
                name.matches = self.lookup(name.words.clone());
                name.class = Some(Class::Other);
            }
        }
    }

    /// "New Madrid": a place with one more word before it, where some town is called so.
    pub(super) fn widen(&self, found: &mut [Name], sentence: Range<usize>) {
        for at in 0..found.len() {
            let start = found[at].words.start;
            let is_place = matches!(found[at].class, None | Some(Class::Location));
            if !is_place || start == sentence.start || at > 0 && found[at - 1].words.end == start {
                continue;
            }
            let words = start - 1..found[at].words.end;
            let before = self.texts(start - 1..start)[0];
            let is_capital = before.starts_with(char::is_uppercase) && !before.eq_ignore_ascii_case("the");
            let text = self.document.span_of(words.clone()).of(self.document.text());
            if is_capital && !text.contains(['.', '\n']) && !self.knowledge.base.places(text).is_empty() {
                found[at] = Name { matches: self.lookup(words.clone()), words, class: Some(Class::Location) };
            }
        }
    }

    /// A proper noun that is no title, office, nationality or sort of people, and that the base does not know.
    fn is_own_word(&self, index: usize) -> bool {
        let persons = &self.knowledge.lexicon.persons;
        let lower = self.lower(index);
        let singular = lower.strip_suffix('s').unwrap_or(&lower);
        let word = self.document.words_in(index..index + 1).next();
        let is_proper = word.is_some_and(|word| {
            matches!(word.xpos(), "NNP" | "NNPS")
                && word.text().starts_with(|char: char| char.is_uppercase() || char.is_numeric())
                && word.text().chars().count() > 2
        });
        let is_title = |form: &str| {
            persons.titles.contains(form) || persons.offices.contains(form) || self.knowledge.base.agent(form).is_some()
        };
        is_proper
            && ![lower.as_str(), singular].iter().any(|form| is_title(form))
            && !self.knowledge.lexicon.nouns.directions.contains(&lower)
            && !self.knowledge.lexicon.nouns.not_names.contains(&lower)
            && !self.knowledge.lexicon.nouns.heads.contains(&lower)
            && self.lookup(index..index + 1).is_empty()
    }

    /// "North and South Korea": the first half of a name whose second half comes with the next one.
    pub(super) fn shared_heads(&self, sentence: Range<usize>, found: &[Name]) -> Vec<Name> {
        let directions = &self.knowledge.lexicon.nouns.directions;
        let heads = found
            .iter()
            .filter(|name| name.words.len() == 2 && name.words.start >= sentence.start + 2)
            .filter_map(|name| {
                let [first, joint, other] =
                    [name.words.start - 2, name.words.start - 1, name.words.start].map(|index| self.lower(index));
                let is_pair = matches!(joint.as_str(), "and" | "or")
                    && directions.contains(&first)
                    && directions.contains(&other);
                let text = format!("{first} {}", self.lower(name.words.start + 1));
                let matches = self.knowledge.base.lookup(&text);
                let start = name.words.start - 2;
                (is_pair && !matches.is_empty()).then_some(Name { words: start..start + 1, class: name.class, matches })
            });
        heads.collect()
    }
}
