//! Camps: political groups that are called by what they stand for.
//!
//! Where an article speaks of "the separatist camp" or "the pro-Russian bloc", "separatist candidates" and "pro-Russian lawmaker Ana
//! Orlova" are of it: the word that says what the camp stands for, its colour, means the camp wherever it describes somebody.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::Range;

use crate::document::{Deprel, Document, TokenId, Word};
use crate::entities::coreference::Resolver;
use crate::entities::{Mention, kinds};
use crate::knowledge::lexicon::Nouns;
use crate::record::{Form, Kind};

/// What a camp or its colour stands for, the same for "pan-democracy camp" and "pan-democrat".
fn cause(document: &Document, words: Range<usize>, nouns: &Nouns) -> Option<String> {
    let mut words: Vec<Word> = document.words_in(words).collect();
    words.pop_if(|word| is_camp(*word, nouns));
    let text = |word: &Word| word.text().to_lowercase();
    let on_side = |side: &str, cause: &str| nouns.sides.contains(side).then(|| format!("{side}-{}", stem(cause)));
    match &words[..] {
        [side, hyphen, cause] if hyphen.text() == "-" => on_side(&text(side), &text(cause)),
        [word] => match text(word).split_once('-') {
            Some((side, cause)) => on_side(side, cause),
            None => Some(stem(&text(word))).filter(|cause| nouns.causes.contains(cause)),
        },
        _ => None,
    }
}

/// "democrat" for "democracy", "democratic" and "democrats"; "separatist" for "separatism".
fn stem(cause: &str) -> String {
    let singular = cause.strip_suffix('s').unwrap_or(cause);
    let endings = [("cracy", "crat"), ("cratic", "crat"), ("ism", "ist")];
    let stemmed = endings.iter().find_map(|(ending, agent)| Some(format!("{}{agent}", singular.strip_suffix(ending)?)));
    stemmed.unwrap_or_else(|| singular.to_string())
}

fn is_camp(word: Word<'_>, nouns: &Nouns) -> bool {
    nouns.camps.contains(&word.lemma().to_lowercase())
}

/// The words of a colour that ends at a word.
fn colour(last: Word<'_>, nouns: &Nouns) -> Option<Range<usize>> {
    let end = last.index() + 1;
    let starts = [3, 1].into_iter().filter_map(|words| end.checked_sub(words));
    let mut phrases = starts.map(|start| start..end).filter(|words| last.sentence().tokens.contains(&words.start));
    phrases.find(|words| cause(last.document(), words.clone(), nouns).is_some())
}

/// Whether a word says what those stand for whom it describes: "separatist" before "candidate" and before "Orlova".
pub(crate) fn is_colour(word: Word<'_>, nouns: &Nouns) -> bool {
    let describes = matches!(word.deprel(), Deprel::Amod | Deprel::Compound | Deprel::NmodDesc);
    let is_before_name = || word.next().is_some_and(|name| name.deprel() == Deprel::Flat && name.head() == Some(word));
    (describes || is_before_name()) && colour(word, nouns).is_some()
}

/// Whether a noun with the words before it calls a camp.
pub(super) fn is_named(noun: Word<'_>, nouns: &Nouns) -> bool {
    is_camp(noun, nouns) && noun.previous().is_some_and(|last| colour(last, nouns).is_some())
}

/// The camps of a document that are no descriptions already, and the colours that mean one of its camps.
pub(super) fn find(document: &Document, found: &[Mention], nouns: &Nouns) -> Vec<Mention> {
    let camps = document.words().filter(|word| is_named(*word, nouns));
    let camps: Vec<Range<usize>> =
        camps.filter_map(|camp| Some(colour(camp.previous()?, nouns)?.start..camp.index() + 1)).collect();
    let causes: BTreeSet<String> = camps.iter().filter_map(|words| cause(document, words.clone(), nouns)).collect();
    let colours = document.words().filter(|word| !causes.is_empty() && is_colour(*word, nouns));
    let colours = colours.filter(|word| !word.next().is_some_and(|next| is_camp(next, nouns)));
    let colours = colours.filter_map(|word| colour(word, nouns));
    let colours =
        colours.filter(|words| cause(document, words.clone(), nouns).is_some_and(|cause| causes.contains(&cause)));
    let described = found.iter().filter(|other| other.form != Form::Name).map(|other| other.head);
    let described: HashSet<TokenId> = described.collect();
    let is_new = |words: &Range<usize>| !described.contains(&TokenId(words.end as u32 - 1));
    let mentions = camps.iter().cloned().chain(colours).filter(is_new).map(|words| Mention {
        head: kinds::head(document, words.clone()).id(),
        span: document.span_of(words.clone()),
        words,
        form: Form::Nominal,
        kind: Some(Kind::Organization),
        metonym: false,
        candidates: Vec::new(),
    });
    mentions.collect()
}

impl Resolver<'_> {
    /// Joins the mentions of one camp.
    pub(super) fn join_camps(&mut self) {
        let nouns = &self.knowledge.lexicon.nouns;
        let mut first = BTreeMap::new();
        for (index, mention) in self.mentions.iter().enumerate().filter(|(_, mention)| mention.form == Form::Nominal) {
            let head = self.head(index);
            let cause = cause(self.document, mention.words.clone(), nouns);
            if let Some(cause) = cause.filter(|_| is_named(head, nouns) || mention.kind == Some(Kind::Organization)) {
                let camp = *first.entry(cause).or_insert(index);
                self.join(index, camp, "of the same camp");
            }
        }
    }
}
