//! Attached names: what two names say by hanging on each other, without a predicate.
//!
//! "Nadia Saleh of the Red Cross", "the bank's Nadia Saleh", "Basra, Iraq", "the Kenyan navy": each gives a proposition
//! whose predicate is the joint (`of`, `'s`, `,`, `compound`), so that triggers can ask for it.

use super::slots::{self, Part, Phrase, Reading};
use super::{Predicate, PredicateKind, Proposition, Voice, ends};
use crate::document::{Deprel, Document, Upos, Word};
use crate::entities::{Entities, LinkedMention, camps};
use crate::knowledge::lexicon::Nouns;
use crate::knowledge::ontology::{End, admits};
use crate::record::{Form, Kind, Modality, Polarity, Role};

/// How sure such a proposition is.
const CONFIDENCE: f64 = 0.8;

/// The propositions with the reading that triggers see, in reading order.
pub(crate) fn find<'d>(
    document: &'d Document<'d>,
    entities: &Entities,
    nouns: &Nouns,
) -> Vec<(Proposition, Reading<'d>)> {
    let mut found: Vec<(Proposition, Reading)> = Vec::new();
    for linked in entities.mentions.iter().filter(|linked| may_bear(linked, entities)) {
        let head = document.word(linked.mention.head);
        // "its army": a pronoun names no owner of a person, but of a body.
        let is_owner = |child: &Word| is_name(*child, entities) || child.xpos() == "PRP$";
        let is_member =
            |child: &Word| entities.mention_at(*child).is_some_and(|name| linked.members.contains(&name.entity));
        for child in
            head.dependents().filter(|child| is_owner(child) && !is_member(child) && !shares_noun(*child, linked))
        {
            let is_label = || is_described_group(linked, entities) || is_gloss(child, linked);
            if let Some(joint) = joint(child).filter(|joint| joint != "," || !is_label()) {
                found.push(attached(bearers(head, &joint), child, joint));
            }
        }
        for (child, joint) in
            beside(linked, document, entities, nouns).into_iter().filter(|(child, _)| child.head() != Some(head))
        {
            found.push(attached(bearers(head, &joint), child, joint));
        }
        if let Some(outer) = around(linked, document, entities) {
            found.push(attached(vec![head], outer, ",".to_string()));
        }
    }
    found
}

/// Names, and descriptions of things that are no persons: of a person the description's noun says more. Of groups, places alone:
/// "the Mexican states of Sonora and Chihuahua".
fn may_bear(linked: &LinkedMention, entities: &Entities) -> bool {
    let kind = entities.get(linked.entity).kind;
    match linked.mention.form {
        Form::Name => true,
        Form::Nominal if linked.members.is_empty() => kind != Kind::Person,
        Form::Nominal => matches!(kind, Kind::City | Kind::Region | Kind::Place),
        Form::Pronoun => false,
    }
}

/// "their children, Ada and Otto": the names say who the group is, not what they belong to.
fn is_described_group(linked: &LinkedMention, entities: &Entities) -> bool {
    linked.mention.form == Form::Nominal && entities.get(linked.entity).kind == Kind::People
}

/// "Kalamata (Greek: Kalamata)": a language.
fn is_gloss(child: Word<'_>, linked: &LinkedMention) -> bool {
    let colon = slots::first_of_phrase(child).previous();
    linked.mention.form == Form::Name && colon.is_some_and(|colon| colon.text() == ":")
}

/// "The Tana and Athi Rivers": `Tana` is no part of the last name, but has its noun in common with it.
fn shares_noun(child: Word<'_>, linked: &LinkedMention) -> bool {
    linked.mention.form == Form::Name
        && matches!(child.deprel(), Deprel::Compound | Deprel::Amod)
        && !linked.mention.words.contains(&child.index())
        && child.has_child(Deprel::Conj)
}

fn is_name(word: Word<'_>, entities: &Entities) -> bool {
    // "Kenyan" is a description by form and names Kenya; "the ruling party's Petrov" and "the country's army" are of what is
    // as good as named.
    let is_adjective = word.upos() == Upos::Adj;
    entities.mention_at(word).is_some_and(|linked| {
        let entity = entities.get(linked.entity);
        let is_known_state = entity.kind == Kind::Country && !entity.refs.is_empty();
        linked.mention.form == Form::Name || is_adjective || entity.kind.is_body() || is_known_state
    })
}

fn joint(child: Word<'_>) -> Option<String> {
    match child.deprel() {
        Deprel::NmodPoss => Some("'s".to_string()),
        // What is in brackets is another name, or about another matter.
        Deprel::Nmod | Deprel::Appos | Deprel::NmodUnmarked | Deprel::List if is_bracketed(child) => None,
        Deprel::Appos if ends::is_example(child) => None,
        Deprel::Nmod => child.preposition().or(Some(",".to_string())),
        Deprel::Appos | Deprel::NmodUnmarked | Deprel::List => Some(",".to_string()),
        Deprel::Compound | Deprel::Amod => Some("compound".to_string()),
        _ => None,
    }
}

