//! What holds for any text: nothing panics, offsets fit, trees are trees, threads and company change nothing.

use std::sync::LazyLock;

use geopol::pipeline::{self, Layers};
use geopol::span::Span;
use geopol::{Article, Record, Resources, extract};

static RESOURCES: LazyLock<Resources> = LazyLock::new(Resources::embedded);

/// Pieces that odd articles are made of: words that rules look for, marks, scripts, and things that trip programs.
const PIECES: &[&str] = &[
    "Putin",
    "Xi",
    "met",
    "in",
    "Samarkand",
    "on",
    "Thursday",
    "said",
    "that",
    "China",
    "'s",
    "’s",
    "not",
    "n't",
    "the",
    "U.S.",
    "Mr.",
    "$5.3 billion",
    "4,300-kilometer",
    "2022-09-15",
    "between",
    "and",
    "who",
    "which",
    "may",
    "of",
    "by",
    "sanctions",
    "invasion",
    "attacked",
    "Moscow",
    "he",
    "they",
    "her",
    "it",
    "“",
    "”",
    "\"",
    "(",
    ")",
    "[",
    "–",
    "—",
    "-",
    ".",
    ",",
    ";",
    ":",
    "?",
    "!",
    "...",
    "…",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    " ",
    "\u{a0}",
    "\u{200b}",
    "\u{feff}",
    "\u{202e}",
    "é",
    "e\u{301}",
    "İ",
    "ß",
    "ﬁ",
    "北京",
    "Москва",
    "القاهرة",
    "😀",
    "👩‍👩‍👧",
    "\u{fffd}",
    "a/b",
    "http://x.y/z?a=b",
    "x@y.z",
    "#",
    "%",
    "&",
    "<b>",
    "</",
    "\\",
    "{",
    "}",
    "|",
    "0",
    "1,000,000",
    "1/2",
    "12:30",
    "3.",
    "I.",
    "a",
    "A",
    "AAAA",
    "–‘",
];

/// Numbers that are the same on every machine (xorshift).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }
}

fn odd_text(seed: u64) -> String {
    let mut numbers = Numbers(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let mut text = String::new();
    for _ in 0..numbers.below(60) {
        text.push_str(PIECES[numbers.below(PIECES.len())]);
        if numbers.below(3) > 0 {
            text.push(' ');
        }
    }
    text
}

/// Every offset of a record lies on a character boundary, and what is said to stand there stands there.
fn check_spans(record: &Record) {
    let text = record.text.as_str();
    let at = |start: u32, end: u32| {
        assert!(start < end, "an empty span {start}..{end} in {text:?}");
        text.get(start as usize..end as usize).unwrap_or_else(|| panic!("{start}..{end} does not fit {text:?}"))
    };
    for Span { start, end } in &record.sentences {
        at(*start, *end);
    }
    for mention in &record.mentions {
        at(mention.start, mention.end);
    }
    for proposition in &record.propositions {
        // An implied predicate ("Xi, the president") has no width.
        let predicate = Some(&proposition.predicate).filter(|predicate| predicate.start < predicate.end);
        for phrase in predicate.into_iter().chain(&proposition.subject) {
            assert_eq!(at(phrase.start, phrase.end), phrase.text, "in {text:?}");
        }
        for argument in &proposition.arguments {
            assert_eq!(at(argument.start, argument.end), argument.text, "in {text:?}");
        }
    }
    for relation in &record.relations {
        at(relation.evidence.start, relation.evidence.end);
        for qualifier in &relation.qualifiers {
            if let (Some(start), Some(end)) = (qualifier.start, qualifier.end) {
                at(start, end);
            }
        }
    }
}

/// Every word hangs, in the end, on the root of its own sentence.
fn check_trees(layers: &Layers<'_>) {
    let document = &layers.document;
    for (index, sentence) in document.sentences().iter().enumerate() {
        let words = || document.words_in(sentence.tokens.clone());
        assert_eq!(words().filter(|word| word.head().is_none()).count(), 1, "one root in {:?}", document.text());
        for word in words() {
            let steps = word.ancestors().take(sentence.tokens.len() + 1).count();
            assert!(steps < sentence.tokens.len(), "a circle in {:?}", document.text());
            assert!(word.ancestors().all(|ancestor| ancestor.sentence_index() == index));
        }
    }
}

#[test]
fn any_text_is_read() {
    for seed in 1..150 {
        let article = Article::new("odd", odd_text(seed));
        let layers = pipeline::layers(&article, &RESOURCES);
        check_trees(&layers);
        check_spans(&layers.into_record());
    }
}

#[test]
fn articles_are_read() {
    for entry in std::fs::read_dir("examples/articles").unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        check_spans(&extract(&Article::new("a", text), &RESOURCES));
    }
}

#[test]
fn hostile_texts_are_read() {
    let texts = [
        String::new(),
        " \n\t ".to_string(),
        "x".repeat(20_000),
        "word ".repeat(500),
        "(".repeat(400),
        "“".repeat(500),
        "and ".repeat(300),
        "the president of ".repeat(100),
        "Putin said that ".repeat(100),
        "a\u{301}".repeat(500),
        "\n".repeat(20_000),
        "1".repeat(2_000),
        "Putin met Xi. ".repeat(50),
    ];
    for text in texts {
        check_spans(&extract(&Article::new("hostile", text), &RESOURCES));
    }
}

#[test]
fn threads_and_company_change_nothing() {
    let articles: Vec<Article> = (1..40).map(|seed| Article::new(seed.to_string(), odd_text(seed))).collect();
    let alone: Vec<Record> = articles.iter().map(|article| extract(article, &RESOURCES)).collect();
    for threads in [1, 8] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let together = pool.install(|| pipeline::extract_all(&articles, &RESOURCES));
        let together: Vec<Record> = together.into_iter().map(Result::unwrap).collect();
        assert_eq!(together, alone, "with {threads} threads");
    }
}
