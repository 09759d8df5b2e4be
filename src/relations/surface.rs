//! A proposition in the words of the text, for the record's `propositions`.
//!
//! `shell(subj: Russia; obj: Kherson)` was read from "Kherson was shelled by Russia" and is shown as it stands there:
//! subject `Kherson`, predicate `was shelled`, agent `by Russia`. What the text leaves unsaid ("President Ruto") is shown
//! as `is`, with an empty span where it would stand.

use std::ops::Range;

use super::{Argument, PredicateKind, Proposition, Voice, phrases};
use crate::document::{Deprel, Document, TokenId, Word};
use crate::record::{self, Phrase, Role};

/// The record's form. Who says it is left for the pipeline, which knows the entities.
/// `None` where nothing but a predicate is there, and for event nouns that a light verb has told already.
pub fn show(document: &Document<'_>, proposition: &Proposition) -> Option<record::Proposition> {
    let Shown { subject, predicate, mut arguments } = match proposition.predicate.kind {
        PredicateKind::Noun => noun(document, proposition)?,
        _ => clause(document, proposition),
    };
    if subject.is_none() && arguments.is_empty() {
        return None;
    }
    arguments.sort_by_key(|(_, words)| words.start);
    let argument = |(role, words): (Role, Range<usize>)| {
        let Phrase { text, start, end } = phrase(document, words);
        record::Argument { role, text, start, end }
    };
    Some(record::Proposition {
        sentence: document.word(proposition.predicate.head).sentence_index() as u32,
        confidence: proposition.confidence,
        predicate: if predicate.is_empty() { unsaid(document, predicate.start) } else { phrase(document, predicate) },
        subject: subject.map(|words| phrase(document, words)),
        arguments: arguments.into_iter().map(argument).collect(),
        polarity: proposition.polarity,
        modality: proposition.modality,
        attribution: None,
    })
}

/// The parts of a proposition as token ranges; an empty predicate is an unsaid copula.
struct Shown {
    subject: Option<Range<usize>>,
    predicate: Range<usize>,
    arguments: Vec<(Role, Range<usize>)>,
}

fn clause(document: &Document<'_>, proposition: &Proposition) -> Shown {
    let mut arguments: Vec<(Role, Range<usize>)> = proposition.arguments.iter().map(part).collect();
    let mut subject = subject(document, &proposition.subjects);
    if proposition.predicate.voice == Voice::Passive {
        let agent = proposition.subjects.first().map(|&head| document.word(head).first_conjunct());
        let patient = arguments.iter().position(|(role, _)| *role == Role::Object);
        subject = patient.map(|patient| arguments.remove(patient).1);
        arguments.extend(agent.map(|agent| (Role::Agent, phrases::noun_phrase(agent))));
    }
    let words = proposition.predicate.words.clone();
    let start = chain(document.word(proposition.predicate.head), words.start);
    Shown { subject, predicate: start..words.end, arguments }
}

/// "wants to join" is one predicate to a reader: where nothing stands between them, the verbs above an infinitive belong
/// to it.
fn chain(verb: Word<'_>, start: usize) -> usize {
    let Some(above) = verb.head().filter(|_| verb.deprel() == Deprel::Xcomp) else { return start };
    let document = verb.document();
    let is_link = |index: usize, owner: Word<'_>| {
        let word = document.word(TokenId(index as u32));
        word.head() == Some(owner)
            && matches!(word.deprel(), Deprel::Mark | Deprel::Aux | Deprel::AuxPass | Deprel::Cop | Deprel::Advmod)
    };
    if above.index() >= start || !(above.index() + 1..start).all(|index| is_link(index, verb)) {
        return start;
    }
    let mut first = above.index();
    while first > 0 && is_link(first - 1, above) {
        first -= 1;
    }
    chain(above, first)
}

/// A title is what its name is; a noun with a possessor and more is that one's doing.
fn noun(document: &Document<'_>, proposition: &Proposition) -> Option<Shown> {
    let head = document.word(proposition.predicate.head);
    if let [name, ..] = proposition.subjects[..] {
        let start = proposition.arguments.iter().map(|argument| argument.words.start).min().unwrap_or(head.index());
        let title = start.min(head.index())..head.index() + 1;
        return (name.index() == title.end).then(|| Shown {
            subject: Some(phrases::name(document.word(name))),
            predicate: title.start..title.start,
            arguments: vec![(Role::Predicative, title)],
        });
    }
    let possessor = proposition.arguments.iter().position(|argument| argument.preposition.as_deref() == Some("'s"))?;
    let mut arguments: Vec<(Role, Range<usize>)> = proposition.arguments.iter().map(part).collect();
    let (_, owner) = arguments.remove(possessor);
    let owner = owner.start..owner.end - usize::from(document.word(TokenId(owner.end as u32 - 1)).xpos() == "POS");
    (!arguments.is_empty() && !owner.is_empty()).then(|| Shown {
        subject: Some(owner),
        predicate: proposition.predicate.words.clone(),
        arguments,
    })
}

fn part(argument: &Argument) -> (Role, Range<usize>) {
    (argument.role, argument.words.clone())
}

fn subject(document: &Document<'_>, heads: &[TokenId]) -> Option<Range<usize>> {
    heads.first().map(|&head| phrases::bare_noun_phrase(document.word(head)))
}

fn unsaid(document: &Document<'_>, before: usize) -> Phrase {
    let at = document.word(TokenId(before as u32)).span().start;
    Phrase { text: "is".to_string(), start: at, end: at }
}

fn phrase(document: &Document<'_>, words: Range<usize>) -> Phrase {
    let span = document.span_of(words);
    Phrase { text: span.of(document.text()).to_string(), start: span.start, end: span.end }
}
