//! The document: an article with its sentences, words and dependency trees; immutable once built.
//!
//! Every rule about language is written against `Word`, a cursor that walks the tree:
//! in "Putin met Xi in Samarkand." the word `met` has the child `Putin` by `nsubj`.

pub mod labels;
#[cfg(test)]
pub mod testing;

use std::ops::Range;

pub use labels::{Deprel, Features, NameScores, Upos};

use crate::article::Article;
use crate::span::Span;
use crate::text::{Segmentation, Sentence, Token};

/// Index of a word in its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TokenId(pub u32);

impl TokenId {
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What the parser says of one word. `head` is `None` for the root of a sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Analysis {
    pub lemma: Box<str>,
    pub upos: Upos,
    /// Penn tag, one of `labels::XPOS`.
    pub xpos: &'static str,
    pub features: Features,
    pub head: Option<TokenId>,
    pub deprel: Deprel,
    /// How the word looks as a part of a name; all equal where nobody has looked.
    pub names: NameScores,
}

/// An article whose trees were made elsewhere: what a document is built from.
#[derive(Clone, Debug, PartialEq)]
pub struct ParsedArticle {
    pub article: Article,
    pub segmentation: Segmentation,
    /// One for each token; heads lie in the same sentence and form trees.
    pub analyses: Vec<Analysis>,
}

/// An article with its words and trees.
#[derive(Clone, Debug)]
pub struct Document<'a> {
    article: &'a Article,
    sentences: Vec<Sentence>,
    tokens: Vec<Token>,
    analyses: Vec<Analysis>,
    /// Sentence of each token.
    sentence_of: Vec<u32>,
    /// Dependents of token `i`, in reading order: `children[starts[i]..starts[i + 1]]`.
    children: Vec<TokenId>,
    starts: Vec<u32>,
}

impl<'a> Document<'a> {
    /// `analyses` holds one entry per token of the segmentation; heads lie in the same sentence and form trees.
    pub fn new(article: &'a Article, segmentation: Segmentation, analyses: Vec<Analysis>) -> Document<'a> {
        let Segmentation { sentences, tokens } = segmentation;
        assert_eq!(tokens.len(), analyses.len(), "one analysis per token");
        let mut sentence_of = vec![0; tokens.len()];
        for (index, sentence) in sentences.iter().enumerate() {
            sentence_of[sentence.tokens.clone()].fill(index as u32);
        }
        let mut starts = vec![0u32; tokens.len() + 1];
        for head in analyses.iter().filter_map(|analysis| analysis.head) {
            starts[head.index() + 1] += 1;
        }
        for index in 1..starts.len() {
            starts[index] += starts[index - 1];
        }
        let mut next = starts.clone();
        let mut children = vec![TokenId(0); analyses.iter().filter(|analysis| analysis.head.is_some()).count()];
        for (index, analysis) in analyses.iter().enumerate() {
            if let Some(head) = analysis.head {
                children[next[head.index()] as usize] = TokenId(index as u32);
                next[head.index()] += 1;
            }
        }
        Document { article, sentences, tokens, analyses, sentence_of, children, starts }
    }

    pub fn article(&self) -> &'a Article {
        self.article
    }

    pub fn text(&self) -> &'a str {
        &self.article.text
    }

    pub fn sentences(&self) -> &[Sentence] {
        &self.sentences
    }

    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    pub fn word(&self, id: TokenId) -> Word<'_> {
        Word { document: self, id }
    }

    /// All words in reading order.
    pub fn words(&self) -> impl DoubleEndedIterator<Item = Word<'_>> + ExactSizeIterator {
        self.words_in(0..self.tokens.len())
    }

    /// The words of a token range.
    pub fn words_in(&self, range: Range<usize>) -> impl DoubleEndedIterator<Item = Word<'_>> + ExactSizeIterator {
        range.map(|index| self.word(TokenId(index as u32)))
    }

    /// The span from the first to the last word of a non-empty token range.
    pub fn span_of(&self, range: Range<usize>) -> Span {
        self.tokens[range.start].span.cover(self.tokens[range.end - 1].span)
    }
}

/// A cursor on one word of a document. Cheap to copy; equality and order are by position.
#[derive(Clone, Copy)]
pub struct Word<'d> {
    document: &'d Document<'d>,
    id: TokenId,
}

impl<'d> Word<'d> {
    pub fn id(self) -> TokenId {
        self.id
    }

    pub fn index(self) -> usize {
        self.id.index()
    }

    pub fn document(self) -> &'d Document<'d> {
        self.document
    }

