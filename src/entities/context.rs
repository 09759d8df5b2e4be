//! Context: what an article tells about its names before any of them is decided.
//!
//! "Talks in Tbilisi … Georgia" speaks for the country, "Atlanta … Georgia" for the American state; "Palestine, Texas" settles what
//! every other "Palestine" of the article is.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::document::{Document, Word};
use crate::entities::names::Name;
use crate::entities::tagger::Class;
use crate::entities::vicinity::Vicinity;
use crate::knowledge::Knowledge;
use crate::knowledge::base::{Entry, EntryId, Match};
use crate::knowledge::gazetteer;
use crate::knowledge::names::{How, fold};
use crate::record::Kind;

/// What an article tells about its names.
pub(crate) struct Context<'a> {
    pub document: &'a Document<'a>,
    pub knowledge: &'a Knowledge,
    /// ISO 8601.
    pub date: Option<String>,
    /// How often each country is named, by code; then by folded name, so that no name speaks for itself.
    countries: HashMap<String, HashMap<String, usize>>,
    /// The same for first-level divisions, by country and name.
    divisions: HashMap<(String, String), HashMap<String, usize>>,
    /// The folded names that most likely mean first-level divisions, by country.
    siblings: HashMap<String, BTreeSet<String>>,
    /// Full names' last words, for surnames that stand alone.
    pub surnames: HashSet<String>,
    /// Where the towns and counties lie that are named.
    vicinity: Vicinity<'a>,
    /// What a folded name means somewhere in the article, where a larger place is named behind it.
    qualified: HashMap<String, BTreeSet<EntryId>>,
}

/// A name this likely to mean its first entry speaks for the country of that one.
const SURE: f64 = 0.6;

/// So many kilometres from the middle of a county or district a town may lie in it.
pub(crate) const COUNTY: f64 = 60.0;

/// How closely the place named behind a name holds an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Within {
    /// "Izyum, Ukraine" for a place of Ukraine.
    Country,
    /// "Paris, Texas" for a place of Texas.
    Division,
}

