//! `geopol check`: what an article states, beside the reference base.

use std::io::Write;
use std::path::PathBuf;

use geopol::check::{Check as Checked, Verdict, check};

use super::input::Inputs;
use super::output::Output;
use super::{Outcome, Session};

/// Lay what an article states beside what the reference base holds: borders, capitals, members, office holders, figures
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  geopol check article.txt
  geopol check --date 2022-09-16 article.txt      offices are looked up for that day
  geopol check news.jsonl --differing
  geopol check news.jsonl --json -o checks.jsonl  one object a line

Neither side need be wrong: the base has its own year and source, which stand beside it.")]
pub struct Check {
    #[command(flatten)]
    inputs: Inputs,
    /// Only what differs
    #[arg(long)]
    differing: bool,
    /// One JSON object a line
    #[arg(long)]
    json: bool,
    /// Write to this file, whole or not at all [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Check {
    pub fn run(self, session: &Session) -> Outcome {
        let knowledge = &session.resources()?.knowledge;
        let mut output = Output::open(self.output.as_deref())?;
        let mut counts = [0; 3];
        self.inputs.each_record(session, |record| {
            let mut checks = check(&record, knowledge);
            for check in &checks {
                counts[check.verdict as usize] += 1;
            }
            checks.retain(|check| !self.differing || check.verdict == Verdict::Differs);
            if self.json {
                for check in &checks {
                    serde_json::to_writer(&mut output, check).map_err(std::io::Error::from)?;
                    output.write_all(b"\n")?;
                }
            } else {
                table(&checks, &mut output)?;
            }
            Ok(())
        })?;
        output.finish()?;
        let [agree, differ, unknown] = counts;
        session.summary(&format!("{agree} agree, {differ} differ, {unknown} are not known to the base"));
        Ok(())
    }
}

/// The checks of one article in columns.
fn table(checks: &[Checked], output: &mut impl Write) -> std::io::Result<()> {
    let Some(first) = checks.first() else { return Ok(()) };
    writeln!(output, "{}", first.article)?;
    let widest = checks.iter().map(|check| check.statement.chars().count()).max().unwrap_or(0).min(60);
    for check in checks {
        let base = check.reference.as_deref().unwrap_or("the base does not know");
        let by = check.difference.map(|share| format!(" ({:+.1} %)", share * 100.0)).unwrap_or_default();
        let source = [&check.source, &check.year].into_iter().flatten().cloned().collect::<Vec<_>>().join(", ");
        let source = if source.is_empty() { source } else { format!("  [{source}]") };
        writeln!(output, "  {:<7}  {:widest$}  {base}{by}{source}", check.verdict.name(), check.statement)?;
    }
    writeln!(output)
}
