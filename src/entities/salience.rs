//! Salience: which of the things spoken of a pronoun or a bare description means.
//!
//! Recent beats far, subject beats object, often named beats named once; number, gender and the laws of binding rule out the
//! rest ("Putin met him" is someone else). Lappin and Leass (1994) with sentence distance for decay.

use crate::document::{Deprel, Upos, Word};
use crate::entities::coreference::Resolver;
use crate::entities::{descriptions, quotations};
use crate::knowledge::lexicon::{Gender, Number, Pronoun, PronounRole};
use crate::record::{Form, Kind};

/// Sentences that a pronoun looks back.
const REACH: usize = 4;

/// What a sentence between costs.
const DISTANCE: f64 = 0.7;

/// A pronoun without an antecedent of this score stays alone.
const LEAST: f64 = -1.9;

/// A sort of party.
type Fits = fn(&Resolver<'_>, usize) -> bool;

impl Resolver<'_> {
    /// The most salient mention before `index` that fits, at most `reach` sentences away.
    pub(super) fn most_salient(
        &self,
        index: usize,
        reach: usize,
        fits: impl Fn(&Self, usize) -> bool,
    ) -> Option<usize> {
        let head = self.head(index);
        let here = self.sentence(index);
        let before = (0..index).rev().take_while(|&other| self.sentence(other) + reach >= here);
        let candidates = before.filter(|&other| {
            let word = self.head(other);
            !self.groups.contains_key(&other)
                && !word.is_within(head)
                && !head.is_within(word)
                && self.mentions[other].form != Form::Pronoun
                && fits(self, other)
        });
        let scored = candidates.map(|other| (other, self.salience(index, other)));
        scored.reduce(|a, b| if b.1 > a.1 { b } else { a }).map(|(other, _)| other)
    }

    /// How present a mention is at a later one.
    fn salience(&self, index: usize, other: usize) -> f64 {
        let distance = self.sentence(index).abs_diff(self.sentence(other)) as f64;
        let root = self.root(other);
        let count = (0..index).filter(|&mention| self.root(mention) == root).count() as f64;
        let words = (self.head(index).index().abs_diff(self.head(other).index()) as f64) * 0.004;
        prominence(self.head(other)) - DISTANCE * distance + 0.25 * count.max(1.0).ln() - words
    }

    /// Finds what a pronoun stands for.
    pub(super) fn resolve_pronoun(&mut self, index: usize) {
        let word = self.head(index);
        let Some(&pronoun) = self.knowledge.lexicon.persons.pronouns.get(&word.text().to_lowercase()) else { return };
        if pronoun.person == 1 {
            let speaker = quotations::speaker(word, &self.quotations, &self.knowledge.lexicon)
                .and_then(|id| self.mention_at(self.document.word(id)));
            if let Some(speaker) = speaker {
                self.join(index, speaker, "pronoun: the speaker");
            }
            return;
        }
        if pronoun.role == PronounRole::Reflexive {
            let clause = std::iter::once(word)
                .chain(word.ancestors())
                .find_map(|step| step.dependents().find(|child| child.deprel().is_subject() && *child != word));
            if let Some(subject) = clause.and_then(|subject| self.mention_at(subject)) {
                self.join(index, subject, "pronoun: reflexive");
                return;
            }
        }
        if pronoun.number == Number::Plural {
            self.resolve_plural(index);
            return;
        }
        let reason = match pronoun.gender {
            Some(Gender::Neuter) => "pronoun: salience",
            _ => "pronoun: salience and gender",
        };
        let best = self.best_antecedent(index, pronoun);
        let far =
            best.is_none_or(|(other, _)| self.sentence(index) - self.sentence(other).min(self.sentence(index)) > 1);
        // "She", said of a country inside a quotation where no woman was spoken of.
        if pronoun.gender != Some(Gender::Neuter) && far && self.quotations[word.index()] > 0 {
            let country = self.most_salient(index, 1, |resolver, other| {
                resolver.country(other).is_some() && resolver.quotations[resolver.head(other).index()] > 0
            });
            if let Some(country) = country {
                self.join(index, country, "pronoun: a country in a quotation");
                return;
            }
        }
        if let Some((other, _)) = best {
            self.join(index, other, reason);
            if pronoun.gender != Some(Gender::Neuter) {
                self.set_gender(index, pronoun.gender);
            }
        }
    }

    fn best_antecedent(&self, index: usize, pronoun: Pronoun) -> Option<(usize, f64)> {
        let word = self.head(index);
        let here = self.sentence(index);
        let is_person = pronoun.gender != Some(Gender::Neuter);
        let speaker = (self.quotations[word.index()] > 0)
            .then(|| quotations::speaker(word, &self.quotations, &self.knowledge.lexicon))
            .flatten()
            .and_then(|id| self.mention_at(self.document.word(id)))
            .map(|speaker| self.root(speaker));
        let mut best: Option<(usize, f64)> = None;
        for other in 0..self.mentions.len() {
            let (there, candidate) = (self.sentence(other), self.head(other));
            let follows = candidate >= word;
            if there + REACH < here
                || there > here
                || other == index
                || self.groups.contains_key(&other)
                || (follows && !is_cataphoric(word, candidate))
            {
                continue;
            }
            if self.mentions[other].form == Form::Pronoun && self.root(other) == other
                || Some(self.root(other)) == speaker
                || is_bound(word, candidate, pronoun.role)
            {
                continue;
            }
            let facts = self.facts(other);
            let fits = match facts.kind {
                Some(Kind::Person) => is_person && !facts.is_plural,
                Some(Kind::People | Kind::Office) | None => false,
                Some(_) => !is_person && !facts.is_plural,
            };
            if !fits || is_person && facts.gender.is_some() && facts.gender != pronoun.gender {
                continue;
            }
            let mut score = self.salience(index, other);
            if is_person && facts.gender.is_none() {
                score -= 0.25;
            }
            if self.mentions[other].form == Form::Nominal {
                score -= if facts.is_named { 0.3 } else { 0.5 };
            }
            if !is_person
                && !matches!(
                    facts.kind,
                    Some(Kind::Country | Kind::Organization | Kind::Intergovernmental | Kind::ArmedGroup)
                )
            {
                score -= if word.deprel().is_subject() { 0.6 } else { 0.3 };
            }
            if !is_person && pronoun.role == PronounRole::Possessive && there == here && candidate.deprel().is_subject()
            {
                score += 0.3;
            }
            // Subjects go on as subjects.
            if word.deprel().is_subject() && candidate.deprel().is_subject() {
                score += 0.35;
            }
            if there == here
                && pronoun.role == PronounRole::Possessive
                && nearest_verb(word) == nearest_verb(candidate)
                && candidate.deprel().is_subject()
            {
                score += 0.5;
            }
            if pronoun.role == PronounRole::Personal
                && there == here
                && !word.deprel().is_subject()
                && candidate.deprel().is_subject()
                && nearest_verb(word) == nearest_verb(candidate)
            {
                score -= 1.5;
            }
            if follows {
                score += 0.2;
            }
            if best.is_none_or(|(_, least)| score > least) {
                best = Some((other, score));
            }
        }
        best.filter(|(_, score)| *score > LEAST)
    }

    /// "They": a plural thing, several things named together, or an organization.
    fn resolve_plural(&mut self, index: usize) {
        let word = self.head(index);
        let here = self.sentence(index);
        let mut best: Option<(Vec<usize>, f64)> = None;
        for other in (0..index).rev().take_while(|&other| self.sentence(other) + 3 >= here) {
            let candidate = self.head(other);
            if is_bound(word, candidate, PronounRole::Personal) && word.deprel() != Deprel::NmodPoss
                || word.is_within(candidate) && word.head() == Some(candidate)
            {
                continue;
            }
            let mut score = self.salience(index, other);
            let members = if let Some((members, _)) = self.groups.get(&other) {
                members.clone()
            } else if let Some(members) = self.coordinated(other) {
                score += 0.4;
                members
            } else {
                let facts = self.facts(other);
                match facts.kind {
                    Some(Kind::People | Kind::Office) => {}
                    Some(Kind::Organization | Kind::Country | Kind::ArmedGroup | Kind::Intergovernmental)
                        if !facts.is_plural =>
                    {
                        score -= 0.9
                    }
                    _ if facts.is_plural => {}
                    _ => continue,
                }
                if self.mentions[other].form == Form::Pronoun && self.root(other) == other {
                    continue;
                }
                vec![other]
            };
            if word.deprel().is_subject() && candidate.deprel().is_subject() {
                score += 0.35;
            }
            if best.as_ref().is_none_or(|(_, least)| score > *least) {
                best = Some((members, score));
            }
        }
        match best.filter(|(_, score)| *score > LEAST) {
            Some((members, _)) if members.len() == 1 => {
                self.join(index, members[0], "pronoun: salience and number");
            }
            Some((members, _)) => {
                self.groups.insert(index, (members, "pronoun: named together".to_string()));
            }
            None => {}
        }
    }

    /// The mentions coordinated with one, where it is the first and all are of one sort: "Putin and Xi".
    fn coordinated(&self, index: usize) -> Option<Vec<usize>> {
        let head = self.head(index);
        if head.deprel() == Deprel::Conj || self.mentions[index].form == Form::Pronoun {
            return None;
        }
        let members: Vec<usize> = head.conjuncts().into_iter().filter_map(|word| self.mention_at(word)).collect();
        let is_actor = |member: &usize| {
            self.kind(*member).is_some_and(|kind| !matches!(kind, Kind::Event | Kind::Other | Kind::Agreement))
        };
        (members.len() > 1 && members.iter().all(is_actor)).then_some(members)
    }

    /// "The two countries", "both sides", "the two leaders".
    pub(super) fn resolve_group(&mut self, index: usize) -> bool {
        let head = self.head(index);
        let lemma = head.lemma().to_lowercase();
        let coreference = &self.knowledge.lexicon.coreference;
        let counts = |count: &str| {
            head.text().eq_ignore_ascii_case(count)
                || head.dependents().any(|word| word.text().eq_ignore_ascii_case(count))
        };
        let (is_country, is_person) =
            (coreference.country_parties.contains(&lemma), coreference.person_parties.contains(&lemma));
        let is_any = coreference.any_parties.contains(&lemma);
        let many = if counts("three") { 3 } else { 2 };
        let is_counted = counts("two")
            || counts("three")
            || counts("both")
            || is_any && self.is_definite(head) && descriptions::is_plural(head);
        let narrow = head
            .children(Deprel::Amod)
            .chain(head.children(Deprel::Compound))
            .chain(head.children(Deprel::Nmod))
            .chain(head.children(Deprel::AclRelcl));
        let has_content = narrow.into_iter().any(|word| {
            word.upos() != Upos::Num
                && word.upos() != Upos::Det
                && !coreference.light_adjectives.contains(&word.lemma().to_lowercase())
        });
        if !(is_country || is_person || is_any)
            || !is_counted
            || has_content
            || !(descriptions::is_plural(head) || counts("both"))
            || head.has_child(Deprel::NmodPoss)
        {
            return false;
        }
        let is_definite = self.is_definite(head) || counts("both");
        if !is_definite {
            return false;
        }
        let sorts: &[Fits] = if is_person {
            &[is_leader, is_named_person]
        } else if is_country {
            &[is_country_chain]
        } else {
            &[is_country_chain, is_named_person, is_party]
        };
        for fits in sorts {
            if let Some(members) =
                self.last_together(index, many, *fits).or_else(|| self.most_present(index, many, *fits))
            {
                self.groups.insert(index, (members, "group: the parties in question".to_string()));
                return true;
            }
        }
        false
    }

    /// The parties that were last named in one breath.
    fn last_together(&self, index: usize, many: usize, fits: Fits) -> Option<Vec<usize>> {
        let here = self.sentence(index);
        let before = (0..index).rev().take_while(|&other| self.sentence(other) + 3 >= here);
        before
            .filter_map(|other| {
                if let Some((members, _)) = self.groups.get(&other) {
                    return (members.len() == many && members.iter().all(|&member| fits(self, member)))
                        .then(|| members.clone());
                }
                let members: Vec<usize> = self
                    .head(other)
                    .conjuncts()
                    .into_iter()
                    .filter_map(|word| self.mention_at(word))
                    .filter(|&member| fits(self, member))
                    .collect();
                let mut roots: Vec<usize> = members.iter().map(|&member| self.root(member)).collect();
                roots.sort_unstable();
                roots.dedup();
                (roots.len() == many && members.len() == many).then_some(members)
            })
            .next()
    }

    /// The chains most spoken of before.
    fn most_present(&self, index: usize, many: usize, fits: Fits) -> Option<Vec<usize>> {
        let here = self.sentence(index);
        let mut chains: Vec<(usize, f64)> = Vec::new();
        for other in (0..index).filter(|&other| !self.groups.contains_key(&other) && fits(self, other)) {
            let root = self.root(other);
            let weight = 0.75f64.powi((here - self.sentence(other).min(here)) as i32)
                * (1.0 + prominence(self.head(other)).max(0.0));
            match chains.iter_mut().find(|(chain, _)| *chain == root) {
                Some((_, sum)) => *sum += weight,
                None => chains.push((root, weight)),
            }
        }
        chains.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let members: Vec<usize> = chains.into_iter().take(many).map(|(chain, _)| chain).collect();
        (members.len() == many).then_some(members)
    }
}

