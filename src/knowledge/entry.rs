//! Entries: what a line of the base says of one country, organization, person, place or people.
//!
//! The line of `persons.tsv` that starts with `Q7747` becomes Vladimir Putin: a person of RUS, male, with his offices since
//! 1999, each with its days. A line is read when it is asked for.

use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error as NoRole, StrDeserializer};

use super::base::EntryId;
use super::curated::Addition;
use super::lexicon::{Gender, Role};
use crate::record::Kind;

/// What the base says of one thing.
#[derive(Clone, Debug)]
pub struct Entry<'base> {
    pub id: EntryId,
    /// Unique in its file: `RUS`, `Q7747`, `1216265`, `river-amur-river`.
    pub key: &'base str,
    pub name: &'base str,
    pub kind: Kind,
    /// Finer than the kind: `state`, `party`, `think_tank`, `capital`, `river`, `religious_people`.
    pub class: &'base str,
    /// ISO 3166-1 alpha-3, or `X-ABK` for a territory without a code; the first of `countries`.
    pub country: Option<&'base str>,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    pub population: Option<u64>,
    /// 0 to 9.
    pub fame: u8,
    pub gender: Option<Gender>,
    columns: Vec<&'base str>,
    /// What curated.ron adds to an entry of the other files.
    added: Option<&'base Addition>,
}

/// An office that a person held.
#[derive(Clone, Debug, PartialEq)]
pub struct Office<'base> {
    pub country: Option<&'base str>,
    /// The organization's key, where the office is not a country's.
    pub organization: Option<&'base str>,
    pub role: Role,
    /// "Minister of Foreign Affairs"; empty where unknown.
    pub title: &'base str,
    /// ISO 8601 dates as precise as known.
    pub start: Option<&'base str>,
    /// `None`: still in office when last seen.
    pub end: Option<&'base str>,
    /// When a source last saw the holder in office.
    pub seen: Option<&'base str>,
    /// Two sources agree, or a careful one says so.
    pub sure: bool,
}

impl<'base> Entry<'base> {
    /// An entry from its line in a file.
    pub(crate) fn read(id: EntryId, file: &str, line: &'base str, added: Option<&'base Addition>) -> Entry<'base> {
        let columns: Vec<&str> = line.split('\t').collect();
        let column = |index: usize| columns.get(index).copied().unwrap_or_default();
        let gender = match column(9) {
            "f" => Some(Gender::Female),
            "m" => Some(Gender::Male),
            _ => added.and_then(|added| added.gender),
        };
        Entry {
            id,
            key: column(0),
            name: column(1),
            kind: kind_of(file, column(2)),
            class: column(2),
            country: column(3).split(',').next().filter(|country| !country.is_empty()),
            lat: column(4).parse().ok(),
            lon: column(5).parse().ok(),
            population: column(6).parse().ok(),
            fame: added.and_then(|added| added.fame).unwrap_or_else(|| column(7).parse().unwrap_or(0)),
            gender,
            columns,
            added,
        }
    }

    /// A town from its line in `towns.tsv`.
    pub(crate) fn town(id: EntryId, line: &'base str) -> Entry<'base> {
        let columns: Vec<&str> = line.split('\t').collect();
        let column = |index: usize| columns.get(index).copied().unwrap_or_default();
        // In the order of `places.tsv`, as far as a town has its columns.
        let order = [column(1), column(2), "city", column(3), column(5), column(6), column(7), "", "", "", column(4)];
        Entry {
            id,
            key: column(1),
            name: column(2),
            kind: Kind::City,
            class: "city",
            country: Some(column(3)).filter(|country| !country.is_empty()),
            lat: column(5).parse().ok(),
            lon: column(6).parse().ok(),
            population: column(7).parse().ok(),
            fame: 1,
            gender: None,
            columns: order.to_vec(),
            added: None,
        }
    }

    /// `wikidata`, `iso3166`, `geonames`.
    pub fn refs(&self) -> Vec<(String, String)> {
        let mut refs: Vec<(String, String)> = (self.column(8).split(','))
            .filter_map(|pair| pair.split_once('='))
            .map(|(scheme, value)| (scheme.to_string(), value.to_string()))
            .collect();
        if self.key.bytes().all(|byte| byte.is_ascii_digit()) {
            refs.push(("geonames".to_string(), self.key.to_string()));
        }
        refs.extend(self.added.iter().flat_map(|added| added.refs.clone()));
        refs.sort();
        refs
    }

    /// All countries of a person or people.
    pub fn countries(&self) -> impl Iterator<Item = &'base str> {
        self.column(3).split(',').filter(|country| !country.is_empty())
    }

    /// A column of the entry's own file, empty where unknown; see `data/README.md`.
    fn own(&self, index: usize) -> &'base str {
        self.column(10 + index)
    }

    fn column(&self, index: usize) -> &'base str {
        self.columns.get(index).copied().unwrap_or_default()
    }

    /// A person's family name.
    pub fn surname(&self) -> Option<&'base str> {
        (self.kind == Kind::Person).then(|| self.own(0)).filter(|surname| !surname.is_empty())
    }

    /// A person's offices, in the file's order.
    pub fn offices(&self) -> Vec<Office<'base>> {
        if self.kind != Kind::Person {
            return Vec::new();
        }
        let added = self.added.map_or("", |added| added.offices.as_str());
        self.own(1).split(';').chain(added.split(';')).filter_map(Office::read).collect()
    }

    /// An organization's members: country, and status (`observer`, `candidate`, …) where they are not full members.
    pub fn members(&self) -> Vec<(&'base str, Option<&'base str>)> {
        let members = if self.class_is_organization() { self.own(5) } else { "" };
        let members = members.split(',').filter(|member| !member.is_empty());
        members
            .map(|member| member.split_once('/').map_or((member, None), |(country, status)| (country, Some(status))))
            .collect()
    }

    /// An organization's short name: "NATO".
    pub fn acronym(&self) -> Option<&'base str> {
        self.class_is_organization().then(|| self.own(0)).filter(|acronym| !acronym.is_empty())
    }

    fn class_is_organization(&self) -> bool {
        matches!(self.kind, Kind::Organization | Kind::Intergovernmental | Kind::ArmedGroup | Kind::Agreement)
    }

    /// How large a place is among those that administer each other.
    pub(crate) fn level(&self) -> Option<u8> {
        Some(match (self.kind, self.class) {
            (Kind::Region, "continent") => 6,
            (Kind::Country, _) => 5,
            (Kind::Region, "admin1") => 4,
            (Kind::Region, "division" | "county") => 3,
            (Kind::City, _) => 2,
            _ => return None,
        })
    }

    /// The first-level division that a city or a county lies in.
    pub fn admin1(&self) -> Option<&'base str> {
        (self.kind == Kind::City || matches!(self.class, "county" | "division"))
            .then(|| self.own(0))
            .filter(|admin1| !admin1.is_empty())
    }

    /// How many kilometres lie between the points of two places.
    pub fn distance(&self, other: &Entry<'_>) -> Option<f64> {
        const RADIUS: f64 = 6371.0;
        let (lat, other_lat) = (self.lat?.to_radians(), other.lat?.to_radians());
        let (lon, other_lon) = (self.lon?.to_radians(), other.lon?.to_radians());
        let half = |a: f64, b: f64| ((a - b) / 2.0).sin().powi(2);
        let chord = half(lat, other_lat) + lat.cos() * other_lat.cos() * half(lon, other_lon);
        Some(2.0 * RADIUS * chord.sqrt().min(1.0).asin())
    }

    /// The countries that a river, sea or region touches.
    pub fn within(&self) -> impl Iterator<Item = &'base str> {
        let within = if matches!(self.kind, Kind::Region | Kind::Place | Kind::Facility) { self.own(1) } else { "" };
        within.split(',').filter(|country| !country.is_empty())
    }
}

