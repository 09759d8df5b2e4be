//! The scene: a view as the page wants it, with places for its nodes, and offsets as browsers count them.
//!
//! Nodes and articles go by their number, so that a large graph stays small: `{"from":0,"to":3,"type":"meets","article":0,…}`.

use std::collections::HashMap;
use std::sync::Arc;

use itertools::Itertools;
use serde::Serialize;

use super::super::escape::web_address;
use super::super::layout::{Point, Spread, place};
use super::super::legend::Legend;
use super::super::letters;
use super::super::picture::{Look, shortened};
use super::super::style::{self, Standing};
use crate::graph::{ArticleKey, Edge, Mark, Node, NodeKey, Provenance, Speaker, Statement, View};
use crate::record::{Event, Kind, Modality, Polarity, Quad, Validity};

/// A view as data for the page.
#[derive(Serialize)]
pub struct Scene<'g> {
    title: Option<&'g str>,
    summary: String,
    style: Style,
    articles: Vec<SceneArticle<'g>>,
    nodes: Vec<SceneNode<'g>>,
    statements: Vec<SceneStatement<'g>>,
    /// What the whole graph holds, of which this may be a part.
    total: Total,
}

#[derive(Serialize)]
struct Total {
    nodes: usize,
    statements: usize,
}

#[derive(Serialize)]
struct Style {
    kinds: Vec<KindStyle>,
    quads: Vec<QuadStyle>,
    standings: Vec<StandingStyle>,
    denied: &'static str,
    cross: &'static str,
}

#[derive(Serialize)]
struct KindStyle {
    name: Kind,
    about: &'static str,
    shape: &'static str,
    fill: &'static str,
    border: &'static str,
    text: &'static str,
}

#[derive(Serialize)]
struct QuadStyle {
    name: Option<Quad>,
    about: &'static str,
    color: &'static str,
}

#[derive(Serialize)]
struct StandingStyle {
    name: &'static str,
    about: &'static str,
}

#[derive(Serialize)]
struct SceneArticle<'g> {
    id: String,
    title: Option<&'g str>,
    date: Option<&'g str>,
    source: Option<&'g str>,
    url: Option<&'g str>,
    text: Option<&'g str>,
}

#[derive(Serialize)]
struct SceneNode<'g> {
    key: &'g NodeKey,
    name: &'g str,
    kind: Kind,
    is_value: bool,
    aliases: &'g [String],
    refs: &'g std::collections::BTreeMap<String, String>,
    country: Option<&'g str>,
    lat: Option<f64>,
    lon: Option<f64>,
    mentions: u32,
    articles: Vec<usize>,
    x: f64,
    y: f64,
}

#[derive(Serialize)]
struct SceneStatement<'g> {
    id: String,
    from: usize,
    to: usize,
    #[serde(rename = "type")]
    relation_type: &'g str,
    symmetric: bool,
    predicate: &'g str,
    confidence: f64,
    quad: Option<Quad>,
    event: Option<&'g Event>,
    polarity: Polarity,
    modality: Modality,
    standing: &'static str,
    speaker: Option<SceneSpeaker<'g>>,
    historical: bool,
    derived: bool,
    why: &'g str,
    circumstances: Vec<SceneCircumstance<'g>>,
    valid: &'g Validity,
    /// When, for people, as far as it was said.
    when: Option<String>,
    /// The days from the first to the last, said or else the article's; open ends are missing.
    first: Option<String>,
    last: Option<String>,
    article: usize,
    evidence: &'g str,
    /// The sentence in the article's text, in UTF-16 units.
    start: u32,
    end: u32,
    marks: Vec<(crate::graph::Part, u32, u32)>,
}

#[derive(Serialize)]
struct SceneSpeaker<'g> {
    phrase: String,
    /// The innermost first.
    names: Vec<(&'g str, Option<usize>)>,
}

#[derive(Serialize)]
struct SceneCircumstance<'g> {
    role: &'g str,
    text: &'g str,
    node: Option<usize>,
    lat: Option<f64>,
    lon: Option<f64>,
}

