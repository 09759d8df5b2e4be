//! Subjects: whom a clause is about, said or left unsaid.
//!
//! In "Ankara, never condemning the attack, vowed to mediate and sent envoys" the subject of `condemn`, `vow`, `mediate`
//! and `send` is `Ankara`: participial adverbial, own subject, control, coordination.

use super::{modality, phrases};
use crate::document::{Deprel, Upos, Word};
use crate::knowledge::lexicon::{Lexicon, Speech};
use crate::record::Kind;

/// The grammatical subject of a clause, its conjuncts listed; of a passive this is the one acted upon.
pub(crate) fn of<'d>(clause: Word<'d>, lexicon: &Lexicon) -> Vec<Word<'d>> {
    match stated(clause) {
        Some(subject) if is_goal(subject, lexicon) && is_infinitive_of_purpose(clause) => holder_or(subject, lexicon),
        Some(subject) => phrases::referents(subject),
        None => unstated(clause, lexicon),
    }
}

/// The subject that the clause itself has. "There" and "it" that stand for nothing are `expl`, not subjects.
pub(crate) fn stated(clause: Word<'_>) -> Option<Word<'_>> {
    // "NATO member Turkey objected", torn into two subjects: the name behind a noun is the one.
    let subjects: Vec<Word> = clause.children(Deprel::Nsubj).collect();
    if let [title, name] = subjects[..]
        && name.upos() == Upos::Propn
        && name.index() == title.index() + 1
    {
        return Some(name);
    }
    own_subject(&subjects)
        .or_else(|| clause.child(Deprel::NsubjPass))
        .or_else(|| clause.child(Deprel::NsubjOuter))
        .or_else(|| clause.dependents().find(|child| child.deprel().is_subject()))
        .or_else(|| inverted(clause))
}

/// "a law *which* Washington criticised", both taken for subjects: the pronoun is the object.
pub(crate) fn fronted_object(clause: Word<'_>) -> Option<Word<'_>> {
    let subjects: Vec<Word> = clause.children(Deprel::Nsubj).collect();
    own_subject(&subjects).filter(|own| *own != subjects[0]).map(|_| subjects[0])
}

/// The first, unless it is a relative pronoun before another.
fn own_subject<'d>(subjects: &[Word<'d>]) -> Option<Word<'d>> {
    match *subjects {
        [pronoun, own, ..] if pronoun.xpos() == "WDT" && own.is_nominal() && own.xpos() != "WDT" => Some(own),
        [first, ..] => Some(first),
        [] => None,
    }
}

pub(crate) fn is_inverted(verb: Word<'_>) -> bool {
    inverted(verb).is_some()
}

/// "…, said Ekman": behind a verb that follows what is said, the parser may take the speaker for an object.
fn inverted(verb: Word<'_>) -> Option<Word<'_>> {
    let is_behind = verb.deprel() == Deprel::Parataxis || verb.children(Deprel::Ccomp).any(|said| said < verb);
    let object = verb.child(Deprel::Obj).or_else(|| verb.child(Deprel::Iobj));
    object.filter(|object| is_behind && *object > verb && object.index() <= verb.index() + 8)
}

/// "China's main concern is to prevent recognition": the goal is the subject of `is`, its holder that of `prevent`.
pub(crate) fn is_infinitive_of_purpose(clause: Word<'_>) -> bool {
    clause.upos() == Upos::Verb && clause.xpos() == "VB" && clause.has_child(Deprel::Cop)
}

/// Not one who "is to visit Lima": a name, a pronoun, a person or a body.
pub(crate) fn is_goal(subject: Word<'_>, lexicon: &Lexicon) -> bool {
    let lemma = subject.lemma().to_lowercase();
    let is_somebody = || {
        let kind = lexicon.nouns.heads.get(&lemma);
        kind.is_some_and(|kind| !matches!(kind, Kind::Other | Kind::Event | Kind::Office))
            || lexicon.persons.describe(&lemma)
            || lexicon.nouns.collectives.contains(&lemma)
    };
    subject.upos() == Upos::Noun && !is_somebody()
}

fn unstated<'d>(clause: Word<'d>, lexicon: &Lexicon) -> Vec<Word<'d>> {
    let Some(governor) = clause.head() else { return torn_off(clause, lexicon) };
    if let Some((_, addressee)) = directive(clause, lexicon) {
        return phrases::referents(addressee);
    }
    if clause.has_child(Deprel::Expl) {
        return Vec::new();
    }
    match clause.deprel() {
        Deprel::Conj => match conjoined_with(clause) {
            Some(first) => of(first, lexicon),
            // A verb that the parser coordinated with a noun shares the clause around that noun.
            None => around(governor, lexicon),
        },
        Deprel::Acl => described(clause, governor, lexicon),
        Deprel::AclRelcl => phrases::referents(governor),
        Deprel::Ccomp if is_finite(clause) => Vec::new(),
        Deprel::Xcomp | Deprel::Ccomp | Deprel::Advcl | Deprel::AdvclRelcl => controlled(clause, governor, lexicon),
        // Only a participle borrows; a finite clause beside another has lost its subject in the parse.
        Deprel::Parataxis | Deprel::Dep if is_participle(clause) => controlled(clause, governor, lexicon),
        _ => Vec::new(),
    }
}

