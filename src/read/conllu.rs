//! CoNLL-U: articles with the trees of another parser, or of a treebank.
//!
//! ```text
//! # newdoc id = a1
//! 1    Putin  Putin  PROPN  NNP  Number=Sing  2  nsubj  _  _
//! 2    met    meet   VERB   VBD  Tense=Past   0  root   _  _
//! 3    Xi     Xi     PROPN  NNP  Number=Sing  2  obj    _  SpaceAfter=No
//! 4    .      .      PUNCT  .    _            2  punct  _  _
//! ```
//!
//! gives the article `a1` with the text "Putin met Xi." and that tree. `# newdoc id`, `# newpar`, `# title`, `# date`,
//! `# source` and `# url` are read, other comments passed over. Penn tags are kept; where the fifth column has others, or
//! none, the tag that UPOS and features say stands in.

use std::ops::Range;

use crate::article::Article;
use crate::document::{Analysis, Deprel, Features, ParsedArticle, TokenId, Upos, labels};
use crate::error::Result;
use crate::read::decode::decode;
use crate::read::{Input, Item, Items, LONGEST_TEXT, Source};
use crate::span::Span;
use crate::text::{Segmentation, Sentence, SentenceRole, Token};

pub const INPUT: Input = Input {
    name: "conllu",
    extensions: &["conllu", "conll"],
    about: "CoNLL-U of Universal Dependencies: words and trees of another parser; an article at each `# newdoc id`",
    read,
};

const LONGEST_LINE: usize = 1 << 20;
/// Longer sentences are no sentences, and deep trees cost deep stacks.
const MOST_WORDS: usize = 2000;

fn read(source: Source) -> Items {
    let mut reader = Reader::new(source);
    Box::new(std::iter::from_fn(move || reader.next()))
}

struct Reader {
    source: Source,
    number: usize,
    unnamed: usize,
    article: Builder,
    sentence: Draft,
    ready: std::collections::VecDeque<Item>,
    is_done: bool,
}

/// The article that is being read.
#[derive(Default)]
struct Builder {
    article: Article,
    segmentation: Segmentation,
    analyses: Vec<Analysis>,
    /// A blank stands before the next word.
    parted: bool,
    new_paragraph: bool,
}

/// The lines of the sentence that is being read.
#[derive(Default)]
struct Draft {
    words: Vec<Row>,
    /// Orthographic words of several syntactic ones: which, and how they are spelled together.
    ranges: Vec<(Range<usize>, String, bool)>,
    /// Where the sentence cannot be used: the line, and why.
    problem: Option<(usize, String)>,
}

struct Row {
    form: String,
    analysis: Analysis,
    /// Number of the head in the sentence, 0 for the root.
    head: usize,
    space_after: bool,
}

impl Reader {
    fn new(source: Source) -> Reader {
        let mut reader = Reader {
            number: 0,
            unnamed: 0,
            article: Builder::default(),
            sentence: Draft::default(),
            ready: Default::default(),
            is_done: false,
            source,
        };
        reader.article.article.id = reader.source.id.clone();
        reader
    }

    fn next(&mut self) -> Option<Result<Item>> {
        loop {
            if let Some(item) = self.ready.pop_front() {
                return Some(Ok(item));
            }
            if self.is_done {
                return None;
            }
            if let Err(error) = self.read_line() {
                self.is_done = true;
                return Some(Err(error));
            }
        }
    }

    fn read_line(&mut self) -> Result<()> {
        self.number += 1;
        let Some(line) = self.source.line(LONGEST_LINE)? else {
            self.is_done = true;
            self.close_sentence();
            self.close_article();
            return Ok(());
        };
        if line.is_cut {
            self.sentence.refuse(self.number, format!("longer than {} MB", LONGEST_LINE >> 20));
            return Ok(());
        }
        match decode(line.bytes) {
            Ok(decoded) => self.take_line(decoded.text.trim_end_matches('\r')),
            Err(error) => self.sentence.refuse(self.number, error.problem),
        }
        Ok(())
    }

