//! Confidence: how far a relation can be trusted as a fact, from 0 to 1.
//!
//! A sure clause (0.9) with two sure links (1.0, 0.9) and an unambiguous trigger gives 0.86; the weaker link counts most,
//! since a wrong end makes the whole relation wrong. What is planned, wished or feared counts for less than what is said
//! to be so.

use super::Proposition;
use crate::document::{Deprel, Word};
use crate::knowledge::ontology::Frame;
use crate::record::{Modality, Polarity};

/// What a sentence says beside its point ("…, who met Xi in May", "after shelling the port") counts a little less.
const ASIDE: f64 = 0.93;

/// Of the clause, the links at both ends and the trigger's own weight; two decimals, so that outputs stay readable.
pub(crate) fn of(proposition: &Proposition, predicate: Word<'_>, subject: f64, object: f64, frame: &Frame) -> f64 {
    let links = subject.min(object) * subject.max(object).sqrt();
    let stance = match (proposition.modality, proposition.polarity) {
        (Modality::Asserted, Polarity::Affirmed) => 1.0,
        (Modality::Planned, Polarity::Affirmed) => 0.95,
        (Modality::Asserted, Polarity::Negated) => 0.9,
        _ => 0.8,
    };
    let clause = proposition.confidence.clamp(0.0, 1.0) * stance;
    let place = if is_aside(predicate) { ASIDE } else { 1.0 };
    let confidence = clause * place * links.clamp(0.0, 1.0).sqrt() * frame.weight;
    (confidence * 100.0).round() / 100.0
}

/// True in relative and adverbial clauses and whatever hangs on them; what is reported is to the point.
fn is_aside(predicate: Word<'_>) -> bool {
    let is_loose = |word: Word<'_>| {
        matches!(word.deprel(), Deprel::Advcl | Deprel::AclRelcl | Deprel::AdvclRelcl | Deprel::Acl)
            && !word.has_child(Deprel::Ccomp)
    };
    std::iter::once(predicate).chain(predicate.ancestors()).any(is_loose)
}