/// The clause that a coordinated one shares its subject with. "…, which Beijing claims and has vowed to take": a finite
/// verb that the parser coordinated with an infinitive belongs to the finite clause between them, if there is one.
pub(crate) fn conjoined_with<'d>(clause: Word<'d>) -> Option<Word<'d>> {
    let first = clause.head()?;
    if is_finite(clause) && !is_finite(first) {
        let between = clause.document().words_in(first.index() + 1..clause.index()).rev();
        let finite =
            between.filter(|word| phrases::is_clause(*word)).find(|word| is_finite(*word) && stated(*word).is_some());
        if finite.is_some() {
            return finite;
        }
    }
    Some(first).filter(|first| phrases::is_clause(*first))
}

fn is_finite(clause: Word<'_>) -> bool {
    let is_tensed = |word: Word<'_>| matches!(word.xpos(), "VBD" | "VBZ" | "VBP" | "MD");
    is_tensed(clause)
        || clause
            .dependents()
            .any(|child| matches!(child.deprel(), Deprel::Aux | Deprel::AuxPass | Deprel::Cop) && is_tensed(child))
}

/// Who does what the complement or adverbial of `governor` says.
fn controlled<'d>(clause: Word<'d>, governor: Word<'d>, lexicon: &Lexicon) -> Vec<Word<'d>> {
    // "Isolated by the West, “Russia has to turn east,” said Bret": what is said lies between.
    if let Some(said) = governor.children(Deprel::Ccomp).find(|said| clause < *said && *said < governor) {
        return of(said, lexicon);
    }
    if !phrases::is_clause(governor) {
        return if governor.is_nominal() { described(clause, governor, lexicon) } else { around(governor, lexicon) };
    }
    let is_complement = matches!(clause.deprel(), Deprel::Xcomp | Deprel::Ccomp);
    let promises = lexicon.verbs.speech.get(governor.lemma()) == Some(Speech::Promise);
    // "accused Kyiv of shelling", "kept the fleet from leaving", "thanked Oslo for helping", "warned Lima against leaving".
    let is_charge = clause
        .children(Deprel::Mark)
        .any(|mark| matches!(mark.lemma(), "of" | "from" | "for" | "into" | "with" | "against"));
    if (is_complement && !promises) || is_charge {
        let person = governor.child(Deprel::Iobj).or_else(|| governor.child(Deprel::Obj));
        // "took responsibility for shelling": what is taken shells nobody.
        let person = person.filter(|object| !modality::is_light(governor, *object, lexicon));
        if let Some(person) = person.filter(|person| *person < clause && phrases::antecedent(*person).is_none()) {
            return phrases::referents(person);
        }
    }
    // "It would be wrong to call …": nobody in particular.
    if stated(governor).is_some_and(|subject| subject.lemma() == "it" && governor.has_child(Deprel::Cop)) {
        return Vec::new();
    }
    of(governor, lexicon)
}

