//! States: names that no list holds and that stand where the names of states stand.
//!
//! "Gondor recalled its ambassador from Arnor" speaks of two states, whatever they look like to the tagger: who has ambassadors,
//! borders, ties and treaties is one, and so is who is annexed.

use std::collections::HashSet;

use crate::document::{Deprel, Document, TokenId, Word};
use crate::entities::candidates::ENOUGH;
use crate::entities::{Mention, kinds};
use crate::knowledge::Knowledge;
use crate::record::{Form, Kind};

/// Makes states of the unknown names that somewhere in the document stand for one.
pub(crate) fn recognise(document: &Document, names: &mut [Mention], knowledge: &Knowledge) {
    let seeker = Seeker { document, knowledge, parts: parts_of_persons(document, names) };
    let is_country = |name: &&Mention| name.kind == Some(Kind::Country) && !name.candidates.is_empty();
    let countries: HashSet<TokenId> = names.iter().filter(is_country).map(|name| name.head).collect();
    let text = |name: &Mention| name.span.of(document.text());
    let is_beside_country = |name: &Mention| {
        let mut others = document.word(name.head).first_conjunct().conjuncts().into_iter();
        name.kind == Some(Kind::Person) && others.any(|other| countries.contains(&other.id()))
    };
    let unknown: Vec<&Mention> = names.iter().filter(|name| seeker.may_be_state(name)).collect();
    let words: HashSet<&str> = unknown.iter().map(|name| text(name)).collect();
    let in_words = document.words().filter(|word| words.contains(word.text()) && seeker.stands_for_state(*word));
    let in_names = unknown.iter().filter(|name| {
        is_beside_country(name) || name.words.len() > 1 && seeker.stands_for_state(document.word(name.head))
    });
    let states: HashSet<&str> = in_words.map(Word::text).chain(in_names.map(|name| text(name))).collect();
    for name in names.iter_mut() {
        if states.contains(name.span.of(document.text())) && seeker.may_be_state(name) {
            name.kind = Some(Kind::Country);
        }
    }
}

/// The words of the longer names of persons: "Faramir" where the article has "Captain Faramir Took".
fn parts_of_persons<'d>(document: &'d Document, names: &[Mention]) -> HashSet<&'d str> {
    let longer = names.iter().filter(|name| name.kind == Some(Kind::Person) && name.words.len() > 1);
    longer.flat_map(|name| document.words_in(name.words.clone()).map(Word::text)).collect()
}

struct Seeker<'a> {
    document: &'a Document<'a>,
    knowledge: &'a Knowledge,
    parts: HashSet<&'a str>,
}

impl<'a> Seeker<'a> {
    /// A name that the base does not hold, and that is no person's as far as lists and the article tell.
    fn may_be_state(&self, name: &Mention) -> bool {
        if name.form != Form::Name || name.candidates.first().is_some_and(|best| best.weight >= ENOUGH) {
            return false;
        }
        match name.kind {
            Some(Kind::City | Kind::Region | Kind::Place | Kind::Country) => true,
            Some(Kind::Person) => {
                let text = name.span.of(self.document.text());
                let base = &self.knowledge.base;
                let is_titled = || {
                    let before = self.document.word(name.head).previous().map(|word| word.text().to_lowercase());
                    let title = before.as_deref().map(|before| before.trim_end_matches('.'));
                    let persons = &self.knowledge.lexicon.persons;
                    title.is_some_and(|title| persons.titles.contains(title) || persons.offices.contains(title))
                };
                name.words.len() == 1
                    && !self.parts.contains(text)
                    && base.given_name(text).is_none()
                    && !base.is_surname(text)
                    && !is_titled()
            }
            _ => false,
        }
    }

    fn stands_for_state(&self, word: Word<'_>) -> bool {
        let word = word.first_conjunct();
        let Some(head) = word.head() else { return false };
        let metonymy = &self.knowledge.lexicon.metonymy;
        let is_in =
            |preposition: &str| matches!(preposition, "with" | "between" | "from" | "against" | "to" | "in" | "on");
        let preposition = word.preposition();
        let preposition = preposition.as_deref();
        match word.deprel() {
            // "Gondor is about to restore diplomatic ties": of the clause that depends on this one.
            Deprel::Nsubj => {
                let below = head.children(Deprel::Xcomp).chain(head.children(Deprel::Advcl));
                let mut verbs = std::iter::once(head).chain(below);
                verbs.any(|verb| verb.child(Deprel::Obj).is_some_and(|object| self.is_of_state(object)))
            }
            Deprel::Obj | Deprel::NsubjPass => metonymy.state_objects.contains(head.lemma()),
            Deprel::NmodPoss => self.is_of_state(head),
            // "Masisi territory" is a part of a state.
            Deprel::Compound | Deprel::Amod => {
                let kind = kinds::of_noun(head, &self.knowledge.lexicon);
                (self.is_of_state(head) || self.is_power(head)) && kind != Some(Kind::Region)
            }
            // "broke off relations with Gondor": the phrase may hang on the verb.
            Deprel::Obl => {
                preposition.is_some_and(is_in) && head.child(Deprel::Obj).is_some_and(|object| self.is_of_state(object))
            }
            Deprel::Nmod | Deprel::Appos => match preposition {
                Some("of") => {
                    self.is_of_state(head)
                        || self.is_power(head)
                        || kinds::of_noun(head, &self.knowledge.lexicon) == Some(Kind::Country)
                }
                None => kinds::of_noun(head, &self.knowledge.lexicon) == Some(Kind::Country),
                Some(preposition) => is_in(preposition) && self.is_of_state(head),
            },
            _ => false,
        }
    }

    /// "Its border", "diplomatic ties": what only states have, with each other or of their own.
    fn is_of_state(&self, noun: Word<'_>) -> bool {
        let lemma = noun.lemma().to_lowercase();
        let nouns = &self.knowledge.lexicon.metonymy.state_nouns;
        let pair = || noun.previous().map(|before| format!("{} {lemma}", before.text().to_lowercase()));
        nouns.contains(&lemma) || pair().is_some_and(|pair| nouns.contains(&pair))
    }

    /// "The army of Gondor": what persons have too, but are not joined with so.
    fn is_power(&self, noun: Word<'_>) -> bool {
        self.knowledge.lexicon.metonymy.state_powers.contains(&noun.lemma().to_lowercase())
    }
}
