//! How likely a sentence ends after a word: logistic regression over hashed features, trained by `training/segmenter.py`.
//!
//! In "He left. Then Mr. Xi spoke." the full stop scores high and "Mr." low.
//! The features and their hashes are those of the training script, letter by letter.

use super::Token;

/// One signed byte a weight, addressed by feature hash.
const WEIGHTS: &[u8; 1 << BITS] = include_bytes!("../../data/model/boundaries.bin");
const BITS: u32 = 16;

/// What a weight of one is stored as.
const SCALE: f32 = 16.0;

/// Longer runs of quotes, and longer words, are not looked through.
const MAX_RUN: usize = 8;
const MAX_WORD: usize = 24;

/// Words between two certain boundaries.
pub(super) struct Paragraph<'t> {
    text: &'t str,
    tokens: &'t [Token],
    kinds: Vec<Kind>,
    /// Words since the last full stop and to the next one; whether a double quote, a bracket is open after the word.
    since: Vec<u8>,
    until: Vec<u8>,
    quoted: Vec<bool>,
    bracketed: Vec<bool>,
}

/// What a word's last character says of a boundary after it.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Terminal,
    Abbreviation,
    Colon,
    Dash,
    Comma,
    Word,
    Other,
}

impl<'t> Paragraph<'t> {
    pub(super) fn new(text: &'t str, tokens: &'t [Token]) -> Paragraph<'t> {
        let kinds: Vec<Kind> = tokens.iter().map(|token| kind(token.span.of(text))).collect();
        let (mut quoted, mut bracketed) = (Vec::with_capacity(tokens.len()), Vec::with_capacity(tokens.len()));
        let (mut quote, mut bracket) = (false, false);
        for token in tokens {
            match token.span.of(text) {
                "\"" => quote = !quote,
                "“" => quote = true,
                "”" => quote = false,
                "(" | "[" => bracket = true,
                ")" | "]" => bracket = false,
                _ => {}
            }
            quoted.push(quote);
            bracketed.push(bracket);
        }
        let mut since = Vec::with_capacity(tokens.len());
        let mut count = 0u8;
        for kind in &kinds {
            count = count.saturating_add(1);
            since.push(count);
            if *kind == Kind::Terminal {
                count = 0;
            }
        }
        let mut until = vec![0; tokens.len()];
        count = 0;
        for (index, kind) in kinds.iter().enumerate().rev() {
            until[index] = count;
            count = if *kind == Kind::Terminal { 0 } else { count.saturating_add(1) };
        }
        Paragraph { text, tokens, kinds, since, until, quoted, bracketed }
    }

    /// The log odds that a sentence ends after the word; `None` where none can.
    pub(super) fn score(&self, index: usize) -> Option<f32> {
        if !self.is_candidate(index) || matches!(self.form(index + 1), "," | ";" | ")" | "]" | "%" | "”" | "''") {
            return None;
        }
        let mut sum = 0i32;
        self.features(index, |hash| sum += i32::from(WEIGHTS[hash] as i8));
        Some(sum as f32 / SCALE)
    }

    /// Whether a full stop or its like, perhaps inside quotes, ends at the word.
    pub(super) fn is_terminal(&self, index: usize) -> bool {
        self.kinds[self.last(index)] == Kind::Terminal
    }

    fn form(&self, index: usize) -> &'t str {
        self.tokens[index].span.of(self.text)
    }

    /// Whether a blank stands before the word.
    fn parted(&self, index: usize) -> bool {
        index == 0 || self.tokens[index - 1].span.end < self.tokens[index].span.start
    }

    /// The word before the closing quotes and brackets that end at `index`.
    fn last(&self, mut index: usize) -> usize {
        for _ in 0..MAX_RUN {
            let closes = matches!(self.form(index), "\"" | "”" | "''" | "’" | "'" | ")" | "]" | "»" | "’’" | "*");
            if index == 0 || !closes || self.parted(index) {
                break;
            }
            index -= 1;
        }
        index
    }

    /// The word after the opening quotes and brackets that follow `index`.
    fn first(&self, index: usize) -> usize {
        let mut index = index + 1;
        for _ in 0..MAX_RUN {
            let opens = matches!(self.form(index), "\"" | "“" | "``" | "‘" | "'" | "(" | "[" | "«" | "‘‘" | "*");
            if index + 1 >= self.tokens.len() || !opens || self.parted(index + 1) {
                break;
            }
            index += 1;
        }
        index
    }

    fn is_candidate(&self, index: usize) -> bool {
        if index + 1 >= self.tokens.len() {
            return false;
        }
        let last = self.last(index);
        let kind = self.kinds[last];
        let next = self.form(index + 1);
        // “Because we can!” he said: the sentence goes on behind the quotation.
        if last < index && next.starts_with(char::is_lowercase) {
            return false;
        }
        if !self.parted(index + 1) {
            return kind == Kind::Terminal
                && !matches!(next, "\"" | "”" | "''" | "’" | "'" | ")" | "]" | "»" | "’’" | "*");
        }
        !matches!(kind, Kind::Word | Kind::Comma) || !next.starts_with(char::is_lowercase)
    }

    /// Calls `add` with the hash of each feature of the boundary after `index`.
    fn features(&self, index: usize, mut add: impl FnMut(usize)) {
        let (last, first) = (self.last(index), self.first(index));
        let (l, f) = (last as isize, first as isize);
        let kind = self.kinds[last];
        let state = [self.quoted[index], self.bracketed[index]];
        let length = match self.word(l - 1) {
            Place::Inside(form) => form.chars().take(MAX_WORD).count(),
            _ => 1,
        };
        let mut feature = |name: u8, parts: &[Part]| add(hash(name, parts));
        let (word, shape) = (|at: isize| Part::Word(self.word(at)), |at: isize| Part::Shape(self.word(at)));
        let (kind, bar) = (Part::Kind(kind), Part::Text("|"));
        let around = Part::Forms(&self.tokens[last + 1..=index], &self.tokens[index + 1..first], self.text);
        let count = |count: usize| Part::Text(bucket(count));
        feature(b'a', &[]);
        feature(b'b', &[word(l)]);
        feature(b'c', &[word(f)]);
        feature(b'd', &[word(l), bar, shape(f)]);
        feature(b'e', &[word(l), bar, word(f)]);
        feature(b'f', &[word(l - 1), bar, kind]);
        feature(b'g', &[word(l - 1), bar, word(l)]);
        feature(b'h', &[shape(l - 1), bar, kind, bar, shape(f)]);
        feature(b'i', &[word(f), bar, word(f + 1)]);
        feature(b'j', &[shape(f), bar, shape(f + 1), bar, kind]);
        feature(b'k', &[around, bar, kind]);
        feature(b'l', &[Part::Text(if self.parted(index + 1) { "g" } else { "n" }), bar, word(l), bar, shape(f)]);
        feature(b'm', &[Part::State(state), bar, around, bar, kind]);
        feature(b'n', &[count(self.since[last].into()), bar, kind, bar, shape(f)]);
        feature(b'o', &[count(self.until[index].into()), bar, kind, bar, shape(f)]);
        feature(b'p', &[count(length), bar, word(l), bar, shape(f)]);
        feature(b'q', &[count(self.tokens.len()), bar, kind]);
        feature(b'r', &[kind, bar, word(f)]);
        feature(b's', &[shape(l), bar, shape(f), bar, shape(f + 1)]);
        feature(b't', &[count(index + 1), bar, kind, bar, shape(f)]);
        feature(b'u', &[count(self.tokens.len() - index), bar, kind, bar, shape(f)]);
        feature(b'v', &[word(l), bar, word(l + 1), bar, Part::State(state)]);
        feature(b'w', &[kind, bar, word(f + 1)]);
        feature(b'x', &[shape(l - 2), bar, shape(l - 1), bar, shape(l), bar, shape(f)]);
    }

    fn word(&self, index: isize) -> Place<'t> {
        match usize::try_from(index) {
            Err(_) => Place::Before,
            Ok(index) if index >= self.tokens.len() => Place::After,
            Ok(index) => Place::Inside(self.form(index)),
        }
    }
}

