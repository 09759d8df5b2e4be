//! Records for tests, a statement a line: `Putin | meets | Xi | not, planned, by Kyiv, in Samarkand, on 2022-09-15`.

use std::collections::BTreeMap;

use super::{Filter, Graph, View};
use crate::record::{
    Attribution, Coverage, Entity, Kind, Modality, Object, Polarity, Qualifier, QualifierValue, Record, Relation,
    Validity,
};
use crate::span::Span;

/// Names are persons unless they end in their kind: `Russia:country`. Types in capitals have no direction.
pub fn record(id: &str, lines: &[&str]) -> Record {
    let mut record = Record {
        id: id.to_string(),
        text: format!("{id}: {}", lines.join(". ")),
        coverage: Coverage::default(),
        ..Record::default()
    };
    for line in lines {
        let parts: Vec<&str> = line.split('|').map(str::trim).collect();
        let [subject, relation_type, object, rest @ ..] = parts.as_slice() else {
            entity(&mut record, line.trim());
            continue;
        };
        let (subject, object) = (entity(&mut record, subject), entity(&mut record, object));
        let start = record.text.find(line).unwrap();
        let mut relation = Relation {
            id: record.relations.len() as u32,
            sentence: 0,
            confidence: 0.9,
            relation_type: relation_type.to_lowercase(),
            subject,
            object: Object::Entity(object),
            predicate: relation_type.to_string(),
            symmetric: relation_type.chars().all(char::is_uppercase),
            event: None,
            event_id: None,
            polarity: Polarity::Affirmed,
            modality: Modality::Asserted,
            attribution: None,
            valid: Validity::default(),
            historical: false,
            derived: false,
            premises: Vec::new(),
            why: String::new(),
            qualifiers: Vec::new(),
            evidence: Span::new(start, start + line.len()),
        };
        for option in rest.iter().flat_map(|options| options.split(',')).map(str::trim) {
            apply(option, &mut relation, &mut record);
        }
        record.relations.push(relation);
    }
    record
}

fn apply(option: &str, relation: &mut Relation, record: &mut Record) {
    let qualifier = |role: &str, entity: Option<u32>, value: Option<&str>| Qualifier {
        role: role.to_string(),
        entity,
        text: value.map(str::to_string),
        value: value.map(|value| QualifierValue::Text(value.to_string())),
        unit: None,
        bound: None,
        start: None,
        end: None,
    };
    match option.split_once(' ').unwrap_or((option, "")) {
        ("not", _) => relation.polarity = Polarity::Negated,
        ("planned", _) => relation.modality = Modality::Planned,
        ("derived", _) => relation.derived = true,
        ("sure", number) => relation.confidence = number.parse().unwrap(),
        ("by", name) => {
            let entity = Some(entity(record, name));
            relation.attribution = Some(Attribution { entity, text: name.to_string(), chain: Vec::new() });
        }
        ("in", name) => {
            let place = entity(record, name);
            relation.qualifiers.push(qualifier("place", Some(place), None));
        }
        ("on", date) => relation.qualifiers.push(qualifier("time", None, Some(date))),
        (other, _) => panic!("no option `{other}`"),
    }
}

fn entity(record: &mut Record, name: &str) -> u32 {
    let (name, kind) = name.split_once(':').unwrap_or((name, "person"));
    if let Some(known) = record.entities.iter().find(|entity| entity.name == name) {
        return known.id;
    }
    let id = record.entities.len() as u32;
    record.entities.push(Entity {
        id,
        name: name.to_string(),
        kind: Kind::ALL.into_iter().find(|known| known.name() == kind).unwrap(),
        refs: BTreeMap::new(),
        aliases: Vec::new(),
        country: None,
        lat: None,
        lon: None,
        background: false,
    });
    id
}

/// `subject type object` of every statement in view, in order.
pub fn told(graph: &Graph, filter: &Filter) -> Vec<String> {
    let view = View::new(graph, filter);
    view.edges().map(|edge| format!("{} {} {}", edge.from.name, edge.statement.relation_type, edge.to.name)).collect()
}
