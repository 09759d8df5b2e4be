//! Marks: which words of a sentence are the subject, the predicate, the object and the circumstances of a statement.
//!
//! "He met Xi in Samarkand." gives `He` as subject, `met` as predicate, `Xi` as object, `Samarkand` as circumstance: a reader
//! sees at a glance what was understood. A record names entities, not the mention that was meant; of several the one next to
//! the predicate is taken.

use serde::{Deserialize, Serialize};

use crate::record::{self, Argument, Attribution, Object, Phrase, Proposition, Record, Relation};
use crate::span::Span;

/// What words are to a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    Subject,
    Predicate,
    Object,
    Speaker,
    Circumstance,
}

/// Words of the article's text that are a part of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mark {
    pub part: Part,
    pub start: u32,
    pub end: u32,
}

impl Mark {
    fn new(part: Part, span: Span) -> Mark {
        Mark { part, start: span.start, end: span.end }
    }

    pub fn span(self) -> Span {
        Span { start: self.start, end: self.end }
    }
}

/// The parts of a relation that its evidence shows, in the order of the text.
pub(super) fn marks(record: &Record, relation: &Relation) -> Vec<Mark> {
    let evidence = relation.evidence;
    if evidence.of(&record.text).is_empty() {
        return Vec::new();
    }
    let within = |words: &str| found(&record.text, evidence, words);
    let mut subjects = mentions(record, evidence, relation.subject);
    let mut objects = match &relation.object {
        Object::Entity(entity) => mentions(record, evidence, *entity),
        Object::Value(quantity) => within(&quantity.text),
    };
    let mut predicates = within(&relation.predicate);
    if let Some(clause) = clause(record, relation, &predicates) {
        prefer(&mut predicates, &[clause.predicate.span()]);
        let subject: Vec<Span> = clause.subject.iter().map(Phrase::span).collect();
        let arguments: Vec<Span> = clause.arguments.iter().map(Argument::span).collect();
        // Of a passive it is the other way round.
        if !prefer(&mut subjects, &subject) {
            prefer(&mut subjects, &arguments);
        }
        if !prefer(&mut objects, &arguments) {
            prefer(&mut objects, &subject);
        }
    }
    let (subject, predicate, object) = closest(&subjects, &predicates, &objects);
    let anchor = predicate.or(subject).or(object).unwrap_or(evidence);
    let nearest = |spans: Vec<Span>| spans.into_iter().min_by_key(|span| (distance(*span, anchor), span.start));
    let mut marks = Vec::new();
    marks.extend(subject.map(|span| Mark::new(Part::Subject, span)));
    marks.extend(predicate.map(|span| Mark::new(Part::Predicate, span)));
    marks.extend(object.map(|span| Mark::new(Part::Object, span)));
    let speaker = relation.attribution.as_ref().and_then(|said: &Attribution| {
        let named = said.entity.map(|entity| mentions(record, evidence, entity)).unwrap_or_default();
        nearest(if named.is_empty() { within(&said.text) } else { named })
    });
    marks.extend(speaker.map(|span| Mark::new(Part::Speaker, span)));
    for qualifier in &relation.qualifiers {
        let given = qualifier.start.zip(qualifier.end).map(|(start, end)| Span { start, end });
        let given = given.filter(|span| evidence.covers(*span) && !span.of(&record.text).is_empty());
        let span = given.or_else(|| {
            let named = qualifier.entity.map(|entity| mentions(record, evidence, entity)).unwrap_or_default();
            let words = || qualifier.text.as_deref().map(within).unwrap_or_default();
            nearest(if named.is_empty() { words() } else { named })
        });
        marks.extend(span.map(|span| Mark::new(Part::Circumstance, span)));
    }
    marks.sort_by_key(|mark| (mark.start, mark.end, mark.part));
    marks.dedup();
    marks
}

/// The clause whose predicate has the words that said it.
fn clause<'r>(record: &'r Record, relation: &Relation, predicates: &[Span]) -> Option<&'r Proposition> {
    record.propositions.iter().filter(|clause| clause.sentence == relation.sentence).find(|clause| {
        let said = clause.predicate.span();
        said.start <= said.end && predicates.iter().any(|words| said.covers(*words))
    })
}

/// Keeps those that lie in one of the phrases, if any does; tells whether one did.
fn prefer(spans: &mut Vec<Span>, phrases: &[Span]) -> bool {
    let lies_in = |span: &Span| phrases.iter().any(|phrase| phrase.start <= phrase.end && phrase.covers(*span));
    let is_any = spans.iter().any(lies_in);
    if is_any {
        spans.retain(lies_in);
    }
    is_any
}

/// Where the sentence mentions an entity.
fn mentions(record: &Record, evidence: Span, entity: u32) -> Vec<Span> {
    let mentions = record.mentions.iter().filter(|mention| mention.entity == entity && mention.start <= mention.end);
    let spans = mentions.map(record::Mention::span);
    spans.filter(|span| evidence.covers(*span) && !span.of(&record.text).is_empty()).take(MOST).collect()
}

/// A sentence that says a thing more often is no sentence.
const MOST: usize = 16;