impl<'g> Scene<'g> {
    pub fn new(view: &View<'g>) -> Scene<'g> {
        let looks = view.bundles();
        let legend = Legend::new(view, looks.iter().map(Look::of));
        let labels = view.graph().labels();
        let in_view = view.articles();
        let articles: Vec<&Provenance> =
            view.graph().articles().filter(|article| in_view.contains(&article.key)).collect();
        let numbers = Numbers {
            nodes: view.nodes().enumerate().map(|(number, node)| (&node.key, number)).collect(),
            articles: articles.iter().enumerate().map(|(number, article)| (&article.key, number)).collect(),
        };
        let units = articles.iter().map(|article| Units::new(article.text.as_deref().unwrap_or(""))).collect_vec();
        let nodes = view.nodes().collect_vec();
        let places = places(&nodes, view, &numbers);
        Scene {
            title: articles.first().filter(|_| articles.len() == 1).and_then(|only| only.title.as_deref()),
            summary: legend.summary,
            style: Style::new(),
            nodes: nodes.iter().zip(places).map(|(node, place)| SceneNode::new(node, place, &numbers)).collect(),
            statements: view.edges().map(|edge| SceneStatement::new(edge, view, &labels, &numbers, &units)).collect(),
            articles: articles.iter().map(|article| SceneArticle::new(article, &labels[&article.key])).collect(),
            total: Total { nodes: view.graph().node_count(), statements: view.graph().statement_count() },
        }
    }
}

/// Up to so many nodes have room for their names.
const MOST_NAMED: usize = 400;

/// Where the nodes go.
fn places(nodes: &[&Node], view: &View, numbers: &Numbers) -> Vec<Point> {
    let links = view.edges().map(|edge| (numbers.nodes[&edge.from.key], numbers.nodes[&edge.to.key])).collect_vec();
    let is_named = nodes.len() <= MOST_NAMED;
    let sizes = nodes.iter().map(|node| match is_named {
        true => Point { x: 10.0 + letters::width(&shortened(&node.name, 42), 12.0), y: 44.0 },
        false => Point { x: 8.0, y: 8.0 },
    });
    let spread = match is_named {
        true => Spread { link: Point { x: 150.0, y: 115.0 }, margin: Point { x: 14.0, y: 8.0 } },
        false => Spread { link: Point { x: 40.0, y: 40.0 }, margin: Point { x: 3.0, y: 3.0 } },
    };
    place(&sizes.collect_vec(), &links, nodes.len(), spread).0
}

/// The number of everything that is in the scene.
struct Numbers<'g> {
    nodes: HashMap<&'g NodeKey, usize>,
    articles: HashMap<&'g Arc<ArticleKey>, usize>,
}

impl Style {
    fn new() -> Style {
        let kinds = Kind::ALL.into_iter().map(|name| {
            let style::NodeStyle { shape, fill, border, text, about } = style::of_kind(name);
            KindStyle { name, about, shape, fill, border, text }
        });
        let quads = [Quad::VerbalCooperation, Quad::MaterialCooperation, Quad::VerbalConflict, Quad::MaterialConflict]
            .map(Some);
        let quads = quads.into_iter().chain([None]);
        let standings = [Standing::Fact, Standing::Claimed, Standing::Open, Standing::Denied];
        Style {
            kinds: kinds.collect(),
            quads: quads
                .map(|name| QuadStyle { name, about: style::quad_about(name), color: style::of_quad(name) })
                .collect(),
            standings: standings
                .map(|standing| StandingStyle { name: word(standing), about: standing.about() })
                .into_iter()
                .collect(),
            denied: style::DENIED,
            cross: style::CROSS,
        }
    }
}

fn word(standing: Standing) -> &'static str {
    match standing {
        Standing::Fact => "fact",
        Standing::Claimed => "claimed",
        Standing::Open => "open",
        Standing::Denied => "denied",
    }
}

impl<'g> SceneArticle<'g> {
    fn new(article: &'g Provenance, label: &str) -> SceneArticle<'g> {
        SceneArticle {
            id: label.to_string(),
            title: article.title.as_deref(),
            date: article.date.as_deref(),
            source: article.source.as_deref(),
            url: article.url.as_deref().and_then(web_address),
            text: article.text.as_deref(),
        }
    }
}

impl<'g> SceneNode<'g> {
    fn new(node: &'g Node, place: Point, numbers: &Numbers) -> SceneNode<'g> {
        let rounded = |value: f64| (value * 10.0).round() / 10.0;
        SceneNode {
            key: &node.key,
            name: &node.name,
            kind: node.kind,
            is_value: node.is_value(),
            aliases: &node.aliases,
            refs: &node.refs,
            country: node.country.as_deref(),
            lat: node.lat,
            lon: node.lon,
            mentions: node.mentions(),
            articles: node.articles().filter_map(|article| numbers.articles.get(article).copied()).collect(),
            x: rounded(place.x),
            y: rounded(place.y),
        }
    }
}

impl<'g> SceneStatement<'g> {
    fn new(
        Edge { from, to, statement }: Edge<'g>,
        view: &View<'g>,
        labels: &std::collections::BTreeMap<&Arc<ArticleKey>, String>,
        numbers: &Numbers,
        units: &[Units],
    ) -> SceneStatement<'g> {
        let article = numbers.articles[&statement.article.key];
        let units = &units[article];
        let period = statement.period_or_article_date();
        let is_open = |day: &jiff::civil::Date| *day == jiff::civil::Date::MIN || *day == jiff::civil::Date::MAX;
        let day = |day: jiff::civil::Date| Some(day).filter(|day| !is_open(day)).map(|day| day.to_string());
        SceneStatement {
            id: format!("{}/{}", labels[&statement.article.key], statement.relation),
            from: numbers.nodes[&from.key],
            to: numbers.nodes[&to.key],
            relation_type: &statement.relation_type,
            symmetric: statement.symmetric,
            predicate: &statement.predicate,
            confidence: statement.confidence,
            quad: statement.quad(),
            event: statement.event.as_deref(),
            polarity: statement.polarity,
            modality: statement.modality,
            standing: word(Standing::of(statement)),
            speaker: statement.attribution.as_deref().map(|speaker| SceneSpeaker::new(speaker, numbers)),
            historical: statement.historical,
            derived: statement.derived,
            why: &statement.why,
            circumstances: circumstances(statement, view, numbers),
            valid: &statement.valid,
            when: statement.period().map(|period| period.phrase()),
            first: period.and_then(|period| day(period.first)),
            last: period.and_then(|period| day(period.last)),
            article,
            evidence: &statement.evidence,
            start: units.of(statement.span.start),
            end: units.of(statement.span.end),
            marks: marks(statement, units),
        }
    }
}

fn circumstances<'g>(statement: &'g Statement, view: &View<'g>, numbers: &Numbers) -> Vec<SceneCircumstance<'g>> {
    let scene = |circumstance: &'g crate::graph::Circumstance| {
        let node = circumstance.node.as_ref().and_then(|key| view.graph().node(key));
        SceneCircumstance {
            role: &circumstance.role,
            text: &circumstance.text,
            node: circumstance.node.as_ref().and_then(|key| numbers.nodes.get(key).copied()),
            lat: node.and_then(|node| node.lat),
            lon: node.and_then(|node| node.lon),
        }
    };
    statement.circumstances.iter().map(scene).collect()
}

