//! An article: one text with its provenance.

use jiff::civil::Date;

/// One text as it was read, and where it comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Article {
    /// Unique within a run: a file's stem, a line number, or the `id` that the input gave.
    pub id: String,
    pub title: Option<String>,
    /// The day of publication; relative times ("on Thursday") are resolved against it.
    pub date: Option<Date>,
    /// The outlet.
    pub source: Option<String>,
    pub url: Option<String>,
    /// What all byte offsets point into.
    pub text: String,
}

impl Article {
    /// An article of which nothing is known but its text.
    pub fn new(id: impl Into<String>, text: impl Into<String>) -> Article {
        Article { id: id.into(), text: text.into(), ..Article::default() }
    }
}
