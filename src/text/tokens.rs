//! Characters to words, as UD English cuts them.
//!
//! "They didn't pay the U.S.-backed group $5bn." gives `They`, `did` + `n't`, `pay`, `the`, `U.S.`, `-`, `backed`,
//! `group`, `$`, `5`, `bn`, `.`: hyphens part words except after prefixes, clitics and units are words of their own.
//!
//! The text falls into chunks at white space; each chunk is read once from left to right, and every look ahead is bounded.

use std::sync::LazyLock;

use serde::Deserialize;
use unicode_normalization::char::is_combining_mark;

use super::Token;
use crate::span::Span;

/// Local part of an e-mail address, and how far a name with an extension is looked for.
const MAX_ADDRESS: usize = 64;
const MAX_FILE_NAME: usize = 80;

/// `data/lexicon/tokens.ron`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Lexicon {
    abbreviations: Vec<String>,
    after_comma: Vec<String>,
    before_number: Vec<String>,
    pub(super) never_final: Vec<String>,
    prefixes: Vec<String>,
    units: Vec<String>,
    fused: Vec<(String, usize)>,
    clipped: Vec<String>,
    emoticons: Vec<String>,
    extensions: Vec<String>,
    domains: Vec<String>,
}

pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut lexicon: Lexicon =
        ron::from_str(include_str!("../../data/lexicon/tokens.ron")).expect("tokens.ron is read by a test");
    for list in [
        &mut lexicon.abbreviations,
        &mut lexicon.after_comma,
        &mut lexicon.before_number,
        &mut lexicon.never_final,
        &mut lexicon.prefixes,
        &mut lexicon.units,
        &mut lexicon.clipped,
        &mut lexicon.emoticons,
        &mut lexicon.extensions,
        &mut lexicon.domains,
    ] {
        list.sort_unstable();
    }
    lexicon.fused.sort_unstable();
    lexicon
});

/// Whether a sorted list holds a word.
pub(super) fn holds(list: &[String], word: &str) -> bool {
    list.binary_search_by(|entry| entry.as_str().cmp(word)).is_ok()
}

/// All words of a text, in order.
pub(super) fn tokenize(text: &str) -> Vec<Token> {
    let mut reader =
        Reader { text, lexicon: &LEXICON, tokens: Vec::with_capacity(text.len() / 5), end: 0, single_quotes: 0 };
    let mut start = 0;
    while let Some(offset) = text[start..].find(|c: char| !c.is_whitespace()) {
        if text[start..start + offset].matches('\n').count() > 1 {
            reader.single_quotes = 0;
        }
        start += offset;
        let length = text[start..].find(char::is_whitespace).unwrap_or(text.len() - start);
        reader.end = start + length;
        reader.chunk(start);
        start = reader.end;
    }
    reader.tokens
}

struct Reader<'t> {
    text: &'t str,
    lexicon: &'static Lexicon,
    tokens: Vec<Token>,
    /// Where the chunk ends.
    end: usize,
    /// Single quotes that were opened in this paragraph and not closed.
    single_quotes: usize,
}

