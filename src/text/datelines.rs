//! Datelines: where and by whom an article was filed, a sentence of its own before the first one.
//!
//! "GENEVA (Reuters) — Envoys left." gives `GENEVA (Reuters) —` and `Envoys left.`

use std::ops::Range;

use super::Token;

/// Words of the longest dateline: "PORT MORESBY, Papua New Guinea, Nov. 3, 2021 (Reuters) —".
const LONGEST: usize = 16;
/// What follows is a sentence, not the rest of a headline ("NATO - Russia talks").
const SHORTEST_REST: usize = 6;

/// How many words at the start of a paragraph are its dateline.
pub(super) fn length(text: &str, tokens: &[Token]) -> Option<usize> {
    let form = |index: usize| tokens[index].span.of(text);
    let limit = tokens.len().min(LONGEST);
    let dash = (1..limit).find(|&index| {
        let stands_apart =
            tokens.get(index + 1).is_some_and(|next| next.span.start > tokens[index].span.end) || form(index) == "—";
        (is_dash(form(index)) || form(index) == ":") && stands_apart
    })?;
    let rest = &tokens[dash + 1..];
    let ends = tokens.last().is_some_and(|last| last.span.of(text).ends_with(['.', '!', '?', '”', '"']));
    let goes_on = rest.len() >= SHORTEST_REST && ends;
    let begins = rest.first()?.span.of(text).starts_with(|first: char| !first.is_lowercase());
    if !goes_on || !begins || !rest.iter().any(|token| token.span.of(text).starts_with(char::is_lowercase)) {
        return None;
    }
    let place = match form(dash - 1) {
        // The agency, in brackets.
        ")" => (0..dash - 1).rev().find(|&index| form(index) == "(")?,
        _ => dash,
    };
    let is_place = |index: usize| {
        // "COX'S BAZAR"
        let form = form(index).trim_start_matches(['\'', '’']);
        form.starts_with(|first: char| first.is_uppercase() || first.is_ascii_digit())
            || matches!(form, "," | "." | "/" | "-")
            || index > 0 && is_particle(form)
    };
    let town = (0..place).find(|&index| form(index) == ",").unwrap_or(place);
    let is_shouted = |range: Range<usize>| {
        let mut letters = range.clone().flat_map(|index| form(index).chars()).filter(|one| one.is_alphabetic());
        letters.all(char::is_uppercase) && range.into_iter().any(|index| form(index).chars().count() > 2)
    };
    let is_dateline = match form(dash) {
        ":" => is_shouted(0..place),
        // "The Hague, Netherlands - ": with another dash behind, it may be an aside.
        _ => {
            place < dash
                || is_shouted(0..town)
                || town < place && !rest.iter().any(|token| is_dash(token.span.of(text)))
        }
    };
    (place > 0 && (0..place).all(is_place) && is_dateline).then_some(dash + 1)
}

/// "Dar *es* Salaam", "Rio *de* Janeiro".
fn is_particle(form: &str) -> bool {
    matches!(form, "de" | "del" | "do" | "da" | "es" | "la" | "le" | "el" | "al" | "am" | "an" | "en" | "sur" | "upon")
}

fn is_dash(form: &str) -> bool {
    matches!(form, "—" | "–" | "-" | "--")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokens::tokenize;

    #[test]
    fn datelines_are_told_from_sentences() {
        for (text, expected) in [
            ("PORT LOUIS, Mauritius (AP) — The premier resigned on Monday.", 8),
            ("Geneva (Reuters) - Envoys from six states left the talks.", 5),
            ("WASHINGTON/SEOUL, June 3 -- “We are ready,” the envoy told reporters.", 7),
            ("SANTIAGO — Chile recalled its ambassador from Lima on Friday.", 2),
            ("ST JOHN'S, Antigua (AP) — The premier resigned on Monday.", 9),
            ("LA PAZ, May 12 - Envoys from six states left the talks.", 6),
            ("ST. PETERSBURG, Russia, June 5 - Envoys from six states left the talks.", 8),
            ("RIO DE JANEIRO - Envoys from six states left the talks.", 4),
            ("NEW DELHI: Envoys from six states left the talks.", 3),
            ("The Hague, Netherlands - Envoys from six states left the talks.", 5),
            ("Dar es Salaam, Tanzania, 2nd May 2021 – Envoys from six states left the talks.", 10),
            ("Lima – Peru recalled its ambassador from Bogota on Friday.", 0),
            ("Kenya, Chad - Old rivals, both of them - signed a truce on Friday.", 0),
            ("The envoy put it so: Chad had left the talks on Friday.", 0),
            ("EU officials: The talks are over and nobody will return.", 0),
            ("The bloc — long divided — agreed on a price cap.", 0),
            ("NATO - Russia talks resume", 0),
            ("The court (in The Hague) - which has no police - ruled on it.", 0),
            ("ROME - ITALY'S PREMIER RESIGNED AFTER A VOTE ON THE BUDGET.", 0),
        ] {
            assert_eq!(length(text, &tokenize(text)).unwrap_or(0), expected, "{text}");
        }
    }
}
