//! Candidates: which entry of the base a name means in this article.
//!
//! "Georgia" beside "Atlanta" and beside "Tbilisi"; "Li" after "Chinese Premier"; "Springfield" in an article that names no
//! country stays unknown. Fame and kind of name give a first weight, which the article's countries, its date, titles before
//! the name and the tagger's opinion multiply.

use std::collections::{HashMap, HashSet};

use crate::document::{Document, Upos, Word};
use crate::entities::names::Name;
use crate::entities::tagger::Class;
use crate::entities::{Candidate, metonymy};
use crate::knowledge::Knowledge;
use crate::knowledge::base::{Entry, Match};
use crate::knowledge::lexicon::Role;
use crate::knowledge::names::How;
use crate::record::Kind;

/// A name is taken for a candidate where its weight is at least this.
pub(crate) const ENOUGH: f64 = 0.45;

/// Candidates of each name, likeliest first, and whether the name stands for a government.
pub(crate) fn weigh(document: &Document, names: &[Name], knowledge: &Knowledge) -> Vec<(Vec<Candidate>, bool)> {
    let article = Article::read(document, names, knowledge);
    names.iter().map(|name| article.weigh(name)).collect()
}

/// What the article tells about its names.
struct Article<'a> {
    document: &'a Document<'a>,
    knowledge: &'a Knowledge,
    date: Option<String>,
    /// How often each country is named, by code.
    countries: HashMap<String, usize>,
    /// Full names' words, for surnames that stand alone.
    surnames: HashSet<String>,
}

