//! Institutions: bodies whose names are put together from their sort, their purpose and the place that they are of.
//!
//! "Superior Court of the District of Columbia", "Association of Muslim Scholars", "Russian Foreign Ministry", "Bank of Italy",
//! "Jefferson County Sheriff's Office", "City of New Orleans" are one name each.

use std::ops::Range;

use crate::document::Upos;
use crate::entities::context::is_place;
use crate::entities::names::{Finder, Name, overlap};
use crate::entities::tagger::Class;
use crate::knowledge::base::Match;
use crate::record::Kind;

impl Finder<'_> {
    /// The names of a sentence, as far as those of institutions, roads and the places that they govern reach.
    pub(super) fn institutions(&self, found: &mut Vec<Name>, sentence: Range<usize>) {
        found.sort_by_key(|name| name.words.start);
        self.roads(found, sentence.clone());
        if !self.is_heading(sentence.clone()) {
            self.purpose(found, sentence.clone());
            self.share(found, sentence.clone());
            self.units(found, sentence.clone());
            self.govern(found, sentence);
        }
    }

    /// Puts one name where others may have been seen.
    fn put(&self, found: &mut Vec<Name>, words: Range<usize>, class: Class) {
        found.retain(|name| !overlap(&name.words, &words));
        let at = found.partition_point(|name| name.words.start < words.start);
        found.insert(at, Name { matches: self.lookup(words.clone()), words, class: Some(class) });
    }

    /// "Department of Housing and Urban Development", "Association of Muslim Scholars": capitalised words that English also writes small,
    /// or that say whose they are, tell behind "of" or "for" what a body is there for.
    fn purpose(&self, found: &mut Vec<Name>, sentence: Range<usize>) {
        for joint in sentence.clone().skip(1).filter(|&index| matches!(self.texts(index..index + 1)[0], "of" | "for")) {
            let sort = joint - 1;
            if !self.is_capital(sort) {
                continue;
            }
            let holder = found.iter().find(|name| name.words.contains(&sort)).map(|name| name.words.clone());
            // "Board of Control for Cricket"
            let goes_on = || {
                self.lower(joint) == "for" && holder.clone().is_some_and(|mut words| words.any(|at| self.is_body(at)))
            };
            let is_sort = self.is_body(sort) && (holder.is_some() || sort > sentence.start);
            let before = (sentence.start + 1..sort).rev().take_while(|&index| self.is_part(index)).count();
            let is_person = || self.knowledge.lexicon.nouns.heads.get(&self.lower(sort)) == Some(Kind::Person);
            let is_named_organ = before > 0 && self.is_organ(sort) && !is_person();
            if !(is_sort || is_named_organ || goes_on()) {
                continue;
            }
            // "Department for the Environment", but "the Church of the Nativity".
            let has_article = self.lower(joint) == "for" && joint + 1 < sentence.end && self.lower(joint + 1) == "the";
            let first = joint + 1 + usize::from(has_article);
            let run = self.run(first..sentence.end);
            if run == 0 {
                // "The Housing Authority of New Orleans": the place is another name yet.
                if holder.is_none() && before > 0 && found.iter().any(|name| name.words.start == first) {
                    self.put(found, sort - before..joint, Class::Organization);
                }
                continue;
            }
            let end = (first + run).max(holder.as_ref().map_or(0, |holder| holder.end));
            let end = self.end_of_list(end..sentence.end);
            let end = self.end_of_chain(found, joint, end..sentence.end);
            let words = holder.as_ref().map_or(sort, |holder| holder.start)..end;
            let goes_beyond = |name: &Name| overlap(&name.words, &words) && name.words.end > end;
            if holder.is_none_or(|holder| holder != words) && !found.iter().any(goes_beyond) {
                self.put(found, words, Class::Organization);
            }
        }
    }

    /// A word that may tell what a body is there for.
    fn is_part(&self, index: usize) -> bool {
        let is_demonym = || self.lookup(index..index + 1).iter().any(|found| found.how.is_demonym());
        self.is_capital(index) && (self.is_ordinary(index) || is_demonym())
    }

    /// How many words tell so in a row: not the last of "the Department of Health Monday said".
    fn run(&self, words: Range<usize>) -> usize {
        let ends = |index: &usize| !self.knowledge.lexicon.nouns.not_names.contains(&self.lower(*index));
        let parts = words.clone().take_while(|&index| self.is_part(index));
        parts.filter(ends).last().map_or(0, |last| last + 1 - words.start)
    }

    /// "Department for Environment, Food and Rural Affairs", but "the Ministry of Defence and Parliament", "and Bank of Ghana".
    fn end_of_list(&self, behind: Range<usize>) -> usize {
        let Range { start: mut end, end: limit } = behind;
        let mut last = end;
        while last + 1 < limit && matches!(self.lower(last).as_str(), "," | "and") {
            let further = last + 1 + self.run(last + 1..limit);
            let is_next = || self.is_body(further - 1) && further < limit && self.lower(further) == "of";
            let is_other = || self.is_organ(further - 1) || is_next();
            if further == last + 1 || is_other() {
                break;
            }
            if self.lower(last) == "and" {
                end = further;
            }
            last = further;
        }
        end
    }

    /// "Movement for the Actualization of the Sovereign State of Biafra", "University of Southern Indiana". "The Ministry of Health of
    /// China" stays that country's, "the Movement for the Liberation of the Congo" does not.
    fn end_of_chain(&self, found: &[Name], joint: usize, behind: Range<usize>) -> usize {
        let Range { start: mut end, end: limit } = behind;
        let place_at = |start: usize| found.iter().find(|name| name.words.start == start && self.is_place(name));
        while end + 1 < limit && matches!(self.lower(end).as_str(), "of" | "for") {
            let next = end + 1 + usize::from(self.lower(end + 1) == "the");
            let is_free = |name: &&Name| self.lower(joint) == "for" || !self.is_country(name);
            end = match (self.run(next..limit), place_at(next).filter(is_free)) {
                (_, Some(place)) => place.words.end,
                (0, None) => break,
                (count, None) => next + count,
            }
        }
        let ends_in_direction = self.knowledge.lexicon.nouns.directions.contains(&self.lower(end - 1));
        place_at(end).filter(|_| ends_in_direction).map_or(end, |place| place.words.end)
    }

    /// "The Economic and Financial Crimes Commission": an ordinary word with a capital that is joined to those of a body.
    fn share(&self, found: &mut [Name], sentence: Range<usize>) {
        let nouns = &self.knowledge.lexicon.nouns;
        for at in 0..found.len() {
            let start = found[at].words.start;
            let is_body = found[at].class == Some(Class::Organization) && found[at].words.len() > 1;
            if !is_body || start < sentence.start + 3 || self.lower(start - 1) != "and" {
                continue;
            }
            let first = start - 2;
            let lower = self.lower(first);
            let is_modifier = self.is_capital(first)
                && self.is_ordinary(first)
                && !nouns.heads.contains(&lower)
                && !self.is_organ(first)
                && !nouns.not_names.contains(&lower)
                && self.is_ordinary(start)
                && found.iter().all(|name| !name.words.contains(&first));
            // "The", "Nigeria's" or "Kenyan" before it: nothing is lost on the left.
            let opens = !self.is_capital(first - 1) || self.lower(first - 1) == "the";
            if is_modifier && opens {
                let words = first..found[at].words.end;
                found[at] = Name { matches: self.lookup(words.clone()), words, class: Some(Class::Organization) };
            }
        }
    }

    /// "The 37th Marine Brigade": a military unit, which is called by its number.
    fn units(&self, found: &mut Vec<Name>, sentence: Range<usize>) {
        let units = &self.knowledge.lexicon.nouns.units;
        let is_ordinal =
            |index: &usize| self.is_number(*index) && self.texts(*index..index + 1)[0].ends_with(char::is_alphabetic);
        for index in sentence.clone().filter(is_ordinal) {
            let run = (index + 1..sentence.end).take_while(|&index| self.is_capital(index));
            if let Some(last) = run.filter(|&index| units.contains(&self.lower(index))).last() {
                self.put_whole(found, index..last + 1, Class::Organization);
            }
        }
    }

    /// "Interstate 44", "U.S. Route 50": a road, which is called by its number.
    fn roads(&self, found: &mut Vec<Name>, sentence: Range<usize>) {
        let roads = &self.knowledge.lexicon.nouns.roads;
        let is_road = |index: &usize| self.is_capital(*index) && roads.contains(&self.lower(*index));
        for index in sentence.clone().filter(is_road) {
            if index + 1 < sentence.end && self.is_number(index + 1) {
                let owner = index.checked_sub(1).filter(|owner| sentence.contains(owner));
                let owner = owner.filter(|&owner| matches!(self.texts(owner..owner + 1)[0], "U.S." | "US" | "State"));
                self.put_whole(found, owner.unwrap_or(index)..index + 2, Class::Location);
            }
        }
    }

    fn is_number(&self, index: usize) -> bool {
        let text = self.texts(index..index + 1)[0];
        text.starts_with(|first: char| first.is_ascii_digit()) && text.len() < 5
    }

    /// Puts a name where no other reaches further.
    fn put_whole(&self, found: &mut Vec<Name>, words: Range<usize>, class: Class) {
        let goes_beyond = |name: &Name| {
            overlap(&name.words, &words) && (name.words.start < words.start || name.words.end > words.end)
        };
        if !found.iter().any(goes_beyond) {
            self.put(found, words, class);
        }
    }

    /// "The City of New Orleans", "the State of New York": what a place is belongs to its name where it has a capital.
    fn govern(&self, found: &mut Vec<Name>, sentence: Range<usize>) {
        let heads = &self.knowledge.lexicon.nouns.heads;
        for at in 0..found.len() {
            let name = &found[at];
            let start = name.words.start;
            // "The Head of State of Chad"
            let is_head = || self.lower(start - 3) == "of";
            if start < sentence.start + 3 || self.lower(start - 1) != "of" || !self.is_capital(start - 2) || is_head() {
                continue;
            }
            let sort = self.lower(start - 2);
            let kind = heads.get(&format!("{sort} of")).or_else(|| heads.get(&sort));
            let kind_of = |found: &Match| Some(self.knowledge.base.entry(found.entry).kind);
            let is_place = name.class == Some(Class::Location)
                || name.matches.iter().any(|found| kind_of(found).is_some_and(is_place));
            if !matches!(kind, Some(Kind::City | Kind::Region)) || !is_place {
                continue;
            }
            let words = start - 2..name.words.end;
            found[at] = Name { matches: self.lookup(words.clone()), words, class: Some(Class::Location) };
        }
        for at in (1..found.len()).rev() {
            if overlap(&found[at - 1].words, &found[at].words) {
                found.remove(at - 1);
            }
        }
    }

    /// "Jefferson County Sheriff's Office", "Children's Hospital": what belongs to those whom an ordinary word with a capital stands for,
    /// and has a capital too, is one name with them.
    pub(super) fn possess(&self, found: &mut Vec<Name>, sentence: Range<usize>) {
        let heads = &self.knowledge.lexicon.nouns.heads;
        let marks = sentence.clone().skip(1).filter(|&mark| matches!(self.texts(mark..mark + 1)[0], "'s" | "’s"));
        for mark in marks.filter(|&mark| self.is_capital(mark - 1) && self.is_ordinary(mark - 1)) {
            let run = (mark + 1..sentence.end).take_while(|&index| self.is_capital(index));
            let Some((last, kind)) = run.filter_map(|index| Some((index, heads.get(&self.lower(index))?))).last()
            else {
                continue;
            };
            let class = match kind {
                Kind::Facility => Class::Location,
                kind if kind.is_body() => Class::Organization,
                _ => continue,
            };
            let is_part = |index: usize| {
                self.is_capital(index)
                    && self.lower(index) != "the"
                    && (index > sentence.start || !self.is_ordinary(index))
            };
            let start = (sentence.start..mark - 1).rev().take_while(|&index| is_part(index)).last().unwrap_or(mark - 1);
            self.put(found, start..last + 1, class);
        }
    }

    /// A word that English also writes small, or that stands before the names of persons.
    fn is_ordinary(&self, index: usize) -> bool {
        let persons = &self.knowledge.lexicon.persons;
        let lower = self.lower(index);
        self.knowledge.base.is_common_word(&lower)
            || persons.titles.contains(&lower)
            || persons.offices.contains(&lower)
    }

    /// A country or its adjective right before an organ that the base lists for it makes one name: "Russian Foreign Ministry"; so does
    /// an institution with the place behind it: "Bank of Italy".
    pub(super) fn join(&self, names: &mut Vec<Name>) {
        let mut at = 1;
        while at < names.len() {
            let (first, second) = (&names[at - 1], &names[at]);
            let words = first.words.start..second.words.end;
            let touches = first.words.end == second.words.start;
            let matches = if touches { self.without_country(words.clone()) } else { Vec::new() };
            let matches = match matches.is_empty() {
                false => matches,
                true if self.is_institution_of(first, second)
                    || touches && (self.is_local(first, second) || self.is_founder(first, second)) =>
                {
                    self.lookup(words.clone())
                }
                true => {
                    at += 1;
                    continue;
                }
            };
            names[at - 1] = Name { words, class: Some(Class::Organization), matches };
            names.remove(at);
        }
    }

    pub(super) fn is_capital(&self, index: usize) -> bool {
        self.texts(index..index + 1)[0].starts_with(char::is_uppercase)
    }

    /// A sentence without a verb, noun or adjective in small letters: capitals tell nothing there.
    fn is_heading(&self, sentence: Range<usize>) -> bool {
        self.document.words_in(sentence).all(|word| {
            !word.text().starts_with(char::is_lowercase)
                || !matches!(word.upos(), Upos::Verb | Upos::Noun | Upos::Adj | Upos::Adv | Upos::Aux)
        })
    }

    /// "Denver" and "Fair Housing Center" in "the Denver Fair Housing Center": a place right before a body of several words that the
    /// base does not hold.
    fn is_local(&self, first: &Name, second: &Name) -> bool {
        self.is_place(first)
            && first.class != Some(Class::Person)
            && second.class == Some(Class::Organization)
            && second.words.len() > 1
            && second.matches.is_empty()
            && second.words.clone().any(|index| self.is_body(index))
    }

    /// "James" and "Monroe University" in "James Monroe University".
    fn is_founder(&self, first: &Name, second: &Name) -> bool {
        let is_given = || self.knowledge.base.given_name(&self.lower(first.words.start)).is_some();
        first.class == Some(Class::Person)
            && first.words.len() == 1
            && second.class == Some(Class::Organization)
            && second.words.len() > 1
            && is_given()
            && self.is_body(second.words.end - 1)
            && !self.is_ordinary(second.words.start)
    }

    /// A noun for a body: "Ministry".
    fn is_body(&self, index: usize) -> bool {
        self.knowledge.lexicon.nouns.heads.get(&self.lower(index)).is_some_and(Kind::is_body)
    }

    /// A noun for an organ: "Parliament".
    fn is_organ(&self, index: usize) -> bool {
        self.knowledge.lexicon.nouns.organs.contains(&self.lower(index))
    }

    /// A country, city or division by its own name.
    pub(super) fn is_place(&self, name: &Name) -> bool {
        name.matches.first().is_some_and(|best| {
            let kind = self.knowledge.base.entry(best.entry).kind;
            !best.how.is_demonym() && matches!(kind, Kind::Country | Kind::City | Kind::Region)
        })
    }

    fn is_country(&self, name: &Name) -> bool {
        let best = name.matches.first();
        best.is_some_and(|best| self.knowledge.base.entry(best.entry).kind == Kind::Country)
    }

    /// "Bank" and "Italy" in "Bank of Italy": an unknown organization that is called by its sort, and a place behind "of".
    fn is_institution_of(&self, first: &Name, second: &Name) -> bool {
        let between = self.texts(first.words.end..second.words.start);
        // "The Bank" alone may be one that the base knows, an organ ("the army of Chad", "the Health Ministry of
        // Chad") stays its country's.
        let heads = &self.knowledge.lexicon.nouns.heads;
        let is_organ = self.is_organ(first.words.end - 1);
        let sort = self.lower(first.words.end - 1);
        let is_sort = match first.class {
            Some(Class::Organization) => heads.contains(&sort) || is_organ,
            None => heads.get(&sort) == Some(Kind::Organization),
            _ => false,
        };
        let is_organ = is_organ && (first.words.len() == 1 || self.is_country(second));
        let is_unknown = first.matches.is_empty() || first.words.len() == 1;
        matches!(between[..], ["of"] | ["of", "the"]) && self.is_place(second) && is_sort && !is_organ && is_unknown
    }

    /// "US State Department": what the base calls State Department, of that country; "UN World Health Organization" likewise.
    pub(super) fn without_country(&self, words: Range<usize>) -> Vec<Match> {
        for split in words.start + 1..words.end {
            let owner = self.lookup(words.start..split);
            let Some(owner) = owner.first().filter(|owner| owner.prior > 0.5) else { continue };
            let owner = self.knowledge.base.entry(owner.entry);
            if !matches!(owner.kind, Kind::Country | Kind::Intergovernmental) {
                continue;
            }
            let is_one_of_many = words.end - split > 1 && owner.kind == Kind::Intergovernmental;
            let rest = self.lookup(split..words.end);
            let rest: Vec<Match> = rest
                .into_iter()
                .filter(|found| {
                    let entry = self.knowledge.base.entry(found.entry);
                    let is_international = is_one_of_many && entry.kind == Kind::Intergovernmental && !found.weak;
                    entry.kind.is_body() && (entry.country == Some(owner.key) || is_international)
                })
                .collect();
            if !rest.is_empty() {
                return rest;
            }
        }
        Vec::new()
    }
}
