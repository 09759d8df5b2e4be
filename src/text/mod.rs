//! Characters to sentences and tokens.
//!
//! "Putin met Xi. They didn't talk." gives two sentences; `didn't` gives the words `did` and `n't`, the second joined.

mod tokens;
mod lines;
mod boundaries;
mod sentences;

use std::ops::Range;

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
    let sentences = sentences::split(text, &tokens);
    Segmentation { sentences, tokens }
}
