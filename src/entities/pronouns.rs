//! Pronouns: what "he", "its", "they", "I" and "you" stand for.
//!
//! Who speaks in a quotation and the subject that a reflexive goes back to are told by rule; for the rest every mention near
//! enough is an option, and so is standing for nothing. The ranker weighs them; a chain gets the sum of its mentions' odds.

use crate::document::{Deprel, Upos, Word};
use crate::entities::Mention;
use crate::entities::coreference::{Facts, Resolver};
use crate::entities::quotations;
use crate::entities::ranker::Features;
use crate::knowledge::lexicon::{Gender, Number, Pronoun, PronounRole};
use crate::record::{Form, Kind};

/// Sentences and mentions that a pronoun looks back.
const REACH: usize = 5;
const MOST_OPTIONS: usize = 100;

/// Where the rows of a pronoun's, an antecedent's and no antecedent's features begin.
const PRONOUN: usize = 0;
const ANTECEDENT: usize = 48;
const NONE: usize = 236;

/// A pronoun and what it may stand for.
#[derive(Clone, Debug)]
pub struct Case {
    /// Index of the pronoun among the document's mentions.
    pub pronoun: usize,
    pub features: Features,
    pub options: Vec<Choice>,
}

/// What a pronoun may stand for: nothing, one earlier mention, or several that are named together.
#[derive(Clone, Debug)]
pub struct Choice {
    pub members: Vec<usize>,
    pub features: Features,
    /// Options of one number are mentions of one thing.
    pub chain: usize,
}

/// Picks one of a case's options, with how sure it is (0 to 1).
pub type Choose<'a> = dyn FnMut(&Case) -> (usize, f64) + 'a;

/// The pronouns that go alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    I,
    We,
    You,
    He,
    She,
    It,
    They,
}

pub(super) const CLASSES: usize = 7;

impl Class {
    pub(super) fn of(pronoun: Pronoun) -> Class {
        match (pronoun.person, pronoun.number, pronoun.gender) {
            (1, Number::Plural, _) => Class::We,
            (1, ..) => Class::I,
            (2, ..) => Class::You,
            (_, Number::Plural, _) => Class::They,
            (_, _, Some(Gender::Male)) => Class::He,
            (_, _, Some(Gender::Female)) => Class::She,
            _ => Class::It,
        }
    }

    fn gender(self) -> Option<Gender> {
        match self {
            Class::He => Some(Gender::Male),
            Class::She => Some(Gender::Female),
            _ => None,
        }
    }
}

