//! Words to sentences.

use super::{Sentence, SentenceRole, Token};
use crate::span::Span;

/// Longer sentences are cut.
const MAX_TOKENS: usize = 400;

/// The sentences of a text whose words are known.
pub(super) fn split(text: &str, tokens: &[Token]) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for index in 0..tokens.len() {
        if index + 1 == tokens.len() || ends_sentence(text, tokens, index) || index + 1 - start >= MAX_TOKENS {
            let span = tokens[start].span.cover(tokens[index].span);
            sentences.push(Sentence { span, tokens: start..index + 1, role: SentenceRole::Body });
            start = index + 1;
        }
    }
    sentences
}

fn ends_sentence(text: &str, tokens: &[Token], index: usize) -> bool {
    let gap = Span { start: tokens[index].span.end, end: tokens[index + 1].span.start }.of(text);
    let newlines = gap.matches('\n').count();
    if newlines > 1 {
        return true;
    }
    let next = tokens[index + 1].span.of(text);
    let mut last = index;
    while last > 0 && matches!(tokens[last].span.of(text), "\"" | "”" | "''" | "’" | ")" | "]" | "»") {
        last -= 1;
    }
    let word = tokens[last].span.of(text);
    let closes = matches!(word, "." | "?" | "!" | "..." | "…" | "?!" | "!!");
    let opens = next.starts_with(|c: char| {
        c.is_uppercase() || c.is_ascii_digit() || matches!(c, '"' | '“' | '‘' | '\'' | '(' | '[')
    });
    if newlines == 1 {
        return closes || next.starts_with(|c: char| !c.is_lowercase());
    }
    closes && !gap.is_empty() && opens
}
