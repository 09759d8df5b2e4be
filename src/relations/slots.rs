//! Slots: a proposition as triggers see it, and what stands in each slot of a frame.
//!
//! In "Russia held talks with Iran on gas" the frame `hold` + `talks` finds its object slot `Oblique(["with"])` filled by
//! `Iran`, whether the parser hung it on the verb or on the noun.

use super::{Argument, PredicateKind, Proposition, surroundings};
use crate::document::{Deprel, Document, TokenId, Upos, Word};
use crate::knowledge::lexicon::Lexicon;
use crate::knowledge::ontology::{Frame, Slot, Trigger};
use crate::record::{Modality, Role};

/// One way to read a proposition's predicate: a word with a part of speech and the phrases around it.
#[derive(Clone, Debug)]
pub(crate) struct Reading<'d> {
    pub head: Word<'d>,
    /// The longest first: `deputy prime minister`, `prime minister`, `minister`.
    pub lemmas: Vec<String>,
    pub part: Part,
    pub subjects: Vec<Word<'d>>,
    pub phrases: Vec<Phrase<'d>>,
    /// The noun of a light verb, and its index among the proposition's arguments.
    pub noun: Option<Word<'d>>,
    pub noun_at: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Verb,
    Noun,
    Adjective,
    Attached,
}

/// A phrase beside the predicate: one of the proposition's arguments, or a modifier of its noun.
#[derive(Clone, Debug)]
pub(crate) struct Phrase<'d> {
    pub role: Role,
    pub preposition: Option<String>,
    pub heads: Vec<Word<'d>>,
    /// Index among the proposition's arguments.
    pub argument: Option<usize>,
}

/// What fills a slot, and which arguments of the proposition it took.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filling<'d> {
    pub heads: Vec<Word<'d>>,
    pub arguments: Vec<usize>,
}

impl Part {
    pub fn of(trigger: &Trigger) -> Part {
        match trigger {
            Trigger::Verb(_) => Part::Verb,
            Trigger::Noun(_) => Part::Noun,
            Trigger::Adjective(_) => Part::Adjective,
            Trigger::Attached(_) => Part::Attached,
        }
    }
}

/// The readings of a proposition: a copula is read by each noun or adjective that it says of its subject.
pub(crate) fn readings<'d>(
    document: &'d Document<'d>,
    proposition: &Proposition,
    lexicon: &Lexicon,
) -> Vec<Reading<'d>> {
    let noun = |head, subjects, phrases| noun(head, subjects, phrases, lexicon);
    let head = document.word(proposition.predicate.head);
    let subjects: Vec<Word> = proposition.subjects.iter().map(|&id| document.word(id)).collect();
    let phrases: Vec<Phrase> = phrases(document, &proposition.arguments);
    match proposition.predicate.kind {
        PredicateKind::Verb => {
            let lemmas = vec![proposition.predicate.lemma.clone()];
            let plain = Reading { head, lemmas, part: Part::Verb, subjects, phrases, noun: None, noun_at: None };
            let phrasal: Vec<Reading> = (0..plain.phrases.len()).filter_map(|index| phrasal(&plain, index)).collect();
            std::iter::once(plain).chain(phrasal).collect()
        }
        PredicateKind::Noun => vec![noun(head, subjects, phrases)],
        PredicateKind::Adjective => {
            let lemmas = vec![proposition.predicate.lemma.clone()];
            vec![Reading { head, lemmas, part: Part::Adjective, subjects, phrases, noun: None, noun_at: None }]
        }
        PredicateKind::Copula => {
            let said: Vec<Word> = phrases
                .iter()
                .filter(|phrase| phrase.role == Role::Predicative)
                .flat_map(|phrase| phrase.heads.iter().copied())
                .collect();
            let others: Vec<Phrase> =
                phrases.iter().filter(|phrase| phrase.role != Role::Predicative).cloned().collect();
            let mut readings = vec![Reading {
                head,
                lemmas: vec![proposition.predicate.lemma.clone()],
                part: Part::Verb,
                subjects: subjects.clone(),
                phrases,
                noun: None,
                noun_at: None,
            }];
            readings.extend(said.iter().map(|&word| noun(word, subjects.clone(), others.clone())));
            // "The capital is Astana" says of Astana what the subject's noun means.
            let named: Vec<Word> = said.into_iter().filter(|word| word.upos() == Upos::Propn).collect();
            let described = subjects.iter().filter(|subject| subject.upos() == Upos::Noun && !named.is_empty());
            readings.extend(described.map(|&subject| noun(subject, named.clone(), Vec::new())));
            readings
        }
    }
}

