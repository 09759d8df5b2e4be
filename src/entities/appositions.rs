//! Appositions: descriptions with their name beside them.
//!
//! "The town of Yeoncheon", "Malaysia's Prime Minister, Najib Razak", "the news agency Yonhap".

use crate::document::{Deprel, Upos, Word};
use crate::entities::coreference::Resolver;
use crate::entities::descriptions;
use crate::knowledge::ontology::{End, admits};
use crate::record::{Form, Kind};

impl Resolver<'_> {
    /// The full name of a person behind a description of persons and a comma, where the parser hung it on the description or on
    /// something inside it: `Okoro` behind "the head of the dockers' union" and "the bloc's envoy to the region".
    fn name_behind(&self, index: usize) -> Option<usize> {
        let end = self.mentions[index].words.end;
        let is_of_persons = matches!(self.kind(index), Some(Kind::Person | Kind::People | Kind::Office));
        let head = self.head(index);
        let is_between = |word: &Word| word.text() != "," && word.is_within(head) && word.upos() != Upos::Verb;
        let mut behind = self.document.words_in(end..self.document.len()).skip_while(is_between);
        let comma = behind.next().filter(|comma| comma.text() == "," && is_of_persons)?.index();
        let is_of_one = self.kind(index) == Some(Kind::Person);
        let is_apposed = |&name: &usize| {
            let name_head = self.head(name);
            self.is_name(name)
                && self.mentions[name].words.len() > 1
                && (self.kind(name) == Some(Kind::Person) || is_of_one && self.is_guessed_place(name))
                && matches!(name_head.deprel(), Deprel::Appos | Deprel::Conj)
                && name_head.is_within(head)
        };
        // "An envoy to the president, Okoro"
        let is_person = |&other: &usize| self.kind(other) == Some(Kind::Person);
        let others = (end..comma).flat_map(|word| self.beginning_at(word)).any(|other| is_person(&other));
        // "The chairman of the union, Senegalese President Fall"
        let mut behind = (comma + 1..self.document.len().min(comma + 6)).flat_map(|word| self.beginning_at(word));
        let name = behind.find(|&name| self.is_name(name) && self.kind(name) == Some(Kind::Person));
        let is_titled = |name: &usize| {
            let name_head = self.head(*name);
            let mut title = self.document.words_in(comma + 1..self.mentions[*name].words.start);
            title.all(|word| word.is_within(name_head) && (word.upos() != Upos::Verb && word.text() != ","))
        };
        let next = self.beginning_at(comma + 1).next().filter(is_apposed);
        next.or_else(|| name.filter(|name| is_apposed(name) && is_titled(name))).filter(|_| !others)
    }

    /// "His counterpart, Le Quang Minh": what looks like a place that the base does not hold may be somebody.
    fn is_guessed_place(&self, name: usize) -> bool {
        let facts = self.facts(name);
        facts.entry.is_none() && matches!(facts.kind, Some(Kind::City | Kind::Place | Kind::Region))
    }

    /// "Two members of the Front, Moe and Brandt, resigned": a description of several that its names follow.
    pub(super) fn resolve_listed(&mut self, index: usize) -> bool {
        let head = self.head(index);
        if !descriptions::is_plural(head) {
            return false;
        }
        let Some(first) = self.name_behind(index) else { return false };
        let persons = self.head(first).conjuncts().into_iter().filter_map(|name| self.mention_at(name));
        let persons = persons.filter(|&name| self.is_name(name) && self.kind(name) == Some(Kind::Person));
        let persons: Vec<usize> = persons.filter(|&name| name >= first).collect();
        if persons.len() < 2 {
            return false;
        }
        self.groups.insert(index, (persons, "group: those whom the description is followed by".to_string()));
        true
    }

    /// "The town of Yeoncheon", "Malaysia's Prime Minister, Najib Razak", "the news agency Yonhap".
    pub(super) fn resolve_named_beside(&mut self, index: usize) -> bool {
        let head = self.head(index);
        let lemma = head.lemma().to_lowercase();
        if descriptions::is_plural(head) {
            return self.resolve_places(index);
        }
        let is_apposition = matches!(head.deprel(), Deprel::Appos | Deprel::NmodDesc);
        let beside = self
            .place_named(head)
            .or_else(|| head.child(Deprel::Appos))
            .or_else(|| is_apposition.then(|| head.head()).flatten());
        let flat = head.children(Deprel::Flat).next();
        // "Yonhap news agency", "the Uyghur minority", "the Darfur region".
        let groups = &self.knowledge.lexicon.coreference.groups;
        let compound = head.children(Deprel::Compound).chain(head.children(Deprel::Amod)).find(|word| {
            let kind = self.mention_at(*word).map(|name| (self.is_name(name), self.kind(name)));
            match kind {
                Some((true, Some(Kind::Organization | Kind::Intergovernmental | Kind::ArmedGroup))) => {
                    groups.contains(&lemma)
                        && head.children(Deprel::Compound).count() + head.children(Deprel::Amod).count() <= 2
                }
                Some((true, Some(Kind::People))) => self.kind(index) == Some(Kind::People),
                Some((true, Some(Kind::Region))) => self.kind(index) == Some(Kind::Region),
                _ => false,
            }
        });
        // ", president of the institute" and ", a leader of the gang" right after a name, whatever the parser made of it.
        let start = self.document.words_in(self.mentions[index].words.clone()).next();
        let before = start.and_then(Word::previous);
        let comma = before.filter(|word| word.upos() == Upos::Det).map_or(before, Word::previous);
        let after_comma = comma.filter(|comma| comma.text() == ",").and_then(|comma| {
            (0..index).rev().find(|&other| {
                self.mentions[other].words.end == comma.index()
                    && self.mentions[other].kind == Some(Kind::Person)
                    && self.is_name(other)
                    && !descriptions::follows_front(head, self.head(other))
            })
        });
        let after_comma = after_comma.filter(|_| self.kind(index) == Some(Kind::Person));
        if let Some(name) = after_comma.or_else(|| self.name_behind(index)) {
            if self.is_guessed_place(name) {
                self.set_person(name, None);
            }
            return self.join(index, name, "apposition");
        }
        // "Russian counterpart Vladimir Putin", wherever the parser hung the name.
        let end = self.mentions[index].words.end;
        let before_name = (self.beginning_at(end)).find(|&other| self.is_name(other)).filter(|&other| {
            // "the state news agency Xinhua", taken for two objects of one verb.
            let name = self.head(other);
            let are_twins = head.head() == name.head()
                && (head.deprel() == name.deprel() || head.deprel() == Deprel::Iobj && name.deprel() == Deprel::Obj);
            self.kind(index) == Some(Kind::Person) && self.kind(other) == Some(Kind::Person)
                || are_twins && [index, other].iter().all(|&one| self.kind(one).is_some_and(Kind::is_body))
        });
        if let Some(name) = before_name {
            return self.join(index, name, "title before the name");
        }
        let is_listed = head.has_child(Deprel::Conj) && self.place_named(head).is_none();
        let Some(name) = beside.or(flat).or(compound).and_then(|word| self.mention_at(word)) else { return false };
        let fits = match (self.kind(index), self.kind(name)) {
            (Some(Kind::Person), kind) => kind == Some(Kind::Person),
            (_, Some(Kind::Person)) => false,
            (Some(one), Some(other)) => {
                one == other || admits(&[End::Location], one) == admits(&[End::Location], other)
            }
            _ => true,
        };
        let many = self.mentions[name].form != Form::Name
            && self.mentions[index].form != Form::Name
            && descriptions::is_plural(self.head(name));
        fits && !many && !is_listed && self.join(index, name, "apposition")
    }

    /// "The ports of Odesa and Mariupol", "the Kivu and Ituri provinces" are two each; "the islands of Greece and Italy" are neither.
    fn resolve_places(&mut self, index: usize) -> bool {
        let head = self.head(index);
        let before =
            head.children(Deprel::Compound).find(|word| self.is_place_name(*word) && word.has_child(Deprel::Conj));
        let listed = before.or_else(|| self.place_named(head)).map_or_else(Vec::new, Word::conjuncts);
        let is_large = |name: usize| {
            let class = self.facts(name).entry.map(|entry| self.knowledge.base.entry(entry).class);
            self.kind(name) == Some(Kind::Country) || class == Some("continent")
        };
        let is_small = |name: &usize| {
            self.is_name(*name)
                && self.kind(*name).is_some_and(|kind| admits(&[End::Location], kind))
                && !is_large(*name)
        };
        let names: Vec<usize> = listed.iter().filter_map(|name| self.mention_at(*name)).filter(is_small).collect();
        let are_places = names.len() > 1 && names.len() == listed.len();
        if are_places {
            self.groups.insert(index, (names, "group: the places named".to_string()));
        }
        are_places
    }

    /// The place that a noun for places means, of a name before it and one behind "of" or a comma the smaller: `Ravenna` in "the Ohio
    /// town of Ravenna", `Gorna` in "the Gorna district of Bulgaria" and "Gorna district, Bulgaria".
    fn place_named<'d>(&self, noun: Word<'d>) -> Option<Word<'d>> {
        if !self.knowledge.lexicon.coreference.places_of.contains(&noun.lemma().to_lowercase()) {
            return None;
        }
        // "A region of 160,000 square miles" is called otherwise.
        let is_called = |word: &Word| word.upos() == Upos::Propn || self.place_named(*word).is_some();
        let of =
            noun.children(Deprel::Nmod).find(|word| word.preposition().as_deref() == Some("of") && is_called(word));
        let outer = of.map(|of| self.place_named(of).unwrap_or(of)).or_else(|| noun.child(Deprel::Appos));
        let before = noun.children(Deprel::Compound).find(|word| self.is_place_name(*word));
        let smaller = before.filter(|&before| outer.is_some_and(|outer| self.level(before) < self.level(outer)));
        smaller.or(of)
    }

    fn is_place_name(&self, word: Word<'_>) -> bool {
        let name = self.mention_at(word).filter(|&name| self.is_name(name));
        name.and_then(|name| self.kind(name)).is_some_and(|kind| admits(&[End::Location], kind))
    }

    /// How large the place is that a word names, as far as the base knows it.
    fn level(&self, word: Word<'_>) -> Option<u8> {
        self.knowledge.base.entry(self.facts(self.mention_at(word)?).entry?).level()
    }
}
