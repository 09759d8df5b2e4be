//! Lines to paragraphs: which line ends are certain boundaries.
//!
//! A blank line always parts. A single line end parts too ("A headline\nThe text…"), unless the text is wrapped at a
//! width: then a full line runs on into the next.

use std::ops::Range;

use super::Token;
use crate::span::Span;

/// Widths, in characters, that people and programs wrap text at.
const WRAP_WIDTHS: std::ops::RangeInclusive<usize> = 45..=130;

/// The part of the line ends that must stand at full lines in a wrapped text.
const WRAPPED_SHARE: f32 = 0.5;

/// A line that goes on in small letters is at least this wide, or it is an item of a list.
const MIN_CONTINUED: usize = 25;

/// Words of one line.
struct Line {
    tokens: Range<usize>,
    width: usize,
    follows_blank: bool,
}

/// The ranges of words between certain boundaries, in order.
pub(super) fn paragraphs(text: &str, tokens: &[Token]) -> Vec<Range<usize>> {
    let lines = lines(text, tokens);
    let width = wrap_width(text, tokens, &lines);
    let mut paragraphs: Vec<Range<usize>> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        match paragraphs.last_mut() {
            Some(paragraph) if runs_on(text, tokens, &lines, index, width) => paragraph.end = line.tokens.end,
            _ => paragraphs.push(line.tokens.clone()),
        }
    }
    paragraphs
}

fn lines(text: &str, tokens: &[Token]) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut start = 0;
    let mut follows_blank = true;
    for index in 1..=tokens.len() {
        let breaks = match tokens.get(index) {
            Some(token) => line_breaks(&text[tokens[index - 1].span.end as usize..token.span.start as usize]),
            None => 2,
        };
        if breaks > 0 {
            let span = tokens[start].span.cover(tokens[index - 1].span);
            lines.push(Line { tokens: start..index, width: span.of(text).chars().count(), follows_blank });
            start = index;
            follows_blank = breaks > 1;
        }
    }
    lines
}

fn line_breaks(gap: &str) -> usize {
    match gap.matches(['\n', '\u{b}', '\u{c}', '\u{85}', '\u{2028}']).count() {
        0 => gap.matches('\r').count(),
        count => count + 2 * gap.matches('\u{2029}').count(),
    }
}

/// The width that the text is wrapped at, if it is.
fn wrap_width(text: &str, tokens: &[Token], lines: &[Line]) -> Option<usize> {
    let mut widths: Vec<usize> =
        lines.windows(2).filter(|pair| !pair[1].follows_blank).map(|pair| pair[0].width).collect();
    widths.sort_unstable();
    let width = *widths.get(widths.len() * 9 / 10).filter(|_| widths.len() >= 3)?;
    let full =
        lines.windows(2).filter(|pair| !pair[1].follows_blank && is_full(text, tokens, &pair[0], &pair[1], width));
    (WRAP_WIDTHS.contains(&width) && full.count() as f32 >= WRAPPED_SHARE * widths.len() as f32).then_some(width)
}

/// Whether the first word of the next line did not fit on this one; a few characters are granted to ragged wrapping.
fn is_full(text: &str, tokens: &[Token], line: &Line, next: &Line, width: usize) -> bool {
    let start = tokens[next.tokens.start].span.start as usize;
    let word = text[start..].chars().take(30).take_while(|c| !c.is_whitespace()).count();
    line.width + 1 + word + 3 > width && line.width * 3 > width * 2
}

/// Whether line `index` goes on with the sentence of the line before.
fn runs_on(text: &str, tokens: &[Token], lines: &[Line], index: usize, width: Option<usize>) -> bool {
    let line = &lines[index];
    if line.follows_blank || index == 0 {
        return false;
    }
    let previous = &lines[index - 1];
    let first = tokens[line.tokens.start].span.of(text);
    let second = Span { start: tokens[line.tokens.start].span.end, end: tokens[line.tokens.end - 1].span.end }.of(text);
    let is_item =
        matches!(first, "-" | "–" | "—" | "•" | "*" | "·" | "▪" | "►" | ">") && second.starts_with(char::is_whitespace);
    if is_item {
        return false;
    }
    let last = tokens[previous.tokens.end - 1].span.of(text);
    let is_open = !last.ends_with(['.', '!', '?', '…', ':', '”', '"']);
    if is_open && first.starts_with(char::is_lowercase) && previous.width >= MIN_CONTINUED {
        return true;
    }
    width.is_some_and(|width| is_full(text, tokens, previous, line, width))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokens::tokenize;

    fn check(text: &str, expected: &[&str]) {
        let tokens = tokenize(text);
        let found: Vec<String> = paragraphs(text, &tokens)
            .into_iter()
            .map(|range| tokens[range.start].span.cover(tokens[range.end - 1].span).of(text).replace('\n', " "))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn blank_lines_and_short_lines_part() {
        check("Talks resume\nLeaders met\n\nThey spoke.", &["Talks resume", "Leaders met", "They spoke."]);
    }

    #[test]
    fn a_line_that_goes_on_in_small_letters_runs_on() {
        check(
            "The ministers of the three states met\nin the capital.",
            &["The ministers of the three states met in the capital."],
        );
    }

    #[test]
    fn wrapped_text_runs_on_and_its_last_lines_do_not() {
        let text = "The foreign ministers of the three coastal states signed\nBrown's proposal on Monday after two days of talks that\nObservers had called the last chance for peace in a war\nthat has lasted ten years.\nA second round is planned for the spring, said people with\nKnowledge of the talks.";
        check(
            text,
            &[
                "The foreign ministers of the three coastal states signed Brown's proposal on Monday after two days of talks that Observers had called the last chance for peace in a war that has lasted ten years.",
                "A second round is planned for the spring, said people with Knowledge of the talks.",
            ],
        );
    }

    #[test]
    fn lists_stay_apart() {
        check(
            "Read more:\n- grain deal\n- the war in the north of the country goes on\n- talks",
            &["Read more:", "- grain deal", "- the war in the north of the country goes on", "- talks"],
        );
    }
}
