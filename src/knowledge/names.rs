//! Names: how a written name becomes a key, and what `names.tsv` says of a key.
//!
//! `fold("The Côte-d'Ivoire")` is `cote divoire`; the line of that key holds one cell for each thing so called:
//! `cCIV:a7`, the country CIV by an alias, and how well known it is.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower case, no accents, no punctuation, no leading "the". The twin of `fold` in training/fold.py.
pub fn fold(text: &str) -> String {
    if text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()) {
        return text.to_string();
    }
    let mut folded = String::with_capacity(text.len());
    for char in text.nfkd().filter(|char| !is_combining_mark(*char)) {
        match char {
            '.' | '\'' | '’' | '‘' | '`' | 'ʻ' | 'ʼ' | 'ʿ' | 'ʾ' | '′' => {}
            'ł' | 'Ł' => folded.push('l'),
            'ø' | 'Ø' => folded.push('o'),
            'đ' | 'Đ' | 'ð' | 'Ð' => folded.push('d'),
            'þ' | 'Þ' => folded.push_str("th"),
            'ß' => folded.push_str("ss"),
            'æ' | 'Æ' => folded.push_str("ae"),
            'œ' | 'Œ' => folded.push_str("oe"),
            'ı' => folded.push('i'),
            'ħ' | 'Ħ' => folded.push('h'),
            'ŧ' | 'Ŧ' => folded.push('t'),
            'ə' | 'Ə' => folded.push('a'),
            '&' => folded.push_str(" and "),
            _ if char.is_alphanumeric() => folded.extend(char.to_lowercase()),
            _ => folded.push(' '),
        }
    }
    let mut words: Vec<&str> = folded.split_whitespace().collect();
    if words.len() > 1 && words[0] == "the" {
        words.remove(0);
    }
    words.join(" ")
}

/// The word with a capital.
pub fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// By what kind of name something was called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum How {
    Name,
    Alias,
    /// "Burma".
    FormerName,
    /// "NATO"; written in this case only.
    Abbreviation,
    /// "Russian" talks.
    Adjective,
    /// A "Russian".
    Noun,
    /// The "Russians".
    Plural,
    /// "Beijing" for China's government. The entry is the country.
    Metonym(Metonym),
    Surname,
}

/// What a metonym literally is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Metonym {
    /// "Beijing".
    Capital,
    /// "the Kremlin".
    Seat,
    /// "the Duma".
    Legislature,
    /// "Foggy Bottom".
    Ministry,
    /// "the Pentagon".
    Military,
    /// "Langley".
    Intelligence,
    /// "the Beltway".
    Government,
}

impl How {
    /// True for a demonym of any form.
    pub fn is_demonym(self) -> bool {
        matches!(self, How::Adjective | How::Noun | How::Plural)
    }

    /// How much this kind of name is worth beside a full name.
    fn weight(self) -> f64 {
        match self {
            How::Name => 1.0,
            How::Abbreviation | How::Adjective | How::Noun | How::Plural => 0.9,
            How::Alias => 0.8,
            How::Metonym(_) => 0.7,
            How::Surname => 0.5,
            How::FormerName => 0.3,
        }
    }
}

/// One cell of a line of `names.tsv`: `pQ7747:s9`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Cell<'a> {
    /// The file's letter and the entry's id.
    pub entry: &'a str,
    pub how: How,
    /// Means the entry in context only ("the South").
    pub weak: bool,
    /// 0 to 9.
    pub fame: u8,
    /// The spelling of an abbreviation that is not all capitals: "PiS".
    pub exact: Option<&'a str>,
}

impl<'a> Cell<'a> {
    /// `None` where a user's file holds something else.
    pub(crate) fn read(cell: &'a str) -> Option<Cell<'a>> {
        let (entry, code) = cell.split_once(':')?;
        let (code, exact) = match code.split_once('=') {
            Some((code, exact)) => (code, Some(exact)),
            None => (code, None),
        };
        let mut letters = code.chars();
        let how = match letters.next()? {
            'n' => How::Name,
            'a' => How::Alias,
            'f' => How::FormerName,
            'b' => How::Abbreviation,
            'j' => How::Adjective,
            'o' => How::Noun,
            'p' => How::Plural,
            's' => How::Surname,
            'm' => How::Metonym(match letters.next()? {
                'c' => Metonym::Capital,
                's' => Metonym::Seat,
                'l' => Metonym::Legislature,
                'm' => Metonym::Ministry,
                'f' => Metonym::Military,
                'i' => Metonym::Intelligence,
                'g' => Metonym::Government,
                _ => return None,
            }),
            _ => return None,
        };
        let rest = letters.as_str();
        let weak = rest.starts_with('?');
        let fame = rest.trim_start_matches('?').parse().ok()?;
        Some(Cell { entry, how, weak, fame, exact })
    }

    /// False for an abbreviation in the wrong case: "us" is not the US.
    pub(crate) fn fits(&self, written: &str) -> bool {
        if self.how != How::Abbreviation {
            return true;
        }
        let written = written.trim_start_matches("the ").trim_start_matches("The ");
        let mut letters = written.chars().filter(|char| char.is_alphanumeric());
        match self.exact {
            Some(exact) => letters.eq(exact.chars().filter(|char| char.is_alphanumeric())),
            None => letters.all(|char| !char.is_lowercase()),
        }
    }

    /// For comparing the entries of one name.
    pub(crate) fn weight(&self) -> f64 {
        f64::from(1u32 << self.fame.min(9)) * self.how.weight() * if self.weak { 0.1 } else { 1.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding() {
        for (written, key) in [
            ("The Kremlin", "kremlin"),
            ("Guinea - Bissau", "guinea bissau"),
            ("Sak'art'velo", "sakartvelo"),
            ("U.S.A.", "usa"),
            ("Côte d’Ivoire", "cote divoire"),
            ("São Paulo", "sao paulo"),
            ("Łódź", "lodz"),
            ("Erdoğan", "erdogan"),
            ("İzmir", "izmir"),
            ("Trinidad & Tobago", "trinidad and tobago"),
            ("The", "the"),
            ("—", ""),
        ] {
            assert_eq!(fold(written), key, "{written}");
        }
    }

    #[test]
    fn cells() {
        let cell = Cell::read("pQ7747:s9").unwrap();
        assert_eq!((cell.entry, cell.how, cell.weak, cell.fame), ("pQ7747", How::Surname, false, 9));
        assert_eq!(Cell::read("cRUS:ms?8").unwrap().how, How::Metonym(Metonym::Seat));
        assert!(Cell::read("cRUS:ms?8").unwrap().weak);
        for broken in ["", "cRUS", "cRUS:", "cRUS:x3", "cRUS:n", "cRUS:mz3"] {
            assert_eq!(Cell::read(broken), None, "{broken}");
        }
    }

    #[test]
    fn abbreviations_keep_their_case() {
        let us = Cell::read("cUSA:b9").unwrap();
        assert!(us.fits("US") && us.fits("U.S.") && us.fits("the US"));
        assert!(!us.fits("us") && !us.fits("Us"));
        let pis = Cell::read("oQ1:b4=PiS").unwrap();
        assert!(pis.fits("PiS") && !pis.fits("PIS"));
    }
}
