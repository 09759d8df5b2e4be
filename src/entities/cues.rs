//! Cues: what is seen of a pronoun, of an antecedent, and of the two together, as features for the ranker.
//!
//! "Bailey met Carla Gugino, who thanked her." At `her`: object of a relative clause whose verb has the subject `Carla Gugino`;
//! `Bailey` is subject of the main clause, known before by surname alone.

use crate::document::{Deprel, Upos, Word};
use crate::entities::binding::{Bound, agent_above, is_conjoined_owner, nearest_verb, subject_above};
use crate::entities::coreference::{Facts, Resolver};
use crate::entities::pronouns::{CLASSES, Class};
use crate::entities::ranker::Features;
use crate::knowledge::lexicon::PronounRole;
use crate::record::{Form, Kind};

/// Where the rows of a pronoun's, an antecedent's and no antecedent's features begin.
const PRONOUN: usize = 0;
const ANTECEDENT: usize = 60;
const NONE: usize = 340;

impl Resolver<'_> {
    pub(super) fn pronoun_features(
        &self,
        word: Word<'_>,
        class: Class,
        role: PronounRole,
        speaker: Option<usize>,
    ) -> Features {
        let mut features = Features::from(PRONOUN);
        features.add(class as usize, CLASSES);
        features.add(place(word, role), 5);
        features.add(
            match (self.quotations[word.index()] > 0, speaker) {
                (false, None) => 0,
                (false, Some(_)) => 1,
                (true, None) => 2,
                (true, Some(_)) => 3,
            },
            4,
        );
        features.add(clause(word), CLAUSES);
        let subject = subject_above(word);
        features.add(subject.map_or(0, |subject| 1 + usize::from(subject < word)), 3);
        features.flag(word.index() == word.sentence().tokens.start);
        // "It is clear that …" stands for nothing.
        let governor = word.head().filter(|_| word.deprel().is_subject());
        let is_copular = governor.is_some_and(|head| head.has_child(Deprel::Cop));
        let has_clause = governor.is_some_and(|head| {
            head.has_child(Deprel::Csubj) || head.has_child(Deprel::Ccomp) || head.has_child(Deprel::Xcomp)
        });
        features.add(usize::from(is_copular) + 2 * usize::from(has_clause), 4);
        features.flag(governor.is_some_and(|head| head.upos() == Upos::Verb));
        features.add(self.dialogue, 4);
        // What it owns: the subject, an object, …
        let owned = word.head().filter(|_| role == PronounRole::Possessive);
        features.add(
            owned.map_or(5, |owned| {
                place(owned, PronounRole::Personal) + 2 * usize::from(owned.deprel() == Deprel::Conj)
            }),
            6,
        );
        features
    }
}

/// An antecedent as seen from a pronoun.
pub(super) struct View<'r, 'a> {
    pub resolver: &'r Resolver<'a>,
    pub index: usize,
    pub other: usize,
    pub class: Class,
    pub speaker: Option<usize>,
    /// Chains that were spoken of in between, and those of persons.
    pub rank: usize,
    pub persons: usize,
    /// Where it has the pronoun's place in its sentence: chains in between that have it as well.
    pub parallels: Option<usize>,
    /// No later mention of its chain is before the pronoun.
    pub is_latest: bool,
    /// No other option stands before it in its sentence.
    pub is_first: bool,
    /// How much less salient it is than the most salient option.
    pub behind: f64,
    /// Whether grammar keeps the pronoun from meaning it, or another mention of its chain.
    pub bound: Bound,
    pub bound_chain: Bound,
}