impl Resolver<'_> {
    /// Finds what a pronoun stands for.
    pub(super) fn resolve_pronoun(&mut self, index: usize, choose: &mut Choose<'_>) {
        let word = self.head(index);
        let Some(pronoun) = self.pronoun(index) else { return };
        self.find_antecedent(index, word, pronoun, choose);
        let is_quoted = self.quotations[word.index()] > 0;
        self.latest_pronouns[Class::of(pronoun) as usize][usize::from(is_quoted)] = Some(index);
    }

    fn find_antecedent(&mut self, index: usize, word: Word<'_>, pronoun: Pronoun, choose: &mut Choose<'_>) {
        let speaker = self.speaker(index);
        if pronoun.person == 1
            && let Some(speaker) = speaker
        {
            self.join(index, speaker, "pronoun: the speaker");
            return;
        }
        if pronoun.role == PronounRole::Reflexive
            && let Some(subject) = subject_above(word).and_then(|subject| self.mention_at(subject))
            && subject < index
        {
            self.join(index, subject, "pronoun: reflexive");
            return;
        }
        let case = self.case(index, pronoun, speaker);
        let (chosen, sureness) = choose(&case);
        let class = Class::of(pronoun);
        match &case.options[chosen].members[..] {
            [] => {}
            [one] => {
                let is_joined = self.join(index, *one, &format!("pronoun: {sureness:.2}"));
                if is_joined {
                    self.set_gender(index, class.gender());
                }
            }
            many => {
                self.groups.insert(index, (many.to_vec(), "pronoun: named together".to_string()));
            }
        }
    }

    fn pronoun(&self, index: usize) -> Option<Pronoun> {
        self.pronoun_of(&self.mentions[index])
    }

    pub(super) fn pronoun_of(&self, mention: &Mention) -> Option<Pronoun> {
        let pronouns = &self.knowledge.lexicon.persons.pronouns;
        let text = || self.document.word(mention.head).text().to_lowercase();
        (mention.form == Form::Pronoun).then(|| pronouns.get(&text()).copied()).flatten()
    }

    /// Who says the quotation that a mention stands in.
    fn speaker(&self, index: usize) -> Option<usize> {
        let speaker = quotations::speaker(self.head(index), &self.quotations, &self.knowledge.lexicon)?;
        self.mention_at(self.document.word(speaker))
    }

    /// How much of a talk the text is: the share of "I", "we" and "you" among its pronouns, outside of quotations.
    pub(super) fn dialogue(&self) -> usize {
        let pronouns = self.mentions.iter().filter_map(|mention| {
            let is_quoted = self.quotations[mention.head.index()] > 0;
            self.pronoun_of(mention).filter(|_| !is_quoted)
        });
        let (talk, all) = pronouns.fold((0, 0), |(talk, all), pronoun| (talk + usize::from(pronoun.person < 3), all + 1));
        bucket(talk * 100, &[all * 5 + 1, all * 20 + 1, all * 50 + 1])
    }

    /// All that a pronoun may stand for, nothing first.
    fn case(&self, index: usize, pronoun: Pronoun, speaker: Option<usize>) -> Case {
        let (word, here, class) = (self.head(index), self.sentence(index), Class::of(pronoun));
        let mut others: Vec<usize> = (0..index)
            .rev()
            .take(MOST_OPTIONS)
            .take_while(|&other| self.sentence(other) + REACH >= here)
            .filter(|&other| self.is_option(other, class))
            .collect();
        // "I" goes on through the whole of a text.
        if pronoun.person < 3 {
            let latest = self.latest_pronouns[class as usize].iter().flatten();
            let far: Vec<usize> = latest.copied().filter(|latest| !others.contains(latest)).collect();
            others.extend(far);
        }
        let following = (index + 1..self.mentions.len())
            .take_while(|&other| self.sentence(other) == here)
            .filter(|&other| self.is_option(other, class) && is_cataphoric(word, self.head(other)));
        others.extend(following.take(3));

        // "He" that nobody was found for gives way to persons with names.
        if class.gender().is_some() && others.iter().any(|&other| self.is_named_person(other)) {
            others.retain(|&other| !self.is_unresolved(other));
        }

        let mut options = vec![Choice { members: Vec::new(), features: Features::default(), chain: usize::MAX }];
        let saliences: Vec<f64> = others.iter().map(|&other| self.salience(index, other)).collect();
        let most_salient = saliences.iter().copied().fold(f64::MIN, f64::max);
        let mut chains_between: Vec<usize> = Vec::new();
        for (other, salience) in others.into_iter().zip(saliences) {
            let root = self.root(other);
            let seen = chains_between.iter().position(|&chain| chain == root);
            let rank = seen.unwrap_or(chains_between.len());
            if seen.is_none() {
                chains_between.push(root);
            }
            let is_latest = seen.is_none();
            let behind = most_salient - salience;
            let view = View { resolver: self, index, other, class, role: pronoun.role, speaker, rank, is_latest, behind };
            if let Some(members) = self.coordinated(other).filter(|_| matches!(class, Class::They | Class::We)) {
                // No chain has the number: a group is an option by itself.
                let chain = self.mentions.len() + other;
                options.push(Choice { members, features: view.features(true), chain });
            }
            options.push(match self.groups.get(&other) {
                Some((members, _)) => Choice {
                    members: members.clone(),
                    features: view.features(true),
                    chain: self.mentions.len() + members[0],
                },
                None => Choice { members: vec![other], features: view.features(false), chain: root },
            });
        }
        options[0].features = none_features(chains_between.len());
        Case { pronoun: index, features: self.pronoun_features(word, class, pronoun.role, speaker), options }
    }

    fn is_named_person(&self, index: usize) -> bool {
        let facts = self.facts(index);
        facts.kind == Some(Kind::Person) && facts.is_named
    }

    /// Of a chain of pronouns alone.
    fn is_unresolved(&self, index: usize) -> bool {
        let facts = self.facts(index);
        facts.pronouns.iter().sum::<usize>() == facts.size
    }

    /// Kind, gender and number of the chain let a pronoun of this class stand for it.
    fn is_option(&self, other: usize, class: Class) -> bool {
        let facts = self.facts(other);
        if self.groups.contains_key(&other) {
            return matches!(class, Class::They | Class::We);
        }
        let is_person = facts.kind == Some(Kind::Person);
        let can_be_person = is_person || facts.kind.is_none();
        match class {
            Class::I | Class::You => can_be_person || facts.kind == Some(Kind::People),
            Class::We => true,
            Class::He | Class::She => {
                can_be_person && !facts.is_plural && (facts.gender.is_none() || facts.gender == class.gender())
            }
            Class::It => {
                !is_person && !facts.is_plural && !matches!(facts.gender, Some(Gender::Male | Gender::Female))
            }
            Class::They => !(is_person && facts.is_named),
        }
    }

    fn pronoun_features(&self, word: Word<'_>, class: Class, role: PronounRole, speaker: Option<usize>) -> Features {
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
        features
    }
}

