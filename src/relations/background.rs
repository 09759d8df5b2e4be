//! Background: what is told of another time than the article's own.
//!
//! "There was tension during the Soviet era" and "brought both sides to the brink of war in 1969" are history in an
//! article of 2022; "since 1990" reaches into the present and is not.

use super::phrases;
use crate::document::{Deprel, Document, Upos, Word};
use crate::knowledge::lexicon::Lexicon;

/// Years between the article and what is history to it.
const DISTANCE: i32 = 3;
/// Where the article has no date and names no year of this century.
const TODAY: i32 = 2020;

/// The year that an article writes in: of its date, else the latest year of this century that it names.
pub(crate) fn year_of(document: &Document<'_>) -> i32 {
    let named = || document.words().filter_map(year).filter(|year| (2000..=2100).contains(year)).max();
    document.article().date.map(|date| i32::from(date.year())).or_else(named).unwrap_or(TODAY)
}

/// True where the predicate, or a clause that it hangs on, has a time of long ago.
pub(crate) fn is_historical(predicate: Word<'_>, present: i32, lexicon: &Lexicon) -> bool {
    let mut word = predicate;
    loop {
        if word.dependents().any(|child| is_bygone(child, present, lexicon)) {
            return true;
        }
        // "the era when …": the noun that a clause describes is its time.
        if word != predicate && word.is_nominal() && is_bygone(word, present, lexicon) {
            return true;
        }
        let is_bound = matches!(
            word.deprel(),
            Deprel::Advcl | Deprel::AclRelcl | Deprel::AdvclRelcl | Deprel::Xcomp | Deprel::Obj
        ) || (word.deprel().is_oblique() && !phrases::is_clause(word));
        match word.head().filter(|_| is_bound) {
            Some(head) => word = head,
            None => return false,
        }
    }
}

fn is_bygone(time: Word<'_>, present: i32, lexicon: &Lexicon) -> bool {
    let is_modifier = time.deprel().is_oblique()
        || time.deprel().is_nominal_modifier()
        || matches!(time.deprel(), Deprel::Nummod | Deprel::Compound | Deprel::Amod | Deprel::Advmod);
    let reaches_now = time.preposition().is_some_and(|preposition| {
        matches!(&*preposition, "since" | "from" | "until" | "till" | "like" | "after" | "for")
    });
    if !is_modifier || reaches_now {
        return false;
    }
    let is_past_year = |word: Word<'_>| year(word).is_some_and(|year| year <= present - DISTANCE);
    let lemma = time.lemma().to_lowercase();
    let is_named = time.has_child(Deprel::Compound) || time.has_child(Deprel::Amod) || time.has_child(Deprel::Nmod);
    let is_age = (lexicon.time.periods.contains(&lemma) && is_named)
        || matches!(&*lemma, "war") && time.dependents().any(|child| matches!(child.text(), "Cold" | "World"))
        || matches!(&*lemma, "century") && time.dependents().any(|child| child.xpos() == "JJ");
    let is_ago = matches!(&*lemma, "decade" | "century" | "generation")
        && time.next().is_some_and(|next| matches!(next.text(), "ago" | "earlier"));
    is_past_year(time) || time.dependents().any(is_past_year) || is_age || is_ago
}

fn year(word: Word<'_>) -> Option<i32> {
    let text = word.text().trim_end_matches('s');
    let is_year = word.upos() == Upos::Num || word.upos() == Upos::Noun;
    (is_year && text.len() == 4).then(|| text.parse().ok())?.filter(|year| (1000..2200).contains(year))
}
