//! A document as CoNLL-U, the ten-column format of Universal Dependencies.
//!
//! ```text
//! # sent_id = a1-1
//! # text = They don't.
//! 1    They   they  PRON  PRP  Case=Nom|…  3  nsubj  _  _
//! 2-3  don't  _     _     _    _           _  _      _  SpaceAfter=No
//! 2    do     do    AUX   VBP  Mood=Ind|…  0  root   _  _
//! ```
//!
//! Cells are parted by single tabs.

use std::fmt::Write;

use crate::document::{Document, Word};
use crate::span::Span;

/// All sentences of a document, each followed by an empty line.
pub fn write(document: &Document<'_>) -> String {
    let mut out = String::new();
    for (index, sentence) in document.sentences().iter().enumerate() {
        let words: Vec<Word<'_>> = document.words_in(sentence.tokens.clone()).collect();
        let id = document.article().id.replace(char::is_whitespace, "_");
        let text = form(sentence.span.of(document.text()));
        let _ = writeln!(out, "# sent_id = {id}-{}\n# text = {text}", index + 1);
        for (place, &word) in words.iter().enumerate() {
            let parts = 1 + words[place + 1..].iter().take_while(|next| next.is_joined()).count();
            let opens_range = parts > 1 && (place == 0 || !word.is_joined());
            if opens_range {
                write_range(&mut out, place + 1, &words[place..place + parts]);
            }
            let in_range = opens_range || (place > 0 && word.is_joined());
            write_word(&mut out, word, place + 1, sentence.tokens.start, in_range);
        }
        out.push('\n');
    }
    out
}

/// The line of an orthographic word that has several syntactic ones.
fn write_range(out: &mut String, first: usize, parts: &[Word<'_>]) {
    let last = parts[parts.len() - 1];
    let span = parts[0].span().cover(last.span());
    let form = form(span.of(last.document().text()));
    let _ = writeln!(out, "{first}-{}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{}", first + parts.len() - 1, space_after(last));
}

fn write_word(out: &mut String, word: Word<'_>, number: usize, start: usize, in_range: bool) {
    let head = word.head().map_or(0, |head| head.index() - start + 1);
    let _ = writeln!(
        out,
        "{number}\t{}\t{}\t{}\t{}\t{}\t{head}\t{}\t_\t{}",
        form(word.text()),
        form(word.lemma()),
        word.upos().name(),
        word.xpos(),
        word.features().0,
        word.deprel().name(),
        if in_range { "_" } else { space_after(word) },
    );
}

/// A cell must not be empty nor hold a tab, a line break, or what is no text.
fn form(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ").replace('\0', "\u{fffd}");
    if text.is_empty() { "_".to_string() } else { text }
}

fn space_after(word: Word<'_>) -> &'static str {
    let Span { end, .. } = word.span();
    if word.next().is_some_and(|next| next.span().start == end) { "SpaceAfter=No" } else { "_" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::syntax::{Model, parse};
    use crate::text::segment;

    fn lines(text: &str) -> Vec<String> {
        let article = Article::new("an article", text);
        let document = parse(&article, segment(text), &Model::embedded());
        write(&document).lines().map(str::to_string).collect()
    }

    #[test]
    fn words_of_one_token_stand_under_a_range() {
        let lines = lines("They don't talk.\n");
        assert_eq!(lines[..2], ["# sent_id = an_article-1", "# text = They don't talk."]);
        assert_eq!(lines[3], "2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\t_");
        assert!(lines[4].starts_with("2\tdo\tdo\tAUX\t") && lines[4].ends_with("\t_"));
        assert!(lines[6].starts_with("4\ttalk\t") && lines[6].ends_with("\tSpaceAfter=No"));
        assert_eq!(lines.len(), 9, "an empty line ends the sentence");
    }

    #[test]
    fn every_word_has_ten_full_cells() {
        for line in
            lines("\u{a0}Ça \u{2028} va\t?  “No-one’s”\r\n\r\n* * *\n- 5 %").iter().filter(|line| !line.is_empty())
        {
            let cells: Vec<&str> = line.split('\t').collect();
            assert!(
                line.starts_with('#') || (cells.len() == 10 && cells.iter().all(|cell| !cell.is_empty())),
                "{line}"
            );
        }
    }
}
