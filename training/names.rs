//! Trains `data/model/names.bin`, the weights of `entities::tagger`, a conditional random field over whole sentences.
//!
//! ```text
//! cargo run --release --example train-names -- SHARED/corpora/ner data/model/names.bin
//! ```
//! The folder holds the unpacked training files: `*.conll` (GUM), `*.iob2` (Universal NER), `*.jsonl` (byte spans). `training/news.txt`
//! adds sentences as newspapers write them, which none of these has.

use std::ops::Range;

use geopol::entities::features::{self, ROWS, Rows};
use geopol::entities::tagger::{Class, TAGS};
use geopol::knowledge::names::How;
use geopol::knowledge::{Knowledge, gazetteer};

/// A training sentence: rows of weights by word, and the right tags.
struct Example {
    rows: Vec<Rows>,
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
    files.push("training/news.txt".into());
    let lists = Lists::read();
    let mut examples = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let documents = match file.extension().and_then(|extension| extension.to_str()) {
            Some("iob2") => read_columns(&text, 1, 2),
            Some("conll") => read_columns(&text, 0, 3),
            Some("jsonl") => read_spans(&text, &knowledge),
            Some("txt") => fill_gaps(&text, &lists),
            _ => continue,
        };
        let before = examples.len();
        for document in in_other_cases(documents) {
            let words: Vec<&str> = document.words.iter().map(String::as_str).collect();
            let known = gazetteer::names(&knowledge.base, &words, document.sentences.iter().cloned());
            let cues = features::cues(&words, &document.sentences, &known, &knowledge);
            examples.extend(document.sentences.iter().map(|sentence| Example {
                rows: features::rows(&cues[sentence.clone()]),
                tags: opened(&document.tags[sentence.clone()]),
            }));
        }
        eprintln!("{}: {} sentences", file.display(), examples.len() - before);
    }
    std::fs::write(output, train(&examples)).unwrap();
}

/// Rounds over all examples.
const ROUNDS: usize = 8;
/// The largest step of a weight.
const RATE: f32 = 0.1;
/// How much of a step draws a weight to 0, lest rare rows say much: L1 regularisation.
const SHRINKING: f32 = 0.03;
/// Of so many rows an example leaves out one by chance, lest a word's own row say all.
const DROPOUT: usize = 5;
/// One document of so many is read in small letters as well, one in capitals.
const SMALL: usize = 3;
const CAPITALS: usize = 5;

/// Weights as bytes: the mean of those that the later rounds went through, 24 steps for a natural logarithm.
fn train(examples: &[Example]) -> Vec<u8> {
    let size = (ROWS + TAGS) * TAGS;
    let mut field = Field { weights: vec![0.0; size], squares: vec![1e-6; size] };
    let mut sums = vec![0f64; size];
    let mut count = 0.0;
    let mut chance = Chance(1);
    for round in 0..ROUNDS {
        let mut order: Vec<usize> = (0..examples.len()).collect();
        for index in (1..order.len()).rev() {
            order.swap(index, chance.below(index + 1));
        }
        let mut loss = 0.0;
        for (step, &index) in order.iter().enumerate() {
            loss += field.learn(&examples[index], &mut chance);
            if round * 2 >= ROUNDS && step % 1000 == 0 {
                sums.iter_mut().zip(&field.weights).for_each(|(sum, weight)| *sum += f64::from(*weight));
                count += 1.0;
            }
        }
        eprintln!("round {round}: loss {:.3} a sentence", loss / examples.len() as f64);
    }
    sums.iter().map(|sum| (sum / count * 24.0).round().clamp(-127.0, 127.0) as i8 as u8).collect()
}

/// A small generator of numbers that are the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }
}

/// Weights and the sums of their squared gradients (AdaGrad).
struct Field {
    weights: Vec<f32>,
    squares: Vec<f32>,
}

impl Field {
    fn change(&mut self, index: usize, gradient: f32) {
        self.squares[index] += gradient * gradient;
        let rate = RATE / self.squares[index].sqrt();
        let weight = self.weights[index] - rate * gradient;
        self.weights[index] = weight.signum() * (weight.abs() - rate * SHRINKING).max(0.0);
    }

