//! Page furniture: the lines of a pasted page that are no part of its article.
//!
//! "Leave a Reply", "By Jane Doe", "Home | World | Asia", "Read more: Talks fail again" are furniture, and so is all
//! that follows "Previous Post" at the foot of a page. "Readers who subscribe to our newsletter…" in the body is not.
//!
//! The words are in `data/lexicon/furniture.ron`; a line is judged by them and by what stands around it.

use std::ops::Range;
use std::sync::LazyLock;

use serde::Deserialize;

use super::{Sentence, SentenceRole, Token};

/// Longer lines and sentences are prose and are not matched.
const MAX_WORDS: usize = 45;

/// A pointer to another article ("Read more: …") has no more words than this.
const MAX_POINTER: usize = 30;

/// So many words of prose before the foot of the page make an article.
const MIN_ARTICLE: usize = 40;

/// Teasers that follow "Related articles" in the middle of an article.
const MAX_TEASERS: usize = 12;
const MAX_TEASER_WORDS: usize = 25;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Lexicon {
    labels: Vec<Pattern>,
    notices: Vec<Pattern>,
    pointers: Vec<Pattern>,
    page_ends: Vec<Pattern>,
    teasers: Vec<Pattern>,
    pub(super) credits: Vec<Pattern>,
    pub(super) agencies: Vec<String>,
    pub(super) name_particles: Vec<String>,
}

pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    ron::from_str(include_str!("../../data/lexicon/furniture.ron")).expect("furniture.ron is read by a test")
});

/// Words, of which `*` stands for any number, `#` for a figure and `20*` for any word that begins so.
#[derive(Deserialize)]
#[serde(from = "String")]
pub(super) struct Pattern(pub(super) Vec<String>);

impl From<String> for Pattern {
    fn from(text: String) -> Pattern {
        Pattern(text.split(' ').map(String::from).collect())
    }
}

impl Pattern {
    fn matches(&self, words: &[String]) -> bool {
        fits(&self.0, words)
    }
}

fn fits(pattern: &[String], words: &[String]) -> bool {
    let Some(first) = pattern.first() else { return words.is_empty() };
    match (first.as_str(), words.first()) {
        ("*", _) => (0..=words.len()).any(|skipped| fits(&pattern[1..], &words[skipped..])),
        (_, None) => false,
        (part, Some(word)) => fits_word(part, word) && fits(&pattern[1..], &words[1..]),
    }
}

/// `*scroll*` fits any word with `scroll` in it.
fn fits_word(part: &str, word: &str) -> bool {
    match (part.strip_prefix('*'), part.strip_suffix('*')) {
        (None, None) if part == "#" => word.starts_with(|c: char| c.is_ascii_digit()),
        (None, None) => part == word,
        (None, Some(start)) => word.starts_with(start),
        (Some(end), None) => word.ends_with(end),
        (Some(_), Some(_)) => word.contains(part.trim_matches('*')),
    }
}

/// A line of the page with its sentences.
struct Line {
    sentences: Range<usize>,
    /// In small letters, without punctuation; cut off where it is surely prose.
    words: Vec<String>,
    is_prose: bool,
}

/// Marks the sentences that are furniture. `paragraphs` are the lines as ranges of words.
pub(super) fn mark(text: &str, tokens: &[Token], paragraphs: &[Range<usize>], sentences: &mut [Sentence]) {
    let lines = lines(text, tokens, paragraphs, sentences);
    let total: usize = lines.iter().filter(|line| line.is_prose).map(|line| line.words.len()).sum();
    let mut before = 0;
    let mut teasers = 0;
    let mut at_foot = false;
    for line in &lines {
        let own = &mut sentences[line.sentences.clone()];
        let is = |patterns: &[Pattern]| patterns.iter().any(|pattern| pattern.matches(&line.words));
        at_foot |= !line.is_prose && is(&LEXICON.page_ends) && before >= MIN_ARTICLE && before >= total - before;
        let heads_teasers = !line.is_prose && is(&LEXICON.teasers);
        if heads_teasers {
            teasers = MAX_TEASERS;
        } else if line.is_prose || line.words.len() > MAX_TEASER_WORDS {
            teasers = 0;
        }
        let whole = at_foot
            || heads_teasers
            || teasers > 0
            || is_furniture(text, tokens, own, line)
            || before > 0 && is_pointer(text, own, line);
        teasers = teasers.saturating_sub(usize::from(!heads_teasers));
        for sentence in own {
            if whole || line.sentences.len() > 1 && is_notice(&words(sentence.span.of(text))) {
                sentence.role = SentenceRole::Furniture;
            }
        }
        if line.is_prose && !whole {
            before += line.words.len();
        }
    }
}

