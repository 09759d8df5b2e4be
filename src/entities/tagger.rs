//! The tagger: which words are parts of names, and of what sort, for names that no list holds.
//!
//! "Evan Feigenbaum of the Carnegie Endowment" is tagged `B-PER I-PER O O B-ORG I-ORG`. Two models are asked: the network
//! that also parses, and a linear one that knows what the network cannot see: what the lists say of a word, and how it is
//! written elsewhere in the article. The best sequence of their joint scores is found by Viterbi's method.
//! `training/names.rs` makes the linear weights.

use std::collections::HashSet;
use std::ops::Range;

use crate::document::labels::NAME_TAGS;
use crate::document::{Document, NameScores, Word};
use crate::knowledge::base::Base;
use crate::knowledge::gazetteer;
use crate::knowledge::names::How;

/// What a name is a name of, as far as its looks tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    Person,
    Location,
    Organization,
    Other,
}

impl Class {
    pub const ALL: [Class; 4] = [Class::Person, Class::Location, Class::Organization, Class::Other];
}

/// Tag 0 is outside; class `c` begins with tag `1 + 2 c` and goes on with tag `2 + 2 c`.
pub const TAGS: usize = 1 + 2 * Class::ALL.len();
const _: () = assert!(TAGS == NAME_TAGS.len(), "the network's tags, in the same order");

/// Features are hashed into this many rows of weights.
pub const ROWS: usize = 1 << 17;

/// What a step of a linear weight counts beside the network's scores: the best of a few for names of the treebanks' dev parts.
const STEP: f32 = 1.0 / 128.0;

/// What it costs to leave a word out of all names that is surely in one: more than both models can say against it.
const OUTSIDE: f32 = -1000.0;

static WEIGHTS: &[u8] = include_bytes!("../../data/model/names.bin");

/// A name found: a token range of the document and its class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tagged {
    pub words: Range<usize>,
    pub class: Class,
}

/// What the tagger looks at in one word.
#[derive(Clone, Debug)]
pub struct Cue {
    lower: String,
    shape: String,
    /// Longest entry of the base that covers the word: its kind, and whether the word opens it.
    listed: String,
    /// Given name, surname, ordinary word.
    lists: String,
    /// How the word is written elsewhere in the document, where that tells more than this place does.
    elsewhere: &'static str,
}

