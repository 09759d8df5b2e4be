//! GeoJSON: what of the graph is on the map.
//!
//! An entity with coordinates is a point. A statement is a point where it happened, else a line between its two ends; one of
//! which neither is known is not in the file, and `left_out` counts those.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::Format;
use crate::graph::{Edge, Node, View};

pub const FORMAT: Format = Format {
    name: "geojson",
    extensions: &["geojson"],
    media_type: "application/geo+json",
    about: "a map: entities with coordinates, and what happened where",
    is_picture: false,
    write,
    read: None,
    parts: &[],
};

fn write(view: &View, output: &mut (dyn Write + Send)) -> io::Result<()> {
    let mut features = Vec::new();
    for node in view.nodes() {
        if let Some(position) = position(node) {
            features.push(feature(json!({ "type": "Point", "coordinates": position }), entity(node)));
        }
    }
    let points = features.len();
    let labels = view.graph().labels();
    for edge in view.edges() {
        if let Some(geometry) = geometry(view, edge) {
            features.push(feature(geometry, statement(edge, &labels[&edge.statement.article.key])));
        }
    }
    let left_out = json!({ "entities": view.nodes().len() - points, "statements": view.edges().len() - (features.len() - points) });
    write!(output, "{{\"type\": \"FeatureCollection\", \"left_out\": {left_out},\n\"features\": [")?;
    for (position, feature) in features.iter().enumerate() {
        write!(output, "{}{feature}", if position == 0 { "\n" } else { ",\n" })?;
    }
    writeln!(output, "]}}")
}

fn feature(geometry: Value, properties: Value) -> Value {
    json!({ "type": "Feature", "geometry": geometry, "properties": properties })
}

/// Where it happened; for want of that, from whom to whom.
fn geometry(view: &View, Edge { from, to, statement }: Edge) -> Option<Value> {
    let places = statement.places().filter_map(|place| view.graph().node(place.node.as_ref()?));
    if let Some(place) = places.filter_map(position).next() {
        return Some(json!({ "type": "Point", "coordinates": place }));
    }
    let ends = [position(from)?, position(to)?];
    Some(json!({ "type": "LineString", "coordinates": ends }))
}

/// Longitude first; nothing outside the world.
fn position(node: &Node) -> Option<[f64; 2]> {
    let (lat, lon) = node.lat.zip(node.lon)?;
    ((-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon)).then_some([lon, lat])
}

fn entity(node: &Node) -> Value {
    json!({
        "feature": "entity",
        "id": node.key,
        "name": node.name,
        "kind": node.kind,
        "country": node.country,
        "wikidata": node.refs.get("wikidata"),
        "mentions": node.mentions(),
    })
}

fn statement(Edge { from, to, statement }: Edge, article: &str) -> Value {
    json!({
        "feature": "statement",
        "id": format!("{article}/{}", statement.relation),
        "subject": from.name,
        "type": statement.relation_type,
        "object": to.name,
        "quad": statement.quad(),
        "polarity": statement.polarity,
        "modality": statement.modality,
        "speaker": statement.attribution.as_ref().map(|speaker| speaker.phrase()),
        "when": statement.period().map(|period| period.phrase()),
        "place": statement.places().next().map(|place| &place.text),
        "evidence": statement.evidence,
        "article": article,
        "url": statement.article.url,
    })
}