/// Where the sentence has these words, whole.
fn found(text: &str, evidence: Span, words: &str) -> Vec<Span> {
    let sentence = evidence.of(text);
    let words = words.trim();
    if words.is_empty() {
        return Vec::new();
    }
    let is_free = |letter: Option<char>| letter.is_none_or(|letter| !letter.is_alphanumeric());
    let places = sentence.match_indices(words).filter(|(at, words)| {
        is_free(sentence[..*at].chars().next_back()) && is_free(sentence[at + words.len()..].chars().next())
    });
    let start = evidence.start as usize;
    places.map(|(at, words)| Span::new(start + at, start + at + words.len())).take(MOST).collect()
}

/// Of each list the span that lies nearest to those of the others.
fn closest(subjects: &[Span], predicates: &[Span], objects: &[Span]) -> (Option<Span>, Option<Span>, Option<Span>) {
    let options = |spans: &[Span]| {
        let some = spans.iter().copied().map(Some).collect::<Vec<_>>();
        if some.is_empty() { vec![None] } else { some }
    };
    let (subjects, predicates, objects) = (options(subjects), options(predicates), options(objects));
    let apart = |one: Option<Span>, other: Option<Span>| match (one, other) {
        // What is the same words cannot be both, unless there are no others.
        (Some(one), Some(other)) if one.overlaps(other) => 10_000,
        (Some(one), Some(other)) => distance(one, other),
        _ => 0,
    };
    let all = subjects.iter().flat_map(|subject| {
        let rest = predicates.iter().flat_map(|predicate| objects.iter().map(move |object| (*predicate, *object)));
        rest.map(move |(predicate, object)| (*subject, predicate, object))
    });
    all.min_by_key(|(subject, predicate, object)| {
        let sum = apart(*subject, *predicate) + apart(*predicate, *object) + apart(*subject, *object);
        (sum, *subject, *predicate, *object)
    })
    .unwrap_or_default()
}

/// The bytes between two spans.
fn distance(one: Span, other: Span) -> u32 {
    one.start.saturating_sub(other.end).max(other.start.saturating_sub(one.end))
}

#[cfg(test)]
mod tests {
    use super::super::testing::record;
    use super::*;
    use crate::record::{Form, Mention};

    fn check(line: &str, mentions: &[(&str, &str)], expected: &[(Part, &str)]) {
        let mut record = record("a", &[line]);
        let start = record.text.find(": ").unwrap() + 2;
        for (name, words) in mentions {
            let entity = record.entities.iter().find(|entity| entity.name == *name).unwrap().id;
            for (at, _) in record.text[start..].match_indices(words) {
                let (start, end) = ((start + at) as u32, (start + at + words.len()) as u32);
                record.mentions.push(Mention { entity, start, end, form: Form::Name, metonym: false });
            }
        }
        let marks = marks(&record, &record.relations[0]);
        let told: Vec<(Part, &str)> = marks.iter().map(|mark| (mark.part, mark.span().of(&record.text))).collect();
        assert_eq!(told, expected, "{line}");
    }

    #[test]
    fn each_part_is_found_in_the_sentence() {
        check(
            "Ana | meets | Bo | in Ghent, by Cy",
            &[("Ana", "Ana"), ("Bo", "Bo"), ("Ghent", "Ghent"), ("Cy", "Cy")],
            &[
                (Part::Subject, "Ana"),
                (Part::Predicate, "meets"),
                (Part::Object, "Bo"),
                (Part::Circumstance, "Ghent"),
                (Part::Speaker, "Cy"),
            ],
        );
    }

    #[test]
    fn the_clause_tells_which_mention_is_meant() {
        let mut record = record("a", &["Ana | blames | Bo"]);
        record.text = "Ana, on her way home, blames Bo.".to_string();
        let mention = |start, end| Mention { entity: 0, start, end, form: Form::Name, metonym: false };
        record.mentions = vec![mention(0, 3), mention(8, 11)];
        record.relations[0].evidence = Span::new(0, record.text.len());
        let subject = |record: &Record| marks(record, &record.relations[0])[0].span().of(&record.text).to_string();
        assert_eq!(subject(&record), "her");
        record.propositions = vec![
            serde_json::from_value(serde_json::json!({
                "sentence": 0, "confidence": 1.0, "polarity": "affirmed", "modality": "asserted", "attribution": null,
                "predicate": { "text": "blames", "start": 22, "end": 28 },
                "subject": { "text": "Ana", "start": 0, "end": 3 },
                "arguments": [],
            }))
            .unwrap(),
        ];
        assert_eq!(subject(&record), "Ana");
    }

    #[test]
    fn what_is_not_there_has_no_mark() {
        check("Ana | meets | Bo", &[("Ana", "Ana")], &[(Part::Subject, "Ana"), (Part::Predicate, "meets")]);
    }

    #[test]
    fn damaged_offsets_are_passed_over() {
        let mut record = record("é", &["Ana | meets | Bo"]);
        record.mentions.push(Mention { entity: 0, start: 1, end: 900, form: Form::Name, metonym: false });
        record.mentions.push(Mention { entity: 0, start: 9, end: 2, form: Form::Name, metonym: false });
        assert_eq!(marks(&record, &record.relations[0]).len(), 1);
        record.relations[0].evidence = Span { start: 1, end: 3 };
        assert_eq!(marks(&record, &record.relations[0]), []);
    }
}
