//! SPARQL over the RDF view of a graph, by the engine of Oxigraph.
//!
//! `SELECT ?who WHERE { ?who geopol:accuses wd:Q717 }` gives a table, whose cells that are entities of the graph bear their
//! names; `CONSTRUCT` and `DESCRIBE` give Turtle. The prefixes of the Turtle format are known. Nothing is fetched: `SERVICE`
//! is an error, and `FROM` names no other graph.

use std::cell::Cell as Counter;
use std::collections::{BTreeSet, HashMap};

use oxrdf::{BlankNode, NamedOrBlankNode, Term, Triple, Variable};
use spareval::{QueryEvaluationError, QueryEvaluator, QueryResults};
use spargebra::algebra::GraphPattern;
use spargebra::{Query, SparqlParser};

use super::rdf::{Iri, PREFIXES};
use super::triples::Looked;
pub use super::triples::Triples;
use crate::error::{Error, Result};
use crate::graph::{Cell, End, Node, Row, Table, View};

/// What the engine found.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    Solutions {
        variables: Vec<String>,
        rows: Vec<Vec<Option<Term>>>,
        is_cut: bool,
    },
    Truth(bool),
    /// Turtle, a triple a line.
    Turtle(String),
}

/// How much a query may do.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Rows of the answer.
    pub rows: usize,
    /// Triples that are looked at.
    pub triples: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { rows: 100, triples: 200_000_000 }
    }
}

/// A query that is known to be one.
#[derive(Clone, Debug)]
pub struct Parsed(Query);

/// Errors point at the line and the column and say what was expected.
pub fn parse(query: &str) -> Result<Parsed> {
    let parser = PREFIXES.iter().fold(SparqlParser::new(), |parser, (prefix, space)| {
        parser.with_prefix(*prefix, *space).expect("the table holds addresses")
    });
    parser.parse_query(query).map(Parsed).map_err(|error| syntax(&error.to_string()))
}

/// "error at 1:17: expected one of …", as the engine's parser puts it.
fn syntax(message: &str) -> Error {
    let place = message.strip_prefix("error at ").and_then(|rest| {
        let (place, problem) = rest.split_once(": ")?;
        let (line, column) = place.split_once(':')?;
        Some((line.parse().ok()?, column.parse().ok()?, problem.to_string()))
    });
    let (line, column, problem) = place.unwrap_or((1, 1, message.to_string()));
    let known = PREFIXES.map(|(prefix, _)| format!("{prefix}:")).join(" ");
    let advice = format!("a query is like `SELECT ?a ?b WHERE {{ ?a geopol:meets ?b }}`; known prefixes are {known}");
    Error::Syntax { path: "query".to_string(), line, column, problem, advice }
}

impl Triples {
    /// The answer to a query; the same one each time, whether or not the query gives an order.
    pub fn answer(&self, Parsed(query): &Parsed, limits: Limits) -> Result<Found> {
        let left = Counter::new(limits.triples);
        let evaluator = QueryEvaluator::new();
        let failed = |error: QueryEvaluationError| failed(&error);
        let results = evaluator.prepare(query).execute(Looked { triples: self, left: &left }).map_err(failed)?;
        match results {
            QueryResults::Boolean(is_so) => Ok(Found::Truth(is_so)),
            QueryResults::Solutions(solutions) => {
                let variables: Vec<Variable> = solutions.variables().to_vec();
                let mut rows = Vec::new();
                // What comes in no order has to be known whole before it is cut.
                let most = if is_ordered(query) { limits.rows + 1 } else { limits.rows.max(MOST_SORTED) + 1 };
                for solution in solutions.take(most) {
                    let solution = solution.map_err(failed)?;
                    rows.push(variables.iter().map(|variable| solution.get(variable).cloned()).collect::<Vec<_>>());
                }
                if !is_ordered(query) {
                    rows.sort_by_cached_key(|row| {
                        row.iter().map(|term| term.as_ref().map(Term::to_string)).collect::<Vec<_>>()
                    });
                }
                let is_cut = rows.len() > limits.rows;
                rows.truncate(limits.rows);
                let variables = variables.into_iter().map(Variable::into_string).collect();
                Ok(Found::Solutions { variables, rows, is_cut })
            }
            QueryResults::Graph(triples) => {
                let mut blanks = HashMap::new();
                let mut lines = BTreeSet::new();
                for triple in triples {
                    if lines.len() > MOST_SORTED {
                        return Err(too_much());
                    }
                    lines.insert(line(triple.map_err(failed)?, &mut blanks));
                }
                Ok(Found::Turtle(lines.into_iter().collect()))
            }
        }
    }
}

