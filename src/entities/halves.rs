//! Halves: states that an article calls by the point of the compass in their names.
//!
//! "The South" is South Korea beside South Korea or North Korea, and South Sudan beside South Sudan.

use crate::knowledge::base::{Base, Match};
use crate::knowledge::names::How;
use crate::record::Kind;

const OPPOSITES: [(&str, &str); 4] = [("North", "South"), ("South", "North"), ("East", "West"), ("West", "East")];

/// What the bare points of the compass mean among the matches of the article's names.
pub(crate) fn states(named: &[Vec<Match>], base: &Base) -> Vec<(&'static str, Match)> {
    OPPOSITES.into_iter().filter_map(|(point, opposite)| Some((point, state(point, opposite, named, base)?))).collect()
}

fn state(point: &str, opposite: &str, named: &[Vec<Match>], base: &Base) -> Option<Match> {
    let is_country = |found: &Match| base.entry(found.entry).kind == Kind::Country;
    // There is no other Africa that is a state.
    let is_divided = |land: &str, own: &Match| {
        let others = [format!("{opposite} {land}"), land.to_string()];
        let mut others = others.iter().filter_map(|other| base.lookup(other).into_iter().next());
        others.any(|other| is_country(&other) && other.entry != own.entry)
    };
    let half = |name: &str, point: &str| name.strip_prefix(point)?.strip_prefix(' ').map(str::to_string);
    let states = named.iter().filter_map(|matches| matches.first());
    let states = states.filter(|best| matches!(best.how, How::Name | How::Alias));
    let found = states.filter(|best| is_country(best)).find_map(|best| {
        let name = base.entry(best.entry).name;
        match half(name, opposite) {
            Some(land) => base.lookup(&format!("{point} {land}")).into_iter().next(),
            None => half(name, point).filter(|land| is_divided(land, best)).map(|_| best.clone()),
        }
    });
    found.filter(is_country).map(|found| Match {
        how: How::Alias,
        weak: false,
        ambiguous: false,
        common: false,
        prior: 1.0,
        ..found
    })
}