impl<'a> Article<'a> {
    fn read(document: &'a Document<'a>, names: &[Name], knowledge: &'a Knowledge) -> Article<'a> {
        let mut countries = HashMap::new();
        let mut surnames = HashSet::new();
        for name in names {
            let best = name.matches.first();
            if let Some(best) = best.filter(|best| best.prior > 0.6 && !best.weak && best.how != How::Surname) {
                let entry = knowledge.base.entry(best.entry);
                if let Some(country) = if entry.kind == Kind::Country { Some(entry.key) } else { entry.country } {
                    *countries.entry(country.to_string()).or_default() += 1;
                }
            }
            if name.class == Some(Class::Person) && name.words.len() > 1 {
                let last = document.words_in(name.words.clone()).next_back().expect("a name has words");
                surnames.insert(last.text().to_lowercase());
            }
        }
        let date = document.article().date.map(|date| date.to_string());
        Article { document, knowledge, date, countries, surnames }
    }

    fn weigh(&self, name: &Name) -> (Vec<Candidate>, bool) {
        let head = crate::entities::kinds::head(self.document, name.words.clone());
        let governs = metonymy::is_government(head, &self.knowledge.lexicon);
        let known: f64 = self.sum_of_priors(&name.matches);
        let before = self.words_before(name);
        let mut weighed: Vec<(&Match, f64)> = Vec::new();
        for found in &name.matches {
            let entry = self.knowledge.base.entry(found.entry);
            let factor = self.factor(name, found, &entry, governs, &before);
            if factor == 0.0 {
                continue;
            }
            let weight = found.prior * factor;
            match weighed.iter_mut().find(|(other, _)| other.entry == found.entry) {
                Some(other) if other.1 >= weight => {}
                Some(other) => *other = (found, weight),
                None => weighed.push((found, weight)),
            }
        }
        let total: f64 = weighed.iter().map(|(_, weight)| weight).sum::<f64>() + (1.0 - known).max(0.0);
        weighed.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.entry.cmp(&b.0.entry)));
        let candidates = weighed.iter().map(|(found, weight)| Candidate {
            entry: found.entry,
            how: found.how,
            weight: if total > 0.0 { weight / total } else { 0.0 },
        });
        let candidates: Vec<Candidate> = candidates.collect();
        let is_metonym = candidates.first().is_some_and(|best| matches!(best.how, How::Metonym(_)));
        (candidates, is_metonym)
    }

    fn sum_of_priors(&self, matches: &[Match]) -> f64 {
        let mut seen = HashSet::new();
        matches.iter().filter(|found| seen.insert(found.entry)).map(|found| found.prior).sum()
    }

    fn factor(&self, name: &Name, found: &Match, entry: &Entry, governs: bool, before: &[Word]) -> f64 {
        let metonym = matches!(found.how, How::Metonym(_));
        let mut factor = fits_class(name, found, entry.kind);
        if metonym {
            // The government where the place acts; a seat or an organ that is no place of the base means it anywhere.
            let has_place = name.matches.iter().any(|other| {
                other.entry != found.entry
                    && matches!(self.knowledge.base.entry(other.entry).kind, Kind::City | Kind::Place | Kind::Facility)
            });
            factor *= if governs {
                30.0
            } else if has_place {
                0.001
            } else {
                1.0
            };
        }
        let countries = entry.countries().chain((entry.kind == Kind::Country).then_some(entry.key));
        let named = countries.map(|country| self.countries.get(country).copied().unwrap_or(0)).max().unwrap_or(0);
        if named > 0 && entry.kind != Kind::Country {
            factor *= 2.0 + named.min(6) as f64;
        }
        if found.weak {
            // "The South" where South Korea was named.
            factor *= if named > 0 { 40.0 } else { 0.3 };
        }
        let is_state =
            |other: &Match| self.knowledge.base.entry(other.entry).kind == Kind::Country && other.how == How::Name;
        if entry.kind == Kind::City && name.matches.iter().any(|other| other.entry != found.entry && is_state(other)) {
            factor *= 0.2;
        }
        if self.names_country_after(name, entry) {
            factor *= 20.0;
        }
        if entry.kind == Kind::Person {
            factor *= self.person_factor(name, found, entry, before);
        }
        factor
    }

    /// Offices and dates of a person against the title before the name and the article's date.
    fn person_factor(&self, name: &Name, found: &Match, entry: &Entry, before: &[Word]) -> f64 {
        let mut factor = 1.0;
        let offices = entry.offices();
        if let Some(date) = self.date.as_deref() {
            if offices.iter().any(|office| office.held_on(date)) {
                factor *= 3.0;
            } else if offices.iter().all(|office| office.start.is_some_and(|start| start > date)) && !offices.is_empty()
            {
                factor *= 0.3;
            }
        }
        let (roles, countries) = self.titles(before);
        if !roles.is_empty() {
            let fits = |role: &Role| offices.iter().any(|office| same_role(*role, office.role));
            factor *= if roles.iter().any(fits) { 5.0 } else { 0.7 };
        }
        if !countries.is_empty() {
            factor *=
                if entry.countries().any(|country| countries.iter().any(|named| named == country)) { 6.0 } else { 0.1 };
        }
        // A bare surname must be well known or be called for; in an article with a fuller name it means that one.
        if found.how == How::Surname || name.words.len() == 1 {
            let surname = self.document.span_of(name.words.clone()).of(self.document.text()).to_lowercase();
            if self.surnames.contains(&surname) {
                factor *= 0.5;
            }
            if found.common && roles.is_empty() {
                factor *= 0.3;
            }
        }
        factor
    }

    /// The words of one noun phrase right before the name.
    fn words_before(&self, name: &Name) -> Vec<Word<'a>> {
        let first = self.document.words_in(name.words.clone()).next();
        let mut words = Vec::new();
        let mut next = first.and_then(Word::previous);
        while let Some(word) = next.filter(|word| {
            let of_phrase = matches!(word.upos(), Upos::Noun | Upos::Propn | Upos::Adj)
                || word.text().ends_with('.') && word.text().len() > 1
                || word.xpos() == "POS";
            of_phrase && words.len() < 6 && first.is_some_and(|first| first.sentence_index() == word.sentence_index())
        }) {
            words.push(word);
            next = word.previous();
        }
        words.reverse();
        words
    }

    /// Offices and countries among the words before a name.
    fn titles(&self, before: &[Word]) -> (Vec<Role>, Vec<String>) {
        let offices = &self.knowledge.lexicon.persons.offices;
        let lower: Vec<String> =
            before.iter().map(|word| word.text().to_lowercase().trim_end_matches('.').to_string()).collect();
        let mut roles = Vec::new();
        let mut countries = Vec::new();
        for start in 0..lower.len() {
            roles.extend((start + 1..=lower.len()).rev().find_map(|end| offices.get(&lower[start..end].join(" "))));
            if let Some(best) = self.knowledge.base.lookup(before[start].text()).first()
                && best.prior > 0.3
                && self.knowledge.base.entry(best.entry).kind == Kind::Country
            {
                countries.push(self.knowledge.base.entry(best.entry).key.to_string());
            }
        }
        (roles, countries)
    }

    /// "Paris, Texas", "Izyum in Ukraine": the place after the name lies where the entry does.
    fn names_country_after(&self, name: &Name, entry: &Entry) -> bool {
        if !matches!(entry.kind, Kind::City | Kind::Region | Kind::Place | Kind::Facility) {
            return false;
        }
        let text = |index: usize| {
            (index < self.document.len())
                .then(|| self.document.words_in(index..index + 1).next().map_or("", Word::text))
        };
        let Some("," | "in" | "(") = text(name.words.end) else { return false };
        let tokens: Vec<&str> =
            (name.words.end + 1..(name.words.end + 6).min(self.document.len())).filter_map(text).collect();
        let Some((_, matches)) = crate::knowledge::gazetteer::longest(&self.knowledge.base, &tokens, 0) else {
            return false;
        };
        matches.iter().take(4).any(|found| {
            let place = self.knowledge.base.entry(found.entry);
            match place.kind {
                Kind::Country => entry.country == Some(place.key) || entry.within().any(|country| country == place.key),
                Kind::Region => place.country.is_some() && entry.country == place.country && place.id != entry.id,
                _ => false,
            }
        })
    }
}

