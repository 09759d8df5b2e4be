//! Clauses: who does what to whom, from a dependency tree.
//!
//! "Putin met Xi in Samarkand." gives one clause: `meet`, subject `Putin`, object `Xi`, oblique `in: Samarkand`.
//! "Kherson was shelled by Russia." gives `shell`, subject `Russia`, object `Kherson`: whoever acts is the subject.

use std::ops::Range;

use super::{Argument, Predicate, PredicateKind, Voice, phrases, speech, subjects};
use crate::document::{Deprel, Document, TokenId, Upos, Word};
use crate::knowledge::lexicon::Lexicon;
use crate::record::Role;
use crate::text::SentenceRole;

/// A predicate with its arguments, before polarity, modality and speaker are known.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Clause {
    pub predicate: Predicate,
    pub subjects: Vec<TokenId>,
    pub arguments: Vec<Argument>,
    /// The word from which polarity, modality and speaker are read: the clause's head.
    pub anchor: TokenId,
}

/// The clauses that verbs and copulas head, in reading order.
pub(crate) fn find(document: &Document<'_>, lexicon: &Lexicon) -> Vec<Clause> {
    statements(document).filter_map(|word| clause(word, lexicon)).collect()
}

/// The words of all sentences that state something: page furniture does not.
pub(crate) fn statements<'d>(document: &'d Document<'_>) -> impl Iterator<Item = Word<'d>> {
    document
        .sentences()
        .iter()
        .filter(|sentence| sentence.role != SentenceRole::Furniture)
        .flat_map(|sentence| document.words_in(sentence.tokens.clone()))
}

fn clause(word: Word<'_>, lexicon: &Lexicon) -> Option<Clause> {
    if word.upos() == Upos::Verb || (word.upos() == Upos::Aux && word.deprel() == Deprel::Root) {
        return phrases::is_clause(word).then(|| verbal(word, lexicon));
    }
    let is_secondary = word.deprel() == Deprel::Xcomp && word.upos() != Upos::Adv;
    (phrases::is_clause(word) || is_secondary).then(|| copular(word, lexicon))
}

pub(crate) fn verbal(verb: Word<'_>, lexicon: &Lexicon) -> Clause {
    let surface = subjects::of(verb, lexicon);
    let voice = voice(verb);
    let mut arguments = arguments(verb, lexicon);
    share(verb, lexicon, &mut arguments);
    let subjects = match voice {
        Voice::Active => phrases::ids(&surface),
        Voice::Passive => {
            if let Some(&patient) = surface.first() {
                let words = phrases::bare_noun_phrase(patient);
                arguments.insert(
                    0,
                    Argument { role: Role::Object, preposition: None, heads: phrases::ids(&surface), words },
                );
            }
            let agents = take_agent(&mut arguments);
            if agents.is_empty() { strayed_agent(verb, lexicon) } else { agents }
        }
    };
    let lemma = match particle(verb, lexicon) {
        Some(particle) => format!("{} {}", verb.lemma(), particle.text().to_lowercase()),
        None => verb.lemma().to_lowercase(),
    };
    let predicate = Predicate {
        head: verb.id(),
        kind: PredicateKind::Verb,
        lemma,
        voice,
        words: verb_group(verb, particle(verb, lexicon)),
    };
    Clause { predicate, subjects, arguments, anchor: verb.id() }
}

/// The particle of a phrasal verb: by its label, or right behind the verb where the parser took it for an adverb or for
/// the preposition of the object ("handed over the suspect").
fn particle<'d>(verb: Word<'d>, lexicon: &Lexicon) -> Option<Word<'d>> {
    let behind = || {
        let next = verb.next()?;
        let is_known = lexicon.verbs.phrasal.contains(&format!("{} {}", verb.lemma(), next.text()));
        let hangs_here = next.head() == Some(verb) || next.head().and_then(Word::head) == Some(verb);
        Some(next).filter(|_| is_known && hangs_here)
    };
    verb.child(Deprel::CompoundPrt).or_else(behind)
}