fn is_country_chain(resolver: &Resolver<'_>, index: usize) -> bool {
    resolver.country(index).is_some()
}

fn is_named_person(resolver: &Resolver<'_>, index: usize) -> bool {
    let facts = resolver.facts(index);
    facts.kind == Some(Kind::Person) && facts.is_named
}

fn is_leader(resolver: &Resolver<'_>, index: usize) -> bool {
    let facts = resolver.facts(index);
    let has_office = facts.nouns.iter().any(|noun| resolver.knowledge.lexicon.persons.offices.contains(noun));
    is_named_person(resolver, index)
        && (has_office || facts.entry.is_some_and(|entry| !resolver.knowledge.base.entry(entry).offices().is_empty()))
}

fn is_party(resolver: &Resolver<'_>, index: usize) -> bool {
    let facts = resolver.facts(index);
    facts.is_named && matches!(facts.kind, Some(Kind::Organization | Kind::ArmedGroup | Kind::Intergovernmental))
}

/// How much a place in the sentence makes a thing stand out.
fn prominence(word: Word<'_>) -> f64 {
    let word = word.first_conjunct();
    match word.deprel() {
        Deprel::Nsubj | Deprel::NsubjPass | Deprel::NsubjOuter | Deprel::Root => 1.0,
        Deprel::Obj | Deprel::Iobj | Deprel::OblAgent => 0.5,
        Deprel::NmodPoss => match word.head().map(|owned| owned.deprel().is_subject()) {
            Some(true) => 0.7,
            _ => 0.3,
        },
        Deprel::Obl => 0.25,
        Deprel::Appos => 0.1,
        Deprel::Amod | Deprel::Compound => -0.2,
        _ => 0.0,
    }
}

