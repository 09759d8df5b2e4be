//! `geopol sparql`: a query in the language of RDF.

use std::path::Path;
use std::sync::mpsc;
use std::time::Duration;

use geopol::error::{Error, Result};
use geopol::export::sparql::{Found, Limits, Triples, parse, table};
use geopol::graph::View;

use super::asked::Asked;
use super::{Outcome, Session};

/// Ask the graph as RDF, in SPARQL 1.1
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  geopol sparql 'SELECT ?who ?whom WHERE { ?who geopol:accuses ?whom }' graph.ron
  geopol sparql 'SELECT ?who (COUNT(?s) AS ?n) WHERE { ?s rdf:subject ?who ; geopol:quad \"verbal-conflict\" }
                 GROUP BY ?who ORDER BY DESC(?n)' graph.ron --csv
  geopol sparql 'ASK { wd:Q717 geopol:claims_territory ?x }' graph.ron
  geopol sparql 'CONSTRUCT { ?a geopol:near ?b } WHERE { ?a geopol:borders ?b }' graph.ron > near.ttl
  geopol sparql question.rq graph.ron                   a file whose name ends in .rq or .sparql

`geopol build INPUT -f turtle` shows the triples. A fact is a triple, and everything said is an rdf:Statement about
one, with its evidence. Known prefixes: dct geo geopol rdf rdfs skos wd xsd. Nothing is asked of the network.")]
pub struct Sparql {
    /// The query, in quotes for the shell, or the name of its file
    query: String,
    #[command(flatten)]
    asked: Asked,
    /// Show so many rows
    #[arg(long, value_name = "N", default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    most: u32,
    /// Give up after so many seconds
    #[arg(long, value_name = "N", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    seconds: u64,
}

impl Sparql {
    pub fn run(self, session: &Session) -> Outcome {
        let query = parse(&text(&self.query)?)?;
        let (graph, filter) = self.asked.graph(session)?;
        let view = View::new(&graph, &filter);
        let triples = Triples::new(&view);
        let limits = Limits { rows: self.most as usize, ..Limits::default() };
        let (sender, found) = mpsc::channel();
        // The engine cannot be stopped, but it can be left behind: the program ends with this answer.
        std::thread::Builder::new().stack_size(64 << 20).spawn(move || sender.send(triples.answer(&query, limits)))?;
        let found = found.recv_timeout(Duration::from_secs(self.seconds)).map_err(|_| Error::Request {
            problem: format!("the query has no answer after {} seconds", self.seconds),
            advice: "narrow it, or give it more with --seconds N".to_string(),
        })??;
        match found {
            Found::Solutions { variables, rows, is_cut } => {
                self.asked.table(table(&view, &variables, rows, is_cut), &graph, session)
            }
            Found::Truth(is_so) => self.asked.text(&format!("{is_so}\n")),
            Found::Turtle(turtle) => self.asked.text(&turtle),
        }
    }
}

fn text(query: &str) -> Result<String> {
    let path = Path::new(query);
    let is_file = path.extension().is_some_and(|extension| extension == "rq" || extension == "sparql");
    if !is_file {
        return Ok(query.to_string());
    }
    std::fs::read_to_string(path).map_err(|error| Error::io(path, &error))
}