/// "X is hostile to Y" is the adjective's clause, "X is president of Y" and "X is in Y" are the copula's.
fn copular(word: Word<'_>, lexicon: &Lexicon) -> Clause {
    let subjects = phrases::ids(&subjects::of(word, lexicon));
    let mut arguments = arguments(word, lexicon);
    let copula = word.child(Deprel::Cop);
    if word.upos() == Upos::Adj {
        let words = verb_group(word, None);
        let predicate = Predicate {
            head: word.id(),
            kind: PredicateKind::Adjective,
            lemma: word.lemma().to_lowercase(),
            voice: Voice::Active,
            words,
        };
        return Clause { predicate, subjects, arguments, anchor: word.id() };
    }
    let preposition = word.preposition();
    arguments.retain(|argument| argument.role != Role::Predicative);
    arguments.insert(
        0,
        Argument {
            role: if preposition.is_some() { Role::Oblique } else { Role::Predicative },
            preposition,
            heads: phrases::ids(&phrases::referents(word)),
            words: phrases::noun_phrase(word),
        },
    );
    arguments.sort_by_key(|argument| argument.words.start);
    // "call the two countries allies": the verb that governs stands for the copula.
    let shown = copula.or(word.head().filter(|_| word.deprel() == Deprel::Xcomp));
    let predicate = Predicate {
        head: shown.unwrap_or(word).id(),
        kind: PredicateKind::Copula,
        lemma: "be".to_string(),
        voice: Voice::Active,
        words: copula.map_or(word.index()..word.index(), |copula| copula_group(word, copula)),
    };
    Clause { predicate, subjects, arguments, anchor: word.id() }
}

/// A passive has its auxiliary or subject marked; without an auxiliary a past participle is passive unless it is
/// coordinated with an active perfect ("has met and praised").
fn voice(verb: Word<'_>) -> Voice {
    let is_marked = |word: Word<'_>| word.has_child(Deprel::AuxPass) || word.has_child(Deprel::NsubjPass);
    let first = verb.first_conjunct();
    let is_passive = match verb.xpos() {
        _ if is_marked(verb) => true,
        "VBN" if verb.has_child(Deprel::Aux) || verb.has_child(Deprel::Obj) => false,
        "VBN" if first != verb && first.upos() == Upos::Verb => voice(first) == Voice::Passive && first.xpos() == "VBN",
        "VBN" => !verb.has_child(Deprel::Nsubj),
        _ => false,
    };
    if is_passive { Voice::Passive } else { Voice::Active }
}

/// The arguments of a predicate in reading order, its subject left out.
pub(crate) fn arguments(predicate: Word<'_>, lexicon: &Lexicon) -> Vec<Argument> {
    let subject = subjects::stated(predicate);
    let others = predicate.dependents().filter(|child| Some(*child) != subject && !phrases::is_conjunction(*child));
    let mut found: Vec<Argument> = others.filter_map(|child| argument(predicate, child, lexicon)).collect();
    // "met Xi in Samarkand": a place or time behind a name belongs to the verb, whatever the parser says.
    let names = predicate.children(Deprel::Obj).filter(|object| object.upos() == Upos::Propn);
    let strayed = names.flat_map(|name| name.children(Deprel::Nmod)).filter(|place| {
        place.preposition().is_some_and(|preposition| {
            matches!(&*preposition, "in" | "at" | "on" | "during" | "after" | "before" | "over" | "about" | "with")
        })
    });
    found.extend(strayed.map(|place| oblique(place, lexicon)));
    if let Some(object) = gap(predicate).or_else(|| subjects::fronted_object(predicate)) {
        found.push(noun_argument(Role::Object, object));
    }
    if let Some(quoted) = quoted(predicate, lexicon) {
        found.push(clause_argument(Role::Complement, quoted));
    }
    found.sort_by_key(|argument| argument.words.start);
    tell_objects_apart(predicate, lexicon, &mut found);
    found
}