    fn take_line(&mut self, line: &str) {
        if line.trim().is_empty() {
            self.close_sentence();
        } else if let Some(comment) = line.strip_prefix('#') {
            self.take_comment(comment.trim());
        } else if let Err(problem) = self.sentence.take_word(line) {
            self.sentence.refuse(self.number, problem);
        }
    }

    fn take_comment(&mut self, comment: &str) {
        let (key, value) = comment.split_once('=').map_or((comment, ""), |(key, value)| (key.trim(), value.trim()));
        let article = &mut self.article.article;
        let given = || Some(value.to_string()).filter(|value| !value.is_empty());
        match key {
            "newdoc" | "newdoc id" => {
                self.close_sentence();
                self.close_article();
                self.unnamed += 1;
                let number = || format!("{}-{}", self.source.id, self.unnamed);
                self.article.article.id = given().unwrap_or_else(number);
            }
            "newpar" | "newpar id" => self.article.new_paragraph = true,
            "title" => article.title = given(),
            "source" => article.source = given(),
            "url" => article.url = given(),
            "date" => match value.get(..10).unwrap_or(value).parse() {
                Ok(date) => article.date = Some(date),
                Err(_) => {
                    self.notice(self.number, format!("the date `{value}` is not understood"), "write it as 2022-09-15")
                }
            },
            _ => {}
        }
    }

    fn close_sentence(&mut self) {
        let mut draft = std::mem::take(&mut self.sentence);
        if draft.problem.is_none() && !draft.words.is_empty() {
            let added = self.article.add(&mut draft);
            draft.problem = added.err().map(|problem| (self.number.saturating_sub(1), problem));
        }
        if let Some((line, problem)) = draft.problem {
            let advice = "a sentence is ten columns parted by tabs, one word a line, its heads a tree with one root";
            self.notice(line, format!("the sentence is left out: {problem}"), advice);
        }
    }

    fn close_article(&mut self) {
        let Builder { article, segmentation, analyses, .. } = std::mem::take(&mut self.article);
        if !analyses.is_empty() {
            self.ready.push_back(Item::Parsed(Box::new(ParsedArticle { article, segmentation, analyses })));
        }
    }

    fn notice(&mut self, line: usize, problem: String, advice: &str) {
        self.ready.push_back(Item::Notice(self.source.error_at(line, problem, advice)));
    }
}

impl Draft {
    fn refuse(&mut self, line: usize, problem: String) {
        self.problem.get_or_insert((line, problem));
    }

    fn take_word(&mut self, line: &str) -> Result<(), String> {
        let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
        let &[id, form, lemma, upos, xpos, features, head, deprel, _, misc] = &cells[..] else {
            return Err(format!("{} columns instead of 10", cells.len()));
        };
        let space_after = !misc.split('|').any(|value| value == "SpaceAfter=No");
        if let Some((first, last)) = id.split_once('-') {
            let (first, last) = (number(first)?, number(last)?);
            if first != self.words.len() + 1 || last < first || last - first >= MOST_WORDS {
                return Err(format!("the range `{id}` does not begin at the next word"));
            }
            self.ranges.push((first - 1..last, form.to_string(), space_after));
            return Ok(());
        }
        if id.contains('.') {
            return Ok(());
        }
        if number(id)? != self.words.len() + 1 {
            return Err(format!("word `{id}` where {} was due", self.words.len() + 1));
        }
        if self.words.len() >= MOST_WORDS {
            return Err(format!("more than {MOST_WORDS} words"));
        }
        if form.is_empty() {
            return Err("a word without form".to_string());
        }
        let upos = Upos::parse(upos).unwrap_or(Upos::X);
        let features = Features(if features.is_empty() { "_".into() } else { features.to_string().into() });
        let analysis = Analysis {
            lemma: if matches!(lemma, "" | "_") { form.to_lowercase() } else { lemma.to_string() }.into(),
            upos,
            xpos: labels::xpos(xpos).unwrap_or_else(|| penn_tag(upos, &features)),
            features,
            head: None,
            deprel: relation(deprel),
            names: Default::default(),
        };
        self.words.push(Row { form: form.to_string(), analysis, head: number(head)?, space_after });
        Ok(())
    }

