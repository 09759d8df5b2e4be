//! Name chains: names joined by what they mean and how they are written.
//!
//! "Vladimir Putin … Putin", "Korean Central News Agency … KCNA", "Westminster International University in Tashkent … Westminster
//! International University" are one chain each.

use std::collections::{HashMap, HashSet};

use crate::document::Deprel;
use crate::entities::coreference::Resolver;
use crate::knowledge::base::EntryId;
use crate::knowledge::names::{How, fold};
use crate::record::{Form, Kind};

/// Names looked at on either side of a name, and different names that a short one is compared with: more than an article has, and
/// what bounds the time that a list of a million names takes.
const REACH: usize = 2000;

impl Resolver<'_> {
    /// One entry, or one way of writing: one thing.
    pub(super) fn join_same_names(&mut self) {
        let mut by_entry: HashMap<EntryId, usize> = HashMap::new();
        let mut by_text: HashMap<String, usize> = HashMap::new();
        self.join_surnames();
        for index in 0..self.mentions.len() {
            let mention = &self.mentions[index];
            let entry = self.facts(index).entry;
            if let Some(entry) = entry {
                match by_entry.get(&entry) {
                    Some(&first) => {
                        let (how, weight) =
                            mention.candidates.first().map_or((How::Name, 1.0), |best| (best.how, best.weight));
                        let reason = format!("base: {:?}, {weight:.2}", how);
                        self.join(index, first, &reason);
                    }
                    None => {
                        by_entry.insert(entry, index);
                    }
                }
            } else if mention.form == Form::Name || self.looks_like_name(index) || self.is_body_of_name(index) {
                let key = |is_person: bool| format!("{} {is_person}", fold(self.text(index)));
                let own = key(mention.kind == Some(Kind::Person));
                // "Gris", which no list and no tagger knows for a name, is whoever is called so.
                let same = by_text.get(&own).or_else(|| by_text.get(&key(true)).filter(|_| mention.kind.is_none()));
                match same {
                    Some(&first) => {
                        self.join(index, first, "the same name");
                    }
                    None => {
                        by_text.insert(own, index);
                    }
                }
            }
        }
    }

    /// "The Kenyan navy", which is written "Kenyan Navy" elsewhere.
    fn is_body_of_name(&self, index: usize) -> bool {
        let mention = &self.mentions[index];
        let first = self.document.words_in(mention.words.clone()).next();
        mention.kind.is_some_and(Kind::is_body)
            && mention.words.len() > 1
            && first.is_some_and(|first| first.lemma().starts_with(char::is_uppercase))
    }

    /// A description that is nothing but a proper noun, or a surname that looks like a plural: "Holmes".
    pub(super) fn looks_like_name(&self, index: usize) -> bool {
        let (mention, head) = (&self.mentions[index], self.head(index));
        mention.form == Form::Nominal
            && mention.kind.is_none()
            && mention.words.len() == 1
            && (head.xpos() == "NNP" || self.knowledge.base.is_surname(head.text()))
            && head.text().starts_with(char::is_uppercase)
            && !head.has_child(Deprel::Det)
    }

    /// A surname alone means the person last named in full, whatever the base thinks of it.
    fn join_surnames(&mut self) {
        let people: Vec<(usize, Vec<String>)> = (0..self.mentions.len())
            .filter(|&index| self.is_name(index) && self.mentions[index].kind == Some(Kind::Person))
            .map(|index| (index, self.folded_words(index)))
            .collect();
        // "Johnson was born to George C. Johnson": a relative bears the surname as well.
        let relatives: HashSet<&Vec<String>> =
            people.iter().filter(|(index, _)| self.is_called_a_relative(*index)).map(|(_, words)| words).collect();
        for (at, (index, words)) in people.iter().enumerate() {
            let index = *index;
            let gender = self.facts(index).gender;
            let fuller = |(other, full): &&(usize, Vec<String>)| {
                let others = self.facts(*other).gender;
                if words.len() == 1 && relatives.contains(full)
                    || gender.is_some() && others.is_some() && gender != others
                {
                    return false;
                }
                let ends = full.len() > words.len()
                    && (full.ends_with(words)
                        || words.len() == 1 && full.first() == words.first() && self.is_surname_first(*other));
                // "Alexander G. Lukashenko", "Alexander Lukashenko".
                let skips = words.len() > 1
                    && full.len() > words.len()
                    && full.first() == words.first()
                    && full.last() == words.last();
                // "Abu Jandal", once "Abu Jandal al-Kuwaiti".
                let begins = words.len() > 1 && full.len() > words.len() && full.starts_with(words);
                ends || skips || begins
            };
            let before = &people[at.saturating_sub(REACH)..at];
            let after = &people[at + 1..(at + 1 + REACH).min(people.len())];
            let is_first_of =
                |(_, full): &&(usize, Vec<String>)| words.len() == 1 && full.len() > 1 && full.first() == words.first();
            let by_given_name = || before.iter().rev().find(is_first_of).filter(|_| self.facts(index).entry.is_none());
            let full = before.iter().rev().find(fuller).or_else(|| after.iter().find(fuller)).or_else(by_given_name);
            if let Some(&(full, _)) = full {
                if self.facts(index).entry != self.facts(full).entry {
                    self.forget_entry(index);
                }
                self.join(index, full, "short for the full name");
            }
        }
    }

    /// "His brother John Lane", "the daughter of John Lane".
    fn is_called_a_relative(&self, index: usize) -> bool {
        let kin = &self.knowledge.lexicon.persons.kin;
        let head = self.head(index).first_conjunct();
        let is_owned = head.deprel() == Deprel::Nmod && head.preposition().as_deref() == Some("of");
        let owned = head.head().filter(|_| is_owned);
        owned.is_some_and(|noun| kin.contains(&noun.lemma().to_lowercase()))
            || self.facts(index).nouns.iter().any(|noun| kin.contains(noun))
    }

    fn is_surname_first(&self, index: usize) -> bool {
        let entry = self.facts(index).entry.map(|entry| self.knowledge.base.entry(entry));
        let words = self.folded_words(index);
        match entry.and_then(|entry| entry.surname()) {
            Some(surname) => words.first().is_some_and(|first| *first == fold(surname)),
            None => words.last().is_some_and(|last| last.contains(' ')) || self.text(index).contains('-'),
        }
    }

    fn folded_words(&self, index: usize) -> Vec<String> {
        self.text(index).split_whitespace().map(fold).filter(|word| !word.is_empty()).collect()
    }

    /// "European Union Institute for Security Studies (EUISS)", "KCNA" long after "Korean Central News Agency".
    pub(super) fn join_acronyms(&mut self) {
        let is_long = |resolver: &Self, index: &usize| {
            resolver.is_name(*index)
                && resolver.mentions[*index].words.len() > 1
                && resolver.mentions[*index].kind != Some(Kind::Person)
        };
        let long_names = self.different_names(|index| is_long(self, index));
        let mut found: HashMap<String, Option<usize>> = HashMap::new();
        for index in 0..self.mentions.len() {
            let text = self.text(index).replace('.', "");
            if !self.is_name(index)
                || text.chars().count() < 2
                || text.chars().count() > 8
                || text.chars().any(|char| !char.is_uppercase())
            {
                continue;
            }
            let start = self.mentions[index].words.start;
            let bracketed = |other: usize| {
                let end = self.mentions[other].words.end;
                end + 1 == start && self.document.words_in(end..end + 1).any(|word| matches!(word.text(), "(" | "["))
            };
            let beside = (0..index).rev().take(REACH).find(|&other| {
                bracketed(other)
                    && is_long(self, &other)
                    && (is_acronym(&text, self.text(other), true) || self.is_short_body(index, other))
            });
            let long = beside.or_else(|| {
                let long = || {
                    let mut names = long_names.iter().take(REACH).map(|&(other, _)| other);
                    names.find(|&other| is_acronym(&text, self.text(other), false))
                };
                *found.entry(text.clone()).or_insert_with(long)
            });
            if let Some(long) = long {
                let (short_entry, long_entry) = (self.facts(index).entry, self.facts(long).entry);
                // What is written out decides; the short form may stand for many.
                if short_entry != long_entry && (beside.is_some() || long_entry.is_none()) {
                    if beside.is_none() && short_entry.is_some() {
                        continue;
                    }
                    self.forget_entry(index);
                }
                self.join(index, long, "short for the full name");
            }
        }
    }

    /// "IUCN" in "World Conservation Union (IUCN)": capitals of a name in another language.
    fn is_short_body(&self, short: usize, long: usize) -> bool {
        let is_body = |index: usize| self.mentions[index].kind.is_some_and(Kind::is_body);
        let end = self.mentions[short].words.end;
        let closes = || self.document.words_in(end..self.document.len()).next().is_some_and(|word| word.text() == ")");
        // "Boston Red Sox of Major League Baseball (MLB)"
        let words: Vec<&str> = self.text(long).split_whitespace().collect();
        let is_of_end = || {
            let ends = (1..words.len()).filter(|&from| words[from - 1] == "of");
            ends.into_iter().any(|from| is_acronym(self.text(short), &words[from..].join(" "), false))
        };
        let entry = self.facts(long).entry;
        let is_known = || {
            let known = self.knowledge.base.lookup(self.text(short));
            entry.is_some() && known.into_iter().any(|found| Some(found.entry) == entry)
        };
        is_body(short) && is_body(long) && self.facts(short).entry.is_none() && closes() && (is_known() || !is_of_end())
    }

    /// "Westminster International University" after "Westminster International University in Tashkent".
    pub(super) fn join_short_names(&mut self) {
        let parts = |kind: Option<Kind>| {
            matches!(
                kind,
                Some(
                    Kind::Organization
                        | Kind::Intergovernmental
                        | Kind::ArmedGroup
                        | Kind::Agreement
                        | Kind::Facility
                        | Kind::Event
                        | Kind::Other
                )
            )
        };
        let names = self.different_names(|&index| self.is_name(index) && parts(self.kind(index)));
        let folded: Vec<Vec<String>> = names.iter().map(|(index, _)| self.folded_words(*index)).collect();
        for ((index, written), words) in names.iter().zip(&folded) {
            let index = *index;
            if self.facts(index).entry.is_some() {
                continue;
            }
            let is_common =
                words.len() == 1 && words[0].split(' ').all(|word| self.knowledge.base.is_common_word(word));
            let longer = names.iter().zip(&folded).take(REACH).filter(|(_, full)| {
                full.len() > words.len() && (full.starts_with(words) || full.ends_with(words) && words.len() > 1)
            });
            let longer: Vec<usize> = longer.map(|((other, _), _)| *other).collect();
            let misspelt = names.iter().take(REACH).find(|(other, right)| {
                self.facts(*other).entry.is_some()
                    && right.len() >= 8
                    && right.len().abs_diff(written.len()) <= 4
                    && right != written
                    && strsim::osa_distance(right, written) <= 1
            });
            let misspelt = misspelt.map(|(right, _)| *right);
            if let Some(right) = misspelt {
                self.join(index, right, "a slip of spelling");
                continue;
            }
            if let Some(&first) = longer.first().filter(|_| !is_common)
                && longer.iter().all(|&other| self.root(other) == self.root(first))
            {
                self.join(index, first, "short for the full name");
            }
        }
    }

    /// The first mention of each way of writing, with that folded.
    fn different_names(&self, is_wanted: impl Fn(&usize) -> bool) -> Vec<(usize, String)> {
        let mut seen = HashSet::new();
        let wanted = (0..self.mentions.len()).filter(is_wanted).map(|index| (index, fold(self.text(index))));
        wanted.filter(|(_, text)| seen.insert(text.clone())).collect()
    }
}

