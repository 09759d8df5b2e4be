//! Tokens to tagged, lemmatized dependency trees, by a small neural network with trained weights.
//!
//! "Putin met Xi." gives `met` VERB/VBD as the root, `Putin` PROPN as its `nsubj`, `Xi` PROPN as its `obj`, `.` as its `punct`.
//! The weights come from `training/`; data/model/english.ron says how they were made and how well they do.

pub mod model;
mod embedding;
mod kernels;
mod network;
mod tree;
mod repairs;
pub mod lemmas;
pub mod conllu;

use std::borrow::Cow;

use crate::article::Article;
use crate::document::labels::{self, NAME_TAGS};
use crate::document::{Analysis, Deprel, Document, ParsedArticle, TokenId, Upos};
use crate::error::Result;
use crate::text::Segmentation;

use embedding::Form;
use model::ModelFile;
use network::{Network, Scores, Sizes};

/// Longer sentences are read in pieces: time and memory grow with the square of the length.
const LONGEST: usize = 256;

/// The trained weights with their labels.
#[derive(Clone)]
pub struct Model {
    network: Network,
    upos: Vec<Upos>,
    xpos: Vec<&'static str>,
    deprel: Vec<Deprel>,
}

impl Model {
    /// The model that the binary carries.
    pub fn embedded() -> Model {
        let bytes = include_bytes!("../../data/model/english.bin").as_slice();
        Model::read("data/model/english.bin", bytes).expect("a test reads the embedded model")
    }

    /// A model from the bytes of its file; `path` is what errors call it.
    pub fn read(path: &str, bytes: impl Into<Cow<'static, [u8]>>) -> Result<Model> {
        let file = ModelFile::new(path, bytes)?;
        fn labels<T>(file: &ModelFile, section: &str, parse: fn(&str) -> Option<T>) -> Result<Vec<T>> {
            file.lines(section)?
                .map(|name| parse(name).ok_or_else(|| file.damaged(&format!("{section}: {name}"))))
                .collect()
        }
        let upos = labels(&file, "labels.upos", Upos::parse)?;
        let xpos = labels(&file, "labels.xpos", labels::xpos)?;
        let deprel = labels(&file, "labels.deprel", Deprel::parse)?;
        let names = labels(&file, "labels.names", |name| NAME_TAGS.iter().position(|tag| *tag == name))?;
        if !names.iter().copied().eq(0..NAME_TAGS.len()) {
            return Err(file.damaged("labels.names"));
        }
        let sizes = Sizes { upos: upos.len(), xpos: xpos.len(), names: names.len(), deprel: deprel.len() };
        let network = Network::new(file, sizes)?;
        Ok(Model { network, upos, xpos, deprel })
    }

    /// The best labels of a sentence's scores; `first` is the id of its first word.
    fn decide(&self, scores: &Scores, forms: &[Form<'_>], first: usize) -> Vec<Analysis> {
        let names = scores.names.as_chunks::<{ NAME_TAGS.len() }>().0;
        let row = |index: usize| {
            let form = forms[index].text;
            let upos = best(&self.upos, &scores.upos, index, |_| true);
            let xpos = best(&self.xpos, &scores.xpos, index, |_| true);
            let lemma = lemmas::lemma(form, upos, xpos);
            let features = lemmas::features(form, &lemma, upos, xpos);
            let head = scores.heads[index];
            let deprel = best(&self.deprel, &scores.deprels, index, |label| (label == Deprel::Root) == head.is_none());
            let head = head.map(|head| TokenId((first + head) as u32));
            Analysis { lemma, upos, xpos, features, head, deprel, names: names[index] }
        };
        (0..forms.len()).map(row).collect()
    }
}

/// The label with the highest score in a row of scores, among those allowed; the first of equals.
fn best<T: Copy>(labels: &[T], scores: &[f32], row: usize, allowed: impl Fn(T) -> bool) -> T {
    let scores = &scores[row * labels.len()..][..labels.len()];
    let mut found: Option<(T, f32)> = None;
    for (&label, &score) in labels.iter().zip(scores) {
        if allowed(label) && found.is_none_or(|(_, best)| score > best) {
            found = Some((label, score));
        }
    }
    found.map_or(labels[0], |(label, _)| label)
}

/// Tags, lemmatizes and parses every sentence. Any segmentation gives valid trees.
pub fn parse<'a>(article: &'a Article, segmentation: Segmentation, model: &Model) -> Document<'a> {
    let tokens = &segmentation.tokens;
    let mut forms = Vec::with_capacity(tokens.len());
    let mut pieces = Vec::new();
    for sentence in &segmentation.sentences {
        let range = sentence.tokens.clone();
        forms.extend(range.clone().map(|index| Form {
            text: tokens[index].span.of(&article.text),
            glued: index > range.start && tokens[index - 1].span.end == tokens[index].span.start,
        }));
        pieces.extend(range.clone().step_by(LONGEST).map(|start| start..range.end.min(start + LONGEST)));
    }
    let words: Vec<&[Form<'_>]> = pieces.iter().map(|piece| &forms[piece.clone()]).collect();
    let decided = model.network.read(&words, |index, scores| model.decide(&scores, words[index], pieces[index].start));
    let mut analyses: Vec<Analysis> = decided.into_iter().flatten().collect();
    for sentence in &segmentation.sentences {
        repairs::mend(&mut analyses, &forms, sentence.tokens.clone());
    }
    Document::new(article, segmentation, analyses)
}

