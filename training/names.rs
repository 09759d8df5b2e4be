//! Trains `data/model/names.bin`, the weights of `entities::tagger`, by the averaged perceptron over whole sentences.
//!
//! ```text
//! cargo run --release --example train-names -- SHARED/corpora/ner data/model/names.bin
//! ```
//! The folder holds the unpacked training files: `*.conll` (GUM), `*.iob2` (Universal NER), `*.jsonl` (byte spans).

use std::ops::Range;

use geopol::entities::tagger::{self, Class, ROWS, TAGS};
use geopol::knowledge::Knowledge;
use geopol::knowledge::names::How;

/// A training sentence: rows of weights by word, and the right tags.
struct Example {
    rows: Vec<Vec<u32>>,
    tags: Vec<usize>,
}

#[derive(Default)]
struct Corpus {
    words: Vec<String>,
    tags: Vec<usize>,
    sentences: Vec<Range<usize>>,
}

fn main() {
    let [folder, output] = &std::env::args().skip(1).collect::<Vec<_>>()[..] else { panic!("FOLDER OUTPUT") };
    let knowledge = Knowledge::embedded();
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut examples = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let documents = match file.extension().and_then(|extension| extension.to_str()) {
            Some("conll") => read_columns(&text, 0, 3),
            Some("iob2") => read_columns(&text, 1, 2),
            Some("jsonl") => read_spans(&text, &knowledge),
            _ => continue,
        };
        let before = examples.len();
        for document in documents {
            let words: Vec<&str> = document.words.iter().map(String::as_str).collect();
            let cues = tagger::cues(&words, &document.sentences, &knowledge.base);
            for sentence in &document.sentences {
                let (rows, tags) =
                    (tagger::features(&cues[sentence.clone()]), document.tags[sentence.clone()].to_vec());
                examples.push(Example { rows, tags });
            }
        }
        eprintln!("{}: {} sentences", file.display(), examples.len() - before);
    }
    std::fs::write(output, train(&examples)).unwrap();
}

/// Weights as bytes, scaled so that the largest fit.
fn train(examples: &[Example]) -> Vec<u8> {
    let size = (ROWS + TAGS) * TAGS;
    let (mut weights, mut sums) = (vec![0f32; size], vec![0f64; size]);
    let mut seed = 1u64;
    let mut clock = 1f64;
    for epoch in 0..8 {
        let mut order: Vec<usize> = (0..examples.len()).collect();
        for index in (1..order.len()).rev() {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            order.swap(index, (seed >> 33) as usize % (index + 1));
        }
        let mut wrong = 0;
        for example in order.iter().map(|&index| &examples[index]) {
            clock += 1.0;
            let found = tagger::decode(
                example.rows.len(),
                |word, tag| example.rows[word].iter().map(|&row| weights[row as usize * TAGS + tag]).sum(),
                |from, to| weights[(ROWS + from) * TAGS + to],
            );
            if found == example.tags {
                continue;
            }
            wrong += 1;
            let mut change = |index: usize, by: f32| {
                weights[index] += by;
                sums[index] += f64::from(by) * clock;
            };
            let (mut from_right, mut from_found) = (0, 0);
            for ((row, &right), &found) in example.rows.iter().zip(&example.tags).zip(&found) {
                if right != found {
                    for &feature in row {
                        change(feature as usize * TAGS + right, 1.0);
                        change(feature as usize * TAGS + found, -1.0);
                    }
                }
                change((ROWS + from_right) * TAGS + right, 1.0);
                change((ROWS + from_found) * TAGS + found, -1.0);
                (from_right, from_found) = (right, found);
            }
        }
        eprintln!("epoch {epoch}: {wrong} of {} sentences wrong", examples.len());
    }
    let averaged: Vec<f64> = weights.iter().zip(&sums).map(|(&weight, sum)| f64::from(weight) - sum / clock).collect();
    let mut sizes: Vec<f64> = averaged.iter().map(|weight| weight.abs()).filter(|&size| size > 0.0).collect();
    sizes.sort_by(f64::total_cmp);
    let largest = sizes[sizes.len() * 9995 / 10000];
    averaged.iter().map(|weight| (weight / largest * 127.0).round().clamp(-127.0, 127.0) as i8 as u8).collect()
}

/// `B-PER` to its tag; classes that are not taught are outside.
fn tag(label: &str) -> usize {
    let Some((part, class)) = label.split_once('-') else { return 0 };
    let class = match class {
        "PER" => Class::Person,
        "LOC" => Class::Location,
        "ORG" => Class::Organization,
        "MISC" => Class::Other,
        _ => return 0,
    };
    1 + 2 * class as usize + usize::from(part == "I")
}

/// Files of one word a line; a document ends at `# newdoc`.
fn read_columns(text: &str, form: usize, label: usize) -> Vec<Corpus> {
    let mut documents = vec![Corpus::default()];
    let mut start = 0;
    for line in text.lines() {
        let document = documents.last_mut().expect("never empty");
        if line.starts_with("# newdoc") {
            documents.push(Corpus::default());
            start = 0;
        } else if line.is_empty() && start < document.words.len() {
            document.sentences.push(start..document.words.len());
            start = document.words.len();
        } else if !line.starts_with('#') && !line.is_empty() {
            let columns: Vec<&str> = line.split('\t').collect();
            document.words.push(columns[form].to_string());
            document.tags.push(tag(columns[label]));
        }
    }
    documents
}

/// JSON lines with `text` and `entities: [{type, mentions: [[start, end]]}]`. Demonyms are no names here.
fn read_spans(text: &str, knowledge: &Knowledge) -> Vec<Corpus> {
    let documents = text.lines().map(|line| {
        let value: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = value["text"].as_str().unwrap();
        let segmentation = geopol::text::segment(text);
        let mut corpus = Corpus {
            words: segmentation.tokens.iter().map(|token| token.span.of(text).to_string()).collect(),
            tags: vec![0; segmentation.tokens.len()],
            sentences: segmentation.sentences.iter().map(|sentence| sentence.tokens.clone()).collect(),
        };
        for entity in value["entities"].as_array().unwrap() {
            let class = entity["type"].as_str().unwrap();
            for mention in entity["mentions"].as_array().unwrap() {
                let bounds = (mention[0].as_u64().unwrap() as u32, mention[1].as_u64().unwrap() as u32);
                let demonym = knowledge
                    .base
                    .lookup(&text[bounds.0 as usize..bounds.1 as usize])
                    .iter()
                    .any(|found| matches!(found.how, How::Adjective | How::Plural));
                let inside = segmentation
                    .tokens
                    .iter()
                    .enumerate()
                    .filter(|(_, token)| token.span.start >= bounds.0 && token.span.end <= bounds.1);
                let mut inside: Vec<usize> = inside.map(|(index, _)| index).collect();
                if inside.first().is_some_and(|&first| corpus.words[first].eq_ignore_ascii_case("the")) {
                    inside.remove(0);
                }
                if demonym {
                    continue;
                }
                for (place, index) in inside.into_iter().enumerate() {
                    corpus.tags[index] = tag(&format!("{}-{class}", if place == 0 { 'B' } else { 'I' }));
                }
            }
        }
        corpus
    });
    documents.collect()
}
