//! Salience: which of the things spoken of a bare description means, and whom "he" does.
//!
//! Recent beats far, subject beats object, often named beats named once. Lappin and Leass (1994) with sentence distance for decay.

use crate::document::{Deprel, Upos, Word};
use crate::entities::binding::{Bound, agent_above, is_conjoined_owner, nearest_verb};
use crate::entities::coreference::Resolver;
use crate::entities::cues::View;
use crate::entities::descriptions;
use crate::entities::preferences::Fit;
use crate::entities::pronouns::Class;
use crate::record::{Form, Kind};

/// What a sentence between costs.
const DISTANCE: f64 = 0.7;

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
    pub(super) fn salience(&self, index: usize, other: usize) -> f64 {
        let distance = self.sentence(index).abs_diff(self.sentence(other)) as f64;
        let count = self.facts(other).size as f64;
        let words = (self.head(index).index().abs_diff(self.head(other).index()) as f64) * 0.004;
        prominence(self.place(other)) - DISTANCE * distance + 0.25 * count.max(1.0).ln() - words
    }

    /// The mentions coordinated with one, where it is the first and all are of one sort: "Putin and Xi".
    pub(super) fn coordinated(&self, index: usize) -> Option<Vec<usize>> {
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
                * (1.0 + prominence(self.place(other)).max(0.0));
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

impl View<'_, '_> {
    /// How salient an antecedent is to "he" and "she", as a score that the ranker's is added to: the marked texts teach
    /// little of texts with several persons. To "it" only what its verb wants counts, to others nothing.
    pub(super) fn salience(&self) -> f64 {
        let View { resolver, index, other, class, .. } = *self;
        let preferences = [(self.fit() == Fit::Unfit, -0.8), (self.is_peer(), 0.6), (self.is_to_blame(), 1.7)];
        let preferred = 2.0 * sum(&preferences);
        if class.gender().is_none() {
            return if class == Class::It { preferred } else { 0.0 };
        }
        let (pronoun, candidate) = (resolver.head(index), resolver.place(other));
        let facts = resolver.facts(other);
        let form = resolver.mentions[other].form;
        let gender = match (facts.gender, facts.leaning) {
            (Some(_), _) => 0.0,
            (None, None) => -0.25,
            (None, leaning) if leaning == class.gender() => -0.1,
            _ => -0.8,
        };
        let description = match form {
            Form::Nominal if facts.is_named => -0.3,
            Form::Nominal => -0.5,
            _ => 0.0,
        };
        let is_unlikely_person = facts.kind != Some(Kind::Person) && form != Form::Pronoun;
        let is_owner = pronoun.deprel() == Deprel::NmodPoss;
        let is_near = resolver.sentence(index) == resolver.sentence(other);
        let is_agent = is_near && agent_above(pronoun) == Some(candidate);
        let is_clause_mate = is_near && nearest_verb(pronoun) == nearest_verb(candidate);
        let (pronoun_is_subject, is_subject) = (pronoun.deprel().is_subject(), candidate.deprel().is_subject());
        let is_speaker = resolver.quotations[pronoun.index()] > 0
            && self.speaker.is_some_and(|speaker| resolver.root(speaker) == resolver.root(other));
        let cues = [
            (is_unlikely_person, -0.4),
            (resolver.is_unresolved(other), -0.3),
            (pronoun_is_subject && is_subject, 0.35),
            (is_agent && is_owner, 1.0),
            (is_agent && !is_owner, 0.3),
            (is_conjoined_owner(pronoun, candidate), 2.0),
            (is_clause_mate && is_subject && !is_owner && !pronoun_is_subject, -1.5),
            (other > index, 0.6),
            // Who is quoted says "I" of himself.
            (is_speaker, -1.5),
            (self.bound_chain == Bound::Strictly, -6.0),
            (self.bound_chain == Bound::Loosely, -1.5),
        ];
        preferred + 2.0 * (resolver.salience(index, other) + gender + description + sum(&cues))
    }
}

/// What the cues that hold are worth.
fn sum(cues: &[(bool, f64)]) -> f64 {
    cues.iter().filter(|(holds, _)| *holds).map(|(_, worth)| worth).sum()
}

/// What "he" needs at least to stand for anybody.
pub(super) const LEAST: f64 = -3.8;

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
