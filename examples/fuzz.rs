//! Any bytes in, a valid tree out: `cargo run --release --example fuzz [SECONDS [SEED]]`, a minute where nothing is said.
//!
//! Articles are cut up, mixed with noise and read: the words must cover the text, every sentence must be a tree, and the
//! CoNLL-U that comes out must come in again as the same trees. CoNLL-U itself is damaged too, and must give clear notices
//! or trees. The run ends with the number of texts; a text that breaks a rule is printed, with the seed that makes it.

use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use geopol::Article;
use geopol::document::{Document, Word};
use geopol::pipeline;
use geopol::read::{Item, Source, input};
use geopol::syntax::{Model, conllu};

/// What no article holds often enough: marks, scripts, and what trips programs.
const NOISE: &[&str] = &[
    "\u{0}",
    "\u{feff}",
    "\u{202e}",
    "\u{301}",
    "\u{200d}",
    "\r",
    "\r\n",
    "\n\n",
    "\t",
    "\u{2028}",
    "\u{a0}",
    "İ",
    "ﬁ",
    "北京",
    "Москва",
    "القاهرة",
    "👩‍👩‍👧",
    "''",
    "``",
    "’s",
    "n’t",
    "“",
    "”",
    "…",
    "....",
    "--",
    "(((",
    "]",
    "@",
    "http://",
    "a.b@c",
    "U.S.",
    "J.",
    "1,000",
    "12:30",
    "$",
    "%",
    "#",
    "&amp;",
    "_",
    "-LRB-",
    "=",
    "|",
    "1/2",
    "0000000000000000",
];

/// Numbers that are the same on every machine (xorshift).
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }

    fn piece<'t>(&mut self, text: &'t str, longest: usize) -> &'t str {
        let boundary = |mut at: usize| {
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let start = boundary(self.below(text.len()));
        let end = boundary((start + self.below(longest)).min(text.len()));
        &text[start..end.max(start)]
    }
}

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let mut number = |otherwise: u64| match arguments.next().map(|argument| argument.parse()) {
        Some(Ok(number)) => number,
        Some(Err(_)) => {
            eprintln!("usage: fuzz [SECONDS [SEED]]");
            std::process::exit(2)
        }
        None => otherwise,
    };
    let (seconds, first) = (number(60), number(1));
    let mut articles = Vec::new();
    for entry in std::fs::read_dir("examples/articles")? {
        articles.push(std::fs::read_to_string(entry?.path())?);
    }
    articles.sort();
    let model = Model::embedded();
    let started = Instant::now();
    let mut seed = first;
    let mut broken = 0;
    while started.elapsed() < Duration::from_secs(seconds) {
        let text = text(seed, &articles);
        // The panic's own message stands above.
        if catch_unwind(AssertUnwindSafe(|| check(seed, &text, &model))).is_err() {
            broken += 1;
            println!("seed {seed} breaks a rule: {text:?}");
        }
        seed += 1;
    }
    writeln!(std::io::stdout(), "{} texts read, {broken} broke a rule", seed - first)?;
    std::process::exit(i32::from(broken > 0))
}

fn text(seed: u64, articles: &[String]) -> String {
    let mut chance = Chance(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let mut text = String::new();
    for _ in 0..=chance.below(25) {
        let article = &articles[chance.below(articles.len())];
        match chance.below(10) {
            0..5 => text.push_str(chance.piece(article, 200)),
            5..7 => text.push_str(NOISE[chance.below(NOISE.len())]),
            7 => text.push_str(&chance.piece(article, 60).to_uppercase()),
            8 => {
                let bytes: Vec<u8> = (0..chance.below(12)).map(|_| chance.below(256) as u8).collect();
                text.push_str(&String::from_utf8_lossy(&bytes));
            }
            _ => {
                let piece = chance.piece(article, 6).to_string();
                text.push_str(&piece.repeat(chance.below(80)));
            }
        }
        if chance.below(3) == 0 {
            text.push(' ');
        }
    }
    text
}

fn check(seed: u64, text: &str, model: &Model) {
    let article = Article::new("fuzz", text);
    let document = pipeline::parse(&article, model);
    check_document(&document);
    let lines = conllu::write(&document);
    check_lines(&document, &lines);
    check_damaged(seed, lines);
}

/// The words cover what is not blank, in order, and each sentence is a tree with one root.
fn check_document(document: &Document<'_>) {
    let mut end = 0;
    for word in document.words() {
        let (start, stop) = (word.span().start as usize, word.span().end as usize);
        assert!(document.text()[end..start].chars().all(char::is_whitespace), "something stands between words");
        assert!(start < stop);
        end = stop;
    }
    assert!(document.text()[end..].chars().all(char::is_whitespace), "something stands behind the last word");
    for sentence in document.sentences() {
        let words: Vec<Word<'_>> = document.words_in(sentence.tokens.clone()).collect();
        assert_eq!(words.iter().filter(|word| word.head().is_none()).count(), 1, "one root");
        for word in &words {
            assert!(
                word.head().is_none_or(|head| sentence.tokens.contains(&head.index())),
                "heads stay in the sentence"
            );
            assert!(word.ancestors().take(words.len()).count() < words.len(), "no circles");
        }
    }
}

/// What is written is read again as the same trees.
fn check_lines(document: &Document<'_>, lines: &str) {
    let items = read(lines.as_bytes().to_vec());
    let trees = |words: &mut dyn Iterator<Item = Word<'_>>| -> Vec<(String, Option<usize>, &'static str)> {
        words
            .map(|word| (word.lemma().to_string(), word.head().map(|head| head.index()), word.deprel().name()))
            .collect()
    };
    let written = trees(&mut document.words());
    match &items[..] {
        [] => assert!(written.is_empty()),
        [Item::Parsed(parsed)] => {
            let again = Document::new(&parsed.article, parsed.segmentation.clone(), parsed.analyses.clone());
            let lemmas_are_cells = |(lemma, head, deprel): &(String, Option<usize>, &'static str)| {
                (lemma.split_whitespace().collect::<Vec<_>>().join(" "), *head, *deprel)
            };
            let written: Vec<_> = written.iter().map(lemmas_are_cells).collect();
            assert_eq!(trees(&mut again.words()).len(), written.len());
            for (again, written) in trees(&mut again.words()).iter().zip(&written) {
                assert_eq!((again.1, again.2), (written.1, written.2));
            }
        }
        other => panic!("{other:?}"),
    }
}

/// CoNLL-U with bytes changed gives trees or notices.
fn check_damaged(seed: u64, lines: String) {
    let mut chance = Chance(seed | 1);
    let mut bytes = lines.into_bytes();
    for _ in 0..=chance.below(8) {
        if !bytes.is_empty() {
            let at = chance.below(bytes.len());
            bytes[at] = b"\t\n-.0123456789_#=x\xff"[chance.below(19)];
        }
    }
    for item in read(bytes) {
        if let Item::Parsed(parsed) = item {
            check_document(&Document::new(&parsed.article, parsed.segmentation.clone(), parsed.analyses.clone()));
        }
    }
}

fn read(bytes: Vec<u8>) -> Vec<Item> {
    let conllu = input("conllu").expect("a built-in format");
    (conllu.read)(Source::new("fuzz", bytes)).map(|item| item.expect("memory is always readable")).collect()
}
