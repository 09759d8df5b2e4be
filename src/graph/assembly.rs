//! Assembly: a graph from the items of a file, none of which is trusted.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::saved::{SavedArticle, SavedEdge, SavedNode};
use super::{ArticleKey, Graph, Node, NodeKey, Provenance};

/// Articles first, then nodes, then edges.
#[derive(Default)]
pub(super) struct Assembly {
    pub graph: Graph,
    articles: HashMap<String, Arc<Provenance>>,
    edges: HashSet<(Arc<ArticleKey>, u32)>,
}

/// What is wrong with an item, and the text in it that is to blame.
pub(super) struct Wrong {
    pub culprit: String,
    pub problem: String,
}

fn wrong(culprit: &str, problem: String) -> Wrong {
    Wrong { culprit: culprit.to_string(), problem }
}

impl Assembly {
    pub fn article(&mut self, article: SavedArticle) -> Result<(), Wrong> {
        let SavedArticle { label, id, digest, title, date, source, url, text } = article;
        let key = Arc::new(ArticleKey { id, digest });
        let provenance = Arc::new(Provenance { key: Arc::clone(&key), title, date, source, url, text });
        let is_known = self.graph.articles.insert(key, Arc::clone(&provenance)).is_some();
        if is_known || self.articles.contains_key(&label) {
            return Err(wrong(&label, format!("the article `{label}` is listed twice")));
        }
        self.articles.insert(label, provenance);
        Ok(())
    }

    pub fn node(&mut self, saved: SavedNode) -> Result<(), Wrong> {
        if self.graph.index.contains_key(&saved.id) {
            return Err(wrong(&saved.id.0, format!("the node `{}` is listed twice", saved.id)));
        }
        let mut node = Node::new(saved.id.clone(), saved.value);
        for (label, appearance) in saved.appearances {
            let article = self.article_of(&label)?;
            node.appear(&article.key, appearance);
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
            return Err(wrong(&saved.id.0, problem));
        }
        self.graph.contexts.learn(&node);
        let index = self.graph.graph.add_node(node);
        self.graph.index.insert(saved.id, index);
        Ok(())
    }

    pub fn edge(&mut self, edge: SavedEdge) -> Result<(), Wrong> {
        let article = Arc::clone(self.article_of(&edge.article)?);
        if !self.edges.insert((Arc::clone(&article.key), edge.relation)) {
            return Err(wrong(&edge.key, format!("the edge `{}` is listed twice", edge.key)));
        }
        if !(0.0..=1.0).contains(&edge.confidence) {
            let problem = format!("the edge `{}` has the confidence {}, expected 0 to 1", edge.key, edge.confidence);
            return Err(wrong(&edge.key, problem));
        }
        let graph = &self.graph;
        let end = |key: &NodeKey| match graph.index.get(key) {
            Some(&index) if graph.graph[index].appearances.contains_key(&article.key) => Ok(index),
            Some(_) => Err(wrong(&edge.key, format!("the article of edge `{}` does not mention `{key}`", edge.key))),
            None => {
                Err(wrong(&edge.key, format!("the edge `{}` ends at `{key}`, which is no node of the file", edge.key)))
            }
        };
        let (from, to) = (end(&edge.source)?, end(&edge.target)?);
        let mut statement = edge.statement(&article);
        self.graph.texts.share_all(&mut statement);
        self.graph.connect(from, to, statement);
        Ok(())
    }

    fn article_of(&self, label: &str) -> Result<&Arc<Provenance>, Wrong> {
        self.articles.get(label).ok_or_else(|| wrong(label, format!("no article of the file is called `{label}`")))
    }
}
