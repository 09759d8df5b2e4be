//! The reference base: countries, organizations, people, places, peoples, and what they are called.
//!
//! ```
//! # let knowledge = geopol::knowledge::Knowledge::embedded();
//! let base = &knowledge.base;
//! let matches = base.lookup("Samarkand");                     // likeliest first
//! let city = base.entry(matches[0].entry);
//! assert_eq!((city.name, city.country), ("Samarkand", Some("UZB")));
//! ```

use super::curated::Curated;
use super::data::Data;
use super::entry::read_role;
pub use super::entry::{Entry, Office};
use super::lexicon::{Gender, Role};
use super::names::{Cell, How, fold};
use super::table::Table;
use super::towns::Towns;
use crate::error::Result;
use crate::record::{Entity, Kind};

/// An entry of the base. The number tells where the entry's line stands and means nothing outside of this run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId(pub u32);

/// A file's number stands in the highest bits of an id, its line's offset (of a curated entry: the index) in the others.
const OFFSET_BITS: u32 = 29;

/// The files with entries and the letter that names them in `names.tsv`.
pub(crate) const FILES: [(&str, char); 5] =
    [("countries", 'c'), ("organizations", 'o'), ("persons", 'p'), ("places", 'g'), ("peoples", 'e')];

/// Stands for all that the base does not know: a village, a namesake; less where the towns were asked as well.
const UNKNOWN: f64 = 4.0;
const UNKNOWN_PLACE: f64 = 2.0;

/// What a town weighs beside a city that the news knows.
const TOWN_WEIGHT: f64 = 0.3;

/// The numbers that mark a curated entry and a town.
const CURATED: u32 = 7;
const TOWN: u32 = 6;

impl EntryId {
    pub(crate) fn curated(index: usize) -> EntryId {
        EntryId(CURATED << OFFSET_BITS | index as u32)
    }
}

#[derive(Debug)]
pub struct Base {
    pub(crate) entries: [Table; 5],
    towns: Towns,
    pub(crate) names: Table,
    pub(crate) curated: Curated,
    holders: Table,
    facts: Table,
    agents: Table,
    given_names: Table,
    surnames: Table,
    common_words: Table,
    clusters: Table,
}

/// Something that a name may mean.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    pub entry: EntryId,
    pub how: How,
    /// Means the entry in context only ("the South", "Congress").
    pub weak: bool,
    /// The name means another entry about as often. A metonym and its place are no rivals: the sentence tells them apart.
    pub ambiguous: bool,
    /// The name is an ordinary English word when written small ("may", "reading").
    pub common: bool,
    /// How well known the entry is, 0 to 9.
    pub fame: u8,
    /// 0 to 1: the share of this entry among all that the name may mean, the unknown included.
    pub prior: f64,
}

/// A noun for those who act: `role` is PLOVER's actor code (GOV, MIL, REB, …).
#[derive(Clone, Debug, PartialEq)]
pub struct Agent<'base> {
    pub role: &'base str,
    /// office, group, body or person; empty where unknown.
    pub kind: &'base str,
    /// state, government, …: where an office is the head's.
    pub head_of: Option<&'base str>,
}

impl Base {
    pub fn load(data: &Data) -> Result<Base> {
        let table = |name: &str| Table::new(data.file(&format!("knowledge/{name}.tsv"))?);
        let mut base = Base {
            entries: [
                table(FILES[0].0)?,
                table(FILES[1].0)?,
                table(FILES[2].0)?,
                table(FILES[3].0)?,
                table(FILES[4].0)?,
            ],
            towns: Towns::new(table("towns")?),
            names: table("names")?,
            curated: Curated::default(),
            holders: table("holders")?,
            facts: table("facts")?,
            agents: table("agents")?,
            given_names: table("given_names")?,
            surnames: table("surnames")?,
            common_words: table("common_words")?,
            clusters: table("clusters")?,
        };
        base.curated = Curated::load(data, &base)?;
        Ok(base)
    }

    /// Everything that may be called so, likeliest first. Case matters for abbreviations only.
    pub fn lookup(&self, name: &str) -> Vec<Match> {
        self.matches(&fold(name), name)
    }

    /// As `lookup`, for a folded key; `written` decides about abbreviations.
    pub(crate) fn matches(&self, key: &str, written: &str) -> Vec<Match> {
        self.rank(key, &self.cells(key, written), UNKNOWN)
    }

