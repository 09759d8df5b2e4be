//! Bearers: which of those who bear a person's name an article means, from the title before it and the article's date.
//!
//! "Chinese Premier Li" of 2015 is Li Keqiang, "Professor David Cameron" is not the former Prime Minister.

use crate::document::{Upos, Word};
use crate::entities::candidates::Scales;
use crate::entities::names::Name;
use crate::knowledge::base::{Entry, Match};
use crate::knowledge::gazetteer;
use crate::knowledge::lexicon::Role;
use crate::knowledge::names::How;
use crate::record::Kind;

impl<'a> Scales<'a> {
    /// Offices and dates of a person against the title before the name and the article's date.
    pub(super) fn person_factor(&self, name: &Name, found: &Match, entry: &Entry, before: &[Word]) -> f64 {
        let mut factor = 1.0;
        let offices = entry.offices();
        if let Some(date) = self.context.date.as_deref() {
            if offices.iter().any(|office| office.held_on(date)) {
                factor *= 3.0;
            } else if offices.iter().all(|office| office.start.is_some_and(|start| start > date)) && !offices.is_empty()
            {
                factor *= 0.3;
            }
        }
        let (roles, countries) = self.titles(before);
        // "Farmer John Major", "Professor David Cameron": a calling that no office is.
        if roles.is_empty() && before.last().is_some_and(|word| self.is_calling(*word)) {
            factor *= 0.002;
        }
        if !roles.is_empty() {
            let fitting = || offices.iter().filter(|office| roles.iter().any(|role| same_role(*role, office.role)));
            let past = &self.knowledge.lexicon.persons.past;
            let is_past = before.iter().any(|word| past.contains(&word.text().to_lowercase()));
            // "President Bush" is the one in office; "former" and "then-" say that it is another.
            let held = |date: &str| fitting().any(|office| office.held_on(date));
            factor *= match self.context.date.as_deref().filter(|_| !is_past) {
                _ if fitting().next().is_none() => 0.7,
                Some(date) if held(date) => 10.0,
                Some(_) => 2.5,
                None => 5.0,
            };
        }
        if !countries.is_empty() {
            factor *=
                if entry.countries().any(|country| countries.iter().any(|named| named == country)) { 6.0 } else { 0.1 };
        }
        // A bare surname must be well known or be called for; in an article with a fuller name it means that one.
        if found.how == How::Surname || name.words.len() == 1 {
            let surname = self.document.span_of(name.words.clone()).of(self.document.text()).to_lowercase();
            if self.context.surnames.contains(&surname) {
                factor *= 0.5;
            }
            if found.common && roles.is_empty() {
                factor *= 0.3;
            }
        }
        factor
    }

    /// Whether a list of persons' names holds the folded name.
    pub(super) fn may_be_of_a_person(&self, key: &str) -> bool {
        let base = &self.knowledge.base;
        base.given_name(key).is_some()
            || base.is_surname(key)
            || base.lookup(key).iter().any(|found| base.entry(found.entry).kind == Kind::Person)
    }

    /// A noun for what a private person does.
    fn is_calling(&self, word: Word) -> bool {
        let lemma = word.lemma().to_lowercase();
        let agent = self.knowledge.base.agent(&lemma);
        let is_public = |role: &str| {
            matches!(role, "GOV" | "MIL" | "OPP" | "PTY" | "LEG" | "JUD" | "REB" | "SPY" | "IGO" | "REL" | "ELI")
        };
        matches!(word.upos(), Upos::Noun | Upos::Propn)
            && !self.knowledge.lexicon.persons.kin.contains(&lemma)
            && agent.is_some_and(|agent| agent.kind != "body" && !is_public(agent.role))
    }

    /// The words of one noun phrase right before the name.
    pub(super) fn words_before(&self, name: &Name) -> Vec<Word<'a>> {
        let first = self.document.words_in(name.words.clone()).next();
        let mut words = Vec::new();
        let mut next = first.and_then(Word::previous);
        while let Some(word) = next.filter(|word| {
            let of_phrase = matches!(word.upos(), Upos::Noun | Upos::Propn | Upos::Adj)
                || word.text().ends_with('.') && word.text().len() > 1
                || word.xpos() == "POS";
            of_phrase && words.len() < 6 && first.is_some_and(|first| first.sentence_index() == word.sentence_index())
        }) {
            words.push(word);
            next = word.previous();
        }
        words.reverse();
        words
    }

    /// Offices and countries among the words before a name.
    fn titles(&self, before: &[Word]) -> (Vec<Role>, Vec<String>) {
        let offices = &self.knowledge.lexicon.persons.offices;
        let lower: Vec<String> =
            before.iter().map(|word| word.text().to_lowercase().trim_end_matches('.').to_string()).collect();
        let mut roles = Vec::new();
        let mut countries = Vec::new();
        let texts: Vec<&str> = before.iter().map(|word| word.text()).collect();
        let mut at = 0;
        // "North Korean" is one name, not a name inside.
        while at < texts.len() {
            let Some((count, matches)) = gazetteer::longest(&self.knowledge.base, &texts, at) else {
                at += 1;
                continue;
            };
            let entry = self.knowledge.base.entry(matches[0].entry);
            if matches[0].prior > 0.3 && entry.kind == Kind::Country {
                countries.push(entry.key.to_string());
            }
            at += count;
        }
        for start in 0..lower.len() {
            roles.extend((start + 1..=lower.len()).rev().find_map(|end| offices.get(&lower[start..end].join(" "))));
        }
        (roles, countries)
    }
}

/// "Leader", "ruler" and "strongman" are said of heads, "minister" of all others.
fn same_role(title: Role, office: Role) -> bool {
    use Role::{HeadOfGovernment, HeadOfState, HeadOfStateAndGovernment, Minister, Other};
    let heads = matches!(office, HeadOfState | HeadOfGovernment | HeadOfStateAndGovernment);
    title.is_said_of(office) || title == Other && heads || title == Minister && !heads
}