/// The verb whose clause a word stands in.
fn nearest_verb(word: Word<'_>) -> Option<usize> {
    word.ancestors()
        .find(|step| {
            matches!(step.upos(), Upos::Verb | Upos::Aux)
                || step.has_child(Deprel::Nsubj)
                || step.has_child(Deprel::Cop)
        })
        .map(|verb| verb.index())
}

/// Whether grammar keeps a pronoun from meaning a candidate: two arguments of one verb, an owner and what it owns.
fn is_bound(pronoun: Word<'_>, candidate: Word<'_>, role: PronounRole) -> bool {
    let (pronoun, candidate) = (pronoun.first_conjunct(), candidate.first_conjunct());
    if pronoun == candidate {
        return true;
    }
    if role == PronounRole::Possessive {
        // "His brother" is not he; "Samarkand, a city known for its bazaars" is it.
        let path: Vec<Word> =
            std::iter::once(pronoun).chain(pronoun.ancestors().take_while(|step| *step != candidate)).collect();
        let below = pronoun.is_within(candidate);
        return below
            && !path.iter().any(|step| {
                matches!(
                    step.deprel(),
                    Deprel::Acl | Deprel::AclRelcl | Deprel::Appos | Deprel::Parataxis | Deprel::Conj
                )
            });
    }
    let is_argument = |word: Word| {
        word.deprel().is_subject() || word.deprel().is_oblique() || matches!(word.deprel(), Deprel::Obj | Deprel::Iobj)
    };
    pronoun.head().is_some()
        && pronoun.head() == candidate.head()
        && is_argument(pronoun)
        && is_argument(candidate)
        && role != PronounRole::Reflexive
        || pronoun.is_within(candidate) && pronoun.head() == Some(candidate)
}

/// "In his speech, Xi …", "With a population ten times that of its neighbour, Beijing …": the subject of the clause that the
/// pronoun's phrase opens.
fn is_cataphoric(pronoun: Word<'_>, candidate: Word<'_>) -> bool {
    candidate.deprel().is_subject()
        && candidate.head().is_some_and(|verb| {
            let opening = pronoun.ancestors().chain(std::iter::once(pronoun)).find(|step| step.head() == Some(verb));
            opening.is_some_and(|step| {
                (step.deprel().is_oblique() || matches!(step.deprel(), Deprel::Advcl))
                    && step < candidate
                    && step < verb
            })
        })
}