/// "Derry (Irish: Doire)", "Kara Dunn (1970, in Leeds)": what stands in brackets behind its head.
fn is_bracketed(word: Word<'_>) -> bool {
    let Some(head) = word.head().filter(|head| *head < word) else { return false };
    let between = || word.document().words_in(head.index() + 1..word.index());
    let opened = between().filter(|mark| matches!(mark.text(), "(" | "[")).count();
    opened > between().filter(|mark| matches!(mark.text(), ")" | "]")).count()
}

/// "the party's Chan and Leung": a possessor is shared by the conjuncts behind, up to one that has words of its own.
fn bearers<'d>(head: Word<'d>, joint: &str) -> Vec<Word<'d>> {
    let mut bearers = vec![head];
    if joint == "'s" {
        let is_bare = |word: &Word| {
            let mut before = word.dependents().take_while(|child| child < word);
            before.all(|child| matches!(child.deprel(), Deprel::Cc | Deprel::Punct))
        };
        let behind = head.first_conjunct().conjuncts().into_iter().filter(|word| *word > head);
        bearers.extend(behind.take_while(is_bare));
    }
    bearers
}

/// The names right before a name or its "'s" and right behind its "of" or "from", wherever the parser hung them: "Chan of the Civic
/// Party" in a list, "Democrat Nancy Pelosi".
fn beside<'d>(
    linked: &LinkedMention,
    document: &'d Document<'d>,
    entities: &Entities,
    nouns: &Nouns,
) -> Vec<(Word<'d>, String)> {
    let words = &linked.mention.words;
    if linked.mention.form != Form::Name {
        return Vec::new();
    }
    let word = |index: usize| document.words().nth(index);
    let owner = words.start.checked_sub(1).filter(|&index| word(index).is_some_and(|mark| mark.xpos() == "POS"));
    let owner =
        owner.and_then(|mark| ends::name_before(mark, entities)).map(|name| (document.word(name), "'s".to_string()));
    let joint = word(words.end).filter(|joint| matches!(joint.text(), "of" | "from"));
    let behind = joint.and_then(Word::next);
    let behind = behind.and_then(|next| if next.upos() == Upos::Det { next.next() } else { Some(next) });
    let body = behind.and_then(|next| ends::name_from(next.index(), entities)).map(|name| document.word(name));
    let body = body.filter(|body| joint.is_some_and(|joint| joint.text() == "of") || body.deprel() == Deprel::Nmod);
    let body = body.zip(joint).map(|(body, joint)| (body, joint.text().to_string()));
    let is_person = entities.get(linked.entity).kind == Kind::Person;
    let colour = word(words.start.saturating_sub(1)).filter(|colour| camps::is_colour(*colour, nouns));
    let camp = colour.filter(|colour| entities.mention_at(*colour).is_some()).map(|colour| colour.id());
    let label = ends::name_before(words.start, entities).or(camp).filter(|_| is_person);
    let label = label.map(|name| (document.word(name), "compound".to_string()));
    owner.into_iter().chain(label).chain(body).collect()
}

/// The place behind a place and a comma, where both lie in one country: "Basra, Iraq".
fn around<'d>(linked: &LinkedMention, document: &'d Document<'d>, entities: &Entities) -> Option<Word<'d>> {
    let inner = entities.get(linked.entity);
    let comma = linked.mention.words.end;
    let is_next = |other: &&LinkedMention| {
        let outer = entities.get(other.entity);
        other.mention.form == Form::Name
            && matches!(outer.kind, Kind::Country | Kind::Region)
            && outer.country.is_some()
            && outer.country == inner.country
    };
    let is_place = admits(&[End::Location], inner.kind) && inner.kind != Kind::Country;
    let behind = entities.starting_in(comma + 1..comma + 2).iter();
    let outer = behind.filter(|_| is_place).find(is_next)?;
    let word = document.word(outer.mention.head);
    (document.words().nth(comma)?.text() == "," && word.head() != Some(document.word(linked.mention.head)))
        .then_some(word)
}

fn attached<'d>(bearers: Vec<Word<'d>>, child: Word<'d>, joint: String) -> (Proposition, Reading<'d>) {
    let predicate = Predicate {
        head: child.id(),
        kind: PredicateKind::Noun,
        lemma: joint.clone(),
        voice: Voice::Active,
        words: child.index()..child.index() + 1,
    };
    let proposition = Proposition {
        predicate,
        subjects: bearers.iter().map(|word| word.id()).collect(),
        arguments: Vec::new(),
        polarity: Polarity::Affirmed,
        modality: Modality::Asserted,
        attribution: Vec::new(),
        historical: false,
        confidence: CONFIDENCE,
    };
    let reading = Reading {
        head: bearers[0],
        lemmas: vec![joint],
        part: Part::Attached,
        subjects: bearers,
        phrases: vec![Phrase { role: Role::Object, preposition: None, heads: child.conjuncts(), argument: None }],
        noun: None,
        noun_at: None,
    };
    (proposition, reading)
}