    /// Whether the heads make a tree with one root.
    fn check_tree(&self) -> Result<(), String> {
        let roots = self.words.iter().filter(|word| word.head == 0).count();
        if roots != 1 {
            return Err(format!("{roots} roots"));
        }
        if let Some(word) = self.words.iter().find(|word| word.head > self.words.len()) {
            return Err(format!("`{}` hangs on word {}, which is not there", word.form, word.head));
        }
        // Steps to the root are fewer than words, or they go round.
        let mut reaches = vec![false; self.words.len() + 1];
        reaches[0] = true;
        for start in 1..=self.words.len() {
            let mut path = Vec::new();
            let mut node = start;
            while !reaches[node] {
                if path.len() > self.words.len() {
                    return Err(format!("the heads above `{}` go round in a circle", self.words[start - 1].form));
                }
                path.push(node);
                node = self.words[node - 1].head;
            }
            path.into_iter().for_each(|node| reaches[node] = true);
        }
        Ok(())
    }
}

impl Builder {
    fn add(&mut self, draft: &mut Draft) -> Result<(), String> {
        draft.check_tree()?;
        if draft.ranges.iter().any(|(range, ..)| range.end > draft.words.len()) {
            return Err("a range goes beyond the last word".to_string());
        }
        let length: usize = draft.words.iter().map(|word| word.form.len() + 1).sum();
        if self.article.text.len() + length > LONGEST_TEXT {
            return Err(format!("the article is longer than {} MB", LONGEST_TEXT >> 20));
        }
        let mut pieces: Vec<(String, bool, bool)> = Vec::with_capacity(draft.words.len());
        let mut ranges = draft.ranges.iter().peekable();
        let mut index = 0;
        while index < draft.words.len() {
            match ranges.next_if(|(range, ..)| range.start == index) {
                Some((range, form, space_after)) => {
                    let forms: Vec<&str> = draft.words[range.clone()].iter().map(|word| word.form.as_str()).collect();
                    let parts = spell(form, &forms)?;
                    let last = parts.len() - 1;
                    pieces.extend(
                        parts.into_iter().enumerate().map(|(at, part)| (part, at > 0, at == last && *space_after)),
                    );
                    index = range.end;
                }
                None => {
                    let word = &draft.words[index];
                    pieces.push((word.form.clone(), false, word.space_after));
                    index += 1;
                }
            }
        }
        let text = &mut self.article.text;
        if !text.is_empty() {
            text.push_str(if self.new_paragraph {
                "\n\n"
            } else if self.parted {
                " "
            } else {
                ""
            });
        }
        (self.parted, self.new_paragraph) = (false, false);
        let first = self.segmentation.tokens.len();
        for (piece, joined, space_after) in pieces {
            if self.parted {
                text.push(' ');
            }
            let start = text.len();
            text.push_str(&piece);
            self.segmentation.tokens.push(Token { span: Span::new(start, text.len()), joined });
            self.parted = space_after;
        }
        let tokens = first..self.segmentation.tokens.len();
        let span = self.segmentation.tokens[first].span.cover(self.segmentation.tokens[tokens.end - 1].span);
        self.segmentation.sentences.push(Sentence { span, tokens, role: SentenceRole::Body });
        self.analyses.extend(draft.words.drain(..).map(|word| {
            let head = word.head.checked_sub(1).map(|head| TokenId((first + head) as u32));
            let deprel = match (head, word.analysis.deprel) {
                (None, _) => Deprel::Root,
                (Some(_), Deprel::Root) => Deprel::Dep,
                (Some(_), deprel) => deprel,
            };
            Analysis { head, deprel, ..word.analysis }
        }));
        Ok(())
    }
}