    /// As `lookup`, and every town that is called so: for a name that is taken for a place.
    pub fn places(&self, name: &str) -> Vec<Match> {
        let key = fold(name);
        let mut cells = self.cells(&key, name);
        let mut towns = self.towns.called(&key);
        if towns.is_empty() {
            towns = spelled_otherwise(&key).map(|key| self.towns.called(&key)).unwrap_or_default();
        }
        cells.extend(towns.into_iter().map(|town| {
            let cell = Cell { entry: "", how: How::Name, weak: false, fame: town.fame, exact: None };
            (EntryId(TOWN << OFFSET_BITS | town.offset as u32), cell)
        }));
        self.rank(&key, &cells, UNKNOWN_PLACE)
    }

    fn cells(&self, key: &str, written: &str) -> Vec<(EntryId, Cell<'_>)> {
        let cells = self.cells_of(key, written);
        if !cells.is_empty() {
            return cells;
        }
        spelled_otherwise(key).map(|key| self.cells_of(&key, written)).unwrap_or_default()
    }

    fn cells_of(&self, key: &str, written: &str) -> Vec<(EntryId, Cell<'_>)> {
        let line = self.names.find(key).map_or("", |(_, line)| line);
        let mut cells: Vec<(EntryId, Cell)> = (line.split('\t').skip(1))
            .chain(self.curated.cells(key))
            .filter_map(Cell::read)
            .filter(|cell| cell.fits(written))
            .filter_map(|cell| Some((self.id(cell.entry)?, cell)))
            .collect();
        // "The Vatican" is the state itself, though "Vatican" goes before nouns as well.
        let own: Vec<EntryId> = cells.iter().filter(|(_, cell)| cell.how == How::Alias).map(|(id, _)| *id).collect();
        cells.retain(|(id, cell)| cell.how != How::Adjective || !own.contains(id));
        cells
    }

    /// The likeliest first.
    fn rank(&self, key: &str, cells: &[(EntryId, Cell)], unknown: f64) -> Vec<Match> {
        let weight = |(entry, cell): &(EntryId, Cell)| {
            cell.weight() * if entry.0 >> OFFSET_BITS == TOWN { TOWN_WEIGHT } else { 1.0 }
        };
        let common = !key.contains(' ') && self.is_common_word(key);
        let mut best: Vec<(EntryId, f64)> = Vec::new();
        for pair in cells {
            match best.iter_mut().find(|(other, _)| *other == pair.0) {
                Some((_, most)) => *most = most.max(weight(pair)),
                None => best.push((pair.0, weight(pair))),
            }
        }
        let total: f64 = unknown + best.iter().map(|(_, weight)| weight).sum::<f64>();
        let mut matches: Vec<Match> = (cells.iter())
            .map(|pair @ (entry, cell)| Match {
                entry: *entry,
                how: cell.how,
                weak: cell.weak,
                ambiguous: cells.iter().any(|(other, rival)| other != entry && rivals(cell, rival)),
                common,
                fame: cell.fame,
                prior: weight(pair) / total,
            })
            .collect();
        matches.sort_by(|a, b| b.prior.total_cmp(&a.prior).then(a.entry.cmp(&b.entry)).then(a.how.cmp(&b.how)));
        // One name of each sort: not the alias that folds as the name does.
        let mut seen = Vec::new();
        matches.retain(|found| {
            let sort =
                if found.how.is_demonym() || matches!(found.how, How::Metonym(_)) { found.how } else { How::Name };
            let is_first = !seen.contains(&(found.entry, sort));
            seen.push((found.entry, sort));
            is_first
        });
        matches
    }

    /// The entry that a cell of `names.tsv` names: `pQ7747`.
    pub(crate) fn id(&self, reference: &str) -> Option<EntryId> {
        if let Some(index) = self.curated.index(reference) {
            return Some(EntryId::curated(index));
        }
        let file = FILES.iter().position(|(_, letter)| reference.starts_with(*letter))?;
        let (offset, _) = self.entries[file].find(reference.get(1..)?)?;
        Some(EntryId((file as u32) << OFFSET_BITS | offset as u32))
    }

    fn line(&self, id: EntryId) -> (usize, &str) {
        let (file, offset) = (id.0 >> OFFSET_BITS, id.0 & ((1 << OFFSET_BITS) - 1));
        match file {
            CURATED => self.curated.line(offset as usize),
            TOWN => (TOWN as usize, self.towns.line(offset as usize)),
            _ => (file as usize, self.entries[file as usize].line(offset as usize)),
        }
    }

