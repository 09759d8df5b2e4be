//! Quotations: what stands between quotation marks, over sentences and paragraphs.
//!
//! "“It is over. We won,” he said." has one quotation of seven words; the marks around a mere term, as in his “fine mess”,
//! make one that states nothing.

use std::ops::{Range, RangeInclusive};

use super::phrases;
use crate::document::{Document, TokenId};
use crate::span::Span;

/// The words between two marks, the marks left out.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Quotation {
    pub words: Range<usize>,
}

impl Quotation {
    /// True where the quotation says something by itself, and is not a term in somebody else's sentence.
    pub fn is_statement(&self, document: &Document<'_>) -> bool {
        self.words.len() > 2 && document.words_in(self.words.clone()).any(phrases::is_clause)
    }

    /// The sentences that it touches.
    pub fn sentences(&self, document: &Document<'_>) -> RangeInclusive<usize> {
        let at = |index: usize| document.word(TokenId(index as u32)).sentence_index();
        at(self.words.start)..=at(self.words.end - 1)
    }
}

/// All quotations in reading order. Straight marks alternate; a paragraph's end closes what was left open, so one missing
/// mark spoils one paragraph.
pub(crate) fn find(document: &Document<'_>) -> Vec<Quotation> {
    let mut quotations = Vec::new();
    let mut open: Option<usize> = None;
    let mut close = |start: Option<usize>, end: usize| {
        if let Some(start) = start.filter(|start| *start < end) {
            quotations.push(Quotation { words: start..end });
        }
    };
    for word in document.words() {
        let index = word.index();
        if index > 0 && is_paragraph_break(document, index - 1..index + 1) {
            close(open.take(), index);
        }
        match word.text() {
            "“" | "«" | "``" | "„" => {
                close(open.take(), index);
                open = Some(index + 1);
            }
            "”" | "»" | "''" => close(open.take(), index),
            "\"" if open.is_some() => close(open.take(), index),
            "\"" => open = Some(index + 1),
            _ => {}
        }
    }
    close(open.take(), document.len());
    quotations
}

/// True where a quotation takes up again within the paragraph what another one ended: no sentence of the article's own
/// stands between the two.
pub(crate) fn follows(document: &Document<'_>, end: usize, next: &Quotation) -> bool {
    let sentence = |index: usize| document.word(TokenId(index as u32)).sentence_index();
    end < next.words.start
        && sentence(next.words.start) <= sentence(end) + 1
        && !is_paragraph_break(document, end..next.words.start)
        && next.is_statement(document)
        && starts_sentence(document, next)
}

fn starts_sentence(document: &Document<'_>, quotation: &Quotation) -> bool {
    let first = document.word(TokenId(quotation.words.start as u32)).sentence().tokens.start;
    quotation.words.start <= first + 1
}

fn is_paragraph_break(document: &Document<'_>, words: Range<usize>) -> bool {
    let Span { start, end } = document.span_of(words);
    Span { start, end }.of(document.text()).contains("\n\n")
}