impl View<'_, '_> {
    pub fn features(&self, is_group: bool) -> Features {
        let View { resolver, index, other, class, .. } = *self;
        let (pronoun, candidate) = (resolver.head(index), resolver.place(other));
        let facts = resolver.facts(other);
        let mention = &resolver.mentions[other];
        let mut features = Features::from(ANTECEDENT);
        features.flag(is_group);
        features.add(self.form(), 7);
        features.add(facts.kind.map_or(Kind::ALL.len(), |kind| kind as usize), Kind::ALL.len() + 1);
        let same = resolver.pronoun(other).map(Class::of);
        features.add(same.map_or(CLASSES, |class| class as usize), CLASSES + 1);
        features.add(role_in_sentence(candidate), 13);
        features.add(
            match candidate.deprel() {
                Deprel::Conj => 2,
                _ => usize::from(candidate.has_child(Deprel::Conj)),
            },
            3,
        );
        features.add(usize::from(facts.is_named) + usize::from(facts.entry.is_some()), 3);
        features.add(clause(candidate), CLAUSES);
        features.add(number(facts, mention.form, class), 3);
        features.add(
            match (facts.gender, class.gender()) {
                (None, _) => 0,
                (Some(known), wanted) if Some(known) == wanted => 1,
                _ => 2,
            },
            3,
        );
        features.add(
            match (facts.leaning, class.gender()) {
                (None, _) | (_, None) => 0,
                (Some(known), Some(wanted)) if known == wanted => 1,
                _ => 2,
            },
            3,
        );
        self.add_chain(&mut features);
        self.add_distance(&mut features);

        let (verb, candidates_verb) = (nearest_verb(pronoun), nearest_verb(candidate));
        features.flag(verb.is_some() && verb == candidates_verb);
        features.add(self.bound as usize, 3);
        features.add(self.bound_chain as usize, 3);
        features.flag(pronoun.is_within(candidate));
        features.flag(candidate.is_within(pronoun.head().unwrap_or(pronoun)));
        // The candidate's clause has the pronoun's below it.
        features.flag(candidates_verb.is_some_and(|verb| pronoun.ancestors().any(|above| above == verb)));
        features.flag(candidate.first_conjunct().deprel().is_subject() && pronoun.deprel().is_subject());
        features.add(self.subject_of(), 5);
        features.flag(is_conjoined_owner(pronoun, candidate));
        features.flag(role_in_sentence(candidate) == role_in_sentence(pronoun));
        features.add(self.beside(), 4);
        features.add(self.fit() as usize, 3);
        features.flag(self.is_peer());
        features.flag(self.is_answered());
        let quotations = (resolver.quotations[pronoun.index()], resolver.quotations[candidate.index()]);
        features.add(
            match quotations {
                (0, 0) => 0,
                (0, _) => 1,
                (_, 0) => 2,
                (a, b) if a == b => 3,
                _ => 4,
            },
            5,
        );
        features.flag(self.speaker.is_some_and(|speaker| resolver.root(speaker) == resolver.root(other)));
        features
    }

    /// Whether the candidate is this subject, itself or by what is said of it: "Mary Bell, a girl who sold her goats".
    pub(super) fn is_agent(&self, agent: Option<Word<'_>>) -> bool {
        let Some(agent) = agent else { return false };
        let described = || {
            let resolver = self.resolver;
            let known = resolver.mention_at(agent).filter(|&known| known < self.index);
            known.is_some_and(|known| resolver.root(known) == resolver.root(self.other))
                && self.resolver.sentence(self.other) == agent.sentence_index()
        };
        agent == self.resolver.place(self.other) || described()
    }

    /// Subject of the pronoun's own clause, shared with another, of one around it, of another; no subject.
    fn subject_of(&self) -> usize {
        let (pronoun, candidate) = (self.resolver.head(self.index), self.resolver.place(self.other));
        let candidate = candidate.first_conjunct();
        match agent_above(pronoun) {
            Some(agent) if self.is_agent(Some(agent)) => return 3 + usize::from(subject_above(pronoun) != Some(agent)),
            _ if !candidate.deprel().is_subject() => return 0,
            _ => {}
        }
        1 + usize::from(candidate.head().is_some_and(|verb| pronoun.is_within(verb)))
    }

    /// Whether what the pronoun stands in or owns and the candidate are given to one verb: "gave Friml his chance", "thanked Ito for
    /// her help", "told Ito that she …".
    fn beside(&self) -> usize {
        let (pronoun, candidate) = (self.resolver.head(self.index), self.resolver.place(self.other).first_conjunct());
        let Some(verb) = candidate.head().filter(|verb| pronoun.is_within(*verb)) else { return 0 };
        match candidate.deprel() {
            Deprel::Obj | Deprel::Iobj if nearest_verb(pronoun) == Some(verb) => 1,
            Deprel::Obj | Deprel::Iobj => 2,
            Deprel::Obl => 3,
            _ => 0,
        }
    }

    fn form(&self) -> usize {
        let head = self.resolver.head(self.other);
        match self.resolver.mentions[self.other].form {
            Form::Name => 0,
            Form::Pronoun => 1,
            Form::Nominal if !self.resolver.mentions[self.other].candidates.is_empty() => 2,
            Form::Nominal if head.has_child(Deprel::NmodPoss) => 3,
            Form::Nominal if self.resolver.is_definite(head) => 4,
            Form::Nominal if head.has_child(Deprel::Det) => 5,
            Form::Nominal => 6,
        }
    }

    /// How much the text is about it.
    fn add_chain(&self, features: &mut Features) {
        let View { resolver, other, class, .. } = *self;
        let (facts, mention) = (resolver.facts(other), &resolver.mentions[other]);
        features.add(bucket(facts.size, &[1, 2, 3, 5, 9]), 6);
        features.add(bucket(facts.subjects, &[1, 3]), 3);
        features.add(bucket(facts.pronouns[class as usize], &[1, 2, 4]), 4);
        features.flag(resolver.sentence(resolver.root(other)) <= 1);
        features.flag(self.is_latest);
        features.flag(self.is_first);
        features.flag(resolver.has_persons_word(other));
        features.add(self.introduced(), 4);
        features.flag(mention.words.len() == 1);
        // First spoken of in the pronoun's sentence.
        features.flag(resolver.sentence(resolver.root(other)) == resolver.sentence(self.index));
        // Pronouns whose antecedent was not found.
        features.flag(resolver.is_unresolved(other));
        features.add(bucket((self.behind * 10.0) as usize, &[1, 3, 6, 10, 15, 25]), 7);
    }