impl<'base> Office<'base> {
    fn read(text: &'base str) -> Option<Office<'base>> {
        let mut parts = text.split('|').map(|part| Some(part).filter(|part| !part.is_empty()));
        Some(Office {
            country: parts.next()?,
            organization: parts.next()?,
            role: parts.next()?.and_then(read_role)?,
            title: parts.next()?.unwrap_or_default(),
            start: parts.next()?,
            end: parts.next()?,
            seen: parts.next().flatten(),
            sure: parts.next().flatten().is_some(),
        })
    }

    /// Whether the office was held on a day (ISO 8601), as far as known. Dates of low precision count as their whole span.
    pub fn held_on(&self, date: &str) -> bool {
        let day = date.as_bytes();
        let starts_later = |start: &str| start.as_bytes() > day && !start.as_bytes().starts_with(day);
        let ended_earlier = |end: &str| end.as_bytes() < day && !day.starts_with(end.as_bytes());
        !self.start.is_some_and(starts_later) && !self.end.is_some_and(ended_earlier)
    }
}

pub(crate) fn read_role(name: &str) -> Option<Role> {
    let name: StrDeserializer<'_, NoRole> = name.into_deserializer();
    Role::deserialize(name).ok()
}

fn kind_of(file: &str, class: &str) -> Kind {
    match (file, class) {
        ("countries", "region") => Kind::Region,
        ("countries", _) => Kind::Country,
        ("persons", _) => Kind::Person,
        ("peoples", _) => Kind::People,
        ("organizations", "intergovernmental" | "un_body" | "alliance" | "bloc") => Kind::Intergovernmental,
        ("organizations", "armed_group" | "militia") => Kind::ArmedGroup,
        ("organizations", "agreement") => Kind::Agreement,
        ("organizations", "event") => Kind::Event,
        ("organizations", _) => Kind::Organization,
        (_, "city" | "capital") => Kind::City,
        (_, "admin1" | "division" | "county" | "region" | "continent" | "boundary") => Kind::Region,
        (_, "facility" | "canal") => Kind::Facility,
        _ => Kind::Place,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_in_office() {
        let office = Office::read("RUS||head_of_state|President|2012-05|2024-05-07|2026-01|+").unwrap();
        for (date, held) in [
            ("2012-04-30", false),
            ("2012-05-01", true),
            ("2012", true),
            ("2020-01-01", true),
            ("2024-05-07", true),
            ("2024-05", true),
            ("2024-05-08", false),
            ("", true),
        ] {
            assert_eq!(office.held_on(date), held, "{date}");
        }
        let open = Office::read("RUS||head_of_state|President|2012-05-07||2026-01|+").unwrap();
        assert!(open.held_on("2030-01-01") && open.sure);
        assert_eq!(Office::read("RUS|broken"), None);
    }

    #[test]
    fn short_lines_give_less() {
        let entry = Entry::read(EntryId(0), "persons", "Q1\tSomebody", None);
        assert_eq!((entry.name, entry.kind, entry.country, entry.offices().len()), ("Somebody", Kind::Person, None, 0));
        assert_eq!(entry.refs(), []);
    }
}
