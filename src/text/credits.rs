//! Credits of pictures: what follows a caption on its line and is no part of its sentence.
//!
//! "The leaders shook hands – Copyright POOL/AFP Jane Doe" has the credit `– Copyright POOL/AFP Jane Doe`;
//! "The mayor speaks. Jane Doe/AP" has `Jane Doe/AP`; "(Photo by Jane Doe)" is one altogether.

use std::ops::Range;

use super::Token;
use super::furniture::{LEXICON, is_name_part};

/// Only the last words of a line are looked at.
const REACH: usize = 60;

/// Words of a credit, and of one in brackets.
const MAX_CREDIT: usize = 14;
const MAX_BRACKETED: usize = 30;

/// A part of a line.
#[derive(Debug, PartialEq)]
pub(super) enum Piece {
    Text(Range<usize>),
    Credit(Range<usize>),
}

/// A line, as a range of words, parted into text and credits, in order.
pub(super) fn part(text: &str, tokens: &[Token], line: Range<usize>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut start = line.start;
    let mut index = line.start.max(line.end.saturating_sub(REACH));
    while index < line.end {
        let reader = Reader { text, tokens: &tokens[line.start..line.end] };
        match reader.credit(index - line.start) {
            Some(length) => {
                if start < index {
                    pieces.push(Piece::Text(start..index));
                }
                pieces.push(Piece::Credit(index..index + length));
                index += length;
                start = index;
            }
            None => index += 1,
        }
    }
    if start < line.end {
        pieces.push(Piece::Text(start..line.end));
    }
    pieces
}

struct Reader<'t> {
    text: &'t str,
    tokens: &'t [Token],
}

impl<'t> Reader<'t> {
    fn form(&self, index: usize) -> &'t str {
        self.tokens.get(index).map_or("", |token| token.span.of(self.text))
    }

    /// Number of words of the credit that begins at `start`.
    fn credit(&self, start: usize) -> Option<usize> {
        let opener = self.form(start);
        let follows_sentence = start == 0 || self.form(start - 1).ends_with(['.', '!', '?', '”', '"', ')', ']', '|']);
        match opener {
            "(" | "[" => {
                let close = if opener == "(" { ")" } else { "]" };
                let length = (1..MAX_BRACKETED).find(|&length| self.form(start + length) == close)?;
                let inside = start + 1..start + length;
                let ends_line = start + length + 1 == self.tokens.len();
                let is_names = ends_line && self.is_line_of_names(inside.clone());
                (self.phrase(start + 1).is_some() || self.is_agency_line(inside) || is_names).then_some(length + 1)
            }
            "–" | "—" | "-" | "|" | "•" => self.to_end(start, start + 1, true),
            _ if follows_sentence => self.to_end(start, start, false),
            _ => None,
        }
    }

    /// A credit from `start` to the end of the line whose words begin at `first`.
    fn to_end(&self, start: usize, first: usize, is_set_off: bool) -> Option<usize> {
        let length = self.tokens.len() - first;
        if length == 0 || length > MAX_CREDIT {
            return None;
        }
        let rest = first..self.tokens.len();
        let has_phrase = self.phrase(first).is_some_and(|words| {
            let names = first + words..self.tokens.len();
            names.clone().all(|index| is_name_part(self.form(index))) && (is_set_off || start == 0 || !names.is_empty())
        });
        // "Talks fail | The Springfield Herald": the name of the site after a title.
        let is_site = start > 2
            && self.form(start) == "|"
            && length <= 6
            && rest.clone().all(|index| is_name_part(self.form(index)));
        let is_credit = has_phrase || is_site || self.is_agency_line(rest);
        // "Source: the ministry." in the body ends with a full stop, a credit seldom does.
        let is_sentence = self.form(self.tokens.len() - 1) == "." && length > 6;
        (is_credit && !is_sentence).then_some(self.tokens.len() - start)
    }

    /// Number of words of the phrase of `credits` that stands at `index`.
    fn phrase(&self, index: usize) -> Option<usize> {
        LEXICON
            .credits
            .iter()
            .filter(|phrase| {
                let mut words = phrase.0.iter().enumerate();
                words.all(|(offset, word)| self.form(index + offset).eq_ignore_ascii_case(word))
            })
            .map(|phrase| phrase.0.len())
            .max()
    }

    /// "Jane Doe/The Herald" in brackets at the end of a line.
    fn is_line_of_names(&self, range: Range<usize>) -> bool {
        let has_slash = range.clone().any(|index| self.form(index) == "/");
        let is_name = |index: usize| {
            let form = self.form(index);
            form == "/" || form == "," || form.starts_with(char::is_uppercase)
        };
        has_slash && range.len() > 3 && range.into_iter().all(is_name)
    }

    /// "Jane Doe/AP", "REUTERS/Jane Doe", "Jane Doe / AFP via Getty Images": names, and an agency beside a slash.
    fn is_agency_line(&self, range: Range<usize>) -> bool {
        let is_agency =
            |index: usize| LEXICON.agencies.iter().any(|agency| self.form(index).eq_ignore_ascii_case(agency));
        let has_agency = range.clone().any(|index| {
            is_agency(index) && (index > range.start && self.form(index - 1) == "/" || self.form(index + 1) == "/")
        });
        has_agency && range.into_iter().all(|index| is_name_part(self.form(index)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokens::tokenize;

    fn check(line: &str, expected: &str) {
        let tokens = tokenize(line);
        let found: Vec<&str> = part(line, &tokens, 0..tokens.len())
            .into_iter()
            .filter_map(|piece| match piece {
                Piece::Credit(range) => Some(tokens[range.start].span.cover(tokens[range.end - 1].span).of(line)),
                Piece::Text(_) => None,
            })
            .collect();
        assert_eq!(found.join(" + "), expected, "{line}");
    }

    #[test]
    fn credits_follow_captions() {
        check(
            "The leaders shook hands at the summit – Copyright POOL/AFP/File Jane Doe",
            "– Copyright POOL/AFP/File Jane Doe",
        );
        check("Smoke rises over the port. (Photo by Jane Doe / AFP)", "(Photo by Jane Doe / AFP)");
        check("Smoke rises over the port. Jane Doe/AP", "Jane Doe/AP");
        check("Smoke rises over the port, May 3. REUTERS/John Smith/File Photo", "REUTERS/John Smith/File Photo");
        check("Smoke rises over the port [Jane Doe/Reuters]", "[Jane Doe/Reuters]");
        check("Smoke rises over the port | Photo Credit: Jane Doe", "| Photo Credit: Jane Doe");
        check("Photo: Jane Doe", "Photo: Jane Doe");
        check("Soldiers march. Image: The Springfield Herald", "Image: The Springfield Herald");
        check("© AFP", "© AFP");
        check("Talks fail again | The Springfield Herald", "| The Springfield Herald");
        check("FILE - The president speaks. (AP Photo/Jane Doe, File)", "(AP Photo/Jane Doe, File)");
        check("People wait for bread [Jane Doe/The Springfield Herald]", "[Jane Doe/The Springfield Herald]");
        check("A view of the port. Photograph: Jane Doe/The Herald", "Photograph: Jane Doe/The Herald");
    }

    #[test]
    fn sentences_are_no_credits() {
        check("The group (AP) said so.", "");
        check("Copyright law is weak there, the minister said.", "");
        check("He spoke to Reuters. Photo shops closed.", "");
        check("MOSCOW (Reuters) - Russia said on Monday it would leave.", "");
        check("The source: a man in the palace.", "");
        check("The United States (US) and the European Union (EU) met.", "");
    }
}
