//! Lemmas and features of words whose tags are known.
//!
//! "graves" NOUN NNS gives the lemma `grave` and `Number=Plur`; "went" VERB VBD gives `go`; names keep their capitals.
//!
//! Two tables, made by `training/lemmas.py`, are read at the first word.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::document::{Features, Upos};

/// Lines `=word`, `-ending` or `^capitalised`, tag, edit: `3y` cuts three characters and appends `y`.
static LEMMAS: LazyLock<Table> = LazyLock::new(|| Table::read(include_str!("../../data/model/lemmas.tsv")));

/// Lines `word` or `*`, tag, features.
static FEATURES: LazyLock<Table> = LazyLock::new(|| Table::read(include_str!("../../data/model/features.tsv")));

/// Endings in the table are no longer than this, in bytes.
const MAX_ENDING: usize = 7;

/// The dictionary form.
pub fn lemma(form: &str, upos: Upos, xpos: &'static str) -> Box<str> {
    let word = fold(form);
    match upos {
        Upos::Punct => return punctuation(form).into(),
        Upos::Part if xpos == "POS" => return "'s".into(),
        Upos::Num if word.contains(|c: char| c.is_ascii_digit()) => return word.replace(',', "").into(),
        _ => {}
    }
    let edit = edit(&word, Tag(upos, xpos));
    let name = upos == Upos::Propn || matches!(xpos, "NNP" | "NNPS");
    if name {
        return apply(form, edit).into();
    }
    let lemma = apply(&word, edit);
    if upos == Upos::Num && is_roman(form) {
        return form.into();
    }
    if !form.starts_with(char::is_lowercase) && keeps_capitals(&lemma, upos) {
        return apply(form, edit).into();
    }
    match form.rsplit_once('-') {
        // "pro-Beijing", "Anti-Israeli": the capital of the name inside stays.
        Some((prefix, name)) if upos == Upos::Adj && name.starts_with(char::is_uppercase) && name.len() > 2 => {
            format!("{}-{}", prefix.to_lowercase(), apply(name, edit)).into()
        }
        _ => lemma.into(),
    }
}

/// The features that UD English gives a word. What hangs on the sentence (the person of "went") is the commonest value.
pub fn features(form: &str, _lemma: &str, upos: Upos, xpos: &'static str) -> Features {
    if let Some(number) = number_features(form, upos, xpos) {
        return Features(number.into());
    }
    let tag = Tag(upos, xpos);
    match FEATURES.find(&fold(form), tag).or_else(|| FEATURES.find("*", tag)) {
        Some(found) => Features(found.into()),
        None => Features::NONE,
    }
}

/// Small letters, straight apostrophes.
fn fold(form: &str) -> String {
    form.to_lowercase().replace('’', "'")
}

/// Features of what is written in figures: "4,300", "20th", "1990s".
fn number_features(form: &str, upos: Upos, xpos: &str) -> Option<&'static str> {
    let digits = form.bytes().filter(u8::is_ascii_digit).count();
    if (upos, xpos) == (Upos::Num, "CD") && is_roman(form) {
        return Some("NumForm=Roman|NumType=Card");
    }
    if digits == 0 || !form.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | '\'' | '’' | '+')) {
        return None;
    }
    let is_fraction = form.split_once(['.', '/']).is_some_and(|(whole, part)| {
        !part.is_empty() && part.bytes().chain(whole.bytes()).all(|b| b.is_ascii_digit() || b == b',')
    });
    match (upos, xpos) {
        (Upos::Num, "CD") if is_fraction && form != "9/11" => Some("NumForm=Digit|NumType=Frac"),
        (Upos::Num, "CD") => Some("NumForm=Digit|NumType=Card"),
        (Upos::Adj, "JJ" | "NNP") if form.ends_with(['t', 'h', 'd']) => Some("Degree=Pos|NumForm=Combi|NumType=Ord"),
        (Upos::Noun, "NN") if form.ends_with(['t', 'h', 'd']) => Some("Number=Sing|NumForm=Combi|NumType=Ord"),
        (Upos::Noun, "NNS") if form.ends_with('s') => Some("Number=Ptan|NumForm=Combi|NumType=Card"),
        _ => None,
    }
}

fn is_roman(form: &str) -> bool {
    form.len() > 1 && form.bytes().all(|b| b"IVXLCDM".contains(&b))
}

fn punctuation(form: &str) -> &str {
    match form {
        "–" => "-",
        "“" | "”" => "\"",
        "‘" | "’" => "'",
        "’’" | "‘’" => "''",
        _ => form,
    }
}

/// Proper adjectives and the like: "American", "Islamist".
fn keeps_capitals(lemma: &str, upos: Upos) -> bool {
    let is_of_a_people = upos == Upos::Adj && ["ian", "ese", "stani"].iter().any(|ending| lemma.ends_with(ending));
    is_of_a_people || LEMMAS.find(&format!("^{lemma}"), Tag(upos, "")).is_some()
}

