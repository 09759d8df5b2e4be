//! Nodes: an entity, as all articles together describe it.
//!
//! What an article says of an entity is its `Appearance`; the node's name, kind and place are what most appearances
//! agree on. They are computed from the set of appearances, so neither the order of adding nor a removal shows.

use std::collections::BTreeMap;
use std::sync::Arc;

use itertools::Itertools;
use serde::{Deserialize, Serialize};

use super::identity::{ArticleKey, NodeKey};
use super::sharing::Descriptions;
use super::summary::count;
use crate::record::{Bound, Entity, Kind, Quantity};

/// An entity, or the value that completes a statement ("1.4 billion").
#[derive(Clone, Debug)]
pub struct Node {
    pub key: NodeKey,
    pub name: String,
    pub kind: Kind,
    /// `wikidata`, `iso3166` (alpha-3), `geonames`, … where known.
    pub refs: BTreeMap<String, String>,
    /// Every other name that an article used, sorted.
    pub aliases: Vec<String>,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// WGS 84 degrees.
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    pub value: Option<Value>,
    pub(super) appearances: BTreeMap<Arc<ArticleKey>, Arc<Appearance>>,
    descriptions: Descriptions,
}

/// A number with its unit, as in `record::Quantity`; its words are the node's name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Value {
    pub value: f64,
    pub unit: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bound: Option<Bound>,
}

/// An entity as one article has it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Appearance {
    pub name: String,
    pub kind: Kind,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub refs: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lat: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lon: Option<f64>,
    /// How often the article mentions it.
    pub mentions: u32,
    /// What an analyst decided, where that is why it is here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub decided: Vec<Decided>,
}

/// A decision by which an article's mentions are here and not where their name or reference would have them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decided {
    pub from: NodeKey,
    pub reason: String,
}

impl Appearance {
    pub(super) fn of_entity(entity: &Entity, mentions: u32) -> Appearance {
        let place = entity.lat.zip(entity.lon).filter(|(lat, lon)| lat.is_finite() && lon.is_finite());
        Appearance {
            name: entity.name.clone(),
            kind: entity.kind,
            refs: entity.refs.clone(),
            aliases: entity.aliases.iter().filter(|alias| **alias != entity.name).sorted().dedup().cloned().collect(),
            country: entity.country.clone(),
            lat: place.map(|(lat, _)| lat),
            lon: place.map(|(_, lon)| lon),
            mentions,
            decided: Vec::new(),
        }
    }

    pub(super) fn of_value(quantity: &Quantity) -> Appearance {
        Appearance {
            name: quantity.text.clone(),
            kind: Kind::Other,
            refs: BTreeMap::new(),
            aliases: Vec::new(),
            country: None,
            lat: None,
            lon: None,
            mentions: 1,
            decided: Vec::new(),
        }
    }

    /// Two entities of one article that turn out to be one node.
    fn absorb(&mut self, other: &Appearance) {
        let names = self.aliases.drain(..).chain(other.aliases.iter().cloned()).chain([other.name.clone()]);
        self.aliases = names.filter(|alias| *alias != self.name).sorted().dedup().collect();
        for (scheme, id) in &other.refs {
            self.refs.entry(scheme.clone()).or_insert_with(|| id.clone());
        }
        self.country = self.country.take().or_else(|| other.country.clone());
        (self.lat, self.lon) = if self.lat.is_some() { (self.lat, self.lon) } else { (other.lat, other.lon) };
        self.mentions = self.mentions.saturating_add(other.mentions);
        self.decided = self.decided.drain(..).chain(other.decided.iter().cloned()).sorted().dedup().collect();
    }
}

impl Node {
    pub(super) fn new(key: NodeKey, value: Option<Value>) -> Node {
        Node {
            key,
            name: String::new(),
            kind: Kind::Other,
            refs: BTreeMap::new(),
            aliases: Vec::new(),
            country: None,
            lat: None,
            lon: None,
            value,
            appearances: BTreeMap::new(),
            descriptions: Descriptions::default(),
        }
    }

