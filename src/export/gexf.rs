//! GEXF 1.3: the graph with its times, for Gephi's timeline.
//!
//! `<edge source="wikidata:Q7747" target="wikidata:Q15031" label="meets" start="2022-09-15" end="2022-09-15">`. An event
//! without a day of its own has its article's; a state of affairs that is not said to have begun or ended holds always.

use std::io::{self, Write};

use jiff::civil::Date;

use super::Format;
use super::columns::word;
use super::escape::xml_data;
use super::style;
use crate::graph::{Edge, Node, Statement, View, summary};
use crate::record::Polarity;

pub const FORMAT: Format = Format {
    name: "gexf",
    extensions: &["gexf"],
    media_type: "application/gexf+xml",
    about: "XML for Gephi, with times, colours and sizes",
    is_picture: false,
    write,
    read: None,
    parts: &[],
};

/// Title and type of what is said of a node or an edge.
type Attributes = &'static [(&'static str, &'static str)];

const NODE: Attributes = &[
    ("kind", "string"),
    ("wikidata", "string"),
    ("country", "string"),
    ("lat", "double"),
    ("lon", "double"),
    ("mentions", "integer"),
    ("aliases", "string"),
    ("merged", "string"),
];

const EDGE: Attributes = &[
    ("type", "string"),
    ("symmetric", "boolean"),
    ("polarity", "string"),
    ("modality", "string"),
    ("quad", "string"),
    ("plover", "string"),
    ("score", "double"),
    ("confidence", "double"),
    ("speaker", "string"),
    ("place", "string"),
    ("article", "string"),
    ("article_date", "string"),
    ("url", "string"),
    ("evidence", "string"),
];

fn write(view: &View, output: &mut (dyn Write + Send)) -> io::Result<()> {
    let spaces = "xmlns=\"http://gexf.net/1.3\" xmlns:viz=\"http://gexf.net/1.3/viz\"";
    writeln!(output, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gexf {spaces} version=\"1.3\">")?;
    let about = xml_data(&summary(view));
    writeln!(output, "<meta><creator>geopol</creator><description>{about}</description></meta>")?;
    writeln!(
        output,
        "<graph mode=\"dynamic\" defaultedgetype=\"directed\" idtype=\"string\" timeformat=\"date\" timerepresentation=\"interval\">"
    )?;
    for (class, attributes) in [("node", NODE), ("edge", EDGE)] {
        writeln!(output, "<attributes class=\"{class}\" mode=\"static\">")?;
        for (title, holds) in attributes {
            writeln!(output, "<attribute id=\"{title}\" title=\"{title}\" type=\"{holds}\"/>")?;
        }
        writeln!(output, "</attributes>")?;
    }
    writeln!(output, "<nodes>")?;
    for node in view.nodes() {
        writeln!(output, "{}", draw_node(node))?;
    }
    writeln!(output, "</nodes>\n<edges>")?;
    let labels = view.graph().labels();
    for edge in view.edges() {
        writeln!(output, "{}", draw_edge(edge, &labels[&edge.statement.article.key]))?;
    }
    writeln!(output, "</edges>\n</graph>\n</gexf>")
}

fn draw_node(node: &Node) -> String {
    let values = [
        Some(if node.is_value() { "value" } else { node.kind.name() }.to_string()),
        node.refs.get("wikidata").cloned(),
        node.country.clone(),
        node.lat.map(|lat| lat.to_string()),
        node.lon.map(|lon| lon.to_string()),
        Some(node.mentions().min(i32::MAX as u32).to_string()),
        Some(node.aliases.join("; ")).filter(|aliases| !aliases.is_empty()),
        Some(node.merged().join("; ")).filter(|reasons| !reasons.is_empty()),
    ];
    // Something mentioned a hundred times is three times as wide as what is mentioned once.
    let size = 10.0 * (1.0 + f64::from(node.mentions().max(1)).log10());
    format!(
        "<node id=\"{}\" label=\"{}\">{}<viz:color {}/><viz:size value=\"{size:.1}\"/></node>",
        xml_data(&node.key.0),
        xml_data(&node.name),
        attributes(NODE, &values),
        color(style::of_kind(node.kind).fill),
    )
}

fn draw_edge(Edge { from, to, statement }: Edge, article: &str) -> String {
    let event = statement.event.as_ref();
    let place = statement.places().next().map(|place| place.text.to_string());
    let values = [
        Some(statement.relation_type.to_string()),
        Some(statement.symmetric.to_string()),
        Some(word(&statement.polarity)),
        Some(word(&statement.modality)),
        statement.quad().map(|quad| word(&quad)),
        event.and_then(|event| event.plover.clone()),
        event.and_then(|event| event.score).map(|score| score.to_string()),
        Some(statement.confidence.to_string()),
        statement.attribution.as_ref().map(|speaker| speaker.phrase()),
        place,
        Some(article.to_string()),
        statement.article.date.clone(),
        statement.article.url.clone(),
        Some(statement.evidence.to_string()),
    ];
    let is_denied = statement.polarity == Polarity::Negated;
    let line = if is_denied { style::DENIED } else { style::of_quad(statement.quad()) };
    format!(
        "<edge id=\"{}\" source=\"{}\" target=\"{}\" label=\"{}\"{}>{}<viz:color {}/></edge>",
        xml_data(&format!("{article}/{}", statement.relation)),
        xml_data(&from.key.0),
        xml_data(&to.key.0),
        xml_data(&statement.relation_type.replace('_', " ")),
        time(statement),
        attributes(EDGE, &values),
        color(line),
    )
}

fn attributes(attributes: Attributes, values: &[Option<String>]) -> String {
    let values = attributes.iter().zip(values).filter_map(|((title, _), value)| Some((title, value.as_ref()?)));
    let values = values.map(|(title, value)| format!("<attvalue for=\"{title}\" value=\"{}\"/>", xml_data(value)));
    format!("<attvalues>{}</attvalues>", values.collect::<String>())
}

/// The first and the last day, as attributes.
fn time(statement: &Statement) -> String {
    let period = if statement.event.is_some() { statement.period_or_article_date() } else { statement.period() };
    let Some(period) = period else { return String::new() };
    let end = |name: &str, day: Date, open: Date| match day {
        _ if day == open => String::new(),
        _ => format!(" {name}=\"{day}\""),
    };
    end("start", period.first, Date::MIN) + &end("end", period.last, Date::MAX)
}

/// `#23395b` as GEXF has it.
fn color(hex: &str) -> String {
    let part = |at: usize| hex.get(at..at + 2).and_then(|part| u8::from_str_radix(part, 16).ok()).unwrap_or(0);
    format!("r=\"{}\" g=\"{}\" b=\"{}\"", part(1), part(3), part(5))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_three_numbers() {
        assert_eq!(color("#23395b"), "r=\"35\" g=\"57\" b=\"91\"");
    }
}
