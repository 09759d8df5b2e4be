//! `geopol extract`: articles to records, JSON Lines as docs/CONTRACT.md has them, or to a table of their events.

use std::io::Write;
use std::path::PathBuf;

use clap::ValueEnum;
use geopol::export::dyads;

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
  geopol extract --dyads news.jsonl > events.tsv    a line for each source and target of each event

With --dyads, \"Norway accused Chad of theft.\" is the line
  article/0  …  Norway  NOR  country  Chad  TCD  country  ACCUSE  allege  …  112  11  3  -3.5  accuses  affirmed  asserted  …
under the columns that event data has: dates, actors with their codes, PLOVER class, mode and contexts, CAMEO code and
root, quad class (1 and 2 cooperation, 3 and 4 conflict), score; other parties with their roles (host, mediator); how often
and where in the text it is told. What has no direction (\"met\") has a line each way.

The fields are described in docs/CONTRACT.md.")]
pub struct Extract {
    #[command(flatten)]
    inputs: Inputs,
    /// The form of the output
    #[arg(long, short, value_name = "FORMAT", default_value = "jsonl")]
    format: Format,
    /// Write the events as a table, a line for each source and target: the same as -f dyads
    #[arg(long, conflicts_with = "format")]
    dyads: bool,
    /// Write to this file, whole or not at all [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// One record a line
    Jsonl,
    /// A table of events, tab-separated
    Dyads,
}

impl Extract {
    pub fn run(self, session: &Session) -> Outcome {
        let format = if self.dyads { Format::Dyads } else { self.format };
        let mut output = Output::open(self.output.as_deref())?;
        if matches!(format, Format::Dyads) {
            writeln!(output, "{}", dyads::header())?;
        }
        let count = self.inputs.each_record(session, |record| {
            match format {
                Format::Jsonl => {
                    serde_json::to_writer(&mut output, &record).map_err(std::io::Error::from)?;
                    output.write_all(b"\n")?;
                }
                Format::Dyads => {
                    for line in dyads::lines(&record) {
                        writeln!(output, "{line}")?;
                    }
                }
            }
            Ok(())
        })?;
        output.finish()?;
        if self.output.is_some() {
            session.summary(&count.to_string());
        }
        Ok(())
    }
}
