//! Pronouns: what "he", "its", "they", "I" and "you" stand for.
//!
//! Who speaks in a quotation and the subject that a reflexive goes back to are told by rule; for the rest every mention near
//! enough is an option, and so is standing for nothing. The ranker weighs them; a chain gets the sum of its mentions' odds.

use std::collections::HashMap;

use crate::document::{Upos, Word};
use crate::entities::Mention;
use crate::entities::binding::{Bound, bound, excludes, is_cataphoric, subject_above};
use crate::entities::coreference::Resolver;
use crate::entities::cues::{self, View};
use crate::entities::quotations;
use crate::entities::ranker::Features;
use crate::entities::salience::LEAST;
use crate::knowledge::lexicon::{Gender, Number, Pronoun, PronounRole};
use crate::record::{Form, Kind};

/// Sentences and mentions that a pronoun looks back.
const REACH: usize = 5;
const MOST_OPTIONS: usize = 100;

/// How sure a pronoun must be to tell the gender of its antecedent.
const SURE: f64 = 0.6;

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
    /// How salient it is, before the ranker sees it.
    pub salience: f64,
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

    pub(super) fn gender(self) -> Option<Gender> {
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
                if is_joined && class.gender().is_some() && sureness > SURE {
                    self.set_person(index, class.gender());
                }
            }
            many => {
                self.groups.insert(index, (many.to_vec(), "pronoun: named together".to_string()));
            }
        }
    }

    pub(super) fn pronoun(&self, index: usize) -> Option<Pronoun> {
        self.pronoun_of(&self.mentions[index])
    }

    pub(super) fn pronoun_of(&self, mention: &Mention) -> Option<Pronoun> {
        if mention.form != Form::Pronoun {
            return None;
        }
        let word = self.document.word(mention.head);
        let listed = self.knowledge.lexicon.persons.pronouns.get(&word.text().to_lowercase()).copied()?;
        // "Her" owns something in "her book" alone.
        let is_argument = listed.role == PronounRole::Possessive && word.xpos() == "PRP";
        Some(Pronoun { role: if is_argument { PronounRole::Personal } else { listed.role }, ..listed })
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
        let (talk, all) =
            pronouns.fold((0, 0), |(talk, all), pronoun| (talk + usize::from(pronoun.person < 3), all + 1));
        cues::bucket(talk * 100, &[all * 5 + 1, all * 20 + 1, all * 50 + 1])
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
            .filter(|&other| self.is_option(other, class) && is_cataphoric(word, self.place(other)));
        others.extend(following.take(3));

        // "He" that nobody was found for gives way to persons with names.
        if class.gender().is_some() && others.iter().any(|&other| self.is_named_person(other)) {
            others.retain(|&other| !self.is_unresolved(other));
        }

        let bounds: Vec<Bound> = others.iter().map(|&other| bound(word, self.place(other), pronoun.role)).collect();
        let mut bound_chains: HashMap<usize, Bound> = HashMap::new();
        for (&other, &bound) in others.iter().zip(&bounds) {
            let known = bound_chains.entry(self.root(other)).or_insert(bound);
            *known = bound.max(*known);
        }
        for later in (index + 1..self.mentions.len()).take_while(|&later| self.sentence(later) == here) {
            if self.is_name(later) && excludes(word, self.head(later), pronoun.role) {
                bound_chains.insert(self.root(later), Bound::Strictly);
            }
        }
        let least = if class.gender().is_some() { LEAST } else { 0.0 };
        let mut options =
            vec![Choice { members: Vec::new(), features: Features::default(), chain: usize::MAX, salience: least }];
        let saliences: Vec<f64> = others.iter().map(|&other| self.salience(index, other)).collect();
        let most_salient = saliences.iter().copied().fold(f64::MIN, f64::max);
        let mut chains_between: Vec<usize> = Vec::new();
        let mut persons_between: Vec<usize> = Vec::new();
        let mut parallels = 0;
        for (at, &other) in others.iter().enumerate() {
            let root = self.root(other);
            let seen = chains_between.iter().position(|&chain| chain == root);
            let rank = seen.unwrap_or(chains_between.len());
            let persons = persons_between.iter().position(|&chain| chain == root).unwrap_or(persons_between.len());
            if seen.is_none() {
                chains_between.push(root);
                if self.kind(other) == Some(Kind::Person) {
                    persons_between.push(root);
                }
            }
            let is_parallel = cues::is_parallel(word, self.place(other), pronoun.role);
            let sentence = self.sentence(other);
            let view = View {
                resolver: self,
                index,
                other,
                class,
                speaker,
                rank,
                persons,
                parallels: is_parallel.then_some(parallels),
                is_latest: seen.is_none(),
                is_first: others.iter().all(|&before| before >= other || self.sentence(before) != sentence),
                behind: most_salient - saliences[at],
                bound: bounds[at],
                bound_chain: bound_chains[&root],
            };
            parallels += usize::from(is_parallel && seen.is_none());
            if let Some(members) = self.coordinated(other).filter(|_| matches!(class, Class::They | Class::We)) {
                // No chain has the number: a group is an option by itself.
                let chain = self.mentions.len() + other;
                options.push(Choice { members, features: view.features(true), chain, salience: 0.0 });
            }
            // "Putin and Xi … they": both, never Putin alone.
            if class == Class::They && self.is_named_person(other) && !self.groups.contains_key(&other) {
                continue;
            }
            options.push(match self.groups.get(&other) {
                Some((members, _)) => Choice {
                    members: members.clone(),
                    features: view.features(true),
                    chain: self.mentions.len() + members[0],
                    salience: 0.0,
                },
                None => Choice {
                    members: vec![other],
                    features: view.features(false),
                    chain: root,
                    salience: view.salience(),
                },
            });
        }
        options[0].features = cues::none_features(chains_between.len());
        Case { pronoun: index, features: self.pronoun_features(word, class, pronoun.role, speaker), options }
    }

    fn is_named_person(&self, index: usize) -> bool {
        let facts = self.facts(index);
        facts.kind == Some(Kind::Person) && facts.is_named
    }

    /// Of a chain of pronouns alone.
    pub(super) fn is_unresolved(&self, index: usize) -> bool {
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
                (is_person || self.may_be_person(other))
                    && !facts.is_plural
                    && (facts.gender.is_none() || facts.gender == class.gender())
            }
            Class::It => !is_person && !facts.is_plural && !matches!(facts.gender, Some(Gender::Male | Gender::Female)),
            Class::They => !(is_person && facts.is_named) || self.coordinated(other).is_some(),
        }
    }

    /// Nothing says that it is a person, but it may be one: another pronoun, a noun written as a name ("Doolittle"), a person's
    /// name that is a town's as well and does not stand where places do ("Hagen moved to New York").
    pub(super) fn may_be_person(&self, index: usize) -> bool {
        let (facts, mention, word) = (self.facts(index), &self.mentions[index], self.head(index));
        match (mention.form, facts.kind) {
            (Form::Pronoun, None) => true,
            (Form::Nominal, None) => {
                word.upos() == Upos::Propn && word.text().starts_with(char::is_uppercase) || self.looks_like_name(index)
            }
            // A town that the base knows is a person only where persons are called so too.
            (Form::Name, Some(Kind::City)) if facts.entry.is_some() => {
                self.reads_as_person[index] && self.has_persons_word(index)
            }
            (Form::Name, Some(Kind::City | Kind::Place | Kind::Organization | Kind::Other | Kind::People) | None) => {
                self.reads_as_person[index]
            }
            _ => false,
        }
    }

    /// A given name or a surname is among its words.
    pub(super) fn has_persons_word(&self, index: usize) -> bool {
        let base = &self.knowledge.base;
        let mention = &self.mentions[index];
        let mut words = self.document.words_in(mention.words.clone()).map(Word::text);
        mention.form == Form::Name && words.any(|word| base.is_surname(word) || base.given_name(word).is_some())
    }
}