/// The verb that asks for what an infinitive says, and who is asked: "urged *both sides* to talk", "called on *Tehran* to
/// stop", wherever the parser hangs the infinitive.
pub(crate) fn directive<'d>(clause: Word<'d>, lexicon: &Lexicon) -> Option<(Word<'d>, Word<'d>)> {
    if clause.xpos() != "VB"
        || !clause.children(Deprel::Mark).any(|mark| mark.xpos() == "TO")
        || stated(clause).is_some()
    {
        return None;
    }
    let head = clause.head()?;
    let verb = match clause.deprel() {
        Deprel::Xcomp | Deprel::Ccomp | Deprel::Advcl => head,
        Deprel::Acl if matches!(head.deprel(), Deprel::Obj | Deprel::Obl | Deprel::Iobj) => head.head()?,
        _ => return None,
    };
    let asks = matches!(lexicon.verbs.speech.get(verb.lemma()), Some(Speech::Demand | Speech::Ask))
        || (clause.deprel() == Deprel::Acl && matches!(verb.lemma(), "allow" | "permit" | "force" | "enable" | "tell"));
    if !asks || verb.upos() != Upos::Verb {
        return None;
    }
    let is_addressee = |child: &Word| match child.deprel() {
        Deprel::Obj | Deprel::Iobj => lexicon.verbs.complement_nouns.get(child.lemma()).is_none(),
        Deprel::Obl => {
            child.preposition().is_some_and(|preposition| matches!(&*preposition, "on" | "upon" | "to" | "with"))
        }
        _ => false,
    };
    let mut addressees = verb.dependents().filter(|child| *child > verb && *child < clause);
    addressees.find(is_addressee).map(|addressee| (verb, addressee))
}

/// "Forced to resign, the premier left": where the parser made the participle the main clause, the finite clause behind
/// the comma has the subject.
fn torn_off<'d>(clause: Word<'d>, lexicon: &Lexicon) -> Vec<Word<'d>> {
    let finite = clause.dependents().find(|child| {
        matches!(child.deprel(), Deprel::Advcl | Deprel::Ccomp | Deprel::Parataxis)
            && *child > clause
            && !child.has_child(Deprel::Mark)
            && stated(*child).is_some()
    });
    finite.filter(|_| is_participle(clause)).map(|finite| of(finite, lexicon)).unwrap_or_default()
}

/// Who does what a clause inside a noun phrase says: "leaders attending", "a plan to attack", "interest in meeting".
fn described<'d>(clause: Word<'d>, noun: Word<'d>, lexicon: &Lexicon) -> Vec<Word<'d>> {
    let has_preposition = clause.children(Deprel::Mark).any(|mark| mark.xpos() == "IN");
    let is_infinitive = clause.children(Deprel::Mark).any(|mark| mark.xpos() == "TO");
    let picks_one_out = noun.dependents().any(|child| {
        matches!(child.lemma(), "first" | "last" | "next" | "only" | "second" | "third") || child.xpos() == "JJS"
    });
    if has_preposition || (is_infinitive && !picks_one_out) {
        holder_or(noun, lexicon)
    } else {
        phrases::referents(noun)
    }
}

/// The one whose plan, right or interest it is, else the subject of the clause around.
fn holder_or<'d>(noun: Word<'d>, lexicon: &Lexicon) -> Vec<Word<'d>> {
    let named = named_holder(noun);
    if named.is_empty() { around(noun, lexicon) } else { named }
}

/// A possessor ("Russia's plan"), a demonym or a name before the noun ("the Kremlin plan").
pub(crate) fn named_holder<'d>(noun: Word<'d>) -> Vec<Word<'d>> {
    let possessor = noun.child(Deprel::NmodPoss);
    let name = || {
        noun.dependents()
            .find(|child| matches!(child.deprel(), Deprel::Compound | Deprel::Amod) && phrases::is_name_like(*child))
    };
    possessor.or_else(name).map(phrases::referents).unwrap_or_default()
}

/// The subject of the clause that a word stands in, unless the word is that subject.
fn around<'d>(word: Word<'d>, lexicon: &Lexicon) -> Vec<Word<'d>> {
    let Some(clause) = phrases::governing_clause(word) else { return Vec::new() };
    match stated(clause) {
        Some(subject) if word.is_within(subject) => Vec::new(),
        _ => of(clause, lexicon),
    }
}

pub(crate) fn is_participle(clause: Word<'_>) -> bool {
    matches!(clause.xpos(), "VBG" | "VBN") && !clause.has_child(Deprel::Aux) && !clause.has_child(Deprel::AuxPass)
}
