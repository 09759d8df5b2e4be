//! Nominals: what noun phrases say without a verb of their own.
//!
//! "Russia's invasion of Ukraine" gives `n:invasion('s: Russia; of: Ukraine)`; "held talks with Iran" gives
//! `n:talks(subj: Russia; with: Iran)` beside the clause of `hold`; "Oslo, a city in Norway" gives
//! `be(subj: Oslo; is: city)`; "Iran-backed rebels" gives `a:backed(subj: rebels; attr: Iran)`.

use super::clauses::{self, Clause};
use super::{Argument, Predicate, PredicateKind, Voice, modality, naming, phrases, subjects, titles};
use crate::document::{Deprel, Document, TokenId, Upos, Word};
use crate::entities::camps;
use crate::knowledge::lexicon::Lexicon;
use crate::record::{Modality, Role};

/// The propositions of noun phrases; `verbal` are the clauses of verbs, which lend their arguments to event nouns.
pub(crate) fn find(document: &Document<'_>, lexicon: &Lexicon, verbal: &[Clause]) -> Vec<Clause> {
    let mut found: Vec<Clause> = verbal.iter().flat_map(|clause| lent(document, clause, lexicon)).collect();
    for word in clauses::statements(document) {
        if word.upos() == Upos::Noun && !found.iter().any(|clause| clause.predicate.head == word.id()) {
            found.extend(bare(word, lexicon));
        }
        found.extend(naming::find(word, lexicon));
        found.extend(apposition(word, lexicon));
        found.extend(titles::find(word, lexicon));
        found.extend(participle(word, lexicon));
    }
    found
}

/// An event noun with the arguments of the verb that carries it: "held a meeting with", "a meeting took place in".
fn lent(document: &Document<'_>, clause: &Clause, lexicon: &Lexicon) -> Vec<Clause> {
    let verb = document.word(clause.predicate.head);
    if clause.predicate.kind != PredicateKind::Verb {
        return Vec::new();
    }
    // "begin", "plan", "cancel": who does it takes part in it.
    let verbs = &lexicon.verbs;
    let stages = verbs.aspect.contains(verb.lemma())
        || matches!(verbs.complements.get(verb.lemma()), Some(Modality::Planned | Modality::Desired))
        || verb.lemma() == "cancel";
    let object = clause.arguments.iter().find(|argument| {
        argument.role == Role::Object
            && (stages || argument.heads.iter().all(|&head| modality::is_light(verb, document.word(head), lexicon)))
    });
    let (nouns, subjects) = match object {
        _ if modality::takes_place(verb) || verb.has_child(Deprel::Expl) => (clause.subjects.clone(), Vec::new()),
        Some(object) => (object.heads.clone(), clause.subjects.clone()),
        None => return Vec::new(),
    };
    let is_asked =
        |noun: &Word| noun.children(Deprel::Acl).any(|clause| subjects::directive(clause, lexicon).is_some());
    let nouns =
        nouns.into_iter().map(|noun| document.word(noun)).filter(|noun| noun.upos() == Upos::Noun && !is_asked(noun));
    nouns
        .map(|noun| {
            let mut arguments = modifiers(noun, lexicon);
            let own: Vec<TokenId> = arguments.iter().flat_map(|argument| argument.heads.clone()).collect();
            arguments.extend(
                clause
                    .arguments
                    .iter()
                    .filter(|argument| matches!(argument.role, Role::Oblique | Role::Time | Role::IndirectObject))
                    .filter(|argument| !argument.heads.iter().any(|head| own.contains(head)))
                    .cloned(),
            );
            arguments.sort_by_key(|argument| argument.words.start);
            Clause { predicate: predicate(noun), subjects: subjects.clone(), arguments, anchor: noun.id() }
        })
        .collect()
}

/// A noun with what hangs on it: "relations between Beijing and Moscow", "US sanctions on Iran".
fn bare(noun: Word<'_>, lexicon: &Lexicon) -> Option<Clause> {
    let arguments = modifiers(noun, lexicon);
    // What a copula says of its subject is read there.
    let said = noun.first_conjunct();
    let is_said = is_apposition(noun, lexicon)
        || noun.has_child(Deprel::Cop)
        || noun != said && roles(said).contains(&noun) && (said.has_child(Deprel::Cop) || is_apposition(said, lexicon));
    (!arguments.is_empty() && !is_said).then(|| Clause {
        predicate: predicate(noun),
        subjects: helped(noun),
        arguments,
        anchor: noun.id(),
    })
}