impl Reader<'_> {
    fn push(&mut self, start: usize, end: usize) {
        if start < end {
            self.tokens.push(Token { span: Span::new(start, end), joined: false });
        }
    }

    /// A second part of an orthographic word.
    fn join(&mut self, start: usize, end: usize) {
        self.tokens.push(Token { span: Span::new(start, end), joined: true });
    }

    fn rest(&self, start: usize) -> &str {
        &self.text[start..self.end]
    }

    fn peek(&self, at: usize) -> Option<char> {
        self.rest(at).chars().next()
    }

    fn chunk(&mut self, mut at: usize) {
        let whole = self.rest(at);
        if whole.len() <= 5 && (holds(&self.lexicon.emoticons, whole) || is_bracket_tag(whole)) {
            return self.push(at, self.end);
        }
        if let Some(length) = clitic(whole).filter(|&length| length == whole.len()) {
            return self.push(at, at + length);
        }
        let start = at;
        while let Some(c) = self.peek(at) {
            at = match self.address(at).or_else(|| self.file_name(at)) {
                Some(end) => {
                    self.push(at, end);
                    end
                }
                None if is_word_char(c) => self.word(at),
                None => self.symbol(start, at, c),
            };
        }
    }

    /// End of a web or mail address that starts here.
    fn address(&self, at: usize) -> Option<usize> {
        let rest = self.rest(at);
        let begins = |prefix: &str| rest.get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix));
        if ["http://", "https://", "www.", "ftp://", "mailto:", "doi:"].iter().any(|prefix| begins(prefix)) {
            let stop = rest.find(['<', '>', '"', '“', '”', '|']).unwrap_or(rest.len());
            let trimmed = trim_address(&rest[..stop]);
            return (trimmed.len() > 4).then(|| at + trimmed.len());
        }
        if !rest.starts_with(|c: char| c.is_ascii_alphanumeric()) {
            return None;
        }
        let local = rest.bytes().take(MAX_ADDRESS).take_while(|&b| is_address_byte(b)).count();
        if rest[local..].starts_with('@') {
            let host = rest[local + 1..].bytes().take(255).take_while(|&b| is_address_byte(b) && b != b'%').count();
            let host = rest[local + 1..][..host].trim_end_matches(['.', '-']);
            return (!host.is_empty()).then(|| at + local + 1 + host.len());
        }
        let host =
            rest.bytes().take(MAX_ADDRESS).take_while(|&b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.').count();
        let host = rest[..host].trim_end_matches(['.', '-']);
        let (name, domain) = host.rsplit_once('.')?;
        let is_site = holds(&self.lexicon.domains, domain)
            && name.len() > 1
            && name.bytes().any(|b| b.is_ascii_lowercase())
            && name.split('.').all(|part| part.len() > 1);
        let path = &rest[host.len()..];
        if is_site && path.starts_with('/') {
            return Some(at + host.len() + trim_address(path).len());
        }
        (is_site && !path.starts_with(|c: char| c.is_alphanumeric() || c == '-')).then(|| at + host.len())
    }

    /// End of a file name that starts here: "ETA_revision-0307.doc".
    fn file_name(&self, at: usize) -> Option<usize> {
        let rest = self.rest(at);
        if !rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.') {
            return None;
        }
        let is_name = |b: &u8| b.is_ascii_alphanumeric() || b"-_.#~".contains(b);
        let length = rest.bytes().take(MAX_FILE_NAME).take_while(is_name).count();
        let name = rest[..length].trim_end_matches('.');
        let (_, extension) = name.rsplit_once('.')?;
        holds(&self.lexicon.extensions, &extension.to_ascii_lowercase()).then(|| at + name.len())
    }

    /// Punctuation and signs: one character, or a run of the same. Gives where it ends.
    fn symbol(&mut self, chunk: usize, at: usize, c: char) -> usize {
        let rest = self.rest(at);
        let run = |of: &[char]| rest.find(|next: char| !of.contains(&next)).unwrap_or(rest.len());
        let after = c.len_utf8();
        let second = rest[after..].chars().next();
        let length = match c {
            '\'' | '’' | '‘' | '`' | '´' => return self.quote(chunk, at, c),
            '!' | '?' => run(&['!', '?']),
            '.' | '…' => match second {
                Some(digit) if c == '.' && digit.is_ascii_digit() => return self.word(at),
                Some('?' | '!') => run(&['.', '…', '?', '!']),
                _ => run(&['.', '…']),
            },
            '-' => match second {
                Some('>') => 2,
                _ => run(&['-']),
            },
            '*' | '_' | '=' | '~' | '+' | '<' | '>' | '#' => match second {
                Some(digit) if c == '+' && digit.is_ascii_digit() => return self.word(at),
                Some(letter) if c == '#' && letter.is_alphabetic() => return self.word(at),
                _ => run(&[c]),
            },
            '[' if rest.starts_with("[...]") => 5,
            _ => after,
        };
        let end = self.with_marks(at + length);
        self.push(at, end);
        end
    }

    /// Quotes, apostrophes and what an apostrophe begins.
    fn quote(&mut self, chunk: usize, at: usize, c: char) -> usize {
        let rest = self.rest(at);
        let after = &rest[c.len_utf8()..];
        let at_word_end = at > chunk && self.tokens.last().is_some_and(|last| last.span.end as usize == at);
        if at_word_end && let Some(length) = clitic(rest) {
            self.join(at, at + length);
            return at + length;
        }
        if after.starts_with(c) && c != '‘' {
            self.push(at, at + 2 * c.len_utf8());
            return at + 2 * c.len_utf8();
        }
        let digits = after.bytes().take_while(u8::is_ascii_digit).count();
        let decade = after[digits..].strip_prefix('s').unwrap_or(&after[digits..]);
        if digits == 2 && !at_word_end && !decade.starts_with(char::is_alphanumeric) {
            let end = self.end - decade.len();
            self.push(at, end);
            return end;
        }
        let letters = after.len() - after.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
        let clipped = format!("'{}", after[..letters.min(8)].to_ascii_lowercase());
        if letters > 0 && !at_word_end && letters <= 8 && holds(&self.lexicon.clipped, &clipped) {
            self.push(at, at + c.len_utf8() + letters);
            return at + c.len_utf8() + letters;
        }
        if after.starts_with(char::is_alphanumeric) && !at_word_end {
            self.single_quotes += 1;
        } else {
            self.single_quotes = self.single_quotes.saturating_sub(1);
        }
        self.push(at, at + c.len_utf8());
        at + c.len_utf8()
    }

    /// A word, a number, an abbreviation, with its clitics. Gives where it ends.
    fn word(&mut self, start: usize) -> usize {
        let mut at = start + self.peek(start).map_or(0, char::len_utf8);
        let mut part = start;
        let mut end = loop {
            let Some(c) = self.peek(at) else { break at };
            let next = self.peek(at + c.len_utf8());
            let joins = match c {
                c if is_word_char(c) => {
                    if c.is_alphabetic() && self.text.as_bytes()[at - 1].is_ascii_digit() && self.is_unit(start, at) {
                        break at;
                    }
                    true
                }
                '\'' | '’' | '`' | '´' => {
                    next.is_some_and(char::is_alphabetic) && c != '`' && self.clitic_at(start, at).is_none()
                }
                '.' => self.dot_joins(start, at, next),
                ',' => is_thousands(self.rest(start), at - start),
                ':' => next.is_some_and(|n| n.is_ascii_digit()) && self.is_clock(start, at),
                '/' => self.is_fraction(start, at),
                '_' | '@' => next.is_some_and(char::is_alphanumeric),
                '&' => self.is_initials(start, at),
                '-' | '‑' => self.hyphen_joins(part, at, next),
                _ => false,
            };
            if !joins {
                break at;
            }
            if c == '-' || c == '‑' {
                part = at + c.len_utf8();
            }
            at += c.len_utf8();
        };
        if self.peek(end) == Some('.') && self.is_abbreviation(start, end) {
            end += 1;
        }
        if matches!(&self.text[start..end], "US" | "A" | "C" | "HK" | "NZ" | "U" | "R" | "AU" | "CA" | "NT")
            && self.peek(end) == Some('$')
        {
            end += 1;
        }
        self.emit(start, end)
    }

    /// Pushes the word `start..end`, its fused or clitic parts apart, and what clitics follow it.
    fn emit(&mut self, start: usize, end: usize) -> usize {
        if let Some(length) = self.clitic_at(start, end) {
            let negated = self.is_negation(start, end);
            let base = if negated { end - 1 } else { end };
            self.push(start, base);
            let stop = end + length;
            if base == start {
                self.push(base, stop)
            } else {
                self.join(base, stop)
            }
            return self.more_clitics(stop);
        }
        let word = &self.text[start..end];
        let apostrophe = self.peek(end).filter(|c| matches!(c, '\'' | '’'));
        if let Some(c) = apostrophe
            && self.single_quotes == 0
            && word.ends_with(['s', 'S'])
            && word.len() > 1
            && !self.peek(end + c.len_utf8()).is_some_and(|next| next.is_alphanumeric() || next == c)
        {
            self.push(start, end);
            self.join(end, end + c.len_utf8());
            return end + c.len_utf8();
        }
        if word.len() <= 8 && word.is_ascii() {
            let lower = word.to_ascii_lowercase();
            if let Ok(index) = self.lexicon.fused.binary_search_by(|(fused, _)| fused.as_str().cmp(&lower))
                && (lower.len() > 2 || word != "IM")
            {
                let middle = start + self.lexicon.fused[index].1;
                self.push(start, middle);
                self.join(middle, end);
                return end;
            }
        }
        self.push(start, end);
        end
    }

    /// "wouldn't've": what follows a clitic.
    fn more_clitics(&mut self, at: usize) -> usize {
        match clitic(self.rest(at)) {
            Some(length) => {
                self.join(at, at + length);
                at + length
            }
            None => at,
        }
    }

    /// Length of the clitic whose apostrophe stands at `at` after the word from `start`.
    fn clitic_at(&self, start: usize, at: usize) -> Option<usize> {
        let rest = self.rest(at);
        let apostrophe = rest.chars().next().filter(|&c| is_apostrophe(c))?.len_utf8();
        if self.is_negation(start, at) {
            return Some(apostrophe + 1);
        }
        clitic(rest)
    }

    /// "n't" with its apostrophe at `at`.
    fn is_negation(&self, start: usize, at: usize) -> bool {
        let rest = self.rest(at);
        let Some(c) = rest.chars().next().filter(|&c| is_apostrophe(c)) else { return false };
        let after = &rest[c.len_utf8()..];
        self.text[start..at].ends_with(['n', 'N'])
            && after.starts_with(['t', 'T'])
            && !after[1..].starts_with(|next: char| is_word_char(next))
    }

    /// "5pm", "4300km": the letters from `at` are a unit and the word so far a number.
    fn is_unit(&self, start: usize, at: usize) -> bool {
        if !self.text[start..at].bytes().all(|b| b.is_ascii_digit() || b".,:+".contains(&b)) {
            return false;
        }
        let rest = self.rest(at);
        let letters = rest.bytes().take(9).take_while(u8::is_ascii_alphabetic).count();
        let follows = rest[letters..].chars().next();
        if letters == 0 || letters > 8 || follows.is_some_and(is_word_char) {
            return false;
        }
        let unit = &rest[..letters];
        // "a.m." after a figure.
        if matches!(unit, "a" | "p" | "A" | "P")
            && rest[1..].get(..2).is_some_and(|next| next.eq_ignore_ascii_case(".m"))
        {
            return true;
        }
        let is_money = start > 0 && matches!(self.text[..start].chars().next_back(), Some('$' | '€' | '£' | '¥'));
        match unit {
            "G" | "C" | "F" | "P" | "T" | "X" | "B" | "c" | "p" => is_money,
            _ => holds(&self.lexicon.units, &unit.to_ascii_lowercase()),
        }
    }

    fn dot_joins(&self, start: usize, at: usize, next: Option<char>) -> bool {
        let Some(next) = next else { return false };
        let before = &self.text[start..at];
        let last = before.chars().next_back().unwrap_or(' ');
        if next.is_ascii_digit() {
            return last.is_ascii_digit() || before.len() == 1 || before.starts_with(|c: char| c.is_ascii_digit());
        }
        if !next.is_alphabetic() || !last.is_alphanumeric() {
            return false;
        }
        let part = before.rsplit('.').next().unwrap_or(before);
        let follows = &self.rest(at)[1..];
        let letters = follows.chars().take(12).take_while(|c| c.is_alphabetic()).count();
        // "the end.Then" lacks a blank; "comp.sources" and "U.S.A" do not.
        let short = part.chars().count() == 1 || letters == 1;
        short
            || (next.is_lowercase()
                && letters < 12
                && part.chars().any(char::is_lowercase)
                && !self.ends_sentence_badly(part, follows))
    }

    /// "said.but": a full stop without a blank between two long words.
    fn ends_sentence_badly(&self, part: &str, follows: &str) -> bool {
        let letters = follows.bytes().take(12).take_while(u8::is_ascii_alphabetic).count();
        part.len() > 2
            && matches!(
                &follows[..letters],
                "but"
                    | "and"
                    | "the"
                    | "it"
                    | "they"
                    | "he"
                    | "she"
                    | "we"
                    | "you"
                    | "so"
                    | "if"
                    | "this"
                    | "that"
                    | "in"
                    | "a"
            )
    }

    fn is_clock(&self, start: usize, at: usize) -> bool {
        let before = &self.text[start..at];
        before.len() <= 5 && before.bytes().all(|b| b.is_ascii_digit() || b == b':')
    }

    /// "1/2", "11/28/2000", "I/C": what a slash holds together.
    fn is_fraction(&self, start: usize, at: usize) -> bool {
        let before = &self.text[start..at];
        let after = &self.rest(at)[1..];
        let digits = after.bytes().take(5).take_while(u8::is_ascii_digit).count();
        let follows = after[digits..].chars().next();
        (1..5).contains(&digits)
            && before.len() <= 5
            && before.bytes().all(|b| b.is_ascii_digit() || b == b'/')
            && !follows.is_some_and(char::is_alphanumeric)
    }

    /// "AT&T", "R&D", "PG&E": an ampersand between capitals.
    fn is_initials(&self, start: usize, at: usize) -> bool {
        let before = &self.text[start..at];
        let after = &self.rest(at)[1..];
        let letters = after.chars().take(4).take_while(|c| c.is_alphanumeric()).count();
        before.len() <= 4
            && (1..4).contains(&letters)
            && before.chars().chain(after.chars().take(letters)).all(|c| c.is_uppercase())
            || matches!(before, "p" | "b" | "r") && letters == 1
    }

    fn hyphen_joins(&self, part: usize, at: usize, next: Option<char>) -> bool {
        let Some(next) = next else { return false };
        let before = &self.text[part..at];
        if before.bytes().all(|b| b.is_ascii_digit()) && next.is_ascii_digit() {
            return self.is_number_code(part, at);
        }
        before.len() <= 7 && next.is_alphanumeric() && holds(&self.lexicon.prefixes, &before.to_ascii_lowercase())
    }

    /// "713-853-3989", "2022-09-15": figures that hyphens hold together; "1990-1995" and "10-12" are ranges.
    fn is_number_code(&self, part: usize, at: usize) -> bool {
        let run = |text: &str| text.bytes().take(40).take_while(|b| b.is_ascii_digit() || *b == b'-').count();
        let chunk_start = self.text[..at].len()
            - self.text[..at].bytes().rev().take(40).take_while(|b| b.is_ascii_digit() || *b == b'-').count();
        let whole = &self.text[chunk_start..at + run(&self.text[at..self.end])];
        let groups: Vec<usize> = whole.split('-').map(str::len).collect();
        let _ = part;
        matches!(
            groups[..],
            [3, 4] | [4, 2, 2] | [2, 2, 4] | [1 | 2, 1 | 2, 2 | 4] | [3, 3, 4] | [1, 3, 3, 4] | [5, 4] | [2, 3 | 4, ..]
        )
    }

    /// Whether the full stop at `end` belongs to the word.
    fn is_abbreviation(&self, start: usize, end: usize) -> bool {
        let word = &self.text[start..end];
        let after = &self.text[end + 1..];
        if after.starts_with('.') {
            return false;
        }
        let follows = after.trim_start_matches([' ', '\u{a0}', '\t']);
        let next = follows.chars().next();
        if word.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
            // "1. First": a list number.
            let line = self.text[..start].chars().next_back().is_none_or(|c| c == '\n');
            return line && word.len() <= 5 && after.starts_with([' ', '\t']);
        }
        let mut chars = word.chars();
        let (first, second) = (chars.next().unwrap_or(' '), chars.next());
        if second.is_none() {
            return match first {
                'I' => next.is_some_and(|n| n.is_ascii_uppercase()) && follows[1..].starts_with('.'),
                c => {
                    c.is_uppercase() && next.is_some_and(|n| !n.is_whitespace())
                        || holds(&self.lexicon.before_number, word) && next.is_some_and(|n| n.is_ascii_digit())
                }
            };
        }
        if word.contains('.')
            && word
                .split('.')
                .all(|part| (1..=2).contains(&part.chars().count()) && part.chars().all(char::is_alphabetic))
        {
            return true;
        }
        if word.len() > 8 {
            return false;
        }
        let lower = word.to_lowercase();
        let is_behind_place = || first.is_uppercase() && self.text[..start].trim_end_matches(' ').ends_with(',');
        holds(&self.lexicon.abbreviations, &lower)
            || holds(&self.lexicon.after_comma, &lower) && is_behind_place()
            || holds(&self.lexicon.before_number, &lower) && next.is_some_and(|n| n.is_ascii_digit())
    }

    /// Past marks that belong to the character before.
    fn with_marks(&self, mut at: usize) -> usize {
        while let Some(c) = self.peek(at).filter(|&c| is_mark(c)) {
            at += c.len_utf8();
        }
        at
    }
}

fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() && !matches!(c, 'º' | 'ª' | '²' | '³') || is_mark(c)
}

/// Combining marks and invisible joiners.
fn is_mark(c: char) -> bool {
    !c.is_ascii()
        && (is_combining_mark(c)
            || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'))
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '`' | '´')
}

fn is_address_byte(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b"._%+-".contains(&b)
}

fn is_bracket_tag(chunk: &str) -> bool {
    matches!(chunk, "-LRB-" | "-RRB-" | "-LSB-" | "-RSB-" | "-LCB-" | "-RCB-")
}

/// Length of "'s", "'re" and their like at the start of `rest`; "n't" only as a whole.
fn clitic(rest: &str) -> Option<usize> {
    let head = rest.get(..rest.len().min(3)).unwrap_or("");
    if head.eq_ignore_ascii_case("n't") && rest.len() == 3 {
        return Some(3);
    }
    let c = rest.chars().next().filter(|&c| is_apostrophe(c))?;
    let after = &rest[c.len_utf8()..];
    let letters = after.bytes().take(3).take_while(u8::is_ascii_alphabetic).count();
    if after[letters..].starts_with(is_word_char) {
        return None;
    }
    let is_clitic =
        ["s", "m", "d", "ll", "ve", "re"].iter().any(|clitic| after[..letters].eq_ignore_ascii_case(clitic));
    is_clitic.then_some(c.len_utf8() + letters)
}