/// Head of state and head of government are told apart by those who write constitutions.
fn same_role(title: Role, office: Role) -> bool {
    use Role::{HeadOfGovernment, HeadOfState, HeadOfStateAndGovernment, Minister};
    title == office
        || matches!((title, office), (HeadOfState | HeadOfGovernment, HeadOfStateAndGovernment))
        || title == Minister && !matches!(office, HeadOfState | HeadOfGovernment | HeadOfStateAndGovernment)
}

/// How well an entry fits the looks of the name.
fn fits_class(name: &Name, found: &Match, kind: Kind) -> f64 {
    let Some(class) = name.class else { return 1.0 };
    if matches!(found.how, How::Metonym(_)) || found.how.is_demonym() {
        return if class == Class::Person && name.matches.iter().any(|other| other.how == How::Surname) {
            0.05
        } else {
            0.5
        };
    }
    let is_full = name.words.len() > 1 && found.how != How::Surname;
    match (class, kind) {
        (Class::Person, Kind::Person) => 3.0,
        (Class::Person, _) if is_full => 0.5,
        (Class::Person, Kind::Country | Kind::People) => 0.3,
        (Class::Person, _) => 0.05,
        (Class::Location, Kind::Person) => 0.05,
        (Class::Location, Kind::Country | Kind::City | Kind::Region | Kind::Place | Kind::Facility) => 2.0,
        (Class::Organization, Kind::Person) => {
            if is_full {
                0.3
            } else {
                0.05
            }
        }
        (Class::Organization, Kind::Organization | Kind::Intergovernmental | Kind::ArmedGroup) => 2.5,
        (Class::Organization, Kind::City | Kind::Place | Kind::Region) => 0.3,
        (Class::Other, Kind::Person) => 0.3,
        _ => 1.0,
    }
}
