//! Candidates: which entry of the base a name means in this article.
//!
//! "Georgia" beside "Atlanta" and beside "Tbilisi"; "Li" after "Chinese Premier"; "Springfield" in an article that names no
//! country stays unknown. Fame and kind of name give a first weight, which the article's countries and divisions, its date, titles
//! before the name and the tagger's opinion multiply.

use std::collections::HashSet;

use crate::document::{Deprel, Document, Word};
use crate::entities::context::{Context, is_place};
use crate::entities::names::Name;
use crate::entities::surnames::stands_as_place;
use crate::entities::tagger::Class;
use crate::entities::{Candidate, halves, kinds, metonymy};
use crate::knowledge::Knowledge;
use crate::knowledge::base::{Entry, Match};
use crate::knowledge::names::{How, Metonym, fold};
use crate::record::Kind;

/// A name is taken for a candidate where its weight is at least this.
pub(crate) const ENOUGH: f64 = 0.45;

/// A city ten times as large as its namesake is twice as likely meant; what is not counted has so few people.
const SIZE: f64 = 0.3;
const SMALLEST: u64 = 1000;

/// Towns of this fame and less are seldom named in articles on other countries.
const SMALL_TOWN: u8 = 2;

/// "Washington and Oregon": divisions stand in lists with each other, and seldom with cities and governments.
const LISTED: f64 = 60.0;

/// What each of three places nearby adds to a town's weight.
const NEIGHBOUR: f64 = 6.0;

/// Within so many kilometres it matters little which of two namesakes is meant.
const NEAR: f64 = 150.0;

/// Candidates of each name, likeliest first, and whether the name stands for a government.
pub(crate) fn weigh(document: &Document, names: &[Name], knowledge: &Knowledge) -> Vec<(Vec<Candidate>, bool)> {
    let mut matches: Vec<Vec<Match>> = names.iter().map(|name| with_towns(document, name, knowledge)).collect();
    let states: Vec<(&str, Match)> = halves::states(&matches, &knowledge.base);
    for (name, matches) in names.iter().zip(&mut matches) {
        let text = document.span_of(name.words.clone()).of(document.text());
        if let Some((_, state)) = states.iter().find(|(point, _)| *point == text) {
            *matches = vec![state.clone()];
        }
    }
    let context = Context::read(document, names, &matches, knowledge);
    let scales = Scales { document, knowledge, context };
    let weighed = (0..names.len()).map(|index| {
        let before = index.checked_sub(1).map(|before| (&names[before], matches[before].as_slice()));
        let after = names.get(index + 1).map(|after| (after, matches[index + 1].as_slice()));
        scales.weigh(&names[index], &matches[index], before, after)
    });
    weighed.collect()
}

/// The base's matches of a name; of one that looks like a place also the small towns.
fn with_towns(document: &Document, name: &Name, knowledge: &Knowledge) -> Vec<Match> {
    let looks_like_place = match name.class {
        Some(Class::Location) => true,
        Some(Class::Other) | None => name.matches.is_empty(),
        Some(Class::Person | Class::Organization) => false,
    };
    if !looks_like_place {
        return name.matches.clone();
    }
    let places = knowledge.base.places(document.span_of(name.words.clone()).of(document.text()));
    // "North" in "North and South Korea" has the matches of its full name.
    let is_own = |best: &Match| places.iter().any(|place| place.entry == best.entry);
    if !name.matches.first().is_none_or(is_own) {
        return name.matches.clone();
    }
    if places.is_empty() { without_sort(document, name, knowledge) } else { places }
}

