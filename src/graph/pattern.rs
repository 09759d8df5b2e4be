//! Patterns: the query language, from text to a tree.
//!
//! `(?p:person)-[meets]->(Xi Jinping), (?p)-[head_of_state|head_of_government]->(?c)` is two edges and three nodes, two of them
//! variables. In full:
//!
//! ```text
//! pattern  = chain , { "," , chain } ;
//! chain    = node , { edge , node } ;
//! node     = "(" , [ variable ] , [ ":" , kind , { "|" , kind } ] , ")"  |  "(" , name , ")" ;
//! edge     = "-[" , types , "]->"  |  "<-[" , types , "]-"  |  "-[" , types , "]-" ;
//! types    = [ type , { "|" , type } ] ;
//! variable = "?" , letters ;      name = anything without brackets, or "in quotes" ;
//! ```

use crate::error::{Error, Result};
use crate::record::Kind;

/// What to look for: every edge has to be there at once.
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern {
    /// Each variable once, then what stands for itself.
    pub nodes: Vec<NodePattern>,
    pub edges: Vec<EdgePattern>,
    text: String,
}

/// A node of the pattern; the same variable is the same node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodePattern {
    pub wanted: Wanted,
    /// Empty: any.
    pub kinds: Vec<Kind>,
    /// Where it stands, for messages.
    pub column: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    Variable(String),
    /// A name as people type it.
    Named(String),
    Anything,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EdgePattern {
    /// Into `Pattern::nodes`.
    pub from: usize,
    pub to: usize,
    /// Empty: any. Each with its column.
    pub types: Vec<(String, usize)>,
    /// False for `-[…]-`, which takes statements of either direction.
    pub directed: bool,
}

/// More than anyone types, and little enough to evaluate.
const MOST_EDGES: usize = 12;

/// Reads a pattern.
pub fn parse(text: &str) -> Result<Pattern> {
    let pattern = Pattern { nodes: Vec::new(), edges: Vec::new(), text: text.to_string() };
    let mut reader = Reader { letters: text.chars().collect(), at: 0, pattern };
    loop {
        reader.chain()?;
        reader.spaces();
        if reader.at == reader.letters.len() {
            return Ok(reader.pattern);
        }
        reader.take(",", "`,` and another pattern, or the end")?;
    }
}

impl Pattern {
    /// An error at a column of the query, with the query and a mark below it.
    pub fn error(&self, column: usize, problem: impl Into<String>) -> Error {
        error(&self.text, column, problem.into())
    }
}

impl std::fmt::Display for Pattern {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.text)
    }
}

fn error(text: &str, column: usize, problem: String) -> Error {
    let line: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    Error::Syntax {
        path: "query".to_string(),
        line: 1,
        column,
        problem,
        advice: format!("{line}\n  {:1$}^", "", column - 1),
    }
}

struct Reader {
    letters: Vec<char>,
    at: usize,
    pattern: Pattern,
}

impl Reader {
    fn chain(&mut self) -> Result<()> {
        let mut from = self.node()?;
        loop {
            self.spaces();
            let is_back = self.is_next("<-");
            if !is_back && !self.is_next("-") {
                return Ok(());
            }
            if self.pattern.edges.len() == MOST_EDGES {
                return Err(self.error(format!("a query has at most {MOST_EDGES} edges")));
            }
            self.take(if is_back { "<-" } else { "-" }, "an edge")?;
            self.take("[", "`[` and the types of the edge, as in `-[meets]->`")?;
            let types = self.types()?;
            self.take("]", "`|` and another type, or `]`")?;
            self.take("-", if is_back { "`-`" } else { "`->` or `-`" })?;
            let is_forth = !is_back && self.is_next(">");
            if is_forth {
                self.at += 1;
            }
            let next = self.node()?;
            let (start, end) = if is_back { (next, from) } else { (from, next) };
            self.pattern.edges.push(EdgePattern { from: start, to: end, types, directed: is_back || is_forth });
            from = next;
        }
    }

    fn node(&mut self) -> Result<usize> {
        self.take("(", "`(` and a variable like `?x`, a kind like `:person`, or a name")?;
        self.spaces();
        let column = self.at + 1;
        let wanted = match self.peek() {
            Some('?') => {
                self.at += 1;
                Wanted::Variable(self.word("the name of the variable, as in `?x`")?)
            }
            Some(':' | ')') => Wanted::Anything,
            _ => Wanted::Named(self.name()?),
        };
        self.spaces();
        let mut kinds = Vec::new();
        if !matches!(wanted, Wanted::Named(_)) && self.is_next(":") {
            self.at += 1;
            loop {
                kinds.push(self.kind()?);
                self.spaces();
                if !self.is_next("|") {
                    break;
                }
                self.at += 1;
            }
        }
        let expected = match (&wanted, kinds.is_empty()) {
            (Wanted::Named(_), _) => "`)`",
            (_, true) => "`:` and a kind, or `)`",
            (_, false) => "`|` and another kind, or `)`",
        };
        self.take(")", expected)?;
        let known = self.pattern.nodes.iter().position(|node| node.wanted == wanted && wanted != Wanted::Anything);
        let Some(known) = known else {
            self.pattern.nodes.push(NodePattern { wanted, kinds, column });
            return Ok(self.pattern.nodes.len() - 1);
        };
        let node = &mut self.pattern.nodes[known];
        if node.kinds.is_empty() {
            node.kinds = kinds;
        } else if !kinds.is_empty() && node.kinds != kinds {
            return Err(error(
                &self.pattern.text,
                column,
                "this variable has other kinds above; give them once".to_string(),
            ));
        }
        Ok(known)
    }

