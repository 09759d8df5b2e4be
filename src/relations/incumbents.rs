//! Incumbents: whose office a title is that names no owner, where the reference base knows who bore it.
//!
//! In an article that speaks of Kenya "President Ruto" is the president of Kenya: the base has him in that office.

use itertools::Itertools;

use crate::document::{Document, Upos};
use crate::entities::{Entities, EntityId};
use crate::knowledge::Knowledge;
use crate::knowledge::lexicon::Role;
use crate::record::{Entity, Kind};
use crate::text::Sentence;

/// A country is what an article is about when it names it so often, and so many times as often as any other.
const OFTEN: usize = 3;
const TIMES_AS_OFTEN: usize = 2;

/// The country in the article whose office a title is: the one in which the base has the person in an office called so, on the
/// article's day if it has one; else the person's own; of a minister whom the base does not know, the one that the article is about.
pub(crate) fn country(
    holder: &Entity,
    title: &str,
    document: &Document<'_>,
    entities: &Entities,
    knowledge: &Knowledge,
) -> Option<EntityId> {
    if holder.kind == Kind::City {
        return governed_from(holder, entities, knowledge);
    }
    let role = knowledge.lexicon.persons.offices.get(title).filter(|_| holder.kind == Kind::Person)?;
    let Some(entry) = knowledge.base.entry_of(holder) else {
        // "Minister Okoro" is as likely a guest.
        return in_question(document, entities).filter(|_| is_of_state(role) && title != "minister");
    };
    let person = knowledge.base.entry(entry);
    let day = document.article().date.map(|date| date.to_string()).unwrap_or_default();
    let offices = person.offices();
    let mut fitting = offices.iter().filter(|office| role.is_said_of(office.role) && office.held_on(&day));
    match fitting.find_map(|office| office.country) {
        Some(code) => entities.country(code),
        None => person.countries().find_map(|code| entities.country(code)).filter(|_| is_of_state(role)),
    }
}

/// The country in the article whose capital a city is: "the capital, Nairobi".
fn governed_from(city: &Entity, entities: &Entities, knowledge: &Knowledge) -> Option<EntityId> {
    let code = city.country.as_deref()?;
    let capital = knowledge.base.entry(knowledge.base.capital(code)?);
    entities.country(code).filter(|_| capital.name == city.name)
}

/// Offices that only states have.
fn is_of_state(role: Role) -> bool {
    matches!(
        role,
        Role::HeadOfState
            | Role::HeadOfGovernment
            | Role::ViceHeadOfState
            | Role::DeputyHeadOfGovernment
            | Role::Foreign
            | Role::Defence
            | Role::Interior
            | Role::Finance
            | Role::Economy
            | Role::Energy
            | Role::Trade
            | Role::Minister
    )
}

/// The country that the article is about, if there is one: named more than any other, by far or as the one it was filed from.
fn in_question(document: &Document<'_>, entities: &Entities) -> Option<EntityId> {
    let is_country = |id: &EntityId| entities.get(*id).kind == Kind::Country;
    let counts = entities.mentions.iter().map(|linked| linked.entity).filter(is_country).counts();
    let mut counts: Vec<(EntityId, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|&(id, count)| (std::cmp::Reverse(count), id));
    let &(first, count) = counts.first()?;
    let second = counts.get(1).map_or(0, |(_, count)| *count);
    let is_home = || count > second && filed_from(document, entities) == Some(first);
    (count >= OFTEN.max(TIMES_AS_OFTEN * second) || is_home()).then_some(first)
}

/// The country of the dateline: "TALLINN, Estonia —", "NAIROBI (Agency) -".
fn filed_from(document: &Document<'_>, entities: &Entities) -> Option<EntityId> {
    let is_dateline = |sentence: &&Sentence| {
        let mut words = document.words_in(sentence.tokens.clone()).rev();
        words.next().is_some_and(|dash| matches!(dash.text(), "—" | "–" | "-" | "--" | ":"))
            && words.all(|word| word.upos() != Upos::Verb)
    };
    let dateline = document.sentences().iter().take(2).find(is_dateline)?;
    let mut places = entities.starting_in(dateline.tokens.clone()).iter().map(|linked| entities.get(linked.entity));
    entities.country(places.find_map(|place| place.country.as_deref())?)
}
