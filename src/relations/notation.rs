//! A proposition on one line, for tests and explanations.
//!
//! `meet(subj: Putin; obj: Xi; in: Samarkand) [negated, planned, by: Peskov]`: head words only, conjuncts joined by `+`.

use super::{PredicateKind, Proposition, Voice};
use crate::document::{Document, TokenId};
use crate::record::{Modality, Polarity, Role};

/// The line of one proposition.
pub fn line(document: &Document<'_>, proposition: &Proposition) -> String {
    let heads = |heads: &[TokenId]| heads.iter().map(|&head| document.word(head).text()).collect::<Vec<_>>().join("+");
    let mut slots = Vec::new();
    if !proposition.subjects.is_empty() {
        slots.push(format!("subj: {}", heads(&proposition.subjects)));
    }
    for argument in &proposition.arguments {
        let name = match &argument.preposition {
            Some(preposition) => preposition.as_str(),
            None => role_name(argument.role),
        };
        slots.push(format!("{name}: {}", heads(&argument.heads)));
    }
    let mut marks: Vec<String> = Vec::new();
    if proposition.polarity == Polarity::Negated {
        marks.push("negated".into());
    }
    if let Some(name) = modality_name(proposition.modality) {
        marks.push(name.into());
    }
    if proposition.predicate.voice == Voice::Passive && proposition.subjects.is_empty() {
        marks.push("passive".into());
    }
    if proposition.historical {
        marks.push("historical".into());
    }
    marks.extend(proposition.attribution.iter().map(|speaker| format!("by: {}", document.word(speaker.head).text())));
    let sign = match proposition.predicate.kind {
        PredicateKind::Noun => "n:",
        PredicateKind::Adjective => "a:",
        PredicateKind::Verb | PredicateKind::Copula => "",
    };
    let marks = if marks.is_empty() { String::new() } else { format!(" [{}]", marks.join(", ")) };
    format!("{sign}{}({}){marks}", proposition.predicate.lemma, slots.join("; "))
}

fn role_name(role: Role) -> &'static str {
    match role {
        Role::Object => "obj",
        Role::IndirectObject => "iobj",
        Role::Complement => "comp",
        Role::Predicative => "is",
        Role::Attribute => "attr",
        Role::Oblique => "obl",
        Role::Agent => "agent",
        Role::Time => "time",
        Role::Manner => "manner",
    }
}

fn modality_name(modality: Modality) -> Option<&'static str> {
    match modality {
        Modality::Asserted => None,
        Modality::Possible => Some("possible"),
        Modality::Planned => Some("planned"),
        Modality::Desired => Some("desired"),
        Modality::Hypothetical => Some("hypothetical"),
        Modality::Feared => Some("feared"),
    }
}
