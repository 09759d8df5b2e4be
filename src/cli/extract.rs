//! `geopol extract`: articles to records, JSON Lines as docs/CONTRACT.md has them.

use std::io::Write;
use std::path::PathBuf;

use clap::ValueEnum;

use super::input::Inputs;
use super::output::Output;
use super::{Outcome, Session};

/// Write what each article says as one JSON object a line
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  geopol extract article.txt > records.jsonl
  geopol extract --date 2022-09-16 article.txt      resolves \"on Thursday\"
  geopol extract news.jsonl -o records.jsonl        then, as often as you like: geopol links Putin records.jsonl
  cat article.txt | geopol extract -

The fields are described in docs/CONTRACT.md.")]
pub struct Extract {
    #[command(flatten)]
    inputs: Inputs,
    /// The form of the output
    #[arg(long, short, value_name = "FORMAT", default_value = "jsonl")]
    format: Format,
    /// Write to this file, whole or not at all [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// One record a line
    Jsonl,
}

impl Extract {
    pub fn run(self, session: &Session) -> Outcome {
        let Format::Jsonl = self.format;
        let mut output = Output::open(self.output.as_deref())?;
        let count = self.inputs.each_record(session, |record| {
            serde_json::to_writer(&mut output, &record).map_err(std::io::Error::from)?;
            output.write_all(b"\n")?;
            Ok(())
        })?;
        output.finish()?;
        if self.output.is_some() {
            session.summary(&count.to_string());
        }
        Ok(())
    }
}
