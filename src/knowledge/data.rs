//! The data files: the only place that names them.
//!
//! Every file of `data/` that the program needs is compiled into it; a directory laid out like `data/` replaces the files
//! it holds, and may add files to a folder: `files("ontology/")` gives the built-in `ontology/diplomacy.ron` and the
//! user's `ontology/space.ron`.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

macro_rules! embed {
    ($($name:literal),* $(,)?) => { &[$(($name, include_str!(concat!("../../data/", $name)))),*] };
}

/// Name and contents, sorted by name.
static EMBEDDED: &[(&str, &str)] = embed![
    "knowledge/agents.tsv",
    "knowledge/clusters.tsv",
    "knowledge/common_words.tsv",
    "knowledge/companies.ron",
    "knowledge/countries.tsv",
    "knowledge/curated.ron",
    "knowledge/facts.tsv",
    "knowledge/given_names.tsv",
    "knowledge/holders.tsv",
    "knowledge/names.tsv",
    "knowledge/organizations.tsv",
    "knowledge/peoples.tsv",
    "knowledge/persons.tsv",
    "knowledge/places.tsv",
    "knowledge/surnames.tsv",
    "knowledge/towns.tsv",
    "lexicon/circumstances.ron",
    "lexicon/coreference.ron",
    "lexicon/measures.ron",
    "lexicon/metonymy.ron",
    "lexicon/nouns.ron",
    "lexicon/persons.ron",
    "lexicon/time.ron",
    "lexicon/verbs.ron",
    "ontology/conflict.ron",
    "ontology/diplomacy.ron",
    "ontology/economy.ron",
    "ontology/figures.ron",
    "ontology/geography.ron",
    "ontology/politics.ron",
    "ontology/security.ron",
    "ontology/society.ron",
];

/// Where data files come from: the program itself, and a directory that goes before it.
#[derive(Clone, Debug, Default)]
pub struct Data {
    directory: Option<PathBuf>,
    /// Single files that go before all others, by name.
    files: BTreeMap<String, PathBuf>,
}

/// One data file.
#[derive(Clone, Debug, PartialEq)]
pub struct File {
    /// Path for messages: the name below `data/`, or the user's path.
    pub path: String,
    pub text: Cow<'static, str>,
}

impl Data {
    /// The files compiled into the program.
    pub fn embedded() -> Data {
        Data::default()
    }

    /// The same, but files that this directory holds go before them.
    pub fn from_dir(directory: &Path) -> Result<Data> {
        std::fs::read_dir(directory).map_err(|error| Error::io(directory, &error))?;
        Ok(Data { directory: Some(directory.to_path_buf()), ..Data::default() })
    }

    /// The same, with the file at `path` under the name `name` (`ontology/mine.ron`), before all others.
    pub fn with_file(mut self, name: &str, path: &Path) -> Data {
        self.files.insert(name.to_string(), path.to_path_buf());
        self
    }

    /// One file by its name below `data/`: `lexicon/verbs.ron`.
    pub fn file(&self, name: &str) -> Result<File> {
        let in_directory =
            || self.directory.as_ref().map(|directory| directory.join(name)).filter(|path| path.exists());
        if let Some(path) = self.files.get(name).cloned().or_else(in_directory) {
            let text = std::fs::read_to_string(&path).map_err(|error| Error::io(&path, &error))?;
            return Ok(File { path: path.display().to_string(), text: Cow::Owned(text) });
        }
        let text = EMBEDDED.iter().find(|(known, _)| *known == name).map(|(_, text)| *text);
        let text = text.ok_or_else(|| Error::File {
            path: format!("data/{name}"),
            problem: "there is no data file of this name".to_string(),
            advice: "data/README.md lists the files".to_string(),
        })?;
        Ok(File { path: format!("data/{name}"), text: Cow::Borrowed(text) })
    }

    /// All files whose name starts with `prefix` (a folder: `ontology/`), sorted by name; the directory's own ones included.
    pub fn files(&self, prefix: &str) -> Result<Vec<File>> {
        let mut names: Vec<String> =
            EMBEDDED.iter().filter(|(name, _)| name.starts_with(prefix)).map(|(name, _)| name.to_string()).collect();
        names.extend(self.files.keys().filter(|name| name.starts_with(prefix)).cloned());
        if let Some(folder) =
            self.directory.as_ref().map(|directory| directory.join(prefix)).filter(|path| path.is_dir())
        {
            for entry in std::fs::read_dir(&folder).map_err(|error| Error::io(&folder, &error))? {
                let name = entry.map_err(|error| Error::io(&folder, &error))?.file_name();
                let name = name.to_string_lossy();
                if name.ends_with(".ron") || name.ends_with(".tsv") {
                    names.push(format!("{prefix}{name}"));
                }
            }
        }
        names.sort();
        names.dedup();
        names.iter().map(|name| self.file(name)).collect()
    }

    /// A RON file as a value.
    pub fn ron<T: serde::de::DeserializeOwned>(&self, name: &str) -> Result<T> {
        let file = self.file(name)?;
        ron::from_str(&file.text).map_err(|error| Error::ron(&file.path, &error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn embedded_names_are_sorted() {
        assert!(EMBEDDED.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }

    #[test]
    fn a_directory_goes_before_the_program_and_may_add() {
        let directory = std::env::temp_dir().join(format!("geopol-data-{}", std::process::id()));
        std::fs::create_dir_all(directory.join("lexicon")).unwrap();
        std::fs::write(directory.join("lexicon/verbs.ron"), "(mine: true)").unwrap();
        std::fs::write(directory.join("lexicon/zebra.ron"), "()").unwrap();
        let data = Data::from_dir(&directory).unwrap();
        assert_eq!(data.file("lexicon/verbs.ron").unwrap().text, "(mine: true)");
        assert!(data.file("lexicon/nouns.ron").unwrap().path.starts_with("data/"));
        let paths: Vec<String> = data.files("lexicon/").unwrap().into_iter().map(|file| file.path).collect();
        assert!(paths.last().unwrap().ends_with("zebra.ron"), "{paths:?}");
        assert_eq!(paths.len(), Data::embedded().files("lexicon/").unwrap().len() + 1);
        std::fs::remove_dir_all(&directory).unwrap();
    }

    #[test]
    fn a_missing_file_says_so() {
        assert!(
            Data::embedded().file("lexicon/nothing.ron").unwrap_err().to_string().contains("data/lexicon/nothing.ron")
        );
        assert!(Data::from_dir(Path::new("/no/such/place")).is_err());
    }
}
