//! Trains `data/model/antecedents.bin`, the weights of `entities::ranker`, on chains marked by hand.
//!
//! ```text
//! xz -dc SHARED/corpora/coref/ontogum-train.jsonl.xz > train.jsonl
//! cargo run --release --example train-antecedents -- train.jsonl data/model/antecedents.bin
//! ```
//! The loss is the log of the odds that all mentions of the right chain have together; Adam, a fixed seed, one thread. The share
//! right by five-fold cross-validation over the documents is printed then.

use std::collections::HashMap;

use geopol::article::Article;
use geopol::entities::pronouns::{Case, Choice};
use geopol::entities::ranker::{Features, HIDDEN, INPUTS, Ranker};
use geopol::entities::{Mention, coreference, mentions};
use geopol::pipeline::{self, Resources};
use geopol::span::Span;
use serde::Deserialize;

const FOLDS: usize = 5;
/// Sentences of an excerpt.
const EXCERPT: usize = 6;
const EPOCHS: usize = 7;
const RATE: f32 = 0.002;
const DECAY: f32 = 1e-5;
const NETWORKS: usize = 8;
/// Share of the units left out at each step.
const DROPOUT: f32 = 0.4;

#[derive(Deserialize)]
struct Marked {
    id: String,
    text: String,
    clusters: Vec<Vec<MarkedMention>>,
}

#[derive(Deserialize)]
struct MarkedMention {
    span: Span,
    head: Span,
}

/// A case with the options that are right.
struct Example {
    case: Case,
    right: Vec<usize>,
    /// The pronoun in lower case.
    text: String,
}

fn main() {
    let [input, output] = &std::env::args().skip(1).collect::<Vec<_>>()[..] else { panic!("INPUT OUTPUT") };
    let resources = Resources::embedded();
    let text = std::fs::read_to_string(input).unwrap();
    let documents: Vec<Marked> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let examples: Vec<Vec<Example>> = (documents.iter())
        .map(|document| {
            let parts = excerpts(document, &resources);
            std::iter::once(document).chain(&parts).flat_map(|part| self::examples(part, &resources)).collect()
        })
        .collect();
    let fold = |keep: &dyn Fn(usize) -> bool| -> Vec<&Example> {
        examples.iter().enumerate().filter(|(index, _)| keep(*index)).flat_map(|(_, examples)| examples).collect()
    };
    std::fs::write(output, train(&fold(&|_| true)).write()).unwrap();
    let mut right_by_text: HashMap<&str, (usize, usize)> = HashMap::new();
    for part in 0..FOLDS {
        let ranker = train(&fold(&|index| index % FOLDS != part));
        for example in fold(&|index| index % FOLDS == part) {
            let (right, all) = right_by_text.entry(&example.text).or_default();
            *right += usize::from(example.right.contains(&ranker.likeliest(&example.case).0));
            *all += 1;
        }
    }
    let mut by_text: Vec<_> = right_by_text.iter().collect();
    by_text.sort_by_key(|(text, (_, all))| (std::cmp::Reverse(*all), **text));
    let print = |name: &str, texts: &dyn Fn(&str) -> bool| {
        let counts = by_text.iter().filter(|(text, _)| texts(text)).map(|(_, counts)| **counts);
        let (right, all) = counts.fold((0, 0), |sum, (right, all)| (sum.0 + right, sum.1 + all));
        println!("{name:10} {all:5} {:.3}", right as f64 / all as f64);
    };
    print("all", &|_| true);
    print("he, she", &|text| matches!(text, "he" | "him" | "his" | "she" | "her"));
    for (text, _) in by_text.iter().take(16) {
        print(text, &|other| other == **text);
    }
}

