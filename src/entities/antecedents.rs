//! Antecedents of descriptions: what "the Russian president", "the island of Taiwan", "its neighbour" and "the two countries" mean.

use crate::document::{Deprel, Upos, Word};
use crate::entities::coreference::Resolver;
use crate::entities::descriptions;
use crate::entities::groups::SLOWLY;
use crate::knowledge::lexicon::Organ;
use crate::knowledge::ontology::{End, admits};
use crate::record::{Form, Kind};

/// Sentences that a bare description ("the group") looks back.
const REACH: usize = 6;

impl Resolver<'_> {
    /// Finds what a description means, if it means something named elsewhere.
    pub(super) fn resolve_description(&mut self, index: usize) {
        if !self.mentions[index].candidates.is_empty() {
            return;
        }
        if self.resolve_specified(index) || self.resolve_listed(index) || self.resolve_members(index) {
            return;
        }
        if self.mentions[index].kind.is_none() {
            let _ = self.resolve_group(index) || self.resolve_same_noun(index);
            return;
        }
        let resolved = self.resolve_named_beside(index)
            || self.resolve_government(index)
            || self.resolve_group(index)
            || self.resolve_office(index)
            || self.resolve_related(index)
            || self.resolve_same_noun(index)
            || self.resolve_force(index)
            || self.resolve_conflict(index)
            || self.resolve_by_kind(index);
        let _ = resolved;
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

    /// "The military", after "the Sudanese army": the armed forces last spoken of as a state's.
    fn resolve_force(&mut self, index: usize) -> bool {
        let head = self.head(index);
        let armies = &self.knowledge.lexicon.coreference.armies;
        let is_army = |word: Word| [word.lemma(), word.text()].iter().any(|form| armies.contains(&form.to_lowercase()));
        if !is_army(head) || !self.is_definite(head) || self.content_modifiers(index) > 0 {
            return false;
        }
        let army = self.most_salient(index, REACH, |resolver, other| {
            let owner = || resolver.owner(other).and_then(|owner| resolver.country(owner));
            is_army(resolver.head(other)) && owner().is_some()
        });
        army.is_some_and(|army| self.join(index, army, "the army in question"))
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
                // After "the Fijian government", whatever countries were spoken of since.
                let is_government = |&other: &usize| {
                    self.mentions[other].form == Form::Nominal
                        && self.head(other).lemma().eq_ignore_ascii_case(&lemma)
                        && self.country(other).is_some()
                };
                let recent = self.country_in_question(index);
                let is_told_more =
                    |&named: &usize| recent.is_none_or(|recent| self.facts(named).size > self.facts(recent).size);
                let country = (0..index).rev().find(is_government).filter(is_told_more).or(recent);
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
            && let Some(country) = self.country(owner).or_else(|| self.country(self.subject_around(index)?))
        {
            let neighbors: Vec<String> = self
                .knowledge
                .base
                .facts(country, "border")
                .filter_map(|fact| fact.first().map(|code| code.to_string()))
                .collect();
            let is_neighbor = |resolver: &Self, other: usize| {
                resolver.country(other).is_some_and(|other| neighbors.iter().any(|code| code == other))
            };
            let neighbor = self.most_present(index, 1, is_neighbor, SLOWLY).and_then(|mut found| found.pop());
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
            || self.narrows_down(index)
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
        let subject = self.subject_around(index).map(|subject| self.root(subject));
        let of_kind = |wanted: &[Kind]| {
            self.most_salient(index, REACH, |resolver, other| {
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
                    && subject != Some(resolver.root(other))
                    && (facts.kind.is_some_and(|kind| wanted.contains(&kind))
                        || same_class
                        || is_island
                        || facts.kind.is_some_and(|kind| admits(&[End::Location], kind))
                            && facts.nouns.contains(&lemma))
            })
        };
        let band = coreference.bands.contains(&lemma).then(|| of_kind(&[Kind::ArmedGroup])).flatten();
        let antecedent = band.or_else(|| of_kind(wanted));
        antecedent.is_some_and(|antecedent| self.join(index, antecedent, "the last of its kind"))
    }

    /// The name that owns a description: "Russia" in "Russia's president", "the Russian president", "the president of Russia".
    pub(super) fn owner(&self, index: usize) -> Option<usize> {
        self.owner_of(self.head(index)).filter(|&owner| owner != index)
    }

    fn owner_of(&self, noun: Word<'_>) -> Option<usize> {
        let possessors = noun.children(Deprel::NmodPoss);
        let adjectives = noun.children(Deprel::Amod).chain(noun.children(Deprel::Compound));
        let of = noun
            .children(Deprel::Nmod)
            .filter(|word| matches!(word.preposition().as_deref(), Some("of" | "in" | "for")));
        let mut owners = possessors.chain(adjectives).chain(of);
        owners.find_map(|word| {
            self.mention_at(word)
                .filter(|&owner| self.mentions[owner].form != Form::Nominal || self.country(owner).is_some())
        })
    }

    /// The titles and the description of a mention that are somebody's, and whose.
    pub(super) fn own_owners(&self, index: usize) -> Vec<(String, usize)> {
        let head = self.head(index);
        let nouns: Vec<Word> = match self.mentions[index].form {
            Form::Name => head.children(Deprel::NmodDesc).collect(),
            Form::Nominal => vec![head],
            Form::Pronoun => Vec::new(),
        };
        let owned = nouns.into_iter().filter_map(|noun| Some((noun.lemma().to_lowercase(), self.owner_of(noun)?)));
        owned.filter(|(_, owner)| *owner != index).collect()
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
                && !is_aside(*word)
        });
        let mut lemmas: Vec<String> = narrow.map(|word| word.lemma().to_lowercase()).collect();
        lemmas.sort();
        lemmas
    }

    /// The subject of the clause that a description stands in; of a relative clause, what it is about. "Chad, which has troops in
    /// the country": not in Chad.
    pub(super) fn subject_around(&self, index: usize) -> Option<usize> {
        let is_subject = |word: &Word| matches!(word.deprel(), Deprel::Nsubj | Deprel::NsubjPass);
        let mut clauses = self.head(index).ancestors().filter(|word| word.upos() == Upos::Verb);
        let (clause, subject) =
            clauses.find_map(|clause| Some((clause, clause.dependents().find(|child| is_subject(child))?)))?;
        let is_relative = matches!(subject.xpos(), "WDT" | "WP");
        let subject = if is_relative { clause.head()? } else { subject };
        self.mention_at(subject).filter(|&subject| subject != index)
    }

    /// Whether a description tells its thing from others of its kind. "The landlocked country" is the country in question.
    fn narrows_down(&self, index: usize) -> bool {
        let coreference = &self.knowledge.lexicon.coreference;
        let head = self.head(index);
        let is_country = coreference.countries.contains(&head.lemma().to_lowercase());
        let mut modifiers = self.modifiers(index).into_iter();
        head.has_child(Deprel::NmodPoss) || modifiers.any(|word| !is_country || !coreference.epithets.contains(&word))
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

/// "The court, which sits in The Hague, ruled": a clause behind a comma adds something and picks out nothing.
fn is_aside(clause: Word<'_>) -> bool {
    let is_clause = matches!(clause.deprel(), Deprel::Acl | Deprel::AclRelcl);
    let first = clause.subtree().first().copied().unwrap_or(clause);
    is_clause && (first.text() == "," || first.previous().is_some_and(|comma| comma.text() == ","))
}
