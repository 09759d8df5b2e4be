//! Polarity and modality: whether a thing is said to be so, or not so, or only planned, wanted, feared, possible.
//!
//! In "Fears persist that it may try to retake the island" `retake` is feared: of all the words that keep a statement
//! from being a fact, the outermost decides. In "Delhi failed to attend" `attend` is negated.

use super::phrases;
use crate::document::{Deprel, Upos, Word};
use crate::knowledge::lexicon::{Aspect, Implicative, Lexicon, Speech};
use crate::record::{Modality, Polarity};

/// How a predicate is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stance {
    pub polarity: Polarity,
    pub modality: Modality,
}

const FACT: Stance = Stance { polarity: Polarity::Affirmed, modality: Modality::Asserted };

impl Stance {
    /// What this says inside of what `outer` says: negations cancel out, the outer modality hides the inner one.
    fn within(self, outer: Stance) -> Stance {
        Stance {
            polarity: if outer.polarity == Polarity::Negated { flip(self.polarity) } else { self.polarity },
            modality: if outer.modality == Modality::Asserted { self.modality } else { outer.modality },
        }
    }

    fn is(modality: Modality) -> Stance {
        Stance { modality, ..FACT }
    }
}

fn flip(polarity: Polarity) -> Polarity {
    match polarity {
        Polarity::Affirmed => Polarity::Negated,
        Polarity::Negated => Polarity::Affirmed,
    }
}

/// The stance of the predicate that `word` heads, all that governs it taken into account.
pub(crate) fn stance(word: Word<'_>, lexicon: &Lexicon) -> Stance {
    let own = if phrases::is_clause(word) { clause_stance(word, lexicon) } else { noun_stance(word, lexicon) };
    own.within(governed(word, lexicon))
}

/// What a clause's own auxiliaries, adverbs, mark and negations say.
fn clause_stance(clause: Word<'_>, lexicon: &Lexicon) -> Stance {
    let polarity = if is_negated(clause, lexicon) { Polarity::Negated } else { Polarity::Affirmed };
    Stance { polarity, modality: clause_modality(clause, lexicon) }
}

fn clause_modality(clause: Word<'_>, lexicon: &Lexicon) -> Modality {
    let verbs = &lexicon.verbs;
    if clause.children(Deprel::Mark).any(|mark| matches!(&*lower(mark), "if" | "unless" | "whether")) {
        return Modality::Hypothetical;
    }
    if is_asked(clause) || is_inverted(clause) {
        return Modality::Hypothetical;
    }
    let modal = clause.children(Deprel::Aux).find_map(|aux| Some((lower(aux), verbs.modals.get(&lower(aux))?)));
    match modal {
        // "said it would attack": the future as seen from the past.
        Some((_, Modality::Hypothetical)) if is_reported(clause, lexicon) => return Modality::Planned,
        Some((_, modality)) => return modality,
        None => {}
    }
    let adverb = clause.children(Deprel::Advmod).find_map(|word| verbs.modal_words.get(&lower(word)));
    if let Some(modality) = adverb {
        return modality;
    }
    let is_bare = clause.xpos() == "VB" && clause.deprel() == Deprel::Root;
    let is_order = is_bare
        && !clause
            .dependents()
            .any(|child| child.deprel().is_subject() || matches!(child.deprel(), Deprel::Aux | Deprel::Mark));
    if is_order { Modality::Desired } else { Modality::Asserted }
}

/// A sentence that ends in a question mark states nothing in its main clause.
fn is_asked(clause: Word<'_>) -> bool {
    let tokens = clause.sentence().tokens.clone();
    clause.deprel() == Deprel::Root && clause.document().words_in(tokens).rev().take(2).any(|word| word.text() == "?")
}

/// "Had Norway attacked, …", "Should Norway attack, …": a condition without "if".
fn is_inverted(clause: Word<'_>) -> bool {
    let first = clause.subtree().into_iter().find(|word| word.upos() != Upos::Punct);
    let auxiliary = first.filter(|first| first.deprel() == Deprel::Aux && first.head() == Some(clause));
    auxiliary.is_some_and(|auxiliary| matches!(&*lower(auxiliary), "had" | "were" | "should"))
}

