//! Names: which words are one, from the tagger's eye and the reference base's memory.
//!
//! "Chinese President Xi Jinping visited the European Union Institute for Security Studies" gives `Chinese` (known as an
//! adjective), `Xi Jinping` (known, and looks like a person) and `European Union Institute for Security Studies` (unknown, looks
//! like an organization). The outermost name wins: the European Union is no mention there.

use std::ops::Range;

use crate::document::{Deprel, Document, Upos, Word};
use crate::entities::acronyms;
use crate::entities::tagger::{self, Class, Tagged};
use crate::knowledge::Knowledge;
use crate::knowledge::base::Match;
use crate::knowledge::gazetteer;
use crate::knowledge::names::How;
use crate::record::Kind;
use crate::text::SentenceRole;

/// A name, before it is decided what it is called after.
#[derive(Clone, Debug)]
pub(crate) struct Name {
    pub words: Range<usize>,
    /// What it looks like.
    pub class: Option<Class>,
    /// What the base knows under it, likeliest first.
    pub matches: Vec<Match>,
}

/// The names of a document in reading order, none inside another.
pub(crate) fn find(document: &Document, knowledge: &Knowledge) -> Vec<Name> {
    let words: Vec<&str> = document.words().map(Word::text).collect();
    let sentences = document.sentences().iter().map(|sentence| sentence.tokens.clone());
    let known = gazetteer::names(&knowledge.base, &words, sentences);
    let finder = Finder { document, knowledge };
    let tagged = tagger::tag(document, &known, knowledge, |word| finder.is_surely_named(word));
    let mut names = Vec::new();
    for sentence in document.sentences().iter().filter(|sentence| sentence.role != SentenceRole::Furniture) {
        let tagged = tagged.iter().filter(|tagged| sentence.tokens.contains(&tagged.words.start));
        let mut tagged: Vec<Tagged> = tagged.flat_map(|tagged| finder.parts(tagged)).collect();
        let family_first = finder.family_first(sentence.tokens.clone());
        tagged.retain(|tagged| family_first.iter().all(|name| !overlap(&name.words, &tagged.words)));
        tagged.extend(family_first);
        let known = known.iter().filter(|known| sentence.tokens.contains(&known.words.start));
        let known: Vec<Name> = known
            .map(|known| Name { words: known.words.clone(), class: None, matches: known.matches.clone() })
            .collect();
        let mut found: Vec<Name> = tagged.iter().filter_map(|tagged| finder.settle(tagged, &known)).collect();
        found.sort_by_key(|name| (name.words.start, std::cmp::Reverse(name.words.end)));
        found.dedup_by(|next, kept| overlap(&next.words, &kept.words));
        for name in known {
            let is_free = found.iter().all(|other| !overlap(&other.words, &name.words));
            if is_free && finder.stands_alone(&name) {
                found.push(name);
            }
        }
        finder.contained(&mut found, sentence.tokens.clone());
        finder.titled(&mut found, sentence.tokens.clone());
        finder.listed(&mut found);
        finder.extend(&mut found, sentence.tokens.end);
        finder.sign(&mut found, sentence.tokens.end);
        finder.institutions(&mut found, sentence.tokens.clone());
        finder.widen(&mut found, sentence.tokens.clone());
        finder.possess(&mut found, sentence.tokens.clone());
        finder.embed(&mut found, sentence.tokens.clone());
        let halves = finder.shared_heads(sentence.tokens.clone(), &found);
        found.retain(|name| halves.iter().all(|half| half.words != name.words));
        found.extend(halves);
        found.sort_by_key(|name| name.words.start);
        finder.join(&mut found);
        names.append(&mut found);
    }
    acronyms::spread(document, &mut names);
    names
}

pub(super) struct Finder<'a> {
    pub(super) document: &'a Document<'a>,
    pub(super) knowledge: &'a Knowledge,
}