/// Whose deed it is that somebody is helped in: `Chad` at the `fight` of "helped Chad in the fight against Boko Haram".
fn helped(deed: Word<'_>) -> Vec<TokenId> {
    if !matches!(deed.deprel(), Deprel::Obl | Deprel::Nmod) || deed.preposition().as_deref() != Some("in") {
        return Vec::new();
    }
    // "at this moment in the fight"
    let above = deed.head().filter(|_| subjects::named_holder(deed).is_empty());
    let verb = above.map(|above| if above.deprel() == Deprel::Obl { above.head().unwrap_or(above) } else { above });
    let help = verb.filter(|verb| matches!(verb.lemma(), "help" | "assist" | "aid" | "support" | "back" | "join"));
    let object = help.and_then(|help| help.child(Deprel::Obj));
    // "support for Chad in the fight"
    let is_for = |child: &Word| child.preposition().as_deref() == Some("for");
    let object = object.or_else(|| help.and_then(|noun| noun.children(Deprel::Nmod).find(is_for)));
    object.filter(|object| *object < deed).map(|object| phrases::ids(&phrases::referents(object))).unwrap_or_default()
}

/// Possessors, names and demonyms before a noun, prepositional phrases behind it.
pub(crate) fn modifiers(noun: Word<'_>, lexicon: &Lexicon) -> Vec<Argument> {
    let mut arguments: Vec<Argument> = Vec::new();
    for child in noun.dependents() {
        let argument = match child.deprel() {
            Deprel::NmodPoss => {
                let preposition = Some("'s".to_string());
                Argument { preposition, ..clauses::noun_argument(Role::Attribute, child) }
            }
            Deprel::Nmod | Deprel::Obl if child.has_child(Deprel::Case) => clauses::oblique(child, lexicon),
            Deprel::Compound | Deprel::Amod | Deprel::NmodDesc | Deprel::Nmod
                if phrases::is_name_like(child) || is_camp_of(noun, child, lexicon) =>
            {
                let mut argument = clauses::noun_argument(Role::Attribute, child);
                let side = child.dependents().find(|side| phrases::is_name_like(*side) && is_hyphen(side.next()));
                if let Some(side) = side.filter(|side| side.index() + 2 == child.index()) {
                    argument.heads.insert(0, side.id());
                }
                argument
            }
            _ => continue,
        };
        // "the Putin-Xi meeting": names joined by a hyphen are parties side by side.
        match arguments.last_mut().filter(|last| is_joined(noun.document(), last, &argument)) {
            Some(last) => {
                last.heads.extend(argument.heads);
                last.words.end = argument.words.end;
            }
            None => arguments.push(argument),
        }
    }
    arguments
}

/// "separatist candidates"
fn is_camp_of(noun: Word<'_>, colour: Word<'_>, lexicon: &Lexicon) -> bool {
    let lemma = noun.lemma().to_lowercase();
    lexicon.persons.describe(&lemma) && camps::is_colour(colour, &lexicon.nouns)
}

fn is_joined(document: &Document<'_>, first: &Argument, second: &Argument) -> bool {
    let is_bare = |argument: &Argument| argument.role == Role::Attribute && argument.preposition.is_none();
    is_bare(first)
        && is_bare(second)
        && second.words.start == first.words.end + 1
        && is_hyphen(Some(document.word(TokenId(first.words.end as u32))))
}

fn is_hyphen(word: Option<Word<'_>>) -> bool {
    word.is_some_and(|word| matches!(word.text(), "-" | "–" | "/"))
}

