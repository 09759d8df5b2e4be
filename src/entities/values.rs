//! Values: times and quantities with their place in the text, resolved against the article's date.

use std::ops::Range;

use crate::document::{Document, TokenId, Word};
use crate::record::Quantity;
use crate::span::Span;

/// A time or a quantity as the text gives it.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// Token range, prepositions left out ("Thursday" of "on Thursday").
    pub words: Range<usize>,
    pub head: TokenId,
    pub span: Span,
    pub content: Content,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// ISO 8601 date, month, week or interval; `None` where the text cannot be resolved ("on Thursday" without a date).
    Time(Option<String>),
    Quantity(Quantity),
}

/// The values of a document in reading order; they do not overlap.
pub fn find(_document: &Document) -> Vec<Value> {
    Vec::new()
}

/// The value that this word heads or stands in.
pub fn at<'v>(values: &'v [Value], word: Word<'_>) -> Option<&'v Value> {
    values.iter().find(|value| value.words.contains(&word.index()))
}
