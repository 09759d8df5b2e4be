//! Containment: whether one place can lie in another, as far as the reference base knows both.
//!
//! "Lima, Peru" may say that Lima lies in Peru; of "Illinois, Missouri and Ohio" none lies in another, and Lyon is not in
//! Spain.

use crate::knowledge::base::Base;
use crate::knowledge::entry::Entry;
use crate::record::{Entity, Kind};

/// The inhabitants of a large city.
const LARGE: u64 = 200_000;

/// False where the base rules it out; what it does not know may be so.
pub(crate) fn is_possible(inner: &Entity, outer: &Entity, base: &Base) -> bool {
    let [small, large] = [inner, outer].map(|entity| base.entry_of(entity).map(|id| base.entry(id)));
    // "the New York City suburb of Franklin Lakes": no town that the base does not hold has room for a large one.
    let is_large = small.as_ref().and_then(|small| small.population).is_some_and(|people| people > LARGE);
    if outer.kind == Kind::City && inner.kind == Kind::City && large.is_none() && is_large {
        return false;
    }
    if let (Some(small), Some(large)) = (&small, &large) {
        match (rank(small), rank(large)) {
            (Some(one), Some(other)) if one > other => return false,
            (Some(one), Some(other)) if one == other && !is_quarter(small, large) => return false,
            _ => {}
        }
    }
    let land = |entity: &Entity| entity.country.clone().filter(|code| !code.starts_with("X-"));
    match (land(inner), land(outer)) {
        // Who holds disputed land is for the article to say.
        (Some(one), Some(other)) => one == other || is_disputed(&one, &other, base),
        _ => true,
    }
}

/// How large a place is among those that administer each other.
fn rank(place: &Entry<'_>) -> Option<u8> {
    Some(match (place.kind, place.class) {
        (Kind::Country, _) => 5,
        (Kind::Region, "admin1") => 4,
        (Kind::Region, "division" | "county") => 3,
        (Kind::City, _) => 2,
        _ => return None,
    })
}

/// A small town may belong to a large city near it.
fn is_quarter(small: &Entry<'_>, large: &Entry<'_>) -> bool {
    let is_smaller = match (small.population, large.population) {
        (Some(small), Some(large)) => small * 4 < large,
        _ => true,
    };
    small.kind == Kind::City && is_smaller
}

fn is_disputed(one: &str, other: &str, base: &Base) -> bool {
    base.facts(one, "dispute").any(|columns| columns.first() == Some(&other))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::Knowledge;

    #[test]
    fn the_base_rules_out_what_cannot_be() {
        let base = Knowledge::embedded().base;
        let place = |name: &str, kind: Kind| {
            let found = base.lookup(name).into_iter().map(|found| base.entry(found.entry));
            let entry = found.into_iter().find(|entry| entry.kind == kind).expect(name);
            let country = if kind == Kind::Country { Some(entry.key) } else { entry.country };
            Entity {
                id: 0,
                name: entry.name.to_string(),
                kind,
                refs: entry.refs().into_iter().collect(),
                aliases: Vec::new(),
                country: country.map(str::to_string),
                lat: None,
                lon: None,
                background: false,
            }
        };
        let lima = place("Lima", Kind::City);
        let ohio = place("Ohio", Kind::Region);
        assert!(is_possible(&lima, &place("Peru", Kind::Country), &base));
        assert!(!is_possible(&lima, &place("Spain", Kind::Country), &base));
        assert!(!is_possible(&ohio, &place("Missouri", Kind::Region), &base));
        assert!(!is_possible(&place("Peru", Kind::Country), &ohio, &base));
    }
}