/// The document of trees that were made elsewhere; what the words are to names, the network sees all the same.
pub fn adopt<'a>(parsed: &'a ParsedArticle, model: &Model) -> Document<'a> {
    let ParsedArticle { article, segmentation, analyses } = parsed;
    let seen = parse(article, segmentation.clone(), model);
    let analyses = analyses.iter().zip(seen.words());
    let analyses = analyses.map(|(analysis, word)| Analysis { names: word.name_scores(), ..analysis.clone() });
    Document::new(article, segmentation.clone(), analyses.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Word;
    use crate::span::Span;
    use crate::text::{Sentence, SentenceRole, Token};

    /// One sentence per line, tokens at spaces.
    fn segment(text: &str) -> Segmentation {
        let mut segmentation = Segmentation::default();
        let mut line_start = 0;
        for line in text.split_inclusive('\n') {
            let first = segmentation.tokens.len();
            let mut start = line_start;
            for piece in line.split_inclusive(char::is_whitespace) {
                let word = piece.trim_end();
                if !word.is_empty() {
                    segmentation.tokens.push(Token { span: Span::new(start, start + word.len()), joined: false });
                }
                start += piece.len();
            }
            let tokens = first..segmentation.tokens.len();
            if !tokens.is_empty() {
                let span = segmentation.tokens[first].span.cover(segmentation.tokens[tokens.end - 1].span);
                segmentation.sentences.push(Sentence { span, tokens, role: SentenceRole::Body });
            }
            line_start += line.len();
        }
        segmentation
    }

    fn tree(word: Word<'_>) -> String {
        let head = word.head().map_or("", |head| head.text());
        format!("{}/{}/{}({head})", word.text(), word.xpos(), word.deprel().name())
    }

    #[test]
    fn a_plain_sentence_is_understood() {
        let article = Article::new("a", "The president met the minister in Paris .");
        let document = parse(&article, segment(&article.text), &Model::embedded());
        let found: Vec<String> = document.words().map(tree).collect();
        let expected = [
            "The/DT/det(president)",
            "president/NN/nsubj(met)",
            "met/VBD/root()",
            "the/DT/det(minister)",
            "minister/NN/obj(met)",
            "in/IN/case(Paris)",
            "Paris/NNP/obl(met)",
            "././punct(met)",
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn agents_of_passives_are_named() {
        let cases = [
            ("The city was shelled by the rebels .", "rebels", Deprel::OblAgent),
            ("A ship owned by the bank sank .", "bank", Deprel::OblAgent),
            ("The envoy has left by train .", "train", Deprel::Obl),
        ];
        let model = Model::embedded();
        for (text, word, deprel) in cases {
            let article = Article::new("a", text);
            let document = parse(&article, segment(text), &model);
            let found = document.words().find(|other| other.text() == word).unwrap();
            assert_eq!(found.deprel(), deprel, "{text}");
        }
    }

    #[test]
    fn any_text_gives_trees() {
        let long = "and ( they said , ".repeat(300);
        let noise = "\u{0} \u{feff} 🜁 ﷽ ... ) ) ( \" ' ' - — 0 \u{202e}x A\u{301} ｆｕｌｌ ß İ";
        let article = Article::new("a", format!("{long}\n{noise}\nx\n\n.\n"));
        let document = parse(&article, segment(&article.text), &Model::embedded());
        for sentence in document.sentences() {
            let words: Vec<Word<'_>> = document.words_in(sentence.tokens.clone()).collect();
            assert_eq!(words.iter().filter(|word| word.head().is_none()).count(), 1);
            assert!(words.iter().all(|word| word.ancestors().count() < sentence.tokens.len()));
        }
    }

    #[test]
    fn a_sentence_is_read_alike_in_any_company() {
        let model = Model::embedded();
        let line = "Sanctions against the bank were lifted by the council on Friday .";
        let read = |text: &str| {
            let article = Article::new("a", text);
            let document = parse(&article, segment(text), &model);
            document.words_in(document.sentences().last().unwrap().tokens.clone()).map(tree).collect::<Vec<_>>()
        };
        assert_eq!(read(line), read(&format!("Short one .\n{}\nYes\n{line}", "a long list of words ".repeat(30))));
    }
}