/// The capitals of a name, in order; beside the name in brackets some may be left out.
fn is_acronym(short: &str, long: &str, lenient: bool) -> bool {
    let words = long
        .split(|char: char| char.is_whitespace() || char == '-')
        .filter(|word| !matches!(*word, "of" | "the" | "for" | "and" | "in" | "on"));
    let initials: String =
        words.filter_map(|word| word.chars().find(|char| char.is_alphabetic())).flat_map(char::to_uppercase).collect();
    let all = long
        .split(|char: char| char.is_whitespace() || char == '-')
        .filter_map(|word| word.chars().find(|char| char.is_alphabetic()));
    let all: String = all.flat_map(char::to_uppercase).collect();
    let mut rest = all.chars();
    let mut in_order = || short.chars().all(|char| rest.any(|other| other == char));
    initials == short || all == short || lenient && initials.chars().next() == short.chars().next() && in_order()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acronyms() {
        for (short, long, lenient, expected) in [
            ("KCNA", "Korean Central News Agency", false, true),
            ("SCO", "Shanghai Cooperation Organization", false, true),
            ("EUISS", "European Union Institute for Security Studies", false, true),
            ("UNHCR", "United Nations Refugee Agency", false, false),
            ("BBC", "British Airways", true, false),
            ("CENTCOM", "Central Command", true, false),
            ("OSCE", "Organization for Security and Co-operation in Europe", true, true),
            ("УРСР", "Ukrainian Soviet Republic", true, false),
        ] {
            assert_eq!(is_acronym(short, long, lenient), expected, "{short} for {long}");
        }
    }
}
