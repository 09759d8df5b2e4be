//! Groups: descriptions of several parties, and of one of two.
//!
//! "The two countries", "both sides", "neither leader" and "the pair" are two; "the latter" is one of those two.

use crate::document::{Deprel, Upos, Word};
use crate::entities::coreference::Resolver;
use crate::entities::descriptions;
use crate::entities::salience::prominence;
use crate::record::{Form, Kind};

/// Sentences that "the two countries" looks back for two that were named in one breath.
const REACH: usize = 6;

/// So many mentions before a description are weighed for it; more would only take time.
const PRESENT: usize = 1000;

/// How fast mentions fade: parties come and go, the country that an article is about stays.
const QUICKLY: f64 = 0.75;
pub(super) const SLOWLY: f64 = 0.9;

/// A sort of party.
type Fits = fn(&Resolver<'_>, usize) -> bool;

impl Resolver<'_> {
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

    /// "The two countries", "both sides", "neither leader", "the pair", "the latter".
    pub(super) fn resolve_group(&mut self, index: usize) -> bool {
        let head = self.head(index);
        let Some((many, sorts)) = self.parties(head) else { return false };
        if descriptions::is_both(head)
            && let Some(members) = self.both_named(index)
        {
            self.groups.insert(index, (members, "group: the two named in the sentence".to_string()));
            return true;
        }
        // "The army and rebels …, both sides": those named in one breath need no names.
        let mut actors = (sorts.len() > 2).then(|| self.last_together(index, many, is_actor)).flatten();
        for fits in sorts {
            let together = actors.take().or_else(|| self.last_together(index, many, *fits));
            let Some(mut members) = together.or_else(|| self.most_present(index, many, *fits, QUICKLY)) else {
                continue;
            };
            let Some(last) = descriptions::one_of_two(head) else {
                self.groups.insert(index, (members, "group: the parties in question".to_string()));
                return true;
            };
            members.sort_unstable();
            return self.join(index, members[usize::from(last)], "one of the two parties in question");
        }
        false
    }

    /// How many parties a description is of, and of which sorts they may be, the likeliest first.
    fn parties(&self, head: Word<'_>) -> Option<(usize, &'static [Fits])> {
        const ANY: &[Fits] = &[is_country_chain, is_named_person, is_party];
        let coreference = &self.knowledge.lexicon.coreference;
        let lemma = head.lemma().to_lowercase();
        if descriptions::one_of_two(head).is_some() || descriptions::is_both(head) {
            return Some((2, ANY));
        }
        let is_said = |word: Word, said: &str| word.text().eq_ignore_ascii_case(said);
        let counts = |count: &str| is_said(head, count) || head.dependents().any(|word| is_said(word, count));
        let is_pair = coreference.pairs.contains(&lemma);
        let is_any = coreference.any_parties.contains(&lemma);
        let sorts: &[Fits] = if coreference.person_parties.contains(&lemma) {
            &[is_leader, is_named_person]
        } else if coreference.country_parties.contains(&lemma) {
            &[is_country_chain]
        } else if is_any || is_pair {
            ANY
        } else {
            return None;
        };
        let is_plural = descriptions::is_plural(head) || head.upos() == Upos::Num;
        let is_each = ["neither", "either", "each"].iter().any(|word| counts(word));
        let is_counted = is_plural && (counts("two") || counts("three") || is_any && self.is_definite(head))
            || counts("both")
            || is_each && !is_plural
            || is_pair && self.is_definite(head) && !is_plural;
        let narrow = head
            .children(Deprel::Amod)
            .chain(head.children(Deprel::Compound))
            .chain(head.children(Deprel::Nmod))
            .chain(head.children(Deprel::AclRelcl));
        let has_content = narrow.into_iter().any(|word| {
            !matches!(word.upos(), Upos::Num | Upos::Det)
                && !coreference.light_adjectives.contains(&word.lemma().to_lowercase())
                && !coreference.epithets.contains(&word.lemma().to_lowercase())
        });
        let is_definite = self.is_definite(head) || counts("both") || is_each;
        let fits = is_counted && is_definite && !has_content && !head.has_child(Deprel::NmodPoss);
        fits.then_some((if counts("three") { 3 } else { 2 }, sorts))
    }

    /// The parties that were last named in one breath.
    fn last_together(&self, index: usize, many: usize, fits: Fits) -> Option<Vec<usize>> {
        let here = self.sentence(index);
        let askers = self.askers(index);
        let before = (0..index).rev().take_while(|&other| self.sentence(other) + REACH >= here);
        before
            .filter_map(|other| {
                if let Some((members, _)) = self.groups.get(&other) {
                    return (members.len() == many && members.iter().all(|&member| fits(self, member)))
                        .then(|| members.clone());
                }
                if askers.contains(&self.root(other)) {
                    return None;
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

    /// The two that the sentence has named so far, persons first: "Ruto met Biden, and both agreed".
    fn both_named(&self, index: usize) -> Option<Vec<usize>> {
        let here = self.sentence(index);
        [is_named_person as Fits, is_country_chain].into_iter().find_map(|fits| {
            let before = (0..index).rev().take_while(|&other| self.sentence(other) == here);
            let mut named: Vec<usize> =
                before.filter(|&other| fits(self, other)).map(|other| self.root(other)).collect();
            named.sort_unstable();
            named.dedup();
            (named.len() == 2).then_some(named)
        })
    }

    /// The country that the article has spoken of most, the last mentions first.
    pub(super) fn country_in_question(&self, index: usize) -> Option<usize> {
        self.most_present(index, 1, is_country_chain, SLOWLY)?.pop()
    }

    /// The chains that a group cannot mean: "Chad and Mali urged both sides to talk" asks neither of the two, nor does "the Malian envoy".
    fn askers(&self, index: usize) -> Vec<usize> {
        let Some(subject) = self.subject_around(index) else { return Vec::new() };
        let askers = self.head(subject).conjuncts().into_iter().filter_map(|word| self.mention_at(word));
        askers.flat_map(|asker| [Some(asker), self.owner(asker)]).flatten().map(|asker| self.root(asker)).collect()
    }

    /// The chains most spoken of before; how much of a mention is left a sentence later, `fade` says.
    pub(super) fn most_present(
        &self,
        index: usize,
        many: usize,
        fits: impl Fn(&Self, usize) -> bool,
        fade: f64,
    ) -> Option<Vec<usize>> {
        let here = self.sentence(index);
        let askers = self.askers(index);
        let mut chains: Vec<(usize, f64)> = Vec::new();
        let locations = &self.knowledge.lexicon.metonymy.locations;
        let is_there = |other: usize| {
            let preposition = self.head(other).first_conjunct().preposition();
            preposition.is_some_and(|preposition| locations.contains(&preposition))
        };
        let speaks_of = |&other: &usize| {
            !self.groups.contains_key(&other)
                && fits(self, other)
                && (many == 1 || !is_there(other))
                && !askers.contains(&self.root(other))
        };
        // What stands far before has faded.
        for other in (index.saturating_sub(PRESENT)..index).filter(speaks_of) {
            let root = self.root(other);
            let weight = fade.powi((here - self.sentence(other).min(here)) as i32)
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

fn is_country_chain(resolver: &Resolver<'_>, index: usize) -> bool {
    resolver.country(index).is_some()
}

fn is_actor(resolver: &Resolver<'_>, index: usize) -> bool {
    let kind = resolver.kind(index);
    let is_body = matches!(kind, Some(Kind::ArmedGroup | Kind::Organization | Kind::Intergovernmental | Kind::People));
    is_body || is_country_chain(resolver, index)
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
    facts.is_named && facts.kind.is_some_and(Kind::is_body)
}