/// Of two objects behind a verb the second says what the first one is ("call it a threat") or the first one is given the
/// second ("give Kyiv tanks").
fn tell_objects_apart(predicate: Word<'_>, lexicon: &Lexicon, arguments: &mut [Argument]) {
    let names = lexicon.verbs.naming.contains(predicate.lemma());
    let objects: Vec<usize> = (0..arguments.len()).filter(|&index| arguments[index].role == Role::Object).collect();
    let is_passive = voice(predicate) == Voice::Passive;
    match objects[..] {
        [_, second] if names => arguments[second].role = Role::Predicative,
        [first, _] => arguments[first].role = Role::IndirectObject,
        [only] if is_passive && names => arguments[only].role = Role::Predicative,
        [only] if matches!(predicate.lemma(), "become" | "remain") => arguments[only].role = Role::Predicative,
        _ => {}
    }
}

fn argument(predicate: Word<'_>, child: Word<'_>, lexicon: &Lexicon) -> Option<Argument> {
    Some(match child.deprel() {
        Deprel::Obj => noun_argument(Role::Object, child),
        Deprel::Iobj => noun_argument(Role::IndirectObject, child),
        Deprel::Obl if child.children(Deprel::Case).any(|case| case.lemma() == "accord") => return None,
        Deprel::Obl if child.children(Deprel::Case).any(|case| particle(predicate, lexicon) == Some(case)) => {
            let object = noun_argument(Role::Object, child);
            Argument { words: phrases::bare_noun_phrase(child), ..object }
        }
        Deprel::Obl | Deprel::OblAgent | Deprel::OblUnmarked => oblique(child, lexicon),
        Deprel::Ccomp if speech::tagged(child, lexicon).is_some() => return None,
        Deprel::Ccomp => clause_argument(Role::Complement, child),
        Deprel::Xcomp if child.upos() == Upos::Verb => clause_argument(Role::Complement, child),
        Deprel::Xcomp => noun_argument(Role::Predicative, child),
        Deprel::Advcl if speech::tagged(child, lexicon).is_some() => return None,
        Deprel::Advcl => adverbial(child)?,
        Deprel::Advmod if phrases::is_relative(child) && phrases::antecedent(child).is_some() => {
            oblique(child, lexicon)
        }
        Deprel::Advmod if predicate.upos() == Upos::Verb => adverb(child, lexicon)?,
        _ => return None,
    })
}

pub(crate) fn noun_argument(role: Role, word: Word<'_>) -> Argument {
    let words = match phrases::antecedent(word) {
        Some(noun) => phrases::bare_noun_phrase(noun),
        None => phrases::noun_phrase(word),
    };
    Argument { role, preposition: None, heads: phrases::ids(&phrases::referents(word)), words }
}

fn clause_argument(role: Role, head: Word<'_>) -> Argument {
    let heads = head.conjuncts().iter().map(|word| word.id()).collect();
    Argument { role, preposition: None, heads, words: phrases::clause(head) }
}

/// A prepositional phrase, or a bare time.
pub(crate) fn oblique(word: Word<'_>, lexicon: &Lexicon) -> Argument {
    let preposition = match word.xpos() {
        "WRB" => Some(word.text().to_lowercase()),
        _ => word.preposition(),
    };
    // "died at the hands of the rebels"
    let is_at_hands = word.lemma() == "hand" && preposition.as_deref() == Some("at");
    let agent = word.children(Deprel::Nmod).find(|word| is_at_hands && word.preposition().as_deref() == Some("of"));
    if let Some(agent) = agent {
        return Argument { preposition: Some("by".to_string()), ..noun_argument(Role::Oblique, agent) };
    }
    let role = if is_time(word, lexicon) { Role::Time } else { Role::Oblique };
    Argument { preposition, ..noun_argument(role, word) }
}