/// "look into the matter": the verb with its preposition, and what follows as the object.
fn phrasal<'d>(plain: &Reading<'d>, index: usize) -> Option<Reading<'d>> {
    let phrase = &plain.phrases[index];
    let preposition = phrase.preposition.as_ref().filter(|_| phrase.role == Role::Oblique)?;
    // "in Paris" is a place far more often than what "hand in" is done to.
    if preposition == "in" || plain.lemmas[0].contains(' ') {
        return None;
    }
    let mut reading = plain.clone();
    reading.lemmas = vec![format!("{} {preposition}", plain.lemmas[0])];
    (reading.phrases[index].role, reading.phrases[index].preposition) = (Role::Object, None);
    Some(reading)
}

fn phrases<'d>(document: &'d Document<'d>, arguments: &[Argument]) -> Vec<Phrase<'d>> {
    arguments.iter().enumerate().map(|(index, argument)| phrase(document, argument, Some(index))).collect()
}

/// An argument as triggers see it, with its index where it is one of the predicate's own.
pub(crate) fn phrase<'d>(document: &'d Document<'d>, argument: &Argument, index: Option<usize>) -> Phrase<'d> {
    Phrase {
        role: argument.role,
        preposition: argument.preposition.clone(),
        heads: argument.heads.iter().map(|&id| document.word(id)).collect(),
        argument: index,
    }
}

/// A noun with the phrases that the proposition gives it and those that hang on it in the tree.
fn noun<'d>(head: Word<'d>, subjects: Vec<Word<'d>>, mut phrases: Vec<Phrase<'d>>, lexicon: &Lexicon) -> Reading<'d> {
    let taken: Vec<Word> =
        phrases.iter().flat_map(|phrase| phrase.heads.iter().copied()).chain(subjects.iter().copied()).collect();
    phrases.extend(modifiers(head).into_iter().filter(|phrase| !phrase.heads.iter().any(|word| taken.contains(word))));
    phrases.extend(shared(head, &phrases, lexicon));
    let lemmas = names(office(head, lexicon).unwrap_or(head));
    Reading { head, lemmas, part: Part::Noun, subjects, phrases, noun: None, noun_at: None }
}

/// What one of several roles says for another: "the founder and chairman *of the bank*", "*Chad's* president and commander".
fn shared<'d>(role: Word<'d>, own: &[Phrase<'d>], lexicon: &Lexicon) -> Vec<Phrase<'d>> {
    let is_person = |word: &Word| word.upos() == Upos::Noun && lexicon.persons.describe(&word.lemma().to_lowercase());
    let is_owner = |phrase: &Phrase| matches!(phrase.preposition.as_deref(), Some("'s" | "of"));
    let is_bare = |word: &Word| is_person(word) && !word.has_child(Deprel::Det);
    // "a lawyer and leader of the party"
    let is_any = role.children(Deprel::Det).any(|det| matches!(det.lemma(), "a" | "an"));
    if !is_person(&role) || is_any || own.iter().any(is_owner) {
        return Vec::new();
    }
    let (before, behind): (Vec<Word>, Vec<Word>) =
        role.conjuncts().into_iter().filter(|other| *other != role).partition(|other| *other < role);
    let of = |word: &Word<'d>| modifiers(*word).into_iter().filter(|one| one.preposition.as_deref() == Some("of"));
    if let Some(next) = behind.first().filter(|next| is_bare(next)) {
        return of(next).collect();
    }
    let is_common = |phrase: &Phrase| {
        is_owner(phrase)
            && (phrase.preposition.as_deref() == Some("'s") || phrase.heads.iter().all(|head| *head > role))
    };
    let first = before.first().filter(|first| is_person(first) && is_bare(&role));
    first.map_or(Vec::new(), |first| modifiers(*first).into_iter().filter(is_common).collect())
}

/// The office that a counterpart holds: "president" of "President Ruto met his Chadian counterpart".
fn office<'d>(counterpart: Word<'d>, lexicon: &Lexicon) -> Option<Word<'d>> {
    if counterpart.lemma() != "counterpart" {
        return None;
    }
    let before = counterpart.document().words_in(0..counterpart.index()).rev();
    let is_near = |word: &Word| word.sentence_index() + 2 > counterpart.sentence_index();
    let is_office = |word: &Word| word.is_nominal() && lexicon.persons.offices.contains(&word.lemma().to_lowercase());
    before.take_while(is_near).find(is_office)
}