fn lines(text: &str, tokens: &[Token], paragraphs: &[Range<usize>], sentences: &[Sentence]) -> Vec<Line> {
    let mut next = 0;
    let mut lines = Vec::with_capacity(paragraphs.len());
    for paragraph in paragraphs {
        let first = next;
        while next < sentences.len() && sentences[next].tokens.start < paragraph.end {
            next += 1;
        }
        let body: Vec<&Sentence> =
            sentences[first..next].iter().filter(|sentence| sentence.role == SentenceRole::Body).collect();
        let (Some(start), Some(end)) = (body.first(), body.last()) else {
            continue;
        };
        let words = words(start.span.cover(end.span).of(text));
        let last = tokens[end.tokens.end - 1].span.of(text);
        let is_closed = last.ends_with(['.', '!', '?', '…', ':', '"', '”', '’', ')']);
        let is_prose = is_closed && words.len() > 8 || words.len() > MAX_TEASER_WORDS;
        lines.push(Line { sentences: first..next, words, is_prose });
    }
    lines
}

/// At most a few more words than a pattern may cover.
fn words(line: &str) -> Vec<String> {
    line.split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '©'))
        .filter(|word| !word.is_empty())
        .take(MAX_WORDS + 1)
        .map(|word| word.chars().take(40).flat_map(char::to_lowercase).collect())
        .collect()
}

fn is_furniture(text: &str, tokens: &[Token], own: &[Sentence], line: &Line) -> bool {
    let (Some(first), Some(last)) = (own.first(), own.last()) else { return false };
    let tokens = &tokens[first.tokens.start..last.tokens.end];
    let source = first.span.cover(last.span).of(text);
    if line.words.is_empty() && !source.contains(char::is_alphanumeric) || is_notice(&line.words) {
        return true;
    }
    line.words.len() <= MAX_WORDS
        && !source.ends_with(['.', '?', '!', '”'])
        && (LEXICON.labels.iter().any(|pattern| pattern.matches(&line.words))
            || is_byline(text, tokens)
            || is_menu(text, tokens)
            || is_date_line(&line.words))
}

fn is_notice(words: &[String]) -> bool {
    (1..=MAX_WORDS).contains(&words.len()) && LEXICON.notices.iter().any(|pattern| pattern.matches(words))
}

/// "Read more: Talks fail again".
fn is_pointer(text: &str, own: &[Sentence], line: &Line) -> bool {
    let (Some(first), Some(last)) = (own.first(), own.last()) else { return false };
    let source = first.span.cover(last.span).of(text);
    let Some((label, _)) = source.split_once(':').filter(|(label, _)| label.len() < 40) else { return false };
    line.words.len() <= MAX_POINTER
        && !source.ends_with(['.', '”'])
        && LEXICON.pointers.iter().any(|pattern| pattern.matches(&words(label)))
}

/// "By Jane Doe and John Smith, The Daily Herald", "Jane Doe in Cairo", with "By" or a bar that says so.
fn is_byline(text: &str, tokens: &[Token]) -> bool {
    let form = |index: usize| tokens[index].span.of(text);
    if tokens.len() < 2 || tokens.len() > 16 || !form(0).eq_ignore_ascii_case("by") {
        return false;
    }
    form(1).starts_with(char::is_uppercase) && tokens[1..].iter().all(|token| is_name_part(token.span.of(text)))
}

/// A word that may stand in a line of names.
pub(super) fn is_name_part(form: &str) -> bool {
    !form.starts_with(char::is_lowercase) || LEXICON.name_particles.iter().any(|particle| particle == form)
}

/// "Home | World | Asia", "News > Politics > Elections".
fn is_menu(text: &str, tokens: &[Token]) -> bool {
    let bars =
        tokens.iter().filter(|token| matches!(token.span.of(text), "|" | ">" | "›" | "»" | "·" | "•" | "→")).count();
    bars >= 2 && tokens.len() <= 6 * (bars + 1)
}

