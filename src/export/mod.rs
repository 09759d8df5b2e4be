//! A view in, bytes out; one format, one file.
//!
//! A format is a row of `FORMATS`. To add one, write its file with a `FORMAT` and add two lines here.

mod escape;
mod style;
mod dot;
mod legend;
mod json;
mod ron;

use std::io::{self, Write};
use std::path::Path;

use itertools::Itertools;

use crate::error::{Error, Result};
use crate::graph::View;

/// How a view is written.
pub struct Format {
    /// What `-f` takes.
    pub name: &'static str,
    /// Without the dot; the first is the usual one.
    pub extensions: &'static [&'static str],
    pub media_type: &'static str,
    pub about: &'static str,
    /// True for what people look at: nodes without an edge stay out of it unless they are asked for.
    pub is_picture: bool,
    pub write: fn(&View<'_>, &mut (dyn Write + Send)) -> io::Result<()>,
}

/// Every format, by name.
pub static FORMATS: &[Format] = &[dot::FORMAT, json::FORMAT, ron::FORMAT];

/// The format of this name.
pub fn format(name: &str) -> Result<&'static Format> {
    FORMATS.iter().find(|format| format.name.eq_ignore_ascii_case(name)).ok_or_else(|| Error::Request {
        problem: format!("there is no format `{name}`"),
        advice: format!("formats are {}", FORMATS.iter().map(|format| format.name).join(", ")),
    })
}

/// The format that a file's extension asks for.
pub fn format_of(path: &Path) -> Result<&'static Format> {
    let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    let asked = |format: &&Format| format.extensions.contains(&extension.as_str());
    FORMATS.iter().find(asked).ok_or_else(|| Error::Request {
        problem: format!("the name `{}` does not tell which format to write", path.display()),
        advice: format!(
            "give a format with -f, or end the name in {}",
            FORMATS.iter().map(|format| format!(".{}", format.extensions[0])).join(", ")
        ),
    })
}

impl Format {
    /// The whole output as a value, for small graphs and tests.
    pub fn to_bytes(&self, view: &View) -> Vec<u8> {
        let mut bytes = Vec::new();
        (self.write)(view, &mut bytes).expect("memory can be written to");
        bytes
    }
}
