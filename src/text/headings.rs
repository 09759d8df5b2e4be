//! Headings: titles and the names of sections.
//!
//! A short line that ends without a full stop ("Border to open after talks", "– ‘Marriage of convenience’? –")
//! is a heading where the article's prose follows it.

use super::{Sentence, SentenceRole, Token};

/// Longer lines are prose that lost its full stop.
const MAX_TOKENS: usize = 28;

/// Questions stand as headings only where they are short.
const MAX_QUESTION: usize = 9;

/// Marks the headings among the sentences that stand alone on their lines.
pub(super) fn mark(text: &str, tokens: &[Token], paragraphs: &[std::ops::Range<usize>], sentences: &mut [Sentence]) {
    let mut prose_follows = false;
    let mut paragraph = paragraphs.len();
    for index in (0..sentences.len()).rev() {
        let own = sentences[index].tokens.clone();
        while paragraph > 0 && paragraphs[paragraph - 1].start > own.start {
            paragraph -= 1;
        }
        if sentences[index].role != SentenceRole::Body {
            continue;
        }
        let stands_alone = paragraph > 0 && paragraphs[paragraph - 1] == own;
        let after_colon = own.start > 0 && tokens[own.start - 1].span.of(text) == ":";
        if stands_alone && !after_colon && is_heading(text, &tokens[own.clone()]) {
            if prose_follows {
                sentences[index].role = SentenceRole::Heading;
            }
        } else {
            prose_follows = true;
        }
    }
}

fn is_heading(text: &str, tokens: &[Token]) -> bool {
    let form = |index: usize| tokens[index].span.of(text);
    let (first, last) = (form(0), form(tokens.len() - 1));
    if tokens.len() > MAX_TOKENS || !tokens.iter().any(|token| token.span.of(text).contains(char::is_alphabetic)) {
        return false;
    }
    let is_dash = |form: &str| matches!(form, "–" | "—" | "-" | "***" | "**" | "*" | "==" | "#" | "##" | "###");
    if tokens.len() > 2 && is_dash(first) && is_dash(last) || first.starts_with('#') {
        return true;
    }
    if is_dash(first) || matches!(first, "•" | "·" | ">") || first.starts_with(char::is_lowercase) {
        return false;
    }
    let inner =
        if matches!(last, "”" | "\"" | "’" | "'") && tokens.len() > 1 { form(tokens.len() - 2) } else { last };
    match inner.chars().next_back() {
        Some('?') => tokens.len() <= MAX_QUESTION,
        Some('.') => inner.len() > 1 && inner.contains(char::is_uppercase),
        Some('!' | '…' | ':' | ';' | ',' | '-' | '–' | '—') => false,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use crate::text::{SentenceRole, segment};

    fn check(text: &str, expected: &[&str]) {
        let segmentation = segment(text);
        let found: Vec<&str> = segmentation
            .sentences
            .iter()
            .filter(|sentence| sentence.role == SentenceRole::Heading)
            .map(|sentence| sentence.span.of(text))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn titles_and_sections_are_headings() {
        check(
            "Troops leave the valley\n\nThe last of them crossed the bridge at dawn.\n\n– ‘A good day’ –\n\nPeople danced.\n\nWhat next?\n\nNobody knows.",
            &["Troops leave the valley", "– ‘A good day’ –", "What next?"],
        );
    }

    #[test]
    fn lists_and_sentences_are_not() {
        check("These states signed:\n\nChile\n\n- Peru\n\nThe rest did not sign the text, said the host.", &[]);
        check("Troops leave the valley", &[]);
    }
}
