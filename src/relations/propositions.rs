//! Propositions: clauses with their polarity, modality and speaker.
//!
//! "Peskov said Putin would not meet Xi in Samarkand." gives `say(subj: Peskov; comp: meet)` and
//! `meet(subj: Putin; obj: Xi; in: Samarkand) [negated, planned, by: Peskov]`.

use super::{Proposition, attribution, background, clauses, modality, nominals, reliability};
use crate::document::Document;
use crate::knowledge::lexicon::Lexicon;

/// All that a document says, in reading order of the predicates.
pub fn find(document: &Document<'_>, lexicon: &Lexicon) -> Vec<Proposition> {
    let reports = attribution::find(document, lexicon);
    let present = background::year_of(document);
    let mut clauses = clauses::find(document, lexicon);
    clauses.extend(nominals::find(document, lexicon, &clauses));
    clauses.sort_by_key(|clause| clause.anchor);
    clauses
        .into_iter()
        .map(|clause| {
            let anchor = document.word(clause.anchor);
            let stance = modality::stance(anchor, lexicon);
            Proposition {
                attribution: attribution::speakers(anchor, &reports),
                historical: background::is_historical(anchor, present, lexicon),
                confidence: reliability::of(document, &clause, stance),
                polarity: stance.polarity,
                modality: stance.modality,
                predicate: clause.predicate,
                subjects: clause.subjects,
                arguments: clause.arguments,
            }
        })
        .collect()
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