/// Some sentences each: a text may begin in the middle of things.
fn excerpts(marked: &Marked, resources: &Resources) -> Vec<Marked> {
    let article = Article { text: marked.text.clone(), ..Article::default() };
    let document = pipeline::parse(&article, &resources.model);
    let parts = document.sentences().chunks(EXCERPT).map(|sentences| {
        let whole = sentences[0].span.cover(sentences[sentences.len() - 1].span);
        let shift = |span: Span| Span { start: span.start - whole.start, end: span.end - whole.start };
        let inside = |cluster: &Vec<MarkedMention>| -> Vec<MarkedMention> {
            let kept = cluster.iter().filter(|mention| whole.covers(mention.span) && whole.covers(mention.head));
            kept.map(|mention| MarkedMention { span: shift(mention.span), head: shift(mention.head) }).collect()
        };
        Marked {
            id: marked.id.clone(),
            text: whole.of(&marked.text).to_string(),
            clusters: marked.clusters.iter().map(inside).collect(),
        }
    });
    parts.collect()
}

fn examples(marked: &Marked, resources: &Resources) -> Vec<Example> {
    let article = Article { id: marked.id.clone(), text: marked.text.clone(), ..Article::default() };
    let document = pipeline::parse(&article, &resources.model);
    let mentions = mentions::find(&document, &resources.knowledge);
    let chains: Vec<Option<usize>> = mentions.iter().map(|mention| chain(mention, &document, marked)).collect();
    let mut examples = Vec::new();
    let is_right = |own: Option<usize>, option: &Choice| match &option.members[..] {
        [] => false,
        [one] => own.is_some() && chains[*one] == own,
        [first, .., last] => {
            let whole = mentions[*first].span.cover(mentions[*last].span);
            let together = marked.clusters.iter().position(|cluster| {
                let fits = |gold: &MarkedMention| {
                    gold.span.covers(whole) && gold.span.len() <= whole.len() + 16 && *first != *last
                };
                cluster.iter().any(fits)
            });
            own.is_some() && together == own
        }
    };
    coreference::resolve_by(&document, &mentions, &resources.knowledge, &mut |case| {
        let own = chains[case.pronoun];
        let mut right: Vec<usize> =
            (0..case.options.len()).filter(|&option| is_right(own, &case.options[option])).collect();
        // A description that is no mention of ours was meant: nothing is to be learned.
        let start = mentions[case.pronoun].span.start;
        let is_lost =
            right.is_empty() && own.is_some_and(|own| marked.clusters[own].iter().any(|gold| gold.head.start < start));
        if right.is_empty() {
            right.push(0);
        }
        let text = document.word(mentions[case.pronoun].head).text().to_lowercase();
        let chosen = right[0];
        if !is_lost {
            examples.push(Example { case: case.clone(), right, text });
        }
        (chosen, 1.0)
    });
    examples
}

/// The cluster of the marked mention that a found one is: the same span, or around the head and not much longer.
fn chain(mention: &Mention, document: &geopol::document::Document, marked: &Marked) -> Option<usize> {
    let head = document.word(mention.head).span();
    let all = || {
        marked.clusters.iter().enumerate().flat_map(|(chain, cluster)| cluster.iter().map(move |gold| (chain, gold)))
    };
    let exact = all().find(|(_, gold)| gold.span == mention.span);
    let by_head = || {
        let fits = all().filter(|(_, gold)| {
            gold.head.overlaps(head)
                && (gold.span.covers(mention.span)
                    || mention.span.covers(gold.span) && mention.span.len() <= 2 * gold.span.len())
        });
        fits.min_by_key(|(_, gold)| gold.span.len())
    };
    exact.or_else(by_head).map(|(chain, _)| chain)
}

