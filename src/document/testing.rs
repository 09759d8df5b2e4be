//! Documents for tests, from hand-written trees.
//!
//! One word a line: form, lemma, UPOS, XPOS, head (1-based in its sentence, 0 for the root), relation; a blank line ends
//! the sentence.
//!
//! ```text
//! Putin putin PROPN NNP 2 nsubj
//! met   meet  VERB  VBD 0 root
//! Xi    xi    PROPN NNP 2 obj
//! ```

use super::{Analysis, Deprel, Document, Features, TokenId, Upos, labels};
use crate::article::Article;
use crate::span::Span;
use crate::text::{Segmentation, Sentence, SentenceRole, Token};

/// The document of some trees. Words are set apart by spaces, except around punctuation and before clitics.
/// The article lives as long as the test program does.
pub fn document(trees: &str) -> Document<'static> {
    let mut text = String::new();
    let mut segmentation = Segmentation::default();
    let mut analyses = Vec::new();
    let lines: Vec<&str> = trees.trim().lines().map(str::trim).collect();
    for tree in lines.split(|line| line.is_empty()).filter(|tree| !tree.is_empty()) {
        let first = analyses.len();
        for line in tree {
            let fields: Vec<&str> = line.split_whitespace().collect();
            let [form, lemma, upos, xpos, head, deprel] = fields[..] else { panic!("six fields: {line}") };
            let joined = form.starts_with('\'') || form.starts_with('’') || form == "n't" || form == "n’t";
            if !(text.is_empty() || joined || closes(form) || text.ends_with(['“', '(', '‘'])) {
                text.push(' ');
            }
            let start = text.len();
            text.push_str(form);
            segmentation.tokens.push(Token { span: Span::new(start, text.len()), joined });
            let head: usize = head.parse().expect("a number");
            analyses.push(Analysis {
                lemma: lemma.into(),
                upos: Upos::parse(upos).unwrap_or_else(|| panic!("a UPOS: {line}")),
                xpos: labels::xpos(xpos).unwrap_or_else(|| panic!("an XPOS: {line}")),
                features: Features::NONE,
                head: head.checked_sub(1).map(|head| TokenId((first + head) as u32)),
                deprel: Deprel::parse(deprel).unwrap_or_else(|| panic!("a relation: {line}")),
                names: Default::default(),
            });
        }
        let tokens = first..analyses.len();
        let span = segmentation.tokens[first].span.cover(segmentation.tokens[tokens.end - 1].span);
        segmentation.sentences.push(Sentence { span, tokens, role: SentenceRole::Body });
    }
    Document::new(Box::leak(Box::new(Article::new("test", text))), segmentation, analyses)
}

fn closes(form: &str) -> bool {
    matches!(form, "." | "," | ";" | ":" | "!" | "?" | ")" | "”")
}

#[test]
fn trees_become_text_and_words() {
    let document = document(
        "China China PROPN NNP 4 nsubj
         did   do    AUX   VBD 4 aux
         n't   not   PART  RB  4 advmod
         reply reply VERB  VB  0 root
         .     .     PUNCT .   4 punct

         Silence silence NOUN  NN 0 root
         .       .       PUNCT .  1 punct",
    );
    assert_eq!(document.text(), "China didn't reply. Silence.");
    assert_eq!(document.sentences().len(), 2);
    assert_eq!(
        document.words().map(|word| word.text()).collect::<Vec<_>>().join("|"),
        "China|did|n't|reply|.|Silence|."
    );
}
