//! The tagger: which words are parts of names, and of what sort, for names that no list holds.
//!
//! "Evan Feigenbaum of the Carnegie Endowment" is tagged `B-PER I-PER O O B-ORG I-ORG`. Two models are asked: the network
//! that also parses, and a linear one that knows what the network cannot see: what the lists say of a word, and how it is
//! written elsewhere in the article. The best sequence of their joint scores is found by Viterbi's method.
//! `training/names.rs` makes the linear weights.

use std::collections::HashMap;
use std::ops::Range;

use crate::document::labels::NAME_TAGS;
use crate::document::{Document, NameScores, Word};
use crate::entities::features::{self, ROWS, Rows};
use crate::knowledge::Knowledge;
use crate::knowledge::gazetteer::Known;

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

/// A step of a linear weight: 1/24 of a natural logarithm.
const STEP: f32 = 1.0 / 24.0;

/// What the network's scores count beside the linear ones: both models often hear of the same word, and the network is surer than right.
const NETWORK: f32 = 0.4;

/// What the other places of a word count beside its own, and how many of them it takes to be heard.
const AGREEMENT: f32 = 1.0;
const DOUBT: f32 = 1.0;

/// What it costs to leave a word out of all names that is surely in one: more than both models can say against it.
const OUTSIDE: f32 = -1000.0;

static WEIGHTS: &[u8] = include_bytes!("../../data/model/names.bin");

/// A name found: a token range of the document and its class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tagged {
    pub words: Range<usize>,
    pub class: Class,
}

/// All names of a document by their looks, in reading order. `known` are the names of the base in it; words of which
/// `is_surely` says so are part of a name.
pub(crate) fn tag(
    document: &Document,
    known: &[Known],
    knowledge: &Knowledge,
    is_surely: impl Fn(Word<'_>) -> bool,
) -> Vec<Tagged> {
    let words: Vec<&str> = document.words().map(|word| word.text()).collect();
    let sentences: Vec<Range<usize>> = document.sentences().iter().map(|sentence| sentence.tokens.clone()).collect();
    let cues = features::cues(&words, &sentences, known, knowledge);
    let mut scores: Vec<NameScores> = Vec::with_capacity(words.len());
    for sentence in &sentences {
        let rows = features::rows(&cues[sentence.clone()]);
        let network = document.words_in(sentence.clone()).map(|word| word.name_scores());
        scores.extend(network.zip(&rows).map(|(network, rows)| joint(network, rows)));
    }
    for (word, scores) in document.words().zip(&mut scores) {
        if is_surely(word) {
            scores[0] += OUTSIDE;
        }
    }
    let mut tags = vec![0; words.len()];
    let decide = |scores: &[NameScores]| decode(scores.len(), |word, tag| scores[word][tag], transition);
    for sentence in &sentences {
        tags[sentence.clone()].copy_from_slice(&decide(&scores[sentence.clone()]));
    }
    agree(&words, &tags, &mut scores);
    let mut names = Vec::new();
    for sentence in sentences {
        for (at, tag) in decide(&scores[sentence.clone()]).into_iter().enumerate().filter(|(_, tag)| *tag > 0) {
            let place = sentence.start + at;
            match names.last_mut() {
                Some(Tagged { words, .. }) if tag % 2 == 0 && words.end == place => words.end += 1,
                _ => names.push(Tagged { words: place..place + 1, class: Class::ALL[(tag - 1) / 2] }),
            }
        }
    }
    names
}

fn weights(row: usize) -> &'static [u8] {
    &WEIGHTS[row * TAGS..(row + 1) * TAGS]
}

fn transition(from: usize, to: usize) -> f32 {
    STEP * f32::from(weights(ROWS + from)[to] as i8)
}

/// The network's scores of a word and those of its rows of weights.
fn joint(network: NameScores, rows: &Rows) -> NameScores {
    let mut sums = [0i32; TAGS];
    for &row in rows {
        for (sum, &weight) in sums.iter_mut().zip(weights(row as usize)) {
            *sum += i32::from(weight as i8);
        }
    }
    std::array::from_fn(|tag| NETWORK * network[tag] + STEP * sums[tag] as f32)
}

/// A capitalised word is mostly of one class in an article: where it is of several, each place hears the others.
fn agree(words: &[&str], tags: &[usize], scores: &mut [NameScores]) {
    let is_name = |index: &usize| words[*index].starts_with(char::is_uppercase) && words[*index].len() > 1;
    let class = |tag: usize| tag.checked_sub(1).map(|tag| tag / 2);
    let mut votes: HashMap<&str, [f32; Class::ALL.len()]> = HashMap::new();
    for index in (0..words.len()).filter(is_name) {
        if let Some(class) = class(tags[index]) {
            votes.entry(words[index]).or_default()[class] += 1.0;
        }
    }
    for index in (0..words.len()).filter(is_name) {
        let Some(mut others) = votes.get(words[index]).copied() else { continue };
        if let Some(own) = class(tags[index]) {
            others[own] -= 1.0;
        }
        let all: f32 = others.iter().sum();
        for tag in 1..TAGS {
            let share = (others[(tag - 1) / 2] + DOUBT) / (all + DOUBT * Class::ALL.len() as f32);
            scores[index][tag] += AGREEMENT * (share * Class::ALL.len() as f32).ln();
        }
    }
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