/// An antecedent as seen from a pronoun.
struct View<'r, 'a> {
    resolver: &'r Resolver<'a>,
    index: usize,
    other: usize,
    class: Class,
    role: PronounRole,
    speaker: Option<usize>,
    /// Chains that were spoken of in between.
    rank: usize,
    /// No later mention of its chain is before the pronoun.
    is_latest: bool,
    /// How much less salient it is than the most salient option.
    behind: f64,
}

impl View<'_, '_> {
    fn features(&self, is_group: bool) -> Features {
        let View { resolver, index, other, class, role, .. } = *self;
        let (pronoun, candidate) = (resolver.head(index), resolver.head(other));
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
        self.add_chain(&mut features);
        self.add_distance(&mut features);

        let (verb, candidates_verb) = (nearest_verb(pronoun), nearest_verb(candidate));
        features.flag(verb.is_some() && verb == candidates_verb);
        features.flag(is_bound(pronoun, candidate, role));
        features.flag(pronoun.is_within(candidate));
        features.flag(candidate.is_within(pronoun.head().unwrap_or(pronoun)));
        // The candidate's clause has the pronoun's below it.
        features.flag(candidates_verb.is_some_and(|verb| pronoun.ancestors().any(|above| above.index() == verb)));
        features.flag(candidate.first_conjunct().deprel().is_subject() && pronoun.deprel().is_subject());
        features.add(self.subject_of(), 4);
        features.flag(role_in_sentence(candidate) == role_in_sentence(pronoun));
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

    /// Subject of the pronoun's own clause, of one around it, of another; no subject.
    fn subject_of(&self) -> usize {
        let (pronoun, candidate) = (self.resolver.head(self.index), self.resolver.head(self.other));
        let candidate = candidate.first_conjunct();
        if !candidate.deprel().is_subject() {
            return 0;
        }
        if subject_above(pronoun) == Some(candidate) {
            return 3;
        }
        1 + usize::from(candidate.head().is_some_and(|verb| pronoun.is_within(verb)))
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
        let facts = resolver.facts(other);
        features.add(bucket(facts.size, &[1, 2, 3, 5, 9]), 6);
        features.add(bucket(facts.subjects, &[1, 3]), 3);
        features.add(bucket(facts.pronouns[class as usize], &[1, 2, 4]), 4);
        features.flag(resolver.sentence(resolver.root(other)) <= 1);
        features.flag(self.is_latest);
        // Pronouns whose antecedent was not found.
        features.flag(resolver.is_unresolved(other));
        features.add(bucket((self.behind * 10.0) as usize, &[1, 3, 6, 10, 15, 25]), 7);
    }

    fn add_distance(&self, features: &mut Features) {
        let View { resolver, index, other, .. } = *self;
        let (pronoun, candidate) = (resolver.head(index), resolver.head(other));
        let sentences = resolver.sentence(index).abs_diff(resolver.sentence(other));
        let follows = other > index;
        features.add(if follows { 0 } else { 1 + bucket(sentences, &[1, 2, 3, 4, 6]) }, 7);
        let words = pronoun.index().abs_diff(candidate.index());
        features.add(bucket(words, &[3, 6, 10, 15, 25, 40, 80]), 8);
        features.add(bucket(self.rank, &[1, 2, 3, 5, 8]), 6);
        let document = resolver.document;
        let (from, to) = (candidate.span().end.min(pronoun.span().end), pronoun.span().start.max(candidate.span().start));
        features.flag(document.text()[(from as usize).min(to as usize)..to as usize].contains("\n\n"));
        // The subject of the sentence before.
        features.flag(
            sentences == 1 && candidate.deprel().is_subject() && candidate.head().is_some_and(|head| head.head().is_none()),
        );
    }
}

fn none_features(chains: usize) -> Features {
    let mut features = Features::from(NONE);
    features.flag(true);
    features.add(bucket(chains, &[1, 2, 4, 8, 16]), 6);
    features
}

/// How many of the rising bounds a number reaches.
fn bucket(number: usize, bounds: &[usize]) -> usize {
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
    let verb = nearest_verb(word).map(|verb| word.document().word(crate::document::TokenId(verb as u32)));
    match verb.map(|verb| verb.first_conjunct().deprel()) {
        Some(Deprel::Root) => 0,
        Some(Deprel::Ccomp | Deprel::Csubj) => 1,
        Some(Deprel::Advcl) => 2,
        Some(Deprel::AclRelcl | Deprel::Acl) => 3,
        Some(Deprel::Xcomp) => 4,
        Some(_) => 5,
        None => 6,
    }
}

/// The subject of the nearest clause around a word that is not the word itself.
fn subject_above(word: Word<'_>) -> Option<Word<'_>> {
    std::iter::once(word)
        .chain(word.ancestors())
        .find_map(|step| step.dependents().find(|child| child.deprel().is_subject() && *child != word))
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