fn is_reported(clause: Word<'_>, lexicon: &Lexicon) -> bool {
    clause.deprel() == Deprel::Ccomp
        && clause
            .head()
            .is_some_and(|verb| matches!(verb.xpos(), "VBD" | "VBN") && lexicon.verbs.speech.contains(verb.lemma()))
}

/// "did not", "never", "no longer", "without doing", "neither … nor", "no country did", "has no plan".
fn is_negated(clause: Word<'_>, lexicon: &Lexicon) -> bool {
    let negation = &lexicon.verbs.negation;
    clause.dependents().any(|child| match child.deprel() {
        Deprel::Advmod | Deprel::Det | Deprel::CcPreconj | Deprel::Mark | Deprel::Cc | Deprel::Case => {
            let is_negative = negation.contains(&*lower(child)) || child.lemma() == "not";
            let is_no_longer = child.has_child(Deprel::Advmod)
                && child.children(Deprel::Advmod).any(|word| matches!(&*lower(word), "no" | "not"));
            (is_negative || is_no_longer) && !is_not_only(child)
        }
        Deprel::Obj | Deprel::Nsubj | Deprel::NsubjPass => is_negative_noun(child, lexicon),
        _ => false,
    })
}

fn is_not_only(negation: Word<'_>) -> bool {
    negation.next().is_some_and(|next| matches!(&*lower(next), "only" | "just" | "merely" | "least"))
}

fn is_negative_noun(noun: Word<'_>, lexicon: &Lexicon) -> bool {
    let has_no = noun
        .dependents()
        .filter(|child| matches!(child.deprel(), Deprel::Det | Deprel::CcPreconj | Deprel::Advmod))
        .any(|child| matches!(&*lower(child), "no" | "neither"));
    has_no || (noun.upos() == Upos::Pron && lexicon.verbs.negation.contains(&*lower(noun)))
}

/// What a noun's own words say: "a possible meeting", "no agreement".
fn noun_stance(noun: Word<'_>, lexicon: &Lexicon) -> Stance {
    let polarity = if is_negative_noun(noun, lexicon) { Polarity::Negated } else { Polarity::Affirmed };
    let modality = noun.children(Deprel::Amod).find_map(|word| lexicon.verbs.modal_words.get(&lower(word)));
    Stance { polarity, modality: modality.unwrap_or_default() }
}

/// What the words above a predicate make of it.
fn governed(word: Word<'_>, lexicon: &Lexicon) -> Stance {
    // "Beijing's goal is to keep the alliance": kept as far as goals are facts.
    if super::subjects::is_infinitive_of_purpose(word) {
        // "The king is to visit Lima."
        if super::subjects::stated(word).is_some_and(|subject| !super::subjects::is_goal(subject, lexicon)) {
            return Stance::is(Modality::Planned);
        }
        let modality = subject_noun(word, lexicon).filter(|modality| *modality != Modality::Feared);
        return Stance::is(modality.unwrap_or(Modality::Desired));
    }
    let Some(governor) = word.head() else { return FACT };
    if let Some((verb, _)) = super::subjects::directive(word, lexicon) {
        return complement(word, verb, lexicon);
    }
    if phrases::is_content(word) {
        return noun_complement(word, governor, lexicon);
    }
    match word.deprel() {
        Deprel::Conj => coordinated(word, governor, lexicon),
        Deprel::Ccomp | Deprel::Xcomp | Deprel::Csubj | Deprel::CsubjPass => complement(word, governor, lexicon),
        Deprel::Advcl if is_infinitive(word) && phrases::is_clause(governor) => adverbial(word, governor, lexicon),
        Deprel::Advcl | Deprel::Acl
            if word
                .children(Deprel::Mark)
                .any(|mark| matches!(mark.lemma(), "from" | "of" | "against" | "for" | "with")) =>
        {
            complement(word, governor, lexicon)
        }
        // "committed to defeating the rebels"
        Deprel::Advcl if is_gerund(word) && lexicon.verbs.complements.contains(&governor.lemma().to_lowercase()) => {
            complement(word, governor, lexicon)
        }
        // "…, condemning the attack" is as real as the clause it hangs on, but "didn't go, citing costs" does cite.
        Deprel::Advcl if super::subjects::is_participle(word) => {
            Stance { modality: stance(governor, lexicon).modality, ..FACT }
        }
        Deprel::Acl if is_infinitive(word) || !super::subjects::is_participle(word) => {
            noun_complement(word, governor, lexicon)
        }
        Deprel::Acl => Stance { modality: governed(governor, lexicon).modality, ..FACT },
        // "reports that A had left B" is no relative clause, whatever the parser takes it for.
        Deprel::AclRelcl if is_told(word) && lexicon.verbs.speech_nouns.contains(&governor.lemma().to_lowercase()) => {
            noun_complement(word, governor, lexicon)
        }
        Deprel::Obj | Deprel::Obl | Deprel::Nsubj | Deprel::NsubjPass if !phrases::is_clause(word) => {
            participant(word, governor, lexicon)
        }
        Deprel::Nmod if !phrases::is_clause(word) => {
            match lexicon.verbs.complement_nouns.get(&governor.lemma().to_lowercase()) {
                Some(modality) => Stance::is(modality).within(stance(governor, lexicon)),
                None => FACT,
            }
        }
        _ => FACT,
    }
}

