//! Confidence: how far a relation can be trusted, from 0 to 1.
//!
//! A sure clause (0.9) with two sure links (1.0, 0.9) and an unambiguous trigger gives 0.86; the weaker link counts most,
//! since a wrong end makes the whole relation wrong.

use crate::knowledge::ontology::Frame;

/// Of the clause, the links at both ends and the trigger's own weight; two decimals, so that outputs stay readable.
pub(crate) fn of(proposition: f64, subject: f64, object: f64, frame: &Frame) -> f64 {
    let links = subject.min(object) * subject.max(object).sqrt();
    let confidence = proposition.clamp(0.0, 1.0) * links.clamp(0.0, 1.0).sqrt() * frame.weight;
    (confidence * 100.0).round() / 100.0
}