    /// In quotes, or up to the closing bracket.
    fn name(&mut self) -> Result<String> {
        let start = self.at;
        let (end, quote) = match self.peek() {
            Some(quote @ ('"' | '\'')) => (quote, 1),
            _ => (')', 0),
        };
        let Some(length) = self.letters[start + quote..].iter().position(|&letter| letter == end) else {
            self.at = self.letters.len();
            return Err(self.error(format!("expected `{end}` before the end")));
        };
        let inside = &self.letters[start + quote..start + quote + length];
        if let Some(odd) = inside.iter().position(|letter| quote == 0 && matches!(letter, '(' | '[' | ']')) {
            self.at = start + odd;
            return Err(self.error("expected `)` after the name; put a name with brackets in quotes".to_string()));
        }
        self.at = start + quote + length + quote;
        Ok(inside.iter().collect::<String>().trim().to_string())
    }

    fn types(&mut self) -> Result<Vec<(String, usize)>> {
        let mut types = Vec::new();
        self.spaces();
        if self.is_next("]") {
            return Ok(types);
        }
        loop {
            self.spaces();
            let column = self.at + 1;
            types.push((self.word("a relation type, as in `meets`, or `]` for any")?, column));
            self.spaces();
            if !self.is_next("|") {
                return Ok(types);
            }
            self.at += 1;
        }
    }

    fn kind(&mut self) -> Result<Kind> {
        self.spaces();
        let column = self.at + 1;
        let word = self.word("a kind, as in `person`")?;
        Kind::ALL.into_iter().find(|kind| kind.name() == word).ok_or_else(|| {
            let kinds = Kind::ALL.map(Kind::name).join(", ");
            error(&self.pattern.text, column, format!("there is no kind `{word}`; expected one of {kinds}"))
        })
    }

    fn word(&mut self, expected: &str) -> Result<String> {
        let rest = &self.letters[self.at..];
        let length = rest.iter().take_while(|letter| letter.is_alphanumeric() || **letter == '_').count();
        if length == 0 {
            return Err(self.error(format!("expected {expected}")));
        }
        self.at += length;
        Ok(rest[..length].iter().collect())
    }

    fn take(&mut self, token: &str, expected: &str) -> Result<()> {
        self.spaces();
        if !self.is_next(token) {
            let found = self.peek().map_or("the end".to_string(), |letter| format!("`{letter}`"));
            return Err(self.error(format!("expected {expected}, found {found}")));
        }
        self.at += token.chars().count();
        Ok(())
    }

    fn spaces(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
    }

    fn peek(&self) -> Option<char> {
        self.letters.get(self.at).copied()
    }

    fn is_next(&self, token: &str) -> bool {
        token.chars().enumerate().all(|(offset, letter)| self.letters.get(self.at + offset) == Some(&letter))
    }

    fn error(&self, problem: String) -> Error {
        error(&self.pattern.text, self.at + 1, problem)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_nodes_and_edges() {
        let pattern =
            parse("(?p:person)-[meets]->(Xi Jinping), (?p) <-[ a | b ]- (\"St. Mary's (Hill)\")-[]-(:city|place)")
                .unwrap();
        let wanted: Vec<&Wanted> = pattern.nodes.iter().map(|node| &node.wanted).collect();
        let named = |name: &str| Wanted::Named(name.to_string());
        assert_eq!(
            wanted,
            [&Wanted::Variable("p".into()), &named("Xi Jinping"), &named("St. Mary's (Hill)"), &Wanted::Anything]
        );
        assert_eq!(pattern.nodes[0].kinds, [Kind::Person]);
        assert_eq!(pattern.nodes[3].kinds, [Kind::City, Kind::Place]);
        let edges: Vec<(usize, usize, usize, bool)> =
            pattern.edges.iter().map(|edge| (edge.from, edge.to, edge.types.len(), edge.directed)).collect();
        assert_eq!(edges, [(0, 1, 1, true), (2, 0, 2, true), (2, 3, 0, false)]);
    }

    #[test]
    fn errors_point_at_the_column() {
        for (query, column, said) in [
            ("", 1, "expected `(`"),
            ("(?p", 4, "expected `:` and a kind, or `)`, found the end"),
            ("(?p:persn)-[meets]->(?q)", 5, "there is no kind `persn`; expected one of person, country"),
            ("(?p)-[meets->(Xi)", 12, "expected `|` and another type, or `]`, found `-`"),
            ("(?p)-meets->(Xi)", 6, "expected `[`"),
            ("(?p)-[meets](Xi)", 13, "expected `->` or `-`, found `(`"),
            ("(?)", 3, "the name of the variable"),
            ("(Xi(2))", 4, "expected `)` after the name"),
            ("(\"Xi)", 6, "expected `\"` before the end"),
            ("(?p) (?q)", 6, "expected `,` and another pattern, or the end, found `(`"),
            ("(?é)-[|]->(?b)", 7, "a relation type"),
        ] {
            let error = parse(query).unwrap_err().to_string();
            assert!(error.starts_with(&format!("query:1:{column}: ")) && error.contains(said), "{query}: {error}");
            assert!(error.ends_with(&format!("{query}\n  {:1$}^", "", column - 1)), "{error}");
        }
    }

    #[test]
    fn noise_is_an_error_and_no_panic() {
        let pieces = ["(", ")", "?", "a", "-", "[", "]", ">", "<-", ",", ":", "|", "\"", "person", " ", "é", "\n"];
        let mut state = 9u64;
        for _ in 0..5000 {
            let mut query = String::new();
            for _ in 0..12 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                query += pieces[(state >> 33) as usize % pieces.len()];
            }
            let _ = parse(&query);
        }
    }
}
