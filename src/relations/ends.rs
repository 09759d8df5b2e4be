//! Ends: which entities a word stands for, when a relation type asks for certain kinds.
//!
//! `Kyiv` in "Kyiv said" is Ukraine, `troops` in "Russian troops" acts for Russia, `island` in "the island of Crete" is
//! Crete, `sides` in "both sides" is every member of the group.

use super::{modality, reciprocals, remainders, slots, subjects};
use crate::document::{Deprel, TokenId, Upos, Word};
use crate::entities::{Entities, EntityId, LinkedMention, descriptions, specification};
use crate::knowledge::Knowledge;
use crate::knowledge::ontology::{End, RelationType, Trigger, admits};
use crate::record::{Entity, Form, Kind, Modality, Polarity};

/// An entity at an end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Party {
    pub entity: EntityId,
    /// The word that it was read from.
    pub word: TokenId,
    /// Not named by the word, but its owner: Russia for "Russian troops".
    pub is_lifted: bool,
    /// Lifted, because the word means what belongs to it: "Ukrainian positions", "a British film".
    pub is_owner: bool,
    /// 0 to 1: how surely the word means it.
    pub confidence: f64,
}

/// How surely a deed of "Russian troops" is Russia's.
pub(crate) const LIFTED: f64 = 0.8;

/// The entities that a word stands for and that may stand at this end.
pub(crate) fn parties(word: Word<'_>, ends: &[End], entities: &Entities, knowledge: &Knowledge) -> Vec<Party> {
    let each_other = reciprocals::antecedents(word, &knowledge.lexicon);
    if !each_other.is_empty() {
        let meant = each_other.into_iter().flat_map(|one| parties(one, ends, entities, knowledge));
        return meant.map(|party| Party { word: word.id(), ..party }).collect();
    }
    let word = named_before(antecedent(word).unwrap_or(word), entities);
    // "dozens of protesters", "some parts of Darfur", but "one of them, Okoro"
    let is_named = || word.children(Deprel::Appos).any(|name| entities.mention_at(name).is_some());
    if let Some(counted) =
        descriptions::counted(word, &knowledge.lexicon).filter(|_| entities.mention_at(word).is_none() && !is_named())
    {
        let counted = counted.conjuncts().into_iter();
        return counted.flat_map(|word| parties(word, ends, entities, knowledge)).collect();
    }
    let mut own = own(word, ends, entities);
    if let Some(others) = remainders::counted_before(word, entities).filter(|_| entities.mention_at(word).is_none())
        && admits(ends, entities.get(others.entity).kind)
    {
        let confidence = others.confidence * LIFTED;
        own.push(Party { entity: others.entity, word: word.id(), is_lifted: false, is_owner: false, confidence });
    }
    // "Those killed were Petrov and Lopez"
    if entities.mention_at(word).is_none() {
        own.extend(specification::named(word).into_iter().flat_map(|name| self::own(name, ends, entities)));
    }
    own.extend(included(word).flat_map(|member| self::own(member, ends, entities)));
    own.extend(sharing(word, entities).flat_map(|part| self::own(part, ends, entities)));
    if !own.is_empty() {
        return own;
    }
    if let Some(state) = governed_from(word, ends, entities, knowledge) {
        return vec![state];
    }
    if let Some(name) = explained(word).find(|name| !self::own(*name, ends, entities).is_empty()) {
        return self::own(name, ends, entities);
    }
    // "Our interests" in a spokesman's mouth are not his own.
    let is_spoken_for = |owner: &Word| {
        owner.text().eq_ignore_ascii_case("our")
            && entities.of(*owner).is_some_and(|entity| entity.kind == Kind::Person)
    };
    let owners = owners(word, knowledge).into_iter().filter(|owner| !is_spoken_for(owner)).flat_map(|owner| {
        let named = self::own(owner, ends, entities);
        // "part of a Kenyan base": one step further.
        let further = if named.is_empty() { self::owners(owner, knowledge) } else { Vec::new() };
        named.into_iter().chain(further.into_iter().flat_map(|owner| self::own(owner, ends, entities)))
    });
    let is_owner = lends(word, knowledge) == Lends::Possession;
    let owners = owners.map(|party| Party {
        confidence: party.confidence * LIFTED,
        word: word.id(),
        is_lifted: true,
        is_owner,
        ..party
    });
    let mut parties: Vec<Party> = Vec::new();
    for owner in owners {
        if !parties.iter().any(|party| party.entity == owner.entity) {
            parties.push(owner);
        }
    }
    parties
}