    pub fn is_value(&self) -> bool {
        self.value.is_some()
    }

    /// How often the articles mention it.
    pub fn mentions(&self) -> u32 {
        self.appearances.values().fold(0, |sum, appearance| sum.saturating_add(appearance.mentions))
    }

    /// The articles that mention it, in order.
    pub fn articles(&self) -> impl Iterator<Item = &Arc<ArticleKey>> {
        self.appearances.keys()
    }

    /// Why what several articles mention is one thing, and who decided it where that was decided:
    /// "3 articles: one reference, wikidata:Q7747", "1 article: as decided, was person:vova, a nickname".
    pub fn merged(&self) -> Vec<String> {
        if self.is_value() {
            return Vec::new();
        }
        let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
        for seen in self.appearances.values() {
            let own = NodeKey::entity(&seen.name, seen.kind, &seen.refs);
            let is_reference = !seen.refs.is_empty();
            let why = match seen.decided.as_slice() {
                [] if is_reference => format!("one reference, {own}"),
                [] => "one name and kind, and no two countries".to_string(),
                decided => {
                    let decided = decided.iter().map(|Decided { from, reason }| match reason.as_str() {
                        "" => format!("was {from}"),
                        reason => format!("was {from}, {reason}"),
                    });
                    format!("as decided: {}", decided.format("; "))
                }
            };
            *reasons.entry(why).or_default() += 1;
        }
        let is_alone = self.appearances.len() < 2 && self.appearances.values().all(|seen| seen.decided.is_empty());
        let reasons = reasons.into_iter().filter(|_| !is_alone);
        reasons.map(|(why, articles)| format!("{}: {why}", count(articles, "article", "articles"))).collect()
    }

    pub(super) fn appear(&mut self, article: &Arc<ArticleKey>, mut appearance: Arc<Appearance>) {
        match self.appearances.get_mut(&**article) {
            Some(known) => Arc::make_mut(known).absorb(&appearance),
            None => {
                self.descriptions.share(&mut appearance);
                self.appearances.insert(Arc::clone(article), appearance);
            }
        }
    }

    /// Computes everything that follows from the appearances; whoever changed them calls it.
    pub(super) fn settle(&mut self) {
        let all = || self.appearances.values();
        // The longer of two names that are used equally often says more.
        let name = all().counts_by(|seen| seen.name.as_str()).into_iter();
        let name = name.max_by_key(|(name, count)| (*count, name.chars().count(), std::cmp::Reverse(*name)));
        let name = name.map_or("", |(name, _)| name).to_string();
        let aliases = all().flat_map(|seen| seen.aliases.iter().chain([&seen.name]));
        self.aliases = aliases.filter(|alias| **alias != name).sorted().dedup().cloned().collect();
        self.kind = most_common(all().map(|seen| seen.kind)).unwrap_or(Kind::Other);
        self.country = most_common(all().filter_map(|seen| seen.country.as_ref())).cloned();
        let places = all().filter_map(|seen| seen.lat.zip(seen.lon));
        let place = most_common(places.map(|(lat, lon)| (lat.to_bits(), lon.to_bits())));
        self.lat = place.map(|(lat, _)| f64::from_bits(lat));
        self.lon = place.map(|(_, lon)| f64::from_bits(lon));
        let schemes: Vec<&String> = all().flat_map(|seen| seen.refs.keys()).sorted().dedup().collect();
        let id = |scheme: &String| most_common(all().filter_map(|seen| seen.refs.get(scheme)));
        self.refs = schemes.iter().filter_map(|s| id(s).map(|id| ((*s).clone(), id.clone()))).collect();
        self.name = name;
    }
}

/// What occurs most often; of equals the first in order.
fn most_common<T: Ord + std::hash::Hash>(items: impl Iterator<Item = T>) -> Option<T> {
    items.counts().into_iter().max_by(|(a, m), (b, n)| m.cmp(n).then_with(|| b.cmp(a))).map(|(item, _)| item)
}
