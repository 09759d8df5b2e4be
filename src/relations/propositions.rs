//! Propositions: clauses with their polarity, modality and speaker.
//!
//! "Peskov said Putin would not meet Xi in Samarkand." gives `say(subj: Peskov; comp: meet)` and
//! `meet(subj: Putin; obj: Xi; in: Samarkand) [negated, planned, by: Peskov]`.

use super::attribution::{self, Report};
use super::clauses::{self, Clause};
use super::{Proposition, modality, nominals};
use crate::document::Document;
use crate::knowledge::lexicon::Lexicon;

/// All that a document says, in reading order of the predicates.
pub fn find(document: &Document<'_>, lexicon: &Lexicon) -> Vec<Proposition> {
    let reports = attribution::find(document, lexicon);
    let mut clauses = clauses::find(document, lexicon);
    clauses.extend(nominals::find(document, lexicon, &clauses));
    clauses.sort_by_key(|clause| clause.anchor);
    clauses.into_iter().map(|clause| judge(document, lexicon, &reports, clause)).collect()
}

fn judge(document: &Document<'_>, lexicon: &Lexicon, reports: &[Report], clause: Clause) -> Proposition {
    let anchor = document.word(clause.anchor);
    let stance = modality::stance(anchor, lexicon);
    Proposition {
        predicate: clause.predicate,
        subjects: clause.subjects,
        arguments: clause.arguments,
        polarity: stance.polarity,
        modality: stance.modality,
        attribution: attribution::speakers(anchor, reports),
        historical: false,
        confidence: 0.5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::testing;
    use crate::knowledge::Knowledge;
    use crate::relations::notation;

    fn lines(trees: &str) -> Vec<String> {
        let document = testing::document(trees);
        let lexicon = Knowledge::embedded().lexicon;
        find(&document, &lexicon).iter().map(|proposition| notation::line(&document, proposition)).collect()
    }

    #[test]
    fn reported_plans_are_no_facts() {
        let lines = lines(
            "Peskov    Peskov    PROPN NNP 2 nsubj
             said      say       VERB  VBD 0 root
             Putin     Putin     PROPN NNP 6 nsubj
             would     would     AUX   MD  6 aux
             not       not       PART  RB  6 advmod
             meet      meet      VERB  VB  2 ccomp
             Xi        Xi        PROPN NNP 6 obj
             in        in        ADP   IN  9 case
             Samarkand Samarkand PROPN NNP 6 obl
             .         .         PUNCT .   2 punct",
        );
        assert_eq!(
            lines,
            [
                "say(subj: Peskov; comp: meet)",
                "meet(subj: Putin; obj: Xi; in: Samarkand) [negated, planned, by: Peskov]"
            ]
        );
    }
}
