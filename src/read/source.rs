//! Sources: where bytes come from. Paths become an ordered list of files; a folder stands for the articles in it.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::read::{self, INPUTS, Input, Item, Items};

/// Bytes with a name.
pub struct Source {
    /// As messages show it: the path, or `standard input`.
    pub name: String,
    /// The id of an article that is the whole source.
    pub id: String,
    pub bytes: Box<dyn BufRead + Send>,
}

impl Source {
    /// A source that is in memory.
    pub fn new(name: &str, bytes: impl Into<Vec<u8>>) -> Source {
        let id = Path::new(name).file_stem().map_or_else(|| name.into(), |stem| stem.to_string_lossy());
        Source { name: name.to_string(), id: id.into_owned(), bytes: Box::new(io::Cursor::new(bytes.into())) }
    }

    /// The file's content, from its start.
    pub fn open(path: &Path) -> Result<Source> {
        let file = File::open(path).map_err(|error| Error::io(path, &error))?;
        let source = Source::new(&path.display().to_string(), []);
        Ok(Source { bytes: Box::new(BufReader::with_capacity(1 << 16, file)), ..source })
    }

    fn standard_input() -> Source {
        let bytes = Box::new(BufReader::with_capacity(1 << 16, io::stdin()));
        Source { name: "standard input".to_string(), id: "stdin".to_string(), bytes }
    }

    /// The next bytes up to a line feed or the end, at most `limit` of them kept; `None` at the end of the source.
    pub(super) fn line(&mut self, limit: usize) -> Result<Option<Line>> {
        let mut line = Line { bytes: Vec::new(), is_cut: false };
        let mut is_begun = false;
        loop {
            let buffer = self.bytes.fill_buf().map_err(|error| Error::io(Path::new(&self.name), &error))?;
            if buffer.is_empty() {
                return Ok(is_begun.then_some(line));
            }
            is_begun = true;
            let end = buffer.iter().position(|&byte| byte == b'\n');
            let part = &buffer[..end.unwrap_or(buffer.len())];
            let kept = part.len().min(limit - line.bytes.len());
            line.bytes.extend_from_slice(&part[..kept]);
            line.is_cut |= kept < part.len();
            let taken = part.len() + usize::from(end.is_some());
            self.bytes.consume(taken);
            if end.is_some() {
                return Ok(Some(line));
            }
        }
    }

    /// All bytes, but no more than `limit` and one.
    pub(super) fn all(&mut self, limit: usize) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let mut limited = (&mut self.bytes).take(limit as u64 + 1);
        limited.read_to_end(&mut bytes).map_err(|error| Error::io(Path::new(&self.name), &error))?;
        Ok(bytes)
    }

    pub(super) fn error(&self, problem: impl Into<String>, advice: impl Into<String>) -> Error {
        Error::File { path: self.name.clone(), problem: problem.into(), advice: advice.into() }
    }

    pub(super) fn error_at(&self, line: usize, problem: impl Into<String>, advice: impl Into<String>) -> Error {
        let (problem, advice) = (problem.into(), advice.into());
        Error::Syntax { path: self.name.clone(), line, column: 1, problem, advice }
    }
}

/// A line without its line feed.
pub(super) struct Line {
    /// The first bytes of it, up to the limit.
    pub bytes: Vec<u8>,
    /// Bytes were left out.
    pub is_cut: bool,
}

/// A file that was found, not opened yet.
pub(super) struct Found {
    place: Place,
    input: Option<&'static Input>,
}

enum Place {
    StandardInput,
    Named(PathBuf),
    /// Found in a folder: an error on it becomes a notice.
    InFolder(PathBuf),
}

/// Adds what `path` stands for. Looks at names and at what is a folder, opens nothing.
pub(super) fn find(
    path: &Path,
    input: Option<&'static Input>,
    sources: &mut Vec<Found>,
    notices: &mut Vec<Error>,
) -> Result<()> {
    if path == Path::new("-") {
        sources.push(Found { place: Place::StandardInput, input });
        return Ok(());
    }
    let metadata = std::fs::metadata(path).map_err(|error| Error::io(path, &error))?;
    if !metadata.is_dir() {
        let input = Some(input.map_or_else(|| read::input_for(path), Ok)?);
        sources.push(Found { place: Place::Named(path.to_path_buf()), input });
        return Ok(());
    }
    let mut files = Vec::new();
    walk(path, &mut files)?;
    files.sort();
    let before = sources.len();
    let mut others = 0;
    for file in files {
        match input.map_or_else(|| read::input_for(&file), Ok) {
            Ok(input) => sources.push(Found { place: Place::InFolder(file), input: Some(input) }),
            Err(_) => others += 1,
        }
    }
    let known: Vec<&str> = INPUTS.iter().flat_map(|input| input.extensions).copied().collect();
    let notice = |problem: String| Error::File {
        path: path.display().to_string(),
        problem,
        advice: format!("articles end in .{}; --input-format text reads every file as text", known.join(", .")),
    };
    if sources.len() == before {
        return Err(notice("a folder without articles".to_string()));
    }
    if others > 0 {
        notices.push(notice(format!("{others} files of the folder left out: not articles by their names")));
    }
    Ok(())
}

/// All files below a folder but hidden ones; links to folders are not followed, so that no circle can form.
fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    let entries = std::fs::read_dir(folder).map_err(|error| Error::io(folder, &error))?;
    for entry in entries {
        let entry = entry.map_err(|error| Error::io(folder, &error))?;
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        let kind = entry.file_type().map_err(|error| Error::io(&entry.path(), &error))?;
        if kind.is_dir() {
            walk(&entry.path(), files)?;
        } else {
            files.push(entry.path());
        }
    }
    Ok(())
}

impl Found {
    /// Opens the source and reads it.
    pub(super) fn items(self) -> Items {
        let (source, in_folder) = match &self.place {
            Place::StandardInput => (Ok(Source::standard_input()), false),
            Place::Named(path) => (Source::open(path), false),
            Place::InFolder(path) => (Source::open(path), true),
        };
        let items = source.and_then(|mut source| {
            let input = match self.input {
                Some(input) => input,
                None => sniff(&mut source)?,
            };
            Ok((input.read)(source))
        });
        let items = items.unwrap_or_else(|error| Box::new(std::iter::once(Err(error))));
        if in_folder { Box::new(items.map(|item| item.or_else(|error| Ok(Item::Notice(error))))) } else { items }
    }
}

/// The format of standard input: JSON Lines where it begins so (`geopol extract … | geopol build -`), else text.
fn sniff(source: &mut Source) -> Result<&'static Input> {
    let start = source.bytes.fill_buf().map_err(|error| Error::io(Path::new(&source.name), &error))?;
    if start.starts_with(b"{\"") { read::input("jsonl") } else { Ok(&INPUTS[0]) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_cut_and_the_next_ones_are_whole() {
        let mut source = Source::new("a", "abcdef\nxy\n\nlast");
        let mut lines = Vec::new();
        while let Some(line) = source.line(3).unwrap() {
            lines.push((String::from_utf8(line.bytes.clone()).unwrap(), line.is_cut));
        }
        let expected = [("abc", true), ("xy", false), ("", false), ("las", true)];
        assert_eq!(lines, expected.map(|(text, cut)| (text.to_string(), cut)));
    }
}
