//! The gazetteer: the longest known name that starts at a token.
//!
//! In "The Shanghai Cooperation Organization met", `longest` at `Shanghai` gives three tokens and the entry SCO, at `The` and at
//! `met` nothing. Names need their capitals: "may" and "reading" in running text are no names, "May" and "Reading" may be.

use std::borrow::Cow;
use std::ops::Range;

use super::base::{Base, Match};
use super::names::{How, capitalized, fold};
use crate::record::Kind;

/// A city of so many people is known well enough to be one where it is written small.
pub(crate) const LARGE: u64 = 300_000;

/// The longest name of the base has fewer tokens than this.
const MOST_TOKENS: usize = 12;

/// Words that names hold in lower case: "Republic *of the* Congo", "Ursula *von der* Leyen", "Gulf *states*".
const SMALL_WORDS: [&str; 56] = [
    "of",
    "the",
    "and",
    "for",
    "in",
    "on",
    "to",
    "at",
    "by",
    "de",
    "da",
    "do",
    "dos",
    "das",
    "del",
    "della",
    "di",
    "du",
    "des",
    "la",
    "le",
    "les",
    "el",
    "al",
    "as",
    "an",
    "ad",
    "ul",
    "von",
    "van",
    "der",
    "den",
    "ten",
    "ter",
    "zu",
    "bin",
    "bint",
    "ibn",
    "ben",
    "y",
    "e",
    "es",
    "upon",
    "under",
    "over",
    "next",
    "sur",
    "sous",
    "en",
    "au",
    "aux",
    "am",
    "im",
    "bei",
    "states",
    "countries",
];

/// A name of the base in a document.
#[derive(Clone, Debug)]
pub struct Known {
    /// Token range.
    pub words: Range<usize>,
    /// What it may mean, likeliest first; never empty.
    pub matches: Vec<Match>,
}

/// The longest names of each sentence, from the left.
pub fn names(base: &Base, tokens: &[&str], sentences: impl IntoIterator<Item = Range<usize>>) -> Vec<Known> {
    let mut names = Vec::new();
    for sentence in sentences {
        let capitals = in_capitals(base, &tokens[sentence.clone()]);
        let mut at = sentence.start;
        while at < sentence.end {
            let longest = match &capitals {
                None => {
                    longest(base, &tokens[..sentence.end], at).or_else(|| small_place(base, &tokens[at..sentence.end]))
                }
                Some(capitals) => longest(base, capitals, at - sentence.start),
            };
            let count = longest.as_ref().map_or(1, |(count, _)| *count);
            names.extend(longest.map(|(count, matches)| Known { words: at..at + count, matches }));
            at += count;
        }
    }
    names
}

/// A sentence in small letters alone hides its names: all its words that are not ordinary ones may be parts of some.
fn in_capitals<'t>(base: &Base, tokens: &[&'t str]) -> Option<Vec<Cow<'t, str>>> {
    let has_capital = |token: &&str| token.contains(char::is_uppercase);
    if tokens.len() < 2
        || tokens.iter().any(has_capital)
        || !tokens.iter().any(|token| token.contains(char::is_alphabetic))
    {
        return None;
    }
    let capital = |token: &'t str| {
        if base.is_common_word(token) { Cow::Borrowed(token) } else { Cow::Owned(token.to_uppercase()) }
    };
    Some(tokens.iter().map(|token| capital(token)).collect())
}

/// "moved from kerala": a country, a division or a large city that is called by words which mean nothing else, in small letters beside
/// capitals; the first tokens of these.
fn small_place(base: &Base, tokens: &[&str]) -> Option<(usize, Vec<Match>)> {
    let is_small =
        |token: &&str| token.chars().all(char::is_lowercase) && token.len() > 2 && !base.is_common_word(token);
    let capitals: Vec<String> =
        tokens.iter().take_while(|token| is_small(token)).map(|token| capitalized(token)).collect();
    longest(base, &capitals, 0).filter(|(_, matches)| {
        let entry = base.entry(matches[0].entry);
        let is_large = entry.kind == Kind::Country
            || entry.class == "admin1"
            || entry.population.is_some_and(|population| population >= LARGE);
        is_large && matches[0].prior > 0.6 && matches!(matches[0].how, How::Name | How::Alias) && !matches[0].weak
    })
}