/// A conjunct shares what stands above both, and the auxiliaries and negation that only the first one shows: "will meet
/// and sign", "did not condemn or criticise".
fn coordinated(word: Word<'_>, first: Word<'_>, lexicon: &Lexicon) -> Stance {
    let above = governed(first, lexicon);
    let has_own_start = word.dependents().any(|child| {
        child.deprel().is_subject() || matches!(child.deprel(), Deprel::Aux | Deprel::AuxPass | Deprel::Cop)
    });
    let is_alternative = word.children(Deprel::Cc).any(|cc| matches!(&*lower(cc), "or" | "nor"));
    if has_own_start || !phrases::is_clause(first) {
        return above;
    }
    let own = clause_stance(first, lexicon);
    let shares_auxiliary = word.xpos() == first.xpos() && first.has_child(Deprel::Aux);
    let polarity =
        if (shares_auxiliary && word.xpos() == "VB") || is_alternative { own.polarity } else { Polarity::Affirmed };
    let modality =
        if shares_auxiliary || own.modality == Modality::Hypothetical { own.modality } else { Modality::Asserted };
    Stance { polarity, modality }.within(above)
}

/// What a verb or adjective makes of the clause that completes it.
fn complement(word: Word<'_>, governor: Word<'_>, lexicon: &Lexicon) -> Stance {
    let outer = stance(governor, lexicon);
    let is_infinitive = is_infinitive(word);
    let lemma = governor.lemma().to_lowercase();
    let verbs = &lexicon.verbs;
    let negated = outer.polarity == Polarity::Negated;
    let is_still_to_come = governor.children(Deprel::Advmod).any(|word| word.lemma() == "yet");
    // "is considering sending troops"
    let is_weighed = is_gerund(word) && verbs.complements.contains(&lemma);
    let (polarity, modality) = match verbs.implicative.get(&lemma) {
        // "has yet to sign"
        _ if is_infinitive && lemma == "have" && is_still_to_come => (flip(outer.polarity), Modality::Asserted),
        Some(Implicative::Affirms) if word.deprel() != Deprel::Ccomp => (outer.polarity, Modality::Asserted),
        Some(Implicative::Negates) => (flip(outer.polarity), Modality::Asserted),
        _ if governor.upos() != Upos::Verb => {
            let modality = verbs.modal_words.get(&lemma).unwrap_or(default(is_infinitive));
            (outer.polarity, modality)
        }
        _ if is_infinitive => {
            let modality = verbs.complements.get(&lemma).or_else(|| verbs.speech.get(&lemma).map(reported));
            let is_aspect = verbs.aspect.contains(&lemma);
            (outer.polarity, modality.unwrap_or(if is_aspect { Modality::Asserted } else { Modality::Hypothetical }))
        }
        _ if is_weighed => (outer.polarity, verbs.complements.get(&lemma).unwrap_or_default()),
        _ => match verbs.speech.get(&lemma) {
            Some(Speech::Deny) => {
                (flip(Polarity::Affirmed), if negated { Modality::Hypothetical } else { Modality::Asserted })
            }
            // "does not believe that they left": they did not, as far as the believer goes.
            Some(Speech::Believe | Speech::Predict) => (outer.polarity, Modality::Asserted),
            Some(Speech::Admit) => (Polarity::Affirmed, Modality::Asserted),
            Some(_) if negated => (Polarity::Affirmed, Modality::Hypothetical),
            Some(speech) => (Polarity::Affirmed, reported(speech)),
            // "Fears persist that …"
            None => (
                Polarity::Affirmed,
                verbs.complements.get(&lemma).or_else(|| subject_noun(governor, lexicon)).unwrap_or_default(),
            ),
        },
    };
    let modality = if outer.modality == Modality::Asserted { modality } else { outer.modality };
    // A report may be made of a fact: "will say that he met" leaves the meeting alone.
    let is_report = verbs.speech.get(&lemma).is_some_and(|speech| reported(speech) == Modality::Asserted)
        && !is_infinitive
        && !is_weighed;
    // "is accused of shelling": nobody in particular says so.
    let modality = match verbs.speech.get(&lemma) {
        Some(Speech::Claim) if is_report && is_said_by_nobody(governor) => Modality::Possible,
        _ if is_report && !negated => Modality::Asserted,
        _ => modality,
    };
    Stance { polarity, modality }
}

