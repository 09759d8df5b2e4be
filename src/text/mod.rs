//! Characters to sentences and tokens.
//!
//! "Putin met Xi. They didn't talk." gives two sentences; `didn't` gives the words `did` and `n't`, the second joined.

mod tokens;
mod lines;
mod credits;
mod boundaries;
mod datelines;
mod sentences;
mod furniture;
mod headings;

use std::ops::Range;

use self::credits::Piece;
use crate::span::Span;

/// A syntactic word as Universal Dependencies counts them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    pub span: Span,
    /// Part of the same orthographic word as the token before ("n't" in "don't").
    pub joined: bool,
}

/// A sentence: its span and the range of its tokens, never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    pub span: Span,
    pub tokens: Range<usize>,
    pub role: SentenceRole,
}

/// What a sentence is to its article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SentenceRole {
    Body,
    /// A title, a section heading.
    Heading,
    /// Page furniture: "Leave a Reply", a photo credit, the teaser of another article. Makes no entity and no relation.
    Furniture,
}

/// Sentences in order, and their tokens in order; every token lies in exactly one sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Segmentation {
    pub sentences: Vec<Sentence>,
    pub tokens: Vec<Token>,
}

/// Splits a text. Any text gives a segmentation: the non-blank characters are all covered, in order, without overlap.
pub fn segment(text: &str) -> Segmentation {
    let tokens = tokens::tokenize(text);
    let paragraphs = lines::paragraphs(text, &tokens);
    let mut sentences = Vec::new();
    for paragraph in &paragraphs {
        for piece in credits::part(text, &tokens, paragraph.clone()) {
            match piece {
                Piece::Text(range) => sentences.extend(sentences::split(text, &tokens, range)),
                Piece::Credit(range) => {
                    let span = tokens[range.start].span.cover(tokens[range.end - 1].span);
                    sentences.push(Sentence { span, tokens: range, role: SentenceRole::Furniture });
                }
            }
        }
    }
    furniture::mark(text, &tokens, &paragraphs, &mut sentences);
    headings::mark(text, &tokens, &paragraphs, &mut sentences);
    Segmentation { sentences, tokens }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whatever comes in: all that is not blank is covered once, in order, and every token lies in one sentence.
    fn check(text: &str) {
        let Segmentation { sentences, tokens } = segment(text);
        let mut end = 0;
        for token in &tokens {
            let (start, stop) = (token.span.start as usize, token.span.end as usize);
            assert!(text[end..start].chars().all(char::is_whitespace), "{:?} is left out", &text[end..start]);
            assert!(start < stop && text.get(start..stop).is_some());
            end = stop;
        }
        assert!(text[end..].chars().all(char::is_whitespace), "{:?} is left out", &text[end..]);
        let mut next = 0;
        for sentence in &sentences {
            assert_eq!(sentence.tokens.start, next);
            next = sentence.tokens.end;
            assert!(next > sentence.tokens.start);
            assert_eq!(sentence.span, tokens[sentence.tokens.start].span.cover(tokens[next - 1].span));
        }
        assert_eq!(next, tokens.len());
    }

    #[test]
    fn any_text_is_covered() {
        for text in [
            "",
            " \n ",
            "a",
            "’s",
            "'''",
            "Mr.",
            "…",
            "1",
            "(",
            "©",
            "\u{feff}x",
            "e\u{301}",
            "👩\u{200d}👩 hi",
            "a\r\nb\rc",
            "http://",
            "x@y",
        ] {
            check(text);
        }
    }

    #[test]
    fn noise_is_covered() {
        const PIECES: [&str; 40] = [
            "a", "B", "7", ".", ",", "-", "–", "'", "’", "‘", "\"", "“", "”", "s", "t", "n", " ", "\n", "\n\n", "(",
            ")", "/", "@", ":", "www.", "http://", "U.S", "é", "İ", "中", "👍", "\u{301}", "\u{200d}", "%", "$", "&",
            "#", "_", "*", "\t",
        ];
        let mut state = 7u64;
        for _ in 0..3000 {
            let mut text = String::new();
            for _ in 0..30 {
                state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                text.push_str(PIECES[(state >> 33) as usize % PIECES.len()]);
            }
            check(&text);
        }
    }

    #[test]
    fn one_endless_line_takes_linear_time() {
        for piece in ["a.b-", "'s", "((", "\"", "x", "7,", "-", "Mr. ", "a@", "?", "(Photo by ", "!\n"] {
            check(&piece.repeat(20_000));
        }
    }
}
