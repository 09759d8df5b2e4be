//! Qualifiers: what grounding did not use becomes place, time, amount, topic, … by what fills it.
//!
//! Of "Putin met Xi in Samarkand on Thursday" the place is an entity that can be on a map, the time a value; the
//! preposition decides only where neither is there.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::ends;
use super::slots::{self, Part, Phrase, Reading};
use crate::document::{Deprel, Document, TokenId, Upos, Word};
use crate::entities::Entities;
use crate::entities::values::{self, Content, Value};
use crate::knowledge::ontology::{End, admits};
use crate::record::{Kind, Qualifier, QualifierValue, Quantity, Role, Validity};

/// Preposition ▶ role.
pub(crate) type Circumstances = HashMap<String, String>;

/// What qualifiers are found in.
#[derive(Clone, Copy)]
pub(crate) struct Around<'a> {
    pub document: &'a Document<'a>,
    pub entities: &'a Entities,
    pub values: &'a [Value],
    pub circumstances: &'a Circumstances,
}

/// The qualifiers of a reading whose arguments `used` stand at its ends; `ends` are the words there, `pair` those of this relation.
pub(crate) fn find(
    around: Around<'_>,
    reading: &Reading<'_>,
    used: &[usize],
    ends: &[Word<'_>],
    pair: &[Word<'_>],
) -> Vec<Qualifier> {
    let mut found = Vec::new();
    for phrase in &reading.phrases {
        if phrase.argument.is_some_and(|index| used.contains(&index))
            || phrase.heads.iter().any(|head| ends.contains(head))
            || pair.iter().any(|&end| is_of_another(phrase, reading, end))
        {
            continue;
        }
        // Only of a verb is it a circumstance: "accused of spying", not "a level of alert".
        if phrase.preposition.as_deref() == Some("of") && (reading.part != Part::Verb || phrase.argument.is_none()) {
            continue;
        }
        found.extend(phrase.heads.iter().filter_map(|&head| qualifier(around, phrase, head)));
    }
    // "expelled 70 diplomats", "a 4,300-kilometre border", "gave $30 million in aid": numbers in and of what is taken.
    let measured = reading.noun.filter(|noun| noun.deprel() == Deprel::Nmod).and_then(Word::head);
    let nouns = reading.noun.into_iter().chain(measured);
    let heads = reading.phrases.iter().flat_map(|phrase| phrase.heads.iter().copied()).chain(nouns).collect::<Vec<_>>();
    let sums = heads.iter().filter(|head| !ends.contains(head));
    found.extend(sums.filter_map(|&head| measure(values::at(around.values, head)?)));
    // The second number of "arrested 45 protesters and two journalists" does not count the protesters.
    let list = |word: Word| {
        let first = word.first_conjunct();
        first.head().filter(|_| ends::is_example(first)).map_or(first, Word::first_conjunct).id()
    };
    let is_listed_beside = |word: &Word| !pair.contains(word) && pair.iter().any(|end| list(*end) == list(*word));
    let taken = heads.iter().chain(ends).filter(|word| !is_listed_beside(word));
    // Of "the two countries" the number counts the parties themselves.
    for &word in taken.filter(|word| around.entities.all_of(**word).len() < 2) {
        let inner = word
            .dependents()
            .filter(|child| matches!(child.deprel(), Deprel::Nummod | Deprel::Amod | Deprel::Compound));
        found.extend(inner.filter_map(|child| measure(values::at(around.values, child)?)));
    }
    // "Xi and Putin on Thursday held talks", "spoke with Xi in Rome": a time behind an end is the clause's, whatever the
    // parser hung it on, and so is a place behind a person.
    if reading.part == Part::Verb {
        let modifiers = ends.iter().flat_map(|&end| end.dependents().map(move |word| (end, word)));
        for (end, word) in modifiers.filter(|(_, word)| word.deprel().is_nominal_modifier()) {
            let preposition = word.preposition().unwrap_or_default();
            found.extend(time(around, word, &preposition).or_else(|| place_of_person(around, end, word, &preposition)));
        }
    }
    // "shelled a depot in Homs", "the rebels in Homs killed …": where an end is, it happens.
    if reading.part == Part::Verb && !found.iter().any(|qualifier| qualifier.role == "place") {
        let inner = ends.iter().filter(|end| end.upos() == Upos::Noun).flat_map(|&end| slots::modifiers(end));
        let inner =
            inner.filter(|phrase| phrase.preposition.is_some() && !phrase.heads.iter().any(|head| ends.contains(head)));
        let places = inner.flat_map(|phrase| {
            let heads = phrase.heads.clone().into_iter();
            heads
                .filter_map(|head| qualifier(around, &phrase, head))
                .filter(|one| one.role == "place")
                .collect::<Vec<_>>()
        });
        found.extend(places.filter(|place| place.entity.is_some()));
    }
    // "talks mediated by Oman": key and role stand in the same list as prepositions.
    let nouns = reading.noun.into_iter().chain(Some(reading.head).filter(|_| reading.part == Part::Noun));
    for participle in nouns.flat_map(|noun| noun.children(Deprel::Acl)).filter(|verb| verb.xpos() == "VBN") {
        let Some(role) = around.circumstances.get(&format!("{} by", participle.lemma())) else { continue };
        let agents = participle.children(Deprel::OblAgent).flat_map(|agent| agent.conjuncts());
        let agents = agents.filter_map(|agent| around.entities.mention_at(agent)).map(|linked| linked.entity);
        found.extend(agents.map(|entity| Qualifier { entity: Some(around.entities.get(entity).id), ..named(role) }));
    }
    let mut kept: Vec<Qualifier> = Vec::new();
    for qualifier in found {
        if !kept.contains(&qualifier) {
            kept.push(qualifier);
        }
    }
    kept
}

/// "Met Modi on Monday and Xi on Tuesday": where each of a list has a phrase of its own behind it, those of the others are not its.
fn is_of_another(phrase: &Phrase<'_>, reading: &Reading<'_>, end: Word<'_>) -> bool {
    let list = end.first_conjunct().conjuncts();
    let holder = |phrase: &Phrase<'_>| list.iter().rev().find(|one| phrase.heads.first() > Some(one)).copied();
    let is_circumstance = |phrase: &&Phrase<'_>| phrase.preposition.is_some();
    let has_own =
        |one: &Word| reading.phrases.iter().filter(is_circumstance).any(|phrase| holder(phrase) == Some(*one));
    list.len() > 1
        && is_circumstance(&phrase)
        && holder(phrase).is_some_and(|holder| holder != end)
        && list.iter().all(has_own)
}

/// When a state of affairs holds, from "since 2017" and "until May".
pub(crate) fn validity(qualifiers: &[Qualifier]) -> Validity {
    let value = |role: &str| {
        let qualifier = qualifiers.iter().find(|qualifier| qualifier.role == role)?;
        match qualifier.value.as_ref()? {
            QualifierValue::Text(date) => Some(date.clone()),
            QualifierValue::Number(_) => None,
        }
    };
    Validity { from: value("start"), to: value("end") }
}

pub(crate) fn qualifier(around: Around<'_>, phrase: &Phrase<'_>, head: Word<'_>) -> Option<Qualifier> {
    let preposition = phrase.preposition.as_deref().unwrap_or("");
    if let Some(value) = values::at(around.values, head) {
        return match &value.content {
            Content::Time(_) => time(around, head, preposition),
            Content::Quantity(_) => measure(value),
        };
    }
    // "an Asian analyst": an adjective places nothing.
    if phrase.role == Role::Attribute && phrase.preposition.is_none() {
        return None;
    }
    if let Some(linked) = around.entities.mention_at(head) {
        let entity = around.entities.get(linked.entity);
        let role = if !linked.metonym && admits(&[End::Location], entity.kind) {
            place_role(preposition)?
        } else {
            match entity.kind {
                Kind::Event
                    if matches!(preposition, "at" | "during" | "on the sidelines of" | "ahead of" | "after") =>
                {
                    "occasion"
                }
                Kind::Agreement if matches!(preposition, "under" | "in" | "on") => "document",
                _ => around.circumstances.get(preposition)?,
            }
        };
        return Some(Qualifier { entity: Some(entity.id), ..named(role) });
    }
    // "on the sidelines of", "in response to": preposition and noun together say more.
    let fixed = format!("{preposition} {}", head.lemma().to_lowercase());
    let role = match phrase.role {
        _ if around.circumstances.contains_key(&fixed) => &around.circumstances[&fixed],
        Role::Time => time_role(preposition),
        Role::Manner => "manner",
        Role::Oblique | Role::Attribute | Role::Complement => around.circumstances.get(preposition)?,
        _ => return None,
    };
    Some(spelled(around, role, words(head)))
}

/// "on Thursday" as a qualifier, where the word stands in a time.
fn time(around: Around<'_>, word: Word<'_>, preposition: &str) -> Option<Qualifier> {
    let value = values::at(around.values, word)?;
    let Content::Time(date) = &value.content else { return None };
    let words = with_preposition(around.document, value, preposition);
    Some(Qualifier { value: date.clone().map(QualifierValue::Text), ..spelled(around, time_role(preposition), words) })
}

/// "in Rome" behind a person, whom it hardly ever tells apart from others of the name.
fn place_of_person(around: Around<'_>, person: Word<'_>, word: Word<'_>, preposition: &str) -> Option<Qualifier> {
    let entity = |word| Some(around.entities.get(around.entities.mention_at(word)?.entity));
    let place =
        entity(word).filter(|place| matches!(place.kind, Kind::City | Kind::Place | Kind::Facility | Kind::Country));
    let is_said = entity(person)?.kind == Kind::Person && matches!(preposition, "in" | "at" | "near");
    place.filter(|_| is_said).map(|place| Qualifier { entity: Some(place.id), ..named("place") })
}

fn named(role: &str) -> Qualifier {
    Qualifier {
        role: role.to_string(),
        entity: None,
        text: None,
        value: None,
        unit: None,
        bound: None,
        start: None,
        end: None,
    }
}

fn spelled(around: Around<'_>, role: &str, words: Range<usize>) -> Qualifier {
    let span = around.document.span_of(words);
    let text = span.of(around.document.text()).to_string();
    Qualifier { text: Some(text), start: Some(span.start), end: Some(span.end), ..named(role) }
}

/// A quantity by what it measures.
fn measure(value: &Value) -> Option<Qualifier> {
    let Content::Quantity(Quantity { value: number, unit, text, bound }) = &value.content else { return None };
    let role = match unit.as_str() {
        "m" | "km" | "cm" | "mm" | "[mi_i]" | "[nmi_i]" | "[ft_i]" => "length",
        "m2" | "km2" | "har" | "ha" => "area",
        "%" => "share",
        "1" => "number",
        "s" | "min" | "h" | "d" | "wk" | "mo" | "a" => "duration",
        _ => "amount",
    };
    Some(Qualifier {
        text: Some(text.clone()),
        value: Some(QualifierValue::Number(*number)),
        unit: Some(unit.clone()),
        bound: *bound,
        start: Some(value.span.start),
        end: Some(value.span.end),
        ..named(role)
    })
}

/// The words of a time with the preposition right before it: "on Thursday".
fn with_preposition(document: &Document<'_>, value: &Value, preposition: &str) -> Range<usize> {
    let first = document.word(TokenId(value.words.start as u32));
    let is_said = first.previous().is_some_and(|word| word.text().eq_ignore_ascii_case(preposition));
    value.words.start - usize::from(is_said)..value.words.end
}

fn time_role(preposition: &str) -> &'static str {
    match preposition {
        "since" | "from" => "start",
        "until" | "till" | "by" | "through" => "end",
        "for" => "duration",
        _ => "time",
    }
}

/// `None` for prepositions that do not place: "with Turkey", "against Turkey".
fn place_role(preposition: &str) -> Option<&'static str> {
    match preposition {
        "in" | "at" | "on" | "near" | "outside" | "inside" | "within" | "around" | "across" | "off" | "along"
        | "over" | "throughout" | "above" | "close to" | "" => Some("place"),
        "from" | "out of" => Some("from_place"),
        "to" | "into" | "toward" | "towards" | "onto" => Some("to_place"),
        _ => None,
    }
}

