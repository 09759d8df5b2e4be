//! The graph as RDF resources, which Turtle and JSON-LD write down.
//!
//! "Venezuela claims Essequibo" is the triple `wd:Q717 geopol:claims_territory wd:Q193620` where the article tells it as a
//! fact, and in any case an `rdf:Statement` about that triple, with its evidence, its time and who says so. What is denied,
//! planned or only claimed is never a triple by itself. A fact of a symmetric type is a triple either way.

use std::collections::BTreeMap;

use super::columns::word;
use super::style::Standing;
use crate::graph::{ArticleKey, Circumstance, Edge, Node, NodeKey, Provenance, Saving, Speaker, View};
use crate::knowledge::names::capitalized;
use crate::record::QualifierValue;

/// Namespaces with their prefixes.
pub(super) const PREFIXES: [(&str, &str); 8] = [
    ("dct", "http://purl.org/dc/terms/"),
    ("geo", "http://www.w3.org/2003/01/geo/wgs84_pos#"),
    ("geopol", "urn:geopol:vocabulary:"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("wd", "http://www.wikidata.org/entity/"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

/// A name on the web, in full.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Iri(pub String);

/// What a property says.
pub(super) enum Term {
    Iri(Iri),
    Text(String),
    /// A text of a datatype.
    Typed(String, Iri),
    /// A thing without a name of its own.
    Blank(Properties),
}

/// Property and value, in order; one property may stand several times.
#[derive(Default)]
pub(super) struct Properties(pub Vec<(Iri, Term)>);

pub(super) struct Resource {
    pub iri: Iri,
    pub properties: Properties,
}

impl Iri {
    /// `rdf:type` written out.
    pub fn of(short: &str) -> Iri {
        let (prefix, local) = short.split_once(':').expect("a prefix and a name");
        let (_, space) = PREFIXES.iter().find(|(known, _)| *known == prefix).expect("a prefix of the table");
        Iri(format!("{space}{local}"))
    }

    /// A word of geopol's own, whatever its letters.
    fn own(word: &str) -> Iri {
        Iri(format!("urn:geopol:vocabulary:{}", percent(word)))
    }

    pub fn node(key: &NodeKey) -> Iri {
        let wikidata = key.0.strip_prefix("wikidata:").filter(|id| is_wikidata(id));
        wikidata
            .map_or_else(|| Iri(format!("urn:geopol:entity:{}", percent(&key.0))), |id| Iri::of(&format!("wd:{id}")))
    }

    /// The digest takes part, so that the statements of many files can be put together.
    fn article(key: &ArticleKey) -> Iri {
        Iri(format!("urn:geopol:article:{}:{}", key.digest, percent(&key.id)))
    }

    pub fn statement(key: &ArticleKey, relation: u32) -> Iri {
        Iri(format!("urn:geopol:statement:{}:{}:{relation}", key.digest, percent(&key.id)))
    }

    /// `rdf:type`, where prefix and name are so plain that every syntax takes them.
    pub fn short(&self) -> Option<String> {
        PREFIXES.iter().find_map(|(prefix, space)| {
            let local = self.0.strip_prefix(space)?;
            let is_plain = local.starts_with(|c: char| c.is_ascii_alphabetic())
                && local.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
            is_plain.then(|| format!("{prefix}:{local}"))
        })
    }
}

impl Properties {
    fn add(&mut self, property: &str, term: Term) -> &mut Self {
        self.0.push((Iri::of(property), term));
        self
    }

    fn link(&mut self, property: &str, to: Iri) -> &mut Self {
        self.add(property, Term::Iri(to))
    }

    fn text(&mut self, property: &str, text: impl ToString) -> &mut Self {
        self.add(property, Term::Text(text.to_string()))
    }

    fn some(&mut self, property: &str, text: Option<&String>) -> &mut Self {
        if let Some(text) = text {
            self.text(property, text);
        }
        self
    }

    fn typed(&mut self, property: &str, value: impl ToString, datatype: &str) -> &mut Self {
        self.add(property, Term::Typed(value.to_string(), Iri::of(datatype)))
    }

    /// A number as XML Schema spells it; Rust writes no exponents, so it is a decimal.
    fn number(&mut self, property: &str, number: f64) -> &mut Self {
        if number.is_finite() { self.typed(property, number, "xsd:decimal") } else { self }
    }

    fn date(&mut self, property: &str, iso: &str) -> &mut Self {
        self.add(property, date(iso))
    }
}

/// All of a view: articles, nodes with the triples of which they are the subject, statements.
pub(super) fn resources(view: &View) -> Vec<Resource> {
    let in_view = view.articles();
    let articles = view.graph().articles().filter(|article| in_view.contains(&article.key)).map(article);
    let mut facts: BTreeMap<&NodeKey, Vec<(Iri, Iri)>> = BTreeMap::new();
    for edge in view.edges().filter(|edge| Standing::of(edge.statement) == Standing::Fact && !edge.statement.historical)
    {
        let ways = [(edge.from, edge.to), (edge.to, edge.from)];
        for (from, to) in ways.into_iter().take(if edge.statement.symmetric { 2 } else { 1 }) {
            let facts = facts.entry(&from.key).or_default();
            let fact = (Iri::own(&edge.statement.relation_type), Iri::node(&to.key));
            if !facts.contains(&fact) {
                facts.push(fact);
            }
        }
    }
    let nodes = view.nodes().map(|node| {
        let mut resource = self::node(node);
        let facts = facts.remove(&node.key).unwrap_or_default().into_iter();
        resource.properties.0.extend(facts.map(|(property, object)| (property, Term::Iri(object))));
        resource
    });
    let nodes: Vec<Resource> = nodes.collect();
    // The days are worked out where graphs are saved.
    let saving = Saving::new(view);
    let statements = view
        .edges()
        .zip(saving.edges())
        .map(|(edge, saved)| statement(edge, saved.first_day.as_deref(), saved.last_day.as_deref()));
    articles.chain(nodes).chain(statements).collect()
}

fn article(article: &Provenance) -> Resource {
    let mut properties = Properties::default();
    properties.link("rdf:type", Iri::of("geopol:Article")).text("dct:identifier", &article.key.id);
    properties.some("dct:title", article.title.as_ref());
    if let Some(day) = &article.date {
        properties.date("dct:date", day);
    }
    properties.some("dct:publisher", article.source.as_ref()).some("dct:source", article.url.as_ref());
    Resource { iri: Iri::article(&article.key), properties }
}

fn node(node: &Node) -> Resource {
    let mut properties = Properties::default();
    if let Some(value) = &node.value {
        properties.link("rdf:type", Iri::of("geopol:Value")).text("rdfs:label", &node.name);
        properties.number("rdf:value", value.value).text("geopol:unit", &value.unit);
        if let Some(bound) = value.bound {
            properties.text("geopol:bound", word(&bound));
        }
        return Resource { iri: Iri::node(&node.key), properties };
    }
    let class = node.kind.name().split('_').map(capitalized).collect::<String>();
    properties.link("rdf:type", Iri::of("geopol:Entity")).link("rdf:type", Iri::of(&format!("geopol:{class}")));
    properties.text("rdfs:label", &node.name);
    for alias in &node.aliases {
        properties.text("skos:altLabel", alias);
    }
    for (scheme, id) in &node.refs {
        properties.0.push((Iri::own(scheme), Term::Text(id.clone())));
    }
    properties.some("geopol:country", node.country.as_ref());
    if let (Some(lat), Some(lon)) = (node.lat, node.lon) {
        properties.number("geo:lat", lat).number("geo:long", lon);
    }
    properties.typed("geopol:mentions", node.mentions(), "xsd:integer");
    for reason in node.merged() {
        properties.text("geopol:merged", reason);
    }
    Resource { iri: Iri::node(&node.key), properties }
}

fn statement(edge: Edge, first_day: Option<&str>, last_day: Option<&str>) -> Resource {
    let Edge { from, to, statement } = edge;
    let article = &statement.article.key;
    let mut properties = Properties::default();
    properties.link("rdf:type", Iri::of("rdf:Statement")).link("rdf:subject", Iri::node(&from.key));
    properties.link("rdf:predicate", Iri::own(&statement.relation_type)).link("rdf:object", Iri::node(&to.key));
    properties.text("geopol:polarity", word(&statement.polarity)).text("geopol:modality", word(&statement.modality));
    properties.number("geopol:confidence", statement.confidence);
    if let Some(speaker) = &statement.attribution {
        properties.add("geopol:attribution", Term::Blank(attribution(speaker)));
    }
    for (property, day) in [("geopol:firstDay", first_day), ("geopol:lastDay", last_day)] {
        if let Some(day) = day {
            properties.date(property, day);
        }
    }
    for (property, day) in [("geopol:validFrom", &statement.valid.from), ("geopol:validTo", &statement.valid.to)] {
        if let Some(day) = day {
            properties.date(property, day);
        }
    }
    properties.typed("geopol:historical", statement.historical, "xsd:boolean");
    properties.typed("geopol:derived", statement.derived, "xsd:boolean");
    if let Some(event) = &statement.event {
        properties.some("geopol:plover", event.plover.as_ref()).some("geopol:mode", event.mode.as_ref());
        properties.some("geopol:cameo", event.cameo.as_ref());
        if let Some(quad) = event.quad {
            properties.text("geopol:quad", word(&quad));
        }
        properties.number("geopol:score", event.score.unwrap_or(f64::NAN));
        for context in &event.contexts {
            properties.text("geopol:context", context);
        }
    }
    if let Some(id) = statement.event_id {
        properties.typed("geopol:eventId", id, "xsd:integer");
    }
    for circumstance in &statement.circumstances {
        properties.add("geopol:circumstance", Term::Blank(self::circumstance(circumstance)));
    }
    properties.text("geopol:words", &statement.predicate).text("geopol:evidence", &statement.evidence);
    properties.link("dct:source", Iri::article(article));
    properties.typed("geopol:start", statement.span.start, "xsd:integer");
    properties.typed("geopol:end", statement.span.end, "xsd:integer").text("geopol:why", &statement.why);
    for &premise in &statement.premises {
        properties.link("geopol:premise", Iri::statement(article, premise));
    }
    Resource { iri: Iri::statement(article, statement.relation), properties }
}

/// Speakers from the innermost out, each according to the next.
fn attribution(speaker: &Speaker) -> Properties {
    let mut properties = Properties::default();
    properties.text("rdfs:label", &speaker.name);
    if let Some(key) = &speaker.node {
        properties.link("geopol:speaker", Iri::node(key));
    }
    for outer in &speaker.chain {
        properties.add("geopol:accordingTo", Term::Blank(attribution(outer)));
    }
    properties
}

fn circumstance(circumstance: &Circumstance) -> Properties {
    let mut properties = Properties::default();
    properties.text("geopol:role", &circumstance.role).text("rdfs:label", &circumstance.text);
    if let Some(key) = &circumstance.node {
        properties.link("geopol:entity", Iri::node(key));
    }
    match &circumstance.value {
        Some(QualifierValue::Number(number)) => _ = properties.number("rdf:value", *number),
        Some(QualifierValue::Text(text)) => _ = properties.date("rdf:value", text),
        None => {}
    }
    if let Some(unit) = &circumstance.unit {
        properties.text("geopol:unit", unit);
    }
    if let Some(bound) = circumstance.bound {
        properties.text("geopol:bound", word(&bound));
    }
    properties
}

/// A day, a month or a year as such; a week, an interval or what is no date as text.
fn date(iso: &str) -> Term {
    let is_period = crate::graph::Period::parse(iso).is_some();
    let shape: String = iso.chars().map(|letter| if letter.is_ascii_digit() { '9' } else { letter }).collect();
    let datatype = match shape.as_str() {
        "9999-99-99" if is_period => "xsd:date",
        "9999-99" if is_period => "xsd:gYearMonth",
        "9999" if is_period && iso != "0000" => "xsd:gYear",
        _ => return Term::Text(iso.to_string()),
    };
    Term::Typed(iso.to_string(), Iri::of(datatype))
}

fn is_wikidata(id: &str) -> bool {
    id.strip_prefix('Q').is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Percent signs for all but the plainest letters.
fn percent(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'-' | b'.' | b'_' | b'~' | b':' => escaped.push(byte as char),
            _ if byte.is_ascii_alphanumeric() => escaped.push(byte as char),
            _ => escaped += &format!("%{byte:02X}"),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_addresses() {
        assert_eq!(Iri::node(&NodeKey("wikidata:Q148".into())).short().as_deref(), Some("wd:Q148"));
        assert_eq!(Iri::node(&NodeKey("wikidata:Q1> .".into())).0, "urn:geopol:entity:wikidata:Q1%3E%20.");
        assert_eq!(Iri::own("meets").short().as_deref(), Some("geopol:meets"));
        assert_eq!(Iri::own("a> b").short(), None);
    }

    #[test]
    fn dates_have_the_type_of_their_shape() {
        let datatype = |iso| match date(iso) {
            Term::Typed(_, Iri(iri)) => iri.rsplit_once('#').unwrap().1.to_string(),
            _ => "text".to_string(),
        };
        let found = ["2022-09-15", "2022-09", "2022", "2022-W37", "2022-13", "2022-02-30"].map(datatype);
        assert_eq!(found, ["date", "gYearMonth", "gYear", "text", "text", "text"]);
    }
}
