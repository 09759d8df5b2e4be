//! Bytes to articles.
//!
//! A file, a folder or standard input is a source; a source gives items in order. `samarkand.txt` gives one article called
//! `samarkand`; a line `{"id": "a1", "text": "Putin met Xi."}` of `news.jsonl` gives the article `a1`.
//!
//! What the user named must be readable, else the run ends with an error. What a folder happens to hold, and single lines
//! of a long file, may fail: they are left out and a notice says so.

pub mod decode;
pub mod text;
pub mod lines;
pub mod jsonl;
pub mod conllu;
pub mod source;

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use crate::article::Article;
use crate::document::ParsedArticle;
use crate::error::{Error, Result};
use crate::record::Record;

pub use source::Source;

/// The longest text that counts as one article, in bytes. Novels are shorter.
pub const LONGEST_TEXT: usize = 8 << 20;

/// What reading gives.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    Article(Article),
    /// An article with the trees of another parser.
    Parsed(Box<ParsedArticle>),
    /// An article that was extracted before.
    Record(Box<Record>),
    /// Something left out or doubtful, which the user should know; reading goes on.
    Notice(Error),
}

/// The items of a source, in order; an error ends them.
pub type Items = Box<dyn Iterator<Item = Result<Item>> + Send>;

/// An input format.
pub struct Input {
    pub name: &'static str,
    pub extensions: &'static [&'static str],
    pub about: &'static str,
    pub read: fn(Source) -> Items,
}

/// All input formats; the first is that of standard input.
pub static INPUTS: &[Input] = &[text::INPUT, lines::INPUT, jsonl::INPUT, conllu::INPUT];

/// The format of this name.
pub fn input(name: &str) -> Result<&'static Input> {
    INPUTS.iter().find(|input| input.name == name).ok_or_else(|| {
        let names: Vec<&str> = INPUTS.iter().map(|input| input.name).collect();
        Error::Request {
            problem: format!("`{name}` is not an input format"),
            advice: format!("choose one of {}", names.join(", ")),
        }
    })
}

/// The format that the file's extension says; text where it has none.
pub fn input_for(path: &Path) -> Result<&'static Input> {
    let Some(extension) = path.extension() else { return Ok(&INPUTS[0]) };
    let extension = extension.to_string_lossy().to_lowercase();
    INPUTS.iter().find(|input| input.extensions.contains(&extension.as_str())).ok_or_else(|| {
        let known: Vec<&str> = INPUTS.iter().flat_map(|input| input.extensions).copied().collect();
        Error::File {
            path: path.display().to_string(),
            problem: format!("the extension `.{extension}` is none that articles are read from"),
            advice: format!("known are .{}; --input-format text reads any file as text", known.join(", .")),
        }
    })
}

/// What holds for all sources of a run.
#[derive(Clone, Copy, Default)]
pub struct Options {
    /// Overrides what the extensions say.
    pub input: Option<&'static Input>,
    /// The day of the articles that come without one.
    pub date: Option<Date>,
}

/// The items of all `paths`, one after the other; `-` is standard input, a folder stands for the files in it.
///
/// All paths are looked at before the first item comes, so that a misspelt name does not end a long run. Ids are made
/// unique: a second `a` becomes `a-2`.
pub fn read(paths: &[PathBuf], options: Options) -> Result<impl Iterator<Item = Result<Item>> + Send + use<>> {
    let mut sources = Vec::new();
    let mut notices = Vec::new();
    for path in paths {
        source::find(path, options.input, &mut sources, &mut notices)?;
    }
    let mut ids = Ids::default();
    let notices = notices.into_iter().map(|notice| Ok(Item::Notice(notice)));
    Ok(notices.chain(sources.into_iter().flat_map(source::Found::items)).map(move |item| {
        item.map(|item| match item {
            Item::Article(article) => {
                Item::Article(Article { id: ids.unique(article.id), date: article.date.or(options.date), ..article })
            }
            Item::Parsed(mut parsed) => {
                parsed.article.id = ids.unique(std::mem::take(&mut parsed.article.id));
                parsed.article.date = parsed.article.date.or(options.date);
                Item::Parsed(parsed)
            }
            Item::Record(mut record) => {
                record.id = ids.unique(std::mem::take(&mut record.id));
                Item::Record(record)
            }
            Item::Notice(notice) => Item::Notice(notice),
        })
    }))
}

/// The ids given out so far.
#[derive(Default)]
struct Ids(HashSet<String>);

impl Ids {
    fn unique(&mut self, id: String) -> String {
        let mut unique = id.clone();
        let mut count = 1;
        while !self.0.insert(unique.clone()) {
            count += 1;
            unique = format!("{id}-{count}");
        }
        unique
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique() {
        let mut ids = Ids::default();
        let given: Vec<String> = ["a", "a", "a-2", "a"].map(|id| ids.unique(id.to_string())).to_vec();
        assert_eq!(given, ["a", "a-2", "a-2-2", "a-3"]);
    }

    #[test]
    fn the_extension_says_the_format() {
        assert_eq!(input_for(Path::new("a.TXT")).unwrap().name, "text");
        assert_eq!(input_for(Path::new("a.ndjson")).unwrap().name, "jsonl");
        assert_eq!(input_for(Path::new("README")).unwrap().name, "text");
        let error = input_for(Path::new("a.docx")).map(|input| input.name).unwrap_err().to_string();
        assert!(error.contains("`.docx`") && error.contains("--input-format text"), "{error}");
    }
}
