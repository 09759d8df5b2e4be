//! Sharing: what many statements and articles say alike is one in memory.
//!
//! A million statements have a few thousand predicates, rules and roles between them, a sentence is the evidence of several,
//! and most articles describe an entity as others do.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::{Appearance, NodeKey, Speaker, Statement};
use crate::record::Event;

/// The texts of a graph, each once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Texts(HashSet<Arc<str>>);

/// The events of each relation type.
#[derive(Clone, Debug, Default)]
pub(super) struct Events(HashMap<Arc<str>, Vec<Arc<Event>>>);

/// Different ones that are looked through for an equal one.
const MOST_LOOKED_AT: usize = 32;

impl Texts {
    pub fn of(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.0.get(text) {
            return Arc::clone(known);
        }
        let text: Arc<str> = text.into();
        self.0.insert(Arc::clone(&text));
        text
    }

    fn share(&mut self, text: &mut Arc<str>) {
        *text = self.of(text);
    }

    fn share_key(&mut self, key: Option<&mut NodeKey>) {
        if let Some(NodeKey(key)) = key {
            self.share(key);
        }
    }

    fn share_speaker(&mut self, speaker: &mut Speaker) {
        self.share(&mut speaker.name);
        self.share_key(speaker.node.as_mut());
        speaker.chain.iter_mut().for_each(|outer| self.share_speaker(outer));
    }

    /// For a statement that was made elsewhere.
    pub fn share_all(&mut self, statement: &mut Statement) {
        for text in
            [&mut statement.relation_type, &mut statement.predicate, &mut statement.why, &mut statement.evidence]
        {
            self.share(text);
        }
        for circumstance in &mut statement.circumstances {
            self.share(&mut circumstance.role);
            self.share(&mut circumstance.text);
            self.share_key(circumstance.node.as_mut());
            circumstance.unit.iter_mut().for_each(|unit| self.share(unit));
        }
        if let Some(speaker) = &mut statement.attribution {
            self.share_speaker(speaker);
        }
    }

    /// Forgets what nothing uses any more.
    pub fn prune(&mut self) {
        self.0.retain(|text| Arc::strong_count(text) > 1);
    }
}

impl Events {
    /// Most events of one type are the same but for their ends.
    pub fn share(&mut self, statement: &mut Statement) {
        let Some(event) = &mut statement.event else { return };
        let known = self.0.entry(Arc::clone(&statement.relation_type)).or_default();
        share(event, known);
    }
}

/// Takes one of `known` for an equal one, or adds it to them.
fn share<T: PartialEq>(item: &mut Arc<T>, known: &mut Vec<Arc<T>>) {
    match known.iter().find(|known| **known == *item) {
        Some(same) => *item = Arc::clone(same),
        None if known.len() < MOST_LOOKED_AT => known.push(Arc::clone(item)),
        None => {}
    }
}

/// How a node is described, the last so many different ways.
#[derive(Clone, Debug, Default)]
pub(super) struct Descriptions(Vec<Arc<Appearance>>);

impl Descriptions {
    pub fn share(&mut self, appearance: &mut Arc<Appearance>) {
        share(appearance, &mut self.0);
    }
}
