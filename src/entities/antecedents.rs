//! Antecedents of descriptions: what "the Russian president", "the island of Taiwan", "its neighbour" and "the two countries" mean.

use crate::document::{Deprel, Upos, Word};
use crate::entities::coreference::Resolver;
use crate::entities::descriptions;
use crate::knowledge::base::EntryId;
use crate::knowledge::lexicon::{Organ, Role};
use crate::record::{Form, Kind};

/// Sentences that a bare description ("the group") looks back.
const REACH: usize = 6;

impl Resolver<'_> {
    /// Finds what a description means, if it means something named elsewhere.
    pub(super) fn resolve_description(&mut self, index: usize) {
        if !self.mentions[index].candidates.is_empty() {
            return;
        }
        if self.resolve_specified(index) || self.resolve_members(index) {
            return;
        }
        if self.mentions[index].kind.is_none() {
            self.resolve_same_noun(index);
            return;
        }
        let resolved = self.resolve_named_beside(index)
            || self.resolve_government(index)
            || self.resolve_group(index)
            || self.resolve_office(index)
            || self.resolve_related(index)
            || self.resolve_same_noun(index)
            || self.resolve_conflict(index)
            || self.resolve_by_kind(index);
        let _ = resolved;
    }

    /// "The town of Yeoncheon", "Malaysia's Prime Minister, Najib Razak", "the news agency Yonhap".
    fn resolve_named_beside(&mut self, index: usize) -> bool {
        let head = self.head(index);
        let lemma = head.lemma().to_lowercase();
        if descriptions::is_plural(head) {
            return false;
        }
        let of_name = || {
            let place = self.knowledge.lexicon.coreference.places_of.contains(&lemma);
            head.children(Deprel::Nmod).find(|word| place && word.preposition().as_deref() == Some("of"))
        };
        let is_apposition = matches!(head.deprel(), Deprel::Appos | Deprel::NmodDesc);
        let beside =
            head.child(Deprel::Appos).or_else(|| is_apposition.then(|| head.head()).flatten()).or_else(of_name);
        let flat = head.children(Deprel::Flat).next();
        // "Yonhap news agency", "the Uyghur minority", "the Darfur region".
        let groups = &self.knowledge.lexicon.coreference.groups;
        let compound = head.children(Deprel::Compound).chain(head.children(Deprel::Amod)).find(|word| {
            let kind = self.mention_at(*word).map(|name| (self.is_name(name), self.kind(name)));
            match kind {
                Some((true, Some(Kind::Organization | Kind::Intergovernmental | Kind::ArmedGroup))) => {
                    groups.contains(&lemma)
                        && head.children(Deprel::Compound).count() + head.children(Deprel::Amod).count() <= 2
                }
                Some((true, Some(Kind::People))) => self.kind(index) == Some(Kind::People),
                Some((true, Some(Kind::Region))) => self.kind(index) == Some(Kind::Region),
                _ => false,
            }
        });
        // ", president of the institute" right after a name, whatever the parser made of it.
        let start = self.mentions[index].words.start;
        let after_comma = (start > 1 && self.document.words_in(start - 1..start).any(|word| word.text() == ","))
            .then(|| {
                (0..index).rev().find(|&other| {
                    self.mentions[other].words.end == start - 1
                        && self.mentions[other].kind == Some(Kind::Person)
                        && self.is_name(other)
                })
            })
            .flatten()
            .filter(|_| self.kind(index) == Some(Kind::Person));
        if let Some(name) = after_comma {
            return self.join(index, name, "apposition");
        }
        // "Russian counterpart Vladimir Putin", wherever the parser hung the name.
        let end = self.mentions[index].words.end;
        let before_name = (0..self.mentions.len())
            .find(|&other| self.mentions[other].words.start == end && self.is_name(other))
            .filter(|&other| {
                // "the state news agency Xinhua", taken for two objects of one verb.
                let is_body =
                    |kind| matches!(kind, Some(Kind::Organization | Kind::Intergovernmental | Kind::ArmedGroup));
                let name = self.head(other);
                let are_twins = head.deprel() == name.deprel() && head.head() == name.head();
                self.kind(index) == Some(Kind::Person) && self.kind(other) == Some(Kind::Person)
                    || are_twins && is_body(self.kind(index)) && is_body(self.kind(other))
            });
        if let Some(name) = before_name {
            return self.join(index, name, "title before the name");
        }
        let Some(name) = beside.or(flat).or(compound).and_then(|word| self.mention_at(word)) else { return false };
        let fits = match (self.kind(index), self.kind(name)) {
            (Some(Kind::Person), kind) => kind == Some(Kind::Person),
            (_, Some(Kind::Person)) => false,
            (Some(one), Some(other)) => one == other || is_spatial(one) == is_spatial(other),
            _ => true,
        };
        let many = self.mentions[name].form != Form::Name
            && self.mentions[index].form != Form::Name
            && descriptions::is_plural(self.head(name));
        fits && !many && !head.has_child(Deprel::Conj) && self.join(index, name, "apposition")
    }

    /// "Soldiers of the Malian army shelled …": what a force's people do, it does. Some of them, or what is theirs, is not it.
    fn resolve_members(&mut self, index: usize) -> bool {
        let head = self.head(index);
        let is_some = head.has_child(Deprel::Nummod) || head.has_child(Deprel::Det) && !self.is_definite(head);
        if !descriptions::is_plural(head) || is_some {
            return false;
        }
        let lexicon = &self.knowledge.lexicon;
        let is_force = |&owner: &usize| {
            let lemma = self.head(owner).lemma().to_lowercase();
            let organ = lexicon.nouns.organs.get(&lemma);
            self.kind(owner) == Some(Kind::ArmedGroup)
                || self.kind(owner) == Some(Kind::Organization)
                    && matches!(organ, Some(Organ::Military | Organ::Police))
        };
        let of = head.children(Deprel::Nmod).find(|word| word.preposition().as_deref() == Some("of"));
        let Some(force) = of.and_then(|word| self.mention_at(word)).filter(is_force) else { return false };
        let lemma = head.lemma().to_lowercase();
        let agent = self.knowledge.base.agent(&lemma);
        let serves = agent.is_some_and(|agent| matches!(agent.role, "MIL" | "REB" | "COP") && agent.kind != "office")
            || lexicon.nouns.organs.get(&lemma).is_some_and(|organ| matches!(organ, Organ::Military | Organ::Police));
        serves && self.join(index, force, "the people of the force")
    }

    /// "The Chinese government", "authorities in Ukraine": their country.
    fn resolve_government(&mut self, index: usize) -> bool {
        let head = self.head(index);
        let lemma = head.lemma().to_lowercase();
        let coreference = &self.knowledge.lexicon.coreference;
        if self.knowledge.lexicon.nouns.organs.get(&lemma) != Some(Organ::Government)
            || !coreference.governments.contains(&lemma)
        {
            return false;
        }
        if head.has_child(Deprel::NmodPoss) && self.owner(index).is_none() {
            return false;
        }
        match self.owner(index) {
            Some(owner) => {
                let governs = self.country(owner).is_some() || self.kind(owner) == Some(Kind::Region);
                governs && self.join(index, owner, "the government of the country")
            }
            None if self.is_definite(head) && self.content_modifiers(index) == 0 => {
                let country = self.most_salient(index, REACH, |resolver, other| resolver.country(other).is_some());
                country.is_some_and(|country| self.join(index, country, "the government: the country in question"))
            }
            None => false,
        }
    }

    /// "The attack", after "Russia's invasion of Ukraine": the conflict last described.
    fn resolve_conflict(&mut self, index: usize) -> bool {
        let conflicts = &self.knowledge.lexicon.coreference.conflicts;
        let is_conflict = |word: Word<'_>| conflicts.contains(&word.lemma().to_lowercase());
        let head = self.head(index);
        if !is_conflict(head) || !self.is_definite(head) || self.content_modifiers(index) > 0 {
            return false;
        }
        let described = self.most_salient(index, REACH, |resolver, other| {
            is_conflict(resolver.head(other)) && resolver.content_modifiers(other) > 0
        });
        described.is_some_and(|described| self.join(index, described, "the conflict in question"))
    }

    /// "The Russian president": by an office said of a person of the article, or by the base on the article's date.
    fn resolve_office(&mut self, index: usize) -> bool {
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
            (called || held) && same_country
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
        matches!(entry.kind, Kind::Organization | Kind::Intergovernmental | Kind::ArmedGroup).then_some(entry.key)
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

    /// "Its neighbour", "his country".
    fn resolve_related(&mut self, index: usize) -> bool {
        let head = self.head(index);
        let lemma = head.lemma().to_lowercase();
        let Some(owner) = self.owner(index) else { return false };
        let coreference = &self.knowledge.lexicon.coreference;
        if descriptions::is_plural(head) {
            return false;
        }
        if coreference.neighbors.contains(&lemma)
            && let Some(country) = self.country(owner)
        {
            let neighbors: Vec<String> = self
                .knowledge
                .base
                .facts(country, "border")
                .filter_map(|fact| fact.first().map(|code| code.to_string()))
                .collect();
            let neighbor = self.most_salient(index, 40, |resolver, other| {
                resolver.country(other).is_some_and(|other| neighbors.iter().any(|code| code == other))
            });
            return neighbor.is_some_and(|neighbor| self.join(index, neighbor, "the neighbour named in the article"));
        }
        if coreference.countries.contains(&lemma) && self.kind(owner) == Some(Kind::Person) {
            let home = self.facts(owner).entry.and_then(|entry| self.knowledge.base.entry(entry).country);
            let country = (0..self.mentions.len()).find(|&other| home.is_some() && self.country(other) == home);
            return country.is_some_and(|country| self.join(index, country, "the person's country"));
        }
        if coreference.countries.contains(&lemma)
            && self.country(owner).is_some()
            && head.children(Deprel::NmodPoss).any(|word| word.upos() == Upos::Pron)
        {
            return false;
        }
        false
    }

    /// "The agreement" after "a loan guarantee agreement" or "the Paris Agreement"; bare plurals like "migrants".
    fn resolve_same_noun(&mut self, index: usize) -> bool {
        let head = self.head(index);
        let lemma = head.lemma().to_lowercase();
        let plural = descriptions::is_plural(head);
        let modifiers = self.modifiers(index);
        let is_definite = self.is_definite(head) && self.owner_pronoun(head).is_none();
        if !(is_definite || plural && head.child(Deprel::Det).is_none() && head.child(Deprel::Nummod).is_none()) {
            return false;
        }
        let owner = self.owner(index).map(|owner| self.root(owner));
        let antecedent = (0..index).rev().find(|&other| {
            let word = self.head(other);
            let near = self.sentence(index) - self.sentence(other).min(self.sentence(index)) <= 20;
            let nested = word.is_within(head) || head.is_within(word);
            let mention = &self.mentions[other];
            if !near || nested || self.groups.contains_key(&other) {
                return false;
            }
            match mention.form {
                Form::Nominal if mention.candidates.is_empty() => {
                    let earlier = self.modifiers(other);
                    let same_owner = owner.is_none() || self.owner(other).map(|other| self.root(other)) == owner;
                    word.lemma().to_lowercase() == lemma
                        && descriptions::is_plural(word) == plural
                        && same_owner
                        && if is_definite {
                            // "the migrants found at sea" may be the migrants of whom nothing else was said.
                            modifiers.iter().all(|word| earlier.contains(word))
                                || !self.has_clause(other)
                                    && self.nouns_modifiers(index).iter().all(|word| earlier.contains(word))
                        } else {
                            modifiers == earlier
                        }
                }
                Form::Name => {
                    let called =
                        self.document.words_in(mention.words.clone()).any(|word| word.text().to_lowercase() == lemma);
                    is_definite
                        && self.mentions[index].kind.is_some()
                        && !plural
                        && called
                        && modifiers.is_empty()
                        && mention.words.len() > 1
                        && mention.kind != Some(Kind::Person)
                        && owner.is_none()
                }
                _ => false,
            }
        });
        antecedent.is_some_and(|antecedent| self.join(index, antecedent, "the same noun"))
    }

    /// "The country", "the bloc", "the island": what of that kind was last spoken of.
    fn resolve_by_kind(&mut self, index: usize) -> bool {
        let head = self.head(index);
        let lemma = head.lemma().to_lowercase();
        if !self.is_definite(head)
            || descriptions::is_plural(head)
            || self.content_modifiers(index) > 0
            || self.owner_pronoun(head).is_some()
        {
            return false;
        }
        let coreference = &self.knowledge.lexicon.coreference;
        let Some(kind) = self.kind(index) else { return false };
        let wanted: &[Kind] = match kind {
            Kind::Country if coreference.countries.contains(&lemma) => &[Kind::Country],
            Kind::City => &[Kind::City],
            Kind::Region => &[Kind::Region],
            Kind::Organization | Kind::Intergovernmental | Kind::ArmedGroup if coreference.groups.contains(&lemma) => {
                &[Kind::Organization, Kind::Intergovernmental, Kind::ArmedGroup]
            }
            Kind::Agreement => &[Kind::Agreement],
            Kind::Person if coreference.persons.contains(&lemma) => &[Kind::Person],
            Kind::Place => &[],
            _ => return false,
        };
        let antecedent = self.most_salient(index, REACH, |resolver, other| {
            let facts = resolver.facts(other);
            let entry = facts.entry.map(|entry| resolver.knowledge.base.entry(entry));
            let same_class = entry.as_ref().is_some_and(|entry| entry.class == lemma);
            let is_island = coreference.islands.contains(&lemma)
                && entry.as_ref().is_some_and(|entry| {
                    self.knowledge.base.facts(entry.key, "border").next().is_none() && entry.kind == Kind::Country
                });
            facts.is_named
                && !facts.is_plural
                && !resolver.mentions[other].metonym
                && (facts.kind.is_some_and(|kind| wanted.contains(&kind))
                    || same_class
                    || is_island
                    || facts.kind.is_some_and(is_spatial) && facts.nouns.contains(&lemma))
        });
        antecedent.is_some_and(|antecedent| self.join(index, antecedent, "the last of its kind"))
    }

    /// The name that owns a description: "Russia" in "Russia's president", "the Russian president", "the president of Russia".
    pub(super) fn owner(&self, index: usize) -> Option<usize> {
        let head = self.head(index);
        let possessors = head.children(Deprel::NmodPoss);
        let adjectives = head.children(Deprel::Amod).chain(head.children(Deprel::Compound));
        let of = head
            .children(Deprel::Nmod)
            .filter(|word| matches!(word.preposition().as_deref(), Some("of" | "in" | "for")));
        let mut owners = possessors.chain(adjectives).chain(of);
        owners.find_map(|word| {
            self.mention_at(word).filter(|&owner| {
                owner != index && self.mentions[owner].form != Form::Nominal || self.country(owner).is_some()
            })
        })
    }

    fn has_clause(&self, index: usize) -> bool {
        self.head(index).has_child(Deprel::Acl) || self.head(index).has_child(Deprel::AclRelcl)
    }

    /// The same without numbers and clauses.
    fn nouns_modifiers(&self, index: usize) -> Vec<String> {
        let head = self.head(index);
        let mut lemmas = self.modifiers(index);
        let others =
            head.dependents().filter(|word| matches!(word.deprel(), Deprel::Acl | Deprel::AclRelcl | Deprel::Nummod));
        for word in others {
            let lemma = word.lemma().to_lowercase();
            if let Some(at) = lemmas.iter().position(|known| *known == lemma) {
                lemmas.remove(at);
            }
        }
        lemmas
    }

    /// The lemmas of the words that narrow a description down.
    fn modifiers(&self, index: usize) -> Vec<String> {
        let head = self.head(index);
        let narrow = head.dependents().filter(|word| {
            matches!(
                word.deprel(),
                Deprel::Amod | Deprel::Compound | Deprel::Nmod | Deprel::Acl | Deprel::AclRelcl | Deprel::Nummod
            ) && !self.knowledge.lexicon.coreference.light_adjectives.contains(&word.lemma().to_lowercase())
        });
        let mut lemmas: Vec<String> = narrow.map(|word| word.lemma().to_lowercase()).collect();
        lemmas.sort();
        lemmas
    }

    pub(super) fn content_modifiers(&self, index: usize) -> usize {
        let head = self.head(index);
        self.modifiers(index).len() + head.children(Deprel::NmodPoss).count()
    }

    /// "the", "this", "that" or a possessor.
    pub(super) fn is_definite(&self, head: Word<'_>) -> bool {
        head.children(Deprel::Det).any(|det| {
            matches!(det.text().to_lowercase().as_str(), "the" | "this" | "that" | "these" | "those" | "both")
        }) || head.has_child(Deprel::NmodPoss)
            || head.has_child(Deprel::DetPredet)
    }

    fn owner_pronoun<'w>(&self, head: Word<'w>) -> Option<Word<'w>> {
        head.children(Deprel::NmodPoss).find(|word| word.upos() == Upos::Pron)
    }
}

pub(super) fn is_spatial(kind: Kind) -> bool {
    matches!(kind, Kind::Country | Kind::Region | Kind::City | Kind::Place | Kind::Facility)
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