/// Only what lies in the sentence: a saved graph may say anything.
fn marks(statement: &Statement, units: &Units) -> Vec<(crate::graph::Part, u32, u32)> {
    let is_inside = |mark: &&Mark| {
        mark.start <= mark.end && statement.span.start <= statement.span.end && statement.span.covers(mark.span())
    };
    let marks = statement.marks.iter().filter(is_inside);
    marks.map(|mark| (mark.part, units.of(mark.start), units.of(mark.end))).collect()
}

impl<'g> SceneSpeaker<'g> {
    fn new(speaker: &'g Speaker, numbers: &Numbers) -> SceneSpeaker<'g> {
        let number = |speaker: &Speaker| speaker.node.as_ref().and_then(|key| numbers.nodes.get(key).copied());
        let names = speaker.all().into_iter().map(|one| (&*one.name, number(one)));
        SceneSpeaker { phrase: speaker.phrase(), names: names.collect() }
    }
}

/// Byte offsets of a text as UTF-16 offsets, which is how browsers count.
enum Units {
    /// They are the same.
    Same(u32),
    Table(Vec<u32>),
}

impl Units {
    fn new(text: &str) -> Units {
        if text.is_ascii() {
            return Units::Same(text.len() as u32);
        }
        let mut table = Vec::with_capacity(text.len() + 1);
        let mut units = 0;
        for letter in text.chars() {
            table.extend(std::iter::repeat_n(units, letter.len_utf8()));
            units += letter.len_utf16() as u32;
        }
        table.push(units);
        Units::Table(table)
    }

    fn of(&self, byte: u32) -> u32 {
        match self {
            Units::Same(length) => byte.min(*length),
            Units::Table(table) => table.get(byte as usize).or(table.last()).copied().unwrap_or(0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{Filter, Graph};

    #[test]
    fn offsets_are_those_of_browsers() {
        let units = Units::new("é😀x");
        assert_eq!([0, 2, 6, 7, 99].map(|byte| units.of(byte)), [0, 1, 3, 4, 4]);
        assert_eq!([1, 99].map(|byte| Units::new("abc").of(byte)), [1, 3]);
    }

    #[test]
    fn numbers_point_at_what_they_mean() {
        let record = serde_json::from_str(include_str!("../../../tests/data/samarkand.jsonl")).unwrap();
        let graph = Graph::from_records([&record]);
        let scene = serde_json::to_value(Scene::new(&View::new(&graph, &Filter::default()))).unwrap();
        let statement = scene["statements"].as_array().unwrap().last().unwrap();
        let name = |end: &str| scene["nodes"][statement[end].as_u64().unwrap() as usize]["name"].clone();
        assert_eq!([name("from"), name("to")], ["Vladimir Putin", "Volodymyr Zelenskyy"]);
        assert_eq!(statement["standing"], "denied");
        let text = scene["articles"][0]["text"].as_str().unwrap();
        let utf16 = text.encode_utf16().collect_vec();
        let at = |value: &serde_json::Value| value.as_u64().unwrap() as usize;
        let sentence = &utf16[at(&statement["start"])..at(&statement["end"])];
        assert_eq!(String::from_utf16(sentence).unwrap(), statement["evidence"].as_str().unwrap());
    }
}