/// The lemmas that a noun may be looked up by: with the words before it, and without.
pub(crate) fn names(noun: Word<'_>) -> Vec<String> {
    let document = noun.document();
    let starts_at = |index: usize| {
        let word = document.word(TokenId(index as u32));
        let is_part = matches!(word.deprel(), Deprel::Compound | Deprel::Amod | Deprel::Punct);
        is_part && word.sentence_index() == noun.sentence_index()
    };
    let mut names = vec![noun.lemma().to_lowercase()];
    let mut first = noun.index();
    for index in (noun.index().saturating_sub(4)..noun.index()).rev().take_while(|&index| starts_at(index)) {
        first = index;
        let before = &document.text()[document.span_of(index..index + 1).start as usize..noun.span().start as usize];
        names.push(format!("{}{}", before.to_lowercase(), noun.lemma().to_lowercase()));
    }
    // A deputy commander or a vice chair is no commander or chair, but a deputy leader.
    let mut before = (first..noun.index()).map(|index| document.word(TokenId(index as u32)));
    if before.any(|word| matches!(&*word.text().to_lowercase(), "deputy" | "vice" | "lieutenant")) {
        names.insert(1, "deputy leader".to_string());
    }
    names.reverse();
    // "secretary of state", "head of state"
    if let Some(of) = noun.next().filter(|of| of.text() == "of")
        && let Some(word) = of.next()
    {
        names.insert(0, format!("{} of {}", noun.lemma().to_lowercase(), word.text().to_lowercase()));
    }
    names
}

/// The first word of a noun's phrase: the article, adjectives and compounds before it.
pub(crate) fn first_of_phrase(noun: Word<'_>) -> Word<'_> {
    let document = noun.document();
    let before = (0..noun.index()).rev().map(|index| document.word(TokenId(index as u32)));
    let is_part = |word: &Word| {
        matches!(word.deprel(), Deprel::Det | Deprel::Amod | Deprel::Compound | Deprel::Nummod) && word.is_within(noun)
    };
    before.take_while(is_part).last().unwrap_or(noun)
}

/// What hangs on a noun: possessors, adjectives and compounds (no preposition), prepositional phrases.
pub(crate) fn modifiers<'d>(noun: Word<'d>) -> Vec<Phrase<'d>> {
    let modifier = |child: Word<'d>| {
        let preposition = match child.deprel() {
            Deprel::NmodPoss => Some("'s".to_string()),
            Deprel::Nmod | Deprel::Obl => Some(child.preposition()?),
            Deprel::Amod | Deprel::Compound | Deprel::NmodDesc | Deprel::NmodUnmarked => None,
            _ => return None,
        };
        Some(Phrase { role: Role::Attribute, preposition, heads: child.conjuncts(), argument: None })
    };
    noun.dependents().filter_map(modifier).collect()
}

/// The prepositional phrases of a verb.
fn obliques<'d>(verb: Word<'d>) -> impl Iterator<Item = Phrase<'d>> {
    verb.dependents().filter(|child| child.deprel().is_oblique()).filter_map(|child| {
        let preposition = Some(child.preposition()?);
        Some(Phrase { role: Role::Attribute, preposition, heads: child.conjuncts(), argument: None })
    })
}

