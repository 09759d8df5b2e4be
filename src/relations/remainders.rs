//! Remainders: whom a bare number counts.
//!
//! In "rescued 700 migrants and saved 200 more" the 200 are migrants; in "killed nine soldiers and wounded 33" the 33 are soldiers.

use crate::document::{Deprel, Upos, Word};
use crate::entities::{Entities, LinkedMention};
use crate::record::{Form, Kind};

/// The people counted last, where a number or "others" takes the place of one more such description.
pub(crate) fn counted_before<'e>(number: Word<'_>, entities: &'e Entities) -> Option<&'e LinkedMention> {
    if !is_bare(number) {
        return None;
    }
    let document = number.document();
    let is_meant = |linked: &&LinkedMention| {
        let head = document.word(linked.mention.head);
        linked.mention.form == Form::Nominal
            && entities.get(linked.entity).kind == Kind::People
            && head.has_child(Deprel::Nummod)
            && head < number
    };
    let before = number.sentence_index().saturating_sub(1);
    let words = document.sentences()[before].tokens.start..number.index();
    entities.starting_in(words).iter().filter(is_meant).max_by_key(|linked| linked.mention.words.start)
}

/// A number without a noun, or "more" and "others" with a number, as one who does or suffers something.
fn is_bare(number: Word<'_>) -> bool {
    let is_rest =
        matches!(number.text().to_lowercase().as_str(), "more" | "others") && number.has_child(Deprel::Nummod);
    let is_number = number.upos() == Upos::Num && !number.has_child(Deprel::Case) && !number.has_child(Deprel::Nmod);
    let takes_part = matches!(number.deprel(), Deprel::Obj | Deprel::Nsubj | Deprel::NsubjPass);
    takes_part && (is_rest || is_number)
}
