//! Features: what the tagger looks at in a word, as rows of its table of weights.
//!
//! "Feigenbaum" behind "Evan" switches on `FEATURES` rows: the word, its shape and its ends, what the lists say of it, the same of
//! its neighbours, and pairs of these. A row's number is mixed from the numbers of its parts, so that no text is put together.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::knowledge::Knowledge;
use crate::knowledge::base::Match;
use crate::knowledge::gazetteer::Known;
use crate::knowledge::names::How;

/// Features are hashed into this many rows of weights.
pub const ROWS: usize = 1 << ROW_BITS;
const ROW_BITS: u32 = 17;

/// How many rows a word switches on: one for each template, and row 0, which every word has, so often that it learns fast what
/// holds for all words.
pub const FEATURES: usize = TEMPLATES + SHARED;
const TEMPLATES: usize = 78;
const SHARED: usize = 8;

/// The rows of one word.
pub type Rows = [u32; FEATURES];

/// What the tagger looks at in one word, each aspect as a number.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cue {
    word: u64,
    shape: u64,
    /// Longest entry of the base that covers the word: its kind, and whether the word opens it.
    listed: u64,
    /// Given name, surname, ordinary word, title, the kind of thing that it heads.
    lists: u64,
    /// How the word is written elsewhere in the document, where that tells more than this place does.
    elsewhere: u64,
    /// Its first and its last one to four characters.
    ends: [u64; 8],
    /// The groups of words that it is like, small to large; 0 where it is of none.
    clusters: [u64; 3],
    is_capital: bool,
    /// "of", "and": what stands inside of names though it is written small.
    is_joint: bool,
    has_letters: bool,
}

/// Stands for what lies before and behind a sentence.
const OUTSIDE: Cue = Cue {
    word: 1,
    shape: 1,
    listed: 1,
    lists: 1 << 40,
    elsewhere: 0,
    ends: [0; 8],
    clusters: [1; 3],
    is_capital: false,
    is_joint: false,
    has_letters: false,
};

/// The cues of a document's words. `known` are the names of the base in them.
pub fn cues(words: &[&str], sentences: &[Range<usize>], known: &[Known], knowledge: &Knowledge) -> Vec<Cue> {
    let lower: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    let (small, inside) = spellings(words, &lower, sentences);
    let mut lists: HashMap<&str, u64> = HashMap::new();
    let mut cues: Vec<Cue> = (words.iter().zip(&lower))
        .map(|(word, lower)| Cue {
            word: number(lower),
            shape: shape(word),
            listed: 0,
            lists: *lists.entry(lower).or_insert_with(|| listings(lower, knowledge)),
            elsewhere: u64::from(small.contains(lower.as_str())) + 2 * u64::from(inside.contains(lower.as_str())),
            ends: ends(lower),
            clusters: clusters(lower, knowledge),
            is_capital: word.starts_with(char::is_uppercase),
            is_joint: matches!(lower.as_str(), "of" | "for" | "and" | "the" | "&"),
            has_letters: word.contains(char::is_alphanumeric),
        })
        .collect();
    for name in known {
        let what = what(&name.matches[0], knowledge);
        for place in name.words.clone() {
            let opens = u64::from(place == name.words.start);
            cues[place].listed = mix(mix(what, opens), name.words.len().min(3) as u64);
        }
    }
    cues
}

/// The words that the document writes small, and those that it writes large inside of a sentence.
fn spellings<'w>(
    words: &[&str],
    lower: &'w [String],
    sentences: &[Range<usize>],
) -> (HashSet<&'w str>, HashSet<&'w str>) {
    let (mut small, mut inside) = (HashSet::new(), HashSet::new());
    for sentence in sentences {
        let letters = || sentence.clone().flat_map(|index| words[index].chars()).filter(|char| char.is_alphabetic());
        if letters().filter(|char| char.is_uppercase()).count() * 2 > letters().count() {
            continue;
        }
        for index in sentence.clone() {
            let word = words[index];
            let first = index == sentence.start || !words[index - 1].chars().any(char::is_alphanumeric);
            if word.chars().all(char::is_lowercase) {
                small.insert(lower[index].as_str());
            } else if !first && word.starts_with(char::is_uppercase) {
                inside.insert(lower[index].as_str());
            }
        }
    }
    (small, inside)
}