/// The noun that a relative pronoun takes up where the tree does not say: the one before the sentence's first "which".
fn antecedent(word: Word<'_>) -> Option<Word<'_>> {
    let is_relative = |word: &Word| matches!(word.xpos(), "WDT" | "WP" | "WP$");
    let mut words = word.document().words_in(word.sentence().tokens.clone()).filter(|_| is_relative(&word));
    words.find(is_relative)?.previous().filter(|noun| noun.is_nominal())
}

/// Whom a description is said of: `Sow` at `chair` of "Sow was a chair of", "served as chair of", "named Sow as chair of".
pub(crate) fn described<'d>(noun: Word<'d>, entities: &Entities, knowledge: &Knowledge) -> Option<Word<'d>> {
    let lexicon = &knowledge.lexicon;
    // "is a lawyer and the head of the party"
    let role = noun.first_conjunct();
    if role.conjuncts().into_iter().any(|role| role.upos() != Upos::Noun || role.xpos() == "NNS") {
        return None;
    }
    let is_under = role.deprel().is_oblique() || role.deprel() == Deprel::Nmod;
    let above = role.head().filter(|_| is_under && role.preposition().as_deref() == Some("as"));
    let whom = match above {
        Some(verb) if verb.upos() == Upos::Verb => {
            verb.child(Deprel::Obj).map_or_else(|| subjects::of(verb, lexicon), |object| vec![object])
        }
        // "was the head of government as leader of the council"
        Some(said) if said.has_child(Deprel::Cop) => subjects::of(said, lexicon),
        None if role.has_child(Deprel::Cop) => subjects::of(role, lexicon),
        _ => return None,
    };
    let stance = modality::stance(noun, lexicon);
    let is_fact = (stance.polarity, stance.modality) == (Polarity::Affirmed, Modality::Asserted);
    let [whom] = whom[..] else { return None };
    let meant = entities.mention_at(whom).filter(|_| is_fact)?;
    let is_person = |kind: Kind| kind == Kind::Person;
    let fits = entities.of(noun).is_none_or(|own| is_person(own.kind) == is_person(entities.get(meant.entity).kind));
    (fits && meant.mention.form != Form::Nominal && meant.members.is_empty()).then_some(whom)
}

/// The person behind a party's name that the parser took for the person's: "Democrat Nancy Pelosi".
pub(crate) fn labelled<'d>(label: Word<'d>, entities: &Entities) -> Option<Word<'d>> {
    let own = &entities.mention_at(label)?.mention.words;
    let name = label.child(Deprel::Flat).filter(|name| !own.contains(&name.index()))?;
    entities.of(name).filter(|entity| entity.kind == Kind::Person).map(|_| name)
}

/// The name that a description behind it explains: `SCO` for `bloc` of "the SCO, a security bloc".
fn named_before<'d>(noun: Word<'d>, entities: &Entities) -> Word<'d> {
    let first = slots::first_of_phrase(noun);
    let is_behind = |comma: &Word| matches!(first.text(), "a" | "an") && comma.text() == ",";
    let Some(comma) = first.previous().filter(is_behind) else { return noun };
    let bracket = comma.previous().filter(|word| word.text() == ")");
    let name = name_before(bracket.unwrap_or(comma).index(), entities);
    name.map_or(noun, |name| noun.document().word(name))
}

/// Those whom a noun may stand for.
fn owners<'d>(noun: Word<'d>, knowledge: &Knowledge) -> Vec<Word<'d>> {
    let lends = lends(noun, knowledge);
    let owners = slots::modifiers(noun).into_iter().filter(|phrase| match phrase.preposition.as_deref() {
        None | Some("'s") => lends != Lends::Nothing,
        Some("of") => matches!(lends, Lends::Deeds | Lends::Place | Lends::Possession | Lends::Words),
        Some("by") => matches!(lends, Lends::Act | Lends::Words),
        Some("from") => lends == Lends::Words,
        _ => false,
    });
    owners.flat_map(|phrase| phrase.heads).collect()
}