/// How the parts of an orthographic word share its letters: "don't" is `do` and `n't`; where the parts are spelled
/// otherwise, as German "zum" is `zu` and `dem`, each gets some of them.
fn spell(form: &str, parts: &[&str]) -> Result<Vec<String>, String> {
    if parts.concat() == form {
        return Ok(parts.iter().map(|part| part.to_string()).collect());
    }
    let letters: Vec<char> = form.chars().filter(|letter| !letter.is_whitespace()).collect();
    if letters.len() < parts.len() {
        return Err(format!("`{form}` has fewer letters than words"));
    }
    let mut rest = &letters[..];
    let mut spelled = Vec::with_capacity(parts.len());
    for (index, part) in parts.iter().enumerate() {
        let others = parts.len() - index - 1;
        let take = if others == 0 { rest.len() } else { part.chars().count().clamp(1, rest.len() - others) };
        spelled.push(rest[..take].iter().collect());
        rest = &rest[take..];
    }
    Ok(spelled)
}

fn number(cell: &str) -> Result<usize, String> {
    cell.parse().map_err(|_| format!("`{cell}` is no number of a word"))
}

/// The relation, without its subtype where English has none such; `dep` for what UD does not know.
fn relation(name: &str) -> Deprel {
    let whole = || name.split_once(':').map_or(name, |(relation, _)| relation);
    Deprel::parse(name).or_else(|| Deprel::parse(whole())).unwrap_or(Deprel::Dep)
}

