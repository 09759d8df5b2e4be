//! Tables: text of sorted lines that is searched where it lies.
//!
//! A line is a key, then columns, with a tab after each but the last. Looking for `samarkand` in `names.tsv` takes some
//! twenty comparisons and gives the line's offset; nothing is read before, so a big table costs nothing at the start.

use super::data::File;
use crate::error::{Error, Result};
use std::borrow::Cow;
use std::sync::OnceLock;

/// The lines of one file, sorted by bytes; the first one names the columns and starts with `#`.
#[derive(Debug)]
pub(crate) struct Table {
    text: Cow<'static, str>,
    /// Made at the first search.
    marks: OnceLock<Vec<(u64, u32)>>,
}

impl Table {
    /// The built-in files are checked by a test, a user's here: their order, and the number of columns.
    pub(crate) fn new(file: File) -> Result<Table> {
        if matches!(file.text, Cow::Owned(_)) {
            check(&file)?;
        }
        Ok(Table { text: file.text, marks: OnceLock::new() })
    }

    /// The line with this key, and its offset.
    pub(crate) fn find(&self, key: &str) -> Option<(usize, &str)> {
        let offset = self.position(key);
        let line = self.line(offset);
        (key_of(line) == key).then_some((offset, line))
    }

    /// All lines that start with `prefix`, the one whose key is `prefix` first.
    pub(crate) fn starting_with<'table, 'prefix>(
        &'table self,
        prefix: &'prefix str,
    ) -> impl Iterator<Item = &'table str> + use<'table, 'prefix> {
        self.text[self.position(prefix)..].lines().take_while(move |line| line.starts_with(prefix))
    }

    /// As `starting_with`, with the offset of each line.
    pub(crate) fn offsets_starting_with<'table, 'prefix>(
        &'table self,
        prefix: &'prefix str,
    ) -> impl Iterator<Item = (usize, &'table str)> + use<'table, 'prefix> {
        let mut offset = self.position(prefix);
        std::iter::from_fn(move || {
            let line = self.text.get(offset..)?.lines().next().filter(|line| line.starts_with(prefix))?;
            let found = (offset, line);
            offset += line.len() + 1;
            Some(found)
        })
    }

    /// The columns of the line that starts at this offset.
    pub(crate) fn line(&self, offset: usize) -> &str {
        let rest = &self.text[offset..];
        &rest[..rest.find('\n').unwrap_or(rest.len())]
    }

    pub(crate) fn lines(&self) -> impl Iterator<Item = &str> {
        self.text.lines().skip(1)
    }

    /// The offset of the first line that is not less than this key: the key's own, if there is one.
    fn position(&self, key: &str) -> usize {
        let text = self.text.as_bytes();
        // Between the last marked line that is surely less and the first that is surely not.
        let marks = self.marks.get_or_init(|| marks(&self.text));
        let head = head(key.as_bytes());
        let low = marks.partition_point(|(other, _)| *other < head);
        let high = low + marks[low..].partition_point(|(other, _)| *other == head);
        let mut high = marks.get(high).map_or(text.len(), |(_, start)| *start as usize);
        let mut low = low.checked_sub(1).map_or(0, |before| marks[before].1 as usize);
        while low < high {
            let middle = low + (high - low) / 2;
            let start =
                text[low..middle].iter().rposition(|byte| *byte == b'\n').map_or(low, |newline| low + newline + 1);
            let line = self.line(start);
            if line.as_bytes() < key.as_bytes() {
                low = (start + line.len() + 1).min(high);
            } else {
                high = start;
            }
        }
        low
    }
}

/// So far apart are the lines that the first look goes to.
const STRIDE: usize = 256;

/// Where some lines start, and how they do.
fn marks(text: &str) -> Vec<(u64, u32)> {
    let starts = (STRIDE..text.len()).step_by(STRIDE).filter_map(|at| {
        let newline = text.as_bytes()[at..].iter().position(|byte| *byte == b'\n')?;
        Some(at + newline + 1).filter(|start| *start < text.len())
    });
    let mut marks: Vec<(u64, u32)> = starts.map(|start| (head(&text.as_bytes()[start..]), start as u32)).collect();
    marks.dedup();
    marks
}

/// The first bytes as a number that sorts as they do. What lies behind the line's end does not count.
fn head(bytes: &[u8]) -> u64 {
    let bytes = bytes.iter().take_while(|byte| **byte != b'\n').chain(std::iter::repeat(&0));
    bytes.take(8).fold(0, |head, byte| head << 8 | u64::from(*byte))
}

fn key_of(line: &str) -> &str {
    line.split('\t').next().unwrap_or(line)
}

/// The order of the lines, and the number of columns.
pub(crate) fn check(file: &File) -> Result<()> {
    let mut before = "";
    let columns = file.text.lines().next().map_or(0, |header| header.split('\t').count());
    for (index, line) in file.text.lines().enumerate() {
        let problem = if index == 0 && !line.starts_with('#') {
            Some(("the first line does not name the columns", "start the file with the first line of the built-in one"))
        } else if line.as_bytes() < before.as_bytes() {
            Some(("this line is smaller than the one before", "sort the lines by bytes: LC_ALL=C sort"))
        } else if line.split('\t').count() < columns.min(2) {
            Some(("there are too few columns", "put a tab between columns, as in the first line"))
        } else {
            None
        };
        if let Some((problem, advice)) = problem {
            let (path, problem, advice) = (file.path.clone(), problem.to_string(), advice.to_string());
            return Err(Error::Syntax { path, line: index + 1, column: 1, problem, advice });
        }
        before = line;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::data::Data;

    fn table(text: &str) -> Result<Table> {
        Table::new(File { path: "test.tsv".to_string(), text: Cow::Owned(text.to_string()) })
    }

    #[test]
    fn every_line_is_found_and_nothing_else() {
        let table = table("#key\tvalue\na\t1\na b\t2\nab\t3\nb\t4\n").unwrap();
        for (key, value) in [
            ("a", Some("1")),
            ("a b", Some("2")),
            ("ab", Some("3")),
            ("b", Some("4")),
            ("", None),
            ("aa", None),
            ("c", None),
        ] {
            assert_eq!(table.find(key).map(|(_, line)| line.split('\t').nth(1).unwrap()), value, "{key}");
        }
        assert_eq!(table.starting_with("a").count(), 3);
        assert_eq!(table.starting_with("a ").count(), 1);
        assert_eq!(table.starting_with("c").count(), 0);
    }

    #[test]
    fn the_last_line_may_lack_its_end() {
        assert!(table("#key\na\nb").unwrap().find("b").is_some());
        assert!(table("").unwrap().find("b").is_none());
    }

    #[test]
    fn a_mistake_is_told_with_its_line() {
        assert!(
            table("#k\tv\nb\t1\na\t2\n").unwrap_err().to_string().starts_with("test.tsv:3:1: this line is smaller")
        );
        assert!(table("a\t1\n").unwrap_err().to_string().contains("name the columns"));
        assert!(table("#k\tv\na\n").unwrap_err().to_string().contains("too few columns"));
    }

    #[test]
    fn built_in_files_are_sorted() {
        for file in Data::embedded().files("knowledge/").unwrap().iter().filter(|file| file.path.ends_with(".tsv")) {
            check(file).unwrap();
        }
    }
}
