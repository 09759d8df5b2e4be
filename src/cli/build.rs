//! `geopol build`: the main job, articles to one graph.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use geopol::export::{self, FORMATS, Format};
use geopol::graph::{Graph, View, summary};

use super::input::Inputs;
use super::output::Output;
use super::{Outcome, Session};

/// Turn articles into one graph
#[derive(clap::Args)]
pub struct Build {
    #[command(flatten)]
    inputs: Inputs,
    /// Write to this file; its extension says the format [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write this format, whatever the file is called [default: dot on standard output]
    #[arg(long, short, value_parser = PossibleValuesParser::new(FORMATS.iter().map(|format| format.name)))]
    format: Option<String>,
}

impl Build {
    pub fn run(self, session: &Session) -> Outcome {
        let format = self.format()?;
        let mut graph = Graph::new();
        self.inputs.each_record(session, |record| {
            graph.add(&record);
            Ok(())
        })?;
        let filter = geopol::graph::Filter { isolated: !format.is_picture, ..Default::default() };
        let view = View::new(&graph, &filter);
        let mut output = Output::open(self.output.as_deref())?;
        (format.write)(&view, &mut output)?;
        output.finish()?;
        session.summary(&summary(&view));
        Ok(())
    }

    /// Known before anything is read, so that a typo costs no time.
    fn format(&self) -> geopol::error::Result<&'static Format> {
        match (&self.format, &self.output) {
            (Some(name), _) => export::format(name),
            (None, Some(path)) if path.as_os_str() != "-" => export::format_of(path),
            _ => export::format("dot"),
        }
    }
}
