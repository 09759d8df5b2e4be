//! Coreference: which mentions are one thing.
//!
//! "Vladimir Putin … the Russian president … he" is one chain; "the two countries" is a group of two. Names are joined first, by
//! what they mean and how they are written; then descriptions and pronouns, in reading order, each looks for its antecedent.

use std::collections::HashMap;
use std::ops::Range;

use crate::document::{Deprel, Document, TokenId, Upos, Word};
use crate::entities::pronouns::{CLASSES, Choose, Class};
use crate::entities::ranker::Ranker;
use crate::entities::{Chain, Chains, Group, Mention, MentionId, candidates, descriptions, quotations, surnames};
use crate::knowledge::Knowledge;
use crate::knowledge::base::EntryId;
use crate::knowledge::lexicon::Gender;
use crate::knowledge::names::How;
use crate::knowledge::ontology::{End, admits};
use crate::record::{Form, Kind};

/// Every mention is in exactly one chain or stands for a group; chains are ordered by their first mention.
pub fn resolve(document: &Document, mentions: &[Mention], knowledge: &Knowledge) -> Chains {
    resolve_by(document, mentions, knowledge, &mut |case| Ranker::trained().likeliest(case))
}

/// The same with another judge of pronouns: training's.
pub fn resolve_by(document: &Document, mentions: &[Mention], knowledge: &Knowledge, choose: &mut Choose<'_>) -> Chains {
    let mut resolver = Resolver::new(document, mentions, knowledge);
    resolver.join_same_names();
    resolver.join_acronyms();
    resolver.join_short_names();
    resolver.join_camps();
    resolver.find_likely_persons();
    for (index, mention) in mentions.iter().enumerate() {
        match mention.form {
            Form::Name => {}
            Form::Nominal => resolver.resolve_description(index),
            Form::Pronoun => resolver.resolve_pronoun(index, choose),
        }
    }
    resolver.chains()
}

/// What is known of a chain.
#[derive(Clone, Debug, Default)]
pub(super) struct Facts {
    pub entry: Option<EntryId>,
    pub kind: Option<Kind>,
    pub gender: Option<Gender>,
    /// The gender that a single word tells if it is a given name, or if it is the surname of who is known by it.
    pub leaning: Option<Gender>,
    pub is_plural: bool,
    /// Offices and other nouns said of it, as lemmas: "foreign minister", "minister".
    pub nouns: Vec<String>,
    /// Those of them that are somebody's, with whose they are: "president" with the mention of Latvia.
    pub owners: Vec<(String, usize)>,
    /// A name is in the chain.
    pub is_named: bool,
    /// Its mentions so far, names all through the text; how many are subjects, and how many pronouns of each class.
    pub size: usize,
    pub subjects: usize,
    pub pronouns: [usize; CLASSES],
}

/// The state of the search: mentions joined to chains, named by their first mention.
pub(super) struct Resolver<'a> {
    pub document: &'a Document<'a>,
    pub mentions: &'a [Mention],
    pub knowledge: &'a Knowledge,
    links: Vec<usize>,
    facts: Vec<Facts>,
    reasons: Vec<String>,
    /// Mentions that stand for several chains: the members' mentions, and why.
    pub groups: HashMap<usize, (Vec<usize>, String)>,
    /// For each word the number of its quotation.
    pub quotations: Vec<u32>,
    by_head: HashMap<TokenId, usize>,
    /// The last pronoun of each class, outside and inside of quotations.
    pub latest_pronouns: [[Option<usize>; 2]; CLASSES],
    pub dialogue: usize,
    /// Names that may be a person's, whatever they look like.
    pub reads_as_person: Vec<bool>,
}

