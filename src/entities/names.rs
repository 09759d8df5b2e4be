//! Names: which words are one, from the tagger's eye and the reference base's memory.
//!
//! "Chinese President Xi Jinping visited the European Union Institute for Security Studies" gives `Chinese` (known as an
//! adjective), `Xi Jinping` (known, and looks like a person) and `European Union Institute for Security Studies` (unknown, looks
//! like an organization). The outermost name wins: the European Union is no mention there.

use std::ops::Range;

use crate::document::{Document, Upos, Word};
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
    let tagged = tagger::tag(document, &knowledge.base);
    let finder = Finder { document, knowledge };
    let mut names = Vec::new();
    for sentence in document.sentences().iter().filter(|sentence| sentence.role != SentenceRole::Furniture) {
        let tagged = tagged.iter().filter(|tagged| sentence.tokens.contains(&tagged.words.start));
        let tagged: Vec<Tagged> = tagged.flat_map(|tagged| finder.parts(tagged)).collect();
        let known = finder.known(sentence.tokens.clone());
        let mut found: Vec<Name> = tagged.iter().filter_map(|tagged| finder.settle(tagged, &known)).collect();
        found.sort_by_key(|name| (name.words.start, std::cmp::Reverse(name.words.end)));
        found.dedup_by(|next, kept| overlap(&next.words, &kept.words));
        for name in known {
            let is_free = found.iter().all(|other| !overlap(&other.words, &name.words));
            if is_free && finder.stands_alone(&name) {
                found.push(name);
            }
        }
        found.extend(finder.shared_heads(sentence.tokens.clone(), &found));
        found.sort_by_key(|name| name.words.start);
        finder.join(&mut found);
        names.append(&mut found);
    }
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

    /// The longest names of the base, from the left.
    fn known(&self, sentence: Range<usize>) -> Vec<Name> {
        let tokens = self.texts(sentence.clone());
        let mut known = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            match gazetteer::longest(&self.knowledge.base, &tokens, at) {
                Some((count, matches)) => {
                    let start = sentence.start + at;
                    known.push(Name { words: start..start + count, class: None, matches });
                    at += count;
                }
                None => at += 1,
            }
        }
        known
    }

    /// A tagged stretch without titles and possessive marks; "Putin-Xi" in two where the base knows both and not the whole.
    fn parts(&self, tagged: &Tagged) -> Vec<Tagged> {
        let persons = &self.knowledge.lexicon.persons;
        let mut words = tagged.words.clone();
        let is_mark = |text: &str| !text.chars().any(char::is_alphanumeric) || matches!(text, "'s" | "’s");
        while words.len() > 1 && is_mark(&self.lower(words.end - 1)) && self.lower(words.end - 1) != "." {
            words.end -= 1;
        }
        while words.len() > 1 && (is_mark(&self.lower(words.start)) || self.lower(words.start) == "the") {
            words.start += 1;
        }
        if tagged.class == Class::Person {
            // The title ends where the last word of titles or offices does: "Foreign Minister", "Maj. Gen.".
            let known = self.lookup(words.clone()).iter().any(|found| matches!(found.how, How::Name | How::Alias));
            while words.len() > 1 && !known {
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
        }
        if words.len() == 1 && self.knowledge.lexicon.nouns.not_names.contains(&self.lower(words.start)) {
            return Vec::new();
        }
        if !self.texts(words.clone()).iter().any(|text| text.chars().any(char::is_alphabetic)) {
            return Vec::new();
        }
        let hyphen = words
            .clone()
            .skip(1)
            .find(|&index| index + 1 < words.end && matches!(self.lower(index).as_str(), "-" | "–" | "/"));
        if let Some(hyphen) = hyphen {
            let (left, right) = (words.start..hyphen, hyphen + 1..words.end);
            let is_known = |part: &Range<usize>| self.lookup(part.clone()).first().is_some_and(|best| best.prior > 0.6);
            if self.lookup(words.clone()).is_empty() && is_known(&left) && is_known(&right) {
                let class = tagged.class;
                return vec![Tagged { words: left, class }, Tagged { words: right, class }];
            }
        }
        vec![Tagged { words, class: tagged.class }]
    }

    /// Tagger and base see names at one place: the same, one inside the other, or crossing.
    fn settle(&self, tagged: &Tagged, known: &[Name]) -> Option<Name> {
        let class = Some(tagged.class);
        let own = tagged.words.clone();
        if let Some(name) = known.iter().find(|name| name.words == own) {
            return Some(Name { class, ..name.clone() });
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

    /// Whether a name of the base that the tagger does not see is one all the same.
    fn stands_alone(&self, name: &Name) -> bool {
        let best = &name.matches[0];
        let word = self.document.words_in(name.words.clone()).next().expect("names have words");
        let opens = word.previous().is_none_or(|previous| {
            previous.sentence_index() != word.sentence_index() || previous.upos() == Upos::Punct
        });
        let has_article = word.previous().is_some_and(|previous| previous.text().eq_ignore_ascii_case("the"));
        if !word.text().chars().any(char::is_uppercase) && name.words.len() == 1 {
            return false;
        }
        if name.words.len() > 1 {
            let shouted = name.words.clone().all(|index| self.knowledge.base.is_common_word(&self.lower(index)));
            return !(best.weak || shouted && opens && best.prior < 0.8);
        }
        if best.how.is_demonym() {
            return best.prior > 0.3 && matches!(word.upos(), Upos::Adj | Upos::Propn | Upos::Noun | Upos::X);
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
