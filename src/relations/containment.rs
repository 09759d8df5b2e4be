//! Containment: whether one place can lie in another, as far as the reference base knows both.
//!
//! "Lima, Peru" may say that Lima lies in Peru; of "Illinois, Missouri and Ohio" none lies in another, and Lyon is not in
//! Spain.

use crate::knowledge::base::Base;
use crate::knowledge::entry::Entry;
use crate::record::{Entity, Kind};

/// The inhabitants of a large city.
const LARGE: u64 = 200_000;
/// The level of counties: the base holds all that is larger, so that nothing else has room for a state.
const COUNTY: u8 = 3;

/// False where the base rules it out; what it does not know may be so.
pub(crate) fn is_possible(inner: &Entity, outer: &Entity, base: &Base) -> bool {
    let [small, large] = [inner, outer].map(|entity| base.entry_of(entity).map(|id| base.entry(id)));
    let is_large = small.as_ref().and_then(|small| small.population).is_some_and(|people| people > LARGE);
    match (&small, &large) {
        (Some(small), Some(large)) => {
            let (one, other) = (small.level(), large.level());
            let are_alike = one.is_some() && one == other && !is_quarter(small, large);
            if one.is_some() && other.is_some() && one > other || are_alike {
                return false;
            }
            if is_large && is_of_another_division(small, large, base) {
                return false;
            }
        }
        // "the New York City suburb of Franklin Lakes", "Ohio, Gorwell Shire": what the base does not hold has no room for a large
        // city or a state.
        (Some(small), None) if small.level() > Some(COUNTY) => return false,
        (Some(_), None) if is_large && inner.kind == Kind::City && outer.kind == Kind::City => return false,
        _ => {}
    }
    let land = |entity: &Entity| entity.country.clone().filter(|code| !code.starts_with("X-"));
    match (land(inner), land(outer)) {
        // Who holds disputed land is for the article to say.
        (Some(one), Some(other)) => one == other || is_disputed(&one, &other, base),
        _ => true,
    }
}

/// "Los Angeles, California and Detroit, Michigan": Los Angeles is in no other division than its own.
fn is_of_another_division(inner: &Entry<'_>, outer: &Entry<'_>, base: &Base) -> bool {
    let Some(own) = inner.admin1().filter(|own| outer.class == "admin1" && *own != outer.name) else { return false };
    // Where the base spells the division as the town's line does, it is another one.
    let named = base.lookup(own).into_iter().map(|found| base.entry(found.entry));
    named.into_iter().any(|entry| entry.class == "admin1" && entry.country == inner.country && entry.name == own)
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
        let (los_angeles, michigan) = (place("Los Angeles", Kind::City), place("Michigan", Kind::Region));
        assert!(is_possible(&los_angeles, &place("California", Kind::Region), &base));
        assert!(!is_possible(&los_angeles, &michigan, &base));
        let shire =
            Entity { name: "Gorwell Shire".to_string(), refs: Default::default(), ..place("Ohio", Kind::Region) };
        assert!(!is_possible(&michigan, &shire, &base));
    }
}
