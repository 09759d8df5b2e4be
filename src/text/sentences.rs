//! The words of a paragraph to sentences: a boundary is where the model says so.
//!
//! "He left. “It is over.” Then Mr. Xi spoke." gives `He left.`, `“It is over.”`, `Then Mr. Xi spoke.`

use std::ops::Range;

use super::boundaries::Paragraph;
use super::datelines;
use super::{Sentence, SentenceRole, Token};

/// A longer sentence is cut at the likeliest place of its second half.
const MAX_TOKENS: usize = 400;

/// A cut may move on so far to spare an orthographic word.
const MAX_OVERRUN: usize = 20;

/// Log odds above which a sentence ends: best for the treebanks' held-out documents.
const THRESHOLD: f32 = -0.5;

/// The same where no full stop or its like stands: mail needs a low one, news a high one.
const BARE_THRESHOLD: f32 = 1.5;

/// The sentences of some words between certain boundaries; all are body.
pub(super) fn split(text: &str, tokens: &[Token], range: Range<usize>) -> Vec<Sentence> {
    let words = &tokens[range.clone()];
    let paragraph = Paragraph::new(text, words);
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut index = 0;
    let mut likeliest = None;
    let dateline = datelines::length(text, words);
    while index < words.len() {
        let score = paragraph.score(index);
        let length = index + 1 - start;
        let threshold = if paragraph.is_terminal(index) { THRESHOLD } else { BARE_THRESHOLD };
        let mut end = None;
        let is_likely = score.is_some_and(|score| score > threshold);
        let ends = match dateline {
            Some(dateline) if index < dateline => index + 1 == dateline,
            _ => is_likely || index + 1 == words.len(),
        };
        if ends {
            end = Some(index + 1);
        } else if length >= MAX_TOKENS && (!words[index + 1].joined || length > MAX_TOKENS + MAX_OVERRUN) {
            end = Some(likeliest.map_or(index, |(_, at)| at) + 1);
        } else if let Some(score) = score
            && length > MAX_TOKENS / 2
            && likeliest.is_none_or(|(best, _)| score > best)
        {
            likeliest = Some((score, index));
        }
        index += 1;
        if let Some(end) = end {
            let tokens = range.start + start..range.start + end;
            let span = words[start].span.cover(words[end - 1].span);
            sentences.push(Sentence { span, tokens, role: SentenceRole::Body });
            (start, index, likeliest) = (end, end, None);
        }
    }
    sentences
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokens::tokenize;

    fn check(text: &str, expected: &[&str]) {
        let tokens = tokenize(text);
        let found: Vec<&str> =
            split(text, &tokens, 0..tokens.len()).iter().map(|sentence| sentence.span.of(text)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn full_stops_end_sentences_and_abbreviations_do_not() {
        check(
            "Mr. Xi met Gen. J. Smith in Washington, D.C. on Monday. They spoke.",
            &["Mr. Xi met Gen. J. Smith in Washington, D.C. on Monday.", "They spoke."],
        );
        check(
            "The U.S. Treasury imposed sanctions at 5 p.m. on Friday. No. 3 on the list is a bank.",
            &["The U.S. Treasury imposed sanctions at 5 p.m. on Friday.", "No. 3 on the list is a bank."],
        );
        check("Inflation hit 7.5 percent. It may rise.", &["Inflation hit 7.5 percent.", "It may rise."]);
    }

    #[test]
    fn closing_quotes_belong_to_the_sentence_before() {
        check(
            "He called it a “full-scale partnership.” Others disagreed.",
            &["He called it a “full-scale partnership.”", "Others disagreed."],
        );
        check(
            "“This is no marriage,” said the analyst. “There are points of contact” between them.",
            &["“This is no marriage,” said the analyst.", "“There are points of contact” between them."],
        );
        check("\"We will not leave.\" The minister then left.", &["\"We will not leave.\"", "The minister then left."]);
    }

    #[test]
    fn endless_sentences_are_cut() {
        let text = format!("{}end; {}.", "word ".repeat(300), "word ".repeat(300));
        let tokens = tokenize(&text);
        let lengths: Vec<usize> =
            split(&text, &tokens, 0..tokens.len()).iter().map(|sentence| sentence.tokens.len()).collect();
        assert_eq!(lengths, [302, 301]);
    }
}