    fn token(self) -> &'d Token {
        &self.document.tokens[self.index()]
    }

    pub fn name_scores(self) -> NameScores {
        self.analysis().names
    }

    fn analysis(self) -> &'d Analysis {
        &self.document.analyses[self.index()]
    }

    pub fn span(self) -> Span {
        self.token().span
    }

    /// The form as it stands in the text.
    pub fn text(self) -> &'d str {
        self.span().of(&self.document.article.text)
    }

    pub fn lemma(self) -> &'d str {
        &self.analysis().lemma
    }

    pub fn upos(self) -> Upos {
        self.analysis().upos
    }

    /// Penn tag.
    pub fn xpos(self) -> &'static str {
        self.analysis().xpos
    }

    pub fn features(self) -> &'d Features {
        &self.analysis().features
    }

    pub fn deprel(self) -> Deprel {
        self.analysis().deprel
    }

    /// Part of the same orthographic word as the one before ("n't" in "don't").
    pub fn is_joined(self) -> bool {
        self.token().joined
    }

    pub fn head(self) -> Option<Word<'d>> {
        self.analysis().head.map(|head| self.document.word(head))
    }

    /// The heads from the next one up to the root.
    pub fn ancestors(self) -> impl Iterator<Item = Word<'d>> {
        std::iter::successors(self.head(), |word| word.head())
    }

    /// All dependents, in reading order.
    pub fn dependents(self) -> impl DoubleEndedIterator<Item = Word<'d>> {
        let range = self.document.starts[self.index()] as usize..self.document.starts[self.index() + 1] as usize;
        let document = self.document;
        document.children[range].iter().map(move |&id| document.word(id))
    }

    /// The dependents by one relation.
    pub fn children(self, deprel: Deprel) -> impl DoubleEndedIterator<Item = Word<'d>> {
        self.dependents().filter(move |child| child.deprel() == deprel)
    }

    pub fn child(self, deprel: Deprel) -> Option<Word<'d>> {
        self.children(deprel).next()
    }

    pub fn has_child(self, deprel: Deprel) -> bool {
        self.child(deprel).is_some()
    }

    pub fn next(self) -> Option<Word<'d>> {
        (self.index() + 1 < self.document.len()).then(|| self.document.word(TokenId(self.id.0 + 1)))
    }

    pub fn previous(self) -> Option<Word<'d>> {
        self.id.0.checked_sub(1).map(|id| self.document.word(TokenId(id)))
    }

    /// Index of the sentence.
    pub fn sentence_index(self) -> usize {
        self.document.sentence_of[self.index()] as usize
    }

    pub fn sentence(self) -> &'d Sentence {
        &self.document.sentences[self.sentence_index()]
    }

    /// The preposition, its fixed parts joined: `in`, `because of`.
    pub fn preposition(self) -> Option<String> {
        let case = self.children(Deprel::Case).find(|case| case.xpos() != "POS")?;
        let mut text = case.text().to_lowercase();
        for part in case.children(Deprel::Fixed) {
            text.push(' ');
            text.push_str(&part.text().to_lowercase());
        }
        Some(text)
    }

    /// The word and the words coordinated with it: "Putin, Xi and Modi" at `Putin`.
    pub fn conjuncts(self) -> Vec<Word<'d>> {
        let mut all = vec![self];
        all.extend(self.children(Deprel::Conj));
        all
    }

    /// The first coordinated word that this one hangs on, itself where it is not coordinated.
    pub fn first_conjunct(self) -> Word<'d> {
        let mut word = self;
        while word.deprel() == Deprel::Conj
            && let Some(head) = word.head()
        {
            word = head;
        }
        word
    }

    /// True where `self` is `other` or stands somewhere below it.
    pub fn is_within(self, other: Word<'_>) -> bool {
        self.id == other.id || self.ancestors().any(|ancestor| ancestor.id == other.id)
    }

    /// The word and all below it, in reading order.
    pub fn subtree(self) -> Vec<Word<'d>> {
        let mut all = vec![self];
        let mut next = 0;
        while next < all.len() {
            let word = all[next];
            all.extend(word.dependents());
            next += 1;
        }
        all.sort_unstable();
        all
    }

    /// A noun, name, number or pronoun: what can head a noun phrase.
    pub fn is_nominal(self) -> bool {
        matches!(self.upos(), Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num)
    }
}

impl PartialEq for Word<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Word<'_> {}

impl PartialOrd for Word<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Word<'_> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.id.cmp(&other.id)
    }
}

impl std::fmt::Debug for Word<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}/{}", self.text(), self.id.0)
    }
}
