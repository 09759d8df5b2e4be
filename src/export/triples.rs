//! Triples: the RDF view of a graph in memory, as the SPARQL engine asks for it.
//!
//! Three sorted lists, so that whatever is known of a triple finds the others, and in the same order each time.

use std::cell::Cell;
use std::collections::HashMap;

use oxrdf::{BlankNode, Literal, NamedNode, Term};
use spareval::{InternalQuad, QueryableDataset};

use super::rdf::{self, Iri, Properties};
use crate::graph::View;

/// All triples of a view.
pub struct Triples {
    terms: Vec<Term>,
    numbers: HashMap<Term, u32>,
    by_subject: Vec<[u32; 3]>,
    by_predicate: Vec<[u32; 3]>,
    by_object: Vec<[u32; 3]>,
    blanks: u32,
}

/// The triples with a limit on how many are looked at.
#[derive(Clone, Copy)]
pub(super) struct Looked<'t> {
    pub triples: &'t Triples,
    /// How many more may be.
    pub left: &'t Cell<u64>,
}

/// A term of the view, or one that the query brings or computes.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) enum Known {
    Here(u32),
    Elsewhere(Box<Term>),
}

#[derive(Debug, thiserror::Error)]
#[error("too many triples were looked at")]
pub(super) struct TooMany;

impl Triples {
    pub fn new(view: &View) -> Triples {
        let mut triples = Triples {
            terms: Vec::new(),
            numbers: HashMap::new(),
            by_subject: Vec::new(),
            by_predicate: Vec::new(),
            by_object: Vec::new(),
            blanks: 0,
        };
        for resource in rdf::resources(view) {
            let subject = triples.number(named(&resource.iri));
            triples.add(subject, &resource.properties);
        }
        let turned = |turn: fn([u32; 3]) -> [u32; 3]| {
            let mut list: Vec<[u32; 3]> = triples.by_subject.iter().copied().map(turn).collect();
            list.sort_unstable();
            list.dedup();
            list
        };
        let (by_subject, by_predicate) = (turned(|[s, p, o]| [s, p, o]), turned(|[s, p, o]| [p, o, s]));
        let by_object = turned(|[s, p, o]| [o, s, p]);
        Triples { by_subject, by_predicate, by_object, ..triples }
    }

    pub fn len(&self) -> usize {
        self.by_subject.len()
    }

    pub fn is_empty(&self) -> bool {
        self.by_subject.is_empty()
    }

    fn add(&mut self, subject: u32, properties: &Properties) {
        for (property, value) in &properties.0 {
            let predicate = self.number(named(property));
            let object = match value {
                rdf::Term::Iri(iri) => self.number(named(iri)),
                rdf::Term::Text(text) => self.number(Literal::new_simple_literal(text).into()),
                rdf::Term::Typed(text, Iri(datatype)) => {
                    self.number(Literal::new_typed_literal(text, NamedNode::new_unchecked(datatype)).into())
                }
                rdf::Term::Blank(inner) => {
                    self.blanks += 1;
                    let blank = self.number(BlankNode::new_unchecked(format!("b{}", self.blanks)).into());
                    self.add(blank, inner);
                    blank
                }
            };
            self.by_subject.push([subject, predicate, object]);
        }
    }

    fn number(&mut self, term: Term) -> u32 {
        let terms = &mut self.terms;
        *self.numbers.entry(term).or_insert_with_key(|term| {
            terms.push(term.clone());
            terms.len() as u32 - 1
        })
    }

    /// The triples of a list that begin so.
    fn beginning<'t>(list: &'t [[u32; 3]], known: &[u32]) -> &'t [[u32; 3]] {
        let start = list.partition_point(|triple| triple[..known.len()] < *known);
        let end = start + list[start..].partition_point(|triple| triple[..known.len()] == *known);
        &list[start..end]
    }

    /// Those that fit, in their order.
    fn fitting(
        &self,
        subject: Option<u32>,
        predicate: Option<u32>,
        object: Option<u32>,
    ) -> impl Iterator<Item = [u32; 3]> + use<'_> {
        // Which list, what is known of it from the left, and how it turns back.
        type Turn = fn([u32; 3]) -> [u32; 3];
        let (list, turn): (&[[u32; 3]], Turn) = match (subject, predicate, object) {
            (Some(s), Some(p), Some(o)) => (Self::beginning(&self.by_subject, &[s, p, o]), |triple| triple),
            (Some(s), Some(p), None) => (Self::beginning(&self.by_subject, &[s, p]), |triple| triple),
            (Some(s), None, Some(o)) => (Self::beginning(&self.by_object, &[o, s]), |[o, s, p]| [s, p, o]),
            (Some(s), None, None) => (Self::beginning(&self.by_subject, &[s]), |triple| triple),
            (None, Some(p), Some(o)) => (Self::beginning(&self.by_predicate, &[p, o]), |[p, o, s]| [s, p, o]),
            (None, Some(p), None) => (Self::beginning(&self.by_predicate, &[p]), |[p, o, s]| [s, p, o]),
            (None, None, Some(o)) => (Self::beginning(&self.by_object, &[o]), |[o, s, p]| [s, p, o]),
            (None, None, None) => (&self.by_subject, |triple| triple),
        };
        list.iter().copied().map(turn)
    }
}

fn named(iri: &Iri) -> Term {
    NamedNode::new_unchecked(&iri.0).into()
}

impl<'t> QueryableDataset<'t> for Looked<'t> {
    type InternalTerm = Known;
    type Error = TooMany;

    fn internal_quads_for_pattern(
        &self,
        subject: Option<&Known>,
        predicate: Option<&Known>,
        object: Option<&Known>,
        graph_name: Option<Option<&Known>>,
    ) -> impl Iterator<Item = Result<InternalQuad<Known>, TooMany>> + use<'t> {
        let here = |term: Option<&Known>| match term {
            None => Some(None),
            Some(Known::Here(number)) => Some(Some(*number)),
            Some(Known::Elsewhere(_)) => None,
        };
        // There is but the default graph.
        let asked = here(subject).zip(here(predicate)).zip(here(object)).filter(|_| graph_name == Some(None));
        let (triples, left) = (self.triples, self.left);
        let found = asked
            .into_iter()
            .flat_map(move |((subject, predicate), object)| triples.fitting(subject, predicate, object));
        found.map(move |[subject, predicate, object]| {
            left.set(left.get().checked_sub(1).ok_or(TooMany)?);
            let [subject, predicate, object] = [subject, predicate, object].map(Known::Here);
            Ok(InternalQuad { subject, predicate, object, graph_name: None })
        })
    }

    fn internalize_term(&self, term: Term) -> Result<Known, TooMany> {
        let number = self.triples.numbers.get(&term);
        Ok(number.map_or_else(|| Known::Elsewhere(Box::new(term)), |&number| Known::Here(number)))
    }

    fn externalize_term(&self, term: Known) -> Result<Term, TooMany> {
        Ok(match term {
            Known::Here(number) => self.triples.terms[number as usize].clone(),
            Known::Elsewhere(term) => *term,
        })
    }
}