/// "when", "because", "to balance": an adverbial clause with what marks it.
fn adverbial(clause: Word<'_>) -> Option<Argument> {
    let infinitive = clause.children(Deprel::Mark).find(|mark| mark.xpos() == "TO");
    let mark = infinitive.or_else(|| clause.child(Deprel::Mark))?;
    let preposition = mark.text().to_lowercase();
    let role = match &*preposition {
        "when" | "while" | "after" | "before" | "since" | "until" | "once" => Role::Time,
        _ => Role::Oblique,
    };
    Some(Argument { preposition: Some(preposition), ..clause_argument(role, clause) })
}

fn adverb(word: Word<'_>, lexicon: &Lexicon) -> Option<Argument> {
    let lemma = word.text().to_lowercase();
    // "However," and the like join sentences.
    let joins = word.next().is_some_and(|next| next.text() == ",") && word.index() == word.sentence().tokens.start;
    let pairs_off = lemma == "respectively";
    if lexicon.verbs.negation.contains(&*lemma) || word.xpos() == "WRB" || joins || pairs_off {
        return None;
    }
    let role = if is_time(word, lexicon) {
        Role::Time
    } else if lemma.ends_with("ly") || word.dependents().next().is_some() {
        Role::Manner
    } else {
        return None;
    };
    Some(Argument { role, preposition: None, heads: vec![word.id()], words: phrases::noun_phrase(word) })
}

pub(crate) fn is_time(word: Word<'_>, lexicon: &Lexicon) -> bool {
    let is_year = word.upos() == Upos::Num
        && word.text().len() == 4
        && word.text().parse::<u32>().is_ok_and(|year| (1000..2200).contains(&year));
    let time = &lexicon.time;
    let lemma = word.lemma().to_lowercase();
    is_year
        || time.months.contains_key(&lemma)
        || time.weekdays.contains_key(&lemma)
        || time.seasons.contains_key(&lemma)
        || time.deictic.contains_key(&lemma)
        || time.spans.contains_key(&lemma)
        || time.parts_of_day.contains(&lemma)
        || time.past.contains(&lemma)
        || time.future.contains(&lemma)
        || time.periods.contains(&lemma)
}

/// "the island Beijing claims": the noun is what the relative clause leaves open.
fn gap(verb: Word<'_>) -> Option<Word<'_>> {
    let is_open = verb.deprel() == Deprel::AclRelcl
        && verb.upos() == Upos::Verb
        && voice(verb) == Voice::Active
        && verb.has_child(Deprel::Nsubj)
        && !verb.dependents().any(|child| {
            matches!(child.deprel(), Deprel::Obj | Deprel::Ccomp | Deprel::Xcomp | Deprel::Mark)
                || phrases::is_relative(child)
        })
        && !verb.subtree().into_iter().any(phrases::is_relative);
    verb.head().filter(|_| is_open)
}

/// The clause that a verb of saying reports without governing it.
fn quoted<'d>(verb: Word<'d>, lexicon: &Lexicon) -> Option<Word<'d>> {
    speech::tagged(verb, lexicon).or_else(|| speech::introduced(verb, lexicon))
}

