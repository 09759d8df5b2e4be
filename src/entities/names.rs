//! Names: which words are one, from the tagger's eye and the reference base's memory.
//!
//! "Chinese President Xi Jinping visited the European Union Institute for Security Studies" gives `Chinese` (known as an
//! adjective), `Xi Jinping` (known, and looks like a person) and `European Union Institute for Security Studies` (unknown, looks
//! like an organization). The outermost name wins: the European Union is no mention there.

use std::ops::Range;

use crate::document::{Deprel, Document, TokenId, Upos, Word};
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
        finder.extend(&mut found, sentence.tokens.end);
        found.extend(finder.shared_heads(sentence.tokens.clone(), &found));
        found.sort_by_key(|name| name.words.start);
        finder.join(&mut found);
        names.append(&mut found);
    }
    acronyms::spread(document, &mut names);
    names
}

struct Finder<'a> {
    document: &'a Document<'a>,
    knowledge: &'a Knowledge,
}

impl<'a> Finder<'a> {
    fn texts(&self, words: Range<usize>) -> Vec<&'a str> {
        self.document.words_in(words).map(Word::text).collect()
    }

    fn lower(&self, index: usize) -> String {
        self.document.words_in(index..index + 1).map(|word| word.text().to_lowercase()).collect()
    }

    fn lookup(&self, words: Range<usize>) -> Vec<Match> {
        let span = self.document.span_of(words);
        self.knowledge.base.lookup(span.of(self.document.text()))
    }

    /// "Gondor", where no list knows the word: a proper noun to the parser, no word of English, in no shouted line.
    fn is_surely_named(&self, word: Word<'_>) -> bool {
        let text = word.text();
        let is_written_so = text.starts_with(char::is_uppercase)
            && text.chars().skip(1).all(char::is_lowercase)
            && text.chars().count() > 3;
        let is_capital = |word: Word| word.text().starts_with(char::is_uppercase) || word.text() == "-";
        let is_alone = || !word.previous().is_some_and(is_capital) && !word.next().is_some_and(is_capital);
        let takes_part = match word.first_conjunct().deprel() {
            Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj => word.deprel() != Deprel::Conj || is_alone(),
            Deprel::Obl | Deprel::OblAgent | Deprel::Nmod | Deprel::NmodPoss => is_alone(),
            _ => false,
        };
        if !is_written_so || !takes_part || word.xpos() != "NNP" {
            return false;
        }
        let lower = text.to_lowercase();
        !self.knowledge.base.is_common_word(&lower)
            && !self.knowledge.lexicon.nouns.not_names.contains(&lower)
            && self.knowledge.base.lookup(text).is_empty()
    }

    fn is_small_verb(&self, index: usize) -> bool {
        let word = self.document.word(TokenId(index as u32));
        matches!(word.upos(), Upos::Verb | Upos::Aux) && word.text().starts_with(char::is_lowercase)
    }

    /// A tagged stretch without titles and marks; "Putin-Xi", "DAB's Elizabeth Quat" and "Michael Tien of NPP" in two.
    fn parts(&self, tagged: &Tagged) -> Vec<Tagged> {
        let words = tagged.words.clone();
        let is_known = |part: &Range<usize>| self.lookup(part.clone()).first().is_some_and(|best| best.prior > 0.6);
        if words.len() > 2 && self.lookup(words.clone()).is_empty() {
            let cut = words.clone().skip(1).find(|&index| {
                let text = self.lower(index);
                let sides_known = || is_known(&(words.start..index)) && is_known(&(index + 1..words.end));
                match text.as_str() {
                    "'s" | "’s" => {
                        tagged.class == Class::Person
                            || is_known(&(words.start..index)) && tagged.class != Class::Organization
                    }
                    "of" | "from" | "at" => tagged.class == Class::Person && index > words.start,
                    "-" | "–" | "/" => index + 1 < words.end && sides_known(),
                    "," => !self.is_legal_form(index + 1),
                    // "Putin met Xi": no verb is inside a name.
                    _ => self.is_small_verb(index),
                }
            });
            if let Some(cut) = cut {
                let left = Tagged { words: words.start..cut, class: tagged.class };
                let after_of = matches!(self.lower(cut).as_str(), "of" | "from" | "at");
                let mut parts = self.parts(&Tagged { class: self.class_of_owner(&left, &self.lower(cut)), ..left });
                if cut + 1 < words.end {
                    let class = if after_of { Class::Organization } else { tagged.class };
                    let mut right = cut + 1..words.end;
                    while after_of && self.opens_head(right.end) {
                        right.end += 1;
                    }
                    parts.extend(self.parts(&Tagged { words: right, class }));
                }
                return parts;
            }
        }
        let words = self.trim(tagged);
        if let Some(second) = self.second_person(&words, tagged.class) {
            let part = |words| self.parts(&Tagged { words, class: Class::Person });
            return [part(words.start..second), part(second..words.end)].concat();
        }
        let text = self.texts(words.clone());
        let persons = &self.knowledge.lexicon.persons;
        let is_noun = |lower: &str| {
            persons.offices.contains(lower)
                || persons.titles.contains(lower)
                || self.knowledge.lexicon.nouns.heads.contains(lower)
        };
        let is_no_name = match text[..] {
            [] => true,
            [word] => {
                let lower = word.to_lowercase();
                let listed = !self.lookup(words.clone()).is_empty();
                self.knowledge.lexicon.nouns.not_names.contains(&lower)
                    || is_noun(&lower) && !listed && self.knowledge.base.is_common_word(&lower)
            }
            _ => {
                text.iter().all(|word| is_noun(&word.to_lowercase()) || !word.starts_with(char::is_uppercase))
                    && tagged.class == Class::Person
            }
        };
        if is_no_name || !text.iter().any(|text| text.chars().any(char::is_alphabetic)) {
            return Vec::new();
        }
        // Two capitals and more in a row are no person.
        let is_acronym = text.len() == 1 && (2..=6).contains(&text[0].len()) && text[0].chars().all(char::is_uppercase);
        let class = if is_acronym && tagged.class == Class::Person && self.lookup(words.clone()).is_empty() {
            Class::Organization
        } else {
            tagged.class
        };
        vec![Tagged { words, class }]
    }

    /// "Anna Whitlow Robert Dunn": where in a list without commas the next person's given name stands.
    fn second_person(&self, words: &Range<usize>, class: Class) -> Option<usize> {
        if class != Class::Person || words.len() < 4 || !self.lookup(words.clone()).is_empty() {
            return None;
        }
        let base = &self.knowledge.base;
        let is_full = |index: usize| {
            let text = self.texts(index..index + 1)[0];
            text.len() > 2 && text.starts_with(char::is_uppercase) && text.chars().all(char::is_alphabetic)
        };
        let is_given = |index: usize| base.given_name(&self.lower(index)).is_some();
        let is_surname = |index: usize| base.is_surname(&self.lower(index));
        (words.start + 2..words.end - 1).find(|&index| {
            (index - 2..index + 2).all(is_full)
                && is_given(index)
                && !is_surname(index)
                && is_given(index - 2)
                && !is_given(index - 1)
        })
    }

    /// What owns a person is mostly an organization where it is written in capitals, else a place or a person.
    fn class_of_owner(&self, left: &Tagged, cut: &str) -> Class {
        let text = self.texts(left.words.clone());
        let has_head =
            text.last().is_some_and(|last| self.knowledge.lexicon.nouns.heads.contains(&last.to_lowercase()));
        if matches!(cut, "'s" | "’s") && has_head { Class::Organization } else { left.class }
    }

    /// A capitalised head noun: "Party" after "Civic".
    fn opens_head(&self, index: usize) -> bool {
        index < self.document.len()
            && self.document.words_in(index..index + 1).all(|word| word.text().starts_with(char::is_uppercase))
            && self.knowledge.lexicon.nouns.heads.contains(&self.lower(index))
    }

    /// "Inc." behind "Ferrous Holdings,".
    fn is_legal_form(&self, index: usize) -> bool {
        index < self.document.len()
            && self.texts(index..index + 1)[0].starts_with(char::is_uppercase)
            && self.knowledge.lexicon.nouns.legal_forms.contains(self.lower(index).trim_end_matches('.'))
    }

    /// Cuts articles, titles, prepositions and marks off both ends.
    fn trim(&self, tagged: &Tagged) -> Range<usize> {
        let persons = &self.knowledge.lexicon.persons;
        let mut words = tagged.words.clone();
        let is_mark = |text: &str| !text.chars().any(char::is_alphanumeric) || matches!(text, "'s" | "’s");
        let is_small =
            |text: &str| matches!(text, "of" | "and" | "the" | "in" | "at" | "for" | "from" | "to" | "&" | "on");
        while words.len() > 1
            && (is_mark(&self.lower(words.end - 1)) && self.lower(words.end - 1) != "."
                || is_small(self.texts(words.end - 1..words.end)[0]))
        {
            words.end -= 1;
        }
        while words.len() > 1
            && (is_mark(&self.lower(words.start))
                || self.lower(words.start) == "the"
                || is_small(self.texts(words.start..words.start + 1)[0]))
        {
            words.start += 1;
        }
        let is_known = |words: &Range<usize>| {
            self.lookup(words.clone()).iter().any(|found| matches!(found.how, How::Name | How::Alias))
        };
        if tagged.class == Class::Person {
            // The title ends where the last word of titles or offices does: "Foreign Minister", "Maj. Gen.".
            while words.len() > 1 && !is_known(&words) {
                let first = self.lower(words.start);
                let first = first.trim_end_matches('.');
                let demonym = || {
                    self.lookup(words.start..words.start + 1)
                        .iter()
                        .any(|found| found.how.is_demonym() && found.prior > 0.3)
                };
                let is_title = persons.titles.contains(first)
                    || persons.offices.contains(first)
                    || persons.past.contains(first)
                    || persons.present.contains(first);
                let opens_title =
                    words.len() > 2 && persons.offices.contains(&format!("{first} {}", self.lower(words.start + 1)));
                if !(is_title || opens_title || words.len() > 2 && demonym()) {
                    break;
                }
                words.start += 1;
            }
        } else if tagged.class == Class::Organization {
            // "State Department Spokesperson" is a person; the name ends before.
            while words.len() > 1 && !is_known(&words) {
                let last = self.lower(words.end - 1);
                if !(persons.offices.contains(&last)
                    && self.knowledge.base.is_common_word(&last)
                    && self.knowledge.lexicon.nouns.heads.get(&last).is_none_or(|kind| kind == Kind::Person))
                {
                    break;
                }
                words.end -= 1;
            }
        }
        words
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
                    && !self.knowledge.base.is_common_word(text[3])
                    && !self.knowledge.base.is_common_word(&text[1].to_lowercase())
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
            let matches = if is_shouted && best.common && best.how != How::Abbreviation {
                Vec::new()
            } else {
                name.matches.clone()
            };
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

    /// "US State Department": what the base calls State Department, of that country.
    fn without_country(&self, words: Range<usize>) -> Vec<Match> {
        for split in words.start + 1..words.end {
            let owner = self.lookup(words.start..split);
            let Some(owner) = owner.first().filter(|owner| owner.prior > 0.5) else { continue };
            let owner = self.knowledge.base.entry(owner.entry);
            if owner.kind != Kind::Country {
                continue;
            }
            let rest = self.lookup(split..words.end);
            let rest: Vec<Match> = rest
                .into_iter()
                .filter(|found| {
                    let entry = self.knowledge.base.entry(found.entry);
                    matches!(entry.kind, Kind::Organization | Kind::ArmedGroup | Kind::Intergovernmental)
                        && entry.country == Some(owner.key)
                })
                .collect();
            if !rest.is_empty() {
                return rest;
            }
        }
        Vec::new()
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
            let is_known_well = best.fame >= 6 && best.prior > 0.6 && !best.common && !best.weak;
            return is_known_well && !best.how.is_demonym() && self.is_written_small(word);
        }
        if name.words.len() > 1 {
            let shouted = name.words.clone().all(|index| self.knowledge.base.is_common_word(&self.lower(index)));
            return !(best.weak || shouted && opens && best.prior < 0.8);
        }
        if best.how.is_demonym() {
            return best.prior > 0.3 && matches!(word.upos(), Upos::Adj | Upos::Propn | Upos::Noun | Upos::X);
        }
        // "Springfield, Ill."
        if best.weak && best.how == How::Abbreviation {
            let comma = word.previous().filter(|comma| matches!(comma.text(), "," | "("));
            return comma.and_then(Word::previous).is_some_and(|place| place.text().starts_with(char::is_uppercase));
        }
        let entry = self.knowledge.base.entry(best.entry);
        // "the West", "the North": directions unless they carry their article.
        if self.knowledge.lexicon.nouns.directions.contains(&word.text().to_lowercase()) || best.weak {
            return has_article && matches!(word.upos(), Upos::Propn | Upos::Noun) && best.fame >= 6;
        }
        if self.knowledge.lexicon.nouns.not_names.contains(&word.text().to_lowercase()) {
            return false;
        }
        match best.how {
            How::Surname => best.fame >= 7 && best.prior > 0.6 && word.upos() == Upos::Propn && !best.common,
            How::Metonym(_) | How::Abbreviation => best.prior > 0.5 && !(best.common && opens),
            _ => {
                let named = matches!(word.upos(), Upos::Propn) && best.prior > 0.5;
                named && !(best.common && opens) && (entry.kind != Kind::Person || best.fame >= 6)
            }
        }
    }

    /// "New Territories West", "Timur the Great": what follows belongs to the name.
    fn extend(&self, found: &mut [Name], end: usize) {
        let taken: Vec<Range<usize>> = found.iter().map(|name| name.words.clone()).collect();
        for name in found.iter_mut() {
            let next = name.words.end;
            let is_free = |index: usize| index < end && taken.iter().all(|words| !words.contains(&index));
            let is_capital = |index: usize| self.texts(index..index + 1)[0].starts_with(char::is_uppercase);
            if name.class == Some(Class::Organization)
                && is_free(next)
                && self.lower(next) == ","
                && next + 1 < end
                && self.is_legal_form(next + 1)
            {
                name.words.end += 2;
            } else if is_free(next)
                && is_capital(next)
                && self.knowledge.lexicon.nouns.directions.contains(&self.lower(next))
                && !(is_free(next + 1) && is_capital(next + 1))
            {
                name.words.end += 1;
                name.matches = self.lookup(name.words.clone());
                name.class = name.class.or(Some(Class::Location));
            } else if name.class == Some(Class::Person)
                && is_free(next)
                && self.lower(next) == "the"
                && is_free(next + 1)
                && is_capital(next + 1)
            {
                let fuller = self.lookup(name.words.start..next + 2);
                let follows = self
                    .document
                    .words_in(next + 1..next + 2)
                    .all(|word| word.upos() == Upos::Adj || word.xpos() == "JJ");
                if follows || !fuller.is_empty() {
                    name.words.end += 2;
                    name.matches = if fuller.is_empty() { std::mem::take(&mut name.matches) } else { fuller };
                }
            }
        }
    }

    /// "North and South Korea": the first half of a name whose second half comes with the next one.
    fn shared_heads(&self, sentence: Range<usize>, found: &[Name]) -> Vec<Name> {
        let directions = &self.knowledge.lexicon.nouns.directions;
        let heads = found
            .iter()
            .filter(|name| name.words.len() == 2 && name.words.start >= sentence.start + 2)
            .filter_map(|name| {
                let [first, joint, other] =
                    [name.words.start - 2, name.words.start - 1, name.words.start].map(|index| self.lower(index));
                let is_pair = matches!(joint.as_str(), "and" | "or")
                    && directions.contains(&first)
                    && directions.contains(&other);
                let text = format!("{first} {}", self.lower(name.words.start + 1));
                let matches = self.knowledge.base.lookup(&text);
                let start = name.words.start - 2;
                (is_pair && !matches.is_empty()).then_some(Name { words: start..start + 1, class: name.class, matches })
            });
        heads.collect()
    }

    /// A country or its adjective right before an organ that the base lists for it makes one name: "Russian Foreign Ministry".
    fn join(&self, names: &mut Vec<Name>) {
        let mut at = 1;
        while at < names.len() {
            let words = names[at - 1].words.start..names[at].words.end;
            let matches = if names[at - 1].words.end == names[at].words.start {
                self.without_country(words.clone())
            } else {
                Vec::new()
            };
            if matches.is_empty() {
                at += 1;
            } else {
                names[at - 1] = Name { words, class: Some(Class::Organization), matches };
                names.remove(at);
            }
        }
    }
}

pub(crate) fn overlap(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}