/// Rows and triples that are held to be put in order.
const MOST_SORTED: usize = 1_000_000;

fn failed(error: &QueryEvaluationError) -> Error {
    match error {
        QueryEvaluationError::Dataset(_) => too_much(),
        QueryEvaluationError::Service(_)
        | QueryEvaluationError::UnsupportedService(_)
        | QueryEvaluationError::UnboundService
        | QueryEvaluationError::InvalidServiceName(_) => Error::Request {
            problem: "SERVICE asks another machine, which geopol never does".to_string(),
            advice: "leave it out, or write the graph as Turtle and ask there".to_string(),
        },
        other => Error::Request { problem: other.to_string(), advice: "change the query".to_string() },
    }
}

fn too_much() -> Error {
    Error::Request {
        problem: "the query looks at more of the graph than is allowed".to_string(),
        advice:
            "name an entity or a relation in each pattern, or look at a part of the graph (--about, --type, --since)"
                .to_string(),
    }
}

/// True where the query itself says in which order rows come.
fn is_ordered(query: &Query) -> bool {
    let Query::Select { pattern, .. } = query else { return false };
    let mut pattern = pattern;
    loop {
        pattern = match pattern {
            GraphPattern::OrderBy { .. } => return true,
            GraphPattern::Project { inner, .. }
            | GraphPattern::Distinct { inner }
            | GraphPattern::Reduced { inner }
            | GraphPattern::Slice { inner, .. } => inner,
            _ => return false,
        };
    }
}

/// A triple as a line of N-Triples, which is Turtle as well. Nodes without a name are counted, not named by chance.
fn line(triple: Triple, blanks: &mut HashMap<BlankNode, usize>) -> String {
    let Triple { mut subject, predicate, mut object } = triple;
    let mut counted = |blank: &BlankNode| {
        let next = blanks.len() + 1;
        BlankNode::new_unchecked(format!("n{}", blanks.entry(blank.clone()).or_insert(next)))
    };
    if let NamedOrBlankNode::BlankNode(blank) = &mut subject {
        *blank = counted(blank);
    }
    if let Term::BlankNode(blank) = &mut object {
        *blank = counted(blank);
    }
    format!("{subject} {predicate} {object} .\n")
}

/// Solutions as a table about a view: addresses of its entities become entities.
pub fn table(view: &View, variables: &[String], rows: Vec<Vec<Option<Term>>>, is_cut: bool) -> Table {
    let nodes: HashMap<Iri, &Node> = view.nodes().map(|node| (Iri::node(&node.key), node)).collect();
    let statements: HashMap<Iri, _> = view
        .edges()
        .map(|edge| {
            let (article, relation) = (&edge.statement.article.key, edge.statement.relation);
            (Iri::statement(article, relation), (&**article, relation))
        })
        .collect();
    let columns: Vec<&str> = variables.iter().map(String::as_str).collect();
    let mut table = Table::new("What the query finds", &columns);
    if rows.is_empty() {
        table.notes.push("Nothing fits; `geopol build … -f turtle` shows what there is to ask for.".to_string());
    }
    if is_cut {
        table.notes.push(format!("{} rows; --most N shows more", rows.len()));
    }
    for row in rows {
        let iris = row.iter().flatten().filter_map(|term| match term {
            Term::NamedNode(iri) => Some(Iri(iri.as_str().to_string())),
            _ => None,
        });
        let iris: Vec<Iri> = iris.collect();
        let about_nodes = iris.iter().filter_map(|iri| nodes.get(iri)).map(|node| &node.key);
        let about_statements = iris.iter().filter_map(|iri| statements.get(iri)).copied();
        let cells = row.iter().map(|term| cell(term.as_ref(), &nodes)).collect();
        table.rows.push(Row::about(view.graph(), cells, about_nodes, about_statements));
    }
    table
}

