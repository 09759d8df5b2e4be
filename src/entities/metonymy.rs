//! Metonymy: whether a capital or a seat of power stands for those who govern there.
//!
//! "Beijing said", "between Beijing and Moscow", "Beijing's goal" are the government, "in Beijing", "the airport of Beijing",
//! "Beijing's streets" the city.

use crate::document::{Deprel, Upos, Word};
use crate::entities::kinds;
use crate::knowledge::lexicon::Lexicon;
use crate::record::Kind;

/// How a name of a place stands in its clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stance {
    /// It acts, wants, or is dealt with: "Beijing warned", "talks with Beijing".
    Acts,
    /// Something is or happens there: "in Beijing", "at the Pentagon".
    Location,
    Other,
}

pub(crate) fn stance(word: Word<'_>, lexicon: &Lexicon) -> Stance {
    if is_government(word, lexicon) {
        return Stance::Acts;
    }
    let is_there = matches!(word.first_conjunct().deprel(), Deprel::Nmod | Deprel::Obl)
        && word
            .first_conjunct()
            .preposition()
            .is_some_and(|preposition| lexicon.metonymy.locations.contains(&preposition));
    if is_there { Stance::Location } else { Stance::Other }
}

/// True where the place that this word names acts, wants, or is dealt with.
fn is_government(word: Word<'_>, lexicon: &Lexicon) -> bool {
    let word = word.first_conjunct();
    let Some(head) = word.head() else { return false };
    let metonymy = &lexicon.metonymy;
    match word.deprel() {
        Deprel::Nsubj | Deprel::NsubjOuter => {
            let is_place = kinds::of_noun(head, lexicon).is_some_and(is_physical) && head.upos() != Upos::Verb;
            !is_place && !metonymy.place_subjects.contains(head.lemma())
        }
        Deprel::NsubjPass => {
            !metonymy.place_objects.contains(head.lemma()) && !metonymy.place_subjects.contains(head.lemma())
        }
        Deprel::Obj | Deprel::Iobj => !metonymy.place_objects.contains(head.lemma()),
        Deprel::OblAgent => true,
        Deprel::NmodPoss => !of_place(head, lexicon),
        Deprel::Compound | Deprel::Amod => match word.previous().map(|word| word.text().to_lowercase()).as_deref() {
            Some("-" | "anti" | "pro") => true,
            _ => metonymy.government_nouns.contains(head.lemma()) && !of_place(head, lexicon),
        },
        Deprel::Nmod | Deprel::Obl => match word.preposition().as_deref() {
            Some(
                "between" | "with" | "against" | "by" | "for" | "toward" | "towards" | "on behalf of" | "according to"
                | "like" | "among",
            ) => !metonymy.place_objects.contains(head.lemma()),
            Some(preposition @ ("of" | "from" | "to" | "on" | "over" | "about")) => {
                // "imposed sanctions on Minsk": the phrase may hang on the verb. Who sends an envoy to Minsk sends him there.
                let thing = head.child(Deprel::Obj).filter(|_| !matches!(preposition, "of" | "to"));
                let deals = |noun: Word| metonymy.government_nouns.contains(noun.lemma()) && !of_place(noun, lexicon);
                deals(head) || thing.is_some_and(deals)
            }
            _ => false,
        },
        _ => false,
    }
}

/// Airports, streets, mayors and residents belong to the city.
fn of_place(noun: Word<'_>, lexicon: &Lexicon) -> bool {
    kinds::of_noun(noun, lexicon).is_some_and(is_physical) || lexicon.metonymy.city_nouns.contains(noun.lemma())
}

fn is_physical(kind: Kind) -> bool {
    matches!(kind, Kind::City | Kind::Place | Kind::Region | Kind::Facility)
}
