//! JSON-LD: the same RDF as Turtle, for programs that read JSON.
//!
//! `{"@id": "wd:Q717", "@type": ["geopol:Entity", "geopol:Country"], "rdfs:label": "Venezuela", …}`, one resource a line.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::Format;
use super::rdf::{Iri, PREFIXES, Properties, Term, resources};
use crate::graph::View;

pub const FORMAT: Format = Format {
    name: "jsonld",
    extensions: &["jsonld"],
    media_type: "application/ld+json",
    about: "the same RDF as JSON",
    is_picture: false,
    write,
    read: None,
    parts: &[],
};

fn write(view: &View, output: &mut (dyn Write + Send)) -> io::Result<()> {
    let context: Map<String, Value> =
        PREFIXES.iter().map(|(prefix, space)| (prefix.to_string(), json!(space))).collect();
    write!(output, "{{\"@context\": {},\n\"@graph\": [", Value::Object(context))?;
    for (position, resource) in resources(view).into_iter().enumerate() {
        let mut item = Map::from_iter([("@id".to_string(), json!(name(&resource.iri)))]);
        item.extend(properties(&resource.properties));
        write!(output, "{}{}", if position == 0 { "\n" } else { ",\n" }, Value::Object(item))?;
    }
    writeln!(output, "]}}")
}

fn properties(properties: &Properties) -> Map<String, Value> {
    let mut item = Map::new();
    for (property, value) in &properties.0 {
        let (property, value) = match (name(property), value) {
            (property, Term::Iri(iri)) if property == "rdf:type" => ("@type".to_string(), json!(name(iri))),
            (property, value) => (property, term(value)),
        };
        match item.get_mut(&property) {
            None => _ = item.insert(property, value),
            Some(Value::Array(values)) => values.push(value),
            Some(one) => *one = json!([one.take(), value]),
        }
    }
    item
}

fn term(term: &Term) -> Value {
    match term {
        Term::Iri(iri) => json!({ "@id": name(iri) }),
        Term::Text(text) => json!(text),
        Term::Typed(text, datatype) => json!({ "@value": text, "@type": name(datatype) }),
        Term::Blank(inner) => Value::Object(properties(inner)),
    }
}

fn name(iri: &Iri) -> String {
    iri.short().unwrap_or_else(|| iri.0.clone())
}