/// How the lemma is made from the word: its own entry, else that of its longest ending.
fn edit(word: &str, tag: Tag) -> &'static str {
    let mut key = format!("={word}");
    if let Some(edit) = LEMMAS.find(&key, tag) {
        return edit;
    }
    let longest = word.len().saturating_sub(MAX_ENDING);
    (longest..=word.len())
        .filter(|&start| start > 0 || word.is_empty())
        .filter_map(|start| word.get(start..))
        .find_map(|ending| {
            key.clear();
            key.extend(["-", ending]);
            LEMMAS.find(&key, tag)
        })
        .unwrap_or("0")
}

fn apply(word: &str, edit: &str) -> String {
    let digits = edit.bytes().take_while(u8::is_ascii_digit).count();
    let cut: usize = edit[..digits].parse().unwrap_or(0);
    let keep = word.char_indices().rev().take(cut).last().map_or(word.len(), |(index, _)| index);
    let is_shouted = word.len() > 1 && !word.contains(char::is_lowercase) && word.contains(char::is_uppercase);
    let append = &edit[digits..];
    format!("{}{}", &word[..keep], if is_shouted { append.to_uppercase() } else { append.into() })
}

/// UPOS, and XPOS where the line has one.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Tag<'t>(Upos, &'t str);

/// The third cell of each line by its first two.
struct Table(HashMap<(&'static str, Tag<'static>), &'static str>);

impl Table {
    fn read(lines: &'static str) -> Table {
        let cells = |line: &'static str| {
            let (key, rest) = line.split_once('\t')?;
            let (tag, value) = rest.split_once('\t')?;
            let (upos, xpos) = tag.split_once(' ').unwrap_or((tag, ""));
            Some(((key, Tag(Upos::parse(upos)?, xpos)), value))
        };
        Table(lines.lines().map(|line| cells(line).expect("a test reads the tables")).collect())
    }

    fn find<'t>(&'t self, key: &'t str, tag: Tag<'t>) -> Option<&'static str> {
        let rows: &HashMap<(&'t str, Tag<'t>), &'static str> = &self.0;
        rows.get(&(key, tag)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::labels;

    fn analyse(form: &str, upos: &str, xpos: &str) -> (String, String) {
        let upos = Upos::parse(upos).unwrap();
        let xpos = labels::xpos(xpos).unwrap();
        let lemma = lemma(form, upos, xpos);
        let features = features(form, &lemma, upos, xpos);
        (lemma.into(), features.0.into_owned())
    }

    #[test]
    fn lemmas_of_words() {
        for (form, upos, xpos, expected) in [
            ("graves", "NOUN", "NNS", "grave"),
            ("bodies", "NOUN", "NNS", "body"),
            ("crises", "NOUN", "NNS", "crisis"),
            ("went", "VERB", "VBD", "go"),
            ("shelled", "VERB", "VBD", "shell"),
            ("vetoed", "VERB", "VBD", "veto"),
            ("underwent", "VERB", "VBD", "undergo"),
            ("simplest", "ADJ", "JJS", "simple"),
            ("imposing", "VERB", "VBG", "impose"),
            ("annexed", "VERB", "VBN", "annex"),
            ("rioted", "VERB", "VBD", "riot"),
            ("fined", "VERB", "VBN", "fine"),
            ("raping", "VERB", "VBG", "rape"),
            ("brawled", "VERB", "VBD", "brawl"),
            ("n’t", "PART", "RB", "not"),
            ("’s", "AUX", "VBZ", "be"),
            ("’", "PART", "POS", "'s"),
            ("Them", "PRON", "PRP", "they"),
            ("me", "PRON", "PRP", "I"),
            ("Russian", "ADJ", "JJ", "Russian"),
            ("Deadly", "ADJ", "JJ", "deadly"),
            ("worst", "ADJ", "JJS", "bad"),
            ("pro-Beijing", "ADJ", "JJ", "pro-Beijing"),
            ("Putin", "PROPN", "NNP", "Putin"),
            ("States", "PROPN", "NNPS", "State"),
            ("4,300", "NUM", "CD", "4300"),
            ("–", "PUNCT", ":", "-"),
            ("\u{130}\u{130}", "VERB", "VBD", "i\u{307}i\u{307}"),
        ] {
            assert_eq!(analyse(form, upos, xpos).0, expected, "{form} {upos} {xpos}");
        }
    }

    #[test]
    fn features_of_words() {
        for (form, upos, xpos, expected) in [
            ("graves", "NOUN", "NNS", "Number=Plur"),
            ("he", "PRON", "PRP", "Case=Nom|Gender=Masc|Number=Sing|Person=3|PronType=Prs"),
            ("The", "DET", "DT", "Definite=Def|PronType=Art"),
            ("20th", "ADJ", "JJ", "Degree=Pos|NumForm=Combi|NumType=Ord"),
            ("4,300", "NUM", "CD", "NumForm=Digit|NumType=Card"),
            ("taller", "ADJ", "JJR", "Degree=Cmp"),
            ("of", "ADP", "IN", "_"),
        ] {
            assert_eq!(analyse(form, upos, xpos).1, expected, "{form} {upos} {xpos}");
        }
    }

    #[test]
    fn tables_are_read() {
        assert!(LEMMAS.0.len() > 1000 && FEATURES.0.len() > 100);
    }
}