    /// How its chain is first spoken of: by a full name, by one word as if known before, by a description, by a pronoun.
    fn introduced(&self) -> usize {
        let first = &self.resolver.mentions[self.resolver.root(self.other)];
        match first.form {
            Form::Name => usize::from(first.words.len() == 1),
            Form::Nominal => 2,
            Form::Pronoun => 3,
        }
    }

    fn add_distance(&self, features: &mut Features) {
        let View { resolver, index, other, .. } = *self;
        let (pronoun, candidate) = (resolver.head(index), resolver.place(other));
        let sentences = resolver.sentence(index).abs_diff(resolver.sentence(other));
        let follows = other > index;
        features.add(if follows { 0 } else { 1 + bucket(sentences, &[1, 2, 3, 4, 6]) }, 7);
        let words = pronoun.index().abs_diff(candidate.index());
        features.add(bucket(words, &[3, 6, 10, 15, 25, 40, 80]), 8);
        features.add(bucket(self.rank, &[1, 2, 3, 5, 8]), 6);
        features.add(bucket(self.persons, &[1, 2, 3, 4]), 5);
        features.add(self.parallels.map_or(0, |between| 1 + between.min(2)), 4);
        features.add(bucket(candidate.ancestors().count(), &[1, 2, 3, 4, 6]), 6);
        let document = resolver.document;
        let (from, to) =
            (candidate.span().end.min(pronoun.span().end), pronoun.span().start.max(candidate.span().start));
        features.flag(document.text()[(from as usize).min(to as usize)..to as usize].contains("\n\n"));
        // The subject of the sentence before.
        features.flag(
            sentences == 1
                && candidate.deprel().is_subject()
                && candidate.head().is_some_and(|head| head.head().is_none()),
        );
    }
}

/// Whether two words have like places: subjects, objects, owners, all others.
pub(super) fn is_parallel(pronoun: Word<'_>, candidate: Word<'_>, role: PronounRole) -> bool {
    let candidates_place = match candidate.first_conjunct().deprel() {
        deprel if deprel.is_subject() => 0,
        Deprel::Obj | Deprel::Iobj => 1,
        Deprel::NmodPoss => 3,
        _ => 2,
    };
    place(pronoun, role) == candidates_place
}

pub(super) fn none_features(chains: usize) -> Features {
    let mut features = Features::from(NONE);
    features.flag(true);
    features.add(bucket(chains, &[1, 2, 4, 8, 16]), 6);
    features
}

/// How many of the rising bounds a number reaches.
pub(super) fn bucket(number: usize, bounds: &[usize]) -> usize {
    bounds.iter().take_while(|&&bound| number >= bound).count()
}

/// Singular, plural, or not to be told, as far as the pronoun cares.
fn number(facts: &Facts, form: Form, class: Class) -> usize {
    match form {
        Form::Pronoun if facts.kind.is_none() => 2,
        _ => usize::from(facts.is_plural == matches!(class, Class::They | Class::We)),
    }
}

/// Where a pronoun stands: subject, object, elsewhere; possessive, reflexive.
fn place(word: Word<'_>, role: PronounRole) -> usize {
    match role {
        PronounRole::Possessive => 3,
        PronounRole::Reflexive => 4,
        _ if word.deprel().is_subject() => 0,
        _ if matches!(word.deprel(), Deprel::Obj | Deprel::Iobj) => 1,
        _ => 2,
    }
}

fn role_in_sentence(word: Word<'_>) -> usize {
    match word.first_conjunct().deprel() {
        Deprel::Nsubj | Deprel::NsubjOuter => 0,
        Deprel::NsubjPass => 1,
        Deprel::Obj => 2,
        Deprel::Iobj => 3,
        Deprel::Obl | Deprel::OblUnmarked => 4,
        Deprel::OblAgent => 5,
        Deprel::Nmod | Deprel::NmodUnmarked => 6,
        Deprel::NmodPoss => 7,
        Deprel::Appos | Deprel::NmodDesc => 8,
        Deprel::Amod | Deprel::Compound | Deprel::Flat => 9,
        Deprel::Root | Deprel::Parataxis => 10,
        Deprel::Vocative | Deprel::Dislocated => 11,
        _ => 12,
    }
}

const CLAUSES: usize = 7;

/// The sort of clause that a word stands in.
fn clause(word: Word<'_>) -> usize {
    match nearest_verb(word).map(|verb| verb.first_conjunct().deprel()) {
        Some(Deprel::Root) => 0,
        Some(Deprel::Ccomp | Deprel::Csubj) => 1,
        Some(Deprel::Advcl) => 2,
        Some(Deprel::AclRelcl | Deprel::Acl) => 3,
        Some(Deprel::Xcomp) => 4,
        Some(_) => 5,
        None => 6,
    }
}
