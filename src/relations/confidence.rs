//! Confidence: how far a relation can be trusted as a fact, from 0 to 1.
//!
//! A sure clause (0.9) with two sure links (1.0, 0.9) and an unambiguous trigger score 0.86; the weaker link counts most,
//! since a wrong end makes the whole relation wrong. What is planned, wished or feared counts for less than what is said
//! to be so. The score is then read off a scale: the share of true relations among those that score alike, counted by
//! hand in two hundred of them.

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
    let score = clause * place * links.clamp(0.0, 1.0).sqrt() * frame.weight;
    (share_true(score) * 100.0).round() / 100.0
}

/// Score and share of true relations, in between on a line.
const SCALE: [(f64, f64); 8] =
    [(0.0, 0.2), (0.3, 0.5), (0.45, 0.68), (0.55, 0.75), (0.65, 0.81), (0.75, 0.88), (0.85, 0.94), (1.0, 0.98)];

fn share_true(score: f64) -> f64 {
    let step = SCALE.windows(2).find(|step| score <= step[1].0).unwrap_or(&SCALE[SCALE.len() - 2..]);
    let [(low, from), (high, to)] = [step[0], step[1]];
    from + (to - from) * (score.clamp(low, high) - low) / (high - low)
}

/// True in relative and adverbial clauses and whatever hangs on them; what is reported is to the point.
fn is_aside(predicate: Word<'_>) -> bool {
    let is_loose = |word: Word<'_>| {
        matches!(word.deprel(), Deprel::Advcl | Deprel::AclRelcl | Deprel::AdvclRelcl | Deprel::Acl)
            && !word.has_child(Deprel::Ccomp)
    };
    std::iter::once(predicate).chain(predicate.ancestors()).any(is_loose)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_higher_score_is_surer() {
        let shares: Vec<f64> = (0..=100).map(|score| share_true(f64::from(score) / 100.0)).collect();
        assert!(shares.windows(2).all(|pair| pair[0] <= pair[1]), "{shares:?}");
        assert_eq!((share_true(0.65), share_true(1.0)), (0.81, 0.98));
    }
}