fn is_said_by_nobody(verb: Word<'_>) -> bool {
    let is_agent = |child: Word<'_>| child.deprel().is_oblique() && child.preposition().as_deref() == Some("by");
    verb.has_child(Deprel::NsubjPass) && !verb.dependents().any(is_agent)
}

fn default(is_infinitive: bool) -> Modality {
    if is_infinitive { Modality::Hypothetical } else { Modality::Asserted }
}

/// What a verb of saying makes of what is said.
fn reported(speech: Speech) -> Modality {
    match speech {
        Speech::Report | Speech::Claim | Speech::Admit | Speech::Believe | Speech::Judge | Speech::Deny => {
            Modality::Asserted
        }
        Speech::Ask => Modality::Hypothetical,
        Speech::Demand => Modality::Desired,
        Speech::Promise => Modality::Planned,
        Speech::Warn => Modality::Feared,
        Speech::Predict => Modality::Possible,
    }
}

/// "Fears persist that": the subject, or the noun right before the verb where the parser missed that it is.
fn subject_noun(clause: Word<'_>, lexicon: &Lexicon) -> Option<Modality> {
    let before = clause.previous().filter(|word| word.upos() == Upos::Noun);
    let nouns = [super::subjects::stated(clause), before];
    nouns.into_iter().flatten().find_map(|noun| lexicon.verbs.complement_nouns.get(&noun.lemma().to_lowercase()))
}

/// "went to Paris to meet Macron": an aim, unless the verb above asks for it.
fn adverbial(word: Word<'_>, governor: Word<'_>, lexicon: &Lexicon) -> Stance {
    let lemma = governor.lemma().to_lowercase();
    if lexicon.verbs.complements.contains(&lemma) || lexicon.verbs.modal_words.contains(&lemma) {
        return complement(word, governor, lexicon);
    }
    let outer = stance(governor, lexicon).modality;
    Stance::is(if outer == Modality::Asserted { Modality::Planned } else { outer })
}

/// "a plan to attack", "the claim that they left", "the first to sign".
fn noun_complement(word: Word<'_>, noun: Word<'_>, lexicon: &Lexicon) -> Stance {
    let lemma = noun.lemma().to_lowercase();
    // "no evidence that", "rejected reports that"
    let is_denied = noun.deprel() == Deprel::Obj
        && lexicon.verbs.speech_nouns.contains(&lemma)
        && noun.head().is_some_and(|verb| {
            lexicon.verbs.speech.get(&verb.lemma().to_lowercase()) == Some(Speech::Deny) && !is_negated(verb, lexicon)
        });
    let is_negative = is_denied || is_negative_noun(noun, lexicon);
    let outer = if is_negative { Polarity::Negated } else { Polarity::Affirmed };
    let picks_one_out = noun.dependents().any(|child| matches!(child.lemma(), "first" | "last" | "only" | "next"));
    let modality = match (lexicon.verbs.complement_nouns.get(&lemma), lexicon.verbs.speech_nouns.get(&lemma)) {
        (Some(modality), _) => modality,
        (None, Some(speech)) => reported(speech),
        (None, None) if is_infinitive(word) && !picks_one_out => Modality::Hypothetical,
        (None, None) => Modality::Asserted,
    };
    Stance { polarity: outer, modality }
}

/// A clause with all its parts: "that A left B", where "that" stands for nobody.
fn is_told(clause: Word<'_>) -> bool {
    let objects: Vec<Word> = clause.children(Deprel::Obj).collect();
    objects.len() > 1 && objects.iter().any(|object| object.lemma() == "that") && clause.has_child(Deprel::Nsubj)
}