/// The words of a phrase for people to read: the noun with its modifiers, clauses left out.
fn words(head: Word<'_>) -> Range<usize> {
    let is_cut = |word: Word<'_>| {
        matches!(
            word.deprel(),
            Deprel::AclRelcl | Deprel::Parataxis | Deprel::Appos | Deprel::Punct | Deprel::Case | Deprel::Mark
        )
    };
    let kept = head.subtree().into_iter().filter(|&word| {
        word == head
            || !word
                .ancestors()
                .take_while(|&step| step != head)
                .chain([word])
                .any(|step| is_cut(step) && step.deprel() != Deprel::Case)
                && (word.head() != Some(head) || !matches!(word.deprel(), Deprel::Case | Deprel::Mark))
    });
    let indices: Vec<usize> = kept.map(Word::index).collect();
    // Only what stands together with the head.
    let mut start = head.index();
    while start > 0 && indices.contains(&(start - 1)) {
        start -= 1;
    }
    let mut end = head.index() + 1;
    while indices.contains(&end) {
        end += 1;
    }
    start..end
}

/// The words of an office or relation without whose it is: `vice president` of "the Kenyan vice president".
pub(crate) fn title(noun: Word<'_>, entities: &Entities) -> Qualifier {
    let document = noun.document();
    let is_named = |word: &Word| {
        let mut mentions = entities.reaching(word.index()).iter().map(|linked| &linked.mention);
        mentions.any(|mention| mention.head != noun.id() && mention.words.contains(&word.index()))
    };
    let is_part = |word: &Word| matches!(word.deprel(), Deprel::Amod | Deprel::Compound) && !is_named(word);
    let before = (0..noun.index()).rev().map(|index| document.word(TokenId(index as u32)));
    let first = before.take_while(is_part).last().unwrap_or(noun);
    // "Secretary of State"
    let rest = noun.children(Deprel::Nmod).find(|rest| rest.index() == noun.index() + 2 && !is_named(rest));
    let last = rest.filter(|rest| rest.preposition().as_deref() == Some("of")).unwrap_or(noun);
    let span = document.span_of(first.index()..last.index() + 1);
    Qualifier {
        text: Some(span.of(document.text()).to_string()),
        start: Some(span.start),
        end: Some(span.end),
        ..named("title")
    }
}

/// Whether words before a noun put what it says in the past: "former", "then".
pub(crate) fn is_past(noun: Word<'_>, past: &HashSet<String>) -> bool {
    slots::names(noun).iter().any(|name| name.split([' ', '-']).any(|word| past.contains(word)))
}
