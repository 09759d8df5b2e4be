//! A graph as a file, and back: the one model that RON and JSON share.
//!
//! Nodes go by their keys and articles by their labels, so a saved graph can be read, compared and edited by people.
//! A file comes from anywhere: whatever is wrong with it is an error that names the line, never a panic.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{
    Appearance, ArticleKey, Circumstance, Edge, Graph, Mark, Node, NodeKey, Provenance, Speaker, Statement, Value, View,
};
use crate::error::{Error, Result};
use crate::record::{Event, Kind, Modality, Polarity, Validity};
use crate::span::Span;

pub(crate) const FORMAT: &str = "geopol-graph";
pub(crate) const VERSION: u32 = 1;

/// Everything that a view shows.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Saved {
    pub format: String,
    pub version: u32,
    pub articles: Vec<SavedArticle>,
    pub nodes: Vec<SavedNode>,
    pub edges: Vec<SavedEdge>,
}

/// The same as networkx reads it: "node-link" data of a directed multigraph.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NodeLink {
    directed: bool,
    multigraph: bool,
    graph: Header,
    nodes: Vec<SavedNode>,
    edges: Vec<SavedEdge>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    format: String,
    version: u32,
    articles: Vec<SavedArticle>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SavedArticle {
    /// What nodes and edges call it: its id, where no other article has the same.
    pub label: String,
    pub id: String,
    pub digest: String,
    pub title: Option<String>,
    pub date: Option<String>,
    pub source: Option<String>,
    pub url: Option<String>,
    /// What `start`, `end` and `marks` of an edge point into.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SavedNode {
    pub id: NodeKey,
    pub name: String,
    pub kind: Kind,
    pub refs: BTreeMap<String, String>,
    pub aliases: Vec<String>,
    pub country: Option<String>,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    pub value: Option<Value>,
    pub mentions: u32,
    /// What each article says of it; all of the above follows from this.
    pub appearances: BTreeMap<String, Appearance>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SavedEdge {
    pub source: NodeKey,
    pub target: NodeKey,
    /// The article's label and the relation's id.
    pub key: String,
    #[serde(rename = "type")]
    pub relation_type: String,
    pub symmetric: bool,
    pub predicate: String,
    pub confidence: f64,
    pub polarity: Polarity,
    pub modality: Modality,
    pub attribution: Option<Speaker>,
    pub event: Option<Event>,
    pub event_id: Option<u32>,
    /// When, as ISO 8601 days, where it was said; it follows from `circumstances` and `valid`.
    pub first_day: Option<String>,
    pub last_day: Option<String>,
    pub valid: Validity,
    pub historical: bool,
    pub derived: bool,
    pub premises: Vec<u32>,
    pub why: String,
    pub circumstances: Vec<Circumstance>,
    pub article: String,
    pub article_date: Option<String>,
    pub article_title: Option<String>,
    pub article_source: Option<String>,
    pub relation: u32,
    pub evidence: String,
    pub start: u32,
    pub end: u32,
    /// Where in the article's text its parts stand.
    #[serde(default)]
    pub marks: Vec<Mark>,
}

impl Saved {
    pub fn new(view: &View) -> Saved {
        let labels = view.graph().labels();
        let in_view = view.articles();
        Saved {
            format: FORMAT.to_string(),
            version: VERSION,
            articles: view
                .graph()
                .articles()
                .filter(|article| in_view.contains(&article.key))
                .map(|article| SavedArticle::new(article, &labels))
                .collect(),
            nodes: view.nodes().map(|node| SavedNode::new(node, &labels)).collect(),
            edges: view.edges().map(|edge| SavedEdge::new(edge, &labels)).collect(),
        }
    }
}

type Labels<'g> = BTreeMap<&'g Arc<ArticleKey>, String>;

impl SavedArticle {
    fn new(article: &Provenance, labels: &Labels) -> SavedArticle {
        SavedArticle {
            label: labels[&article.key].clone(),
            id: article.key.id.clone(),
            digest: article.key.digest.clone(),
            title: article.title.clone(),
            date: article.date.clone(),
            source: article.source.clone(),
            url: article.url.clone(),
            text: article.text.clone(),
        }
    }
}

impl SavedNode {
    fn new(node: &Node, labels: &Labels) -> SavedNode {
        SavedNode {
            id: node.key.clone(),
            name: node.name.clone(),
            kind: node.kind,
            refs: node.refs.clone(),
            aliases: node.aliases.clone(),
            country: node.country.clone(),
            lat: node.lat,
            lon: node.lon,
            value: node.value.clone(),
            mentions: node.mentions(),
            appearances: node.appearances.iter().map(|(key, seen)| (labels[key].clone(), seen.clone())).collect(),
        }
    }
}

impl SavedEdge {
    fn new(Edge { from, to, statement }: Edge, labels: &Labels) -> SavedEdge {
        let article = labels[&statement.article.key].clone();
        let period = statement.period();
        let is_open = |day: &jiff::civil::Date| *day == jiff::civil::Date::MIN || *day == jiff::civil::Date::MAX;
        let day = |day: jiff::civil::Date| Some(day).filter(|day| !is_open(day)).map(|day| day.to_string());
        SavedEdge {
            source: from.key.clone(),
            target: to.key.clone(),
            key: format!("{article}/{}", statement.relation),
            relation_type: statement.relation_type.clone(),
            symmetric: statement.symmetric,
            predicate: statement.predicate.clone(),
            confidence: statement.confidence,
            polarity: statement.polarity,
            modality: statement.modality,
            attribution: statement.attribution.as_deref().cloned(),
            event: statement.event.as_deref().cloned(),
            event_id: statement.event_id,
            first_day: period.and_then(|period| day(period.first)),
            last_day: period.and_then(|period| day(period.last)),
            valid: statement.valid.clone(),
            historical: statement.historical,
            derived: statement.derived,
            premises: statement.premises.clone(),
            why: statement.why.clone(),
            circumstances: statement.circumstances.clone(),
            article,
            article_date: statement.article.date.clone(),
            article_title: statement.article.title.clone(),
            article_source: statement.article.source.clone(),
            relation: statement.relation,
            evidence: statement.evidence.clone(),
            start: statement.span.start,
            end: statement.span.end,
            marks: statement.marks.clone(),
        }
    }

    fn statement(self, article: &Arc<Provenance>) -> Statement {
        Statement {
            article: Arc::clone(article),
            relation: self.relation,
            relation_type: self.relation_type,
            symmetric: self.symmetric,
            predicate: self.predicate,
            confidence: self.confidence,
            event: self.event.map(Arc::new),
            event_id: self.event_id,
            polarity: self.polarity,
            modality: self.modality,
            attribution: self.attribution.map(Box::new),
            valid: self.valid,
            historical: self.historical,
            derived: self.derived,
            premises: self.premises,
            why: self.why,
            circumstances: self.circumstances,
            evidence: self.evidence,
            span: Span { start: self.start, end: self.end },
            marks: self.marks,
        }
    }
}

/// Reads a saved graph, RON or JSON; `path` is for messages.
pub fn read(path: &str, text: &str) -> Result<Graph> {
    let saved = if text.trim_start().starts_with('{') { read_json(path, text) } else { read_ron(path, text) }?;
    assemble(saved, path, text)
}

/// The graph of what a file holds; `path` and `text` are for messages.
pub(crate) fn assemble(saved: Saved, path: &str, text: &str) -> Result<Graph> {
    let file = File { path, text };
    if saved.format != FORMAT {
        return Err(file
            .error_at(text.find("format").unwrap_or(0), format!("this is no graph of geopol but `{}`", saved.format)));
    }
    if saved.version != VERSION {
        return Err(file.version(saved.version));
    }
    graph(saved, &file)
}

/// A file that is being read, for messages about it.
struct File<'f> {
    path: &'f str,
    text: &'f str,
}