#[derive(Clone, Copy)]
enum Place<'t> {
    Before,
    Inside(&'t str),
    After,
}

/// A piece of a feature's name.
#[derive(Clone, Copy)]
enum Part<'t> {
    Text(&'static str),
    Kind(Kind),
    /// In small letters.
    Word(Place<'t>),
    Shape(Place<'t>),
    /// The quotes and brackets on both sides of the boundary.
    Forms(&'t [Token], &'t [Token], &'t str),
    State([bool; 2]),
}

/// FNV-1a of the feature's name, folded.
fn hash(name: u8, parts: &[Part]) -> usize {
    let mut value = 0x811C_9DC5u32;
    let mut byte = |byte: u8| value = (value ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    let mut text = |text: &str| text.bytes().for_each(&mut byte);
    text(std::str::from_utf8(&[name]).expect("a letter"));
    for part in parts {
        match *part {
            Part::Text(part) => text(part),
            Part::Kind(kind) => text(match kind {
                Kind::Terminal => "T",
                Kind::Abbreviation => "A",
                Kind::Colon => ":",
                Kind::Dash => "-",
                Kind::Comma => ",",
                Kind::Word => "W",
                Kind::Other => "O",
            }),
            Part::Word(Place::Before) | Part::Shape(Place::Before) => text("^"),
            Part::Word(Place::After) | Part::Shape(Place::After) => text("$"),
            Part::Word(Place::Inside(form)) => {
                for c in form.chars().take(MAX_WORD).flat_map(char::to_lowercase) {
                    text(c.encode_utf8(&mut [0; 4]));
                }
            }
            Part::Shape(Place::Inside(form)) => shape(form, &mut text),
            Part::Forms(before, after, source) => {
                before.iter().for_each(|token| text(token.span.of(source)));
                text("|");
                after.iter().for_each(|token| text(token.span.of(source)));
            }
            Part::State(state) => state.iter().for_each(|&open| text(if open { "1" } else { "0" })),
        }
    }
    ((value ^ (value >> BITS)) & ((1 << BITS) - 1)) as usize
}

/// "Xi's" is `Xx'x`: classes of characters, repeats left out, five at most.
fn shape(form: &str, text: &mut impl FnMut(&str)) {
    let mut previous = '\0';
    let mut length = 0;
    for c in form.chars() {
        let class = match c {
            c if c.is_uppercase() => 'X',
            c if c.is_alphabetic() => 'x',
            c if c.is_numeric() => 'd',
            c => c,
        };
        if class != previous {
            text(class.encode_utf8(&mut [0; 4]));
            previous = class;
            length += 1;
        }
        if length >= 5 {
            break;
        }
    }
}

fn kind(form: &str) -> Kind {
    let first = form.chars().next().unwrap_or(' ');
    match form.chars().next_back().unwrap_or(' ') {
        '.' | '!' | '?' | '…' if !first.is_alphanumeric() || form.chars().take(3).count() < 3 => Kind::Terminal,
        '.' | '!' | '?' | '…' => Kind::Abbreviation,
        ':' | ';' => Kind::Colon,
        '-' | '–' | '—' => Kind::Dash,
        ',' => Kind::Comma,
        _ if first.is_alphanumeric() => Kind::Word,
        _ => Kind::Other,
    }
}

fn bucket(count: usize) -> &'static str {
    match count {
        0..5 => ["0", "1", "2", "3", "4"][count],
        5..8 => "5",
        8..12 => "8",
        12..20 => "c",
        20..40 => "k",
        _ => "z",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The numbers come from `bucket_of` in `training/segmenter.py`.
    #[test]
    fn hashes_are_those_of_the_trainer() {
        let word = Part::Word(Place::Inside("Été"));
        let shape = Part::Shape(Place::Inside("U.S.-led"));
        assert_eq!(hash(b'a', &[]), 52512);
        assert_eq!(hash(b'b', &[word]), 36023);
        assert_eq!(hash(b'd', &[word, Part::Text("|"), shape]), 39854);
    }
}
