//! Towns: the many small places that only an article's countries and divisions can tell apart.
//!
//! `towns.tsv` holds a line for each town, so that "Emerald" is one town of Queensland and one of Victoria. It is asked for names
//! that are taken for places already, never to find names: every surname and every other word is a town somewhere.

use super::table::Table;

#[derive(Debug)]
pub(crate) struct Towns(Table);

/// A town's line and how well known it is.
pub(crate) struct Town {
    pub offset: usize,
    /// 0 to 9, from its population as in `places.tsv`.
    pub fame: u8,
}

impl Towns {
    pub(crate) fn new(table: Table) -> Towns {
        Towns(table)
    }

    /// All towns of a folded name.
    pub(crate) fn called(&self, key: &str) -> Vec<Town> {
        let start = format!("{key}\t");
        self.0.offsets_starting_with(&start).map(|(offset, line)| Town { offset, fame: fame(line) }).collect()
    }

    pub(crate) fn line(&self, offset: usize) -> &str {
        self.0.line(offset)
    }
}

fn fame(line: &str) -> u8 {
    let population: f64 = line.split('\t').nth(7).and_then(|count| count.parse().ok()).unwrap_or(0.0);
    (population.max(1000.0).log10() - 2.2).round().clamp(0.0, 9.0) as u8
}

#[cfg(test)]
mod tests {
    use crate::knowledge::Knowledge;

    #[test]
    fn towns_come_with_their_division() {
        let base = Knowledge::embedded().base;
        let found = base.places("Emerald");
        let mut towns: Vec<String> = (found.iter())
            .map(|found| base.entry(found.entry))
            .map(|town| format!("{} {} {}", town.name, town.country.unwrap_or("-"), town.admin1().unwrap_or("-")))
            .collect();
        towns.sort();
        assert_eq!(towns, ["Emerald AUS Queensland", "Emerald AUS Victoria"]);
        assert!(base.lookup("Emerald").is_empty());
        let town = base.entry(found[0].entry);
        assert!(town.lat.is_some() && town.refs().iter().any(|(scheme, _)| scheme == "geonames"));
    }
}
