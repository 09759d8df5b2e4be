//! Mentions: names, descriptions and pronouns of a document, with their candidates in the reference base.
//!
//! "Russia's president urged the leaders of the SCO to help him" gives `Russia`, `Russia's president`, `leaders of the SCO`, `SCO`
//! and `him`.

use std::collections::HashMap;

use crate::document::{Deprel, Document, Upos, Word};
use crate::entities::names::Name;
use crate::entities::{
    Candidate, Mention, affiliations, camps, candidates, descriptions, establishments, kinds, names, states, surnames,
};
use crate::knowledge::Knowledge;
use crate::knowledge::lexicon::PronounRole;
use crate::knowledge::names::How;
use crate::record::{Form, Kind};
use crate::text::SentenceRole;

/// All mentions in reading order; of two that begin at one word the longer one comes first.
pub fn find(document: &Document, knowledge: &Knowledge) -> Vec<Mention> {
    let mut names = names::find(document, knowledge);
    affiliations::find(document, &mut names, knowledge);
    establishments::find(document, &mut names, knowledge);
    surnames::find_again(document, &mut names, knowledge);
    let weighed = candidates::weigh(document, &names, knowledge);
    let mut mentions: Vec<Mention> = (names.iter().zip(weighed))
        .map(|(name, (candidates, metonym))| from_name(document, name, candidates, metonym, knowledge))
        .collect();
    states::recognise(document, &mut mentions, knowledge);
    set_namesakes_apart(document, &mut mentions, knowledge);
    mentions.extend(descriptions::find(document, &mentions, knowledge));
    mentions.extend(camps::find(document, &mentions, &knowledge.lexicon.nouns));
    mentions.extend(pronouns(document, knowledge));
    mentions.sort_by_key(|mention| (mention.words.start, std::cmp::Reverse(mention.words.end)));
    mentions
}

fn from_name(
    document: &Document,
    name: &Name,
    candidates: Vec<Candidate>,
    metonym: bool,
    knowledge: &Knowledge,
) -> Mention {
    let head = kinds::head(document, name.words.clone());
    let best = candidates.first().filter(|best| best.weight >= candidates::ENOUGH);
    let is_demonym = best.is_some_and(|best| best.how.is_demonym());
    let kind_of = |candidate: &Candidate| knowledge.base.entry(candidate.entry).kind;
    let (form, kind, candidates) = if is_demonym && stands_for_people(head, best.map(|best| best.how)) {
        let people: Vec<Candidate> =
            candidates.iter().filter(|candidate| kind_of(candidate) == Kind::People).cloned().collect();
        (Form::Name, Some(Kind::People), people)
    } else if is_demonym {
        // An adjective names its country, but is no name of it.
        (Form::Nominal, best.map(kind_of), candidates)
    } else {
        let kind = match best {
            Some(best) => kind_of(best),
            None => kinds::of_name(document, name.words.clone(), name.class, knowledge),
        };
        (Form::Name, Some(kind), candidates)
    };
    Mention {
        span: document.span_of(name.words.clone()),
        words: name.words.clone(),
        head: head.id(),
        form,
        kind,
        metonym,
        candidates,
    }
}

/// "The Marburg virus" and "Hurricane Katrina" name no place and nobody, nor does an unknown name wherever it stands once it has been
/// a virus's or a storm's: "Ebola".
fn set_namesakes_apart(document: &Document, names: &mut [Mention], knowledge: &Knowledge) {
    let nouns = &knowledge.lexicon.nouns;
    let text = |name: &Mention| name.span.of(document.text());
    let namesake = |name: &Mention| {
        let after = document.words_in(name.words.clone()).next_back().and_then(Word::next);
        let before = document.words_in(name.words.clone()).next().and_then(Word::previous);
        if after.is_some_and(|noun| nouns.ills.contains(&noun.lemma().to_lowercase())) {
            Some(Kind::Other)
        } else if before.is_some_and(|noun| nouns.storms.contains(&noun.text().to_lowercase())) {
            Some(Kind::Event)
        } else {
            None
        }
    };
    let is_namesake = |name: &Mention| {
        matches!(name.kind, Some(Kind::City | Kind::Place | Kind::Region | Kind::Person | Kind::Facility))
    };
    let found: HashMap<&str, Kind> = (names.iter().filter(|name| is_namesake(name)))
        .filter_map(|name| Some((text(name), namesake(name)?)))
        .collect();
    for name in names.iter_mut().filter(|name| is_namesake(name)) {
        let is_unknown = name.candidates.first().is_none_or(|best| best.weight < candidates::ENOUGH);
        let kind = namesake(name).or_else(|| found.get(text(name)).copied().filter(|_| is_unknown));
        if let Some(kind) = kind {
            name.kind = Some(kind);
            name.candidates.clear();
        }
    }
}

/// "The Chinese", "two Russians": a demonym that heads its phrase.
fn stands_for_people(word: Word<'_>, how: Option<How>) -> bool {
    let modifies =
        matches!(word.deprel(), Deprel::Amod | Deprel::Compound | Deprel::NmodDesc | Deprel::Flat | Deprel::NmodPoss);
    how == Some(How::Plural) && word.text().ends_with('s')
        || !modifies
            && matches!(word.upos(), Upos::Noun | Upos::Propn | Upos::Adj)
            && !word.has_child(Deprel::Cop)
            && !word
                .next()
                .is_some_and(|next| matches!(next.upos(), Upos::Noun | Upos::Propn | Upos::Adj) || next.text() == "-")
}

/// Personal, possessive and reflexive pronouns that stand for something.
fn pronouns(document: &Document, knowledge: &Knowledge) -> Vec<Mention> {
    let words = document.words().filter(|word| word.sentence().role != SentenceRole::Furniture);
    let pronouns = words.filter(|word| {
        let text = word.text();
        let shouted = text.len() > 1 && text.chars().all(char::is_uppercase);
        let listed = knowledge.lexicon.persons.pronouns.get(&text.to_lowercase());
        let refers = listed.is_some_and(|pronoun| {
            matches!(pronoun.role, PronounRole::Personal | PronounRole::Possessive | PronounRole::Reflexive)
        });
        refers && !shouted && word.deprel() != Deprel::Expl && matches!(word.upos(), Upos::Pron | Upos::Det)
    });
    let mentions = pronouns.map(|word| Mention {
        words: word.index()..word.index() + 1,
        head: word.id(),
        span: word.span(),
        form: Form::Pronoun,
        kind: None,
        metonym: false,
        candidates: Vec::new(),
    });
    mentions.collect()
}
