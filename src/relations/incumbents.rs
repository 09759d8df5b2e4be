//! Incumbents: whose office a title is that names no owner, where the reference base knows who bore it.
//!
//! In an article that speaks of Kenya "President Ruto" is the president of Kenya: the base has him in that office.

use jiff::civil::Date;

use crate::entities::{Entities, EntityId};
use crate::knowledge::Knowledge;
use crate::record::{Entity, Kind};

/// The country in the article in which a person held an office that is called so; on the article's day, if it has one.
pub(crate) fn country(
    holder: &Entity,
    title: &str,
    date: Option<Date>,
    entities: &Entities,
    knowledge: &Knowledge,
) -> Option<EntityId> {
    let role = knowledge.lexicon.persons.offices.get(title)?;
    let person = knowledge.base.entry(knowledge.base.entry_of(holder).filter(|_| holder.kind == Kind::Person)?);
    let day = date.map(|date| date.to_string()).unwrap_or_default();
    let offices = person.offices();
    let mut fitting = offices.iter().filter(|office| role.is_said_of(office.role) && office.held_on(&day));
    let code = fitting.find_map(|office| office.country)?;
    entities.country(code)
}