    /// What the base says of an entry.
    pub fn entry(&self, id: EntryId) -> Entry<'_> {
        let (file, line) = self.line(id);
        if file == TOWN as usize {
            return Entry::town(id, line);
        }
        Entry::read(id, FILES[file].0, line, self.curated.addition(id))
    }

    /// A country, region or territory by its code: `RUS`, `X-ABK`.
    pub fn country(&self, iso3: &str) -> Option<EntryId> {
        self.id(&format!("c{iso3}"))
    }

    /// An entry by a reference of a record: `("wikidata", "Q7747")`, `("iso3166", "RUS")`, `("geonames", "1216265")`.
    pub fn by_reference(&self, scheme: &str, value: &str) -> Option<EntryId> {
        match scheme {
            "iso3166" => self.country(value),
            "geonames" => self.id(&format!("g{value}")),
            "wikidata" => (self.id(&format!("p{value}")).or_else(|| self.id(&format!("o{value}")))).or_else(|| {
                let line = self.entries[0].lines().find(|line| {
                    line.split('\t')
                        .nth(8)
                        .is_some_and(|refs| refs.split(',').any(|pair| pair.strip_prefix("wikidata=") == Some(value)))
                })?;
                self.country(line.split('\t').next()?)
            }),
            _ => None,
        }
    }

    /// The entry that an entity of a record stands for: by its references, else by its name where that is all it has.
    pub fn entry_of(&self, entity: &Entity) -> Option<EntryId> {
        let referred = ["iso3166", "geonames", "wikidata"].into_iter().find_map(|scheme| {
            let id = self.by_reference(scheme, entity.refs.get(scheme)?)?;
            (self.entry(id).kind == entity.kind).then_some(id)
        });
        let is_same = |id: &EntryId| {
            let entry = self.entry(*id);
            entry.kind == entity.kind && entry.name == entity.name && entry.country == entity.country.as_deref()
        };
        referred.or_else(|| self.lookup(&entity.name).into_iter().map(|found| found.entry).find(is_same))
    }

    /// The capital city.
    pub fn capital(&self, iso3: &str) -> Option<EntryId> {
        let name = self.facts(iso3, "capital").next()?.first().copied()?;
        let cities = self.lookup(name).into_iter().map(|found| found.entry);
        cities
            .filter(|id| self.entry(*id).kind == Kind::City && self.entry(*id).country == Some(iso3))
            .max_by_key(|id| self.entry(*id).class == "capital")
    }

    /// Those who held an office of a country (or of an organization, by its key), first to last.
    /// The roles of head of state and of head of government include the one office that is both.
    pub fn holders(&self, country: &str, role: Role) -> Vec<(EntryId, Office<'_>)> {
        let both = matches!(role, Role::HeadOfState | Role::HeadOfGovernment);
        let prefix = format!("{country}/");
        let mut holders = Vec::new();
        let keys = self.holders.starting_with(&prefix).filter_map(|line| line.split_once('\t'));
        let ids = keys.filter(|(key, _)| {
            read_role(&key[prefix.len()..])
                .is_some_and(|found| found == role || both && found == Role::HeadOfStateAndGovernment)
        });
        let ids: Vec<EntryId> = (ids.flat_map(|(_, ids)| ids.split(' ')).filter_map(|id| self.id(&format!("p{id}"))))
            .chain(self.curated.office_holders())
            .collect();
        for id in ids {
            for office in self.entry(id).offices() {
                let here = office.country.or(office.organization) == Some(country);
                let fits = office.role == role || both && office.role == Role::HeadOfStateAndGovernment;
                if here && fits && !holders.contains(&(id, office.clone())) {
                    holders.push((id, office));
                }
            }
        }
        holders.sort_by(|(a, one), (b, other)| one.start.cmp(&other.start).then(a.cmp(b)));
        holders
    }

    /// Who held the office on a day, the likeliest first: those known to be in office before those last seen earlier.
    pub fn holders_on(&self, country: &str, role: Role, date: &str) -> Vec<EntryId> {
        let mut holders: Vec<_> = self.holders(country, role);
        holders.retain(|(_, office)| office.held_on(date));
        holders.sort_by_key(|(_, office)| {
            let known = office.end.is_some() || office.seen.is_some_and(|seen| seen >= date);
            std::cmp::Reverse((office.sure, known, office.start))
        });
        let mut ids = Vec::new();
        for (id, _) in holders {
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        ids
    }

    /// The values of a property of a country: `facts("RUS", "border")` gives `["CHN", "4179.3"]`, ….
    pub fn facts<'base>(&'base self, iso3: &str, property: &str) -> impl Iterator<Item = Vec<&'base str>> + use<'base> {
        let prefix = format!("{iso3}\t{property}\t");
        let lines: Vec<&str> = self
            .facts
            .starting_with(&format!("{iso3}\t"))
            .filter(|line| line.starts_with(&prefix))
            .map(|line| &line[prefix.len()..])
            .collect();
        lines.into_iter().map(|line| line.split('\t').collect())
    }

    /// What a noun for actors says: "soldier", "ministry of defence". Lower case, singular.
    pub fn agent(&self, noun: &str) -> Option<Agent<'_>> {
        let (_, line) = self.agents.find(noun)?;
        let mut columns = line.split('\t').skip(1);
        let (role, kind) = (columns.next()?, columns.next()?);
        Some(Agent { role, kind, head_of: columns.next().filter(|head| !head.is_empty()) })
    }

    /// The gender that a given name tells: `None` for an unknown name, `Some(None)` for a name of both or unknown gender.
    pub fn given_name(&self, name: &str) -> Option<Option<Gender>> {
        let (_, line) = self.given_names.find(&fold(name))?;
        Some(match line.split('\t').nth(1) {
            Some("f") => Some(Gender::Female),
            Some("m") => Some(Gender::Male),
            _ => None,
        })
    }

    /// A family name that is no ordinary word.
    pub fn is_surname(&self, name: &str) -> bool {
        self.surnames.find(&fold(name)).is_some()
    }

    /// A word that English text writes small.
    pub fn is_common_word(&self, word: &str) -> bool {
        self.common_words.find(&word.to_lowercase()).is_some()
    }

    /// The group of words that a word in lower case is like, from the largest on a letter a step: `qcb` lies in `qc` and in `q`.
    pub fn cluster(&self, word: &str) -> Option<&str> {
        self.clusters.find(word)?.1.split('\t').nth(1)
    }
}