pub(crate) const ADVICE: &str = "write the graph again with `geopol build`; a saved graph is as geopol writes it";

impl File<'_> {
    /// An error at the last place where `culprit` stands, in quotes if it can be: what refers comes after what is referred to.
    fn error(&self, culprit: &str, problem: String) -> Error {
        let quoted = serde_json::to_string(culprit).unwrap_or_default();
        let bare = || self.text.rfind(culprit).filter(|_| !culprit.is_empty());
        self.error_at(self.text.rfind(&quoted).or_else(bare).unwrap_or(0), problem)
    }

    fn error_at(&self, position: usize, problem: String) -> Error {
        let before = &self.text[..position];
        Error::Syntax {
            path: self.path.to_string(),
            line: before.matches('\n').count() + 1,
            column: before.rsplit('\n').next().map_or(0, |line| line.chars().count()) + 1,
            problem,
            advice: ADVICE.to_string(),
        }
    }

    fn version(&self, version: u32) -> Error {
        Error::Syntax {
            path: self.path.to_string(),
            line: 1,
            column: 1,
            problem: format!("the graph has version {version}; this program reads version {VERSION}"),
            advice: "use the release of geopol that wrote it, or build the graph again".to_string(),
        }
    }
}

/// What every version of the format has.
#[derive(Deserialize)]
struct AnyVersion {
    #[serde(alias = "graph")]
    version: VersionAnywhere,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum VersionAnywhere {
    Here(u32),
    Inside { version: u32 },
}

impl AnyVersion {
    fn number(&self) -> u32 {
        match self.version {
            VersionAnywhere::Here(version) | VersionAnywhere::Inside { version } => version,
        }
    }
}

fn read_json(path: &str, text: &str) -> Result<Saved> {
    let link: NodeLink =
        serde_json::from_str(text).map_err(|error| match serde_json::from_str::<AnyVersion>(text) {
            Ok(any) if any.number() != VERSION => File { path, text }.version(any.number()),
            _ => Error::Syntax {
                path: path.to_string(),
                line: error.line().max(1),
                column: error.column().max(1),
                problem: without_position(&error.to_string()),
                advice: advice(error.is_eof()),
            },
        })?;
    if !link.directed || !link.multigraph {
        let file = File { path, text };
        return Err(file.error(
            if link.directed { "multigraph" } else { "directed" },
            "a geopol graph is directed and a multigraph".to_string(),
        ));
    }
    let Header { format, version, articles } = link.graph;
    Ok(Saved { format, version, articles, nodes: link.nodes, edges: link.edges })
}

/// serde_json ends its messages with " at line 1 column 2", which the error's own place says already.
fn without_position(message: &str) -> String {
    message.rsplit_once(" at line ").map_or(message, |(problem, _)| problem).to_string()
}

fn read_ron(path: &str, text: &str) -> Result<Saved> {
    options().from_str(text).map_err(|error| match options().from_str::<AnyVersion>(text) {
        Ok(any) if any.number() != VERSION => File { path, text }.version(any.number()),
        _ => Error::Syntax {
            path: path.to_string(),
            line: error.span.start.line.max(1),
            column: error.span.start.col.max(1),
            problem: error.code.to_string(),
            advice: advice(matches!(error.code, ron::Error::Eof | ron::Error::ExpectedStringEnd)),
        },
    })
}

fn advice(is_cut: bool) -> String {
    if is_cut { format!("the file ends too early; {ADVICE}") } else { ADVICE.to_string() }
}

/// RON without `Some(…)` around everything.
pub(crate) fn options() -> ron::Options {
    ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME)
}