/// `Xx`, `X.X.`, `d-d`: runs of one sort of character become one, of capitals two.
fn shape(word: &str) -> u64 {
    let mut shape = SEED;
    let (mut last, mut run) = ('\0', 0);
    for char in word.chars() {
        let sort = match char {
            _ if char.is_uppercase() => 'X',
            _ if char.is_alphabetic() => 'x',
            _ if char.is_numeric() => 'd',
            _ => char,
        };
        run = if sort == last { run + 1 } else { 1 };
        last = sort;
        if run <= if sort == 'X' { 2 } else { 1 } {
            shape = mix(shape, u64::from(sort));
        }
    }
    shape
}

/// The numbers of the first and the last one to four characters; 0 where the word is shorter.
fn ends(lower: &str) -> [u64; 8] {
    let mut ends = [0; 8];
    let (mut head, mut tail) = (SEED, SEED);
    for (place, char) in lower.chars().take(4).enumerate() {
        head = mix(head, u64::from(char));
        ends[place] = head;
    }
    for (place, char) in lower.chars().rev().take(4).enumerate() {
        tail = mix(tail, u64::from(char));
        ends[4 + place] = tail;
    }
    ends
}

fn clusters(lower: &str, knowledge: &Knowledge) -> [u64; 3] {
    let code = knowledge.base.cluster(lower).unwrap_or_default();
    [3, 2, 1].map(|length| code.get(..length).map_or(0, number))
}

/// What the word lists say of a word.
fn listings(lower: &str, knowledge: &Knowledge) -> u64 {
    let base = &knowledge.base;
    let persons = &knowledge.lexicon.persons;
    let bare = lower.trim_end_matches('.');
    let marks = [
        base.given_name(lower).is_some(),
        base.is_surname(lower),
        base.is_common_word(lower),
        persons.titles.contains(bare) || persons.offices.contains(bare),
    ];
    let marks = marks.iter().fold(0, |bits, mark| bits * 2 + u64::from(*mark));
    let head = knowledge.lexicon.nouns.heads.get(bare).map_or(0, |kind| 1 + kind as u64);
    marks | head << 8
}

/// What the base says of a name: what sort of thing it most likely is, how it is called so, how sure that is.
fn what(best: &Match, knowledge: &Knowledge) -> u64 {
    let how = match best.how {
        How::Name | How::Alias | How::FormerName => 1,
        How::Abbreviation => 2,
        How::Adjective | How::Noun | How::Plural => 3,
        How::Metonym(_) => 4,
        How::Surname => 5,
    };
    let kind = knowledge.base.entry(best.entry).kind as u64;
    SEED ^ (how | u64::from(best.prior > 0.8) << 4 | kind << 8)
}

/// The rows of weights that each word of a sentence switches on.
pub fn rows(cues: &[Cue]) -> Vec<Rows> {
    let capitals = cues.iter().filter(|cue| cue.is_capital).count();
    let shouting = u64::from(capitals * 4 > cues.len() * 3);
    let first = cues.iter().position(|cue| cue.has_letters).unwrap_or(0);
    (0..cues.len()).map(|index| of_word(cues, index, shouting * 2 + u64::from(index <= first))).collect()
}