/// "Gansu province", "the state of Sinaloa": the place without the noun that says what sort it is.
fn without_sort(document: &Document, name: &Name, knowledge: &Knowledge) -> Vec<Match> {
    let words: Vec<Word> = document.words_in(name.words.clone()).collect();
    let heads = &knowledge.lexicon.nouns.heads;
    let sort_of = |sort: &Word| heads.get(&sort.text().to_lowercase());
    let (sort, rest) = match words.as_slice() {
        [sort, of, .., _] if of.text() == "of" => {
            let governing = heads.get(&format!("{} of", sort.text().to_lowercase()));
            (governing.or_else(|| sort_of(sort)), name.words.start + 2..name.words.end)
        }
        // "Kogi State" is no country.
        [.., _, sort] => {
            let sort = sort_of(sort).map(|sort| if sort == Kind::Country { Kind::Region } else { sort });
            (sort, name.words.start..name.words.end - 1)
        }
        _ => return Vec::new(),
    };
    let Some(sort) = sort.filter(|kind| is_place(*kind)) else { return Vec::new() };
    let rest = document.span_of(rest).of(document.text());
    // "West Harbour" is no harbour of the West.
    if knowledge.lexicon.nouns.directions.contains(&rest.to_lowercase()) {
        return Vec::new();
    }
    let mut places = knowledge.base.places(rest);
    let of_all = sum_of_priors(&places);
    let likeliest = places.first().map(|found| found.entry);
    places.retain(|found| {
        let kind = knowledge.base.entry(found.entry).kind;
        // "The Kashmir Valley", but the Salinas Valley is called after a city.
        let holds_it = sort == Kind::Place && kind == Kind::Region && likeliest == Some(found.entry);
        matches!(found.how, How::Name | How::Alias) && (kind == sort || holds_it)
    });
    // "Garissa County" is not the town.
    if sort == Kind::Region {
        let share = of_all / sum_of_priors(&places).max(f64::MIN_POSITIVE);
        places.iter_mut().for_each(|found| found.prior *= share);
    }
    places
}

pub(super) struct Scales<'a> {
    pub(super) document: &'a Document<'a>,
    pub(super) knowledge: &'a Knowledge,
    pub(super) context: Context<'a>,
}