fn cell(term: Option<&Term>, nodes: &HashMap<Iri, &Node>) -> Cell {
    match term {
        None => Cell::Nothing,
        Some(Term::NamedNode(iri)) => {
            let iri = Iri(iri.as_str().to_string());
            match nodes.get(&iri) {
                Some(node) => Cell::Node(End::new(node)),
                None => Cell::Text(iri.short().unwrap_or(iri.0)),
            }
        }
        Some(Term::BlankNode(blank)) => Cell::Text(blank.to_string()),
        Some(Term::Literal(literal)) => match (literal.datatype().as_str().rsplit('#').next(), literal.value()) {
            (Some("integer"), value) => value.parse().map_or_else(|_| Cell::Text(value.to_string()), Cell::Count),
            (Some("decimal" | "double" | "float"), value) => {
                value.parse().map_or_else(|_| Cell::Text(value.to_string()), Cell::Number)
            }
            (_, value) => Cell::Text(value.to_string()),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{Filter, Graph};

    fn graph() -> Graph {
        Graph::from_records([&serde_json::from_str(include_str!("../../tests/data/samarkand.jsonl")).unwrap()])
    }

    fn asked(query: &str, limits: Limits) -> Result<String> {
        let graph = graph();
        let view = View::new(&graph, &Filter::default());
        match Triples::new(&view).answer(&parse(query)?, limits)? {
            Found::Solutions { variables, rows, is_cut } => Ok(table(&view, &variables, rows, is_cut).csv()),
            Found::Truth(is_so) => Ok(is_so.to_string()),
            Found::Turtle(turtle) => Ok(turtle),
        }
    }

    #[test]
    fn questions_have_answers() {
        let asked = |query| asked(query, Limits::default()).unwrap();
        let meets = "SELECT ?a ?b WHERE { ?a geopol:meets ?b } ORDER BY ?a";
        assert_eq!(asked(meets).lines().next(), Some("a,b"));
        assert!(asked(meets).contains("Vladimir Putin") && asked(meets).contains("Xi Jinping"), "{}", asked(meets));
        assert_eq!(asked("ASK { wd:Q15031 geopol:meets wd:Q7747 . wd:Q7747 geopol:meets wd:Q15031 }"), "true");
        assert_eq!(asked("ASK { wd:Q7747 geopol:meets geopol:nobody }"), "false");
        let count = asked("SELECT (COUNT(*) AS ?n) WHERE { ?s a rdf:Statement ; geopol:polarity \"negated\" }");
        assert_eq!(count, "n\r\n2\r\n");
        let made = asked("CONSTRUCT { ?a geopol:knows [ rdfs:label ?l ] } WHERE { ?a geopol:meets/rdfs:label ?l }");
        assert!(made.contains("_:n1 ") && made.ends_with(" .\n"), "{made}");
        assert!(asked("DESCRIBE wd:Q7747").contains("\"Vladimir Putin\""));
    }

    #[test]
    fn mistakes_have_a_place_and_limits_hold() {
        let error = |query, limits| asked(query, limits).unwrap_err().to_string();
        let syntax = error("SELECT ?a\nWHERE { ?a geopol:meets }", Limits::default());
        assert!(syntax.starts_with("query:2:25: expected "), "{syntax}");
        let service = "SELECT * WHERE { SERVICE <http://example.org/sparql> { ?a ?b ?c } }";
        assert!(error(service, Limits::default()).contains("SERVICE"));
        let few = Limits { triples: 100, ..Limits::default() };
        assert!(error("SELECT * WHERE { ?a ?b ?c . ?d ?e ?f }", few).contains("more of the graph"));
        let cut = asked("SELECT ?a WHERE { ?a a geopol:Entity }", Limits { rows: 2, ..Limits::default() }).unwrap();
        assert_eq!(cut.lines().count(), 3);
    }
}
