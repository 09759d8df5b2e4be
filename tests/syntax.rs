//! News habits that treebanks lack: one file of `tests/cases/syntax` a habit.
//!
//! A case is a text, its sentences, and relations that must be in the trees, written `nsubj(met, Putin)`.

use std::fs;

use geopol::article::Article;
use geopol::document::Document;
use geopol::pipeline;
use geopol::syntax::Model;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    text: String,
    /// Where there is more than one.
    #[serde(default)]
    sentences: Vec<String>,
    #[serde(default)]
    trees: Vec<String>,
    /// What comes instead of some of it, and is wrong.
    #[serde(default)]
    wrong: Vec<String>,
}

fn relations(document: &Document<'_>) -> Vec<String> {
    let relation = |word: geopol::document::Word<'_>| match word.head() {
        Some(head) => format!("{}({}, {})", word.deprel().name(), head.text(), word.text()),
        None => format!("root({})", word.text()),
    };
    document.words().map(relation).collect()
}

#[test]
fn news_is_read() {
    let model = Model::embedded();
    let mut files: Vec<_> = fs::read_dir("tests/cases/syntax").unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut failures = Vec::new();
    for file in files {
        let cases: Vec<Case> = ron::from_str(&fs::read_to_string(&file).unwrap())
            .unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        for case in cases {
            let article = Article::new("case", case.text.as_str());
            let document = pipeline::parse(&article, &model);
            let sentences: Vec<&str> =
                document.sentences().iter().map(|sentence| sentence.span.of(document.text())).collect();
            if !case.sentences.is_empty() && sentences != case.sentences {
                failures.push(format!("{}\n  sentences {sentences:?}", case.text));
            }
            let found = relations(&document);
            for expected in case.trees.iter().chain(&case.wrong).filter(|expected| !found.contains(expected)) {
                failures.push(format!("{}\n  expected {expected}\n  came {}", case.text, found.join(" ")));
            }
        }
    }
    assert!(failures.is_empty(), "\n{}\n", failures.join("\n"));
}

/// Words of normal case, and the same shouted and whispered: most of the tree must stand.
#[test]
fn capitals_and_small_letters_do_not_collapse() {
    let model = Model::embedded();
    let (mut words, mut shouted, mut whispered) = (0, 0, 0);
    for entry in fs::read_dir("examples/articles").unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        for line in text.lines().filter(|line| line.ends_with('.')) {
            let heads = |text: String| -> Vec<Option<usize>> {
                let article = Article::new("case", text);
                let document = pipeline::parse(&article, &model);
                document.words().map(|word| word.head().map(|head| head.index())).collect()
            };
            let same = |one: &[Option<usize>], other: Vec<Option<usize>>| {
                if one.len() == other.len() { one.iter().zip(&other).filter(|(a, b)| a == b).count() } else { 0 }
            };
            let normal = heads(line.to_string());
            words += normal.len();
            shouted += same(&normal, heads(line.to_uppercase()));
            whispered += same(&normal, heads(line.to_lowercase()));
        }
    }
    assert!(shouted * 100 > words * 80, "{shouted} of {words} heads stand in capitals");
    assert!(whispered * 100 > words * 80, "{whispered} of {words} heads stand in small letters");
}