/// "September 15, 2022, 8:30 a.m. EDT": nothing but a date.
fn is_date_line(words: &[String]) -> bool {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let is_figure = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    let names = |list: &[&str], word: &str| word.len() <= 9 && list.iter().any(|name| word.starts_with(name));
    let is_part = |word: &String| {
        is_figure(word)
            || names(&MONTHS, word)
            || names(&DAYS, word)
            || LEXICON.agencies.contains(word)
            || matches!(
                word.as_str(),
                "am" | "pm"
                    | "a.m"
                    | "p.m"
                    | "et"
                    | "edt"
                    | "est"
                    | "gmt"
                    | "utc"
                    | "ist"
                    | "bst"
                    | "at"
                    | "on"
                    | "updated"
                    | "published"
                    | "ago"
                    | "posted"
            )
    };
    words.iter().any(|word| is_figure(word))
        && words
            .iter()
            .any(|word| names(&MONTHS, word) || word.contains(['/', ':']) || word.len() == 10 && word.contains('-'))
        && words.iter().all(is_part)
}

#[cfg(test)]
mod tests {
    use crate::text::{SentenceRole, segment};

    /// A page as lines, each with the role that its sentences must have: `B`, `H` or `F`.
    fn check(page: &[(&str, char)]) {
        let text: String = page.iter().map(|(line, _)| format!("{line}\n\n")).collect();
        let segmentation = segment(&text);
        let mut start = 0;
        for (line, expected) in page {
            let end = start + line.len();
            for sentence in &segmentation.sentences {
                if (sentence.span.start as usize) < end && sentence.span.start as usize >= start {
                    let found = match sentence.role {
                        SentenceRole::Body => 'B',
                        SentenceRole::Heading => 'H',
                        SentenceRole::Furniture => 'F',
                    };
                    assert_eq!(found, *expected, "{}", sentence.span.of(&text));
                }
            }
            start = end + 2;
        }
    }

    const PROSE: &str = "The foreign ministers of both states met in the capital on Tuesday and agreed to open the border to trade. \
        They did not say when the first lorries would cross, and neither side took questions after the talks had ended. \
        An agreement of the same kind failed two years ago after shots were fired across the river by soldiers of both armies.";

    #[test]
    fn the_foot_of_a_page() {
        check(&[
            ("Border to open after talks", 'H'),
            ("By Jane Doe", 'F'),
            (PROSE, 'B'),
            ("What the neighbours say", 'H'),
            (PROSE, 'B'),
            ("Previous Post", 'F'),
            ("Mayor of Springfield opens a bridge over the river", 'F'),
            ("Next Post", 'F'),
            ("Review: a film about bees", 'F'),
            ("The reviewer liked the bees. He did not like the film, which he called long.", 'F'),
            ("Leave a Reply", 'F'),
            ("Your email address will not be published. Required fields are marked *", 'F'),
        ]);
    }

    #[test]
    fn the_head_of_a_page() {
        check(&[
            ("Skip to main content", 'F'),
            ("Home | World | Africa", 'F'),
            ("Previous Post", 'F'),
            ("Rebels leave the hills", 'F'),
            (PROSE, 'B'),
        ]);
        check(&[
            ("Rebels leave the hills", 'H'),
            ("By JOHN SMITH and Ann Lee, Springfield Herald", 'F'),
            ("September 15, 2022 8:30 a.m. EDT", 'F'),
            ("5 min read", 'F'),
            ("Share on Facebook", 'F'),
            (PROSE, 'B'),
        ]);
    }

    #[test]
    fn insets() {
        check(&[
            (PROSE, 'B'),
            ("Advertisement", 'F'),
            ("Related articles", 'F'),
            ("Why the border was closed in 2019", 'F'),
            ("Ten things to know about the river", 'F'),
            (PROSE, 'B'),
            ("Read more: Why the border was closed in 2019", 'F'),
            ("Sign up for our daily newsletter", 'F'),
            ("We use cookies to give you the best experience on our site.", 'F'),
            ("© 2022 The Springfield Herald. All rights reserved.", 'F'),
        ]);
    }

    #[test]
    fn prose_about_such_things_is_body() {
        check(&[
            ("Readers who subscribe to the newsletter of the party were told to vote.", 'B'),
            ("By Monday the rebels had taken three towns in the north.", 'B'),
            ("The ministry asked citizens to click here and there, an official joked.", 'B'),
            ("The bank bought 100 shares.", 'B'),
            ("The attack began three hours ago.", 'B'),
            ("By continuing to use force, the army lost the valley.", 'B'),
            ("Share prices fell in Moscow on Monday after the announcement.", 'B'),
            ("He called the deal “a previous post-war order.”", 'B'),
            ("Watch dogs said: the vote was free and fair.", 'B'),
            ("The following states signed:", 'B'),
            ("China", 'B'),
            ("Russia and Belarus", 'B'),
        ]);
    }

    #[test]
    fn a_line_alone_is_body() {
        check(&[("Putin meets Xi in Samarkand", 'B')]);
    }
}
