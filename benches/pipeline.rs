//! Words per second: the whole, and each stage alone. `cargo bench`, or `cargo bench -- FILE…` on other articles.
//!
//! One thread, the example articles one after the other; the best of several rounds stands, since others use the machine too.
//! `dictionary` looks every word up in a table and does nothing else: the floor that other machines can be compared by.

use std::collections::HashMap;
use std::hint::black_box;
use std::time::{Duration, Instant};

use geopol::entities::{coreference, linking, mentions, values};
use geopol::read::{self, Item};
use geopol::relations::{grounding, propositions};
use geopol::{Article, Resources, export, extract, graph, pipeline, syntax, text};

const ROUNDS: usize = 7;

/// The best time that each stage took for all articles of a round.
#[derive(Default)]
struct Times(Vec<(&'static str, Duration)>);

impl Times {
    fn measure<T>(&mut self, stage: &'static str, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let result = black_box(work());
        let elapsed = start.elapsed();
        match self.0.iter_mut().find(|(name, _)| *name == stage) {
            Some((_, total)) => *total += elapsed,
            None => self.0.push((stage, elapsed)),
        }
        result
    }

    fn keep_best(&mut self, round: Times) {
        if self.0.is_empty() {
            *self = round;
            return;
        }
        for ((_, best), (_, time)) in self.0.iter_mut().zip(round.0) {
            *best = time.min(*best);
        }
    }
}

fn main() {
    let mut paths: Vec<_> = std::env::args().skip(1).filter(|argument| argument != "--bench").map(Into::into).collect();
    if paths.is_empty() {
        paths.push("examples/articles".into());
    }
    let items = read::read(&paths, read::Options::default()).expect("the articles can be read");
    let articles: Vec<Article> = items
        .filter_map(|item| match item {
            Ok(Item::Article(article)) => Some(article),
            _ => None,
        })
        .collect();

    let start = Instant::now();
    let resources = Resources::embedded();
    let loading = start.elapsed();

    let mut dictionary: HashMap<String, usize> = HashMap::new();
    for word in articles.iter().flat_map(|article| article.text.split_whitespace()) {
        *dictionary.entry(word.to_lowercase()).or_default() += 1;
    }
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("one thread can be had");
    let mut best = Times::default();
    for _ in 0..ROUNDS {
        let mut round = Times::default();
        pool.install(|| articles.iter().for_each(|article| stages(article, &resources, &dictionary, &mut round)));
        best.keep_best(round);
    }

    let words: usize = articles.iter().map(|article| text::segment(&article.text).tokens.len()).sum();
    println!(
        "{} articles, {words} words of Universal Dependencies; resources loaded in {:.1} ms",
        articles.len(),
        loading.as_secs_f64() * 1e3
    );
    println!("{:<14} {:>9} {:>14} {:>12}", "stage", "ms", "words/second", "dictionaries");
    let floor = best.0[0].1.as_secs_f64();
    for (stage, time) in best.0 {
        let seconds = time.as_secs_f64();
        println!("{stage:<14} {:>9.2} {:>14.0} {:>12.1}", seconds * 1e3, words as f64 / seconds, seconds / floor);
    }
}

/// The stages of `pipeline::layers`, in its order, each timed; then the whole at once, and the graph.
fn stages(article: &Article, resources: &Resources, dictionary: &HashMap<String, usize>, times: &mut Times) {
    let Resources { knowledge, model } = resources;
    times.measure("dictionary", || {
        let words = article.text.split_whitespace().map(str::to_lowercase);
        words.filter(|word| dictionary.contains_key(word)).count()
    });
    times.measure("trees", || syntax::conllu::write(&pipeline::parse(article, model)));
    let segmentation = times.measure("segment", || text::segment(&article.text));
    let document = times.measure("parse", || syntax::parse(article, segmentation, model));
    let values = times.measure("values", || values::find(&document));
    let mentions = times.measure("mentions", || mentions::find(&document, knowledge));
    let chains = times.measure("coreference", || coreference::resolve(&document, &mentions, knowledge));
    let entities = times.measure("linking", || linking::link(&document, mentions, chains, knowledge));
    let propositions = times.measure("propositions", || propositions::find(&document, &knowledge.lexicon));
    let relations =
        times.measure("grounding", || grounding::ground(&document, &propositions, &entities, &values, knowledge));
    let layers = pipeline::Layers { document, values, entities, propositions, relations };
    times.measure("record", || layers.into_record());
    let record = times.measure("whole", || extract(article, resources));
    let graph = times.measure("graph", || graph::Graph::from_records([&record]));
    let view = graph::View::new(&graph, &graph::Filter::default());
    let dot = export::format("dot").expect("DOT is always there");
    times.measure("dot", || dot.to_bytes(&view));
}