/// Who does what a noun tells: the United States at the `strike` of "a U.S. strike". A bare name before it may say where: "the
/// Kabul attack".
pub(crate) fn doers(deed: Word<'_>, ends: &[End], entities: &Entities, knowledge: &Knowledge) -> Vec<Party> {
    if entities.of(deed).is_none_or(|entity| entity.kind != Kind::Event) || lends(deed, knowledge) != Lends::Act {
        return Vec::new();
    }
    let is_by = |phrase: &slots::Phrase| matches!(phrase.preposition.as_deref(), None | Some("'s" | "by"));
    let may_act = |owner: &Word| match entities.of(*owner).map(|entity| entity.kind) {
        Some(Kind::Country) => owner.deprel() != Deprel::Compound || !owner.text().contains(char::is_lowercase),
        Some(Kind::ArmedGroup | Kind::Organization | Kind::Intergovernmental | Kind::Person) => true,
        _ => false,
    };
    let owners = slots::modifiers(deed).into_iter().filter(is_by).flat_map(|phrase| phrase.heads).filter(may_act);
    let lifted =
        |party: Party| Party { word: deed.id(), is_lifted: true, confidence: party.confidence * LIFTED, ..party };
    owners.flat_map(|owner| own(owner, ends, entities)).map(lifted).collect()
}

/// The mention whose name starts at this word, if it is a person's or a thing's own name.
pub(crate) fn name_from(index: usize, entities: &Entities) -> Option<TokenId> {
    let mut starting = entities.starting_in(index..index + 1).iter();
    starting.find(|linked| linked.mention.form == Form::Name).map(|linked| linked.mention.head)
}

/// The mention whose name ends before this word.
pub(crate) fn name_before(index: usize, entities: &Entities) -> Option<TokenId> {
    let ends = |linked: &&LinkedMention| linked.mention.words.end == index && linked.mention.form == Form::Name;
    entities.reaching(index).iter().find(ends).map(|linked| linked.mention.head)
}

/// The entities of the mention that this word heads.
fn own(word: Word<'_>, ends: &[End], entities: &Entities) -> Vec<Party> {
    // The parser may hang a phrase on another word of a name than its head.
    let around = || {
        let governor = word.head().map(|head| head.index());
        let is_inside = |linked: &&LinkedMention| {
            let words = &linked.mention.words;
            linked.mention.form == Form::Name
                && words.contains(&word.index())
                && governor.is_none_or(|governor| !words.contains(&governor))
        };
        entities.reaching(word.index()).iter().find(is_inside)
    };
    let Some(linked) = entities.mention_at(word).or_else(around) else { return Vec::new() };
    // What sort of place it is, is a guess where the base does not hold it: "ties with Gondor". No lake acts, but towns lie on it.
    let may_be_state = |entity: &Entity| {
        linked.mention.form == Form::Name
            && entity.refs.is_empty()
            && match entity.kind {
                Kind::City | Kind::Region => true,
                Kind::Place => !admits(ends, Kind::Organization) && !admits(ends, Kind::Person),
                _ => false,
            }
    };
    let is_fit = |id: &EntityId| {
        let entity = entities.get(*id);
        admits(ends, entity.kind) || (linked.metonym || may_be_state(entity)) && admits(ends, Kind::Country)
    };
    let party =
        |entity| Party { entity, word: word.id(), is_lifted: false, is_owner: false, confidence: linked.confidence };
    let all = if linked.members.is_empty() { vec![linked.entity] } else { linked.members.clone() };
    all.into_iter().filter(is_fit).map(party).collect()
}

