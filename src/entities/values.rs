//! Values: times and quantities with their place in the text, times resolved against the article's date.
//!
//! "They share a 4,300-kilometer (2,670-mile) border, Putin said on Thursday." gives 4,300 km and, in an article of
//! 2022-09-16, the time 2022-09-15.

use std::ops::Range;

use crate::document::{Deprel, Document, TokenId, Upos, Word};
use crate::entities::{dates, quantities};
use crate::record::Quantity;
use crate::span::Span;
use crate::text::SentenceRole;

/// A time or a quantity as the text gives it.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// Token range, prepositions left out ("Thursday" of "on Thursday").
    pub words: Range<usize>,
    /// The topmost word of the range.
    pub head: TokenId,
    pub span: Span,
    pub content: Content,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// ISO 8601 date, month, week, year or interval; `None` where it cannot be resolved ("on Thursday" without a date).
    Time(Option<String>),
    Quantity(Quantity),
}

/// The values of a document in reading order; they do not overlap.
pub fn find(document: &Document) -> Vec<Value> {
    let mut values = Vec::new();
    // Furniture tells no day that the text goes on from.
    let mut told = None;
    for sentence in document.sentences() {
        if sentence.role == SentenceRole::Furniture {
            continue;
        }
        let text = sentence.span.of(document.text());
        let start = sentence.span.start as usize;
        let locate =
            |range: &Range<usize>| words_at(document, &sentence.tokens, start + range.start..start + range.end);
        let governed = |range: &Range<usize>| {
            let Some(words) = locate(range) else { return dates::Setting::default() };
            setting(document.word(topmost(document, &words)), words.end)
        };
        let times = dates::find(text, document.article().date, &mut told, &governed);
        let quantities = quantities::find(text);
        let mut found: Vec<(Range<usize>, Content)> = Vec::new();
        for time in times {
            found.push((time.range, Content::Time(time.value)));
        }
        for quantity in quantities {
            if found.iter().any(|(range, _)| range.start < quantity.range.end && quantity.range.start < range.end) {
                continue;
            }
            if locate(&quantity.range).is_some_and(|words| is_a_label(document, &words)) {
                continue;
            }
            found.push((quantity.range, Content::Quantity(quantity.quantity)));
        }
        found.sort_by_key(|(range, _)| range.start);
        for (range, content) in found {
            let Some(words) = locate(&range) else { continue };
            let span = Span::new(start + range.start, start + range.end);
            values.push(Value { head: topmost(document, &words), words, span, content });
        }
    }
    values
}

/// The value that this word heads or stands in.
pub fn at<'v>(values: &'v [Value], word: Word<'_>) -> Option<&'v Value> {
    values.iter().find(|value| value.words.contains(&word.index()))
}

/// The tokens that overlap a byte range.
fn words_at(document: &Document, tokens: &Range<usize>, bytes: Range<usize>) -> Option<Range<usize>> {
    let span = Span::new(bytes.start, bytes.end);
    let mut inside =
        document.words_in(tokens.clone()).filter(|word| word.span().overlaps(span)).map(|word| word.index());
    let first = inside.next()?;
    Some(first..inside.next_back().unwrap_or(first) + 1)
}

/// The first word of a range whose head lies outside it.
fn topmost(document: &Document, words: &Range<usize>) -> TokenId {
    document
        .words_in(words.clone())
        .find(|word| word.head().is_none_or(|head| !words.contains(&head.index())) && word.upos() != Upos::Punct)
        .map_or(TokenId(words.start as u32), |word| word.id())
}

/// How a time stands in its clause: what decides between last Thursday and the next, a year and a count.
fn setting(time: Word<'_>, end: usize) -> dates::Setting {
    let verb = std::iter::once(time).chain(time.ancestors()).find(|word| matches!(word.upos(), Upos::Verb | Upos::Aux));
    let is_future = verb.is_some_and(|verb| {
        let is_infinitive = verb.children(Deprel::Mark).any(|mark| mark.lemma() == "to");
        is_infinitive || verb.children(Deprel::Aux).any(|aux| matches!(aux.lemma(), "will" | "shall" | "'ll"))
    });
    let is_past = verb.is_some_and(|verb| {
        verb.children(Deprel::Aux).any(|aux| aux.lemma() == "have" || aux.xpos() == "VBD")
            || verb.has_child(Deprel::AuxPass)
    });
    let is_present = verb.is_some_and(|verb| matches!(verb.xpos(), "VBZ" | "VBP")) && !is_past;
    let counts = time.deprel() == Deprel::Nummod
        && time.head().is_some_and(|head| head.index() == end && head.features().get("Number") == Some("Plur"));
    let labels = || time.previous().is_some_and(|noun| LABELLED.contains(&&*noun.lemma().to_lowercase()));
    dates::Setting { is_future, is_present, counts_things: counts || labels() }
}

/// Nouns that a number behind them names: "Resolution 1973" is of 2011.
const LABELLED: [&str; 20] = [
    "article",
    "case",
    "convoy",
    "decree",
    "directive",
    "flight",
    "gate",
    "highway",
    "law",
    "number",
    "order",
    "page",
    "paragraph",
    "regulation",
    "resolution",
    "room",
    "route",
    "section",
    "train",
    "unit",
];

/// "Article 5", "Resolution 1973": a number behind its noun names, it does not count.
fn is_a_label(document: &Document, words: &Range<usize>) -> bool {
    let top = document.word(topmost(document, words));
    words.len() == 1
        && top
            .head()
            .is_some_and(|head| head.index() + 1 == top.index() && matches!(head.upos(), Upos::Noun | Upos::Propn))
}