impl<'a> Context<'a> {
    /// `matches` are what the base knows under each name.
    pub fn read(
        document: &'a Document<'a>,
        names: &[Name],
        matches: &[Vec<Match>],
        knowledge: &'a Knowledge,
    ) -> Context<'a> {
        let mut context = Context {
            document,
            knowledge,
            date: document.article().date.map(|date| date.to_string()),
            countries: HashMap::new(),
            divisions: HashMap::new(),
            siblings: HashMap::new(),
            surnames: HashSet::new(),
            vicinity: Vicinity::default(),
            qualified: HashMap::new(),
        };
        for (name, matches) in names.iter().zip(matches) {
            let key = context.key(name);
            let entries = matches.iter().map(|found| knowledge.base.entry(found.entry));
            let within: Vec<(Within, EntryId)> =
                entries.filter_map(|entry| Some((context.place_after(name, matches, &entry)?, entry.id))).collect();
            let Some(closest) = within.iter().map(|(within, _)| *within).max() else {
                // "Stroud, Ontario": the base holds other places of that name, but not this one.
                if context.lies_elsewhere(name) {
                    context.qualified.entry(key).or_default();
                }
                continue;
            };
            let closest = within.iter().filter(|(within, _)| *within == closest).map(|(_, entry)| *entry);
            context.qualified.entry(key).or_default().extend(closest);
        }
        for (name, matches) in names.iter().zip(matches) {
            context.add(name, matches);
        }
        context
    }

    fn add(&mut self, name: &Name, matches: &[Match]) {
        let key = self.key(name);
        match self.settled(name, &key, matches) {
            Some(entry) => self.count(key, entry),
            None if matches.is_empty() && name.class != Some(Class::Person) => self.add_inside(name),
            None => {}
        }
        if name.class == Some(Class::Person) && name.words.len() > 1 {
            let last = self.document.words_in(name.words.clone()).next_back().expect("a name has words");
            self.surnames.insert(last.text().to_lowercase());
        }
    }

    /// What a name means as far as it and what stands behind it tell.
    fn settled(&self, name: &Name, key: &str, matches: &[Match]) -> Option<EntryId> {
        // "Lebanon, Pa." speaks for no Lebanon but this one.
        if let Some(entries) = self.qualified.get(key) {
            return entries.first().copied().filter(|_| entries.len() == 1);
        }
        // "Ill." is named only where it stands behind a town.
        let is_short = |found: &&Match| found.weak && found.how == How::Abbreviation;
        let is_behind = name.words.start.checked_sub(1).is_some_and(|before| matches!(self.word(before), "," | "("));
        let short = matches.iter().find(is_short).filter(|_| is_behind);
        let best = matches.first().filter(|best| best.prior > SURE && !best.weak && best.how != How::Surname);
        Some(short.or(best)?.entry)
    }

    /// "Maine State Police", "Lamar County Jail": the places in the names of bodies and buildings.
    fn add_inside(&mut self, name: &Name) {
        let tokens: Vec<&str> = self.document.words_in(name.words.clone()).map(Word::text).collect();
        for at in 0..tokens.len() {
            let Some((count, matches)) = gazetteer::longest(&self.knowledge.base, &tokens, at) else { continue };
            let best = &matches[0];
            let entry = self.knowledge.base.entry(best.entry);
            let is_named = matches!(best.how, How::Name | How::Alias | How::Abbreviation) && !best.common;
            if best.prior > SURE && is_named && (is_place(entry.kind) || entry.kind == Kind::Country) {
                self.count(fold(&tokens[at..at + count].join(" ")), best.entry);
            }
        }
    }

    /// Remembers that something is named, with the country and the division that it lies in.
    fn count(&mut self, key: String, entry: EntryId) {
        let entry = self.knowledge.base.entry(entry);
        // Companies and their goods are everywhere.
        if matches!(entry.class, "company" | "club" | "media") {
            return;
        }
        self.vicinity.add(&key, &entry);
        let own = (entry.kind == Kind::Country).then_some(entry.key);
        let Some(country) = own.or(entry.country) else { return };
        *self.countries.entry(country.to_string()).or_default().entry(key.clone()).or_default() += 1;
        let division = if entry.class == "admin1" { Some(entry.name) } else { entry.admin1() };
        if entry.class == "admin1" {
            self.siblings.entry(country.to_string()).or_default().insert(key.clone());
        }
        if let Some(division) = division {
            let place = (country.to_string(), division.to_string());
            *self.divisions.entry(place).or_default().entry(key).or_default() += 1;
        }
    }

    /// How many places are named that lie close to an entry of this name.
    pub fn neighbours(&self, key: &str, entry: &Entry) -> usize {
        self.vicinity.count(key, entry)
    }

    pub fn text(&self, name: &Name) -> &'a str {
        self.document.span_of(name.words.clone()).of(self.document.text())
    }

    pub fn key(&self, name: &Name) -> String {
        fold(self.text(name))
    }

    /// How often the article names a country by other names than this one.
    pub fn country_named(&self, country: &str, key: &str) -> usize {
        count(self.countries.get(country), key)
    }

    /// Whether the article names countries, or places in them, by other names than this one, but not this country.
    pub fn names_countries_without(&self, country: Option<&str>, key: &str) -> bool {
        country.is_some_and(|country| count(self.countries.get(country), key) == 0)
            && self.countries.values().any(|names| count(Some(names), key) > 0)
    }

    /// How often the article names a division of a country, or a city there, by other names than this one.
    pub fn division_named(&self, country: &str, division: &str, key: &str) -> usize {
        count(self.divisions.get(&(country.to_string(), division.to_string())), key)
    }

    /// How many divisions of a country the article names beside the one of this name.
    pub fn siblings_named(&self, country: &str, key: &str) -> usize {
        self.siblings.get(country).map_or(0, |names| names.iter().filter(|name| *name != key).count())
    }

    /// Whether the article says somewhere that the name means this entry: `None` where it says nothing of the name.
    pub fn is_qualified(&self, key: &str, entry: EntryId) -> Option<bool> {
        self.qualified.get(key).map(|entries| entries.contains(&entry))
    }

    /// Whether the article says somewhere that the name means places, and none of them in this country.
    pub fn is_elsewhere(&self, key: &str, country: &str) -> bool {
        self.qualified.get(key).is_some_and(|entries| {
            entries.iter().all(|entry| self.knowledge.base.entry(*entry).country != Some(country))
        })
    }

    /// "Paris, Texas", "Guildford, Surrey, UK": a place named after the name is where the entry lies.
    pub fn place_after(&self, name: &Name, matches: &[Match], entry: &Entry) -> Option<Within> {
        if !is_place(entry.kind) {
            return None;
        }
        let mut after = self.matches_after(name.words.end)?;
        if self.are_countries(name, matches, &after) {
            return None;
        }
        let mut closest = self.closest(matches, &after.1, entry);
        while let Some(next) = self.matches_after(after.0).filter(|next| self.are_nested(&after.1, &next.1)) {
            closest = closest.max(self.closest(matches, &next.1, entry));
            after = next;
        }
        closest
    }

    /// "Lebanon, Pa.": a town of a country's name, as the division behind it says.
    pub fn is_town(&self, name: &Name, matches: &[Match]) -> bool {
        let mut entries = matches.iter().map(|found| self.knowledge.base.entry(found.entry));
        entries.any(|entry| self.place_after(name, matches, &entry) == Some(Within::Division))
    }

    fn closest(&self, matches: &[Match], after: &[Match], entry: &Entry) -> Option<Within> {
        let after = after.iter().take(6).filter(|found| !self.are_divisions(matches, found));
        after.filter_map(|found| self.holds(found, entry)).max()
    }

    /// "Surrey, UK": something of the first name lies in something of the second.
    fn are_nested(&self, inner: &[Match], outer: &[Match]) -> bool {
        let inner = || inner.iter().take(6).map(|found| self.knowledge.base.entry(found.entry));
        outer.iter().take(6).any(|found| inner().any(|entry| self.holds(found, &entry).is_some()))
    }

    /// Whether a country or division stands behind the name that is none of a list.
    fn lies_elsewhere(&self, name: &Name) -> bool {
        let before = name.words.start.checked_sub(1).map_or("", |before| self.word(before));
        let Some((end, matches)) = self.matches_after(name.words.end) else { return false };
        let Some(best) = matches.first().filter(|best| best.prior > 0.5 && !best.how.is_demonym()) else {
            return false;
        };
        let larger = self.knowledge.base.entry(best.entry);
        let is_nested = || self.matches_after(end).is_some_and(|next| self.are_nested(&matches, &next.1));
        let goes_on = matches!(self.word(end), "and" | "or" | "&") || self.word(end) == "," && !is_nested();
        (larger.kind == Kind::Country || larger.class == "admin1")
            && !goes_on
            && !matches!(before, "," | "and" | "or" | "&")
    }

    /// "Washington, Oregon and Idaho": divisions of one country in a list, not a town in the second.
    fn are_divisions(&self, matches: &[Match], after: &Match) -> bool {
        let second = self.knowledge.base.entry(after.entry);
        second.class == "admin1"
            && matches.iter().any(|found| {
                let first = self.knowledge.base.entry(found.entry);
                first.class == "admin1" && first.country == second.country
            })
    }

    /// "Niger, Nigeria and Togo": countries in a list, not a division in the second.
    fn are_countries(&self, name: &Name, matches: &[Match], (end, after): &(usize, Vec<Match>)) -> bool {
        let is_country = |found: &Match| {
            found.prior > 0.3 && !found.how.is_demonym() && self.knowledge.base.entry(found.entry).kind == Kind::Country
        };
        let goes_on = || {
            let joint = matches!(self.word(*end), "," | "and" | "or" | "&");
            let next = if matches!(self.word(end + 1), "and" | "or") { end + 2 } else { end + 1 };
            joint && self.matches_at(next).is_some_and(|(_, matches)| matches.first().is_some_and(is_country))
        };
        let comes_from = || {
            let start = name.words.start;
            let before = start.checked_sub(2).map(|before| self.knowledge.base.lookup(self.word(before)));
            start > 0
                && matches!(self.word(start - 1), "," | "and")
                && before.is_some_and(|found| found.first().is_some_and(is_country))
        };
        matches.iter().any(is_country) && after.first().is_some_and(is_country) && (goes_on() || comes_from())
    }

    fn word(&self, index: usize) -> &'a str {
        let end = (index + 1).min(self.document.len());
        self.document.words_in(index.min(end)..end).next().map_or("", Word::text)
    }

    /// What is named right behind a word, after a comma, a bracket or "in", and where that ends.
    fn matches_after(&self, start: usize) -> Option<(usize, Vec<Match>)> {
        // "Crawford County, located in Pennsylvania".
        let end =
            (start..start + 3).find(|&at| !matches!(self.word(at), "," | "located" | "situated")).unwrap_or(start);
        let end = if self.word(end) == "in" { end } else { start };
        if !matches!(self.word(end), "," | "in" | "(") {
            return None;
        }
        self.matches_at(end + 1)
    }

    /// What is named from this word on, and where that ends.
    fn matches_at(&self, start: usize) -> Option<(usize, Vec<Match>)> {
        let tokens: Vec<&str> = (start..(start + 5).min(self.document.len())).map(|index| self.word(index)).collect();
        let (count, matches) = gazetteer::longest(&self.knowledge.base, &tokens, 0)?;
        Some((start + count, matches))
    }

    fn holds(&self, larger: &Match, entry: &Entry) -> Option<Within> {
        let place = self.knowledge.base.entry(larger.entry);
        if place.id == entry.id || larger.how.is_demonym() {
            return None;
        }
        match place.kind {
            Kind::Country => {
                let inside = entry.country == Some(place.key) || entry.within().any(|country| country == place.key);
                inside.then_some(Within::Country)
            }
            Kind::Region if place.country.is_some() && place.country == entry.country => {
                let is_in = entry.admin1() == Some(place.name)
                    || matches!(place.class, "county" | "division")
                        && place.admin1() == entry.admin1()
                        && place.distance(entry).is_some_and(|distance| distance < COUNTY);
                is_in.then_some(Within::Division)
            }
            _ => None,
        }
    }

    /// "Oregon, Washington and Idaho": the entry is a division as those beside it are.
    pub fn is_in_list(
        &self,
        before: Option<(&Name, &[Match])>,
        name: &Name,
        after: Option<(&Name, &[Match])>,
        entry: &Entry,
    ) -> bool {
        let is_sibling = |matches: &[Match]| {
            let best = matches.first().filter(|best| best.prior > SURE && !best.ambiguous);
            let best = best.map(|best| self.knowledge.base.entry(best.entry));
            best.is_some_and(|best| best.class == "admin1" && best.country == entry.country && best.id != entry.id)
        };
        let joins = |words: std::ops::Range<usize>| {
            (1..=2).contains(&words.len())
                && self.document.words_in(words).all(|word| matches!(word.text(), "," | "and" | "or"))
        };
        entry.class == "admin1"
            && (before.is_some_and(|(other, matches)| joins(other.words.end..name.words.start) && is_sibling(matches))
                || after
                    .is_some_and(|(other, matches)| joins(name.words.end..other.words.start) && is_sibling(matches)))
    }

    /// "Seattle, Washington": the entry holds a place that is named right before the name.
    pub fn holds_place_before(&self, before: Option<(&Name, &[Match])>, name: &Name, entry: &Entry) -> bool {
        let Some((smaller, matches)) = before else { return false };
        let comma = self.document.words_in(smaller.words.end..name.words.start).map(Word::text);
        let is_division = entry.class == "admin1";
        is_division
            && comma.eq([","])
            && matches.iter().any(|found| {
                let smaller = self.knowledge.base.entry(found.entry);
                smaller.country == entry.country && smaller.admin1() == Some(entry.name)
            })
    }
}

fn count(names: Option<&HashMap<String, usize>>, except: &str) -> usize {
    names.map_or(0, |names| names.iter().filter(|(key, _)| *key != except).map(|(_, count)| count).sum())
}

pub(crate) fn is_place(kind: Kind) -> bool {
    matches!(kind, Kind::City | Kind::Region | Kind::Place | Kind::Facility)
}