/// Adam over the examples in an order of its own each epoch.
///
/// The units are networks that learn side by side, each by itself; their mean judges.
fn train(examples: &[&Example]) -> Ranker {
    let mut dice = Dice(1);
    let size = (INPUTS + 2) * HIDDEN;
    let mut weights: Vec<f32> = (0..size).map(|_| (dice.roll() - 0.5) * 0.2).collect();
    let (mut means, mut squares) = (vec![0f32; size], vec![0f32; size]);
    let (mut ranker, mut step) = (ranker(&weights), 0);
    for epoch in 0..EPOCHS {
        let mut order: Vec<usize> = (0..examples.len()).collect();
        for index in (1..order.len()).rev() {
            order.swap(index, (dice.roll() * (index + 1) as f32) as usize);
        }
        let rate = RATE * (1.0 - epoch as f32 / EPOCHS as f32);
        for batch in order.chunks(16) {
            let mut slope = vec![0f32; size];
            for &index in batch {
                add_slope(&ranker, examples[index], &mut slope, &mut dice);
            }
            step += 1;
            let (warm, warm_square) = (1.0 - 0.9f32.powi(step), 1.0 - 0.999f32.powi(step));
            for index in 0..size {
                let slope = slope[index] / batch.len() as f32 + DECAY * weights[index];
                means[index] += 0.1 * (slope - means[index]);
                squares[index] += 0.001 * (slope * slope - squares[index]);
                weights[index] -= rate * means[index] / warm / ((squares[index] / warm_square).sqrt() + 1e-8);
            }
            ranker = self::ranker(&weights);
        }
    }
    ranker.output.iter_mut().for_each(|weight| *weight /= NETWORKS as f32);
    ranker
}

fn ranker(weights: &[f32]) -> Ranker {
    Ranker::read(&weights.iter().flat_map(|weight| weight.to_le_bytes()).collect::<Vec<u8>>()).unwrap()
}

/// Adds the slope of one example's loss, network by network.
fn add_slope(ranker: &Ranker, example: &Example, slope: &mut [f32], dice: &mut Dice) {
    let Example { case, right, .. } = example;
    let kept: [f32; HIDDEN] = std::array::from_fn(|_| if dice.roll() < DROPOUT { 0.0 } else { 1.0 / (1.0 - DROPOUT) });
    let begun = ranker.begin(&case.features);
    let units: Vec<[f32; HIDDEN]> = case.options.iter().map(|option| ranker.sum(begun, &option.features)).collect();
    for network in 0..NETWORKS {
        let own = network * HIDDEN / NETWORKS..(network + 1) * HIDDEN / NETWORKS;
        let score = |units: &[f32; HIDDEN]| -> f32 {
            own.clone().map(|unit| units[unit].max(0.0) * kept[unit] * ranker.output[unit]).sum()
        };
        let scores: Vec<f32> = units.iter().map(score).collect();
        let most = scores.iter().copied().fold(f32::MIN, f32::max);
        let odds: Vec<f32> = scores.iter().map(|score| (score - most).exp()).collect();
        let (all, good) = (odds.iter().sum::<f32>(), right.iter().map(|&option| odds[option]).sum::<f32>());
        for (option, units) in units.iter().enumerate() {
            let wanted = if right.contains(&option) { odds[option] / good.max(1e-20) } else { 0.0 };
            let error = odds[option] / all - wanted;
            if error.abs() < 1e-6 {
                continue;
            }
            for unit in own.clone().filter(|&unit| units[unit] > 0.0 && kept[unit] > 0.0) {
                slope[(INPUTS + 1) * HIDDEN + unit] += error * units[unit] * kept[unit];
                let back = error * ranker.output[unit] * kept[unit];
                slope[INPUTS * HIDDEN + unit] += back;
                let mut to_rows = |features: &Features| {
                    features.rows.iter().for_each(|&row| slope[usize::from(row) * HIDDEN + unit] += back);
                };
                to_rows(&case.features);
                to_rows(&case.options[option].features);
            }
        }
    }
}

/// A linear congruential generator: the same numbers on every machine.
struct Dice(u64);

impl Dice {
    /// 0 to 1.
    fn roll(&mut self) -> f32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 40) as f32 / (1u64 << 24) as f32
    }
}
