//! Checks of a reference base: what a file says that cannot be, each with its file and line.
//!
//! ```text
//! mine/knowledge/persons.tsv:12: the office of `President` ends on 2011-05 before it begins on 2012-05
//! ```
//! Loading a base stops at the first line that cannot be read; here every file is read to its end, and what stands in it is held
//! against the rest: ids that occur twice, names that two countries claim, dates upside down, codes that nothing has.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;

use super::base::FILES;
use super::curated::{self, Item};
use super::data::{Data, File};
use super::entry::read_role;
use super::names::{Cell, How, fold};
use super::table;
use crate::error::{Error, Result};

/// Something wrong in a line of a data file; lines count from 1.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    pub path: String,
    pub line: usize,
    pub problem: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}: {}", self.path, self.line, self.problem)
    }
}

/// Everything wrong in the files of `knowledge/`, by file and line. An error where a file cannot be read at all.
pub fn check(data: &Data) -> Result<Vec<Problem>> {
    let files = data.files("knowledge/")?;
    let mut items = Vec::new();
    for file in files.iter().filter(|file| file.path.ends_with(".ron")) {
        items.push((file, curated::items(file)?));
    }
    let mut checker = Checker::new(&files, &items);
    for file in &files {
        match stem(file) {
            _ if file.path.ends_with(".ron") => {}
            "countries" | "organizations" | "persons" | "places" | "peoples" => checker.entries(file),
            "names" => checker.names(file),
            "holders" => checker.holders(file),
            "facts" => checker.facts(file),
            "towns" => checker.towns(file),
            _ => checker.order(file),
        }
    }
    for (file, items) in &items {
        checker.curated(file, items);
    }
    checker.claims();
    checker.problems.sort();
    checker.problems.dedup();
    Ok(checker.problems)
}

struct Checker<'a> {
    problems: Vec<Problem>,
    /// Every entry by its letter and id: `cRUS`.
    ids: BTreeSet<String>,
    /// States and territories that are there now, and what each belongs to.
    countries: HashMap<&'a str, &'a str>,
    /// Folded names to the countries that claim them outright, and where.
    claims: BTreeMap<String, Vec<(String, String, usize)>>,
}