/// `place` says whether the word opens its sentence, and whether that is written in capitals.
fn of_word(cues: &[Cue], index: usize, place: u64) -> Rows {
    let at = |step: isize| index.checked_add_signed(step).and_then(|index| cues.get(index)).unwrap_or(&OUTSIDE);
    let cue = &cues[index];
    let (before, after) = (at(-1), at(1));
    let mut rows = [0; FEATURES];
    let mut template = 0;
    let mut add = |parts: &[u64]| {
        let mixed = parts.iter().fold(mix(SEED, template as u64), |mixed, part| mix(mixed, *part));
        rows[template] = (mixed >> (u64::BITS - ROW_BITS)) as u32;
        template += 1;
    };
    add(&[]);
    add(&[cue.word]);
    add(&[cue.word, cue.shape]);
    for step in [-3, -2, -1, 1, 2, 3] {
        add(&[at(step).word]);
    }
    for near in [at(-2), before, after, at(2)] {
        add(&[near.shape]);
        add(&[near.listed]);
        add(&[near.lists]);
    }
    add(&[before.word, cue.word]);
    add(&[cue.word, after.word]);
    add(&[at(-2).word, before.word, cue.shape]);
    add(&[after.word, at(2).word, cue.shape]);
    add(&[before.word, cue.shape]);
    add(&[cue.shape, after.word]);
    add(&[cue.shape, place]);
    add(&[before.shape, cue.shape]);
    add(&[cue.shape, after.shape]);
    add(&[before.shape, cue.shape, after.shape]);
    add(&[at(-2).shape, before.shape, cue.shape, after.shape, at(2).shape]);
    add(&[cue.lists, cue.shape, place]);
    add(&[before.lists, before.shape, cue.lists, cue.shape, after.lists, after.shape]);
    add(&[before.lists, cue.lists]);
    add(&[cue.lists, after.lists]);
    add(&[cue.listed]);
    add(&[cue.listed, cue.lists, cue.shape]);
    add(&[before.listed, cue.listed, after.listed]);
    add(&[cue.listed, after.word]);
    add(&[before.word, cue.listed]);
    add(&[cue.elsewhere, cue.shape, place]);
    add(&[cue.elsewhere, cue.shape, place & 1, cue.lists]);
    for end in cue.ends {
        add(&[end, u64::from(cue.is_capital)]);
    }
    // The last capital of a run tells the class of the whole run: "Carnegie Endowment for International Peace".
    let run = (index + 1..cues.len()).take_while(|&next| cues[next].is_capital || cues[next].is_joint);
    let last = run.filter(|&next| cues[next].is_capital).last().unwrap_or(index);
    let distance = (last - index).min(4) as u64;
    add(&[cues[last].word]);
    add(&[cues[last].word, distance]);
    add(&[cues[last].lists, cue.shape, distance]);
    // The word before the run: "Mr", "in", "of".
    let start = (0..index).rev().find(|&before| !(cues[before].is_capital || cues[before].is_joint));
    let opening = start.map_or(&OUTSIDE, |start| &cues[start]);
    let depth = (index - start.map_or(0, |start| start + 1)).min(4) as u64;
    add(&[opening.word, cue.shape, depth]);
    // The word behind the run: "said", "'s", "Inc.".
    let behind = cues.get(last + 1).unwrap_or(&OUTSIDE);
    add(&[behind.word, cue.shape, distance]);
    add(&[opening.word, behind.word, cue.shape]);
    add(&[cue.ends[6], cue.lists, cue.shape]);
    add(&[cue.ends[2], cue.lists, cue.shape]);
    let is_capital = u64::from(cue.is_capital);
    for cluster in cue.clusters {
        add(&[cluster, is_capital]);
    }
    for near in [at(-2), before, after, at(2)] {
        add(&[near.clusters[0], u64::from(near.is_capital), is_capital]);
        add(&[near.clusters[1], u64::from(near.is_capital), is_capital]);
    }
    add(&[before.clusters[1], cue.clusters[1], cue.shape]);
    add(&[cue.clusters[1], after.clusters[1], cue.shape]);
    add(&[before.clusters[2], cue.clusters[1], after.clusters[2], cue.shape]);
    add(&[cues[last].clusters[0], distance, is_capital]);
    add(&[cues[last].clusters[1], distance, is_capital]);
    add(&[opening.clusters[1], cue.clusters[1], cue.shape, depth]);
    add(&[behind.clusters[1], cue.clusters[1], cue.shape, distance]);
    add(&[cue.clusters[0], cue.listed, cue.shape]);
    debug_assert_eq!(template, TEMPLATES);
    rows
}

const SEED: u64 = 0xcbf2_9ce4_8422_2325;

/// One number of two, in which every bit of both counts.
fn mix(number: u64, part: u64) -> u64 {
    let mixed = (number ^ part).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed ^ mixed >> 32
}

fn number(text: &str) -> u64 {
    text.bytes().fold(SEED, |number, byte| mix(number, u64::from(byte)))
}
