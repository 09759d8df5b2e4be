//! Errors: where, what, and what to do. They live at the edges: reading, data files, names typed by users, writing.

use std::path::Path;

/// What went wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// A file that cannot be read or written, or holds nothing to work with.
    #[error("{path}: {problem}\n  {advice}")]
    File { path: String, problem: String, advice: String },
    /// A line of a data, article or graph file that does not say what it should; line and column count from 1.
    #[error("{path}:{line}:{column}: {problem}\n  {advice}")]
    Syntax { path: String, line: usize, column: usize, problem: String, advice: String },
    /// A name that nothing in the graph bears.
    #[error("no entity is called `{name}`\n  {advice}")]
    UnknownName { name: String, advice: String },
    /// A name that several nodes bear.
    #[error("`{name}` may mean {}\n  type more of the name, or its id", candidates.join(", or "))]
    AmbiguousName { name: String, candidates: Vec<String> },
    /// A request that cannot be met as it was put: an unknown format, flags that exclude each other.
    #[error("{problem}\n  {advice}")]
    Request { problem: String, advice: String },
}

impl Error {
    /// An operating system's error on a file.
    pub fn io(path: &Path, error: &std::io::Error) -> Error {
        let advice = match error.kind() {
            std::io::ErrorKind::NotFound => "check the name; paths are relative to the current folder",
            std::io::ErrorKind::PermissionDenied => "check who may read or write it (ls -l)",
            std::io::ErrorKind::IsADirectory => "name a file in it",
            std::io::ErrorKind::StorageFull => "free some space, or write elsewhere",
            _ => "check that the file exists and can be read and written",
        };
        Error::File { path: path.display().to_string(), problem: error.to_string(), advice: advice.to_string() }
    }

    /// A RON file that does not parse.
    pub fn ron(path: &str, error: &ron::error::SpannedError) -> Error {
        Error::Syntax {
            path: path.to_string(),
            line: error.span.start.line,
            column: error.span.start.col,
            problem: error.code.to_string(),
            advice: "correct the line; data/README.md lists the fields of each file".to_string(),
        }
    }
}

pub type Result<T, E = Error> = std::result::Result<T, E>;