/// A light verb's frame seen with its noun: "held talks with Iran" at `talks`. `None` where the noun is another.
pub(crate) fn with_noun<'d>(reading: &Reading<'d>, frame: &Frame) -> Option<Reading<'d>> {
    if frame.nouns.is_empty() || (reading.part == Part::Attached && is_listed(reading.head, &frame.nouns)) {
        return Some(reading.clone());
    }
    let meant = |word: &Word<'d>| measured(*word).into_iter().find(|noun| is_listed(*noun, &frame.nouns));
    let is_meant = |phrase: &Phrase<'d>| phrase.heads.iter().any(|head| meant(head).is_some());
    // "gave €3 million in aid to A": the sum is listed too, but what hangs on the aid is the point.
    let is_sum = |phrase: &Phrase| phrase.heads.iter().all(|head| matches!(head.upos(), Upos::Num | Upos::Sym));
    let said = reading.phrases.iter().position(|phrase| is_meant(phrase) && !is_sum(phrase));
    let position = said.or_else(|| reading.phrases.iter().position(is_meant))?;
    let mut reading = reading.clone();
    let light = reading.phrases.remove(position);
    reading.noun_at = light.argument;
    for head in light.heads {
        let Some(noun) = meant(&head) else { continue };
        reading.phrases.extend(modifiers(noun));
        if noun != head {
            reading.phrases.extend(modifiers(head).into_iter().filter(|phrase| !phrase.heads.contains(&noun)));
        }
        // "a state of emergency in A"
        let inner = noun.children(Deprel::Nmod).filter(|child| child.preposition().as_deref() == Some("of"));
        let is_behind = |phrase: &Phrase| phrase.preposition.as_deref().is_some_and(|one| !matches!(one, "'s" | "of"));
        reading.phrases.extend(inner.flat_map(modifiers).filter(is_behind));
        // "sanctions imposed on A"
        let imposed = noun.children(Deprel::Acl).filter(|verb| verb.xpos() == "VBN");
        reading.phrases.extend(imposed.flat_map(obliques));
        reading.noun = reading.noun.or(Some(noun));
    }
    Some(reading)
}

/// Whether the verb says another thing with its object: "form a government" founds none.
pub(crate) fn is_excepted(reading: &Reading<'_>, frame: &Frame) -> bool {
    let objects = reading.phrases.iter().filter(|phrase| phrase.role == Role::Object);
    let mut common = objects.flat_map(|phrase| &phrase.heads).filter(|head| head.upos() == Upos::Noun);
    common.any(|head| is_listed(*head, &frame.except))
}