fn rivals(cell: &Cell, other: &Cell) -> bool {
    let metonym = |cell: &Cell| matches!(cell.how, How::Metonym(_));
    !other.weak && metonym(cell) == metonym(other) && other.weight() * 4.0 >= cell.weight()
}

/// "st marc" for "saint marc" and the other way round: the first word that English also shortens.
fn spelled_otherwise(key: &str) -> Option<String> {
    const PAIRS: [(&str, &str); 3] = [("st", "saint"), ("mt", "mount"), ("ft", "fort")];
    let words: Vec<&str> = key.split(' ').collect();
    let (at, other) = words[..words.len() - 1].iter().enumerate().find_map(|(at, word)| {
        let pair = PAIRS.iter().find(|(short, long)| short == word || long == word)?;
        Some((at, if pair.0 == *word { pair.1 } else { pair.0 }))
    })?;
    Some([&words[..at], &[other], &words[at + 1..]].concat().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::Knowledge;
    use crate::knowledge::names::Metonym;

    fn base() -> Base {
        Knowledge::embedded().base
    }

    /// The likeliest entry's key, how it was called, and marks: ? weak, = ambiguous, ~ common word.
    fn first(base: &Base, name: &str) -> String {
        let matches = base.lookup(name);
        let Some(found) = matches.first() else { return "-".to_string() };
        let marks = [(found.weak, "?"), (found.ambiguous, "="), (found.common, "~")];
        let marks: String = marks.iter().filter(|(on, _)| *on).map(|(_, mark)| *mark).collect();
        format!("{} {:?}{marks}", base.entry(found.entry).name, found.how)
    }

    #[test]
    fn names_of_the_news() {
        let base = base();
        for (name, expected) in [
            ("Vladimir Putin", "Vladimir Putin Name"),
            ("Xi Jinping", "Xi Jinping Name"),
            ("NATO", "North Atlantic Treaty Organization Abbreviation"),
            ("nato", "-"),
            ("Uzbekistan", "Uzbekistan Name"),
            ("Samarkand", "Samarkand Name"),
            ("Russian", "Russia Adjective"),
            ("SCO", "Shanghai Cooperation Organisation Abbreviation"),
            ("Xi", "Xi Jinping Surname"),
            ("White House", "United States of America Metonym(Seat)"),
            ("Amur River", "Amur River Name"),
            ("Uyghur", "Uyghur Name"),
            ("the West", "The West Name"),
            ("Western", "The West Adjective~"),
            ("Soviet", "Soviet Union Adjective"),
            ("Izyum", "Izyum Name"),
            ("Carnegie Endowment", "Carnegie Endowment for International Peace Alias"),
            ("Jacques Delors Institute", "Jacques Delors Institute Name"),
            ("Zelensky", "Volodymyr Zelenskyy Alias"),
            ("Georgia", "Georgia Name="),
            ("May", "Theresa May Surname~"),
            ("Reading", "Reading Name=~"),
            ("US", "United States of America Abbreviation~"),
            ("us", "-"),
        ] {
            assert_eq!(first(&base, name), expected, "{name}");
        }
    }

    #[test]
    fn every_entry_is_found_by_its_name() {
        let base = base();
        for (file, table) in base.entries.iter().enumerate() {
            for line in table.lines() {
                let columns: Vec<&str> = line.split('\t').collect();
                let reference = format!("{}{}", FILES[file].1, columns[0]);
                let cells = base.names.find(&fold(columns[1])).map_or("", |(_, line)| line);
                assert!(
                    cells.split('\t').filter_map(Cell::read).any(|cell| cell.entry == reference),
                    "{reference} {}: {cells}",
                    columns[1]
                );
                let entry = base.entry(base.id(&reference).unwrap());
                assert_eq!((entry.key, entry.name), (columns[0], columns[1]));
                // curated.ron may add offices.
                let offices = if entry.kind == Kind::Person { columns[11].split(';').count() } else { 0 };
                assert!(entry.offices().len() >= offices, "{line}");
            }
        }
    }

    #[test]
    fn every_cell_names_an_entry() {
        let base = base();
        for line in base.names.lines() {
            for cell in line.split('\t').skip(1) {
                let cell = Cell::read(cell).unwrap_or_else(|| panic!("{line}"));
                assert!(base.id(cell.entry).is_some(), "{line}");
            }
        }
    }

    #[test]
    fn metonyms_mean_the_country() {
        let base = base();
        let matches = base.lookup("the Kremlin");
        assert!(
            matches
                .iter()
                .any(|found| found.how == How::Metonym(Metonym::Seat) && base.entry(found.entry).key == "RUS")
        );
        let matches = base.lookup("Beijing");
        assert!(matches.iter().any(|found| found.how == How::Metonym(Metonym::Capital)));
        assert!(matches.iter().any(|found| base.entry(found.entry).kind == Kind::City));
    }

    #[test]
    fn offices_by_date() {
        let base = base();
        let name = |country: &str, role: Role, date: &str| {
            base.holders_on(country, role, date).first().map_or("-", |id| base.entry(*id).name)
        };
        for (country, role, date, expected) in [
            ("RUS", Role::HeadOfState, "2022-09-16", "Vladimir Putin"),
            ("RUS", Role::HeadOfState, "2010-01-01", "Dmitry Medvedev"),
            ("USA", Role::HeadOfState, "2022-09-16", "Joe Biden"),
            ("GBR", Role::HeadOfGovernment, "2015-05", "David Cameron"),
            ("DEU", Role::HeadOfGovernment, "2022-09-16", "Olaf Scholz"),
            ("RUS", Role::Foreign, "2022-09-16", "Sergey Lavrov"),
        ] {
            assert_eq!(name(country, role, date), expected, "{country} {role:?} {date}");
        }
    }

    #[test]
    fn countries_know_their_surroundings() {
        let base = base();
        assert_eq!(base.entry(base.capital("UZB").unwrap()).name, "Tashkent");
        assert!(base.facts("RUS", "border").any(|fact| fact == ["CHN", "4179"]));
        let nato = base.lookup("NATO")[0].entry;
        assert!(base.entry(nato).members().contains(&("FIN", None)));
        assert_eq!(base.by_reference("wikidata", "Q159"), base.country("RUS"));
        assert_eq!(
            base.entry(base.country("RUS").unwrap()).refs(),
            [("iso3166".into(), "RUS".into()), ("wikidata".into(), "Q159".into())]
        );
    }

    #[test]
    fn words_about_names() {
        let base = base();
        assert_eq!(base.given_name("Sergei"), Some(Some(Gender::Male)));
        assert_eq!(base.given_name("Jordan"), Some(None));
        assert_eq!(base.given_name("Samarkand"), None);
        assert!(base.is_surname("Smith") && !base.is_surname("may"));
        assert!(base.is_common_word("Reading") && !base.is_common_word("China"));
        assert_eq!(base.agent("soldier").unwrap().role, "MIL");
    }
}
