//! Mentions: names, descriptions and pronouns of a document, with their candidates in the reference base.
//!
//! "Russia's president urged the leaders of the SCO to help him" gives `Russia`, `Russia's president`, `leaders of the SCO`, `SCO`
//! and `him`.

use std::collections::HashSet;

use crate::document::{Deprel, Document, Upos, Word};
use crate::entities::names::Name;
use crate::entities::{Candidate, Mention, candidates, descriptions, kinds, names, states, surnames};
use crate::knowledge::Knowledge;
use crate::knowledge::lexicon::PronounRole;
use crate::knowledge::names::How;
use crate::record::{Form, Kind};
use crate::text::SentenceRole;

/// All mentions in reading order; of two that begin at one word the longer one comes first.
pub fn find(document: &Document, knowledge: &Knowledge) -> Vec<Mention> {
    let mut names = names::find(document, knowledge);
    surnames::find_again(document, &mut names, knowledge);
    let weighed = candidates::weigh(document, &names, knowledge);
    let mut mentions: Vec<Mention> = (names.iter().zip(weighed))
        .map(|(name, (candidates, metonym))| from_name(document, name, candidates, metonym, knowledge))
        .collect();
    states::recognise(document, &mut mentions, knowledge);
    set_ills_apart(document, &mut mentions, knowledge);
    mentions.extend(descriptions::find(document, &mentions, knowledge));
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
            None => kinds::of_name(document, name.words.clone(), name.class, &knowledge.lexicon),
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

/// "The Marburg virus" names no place, nor does an unknown name wherever it stands once it has been a virus's: "Ebola".
fn set_ills_apart(document: &Document, names: &mut [Mention], knowledge: &Knowledge) {
    let is_place = |name: &Mention| {
        matches!(name.kind, Some(Kind::City | Kind::Place | Kind::Region | Kind::Person | Kind::Facility))
    };
    let is_ill = |name: &Mention| {
        let last = document.words_in(name.words.clone()).next_back();
        let after = last.and_then(Word::next).map(|noun| noun.lemma().to_lowercase());
        is_place(name) && after.is_some_and(|noun| knowledge.lexicon.nouns.ills.contains(&noun))
    };
    let text = |name: &Mention| name.span.of(document.text());
    let ills: HashSet<&str> = names.iter().filter(|name| is_ill(name)).map(text).collect();
    for name in names.iter_mut() {
        let is_unknown = name.candidates.first().is_none_or(|best| best.weight < candidates::ENOUGH);
        if is_ill(name) || is_place(name) && is_unknown && ills.contains(text(name)) {
            name.kind = Some(Kind::Other);
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