/// "4,300" but not "4,5": a comma at `comma` before three digits.
fn is_thousands(rest: &str, comma: usize) -> bool {
    let after = &rest.as_bytes()[comma + 1..];
    let digits = after.iter().take(4).take_while(|b| b.is_ascii_digit()).count();
    digits == 3
        && rest.as_bytes()[..comma].last().is_some_and(u8::is_ascii_digit)
        && rest.as_bytes()[0].is_ascii_digit()
}

/// A web address without the punctuation of its sentence.
fn trim_address(address: &str) -> &str {
    let mut address = address;
    loop {
        let trimmed = address.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '’', ']', '}', '*']);
        let trimmed = match trimmed.strip_suffix(')') {
            Some(shorter) if !shorter.contains('(') => shorter,
            _ => trimmed,
        };
        if trimmed.len() == address.len() {
            return address;
        }
        address = trimmed;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words of one chunk joined by `+`, chunks parted by blanks.
    fn words(text: &str) -> String {
        let mut line = String::new();
        for token in tokenize(text) {
            if !line.is_empty() {
                line.push(if token.joined { '+' } else { ' ' });
            }
            line.push_str(token.span.of(text));
        }
        line
    }

    fn check(text: &str, expected: &str) {
        assert_eq!(words(text), expected, "{text}");
    }

    #[test]
    fn clitics_are_words() {
        check("They didn't pay; Trump’s aides can’t.", "They did+n't pay ; Trump+’s aides ca+n’t .");
        check("I cannot say what she'd've done.", "I can+not say what she+'d+'ve done .");
        check("The ministers' aides are gonna quit.", "The ministers+' aides are gon+na quit .");
        check("‘We must see the rebels’ he said", "‘ We must see the rebels ’ he said");
    }

    #[test]
    fn hyphens_part_words_except_after_prefixes() {
        check(
            "a long-term non-state U.S.-backed pro-Beijing group",
            "a long - term non-state U.S. - backed pro-Beijing group",
        );
        check("a 4,300-kilometer (2,670-mile) border", "a 4,300 - kilometer ( 2,670 - mile ) border");
    }

    #[test]
    fn amounts_and_units() {
        check("It cost $5bn, or US$4.5 million, at 5pm.", "It cost $ 5 bn , or US$ 4.5 million , at 5 pm .");
        check("On 11/28/2000 at 7:30 a.m. 20th-century men", "On 11/28/2000 at 7:30 a.m. 20th - century men");
    }

    #[test]
    fn addresses_stay_whole() {
        check(
            "See https://example.org/a_(b)?c=1, or a.b@example.com.",
            "See https://example.org/a_(b)?c=1 , or a.b@example.com .",
        );
    }

    #[test]
    fn dots_and_question_marks_are_one_word() {
        check("Why…? Oh...! No", "Why …? Oh ... ! No");
    }

    #[test]
    fn full_stops_of_abbreviations_stay() {
        check(
            "Mr. J. Smith of Acme Inc. left Washington, D.C. on Sept. 3.",
            "Mr. J. Smith of Acme Inc. left Washington , D.C. on Sept. 3 .",
        );
        check("He said no. But No. 7 came.", "He said no . But No. 7 came .");
    }
}
