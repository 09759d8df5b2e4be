//! What the network looks at in a word: a word vector, hashed affixes, the shape, and whether a space stands before.
//!
//! "Kyiv's" is looked up as `kyiv's`, endings `'s` `v's` `iv's`, beginnings `kyi` `kyiv'`, shape `Xxpx`.
//! `training/features.py` says the same in Python; the parity test holds them together.

use super::model::{Hashes, ModelFile, Rows};
use crate::error::Result;

/// Hashed tables in input order: name and width.
const TABLES: [(&str, usize); 7] = [
    ("table.norm", 32),
    ("table.suffix2", 16),
    ("table.suffix3", 32),
    ("table.suffix4", 24),
    ("table.prefix3", 24),
    ("table.prefix5", 16),
    ("table.shape", 16),
];
const VECTOR: usize = 100;

/// Width of the network's input.
pub const WIDTH: usize = VECTOR + 32 + 16 + 32 + 24 + 24 + 16 + 16;

/// A word as the network sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Form<'t> {
    pub text: &'t str,
    /// No space stands between this word and the one before.
    pub glued: bool,
}

/// The look-up tables.
#[derive(Clone)]
pub struct Embedding {
    words: Hashes,
    vectors: Rows,
    tables: [Rows; TABLES.len()],
}

impl Embedding {
    pub fn new(file: &ModelFile) -> Result<Embedding> {
        let words = file.hashes("words")?;
        let vectors = file.rows("vectors", VECTOR)?;
        if vectors.rows != words.length + 1 {
            return Err(file.damaged("vectors"));
        }
        let mut tables = [vectors; TABLES.len()];
        for (table, (name, width)) in tables.iter_mut().zip(TABLES) {
            *table = file.rows(name, width)?;
            if table.rows < 2 {
                return Err(file.damaged(name));
            }
        }
        Ok(Embedding { words, vectors, tables })
    }

    /// Writes the `WIDTH` numbers of a word.
    pub fn write(&self, file: &ModelFile, form: Form<'_>, into: &mut [f32]) {
        let norm = normalise(form.text);
        // Row 0 is the vector of unknown words.
        let row = self.words.position(file, fnv64(&norm)).map_or(0, |position| position + 1);
        self.vectors.read(file, row, &mut into[..VECTOR]);
        let parts = [
            &norm,
            last_chars(&norm, 2),
            last_chars(&norm, 3),
            last_chars(&norm, 4),
            first_chars(&norm, 3),
            first_chars(&norm, 5),
        ];
        let mut start = VECTOR;
        for (index, &table) in self.tables.iter().enumerate() {
            let row = match parts.get(index) {
                Some(part) => 1 + fnv32(index as u8, part) as usize % (table.rows - 1),
                None => {
                    (2 * (fnv32(index as u8, &shape(form.text)) as usize % 128) + usize::from(form.glued)) % table.rows
                }
            };
            table.read(file, row, &mut into[start..start + table.columns]);
            start += table.columns;
        }
    }
}

/// Lower case, digits as 0, one kind of quote, one kind of long dash.
fn normalise(form: &str) -> String {
    match form {
        "``" | "''" => "\"".into(),
        "--" | "---" | "―" => "—".into(),
        "…" => "...".into(),
        _ => form.to_lowercase().chars().map(normal_char).collect(),
    }
}

fn normal_char(c: char) -> char {
    match c {
        '0'..='9' => '0',
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' => '"',
        '‘' | '’' | '‚' | '‛' | '`' | '´' | '′' => '\'',
        _ => c,
    }
}

/// Kinds of letters with runs collapsed, four runs at most: "McDonald" gives `XxXx`, "F-16" `Xpd`.
fn shape(form: &str) -> String {
    let mut runs = String::new();
    for c in form.chars() {
        let kind = match c {
            '0'..='9' => 'd',
            _ if c.is_uppercase() => 'X',
            _ if c.is_alphabetic() => 'x',
            _ => 'p',
        };
        if !runs.ends_with(kind) {
            runs.push(kind);
            if runs.len() == 4 {
                break;
            }
        }
    }
    runs
}

fn first_chars(text: &str, count: usize) -> &str {
    text.char_indices().nth(count).map_or(text, |(end, _)| &text[..end])
}

fn last_chars(text: &str, count: usize) -> &str {
    text.char_indices().nth_back(count - 1).map_or(text, |(start, _)| &text[start..])
}

/// FNV-1a over a seed byte and the text, its high bits mixed in.
fn fnv32(seed: u8, text: &str) -> u32 {
    let hash = std::iter::once(seed)
        .chain(text.bytes())
        .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    hash ^ (hash >> 15)
}

/// FNV-1a; the word list holds these instead of words.
fn fnv64(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_variants_are_one_word() {
        let cases =
            [("Kyiv’s", "kyiv's"), ("1,250", "0,000"), ("“", "\""), ("--", "—"), ("…", "..."), ("ÉCOLE", "école")];
        for (form, norm) in cases {
            assert_eq!(normalise(form), norm);
        }
    }

    #[test]
    fn shapes_keep_the_first_four_runs() {
        for (form, expected) in [("McDonald", "XxXx"), ("F-16", "Xpd"), ("U.S.-led", "XpXp"), ("北京", "x"), ("", "")]
        {
            assert_eq!(shape(form), expected, "{form}");
        }
    }

    #[test]
    fn affixes_are_counted_in_characters() {
        assert_eq!((first_chars("čeština", 3), last_chars("čeština", 2)), ("češ", "na"));
        assert_eq!((first_chars("a", 3), last_chars("a", 2), last_chars("", 2)), ("a", "a", ""));
    }

    #[test]
    fn hashes_are_those_of_the_published_algorithm() {
        assert_eq!(fnv64("foobar"), 0x8594_4171_f739_67e8);
    }
}
