//! Vicinity: where the towns and counties lie that an article surely names.
//!
//! Beside "Lamar County, Texas", Paris and Clarksville are the towns there.

use crate::knowledge::base::Entry;

/// So many kilometres around is what local news is about.
const LOCAL: f64 = 60.0;

/// So many places tell where an article is; more would only take time.
const MOST: usize = 40;

#[derive(Default)]
pub(crate) struct Vicinity<'a> {
    places: Vec<(String, Entry<'a>)>,
}

impl<'a> Vicinity<'a> {
    /// Adds a place that is small enough to have a neighbourhood.
    pub fn add(&mut self, key: &str, entry: &Entry<'a>) {
        let is_small = matches!(entry.class, "city" | "capital" | "county");
        if is_small && self.places.len() < MOST && self.places.iter().all(|(_, other)| other.id != entry.id) {
            self.places.push((key.to_string(), entry.clone()));
        }
    }

    /// How many of the places, called otherwise, are close to an entry.
    pub fn count(&self, key: &str, entry: &Entry) -> usize {
        let is_near = |(other, place): &&(String, Entry)| {
            other != key && place.distance(entry).is_some_and(|distance| distance < LOCAL)
        };
        self.places.iter().filter(is_near).count()
    }
}
