//! What commands read: articles and records, from files, folders and standard input, in batches.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use geopol::error::Error;
use geopol::pipeline::{self, Broken, Resources};
use geopol::read::{self, INPUTS, Item};
use geopol::record::Record;
use jiff::civil::Date;
use rayon::prelude::*;

use super::{Failure, Session};

#[derive(clap::Args)]
pub struct Inputs {
    /// Articles, records or, where a graph is made, saved graphs: files, folders, or - for standard input
    #[arg(required = true, value_name = "INPUT")]
    pub paths: Vec<PathBuf>,
    /// What the inputs are, whatever their names [default: by extension]
    #[arg(long, value_name = "FORMAT", value_parser = PossibleValuesParser::new(INPUTS.iter().map(|input| input.name)))]
    pub input_format: Option<String>,
    /// The day of the articles that come without one (2022-09-15); "on Thursday" needs it
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub date: Option<Date>,
}

/// A day as flags give it.
pub fn date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "write it as 2022-09-15".to_string())
}

/// A batch ends at so many articles or so many bytes of text: enough to keep the threads busy, little to hold in memory.
const BATCH: (usize, usize) = (256, 4 << 20);

/// What was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    pub articles: usize,
    pub relations: usize,
    pub broken: usize,
}

impl std::fmt::Display for Count {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let plural = |count: usize| if count == 1 { "" } else { "s" };
        let Count { articles, relations, broken } = *self;
        write!(formatter, "{articles} article{}, {relations} relation{}", plural(articles), plural(relations))?;
        match broken {
            0 => Ok(()),
            _ => write!(formatter, "; {broken} article{} left out", plural(broken)),
        }
    }
}

impl Inputs {
    /// Hands over the record of every article, in the order of the input.
    pub fn each_record(
        &self,
        session: &Session,
        mut take: impl FnMut(Record) -> Result<(), Failure>,
    ) -> Result<Count, Failure> {
        let pool = session.pool();
        let mut count = Count::default();
        self.each_batch(session, |batch| {
            for result in records(batch, session, &pool)? {
                match result {
                    Ok(record) => {
                        count.articles += 1;
                        count.relations += record.relations.len();
                        take(record)?;
                    }
                    Err(broken) => {
                        count.broken += 1;
                        session.notice(&Error::Request {
                            problem: format!("article `{}` is left out: {}", broken.id, broken.message),
                            advice: "this is a bug of geopol; please report it with the article".to_string(),
                        });
                    }
                }
            }
            session.progress(count.articles);
            Ok(())
        })?;
        session.close_notices();
        Ok(count)
    }

    /// Hands over the items batch by batch; notices are shown on the way.
    pub fn each_batch(
        &self,
        session: &Session,
        mut take: impl FnMut(Vec<Item>) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let input = self.input_format.as_deref().map(read::input).transpose()?;
        let options = read::Options { input, date: self.date };
        let mut batch = Vec::new();
        let mut bytes = 0;
        for item in read::read(&self.paths, options)? {
            let item = item?;
            match &item {
                Item::Article(article) => bytes += article.text.len(),
                Item::Parsed(parsed) => bytes += parsed.article.text.len(),
                Item::Record(record) => bytes += record.text.len(),
                Item::Notice(notice) => {
                    session.notice(notice);
                    continue;
                }
            }
            batch.push(item);
            if batch.len() >= BATCH.0 || bytes >= BATCH.1 {
                take(std::mem::take(&mut batch))?;
                bytes = 0;
            }
        }
        take(batch)
    }
}

/// The records of a batch, in its order; its articles are read in parallel.
fn records(
    batch: Vec<Item>,
    session: &Session,
    pool: &rayon::ThreadPool,
) -> Result<Vec<Result<Record, Broken>>, Failure> {
    if batch.iter().all(|item| matches!(item, Item::Record(_))) {
        // The resources are not needed, and loading them takes time.
        return Ok(batch.into_iter().filter_map(|item| record(item, None)).collect());
    }
    let resources = session.resources()?;
    Ok(pool.install(|| batch.into_par_iter().filter_map(|item| record(item, Some(resources))).collect()))
}

fn record(item: Item, resources: Option<&Resources>) -> Option<Result<Record, Broken>> {
    match (item, resources) {
        (Item::Record(record), _) => Some(Ok(*record)),
        (Item::Article(article), Some(resources)) => {
            Some(pipeline::guarded(&article.id, || pipeline::extract(&article, resources)))
        }
        (Item::Parsed(parsed), Some(resources)) => {
            Some(pipeline::guarded(&parsed.article.id, || pipeline::extract_parsed(&parsed, resources)))
        }
        _ => None,
    }
}
