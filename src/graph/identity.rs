//! Identity: when two articles speak of the same thing, and when two readings are of the same article.
//!
//! An entity with a reference is that reference: `wikidata:Q7747`, whatever the article called it.
//! One without is its folded name and its kind: `person:alice ekman`.
//! A value belongs to the statement that it completes, so that "10%" here and "10%" there do not meet.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::knowledge::names;
use crate::record::{Bound, Kind, Quantity};

/// What a node is, across articles; the id of the node in every format.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct NodeKey(pub Arc<str>);

/// References in the order in which they are trusted to identify; any other scheme comes after these.
const SCHEMES: [&str; 3] = ["wikidata", "iso3166", "geonames"];

impl NodeKey {
    pub fn entity(name: &str, kind: Kind, refs: &BTreeMap<String, String>) -> NodeKey {
        let known = SCHEMES.iter().find_map(|scheme| refs.get_key_value(*scheme));
        match known.or_else(|| refs.iter().next()) {
            Some((scheme, id)) => NodeKey(format!("{scheme}:{id}").into()),
            None => NodeKey(format!("{}:{}", kind.name(), fold(name)).into()),
        }
    }

    pub fn value(subject: &NodeKey, relation_type: &str, quantity: &Quantity) -> NodeKey {
        let bound = match quantity.bound {
            None => "",
            Some(Bound::About) => "about ",
            Some(Bound::AtLeast) => "at least ",
            Some(Bound::AtMost) => "at most ",
            Some(Bound::Between) => "between ",
        };
        NodeKey(format!("value:{subject}/{relation_type}/{bound}{} {}", quantity.value, quantity.unit).into())
    }
}

impl fmt::Display for NodeKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One article. Two files of lines both have a line 1, so the text takes part.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArticleKey {
    pub id: String,
    /// Of the text, in hexadecimal.
    pub digest: String,
}

impl ArticleKey {
    pub fn new(id: &str, text: &str) -> ArticleKey {
        ArticleKey { id: id.to_string(), digest: format!("{:016x}", fnv1a(text.as_bytes())) }
    }
}

/// FNV-1a: the same on every machine and in every release, which the standard hasher does not promise.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// A name without what writers vary: case, accents, punctuation, a leading article. A name of nothing else stays as it is.
pub(super) fn fold(name: &str) -> String {
    let folded = names::fold(name);
    if folded.is_empty() { name.trim().to_lowercase() } else { folded }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writers_vary_names_are_the_same() {
        for (one, other) in [("The Côte d’Ivoire", "Cote d'Ivoire"), ("U.S.", "US")] {
            assert_eq!(fold(one), fold(other));
        }
        assert_eq!(fold("习近平"), "习近平");
        assert_eq!(fold("The"), "the");
        assert_eq!(fold("!!!"), "!!!");
    }

    #[test]
    fn a_reference_outranks_a_name() {
        let refs = BTreeMap::from([("iso3166".into(), "CHN".into()), ("wikidata".into(), "Q148".into())]);
        assert_eq!(NodeKey::entity("China", Kind::Country, &refs), NodeKey("wikidata:Q148".into()));
        assert_eq!(
            NodeKey::entity("Alice Ekman", Kind::Person, &BTreeMap::new()),
            NodeKey("person:alice ekman".into())
        );
    }
}
