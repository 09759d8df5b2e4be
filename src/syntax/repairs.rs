//! What treebanks teach too rarely, mended in the trees that the network gives; trees stay trees.
//!
//! "Kenya to send police" in a headline is a clause: `send` is its root and `Kenya` its subject.

use std::ops::Range;

use super::embedding::Form;
use super::lemmas;
use crate::document::{Analysis, Deprel, TokenId, Upos};

/// Mends the tree of one sentence.
pub(super) fn mend(analyses: &mut [Analysis], forms: &[Form<'_>], sentence: Range<usize>) {
    join_roots(analyses, sentence.clone());
    name_states(analyses, forms, sentence.clone());
    name_agents(analyses, forms, sentence.clone());
    part_coordinated_names(analyses, sentence.clone());
    clauses_of_verbs(analyses, sentence.clone());
    finite_conjuncts(analyses, forms, sentence.clone());
    subjects(analyses, forms, sentence.clone());
    recipients(analyses, forms, sentence.clone());
    free_weekdays(analyses, forms, sentence.clone());
    counted_objects(analyses, forms, sentence.clone());
    run_on_appositions(analyses, forms, sentence.clone());
    announce(analyses, forms, sentence);
}

/// "After a wave of heat killed 60": a finite verb has a subject, and a bare noun before it is no oblique. "(Lopez) He left":
/// a name in brackets says who speaks. "“Rome,” he said, “fell”": what ends a quotation is the subject of what goes on with it.
fn subjects(analyses: &mut [Analysis], forms: &[Form<'_>], sentence: Range<usize>) {
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
fn recipients(analyses: &mut [Analysis], forms: &[Form<'_>], sentence: Range<usize>) {
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
fn clauses_of_verbs(analyses: &mut [Analysis], sentence: Range<usize>) {
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

/// "Rejected US claims": in capitals it is no pronoun.
fn name_states(analyses: &mut [Analysis], forms: &[Form<'_>], sentence: Range<usize>) {
    for index in sentence.clone() {
        if forms[index].text != "US" || analyses[index].upos != Upos::Pron {
            continue;
        }
        let word = &mut analyses[index];
        (word.upos, word.xpos, word.lemma) = (Upos::Propn, "NNP", "US".into());
        word.features = lemmas::features("US", &word.lemma, word.upos, word.xpos);
        let noun = index + 1;
        if noun < sentence.end
            && analyses[index].deprel == Deprel::Iobj
            && analyses[noun].upos == Upos::Noun
            && analyses[noun].head == analyses[index].head
        {
            (analyses[index].head, analyses[index].deprel) = (Some(TokenId(noun as u32)), Deprel::Compound);
        }
    }
}

/// "The court on Tuesday freed her": a weekday between a subject and its verb is the verb's.
fn free_weekdays(analyses: &mut [Analysis], forms: &[Form<'_>], sentence: Range<usize>) {
    let is_subject = |deprel: Deprel| matches!(deprel, Deprel::Nsubj | Deprel::NsubjPass);
    for index in sentence.clone() {
        let Some(subject) = analyses[index].head.map(TokenId::index) else { continue };
        let Some(verb) = analyses[subject].head.filter(|_| is_subject(analyses[subject].deprel)) else { continue };
        let is_between = subject < index && index < verb.index() && analyses[verb.index()].upos == Upos::Verb;
        if !is_between || !WEEKDAYS.contains(&forms[index].text) || !analyses[index].deprel.is_nominal_modifier() {
            continue;
        }
        let is_marked =
            sentence.clone().any(|mark| hangs_on(analyses, mark, index) && analyses[mark].deprel == Deprel::Case);
        analyses[index].head = Some(verb);
        analyses[index].deprel = if is_marked { Deprel::Obl } else { Deprel::OblUnmarked };
    }
}

const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// "Detained at least 40 Afghans": the "at" is the number's, and what is counted is no oblique.
fn counted_objects(analyses: &mut [Analysis], forms: &[Form<'_>], sentence: Range<usize>) {
    for index in sentence.clone() {
        let Some(verb) = analyses[index].head.map(TokenId::index) else { continue };
        if analyses[index].deprel == Deprel::Obl && verb < index {
            bound_above(analyses, forms, verb, index);
        }
        let has = |head: usize, deprel: Deprel| {
            sentence.clone().find(|&word| hangs_on(analyses, word, head) && analyses[word].deprel == deprel)
        };
        let is_bound = |word: usize| ["least", "most"].iter().any(|bound| forms[word].text.eq_ignore_ascii_case(bound));
        let is_counted = || {
            let number = has(index, Deprel::Nummod)?;
            sentence.clone().find(|&word| hangs_on(analyses, word, number) && is_bound(word))
        };
        if analyses[index].deprel == Deprel::Obl
            && verb < index
            && analyses[verb].upos == Upos::Verb
            && has(index, Deprel::Case).is_none()
            && has(verb, Deprel::Obj).is_none()
            && has(verb, Deprel::AuxPass).is_none()
            && is_counted().is_some()
        {
            analyses[index].deprel = Deprel::Obj;
        }
    }
}

/// No apposition follows its noun without a mark: "condemned in the strongest terms the attack" has the object behind, and in "a
/// series of precision airstrikes" the noun after "of" describes the next.
fn run_on_appositions(analyses: &mut [Analysis], forms: &[Form<'_>], sentence: Range<usize>) {
    for index in sentence.clone() {
        if analyses[index].deprel != Deprel::Appos {
            continue;
        }
        let Some(noun) = analyses[index].head.map(TokenId::index).filter(|&noun| noun < index) else { continue };
        let child = |head: usize, deprel: Deprel| {
            sentence.clone().find(|&word| hangs_on(analyses, word, head) && analyses[word].deprel == deprel)
        };
        let first = (noun + 1..=index).find(|&word| hangs_below(analyses, word, index)).unwrap_or(index);
        let starts_anew =
            matches!(analyses[first].upos, Upos::Det | Upos::Cconj) || child(index, Deprel::NmodPoss).is_some();
        let Some(verb) = analyses[noun].head.map(TokenId::index).filter(|_| analyses[first].upos != Upos::Punct) else {
            continue;
        };
        let is_manner = || {
            let case = child(noun, Deprel::Case);
            case.is_some_and(|case| matches!(forms[case].text, "in" | "without" | "at"))
        };
        if first == noun + 1
            && starts_anew
            && analyses[noun].deprel == Deprel::Obl
            && analyses[noun].upos == Upos::Noun
            && analyses[verb].upos == Upos::Verb
            && child(verb, Deprel::Obj).is_none()
            && child(verb, Deprel::AuxPass).is_none()
            && is_manner()
        {
            (analyses[index].head, analyses[index].deprel) = (Some(TokenId(verb as u32)), Deprel::Obj);
            continue;
        }
        let Some(modifier) = child(noun, Deprel::Nmod).filter(|&modifier| modifier + 1 == first && !starts_anew) else {
            continue;
        };
        let Some(case) = child(modifier, Deprel::Case) else { continue };
        (analyses[case].head, analyses[index].deprel) = (Some(TokenId(index as u32)), Deprel::Nmod);
        (analyses[modifier].head, analyses[modifier].deprel) = (Some(TokenId(index as u32)), Deprel::Compound);
    }
}

/// "Kidnapped up to 16 nuns": neither particle nor preposition, but a bound of the number.
fn bound_above(analyses: &mut [Analysis], forms: &[Form<'_>], verb: usize, noun: usize) {
    let is_word = |index: usize, word: &str| forms[index].text.eq_ignore_ascii_case(word);
    let Some(to) = (verb + 2..noun).find(|&index| hangs_on(analyses, index, noun) && is_word(index, "to")) else {
        return;
    };
    let (up, number) = (to - 1, to + 1);
    if is_word(up, "up") && hangs_on(analyses, up, verb) && analyses[number].deprel == Deprel::Nummod {
        (analyses[up].head, analyses[up].deprel) = (Some(TokenId(number as u32)), Deprel::Advmod);
        (analyses[to].head, analyses[to].deprel) = (Some(TokenId(up as u32)), Deprel::Fixed);
        analyses[noun].deprel = Deprel::Obj;
    }
}

/// Hangs the roots of a long sentence's later pieces on its first root.
fn join_roots(analyses: &mut [Analysis], sentence: Range<usize>) {
    let mut roots = sentence.filter(|&index| analyses[index].head.is_none()).collect::<Vec<_>>().into_iter();
    let Some(first) = roots.next() else { return };
    for root in roots {
        analyses[root].head = Some(TokenId(first as u32));
        analyses[root].deprel = Deprel::Parataxis;
    }
}

/// "Irfaan Ali and Nicolas Maduro": no name goes on across a conjunction that hangs on its later part; the part is a conjunct.
fn part_coordinated_names(analyses: &mut [Analysis], sentence: Range<usize>) {
    for index in sentence.clone() {
        let Some(head) = analyses[index].head.map(TokenId::index) else { continue };
        if analyses[index].deprel != Deprel::Flat || head + 1 >= index {
            continue;
        }
        let is_below = |mut word: usize| {
            for _ in head..index {
                match analyses[word].head.map(TokenId::index) {
                    Some(above) if above == index => return true,
                    Some(above) => word = above,
                    None => return false,
                }
            }
            false
        };
        if (head + 1..index).any(|word| analyses[word].deprel == Deprel::Cc && is_below(word)) {
            analyses[index].deprel = Deprel::Conj;
        }
    }
}

/// "Shelled by Russia": what a passive participle's "by" marks is its agent, which treebanks have too rarely to be learned well.
fn name_agents(analyses: &mut [Analysis], forms: &[Form<'_>], sentence: Range<usize>) {
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

/// "Ordered the army to wait and named a general": a verb of past or present is coordinated with the nearest such verb
/// above, not with an infinitive. What looks like a participle there ("to wait and named") is a past.
fn finite_conjuncts(analyses: &mut [Analysis], forms: &[Form<'_>], sentence: Range<usize>) {
    let is_present = |word: &Analysis| matches!(word.xpos, "VBZ" | "VBP");
    for index in sentence.clone() {
        let Some(first) = analyses[index].head.map(TokenId::index) else { continue };
        let has_auxiliary = |verb: usize| {
            let is_auxiliary =
                |word: usize| matches!(analyses[word].deprel, Deprel::Aux | Deprel::AuxPass | Deprel::Cop);
            sentence.clone().any(|word| hangs_on(analyses, word, verb) && is_auxiliary(word))
        };
        let own = &analyses[index];
        if own.deprel != Deprel::Conj || analyses[first].xpos != "VB" || has_auxiliary(index) || has_auxiliary(first) {
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

/// "Kenya to send 1,000 police": a name with an infinitive and no other verb announces what it will do.
fn announce(analyses: &mut [Analysis], forms: &[Form<'_>], sentence: Range<usize>) {
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

fn hangs_below(analyses: &[Analysis], index: usize, above: usize) -> bool {
    let mut word = Some(index);
    // A tree is no deeper than its sentence is long.
    for _ in 0..analyses.len() {
        match word {
            Some(word) if word == above => return true,
            Some(below) => word = analyses[below].head.map(TokenId::index),
            None => return false,
        }
    }
    false
}

fn hangs_on(analyses: &[Analysis], index: usize, head: usize) -> bool {
    analyses[index].head == Some(TokenId(head as u32))
}
