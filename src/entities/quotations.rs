//! Quotations: which words are quoted, and who says them.
//!
//! "“I was pleased,” she said." has one quotation; its `I` is `she`.

use crate::document::{Deprel, Document, TokenId, Word};
use crate::knowledge::lexicon::Lexicon;

/// Sentences that a quotation looks around for its speaker.
const REACH: usize = 3;

/// For each word the number of its quotation, from 1; 0 outside.
pub(super) fn number(document: &Document) -> Vec<u32> {
    let mut numbers = vec![0; document.len()];
    let (mut count, mut is_open, mut opened) = (0, false, 0);
    for word in document.words() {
        let blank_line = word.previous().is_some_and(|previous| {
            let between = previous.span().end as usize..word.span().start as usize;
            document.text()[between].contains("\n\n")
        });
        // A quotation left open ends with its paragraph.
        if is_open && blank_line && word.index() > opened {
            is_open = false;
        }
        match word.text() {
            "“" | "``" => (is_open, opened, count) = (true, word.index(), count + 1),
            "”" | "''" => is_open = false,
            "\"" if is_open => is_open = false,
            "\"" => (is_open, opened, count) = (true, word.index(), count + 1),
            _ if is_open => numbers[word.index()] = count,
            _ => {}
        }
    }
    numbers
}

/// The subject of the verb of saying that a word's quotation belongs to; for words outside of quotations, of the sentence with
/// a colon that introduces them ("the minister said:").
pub(super) fn speaker(word: Word<'_>, numbers: &[u32], lexicon: &Lexicon) -> Option<TokenId> {
    let document = word.document();
    let own = word.sentence_index();
    let said_in = |index: usize| {
        let sentence = document.sentences().get(index)?;
        let verbs = document
            .words_in(sentence.tokens.clone())
            .filter(|verb| numbers[verb.index()] == 0 && lexicon.verbs.speech.contains(verb.lemma()));
        let mut subjects =
            verbs.filter_map(|verb| subject_of_speech(verb).filter(|subject| numbers[subject.index()] == 0));
        subjects.next().map(Word::id)
    };
    if numbers[word.index()] == 0 {
        let introduces = |index: &usize| {
            let sentence = &document.sentences()[*index];
            sentence.span.of(document.text()).trim_end().ends_with(':')
        };
        return (own.saturating_sub(12)..own).rev().find(introduces).and_then(said_in);
    }
    let above = word.ancestors().find(|verb| numbers[verb.index()] == 0 && lexicon.verbs.speech.contains(verb.lemma()));
    let above = above.and_then(subject_of_speech).map(Word::id);
    above.or_else(|| said_in(own)).or_else(|| {
        (1..=REACH).find_map(|step| {
            let next = said_in(own + step).filter(|_| continues(document, numbers, own, own + step));
            next.or_else(|| own.checked_sub(step).and_then(said_in))
        })
    })
}

/// Whether one quotation runs from a sentence to a later one.
fn continues(document: &Document, numbers: &[u32], from: usize, to: usize) -> bool {
    let ids = |index: usize| document.sentences().get(index).map(|sentence| &numbers[sentence.tokens.clone()]);
    let (Some(from), Some(to)) = (ids(from), ids(to)) else { return false };
    from.iter().any(|id| *id > 0 && to.contains(id))
}

/// "Said Feigenbaum" has its subject after the verb, where parsers take it for an object.
fn subject_of_speech(verb: Word<'_>) -> Option<Word<'_>> {
    let subject = verb.dependents().find(|word| word.deprel().is_subject());
    subject.or_else(|| verb.child(Deprel::Obj).filter(|object| verb.next() == Some(object.subtree()[0])))
}