/// Those whom a group is said to include: "partners including the IMF".
fn included(word: Word<'_>) -> impl Iterator<Item = Word<'_>> {
    // The parser may hang the examples on the verb, behind the group.
    let beside = word.head().filter(|_| word.deprel().is_oblique() || word.deprel() == Deprel::Obj);
    let beside = beside.into_iter().flat_map(|head| head.dependents()).filter(move |child| *child > word);
    word.dependents().chain(beside).filter(|child| is_example(*child)).flat_map(|child| child.conjuncts())
}

/// "including the IMF", "notably Latvia".
pub(crate) fn is_example(word: Word<'_>) -> bool {
    let is_mark = |mark: Word| matches!(mark.lemma(), "notably" | "especially" | "particularly");
    word.preposition().is_some_and(|preposition| matches!(&*preposition, "including" | "such as" | "like"))
        || word.deprel() == Deprel::Appos && word.children(Deprel::Advmod).any(is_mark)
}

/// The names that share the last word of this one: `North` at the `Korea` of "North and South Korea".
fn sharing<'d>(word: Word<'d>, entities: &Entities) -> impl Iterator<Item = Word<'d>> {
    let is_name = |word: &Word| entities.mention_at(*word).is_some_and(|linked| linked.mention.form == Form::Name);
    let is_part =
        |child: &Word| matches!(child.deprel(), Deprel::Compound | Deprel::Amod) && child.has_child(Deprel::Conj);
    let parts = word.dependents().filter(is_part).filter(move |part| is_name(part));
    parts.filter(move |_| is_name(&word)).collect::<Vec<_>>().into_iter()
}

/// The state whose capital acts: "Beirut rejected the plan", where the article speaks of Lebanon too.
fn governed_from(word: Word<'_>, ends: &[End], entities: &Entities, knowledge: &Knowledge) -> Option<Party> {
    let linked = entities.mention_at(word)?;
    let city = entities.get(linked.entity);
    let is_place = word.preposition().is_some_and(|preposition| {
        matches!(&*preposition, "in" | "at" | "near" | "from" | "to" | "into" | "outside" | "around" | "on")
    });
    if city.kind != Kind::City || is_place || !admits(ends, Kind::Country) || admits(ends, Kind::City) {
        return None;
    }
    let code = city.country.as_deref()?;
    let capital = knowledge.base.entry(knowledge.base.capital(code)?);
    let state = entities.country(code).filter(|_| capital.name == city.name)?;
    let confidence = linked.confidence * LIFTED;
    Some(Party { entity: state, word: word.id(), is_lifted: false, is_owner: false, confidence })
}

/// The names that a noun explains or is explained by: "a security group, the SCO".
fn explained(word: Word<'_>) -> impl Iterator<Item = Word<'_>> {
    let above = word.head().filter(|_| word.deprel() == Deprel::Appos);
    word.children(Deprel::Appos).chain(above)
}

/// What of a noun's owner the noun may stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lends {
    /// A person or body of its own: "a Kenyan runner".
    Nothing,
    /// What belongs to a state or people: "Ukrainian positions", "the offices of the UN".
    Possession,
    /// What somebody does: "Serbia's attack on", "the killing of", where the of-phrase is the one who suffers it.
    Act,
    /// What somebody says: "an appeal by", "demands from".
    Words,
    /// Those who act for their owner: "Russian troops", "leaders of the bloc".
    Deeds,
    /// The noun says what the place is: "the island of Crete".
    Place,
}

fn lends(noun: Word<'_>, knowledge: &Knowledge) -> Lends {
    let Knowledge { lexicon, ontology, .. } = knowledge;
    let forms = [noun.lemma().to_lowercase(), noun.text().to_lowercase()];
    let is_deputy = |form: &String| {
        lexicon.nouns.organs.contains(form)
            || lexicon.nouns.collectives.contains(form)
            || lexicon.persons.offices.contains(form)
    };
    if forms.iter().any(is_deputy) {
        return Lends::Deeds;
    }
    if forms
        .iter()
        .any(|form| lexicon.verbs.speech_nouns.contains(form) || lexicon.verbs.complement_nouns.contains(form))
    {
        return Lends::Words;
    }
    let is_act = |(relation, trigger): (&RelationType, &Trigger)| {
        relation.event.is_some() && matches!(trigger, Trigger::Noun(_))
    };
    if ontology.triggers(&forms[0]).any(is_act) {
        return Lends::Act;
    }
    match forms.iter().find_map(|form| lexicon.nouns.heads.get(form)) {
        Some(Kind::City | Kind::Region | Kind::Place | Kind::Country) => Lends::Place,
        Some(Kind::Person) if noun.xpos() == "NNS" => Lends::Deeds,
        Some(Kind::Person | Kind::Organization | Kind::Intergovernmental | Kind::Agreement | Kind::Event) => {
            Lends::Nothing
        }
        _ => Lends::Possession,
    }
}