impl<'a> Checker<'a> {
    fn new(files: &'a [File], items: &[(&File, Vec<Item>)]) -> Checker<'a> {
        let mut ids = BTreeSet::new();
        let mut countries = HashMap::new();
        for file in files {
            let Some((name, letter)) = FILES.iter().find(|(name, _)| *name == stem(file)) else { continue };
            for line in file.text.lines().skip(1) {
                let columns: Vec<&str> = line.split('\t').collect();
                ids.insert(format!("{letter}{}", columns[0]));
                if *name == "countries" && columns.get(2) != Some(&"former") {
                    countries.insert(columns[0], columns.get(12).copied().unwrap_or_default());
                }
            }
        }
        let own = items.iter().flat_map(|(_, items)| items).filter(|item| item.name.is_some());
        ids.extend(own.map(|item| item.entry.clone()));
        Checker { problems: Vec::new(), ids, countries, claims: BTreeMap::new() }
    }

    fn report(&mut self, file: &File, line: usize, problem: String) {
        self.problems.push(Problem { path: file.path.clone(), line, problem });
    }

    /// What loading asks of a table as well.
    fn order(&mut self, file: &File) {
        if let Err(Error::Syntax { line, problem, advice, .. }) = table::check(file) {
            self.report(file, line, format!("{problem}; {advice}"));
        }
    }

    fn entries(&mut self, file: &'a File) {
        self.order(file);
        let name = stem(file);
        let mut before = "";
        for (line, text) in rows(file) {
            let columns: Vec<&str> = text.split('\t').collect();
            let column = |index: usize| columns.get(index).copied().unwrap_or_default();
            if column(0) == before {
                self.report(file, line, format!("the id `{before}` stands twice; give one of the two another"));
            }
            before = column(0);
            for code in column(3).split(',') {
                self.code(file, line, code);
            }
            self.point(file, line, column(4), column(5));
            self.references(file, line, column(8));
            match name {
                "countries" => {
                    self.code(file, line, column(12));
                    self.dates(file, line, "the entry", column(14), column(15));
                }
                "organizations" => {
                    self.dates(file, line, "the organization", column(12), column(13));
                    for member in column(15).split(',') {
                        self.code(file, line, member.split('/').next().unwrap_or_default());
                    }
                }
                "persons" => column(11).split(';').for_each(|office| self.office(file, line, office)),
                "places" => {
                    column(11).split(',').chain(column(12).split(',')).for_each(|code| self.code(file, line, code));
                }
                _ => {}
            }
        }
    }

    /// An office as in `persons.tsv`: country, organization, role, title, first and last day.
    fn office(&mut self, file: &File, line: usize, office: &str) {
        if office.is_empty() {
            return;
        }
        let parts: Vec<&str> = office.split('|').collect();
        let [country, organization, role, title, from, to, ..] = parts[..] else {
            self.report(file, line, format!("the office `{office}` has too few parts; data/README.md lists them"));
            return;
        };
        self.code(file, line, country);
        if !organization.is_empty() && !self.ids.contains(&format!("o{organization}")) {
            self.report(file, line, format!("no organization has the id `{organization}`"));
        }
        if read_role(role).is_none() {
            self.report(file, line, format!("there is no role `{role}`; data/lexicon/persons.ron has the roles"));
        }
        self.dates(file, line, &format!("the office of `{title}`"), from, to);
    }

    fn dates(&mut self, file: &File, line: usize, what: &str, from: &str, to: &str) {
        for date in [from, to].into_iter().filter(|date| !is_date(date)) {
            self.report(file, line, format!("`{date}` is no date; write 2024, 2024-05 or 2024-05-31"));
        }
        let shared = from.len().min(to.len());
        if shared > 0 && from.is_char_boundary(shared) && to.is_char_boundary(shared) && from[..shared] > to[..shared] {
            self.report(file, line, format!("{what} ends on {to} before it begins on {from}"));
        }
    }

    fn code(&mut self, file: &File, line: usize, code: &str) {
        if !code.is_empty() && !self.ids.contains(&format!("c{code}")) {
            self.report(file, line, format!("no country has the code `{code}`; countries.tsv lists them"));
        }
    }

    fn point(&mut self, file: &File, line: usize, lat: &str, lon: &str) {
        for (text, most) in [(lat, 90.0), (lon, 180.0)].into_iter().filter(|(text, _)| !text.is_empty()) {
            if !text.parse::<f64>().is_ok_and(|degrees| degrees.abs() <= most) {
                self.report(file, line, format!("`{text}` is no degree between -{most} and {most}"));
            }
        }
    }

    /// `wikidata=Q159,iso3166=RUS`.
    fn references(&mut self, file: &File, line: usize, refs: &str) {
        for pair in refs.split(',').filter(|pair| !pair.is_empty()) {
            let (scheme, value) = pair.split_once('=').unwrap_or((pair, ""));
            let fits = match scheme {
                "wikidata" => value.strip_prefix('Q').is_some_and(is_number),
                "iso3166" => value.len() == 3 && value.bytes().all(|byte| byte.is_ascii_uppercase()),
                "geonames" => is_number(value),
                _ => !value.is_empty(),
            };
            if !fits {
                self.report(
                    file,
                    line,
                    format!("`{pair}` is no reference; write wikidata=Q159, iso3166=RUS or geonames=1216265"),
                );
            }
        }
    }

    fn names(&mut self, file: &File) {
        self.order(file);
        for (line, text) in rows(file) {
            let mut columns = text.split('\t');
            let key = columns.next().unwrap_or_default();
            if fold(key) != key {
                self.report(file, line, format!("`{key}` is not folded; write `{}`", fold(key)));
            }
            for text in columns {
                match Cell::read(text) {
                    None => self.report(file, line, format!("`{text}` is no cell; write ENTRY:HOW, as pQ7747:s9")),
                    Some(cell) if !self.ids.contains(cell.entry) => {
                        self.report(file, line, format!("`{key}` names `{}`, which no file has", cell.entry));
                    }
                    Some(cell) => self.claim(file, line, key, cell.entry, cell.how, cell.weak),
                }
            }
        }
    }

    /// Notes that a country is called so, whatever the article.
    fn claim(&mut self, file: &File, line: usize, key: &str, entry: &str, how: How, weak: bool) {
        let outright = matches!(how, How::Name | How::Alias | How::Abbreviation) && !weak;
        let country = entry.strip_prefix('c').filter(|code| self.countries.contains_key(code));
        if let Some(code) = country.filter(|_| outright) {
            let claims = self.claims.entry(key.to_string()).or_default();
            claims.push((code.to_string(), file.path.clone(), line));
        }
    }

    /// A name that means two countries outright. A territory may bear its country's.
    fn claims(&mut self) {
        for (key, claims) in std::mem::take(&mut self.claims) {
            for (index, (code, path, line)) in claims.iter().enumerate() {
                let belongs = |one: &str, other: &str| self.countries.get(one).is_some_and(|owner| *owner == other);
                let rival = claims[..index]
                    .iter()
                    .find(|(other, _, _)| other != code && !belongs(code, other) && !belongs(other, code));
                if let Some((other, _, _)) = rival {
                    let problem = format!(
                        "`{key}` is an alias of two countries, {other} and {code}; mark it as weak (`?`) for the one it means less often"
                    );
                    self.problems.push(Problem { path: path.clone(), line: *line, problem });
                }
            }
        }
    }

    fn holders(&mut self, file: &File) {
        self.order(file);
        for (line, text) in rows(file) {
            let (key, persons) = text.split_once('\t').unwrap_or((text, ""));
            let (holder, role) = key.split_once('/').unwrap_or((key, ""));
            if !self.ids.contains(&format!("c{holder}")) && !self.ids.contains(&format!("o{holder}")) {
                self.report(file, line, format!("no country or organization has the code `{holder}`"));
            }
            if read_role(role).is_none() {
                self.report(file, line, format!("there is no role `{role}`; data/lexicon/persons.ron has the roles"));
            }
            for person in
                persons.split(' ').filter(|person| !self.ids.contains(&format!("p{person}"))).collect::<Vec<_>>()
            {
                self.report(file, line, format!("no person has the id `{person}`"));
            }
        }
    }

    fn facts(&mut self, file: &File) {
        self.order(file);
        for (line, text) in rows(file) {
            let columns: Vec<&str> = text.split('\t').collect();
            self.code(file, line, columns[0]);
            if let [_, "border" | "dispute" | "export_partner" | "import_partner", other, ..] = columns[..] {
                self.code(file, line, other);
            }
        }
    }

    fn towns(&mut self, file: &File) {
        self.order(file);
        let mut lines: HashMap<&str, usize> = HashMap::new();
        for (line, text) in rows(file) {
            let columns: Vec<&str> = text.split('\t').collect();
            let column = |index: usize| columns.get(index).copied().unwrap_or_default();
            if let Some(other) = lines.insert(text.split('\t').nth(1).unwrap_or_default(), line) {
                self.report(file, line, format!("the id `{}` stands in line {other} as well", column(1)));
            }
            self.code(file, line, column(3));
            self.point(file, line, column(5), column(6));
        }
    }

    fn curated(&mut self, file: &File, items: &[Item]) {
        let mut own: HashMap<&str, usize> = HashMap::new();
        for item in items {
            let line = curated::line_of(file, &item.entry);
            if item.name.is_some() && own.insert(&item.entry, line).is_some() {
                self.report(file, line, format!("the id `{}` stands twice; give one of the two another", item.entry));
            }
            if item.name.is_none() && !self.ids.contains(&item.entry) {
                self.report(
                    file,
                    line,
                    format!("`{}` is no entry to add to; give it a name, or correct the key", item.entry),
                );
            }
            let members = item.members.iter().map(|member| member.split('/').next().unwrap_or_default());
            let codes = item.country.split(',').chain(members).chain(item.within.iter().map(String::as_str));
            codes.for_each(|code| self.code(file, line, code));
            let degrees = |degrees: Option<f64>| degrees.map(|degrees| degrees.to_string()).unwrap_or_default();
            self.point(file, line, &degrees(item.lat), &degrees(item.lon));
            curated::offices(item).split(';').for_each(|office| self.office(file, line, office));
            let names = item.name.iter().map(|name| (name, How::Name));
            let names = names.chain(item.aliases.iter().map(|alias| (alias, How::Alias)));
            for (name, how) in names.chain(item.abbreviations.iter().map(|short| (short, How::Abbreviation))) {
                self.claim(file, line, &fold(name), &item.entry, how, false);
            }
        }
    }
}

/// The lines below the first with their numbers.
fn rows(file: &File) -> impl Iterator<Item = (usize, &str)> {
    file.text.lines().enumerate().skip(1).map(|(index, line)| (index + 1, line))
}

/// `persons` of `mine/knowledge/persons.tsv`.
fn stem(file: &File) -> &str {
    let name = file.path.rsplit(['/', '\\']).next().unwrap_or_default();
    name.split('.').next().unwrap_or_default()
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Empty, or ISO 8601 as precise as known.
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let fits = |part: &str, length: usize, most: u32| {
        part.len() == length && is_number(part) && part.parse::<u32>().is_ok_and(|number| (1..=most).contains(&number))
    };
    text.is_empty()
        || parts.len() <= 3
            && parts.iter().zip([(4, 9999), (2, 12), (2, 31)]).all(|(part, (length, most))| fits(part, length, most))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_base_is_well() {
        let problems: Vec<String> = check(&Data::embedded()).unwrap().iter().map(Problem::to_string).collect();
        assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
    }

    #[test]
    fn every_mistake_is_told_with_its_line() {
        let directory = std::env::temp_dir().join(format!("geopol-check-{}", std::process::id()));
        std::fs::create_dir_all(directory.join("knowledge")).unwrap();
        let persons = "#id\tname\ttype\tcountry\tlat\tlon\tpopulation\tfame\trefs\tgender\tsurname\toffices\n\
                       Q1\tOne\tperson\tXYZ\t\t\t\t1\twikidata=1\tm\tOne\tRUS||head_of_state|President|2012-05|2011-05||\n\
                       Q2\tTwo\tperson\tRUS\t95\t\t\t1\t\tm\tTwo\tRUS||chief|Chief|2012-13|||\n\
                       Q2\tTwo\tperson\tRUS\t\t\t\t1\t\tm\tTwo\t\n";
        std::fs::write(directory.join("knowledge/persons.tsv"), persons).unwrap();
        std::fs::write(
            directory.join("knowledge/names.tsv"),
            "#key\tentry\none\tpQ1:n3\tpQ9:n3\nsame\tcRUS:a5\tcCHN:a5\n",
        )
        .unwrap();
        std::fs::write(directory.join("knowledge/holders.tsv"), "#country/role\tpersons\nRUS/chief\tQ1\n").unwrap();
        let mine =
            "[\n(entry: \"cPOL\", aliases: [\"Same\"]),\n(entry: \"ox-mine\", name: \"Mine\", country: \"ZZZ\"),\n]";
        std::fs::write(directory.join("knowledge/mine.ron"), mine).unwrap();
        let problems = check(&Data::from_dir(&directory).unwrap()).unwrap();
        std::fs::remove_dir_all(&directory).unwrap();
        let told = |file: &str, line: usize, words: &str| {
            let found = problems
                .iter()
                .any(|problem| problem.path.ends_with(file) && problem.line == line && problem.problem.contains(words));
            assert!(found, "{file}:{line} {words} is not in {problems:#?}");
        };
        told("persons.tsv", 2, "`XYZ`");
        told("persons.tsv", 2, "ends on 2011-05 before it begins on 2012-05");
        told("persons.tsv", 2, "`wikidata=1` is no reference");
        told("persons.tsv", 3, "`95`");
        told("persons.tsv", 3, "no role `chief`");
        told("persons.tsv", 3, "`2012-13` is no date");
        told("persons.tsv", 4, "`Q2` stands twice");
        told("names.tsv", 2, "`pQ9`");
        told("names.tsv", 3, "`same` is an alias of two countries, RUS and CHN");
        told("holders.tsv", 2, "no role `chief`");
        told("mine.ron", 2, "`same` is an alias of two countries");
        told("mine.ron", 3, "`ZZZ`");
    }
}