/// The Penn tag that UPOS and features amount to.
fn penn_tag(upos: Upos, features: &Features) -> &'static str {
    let is = |name: &str, value: &str| features.get(name) == Some(value);
    let plural = is("Number", "Plur");
    match upos {
        Upos::Noun if plural => "NNS",
        Upos::Noun => "NN",
        Upos::Propn if plural => "NNPS",
        Upos::Propn => "NNP",
        Upos::Verb | Upos::Aux => match features.get("VerbForm") {
            Some("Inf") => "VB",
            Some("Ger") => "VBG",
            Some("Part") if is("Tense", "Pres") => "VBG",
            Some("Part") => "VBN",
            _ if is("Tense", "Past") || is("Tense", "Imp") => "VBD",
            _ if is("Number", "Sing") && is("Person", "3") => "VBZ",
            _ => "VBP",
        },
        Upos::Adj if is("Degree", "Cmp") => "JJR",
        Upos::Adj if is("Degree", "Sup") => "JJS",
        Upos::Adj => "JJ",
        Upos::Adv if is("Degree", "Cmp") => "RBR",
        Upos::Adv if is("Degree", "Sup") => "RBS",
        Upos::Adv | Upos::Part => "RB",
        Upos::Det => "DT",
        Upos::Pron if is("PronType", "Rel") || is("PronType", "Int") => "WP",
        Upos::Pron if is("Poss", "Yes") => "PRP$",
        Upos::Pron => "PRP",
        Upos::Num => "CD",
        Upos::Adp | Upos::Sconj => "IN",
        Upos::Cconj => "CC",
        Upos::Intj => "UH",
        Upos::Punct => ".",
        Upos::Sym => "SYM",
        Upos::X => "FW",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(lines: &str) -> Vec<Item> {
        read(Source::new("trees.conllu", lines)).map(|item| item.unwrap()).collect()
    }

    /// Rows of `id form upos head deprel [misc]`, written with blanks.
    fn rows(rows: &str) -> String {
        let row = |row: &str| match row.split_whitespace().collect::<Vec<_>>()[..] {
            [id, form, upos, head, deprel, ref misc @ ..] if !row.starts_with('#') => {
                format!("{id}\t{form}\t_\t{upos}\t_\t_\t{head}\t{deprel}\t_\t{}\n", misc.first().unwrap_or(&"_"))
            }
            _ => format!("{row}\n"),
        };
        rows.lines().map(|line| row(line.trim())).collect()
    }

    /// `form/xpos/deprel(head)` of each word, sentences parted by `|`.
    fn trees(item: &Item) -> String {
        let Item::Parsed(parsed) = item else { panic!("{item:?}") };
        let ParsedArticle { article, segmentation, analyses } = parsed.as_ref().clone();
        let document = crate::document::Document::new(&article, segmentation, analyses);
        let word = |word: crate::document::Word<'_>| {
            let head = word.head().map_or("", |head| head.text());
            format!("{}/{}/{}({head})", word.text(), word.xpos(), word.deprel().name())
        };
        let sentence =
            |sentence: &Sentence| document.words_in(sentence.tokens.clone()).map(word).collect::<Vec<_>>().join(" ");
        document.sentences().iter().map(sentence).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn words_and_trees_come_in_as_they_are() {
        let items = items(&rows(
            "1 Putin PROPN 2 nsubj\n2 met VERB 0 root\n3 Xi PROPN 2 obj SpaceAfter=No\n4 . PUNCT 2 punct\n\n1 Ja INTJ 0 root",
        ));
        assert_eq!(
            trees(&items[0]),
            "Putin/NNP/nsubj(met) met/VBP/root() Xi/NNP/obj(met) ././punct(met) | Ja/UH/root()"
        );
        let Item::Parsed(parsed) = &items[0] else { panic!() };
        assert_eq!((parsed.article.id.as_str(), parsed.article.text.as_str()), ("trees", "Putin met Xi. Ja"));
    }

    #[test]
    fn documents_begin_where_they_say() {
        let text = "# newdoc id = a\n# date = 2024-05-01\n1 Go VERB 0 root\n\n# newdoc id = b\n1 Stop VERB 0 root\n";
        let items = items(&rows(text));
        let ids: Vec<(&str, bool)> = items
            .iter()
            .map(|item| match item {
                Item::Parsed(parsed) => (parsed.article.id.as_str(), parsed.article.date.is_some()),
                _ => panic!("{item:?}"),
            })
            .collect();
        assert_eq!(ids, [("a", true), ("b", false)]);
    }

    #[test]
    fn parts_of_a_word_share_its_letters() {
        let items = items(&rows(
            "1-2 don't _ _ _\n1 do AUX 3 aux\n2 n't PART 3 advmod\n3 go VERB 0 root\n\n1-2 zum _ _ _\n1 zu ADP 3 case\n2 dem DET 3 det\n3 Tor NOUN 0 root:x",
        ));
        let Item::Parsed(parsed) = &items[0] else { panic!() };
        assert_eq!(parsed.article.text, "don't go zum Tor");
        assert_eq!(trees(&items[0]).split(" | ").nth(1), Some("zu/IN/case(Tor) m/DT/det(Tor) Tor/NN/root()"));
    }

    #[test]
    fn what_is_no_tree_is_left_out_and_named() {
        for (lines, problem) in [
            ("1 a X 2 dep\n2 b X 1 dep\n3 c X 0 root", "go round in a circle"),
            ("1 a X 0 root\n2 b X 0 root", "2 roots"),
            ("1 a X 9 dep\n2 b X 0 root", "word 9, which is not there"),
            ("1 a X 0 root\n3 b X 1 dep", "word `3` where 2 was due"),
            ("1 a X zero root", "`zero` is no number"),
            ("noise", "1 columns instead of 10"),
            ("1-2 x _ _ _\n1 a X 0 root", "beyond the last word"),
        ] {
            let items = items(&rows(&format!("1 Go VERB 0 root\n\n{lines}\n")));
            let [Item::Notice(notice), Item::Parsed(parsed)] = &items[..] else { panic!("{items:?}") };
            assert!(notice.to_string().contains(problem), "{notice}");
            assert!(notice.to_string().starts_with("trees.conllu:"), "{notice}");
            assert_eq!(parsed.article.text, "Go");
        }
    }
}
