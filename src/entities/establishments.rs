//! Establishments: shops, taverns and firms that are called after their owner.
//!
//! "At Wendy's", "outside Del Frisco's in Houston", "Ray's Pizza": somebody's who owns nothing that is said. "Italy's" in "grew faster
//! than Italy's" leaves out what was said before, and stays Italy.

use std::collections::HashSet;
use std::ops::Range;

use crate::document::{Document, TokenId, Upos, Word};
use crate::entities::names::{self, Name};
use crate::entities::tagger::Class;
use crate::knowledge::Knowledge;
use crate::record::Kind;

/// Where somebody may be: "at Wendy's".
const WHERE: [&str; 8] = ["at", "outside", "inside", "near", "behind", "into", "in", "to"];

/// Lets the names of owners go on to what is called after them.
pub(super) fn find(document: &Document, names: &mut Vec<Name>, knowledge: &Knowledge) {
    let person = |name: &Name| name.class == Some(Class::Person) && name.words.len() > 1;
    let last = |name: &Name| document.words_in(name.words.clone()).next_back().map(|word| word.text());
    let surnames: HashSet<&str> = names.iter().filter(|name| person(name)).filter_map(last).collect();
    let mark_behind = |name: &Name| {
        let mark = document.words_in(name.words.end..document.len()).next();
        mark.filter(|mark| mark.xpos() == "POS" && may_own(name, document, knowledge))
    };
    let is_met_elsewhere =
        |name: &Name| name.words.len() == 1 && last(name).is_some_and(|last| surnames.contains(last));
    let owners: Vec<(usize, Word)> = (names.iter().enumerate())
        .filter_map(|(at, name)| Some((at, mark_behind(name)?)))
        .filter(|(at, _)| !is_met_elsewhere(&names[*at]))
        .collect();
    for (at, mark) in owners {
        let words = names[at].words.clone();
        if let Some(end) = trade(document, &words, mark, knowledge) {
            names[at] = Name { words: words.start..end, class: Some(Class::Organization), matches: Vec::new() };
        } else if is_somewhere(document, &words, mark) {
            names[at] =
                Name { words: words.start..mark.index() + 1, class: Some(Class::Location), matches: Vec::new() };
        }
    }
    names.dedup_by(|next, kept| names::overlap(&next.words, &kept.words));
}

/// Somebody whom the base does not know by this name, or who is called by a given name alone.
fn may_own(name: &Name, document: &Document, knowledge: &Knowledge) -> bool {
    let text = document.span_of(name.words.clone()).of(document.text());
    let is_given = || name.words.len() == 1 && knowledge.base.given_name(text).is_some();
    let is_known = name.matches.first().is_some_and(|best| match knowledge.base.entry(best.entry).kind {
        Kind::Person => best.prior > 0.5 && !is_given(),
        Kind::City => best.how.is_demonym(),
        _ => best.prior > 0.5 || best.how.is_demonym(),
    });
    name.words.len() <= 2 && name.class != Some(Class::Organization) && !is_known
}

/// "Ray's Pizza": where the words end that say with a capital what a person, called by one name, deals in.
fn trade(document: &Document, owner: &Range<usize>, mark: Word<'_>, knowledge: &Knowledge) -> Option<usize> {
    let text = |index: usize| document.word(TokenId(index as u32)).text();
    let sentence = mark.sentence().tokens.clone();
    let lower = text(owner.start).to_lowercase();
    let (base, persons) = (&knowledge.base, &knowledge.lexicon.persons);
    let is_name = || base.given_name(&lower).is_some() || base.is_surname(&lower);
    // "Shaw's Pygmalion" is no trade.
    let is_unknown = |index: usize, word: &str| {
        document.word(TokenId(index as u32)).xpos() == "NN"
            && base.lookup(word).is_empty()
            && base.given_name(word).is_none()
            && !base.is_surname(word)
    };
    let is_ware = |index: &usize| {
        let lower = text(*index).to_lowercase();
        let singular = lower.strip_suffix('s').unwrap_or(&lower);
        let is_someone =
            |noun: &str| persons.describe(noun) || persons.titles.contains(noun) || persons.kin.contains(noun);
        text(*index).starts_with(char::is_uppercase)
            && (base.is_common_word(&lower) || is_unknown(*index, &lower))
            && ![lower.as_str(), singular].iter().any(|noun| is_someone(noun))
            && !knowledge.lexicon.nouns.not_names.contains(&lower)
            && !knowledge.lexicon.nouns.heads.get(&lower).is_some_and(|kind| kind.is_body())
    };
    let wares = (mark.index() + 1..sentence.end).take_while(is_ware).count();
    let is_trade = owner.len() == 1 && wares > 0 && is_name() && !names::is_mostly_capitals(document, sentence);
    is_trade.then_some(mark.index() + 1 + wares)
}

/// "At Wendy's": nothing stands behind that could be owned, nor before that could be meant again.
fn is_somewhere(document: &Document, owner: &Range<usize>, mark: Word<'_>) -> bool {
    let Some(first) = document.words_in(owner.clone()).next() else { return false };
    let is_behind = first.previous().is_some_and(|before| WHERE.contains(&before.text().to_lowercase().as_str()));
    let is_owned = mark.next().is_some_and(|next| {
        next.sentence_index() == mark.sentence_index()
            && matches!(
                next.upos(),
                Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num | Upos::Adv | Upos::X | Upos::Det | Upos::Verb
            )
            && !matches!(next.lemma(), "last" | "this" | "next" | "then" | "when" | "where" | "today" | "yesterday")
    });
    let is_said_before = || {
        let before = document.words_in(mark.sentence().tokens.start..owner.start);
        before.into_iter().any(|word| word.xpos() == "POS" || word.xpos() == "PRP$")
    };
    is_behind && !is_owned && !is_said_before()
}
