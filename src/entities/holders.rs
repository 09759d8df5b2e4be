//! Holders of offices: whom "the Russian president" and "the US president-elect" mean.
//!
//! By an office that the article says of a person, else by the reference base on the article's date.

use crate::document::{Deprel, Word};
use crate::entities::coreference::Resolver;
use crate::entities::descriptions;
use crate::knowledge::base::EntryId;
use crate::knowledge::lexicon::Role;
use crate::record::{Form, Kind};

impl Resolver<'_> {
    /// "The Russian president": by an office said of a person of the article, or by the base on the article's date.
    pub(super) fn resolve_office(&mut self, index: usize) -> bool {
        let head = self.head(index);
        let lexicon = &self.knowledge.lexicon;
        if descriptions::is_plural(head) || !descriptions::is_office(head, lexicon) {
            return false;
        }
        let elected = descriptions::elected_to(head, lexicon);
        let lemma = elected.unwrap_or(head).lemma().to_lowercase();
        let phrase = head.previous().map(|previous| format!("{} {lemma}", previous.text().to_lowercase()));
        let full = self.office_with_of(head).or(phrase.filter(|phrase| lexicon.persons.offices.contains(phrase)));
        let title = full.clone().unwrap_or_else(|| lemma.clone());
        let Some(role) = lexicon.persons.offices.get(&title) else { return false };
        let past = head.dependents().any(|word| {
            let word = word.text().to_lowercase();
            lexicon.persons.past.contains(&word) || lexicon.persons.future.contains(&word)
        });
        let owner = self.owner(index);
        let country = owner.and_then(|owner| self.country(owner));
        let body = owner.and_then(|owner| self.organization(owner));
        let is_definite = self.is_definite(head) || owner.is_some();
        let has_complement = full.as_ref().is_none_or(|full| !full.contains(" of "))
            && head
                .children(Deprel::Nmod)
                .any(|word| matches!(word.preposition().as_deref(), Some("of" | "for" | "at")));
        if !is_definite || country.is_none() && body.is_none() && (owner.is_some() || has_complement) {
            return false;
        }
        let fits = |resolver: &Self, other: usize| {
            let facts = resolver.facts(other);
            if facts.kind != Some(Kind::Person) || !facts.is_named {
                return false;
            }
            let offices = facts.entry.map(|entry| resolver.knowledge.base.entry(entry).offices()).unwrap_or_default();
            let called = facts.nouns.contains(&title)
                || full.is_none() && facts.nouns.iter().any(|noun| noun.ends_with(&format!(" {lemma}")));
            let held = offices.iter().any(|office| {
                office.role == role
                    && country.is_none_or(|country| office.country == Some(country))
                    && body.is_none_or(|body| office.organization == Some(body))
                    && (!is_loose(role) || body.is_some())
            });
            let home = facts
                .entry
                .map(|entry| resolver.knowledge.base.entry(entry).countries().collect::<Vec<_>>())
                .unwrap_or_default();
            let same_country = country.is_none_or(|country| home.is_empty() || home.contains(&country));
            // After "Latvian President Ozols" or "President Ozols", the commission's president is another.
            let owners = facts.owners.iter().filter(|(noun, _)| *noun == lemma);
            let owners: Vec<usize> = owners.map(|&(_, owner)| resolver.root(owner)).collect();
            let is_of_state = role == Role::HeadOfState && body.is_some() && owners.is_empty();
            let is_anothers =
                is_of_state || owner.is_some_and(|owner| !owners.is_empty() && !owners.contains(&resolver.root(owner)));
            (held || called && !is_anothers) && same_country
        };
        if let Some(person) = self.most_salient(index, 40, fits) {
            return self.join(index, person, "the office said of the person");
        }
        if let (Some(country), Some(_)) = (country, elected) {
            return self.resolve_elected(index, country, role);
        }
        let date = self.document.article().date.map(|date| date.to_string());
        if let (Some(body), Some(date), false) = (body, &date, past)
            && let Some(holder) = self.knowledge.base.holders_on(body, role, date).into_iter().next()
            && self.knowledge.base.entry(holder).offices().iter().any(|office| {
                office.organization == Some(body) && office.title.replace('-', " ").to_lowercase().contains(&title)
            })
        {
            return self.join_holder(index, holder);
        }
        if let (Some(country), Some(date), false, false) = (country, date, past, is_loose(role)) {
            let roles = if role == Role::HeadOfState || role == Role::HeadOfGovernment {
                vec![role, Role::HeadOfState, Role::HeadOfGovernment]
            } else {
                vec![role]
            };
            let holders = roles.into_iter().flat_map(|role| self.knowledge.base.holders_on(country, role, &date));
            let named = |entry: &EntryId| {
                let entry = self.knowledge.base.entry(*entry);
                let offices = entry.offices();
                offices.iter().any(|office| {
                    office.country == Some(country)
                        && office.held_on(&date)
                        && (office.title.is_empty()
                            || office.title.to_lowercase().contains(&lemma)
                            || role != Role::HeadOfState && role != Role::HeadOfGovernment)
                })
            };
            if let Some(holder) = holders.into_iter().find(named) {
                return self.join_holder(index, holder);
            }
        }
        // A later mention of an office that no name goes with.
        let same = self.most_salient(index, 40, |resolver, other| {
            resolver.mentions[other].form == Form::Nominal
                && resolver.facts(other).nouns.contains(&title)
                && resolver.kind(other) == Some(Kind::Person)
                && (owner.is_none()
                    || resolver.owner(other).map(|other| resolver.root(other))
                        == owner.map(|owner| resolver.root(owner)))
        });
        same.is_some_and(|same| self.join(index, same, "the same office"))
    }

    /// "Secretary of state", "minister for foreign affairs": an office whose name goes on behind its noun.
    fn office_with_of(&self, head: Word<'_>) -> Option<String> {
        let mut phrase = head.lemma().to_lowercase();
        let mut longest = None;
        for word in std::iter::successors(head.next(), |word| word.next()).take(4) {
            phrase = format!("{phrase} {}", word.text().to_lowercase());
            if self.knowledge.lexicon.persons.offices.contains(&phrase) {
                longest = Some(phrase.clone());
            }
        }
        longest
    }

    fn join_holder(&mut self, index: usize, holder: EntryId) -> bool {
        match (0..self.mentions.len()).find(|&other| self.facts(other).entry == Some(holder)) {
            Some(other) => self.join(index, other, "the holder of the office"),
            None => {
                self.identify(index, holder, "the holder of the office on the article's date");
                true
            }
        }
    }

    /// The key of the organization that a mention means.
    fn organization(&self, index: usize) -> Option<&str> {
        let entry = self.knowledge.base.entry(self.facts(index).entry?);
        entry.kind.is_body().then_some(entry.key)
    }

    /// "The US president-elect": who takes the office in the months after the article's date.
    fn resolve_elected(&mut self, index: usize, country: &str, role: Role) -> bool {
        let Some(date) = self.document.article().date else { return false };
        let Ok(latest) = date.checked_add(jiff::ToSpan::months(6)) else { return false };
        let (date, latest) = (date.to_string(), latest.to_string());
        let holders = self.knowledge.base.holders(country, role);
        let next = holders
            .into_iter()
            .find(|(_, office)| office.start.is_some_and(|start| start > date.as_str() && start <= latest.as_str()));
        let Some((holder, _)) = next else { return false };
        match (0..self.mentions.len()).find(|&other| self.facts(other).entry == Some(holder)) {
            Some(other) => self.join(index, other, "the one elected to the office"),
            None => {
                self.identify(index, holder, "takes the office after the article's date");
                true
            }
        }
    }
}

/// Offices that many hold at once, so that the country does not tell the holder.
fn is_loose(role: Role) -> bool {
    matches!(
        role,
        Role::Minister
            | Role::Other
            | Role::OrgHead
            | Role::Legislator
            | Role::Envoy
            | Role::Ambassador
            | Role::Military
            | Role::Governor
            | Role::Mayor
            | Role::Spokesperson
            | Role::Judiciary
            | Role::ReligiousLeader
            | Role::Opposition
            | Role::PartyHead
            | Role::ArmedGroupLeader
            | Role::Party
            | Role::Government
            | Role::RegionalHead
    )
}
