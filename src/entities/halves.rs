//! Halves: states that an article calls by the point of the compass in their names.
//!
//! "The South" is South Korea beside South Korea or North Korea, and South Sudan beside South Sudan.

use crate::knowledge::base::{Base, Match};
use crate::knowledge::names::How;
use crate::record::Kind;

const OPPOSITES: [(&str, &str); 4] = [("North", "South"), ("South", "North"), ("East", "West"), ("West", "East")];

/// What a bare point of the compass means among the matches of the article's names.
pub(crate) fn state(point: &str, named: &[Vec<Match>], base: &Base) -> Option<Match> {
    let (_, opposite) = OPPOSITES.into_iter().find(|(own, _)| *own == point)?;
    let half = |name: &str, point: &str| name.strip_prefix(point)?.strip_prefix(' ').map(str::to_string);
    let states = named.iter().filter_map(|matches| matches.first());
    let states = states.filter(|best| matches!(best.how, How::Name | How::Alias));
    let found = states.filter(|best| base.entry(best.entry).kind == Kind::Country).find_map(|best| {
        let name = base.entry(best.entry).name;
        match half(name, opposite) {
            Some(land) => base.lookup(&format!("{point} {land}")).into_iter().next(),
            None => half(name, point).map(|_| best.clone()),
        }
    });
    found.filter(|found| base.entry(found.entry).kind == Kind::Country).map(|found| Match {
        how: How::Alias,
        weak: false,
        ambiguous: false,
        common: false,
        prior: 1.0,
        ..found
    })
}
