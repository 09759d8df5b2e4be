//! A graph as plain data: the one model that RON, JSON, GraphML and the tables share.
//!
//! Nodes go by their keys and articles by their labels, so a saved graph can be read, compared and edited by people.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{
    Appearance, ArticleKey, Circumstance, Edge, Mark, Node, NodeKey, Provenance, Speaker, Statement, Value, View,
};
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
    /// Why what several articles mention is one; see `Node::merged`.
    #[serde(default)]
    pub merged: Vec<String>,
    /// What each article says of it; all of the above follows from this.
    pub appearances: BTreeMap<String, Arc<Appearance>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SavedEdge {
    pub source: NodeKey,
    pub target: NodeKey,
    /// The article's label and the relation's id.
    pub key: String,
    #[serde(rename = "type")]
    pub relation_type: Arc<str>,
    pub symmetric: bool,
    pub predicate: Arc<str>,
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
    pub premises: Box<[u32]>,
    pub why: Arc<str>,
    pub circumstances: Box<[Circumstance]>,
    pub article: String,
    pub article_date: Option<String>,
    pub article_title: Option<String>,
    pub article_source: Option<String>,
    pub relation: u32,
    pub evidence: Arc<str>,
    pub start: u32,
    pub end: u32,
    /// Where in the article's text its parts stand.
    #[serde(default)]
    pub marks: Box<[Mark]>,
}

impl Saved {
    pub fn new(view: &View) -> Saved {
        let saving = Saving::new(view);
        Saved {
            format: FORMAT.to_string(),
            version: VERSION,
            articles: saving.articles().collect(),
            nodes: saving.nodes().collect(),
            edges: saving.edges().collect(),
        }
    }
}

/// A view on its way into a file, item by item, so that it is not in memory twice.
pub(crate) struct Saving<'v, 'g> {
    view: &'v View<'g>,
    labels: Labels<'g>,
}

type Labels<'g> = BTreeMap<&'g Arc<ArticleKey>, String>;

impl<'v, 'g> Saving<'v, 'g> {
    pub fn new(view: &'v View<'g>) -> Saving<'v, 'g> {
        Saving { view, labels: view.graph().labels() }
    }

    pub fn articles(&self) -> impl Iterator<Item = SavedArticle> {
        let in_view = self.view.articles();
        let articles = self.view.graph().articles().filter(move |article| in_view.contains(&article.key));
        articles.map(|article| SavedArticle::new(article, &self.labels))
    }

    pub fn nodes(&self) -> impl Iterator<Item = SavedNode> {
        self.view.nodes().map(|node| SavedNode::new(node, &self.labels))
    }

    pub fn edges(&self) -> impl Iterator<Item = SavedEdge> {
        self.view.edges().map(|edge| SavedEdge::new(edge, &self.labels))
    }
}

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
            merged: node.merged(),
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

    pub fn statement(self, article: &Arc<Provenance>) -> Statement {
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
