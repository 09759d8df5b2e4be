//! Repairs of clauses: verbs, their subjects and objects, and what joins them.

use std::ops::Range;

use super::nouns::OFFICES;
use super::{child, hangs_below, hangs_on};
use crate::document::{Analysis, Deprel, TokenId, Upos};
use crate::syntax::embedding::Form;
use crate::syntax::lemmas;

/// "After a wave of heat killed 60": a finite verb has a subject, and a bare noun before it is no oblique. "(Lopez) He left":
/// a name in brackets says who speaks. "“Rome,” he said, “fell”": what ends a quotation is the subject of what goes on with it.
pub(super) fn subjects(analyses: &mut [Analysis], forms: &[Form<'_>], sentence: Range<usize>) {
    let is_subject = |word: &Analysis| {
        matches!(word.deprel, Deprel::Nsubj | Deprel::NsubjPass | Deprel::Csubj | Deprel::CsubjPass | Deprel::Expl)
    };
    let is_name = |word: &Analysis| matches!(word.upos, Upos::Propn | Upos::Noun | Upos::Pron);
    let ends_quotation =
        |index: usize| forms[index + 1..sentence.end].iter().take(2).any(|next| matches!(next.text, "\"" | "”" | "''"));
    for index in sentence.clone() {
        let Some(verb) = analyses[index].head.map(TokenId::index).filter(|&verb| index < verb) else { continue };
        let of_verb = |word: usize| hangs_on(analyses, word, verb);
        let is_told = sentence.clone().any(|word| word != index && of_verb(word) && is_subject(&analyses[word]));
        let is_in_brackets = index > sentence.start
            && forms[index - 1].text == "("
            && forms.get(index + 1).is_some_and(|next| next.text == ")");
        match analyses[index].deprel {
            Deprel::Nsubj if is_told && is_in_brackets => analyses[index].deprel = Deprel::Parataxis,
            Deprel::Nsubj | Deprel::Ccomp if is_told && is_name(&analyses[index]) && ends_quotation(index) => {
                let lacks_subject = |clause: usize| {
                    !sentence.clone().any(|word| hangs_on(analyses, word, clause) && is_subject(&analyses[word]))
                };
                let quoted = (verb + 1..sentence.end).find(|&clause| {
                    of_verb(clause) && analyses[clause].deprel == Deprel::Ccomp && lacks_subject(clause)
                });
                if let Some(quoted) = quoted {
                    (analyses[index].head, analyses[index].deprel) = (Some(TokenId(quoted as u32)), Deprel::Nsubj);
                }
            }
            Deprel::Obl if !is_told && matches!(analyses[verb].xpos, "VBD" | "VBZ" | "VBP") => {
                let is_marked = sentence.clone().any(|word| of_verb(word) && analyses[word].deprel == Deprel::Mark);
                let has_case = sentence
                    .clone()
                    .any(|word| hangs_on(analyses, word, index) && analyses[word].deprel == Deprel::Case);
                if is_marked && !has_case {
                    analyses[index].deprel = Deprel::Nsubj;
                }
            }
            _ => {}
        }
    }
}

/// "Lent Pakistan $2 billion", "gave Kyiv 18 billion euros": who gets a sum is no part of it, and a verb has one object.
pub(super) fn recipients(analyses: &mut [Analysis], forms: &[Form<'_>], sentence: Range<usize>) {
    let is_symbol = |form: &Form<'_>| form.text.chars().all(|letter| matches!(letter, '$' | '€' | '£' | '¥'));
    for sum in sentence.clone().skip(1).filter(|&index| is_symbol(&forms[index])) {
        let receiver = sum - 1;
        let receiver = analyses[receiver]
            .head
            .filter(|_| analyses[receiver].deprel == Deprel::Flat)
            .map_or(receiver, TokenId::index);
        let verb = analyses[sum].head.filter(|verb| verb.index() < receiver && analyses[sum].deprel == Deprel::Obj);
        let (place, Some(verb)) = (&analyses[receiver], verb) else { continue };
        let is_bare = !sentence.clone().any(|word| hangs_on(analyses, word, receiver));
        // "US $40 million" is a sum in the currency of that country.
        let is_currency =
            is_bare && forms[receiver].text.len() <= 2 && forms[receiver].text.chars().all(char::is_uppercase);
        if is_currency && place.head == Some(verb) {
            (analyses[receiver].head, analyses[receiver].deprel) = (Some(TokenId(sum as u32)), Deprel::Compound);
        } else if !is_currency && hangs_on(analyses, receiver, sum) && place.deprel == Deprel::Compound {
            (analyses[receiver].head, analyses[receiver].deprel) = (Some(verb), Deprel::Iobj);
        }
    }
    for first in sentence.clone() {
        let is_object = |word: &Analysis| word.deprel == Deprel::Obj && word.head == analyses[first].head;
        let follows_verb = analyses[first].head.is_some_and(|verb| verb.index() < first);
        if is_object(&analyses[first]) && follows_verb && analyses[first + 1..sentence.end].iter().any(is_object) {
            analyses[first].deprel = Deprel::Iobj;
        }
    }
}

/// "Accused Oslo of planning to leave": what is tagged as a verb has the relations of one, not those of a noun.
pub(super) fn clauses_of_verbs(analyses: &mut [Analysis], sentence: Range<usize>) {
    let is_verb = |word: &Analysis| word.upos == Upos::Verb;
    for index in sentence.clone() {
        let Some(head) = analyses[index].head.map(TokenId::index) else { continue };
        if !is_verb(&analyses[index]) || !is_verb(&analyses[head]) {
            continue;
        }
        let is_marked =
            sentence.clone().any(|mark| hangs_on(analyses, mark, index) && analyses[mark].deprel == Deprel::Mark);
        match analyses[index].deprel {
            Deprel::Obl if is_marked => analyses[index].deprel = Deprel::Advcl,
            Deprel::Acl if is_marked && analyses[index].xpos == "VB" => analyses[index].deprel = Deprel::Xcomp,
            _ => {}
        }
    }
}

/// Verbs that say what somebody is told to have done.
const CHARGES: [&str; 12] = [
    "accuse",
    "suspect",
    "convict",
    "acquit",
    "blame",
    "charge",
    "criticize",
    "criticise",
    "condemn",
    "praise",
    "thank",
    "warn",
];

/// "Accused both sides of ignoring them": what somebody is charged with is the verb's, and no part of those charged. "Condemned
/// Oslo for leaving Mali": what a preposition marks and a name goes on with is a verb, though it may be a noun elsewhere.
pub(super) fn charges(analyses: &mut [Analysis], forms: &[Form<'_>], sentence: Range<usize>) {
    for deed in sentence.clone() {
        let Some(above) = analyses[deed].head.map(TokenId::index).filter(|&above| above < deed) else { continue };
        let is_charge = |verb: usize| CHARGES.contains(&&*analyses[verb].lemma) && analyses[verb].upos == Upos::Verb;
        let child = |head: usize, deprel: Deprel| child(analyses, &sentence, head, deprel);
        let is_preposition = |mark: &usize| matches!(forms[*mark].text, "of" | "for" | "with" | "against");
        match analyses[deed].deprel {
            Deprel::Acl if analyses[deed].xpos == "VBG" => {
                let mark = child(deed, Deprel::Mark).filter(is_preposition);
                let is_beside = |word: usize| {
                    matches!(analyses[word].deprel, Deprel::Obj | Deprel::Iobj | Deprel::Obl | Deprel::OblAgent)
                };
                // "Accused the Ministry of Shipping of ignoring them"
                let is_of = mark.is_some_and(|mark| forms[mark].text == "of");
                let charged = std::iter::successors(Some(above), |&word| {
                    analyses[word].head.map(TokenId::index).filter(|&above| is_of && !is_beside(word) && above < word)
                });
                let verb = charged.last().filter(|&word| is_beside(word)).and_then(|word| analyses[word].head);
                if let (Some(verb), Some(_)) = (verb.filter(|verb| is_charge(verb.index())), mark) {
                    (analyses[deed].head, analyses[deed].deprel) = (Some(verb), Deprel::Advcl);
                }
            }
            // "Accused the government of delay", but not "the head of state"
            Deprel::Nmod if analyses[deed].xpos == "NN" && analyses[above].deprel == Deprel::Obj => {
                let verb = analyses[above].head.map(TokenId::index);
                let verb =
                    verb.filter(|&verb| matches!(&*analyses[verb].lemma, "accuse" | "suspect" | "convict" | "acquit"));
                let case = child(deed, Deprel::Case).filter(|&case| forms[case].text == "of");
                let is_role = OFFICES.contains(&&*analyses[above].lemma) || analyses[above].lemma.as_ref() == "head";
                let is_bare = child(deed, Deprel::Det).or(child(deed, Deprel::NmodPoss)).is_none();
                if let (Some(verb), Some(_), false, true) = (verb, case, is_role, is_bare) {
                    (analyses[deed].head, analyses[deed].deprel) = (Some(TokenId(verb as u32)), Deprel::Obl);
                }
            }
            Deprel::Obl if is_charge(above) && forms[deed].text.ends_with("ing") => {
                let case = child(deed, Deprel::Case).filter(|case| is_preposition(case) && case + 1 == deed);
                let name = child(deed, Deprel::Flat).filter(|&name| name == deed + 1);
                let (Some(case), Some(name)) = (case, name) else { continue };
                (analyses[case].deprel, analyses[name].deprel) = (Deprel::Mark, Deprel::Obj);
                let word = &mut analyses[deed];
                (word.deprel, word.upos, word.xpos) = (Deprel::Advcl, Upos::Verb, "VBG");
                word.lemma = lemmas::lemma(forms[deed].text, word.upos, word.xpos);
                word.features = lemmas::features(forms[deed].text, &word.lemma, word.upos, word.xpos);
            }
            _ => {}
        }
    }
}

/// "Conceded defeat and congratulated its leader": no noun is coordinated with one before another verb of its clause; it is that
/// verb's object.
pub(super) fn crossed_objects(analyses: &mut [Analysis], sentence: Range<usize>) {
    for object in sentence.clone() {
        let Some(first) = analyses[object].head.map(TokenId::index).filter(|&first| first < object) else { continue };
        let Some(verb) = analyses[first].head.map(TokenId::index).filter(|&verb| verb < first) else { continue };
        if analyses[object].deprel != Deprel::Conj || analyses[first].deprel != Deprel::Obj {
            continue;
        }
        let is_next = |next: &usize| {
            hangs_on(analyses, *next, verb)
                && analyses[*next].deprel == Deprel::Conj
                && analyses[*next].upos == Upos::Verb
                && child(analyses, &sentence, *next, Deprel::Obj).is_none()
        };
        if let Some(next) = (first + 1..object).find(is_next) {
            (analyses[object].head, analyses[object].deprel) = (Some(TokenId(next as u32)), Deprel::Obj);
        }
    }
}

/// "Flew to Paris, where he is to hold talks": behind a noun and a comma, what begins with such a word says more of the noun.
pub(super) fn relatives(analyses: &mut [Analysis], forms: &[Form<'_>], sentence: Range<usize>) {
    for pronoun in sentence.clone().skip(2) {
        let noun = pronoun - 2;
        let begins =
            matches!(forms[pronoun].text, "where" | "which" | "who" | "whose") && forms[pronoun - 1].text == ",";
        if !begins || !matches!(analyses[noun].upos, Upos::Propn | Upos::Noun) {
            continue;
        }
        let Some(clause) = analyses[pronoun].head.map(TokenId::index).filter(|&clause| clause > pronoun) else {
            continue;
        };
        let verb = analyses[clause].head.map(TokenId::index).filter(|&verb| verb < noun);
        if !matches!(analyses[clause].deprel, Deprel::Ccomp | Deprel::Advcl) || verb.is_none() {
            continue;
        }
        let noun = top_of_name(analyses, noun);
        (analyses[clause].head, analyses[clause].deprel) = (Some(TokenId(noun as u32)), Deprel::AclRelcl);
    }
}

/// "Plants around Lake Titicaca, which lies on their border", "soldiers of the army, who were tired": a clause behind a comma says more
/// of a noun that agrees with its verb, the last one before the comma or one above.
pub(super) fn relatives_agree(analyses: &mut [Analysis], forms: &[Form<'_>], sentence: Range<usize>) {
    for clause in sentence.clone() {
        let Some(antecedent) = analyses[clause].head.map(TokenId::index).filter(|&noun| noun < clause) else {
            continue;
        };
        let subject = [Deprel::Nsubj, Deprel::NsubjPass].into_iter();
        let subject = subject.filter_map(|deprel| child(analyses, &sentence, clause, deprel)).next();
        let begins = |&pronoun: &usize| {
            pronoun >= sentence.start + 2
                && matches!(forms[pronoun].text, "which" | "who")
                && forms[pronoun - 1].text == ","
        };
        let (Some(pronoun), Some(verb)) = (subject.filter(begins), is_plural_verb(analyses, forms, &sentence, clause))
        else {
            continue;
        };
        if analyses[clause].deprel != Deprel::AclRelcl
            || is_plural_noun(analyses, &sentence, antecedent).is_none_or(|noun| noun == verb)
        {
            continue;
        }
        let above = |word: usize| analyses[word].head.map(TokenId::index).filter(|&above| above < word);
        let last = top_of_name(analyses, pronoun - 2);
        let higher = std::iter::successors(above(antecedent), |&word| above(word));
        let agrees = |&noun: &usize| is_plural_noun(analyses, &sentence, noun) == Some(verb);
        let is_free = |noun: &usize| !hangs_below(analyses, *noun, clause);
        let noun = if last > antecedent { Some(last) } else { higher.take(3).find(agrees) };
        if let Some(noun) = noun.filter(agrees).filter(is_free) {
            analyses[clause].head = Some(TokenId(noun as u32));
        }
    }
}

/// The word of a name that the others hang on: `Boris` at the last word of "Boris Johnson".
fn top_of_name(analyses: &[Analysis], word: usize) -> usize {
    let above =
        |&word: &usize| analyses[word].head.map(TokenId::index).filter(|_| analyses[word].deprel == Deprel::Flat);
    std::iter::successors(Some(word), above).last().unwrap_or(word)
}

/// Whether a clause's finite verb is one of several: "have", "lie"; nothing where its form does not tell.
fn is_plural_verb(analyses: &[Analysis], forms: &[Form<'_>], sentence: &Range<usize>, clause: usize) -> Option<bool> {
    let helpers = [Deprel::Aux, Deprel::AuxPass, Deprel::Cop].into_iter();
    let finite = helpers.filter_map(|deprel| child(analyses, sentence, clause, deprel)).min().unwrap_or(clause);
    match (forms[finite].text, analyses[finite].xpos) {
        ("is" | "was" | "has" | "does", _) | (_, "VBZ") => Some(false),
        ("are" | "were" | "have" | "do", _) | (_, "VBP") => Some(true),
        _ => None,
    }
}

/// Whether a noun stands for several, as its form or those beside it tell; nothing for other words.
fn is_plural_noun(analyses: &[Analysis], sentence: &Range<usize>, noun: usize) -> Option<bool> {
    match analyses[noun].xpos {
        "NNS" | "NNPS" => Some(true),
        "NN" | "NNP" => Some(child(analyses, sentence, noun, Deprel::Conj).is_some()),
        _ => None,
    }
}

/// Hangs the roots of a long sentence's later pieces on its first root.
pub(super) fn join_roots(analyses: &mut [Analysis], sentence: Range<usize>) {
    let mut roots = sentence.filter(|&index| analyses[index].head.is_none()).collect::<Vec<_>>().into_iter();
    let Some(first) = roots.next() else { return };
    for root in roots {
        analyses[root].head = Some(TokenId(first as u32));
        analyses[root].deprel = Deprel::Parataxis;
    }
}

/// "Shelled by Russia": what a passive participle's "by" marks is its agent, which treebanks have too rarely to be learned well.
pub(super) fn name_agents(analyses: &mut [Analysis], forms: &[Form<'_>], sentence: Range<usize>) {
    for index in sentence.clone() {
        let preposition = &analyses[index];
        let Some(agent) = preposition.head.map(TokenId::index) else { continue };
        let Some(verb) = analyses[agent].head else { continue };
        if preposition.deprel != Deprel::Case
            || !forms[index].text.eq_ignore_ascii_case("by")
            || analyses[agent].deprel != Deprel::Obl
            || analyses[verb.index()].xpos != "VBN"
        {
            continue;
        }
        // "Has left by now" is active, "has been left" and "those left" are passive.
        let has = |deprel: Deprel| {
            analyses[sentence.clone()].iter().any(|word| word.head == Some(verb) && word.deprel == deprel)
        };
        if has(Deprel::AuxPass) || !has(Deprel::Aux) {
            analyses[agent].deprel = Deprel::OblAgent;
        }
    }
}

/// "Kenya's army shelled camps.", taken for one noun: where a sentence has no other verb, the participle before its root is the
/// verb, what stands before that is the subject, and the root the object.
pub(super) fn lost_verbs(analyses: &mut [Analysis], forms: &[Form<'_>], sentence: Range<usize>) {
    let Some(object) = sentence.clone().find(|&index| analyses[index].head.is_none()) else { return };
    let is_finite = |word: &Analysis| matches!(word.xpos, "VBD" | "VBZ" | "VBP" | "MD");
    let is_sentence = forms[sentence.end - 1].text == "." && !analyses[sentence.clone()].iter().any(is_finite);
    if !is_sentence || analyses[object].upos != Upos::Noun {
        return;
    }
    let verb = (sentence.start + 1..object).rev().find(|&index| {
        hangs_on(analyses, index, object) && analyses[index].deprel == Deprel::Amod && analyses[index].xpos == "VBN"
    });
    let Some(verb) = verb else { return };
    let subject = verb - 1;
    let is_owned = child(analyses, &sentence, object, Deprel::NmodPoss).is_some_and(|owner| owner < subject)
        && hangs_on(analyses, subject, object)
        && matches!(analyses[subject].upos, Upos::Noun | Upos::Adj);
    let is_told = hangs_on(analyses, subject, verb) && analyses[subject].deprel == Deprel::Nsubj;
    if !is_owned && !is_told {
        return;
    }
    for word in sentence.clone().filter(|&word| word != subject && word != verb) {
        if hangs_on(analyses, word, object) && (word < subject || analyses[word].deprel == Deprel::Punct) {
            let above = if word < subject { subject } else { verb };
            analyses[word].head = Some(TokenId(above as u32));
        }
    }
    (analyses[object].head, analyses[object].deprel) = (Some(TokenId(verb as u32)), Deprel::Obj);
    (analyses[verb].head, analyses[verb].deprel, analyses[verb].xpos) = (None, Deprel::Root, "VBD");
    (analyses[subject].head, analyses[subject].deprel) = (Some(TokenId(verb as u32)), Deprel::Nsubj);
    if analyses[subject].upos == Upos::Adj {
        (analyses[subject].upos, analyses[subject].xpos) = (Upos::Noun, "NN");
    }
    for index in [subject, verb] {
        let word = &mut analyses[index];
        word.features = lemmas::features(forms[index].text, &word.lemma, word.upos, word.xpos);
    }
}

/// "Was met at the airport by Okoro": what a passive's "by" marks is no part of the place or day before it.
pub(super) fn agents_behind_places(analyses: &mut [Analysis], forms: &[Form<'_>], sentence: Range<usize>) {
    for agent in sentence.clone() {
        let Some(place) = analyses[agent].head.map(TokenId::index).filter(|&place| place < agent) else { continue };
        let Some(verb) = analyses[place].head.map(TokenId::index) else { continue };
        let child = |head: usize, deprel: Deprel| child(analyses, &sentence, head, deprel);
        let is_by = child(agent, Deprel::Case).is_some_and(|case| forms[case].text == "by");
        let is_place = analyses[place].upos == Upos::Propn || PLACES.contains(&&*analyses[place].lemma);
        let is_passive = analyses[verb].xpos == "VBN" && child(verb, Deprel::AuxPass).is_some();
        if analyses[agent].deprel == Deprel::Nmod
            && analyses[place].deprel == Deprel::Obl
            && is_by
            && is_place
            && is_passive
            && child(verb, Deprel::OblAgent).is_none()
        {
            (analyses[agent].head, analyses[agent].deprel) = (Some(TokenId(verb as u32)), Deprel::OblAgent);
        }
    }
}

/// What nobody makes by being there.
const PLACES: [&str; 24] = [
    "airport",
    "capital",
    "city",
    "town",
    "village",
    "port",
    "border",
    "base",
    "home",
    "house",
    "residence",
    "palace",
    "street",
    "hospital",
    "prison",
    "station",
    "headquarters",
    "checkpoint",
    "office",
    "embassy",
    "area",
    "region",
    "morning",
    "evening",
];

/// "Ordered the army to wait and named a general": a verb of past or present is coordinated with the nearest such verb
/// above, not with an infinitive. What looks like a participle there ("to wait and named") is a past.
pub(super) fn finite_conjuncts(analyses: &mut [Analysis], forms: &[Form<'_>], sentence: Range<usize>) {
    let is_present = |word: &Analysis| matches!(word.xpos, "VBZ" | "VBP");
    for index in sentence.clone() {
        let Some(first) = analyses[index].head.map(TokenId::index) else { continue };
        let has_auxiliary = |verb: usize| {
            let is_auxiliary =
                |word: usize| matches!(analyses[word].deprel, Deprel::Aux | Deprel::AuxPass | Deprel::Cop);
            sentence.clone().any(|word| hangs_on(analyses, word, verb) && is_auxiliary(word))
        };
        let own = &analyses[index];
        // "Accused Lima of lying and recalled its envoy"
        let is_unlike = analyses[first].xpos == "VB" || analyses[first].xpos == "VBG" && own.xpos == "VBD";
        if own.deprel != Deprel::Conj || !is_unlike || has_auxiliary(index) || has_auxiliary(first) {
            continue;
        }
        let (is_past, presents) = (matches!(own.xpos, "VBD" | "VBN"), is_present(own));
        let mut above = first;
        let found = std::iter::from_fn(|| {
            above = analyses[above].head?.index();
            Some(above)
        })
        .find(|&verb| is_past && analyses[verb].xpos == "VBD" || presents && is_present(&analyses[verb]));
        let Some(verb) = found else { continue };
        let word = &mut analyses[index];
        word.head = Some(TokenId(verb as u32));
        if word.xpos == "VBN" {
            word.xpos = "VBD";
            word.features = lemmas::features(forms[index].text, &word.lemma, word.upos, word.xpos);
        }
    }
}

/// "Fired bullets and stun grenades": no bare verb goes on from a verb of the past; what looks like one before a noun in a list of
/// things is a part of that noun's name.
pub(super) fn listed_compounds(analyses: &mut [Analysis], forms: &[Form<'_>], sentence: Range<usize>) {
    for index in sentence.clone().skip(2) {
        let own = &analyses[index];
        let Some(verb) = own.head.map(TokenId::index).filter(|&verb| verb < index) else { continue };
        let is_bare = own.deprel == Deprel::Conj && matches!(own.xpos, "VB" | "VBP");
        if !is_bare || !matches!(analyses[verb].xpos, "VBD" | "VBN") || analyses[index - 2].upos != Upos::Noun {
            continue;
        }
        let child = |head: usize, deprel: Deprel| child(analyses, &sentence, head, deprel);
        let thing = child(index, Deprel::Obj).filter(|&thing| thing == index + 1);
        let (Some(thing), Some(first)) = (thing, child(verb, Deprel::Obj).filter(|&first| first < index)) else {
            continue;
        };
        let stands_alone = |deprel: Deprel| child(index, deprel).is_some();
        if [Deprel::Nsubj, Deprel::Aux, Deprel::Mark].into_iter().any(stands_alone) {
            continue;
        }
        for word in sentence.clone().filter(|&word| word != thing) {
            if hangs_on(analyses, word, index) {
                let joins = matches!(analyses[word].deprel, Deprel::Cc | Deprel::Punct) && word < index;
                analyses[word].head = Some(TokenId(if joins { thing } else { verb } as u32));
            }
        }
        (analyses[thing].head, analyses[thing].deprel) = (Some(TokenId(first as u32)), Deprel::Conj);
        let word = &mut analyses[index];
        (word.head, word.deprel) = (Some(TokenId(thing as u32)), Deprel::Compound);
        (word.upos, word.xpos) = (Upos::Noun, "NN");
        word.lemma = lemmas::lemma(forms[index].text, word.upos, word.xpos);
        word.features = lemmas::features(forms[index].text, &word.lemma, word.upos, word.xpos);
    }
}

/// "Kenya to send 1,000 police": a name with an infinitive and no other verb announces what it will do.
pub(super) fn announce(analyses: &mut [Analysis], forms: &[Form<'_>], sentence: Range<usize>) {
    let Some(name) = sentence.clone().find(|&index| analyses[index].head.is_none()) else { return };
    let infinitive = (name + 1..sentence.end).find(|&index| {
        let is_marked = sentence.clone().any(|mark| {
            hangs_on(analyses, mark, index)
                && analyses[mark].deprel == Deprel::Mark
                && forms[mark].text.eq_ignore_ascii_case("to")
        });
        hangs_on(analyses, index, name)
            && analyses[index].deprel == Deprel::Acl
            && analyses[index].xpos == "VB"
            && is_marked
    });
    let Some(verb) = infinitive.filter(|_| analyses[name].upos == Upos::Propn) else { return };
    let is_finite = |word: &Analysis| matches!(word.xpos, "VBD" | "VBZ" | "VBP" | "MD");
    let above = &analyses[sentence.start..verb];
    if above.iter().any(is_finite) || forms[sentence.end - 1].text == "." {
        return;
    }
    for index in sentence {
        if hangs_on(analyses, index, name) && (index > verb || analyses[index].deprel == Deprel::Punct) {
            analyses[index].head = Some(TokenId(verb as u32));
        }
    }
    (analyses[verb].head, analyses[verb].deprel) = (None, Deprel::Root);
    (analyses[name].head, analyses[name].deprel) = (Some(TokenId(verb as u32)), Deprel::Nsubj);
}
