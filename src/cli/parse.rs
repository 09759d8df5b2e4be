//! `geopol parse`: articles to words and trees, CoNLL-U.

use std::io::Write;
use std::path::PathBuf;

use clap::ValueEnum;
use geopol::article::Article;
use geopol::pipeline;
use geopol::read::Item;
use geopol::record::Record;
use geopol::syntax::conllu;
use rayon::prelude::*;

use super::input::Inputs;
use super::output::Output;
use super::{Outcome, Session};

/// Write words, tags, lemmas and dependency trees
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  geopol parse article.txt > article.conllu
  echo \"Putin met Xi in Samarkand.\" | geopol parse -

CoNLL-U, Universal Dependencies v2: ten columns, a blank line after each sentence.")]
pub struct Parse {
    #[command(flatten)]
    inputs: Inputs,
    /// The form of the output
    #[arg(long, short, value_name = "FORMAT", default_value = "conllu")]
    format: Format,
    /// Write to this file, whole or not at all [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// Universal Dependencies' ten columns
    Conllu,
}

impl Parse {
    pub fn run(self, session: &Session) -> Outcome {
        let Format::Conllu = self.format;
        let mut output = Output::open(self.output.as_deref())?;
        let pool = session.pool();
        self.inputs.each_batch(session, |batch| {
            let model = &session.resources()?.model;
            let trees: Vec<String> = pool.install(|| {
                let articles: Vec<Article> = batch.into_iter().filter_map(article).collect();
                articles.par_iter().map(|article| conllu::write(&pipeline::parse(article, model))).collect()
            });
            trees.iter().try_for_each(|tree| output.write_all(tree.as_bytes()))?;
            Ok(())
        })?;
        session.close_notices();
        Ok(output.finish()?)
    }
}

/// A record's text is parsed, since records hold no trees; so is that of articles with trees, to compare.
fn article(item: Item) -> Option<Article> {
    match item {
        Item::Article(article) => Some(article),
        Item::Parsed(parsed) => Some(parsed.article),
        Item::Record(record) => {
            let Record { id, text, .. } = *record;
            Some(Article::new(id, text))
        }
        Item::Notice(_) => None,
    }
}