impl<'a> Scales<'a> {
    /// `before` and `after` are the names around this one.
    fn weigh(
        &self,
        name: &Name,
        matches: &[Match],
        before: Option<(&Name, &[Match])>,
        after: Option<(&Name, &[Match])>,
    ) -> (Vec<Candidate>, bool) {
        let head = kinds::head(self.document, name.words.clone());
        let stance = metonymy::stance(head, &self.knowledge.lexicon);
        let key = self.context.key(name);
        let titles = self.words_before(name);
        let class = name.class.filter(|_| !titles.is_empty() || !self.is_rather_a_company(matches, &key));
        let class = if self.is_locality(name, matches, &key) { Some(Class::Location) } else { class };
        let may_be_a_person = class == Some(Class::Person) && self.may_be_of_a_person(&key);
        let is_town = self.context.is_town(name, matches);
        let cities = matches.iter().map(|found| self.knowledge.base.entry(found.entry));
        let largest = cities.filter(|entry| entry.kind == Kind::City).filter_map(|entry| entry.population).max();
        let mut weighed: Vec<(&Match, f64)> = Vec::new();
        for found in matches {
            let entry = self.knowledge.base.entry(found.entry);
            let factor = fits_class(name, class, found, entry.kind, matches, may_be_a_person)
                * self.stance_factor(found, &entry, matches, stance, &key)
                * self.address_factor(found, &entry, head, stance, &key)
                * self.context_factor(found, &entry, matches, &key)
                * self.sort_factor(name, found, &entry)
                * self.size_factor(&entry, largest)
                * self.vicinity_factor(&entry, &key)
                // What stands behind this very name, where the article has two of the name.
                * if self.context.place_after(name, matches, &entry).is_some() { 10.0 } else { 1.0 }
                * if self.is_of_another_state(before, name, after, found) { 0.01 } else { 1.0 }
                * if self.context.holds_place_before(before, name, &entry) { 20.0 } else { 1.0 }
                * if self.context.is_in_list(before, name, after, &entry) { LISTED } else { 1.0 }
                * if is_town && entry.kind == Kind::Country { 0.01 } else { 1.0 }
                * if entry.kind == Kind::Person { self.person_factor(name, found, &entry, &titles) } else { 1.0 };
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
        let unknown = (1.0 - sum_of_priors(matches)).max(0.0);
        let total: f64 = weighed.iter().map(|(_, weight)| weight).sum::<f64>() + unknown;
        let population = |found: &Match| self.knowledge.base.entry(found.entry).population;
        weighed.sort_by(|(a, one), (b, other)| {
            other.total_cmp(one).then(population(b).cmp(&population(a))).then(a.entry.cmp(&b.entry))
        });
        let candidates = weighed.iter().map(|(found, weight)| Candidate {
            entry: found.entry,
            how: found.how,
            weight: if total > 0.0 { weight / total } else { 0.0 },
        });
        let mut candidates: Vec<Candidate> = candidates.collect();
        self.pool_namesakes(&mut candidates);
        let is_metonym = candidates.first().is_some_and(|best| {
            let kind = self.knowledge.base.entry(best.entry).kind;
            let acts = stance == metonymy::Stance::Acts;
            let has_building =
                || matches.iter().any(|other| self.knowledge.base.entry(other.entry).kind == Kind::Facility);
            matches!(best.how, How::Metonym(_))
                || kind == Kind::Region && !best.how.is_demonym() && acts
                || kind == Kind::Organization && acts && has_building()
        });
        (candidates, is_metonym)
    }

    /// "In Eugene", "a Warren police officer": a place of the base, where the article names nobody so in full.
    fn is_locality(&self, name: &Name, matches: &[Match], key: &str) -> bool {
        let is_known = || matches.iter().any(|found| is_place(self.knowledge.base.entry(found.entry).kind));
        let locals = &self.knowledge.lexicon.metonymy.local_nouns;
        let words = || self.document.words_in(name.words.clone());
        let is_inside = |word: Word| word.deprel().is_oblique() || word.deprel().is_nominal_modifier();
        let is_there = || words().next().is_some_and(|word| stands_as_place(word) && is_inside(word));
        let has_locals = || {
            words().next_back().and_then(Word::next).is_some_and(|next| locals.contains(&next.text().to_lowercase()))
        };
        name.words.len() == 1 && !self.context.surnames.contains(key) && (is_there() || has_locals()) && is_known()
    }

    /// The congress of "Peru's Congress", "the Peruvian Congress" and "the Congress of Peru" is not that of the United States.
    fn is_of_another_state(
        &self,
        before: Option<(&Name, &[Match])>,
        name: &Name,
        after: Option<(&Name, &[Match])>,
        found: &Match,
    ) -> bool {
        let entry = self.knowledge.base.entry(found.entry);
        let home = match entry.kind {
            Kind::Country if matches!(found.how, How::Metonym(_)) => Some(entry.key),
            kind if kind.is_body() => entry.country,
            _ => None,
        };
        let state = |matches: &[Match]| {
            let best =
                matches.first().filter(|best| best.prior > 0.5).map(|best| self.knowledge.base.entry(best.entry));
            best.filter(|best| best.kind == Kind::Country).map(|best| best.key)
        };
        let owner = before.filter(|(owner, _)| {
            self.document.words_in(owner.words.end..name.words.start).all(|word| word.xpos() == "POS")
        });
        let whose = after
            .filter(|(whose, _)| self.document.words_in(name.words.end..whose.words.start).map(Word::text).eq(["of"]));
        let states = owner.into_iter().chain(whose).filter_map(|(_, matches)| state(matches));
        home.is_some_and(|home| states.into_iter().any(|state| state != home))
    }

    /// "Ford cut 300 jobs": a company that is better known than those who bear its name, none of whom the article names in full.
    fn is_rather_a_company(&self, matches: &[Match], key: &str) -> bool {
        let best = matches.first().filter(|best| best.prior > 0.5);
        best.is_some_and(|best| self.knowledge.base.entry(best.entry).class == "company")
            && !self.context.surnames.contains(key)
    }

    /// China has three cities called Changsha, and Medina lies in the Medina Region: where such namesakes together are likely
    /// enough, the likeliest of them is meant.
    fn pool_namesakes(&self, candidates: &mut [Candidate]) {
        let Some(best) = candidates.first() else { return };
        let entry = |candidate: &Candidate| self.knowledge.base.entry(candidate.entry);
        let best = entry(best);
        if !is_place(best.kind) || best.country.is_none() {
            return;
        }
        let is_namesake = |other: &&Candidate| {
            let other = entry(other);
            let is_near = || best.distance(&other).is_some_and(|distance| distance < NEAR);
            other.country == best.country
                && is_place(other.kind)
                && (best.kind == Kind::City && other.kind == Kind::City || is_near())
        };
        let pool: f64 = candidates.iter().filter(is_namesake).map(|candidate| candidate.weight).sum();
        candidates[0].weight = candidates[0].weight.max(pool.min(ENOUGH));
    }

    /// Whether the name acts as a government does, or is where something happens.
    fn stance_factor(
        &self,
        found: &Match,
        entry: &Entry,
        matches: &[Match],
        stance: metonymy::Stance,
        key: &str,
    ) -> f64 {
        let kind = |other: &Match| self.knowledge.base.entry(other.entry).kind;
        let has_place = matches.iter().any(|other| {
            other.entry != found.entry && matches!(kind(other), Kind::City | Kind::Place | Kind::Facility)
        });
        if matches!(found.how, How::Metonym(_)) {
            // A city that is its own state ("Singapore") is called by its name.
            if fold(entry.name) == key || self.context.is_elsewhere(key, entry.key) {
                return 0.0;
            }
            // "Tripoli", where Lebanon is named, and not Libya.
            let is_named = self.context.country_named(entry.key, key) > 0;
            if !is_named && self.has_namesake_in_named_country(Some(entry.key), matches, key) {
                return 0.05;
            }
            // The government where the place acts; a seat or an organ that is no place of the base means it anywhere.
            return match stance {
                metonymy::Stance::Acts => 30.0,
                _ if has_place => 0.001,
                _ => 1.0,
            };
        }
        // "At the Pentagon": the building, not the ministry in it.
        let is_body = matches!(entry.kind, Kind::Organization | Kind::Intergovernmental);
        let is_locative = stance == metonymy::Stance::Location;
        let has_building = || matches.iter().any(|other| kind(other) == Kind::Facility);
        if is_body && is_locative && has_building() { 0.05 } else { 1.0 }
    }

    /// "Urged Khartoum to withdraw", where Sudan is named: nobody talks to a city.
    fn address_factor(&self, found: &Match, entry: &Entry, head: Word, stance: metonymy::Stance, key: &str) -> f64 {
        if found.how != How::Metonym(Metonym::Capital) {
            return 1.0;
        }
        let is_addressed = match head.deprel() {
            Deprel::Nsubj | Deprel::Obj | Deprel::Iobj => {
                head.head().is_some_and(|verb| self.knowledge.lexicon.verbs.speech.contains(verb.lemma()))
            }
            // "Recalled its ambassador from Khartoum"
            _ => stance == metonymy::Stance::Acts && head.preposition().is_some(),
        };
        match self.context.country_named(entry.key, key).min(6) {
            named if is_addressed && named > 0 => 2.0 + named as f64,
            _ => 1.0,
        }
    }

    /// The article's countries and divisions, and what it says of the name elsewhere.
    fn context_factor(&self, found: &Match, entry: &Entry, matches: &[Match], key: &str) -> f64 {
        let mut factor = 1.0;
        let countries = entry.countries().chain((entry.kind == Kind::Country).then_some(entry.key));
        let named = countries.map(|country| self.context.country_named(country, key)).max().unwrap_or(0);
        if named > 0 && (entry.kind != Kind::Country || found.ambiguous) {
            factor *= 2.0 + named.min(6) as f64;
        } else if matches!(entry.class, "city" | "capital" | "division")
            && self.context.names_countries_without(entry.country, key)
        {
            factor *= match self.has_namesake_in_named_country(entry.country, matches, key) {
                true => 0.25,
                false if found.fame <= SMALL_TOWN => 0.4,
                false => 1.0,
            };
        }
        let division = if entry.class == "admin1" { Some(entry.name) } else { entry.admin1() };
        if let (Some(country), Some(division)) = (entry.country, division) {
            let named = self.context.division_named(country, division, key);
            let other_named = || matches.iter().any(|other| self.is_in_named_division(other, key));
            factor *= match named {
                0 if entry.class == "capital" || !other_named() => 1.0,
                // Counties of one name are told apart by nothing but their states.
                0 if entry.class == "county" => 0.1,
                0 => 0.3,
                named => 2.0 + named.min(6) as f64,
            };
        }
        // "Eight in Alberta, one in New Brunswick and one in Quebec": the province, not the city.
        if entry.class == "admin1" && entry.country.is_some_and(|country| self.context.siblings_named(country, key) > 1)
        {
            factor *= 6.0;
        }
        if found.weak {
            // "The South" where South Korea was named.
            factor *= if named > 0 { 40.0 } else { 0.3 };
        }
        let is_state =
            |other: &Match| self.knowledge.base.entry(other.entry).kind == Kind::Country && other.how == How::Name;
        if matches.iter().any(|other| other.entry != found.entry && is_state(other)) {
            factor *= match entry.kind {
                Kind::City => 0.2,
                // "In Jordan and Lebanon" names no river.
                Kind::Place if found.how == How::Alias => 0.05,
                _ => 1.0,
            };
        }
        match self.context.is_qualified(key, entry.id) {
            Some(true) => factor * 20.0,
            Some(false) if is_place(entry.kind) || entry.kind == Kind::Country && !found.how.is_demonym() => {
                factor * 0.05
            }
            _ => factor,
        }
    }

    /// Whether another city of the name lies in a country that the article names.
    fn has_namesake_in_named_country(&self, country: Option<&str>, matches: &[Match], key: &str) -> bool {
        matches.iter().map(|found| self.knowledge.base.entry(found.entry)).any(|other| {
            let home = other.country.filter(|home| Some(*home) != country && other.kind == Kind::City);
            home.is_some_and(|home| self.context.country_named(home, key) > 0)
        })
    }

    /// Of cities that share a name the larger one is likelier.
    fn size_factor(&self, entry: &Entry, largest: Option<u64>) -> f64 {
        let (Kind::City, Some(largest)) = (entry.kind, largest) else { return 1.0 };
        let share = entry.population.unwrap_or(0).max(SMALLEST) as f64 / largest.max(SMALLEST) as f64;
        share.powf(SIZE)
    }

    /// Local news names what lies close together.
    fn vicinity_factor(&self, entry: &Entry, key: &str) -> f64 {
        match entry.class {
            "city" | "county" => 1.0 + NEIGHBOUR * self.context.neighbours(key, entry).min(3) as f64,
            _ => 1.0,
        }
    }

    fn is_in_named_division(&self, found: &Match, key: &str) -> bool {
        let entry = self.knowledge.base.entry(found.entry);
        let division = entry.admin1().filter(|_| entry.class != "admin1");
        let place = entry.country.zip(division);
        place.is_some_and(|(country, division)| self.context.division_named(country, division, key) > 0)
    }

    /// "Washington state", "the province of Luxembourg": the noun beside the name says what sort of place it is.
    fn sort_factor(&self, name: &Name, found: &Match, entry: &Entry) -> f64 {
        if matches!(found.how, How::Metonym(_)) {
            return 1.0;
        }
        let heads = &self.knowledge.lexicon.nouns.heads;
        let sort_of = |word: Word| {
            let written_small = word.text().starts_with(char::is_lowercase);
            heads.get(&word.lemma().to_lowercase()).filter(|_| written_small)
        };
        let last = self.document.words_in(name.words.clone()).next_back();
        let first = self.document.words_in(name.words.clone()).next();
        let after = last.and_then(Word::next).and_then(sort_of);
        let of = first.and_then(Word::previous).filter(|of| of.text() == "of");
        let before = of.and_then(Word::previous).and_then(sort_of);
        let is_sort = |sort: Kind| match sort {
            Kind::Country => entry.kind == Kind::Country || entry.class == "admin1",
            Kind::Region | Kind::City | Kind::Place | Kind::Facility => sort == entry.kind,
            _ => false,
        };
        if after.into_iter().chain(before).any(is_sort) {
            return 8.0;
        }
        // "Georgia Governor Brian Kemp", "the legislature of New York": nouns that go with divisions.
        let lemma = |word: &Word| word.text().to_lowercase();
        let nouns = &self.knowledge.lexicon.metonymy.division_nouns;
        let is_there = |word: Option<Word>| word.is_some_and(|word| nouns.contains(&lemma(&word)));
        let governs = is_there(last.and_then(Word::next)) || is_there(of.and_then(Word::previous));
        if governs && entry.class == "admin1" { 30.0 } else { 1.0 }
    }
}

fn sum_of_priors(matches: &[Match]) -> f64 {
    let mut seen = HashSet::new();
    matches.iter().filter(|found| seen.insert(found.entry)).map(|found| found.prior).sum()
}

/// How well an entry fits the looks of the name.
fn fits_class(
    name: &Name,
    class: Option<Class>,
    found: &Match,
    kind: Kind,
    matches: &[Match],
    may_be_a_person: bool,
) -> f64 {
    let Some(class) = class else { return 1.0 };
    if matches!(found.how, How::Metonym(_)) || found.how.is_demonym() {
        return if class == Class::Person && matches.iter().any(|other| other.how == How::Surname) {
            0.05
        } else {
            0.5
        };
    }
    let is_full = name.words.len() > 1 && found.how != How::Surname;
    match (class, kind) {
        (Class::Person, Kind::Person) => 3.0,
        (Class::Person, _) if is_full => 1.0,
        (Class::Person, Kind::Country | Kind::People) => 0.3,
        // "Bukhara lies …": looks alone are a weak witness against a list.
        (Class::Person, _) if !may_be_a_person => 0.4,
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