    /// One step down the gradient; the loss before it.
    fn learn(&mut self, example: &Example, chance: &mut Chance) -> f64 {
        let Example { rows, tags } = example;
        let kept: Vec<Vec<usize>> = (rows.iter())
            .map(|rows| rows.iter().filter(|_| chance.below(DROPOUT) > 0).map(|row| *row as usize).collect())
            .collect();
        let allowed = |from: usize, to: usize| to == 0 || to % 2 == 1 || from == to || from + 1 == to;
        let score = |row: usize, tag: usize| self.weights[row * TAGS + tag];
        let own: Vec<[f32; TAGS]> = (kept.iter())
            .map(|rows| std::array::from_fn(|tag| rows.iter().map(|&row| score(row, tag)).sum()))
            .collect();
        let steps: [[f32; TAGS]; TAGS] = std::array::from_fn(|from| {
            std::array::from_fn(|to| if allowed(from, to) { score(ROWS + from, to) } else { f32::NEG_INFINITY })
        });
        let length = rows.len();
        let mut forward = vec![[f32::NEG_INFINITY; TAGS]; length];
        let mut backward = vec![[0f32; TAGS]; length];
        for word in 0..length {
            for to in 0..TAGS {
                let before = if word == 0 {
                    steps[0][to]
                } else {
                    log_sum((0..TAGS).map(|from| forward[word - 1][from] + steps[from][to]))
                };
                forward[word][to] = before + own[word][to];
            }
        }
        for word in (0..length - 1).rev() {
            for from in 0..TAGS {
                backward[word][from] =
                    log_sum((0..TAGS).map(|to| steps[from][to] + own[word + 1][to] + backward[word + 1][to]));
            }
        }
        let total = log_sum(forward[length - 1].iter().copied());
        let mut right = 0.0;
        let mut changes: Vec<(usize, f32)> = Vec::new();
        for word in 0..length {
            let from = if word == 0 { 0 } else { tags[word - 1] };
            right += own[word][tags[word]] + steps[from][tags[word]];
            changes.push(((ROWS + from) * TAGS + tags[word], -1.0));
            for to in 0..TAGS {
                let likelihood = (forward[word][to] + backward[word][to] - total).exp();
                let gradient = likelihood - f32::from(u8::from(to == tags[word]));
                if gradient.abs() > 1e-4 {
                    changes.extend(kept[word].iter().map(|row| (row * TAGS + to, gradient)));
                }
                for from in if word == 0 { 0..1 } else { 0..TAGS } {
                    let before = if word == 0 { 0.0 } else { forward[word - 1][from] };
                    let both = (before + steps[from][to] + own[word][to] + backward[word][to] - total).exp();
                    if both > 1e-4 {
                        changes.push(((ROWS + from) * TAGS + to, both));
                    }
                }
            }
        }
        for (index, gradient) in changes {
            self.change(index, gradient);
        }
        f64::from(total - right)
    }
}

fn log_sum(values: impl Iterator<Item = f32> + Clone) -> f32 {
    let most = values.clone().fold(f32::NEG_INFINITY, f32::max);
    if most == f32::NEG_INFINITY { most } else { most + values.map(|value| (value - most).exp()).sum::<f32>().ln() }
}

/// A part of a name behind nothing of its class begins one: the sentence was split there, or another mention lies over the rest.
fn opened(tags: &[usize]) -> Vec<usize> {
    let mut opened: Vec<usize> = Vec::with_capacity(tags.len());
    for &tag in tags {
        let goes_on = opened.last().is_some_and(|&before| before == tag || before + 1 == tag);
        opened.push(if tag > 0 && tag % 2 == 0 && !goes_on { tag - 1 } else { tag });
    }
    opened
}

/// The documents, and some of them as those write who have no other key.
fn in_other_cases(documents: Vec<Corpus>) -> Vec<Corpus> {
    let written = |document: &Corpus, case: fn(&str) -> String| Corpus {
        words: document.words.iter().map(|word| case(word)).collect(),
        tags: document.tags.clone(),
        sentences: document.sentences.clone(),
    };
    let small: Vec<Corpus> = documents.iter().step_by(SMALL).map(|one| written(one, str::to_lowercase)).collect();
    let capitals = documents.iter().skip(1).step_by(CAPITALS).map(|one| written(one, str::to_uppercase));
    let capitals: Vec<Corpus> = capitals.collect();
    documents.into_iter().chain(small).chain(capitals).collect()
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
        let mut spans = Vec::new();
        for entity in value["entities"].as_array().unwrap() {
            let class = entity["type"].as_str().unwrap();
            for mention in entity["mentions"].as_array().unwrap() {
                let bounds = mention[0].as_u64().unwrap() as usize..mention[1].as_u64().unwrap() as usize;
                let found = knowledge.base.lookup(&text[bounds.clone()]);
                if !found.iter().any(|found| matches!(found.how, How::Adjective | How::Plural)) {
                    spans.push((bounds, class.to_string()));
                }
            }
        }
        of_text(text, &spans)
    });
    documents.collect()
}

