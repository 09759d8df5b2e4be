//! CAMEO and PLOVER: a table of events, a row each, as event-data tools read it.
//!
//! "Guyana accused Venezuela of planning …" is `2023-12-15 … Guyana GUY … Venezuela VEN ACCUSE … 112 11 … 3 -2 …`. States of
//! affairs are no events and not in it. What is denied or planned has a row, and columns that say so.

use std::io::{self, Write};

use itertools::Itertools;

use super::Format;
use super::columns::word;
use super::escape::plain_line;
use super::events::{actor, codes, days};
use crate::graph::{Edge, Node, View};
use crate::record::Event;

pub const FORMAT: Format = Format {
    name: "cameo",
    extensions: &["events.tsv", "tsv"],
    media_type: "text/tab-separated-values",
    about: "a table of events with CAMEO and PLOVER codes, tab-separated",
    is_picture: false,
    write,
    read: None,
    parts: &[],
};

const COLUMNS: [&str; 31] = [
    "event_id",
    "event_date",
    "last_date",
    "date_is_articles",
    "source_name",
    "source_code",
    "source_kind",
    "source_wikidata",
    "target_name",
    "target_code",
    "target_kind",
    "target_wikidata",
    "plover",
    "mode",
    "contexts",
    "cameo",
    "cameo_root",
    "quad_class",
    "score",
    "type",
    "polarity",
    "modality",
    "speaker",
    "confidence",
    "place",
    "place_country",
    "lat",
    "lon",
    "article",
    "url",
    "evidence",
];

fn write(view: &View, output: &mut (dyn Write + Send)) -> io::Result<()> {
    writeln!(output, "{}", COLUMNS.join("\t"))?;
    let labels = view.graph().labels();
    for edge in view.edges() {
        let Some(event) = &edge.statement.event else { continue };
        let row = row(view, edge, event, &labels[&edge.statement.article.key]);
        writeln!(output, "{}", row.iter().map(|cell| plain_line(cell)).join("\t"))?;
    }
    Ok(())
}

fn row(view: &View, Edge { from, to, statement }: Edge, event: &Event, article: &str) -> [String; COLUMNS.len()] {
    let period = statement.period_or_article_date();
    let [first_day, last_day] = days(period);
    let place = statement.places().next();
    let place_node = place.and_then(|place| place.node.as_ref()).and_then(|key| view.graph().node(key));
    let degrees = |degrees: Option<f64>| degrees.map_or(String::new(), |degrees| degrees.to_string());
    let text = |text: Option<&String>| text.cloned().unwrap_or_default();
    let [plover, mode, contexts, cameo, cameo_root, quad_class, score] = codes(event);
    let code = |node: &Node| actor(node.refs.get("iso3166").or(node.country.as_ref()).cloned(), node.kind);
    [
        format!("{article}/{}", statement.relation),
        first_day,
        last_day,
        (period.is_some() && statement.period().is_none()).to_string(),
        from.name.clone(),
        code(from),
        from.kind.name().to_string(),
        text(from.refs.get("wikidata")),
        to.name.clone(),
        code(to),
        to.kind.name().to_string(),
        text(to.refs.get("wikidata")),
        plover,
        mode,
        contexts,
        cameo,
        cameo_root,
        quad_class,
        score,
        statement.relation_type.to_string(),
        word(&statement.polarity),
        word(&statement.modality),
        statement.attribution.as_ref().map_or(String::new(), |speaker| speaker.phrase()),
        statement.confidence.to_string(),
        place.map_or(String::new(), |place| place.text.to_string()),
        place_node.and_then(|node| node.country.clone()).unwrap_or_default(),
        degrees(place_node.and_then(|node| node.lat)),
        degrees(place_node.and_then(|node| node.lon)),
        article.to_string(),
        text(statement.article.url.as_ref()),
        statement.evidence.to_string(),
    ]
}
