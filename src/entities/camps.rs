//! Camps: political groups that are called by what they stand for.
//!
//! Where an article speaks of "the separatist camp" or "the pro-Russian bloc", "separatist candidates" and "pro-Russian lawmaker Ana
//! Orlova" are of it: the word that says what the camp stands for means the camp wherever it describes somebody.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::document::{Document, TokenId, Word};
use crate::entities::coreference::Resolver;
use crate::entities::{Mention, kinds};
use crate::knowledge::lexicon::Nouns;
use crate::record::{Form, Kind};

/// What the words of a camp or of its colour say it stands for, the same for "pan-democracy camp" and "pan-democrats".
pub(super) fn colour(document: &Document, words: Range<usize>, nouns: &Nouns) -> Option<String> {
    let mut words: Vec<Word> = document.words_in(words).collect();
    words.pop_if(|word| is_camp(*word, nouns));
    let text = |word: &Word| word.text().to_lowercase();
    match &words[..] {
        [side, hyphen, cause] if hyphen.text() == "-" && nouns.sides.contains(&text(side)) => {
            Some(format!("{}-{}", text(side), stem(&text(cause))))
        }
        [cause] if nouns.causes.contains(&stem(&text(cause))) => Some(stem(&text(cause))),
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

/// The camps of a document that are no descriptions already, and the words that stand for them.
pub(super) fn find(document: &Document, found: &[Mention], nouns: &Nouns) -> Vec<Mention> {
    let phrases: Vec<(Range<usize>, String)> =
        document.words().filter_map(|word| phrase(document, word, nouns)).collect();
    let is_of_camp = |words: &Range<usize>| is_camp(document.word(TokenId(words.end as u32 - 1)), nouns);
    let camps: BTreeSet<&String> =
        phrases.iter().filter(|(words, _)| is_of_camp(words)).map(|(_, colour)| colour).collect();
    let meant = phrases.iter().filter(|(words, colour)| {
        camps.contains(colour) && found.iter().all(|other| other.words.end != words.end || other.form == Form::Name)
    });
    let mentions = meant.map(|(words, _)| Mention {
        words: words.clone(),
        head: kinds::head(document, words.clone()).id(),
        span: document.span_of(words.clone()),
        form: Form::Nominal,
        kind: Some(Kind::Organization),
        metonym: false,
        candidates: Vec::new(),
    });
    mentions.collect()
}

/// The colour that ends at a word, with the camp's noun behind it.
fn phrase(document: &Document, last: Word<'_>, nouns: &Nouns) -> Option<(Range<usize>, String)> {
    let end = last.index() + 1;
    let start = [3, 1]
        .into_iter()
        .filter_map(|words| end.checked_sub(words))
        .find(|&start| last.sentence().tokens.contains(&start) && colour(document, start..end, nouns).is_some())?;
    let camp = last.next().filter(|next| next.sentence_index() == last.sentence_index() && is_camp(*next, nouns));
    let words = start..camp.map_or(end, |camp| camp.index() + 1);
    Some((words.clone(), colour(document, words, nouns)?))
}

impl Resolver<'_> {
    /// Joins the mentions of one camp.
    pub(super) fn join_camps(&mut self) {
        let nouns = &self.knowledge.lexicon.nouns;
        let mut first = std::collections::BTreeMap::new();
        for index in (0..self.mentions.len()).filter(|&index| self.mentions[index].form == Form::Nominal) {
            if let Some(colour) = colour(self.document, self.mentions[index].words.clone(), nouns) {
                let camp = *first.entry(colour).or_insert(index);
                self.join(index, camp, "of the same camp");
            }
        }
    }
}
