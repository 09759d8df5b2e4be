//! Moving: what an article says of one node becomes what it says of another.
//!
//! With the mentions go the ends of the article's statements, their speakers, places and values. Contexts and decisions are
//! nothing but lists of such moves.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use itertools::Itertools;
use petgraph::stable_graph::NodeIndex;

use super::{ArticleKey, Decided, Graph, NodeKey, Speaker, Statement};

/// One article's mentions of one node, and where they belong.
#[derive(Clone, Debug)]
pub(super) struct Move {
    pub from: NodeKey,
    pub article: Arc<ArticleKey>,
    pub to: NodeKey,
    /// Kept with the mentions, where somebody decided it.
    pub decided: Option<Decided>,
}

impl Graph {
    /// Moves all at once; returns the nodes to settle. What is there already comes before what comes to it, so that its
    /// names do.
    pub(super) fn carry_out(&mut self, mut moves: Vec<Move>) -> HashSet<NodeIndex> {
        moves.retain(|step| step.from != step.to && self.index.contains_key(&step.from));
        moves.sort_by(|a, b| (&a.from, &a.article).cmp(&(&b.from, &b.article)));
        let mut places: HashMap<Arc<ArticleKey>, HashMap<NodeKey, NodeKey>> = HashMap::new();
        for step in &moves {
            places.entry(Arc::clone(&step.article)).or_default().insert(step.from.clone(), step.to.clone());
        }
        for (article, places) in &mut places {
            for step in self.values_to_move(article, places) {
                places.insert(step.from.clone(), step.to.clone());
                moves.push(step);
            }
        }
        let mut changed = HashSet::new();
        let mut taken = Vec::new();
        for Move { from, article, to, decided } in moves {
            let index = self.index[&from];
            let Some(mut appearance) = self.graph[index].appearances.remove(&article) else { continue };
            if let Some(decided) = decided {
                Arc::make_mut(&mut appearance).decided.push(decided);
            }
            changed.insert(index);
            taken.push((index, article, to, appearance));
        }
        for (from, article, to, appearance) in taken {
            let value = self.graph[from].value.clone();
            let to = self.node_for(&to, value.as_ref());
            self.graph[to].appear(&article, appearance);
            changed.insert(to);
        }
        for (article, places) in &places {
            self.rehang(article, places);
        }
        changed
    }

    /// A value belongs to its subject, and its key says so.
    fn values_to_move(&self, article: &Arc<ArticleKey>, places: &HashMap<NodeKey, NodeKey>) -> Vec<Move> {
        let edges = self.told_by.get(article).into_iter().flatten();
        let ends = edges.map(|&edge| self.ends(edge)).filter(|(_, to)| self.graph[*to].is_value());
        let moved = ends.unique().filter_map(|(subject, value)| {
            let (subject, value) = (&self.graph[subject].key, &self.graph[value].key);
            let to = places.get(subject)?;
            let rest = value.0.strip_prefix("value:").and_then(|rest| rest.strip_prefix(&*subject.0))?;
            let to = NodeKey(format!("value:{to}{rest}").into());
            Some(Move { from: value.clone(), article: Arc::clone(article), to, decided: None })
        });
        moved.collect()
    }

    /// Gives an article's statements the ends, speakers and places that its nodes have gone to.
    fn rehang(&mut self, article: &Arc<ArticleKey>, places: &HashMap<NodeKey, NodeKey>) {
        let edges = self.told_by.remove(article).unwrap_or_default();
        let edges = edges.into_iter().map(|edge| {
            let (from, to) = self.ends(edge);
            let place = |node: NodeIndex| places.get(&self.graph[node].key).map_or(node, |key| self.index[key]);
            let (new_from, new_to) = (place(from), place(to));
            rename(&mut self.graph[edge], places);
            if (from, to) == (new_from, new_to) {
                return edge;
            }
            let statement = self.graph.remove_edge(edge).expect("it was there a moment ago");
            self.graph.add_edge(new_from, new_to, statement)
        });
        let edges = edges.collect_vec();
        if !edges.is_empty() {
            self.told_by.insert(Arc::clone(article), edges);
        }
    }
}

fn rename(statement: &mut Statement, places: &HashMap<NodeKey, NodeKey>) {
    let place = |key: &mut NodeKey| {
        if let Some(to) = places.get(key) {
            *key = to.clone();
        }
    };
    statement.circumstances.iter_mut().filter_map(|circumstance| circumstance.node.as_mut()).for_each(place);
    if let Some(speaker) = &mut statement.attribution {
        rename_speaker(speaker, &place);
    }
}

fn rename_speaker(speaker: &mut Speaker, place: &impl Fn(&mut NodeKey)) {
    speaker.node.iter_mut().for_each(place);
    speaker.chain.iter_mut().for_each(|outer| rename_speaker(outer, place));
}
