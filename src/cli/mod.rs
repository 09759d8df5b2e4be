//! The command line: one file a command, and what they share.
//!
//! A command is a struct of arguments with `run`. It takes its articles from `input`, writes through `output`, and speaks
//! to the user on standard error through `session`.

mod session;
mod input;
mod output;
mod extract;
mod parse;
mod graph;
mod view;
mod asked;
mod build;
mod links;
mod path;
mod common;
mod between;
mod claims;
mod timeline;
mod rank;
mod communities;
mod bridges;
mod cycles;
mod query;
#[cfg(feature = "sparql")]
mod sparql;
mod decide;
mod check;
mod unfold;
mod explain;
mod formats;
mod ontology;
mod data;
#[cfg(feature = "serve")]
mod serve;

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{ColorChoice, Parser, Subcommand};
use geopol::error::Error;

use session::Session;

/// Turns news into a geopolitical knowledge graph: who did what to whom, where, when, and who says so.
#[derive(Parser)]
#[command(name = "geopol", version, max_term_width = 110, arg_required_else_help = true, after_help = EXAMPLES)]
struct Arguments {
    #[command(flatten)]
    shared: Shared,
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  geopol build article.txt -o graph.dot        one article as a Graphviz picture
  geopol build news/ -o graph.ron              a folder of articles as one graph, to ask later
  geopol serve graph.ron                       the same to look at, in a browser
  geopol links Putin graph.ron                 who Putin is linked to, and how
  geopol query '(?a:country)-[accuses]->(?b)' graph.ron
  geopol explain \"Putin met Xi in Samarkand.\"  what is read into a sentence, and why";

/// Flags that every command takes.
#[derive(clap::Args)]
pub struct Shared {
    /// Read data files from this folder where it has them, instead of those in the program
    #[arg(long, global = true, value_name = "DIR", help_heading = "Common options")]
    data: Option<PathBuf>,
    /// Work with so many threads; the result is the same with any [default: one a core]
    #[arg(long, global = true, value_name = "N", help_heading = "Common options",
          value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Say nothing but errors
    #[arg(long, short, global = true, help_heading = "Common options")]
    quiet: bool,
    /// Colour the output
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", help_heading = "Common options")]
    color: ColorChoice,
}

#[derive(Subcommand)]
enum Command {
    Build(build::Build),
    Extract(extract::Extract),
    Parse(parse::Parse),
    Links(links::Links),
    Path(path::Path),
    Common(common::Common),
    Between(between::Between),
    Claims(claims::Claims),
    Timeline(timeline::Timeline),
    Rank(rank::Rank),
    Communities(communities::Communities),
    Bridges(bridges::Bridges),
    Cycles(cycles::Cycles),
    Query(query::Query),
    #[cfg(feature = "sparql")]
    Sparql(sparql::Sparql),
    Merge(decide::Merge),
    Split(decide::Split),
    Check(check::Check),
    Explain(explain::Explain),
    Formats(formats::Formats),
    Ontology(ontology::Ontology),
    Data(data::Data),
    #[cfg(feature = "serve")]
    Serve(serve::Serve),
}

/// Why a command did not finish.
#[derive(Debug)]
pub enum Failure {
    /// The reader of our output has seen enough (`geopol … | head`).
    Closed,
    Error(Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        Failure::Error(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Failure::Closed;
        }
        Failure::Error(Error::Request {
            problem: format!("the output cannot be written: {error}"),
            advice: "check free space and permissions".to_string(),
        })
    }
}

pub type Outcome = Result<(), Failure>;

pub fn main() -> ExitCode {
    let Arguments { shared, command } = Arguments::parse();
    let session = Session::new(shared);
    let outcome = match command {
        Command::Build(command) => command.run(&session),
        Command::Extract(command) => command.run(&session),
        Command::Parse(command) => command.run(&session),
        Command::Links(command) => command.run(&session),
        Command::Path(command) => command.run(&session),
        Command::Common(command) => command.run(&session),
        Command::Between(command) => command.run(&session),
        Command::Claims(command) => command.run(&session),
        Command::Timeline(command) => command.run(&session),
        Command::Rank(command) => command.run(&session),
        Command::Communities(command) => command.run(&session),
        Command::Bridges(command) => command.run(&session),
        Command::Cycles(command) => command.run(&session),
        Command::Query(command) => command.run(&session),
        #[cfg(feature = "sparql")]
        Command::Sparql(command) => command.run(&session),
        Command::Merge(command) => command.run(&session),
        Command::Split(command) => command.run(&session),
        Command::Check(command) => command.run(&session),
        Command::Explain(command) => command.run(&session),
        Command::Formats(command) => command.run(),
        Command::Ontology(command) => command.run(&session),
        Command::Data(command) => command.run(&session),
        #[cfg(feature = "serve")]
        Command::Serve(command) => command.run(&session),
    };
    match outcome {
        Ok(()) | Err(Failure::Closed) => ExitCode::SUCCESS,
        Err(Failure::Error(error)) => {
            session.error(&error);
            ExitCode::FAILURE
        }
    }
}
