//! A proposition in the words of the text, for the record's `propositions`.
//!
//! `shell(subj: Russia; obj: Kherson)` was read from "Kherson was shelled by Russia" and is shown as it stands there:
//! subject `Kherson`, predicate `was shelled`, agent `by Russia`.

use std::ops::Range;

use super::{Argument, PredicateKind, Proposition, Voice, phrases};
use crate::document::{Document, TokenId};
use crate::record::{self, Phrase, Role};

/// The record's form. Who says it is left for the pipeline, which knows the entities.
/// `None` where nothing but a predicate is there.
pub fn show(document: &Document<'_>, proposition: &Proposition) -> Option<record::Proposition> {
    let mut arguments: Vec<Shown> = proposition.arguments.iter().map(Shown::of).collect();
    let mut subject = subject(document, &proposition.subjects);
    if proposition.predicate.voice == Voice::Passive {
        let agent = proposition.subjects.first().map(|&head| Shown {
            role: Role::Agent,
            words: phrases::noun_phrase(document.word(head).first_conjunct()),
        });
        let patient = arguments.iter().position(|argument| argument.role == Role::Object);
        subject = patient.map(|patient| arguments.remove(patient).words);
        arguments.extend(agent);
        arguments.sort_by_key(|argument| argument.words.start);
    }
    if subject.is_none() && arguments.is_empty() {
        return None;
    }
    Some(record::Proposition {
        sentence: document.word(proposition.predicate.head).sentence_index() as u32,
        confidence: proposition.confidence,
        predicate: predicate(document, proposition),
        subject: subject.map(|words| phrase(document, words)),
        arguments: arguments.into_iter().map(|argument| argument.show(document)).collect(),
        polarity: proposition.polarity,
        modality: proposition.modality,
        attribution: None,
    })
}

/// An argument on its way to the record.
struct Shown {
    role: Role,
    words: Range<usize>,
}

impl Shown {
    fn of(argument: &Argument) -> Shown {
        Shown { role: argument.role, words: argument.words.clone() }
    }

    fn show(self, document: &Document<'_>) -> record::Argument {
        let Phrase { text, start, end } = phrase(document, self.words);
        record::Argument { role: self.role, text, start, end }
    }
}

fn subject(document: &Document<'_>, heads: &[TokenId]) -> Option<Range<usize>> {
    heads.first().map(|&head| phrases::bare_noun_phrase(document.word(head)))
}

/// What the text leaves unsaid ("Peskov, a spokesman") is shown as "is", with an empty span where it would stand.
fn predicate(document: &Document<'_>, proposition: &Proposition) -> Phrase {
    let words = proposition.predicate.words.clone();
    if words.is_empty() && proposition.predicate.kind == PredicateKind::Copula {
        let at = document.word(TokenId(words.start as u32)).span().start;
        return Phrase { text: "is".to_string(), start: at, end: at };
    }
    phrase(document, words)
}

fn phrase(document: &Document<'_>, words: Range<usize>) -> Phrase {
    let span = document.span_of(words);
    Phrase { text: span.of(document.text()).to_string(), start: span.start, end: span.end }
}
