//! What treebanks teach too rarely, mended in the trees that the network gives; trees stay trees.
//!
//! "Kenya to send police" in a headline is a clause: `send` is its root and `Kenya` its subject.

mod clauses;
mod nouns;

use std::ops::Range;

use super::embedding::Form;
use crate::document::{Analysis, Deprel, TokenId};

/// Mends the tree of one sentence.
pub(super) fn mend(analyses: &mut [Analysis], forms: &[Form<'_>], sentence: Range<usize>) {
    clauses::join_roots(analyses, sentence.clone());
    clauses::lost_verbs(analyses, forms, sentence.clone());
    nouns::titles_with_of(analyses, forms, sentence.clone());
    nouns::torn_titles(analyses, forms, sentence.clone());
    nouns::name_states(analyses, forms, sentence.clone());
    clauses::agents_behind_places(analyses, forms, sentence.clone());
    clauses::name_agents(analyses, forms, sentence.clone());
    nouns::part_coordinated_names(analyses, sentence.clone());
    nouns::ones_of_them(analyses, sentence.clone());
    nouns::join_roles(analyses, forms, sentence.clone());
    clauses::clauses_of_verbs(analyses, sentence.clone());
    clauses::charges(analyses, forms, sentence.clone());
    clauses::crossed_objects(analyses, sentence.clone());
    clauses::relatives(analyses, forms, sentence.clone());
    clauses::relatives_agree(analyses, forms, sentence.clone());
    clauses::listed_compounds(analyses, forms, sentence.clone());
    clauses::finite_conjuncts(analyses, forms, sentence.clone());
    clauses::subjects(analyses, forms, sentence.clone());
    clauses::recipients(analyses, forms, sentence.clone());
    nouns::free_days(analyses, forms, sentence.clone());
    nouns::fronted_days(analyses, forms, sentence.clone());
    nouns::part_days_from_names(analyses, forms, sentence.clone());
    nouns::free_places(analyses, forms, sentence.clone());
    nouns::counted_objects(analyses, forms, sentence.clone());
    nouns::run_on_appositions(analyses, forms, sentence.clone());
    clauses::announce(analyses, forms, sentence);
}

fn hangs_below(analyses: &[Analysis], index: usize, above: usize) -> bool {
    let mut word = Some(index);
    // A tree is no deeper than its sentence is long.
    for _ in 0..analyses.len() {
        match word {
            Some(word) if word == above => return true,
            Some(below) => word = analyses[below].head.map(TokenId::index),
            None => return false,
        }
    }
    false
}

/// The first word that hangs on this one in this way.
fn child(analyses: &[Analysis], sentence: &Range<usize>, head: usize, deprel: Deprel) -> Option<usize> {
    sentence.clone().find(|&word| hangs_on(analyses, word, head) && analyses[word].deprel == deprel)
}

fn hangs_on(analyses: &[Analysis], index: usize, head: usize) -> bool {
    analyses[index].head == Some(TokenId(head as u32))
}