/// A noun, and what it measures out: `sanctions` of "a round of sanctions", `aid` of "$33 million in aid".
fn measured(word: Word<'_>) -> Vec<Word<'_>> {
    let is_sum = matches!(word.upos(), Upos::Num | Upos::Sym) || word.has_child(Deprel::Nummod);
    let of = word.children(Deprel::Nmod).filter(move |child| match child.preposition().as_deref() {
        Some("of") => true,
        Some("in") => is_sum,
        _ => false,
    });
    // "summoned ambassador Sow": the name has taken the place of its title.
    let is_next = |title: &Word| title.index() + 1 == word.index() && title.upos() == Upos::Noun;
    let title = word.head().filter(|_| matches!(word.deprel(), Deprel::Flat | Deprel::Appos)).filter(is_next);
    std::iter::once(word).chain(of).chain(title).collect()
}

/// How many words of a noun's name a frame lists: "joint exercise" says more than "exercise".
pub(crate) fn listed_words(noun: Word<'_>, nouns: &[String]) -> usize {
    let listed = names(noun).into_iter().filter(|name| nouns.contains(name));
    listed.map(|name| name.split(' ').count()).max().unwrap_or(1)
}

fn is_listed(word: Word<'_>, nouns: &[String]) -> bool {
    let is_one = |name: &String| nouns.contains(name);
    let text = word.text().to_lowercase();
    let is_meant = || {
        names(word).iter().any(is_one)
            || is_one(&text)
            || text.strip_suffix('s').is_some_and(|one| is_one(&one.to_string()))
    };
    (word.is_nominal() || matches!(word.upos(), Upos::Adj | Upos::Sym)) && is_meant()
}

/// The ways to fill a slot, best first.
pub(crate) fn alternatives(reading: &Reading<'_>, slot: &Slot) -> Vec<Slot> {
    let with = |prepositions: &[&str]| Slot::Oblique(prepositions.iter().map(|one| one.to_string()).collect());
    match slot {
        Slot::Subject if reading.part == Part::Noun && reading.subjects.is_empty() => {
            vec![with(&["by"]), Slot::Modifier, with(&["of"])]
        }
        Slot::Subject if reading.subjects.is_empty() => vec![with(&["by"])],
        Slot::Object if reading.part == Part::Noun => vec![Slot::Object, with(&["of"])],
        Slot::Complement => vec![Slot::Target, Slot::Complement, Slot::Below],
        Slot::Addressee => vec![Slot::Indirect, with(&["to"]), Slot::Object],
        Slot::Owner => {
            vec![with(&["of", "at"]), Slot::Modifier, with(&["for", "with", "in", "to", "from"]), Slot::Owner]
        }
        // "met a number of ministers and officials": of a verb without a noun nothing hangs but who acts.
        Slot::Parties if reading.part == Part::Verb && reading.noun.is_none() => {
            vec![with(&["between", "among"]), Slot::Subject, Slot::SubjectOwner]
        }
        // "kept their ties with Chad": those whose ties they are may have none with each other.
        Slot::Parties if reading.phrases.iter().any(|phrase| phrase.preposition.as_deref() == Some("with")) => {
            vec![with(&["between", "among"])]
        }
        Slot::Parties => {
            vec![with(&["between", "among"]), Slot::Subject, Slot::Modifier, with(&["of"]), Slot::SubjectOwner]
        }
        // "asked Germany for tanks": whoever is the only object is one, whatever its label.
        Slot::Object
            if reading.part == Part::Verb && !reading.phrases.iter().any(|phrase| phrase.role == Role::Object) =>
        {
            vec![Slot::Object, Slot::Indirect]
        }
        Slot::Either(slots) => slots.iter().flat_map(|slot| alternatives(reading, slot)).collect(),
        _ => vec![slot.clone()],
    }
}

/// Where those stand whom a deed without an object is about: "went on strike against the port".
pub(crate) fn beside() -> Slot {
    let prepositions = ["against", "on", "over", "in", "into", "at", "with", "across", "throughout", "around", "near"];
    Slot::Oblique(prepositions.iter().map(|one| one.to_string()).collect())
}

/// What fills a slot; of one that has alternatives, its own meaning alone.
pub(crate) fn fill<'d>(reading: &Reading<'d>, slot: &Slot, lexicon: &Lexicon) -> Filling<'d> {
    match slot {
        Slot::Subject => Filling { heads: reading.subjects.clone(), arguments: Vec::new() },
        Slot::Object => gather(reading, |phrase| phrase.role == Role::Object),
        Slot::Indirect => gather(reading, |phrase| phrase.role == Role::IndirectObject),
        Slot::Predicative => gather(reading, |phrase| phrase.role == Role::Predicative),
        Slot::Modifier => gather(reading, |phrase| {
            phrase.preposition.as_deref() == Some("'s")
                || phrase.role == Role::Attribute && phrase.preposition.is_none()
        }),
        Slot::Complement => surroundings::below(reading, |deprel| deprel == Deprel::Obj),
        Slot::Target => surroundings::target(reading),
        Slot::Below => surroundings::below(reading, Deprel::is_oblique),
        Slot::Aim => surroundings::aims(reading),
        Slot::Doer => surroundings::doers(reading, |_| true),
        Slot::Obliged => surroundings::doers(reading, |clause| {
            let mut modals = clause.children(Deprel::Aux).map(|aux| lexicon.verbs.modals.get(aux.lemma()));
            modals.any(|modal| modal == Some(Modality::Desired))
        }),
        Slot::Patient => {
            let patients = gather(reading, |phrase| phrase.role == Role::Object).heads;
            let owners = patients.into_iter().flat_map(modifiers);
            let owners = owners.filter(|phrase| matches!(phrase.preposition.as_deref(), None | Some("'s")));
            Filling { heads: owners.flat_map(|phrase| phrase.heads).collect(), arguments: Vec::new() }
        }
        Slot::SubjectOwner => {
            let owners = reading.subjects.iter().flat_map(|&subject| modifiers(subject));
            let owners = owners.filter(|phrase| matches!(phrase.preposition.as_deref(), None | Some("'s" | "of")));
            Filling { heads: owners.flat_map(|phrase| phrase.heads).collect(), arguments: Vec::new() }
        }
        Slot::Around => Filling { heads: surroundings::around(reading, lexicon), arguments: Vec::new() },
        Slot::Noun => Filling { heads: reading.noun.into_iter().collect(), arguments: Vec::new() },
        Slot::Quantity => Filling {
            heads: reading.noun.iter().flat_map(|noun| noun.children(Deprel::Nummod)).collect(),
            arguments: Vec::new(),
        },
        Slot::Oblique(prepositions) => {
            let is_meant = |phrase: &Phrase| {
                phrase.preposition.as_ref().is_some_and(|preposition| prepositions.contains(preposition))
            };
            let own = gather(reading, is_meant);
            if !own.heads.is_empty() {
                return own;
            }
            if reading.part != Part::Verb {
                return behind_names(reading, is_meant);
            }
            // "provided grain worth millions to A": the parser may hang the phrase on the object.
            let objects = reading.phrases.iter().filter(|phrase| phrase.role == Role::Object);
            // "fired shells aimed at A"
            let within = |&head: &Word<'d>| {
                let participles = head.children(Deprel::Acl).filter(|verb| verb.xpos() == "VBN");
                modifiers(head).into_iter().chain(participles.flat_map(obliques)).collect::<Vec<_>>()
            };
            let inner: Vec<Phrase> = objects.flat_map(|phrase| &phrase.heads).flat_map(within).collect();
            let deeper = inner.iter().flat_map(|phrase| &phrase.heads).flat_map(|&head| modifiers(head));
            let meant = inner.iter().cloned().chain(deeper).filter(is_meant);
            Filling { heads: meant.flat_map(|phrase| phrase.heads).collect(), arguments: Vec::new() }
        }
        Slot::Owner => {
            // "vice president of research at the institute"
            let inner = reading.phrases.iter().filter(|phrase| phrase.preposition.as_deref() == Some("of"));
            let inner = inner.flat_map(|phrase| &phrase.heads).flat_map(|&head| modifiers(head));
            let at = inner.filter(|phrase| matches!(phrase.preposition.as_deref(), Some("at" | "of")));
            Filling { heads: at.flat_map(|phrase| phrase.heads).collect(), arguments: Vec::new() }
        }
        Slot::Addressee | Slot::Parties | Slot::Either(_) => Filling::default(),
    }
}