/// "Samarkand, a city in Uzbekistan", "a security group, the SCO": the noun is said of the name.
fn apposition(word: Word<'_>, lexicon: &Lexicon) -> Option<Clause> {
    let noun = word.head().filter(|_| is_apposition(word, lexicon))?;
    let (name, said) = match (noun.upos(), word.upos()) {
        (Upos::Propn | Upos::Pron, Upos::Noun) => (noun, word),
        (Upos::Noun, Upos::Noun) => (noun, word),
        (Upos::Noun, Upos::Propn) => (word, noun),
        (Upos::Propn, Upos::Propn) if lexicon.persons.offices.contains(&word.lemma().to_lowercase()) => (noun, word),
        (Upos::Propn, Upos::Propn) if lexicon.persons.offices.contains(&noun.lemma().to_lowercase()) => (word, noun),
        _ => return None,
    };
    // A title right before its name is read as a title.
    if name.index() == said.index() + 1 {
        return None;
    }
    let predicative = Argument {
        role: Role::Predicative,
        preposition: None,
        heads: phrases::ids(&roles(said)),
        words: phrases::single_noun_phrase(said),
    };
    let predicate = Predicate {
        head: said.id(),
        kind: PredicateKind::Copula,
        lemma: "be".to_string(),
        voice: Voice::Active,
        words: predicative.words.start..predicative.words.start,
    };
    Some(Clause { predicate, subjects: vec![name.id()], arguments: vec![predicative], anchor: said.id() })
}

/// What a description says its bearer is: "founder and chairman of the bank" is both. A conjunct with an article or a name of its
/// own may be somebody else.
fn roles(said: Word<'_>) -> Vec<Word<'_>> {
    let is_role = |word: &Word| {
        word.upos() == Upos::Noun
            && !word.has_child(Deprel::Det)
            && !word.has_child(Deprel::Appos)
            && !word.has_child(Deprel::Flat)
    };
    std::iter::once(said).chain(said.children(Deprel::Conj).filter(is_role)).collect()
}

/// By its label, or by its looks where the parser took it for one more conjunct: behind a comma, without "and", an office
/// or a noun with an article after a name.
fn is_apposition(word: Word<'_>, lexicon: &Lexicon) -> bool {
    match word.deprel() {
        Deprel::Appos => true,
        Deprel::Conj | Deprel::List | Deprel::Parataxis | Deprel::Dep | Deprel::NmodUnmarked => {
            let Some(name) = word.head() else { return false };
            let start = phrases::single_noun_phrase(word).start;
            let follows_comma = start > 0 && word.document().word(TokenId(start as u32 - 1)).text() == ",";
            let describes = lexicon.persons.describe(word.lemma())
                || word.children(Deprel::Det).any(|det| matches!(det.lemma(), "a" | "an"));
            follows_comma
                && describes
                && name.upos() == Upos::Propn
                && word.upos() == Upos::Noun
                && name.children(Deprel::Conj).count() <= 1
                && !word.has_child(Deprel::Cc)
                && !phrases::is_clause(word)
        }
        _ => false,
    }
}

/// "Iran-backed rebels", "the Vienna-based agency": the name before the participle is its argument.
fn participle(word: Word<'_>, lexicon: &Lexicon) -> Option<Clause> {
    let is_modifier =
        matches!(word.deprel(), Deprel::Amod | Deprel::Acl) && matches!(word.xpos(), "VBN" | "VBG" | "VBD" | "JJ");
    let noun = word.head().filter(|noun| is_modifier && noun.is_nominal())?;
    let is_compound =
        word.previous().is_some_and(|hyphen| matches!(hyphen.text(), "-" | "–")) || word.upos() == Upos::Adj;
    let mut arguments: Vec<Argument> = word
        .dependents()
        .filter(|child| *child < word && is_compound && child.deprel() != Deprel::Case && phrases::is_name_like(*child))
        .map(|child| clauses::noun_argument(Role::Attribute, child))
        .collect();
    // "a country hostile to the deal"
    if word.upos() == Upos::Adj {
        let behind = word.children(Deprel::Obl).filter(|place| *place > word);
        arguments.extend(behind.map(|place| clauses::oblique(place, lexicon)));
    }
    if arguments.is_empty() {
        return None;
    }
    let predicate = Predicate {
        head: word.id(),
        kind: PredicateKind::Adjective,
        lemma: word.text().to_lowercase(),
        voice: Voice::Active,
        words: word.index()..word.index() + 1,
    };
    Some(Clause { predicate, subjects: phrases::ids(&phrases::referents(noun)), arguments, anchor: word.id() })
}

pub(crate) fn predicate(noun: Word<'_>) -> Predicate {
    Predicate {
        head: noun.id(),
        kind: PredicateKind::Noun,
        lemma: noun.lemma().to_lowercase(),
        voice: Voice::Active,
        words: noun.index()..noun.index() + 1,
    }
}