impl<'a> Resolver<'a> {
    fn new(document: &'a Document<'a>, mentions: &'a [Mention], knowledge: &'a Knowledge) -> Resolver<'a> {
        let mut resolver = Resolver {
            document,
            mentions,
            knowledge,
            links: (0..mentions.len()).collect(),
            facts: Vec::new(),
            reasons: vec![String::new(); mentions.len()],
            groups: HashMap::new(),
            quotations: quotations::number(document),
            by_head: HashMap::new(),
            latest_pronouns: Default::default(),
            dialogue: 0,
            reads_as_person: Vec::new(),
        };
        resolver.dialogue = resolver.dialogue();
        for (index, mention) in mentions.iter().enumerate() {
            resolver.by_head.entry(mention.head).or_insert(index);
        }
        for index in 0..mentions.len() {
            resolver.by_head.entry(resolver.place(index).id()).or_insert(index);
        }
        resolver.facts = (0..mentions.len()).map(|index| resolver.own_facts(index)).collect();
        for index in 0..mentions.len() {
            resolver.facts[index].owners = resolver.own_owners(index);
        }
        resolver
    }

    pub fn head(&self, index: usize) -> Word<'a> {
        self.document.word(self.mentions[index].head)
    }

    /// The word that has the mention's place in its sentence: `actress` in "actress Myrna Loy wrote".
    pub fn place(&self, index: usize) -> Word<'a> {
        let head = self.head(index);
        let is_behind_title = matches!(head.deprel(), Deprel::Flat | Deprel::Appos | Deprel::NmodDesc);
        let above = head.head().filter(|title| title.index() + 1 == self.mentions[index].words.start);
        above.filter(|_| is_behind_title).unwrap_or(head)
    }

    pub fn text(&self, index: usize) -> &'a str {
        self.mentions[index].span.of(self.document.text())
    }

    pub fn sentence(&self, index: usize) -> usize {
        self.head(index).sentence_index()
    }

    /// The first mention of the chain.
    pub fn root(&self, mut index: usize) -> usize {
        while self.links[index] != index {
            index = self.links[index];
        }
        index
    }

    pub fn facts(&self, index: usize) -> &Facts {
        &self.facts[self.root(index)]
    }

    pub fn kind(&self, index: usize) -> Option<Kind> {
        self.facts(index).kind
    }

    pub fn is_name(&self, index: usize) -> bool {
        self.mentions[index].form == Form::Name
    }

    /// The country code that a chain means, where it is a country.
    pub fn country(&self, index: usize) -> Option<&'a str> {
        let entry = self.knowledge.base.entry(self.facts(index).entry?);
        (entry.kind == Kind::Country).then_some(entry.key)
    }

    /// The mention that this word heads; the longest of several.
    pub fn mention_at(&self, word: Word<'_>) -> Option<usize> {
        self.by_head.get(&word.id()).copied()
    }

    /// The mentions that begin at this word, the longest first.
    pub fn beginning_at(&self, word: usize) -> Range<usize> {
        let first = self.mentions.partition_point(|mention| mention.words.start < word);
        let count = self.mentions[first..].iter().take_while(|mention| mention.words.start == word).count();
        first..first + count
    }

    /// Joins two mentions' chains, unless the base knows them as different things. `index` gets the reason.
    pub fn join(&mut self, index: usize, antecedent: usize, reason: &str) -> bool {
        let (one, other) = (self.root(index), self.root(antecedent));
        let (first, second) = (one.min(other), one.max(other));
        if first == second {
            return true;
        }
        let (a, b) = (&self.facts[first], &self.facts[second]);
        if a.entry.is_some() && b.entry.is_some() && a.entry != b.entry {
            return false;
        }
        let named = if b.is_named && !a.is_named { b } else { a };
        let joined = Facts {
            entry: a.entry.or(b.entry),
            kind: if a.entry.is_none() && b.entry.is_some() { b.kind } else { named.kind.or(b.kind) },
            gender: a.gender.or(b.gender),
            leaning: a.leaning.or(b.leaning),
            is_plural: named.is_plural,
            nouns: a.nouns.iter().chain(&b.nouns).cloned().collect(),
            owners: a.owners.iter().chain(&b.owners).cloned().collect(),
            is_named: a.is_named || b.is_named,
            size: a.size + b.size,
            subjects: a.subjects + b.subjects,
            pronouns: std::array::from_fn(|class| a.pronouns[class] + b.pronouns[class]),
        };
        self.facts[first] = joined;
        self.links[second] = first;
        self.reasons[index] = reason.to_string();
        true
    }

    /// What "he" and "she" tell of their antecedent: a person, whatever else may be called so.
    pub fn set_person(&mut self, index: usize, gender: Option<Gender>) {
        let root = self.root(index);
        let facts = &mut self.facts[root];
        facts.gender = facts.gender.or(gender);
        let known = facts.entry.map(|entry| self.knowledge.base.entry(entry));
        if known.is_some_and(|known| known.kind != Kind::Person || known.gender.is_some() && known.gender != gender) {
            facts.entry = None;
        }
        if facts.is_named {
            facts.kind = Some(Kind::Person);
        }
    }

    /// Opens again what a chain means.
    pub fn forget_entry(&mut self, index: usize) {
        let root = self.root(index);
        self.facts[root].entry = None;
    }

    /// Gives a chain the entry that it means.
    pub fn identify(&mut self, index: usize, entry: EntryId, reason: &str) {
        let root = self.root(index);
        let known = self.knowledge.base.entry(entry);
        self.facts[root].entry = Some(entry);
        self.facts[root].kind = Some(known.kind);
        self.facts[root].gender = self.facts[root].gender.or(known.gender);
        self.reasons[index] = reason.to_string();
    }

    fn own_facts(&self, index: usize) -> Facts {
        let mention = &self.mentions[index];
        let head = self.document.word(mention.head);
        let best = mention.candidates.first().filter(|best| best.weight >= candidates::ENOUGH);
        let entry = best.map(|best| best.entry);
        let mut nouns = Vec::new();
        let described =
            head.children(Deprel::NmodDesc).chain(head.children(Deprel::Compound)).chain(head.children(Deprel::Appos));
        // "the Donetsk region"
        let is_place = mention.kind.is_some_and(|kind| admits(&[End::Location], kind));
        let governor = head.head().filter(|_| match head.deprel() {
            Deprel::Appos | Deprel::Flat => true,
            Deprel::Compound => is_place,
            _ => false,
        });
        for noun in described.chain(governor).filter(|noun| !mention.words.contains(&noun.index())) {
            nouns.push(noun.lemma().to_lowercase());
            if let Some(previous) = noun.previous() {
                nouns.push(format!("{} {}", previous.text().to_lowercase(), noun.lemma().to_lowercase()));
            }
        }
        if mention.form == Form::Name
            && mention.kind == Some(Kind::Person)
            && let Some(previous) = self.document.words_in(mention.words.clone()).next().and_then(Word::previous)
            && matches!(previous.upos(), Upos::Propn | Upos::Noun)
        {
            nouns.push(previous.text().trim_end_matches('.').to_lowercase());
        }
        if mention.form == Form::Nominal {
            nouns.push(head.lemma().to_lowercase());
        }
        let known = entry.map(|entry| self.knowledge.base.entry(entry));
        let known_gender = known.as_ref().and_then(|entry| entry.gender);
        // A bare surname may be another's.
        let by_surname = best.is_some_and(|best| best.how == How::Surname);
        let mut pronouns = [0; CLASSES];
        if let Some(pronoun) = self.pronoun_of(mention) {
            pronouns[Class::of(pronoun) as usize] = 1;
        }
        Facts {
            size: 1,
            subjects: usize::from(self.place(index).deprel().is_subject()),
            pronouns,
            kind: mention.kind,
            gender: self.gender(mention, &nouns).or(known_gender.filter(|_| !by_surname)),
            leaning: known_gender.or_else(|| self.given_gender(mention)),
            is_plural: mention.form == Form::Nominal
                && known.is_none()
                && descriptions::is_plural(head)
                && !self.looks_like_name(index)
                || mention.kind == Some(Kind::People),
            is_named: mention.form == Form::Name || known.is_some(),
            entry,
            nouns,
            owners: Vec::new(),
        }
    }

    /// A person's gender, from titles and from the given name.
    fn gender(&self, mention: &Mention, nouns: &[String]) -> Option<Gender> {
        if mention.kind != Some(Kind::Person) {
            return None;
        }
        let persons = &self.knowledge.lexicon.persons;
        let told = nouns.iter().find_map(|noun| persons.gender.get(noun.trim_end_matches('.')));
        // "Howard" alone may be a surname, "Tim" is not.
        let is_given = mention.words.len() > 1
            || !self.knowledge.base.is_surname(self.document.span_of(mention.words.clone()).of(self.document.text()));
        told.or_else(|| self.given_gender(mention).filter(|_| is_given))
    }

    fn given_gender(&self, mention: &Mention) -> Option<Gender> {
        let first = self.document.words_in(mention.words.clone()).next()?;
        (mention.form == Form::Name).then(|| self.knowledge.base.given_name(first.text())).flatten().flatten()
    }

    /// Names whose chain stands no more often where places do ("in Hagen") than where those do who act.
    fn find_likely_persons(&mut self) {
        let mut chains = vec![0; self.mentions.len()];
        for (index, mention) in self.mentions.iter().enumerate().filter(|(_, mention)| mention.form == Form::Name) {
            let head = self.head(index);
            if surnames::stands_as_place(head)
                || matches!(head.deprel(), Deprel::Compound | Deprel::Amod)
                || mention.metonym
            {
                chains[self.root(index)] -= 1;
            } else if self.place(index).deprel() == Deprel::Nsubj {
                chains[self.root(index)] += 1;
            }
        }
        self.reads_as_person = (0..self.mentions.len()).map(|index| chains[self.root(index)] >= 0).collect();
    }

    fn chains(self) -> Chains {
        let mut numbers: HashMap<usize, usize> = HashMap::new();
        let mut chains: Vec<Chain> = Vec::new();
        for index in (0..self.mentions.len()).filter(|index| !self.groups.contains_key(index)) {
            let root = self.root(index);
            let number = *numbers.entry(root).or_insert_with(|| {
                let &Facts { entry, kind, .. } = &self.facts[root];
                let is_person = entry.is_none() && kind == Some(Kind::Person);
                chains.push(Chain { mentions: Vec::new(), entry, is_person });
                chains.len() - 1
            });
            chains[number].mentions.push((MentionId(index as u32), self.reasons[index].clone()));
        }
        let mut groups: Vec<Group> = (self.groups.iter())
            .map(|(&index, (members, why))| Group {
                mention: MentionId(index as u32),
                members: members.iter().filter_map(|&member| numbers.get(&self.root(member)).copied()).collect(),
                why: why.clone(),
            })
            .collect();
        groups.sort_by_key(|group| group.mention);
        Chains { chains, groups }
    }
}