/// All names of a document by their looks, in reading order. Words of which `is_surely` says so are part of one.
pub fn tag(document: &Document, base: &Base, is_surely: impl Fn(Word<'_>) -> bool) -> Vec<Tagged> {
    let words: Vec<&str> = document.words().map(|word| word.text()).collect();
    let sentences: Vec<Range<usize>> = document.sentences().iter().map(|sentence| sentence.tokens.clone()).collect();
    let cues = cues(&words, &sentences, base);
    let mut names = Vec::new();
    for sentence in sentences {
        let rows: Vec<Vec<u32>> = features(&cues[sentence.clone()]);
        let network: Vec<NameScores> = document.words_in(sentence.clone()).map(Word::name_scores).collect();
        let sure: Vec<bool> = document.words_in(sentence.clone()).map(&is_surely).collect();
        let outside = |word: usize, tag: usize| if tag == 0 && sure[word] { OUTSIDE } else { 0.0 };
        let weight = |row: usize, tag: usize| STEP * f32::from(WEIGHTS[row * TAGS + tag] as i8);
        let tags = decode(
            rows.len(),
            |word, tag| {
                outside(word, tag)
                    + network[word][tag]
                    + rows[word].iter().map(|&row| weight(row as usize, tag)).sum::<f32>()
            },
            |from, to| weight(ROWS + from, to),
        );
        for (at, &tag) in tags.iter().enumerate().filter(|(_, tag)| **tag > 0) {
            let place = sentence.start + at;
            match names.last_mut() {
                Some(Tagged { words, .. }) if tag % 2 == 0 && words.end == place => words.end += 1,
                _ => names.push(Tagged { words: place..place + 1, class: Class::ALL[(tag - 1) / 2] }),
            }
        }
    }
    names
}

/// The cues of a document's words.
pub fn cues(words: &[&str], sentences: &[Range<usize>], base: &Base) -> Vec<Cue> {
    let mut small = HashSet::new();
    let mut inside = HashSet::new();
    for sentence in sentences {
        let letters = sentence.clone().flat_map(|index| words[index].chars()).filter(|char| char.is_alphabetic());
        let (upper, lower) =
            letters.fold(
                (0, 0),
                |(upper, lower), char| {
                    if char.is_uppercase() { (upper + 1, lower) } else { (upper, lower + 1) }
                },
            );
        if upper > lower {
            continue;
        }
        for index in sentence.clone() {
            let word = words[index];
            let first = index == sentence.start || !words[index - 1].chars().any(char::is_alphanumeric);
            if word.chars().all(char::is_lowercase) {
                small.insert(word.to_string());
            } else if !first && word.starts_with(char::is_uppercase) {
                inside.insert(word.to_lowercase());
            }
        }
    }
    let listed = listed(words, sentences, base);
    words
        .iter()
        .zip(listed)
        .map(|(word, listed)| {
            let lower = word.to_lowercase();
            let elsewhere = match (small.contains(&lower), inside.contains(&lower)) {
                (true, true) => "both",
                (true, false) => "small",
                (false, true) => "large",
                (false, false) => "",
            };
            Cue { shape: shape(word), lists: lists(&lower, base), lower, listed, elsewhere }
        })
        .collect()
}

/// `Xx`, `X.X.`, `d-d`: runs of one sort of character become one.
fn shape(word: &str) -> String {
    let mut shape = String::new();
    for char in word.chars() {
        let sort = match char {
            _ if char.is_uppercase() => 'X',
            _ if char.is_alphabetic() => 'x',
            _ if char.is_numeric() => 'd',
            _ => char,
        };
        let run = shape.chars().rev().take_while(|&last| last == sort).count();
        if run < if sort == 'X' { 2 } else { 1 } {
            shape.push(sort);
        }
    }
    shape
}

/// What the word lists say of a word.
fn lists(lower: &str, base: &Base) -> String {
    let mut lists = String::new();
    if base.given_name(lower).is_some() {
        lists.push('g');
    }
    if base.is_surname(lower) {
        lists.push('s');
    }
    if base.is_common_word(lower) {
        lists.push('c');
    }
    lists
}

/// For each word the longest entry of the base over it.
fn listed(words: &[&str], sentences: &[Range<usize>], base: &Base) -> Vec<String> {
    let mut listed = vec![String::new(); words.len()];
    for sentence in sentences {
        let tokens = &words[sentence.clone()];
        let mut at = 0;
        while at < tokens.len() {
            let Some((count, matches)) = gazetteer::longest(base, tokens, at) else {
                at += 1;
                continue;
            };
            let best = &matches[0];
            let how = match best.how {
                How::Name | How::Alias | How::FormerName => "name",
                How::Abbreviation => "short",
                How::Adjective | How::Noun | How::Plural => "demonym",
                How::Metonym(_) => "metonym",
                How::Surname => "surname",
            };
            let sure = if best.prior > 0.8 { '+' } else { '-' };
            let kind = base.entry(best.entry).kind.name();
            for place in 0..count {
                let part = if place == 0 { 'B' } else { 'I' };
                listed[sentence.start + at + place] = format!("{part}{}{kind}{how}{sure}", count.min(3));
            }
            at += count;
        }
    }
    listed
}

/// The rows of weights that each word of a sentence switches on.
pub fn features(cues: &[Cue]) -> Vec<Vec<u32>> {
    let capitals = cues.iter().filter(|cue| cue.shape.starts_with('X')).count();
    let shouting = if capitals * 4 > cues.len() * 3 { "X" } else { "" };
    let at = |index: isize| usize::try_from(index).ok().and_then(|index| cues.get(index));
    let lower = |index| at(index).map_or("|", |cue: &Cue| cue.lower.as_str());
    let shape = |index| at(index).map_or("|", |cue: &Cue| cue.shape.as_str());
    let listed = |index| at(index).map_or("|", |cue: &Cue| cue.listed.as_str());
    let lists = |index| at(index).map_or("|", |cue: &Cue| cue.lists.as_str());
    let mut rows = Vec::with_capacity(cues.len());
    for (index, cue) in cues.iter().enumerate() {
        let i = index as isize;
        let mut row = Vec::with_capacity(48);
        let mut add = |template: &str, parts: &[&str]| row.push(hash(template, parts));
        let opening =
            if cues[..index].iter().all(|cue| !cue.lower.contains(char::is_alphanumeric)) { "first" } else { "" };
        add("bias", &[]);
        add("w", &[&cue.lower]);
        add("wS", &[&cue.lower, &cue.shape]);
        for (name, step) in [("-3", -3), ("-2", -2), ("-1", -1), ("+1", 1), ("+2", 2), ("+3", 3)] {
            add(name, &[lower(i + step)]);
            if step.abs() < 3 {
                add(name, &["s", shape(i + step)]);
                add(name, &["l", listed(i + step)]);
                add(name, &["t", lists(i + step)]);
            }
        }
        add("-1,0", &[lower(i - 1), &cue.lower]);
        add("0,+1", &[&cue.lower, lower(i + 1)]);
        add("-2,-1", &[lower(i - 2), lower(i - 1), &cue.shape]);
        add("+1,+2", &[lower(i + 1), lower(i + 2), &cue.shape]);
        add("-1,s", &[lower(i - 1), &cue.shape]);
        add("s,+1", &[&cue.shape, lower(i + 1)]);
        add("s", &[&cue.shape, opening, shouting]);
        add("s-1,s", &[shape(i - 1), &cue.shape]);
        add("s,s+1", &[&cue.shape, shape(i + 1)]);
        add("s3", &[shape(i - 1), &cue.shape, shape(i + 1)]);
        add("s5", &[shape(i - 2), shape(i - 1), &cue.shape, shape(i + 1), shape(i + 2)]);
        add("t", &[&cue.lists, &cue.shape, opening]);
        add("t3", &[lists(i - 1), shape(i - 1), &cue.lists, &cue.shape, lists(i + 1), shape(i + 1)]);
        add("l", &[&cue.listed]);
        add("ls", &[&cue.listed, &cue.lists, &cue.shape]);
        add("l,l", &[listed(i - 1), &cue.listed, listed(i + 1)]);
        add("l,+1", &[&cue.listed, lower(i + 1)]);
        add("-1,l", &[lower(i - 1), &cue.listed]);
        add("e", &[cue.elsewhere, &cue.shape, opening, shouting]);
        add("et", &[cue.elsewhere, &cue.shape, opening, &cue.lists]);
        let sort = if cue.shape.starts_with('X') { "X" } else { "x" };
        let chars: Vec<(usize, char)> = cue.lower.char_indices().collect();
        for length in 1..=4.min(chars.len()) {
            let head = chars.get(length).map_or(cue.lower.len(), |(offset, _)| *offset);
            add("p", &[&cue.lower[..head], sort]);
            add("x", &[&cue.lower[chars[chars.len() - length].0..], sort]);
        }
        // The nearest head noun to the right inside a run of capitals tells the class of the whole run.
        let run = (index + 1..cues.len()).take_while(|&next| {
            cues[next].shape.starts_with('X') || matches!(cues[next].lower.as_str(), "of" | "for" | "and" | "the" | "&")
        });
        let last = run.filter(|&next| cues[next].shape.starts_with('X')).last().unwrap_or(index);
        add("last", &[&cues[last].lower]);
        add("lastd", &[&cues[last].lower, ["0", "1", "2", "3", "4"][(last - index).min(4)]]);
        rows.push(row);
    }
    rows
}

/// FNV-1a over a template's name and its parts.
fn hash(template: &str, parts: &[&str]) -> u32 {
    let bytes = parts.iter().flat_map(|part| std::iter::once(0).chain(part.bytes()));
    let hash = template
        .bytes()
        .chain(bytes)
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    ((hash ^ (hash >> 29)) % ROWS as u64) as u32
}

/// The best sequence of tags for so many words, by `score(word, tag)` and `transition(from, to)`. A name goes on only with
/// tags of its own class.
pub fn decode(
    words: usize,
    score: impl Fn(usize, usize) -> f32,
    transition: impl Fn(usize, usize) -> f32,
) -> Vec<usize> {
    let allowed = |from: usize, to: usize| to == 0 || to % 2 == 1 || from == to || from + 1 == to;
    let mut best: Vec<[(f32, usize); TAGS]> = Vec::with_capacity(words);
    for word in 0..words {
        let mut step = [(f32::NEG_INFINITY, 0); TAGS];
        for (to, cell) in step.iter_mut().enumerate() {
            let own = score(word, to);
            *cell = match best.last() {
                None if to == 0 || to % 2 == 1 => (own + transition(0, to), 0),
                None => continue,
                Some(previous) => (0..TAGS)
                    .filter(|&from| allowed(from, to))
                    .map(|from| (previous[from].0 + transition(from, to) + own, from))
                    .fold((f32::NEG_INFINITY, 0), |a, b| if b.0 > a.0 { b } else { a }),
            };
        }
        best.push(step);
    }
    let Some(last) = best.last() else { return Vec::new() };
    let mut tag = (0..TAGS).fold(0, |a, b| if last[b].0 > last[a].0 { b } else { a });
    let mut tags = Vec::with_capacity(words);
    for step in best.iter().rev() {
        tags.push(tag);
        tag = step[tag].1;
    }
    tags.reverse();
    tags
}