impl<'a> Finder<'a> {
    pub(super) fn texts(&self, words: Range<usize>) -> Vec<&'a str> {
        self.document.words_in(words).map(Word::text).collect()
    }

    pub(super) fn lower(&self, index: usize) -> String {
        self.document.words_in(index..index + 1).map(|word| word.text().to_lowercase()).collect()
    }

    pub(super) fn lookup(&self, words: Range<usize>) -> Vec<Match> {
        let span = self.document.span_of(words);
        self.knowledge.base.lookup(span.of(self.document.text()))
    }

    /// "Gondor" and "KPRT": a noun to the parser, no word of English nor a nationality, in no shouted line.
    fn is_surely_named(&self, word: Word<'_>) -> bool {
        let text = word.text();
        let is_written_so = text.starts_with(char::is_uppercase)
            && text.chars().skip(1).all(char::is_lowercase)
            && text.chars().count() > 3;
        let is_capital = |word: Word| word.text().starts_with(char::is_uppercase) || word.text() == "-";
        let is_alone = || !word.previous().is_some_and(is_capital) && !word.next().is_some_and(is_capital);
        // "The Pilbara region"
        let is_sort = |word: Word| {
            let kind = self.knowledge.lexicon.nouns.heads.get(word.text());
            matches!(kind, Some(Kind::Region | Kind::City)) && word.upos() == Upos::Noun
        };
        let takes_part = match word.first_conjunct().deprel() {
            Deprel::Compound => is_alone() && word.next().is_some_and(is_sort),
            Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj => word.deprel() != Deprel::Conj || is_alone(),
            Deprel::Obl | Deprel::OblAgent | Deprel::Nmod | Deprel::NmodPoss => is_alone(),
            Deprel::Vocative => is_alone() && self.knowledge.base.given_name(text).is_some(),
            _ => false,
        };
        let lower = text.to_lowercase();
        let is_large = |word: Word| word.text().chars().all(|char| char.is_ascii_uppercase()) && word.text().len() > 1;
        let is_one_of_many = |word: Word| matches!(word.lemma(), "a" | "an") || word.xpos() == "PRP$";
        let is_acronym = || {
            (2..=6).contains(&text.len())
                && is_large(word)
                && !is_written_large(word)
                && !word.previous().is_some_and(|previous| is_large(previous) || is_one_of_many(previous))
                && !word.next().is_some_and(is_large)
                && !self.knowledge.lexicon.nouns.abbreviations.contains(&lower)
        };
        let is_noun = if is_written_so { word.xpos() == "NNP" } else { word.is_nominal() };
        if !(is_written_so || is_acronym()) || !takes_part || !is_noun {
            return false;
        }
        !self.knowledge.base.is_common_word(&lower)
            && !self.knowledge.lexicon.nouns.not_names.contains(&lower)
            && self.knowledge.base.lookup(text).iter().all(|found| !found.how.is_demonym())
    }

    /// "Hui Chi-fung", "Ban Ki-moon": a family name and a given name of two syllables, the second one small.
    fn family_first(&self, sentence: Range<usize>) -> Vec<Tagged> {
        let is_touching = |index: usize| {
            self.document.span_of(index..index + 1).end == self.document.span_of(index + 1..index + 2).start
        };
        let found = sentence.clone().filter(|&index| {
            let in_sentence = index + 3 < sentence.end;
            in_sentence && {
                let text = self.texts(index..index + 4);
                let is_name = |word: &str| {
                    word.len() > 1
                        && word.starts_with(char::is_uppercase)
                        && word.chars().skip(1).all(char::is_lowercase)
                };
                is_name(text[0])
                    && is_name(text[1])
                    && text[2] == "-"
                    && text[3].len() > 1
                    && text[3].chars().all(char::is_lowercase)
                    && is_touching(index + 1)
                    && is_touching(index + 2)
                    && (!self.lookup(index..index + 4).is_empty()
                        || self.knowledge.base.is_surname(&text[0].to_lowercase())
                        || [text[1], text[3]]
                            .iter()
                            .all(|part| !self.knowledge.base.is_common_word(&part.to_lowercase())))
            }
        });
        found.map(|index| Tagged { words: index..index + 4, class: Class::Person }).collect()
    }

    /// Tagger and base see names at one place: the same, one inside the other, or crossing.
    fn settle(&self, tagged: &Tagged, known: &[Name]) -> Option<Name> {
        let class = Some(tagged.class);
        let own = tagged.words.clone();
        if let Some(name) = known.iter().find(|name| name.words == own) {
            let best = &name.matches[0];
            let is_shouted = own.len() == 1 && self.texts(own.clone())[0].chars().all(char::is_uppercase);
            let all_shouted = || self.document.words_in(own.clone()).all(is_written_large);
            let mut matches = if is_shouted && best.common && (best.how != How::Abbreviation || all_shouted()) {
                Vec::new()
            } else {
                name.matches.clone()
            };
            if best.how.is_demonym() && best.how != How::Plural && self.is_given_name(own.clone(), tagged.class) {
                matches.retain(|found| !found.how.is_demonym());
                return Some(Name { class: Some(Class::Person), words: own, matches });
            }
            return Some(Name { class, words: own, matches });
        }
        let covering = known.iter().find(|name| name.words.start <= own.start && own.end <= name.words.end);
        if let Some(name) = covering {
            let best = &name.matches[0];
            if !best.weak && best.how != How::Surname {
                return Some(Name { class, ..name.clone() });
            }
        }
        // A known name that only begins or ends inside reaches further: "Bank of" + "England" is one name.
        let crossing = known.iter().find(|name| {
            overlap(&name.words, &own)
                && name.words.len() > 1
                && !(own.start <= name.words.start && name.words.end <= own.end)
        });
        if let Some(name) = crossing
            && name.matches[0].prior > 0.5
        {
            let words = name.words.start.min(own.start)..name.words.end.max(own.end);
            let matches = self.lookup(words.clone());
            return Some(if matches.is_empty() {
                Name { class, ..name.clone() }
            } else {
                Name { words, class, matches }
            });
        }
        let matches = self.lookup(own.clone());
        let matches = if matches.is_empty() { self.without_country(own.clone()) } else { matches };
        if matches.is_empty() {
            // One word that English writes small, with a capital only because the sentence begins with it.
            let word = self.document.words_in(own.clone()).next()?;
            let opens = word.previous().is_none_or(|previous| previous.sentence_index() != word.sentence_index());
            let common = self.knowledge.base.is_common_word(&word.text().to_lowercase());
            if own.len() == 1 && opens && common && !matches!(word.upos(), Upos::Propn) {
                return None;
            }
        }
        Some(Name { words: own, class, matches })
    }

    /// "Sara saw" without an article is no people.
    fn is_given_name(&self, words: Range<usize>, class: Class) -> bool {
        let start = words.start;
        let has_article = start > 0 && self.lower(start - 1) == "the";
        let stands_alone = |word: Word| {
            let deprel = word.deprel();
            word.xpos() == "NNP" && (deprel.is_subject() || deprel.is_oblique() || deprel == Deprel::Obj)
        };
        let takes_part = || words.len() == 1 && self.document.words_in(words.clone()).all(stands_alone);
        !has_article
            && self.knowledge.base.given_name(&self.lower(start)).is_some()
            && (class == Class::Person || takes_part())
    }

    /// Whether whoever wrote the sentence knows no capitals.
    fn is_written_small(&self, word: Word<'_>) -> bool {
        let sentence = word.sentence();
        sentence.tokens.len() > 3 && !sentence.span.of(self.document.text()).contains(char::is_uppercase)
    }

    /// Whether a name of the base that the tagger does not see is one all the same.
    fn stands_alone(&self, name: &Name) -> bool {
        let best = &name.matches[0];
        let word = self.document.words_in(name.words.clone()).next().expect("names have words");
        let opens = word.previous().is_none_or(|previous| {
            previous.sentence_index() != word.sentence_index() || previous.upos() == Upos::Punct
        });
        let has_article = word.previous().is_some_and(|previous| previous.text().eq_ignore_ascii_case("the"));
        if !word.text().chars().any(char::is_uppercase) && name.words.len() == 1 {
            let is_large = || {
                let population = self.knowledge.base.entry(best.entry).population;
                best.fame >= 6 || population.is_some_and(|population| population >= gazetteer::LARGE)
            };
            let is_known_well = best.prior > 0.6 && !best.common && !best.weak && is_large();
            return is_known_well && !best.how.is_demonym() && self.is_written_small(word);
        }
        if name.words.len() > 1 {
            let is_common = name.words.clone().all(|index| self.knowledge.base.is_common_word(&self.lower(index)));
            // "Labour Party lawmaker": a capital inside a sentence of small letters is meant.
            let is_heading = || word.sentence().span.of(self.document.text()).split(' ').skip(1).all(starts_large);
            return !(best.weak || is_common && opens && best.prior < 0.8 && is_heading());
        }
        if best.how.is_demonym() {
            return best.prior > 0.3 && matches!(word.upos(), Upos::Adj | Upos::Propn | Upos::Noun | Upos::X);
        }
        // "Springfield, Ill."
        let is_short = |found: &Match| found.weak && found.how == How::Abbreviation;
        let comma = word.previous().filter(|comma| matches!(comma.text(), "," | "("));
        let is_behind_name =
            || comma.and_then(Word::previous).is_some_and(|place| place.text().starts_with(char::is_uppercase));
        if name.matches.iter().any(is_short) && is_behind_name() {
            return true;
        }
        let entry = self.knowledge.base.entry(best.entry);
        // "the West", "the North": directions unless they carry their article.
        if is_short(best) {
            return false;
        }
        if self.knowledge.lexicon.nouns.directions.contains(&word.text().to_lowercase()) || best.weak {
            return has_article && matches!(word.upos(), Upos::Propn | Upos::Noun) && best.fame >= 6;
        }
        if self.knowledge.lexicon.nouns.not_names.contains(&word.text().to_lowercase()) {
            return false;
        }
        // "Waiheke Island": Iceland's name in German is a noun here.
        if best.how == How::Alias && self.knowledge.lexicon.nouns.heads.contains(&word.text().to_lowercase()) {
            return false;
        }
        match best.how {
            How::Surname => best.fame >= 7 && best.prior > 0.6 && word.upos() == Upos::Propn && !best.common,
            How::Metonym(_) | How::Abbreviation => {
                best.prior > 0.5 && !(best.common && (opens || is_written_large(word)))
            }
            _ => {
                let named = matches!(word.upos(), Upos::Propn) && best.prior > 0.5;
                named && !(best.common && opens) && (entry.kind != Kind::Person || best.fame >= 6)
            }
        }
    }
}

fn starts_large(word: &str) -> bool {
    !word.starts_with(char::is_lowercase)
}

/// Whether more than half of so many words have capitals: one tells little there.
pub(super) fn is_mostly_capitals(document: &Document, words: Range<usize>) -> bool {
    let capitals = document.words_in(words.clone()).filter(|word| word.text().starts_with(char::is_uppercase)).count();
    capitals * 2 > words.len()
}

/// Whether whoever wrote the sentence knows nothing but capitals: a "PLAN" there is a plan.
fn is_written_large(word: Word<'_>) -> bool {
    !word.sentence().span.of(word.document().text()).contains(char::is_lowercase)
}

pub(crate) fn overlap(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}