/// A text with its names; an article before a name is none of its parts.
fn of_text(text: &str, spans: &[(Range<usize>, String)]) -> Corpus {
    let segmentation = geopol::text::segment(text);
    let mut corpus = Corpus {
        words: segmentation.tokens.iter().map(|token| token.span.of(text).to_string()).collect(),
        tags: vec![0; segmentation.tokens.len()],
        sentences: segmentation.sentences.iter().map(|sentence| sentence.tokens.clone()).collect(),
    };
    for (bounds, class) in spans {
        let is_inside = |start: u32, end: u32| start as usize >= bounds.start && end as usize <= bounds.end;
        let inside = segmentation.tokens.iter().enumerate();
        let inside = inside.filter(|(_, token)| is_inside(token.span.start, token.span.end));
        let mut inside: Vec<usize> = inside.map(|(index, _)| index).collect();
        if inside.first().is_some_and(|&first| corpus.words[first].eq_ignore_ascii_case("the")) {
            inside.remove(0);
        }
        for (place, index) in inside.into_iter().enumerate() {
            corpus.tags[index] = tag(&format!("{}-{class}", if place == 0 { 'B' } else { 'I' }));
        }
    }
    corpus
}

/// Each line of `news.txt` comes so often, with other names each time.
const FILLINGS: usize = 20;

/// Documents of a file of sentences with gaps: `<LOC {town}> residents said ...`.
fn fill_gaps(text: &str, lists: &Lists) -> Vec<Corpus> {
    let mut chance = Chance(2);
    let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    let documents = lines.iter().flat_map(|line| (0..FILLINGS).map(move |_| line));
    documents.map(|line| fill(line, lists, &mut chance)).collect()
}

fn fill(line: &str, lists: &Lists, chance: &mut Chance) -> Corpus {
    let (mut text, mut spans) = (String::new(), Vec::new());
    let mut open: Option<(usize, String)> = None;
    let mut rest = line;
    while let Some(at) = rest.find(['<', '{', '>']) {
        text.push_str(&rest[..at]);
        let mark = rest.as_bytes()[at];
        rest = &rest[at + 1..];
        match mark {
            b'<' => {
                let (class, after) = rest.split_once(' ').expect("a class and a name");
                open = Some((text.len(), class.to_string()));
                rest = after;
            }
            b'>' => {
                let (start, class) = open.take().expect("an opened name");
                spans.push((start..text.len(), class));
            }
            _ => {
                let (list, after) = rest.split_once('}').expect("a closed gap");
                text.push_str(&lists.draw(list, chance));
                rest = after;
            }
        }
    }
    text.push_str(rest);
    of_text(&text, &spans)
}

/// Names by the gaps that they fill.
struct Lists(std::collections::BTreeMap<&'static str, Vec<String>>);

impl Lists {
    fn read() -> Lists {
        let rows = |file: &str| -> Vec<Vec<String>> {
            let text = std::fs::read_to_string(format!("data/knowledge/{file}.tsv")).unwrap();
            text.lines().skip(1).map(|line| line.split('\t').map(str::to_string).collect()).collect()
        };
        let capital = |word: &str| word[..1].to_uppercase() + &word[1..];
        let column = |rows: &[Vec<String>], name: usize, class: &str| -> Vec<String> {
            rows.iter().filter(|row| class.is_empty() || row[2] == class).map(|row| row[name].clone()).collect()
        };
        let places = rows("places");
        let mut towns = column(&rows("towns"), 2, "");
        towns.extend(column(&places, 1, "city"));
        let is_plain = |word: &String| word.len() > 3 && word.bytes().all(|byte| byte.is_ascii_lowercase());
        let firsts = |file: &str| -> Vec<String> {
            rows(file).iter().map(|row| row[0].clone()).filter(is_plain).map(|word| capital(&word)).collect()
        };
        let people: Vec<String> = column(&rows("persons"), 1, "");
        let companies = std::fs::read_to_string("data/knowledge/companies.ron").unwrap();
        let companies = companies.lines().filter(|line| line.contains("\"company\""));
        let companies =
            companies.filter_map(|line| Some(line.split("name: \"").nth(1)?.split('"').next()?.to_string()));
        Lists(std::collections::BTreeMap::from([
            ("town", towns),
            ("county", column(&places, 1, "county")),
            ("division", column(&places, 1, "admin1")),
            ("country", column(&rows("countries"), 1, "state")),
            ("given", firsts("given_names")),
            ("surname", firsts("surnames")),
            ("first", people.iter().filter_map(|name| name.split(' ').next()).map(str::to_string).collect()),
            ("last", people.iter().filter_map(|name| name.split(' ').next_back()).map(str::to_string).collect()),
            ("word", firsts("common_words")),
            ("company", companies.collect()),
        ]))
    }

    /// A name for `{town}`, in capitals for `{TOWN}`.
    fn draw(&self, gap: &str, chance: &mut Chance) -> String {
        let list = &self.0[gap.to_lowercase().as_str()];
        let name = &list[chance.below(list.len())];
        if gap.chars().all(char::is_uppercase) { name.to_uppercase() } else { name.clone() }
    }
}
