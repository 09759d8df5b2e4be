//! Sentences and what they say: every file of tests/cases/propositions, through the real parser.
//!
//! A case is a text and lines in the notation of `relations::notation`; a line may leave arguments at its end out with
//! `...`, and `!` before it means that nothing of the kind may be found.
//!
//! The parser is a statistical model, so a file may miss a few of its lines; misses are printed.

use std::fs;

use geopol::article::Article;
use geopol::knowledge::Knowledge;
use geopol::pipeline;
use geopol::relations::{notation, propositions};
use geopol::syntax::Model;

/// Of a hundred lines so many must be found in each file.
const FLOOR: usize = 90;

#[test]
fn sentences_say_what_they_say() {
    let knowledge = Knowledge::embedded();
    let model = Model::embedded();
    let mut failures = Vec::new();
    let mut paths: Vec<_> =
        fs::read_dir("tests/cases/propositions").unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        let cases: Vec<(String, Vec<String>)> =
            ron::from_str(&fs::read_to_string(&path).unwrap()).unwrap_or_else(|error| panic!("{path:?}: {error}"));
        let (mut right, mut all) = (0, 0);
        for (text, expected) in &cases {
            let article = Article::new("case", text.as_str());
            let document = pipeline::parse(&article, &model);
            let found = propositions::find(&document, &knowledge.lexicon);
            let found: Vec<String> = found.iter().map(|proposition| notation::line(&document, proposition)).collect();
            let missed: Vec<&String> = expected.iter().filter(|line| !holds(line, &found)).collect();
            right += expected.len() - missed.len();
            all += expected.len();
            if !missed.is_empty() {
                println!("{text}\n    missed {missed:#?}\n    found {found:#?}\n");
            }
        }
        println!("{}: {right} of {all}", path.display());
        if right * 100 < all * FLOOR {
            failures.push(path);
        }
    }
    assert!(failures.is_empty(), "too many lines missed in {failures:?}");
}

fn holds(line: &str, found: &[String]) -> bool {
    if let Some(line) = line.strip_prefix('!') {
        return !holds(line, found);
    }
    match line.split_once("...") {
        Some((start, end)) => found.iter().any(|line| line.starts_with(start) && line.ends_with(end)),
        None => found.iter().any(|found| found == line),
    }
}
