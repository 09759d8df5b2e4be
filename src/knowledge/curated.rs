//! Curated knowledge: entries and names written by hand, in any `knowledge/*.ron`.
//!
//! An item with a name is an entry of its own; without one it adds to an entry of the generated files:
//! ```ron
//! (entry: "orusi-strategic-studies", name: "Institute for Strategic Affairs", class: "think_tank", country: "IND"),
//! (entry: "pQ7747", aliases: ["VVP"]),
//! ```
//! The first letter of `entry` names the file (c, o, p, g, e: countries, organizations, persons, places, peoples), the rest is
//! the key in it.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;

use super::base::{Base, EntryId, FILES};
use super::data::{Data, File};
use super::lexicon::Gender;
use super::names::fold;
use crate::error::{Error, Result};

#[derive(Debug, Default)]
pub(crate) struct Curated {
    /// File number, and a line with that file's columns.
    lines: Vec<(usize, String)>,
    indices: HashMap<String, usize>,
    /// Cells as in `names.tsv` by folded name.
    names: BTreeMap<String, Vec<String>>,
    additions: HashMap<EntryId, Addition>,
    office_holders: Vec<EntryId>,
}

/// What is added to an entry of the generated files.
#[derive(Debug, Default)]
pub(crate) struct Addition {
    pub gender: Option<Gender>,
    pub fame: Option<u8>,
    pub refs: Vec<(String, String)>,
    /// As in `persons.tsv`.
    pub offices: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Item {
    pub entry: String,
    #[serde(default)]
    pub name: Option<String>,
    #[serde(default)]
    class: String,
    #[serde(default)]
    pub country: String,
    #[serde(default)]
    pub lat: Option<f64>,
    #[serde(default)]
    pub lon: Option<f64>,
    #[serde(default)]
    population: Option<u64>,
    /// 0 to 9.
    #[serde(default)]
    fame: Option<u8>,
    #[serde(default)]
    refs: BTreeMap<String, String>,
    #[serde(default)]
    gender: Option<Gender>,
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Names that mean it in context only.
    #[serde(default)]
    weak: Vec<String>,
    #[serde(default)]
    pub abbreviations: Vec<String>,
    /// Abbreviations that mean it behind a place and a comma only: "Ill."
    #[serde(default)]
    behind_place: Vec<String>,
    #[serde(default)]
    adjectives: Vec<String>,
    #[serde(default)]
    nouns: Vec<String>,
    #[serde(default)]
    plurals: Vec<String>,
    /// Places that stand for it: "Brussels" for the European Union.
    #[serde(default)]
    metonyms: Vec<String>,
    #[serde(default)]
    surname: Option<String>,
    #[serde(default)]
    offices: Vec<Tenure>,
    /// Countries, with a slash and the status where it is not full: "TUR/candidate".
    #[serde(default)]
    pub members: Vec<String>,
    /// The countries that a place lies in.
    #[serde(default)]
    pub within: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Tenure {
    #[serde(default)]
    country: String,
    #[serde(default)]
    organization: String,
    role: String,
    title: String,
    from: String,
    /// Empty: still in office in `seen`.
    #[serde(default)]
    to: String,
    #[serde(default)]
    seen: String,
}

impl Curated {
    /// All `knowledge/*.ron`; the base gives the entries that are added to.
    pub(crate) fn load(data: &Data, base: &Base) -> Result<Curated> {
        let mut curated = Curated::default();
        for file in data.files("knowledge/")?.into_iter().filter(|file| file.path.ends_with(".ron")) {
            for item in items(&file)? {
                curated.add(item, base, &file)?;
            }
        }
        Ok(curated)
    }

    fn add(&mut self, item: Item, base: &Base, file: &File) -> Result<()> {
        let number = FILES.iter().position(|(_, letter)| item.entry.starts_with(*letter));
        let number = number.ok_or_else(|| {
            mistake(
                file,
                &item.entry,
                "starts with none of the letters c, o, p, g, e",
                "put the file's letter first: oMYGROUP for an organization",
            )
        })?;
        if item.entry.contains(':') {
            return Err(mistake(file, &item.entry, "holds a colon", "use letters, digits and hyphens"));
        }
        let known = self.indices.contains_key(&item.entry) || base.id(&item.entry).is_some();
        let id = match (&item.name, known) {
            (Some(name), false) => {
                self.indices.insert(item.entry.clone(), self.lines.len());
                self.lines.push((number, line(&item, name, number)));
                EntryId::curated(self.lines.len() - 1)
            }
            (None, true) => {
                let id = match self.indices.get(&item.entry) {
                    Some(index) => EntryId::curated(*index),
                    None => base.id(&item.entry).expect("known"),
                };
                let refs = item.refs.clone().into_iter().collect();
                let addition = self.additions.entry(id).or_default();
                addition.gender = item.gender.or(addition.gender);
                addition.fame = item.fame.or(addition.fame);
                addition.refs.extend::<Vec<_>>(refs);
                addition.offices = format!("{};{}", addition.offices, offices(&item));
                id
            }
            (Some(_), true) => {
                return Err(mistake(
                    file,
                    &item.entry,
                    "exists already",
                    "leave the name out to add to that entry, or choose another key",
                ));
            }
            (None, false) => {
                return Err(mistake(
                    file,
                    &item.entry,
                    "is no entry to add to",
                    "give it a name to make a new entry, or correct the key",
                ));
            }
        };
        if !item.offices.is_empty() {
            self.office_holders.push(id);
        }
        let fame = item.fame.unwrap_or_else(|| if item.name.is_some() { 5 } else { base.entry(id).fame }).min(9);
        let name: Vec<String> = item.name.iter().cloned().collect();
        let surname: Vec<String> = item.surname.iter().cloned().collect();
        for (names, how) in [
            (&name, "n"),
            (&item.aliases, "a"),
            (&item.weak, "a?"),
            (&item.abbreviations, "b"),
            (&item.behind_place, "b?"),
            (&item.adjectives, "j"),
            (&item.nouns, "o"),
            (&item.plurals, "p"),
            (&surname, "s"),
            (&item.metonyms, "mc"),
        ] {
            for name in names {
                let exact = name.replace('.', "");
                let mixed = how.starts_with('b') && exact.chars().any(char::is_lowercase);
                let exact = if mixed { format!("={exact}") } else { String::new() };
                self.names.entry(fold(name)).or_default().push(format!("{}:{how}{fame}{exact}", item.entry));
            }
        }
        Ok(())
    }

    /// The cells of a folded name.
    pub(crate) fn cells(&self, key: &str) -> impl Iterator<Item = &str> {
        self.names.get(key).into_iter().flatten().map(String::as_str)
    }

    /// Whether a name starts with this one and goes on.
    pub(crate) fn goes_on(&self, key: &str) -> bool {
        let start = format!("{key} ");
        self.names.range(start.clone()..).next().is_some_and(|(name, _)| name.starts_with(&start))
    }

    pub(crate) fn index(&self, reference: &str) -> Option<usize> {
        self.indices.get(reference).copied()
    }

    pub(crate) fn line(&self, index: usize) -> (usize, &str) {
        let (file, line) = &self.lines[index];
        (*file, line)
    }

    pub(crate) fn addition(&self, id: EntryId) -> Option<&Addition> {
        self.additions.get(&id)
    }

    /// The entries with offices of their own or added ones.
    pub(crate) fn office_holders(&self) -> impl Iterator<Item = EntryId> {
        self.office_holders.iter().copied()
    }
}

/// The items of a file.
pub(crate) fn items(file: &File) -> Result<Vec<Item>> {
    ron::Options::default()
        .with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME)
        .from_str(&file.text)
        .map_err(|error| Error::ron(&file.path, &error))
}

/// A line with the columns of the item's file.
fn line(item: &Item, name: &str, file: usize) -> String {
    let number = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
    let gender = match item.gender {
        Some(Gender::Female) => "f",
        Some(Gender::Male) => "m",
        _ => "",
    };
    let refs: Vec<String> = item.refs.iter().map(|(scheme, value)| format!("{scheme}={value}")).collect();
    let mut columns = vec![
        item.entry[1..].to_string(),
        name.trim_start_matches("the ").to_string(),
        item.class.clone(),
        item.country.clone(),
        number(item.lat),
        number(item.lon),
        item.population.map(|count| count.to_string()).unwrap_or_default(),
        item.fame.unwrap_or(5).to_string(),
        refs.join(","),
        gender.to_string(),
    ];
    columns.extend(match FILES[file].0 {
        "organizations" => {
            let acronym = item.abbreviations.first().cloned().unwrap_or_default();
            vec![acronym, String::new(), String::new(), String::new(), String::new(), item.members.join(",")]
        }
        "persons" => vec![item.surname.clone().unwrap_or_default(), offices(item)],
        "places" => vec![String::new(), item.within.join(","), String::new()],
        _ => Vec::new(),
    });
    columns.join("\t")
}

/// The item's offices as in `persons.tsv`.
pub(crate) fn offices(item: &Item) -> String {
    let offices: Vec<String> = (item.offices.iter())
        .map(|tenure| {
            let Tenure { country, organization, role, title, from, to, seen } = tenure;
            format!("{country}|{organization}|{role}|{title}|{from}|{to}|{seen}|+")
        })
        .collect();
    offices.join(";")
}

/// The line that begins an item, from 1.
pub(crate) fn line_of(file: &File, entry: &str) -> usize {
    file.text.lines().position(|line| line.contains(&format!("\"{entry}\""))).unwrap_or(0) + 1
}

fn mistake(file: &File, entry: &str, problem: &str, advice: &str) -> Error {
    let line = line_of(file, entry);
    Error::Syntax {
        path: file.path.clone(),
        line,
        column: 1,
        problem: format!("`{entry}` {problem}"),
        advice: advice.to_string(),
    }
}
