//! Stretches: what the tagger sees as one name, cut into the names that it holds.
//!
//! "Foreign Minister Wang Yi" is `Wang Yi`, "Putin-Xi" and "Michael Tien of NPP" are two names each, "met" is none.

use std::ops::Range;

use crate::document::{TokenId, Upos};
use crate::entities::context::is_place;
use crate::entities::names::Finder;
use crate::entities::surnames::stands_as_place;
use crate::entities::tagger::{Class, Tagged};
use crate::knowledge::base::Match;
use crate::knowledge::names::How;
use crate::record::Kind;

impl Finder<'_> {
    fn is_small_verb(&self, index: usize) -> bool {
        let word = self.document.word(TokenId(index as u32));
        matches!(word.upos(), Upos::Verb | Upos::Aux) && word.text().starts_with(char::is_lowercase)
    }

    /// A tagged stretch without titles and marks; "Putin-Xi", "DAB's Elizabeth Quat" and "Michael Tien of NPP" in two.
    pub(super) fn parts(&self, tagged: &Tagged) -> Vec<Tagged> {
        let words = tagged.words.clone();
        let is_known = |part: &Range<usize>| self.lookup(part.clone()).first().is_some_and(|best| best.prior > 0.6);
        if words.len() > 2 && self.lookup(words.clone()).is_empty() {
            let cut = words.clone().skip(1).find(|&index| {
                let text = self.lower(index);
                let sides_known = || is_known(&(words.start..index)) && is_known(&(index + 1..words.end));
                match text.as_str() {
                    "'s" | "’s" => {
                        tagged.class == Class::Person
                            || is_known(&(words.start..index)) && tagged.class != Class::Organization
                    }
                    "of" | "from" | "at" => tagged.class == Class::Person && index > words.start,
                    "-" | "–" | "/" => index + 1 < words.end && sides_known(),
                    "," => !self.is_legal_form(index + 1),
                    // "Putin met Xi": no verb is inside a name.
                    _ => self.is_small_verb(index),
                }
            });
            if let Some(cut) = cut {
                let left = Tagged { words: words.start..cut, class: tagged.class };
                let after_of = matches!(self.lower(cut).as_str(), "of" | "from" | "at");
                let mut parts = self.parts(&Tagged { class: self.class_of_owner(&left, &self.lower(cut)), ..left });
                if cut + 1 < words.end {
                    let class = if after_of { Class::Organization } else { tagged.class };
                    let mut right = cut + 1..words.end;
                    while after_of && self.opens_head(right.end) {
                        right.end += 1;
                    }
                    parts.extend(self.parts(&Tagged { words: right, class }));
                }
                return parts;
            }
        }
        let words = self.trim(tagged);
        let persons = self.persons(&words, tagged.class);
        if !persons.is_empty() {
            return persons.into_iter().flat_map(|words| self.parts(&Tagged { words, class: Class::Person })).collect();
        }
        if let Some(larger) = self.place_behind(&words, tagged.class) {
            let part = |words| Tagged { words, class: Class::Location };
            return vec![part(words.start..larger), part(larger..words.end)];
        }
        let text = self.texts(words.clone());
        let persons = &self.knowledge.lexicon.persons;
        let is_noun = |lower: &str| {
            persons.offices.contains(lower)
                || persons.titles.contains(lower)
                || self.knowledge.lexicon.nouns.heads.contains(lower)
        };
        let is_no_name = match text[..] {
            [] => true,
            [word] => {
                let lower = word.to_lowercase();
                // "City", "Children" are towns somewhere, but seldom meant.
                let is_place = |found: &Match| is_place(self.knowledge.base.entry(found.entry).kind);
                let listed = self.lookup(words.clone()).first().is_some_and(|best| !is_place(best));
                self.knowledge.lexicon.nouns.not_names.contains(&lower)
                    || self.is_ill(&lower)
                    || !listed
                        && (persons.offices.contains(&lower)
                            || persons.titles.contains(&lower)
                            || is_noun(&lower) && self.knowledge.base.is_common_word(&lower))
            }
            // "The Foreign Secretary"
            _ if persons.offices.contains(&text.join(" ").to_lowercase()) => self.lookup(words.clone()).is_empty(),
            _ => {
                text.iter().all(|word| is_noun(&word.to_lowercase()) || !word.starts_with(char::is_uppercase))
                    && tagged.class == Class::Person
            }
        };
        if is_no_name || !text.iter().any(|text| text.chars().any(char::is_alphabetic)) {
            return Vec::new();
        }
        // Two capitals and more in a row are a body sooner than a person or a thing.
        let is_acronym = text.len() == 1 && (2..=6).contains(&text[0].len()) && text[0].chars().all(char::is_uppercase);
        let is_no_body =
            tagged.class != Class::Organization && !stands_as_place(self.document.word(TokenId(words.start as u32)));
        let class = if is_acronym && is_no_body && self.lookup(words.clone()).is_empty() {
            Class::Organization
        } else if tagged.class == Class::Location && self.is_full_name(&words) {
            Class::Person
        } else {
            tagged.class
        };
        vec![Tagged { words, class }]
    }

    /// "Enterovirus", "Tamiflu": a word that ends as ills and remedies do.
    fn is_ill(&self, lower: &str) -> bool {
        self.knowledge.lexicon.nouns.ill_ends.iter().any(|end| lower.len() > end.len() && lower.ends_with(end.as_str()))
    }

    /// "Anna Whitlow Robert Dunn": the persons of a list without commas, none where it is one person. Two given names of one person
    /// are of one gender; two that are alike may be one person's with two family names, unless one is hardly a family name.
    fn persons(&self, words: &Range<usize>, class: Class) -> Vec<Range<usize>> {
        if class != Class::Person || words.len() < 4 || !self.lookup(words.clone()).is_empty() {
            return Vec::new();
        }
        let base = &self.knowledge.base;
        let is_full = |index: usize| {
            let text = self.texts(index..index + 1)[0];
            text.len() > 2 && text.starts_with(char::is_uppercase) && text.chars().all(char::is_alphabetic)
        };
        let given = |index: usize| base.given_name(&self.lower(index));
        let is_surname = |index: usize| base.is_surname(&self.lower(index));
        let is_family = |index: usize| given(index).is_none() || is_surname(index);
        let is_pair = |index: usize| given(index).is_some() && is_family(index + 1);
        if words.len() > 4 && words.len().is_multiple_of(2) && words.clone().step_by(2).all(is_pair) {
            return words.clone().step_by(2).map(|index| index..index + 2).collect();
        }
        let second = (words.start + 2..words.end - 1).find(|&index| {
            let (Some(first), Some(second)) = (given(index - 2), given(index)) else { return false };
            let are_alike = first.is_none() || second.is_none() || first == second;
            let is_clear = || {
                given(index - 1).is_none()
                    && (!is_surname(index)
                        || !is_surname(index - 2) && is_surname(index - 1) && given(index + 1).is_none())
            };
            (index - 2..index + 1).all(is_full) && is_family(index - 1) && (!are_alike || is_clear())
        });
        second.map(|second| vec![words.start..second, second..words.end]).unwrap_or_default()
    }

    /// "Victoria Azarenka", "Israel Perez": a given name, and a family name or a word that no list of places or words holds.
    fn is_full_name(&self, words: &Range<usize>) -> bool {
        let base = &self.knowledge.base;
        let last = self.lower(words.end - 1);
        let is_written_so =
            |text: &&str| text.len() > 2 && text.starts_with(char::is_uppercase) && !text.ends_with('.');
        words.len() == 2
            && self.texts(words.clone()).iter().all(is_written_so)
            && base.given_name(&self.lower(words.start)).is_some()
            && !base.is_common_word(&last)
            && !self.knowledge.lexicon.nouns.heads.contains(&last)
            && (base.is_surname(&last)
                || !self.lookup(words.end - 1..words.end).iter().any(|found| found.how != How::Surname))
            && base.places(self.document.span_of(words.clone()).of(self.document.text())).is_empty()
    }

    /// "Miramar Florida": where the division or country begins that holds the place before, with no comma between them.
    fn place_behind(&self, words: &Range<usize>, class: Class) -> Option<usize> {
        if class != Class::Location || words.len() < 2 || !self.lookup(words.clone()).is_empty() {
            return None;
        }
        let base = &self.knowledge.base;
        let text = |words: Range<usize>| self.document.span_of(words).of(self.document.text());
        (words.start + 1..words.end).find(|&split| {
            let larger = self.lookup(split..words.end).into_iter().next().filter(|best| best.prior > 0.5 && !best.weak);
            let Some(larger) = larger.map(|best| base.entry(best.entry)) else { return false };
            if self.knowledge.lexicon.nouns.directions.contains(&text(words.start..split).to_lowercase()) {
                return false;
            }
            base.places(text(words.start..split)).iter().map(|found| base.entry(found.entry)).any(|smaller| {
                let in_country = larger.kind == Kind::Country && smaller.country == Some(larger.key);
                let in_division = larger.class == "admin1" && smaller.admin1() == Some(larger.name);
                matches!(smaller.kind, Kind::City | Kind::Region)
                    && (in_country || in_division && smaller.country == larger.country)
            })
        })
    }

    /// What owns a person is mostly an organization where it is written in capitals, else a place or a person.
    fn class_of_owner(&self, left: &Tagged, cut: &str) -> Class {
        let text = self.texts(left.words.clone());
        let has_head =
            text.last().is_some_and(|last| self.knowledge.lexicon.nouns.heads.contains(&last.to_lowercase()));
        if matches!(cut, "'s" | "’s") && has_head { Class::Organization } else { left.class }
    }

    /// A capitalised head noun: "Party" after "Civic".
    fn opens_head(&self, index: usize) -> bool {
        index < self.document.len()
            && self.document.words_in(index..index + 1).all(|word| word.text().starts_with(char::is_uppercase))
            && self.knowledge.lexicon.nouns.heads.contains(&self.lower(index))
    }

    /// "Inc." behind "Ferrous Holdings,".
    pub(super) fn is_legal_form(&self, index: usize) -> bool {
        index < self.document.len()
            && self.texts(index..index + 1)[0].starts_with(char::is_uppercase)
            && self.knowledge.lexicon.nouns.legal_forms.contains(self.lower(index).trim_end_matches('.'))
    }

    /// "Province", where it is written small: says what a place is, and is no part of its name.
    fn is_small_sort(&self, index: usize) -> bool {
        self.texts(index..index + 1)[0].chars().all(char::is_lowercase)
            && self.knowledge.lexicon.nouns.heads.contains(&self.lower(index))
    }

    /// Cuts articles, titles, prepositions and marks off both ends.
    fn trim(&self, tagged: &Tagged) -> Range<usize> {
        let persons = &self.knowledge.lexicon.persons;
        let mut words = tagged.words.clone();
        let is_mark = |text: &str| !text.chars().any(char::is_alphanumeric) || matches!(text, "'s" | "’s");
        let is_small =
            |text: &str| matches!(text, "of" | "and" | "the" | "in" | "at" | "for" | "from" | "to" | "&" | "on");
        while words.len() > 1
            && (is_mark(&self.lower(words.end - 1)) && self.lower(words.end - 1) != "."
                || is_small(self.texts(words.end - 1..words.end)[0]))
        {
            words.end -= 1;
        }
        while words.len() > 1
            && (is_mark(&self.lower(words.start))
                || self.lower(words.start) == "the"
                || is_small(self.texts(words.start..words.start + 1)[0]))
        {
            words.start += 1;
        }
        let is_known = |words: &Range<usize>| {
            self.lookup(words.clone()).iter().any(|found| matches!(found.how, How::Name | How::Alias))
        };
        if tagged.class == Class::Person {
            // The title ends where the last word of titles or offices does: "Foreign Minister", "Maj. Gen.".
            while words.len() > 1 && !is_known(&words) {
                let first = self.lower(words.start);
                let first = first.trim_end_matches('.');
                let demonym = || {
                    self.lookup(words.start..words.start + 1)
                        .iter()
                        .any(|found| found.how.is_demonym() && found.prior > 0.3)
                };
                let is_title = persons.titles.contains(first)
                    || persons.offices.contains(first)
                    || persons.past.contains(first)
                    || persons.present.contains(first);
                let opens_title =
                    words.len() > 2 && persons.offices.contains(&format!("{first} {}", self.lower(words.start + 1)));
                if !(is_title || opens_title || words.len() > 2 && demonym()) {
                    break;
                }
                words.start += 1;
            }
        } else if matches!(tagged.class, Class::Organization | Class::Location) {
            // "Gansu province" is Gansu.
            while tagged.class == Class::Location
                && words.len() > 1
                && self.is_small_sort(words.end - 1)
                && !is_known(&words)
            {
                words.end -= 1;
            }
            // "State Department Spokesperson" and "UK Secretary" are persons; the name ends before.
            while words.len() > 1 && !is_known(&words) {
                let last = self.lower(words.end - 1);
                if !(persons.offices.contains(&last)
                    && (tagged.class == Class::Location || self.knowledge.base.is_common_word(&last))
                    && self.knowledge.lexicon.nouns.heads.get(&last).is_none_or(|kind| kind == Kind::Person))
                {
                    break;
                }
                words.end -= 1;
            }
        }
        words
    }
}
