//! Neighbours: names that the words beside them tell apart better than their own looks.
//!
//! "Reading, Pa." and "Marion, Ohio" are towns, "Mayor London Breed" is a person, and so is none of the places in "Moonbi, Parkes and Berry".

use std::ops::Range;

use crate::document::{Upos, Word};
use crate::entities::context::COUNTY;
use crate::entities::names::{Finder, Name};
use crate::entities::tagger::Class;
use crate::knowledge::base::Entry;
use crate::knowledge::gazetteer;
use crate::record::Kind;

impl Finder<'_> {
    /// Towns before the division or country that holds them, whatever they look like, and those that nobody saw.
    pub(super) fn contained(&self, found: &mut Vec<Name>, sentence: Range<usize>) {
        for name in found.iter_mut().filter(|name| !matches!(name.class, None | Some(Class::Location))) {
            if self.lies_in_what_follows(name.words.clone(), sentence.end) && !self.is_titled(name.words.start) {
                name.class = Some(Class::Location);
            }
        }
        let is_free = |index: &usize| found.iter().all(|name| !name.words.contains(index));
        let overlooked: Vec<Name> = (sentence.clone().filter(is_free))
            .filter(|&index| self.texts(index..index + 1)[0].starts_with(char::is_uppercase))
            .map(|index| index..index + 1)
            .filter(|words| self.lies_in_what_follows(words.clone(), sentence.end))
            .map(|words| Name { matches: self.lookup(words.clone()), words, class: Some(Class::Location) })
            .collect();
        found.extend(overlooked);
        found.sort_by_key(|name| name.words.start);
    }

    /// "Marion, Ohio": whether the base has a place of the name in the division or country that is named behind a comma.
    fn lies_in_what_follows(&self, words: Range<usize>, end: usize) -> bool {
        let at = words.end + 1;
        if at >= end || self.texts(words.end..at)[0] != "," {
            return false;
        }
        // "Austin, in Scott County".
        let at = if self.lower(at) == "in" { at + 1 } else { at };
        let base = &self.knowledge.base;
        let Some((_, larger)) = gazetteer::longest(base, &self.texts(at..end.min(at + 5)), 0) else { return false };
        let larger: Vec<Entry> = (larger.iter().filter(|found| !found.how.is_demonym()))
            .map(|found| base.entry(found.entry))
            .filter(|entry| entry.kind == Kind::Country || matches!(entry.class, "admin1" | "county"))
            .collect();
        let is_inside = |place: &Entry| larger.iter().any(|larger| lies_in(place, larger));
        !larger.is_empty()
            && base
                .places(self.document.span_of(words).of(self.document.text()))
                .iter()
                .map(|found| base.entry(found.entry))
                .any(|place| place.kind == Kind::City && is_inside(&place))
    }

    fn is_titled(&self, start: usize) -> bool {
        let persons = &self.knowledge.lexicon.persons;
        start.checked_sub(1).is_some_and(|before| {
            let before = self.lower(before);
            let before = before.trim_end_matches('.');
            persons.titles.contains(before) || persons.offices.contains(before)
        })
    }

    /// "Mayor London Breed": a place behind a title with a capital, and a word with a capital behind it.
    pub(super) fn titled(&self, found: &mut [Name], sentence: Range<usize>) {
        for at in 0..found.len() {
            self.address(&mut found[at], &sentence);
            let words = found[at].words.clone();
            let is_place = matches!(found[at].class, None | Some(Class::Location)) && words.len() == 1;
            let next = words.end;
            let is_free = next < sentence.end && found.iter().all(|name| name.words.start != next);
            if is_place
                && is_free
                && words.start > sentence.start
                && self.is_written_name(words.start - 1)
                && self.is_titled(words.start)
                && self.is_written_name(next)
                && !self.knowledge.lexicon.nouns.heads.contains(&self.lower(next))
                && !self.knowledge.lexicon.persons.titles.contains(&self.lower(next))
                && !self.knowledge.lexicon.persons.offices.contains(&self.lower(next))
            {
                let words = words.start..next + 1;
                found[at] = Name { matches: self.lookup(words.clone()), words, class: Some(Class::Person) };
            }
        }
    }

    /// "Mr. Lansing" is a person, whatever else is called so.
    fn address(&self, name: &mut Name, sentence: &Range<usize>) {
        let is_address = |index: usize| {
            // "MS-13" is no lady.
            let is_title =
                |title: &&str| title.eq_ignore_ascii_case(self.texts(index..index + 1)[0].trim_end_matches('.'));
            sentence.contains(&index)
                && ["Mr", "Mrs", "Ms"].iter().any(is_title)
                && (index + 1 == sentence.end || self.lower(index + 1) != "-")
        };
        if name.words.len() > 1 && is_address(name.words.start) {
            name.words.start += 1;
            name.matches = self.lookup(name.words.clone());
        }
        if name.words.start > 0 && is_address(name.words.start - 1) {
            name.class = Some(Class::Person);
            name.matches.retain(|found| self.knowledge.base.entry(found.entry).kind == Kind::Person);
        }
    }

    fn is_written_name(&self, index: usize) -> bool {
        let is_proper = |word: Word<'_>| {
            word.upos() == Upos::Propn
                && word.text().starts_with(char::is_uppercase)
                && word.text().chars().skip(1).any(char::is_lowercase)
        };
        self.document.words_in(index..index + 1).all(is_proper)
    }

    /// First of all a city to those who know nothing else of it.
    fn is_city(&self, name: &Name) -> bool {
        name.matches.first().is_some_and(|best| {
            best.prior > 0.5 && !best.how.is_demonym() && self.knowledge.base.entry(best.entry).kind == Kind::City
        })
    }

    /// "In Moonbi, Parkes and Berry": what looks like a person in a list of places, and is the name of one.
    pub(super) fn listed(&self, found: &mut [Name]) {
        let joins = |one: &Name, other: &Name| {
            let between = self.texts(one.words.end..other.words.start);
            matches!(between[..], [","] | ["and"] | ["or"] | [",", "and"])
        };
        let mut start = 0;
        while start < found.len() {
            let mut end = start + 1;
            while end < found.len() && joins(&found[end - 1], &found[end]) {
                end += 1;
            }
            let list = &mut found[start..end];
            let count = |class: Class| list.iter().filter(|name| name.class == Some(class)).count();
            let (places, persons) = (count(Class::Location), count(Class::Person));
            for name in list.iter_mut().filter(|name| name.class == Some(Class::Person) && name.words.len() == 1) {
                let text = self.document.span_of(name.words.clone()).of(self.document.text());
                let is_town = places >= 2 && !self.knowledge.base.places(text).is_empty();
                if places > 0 && places >= persons && (is_town || self.is_city(name)) {
                    name.class = Some(Class::Location);
                }
            }
            start = end;
        }
    }
}

fn lies_in(place: &Entry, larger: &Entry) -> bool {
    match larger.class {
        "admin1" => place.country == larger.country && place.admin1() == Some(larger.name),
        "county" => {
            place.admin1() == larger.admin1() && place.distance(larger).is_some_and(|distance| distance < COUNTY)
        }
        _ => place.country == Some(larger.key),
    }
}