/// Puts the parts together, trusting none of them.
fn graph(saved: Saved, file: &File) -> Result<Graph> {
    let mut graph = Graph::new();
    let mut articles: HashMap<String, Arc<Provenance>> = HashMap::new();
    for article in saved.articles {
        let SavedArticle { label, id, digest, title, date, source, url, text } = article;
        let key = Arc::new(ArticleKey { id, digest });
        let provenance = Arc::new(Provenance { key: Arc::clone(&key), title, date, source, url, text });
        let is_known = graph.articles.insert(key, Arc::clone(&provenance)).is_some();
        if is_known || articles.contains_key(&label) {
            return Err(file.error(&label, format!("the article `{label}` is listed twice")));
        }
        articles.insert(label, provenance);
    }
    let unknown_article = |label: &str| file.error(label, format!("no article of the file is called `{label}`"));
    for saved in &saved.nodes {
        if graph.index.contains_key(&saved.id) {
            return Err(file.error(&saved.id.0, format!("the node `{}` is listed twice", saved.id)));
        }
        let mut node = Node::new(saved.id.clone(), saved.value.clone());
        for (label, appearance) in &saved.appearances {
            let article = articles.get(label).ok_or_else(|| unknown_article(label))?;
            node.appearances.insert(Arc::clone(&article.key), appearance.clone());
        }
        node.settle();
        let agrees =
            (&node.name, node.kind, &node.refs, &node.aliases, &node.country, node.lat, node.lon, node.mentions())
                == (
                    &saved.name,
                    saved.kind,
                    &saved.refs,
                    &saved.aliases,
                    &saved.country,
                    saved.lat,
                    saved.lon,
                    saved.mentions,
                );
        if !agrees {
            let problem = format!("the node `{}` is not what its `appearances` say it is", saved.id);
            return Err(file.error(&saved.id.0, problem));
        }
        let index = graph.graph.add_node(node);
        graph.index.insert(saved.id.clone(), index);
    }
    let mut keys = HashSet::new();
    for edge in saved.edges {
        let article = articles.get(&edge.article).ok_or_else(|| unknown_article(&edge.article))?;
        if !keys.insert((Arc::clone(&article.key), edge.relation)) {
            return Err(file.error(&edge.key, format!("the edge `{}` is listed twice", edge.key)));
        }
        if !(0.0..=1.0).contains(&edge.confidence) {
            let problem = format!("the edge `{}` has the confidence {}, expected 0 to 1", edge.key, edge.confidence);
            return Err(file.error(&edge.key, problem));
        }
        let end = |key: &NodeKey| match graph.index.get(key) {
            Some(&index) if graph.graph[index].appearances.contains_key(&article.key) => Ok(index),
            Some(_) => {
                Err(file.error(&edge.key, format!("the article of edge `{}` does not mention `{key}`", edge.key)))
            }
            None => {
                Err(file
                    .error(&edge.key, format!("the edge `{}` ends at `{key}`, which is no node of the file", edge.key)))
            }
        };
        let (from, to) = (end(&edge.source)?, end(&edge.target)?);
        let article = Arc::clone(article);
        graph.connect(from, to, edge.statement(&article));
    }
    Ok(graph)
}