/// What a verb makes of an event that is its object or subject: "planned a visit", "cancelled the talks", "no meeting
/// took place".
fn participant(noun: Word<'_>, verb: Word<'_>, lexicon: &Lexicon) -> Stance {
    if verb.upos() != Upos::Verb {
        return FACT;
    }
    // "The commander is wanted": whose commander he is, is no wish.
    if lexicon.persons.describe(&noun.lemma().to_lowercase()) {
        return FACT;
    }
    let lemma = verb.lemma().to_lowercase();
    let verbs = &lexicon.verbs;
    let outer = stance(verb, lexicon);
    // Negation that stands on the noun itself has been counted there.
    let own = noun_stance(noun, lexicon).polarity;
    let outer = if own == Polarity::Negated { Stance { polarity: flip(outer.polarity), ..outer } } else { outer };
    let is_subject = noun.deprel() == Deprel::Nsubj;
    let is_oblique = noun.deprel() == Deprel::Obl;
    let is_named = lexicon.verbs.naming.contains(&*lemma)
        && verb.children(Deprel::Obj).chain(verb.children(Deprel::NsubjPass)).any(|object| object < noun);
    if is_named {
        return outer;
    }
    // "urged the leaders to go", "called it a threat": the object is whom, not what.
    let is_addressee = verb.dependents().any(|child| {
        child != noun && matches!(child.deprel(), Deprel::Obj | Deprel::Xcomp | Deprel::Ccomp)
            || child.deprel() == Deprel::Advcl && is_infinitive(child)
    });
    let is_aimed = match noun.preposition().as_deref() {
        _ if is_subject || is_addressee => false,
        None => !is_oblique && !matches!(&*lemma, "call" | "ask" | "tell"),
        Some(preposition) => matches!(preposition, "for" | "of" | "about" | "against"),
    };
    if verbs.implicative.get(&lemma) == Some(Implicative::Negates) && is_aimed {
        return Stance { polarity: Polarity::Negated, modality: Modality::Asserted }.within(outer);
    }
    // "fought a war", not "fought for a vote"
    let carries_event = if is_subject { takes_place(verb) } else { !is_oblique && is_light(verb, noun, lexicon) };
    if is_aimed
        && !carries_event
        && let Some(modality) = verbs.complements.get(&lemma)
    {
        return Stance::is(modality).within(Stance { polarity: Polarity::Affirmed, ..outer });
    }
    // "promised to continue the aid"
    let goes_on =
        !is_subject && !is_oblique && matches!(verbs.aspect.get(&lemma), Some(Aspect::Begin | Aspect::Continue));
    if carries_event || goes_on { outer } else { FACT }
}

/// "The meeting took place", "clashes broke out": the subject says what happened.
pub(crate) fn takes_place(verb: Word<'_>) -> bool {
    match verb.lemma() {
        "take" => verb.child(Deprel::Obj).is_some_and(|object| object.lemma() == "place"),
        lemma => matches!(lemma, "happen" | "occur" | "begin" | "start" | "erupt" | "ensue"),
    }
}

/// "hold a meeting": the object says what is done.
pub(crate) fn is_light(verb: Word<'_>, noun: Word<'_>, lexicon: &Lexicon) -> bool {
    let lemma = verb.lemma().to_lowercase();
    lexicon
        .verbs
        .light
        .get(&lemma)
        .is_some_and(|nouns| nouns.is_empty() || nouns.contains(&noun.lemma().to_lowercase()))
}

/// "considering *sending* troops", "committed to *defeating* them"
fn is_gerund(word: Word<'_>) -> bool {
    let completes = match word.deprel() {
        Deprel::Xcomp => true,
        Deprel::Advcl => word.children(Deprel::Mark).any(|mark| mark.lemma() == "to"),
        _ => false,
    };
    word.xpos() == "VBG" && completes && super::subjects::is_participle(word)
}

fn is_infinitive(word: Word<'_>) -> bool {
    word.children(Deprel::Mark).any(|mark| mark.xpos() == "TO")
        || (word.has_child(Deprel::Cop) && word.children(Deprel::Mark).any(|mark| mark.lemma() == "to"))
}

fn lower(word: Word<'_>) -> String {
    word.text().to_lowercase()
}
