//! Turtle: RDF for people and triple stores.
//!
//! `wd:Q717 a geopol:Entity, geopol:Country; rdfs:label "Venezuela"; geopol:claims_territory wd:Q193620.` and a statement
//! with evidence for each such triple; see `rdf`.

use std::io::{self, Write};

use itertools::Itertools;

use super::Format;
use super::rdf::{Iri, PREFIXES, Properties, Term, resources};
use crate::graph::View;

pub const FORMAT: Format = Format {
    name: "turtle",
    extensions: &["ttl"],
    media_type: "text/turtle",
    about: "RDF: triples, and statements with their evidence; Wikidata's ids",
    is_picture: false,
    write,
    read: None,
    parts: &[],
};

fn write(view: &View, output: &mut (dyn Write + Send)) -> io::Result<()> {
    for (prefix, space) in PREFIXES {
        writeln!(output, "@prefix {prefix}: <{space}> .")?;
    }
    for resource in resources(view) {
        writeln!(output, "\n{} {} .", name(&resource.iri), properties(&resource.properties, 1))?;
    }
    Ok(())
}

/// One property a line; several values of one stand together.
fn properties(properties: &Properties, depth: usize) -> String {
    let groups = properties.0.iter().chunk_by(|(property, _)| property);
    let lines = groups.into_iter().map(|(property, values)| {
        let property = name(property);
        let property = if property == "rdf:type" { "a" } else { &property };
        format!("{property} {}", values.map(|(_, value)| term(value, depth)).join(", "))
    });
    lines.collect_vec().join(&format!(" ;\n{}", "  ".repeat(depth)))
}

fn term(term: &Term, depth: usize) -> String {
    match term {
        Term::Iri(iri) => name(iri),
        Term::Text(text) => quoted(text),
        Term::Typed(text, datatype) => format!("{}^^{}", quoted(text), name(datatype)),
        Term::Blank(inner) => format!("[ {} ]", properties(inner, depth + 1)),
    }
}

fn name(iri: &Iri) -> String {
    iri.short().unwrap_or_else(|| format!("<{}>", iri.0))
}

fn quoted(text: &str) -> String {
    super::escape::quoted(text, '"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_stay_inside_their_quotes() {
        assert_eq!(quoted("a\"b\\\n\0 é\u{202e}"), "\"a\\\"b\\\\\\n\\u0000 é\\u202E\"");
    }
}
