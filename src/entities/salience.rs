//! Salience: which of the things spoken of a bare description means, and whom "he" does.
//!
//! Recent beats far, subject beats object, often named beats named once. Lappin and Leass (1994) with sentence distance for decay.

use crate::document::{Deprel, Word};
use crate::entities::binding::{Bound, agent_above, is_conjoined_owner, nearest_verb};
use crate::entities::coreference::Resolver;
use crate::entities::cues::View;
use crate::entities::preferences::Fit;
use crate::entities::pronouns::Class;
use crate::record::{Form, Kind};

/// What a sentence between costs.
const DISTANCE: f64 = 0.7;

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
}

impl View<'_, '_> {
    /// How salient an antecedent is to "he" and "she", as a score that the ranker's is added to: the marked texts teach
    /// little of texts with several persons. To "it" only what its verb wants counts, to others nothing.
    pub(super) fn salience(&self) -> f64 {
        let View { resolver, index, other, class, .. } = *self;
        let answered = (self.is_answered(), 2.3);
        if class == Class::It {
            return 2.0 * sum(&[answered, (self.fit() == Fit::Unfit, -1.2), (self.is_peer(), 0.6)]);
        } else if class.gender().is_none() {
            return 0.0;
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
        let is_agent = is_near && self.is_agent(agent_above(pronoun));
        let is_clause_mate = is_near && nearest_verb(pronoun) == nearest_verb(candidate);
        let (pronoun_is_subject, is_subject) = (pronoun.deprel().is_subject(), candidate.deprel().is_subject());
        // "Gave Friml his chance".
        let is_receiver = is_owner
            && candidate.deprel() == Deprel::Iobj
            && pronoun.head().and_then(Word::head).is_some_and(|verb| candidate.head() == Some(verb));
        let is_speaker = resolver.quotations[pronoun.index()] > 0
            && self.speaker.is_some_and(|speaker| resolver.root(speaker) == resolver.root(other));
        let cues = [
            (is_unlikely_person, -0.4),
            (resolver.is_unresolved(other), -0.3),
            (pronoun_is_subject && is_subject, 0.35),
            answered,
            (is_receiver, 2.8),
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
        2.0 * (resolver.salience(index, other) + gender + description + sum(&cues))
    }
}

/// What the cues that hold are worth.
fn sum(cues: &[(bool, f64)]) -> f64 {
    cues.iter().filter(|(holds, _)| *holds).map(|(_, worth)| worth).sum()
}

/// What "he" needs at least to stand for anybody.
pub(super) const LEAST: f64 = -3.8;

/// How much a place in the sentence makes a thing stand out.
pub(super) fn prominence(word: Word<'_>) -> f64 {
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
