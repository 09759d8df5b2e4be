//! `geopol formats`: what is read and written.

use std::io::Write;

use geopol::export::FORMATS;
use geopol::read::INPUTS;

use super::Outcome;
use super::output::Output;

/// List the formats that are read and written
#[derive(clap::Args)]
#[command(after_help = "Example:\n  geopol formats")]
pub struct Formats {}

impl Formats {
    pub fn run(self) -> Outcome {
        let mut output = Output::open(None)?;
        writeln!(output, "Read (--input-format):")?;
        for input in INPUTS {
            let extensions: Vec<String> = input.extensions.iter().map(|extension| format!(".{extension}")).collect();
            writeln!(output, "  {:<12} {:<18} {}", input.name, extensions.join(" "), input.about)?;
        }
        writeln!(output, "Written (build -f, or by the extension of -o; * is read back):")?;
        for format in FORMATS {
            let extensions: Vec<String> = format.extensions.iter().map(|extension| format!(".{extension}")).collect();
            let star = if format.read.is_some() { "*" } else { " " };
            writeln!(output, "{star} {:<12} {:<18} {}", format.name, extensions.join(" "), format.about)?;
        }
        Ok(output.finish()?)
    }
}