/// Whether the predicate has an object or complement besides what fills a slot.
pub(crate) fn has_other_object(reading: &Reading<'_>, filling: &Filling<'_>) -> bool {
    let is_object = |phrase: &&Phrase| {
        matches!(phrase.role, Role::Object | Role::IndirectObject | Role::Predicative | Role::Complement)
    };
    let mut objects = reading.phrases.iter().filter(is_object);
    objects.any(|phrase| phrase.argument.is_none_or(|index| !filling.arguments.contains(&index)))
}

pub(super) fn gather<'d>(reading: &Reading<'d>, is_meant: impl Fn(&Phrase) -> bool) -> Filling<'d> {
    let mut filling = Filling::default();
    for phrase in reading.phrases.iter().filter(|phrase| is_meant(phrase)) {
        filling.heads.extend(&phrase.heads);
        filling.arguments.extend(phrase.argument);
    }
    filling
}

/// "The visit of Ruto to Lima", "an attack by Chad on Niger": the parser may hang on a name what is the noun's.
fn behind_names<'d>(reading: &Reading<'d>, is_meant: impl Fn(&Phrase) -> bool) -> Filling<'d> {
    let is_name_of = |phrase: &&Phrase| matches!(phrase.preposition.as_deref(), Some("of" | "by"));
    let names = reading.phrases.iter().filter(is_name_of).flat_map(|phrase| &phrase.heads);
    let names = names.filter(|name| name.upos() == Upos::Propn);
    let meant = names.flat_map(|&name| modifiers(name)).filter(|phrase| phrase.preposition.as_deref() != Some("of"));
    let meant = meant.filter(|phrase| is_meant(phrase));
    Filling { heads: meant.flat_map(|phrase| phrase.heads).collect(), arguments: Vec::new() }
}