/// How many tokens the longest name takes, and what it may mean, likeliest first. A name ends before a possessive 's that is no
/// part of it.
pub fn longest<Token: AsRef<str>>(base: &Base, tokens: &[Token], at: usize) -> Option<(usize, Vec<Match>)> {
    if !starts_a_name(tokens.get(at)?.as_ref()) && !is_joined_article(tokens, at) {
        return None;
    }
    let mut key = String::new();
    let mut written = String::new();
    let mut found = None;
    for (count, token) in tokens[at..].iter().map(AsRef::as_ref).take(MOST_TOKENS).enumerate() {
        if count > 0 && !goes_on(token) {
            break;
        }
        // "People 's Republic", "N ' Djamena": one word, folded.
        let glued = count == 0 || token.starts_with(['\'', '’']) || written.ends_with(['\'', '’']);
        let folded = fold(token);
        if !glued && !folded.is_empty() && !key.is_empty() {
            key.push(' ');
        }
        key.push_str(&folded);
        if !glued {
            written.push(' ');
        }
        written.push_str(token);
        if !folded.is_empty() {
            let mut matches = base.matches(&key, &written);
            if folded == "s" {
                // "Macy 's" is called so, "China 's" is China.
                matches.retain(|found| base.entry(found.entry).name.ends_with("'s"));
            }
            if !matches.is_empty() {
                found = Some((count + 1, matches));
            }
        }
        let is_owner =
            || tokens.get(at + count + 1).is_some_and(|next| matches!(next.as_ref(), "'s" | "’s" | "'S" | "’S"));
        if !key.is_empty() && !is_owner() && !continues(base, &key) {
            break;
        }
    }
    found
}

/// A capital or a digit; "al-Qaeda" and "eBay" have theirs inside. Not "The", nor a currency: "US$".
fn starts_a_name(token: &str) -> bool {
    let name = token
        .chars()
        .any(|char| char.is_uppercase() || char.is_numeric() || char.is_alphabetic() && !char.is_lowercase());
    name && !matches!(token, "The" | "THE") && !token.ends_with(['$', '€', '£'])
}

/// "al" in "al - Qaida": a small word of names, joined to one with a capital.
fn is_joined_article<Token: AsRef<str>>(tokens: &[Token], at: usize) -> bool {
    let [small, hyphen, large] = [0, 1, 2].map(|step| tokens.get(at + step).map_or("", AsRef::as_ref));
    SMALL_WORDS.contains(&small) && hyphen == "-" && large.starts_with(char::is_uppercase)
}

/// Words with a capital, small words of names, hyphens, and the parts of "People 's".
fn goes_on(token: &str) -> bool {
    starts_a_name(token)
        || SMALL_WORDS.contains(&token)
        || matches!(token, "-" | "–" | "'" | "’" | "'s" | "’s" | "&" | "." | "/" | "The")
}

/// Whether some name starts with this key and goes on: by a word, or within the word ("people" to "peoples republic").
fn continues(base: &Base, key: &str) -> bool {
    base.names.starting_with(&format!("{key} ")).next().is_some()
        || base.curated.goes_on(key)
        || base.names.starting_with(&format!("{key}s ")).next().is_some()
        || base.curated.goes_on(&format!("{key}s"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::Knowledge;

    /// Every name of the sentence, from the left, with the key of its likeliest entry.
    fn names(sentence: &str) -> Vec<String> {
        let knowledge = Knowledge::embedded();
        let tokens: Vec<&str> = sentence.split(' ').collect();
        let mut names = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            match longest(&knowledge.base, &tokens, at) {
                Some((count, matches)) => {
                    names.push(format!(
                        "{}={}",
                        tokens[at..at + count].join(" "),
                        knowledge.base.entry(matches[0].entry).name
                    ));
                    at += count;
                }
                None => at += 1,
            }
        }
        names
    }

    #[test]
    fn longest_first() {
        for (sentence, expected) in [
            (
                "Putin met Xi Jinping in Samarkand .",
                vec!["Putin=Vladimir Putin", "Xi Jinping=Xi Jinping", "Samarkand=Samarkand"],
            ),
            (
                "The Shanghai Cooperation Organization ( SCO ) met",
                vec![
                    "Shanghai Cooperation Organization=Shanghai Cooperation Organisation",
                    "SCO=Shanghai Cooperation Organisation",
                ],
            ),
            ("Guinea - Bissau and Guinea", vec!["Guinea - Bissau=Guinea-Bissau", "Guinea=Guinea"]),
            ("the People 's Republic of China 's army", vec!["People 's Republic of China=China"]),
            ("China 's border", vec!["China=China"]),
            ("Ursula von der Leyen of the EU", vec!["Ursula von der Leyen=Ursula von der Leyen", "EU=European Union"]),
            ("they may be reading us a nice story", vec![]),
            ("the U.S. , the US and us", vec!["U.S.=United States of America", "US=United States of America"]),
        ] {
            assert_eq!(names(sentence), expected, "{sentence}");
        }
    }
}
