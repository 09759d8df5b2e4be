//! `geopol data`: a check of a reference base.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use geopol::error::Error;
use geopol::knowledge::check;
use geopol::knowledge::data;

use super::output::Output;
use super::{Outcome, Session};

/// Check the files of a reference base
#[derive(Args)]
#[command(after_help = "\
Examples:
  geopol data check                 the built-in base
  geopol data check mine/           the base with the files of mine/knowledge/ in place of its own")]
pub struct Data {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Find ids that stand twice, aliases of two countries, dates upside down and unknown codes, each with file and line
    #[command(after_help = "\
Examples:
  geopol data check                 the built-in base
  geopol data check mine/           the base with the files of mine/knowledge/ in place of its own")]
    Check {
        /// A folder laid out like data/ [default: that of --data, else what is built in]
        #[arg(value_name = "DIR")]
        directory: Option<PathBuf>,
    },
}

impl Data {
    pub fn run(self, session: &Session) -> Outcome {
        let Action::Check { directory } = self.action;
        let data = match &directory {
            Some(directory) => data::Data::from_dir(directory)?,
            None => session.data()?,
        };
        let problems = check::check(&data)?;
        let mut output = Output::open(None)?;
        for problem in &problems {
            writeln!(output, "{problem}")?;
        }
        output.finish()?;
        let directory = directory.or_else(|| session.shared.data.clone());
        let place = directory.map_or("the built-in base".to_string(), |directory| directory.display().to_string());
        if problems.is_empty() {
            session.summary(&format!("{place}: all well"));
            return Ok(());
        }
        Err(Error::File {
            path: place,
            problem: match problems.len() {
                1 => "a problem, told on standard output".to_string(),
                count => format!("{count} problems, told on standard output"),
            },
            advice: "data/README.md describes the files".to_string(),
        }
        .into())
    }
}