/// Coordinated verbs share what only one of them has: the object of "met and praised Xi", of "which Beijing considers
/// its own and has vowed to take".
fn share(verb: Word<'_>, lexicon: &Lexicon, arguments: &mut Vec<Argument>) {
    let has_object = |word: Word<'_>| {
        word.dependents().any(|child| matches!(child.deprel(), Deprel::Obj | Deprel::Ccomp | Deprel::Xcomp))
    };
    if has_object(verb) || voice(verb) == Voice::Passive {
        return;
    }
    let other = if verb.deprel() == Deprel::Conj { subjects::conjoined_with(verb) } else { verb.child(Deprel::Conj) };
    let Some(other) = other.filter(|other| other.upos() == Upos::Verb) else { return };
    let (first, last) = if verb < other { (verb, other) } else { (other, verb) };
    // Nothing but adverbs and the conjunction may stand between the verbs; an object behind both is everyone's.
    let is_tight = verb.document().words_in(first.index() + 1..last.index()).all(|word| {
        matches!(word.deprel(), Deprel::Cc | Deprel::Advmod | Deprel::Aux | Deprel::AuxPass | Deprel::Punct)
    });
    let object = other
        .child(Deprel::Obj)
        .filter(|object| (is_tight && *object > last) || (verb == last && phrases::antecedent(*object).is_some()));
    let Some(object) = object else { return };
    arguments.push(noun_argument(Role::Object, object));
    if is_tight {
        let behind = other.dependents().filter(|child| child.deprel() == Deprel::Obl && *child > last);
        arguments.extend(behind.map(|place| oblique(place, lexicon)));
    }
    arguments.sort_by_key(|argument| argument.words.start);
}

/// Takes the by-phrase of a passive out of its arguments; "by Friday", "by 10 percent" and "by sea" stay.
fn take_agent(arguments: &mut Vec<Argument>) -> Vec<TokenId> {
    let agent = arguments
        .iter()
        .position(|argument| argument.role == Role::Oblique && argument.preposition.as_deref() == Some("by"));
    agent.map(|index| arguments.remove(index).heads).unwrap_or_default()
}

/// "was sent back to Chad by the army": the parser may hang the by-phrase on the place before it.
fn strayed_agent(verb: Word<'_>, lexicon: &Lexicon) -> Vec<TokenId> {
    let is_place = |place: &Word| place.upos() == Upos::Propn && place.preposition().is_some_and(|one| one != "by");
    let places = verb.dependents().filter(|child| child.deprel().is_oblique() && *child > verb).filter(is_place);
    let inner = places.flat_map(|place| place.conjuncts()).flat_map(|place| place.children(Deprel::Nmod));
    let by = inner.filter(|child| child.preposition().as_deref() == Some("by") && !is_time(*child, lexicon));
    by.flat_map(|agent| phrases::ids(&phrases::referents(agent))).collect()
}

/// The words of a predicate as they stand together: "has not been", "did not condemn", "carried out".
fn verb_group(head: Word<'_>, particle: Option<Word<'_>>) -> Range<usize> {
    let document = head.document();
    let is_part = |word: Word<'_>| {
        word.head() == Some(head)
            && matches!(word.deprel(), Deprel::Aux | Deprel::AuxPass | Deprel::Cop | Deprel::Advmod)
    };
    let mut start = head.index();
    while start > 0 && is_part(document.word(TokenId(start as u32 - 1))) {
        start -= 1;
    }
    let is_leading_adverb = |index: usize| {
        let word = document.word(TokenId(index as u32));
        word.deprel() == Deprel::Advmod && word.lemma() != "not"
    };
    while start < head.index() && is_leading_adverb(start) {
        start += 1;
    }
    let particle = particle.filter(|particle| particle.index() == head.index() + 1);
    start..particle.map_or(head.index(), |particle| particle.index()) + 1
}

/// "has not been" before what is said: from the first auxiliary to the copula, where they stand together.
fn copula_group(predicative: Word<'_>, copula: Word<'_>) -> Range<usize> {
    let document = copula.document();
    let is_part = |index: usize| {
        let word = document.word(TokenId(index as u32));
        word.head() == Some(predicative) && matches!(word.deprel(), Deprel::Aux | Deprel::Advmod)
    };
    let mut start = copula.index();
    while start > 0 && is_part(start - 1) {
        start -= 1;
    }
    let mut end = copula.index() + 1;
    while end < predicative.index() && document.word(TokenId(end as u32)).lemma() == "not" {
        end += 1;
    }
    start..end
}
